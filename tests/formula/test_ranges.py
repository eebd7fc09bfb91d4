from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from strategies_typed import (
    FIGURES,
    SEEDS,
    Case,
    Declared,
    cases,
    chains,
    random_record,
    scale,
    with_steps,
)

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.ranges import (
    ListReach,
    Reach,
    label_order,
    reach,
    reach_of_type,
    reach_steps,
    scope_with,
)
from kinerja.formula.reaches import NOTHING, flags, join, labels, narrow, numbers
from kinerja.formula.types import (
    DateType,
    FlagType,
    LabelType,
    ListType,
    NumberType,
    TextType,
    ValueType,
)
from kinerja.formula.view import MAX_LOOKS, View
from kinerja.values import Band, Bands, Interval, LabelDef, Missing, Scale
from kinerja.words import Text

PREDIKAT = scale("kurang", "cukup", "baik", ordered=True)
GROUPS = scale("atasan", "rekan", ordered=False)
ZERO = n.Number(Fraction(0))


def num(value: str | int) -> n.Number:
    return n.Number(Fraction(value))


def limits(low: str | int | None, high: str | int | None, **ends: bool) -> Interval:
    return Interval(
        low=None if low is None else Fraction(low),
        high=None if high is None else Fraction(high),
        **ends,
    )


def number(low, high, digits=None, **ends) -> NumberType:
    return NumberType(limits=limits(low, high, **ends), digits=digits)


A, B, C, R, T = (n.Ref(name) for name in "abcrt")
GRADE, GROUP, P, Q = n.Ref("grade"), n.Ref("group"), n.Ref("p"), n.Ref("q")
X, W, BY = n.Field("x"), n.Field("w"), n.Field("by")

TYPES: dict[str, ValueType] = {
    "a": number(0, 100),
    "b": number(10, 20),
    "c": number(-5, 5),
    "r": number(0, None),
    "t": number(0, None),
    "k": number(0, 100, 0),
    "grade": LabelType(scale=PREDIKAT),
    "group": LabelType(scale=GROUPS),
    "p": FlagType(),
    "q": FlagType(),
    "day": DateType(),
    "note": TextType(),
    "items": ListType(
        fields={
            "x": number(1, 5),
            "w": number(0, 10),
            "by": LabelType(scale=GROUPS),
            "on": DateType(),
            "who": TextType(),
        },
        optional=frozenset({"x"}),
    ),
}


def scope(*optional: str) -> dict[str, Reach | ListReach]:
    return {name: reach_of_type(kind, optional=name in optional) for name, kind in TYPES.items()}


def found(node: n.Node, *optional: str) -> Reach:
    return reach(node, scope(*optional))


def shown(node: n.Node, *optional: str) -> str:
    """Show a reach of numbers as `[0, 5] ?`, the mark for: can be missing."""
    result = found(node, *optional)
    return f"{result.numbers}{' ?' if result.may_be_missing else ''}"


def below(left: n.Node, right: n.Node) -> n.Compare:
    return n.Compare("<", left, right)


def if_missing(part: n.Node, then: n.Node, otherwise: n.Node) -> n.Node:
    return n.Where(((n.IsMissing(part), then),), otherwise)


class TestDeclaredTypes:
    def test_numbers_keep_their_limits_and_stand_on_their_grid(self):
        kind = number("0.5", "99.5", 0, low_open=True)
        assert reach_of_type(kind) == Reach(numbers=limits(1, 99), grid=Fraction(1))

    def test_limits_between_two_grid_points_hold_nothing(self):
        assert reach_of_type(number("0.2", "0.8", 0)) == NOTHING
        assert reach_of_type(number("0.2", "0.2", 0)) == NOTHING

    def test_an_optional_input_can_be_missing(self):
        assert reach_of_type(FlagType(), optional=True) == Reach(
            flags=frozenset((False, True)), may_be_missing=True
        )

    def test_labels_carry_the_order_of_an_ordered_scale(self):
        ordered = reach_of_type(LabelType(scale=PREDIKAT))
        plain = reach_of_type(LabelType(scale=GROUPS))
        assert (ordered.labels, ordered.order) == ({"kurang", "cukup", "baik"}, PREDIKAT.ids)
        assert (plain.labels, plain.order) == ({"atasan", "rekan"}, None)

    def test_days_are_those_of_the_calendar(self):
        span = reach_of_type(DateType()).numbers
        assert span == limits(0, date.max.toordinal())

    def test_text_is_not_analysed(self):
        assert reach_of_type(TextType()) == Reach(other=True)

    def test_a_list_has_the_reach_of_its_fields(self):
        items = reach_of_type(TYPES["items"], optional=True)
        assert isinstance(items, ListReach)
        assert items.may_be_missing
        assert items.count == limits(0, None)
        assert not ListReach(fields={}).may_be_missing
        assert items.fields["x"].may_be_missing
        assert not items.fields["w"].may_be_missing


