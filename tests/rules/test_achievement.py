"""Capaian: actual against target, in each direction the regulations know."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_runs import FLAG, NUMBER, POSITIVE, num, ref, refused, run

from kinerja.exact import exact
from kinerja.rules import Achievement, Efficiency, Limit, TargetRange

TYPES = {"actual": NUMBER, "target": POSITIVE}
ANY = {"actual": NUMBER, "target": NUMBER}
WITH_TOP = {**TYPES, "top": FLAG}
PERKA_1 = Efficiency(constant=exact("1.76"), jump_above=Fraction(24))
positive = st.fractions(Fraction(1, 10), 1000, max_denominator=20)
anything = st.fractions(-1000, 1000, max_denominator=20)


def achievement(**choices):
    return Achievement(**{"actual": ref("actual"), "target": ref("target"), **choices})


def value(rule, actual, target="100", types=TYPES, **more):
    return run(rule, types, {"actual": actual, "target": target, **more}).value


HIGHER = achievement(better="higher")
LOWER = achievement(better="lower", lower_is="two_minus_ratio")
RECIPROCAL = achievement(better="lower", lower_is="target_over_actual")
STABLE = achievement(better="stable")
EFFICIENT = achievement(better="efficient", efficiency=PERKA_1)


class TestDirections:
    @given(anything, positive)
    def test_each_formula_is_the_one_of_the_rulebooks(self, actual, target):
        ratio = actual / target * 100
        assert value(HIGHER, actual, target) == ratio
        assert value(LOWER, actual, target) == (2 * target - actual) / target * 100
        assert value(STABLE, actual, target) == (ratio if actual <= target else 200 - ratio)
        if actual:
            assert value(RECIPROCAL, actual, target) == target / actual * 100

    @given(positive)
    def test_meeting_the_target_is_a_hundred_percent(self, target):
        for rule in (HIGHER, LOWER, RECIPROCAL, STABLE):
            assert value(rule, target, target) == 100

    @given(positive, positive, positive)
    def test_better_input_never_scores_lower(self, one, other, target):
        low, high = sorted((one, other))
        assert value(HIGHER, low, target) <= value(HIGHER, high, target)
        for rule in (LOWER, RECIPROCAL):
            assert value(rule, low, target) >= value(rule, high, target)

    @given(positive, positive)
    def test_a_stable_target_is_best_met_exactly(self, actual, target):
        assert value(STABLE, actual, target) <= 100

    @given(positive, st.fractions(0, 1, max_denominator=20))
    def test_equal_distance_above_and_below_a_stable_target_costs_the_same(self, target, share):
        away = target * share
        assert value(STABLE, target + away, target) == value(STABLE, target - away, target)

    def test_nothing_used_of_a_target_that_should_be_low_has_no_reciprocal(self):
        assert run(RECIPROCAL, TYPES, {"actual": 0, "target": 5}).reasons == ["division_by_zero"]

    def test_a_missing_actual_makes_the_achievement_missing(self):
        assert run(HIGHER, TYPES, {"target": 5}).reasons == ["input_missing: actual"]


class TestEfficiency:
    """Perka BKN 1/2013: up to 24 % efficient (1.76 × T − R) / T × 100, above it 76 − (that − 100)."""

    def test_exactly_at_the_jump_the_first_formula_applies(self):
        assert value(EFFICIENT, "9.12", "12") == 100

    @pytest.mark.parametrize("below", ["9.119999999999", "9.11", "9.1"])
    def test_just_beyond_the_jump_the_value_falls(self, below):
        found = value(EFFICIENT, below, "12")
        first = (exact("1.76") * 12 - exact(below)) / 12 * 100
        assert first > 100
        assert found == 176 - first
        assert found < 76

    def test_as_the_jump_is_neared_from_beyond_the_value_nears_seventy_six(self):
        assert 76 - value(EFFICIENT, f"9.11{'9' * 60}", "12") < Fraction(1, 10**50)

    def test_using_all_of_the_time_scores_seventy_six(self):
        assert value(EFFICIENT, 170395000, 170395000) == 76

    @given(positive)
    def test_the_jump_lies_at_the_same_share_of_every_target(self, target):
        assert value(EFFICIENT, target * Fraction(76, 100), target) == 100


class TestRange:
    """PermenPANRB 8/2021 Lampiran p. 100: above the range its upper end is the target, below the lower."""

    RANGE = TargetRange(low=num(80), high=num(90))
    LOW_RANGE = TargetRange(low=num(7), high=num(8))

    @pytest.mark.parametrize(
        ("actual", "expected"),
        [
            ("70", "87.5"),
            ("79.9", "99.875"),
            ("80", "100"),
            ("85", "100"),
            ("90", "100"),
            ("92", "920/9"),
        ],
    )
    def test_higher_is_better(self, actual, expected):
        rule = achievement(better="higher", target=self.RANGE)
        assert value(rule, actual) == exact(expected)

    @pytest.mark.parametrize(
        ("actual", "expected"),
        [("6.5", "750/7"), ("7", "100"), ("7.5", "100"), ("8", "100"), ("9", "87.5")],
    )
    def test_lower_is_better(self, actual, expected):
        rule = achievement(better="lower", lower_is="two_minus_ratio", target=self.LOW_RANGE)
        assert value(rule, actual) == exact(expected)

    @given(st.fractions(80, 90, max_denominator=50))
    def test_anything_inside_is_a_hundred_percent(self, actual):
        assert value(achievement(better="higher", target=self.RANGE), actual) == 100

    def test_ends_may_be_inputs(self):
        rule = achievement(better="higher", target=TargetRange(low=ref("low"), high=ref("high")))
        types = {"actual": NUMBER, "low": NUMBER, "high": NUMBER}
        assert run(rule, types, {"actual": 70, "low": 80, "high": 90}).value == exact("87.5")

    @pytest.mark.parametrize(
        "choices",
        [
            {"better": "stable"},
            {"better": "efficient", "efficiency": PERKA_1},
            {"better": "lower", "lower_is": "target_over_actual"},
        ],
    )
    def test_other_directions_have_no_range(self, choices):
        rule = achievement(target=self.RANGE, **choices)
        assert refused(rule, TYPES) == [("KNJ262", "target")]

    @pytest.mark.parametrize(
        ("choices", "path"),
        [
            ({"zero_target": num(0), "zero_target_named": True}, "zero_target"),
            ({"negative_target": "mirrored"}, "negative_target"),
            ({"attained_maximum": ref("top"), "maximum_gives": Fraction(120)}, "attained_maximum"),
        ],
    )
    def test_what_only_a_single_target_has_is_refused(self, choices, path):
        rule = achievement(better="higher", target=self.RANGE, **choices)
        assert refused(rule, TYPES) == [("KNJ273", path)]

    def test_a_range_that_ends_before_it_begins_is_refused(self):
        rule = achievement(better="higher", target=TargetRange(low=num(90), high=num(80)))
        assert refused(rule, TYPES) == [("KNJ117", "target")]


class TestZeroAndNegativeTargets:
    def test_a_target_that_can_be_zero_needs_a_word(self):
        assert refused(HIGHER, ANY) == [("KNJ263", "zero_target")]
        assert refused(achievement(better="higher", target=num(0)), TYPES) == [
            ("KNJ263", "zero_target")
        ]
        assert refused(achievement(better="higher", target=ref("target") * 2), TYPES) == [
            ("KNJ263", "zero_target")
        ]

    def test_a_written_target_needs_none(self):
        assert value(achievement(better="higher", target=num(50)), 25) == 50

    def test_missing_is_a_word(self):
        rule = achievement(better="higher", zero_target_named=True)
        run_ = run(rule, ANY, {"actual": 3, "target": 0})
        assert run_.reasons == ["zero_target"]

    def test_so_is_a_figure_or_a_formula(self):
        for given_value, expected in ((num(100), 100), (ref("actual"), 3)):
            rule = achievement(better="higher", zero_target=given_value, zero_target_named=True)
            assert value(rule, 3, 0, ANY) == expected
            assert value(rule, 3, 6, ANY) == 50

    def test_a_negative_target_is_missing_unless_mirrored(self):
        rule = achievement(better="higher", zero_target_named=True)
        assert run(rule, ANY, {"actual": -3, "target": -4}).reasons == ["negative_target"]

    def test_mirrored_losses_score_better_when_smaller(self):
        rule = achievement(better="higher", zero_target_named=True, negative_target="mirrored")
        assert value(rule, -4, -4, ANY) == 100
        assert value(rule, -3, -4, ANY) == 125
        assert value(rule, -5, -4, ANY) == 75

    def test_only_higher_is_mirrored(self):
        rule = achievement(
            better="lower",
            lower_is="two_minus_ratio",
            zero_target_named=True,
            negative_target="mirrored",
        )
        assert refused(rule, ANY) == [("KNJ274", "negative_target")]


class TestMaximum:
    """PermenPANRB 8/2021 and KMK 127/2026 p. 67: a target that cannot be exceeded and is met gives 120."""

    def rule(self, **choices):
        return achievement(
            **{"better": "higher", **choices},
            attained_maximum=ref("top"),
            maximum_gives=Fraction(120),
        )

    @pytest.mark.parametrize(
        ("actual", "top", "expected"), [(4, True, 120), (4, False, 100), (3, True, 75)]
    )
    def test_it_is_given_only_when_met(self, actual, top, expected):
        assert value(self.rule(), actual, 4, WITH_TOP, top=top) == expected

    @pytest.mark.parametrize(
        ("choices", "met", "unmet"),
        [
            ({"better": "lower", "lower_is": "two_minus_ratio"}, 3, 5),
            ({"better": "efficient", "efficiency": PERKA_1}, 3, 5),
            ({"better": "stable"}, 4, 3),
        ],
    )
    def test_met_means_what_the_direction_says(self, choices, met, unmet):
        rule = self.rule(**choices)
        assert value(rule, met, 4, WITH_TOP, top=True) == 120
        assert value(rule, unmet, 4, WITH_TOP, top=True) != 120

    def test_a_cap_holds_it_too(self):
        rule = self.rule(cap=Limit(at=num(110), beyond="clip"))
        assert value(rule, 4, 4, WITH_TOP, top=True) == 110

    @pytest.mark.parametrize(
        "half", [{"attained_maximum": ref("top")}, {"maximum_gives": Fraction(120)}]
    )
    def test_one_half_of_it_is_refused(self, half):
        rule = achievement(better="higher", **half)
        assert refused(rule, WITH_TOP) == [("KNJ264", "maximum_gives")]


class TestLimits:
    @given(anything)
    def test_clipped_values_stay_inside(self, actual):
        rule = achievement(
            better="higher",
            cap=Limit(at=num(120), beyond="clip"),
            floor=Limit(at=num(0), beyond="clip"),
        )
        found = value(rule, actual)
        assert 0 <= found <= 120
        assert found == min(max(actual, 0), 120)

    @given(anything)
    def test_refused_values_are_missing_with_the_reason(self, actual):
        rule = achievement(
            better="higher",
            cap=Limit(at=num(120), beyond="refuse"),
            floor=Limit(at=num(0), beyond="refuse"),
        )
        found = run(rule, TYPES, {"actual": actual, "target": 100})
        if 0 <= actual <= 120:
            assert found.value == actual
        else:
            assert found.reasons == ["beyond_limit"]

    def test_one_end_may_clip_and_the_other_refuse(self):
        rule = achievement(
            better="higher",
            cap=Limit(at=num(120), beyond="clip"),
            floor=Limit(at=num(0), beyond="refuse"),
        )
        assert value(rule, 500) == 120
        assert run(rule, TYPES, {"actual": -1, "target": 100}).reasons == ["beyond_limit"]

    def test_without_ends_values_run_on(self):
        assert value(HIGHER, 500) == 500


@pytest.mark.parametrize(
    ("choices", "issue"),
    [
        ({"better": "lower"}, ("KNJ260", "lower_is")),
        ({"better": "higher", "lower_is": "two_minus_ratio"}, ("KNJ260", "lower_is")),
        ({"better": "efficient"}, ("KNJ261", "efficiency")),
        ({"better": "higher", "efficiency": PERKA_1}, ("KNJ261", "efficiency")),
    ],
)
def test_what_a_direction_needs_must_be_named_and_nothing_else(choices, issue):
    assert refused(achievement(**choices), TYPES) == [issue]


def test_every_unnamed_choice_is_told_at_once():
    rule = achievement(
        better="lower", efficiency=PERKA_1, maximum_gives=Fraction(1), negative_target="mirrored"
    )
    codes = [code for code, _ in refused(rule, {"actual": NUMBER, "target": NUMBER})]
    assert codes == ["KNJ260", "KNJ261", "KNJ274", "KNJ263", "KNJ264"]
