"""TPP and tunjangan kinerja: each class states a clause, each method checks what follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError, PolicyError

HALF = Fraction(1, 2)


def load(policy, **variant):
    return kinerja.load(policy, variant=variant)


PERMENTAN = {
    option: load("tukin-permentan-68-2012", tepat_91_menit=option)
    for option in ("kelas_3", "kelas_4")
}
PETUNJUK = {
    (part, option): load("tukin-petunjuk", pecahan_menit=part, tepat_91_menit=option)
    for part in ("dibuang", "dibulatkan_ke_atas")
    for option in ("kelas_3", "kelas_4")
}
TULANG_BAWANG = {
    option: load("disiplin-tulang-bawang", tepat_91_menit=option)
    for option in ("kelas_3", "kelas_4")
}
BGN = {
    (how, first): load("tukin-bgn-2025", cara_hitung=how, sampai_satu_menit=first)
    for how in ("per_kejadian", "sebulan")
    for first in ("tidak_dipotong", "dipotong")
}
KEMNAKER = load("tukin-kemnaker-2024")
KEMNAKER_EXACT = load("tukin-kemnaker-2024", pembulatan="tidak_dibulatkan")
BP2MI = load("tukin-bp2mi-2024")
DIKDASMEN = load("tukin-dikdasmen-2025")
INFRA = load("tukin-infra-2025")
BALANGAN = load("tpp-balangan")
SUMEDANG = load("tpp-sumedang")

minutes = st.integers(0, 20_000).map(lambda hundredths: Fraction(hundredths, 100))
whole_minutes = st.integers(0, 200)
rupiah = st.integers(0, 40_000_000)
percents = st.integers(0, 10_000).map(lambda hundredths: Fraction(hundredths, 100))
days = st.integers(0, 31)


def exactly(value):
    return None if value is None else Fraction(value)


def half_up(value, digits=0):
    return Fraction(floor(value * 10**digits + HALF), 10**digits)


def dated(items):
    first = date(2024, 1, 1)
    return [
        {"tanggal": (first + timedelta(place)).isoformat(), **item}
        for place, item in enumerate(items)
    ]


def refused(scorer, record):
    with pytest.raises(InputError):
        scorer.score(record)


# Permentan 68/2012.


def permentan_class(late):
    """1 to below 31, 31 to below 61, 61 to below 91, beyond 91; 91 itself is not printed."""
    if late < 1:
        return Fraction(0)
    if late < 31:
        return HALF
    if late < 61:
        return Fraction(1)
    if late < 91:
        return Fraction(3, 2)
    return None if late == 91 else Fraction(2)


def at_work(late, early):
    return {
        "rekam_masuk": late is not None,
        "menit_terlambat": late,
        "rekam_pulang": early is not None,
        "menit_pulang_cepat": early,
    }


def permentan(items=(), *, option="kelas_4", absent=0, penalty="tidak_ada", month=None):
    record = {
        "hari": dated(items),
        "hari_alpa": absent,
        "hukuman_disiplin": penalty,
        "bulan_hukuman_ke": month,
    }
    return PERMENTAN[option].score(record)


class TestPermentanLateness:
    """Permentan 68/2012, TL1–TL4 and PSW1–PSW4: from 1 to below 31 minutes 0.5 percent, from 31 to below
    61 minutes 1, from 61 to below 91 minutes 1.5, beyond 91 minutes or without a record 2; leaving early
    has the same classes as lateness.
    """

    @given(minutes.filter(lambda late: late != 91))
    def test_every_printed_minute_has_its_class_in_both_directions(self, late):
        for option in PERMENTAN:
            result = permentan([at_work(late, late)], option=option)
            assert exactly(result["potongan_terlambat"]) == permentan_class(late)
            assert exactly(result["potongan_pulang_cepat"]) == permentan_class(late)

    @pytest.mark.parametrize(
        ("edge", "below", "at"), [(1, 0, HALF), (31, HALF, 1), (61, 1, Fraction(3, 2))]
    )
    def test_an_edge_belongs_to_the_class_above_it(self, edge, below, at):
        near = Fraction(1, 1000)
        for late, percent in ((edge - near, below), (edge, at), (edge + near, at)):
            assert exactly(permentan([at_work(late, 0)])["potongan_terlambat"]) == percent

    def test_only_exactly_91_depends_on_the_choice(self):
        got = {
            option: exactly(permentan([at_work(91, 91)], option=option)["potongan_terlambat"])
            for option in PERMENTAN
        }
        assert got == {"kelas_3": Fraction(3, 2), "kelas_4": 2}

    @pytest.mark.parametrize(
        "policy", ["tukin-permentan-68-2012", "tukin-petunjuk", "disiplin-tulang-bawang"]
    )
    def test_the_choice_at_91_has_no_default(self, policy):
        with pytest.raises(PolicyError):
            kinerja.load(policy)

    def test_no_record_counts_as_beyond_91_minutes(self):
        missing = permentan([at_work(None, None)])
        longest = permentan([at_work(500, 500)])
        for step in ("potongan_terlambat", "potongan_pulang_cepat"):
            assert missing[step] == longest[step] == 2

    def test_a_record_without_its_minutes_is_incomplete_and_not_zero(self):
        item = {**at_work(0, 0), "menit_terlambat": None}
        result = permentan([item])
        assert result["potongan_terlambat"] is None
        assert exactly(result["potongan_pulang_cepat"]) == 0

    @given(st.lists(st.tuples(whole_minutes, whole_minutes), max_size=12), st.randoms())
    def test_days_add_up_in_any_order(self, some, random):
        some = [pair for pair in some if 91 not in pair]
        mixed = random.sample(some, len(some))
        one, other = (permentan([at_work(*pair) for pair in order]) for order in (some, mixed))
        assert exactly(one["potongan_terlambat"]) == sum(permentan_class(late) for late, _ in some)
        assert one.values == other.values

    @given(minutes, minutes)
    def test_later_is_never_cheaper(self, one, other):
        low, high = sorted((one, other))
        for option in PERMENTAN:
            first, second = (permentan([at_work(m, 0)], option=option) for m in (low, high))
            assert first["potongan_terlambat"] <= second["potongan_terlambat"]


PENALTIES_68 = {
    "ringan": [(20, 1), (30, 2), (40, 3)],
    "sedang": [(40, 6), (50, 8), (60, 10)],
    "berat": [(60, 12), (70, 12), (80, 12)],
}


class TestPermentanAbsenceAndPenalties:
    """Permentan 68/2012: 4 percent for each day absent without reason. Light penalties 20, 30, 40 percent
    for 1, 2, 3 months; moderate ones 40, 50, 60 for 6, 8, 10; severe ones 60, 70, 80 for 12; dismissal
    under appeal 100.
    """

    @given(days)
    def test_each_day_of_absence_costs_the_same(self, absent):
        assert permentan(absent=absent)["potongan_alpa"] == 4 * absent

    @given(st.sampled_from(sorted(PENALTIES_68)), st.integers(1, 3), st.integers(1, 24))
    def test_a_penalty_ends_after_its_months(self, level, kind, month):
        percent, months = PENALTIES_68[level][kind - 1]
        got = permentan(penalty=f"{level}_{kind}", month=month)["potongan_hukuman"]
        assert got == (percent if month <= months else 0)

    @given(st.none() | st.integers(1, 240))
    def test_dismissal_under_appeal_takes_all_as_long_as_it_lasts(self, month):
        assert permentan(penalty="pemberhentian_banding", month=month)["potongan_hukuman"] == 100

    def test_a_penalty_of_unknown_month_is_incomplete(self):
        result = permentan(penalty="sedang_2")
        assert result["potongan_hukuman"] is None
        assert permentan()["potongan_hukuman"] == 0

    def test_impossible_days_and_penalties_are_refused(self):
        for change in ({"absent": 32}, {"absent": "1.5"}, {"absent": -1}, {"penalty": "ringan_4"}):
            with pytest.raises(InputError):
                permentan(**change)


# The guide without an agency.


def petunjuk_class(late, after_91):
    """Whole minutes: 1–30, 31–60, 61–90, beyond; `after_91` is the class of exactly 91."""
    if late == 91:
        return after_91
    ends = ((0, 0), (30, HALF), (60, Fraction(1)), (90, Fraction(5, 4)))
    return next((percent for end, percent in ends if late <= end), Fraction(5, 2))


AFTER_91 = {"kelas_3": Fraction(5, 4), "kelas_4": Fraction(5, 2)}


class TestPetunjuk:
    """Guide to the performance allowance: 1–30 minutes 0.5 percent, 31–60 minutes 1, 61–90 minutes 1.25,
    beyond 91 minutes 2.5, leaving early the same; at most 2.5 percent a day when the employee worked.
    """

    def score(self, pairs, part="dibuang", option="kelas_4"):
        items = [{"menit_terlambat": a, "menit_pulang_cepat": b} for a, b in pairs]
        return PETUNJUK[part, option].score({"hari": dated(items)})

    @given(st.lists(st.tuples(minutes, minutes), max_size=6), st.sampled_from(sorted(PETUNJUK)))
    def test_each_day_is_limited_by_itself(self, pairs, variant):
        part, option = variant
        count = floor if part == "dibuang" else ceil
        by_day = [
            [petunjuk_class(count(late), AFTER_91[option]) for late in pair] for pair in pairs
        ]
        result = self.score(pairs, part, option)
        assert exactly(result["potongan_sebelum_batas"]) == sum(map(sum, by_day))
        limit = Fraction(5, 2)
        assert exactly(result["potongan"]) == sum(min(sum(day), limit) for day in by_day)

    @given(whole_minutes)
    def test_whole_minutes_do_not_depend_on_the_notation(self, late):
        got = {self.score([(late, 0)], part)["potongan"] for part, _ in PETUNJUK}
        assert len(got) == 1

    @pytest.mark.parametrize(("lower", "below", "above"), [(30, HALF, 1), (60, 1, Fraction(5, 4))])
    def test_between_two_classes_the_notation_decides(self, lower, below, above):
        late = lower + Fraction(1, 60)
        assert exactly(self.score([(late, 0)])["potongan"]) == below
        assert exactly(self.score([(late, 0)], "dibulatkan_ke_atas")["potongan"]) == above

    def test_the_misprinted_example_is_not_followed(self):
        assert exactly(self.score([(61, 0)])["potongan"]) == Fraction(5, 4)


# Tulang Bawang.


class TestTulangBawang:
    """Table of the attendance application: from 1 to below 31 minutes 0.5 percent, from 31 to below 61
    minutes 1, from 61 to below 91 minutes 1.25, beyond 91 minutes or without a record 1.5; a missed
    assembly or ceremony 2, all from the discipline score.
    """

    def score(self, items, missed=0, option="kelas_4"):
        record = {"hari": dated(items), "apel_tidak_diikuti": missed}
        return TULANG_BAWANG[option].score(record)

    def item(self, late):
        return {"daftar_hadir": late is not None, "menit_terlambat": late}

    def percent(self, late):
        rates = {Fraction(3, 2): Fraction(5, 4), Fraction(2): Fraction(3, 2)}
        found = Fraction(2) if late is None else permentan_class(late)
        return rates.get(found, found)

    @given(
        st.lists(st.none() | minutes.filter(lambda late: late != 91), max_size=31),
        st.integers(0, 31),
    )
    def test_the_score_loses_what_is_deducted_and_stops_at_zero(self, some, missed):
        result = self.score([self.item(late) for late in some], missed)
        lost = sum((self.percent(late) for late in some), Fraction(2 * missed))
        assert exactly(result["nilai_disiplin"]) == max(100 - lost, 0)

    def test_only_exactly_91_depends_on_the_choice(self):
        got = [
            exactly(self.score([self.item(91)], option=option)["pengurangan_terlambat"])
            for option in ("kelas_3", "kelas_4")
        ]
        assert got == [Fraction(5, 4), Fraction(3, 2)]

    def test_an_unknown_attendance_is_incomplete(self):
        item = {"daftar_hadir": None, "menit_terlambat": None}
        assert self.score([item])["nilai_disiplin"] is None


# Ministries.


FACTORS = {
    "sangat_kurang": 60,
    "kurang": 60,
    "perlu_perbaikan": 85,
    "baik": 100,
    "sangat_baik": 100,
}


class TestKemnaker:
    """Permenaker 15/2024 as a public project derived it: 70 percent for performance and 30 percent for
    attendance; the performance part counts fully for Sangat Baik and Baik, 85 percent for Perlu Perbaikan
    and 60 percent for Kurang and Sangat Kurang.
    """

    def record(self, amount, grade, attendance):
        return {"tunjangan": amount, "predikat": grade, "kehadiran": attendance}

    @given(rupiah, st.sampled_from(sorted(FACTORS)), percents)
    def test_the_parts_are_exact_and_each_is_rounded_once(self, amount, grade, attendance):
        record = self.record(amount, grade, attendance)
        performance = Fraction(7, 10) * amount * FACTORS[grade] / 100
        presence = Fraction(3, 10) * amount * attendance / 100
        exact = KEMNAKER_EXACT.score(record)
        assert exactly(exact["bagian_kinerja"]) == performance
        assert exactly(exact["bagian_kehadiran"]) == presence
        assert exactly(exact["diterima"]) == performance + presence
        rounded = KEMNAKER.score(record)
        assert exactly(rounded["diterima"]) == half_up(performance) + half_up(presence)

    @given(rupiah, percents)
    def test_a_better_predicate_never_pays_less(self, amount, attendance):
        paid = [
            KEMNAKER.score(self.record(amount, grade, attendance))["diterima"] for grade in FACTORS
        ]
        assert all(low <= high for low, high in pairwise(paid))
        assert paid[-1] <= amount + 1

    def test_other_names_of_a_predicate_are_refused(self):
        for grade in ("Butuh Perbaikan", "Cukup", "istimewa"):
            refused(KEMNAKER, self.record(1_000_000, grade, 100))


class TestBgn:
    """Peraturan BGN 4/2025 Pasal 15, as far as it could be read: more than 1 up to 60 minutes late 0.5
    percent, more than 60 minutes 1 percent.
    """

    def percent(self, late, first):
        if late == 0 or (late <= 1 and first == "tidak_dipotong"):
            return Fraction(0)
        return HALF if late <= 60 else Fraction(1)

    @given(st.lists(minutes, max_size=8), st.sampled_from(sorted(BGN)))
    def test_by_event_or_once_over_the_month(self, some, variant):
        how, first = variant
        items = dated([{"menit": late} for late in some])
        result = BGN[variant].score({"keterlambatan": items})
        by_event = sum(self.percent(late, first) for late in some)
        over_the_month = self.percent(sum(some), first)
        assert exactly(result["potongan_per_kejadian"]) == by_event
        assert exactly(result["potongan_sebulan"]) == over_the_month
        chosen = by_event if how == "per_kejadian" else over_the_month
        assert exactly(result["potongan"]) == chosen

    @given(minutes.filter(lambda late: late == 0 or late > 1))
    def test_within_the_wording_no_choice_matters_for_one_event(self, late):
        record = {"keterlambatan": dated([{"menit": late}])}
        assert len({scorer.score(record)["potongan"] for scorer in BGN.values()}) == 1


class TestAbsence:
    """Peraturan BP2MI 2/2024 Pasal 28: 4 percent for each day absent without reason. Permendikdasmen
    14/2025 Pasal 19: 2.5 percent for each such day, and everything for at least 10 consecutive working
    days in the month.
    """

    @given(days)
    def test_bp2mi_takes_4_percent_a_day(self, absent):
        assert BP2MI.score({"hari_alpa": absent})["potongan"] == 4 * absent

    @given(days, days)
    def test_dikdasmen_jumps_at_ten_days_in_a_row(self, absent, run):
        record = {"hari_alpa": absent, "hari_alpa_berturut_turut": run}
        got = exactly(DIKDASMEN.score(record)["potongan"])
        if run > absent:
            assert got is None
        else:
            assert got == (100 if run >= 10 else Fraction(5, 2) * absent)

    def test_ten_days_apart_cost_less_than_ten_in_a_row(self):
        apart, together = (
            DIKDASMEN.score({"hari_alpa": 10, "hari_alpa_berturut_turut": run})["potongan"]
            for run in (9, 10)
        )
        assert (apart, together) == (25, 100)

    def test_days_beyond_a_month_and_parts_of_days_are_refused(self):
        for absent in (32, -1, "0.5"):
            refused(BP2MI, {"hari_alpa": absent})
            refused(DIKDASMEN, {"hari_alpa": absent, "hari_alpa_berturut_turut": 0})


COUNTS_AS = {
    "ada": "menurut_rekaman",
    "tidak_ada_tanpa_alasan": "lebih_dari_90_menit",
    "tidak_ada_dengan_alasan": None,
}


class TestInfra:
    """Permenko Infra 10/2025 Pasal 22, as far as it could be read: no clock-in or clock-out without reason
    counts as more than 90 minutes.
    """

    @pytest.mark.parametrize("came", sorted(COUNTS_AS))
    @pytest.mark.parametrize("left", sorted(COUNTS_AS))
    def test_both_ends_of_the_day_count_by_themselves(self, came, left):
        result = INFRA.score({"rekam_masuk": came, "rekam_pulang": left})
        assert result["masuk_dihitung"] == COUNTS_AS[came]
        assert result["pulang_dihitung"] == COUNTS_AS[left]
        assert (result.status == "complete") == (None not in result.values.values())


# Balangan.


def balangan(**changed):
    record = {
        "tpp_penuh": 5_000_000,
        "cpns": False,
        "jabatan": "umum",
        "golongan": "III",
        "nilai_skp": 90,
        "nilai_absensi": 100,
        **dict.fromkeys(("bendahara", "pokja", "radiografer", "inspektorat"), False),
    }
    return BALANGAN.score({**record, **changed})


def tens_of_thousands(amount):
    return amount // 10_000 * 10_000


class TestBalangan:
    """Program of Kabupaten Balangan: the basis is 0.77 of the full supplement, for candidates 80 percent of
    that; performance is the basis times 60 percent of the SKP score, attendance the basis times 40 percent
    of its score; the percentage is rounded to two decimals, the amount to the rupiah, and then cut down to
    a multiple of Rp 10,000. An SKP score above 100 counts zero, and so does performance of teachers and of
    functional posts in health.
    """

    @given(rupiah, percents, percents, st.booleans())
    def test_the_stages_of_rounding_come_in_their_order(self, full, skp, presence, candidate):
        result = balangan(tpp_penuh=full, nilai_skp=skp, nilai_absensi=presence, cpns=candidate)
        basis = Fraction(77, 100) * full * (Fraction(4, 5) if candidate else 1)
        assert exactly(result["tpp_dasar"]) == basis
        for step, share, score in (("kinerja", 60, skp), ("absensi", 40, presence)):
            percent = half_up(Fraction(share, 100) * score, 2)
            amount = half_up(basis * percent / 100)
            assert exactly(result[f"{step}_rupiah"]) == amount
            assert exactly(result[step]) == tens_of_thousands(amount)

    def test_the_rupiah_is_rounded_before_the_cut(self):
        result = balangan(tpp_penuh=1_082_250, nilai_skp=100)
        assert Fraction(77, 100) * 1_082_250 * Fraction(60, 100) == 500_000 - HALF
        assert (result["kinerja_rupiah"], result["kinerja"]) == (500_000, 500_000)

    @given(percents, percents)
    def test_up_to_100_a_better_score_never_pays_less(self, one, other):
        low, high = sorted((one, other))
        assert balangan(nilai_skp=low)["kinerja"] <= balangan(nilai_skp=high)["kinerja"]

    @given(st.integers(1, 5_000).map(lambda hundredths: 100 + Fraction(hundredths, 100)))
    def test_above_100_counts_zero_and_not_100(self, skp):
        assert balangan(nilai_skp=skp)["kinerja"] == 0
        assert balangan(nilai_skp=100)["kinerja"] > 0

    @given(percents)
    def test_some_posts_have_no_performance_part(self, skp):
        for post in ("guru", "jft_kesehatan"):
            result = balangan(jabatan=post, nilai_skp=skp)
            assert (result["kinerja"], result["absensi"]) == (0, 1_540_000)

    @given(
        st.lists(
            st.sampled_from(["bendahara", "pokja", "radiografer", "inspektorat"]), unique=True
        ),
        st.sampled_from([("I", 0), ("II", 0), ("III", 5), ("IV", 15)]),
    )
    def test_additions_and_tax_come_after_the_cut(self, conditions, taxed):
        rank, rate = taxed
        result = balangan(golongan=rank, **dict.fromkeys(conditions, True))
        parts = exactly(result["kinerja"]) + exactly(result["absensi"])
        gross = parts + parts * len(conditions) / 10
        assert exactly(result["tambahan"]) == gross - parts
        assert exactly(result["pajak"]) == gross * rate / 100
        assert exactly(result["diterima"]) == gross - gross * rate / 100


# Sumedang.

COUNTED = {
    "menit_terlambat": 0,
    "menit_pulang_cepat": 0,
    "hari_tanpa_absen_pulang": 0,
    "hari_alpa": 0,
    "hari_sakit_surat": 0,
    "hari_rawat_inap": 0,
    "hari_cuti_alasan_penting": 0,
    "hari_cuti_tahunan": 0,
}
PENALTIES = {
    "tidak_ada": 0,
    "teguran_lisan": 20,
    "teguran_tertulis": 20,
    "tidak_puas": 100,
    "sedang": 30,
    "berat_40": 40,
    "berat_50": 50,
}


months = st.fixed_dictionaries(
    {
        "when": st.sampled_from([(2023, 1), (2024, 1), (2024, 7)]),
        "tpp": rupiah,
        "counts": st.fixed_dictionaries(dict.fromkeys(COUNTED, days)),
        "cuti_besar": st.booleans(),
        "hukuman_disiplin": st.sampled_from(sorted(PENALTIES)),
        "potongan_kinerja": percents,
    }
)


def sumedang(**changed):
    record = {
        "tahun": 2024,
        "bulan": 3,
        "tpp": 1_000_000,
        "potongan_kinerja": 0,
        **COUNTED,
        "cuti_besar": False,
        "hukuman_disiplin": "tidak_ada",
    }
    return SUMEDANG.score({**record, **changed})


def sumedang_class(late):
    """Cumulative minutes of a month: from 1, beyond 30, beyond 60, beyond 90."""
    rates = ((90, Fraction(3, 2)), (60, Fraction(5, 4)), (30, Fraction(1)))
    found = next((percent for end, percent in rates if late > end), None)
    return found or (HALF if late >= 1 else Fraction(0))


def step_of(count, *steps):
    return next((percent for least, percent in reversed(steps) if count >= least), 0)


class TestSumedangParts:
    """Program of Kabupaten Sumedang: since February 2023 60 percent fixed, 10 percent attendance and 30
    percent variable, before that 70 and 30. The month and the year are one date: no later January falls
    back to the old parts.
    """

    @given(st.integers(2023, 2100), st.integers(1, 12), rupiah)
    def test_the_parts_change_once_and_for_all(self, year, month, amount):
        result = sumedang(tahun=year, bulan=month, tpp=amount)
        shares = (70, 0, 30) if (year, month) < (2023, 2) else (60, 10, 30)
        parts = ("bagian_statis", "bagian_absen", "bagian_dinamis")
        got = [exactly(result[part]) for part in parts]
        assert got == [Fraction(amount * share, 100) for share in shares]
        assert sum(got) == amount

    @given(st.integers(2024, 2100))
    def test_every_later_january_keeps_the_new_parts(self, year):
        january, december = (
            sumedang(tahun=when, bulan=month)["bagian_statis"]
            for when, month in ((year, 1), (year - 1, 12))
        )
        assert january == december == 600_000

    def test_only_real_months_of_known_years_are_scored(self):
        for change in ({"bulan": 13}, {"bulan": 0}, {"tahun": 2022}, {"bulan": "1.5"}):
            with pytest.raises(InputError):
                sumedang(**change)


class TestSumedangDeductions:
    """Program of Kabupaten Sumedang: minutes of the whole month, 1–30 0.5 percent, beyond 30 1, beyond 60
    1.25, beyond 90 1.5, late and early summed; 1.5 percent a day without clock-out; absence 5, 10 and from
    five days 100 percent of everything; illness, leave and discipline by steps from the variable part.
    """

    @given(minutes, minutes)
    def test_minutes_late_and_early_have_their_classes_and_add_up(self, late, early):
        result = sumedang(menit_terlambat=late, menit_pulang_cepat=early)
        assert exactly(result["persen_menit"]) == sumedang_class(late) + sumedang_class(early)

    @pytest.mark.parametrize("edge", [30, 60, 90])
    def test_an_edge_belongs_to_the_class_below_it(self, edge):
        near = Fraction(1, 1000)
        below, at, above = (
            sumedang(menit_terlambat=edge + shift)["persen_menit"] for shift in (-near, 0, near)
        )
        assert below == at < above

    @given(months)
    def test_what_is_left_is_the_supplement_less_all_of_it(self, month):
        when, amount, counts = month["when"], month["tpp"], month["counts"]
        variable = Fraction(30, 100) * amount
        attendance = variable if when == (2023, 1) else Fraction(10, 100) * amount
        minutes_lost = sumedang_class(counts["menit_terlambat"])
        minutes_lost += sumedang_class(counts["menit_pulang_cepat"])
        absent = counts["hari_alpa"]
        rate = step_of(absent, (1, 5), (2, 10), (5, 100))
        lost = attendance * (minutes_lost + Fraction(3, 2) * counts["hari_tanpa_absen_pulang"])
        lost += (amount if absent >= 5 else attendance) * rate
        steps = (
            step_of(counts["hari_sakit_surat"], (1, Fraction(3, 2)), (3, 3)),
            step_of(counts["hari_rawat_inap"], (1, 1), (8, 2)),
            step_of(counts["hari_cuti_alasan_penting"], (10, 3)),
            step_of(counts["hari_cuti_tahunan"], (1, 3), (7, 5)),
            10 if month["cuti_besar"] else 0,
            PENALTIES[month["hukuman_disiplin"]],
            month["potongan_kinerja"],
        )
        lost += variable * sum(steps)
        given_to_all = {key: month[key] for key in month if key not in ("when", "counts")}
        result = sumedang(tahun=when[0], bulan=when[1], **given_to_all, **counts)
        assert exactly(result["diterima"]) == half_up(max(amount - lost / 100, 0))

    @given(days, days)
    def test_more_days_of_absence_never_pay_more(self, one, other):
        few, many = sorted((one, other))
        assert sumedang(hari_alpa=few)["diterima"] >= sumedang(hari_alpa=many)["diterima"]
