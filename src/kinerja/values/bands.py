"""Bands (rentang nilai): which label a number earns."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from kinerja.values.interval import Interval

__all__ = ["Band", "Bands", "Between"]

#: What becomes of a number between two bands: nothing may (`refuse`: the bands must meet),
#: it has no band (`missing`), it stays in the band below until the next one begins
#: (`lower_bounds`: only the lower ends count), or it is in the band above as soon as the lower
#: one ends (`upper_bounds`: only the upper ends count).
Between = Literal["refuse", "missing", "lower_bounds", "upper_bounds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A label and the numbers that earn it."""

    label: str
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Bands in rising order, without overlap, and without gap unless a choice closes it.

    Attributes:
        bands: From the lowest to the highest numbers.
        between: What becomes of a number between two bands.
        grid: The bands judge numbers that are multiples of this (a value rounded to two decimals
            has the grid 1/100); a gap that holds no multiple is none.
    """

    bands: tuple[Band, ...]
    between: Between = "refuse"
    grid: Fraction | None = None

    def __post_init__(self) -> None:
        """Refuse overlaps, disorder and open gaps."""
        if not self.bands:
            msg = "at least one band is needed"
            raise ValueError(msg)
        if self.overlaps():
            msg = "bands overlap or are not in rising order"
            raise ValueError(msg)
        if self.between == "refuse" and self.gaps():
            msg = "bands leave a gap"
            raise ValueError(msg)

    def overlaps(self) -> tuple[tuple[Band, Band], ...]:
        """Give neighbours that share a number, or stand in the wrong order."""
        return tuple(
            (lower, upper)
            for lower, upper in pairwise(self.bands)
            if not _is_before(lower.interval, upper.interval)
        )

    def gaps(self) -> tuple[tuple[Band, Band], ...]:
        """Give neighbours between which some number (of the grid) belongs to neither."""
        return tuple(
            (lower, upper)
            for lower, upper in pairwise(self.bands)
            if _leaves_gap(lower.interval, upper.interval, self.grid)
        )

    def closed(self) -> tuple[Band, ...]:
        """Give the bands with the gaps closed as `between` says; `refuse` and `missing` change none."""
        if self.between == "lower_bounds":
            return (
                tuple(
                    Band(label=b.label, interval=_with_high(b.interval, n.interval))
                    for b, n in pairwise(self.bands)
                )
                + self.bands[-1:]
            )
        if self.between == "upper_bounds":
            return self.bands[:1] + tuple(
                Band(label=n.label, interval=_with_low(n.interval, b.interval))
                for b, n in pairwise(self.bands)
            )
        return self.bands

    def find(self, value: Fraction) -> Band | None:
        """Find the band that holds a number; `None` outside all of them."""
        return next((band for band in self.closed() if value in band.interval), None)


def _is_before(lower: Interval, upper: Interval) -> bool:
    if lower.high is None or upper.low is None:
        return False
    if lower.high == upper.low:
        return lower.high_open or upper.low_open
    return lower.high < upper.low


def _leaves_gap(lower: Interval, upper: Interval, grid: Fraction | None) -> bool:
    if lower.high is None or upper.low is None:
        return False
    if lower.high == upper.low:
        touches = not (lower.high_open and upper.low_open)
        return not touches and (grid is None or (lower.high / grid).denominator == 1)
    if lower.high > upper.low:
        return False
    if grid is None:
        return True
    # The first multiple of the grid that lies above the lower band must lie in the upper one.
    steps = lower.high / grid
    first = -(-steps.numerator // steps.denominator)
    if first == steps and not lower.high_open:
        first += 1
    return upper.is_above(first * grid)


def _with_high(band: Interval, following: Interval) -> Interval:
    return Interval(
        low=band.low, low_open=band.low_open, high=following.low, high_open=not following.low_open
    )


def _with_low(band: Interval, previous: Interval) -> Interval:
    return Interval(
        low=previous.high, low_open=not previous.high_open, high=band.high, high_open=band.high_open
    )
