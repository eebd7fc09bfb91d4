"""Polars series in their forms.

What lives here: which form a polars type comes in, and values as Python has them. What never comes in:
pandas, Arrow: polars works without pyarrow, and so does this. polars is imported in the functions that
need it.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_forms import (
    MAX_SHORT,
    coded,
    days_as_dates,
    everything,
    from_numpy,
    group_equal,
    short_decimals,
)
from kinerja.columns.frames_names import needs_items
from kinerja.columns.parts import Coded, Numbers, Objects, Part, Ragged

__all__ = ["TEXTS", "missing_in", "polars_part", "polars_values"]

#: Types of texts.
TEXTS: Final = ("String", "Categorical", "Enum")
_SMALL_INTEGERS: Final = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64")


def polars_part(series: Any, name: str = "", fields: Collection[str] = ()) -> Part:
    """Give a series in its form.

    Args:
        series: The series.
        name: Name of its column, for what is refused.
        fields: For lists, the fields of the items that are wanted.

    Raises:
        InputError: Fields are wanted of a list of something else than items.
    """
    kind = type(series.dtype).__name__
    if kind.startswith("Float"):
        filled = series.fill_null(math.nan) if series.null_count() else series
        return from_numpy(filled.to_numpy())
    if kind in _SMALL_INTEGERS:
        missing = missing_in(series)
        return Numbers((series if missing is None else series.fill_null(0)).to_numpy(), missing)
    if kind in TEXTS:
        return _texts(series, kind)
    if kind == "Decimal":
        return _decimals(series)
    if kind in {"List", "Array"} and fields:
        return _lists(series, name, fields)
    return _others(series, kind)


def _others(series: Any, kind: str) -> Part:
    if kind == "Boolean":
        return Coded(_codes(series), (False, True))
    if kind == "Null":
        return everything(len(series))
    if kind == "Date":
        return days_as_dates(_integers(series), missing_in(series))
    if kind == "Datetime":
        codes, rows = group_equal(_integers(series), missing_in(series))
        return Coded(codes, series.gather(rows).to_list())
    return Objects(polars_values(series))


def missing_in(series: Any) -> NDArray[np.bool_] | None:
    """Give where a series has no value; `None`: it has one everywhere."""
    import polars as pl

    if not series.null_count():
        return None
    # From Boolean itself, to_numpy takes twice as long.
    missing: NDArray[np.bool_] = series.is_null().cast(pl.UInt8).to_numpy().view(np.bool_)
    return missing


def _integers(series: Any) -> NDArray[np.int64]:
    import polars as pl

    plain: NDArray[np.int64] = series.to_physical().cast(pl.Int64).fill_null(0).to_numpy()
    return plain


def _codes(series: Any) -> NDArray[Any]:
    """Give whole numbers below 2**31 as they are, -1 where missing."""
    import polars as pl

    small = pl.Int8 if series.dtype in {pl.Boolean, pl.Null} else pl.Int32
    codes: NDArray[Any] = series.cast(small).fill_null(-1).to_numpy()
    return codes


def _texts(series: Any, kind: str) -> Part:
    import polars as pl

    if kind == "String":
        distinct = series.drop_nulls().unique()
        codes = series.cast(pl.Enum(distinct)).to_physical()
        return Coded(_codes(codes), distinct.to_list())
    if kind == "Enum":
        labels = series.dtype.categories
        if len(labels) <= max(MAX_SHORT >> 4, len(series)):
            return coded(_codes(series.to_physical()), labels.to_list())
    # The categories of a Categorical may be those of every frame there is.
    codes, rows = group_equal(_integers(series), missing_in(series))
    return Coded(codes, series.gather(rows).cast(pl.String).to_list())


def _decimals(series: Any) -> Part:
    import polars as pl

    physical = series.to_physical()
    units = physical.cast(pl.Int64, strict=False)
    # Versions that do not give the unscaled numbers give the decimals themselves.
    is_unscaled = type(physical.dtype).__name__ == "Int128"
    if is_unscaled and units.null_count() == series.null_count():
        plain = units.fill_null(0).to_numpy()
        short = short_decimals(plain, series.dtype.scale, missing_in(series))
        if short is not None:
            return short
    return Objects(series.to_list())


def _laid(series: Any) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None, Any]:
    """Give the length of each list, where there is none, and all items end to end."""
    import polars as pl

    if isinstance(series.dtype, pl.Array):
        series = series.cast(pl.List(series.dtype.inner))
    counts = series.list.len().cast(pl.Int64)
    missing = missing_in(counts)
    lengths: NDArray[np.int64] = (counts if missing is None else counts.fill_null(0)).to_numpy()
    # Of an empty list and of none, explode would make an item that is null.
    held = series if lengths.all() else series.filter(pl.Series(lengths > 0))
    return (
        lengths,
        missing,
        held.explode() if len(held) else pl.Series([], dtype=series.dtype.inner),
    )


def _lists(series: Any, name: str, fields: Collection[str]) -> Part:
    import polars as pl

    inner = series.dtype.inner
    if not isinstance(inner, (pl.Struct, pl.Null)):
        needs_items(name, series.dtype)
    lengths, missing, items = _laid(series)
    if items.null_count():
        return Objects(polars_values(series))
    offsets = np.zeros(len(series) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    there = [field.name for field in inner.fields] if isinstance(inner, pl.Struct) else []
    told = {
        field: polars_part(items.struct.field(field), f"{name}.{field}")
        for field in fields
        if field in there
    }
    return Ragged(offsets, missing, told)


def polars_values(series: Any) -> list[object]:
    """Give a series as Python values, of which each prints the decimal that the series holds."""
    import polars as pl

    kind = series.dtype
    if kind == pl.Float32 or type(kind).__name__ == "Float16":
        dtype = np.float32 if kind == pl.Float32 else np.float16
        missing = missing_in(series)
        filled = series if missing is None else series.fill_null(0)
        return _gaps(list(filled.to_numpy().astype(dtype)), missing)
    if isinstance(kind, (pl.List, pl.Array)):
        lengths, missing, items = _laid(series)
        ends = np.cumsum(lengths)
        told = polars_values(items)
        pairs = zip((ends - lengths).tolist(), ends.tolist(), strict=True)
        return _gaps([told[start:stop] for start, stop in pairs], missing)
    if isinstance(kind, pl.Struct):
        names = [field.name for field in kind.fields]
        columns = [polars_values(series.struct.field(name)) for name in names]
        rows = zip(*columns, strict=True) if columns else [()] * len(series)
        return _gaps([dict(zip(names, row, strict=True)) for row in rows], missing_in(series))
    plain: list[object] = series.to_list()
    return plain


def _gaps(values: list[Any], missing: NDArray[np.bool_] | None) -> list[object]:
    if missing is None:
        return values
    return [None if gap else value for value, gap in zip(values, missing, strict=True)]
