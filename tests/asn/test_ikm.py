"""IKM of 2004, surveys with other unsur, and the index of an agency, against their formulas."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.asn import catalog
from kinerja.errors import InputError

NRR = st.integers(1000, 4000).map(lambda whole: Fraction(whole, 1000))
FOURTEEN = st.lists(NRR, min_size=14, max_size=14)
UNSUR = [
    name.removeprefix("nrr_") for name in catalog.read("ikm-2004").model.inputs if "nrr_" in name
]


@cache
def scorer(policy, *variant):
    return kinerja.load(policy, variant=dict(variant))


def of_2004(means, *variant):
    record = {f"nrr_{unsur}": mean for unsur, mean in zip(UNSUR, means, strict=True)}
    return scorer("ikm-2004", *variant).score(record)


def other(items, *variant, how="sama", **more):
    named = [{"nama": f"U{place}", **item} for place, item in enumerate(items)]
    record = {"cara_bobot": how, "unsur": named, **more}
    return scorer("skm-unsur-lain", *variant).score(record)


def half_up(value, digits=2):
    """Round a positive number, a tie upwards."""
    return Decimal(floor(value * 10**digits + Fraction(1, 2))).scaleb(-digits)


def codes(result):
    return {reason.code for reason in result.reasons}


class TestNineUnsur:
    """PermenPANRB 14/2017: the quality of an unsur is told by the bands that tell that of the unit."""

    NINE = tuple(
        name.removeprefix("nrr_")
        for name in catalog.read("skm-2017").model.inputs
        if "nrr_" in name
    )

    def of_2017(self, mean, *variant):
        return scorer("skm-2017", *variant).score({f"nrr_{unsur}": mean for unsur in self.NINE})

    @pytest.mark.parametrize("rounding", ["setengah_ke_atas", "potong"])
    @pytest.mark.parametrize("bands", ["bulatkan_2", "batas_bawah", "ni_dua_desimal"])
    @given(mean=st.integers(10000, 40000))
    def test_nine_equal_unsur_have_the_quality_of_the_unit(self, bands, rounding, mean):
        chosen = (("rentang_mutu", bands), ("pembulatan", rounding))
        result = self.of_2017(Fraction(mean, 10000), *chosen)
        assert {result[f"mutu_{unsur}"] for unsur in self.NINE} == {result["mutu"]}

    @pytest.mark.parametrize(
        ("mean", "bands", "mutu"),
        [
            ("3.0642", "bulatkan_2", "B"),
            ("3.0642", "batas_bawah", "C"),
            ("3.0644", "batas_bawah", "B"),
            ("2.5955", "bulatkan_2", "D"),
            ("2.5955", "ni_dua_desimal", "C"),
            ("3.5328", "bulatkan_2", "A"),
            ("3.5328", "ni_dua_desimal", "B"),
        ],
    )
    def test_the_gaps_are_told_by_the_choice(self, mean, bands, mutu):
        result = self.of_2017(mean, ("rentang_mutu", bands))
        assert [result[f"mutu_{unsur}"] for unsur in self.NINE] == [mutu] * len(self.NINE)

    def test_what_a_report_cuts_is_cut_for_each_unsur(self):
        cut = self.of_2017(Fraction(89, 30), ("pembulatan", "potong"))
        assert (cut["unsur_sarana"], cut["ikm"]) == (Decimal("2.966"), Decimal("74.16"))


class TestFourteenUnsur:
    """KEP/25/M.PAN/2/2004: the index is the sum of the weighted means of fourteen unsur, times 25."""

    def test_there_are_fourteen(self):
        assert len(UNSUR) == 14

    @given(FOURTEEN)
    def test_the_exact_weight_is_the_plain_mean(self, means):
        assert of_2004(means)["ikm"] == half_up(sum(means) * 25 / 14)

    @given(FOURTEEN)
    def test_the_printed_weight_is_0_071(self, means):
        result = of_2004(means, ("bobot", "cetak_0_071"))
        assert result["ikm"] == half_up(sum(means) * 25 * Fraction(71, 1000))

    @given(FOURTEEN, st.randoms(use_true_random=False))
    def test_which_unsur_has_which_mean_changes_nothing(self, means, random):
        shuffled = random.sample(means, len(means))
        assert of_2004(means)["ikm"] == of_2004(shuffled)["ikm"]

    @given(FOURTEEN, st.integers(0, 13))
    def test_a_better_unsur_never_lowers_the_index(self, means, place):
        better = [*means]
        better[place] = Fraction(4)
        assert of_2004(better)["ikm"] >= of_2004(means)["ikm"]

    @given(FOURTEEN, st.integers(0, 13))
    def test_a_missing_unsur_is_no_zero(self, means, place):
        result = of_2004([None if p == place else mean for p, mean in enumerate(means)])
        assert (result["ikm"], codes(result)) == (None, {"input_missing"})

    @given(st.lists(st.lists(st.integers(1, 4), min_size=14, max_size=14), min_size=1, max_size=6))
    def test_answers_give_the_means_they_have(self, answers):
        people = [dict(zip(UNSUR, row, strict=True)) for row in answers]
        means = [Fraction(sum(column), len(answers)) for column in zip(*answers, strict=True)]
        assert scorer("ikm-2004").score({"responden": people})["ikm"] == of_2004(means)["ikm"]

    @given(FOURTEEN)
    def test_the_lowest_and_the_highest_unsur_have_those_means(self, means):
        result = of_2004(means)
        assert result[f"rata_{result['unsur_terendah']}"] == min(means)
        assert result[f"rata_{result['unsur_tertinggi']}"] == max(means)


#: Ends of the bands of 2004 as printed: D to 43.75, C to 62.50, B to 81.25, A (known from practice) above.
ENDS_2004 = {"D": Decimal("43.75"), "C": Decimal("62.50"), "B": Decimal("81.25")}


def quality(value, how):
    """Band of an index by the printed upper ends; the lower end of the next is 0.01 higher."""
    for label, end in ENDS_2004.items():
        reached = (
            value < Fraction(end) + Fraction(1, 100) if how == "lower" else value <= Fraction(end)
        )
        if reached:
            return label
    return "A"


class TestBandsOf2004:
    """25–43,75 D; 43,76–62,50 C; 62,51–81,25 B; 81,26–100 A. What lies between two is not told."""

    @given(NRR)
    def test_rounded_to_two_decimals_first(self, mean):
        assert of_2004([mean] * 14)["mutu"] == quality(Fraction(half_up(mean * 25)), "upper")

    @given(NRR)
    def test_upper_ends_only(self, mean):
        result = of_2004([mean] * 14, ("rentang_mutu", "batas_atas"))
        assert result["mutu"] == quality(mean * 25, "upper")

    @given(NRR)
    def test_lower_ends_only(self, mean):
        result = of_2004([mean] * 14, ("rentang_mutu", "batas_bawah"))
        assert result["mutu"] == quality(mean * 25, "lower")

    @pytest.mark.parametrize("end", ENDS_2004.values())
    def test_the_options_differ_only_inside_a_gap(self, end):
        for step in (0, 1):  # both printed ends
            mean = (Fraction(end) + Fraction(step, 100)) / 25
            labels = {
                of_2004([mean] * 14, ("rentang_mutu", option))["mutu"]
                for option in ("bulatkan_2", "batas_atas", "batas_bawah")
            }
            assert len(labels) == 1
        inside = (Fraction(end) + Fraction(1, 200)) / 25
        upper = of_2004([inside] * 14, ("rentang_mutu", "batas_atas"))["mutu"]
        lower = of_2004([inside] * 14, ("rentang_mutu", "batas_bawah"))["mutu"]
        assert upper != lower

    @given(NRR)
    def test_other_unsur_with_the_bands_of_2004_are_judged_alike(self, mean):
        result = other([{"nrr": mean}], ("rentang_mutu", "tahun_2004"))
        assert result["mutu"] == of_2004([mean] * 14)["mutu"]


class TestOtherUnsur:
    """A unit may add unsur and weigh them unequally, as long as the weights total 1; else each has 1/n."""

    @given(st.lists(NRR, min_size=1, max_size=20))
    def test_equal_weights_are_the_plain_mean(self, means):
        result = other([{"nrr": mean} for mean in means])
        assert result["ikm"] == half_up(sum(means) * 25 / len(means))
        assert (result["nrr_terendah"], result["nrr_tertinggi"]) == (min(means), max(means))

    @given(st.lists(st.tuples(NRR, st.integers(1, 50)), min_size=1, max_size=9))
    def test_weights_that_total_one(self, weighted):
        total = sum(share for _, share in weighted)
        items = [{"nrr": mean, "bobot": Fraction(share, total)} for mean, share in weighted]
        result = other(items, how="per_unsur")
        assert result["ikm"] == half_up(sum(i["nrr"] * i["bobot"] for i in items) * 25)

    @given(st.lists(NRR, min_size=2, max_size=9), st.integers(-50, 50).filter(bool))
    def test_weights_that_do_not_total_one_are_refused(self, means, off):
        share = Fraction(1, len(means))
        items = [{"nrr": mean, "bobot": share} for mean in means]
        items[0]["bobot"] = share + Fraction(off, 1000) * share
        result = other(items, how="per_unsur")
        assert (result["ikm"], codes(result)) == (None, {"bobot_tidak_berjumlah_1"})

    @given(st.lists(NRR, min_size=1, max_size=20))
    def test_a_printed_weight_is_taken_as_printed(self, means):
        printed = half_up(Fraction(1, len(means)), 3)
        result = other([{"nrr": mean} for mean in means], how="cetak", bobot_cetak=printed)
        assert result["ikm"] == half_up(sum(means) * Fraction(printed) * 25)

    @given(st.lists(NRR, min_size=1, max_size=9), st.integers(11, 40))
    def test_a_printed_weight_of_another_number_of_unsur_is_refused(self, means, off):
        wrong = Fraction(1, len(means)) + Fraction(off, 1000)
        if wrong <= 1:
            result = other([{"nrr": mean} for mean in means], how="cetak", bobot_cetak=wrong)
            assert (result["ikm"], codes(result)) == (None, {"bobot_cetak_bukan_1_per_n"})

    @given(st.lists(st.integers(0, 30), min_size=4, max_size=4).filter(any))
    def test_counts_sums_and_means_are_three_ways_to_say_the_same(self, counts):
        answered = sum(counts)
        summed = sum(value * count for value, count in enumerate(counts, 1))
        ways = [
            {f"nilai_{value}": count for value, count in enumerate(counts, 1)},
            {"jumlah": summed, "terisi": answered},
            {"nrr": Fraction(summed, answered)},
        ]
        assert len({other([way])["ikm"] for way in ways}) == 1
        assert codes(other([{**ways[0], **ways[1]}])) == {"lebih_dari_satu_cara"}

    @given(st.integers(1, 30), st.integers(0, 30))
    def test_blanks_are_left_out_or_counted_as_zero(self, answered, blank):
        items = [{"jumlah": 4 * answered, "terisi": answered, "kosong": blank}]
        assert other(items)["ikm"] == 100
        zero = other(items, ("jawaban_kosong", "nol"))["ikm"]
        assert zero == half_up(Fraction(100 * answered, answered + blank))

    @pytest.mark.parametrize("items", [[], [{"jumlah": 0, "terisi": 0}]])
    def test_nobody_asked_is_no_zero(self, items):
        result = other(items)
        assert result["ikm"] is None
        assert "no_respondents" in codes(result)

    @pytest.mark.parametrize("mean", ["0.99", "4.01", 5])
    def test_a_mean_outside_the_scale_is_refused(self, mean):
        with pytest.raises(InputError, match="KNJ402"):
            other([{"nrr": mean}])


class TestAgency:
    """SKEMA: the figure of an agency is the plain mean of its units, whatever the respondents."""

    INDICES = st.lists(
        st.tuples(st.integers(2500, 10000).map(lambda n: Decimal(n) / 100), st.integers(1, 500)),
        min_size=1,
        max_size=12,
    )

    @staticmethod
    def agency(units, *variant):
        named = [
            {"nama": f"unit {place}", "ikm": ikm, "responden": count}
            for place, (ikm, count) in enumerate(units)
        ]
        return scorer("skm-instansi", *variant).score({"unit": named})

    @given(INDICES)
    def test_plain_mean(self, units):
        mean = Fraction(sum(ikm for ikm, _ in units)) / len(units)
        assert self.agency(units)["ikm_instansi"] == half_up(mean)

    @given(INDICES)
    def test_weighted_by_respondents(self, units):
        total = sum(count for _, count in units)
        mean = Fraction(sum(ikm * count for ikm, count in units)) / total
        result = self.agency(units, ("gabungan", "menurut_responden"))
        assert (result["ikm_instansi"], result["jumlah_responden"]) == (half_up(mean), total)

    @given(INDICES)
    def test_a_unit_without_index_holds_the_figure_or_is_left_out(self, units):
        more = [*units, (None, 3)]
        assert self.agency(more)["ikm_instansi"] is None
        skipped = self.agency(more, ("unit_tanpa_ikm", "lewati"))
        assert skipped["ikm_instansi"] == self.agency(units)["ikm_instansi"]
        assert (skipped["banyak_unit"], skipped["unit_ber_ikm"]) == (len(more), len(units))
