"""Random tables for a program, in the forms in which frames hold them.

`tables(program)` draws a table: for each input a form of column (float64, whole numbers, decimals, text,
categories, flags, days, Python objects) with its values. Numbers come from the figures that the program
itself is made of, so that ties, band edges and zero divisors are met, and from what stands beside them:
an ulp away, 17 digits, subnormals, magnitudes at both ends of binary64, negative zero. `frames(drawn)`
gives the table as the kinds of frame that can hold it; `raw_tables(program)` draws columns of objects
as callers have them.

One drawn number decides a table, as in `strategies_typed`: it is quick, and a failing program shrinks while
its table stays the same.
"""
# ruff: noqa: S311, PD011 - random tables guard no secret; the values are those of drawn columns

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import strategies as st

from kinerja.exact import decimal_digits, exact
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
)
from kinerja.scorer.program import Program
from kinerja.verify.changes import figures_of

sys.path.insert(0, str(Path(__file__).parents[1] / "scorer"))

import strategies_programs as drawn_programs

SEEDS = st.integers(0, 2**32)

#: Figures of any record, beside those of the program.
PLAIN = (0, 1, 2, 3, 5, 10, 50, 75, 76, 90, 91, 100, 110, 120, -1, -5)
TIES = ("0.5", "2.5", "0.005", "0.015", "2.675", "86.625", "76.605", "99.995", "1.005", "9.12")
#: Numbers at the ends of what binary64 holds, and where its digits run out.
WILD = (
    *(
        1e300,
        -1e300,
        1.7976931348623157e308,
        1e-300,
        -1e-300,
        5e-324,
        -5e-324,
        2.2250738585072014e-308,
    ),
    *(1e-310, 3e-320, -0.0, 0.1 + 0.2, 1 / 3, 100 / 3, 2.0**53, 2.0**53 + 2, 2.0**63, -(2.0**63)),
    *(1e15, 1e16, 1e17, 1e22, 1e23, 123456789012345.67, 99999999999999.98, 12345678.901234567),
    *(0.30000000000000004, 4.35, 1e-7, 1e-5, 4503599627370496.5, 999999999999999.9),
)
WHOLE_ENDS = (0, 1, -1, 2**31, -(2**31), 2**53, 2**53 + 1, -(2**53) - 1, 2**62, 2**63 - 1, -(2**63))


@dataclass(frozen=True)
class Column:
    """A column as it was drawn.

    Attributes:
        form: `float64`, `int64`, `text`, … or `object`.
        values: Its values; `None` is missing.
    """

    form: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Items:
    """A list column as it was drawn.

    Attributes:
        lengths: Number of items of each row; `None` where a row has no list.
        fields: The fields of the items, one after the other.
    """

    lengths: tuple[int | None, ...]
    fields: dict[str, Column]


@dataclass(frozen=True)
class Drawn:
    """A table as it was drawn.

    Attributes:
        rows: Number of rows.
        columns: Columns by name.
        ids: Ids of the rows, or nothing.
    """

    rows: int
    columns: dict[str, Column | Items]
    ids: tuple[Any, ...] = field(default=())


# Numbers.


