"""A bar on standard error while many cases are checked, if somebody looks at it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress:
    """The bar. Use it as a context; it leaves nothing behind.

    Args:
        whole: how many steps there are.
        many: with fewer, no bar is shown.
    """

    def __init__(self, whole: int, many: int) -> None:
        self._whole = whole
        self._bar: Bar | None = None
        dumb = os.environ.get("TERM", "") in ("dumb", "unknown")
        if whole >= many and sys.stderr is not None and sys.stderr.isatty() and not dumb:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.add_task("checking", total=self._whole)
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    @contextmanager
    def stepping(self, *, aside: bool) -> Iterator[None]:
        """A step. ``aside``: something is written while it lasts, and the bar makes room."""
        if self._bar is None:
            yield
            return
        if aside:
            self._bar.stop()
        yield
        if aside:
            self._bar.start()
        self._bar.advance(self._bar.task_ids[0])
