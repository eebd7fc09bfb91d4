"""Columns of every library and type, each with the values that it holds."""

# One line a sample; what a time zone would hide; PD011 takes every `values` for that of pandas.
# ruff: noqa: E501, DTZ001, PD011

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from kinerja.columns.parts import Coded, Numbers, Objects, Ragged
from kinerja.exact import exact

NAN = math.nan
INTEGERS = [3, None, -7, 0, 3, 100, None, 12, 99, 1, -128]
NATURALS = [3, None, 7, 0, 3, 100, None, 12, 99, 1, 255]
FLOATS = [0.1, None, 76.61, -0.0, 1e-7, 100.0, None, 3.0, 86.625, 1 / 3, -2.5]
TEXTS = ["a", None, "b", "", "a", "é ﷽", None, "b", "c" * 40, "x", "a"]
FLAGS = [True, None, False, False, True, True, None, True, False, False, True]
DAYS = [
    date(2024, 2, 29), None, date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date(1, 1, 1),
    None, date(9999, 12, 31), date(2000, 1, 1), date(1999, 1, 1), date(2020, 5, 5),
]  # fmt: skip
TIMES = [
    datetime(2024, 2, 29, 23, 59, 59, 999_999), None, datetime(1969, 12, 31, 23, 59, 59), datetime(1970, 1, 1),
    datetime(2024, 2, 29, 1), datetime(1800, 1, 1, 3), None, datetime(2200, 12, 31), datetime(2000, 1, 1),
    datetime(1999, 1, 1), datetime(2020, 5, 5, 12, 30),
]  # fmt: skip
JAKARTA = [None if time is None else time.replace(tzinfo=UTC) for time in TIMES]
SHORT_DECIMALS = [
    None if n is None else Decimal(n)
    for n in ("76.61", None, "-0.01", "0.00", "100.00", "9999999999999.99", None, "1.10", "2.50", "3.00", "4.75")
]  # fmt: skip
LONG_DECIMALS = [*SHORT_DECIMALS[:-1], Decimal("1234567890123456789012345.67")]
LISTS = [
    [{"nilai": 1.5, "siapa": "atasan"}, {"nilai": None, "siapa": "rekan"}],
    None,
    [],
    [{"nilai": 86.625, "siapa": None}],
    [],
    None,
    [{"nilai": 0.1, "siapa": "rekan"}] * 3,
    [{"nilai": 2.0, "siapa": "a"}],
    None,
    [{"nilai": 3.0, "siapa": "b"}, {"nilai": 4.0, "siapa": "b"}],
    [{"nilai": 5.0, "siapa": "c"}],
]
HOLED_LISTS = [*LISTS[:3], [{"nilai": 1.0, "siapa": "x"}, None], *LISTS[4:]]
PAIRS = [
    None if n is None else [{"nilai": float(n), "siapa": "a"}, {"nilai": None, "siapa": str(n)}]
    for n in INTEGERS
]
ITEM = {"nilai": "float64", "siapa": "string"}


def as_it_is(value):
    return value


@dataclass
class Sample:
    """A column: how it is made from values, and the values."""

    label: str
    make: Any
    values: list[object]
    read: Any = as_it_is

    @property
    def expected(self) -> list[object]:
        return [None if value is None else self.read(value) for value in self.values]


def arrow(kind):
    return lambda values: pa.array(values, kind)


def arrow_dictionary(kind):
    return lambda values: pa.array(values, kind).dictionary_encode()


def arrow_runs(values):
    import pyarrow.compute as pc

    return pc.run_end_encode(pa.array(values, pa.float64()))


_STRUCT = pa.struct([("nilai", pa.float64()), ("siapa", pa.string())])
_SINGLE = pa.struct([("nilai", pa.float32()), ("siapa", pa.dictionary(pa.int8(), pa.string()))])


def in_single(items):
    return [{**i, "nilai": None if i["nilai"] is None else np.float32(i["nilai"])} for i in items]


