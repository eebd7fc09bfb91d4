"""Ranks and rank correlations, beside counting every pair."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import kendall, ranks_of, spearman, tie_groups

scores = st.lists(st.integers(-3, 3).map(float), min_size=2, max_size=12)


@st.composite
def two_orders(draw):
    one = draw(scores)
    other = draw(st.lists(st.integers(-3, 3).map(float), min_size=len(one), max_size=len(one)))
    return one, other


def _pairs(values):
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            yield (values[i] > values[j]) - (values[i] < values[j])


def _tau_b(one, other):
    signs = list(zip(_pairs(one), _pairs(other), strict=True))
    both = sum(a * b for a, b in signs)
    free = sum(a != 0 for a, _ in signs) * sum(b != 0 for _, b in signs)
    return both / math.sqrt(free) if free else math.nan


def _mean_ranks(values):
    return [
        sum(other < value for other in values) + (sum(o == value for o in values) + 1) / 2
        for value in values
    ]


@given(orders=two_orders())
def test_kendall_counts_every_pair(orders):
    np.testing.assert_allclose(kendall(*orders), _tau_b(*orders), atol=1e-14)


@given(orders=two_orders())
def test_spearman_is_the_correlation_of_mean_ranks(orders):
    one, other = map(np.array, map(_mean_ranks, orders))
    one, other = one - one.mean(), other - other.mean()
    length = math.sqrt((one @ one) * (other @ other))
    expected = one @ other / length if length else math.nan
    np.testing.assert_allclose(spearman(*orders), expected, atol=1e-14)


@given(one=scores)
def test_an_order_agrees_with_itself_entirely(one):
    for correlate in (spearman, kendall):
        if len(set(one)) > 1:
            assert correlate(one, [3 * x + 1 for x in one]) == 1.0
            assert correlate(one, [-x for x in one]) == -1.0
        else:
            assert math.isnan(correlate(one, one))


def test_long_orders_are_counted_like_short_ones():
    rng = np.random.default_rng(7)
    one, other = rng.integers(0, 300, size=(2, 1500)).astype(float)
    signs = [
        np.sign(values[:, None] - values[None, :])[np.triu_indices(1500, 1)]
        for values in (one, other)
    ]
    expected = (signs[0] * signs[1]).sum() / math.sqrt(
        float((signs[0] != 0).sum()) * float((signs[1] != 0).sum())
    )
    assert kendall(one, other) == pytest.approx(expected, abs=1e-15)


def test_a_hundred_thousand_people_take_no_square_of_time():
    rng = np.random.default_rng(7)
    one, other = rng.normal(size=(2, 100_000))
    start = time.process_time()
    assert abs(kendall(one, other)) < 0.02
    assert time.process_time() - start < 5


def test_who_lacks_a_score_is_left_out_of_a_correlation():
    nan = float("nan")
    assert kendall([1, 2, nan, 4], [2, 3, 1, nan]) == 1.0


@pytest.mark.parametrize("correlate", [kendall, spearman])
def test_one_person_has_no_order(correlate):
    with pytest.raises(InputError, match="KNJ026"):
        correlate([1.0], [2.0])
    with pytest.raises(InputError, match="KNJ020"):
        correlate([1.0, 2.0], [2.0])


def test_scores_that_only_the_last_bits_tell_apart_tie():
    same = [0.1 + 0.2, 0.3, 0.7 * 3 - 1.8]
    assert len(set(same)) > 1
    assert ranks_of([*same, 1.0], best="highest").tolist() == [2, 2, 2, 1]


def test_scores_that_people_write_apart_do_not_tie():
    assert tie_groups([76.0, 76.0000001, 75.9999999]).tolist() == [1, 2, 0]


@given(values=scores)
def test_rank_is_one_more_than_those_who_are_better(values):
    found = ranks_of(values, best="highest").tolist()
    assert found == [1 + sum(other > value for other in values) for value in values]
    lowest = ranks_of([-v for v in values], best="lowest").tolist()
    assert lowest == found


def test_nobody_and_nothing_have_no_rank():
    assert ranks_of([], best="highest").tolist() == []
    assert ranks_of([float("nan"), 3.0], best="highest").tolist() == [0, 1]
