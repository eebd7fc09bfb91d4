"""Ranges of numbers with open and closed ends."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kinerja.exact import decimal_digits, plain_decimal

__all__ = ["Interval"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Every number between two ends, each open, closed, or absent (`None`: without end).

    Attributes:
        low: Lower end, or `None`.
        high: Upper end, or `None`.
        low_open: The lower end itself is outside.
        high_open: The upper end itself is outside.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        """Refuse an interval without any number in it, and an end that is absent and yet open."""
        if (self.low is None and self.low_open) or (self.high is None and self.high_open):
            msg = "an end that is absent is neither open nor closed"
            raise ValueError(msg)
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            msg = f"empty interval {self}"
            raise ValueError(msg)

    def __contains__(self, value: Fraction) -> bool:
        """Tell whether a number lies inside."""
        return not (self.is_above(value) or self.is_below(value))

    def is_above(self, value: Fraction) -> bool:
        """Tell whether the whole interval lies above a number."""
        return self.low is not None and (value < self.low or (value == self.low and self.low_open))

    def is_below(self, value: Fraction) -> bool:
        """Tell whether the whole interval lies below a number."""
        return self.high is not None and (
            value > self.high or (value == self.high and self.high_open)
        )

    def __str__(self) -> str:
        """Print in the notation of mathematics, `[76.61, 90)`; it is the same in every language."""
        left = "(" if self.low_open or self.low is None else "["
        right = ")" if self.high_open or self.high is None else "]"
        low = "−∞" if self.low is None else _figure(self.low)
        high = "∞" if self.high is None else _figure(self.high)
        return f"{left}{low}, {high}{right}"


def _figure(end: Fraction) -> str:
    return str(end) if decimal_digits(end) is None else plain_decimal(end)
