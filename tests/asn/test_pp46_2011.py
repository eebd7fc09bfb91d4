"""PP 46/2011 and Perka BKN 1/2013, clause by clause, against arithmetic written from the clause."""

import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.asn import catalog
from kinerja.errors import PolicyError
from kinerja.policy import parse_policy

ASPEK = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
ENAM = (*ASPEK, "kepemimpinan")
VARIANTS = ("batas_bawah", "batas_atas", "bilangan_bulat_tertutup", "setengah_ke_atas")
URUTAN = ("buruk", "kurang", "cukup", "baik", "sangat_baik")
NEGATIVE = {
    case["id"]: case
    for case in json.loads(
        (
            Path(__file__).parents[1] / "cases" / "data" / "01-pp46-2011-perka-bkn-1-2013.json"
        ).read_text(encoding="utf-8"),
        parse_float=Decimal,
    )
    if not case["assert"]
}
SCORERS = {}


def pp46(antara_rentang="batas_bawah", **more):
    key = (antara_rentang, *sorted(more.items()))
    if key not in SCORERS:
        variant = {"antara_rentang": antara_rentang, **more}
        SCORERS[key] = kinerja.load("pp46-2011", variant=variant)
    return SCORERS[key]


def kegiatan(kuantitas=(1, 1), kualitas=(100, 100), waktu=(12, 12), biaya=(None, None)):
    pairs = {"kuantitas": kuantitas, "kualitas": kualitas, "waktu": waktu, "biaya": biaya}
    item = {"nama": "kegiatan"}
    for aspek, (target, actual) in pairs.items():
        item |= {f"target_{aspek}": target, f"realisasi_{aspek}": actual}
    return item


def skp(items, tambahan=0, kreativitas=(), **variant):
    record = {
        "kegiatan": list(items),
        "jumlah_tugas_tambahan": tambahan,
        "kreativitas": [{"manfaat": manfaat} for manfaat in kreativitas],
        "mutasi": False,
    }
    return pp46(**variant).score(record)


def rata(*items, **variant):
    value = skp(items, **variant)["rata_kegiatan"]
    return None if value is None else Fraction(value)


def waktu(target, actual):
    """Give the score of time: with full quantity and quality, three times the mean less 200."""
    return 3 * rata(kegiatan(waktu=(target, actual))) - 200


def biaya(target, actual):
    """Give the score of cost: of quantity and quality 100, and of time that took its target."""
    return 4 * rata(kegiatan(biaya=(target, actual))) - 276


def setahun(nilai_skp, perilaku, antara_rentang="batas_bawah", **more):
    record = {"nilai_skp_jadi": nilai_skp, "mutasi": False, "jabatan_struktural": False}
    return pp46(antara_rentang, **more).score({**record, **dict.fromkeys(ASPEK, perilaku)})


def hundredths(low, high):
    return st.integers(low * 100, high * 100).map(lambda whole: Decimal(whole).scaleb(-2))


targets = hundredths(1, 5000)
ratings = hundredths(0, 100)


class TestKuantitas:
    """Quantity is realisation over target times 100, and more than the target counts in full."""

    @given(targets, hundredths(0, 9000))
    def test_it_is_the_ratio_whatever_its_size(self, target, actual):
        ratio = Fraction(actual) / Fraction(target) * 100
        done = 76 if actual else 0
        assert rata(kegiatan(kuantitas=(target, actual))) == (ratio + 100 + done) / 3

    def test_two_products_of_one_planned_are_200(self):
        assert rata(kegiatan(kuantitas=(1, 2))) == Fraction(200 + 100 + 76, 3)


class TestKualitas:
    """Quality is realisation over target times 100, on a scale that ends at 100."""

    @given(st.integers(1, 100), ratings)
    def test_it_is_the_ratio(self, target, actual):
        ratio = Fraction(actual) / target * 100
        assert rata(kegiatan(kualitas=(target, actual))) == (100 + ratio + 76) / 3

    @pytest.mark.parametrize("pair", [(0, 90), (Decimal("100.01"), 90), (100, Decimal("100.01"))])
    def test_a_figure_outside_the_scale_is_refused(self, pair):
        with pytest.raises(kinerja.InputError):
            skp([kegiatan(kualitas=pair)])


