"""Weights as stated, SMART and swing: exact shares, and what each method asks for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import direct_weights, equal_weights, smart_weights, swing_weights

points = st.dictionaries(
    st.text("abcde", min_size=1, max_size=3),
    st.fractions(0, 100, max_denominator=8),
    min_size=2,
    max_size=6,
)


def codes(error):
    return [issue.code for issue in error.value.issues]


@given(points.filter(lambda given: any(given.values())))
def test_points_become_shares_of_their_sum(given):
    total = sum(given.values())
    assert dict(direct_weights(given)) == {name: value / total for name, value in given.items()}


@given(points.filter(lambda given: any(given.values())), st.fractions(Fraction(1, 9), 9))
def test_points_times_a_factor_are_the_same_weights(given, factor):
    assert direct_weights(
        {name: value * factor for name, value in given.items()}
    ) == direct_weights(given)


def test_percents_are_taken_as_they_are():
    found = direct_weights({"a": "60 %", "b": 30, "c": "10"}, unit="percent")
    assert dict(found) == {"a": Fraction(3, 5), "b": Fraction(3, 10), "c": Fraction(1, 10)}


def test_percents_that_do_not_sum_to_100_are_refused():
    with pytest.raises(InputError) as error:
        direct_weights({"a": 60, "b": "35.5"}, unit="percent")
    [issue] = error.value.issues
    assert (issue.code, issue.details["found"]) == ("KNJ014", "95.5 %")


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as error:
        direct_weights({"a": -1, "b": "many", "c": float("nan"), "d": 3})
    assert codes(error) == ["KNJ012", "KNJ012", "KNJ012"]
    assert [issue.path for issue in error.value.issues] == ["points.a", "points.b", "points.c"]


@pytest.mark.parametrize("method", [direct_weights, swing_weights])
def test_weights_that_are_all_zero_are_refused(method):
    with pytest.raises(InputError) as error:
        method({"a": 0, "b": 0})
    assert codes(error) == ["KNJ013"]


def test_an_unknown_unit_is_refused():
    with pytest.raises(InputError) as error:
        direct_weights({"a": 1, "b": 1}, unit="per cent")
    [issue] = error.value.issues
    assert (issue.code, issue.details["nearest"]) == ("KNJ033", '"percent"')


def test_equal_weights_are_exact():
    assert dict(equal_weights(["a", "b", "c"])) == dict.fromkeys("abc", Fraction(1, 3))


@pytest.mark.parametrize("criteria", [[], ["a"], ["a", "a"]])
def test_equal_weights_need_different_names(criteria):
    with pytest.raises(InputError) as error:
        equal_weights(criteria)
    assert codes(error) == ["KNJ019"]


def test_smart_rates_upwards_from_ten():
    found = smart_weights({"hasil": 40, "perilaku": 30, "disiplin": 10})
    assert dict(found) == {
        "hasil": Fraction(1, 2),
        "perilaku": Fraction(3, 8),
        "disiplin": Fraction(1, 8),
    }


def test_swing_rates_downwards_from_a_hundred():
    assert dict(swing_weights({"a": 100, "b": 60, "c": 0})) == {
        "a": Fraction(5, 8),
        "b": Fraction(3, 8),
        "c": Fraction(0),
    }


@pytest.mark.parametrize(
    ("method", "ratings", "told"),
    [
        (smart_weights, {"a": 20, "b": 30}, [("a", "20", "10")]),
        (smart_weights, {"a": 5, "b": 10, "c": 9}, [("a", "5", "≥ 10"), ("c", "9", "≥ 10")]),
        (swing_weights, {"a": 90, "b": 30}, [("a", "90", "100")]),
        (swing_weights, {"a": 110, "b": 100}, [("a", "110", "≤ 100")]),
    ],
)
def test_ratings_without_their_anchor_are_refused(method, ratings, told):
    with pytest.raises(InputError) as error:
        method(ratings)
    issues = error.value.issues
    assert {issue.code for issue in issues} == {"KNJ016"}
    assert [tuple(issue.details.values()) for issue in issues] == told


def test_each_method_names_itself_and_its_paper():
    given = {"a": 100, "b": 10}
    for method in (direct_weights, smart_weights, swing_weights):
        assert "19" in method(given).origin.source
    assert [
        method(given).origin.method for method in (direct_weights, smart_weights, swing_weights)
    ] == [
        "direct_points",
        "smart",
        "swing",
    ]
    assert equal_weights(["a", "b"]).origin.method == "equal"
