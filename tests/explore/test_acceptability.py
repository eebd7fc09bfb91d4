"""Counts over weightings are what scoring everybody anew under each weighting gives."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import strategies_people
from hypothesis import given, settings
from hypothesis import strategies as st
from test_single import two

from kinerja.errors import InputError
from kinerja.explore import (
    band_acceptability,
    count_changes,
    draw_weightings,
    effective_weights,
    given_weightings,
    policy_scheme,
    policy_schemes,
    read_people,
    reweighted,
    unit_acceptability,
)
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer
from kinerja.values import Weights


def scored_anew(case, people, weightings):
    """Score every person under every weighting as one record."""
    ids = [*(name for name, _ in people.label.labels), None]
    counts = np.zeros((len(people), len(ids)), np.int64)
    moved = []
    rows = [{key: column[row] for key, column in case.table.items()} for row in range(len(people))]
    before = [case.scorer.score(row)["predikat"] for row in rows]
    for place in range(len(weightings)):
        scorer = reweighted(case.scorer, weightings[place], step="inti")
        after = [scorer.score(row)["predikat"] for row in rows]
        for row, label in enumerate(after):
            counts[row, ids.index(label)] += 1
        moved.append(sum(a != b for a, b in zip(before, after, strict=True)))
    return counts, moved, before


class TestAgainstScoringAnew:
    @settings(max_examples=60)
    @given(strategies_people.cases(), st.integers(0, 99))
    def test_every_count_is_right(self, case, seed):
        schemes = {scheme.step: scheme for scheme in policy_schemes(case.scorer)}
        people = read_people(case.scorer, case.table, step="inti")
        weightings = draw_weightings(schemes["inti"], count=9, seed=seed)
        counts, moved, before = scored_anew(case, people, weightings)
        found = band_acceptability(people, weightings)
        assert list(found.current) == before
        assert found.counts.tolist() == counts.tolist()
        assert count_changes(people, weightings).tolist() == moved


PANEL = """\
schema: 1
id: panel
version: 1.0.0
title: panel
in_force: {from: 2000-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik}}
  kelompok: {ordered: false, labels: {atasan: Atasan, rekan: Rekan, bawahan: Bawahan}}
inputs:
  nilai:
    type: list
    title: penilaian
    fields:
      kelompok: {type: label, scale: kelompok, title: kelompok}
      skor: {type: number, title: skor}
steps:
  panel:
    rule: raters
    title: panel
    over: nilai
    group: kelompok
    score: skor
    groups: {atasan: {minimum: 1}, rekan: {minimum: 1}, bawahan: {minimum: 1}}
    weights: {atasan: 54 %, rekan: 36 %, bawahan: 10 %}
    within: mean
    unanswered: skip
    too_few: missing_group
    missing_group: renormalise
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: panel
    bands: [{label: kurang, ENDS: 60}, {label: baik, ENDS2: 60}]
