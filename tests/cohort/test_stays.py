"""Where a person was when, and what of a period falls to which unit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort import Stay, read_stays, shares
from kinerja.errors import InputError
from kinerja.values import Period

YEAR = Period.parse("2025")


def row(person, unit, first, last=None):
    return {"id": person, "unit": unit, "from": first, "to": last}


def codes(rows, **choices):
    with pytest.raises(InputError) as refused:
        read_stays(rows, period=YEAR, **choices)
    return [(issue.code, issue.path) for issue in refused.value.issues]


def counts(stays, period, **choices):
    found = shares(stays, period=period, **choices)
    return {part.unit: part.count for part in found.parts}, found.uncovered


class TestReading:
    def test_a_stay_ends_the_day_before_the_next_begins(self):
        rows = [row("P1", "B", "2025-08-16"), row("P1", "A", "2023-01-01")]
        assert read_stays(rows, period=YEAR) == {
            "P1": (
                Stay(unit="A", first=date(2023, 1, 1), last=date(2025, 8, 15)),
                Stay(unit="B", first=date(2025, 8, 16)),
            )
        }

    def test_days_are_dates_or_text_and_columns_have_any_name(self):
        rows = [{"nip": 7, "bidang": "A", "mulai": date(2025, 2, 1), "sampai": ""}]
        names = {"id": "nip", "unit": "bidang", "first": "mulai", "last": "sampai"}
        assert read_stays(rows, period=YEAR, **names) == {
            "7": (Stay(unit="A", first=date(2025, 2, 1)),)
        }

    def test_every_fault_is_told_at_once(self):
        rows = [
            row("P1", "A", "2025-03-01", "2025-02-01"),
            row("P2", "A", "2025-01-01"),
            row("P2", "B", "2025-05-01"),
            row("P2", "C", "2025-05-01"),
            row("P3", "A", "2025-01-01", "2025-06-30"),
            row("P3", "B", "2025-06-30"),
            row("P4", "A", "2025-01-01", "2025-06-30"),
            row("P4", "B", "2025-08-01"),
            row("P5", "A", "2023-01-01"),
            row("P5", "B", "2024-01-01"),
            row("", "A", "01/02/2025"),
        ]
        assert sorted(codes(rows)) == [
            ("KNJ830", "[10].from"),
            ("KNJ830", "[10].id"),
            ("KNJ831", "[0].to"),
            ("KNJ832", "[3]"),
            ("KNJ833", "[5]"),
            ("KNJ834", "[7]"),
            ("KNJ835", "[8]"),
        ]

    def test_a_long_stay_overlaps_every_later_one_that_it_reaches(self):
        rows = [
            row("P1", "A", "2025-01-01", "2025-12-31"),
            row("P1", "B", "2025-02-01", "2025-02-28"),
            row("P1", "C", "2025-06-01"),
        ]
        assert codes(rows, gaps="tell") == [("KNJ833", "[1]"), ("KNJ833", "[2]")]

    def test_a_gap_before_the_period_is_no_fault_of_it(self):
        rows = [
            row("P1", "A", "2023-01-01", "2023-12-31"),
            row("P1", "B", "2024-03-01"),
        ]
        found = read_stays(rows, period=YEAR, outside="leave_out")
        assert [stay.unit for stay in found["P1"]] == ["B"]

    def test_gaps_and_stays_outside_may_be_told_instead_of_refused(self):
        rows = [
            row("P1", "Z", "2020-01-01", "2024-12-31"),
            row("P1", "A", "2025-01-01", "2025-06-30"),
            row("P1", "B", "2025-08-01"),
            row("P2", "Z", "2020-01-01", "2024-12-31"),
        ]
        stays = read_stays(rows, period=YEAR, gaps="tell", outside="leave_out")
        assert list(stays) == ["P1"]
        assert counts(stays["P1"], YEAR, by="days") == ({"A": 181, "B": 153}, 31)

    def test_a_stay_that_begins_long_before_is_no_fault(self):
        assert read_stays([row("P1", "A", "1999-01-01")], period=YEAR)["P1"][0].unit == "A"

    def test_words_say_what_is_wrong(self):
        with pytest.raises(InputError, match="masih di unit lain sampai 2025-06-30"):
            read_stays(
                [row("P3", "A", "2025-01-01", "2025-06-30"), row("P3", "B", "2025-06-30")],
                period=YEAR,
            )

    def test_a_choice_without_such_an_option_is_refused(self):
        with pytest.raises(ValueError, match="gaps must be one of refuse, tell"):
            read_stays([], period=YEAR, gaps="ignore")
        with pytest.raises(ValueError, match="by must be one of"):
            shares([], period=YEAR, by="day")


class TestDays:
    @pytest.mark.parametrize(("text", "days"), [("2024-02", 29), ("2023-02", 28), ("2024", 366)])
    def test_leap_years_have_a_day_more(self, text, days):
        stays = [Stay(unit="A", first=date(2020, 1, 1))]
        assert counts(stays, Period.parse(text), by="days") == ({"A": days}, 0)

    def test_a_move_on_the_first_day_leaves_nothing_to_the_old_unit(self):
        stays = [
            Stay(unit="A", first=date(2020, 1, 1), last=date(2024, 12, 31)),
            Stay(unit="B", first=date(2025, 1, 1)),
        ]
        assert counts(stays, YEAR, by="days") == ({"B": 365}, 0)

    def test_a_move_on_the_last_day_leaves_one_day_to_the_new_unit(self):
        stays = [
            Stay(unit="A", first=date(2020, 1, 1), last=date(2025, 12, 30)),
            Stay(unit="B", first=date(2025, 12, 31)),
        ]
        assert counts(stays, YEAR, by="days") == ({"A": 364, "B": 1}, 0)
        assert counts(stays, YEAR, by="months", month="last_day") == ({"A": 11, "B": 1}, 0)
        assert counts(stays, YEAR, by="months", month="first_day") == ({"A": 12, "B": 0}, 0)

    def test_a_stay_of_one_day_is_one_day(self):
        one = Stay(unit="A", first=date(2024, 2, 29), last=date(2024, 2, 29))
        assert counts([one], Period.parse("2024-Q1"), by="days") == ({"A": 1}, 90)

    def test_who_comes_back_has_one_share_with_two_spans(self):
        stays = [
            Stay(unit="A", first=date(2025, 1, 1), last=date(2025, 1, 10)),
            Stay(unit="B", first=date(2025, 1, 11), last=date(2025, 1, 20)),
            Stay(unit="A", first=date(2025, 1, 21)),
        ]
        found = shares(stays, period=Period.parse("2025-01"), by="days")
        assert [(one.unit, one.count, len(one.spans)) for one in found.parts] == [
            ("A", 21, 2),
            ("B", 10, 1),
        ]

    def test_overlapping_stays_are_refused(self):
        stays = [Stay(unit="A", first=date(2025, 1, 1)), Stay(unit="B", first=date(2025, 2, 1))]
        with pytest.raises(ValueError, match="overlap"):
            shares(stays, period=YEAR, by="days")

    def test_a_stay_never_ends_before_it_begins(self):
        with pytest.raises(ValueError, match="before it begins"):
            Stay(unit="A", first=date(2025, 2, 1), last=date(2025, 1, 31))


class TestMonths:
    MOVED = (
        Stay(unit="A", first=date(2025, 1, 1), last=date(2025, 6, 15)),
        Stay(unit="B", first=date(2025, 6, 16)),
    )

    @pytest.mark.parametrize(
        ("month", "expected"),
        [
            ("first_day", {"A": 3, "B": 0}),
            ("last_day", {"A": 2, "B": 1}),
            # June has 15 days in each of the two units.
            ("most_days_earlier", {"A": 3, "B": 0}),
            ("most_days_later", {"A": 2, "B": 1}),
        ],
    )
    def test_a_month_belongs_to_the_unit_that_is_named(self, month, expected):
        quarter = Period.parse("2025-Q2")
        assert counts(self.MOVED, quarter, by="months", month=month) == (expected, 0)

    def test_the_days_of_a_unit_in_a_month_are_added_up(self):
        stays = [
            Stay(unit="A", first=date(2025, 1, 1), last=date(2025, 1, 8)),
            Stay(unit="B", first=date(2025, 1, 9), last=date(2025, 1, 20)),
            Stay(unit="A", first=date(2025, 1, 21)),
        ]
        month = Period.parse("2025-01")
        assert counts(stays, month, by="months", month="most_days_later") == ({"A": 1, "B": 0}, 0)

    @pytest.mark.parametrize(
        ("month", "covered"), [("first_day", 2), ("last_day", 3), ("most_days_earlier", 3)]
    )
    def test_a_month_in_which_somebody_came_counts_by_the_named_rule(self, month, covered):
        stays = [Stay(unit="A", first=date(2025, 1, 30))]
        found = shares(stays, period=Period.parse("2025-Q1"), by="months", month=month)
        assert (found.covered, found.uncovered) == (covered, 3 - covered)

    def test_months_of_half_a_month_cannot_be_counted(self):
        with pytest.raises(InputError) as refused:
            shares([], period=Period(date(2025, 1, 1), date(2025, 2, 14)), by="months")
        assert [issue.code for issue in refused.value.issues] == ["KNJ836"]


@st.composite
def chains(draw):
    """Stays one after another, some with a gap behind them; and how many days the gaps have."""
    day = date(2023, 12, 1)
    stays, gap_days = [], set()
    for _ in range(draw(st.integers(1, 6))):
        last = day + timedelta(days=draw(st.integers(0, 300)))
        stays.append(Stay(unit=draw(st.sampled_from("ABC")), first=day, last=last))
        gap = draw(st.sampled_from((0, 0, 1, 40)))
        gap_days |= {last + timedelta(days=one) for one in range(1, gap + 1)}
        day = last + timedelta(days=gap + 1)
    return stays, gap_days


@given(chains(), st.sampled_from(("2024", "2024-Q1", "2024-02", "2025")))
def test_days_are_those_that_a_calendar_counts(chain, text):
    stays, _ = chain
    period = Period.parse(text)
    expected: dict[str, int] = {}
    uncovered = 0
    for place in range(period.days):
        day = period.first + timedelta(days=place)
        here = [stay.unit for stay in stays if stay.first <= day <= stay.last]
        assert len(here) <= 1
        uncovered += not here
        for unit in here:
            expected[unit] = expected.get(unit, 0) + 1
    assert counts(stays, period, by="days") == (expected, uncovered)


@given(chains(), st.sampled_from(("first_day", "last_day", "most_days_earlier", "most_days_later")))
def test_months_and_the_uncovered_rest_are_the_months_of_the_period(chain, month):
    found = shares(chain[0], period=Period.parse("2024"), by="months", month=month)
    assert found.covered + found.uncovered == 12
    assert all(part.count >= 0 for part in found.parts)


@given(chains())
def test_stays_without_gaps_cover_the_whole_period(chain):
    stays, gap_days = chain
    period = Period(stays[0].first, stays[-1].last)
    found = shares(stays, period=period, by="days")
    assert found.covered == period.days - len(gap_days & set(_days(period)))


def _days(period):
    return (period.first + timedelta(days=place) for place in range(period.days))


@given(chains())
def test_what_is_read_is_what_was_written(chain):
    stays, _ = chain
    rows = [row("P1", stay.unit, str(stay.first), str(stay.last)) for stay in reversed(stays)]
    period = Period(stays[0].first, stays[-1].last)
    assert read_stays(rows, period=period, gaps="tell") == {"P1": tuple(stays)}
