"""Assessment periods (periode penilaian)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

__all__ = ["Period"]

_TEXT = re.compile(r"([0-9]{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole days, both ends inside."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            msg = f"the period ends ({self.last}) before it begins ({self.first})"
            raise ValueError(msg)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2021`, `2021-H2` (half-year), `2021-Q3` (quarter) or `2021-07` (month).

        Raises:
            ValueError: The text is none of these.

        Examples:
            >>> Period.parse("2021-H2").days
            184
        """
        match = _TEXT.match(text)
        if match is None:
            msg = f"not a period: {text!r}"
            raise ValueError(msg)
        year = int(match[1])
        if match[2]:
            start, months = 6 * int(match[2]) - 5, 6
        elif match[3]:
            start, months = 3 * int(match[3]) - 2, 3
        elif match[4]:
            start, months = int(match[4]), 1
        else:
            start, months = 1, 12
        last = start + months - 1
        return cls(date(year, start, 1), date(year, last, monthrange(year, last)[1]))

    @property
    def days(self) -> int:
        """The number of days, both ends counted."""
        return (self.last - self.first).days + 1

    def covers(self, other: Period) -> bool:
        """Tell whether every day of another period lies inside this one."""
        return self.first <= other.first and other.last <= self.last
