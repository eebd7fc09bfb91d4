"""Rows with an id: what every file format becomes before lists are joined.

What lives here: `Row`, the source that gives rows again and again, and the index of ids that finds the
ones that stand twice. What never comes in: cells, formats, lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kinerja.errors import Issue

__all__ = ["IdIndex", "Row", "RowSource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person or unit of a data file.

    Attributes:
        id: The id; empty where it cannot be read.
        record: Input name to value, with the id under `id`. A row with issues may lack values.
        issues: What makes the row unusable; it must not be scored unless this is empty.
        number: Row as a spreadsheet numbers it; in JSON, the place in the file, from 1.
        line: Line of the file where the row begins; `None` in a spreadsheet.
    """

    id: str
    record: dict[str, object]
    issues: tuple[Issue, ...] = ()
    number: int = 0
    line: int | None = None


class IdIndex:
    """Where each id stands first, and where those that are repeated stand again.

    It holds every id of a file, about 140 bytes for each.
    """

    __slots__ = ("count", "first", "second")

    def __init__(self) -> None:
        #: Number of rows seen, with and without a readable id.
        self.count = 0
        self.first: dict[str, int] = {}
        self.second: dict[str, int] = {}

    def add(self, row_id: str, number: int) -> None:
        """Take note of a row."""
        if self.first.setdefault(row_id, number) != number:
            self.second.setdefault(row_id, number)

    def other(self, row_id: str, number: int) -> int | None:
        """Give another row with the same id, the first if this is not it; `None` where there is none."""
        second = self.second.get(row_id)
        if second is None:
            return None
        first = self.first[row_id]
        return second if number == first else first


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """Rows that can be read from the first one as often as needed.

    Attributes:
        file: File, as the user named it.
        read_rows: Gives the rows.
        place: Names a row by its number, for people.
        cell: Names the cell of a row, given its number, the column and the id; the cell of the id where
            there is no such column. `None`: rows have no cells.
        columns: Names of the columns of a table; `None` for JSON, where each row has its own names.
        nested: A column may hold lists.
        header_cell: The first cell of the header, where it stands in a spreadsheet.
        whole_ids: Ids are whole numbers in the file.
        issues: What is wrong with the file as a whole, although its rows can be read.
        warnings: What should be looked at.
    """

    file: str
    read_rows: Callable[[], Iterator[Row]]
    place: Callable[[int], str]
    cell: Callable[[int, str, str], str] | None = None
    columns: tuple[str, ...] | None = None
    nested: bool = False
    header_cell: str | None = None
    whole_ids: bool = False
    issues: tuple[Issue, ...] = field(default=())
    warnings: tuple[Issue, ...] = field(default=())

    def located(self, issue: Issue, row: Row, column: str) -> Issue:
        """Give an issue the place of a row, and of its cell in a table."""
        cell = None if self.cell is None else self.cell(row.number, column, row.id)
        return issue.at(file=self.file, line=row.line, cell=cell)
