"""Conditions on columns, by each engine alone, are those of the exact evaluator, missing values and all."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from column_samples import (
    FLAG,
    PLAIN,
    RECORDS,
    SCALE,
    drawn_records,
    figure,
    hold,
)

from kinerja.exact import Rounding
from kinerja.formula import nodes as n

X, Y, TARGET, COUNT, MAYBE = (n.Ref(name) for name in "xytno")
P, Q, GRADE, GROUP, H, D, E, NOTE = (
    n.Ref(name) for name in ("p", "q", "grade", "group", "h", "d", "e", "note")
)
FEW = RECORDS[:16]

#: Every kind of flag that a plan tells apart.
FLAGS = {
    "flag": P,
    "optional": Q,
    "yes": n.Truth(True),
    "no": n.Truth(False),
    "absent": n.Where(((P, n.Truth(True)),), n.Absent("zero_target")),
    "comparison": n.Compare(">", X, figure("0.5")),
    "of missing": n.Compare("!=", MAYBE, figure(1)),
    "of missing too": n.Compare("<=", MAYBE, Y),
    "of labels": n.Compare("==", GRADE, n.Label("baik")),
    "of missing labels": n.Compare("!=", H, n.Label("baik")),
    "is missing": n.IsMissing(Q),
    "not": n.Not(Q),
    "always": n.Compare(">=", TARGET, figure(1)),
    "never": n.Compare("<", TARGET, figure(0)),
}
NUMBERS = {
    "read": X,
    "too": Y,
    "whole": COUNT,
    "optional": MAYBE,
    "ratio": X / TARGET,
    "scaled": X * "-1/3",
    "missing ratio": Y / X,
    "constant": figure("0.5"),
    "zero": figure(0),
    "rounded": n.Round(Y / TARGET, Rounding(digits=1, mode="half_up")),
}
LABELS = {
    "input": GRADE,
    "optional": H,
    "written": n.Label("baik"),
    "table": n.Lookup((P,), (((True,), n.Label("sangat_baik")), ((False,), n.Label("cukup")))),
    "half a table": n.Lookup((P,), (((True,), n.Label("kurang")),)),
    "cases": n.Where(((P, GRADE), (n.Compare(">", X, figure(1)), H)), n.Label("kurang")),
}


class TestComparisons:
    @pytest.mark.parametrize("op", n.COMPARISONS)
    def test_numbers(self, op):
        for one, other in product(NUMBERS.values(), NUMBERS.values()):
            hold(n.Compare(op, one, other), FLAG, FEW)

    @pytest.mark.parametrize("op", n.COMPARISONS)
    def test_figures_beside_floats(self, op):
        """Points that no float is, and points that only look like one."""
        records = [
            {**RECORDS[0], "x": value, "n": 1, "t": 4.0}
            for value in (0.1, 1 / 3, 0.3333333333333333, 0.30000000000000004, 0.3, 1e-300)
        ]
        for point in (
            "1/10",
            "1/3",
            "0.3333333333333333",
            "0.33333333333333331",
            "0.3",
            "0.30000000000000004",
            "0.300000000000000044",
        ):
            for node in (X, X * "-1", X * 3 / 3, X / TARGET * 4, COUNT / 10):
                hold(n.Compare(op, node, figure(point)), FLAG, records)
                hold(n.Compare(op, figure(point), node), FLAG, records)

    @pytest.mark.parametrize("op", n.COMPARISONS)
    def test_labels_of_a_scale(self, op):
        order = SCALE.ids if op not in ("==", "!=") else None
        for one, other in product(LABELS.values(), LABELS.values()):
            hold(n.Compare(op, one, other, order), FLAG, FEW)

    @pytest.mark.parametrize("op", ["==", "!="])
    def test_labels_without_order_and_texts_and_flags(self, op):
        for other in (GROUP, *map(n.Label, PLAIN.ids), n.Label("nobody")):
            hold(n.Compare(op, GROUP, other), FLAG)
            hold(n.Compare(op, other, GROUP), FLAG)
        for other in (NOTE, n.Label("budi")):
            hold(n.Compare(op, NOTE, other), FLAG)
        for one, other in product(FLAGS.values(), FLAGS.values()):
            hold(n.Compare(op, one, other), FLAG, FEW)

    @pytest.mark.parametrize("op", n.COMPARISONS)
    def test_days(self, op):
        day = n.Number(Fraction(738_945))
        for one, other in product((D, E, D + 1, E - COUNT, day), repeat=2):
            hold(n.Compare(op, one, other), FLAG, FEW)


class TestLogic:
    @pytest.mark.parametrize("one", FLAGS)
    def test_pairs_of_flags(self, one):
        for other in FLAGS.values():
            for node in (n.And((FLAGS[one], other)), n.Or((FLAGS[one], other))):
                hold(node, FLAG, FEW)
                hold(n.Not(node), FLAG, FEW)
                hold(n.IsMissing(node), FLAG, FEW)
                # What is missing behind it must not be taken for an answer.
                hold(n.Where(((node, figure(1)),), figure(0)), records=FEW)

    @pytest.mark.parametrize("deciding", [n.And, n.Or])
    def test_three_flags(self, deciding):
        names = ("optional", "of missing", "of missing labels", "yes", "no", "comparison")
        for three in product(names, repeat=3):
            hold(deciding(tuple(FLAGS[name] for name in three)), FLAG, FEW)
        for one, other, third in product(("optional", "of missing", "absent"), repeat=3):
            inner = n.Or if deciding is n.And else n.And
            hold(deciding((FLAGS[one], inner((FLAGS[other], FLAGS[third])))), FLAG, FEW)
            hold(deciding((FLAGS[one], n.Not(inner((FLAGS[other], FLAGS[third]))))), FLAG, FEW)

    def test_single_arguments_and_doubled_negation(self):
        for flag in FLAGS.values():
            hold(n.And((flag,)), FLAG)
            hold(n.Or((flag,)), FLAG)
            hold(n.Not(n.Not(flag)), FLAG)
            hold(n.And((flag, n.Not(flag))), FLAG)

    def test_reasons_of_what_decides_and_what_does_not(self):
        """Rows alike in what is missing differ where an argument decides."""
        steps = ()
        for seed in range(4):
            node = n.Or(
                (n.Compare(">", MAYBE, figure(0)), Q, n.Compare("==", H, n.Label("baik")), P)
            )
            hold(
                n.And((node, n.Compare("<", MAYBE, figure("0.5")))),
                FLAG,
                drawn_records(seed),
                steps=steps,
            )


def test_what_whole_numbers_can_tell_is_certain():
    for node in (
        n.And((n.Compare(">", COUNT, figure(1)), P)),
        n.Not(n.Compare("==", GRADE, n.Label("baik"))),
        n.Or((n.Compare("<", X, Y), n.IsMissing(Q))),
        n.Compare("==", P, n.Truth(True)),
    ):
        found = hold(node, FLAG)
        assert found["floats"] == found["settled"] == found["decided"] == found["read"]


def test_ratios_on_their_point_are_settled_by_whole_numbers():
    records = [
        {**RECORDS[0], "x": top / 4, "t": bottom}
        for top in range(20)
        for bottom in (1.0, 1.25, 3.0, 12.0)
    ]
    for point in ("1/3", "0.25", "1", "5/12", "0.2"):
        for op in n.COMPARISONS:
            found = hold(n.Compare(op, X / TARGET, figure(point)), FLAG, records)
            assert found["settled"] == found["decided"] == len(records)
            hold(
                n.Compare(op, figure(2) - X / TARGET, figure(2) - n.Number(Fraction(point))),
                FLAG,
                records,
            )
