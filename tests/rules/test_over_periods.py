"""Several periods become one value; labels are never averaged."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_runs import NUMBER, label, ref, refused, run

from kinerja.formula.types import ListType
from kinerja.rules import OverPeriods

PERIODS = ListType(
    fields={
        "nilai": NUMBER,
        "bulan": NUMBER,
        "urutan": NUMBER,
        "predikat": label("kurang", "baik"),
    }
)
TYPES = {"periode": PERIODS, "x": NUMBER}
figures = st.fractions(0, 120, max_denominator=8)


def rule(how, value="nilai", **choices):
    return OverPeriods(over="periode", value=ref(value), how=how, **choices)


def over(some_rule, *rows):
    keys = ("nilai", "bulan", "urutan", "predikat")
    return run(some_rule, TYPES, {"periode": [dict(zip(keys, r, strict=False)) for r in rows]})


class TestJoining:
    @given(st.lists(figures, min_size=1, max_size=6))
    def test_mean_and_sum(self, values):
        rows = [(v, 3, i) for i, v in enumerate(values)]
        assert over(rule("mean"), *rows).value == sum(values) / len(values)
        assert over(rule("sum"), *rows).value == sum(values)

    @given(st.lists(st.tuples(figures, st.integers(1, 12)), min_size=1, max_size=6))
    @pytest.mark.parametrize("how", ["by_months", "by_days"])
    def test_in_proportion_to_months_or_days(self, how, pairs):
        found = over(rule(how, share=ref("bulan")), *pairs)
        assert found.value == sum(v * m for v, m in pairs) / sum(m for _, m in pairs)

    @given(figures, st.lists(st.integers(1, 12), min_size=1, max_size=6))
    def test_equal_periods_give_their_value_whatever_their_length(self, value, months):
        assert over(rule("by_months", share=ref("bulan")), *((value, m) for m in months)).value == (
            value
        )

    @given(st.permutations([1, 2, 3, 4]))
    def test_the_last_is_told_by_its_order_not_by_its_place(self, order):
        rows = [(10 * place, 3, place, "baik" if place == 4 else "kurang") for place in order]
        assert over(rule("last", order=ref("urutan")), *rows).value == 40
        assert over(rule("last", "predikat", order=ref("urutan")), *rows).value == "baik"

    def test_two_last_periods_are_not_chosen_between(self):
        found = over(rule("last", order=ref("urutan")), (1, 3, 2), (2, 3, 2))
        assert found.reasons == ["last_is_ambiguous: periode"]


class TestMissing:
    @pytest.mark.parametrize(
        "some_rule",
        [
            rule("mean"),
            rule("last", order=ref("urutan")),
            rule("by_months", share=ref("bulan")),
        ],
    )
    def test_no_periods_give_no_value(self, some_rule):
        assert over(some_rule).reasons == ["no_items: periode"]

    def test_a_period_without_value_makes_the_whole_missing_unless_it_is_skipped(self):
        rows = ((80, 3, 1), (None, 3, 2), (90, 6, 3))
        for how, more, expected in (
            ("mean", {}, 85),
            ("sum", {}, 170),
            ("by_months", {"share": ref("bulan")}, Fraction(80 * 3 + 90 * 6, 9)),
            ("last", {"order": ref("urutan")}, 90),
        ):
            skip = rule(how, missing="skip", **more)
            assert over(skip, *rows).value == expected
            if how != "last":
                assert over(rule(how, **more), *rows).reasons == ["input_missing: nilai"]

    def test_a_last_period_without_value_is_passed_over_only_when_skipped(self):
        rows = ((80, 3, 1), (None, 3, 2))
        assert over(rule("last", order=ref("urutan"), missing="skip"), *rows).value == 80
        assert over(rule("last", order=ref("urutan")), *rows).reasons == ["input_missing: nilai"]

    def test_all_periods_skipped_give_no_value(self):
        for some_rule in (
            rule("mean", missing="skip"),
            rule("by_months", share=ref("bulan"), missing="skip"),
        ):
            assert over(some_rule, (None, 3)).reasons == ["no_items: periode"]

    def test_periods_of_no_length_divide_by_nothing(self):
        found = over(rule("by_months", share=ref("bulan")), (80, 0))
        assert found.reasons == ["division_by_zero"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_another_number_of_periods_than_expected_makes_the_value_missing(self, count):
        some_rule = rule("mean", expected=2)
        rows = [(80, 3, place) for place in range(count)]
        assert over(some_rule, *rows).reasons == ["periods_missing: periode"]
        assert over(some_rule, (80, 3), (90, 3)).value == 85


class TestRefusals:
    @pytest.mark.parametrize("how", ["mean", "sum", "by_months", "by_days"])
    def test_labels_are_never_averaged(self, how):
        more = {"share": ref("bulan")} if how.startswith("by") else {}
        assert refused(rule(how, "predikat", **more), TYPES) == [("KNJ270", "value")]

    @pytest.mark.parametrize(
        ("how", "more", "issue"),
        [
            ("last", {}, ("KNJ268", "order")),
            ("mean", {"order": ref("urutan")}, ("KNJ268", "order")),
            ("by_days", {}, ("KNJ269", "share")),
            ("sum", {"share": ref("bulan")}, ("KNJ269", "share")),
        ],
    )
    def test_what_a_way_needs_must_be_named_and_nothing_else(self, how, more, issue):
        assert refused(rule(how, **more), TYPES) == [issue]

    def test_only_a_list_holds_periods(self):
        for name in ("x", "period"):
            some_rule = OverPeriods(over=name, value=ref("nilai"), how="mean")
            assert refused(some_rule, TYPES) == [("KNJ250", "over")]
