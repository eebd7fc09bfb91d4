"""Chances are exact."""

from fractions import Fraction
from itertools import product
from statistics import median as statistics_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort.chance import (
    binomial_tail,
    deviation,
    holm,
    mean_distance,
    median,
    median_place,
    odds,
)

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=20)
NUMBERS = st.lists(st.integers(-50, 50), min_size=1, max_size=12)


@given(st.integers(0, 8), st.integers(0, 9), SHARES)
def test_a_tail_is_the_sum_over_all_outcomes(size, hits, share):
    total = Fraction(0)
    for outcome in product((0, 1), repeat=size):
        if sum(outcome) >= hits:
            total += share ** sum(outcome) * (1 - share) ** (size - sum(outcome))
    if share == 1:
        total = Fraction(1)
    assert binomial_tail(hits, of=size, share=share) == total


def test_a_tail_above_the_wanted_chance_is_not_worked_out():
    assert binomial_tail(5, of=10, share=Fraction(1, 2), most=Fraction(1, 100)) == 1
    rare = binomial_tail(10, of=10, share=Fraction(1, 2), most=Fraction(1, 100))
    assert rare == Fraction(1, 1024)


def test_holm_multiplies_the_smallest_by_all_and_never_falls():
    chances = [Fraction(3, 100), Fraction(1, 100), Fraction(1, 100)]
    assert holm(chances, tests=3) == [Fraction(3, 100), Fraction(3, 100), Fraction(3, 100)]
    assert holm([Fraction(1, 2)], tests=10) == [1]
    assert holm([], tests=5) == []


@pytest.mark.parametrize(
    ("chance", "times"),
    [
        (Fraction(1), 1),
        (Fraction(1, 9), 1),
        (Fraction(1, 10), 10),
        (Fraction(2, 21), 10),
        (Fraction(1, 10**6 - 1), 10**5),
        (Fraction(1, 10**9), 10**6),
    ],
)
def test_odds_are_a_power_of_ten_rounded_down(chance, times):
    assert odds(chance) == times


def test_a_chance_of_nothing_has_no_odds():
    with pytest.raises(ValueError, match="above 0"):
        odds(Fraction(0))


@given(
    st.integers(1, 40), st.fractions(min_value=0, max_value=Fraction(1, 2), max_denominator=5000)
)
def test_a_median_lies_below_an_order_statistic_as_seldom_as_wanted(size, most):
    place = median_place(size, most=most)

    def misses(place):
        """Chance that at most `place` of the numbers lie below the median."""
        return 1 - binomial_tail(place + 1, of=size, share=Fraction(1, 2))

    if place is None:
        assert misses(0) > most or size == 1
    else:
        assert misses(place) <= most
        assert place + 1 >= size // 2 or misses(place + 1) > most


def test_the_interval_of_a_huge_unit_is_found_at_once():
    most = Fraction(1, 1000)
    place = median_place(50_000, most=most)
    # Three standard deviations, of half the root of the size, below the middle.
    assert abs(place - (25_000 - 3.09 * 50_000**0.5 / 2)) < 2


@given(NUMBERS)
def test_middles_are_those_of_the_definition(numbers):
    middle = median(sorted(numbers))
    assert middle == Fraction(statistics_median([Fraction(one) for one in numbers]))
    distances = [abs(one - middle) for one in numbers]
    assert deviation(numbers, middle=middle) == statistics_median(distances)
    assert mean_distance(numbers, middle=middle) == sum(distances) / len(numbers)
