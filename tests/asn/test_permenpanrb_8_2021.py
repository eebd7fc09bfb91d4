"""PermenPANRB 8/2021, Lampiran Bab VI: SKP of JPT, and of JA and JF as applications score it."""

from __future__ import annotations

import itertools
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError, PolicyError

JPT = "permenpanrb-8-2021-jpt"
JA_JF = "permenpanrb-8-2021-ja-jf"
UNROUNDED = kinerja.load(JPT, variant={"pembulatan_capaian": "tanpa"})
HALF_UP = kinerja.load(JPT)
FLOORED = kinerja.load(JPT, variant={"pembulatan_capaian": "ke_bawah"})
CLOSED = {
    option: kinerja.load(JPT, variant={"pembulatan_capaian": "tanpa", "antara_rentang": option})
    for option in ("rentang_bawah", "rentang_atas")
}
PLANS = {
    kombinasi: kinerja.load(
        JA_JF,
        variant={
            "kombinasi": kombinasi,
            "pembulatan_capaian": "tanpa",
            "bobot_tidak_langsung": "80 %",
        },
    )
    for kombinasi in ("aturan_1_5", "poin")
}
GAPS = ((59, 60), (79, 80), (99, 100), (100, 101))
ORDER = ("sangat_kurang", "kurang", "cukup", "baik", "sangat_baik")
#: Factor and score of additional performance by its percent.
FACTORS = {"111": (100, 120), "100": (80, 109), "90": (60, 80), "70": (40, 60), "59": (20, 49)}
#: A percent of each category of an aspect.
PERCENT = {"sb": 101, "b": 100, "c": 80, "k": 60, "sk": 59}
VALUE = {"sangat_baik": 120, "baik": 100, "cukup": 80, "kurang": 60, "sangat_kurang": 25}
POINTS = {"sb": 16, "b": 13, "c": 8, "k": 3, "sk": 1}
#: The combinations on which the two tables differ, with rules 1–5 before the points.
DIFFERENT = {
    ("sb", "sb", "k"): (80, 100),
    ("sb", "sb", "sk"): (60, 80),
    ("sb", "b", "sk"): (60, 80),
    ("sb", "c", "sk"): (60, 80),
    ("sb", "k", "k"): (60, 80),
    ("sb", "k", "sk"): (60, 80),
    ("b", "b", "sk"): (60, 80),
    ("b", "c", "sk"): (60, 80),
    ("b", "k", "k"): (60, 80),
    ("sb", "sk", "sk"): (25, 60),
    ("b", "sk", "sk"): (25, 60),
    ("c", "sk", "sk"): (25, 60),
}
COMBINATIONS = tuple(itertools.combinations_with_replacement(PERCENT, 3))
PERCENTS = st.integers(0, 20_000).map(lambda n: Fraction(n, 100))
TARGETS = st.integers(1, 10_000).map(lambda n: Fraction(n, 10))


def iki(actual, low=100, high=None, **more):
    return {
        "nama": "a",
        "jenis": "utama",
        "kondisi": "normal",
        "target_bawah": low,
        "target_atas": low if high is None else high,
        "target_maksimal": False,
        "realisasi": actual,
        "bobot": 100,
        **more,
    }


def extra(name, actual, scope):
    return iki(actual, nama=name, jenis="tambahan", bobot=None, bobot_lingkup=scope)


def score(scorer, *items):
    return scorer.score({"iki": list(items)})


def category(result, prefix="iki"):
    held = [name for name in ORDER if result[f"{prefix}_{name}"]]
    return held[0] if held else None


def cents(value):
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def in_gap(percent):
    return any(low < percent < high for low, high in GAPS)


def inside(gap):
    return st.integers(1, 99).map(lambda hundredths: gap[0] + Fraction(hundredths, 100))


