from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_typed import (
    SEEDS,
    Case,
    Declared,
    cases,
    chains,
    random_move,
    scale,
    with_steps,
)

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.course import Course
from kinerja.formula.course_of_table import MAX_ROWS, direction_of_band, direction_of_lookup
from kinerja.formula.directions import direction, direction_through, directions_through
from kinerja.formula.evaluate import Scope
from kinerja.formula.motion import Movers, at_most, flipped, joined, scaled
from kinerja.formula.ranges import ListReach, Reach, reach_of_type, reach_steps
from kinerja.formula.reaches import flags, labels, numbers
from kinerja.formula.types import (
    DateType,
    FlagType,
    LabelType,
    ListType,
    NumberType,
    TextType,
    ValueType,
)
from kinerja.formula.view import View
from kinerja.values import Band, Bands, Interval, Missing
from kinerja.words import Text

PREDIKAT = scale("kurang", "cukup", "baik", ordered=True)
WORSE_FIRST = scale("baik", "cukup", "kurang", ordered=True)
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
X, W, BY, SEEN = n.Field("x"), n.Field("w"), n.Field("by"), n.Field("seen")

TYPES: dict[str, ValueType] = {
    "a": number(0, 100),
    "b": number(10, 20),
    "c": number(-5, 5),
    "r": number(0, None),
    "t": number(0, None, low_open=True),
    "k": number(0, 10, 0),
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
            "rank": LabelType(scale=PREDIKAT),
            "seen": FlagType(),
            "on": DateType(),
        },
        optional=frozenset({"x"}),
    ),
}


def scope(*optional: str) -> dict[str, Reach | ListReach]:
    return {name: reach_of_type(kind, optional=name in optional) for name, kind in TYPES.items()}


def way(node: n.Node, target: str, *optional: str, **options) -> str:
    return direction(node, target, scope(*optional), **options)


def compare(op: n.Comparison, left: n.Node, right: n.Node) -> n.Compare:
    ordered = left in (GRADE, n.Field("rank")) and op not in ("==", "!=")
    return n.Compare(op, left, right, PREDIKAT.ids if ordered else None)


def items(op: n.Reduction, value: n.Node | None = X, **parts) -> n.Reduce:
    return n.Reduce(op, "items", value, **parts)


class TestDirectionsAsValues:
    def test_they_join_turn_and_scale(self):
        assert joined(()) == "constant"
        assert joined(("rising", "constant", "rising")) == "rising"
        assert joined(("rising", "falling")) == "unknown"
        assert [flipped(d) for d in ("rising", "falling", "constant", "unknown")] == [
            "falling",
            "rising",
            "constant",
            "unknown",
        ]
        assert [scaled("rising", sign) for sign in (1, -1, 0, None)] == [
            "rising",
            "falling",
            "constant",
            "unknown",
        ]
        assert scaled("constant", None) == "constant"

    @pytest.mark.parametrize(
        ("first", "second", "order", "is_at_most"),
        [
            (numbers(limits(0, 5)), numbers(limits(5, 9)), None, True),
            (numbers(limits(0, 6)), numbers(limits(5, 9)), None, False),
            (numbers(limits(0, None)), numbers(limits(5, 9)), None, False),
            (numbers(limits(0, 5)), numbers(limits(None, 9)), None, False),
            (numbers(limits(3, 3)), numbers(limits(3, 3)), None, True),
            (flags(False), flags(False, True), None, True),
            (flags(False, True), flags(False), None, False),
            (labels("a"), labels("a"), None, True),
            (labels("a"), labels("b"), None, False),
            (labels("a"), labels("b"), ("a", "b"), True),
            (labels("a"), labels("b"), ("b", "a"), False),
            (labels("a"), labels("c"), ("b", "a"), False),
            (Reach(may_be_missing=True), labels("c"), None, True),
            (Reach(other=True), Reach(other=True), ("a",), False),
            (Reach(flags=frozenset((True,)), other=True), flags(True), None, False),
        ],
    )
    def test_one_reach_below_another(self, first, second, order, is_at_most):
        assert at_most(first, second, order) is is_at_most


