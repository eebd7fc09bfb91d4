"""The nine boxes of talent, categories of potential and the talent score, against their sources."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.asn import catalog
from kinerja.errors import InputError

PERFORMANCE = ("di_bawah_ekspektasi", "sesuai_ekspektasi", "di_atas_ekspektasi")
POTENTIAL = ("rendah", "menengah", "tinggi")
#: Kab. Balangan: the box of a performance (row, from below) and a potential (column, from low).
BOXES = ((1, 3, 6), (2, 5, 8), (4, 7, 9))
#: How many things each box recommends, in the order of its number.
RECOMMENDED = (1, 3, 4, 2, 3, 3, 5, 4, 3)
SCORES = st.integers(0, 10000).map(lambda n: Decimal(n) / 100)


@cache
def scorer(policy, *variant):
    return kinerja.load(policy, variant=dict(variant))


def titles():
    rules = catalog.read("talenta-2020").rules.values()
    return {a.id: a.title.id for rule in rules for a in getattr(rule, "actions", ())}


def box(performance, **potential):
    cut_offs = potential.pop("cut_offs", None)
    named = () if cut_offs is None else (("sumbu_potensial", cut_offs),)
    return scorer("talenta-2020", *named).score({"kinerja": performance, **potential})


class TestNineBoxes:
    """PermenPANRB 3/2020, boxes as in the application of Kab. Balangan: not numbered row by row."""

    def test_every_pair_has_its_box(self):
        got = tuple(
            tuple(int(box(row, potensial=column)["nomor_kotak"]) for column in POTENTIAL)
            for row in PERFORMANCE
        )
        assert got == BOXES

    def test_each_number_stands_once(self):
        assert sorted(number for row in BOXES for number in row) == list(range(1, 10))

    def test_better_on_one_axis_is_never_a_lower_number(self):
        numbers = [[box(r, potensial=c)["nomor_kotak"] for c in POTENTIAL] for r in PERFORMANCE]
        for line in (*numbers, *zip(*numbers, strict=True)):
            assert all(low < high for low, high in pairwise(line))

    def test_every_box_has_its_own_recommendations(self):
        counts, seen = {}, []
        for row in PERFORMANCE:
            for column in POTENTIAL:
                result = box(row, potensial=column)
                seen += result.follow_ups
                counts[int(result["nomor_kotak"])] = len(result.follow_ups)
        assert tuple(counts[number] for number in range(1, 10)) == RECOMMENDED
        assert sorted(seen) == sorted(titles())

    def test_the_columns_hold_them_in_the_order_of_the_source(self):
        result = box("sesuai_ekspektasi", potensial="menengah")
        got = [titles()[name] for name in result.follow_ups]
        assert got == ["Penempatan yang sesuai", "Bimbingan", "Pengembangan kompetensi"]
        columns = [result[f"rekomendasi_{place}"] for place in range(1, 6)]
        assert columns == [*result.follow_ups, "none", "none"]

    @pytest.mark.parametrize("gone", ["kinerja", "potensial"])
    def test_without_an_axis_there_is_no_box(self, gone):
        record = {"kinerja": PERFORMANCE[1], "potensial": POTENTIAL[1]}
        del record[gone]
        result = scorer("talenta-2020").score(record)
        assert (result["kotak"], result["nomor_kotak"], result.follow_ups) == (None, None, ())


class TestCutOffs:
    """No national cut-offs are known: 90 and 78 (Balangan, BRIN), 90 and 75 (another application)."""

    @given(SCORES)
    @pytest.mark.parametrize(("cut_offs", "medium"), [("batas_90_78", 78), ("batas_90_75", 75)])
    def test_a_score_becomes_a_category(self, cut_offs, medium, score):
        result = box("sesuai_ekspektasi", nilai_potensial=score, cut_offs=cut_offs)
        column = (score >= medium) + (score >= 90)
        assert result["sumbu_potensial_kategori"] == POTENTIAL[column]
        assert result["nomor_kotak"] == BOXES[1][column]

    @given(SCORES)
    def test_without_cut_offs_a_score_says_nothing(self, score):
        result = box("sesuai_ekspektasi", nilai_potensial=score)
        assert (result["kotak"], result.status) == (None, "incomplete")

    @given(SCORES, st.sampled_from(POTENTIAL))
    @pytest.mark.parametrize("cut_offs", [None, "batas_90_78", "batas_90_75"])
    def test_category_and_score_are_never_both_taken(self, cut_offs, score, category):
        result = box(
            "sesuai_ekspektasi", nilai_potensial=score, potensial=category, cut_offs=cut_offs
        )
        assert {reason.code for reason in result.reasons} == {"kategori_dan_nilai"}


class TestBrin:
    """Pasal 33: optimal from 90 percent, cukup optimal from 78 to below 90, kurang optimal below 78."""

    @given(SCORES)
    def test_percentage(self, score):
        names = ("kurang_optimal", "cukup_optimal", "optimal")
        expected = names[(score >= 78) + (score >= 90)]
        assert scorer("potensial-brin-2023").score({"nilai": score})["kategori"] == expected

    @given(SCORES)
    def test_the_cut_offs_are_those_of_the_axis_of_potential(self, score):
        brin = scorer("potensial-brin-2023").score({"nilai": score})["kategori"]
        axis = box("sesuai_ekspektasi", nilai_potensial=score, cut_offs="batas_90_78")
        names = dict(zip(("kurang_optimal", "cukup_optimal", "optimal"), POTENTIAL, strict=True))
        assert names[brin] == axis["sumbu_potensial_kategori"]

    @pytest.mark.parametrize("score", ["-0.01", "100.01"])
    def test_a_percentage_outside_its_scale_is_refused(self, score):
        with pytest.raises(InputError, match="KNJ402"):
            scorer("potensial-brin-2023").score({"nilai": score})


class TestTalentScore:
    """Kepka BKN 41/2025 (summary): half performance (60 + 40), half potential (40 + 25 + 20 + 15)."""

    PARTS = (
        "kinerja_utama",
        "kinerja_penguat",
        "kompetensi",
        "potensi",
        "kualifikasi",
        "integritas",
    )
    #: Share of each part in the whole, in percent: half of the weight on its axis.
    SHARES = (30, 20, 20, Fraction(25, 2), 10, Fraction(15, 2))

    @given(st.lists(SCORES, min_size=6, max_size=6))
    def test_the_whole_is_the_weighted_sum(self, scores):
        result = scorer("talenta-bkn-41-2025").score(dict(zip(self.PARTS, scores, strict=True)))
        whole = sum(Fraction(s) * w for s, w in zip(scores, self.SHARES, strict=True)) / 100
        assert Fraction(result["talenta"]) == whole
        assert Fraction(result["kinerja"] + result["potensial"]) == 2 * whole

    def test_the_shares_sum_to_the_whole(self):
        assert sum(self.SHARES) == 100

    @given(st.lists(SCORES, min_size=6, max_size=6), st.integers(0, 5))
    def test_a_missing_part_is_no_zero(self, scores, gone):
        record = dict(zip(self.PARTS, scores, strict=True))
        del record[self.PARTS[gone]]
        result = scorer("talenta-bkn-41-2025").score(record)
        assert (result["talenta"], result.status) == (None, "incomplete")

    @pytest.mark.parametrize("number", range(1, 10))
    def test_boxes_seven_to_nine_may_be_promoted(self, number):
        record = {**dict.fromkeys(self.PARTS, 80), "nomor_kotak": number}
        got = scorer("talenta-bkn-41-2025").score(record).follow_ups
        assert got == (("dapat_dipromosikan",) if number >= 7 else ())
