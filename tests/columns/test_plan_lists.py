"""Reductions of lists, by each engine alone, are those of the exact evaluator."""
# ruff: noqa: S311 - random lists guard no secret

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from column_samples import (
    DAY,
    FLAG,
    GROUP,
    ITEMS,
    LABEL,
    LISTS,
    NUMBER,
    PLAIN,
    drawn_items,
    figure,
    hold,
    optional,
    step,
    typed,
)

from kinerja.exact import Rounding
from kinerja.formula import nodes as n

X, TARGET, COUNT, P, Q, GRADE = (n.Ref(name) for name in ("x", "t", "n", "p", "q", "grade"))
V, W, OFTEN, BY, RANK, MAYBE, SEEN, UNSURE, ON, WHO = (
    n.Field(name) for name in ("v", "w", "o", "by", "rank", "maybe", "seen", "unsure", "on", "who")
)
TWO = Rounding(digits=2, mode="half_up")
FEW = LISTS[:14]

VALUES = {
    "decimal": V,
    "whole": W,
    "optional": OFTEN,
    "product": V * W,
    "ratio": V / (W + 1),
    "missing ratio": V / W,
    "scaled": V * "-1/3",
    "of row": V * X,
    "row alone": X,
    "constant": figure("0.1"),
    "rounded": n.Round(V / 3, TWO),
    "cases": n.Where(((SEEN, V),), OFTEN),
}
CONDITIONS = {
    "all": None,
    "flag": SEEN,
    "optional flag": UNSURE,
    "label": n.Compare("==", BY, n.Label(PLAIN.ids[0])),
    "label of others": n.Compare("==", n.Label(PLAIN.ids[1]), BY),
    "other label": n.Compare("!=", BY, n.Label(PLAIN.ids[0])),
    "optional label": n.Compare("==", MAYBE, n.Label("baik")),
    "two labels": n.And(
        (n.Compare("==", BY, n.Label(PLAIN.ids[0])), n.Compare("==", RANK, n.Label("baik")))
    ),
    "label and flag": n.And((SEEN, n.Compare("==", BY, n.Label(PLAIN.ids[1])))),
    "number": n.Compare(">", V, figure("0.5")),
    "row": P,
    "missing": n.Not(n.IsMissing(OFTEN)),
    "none": n.Truth(False),
    "every": n.Truth(True),
    "unknown label": n.Compare("==", BY, n.Label("nobody")),
}
PLAIN_OPS = ("sum", "mean", "min", "max", "median")


def every(node, records=FEW, kind=NUMBER):
    hold(node, kind, records)
    hold(n.Round(node, TWO), records=records)
    hold(n.Compare("<=", node, figure(1)), FLAG, records)


