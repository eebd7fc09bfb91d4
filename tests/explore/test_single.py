"""How far one weight may go is where scoring anew with a weight just beyond gives another label."""

from fractions import Fraction

import pytest
import strategies_people
from hypothesis import given, settings

from kinerja.errors import InputError
from kinerja.explore import (
    policy_scheme,
    read_people,
    reweighted,
    steady_weights,
    tornado,
    with_weight,
)
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

STEP = Fraction(1, 10**12)

TWO = """\
schema: 1
id: dua
version: 1.0.0
title: dua
in_force: {from: 2000-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
inputs:
  skp: {type: number, title: SKP}
  perilaku: {type: number, title: perilaku}
steps:
  nilai:
    rule: weighted_mean
    title: nilai
    weights: {skp: 60 %, perilaku: 40 %}
    round: {digits: 2, mode: half_up}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    bands: [{label: kurang, below: 60}, {label: cukup, from: 60, below: 80}, {label: baik, from: 80}]
publish: [nilai, predikat]
"""


def two():
    return Scorer(parse_policy(TWO).program)


def labels(scorer, rows):
    return [scorer.score(row)["predikat"] for row in rows]


def rows_of(table):
    names = list(table)
    return [dict(zip(names, values, strict=True)) for values in zip(*table.values(), strict=True)]


class TestAgainstScoringAnew:
    @settings(max_examples=40)
    @given(strategies_people.cases())
    def test_labels_stay_inside_and_change_beyond(self, case):
        people = read_people(case.scorer, case.table, step="inti")
        if not people.followed:
            with pytest.raises(InputError, match="KNJ054"):
                steady_weights(people)
            return
        rows = rows_of(case.table)
        before = labels(case.scorer, rows)
        scheme = people.scheme
        for steady in steady_weights(people):
            interval = steady.interval
            assert steady.weight in interval
            for end, is_open, beyond, first in (
                (interval.low, interval.low_open, -STEP, steady.below),
                (interval.high, interval.high_open, STEP, steady.above),
            ):

                def changed(weight, name=steady.name):
                    with_it = reweighted(
                        case.scorer, with_weight(scheme, name, weight), step="inti"
                    )
                    after = labels(with_it, rows)
                    return [
                        row["id"] for row, a, b in zip(rows, before, after, strict=True) if a != b
                    ]

                assert (changed(end) == []) is not is_open
                if end - beyond in interval:
                    assert changed(end - beyond) == []
                if 0 <= end + beyond <= scheme.weights.total:
                    assert set(first) <= set(changed(end + beyond))
                    assert changed(end + beyond) != []
                elif not is_open:
                    assert first == ()


class TestOneWeight:
    def test_the_ends_are_exact_and_tell_whether_they_belong(self):
        # 90 w + 50 (1 - w) is 79.995 at w = 0.749875 and 59.995 at w = 0.249875; both round up.
        people = read_people(two(), {"id": ["A"], "skp": [90], "perilaku": [50]})
        skp, perilaku = steady_weights(people)
        assert (skp.interval.low, skp.interval.low_open) == (Fraction("0.249875"), False)
        assert (skp.interval.high, skp.interval.high_open) == (Fraction("0.749875"), True)
        assert (skp.below, skp.above) == (("A",), ("A",))
        assert perilaku.interval.low == 1 - skp.interval.high

    def test_one_person_may_be_asked_about_alone(self):
        people = read_people(two(), {"id": ["A", "B"], "skp": [90, 80], "perilaku": [50, 80]})
        [skp, _] = steady_weights(people, person="B")
        assert (skp.interval.low, skp.interval.high) == (0, 1)

    def test_somebody_unknown_is_refused(self):
        people = read_people(two(), {"id": ["A"], "skp": [90], "perilaku": [50]})
        with pytest.raises(InputError, match="KNJ056"):
            steady_weights(people, person="Z")

    def test_a_value_beyond_all_measure_is_followed(self):
        people = read_people(two(), {"id": ["A", "B"], "skp": [1e300, 90], "perilaku": [50, 50]})
        skp, _ = steady_weights(people)
        assert skp.above == ("B",)
        assert skp.interval.high == Fraction("0.749875")

    def test_an_id_that_is_a_number_is_found(self):
        people = read_people(two(), {"id": [7, 8], "skp": [90, 50], "perilaku": [50, 50]})
        assert steady_weights(people, person=7) == steady_weights(people, person="7")
        with pytest.raises(InputError, match="KNJ056"):
            steady_weights(people, person=9)

    def test_the_others_share_the_rest_in_their_proportions(self):
        case = with_weight(policy_scheme(two()), "skp", Fraction(1, 10))
        assert [share for _, share in case] == [Fraction(1, 10), Fraction(9, 10)]

    def test_a_weight_may_be_written_as_people_write_it(self):
        scheme = policy_scheme(two())
        assert with_weight(scheme, "skp", "25 %") == with_weight(scheme, "skp", Fraction(1, 4))

    @pytest.mark.parametrize(
        ("name", "weight", "code"),
        [("skp", 2, "KNJ044"), ("skp", "separuh", "KNJ044"), ("hasil", 0, "KNJ042")],
    )
    def test_what_is_no_weight_is_refused(self, name, weight, code):
        with pytest.raises(InputError, match=code):
            with_weight(policy_scheme(two()), name, weight)


