"""Pictures as Mermaid, which GitHub and many wikis draw by themselves.

Each is a source, or a block of a Markdown page with what a reader must know below it. Mermaid lays
out and paints as it likes, so all that counts is said in words.
"""

from __future__ import annotations

from .ladder import ladder_markdown, ladder_mermaid
from .machine import machine_markdown, machine_mermaid

__all__ = ["ladder_markdown", "ladder_mermaid", "machine_markdown", "machine_mermaid"]
