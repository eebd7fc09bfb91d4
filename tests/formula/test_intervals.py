from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kinerja.exact import Rounding, RoundingMode
from kinerja.formula.intervals import (
    added,
    divided,
    hull,
    larger,
    multiplied,
    negated,
    on_grid,
    overlap,
    point,
    rounded,
    smaller,
    sum_of_items,
    without,
)
from kinerja.values import Interval

#: Stands for "as near as one likes" and for "as far as one likes".
NEAR = Fraction(1, 10**6)
FAR = Fraction(10**6)


def span(text: str) -> Interval:
    """Read `[0, 5)`; an end without a number is `..`."""
    low, high = (part.strip() for part in text[1:-1].split(","))
    return Interval(
        low=None if low == ".." else Fraction(low),
        high=None if high == ".." else Fraction(high),
        low_open=low != ".." and text[0] == "(",
        high_open=high != ".." and text[-1] == ")",
    )


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    ends = sorted(draw(st.tuples(st.integers(-3, 3), st.integers(-3, 3))))
    low, high = (draw(st.sampled_from((Fraction(end), Fraction(end), None))) for end in ends)
    is_point = low is not None and low == high
    return Interval(
        low=low,
        high=high,
        low_open=low is not None and not is_point and draw(st.booleans()),
        high_open=high is not None and not is_point and draw(st.booleans()),
    )


def samples(interval: Interval) -> list[Fraction]:
    """Numbers of an interval: its ends, or some very near to them, and some between."""
    low = -FAR if interval.low is None else interval.low + NEAR * interval.low_open
    high = FAR if interval.high is None else interval.high - NEAR * interval.high_open
    some = [low, high, (low + high) / 2, Fraction(0), NEAR, -NEAR, Fraction(1), Fraction(-1)]
    return [number for number in some if number in interval]


def is_tight(interval: Interval, found: list[Fraction]) -> bool:
    """Tell whether numbers come as near to both ends as samples can, and meet closed ones."""
    low, high = min(found), max(found)
    lowest = -FAR / 10 if interval.low is None else interval.low + 10 * NEAR * interval.low_open
    highest = FAR / 10 if interval.high is None else interval.high - 10 * NEAR * interval.high_open
    return low <= lowest and high >= highest


BINARY = {
    added: lambda a, b: a + b,
    multiplied: lambda a, b: a * b,
    divided: lambda a, b: a / b if b else None,
    smaller: min,
    larger: max,
}


@pytest.mark.parametrize("operation", BINARY)
@settings(max_examples=150, deadline=None)
@given(first=intervals(), second=intervals())
def test_an_operation_holds_every_result_and_no_more(operation, first, second):
    compute = BINARY[operation]
    found = [compute(a, b) for a in samples(first) for b in samples(second)]
    found = [number for number in found if number is not None]
    result = operation(first, second)
    if result is None:
        assert found == []
        return
    assert all(number in result for number in found)
    # Between infinity and zero the samples' own steps show.
    if operation is not divided and None not in (first.low, first.high, second.low, second.high):
        assert is_tight(result, found)


@settings(max_examples=150, deadline=None)
@given(intervals(), intervals())
def test_a_hull_holds_both_and_ends_where_they_end(first, second):
    both = samples(first) + samples(second)
    result = hull(first, second)
    assert all(number in result for number in both)
    assert is_tight(result, both)


@settings(max_examples=150, deadline=None)
@given(intervals(), intervals())
def test_an_overlap_holds_what_both_hold(first, second):
    result = overlap(first, second)
    for number in samples(first) + samples(second):
        inside = number in first and number in second
        assert inside == (result is not None and number in result)


@settings(max_examples=100, deadline=None)
@given(intervals())
def test_turning_signs_twice_changes_nothing(interval):
    assert negated(negated(interval)) == interval
    assert all(-number in negated(interval) for number in samples(interval))


MODES: tuple[RoundingMode, ...] = (
    "half_up",
    "half_even",
    "half_down",
    "down",
    "up",
    "floor",
    "ceiling",
)