def menurut_aturan(target, actual):
    target, actual = Fraction(target), Fraction(actual)
    saved = 100 - actual / target * 100
    score = (Fraction("1.76") * target - actual) / target * 100
    return score if saved <= 24 else 76 - (score - 100)


class TestEfisiensi:
    """Time and cost: up to 24 % saved, ((1.76 T − R) / T) × 100; more, 76 less what that exceeds 100."""

    @given(targets, hundredths(0, 9000))
    def test_time_follows_the_branch_of_its_efficiency(self, target, actual):
        assert waktu(target, actual) == menurut_aturan(target, actual)

    @given(targets, hundredths(0, 9000))
    def test_cost_has_the_formula_of_time(self, target, actual):
        assert biaya(target, actual) == menurut_aturan(target, actual)

    @given(targets)
    def test_exactly_24_percent_earns_the_full_100(self, target):
        assert waktu(target, target * Decimal("0.76")) == 100

    @given(targets, st.integers(1, 10**6))
    def test_the_least_more_falls_below_76(self, target, part):
        beyond = Fraction(target) * (Fraction(76, 100) - Fraction(1, 10**7) * part / 10**6)
        assert 75 < waktu(target, beyond) < 76
        assert waktu(target, beyond) == beyond / Fraction(target) * 100

    @given(targets, hundredths(0, 9000))
    def test_100_is_never_exceeded(self, target, actual):
        assert waktu(target, actual) <= 100

    @given(targets)
    def test_meeting_the_target_is_76(self, target):
        assert waktu(target, target) == biaya(target, target) == 76

    @given(targets, hundredths(0, 9000), st.integers(1, 40))
    def test_the_unit_does_not_matter(self, target, actual, unit):
        assert waktu(target, actual) == waktu(target * unit, actual * unit)

    @given(targets, st.lists(st.integers(0, 7599), min_size=2, max_size=4))
    def test_beyond_the_jump_every_saving_costs(self, target, parts):
        scores = [waktu(target, target * Decimal(part).scaleb(-4)) for part in sorted(set(parts))]
        assert all(low < high for low, high in pairwise(scores))

    def test_floats_as_printed_take_the_right_branch(self):
        assert 100 - 9.12 / 12 * 100 > 24  # the trap
        assert waktu(12, 9.12) == 100

    @pytest.mark.parametrize(
        ("actual", "score"), [("76.01", "99.99"), ("76", "100"), ("75.99", "75.99")]
    )
    def test_the_two_sides_of_the_jump(self, actual, score):
        assert waktu(100, actual) == biaya(100, actual) == Fraction(score)

    def test_wrong_programs_are_told_apart(self):
        # A threshold of 25 and a single branch give 100.5; lost parentheses give −124.5.
        assert waktu(100, Decimal("75.5")) == Fraction("75.5")


class TestTidakDilaksanakan:
    """An activity with a realised quantity of 0 has 0 for time and for cost."""

    @given(targets, hundredths(0, 9000), targets, hundredths(0, 9000))
    def test_time_and_cost_count_nothing(self, planned, spent, budget, cost):
        item = kegiatan((4, 0), (100, 50), (planned, spent), (budget, cost))
        assert rata(item) == Fraction(50, 4)

    def test_the_least_quantity_brings_them_back(self):
        item = kegiatan(kuantitas=(100, Decimal("0.01")), biaya=(10, 10))
        assert rata(item) == (Fraction("0.01") + 100 + 76 + 76) / 4


class TestCapaianKegiatan:
    """The aspects of an activity are added, and divided by three without cost or by four with it."""

    @given(st.tuples(targets, targets), st.tuples(targets, targets))
    def test_cost_brings_the_fourth_aspect(self, time, cost):
        time_score, cost_score = menurut_aturan(*time), menurut_aturan(*cost)
        assert rata(kegiatan(waktu=time)) == (200 + time_score) / 3
        assert rata(kegiatan(waktu=time, biaya=cost)) == (200 + time_score + cost_score) / 4

    @pytest.mark.parametrize("cost", [(10, None), (None, 10)])
    def test_half_of_a_cost_is_neither_three_nor_four_aspects(self, cost):
        assert rata(kegiatan(biaya=cost)) is None

    def test_a_cost_target_of_zero_is_refused(self):
        with pytest.raises(kinerja.InputError):
            skp([kegiatan(biaya=(0, 0))])


