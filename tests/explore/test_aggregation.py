"""Ways to make one score of several components."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import Aggregation, Floors, aggregate, dispersion, orness
from kinerja.explore.aggregation import Kind
from kinerja.values import Weights
from kinerja.words import say

KINDS = ["arithmetic", "geometric", "harmonic", "minimum"]


def one(values, weights, **way):
    more = {"missing": way.pop("missing")} if "missing" in way else {}
    named = {str(place): weight for place, weight in enumerate(weights)}
    found = aggregate([values], weights=named, by=Aggregation(**way), **more)
    return float(found[0])


@st.composite
def people(draw):
    count = draw(st.integers(2, 5))
    values = draw(st.lists(st.integers(1, 120), min_size=count, max_size=count))
    weights = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    return [float(value) for value in values], weights


@given(person=people())
def test_means_are_those_of_their_formula(person):
    values, weights = person
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    exact = sum(s * Fraction(v) for s, v in zip(shares, values, strict=True))
    harmonic = 1 / sum(s / Fraction(v) for s, v in zip(shares, values, strict=True))
    geometric = math.prod(v ** float(s) for s, v in zip(shares, values, strict=True))
    assert one(values, weights, kind="arithmetic") == pytest.approx(float(exact), rel=1e-13)
    assert one(values, weights, kind="harmonic") == pytest.approx(float(harmonic), rel=1e-13)
    assert one(values, weights, kind="geometric") == pytest.approx(geometric, rel=1e-12)
    assert one(values, weights, kind="minimum") == min(values)


@given(person=people())
def test_less_compensation_never_gives_more(person):
    values, weights = person
    found = [one(values, weights, kind=kind) for kind in KINDS]
    assert all(a >= b - 1e-9 for a, b in pairwise(found))


@given(person=people())
def test_power_means_contain_the_others(person):
    values, weights = person
    for power, kind in ((1.0, "arithmetic"), (0.0, "geometric"), (-1.0, "harmonic")):
        assert one(values, weights, kind="power", power=power) == pytest.approx(
            one(values, weights, kind=kind), rel=1e-12
        )
    assert one(values, weights, kind="power", power=-600.0) == pytest.approx(min(values), rel=1e-2)
    assert one(values, weights, kind="power", power=600.0) == pytest.approx(max(values), rel=1e-2)


@given(person=people())
@settings(max_examples=30)
def test_ordered_average_looks_at_places_not_at_names(person):
    values, order = person
    found = one(values, [1] * len(values), kind="owa", order=tuple(order))
    best_first = sorted(values, reverse=True)
    expected = sum(w * v for w, v in zip(order, best_first, strict=True)) / sum(order)
    assert found == pytest.approx(expected, rel=1e-13)
    assert one(values[::-1], [1] * len(values), kind="owa", order=tuple(order)) == pytest.approx(
        found, rel=1e-13
    )


def test_orness_of_the_corners():
    assert orness([1, 0, 0]) == 1
    assert orness([0, 0, 1]) == 0
    assert orness([2, 2, 2]) == Fraction(1, 2)
    assert dispersion([1, 1, 1]) == pytest.approx(math.log(3))
    assert dispersion([1, 0, 0]) == 0


def test_zero_makes_a_product_zero():
    for way in ({"kind": "geometric"}, {"kind": "harmonic"}, {"kind": "power", "power": -2.0}):
        assert one([0.0, 100.0], [1, 1], **way) == 0.0


def test_component_of_weight_zero_does_not_count():
    for kind in KINDS:
        assert one([0.0, 50.0], [0, 1], kind=kind) == pytest.approx(50.0)


@pytest.mark.parametrize("kind", [*KINDS, "weighted_sum", "weighted_product"])
def test_missing_component_gives_no_score_unless_named(kind):
    nan = float("nan")
    assert math.isnan(one([nan, 50.0], [1, 1], kind=kind))
    found = one([nan, 50.0, 50.0], [1, 1, 1], kind=kind, missing="renormalise")
    whole = {"weighted_sum": 150.0, "weighted_product": 50.0**3}.get(kind, 50.0)
    assert found == pytest.approx(whole)
    assert math.isnan(one([nan, nan], [1, 1], kind=kind, missing="renormalise"))


@pytest.mark.parametrize("kind", [*KINDS, "weighted_sum"])
def test_component_without_weight_may_be_missing(kind):
    assert one([float("nan"), 50.0], [0, 1], kind=kind) == pytest.approx(50.0)


def test_weights_are_divided_anew_among_those_present():
    nan = float("nan")
    found = one([80.0, nan, 60.0], [2, 5, 1], kind="arithmetic", missing="renormalise")
    assert found == pytest.approx((2 * 80 + 60) / 3)
    found = one([80.0, nan, 60.0], [2, 5, 1], kind="geometric", missing="renormalise")
    assert found == pytest.approx((80**2 * 60) ** (1 / 3))
    assert one([nan, 0.0, 9.0], [1, 1, 1], kind="geometric", missing="renormalise") == 0.0


def test_places_cannot_be_divided_anew():
    nan = float("nan")
    way = {"kind": "owa", "order": (1, 1, 1), "missing": "renormalise"}
    assert math.isnan(one([80.0, nan, 60.0], [1, 1, 1], **way))


def test_component_below_its_floor_fails_the_whole_or_caps_it():
    rows, weights = [[59.9, 100], [60, 100], [100, 10]], {"a": 1, "b": 1}
    fail = Floors(least={"a": 60}, below="fail")
    cap = Floors(least={"a": 60}, below="cap", cap=75)
    for floors, expected in ((fail, [0, 80, 55]), (cap, [75, 80, 55])):
        by = Aggregation(kind="arithmetic", floors=floors)
        assert aggregate(rows, weights=weights, by=by).tolist() == expected


def test_floor_on_the_very_value_is_reached():
    floors = Floors(least={"a": "0.3"}, below="fail")
    by = Aggregation(kind="arithmetic", floors=floors)
    assert aggregate([[0.3]], weights={"a": 1}, by=by).tolist() == [0.3]


def test_cap_never_lifts_a_score():
    floors = Floors(least={"a": 60}, below="cap", cap=75)
    by = Aggregation(kind="arithmetic", floors=floors)
    assert aggregate([[10, 20]], weights={"a": 1, "b": 1}, by=by).tolist() == [15.0]


def test_equal_people_get_equal_scores_wherever_they_stand():
    rows = np.tile([0.1, 0.7, 77.77], (1003, 1))
    for kind in KINDS:
        found = aggregate(rows, weights={"a": 1, "b": 2, "c": 3}, by=Aggregation(kind=kind))
        assert len(set(found.tolist())) == 1


@pytest.mark.parametrize(
    ("way", "code"),
    [
        ({"kind": "rata-rata"}, "KNJ033"),
        ({"kind": "power"}, "KNJ035"),
        ({"kind": "arithmetic", "power": 2.0}, "KNJ035"),
        ({"kind": "owa"}, "KNJ035"),
        ({"kind": "geometric", "order": (1, 2)}, "KNJ035"),
    ],
)
def test_way_that_says_too_little_or_too_much_is_refused(way, code):
    with pytest.raises(InputError, match=code):
        Aggregation(**way)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_way_has_words(kind):
    assert say(f"explore.aggregation.{kind}", "id") != say(f"explore.aggregation.{kind}", "en")


def test_floor_without_its_cap_is_refused():
    with pytest.raises(InputError, match="KNJ035"):
        Floors(least={"a": 1}, below="cap")
    with pytest.raises(InputError, match="KNJ035"):
        Floors(least={"a": 1}, below="fail", cap=3)


@pytest.mark.parametrize(
    ("rows", "weights", "by", "code"),
    [
        ([[1, 2]], {"a": -1, "b": 2}, Aggregation(kind="arithmetic"), "KNJ034"),
        ([[1, 2]], {"a": 0, "b": 0}, Aggregation(kind="arithmetic"), "KNJ034"),
        ([[1, 2]], {"a": "x", "b": 1}, Aggregation(kind="arithmetic"), "KNJ034"),
        ([[1, 2]], {"a": float("nan"), "b": 1}, Aggregation(kind="arithmetic"), "KNJ034"),
        ([[1, -2]], {"a": 1, "b": 2}, Aggregation(kind="geometric"), "KNJ027"),
        ([[1, np.inf]], {"a": 1, "b": 2}, Aggregation(kind="arithmetic"), "KNJ025"),
        ([[1, 2]], {"a": 1, "b": 2}, Aggregation(kind="owa", order=(1, 2, 3)), "KNJ034"),
        ([[1, 2, 3]], {"a": 1, "b": 2}, Aggregation(kind="arithmetic"), "KNJ020"),
        ({"a": [1]}, {"a": 1, "b": 2}, Aggregation(kind="arithmetic"), "KNJ021"),
    ],
)
def test_bad_input_is_refused_by_name(rows, weights, by, code):
    with pytest.raises(InputError, match=code):
        aggregate(rows, weights=weights, by=by)


def test_unknown_component_of_a_floor_is_refused():
    by = Aggregation(kind="arithmetic", floors=Floors(least={"c": 60}, below="fail"))
    with pytest.raises(InputError, match="KNJ033"):
        aggregate([[1, 2]], weights={"a": 1, "b": 1}, by=by)


def test_weights_of_any_origin_are_taken():
    by = Aggregation(kind="arithmetic")
    found = aggregate([[60, 100]], weights=Weights.of({"a": "60 %", "b": "40 %"}), by=by)
    assert found.tolist() == pytest.approx([76.0])
