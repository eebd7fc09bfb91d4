"""The nearest value that reaches a label.

What lives here: the search on the grid that a number is written in, and among the shares that the items of
a list can give. What never comes in: which values are moved, steps, words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from kinerja.formula.evaluate import Value
from kinerja.scorer.advice import Move, ValuePlace
from kinerja.scorer.shares import Share
from kinerja.values import Interval

__all__ = ["Search", "nearest_share"]

#: Doublings of a step before a search without a limit ends; 2**60 steps of 0.01 are 10**16.
DOUBLINGS: Final = 60


def nearest_share(
    place: ValuePlace, share: Share, tried: Callable[[Value], str | None], direction: str
) -> Move:
    """Find the nearest number of items that reaches the label: every one there is, so that it is exact."""
    value = share.at(share.held)
    up = range(share.held + 1, share.count + 1)
    down = range(share.held - 1, -1, -1)

    def reaches(held: int) -> bool:
        return tried(share.at(held)) is not None

    found: int | None
    if direction in ("rising", "falling"):
        rises = (direction == "rising") == (share.whole > share.none)
        ways = up if rises else down
        place_found = bisect_left(ways, True, key=reaches)
        found = ways[place_found] if place_found < len(ways) else None
    else:
        near = sorted((*up, *down), key=lambda held: abs(held - share.held))
        found = next((held for held in near if reaches(held)), None)
    if found is None:
        return Move(place=place, value=value, needed=None, gives=None, proof="exact")
    return Move(
        place=place,
        value=value,
        needed=share.at(found),
        gives=tried(share.at(found)),
        proof="exact",
        items=(found, share.held, share.count),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The nearest number on a grid that reaches the label, in one direction."""

    value: Fraction
    limits: Interval | None
    digits: int
    tried: Callable[[Value], str | None]

    def towards(self, *, up: bool) -> tuple[Fraction | None, Literal["exact", "search"]]:
        """Search upwards or downwards; exact where the way is monotone and its end known."""
        scale = 10**self.digits
        scaled = self.value * scale
        # The first grid point beyond the value, and the last one inside the limits.
        start = floor(scaled) + 1 if up else ceil(scaled) - 1
        last = self._last(scale, up=up)
        sign = 1 if up else -1
        if last is not None and (last - start) * sign < 0:
            return None, "exact"
        if last is not None and not self._reaches(last, scale):
            return None, "exact"
        far = self._far(start, last, sign, scale)
        if far is None:
            return None, "search"
        low, high = start - sign, far
        while abs(high - low) > 1:
            middle = (low + high) // 2
            if self._reaches(middle, scale):
                high = middle
            else:
                low = middle
        return Fraction(high, scale), "exact"

    def _reaches(self, point: int, scale: int) -> bool:
        return self.tried(Fraction(point, scale)) is not None

    def _last(self, scale: int, *, up: bool) -> int | None:
        if self.limits is None:
            return None
        end = self.limits.high if up else self.limits.low
        if end is None:
            return None
        scaled = end * scale
        point = floor(scaled) if up else ceil(scaled)
        is_open = self.limits.high_open if up else self.limits.low_open
        return point - (1 if up else -1) if is_open and point == scaled else point

    def _far(self, start: int, last: int | None, sign: int, scale: int) -> int | None:
        if last is not None:
            return last
        for doubling in range(DOUBLINGS):
            point = start + sign * ((1 << doubling) - 1)
            if self._reaches(point, scale):
                return point
        return None
