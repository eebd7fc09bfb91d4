"""Rows of Parquet and Arrow files, one at a time as Python values.

What lives here: the way of such a file to the records that every other format becomes. What never comes in:
the types that a policy declares; these files have types of their own, and the scorer judges their values.

A row is named by its place, from 0 as frames count, and by its id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count
from pathlib import Path

from kinerja.columns.frames_arrow_values import arrow_values, is_text
from kinerja.errors import InputError, Issue
from kinerja.formula.types import LabelType, ValueType
from kinerja.io.arrow import Arrow, ArrowFile, open_arrow
from kinerja.io.arrow_ids import is_whole, read_ids
from kinerja.io.rows import IdIndex, Row, RowSource
from kinerja.io.tables import Flaw, Table, check_header

__all__ = [
    "few_texts",
    "flawed",
    "open_rows",
    "place_of",
    "read_arrow_rows",
    "records_of",
    "row_cell",
]


def open_rows(path: Path, *, wanted: Collection[str], id_column: str) -> ArrowFile:
    """Open a file whose rows have ids.

    Args:
        path: The file.
        wanted: Columns that are read, besides the id.
        id_column: Column that holds the id.

    Raises:
        InputError: The file cannot be read, lacks the id column, or a column that is read stands twice.
        MissingExtraError: pyarrow is not installed.
    """
    opened = open_arrow(path)
    table = Table(file=opened.file, header=opened.names, read_rows=lambda: iter(()))
    issues = check_header(table, wanted=wanted, id_column=id_column)
    if issues:
        raise InputError(issues)
    return opened


def read_arrow_rows(
    path: Path, kinds: Mapping[str, ValueType], *, id_column: str, ids: IdIndex
) -> RowSource:
    """Make the rows of a file readable.

    Args:
        path: The file.
        kinds: Type of each column that is read, besides the id.
        id_column: Column that holds the id.
        ids: Is filled with the ids of the file.

    Raises:
        InputError: See `open_rows`.
        MissingExtraError: pyarrow is not installed.
    """
    opened = open_rows(path, wanted=kinds, id_column=id_column)
    for batch in opened.batches([id_column]):
        for text in read_ids(batch.column(0)).texts:
            ids.count += 1
            if text:
                ids.add(text, ids.count)
    few = few_texts(opened, kinds)
    warnings = () if ids.count else (Issue(code="KNJ519", file=opened.file, severity="warning"),)
    return RowSource(
        file=opened.file,
        read_rows=lambda: _rows(opened, kinds, few, id_column),
        place=place_of,
        cell=row_cell,
        columns=opened.names,
        nested=True,
        whole_ids=is_whole(opened.schema.field(id_column).type),
        warnings=warnings,
    )


def few_texts(opened: ArrowFile, kinds: Mapping[str, ValueType]) -> list[str]:
    """Name the columns of labels that hold texts."""
    return [
        name
        for name, kind in kinds.items()
        if isinstance(kind, LabelType)
        and name in opened.names
        and is_text(opened.schema.field(name).type)
    ]


def _rows(
    opened: ArrowFile, kinds: Mapping[str, ValueType], few: Collection[str], id_column: str
) -> Iterator[Row]:
    numbers = count(1)
    names = [name for name in kinds if name in opened.names]
    for batch in opened.batches([*names, id_column], few=few):
        ids = read_ids(batch.column(batch.schema.get_field_index(id_column)))
        records = records_of(batch, names)
        for place, (text, record, number) in enumerate(
            zip(ids.texts, records, numbers, strict=False)
        ):
            record["id"] = text
            flaw = ids.flaws.get(place)
            issues = () if flaw is None else (flawed(opened, flaw, number, id_column),)
            yield Row(id=text, record=record, issues=issues, number=number)


def records_of(batch: Arrow, names: Collection[str]) -> Iterator[dict[str, object]]:
    """Give the rows of a batch as Python values, without their ids."""
    columns = [arrow_values(batch.column(batch.schema.get_field_index(name))) for name in names]
    if not columns:
        return ({} for _ in range(batch.num_rows))
    return (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def flawed(opened: ArrowFile, flaw: Flaw, number: int, id_column: str) -> Issue:
    """Make the issue of an id that cannot be read."""
    return Issue(
        code=flaw.code,
        path=id_column,
        details=flaw.details,
        file=opened.file,
        cell=place_of(number),
    )


def place_of(number: int) -> str:
    """Name a row by its place, from 0."""
    return f"#{number - 1}"


def row_cell(number: int, _: str, row_id: str) -> str:
    """Name a row by its place and its id."""
    return f"{place_of(number)} (id {row_id})" if row_id else place_of(number)