TABLE = {"id": ["A", "B", "C"], "skp": [90, 61, 70], "perilaku": [50, 58, 90]}


LEFT = """\
schema: 1
id: sisa
version: 1.0.0
title: sisa
in_force: {from: 2000-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik}}
inputs:
  a: {type: number, title: a, required: false}
  b: {type: number, title: b, required: false}
  c: {type: number, title: c, required: false}
steps:
  nilai:
    rule: weighted_mean
    title: nilai
    weights: {a: 0 %, b: 60 %, c: 40 %}
    missing: renormalise
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    bands: [{label: kurang, below: 60}, {label: baik, from: 60}]
publish: [predikat]
"""


class TestNothingLeftToDivideBy:
    """Where the parts that are there weigh nothing, the step has no value."""

    def test_a_part_that_weighs_nothing_gives_a_label_as_soon_as_it_weighs(self):
        people = read_people(Scorer(parse_policy(LEFT).program), {"id": ["A"], "a": [70]})
        a, b, c = steady_weights(people)
        assert people.current.tolist() == [2]
        assert (a.interval.low, a.interval.high, a.interval.high_open) == (0, 0, False)
        assert a.above == ("A",)
        assert [(one.interval.low, one.interval.high) for one in (b, c)] == [(0, 1), (0, 1)]

    def test_a_part_beside_one_that_weighs_nothing_may_not_go_to_zero(self):
        rows = {"id": ["A"], "a": [70], "b": [80]}
        people = read_people(Scorer(parse_policy(LEFT).program), rows)
        a, b, _ = steady_weights(people)
        assert (a.interval.high, a.interval.high_open, a.above) == (1, False, ())
        assert (b.interval.low, b.interval.low_open, b.below) == (0, True, ("A",))

    def test_the_mean_of_nobody_is_nothing(self):
        people = read_people(Scorer(parse_policy(LEFT).program), {"id": ["A"], "a": [70]})
        found = tornado(people, by="10 %", measure="mean")
        assert found.base == 0
        assert {row.name: row.at_high for row in found.rows} == {"a": 70, "b": 0, "c": 0}


class TestTornado:
    def test_people_who_change_are_counted_at_both_ends(self):
        # With 70 %: 78, 60.1, 76; with 50 %: 70, 59.5, 80; with 60 %: 74, 59.8, 78.
        people = read_people(two(), TABLE)
        found = tornado(people, by="10 %")
        assert found.base == 0
        [skp] = [row for row in found.rows if row.name == "skp"]
        assert (skp.weight_low, skp.weight_high) == (Fraction(1, 2), Fraction(7, 10))
        assert (skp.at_low, skp.at_high) == (1, 1)

    def test_a_label_or_better_is_counted(self):
        found = tornado(read_people(two(), TABLE), by="10 %", measure="label", label="cukup")
        assert found.base == 2
        assert {row.name: (row.at_low, row.at_high) for row in found.rows} == {
            "skp": (2, 3),
            "perilaku": (3, 2),
        }

    def test_the_mean_moves_with_the_weights(self):
        found = tornado(read_people(two(), TABLE), by="10 %", measure="mean")
        assert found.base == Fraction("70.6")
        assert found.rows[0].at_high - found.base == found.base - found.rows[0].at_low

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"by": 0}, "KNJ057"),
            ({"by": float("nan")}, "KNJ057"),
            ({"by": "sepuluh"}, "KNJ057"),
            ({"by": "5 %", "measure": "median"}, "KNJ033"),
            ({"by": "5 %", "measure": "label", "label": "hebat"}, "KNJ059"),
            ({"by": "5 %", "measure": "label"}, 'KNJ059  label\n  label ""'),
        ],
    )
    def test_what_cannot_be_measured_is_refused(self, asked, code):
        with pytest.raises(InputError, match=code):
            tornado(read_people(two(), TABLE), **asked)