class TestReductions:
    @pytest.mark.parametrize("op", PLAIN_OPS)
    def test_values(self, op):
        for value in VALUES.values():
            for skip in (False, True):
                every(n.Reduce(op, "r", value, skip_missing=skip))

    @pytest.mark.parametrize("op", PLAIN_OPS)
    def test_conditions(self, op):
        for condition in CONDITIONS.values():
            for value in (V, OFTEN, W):
                for skip in (False, True):
                    node = n.Reduce(op, "r", value, condition, skip_missing=skip)
                    hold(n.Round(node, TWO), records=FEW)

    def test_counts(self):
        for condition in CONDITIONS.values():
            node = n.Reduce("count", "r", where=condition)
            every(node)
            hold(n.Compare(">=", node, figure(2)), FLAG, LISTS)

    @pytest.mark.parametrize("share", ["0", "0.1", "1/4", "1/3", "49/100", "0.123456789", "1/7"])
    def test_trimmed_means(self, share):
        for value, condition, skip in product(
            (V, W, OFTEN, V * "-1"), (None, SEEN, CONDITIONS["label"]), (False, True)
        ):
            every(n.Reduce("trimmed_mean", "r", value, condition, skip, Fraction(share)))

    @pytest.mark.parametrize("share", ["0", "0.25", "1/2", "0.9", "1", "1/3", "0.123456789"])
    def test_quantiles(self, share):
        for value, condition, skip in product(
            (V, W, OFTEN, V * "-1", V * "1/3"), (None, SEEN, CONDITIONS["label"]), (False, True)
        ):
            every(n.Reduce("quantile", "r", value, condition, skip, Fraction(share)))

    @pytest.mark.parametrize(
        "share",
        [
            "0.4567890123456789",
            "0.423456789012345679",
            "0.3234567890123456789",
            "1/100000000000000000000000003",
        ],
    )
    def test_shares_of_many_digits(self, share):
        records = [
            {"r": [{"v": float(place)} for place in range(count)]} for count in (0, 1, 3, 19, 40)
        ]
        for op in ("quantile", "trimmed_mean"):
            hold(n.Round(n.Reduce(op, "r", V, parameter=Fraction(share)), TWO), records=records)
            hold(
                n.Compare(">", n.Reduce(op, "r", V, parameter=Fraction(share)), figure(8)),
                FLAG,
                records,
            )

    def test_different_values(self):
        for value in (
            RANK,
            BY,
            MAYBE,
            SEEN,
            UNSURE,
            WHO,
            W,
            V,
            OFTEN,
            n.Band(V, typed.BANDS[0]),
            ON,
        ):
            for condition, skip in product((None, SEEN, CONDITIONS["label"]), (False, True)):
                hold(n.Reduce("count_distinct", "r", value, condition, skip), records=LISTS)

    @pytest.mark.parametrize("by", ["v", "on", "o", "w"])
    def test_the_last(self, by):
        key = n.Field(by)
        for value, kind in (
            (V, NUMBER),
            (RANK, LABEL),
            (BY, GROUP),
            (SEEN, FLAG),
            (ON, DAY),
            (OFTEN, NUMBER),
            (MAYBE, LABEL),
        ):
            for condition, skip in product((None, SEEN), (False, True)):
                hold(n.Reduce("last", "r", value, condition, skip, None, key), kind, LISTS)
        hold(n.Reduce("last", "r", V, by=n.Absent("x")), records=LISTS)

    def test_nothing_but_missing_values(self):
        for op in PLAIN_OPS:
            for skip in (False, True):
                hold(n.Reduce(op, "r", n.Absent("x"), skip_missing=skip), records=FEW)
                hold(n.Reduce(op, "r", V, n.Absent("x"), skip_missing=skip), records=FEW)


class TestShapesOfPolicies:
    def test_groups_with_weights(self):
        """The mean of each group of raters, weighted, over those that are there."""
        means = [
            n.Reduce("mean", "r", V, n.Compare("==", BY, n.Label(group)), skip_missing=True)
            for group in PLAIN.ids
        ]
        weights = [figure("0.6"), figure("0.2"), figure("0.2")]
        above = n.Add(
            tuple(
                n.Where(((n.IsMissing(m), figure(0)),), w * m)
                for m, w in zip(means, weights, strict=True)
            )
        )
        below = n.Add(
            tuple(
                n.Where(((n.IsMissing(m), figure(0)),), w)
                for m, w in zip(means, weights, strict=True)
            )
        )
        every(above, LISTS)
        every(above / below, LISTS)
        counts = [n.Reduce("count", "r", where=n.Compare("==", BY, n.Label(g))) for g in PLAIN.ids]
        enough = n.And(tuple(n.Compare(">=", c, figure(1)) for c in counts))
        hold(enough, FLAG, LISTS)
        hold(n.Round(n.Where(((enough, above),), n.Absent("too_few")), TWO), records=LISTS)

    def test_items_with_weights_of_their_own(self):
        weighted = n.Reduce("sum", "r", V * W) / n.Reduce("sum", "r", W)
        every(weighted, LISTS)
        capped = step("capped", n.Clip(V / (W + 1) * 100, figure(0), figure(120)), over="r")
        node = n.Reduce("sum", "r", n.Field("capped") * W) / n.Reduce("sum", "r", W)
        hold(n.Round(node, TWO), records=LISTS, steps=[capped])
        hold(n.Band(n.Round(node, TWO), typed.BANDS[0]), LABEL, LISTS, steps=[capped])

    def test_reductions_in_steps_of_items(self):
        share = step("share", W / n.Reduce("sum", "r", W), over="r")
        node = n.Reduce("sum", "r", n.Field("share") * V)
        hold(n.Round(node, TWO), records=LISTS, steps=[share])
        hold(n.Reduce("max", "r", V - n.Reduce("mean", "r", V)), records=LISTS)
        hold(
            n.Reduce("count", "r", where=n.Compare(">", V, n.Reduce("median", "r", V))),
            records=LISTS,
        )

    def test_values_of_the_row_in_formulas_of_items(self):
        first = step("first", n.Clip(X, figure(0), figure(10)))
        inputs = {
            "r": optional("r", ITEMS),
            "x": NUMBER,
            "q": optional("q", FLAG),
            "p": FLAG,
            "grade": LABEL,
            "n": NUMBER,
        }
        for node in (
            n.Reduce("sum", "r", V * n.Ref("first")),
            n.Reduce("sum", "r", n.Where(((P, V),), W)),
            n.Reduce("mean", "r", V, n.Compare("==", RANK, GRADE)),
            n.Reduce("sum", "r", n.Where(((Q, V),), W)),
            n.Reduce("max", "r", V + COUNT / 3),
            n.Reduce("count", "r", where=n.Compare("<", V, n.Ref("first"))),
        ):
            hold(n.Round(node, TWO), records=LISTS, steps=[first], inputs=inputs)


