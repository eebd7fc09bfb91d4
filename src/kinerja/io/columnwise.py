"""Columns of results as cells and texts, each distinct value once.

What lives here: what a file that is written row by row makes of columns. What never comes in: files,
pyarrow. It is imported only where columns are written, since it brings numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from kinerja.columns.answers import Fixed
from kinerja.columns.parts import Coded, Numbers
from kinerja.io.written import Cell, Columns

__all__ = ["cells_of_rows", "texts_of_rows"]

T = TypeVar("T")


def cells_of_rows(
    columns: Columns, rows: Mapping[int, Sequence[Cell]]
) -> Iterator[tuple[Cell, ...]]:
    """Give the rows of columns; see `RowWriter.write_columns`."""
    return _rows(columns, rows, [_itself] * len(columns))


def texts_of_rows(
    columns: Columns,
    rows: Mapping[int, Sequence[Cell]],
    text_of: Sequence[Callable[[Cell], str]],
) -> Iterator[tuple[str, ...]]:
    """Give the rows of columns as texts.

    Args:
        columns: See `RowWriter.write_columns`.
        rows: See `RowWriter.write_columns`.
        text_of: For each column what gives the text of a cell.
    """
    return _rows(columns, rows, text_of)


def _itself(cell: Cell) -> Cell:
    return cell


def _rows(
    columns: Columns, rows: Mapping[int, Sequence[Cell]], change: Sequence[Callable[[Cell], T]]
) -> Iterator[tuple[T, ...]]:
    made = [_column(column, one) for column, one in zip(columns, change, strict=True)]
    for place, cells in rows.items():
        for column, cell, one in zip(made, cells, change, strict=True):
            column[place] = one(cell)
    return zip(*made, strict=True)


def _column(column: Any, change: Callable[[Cell], T]) -> list[T]:  # noqa: ANN401 - see `Columns`
    match column:
        case Fixed():
            return _column(column.coded(), change)
        case Coded():
            nothing = change(None)
            # A negative code counts from the end: there stands what is missing.
            known = [change(cast("Cell", value)) for value in column.values]
            known.append(nothing)
            codes = column.codes
            if len(codes) and codes.min() < -1:
                codes = codes.clip(-1)
            return [known[code] for code in codes.tolist()]
        case Numbers():
            # Numbers that are not known exactly are given as whole rows.
            return [change(None)] * len(column.values)
    cells = column if isinstance(column, Sequence) else column.to_pylist()
    return [change(cell) for cell in cells]
