"""Weights from ranks: exact, in order, with ties as named."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import rank_order_centroid_weights, rank_reciprocal_weights, rank_sum_weights

METHODS = [rank_order_centroid_weights, rank_sum_weights, rank_reciprocal_weights]
by_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
sizes = st.integers(2, 12)


def names(size):
    return [f"k{place}" for place in range(1, size + 1)]


@by_method
@given(size=sizes)
def test_weights_fall_with_the_rank_and_sum_to_exactly_1(method, size):
    found = method(names(size))
    assert found.total == 1
    assert all(one > other for (_, one), (_, other) in pairwise(found))


@given(sizes)
def test_the_centroid_is_the_mean_of_the_corners_of_the_ordered_simplex(size):
    """The weights w1 >= … >= wn have the corners (1/k, …, 1/k, 0, …, 0), k = 1..n; Barron 1992."""
    corners = [[Fraction(1, k)] * k + [Fraction(0)] * (size - k) for k in range(1, size + 1)]
    means = [sum(column, Fraction(0)) / size for column in zip(*corners, strict=True)]
    assert [share for _, share in rank_order_centroid_weights(names(size))] == means


@given(sizes)
def test_rank_sums_differ_by_a_constant_step(size):
    shares = [share for _, share in rank_sum_weights(names(size))]
    assert {one - other for one, other in pairwise(shares)} == {shares[-1]}


@given(sizes)
def test_reciprocals_are_in_the_ratio_of_the_ranks(size):
    shares = [share for _, share in rank_reciprocal_weights(names(size))]
    assert all(share * place == shares[0] for place, share in enumerate(shares, start=1))


@by_method
@given(size=sizes, data=st.data())
def test_names_in_order_and_numbered_names_say_the_same(method, size, data):
    ranks = {name: place for place, name in enumerate(names(size), start=1)}
    mixed = {name: ranks[name] for name in data.draw(st.permutations(names(size)))}
    found = method(mixed)
    assert found.names == tuple(mixed)
    assert dict(found) == dict(method(names(size)))


@by_method
@pytest.mark.parametrize(
    "ranks", [(1, 2, 2, 4), (1, 2, 2, 3), (1, "2.5", 2.5, 4), ("1", Fraction(5, 2), "5/2", 4)]
)
def test_ties_share_the_mean_of_their_places_however_they_are_written(method, ranks):
    plain = [share for _, share in method("abcd")]
    found = method(dict(zip("abcd", ranks, strict=True)), ties="mean")
    middle = (plain[1] + plain[2]) / 2
    assert [share for _, share in found] == [plain[0], middle, middle, plain[3]]
    assert found.origin.facts["ties"] == 2


@by_method
def test_all_equal_ranks_are_equal_weights(method):
    found = method(dict.fromkeys("abc", 1), ties="mean")
    assert {share for _, share in found} == {Fraction(1, 3)}


@by_method
def test_ties_are_refused_unless_their_treatment_is_named(method):
    with pytest.raises(InputError) as error:
        method({"a": 1, "b": 2, "c": 2, "d": 4, "e": 4})
    [issue] = error.value.issues
    assert (issue.code, issue.details["found"]) == ("KNJ015", "b = c, d = e")


@pytest.mark.parametrize(
    "ranks", [(1, 3), (0, 1), (2, 3), (1, 2, 2, 5), (1, 2, "3.5"), (-1, 1), (1, 1, 2, 4)]
)
def test_ranks_that_are_none_are_refused(ranks):
    with pytest.raises(InputError) as error:
        rank_sum_weights({f"k{place}": rank for place, rank in enumerate(ranks)}, ties="mean")
    assert [issue.code for issue in error.value.issues] == ["KNJ015"]


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as error:
        rank_sum_weights({"a": "first", "b": None, "c": 1}, ties="drop")
    assert [issue.code for issue in error.value.issues] == ["KNJ033", "KNJ015", "KNJ015"]


@pytest.mark.parametrize("ranks", [["a"], [], ["a", "b", "a"], {"a": 1}])
def test_fewer_than_two_criteria_and_repeated_ones_are_refused(ranks):
    with pytest.raises(InputError) as error:
        rank_sum_weights(ranks)
    assert [issue.code for issue in error.value.issues] == ["KNJ019"]


@by_method
def test_the_method_and_its_paper_are_told(method):
    origin = method("ab").origin
    assert f"{origin.method}_weights" == method.__name__
    assert "19" in origin.source