class TestLengths:
    @pytest.mark.parametrize(
        "lengths", [(0, 0, 0), (1,), (0,), (0, 3, 0), (300, 1, 0), (70, 65, 64, 63), (257,)]
    )
    def test_rows_of_any_length(self, lengths):
        random = Random(len(lengths))
        records = []
        for length in lengths:
            items = []
            while len(items) < length:
                items += drawn_items(random, 9) or []
            records.append({"r": items[:length], "x": 0.5})
        for op in PLAIN_OPS:
            hold(n.Round(n.Reduce(op, "r", V), TWO), records=records)
            hold(n.Round(n.Reduce(op, "r", V / (W + 1), SEEN), TWO), records=records)
        hold(n.Round(n.Reduce("quantile", "r", V, parameter=Fraction(9, 10)), TWO), records=records)
        hold(n.Reduce("trimmed_mean", "r", W, parameter=Fraction(1, 10)), records=records)
        hold(n.Reduce("count_distinct", "r", WHO), records=records)
        hold(n.Reduce("last", "r", V, by=W), records=records)

    def test_no_list_at_all(self):
        records = [{"r": None, "x": 1.0}, {"r": None, "x": 2.0}]
        for node in (
            n.Reduce("sum", "r", V),
            n.Reduce("count", "r"),
            n.Coalesce((n.Reduce("mean", "r", V), X)),
        ):
            hold(node, records=records)
        hold(n.IsMissing(n.Ref("r")), FLAG, records)


class TestSums:
    def test_sums_of_whole_numbers_and_decimals_are_settled(self):
        for value in (V, W, V * W):
            found = hold(n.Round(n.Reduce("sum", "r", value), TWO), records=LISTS)
            assert found["settled"] == found["complete"]

    def test_means_of_short_decimals_are_settled(self):
        found = hold(n.Round(n.Reduce("mean", "r", V), TWO), records=LISTS)
        assert found["settled"] == found["complete"]

    @pytest.mark.parametrize("size", [1e15, 2.0**50, 1e99])
    def test_sums_that_floats_do_not_hold(self, size):
        records = [
            {"r": [{"v": size}, {"v": 0.1}, {"v": -size}, {"v": v}]} for v in (0.2, -0.1, size)
        ]
        node = n.Reduce("sum", "r", V)
        for point in ("0", "0.3", "0.1"):
            for op in n.COMPARISONS:
                hold(n.Compare(op, node, figure(point)), FLAG, records)
                hold(n.Compare(op, n.Reduce("mean", "r", V), figure(point) / 4), FLAG, records)
        hold(n.Round(node, TWO), records=records)
        hold(
            n.Round(n.Reduce("sum", "r", V, SEEN), TWO),
            records=[{"r": [{**i, "seen": True} for i in record["r"]]} for record in records],
        )

    def test_many_small_items(self):
        """Rounding by rounding the sum of a float drifts away; its bound goes along."""
        records = [{"r": [{"v": 0.1}] * count} for count in (10, 100, 1_000)]
        for point in ("1", "10", "100"):
            for op in ("<", "==", ">="):
                hold(n.Compare(op, n.Reduce("sum", "r", V), figure(point)), FLAG, records)
        hold(n.Compare("==", n.Reduce("mean", "r", V * "1/3"), figure("1/30")), FLAG, records)