class TestCapaian:
    """Hlm. 100: capaian is actual over target; in the special condition 1 + (1 − actual over target).

    A target range divides by its upper end above it and by its lower end below it.
    """

    @given(PERCENTS, TARGETS)
    def test_normal_is_actual_over_target(self, actual, target):
        got = score(UNROUNDED, iki(actual, target))["capaian_terendah"]
        assert Fraction(got) == cents(actual / target * 100)

    @given(PERCENTS, TARGETS, TARGETS)
    def test_both_conditions_lie_alike_around_100(self, actual, first, second):
        low, high = sorted((first, second))
        normal = UNROUNDED.score({"iki": [iki(actual, low, high)]})
        special = UNROUNDED.score({"iki": [iki(actual, low, high, kondisi="khusus")]})
        total = Fraction(normal["capaian_terendah"]) + Fraction(special["capaian_terendah"])
        # Each is rounded to two decimals, a tie away from zero.
        assert abs(total - 200) <= Fraction(1, 100)

    @given(st.fractions(80, 90, max_denominator=50), st.sampled_from(["normal", "khusus"]))
    def test_inside_the_range_is_100(self, actual, condition):
        assert score(UNROUNDED, iki(actual, 80, 90, kondisi=condition))["capaian_terendah"] == 100

    def test_above_divides_by_the_upper_end_and_below_by_the_lower(self):
        assert Fraction(score(UNROUNDED, iki(92, 80, 90))["capaian_terendah"]) == cents(
            Fraction(9200, 90)
        )
        assert score(UNROUNDED, iki(70, 80, 90))["capaian_terendah"] == Decimal("87.5")

    def test_the_misprint_113_is_not_reproduced(self):
        result = score(UNROUNDED, iki(92, 80, 90))
        assert result["capaian_terendah"] == Decimal("102.22")
        assert result["nilai_skp"] != 120

    def test_a_reversed_range_has_no_capaian(self):
        result = score(HALF_UP, iki(85, 90, 80))
        assert result["nilai_skp"] is None
        assert "rentang_target_terbalik" in {reason.code for reason in result.reasons}

    @pytest.mark.parametrize("wrong", [{"target_bawah": 0}, {"realisasi": -1}, {"kondisi": "x"}])
    def test_what_lies_outside_its_scale_is_refused(self, wrong):
        with pytest.raises(InputError):
            score(HALF_UP, iki(100) | wrong)

    def test_below_zero_follows_the_formula_unless_the_choice_says_zero(self):
        item = iki(300, kondisi="khusus")
        clipped = kinerja.load(JPT, variant={"capaian_di_bawah_nol": "nol"})
        assert score(HALF_UP, item)["capaian_terendah"] == -100
        assert score(clipped, item)["capaian_terendah"] == 0
        assert score(clipped, item)["nilai_skp"] == 0


class TestNilaiIki:
    """Hlm. 93 and 243: five categories by whole percents, and the score within each.

    Up to 59 very poor, capaian / 59 × 49; 60–79 poor, 50–69; 80–99 fair, 70–89; 100 good, 109; from 101
    very good, above 110 always 120. From 101 to 110 applications go evenly from 110 to 120.
    """

    EDGES = (
        ("0", "sangat_kurang", 0),
        ("59", "sangat_kurang", 49),
        ("60", "kurang", 50),
        ("79", "kurang", 69),
        ("80", "cukup", 70),
        ("99", "cukup", 89),
        ("100", "baik", 109),
        ("101", "sangat_baik", 110),
        ("110", "sangat_baik", 120),
        ("110.01", "sangat_baik", 120),
    )

    @pytest.mark.parametrize(("percent", "label", "value"), EDGES)
    @pytest.mark.parametrize("scorer", [UNROUNDED, HALF_UP, FLOORED])
    def test_edges(self, scorer, percent, label, value):
        result = score(scorer, iki(percent))
        assert (category(result), result["nilai_skp"]) == (label, value)

    @given(st.integers(0, 20_000), st.integers(0, 20_000))
    def test_a_whole_percent_more_never_scores_less(self, first, second):
        low, high = sorted((Fraction(first, 100), Fraction(second, 100)))
        for scorer in (HALF_UP, FLOORED):
            worse, better = (score(scorer, iki(percent)) for percent in (low, high))
            assert worse["nilai_skp"] <= better["nilai_skp"]
            assert ORDER.index(category(worse)) <= ORDER.index(category(better))

    @given(st.integers(60, 98))
    def test_inside_poor_and_fair_a_percent_is_a_point(self, percent):
        step = (
            score(HALF_UP, iki(percent + 1))["nilai_skp"]
            - score(HALF_UP, iki(percent))["nilai_skp"]
        )
        assert step == 1

    @given(st.sampled_from(GAPS).flatmap(inside))
    def test_fractions_between_two_bands_have_no_score(self, percent):
        result = score(UNROUNDED, iki(percent))
        assert result["nilai_skp"] is None
        assert {reason.code for reason in result.reasons} == {"outside_bands"}

    @given(PERCENTS.filter(lambda percent: not in_gap(percent)))
    def test_elsewhere_there_is_always_a_score(self, percent):
        assert score(UNROUNDED, iki(percent)).status == "complete"

    @given(st.sampled_from(GAPS).flatmap(inside))
    def test_a_gap_goes_with_the_band_that_the_choice_names(self, percent):
        below, above = next((low, high) for low, high in GAPS if low < percent < high)
        for option, edge in (("rentang_bawah", below), ("rentang_atas", above)):
            scorer = CLOSED[option]
            assert category(score(scorer, iki(percent))) == category(score(scorer, iki(edge)))

    @given(PERCENTS)
    def test_rounding_comes_before_the_bands(self, percent):
        rounded = {HALF_UP: floor(percent + Fraction(1, 2)), FLOORED: floor(percent)}
        for scorer, whole in rounded.items():
            assert (
                score(scorer, iki(percent))["nilai_skp"] == score(scorer, iki(whole))["nilai_skp"]
            )


