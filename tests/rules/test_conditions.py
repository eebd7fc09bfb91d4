"""Conditions, limits and deductions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_runs import FLAG, NUMBER, num, ref, refused, run

from kinerja.formula import nodes as n
from kinerja.rules import Condition, Deduct, Deduction, FormulaRule, LimitRule
from kinerja.words import Text

TYPES = {"x": NUMBER, "a": NUMBER, "b": NUMBER, "flag": FLAG}
figures = st.fractions(-200, 200, max_denominator=7)


def deduct(key, amount, when=None):
    return Deduct(key=key, title=Text.same(key), amount=amount, when=when)


class TestCondition:
    RULE = Condition(
        cases=((ref("x").above(100), num(3)), (ref("x").above(0), num(2))), otherwise=num(1)
    )

    @given(figures)
    def test_the_first_case_that_holds_decides(self, x):
        expected = 3 if x > 100 else 2 if x > 0 else 1
        assert run(self.RULE, TYPES, {"x": x}).value == expected

    def test_a_condition_that_cannot_be_told_makes_the_value_missing(self):
        assert run(self.RULE, TYPES, {}).reasons == ["input_missing: x"]

    def test_a_case_that_was_not_taken_may_be_missing(self):
        rule = Condition(cases=((ref("flag"), ref("a")),), otherwise=num(1))
        assert run(rule, TYPES, {"flag": False}).value == 1
        assert run(rule, TYPES, {"flag": True}).reasons == ["input_missing: a"]


class TestLimit:
    @given(figures, figures, figures)
    def test_a_clipped_number_stays_within_its_limits(self, x, one, other):
        low, high = sorted((one, other))
        rule = LimitRule(of=ref("x"), at_least=num(low), at_most=num(high))
        found = run(rule, TYPES, {"x": x}).value
        assert low <= found <= high
        assert found == x or not low <= x <= high

    @given(figures)
    def test_one_end_is_enough(self, x):
        assert run(LimitRule(of=ref("x"), at_most=num(5)), TYPES, {"x": x}).value == min(x, 5)
        assert run(LimitRule(of=ref("x"), at_least=num(5)), TYPES, {"x": x}).value == max(x, 5)

    @given(figures)
    def test_beyond_a_refusing_limit_there_is_no_value(self, x):
        rule = LimitRule(of=ref("x"), at_least=num(0), at_most=num(100), beyond="refuse")
        found = run(rule, TYPES, {"x": x})
        if 0 <= x <= 100:
            assert found.value == x
        else:
            assert found.reasons == ["beyond_limit"]

    @pytest.mark.parametrize("ends", [{"at_least": num(0)}, {"at_most": num(0)}])
    def test_one_refusing_end_is_enough(self, ends):
        rule = LimitRule(of=ref("x"), beyond="refuse", **ends)
        beyond = -1 if "at_least" in ends else 1
        assert run(rule, TYPES, {"x": beyond}).reasons == ["beyond_limit"]
        assert run(rule, TYPES, {"x": -beyond}).value == -beyond

    def test_limits_may_apply_only_on_a_condition(self):
        rule = LimitRule(of=ref("x"), at_most=num(100), when=n.Not(ref("flag")))
        assert run(rule, TYPES, {"x": 110, "flag": False}).value == 100
        assert run(rule, TYPES, {"x": 110, "flag": True}).value == 110

    def test_a_limit_may_be_an_input(self):
        assert run(LimitRule(of=ref("x"), at_most=ref("a")), TYPES, {"x": 9, "a": 4}).value == 4

    def test_no_limit_or_crossed_limits_are_refused(self):
        assert refused(LimitRule(of=ref("x")), TYPES) == [("KNJ265", "at_most")]
        crossed = LimitRule(of=ref("x"), at_least=num(2), at_most=num(1))
        assert refused(crossed, TYPES) == [("KNJ266", "at_least")]


class TestDeduction:
    TWO = (deduct("telat", ref("a")), deduct("hukdis", ref("b"), ref("flag")))

    @given(figures, st.fractions(0, 50), st.fractions(0, 50), st.booleans())
    def test_what_applies_is_taken_off(self, x, a, b, flag):
        record = {"x": x, "a": a, "b": b, "flag": flag}
        taken = [a, b if flag else 0]
        for how, expected in (("sum", x - sum(taken)), ("highest", x - max(taken))):
            found = run(Deduction(of=ref("x"), minus=self.TWO, how=how), TYPES, record)
            assert found.value == expected
            assert found.parts == {"telat": a, "hukdis": b if flag else 0}

    @given(st.fractions(0, 50), st.fractions(0, 50))
    def test_caps_hold_what_is_taken_and_what_is_left(self, a, b):
        rule = Deduction(of=ref("x"), minus=self.TWO, how="sum", at_most=num(25), not_below=num(90))
        found = run(rule, TYPES, {"x": 110, "a": a, "b": b, "flag": True})
        assert found.value == max(110 - min(a + b, 25), 90)

    @given(st.fractions(0, 50), st.fractions(0, 50))
    def test_a_larger_deduction_never_raises_the_rest(self, one, other):
        low, high = sorted((one, other))
        rule = Deduction(of=ref("x"), minus=self.TWO, how="highest")
        rests = [
            run(rule, TYPES, {"x": 100, "a": a, "b": 10, "flag": True}).value for a in (low, high)
        ]
        assert rests[0] >= rests[1]

    def test_a_deduction_that_cannot_be_told_makes_the_rest_missing(self):
        rule = Deduction(of=ref("x"), minus=self.TWO, how="sum")
        assert run(rule, TYPES, {"x": 1, "a": 1, "b": 1}).reasons == ["input_missing: flag"]

    @pytest.mark.parametrize("minus", [(), (deduct("a", num(1)), deduct("a", num(2)))])
    def test_none_or_the_same_one_twice_is_refused(self, minus):
        assert refused(Deduction(of=ref("x"), minus=minus, how="sum"), TYPES) == [
            ("KNJ267", "minus")
        ]


def test_a_formula_is_what_was_written():
    assert run(FormulaRule(value=ref("x") * 2), TYPES, {"x": 21}).value == 42
