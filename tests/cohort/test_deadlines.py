"""Working days are counted from the day after the receipt."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort import PERMENPANRB_6_2022, DayLimit, WorkingDays, timing
from kinerja.errors import InputError

FIVE = WorkingDays(week="five_days")
SIX = WorkingDays(week="six_days")
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CALENDARS = st.builds(
    lambda week, holidays: WorkingDays(week=week, holidays=holidays),
    st.sampled_from(["five_days", "six_days"]),
    st.frozensets(DAYS, max_size=40),
)


def counted(calendar, after, until):
    """Count one day after the other."""
    worked = {"five_days": range(5), "six_days": range(6)}[calendar.week]
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(day.weekday() in worked and day not in calendar.holidays for day in days)


class TestCounting:
    def test_the_day_after_the_receipt_is_day_one(self):
        assert FIVE.count(date(2025, 1, 6), until=date(2025, 1, 6)) == 0
        assert FIVE.count(date(2025, 1, 6), until=date(2025, 1, 7)) == 1

    def test_saturday_is_worked_in_a_week_of_six_days(self):
        friday, saturday, sunday = (date(2025, 1, day) for day in (10, 11, 12))
        assert FIVE.count(friday, until=sunday) == 0
        assert SIX.count(friday, until=saturday) == 1
        assert SIX.count(friday, until=sunday) == 1

    def test_a_holiday_on_a_sunday_takes_no_day(self):
        with_holiday = WorkingDays(week="five_days", holidays=frozenset({date(2025, 1, 12)}))
        days = date(2025, 1, 6), date(2025, 1, 17)
        assert with_holiday.count(days[0], until=days[1]) == FIVE.count(days[0], until=days[1])

    def test_a_holiday_on_the_day_of_receipt_takes_no_day(self):
        monday = date(2025, 1, 6)
        calendar = WorkingDays(week="five_days", holidays=frozenset({monday}))
        assert calendar.count(monday, until=date(2025, 1, 10)) == 4

    @given(CALENDARS, DAYS, DAYS)
    def test_the_count_is_that_of_one_day_after_the_other(self, calendar, one, other):
        after, until = sorted((one, other))
        assert calendar.count(after, until=until) == counted(calendar, after, until)

    @given(CALENDARS, DAYS, st.integers(1, 30))
    def test_the_last_day_is_worked_and_uses_up_the_days(self, calendar, after, days):
        last = calendar.last_day(after, days=days)
        assert calendar.is_worked(last)
        assert counted(calendar, after, last) == days

    def test_the_end_is_not_before_the_beginning(self):
        with pytest.raises(InputError, match="KNJ853"):
            FIVE.count(date(2025, 1, 7), until=date(2025, 1, 6))

    def test_a_time_of_day_is_no_holiday(self):
        with pytest.raises(ValueError, match="holidays are dates"):
            WorkingDays(week="five_days", holidays=frozenset({datetime(2025, 1, 1)}))  # noqa: DTZ001

    def test_a_week_is_one_of_two(self):
        with pytest.raises(ValueError, match="five_days, six_days"):
            WorkingDays(week="four_days")


class TestLimits:
    """Keberatan paling lama 14 hari kerja, keputusan paling lama 7 hari kerja (Lampiran hlm. 117)."""

    def test_the_limits_carry_their_clause(self):
        filing, decision = PERMENPANRB_6_2022.filing, PERMENPANRB_6_2022.decision
        assert (filing.days, decision.days) == (14, 7)
        assert filing.basis.citation == "PermenPANRB 6/2022 Lampiran hlm. 117"

    def test_the_fourteenth_working_day_is_in_time_and_the_fifteenth_late(self):
        limit = PERMENPANRB_6_2022.filing
        since = date(2025, 1, 6)
        ends = [date(2025, 1, 24), date(2025, 1, 27)]
        found = [timing(since, on=day, limit=limit, calendar=FIVE) for day in ends]
        assert [one.taken for one in found] == [14, 15]
        assert [one.late for one in found] == [0, 1]
        assert [one.is_in_time for one in found] == [True, False]
        assert found[0].last == ends[0]

    def test_days_off_after_the_last_day_are_not_late(self):
        # The last day is a Friday; on the Saturday after it no working day has passed.
        limit = PERMENPANRB_6_2022.filing
        on_saturday = timing(date(2025, 1, 6), on=date(2025, 1, 25), limit=limit, calendar=FIVE)
        assert on_saturday.is_in_time

    @given(CALENDARS, DAYS, st.integers(0, 60))
    def test_late_means_after_the_last_day(self, calendar, since, more):
        limit = PERMENPANRB_6_2022.decision
        on = since + timedelta(days=more)
        found = timing(since, on=on, limit=limit, calendar=calendar)
        worked_after = counted(calendar, found.last, max(on, found.last))
        assert found.late == worked_after
        assert found.is_in_time == (worked_after == 0)

    def test_a_limit_has_a_day_at_least(self):
        with pytest.raises(ValueError, match="at least one day"):
            DayLimit(days=0, basis=PERMENPANRB_6_2022.filing.basis)