class _Numbers:
    """Draws numbers of one input."""

    def __init__(self, random: Random, kind: NumberType, figures: Sequence[Fraction]) -> None:
        self.random = random
        self.kind = kind
        limits = kind.limits
        ends = [end for end in (limits.low, limits.high) if end is not None]
        pool = [*figures, *figures, *ends, *map(Fraction, PLAIN), *map(Fraction, TIES)]
        self.pool = [float(value) for value in pool if self.fits(value)] or [
            float(value) for value in ends
        ]
        low = float(limits.low) if limits.low is not None else -20.0
        high = float(limits.high) if limits.high is not None else 130.0
        self.low, self.high = min(low, high), max(low, high)

    def fits(self, value: Fraction) -> bool:
        digits = decimal_digits(value)
        few = self.kind.digits is None or (digits is not None and digits <= self.kind.digits)
        return few and value in self.kind.limits

    def fitting(self, make: Callable[[], float]) -> float:
        for _ in range(6):
            value = make()
            if self.fits(exact(value)):
                return value
        return self.random.choice(self.pool) if self.pool else 1.0

    def short(self) -> float:
        """A decimal of few digits."""
        digits = self.random.randrange(5)
        if self.kind.digits is not None:
            digits = min(digits, self.kind.digits)
        return round(self.random.uniform(self.low, self.high), digits)

    def figure(self) -> float:
        return self.random.choice(self.pool) if self.pool else self.short()

    def beside(self) -> float:
        value = self.figure() if self.random.randrange(3) else self.short()
        return float(np.nextafter(value, self.random.choice((-math.inf, math.inf))))

    def long(self) -> float:
        return self.random.uniform(self.low, self.high)

    def wild(self) -> float:
        if self.random.randrange(3):
            return self.random.choice(WILD)
        return (
            self.random.choice((1, -1))
            * self.random.random()
            * 10.0 ** self.random.randint(-320, 307)
        )

    def broad(self) -> float:
        """A number of any magnitude that arrays compute on."""
        sign = 1 if self.low >= 0 else self.random.choice((1, -1))
        exponent = self.random.choice(
            (self.random.randint(-110, 99), -self.random.randint(100, 320))
        )
        return sign * self.random.choice((1.0, self.random.random(), 2.5)) * 10.0**exponent


#: Which kinds of number a table has, most often the ordinary ones.
MOODS: tuple[tuple[str, ...], ...] = (
    ("figure", "short"),
    ("figure",),
    ("figure", "short", "beside"),
    ("figure", "beside"),
    ("figure", "short", "long"),
    ("figure", "short", "beside", "long", "wild"),
    ("wild", "figure"),
    ("broad", "figure"),
    ("broad",),
)


def _number_column(
    random: Random, numbers: _Numbers, rows: int, mood: tuple[str, ...], *, careless: bool
) -> list[float]:
    makes = [getattr(numbers, name) for name in mood]

    def one() -> float:
        make = random.choice(makes)
        return make() if careless and not random.randrange(12) else numbers.fitting(make)

    return [one() for _ in range(rows)]


NUMBER_FORMS = (
    *("float64",) * 14,
    *(
        "int64",
        "int64",
        "int32",
        "int8",
        "uint64",
        "float32",
        "text",
        "decimal",
        "object",
        "whole float",
    ),
)


def _number_form(
    random: Random, values: list[float], numbers: _Numbers, form: str, *, careless: bool
) -> Column:
    """Give the values in a form; where it cannot hold them, others that it can."""
    if form in ("float64", "float32"):
        if form == "float32":
            with np.errstate(over="ignore"):
                values = [float(np.float32(value)) for value in values]
        return Column(form, tuple(values))
    if form == "whole float":
        whole = [float(round(value)) if abs(value) < 2.0**63 else value for value in values]
        return Column("float64", tuple(whole))
    if form.startswith(("int", "uint")):
        info = np.iinfo(form)
        ends = [end for end in (*WHOLE_ENDS, info.min, info.max) if info.min <= end <= info.max]
        ends = [end for end in ends if careless or numbers.fits(Fraction(end))]

        def whole(value: float) -> int:
            if ends and not random.randrange(12):
                return random.choice(ends)
            rounded = round(value) if abs(value) < 2.0**62 else 1
            return rounded if info.min <= rounded <= info.max else 1

        return Column(form, tuple(whole(value) for value in values))
    if form == "decimal":
        few = [Decimal(str(round(v, 4))) if abs(v) < 1e15 else Decimal(1) for v in values]
        return Column(form, tuple(few))
    if form == "text":
        return Column(form, tuple(repr(value) for value in values))
    mixed = [_as_object(random, value) for value in values]
    return Column("object", tuple(mixed))