items = st.builds(
    kegiatan,
    st.tuples(targets, targets),
    st.tuples(st.just(100), ratings),
    st.tuples(targets, targets),
    st.one_of(st.just((None, None)), st.tuples(targets, targets)),
)


class TestNilaiSkp:
    """Nilai SKP is the mean of the activities; extra duties and creativity are added after it."""

    @given(st.lists(items, min_size=1, max_size=5), st.integers(0, 12), st.sampled_from(["negara"]))
    def test_the_additions_are_not_averaged(self, done, duties, benefit):
        plain = Fraction(skp(done)["skp"])
        assert plain == sum((rata(item) for item in done), Fraction(0)) / len(done)
        points = skp(done, duties)["nilai_tugas_tambahan"]
        assert Fraction(skp(done, duties, [benefit])["skp"]) == plain + Fraction(points) + 12

    @given(st.lists(items, min_size=2, max_size=5).flatmap(st.permutations))
    def test_the_order_does_not_matter(self, done):
        assert rata(*done) == rata(*reversed(done))

    @given(items, st.integers(1, 5))
    def test_the_same_again_changes_nothing(self, item, times):
        assert rata(*[item] * times) == rata(item)

    def test_no_activity_is_no_score(self):
        result = skp([])
        assert result["skp"] is None
        assert {reason.code for reason in result.reasons} >= {"no_items"}

    def test_one_that_is_not_complete_holds_all_of_them(self):
        assert rata(kegiatan(), kegiatan(waktu=(12, None))) is None


class TestTugasTambahan:
    """One to three extra duties in a year are worth 1, four to six 2, seven or more 3; none are worth 0."""

    @given(st.integers(0, 500))
    def test_points_by_number(self, duties):
        points = pp46().score({"jumlah_tugas_tambahan": duties})["nilai_tugas_tambahan"]
        assert points == (0, 1, 1, 1, 2, 2, 2, 3)[min(duties, 7)]

    def test_a_number_that_is_not_known_is_not_zero(self):
        assert skp([kegiatan()], None)["skp"] is None

    @pytest.mark.parametrize("duties", [-1, Decimal("1.5"), "tiga"])
    def test_what_is_no_number_of_duties_is_refused(self, duties):
        with pytest.raises(kinerja.InputError):
            pp46().score({"jumlah_tugas_tambahan": duties})


levels = st.sampled_from(["unit_kerja", "organisasi", "negara"])
POIN = {"unit_kerja": 3, "organisasi": 6, "negara": 12}


class TestKreativitas:
    """Creativity gives 3 for the unit, 6 for the organisation, 12 for the nation; of more nobody says."""

    @given(levels, st.sampled_from(["paling_banyak_satu", "dijumlahkan", "tertinggi"]))
    def test_one_is_worth_the_same_in_every_option(self, level, option):
        result = skp([], 0, [level], kreativitas_ganda=option)
        assert result["nilai_kreativitas"] == POIN[level]

    @given(st.lists(levels, min_size=2, max_size=5))
    def test_several_follow_the_option_that_was_named(self, several):
        added = skp([], 0, several, kreativitas_ganda="dijumlahkan")["nilai_kreativitas"]
        highest = skp([], 0, several, kreativitas_ganda="tertinggi")["nilai_kreativitas"]
        assert added == sum(POIN[level] for level in several)
        assert highest == max(POIN[level] for level in several)

    @given(st.lists(levels, min_size=2, max_size=5))
    def test_several_are_not_decided_where_nobody_named_one(self, several):
        result = skp([kegiatan()], 0, several)
        assert result["nilai_kreativitas"] is None
        assert "lebih_dari_satu_kreativitas" in {reason.code for reason in result.reasons}

    @pytest.mark.parametrize("option", ["paling_banyak_satu", "dijumlahkan", "tertinggi"])
    def test_none_is_worth_nothing_and_unknown_is_not_none(self, option):
        assert skp([], kreativitas_ganda=option)["nilai_kreativitas"] == 0
        assert pp46(kreativitas_ganda=option).score({})["nilai_kreativitas"] is None