class TestArithmetic:
    @pytest.mark.parametrize(
        ("node", "target", "expected"),
        [
            (A, "a", "rising"),
            (A, "b", "constant"),
            (num(1), "a", "constant"),
            (A + B, "a", "rising"),
            (B - A, "a", "falling"),
            (A - A, "a", "unknown"),
            (A * B, "a", "rising"),
            (A * C, "a", "unknown"),
            (A * C, "c", "rising"),
            (A * num(-2), "a", "falling"),
            (A * ZERO, "a", "constant"),
            (A * B * A, "a", "rising"),
            (C * C, "c", "unknown"),
            ((0 - A) * (0 - B), "a", "rising"),
            (R / T, "r", "rising"),
            (R / T, "t", "falling"),
            ((0 - R) / T, "t", "rising"),
            (C / T, "t", "unknown"),
            (R / C, "c", "unknown"),
            (R / C, "r", "unknown"),
            (R / (0 - T), "r", "falling"),
            (R / (0 - T), "t", "rising"),
            (R / A, "a", "falling"),
            ((2 * T - R) / T * 100, "t", "rising"),
            ((2 * T - R) / T * 100, "r", "falling"),
            (T / R, "r", "falling"),
            (n.Minimum((A, B - C)), "a", "rising"),
            (n.Minimum((A, B - C)), "c", "falling"),
            (n.Maximum((A, 0 - A)), "a", "unknown"),
            (n.Clip(A, num(10), num(50)), "a", "rising"),
            (n.Clip(num(20), ZERO, A), "a", "rising"),
            (n.Round(B - A, Rounding(digits=0, mode="half_even")), "a", "falling"),
            (n.Named("x", Text.same("x"), A), "a", "rising"),
            (n.Subtract(n.Ref("day"), A), "a", "falling"),
            (n.Ref("day"), "day", "rising"),
            (n.Clip(A, num(200)), "a", "constant"),
            (n.Absent("zero_target"), "a", "constant"),
            (A + n.Absent("zero_target"), "a", "constant"),
        ],
    )
    def test_numbers(self, node, target, expected):
        assert way(node, target) == expected

    def test_a_target_that_does_not_exist_is_refused(self):
        for target in ("zzz", "items", "items.zzz", "a.x", "zzz.x"):
            with pytest.raises(KeyError):
                way(A, target)

    def test_an_unknown_node_is_a_fault_of_the_program(self):
        class Strange(n.Node):
            pass

        strange, reached = Strange(), numbers(limits(0, 1))
        view = View(scope(), facts={})
        view._reaches[strange] = reached
        course = Course(view, Movers(here={strange: None}, in_lists={}))
        with pytest.raises(TypeError, match="unknown node Strange"):
            course.direction(strange)

    def test_a_list_that_is_none_is_a_fault_of_the_program(self):
        with pytest.raises(TypeError, match="no list"):
            way(n.Field("x"), "a", over="a")


class TestFlags:
    @pytest.mark.parametrize(
        ("node", "target", "expected"),
        [
            (P, "p", "rising"),
            (n.Not(P), "p", "falling"),
            (n.And((P, Q)), "p", "rising"),
            (n.Or((n.Not(P), Q)), "p", "falling"),
            (n.And((P, n.Not(P))), "p", "constant"),
            (n.Or((n.And((P, Q)), n.And((n.Not(P), Q)))), "p", "unknown"),
            (compare("<", A, num(50)), "a", "falling"),
            (compare("<=", A, num(50)), "a", "falling"),
            (compare(">", A, num(50)), "a", "rising"),
            (compare(">=", num(50), A), "a", "falling"),
            (compare("<", A, A), "a", "unknown"),
            (compare("<", A, num(-1)), "a", "constant"),
            (compare("==", A, num(50)), "a", "unknown"),
            (compare("==", A, num(100)), "a", "rising"),
            (compare("!=", A, num(100)), "a", "falling"),
            (compare("==", A, ZERO), "a", "falling"),
            (compare("!=", ZERO, A), "a", "rising"),
            (compare("==", P, n.Truth(True)), "p", "rising"),
            (compare("==", P, n.Truth(False)), "p", "falling"),
            (compare("==", n.Truth(False), P), "p", "falling"),
            (compare("!=", P, Q), "p", "unknown"),
            (compare(">", GRADE, n.Label("kurang")), "grade", "rising"),
            (n.Compare("<", n.Label("kurang"), GRADE, PREDIKAT.ids), "grade", "rising"),
            (n.Compare("<", GRADE, n.Label("kurang"), PREDIKAT.ids[::-1]), "grade", "rising"),
            (compare("==", GRADE, n.Label("baik")), "grade", "rising"),
            (compare("==", GRADE, n.Label("kurang")), "grade", "falling"),
            (compare("==", n.Label("baik"), GRADE), "grade", "rising"),
            (n.Ref("note"), "note", "unknown"),
            (compare("!=", GRADE, n.Label("kurang")), "grade", "rising"),
            (compare("==", GRADE, n.Label("cukup")), "grade", "unknown"),
            (compare("==", GRADE, n.Label("cukup")), "a", "constant"),
            (compare("==", GROUP, n.Label("rekan")), "group", "unknown"),
            (compare("==", n.Ref("note"), n.Label("x")), "note", "unknown"),
            (compare("==", items("count", None), num(3)), "items.w", "constant"),
            (n.IsMissing(A), "a", "constant"),
            (n.IsMissing(R / A), "a", "unknown"),
            (n.IsMissing(R / T), "t", "constant"),
            (n.IsMissing(n.Ref("items")), "items.x", "constant"),
        ],
    )
    def test_flags(self, node, target, expected):
        assert way(node, target) == expected

    def test_an_order_that_is_neither_the_own_nor_its_reverse(self):
        mixed = n.Compare("<", GRADE, n.Label("baik"), ("cukup", "kurang", "baik"))
        assert way(mixed, "grade") == "unknown"


