"""How far a long run has come, shown to a person who watches.

What lives here: one line on the terminal that is written over, a few times a second. What never comes in:
anything that goes to a file or pipe.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import Final

from kinerja.cli.console import Console

__all__ = ["Progress"]

#: Seconds between two changes of the line, and rows between two looks at the clock.
PAUSE: Final = 0.2
ROWS: Final = 200


class Progress:
    """A line such as `12000 dari 48000 baris`."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._done = self._looked = 0
        self._shown_at = monotonic()
        self._width = 0

    def step(self, rows: int = 1) -> None:
        """Take note of more rows that are done."""
        self._done += rows
        if self._done - self._looked >= ROWS:
            self._looked = self._done
            if monotonic() - self._shown_at < PAUSE:
                return
            self._shown_at = monotonic()
            text = self._console.say("score.progress", done=self._done, total=self._total)
            self._show(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._show("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _show(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)