def _as_object(random: Random, value: float) -> object:
    fraction = exact(value)
    forms: list[object] = [value, value, str(Decimal(repr(value))), Decimal(repr(value)), fraction]
    if fraction.denominator == 1:
        forms += [int(value)] * 3
    return random.choice(forms)


# Values of other types.


def _label_column(random: Random, kind: LabelType, rows: int, *, careless: bool) -> Column:
    few = random.sample(kind.scale.ids, random.randint(1, len(kind.scale.ids)))
    words: list[object] = list(few)
    if not random.randrange(4):
        words.append(kind.scale.title(few[0]).id)
    if not random.randrange(4):
        words.append(f" {few[0]} ")
    if careless:
        words.append(random.choice(("asing", "baek", " ")))
    form = random.choice(("text", "category", "category", "category", "object", "enum"))
    return Column(form, tuple(random.choice(words) for _ in range(rows)))


def _flag_column(random: Random, rows: int, *, careless: bool) -> Column:
    values: list[object] = [random.random() < 0.5 for _ in range(rows)]
    if careless and rows:
        values[random.randrange(rows)] = random.choice((1, "ya", 0.0))
        return Column("object", tuple(values))
    return Column(random.choice(("flag", "flag", "flag", "object")), tuple(values))


DAYS = (date(2024, 2, 29), date(2024, 1, 1), date(1969, 12, 31), date(1, 1, 1), date(9999, 12, 31))


def _date_column(random: Random, rows: int, *, careless: bool) -> Column:
    near = [date.fromordinal(738_000 + place) for place in (0, 1, 365)]
    form = random.choice(("date", "date", "date", "timestamp", "text", "object"))
    # The days that a timestamp of nanoseconds can hold are fewer.
    days = DAYS[:3] if form == "timestamp" else DAYS
    values: list[object] = [random.choice((*near, *near, *days)) for _ in range(rows)]
    if form == "timestamp":
        return Column(form, tuple(datetime(v.year, v.month, v.day, 13, 30) for v in values))  # type: ignore[attr-defined]  # noqa: DTZ001 - a day is read from it
    if form == "text":
        texts = [value.isoformat() for value in values]  # type: ignore[attr-defined]
        if careless and rows:
            texts[random.randrange(rows)] = "2024-02-30"
        return Column(form, tuple(texts))
    return Column(form, tuple(values))


def _text_column(random: Random, rows: int) -> Column:
    words = ("budi", "sari", "atasan", " budi ", "", "Budi")
    form = random.choice(("text", "text", "category", "object", "whole"))
    if form == "whole":
        return Column("int64", tuple(random.randrange(4) for _ in range(rows)))
    return Column(form, tuple(random.choice(words) for _ in range(rows)))


def _with_gaps(random: Random, column: Column, share: float) -> Column:
    if not share:
        return column
    return Column(
        column.form, tuple(None if random.random() < share else value for value in column.values)
    )


# Tables.


def random_table(
    random: Random, program: Program, *, rows: int | None = None, plain: bool = False
) -> Drawn:
    """Give a table for a program.

    Args:
        random: Decides everything.
        program: The program.
        rows: How many rows; a few by default.
        plain: Only what can be used, numbers as floats of few digits.
    """
    count = random.choice((1, 2, 3, 5, 8, 13, 21, 40)) if rows is None else rows
    maker = _Maker(random, program)
    if plain:
        maker.mood, maker.floats = random.choice(MOODS[:2]), True
        maker.careless, maker.full = False, True
    columns: dict[str, Column | Items] = {}
    for declared in program.inputs:
        gaps = maker.gaps(required=declared.required)
        if isinstance(declared.type, ListType):
            columns[declared.name] = maker.items(declared.type, count, gaps)
        elif gaps >= 1 and random.randrange(2):
            continue  # the frame has no such column
        else:
            columns[declared.name] = maker.column(declared.type, count, gaps)
    ids: list[object] = [f"A{place}" for place in range(count)]
    if random.randrange(2):
        ids = list(range(100, 100 + count))
    random.shuffle(ids)
    return Drawn(count, columns, tuple(ids))


