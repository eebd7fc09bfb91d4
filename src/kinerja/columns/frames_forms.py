"""What the readers of every frame library share: from numpy arrays and Python lists to forms.

What lives here: coding values that repeat, decimals that a float holds exactly, lists of items laid end
to end. What never comes in: pandas, polars, Arrow.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.parts import Coded, Numbers, Objects, Part, Ragged

__all__ = [
    "MAX_SHORT",
    "coded",
    "days_as_dates",
    "everything",
    "from_list",
    "from_numpy",
    "group_equal",
    "picked",
    "plain",
    "plain_times",
    "ragged",
    "short_decimals",
]

#: Largest number of units of the last place with which every decimal is the shortest of its float:
#: fifteen digits always come back (DBL_DIG).
MAX_UNITS: Final = 10**15
#: Largest scale whose power of ten is a float.
MAX_SCALE: Final = 22
#: Distinct values up to which a dictionary is turned into Python objects once, as a whole.
MAX_SHORT: Final = 1 << 16

#: A day in the units in which times are held, the largest first.
_DAYS: Final = tuple(86_400 * 1000**power for power in (3, 2, 1, 0))

_FALSE_TRUE: Final = (False, True)


def everything(rows: int) -> Coded:
    """Give a column in which everything is missing."""
    return Coded(np.full(rows, -1, dtype=np.int8), ())


def group_equal(
    keys: NDArray[Any], missing: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Number the distinct keys.

    Args:
        keys: Integers, one for each row.
        missing: Rows without a key.

    Returns:
        For each row the number of its key, -1 where missing; for each number a row that has its key.
    """
    codes = np.full(len(keys), -1, dtype=np.int32)
    rows = np.arange(len(keys)) if missing is None else np.flatnonzero(~missing)
    there = keys if missing is None else keys[rows]
    if not len(there):
        return codes, np.zeros(0, dtype=np.intp)
    low, high = int(there.min()), int(there.max())
    unit = next((unit for unit in _DAYS if high - low >= unit and _all_apart(there, low, unit)), 1)
    if unit > 1:
        # Times at midnight: the days between them are few.
        there, low, high = (there - low) // unit, 0, (high - low) // unit
    if high - low <= 4 * len(there) + 1024:
        # A table over the range is ten times as fast as sorting.
        places = (there - low).astype(np.int64)
        example = np.full(high - low + 1, -1, dtype=np.intp)
        example[places] = rows
        held = example >= 0
        numbers = np.cumsum(held) - 1
        codes[rows] = numbers[places]
        return codes, example[held]
    _, first, places = np.unique(there, return_index=True, return_inverse=True)
    codes[rows] = places
    return codes, rows[first]


def _all_apart(keys: NDArray[Any], low: int, unit: int) -> bool:
    """Tell whether whole units lie between all keys."""
    return not ((keys[:50] - low) % unit).any() and not ((keys - low) % unit).any()


def coded(codes: NDArray[Any], values: Sequence[object]) -> Coded:
    """Give coded values; what stands for a missing value among the distinct ones is taken out."""
    gaps = [at for at, value in enumerate(values) if _is_missing(value)]
    if gaps:
        codes = np.where(np.isin(codes, gaps), -1, codes)
    return Coded(codes, values)


def _is_missing(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, Decimal):
        return value.is_nan()
    try:
        return bool(value != value)  # noqa: PLR0124 - the definition of NaN
    except Exception:  # noqa: BLE001 - whatever a foreign value raises
        return type(value).__name__ == "NAType"


def picked(
    codes: NDArray[Any], count: int, take: Callable[[NDArray[np.intp]], Sequence[object]]
) -> Coded:
    """Give coded values of a large dictionary, of which only those in use become Python objects.

    Args:
        codes: Place in the dictionary; negative where missing.
        count: Length of the dictionary.
        take: Gives the values at these places of the dictionary.
    """
    held = np.zeros(count + 1, dtype=bool)
    held[codes] = True  # a negative code marks the last place
    held[count] = False
    numbers = np.cumsum(held, dtype=np.int32) - 1
    numbers[count] = -1
    return coded(numbers[np.where(codes < 0, count, codes)], take(np.flatnonzero(held)))


def short_decimals(
    units: NDArray[np.int64], scale: int, missing: NDArray[np.bool_] | None
) -> Numbers | None:
    """Give decimals as floats, if each is the shortest decimal of its float; else `None`.

    Args:
        units: The decimals as whole numbers of their last place.
        scale: Digits after the point.
        missing: Rows without a value.
    """
    if not 0 <= scale <= MAX_SCALE:
        return None
    if missing is not None:
        units = np.where(missing, 0, units)
    if len(units) and (units.min() < -MAX_UNITS or units.max() > MAX_UNITS):
        return None
    # Both are floats without loss, so the quotient is the float nearest to the decimal.
    return Numbers(units / 10.0**scale, missing)


