"""How far judges agree: Kendall's W, overlap of weights, what they differ most about."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import judges_agreement
from kinerja.values import Weights


def judges(*rows):
    return {
        f"j{place}": Weights(tuple((f"k{k}", Fraction(share)) for k, share in enumerate(row)))
        for place, row in enumerate(rows)
    }


orders = st.integers(3, 5).flatmap(
    lambda size: st.lists(st.permutations(list(range(1, size + 1))), min_size=2, max_size=5)
)
weights = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(1, 20), min_size=size, max_size=size), min_size=2, max_size=5
    )
)


def spearman(one, other):
    size = len(one)
    squares = sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
    return 1 - Fraction(6 * squares, size**3 - size)


@given(orders)
def test_kendalls_w_follows_from_the_mean_of_spearmans_correlations(rows):
    """Without ties W = (1 + (m - 1) r) / m, with r the mean rank correlation of all pairs of judges."""
    pairs = [spearman(one, other) for one, other in combinations(rows, 2)]
    mean = sum(pairs, Fraction(0)) / len(pairs)
    judged = len(rows)
    assert judges_agreement(judges(*rows)).kendall_w == (1 + (judged - 1) * mean) / judged


def test_ties_are_corrected_for():
    """By hand: ranks (1.5, 1.5, 3) and (1, 2, 3) sum to 2.5, 3.5, 6, so S = 6.5; the ties take 2·6 away."""
    found = judges_agreement(judges((2, 2, 1), (3, 2, 1)))
    assert found.kendall_w == Fraction(12) * Fraction(13, 2) / (4 * 24 - 2 * 6)


@given(weights)
def test_judges_who_tie_alike_agree_wholly(rows):
    found = judges_agreement(judges(rows[0], rows[0], rows[0]))
    assert found.kendall_w == (None if len(set(rows[0])) == 1 else 1)
    assert found.consensus == pytest.approx(1)
    assert found.dispute is None


@given(weights)
def test_agreement_lies_between_0_and_1_and_does_not_hang_on_who_is_first(rows):
    one, other = judges_agreement(judges(*rows)), judges_agreement(judges(*rows[::-1]))
    assert one.kendall_w is None or 0 <= one.kendall_w <= 1
    assert 0 <= one.consensus <= 1
    assert other.kendall_w == one.kendall_w
    assert other.consensus == pytest.approx(one.consensus)


def test_opposite_orders_of_two_judges_cancel_out():
    assert judges_agreement(judges((3, 2, 1), (1, 2, 3))).kendall_w == 0


@pytest.mark.parametrize("size", [2, 3, 5])
def test_judges_with_favourites_of_their_own_have_no_consensus(size):
    rows = [[9 if place == own else 1 for place in range(size)] for own in range(size)]
    assert judges_agreement(judges(*rows)).consensus == pytest.approx(0, abs=1e-12)


@given(weights)
def test_the_dispute_is_the_pair_whose_ratio_scatters_most(rows):
    found = judges_agreement(judges(*rows)).dispute
    spreads = {}
    for i, j in combinations(range(len(rows[0])), 2):
        logs = [log(row[i] / row[j]) for row in rows]
        mean = sum(logs) / len(logs)
        spreads[f"k{i}", f"k{j}"] = (sum((one - mean) ** 2 for one in logs) / len(logs)) ** 0.5
    widest = max(spreads.values())
    if found is None:
        assert widest < 1e-8
        return
    assert spreads[found.first, found.second] == pytest.approx(widest)
    ratios = {
        f"j{k}": Fraction(row[int(found.first[1])], row[int(found.second[1])])
        for k, row in enumerate(rows)
    }
    assert found.lowest[1] == min(ratios.values()) == ratios[found.lowest[0]]
    assert found.highest[1] == max(ratios.values()) == ratios[found.highest[0]]


def test_a_weight_of_0_has_no_ratio_to_differ_about():
    found = judges_agreement(judges((0, 1, 1), (5, 1, 2))).dispute
    assert (found.first, found.second) == ("k1", "k2")


def test_noise_of_floats_makes_no_order():
    shares = [Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**15), Fraction(1, 3)]
    assert judges_agreement(judges(shares, shares)).kendall_w is None


def test_one_judge_alone_and_other_criteria_are_refused():
    with pytest.raises(InputError) as error:
        judges_agreement(judges((1, 2)))
    assert [issue.code for issue in error.value.issues] == ["KNJ019"]
    with pytest.raises(InputError) as error:
        judges_agreement({"a": Weights.of({"x": 1, "y": 1}), "b": Weights.of({"x": 1, "z": 1})})
    assert [issue.code for issue in error.value.issues] == ["KNJ007", "KNJ010"]
