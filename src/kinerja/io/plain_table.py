"""Small tables that are no data of people: what an organisation reached, appeals that were decided.

What lives here: a table as rows of named cells. What never comes in: what a column means.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.io.delimited import read_delimited
from kinerja.io.tables import Flaw, Table
from kinerja.io.xlsx import open_workbook

__all__ = ["READ_PLAIN", "PlainCell", "read_plain_table"]

PlainCell: TypeAlias = "str | Decimal | bool | date | None"

#: Suffixes of files that are read.
READ_PLAIN: Final = (".csv", ".tsv", ".xlsx")


def read_plain_table(path: Path, *, columns: Collection[str]) -> list[dict[str, PlainCell]]:
    """Read a table whole.

    Args:
        path: `.csv`, `.tsv` or `.xlsx`; of a workbook the first sheet is read.
        columns: Columns that must be there; others are read too.

    Raises:
        InputError: The file cannot be read, lacks a column, or holds a cell that cannot be trusted; every
            issue at once.
        MissingExtraError: A workbook needs openpyxl, which is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in READ_PLAIN:
        details = {"found": quoted(path.suffix), "expected": " ".join(READ_PLAIN)}
        raise InputError([Issue(code="KNJ503", file=str(path), details=details)])
    if not path.is_file():
        raise InputError([Issue(code="KNJ501", file=str(path))])
    if suffix != ".xlsx":
        return _rows(read_delimited(path), columns)
    with open_workbook(path) as book:
        sheet = next(iter(book.sheets), None)
        if sheet is None:
            raise InputError([Issue(code="KNJ506", file=str(path))])
        return _rows(book.table(sheet, wanted=set(columns)), columns)


def _rows(table: Table, columns: Collection[str]) -> list[dict[str, PlainCell]]:
    issues = [
        unknown_name("KNJ875", name, name, table.header).at(file=table.file)
        for name in columns
        if name not in table.header
    ]
    rows: list[dict[str, PlainCell]] = []
    for row in table.read_rows():
        if row.flaw is not None:
            issues.append(table.issue(row.flaw, row))
            continue
        found: dict[str, PlainCell] = {}
        for place, (name, cell) in enumerate(zip(table.header, row.cells, strict=True)):
            if isinstance(cell, Flaw):
                issues.append(table.issue(cell, row, place))
            elif name:
                found[name] = cell
        rows.append(found)
    if issues:
        raise InputError(issues)
    return rows
