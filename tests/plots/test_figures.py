"""Numbers as pictures write them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.plots.figures import figure, percent, signed, ticks

NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@given(low=NUMBERS, high=NUMBERS, most=st.integers(2, 8))
def test_round_places_lie_inside_evenly_and_are_few(low, high, most):
    low, high = sorted((low, high))
    places = ticks(low, high, most=most)
    assert 1 <= len(places) <= max(most, 2)
    assert all(low <= at <= high for at in places)
    steps = {after - before for before, after in pairwise(places)}
    assert len(steps) <= 1


@pytest.mark.parametrize(
    ("share", "lang", "text"),
    [
        (Fraction(0), "id", "0 %"),
        (Fraction(1), "id", "100 %"),
        (Fraction(1, 3), "id", "33,3 %"),
        (Fraction(1, 3), "en", "33.3 %"),
        (Fraction(1, 5000), "id", "< 0,1 %"),
        (Fraction(4999, 5000), "en", "> 99.9 %"),
    ],
)
def test_a_share_that_is_not_all_is_never_shown_as_all(share, lang, text):
    assert percent(share, lang) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(5, 2), "+2,5"),
        (Fraction(0), "0"),
        (Fraction(-1, 3), "≈ −0,33"),
        (Fraction(1, 3), "≈ +0,33"),
    ],
)
def test_a_change_bears_its_sign(value, text):
    assert signed(value, "id") == text


def test_a_score_keeps_the_decimals_of_its_policy():
    assert figure(Fraction(80), "id", least=2) == "80,00"