class TestReach:
    def test_it_tells_what_is_inside(self):
        reached = replace(
            join(numbers(limits(0, 5), Fraction(1, 2)), flags(True), labels("a")),
            may_be_missing=True,
        )
        inside = [Fraction(0), Fraction(5, 2), True, "a", Missing.because("input_missing")]
        outside = [Fraction(1, 4), Fraction(6), False, "b"]
        assert all(value in reached for value in inside)
        assert not any(value in reached for value in outside)
        assert Missing.because("input_missing") not in reached.present()
        assert "any text" in Reach(other=True)
        assert Fraction(1) not in flags(True)

    @pytest.mark.parametrize(
        ("reached", "only"),
        [
            (numbers(limits(3, 3)), Fraction(3)),
            (numbers(limits(3, 4)), None),
            (labels("a"), "a"),
            (labels("a", "b"), None),
            (flags(False), False),
            (flags(False, True), None),
            (Reach(other=True), None),
            (Reach(labels=frozenset("a"), other=True), None),
            (NOTHING, None),
        ],
    )
    def test_the_only_value(self, reached, only):
        assert reached.only == only

    def test_a_single_number_is_its_own_grid(self):
        assert numbers(limits(3, 3)) == numbers(limits(3, 3), Fraction(1))
        assert Fraction(3) in numbers(limits("2.5", "3.5"), Fraction(1))

    def test_joining_keeps_both_and_the_common_grid(self):
        both = join(numbers(limits(1, 2), Fraction(1, 4)), numbers(limits(5, 6), Fraction(1, 10)))
        assert both == Reach(numbers=limits(1, 6), grid=Fraction(1, 20))
        assert join() == NOTHING
        assert join(NOTHING, flags(True), NOTHING) == flags(True)

    def test_joining_with_numbers_off_any_grid_leaves_none(self):
        assert join(numbers(limits(0, 1)), numbers(limits(5, 6), Fraction(1))).grid is None

    @pytest.mark.parametrize(
        ("one", "other", "order"),
        [
            (labels("a", order=("a", "b")), labels("b", order=("a", "b")), ("a", "b")),
            (labels("a", order=("a", "b")), labels("b"), ("a", "b")),
            (labels("b"), labels("a", order=("a", "b")), ("a", "b")),
            (labels("c"), labels("a", order=("a", "b")), None),
            (labels("a", order=("a", "b")), labels("a", order=("b", "a")), None),
            (labels("a", order=("a", "b")), Reach(may_be_missing=True), ("a", "b")),
            (Reach(may_be_missing=True), labels("a", order=("a", "b")), ("a", "b")),
        ],
    )
    def test_joined_labels_keep_an_order_that_knows_all_of_them(self, one, other, order):
        assert join(one, other).order == order

    def test_narrowing_keeps_what_both_have(self):
        one = join(numbers(limits(0, 5), Fraction(1)), labels("a", "b", order=("a", "b")))
        other = join(numbers(limits("2.5", 9)), labels("b", "c"), flags(True))
        both = narrow(one, other)
        assert both == join(numbers(limits(3, 5), Fraction(1)), labels("b"))
        assert both.order == ("a", "b")


class TestArithmetic:
    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (num(3), "[3, 3]"),
            (A, "[0, 100]"),
            (A + B, "[10, 120]"),
            (A - B, "[-20, 90]"),
            (C * B, "[-100, 100]"),
            (A * B * C, "[-10000, 10000]"),
            (B / A, "[0.1, ∞) ?"),
            (A / B, "[0, 10]"),
            (A / C, "(−∞, ∞) ?"),
            (A / ZERO, "None ?"),
            (A / n.Absent("zero_target"), "None ?"),
            (n.Minimum((A, B)), "[0, 20]"),
            (n.Maximum((A, B, C)), "[10, 100]"),
            (n.Clip(A, num(10), num(50)), "[10, 50]"),
            (n.Clip(C, ZERO), "[0, 5]"),
            (n.Clip(R, None, num(120)), "[0, 120]"),
            (n.Clip(R), "[0, ∞)"),
            (n.Round(A / 3, Rounding(digits=0, mode="half_up")), "[0, 33]"),
            (n.Absent("zero_target"), "None ?"),
            (n.Absent("zero_target") + 1, "None ?"),
            (n.Round(n.Absent("zero_target"), Rounding(digits=0, mode="up")), "None ?"),
            (n.Named("x", Text.same("x"), A), "[0, 100]"),
        ],
    )
    def test_numbers(self, node, expected):
        assert shown(node) == expected

    def test_a_sum_can_be_missing_when_a_term_can(self):
        assert shown(A + B, "b") == "[10, 120] ?"

    def test_what_cancels_is_not_counted_twice(self):
        assert shown((2 * T - R) / T) == "(−∞, 2] ?"
        assert shown((T + R) / T) == "[1, ∞) ?"
        assert shown(T / T) == "[1, 1] ?"
        assert shown((R * T) / T) == "[0, ∞) ?"
        assert shown((R - T) / T) == "[-1, ∞) ?"
        assert shown(A * B * T / T) == "[0, 2000] ?"
        assert shown((R - B) / T) == "(−∞, ∞) ?"

    def test_the_grid_follows_the_arithmetic(self):
        k = n.Ref("k")
        assert found(k * 5 + 2).grid == Fraction(1)
        assert found(k / 4).grid == Fraction(1, 4)
        assert found(k * k).grid == Fraction(1)
        assert found(k * num("0.5")).grid == Fraction(1, 2)
        assert found(n.Clip(k, num("0.3"))).grid == Fraction(1, 10)
        assert found(n.Round(A, Rounding(digits=2, mode="half_up"))).grid == Fraction(1, 100)
        assert found(A + k).grid is None
        assert found(A * k).grid is None

    def test_rounding_to_more_digits_than_there_are_changes_nothing(self):
        k = n.Ref("k")
        node = n.Round(k / 4, Rounding(digits=0, mode="half_up"))
        assert found(node) == Reach(numbers=limits(0, 25), grid=Fraction(1))
        assert found(n.Round(k, Rounding(digits=2, mode="up"))) == found(k)


