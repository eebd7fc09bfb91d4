"""A number earns a label."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_runs import NUMBER, num, ref, refused, run, scale

from kinerja.exact import Rounding, exact
from kinerja.rules import BandsRule
from kinerja.values import Band, Interval

TYPES = {"nilai": NUMBER}
TWO = {"nilai": Rounding(digits=2, mode="half_up")}


def band(label, low=None, high=None, **ends):
    return Band(
        label=label,
        interval=Interval(
            low=None if low is None else exact(low),
            high=None if high is None else exact(high),
            **ends,
        ),
    )


IKM = (
    band("D", 25, "64.99"),
    band("C", 65, "76.60"),
    band("B", "76.61", "88.30"),
    band("A", "88.31", 100),
)
PREDIKAT = (
    band("kurang", 0, 60, high_open=True),
    band("cukup", 60, 80, high_open=True),
    band("baik", 80, 100),
)


def rule(bands, **choices):
    return BandsRule(of=ref("nilai"), bands=bands, **choices)


class TestValues:
    @pytest.mark.parametrize(
        ("value", "label"),
        [
            ("25", "D"),
            ("64.99", "D"),
            ("65.00", "C"),
            ("76.60", "C"),
            ("76.61", "B"),
            ("88.31", "A"),
            ("100", "A"),
        ],
    )
    def test_printed_ends_meet_for_a_number_of_two_decimals(self, value, label):
        assert run(rule(IKM), TYPES, {"nilai": value}, roundings=TWO).value == label

    @given(st.integers(2500, 10000))
    def test_every_number_of_two_decimals_on_the_scale_has_exactly_one_label(self, cents):
        found = run(rule(IKM), TYPES, {"nilai": Fraction(cents, 100)}, roundings=TWO)
        assert found.value in "ABCD"

    @given(st.fractions(0, 100, max_denominator=300))
    def test_every_number_of_a_scale_without_gap_has_exactly_one_label(self, value):
        holding = [b.label for b in PREDIKAT if value in b.interval]
        assert [run(rule(PREDIKAT), TYPES, {"nilai": value}).value] == holding

    @given(st.fractions(0, 100, max_denominator=50), st.fractions(0, 100, max_denominator=50))
    def test_a_better_number_never_earns_a_lower_label(self, one, other):
        ranks = ["kurang", "cukup", "baik"]
        low, high = sorted((one, other))
        labels = [run(rule(PREDIKAT), TYPES, {"nilai": v}).value for v in (low, high)]
        assert ranks.index(labels[0]) <= ranks.index(labels[1])

    @pytest.mark.parametrize("value", ["24.99", "100.01"])
    def test_outside_all_bands_there_is_no_label(self, value):
        found = run(rule(IKM), TYPES, {"nilai": value}, roundings=TWO)
        assert found.reasons == ["outside_bands"]

    @pytest.mark.parametrize(
        ("between", "label"), [("missing", None), ("lower_bounds", "C"), ("upper_bounds", "B")]
    )
    def test_a_number_between_two_bands_is_as_the_policy_names(self, between, label):
        found = run(rule(IKM, between=between), TYPES, {"nilai": "76.605"})
        if label is None:
            assert found.reasons == ["outside_bands"]
        else:
            assert found.value == label

    def test_what_is_judged_may_be_a_formula(self):
        doubled = BandsRule(of=ref("nilai") * 2, bands=PREDIKAT)
        assert run(doubled, TYPES, {"nilai": 40}).value == "baik"

    def test_one_label_may_have_two_bands(self):
        bands = (
            band("buruk", 0, 50, high_open=True),
            band("baik", 50, 70),
            band("buruk", 70, 100, low_open=True),
        )
        assert [run(rule(bands), TYPES, {"nilai": v}).value for v in (0, 70, 71)] == [
            "buruk",
            "baik",
            "buruk",
        ]


class TestRefusals:
    def test_printed_ends_leave_gaps_in_a_number_that_is_not_rounded(self):
        issues = [("KNJ205", f"bands[{place}]") for place in (1, 2, 3)]
        assert refused(rule(IKM), TYPES) == issues
        three = {"nilai": Rounding(digits=3, mode="half_up")}
        assert refused(rule(IKM), TYPES, roundings=three) == issues

    def test_a_formula_has_no_rounding_of_its_own(self):
        doubled = BandsRule(of=ref("nilai") * num(1), bands=IKM)
        assert len(refused(doubled, TYPES, roundings=TWO)) == 3

    def test_overlaps_and_disorder_are_refused_where_they_stand(self):
        bands = (band("a", 0, 60), band("b", 60, 80), band("c", 70, 100))
        assert refused(rule(bands, between="missing"), TYPES) == [
            ("KNJ204", "bands[1]"),
            ("KNJ204", "bands[2]"),
        ]

    def test_a_label_that_is_not_on_the_declared_scale_is_refused(self):
        found = refused(rule(PREDIKAT), TYPES, scale=scale("kurang", "cukup", "sangat_baik"))
        assert found == [("KNJ207", "bands[2].label")]

    def test_everything_is_told_at_once_with_figures_as_decimals(self):
        bands = (band("x", 0, "60.5"), band("kurang", 61, 80))
        with pytest.raises(ValueError, match=r"\[0, 60\.5\] → \[61, 80\]"):
            run(rule(bands), TYPES, {}, scale=scale("kurang"))
        assert refused(rule(bands), TYPES, scale=scale("kurang")) == [
            ("KNJ207", "bands[0].label"),
            ("KNJ205", "bands[1]"),
        ]
