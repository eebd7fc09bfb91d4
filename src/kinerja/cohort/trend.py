"""Which way a number and a label go along the periods.

What lives here: changes, runs and slope of one person; how many of a unit rose and fell between two
periods. What never comes in: a value for a period that has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from kinerja.cohort.members import Member
from kinerja.cohort.periods import Along, GapCause, along, cause_of
from kinerja.scorer import LabelStep
from kinerja.values import Period

__all__ = [
    "Direction",
    "Trend",
    "TrendChange",
    "TrendPoint",
    "UnitMoves",
    "slope",
    "trends",
    "unit_moves",
]

#: Which way something went.
Direction: TypeAlias = Literal["up", "same", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One person in one period.

    Attributes:
        period: The period.
        unit: The unit, or `None`.
        number: The exact number; `None` where it is missing or not looked at.
        label: The label; `None` where it is missing or not looked at.
        cause: Why something that is looked at is missing; `None` where nothing is.
    """

    period: Period
    unit: str | None
    number: Fraction | None
    label: str | None
    cause: GapCause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChange:
    """From one period to the next.

    Attributes:
        before: The period before.
        after: The period.
        number: What the number changed by; `None` where one of the two is missing.
        labels: The labels of both, each `None` where it is missing.
        label: Which way the label went; `None` where one is missing or the labels have no order.
    """

    before: Period
    after: Period
    number: Fraction | None
    labels: tuple[str | None, str | None]
    label: Direction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One person along the periods.

    Attributes:
        id: Id of the person.
        points: One a period.
        changes: One a pair of neighbouring periods.
        first_to_last: The last number less the first one, of those that are there; `None` for fewer than
            two.
        longest_up: Most rises of the number one after another; a period without number ends them.
        longest_down: Most falls one after another.
        slope: Change of the number a period, by least squares; `None` for fewer than two numbers.
        label_first_to_last: Which way the label went from the first to the last of those that are there;
            `None` for fewer than two or labels without order.
        label_longest_up: Most rises of the label one after another.
        label_longest_down: Most falls one after another.
    """

    id: str
    points: tuple[TrendPoint, ...]
    changes: tuple[TrendChange, ...]
    first_to_last: Fraction | None
    longest_up: int
    longest_down: int
    slope: Fraction | None
    label_first_to_last: Direction | None
    label_longest_up: int
    label_longest_down: int

    @property
    def missing(self) -> tuple[TrendPoint, ...]:
        """The periods in which something is missing."""
        return tuple(point for point in self.points if point.cause is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMoves:
    """What became of the people of a unit from one period to the next.

    Attributes:
        unit: The unit they belong to in the later period.
        before: The earlier period.
        after: The later period.
        numbers: How many numbers went up, stayed and went down; `None` where none are looked at.
        labels: How many labels did so; `None` where none are looked at or they have no order.
        matrix: How many went from which label to which, those who have both.
        unknown: People without a number, or label, in one of the two periods.
    """

    unit: str | None
    before: Period
    after: Period
    numbers: Mapping[Direction, int] | None
    labels: Mapping[Direction, int] | None
    matrix: Mapping[tuple[str, str], int]
    unknown: int


def slope(points: Iterable[tuple[int, Fraction]]) -> Fraction | None:
    """Find the slope of the straight line that fits best by least squares, exactly.

    Of the points (x, y) it is (n Σxy − Σx Σy) ÷ (n Σx² − (Σx)²): A. M. Legendre, Nouvelles méthodes pour la
    détermination des orbites des comètes (1805), appendix.

    Args:
        points: Place of a period and its number; a period without number is left out, and the places of the
            others stay.

    Returns:
        The slope a period; `None` where all points have one place.

    Examples:
        >>> slope([(0, Fraction(80)), (1, Fraction(84)), (3, Fraction(86))])
        Fraction(13, 7)
    """
    known = list(points)
    n = len(known)
    xs = sum(x for x, _ in known)
    ys = sum((y for _, y in known), Fraction(0))
    spread = n * sum(x * x for x, _ in known) - xs * xs
    if not spread:
        return None
    return (n * sum((x * y for x, y in known), Fraction(0)) - xs * ys) / spread


def trends(
    members: Iterable[Member],
    *,
    periods: Sequence[Period],
    number: str | None = None,
    labels: LabelStep | None = None,
) -> list[Trend]:
    """Follow each person along the periods.

    A change is told only between neighbouring periods: where one is missing there is none, and nothing is
    interpolated.

    Args:
        members: What the policy says of each person in each period.
        periods: The periods, earliest first.
        number: The step whose number is followed.
        labels: The step whose label is followed.

    Raises:
        InputError: A result has no id or no period, or a person has two results in one period or
            a label that the step does not have.
        ValueError: The periods overlap or are not in order.

    Examples:
        >>> from decimal import Decimal
        >>> quarters = [Period.parse(f"2025-Q{place}") for place in (1, 2, 3)]
        >>> numbers = zip(quarters, ("80", "84", "83"))
        >>> members = [
        ...     Member(id="P1", unit="A", period=one, values={"nilai": Decimal(text)})
        ...     for one, text in numbers
        ... ]
        >>> trend = trends(members, periods=quarters, number="nilai")[0]
        >>> [str(change.number) for change in trend.changes], str(trend.slope)
        (['4', '-1'], '3/2')
    """
    found = along(members, periods=periods, labels=labels)
    return [_trend(person, periods, number, labels) for person in found]


def unit_moves(
    members: Iterable[Member],
    *,
    before: Period,
    after: Period,
    number: str | None = None,
    labels: LabelStep | None = None,
) -> list[UnitMoves]:
    """Count, for each unit, who rose, stayed and fell from one period to the next.

    Args:
        members: What the policy says of each person in both periods; other periods are passed over.
        before: The earlier period.
        after: The later one. A person is counted in the unit of the later period, or of the earlier one
            where there is nothing later.
        number: The step whose number is looked at.
        labels: The step whose label is looked at.

    Raises:
        InputError: A result has no id or no period, or a person has two results in one period or
            a label that the step does not have.
        ValueError: The periods overlap or are not in order.
    """
    periods = (before, after)
    of_unit: dict[str | None, list[TrendChange]] = {}
    for person in along(members, periods=periods, labels=labels):
        old, new = (
            _point(member, period, number, labels)
            for member, period in zip(person.members, periods, strict=True)
        )
        unit = old.unit if person.members[1] is None else new.unit
        of_unit.setdefault(unit, []).append(_change(old, new, labels))
    return [
        _unit_moves(unit, periods, changes, number, labels) for unit, changes in of_unit.items()
    ]


def _unit_moves(
    unit: str | None,
    periods: tuple[Period, Period],
    changes: list[TrendChange],
    number: str | None,
    labels: LabelStep | None,
) -> UnitMoves:
    moved = [_direction(change.number) for change in changes if change.number is not None]
    went = [change.label for change in changes if change.label is not None]
    pairs = [
        (old, new)
        for old, new in (c.labels for c in changes)
        if old is not None and new is not None
    ]
    unknown = sum(
        (number is not None and change.number is None)
        or (labels is not None and None in change.labels)
        for change in changes
    )
    ordered = labels is not None and labels.ordered
    return UnitMoves(
        unit=unit,
        before=periods[0],
        after=periods[1],
        numbers=None if number is None else _counted(moved),
        labels=_counted(went) if ordered else None,
        matrix=dict(Counter(pairs)),
        unknown=unknown,
    )


def _counted(directions: Sequence[Direction]) -> dict[Direction, int]:
    return {
        "up": directions.count("up"),
        "same": directions.count("same"),
        "down": directions.count("down"),
    }


def _direction(change: Fraction | int) -> Direction:
    return "up" if change > 0 else "down" if change < 0 else "same"


def _trend(
    person: Along, periods: Sequence[Period], number: str | None, labels: LabelStep | None
) -> Trend:
    points = [
        _point(member, period, number, labels)
        for member, period in zip(person.members, periods, strict=True)
    ]
    changes = [_change(before, after, labels) for before, after in pairwise(points)]
    known = [
        (place, point.number) for place, point in enumerate(points) if point.number is not None
    ]
    labelled = [point.label for point in points if point.label is not None]
    went = [None if one.number is None else _direction(one.number) for one in changes]
    label_went = [one.label for one in changes]
    return Trend(
        id=person.id,
        points=tuple(points),
        changes=tuple(changes),
        first_to_last=known[-1][1] - known[0][1] if len(known) > 1 else None,
        longest_up=_longest(went, "up"),
        longest_down=_longest(went, "down"),
        slope=slope(known),
        label_first_to_last=_way(labelled[0], labelled[-1], labels) if len(labelled) > 1 else None,
        label_longest_up=_longest(label_went, "up"),
        label_longest_down=_longest(label_went, "down"),
    )


def _point(
    member: Member | None, period: Period, number: str | None, labels: LabelStep | None
) -> TrendPoint:
    value = None if member is None or number is None else member.number(number)
    label = None if member is None or labels is None else member.label(labels.name)
    lacks = (number is not None and value is None) or (labels is not None and label is None)
    return TrendPoint(
        period=period,
        unit=None if member is None else member.unit,
        number=value,
        label=label,
        cause=cause_of(member) if lacks or member is None else None,
    )


def _change(before: TrendPoint, after: TrendPoint, labels: LabelStep | None) -> TrendChange:
    moved = None
    if before.number is not None and after.number is not None:
        moved = after.number - before.number
    return TrendChange(
        before=before.period,
        after=after.period,
        number=moved,
        labels=(before.label, after.label),
        label=_way(before.label, after.label, labels),
    )


def _way(before: str | None, after: str | None, labels: LabelStep | None) -> Direction | None:
    """Tell which way a label went; `None` where nothing can be said."""
    if labels is None or not labels.ordered or before is None or after is None:
        return None
    names = [name for name, _ in labels.labels]
    return _direction(names.index(after) - names.index(before))


def _longest(went: Sequence[Direction | None], direction: Direction) -> int:
    runs = (len(list(run)) for one, run in groupby(went) if one == direction)
    return max(runs, default=0)
