"""What is known of numbers decides a comparison only where it does for each of them."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns import kernels as k
from kinerja.columns.bounds import Fact
from kinerja.columns.plan_values import always, constant, is_short, unit_of
from kinerja.formula.nodes import COMPARISONS

ENDS = (-2.0, -1.0, 0.0, 0.5, 1.0, 3.0)
POINTS = tuple(
    Fraction(text) for text in ("-3", "-2", "-3/2", "0", "1/3", "1/2", "1", "2", "3", "7/2")
)


@pytest.mark.parametrize("op", COMPARISONS)
def test_a_comparison_is_known_where_both_ends_and_what_lies_between_agree(op):
    for low in ENDS:
        for high in (end for end in ENDS if end >= low):
            for at in POINTS:
                inside = [Fraction(low), Fraction(high), (Fraction(low) + Fraction(high)) / 2]
                inside += [at] if low <= at <= high else []
                inside += [at + Fraction(1, 99)] if low <= at + Fraction(1, 99) <= high else []
                inside += [at - Fraction(1, 99)] if low <= at - Fraction(1, 99) <= high else []
                answers = {k.COMPARE[op](x, at) for x in inside}
                found = always(op, Fact(low, high), at)
                if found is None:
                    # It is not known; numbers of both kinds exist, or it is one point.
                    assert len(answers) == 2 or low == high
                else:
                    assert answers == {found}


def test_one_number_is_known_to_be_at_its_point():
    assert always("<=", Fact(1.0, 1.0), Fraction(1)) is True
    assert always("<", Fact(1.0, 1.0), Fraction(1)) is False
    assert always(">=", Fact(1.0, 1.0), Fraction(1)) is True
    assert always(">", Fact(1.0, 1.0), Fraction(1)) is False


def test_a_constant_is_its_scale():
    figure = constant(Fraction(-1, 3))
    assert (figure.register, figure.scale, figure.whole) == (None, Fraction(-1, 3), True)
    assert figure.fact == Fact(1.0, 1.0)


@given(st.lists(st.fractions().filter(bool), min_size=1, max_size=6))
def test_every_number_is_a_whole_multiple_of_the_unit_and_of_no_larger_one(scales):
    unit = unit_of(scales)
    times = [scale / unit for scale in scales]
    assert unit > 0
    assert all(t.denominator == 1 for t in times)
    assert gcd(*(t.numerator for t in times)) == 1


def test_factors_of_thousands_of_digits_are_not_short():
    assert is_short(Fraction(10**300, 7))
    assert not is_short(Fraction(10**400, 10**399 + 1))
