"""PP 30/2019 Pasal 41, clause by clause, against arithmetic written from the clause."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.asn import catalog
from kinerja.errors import PolicyError
from kinerja.policy import parse_policy

URUTAN = ("sangat_kurang", "kurang", "cukup", "baik", "sangat_baik")
SCORER = kinerja.load("pp30-2019")
BERITA = kinerja.load("pp30-2019", variant={"tanda_batas": "salinan_berita"})


def score(skp, perilaku, *, rekan=False, ide=False, scorer=SCORER):
    return scorer.score(
        {
            "nilai_skp": skp,
            "nilai_perilaku": perilaku,
            "memakai_rekan_dan_bawahan": rekan,
            "ide_baru": ide,
        }
    )


def predikat(value, **more):
    return score(value, value, **more)["predikat"]


values = st.integers(0, 12000).map(lambda whole: Decimal(whole).scaleb(-2))


class TestBobot:
    """Pasal 41(2)–(4): 70 % and 30 %, or 60 % and 40 % where peers and direct reports are asked."""

    @given(values, values)
    def test_without_their_ratings_it_is_70_to_30(self, skp, perilaku):
        total = (7 * Fraction(skp) + 3 * Fraction(perilaku)) / 10
        assert Fraction(score(skp, perilaku, rekan=False)["nilai_akhir"]) == total

    @given(values, values)
    def test_with_their_ratings_it_is_60_to_40(self, skp, perilaku):
        total = (6 * Fraction(skp) + 4 * Fraction(perilaku)) / 10
        assert Fraction(score(skp, perilaku, rekan=True)["nilai_akhir"]) == total

    @given(values, values)
    def test_who_behaves_better_than_works_gains_by_them(self, skp, perilaku):
        plain, asked = (
            Fraction(score(skp, perilaku, rekan=rekan)["nilai_akhir"]) for rekan in (False, True)
        )
        assert (asked > plain) is (perilaku > skp)
        assert (asked == plain) is (perilaku == skp)

    @given(values, st.booleans())
    def test_equal_parts_give_themselves(self, value, rekan):
        assert score(value, value, rekan=rekan)["nilai_akhir"] == value

    @given(values, values, st.booleans())
    def test_nothing_is_rounded(self, skp, perilaku, rekan):
        # Two decimals times a weight of one decimal: a third decimal stays.
        result = score(skp, perilaku, rekan=rekan)["nilai_akhir"]
        assert (Fraction(result) * 1000).denominator == 1

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [("nilai_perilaku: 30 %", "nilai_perilaku: 40 %"), ("nilai_skp: 60 %", "nilai_skp: 70 %")],
    )
    def test_weights_that_do_not_make_100_percent_are_refused(self, right, wrong):
        text = catalog.path_of("pp30-2019").read_text(encoding="utf-8")
        assert text.count(right) == 1
        with pytest.raises(PolicyError) as error:
            parse_policy(text.replace(right, wrong))
        assert {issue.code for issue in error.value.issues} == {"KNJ203"}

    @pytest.mark.parametrize("key", ["nilai_skp", "nilai_perilaku", "memakai_rekan_dan_bawahan"])
    def test_what_is_not_known_is_not_assumed(self, key):
        record = {
            "nilai_skp": 100,
            "nilai_perilaku": 100,
            "memakai_rekan_dan_bawahan": True,
            "ide_baru": False,
        }
        result = SCORER.score({**record, key: None})
        assert (result["nilai_akhir"], result["predikat"]) == (None, None)
        assert [reason.subject for reason in result.reasons] == [key]


def menurut_naskah(value, ide):
    if ide and 110 <= value <= 120:
        return "sangat_baik"
    if 90 <= value <= 120:
        return "baik"
    if 70 <= value < 90:
        return "cukup"
    return "kurang" if value >= 50 else "sangat_kurang"


class TestPredikat:
    """Pasal 41(5): Sangat Baik 110 to 120 with a new idea; Baik 90 to 120; Cukup from 70, below 90.

    Kurang from 50, and Sangat Kurang below it, are what one application does: the text that was read ends
    before them.
    """

    @given(values, st.booleans())
    def test_every_value_has_the_label_of_the_text(self, value, ide):
        assert predikat(value, ide=ide) == menurut_naskah(value, ide)

    @pytest.mark.parametrize("ide", [False, True])
    @pytest.mark.parametrize("edge", [50, 70, 90, 110])
    def test_an_edge_is_of_the_band_above_it(self, edge, ide):
        least = Decimal("0.0000000001")
        for value in (edge - least, edge, edge + least):
            assert predikat(value, ide=ide) == menurut_naskah(value, ide)
        above, below = predikat(edge, ide=ide), predikat(edge - least, ide=ide)
        rose = edge != 110 or ide
        assert (URUTAN.index(above) == URUTAN.index(below) + 1) is rose

    @given(values, values, st.booleans(), st.booleans())
    def test_more_never_earns_less(self, one, other, ide, more):
        low, high = sorted((one, other))
        assert URUTAN.index(predikat(low, ide=ide)) <= URUTAN.index(predikat(high, ide=ide or more))

    @given(values)
    def test_the_highest_takes_an_idea_and_an_idea_lifts_no_other(self, value):
        assert predikat(value, ide=False) != "sangat_baik"
        if predikat(value, ide=True) != predikat(value, ide=False):
            assert (predikat(value, ide=False), value >= 110) == ("baik", True)

    @given(values)
    def test_an_idea_that_is_not_known_matters_from_110_only(self, value):
        result = score(value, value, ide=None)
        assert (result["predikat"] is None) is (value >= 110)
        assert result["nilai_akhir"] == value

    @pytest.mark.parametrize("value", [Decimal("120.01"), 121, Decimal("-0.01")])
    def test_values_outside_the_scale_are_refused(self, value):
        for pair in ((value, 100), (100, value)):
            with pytest.raises(kinerja.InputError) as error:
                score(*pair)
            assert [issue.code for issue in error.value.issues] == ["KNJ402"]

    @given(values, values, st.booleans())
    def test_two_values_within_the_scale_stay_within_it(self, skp, perilaku, rekan):
        assert 0 <= score(skp, perilaku, rekan=rekan)["nilai_akhir"] <= 120


class TestSalinanBerita:
    """News copies lost the signs of equality of Pasal 41(5): they print 90 < x < 120."""

    @given(values.filter(lambda value: value not in (70, 90, 110, 120)), st.booleans())
    def test_only_the_ends_themselves_differ(self, value, ide):
        assert predikat(value, ide=ide, scorer=BERITA) == predikat(value, ide=ide)

    @pytest.mark.parametrize("value", [70, 90, 120])
    def test_an_end_has_no_label(self, value):
        result = score(value, value, ide=True, scorer=BERITA)
        assert result["predikat"] is None
        assert [reason.code for reason in result.reasons] == ["outside_bands"]

    def test_110_is_not_yet_the_highest(self):
        assert predikat(110, ide=True, scorer=BERITA) == "baik"

    def test_the_text_is_what_is_used_unless_it_is_named(self):
        named = kinerja.load("pp30-2019", variant={"tanda_batas": "naskah"})
        assert named.program.note.fingerprint == SCORER.program.note.fingerprint
        assert named.program.note.fingerprint != BERITA.program.note.fingerprint
