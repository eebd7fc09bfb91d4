"""Cases, and what stands in for a missing value, by each engine alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from column_samples import (
    DAY,
    FLAG,
    LABEL,
    NUMBER,
    RECORDS,
    T,
    decided_alone,
    drawn_records,
    figure,
    floats_alone,
    hold,
    optional,
    program,
    settled_alone,
    step,
)

from kinerja.exact import Rounding
from kinerja.formula import nodes as n

X, Y, TARGET, COUNT, MAYBE = (n.Ref(name) for name in "xytno")
P, Q, GRADE, H, D, E = (n.Ref(name) for name in ("p", "q", "grade", "h", "d", "e"))
FEW = RECORDS[:16]
#: Below a target, on it, and beyond.
NEAR = [
    {**RECORDS[place], "x": x, "y": y, "t": t, "n": int(x), "o": x if place % 3 else None}
    for place, (x, y, t) in enumerate(product((0.0, 3.0, 7.5, 12.0, 15.0), (3.0, 7.5), (3.0, 7.5)))
]

CONDITIONS = {
    "flag": P,
    "optional": Q,
    "yes": n.Truth(True),
    "no": n.Truth(False),
    "absent": n.Where(((P, n.Truth(False)),), n.Absent("x")),
    "number": n.Compare(">", MAYBE, figure("0.1")),
    "always": n.Compare(">=", TARGET, figure(1)),
    "missing": n.IsMissing(MAYBE),
    "ratio": n.Compare("<=", X / TARGET, figure(1)),
}
VALUES = {
    NUMBER: {
        "read": X,
        "optional": MAYBE,
        "whole": COUNT,
        "negative": COUNT * "-0.5",
        "ratio": X / TARGET,
        "third": figure("1/3"),
        "zero": figure(0),
        "absent": n.Absent("zero_target"),
    },
    FLAG: {
        "flag": P,
        "optional": Q,
        "yes": n.Truth(True),
        "no": n.Truth(False),
        "absent": n.Absent("x"),
    },
    LABEL: {
        "input": GRADE,
        "optional": H,
        "written": n.Label("baik"),
        "written too": n.Label("kurang"),
        "absent": n.Absent("x"),
    },
    DAY: {"day": D, "optional": E, "later": D + 1, "absent": n.Absent("x")},
}


def every(node, kind, records=FEW):
    hold(node, kind, records)
    hold(n.IsMissing(node), FLAG, records)
    if kind is NUMBER:
        hold(n.Round(node, Rounding(digits=1, mode="half_even")), records=records)
        hold(n.Compare("<", node, figure("0.5")), FLAG, records)


class TestCases:
    @pytest.mark.parametrize("kind", VALUES, ids=["number", "flag", "label", "day"])
    def test_one_case(self, kind):
        values = VALUES[kind]
        for condition in CONDITIONS.values():
            for one, other in product(values.values(), repeat=2):
                hold(n.Where(((condition, one),), other), kind, FEW[:10])

    @pytest.mark.parametrize("kind", VALUES, ids=["number", "flag", "label", "day"])
    def test_of_a_pair_everything_else(self, kind):
        for one, other in product(VALUES[kind].values(), repeat=2):
            every(n.Where(((P, one),), other), kind)
            every(n.Where(((Q, one),), other), kind, FEW[:10])

    @pytest.mark.parametrize("kind", VALUES, ids=["number", "flag", "label", "day"])
    def test_several_cases(self, kind):
        first, second, *_, last = VALUES[kind].values()
        for one, other in product(CONDITIONS.values(), repeat=2):
            hold(n.Where(((one, first), (other, second)), last), kind, FEW)
            hold(n.Where(((one, last), (other, second), (P, first)), second), kind, FEW[:8])

    def test_a_case_that_is_not_taken_leaves_nothing_behind(self):
        """Zero divisors, values beyond all bounds and missing values stand in branches of other rows."""
        big = X * 10**15 * X * 10**15
        for node in (
            n.Where(((n.Compare("==", X, figure(0)), figure(1)),), figure(5) / X),
            n.Where(
                ((n.Compare(">", X, figure(1)), n.Round(big, Rounding(digits=0, mode="half_up"))),),
                X,
            ),
            n.Where(((n.IsMissing(MAYBE), figure(2)),), MAYBE * 3),
            n.Where(((n.Compare("==", Y, figure(0)), MAYBE), (P, X / Y)), Y),
        ):
            found = hold(node)
            assert found["decided"] > found["read"] / 2

    def test_the_nearer_the_better(self):
        """`r / t` up to the target, `2 - r / t` beyond: a shape that plans have an operation for."""
        for first, second, low, high in (
            (X, TARGET, X / TARGET, (2 * TARGET - X) / TARGET),
            (TARGET, X, (2 * TARGET - X) / TARGET, X / TARGET),
            (X, TARGET, X / TARGET * 100, (2 * TARGET - X) / TARGET * 100),
            (COUNT, TARGET, COUNT / TARGET, (2 * TARGET - COUNT) / TARGET),
            (X, TARGET, Y / TARGET, (2 * TARGET - Y) / TARGET),
            (X, TARGET, X / TARGET, (3 * TARGET - X) / TARGET),
            (Y, TARGET, X / TARGET, (2 * TARGET - X) / TARGET),
            (MAYBE, TARGET, MAYBE / TARGET, (2 * TARGET - MAYBE) / TARGET),
            (X, Y, X / Y, (2 * Y - X) / Y),
        ):
            for op in n.COMPARISONS:
                for one, other in ((low, high), (high, low)):
                    node = n.Where(((n.Compare(op, first, second), one),), other)
                    hold(n.Round(node, Rounding(digits=2, mode="half_up")), records=NEAR)
                    hold(n.Compare(">=", node, figure(1)), FLAG, NEAR)


class TestInPlaceOfMissingValues:
    @pytest.mark.parametrize("kind", VALUES, ids=["number", "flag", "label", "day"])
    def test_pairs_and_three(self, kind):
        values = VALUES[kind]
        for one, other in product(values.values(), repeat=2):
            every(n.Coalesce((one, other)), kind, FEW[:12])
        for three in product(("optional", "absent", next(iter(values))), repeat=3):
            hold(n.Coalesce(tuple(values[name] for name in three)), kind)

    def test_missing_for_different_reasons(self):
        gone = n.Where(((P, n.Absent("zero_target")),), X / Y)
        for node in (
            gone,
            n.Coalesce((gone, MAYBE)),
            n.Coalesce((MAYBE, gone)),
            MAYBE + gone,
            n.Coalesce((MAYBE / X, X / MAYBE)),
        ):
            for seed in range(3):
                found = hold(node, records=drawn_records(seed))
                assert found["decided"] == found["read"]

    def test_an_optional_list_and_single_values(self):
        hold(n.IsMissing(n.Ref("r")), FLAG, [{"r": None}, {"r": []}, {"r": [{"v": 1.0}]}])
        for value in (X, MAYBE, n.Absent("x"), X / Y, figure(1), GRADE, H, P, Q, D, E):
            hold(n.IsMissing(value), FLAG)
            hold(n.Coalesce((n.Where(((n.IsMissing(value), figure(1)),), figure(0)),)))

    @pytest.mark.parametrize("given", [True, False])
    def test_a_column_of_which_nothing_is_there(self, given):
        """A whole chunk without a value: other plans serve it."""
        records = [{**record, "o": None, "q": None, "h": None} for record in RECORDS[:12]]
        if given:
            records.append({**RECORDS[0], "o": 0.5, "q": True, "h": "baik"})
        for node, kind in (
            (n.Coalesce((MAYBE, X)), NUMBER),
            (n.Coalesce((MAYBE, figure(1))), NUMBER),
            (n.Coalesce((Q, P)), FLAG),
            (n.Coalesce((H, GRADE)), LABEL),
            (MAYBE + X, NUMBER),
            (n.And((Q, P)), FLAG),
            (n.Compare("==", H, GRADE), FLAG),
            (n.Where(((Q, X),), Y), NUMBER),
            (n.Clip(MAYBE, figure(0), figure(1)), NUMBER),
        ):
            hold(node, kind, records)


class TestSteps:
    def test_a_step_is_what_its_formula_is(self):
        first = step("first", n.Clip(X / TARGET * 100, None, figure(120)))
        second = step("second", n.Coalesce((MAYBE, n.Ref("first"))))
        node = n.Round(
            n.Ref("first") * "0.6" + n.Ref("second") * "0.4", Rounding(digits=2, mode="half_up")
        )
        found = hold(node, steps=(first, second))
        assert found["decided"] == found["read"]

    def test_named_parts(self):
        part = n.Named("part", T("part"), X / TARGET)
        hold(n.Round(part * 100, Rounding(digits=0, mode="ceiling")))
        hold(n.Compare(">", part, part * 2), FLAG)

    def test_several_published_steps_are_all_told(self):
        made = program(
            n.Compare(">=", n.Ref("score"), figure(1)),
            kind=FLAG,
            inputs={"x": NUMBER, "o": optional("o", NUMBER)},
            steps=(step("score", n.Round(n.Ref("x") + 1, Rounding(digits=1, mode="half_up"))),),
        )
        both = replace(made, published=("s", "score"))
        for engine in (floats_alone, settled_alone, decided_alone):
            answers = engine(both, [{"x": 0.26}, {"x": -0.52}]).rows
            assert answers == [(True, 1.3), (False, 0.5)]
