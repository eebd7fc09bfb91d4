"""Rows of typed values from a table of raw cells.

What lives here: the survey of a whole table (its decimal mark, the order of day and month, its ids),
which comes before any cell is read, and the reading of its rows. What never comes in: file formats,
lists, the meaning of an id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final

from kinerja.errors import InputError, Issue
from kinerja.formula.types import DateType, ItemType, NumberType
from kinerja.io.cells import DayOrder, Reader, cell_reader, read_id
from kinerja.io.numbers import DecimalMark, Evidence
from kinerja.io.rows import IdIndex, Row, RowSource
from kinerja.io.tables import Flaw, Raw, Table, TableRow, check_header
from kinerja.io.wording import Special, with_special

__all__ = ["typed_rows"]

#: Rows surveyed at once.
CHUNK = 4096
#: Different texts of a column whose values are kept.
MAX_KEPT = 65_536

_NONE_SPECIAL: Final[Mapping[str, Special]] = MappingProxyType({})


def typed_rows(  # noqa: PLR0913 - what a table is, and how it is read
    table: Table,
    kinds: Mapping[str, ItemType],
    *,
    id_column: str,
    decimal: DecimalMark,
    ids: IdIndex,
    special: Mapping[str, Special] = _NONE_SPECIAL,
) -> RowSource:
    """Survey a table and make its rows readable.

    Args:
        table: The table.
        kinds: Type of each column that is read, besides the id; one that the table lacks is left out
            of the rows.
        id_column: Column that holds the id.
        decimal: Decimal mark of the file, or `auto`.
        ids: Is filled with the ids of the table.
        special: Texts that mean something of their own, by column.

    Raises:
        InputError: The header lacks the id column, or a column that is read stands twice.
    """
    issues = check_header(table, wanted=kinds, id_column=id_column)
    if issues:
        raise InputError(issues)
    columns = {name: table.header.index(name) for name in kinds if name in table.header}
    id_at = table.header.index(id_column)
    evidence, days = _survey(
        table,
        ids=ids,
        id_at=id_at,
        numbers=[
            at
            for name, at in columns.items()
            if isinstance(kinds[name], NumberType) and decimal == "auto"
        ],
        dates=[at for name, at in columns.items() if isinstance(kinds[name], DateType)],
    )
    numbers = evidence.decide(decimal, separator=table.separator)
    protected = table.separator is not None
    readers = []
    for name, at in columns.items():
        plain = cell_reader(kinds[name], numbers=numbers, days=days, protected=protected)
        readers.append((name, at, _kept(with_special(plain, special.get(name)), table)))
    warnings = () if ids.count else (table.header_issue("KNJ519").at(severity="warning"),)
    return RowSource(
        file=table.file,
        read_rows=lambda: _read(table, readers, id_at),
        place=lambda number: table.cell(number, id_at),
        cell=lambda number, name, _: table.cell(
            number, table.header.index(name) if name and name in table.header else id_at
        ),
        columns=table.header,
        header_cell=None if table.sheet is None else table.cell(table.header_row, 0),
        warnings=warnings,
    )


def _survey(
    table: Table, *, ids: IdIndex, id_at: int, numbers: list[int], dates: list[int]
) -> tuple[Evidence, DayOrder]:
    evidence, days = Evidence(), DayOrder()
    protected = table.separator is not None
    rows = table.read_rows()
    while chunk := list(islice(rows, CHUNK)):
        ids.count += len(chunk)
        for row in chunk:
            row_id = read_id(row.cells[id_at], protected=protected)
            if isinstance(row_id, str):
                ids.add(row_id, row.number)
        sound = [row for row in chunk if row.flaw is None]
        for at in numbers:
            evidence.add(_texts(sound, at), _locator(table, sound, at))
        for at in dates:
            days.add(_texts(sound, at), _locator(table, sound, at))
    return evidence, days


def _texts(rows: list[TableRow], at: int) -> dict[str, None]:
    # A dict keeps the order of the rows, so that the first example is always the same one.
    return dict.fromkeys(cell for row in rows if isinstance(cell := row.cells[at], str))


def _locator(table: Table, rows: list[TableRow], at: int) -> Callable[[str], str]:
    def locate(text: str) -> str:
        return next(table.cell(row.number, at) for row in rows if row.cells[at] == text)

    return locate


class _Kept(dict[Raw, object]):
    """Values by their text: most columns hold few different ones."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, raw: Raw) -> object:
        if len(self) >= MAX_KEPT:
            self.clear()
        value = self[raw] = self.read(raw)
        return value


def _kept(read: Reader, table: Table) -> Reader:
    # In a spreadsheet the flag TRUE and the number 1 are equal keys, so nothing is kept there.
    return read if table.separator is None else _Kept(read).__getitem__


def _read(table: Table, readers: list[tuple[str, int, Reader]], id_at: int) -> Iterator[Row]:
    protected = table.separator is not None
    names = ["id", *(name for name, _, _ in readers)]
    columns = [(at, read) for _, at, read in readers]
    for row in table.read_rows():
        number, line, cells, flaw = row
        row_id = read_id(cells[id_at], protected=protected)
        values = [row_id, *[read(cells[at]) for at, read in columns]] if flaw is None else [row_id]
        issues: tuple[Issue, ...] = ()
        if flaw is not None:
            issues = (table.issue(flaw, row),)
        elif Flaw in map(type, values):
            # One flaw may stand for several cells: those that a short row lacks.
            flaws: dict[Flaw, int] = {}
            for at, value in zip([id_at, *(at for at, _ in columns)], values, strict=True):
                if isinstance(value, Flaw):
                    flaws.setdefault(value, at)
            issues = tuple(table.issue(one, row, at) for one, at in flaws.items())
        record = dict(zip(names, values, strict=flaw is None))
        if issues:
            record = {name: value for name, value in record.items() if not isinstance(value, Flaw)}
            record.setdefault("id", "")
        yield Row(
            id=row_id if isinstance(row_id, str) else "",
            record=record,
            issues=issues,
            number=number,
            line=line,
        )
