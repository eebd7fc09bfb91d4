"""What was found wrong in a table, each kind once for a column.

What lives here: counting refusals and naming their first rows. What never comes in: how they are found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import numpy as np

from kinerja.columns.cells import Refusal
from kinerja.columns.residues import Array
from kinerja.errors import Issue

__all__ = ["Findings", "column_of", "reasons_of"]

#: First rows that an issue names.
NAMED: Final = 3


@dataclass(slots=True)
class _Found:
    issue: Issue
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, issue: Issue, rows: Array, start: int) -> None:
        self.count += len(rows)
        first = (np.unique(rows)[:NAMED] + start).tolist()
        # Threads come in any order: what is told is the first row's.
        if not self.rows or first[0] < self.rows[0]:
            self.issue = issue
        self.rows = sorted({*self.rows, *first})[:NAMED]

    def told(self) -> Issue:
        shown = ", ".join(f"#{row}" for row in self.rows)
        more = f", … ({self.count})" if self.count > len(self.rows) else ""
        return self.issue.at(cell=shown + more)


class Findings:
    """Issues of a table; several threads may add to them."""

    def __init__(self) -> None:
        self._general: list[Issue] = []
        self._found: dict[tuple[str, str], _Found] = {}
        self._lock = Lock()

    def say(self, issue: Issue) -> None:
        """Take note of an issue of the table as a whole."""
        self._general.append(issue)

    def add(self, issue: Issue, rows: Array, start: int = 0) -> None:
        """Take note of cells with one problem.

        Args:
            issue: The issue of the first of them; its path is the column.
            rows: Their rows, counted from `start`.
            start: A row of the table.
        """
        if len(rows):
            with self._lock:
                key = (issue.code, issue.path)
                self._found.setdefault(key, _Found(issue)).add(issue, rows, start)

    def add_record(self, issues: Iterable[Issue], row: int) -> None:
        """Take note of the issues of one record."""
        for issue in issues:
            self.add(issue.at(path=column_of(issue.path)), np.array([row]))

    def issues(self) -> tuple[Issue, ...]:
        """Give every issue, those of the whole table first, then by first row."""
        found = sorted(self._found.values(), key=lambda f: (f.rows[:1], f.issue.path, f.issue.code))
        return (*self._general, *(f.told() for f in found))


def reasons_of(refusals: Iterable[Refusal]) -> dict[int, list[str]]:
    """Give for each refused row what is wrong with it: code and path."""
    told: dict[int, list[str]] = {}
    for refusal in refusals:
        for row, path in zip(refusal.rows.tolist(), refusal.paths(), strict=True):
            told.setdefault(row, []).append(f"{refusal.issue.code}: {path}")
    return told


def column_of(path: str) -> str:
    """Give the column of a path: `penilaian[3].nilai` stands in `penilaian.nilai`."""
    before, bracket, rest = path.partition("[")
    return before + rest.partition("]")[2] if bracket else path