class TestFlags:
    @pytest.mark.parametrize(
        ("node", "can"),
        [
            (below(A, num(-1)), {False}),
            (below(A, num(101)), {True}),
            (below(A, num(100)), {False, True}),
            (n.Compare("<=", A, num(100)), {True}),
            (n.Compare(">", A, num(100)), {False}),
            (n.Compare(">=", B, num(10)), {True}),
            (n.Compare("==", A, num(101)), {False}),
            (n.Compare("!=", A, num(101)), {True}),
            (n.Compare("==", num(3), num(3)), {True}),
            (n.Compare("==", GRADE, n.Label("baik")), {False, True}),
            (n.Compare("==", n.Label("a"), n.Label("b")), {False}),
            (n.Compare(">=", GRADE, n.Label("kurang"), PREDIKAT.ids), {True}),
            (n.Compare("<", GRADE, n.Label("kurang"), PREDIKAT.ids), {False}),
            (n.Compare("<", n.Label("cukup"), n.Label("baik"), PREDIKAT.ids), {True}),
            (n.Compare("==", n.Ref("note"), n.Label("baik")), {False, True}),
            (n.Compare("==", P, n.Truth(True)), {False, True}),
            (n.Compare("==", n.Truth(False), n.Truth(True)), {False}),
            (n.And((P, n.Truth(False))), {False}),
            (n.And((P, n.Truth(True))), {False, True}),
            (n.And((n.Truth(True), n.Truth(True))), {True}),
            (n.Or((P, n.Truth(True))), {True}),
            (n.Or((P, n.Truth(False))), {False, True}),
            (n.Not(below(A, ZERO)), {True}),
            (n.And((below(A, num(50)), below(num(60), A))), {False}),
            (n.Or((below(A, num(50)), n.Compare(">=", A, num(50)))), {True}),
            (n.And((P, n.Not(P))), {False}),
            (n.And((below(A, num(101)), n.Compare(">=", A, ZERO))), {True}),
            (n.IsMissing(A), {False}),
            (n.IsMissing(n.Absent("zero_target")), {True}),
        ],
    )
    def test_flags(self, node, can):
        assert found(node) == flags(*can)

    def test_a_comparison_can_be_missing_when_a_side_can(self):
        assert found(below(A, num(-1)), "a") == Reach(
            flags=frozenset((False,)), may_be_missing=True
        )

    def test_text_that_is_never_there_is_never_compared(self):
        node = n.Compare("==", n.Ref("note"), n.Absent("zero_target"))
        assert found(node) == Reach(may_be_missing=True)

    def test_one_flag_decides_whatever_is_missing(self):
        assert found(n.And((P, n.Truth(False))), "p") == flags(False)
        assert found(n.Or((P, n.Truth(True))), "p") == flags(True)
        assert found(n.And((P, Q)), "p").may_be_missing
        assert found(n.And((n.Absent("zero_target"), P))) == Reach(
            flags=frozenset((False,)), may_be_missing=True
        )

    def test_what_a_guard_rules_out_is_not_missing(self):
        guarded = n.And((below(A, num(5)), n.Not(n.IsMissing(A))))
        assert found(guarded, "a") == flags(False, True)

    def test_whether_a_list_is_missing_can_be_asked(self):
        assert found(n.IsMissing(n.Ref("items"))) == flags(False)
        assert found(n.IsMissing(n.Ref("items")), "items") == flags(False, True)


