"""From the results of quarters to the items of a year."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort import Member, Stay, at_end, parts_of, period_name, year_items
from kinerja.errors import InputError
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer
from kinerja.values import Period

YEAR = Period.parse("2025")
QUARTERS = parts_of(YEAR, each="quarter")
POLICY = """
schema: 1
id: nilai-tahunan
version: 1.0.0
title: Nilai setahun dari triwulan
in_force: {from: 2025-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {cukup: Cukup, baik: Baik}}
inputs:
  triwulan:
    type: list
    title: triwulan
    item_title: ke
    key: [ke, unit]
    fields:
      ke: {type: number, limits: {from: 1, to: 4}, digits: 0}
      unit: {type: text}
      nilai: {type: number, limits: {from: 0, to: 120}}
      bulan: {type: number, limits: {from: 0, to: 3}, digits: 0}
steps:
  nilai_tahun:
    rule: over_periods
    title: nilai setahun
    over: triwulan
    value: nilai
    how: by_months
    share: bulan
    round: {digits: 2, mode: half_up}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai_tahun
    bands: [{label: cukup, below: 85}, {label: baik, from: 85}]
publish: [nilai_tahun, predikat]
"""


def scorer(text):
    return Scorer(parse_policy(text).program)


def member(person, unit, quarter, value, status="complete"):
    values = {} if status == "refused" else {"nilai": None if value is None else Decimal(value)}
    return Member(id=person, unit=unit, period=QUARTERS[quarter - 1], status=status, values=values)


#: Moved on 16 August: two results for the third quarter.
MOVED = [
    member("P1", "A", 1, "80"),
    member("P1", "A", 2, "82"),
    member("P1", "A", 3, "70"),
    member("P1", "B", 3, "90"),
    member("P1", "B", 4, "92"),
]
STAYS = {
    "P1": (
        Stay(unit="A", first=date(2020, 1, 1), last=date(2025, 8, 15)),
        Stay(unit="B", first=date(2025, 8, 16)),
    )
}


def items(members=MOVED, stays=STAYS, *, moves="new_unit", by="months", **choices):
    given = {"year": YEAR, "parts": QUARTERS, "values": {"nilai": "nilai"}, **choices}
    return year_items(members, stays=stays, moves=moves, by=by, **given)


def shown(year):
    return [
        (item.place, item.unit, None if value is None else str(value), item.count)
        for item in year.items
        for value in [item.values["nilai"]]
    ]


def causes(year):
    return [(period_name(gap.period), gap.unit, gap.cause) for gap in year.gaps]


def left(year):
    return [(period_name(one.period), one.unit, one.cause) for one in year.left_out]


class TestNewUnit:
    """PermenPANRB 6/2022, Lampiran p. 91 A.13b: the new rater, with the new unit's annual organisation
    result; no proportional weighting."""

    def test_only_the_unit_at_the_end_of_the_year_counts_each_part_whole(self):
        [year] = items()
        assert shown(year) == [(3, "B", "90", 3), (4, "B", "92", 3)]
        assert left(year) == [
            ("2025-Q1", "A", "old_unit"),
            ("2025-Q2", "A", "old_unit"),
            ("2025-Q3", "A", "old_unit"),
        ]
        assert year.is_complete
        assert year.units == ("A", "B")
        assert year.basis.citation == "PermenPANRB 6/2022 Lampiran hlm. 91 A.13b"

    def test_who_moves_on_the_last_day_has_only_what_the_new_unit_gave(self):
        stays = {
            "P1": (
                Stay(unit="A", first=date(2020, 1, 1), last=date(2025, 12, 30)),
                Stay(unit="B", first=date(2025, 12, 31)),
            )
        }
        [year] = items(stays=stays)
        assert shown(year) == [(4, "B", "92", 3)]
        assert left(year)[-3:] == [
            ("2025-Q3", "B", "no_share"),
            ("2025-Q3", "A", "old_unit"),
            ("2025-Q4", "A", "old_unit"),
        ]

    def test_who_moves_on_the_first_day_has_no_old_unit(self):
        stays = {
            "P1": (
                Stay(unit="A", first=date(2020, 1, 1), last=date(2024, 12, 31)),
                Stay(unit="B", first=date(2025, 1, 1)),
            )
        }
        [year] = items(stays=stays)
        assert shown(year) == [
            (1, "B", None, 3),
            (2, "B", None, 3),
            (3, "B", "90", 3),
            (4, "B", "92", 3),
        ]
        assert causes(year) == [("2025-Q1", "B", "no_result"), ("2025-Q2", "B", "no_result")]
        assert {cause for _, _, cause in left(year)} == {"no_share"}


class TestProportional:
    def test_each_unit_counts_for_its_months(self):
        [year] = items(moves="proportional")
        assert shown(year) == [
            (1, "A", "80", 3),
            (2, "A", "82", 3),
            (3, "A", "70", 1),
            (3, "B", "90", 2),
            (4, "B", "92", 3),
        ]
        assert year.basis.status == "own"

    def test_each_unit_counts_for_its_days(self):
        [year] = items(moves="proportional", by="days")
        assert [item.count for item in year.items] == [90, 91, 46, 46, 92]

    def test_the_unit_at_the_end_may_stand_for_the_whole_part(self):
        [year] = items(moves="proportional", within="new_unit")
        assert [item[:4] for item in shown(year)] == [
            (1, "A", "80", 3),
            (2, "A", "82", 3),
            (3, "B", "90", 3),
            (4, "B", "92", 3),
        ]
        assert left(year) == [("2025-Q3", "A", "old_unit")]
        assert [item.basis is not None for item in year.items] == [False, False, True, False]
        assert year.items[2].basis.citation == "PermenPANRB 6/2022 Lampiran hlm. 91 A.13a"

    def test_a_unit_to_which_no_month_falls_is_told(self):
        stays = {
            "P1": (
                Stay(unit="A", first=date(2020, 1, 1), last=date(2025, 7, 15)),
                Stay(unit="B", first=date(2025, 7, 16)),
            )
        }
        [year] = items(stays=stays, moves="proportional")
        assert [item[:2] for item in shown(year)] == [(1, "A"), (2, "A"), (3, "B"), (4, "B")]
        assert left(year) == [("2025-Q3", "A", "no_share")]

    def test_two_results_of_a_year_and_a_plain_mean_are_the_way_of_pp_46(self):
        """(old + new) ÷ 2, as it is restated of PP 46/2011 for a transfer within the year."""
        both = [
            Member(id="P1", unit=unit, period=YEAR, values={"nilai": Decimal(value)})
            for unit, value in (("A", "78"), ("B", "90"))
        ]
        [year] = items(both, moves="proportional", parts=[YEAR])
        assert [item.values["nilai"] for item in year.items] == [78, 90]


class TestAgreement:
    """Lampiran p. 91 A.13a: by agreement the previous periodic result of the old unit is used again."""

    def test_the_result_before_takes_the_place_of_the_part(self):
        [year] = items(moves="proportional", reused={("P1", QUARTERS[2])})
        assert shown(year)[2:] == [(3, "B", "82", 3), (4, "B", "92", 3)]
        assert period_name(year.items[2].reused) == "2025-Q2"
        assert left(year) == [("2025-Q3", "A", "reused"), ("2025-Q3", "B", "reused")]

    def test_it_counts_as_a_result_of_the_new_unit(self):
        [year] = items(reused={("P1", QUARTERS[2])})
        assert shown(year) == [(3, "B", "82", 3), (4, "B", "92", 3)]

    def test_the_result_before_may_be_of_the_year_before(self):
        before = Member(
            id="P1", unit="A", period=Period.parse("2024-Q4"), values={"nilai": Decimal(61)}
        )
        stays = {
            "P1": (
                Stay(unit="A", first=date(2020, 1, 1), last=date(2025, 2, 9)),
                Stay(unit="B", first=date(2025, 2, 10)),
            )
        }
        [year] = items([*MOVED, before], stays, reused={("P1", QUARTERS[0])})
        assert shown(year)[0] == (1, "B", "61", 3)

    def test_of_a_quarter_and_its_year_the_quarter_is_the_part_before(self):
        before = [
            Member(id="P1", unit="A", period=Period.parse(name), values={"nilai": Decimal(number)})
            for name, number in (("2024", 61), ("2024-Q4", 62))
        ]
        stays = {
            "P1": (
                Stay(unit="A", first=date(2020, 1, 1), last=date(2025, 2, 9)),
                Stay(unit="B", first=date(2025, 2, 10)),
            )
        }
        for order in (before, before[::-1]):
            [year] = items([*MOVED, *order], stays, reused={("P1", QUARTERS[0])})
            assert shown(year)[0] == (1, "B", "62", 3)

    def test_a_part_without_a_month_gives_no_item(self):
        stays = {
            "P1": (
                Stay(unit="A", first=date(2025, 1, 1), last=date(2025, 7, 10)),
                Stay(unit="B", first=date(2025, 7, 11), last=date(2025, 7, 20)),
            )
        }
        [year] = items(
            MOVED[:4], stays, moves="proportional", reused={("P1", QUARTERS[2])}, month="last_day"
        )
        assert [item.count for item in year.items] == [3, 3]
        assert left(year) == [("2025-Q3", "A", "no_share"), ("2025-Q3", "B", "no_share")]

    def test_without_a_move_there_is_nothing_to_agree_on(self):
        with pytest.raises(ValueError, match="no move within the part"):
            items(reused={("P1", QUARTERS[0])})


class TestMissing:
    def test_every_cause_is_told_and_nothing_is_filled_in(self):
        stays = {"P2": (Stay(unit="A", first=date(2025, 4, 1)),)}
        members = [
            member("P2", "A", 2, None, "incomplete"),
            member("P2", "A", 3, None, "refused"),
        ]
        [year] = items(members, stays)
        assert causes(year) == [
            ("2025-Q1", None, "not_employed"),
            ("2025-Q2", "A", "incomplete"),
            ("2025-Q3", "A", "refused"),
            ("2025-Q4", "A", "no_result"),
        ]
        assert shown(year) == [(place, "A", None, 3) for place in (2, 3, 4)]
        assert not year.is_complete
        assert year.uncovered == 3

    def test_who_has_no_stays_is_in_the_unit_of_the_result(self):
        [year] = items([member("P3", "C", 1, "75"), member("P3", "C", 3, "77")], {})
        assert shown(year) == [
            (1, "C", "75", 3),
            (2, None, None, 3),
            (3, "C", "77", 3),
            (4, None, None, 3),
        ]
        assert (year.units, year.uncovered) == (("C",), 0)

    def test_who_left_has_the_last_unit_and_parts_without(self):
        stays = {"P1": (Stay(unit="A", first=date(2020, 1, 1), last=date(2025, 6, 30)),)}
        [year] = items(MOVED[:2], stays)
        assert [item[:2] for item in shown(year)] == [(1, "A"), (2, "A")]
        assert [cause for _, _, cause in causes(year)] == ["not_employed", "not_employed"]

    def test_a_person_with_a_stay_and_no_result_is_not_forgotten(self):
        [year] = items([], STAYS)
        assert {cause for _, _, cause in causes(year)} == {"no_result"}

    def test_a_result_of_a_unit_where_the_person_was_not_is_told(self):
        [year] = items([*MOVED, member("P1", "C", 1, "99")])
        assert ("2025-Q1", "C", "no_share") in left(year)

    def test_it_is_not_taken_for_the_old_unit(self):
        strange = member("P1", "C", 3, "99")
        [year] = items([*MOVED, strange], moves="proportional", within="new_unit")
        assert left(year) == [("2025-Q3", "A", "old_unit"), ("2025-Q3", "C", "no_share")]

    def test_a_value_counts_although_another_step_is_missing(self):
        [year] = items([member("P4", "A", 1, "75", "incomplete")], {})
        assert year.items[0].cause is None


class TestRefusals:
    def test_results_without_id_or_period_cannot_be_followed(self):
        members = [Member(id=None, unit="A", period=YEAR), Member(id="P1", unit="A")]
        with pytest.raises(InputError) as refused:
            items(members, {})
        assert [(one.code, one.path) for one in refused.value.issues] == [
            ("KNJ838", "[0].id"),
            ("KNJ838", "[1].period"),
        ]

    def test_two_results_of_one_unit_are_refused(self):
        with pytest.raises(InputError) as refused:
            items([*MOVED, MOVED[0]])
        assert [issue.code for issue in refused.value.issues] == ["KNJ837"]

    def test_a_result_without_unit_beside_that_of_the_unit_at_the_end_is_refused(self):
        unnamed = member("P1", None, 3, "10")
        for given_ in ([*MOVED, unnamed], [unnamed, *MOVED]):
            with pytest.raises(InputError) as refused:
                items(given_)
            assert [issue.code for issue in refused.value.issues] == ["KNJ837"]

    def test_two_results_in_one_part_need_the_stays(self):
        with pytest.raises(InputError) as refused:
            items(MOVED, {})
        assert [issue.code for issue in refused.value.issues] == ["KNJ837"]

    def test_parts_lie_in_order_inside_the_year(self):
        with pytest.raises(ValueError, match="does not come after"):
            items(parts=QUARTERS[::-1])
        with pytest.raises(ValueError, match="lies outside"):
            items(parts=[Period.parse("2024-Q4"), *QUARTERS])

    def test_a_choice_without_such_an_option_is_refused(self):
        with pytest.raises(ValueError, match="moves must be one of"):
            items(moves="prorated")


class TestYearlyPolicy:
    """A complete policy joins the items."""

    SCORER = scorer(POLICY)

    def score(self, year):
        return self.SCORER.score(
            {"id": year.id, "triwulan": year.as_list(place="ke", unit="unit", count="bulan")}
        )

    def test_the_two_ways_give_two_numbers(self):
        # (3 × 90 + 3 × 92) ÷ 6
        assert self.score(items()[0])["nilai_tahun"] == Decimal(91)
        # (3 × 80 + 3 × 82 + 1 × 70 + 2 × 90 + 3 × 92) ÷ 12 = 1012 ÷ 12
        result = self.score(items(moves="proportional")[0])
        assert (result["nilai_tahun"], result["predikat"]) == (Decimal("84.33"), "cukup")

    def test_days_give_a_third(self):
        text = POLICY.replace("by_months", "by_days").replace("to: 3}", "to: 92}")
        [year] = items(moves="proportional", by="days")
        record = {"triwulan": year.as_list(place="ke", unit="unit", count="bulan")}
        # (90 × 80 + 91 × 82 + 46 × 70 + 46 × 90 + 92 × 92) ÷ 365 = 30486 ÷ 365
        assert scorer(text).score(record)["nilai_tahun"] == Decimal("83.52")

    def test_a_quarter_without_result_makes_the_year_incomplete(self):
        result = self.score(
            items([one for one in MOVED if one.period != QUARTERS[1]], moves="proportional")[0]
        )
        assert result["nilai_tahun"] is None
        assert result.status == "incomplete"

    def test_the_policy_may_leave_it_out_by_name(self):
        text = POLICY.replace("share: bulan\n", "share: bulan\n    missing: skip\n")
        [year] = items([one for one in MOVED if one.period != QUARTERS[1]], moves="proportional")
        record = {"triwulan": year.as_list(place="ke", unit="unit", count="bulan")}
        # (3 × 80 + 1 × 70 + 2 × 90 + 3 × 92) ÷ 9 = 766 ÷ 9
        assert scorer(text).score(record)["nilai_tahun"] == Decimal("85.11")

    def test_every_name_of_a_field_is_the_callers(self):
        [year] = items()
        fields = {"place": "k", "order": "n", "period": "p", "unit": "u", "count": "c"}
        assert year.as_list(**fields)[0] == {
            "k": 3,
            "n": 1,
            "p": "2025-Q3",
            "u": "B",
            "c": 3,
            "nilai": Decimal(90),
        }


def test_at_end_keeps_the_result_of_the_unit_at_the_end_of_each_period():
    kept = at_end([*MOVED, member("P9", "Z", 3, "1")], stays=STAYS)
    assert [(one.id, one.unit, str(one.number("nilai"))) for one in kept] == [
        ("P1", "A", "80"),
        ("P1", "A", "82"),
        ("P1", "B", "90"),
        ("P1", "B", "92"),
        ("P9", "Z", "1"),
    ]


DAYS = st.dates(date(2024, 6, 1), date(2026, 6, 30))


@given(
    st.lists(DAYS, min_size=1, max_size=5, unique=True),
    st.sampled_from(("days", "months")),
    st.sampled_from(("first_day", "last_day", "most_days_earlier", "most_days_later")),
    st.sampled_from(("each_unit", "new_unit")),
)
def test_counts_and_the_uncovered_rest_are_the_whole_year(days, by, month, within):
    """Sorted by time, each first day begins a stay in another unit; nobody is left out or counted twice."""
    days = sorted(days)
    ends = [*(date.fromordinal(day.toordinal() - 1) for day in days[1:]), None]
    stays = {
        "P1": [
            Stay(unit=f"U{place}", first=first, last=last)
            for place, (first, last) in enumerate(zip(days, ends, strict=True))
        ]
    }
    found = items([], stays, moves="proportional", by=by, month=month, within=within)
    whole = YEAR.days if by == "days" else 12
    if not found:
        assert days[0] > YEAR.last
        return
    [year] = found
    assert sum(item.count for item in year.items) + year.uncovered == whole
    assert all(item.values == {"nilai": None} for item in year.items)
    keys = [(item.place, item.unit) for item in year.items]
    assert len(keys) == len(set(keys))


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True))
def test_the_new_unit_is_one_unit_and_its_parts_are_whole(days):
    days = sorted(days)
    ends = [*(date.fromordinal(day.toordinal() - 1) for day in days[1:]), None]
    chain = [
        Stay(unit=f"U{place % 3}", first=first, last=last)
        for place, (first, last) in enumerate(zip(days, ends, strict=True))
    ]
    for year in items([], {"P1": chain}):
        there = next(stay for stay in chain if stay.inside(Period(YEAR.last, YEAR.last)))
        assert {item.unit for item in year.items} == {there.unit}
        assert {item.count for item in year.items} == {3}
