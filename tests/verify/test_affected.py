"""What becomes of people: the counts are those of scoring everybody twice, one by one."""

from collections import Counter
from fractions import Fraction
from statistics import median

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.exact import exact
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer
from kinerja.verify import impact
from kinerja.verify.affected import ImpactCount

POLICY = """
schema: 1
id: lama
version: 1.0.0
title: Kebijakan
in_force: {from: 2024-01-01}
bases: {kami: {title: aturan kami, status: own}}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
inputs:
  mutu: {type: number, title: mutu, limits: {from: 0, to: 100}}
  waktu: {type: number, title: waktu, limits: {from: 0, to: 100}}
steps:
  total:
    rule: weighted_mean
    title: total
    weights: {mutu: 60 %, waktu: 40 %}
    round: {digits: 2, mode: half_up}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: total
    bands: [{label: kurang, below: 60}, {label: cukup, from: 60, below: 80}, {label: baik, from: 80}]
publish: [total, predikat]
"""
CHANGES = (
    ("mutu: 60 %, waktu: 40 %", "mutu: 50 %, waktu: 50 %"),
    ("below: 80}, {label: baik, from: 80}", "below: 75}, {label: baik, from: 75}"),
    ("title: mutu, limits: {from: 0, to: 100}", "title: mutu, limits: {from: 0, to: 90}"),
    ("title: waktu, limits", "title: waktu, required: false, limits"),
)


def scorer(*pairs, text=POLICY):
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Scorer(parse_policy(text).program)


OLD, NEW = scorer(), scorer(*CHANGES)
FRAMES = [pd.DataFrame, pl.DataFrame, pa.table, dict]


def columns_of(rows):
    return {
        "id": [str(place) for place in range(len(rows))],
        "mutu": np.array([np.nan if mutu is None else mutu for mutu, _, _ in rows], float),
        "waktu": np.array([np.nan if waktu is None else waktu for _, waktu, _ in rows], float),
        "unit": [unit for _, _, unit in rows],
    }


def one_by_one(old, new, rows):
    """Score everybody twice: status, label and number by both."""
    found = []
    for mutu, waktu, unit in rows:
        both = []
        for policy in (old, new):
            try:
                result = policy.score({"mutu": mutu, "waktu": waktu})
            except InputError:
                both.append(("refused", None, None))
            else:
                number = result["total"]
                number = None if number is None else exact(number)
                both.append((result.status, result["predikat"], number))
        found.append((unit, *both))
    return found


def named(people):
    """Give who is named of everybody: those whose label changes, then those who move furthest."""
    order = ["kurang", "cukup", "baik"]
    changed, moved = [], []
    for place, (_, (_, before, old), (_, after, new)) in enumerate(people):
        size = 0 if None in (old, new) else abs(new - old)
        if size:
            moved.append((-size, place))
        if before == after:
            continue
        if before is None or after is None:
            sort = "gains" if before is None else "loses"
        else:
            sort = "falls" if order.index(after) < order.index(before) else "rises"
        changed.append((["falls", "loses", "rises", "gains"].index(sort), -size, place))
    first = [place for _, _, place in sorted(changed)[:10]]
    return [*first, *(place for _, place in sorted(moved)[:10] if place not in first)]


PEOPLE = st.lists(
    st.tuples(
        st.none() | st.integers(0, 1100).map(lambda n: n / 10),
        st.none() | st.integers(0, 1100).map(lambda n: n / 10),
        st.sampled_from(["A", "B", "C"]),
    ),
    min_size=1,
    max_size=60,
)