def pieces(part: n.Node, edge: n.Node, low: n.Node, high: n.Node, op: n.Comparison = "<"):
    return n.Where(((n.Compare(op, part, edge), low),), high)


class TestBranches:
    def test_conditions_that_stay_join_the_branches(self):
        assert way(n.Where(((P, A),), 2 * A), "a") == "rising"
        assert way(n.Where(((P, A),), B), "a") == "rising"
        assert way(n.Where(((P, A),), 0 - A), "a") == "unknown"
        assert way(n.Where(((P, A), (Q, 3 * A)), A + 1), "a") == "rising"
        assert way(n.Where((), A), "a") == "rising"

    def test_cases_that_cannot_come_about_do_not_count(self):
        never = compare("<", A, num(-1))
        assert way(n.Where(((never, 0 - A),), A), "a") == "rising"
        assert way(n.Where(((n.Not(never), 0 - A),), A), "a") == "falling"

    def test_a_condition_narrows_the_signs_of_factors(self):
        positive = compare(">", C, ZERO)
        assert way(n.Where(((positive, A * C),), ZERO), "a") == "rising"
        assert way(n.Where(((positive, C * C),), ZERO), "c") == "rising"

    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (pieces(A, num(50), A, 2 * A - 50), "rising"),
            (pieces(A, num(50), A, A + 10), "rising"),
            (pieces(A, num(50), A, A - 10), "unknown"),
            (pieces(A, num(50), 0 - A, 0 - A), "falling"),
            (pieces(A, num(50), 0 - A, 50 - A), "unknown"),
            (pieces(A, num(50), 0 - A, -50 - A), "falling"),
            (pieces(A, num(50), num(1), num(2)), "rising"),
            (pieces(A, num(50), num(2), num(1)), "falling"),
            (pieces(A, num(50), num(2), num(2)), "constant"),
            (pieces(A, num(50), A, 100 - A), "unknown"),
            (pieces(A, num(50), A - 1, A, ">="), "unknown"),
            (pieces(A, num(50), 2 * A - 49, A + 1, ">="), "rising"),
            (pieces(A, num(50), 2 * A - 49, A + 1, ">"), "rising"),
            (pieces(num(50), A, 2 * A - 49, A + 1), "rising"),
            (n.Where(((n.Not(compare(">", A, num(50))), A),), 2 * A - 50), "rising"),
            (pieces(A, num(50), A + C, 2 * A - 50 + C), "rising"),
            (pieces(A, num(50), A + C, 2 * A - 51 + C), "unknown"),
            (pieces(A, num(50), A * B / 2, (A - 25) * B), "rising"),
            (
                n.Where(
                    ((compare("<", A, num(50)), A + C), (compare("<", A, num(80)), 2 * A - 50 + C)),
                    3 * A - 130 + C,
                ),
                "rising",
            ),
            (n.Where(((n.Not(compare(">", A, num(50))), A + C),), 2 * A - 50 + C), "rising"),
            (pieces(A, num(50), A + C, n.Where(((P, A + C),), A + C)), "unknown"),
            (pieces(A, num(50), A + items("sum", W), 2 * A - 50 + items("sum", W)), "rising"),
            (pieces(A, num(50), A - items("sum", W), 2 * A - 49 + items("sum", W)), "rising"),
            (pieces(A, B, A, 2 * A - B), "rising"),
            (pieces(A, B, A, num(50) + A - B), "rising"),
            (pieces(A, B, A, B), "rising"),
            (pieces(A, B, A, B - 1), "unknown"),
            (pieces(A, n.Named("b", Text.same("b"), B), A, B), "rising"),
            (pieces(A, 100 - A, A, 2 * A), "unknown"),
            # The value at the edge itself is missing, so nothing ties the two pieces together.
            (pieces(A, num(50), A / (50 - A), A), "unknown"),
            (pieces(A, num(100), A, num(0), "!="), "unknown"),
            (pieces(A, num(100), A, num(100), "!="), "rising"),
            (pieces(A, num(50), A, num(100), "=="), "unknown"),
        ],
    )
    def test_pieces_that_meet_at_an_edge(self, node, expected):
        assert way(node, "a") == expected

    def test_pieces_of_a_part_that_moves(self):
        part = R / T * 100
        capped = n.Where(((compare(">", part, num(120)), num(120)),), part)
        assert way(capped, "r") == "rising"
        assert way(capped, "t") == "falling"
        jump = n.Where(((compare("<=", part, num(24)), part + 1),), part)
        assert way(jump, "r") == "unknown"
        refused = n.Where(((compare(">", part, num(120)), n.Absent("beyond_limit")),), part)
        assert way(refused, "r") == "rising"
        ratio = R / T
        first = (compare("<", ratio, num(1)), ratio)
        twice = n.Where((first, (compare("<", ratio, num(2)), 2 * ratio - 1)), 3 * ratio - 3)
        assert way(twice, "r") == "rising"
        assert way(twice, "t") == "falling"

    def test_the_efficiency_with_its_jump_goes_both_ways(self):
        efficiency = 100 - R / T * 100
        gentle = (num("1.76") * T - R) / T * 100
        node = n.Where(((efficiency.at_most(24), gentle),), 176 - gentle)
        assert way(node, "r") == "unknown"
        assert way(n.Where(((efficiency.at_most(24), gentle),), num(76)), "r") == "unknown"

    def test_a_range_as_target(self):
        above = (compare(">", A, B), A / B * 100)
        below = (compare("<", A, num(5)), A / 5 * 100)
        assert way(n.Where((above, below), num(100)), "a") == "rising"

    def test_segments_between_limits(self):
        node = n.Where(
            (
                (n.And((compare(">=", A, ZERO), compare("<", A, num(50)))), A),
                (n.And((compare(">=", A, num(50)), compare("<", A, num(80)))), 2 * A - 50),
                (compare(">=", A, num(80)), A + 30),
            ),
            n.Absent("outside_bands"),
        )
        assert way(node, "a") == "rising"

    def test_a_piece_counts_on_its_own_side_only(self):
        # A square falls below zero and rises above it.
        assert way(pieces(C, ZERO, C + A, C * C + A), "c") == "rising"
        assert way(pieces(C, ZERO, A - C * C, C + A), "c") == "rising"
        assert way(pieces(C, ZERO, C + A, A - C * C), "c") == "unknown"
        assert way(pieces(C, ZERO, C * C + A, C + A), "c") == "unknown"

    def test_values_that_do_not_overlap_need_no_edge(self):
        assert way(n.Where(((P, num(0)),), num(1)), "p") == "falling"
        assert way(n.Where(((P, B),), C), "p") == "rising"
        assert way(n.Where(((P, B),), A), "p") == "unknown"

    def test_an_edge_that_is_never_met(self):
        # Between 0.2 and 0.8 nothing equals a whole number, so no record passes one.
        part, k = n.Clip(A, num("0.2"), num("0.8")), n.Ref("k")
        assert way(pieces(part, k, 3 * part, part), "a") == "rising"

    def test_a_reduction_as_the_part_that_moves(self):
        mean = items("mean", W)
        assert way(pieces(mean, num(5), mean + C, 2 * mean - 5 + C), "items.w") == "rising"
        assert way(pieces(mean, num(5), mean + C, 2 * mean - 6 + C), "items.w") == "unknown"

    def test_two_open_conditions_are_no_edge(self):
        inside = n.And((compare(">=", A, num(20)), compare("<", A, num(50))))
        assert way(n.Where(((inside, num(1)),), num(0)), "a") == "unknown"
        assert way(n.Where(((n.And((P, compare("<", A, num(50)))), A),), A), "a") == "unknown"

    def test_numbers_between_grid_points_are_passed_on_the_way(self):
        # Among whole numbers the pieces meet, between them the first one falls.
        k = n.Ref("k")
        low = pieces(k, num("2.2"), k, ZERO)
        assert way(pieces(k, num("2.5"), low + C, k + C), "k") == "unknown"
        assert way(pieces(k, num("2.5"), k + C, k + C), "k") == "rising"

    def test_labels_at_an_edge(self):
        node = pieces(A, num(50), n.Label("kurang"), n.Label("baik"))
        assert way(node, "a", scale=PREDIKAT) == "rising"
        assert way(node, "a", scale=WORSE_FIRST) == "falling"
        assert way(node, "a", scale=GROUPS) == "unknown"
        assert way(node, "a") == "unknown"
        inner = pieces(A, num(20), n.Label("kurang"), n.Label("cukup"))
        assert way(pieces(A, num(50), inner, n.Label("cukup")), "a", scale=PREDIKAT) == "rising"
        mixed = n.Where(((compare("<", A, num(50)), GRADE),), n.Label("cukup"))
        assert way(mixed, "a") == "unknown"
        assert way(n.Where(((compare("<", A, num(50)), GRADE),), GRADE), "a") == "constant"

    def test_a_label_as_condition(self):
        node = n.Where(((compare("<", GRADE, n.Label("cukup")), num(0)),), num(1))
        assert way(node, "grade") == "rising"
        crossing = n.Where(((compare("<", GRADE, n.Label("cukup")), A),), A)
        assert way(crossing, "grade") == "unknown"

    def test_the_first_value_present(self):
        assert way(n.Coalesce((A, num(0))), "a", "a") == "rising"
        assert way(n.Coalesce((B, A)), "a", "b") == "rising"
        assert way(n.Coalesce((R / A, num(0))), "a") == "unknown"
        assert way(n.Coalesce((R / T, num(0))), "t") == "falling"
        assert way(n.Coalesce((num(0), R / A)), "a") == "constant"

    def test_fields_at_an_edge(self):
        share = X / items("sum", X)
        node = pieces(X, W, X, X + 1)
        assert way(node, "items.x", over="items") == "rising"
        assert way(pieces(X, num(3), X, share), "items.x", over="items") == "unknown"
        assert way(pieces(X, W, X, items("count", None) + X), "items.w", over="items") == "unknown"
        product = X * W
        node = pieces(product, num(5), product + C, product + product - 5 + C)
        assert way(node, "items.x", over="items") == "rising"
        counted = pieces(product, num(5), product + C, product + C + items("count", None))
        assert way(counted, "items.x", over="items") == "unknown"


