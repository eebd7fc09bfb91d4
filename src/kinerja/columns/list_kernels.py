"""The array operations on the items of lists.

What lives here: functions that reduce the items of each row, and fill their last argument. What never comes
in: formulas, bounds.

`offsets` is int64 and one longer than there are rows; row `i` has the items `offsets[i]:offsets[i + 1]`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "count_distinct",
    "counts",
    "everything",
    "extreme",
    "group_counts",
    "group_slots",
    "group_sums",
    "kept_slots",
    "only",
    "quantile",
    "spread",
    "sums",
    "trimmed_counts",
    "trimmed_sums",
    "within",
]

Array: TypeAlias = NDArray[Any]


def spread(values: Array, offsets: Array, out: Array) -> None:
    """Give each item the value of its row."""
    out[:] = np.repeat(values, np.diff(offsets))


def counts(offsets: Array, out: Array) -> None:
    """Count the items of each row."""
    np.subtract(offsets[1:], offsets[:-1], out=out, casting="unsafe")


def within(flags: Array, offsets: Array, out: Array) -> None:
    """Count the items of each row for which a flag is set."""
    _reduced(np.add, flags.view(np.int8).astype(np.int32), offsets, out, 0)


def sums(values: Array, offsets: Array, out: Array) -> None:
    """Add up the items of each row."""
    _reduced(np.add, values, offsets, out, 0)


def _reduced(ufunc: np.ufunc, values: Array, offsets: Array, out: Array, empty: float) -> None:
    starts = offsets[:-1]
    full = offsets[1:] > starts
    if full.all():
        if len(starts):
            out[:] = ufunc.reduceat(values, starts)
        return
    out.fill(empty)
    places = np.flatnonzero(full)
    if len(places):
        out[places] = ufunc.reduceat(values, starts[places])


def only(flags: Array, values: Array, out: Array, *, otherwise: float) -> None:
    """Give the values where a flag is set, and something else elsewhere."""
    np.copyto(out, otherwise)
    np.copyto(out, values, where=flags)


def extreme(values: Array, offsets: Array, out: Array, *, low: bool) -> None:
    """Give the smallest or the largest item of each row; NaN where there is none, or one is NaN."""
    ufunc = np.minimum if low else np.maximum
    _reduced(ufunc, values, offsets, out, np.nan)
    np.copyto(out, np.nan, where=np.isinf(out))


# Groups.


def group_slots(offsets: Array, *codes: Array, sizes: tuple[int, ...]) -> None:
    """Give the slot of each item: first the slots of the first group, one for each row, then others."""
    *fields, out = codes
    rows = len(offsets) - 1
    out[:] = np.repeat(np.arange(rows), np.diff(offsets))
    step = rows
    for field, size in zip(reversed(fields), reversed(sizes), strict=True):
        np.add(out, np.multiply(field, step, dtype=np.int64), out=out)
        step *= size


def kept_slots(flags: Array, slots: Array, offsets: Array, out: Array, *, groups: int) -> None:
    """Give the slots of items for which a flag is set, and a slot behind all others elsewhere."""
    np.copyto(out, groups * (len(offsets) - 1))
    np.copyto(out, slots, where=flags)


def group_sums(slots: Array, values: Array, out: Array) -> None:
    """Add up the values of each slot."""
    out[:] = np.bincount(slots, weights=values, minlength=len(out))[: len(out)]


def group_counts(slots: Array, out: Array) -> None:
    """Count the items of each slot."""
    out[:] = np.bincount(slots, minlength=len(out))[: len(out)]


# Order.


def everything(values: Array, out: Array) -> None:  # noqa: ARG001 - as the others are called
    """Set every flag."""
    out.fill(1)


def trimmed_counts(flags: Array, offsets: Array, out: Array, *, share: tuple[int, int]) -> None:
    """Count the items that are left of each row when a share is cut at each end."""
    within(flags, offsets, out)
    number = out.astype(np.int64)
    out[:] = number - 2 * (number * share[0] // share[1])


def _sorted(values: Array, flags: Array, offsets: Array, most: int) -> tuple[Array, Array]:
    """Give the items of each row in rising order, filled up with infinity, and how many there are."""
    rows = len(offsets) - 1
    owners = np.repeat(np.arange(rows), np.diff(offsets))
    if flags.all():
        places = np.arange(len(values)) - offsets[owners]
        number = np.diff(offsets)
    else:
        kept = np.flatnonzero(flags)
        values, owners = values[kept], owners[kept]
        number = np.bincount(owners, minlength=rows)
        starts = np.cumsum(number) - number
        places = np.arange(len(values)) - starts[owners]
    table = np.full((rows, max(most, 1)), np.inf)
    table[owners, places] = values
    table.sort(axis=1)
    return table, number


def quantile(  # noqa: PLR0913 - all of one operation
    values: Array,
    flags: Array,
    offsets: Array,
    out: Array,
    *,
    share: tuple[int, int],
    most: int,
) -> None:
    """Give the quantile of each row, times the denominator of the share; NaN where there are no items.

    Args:
        values: Items, none NaN where the flag is set.
        flags: Which items count.
        offsets: Where rows begin.
        out: The quantiles.
        share: Numerator and denominator.
        most: No row has more items.
    """
    top, bottom = share
    table, number = _sorted(values, flags, offsets, most)
    step = np.maximum(number - 1, 0) * top
    below, rest = step // bottom, step % bottom
    rows = np.arange(len(number))
    first = table[rows, below]
    second = table[rows, np.minimum(below + 1, np.maximum(number - 1, 0))]
    np.multiply(first, bottom - rest, out=out)
    out += second * rest
    out[number == 0] = np.nan


def trimmed_sums(  # noqa: PLR0913 - all of one operation
    values: Array,
    flags: Array,
    offsets: Array,
    out: Array,
    *,
    share: tuple[int, int],
    most: int,
) -> None:
    """Add up the items of each row without so large a share at each end; see `quantile`."""
    table, number = _sorted(values, flags, offsets, most)
    cut = number * share[0] // share[1]
    places = np.arange(table.shape[1])
    kept = (places >= cut[:, None]) & (places < (number - cut)[:, None])
    out[:] = np.where(kept, table, 0.0).sum(axis=1)


def count_distinct(codes: Array, flags: Array, offsets: Array, out: Array) -> None:
    """Count the different codes among the items of each row for which a flag is set."""
    rows = len(offsets) - 1
    owners = np.repeat(np.arange(rows), np.diff(offsets))
    there = flags & (codes >= 0)
    if not there.all():
        owners, codes = owners[there], codes[there]
    if not len(codes):
        out.fill(0)
        return
    width = int(codes.max()) + 1
    if width > 2**62 // max(rows, 1):
        _, codes = np.unique(codes, return_inverse=True)
        width = int(codes.max()) + 1
    keys = np.sort(owners * width + codes)
    fresh = np.ones(len(keys), np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    out[:] = np.bincount(keys[fresh] // width, minlength=rows)
