"""Heaping on round numbers.

What lives here: shares of round numbers against what whole numbers would give, with exact chances. What
never comes in: single people, raters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from kinerja.cohort.chance import binomial_tail, holm, odds, quartiles
from kinerja.cohort.data_finding import QualityFinding, Sureness
from kinerja.cohort.observed import Data, Figure
from kinerja.cohort.thresholds import Thresholds
from kinerja.formula.types import NumberType
from kinerja.values import Interval

__all__ = ["find_heaping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heap:
    figure: Figure
    unit: str | None
    multiple: int
    hits: int
    of: int
    expected: Fraction
    people: frozenset[str]
    chance: Fraction


def find_heaping(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find units whose whole numbers stand on multiples of 5 or 10 more often than whole numbers do.

    Whole numbers alone are looked at, without those on a declared limit, where a cap may have put them, and
    without inputs that are set for the person: a target is round by intent. A unit is judged only where the
    middle half of its numbers spans a whole multiple: then the remainders of a smooth distribution are as
    good as equally frequent, wherever its middle lies.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of comparisons.
    """
    heaps: list[_Heap] = []
    tests = 0
    for figure in data.numbers(when=lambda one: not one.fixed):
        for unit, numbers in _whole_numbers(data, figure).items():
            for multiple in thresholds.heap_multiples:
                heap = _heap(figure, unit, numbers, multiple, thresholds)
                if heap is not None:
                    tests += 1
                    heaps.append(heap)
    likely = [heap for heap in heaps if heap.chance < 1]
    corrected = holm([heap.chance for heap in likely], tests=tests)
    told: dict[tuple[str, str | None], tuple[Fraction, _Heap]] = {}
    for chance, heap in zip(corrected, likely, strict=True):
        key = (heap.figure.path, heap.unit)
        if chance <= thresholds.alpha and (key not in told or heap.chance < told[key][1].chance):
            told[key] = (chance, heap)
    found = [
        QualityFinding(
            code="KNJ809",
            check="heaping",
            unit=heap.unit,
            input=heap.figure.path,
            count=heap.hits,
            of=heap.of,
            people=len(heap.people),
            figure=Fraction(heap.hits, heap.of),
            expected=heap.expected,
            sureness=Sureness(measure="holm", odds=odds(chance), tests=tests),
            blanks={
                "input": heap.figure.title,
                "multiple": heap.multiple,
                "share": Fraction(100 * heap.hits, heap.of),
                "expected": 100 * heap.expected,
            },
        )
        for chance, heap in told.values()
    ]
    return found, tests


def _whole_numbers(data: Data, figure: Figure) -> dict[str | None, list[tuple[str, int]]]:
    """Give the whole numbers of each unit over all periods, without those on a limit."""
    limits = figure.type.limits if isinstance(figure.type, NumberType) else Interval()
    ends = {limits.low, limits.high}
    column = data.column(figure)
    # A value that a person keeps over periods came about once.
    found: dict[str | None, dict[tuple[str, int], None]] = {}
    for (unit, period), cells in column.cells.items():
        for place, (row, number) in enumerate(cells):
            if number % column.scale == 0 and (whole := number // column.scale) not in ends:
                # Of records without id nothing tells that they are of one person.
                found.setdefault(unit, {})[row or f"#{place} {period}", whole] = None
    return {unit: list(numbers) for unit, numbers in found.items()}


def _heap(
    figure: Figure,
    unit: str | None,
    numbers: Sequence[tuple[str, int]],
    multiple: int,
    thresholds: Thresholds,
) -> _Heap | None:
    if len(numbers) < thresholds.least_values:
        return None
    ordered = sorted(number for _, number in numbers)
    low, high = quartiles(ordered)
    if high - low < multiple:
        return None
    round_ones = [(row, number) for row, number in numbers if number % multiple == 0]
    expected = max(
        _share(ordered[0], ordered[-1], multiple), _declared_share(figure, multiple, ordered)
    )
    hits, of = len(round_ones), len(numbers)
    chance = Fraction(1)
    if hits >= thresholds.heap_ratio * expected * of:
        chance = binomial_tail(hits, of=of, share=expected, most=thresholds.alpha)
    return _Heap(
        figure=figure,
        unit=unit,
        multiple=multiple,
        hits=hits,
        of=of,
        expected=expected,
        people=frozenset(row for row, _ in round_ones),
        chance=chance,
    )


def _declared_share(figure: Figure, multiple: int, ordered: Sequence[int]) -> Fraction:
    """Give the share of multiples among the whole numbers between the declared limits."""
    limits = figure.type.limits if isinstance(figure.type, NumberType) else Interval()
    if limits.low is None or limits.high is None:
        return Fraction(1, multiple)
    low, high = floor(limits.low) + 1, ceil(limits.high) - 1
    return _share(min(low, ordered[0]), max(high, ordered[-1]), multiple)


def _share(low: int, high: int, multiple: int) -> Fraction:
    """Give the share of multiples among the whole numbers from one to another."""
    return Fraction(high // multiple - (low - 1) // multiple, high - low + 1)
