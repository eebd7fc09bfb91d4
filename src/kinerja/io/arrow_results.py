"""Results as Parquet and Arrow files, batch by batch.

What lives here: the types of the columns, and rows gathered to batches. What never comes in: which columns
a result has; reading. pyarrow is imported in the functions that need it.

Every batch has the same types, whatever it holds. A number that the policy rounds is a decimal of as many
digits, so that it is exact for every reader: of 18 figures in all, which Spark and DuckDB hold as one
machine integer, or of 38 where it is rounded to more than four digits. Any other number is a double, the
one nearest the exact value. Labels are plain text: Parquet stores each distinct text once anyway, while a
dictionary type would be a different thing in each library, and an Arrow file cannot change a dictionary
from batch to batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final, cast

from kinerja.errors import InputError, Issue, MissingExtraError, quoted
from kinerja.io.arrow import Arrow
from kinerja.io.written import Cell, Columns, ColumnType, Layout, RowWriter, check_width, csv_text

__all__ = ["write_arrow", "write_parquet"]

#: Rows of a row group: as many as DuckDB hands to one thread, or a few more.
ROWS: Final = 131_072
#: Single rows that are made a batch at once.
SINGLE: Final = 8192
#: Figures of a decimal: as many as one machine integer holds, and as many as there can be.
SHORT: Final = 18
LONG: Final = 38
#: Most digits after the point with which a decimal is short.
FEW_DIGITS: Final = 4


@contextmanager
def write_parquet(opened: BinaryIO, layout: Layout) -> Iterator[RowWriter]:
    """Write a Parquet file when the block ends.

    Args:
        opened: Where it is written.
        layout: Its columns.

    Raises:
        InputError: A number is too long for its column.
        MissingExtraError: pyarrow is not installed.
    """
    pa = _pyarrow()
    from pyarrow import parquet

    schema = _schema(pa, layout)
    yield from _written(parquet.ParquetWriter(opened, schema), schema, layout)


@contextmanager
def write_arrow(opened: BinaryIO, layout: Layout) -> Iterator[RowWriter]:
    """Write an Arrow IPC file when the block ends; see `write_parquet`."""
    pa = _pyarrow()
    from pyarrow import ipc

    schema = _schema(pa, layout)
    yield from _written(ipc.new_file(opened, schema), schema, layout)


def _written(writer: Arrow, schema: Arrow, layout: Layout) -> Iterator[RowWriter]:
    made = _Batches(writer, schema, layout)
    try:
        yield made
        made.flush()
    except BaseException:
        # Closing it writes the end of a file that is thrown away; left open it would complain later.
        with suppress(Exception):
            writer.close()
        raise
    writer.close()


def _pyarrow() -> Arrow:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("frames") from None
    return pa


def _schema(pa: Arrow, layout: Layout) -> Arrow:
    fields = [
        pa.field(name, _type(pa, layout.types.get(name, ColumnType()))) for name in layout.columns
    ]
    return pa.schema(fields, metadata=dict(layout.about) or None)


def _type(pa: Arrow, column: ColumnType) -> Arrow:  # noqa: PLR0911 - one line a kind
    match column.kind:
        case "texts":
            return pa.list_(pa.string())
        case "flag":
            return pa.bool_()
        case "date":
            return pa.date32()
        case "whole":
            return pa.int64()
        case "number" if column.digits is not None:
            digits = max(column.digits, 0)
            return pa.decimal128(SHORT if digits <= FEW_DIGITS else LONG, digits)
        case "number":
            return pa.float64()
    return pa.string()


class _Batches:
    """Writes row groups; what comes first waits until there are enough rows."""

    exact = False

    def __init__(self, writer: Arrow, schema: Arrow, layout: Layout) -> None:
        self._writer = writer
        self._schema = schema
        self._layout = layout
        self._changes = [_change(layout.types.get(name, ColumnType())) for name in layout.columns]
        self._rows: list[Sequence[Cell]] = []
        self._batches: list[Arrow] = []

    def __call__(self, row: Sequence[Cell], /) -> None:
        check_width(row, len(self._layout.columns))
        self._rows.append(row)
        if len(self._rows) >= SINGLE:
            self._gather()

    def _gather(self) -> None:
        if self._rows:
            rows, self._rows = self._rows, []
            self._add(self._of_rows(rows))

    def _add(self, batch: Arrow) -> None:
        self._batches.append(batch)
        if sum(batch.num_rows for batch in self._batches) >= ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        import pyarrow as pa

        self._gather()
        if self._batches:
            batches, self._batches = self._batches, []
            self._writer.write_table(pa.Table.from_batches(batches, self._schema))

    def write_columns(self, columns: Columns, rows: Mapping[int, Sequence[Cell]]) -> None:
        import pyarrow as pa

        self._gather()
        arrays = [self._of_column(column, place) for place, column in enumerate(columns)]
        batch = pa.RecordBatch.from_arrays(arrays, schema=self._schema)
        if rows:
            batch = _with_rows(batch, self._of_rows([*rows.values()]), [*rows])
        self._add(batch)

    def _of_rows(self, rows: Sequence[Sequence[Cell]]) -> Arrow:
        import pyarrow as pa

        columns = []
        for place, change in enumerate(self._changes):
            columns.append(self._array([change(row[place]) for row in rows], place))
        return pa.RecordBatch.from_arrays(columns, schema=self._schema)

    def _array(self, values: list[Arrow], place: int) -> Arrow:
        import pyarrow as pa

        try:
            return pa.array(values, self._schema.field(place).type)
        except (pa.ArrowException, OverflowError):
            raise self._too_long(values, place) from None

    def _too_long(self, values: Sequence[Arrow], place: int) -> InputError:
        digits = self._schema.field(place).type
        limit = Decimal(10) ** (digits.precision - digits.scale)
        found = next((v for v in values if v is not None and v.copy_abs() >= limit), values[0])
        details = {"found": quoted(format(found, "f")), "expected": str(digits.precision)}
        name = self._layout.columns[place]
        return InputError(
            [Issue(code="KNJ563", path=name, file=self._layout.file, details=details)]
        )

    def _of_column(self, column: Arrow, place: int) -> Arrow:
        import pyarrow as pa

        from kinerja.columns.answers import Fixed
        from kinerja.columns.answers_arrow import decimals, doubles, picked
        from kinerja.columns.parts import Coded, Numbers

        kind, change = self._schema.field(place).type, self._changes[place]
        match column:
            case pa.Array():
                return column.cast(kind)
            case Fixed():
                return decimals(column, kind)
            case Numbers():
                return doubles(column)
            case Coded():
                values = [change(cast("Cell", value)) for value in column.values]
                return picked(column, self._array(values, place))
        return self._array([change(cell) for cell in column], place)


def _with_rows(batch: Arrow, rows: Arrow, places: Sequence[int]) -> Arrow:
    """Put rows in the place of others."""
    import pyarrow as pa

    order = [*range(batch.num_rows)]
    for at, place in enumerate(places):
        order[place] = batch.num_rows + at
    both = pa.Table.from_batches([batch, rows]).take(pa.array(order, pa.int64()))
    return both.combine_chunks().to_batches()[0]


def _change(column: ColumnType) -> Callable[[Cell], Arrow]:
    """Give what makes a cell a value of its column."""
    match column.kind:
        case "texts":
            return lambda cell: [_text(part) for part in cast("Sequence[str]", cell)]
        case "date":
            return lambda cell: None if cell is None else date.fromisoformat(cast("str", cell))
        case "whole":
            return lambda cell: None if cell is None else int(cast("str", cell))
        case "number" if column.digits is None:
            return _nearest
        case "flag" | "number":
            return lambda cell: cell
    return _plain


def _plain(cell: Cell) -> str | None:
    if cell is None:
        return None
    return _text(cell if isinstance(cell, str) else csv_text(cell))


def _text(text: str) -> str:
    # As in a text file: what UTF-8 cannot hold is written as its escape.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _nearest(cell: Cell) -> float | None:
    """Give the float64 nearest a number."""
    if cell is None:
        return None
    number = cast("Decimal", cell)
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