class TestBranches:
    def test_a_guard_against_zero_leaves_no_division_by_zero(self):
        assert shown(n.Where(((T.equals(0), num(0)),), R / T)) == "[0, ∞)"
        assert shown(n.Where(((n.Compare(">", T, ZERO), R / T),), num(0))) == "[0, ∞)"
        assert shown(n.Where(((n.Compare("!=", T, ZERO), R / T),), num(0))) == "[0, ∞)"

    def test_zero_inside_a_range_cannot_be_left_out(self):
        assert shown(n.Where(((C.equals(0), num(0)),), A / C)) == "(−∞, ∞) ?"

    @pytest.mark.parametrize(
        ("op", "then", "otherwise"),
        [
            ("<", "[0, 24)", "[24, 100]"),
            ("<=", "[0, 24]", "(24, 100]"),
            (">", "(24, 100]", "[0, 24]"),
            (">=", "[24, 100]", "[0, 24)"),
            ("==", "[24, 24]", "[0, 100]"),
            ("!=", "[0, 100]", "[24, 24]"),
        ],
    )
    def test_a_comparison_narrows_both_branches(self, op, then, otherwise):
        for condition in (
            n.Compare(op, A, num(24)),
            n.Not(n.Not(n.Compare(op, A, num(24)))),
            n.Named("x", Text.same("x"), n.Compare(op, n.Named("a", Text.same("a"), A), num(24))),
            n.Compare("==", n.Compare(op, A, num(24)), n.Truth(True)),
            n.Compare("!=", n.Truth(False), n.Compare(op, A, num(24))),
        ):
            absent = n.Absent("zero_target")
            assert shown(n.Where(((condition, A),), absent)) == f"{then} ?"
            assert shown(n.Where(((condition, absent),), A)) == f"{otherwise} ?"

    def test_another_input_narrows_too(self):
        assert shown(n.Where(((below(A, B), A),), num(0))) == "[0, 20)"
        assert shown(n.Where(((below(A, B), num(0)),), A)) == "[0, 100]"
        assert shown(n.Where(((n.Compare(">", A, B), A),), num(50))) == "(10, 100]"

    def test_a_compound_part_is_narrowed_where_it_stands_again(self):
        part = R / T * 100
        node = n.Where(((n.Compare(">", part, num(120)), num(120)),), part)
        assert shown(node) == "[0, 120] ?"

    def test_cases_after_a_condition_know_that_it_failed(self):
        node = n.Where(
            ((below(A, num(10)), num(1)), (below(A, num(50)), A)), n.Maximum((A, num(60)))
        )
        assert shown(node) == "[1, 100]"
        inner = n.Where(((below(A, num(10)), num(50)), (below(A, num(20)), A)), num(15))
        assert shown(inner) == "[10, 50]"

    def test_a_case_that_cannot_come_about_is_left_out(self):
        node = n.Where(((below(A, ZERO), num(-1)), (n.Compare(">=", A, ZERO), num(7))), num(999))
        assert shown(node) == "[7, 7]"
        contradiction = n.And((below(A, num(5)), n.Compare(">", A, num(6))))
        assert shown(n.Where(((contradiction, num(-1)),), num(7))) == "[7, 7]"

    def test_a_condition_that_can_be_missing_makes_the_whole_missing(self):
        assert shown(n.Where(((below(A, num(5)), num(1)),), num(2)), "a") == "[1, 2] ?"
        assert shown(n.Where(((n.Absent("zero_target"), num(1)),), num(2))) == "None ?"

    def test_a_decided_condition_is_there_in_every_case(self):
        # Where a is missing so is the condition, and no case is reached.
        assert shown(n.Where(((below(A, num(5)), A),), A + B), "a") == "[0, 120] ?"
        guarded = if_missing(A, num(0), A)
        assert shown(guarded, "a") == "[0, 100]"
        assert shown(n.Where(((n.Not(n.IsMissing(A)), A),), num(0)), "a") == "[0, 100]"

    def test_what_a_compound_part_needs_is_there_when_it_is(self):
        part = A / T
        assert shown(if_missing(part, num(0), A / T + T), "a", "t") == "[0, ∞)"
        assert shown(if_missing(part, num(1), B / T), "a", "t") == "(0, ∞)"

    def test_no_cases(self):
        assert shown(n.Where((), A)) == "[0, 100]"

    def test_labels_are_narrowed(self):
        is_good = n.Compare("==", GRADE, n.Label("baik"))
        assert found(n.Where(((is_good, n.Label("x")),), GRADE)).labels == {"x", "kurang", "cukup"}
        least = n.Compare(">=", GRADE, n.Label("cukup"), PREDIKAT.ids)
        assert found(n.Where(((least, GRADE),), n.Absent("zero_target"))).labels == {
            "cukup",
            "baik",
        }
        either = n.Or((is_good, n.Compare("==", GRADE, n.Label("kurang"))))
        assert found(n.Where(((either, GRADE),), n.Label("x"))).labels == {"baik", "kurang", "x"}

    def test_text_is_there_where_it_was_compared(self):
        note = n.Ref("note")
        node = n.Where(((n.Compare("==", note, n.Label("x")), n.IsMissing(note)),), n.Truth(False))
        assert found(node, "note").flags == {False}

    def test_a_flag_is_known_where_it_stands_again(self):
        inner = n.Where(((below(A, B), num(1)),), num(2))
        assert shown(n.Where(((below(A, B), inner),), num(3))) == "[1, 3]"
        assert shown(n.Where(((below(A, B), num(3)),), inner)) == "[2, 3]"
        assert found(n.Where(((P, P),), n.Not(P))) == flags(True)
        lookup = n.Lookup((P,), (((True,), n.Truth(False)), ((False,), n.Truth(True))))
        assert found(n.Where(((lookup, lookup),), n.Truth(True))) == flags(True)

    def test_a_choice_tells_the_case_that_was_taken(self):
        weight = n.Where(((n.IsMissing(A), ZERO),), num("0.4"))
        node = n.Where(((n.Compare(">", weight, ZERO), A),), num(0))
        assert shown(node, "a") == "[0, 100]"
        last = n.Where(((P, ZERO), (Q, num(1))), num(2))
        taken = n.Where(((n.Compare("==", last, num(2)), n.Or((P, Q))),), n.Truth(False))
        assert found(taken) == flags(False)
        never = n.Where(((n.Compare("==", last, num("1.5")), num(1)),), num(2))
        assert shown(never) == "[2, 2]"
        high = n.Where(((n.Compare(">", A, num(50)), A),), num(500))
        assert shown(n.Where(((below(high, num(20)), num(1)),), num(0))) == "[0, 0]"
        either = n.Where(((P, ZERO),), B)
        between = n.Compare("==", either, num(5))
        assert shown(n.Where(((between, num(1)),), num(2))) == "[2, 2]"
        assert found(n.And((between, P))) == flags(False)
        hidden = n.Where(((P, num(1)), (n.And((P, Q)), num(2))), num(3))
        assert shown(n.Where(((n.Compare("==", hidden, num(2)), num(1)),), num(0))) == "[0, 0]"

    def test_each_way_is_looked_at_by_itself(self):
        # Where not both are missing, one of them is there, and the sum of weights is not zero.
        def weight(part):
            return if_missing(part, ZERO, num("0.5"))

        both = n.And((n.IsMissing(A), n.IsMissing(B)))
        node = n.Where(((both, num(1)),), num(1) / (weight(A) + weight(B)))
        assert shown(node, "a", "b") == "[1, 2]"

    def test_many_ways_are_looked_at_together(self):
        parts = tuple(n.Compare("==", A, num(place)) for place in range(40))
        node = n.Where(((n.Or(parts), A),), num(0))
        assert shown(node) == "[0, 39]"
        pairs = n.And(tuple(n.Or((below(A, num(k)), below(B, num(k)))) for k in range(15, 25)))
        assert shown(n.Where(((pairs, A),), num(0))) == "[0, 100]"

    def test_the_first_value_present(self):
        assert shown(n.Coalesce((A, num(-1)))) == "[0, 100]"
        assert shown(n.Coalesce((A, num(-1))), "a") == "[-1, 100]"
        assert shown(n.Coalesce((A, C)), "a", "c") == "[-5, 100] ?"

    def test_facts_that_contradict_each_other_leave_no_view(self):
        view = View(scope()).knowing({A: numbers(limits(0, 1))})
        assert view is not None
        assert view.knowing({A: numbers(limits(5, 6))}) is None