class TestCounts:
    @settings(max_examples=60, deadline=None)
    @given(rows=PEOPLE, frame=st.sampled_from(FRAMES))
    def test_are_those_of_everybody_scored_twice(self, rows, frame):
        found = impact(OLD, NEW, frame(columns_of(rows)), unit="unit")
        people = one_by_one(OLD, NEW, rows)
        assert found.rows == len(rows)
        assert found.statuses == Counter((old[0], new[0]) for _, old, new in people)
        assert found.labels.counts == Counter((old[1], new[1]) for _, old, new in people)
        moves = [
            (unit, new[2] - old[2]) for unit, old, new in people if None not in (old[2], new[2])
        ]
        for one in found.units:
            own = [moved for unit, moved in moves if unit == one.unit]
            labels = Counter((old[1], new[1]) for unit, old, new in people if unit == one.unit)
            assert one.rows == sum(unit == one.unit for unit, _, _ in people)
            assert one.labels.counts == labels
            assert (one.up, one.down) == (sum(m > 0 for m in own), sum(m < 0 for m in own))
            assert one.mean == (sum(own, Fraction(0)) / len(own) if own else None)
        every = [moved for _, moved in moves]
        if not every:
            assert found.points is None
            return
        points = found.points
        assert points.counts == tuple(sorted(Counter(every).items()))
        assert (points.least, points.most) == (min(every), max(every))
        assert (points.mean, points.median) == (sum(every) / Fraction(len(every)), median(every))
        assert points.up + points.same + points.down == len(every)
        assert [int(mover.id) for mover in found.movers] == named(people)

    def test_do_not_depend_on_how_the_table_is_cut(self):
        rng = np.random.default_rng(3)
        rows = [
            (float(m), float(w), "AB"[u])
            for m, w, u in zip(
                rng.integers(0, 101, 300), rng.integers(0, 101, 300), rng.integers(0, 2, 300),
                strict=True,
            )
        ]  # fmt: skip
        whole = impact(OLD, NEW, columns_of(rows), unit="unit")
        count = ImpactCount(OLD, NEW, unit="unit")
        for start in range(0, 300, 70):
            part = columns_of(rows[start : start + 70])
            part["id"] = [str(start + int(at)) for at in part["id"]]
            count.take_table(part)
        assert count.impact() == whole
        singly = ImpactCount(OLD, NEW, unit="unit")
        records = [
            {"id": str(at), "mutu": m, "waktu": w, "unit": u} for at, (m, w, u) in enumerate(rows)
        ]
        refused = singly.take_records(records)
        assert singly.impact() == whole
        assert refused == [at for at, (m, w, _) in enumerate(rows) if m > 100 or w > 100]

    def test_numbers_that_no_float_tells_are_subtracted_exactly(self):
        text = POLICY.replace("rule: weighted_mean", "rule: formula").replace(
            "weights: {mutu: 60 %, waktu: 40 %}\n    round: {digits: 2, mode: half_up}",
            "is: mutu * 1000000000000 + waktu / 1000000000000",
        )
        old, new = scorer(text=text), scorer(("* 1000000000000 +", "* 1000000000001 +"), text=text)
        rows = [(0.1, 1.0, "A"), (33.3, 2.0, "A"), (None, 3.0, "B")]
        found = impact(old, new, columns_of(rows), unit="unit")
        assert found.points.counts == ((Fraction(1, 10), 1), (Fraction(333, 10), 1))
        assert {unit.unit: unit.mean for unit in found.units} == {"A": Fraction(167, 10), "B": None}
        assert [mover.moved for mover in found.movers] == [Fraction(333, 10), Fraction(1, 10)]

    def test_large_moves_and_units_of_numbers(self):
        text = POLICY.replace("limits: {from: 0, to: 100}", "limits: {from: 0}")
        old, new = scorer(text=text), scorer(CHANGES[0], text=text)
        columns = {
            "mutu": np.array([0.0, 9e9, 1e12, 5.0]),
            "waktu": np.array([0.0, 0.0, 0.0, 5.0]),
            "unit": np.array([7.0, 7.0, np.nan, 1.5]),
        }
        found = impact(old, new, columns, unit="unit")
        assert found.points.least == -Fraction(10**11)
        assert {unit.unit: unit.rows for unit in found.units} == {"7": 2, None: 1, "1.5": 1}
        assert next(u.mean for u in found.units if u.unit == "7") == -Fraction(9 * 10**8, 2)

    def test_numbers_too_large_to_be_scaled(self):
        text = POLICY.replace("limits: {from: 0, to: 100}", "limits: {from: 0}")
        old = scorer(text=text)
        new = scorer(("digits: 2", "digits: 6"), CHANGES[0], text=text)
        columns = {"mutu": np.array([9e12, 1.0, 2.0]), "waktu": np.array([0.0, 2.0, np.nan])}
        found = impact(old, new, columns)
        assert found.points.counts == ((-Fraction(9 * 10**11), 1), (Fraction(1, 10), 1))
        assert [mover.moved for mover in found.movers] == [-9 * 10**11, Fraction(1, 10)]

    def test_sums_too_large_for_floats(self):
        text = POLICY.replace("limits: {from: 0, to: 100}", "limits: {from: 0}")
        old, new = scorer(text=text), scorer(CHANGES[0], text=text)
        columns = {"mutu": np.full(20, 1e13), "waktu": np.zeros(20), "unit": ["A", "B"] * 10}
        found = impact(old, new, columns, unit="unit")
        assert {unit.unit: unit.mean for unit in found.units} == {"A": -(10**12), "B": -(10**12)}
        assert (found.points.least, found.points.mean) == (-(10**12), -(10**12))

    def test_a_table_without_rows(self):
        found = impact(OLD, NEW, pa.table(columns_of([(1.0, 1.0, "A")])).slice(0, 0), unit="unit")
        assert (found.rows, found.points, found.units, found.movers) == (0, None, (), ())

    def test_nobody_with_a_number(self):
        found = impact(OLD, NEW, columns_of([(None, 1.0, "A"), (None, None, "B")]), unit="unit")
        assert (found.points, found.movers) == (None, ())
        assert [unit.mean for unit in found.units] == [None, None]


