"""The units along the periods."""

from decimal import Decimal
from fractions import Fraction
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort import Member, parts_of, units_along
from kinerja.errors import InputError
from kinerja.scorer import LabelStep
from kinerja.values import Period
from kinerja.words import Text

QUARTERS = parts_of(Period.parse("2025"), each="quarter")
LABELS = LabelStep(
    name="predikat",
    title=Text.same("predikat"),
    labels=(("cukup", Text.same("Cukup")), ("baik", Text.same("Baik"))),
    ordered=True,
)


def member(person, quarter, number, unit="A", label=None):
    values = {"nilai": None if number is None else Decimal(number), "predikat": label}
    return Member(id=person, unit=unit, period=QUARTERS[quarter - 1], values=values)


def test_mean_and_median_are_exact():
    members = [member("P0", 1, "80")]
    members += [member("P1", 1, "81"), member("P2", 1, "84"), member("P3", 1, "91.5")]
    [unit] = units_along(members, periods=QUARTERS, number="nilai").units
    cell = unit.periods[0]
    assert (cell.people, cell.numbers) == (4, 4)
    assert cell.mean == Fraction("336.5") / 4
    assert cell.median == Fraction(165, 2)


def test_a_quarter_without_data_has_no_mean_and_no_zero():
    found = units_along(
        [member("P1", 1, "80"), member("P1", 3, "80")], periods=QUARTERS, number="nilai"
    )
    assert [cell.mean for cell in found.units[0].periods] == [80, None, 80, None]
    assert [cell.people for cell in found.units[0].periods] == [1, 0, 1, 0]


def test_what_is_missing_is_counted_by_cause():
    members = [
        member("P1", 1, "80", label="baik"),
        member("P2", 1, None),
        Member(id="P3", unit="A", period=QUARTERS[0], status="refused"),
    ]
    [unit] = units_along(members, periods=QUARTERS[:1], number="nilai", labels=LABELS).units
    assert unit.periods[0].missing == {"incomplete": 1, "refused": 1}
    assert unit.periods[0].labels == {"baik": 1}
    assert unit.moves == ()


def test_everyone_is_the_units_together():
    members = [member("P1", 1, "80"), member("P2", 1, "90", "B"), member("P1", 2, "85", "B")]
    found = units_along(members, periods=QUARTERS[:2], number="nilai")
    assert [unit.unit for unit in found.units] == ["A", "B"]
    assert found.everyone.periods[0].mean == 85
    assert found.everyone.moves[0].numbers == {"up": 1, "same": 0, "down": 0}
    assert found.units[0].moves == (None,)
    assert found.units[1].moves[0].unknown == 1


def test_nobody_is_an_empty_finding():
    found = units_along([], periods=QUARTERS, number="nilai")
    assert (found.units, [cell.people for cell in found.everyone.periods]) == ((), [0] * 4)


def test_two_results_in_one_period_are_refused():
    with pytest.raises(InputError):
        units_along([member("P1", 1, "1"), member("P1", 1, "2", "B")], periods=QUARTERS[:1])


ROW = st.tuples(st.integers(0, 9), st.integers(1, 4), st.sampled_from("ABC"), st.fractions(0, 120))


@given(st.lists(ROW, max_size=20, unique_by=lambda row: row[:2]))
def test_cells_agree_with_plain_statistics(rows):
    members = [
        Member(id=f"P{p}", unit=unit, period=QUARTERS[q - 1], values={"nilai": number})
        for p, q, unit, number in rows
    ]
    found = units_along(members, periods=QUARTERS, number="nilai")
    for unit in [*found.units, found.everyone]:
        for place, cell in enumerate(unit.periods, 1):
            here = [
                number
                for _, quarter, name, number in rows
                if quarter == place and (name == unit.unit or unit is found.everyone)
            ]
            assert cell.mean == (mean(here) if here else None)
            assert cell.median == (median(here) if here else None)
