"""Tables whose columns are named in the words of those who filled them.

What lives here: the names that a caller gives to the columns of a header, and texts of a column that mean
something of their own. What never comes in: what a name means; only the caller knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from kinerja.errors import Issue
from kinerja.io.cells import Reader
from kinerja.io.tables import Raw, Table

__all__ = ["Naming", "Special", "Wording", "named_table", "with_special"]

#: Gives each column of a header the name by which it is read, and the issues of columns, by their place
#: from 0. The first argument is the list that the table holds, or `None` for the data; an empty name passes
#: a column over.
Naming: TypeAlias = Callable[
    [str | None, Sequence[str]], tuple[Sequence[str], Sequence[tuple[int, Issue]]]
]
#: Gives the value of a stripped text that means something of its own, or `None` for any other text.
Special: TypeAlias = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a caller names columns, and what single texts mean to it.

    Attributes:
        name_columns: Names the columns of a header.
        special: Texts with a meaning of their own, by the name of the column; lists have none.
    """

    name_columns: Naming
    special: Mapping[str, Special]


def named_table(table: Table, holds: str | None, wording: Wording) -> tuple[Table, list[Issue]]:
    """Give a table the names that a caller has for its columns, and what is wrong with its header.

    Args:
        table: The table as it was read.
        holds: The list that it holds, or `None` for the data.
        wording: The caller's names.
    """
    names, found = wording.name_columns(holds, table.header)
    issues = [
        issue.at(file=table.file, line=table.header_line, cell=table.cell(table.header_row, column))
        for column, issue in found
    ]
    return replace(table, header=tuple(names)), issues


def with_special(read: Reader, special: Special | None) -> Reader:
    """Let a reader of cells know the texts that mean something of their own."""
    if special is None:
        return read

    def reader(raw: Raw) -> object:
        value = special(raw.strip()) if isinstance(raw, str) else None
        return read(raw) if value is None else value

    return reader