class TestDirections:
    def test_labels_rise_and_fall_by_their_scale(self):
        rows = [(60.0, 90.0, "A"), (100.0, 40.0, "A"), (50.0, 50.0, "A"), (70.0, None, "A")]
        labels = impact(OLD, scorer(CHANGES[0], CHANGES[1]), columns_of(rows)).labels
        assert labels.counts == {
            (None, None): 1, ("kurang", "kurang"): 1, ("cukup", "cukup"): 1, ("cukup", "baik"): 1,
        }  # fmt: skip
        assert (labels.up, labels.down, labels.same, labels.other) == (1, 0, 3, 0)

    def test_without_one_order_no_direction_is_said(self):
        new = scorer(
            (
                "{kurang: Kurang, cukup: Cukup, baik: Baik}",
                "{baik: Baik, cukup: Cukup, kurang: Kurang}",
            ),
            ("{label: kurang, below: 60}", "{label: baik, below: 60}"),
            ("{label: baik, from: 80}", "{label: kurang, from: 80}"),
        )
        labels = impact(OLD, new, columns_of([(50.0, 50.0, "A"), (70.0, 70.0, "A")])).labels
        assert (labels.up, labels.down, labels.same, labels.other) == (0, 0, 1, 1)

    def test_policies_without_labels_are_compared_by_their_numbers(self):
        other = POLICY.replace("publish: [total, predikat]", "publish: [total]")
        bare = scorer(text=other)
        found = impact(
            bare, scorer(CHANGES[0], text=other), columns_of([(50.0, 60.0, "A")]), unit="unit"
        )
        assert (found.labels, found.steps, found.movers[0].labels) == (None, None, None)
        assert found.points.most == 1
        assert found.units[0].labels is None

    def test_policies_without_numbers_are_compared_by_their_labels(self):
        other = POLICY.replace("publish: [total, predikat]", "publish: [predikat]")
        rows = [(50.0, 100.0, "A"), (75.0, 75.0, "A"), (10.0, 10.0, "A"), (None, 9.0, "A")]
        found = impact(scorer(text=other), NEW, columns_of(rows))
        assert found.points is None
        assert found.labels.counts[("cukup", "baik")] == 2
        assert [mover.id for mover in found.movers] == ["0", "1"]
        first = found.movers[0]
        assert (first.old, first.new, first.moved, first.step) == (None, None, None, "total")
        assert [label.id for label in first.labels] == ["Cukup", "Baik"]

    def test_who_moves_over_more_labels_moves_further(self):
        other = POLICY.replace("publish: [total, predikat]", "publish: [predikat]")
        new = scorer(("{label: kurang, below: 60}, {label: cukup, from: 60, below: 80}, ", ""),
                     ("{label: baik, from: 80}", "{label: baik, from: 0}"), text=other)  # fmt: skip
        rows = [(70.0, 70.0, "A"), (10.0, 10.0, "A"), (90.0, 90.0, "A"), (50.0, 50.0, "A")]
        movers = impact(scorer(text=other), new, columns_of(rows)).movers
        assert [mover.id for mover in movers] == ["1", "3", "0"]

    def test_labels_of_scales_without_order_are_all_as_far_apart(self):
        loose = POLICY.replace("ordered: true", "ordered: false")
        loose = loose.replace("publish: [total, predikat]", "publish: [predikat]")
        rows = [(70.0, 70.0, "A"), (76.0, 76.0, "A"), (90.0, 90.0, "A")]
        found = impact(scorer(text=loose), scorer(CHANGES[1], text=loose), columns_of(rows))
        assert [mover.id for mover in found.movers] == ["1"]
        assert found.labels.other == 1


