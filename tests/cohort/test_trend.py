"""Which way a number and a label go along the periods."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort import (
    Member,
    along,
    parts_of,
    period_name,
    runs,
    slope,
    trends,
    unit_moves,
    units_along,
)
from kinerja.errors import InputError
from kinerja.scorer import LabelStep
from kinerja.values import Period
from kinerja.words import Text

QUARTERS = parts_of(Period.parse("2025"), each="quarter")
NAMES = ("kurang", "cukup", "baik")
LABELS = LabelStep(
    name="predikat",
    title=Text.same("predikat"),
    labels=tuple((name, Text.same(name)) for name in NAMES),
    ordered=True,
)


def member(person, period, number=None, label=None, *, unit="A", status="complete"):
    values = {"nilai": None if number is None else Decimal(number), "predikat": label}
    return Member(id=person, unit=unit, period=period, status=status, values=values)


def row(*numbers, person="P1"):
    """A person along the quarters; `None` for no result."""
    return [
        member(person, period, number)
        for period, number in zip(QUARTERS, numbers, strict=True)
        if number is not None
    ]


def trend_of(*numbers):
    [found] = trends(row(*numbers), periods=QUARTERS, number="nilai")
    return found


class TestPeriods:
    def test_a_year_is_cut_into_parts_of_the_calendar(self):
        year = Period.parse("2024")
        names = [period_name(part) for part in parts_of(year, each="month")]
        assert names == [f"2024-{month:02}" for month in range(1, 13)]
        assert sum(part.days for part in parts_of(year, each="half")) == 366
        assert parts_of(year, each="year") == [year]

    def test_parts_that_are_not_whole_are_refused(self):
        with pytest.raises(ValueError, match="whole parts"):
            parts_of(Period.parse("2024-Q1"), each="half")
        with pytest.raises(ValueError, match="whole parts"):
            parts_of(Period.parse("2024-02"), each="quarter")

    @given(st.sampled_from([""] + [f"-{x}" for x in ("H1", "H2", "Q1", "Q4", "01", "12")]))
    def test_a_name_is_what_a_period_is_read_from(self, part):
        assert period_name(Period.parse(f"2024{part}")) == f"2024{part}"

    def test_two_results_in_one_period_are_refused(self):
        twice = [member("P1", QUARTERS[0], "80"), member("P1", QUARTERS[0], "90", unit="B")]
        with pytest.raises(InputError) as refused:
            along(twice, periods=QUARTERS)
        assert [issue.code for issue in refused.value.issues] == ["KNJ837"]
        assert "2025-Q1" in str(refused.value)

    def test_periods_out_of_order_are_refused(self):
        with pytest.raises(ValueError, match="does not come after"):
            along([], periods=[QUARTERS[0], QUARTERS[0]])


class TestNumbers:
    def test_each_change_is_against_the_period_before(self):
        found = trend_of("80", "84.5", "84.5", "83")
        assert [change.number for change in found.changes] == [Fraction(9, 2), 0, Fraction(-3, 2)]
        assert found.first_to_last == 3
        assert (found.longest_up, found.longest_down) == (1, 1)

    def test_a_missing_period_has_no_change_on_either_side(self):
        found = trend_of("80", None, "84", "86")
        assert [change.number for change in found.changes] == [None, None, 2]
        assert found.first_to_last == 6
        assert [(one.period, one.cause) for one in found.missing] == [(QUARTERS[1], "no_result")]

    def test_a_missing_period_ends_a_rise(self):
        assert trend_of("80", "81", None, "90").longest_up == 1
        assert trend_of("80", "81", "82", "90").longest_up == 3

    def test_a_missing_period_keeps_its_place_in_the_slope(self):
        # Places 0, 2, 3: n = 3, Σx = 5, Σy = 250, Σxy = 426, Σx² = 13.
        assert trend_of("80", None, "84", "86").slope == Fraction(3 * 426 - 5 * 250, 3 * 13 - 25)

    def test_one_number_has_neither_change_nor_slope(self):
        found = trend_of("80", None, None, None)
        assert (found.first_to_last, found.slope) == (None, None)

    @pytest.mark.parametrize("status", ["incomplete", "refused"])
    def test_the_cause_of_a_missing_number_is_told(self, status):
        members = [member("P1", QUARTERS[0], None, status=status), *row(None, "80", "80", "80")]
        [found] = trends(members, periods=QUARTERS, number="nilai")
        assert [one.cause for one in found.missing] == [status]


class TestLabels:
    def trend(self, *labels):
        members = [
            member("P1", period, label=label)
            for period, label in zip(QUARTERS, labels, strict=True)
        ]
        return trends(members, periods=QUARTERS, labels=LABELS)[0]

    def test_labels_rise_and_fall_by_their_order(self):
        found = self.trend("kurang", "cukup", "baik", "cukup")
        assert [change.label for change in found.changes] == ["up", "up", "down"]
        assert (found.label_longest_up, found.label_longest_down) == (2, 1)
        assert found.label_first_to_last == "up"

    def test_a_missing_label_is_told_and_breaks_the_rise(self):
        found = self.trend("kurang", None, "cukup", "baik")
        assert [change.label for change in found.changes] == [None, None, "up"]
        assert found.label_longest_up == 1
        assert found.label_first_to_last == "up"
        assert len(found.missing) == 1

    @pytest.mark.parametrize(
        ("look", "choices"),
        [
            (trends, {}),
            (units_along, {}),
            (runs, {"at_least": "baik", "missing": "skips"}),
        ],
        ids=["trends", "units_along", "runs"],
    )
    def test_labels_of_another_policy_are_refused_and_never_passed_over(self, look, choices):
        members = [
            member("P1", QUARTERS[0], label="butuh_perbaikan"),
            member("P1", QUARTERS[1], label="baik"),
        ]
        with pytest.raises(InputError) as refused:
            look(members, periods=QUARTERS, labels=LABELS, **choices)
        [issue] = refused.value.issues
        assert (issue.code, issue.path) == ("KNJ839", "2025-Q1")


class TestSlope:
    @given(st.integers(-50, 50), st.fractions(-9, 9), st.sets(st.integers(0, 12), min_size=2))
    def test_points_of_a_straight_line_have_its_slope(self, start, rise, places):
        assert slope((x, start + rise * x) for x in sorted(places)) == rise

    @given(st.lists(st.tuples(st.integers(0, 12), st.fractions(0, 120)), max_size=8))
    def test_no_other_slope_fits_better(self, points):
        found = slope(points)
        if found is None:
            assert len({x for x, _ in points}) < 2
            return

        def misfit(rise):
            # The best height for a slope is the one through the means.
            rests = [y - rise * x for x, y in points]
            middle = sum(rests) / len(rests)
            return sum((rest - middle) ** 2 for rest in rests)

        for other in (found - 1, found - Fraction(1, 1000), found + Fraction(1, 1000), found + 1):
            assert misfit(found) < misfit(other)

    @given(st.lists(st.fractions(0, 120), min_size=2, max_size=8))
    def test_the_other_way_round_it_falls_as_it_rose(self, numbers):
        assert slope(enumerate(numbers)) == -slope(enumerate(reversed(numbers)))


class TestUnits:
    MEMBERS = (
        member("P1", QUARTERS[0], "80", "cukup"),
        member("P1", QUARTERS[1], "85", "baik"),
        member("P2", QUARTERS[0], "90", "baik"),
        member("P2", QUARTERS[1], "90", "baik"),
        member("P3", QUARTERS[0], "90", "baik", unit="B"),
        member("P3", QUARTERS[1], "70", "kurang"),
        member("P4", QUARTERS[0], "75", "cukup", unit="B"),
        member("P5", QUARTERS[1], "75", "cukup", unit="B"),
        member("P6", QUARTERS[0], None, None, unit="B", status="refused"),
        member("P6", QUARTERS[1], "70", "kurang", unit="B"),
    )

    def moves(self, labels=LABELS):
        found = unit_moves(
            self.MEMBERS, before=QUARTERS[0], after=QUARTERS[1], number="nilai", labels=labels
        )
        return {one.unit: one for one in found}

    def test_people_are_counted_in_the_unit_of_the_later_period(self):
        found = self.moves()["A"]
        assert found.numbers == {"up": 1, "same": 1, "down": 1}
        assert found.labels == {"up": 1, "same": 1, "down": 1}
        assert found.unknown == 0

    def test_who_cannot_be_compared_is_counted_apart(self):
        found = self.moves()["B"]
        assert found.numbers == {"up": 0, "same": 0, "down": 0}
        assert (found.unknown, found.matrix) == (3, {})

    def test_the_matrix_tells_from_which_label_to_which(self):
        assert self.moves()["A"].matrix == {
            ("cukup", "baik"): 1,
            ("baik", "baik"): 1,
            ("baik", "kurang"): 1,
        }

    def test_labels_without_order_go_neither_up_nor_down(self):
        unordered = LabelStep(
            name="predikat", title=LABELS.title, labels=LABELS.labels, ordered=False
        )
        found = self.moves(unordered)["A"]
        assert found.labels is None
        assert sum(found.matrix.values()) == 3


NUMBER = st.one_of(st.none(), st.integers(60, 100))


@given(
    st.lists(st.tuples(NUMBER, NUMBER, st.sampled_from("AB"), st.sampled_from("AB")), max_size=9)
)
def test_everyone_is_counted_exactly_once(people):
    members = [
        member(f"P{place}", period, number, unit=unit)
        for place, (old, new, first, second) in enumerate(people)
        for period, number, unit in ((QUARTERS[0], old, first), (QUARTERS[1], new, second))
    ]
    found = unit_moves(members, before=QUARTERS[0], after=QUARTERS[1], number="nilai")
    assert sum(sum(one.numbers.values()) + one.unknown for one in found) == len(people)


@given(st.lists(NUMBER, min_size=4, max_size=4))
def test_changes_of_a_complete_row_add_up_to_first_to_last(numbers):
    found = trends(
        [member("P1", period, number) for period, number in zip(QUARTERS, numbers, strict=True)],
        periods=QUARTERS,
        number="nilai",
    )[0]
    if None not in numbers:
        assert sum(change.number for change in found.changes) == found.first_to_last
    assert len(found.missing) == numbers.count(None)
    known = [change.number for change in found.changes if change.number is not None]
    assert found.longest_up <= sum(change > 0 for change in known)


def test_who_has_results_of_other_periods_only_is_passed_over():
    members = [member("P1", QUARTERS[0], "80"), member("P2", Period.parse("2019-Q1"), "80")]
    assert [one.id for one in along(members, periods=QUARTERS)] == ["P1"]
