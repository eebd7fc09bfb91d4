"""Summaries of whole numbers that a generated function calls, and the form in which answers leave.

What lives here: middle values, quantiles, trimmed means, the last item, exact decimals. What never comes
in: records, labels. The numbers are numerators over a denominator that the caller keeps, or fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from math import gcd
from typing import Any, Final

from kinerja.scorer.cells import RefusedError

__all__ = ["WIDE", "day", "last_place", "plain", "quantile", "trimmed"]

#: A context in which no decimal of a result is ever rounded.
WIDE: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def quantile(values: Sequence[Any], top: int, bottom: int) -> Any:  # noqa: ANN401 - whole numbers or fractions
    """Give the quantile of the share `top / bottom`, times `bottom`."""
    ordered = sorted(values)
    below, rest = divmod(top * (len(ordered) - 1), bottom)
    if not rest:
        return ordered[below] * bottom
    return ordered[below] * (bottom - rest) + ordered[below + 1] * rest


def trimmed(values: Sequence[Any], top: int, bottom: int) -> tuple[Any, int]:
    """Give the sum, and the count, of what is left without the share `top / bottom` at each end."""
    cut = len(values) * top // bottom
    kept = sorted(values)[cut : len(values) - cut]
    return sum(kept), len(kept)


def last_place(keys: Sequence[Any]) -> int | None:
    """Give the place of the largest key; `None` where there is none, or two are the largest."""
    if not keys:
        return None
    largest = max(keys)
    return None if keys.count(largest) > 1 else keys.index(largest)


def plain(top: int, bottom: int, digits: int) -> Decimal | Fraction:
    """Give a number with at least `digits` decimals; as a fraction where its decimal never ends."""
    shared = gcd(top, bottom)
    top, bottom = top // shared, bottom // shared
    twos = (bottom & -bottom).bit_length() - 1
    rest, fives = bottom >> twos, 0
    while not rest % 5:
        rest //= 5
        fives += 1
    if rest != 1:
        return Fraction(top, bottom)
    places = max(twos, fives, digits)
    return Decimal(top * 10**places // bottom).scaleb(-places, WIDE)


def day(top: int, bottom: int) -> str:
    """Give the date of a day count as ISO text.

    Raises:
        RefusedError: The calendar has no such day.
    """
    try:
        return date.fromordinal(int(Fraction(top, bottom))).isoformat()
    except (ValueError, OverflowError):
        raise RefusedError from None
