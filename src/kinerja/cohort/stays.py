"""Where a person was when.

What lives here: stays in units, read from rows of moves; the days and months of a period that fall to each
unit. What never comes in: results, what follows from a move.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final, Literal, TypeAlias, get_args

from kinerja.cohort.periods import checked
from kinerja.errors import InputError, Issue, quoted
from kinerja.values import Period

__all__ = ["MonthRule", "Stay", "StayShares", "UnitShare", "read_stays", "shares"]

#: Whose a month is: the unit of its first day, of its last day, or the one with most of its days; where two
#: have as many, the earlier or the later of them.
MonthRule: TypeAlias = Literal["first_day", "last_day", "most_days_earlier", "most_days_later"]

_DAY: Final = timedelta(days=1)
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """The days that a person belongs to a unit.

    Attributes:
        unit: The unit.
        first: First day in it.
        last: Last day in it; `None` while nothing says that it ends.
    """

    unit: str
    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        """Refuse a stay that ends before it begins."""
        if self.last is not None and self.last < self.first:
            raise ValueError(f"the stay ends ({self.last}) before it begins ({self.first})")

    def inside(self, period: Period) -> Period | None:
        """Give the days of the stay inside a period; `None` where there are none."""
        first = max(self.first, period.first)
        last = period.last if self.last is None else min(self.last, period.last)
        return Period(first, last) if first <= last else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitShare:
    """What falls to one unit.

    Attributes:
        unit: The unit.
        count: Whole days or months.
        spans: The days of the period in that unit, one span a stay.
    """

    unit: str
    count: int
    spans: tuple[Period, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StayShares:
    """What of a period falls to which unit.

    Attributes:
        period: The period.
        by: What is counted, `days` or `months`.
        parts: One for each unit, in the order in which the person first came to it. A unit to which no
            month falls has the count 0.
        whole: Days or months of the period.
    """

    period: Period
    by: Literal["days", "months"]
    parts: tuple[UnitShare, ...]
    whole: int

    @property
    def covered(self) -> int:
        """Days or months that fall to a unit."""
        return sum(part.count for part in self.parts)

    @property
    def uncovered(self) -> int:
        """Days or months in which the person was nowhere that is known."""
        return self.whole - self.covered


def read_stays(  # noqa: PLR0913 - the names of four columns, and two named choices
    rows: Iterable[Mapping[str, object]],
    *,
    period: Period,
    id: str = "id",  # noqa: A002 - the name the data use
    unit: str = "unit",
    first: str = "from",
    last: str = "to",
    gaps: Literal["refuse", "tell"] = "refuse",
    outside: Literal["refuse", "leave_out"] = "refuse",
) -> dict[str, tuple[Stay, ...]]:
    """Read moves: one row for each unit that a person came to.

    A row without a last day ends the day before the next row of the same person begins.

    Args:
        rows: The rows; days as `date` or as text such as `2025-07-01`.
        period: The period that the stays are read for.
        id: Name of the column of the person.
        unit: Name of the column of the unit.
        first: Name of the column of the first day in the unit.
        last: Name of the column of the last day; it may be absent or empty.
        gaps: What a gap between two stays inside the period is: `refuse` takes it for a fault, `tell`
            for days without a unit, which `shares` tells as uncovered.
        outside: What a stay without a day in the period is: `refuse` takes it for a fault, `leave_out`
            leaves it out.

    Returns:
        The stays of each person, earliest first.

    Raises:
        InputError: A cell cannot be used; a stay ends before it begins; two begin on one day; two overlap;
            and what `gaps` and `outside` refuse. Every fault at once.

    Examples:
        >>> rows = [
        ...     {"id": "P1", "unit": "A", "from": "2025-01-01"},
        ...     {"id": "P1", "unit": "B", "from": "2025-08-16"},
        ... ]
        >>> stays = read_stays(rows, period=Period.parse("2025"))
        >>> [(stay.unit, str(stay.last)) for stay in stays["P1"]]
        [('A', '2025-08-15'), ('B', 'None')]
    """
    checked({"gaps": (gaps, ("refuse", "tell")), "outside": (outside, ("refuse", "leave_out"))})
    issues: list[Issue] = []
    found: defaultdict[str, list[_Row]] = defaultdict(list)
    for place, row in enumerate(rows):
        path = f"[{place}]"
        person, name = _text(row, id, path, issues), _text(row, unit, path, issues)
        start = _day(row.get(first), f"{path}.{first}", issues, may_lack=False)
        end = _day(row.get(last), f"{path}.{last}", issues, may_lack=True)
        if start is not None and end is not None and end < start:
            details = {"found": str(end), "first": str(start)}
            issues.append(Issue(code="KNJ831", path=f"{path}.{last}", details=details))
            continue
        if person is not None and name is not None and start is not None:
            found[person].append(_Row(path, name, start, end))
    stays = {
        person: tuple(
            stay
            for path, stay in _in_order(person, of_person, period, gaps, issues)
            if _is_inside(person, stay, path, period, outside, issues)
        )
        for person, of_person in found.items()
    }
    if issues:
        raise InputError(issues)
    return {person: of_person for person, of_person in stays.items() if of_person}


def shares(
    stays: Sequence[Stay],
    *,
    period: Period,
    by: Literal["days", "months"],
    month: MonthRule = "last_day",
) -> StayShares:
    """Count what of a period falls to which unit.

    Args:
        stays: The stays of one person, without overlaps, as `read_stays` gives them.
        period: The period; it holds whole months where months are counted.
        by: `days` or `months`.
        month: Whose a month is, where months are counted. No regulation that was read says so; it is the
            agency's own choice. A day on which the person was nowhere gives its month to nobody under
            `first_day` and `last_day`; under `most_days_…` only days in a unit are counted.

    Returns:
        Whole numbers, whose sum and the uncovered rest are the days or months of the period.

    Raises:
        InputError: Months are counted and the period does not hold whole months.
        ValueError: Two stays overlap.

    Examples:
        >>> stays = [
        ...     Stay(unit="A", first=date(2024, 1, 1), last=date(2024, 2, 29)),
        ...     Stay(unit="B", first=date(2024, 3, 1)),
        ... ]
        >>> quarter = Period.parse("2024-Q1")
        >>> [(part.unit, part.count) for part in shares(stays, period=quarter, by="days").parts]
        [('A', 60), ('B', 31)]
        >>> [(part.unit, part.count) for part in shares(stays, period=quarter, by="months").parts]
        [('A', 2), ('B', 1)]
    """
    checked({"by": (by, ("days", "months")), "month": (month, get_args(MonthRule))})
    ordered = sorted(stays, key=lambda stay: stay.first)
    for before, after in pairwise(ordered):
        if before.last is None or before.last >= after.first:
            raise ValueError(f"the stays from {before.first} and {after.first} overlap")
    spans: dict[str, list[Period]] = {}
    for stay in ordered:
        span = stay.inside(period)
        if span is not None:
            spans.setdefault(stay.unit, []).append(span)
    if by == "days":
        counts = {unit: sum(span.days for span in of_unit) for unit, of_unit in spans.items()}
        whole = period.days
    else:
        whole = _count_months(period)
        # Most people stay where they are; their months need not be looked at one by one.
        if list(spans.values()) == [[period]]:
            counts = dict.fromkeys(spans, whole)
        else:
            owners = [_owner(spans, one, month) for one in _months(period)]
            counts = {unit: owners.count(unit) for unit in spans}
    parts = tuple(
        UnitShare(unit=unit, count=counts[unit], spans=tuple(of_unit))
        for unit, of_unit in spans.items()
    )
    return StayShares(period=period, by=by, parts=parts, whole=whole)


# Reading.


@dataclass(frozen=True, slots=True)
class _Row:
    path: str
    unit: str
    first: date
    last: date | None


def _text(row: Mapping[str, object], name: str, path: str, issues: list[Issue]) -> str | None:
    value = row.get(name)
    text = str(value).strip() if isinstance(value, str | int) else ""
    if text and not isinstance(value, bool):
        return text
    details = {"name": name, "found": quoted("" if value is None else value)}
    issues.append(Issue(code="KNJ830", path=f"{path}.{name}", details=details))
    return None


def _day(value: object, path: str, issues: list[Issue], *, may_lack: bool) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else value
    if may_lack and text in (None, ""):
        return None
    if isinstance(text, str) and _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    name = path.rpartition(".")[2]
    details = {"name": name, "found": quoted("" if value is None else value)}
    issues.append(Issue(code="KNJ830", path=path, details=details))
    return None


def _in_order(
    person: str, rows: list[_Row], period: Period, gaps: str, issues: list[Issue]
) -> Iterator[tuple[str, Stay]]:
    rows = sorted(rows, key=lambda row: row.first)
    reached = date.min
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        last = row.last
        if after is not None:
            reached = max(reached, row.last or date.min)
            details = {"id": quoted(person), "found": str(after.first)}
            if after.first == row.first:
                issues.append(Issue(code="KNJ832", path=after.path, details=details))
                continue
            if reached >= after.first:
                details["last"] = str(reached)
                issues.append(Issue(code="KNJ833", path=after.path, details=details))
                last = after.first - _DAY
            last = last or after.first - _DAY
            out = (max(last + _DAY, period.first), min(after.first - _DAY, period.last))
            if gaps == "refuse" and row.last is not None and out[0] <= out[1]:
                details["found"] = f"{out[0]} – {out[1]}"
                issues.append(Issue(code="KNJ834", path=after.path, details=details))
        yield row.path, Stay(unit=row.unit, first=row.first, last=last)


def _is_inside(  # noqa: PLR0913, PLR0917 - all of one stay
    person: str, stay: Stay, path: str, period: Period, outside: str, issues: list[Issue]
) -> bool:
    if stay.inside(period) is not None:
        return True
    if outside == "refuse":
        details = {
            "id": quoted(person),
            "unit": quoted(stay.unit),
            "found": f"{stay.first} – {stay.last or '…'}",
            "expected": f"{period.first} – {period.last}",
        }
        issues.append(Issue(code="KNJ835", path=path, details=details))
    return False


# Months.


def _count_months(period: Period) -> int:
    last_day = monthrange(period.last.year, period.last.month)[1]
    if period.first.day != 1 or period.last.day != last_day:
        details = {"found": f"{period.first} – {period.last}"}
        raise InputError([Issue(code="KNJ836", details=details)])
    return 12 * (period.last.year - period.first.year) + period.last.month - period.first.month + 1


def _months(period: Period) -> Iterator[Period]:
    first = period.first
    while first <= period.last:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        yield Period(first, last)
        first = last + _DAY


def _owner(spans: Mapping[str, Sequence[Period]], month: Period, rule: MonthRule) -> str | None:
    """Find the unit that a month falls to."""
    if rule in ("first_day", "last_day"):
        day = month.first if rule == "first_day" else month.last
        here = (
            unit
            for unit, of_unit in spans.items()
            if any(span.first <= day <= span.last for span in of_unit)
        )
        return next(here, None)
    inside = [
        (unit, cut)
        for unit, of_unit in spans.items()
        for span in of_unit
        if (cut := Stay(unit=unit, first=span.first, last=span.last).inside(month)) is not None
    ]
    days: dict[str, int] = {}
    for unit, cut in sorted(inside, key=lambda one: one[1].first):
        days[unit] = days.get(unit, 0) + cut.days
    most = max(days.values(), default=0)
    units = [unit for unit, count in days.items() if count == most]
    if rule == "most_days_earlier":
        return next(iter(units), None)
    return next(reversed(units), None)
