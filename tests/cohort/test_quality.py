"""Faults in data are found, and data without fault give hardly any finding."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
import quality_data
from hypothesis import given, settings
from hypothesis import strategies as st
from quality_faults import FAULTS

import kinerja
from kinerja.cohort import Observation, Thresholds, check_data
from kinerja.cohort.declared_panels import divisors, panels
from kinerja.errors import Issue
from kinerja.policy import parse_policy
from kinerja.values import Period

PROGRAM = quality_data.program()
#: Codes of facts that are counted, record by record.
COUNTED = {f"KNJ8{number:02}" for number in (*range(1, 9), 19)}


def check(data, **thresholds):
    return check_data(data, program=PROGRAM, thresholds=Thresholds(**thresholds))


def codes(quality):
    return {finding.code for finding in quality.findings}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_found(name):
    put_in, code, unit, path = FAULTS[name]
    quality = check(put_in(quality_data.clean(1), 1))
    found = [
        one for one in quality.findings if (one.code, one.unit, one.input) == (code, unit, path)
    ]
    assert found
    assert all(one.count <= one.of or one.code == "KNJ817" for one in quality.findings)


@pytest.mark.parametrize("seed", range(4))
def test_data_without_fault_give_no_warning(seed):
    units, size = [(8, 25), (3, 60), (12, 12), (1, 100)][seed % 4]
    quality = check(quality_data.clean(seed, units=units, size=size))
    assert [one for one in quality.findings if one.severity == "warning"] == []
    assert quality.records == units * size * 4


def test_what_was_looked_at_is_told():
    quality = check(quality_data.clean(3, units=8, size=25))
    assert (quality.records, len(quality.units), len(quality.periods)) == (800, 8, 4)
    assert quality.inputs == 8
    assert all(quality.tests.values())
    assert list(quality.tests) == [
        "completeness",
        "presence",
        "impossible",
        "heaping",
        "sameness",
        "raters",
        "copied",
        "shifts",
    ]


def test_without_records_nothing_is_found():
    quality = check([])
    assert quality.findings == ()
    assert quality.records == 0
    assert quality.issues == ()


@settings(max_examples=5)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(FAULTS)))
def test_the_order_of_records_means_nothing(chance, name):
    data = FAULTS[name][0](quality_data.clean(7, units=6, size=20), 7)
    mixed = list(data)
    chance.shuffle(mixed)
    assert check(mixed) == check(data)


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_a_unit_below_the_minimum_is_not_judged(seed, size):
    """Whatever nine people hold: only what is counted is told of them."""
    chance = random.Random(seed)  # noqa: S311 - seeded
    values = [chance.choice([0, 50, 80, 100]) for _ in range(2)]
    found = []
    for one in quality_data.clean(1, units=7, size=12):
        if one.unit == "unit-3":
            if int(one.id[2:]) >= size:
                continue
            record = {**one.record, "mutu": chance.choice(values), "hadir": values[0]}
            found.append(replace(one, record=record))
        else:
            found.append(one)
    told = {one.code for one in check(found).findings if one.unit == "unit-3"}
    assert told <= COUNTED


def test_what_touches_most_people_comes_first():
    data = FAULTS["zero_target"][0](quality_data.clean(1), 1)
    data = FAULTS["missing_rise"][0](data, 1)
    data = FAULTS["gone"][0](data, 1)
    people = [one.people for one in check(data).findings]
    assert people == sorted(people, reverse=True)
    assert len(people) >= 4


# Completeness.


def test_a_value_that_the_reader_of_the_file_refused_is_not_called_missing():
    [first, *rest] = quality_data.clean(1, units=1, size=12, periods=1)
    record = {name: value for name, value in first.record.items() if name != "mutu"}
    refused = Issue(code="KNJ522", path="mutu", details={"found": '"1.234"'})
    told = check([replace(first, record=record, issues=(refused,)), *rest]).findings
    assert [(one.code, one.input, one.count) for one in told] == [("KNJ807", "mutu", 1)]
    assert told[0].blanks["reason"] == "KNJ522"
    told = check([replace(first, record=record), *rest]).findings
    assert [(one.code, one.input, one.count) for one in told] == [("KNJ801", "mutu", 1)]


def test_missing_values_below_the_threshold_are_passed_over():
    data = FAULTS["missing"][0](quality_data.clean(1), 1)
    [told] = check(data).findings
    assert (told.count, told.of, told.figure, told.ids) == (1, 25, Fraction(1, 25), ("03000",))
    assert check(data, most_missing=Fraction(1, 25)).findings == ()


def test_a_group_below_its_minimum_is_counted_and_without_raters_told_apart():
    data = FAULTS["few_raters"][0](quality_data.clean(1), 1)
    [told] = check(data).findings
    assert (told.code, told.count, told.blanks["none"], told.blanks["least"]) == (
        "KNJ803",
        2,
        "0",
        "2",
    )


def test_a_group_that_nobody_lacks_wholly_is_not_said_to_be_lacking_in_none():
    data = FAULTS["few_raters"][0](quality_data.clean(1), 1)
    [told] = check(data).findings
    message = told.issue.message("id")
    assert message.startswith("penilaian: pada 2 dari ")
    assert "0 di antaranya" not in message
    assert "kurang dari 2 yang diminta panel (" in message
    nobody = replace(told, blanks={**told.blanks, "none": "1"})
    assert "pada 1 di antaranya tidak ada sama sekali" in nobody.issue.message("id")
    assert "in 1 of them it has none" in nobody.issue.message("en")


def test_panels_and_divisors_are_read_from_the_policy():
    [panel] = panels(PROGRAM)
    assert (panel.group, panel.score, panel.rater) == ("kelompok", "nilai", "penilai")
    assert panel.aspects == ("aspek",)
    assert {group.id: group.minimum for group in panel.groups} == {"atasan": 1, "rekan": 2}
    assert panel.is_hidden
    assert divisors(PROGRAM) == ("target",)


def test_minima_of_shipped_panels_are_found():
    [panel] = panels(kinerja.load("pemalang-360").program)
    assert {group.id: group.minimum for group in panel.groups} == {
        "atasan": 1,
        "rekan": 1,
        "bawahan": 1,
    }


def test_what_is_wrong_with_a_row_as_a_whole_is_not_told_again():
    [first, *rest] = quality_data.clean(1, units=1, size=12, periods=1)
    repeated = Issue(code="KNJ544", path="id", details={"found": '"01000"', "other": "row 9"})
    assert check([replace(first, issues=(repeated,)), *rest]).findings == ()


# Who is there.


def test_a_unit_judged_by_the_year_lacks_no_quarter():
    year = Period.parse("2025")
    data = [
        replace(one, period=year) if one.unit == "unit-1" else one
        for one in quality_data.clean(1, units=2)
        if one.unit == "unit-2" or one.period == quality_data.PERIODS[0]
    ]
    assert "KNJ804" not in codes(check(data))


def test_a_year_that_holds_a_quarter_leaves_no_hole_after_it():
    names = {0: "2025", 1: "2025-Q2", 2: "2026-Q1"}
    data = [
        replace(one, period=Period.parse(names[place]))
        for one in quality_data.clean(1)
        if (place := quality_data.PERIODS.index(one.period)) in names
    ]
    assert "KNJ804" not in codes(check(data))


def test_a_quarter_that_nobody_has_is_told_once():
    data = [one for one in quality_data.clean(1) if one.period != quality_data.PERIODS[1]]
    [told] = check(data).findings
    assert (told.code, told.unit, told.count) == ("KNJ804", None, 0)
    assert (told.blanks["from"], told.blanks["to"]) == ("2025-04-01", "2025-06-30")


def test_a_person_who_moves_to_another_unit_is_not_missing():
    data = [
        replace(one, unit="unit-1")
        if one.id == "03001" and one.period == quality_data.PERIODS[3]
        else one
        for one in quality_data.clean(1)
    ]
    assert check(data).findings == ()


# What is no fault.


def test_targets_may_be_round_and_the_same_for_everybody():
    data = quality_data.changed(
        quality_data.clean(1), lambda record, _: {**record, "target": 100}, unit="unit-3"
    )
    assert check(data).findings == ()


def test_values_at_a_cap_are_not_heaped():
    chance = random.Random(1)  # noqa: S311 - seeded
    data = quality_data.changed(
        quality_data.clean(1),
        lambda record, _: {**record, "mutu": 100 if chance.random() < 0.5 else record["mutu"]},
    )
    assert "KNJ809" not in codes(check(data))


def test_a_narrow_peak_on_a_round_number_is_no_heap():
    peak = [79, 80, 80, 81, 80]
    data = quality_data.changed(
        quality_data.clean(1), lambda record, place: {**record, "mutu": peak[place % 5]}
    )
    assert "KNJ809" not in codes(check(data))


def test_a_shift_is_not_sudden_where_all_units_shift_as_far():
    moves = {f"unit-{number}": 10 * number - 40 for number in range(1, 9)}
    data = [
        replace(one, record={**one.record, "waktu": one.record["waktu"] + 60 + moves[one.unit]})
        if one.period == quality_data.PERIODS[2]
        else one
        for one in quality_data.clean(1)
    ]
    told = [one for one in check(data).findings if one.code == "KNJ815"]
    assert [one for one in told if one.period == quality_data.PERIODS[2]] == []


def test_an_input_of_the_unit_may_be_the_same_for_everybody():
    data = [
        replace(one, record={**one.record, "kepuasan": 70 + int(one.unit[-1])})
        for one in quality_data.clean(1)
    ]
    assert "KNJ810" not in codes(check(data))


def test_figures_that_never_change_are_no_copies_of_the_quarter_before():
    data = quality_data.clean(1)
    first = {one.id: one.record for one in data if one.period == quality_data.PERIODS[0]}
    steady = [
        replace(one, record={**first[one.id], "mutu": one.record["mutu"]})
        if one.unit != "unit-9"
        else one
        for one in data
    ]
    assert "KNJ814" not in codes(check(steady))


def test_a_whole_quarter_sent_once_more_is_found():
    data = quality_data.clean(1)
    before = {one.id: one.record for one in data if one.period == quality_data.PERIODS[1]}
    again = [
        replace(one, record=before[one.id]) if one.period == quality_data.PERIODS[2] else one
        for one in data
    ]
    told = [one for one in check(again).findings if one.code == "KNJ814"]
    assert {(one.unit, one.count) for one in told} == {(f"unit-{n}", 25) for n in range(1, 9)}


def test_a_person_who_stands_twice_is_no_copy_of_another():
    data = FAULTS["twice"][0](quality_data.clean(1), 1)
    assert codes(check(data)) == {"KNJ819"}


def test_a_person_who_stands_twice_makes_a_chance_agreement_no_copy():
    names = ("a", "b", "c", "d", "e")
    policy = quality_data.POLICY.partition("inputs:")[0] + "inputs:\n"
    policy += "".join(f"  {name}: {{type: number, digits: 0, title: {name}}}\n" for name in names)
    policy += "steps:\n  x: {rule: formula, title: x, is: a + b + c + d}\npublish: [x]\n"
    digits = [tuple((n * step + n // 10) % 10 for step in (0, 1, 3, 7, 9)) for n in range(60)]
    rows = [*enumerate(digits), (60, digits[0]), (60, digits[0])]
    data = [
        Observation(id=f"{n:02}", unit="A", record=dict(zip(names, row, strict=True)))
        for n, row in rows
    ]
    program = parse_policy(policy).program
    assert codes(check_data(data, program=program)) == {"KNJ819"}
    # Three people who agree are another matter.
    third = replace(data[-1], id="61")
    assert codes(check_data([*data[:-1], third], program=program)) == {"KNJ813"}


def test_few_figures_are_no_sign_of_a_copy():
    data = FAULTS["copies"][0](quality_data.clean(1), 1)
    assert "KNJ813" in codes(check(data))
    assert "KNJ813" not in codes(check(data, least_figures=6))


# Who rated stays unknown.


@pytest.mark.parametrize("name", ["same_ratings", "straight_line"])
def test_a_rater_who_must_stay_unknown_is_never_named(name):
    quality = check(FAULTS[name][0](quality_data.clean(1), 1))
    [told] = [one for one in quality.findings if one.check == "raters"]
    assert (told.count, told.ids, told.unit) == (1, (), None)
    assert "p0300" not in repr(quality)


def test_a_rater_who_may_be_known_is_named():
    policy = quality_data.POLICY.replace("    hidden: [penilai]\n", "")
    data = FAULTS["straight_line"][0](quality_data.clean(1), 1)
    quality = check_data(data, program=parse_policy(policy).program)
    [told] = [one for one in quality.findings if one.check == "raters"]
    assert told.ids == ("p0300",)


def test_a_refused_rating_is_not_shown():
    def change(record, place):
        rated = [
            {**item, "nilai": 77 if place == 0 else item["nilai"]} for item in record["penilaian"]
        ]
        return {**record, "penilaian": rated}

    data = quality_data.changed(quality_data.clean(1), change, period=quality_data.PERIODS[0])
    [told] = [one for one in check(data).findings if one.code == "KNJ807"]
    assert (told.input, told.count, told.people) == ("penilaian.nilai", 12, 1)
    assert told.blanks["found"] == "–"


# Issues and thresholds.


def test_a_finding_prints_as_every_other_issue():
    [told] = check(FAULTS["zero_target"][0](quality_data.clean(1), 1)).issues
    assert told.to_text("en") == (
        "unit-3, 2025-Q3  KNJ808  target\n"
        "  target berkas: 0 in 3 of 25 values and below 0 in 0, and an achievement divides by it "
        "(03000, 03001, 03002)\n"
        "  → check whether the figure was really set; if it is meant, see in the policy what it gives"
    )
    assert told.severity == "warning"


def test_a_record_without_id_is_counted_and_not_named():
    data = quality_data.changed(
        quality_data.clean(1),
        lambda record, place: {**record, "mutu": None} if place < 2 else record,
    )
    [told] = check([replace(one, id=None) if one.id == "03000" else one for one in data]).issues[:1]
    assert (told.code, told.details["ids"]) == ("KNJ801", "03001, …")


@pytest.mark.parametrize("name", ["heaping", "no_items", "spread", "straight_line", "zero_target"])
def test_records_without_id_are_people_of_their_own(name):
    data = FAULTS[name][0](quality_data.clean(1), 1)
    if name == "heaping":  # a number that somebody keeps over periods counts once
        data = [one for one in data if one.period == quality_data.PERIODS[2]]
    ids = check(data).findings
    without = check([replace(one, id=None) for one in data]).findings

    def told(findings):
        return {(one.code, one.unit, one.count, one.of, one.people) for one in findings}

    assert FAULTS[name][1] in {one.code for one in ids}
    assert told(ids) == told(without)


def test_every_blank_is_filled():
    for name in sorted(FAULTS):
        for issue in check(FAULTS[name][0](quality_data.clean(2), 2)).issues:
            for text in (issue.to_text("id"), issue.to_text("en")):
                assert "{" not in text


def test_more_people_than_are_named_are_counted():
    data = FAULTS["missing_rise"][0](quality_data.clean(1), 1)
    [told] = [one for one in check(data).findings if one.code == "KNJ801"]
    assert told.count == 9
    assert told.issue.details["ids"] == "03000, 03003, 03006, 03009, 03012, …"


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("alpha", Fraction(0)),
        ("count_factor", Fraction(1)),
        ("heap_multiples", (1,)),
        ("ids_shown", -1),
        ("least_records", 1),
        ("most_missing", Fraction(2)),
    ],
)
def test_a_threshold_that_means_nothing_is_refused(name, figure):
    with pytest.raises(ValueError, match=name):
        Thresholds(**{name: figure})


def test_records_without_unit_and_period_are_looked_at():
    data = [
        Observation(id=one.id, record=one.record)
        for one in quality_data.clean(1, units=1, size=30, periods=1)
    ]
    quality = check(data)
    assert quality.units == (None,)
    assert quality.periods == ()
    assert quality.findings == ()


def test_a_few_answers_left_out_of_a_list_are_told_from_a_twentieth_on():
    scorer = kinerja.load("guru-360")
    for blank, told in ((1, 0), (2, 1)):
        ratings = [
            {"penilai": f"r{n}", "kelompok": "teman_sejawat", "nilai": None if n < blank else 80}
            for n in range(20)
        ]
        seen = [Observation(id="1", record={"penilaian": ratings})]
        found = check_data(seen, program=scorer.program).findings
        assert [one.count for one in found if one.input == "penilaian.nilai"] == [1] * told
