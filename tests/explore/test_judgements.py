"""Judgements of pairs: exact ratios, one direction implied by the other, every fault at once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from judged_strategies import judgements

from kinerja.errors import InputError
from kinerja.explore import ahp_weights, judgements_from_matrix
from kinerja.explore.judgements import read_judgements

ABC = ["a", "b", "c"]


def codes(error):
    return [issue.code for issue in error.value.issues]


def test_a_reciprocal_is_implied():
    read, issues = read_judgements({("b", "a"): 4}, criteria=["a", "b"])
    assert issues == []
    assert read.ratio(0, 1) == Fraction(1, 4)
    assert read.ratio(1, 0) == 4


def test_both_directions_may_be_given_where_they_agree():
    read, issues = read_judgements({("a", "b"): 3, ("b", "a"): "1/3"})
    assert issues == []
    assert read.ratios == {(0, 1): Fraction(3)}


@pytest.mark.parametrize("written", ["1/3", Fraction(1, 3), 1 / 3, 0.3333333333333333])
def test_one_third_is_one_third(written):
    read, issues = read_judgements({("a", "b"): written})
    assert issues == []
    assert read.ratios[0, 1] == Fraction(1, 3)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (1 / 1.13, Fraction(100, 113)),
        (4 / 3, Fraction(4, 3)),
        (0.33, Fraction(33, 100)),
        (2.5, Fraction(5, 2)),
    ],
)
def test_a_long_float_is_the_ratio_that_prints_it(written, meant):
    read, _ = read_judgements({("a", "b"): written})
    assert read.ratios[0, 1] == meant


@given(judgements())
def test_a_matrix_says_what_its_upper_half_says(pairs):
    criteria = tuple(dict.fromkeys(name for pair in pairs for name in pair))
    matrix = [
        [
            Fraction(1) if one == other else pairs.get((one, other)) or 1 / pairs[other, one]
            for other in criteria
        ]
        for one in criteria
    ]
    assert judgements_from_matrix(matrix, criteria=criteria) == pairs
    floats = [[float(value) for value in row] for row in matrix]
    assert judgements_from_matrix(floats, criteria=criteria) == pairs


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as error:
        ahp_weights(
            {
                ("a", "b"): -3,
                ("a", "c"): 0,
                ("b", "c"): "three",
                ("a", "x"): 2,
                ("c", "c"): 2,
            },
            criteria=ABC,
            random_index="saaty",
            method="mean",
        )
    assert codes(error) == ["KNJ003", "KNJ003", "KNJ003", "KNJ007", "KNJ016", "KNJ033", "KNJ033"]


def test_directions_that_contradict_each_other_are_refused():
    with pytest.raises(InputError) as error:
        ahp_weights({("a", "b"): 3, ("b", "a"): "1/4"}, random_index="saaty1980")
    [issue] = error.value.issues
    assert issue.code == "KNJ004"
    assert issue.path == "judgements[b : a]"
    assert issue.details["expected"] == "1/3"


def test_a_rounded_reciprocal_is_refused():
    with pytest.raises(InputError) as error:
        judgements_from_matrix([[1, 3], [0.33, 1]], criteria=["a", "b"])
    assert codes(error) == ["KNJ004"]


def test_the_nearest_name_is_suggested():
    with pytest.raises(InputError) as error:
        ahp_weights(
            {("hasil", "perilku"): 3}, criteria=["hasil", "perilaku"], random_index="saaty1980"
        )
    assert error.value.issues[0].details["nearest"] == '"perilaku"'


@pytest.mark.parametrize(
    "matrix", [[[1, 2]], [[1, 2], [0.5]], [[1, 2, 3], [0.5, 1, 2]], [[1, 2], [0.5, 1], [1, 1]]]
)
def test_a_matrix_that_is_not_square_is_refused(matrix):
    with pytest.raises(InputError) as error:
        ahp_weights(matrix, criteria=["a", "b"], random_index="saaty1980")
    assert codes(error) == ["KNJ006"]


def test_a_diagonal_that_is_not_1_is_refused():
    with pytest.raises(InputError) as error:
        ahp_weights([[1, 2], [0.5, 2]], criteria=["a", "b"], random_index="saaty1980")
    assert codes(error) == ["KNJ016"]


def test_a_ratio_beyond_the_scale_is_noted_and_used():
    found = ahp_weights({("a", "b"): 12}, random_index="saaty1980")
    assert found["a"] == Fraction(12, 13)
    [issue] = found.origin.issues
    assert (issue.code, issue.severity) == ("KNJ008", "note")


@pytest.mark.parametrize("criteria", [[], ["a"], ["a", "a"]])
def test_fewer_than_two_names_and_repeated_ones_are_refused(criteria):
    _, issues = read_judgements({}, criteria=criteria)
    assert [issue.code for issue in issues] == ["KNJ019"]


def test_a_missing_judgement_is_named():
    with pytest.raises(InputError) as error:
        ahp_weights({("a", "b"): 2, ("b", "c"): 2}, random_index="saaty1980")
    [issue] = error.value.issues
    assert (issue.code, issue.details["found"]) == ("KNJ010", "a : c")


@pytest.mark.parametrize("ratio", ["1e7", "1/2000000", "1e390"])
def test_a_ratio_that_nobody_can_mean_is_refused(ratio):
    with pytest.raises(InputError) as error:
        ahp_weights({("a", "b"): ratio, ("a", "c"): 1, ("b", "c"): 1}, random_index="saaty1980")
    assert codes(error) == ["KNJ016"]
