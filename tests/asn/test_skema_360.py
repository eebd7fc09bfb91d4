"""Real 360° schemes: each weighs, and treats a missing group, as its own source says.

The oracles are written from the clauses, with fractions; none of them reads a policy.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kinerja
from kinerja.asn import catalog
from kinerja.errors import InputError, PolicyError
from kinerja.policy import parse_policy
from kinerja.values import Bands

ASPEK = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)
ASPEK_PP46 = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
EKSPEKTASI = ("di_bawah_ekspektasi", "sesuai_ekspektasi", "di_atas_ekspektasi")
#: A step so small that no rating of an application is finer.
HAIR = Fraction(1, 10**9)
#: A panel of seven aspects takes longer than the others.
FEWER = settings(max_examples=max(10, settings().max_examples // 3))

load = cache(kinerja.load)

SUMEDANG = load("sumedang-360")
PEMALANG = load("pemalang-360")
GURU = load("guru-360")
AKHLAK_1 = load("akhlak-bumn-1")
AKHLAK_2 = load("akhlak-bumn-2")
PP46 = load("perilaku-pp46-lokal")
TELADAN = load("pegawai-teladan")


def decimals(low, high, places=2):
    scale = 10**places
    whole = st.integers(low * scale, high * scale)
    return whole.map(lambda number: Decimal(number) / scale)


def mean(numbers):
    return sum(map(Fraction, numbers), Fraction(0)) / len(numbers)


def half_up(number, digits):
    scaled = number * 10**digits
    return Fraction(floor(scaled + Fraction(1, 2)), 10**digits)


def rows(groups, key="nilai"):
    return [
        {"penilai": f"{group}_{place}", "kelompok": group, key: value}
        for group, values in groups.items()
        for place, value in enumerate(values)
    ]


def panel(groups):
    return [{**row, "aspek": aspek} for row in rows(groups) for aspek in ASPEK]


@cache
def bands_of(policy, step, choice):
    variant = {} if choice is None else {"antara_rentang": choice}
    rule = catalog.read(policy, variant=variant).rules[step]
    return Bands(bands=rule.bands, between=rule.between)


def band(policy, step, number, choice=None):
    found = bands_of(policy, step, choice).find(Fraction(number))
    return None if found is None else found.label


def groups_of(*names, values, most=3):
    return st.fixed_dictionaries({name: st.lists(values, max_size=most) for name in names})


SKALA_5 = decimals(1, 5)
SKALA_100 = decimals(0, 100)


def sumedang(atasan, others, existing, **more):
    """Give the record of somebody whose other raters are all peers."""
    raters = {"atasan": [] if atasan is None else [atasan], "rekan": others}
    return {
        "jumlah_rekan": existing,
        "jumlah_bawahan": 0,
        "penilaian": rows(raters, "rating"),
        **more,
    }


@st.composite
def units(draw):
    existing = draw(st.integers(1, 40))
    others = draw(st.lists(SKALA_5, max_size=min(3, existing)))
    atasan = draw(SKALA_5 if not others else st.none() | SKALA_5)
    return atasan, others, existing


class TestBobotSumedang:
    """e-Kinerja Kab. Sumedang: atasan 0.6; every other rater 0.4 / (peers + direct reports that exist)."""

    @given(units())
    def test_the_score_is_the_sum_of_ratings_times_weights(self, unit):
        atasan, others, existing = unit
        score = Fraction(6, 10) * Fraction(atasan or 0)
        score += Fraction(4, 10) / existing * sum(map(Fraction, others))
        assert Fraction(SUMEDANG.score(sumedang(*unit))["skor_bulan"]) == score

    @given(SKALA_5, st.lists(SKALA_5, min_size=1, max_size=3), st.integers(3, 30))
    def test_a_larger_unit_scores_lower(self, atasan, others, existing):
        small = SUMEDANG.score(sumedang(atasan, others, existing))["skor_bulan"]
        large = SUMEDANG.score(sumedang(atasan, others, existing + 1))["skor_bulan"]
        assert large < small

    @given(units(), st.randoms(use_true_random=False))
    def test_the_order_of_raters_means_nothing(self, unit, random):
        record = sumedang(*unit, hasil_kerja=70)
        mixed = [*record["penilaian"]]
        random.shuffle(mixed)
        first, second = SUMEDANG.score(record), SUMEDANG.score({**record, "penilaian": mixed})
        assert first.values == second.values

    @given(SKALA_5, SKALA_5, SKALA_5)
    def test_a_peer_weighs_as_much_as_a_direct_report(self, atasan, one, other):
        unit = {"jumlah_rekan": 1, "jumlah_bawahan": 1}
        scores = {
            SUMEDANG.score({**unit, "penilaian": rows({"atasan": [atasan], **others}, "rating")})[
                "skor_bulan"
            ]
            for others in (
                {"rekan": [one], "bawahan": [other]},
                {"rekan": [other], "bawahan": [one]},
            )
        }
        assert len(scores) == 1

    @given(SKALA_5, st.integers(0, 20), st.integers(0, 20))
    def test_the_superior_alone_keeps_six_tenths(self, atasan, peers, reports):
        record = {
            "jumlah_rekan": peers,
            "jumlah_bawahan": reports,
            "penilaian": rows({"atasan": [atasan]}, "rating"),
        }
        result = SUMEDANG.score(record)
        assert Fraction(result["skor_bulan"]) == Fraction(6, 10) * Fraction(atasan)
        assert result["bobot_terpakai"] == 60

    def test_a_lone_rater_of_nobody_weighs_four_tenths(self):
        record = sumedang(None, [1], 0)
        assert Fraction(SUMEDANG.score(record)["skor_bulan"]) == Fraction(4, 10)

    def test_unknown_numbers_weigh_four_tenths_by_three(self):
        record = {"penilaian": rows({"bawahan": [1]}, "rating")}
        assert Fraction(SUMEDANG.score(record)["skor_bulan"]) == Fraction(4, 30)


class TestPenilaiSumedang:
    """1 atasan; 2 rekan, or 3 without bawahan; 1 bawahan, or 3 with fewer than 2 rekan; 4 in all."""

    @given(*[st.integers(0, 4)] * 5)
    def test_who_may_rate(self, peers, reports, of_atasan, of_rekan, of_bawahan):
        raters = {"atasan": [4] * of_atasan, "rekan": [4] * of_rekan, "bawahan": [4] * of_bawahan}
        record = {
            "jumlah_rekan": peers,
            "jumlah_bawahan": reports,
            "penilaian": rows(raters, "rating"),
        }
        existing = peers + reports
        allowed = (
            of_atasan <= 1
            and of_rekan <= (2 if reports else 3)
            and of_bawahan <= (1 if peers >= 2 else 3)
            and of_rekan + of_bawahan <= (min(3, existing) if existing else 1)
        )
        result = SUMEDANG.score(record)
        there = of_atasan + of_rekan + of_bawahan > 0
        assert (result["skor_bulan"] is not None) == (allowed and there)
        codes = {reason.code for reason in result.reasons} - {"input_missing"}
        assert codes == (
            set() if allowed and there else {"no_items" if allowed else "too_many_raters"}
        )


class TestSaranSumedang:
    """A rating lies between 1 and 5: what an explanation says would be needed never lies beyond."""

    def test_no_rating_beyond_five_is_called_for(self):
        panel = rows({"atasan": [5], "rekan": [Decimal("4.5")], "bawahan": [4]}, key="rating")
        record = {"jumlah_rekan": 9, "jumlah_bawahan": 1, "hasil_kerja": 95, "penilaian": panel}
        text = SUMEDANG.score(record).explanation.to_text("id")
        alone = text[text.index("bila diubah sendiri: ") :]
        assert "rating atasan" in alone[: alone.index(".\n")]


class TestPeriodeSumedang:
    """The score of a period is the mean of the scores of its months."""

    @given(units(), st.lists(decimals(0, 5), max_size=11))
    def test_it_is_the_mean(self, unit, others):
        months = [{"bulan": place + 1, "nilai": value} for place, value in enumerate(others)]
        result = SUMEDANG.score(sumedang(*unit, bulan_lain=months))
        this = Fraction(result["skor_bulan"])
        assert Fraction(result["perilaku"]) == mean([this, *others])


class TestRatingSumedang:
    """Perilaku > 4 di atas, ≥ 3 sesuai, else di bawah; hasil kerja ≥ 90 di atas, ≥ 50 sesuai."""

    @pytest.mark.parametrize(
        ("step", "edge", "place"),
        [
            ("rating_perilaku", 3, (0, 1, 1)),
            ("rating_perilaku", 4, (1, 1, 2)),
            ("rating_hasil_kerja", 50, (0, 1, 1)),
            ("rating_hasil_kerja", 90, (1, 2, 2)),
        ],
    )
    def test_each_edge_from_both_sides(self, step, edge, place):
        found = [band("sumedang-360", step, edge + side * HAIR) for side in (-1, 0, 1)]
        assert found == [EKSPEKTASI[i] for i in place]

    @given(decimals(1, 5), decimals(0, 120))
    def test_the_predicate_is_that_of_the_quadrant(self, perilaku, hasil):
        own = SUMEDANG.score(sumedang(perilaku, [perilaku], 1, hasil_kerja=hasil))
        ratings = {
            "hasil_kerja": EKSPEKTASI[(hasil >= 50) + (hasil >= 90)],
            "perilaku_kerja": EKSPEKTASI[(perilaku >= 3) + (perilaku > 4)],
        }
        quadrant = load("kuadran-6-2022").score(ratings)
        assert own["predikat"] == quadrant["predikat"]


SKALA_10 = st.integers(1, 10)
PEMALANG_GROUPS = groups_of("atasan", "rekan", "bawahan", values=SKALA_10, most=4)
PEMALANG_WEIGHTS = {
    "kabid": {"atasan": 50, "rekan": 30, "bawahan": 20},
    "staf": {"atasan": 50, "rekan": 50, "bawahan": 0},
}


class TestBobotPemalang:
    """BKPSDM Kab. Pemalang: Kabid 50/30/20, staff 50/50/0; a missing group counts 0; times 10."""

    @FEWER
    @given(st.sampled_from(["kabid", "staf"]), PEMALANG_GROUPS)
    def test_the_score_is_ten_times_the_weighted_means(self, post, groups):
        result = PEMALANG.score({"posisi": post, "bawahan_aktif": 2, "penilaian": panel(groups)})
        weights = PEMALANG_WEIGHTS[post]
        there = {name: values for name, values in groups.items() if values and weights[name]}
        score = sum(Fraction(weights[name], 10) * mean(values) for name, values in there.items())
        assert result["skor_tepat"] == (score if there else None)
        assert {name: result[f"bobot_{name}"] for name in weights} == weights

    @FEWER
    @given(st.lists(SKALA_10, min_size=7, max_size=7), st.permutations(range(7)))
    def test_the_seven_values_weigh_alike(self, answers, order):
        def score(values):
            rated = [
                {"penilai": "a", "kelompok": "atasan", "aspek": aspek, "nilai": value}
                for aspek, value in zip(ASPEK, values, strict=True)
            ]
            return PEMALANG.score({"posisi": "staf", "penilaian": rated})["skor_tepat"]

        assert score(answers) == score([answers[place] for place in order])
        assert Fraction(score(answers)) == 5 * mean(answers)

    @FEWER
    @given(PEMALANG_GROUPS, st.integers(1, 9))
    def test_a_better_rating_never_lowers_the_score(self, groups, rating):
        scores = [
            PEMALANG.score(
                {
                    "posisi": "kabid",
                    "bawahan_aktif": 0,
                    "penilaian": panel({**groups, "rekan": [*groups["rekan"], value]}),
                }
            )["skor_tepat"]
            for value in (rating, rating + 1)
        ]
        assert scores[0] < scores[1]


class TestKelengkapanPemalang:
    """PENDING until 1 atasan, 3 rekan and, for a Kabid, all active staff have rated."""

    @FEWER
    @given(st.sampled_from(["kabid", "staf"]), PEMALANG_GROUPS, st.integers(0, 4))
    def test_what_is_awaited(self, post, groups, active):
        result = PEMALANG.score(
            {"posisi": post, "bawahan_aktif": active, "penilaian": panel(groups)}
        )
        awaited = {
            "tunggu_atasan": not groups["atasan"],
            "tunggu_rekan": len(groups["rekan"]) < 3,
            "tunggu_bawahan": post == "kabid" and len(groups["bawahan"]) < active,
        }
        assert [*result.follow_ups] == [name for name, wanted in awaited.items() if wanted]
        assert result["kelengkapan"] == ("pending" if any(awaited.values()) else "lengkap")

    def test_the_head_of_the_office_is_not_rated(self):
        with pytest.raises(InputError):
            PEMALANG.score({"posisi": "kepala_bkpsdm", "penilaian": []})


class TestKategoriPemalang:
    """≥ 90 Sangat Baik, ≥ 76 Baik, ≥ 61 Cukup; the labels say 90–100, 76–89, 61–75 and at most 60."""

    LABELS = ("perlu_pembinaan", "cukup", "baik", "sangat_baik")

    @pytest.mark.parametrize(("edge", "place"), [(61, 1), (76, 2), (90, 3)])
    def test_each_edge_from_both_sides(self, edge, place):
        below, at, above = (
            band("pemalang-360", "kategori", edge + side * HAIR) for side in (-1, 0, 1)
        )
        assert (below, at, above) == (self.LABELS[place - 1], *[self.LABELS[place]] * 2)

    @pytest.mark.parametrize("edge", [61, 76, 90])
    @given(part=decimals(0, 1, 6))
    def test_the_labels_leave_a_gap_below_each_edge(self, edge, part):
        label = band("pemalang-360", "kategori", edge - 1 + Fraction(part), "label_tercetak")
        assert (label is None) == (0 < part < 1)

    @given(decimals(10, 100, 3))
    def test_where_the_labels_speak_both_agree(self, score):
        printed = band("pemalang-360", "kategori", score, "label_tercetak")
        assert printed in {None, band("pemalang-360", "kategori", score)}


AKHLAK_WEIGHTS = {"diri": 10, "peer": 20, "atasan": 40, "bawahan": 30}


@st.composite
def akhlak_groups(draw):
    names = draw(st.sets(st.sampled_from([*AKHLAK_WEIGHTS]), min_size=1))
    return {
        name: draw(st.lists(SKALA_5, min_size=1, max_size=1 if name == "diri" else 3))
        for name in AKHLAK_WEIGHTS
        if name in names
    }


class TestAkhlak:
    """BUMN AKHLAK: diri .10, peer .20, atasan .40, bawahan .30; one renormalises, the other does not."""

    @given(akhlak_groups())
    def test_the_first_divides_by_the_weights_present(self, groups):
        total = sum(AKHLAK_WEIGHTS[name] * mean(values) for name, values in groups.items())
        present = sum(AKHLAK_WEIGHTS[name] for name in groups)
        result = AKHLAK_1.score({"penilaian": rows(groups)})
        assert Fraction(result["skor"]) == half_up(total / present, 2)
        used = [Fraction(result[f"bobot_{name}"]) for name in AKHLAK_WEIGHTS]
        shares = [
            Fraction(AKHLAK_WEIGHTS[n] * 100, present) if n in groups else Fraction(0)
            for n in AKHLAK_WEIGHTS
        ]
        assert used == [half_up(share, 2) for share in shares]

    @given(akhlak_groups())
    def test_the_second_counts_a_missing_group_as_zero(self, groups):
        total = sum(AKHLAK_WEIGHTS[name] * mean(values) for name, values in groups.items())
        result = AKHLAK_2.score({"penilaian": rows(groups)})
        assert Fraction(result["skor_tepat"]) == total / 100

    @given(akhlak_groups())
    def test_they_agree_only_when_all_four_groups_rated(self, groups):
        record = {"penilaian": rows(groups)}
        one, two = AKHLAK_1.score(record)["skor"], AKHLAK_2.score(record)["skor"]
        assert (one == two) == (len(groups) == len(AKHLAK_WEIGHTS))

    def test_without_direct_reports_nobody_is_very_good(self):
        best = AKHLAK_2.score({"penilaian": rows({"diri": [5], "peer": [5], "atasan": [5]})})
        assert (best["skor"], best["kategori"]) == (Decimal("3.50"), "baik")

    @pytest.mark.parametrize(
        ("edge", "labels"),
        [("2.5", "kurang cukup"), ("3.5", "cukup baik"), ("4.5", "baik sangat_baik")],
    )
    def test_each_edge_of_the_categories_from_both_sides(self, edge, labels):
        below, above = labels.split()
        found = [band("akhlak-bumn-2", "kategori", Fraction(edge) + s * HAIR) for s in (-1, 0, 1)]
        assert found == [below, above, above]


class TestGradeAkhlak:
    """A BUMN application: 90–100 A, 80–89 B, 70–79 C, 0–69 D, printed as whole numbers."""

    @given(st.integers(0, 100))
    def test_whole_numbers_have_the_same_grade_under_every_choice(self, score):
        grade = "DCBA"[(score >= 70) + (score >= 80) + (score >= 90)]
        for choice in ("tanpa_grade", "batas_bawah", "batas_atas"):
            assert band("akhlak-bumn-grade", "grade", score, choice) == grade

    @pytest.mark.parametrize(
        ("edge", "lower", "upper"), [(70, "D", "C"), (80, "C", "B"), (90, "B", "A")]
    )
    @given(part=decimals(0, 1, 6).filter(lambda part: 0 < part < 1))
    def test_between_two_bands(self, edge, lower, upper, part):
        score = edge - 1 + Fraction(part)
        given_by = {
            choice: band("akhlak-bumn-grade", "grade", score, choice)
            for choice in ("tanpa_grade", "batas_bawah", "batas_atas")
        }
        assert given_by == {"tanpa_grade": None, "batas_bawah": lower, "batas_atas": upper}


GURU_WEIGHTS = {"kepala_sekolah": 40, "teman_sejawat": 30, "peserta_didik": 20, "wali_murid": 10}


class TestGuru:
    """Teacher module: 40/30/20/10; a group is the mean of its raters; a missing group is 0."""

    @given(groups_of(*GURU_WEIGHTS, values=SKALA_100))
    def test_the_score_is_the_weighted_sum(self, groups):
        result = GURU.score({"penilaian": rows(groups)})
        if not any(groups.values()):
            assert [str(reason) for reason in result.reasons] == ["no_items: penilaian"]
            return
        score = sum(
            Fraction(GURU_WEIGHTS[name], 100) * mean(values)
            for name, values in groups.items()
            if values
        )
        assert Fraction(result["skor_tepat"]) == score
        assert Fraction(result["skor"]) == half_up(score, 2)

    @given(st.sampled_from([*GURU_WEIGHTS]), SKALA_100)
    def test_a_group_that_stays_away_costs_all_it_could_give(self, away, value):
        everybody = {name: [value] for name in GURU_WEIGHTS}
        with_all = Fraction(GURU.score({"penilaian": rows(everybody)})["skor_tepat"])
        without = Fraction(GURU.score({"penilaian": rows({**everybody, away: []})})["skor_tepat"])
        assert with_all - without == Fraction(GURU_WEIGHTS[away], 100) * Fraction(value)


def pp46_rows(groups, aspects):
    return [
        {
            "penilai": f"{group}_{place}",
            "kelompok": group,
            **dict(zip(aspects, values, strict=True)),
        }
        for group, raters in groups.items()
        for place, values in enumerate(raters)
    ]


class TestPp46Lokal:
    """PP 46-era application: 70/20/10, or 80/20 without bawahan; mean of 6 aspects, or of 5."""

    @given(st.data(), st.booleans())
    def test_the_value_follows_the_composition(self, data, structural):
        aspects = (*ASPEK_PP46, "kepemimpinan") if structural else ASPEK_PP46
        rating = st.lists(SKALA_100, min_size=len(aspects), max_size=len(aspects))
        groups = data.draw(groups_of("atasan", "peer", "bawahan", values=rating, most=2))
        result = PP46.score(
            {"jabatan_struktural": structural, "penilaian": pp46_rows(groups, aspects)}
        )
        there = frozenset(name for name, raters in groups.items() if raters)
        tables = {
            frozenset({"atasan", "peer", "bawahan"}): {"atasan": 70, "peer": 20, "bawahan": 10},
            frozenset({"atasan", "peer"}): {"atasan": 80, "peer": 20},
        }
        if there not in tables:
            assert result["panel"] is None
            assert {reason.code for reason in result.reasons} == {"composition_unknown"}
            return
        value = sum(
            Fraction(weight, 100) * mean([mean(values) for values in groups[name]])
            for name, weight in tables[there].items()
        )
        assert Fraction(result["panel"]) == value

    @given(SKALA_100, SKALA_100)
    def test_kepemimpinan_counts_only_for_structural_posts(self, value, kepemimpinan):
        rater = {**dict.fromkeys(ASPEK_PP46, value), "kepemimpinan": kepemimpinan}
        rated = [{**row, **rater} for row in rows({"atasan": [0], "peer": [0]})]
        plain, structural = (
            Fraction(PP46.score({"jabatan_struktural": post, "penilaian": rated})["panel"])
            for post in (False, True)
        )
        assert plain == Fraction(value)
        assert structural == (5 * Fraction(value) + Fraction(kepemimpinan)) / 6

    def test_its_period_is_that_of_pp_46(self):
        period = catalog.read("perilaku-pp46-lokal").model.in_force
        assert (str(period.from_), str(period.until)) == ("2014-01-01", "2021-06-30")


class TestTeladan:
    """Best-employee application: peer .30, leader .30, SKP of three months .10, discipline .30."""

    @given(
        st.lists(SKALA_100, min_size=1, max_size=3),
        st.lists(SKALA_100, min_size=1, max_size=3),
        SKALA_100,
        SKALA_100,
    )
    def test_the_score_is_the_weighted_mean(self, peers, leaders, skp, discipline):
        record = {
            "penilaian": rows({"peer": peers, "pimpinan": leaders}),
            "nilai_skp": skp,
            "nilai_disiplin": discipline,
        }
        score = (
            3 * mean(peers) + 3 * mean(leaders) + Fraction(skp) + 3 * Fraction(discipline)
        ) / 10
        assert Fraction(TELADAN.score(record)["skor"]) == half_up(score, 2)

    @pytest.mark.parametrize("away", ["peer", "pimpinan"])
    def test_a_missing_group_is_waited_for(self, away):
        groups = {"peer": [90], "pimpinan": [90], away: []}
        result = TELADAN.score({"penilaian": rows(groups), "nilai_skp": 90, "nilai_disiplin": 90})
        assert [str(reason) for reason in result.reasons] == [f"group_missing: {away}"]


def record_of(policy, group, rater="Penilai Rahasia"):
    row = {"penilai": rater, "kelompok": group, "nilai": 4, "rating": 4, "aspek": "loyal"}
    return {
        "posisi": "staf",
        "jabatan_struktural": False,
        "jumlah_rekan": 1,
        "jumlah_bawahan": 0,
        "nilai_skp": 4,
        "nilai_disiplin": 4,
        "hasil_kerja": 70,
        "penilaian": [row | dict.fromkeys(ASPEK_PP46, 4)],
    }


PANELS = {
    "sumedang-360": "rekan",
    "pemalang-360": "rekan",
    "guru-360": "wali_murid",
    "akhlak-bumn-1": "peer",
    "akhlak-bumn-2": "peer",
    "perilaku-pp46-lokal": "peer",
    "pegawai-teladan": "peer",
}
EVERY = pytest.mark.parametrize("policy", [*PANELS])


class TestSetiapSkema:
    """No national weights since PermenPANRB 6/2022: each scheme is one agency's own, and says so."""

    @pytest.mark.parametrize("policy", [*PANELS, "akhlak-bumn-grade"])
    def test_the_note_says_so_in_both_languages(self, policy):
        note = catalog.read(policy).model.note
        assert "Sejak PermenPANRB 6/2022 tidak ada bobot 360 nasional" in " ".join(note.id.split())
        assert "Since PermenPANRB 6/2022 there are no national 360° weights" in " ".join(
            note.en.split()
        )

    @EVERY
    @pytest.mark.parametrize("group", ["masyarakat", "Rekan", "REKAN", "peer2"])
    def test_a_group_that_the_scheme_does_not_know_is_refused(self, policy, group):
        with pytest.raises(InputError) as refused:
            load(policy).score(record_of(policy, group))
        assert {issue.path for issue in refused.value.issues} == {"penilaian[0].kelompok"}

    @EVERY
    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_no_explanation_names_a_rater(self, policy, lang):
        result = load(policy).score(record_of(policy, PANELS[policy]))
        assert "Penilai Rahasia" not in result.explanation.to_text(lang)
        assert "Penilai Rahasia" not in result.explanation.to_html(lang)

    @EVERY
    def test_nobody_rates_twice(self, policy):
        record = record_of(policy, PANELS[policy])
        twice = {**record, "penilaian": [*record["penilaian"]] * 2}
        with pytest.raises(InputError):
            load(policy).score(twice)

    @EVERY
    def test_without_any_rater_there_is_no_score(self, policy):
        result = load(policy).score(record_of(policy, PANELS[policy]) | {"penilaian": []})
        score = "nilai" if policy == "perilaku-pp46-lokal" else "skor"
        assert result[score] is None
        assert result.status == "incomplete"

    @pytest.mark.parametrize(
        ("policy", "weight"),
        [
            ("pemalang-360", "rekan: 30 %"),
            ("guru-360", "wali_murid: 10 %"),
            ("akhlak-bumn-1", "peer: 20 %"),
            ("akhlak-bumn-2", "peer: 20 %"),
            ("perilaku-pp46-lokal", "bawahan: 10 %"),
            ("pegawai-teladan", "nilai_skp: 10 %"),
        ],
    )
    def test_weights_that_do_not_sum_to_one_are_refused(self, policy, weight):
        text = catalog.path_of(policy).read_text(encoding="utf-8")
        assert text.count(weight) == 1
        with pytest.raises(PolicyError) as refused:
            parse_policy(text.replace(weight, weight.replace("0 %", "1 %")))
        assert {issue.code for issue in refused.value.issues} == {"KNJ203"}

    @pytest.mark.parametrize(
        ("policy", "step"),
        [
            ("sumedang-360", "rating_perilaku"),
            ("sumedang-360", "rating_hasil_kerja"),
            ("pemalang-360", "kategori"),
            ("akhlak-bumn-2", "kategori"),
        ],
    )
    def test_bands_meet_without_gap(self, policy, step):
        ends = [found.interval for found in catalog.read(policy).rules[step].bands]
        for lower, upper in pairwise(ends):
            assert lower.high == upper.low
            assert lower.high_open != upper.low_open

    @pytest.mark.parametrize(
        "policy",
        [
            "sikap-360",
            "sumedang-360",
            "pemalang-360",
            "guru-360",
            "akhlak-bumn-1",
            "akhlak-bumn-2",
            "akhlak-bumn-grade",
            "pegawai-teladan",
        ],
    )
    def test_a_scheme_beside_6_2022_judges_the_performance_year_as_a_whole(self, policy):
        """PermenPANRB 6/2022 judges the year 2022 from its first day, though formally of 7 February."""
        force = catalog.read(policy).model.in_force
        assert (force.from_, force.until) == (date(2022, 1, 1), None)
