"""Arithmetic on columns, by each engine alone, is that of the exact evaluator."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from column_samples import (
    DAY,
    FLAG,
    NUMBER,
    RECORDS,
    drawn_records,
    figure,
    hold,
    optional,
)

from kinerja.exact import Rounding, RoundingMode
from kinerja.formula import nodes as n
from kinerja.formula.types import NumberType
from kinerja.values import Interval

X, Y, TARGET, COUNT, MAYBE = (n.Ref(name) for name in "xytno")
MODES = get_args(RoundingMode)
FEW = RECORDS[:14]

#: Every kind of number that a plan tells apart: read, whole, computed, constant, missing here and there.
NUMBERS = {
    "read": X,
    "read too": Y,
    "positive": TARGET,
    "whole": COUNT,
    "optional": MAYBE,
    "ratio": X / TARGET,
    "scaled": Y * "1/3",
    "negative": figure(0) - TARGET,
    "zero": figure(0),
    "two": figure(2),
    "third": figure("-1/3"),
    "decimal": figure("0.1"),
    "absent": n.Absent("zero_target"),
    "missing ratio": X / Y,
    "rounded": n.Round(X / TARGET, Rounding(digits=2, mode="half_up")),
    "held": n.Clip(X, figure(0), figure(100)),
}


def rounded(node, digits=2, mode="half_up"):
    return n.Round(node, Rounding(digits=digits, mode=mode))


def told(node, **named):
    """Hold a formula as it is, rounded, and compared."""
    plain = hold(node, **named)
    hold(rounded(node), **named)
    hold(rounded(node, 0, "floor"), **named)
    hold(n.Compare("<=", node, figure(1)), FLAG, **named)
    hold(n.Compare("==", node, figure("0.5")), FLAG, **named)
    return plain


def paired(node):
    """Hold one of many formulas on some records."""
    hold(node, records=FEW)
    hold(rounded(node), records=FEW)
    hold(n.Compare("<=", node, figure(1)), FLAG, FEW)


class TestEveryPairOfNumbers:
    @pytest.mark.parametrize("one", NUMBERS)
    def test_sums_and_differences(self, one):
        for other in NUMBERS.values():
            paired(n.Add((NUMBERS[one], other)))
            paired(n.Subtract(NUMBERS[one], other))

    @pytest.mark.parametrize("one", NUMBERS)
    def test_products(self, one):
        for other in NUMBERS.values():
            paired(n.Multiply((NUMBERS[one], other)))

    @pytest.mark.parametrize("one", NUMBERS)
    def test_quotients(self, one):
        for other in NUMBERS.values():
            paired(n.Divide(NUMBERS[one], other))

    @pytest.mark.parametrize("one", NUMBERS)
    def test_larger_and_smaller(self, one):
        for other in NUMBERS.values():
            paired(n.Minimum((NUMBERS[one], other)))
            paired(n.Maximum((NUMBERS[one], other)))

    @pytest.mark.parametrize("one", NUMBERS)
    def test_limits(self, one):
        value = NUMBERS[one]
        for low, high in (("0", "1"), ("-1/3", "1/3"), ("0.1", "99.995"), ("5", "5"), ("-1", "0")):
            paired(n.Clip(value, figure(low), figure(high)))
            paired(n.Clip(value, figure(low)))
            paired(n.Clip(value, None, figure(high)))
        for edge in NUMBERS.values():
            paired(n.Clip(value, edge))
            paired(n.Clip(value, None, edge))


class TestShapes:
    @pytest.mark.parametrize(
        "node",
        [
            X + Y + TARGET + 1,
            X * "0.3" + Y * "0.7",
            X * "0.3" + COUNT * "0.7" - "0.1",
            X - X,
            X * 0 + Y,
            MAYBE * 0,
            (X + 1) * (Y - 1) * COUNT,
            X * X * X,
            (X - Y) / (X - Y),
            (2 * TARGET - X) / TARGET,
            (X - TARGET * 2) / TARGET,
            (TARGET - X) / TARGET * 100,
            (TARGET + TARGET + X + 1) / TARGET,
            (X * TARGET + TARGET) / TARGET,
            (2 * COUNT - X) / COUNT,
            (2 * X - Y) / X,
            n.Subtract(figure(7), TARGET) / TARGET,
            n.Subtract(figure("1.76") * TARGET, X) / TARGET * 100,
            X / (TARGET / 3) - X * 3 / TARGET,
            figure(1) / (figure(1) / TARGET),
            figure(5) / COUNT + figure(5) / (COUNT + 1),
            (X / TARGET) / (Y / TARGET),
            n.Minimum((X, Y, COUNT, figure(24))),
            n.Maximum((X / TARGET, Y / TARGET, figure("1/3"))),
            n.Maximum((figure(1), figure(2))),
            n.Clip(n.Clip(X, figure(0)) + 1, None, figure(76)),
            n.Clip(X / TARGET * 100, Y, figure(120)),
            n.Clip(figure(3), X, figure(100)),
            n.Multiply((figure(2), figure(3))),
            n.Add((figure(2),)),
            n.Subtract(n.Subtract(X, Y), n.Subtract(Y, X)),
        ],
        ids=range(31),
    )
    def test_longer_formulas(self, node):
        told(node)

    @pytest.mark.parametrize("seed", range(3))
    def test_what_a_ratio_is_compared_with_lies_on_it(self, seed):
        """Thresholds that some row meets exactly."""
        records = drawn_records(seed + 10)
        for row in records[::5]:
            ratio = Fraction(str(row["x"])) / Fraction(str(row["t"]))
            for op in n.COMPARISONS:
                hold(n.Compare(op, X / TARGET, n.Number(ratio)), FLAG, records)
                hold(n.Compare(op, 1 - X / TARGET, n.Number(1 - ratio)), FLAG, records)

    def test_days(self):
        d, e = n.Ref("d"), n.Ref("e")
        for node in (
            d + 1,
            d - COUNT,
            e + COUNT,
            n.Minimum((d, e)),
            d + X,
            n.Coalesce((e, d)),
            d - 10**6,
        ):
            hold(node, DAY)
        for node in (e - d, d - e, (d - e) / 7):
            told(node)


class TestRounding:
    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("digits", [2, 0, -1, 5, -3])
    def test_every_kind_of_number(self, mode, digits):
        for value in NUMBERS.values():
            hold(rounded(value, digits, mode), records=FEW)
            hold(rounded(n.Multiply((value, figure("-1"))), digits, mode), records=FEW)
        hold(rounded(X * "0.005", digits, mode), records=FEW)
        hold(rounded(COUNT / 200, digits, mode), records=FEW)
        hold(rounded(COUNT * "-1/200", digits, mode), records=FEW)
        hold(rounded(n.Clip(COUNT, figure(0)) / 8, digits, mode), records=FEW)
        hold(rounded(figure("2.675"), digits, mode), records=FEW)

    @pytest.mark.parametrize("digits", [-30, -22, -19, -18, -17, 15, 18, 22, 23, 30])
    def test_digits_at_both_ends(self, digits):
        for mode in MODES:
            for value in (X, COUNT, X / TARGET, X * X * 10**15, X * "1e-20", figure(0)):
                hold(rounded(value, digits, mode), records=RECORDS[:12])
                hold(n.Compare(">", rounded(value, digits, mode), figure(0)), FLAG, RECORDS[:12])

    def test_roundings_of_roundings(self):
        for inner, outer in product((4, 2, 0, -1), repeat=2):
            told(rounded(rounded(X / TARGET, inner), outer, "half_even"))

    @pytest.mark.parametrize("mode", MODES)
    def test_ties_below_zero_and_above(self, mode):
        """(2k + 1) / 200 in every way that it is reached."""
        records = [
            {**RECORDS[0], "x": top / 8, "n": top, "t": 25.0, "y": top / 1000}
            for top in range(-41, 42)
        ]
        for node in (
            X / TARGET,
            X * "0.04",
            X / 25,
            COUNT / TARGET / 8,
            Y * 5,
            figure(1) + X / TARGET,
        ):
            found = hold(rounded(node, 2, mode), records=records)
            assert found["decided"] == len(records)
            found = hold(rounded(node, 3, mode), records=records)
            assert found["decided"] == len(records)


class TestWhatIsCertain:
    """What plans must not leave to slower ways."""

    @pytest.mark.parametrize(
        "node",
        [
            COUNT + 1,
            COUNT * 3 - COUNT,
            n.Clip(COUNT, figure(0), figure(100)),
            rounded(COUNT / 8),
            n.Minimum((COUNT, figure(5))),
        ],
        ids=range(5),
    )
    def test_whole_numbers_are_never_in_doubt(self, node):
        found = hold(node)
        assert found["floats"] == found["read"]
        found = hold(n.Compare("<", node, figure(5)), FLAG)
        assert found["floats"] == found["read"]

    def test_what_was_read_is_compared_without_doubt(self):
        for node in (
            n.Compare("<=", X, figure("99.995")),
            n.Compare(">", X, Y),
            n.Compare("==", X, figure("1/3")),
        ):
            found = hold(node, FLAG)
            assert found["floats"] == found["read"]

    def test_ratios_away_from_ties_are_certain_and_on_ties_settled(self):
        value = rounded(X / TARGET)
        found = hold(value)
        assert found["floats"] > found["read"] / 2
        assert found["settled"] == found["decided"] == found["read"]

    def test_weighted_sums_of_short_decimals_are_settled(self):
        value = rounded(X * "0.35" + Y * "0.65")
        assert hold(value)["settled"] == len(RECORDS)

    def test_missing_values_are_left_to_those_who_give_reasons(self):
        found = hold(MAYBE * 2)
        assert found["settled"] == found["complete"] < found["read"] == found["decided"]


class TestSizes:
    @pytest.mark.parametrize("power", [-200, -100, -30, 10, 15, 30, 60, 99])
    def test_large_and_small(self, power):
        factor = 10.0**power
        records = [{**r, "x": r["x"] * factor, "y": r["y"] * factor} for r in RECORDS[:15]]
        for node in (X * X, X + Y, X - Y, X / Y, X * Y / TARGET, n.Maximum((X, Y)), X * X * X * X):
            for op in ("<", ">", "=="):
                hold(n.Compare(op, node, figure(0)), FLAG, records)
                hold(n.Compare(op, node, Y), FLAG, records)
            hold(rounded(node), records=records)

    @pytest.mark.parametrize(
        "text", ["1e-330", "1e-320", "3e-310", "1e-300", "1e300", "1e330", "-1e-397", "1e398"]
    )
    def test_figures_that_floats_hardly_hold(self, text):
        records = [{**RECORDS[0], "x": value, "y": 0.0} for value in (0.0, 1.0, -1.0, 1e15, 1e-300)]
        far = figure(text)
        for node in (
            X + far,
            X * far,
            X * far + Y,
            n.Maximum((X, far)),
            n.Minimum((X, far)),
            n.Clip(X, far),
            X / far,
        ):
            for op in n.COMPARISONS:
                hold(n.Compare(op, node, figure(0)), FLAG, records)
                hold(n.Compare(op, node, far), FLAG, records)
            hold(rounded(node, 0), records=records)

    def test_whole_numbers_up_to_where_floats_end(self):
        """Plans hold them only as long as one more operation stays exact."""
        edge = 2**52
        inputs = {"n": NumberType(digits=0), "m": NumberType(digits=0)}
        records = [
            {"n": edge - 1 + step, "m": other} for step in (-1, 0, 1, 2) for other in (1, -1, edge)
        ]
        one, other = n.Ref("n"), n.Ref("m")
        for node in (
            one + other,
            one - other,
            one * 2 - other,
            one * 3,
            one * other,
            (one + other) / 2,
        ):
            hold(node, records=records, inputs=inputs)
            hold(n.Compare(">", node, figure(edge)), FLAG, records, inputs=inputs)
            hold(rounded(node / 7, 0), records=records, inputs=inputs)

    def test_a_share_that_has_lost_its_meaning_decides_nothing(self):
        """45 squares of what may be off by a share: exactly 1, which floats put below."""
        from column_samples import floats_alone, program, settled_alone, step

        steps = [step("s0", n.Clip(X / (Y - n.Ref("z")), figure(0), figure(1)))]
        for place in range(1, 50):
            last = n.Ref(f"s{place - 1}")
            steps.append(step(f"s{place}", last * last))
        made = program(
            n.Compare(">=", n.Ref("s49"), figure(1)),
            kind=FLAG,
            inputs=dict.fromkeys("xyz", NUMBER),
            steps=tuple(steps),
        )
        for engine in (floats_alone, settled_alone):
            (said,) = engine(made, [{"x": 0.1, "y": 0.8, "z": 0.7}]).rows
            assert said in (None, (True,))


@pytest.mark.parametrize(
    ("low", "high"), [("0", "100"), ("-5", "5"), ("1", None), (None, "-1"), ("0.5", "0.5")]
)
def test_limits_of_inputs_give_signs(low, high):
    limits = Interval(
        low=None if low is None else Fraction(low), high=None if high is None else Fraction(high)
    )
    inputs = {"x": NumberType(limits=limits), "y": optional("y", NumberType(limits=limits))}
    values = [
        v for v in (0.0, 0.5, -0.5, 1.0, 5.0, -5.0, 100.0, 7.25, -1.0) if Fraction(v) in limits
    ]
    records = [{"x": one, "y": other} for one in values for other in (*values, None)]
    for node in (
        X / Y,
        X * Y,
        X - Y,
        X + Y,
        n.Clip(X, figure(0)),
        figure(1) / X,
        rounded(X / 8, 0, "up"),
        rounded(X, 0, "half_down"),
    ):
        told(node, records=records, inputs=inputs)
