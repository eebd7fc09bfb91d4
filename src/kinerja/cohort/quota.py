"""A reward for so many: conditions first, then the order, then the cut.

What lives here: how many places there are, and who takes them. What never comes in: a change of a score, a
choice among people who are tied, words; why for one person, which stands in `quota_reasons`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from kinerja.cohort.conditions import Condition, HasNumber
from kinerja.cohort.members import Member
from kinerja.cohort.ordering import Best, Criterion, Within, check_names, shares_of
from kinerja.cohort.ranking import AtCut, Cut, Place, cut_at, places_of
from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import Rounding, RoundingMode
from kinerja.scorer import NumberStep

__all__ = [
    "Excluded",
    "Heads",
    "Quota",
    "Share",
    "UnitQuota",
    "reward_quota",
    "separated_by",
]

Base: TypeAlias = Literal["everyone", "eligible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """A number of places, the same for each unit.

    Attributes:
        count: The places.

    Raises:
        InputError: `count` is no whole number from 0 on.
    """

    count: int

    def __post_init__(self) -> None:
        """Refuse what is no number of heads."""
        _refuse(_not_heads("count", self.count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of heads.

    Attributes:
        share: The share, above 0 and at most 1.
        of: Of whom: `everyone` in the unit, refused records too, or those who are `eligible`.
        rounding: How the share of heads becomes a whole number.
        least: Places that a unit has at least, however small it is.

    Raises:
        InputError: The share, the rounding or `least` is none.
    """

    share: Fraction
    of: Base
    rounding: RoundingMode
    least: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no share of heads."""
        issues = check_names(
            {"of": (self.of, get_args(Base)), "rounding": (self.rounding, get_args(RoundingMode))}
        )
        if not 0 < self.share <= 1:
            details = {"found": quoted(str(self.share))}
            issues.append(Issue(code="KNJ865", path="share", details=details))
        _refuse([*issues, *_not_heads("least", self.least)])


def _not_heads(path: str, count: object) -> list[Issue]:
    if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
        return []
    return [Issue(code="KNJ864", path=path, details={"found": quoted(count), "expected": "0"})]


def _refuse(issues: Sequence[Issue]) -> None:
    if issues:
        raise InputError(issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """People who are not eligible for one reason, the first one that holds.

    Attributes:
        condition: The condition that they do not meet; `None`: the record could not be used.
        why: The condition `failed`, or what it asks about is `missing`.
        count: How many they are.
    """

    condition: Condition | None
    why: Literal["failed", "missing"]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitQuota:
    """The places of one unit, or of all, and who takes them.

    Attributes:
        unit: The unit; `None` where the data name none, or where the places are for all.
        heads: Everybody, refused records too.
        eligible: People who meet every condition and have the number.
        excluded: The others, by the first reason; in the order of the conditions.
        exact: The share of heads before it was rounded; `None` where the places are a number.
        cut: Who is in, at the cut and out, with ranks among the eligible.
        decided_by: The tie-breaker that separates the last one in from the first one out; `None` where
            their numbers differ, or one of the two is not there.
        unsettled: Ties in which a tie-breaker was not used, since somebody lacks its value.
    """

    unit: str | None
    heads: int
    eligible: int
    excluded: tuple[Excluded, ...]
    exact: Fraction | None
    cut: Cut
    decided_by: Criterion | None
    unsettled: int

    @property
    def places(self) -> int:
        """The places."""
        return self.cut.places

    @property
    def last_in(self) -> Fraction | None:
        """The number of the last one in; `None` where nobody is."""
        return self.cut.inside[-1].value if self.cut.inside else None

    @property
    def first_out(self) -> Fraction | None:
        """The number of the first one out; `None` where nobody eligible is."""
        return self.cut.outside[0].value if self.cut.outside else None

    @property
    def at_cut(self) -> Fraction | None:
        """The number at which the places end: that of those who tie for the last ones, else of the last in.

        An eligible person with a better number would be in; with this number the person would tie with
        others, and tie-breakers and `Cut.at_cut` would decide. `None` where no number decided: every
        eligible person is in, or there are no places.
        """
        if self.cut.tied:
            return self.cut.tied[0].value
        return self.last_in if self.cut.outside else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A reward for so many, and who takes the places.

    Attributes:
        by: The number that orders people, and which end is best.
        then: Tie-breakers, the first one first.
        conditions: What is asked of a person before anybody is compared.
        places: How many places there are.
        at_cut: What becomes of people who tie for the last places.
        within: Whether each unit has its places, or all share them.
        units: What became of each unit, in the order in which units first appear; a single one for all.
    """

    by: Criterion
    then: tuple[Criterion, ...]
    conditions: tuple[Condition, ...]
    places: Heads | Share
    at_cut: AtCut
    within: Within
    units: tuple[UnitQuota, ...]


