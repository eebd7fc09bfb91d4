"""Working days between two dates, and whether something came in time.

What lives here: the working week, holidays that the caller gives, numbers of days with their clause. What
never comes in: a calendar of any country, the clock.

Days are counted as offices count them: the day after the receipt is day 1, and a day that is not worked
does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, get_args

from kinerja.errors import InputError, Issue
from kinerja.values import LegalBasis

__all__ = [
    "PERMENPANRB_6_2022",
    "AppealLimits",
    "DayLimit",
    "Timing",
    "WorkingDays",
    "WorkingWeek",
    "timing",
]

#: Monday to Friday, or Monday to Saturday.
WorkingWeek: TypeAlias = Literal["five_days", "six_days"]

_WORKED: Final[dict[str, int]] = {"five_days": 5, "six_days": 6}
_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days are worked.

    Attributes:
        week: `five_days` (Monday to Friday) or `six_days` (Monday to Saturday).
        holidays: Days that are not worked although the week has them, such as the national holidays and
            cuti bersama of the years in question.

    Examples:
        >>> calendar = WorkingDays(week="five_days", holidays=frozenset({date(2025, 1, 27)}))
        >>> calendar.count(date(2025, 1, 24), until=date(2025, 1, 31))
        4
        >>> calendar.last_day(date(2025, 1, 24), days=7).isoformat()
        '2025-02-05'
    """

    week: WorkingWeek
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse an unknown week, and holidays that are no plain dates."""
        if self.week not in get_args(WorkingWeek):
            msg = f"no working week: {self.week!r}; there are: {', '.join(get_args(WorkingWeek))}"
            raise ValueError(msg)
        # A datetime equals no date, so it would be a holiday that never counts.
        odd = [day for day in self.holidays if type(day) is not date]
        if odd:
            msg = f"holidays are dates, found {odd[0]!r}"
            raise ValueError(msg)

    def is_worked(self, day: date) -> bool:
        """Tell whether a day is worked."""
        return day.weekday() < _WORKED[self.week] and day not in self.holidays

    def count(self, after: date, *, until: date) -> int:
        """Count working days; the day after `after` is day 1.

        Args:
            after: The day of receipt, which is not counted.
            until: The last day that is counted where it is worked.

        Raises:
            InputError: `until` lies before `after`.
        """
        if until < after:
            details = {"found": until.isoformat(), "expected": after.isoformat()}
            raise InputError([Issue(code="KNJ853", path="until", details=details)])
        weeks, rest = divmod((until - after).days, _WEEK)
        days = weeks * _WORKED[self.week]
        days += sum(
            (after.weekday() + place) % _WEEK < _WORKED[self.week] for place in range(1, rest + 1)
        )
        off = (d for d in self.holidays if after < d <= until)
        return days - sum(day.weekday() < _WORKED[self.week] for day in off)

    def last_day(self, after: date, *, days: int) -> date:
        """Give the working day on which a number of working days is used up.

        Args:
            after: The day of receipt, which is not counted.
            days: How many working days there are, at least 1.
        """
        day = after
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_worked(day)
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLimit:
    """A number of working days, and where it is written.

    Attributes:
        days: Most working days.
        basis: The regulation.
    """

    days: int
    basis: LegalBasis

    def __post_init__(self) -> None:
        """Refuse fewer days than one."""
        if self.days < 1:
            msg = f"a limit has at least one day, found {self.days}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLimits:
    """The limits of an appeal.

    Attributes:
        filing: From the day on which the person received the result to the appeal.
        decision: From the appeal to the decision.
    """

    filing: DayLimit
    decision: DayLimit


_PAGE_117: Final = LegalBasis(
    title="PermenPANRB 6/2022",
    clause="Lampiran hlm. 117",
    status="primary",
    source="naskah lengkap edisi JDIH Kementerian PANRB",
)
#: Keberatan at most 14 working days after the receipt, decision at most 7 after the keberatan (p. 117).
PERMENPANRB_6_2022: Final = AppealLimits(
    filing=DayLimit(days=14, basis=_PAGE_117),
    decision=DayLimit(days=7, basis=_PAGE_117),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When something came, against its limit.

    Attributes:
        since: The day from which is counted, itself not counted.
        on: The day on which it came.
        taken: Working days used; the day after `since` is day 1.
        last: The last day that is in time.
        limit: The limit.
    """

    since: date
    on: date
    taken: int
    last: date
    limit: DayLimit

    @property
    def is_in_time(self) -> bool:
        """Whether it came by the last day; days off after it count as in time while no day was worked."""
        return self.taken <= self.limit.days

    @property
    def late(self) -> int:
        """Working days beyond the limit; 0 when in time."""
        return max(self.taken - self.limit.days, 0)


def timing(since: date, *, on: date, limit: DayLimit, calendar: WorkingDays) -> Timing:
    """Tell how many working days something took; lateness is told, never refused.

    Args:
        since: The day of receipt, not counted.
        on: The day on which it came.
        limit: How many working days there are.
        calendar: Which days are worked.

    Raises:
        InputError: `on` lies before `since`.

    Examples:
        >>> calendar = WorkingDays(week="five_days")
        >>> found = timing(
        ...     date(2025, 1, 6),
        ...     on=date(2025, 1, 28),
        ...     limit=PERMENPANRB_6_2022.filing,
        ...     calendar=calendar,
        ... )
        >>> found.taken, found.late, found.last.isoformat()
        (16, 2, '2025-01-24')
    """
    return Timing(
        since=since,
        on=on,
        taken=calendar.count(since, until=on),
        last=calendar.last_day(since, days=limit.days),
        limit=limit,
    )
