"""The exact simplex method, on programs whose optimum is known otherwise."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kinerja.explore.simplex import minimise

numbers = st.fractions(-5, 5, max_denominator=6)


@given(st.lists(numbers, min_size=1, max_size=8))
def test_the_smallest_bound_of_numbers_is_the_largest_of_them(given_numbers):
    rows = [([Fraction(-1)], -number) for number in given_numbers]
    found = minimise(rows, variables=1, slack=0).point(1)
    assert found == (max(0, *given_numbers),)


@given(st.lists(numbers, min_size=1, max_size=8))
def test_the_middle_of_numbers_deviates_least_from_all_of_them(given_numbers):
    """Chebyshev's problem in one variable: half the distance of the outermost."""
    rows = [
        ([sign, Fraction(-1)], sign * (number + 5))
        for number in given_numbers
        for sign in (Fraction(1), Fraction(-1))
    ]
    middle, deviation = minimise(rows, variables=2, slack=1).point(2)
    assert deviation == (max(given_numbers) - min(given_numbers)) / 2
    assert middle - 5 == (max(given_numbers) + min(given_numbers)) / 2


def test_the_program_of_beale_does_not_go_round_in_circles():
    """Beale 1955 cycles under the rule of the largest coefficient; its optimum is -1/20, here plus 1."""
    rows = [
        ([Fraction(1, 4), Fraction(-60), Fraction(-1, 25), Fraction(9), Fraction(0)], Fraction(0)),
        ([Fraction(1, 2), Fraction(-90), Fraction(-1, 50), Fraction(3), Fraction(0)], Fraction(0)),
        ([Fraction(0), Fraction(0), Fraction(1), Fraction(0), Fraction(0)], Fraction(1)),
        (
            [Fraction(-3, 4), Fraction(150), Fraction(-1, 50), Fraction(6), Fraction(-1)],
            Fraction(-1),
        ),
    ]
    assert minimise(rows, variables=5, slack=4).point(5)[4] == Fraction(19, 20)