def days_as_dates(days: NDArray[np.int64], missing: NDArray[np.bool_] | None) -> Coded:
    """Give days since 1970-01-01 as dates."""
    codes, rows = group_equal(days, missing)
    return Coded(codes, plain_times(days[rows].astype("datetime64[D]")))


def plain_times(times: NDArray[np.datetime64]) -> list[object]:
    """Give dates and times as Python has them, finer parts cut; one of no year from 1 to 9999 as it is."""
    kept: list[object] = list(times)
    try:
        if np.datetime_data(times.dtype)[0] not in {"Y", "M", "W", "D"}:
            times = times.astype("datetime64[us]")
        made: list[object] = times.tolist()
    except OverflowError:
        return kept
    return [was if isinstance(now, int) else now for was, now in zip(kept, made, strict=True)]


def plain(value: Any) -> object:
    """Give a scalar of numpy as a Python value, unless that would change the decimal that it prints."""
    if isinstance(value, (np.float16, np.float32, np.longdouble)) and not isinstance(value, float):
        return value
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else plain_times(np.asarray([value]))[0]
    return value.item() if isinstance(value, np.generic) else value


def from_numpy(array: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> Part:
    """Give a one-dimensional array in its form."""
    kind, dtype = array.dtype.kind, array.dtype
    if kind in "iu" or (kind == "f" and dtype.itemsize in {4, 8}):
        return Numbers(array.astype(dtype.newbyteorder("="), copy=False), missing)
    if kind == "f" and dtype.itemsize == 2:  # noqa: PLR2004 - bits of a type
        codes, rows = group_equal(
            array.view(np.uint16), np.isnan(array) if missing is None else np.isnan(array) | missing
        )
        return Coded(codes, list(array[rows]))
    if kind == "b":
        codes = array.astype(np.int8)
        return Coded(codes if missing is None else np.where(missing, -1, codes), _FALSE_TRUE)
    if kind == "M":
        gaps = np.isnat(array) if missing is None else np.isnat(array) | missing
        codes, rows = group_equal(array.astype(array.dtype.newbyteorder("=")).view(np.int64), gaps)
        return Coded(codes, plain_times(array[rows]))
    if kind == "U":
        distinct, places = np.unique(array, return_inverse=True)
        codes = places.astype(np.int32)
        return Coded(codes if missing is None else np.where(missing, -1, codes), distinct.tolist())
    values = [plain(value) for value in array]
    if missing is not None:
        values = [None if gap else value for value, gap in zip(values, missing, strict=True)]
    return from_list(values)


def from_list(values: Sequence[object]) -> Part:
    """Give Python values in the form that says the same, as objects if there is none."""
    kinds = set(map(type, values))
    has_gaps = type(None) in kinds
    kinds.discard(type(None))
    if kinds == {float} or (kinds == {int} and _fit_machine(values)):
        # float and int each: an array of both would make floats of whole numbers.
        dtype = np.dtype(np.float64 if kinds == {float} else np.int64)
        if not has_gaps:
            return Numbers(np.array(values, dtype=dtype))
        missing = np.fromiter((value is None for value in values), bool, len(values))
        there = [0 if value is None else value for value in values]
        return Numbers(np.array(there, dtype=dtype), missing)
    if kinds <= {str, float} and str in kinds:
        nan_only = float not in kinds or all(v != v for v in values if type(v) is float)  # noqa: PLR0124 - the definition of NaN
        return _by_value(values) if nan_only else Objects(values)
    return _by_value(values) if kinds in ({bool}, {date}) else Objects(values)


def _fit_machine(values: Sequence[Any]) -> bool:
    there = [value for value in values if value is not None]
    return bool(min(there) >= -(2**63) and max(there) < 2**63)


def _by_value(values: Sequence[Any]) -> Coded:
    """Number the distinct values; NaN and `None` are missing."""
    distinct = {value: None for value in values if value == value and value is not None}  # noqa: PLR0124 - the definition of NaN
    numbers = {value: at for at, value in enumerate(distinct)}
    codes = np.fromiter((numbers.get(value, -1) for value in values), np.int32, len(values))
    return Coded(codes, list(distinct))


def ragged(rows: Sequence[object], fields: Collection[str]) -> Part:
    """Give lists of items as one; as they are, if some row is no list of items."""
    counts = np.zeros(len(rows), dtype=np.int64)
    missing = np.zeros(len(rows), dtype=bool)
    items: list[Mapping[str, object]] = []
    for at, row in enumerate(rows):
        if not isinstance(row, (list, tuple, np.ndarray)):
            if not _is_missing(row):
                return Objects(rows)
            missing[at] = True
        elif isinstance(row, np.ndarray) and row.ndim != 1:
            return Objects(rows)
        else:
            counts[at] = len(row)
            items.extend(row)
    if not all(isinstance(item, dict) for item in items):
        return Objects(rows)
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(counts, out=offsets[1:])
    there = set[object]().union(*items)
    told = {name: from_list([item.get(name) for item in items]) for name in fields if name in there}
    return Ragged(offsets, missing if missing.any() else None, told)