class TestHighestAttainableTarget:
    """Hlm. 93: meeting a target that is the highest attainable is very good, 120; only at 100 %."""

    def test_met(self):
        result = score(HALF_UP, iki(100, target_maksimal=True))
        assert (category(result), result["nilai_skp"]) == ("sangat_baik", 120)

    @given(PERCENTS.filter(lambda percent: floor(percent + Fraction(1, 2)) != 100))
    def test_away_from_100_the_flag_changes_nothing(self, percent):
        marked, unmarked = (score(HALF_UP, iki(percent, target_maksimal=m)) for m in (True, False))
        assert marked.values == unmarked.values

    def test_unknown_matters_at_100_only(self):
        assert score(HALF_UP, iki(100, target_maksimal=None)).status == "incomplete"
        assert score(HALF_UP, iki(95, target_maksimal=None)).status == "complete"


class TestKinerjaTambahan:
    """Hlm. 95: f / 100 × scope / 100 × score, f = 100, 80, 60, 40, 20; all together at most 10."""

    @given(st.sampled_from(sorted(FACTORS)), st.integers(1, 100))
    def test_one(self, percent, scope):
        factor, value = FACTORS[percent]
        got = score(HALF_UP, iki(100), extra("t", percent, scope))["nilai_kinerja_tambahan"]
        expected = min(Fraction(factor * scope * value, 10_000), Fraction(10))
        assert Fraction(got) == cents(expected)

    @given(st.lists(st.tuples(st.sampled_from(sorted(FACTORS)), st.integers(1, 30)), max_size=6))
    def test_together_at_most_10_in_any_order(self, chosen):
        items = [extra(f"t{n}", percent, scope) for n, (percent, scope) in enumerate(chosen)]
        exactly = sum(
            (Fraction(FACTORS[p][0] * s * FACTORS[p][1], 10_000) for p, s in chosen),
            Fraction(0),
        )
        results = [score(HALF_UP, iki(100), *items), score(HALF_UP, *reversed(items), iki(100))]
        for result in results:
            assert Fraction(result["nilai_kinerja_tambahan"]) == cents(min(exactly, Fraction(10)))

    def test_the_scope_has_no_default(self):
        result = score(HALF_UP, iki(100), extra("t", 100, None))
        assert result["nilai_skp"] is None
        assert result["nilai_kinerja_utama"] == 109


