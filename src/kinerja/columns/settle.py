"""Array operations that decide what floats cannot, by whole numbers modulo 2**64.

What lives here: roundings and comparisons that look at floats first, and at numerators and denominators
where those are too near the point of decision. What never comes in: formulas, bounds.

A row is decided when the whole number whose sign is asked for is surely smaller than 2**62; see `residues`.
Every other row near a point is marked.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kinerja.columns import kernels as k
from kinerja.columns.residues import turned as turned_at
from kinerja.columns.residues import wrap
from kinerja.exact import RoundingMode
from kinerja.formula.nodes import Comparison

__all__ = ["choose", "comparison", "integers", "rounding"]

Array: TypeAlias = NDArray[Any]

SURE: Final = 2.0**62
#: Floats that come of floats are made larger by this, to bound what is exact.
WIDE: Final = 1 + 2.0**-40


def integers(values: Array, out: Array) -> None:
    """Give whole floats as integers; NaN gives anything."""
    np.copyto(out, values, casting="unsafe")


def choose(condition: Array, one: Array, other: Array, out: Array) -> None:
    """Take `one` where a condition holds, `other` elsewhere; int64, `out` is none of them."""
    np.negative(condition.view(np.int8), out=out, casting="unsafe")
    np.bitwise_and(out, np.bitwise_xor(one, other), out=out)
    np.bitwise_xor(out, other, out=out)


def rounding(  # noqa: PLR0913, PLR0917 - all of one operation
    values: Array,
    num: Array,
    den: Array | np.int64,
    mag: Array | float,
    marks: Array,
    out: Array,
    *,
    mode: RoundingMode,
    error: float,
    top: int,
    bottom: int,
) -> None:
    """Round floats `values`, which are `num / den * top / bottom` within `error`."""
    to_nearest = mode.startswith("half")
    if to_nearest:
        np.rint(values, out=out)
        near = np.abs(values - out) > 0.5 - error
    else:
        k.DIRECTED[mode](values, out)
        near = np.abs(values - np.rint(values)) <= error
    if not near.any():
        return
    rows: Any = slice(None) if near.all() else np.flatnonzero(near)
    val = values[rows]
    below = np.floor(val)
    point = 2 * below + 1 if to_nearest else 2 * np.rint(val)
    dens, mags = _at(den, rows), _at(mag, rows)
    # The sign of value - point / 2, times 2 * den * bottom.
    gap = num[rows] * wrap(2 * top) - point.astype(np.int64) * (dens * wrap(bottom))
    size = (np.abs(2 * val - point) + 2 * error) * WIDE * (mags * float(bottom))
    side = np.sign(gap).astype(np.int8)
    out[rows] = turned_at(val, below, point, side, mode)
    marks[rows] |= ~(size < SURE)


def comparison(  # noqa: PLR0913, PLR0917 - all of one operation
    values: Array,
    num: Array,
    den: Array | np.int64,  # noqa: ARG001 - as the others are called
    mag: Array | float,
    marks: Array,
    out: Array,
    *,
    op: Comparison,
    near: float,
    doubt: float,
    unit: float,
    turned: bool,
) -> None:
    """Compare floats `values` with `near`, from which they are `num / den / unit` away, or less by sign."""
    k.COMPARE_ARRAYS[op](values, near, out)
    gap = np.abs(values - near)
    close = gap <= doubt
    if not close.any():
        return
    rows = np.flatnonzero(close)
    side = np.sign(num[rows])
    if turned:
        np.negative(side, out=side)
    out[rows] = k.COMPARE_ARRAYS[op](side, 0)
    size = (gap[rows] + doubt) * WIDE * (unit * _at(mag, rows))
    marks[rows] |= ~(size < SURE)


def _at(values: Any, rows: Any) -> Any:  # noqa: ANN401 - an array, or one number for all rows
    return values[rows] if isinstance(values, np.ndarray) else values
