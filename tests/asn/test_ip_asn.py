"""The professionalism index of a civil servant, against the tables of its sources."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError, PolicyError

#: Kab. Balangan, which cites Peraturan BKN 8/2019: score by degree, post and training, SKP, penalty.
DEGREES = {
    "s3": 25,
    "s2": 20,
    "s1": 15,
    "d4": 15,
    "d3": 10,
    "d2": 5,
    "d1": 5,
    "sma": 5,
    "smp": 1,
    "sd": 1,
}
PENALTIES = {"tidak_ada": 5, "ringan": 3, "sedang": 2, "berat": 1}
POSTS = ("struktural", "jft", "pelaksana")
BETWEEN = ("per_orang", "agregat", "bulatkan")
CATEGORIES = ("sangat_rendah", "rendah", "sedang", "tinggi", "sangat_tinggi")
FIELDS = {
    "pendidikan": st.sampled_from(sorted(DEGREES)),
    "jenis_jabatan": st.sampled_from(POSTS),
    "diklat_struktural": st.booleans(),
    "diklat_fungsional": st.booleans(),
    "jp_diklat_teknis": st.integers(0, 40),
    "seminar": st.booleans(),
    "nilai_skp": st.integers(0, 10000).map(lambda n: Decimal(n) / 100),
    "hukuman": st.sampled_from(sorted(PENALTIES)),
}
PERSON = st.fixed_dictionaries(FIELDS)
HUNDREDTHS = st.integers(0, 10000).map(lambda n: Fraction(n, 100))


@cache
def scorer(between="per_orang", fraction="batas_atas"):
    return kinerja.load("ip-asn-2019", variant={"antara_rentang": between, "pecahan_skp": fraction})


def split(index):
    """Give four dimension scores that sum to an index."""
    scores = {}
    for name, most in (("kualifikasi", 25), ("kompetensi", 40), ("kinerja", 30), ("disiplin", 5)):
        scores[f"skor_{name}"] = min(index, Fraction(most))
        index -= scores[f"skor_{name}"]
    return scores


def training(person):
    if person["jenis_jabatan"] == "pelaksana":
        technical, seminar, of_post = Fraction(45, 2), Fraction(35, 2), 0
    else:
        own = (
            "diklat_struktural" if person["jenis_jabatan"] == "struktural" else "diklat_fungsional"
        )
        technical, seminar, of_post = 15, 10, 15 * person[own]
    return of_post + technical * (person["jp_diklat_teknis"] >= 20) + seminar * person["seminar"]


def skp(score):
    return next(
        points for end, points in ((50, 1), (60, 5), (75, 15), (90, 25), (100, 30)) if score <= end
    )


class TestDimensions:
    """Kualifikasi 25, kompetensi 40, kinerja 30, disiplin 5; the index is their sum (BKN 8/2019)."""

    @given(PERSON)
    def test_the_index_is_the_sum_of_four_scores(self, person):
        result = scorer().score(person)
        scores = (
            DEGREES[person["pendidikan"]],
            training(person),
            skp(person["nilai_skp"]),
            PENALTIES[person["hukuman"]],
        )
        names = ("kualifikasi", "kompetensi", "kinerja", "disiplin")
        assert tuple(result[name] for name in names) == scores
        assert result["ip"] == sum(scores)
        assert 0 <= result["ip"] <= 100

    @given(PERSON, st.sampled_from(sorted(FIELDS)))
    def test_what_is_not_filled_in_is_no_zero(self, person, gone):
        del person[gone]
        result = scorer().score(person)
        needed = {
            "diklat_struktural": person.get("jenis_jabatan") == "struktural",
            "diklat_fungsional": person.get("jenis_jabatan") == "jft",
        }
        assert (result["ip"] is None) == needed.get(gone, True)

    @given(PERSON)
    def test_having_no_skp_is_said_and_gives_zero(self, person):
        del person["nilai_skp"]
        result = scorer().score({**person, "tanpa_skp": True})
        assert (result["kinerja"], result.status) == (0, "complete")

    @pytest.mark.parametrize("post", POSTS)
    def test_all_training_of_a_post_gives_the_whole_weight(self, post):
        everything = dict.fromkeys(("diklat_struktural", "diklat_fungsional", "seminar"), True)
        record = {"jenis_jabatan": post, "jp_diklat_teknis": 20, **everything}
        assert scorer().score(record)["kompetensi"] == 40

    @given(PERSON, st.sampled_from(["kualifikasi", "kompetensi", "kinerja", "disiplin"]))
    def test_a_score_and_its_data_are_never_both_taken(self, person, name):
        result = scorer().score({**person, f"skor_{name}": 1})
        assert result[name] is None
        assert "skor_dan_data" in {reason.code for reason in result.reasons}

    @pytest.mark.parametrize(
        "wrong",
        [{"nilai_skp": "100.01"}, {"skor_kompetensi": "40.01"}, {"pendidikan": "S4"}],
    )
    def test_what_lies_outside_a_scale_is_refused(self, wrong):
        with pytest.raises(InputError):
            scorer().score(wrong)


class TestSkpClasses:
    """≤ 50, 51–60, 61–75, 76–90, 91–100: whole numbers, and what lies between is not told."""

    @given(st.integers(0, 100))
    def test_whole_numbers_score_the_same_in_every_option(self, score):
        options = ("batas_atas", "batas_bawah", "bulatkan")
        got = {scorer(fraction=o).score({"nilai_skp": score})["kinerja"] for o in options}
        assert got == {skp(score)}

    @given(HUNDREDTHS)
    def test_fractions_go_up_down_or_to_the_nearest(self, score):
        expected = {
            "batas_atas": skp(score),
            "batas_bawah": skp(floor(score)),
            "bulatkan": skp(floor(score + Fraction(1, 2))),
        }
        for option, points in expected.items():
            assert scorer(fraction=option).score({"nilai_skp": score})["kinerja"] == points

    def test_no_score_falls_through_to_nothing(self):
        assert scorer().score({"nilai_skp": "50.5"})["kinerja"] == 5


class TestCategories:
    """PermenPANRB 38/2018 Pasal 22: ≤ 60, 61–70, 71–80, 81–90, 91–100."""

    @staticmethod
    def printed(whole):
        return CATEGORIES[sum(whole > end for end in (60, 70, 80, 90))]

    @given(st.integers(0, 100), st.sampled_from(BETWEEN))
    def test_whole_numbers_are_judged_as_printed(self, index, between):
        result = scorer(between).score(split(Fraction(index)))
        assert (result["ip"], result["kategori"]) == (index, self.printed(index))

    @given(HUNDREDTHS)
    def test_between_two_categories_the_named_option_decides(self, index):
        expected = {
            "per_orang": self.printed(-floor(-index)),
            "agregat": self.printed(floor(index)),
            "bulatkan": self.printed(floor(index + Fraction(1, 2))),
        }
        for between, category in expected.items():
            assert scorer(between).score(split(index))["kategori"] == category

    @given(HUNDREDTHS, HUNDREDTHS, st.sampled_from(BETWEEN))
    def test_a_higher_index_is_never_judged_lower(self, one, other, between):
        low, high = sorted((one, other))
        places = [
            CATEGORIES.index(scorer(between).score(split(index))["kategori"])
            for index in (low, high)
        ]
        assert places == sorted(places)

    def test_the_option_must_be_named(self):
        with pytest.raises(PolicyError, match="KNJ224"):
            kinerja.load("ip-asn-2019")

    def test_naming_it_is_enough(self):
        named = kinerja.load("ip-asn-2019", variant={"antara_rentang": "bulatkan"})
        assert named.score(split(Fraction("90.5")))["kategori"] == "sangat_tinggi"
