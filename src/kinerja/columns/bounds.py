"""How far a computed float is from the number it stands for.

What lives here: `Fact`, what is known of the numbers of a column, and how each operation of floats changes
it. What never comes in: arrays, formulas.

The model: an exact number `x` of the column is held by a float `f` with `|f - x| <= rel * |x| + off`, and
`x` lies between `low` and `high`. An operation of float64 rounds once: its result is off by at most `U`
times itself, or by `TINY` where it underflows. Each rule below adds up what comes from its arguments and
what the operation adds; every sum is then made a little larger (`WIDE`), which covers the rounding of
these bounds themselves, so that they need no exact arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import copysign
from typing import Final

__all__ = ["HUGE", "TINY", "WIDE", "Fact", "U", "as_float", "of_constant", "of_printed"]

#: Unit roundoff of float64.
U: Final = 2.0**-53
#: Largest error of a result that underflows.
TINY: Final = 2.0**-1070
#: Bounds are made larger by this factor where they are computed in floats.
WIDE: Final = 1 + 2.0**-40
#: A constant nearer to zero than this is not held.
SMALLEST: Final = 1e-290
#: Beyond this no float is trusted: the next product might overflow.
HUGE: Final = 1e150
INFINITY: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a column.

    Attributes:
        low: No exact number lies below.
        high: No exact number lies above.
        rel: Share of a number that its float may be off.
        off: What it may be off besides.
    """

    low: float
    high: float
    rel: float = 0.0
    off: float = 0.0

    @property
    def size(self) -> float:
        """The largest magnitude."""
        return max(abs(self.low), abs(self.high))

    @property
    def error(self) -> float:
        """The largest error of any float of the column."""
        return (self.rel * self.size + self.off) * WIDE

    def near(self, value: float) -> float:
        """Give how far a float may lie on the wrong side of `value`."""
        if not self.rel < 0.5:  # noqa: PLR2004 - a share that says little
            return INFINITY
        return (
            (self.rel * (abs(value) + self.off)) / (1 - self.rel) + self.off + U * abs(value)
        ) * WIDE

    def scaled(self, factor: float) -> Fact:
        """Give the facts after a product with the float nearest a constant."""
        low, high = _ends([self.low * factor, self.high * factor])
        rel = (self.rel + 2 * U) * WIDE
        return Fact(low, high, rel, self.off * abs(factor) * WIDE + TINY)

    def plus(self, other: Fact) -> Fact:
        """Give the facts of a sum."""
        low, high = _down(self.low + other.low), _up(self.high + other.high)
        off = self.off + other.off
        if (self.low >= 0 and other.low >= 0) or (self.high <= 0 and other.high <= 0):
            # Of one sign: no cancellation, the shares stay shares.
            rel = max(self.rel, other.rel)
        else:
            rel = 0.0
            off += self.rel * self.size + other.rel * other.size
        return Fact(low, high, (rel + U) * WIDE, off * WIDE + TINY)

    def negated(self) -> Fact:
        """Give the facts of the opposite numbers."""
        return Fact(-self.high, -self.low, self.rel, self.off)

    def times(self, other: Fact) -> Fact:
        """Give the facts of a product."""
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        rel = (self.rel + other.rel + self.rel * other.rel + U) * WIDE
        off = TINY
        if self.off or other.off:
            off += self.off * other.size * (1 + other.rel) + other.off * self.size * (1 + self.rel)
            off += self.off * other.off
        low, high = _ends(corners)
        return Fact(low, high, rel, off * WIDE)

    def over(self, other: Fact, least: float) -> Fact:
        """Give the facts of a quotient by divisors of at least a magnitude.

        Args:
            other: The divisors.
            least: No exact divisor is nearer to zero than this, and no float of one; above 0.
        """
        share = other.rel + other.off / least
        if not share < 2.0**-10:
            return Fact(-HUGE, HUGE, 1.0, float("inf"))
        rel = (self.rel + U + share) / (1 - share) * WIDE
        off = self.off / least / (1 - share) * WIDE + TINY
        if other.low > 0 or other.high < 0:
            corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
            low, high = _ends(corners)
        else:
            high = self.size / least
            low = -high
            if other.low >= 0:
                low, high = (0.0 if self.low >= 0 else low), (-0.0 if self.high <= 0 else high)
        return Fact(_down(low), _up(high), rel, off)

    def joined(self, other: Fact) -> Fact:
        """Give the facts of a column that takes its numbers from both."""
        return Fact(
            min(self.low, other.low),
            max(self.high, other.high),
            max(self.rel, other.rel),
            max(self.off, other.off),
        )

    def held(self, low: float | None, high: float | None, rel: float) -> Fact:
        """Give the facts of numbers held between limits that are themselves off by a share `rel`.

        An error does not grow: where the number is past a limit and its float is not, the float lies
        between the limit and where it would lie if the number stood on the limit.
        """
        least = self.low if low is None else max(self.low, _down(low))
        most = self.high if high is None else min(self.high, _up(high))
        if low is not None:
            most = max(most, _up(low))
        if high is not None:
            least = min(least, _down(high))
        return Fact(min(least, most), max(least, most), max(self.rel, rel), self.off)


def as_float(value: Fraction) -> tuple[float, float]:
    """Give the float nearest a constant, and the share of it that it may be off.

    Raises:
        OverflowError: It is so large, or so near to zero, that there is no such share.
    """
    near = float(value)
    if value and abs(near) < SMALLEST:
        raise OverflowError(str(value))
    return near, 0.0 if Fraction(near) == value else U


def of_constant(value: Fraction) -> Fact:
    """Give the facts of a constant."""
    near, rel = as_float(value)
    return Fact(_down(near), _up(near), rel) if rel else Fact(near, near)


def of_printed(low: float, high: float) -> Fact:
    """Give the facts of floats that mean the decimals they print."""
    return Fact(low if low == 0 else _down(low), high if high == 0 else _up(high), U, TINY)


def _ends(corners: list[float]) -> tuple[float, float]:
    """Give ends that surely enclose some numbers which were computed in floats."""
    low, high = min(corners), max(corners)
    if any(corner != corner for corner in corners):  # noqa: PLR0124 - the definition of NaN
        return -INFINITY, INFINITY
    # Zeros are equal, but their sign tells on which side something was lost by underflow.
    if low == 0:
        low = min((copysign(1.0, corner), corner) for corner in corners)[1]
    if high == 0:
        high = max((copysign(1.0, corner), corner) for corner in corners)[1]
    return _down(low), _up(high)


def _down(value: float) -> float:
    """Give an end that surely lies below, where this one was computed in floats."""
    if value != value:  # noqa: PLR0124 - an end that overflowed says nothing
        return -INFINITY
    if value > 0:
        return value * (1 - 4 * U) if value > SMALLEST else 0.0
    # What is above zero stays so; what is below may have been lost by underflow.
    return value * (1 + 4 * U) - TINY if copysign(1.0, value) < 0 else 0.0


def _up(value: float) -> float:
    """Give an end that surely lies above."""
    return -_down(-value)