@settings(max_examples=200, deadline=None)
@given(intervals(), st.sampled_from(MODES), st.sampled_from((-1, 0, 1)))
def test_rounding_meets_both_ends(interval, mode, digits):
    rounding = Rounding(digits=digits, mode=mode)
    found = [rounding.apply(number) for number in samples(interval)]
    result = rounded(interval, rounding)
    assert all(number in result for number in found)
    assert result.low is None or result.low == min(found)
    assert result.high is None or result.high == max(found)


def test_an_open_end_rounds_as_the_numbers_inside_it():
    half_up = Rounding(digits=0, mode="half_up")
    assert rounded(span("(0.5, 1.5)"), half_up) == point(Fraction(1))
    assert rounded(span("[0.5, 1.5]"), half_up) == span("[1, 2]")
    assert rounded(span("(0.2, 1.7)"), half_up) == span("[0, 2]")


@settings(max_examples=100, deadline=None)
@given(intervals(), st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2, 3), Fraction(5)]))
def test_a_grid_keeps_its_own_multiples(interval, grid):
    result = on_grid(interval, grid)
    for steps in range(-20, 21):
        number = steps * grid
        assert (number in interval) == (result is not None and number in result)
    if result is not None:
        assert all(end is None or not end % grid for end in (result.low, result.high))


@pytest.mark.parametrize(
    ("interval", "value", "left"),
    [
        ("[0, 5]", 0, "(0, 5]"),
        ("[0, 5]", 5, "[0, 5)"),
        ("[0, 5]", 3, "[0, 5]"),
        ("[-1, 5]", -7, "[-1, 5]"),
        ("[.., ..]", 0, "[.., ..]"),
        ("[2, 2]", 2, None),
    ],
)
def test_one_number_is_taken_out_where_it_is_an_end(interval, value, left):
    expected = None if left is None else span(left)
    assert without(span(interval), Fraction(value)) == expected


@settings(max_examples=150, deadline=None)
@given(intervals(), st.integers(0, 3), st.one_of(st.none(), st.integers(0, 3)))
def test_sums_of_items(value, fewest, more):
    most = None if more is None else fewest + more
    count = Interval(low=Fraction(fewest), high=None if most is None else Fraction(most))
    counts = range(fewest, (fewest + 40 if most is None else most) + 1)
    found = [k * number for k in counts for number in samples(value)]
    result = sum_of_items(value, count)
    assert all(number in result for number in found)
    assume(None not in (value.low, value.high))
    if most is not None:
        assert is_tight(result, found)
        return
    assert (result.low is None) == (min(samples(value)) < 0)
    assert (result.high is None) == (max(samples(value)) > 0)


@pytest.mark.parametrize(
    ("top", "bottom", "quotient"),
    [
        ("[1, 2]", "[4, 5]", "[1/5, 1/2]"),
        ("[1, 2]", "(0, 5]", "[1/5, ..]"),
        ("[0, 2]", "[0, 5)", "[0, ..]"),
        ("[1, 2]", "[2, ..]", "(0, 1]"),
        ("[-1, 2]", "[-4, -1]", "[-2, 1]"),
        ("[1, 2]", "[-1, 1]", "[.., ..]"),
        ("[1, 2]", "[-1, 0]", "[.., -1]"),
        ("[0, 0]", "[-1, 1]", "[0, 0]"),
        ("[1, 1]", "[0, 0]", None),
    ],
)
def test_quotients(top, bottom, quotient):
    expected = None if quotient is None else span(quotient)
    assert divided(span(top), span(bottom)) == expected


@pytest.mark.parametrize(
    ("first", "second", "product"),
    [
        ("(0, 1)", "(0, 1)", "(0, 1)"),
        ("[0, 1)", "(5, ..]", "[0, ..]"),
        ("(0, 1)", "[5, ..]", "(0, ..]"),
        ("[0, 0]", "[.., ..]", "[0, 0]"),
        ("[.., -1]", "[.., -2)", "(2, ..]"),
        ("[-2, 3]", "[-5, 4]", "[-15, 12]"),
    ],
)
def test_products(first, second, product):
    assert multiplied(span(first), span(second)) == span(product)