def bands(*names: str) -> Bands:
    edges = [0, 50, 75, 101]
    return Bands(
        bands=tuple(
            Band(label=name, interval=limits(low, high, high_open=True))
            for name, low, high in zip(names, edges, edges[1:], strict=False)
        )
    )


class TestTables:
    def test_bands_rise_where_their_labels_do(self):
        node = n.Band(A, bands("kurang", "cukup", "baik"))
        assert way(node, "a") == "rising"
        assert way(node, "a", scale=PREDIKAT) == "rising"
        assert way(node, "a", scale=WORSE_FIRST) == "falling"
        assert way(n.Band(0 - A + 100, node.bands), "a") == "falling"
        assert way(n.Band(A * C, node.bands), "a") == "unknown"
        assert way(n.Band(A, node.bands), "b") == "constant"

    def test_bands_out_of_the_order_of_the_scale(self):
        node = n.Band(A, bands("cukup", "kurang", "baik"))
        assert way(node, "a", scale=PREDIKAT) == "unknown"
        assert way(node, "a") == "rising"
        narrow = n.Band(n.Clip(A, None, num(60)), node.bands)
        assert way(narrow, "a", scale=PREDIKAT) == "falling"

    def test_bands_of_a_number_that_stays(self):
        assert way(n.Band(items("count", None), bands("a", "b")), "items.w") == "constant"
        assert direction_of_band(["a", "a"], "rising", None) == "constant"

    def test_bands_that_share_a_label(self):
        node = n.Band(A, bands("kurang", "baik", "kurang"))
        assert way(node, "a") == "unknown"
        assert way(n.Band(A, bands("baik", "baik")), "a") == "constant"
        assert way(n.Where(((P, n.Band(A, bands("a", "b"))),), n.Label("z")), "a") == "unknown"

    @staticmethod
    def table(*cells: str | int) -> n.Lookup:
        keys = [(label, flag) for label in PREDIKAT.ids for flag in (False, True)]
        return n.Lookup((GRADE, P), tuple(zip(keys, (num(cell) for cell in cells), strict=False)))

    def test_tables_are_looked_at_row_by_row(self):
        assert way(self.table(0, 1, 2, 3, 4, 5), "grade") == "rising"
        assert way(self.table(0, 1, 2, 3, 4, 5), "p") == "rising"
        assert way(self.table(5, 4, 3, 2, 1, 0), "p") == "falling"
        assert way(self.table(0, 5, 1, 6, 2, 7), "grade") == "rising"
        assert way(self.table(0, 5, 1, 4, 2, 3), "grade") == "unknown"
        assert way(self.table(0, 1, 0, 1, 0, 1), "grade") == "constant"
        assert way(self.table(0, 1, 2, 3, 4, 5), "a") == "constant"

    def test_missing_cells_stand_in_no_order(self):
        node = self.table(0, 1, 2, 3, 4, 5)
        holes = n.Lookup(
            node.keys,
            (*node.rows[:2], (node.rows[2][0], n.Absent("not_in_table")), *node.rows[3:]),
        )
        assert way(holes, "grade") == "rising"

    def test_labels_of_a_table_need_an_order(self):
        rows = (((False,), n.Label("kurang")), ((True,), n.Label("baik")))
        assert way(n.Lookup((P,), rows), "p", scale=PREDIKAT) == "rising"
        assert way(n.Lookup((P,), rows), "p", scale=WORSE_FIRST) == "falling"
        assert way(n.Lookup((P,), rows), "p") == "unknown"
        same = (((False,), n.Label("baik")), ((True,), n.Label("baik")))
        assert way(n.Lookup((P,), same), "p") == "constant"

    def test_keys_without_an_order_may_lead_anywhere(self):
        rows = ((("atasan",), num(1)), (("rekan",), num(2)))
        assert way(n.Lookup((GROUP,), rows), "group") == "unknown"
        assert way(n.Lookup((GROUP,), rows), "a") == "constant"
        level = ((("atasan",), num(1)), (("rekan",), num(1)))
        assert way(n.Lookup((GROUP,), level), "group") == "constant"

    def test_a_matrix_of_bands_rises(self):
        rows = tuple(
            ((one, other), n.Label(("kurang", "cukup", "baik")[min(i, j)]))
            for i, one in enumerate("CBA")
            for j, other in enumerate("CBA")
        )
        three = bands("C", "B", "A")
        node = n.Lookup((n.Band(A, three), n.Band(100 - B * 5, three)), rows)
        assert way(node, "a", scale=PREDIKAT) == "rising"
        assert way(node, "b", scale=PREDIKAT) == "falling"

    def test_keys_that_move_against_each_other(self):
        rows = tuple(
            ((one, other), num(i + 2 * j))
            for i, one in enumerate("BA")
            for j, other in enumerate("BA")
        )
        two = bands("B", "A")
        node = n.Lookup((n.Band(A, two), n.Band(100 - A, two)), rows)
        assert way(node, "a") == "unknown"

    def test_a_huge_table_is_not_looked_at(self):
        size = MAX_ROWS + 1
        names = [str(place) for place in range(size)]
        key = labels(*names, order=tuple(names))
        rows = tuple(((name,), num(place)) for place, name in enumerate(names))
        node = n.Lookup((GRADE,), rows)
        assert direction_of_lookup(node, [(key, "rising")], None) == "unknown"
        less = labels(*names[1:], order=tuple(names))
        assert direction_of_lookup(node, [(less, "rising")], None) == "rising"
        assert direction_of_lookup(node, [(less, "falling")], None) == "falling"


