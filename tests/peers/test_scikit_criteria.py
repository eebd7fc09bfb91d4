"""scikit-criteria beside the library: where both agree, and what scikit-criteria gets wrong.

Compared with scikit-criteria 0.10. Its known errors are held by a test each, so that a later version which
mends one is noticed.
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
    merec_weights,
    ranks_of,
    standard_deviation_weights,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    pytest.importorskip("skcriteria", reason="needs the dependency group peers")
    import skcriteria
    from skcriteria.agg import simple
    from skcriteria.preprocessing import weighters

BETTER = {"a": "high", "b": "high", "c": "low", "d": "low"}
OBJECTIVES = [1, 1, -1, -1]
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


def test_critic_agrees_since_both_turn_first():
    peer = weighters.critic_weights(ROWS, OBJECTIVES)
    np.testing.assert_allclose(peer, figures(critic_weights(ROWS, better=BETTER)), atol=1e-12)


def test_entropy_and_merec_agree():
    peer = weighters.entropy_weights(ROWS)
    np.testing.assert_allclose(peer, figures(entropy_weights(ROWS, better=BETTER)), atol=1e-12)
    peer = weighters.merec_weights(ROWS, OBJECTIVES)
    np.testing.assert_allclose(peer, figures(merec_weights(ROWS, better=BETTER)), atol=1e-12)


def test_standard_deviations_agree():
    unit = (ROWS - ROWS.min(axis=0)) / np.ptp(ROWS, axis=0)
    found = figures(standard_deviation_weights(ROWS, better=BETTER))
    np.testing.assert_allclose(weighters.std_weights(unit), found, atol=1e-12)


def test_weighted_sum_and_product_agree():
    share = np.array([0.4, 0.3, 0.2, 0.1])
    named = dict(zip(BETTER, share.tolist(), strict=True))
    _, peer = simple.wsm(ROWS, share)
    expected = aggregate(ROWS, weights=named, by=Aggregation(kind="weighted_sum"))
    np.testing.assert_allclose(peer, expected, rtol=1e-12)
    _, peer = simple.wpm(ROWS, share)
    expected = aggregate(ROWS, weights=named, by=Aggregation(kind="weighted_product"))
    # It gives the logarithm to base 10.
    np.testing.assert_allclose(peer, np.log10(expected), rtol=1e-12)


def test_known_error_equal_scores_get_different_ranks():
    """0.3·1 + 0.7·1 and a third of 3 are one score, told apart by the last bit of a float."""
    rows, share = np.array([[0.1, 0.2], [0.0, 0.3], [0.1, 0.1]]), np.array([1.0, 1.0])
    ranks, _ = simple.wsm(rows, share)
    assert sorted(ranks) == [1, 2, 3]
    scores = aggregate(rows, weights={"a": 1, "b": 1}, by=Aggregation(kind="weighted_sum"))
    assert ranks_of(scores, best="highest").tolist() == [1, 1, 3]


def test_known_error_missing_and_negative_pass_in_silence():
    rows = ROWS.copy()
    rows[1, 2] = np.nan
    assert np.isnan(weighters.entropy_weights(rows)).any()
    with pytest.raises(InputError, match="KNJ023"):
        entropy_weights(rows, better=BETTER)
    matrix = skcriteria.mkdm(ROWS, [1, 1, 1, 1], weights=[1.5, -0.25, -0.125, -0.125])
    assert len(simple.WeightedSumModel().evaluate(matrix).rank_) == len(ROWS)
    negative = dict(zip(BETTER, [1.5, -0.25, -0.125, -0.125], strict=True))
    with pytest.raises(InputError, match="KNJ034"):
        aggregate(ROWS, weights=negative, by=Aggregation(kind="arithmetic"))