ARROW = [
    *(Sample(f"int{n}", arrow(getattr(pa, f"int{n}")()), INTEGERS) for n in (8, 16, 32, 64)),
    *(Sample(f"uint{n}", arrow(getattr(pa, f"uint{n}")()), NATURALS) for n in (8, 16, 32, 64)),
    Sample("float64", arrow(pa.float64()), FLOATS),
    Sample("float32", arrow(pa.float32()), FLOATS, np.float32),
    Sample("float16", lambda v: pa.array([None if x is None else np.float16(x) for x in v], pa.float16()), FLOATS, np.float16),
    Sample("float with NaN", arrow(pa.float64()), [NAN, *FLOATS[1:]]),
    Sample("runs", arrow_runs, FLOATS),
    Sample("bool", arrow(pa.bool_()), FLAGS),
    Sample("string", arrow(pa.string()), TEXTS),
    Sample("large_string", arrow(pa.large_string()), TEXTS),
    Sample("string_view", arrow(pa.string_view()), TEXTS),
    Sample("dictionary", arrow_dictionary(pa.string()), TEXTS),
    Sample("dictionary of large", arrow_dictionary(pa.large_string()), TEXTS),
    Sample("dictionary uint8", lambda v: pa.array(v, pa.dictionary(pa.uint8(), pa.string())), TEXTS),
    Sample("dictionary of numbers", arrow_dictionary(pa.float32()), FLOATS, np.float32),
    Sample("date32", arrow(pa.date32()), DAYS),
    Sample("date64", arrow(pa.date64()), DAYS),
    *(Sample(f"timestamp {u}", arrow(pa.timestamp(u)), TIMES if u != "s" else [t and t.replace(microsecond=0) for t in TIMES]) for u in ("s", "us", "ns")),
    *(Sample(f"zoned {u}", arrow(pa.timestamp(u, tz="Asia/Jakarta")), JAKARTA) for u in ("us", "ns")),
    Sample("decimal128", arrow(pa.decimal128(38, 2)), SHORT_DECIMALS),
    Sample("decimal256", arrow(pa.decimal256(60, 2)), SHORT_DECIMALS),
    Sample("decimal64", arrow(pa.decimal64(18, 2)), SHORT_DECIMALS),
    Sample("decimal32", arrow(pa.decimal32(9, 2)), [Decimal("1.25"), None, Decimal("-9.99")] * 4),
    Sample("long decimal128", arrow(pa.decimal128(38, 2)), LONG_DECIMALS),
    Sample("long decimal256", arrow(pa.decimal256(60, 2)), LONG_DECIMALS),
    Sample("decimal of thousands", arrow(pa.decimal128(38, -3)), [Decimal("1E+3"), None, Decimal("-2E+3")] * 4),
    Sample("null", arrow(pa.null()), [None] * 11),
    Sample("binary", arrow(pa.binary()), [b"a", None] * 6),
    Sample("struct", arrow(_STRUCT), [{"nilai": 1.5, "siapa": "a"}, None] * 6),
    Sample("list", arrow(pa.list_(_STRUCT)), LISTS),
    Sample("large_list", arrow(pa.large_list(_STRUCT)), LISTS),
    Sample("list_view", arrow(pa.list_view(_STRUCT)), LISTS),
    Sample("list of singles", arrow(pa.list_(_SINGLE)), LISTS, in_single),
    Sample("list with holes", arrow(pa.list_(_STRUCT)), HOLED_LISTS),
    Sample("list of nothing", arrow(pa.list_(pa.null())), [[], None] * 6),
    Sample("fixed_size_list", arrow(pa.list_(_STRUCT, 2)), PAIRS),
    Sample("list of bare numbers", arrow(pa.list_(pa.float32())), [[0.1], None, []] * 4, lambda v: [np.float32(x) for x in v]),
]  # fmt: skip


def polar(kind):
    return lambda values: pl.Series(values, dtype=kind, strict=False)


_FIELDS = pl.Struct({"nilai": pl.Float64, "siapa": pl.String})
_SINGLES = pl.Struct({"nilai": pl.Float32, "siapa": pl.Categorical})
_LABELS = pl.Enum(sorted({text for text in TEXTS if text is not None}))
POLARS = [
    *(Sample(f"Int{n}", polar(getattr(pl, f"Int{n}")), INTEGERS) for n in (8, 16, 32, 64, 128)),
    *(Sample(f"UInt{n}", polar(getattr(pl, f"UInt{n}")), NATURALS) for n in (8, 16, 32, 64)),
    Sample("Float64", polar(pl.Float64), FLOATS),
    Sample("Float32", polar(pl.Float32), FLOATS, np.float32),
    Sample("Float16", polar(pl.Float16), FLOATS, np.float16),
    Sample("Float with NaN", polar(pl.Float64), [NAN, *FLOATS[1:]]),
    Sample("Boolean", polar(pl.Boolean), FLAGS),
    Sample("String", polar(pl.String), TEXTS),
    Sample("Categorical", polar(pl.Categorical), TEXTS),
    Sample("Enum", polar(_LABELS), TEXTS),
    Sample("Date", polar(pl.Date), DAYS),
    *(Sample(f"Datetime {u}", polar(pl.Datetime(u)), TIMES if u != "ms" else [t and t.replace(microsecond=0) for t in TIMES]) for u in ("ms", "us", "ns")),
    Sample("zoned", polar(pl.Datetime("us", "Asia/Jakarta")), JAKARTA),
    Sample("Decimal", polar(pl.Decimal(38, 2)), SHORT_DECIMALS),
    Sample("long Decimal", polar(pl.Decimal(38, 2)), LONG_DECIMALS),
    Sample("Null", polar(pl.Null), [None] * 11),
    Sample("Struct", polar(_FIELDS), [{"nilai": 1.5, "siapa": "a"}, None] * 6),
    Sample("List", polar(pl.List(_FIELDS)), LISTS),
    Sample("List of singles", polar(pl.List(_SINGLES)), LISTS, in_single),
    Sample("List with holes", polar(pl.List(_FIELDS)), HOLED_LISTS),
    Sample("List of nothing", polar(pl.List(pl.Null)), [[], None] * 6),
    Sample("Array", polar(pl.Array(_FIELDS, 2)), PAIRS),
    Sample("List of bare numbers", polar(pl.List(pl.Float32)), [[0.1], None, []] * 4, lambda v: [np.float32(x) for x in v]),
]  # fmt: skip


