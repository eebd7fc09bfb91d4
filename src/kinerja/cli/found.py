"""What was found wrong with the rows of a data file.

What lives here: issues in their order, few of them in memory and the others in a temporary file, so that a
file of millions of unusable rows can be told about. What never comes in: printing.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Final, cast

from kinerja.errors import Issue

__all__ = ["Found"]

#: Issues that are held in memory.
HELD: Final = 10_000


class Found:
    """Issues in the order in which they were found."""

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self._first: list[Issue] = list(issues)
        self._later: list[Issue] = []
        self._stored = 0
        self._file: IO[bytes] | None = None

    def close(self) -> None:
        """Give the temporary file back, if there is one."""
        if self._file is not None:
            self._file.close()

    def __len__(self) -> int:
        """Give the number of issues."""
        return len(self._first) + self._stored + len(self._later)

    def __iter__(self) -> Iterator[Issue]:
        """Give the issues."""
        yield from self._first
        if self._file is not None:
            self._file.seek(0)
            for _ in range(self._stored // HELD):
                yield from cast("list[Issue]", pickle.load(self._file))  # noqa: S301 - written here
        yield from self._later

    def first(self, most: int) -> list[Issue]:
        """Give the first issues."""
        return list(islice(self, most))

    def put_first(self, issue: Issue) -> None:
        """Add an issue before all others."""
        self._first.insert(0, issue)

    def extend(self, issues: Iterable[Issue]) -> None:
        """Add issues."""
        for issue in issues:
            self._later.append(issue)
            if len(self._later) == HELD:
                if self._file is None:
                    self._file = TemporaryFile()  # noqa: SIM115 - `close` closes it
                pickle.dump(self._later, self._file)
                self._stored += HELD
                self._later = []