class TestNilaiSkp:
    """Hlm. 95–96: the SKP score is main performance plus additional performance; no limit is named."""

    @given(st.lists(st.tuples(st.integers(0, 130), st.integers(1, 50)), min_size=1, max_size=5))
    def test_main_performance_is_the_weighted_sum(self, chosen):
        total = sum(weight for _, weight in chosen)
        items = [
            iki(percent, nama=str(n), bobot=Fraction(100 * weight, total))
            for n, (percent, weight) in enumerate(chosen)
        ]
        alone = [
            Fraction(score(UNROUNDED, iki(percent)).steps["kinerja_utama"]) for percent, _ in chosen
        ]
        exactly = sum(v * w for v, (_, w) in zip(alone, chosen, strict=True)) / total
        for order in (items, items[::-1]):
            assert Fraction(score(UNROUNDED, *order)["nilai_skp"]) == cents(exactly)

    @given(st.integers(1, 99), st.integers(1, 100))
    def test_weights_that_are_not_100_give_no_score(self, first, second):
        result = score(HALF_UP, iki(100, bobot=first), iki(90, nama="b", bobot=second))
        assert (result["nilai_skp"] is None) == (first + second != 100)

    def test_sum_above_120_stays_unless_the_choice_limits_it(self):
        items = (iki(111), extra("t", 111, 5))
        limited = kinerja.load(JPT, variant={"batas_nilai_skp": "maksimal_120"})
        assert score(HALF_UP, *items)["nilai_skp"] == 126
        assert score(limited, *items)["nilai_skp"] == 120
        assert score(limited, iki(100))["nilai_skp"] == 109

    def test_additional_performance_alone_is_no_score(self):
        assert score(HALF_UP, extra("t", 100, 5))["nilai_skp"] is None

    @pytest.mark.parametrize("field", ["realisasi", "kondisi", "jenis", "bobot", "target_bawah"])
    def test_a_missing_field_is_never_zero(self, field):
        result = score(HALF_UP, iki(100) | {field: None})
        assert result["nilai_skp"] is None
        assert "input_missing" in {reason.code for reason in result.reasons}


def plan(percents, **more):
    item = {"nama": "a", "jenis": "utama", "cascading": "langsung", "bobot": 100}
    for aspect, percent in zip(("kuantitas", "kualitas", "waktu"), percents, strict=True):
        item[f"kondisi_{aspect}"] = "normal"
        item[f"target_{aspect}_bawah"] = item[f"target_{aspect}_atas"] = 100
        item[f"realisasi_{aspect}"] = percent
    return item | more


def planned(kombinasi, *plans):
    return PLANS[kombinasi].score({"rencana": list(plans)})


class TestPlans:
    """JA and JF (practice): three aspects, each with a category, joined to 120, 100, 80, 60 or 25.

    An aspect is very good above 100 %, good at 100, fair from 80, poor from 60, very poor below.
    """

    def values(self, combination):
        item = plan([PERCENT[name] for name in combination])
        return tuple(planned(table, item)["nilai_skp"] for table in PLANS)

    @staticmethod
    def by_rules(combination):
        count = Counter(combination)
        if count["sb"] == 3 or (count["sb"] == 2 and count["b"] == 1):
            return 120
        if count["sk"] >= 2:
            return 25
        if count["k"] >= 2 or count["sk"] == 1:
            return 60
        if count["k"] == 1 or count["c"] >= 2:
            return 80
        return 100

    def test_there_are_35_combinations(self):
        assert len(COMBINATIONS) == 35

    @pytest.mark.parametrize("combination", COMBINATIONS, ids="-".join)
    def test_rules_and_points(self, combination):
        points = sum(POINTS[name] for name in combination)
        by_points = next(
            value
            for value, least in ((120, 43), (100, 34), (80, 19), (60, 7), (25, 0))
            if points >= least
        )
        assert self.values(combination) == (self.by_rules(combination), by_points)

    def test_the_tables_differ_on_twelve(self):
        found = {c: self.values(c) for c in COMBINATIONS if len(set(self.values(c))) == 2}
        assert found == DIFFERENT

    @given(st.sampled_from(COMBINATIONS))
    def test_the_order_of_aspects_changes_nothing(self, combination):
        results = {self.values(order) for order in itertools.permutations(combination)}
        assert len(results) == 1

    @pytest.mark.parametrize(
        ("percent", "label"),
        [
            ("59.99", "sangat_kurang"),
            ("60", "kurang"),
            ("79.99", "kurang"),
            ("80", "cukup"),
            ("99.99", "cukup"),
            ("100", "baik"),
            ("100.01", "sangat_baik"),
        ],
    )
    def test_edges_of_an_aspect(self, percent, label):
        result = planned("aturan_1_5", plan([percent] * 3))
        assert category(result, "rencana") == label
        assert result["nilai_skp"] == VALUE[label]

    @given(st.tuples(*[st.integers(0, 130)] * 3), st.sampled_from([0, 1, 2]), st.integers(1, 60))
    def test_a_better_aspect_never_lowers_the_points_table(self, percents, place, more):
        better = [p + more if n == place else p for n, p in enumerate(percents)]
        before, after = (planned("poin", plan(p))["nilai_skp"] for p in (percents, better))
        assert before <= after

    def test_three_choices_must_be_named(self):
        with pytest.raises(PolicyError) as caught:
            kinerja.load(JA_JF)
        paths = {issue.path for issue in caught.value.issues}
        assert paths == {
            "choices.kombinasi",
            "choices.pembulatan_capaian",
            "choices.bobot_tidak_langsung",
        }