class _Maker:
    def __init__(self, random: Random, program: Program) -> None:
        self.random = random
        self.figures = figures_of(program)
        self.mood = random.choice((*MOODS[:4], *MOODS))
        #: All numbers as float64, which is the form of most data.
        self.floats = random.randrange(3) > 0
        self.careless = not random.randrange(4)
        #: Little is missing.
        self.full = not random.randrange(3)

    def gaps(self, *, required: bool) -> float:
        """Give the share of rows that lack a value."""
        if self.full:
            return 0 if required else self.random.choice((0, 0, 0.2))
        if required:
            return self.random.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 0.1))
        return self.random.choice((0, 0.1, 0.3, 1))

    def column(self, kind: ItemType, rows: int, gaps: float) -> Column:
        careless = self.careless and not self.random.randrange(3)
        match kind:
            case NumberType():
                numbers = _Numbers(self.random, kind, self.figures)
                values = _number_column(self.random, numbers, rows, self.mood, careless=careless)
                form = "float64" if self.floats else self.random.choice(NUMBER_FORMS)
                column = _number_form(self.random, values, numbers, form, careless=careless)
            case LabelType():
                column = _label_column(self.random, kind, rows, careless=careless)
            case FlagType():
                column = _flag_column(self.random, rows, careless=careless)
            case DateType():
                column = _date_column(self.random, rows, careless=careless)
            case _:
                column = _text_column(self.random, rows)
        return _with_gaps(self.random, column, gaps)

    def items(self, kind: ListType, rows: int, gaps: float) -> Items:
        most = self.random.choice((1, 3, 5, 5, 5, 12, 12, 90))
        if rows > 8 and most > 12:
            most = 5
        lengths = [
            None if self.random.random() < gaps else self.random.randint(0, most)
            for _ in range(rows)
        ]
        total = sum(length or 0 for length in lengths)
        # Items may lack a value whether they are to or not.
        holes = self.random.choice((0, 0, 0, 0.05, 0.3))
        fields = {
            name: self.column(field_kind, total, holes if self.random.randrange(2) else 0)
            for name, field_kind in kind.fields.items()
        }
        if kind.key and self.random.randrange(4):
            fields = _told_apart(fields, kind.key[-1], kind.fields[kind.key[-1]], lengths)
        return Items(tuple(lengths), fields)


def _told_apart(
    fields: dict[str, Column], name: str, kind: ItemType, lengths: Sequence[int | None]
) -> dict[str, Column]:
    """Give each item of a row another value of a field, where the type has enough of them."""
    places = [place for length in lengths for place in range(length or 0)]
    match kind:
        case NumberType():
            return fields
        case LabelType():
            ids = kind.scale.ids
            return {**fields, name: Column("text", tuple(ids[p % len(ids)] for p in places))}
        case _:
            return {**fields, name: Column("text", tuple(f"orang {place}" for place in places))}


def row_values(drawn: Drawn, row: int) -> dict[str, Any]:
    """Give a row of a table as a record."""
    record: dict[str, Any] = {}
    for name, column in drawn.columns.items():
        if isinstance(column, Column):
            record[name] = column.values[row]
            continue
        start = sum(length or 0 for length in column.lengths[:row])
        length = column.lengths[row]
        record[name] = (
            None
            if length is None
            else [
                {field: part.values[start + item] for field, part in column.fields.items()}
                for item in range(length)
            ]
        )
    return record


def tables(program: Program, *, rows: int | None = None) -> st.SearchStrategy[Drawn]:
    """Draw a table for a program."""
    return SEEDS.map(lambda seed: random_table(Random(seed), program, rows=rows))


