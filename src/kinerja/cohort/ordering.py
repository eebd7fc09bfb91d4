"""The order of people: by which steps, which end is best, and who stays tied.

What lives here: criteria, and the groups of people that they cannot tell apart. What never comes in: ranks,
places, the order of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Final, Literal, TypeAlias, get_args

from kinerja.cohort.members import Member, by_unit
from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.scorer import LabelStep, NumberStep

__all__ = [
    "Best",
    "Criterion",
    "Within",
    "check_names",
    "common_numerators",
    "shares_of",
    "tied_groups",
]

Best: TypeAlias = Literal["highest", "lowest"]
Within: TypeAlias = Literal["all", "unit"]

#: Bits of a common denominator up to which whole numbers are compared in the place of fractions.
MAX_BITS: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A step that people are ordered by.

    Attributes:
        step: The step; labels need an order.
        best: Which end of it stands first.

    Raises:
        InputError: The labels of the step have no order, or `best` names no end.
    """

    step: NumberStep | LabelStep
    best: Best

    def __post_init__(self) -> None:
        """Refuse labels without order."""
        issues = check_names({"best": (self.best, get_args(Best))})
        if isinstance(self.step, LabelStep) and not self.step.ordered:
            issues.append(Issue(code="KNJ863", details={"found": quoted(self.step.name)}))
        if issues:
            raise InputError(issues)

    def value(self, member: Member) -> Fraction | None:
        """Give what a person is ordered by: the number, or the place of the label from the lowest."""
        if isinstance(self.step, NumberStep):
            return member.number(self.step.name)
        label = member.label(self.step.name)
        places = [name for name, _ in self.step.labels]
        return Fraction(places.index(label)) if label in places else None


def check_names(choices: Mapping[str, tuple[str, Sequence[str]]]) -> list[Issue]:
    """Find choices that name nothing there is.

    Args:
        choices: By parameter: what was named, and what there is.
    """
    return [
        unknown_name("KNJ867", parameter, str(named), known)
        for parameter, (named, known) in choices.items()
        if named not in known
    ]


def shares_of(members: Iterable[Member], within: Within) -> dict[str | None, list[Member]]:
    """Give those who are compared with each other: the people of each unit, or all."""
    return by_unit(members) if within == "unit" else {None: list(members)}


def tied_groups(
    members: Sequence[Member], criteria: Sequence[Criterion]
) -> tuple[list[list[tuple[Member, Fraction]]], int]:
    """Order people, best first; who cannot be told apart stands in one group.

    A tie-breaker settles a tie only where all who are tied have its value: a missing value is not the
    lowest one. Inside a group the order is that of the ids, so that it shows the same for any order of the
    data; it decides nothing.

    Args:
        members: People who have a value of the first criterion; others are left out.
        criteria: The steps, the deciding one first.

    Returns:
        The groups, each person with the value of the first criterion; and in how many ties a tie-breaker
        could not be used, since somebody lacks its value.
    """
    first, *others = criteria
    found = [(member, first.value(member)) for member in members]
    ranked = [(member, value) for member, value in found if value is not None]
    columns = [_keys([value for _, value in ranked], first.best)]
    columns += [_keys([one.value(member) for member, _ in ranked], one.best) for one in others]
    groups: list[list[int]] = []
    unsettled = _refine(list(range(len(ranked))), columns, groups)
    for group in groups:
        if len(group) > 1:
            group.sort(key=lambda place: _shown_order(ranked[place][0]))
    return [[ranked[place] for place in group] for group in groups], unsettled


def _refine(
    places: list[int], columns: Sequence[Sequence[Fraction | int | None]], groups: list[list[int]]
) -> int:
    if len(places) < 2 or not columns:  # noqa: PLR2004 - a tie takes two
        if places:
            groups.append(places)
        return 0
    column, *rest = columns
    keyed = [(key, place) for place in places if (key := column[place]) is not None]
    if len(keyed) < len(places):
        groups.append(places)
        return 1
    keyed.sort()
    return sum(
        _refine([place for _, place in run], rest, groups)
        for _, run in groupby(keyed, key=lambda pair: pair[0])
    )


def _shown_order(member: Member) -> tuple[bool, str, str]:
    return (member.id is None, member.id or "", member.unit or "")


def _keys(values: Sequence[Fraction | None], best: Best) -> Sequence[Fraction | int | None]:
    """Give keys that are least for the best."""
    keys = common_numerators(values)
    return keys if best == "lowest" else [None if key is None else -key for key in keys]


def common_numerators(values: Sequence[Fraction | None]) -> Sequence[Fraction | int | None]:
    """Give whole numbers in the order of the fractions, or the fractions where their denominator is long.

    Whole numbers are compared about ten times faster.

    Examples:
        >>> common_numerators([Fraction(1, 2), None, Fraction(1, 3)])
        [3, None, 2]
    """
    common = 1
    for denominator in {value.denominator for value in values if value is not None}:
        common = lcm(common, denominator)
        if common.bit_length() > MAX_BITS:
            return values
    return [
        None if value is None else value.numerator * (common // value.denominator)
        for value in values
    ]