class TestCascading:
    """Practice of one application: an indirectly cascaded plan keeps 80 % of its score, cut to a whole.

    The official weights were not found, so the share is the user's figure.
    """

    @pytest.mark.parametrize(
        "share", [Fraction(4, 5), Fraction(9, 10), Fraction(1, 3), Fraction(1)]
    )
    @pytest.mark.parametrize("rounding", ["tanpa", "potong"])
    def test_share_of_the_score(self, share, rounding):
        scorer = kinerja.load(
            JA_JF,
            variant={
                "kombinasi": "aturan_1_5",
                "pembulatan_capaian": "tanpa",
                "bobot_tidak_langsung": str(share),
                "pembulatan_cascading": rounding,
            },
        )
        for percent in PERCENT.values():
            direct, indirect = (
                scorer.score({"rencana": [plan([percent] * 3, cascading=how)]})
                for how in ("langsung", "tidak_langsung")
            )
            whole = Fraction(direct["nilai_skp"])
            kept = whole * share if rounding == "tanpa" else Fraction(floor(whole * share))
            assert whole in VALUE.values()
            assert Fraction(indirect["nilai_skp"]) == cents(kept)

    @pytest.mark.parametrize("figure", ["0", "1.01", "-0.5", "delapan puluh"])
    def test_a_share_outside_0_to_1_is_refused(self, figure):
        variant = {"kombinasi": "poin", "pembulatan_capaian": "tanpa"}
        with pytest.raises(PolicyError):
            kinerja.load(JA_JF, variant={**variant, "bobot_tidak_langsung": figure})

    def test_unknown_cascading_is_no_score(self):
        assert planned("poin", plan([100] * 3, cascading=None))["nilai_skp"] is None


class TestPlanWeights:
    """How plans are joined could not be read: the weights are the user's, relative to their sum."""

    @given(
        st.lists(
            st.tuples(st.sampled_from(sorted(PERCENT)), st.integers(1, 9)), min_size=1, max_size=5
        ),
        st.integers(2, 9),
    )
    def test_only_the_proportion_counts(self, chosen, times):
        plans = [
            plan([PERCENT[name]] * 3, nama=str(n), bobot=weight)
            for n, (name, weight) in enumerate(chosen)
        ]
        scaled = [item | {"bobot": item["bobot"] * times} for item in plans]
        values = [Fraction(planned("poin", item)["nilai_skp"]) for item in plans]
        exactly = sum(v * w for v, (_, w) in zip(values, chosen, strict=True)) / sum(
            weight for _, weight in chosen
        )
        for order in (plans, plans[::-1], scaled):
            assert Fraction(planned("poin", *order)["nilai_skp"]) == cents(exactly)

    @pytest.mark.parametrize("aspect", ["kuantitas", "kualitas", "waktu"])
    @pytest.mark.parametrize("kombinasi", PLANS)
    def test_an_unknown_aspect_is_no_score(self, kombinasi, aspect):
        item = plan([100] * 3) | {f"realisasi_{aspect}": None}
        result = planned(kombinasi, item)
        assert result["nilai_skp"] is None
        assert {reason.code for reason in result.reasons} == {"input_missing"}
