"""The plan that settles ties decides each of them by whole numbers, or leaves it."""
# ruff: noqa: S311, PLR0911 - random columns guard no secret; one case an operation

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import get_args

import pytest
from column_samples import FLAG, LABEL, NUMBER, figure, hold, optional, step, typed
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.exact import Rounding, RoundingMode
from kinerja.formula import nodes as n
from kinerja.formula.types import ListType, NumberType
from kinerja.values import Interval

SEEDS = st.integers(0, 2**32)
MODES = get_args(RoundingMode)
A, B, C, T, U = (n.Ref(name) for name in "abctu")
FROM_ZERO = NumberType(limits=Interval(low=Fraction(0)))
ABOVE_ZERO = NumberType(limits=Interval(low=Fraction(0), low_open=True))
FROM_ONE = NumberType(limits=Interval(low=Fraction(1)))
INPUTS = {"a": NUMBER, "b": FROM_ZERO, "c": NumberType(digits=0), "t": FROM_ONE, "u": ABOVE_ZERO}


def rounded(node, digits=2, mode="half_up"):
    return n.Round(node, Rounding(digits=digits, mode=mode))


def drawn(random, rows, places, most):
    """Decimals of few places; every second row is made to meet a tie of `a / t`."""
    records = []
    for row in range(rows):
        unit = 10**places
        record = {name: random.randint(1, most) / unit for name in "bu"}
        record["a"] = random.randint(-most, most) / unit
        record["c"] = random.randint(0, 99)
        record["t"] = max(1.0, random.randint(1, most) / unit)
        if row % 2:
            # a / t = (2k + 1) / 200 wherever the places allow it.
            bottom = random.choice((200, 400, 2_000, 8, 16)) * random.randint(1, 9)
            record["t"] = float(bottom)
            record["a"] = bottom * (2 * random.randint(-500, 500) + 1) / 200
        records.append(record)
    return records


def ratio(random: Random, depth: int) -> n.Node:
    """Draw a formula of the shapes that this plan knows."""
    if depth == 0:
        return random.choice(
            (A, B, C, A, figure(random.randint(-9, 9)), figure("0.35"), figure("1/3"))
        )
    one, other = ratio(random, depth - 1), ratio(random, random.randrange(depth))
    match random.randrange(9):
        case 0:
            return n.Add((one, other))
        case 1:
            return n.Subtract(one, other)
        case 2:
            return n.Multiply((one, other))
        case 3 | 4:
            return n.Divide(
                one, random.choice((T, T, U, B, C, T + B, figure(7), T * U, B / T + figure(1)))
            )
        case 5:
            low, high = sorted((random.randint(-3, 150), random.choice((0, 1, 100, 120))))
            return n.Clip(one, figure(low), figure(high))
        case 6:
            return n.Clip(one, None, figure(random.choice((1, 100, 120, "1/3"))))
        case 7:
            condition = n.Compare(
                random.choice(n.COMPARISONS),
                random.choice((A, C)),
                random.choice((B, T, figure(1))),
            )
            return n.Where(((condition, one),), other)
    return n.Named("part", typed.Text.same("part"), one)