class TestMutasi:
    """Who moved within the year has the mean of the nilai SKP of the former and of the present place."""

    @given(hundredths(0, 150), hundredths(0, 150))
    def test_it_is_the_mean_and_does_not_ask_which_was_first(self, former, present):
        def moved(one, other):
            record = {"nilai_skp_lama": one, "nilai_skp_jadi": other, "mutasi": True}
            return Fraction(pp46().score(record)["skp"])

        assert moved(former, present) == (Fraction(former) + Fraction(present)) / 2
        assert moved(former, present) == moved(present, former)

    def test_who_stayed_is_not_judged_by_another_place(self):
        record = {"nilai_skp_lama": 20, "nilai_skp_jadi": 90, "mutasi": False}
        assert pp46().score(record)["skp"] == 90

    def test_the_former_place_must_be_known(self):
        assert pp46().score({"nilai_skp_jadi": 90, "mutasi": True})["skp"] is None


class TestPerilaku:
    """Behaviour is the mean of six aspects, or of five where no structural post calls for kepemimpinan."""

    @given(st.lists(ratings, min_size=6, max_size=6))
    def test_the_divisor_is_the_number_of_aspects(self, given_ratings):
        named = dict(zip(ENAM, given_ratings, strict=True))
        exact = [Fraction(rating) for rating in given_ratings]
        structural = pp46().score({**named, "jabatan_struktural": True})
        other = pp46().score({**named, "jabatan_struktural": False})
        assert Fraction(structural["perilaku"]) == sum(exact) / 6
        assert Fraction(other["perilaku"]) == sum(exact[:5]) / 5

    @given(st.permutations([70, 75, 80, 85, 90, 95]))
    def test_no_aspect_weighs_more_than_another(self, order):
        named = dict(zip(ENAM, order, strict=True))
        result = pp46().score({**named, "jabatan_struktural": True})
        assert result["perilaku"] == Decimal("82.5")

    @pytest.mark.parametrize("aspek", ENAM)
    def test_a_missing_aspect_is_not_left_out_of_the_mean(self, aspek):
        named = {**dict.fromkeys(ENAM, 80), aspek: None, "jabatan_struktural": True}
        assert pp46().score(named)["perilaku"] is None

    @pytest.mark.parametrize("rating", [-1, Decimal("100.01")])
    def test_a_rating_outside_0_to_100_is_refused(self, rating):
        with pytest.raises(kinerja.InputError):
            setahun(80, rating)


def setengah_ke_atas(value, digits):
    """Round an exact number that is not negative, a half up."""
    scaled = Fraction(value) * 10**digits
    return Fraction(int(scaled + Fraction(1, 2)), 10**digits)


class TestPrestasiKerja:
    """Nilai prestasi kerja is 60 % of nilai SKP and 40 % of nilai perilaku kerja."""

    @given(hundredths(0, 150), ratings)
    def test_the_total_is_the_weighted_mean(self, nilai_skp, perilaku):
        total = (6 * Fraction(nilai_skp) + 4 * Fraction(perilaku)) / 10
        exact = setahun(nilai_skp, perilaku, pembulatan_nilai="hanya_tampilan")
        assert Fraction(exact["prestasi"]) == total
        assert Fraction(exact["nilai_prestasi_kerja"]) == setengah_ke_atas(total, 2)

    @given(ratings)
    def test_equal_parts_give_themselves(self, value):
        assert setahun(value, value)["nilai_prestasi_kerja"] == value

    @pytest.mark.parametrize("missing", [("nilai_skp_jadi",), ASPEK])
    def test_one_half_is_not_the_whole(self, missing):
        record = {"nilai_skp_jadi": 90, "mutasi": False, "jabatan_struktural": False}
        record |= dict.fromkeys(ASPEK, 90) | dict.fromkeys(missing, None)
        assert pp46().score(record)["nilai_prestasi_kerja"] is None

    def test_weights_that_do_not_make_100_percent_are_refused(self):
        text = catalog.path_of("pp46-2011").read_text(encoding="utf-8")
        wrong = text.replace("nilai_perilaku: 40 %", "nilai_perilaku: 30 %")
        assert wrong != text
        with pytest.raises(PolicyError) as error:
            parse_policy(wrong, variant={"antara_rentang": "batas_bawah"})
        assert {issue.code for issue in error.value.issues} == {"KNJ203"}

    def test_activities_and_a_ready_score_are_not_mixed(self):
        record = {"kegiatan": [kegiatan()], "nilai_skp_jadi": 90, "mutasi": False}
        assert pp46().score(record)["skp"] is None


