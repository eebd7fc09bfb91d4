"""The units along the periods.

What lives here: mean, median and labels of each unit in each period, and what became of its people in
between. What never comes in: single people, words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.periods import GapCause, along, cause_of, followed, in_order
from kinerja.cohort.trend import Direction, UnitMoves, unit_moves
from kinerja.scorer import LabelStep
from kinerja.values import Period

__all__ = ["UnitAlong", "UnitPeriod", "UnitsAlong", "units_along"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPeriod:
    """One unit in one period.

    Attributes:
        period: The period.
        people: How many results there are, usable or not.
        numbers: How many of them have the number.
        mean: Mean of the numbers, exact; `None` where there are none.
        median: Median of the numbers, exact; the mean of the two in the middle where their count is even.
        labels: How many have each label, labels that nobody has left out.
        missing: How many lack what is looked at, by cause.
    """

    period: Period
    people: int
    numbers: int
    mean: Fraction | None
    median: Fraction | None
    labels: Mapping[str, int]
    missing: Mapping[GapCause, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAlong:
    """One unit along the periods.

    Attributes:
        unit: The unit, or `None` where the data name none.
        periods: One a period.
        moves: One a pair of neighbouring periods; `None` where nobody of the unit has a result in either.
    """

    unit: str | None
    periods: tuple[UnitPeriod, ...]
    moves: tuple[UnitMoves | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsAlong:
    """All units along the periods.

    Attributes:
        periods: The periods.
        units: The units, in the order in which they first appear along the periods.
        everyone: All people together; `unit` is `None`.
    """

    periods: tuple[Period, ...]
    units: tuple[UnitAlong, ...]
    everyone: UnitAlong


def units_along(
    members: Iterable[Member],
    *,
    periods: Sequence[Period],
    number: str | None = None,
    labels: LabelStep | None = None,
) -> UnitsAlong:
    """Look at each unit along the periods.

    Args:
        members: What the policy says of each person in each period; results of other periods are passed
            over.
        periods: The periods, earliest first.
        number: The step whose number is looked at.
        labels: The step whose label is looked at.

    Raises:
        InputError: A result has no id or no period, or a person has two results in one period or
            a label that the step does not have.
        ValueError: The periods overlap or are not in order.
    """
    of_periods: dict[Period, list[Member]] = {period: [] for period in in_order(periods)}
    for member, period in followed(members):
        if period in of_periods:
            of_periods[period].append(member)
    kept = [member for of_period in of_periods.values() for member in of_period]
    along(kept, periods=periods, labels=labels)  # refuses what cannot be followed
    of_pairs = [
        unit_moves(
            of_periods[before] + of_periods[after],
            before=before,
            after=after,
            number=number,
            labels=labels,
        )
        for before, after in pairwise(periods)
    ]
    by_pairs = [{one.unit: one for one in of_pair} for of_pair in of_pairs]
    in_units = {period: by_unit(of_period) for period, of_period in of_periods.items()}
    units = tuple(
        UnitAlong(
            unit=unit,
            periods=tuple(
                _cell(in_units[period].get(unit, []), period, number, labels) for period in periods
            ),
            moves=tuple(of_pair.get(unit) for of_pair in by_pairs),
        )
        for unit in dict.fromkeys(member.unit for member in kept)
    )
    everyone = UnitAlong(
        unit=None,
        periods=tuple(_cell(of_periods[period], period, number, labels) for period in periods),
        moves=tuple(_together(of_pair) for of_pair in of_pairs),
    )
    return UnitsAlong(periods=tuple(periods), units=units, everyone=everyone)


def _together(moves: Sequence[UnitMoves]) -> UnitMoves | None:
    """Add up units; everybody is counted in exactly one of them."""
    if not moves:
        return None
    matrix: Counter[tuple[str, str]] = Counter()
    for one in moves:
        matrix.update(one.matrix)
    return replace(
        moves[0],
        unit=None,
        numbers=_summed([one.numbers for one in moves]),
        labels=_summed([one.labels for one in moves]),
        matrix=dict(matrix),
        unknown=sum(one.unknown for one in moves),
    )


def _summed(
    counts: Sequence[Mapping[Direction, int] | None],
) -> dict[Direction, int] | None:
    found = [one for one in counts if one is not None]
    return {way: sum(one[way] for one in found) for way in found[0]} if found else None


def _cell(
    members: Sequence[Member], period: Period, number: str | None, labels: LabelStep | None
) -> UnitPeriod:
    numbers = sorted(
        value for one in members if number is not None and (value := one.number(number)) is not None
    )
    named = [
        label
        for one in members
        if labels is not None and (label := one.label(labels.name)) is not None
    ]
    lacking = [
        cause_of(one)
        for one in members
        if (number is not None and one.number(number) is None)
        or (labels is not None and one.label(labels.name) is None)
    ]
    return UnitPeriod(
        period=period,
        people=len(members),
        numbers=len(numbers),
        mean=sum(numbers, Fraction(0)) / len(numbers) if numbers else None,
        median=_median(numbers),
        labels=dict(Counter(named)),
        missing=dict(Counter(lacking)),
    )


def _median(ordered: Sequence[Fraction]) -> Fraction | None:
    if not ordered:
        return None
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[-1 - middle]) / 2
