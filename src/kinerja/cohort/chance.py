"""Chances and middles, exactly.

What lives here: the tail of a binomial distribution, the correction for many comparisons, medians and
spreads. What never comes in: records, floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb

__all__ = ["binomial_tail", "deviation", "holm", "mean_distance", "median", "odds", "quartiles"]

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
    """Give the largest power of ten that a chance is at most one in.

    Examples:
        >>> odds(Fraction(1, 2500))
        1000
    """
    if chance <= 0:
        raise ValueError(f"a chance must be above 0, got {chance}")
    times = chance.denominator // chance.numerator
    return int(10 ** (_digits(times) - 1)) if times else 1


def _digits(number: int) -> int:
    # Python refuses to write whole numbers of more than 4,300 digits.
    digits = max(1, number.bit_length() * 1233 >> 12)
    while 10**digits <= number:
        digits += 1
    return digits


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


def quartiles(ordered: Sequence[Number]) -> tuple[Number, Number]:
    """Give the numbers that a quarter of sorted numbers lies below and above."""
    quarter = len(ordered) // 4
    return ordered[quarter], ordered[-1 - quarter]


def deviation(numbers: Sequence[Number], *, middle: Fraction) -> Fraction:
    """Give the median absolute deviation from a middle."""
    top, bottom = middle.numerator, middle.denominator
    return median(sorted(abs(number * bottom - top) for number in numbers)) / bottom


def mean_distance(numbers: Sequence[Number], *, middle: Fraction) -> Fraction:
    """Give the mean distance from a middle."""
    top, bottom = middle.numerator, middle.denominator
    distances = Fraction(sum(abs(number * bottom - top) for number in numbers))
    return distances / (bottom * len(numbers))
