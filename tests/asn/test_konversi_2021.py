"""The split year 2021: a PP 46/2011 score on the scale of 120, and both halves together."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.asn import catalog
from kinerja.errors import InputError, PolicyError

SCORERS = {
    option: kinerja.load("konversi-2021", variant={"titik_alih": option})
    for option in ("lebih_dari", "mulai_dari")
}
#: Whole numbers where a band begins and ends, with the values there.
BANDS = (
    (0, 0, 50, 49),
    (51, 50, 60, 69),
    (61, 70, 75, 89),
    (76, 90, 90, 109),
    (91, 110, 99, 120),
)
ROUNDED = kinerja.load(
    "konversi-2021",
    variant={"titik_alih": "mulai_dari", "pembulatan_nilai_pp46": "dua_desimal"},
)
SCORES = st.integers(0, 12_000).map(lambda n: Fraction(n, 100))


def line(band, score):
    low, low_value, high, high_value = band
    return low_value + Fraction(high_value - low_value, high - low) * (score - low)


def converted(option, score):
    return Fraction(SCORERS[option].score({"nilai_pp46": score}).steps["konversi"])


def cents(value):
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


class TestConversion:
    """Practice of two applications: five bands of the old scale, each evenly over a band of the new.

    Up to 50 to 49; 51–60 to 50–69; 61–75 to 70–89; 76–90 to 90–109; 91–99 to 110–120; above 99 is 120.
    """

    @pytest.mark.parametrize("option", SCORERS)
    @pytest.mark.parametrize("band", BANDS)
    def test_both_ends_of_a_band(self, option, band):
        low, low_value, high, high_value = band
        assert converted(option, low) == low_value
        assert converted(option, high) == high_value

    @given(st.sampled_from(BANDS), st.fractions(0, 1, max_denominator=100))
    def test_even_inside_a_band(self, band, share):
        score = band[0] + share * (band[2] - band[0])
        assert converted("lebih_dari", score) == converted("mulai_dari", score) == line(band, score)

    @given(st.integers(0, 3), st.integers(1, 99))
    def test_a_fraction_between_bands_goes_where_the_switch_says(self, place, hundredths):
        lower, upper = BANDS[place], BANDS[place + 1]
        score = lower[2] + Fraction(hundredths, 100)
        assert converted("lebih_dari", score) == line(upper, score)
        assert converted("mulai_dari", score) == line(lower, score)

    @given(st.integers(9_901, 20_000).map(lambda n: Fraction(n, 100)))
    def test_above_99_is_120(self, score):
        assert converted("lebih_dari", score) == converted("mulai_dari", score) == 120

    @pytest.mark.parametrize("option", SCORERS)
    def test_exactly_99_is_120_and_not_without_result(self, option):
        assert converted(option, 99) == 120

    @given(SCORES)
    def test_never_outside_0_to_120(self, score):
        for option in SCORERS:
            assert 0 <= converted(option, score) <= 120

    def test_whole_scores_rise(self):
        for option in SCORERS:
            values = [converted(option, score) for score in range(100)]
            assert all(before < after for before, after in pairwise(values))

    @given(st.integers(0, 12_000_000).map(lambda n: Fraction(n, 100_000)))
    def test_rounding_first_is_one_application_alone(self, score):
        result = ROUNDED.score({"nilai_pp46": score})
        assert Fraction(result.steps["konversi"]) == converted("mulai_dari", cents(score))

    def test_the_switch_must_be_named(self):
        with pytest.raises(PolicyError):
            kinerja.load("konversi-2021")


class TestIntegration:
    """SE MenPANRB 3/2021 and agencies: each half of 2021 by its own rule, then 50 % of each."""

    @given(SCORES, st.integers(0, 12_000).map(lambda n: Fraction(n, 100)))
    def test_half_of_each(self, first, second):
        for option, scorer in SCORERS.items():
            result = scorer.score({"nilai_pp46": first, "nilai_semester_2": second})
            whole = (converted(option, first) + second) / 2
            assert Fraction(result["nilai_integrasi"]) == cents(whole)

    @pytest.mark.parametrize("absent", ["nilai_pp46", "nilai_semester_2"])
    def test_one_half_alone_is_not_doubled(self, absent):
        record = {"nilai_pp46": 80, "nilai_semester_2": 100}
        result = SCORERS["lebih_dari"].score({**record, absent: None})
        assert result["nilai_integrasi"] is None
        assert [str(reason) for reason in result.reasons] == [f"input_missing: {absent}"]

    @pytest.mark.parametrize(
        "record",
        [
            {"nilai_pp46": "-0.01", "nilai_semester_2": 100},
            {"nilai_pp46": 80, "nilai_semester_2": "120.01"},
            {"nilai_pp46": 80, "nilai_semester_2": -1},
        ],
    )
    def test_scores_outside_their_scale_are_refused(self, record):
        with pytest.raises(InputError):
            SCORERS["lebih_dari"].score(record)

    def test_it_is_in_force_for_2021_as_a_whole(self):
        force = catalog.read("konversi-2021", unnamed="assume").model.in_force
        assert (force.from_, force.until, force.whole) == (
            date(2021, 1, 1),
            date(2021, 12, 31),
            True,
        )