#: Lowest value of each band in hundredths, by variant: from which value on the label is earned.
MULAI = {
    "batas_bawah": {"kurang": 5100, "cukup": 6100, "baik": 7600, "sangat_baik": 9100},
    "batas_atas": {"kurang": 5001, "cukup": 6001, "baik": 7501, "sangat_baik": 9100},
    "setengah_ke_atas": {"kurang": 5051, "cukup": 6051, "baik": 7551, "sangat_baik": 9051},
}


def sebutan_menurut(variant, value):
    whole = int(value * 100)
    if variant == "bilangan_bulat_tertutup":
        bands = {"kurang": (51, 60), "cukup": (61, 75), "baik": (76, 90)}
        inside = [label for label, (low, high) in bands.items() if low <= value <= high]
        return (
            inside[0]
            if inside
            else "buruk"
            if value <= 50
            else "sangat_baik"
            if value >= 91
            else None
        )
    if variant == "batas_bawah" and 50 < value < 51:
        return None
    earned = [label for label, low in MULAI[variant].items() if whole >= low]
    return earned[-1] if earned else "buruk"


class TestSebutan:
    """91 and above Sangat Baik, 76–90 Baik, 61–75 Cukup, 51–60 Kurang, 50 and below Buruk.

    The bands are printed in whole numbers; no text settles what lies between them.
    """

    @given(st.sampled_from(VARIANTS), ratings)
    def test_every_variant_is_its_table(self, variant, value):
        assert setahun(value, value, variant)["sebutan"] == sebutan_menurut(variant, value)

    @pytest.mark.parametrize("variant", VARIANTS)
    @pytest.mark.parametrize("edge", [50, 51, 60, 61, 75, 76, 90, 91])
    def test_both_sides_of_every_printed_edge(self, variant, edge):
        for step in ("-0.51", "-0.5", "-0.49", "-0.01", "0", "0.01", "0.49", "0.5", "0.51"):
            value = edge + Decimal(step)
            assert setahun(value, value, variant)["sebutan"] == sebutan_menurut(variant, value)

    @pytest.mark.parametrize("value", range(101))
    def test_whole_numbers_are_the_same_in_every_variant(self, value):
        labels = {setahun(value, value, variant)["sebutan"] for variant in VARIANTS}
        assert len(labels) == 1
        assert labels <= set(URUTAN)

    @given(st.sampled_from(VARIANTS), ratings, ratings)
    def test_a_higher_value_never_earns_a_lower_label(self, variant, one, other):
        low, high = (setahun(v, v, variant)["sebutan"] for v in sorted((one, other)))
        assert low is None or high is None or URUTAN.index(low) <= URUTAN.index(high)

    @given(hundredths(50, 51).filter(lambda value: 50 < value < 51))
    def test_the_hole_below_51_has_no_label_by_lower_ends(self, value):
        result = setahun(value, value)
        assert (result["sebutan"], result.status) == (None, "incomplete")
        assert [reason.code for reason in result.reasons] == ["outside_bands"]

    def test_the_variant_must_be_named(self):
        with pytest.raises(PolicyError) as error:
            kinerja.load("pp46-2011")
        assert [issue.code for issue in error.value.issues] == ["KNJ224"]

    @given(hundredths(101, 150))
    def test_above_100_is_still_the_highest(self, value):
        assert setahun(value, 100)["sebutan"] == "sangat_baik"


