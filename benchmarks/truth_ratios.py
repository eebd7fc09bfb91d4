"""What the policy of six ratios gives, exactly: whole numbers only, and apart from kinerja.

Three ways, and each row takes the first that can decide it:

1. int64 over the least common multiple of the reduced targets, where that fits;
2. floats, where the total lies more than a millionth of a hundredth from a tie (their error is below a
   thousandth of that);
3. whole numbers of any length.

`check_sample` compares all of it with the policy written out in `fractions`.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from draws_ratios import EDGES, FIVES, Rows
from numpy.typing import NDArray

__all__ = ["by_fractions", "check_sample", "exact_hundredths", "label_codes"]

Whole: TypeAlias = NDArray[np.int64]

WEIGHTS = (25, 20, 15, 15, 15, 10)
#: 24,002 times this is within int64; a total has at most 12,000 hundredths.
LARGEST = 3.8e14
CHUNK = 200_000


def exact_hundredths(rows: Rows) -> tuple[Whole, int]:
    """Give the total of each row, rounded half up, in hundredths, and the number of ties.

    A tie lies half way between two hundredths, or on the edge of a label.
    """
    found, ties = np.empty(len(rows), dtype=np.int64), 0
    for start in range(0, len(rows), CHUNK):
        here = slice(start, start + CHUNK)
        part = Rows(*(tuple(column[here] for column in group) for group in rows.parts()))
        found[here], half, whole = _doubled(part)
        ties += int(np.sum(half | (whole & np.isin(found[here], np.asarray(EDGES) * 100))))
    return found, ties


def label_codes(hundredths: Whole) -> NDArray[np.int8]:
    """Give the place of each label on its scale, from the lowest."""
    edges = np.asarray(EDGES, dtype=np.int64) * 100
    return np.searchsorted(edges, hundredths, side="right").astype(np.int8)


def by_fractions(
    targets: list[Fraction], actuals: list[Fraction], ratings: list[Fraction]
) -> tuple[int, int]:
    """Write the policy out for one person: hundredths and the place of the label."""
    skp = Fraction(0)
    for place, (target, actual) in enumerate(zip(targets, actuals, strict=True)):
        if place < 3:
            achieved = actual / target * 100
        elif place < 5:
            achieved = (2 * target - actual) / target * 100
        else:
            achieved = (1 - abs(actual - target) / target) * 100
        skp += Fraction(WEIGHTS[place], 100) * min(max(achieved, Fraction(0)), Fraction(120))
    behaviour = Fraction(6, 10) * ratings[0] + Fraction(4, 10) * sum(ratings[1:]) / 3
    total = Fraction(7, 10) * skp + Fraction(3, 10) * behaviour
    hundredths = math.floor(total * 100 + Fraction(1, 2))
    return hundredths, sum(Fraction(hundredths, 100) >= edge for edge in EDGES)


def check_sample(rows: Rows, hundredths: Whole, *, size: int) -> None:
    """Compare with fractions on a sample drawn evenly.

    Raises:
        AssertionError: They differ.
    """
    codes = label_codes(hundredths)
    for place in np.linspace(0, len(rows) - 1, min(size, len(rows))).astype(int):
        targets, actuals, ratings = (
            [Fraction(int(column[place]), scale) for column in part]
            for part, scale in zip(rows.parts(), (100, 100, 1), strict=True)
        )
        exact = by_fractions(targets, actuals, ratings)
        assert (int(hundredths[place]), int(codes[place])) == exact, (place, exact)


def _tops(rows: Rows) -> list[tuple[Whole, Whole]]:
    """Give 350 · u · n and t of each indicator, held between 0 and 6/5, in lowest terms."""
    found = []
    for place, weight in enumerate(FIVES):
        target, actual = (part[place].astype(np.int64) for part in (rows.targets, rows.actuals))
        if place < 3:
            top = actual
        elif place < 5:
            top = 2 * target - actual
        else:
            top = target - np.abs(actual - target)
        capped = 5 * top >= 6 * target
        top = np.where(capped, 420 * weight, 350 * weight * np.maximum(top, 0))
        bottom = np.where(capped, 1, target)
        common = np.gcd(top, bottom)
        found.append((top // common, bottom // common))
    return found


def _doubled(rows: Rows) -> tuple[Whole, NDArray[np.bool_], NDArray[np.bool_]]:
    """Give hundredths, and where the total is an odd or even number of half hundredths."""
    behaviour = 18 * rows.ratings[0].astype(np.int64)
    behaviour += 4 * sum(part.astype(np.int64) for part in rows.ratings[1:])
    tops = _tops(rows)

    shared, small = np.ones(len(rows), dtype=np.int64), np.ones(len(rows), dtype=bool)
    for _, bottom in tops:
        step = bottom // np.gcd(shared, bottom)
        small &= shared.astype(float) * step < LARGEST
        shared = np.where(small, shared * step, 1)
    above = behaviour * shared
    for top, bottom in tops:
        above += np.where(small, top * (shared // bottom), 0)
    hundredths, rest = np.divmod(2 * above + shared, 2 * shared)
    half, whole = small & (rest == 0), small & (rest == shared)

    near_to = behaviour + sum(top / bottom for top, bottom in tops)
    hundredths = np.where(small, hundredths, np.floor(near_to + 0.5).astype(np.int64))
    fraction = near_to - np.floor(near_to)
    doubtful = ~small & ((np.abs(fraction - 0.5) < 1e-6) | (np.abs(fraction - 0.5) > 0.5 - 1e-6))
    for place in np.flatnonzero(doubtful):
        pairs = [(int(top[place]), int(bottom[place])) for top, bottom in tops]
        below = math.lcm(*(bottom for _, bottom in pairs))
        total = int(behaviour[place]) * below + sum(t * (below // b) for t, b in pairs)
        hundredths[place], rest_of_it = divmod(2 * total + below, 2 * below)
        half[place], whole[place] = rest_of_it == 0, rest_of_it == below
    return hundredths, half, whole