publish: [predikat]
"""


def panel_policy(ends):
    text = PANEL.replace("ENDS2", ends[1]).replace("ENDS", ends[0])
    return Scorer(parse_policy(text).program)


def ratings(group, total, count):
    """Give whole ratings with a sum."""
    low, more = divmod(total, count)
    return [{"kelompok": group, "skor": low + (place < more)} for place in range(count)]


def weights(part):
    """Give `part` tenths of nine tenths to the superior, the rest of them to peers, a tenth to others."""
    return Weights.of({"atasan": f"{9 * part} %", "rekan": f"{90 - 9 * part} %", "bawahan": "10 %"})


class TestEdges:
    """Means of 3, 7 or 11 ratings whose weighted mean is exactly 60: floats cannot tell."""

    @pytest.mark.parametrize("ends", [("below", "from"), ("to", "above")])
    @pytest.mark.parametrize("count", [1, 3, 7, 11])
    @pytest.mark.parametrize("third", ["absent", "there"])
    def test_a_mean_on_the_edge_is_decided_exactly(self, ends, count, third):
        scorer = panel_policy(ends)
        parts = (1, 2, 3, 7, 9)
        rows = []
        for part in parts:
            for step in range(1, 8):
                # part/10 of 60 - (10 - part) step/count, and the rest of 60 + part step/count, are 60.
                below, above = 60 * count - (10 - part) * step, 60 * count + part * step
                others = ratings("bawahan", 60, 1) if third == "there" else []
                rows.append(
                    ratings("atasan", below, count) + ratings("rekan", above, count) + others
                )
        weightings = given_weightings(policy_scheme(scorer), [weights(part) for part in parts])
        scorers = [reweighted(scorer, one) for one in map(weights, parts)]
        people = read_people(scorer, {"nilai": rows})
        assert people.printed.all() == (count == 1)
        found = band_acceptability(people, weightings)
        for row, items in enumerate(rows):
            labels = [one.score({"nilai": items})["predikat"] for one in scorers]
            assert found.counts[row].tolist() == [labels.count("kurang"), labels.count("baik"), 0]

    def test_more_weightings_than_one_block_are_all_counted(self):
        scorer = panel_policy(("below", "from"))
        people = read_people(
            scorer, {"nilai": [ratings("atasan", 61, 1) + ratings("rekan", 58, 1), []]}
        )
        weightings = draw_weightings(policy_scheme(scorer), count=4503, seed=5)
        found = band_acceptability(people, weightings)
        over, under = weightings.parts[:, 0], weightings.parts[:, 1]
        passed = int((over * 61 + under * 58 >= 60 * (over + under)).sum())
        assert found.counts.tolist() == [[4503 - passed, passed, 0], [0, 0, 4503]]
        # 54 and 36 % stand as 60 and 40: 59.8.
        assert found.current == ("kurang", None)
        assert found.stays(0) == Fraction(4503 - passed, 4503)
        assert found.stays(1) == 1
        assert count_changes(people, weightings).sum() == passed


class TestColumns:
    def test_parts_go_by_name_into_what_takes_components(self):
        people = read_people(two(), {"skp": [60, 70, 80, None], "perilaku": [70, 90, 80, 50]})
        found = effective_weights(
            people.columns, weights=people.scheme.weights, missing="leave_out"
        )
        assert (found.people, found.left_out) == (3, 1)
        assert sum(one.effective for one in found.of) == pytest.approx(1, abs=1e-12)


class TestManyPeople:
    def test_several_blocks_and_threads_count_what_whole_numbers_count(self):
        """0.6 · skp + 0.4 · perilaku, rounded half up to hundredths, with people on every edge."""
        random = np.random.default_rng(5)
        skp, perilaku = random.integers(40, 100, (2, 1500))
        skp[:200] = perilaku[:200] = random.choice([60, 80], 200)
        people = read_people(two(), {"skp": skp, "perilaku": perilaku})
        weightings = draw_weightings(policy_scheme(two()), count=2017, seed=5)
        sums = np.stack([skp, perilaku], axis=1) @ weightings.parts.T
        hundredths = (sums + 5_000) // 10_000
        places = np.searchsorted([6_000, 8_000], hundredths, side="right")
        found = band_acceptability(people, weightings)
        for label in range(3):
            assert (found.counts[:, label] == (places == label).sum(axis=1)).all()
        own = np.searchsorted([6_000, 8_000], 60 * skp + 40 * perilaku, side="right")
        assert (people.current == own).all()
        moved = (places != own[:, None]).sum(axis=0)
        assert (count_changes(people, weightings) == moved).all()
        assert (found.kept() == (places == own[:, None]).sum(axis=1)).all()


class TestWhatIsHardToSee:
    def test_no_value_where_every_part_that_is_there_weighs_nothing(self):
        scorer = panel_policy(("below", "from"))
        shares = [
            {"atasan": 0, "rekan": "90 %", "bawahan": "10 %"},
            {"atasan": 1, "rekan": 0, "bawahan": 0},
        ]
        weightings = given_weightings(policy_scheme(scorer), map(Weights.of, shares))
        rows = [ratings("atasan", 61, 1), ratings("rekan", 50, 1), ratings("atasan", 121, 2)]
        people = read_people(scorer, {"nilai": rows})
        assert band_acceptability(people, weightings).counts.tolist() == [
            [0, 1, 1],
            [1, 0, 1],
            [0, 1, 1],
        ]
        assert count_changes(people, weightings).tolist() == [2, 1]

    @pytest.mark.parametrize("excess", [Fraction(1, 10**14), Fraction(1, 10**10), Fraction(0)])
    def test_a_sum_just_above_an_edge_is_above_it(self, excess):
        # The sum lies nearer to the edge than one part of the grid that weightings are drawn on.
        scorer = sum_policy("to: 60", "above: 60", missing="incomplete")
        value = Decimal(60) + Decimal(excess.numerator) / Decimal(excess.denominator)
        people = read_people(scorer, {"a": [value, Decimal(1)], "b": [Decimal(60), Decimal(1)]})
        weightings = given_weightings(policy_scheme(scorer), [Weights.of({"a": 0.5, "b": 0.5})])
        assert not excess or not people.printed[0]
        expected = [0, 1, 0] if excess else [1, 0, 0]
        assert band_acceptability(people, weightings).counts[0].tolist() == expected

    def test_values_beyond_all_measure_are_decided_exactly(self):
        scorer = sum_policy("below: 60", "from: 60", missing="incomplete")
        people = read_people(scorer, {"a": [1e300, 1e300, -1e300], "b": [-1e300, 0, 60]})
        weightings = given_weightings(
            policy_scheme(scorer),
            [Weights.of({"a": 0.5, "b": 0.5}), Weights.of({"a": "0.500001", "b": "0.499999"})],
        )
        assert band_acceptability(people, weightings).counts.tolist() == [
            [1, 1, 0],
            [0, 2, 0],
            [2, 0, 0],
        ]

    def test_one_whose_own_way_bends_is_scored_anew(self):
        # A third is no short decimal, so this way is found for the person alone; and it cannot be followed.
        scorer = sum_policy("below: 60", "from: 60", missing="incomplete", bent=True)
        table = {"a": [70, 70], "b": [80, 50], "lain": [100 / 3, 100 / 3]}
        people = read_people(scorer, table)
        assert not people.followed
        weightings = given_weightings(
            policy_scheme(scorer, step="inti"),
            [Weights.of({"a": 0.5, "b": 0.5}), Weights.of({"a": "10 %", "b": "90 %"})],
        )
        assert band_acceptability(people, weightings).counts.tolist() == [[0, 2, 0], [1, 1, 0]]


SUM = """\
schema: 1
id: jumlah
version: 1.0.0
title: jumlah
in_force: {from: 2000-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik}}
inputs:
  a: {type: number, title: a}
  b: {type: number, title: b}
