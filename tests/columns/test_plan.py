"""Formulas become operations once each, and none where floats cannot tell."""

from __future__ import annotations

import numpy as np
import pytest
from column_samples import (
    FLAG,
    INPUTS,
    LABEL,
    NUMBER,
    RECORDS,
    figure,
    floats_alone,
    hold,
    program,
    step,
)

from kinerja.columns.floats import Plan, _Known
from kinerja.columns.outline import Outline
from kinerja.columns.plan_values import NoPlanError
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.types import TextType

X, Y, TARGET = (n.Ref(name) for name in "xyt")
TWO = Rounding(digits=2, mode="half_up")


def plan(node, known=None, *, kind=NUMBER, steps=(), settles=False):
    made = program(node, kind=kind, inputs={name: INPUTS[name] for name in "xyt"}, steps=steps)
    profile = {name: _Known(1.0, 256.0) for name in "xyt"} | (known or {})
    return Plan(Outline(made), profile, settles=settles)


class TestOperations:
    def test_equal_parts_are_computed_once(self):
        ratio = X / TARGET
        once = len(plan(n.Compare(">", ratio, Y), kind=FLAG).tape)
        both = n.And((n.Compare(">", ratio, Y), n.Compare(">", X / TARGET, Y)))
        # What joins them is new, and nothing else.
        assert len(plan(both, kind=FLAG).tape) <= once + 4
        assert plan(both, kind=FLAG).decisions == 1

    def test_steps_that_are_read_twice_are_computed_once(self):
        first = step("first", n.Round(X / TARGET, TWO))
        once = len(plan(n.Ref("first") + 1, steps=[first]).tape)
        twice = len(
            plan(
                n.Ref("first") + n.Ref("first") * Y * 0 + 1,
                steps=[first],
                known={"y": _Known(1.0, 16.0, digits=0)},
            ).tape
        )
        assert twice <= once + 3

    def test_what_is_known_of_the_inputs_costs_nothing(self):
        node = n.Where(((n.Compare(">=", X, figure("0.5")), n.Round(Y / TARGET, TWO)),), figure(0))
        assert len(plan(node).tape) == len(plan(n.Round(Y / TARGET, TWO)).tape)
        clipped = n.Round(n.Clip(Y, figure(0), figure(1000)) / TARGET, TWO)
        assert len(plan(clipped).tape) == len(plan(n.Round(Y / TARGET, TWO)).tape)

    def test_constant_factors_are_moved_past_operations(self):
        plain = len(plan(n.Round(X / TARGET, TWO)).tape)
        assert len(plan(n.Round(X * 100 / TARGET, TWO)).tape) <= plain
        assert len(plan(n.Round(X / TARGET * "0.3" / 7, TWO)).tape) <= plain

    def test_decisions_are_counted(self):
        assert plan(n.Compare(">", X, figure(3)), kind=FLAG).decisions == 0
        assert plan(n.Compare(">", X / TARGET, figure(3)), kind=FLAG).decisions == 1
        assert plan(n.Round(X / TARGET, TWO)).decisions == 1


class TestNoPlan:
    @pytest.mark.parametrize(
        ("node", "kind"),
        [
            (X / TARGET, NUMBER),
            (X + Y, NUMBER),
            (X * "1/3", NUMBER),
            (n.Absent("x"), NUMBER),
            (n.Round(X * 10**30, TWO), NUMBER),
            (X * X * X * X * X * X * X * X, NUMBER),
            (n.Absent("x"), LABEL),
        ],
        ids=range(7),
    )
    def test_what_floats_cannot_say(self, node, kind):
        with pytest.raises((NoPlanError, OverflowError)):
            plan(node, {"x": _Known(1.0, 16.0**20)}, kind=kind)

    def test_a_text_is_not_published_by_a_plan(self):
        made = program(n.Ref("note"), kind=TextType(), inputs={"note": TextType()})
        with pytest.raises(NoPlanError):
            Plan(Outline(made), {"note": _Known()})

    def test_numbers_that_may_grow_beyond_bounds(self):
        big = {"x": _Known(-1e99, 1e99)}
        with pytest.raises(NoPlanError):
            plan(n.Compare(">", X * X, figure(0)), big, kind=FLAG)
        node = n.Compare(">", X * X, figure(1))
        hold(node, FLAG, [{**RECORDS[0], "x": value} for value in (1e99, -1e99, 0.5, 1.0)])


class TestPublishing:
    def test_an_input_as_it_was_read(self):
        made = program(X, inputs={"x": NUMBER})
        values = [0.1, 86.625, 1 / 3, -0.0, 0.0, 1e-300]
        found = floats_alone(made, [{"x": value} for value in values]).rows
        assert [row[0] for row in found] == values
        assert not np.signbit(found[3][0])

    def test_constants(self):
        for value in ("0", "-2.5", "1/3", "1e30"):
            assert hold(figure(value))["floats"] == len(RECORDS)
        assert hold(n.Truth(True), FLAG)["floats"] == len(RECORDS)
        assert hold(n.Label("baik"), LABEL)["floats"] == len(RECORDS)

    def test_opposite_numbers_and_multiples_of_whole_ones(self):
        for node in (
            n.Ref("n") * -1,
            n.Ref("n") * "0.01",
            n.Ref("n") / 3,
            figure(0) - n.Ref("n"),
            n.Ref("n") * "7/9",
        ):
            assert hold(node)["floats"] == len(RECORDS)