class TestTables:
    ROWS = (
        (("kurang", False), num(0)),
        (("kurang", True), num(10)),
        (("cukup", False), num(50)),
        (("cukup", True), num(60)),
        (("baik", False), num(100)),
        (("baik", True), n.Absent("not_in_table")),
    )

    def test_only_rows_that_can_be_met_count(self):
        table = n.Lookup((GRADE, P), self.ROWS)
        assert shown(table) == "[0, 100] ?"
        assert shown(n.Where(((P, num(1)),), table)) == "[0, 100]"
        low = n.Compare("==", GRADE, n.Label("kurang"))
        assert shown(n.Where(((low, table),), num(5))) == "[0, 10]"

    def test_a_missing_key_or_cell_makes_it_missing(self):
        assert shown(n.Lookup((P,), (((True,), num(1)),))) == "[1, 1] ?"
        both = (((True,), num(1)), ((False,), num(0)))
        assert shown(n.Lookup((P,), both)) == "[0, 1]"
        assert shown(n.Lookup((P,), both), "p") == "[0, 1] ?"
        assert shown(n.Lookup((n.Absent("zero_target"),), both)) == "None ?"

    BANDS = Bands(
        bands=(
            Band(label="kurang", interval=limits(None, 50, high_open=True)),
            Band(label="cukup", interval=limits(50, "76.99")),
            Band(label="baik", interval=limits(77, None)),
        ),
        between="missing",
    )

    def test_only_bands_that_can_be_met_count(self):
        assert found(n.Band(B, self.BANDS)) == labels("kurang")
        assert found(n.Band(A, self.BANDS)) == replace(
            labels("kurang", "cukup", "baik"), may_be_missing=True
        )
        assert found(n.Band(A, self.BANDS)).order == ("kurang", "cukup", "baik")

    def test_a_gap_between_bands_matters_only_if_a_number_can_fall_in(self):
        rounded = n.Round(A, Rounding(digits=2, mode="half_up"))
        assert not found(n.Band(rounded, self.BANDS)).may_be_missing
        finer = n.Round(A, Rounding(digits=3, mode="half_up"))
        assert found(n.Band(finer, self.BANDS)).may_be_missing

    def test_numbers_outside_all_bands_are_missing(self):
        ends = Bands(bands=(Band(label="x", interval=limits(0, 50)),))
        assert found(n.Band(A, ends)).may_be_missing
        assert not found(n.Band(B, ends)).may_be_missing
        assert found(n.Band(C, ends)).may_be_missing
        assert found(n.Band(num(99), ends)) == Reach(may_be_missing=True)
        assert found(n.Band(n.Absent("zero_target"), ends)) == Reach(may_be_missing=True)

    def test_bands_that_share_a_label_show_no_order(self):
        bands = Bands(
            bands=(
                Band(label="kurang", interval=limits(0, 10, high_open=True)),
                Band(label="baik", interval=limits(10, 20)),
                Band(label="kurang", interval=limits(20, 100, low_open=True)),
            )
        )
        assert found(n.Band(A, bands)) == labels("kurang", "baik")
        assert found(n.Band(A, bands)).order is None


def items(op: n.Reduction, value: n.Node | None = X, **parts) -> n.Reduce:
    return n.Reduce(op, "items", value, **parts)


THERE = n.Not(n.IsMissing(X))