def reward_quota(  # noqa: PLR0913 - what a cut depends on is named, each by its own word
    members: Iterable[Member],
    *,
    by: NumberStep,
    best: Best,
    places: Heads | Share,
    at_cut: AtCut,
    conditions: Sequence[Condition] = (),
    then: Sequence[Criterion] = (),
    within: Within = "unit",
) -> Quota:
    """Say who takes the places of a reward, and where the cut lies.

    First the conditions, then the order by the number and the tie-breakers, then the cut. No score is
    touched, and nobody is chosen among those who stay tied.

    Args:
        members: The people, in any order.
        by: The number that orders people.
        best: Which end of it stands first.
        places: How many places each unit has, or all together.
        at_cut: Where more people tie for the last places than there are: `all` of them come in, `none`
            of them, or it is left `open` and the leader decides.
        conditions: What is asked of a person before anybody is compared.
        then: Tie-breakers, the first one first; each settles only the ties in which all have its value.
        within: Whether each unit has its places, or all share them.

    Raises:
        InputError: A choice has a name that there is not.

    Examples:
        >>> from decimal import Decimal
        >>> from kinerja.words import Text
        >>> nilai = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=0)
        >>> people = [
        ...     Member(id=id, unit="A", values={"nilai": Decimal(points)})
        ...     for id, points in (("a", 80), ("b", 95), ("c", 82), ("d", 70), ("e", 71))
        ... ]
        >>> third = Share(share=Fraction(1, 3), of="everyone", rounding="half_up")
        >>> found = reward_quota(people, by=nilai, best="highest", places=third, at_cut="all")
        >>> [unit] = found.units
        >>> unit.exact, unit.places, [place.id for place in unit.cut.inside]
        (Fraction(5, 3), 2, ['b', 'c'])
        >>> unit.last_in, unit.first_out
        (Fraction(82, 1), Fraction(80, 1))
    """
    _refuse(
        check_names(
            {
                "best": (best, get_args(Best)),
                "at_cut": (at_cut, get_args(AtCut)),
                "within": (within, get_args(Within)),
            }
        )
    )
    asked = (*conditions, HasNumber(step=by))
    criteria = (Criterion(step=by, best=best), *then)
    units = tuple(
        _unit(unit, people, asked=asked, criteria=criteria, places=places, at_cut=at_cut)
        for unit, people in shares_of(members, within).items()
    )
    return Quota(
        by=criteria[0],
        then=criteria[1:],
        conditions=asked,
        places=places,
        at_cut=at_cut,
        within=within,
        units=units,
    )


def _unit(  # noqa: PLR0913 - the parts of a quota
    unit: str | None,
    people: Sequence[Member],
    *,
    asked: Sequence[Condition],
    criteria: Sequence[Criterion],
    places: Heads | Share,
    at_cut: AtCut,
) -> UnitQuota:
    why = [(member, _first_failed(member, asked)) for member in people]
    eligible = [member for member, reason in why if reason is None]
    counts = Counter(reason for _, reason in why if reason is not None)
    excluded = tuple(
        Excluded(condition=None if place < 0 else asked[place], why=what, count=counts[place, what])
        for place, what in sorted(counts)
    )
    ordered, unsettled = places_of(eligible, criteria, ties="competition")
    exact, count = _places(places, everyone=len(people), eligible=len(eligible))
    cut = cut_at(ordered, places=count, at_cut=at_cut, unit=unit)
    return UnitQuota(
        unit=unit,
        heads=len(people),
        eligible=len(eligible),
        excluded=excluded,
        exact=exact,
        cut=cut,
        decided_by=separated_by(cut.inside[-1:], cut.outside[:1], criteria[1:]),
        unsettled=unsettled,
    )


def _first_failed(
    member: Member, asked: Sequence[Condition]
) -> tuple[int, Literal["failed", "missing"]] | None:
    if member.status == "refused":
        return (-1, "missing")
    for place, condition in enumerate(asked):
        verdict = condition.verdict(member)
        if verdict != "met":
            return (place, verdict)
    return None


def _places(places: Heads | Share, *, everyone: int, eligible: int) -> tuple[Fraction | None, int]:
    if isinstance(places, Heads):
        return None, places.count
    share = places.share * (everyone if places.of == "everyone" else eligible)
    rounded = int(Rounding(digits=0, mode=places.rounding).apply(share))
    return share, max(rounded, places.least)


def separated_by(
    before: Sequence[Place], behind: Sequence[Place], then: Sequence[Criterion]
) -> Criterion | None:
    """Find the tie-breaker that puts one person before another whose number is the same."""
    for one, other in zip(before, behind, strict=False):
        if one.value != other.value:
            continue
        for criterion in then:
            values = criterion.value(one.member), criterion.value(other.member)
            if None not in values and values[0] != values[1]:
                return criterion
    return None