INPUTS
steps:
  inti:
    rule: weighted_mean
    title: inti
    weights: {a: 50 %, b: 50 %}
    missing: MISSING
BEHIND
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: total
    bands: [{label: kurang, LOW}, {label: baik, HIGH}]
publish: [predikat]
"""


def sum_policy(low, high, *, missing, bent=False):
    text = SUM.replace("LOW", low).replace("HIGH", high).replace("MISSING", missing)
    number = "  lain: {type: number, title: lain}" if bent else ""
    way = '"where(inti > lain, (inti + round(inti, 0, half_up)) / 2, inti)"' if bent else "inti"
    behind = f"  total: {{rule: formula, title: total, is: {way}}}"
    return Scorer(
        parse_policy(
            text.replace("INPUTS\n", number + "\n" if bent else "").replace("BEHIND", behind)
        ).program
    )


class TestWhatIsLookedAt:
    def test_by_default_the_last_step_that_reaches_the_label(self):
        text = SUM.replace("INPUTS\n", "").replace(
            "BEHIND", "  total: {rule: formula, title: total, is: inti}"
        )
        text = (
            text.replace("LOW", "below: 60")
            .replace("HIGH", "from: 60")
            .replace("MISSING", "incomplete")
        )
        beside = "  lain: {rule: weighted_mean, title: lain, weights: {a: 10 %, b: 90 %}}\n"
        text = text.replace("publish: [predikat]", beside + "publish: [predikat, lain]")
        scorer = Scorer(parse_policy(text).program)
        assert policy_scheme(scorer).step == "lain"
        assert read_people(scorer, {"a": [1], "b": [2]}).scheme.step == "inti"
        with pytest.raises(InputError, match="KNJ051"):
            read_people(scorer, {"a": [1], "b": [2]}, step="lain")

    def test_a_label_that_there_is_not_has_no_share(self):
        scorer = sum_policy("below: 60", "from: 60", missing="incomplete")
        people = read_people(scorer, {"a": [1], "b": [2]})
        found = band_acceptability(people, draw_weightings(policy_scheme(scorer), count=1, seed=1))
        with pytest.raises(ValueError, match="hebat"):
            found.share(0, "hebat")


class TestUnits:
    def test_a_unit_is_the_mean_of_its_people(self):
        scorer = panel_policy(("below", "from"))
        people = read_people(
            scorer,
            {
                "nilai": [
                    ratings("atasan", 90, 1) + ratings("rekan", 90, 1),
                    ratings("atasan", 61, 1) + ratings("rekan", 58, 1),
                    ratings("atasan", 50, 1) + ratings("rekan", 90, 1),
                ]
            },
        )
        weightings = given_weightings(
            policy_scheme(scorer),
            [weights(part) for part in (5, 6, 7)],
        )
        found = band_acceptability(people, weightings)
        none, unit = unit_acceptability(found, [None, "B", "B"])[::-1]
        assert (none.unit, none.people, none.kept, none.firm, none.wavering) == (None, 1, 1, 1, 0)
        # 61 and 58 reach 60 from 2/3 on; 50 and 90 stay above it always.
        assert (unit.unit, unit.people, unit.kept, unit.firm) == ("B", 2, Fraction(5, 6), 1)

    def test_as_many_units_as_people_are_wanted(self):
        scorer = panel_policy(("below", "from"))
        people = read_people(scorer, {"nilai": [[]]})
        found = band_acceptability(people, draw_weightings(policy_scheme(scorer), count=1, seed=1))
        with pytest.raises(ValueError, match="2 units for 1 people"):
            unit_acceptability(found, ["A", "B"])


class TestRefusals:
    def test_weightings_of_another_step_are_refused(self):
        scorer = panel_policy(("below", "from"))
        people = read_people(scorer, {"nilai": [[]]})
        own = draw_weightings(policy_scheme(scorer), count=1, seed=1)
        others = replace(own, names=("atasan", "rekan", "warga"))
        with pytest.raises(InputError, match="KNJ052"):
            band_acceptability(people, others)
