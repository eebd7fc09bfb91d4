"""Which formula applies depends on where a number lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_runs import NUMBER, num, ref, refused, run

from kinerja.exact import exact
from kinerja.rules import Piecewise, Segment
from kinerja.values import Interval

TYPES = {"x": NUMBER}


def segment(value, low=None, high=None, **ends):
    interval = Interval(
        low=None if low is None else exact(low), high=None if high is None else exact(high), **ends
    )
    return Segment(interval=interval, value=value)


def rule(*segments, **choices):
    return Piecewise(of=ref("x"), segments=segments, **choices)


#: Conversion of PermenPANRB 8/2021: the numbers of the worst and the best segment jump.
JUMPING = rule(
    segment(num(0), high=0, high_open=True),
    segment(ref("x") / 2, 0, 50),
    segment(ref("x"), 50, 100, low_open=True),
    segment(num(100), low=100, low_open=True),
)


@given(st.fractions(-20, 120, max_denominator=9))
def test_each_number_takes_the_formula_of_its_segment(x):
    expected = 0 if x < 0 else x / 2 if x <= 50 else min(x, 100)
    assert run(JUMPING, TYPES, {"x": x}).value == expected


@given(st.fractions(-20, 120, max_denominator=9), st.fractions(-20, 120, max_denominator=9))
def test_rising_segments_rise_as_a_whole(one, other):
    low, high = sorted((one, other))
    assert run(JUMPING, TYPES, {"x": low}).value <= run(JUMPING, TYPES, {"x": high}).value


def test_outside_all_segments_there_is_no_value():
    assert run(rule(segment(ref("x"), 0, 10)), TYPES, {"x": 11}).reasons == ["outside_bands"]


def test_one_segment_without_ends_holds_every_number():
    assert run(rule(segment(ref("x") * 3)), TYPES, {"x": -7}).value == -21


@pytest.mark.parametrize(
    ("between", "value"), [("missing", None), ("lower_bounds", 1), ("upper_bounds", 2)]
)
def test_a_number_between_two_segments_is_as_the_policy_names(between, value):
    some = rule(segment(num(1), 0, 9), segment(num(2), 10, 20), between=between)
    found = run(some, TYPES, {"x": "9.5"})
    if value is None:
        assert found.reasons == ["outside_bands"]
    else:
        assert found.value == value


def test_gaps_and_overlaps_are_refused_where_they_stand():
    some = rule(
        segment(num(1), 0, 9), segment(num(2), 10, 20), segment(num(3), 20, 30), segment(num(4), 40)
    )
    assert refused(some, TYPES) == [
        ("KNJ205", "segments[1]"),
        ("KNJ204", "segments[2]"),
        ("KNJ205", "segments[3]"),
    ]
