"""The periods that people are looked at along.

What lives here: the parts of a year, and the results of each person by period. What never comes in: how the
periods of a year are joined, which is a rule of a policy (`over_periods`).
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from kinerja.cohort.members import Member
from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.scorer import LabelStep
from kinerja.values import Period

__all__ = ["Along", "GapCause", "along", "cause_of", "parts_of", "period_name"]

#: Why there is no value: nobody gave a result, the result lacks it, the record was refused, the person
#: belonged to no unit yet or any more.
GapCause = Literal["no_result", "incomplete", "refused", "not_employed"]

_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """One person along the periods.

    Attributes:
        id: Id of the person.
        members: What there is of each period, in the order of the periods; `None` where there is nothing.
    """

    id: str
    members: tuple[Member | None, ...]


def parts_of(period: Period, *, each: Literal["month", "quarter", "half", "year"]) -> list[Period]:
    """Cut a period into months, quarters, half-years or years of the calendar.

    Args:
        period: The period; it holds whole parts.
        each: What it is cut into.

    Raises:
        ValueError: The period does not hold whole parts.

    Examples:
        >>> [period_name(part) for part in parts_of(Period.parse("2025"), each="quarter")]
        ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4']
    """
    step = _MONTHS[each]
    parts: list[Period] = []
    first = period.first
    while first <= period.last and first.day == 1 and (first.month - 1) % step == 0:
        end = first.month + step - 1
        last = date(first.year, end, monthrange(first.year, end)[1])
        parts.append(Period(first, last))
        first = date(first.year + end // 12, end % 12 + 1, 1)
    if not parts or parts[-1].last != period.last:
        raise ValueError(f"{period_name(period)} does not hold whole parts ({each})")
    return parts


def period_name(period: Period) -> str:
    """Give the text that `Period.parse` reads; for other spans both days.

    Examples:
        >>> period_name(Period.parse("2024-Q3")), period_name(Period(date(2024, 1, 1), date(2024, 1, 9)))
        ('2024-Q3', '2024-01-01/2024-01-09')
    """
    first, last = period.first, period.last
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and months in _MONTHS.values() and (first.month - 1) % months == 0:
        place = (first.month - 1) // months + 1
        suffixes = {1: f"-{place:02}", 3: f"-Q{place}", 6: f"-H{place}", 12: ""}
        return f"{first.year}{suffixes[months]}"
    return f"{first}/{last}"


def along(
    members: Iterable[Member], *, periods: Sequence[Period], labels: LabelStep | None = None
) -> list[Along]:
    """Give each person along the periods.

    Args:
        members: What the policy says of each person in each period; results of other periods are passed
            over.
        periods: The periods, earliest first, without overlaps.
        labels: The step whose label is looked at; results of all periods have its labels.

    Returns:
        One for each person with a result in one of the periods, in the order in which they first appear.

    Raises:
        InputError: A result has no id or no period, a person has two results in one period, or a label that
            the step does not have. Where each unit gives a result of its own to somebody who moved,
            `YearItems` and `at_end` choose.
        ValueError: The periods overlap or are not in order.
    """
    places = {period: place for place, period in enumerate(in_order(periods))}
    found: dict[str, list[Member | None]] = {}
    kept = followed(members)
    issues = twice((member.id, period, None) for member, period in kept if period in places)
    issues += _unknown([one for one in kept if one[1] in places], labels)
    if issues:
        raise InputError(issues)
    for member, period in kept:
        if period in places:
            row = found.setdefault(member.id or "", [None] * len(places))
            row[places[period]] = member
    return [Along(id=person, members=tuple(row)) for person, row in found.items()]


def _unknown(kept: Iterable[tuple[Member, Period]], labels: LabelStep | None) -> list[Issue]:
    """Give an issue for each label that the step does not have, as another policy's would be."""
    if labels is None:
        return []
    known = [name for name, _ in labels.labels]
    found = dict.fromkeys(
        (period, label)
        for member, period in kept
        if (label := member.label(labels.name)) is not None and label not in known
    )
    return [unknown_name("KNJ839", period_name(period), label, known) for period, label in found]


def cause_of(member: Member | None) -> GapCause:
    """Tell why a value is missing."""
    if member is None:
        return "no_result"
    return "refused" if member.status == "refused" else "incomplete"


def in_order(periods: Sequence[Period]) -> Sequence[Period]:
    """Refuse periods that overlap or are not in order."""
    for before, after in pairwise(periods):
        if after.first <= before.last:
            raise ValueError(f"{period_name(after)} does not come after {period_name(before)}")
    return periods


def followed(members: Iterable[Member]) -> list[tuple[Member, Period]]:
    """Give each result with its period.

    Raises:
        InputError: A result has no id or no period, so that nobody can be followed.
    """
    found: list[tuple[Member, Period]] = []
    issues: list[Issue] = []
    for place, member in enumerate(members):
        if member.id is None or member.period is None:
            name = "id" if member.id is None else "period"
            issues.append(Issue(code="KNJ838", path=f"[{place}].{name}", details={"name": name}))
        else:
            found.append((member, member.period))
    if issues:
        raise InputError(issues)
    return found


def twice(keys: Iterable[tuple[str | None, Period, str | None]]) -> list[Issue]:
    """Give an issue for each person, period and unit that comes more than once."""
    return [
        Issue(
            code="KNJ837",
            details={"id": quoted(person), "period": period_name(period), "found": str(count)},
        )
        for (person, period, _), count in Counter(keys).items()
        if count > 1
    ]


def checked(choices: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    """Refuse a choice that has no such option.

    Args:
        choices: Name of the choice to the option taken and all there are.
    """
    for name, (taken, known) in choices.items():
        if taken not in known:
            raise ValueError(f"{name} must be one of {', '.join(known)}, got {taken!r}")
