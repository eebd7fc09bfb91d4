"""Ranges of numbers with open and closed ends."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.values import Interval

numbers = st.fractions(-100, 100, max_denominator=20)


@st.composite
def intervals(draw):
    low, high = sorted((draw(numbers), draw(numbers)))
    single = low == high
    absent_low, absent_high = draw(st.booleans()), draw(st.booleans())
    return Interval(
        low=None if absent_low else low,
        high=None if absent_high else high,
        low_open=not absent_low and draw(st.booleans()) and (not single or absent_high),
        high_open=not absent_high and draw(st.booleans()) and (not single or absent_low),
    )


@given(intervals(), numbers)
def test_a_number_lies_inside_or_on_exactly_one_side(interval, value):
    sides = [value in interval, interval.is_above(value), interval.is_below(value)]
    assert sides.count(True) == 1


@given(intervals())
def test_an_end_lies_inside_unless_it_is_open(interval):
    if interval.low is not None:
        assert (interval.low in interval) is not interval.low_open
    if interval.high is not None:
        assert (interval.high in interval) is not interval.high_open


@given(intervals(), intervals(), numbers)
def test_intervals_that_hold_the_same_numbers_at_every_end_are_equal(first, second, value):
    if first == second:
        assert (value in first) is (value in second)
        assert hash(first) == hash(second)


@pytest.mark.parametrize(
    "ends",
    [
        {"low": Fraction(2), "high": Fraction(1)},
        {"low": Fraction(1), "high": Fraction(1), "low_open": True},
        {"low": Fraction(1), "high": Fraction(1), "high_open": True},
    ],
)
def test_an_interval_without_a_number_is_refused(ends):
    with pytest.raises(ValueError, match="empty interval"):
        Interval(**ends)


@pytest.mark.parametrize("ends", [{"low_open": True}, {"high_open": True, "low": Fraction(1)}])
def test_an_absent_end_is_not_open(ends):
    with pytest.raises(ValueError, match="absent"):
        Interval(**ends)


def test_one_number_alone_is_an_interval():
    assert Fraction(5) in Interval(low=Fraction(5), high=Fraction(5))


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        ({}, "(−∞, ∞)"),
        ({"low": Fraction(7661, 100), "high": Fraction(90), "high_open": True}, "[76.61, 90)"),
        ({"low": Fraction(1, 3), "low_open": True}, "(1/3, ∞)"),
        ({"high": Fraction(-1, 2)}, "(−∞, -0.5]"),
    ],
)
def test_it_is_printed_as_mathematics_writes_it(ends, text):
    assert str(Interval(**ends)) == text