class TestLists:
    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (items("count", None), "[0, ∞)"),
            (items("sum", X, skip_missing=True), "[0, ∞)"),
            (items("sum", X), "[0, ∞) ?"),
            (items("sum", 0 - X, skip_missing=True), "(−∞, 0]"),
            (items("sum", X - 3, skip_missing=True), "(−∞, ∞)"),
            (items("sum", num(0)), "[0, 0]"),
            (items("sum", n.Absent("zero_target"), skip_missing=True), "[0, 0]"),
            (items("sum", W, where=n.Truth(False)), "[0, 0]"),
            (items("count", None, where=n.Truth(False)), "[0, 0]"),
            (items("mean", W), "[0, 10] ?"),
            (items("min", W + 1), "[1, 11] ?"),
            (items("max", W), "[0, 10] ?"),
            (items("median", W), "[0, 10] ?"),
            (items("quantile", W, parameter=Fraction("0.9")), "[0, 10] ?"),
            (items("trimmed_mean", W, parameter=Fraction("0.1")), "[0, 10] ?"),
            (items("last", W, by=n.Field("on")), "[0, 10] ?"),
            (items("mean", W, where=n.Truth(False)), "None ?"),
            (items("mean", X * B, where=THERE), "[10, 100] ?"),
            (items("mean", W, where=n.Compare(">", W, num(5))), "(5, 10] ?"),
            (items("sum", X, where=THERE), "[0, ∞)"),
            (items("count_distinct", n.Field("who")), "[0, ∞)"),
            (items("count_distinct", BY), "[0, 2]"),
            (items("count_distinct", W), "[0, ∞)"),
            (items("count_distinct", num(3)), "[0, 1]"),
        ],
    )
    def test_reductions(self, node, expected):
        assert shown(node) == expected

    def test_labels_of_the_last_item(self):
        last = found(items("last", BY, by=n.Field("on")))
        assert last == replace(labels("atasan", "rekan"), may_be_missing=True)

    def test_a_missing_list_makes_the_whole_missing(self):
        assert shown(items("count", None), "items") == "[0, ∞) ?"
        node = if_missing(n.Ref("items"), num(-1), items("count", None))
        assert shown(node, "items") == "[-1, ∞)"
        never = n.Where(((n.Not(n.IsMissing(n.Ref("items"))), num(0)),), items("count", None))
        assert shown(never, "items") == "[0, 0] ?"

    def test_a_filter_that_can_be_missing_makes_the_whole_missing(self):
        assert shown(items("count", None, where=below(X, num(3)))) == "[0, ∞) ?"

    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (items("count", None), "[2, 4]"),
            (items("count", None, where=n.Compare("==", BY, n.Label("rekan"))), "[0, 4]"),
            (items("sum", W + 1), "[2, 44]"),
            (items("sum", X, skip_missing=True), "[0, 20]"),
            (items("sum", X, where=THERE), "[0, 20]"),
            (items("mean", W), "[0, 10]"),
            (items("mean", X), "[1, 5] ?"),
            (items("count_distinct", W), "[1, 4]"),
            (items("count_distinct", num(7)), "[1, 1]"),
            (items("last", W, by=W), "[0, 10] ?"),
        ],
    )
    def test_a_known_number_of_items_closes_the_ends(self, node, expected):
        reaches = scope()
        reaches["items"] = replace(reaches["items"], count=limits(2, 4))
        result = reach(node, reaches)
        assert f"{result.numbers}{' ?' if result.may_be_missing else ''}" == expected

    def test_one_item_is_the_last(self):
        reaches = scope()
        reaches["items"] = replace(reaches["items"], count=limits(1, 1))
        assert not reach(items("last", W, by=W), reaches).may_be_missing
        assert reach(items("last", W, by=X), reaches).may_be_missing

    def test_a_count_that_was_asked_for_leaves_no_empty_list(self):
        mine = n.Compare("==", BY, n.Label("rekan"))
        for where, there in ((mine, n.And((mine, THERE))), (None, THERE)):
            for counted in (
                items("count", None, where=there),
                items("count_distinct", n.Field("who"), where=there),
            ):
                mean = items("mean", X, where=where, skip_missing=True)
                guarded = n.Where(((n.Compare(">=", counted, num(1)), mean),), num(0))
                assert shown(guarded) == "[0, 5]"
        without = items("count", None, where=mine)
        unanswered = items("mean", X, where=mine, skip_missing=True)
        guarded = n.Where(((n.Compare(">=", without, num(1)), unanswered),), num(0))
        assert shown(guarded) == "[0, 5] ?"
        other = items("count", None, where=n.Compare("==", BY, n.Label("atasan")))
        unrelated = n.Where(
            ((n.Compare(">=", other, num(1)), items("mean", W, where=mine)),), num(0)
        )
        assert shown(unrelated) == "[0, 10] ?"

    def test_the_grid_of_a_quantile(self):
        whole = n.Round(W, Rounding(digits=0, mode="half_up"))
        assert found(items("max", whole)).grid == Fraction(1)
        assert found(items("sum", whole)).grid == Fraction(1)
        assert found(items("median", whole)).grid == Fraction(1, 2)
        assert found(items("quantile", whole, parameter=Fraction("0.3"))).grid == Fraction(1, 10)
        assert found(items("mean", whole)).grid is None

    def test_a_formula_per_item_reads_fields(self):
        result = reach(X / items("sum", W), scope(), over="items")
        assert str(result.numbers) == "(0, ∞)"

    def test_a_field_outside_lists_is_a_fault_of_the_program(self):
        with pytest.raises(TypeError, match="outside a list"):
            found(X)

    def test_a_reduction_over_no_list_is_a_fault_of_the_program(self):
        with pytest.raises(TypeError, match="no list"):
            found(n.Reduce("count", "a"))
        with pytest.raises(TypeError, match="no list"):
            reach(X, scope(), over="a")

    def test_an_unknown_node_is_a_fault_of_the_program(self):
        class Strange(n.Node):
            pass

        with pytest.raises(TypeError, match="unknown node Strange"):
            found(Strange())


