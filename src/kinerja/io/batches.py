"""Data files as those see them who score their rows: one by one, or many at a time.

What lives here: what every data file can do, and what a batch of its rows is. What never comes in: scoring,
file formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kinerja.errors import Issue
from kinerja.io.rows import Row

__all__ = ["Batch", "Records"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some rows of a data file.

    Attributes:
        count: How many rows.
        frame: The inputs of those that may be scored, a frame of some kind.
        ids: Their ids: texts, or an array of Arrow.
        refused: The others, with what makes them unusable.
        rows: Gives some of those that may be scored, by place, as single rows.
    """

    count: int
    frame: Any
    ids: Any
    refused: Sequence[Row]
    rows: Callable[[Sequence[int]], list[Row]]


class Records(Protocol):
    """The records of a data file, in file order; they can be gone through more than once.

    Attributes:
        file: The data file, as the user named it.
        count: Number of rows.
        issues: What is wrong with the files as a whole, although rows can be read.
        warnings: What should be looked at.
        whole_ids: Ids are whole numbers in the file.
        extra_keys: A row may hold keys besides those that are read.
    """

    file: str
    count: int
    issues: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    whole_ids: bool
    extra_keys: bool

    def __iter__(self) -> Iterator[Row]:
        """Read the rows."""
        ...

    def batches(self) -> Iterator[Batch]:
        """Read the rows, many at a time."""
        ...

    def find(self, wanted: str) -> Row | None:
        """Read the first row with an id; `None` where there is none."""
        ...

    def ids_near(self, wanted: str) -> Iterable[str]:
        """Give ids among which one may be near to one that is not there."""
        ...

    def locate(self, issue: Issue, row: Row) -> Issue:
        """Give an issue that scoring found the place of its row, and of its cell in a table."""
        ...
