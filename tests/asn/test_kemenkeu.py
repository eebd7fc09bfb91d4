"""KMK 127/2026 of the Ministry of Finance, and the NP deductions of KMK 467/2014.

Each class states a rule in its own words, as far as it is known from the calculator and the slides that
quote it; the oracles are written from that statement.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError, PolicyError

HUNDREDTH = Fraction(1, 100)

achieving = kinerja.load("kemenkeu-127-2026-capaian")
holding = kinerja.load("kemenkeu-127-2026-capaian", variant={"triwulan_tanpa_realisasi": "menahan"})
committing = kinerja.load("kemenkeu-127-2026-k3")
calibrated = kinerja.load("kemenkeu-127-2026", variant={"kalibrasi": "rekonstruksi"})
capped = kinerja.load("kemenkeu-127-2026", variant={"kalibrasi": "hanya_batas"})
rounded = kinerja.load(
    "kemenkeu-127-2026",
    variant={"kalibrasi": "hanya_batas", "pembulatan_bobot": "tabel_36"},
)
punishing = {
    way: kinerja.load("kemenkeu-127-2026-hukdis", variant={"nilai_tahunan": way})
    for way in ("tahun_mulai", "triwulan_4")
}
organisation = {
    edge: kinerja.load("kemenkeu-127-2026-nko", variant={"tepi_rentang": edge})
    for edge in ("milik_rentang_atas", "milik_rentang_bawah")
}
older = kinerja.load("kemenkeu-467-2014")
quadrant = kinerja.load("kuadran-6-2022")

KINDS = ("sum", "average", "take_last_known_value")
#: The example scale of pp. 69-70.
SCALE = ((0, 0), (90, 100), (100, 120))
CORE_VALUES = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)

hundredths = st.integers(-20_000, 20_000).map(lambda n: Fraction(n, 100))
scores = st.integers(0, 12_000).map(lambda n: Fraction(n, 100))
quarters = st.lists(st.none() | hundredths, min_size=4, max_size=4)


def codes(result):
    return {reason.code for reason in result.reasons}


def indicator(target, actual, **more):
    return {
        "polarisasi": "maximize",
        "konsolidasi": "take_last_known_value",
        "sampai_triwulan": 4,
        "target_maksimal": False,
        "triwulanan": [{"triwulan": 4, "target": target, "realisasi": actual}],
        **more,
    }


def achieved(target, actual, **more):
    return achieving.score(indicator(target, actual, **more))["capaian_tepat"]


class TestConsolidation:
    """Tabel 4 (pp. 37-38): sum, average or last known value, up to the quarter, without empty quarters.

    It is applied to targets and to actuals on their own.
    """

    @staticmethod
    def joined(values, kind, until):
        there = [value for value in values[:until] if value is not None]
        if not there:
            return None
        if kind == "take_last_known_value":
            return there[-1]
        return sum(there) if kind == "sum" else sum(there) / len(there)

    @given(quarters, quarters, st.sampled_from(KINDS), st.integers(1, 4))
    def test_targets_and_actuals_are_joined_on_their_own(self, targets, actuals, kind, until):
        rows = [
            {"triwulan": place + 1, "target": target, "realisasi": actual}
            for place, (target, actual) in enumerate(zip(targets, actuals, strict=True))
        ]
        record = indicator(0, 0, triwulanan=rows, konsolidasi=kind, sampai_triwulan=until)
        result = achieving.score(record)
        assert result["target_iki"] == self.joined(targets, kind, until)
        assert result["realisasi_iki"] == self.joined(actuals, kind, until)
        waiting = [t is not None and a is None for t, a in zip(targets, actuals, strict=True)]
        assert result["triwulan_belum_terisi"] == sum(waiting[:until])

    @given(quarters, quarters, st.sampled_from(KINDS), st.integers(1, 4))
    def test_holding_counts_only_quarters_with_a_target(self, targets, actuals, kind, until):
        rows = [
            {"triwulan": place + 1, "target": target, "realisasi": actual}
            for place, (target, actual) in enumerate(zip(targets, actuals, strict=True))
        ]
        record = indicator(0, 0, triwulanan=rows, konsolidasi=kind, sampai_triwulan=until)
        result = holding.score(record)
        pairs = [(t, a) for t, a in zip(targets[:until], actuals, strict=False) if t is not None]
        counted = [actual for _, actual in pairs]
        expected = None if None in counted else self.joined(counted, kind, len(counted))
        assert result["realisasi_iki"] == expected

    @given(quarters, st.sampled_from(("sum", "average")), st.permutations(range(4)))
    def test_the_order_of_quarters_changes_no_sum_and_no_average(self, values, kind, order):
        rows = [
            {"triwulan": place + 1, "target": value, "realisasi": value}
            for place, value in enumerate(values)
        ]
        record = indicator(0, 0, triwulanan=rows, konsolidasi=kind)
        shuffled = {**record, "triwulanan": [rows[place] for place in order]}
        assert achieving.score(record)["target_iki"] == achieving.score(shuffled)["target_iki"]

    def test_no_actual_at_all_is_no_zero(self):
        result = achieving.score(indicator(10, None, konsolidasi="sum"))
        assert result["capaian"] is None
        assert codes(result) == {"belum_ada_realisasi"}

    @pytest.mark.parametrize("quarter", [0, 5, "1.5"])
    def test_a_year_has_four_quarters(self, quarter):
        with pytest.raises(InputError):
            achieving.score(indicator(1, 1, sampai_triwulan=quarter))


class TestAchievement:
    """Pp. 67-70: maximize R/T, minimize 1 + (1 - R/T), in percent and held within 0 to 120.

    With a target below zero maximize is 1 + (1 - R/T); a target of zero is undefined for maximize, and
    (Rworst - R)/Rworst for minimize.
    """

    @staticmethod
    def held(value):
        return max(Fraction(0), min(Fraction(120), value))

    @given(hundredths, hundredths)
    def test_maximize(self, target, actual):
        assume(target)
        ratio = actual / target
        expected = ratio if target > 0 else 1 + (1 - ratio)
        assert achieved(target, actual) == self.held(expected * 100)

    @given(hundredths, hundredths, hundredths)
    def test_minimize(self, target, actual, worst):
        got = achieved(target, actual, polarisasi="minimize", realisasi_terburuk=worst)
        if target > 0:
            assert got == self.held((1 + (1 - actual / target)) * 100)
        elif target == 0 and worst:
            assert got == self.held((worst - actual) / worst * 100)
        else:
            assert got is None

    @given(hundredths, hundredths, hundredths, st.sampled_from(("maximize", "minimize")))
    def test_a_better_actual_never_lowers_the_achievement(self, target, one, other, polarity):
        assume(target > 0)
        low, high = sorted((one, other))
        first, second = (achieved(target, actual, polarisasi=polarity) for actual in (low, high))
        assert first <= second if polarity == "maximize" else first >= second

    @given(hundredths, st.integers(80, 120))
    def test_the_two_polarities_mirror_each_other_around_100(self, target, percent):
        assume(target > 0)
        actual = target * Fraction(percent, 100)
        both = achieved(target, actual) + achieved(target, actual, polarisasi="minimize")
        assert both == 200

    @pytest.mark.parametrize(
        ("actual", "expected"),
        [("119.99", "119.99"), (120, 120), ("120.01", 120), ("0.01", "0.01"), (0, 0), ("-0.01", 0)],
    )
    def test_both_ends_of_the_scale(self, actual, expected):
        assert achieved(100, actual) == Fraction(expected)

    def test_a_target_of_zero_is_no_division(self):
        result = achieving.score(indicator(0, 5))
        assert result["capaian"] is None
        assert codes(result) == {"zero_target"}

    def test_a_target_of_zero_needs_the_worst_actual(self):
        result = achieving.score(indicator(0, 5, polarisasi="minimize"))
        assert codes(result) == {"input_missing"}
        assert achieved(0, 4, polarisasi="minimize", realisasi_terburuk=10) == 60

    def test_the_misprint_of_page_68_is_not_reproduced(self):
        got = achieved("4.39", "4.56")
        assert got == Fraction("4.56") / Fraction("4.39") * 100
        assert abs(got - Fraction("114.26")) > 10


class TestConversionTo120:
    """P. 67: a target that cannot be exceeded and is met gives 120; not met, the normal formula."""

    @given(hundredths, hundredths, st.sampled_from(("maximize", "minimize")))
    def test_met_or_not(self, target, actual, polarity):
        assume(target > 0)
        got = achieved(target, actual, polarisasi=polarity, target_maksimal=True)
        met = actual >= target if polarity == "maximize" else actual <= target
        assert got == (120 if met else achieved(target, actual, polarisasi=polarity))

    def test_the_jump_stands_at_the_target(self):
        assert achieved(4, 4, target_maksimal=True) == 120
        assert achieved(4, 4) == 100
        assert achieved(4, "3.99", target_maksimal=True) == Fraction("99.75")

    def test_it_is_not_for_stabilize(self):
        scale = [{"titik": at, "nilai": value} for at, value in SCALE]
        got = achieved(100, 96, polarisasi="stabilize", skala=scale, target_maksimal=True)
        assert got == 112


points = st.lists(
    st.tuples(
        st.integers(0, 10_000).map(lambda n: Fraction(n, 100)),
        scores,
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda point: point[0],
)


class TestStabilize:
    """Pp. 69-70: Ca is R/T x 100 up to the target and 200 - R/T x 100 above it.

    The achievement is read from the scale of the indicator's manual, straight between its points.
    """

    @staticmethod
    def read(scale, ca):
        ordered = sorted(scale)
        for (left, low), (right, high) in pairwise(ordered):
            if left <= ca <= right:
                return low + (ca - left) / (right - left) * (high - low)
        return ordered[0][1] if ordered[0][0] == ca else None

    @staticmethod
    def score(target, actual, scale):
        rows = [{"titik": at, "nilai": value} for at, value in scale]
        return achieving.score(indicator(target, actual, polarisasi="stabilize", skala=rows))

    @given(points, st.integers(1, 10_000), st.integers(-5_000, 25_000))
    def test_straight_between_two_points(self, scale, target, actual):
        ratio = Fraction(actual, target) * 100
        ca = max(Fraction(0), ratio if actual <= target else 200 - ratio)
        result = self.score(target, actual, scale)
        assert result["ca"] == ca
        assert result["capaian_tepat"] == self.read(scale, ca)

    @given(points, st.integers(0, 200), st.randoms(use_true_random=False))
    def test_the_order_of_the_points_changes_nothing(self, scale, actual, random):
        shuffled = random.sample(scale, len(scale))
        one, other = (self.score(100, actual, each) for each in (scale, shuffled))
        assert one["capaian_tepat"] == other["capaian_tepat"]

    @given(st.integers(0, 20_000).map(lambda n: Fraction(n, 100)))
    def test_missing_the_target_by_the_same_amount_counts_the_same(self, actual):
        one, other = (self.score(100, each, SCALE) for each in (actual, 200 - actual))
        assert one["capaian"] == other["capaian"]

    def test_the_example_of_the_book(self):
        assert self.score(100, 96, SCALE)["capaian"] == 112
        assert self.score(100, 102, SCALE)["capaian"] == 116

    def test_a_scale_is_needed_and_no_example_stands_in_for_it(self):
        result = achieving.score(indicator(100, 96, polarisasi="stabilize"))
        assert result["capaian"] is None
        assert [str(reason) for reason in result.reasons] == ["input_missing: skala"]

    @pytest.mark.parametrize(("target", "reason"), [(0, "zero_target"), (-1, "negative_target")])
    def test_no_value_without_a_target_above_zero(self, target, reason):
        assert codes(self.score(target, 4, SCALE)) == {reason}


VALIDITY = ("exact", "proxy", "activity")
CONTROL = ("low", "moderate", "high")
#: Tabel 14, row by row; `None` is not allowed.
TABLE_14 = (("1.20", "1.15", None), ("1.10", "1.00", "0.90"), (None, "0.80", "0.60"))


def commitment(**given):
    record = {
        "polarisasi": "maximize",
        "validitas": "proxy",
        "kendali": "moderate",
        "dasar_target": "tahun_lalu",
        "iki_mandatory": False,
        **given,
    }
    return committing.score(record)


class TestQualityOfTheIndicator:
    """Tabel 14: validity and control give the weight; exact-high and activity-low are not allowed."""

    @pytest.mark.parametrize(("row", "column"), list(product(range(3), range(3))))
    def test_every_cell(self, row, column):
        result = commitment(
            validitas=VALIDITY[row],
            kendali=CONTROL[column],
            dasar_target="baru_tanpa_riwayat",
        )
        cell = TABLE_14[row][column]
        assert result["bobot_kualitas_iki"] == (None if cell is None else Fraction(cell))
        assert result.status == ("incomplete" if cell is None else "complete")
        if cell is None:
            assert codes(result) == {"tidak_diperbolehkan"}

    def test_more_control_never_raises_the_weight(self):
        for row in TABLE_14:
            there = [Fraction(cell) for cell in row if cell is not None]
            assert there == sorted(there, reverse=True)

    @pytest.mark.parametrize("validity", ["pasti", "Exact ", "3"])
    def test_an_unknown_validity_is_refused(self, validity):
        with pytest.raises(InputError):
            commitment(validitas=validity, dasar_target="baru_tanpa_riwayat")


class TestQualityOfTheTarget:
    """Tabel 15: the target T against target T1 and actual R1 of last year, for maximize.

    T < T1: 0.8. T = T1: 0.9 if R1 > T1, 1.0 if R1 < T1. T1 < T < R1: 1.0. T = R1 > T1: 1.1. T above both:
    1.2. T = T1 = R1 is not regulated. Minimize is the mirror image.
    """

    @staticmethod
    def weight(target, last_target, last_actual):
        if target < last_target:
            return Fraction("0.8")
        if target == last_target:
            if last_actual == last_target:
                return None
            return Fraction("0.9") if last_actual > last_target else Fraction(1)
        if target < last_actual:
            return Fraction(1)
        return Fraction("1.1") if target == last_actual else Fraction("1.2")

    @staticmethod
    def got(polarity, target, last_target, last_actual, **more):
        return commitment(
            polarisasi=polarity,
            target=target,
            target_lalu=last_target,
            realisasi_lalu=last_actual,
            **more,
        )["bobot_kualitas_target"]

    # A few values only, so that equal ones come up often.
    near = st.integers(-3, 3)

    @given(near, near, near)
    def test_maximize(self, target, last_target, last_actual):
        got = self.got("maximize", target, last_target, last_actual)
        assert got == self.weight(target, last_target, last_actual)

    @given(near, near, near)
    def test_minimize_is_the_mirror_image(self, target, last_target, last_actual):
        got = self.got("minimize", target, last_target, last_actual)
        assert got == self.weight(-target, -last_target, -last_actual)

    @given(hundredths, hundredths, hundredths, hundredths)
    def test_a_harder_target_never_weighs_less(self, one, other, last_target, last_actual):
        assume(last_target != last_actual)
        low, high = sorted((one, other))
        weights = [self.got("maximize", t, last_target, last_actual) for t in (low, high)]
        assert weights[0] <= weights[1]

    def test_equal_to_both_is_not_regulated(self):
        result = commitment(target=100, target_lalu=100, realisasi_lalu=100)
        assert result["k3"] is None
        assert codes(result) == {"tidak_diatur"}

    @given(near, near)
    def test_a_new_indicator_with_history_takes_the_actual_as_last_target(self, target, actual):
        got = commitment(dasar_target="baru_dengan_riwayat", target=target, realisasi_lalu=actual)
        assert got["bobot_kualitas_target"] == self.weight(target, actual, actual)

    def test_fixed_weights(self):
        law = commitment(dasar_target="ditetapkan_pihak_lain")
        new = commitment(dasar_target="baru_tanpa_riwayat")
        assert law["bobot_kualitas_target"] == Fraction("1.2")
        assert new["bobot_kualitas_target"] == 1

    @given(near, near, near)
    def test_a_mandatory_indicator_weighs_at_least_one(self, target, last_target, last_actual):
        plain = self.got("maximize", target, last_target, last_actual)
        mandatory = self.got("maximize", target, last_target, last_actual, iki_mandatory=True)
        assert mandatory == (None if plain is None else max(plain, Fraction(1)))

    @pytest.mark.parametrize("weight", ["0.8", "0.9", "1.0", "1.1", "1.2"])
    def test_stabilize_weighs_at_least_one(self, weight):
        result = commitment(
            polarisasi="stabilize", dasar_target="bobot_ditetapkan", bobot_target_ditetapkan=weight
        )
        assert result["bobot_kualitas_target"] == max(Fraction(weight), Fraction(1))

    @pytest.mark.parametrize("weight", ["0.7", "0.79", "1.21", "1.3", "1.15"])
    def test_a_weight_that_no_row_gives_is_refused(self, weight):
        with pytest.raises(InputError):
            commitment(dasar_target="bobot_ditetapkan", bobot_target_ditetapkan=weight)


class TestK3:
    """Pp. 70-75 and 123: K3 is the mean of both weights; above 1, at 1 and below 1 have names."""

    @pytest.mark.parametrize("weight", ["0.8", "0.9", "1.0", "1.1", "1.2"])
    @pytest.mark.parametrize(("row", "column"), list(product(range(3), range(3))))
    def test_mean_and_name(self, row, column, weight):
        result = commitment(
            validitas=VALIDITY[row],
            kendali=CONTROL[column],
            dasar_target="bobot_ditetapkan",
            bobot_target_ditetapkan=weight,
        )
        cell = TABLE_14[row][column]
        if cell is None:
            assert result["k3"] is None
            return
        mean = (Fraction(cell) + Fraction(weight)) / 2
        assert result["k3"] == mean
        name = "berkualitas" if mean == 1 else "sangat_berkualitas" if mean > 1 else None
        assert result["kualitas"] == (name or "cukup_berkualitas")
        # The scores of a person take every K3 that the tables give.
        assert scored(capped, iki=[("IKI", 100, mean, 365)])["iki_tanpa_hasil"] == 0


def behaviour(*periods):
    return [
        {"periode": place + 1, **dict(zip(CORE_VALUES, values, strict=True))}
        for place, values in enumerate(periods)
    ]


def scored(scorer, *, iki=(("IKI", 100, 1, 365),), perilaku=None, **given):
    record = {
        "kelompok_jabatan": "menteri",
        "kedudukan": "dua_tingkat_atau_lebih",
        "iki": [dict(zip(("nama", "capaian", "k3", "hari"), each, strict=True)) for each in iki],
        "perilaku": behaviour([100] * 7) if perilaku is None else perilaku,
        "hukdis": 0,
        "dampak": 0,
        "koreksi": 0,
        "nko": 100,
        **given,
    }
    return scorer.score(record)


k3s = st.integers(28, 48).map(lambda n: Fraction(n, 40))
indicators = st.lists(
    st.tuples(st.none() | scores, k3s, st.integers(1, 366)), min_size=1, max_size=7
).map(lambda rows: [(f"IKI {place}", *row) for place, row in enumerate(rows)])


class TestNHK:
    """Pp. 125-126: quality value = achievement x K3, at most 120; weight = K3 x days over their sum.

    An indicator without a result is left out.
    """

    @staticmethod
    def mean(rows):
        there = [row for row in rows if row[1] is not None]
        weights = sum(k3 * days for _, _, k3, days in there)
        if not weights:
            return None
        points = sum(k3 * days * min(120, value * k3) for _, value, k3, days in there)
        return points / weights

    @given(indicators)
    def test_weighted_by_k3_and_days(self, rows):
        result = scored(capped, iki=rows)
        assert result["nhk_awal"] == self.mean(rows)
        assert result["iki_tanpa_hasil"] == sum(row[1] is None for row in rows)

    @given(indicators, st.permutations(range(7)))
    def test_order_changes_nothing(self, rows, order):
        shuffled = [rows[place] for place in order if place < len(rows)]
        first, second = (scored(capped, iki=each) for each in (rows, shuffled))
        assert first.values == second.values

    @given(indicators, st.integers(1, 5))
    def test_only_the_proportion_of_days_counts(self, rows, factor):
        short = [(name, value, k3, 1 + days % 60) for name, value, k3, days in rows]
        long = [(name, value, k3, days * factor) for name, value, k3, days in short]
        first, second = (scored(capped, iki=each) for each in (short, long))
        assert first["nhk_awal"] == second["nhk_awal"]

    def test_tabel_35(self):
        weights = []
        for place in range(3):
            # An indicator at quality value 50 beside others at 0 shows half of its weight.
            k3s = (Fraction(1), Fraction("1.1"), Fraction("0.85"))
            rows = [(str(n), 50 / k3 if n == place else 0, k3, 365) for n, k3 in enumerate(k3s)]
            weights.append(scored(capped, iki=rows)["nhk_awal"] * 2)
        assert [round(float(weight), 2) for weight in weights] == [33.90, 37.29, 28.81]
        assert sum(weights) == 100

    def test_tabel_36_rounds_on_the_way(self):
        rows = [("1", 100, 1, 365), ("2", 0, "1.1", 200), ("3", 0, "0.85", 365)]
        assert scored(rounded, iki=rows)["nhk_awal"] == Fraction(39, 96) * 100
        exactly = scored(capped, iki=rows)["nhk_awal"]
        assert exactly == Fraction(365) / (365 + 220 + Fraction("310.25")) * 100
        assert Fraction("40.765") <= exactly < Fraction("40.775")

    def test_no_result_at_all_is_no_zero(self):
        result = scored(capped, iki=[("IKI", None, 1, 365)])
        assert result["nkp"] is None
        assert codes(result) == {"no_items"}

    def test_a_k3_that_is_not_there_leaves_nothing_out(self):
        result = scored(capped, iki=[("1", 100, 1, 365), ("2", 100, None, 365)])
        assert result["nkp"] is None
        assert codes(result) == {"input_missing"}

    @pytest.mark.parametrize(
        "row", [("1", "120.01", 1, 1), ("1", -1, 1, 1), ("1", 1, "0.69", 1), ("1", 1, "1.21", 1)]
    )
    def test_what_lies_beyond_a_scale_is_refused(self, row):
        with pytest.raises(InputError):
            scored(capped, iki=[row])


class TestNPK:
    """Pp. 138-139: the mean of the seven core values; for a year the mean of its periods."""

    seven = st.lists(scores, min_size=7, max_size=7)

    @given(st.lists(seven, min_size=1, max_size=4))
    def test_mean_of_means(self, periods):
        result = scored(capped, perilaku=behaviour(*periods))
        assert result["npk_awal"] == sum(sum(values) for values in periods) / (7 * len(periods))

    @given(seven, st.permutations(range(7)))
    def test_the_core_values_weigh_alike(self, values, order):
        first, second = (
            scored(capped, perilaku=behaviour(each))
            for each in (values, [values[place] for place in order])
        )
        assert first["npk_awal"] == second["npk_awal"]

    @pytest.mark.parametrize("core_value", CORE_VALUES)
    def test_one_that_is_not_there_holds_the_whole(self, core_value):
        [row] = behaviour([100] * 7)
        result = scored(capped, perilaku=[{**row, core_value: None}])
        assert result["npk_awal"] is None
        assert [str(reason) for reason in result.reasons] == [
            f"input_missing: perilaku[0].{core_value}"
        ]


TOP = ("menteri", "wakil_menteri", "jpt_madya")
OTHERS = ("jpt_pratama", "administrator", "pengawas", "jabatan_fungsional", "pelaksana")


class TestCaps:
    """P. 139: at most 120 for Menteri, Wakil Menteri and JPT Madya, at most 115 for all others.

    How values above 100 come to lie below 115 was reconstructed from two slides and is not verified.
    """

    @pytest.mark.parametrize("group", [*TOP, *OTHERS])
    @given(value=scores)
    def test_both_readings(self, group, value):
        cap = 120 if group in TOP else 115
        given_ = {"iki": [("IKI", value, 1, 365)], "kelompok_jabatan": group}
        assert scored(capped, **given_)["nhk_terkalibrasi"] == min(value, cap)
        expected = value if value <= 100 else 100 + (value - 100) * Fraction(cap - 100, 20)
        assert scored(calibrated, **given_)["nhk_terkalibrasi"] == expected

    @given(scores, scores)
    def test_nobody_overtakes_by_calibration(self, one, other):
        low, high = sorted((one, other))
        results = [
            scored(calibrated, iki=[("IKI", v, 1, 365)], kelompok_jabatan="pelaksana")
            for v in (low, high)
        ]
        assert results[0]["nhk_terkalibrasi"] <= results[1]["nhk_terkalibrasi"] <= 115

    def test_the_two_slides(self):
        rows = ((80, "1.05"), (120, "0.9"), ("104.69", 1), (120, 1), (100, "1.1"))
        result = scored(
            calibrated,
            iki=[(str(place), value, k3, 365) for place, (value, k3) in enumerate(rows)],
            perilaku=behaviour([82, 100, 98, 105, 100, 115, 105]),
            kelompok_jabatan="pelaksana",
        )
        for step, printed in (
            ("nhk_awal", "105.17"),
            ("nhk_terkalibrasi", "103.87"),
            ("npk_awal", "100.71"),
            ("npk_terkalibrasi", "100.54"),
        ):
            assert abs(Fraction(result[step]) - Fraction(printed)) <= HUNDREDTH / 2

    def test_what_is_not_verified_must_be_named(self):
        with pytest.raises(PolicyError):
            kinerja.load("kemenkeu-127-2026")


TIER_1 = ("pimpinan_upk", "satu_tingkat_di_bawah", "jf_substansi")
TIER_2 = ("dua_tingkat_atau_lebih", "jf_non_substansi")


class TestNKP:
    """P. 147: 75 % NHK and 25 % NPK, less punishments, plus the correction, within 0 to 120; then mixed.

    A result at least as high as the NKO is mixed with 50 % of it (tier 1) or 30 % (tier 2), a lower one
    with 10 %. Tabel 47: NHK and NPK are adjusted and mixed alike, each on its own.
    """

    @staticmethod
    def mixed(value, nko, place):
        share = Fraction(1, 10)
        if value >= nko:
            share = Fraction(1, 2) if place in TIER_1 else Fraction(3, 10)
        return (1 - share) * value + share * nko

    changes = st.fixed_dictionaries(
        {
            "hukdis": st.integers(0, 400).map(lambda n: Fraction(n, 10)),
            "dampak": st.integers(0, 50).map(lambda n: Fraction(n, 10)),
            "koreksi": st.integers(-90, 90).map(lambda n: Fraction(n, 10)),
        }
    )

    @given(scores, scores, scores, st.sampled_from(TIER_1 + TIER_2), changes)
    def test_from_both_scores_to_the_end(self, nhk, npk, nko, place, changes):
        result = scored(
            capped,
            iki=[("IKI", nhk, 1, 365)],
            perilaku=behaviour([npk] * 7),
            kedudukan=place,
            nko=nko,
            **changes,
        )
        correction = max(-5, min(5, changes["koreksi"]))
        change = correction - changes["hukdis"] - changes["dampak"]
        before = {
            "nkp_tepat": Fraction(3, 4) * nhk + Fraction(1, 4) * npk,
            "nhk_tepat": nhk,
            "npk_tepat": npk,
        }
        for step, value in before.items():
            adjusted = max(Fraction(0), min(Fraction(120), value + change))
            assert result[step] == self.mixed(adjusted, nko, place)
        for step, rating in (
            ("nhk_tepat", "rating_hasil_kerja"),
            ("npk_tepat", "rating_perilaku_kerja"),
        ):
            assert result[rating] == TestRatings.rating(Fraction(result[step]))

    @pytest.mark.parametrize("place", TIER_1 + TIER_2)
    @given(nko=scores)
    def test_equal_to_the_nko_changes_nothing(self, place, nko):
        rows = [("IKI", nko, 1, 365)]
        result = scored(capped, iki=rows, perilaku=behaviour([nko] * 7), nko=nko, kedudukan=place)
        assert result["nkp_tepat"] == nko
        assert result["bobot_nko"] == (Fraction(1, 2) if place in TIER_1 else Fraction(3, 10))

    @given(scores, scores)
    def test_mixing_stays_between_the_result_and_the_nko(self, value, nko):
        result = scored(capped, iki=[("IKI", value, 1, 365)], nko=nko)
        ends = sorted((Fraction(result["hasil"]), nko))
        assert ends[0] <= result["nkp_tepat"] <= ends[1]

    def test_tables_46_and_47(self):
        given_ = {
            "iki": [("IKI", 108, 1, 365)],
            "perilaku": behaviour([96] * 7),
            "koreksi": -5,
            "kelompok_jabatan": "pelaksana",
        }
        tables = scored(capped, **given_, nko=102)
        assert (tables["nkp_awal"], tables["hasil"]) == (105, 100)
        assert tables["nkp"] == Fraction("100.2")
        assert (tables["nhk"], tables["npk"]) == (Fraction("102.7"), Fraction("92.1"))
        assert tables["predikat"] == "baik"

    def test_the_nko_of_the_prose_on_page_148_gives_other_figures(self):
        given_ = {"iki": [("IKI", 108, 1, 365)], "perilaku": behaviour([96] * 7), "koreksi": -5}
        prose = scored(capped, **given_, nko=104)
        assert prose["nkp"] == Fraction("100.4")
        assert prose["nkp"] != Fraction("100.2")


class TestRatings:
    """Tabel 47: above 100 is above expectation, 90 to 100 in line, below 90 below; then the quadrant."""

    @staticmethod
    def rating(value):
        if value > 100:
            return "di_atas_ekspektasi"
        return "sesuai_ekspektasi" if value >= 90 else "di_bawah_ekspektasi"

    @pytest.mark.parametrize("edge", [90, 100])
    @pytest.mark.parametrize("step", [Fraction(-1, 10**6), Fraction(0), Fraction(1, 10**6)])
    def test_both_edges_from_both_sides(self, edge, step):
        value = edge + step
        result = scored(
            capped, iki=[("IKI", value, 1, 365)], perilaku=behaviour([value] * 7), nko=value
        )
        assert result["rating_hasil_kerja"] == self.rating(value)
        assert result["rating_perilaku_kerja"] == self.rating(value)

    @given(scores, scores)
    def test_the_predicate_is_that_of_the_quadrant(self, nhk, npk):
        result = scored(capped, iki=[("IKI", nhk, 1, 365)], perilaku=behaviour([npk] * 7), nko=95)
        ratings = {
            "hasil_kerja": result["rating_hasil_kerja"],
            "perilaku_kerja": result["rating_perilaku_kerja"],
        }
        assert result["predikat"] == quadrant.score(ratings)["predikat"]


CATEGORIES = {
    "ringan": (1, Fraction(1, 10), 2),
    "sedang": (2, Fraction(1, 4), 3),
    "berat": (3, Fraction(2, 5), 4),
}
punishments = st.lists(
    st.tuples(
        st.sampled_from(sorted(CATEGORIES)),
        st.integers(0, 1_000).map(lambda n: Fraction(n, 10)),
        st.integers(2025, 2027),
        st.integers(1, 4),
    ),
    max_size=4,
)


def punished(rows, year, period, way="tahun_mulai", reports=()):
    keys = ("kategori", "skor_mpjhd", "tahun_mulai", "triwulan_mulai")
    record = {
        "tahun": year,
        "periode": period,
        "hukuman": [
            {"keputusan": str(place), **dict(zip(keys, row, strict=True))}
            for place, row in enumerate(rows)
        ],
        "bawahan": [
            {"pegawai": str(place), "hukdis_bawahan": value} for place, value in enumerate(reports)
        ],
    }
    return punishing[way].score(record)


class TestPunishments:
    """Light 10 %, medium 25 %, heavy 40 % of the MPJHD score, for 2, 3 and 4 quarters from the first.

    They are not added up: the highest category in force counts.
    """

    @staticmethod
    def value(rows):
        if not rows:
            return 0
        highest = max(CATEGORIES[row[0]][0] for row in rows)
        return max(
            CATEGORIES[row[0]][1] * row[1] for row in rows if CATEGORIES[row[0]][0] == highest
        )

    @classmethod
    def in_quarter(cls, rows, year, quarter):
        def in_force(row):
            since = (year - row[2]) * 4 + quarter - row[3]
            return 0 <= since < CATEGORIES[row[0]][2]

        return cls.value([row for row in rows if in_force(row)])

    @given(punishments, st.integers(2025, 2028), st.integers(1, 4))
    def test_a_quarter(self, rows, year, quarter):
        got = punished(rows, year, f"triwulan_{quarter}")["hukdis"]
        assert got == self.in_quarter(rows, year, quarter)

    @given(punishments, st.integers(2025, 2028))
    def test_a_year_has_two_readings(self, rows, year):
        by_start = punished(rows, year, "tahunan", "tahun_mulai")["hukdis"]
        by_quarter = punished(rows, year, "tahunan", "triwulan_4")["hukdis"]
        assert by_start == self.value([row for row in rows if row[2] == year])
        assert by_quarter == self.in_quarter(rows, year, 4)

    @pytest.mark.parametrize("way", sorted(punishing))
    def test_the_published_example_fits_both_readings(self, way):
        rows = [("sedang", 38, 2026, 3)]
        said = {
            (2026, "triwulan_2"): 0,
            (2026, "triwulan_3"): Fraction("9.5"),
            (2027, "triwulan_1"): Fraction("9.5"),
            (2027, "triwulan_2"): 0,
            (2026, "tahunan"): Fraction("9.5"),
            (2027, "tahunan"): 0,
        }
        for (year, period), value in said.items():
            assert punished(rows, year, period, way)["hukdis"] == value

    @given(punishments, st.permutations(range(4)))
    def test_order_changes_nothing(self, rows, order):
        shuffled = [rows[place] for place in order if place < len(rows)]
        first, second = (punished(each, 2026, "triwulan_4") for each in (rows, shuffled))
        assert first["hukdis"] == second["hukdis"]

    def test_the_reading_must_be_named(self):
        with pytest.raises(PolicyError):
            kinerja.load("kemenkeu-127-2026-hukdis")

    @pytest.mark.parametrize("row", [("sedang", -1, 2026, 1), ("sedang", 1, 2026, 5)])
    def test_what_cannot_be_is_refused(self, row):
        with pytest.raises(InputError):
            punished([row], 2026, "triwulan_1")


class TestEffectOnTheSuperior:
    """P. 144: 5 % of the punishment of each direct report, at most 5 in all."""

    @given(st.lists(st.integers(0, 400).map(lambda n: Fraction(n, 10)), max_size=9))
    def test_sum_and_cap(self, values):
        result = punished([], 2026, "tahunan", reports=values)
        assert result["dampak"] == min(5, sum(values) / 20)
        # What one policy gives, the next takes.
        assert scored(capped, dampak=result["dampak"])["penyesuaian"] == -result["dampak"]


class TestPredicateOfTheOrganisation:
    """At least 110 Sangat Baik; 100-110 Baik; 90-100 Cukup; 80-90 Kurang; below 80 Buruk.

    Of the edges only 110 is said to be inclusive; 100 and 90 are open, so a choice must be named.
    """

    LABELS = ("buruk", "kurang", "cukup", "baik", "sangat_baik")

    @given(scores)
    def test_inside_a_band_both_choices_agree(self, nko):
        labels = [scorer.score({"nko": nko})["predikat"] for scorer in organisation.values()]
        inside = self.LABELS[sum(nko >= edge for edge in (80, 90, 100, 110))]
        assert labels[0] == inside
        assert (labels[1] == inside) is (nko not in (90, 100))

    @pytest.mark.parametrize(("edge", "lower"), [(90, "kurang"), (100, "cukup")])
    def test_an_open_edge(self, edge, lower):
        upper = self.LABELS[self.LABELS.index(lower) + 1]
        got = {
            name: scorer.score({"nko": edge})["predikat"] for name, scorer in organisation.items()
        }
        assert got == {"milik_rentang_atas": upper, "milik_rentang_bawah": lower}
        for scorer in organisation.values():
            assert scorer.score({"nko": edge - HUNDREDTH})["predikat"] == lower
            assert scorer.score({"nko": edge + HUNDREDTH})["predikat"] == upper

    def test_the_choice_must_be_named(self):
        with pytest.raises(PolicyError):
            kinerja.load("kemenkeu-127-2026-nko")

    @pytest.mark.parametrize("nko", ["-0.01", "120.01"])
    def test_beyond_the_scale_is_refused(self, nko):
        with pytest.raises(InputError):
            organisation["milik_rentang_atas"].score({"nko": nko})


class TestDeductionsOf2014:
    """Handbook p. 57: 2 points for each person, 5 for not proposing evaluators, at most 10 in all."""

    @given(scores, st.integers(0, 9), st.booleans())
    def test_sum_and_cap(self, score, people, unproposed):
        result = older.score(
            {
                "np": score,
                "orang_tanpa_evaluator": people,
                "tidak_mengusulkan_evaluator": unproposed,
            }
        )
        assert result["np_dalam_nkp"] == score - min(10, 2 * people + 5 * unproposed)

    @pytest.mark.parametrize("people", [-1, "0.5"])
    def test_people_are_whole(self, people):
        record = {"np": 100, "orang_tanpa_evaluator": people, "tidak_mengusulkan_evaluator": False}
        with pytest.raises(InputError):
            older.score(record)
