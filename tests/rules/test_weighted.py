"""Weighted mean and sum, of steps and of the items of a list."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rule_runs import NUMBER, label, num, ref, refused, run

from kinerja.exact import exact
from kinerja.formula import nodes as n
from kinerja.formula.types import ListType
from kinerja.rules import ItemWeights, WeightedMean, WeightedSum

figures = st.fractions(-100, 200, max_denominator=12)
NAMES = "abcdef"
ITEMS = ListType(fields={"nilai": NUMBER, "bobot": NUMBER, "jenis": label("utama", "tambahan")})
TYPES = {"butir": ITEMS}


@st.composite
def shares(draw, least=1):
    parts = draw(st.lists(st.integers(1, 50), min_size=least, max_size=6))
    return [Fraction(part, sum(parts)) for part in parts]


def mean(weights, **choices):
    terms = tuple((ref(name), share) for name, share in zip(NAMES, weights, strict=False))
    return WeightedMean(of=terms, **choices)


def over(rule, values):
    record = dict(zip(NAMES, values, strict=False))
    return run(rule, dict.fromkeys(NAMES[: len(values)], NUMBER), record)


def items(rule, rows):
    return run(rule, TYPES, {"butir": rows})


def rows(*pairs, jenis="utama"):
    return [{"nilai": v, "bobot": w, "jenis": jenis} for v, w in pairs]


class TestSteps:
    @given(shares(), figures)
    def test_the_mean_of_equal_values_is_that_value(self, weights, value):
        for missing in ("incomplete", "renormalise", "zero"):
            assert over(mean(weights, missing=missing), [value] * len(weights)).value == value

    @given(shares(), st.data())
    def test_it_is_the_sum_of_weight_times_value(self, weights, data):
        values = [data.draw(figures) for _ in weights]
        expected = sum(w * v for w, v in zip(weights, values, strict=True))
        for missing in ("incomplete", "renormalise", "zero"):
            assert over(mean(weights, missing=missing), values).value == expected
        terms = mean(weights).of
        assert over(WeightedSum(of=terms), values).value == expected

    @given(shares(), st.data())
    def test_more_of_one_value_never_lowers_the_mean(self, weights, data):
        values = [data.draw(figures) for _ in weights]
        place = data.draw(st.integers(0, len(weights) - 1))
        raised = [v + 1 if i == place else v for i, v in enumerate(values)]
        assert over(mean(weights), values).value < over(mean(weights), raised).value

    @given(shares(least=2), st.data())
    def test_a_missing_value_does_what_the_policy_names(self, weights, data):
        values = [data.draw(st.none() | figures) for _ in weights]
        there = [(w, v) for w, v in zip(weights, values, strict=True) if v is not None]
        assume(len(there) < len(values))
        gone = [name for name, v in zip(NAMES, values, strict=False) if v is None]
        assert over(mean(weights), values).reasons == [f"input_missing: {name}" for name in gone]
        zero = over(mean(weights, missing="zero"), values)
        assert zero.value == sum((w * v for w, v in there), Fraction(0))
        again = over(mean(weights, missing="renormalise"), values)
        if there:
            plain = sum(w * v for w, v in there) / sum(w for w, _ in there)
            assert again.value == plain
        else:
            assert again.reasons == ["all_missing"]

    def test_weights_that_do_not_sum_to_one_are_refused(self):
        types = dict.fromkeys("ab", NUMBER)
        assert refused(mean([exact("0.6"), exact("0.35")]), types) == [("KNJ203", "weights")]
        assert refused(mean([Fraction(1, 3), Fraction(1, 3)]), types) == [("KNJ203", "weights")]

    def test_a_negative_weight_is_refused(self):
        assert refused(mean([Fraction(2), Fraction(-1)]), dict.fromkeys("ab", NUMBER)) == [
            ("KNJ202", "weights")
        ]

    def test_the_total_is_told_as_a_percentage(self):
        with pytest.raises(ValueError, match="95 %"):
            mean([exact("0.6"), exact("0.35")]).formula(None)
        with pytest.raises(ValueError, match="200/3 %"):
            mean([Fraction(1, 3), Fraction(1, 3)]).formula(None)

    def test_a_sum_takes_any_weights(self):
        rule = WeightedSum(of=((ref("a"), Fraction(2)), (ref("b"), Fraction(-1))))
        assert over(rule, [10, 5]).value == 15

    def test_a_sum_counts_a_missing_part_as_named(self):
        terms = ((ref("a"), Fraction(2)), (ref("b"), Fraction(3)))
        assert over(WeightedSum(of=terms, missing="zero"), [10, None]).value == 20
        assert over(WeightedSum(of=terms), [10, None]).reasons == ["input_missing: b"]


def weighted(**choices):
    return ItemWeights(over="butir", value=ref("nilai"), weight=ref("bobot"), **choices)


class TestItems:
    @given(st.lists(st.tuples(figures, st.integers(1, 20)), min_size=1, max_size=8))
    def test_the_mean_weighs_each_item_by_its_own_weight(self, pairs):
        expected = sum(Fraction(w) * v for v, w in pairs) / sum(w for _, w in pairs)
        for missing in ("incomplete", "renormalise", "zero"):
            rule = WeightedMean(of=weighted(), missing=missing)
            assert items(rule, rows(*pairs)).value == expected

    @given(st.lists(st.tuples(figures, st.integers(1, 20)), min_size=1, max_size=8), st.randoms())
    def test_the_order_of_items_changes_nothing(self, pairs, random):
        shuffled = list(pairs)
        random.shuffle(shuffled)
        for rule in (WeightedMean(of=weighted()), WeightedSum(of=weighted())):
            assert items(rule, rows(*pairs)).value == items(rule, rows(*shuffled)).value

    @given(figures, st.lists(st.integers(1, 20), min_size=1, max_size=8))
    def test_the_mean_of_equal_items_is_their_value(self, value, weights):
        found = items(WeightedMean(of=weighted()), rows(*((value, w) for w in weights)))
        assert found.value == value

    def test_without_weights_all_weigh_alike(self):
        plain = ItemWeights(over="butir", value=ref("nilai"))
        assert items(WeightedMean(of=plain), rows((80, 1), (90, 3))).value == 85
        assert items(WeightedSum(of=plain), rows((80, 1), (90, 3))).value == 170

    @pytest.mark.parametrize("weight", [ref("bobot"), None])
    @pytest.mark.parametrize(
        ("missing", "weighed", "plain"), [("renormalise", 80, 80), ("zero", 20, 40)]
    )
    def test_an_item_without_value_does_what_the_policy_names(
        self, weight, missing, weighed, plain
    ):
        of = ItemWeights(over="butir", value=ref("nilai"), weight=weight)
        some = rows((80, 1), (None, 3))
        found = items(WeightedMean(of=of, missing=missing), some)
        assert found.value == (plain if weight is None else weighed)
        assert items(WeightedMean(of=of), some).reasons == ["input_missing: nilai"]

    def test_a_sum_may_count_an_item_without_value_as_zero(self):
        some = rows((80, 1), (None, 3))
        assert items(WeightedSum(of=weighted(), missing="zero"), some).value == 80
        assert items(WeightedSum(of=weighted()), some).reasons == ["input_missing: nilai"]

    def test_an_item_without_weight_is_never_passed_over(self):
        some = rows((80, 1), (90, None))
        for missing in ("incomplete", "renormalise", "zero"):
            found = items(WeightedMean(of=weighted(), missing=missing), some)
            assert found.reasons == ["input_missing: bobot"]

    def test_only_some_items_may_count(self):
        where = n.Compare("==", ref("jenis"), n.Label("utama"))
        some = rows((80, 1), (90, 1)) + rows((10, 5), jenis="tambahan")
        assert items(WeightedMean(of=weighted(where=where)), some).value == 85
        renormalised = WeightedMean(of=weighted(where=where), missing="renormalise")
        assert items(renormalised, [*some, *rows((None, 7))]).value == 85

    def test_no_items_have_no_mean(self):
        for weight in (ref("bobot"), None):
            of = ItemWeights(over="butir", value=ref("nilai"), weight=weight)
            assert items(WeightedMean(of=of), []).reasons == ["no_items: butir"]
            assert items(WeightedMean(of=of), None).reasons == ["input_missing: butir"]
        assert items(WeightedSum(of=weighted()), []).value == 0

    def test_weights_that_must_sum_to_a_total_make_the_value_missing_when_they_do_not(self):
        for kind in (WeightedMean, WeightedSum):
            rule = kind(of=weighted(total=Fraction(100)))
            assert items(rule, rows((80, 60), (90, 30))).reasons == ["weights_total: butir"]
            assert items(rule, rows((80, 60), (90, 40))).value in (84, 8400)

    def test_a_total_of_plain_items_counts_them(self):
        of = ItemWeights(over="butir", value=ref("nilai"), total=Fraction(2))
        assert items(WeightedMean(of=of), rows((80, 1))).reasons == ["weights_total: butir"]
        assert items(WeightedMean(of=of), rows((80, 1), (90, 9))).value == 85

    def test_the_weight_may_be_a_formula(self):
        of = ItemWeights(over="butir", value=ref("nilai"), weight=ref("bobot") / num(100))
        assert items(WeightedSum(of=of), rows((80, 60), (90, 40))).value == 84