MINE = n.Compare("==", BY, n.Label("rekan"))


class TestLists:
    @pytest.mark.parametrize("op", ["sum", "mean", "min", "max", "median"])
    def test_one_item_moves_the_whole(self, op):
        assert way(items(op, W), "items.w") == "rising"
        assert way(items(op, 5 - W), "items.w") == "falling"
        assert way(items(op, W * X), "items.w") == "rising"
        assert way(items(op, W * C), "items.w") == "unknown"
        assert way(items(op, W), "items.x") == "constant"
        assert way(items(op, W, where=MINE), "items.w") == "rising"
        assert way(items(op, W * A), "a") == "rising"
        assert way(items(op, X, skip_missing=True), "items.x") == "rising"
        assert way(items(op, W, where=n.Truth(False)), "items.w") == "constant"

    def test_shares_of_order_statistics(self):
        node = items("quantile", W, parameter=Fraction("0.9"))
        assert way(node, "items.w") == "rising"
        assert way(items("trimmed_mean", 0 - W, parameter=Fraction("0.1")), "items.w") == "falling"

    def test_an_item_that_comes_and_goes(self):
        dividing = W / n.Where(((SEEN, num(1)),), num(0))
        for op in ("mean", "sum"):
            assert way(items(op, dividing, skip_missing=True), "items.seen") == "unknown"
        assert way(items("mean", dividing, skip_missing=True), "items.w") == "rising"
        assert way(items("sum", dividing), "items.seen") == "falling"

    def test_a_filter_that_moves(self):
        assert way(items("count", None, where=SEEN), "items.seen") == "rising"
        assert way(items("count", None, where=compare("<", W, num(3))), "items.w") == "falling"
        assert way(items("count", None), "items.w") == "constant"
        assert way(items("sum", W, where=SEEN), "items.seen") == "rising"
        assert way(items("sum", W - 5, where=SEEN), "items.seen") == "unknown"
        assert way(items("mean", W, where=SEEN), "items.seen") == "unknown"

    def test_other_reductions(self):
        assert way(items("count_distinct", W), "items.w") == "unknown"
        assert way(items("count_distinct", W), "items.x") == "constant"
        last = items("last", W, by=n.Field("on"))
        assert way(last, "items.w") == "rising"
        assert way(last, "items.on") == "unknown"
        rank = items("last", n.Field("rank"), by=n.Field("on"))
        assert way(rank, "items.rank") == "rising"
        assert way(rank, "items.rank", scale=WORSE_FIRST) == "falling"
        assert way(rank, "items.by") == "constant"

    def test_a_weighted_mean_of_items(self):
        mean = items("sum", n.Multiply((W, X))) / items("sum", W)
        assert way(mean, "items.x") == "rising"
        assert way(mean, "items.w") == "unknown"
        there = n.Not(n.IsMissing(X))
        skipping = items("sum", n.Multiply((W, X)), skip_missing=True)
        assert way(skipping / items("sum", W, where=there), "items.x") == "rising"

    def test_another_list_does_not_move(self):
        reaches = scope()
        reaches["others"] = reaches["items"]
        other = n.Reduce("sum", "others", W)
        assert direction(other, "items.w", reaches) == "constant"
        assert direction(other + items("sum", W), "items.w", reaches) == "rising"

    def test_the_moved_field_is_there_in_its_own_item_only(self):
        # The rest of the items still miss theirs, and follow what else moves.
        steps = [
            ("total", items("sum", X, skip_missing=True)),
            ("turned", items("sum", n.Where(((n.IsMissing(X), 0 - n.Ref("total")),), ZERO))),
        ]
        assert direction_through(steps, "turned", "items.x", scope()) == "falling"
        assert direction_through(steps, "total", "items.x", scope()) == "rising"
        assert way(items("max", W, where=n.IsMissing(X)), "items.x") == "constant"
        alone = items("sum", n.Where(((n.IsMissing(X), 0 - W),), W))
        assert way(alone, "items.x") == "constant"

    def test_a_list_that_can_be_missing(self):
        node = n.Coalesce((items("sum", W), num(0)))
        assert way(node, "items.w", "items") == "rising"

    @pytest.mark.parametrize(
        ("node", "target", "may"),
        [
            (items("mean", W), "items.w", False),
            (items("mean", W, where=SEEN), "items.seen", True),
            (items("mean", W, where=SEEN), "items.w", False),
            (items("mean", W, where=MINE), "items.w", False),
            (items("mean", R / W), "items.w", True),
            (items("mean", R / W, where=n.Truth(False)), "items.w", False),
            (items("last", X, by=W), "items.w", True),
            (items("last", X, by=n.Field("on")), "items.w", False),
            (items("last", W, by=n.Field("on") + 1 / W), "items.w", True),
            (items("mean", W, where=compare(">", R / W, num(1))), "items.w", True),
            (R / A, "a", True),
            (R / A, "r", False),
            (R / T, "t", False),
            (B + R / A, "a", True),
            (n.Band(A, bands("C")), "a", True),
            (n.Band(A, bands("C", "B", "A")), "a", False),
            (n.Band(R / A, bands("C", "B", "A")), "a", True),
            (n.Band(R / T, bands("C")), "a", False),
            (n.Band(n.Clip(A + R, ZERO, num(100)), bands("C", "B", "A")), "a", False),
            (n.Lookup((P,), (((True,), num(1)), ((False,), n.Absent("x")))), "p", True),
            (n.Lookup((P, Q), (((True, True), num(1)),)), "a", False),
            (n.Where(((P, n.Absent("x")),), num(1)), "p", True),
            (n.Where(((P, n.Absent("x")),), num(1)), "q", False),
            (n.Where(((Q, R / A),), num(1)), "a", True),
            (n.Where(((Q, num(1)),), R / A), "a", True),
            (n.Where(((compare(">", R / A, num(1)), num(1)),), num(2)), "a", True),
            (n.Where(((Q, n.Absent("x")), (P, A)), A), "a", False),
            (n.Where(((n.Truth(True), A + n.Absent("x")),), A), "a", False),
            (n.And((compare(">", R / A, num(1)), P)), "a", True),
            (n.And((compare(">", n.Absent("x"), num(1)), P)), "p", True),
            (n.And((compare(">", n.Absent("x"), num(1)), P)), "a", False),
            (n.Coalesce((R / A, R / C)), "a", True),
            (n.Coalesce((R / A, n.Where(((n.IsMissing(R / A), R / C),), R))), "a", True),
            (n.Where(((n.Truth(True), A + R), (P, A)), A), "a", False),
            (items("mean", W, where=n.IsMissing(X)), "items.x", False),
        ],
    )
    def test_what_can_vanish_on_the_way(self, node, target, may):
        found = way(n.IsMissing(node), target, "r", "items")
        assert found == ("unknown" if may else "constant")


