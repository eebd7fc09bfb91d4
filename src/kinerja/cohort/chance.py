"""Chances and middles, exactly.

What lives here: the tail of a binomial distribution, the correction for many comparisons, medians and
spreads. What never comes in: records, floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import comb
from typing import Final

__all__ = [
    "binomial_tail",
    "deviation",
    "holm",
    "mean_distance",
    "median",
    "median_place",
    "odds",
    "quartiles",
]

#: Rarer than once in a million is told as that.
MOST_ODDS: Final = 1_000_000

Number = int | Fraction


def binomial_tail(hits: int, *, of: int, share: Fraction, most: Fraction = Fraction(1)) -> Fraction:
    """Compute the chance of at least so many hits, exactly.

    Args:
        hits: Hits that were seen.
        of: Trials.
        share: Chance of a hit, from 0 to 1.
        most: A chance above which the exact figure does not matter; 1 is given instead.

    Examples:
        >>> binomial_tail(2, of=2, share=Fraction(1, 5))
        Fraction(1, 25)
    """
    if hits <= 0 or share >= 1:
        return Fraction(1)
    part, rest = share.numerator, share.denominator - share.numerator
    whole = share.denominator**of
    term = comb(of, hits) * part**hits * rest ** (of - hits)
    # The tail is at least its first term.
    if term * most.denominator > whole * most.numerator:
        return Fraction(1)
    total = 0
    for place in range(hits, of + 1):
        total += term
        term = term * (of - place) * part // ((place + 1) * rest)
    return Fraction(total, whole)


def holm(chances: Sequence[Fraction], *, tests: int) -> list[Fraction]:
    """Correct chances for the number of comparisons (Holm 1979).

    Args:
        chances: The smallest ones, in any order; those left out are larger.
        tests: How many comparisons there were.

    Returns:
        Corrected chances, in the same order.

    Examples:
        >>> holm([Fraction(1, 100), Fraction(1, 1000)], tests=10)
        [Fraction(9, 100), Fraction(1, 100)]
    """
    corrected = [Fraction(1)] * len(chances)
    before = Fraction(0)
    for place, index in enumerate(sorted(range(len(chances)), key=lambda i: chances[i])):
        before = max(before, min(Fraction(1), chances[index] * (tests - place)))
        corrected[index] = before
    return corrected


def odds(chance: Fraction) -> int:
    """Give the largest power of ten, up to a million, that a chance is at most one in.

    Examples:
        >>> odds(Fraction(1, 2500))
        1000
    """
    if chance <= 0:
        raise ValueError(f"a chance must be above 0, got {chance}")
    times = 1
    while times < MOST_ODDS and chance.numerator * times * 10 <= chance.denominator:
        times *= 10
    return times


def median(ordered: Sequence[Number]) -> Fraction:
    """Give the middle of sorted numbers; of two middle ones their mean.

    Examples:
        >>> median([1, 2, 4, 9])
        Fraction(3, 1)
    """
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle]) / 2


@cache
def median_place(size: int, *, most: Fraction) -> int | None:
    """Find the order statistics between which a median lies, whatever the distribution.

    Args:
        size: How many numbers there are.
        most: Chance with which the median may lie below the lower one.

    Returns:
        Place of the lower one, counted from the smallest; the upper one has the same from the largest.
        `None`: there are too few numbers.

    Examples:
        >>> median_place(10, most=Fraction(1, 1000))
        0
        >>> median_place(25, most=Fraction(1, 1000))
        4
    """
    found = None
    below, term = 0, 1
    limit = most.numerator << size
    for place in range(size // 2):
        below += term
        if below * most.denominator > limit:
            break
        found = place
        term = term * (size - place) // (place + 1)
    return found


def quartiles(ordered: Sequence[Number]) -> tuple[Number, Number]:
    """Give the numbers that a quarter of sorted numbers lies below and above."""
    quarter = len(ordered) // 4
    return ordered[quarter], ordered[-1 - quarter]


def deviation(numbers: Sequence[Number], *, middle: Fraction) -> Fraction:
    """Give the median absolute deviation from a middle."""
    return median(sorted(_distances(numbers, middle))) / middle.denominator


def mean_distance(numbers: Sequence[Number], *, middle: Fraction) -> Fraction:
    """Give the mean distance from a middle."""
    return Fraction(sum(_distances(numbers, middle))) / (middle.denominator * len(numbers))


def _distances(numbers: Sequence[Number], middle: Fraction) -> list[Number]:
    """Give distances times the denominator of the middle: whole numbers stay whole."""
    top, bottom = middle.numerator, middle.denominator
    moved: list[Number] = [number * bottom - top for number in numbers]
    return [-one if one < 0 else one for one in moved]