class TestMovers:
    def test_are_explained_by_the_first_step_that_differs(self):
        [mover] = impact(OLD, NEW, columns_of([(50.0, 90.0, "A")])).movers
        assert (mover.id, mover.old, mover.new, mover.moved) == ("0", 66, 70, 4)
        assert (mover.step, mover.old_line.name, mover.new_line.name) == ("total",) * 3
        assert mover.old_line.figures.id == "60 % × 50 + 40 % × 90"
        assert mover.new_line.figures.id == "50 % × 50 + 50 % × 90"
        assert [text.id for text in mover.labels] == ["Cukup", "Cukup"]

    def test_who_falls_comes_before_who_moves_further(self):
        """Nine thousand numbers move; the label of two of them changes, and they move least."""
        rows = [(50.0, 90.0, "A")] * 9_000
        rows[8_000] = (79.6, 80.8, "A")  # 80.08 becomes 80.2, and keeps its label
        rows[8_500] = (81.0, 78.6, "A")  # 80.04 becomes 79.8
        rows[8_600] = (59.0, 61.4, "A")  # 59.96 becomes 60.2
        new = scorer(CHANGES[0])
        found = impact(OLD, new, columns_of(rows))
        assert (found.labels.down, found.labels.up) == (1, 1)
        assert [mover.id for mover in found.movers] == ["8500", "8600", *map(str, range(10))]
        assert [text.id for text in found.movers[0].labels] == ["Baik", "Cukup"]
        singly = ImpactCount(OLD, new)
        records = [{"id": str(at), "mutu": m, "waktu": w} for at, (m, w, _) in enumerate(rows)]
        singly.take_records(records)
        assert singly.impact().movers == found.movers

    def test_ten_whose_label_changes_are_named_those_who_move_further_first(self):
        rows = [(60.0 + at / 10, 100.0, "A") for at in range(30)]  # those in front move further
        new = scorer(
            CHANGES[0],
            ("below: 80}, {label: baik, from: 80}", "below: 50}, {label: baik, from: 50}"),
            ("below: 60}, {label: cukup, from: 60,", "below: 10}, {label: cukup, from: 10,"),
        )
        found = impact(OLD, new, columns_of([*reversed(rows), (10.0, 100.0, "A")]))
        assert found.labels.up == 31
        assert [mover.id for mover in found.movers] == ["30", *map(str, range(29, 20, -1))]

    def test_who_has_no_label_any_more_comes_after_who_falls(self):
        higher = ("below: 80}, {label: baik, from: 80}", "below: 85}, {label: baik, from: 85}")
        new = scorer(higher, CHANGES[2])
        rows = [(91.0, 70.0, "A"), (100.0, 10.0, "A"), (82.0, 82.0, "A"), (70.0, 70.0, "A")]
        movers = impact(OLD, new, columns_of(rows)).movers
        assert [mover.id for mover in movers] == ["2", "0", "1"]
        assert [mover.labels[1] and mover.labels[1].id for mover in movers] == ["Cukup", None, None]
        assert (movers[1].old, movers[1].new, movers[1].moved) == (Fraction(413, 5), None, None)

    def test_who_is_told_one_by_one_falls_too(self):
        text = POLICY.replace("rule: weighted_mean", "rule: formula").replace(
            "weights: {mutu: 60 %, waktu: 40 %}\n    round: {digits: 2, mode: half_up}",
            "is: mutu + waktu / 1000000000000000000",
        )
        old, new = scorer(text=text), scorer(("mutu + waktu", "mutu - waktu"), text=text)
        rows = [(50.0, 3.0, "A"), (80.0, 1.0, "A"), (60.0, 2.0, "A"), (30.0, 4.0, "A")]
        movers = impact(old, new, columns_of(rows)).movers
        assert [mover.id for mover in movers] == ["2", "1", "3", "0"]

    def test_of_the_same_distance_the_first_come_first(self):
        rows = [(50.0, 60.0, "A")] * 12 + [(50.0, 70.0, "A")]
        movers = impact(OLD, NEW, columns_of(rows)).movers
        assert [mover.id for mover in movers] == ["12", *map(str, range(9))]

    def test_a_step_that_has_another_name_explains_nothing(self):
        text = POLICY.replace("total", "jumlah")
        [mover] = impact(OLD, scorer(CHANGES[0], text=text), columns_of([(50.0, 90.0, "A")])).movers
        assert (mover.step, mover.old_line, mover.new_line) == (None, None, None)


