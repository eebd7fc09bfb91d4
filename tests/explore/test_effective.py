"""What components really contribute."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import effective_weights


@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 5))
@settings(max_examples=40)
def test_shares_are_covariances_over_the_variance_and_sum_to_one(seed, count):
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(30, count)) @ rng.normal(size=(count, count)) + 70
    weights = rng.integers(1, 9, size=count)
    found = effective_weights(rows, weights={str(i): int(w) for i, w in enumerate(weights)})
    shares = weights / weights.sum()
    total = rows @ shares
    expected = [
        share * np.cov(rows[:, i], total)[0, 1] / total.var(ddof=1)
        for i, share in enumerate(shares)
    ]
    np.testing.assert_allclose([one.effective for one in found.of], expected, atol=1e-10)
    assert sum(one.effective for one in found.of) == pytest.approx(1, abs=1e-12)
    assert sum(one.stated for one in found.of) == 1
    assert found.deviation == pytest.approx(total.std(ddof=1))


def test_independent_components_of_one_spread_contribute_the_square_of_their_weight():
    """Weights .4, .3, .2, .1 of independent components of one variance: .533, .3, .133, .033."""
    grid = np.array(np.meshgrid(*[np.arange(6.0)] * 4)).reshape(4, -1)
    weights = {"a": "0.4", "b": "0.3", "c": "0.2", "d": "0.1"}
    found = effective_weights(grid.T, weights=weights)
    expected = [Fraction(16, 30), Fraction(9, 30), Fraction(4, 30), Fraction(1, 30)]
    for one, share in zip(found.of, expected, strict=True):
        assert one.effective == pytest.approx(float(share), abs=1e-12)
        assert one.main_effect == pytest.approx(float(share), abs=0.01)
        assert one.correlation == pytest.approx(math.sqrt(share), abs=1e-12)


def test_component_in_which_nobody_differs_contributes_nothing():
    found = effective_weights([[60, 80], [70, 80], [90, 80]], weights={"a": 1, "b": 9})
    assert (found["b"].effective, found["b"].main_effect) == (0.0, 0.0)
    assert math.isnan(found["b"].correlation)
    assert found["a"].effective == 1.0


def test_component_that_pulls_against_the_others_has_a_negative_share():
    found = effective_weights([[10, 3], [20, 2], [30, 1]], weights={"a": 1, "b": 1})
    assert found["b"].effective < 0
    assert found["a"].effective > 1


def test_main_effect_sees_a_curve_that_the_correlation_does_not():
    rng = np.random.default_rng(3)
    one = rng.uniform(-1, 1, 4000)
    found = effective_weights(np.c_[one, 5 * one**2], weights={"a": 1, "b": 1})
    assert found["a"].main_effect > 0.95
    assert abs(found["a"].correlation) < 0.5


def test_main_effect_of_noise_is_near_nothing():
    """Eight groups of sixty people explain 12 % of pure noise unless that is corrected for."""
    told = []
    for seed in range(40):
        rows = np.random.default_rng(seed).normal(size=(60, 2)) * [0.001, 1]
        told.append(effective_weights(rows, weights={"a": 1, "b": 1})["a"].main_effect)
    assert np.mean(told) < 0.07


def test_equal_values_stay_in_one_group():
    rows = np.c_[np.repeat([1.0, 2.0], 50), np.tile(np.arange(50.0), 2)]
    found = effective_weights(rows, weights={"a": 1, "b": 1})
    turned = effective_weights(rows[::-1], weights={"a": 1, "b": 1})
    assert found["a"].main_effect == pytest.approx(turned["a"].main_effect, abs=1e-12)


def test_missing_component_refuses_or_leaves_the_person_out():
    rows = [[60, 80], [70, None], [90, 70], [80, 75]]
    with pytest.raises(InputError, match="KNJ023"):
        effective_weights(rows, weights={"a": 1, "b": 1})
    found = effective_weights(rows, weights={"a": 1, "b": 1}, missing="leave_out")
    assert (found.people, found.left_out) == (3, 1)


def test_total_in_which_nobody_differs_is_refused():
    with pytest.raises(InputError, match="KNJ037"):
        effective_weights([[10, 20], [20, 10], [15, 15]], weights={"a": 1, "b": 1})