class TestAnyRatio:
    @settings(max_examples=settings().max_examples // 2)
    @given(SEEDS)
    def test_short_decimals(self, seed):
        random = Random(seed)
        node = ratio(random, random.randint(1, 4))
        records = drawn(random, 12, random.choice((0, 1, 2)), 12_000)
        self._hold(random, node, records)

    @settings(max_examples=settings().max_examples // 2)
    @given(SEEDS)
    def test_numbers_whose_products_leave_64_bits(self, seed):
        random = Random(seed)
        node = ratio(random, random.randint(2, 5))
        records = drawn(random, 10, random.choice((0, 3, 4)), random.choice((10**7, 2**31, 10**11)))
        self._hold(random, node, records)

    @staticmethod
    def _hold(random, node, records):
        mode = random.choice(MODES)
        hold(rounded(node, random.choice((2, 0, -1, 4)), mode), records=records, inputs=INPUTS)
        point = random.choice(("0.005", "1", "0", "1/3", "24"))
        op = random.choice(n.COMPARISONS)
        hold(n.Compare(op, node, figure(point)), FLAG, records, inputs=INPUTS)
        hold(n.Compare(op, figure(1) - node, A / T), FLAG, records, inputs=INPUTS)


class TestShapesOfPolicies:
    RECORDS = drawn(Random(3), 60, 2, 12_000)

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize(
        "node",
        [
            A / T,
            A / T * 100,
            n.Clip(A / T * 100, figure(0), figure(120)),
            (2 * T - A) / T,
            (A / T + B / 4) * "0.5",
            n.Where(((n.Compare("<=", A, T), A / T),), (2 * T - A) / T) * 100,
            (A * "0.35" + B * "0.65") / T,
            figure("1.76") * T / (B + figure(200)) * 100,
            A / (T + B),
            (A + B) / (T * 3) - C / T,
            A / T * B / T,
            C / 7,
            A * "0.125",
        ],
        ids=range(13),
    )
    def test_every_tie_is_decided(self, node, mode):
        for digits in (2, 0):
            found = hold(rounded(node, digits, mode), records=self.RECORDS, inputs=INPUTS)
            assert found["settled"] == found["read"] == 60

    def test_sums_of_many_ratios_are_left_when_they_no_longer_fit(self):
        """Denominators of four decimals: beyond some of them nothing is sure; nothing is wrong."""
        random = Random(4)
        names = [f"t{place}" for place in range(8)]
        inputs = {**INPUTS, **dict.fromkeys(names, FROM_ONE)}
        records = []
        for _ in range(12):
            record = {
                name: random.choice((9973.0, 9967.0, 4999.5, 8191.25, 2.0, 2.5)) for name in names
            }
            records.append(
                {**record, "a": float(random.randint(1, 5)), "b": 1.0, "c": 1, "t": 2.0, "u": 1.0}
            )
        for count in range(1, 9):
            node = n.Add(tuple(A / n.Ref(name) for name in names[:count]))
            hold(rounded(node, 4), records=records, inputs=inputs)
            hold(rounded(node * 0 + figure("0.5") + node - node, 0), records=records, inputs=inputs)
            found = hold(
                n.Compare(">=", node, n.Add(tuple(A / n.Ref(name) for name in names[:count]))),
                FLAG,
                records,
                inputs=inputs,
            )
            assert found["decided"] <= 12

    def test_bands_of_unrounded_ratios(self):
        for bands in typed.BANDS:
            found = hold(n.Band(A / T * 100, bands), LABEL, self.RECORDS, inputs=INPUTS)
            assert found["settled"] == found["complete"]

    def test_means_of_lists(self):
        kind = ListType(fields={"v": NUMBER, "s": NumberType(digits=0)})
        random = Random(5)
        records = [
            {
                "r": [
                    {"v": random.randint(0, 40) / 4, "s": random.randrange(3)}
                    for _ in range(random.randint(0, 9))
                ],
                "t": 4.0,
            }
            for _ in range(40)
        ]
        inputs = {"r": kind, "t": FROM_ONE}
        v, s = n.Field("v"), n.Field("s")
        for node in (
            n.Reduce("mean", "r", v),
            n.Reduce("trimmed_mean", "r", v, parameter=Fraction(1, 4)),
            n.Reduce("mean", "r", v, n.Compare("==", s, figure(1))),
            n.Reduce("mean", "r", v) * "0.6" + n.Reduce("sum", "r", v) / T * "0.4",
        ):
            for digits in (0, 1):
                found = hold(rounded(node, digits), records=records, inputs=inputs)
                assert found["settled"] == found["complete"]

    def test_steps_that_build_on_each_other(self):
        steps = [
            step("first", n.Clip(A / T * 100, None, figure(120))),
            step("second", n.Ref("first") * "0.6" + B * "0.4"),
        ]
        found = hold(rounded(n.Ref("second"), 1), records=self.RECORDS, steps=steps, inputs=INPUTS)
        assert found["settled"] == found["read"]


class TestDivisors:
    @pytest.mark.parametrize(
        "kind",
        [
            NUMBER,
            FROM_ZERO,
            ABOVE_ZERO,
            NumberType(digits=0),
            NumberType(limits=Interval(high=Fraction(-1))),
        ],
        ids=range(5),
    )
    def test_zero_small_and_negative_divisors(self, kind):
        inputs = {"a": NUMBER, "t": optional("t", kind)}
        values = [
            v
            for v in (0.0, 0.01, 0.005, 1.0, -1.0, -0.25, 2.0, 200.0, -200.0, 1e-9, 9973.0, 3.0)
            if Fraction(str(v)) in kind.limits and (kind.digits is None or v == int(v))
        ]
        records = [
            {"a": a, "t": t} for a in (0.0, 1.0, -1.0, 0.5, 5.0, 2.505) for t in (*values, None)
        ]
        for node in (
            A / T,
            figure(1) / T,
            A / (T + 1),
            (A - T) / T,
            A / (A - T),
            (2 * T - A) / T,
            A / (T * T),
        ):
            for mode in MODES:
                hold(rounded(node, 2, mode), records=records, inputs=inputs)
            for op in n.COMPARISONS:
                hold(n.Compare(op, node, figure("0.5")), FLAG, records, inputs=inputs)
                hold(n.Compare(op, node, A), FLAG, records, inputs=inputs)