def renormalised(style: str, *parts: tuple[n.Node, n.Node]) -> n.Node:
    """Write a mean over the parts that are there, in one of the ways to write it."""
    above, under = [], []
    for weight, part in parts:
        gone, there = n.IsMissing(part), n.Not(n.IsMissing(part))
        weighed = n.Where(((gone, ZERO),), weight)
        match style:
            case "value guarded":
                above.append(n.Multiply((weight, n.Where(((gone, ZERO),), part))))
            case "both guarded":
                above.append(n.Multiply((weighed, n.Where(((gone, ZERO),), part))))
            case "product guarded":
                above.append(n.Where(((gone, ZERO),), n.Multiply((weight, part))))
            case "the other way round":
                weighed = n.Where(((there, weight),), ZERO)
                above.append(n.Multiply((n.Where(((there, part),), ZERO), weight)))
        under.append(weighed)
    top, bottom = n.Add(tuple(above)), n.Add(tuple(under))
    return n.Divide(n.Named("top", Text.same("top"), top), n.Named("sum", Text.same("sum"), bottom))


STYLES = ("value guarded", "both guarded", "product guarded", "the other way round")


class TestWeightedMeans:
    @pytest.mark.parametrize("style", STYLES)
    def test_a_renormalised_mean_lies_among_its_values(self, style):
        node = renormalised(style, (num("0.6"), B), (num("0.4"), B + 5))
        assert shown(node, "b") == "[10, 25] ?"

    @pytest.mark.parametrize("style", STYLES)
    def test_weights_that_move_are_weights_all_the_same(self, style):
        assert shown(renormalised(style, (T, B), (A, B + 5)), "b") == "[10, 25] ?"

    @pytest.mark.parametrize("style", STYLES)
    def test_a_weight_that_can_be_negative_makes_no_mean(self, style):
        assert shown(renormalised(style, (C, B), (A, B + 5)), "b") == "(−∞, ∞) ?"

    def test_one_value_alone(self):
        assert shown(A * B / A) == "[10, 20] ?"
        assert shown(n.Divide(n.Add((T * B, A)), n.Add((T, A)))) == "[1, 20] ?"

    def test_a_value_whose_weight_is_always_zero_does_not_count(self):
        node = n.Divide(n.Add((ZERO * C, A * B)), n.Add((ZERO, A)))
        assert shown(node) == "[10, 20] ?"
        assert shown(n.Divide(n.Add((ZERO * C,)), n.Add((ZERO,)))) == "None ?"

    @pytest.mark.parametrize(
        ("top", "bottom"),
        [
            (n.Add((A * B, T * B)), n.Add((A, T, T))),
            (n.Add((A * B, T * B)), n.Add((T, A))),
            (n.Where(((P, A * B),), ZERO), n.Where(((Q, A),), ZERO)),
            (n.Where(((P, A * B),), num(1)), n.Where(((P, A),), ZERO)),
            (n.Where(((P, A * B), (Q, ZERO)), ZERO), n.Where(((P, A),), ZERO)),
            (A * B, n.Where(((P, A),), ZERO)),
            (A + B, n.Where(((P, A),), ZERO)),
        ],
    )
    def test_other_quotients_are_no_means(self, top, bottom):
        assert found(n.Divide(top, bottom)).numbers.high is None

    def test_a_mean_of_items_by_weights_lies_among_the_items(self):
        for where in (None, n.Compare("==", BY, n.Label("rekan"))):
            there = THERE if where is None else n.And((where, THERE))
            top = items("sum", n.Multiply((W, X)), where=where)
            assert shown(n.Divide(top, items("sum", W, where=where))) == "[1, 5] ?"
            skipping = items("sum", n.Multiply((W, X)), where=where, skip_missing=True)
            assert shown(n.Divide(skipping, items("sum", W, where=there))) == "[1, 5] ?"
            assert shown(n.Divide(skipping, items("sum", W, where=where))) == "[0, 5] ?"
            filtered = items("sum", n.Multiply((W, X)), where=there)
            assert shown(n.Divide(filtered, items("sum", W, where=there))) == "[1, 5] ?"

    @pytest.mark.parametrize(
        ("top", "bottom"),
        [
            (items("sum", W * X), items("sum", X)),
            (items("sum", W * X), items("sum", W, where=below(W, num(3)))),
            (items("sum", W * X), items("sum", W, skip_missing=True)),
            (items("sum", W * X), items("max", W)),
            (items("max", W * X), items("sum", W)),
            (items("sum", W * X), items("count", None)),
            (items("sum", (W - 5) * X), items("sum", W - 5)),
            (items("sum", W + X), items("sum", W)),
        ],
    )
    def test_other_quotients_over_items_are_no_means(self, top, bottom):
        assert found(n.Divide(top, bottom)).numbers.high not in (Fraction(5), Fraction(1))

    def test_means_of_means_end_with_the_effort(self):
        def joined(node: n.Node, times: int) -> n.Node:
            for _ in range(times):
                node = n.Divide(n.Add((T * node, A * B)), n.Add((T, A)))
            return node

        assert shown(joined(B, 3)) == "[10, 20] ?"
        assert shown(joined(B, 13)) == "[0, ∞) ?"

    def test_no_item_counts(self):
        never = n.Truth(False)
        node = n.Divide(items("sum", W * X, where=never), items("sum", W, where=never))
        assert shown(node) == "None ?"


