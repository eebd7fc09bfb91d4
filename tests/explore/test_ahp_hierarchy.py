"""Hierarchies: the weight of a leaf is the product of the weights above it, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from judged_strategies import judgements

from kinerja.errors import InputError
from kinerja.explore import ahp_hierarchy_weights, ahp_weights, rank_order_centroid_weights
from kinerja.values import Weights

TREE = {
    "kinerja": {("hasil", "perilaku"): 3},
    "hasil": {("mutu", "jumlah"): 2, ("mutu", "waktu"): 4, ("jumlah", "waktu"): 2},
}


def hierarchy(groups, **named):
    return ahp_hierarchy_weights(groups, random_index="saaty1980", **named)


def codes(error):
    return [issue.code for issue in error.value.issues]


def test_a_leaf_weighs_the_product_of_what_stands_above_it():
    found = hierarchy(TREE)
    assert dict(found) == {
        "mutu": Fraction(3, 4) * Fraction(4, 7),
        "jumlah": Fraction(3, 4) * Fraction(2, 7),
        "waktu": Fraction(3, 4) * Fraction(1, 7),
        "perilaku": Fraction(1, 4),
    }
    assert found.origin.facts["weight.hasil"] == Fraction(3, 4)


@given(judgements(least=3, most=5))
def test_leaves_sum_to_exactly_1_and_are_rounded_at_no_level(pairs):
    below = {
        "k0": {(f"x{a}", f"x{b}"): ratio for (a, b), ratio in pairs.items()},
        "goal": pairs,
    }
    found = hierarchy(below)
    top = ahp_weights(pairs, random_index="saaty1980")
    inner = ahp_weights(below["k0"], random_index="saaty1980")
    assert found.total == 1
    assert found["xk0"] == top["k0"] * inner["xk0"]
    assert found["k1"] == top["k1"]


def test_groups_may_stand_in_any_order():
    assert hierarchy(dict(reversed(TREE.items()))) == hierarchy(TREE)


def test_a_group_may_have_weights_by_another_method():
    found = hierarchy({**TREE, "hasil": rank_order_centroid_weights(["mutu", "jumlah"])})
    assert found["mutu"] == Fraction(3, 4) * Fraction(3, 4)
    stated = hierarchy({**TREE, "hasil": Weights.of({"mutu": 2, "jumlah": 2})})
    assert stated["mutu"] == Fraction(3, 8)


def test_alternatives_are_weighed_below_the_leaves():
    groups = {"goal": {("a", "b"): 2}}
    below = {"a": {("x", "y"): 3}, "b": {("x", "y"): "1/4"}}
    found = hierarchy(groups, alternatives=below)
    assert found["x"] == Fraction(2, 3) * Fraction(3, 4) + Fraction(1, 3) * Fraction(1, 5)
    assert found.total == 1


def test_a_warning_names_its_group():
    groups = {**TREE, "perilaku": {("x", "y"): 6, ("x", "z"): 8, ("y", "z"): 4}}
    found = hierarchy(groups)
    [issue] = found.origin.issues
    assert (issue.code, issue.path) == ("KNJ001", "groups.perilaku")
    assert round(found.origin.facts["cr.perilaku"], 3) == 0.117
    assert found.origin.facts["random_index"] == "saaty1980"
    assert found.origin.facts["cr.hasil"] == 0


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ({"g": {("a", "b"): 1}, "a": {("b", "c"): 1}}, '"b"'),
        ({"g": {("a", "b"): 1}, "h": {("c", "d"): 1}}, '"g", "h"'),
        ({"a": {("b", "c"): 1}, "b": {("a", "d"): 1}}, "–"),
        ({"g": {("x", "y"): 1}, "a": {("b", "c"): 1}, "b": {("a", "d"): 1}}, '"a", "b"'),
        ({}, "–"),
    ],
)
def test_groups_that_are_no_tree_are_refused(groups, found):
    with pytest.raises(InputError) as error:
        hierarchy(groups)
    [issue] = error.value.issues
    assert (issue.code, issue.details["found"]) == ("KNJ018", found)


def test_faults_of_every_group_are_told_at_once():
    with pytest.raises(InputError) as error:
        hierarchy({"g": {("a", "b"): 0}, "a": {("c", "d"): 1, ("d", "e"): 1}})
    assert codes(error) == ["KNJ003", "KNJ010"]
    assert [issue.path.partition("[")[0] for issue in error.value.issues] == [
        "groups.g",
        "groups.a",
    ]


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ({"a": {("x", "y"): 1}}, ["KNJ010"]),
        ({"a": {("x", "y"): 1}, "b": {("x", "z"): 1}}, ["KNJ007", "KNJ010"]),
        ({"a": {("x", "y"): 1}, "b": {("x", "y"): 1}, "c": {("x", "y"): 1}}, ["KNJ007"]),
    ],
)
def test_every_leaf_needs_the_same_alternatives(alternatives, expected):
    with pytest.raises(InputError) as error:
        hierarchy({"goal": {("a", "b"): 2}}, alternatives=alternatives)
    assert codes(error) == expected