def panda(kind):
    return lambda values: pd.Series(values, dtype=kind)


def full(values, fill):
    return [fill if value is None else value for value in values]


def panda_numbers(kind):
    return lambda values: pd.Series(np.array(full(values, NAN), dtype=kind))


def arrays_of_items(values):
    rows = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):
        rows[at] = None if value is None else np.array(value, dtype=object)
    return pd.Series(rows)


PANDAS = [
    *(Sample(f"int{n}", panda(f"int{n}"), [i or 0 for i in INTEGERS]) for n in (8, 16, 32, 64)),
    *(Sample(f"uint{n}", panda(f"uint{n}"), [i or 0 for i in NATURALS]) for n in (8, 16, 32, 64)),
    *(Sample(f"Int{n}", panda(f"Int{n}"), INTEGERS) for n in (8, 64)),
    Sample("UInt64", panda("UInt64"), NATURALS),
    Sample("float64", panda("float64"), FLOATS),
    Sample("float32", panda_numbers("float32"), FLOATS, np.float32),
    Sample("float16", panda_numbers("float16"), FLOATS, np.float16),
    Sample("longdouble", panda_numbers("longdouble"), FLOATS, np.longdouble),
    Sample("Float64", panda("Float64"), FLOATS),
    Sample("Float32", panda("Float32"), FLOATS, np.float32),
    Sample("Sparse", panda("Sparse[float64]"), FLOATS),
    Sample("bool", panda("bool"), [bool(flag) for flag in FLAGS]),
    Sample("boolean", panda("boolean"), FLAGS),
    Sample("str", panda("str"), TEXTS),
    Sample("string python", panda("string[python]"), TEXTS),
    Sample("string pyarrow", panda("string[pyarrow]"), TEXTS),
    Sample("category", panda("category"), TEXTS),
    Sample("category of floats", panda("category"), FLOATS),
    Sample("category of singles", lambda v: panda_numbers("float32")(v).astype("category"), FLOATS, np.float32),
    Sample("category of days", lambda v: pd.Series(pd.Categorical(v)), DAYS),
    Sample("category of times", lambda v: pd.to_datetime(pd.Series(v, dtype=object)).astype("category"), TIMES),
    Sample("object texts", panda(object), TEXTS),
    Sample("object mixed", panda(object), [1, None, "1", 1.5, Decimal("2.50"), True, NAN, pd.NA, date(2024, 1, 1), np.float32(0.1), 2**70]),
    Sample("object flags", panda(object), FLAGS),
    Sample("object integers", panda(object), INTEGERS),
    Sample("object floats", panda(object), FLOATS),
    Sample("object large", panda(object), [2**63, *INTEGERS[1:]]),
    Sample("object texts and NaN", panda(object), [NAN, *TEXTS[1:]]),
    Sample("object days", panda(object), DAYS),
    Sample("object decimals", panda(object), LONG_DECIMALS),
    *(Sample(f"datetime64 {u}", panda(f"datetime64[{u}]"), [t and t.replace(microsecond=0) for t in TIMES]) for u in ("s", "us", "ns")),
    Sample("zoned", panda("datetime64[us, Asia/Jakarta]"), JAKARTA),
    Sample("timedelta", panda("timedelta64[us]"), [timedelta(1), timedelta(2)] * 6, lambda v: v),
    Sample("Arrow float32", lambda v: pd.Series(pd.arrays.ArrowExtensionArray(pa.array(v, pa.float32()))), FLOATS, np.float32),
    Sample("Arrow decimal", lambda v: pd.Series(pd.arrays.ArrowExtensionArray(pa.array(v, pa.decimal128(38, 2)))), SHORT_DECIMALS),
    Sample("Arrow string", panda(pd.ArrowDtype(pa.string())), TEXTS),
    Sample("Arrow bool", panda(pd.ArrowDtype(pa.bool_())), FLAGS),
    Sample("Arrow date", panda(pd.ArrowDtype(pa.date32())), DAYS),
    Sample("Arrow list", lambda v: pd.Series(pd.arrays.ArrowExtensionArray(pa.array(v, pa.list_(_STRUCT)))), LISTS),
    Sample("lists", panda(object), LISTS),
    Sample("tuples", lambda v: pd.Series([r and tuple(r) for r in v], dtype=object), LISTS),
    Sample("arrays of items", arrays_of_items, LISTS),
    Sample("lists with holes", panda(object), HOLED_LISTS),
    Sample("lists and NaN", panda(object), [NAN, *LISTS[1:]]),
]  # fmt: skip


