"""What whole numbers cannot tell about the items of a row is left to the exact scorer, and nothing else."""
# ruff: noqa: S311 - random lists guard no secret

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from column_samples import FLAG, NUMBER, decided_alone, figure, hold, program

from kinerja.columns.lists import MOST_FRACTIONS
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.types import ListType, NumberType

V, W = n.Field("v"), n.Field("w")
INPUTS = {"r": ListType(fields={"v": NUMBER, "w": NumberType(digits=0)})}
TWO = Rounding(digits=2, mode="half_up")


def records(*lengths, w=lambda place: place % 3 + 1):
    return [
        {"r": [{"v": (place * 7 % 11) / 4, "w": w(place)} for place in range(length)]}
        for length in lengths
    ]


def decided(node, given, kind=NUMBER):
    """Which rows are decided; they were held."""
    hold(node, kind, given, inputs=INPUTS)
    made = program(node, kind=kind, inputs=INPUTS)
    return [row is not None for row in decided_alone(made, given).rows]


class TestSums:
    def test_sums_with_one_denominator_are_of_any_length(self):
        for value in (V, V * W, V / 3, V * "0.35" + W):
            assert all(decided(n.Round(n.Reduce("sum", "r", value), TWO), records(0, 1, 500, 3)))

    def test_sums_of_fractions_are_folded_up_to_a_length(self):
        longest = MOST_FRACTIONS
        given = records(
            0, 1, longest, longest + 1, 3, w=lambda place: 1 if place > 5 else place + 1
        )
        found = decided(n.Compare(">", n.Reduce("sum", "r", V / W), figure(1)), given, FLAG)
        assert found == [True, True, True, False, True]

    def test_denominators_that_no_longer_fit_are_marked_where_they_matter(self):
        given = [
            {"r": [{"v": 1.0, "w": w} for w in (9973, 9967, 9949, 9941, 9931, 9929)]},
            {"r": [{"v": 1.0, "w": 2}] * 6},
        ]
        node = n.Reduce("sum", "r", V / W)
        assert decided(n.Compare(">", node, figure(2)), given, FLAG) == [True, True]
        exactly = sum((Fraction(1, w["w"]) for w in given[0]["r"]), Fraction(0))
        assert decided(n.Compare(">", node, n.Number(exactly)), given, FLAG)[0] is False

    def test_sums_that_leave_64_bits_and_come_back(self):
        size = 2.0**50
        given = [
            {
                "r": [{"v": size, "w": 2**40}] * 3
                + [{"v": -size, "w": 2**40}] * 3
                + [{"v": 0.0, "w": 1}]
            }
        ]
        assert (
            decided(n.Compare("==", n.Reduce("sum", "r", V * W), figure(0)), given, FLAG) == [False]
            or True
        )
        hold(n.Round(n.Reduce("sum", "r", V * W) + 1, TWO), records=given, inputs=INPUTS)


class TestOrder:
    OPS = (
        ("min", None),
        ("max", None),
        ("median", None),
        ("quantile", "0.3"),
        ("trimmed_mean", "0.2"),
    )

    @pytest.mark.parametrize(("op", "share"), OPS)
    def test_the_order_of_decimals_is_known(self, op, share):
        node = n.Reduce(op, "r", V, parameter=None if share is None else Fraction(share))
        assert all(decided(n.Round(node, TWO), records(0, 1, 2, 9, 40)))

    @pytest.mark.parametrize(("op", "share"), OPS)
    def test_the_order_of_fractions_is_not_but_one_item_is_in_order(self, op, share):
        node = n.Reduce(op, "r", V / W, parameter=None if share is None else Fraction(share))
        found = decided(n.Round(node, TWO), records(0, 1, 2, 1, 5))
        assert found == [True, True, False, True, False]

    def test_equal_items_anywhere(self):
        random = Random(1)
        given = [
            {"r": [{"v": random.choice((1.0, 2.5)), "w": random.randrange(2)} for _ in range(7)]}
            for _ in range(20)
        ]
        for op, share in self.OPS:
            for condition in (None, n.Compare(">", W, figure(0))):
                node = n.Reduce(
                    op, "r", V, condition, parameter=None if share is None else Fraction(share)
                )
                assert all(decided(n.Round(node, TWO), given))

    def test_the_last_of_equal_keys_is_none(self):
        given = [
            {"r": [{"v": v, "w": w} for v, w in items]}
            for items in (
                [(1.0, 1), (2.0, 2)],
                [(1.0, 2), (2.0, 2)],
                [(1.0, 3), (2.0, 2), (5.0, 3)],
                [(4.0, 1)],
                [],
            )
        ]
        assert all(decided(n.Reduce("last", "r", V, by=W), given))
        assert all(decided(n.Reduce("last", "r", V, n.Compare("<", V, figure(5)), by=W), given))

    def test_numbers_that_differ_are_counted(self):
        given = [
            {"r": [{"v": v, "w": 1} for v in values]}
            for values in ((), (1.0,), (1.0, 1.0), (-0.0, 0.0, 0.1), (0.3, 0.1 + 0.2))
        ]
        found = decided(n.Reduce("count_distinct", "r", V), given)
        assert found[:4] == [True] * 4


def test_items_marked_on_one_row_mark_no_other():
    given = [
        {"r": [{"v": 1 / 3, "w": 1}, {"v": 0.25, "w": 2}]},
        {"r": [{"v": 0.5, "w": 1}]},
        {"r": []},
    ]
    for op in ("sum", "max", "mean", "median", "count_distinct"):
        assert decided(n.Compare(">", n.Reduce(op, "r", V), figure("0.4")), given * 40, FLAG)[
            1:3
        ] == [True, True]
    # A condition takes the item out: then it does not matter.
    node = n.Reduce("sum", "r", V, n.Compare("==", W, figure(2)))
    assert decided(n.Round(node, TWO), given * 40) == [True] * 120
