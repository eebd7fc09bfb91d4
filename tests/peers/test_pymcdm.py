"""pymcdm beside the library: where both agree, and what pymcdm gets wrong.

Compared with pymcdm 1.4.0. Its known errors are held by a test each, so that a later version which mends
one is noticed.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from kinerja.errors import InputError
from kinerja.explore import (
    Aggregation,
    aggregate,
    critic_weights,
    entropy_weights,
    kendall,
    merec_weights,
    ranks_of,
    spearman,
    standard_deviation_weights,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    pytest.importorskip("pymcdm", reason="needs the dependency group peers")
    from pymcdm import correlations, helpers, methods, weights

BETTER = {"a": "high", "b": "high", "c": "low", "d": "low"}
TYPES = np.array([1, 1, -1, -1])
ROWS = np.array(
    [
        [450.0, 8000.0, 54.0, 145.0],
        [10.0, 9100.0, 2.0, 160.0],
        [100.0, 8200.0, 31.0, 153.0],
        [220.0, 9300.0, 1.0, 162.0],
        [5.0, 8400.0, 23.0, 158.0],
    ]
)


def figures(found):
    return [float(share) for _, share in found]


def test_entropy_and_merec_agree():
    np.testing.assert_allclose(
        weights.entropy_weights(ROWS), figures(entropy_weights(ROWS, better=BETTER)), atol=1e-12
    )
    np.testing.assert_allclose(
        weights.merec_weights(ROWS, TYPES), figures(merec_weights(ROWS, better=BETTER)), atol=1e-12
    )


def test_standard_deviations_agree():
    unit = (ROWS - ROWS.min(axis=0)) / np.ptp(ROWS, axis=0)
    found = figures(standard_deviation_weights(ROWS, better=BETTER))
    np.testing.assert_allclose(weights.standard_deviation_weights(unit), found, atol=1e-12)


def test_critic_agrees_where_high_is_good_everywhere():
    better = dict.fromkeys("abcd", "high")
    np.testing.assert_allclose(
        weights.critic_weights(ROWS), figures(critic_weights(ROWS, better=better)), atol=1e-12
    )


def test_known_error_critic_ignores_which_way_an_indicator_is_good():
    """Minutes late and minutes early are one indicator; pymcdm weighs them differently."""
    turned = ROWS * [1, 1, -1, -1]
    own = [figures(critic_weights(ROWS, better=BETTER)),
           figures(critic_weights(turned, better=dict.fromkeys("abcd", "high")))]  # fmt: skip
    np.testing.assert_allclose(*own, atol=1e-12)
    peer = [weights.critic_weights(ROWS, TYPES), weights.critic_weights(turned, np.ones(4))]
    assert np.abs(peer[0] - peer[1]).max() > 0.01
    assert np.abs(peer[0] - own[0]).max() > 0.01


def test_weighted_sum_and_product_agree_once_columns_are_shares():
    rows = ROWS / ROWS.sum(axis=0)
    share = np.array([0.4, 0.3, 0.2, 0.1])
    named = dict(zip(BETTER, share.tolist(), strict=True))
    ones = np.ones(4)
    for method, kind in ((methods.WSM(), "weighted_sum"), (methods.WPM(), "weighted_product")):
        expected = aggregate(rows, weights=named, by=Aggregation(kind=kind))
        np.testing.assert_allclose(method(rows, share, ones), expected, atol=1e-12)


def test_known_error_equal_scores_get_different_ranks():
    """0.1 + 0.2 and 0.3 are one score, told apart by the last bit of a float."""
    scores = [0.1 + 0.2, 0.3, 0.2]
    assert helpers.rankdata(scores, reverse=True).tolist() == [1, 2, 3]
    assert ranks_of(scores, best="highest").tolist() == [1, 1, 3]


def test_known_error_missing_passes_in_silence():
    rows = ROWS.copy()
    rows[1, 2] = np.nan
    assert np.isnan(weights.entropy_weights(rows)).any()
    assert np.isnan(methods.WSM()(rows, np.full(4, 0.25), TYPES)).any()
    with pytest.raises(InputError, match="KNJ023"):
        entropy_weights(rows, better=BETTER)


def test_known_error_negative_weights_score_after_a_warning():
    with pytest.warns(UserWarning, match="sum of the weights is 1.0"):
        scored = methods.WSM()(ROWS, np.array([1.5, -0.25, -0.125, -0.125]), TYPES)
    assert np.isfinite(scored).all()
    negative = dict(zip(BETTER, [1.5, -0.25, -0.125, -0.125], strict=True))
    with pytest.raises(InputError, match="KNJ034"):
        aggregate(ROWS, weights=negative, by=Aggregation(kind="arithmetic"))


def test_rank_correlations_agree():
    rng = np.random.default_rng(1)
    one, other = rng.permutation(30).astype(float), rng.permutation(30).astype(float)
    ranks = [helpers.rankdata(values) for values in (one, other)]
    assert spearman(one, other) == pytest.approx(correlations.spearman(*ranks), abs=1e-12)
    assert kendall(one, other) == pytest.approx(correlations.kendall_tau(*ranks), abs=1e-12)


def test_known_error_kendall_does_not_correct_for_ties():
    """Two orders that are the same, ties and all, agree entirely: tau-b is 1."""
    ties = np.array([1.0, 2.5, 2.5, 4.0])
    assert kendall(ties, ties) == 1.0
    assert correlations.kendall_tau(ties, ties) == pytest.approx(5 / 6)
