"""Capaian and its bands: each class states a clause in its own words, each method what follows from it."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError, PolicyError

HALF = Fraction(1, 2)


def load(policy, **variant):
    return kinerja.load(policy, variant=variant)


GAPS = ("batas_bawah", "batas_atas", "bulatkan", "tanpa_kategori")
#: Cut points of the bands of whole numbers: the last of a band, the first of the next.
EDGES = [(50, 51), (65, 66), (75, 76), (90, 91)]
LABELS = {
    "permendagri-86-2017": ["sangat_rendah", "rendah", "sedang", "tinggi", "sangat_tinggi"],
    "lkjip-sampang-2019": ["sangat_kurang", "kurang", "cukup", "baik", "sangat_baik"],
}
BANDS = {
    (policy, gap): load(policy, antara_rentang=gap) for policy in sorted(LABELS) for gap in GAPS
}
HELD = {
    policy: load(policy, antara_rentang="batas_bawah", di_atas_100="ditahan_100")
    for policy in LABELS
}
MALUKU_TENGAH = load("lkjip-maluku-tengah-2021")
MALUKU_TENGAH_HELD = load("lkjip-maluku-tengah-2021", di_luar_rentang="ditahan")
SUMEDANG = load("capaian-sumedang")
NAMED = {"rumus_semakin_rendah": "dua_kurang_rasio", "target_nol": "tanpa_nilai"}
CAPAIAN = load("capaian", **NAMED)
RECIPROCAL = load("capaian", **{**NAMED, "rumus_semakin_rendah": "target_per_realisasi"})
LIMITED = {
    option: load("capaian", **NAMED, batas_atas=option, batas_bawah="nol")
    for option in ("seratus", "seratus_dua_puluh")
}
ROUNDED = {
    option: load("capaian", **NAMED, pembulatan=option)
    for option in ("dua_desimal", "bulat", "bulat_ke_bawah")
}
JOMBANG = {
    gap: load("bps-jombang", antara_rentang=gap)
    for gap in ("batas_bawah", "batas_atas", "tanpa_kategori")
}

numbers = st.integers(0, 20_000).map(lambda hundredths: Fraction(hundredths, 100))
positive = numbers.filter(lambda value: value > 0)
achievements = st.integers(-5_000, 10_000).map(lambda hundredths: Fraction(hundredths, 100))


def exactly(value):
    return None if value is None else Fraction(value)


def half_up(value, digits=0):
    """Round to the nearest; a tie goes away from zero, so that −2.5 becomes −3."""
    size = Fraction(floor(abs(value) * 10**digits + HALF), 10**digits)
    return size if value >= 0 else -size


def place_of(value, gap):
    """Give the place of a value in bands of whole numbers; `None` between two of them as printed."""
    if gap == "bulatkan":
        value = half_up(value)
    place = 0
    for last, first in EDGES:
        if value >= first or (value > last and gap == "batas_atas"):
            place += 1
        elif value > last and gap == "tanpa_kategori":
            return None
    return place


@pytest.mark.parametrize("policy", sorted(LABELS))
class TestBandsOfWholeNumbers:
    """LKjIP Sampang 2019, and what is ascribed to Permendagri 86/2017: up to 50, 51–65, 66–75, 76–90 and
    91–100. What lies between two whole numbers is not printed.
    """

    @given(value=achievements, gap=st.sampled_from(GAPS))
    def test_each_reading_of_the_gaps(self, policy, value, gap):
        place = place_of(value, gap)
        label = None if place is None else LABELS[policy][place]
        assert BANDS[policy, gap].score({"capaian": value})["kategori"] == label

    @given(value=st.integers(-50, 100))
    def test_whole_numbers_do_not_depend_on_the_reading(self, policy, value):
        got = {BANDS[policy, gap].score({"capaian": value})["kategori"] for gap in GAPS}
        assert len(got) == 1
        assert None not in got

    @pytest.mark.parametrize(("last", "first"), EDGES)
    def test_a_gap_is_split_at_its_own_place(self, policy, last, first):
        near = Fraction(1, 1000)
        lower = LABELS[policy][EDGES.index((last, first))]
        upper = LABELS[policy][EDGES.index((last, first)) + 1]
        want = {
            "batas_bawah": [(last + near, lower), (first - near, lower), (first, upper)],
            "batas_atas": [(last, lower), (last + near, upper), (first - near, upper)],
            "bulatkan": [(last + HALF - near, lower), (last + HALF, upper)],
            "tanpa_kategori": [
                (last, lower),
                (last + near, None),
                (first - near, None),
                (first, upper),
            ],
        }
        for gap, rows in want.items():
            for value, label in rows:
                assert BANDS[policy, gap].score({"capaian": value})["kategori"] == label

    def test_no_reading_is_taken_by_default(self, policy):
        with pytest.raises(PolicyError):
            kinerja.load(policy)

    @given(beyond=positive)
    def test_above_100_has_no_printed_band(self, policy, beyond):
        for gap in GAPS:
            assert BANDS[policy, gap].score({"capaian": 100 + beyond})["kategori"] is None
        assert HELD[policy].score({"capaian": 100 + beyond})["kategori"] == LABELS[policy][-1]


class TestMalukuTengah:
    """LKjIP Maluku Tengah 2021 p. 94: above 85 to 100 Memuaskan, above 75 Sangat Baik, above 65 Baik, above
    50 Cukup Baik, above 30 Agak Kurang, 0 to 30 Kurang; achievement is actual by target, or
    (target − (actual − target)) by target where lower is better.
    """

    def band(self, value):
        ends = (
            (30, "kurang"),
            (50, "agak_kurang"),
            (65, "cukup_baik"),
            (75, "baik"),
            (85, "sangat_baik"),
            (100, "memuaskan"),
        )
        return next(label for end, label in ends if value <= end)

    @given(st.sampled_from(["semakin_tinggi", "semakin_rendah"]), positive, numbers)
    def test_formula_and_band(self, direction, target, actual):
        record = {"arah": direction, "target": target, "realisasi": actual}
        ratio = actual / target if direction == "semakin_tinggi" else (2 * target - actual) / target
        value = ratio * 100
        result = MALUKU_TENGAH.score(record)
        assert exactly(result["capaian"]) == half_up(value, 2)
        inside = 0 <= value <= 100
        assert result["kategori"] == (self.band(value) if inside else None)
        held = MALUKU_TENGAH_HELD.score(record)
        assert held["kategori"] == self.band(min(max(value, 0), 100))

    @pytest.mark.parametrize("edge", [30, 50, 65, 75, 85])
    def test_an_edge_belongs_to_the_band_below_it(self, edge):
        near = Fraction(1, 1000)
        below, at, above = (
            MALUKU_TENGAH.score(
                {"arah": "semakin_tinggi", "target": 100, "realisasi": edge + shift}
            )["kategori"]
            for shift in (-near, 0, near)
        )
        assert below == at != above

    def test_a_target_of_zero_is_refused(self):
        with pytest.raises(InputError):
            MALUKU_TENGAH.score({"arah": "semakin_tinggi", "target": 0, "realisasi": 1})


class TestSumedang:
    """Program of Kabupaten Sumedang. Indicators: zero for a target or an actual of zero, otherwise actual
    by target, (1 + (1 − actual / target)), or 200 less the ratio above the target; two decimals. Action
    plans: 100 for a target of zero; to minimize, the way gone from the worst target, and zero without one.
    """

    def score(self, kind, direction, target, actual, worst=None):
        record = {"jenis": kind, "pola": direction, "target": target, "realisasi": actual}
        return SUMEDANG.score({**record, "target_min": worst})

    @given(st.sampled_from(["maximize", "minimize", "stabilize"]), numbers, numbers)
    def test_indicators(self, direction, target, actual):
        got = exactly(self.score("indikator", direction, target, actual)["capaian"])
        if target == 0 or actual == 0:
            assert got == 0
            return
        ratio = actual / target * 100
        lower = direction == "minimize" or (direction == "stabilize" and actual > target)
        assert got == half_up(200 - ratio if lower else ratio, 2)

    @given(st.sampled_from(["maximize", "stabilize"]), positive, numbers)
    def test_action_plans_use_the_plain_formula_for_an_actual_of_zero(
        self, direction, target, actual
    ):
        ratio = actual / target * 100
        lower = direction == "stabilize" and actual > target
        got = exactly(self.score("rencana_aksi", direction, target, actual)["capaian"])
        assert got == half_up(200 - ratio if lower else ratio, 6)

    @given(positive, numbers, positive)
    def test_action_plans_to_minimize(self, target, actual, worst):
        assume(worst != target)
        got = exactly(self.score("rencana_aksi", "minimize", target, actual, worst)["capaian"])
        assert got == half_up((worst - actual) / (worst - target) * 100, 6)
        assert self.score("rencana_aksi", "minimize", target, actual)["capaian"] == 0

    @given(positive, numbers)
    def test_a_worst_target_equal_to_the_target_decides_nothing(self, target, actual):
        result = self.score("rencana_aksi", "minimize", target, actual, target)
        assert result["capaian"] is None
        assert result.status == "incomplete"

    @given(st.sampled_from(["maximize", "minimize", "stabilize"]), numbers, st.none() | positive)
    def test_zero_targets_are_answered_in_two_ways(self, direction, actual, worst):
        assert self.score("indikator", direction, 0, actual, worst)["capaian"] == 0
        assert self.score("rencana_aksi", direction, 0, actual, worst)["capaian"] == 100

    @given(numbers)
    def test_bands_of_an_office(self, actual):
        result = self.score("indikator", "maximize", 100, actual)
        value = exactly(result["capaian"])
        steps = ((30, "kurang"), (50, "butuh_perbaikan"), (70, "baik"))
        label = next((name for least, name in reversed(steps) if value >= least), "sangat_kurang")
        assert result["kategori"] == ("istimewa" if value > 100 else label)


class TestFormulasSideBySide:
    """Higher is better: actual by target. Lower is better: (2 × target − actual) by target in the
    regulations, target by actual in two applications; the two agree only at the target. Exactly the target:
    200 less the ratio above it. A range: 100 inside, above it its upper end and below it its lower end is
    the target (PermenPANRB 8/2021 Lampiran p. 100).
    """

    def score(self, scorer, direction, target, actual, top=None):
        record = {"arah": direction, "target": target, "realisasi": actual, "target_atas": top}
        return scorer.score(record)

    @given(positive, positive)
    def test_two_ways_of_lower_is_better_agree_only_at_the_target(self, target, actual):
        minus = self.score(CAPAIAN, "semakin_rendah", target, actual)["capaian_tepat"]
        over = self.score(RECIPROCAL, "semakin_rendah", target, actual)["capaian_tepat"]
        assert exactly(minus) == (1 + (1 - actual / target)) * 100
        assert exactly(minus) == (target - (actual - target)) / target * 100
        assert exactly(over) == target / actual * 100
        assert (minus == over) == (actual == target)
        assert minus <= over

    @given(positive, numbers, numbers)
    def test_directions_keep_their_promise(self, target, one, other):
        few, many = sorted((one, other))
        for direction in ("semakin_tinggi", "semakin_rendah"):
            low, high = (
                self.score(CAPAIAN, direction, target, actual)["capaian_tepat"]
                for actual in (few, many)
            )
            assert low <= high if direction == "semakin_tinggi" else low >= high
        assert self.score(CAPAIAN, "tepat_target", target, one)["capaian_tepat"] <= 100

    @given(positive, numbers, numbers)
    def test_a_range_scores_100_inside_only(self, low, width, actual):
        high = low + width
        got = exactly(self.score(CAPAIAN, "rentang_target", low, actual, high)["capaian_tepat"])
        end = high if actual > high else low
        assert got == (100 if low <= actual <= high else actual / end * 100)

    def test_the_misprint_of_the_regulation_is_not_reproduced(self):
        assert exactly(self.score(CAPAIAN, "rentang_target", 80, 92, 90)["capaian"]) == half_up(
            Fraction(9200, 90), 2
        )

    @pytest.mark.parametrize(
        ("option", "value"), [("tanpa_nilai", None), ("nol", 0), ("seratus", 100)]
    )
    @pytest.mark.parametrize("direction", ["semakin_tinggi", "semakin_rendah", "tepat_target"])
    def test_a_target_of_zero_is_answered_as_named(self, option, value, direction):
        for formula in ("dua_kurang_rasio", "target_per_realisasi"):
            scorer = load("capaian", rumus_semakin_rendah=formula, target_nol=option)
            assert exactly(self.score(scorer, direction, 0, 5)["capaian"]) == value

    @pytest.mark.parametrize(
        "named", [{}, {"target_nol": "nol"}, {"rumus_semakin_rendah": "dua_kurang_rasio"}]
    )
    def test_what_sources_disagree_on_must_be_named(self, named):
        with pytest.raises(PolicyError):
            load("capaian", **named)

    @given(positive, numbers, st.sampled_from([("seratus", 100), ("seratus_dua_puluh", 120)]))
    def test_limits_hold_at_both_ends(self, target, actual, top):
        option, most = top
        scorer = LIMITED[option]
        for direction in ("semakin_tinggi", "semakin_rendah"):
            free = exactly(self.score(CAPAIAN, direction, target, actual)["capaian_tepat"])
            got = exactly(self.score(scorer, direction, target, actual)["capaian_bawah"])
            assert got == min(max(free, 0), most)

    @given(positive, numbers)
    def test_rounding_happens_once_at_the_end(self, target, actual):
        ratio = actual / target * 100
        ways = {
            "dua_desimal": half_up(ratio, 2),
            "bulat": half_up(ratio),
            "bulat_ke_bawah": floor(ratio),
        }
        for option, value in ways.items():
            got = self.score(ROUNDED[option], "semakin_tinggi", target, actual)["capaian"]
            assert exactly(got) == value


# Jombang.

scores = st.integers(0, 10_000).map(lambda hundredths: Fraction(hundredths, 100))
activities = st.integers(0, 40)
peers = st.lists(st.tuples(scores, activities), min_size=1, max_size=6)


def jombang(month, others, gap="tanpa_kategori"):
    score, absent, done = month
    record = {
        "bulan": [
            {"bulan": 4, "kipapp": score, "hari_kerja": 20, "tidak_hadir": absent, "renak": done}
        ],
        "pegawai": [{"kipapp_pegawai": a, "renak_pegawai": b} for a, b in others],
    }
    return JOMBANG[gap].score(record)


def relative(value, values):
    span = max(values) - min(values)
    return Fraction(100) if span == 0 else half_up(100 - (max(values) - value) * 20 / span, 2)


class TestJombang:
    """Application of BPS Kab. Jombang: 100 − (highest − score) × 20 / (highest − lowest), everybody 100 if
    all are equal; 0.4 KIPAPP + 0.4 attendance + 0.2 activities, two decimals; 90–100 A, 80–89 B, 70–79 C,
    60–69 D, below 60 E.
    """

    months = st.tuples(scores, st.integers(0, 20), activities)

    @given(months, peers)
    def test_two_parts_are_relative_and_one_is_not(self, month, others):
        score, absent, done = month
        result = jombang(month, others)
        first = relative(score, [score, *(a for a, _ in others)])
        second = Fraction(20 - absent, 20) * 100
        third = relative(done, [done, *(b for _, b in others)])
        got = [result[step] for step in ("kipapp_relatif", "kehadiran", "renak_relatif")]
        assert [exactly(value) for value in got] == [first, second, third]
        want = half_up((2 * first + 2 * second + third) / 5, 2)
        assert exactly(result["nilai"]) == want <= 100

    @given(months, peers, st.randoms())
    def test_the_order_of_the_office_and_its_own_row_do_not_matter(self, month, others, random):
        score, _, done = month
        mixed = random.sample([*others, (score, done)], len(others) + 1)
        assert jombang(month, others).values == jombang(month, mixed).values

    @given(months, peers, st.integers(-2_000, 2_000).map(lambda shift: Fraction(shift, 100)))
    def test_shifting_the_whole_office_changes_no_relative_score(self, month, others, shift):
        score, absent, done = month
        moved = [score + shift, *(a + shift for a, _ in others)]
        assume(min(moved) >= 0)
        assume(max(moved) <= 100)
        before = jombang(month, others)["kipapp_relatif"]
        others = [(a + shift, b) for a, b in others]
        assert jombang((score + shift, absent, done), others)["kipapp_relatif"] == before

    @given(months, peers)
    def test_the_highest_gets_100_and_the_lowest_80(self, month, others):
        everybody = [month[0], *(a for a, _ in others)]
        assume(len(set(everybody)) > 1)
        for value, want in ((max(everybody), 100), (min(everybody), 80)):
            office = [(a, 0) for a in everybody]
            assert jombang((value, 0, 0), office)["kipapp_relatif"] == want

    @given(months, peers)
    def test_bands_of_whole_numbers_and_their_gaps(self, month, others):
        for gap in JOMBANG:
            result = jombang(month, others, gap)
            value = exactly(result["nilai"])
            label = "E"
            for least, name in ((60, "D"), (70, "C"), (80, "B"), (90, "A")):
                if value >= least:
                    label = name
                elif least > 60 and value > least - 1 and gap != "batas_bawah":
                    label = name if gap == "batas_atas" else None
            assert result["kategori"] == label

    def test_the_published_example(self):
        months = [(4, "94.40", 5), (5, "94.70", 5), (6, "94.45", 9)]
        record = {
            "bulan": [
                {"bulan": n, "kipapp": k, "hari_kerja": 22, "tidak_hadir": 0, "renak": r}
                for n, k, r in months
            ],
            "pegawai": [
                {"kipapp_pegawai": "94.58", "renak_pegawai": 19},
                {"kipapp_pegawai": "91.85", "renak_pegawai": 7},
            ],
        }
        result = JOMBANG["batas_bawah"].score(record)
        got = [str(result[step]) for step in ("rata_kipapp", "kipapp_relatif", "nilai")]
        assert got == ["94.52", "99.56", "99.82"]

    def test_more_days_absent_than_worked_is_no_attendance(self):
        result = jombang((90, 21, 5), [(90, 5)])
        assert result["kehadiran"] is None
        assert result["nilai"] is None
