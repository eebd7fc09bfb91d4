"""Exact numbers in arrays: fractions held modulo 2**64 beside a float that says how large they are.

What lives here: columns of rational numbers, their arithmetic, and the decisions taken on them (sign,
rounding). What never comes in: formulas, labels, lists.

A column of numbers is `num / (den * unit)`: arrays `num` and `den` of int64 and one whole number `unit`.
Additions and products of int64 wrap around, so `num` and `den` are right modulo 2**64 whatever their true
size. Beside them stands a float64 `val` with a bound `err`: the exact value lies within `val ± err`.

To decide whether a number is above, on or below a tie, the sign of one whole number is needed, and that
number is `distance * den * unit`. Where the float is further from the tie than `err`, the float decides.
Where it is nearer, the whole number is small: its magnitude is at most `(distance + err) * den * unit`,
and when that is below 2**62, the residue modulo 2**64 *is* the number. So ties cost a few integer
operations, and what cannot be decided is marked `bad`, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.exact import Rounding, RoundingMode

__all__ = [
    "Array",
    "Mask",
    "Number",
    "add",
    "clip_edge",
    "divide",
    "merged",
    "multiply",
    "nearest_floats",
    "negative",
    "of_floats",
    "of_fraction",
    "of_integers",
    "rounded",
    "scale",
    "sign",
    "turned",
    "union",
    "wrap",
]

Array: TypeAlias = NDArray[Any]
#: `True` for the rows that are meant; `None`: no row.
Mask: TypeAlias = "NDArray[np.bool_] | None"

#: Unit roundoff of float64, and the largest error of a result that underflows.
U: Final = 2.0**-53
TINY: Final = 2.0**-1073
#: A whole number smaller than this is its residue.
SURE: Final = 2.0**62
#: Whole numbers up to here are themselves as float64.
WHOLE: Final = 2.0**53
#: Two different whole numbers up to here, divided by the same power of ten, print differently.
PRINTED: Final = 2.0**51
#: Length of a unit; a longer one is larger than any float, and decides nothing.
MAX_BITS: Final = 1_024
#: Decimals tried for a column of floats.
DECIMALS: Final = (0, 1, 2, 3, 4, 6)
#: Share of the rows that a number of decimals must fit.
MOST: Final = 0.98


@dataclass(frozen=True, slots=True)
class Number:
    """A column of rational numbers; see the module.

    Attributes:
        val: The number, nearly.
        err: How far the exact number is from `val` at most; at least 0, may be infinite.
        num: Numerator modulo 2**64.
        den: Denominator modulo 2**64, its true value above 0; `None`: 1.
        mag: Bound of the true `den`; `1.0` where it is 1.
        unit: Constant part of the denominator, above 0.
        miss: Rows where the value is missing.
        bad: Rows where nothing of this is to be trusted.
    """

    val: Array
    err: Array
    num: Array
    den: Array | None = None
    mag: Array | float = 1.0
    unit: int = 1
    miss: Mask = None
    bad: Mask = None

    def __len__(self) -> int:
        """Give the number of rows."""
        return len(self.val)

    def take(self, rows: Array) -> Number:
        """Give some rows, in any order, also more than once."""
        return Number(
            val=self.val[rows],
            err=self.err[rows],
            num=self.num[rows],
            den=None if self.den is None else self.den[rows],
            mag=self.mag[rows] if isinstance(self.mag, np.ndarray) else self.mag,
            unit=self.unit,
            miss=None if self.miss is None else self.miss[rows],
            bad=None if self.bad is None else self.bad[rows],
        )


def _fitting(number: Number) -> Number:
    """Mark every row where the constant part of the denominator has grown beyond all use."""
    if number.unit.bit_length() <= MAX_BITS:
        return number
    return replace(number, unit=1, bad=np.ones(len(number), np.bool_))


def union(*masks: Mask) -> Mask:
    """Join masks."""
    found: Mask = None
    for mask in masks:
        if mask is not None:
            found = mask if found is None else found | mask
    return found


def wrap(number: int) -> np.int64:
    """Give a whole number modulo 2**64."""
    return np.int64((number + 2**63) % 2**64 - 2**63)


def _float(number: Fraction | int) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


# How columns come in and go out.


def of_floats(values: Array) -> Number:
    """Give the decimals that floats print; NaN is missing."""
    miss = np.isnan(values)
    there = values if not miss.any() else np.where(miss, 0.0, values)
    scaled: Array = there
    for digits in DECIMALS:
        power = 10.0**digits
        scaled = np.rint(there * power)
        fits = (scaled / power == there) & (np.abs(scaled) < PRINTED)
        if fits.all() or (digits == DECIMALS[-1]) or fits.mean() >= MOST:
            break
    bad = None if fits.all() else ~fits
    if bad is not None:
        scaled = np.where(fits, scaled, 0.0)
    return Number(
        val=there,
        err=np.abs(there) * U + TINY,
        num=scaled.astype(np.int64),
        unit=10**digits,
        miss=miss if miss.any() else None,
        bad=bad,
    )


def of_integers(values: Array, unit: int = 1) -> Number:
    """Give whole numbers below 2**62, each divided by `unit`."""
    val = values.astype(np.float64)
    return Number(val=val / unit, err=np.abs(val / unit) * (4 * U) + TINY, num=values, unit=unit)


def of_fraction(value: Fraction, count: int) -> Number:
    """Give the same number in every row."""
    val = _float(value)
    return Number(
        val=np.full(count, val),
        err=np.full(count, abs(val) * U + TINY),
        num=np.full(count, wrap(value.numerator)),
        unit=value.denominator,
    )


def nearest_floats(number: Number) -> tuple[Array, Mask]:
    """Give the float64 nearest each number, and the rows where it is not known.

    One division of whole numbers below 2**53 is rounded once, so it gives the nearest float.
    """
    num, whole = number.num, number.den
    unit = wrap(number.unit)
    below = unit if whole is None else whole * unit
    size = number.mag * _float(number.unit)
    top = (np.abs(number.val) + number.err) * size
    plain = (top < WHOLE) & (size < WHOLE)
    if not plain.all():
        known = (top < SURE) & (size < SURE)
        below = np.broadcast_to(below, num.shape)
        common = np.gcd(np.where(known, num, 1), np.where(known, below, 1))
        num, below = num // common, below // common
        plain = known & (np.abs(num) < WHOLE) & (below < WHOLE)
        below = np.where(plain, below, 1)
    values = num.astype(np.float64) / np.asarray(below).astype(np.float64)
    bad = union(number.bad, None if plain.all() else ~plain)
    return values, bad


# Arithmetic.


def _at_common_unit(one: Number, other: Number) -> tuple[np.int64, np.int64, int]:
    unit = lcm(one.unit, other.unit)
    return wrap(unit // one.unit), wrap(unit // other.unit), unit


def add(one: Number, other: Number) -> Number:
    """Add two columns."""
    up, over, unit = _at_common_unit(one, other)
    den: Array | None
    if one.den is other.den:
        num, den, mag = one.num * up + other.num * over, one.den, one.mag
    else:
        left: Array = one.num * up
        right: Array = other.num * over
        if other.den is not None:
            left = left * other.den
        if one.den is not None:
            right = right * one.den
        num = left + right
        den, mag = _den_of_product(one, other)
    val = one.val + other.val
    err = (one.err + other.err + np.abs(val) * U) * (1 + 4 * U) + TINY
    miss, bad = union(one.miss, other.miss), union(one.bad, other.bad)
    return _fitting(Number(val, err, num, den, mag, unit, miss, bad))


def _den_of_product(one: Number, other: Number) -> tuple[Array | None, Array | float]:
    if one.den is None:
        return other.den, other.mag
    if other.den is None:
        return one.den, one.mag
    return one.den * other.den, one.mag * other.mag * (1 + 4 * U)


def negative(number: Number) -> Number:
    """Turn the sign."""
    return replace(number, val=-number.val, num=-number.num)


def scale(number: Number, factor: Fraction) -> Number:
    """Multiply by a constant."""
    shared = gcd(factor.numerator, number.unit)
    unit = number.unit // shared * factor.denominator
    near = _float(factor)
    val = number.val * near
    err = (number.err * abs(near) + np.abs(val) * (3 * U)) * (1 + 4 * U) + TINY
    num = number.num * wrap(factor.numerator // shared)
    return _fitting(replace(number, val=val, err=err, num=num, unit=unit))


def multiply(one: Number, other: Number) -> Number:
    """Multiply two columns."""
    den, mag = _den_of_product(one, other)
    val = one.val * other.val
    spread = np.abs(one.val) * other.err + np.abs(other.val) * one.err + one.err * other.err
    err = (spread + np.abs(val) * U) * (1 + 8 * U) + TINY
    found = Number(
        val=val,
        err=err,
        num=one.num * other.num,
        den=den,
        mag=mag,
        unit=one.unit * other.unit,
        miss=union(one.miss, other.miss),
        bad=union(one.bad, other.bad),
    )
    return _fitting(found)


def divide(one: Number, other: Number) -> tuple[Number, NDArray[np.bool_]]:
    """Divide two columns.

    Returns:
        The quotients, and where the divisor is zero (there the quotient holds nothing of use).
    """
    signs, unsure = sign(other)
    zero = signs == 0
    turn = np.where(zero, 1, signs)
    divisor = np.where(zero, 1, other.num * turn)
    size = np.where(zero, 1.0, (np.abs(other.val) + other.err) * other.mag * _float(other.unit))
    if one.den is other.den:
        num = one.num * turn
        den, mag = divisor, size * (1 + 8 * U)
    else:
        num = one.num * turn
        if other.den is not None:
            num = num * other.den
        den = divisor if one.den is None else one.den * divisor
        mag = one.mag * size * (1 + 8 * U)
    shared = gcd(one.unit, other.unit)
    num = num * wrap(other.unit // shared)
    unit = one.unit // shared
    beneath = np.where(zero, 1.0, other.val)
    val = one.val / beneath
    margin = np.abs(beneath) * (1 - 4 * U) - other.err
    spread = (one.err + np.abs(val) * other.err) * (1 + 8 * U)
    err = np.where(margin > 0, spread / np.where(margin > 0, margin, 1.0), np.inf)
    err = (err + np.abs(val) * U) * (1 + 8 * U) + TINY
    miss = union(one.miss, other.miss)
    return Number(val, err, num, den, mag, unit, miss, union(one.bad, other.bad, unsure)), zero


# Decisions.


def sign(number: Number) -> tuple[Array, Mask]:
    """Give the sign of each number as int8, and the rows where it is not known."""
    bound = (np.abs(number.val) + number.err) * number.mag * _float(number.unit)
    known = bound < SURE
    if known.all():
        return np.sign(number.num).astype(np.int8), number.bad
    clear = np.abs(number.val) > number.err
    signs = np.where(known, np.sign(number.num), np.sign(number.val)).astype(np.int8)
    unsure = ~(known | clear)
    return signs, union(number.bad, unsure if unsure.any() else None)


def merged(condition: NDArray[np.bool_], one: Number, other: Number) -> Number:
    """Take each row from `one` where a condition holds and from `other` elsewhere; masks not joined."""
    up, over, unit = _at_common_unit(one, other)
    den: Array | None
    mag: Array | float
    if one.den is other.den:
        den, mag = one.den, one.mag
    else:
        ones = np.int64(1)
        den = np.where(
            condition,
            ones if one.den is None else one.den,
            ones if other.den is None else other.den,
        )
        mag = np.where(condition, one.mag, other.mag)
    return Number(
        val=np.where(condition, one.val, other.val),
        err=np.where(condition, one.err, other.err),
        num=np.where(condition, one.num * up, other.num * over),
        den=den,
        mag=mag,
        unit=unit,
    )


def clip_edge(value: Number, edge: Number, *, low: bool) -> Number:
    """Hold numbers at an edge: the larger of both where it is the `low` one, else the smaller."""
    gap = value.val - edge.val
    past = gap < 0 if low else gap > 0
    near = ~(np.abs(gap) > (value.err + edge.err + np.abs(gap) * U) * (1 + 4 * U))
    bad = union(value.bad, edge.bad)
    if near.any():
        rows = np.flatnonzero(near)
        signs, unsure = sign(add(value.take(rows), negative(edge.take(rows))))
        past[rows] = signs < 0 if low else signs > 0
        if unsure is not None:
            lost = np.zeros(len(value), np.bool_)
            lost[rows[unsure]] = True
            bad = union(bad, lost)
    miss = union(value.miss, edge.miss)
    if not past.any():
        return replace(value, miss=miss, bad=bad)
    return replace(merged(past, edge, value), miss=miss, bad=bad)


def rounded(number: Number, rounding: Rounding) -> Number:
    """Round each number as named."""
    digits = rounding.digits
    scaled = scale(number, Fraction(10) ** digits)
    beyond = ~(scaled.err < 0.25) | ~(np.abs(scaled.val) < WHOLE / 4)  # noqa: PLR2004 - a quarter of a step
    val = np.where(beyond, 0.0, scaled.val)
    to_nearest = rounding.mode.startswith("half")
    below = np.floor(val)
    # Twice the point where the decision is taken: k + 1/2, or the nearest whole number.
    point = 2 * below + 1 if to_nearest else 2 * np.rint(val)
    near = np.abs(2 * val - point) <= 2 * scaled.err * (1 + 8 * U)
    side = np.sign(2 * val - point).astype(np.int8)
    bad = beyond
    if near.any():
        rows = np.flatnonzero(near)
        twice = scale(scaled.take(rows), Fraction(2))
        gap = add(twice, of_integers(-point[rows].astype(np.int64)))
        signs, unsure = sign(gap)
        side[rows] = signs
        if unsure is not None:
            bad = bad.copy()
            bad[rows[unsure]] = True
    whole = turned(val, below, point, side, rounding.mode).astype(np.int64)
    found = of_integers(whole, 10**digits) if digits >= 0 else of_integers(whole)
    if digits < 0:
        found = scale(found, Fraction(10**-digits))
    return replace(found, miss=number.miss, bad=union(scaled.bad, bad if bad.any() else None))


def turned(val: Array, below: Array, point: Array, side: Array, mode: RoundingMode) -> Array:
    """Give the whole number that each value rounds to.

    Args:
        val: The values, nearly.
        below: The whole numbers at or below them.
        point: Twice the nearest point where the rounding turns.
        side: On which side of that point each value lies: -1, 0 (on it) or 1.
        mode: How to round.
    """
    nearest = point / 2
    match mode:
        case "floor":
            return nearest - (side < 0)
        case "ceiling":
            return nearest + (side > 0)
        case "down":
            # Beside zero the sign of the value is that of its side.
            above = np.where(nearest == 0, side, np.sign(nearest))
            return np.where(above > 0, nearest - (side < 0), nearest + (side > 0))
        case "up":
            above = np.where(nearest == 0, side, np.sign(nearest))
            return np.where(above > 0, nearest + (side > 0), nearest - (side < 0))
        case "half_up":
            at_tie = val > 0
        case "half_down":
            at_tie = val < 0
        case "half_even":
            at_tie = cast("NDArray[np.bool_]", below % 2 != 0)
    return cast("Array", below + ((side > 0) | ((side == 0) & at_tie)))
