"""What the page shows of a call: lanes without a head, lanes that run down, the machine in rows.

Each takes a timeline or a chart and gives a `Shown`: the picture, and where its moments stand, so
that the page can lay a playhead over it and reckons nothing itself. Shapes, colours and words are
those of all other pictures (`callflow.draw`).
"""

from .down import down
from .lanes import lanes, lanes_so_far
from .machine import machine
from .shown import Shown
from .small import small

__all__ = ["Shown", "down", "lanes", "lanes_so_far", "machine", "small"]
