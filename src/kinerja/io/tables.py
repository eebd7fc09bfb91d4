"""A table as it was read: a header, and rows of raw cells with their place.

What lives here: `Table`, `TableRow`, the raw cell and the flaw that stands in place of an unreadable
one, how a cell is named, and how a header is found and checked. What never comes in: file formats (each
has a module of its own), the types that a policy declares.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from kinerja.errors import Issue, nearest, quoted

__all__ = [
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Flaw",
    "Raw",
    "Table",
    "TableRow",
    "cell_name",
    "check_header",
]

#: Rows and columns of a spreadsheet; Excel has no more.
MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384

#: Column names shown when the one that is needed is not there.
SHOWN_NAMES: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Flaw:
    """What is wrong with a cell or row: the code of an issue and what fills its blanks."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


#: A cell before its type is known. Text files give text; a spreadsheet also gives numbers (as
#: `Decimal`), flags and dates. `None` is an empty cell.
Raw: TypeAlias = "str | Decimal | bool | date | Flaw | None"


class TableRow(NamedTuple):
    """One row below the header.

    Attributes:
        number: Row as a spreadsheet numbers it, from 1; the header is row 1 in a text file.
        line: Line of the file where the row begins, from 1; `None` in a spreadsheet.
        cells: As many cells as the header has names.
        flaw: Why none of the cells can be trusted, or `None`.
    """

    number: int
    line: int | None
    cells: Sequence[Raw]
    flaw: Flaw | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that can be read from its first row as often as needed.

    Attributes:
        file: File, as the user named it.
        header: Names of the columns, stripped; a column without a name has an empty one.
        read_rows: Gives the rows below the header, blank rows left out.
        sheet: Sheet of a spreadsheet, or `None`.
        separator: What separates the cells of a text file, or `None`.
        header_row: Row of the header, as a spreadsheet numbers it.
        header_line: Line of the header in a text file.
    """

    file: str
    header: tuple[str, ...]
    read_rows: Callable[[], Iterator[TableRow]]
    sheet: str | None = None
    separator: str | None = None
    header_row: int = 1
    header_line: int | None = None

    def cell(self, row: int, column: int) -> str:
        """Name a cell as a spreadsheet does, with its sheet where there is one."""
        name = cell_name(row, column)
        return name if self.sheet is None else f"{self.sheet}!{name}"

    def issue(self, flaw: Flaw, row: TableRow, column: int | None = None) -> Issue:
        """Make the issue of a flaw in a cell, or in a whole row where no column is given."""
        return Issue(
            code=flaw.code,
            path="" if column is None else self.header[column],
            details=flaw.details,
            file=self.file,
            line=row.line,
            cell=self.cell(row.number, column or 0),
        )

    def header_issue(self, code: str, path: str = "", **details: str) -> Issue:
        """Make an issue about the header."""
        cell = None if self.sheet is None else self.cell(self.header_row, 0)
        return Issue(
            code=code,
            path=path,
            details=details,
            file=self.file,
            line=self.header_line,
            cell=cell,
        )


def cell_name(row: int, column: int) -> str:
    """Name a cell by column letters and row.

    Args:
        row: From 1.
        column: From 0.

    Examples:
        >>> cell_name(12, 2), cell_name(1, 26)
        ('C12', 'AA1')
    """
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def check_header(table: Table, *, wanted: Collection[str], id_column: str) -> list[Issue]:
    """Give what makes a table unusable: no id column, or a needed name that stands twice.

    Args:
        table: The table.
        wanted: Columns that are read, besides the id.
        id_column: Column that holds the id.
    """
    issues: list[Issue] = []
    for name in dict.fromkeys(table.header):
        if (name in wanted or name == id_column) and table.header.count(name) > 1:
            count = str(table.header.count(name))
            issues.append(table.header_issue("KNJ508", name, found=quoted(name), count=count))
    if id_column not in table.header:
        strangers = [name for name in table.header if name and name not in wanted]
        near = nearest(id_column, strangers)
        if near is not None:
            details = {"expected": quoted(id_column), "nearest": quoted(near)}
            issues.append(table.header_issue("KNJ509", id_column, **details))
        else:
            names = [quoted(name) for name in table.header if name]
            shown = ", ".join(names[:SHOWN_NAMES]) + (", …" if len(names) > SHOWN_NAMES else "")
            details = {"expected": quoted(id_column), "found": shown}
            issues.append(table.header_issue("KNJ510", id_column, **details))
    return issues
