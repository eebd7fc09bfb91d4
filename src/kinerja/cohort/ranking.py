"""Ranks, percentiles and the first of each unit.

What lives here: what a rank is where people are tied, and who stands before a cut. What never comes in:
conditions, rewards, words; the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Literal, TypeAlias, get_args

from kinerja.cohort.members import Member
from kinerja.cohort.ordering import Best, Criterion, Within, check_names, shares_of, tied_groups
from kinerja.errors import InputError, Issue, quoted
from kinerja.scorer import NumberStep

__all__ = [
    "AtCut",
    "Cut",
    "Place",
    "Ranking",
    "Ties",
    "UnitRanking",
    "cut_at",
    "places_of",
    "rank_members",
    "top",
]

Ties: TypeAlias = Literal["competition", "dense"]
AtCut: TypeAlias = Literal["all", "none", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person stands among those who are compared.

    Attributes:
        member: The person.
        rank: The rank, from 1.
        value: The number that decides.
        tied: People with this rank, this one among them.
        percentile: Share, from 0 to 1, of those compared whose number is worse, and half of those whose
            number is the same, this person among them.
    """

    member: Member
    rank: int
    value: Fraction
    tied: int
    percentile: Fraction

    @property
    def id(self) -> str | None:
        """The person's id."""
        return self.member.id


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRanking:
    """The ranks of one unit, or of all.

    Attributes:
        unit: The unit; `None` where the data name none, or where all are compared.
        places: Best first; those of one rank by id.
        missing: People without the number.
        refused: People whose record could not be used.
        unsettled: Ties in which a tie-breaker was not used, since somebody lacks its value.
    """

    unit: str | None
    places: tuple[Place, ...]
    missing: int
    refused: int
    unsettled: int

    @property
    def people(self) -> int:
        """Everybody, ranked or not."""
        return len(self.places) + self.missing + self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Ranks by a published number.

    Attributes:
        by: The number, and which end is best.
        then: Tie-breakers, the first one first.
        ties: How ranks go on after a tie.
        within: Who is compared: the people of each unit, or all.
        units: The ranks of each unit, in the order in which units first appear; a single one for all.
    """

    by: Criterion
    then: tuple[Criterion, ...]
    ties: Ties
    within: Within
    units: tuple[UnitRanking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Places, and those who stand before, at and behind the cut.

    Attributes:
        unit: The unit; `None` where the data name none, or where all are compared.
        places: How many places there are.
        at_cut: What becomes of people who tie for the last places.
        inside: Those who are in.
        tied: Those who tie for the last places and do not all fit, whatever becomes of them.
        outside: Those who are out.
    """

    unit: str | None
    places: int
    at_cut: AtCut
    inside: tuple[Place, ...]
    tied: tuple[Place, ...]
    outside: tuple[Place, ...]

    @property
    def waiting(self) -> tuple[Place, ...]:
        """Those of whom the leader has to choose; nobody unless `at_cut` is `open`."""
        return self.tied if self.at_cut == "open" else ()

    @property
    def contested(self) -> int:
        """Places that the tied would share; 0 where nobody ties at the cut."""
        if not self.tied:
            return 0
        sure = len(self.inside) - (len(self.tied) if self.at_cut == "all" else 0)
        return self.places - sure

    @property
    def unused(self) -> int:
        """Places that nobody takes; places that wait for the leader are not among them."""
        taken = len(self.inside) + (self.contested if self.at_cut == "open" else 0)
        return max(self.places - taken, 0)

    @property
    def beyond(self) -> int:
        """People who are in without a place of their own, since all of a tie came in."""
        return max(len(self.inside) - self.places, 0)


def rank_members(  # noqa: PLR0913 - what a rank depends on is named, each by its own word
    members: Iterable[Member],
    *,
    by: NumberStep,
    best: Best,
    ties: Ties,
    then: Sequence[Criterion] = (),
    within: Within = "all",
) -> Ranking:
    """Rank people by a published number.

    Who has no number is counted, not ranked. Who is tied after the last tie-breaker is tied: neither the
    order of the data nor the id decides.

    The percentile is the mid-rank one: of those ranked, the share with a worse number and half of the
    share with the same one; the mean of all is one half. It is the percentile rank of testing (SciPy's
    `percentileofscore` with `kind="mean"`). Tie-breakers do not move it, since it tells of the number.

    Args:
        members: The people, in any order.
        by: The number.
        best: Which end of it has rank 1.
        ties: `competition` leaves out as many ranks as people share one (1, 2, 2, 4); `dense` leaves out
            none (1, 2, 2, 3).
        then: Tie-breakers, the first one first; each settles only the ties in which all have its value.
        within: Whether people are compared with those of their unit or with all.

    Raises:
        InputError: A choice has a name that there is not.

    Examples:
        >>> from decimal import Decimal
        >>> from kinerja.words import Text
        >>> nilai = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=0)
        >>> people = [
        ...     Member(id=id, unit="A", values={"nilai": Decimal(points)})
        ...     for id, points in (("a", 80), ("b", 95), ("c", 80), ("d", 70))
        ... ]
        >>> found = rank_members(people, by=nilai, best="highest", ties="competition")
        >>> for place in found.units[0].places:
        ...     print(place.rank, place.id, place.value, place.percentile)
        1 b 95 7/8
        2 a 80 1/2
        2 c 80 1/2
        4 d 70 1/8
    """
    issues = check_names(
        {
            "best": (best, get_args(Best)),
            "ties": (ties, get_args(Ties)),
            "within": (within, get_args(Within)),
        }
    )
    if issues:
        raise InputError(issues)
    first = Criterion(step=by, best=best)
    units = tuple(
        _unit(unit, people, [first, *then], ties)
        for unit, people in shares_of(members, within).items()
    )
    return Ranking(by=first, then=tuple(then), ties=ties, within=within, units=units)