class TestSteps:
    def test_each_step_sees_those_before_it(self):
        steps = [("x", A / 10), ("y", n.Ref("x") + B)]
        result = reach_steps(steps, scope())
        assert {name: str(reached.numbers) for name, reached in result.items()} == {
            "x": "[0, 10]",
            "y": "[10, 30]",
        }

    def test_steps_per_item_are_fields_for_the_steps_after(self):
        steps = [("y", X * W), ("z", n.Field("y") + 1), ("all", items("max", n.Field("z")))]
        result = reach_steps(steps, scope(), over={"y": "items", "z": "items"})
        assert str(result["all"].numbers) == "[1, 51]"

    def test_the_order_of_a_scale_goes_on_with_the_step(self):
        table = n.Lookup((P,), (((True,), n.Label("baik")), ((False,), n.Label("kurang"))))
        types = {"label": LabelType(scale=PREDIKAT), "n": number(0, 1)}
        result = reach_steps([("label", table), ("n", A)], scope(), types=types)
        assert result["label"].order == PREDIKAT.ids
        assert reach_steps([("label", table)], scope())["label"].order is None
        banded = reach_steps([("band", n.Band(A, TestTables.BANDS))], scope())
        assert banded["band"].order == ("kurang", "cukup", "baik")

    def test_the_order_of_a_type(self):
        assert label_order(LabelType(scale=PREDIKAT)) == PREDIKAT.ids
        assert label_order(LabelType(scale=GROUPS)) is None
        assert label_order(FlagType()) is None
        assert label_order(None) is None

    def test_a_scope_grows_by_a_step_or_a_field(self):
        assert scope_with(scope(), "new", flags(True))["new"] == flags(True)
        grown = scope_with(scope(), "new", flags(True), "items")["items"]
        assert isinstance(grown, ListReach)
        assert grown.fields["new"] == flags(True)


def nested(depth: int) -> n.Node:
    """Nest conditions in conditions, each of which could be looked at again and again."""
    node: n.Node = A
    for _ in range(depth):
        either = n.Or((below(A, B), n.IsMissing(A)))
        node = n.Where(((n.And((n.Compare(">", node, ZERO), either)), A),), B)
    return node


def test_a_formula_nested_to_take_for_ever_is_looked_at_for_a_while_only():
    view = View(scope("a"))
    assert view.reach(nested(14)).numbers == limits(0, 20)
    assert MAX_LOOKS <= view.work.looks < 2 * MAX_LOOKS


def scope_of(declared: Declared) -> dict[str, Reach | ListReach]:
    return {
        name: reach_of_type(kind, optional=name in declared.optional)
        for name, kind in declared.inputs.items()
    }


@settings(max_examples=300, deadline=None)
@given(cases())
def test_every_value_is_within_reach(case: Case):
    """Whatever the exact evaluator gives lies within the range that was told beforehand."""
    reached = reach(case.node, scope_of(case.declared), over=case.over)
    for record in case.records:
        for value in case.values(record):
            assert value in reached


@settings(max_examples=100, deadline=None)
@given(cases(want="flag", depth=2))
def test_what_a_condition_tells_is_true(case: Case):
    """Every part of a formula has a value within what a condition says of it, where it holds."""
    view = View(scope_of(case.declared))
    if case.over is not None:
        view = view.inside(view.scope[case.over])
    for record in case.records:
        for place, holds in enumerate(case.values(record)):
            if isinstance(holds, Missing):
                continue
            known = view.assume(case.node, holds=holds)
            assert known is not None
            for part, reached in known.facts.items():
                assert value_at(case, part, record, place) in reached


def value_at(case: Case, part: n.Node, record, place: int):
    if isinstance(part, n.Ref) and part.name in case.declared.named(ListType):
        items = record[part.name]
        return items if isinstance(items, Missing) else "a list"
    return replace(case, node=part).values(record)[place]


@settings(max_examples=100, deadline=None)
@given(chains(), SEEDS)
def test_every_step_is_within_reach(declared: Declared, seed: int):
    steps = [(name, node) for name, node, _ in declared.steps]
    over = {name: items for name, _, items in declared.steps if items is not None}
    result = reach_steps(steps, scope_of(declared), over=over)
    random = Random(seed)  # noqa: S311 - random records guard no secret
    for _ in range(5):
        record = with_steps(random_record(random, declared), declared)
        for name, _, items in declared.steps:
            if items is None:
                assert record[name] in result[name]
            elif not isinstance(record[items], Missing):
                assert all(item[name] in result[name] for item in record[items])


def test_the_figures_of_random_formulas_hold_ties_and_zeros():
    assert {Fraction(0), Fraction(1, 2), Fraction(24), Fraction("99.995")} <= {*FIGURES}


def test_a_scale_of_labels_without_order_is_plain():
    plain = Scale(labels=(LabelDef("a", Text.same("a")),), ordered=False)
    assert reach_of_type(LabelType(scale=plain)).order is None