def masked(values):
    return np.ma.MaskedArray(
        [v or 0 for v in values], [v is None for v in values], dtype=np.float64
    )


PLAIN = [
    Sample("list of floats", list, FLOATS),
    Sample("list of integers", list, INTEGERS),
    Sample("tuple", tuple, TEXTS),
    Sample("list of lists", list, LISTS),
    Sample("array", lambda v: np.array(v, dtype=np.float64), [v or 0 for v in FLOATS]),
    Sample("array, other byte order", lambda v: np.array(v, dtype=">f8"), [v or 0 for v in FLOATS]),
    Sample("array of singles", lambda v: np.array(v, dtype=np.float32), [v or 0 for v in FLOATS], np.float32),
    Sample("array of halves", lambda v: np.array(v, dtype=np.float16), [v or 0 for v in FLOATS], np.float16),
    Sample("masked array", masked, FLOATS),
    Sample("array of flags", lambda v: np.array(v, dtype=bool), [bool(v) for v in FLAGS]),
    Sample("array of texts", lambda v: np.array(v, dtype="U50"), [v or "" for v in TEXTS]),
    Sample("array of new texts", lambda v: np.array(v, dtype=np.dtypes.StringDType()), [v or "" for v in TEXTS]),
    Sample("array of objects", lambda v: np.array(v, dtype=object), TEXTS),
    Sample("array of days", lambda v: np.array(v, dtype="datetime64[D]"), DAYS),
    Sample("array of times", lambda v: np.array(v, dtype="datetime64[us]"), TIMES),
]  # fmt: skip


def canon(value):  # noqa: PLR0911 - one line a type
    """Give what a value means to a scorer: numbers exact, all that is missing `None`."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (list, tuple, np.ndarray)):
        return [canon(item) for item in value]
    if isinstance(value, dict):
        return {key: canon(item) for key, item in value.items()}
    if isinstance(value, (bool, np.bool_)):
        return ("flag", bool(value))
    if isinstance(value, (str, bytes, timedelta, np.timedelta64)):
        return value
    if isinstance(value, datetime):
        return ("time", value.replace(tzinfo=None) if value.tzinfo is None else value.timestamp())
    if isinstance(value, date):
        return ("day", value)
    if value != value:  # noqa: PLR0124 - the definition of NaN
        return None
    return exact(value if isinstance(value, (int, float, Decimal)) else str(value))


def told(part):
    """Give what each row of a part means."""
    if isinstance(part, Numbers):
        assert part.values.dtype.kind in "iuf"
        values = [canon(value) for value in part.values]
        if part.missing is not None:
            assert part.missing.dtype == bool
            values = [None if gap else v for v, gap in zip(values, part.missing, strict=True)]
        return values
    if isinstance(part, Coded):
        known = [canon(value) for value in part.values]
        return [None if code < 0 else known[code] for code in part.codes.tolist()]
    if isinstance(part, Objects):
        return [canon(value) for value in part.values]
    assert isinstance(part, Ragged)
    offsets = part.offsets.tolist()
    assert part.offsets.dtype == np.int64
    assert offsets[0] == 0
    fields = {name: told(field) for name, field in part.fields.items()}
    assert all(len(field) == offsets[-1] for field in fields.values())
    rows = [
        [{name: fields[name][at] for name in fields} for at in range(first, last)]
        for first, last in pairwise(offsets)
    ]
    if part.missing is not None:
        assert all(not row for row, gap in zip(rows, part.missing, strict=True) if gap)
        rows = [None if gap else row for row, gap in zip(rows, part.missing, strict=True)]
    return rows