class TestSteps:
    def test_a_chain_of_steps(self):
        steps = [
            ("capaian", n.Clip(R / T * 100, ZERO, num(120))),
            ("nilai", n.Ref("capaian") * num("0.7") + B * num("0.3")),
            ("predikat", n.Band(n.Ref("nilai"), bands("kurang", "cukup", "baik"))),
            (
                "tunjangan",
                n.Lookup(
                    (n.Ref("predikat"),),
                    tuple(((label,), num(place)) for place, label in enumerate(PREDIKAT.ids)),
                ),
            ),
        ]
        for target, expected in (("r", "rising"), ("t", "falling"), ("b", "rising")):
            for output in ("nilai", "predikat", "tunjangan"):
                assert direction_through(steps, output, target, scope()) == expected
        assert direction_through(steps, "capaian", "b", scope()) == "constant"
        assert direction_through(steps, "tunjangan", "a", scope()) == "constant"

    def test_the_scale_of_a_step_decides(self):
        steps = [("predikat", n.Band(A, bands("kurang", "cukup", "baik")))]
        types = {"predikat": LabelType(scale=WORSE_FIRST)}
        assert direction_through(steps, "predikat", "a", scope(), types=types) == "falling"

    def test_steps_that_move_together(self):
        steps = [("x", A + 1), ("y", 0 - A), ("z", n.Ref("x") + n.Ref("y"))]
        assert direction_through(steps, "z", "a", scope()) == "unknown"
        steps = [("x", A + 1), ("y", 2 * A), ("z", n.Ref("x") * n.Ref("y"))]
        assert direction_through(steps, "z", "a", scope()) == "rising"

    def test_an_edge_of_a_step(self):
        steps = [("x", 0 - A), ("y", pieces(n.Ref("x"), num(-50), 2 * n.Ref("x") + 50, n.Ref("x")))]
        assert direction_through(steps, "y", "a", scope()) == "falling"

    def test_a_step_that_comes_and_goes(self):
        steps = [("x", R / A), ("y", n.Coalesce((n.Ref("x"), num(0)))), ("z", n.Ref("x") + 1)]
        assert direction_through(steps, "y", "a", scope()) == "unknown"
        assert direction_through(steps, "z", "a", scope()) == "falling"
        level = [("x", ZERO * R / A), ("y", n.IsMissing(n.Ref("x")))]
        assert direction_through(level, "x", "a", scope()) == "constant"
        assert direction_through(level, "y", "a", scope()) == "unknown"

    def test_steps_per_item(self):
        steps = [("y", X * W), ("z", n.Field("y") + A), ("all", items("sum", n.Field("z")))]
        over = {"y": "items", "z": "items"}
        for target, expected in (("items.w", "rising"), ("a", "rising"), ("b", "constant")):
            found = direction_through(steps, "all", target, scope(), over=over)
            assert found == expected
        assert direction_through(steps, "z", "items.w", scope(), over=over) == "rising"

    def test_steps_that_the_output_does_not_read_are_left_out(self):
        strange = [("x", A), ("broken", n.Ref("zzz")), ("y", n.Ref("x") + 1)]
        assert direction_through(strange, "y", "a", scope()) == "rising"

    def test_a_step_that_does_not_exist_is_refused(self):
        with pytest.raises(KeyError):
            direction_through([("x", A)], "y", "a", scope())