class TestPembulatan:
    """No text names a rounding; what applications do is chosen by stage, and nothing else is rounded."""

    @given(hundredths(0, 150), st.lists(st.integers(0, 100), min_size=6, max_size=6))
    def test_two_decimals_are_carried_on(self, nilai_skp, given_ratings):
        named = dict(zip(ENAM, given_ratings, strict=True))
        record = {"nilai_skp_jadi": nilai_skp, "mutasi": False, "jabatan_struktural": True, **named}
        behaviour = setengah_ke_atas(Fraction(sum(given_ratings), 6), 2)
        total = setengah_ke_atas((6 * Fraction(nilai_skp) + 4 * behaviour) / 10, 2)
        assert Fraction(pp46().score(record)["nilai_prestasi_kerja"]) == total

    @given(items)
    def test_the_options_of_an_activity_round_what_they_name(self, item):
        exact = rata(item)
        cut, up = (rata(item, pembulatan_capaian=option) for option in ("dipotong", "ke_atas"))
        assert max(abs(cut - exact), abs(up - exact)) < Fraction(1, 100)
        assert abs(cut) <= abs(exact) <= abs(up)
        assert abs(rata(item, pembulatan_capaian="dua_desimal") - exact) <= Fraction(1, 100)
        assert abs(rata(item, pembulatan_aspek="dua_desimal") - exact) <= Fraction(1, 200)

    def test_the_guide_for_teachers_prints_all_three(self):
        guru = kegiatan((2, 2), (100, 90), (12, 12))
        assert rata(guru) == Fraction(266, 3)
        assert rata(guru, pembulatan_capaian="dipotong") == Fraction("88.66")
        assert rata(guru, pembulatan_capaian="ke_atas") == Fraction("88.67")
        assert rata(guru, pembulatan_capaian="dua_desimal") == Fraction("88.67")

    def test_the_label_follows_the_value_that_is_shown_unless_it_is_for_show_only(self):
        value = Decimal("90.995")
        assert setahun(value, value)["sebutan"] == "sangat_baik"
        shown = setahun(value, value, pembulatan_nilai="hanya_tampilan")
        assert (shown["nilai_prestasi_kerja"], shown["sebutan"]) == (91, "baik")


class TestContohKeliru:
    """Two published programs took a wrong branch and a wrong divisor; their figures are never given."""

    def test_both_are_here(self):
        assert set(NEGATIVE) == {"perka1-app-salah-cabang", "perka1-app-salah-pembagi"}

    def test_the_branch_above_24_percent_is_not_left_out(self):
        case = NEGATIVE["perka1-app-salah-cabang"]
        target, actual = case["inputs"]["target"], case["inputs"]["realisasi"]
        right = rata(kegiatan(*((target[aspek], actual[aspek]) for aspek in target)))
        assert right == (Fraction(50, 52) * 100 + 85 + Fraction(200, 3)) / 3
        wrong = case["expected"]
        assert abs(right - Fraction(wrong["nilai_capaian"])) > 14
        assert abs(3 * right - Fraction(wrong["penghitungan"])) > 42

    @pytest.mark.parametrize("option", ["tanpa", "dua_desimal", "dipotong", "ke_atas"])
    def test_no_rounding_reproduces_it(self, option):
        case = NEGATIVE["perka1-app-salah-cabang"]
        target, actual = case["inputs"]["target"], case["inputs"]["realisasi"]
        item = kegiatan(*((target[aspek], actual[aspek]) for aspek in target))
        got = rata(item, pembulatan_capaian=option)
        assert abs(got - Fraction(case["expected"]["nilai_capaian"])) > Fraction(case["tolerance"])

    @pytest.mark.parametrize("structural", [True, False])
    def test_six_aspects_are_not_divided_by_five(self, structural):
        case = NEGATIVE["perka1-app-salah-pembagi"]
        result = pp46().score({**case["inputs"], "jabatan_struktural": structural})
        assert result["perilaku"] == 80
        assert result["perilaku"] != case["expected"]["nilai"]
