"""Why a person takes a place of a reward or not.

What lives here: what one person lacked, in the terms of the quota. What never comes in: counsel on how to
get there, which explanations of a result give; words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from kinerja.cohort.conditions import Condition
from kinerja.cohort.members import Member
from kinerja.cohort.ordering import Best, Criterion
from kinerja.cohort.quota import Quota, UnitQuota, separated_by
from kinerja.cohort.ranking import Cut, Place
from kinerja.errors import InputError, Issue, quoted

__all__ = ["QuotaReason", "quota_reason"]

Decision: TypeAlias = Literal["in", "open", "out", "not_eligible", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReason:
    """Why a person is in or not.

    Attributes:
        id: The person's id.
        unit: The unit of the places that were looked at; `None` for all or where the data name none.
        decision: `in`; `open`: tied for the last places, the leader decides; `out`: the places were taken;
            `not_eligible`: a condition is not met; `refused`: the record could not be used.
        value: The person's number, or `None`.
        rank: Rank among the eligible; ranks are left out after a tie.
        tied: People with this rank, this one among them; 0 without a rank.
        ties_at_cut: The person ties for the last places with more people than there are places.
        at_cut: The number at which the places end; `None` where no number decided.
        short: What the number lacked to that one, 0 where it reaches it; `None` where no number decided,
            the person has none, is in, or ties for the last places.
        decided_by: The tie-breaker that put a person behind others with the same number; `None` where the
            number itself decided, or nothing could.
        failed: Every condition that is not met.
    """

    id: str | None
    unit: str | None
    decision: Decision
    value: Fraction | None
    rank: int | None = None
    tied: int = 0
    ties_at_cut: bool = False
    at_cut: Fraction | None = None
    short: Fraction | None = None
    decided_by: Criterion | None = None
    failed: tuple[tuple[Condition, Literal["failed", "missing"]], ...] = ()


def quota_reason(member: Member, *, quota: Quota) -> QuotaReason:
    """Say why a person is in or not.

    Args:
        member: The person, one of those that the quota was made of.
        quota: What came of the places.

    Raises:
        InputError: The quota was not made of this person.

    Examples:
        >>> from decimal import Decimal
        >>> from kinerja.cohort import Heads, reward_quota
        >>> from kinerja.scorer import NumberStep
        >>> from kinerja.words import Text
        >>> nilai = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=0)
        >>> people = [
        ...     Member(id=id, unit="A", values={"nilai": Decimal(points)})
        ...     for id, points in (("a", 80), ("b", 95), ("c", 82))
        ... ]
        >>> found = reward_quota(
        ...     people, by=nilai, best="highest", places=Heads(count=2), at_cut="all"
        ... )
        >>> why = quota_reason(people[0], quota=found)
        >>> why.decision, why.rank, why.at_cut, why.short
        ('out', 3, Fraction(82, 1), Fraction(2, 1))
    """
    unit = _unit_of(member, quota)
    value = quota.by.value(member)
    failed = _failed(member, quota.conditions)
    found = None if failed or member.status == "refused" else _place_of(member, unit.cut)
    if found is None:
        decision: Decision = "refused" if member.status == "refused" else "not_eligible"
        return QuotaReason(
            id=member.id,
            unit=unit.unit,
            decision=decision,
            value=value,
            at_cut=unit.at_cut,
            short=_short(value, unit.at_cut, quota.by.best),
            failed=() if decision == "refused" else failed,
        )
    place, decision = found
    ties = bool(unit.cut.tied) and unit.cut.tied[0].rank == place.rank
    return QuotaReason(
        id=member.id,
        unit=unit.unit,
        decision=decision,
        value=value,
        rank=place.rank,
        tied=place.tied,
        ties_at_cut=ties,
        at_cut=unit.at_cut,
        short=None if ties or decision == "in" else _short(value, unit.at_cut, quota.by.best),
        decided_by=_decided_by(place, unit.cut, quota.then) if decision == "out" else None,
    )


def _unit_of(member: Member, quota: Quota) -> UnitQuota:
    for unit in quota.units:
        if quota.within == "all" or unit.unit == member.unit:
            return unit
    raise InputError([_not_of(member)])


def _not_of(member: Member) -> Issue:
    return Issue(code="KNJ869", details={"found": quoted(member.id or "–")})


def _failed(
    member: Member, asked: Sequence[Condition]
) -> tuple[tuple[Condition, Literal["failed", "missing"]], ...]:
    verdicts = [(condition, condition.verdict(member)) for condition in asked]
    return tuple((condition, verdict) for condition, verdict in verdicts if verdict != "met")


def _place_of(member: Member, cut: Cut) -> tuple[Place, Decision]:
    parts: tuple[tuple[Decision, tuple[Place, ...]], ...] = (
        ("open", cut.waiting),
        ("in", cut.inside),
        ("out", cut.outside),
    )
    for decision, places in parts:
        for place in places:
            if place.member is member or place.member == member:
                return place, decision
    raise InputError([_not_of(member)])


def _short(value: Fraction | None, at_cut: Fraction | None, best: Best) -> Fraction | None:
    if value is None or at_cut is None:
        return None
    return max(at_cut - value if best == "highest" else value - at_cut, Fraction(0))


def _decided_by(place: Place, cut: Cut, then: Sequence[Criterion]) -> Criterion | None:
    return separated_by(cut.tied[-1:] or cut.inside[-1:], (place,), then)