def test_a_formula_nested_to_take_for_ever_is_given_up():
    node: n.Node = A
    for _ in range(14):
        either = n.Or((compare("<", A, B), n.IsMissing(A)))
        node = n.Where(((n.And((n.Compare(">", node, ZERO), either)), A),), B)
    assert way(node, "a", "a") == "unknown"


TARGETS = ("a", "b", "r", "t", "p", "grade", "day")
FIELDS = ("x", "w", "rank", "seen", "on")


def scope_of(declared: Declared) -> dict[str, Reach | ListReach]:
    return {
        name: reach_of_type(kind, optional=name in declared.optional)
        for name, kind in declared.inputs.items()
    }


def target_of(nodes: list[n.Node], place: int) -> str:
    """Choose an input that formulas read, where they read one."""
    parts = {part for node in nodes for part in n.walk(node)}
    found = [name for name in TARGETS if n.Ref(name) in parts]
    found += [f"items.{name}" for name in FIELDS if n.Field(name) in parts]
    found = found or list(TARGETS)
    return found[place % len(found)]


def assert_moves(told: str, before, after, order: tuple[str, ...] | None) -> None:
    if told == "unknown" or isinstance(before, Missing) or isinstance(after, Missing):
        return
    if told == "constant":
        assert before == after
        return
    if isinstance(before, str):
        assert order is not None
        before, after = order.index(before), order.index(after)
    assert before <= after if told == "rising" else before >= after


