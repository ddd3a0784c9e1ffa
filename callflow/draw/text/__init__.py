"""A timeline as text: what both parties live through, as two lanes of cells, and what it rests on.

`page` puts the parts together, `picture` draws the lanes, `scale` says which cell a moment has,
`labels` finds room for the names of moments, `table` tells in words what the picture cannot show.
"""

from __future__ import annotations

from ..grid import Place, Sheet, Style, detect
from .page import timeline_text

__all__ = ["Place", "Sheet", "Style", "detect", "timeline_text"]
