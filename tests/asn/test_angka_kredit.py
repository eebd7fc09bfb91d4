"""Credit points: each class states a clause in its own words, each method checks what follows from it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations, product
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError

#: Level, its ranks in order, points for a rank, points for the next level: the table in the slides of BKN.
LEVELS = {
    "pemula": ("ii_a", 15, 15),
    "terampil": ("ii_b ii_c ii_d", 20, 60),
    "mahir": ("iii_a iii_b", 50, 100),
    "penyelia": ("iii_c iii_d", 100, None),
    "ahli_pertama": ("iii_a iii_b", 50, 100),
    "ahli_muda": ("iii_c iii_d", 100, 200),
    "ahli_madya": ("iv_a iv_b iv_c", 150, 450),
    "ahli_utama": ("iv_d iv_e", 200, None),
}
PAIRS = [(level, rank) for level, row in LEVELS.items() for rank in row[0].split()]
RANKS = sorted({rank for _, rank in PAIRS})
LAST = [("penyelia", "iii_d"), ("ahli_utama", "iv_e")]
COEFFICIENT = {
    "pemula": Fraction(15, 4),
    "terampil": Fraction(5),
    "mahir": Fraction(25, 2),
    "penyelia": Fraction(25),
    "ahli_pertama": Fraction(25, 2),
    "ahli_muda": Fraction(25),
    "ahli_madya": Fraction(75, 2),
    "ahli_utama": Fraction(50),
}
PERCENT = {
    "sangat_baik": 150,
    "baik": 100,
    "cukup": 75,
    "butuh_perbaikan": 75,
    "perlu_perbaikan": 75,
    "kurang": 50,
    "kurang_misconduct": 50,
    "sangat_kurang": 25,
}
SCORERS = {
    option: kinerja.load("angka-kredit-2023", variant={"pembulatan_butir": option})
    for option in ("dua_desimal", "tiga_desimal", "tanpa")
}
INTEGRASI = kinerja.load("angka-kredit-integrasi")
GURU = kinerja.load("pk-guru-2009", variant={"pembulatan_ak": "dua_desimal"})

periods = st.tuples(
    st.sampled_from(list(LEVELS)), st.sampled_from(list(PERCENT)), st.integers(1, 12)
)
points = st.integers(0, 900_000).map(lambda value: Fraction(value, 1000))


def half_up(value, digits):
    return Fraction(floor(value * 10**digits + Fraction(1, 2)), 10**digits)


def year_part(period):
    level, grade, months = period
    return Fraction(months, 12) * Fraction(PERCENT[grade], 100) * COEFFICIENT[level]


def items(some):
    return [
        {"nama": str(place), "jenjang": level, "predikat": grade, "bulan": months}
        for place, (level, grade, months) in enumerate(some)
    ]


def summed(some, option):
    return SCORERS[option].score({"periode": items(some)})


def holder(level="ahli_pertama", rank="iii_a", total=0, **more):
    record = {
        "jenjang_jabatan": level,
        "golongan_ruang": rank,
        "ak_lama": total,
        "golongan_ak_dasar": "tanpa",
        "ijazah_lebih_tinggi": False,
        "predikat_terakhir": "baik",
        "ada_lowongan": True,
        "lulus_ukom": True,
        "periode": [{"nama": "2024", "ak_konversi": 0}],
    }
    return SCORERS["tanpa"].score({**record, **more})


def codes(result):
    return {reason.code for reason in result.reasons}


class TestKonversi:
    """The predicate gives a percentage of the coefficient of the level for a year; a shorter period counts
    by its months (PermenPANRB 1/2023 Pasal 37, or 36; slides of BKN)."""

    @given(periods)
    def test_a_period_is_months_by_percentage_by_coefficient(self, period):
        assert summed([period], "tanpa")["jumlah_butir"] == year_part(period)

    @given(st.sampled_from(list(LEVELS)), st.sampled_from(list(PERCENT)))
    def test_twelve_periods_of_a_month_are_a_year(self, level, grade):
        months = summed([(level, grade, 1)] * 12, "tanpa")
        assert months["ak_baru"] == summed([(level, grade, 12)], "tanpa")["ak_baru"]

    def test_a_better_predicate_never_gives_less(self):
        order = ["sangat_kurang", "kurang", "cukup", "baik", "sangat_baik"]
        for level in LEVELS:
            year = [summed([(level, grade, 12)], "tanpa")["ak_baru"] for grade in order]
            assert all(low < high for low, high in pairwise(year))

    def test_the_worst_predicate_gives_a_quarter_and_not_nothing(self):
        for level, coefficient in COEFFICIENT.items():
            got = summed([(level, "sangat_kurang", 12)], "tanpa")["jumlah_butir"]
            assert got == coefficient / 4 > 0

    @pytest.mark.parametrize("same", [{"cukup", "butuh_perbaikan", "perlu_perbaikan"}])
    def test_names_of_one_predicate_count_alike(self, same):
        assert (
            len({summed([("ahli_muda", grade, 7)], "tanpa")["jumlah_butir"] for grade in same}) == 1
        )

    @given(st.one_of(st.integers(-3, 0), st.integers(13, 40), st.sampled_from(["0.5", "11.5"])))
    def test_months_are_whole_and_between_one_and_twelve(self, months):
        with pytest.raises(InputError) as error:
            summed([("ahli_muda", "baik", months)], "tanpa")
        assert [issue.path for issue in error.value.issues] == ["periode[0].bulan"]

    @pytest.mark.parametrize("field", ["jenjang", "predikat", "bulan"])
    def test_a_period_that_lacks_a_part_gives_nothing_and_not_zero(self, field):
        [item] = items([("ahli_muda", "baik", 12)])
        result = SCORERS["tanpa"].score({"periode": [{**item, field: None}]})
        assert result["ak_baru"] is None
        assert f"input_missing: periode[0].{field}" in map(str, result.reasons)


class TestAkumulasi:
    """The award adds up the periods; publishers round one item to two or to three decimals, half up, and
    add the rounded items (slides of BKN: 18.75 + 2.08 = 20.83)."""

    @settings(max_examples=60)
    @given(st.lists(periods, min_size=1, max_size=6))
    @pytest.mark.parametrize(("option", "digits"), [("dua_desimal", 2), ("tiga_desimal", 3)])
    def test_rounded_items_are_added(self, option, digits, some):
        want = sum(half_up(year_part(period), digits) for period in some)
        assert summed(some, option)["ak_baru"] == want

    @settings(max_examples=60)
    @given(st.lists(periods, min_size=1, max_size=6))
    def test_unrounded_items_are_added_and_rounded_once(self, some):
        exact = sum(map(year_part, some))
        result = summed(some, "tanpa")
        assert result["jumlah_butir"] == exact
        assert result["ak_baru"] == half_up(exact, 3)

    @settings(max_examples=30)
    @given(st.lists(periods, min_size=2, max_size=4))
    def test_the_order_of_the_periods_changes_nothing(self, some):
        assert len({summed(order, "dua_desimal")["ak_baru"] for order in permutations(some)}) == 1

    def test_where_the_rounding_stands_is_seen(self):
        some = [("ahli_pertama", "baik", 2)] * 3
        got = {option: summed(some, option)["ak_baru"] for option in SCORERS}
        assert got == {
            "dua_desimal": Fraction("6.24"),
            "tiga_desimal": Fraction("6.249"),
            "tanpa": Fraction("6.25"),
        }

    @given(points, points)
    def test_issued_documents_are_added_as_they_are(self, one, other):
        documents = [{"nama": "a", "ak_konversi": one}, {"nama": "b", "ak_konversi": other}]
        assert SCORERS["dua_desimal"].score({"periode": documents})["jumlah_butir"] == one + other

    def test_a_document_beside_what_it_was_computed_from_is_not_counted_twice(self):
        [item] = items([("ahli_muda", "baik", 12)])
        result = SCORERS["tanpa"].score({"periode": [{**item, "ak_konversi": 25}]})
        assert result["ak_baru"] is None
        assert "dua_sumber_ak" in codes(result)

    @given(points, points)
    def test_old_basic_and_new_points_make_the_total(self, old, new):
        documents = [{"nama": "a", "ak_konversi": new}]
        result = holder(total=old, golongan_ak_dasar="iv_c", periode=documents)
        assert result["ak_kumulatif"] == old + 300 + half_up(new, 3)


class TestKebutuhan:
    """Each level has its ranks, the points for a rank, and the points for the next level
    (PermenPANRB 1/2023 Lampiran A, by the slides of BKN)."""

    @pytest.mark.parametrize(("level", "rank"), PAIRS)
    def test_the_points_needed_are_those_of_the_table(self, level, rank):
        _, need, above = LEVELS[level]
        result = holder(level, rank)
        assert result["kebutuhan_pangkat"] == need
        assert result["kebutuhan_jenjang"] == above

    @pytest.mark.parametrize(("level", "rank"), [pair for pair in PAIRS if pair not in LAST])
    def test_the_need_is_met_from_exactly_there(self, level, rank):
        ranks, need, _ = LEVELS[level]
        edge = (ranks.split().index(rank) + 1) * need
        step = Fraction(1, 1000)
        got = [holder(level, rank, edge + by)["cukup_pangkat"] for by in (-step, 0, step)]
        assert got == [False, True, True]

    @pytest.mark.parametrize("level", [level for level, row in LEVELS.items() if row[2]])
    def test_the_last_rank_of_a_level_needs_what_the_next_level_needs(self, level):
        ranks, _, above = LEVELS[level]
        result = holder(level, ranks.split()[-1], above)
        assert result["ambang_pangkat"] == result["kebutuhan_jenjang"] == above
        assert result["selisih_pangkat"] == result["selisih_jenjang"] == 0
        assert result["tindak_lanjut"] == "usul_naik_jenjang"

    @given(points)
    def test_short_and_above_are_the_distance_to_the_need(self, total):
        result = holder("ahli_madya", "iv_b", total)
        assert result["selisih_pangkat"] == total - 300
        assert result["selisih_jenjang"] == total - 450
        assert result["cukup_jenjang"] is (total >= 450)

    @pytest.mark.parametrize("level", ["penyelia", "ahli_utama"])
    def test_the_highest_levels_have_no_next_level_and_say_so(self, level):
        result = holder(level, LEVELS[level][0].split()[0], 1000)
        assert result["cukup_jenjang"] is None
        assert result["cukup_pangkat"] is True
        assert result["tindak_lanjut"] == "none"
        assert codes(result) == {"jenjang_tertinggi"}

    @pytest.mark.parametrize(("level", "rank"), LAST)
    def test_no_rank_follows_the_last_of_the_table(self, level, rank):
        result = holder(level, rank, 1000)
        assert result["cukup_pangkat"] is None
        assert codes(result) == {"golongan_tertinggi", "jenjang_tertinggi"}

    def test_a_rank_outside_its_level_is_never_judged(self):
        strange = [pair for pair in product(LEVELS, RANKS) if pair not in PAIRS]
        assert len(strange) == len(LEVELS) * len(RANKS) - len(PAIRS)
        for level, rank in strange:
            result = holder(level, rank, 1000)
            assert result["kebutuhan_pangkat"] is None
            assert result["cukup_pangkat"] is None
            assert result["cukup_jenjang"] is None
            assert codes(result) == {"golongan_di_luar_jenjang"}

    @pytest.mark.parametrize(
        "wrong",
        [{"jenjang_jabatan": "Ahli"}, {"golongan_ruang": "V/a"}, {"golongan_ruang": "IIIa"}],
    )
    def test_what_is_no_level_and_no_rank_is_refused(self, wrong):
        with pytest.raises(InputError) as error:
            holder(**wrong)
        assert [issue.path for issue in error.value.issues] == list(wrong)


class TestSyaratNaikJenjang:
    """The next level also takes a vacancy, a competence test passed and a predicate of at least Baik
    (annex of Peraturan BKN 3/2023, page -5-)."""

    @pytest.mark.parametrize("vacancy", [True, False])
    @pytest.mark.parametrize("passed", [True, False])
    @pytest.mark.parametrize("grade", list(PERCENT))
    def test_all_of_them_are_needed(self, vacancy, passed, grade):
        result = holder(
            rank="iii_b",
            total=100,
            ada_lowongan=vacancy,
            lulus_ukom=passed,
            predikat_terakhir=grade,
        )
        met = vacancy and passed and grade in ("baik", "sangat_baik")
        assert result.follow_ups == (("usul_naik_jenjang",) if met else ())

    def test_they_are_only_asked_for_once_the_points_suffice(self):
        blank = {"ada_lowongan": None, "lulus_ukom": None, "predikat_terakhir": None}
        assert holder(rank="iii_b", total="99.999", **blank).status == "complete"
        assert holder(rank="iii_b", total=100, **blank).status == "incomplete"


class TestTambahanIjazah:
    """A higher degree adds a quarter of the points for a rank, once at each level, with a predicate of at
    least Baik (document of a KPK project, practice)."""

    @pytest.mark.parametrize(("level", "rank"), PAIRS)
    def test_a_quarter_of_the_need_is_added(self, level, rank):
        result = holder(level, rank, ijazah_lebih_tinggi=True, tambahan_ijazah_pernah=False)
        assert result["tambahan_ijazah"] == Fraction(LEVELS[level][1], 4)
        assert result["ak_kumulatif"] == result["tambahan_ijazah"]

    @pytest.mark.parametrize("grade", list(PERCENT))
    def test_it_takes_at_least_baik(self, grade):
        result = holder(
            ijazah_lebih_tinggi=True, tambahan_ijazah_pernah=False, predikat_terakhir=grade
        )
        assert (result["tambahan_ijazah"] > 0) is (grade in ("baik", "sangat_baik"))

    def test_it_is_added_once(self):
        result = holder(ijazah_lebih_tinggi=True, tambahan_ijazah_pernah=True)
        assert result["tambahan_ijazah"] == 0


#: Rank, lowest and highest conventional points, base value: as the form of award prints the table.
RANGES = [
    ("iii_a", 100, 150, 100),
    ("iii_b", 150, 200, 100),
    ("iii_c", 200, 300, 200),
    ("iii_d", 300, 400, 200),
    ("iv_a", 400, 550, 400),
    ("iv_b", 550, 700, 400),
    ("iv_c", 700, 850, 400),
    ("iv_d", 850, 1050, 850),
    ("iv_e", 1050, None, 850),
]


def integrated(rank, conventional):
    return INTEGRASI.score(
        {"jalur": "integrasi", "golongan": rank, "ak_konvensional": conventional}
    )


class TestIntegrasi:
    """Integrated points are conventional points less the base value of the rank (form of award)."""

    @pytest.mark.parametrize(("rank", "low", "high", "base"), RANGES)
    @given(by=st.integers(0, 200_000))
    def test_the_base_value_is_taken_off(self, rank, low, high, base, by):
        conventional = low + Fraction(by, 1000)
        result = integrated(rank, conventional)
        assert result["ak_awal"] == conventional - base
        inside = high is None or conventional <= high
        assert result["letak_ak"] == ("dalam" if inside else "di_atas")

    @pytest.mark.parametrize(("rank", "low", "high", "base"), RANGES)
    def test_below_its_range_a_rank_is_marked_and_below_the_base_value_there_is_none(
        self, rank, low, high, base
    ):
        short = integrated(rank, low - Fraction(1, 1000))
        assert short["letak_ak"] == "di_bawah"
        assert (short["ak_awal"] is None) is (low == base)
        none = integrated(rank, base - Fraction(1, 1000))
        assert none["ak_awal"] is None
        assert codes(none) == {"beyond_limit"}

    def test_the_ranges_follow_each_other(self):
        assert all(one[2] == other[1] for one, other in pairwise(RANGES))

    @pytest.mark.parametrize(("rank", "low", "high", "base"), RANGES[:-1])
    def test_the_end_of_a_range_is_the_need_of_the_next_rank(self, rank, low, high, base):
        level = next(level for level, own in PAIRS if own == rank and level.startswith("ahli_"))
        assert integrated(rank, high)["ak_awal"] == holder(level, rank)["ambang_pangkat"]

    @pytest.mark.parametrize("rank", RANKS[:4])
    def test_ranks_of_golongan_ii_are_not_in_the_table(self, rank):
        assert codes(integrated(rank, 100)) == {"not_in_table"}


def moved(level, rank, grade="baik", years=3):
    return INTEGRASI.score(
        {
            "jalur": "perpindahan",
            "jenjang_tujuan": level,
            "golongan": rank,
            "predikat": grade,
            "tahun_dihitung": years,
        }
    )


class TestPerpindahan:
    """A transfer gives percentage by coefficient by years in the rank, and the basic points of the rank:
    100 % × 25 × 3 = 75 and 100 for III/d (annex of Peraturan BKN 3/2023, page -5-)."""

    def test_the_example_of_the_annex(self):
        result = moved("ahli_muda", "iii_d")
        assert (result["ak_perpindahan"], result["ak_dasar"], result["ak_awal"]) == (75, 100, 175)

    @given(st.sampled_from(list(LEVELS)), st.sampled_from(list(PERCENT)), st.integers(0, 40))
    def test_the_points_grow_with_the_years(self, level, grade, years):
        result = moved(level, None, grade, years)
        assert result["ak_perpindahan"] == year_part((level, grade, 12)) * years

    @pytest.mark.parametrize("rank", ["iii_b", "iii_d", "iv_b", "iv_c"])
    def test_basic_points_are_what_the_lower_ranks_of_the_level_need(self, rank):
        level = next(level for level, own in PAIRS if own == rank and level.startswith("ahli_"))
        ranks, need, _ = LEVELS[level]
        assert moved(level, rank)["ak_dasar"] == ranks.split().index(rank) * need
        assert (
            holder(level, rank, golongan_ak_dasar=rank)["ak_dasar"]
            == moved(level, rank)["ak_dasar"]
        )

    @pytest.mark.parametrize("rank", sorted(set(RANKS) - {"iii_b", "iii_d", "iv_b", "iv_c"}))
    def test_basic_points_of_other_ranks_are_not_known(self, rank):
        level = next(level for level, own in PAIRS if own == rank)
        result = moved(level, rank)
        assert result["ak_awal"] is None
        assert codes(result) == {"not_in_table"}

    def test_a_rank_outside_its_level_has_no_points_to_start_with(self):
        for level, rank in product(LEVELS, RANKS):
            if (level, rank) not in PAIRS:
                assert codes(moved(level, rank)) == {"golongan_di_luar_jenjang"}


GRADES = [(0, "kurang", 25), (51, "sedang", 50), (61, "cukup", 75), (76, "baik", 100)]
GRADES.append((91, "amat_baik", 125))
TEACHER = {"akk": 50, "akpkb": 3, "akp": 5, "jm": 24, "jwm": 24}


def grade_of(value):
    return next(row[1:] for row in reversed(GRADES) if value >= row[0])


class TestPkGuru:
    """The PKG value is the score in percent of the highest score, printed as a whole number; it earns a
    grade and a percentage (PermenegPAN-RB 16/2009, tabel 12, by texts that restate it)."""

    @pytest.mark.parametrize("value", range(101))
    def test_every_whole_value_has_its_grade(self, value):
        result = GURU.score({**TEACHER, "nilai_pkg_jadi": value})
        assert (result["sebutan"], result["npk"]) == grade_of(value)

    @given(st.integers(1, 400), st.integers(0, 400))
    def test_a_score_is_rounded_half_up_to_a_whole_number(self, highest, score):
        result = GURU.score({**TEACHER, "skor": score, "skor_maksimum": highest})
        if score > highest:
            assert codes(result) == {"beyond_limit"}
            return
        value = half_up(Fraction(score * 100, highest), 0)
        assert result["nilai_pkg"] == value
        assert (result["sebutan"], result["npk"]) == grade_of(value)

    @pytest.mark.parametrize("edge", [51, 61, 76, 91])
    def test_a_grade_begins_half_a_point_below_its_first_value(self, edge):
        start = edge - Fraction(1, 2)
        below, at = (
            GURU.score({**TEACHER, "skor": score, "skor_maksimum": 100})["sebutan"]
            for score in (start - Fraction(1, 1000), start)
        )
        assert (below, at) == (grade_of(edge - 1)[0], grade_of(edge)[0])
        assert below != at

    @pytest.mark.parametrize("value", [-1, 101, "90.5"])
    def test_a_finished_value_is_whole_and_between_0_and_100(self, value):
        with pytest.raises(InputError):
            GURU.score({**TEACHER, "nilai_pkg_jadi": value})


class TestAkGuru:
    """Points a year are ((AKK − AKPKB − AKP) × JM/JWM × NPK) / 4 (example of a teacher's SKP: 10.5)."""

    @given(
        st.fixed_dictionaries(
            {
                "akk": st.integers(0, 300),
                "akpkb": st.integers(0, 60),
                "akp": st.integers(0, 60),
                "jm": st.integers(0, 40),
                "jwm": st.integers(1, 40),
            }
        ),
        st.integers(0, 100),
    )
    def test_the_formula_is_exact_and_rounded_once(self, record, value):
        result = GURU.score({**record, "nilai_pkg_jadi": value})
        rest = record["akk"] - record["akpkb"] - record["akp"]
        if rest < 0:
            assert result["ak_per_tahun"] is None
            assert codes(result) == {"beyond_limit"}
            return
        percent = Fraction(grade_of(value)[1], 100)
        exact = rest * Fraction(record["jm"], record["jwm"]) * percent / 4
        assert result["ak_tepat"] == exact
        assert result["ak_per_tahun"] == half_up(exact, 2)

    def test_the_printed_example(self):
        result = GURU.score({**TEACHER, "skor": 50, "skor_maksimum": 56})
        assert (result["nilai_pkg"], result["ak_per_tahun"]) == (89, Fraction(21, 2))