@settings(max_examples=300, deadline=None)
@given(cases(record_count=0), st.integers(0, 9), SEEDS)
def test_no_two_records_contradict_a_direction(case: Case, place: int, seed: int):
    """Raise one input, leave the rest: the value never goes against the direction told."""
    target = target_of([case.node], place)
    is_ordered = isinstance(case.type, LabelType) and case.type.scale.ordered
    judged = case.type.scale if is_ordered else None
    told = direction(case.node, target, scope_of(case.declared), over=case.over, scale=judged)
    if isinstance(case.type, LabelType) and judged is None and told != "constant":
        # The order that a formula shows by itself is not told; only that it stays is.
        return
    random = Random(seed)  # noqa: S311 - random records guard no secret
    for _ in range(8):
        low, high = random_move(random, case.declared, target)
        for before, after in zip(case.values(low), case.values(high), strict=True):
            assert_moves(told, before, after, judged.ids if judged else None)


@settings(max_examples=150, deadline=None)
@given(chains(), st.integers(0, 9), SEEDS)
def test_no_two_records_contradict_a_direction_through_steps(
    declared: Declared, place: int, seed: int
):
    steps = [(name, node) for name, node, _ in declared.steps]
    over = {name: items for name, _, items in declared.steps if items is not None}
    types = {
        name: declared.known[name] if items is None else declared.known[items].fields[name]
        for name, _, items in declared.steps
    }
    target, start = target_of([node for _, node in steps], place), scope_of(declared)
    orders = reach_steps(steps, start, types=types, over=over)
    told = directions_through(steps, target, start, types=types, over=over)
    last = steps[-1][0]
    assert direction_through(steps, last, target, start, types=types, over=over) == told[last]
    random = Random(seed)  # noqa: S311 - random records guard no secret
    for _ in range(6):
        low, high = (with_steps(r, declared) for r in random_move(random, declared, target))
        for name, _ in steps:
            pairs = zip(values(low, name, over), values(high, name, over), strict=True)
            for before, after in pairs:
                assert_moves(told[name], before, after, orders[name].order)


def values(scope: Scope, name: str, over: dict[str, str]) -> list:
    if name not in over:
        return [scope[name]]
    items = scope[over[name]]
    return [] if isinstance(items, Missing) else [item[name] for item in items]


def test_replaced_scopes_stay_as_they_were():
    before = scope("a")
    direction(A, "a", before)
    assert before["a"] == replace(reach_of_type(TYPES["a"]), may_be_missing=True)