def _unit(
    unit: str | None, people: Sequence[Member], criteria: Sequence[Criterion], ties: Ties
) -> UnitRanking:
    known = [member for member in people if member.status != "refused"]
    places, unsettled = places_of(known, criteria, ties=ties)
    return UnitRanking(
        unit=unit,
        places=places,
        missing=len(known) - len(places),
        refused=len(people) - len(known),
        unsettled=unsettled,
    )


def places_of(
    people: Sequence[Member], criteria: Sequence[Criterion], *, ties: Ties
) -> tuple[tuple[Place, ...], int]:
    """Give the places of those who have the number, best first, and the number of unsettled ties."""
    groups, unsettled = tied_groups(people, criteria)
    total = sum(map(len, groups))
    found: list[Place] = []
    number = 0
    # Groups of one value stand side by side: it is the first criterion.
    for _, run in groupby(groups, key=lambda group: group[0][1]):
        same = list(run)
        count = sum(map(len, same))
        worse = total - len(found) - count
        percentile = Fraction(2 * worse + count, 2 * total)
        for group in same:
            number += 1
            rank = len(found) + 1 if ties == "competition" else number
            found += [
                Place(member=member, rank=rank, value=value, tied=len(group), percentile=percentile)
                for member, value in group
            ]
    return tuple(found), unsettled


def top(ranking: Ranking, *, n: int, at_cut: AtCut) -> tuple[Cut, ...]:
    """Give the first of each unit.

    Args:
        ranking: The ranks.
        n: Places in each unit, at least 1.
        at_cut: Where more people tie for the last places than there are: `all` of them come in, `none`
            of them, or it is left `open` and the leader decides.

    Raises:
        InputError: `n` is no whole number from 1 on, or `at_cut` has a name that there is not.

    Examples:
        >>> from decimal import Decimal
        >>> from kinerja.words import Text
        >>> nilai = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=0)
        >>> people = [
        ...     Member(id=id, unit="A", values={"nilai": Decimal(points)})
        ...     for id, points in (("a", 80), ("b", 95), ("c", 80), ("d", 70))
        ... ]
        >>> found = rank_members(people, by=nilai, best="highest", ties="competition")
        >>> [cut] = top(found, n=2, at_cut="open")
        >>> [place.id for place in cut.inside], [place.id for place in cut.waiting]
        (['b'], ['a', 'c'])
        >>> cut.contested
        1
    """
    issues = check_names({"at_cut": (at_cut, get_args(AtCut))})
    if not isinstance(n, int) or isinstance(n, bool) or n < 1:
        details = {"found": quoted(n), "expected": "1"}
        issues.append(Issue(code="KNJ864", path="n", details=details))
    if issues:
        raise InputError(issues)
    return tuple(
        cut_at(unit.places, places=n, at_cut=at_cut, unit=unit.unit) for unit in ranking.units
    )


def cut_at(ordered: Sequence[Place], *, places: int, at_cut: AtCut, unit: str | None) -> Cut:
    """Cut an order of people after a number of places.

    Args:
        ordered: Best first, with ranks.
        places: How many places there are; may be 0.
        at_cut: What becomes of people who tie for the last places.
        unit: Whose places they are.
    """
    start = end = places
    if 0 < places < len(ordered) and ordered[places - 1].rank == ordered[places].rank:
        rank = ordered[places].rank
        while start and ordered[start - 1].rank == rank:
            start -= 1
        while end < len(ordered) and ordered[end].rank == rank:
            end += 1
    tied = tuple(ordered[start:end])
    inside, outside = ordered[:start], ordered[end:]
    if at_cut == "all":
        inside = ordered[:end]
    elif at_cut == "none":
        outside = ordered[start:]
    return Cut(
        unit=unit,
        places=places,
        at_cut=at_cut,
        inside=tuple(inside),
        tied=tied,
        outside=tuple(outside),
    )