@st.composite
def raw_tables(draw: st.DrawFn, program: Program, *, most: int = 6) -> dict[str, list[object]]:
    """Draw columns of Python objects, as callers have them; a key that is absent is `None`."""
    rows = draw(st.integers(1, most))
    records = [draw(drawn_programs.raw_records(program)) for _ in range(rows)]
    return {
        declared.name: [record.get(declared.name) for record in records]
        for declared in program.inputs
    }


# Frames.

_ARROW = {
    "float64": pa.float64(),
    "float32": pa.float32(),
    "int64": pa.int64(),
    "int32": pa.int32(),
    "int8": pa.int8(),
    "uint64": pa.uint64(),
    "text": pa.string(),
    "flag": pa.bool_(),
    "date": pa.date32(),
}


def arrow_array(column: Column) -> pa.Array | None:
    """Give a column as an Arrow array; `None` where Arrow cannot hold it."""
    values = list(column.values)
    if column.form in ("category", "enum"):
        return pa.array(values, pa.string()).dictionary_encode()
    if column.form == "timestamp":
        return pa.array(values, pa.timestamp("us"))
    if column.form == "decimal":
        return pa.array(values, pa.decimal128(25, 4))
    if column.form == "object":
        try:
            return pa.array(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            return None
    return pa.array(values, _ARROW[column.form])


def _arrow_column(column: Column | Items) -> pa.Array | None:
    if isinstance(column, Column):
        return arrow_array(column)
    arrays = {name: arrow_array(values) for name, values in column.fields.items()}
    if any(array is None for array in arrays.values()):
        return None
    offsets = [0]
    for length in column.lengths:
        offsets.append(offsets[-1] + (length or 0))
    missing = [length is None for length in column.lengths]
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()),
        pa.StructArray.from_arrays(list(arrays.values()), names=list(arrays)),
        mask=pa.array(missing, pa.bool_()) if any(missing) else None,
    )


def lists_of(items: Items) -> list[list[dict[str, Any]] | None]:
    """Give a list column as Python lists."""
    names = list(items.fields)
    rows = iter(zip(*(column.values for column in items.fields.values()), strict=True))
    return [
        None
        if length is None
        else [dict(zip(names, next(rows), strict=True)) for _ in range(length)]
        for length in items.lengths
    ]


def arrow_table(drawn: Drawn, *, ids: bool) -> pa.Table | None:
    """Give a table as Arrow; `None` where Arrow cannot hold it."""
    arrays = {name: _arrow_column(column) for name, column in drawn.columns.items()}
    if any(array is None for array in arrays.values()):
        return None
    if ids or not arrays:
        arrays = {"id" if ids else "lain": pa.array(drawn.ids), **arrays}
    return pa.table(arrays)


def pandas_series(column: Column | Items, random: Random) -> pd.Series:  # noqa: C901, PLR0911 - one case a form
    """Give a column as pandas holds it by itself, or with one of its nullable types."""
    if isinstance(column, Items):
        return pd.Series(lists_of(column), dtype=object)
    values, form = list(column.values), column.form
    gaps = any(value is None for value in values)
    match form:
        case "float64" | "float32":
            if random.randrange(6):
                return pd.Series([math.nan if v is None else v for v in values], dtype=form)
            return pd.Series(values, dtype=form.capitalize())
        case "int64" | "int32" | "int8" | "uint64":
            if gaps or not random.randrange(4):
                nullable = form.replace("int", "Int").replace("uInt", "UInt")
                return pd.Series(values, dtype=nullable)
            return pd.Series(values, dtype=form)
        case "text":
            return pd.Series(values, dtype=random.choice((object, "str", "string")))
        case "category":
            return pd.Series(values, dtype="category")
        case "enum":
            known = sorted({value for value in values if value is not None})
            return pd.Series(pd.Categorical(values, categories=known, ordered=True))
        case "flag":
            if gaps:
                return pd.Series(values, dtype=random.choice((object, "boolean")))
            return pd.Series(values, dtype=random.choice((bool, "boolean")))
        case "timestamp":
            return pd.Series(pd.to_datetime(pd.Series(values, dtype=object)))
    return pd.Series(values, dtype=object)