class TestInputs:
    def test_that_only_one_policy_reads_are_told(self):
        new = scorer(
            ("  waktu: {type: number, title: waktu,", "  laju: {type: number, title: laju kerja,"),
            ("waktu: 40 %", "laju: 40 %"),
        )
        found = impact(OLD, new, columns_of([(50.0, 90.0, "A")]))
        assert [name for name, _ in found.only_old] == ["waktu"]
        assert [(name, title.id) for name, title in found.only_new] == [("laju", "laju kerja")]
        assert found.statuses == {("complete", "incomplete"): 1}

    def test_a_list_is_given_to_the_policy_that_reads_it(self):
        items = "  butir: {type: list, title: butir, fields: {poin: {type: number, title: poin}}}"
        total = "  poin: {rule: weighted_sum, title: poin, over: butir, value: poin}"
        new = scorer(
            ("  waktu:", f"{items}\n  waktu:"),
            ("publish: [total,", f"{total}\npublish: [poin, total,"),
        )
        table = {"id": ["0", "0"], "poin": [1, 2]}
        found = impact(OLD, new, columns_of([(50.0, 90.0, "A")]), lists={"butir": table})
        assert found.statuses == {("complete", "complete"): 1}

    @pytest.mark.parametrize(
        ("choose", "code"),
        [
            ({"step": "total"}, "KNJ630"),
            ({"unit": "dinas"}, "KNJ632"),
            ({"lists": {"butir": {"id": ["0"]}}}, "KNJ453"),
        ],
    )
    def test_what_is_not_there_is_refused(self, choose, code):
        with pytest.raises(InputError) as caught:
            impact(OLD, NEW, columns_of([(50.0, 90.0, "A")]), **choose)
        assert [issue.code for issue in caught.value.issues] == [code]

    @pytest.mark.parametrize("names", [np.arange(10_001), [str(n) for n in range(10_001)]])
    def test_more_units_than_can_be_told_apart_are_refused(self, names):
        columns = {"mutu": np.full(10_001, 50.0), "waktu": np.full(10_001, 90.0), "unit": names}
        with pytest.raises(InputError) as caught:
            impact(OLD, NEW, columns, unit="unit")
        assert [issue.code for issue in caught.value.issues] == ["KNJ631"]

    def test_the_step_that_is_named_is_compared(self):
        more = POLICY.replace(
            "publish: [total, predikat]",
            "  lain: {rule: bands, title: lain, scale: predikat, of: mutu,"
            " bands: [{label: kurang, below: 50}, {label: baik, from: 50}]}\n"
            "publish: [total, predikat, lain]",
        )
        frame = columns_of([(50.0, 10.0, "A")])
        both = scorer(text=more)
        assert impact(both, both, frame, step="lain").steps[0].name == "lain"
        assert impact(both, both, frame, step="lain").labels.counts == {("baik", "baik"): 1}
        assert impact(both, both, frame, step="predikat").labels.counts == {("kurang", "kurang"): 1}

    def test_the_label_with_an_order_is_compared_unless_another_is_named(self):
        loose = POLICY.replace(
            "inputs:", "  warna: {ordered: false, labels: {merah: Merah, hijau: Hijau}}\ninputs:"
        ).replace(
            "publish: [total, predikat]",
            "  tanda: {rule: bands, title: tanda, scale: warna, of: mutu,"
            " bands: [{label: merah, below: 50}, {label: hijau, from: 50}]}\n"
            "publish: [total, predikat, tanda]",
        )
        frame = columns_of([(50.0, 10.0, "A")])
        both = scorer(text=loose)
        without = scorer(text=loose.replace("[total, predikat, tanda]", "[total, tanda]"))
        last = scorer(text=loose.replace("[total, predikat, tanda]", "[tanda, predikat]"))

        def compared(old, new):
            return [step.name for step in impact(old, new, frame).steps]

        assert compared(both, both) == ["predikat", "predikat"]
        assert compared(last, both) == ["predikat", "predikat"]
        assert compared(both, without) == ["tanda", "tanda"]
        assert compared(without, OLD) == ["tanda", "predikat"]