def pandas_frame(drawn: Drawn, random: Random, *, ids: bool) -> pd.DataFrame:
    """Give a table as pandas holds it."""
    series = {name: pandas_series(column, random) for name, column in drawn.columns.items()}
    if ids or not series:
        series = {"id" if ids else "lain": pd.Series(drawn.ids), **series}
    return pd.DataFrame(series, index=pd.RangeIndex(drawn.rows))


def _strided(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the same rows out of a larger frame, so that columns are views with strides."""
    twice = pd.concat([frame, frame], ignore_index=True)
    order = np.arange(2 * len(frame)).reshape(2, -1).T.ravel()
    return twice.iloc[order].reset_index(drop=True).iloc[::2]


def _block(frame: pd.DataFrame) -> pd.DataFrame:
    """Give float columns as columns of one two-dimensional array."""
    names = [name for name in frame.columns if frame[name].dtype == np.float64]
    if not names:
        return frame
    block = pd.DataFrame(np.ascontiguousarray(frame[names].to_numpy()), columns=names)
    others = frame.drop(columns=names).reset_index(drop=True)
    return pd.concat([block, others], axis=1)


def _chunked(table: pa.Table, random: Random) -> pa.Table:
    """Give the same table in several chunks, one of them empty, none of them at the start of its memory."""
    cut = random.randint(0, table.num_rows)
    head, tail = table.slice(0, cut), table.slice(cut)
    return pa.concat_tables([head, table.slice(0, 0), tail])


def _polars(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _with_enums(frame: pl.DataFrame) -> pl.DataFrame:
    changes = [
        pl.col(name).cast(pl.Enum(frame[name].cast(pl.String).drop_nulls().unique().sort()))
        for name, kind in frame.schema.items()
        if kind == pl.Categorical
    ]
    return frame.with_columns(changes)


def object_columns(drawn: Drawn, *, ids: bool) -> dict[str, list[object]]:
    """Give a table as lists of Python objects."""
    columns: dict[str, list[object]] = {"id" if ids else "lain": list(drawn.ids)}
    for name, column in drawn.columns.items():
        columns[name] = lists_of(column) if isinstance(column, Items) else list(column.values)
    return columns


def _objects_frame(drawn: Drawn, _: Random, ids: bool) -> pd.DataFrame:  # noqa: FBT001 - as all of `KINDS`
    columns = object_columns(drawn, ids=ids)
    series = {name: pd.Series(values, dtype=object) for name, values in columns.items()}
    return pd.DataFrame(series, index=pd.RangeIndex(drawn.rows))


def _sliced(table: pa.Table) -> pa.Table:
    """Give the same rows from the middle of the memory of another table."""
    twice = pa.concat_tables([table, table]).combine_chunks()
    return twice.slice(table.num_rows, table.num_rows)


_Make = Callable[[Drawn, Random, bool], object]


def _of_arrow(make: Callable[[pa.Table, Random], object]) -> _Make:
    def made(drawn: Drawn, random: Random, ids: bool) -> object | None:  # noqa: FBT001 - as all of `KINDS`
        table = arrow_table(drawn, ids=ids)
        return None if table is None else make(table, random)

    return made


#: How a table becomes each kind of frame; `None` where that kind cannot hold it.
KINDS: dict[str, _Make] = {
    "pandas": lambda drawn, random, ids: pandas_frame(drawn, random, ids=ids),
    "pandas, strided": lambda drawn, random, ids: _strided(pandas_frame(drawn, random, ids=ids)),
    "pandas, one block": lambda drawn, random, ids: _block(pandas_frame(drawn, random, ids=ids)),
    "pandas, objects": _objects_frame,
    "lists": lambda drawn, _, ids: object_columns(drawn, ids=ids),
    "arrow": _of_arrow(lambda table, _: table),
    "arrow, chunked": _of_arrow(_chunked),
    "arrow, sliced": _of_arrow(lambda table, _: _sliced(table)),
    "arrow, batch": _of_arrow(lambda table, _: table.to_batches()[0]),
    "pandas, arrow types": _of_arrow(lambda table, _: table.to_pandas(types_mapper=pd.ArrowDtype)),
    "polars": _of_arrow(lambda table, _: _polars(table)),
    "polars, enums": _of_arrow(lambda table, _: _with_enums(_polars(table))),
    "polars, chunked": _of_arrow(lambda table, random: _polars(_chunked(table, random))),
}


def frames(drawn: Drawn, seed: int, *, ids: bool | None = None) -> Iterator[tuple[str, object]]:
    """Give a table as every kind of frame that can hold it, by name; with ids or without."""
    random = Random(seed)
    if ids is None:
        ids = bool(random.randrange(2))
    for name, make in KINDS.items():
        frame = make(drawn, random, ids)
        if frame is not None:
            yield name, frame


def any_frame(drawn: Drawn, seed: int, *, ids: bool | None = None) -> tuple[str, object]:
    """Give a table as one of the kinds of frame that can hold it."""
    random = Random(seed)
    if ids is None:
        ids = bool(random.randrange(2))
    while True:
        name = random.choice(tuple(KINDS))
        frame = KINDS[name](drawn, random, ids)
        if frame is not None:
            return name, frame


def with_long_tables(
    drawn: Drawn, program: Program, seed: int
) -> tuple[str, object, dict[str, object]] | None:
    """Give a table with its lists apart, as long tables in any order; `None` where it has no list."""
    random = Random(seed)
    names = [i.name for i in program.inputs if isinstance(i.type, ListType)]
    names = [name for name in names if name in drawn.columns]
    if not names:
        return None
    flat = Drawn(drawn.rows, {k: v for k, v in drawn.columns.items() if k not in names}, drawn.ids)
    kind = random.choice(("pandas", "arrow", "polars"))
    long = {}
    for name in names:
        items = drawn.columns[name]
        assert isinstance(items, Items)
        owners = [
            owner
            for owner, length in zip(drawn.ids, items.lengths, strict=True)
            for _ in range(length or 0)
        ]
        order = list(range(len(owners)))
        if random.randrange(2):
            random.shuffle(order)
        fields = {
            key: Column(column.form, tuple(column.values[place] for place in order))
            for key, column in items.fields.items()
        }
        long[name] = Drawn(len(order), dict(fields), tuple(owners[place] for place in order))
    made = {name: _as_kind(kind, part, random) for name, part in long.items()}
    whole = _as_kind(kind, flat, random)
    if whole is None or any(part is None for part in made.values()):
        kind = "pandas"
        made = {name: _as_kind(kind, part, random) for name, part in long.items()}
        whole = _as_kind(kind, flat, random)
    return kind, whole, made


def _as_kind(kind: str, drawn: Drawn, random: Random) -> object:
    if kind == "pandas":
        return pandas_frame(drawn, random, ids=True)
    table = arrow_table(drawn, ids=True)
    return table if table is None or kind == "arrow" else _polars(table)


def taken(frame: object, take: Sequence[int]) -> object:
    """Give rows of a frame, each as often as it is asked for."""
    places = np.asarray(take, dtype=np.int64)
    if isinstance(frame, pd.DataFrame):
        return frame.iloc[places].reset_index(drop=True)
    if isinstance(frame, pl.DataFrame):
        return frame[places]
    if isinstance(frame, dict):
        return {name: [values[place] for place in take] for name, values in frame.items()}
    assert isinstance(frame, (pa.Table, pa.RecordBatch))
    return frame.take(pa.array(places))
