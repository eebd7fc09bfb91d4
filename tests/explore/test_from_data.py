"""Weights from data: laws that all methods keep, and what every one of them says of itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import (
    critic_weights,
    entropy_weights,
    merec_weights,
    pca_weights,
    principal_components,
    standard_deviation_weights,
)
from kinerja.explore.indicators import BLOCK
from kinerja.words import say


def _entropy(rows, better):
    p = rows / rows.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(p > 0, p * np.log(p), 0.0)
    gap = 1 + parts.sum(axis=0) / np.log(len(rows))
    gap[rows.max(axis=0) == rows.min(axis=0)] = 0
    return gap / gap.sum()


def _oriented(rows, better):
    low, high = rows.min(axis=0), rows.max(axis=0)
    up = (rows - low) / (high - low)
    return np.where(np.array(list(better.values())) == "high", up, 1 - up)


def _critic(rows, better):
    z = _oriented(rows, better)
    parts = z.std(axis=0, ddof=1) * (1 - np.corrcoef(z, rowvar=False)).sum(axis=0)
    return parts / parts.sum()


def _deviation(rows, better):
    parts = _oriented(rows, better).std(axis=0, ddof=1)
    return parts / parts.sum()


def _merec(rows, better):
    """The steps of the paper, one after the other, person by person."""
    n, m = rows.shape
    norm = [
        rows[:, j].min() / rows[:, j] if how == "high" else rows[:, j] / rows[:, j].max()
        for j, how in enumerate(better.values())
    ]
    effect = np.zeros(m)
    for i in range(n):
        logs = [abs(np.log(norm[j][i])) for j in range(m)]
        whole = np.log(1 + sum(logs) / m)
        for j in range(m):
            without = np.log(1 + sum(value for k, value in enumerate(logs) if k != j) / m)
            effect[j] += abs(without - whole)
    return effect / effect.sum()


METHODS = {
    "entropy": (entropy_weights, _entropy),
    "entropy_minmax": (
        lambda rows, better: entropy_weights(rows, better=better, form="minmax"),
        lambda rows, better: _entropy(_oriented(rows, better), better),
    ),
    "critic": (critic_weights, _critic),
    "standard_deviation": (standard_deviation_weights, _deviation),
    "merec": (merec_weights, _merec),
}
NAMES = sorted(METHODS)


def weigh(name, rows, better):
    method = METHODS[name][0]
    return method(rows, better) if name == "entropy_minmax" else method(rows, better=better)


def figures(weights):
    return np.array([float(share) for _, share in weights])


@st.composite
def tables(draw):
    count = draw(st.integers(2, 5))
    people = draw(st.integers(count + 2, 12))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    rows = rng.uniform(1, 100, size=(people, count))
    if draw(st.booleans()):
        rows = np.round(rows)
        rows[0], rows[1] = 1, 100  # every column varies
    ways = draw(st.lists(st.sampled_from(["high", "low"]), min_size=count, max_size=count))
    return rows, {f"i{place}": way for place, way in enumerate(ways)}


@pytest.mark.parametrize("name", NAMES)
@given(table=tables())
@settings(max_examples=25)
def test_weights_are_those_of_the_plain_formula(name, table):
    rows, better = table
    expected = METHODS[name][1](rows, better)
    np.testing.assert_allclose(figures(weigh(name, rows, better)), expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("name", NAMES)
@given(table=tables())
@settings(max_examples=15)
def test_weights_sum_to_exactly_one_and_follow_their_columns(name, table):
    rows, better = table
    weights = weigh(name, rows, better)
    assert weights.total == 1
    order = np.random.default_rng(0).permutation(rows.shape[1])
    names = list(better)
    turned = weigh(name, rows[:, order], {names[place]: better[names[place]] for place in order})
    for one in names:
        assert abs(weights[one] - turned[one]) < Fraction(1, 10**12)


@pytest.mark.parametrize("name", [*NAMES, "pca"])
@given(table=tables(), factor=st.sampled_from([0.01, 3.0, 250.0]))
@settings(max_examples=15)
def test_unit_of_a_column_does_not_matter(name, table, factor):
    rows, better = table
    scaled = rows.copy()
    scaled[:, 0] *= factor

    def found(data):
        if name == "pca":
            return figures(pca_weights(data, better=better, factors=1))
        return figures(weigh(name, data, better))

    np.testing.assert_allclose(found(rows), found(scaled), atol=1e-9)


@given(table=tables())
@settings(max_examples=25)
def test_critic_is_the_same_whichever_way_a_column_is_written(table):
    """Minutes late, lower is better; minutes early, higher is better: one indicator."""
    rows, better = table
    turned = rows.copy()
    turned[:, 0] = -turned[:, 0]
    first = next(iter(better))
    other = better | {first: "low" if better[first] == "high" else "high"}
    np.testing.assert_allclose(
        figures(critic_weights(rows, better=better)),
        figures(critic_weights(turned, better=other)),
        atol=1e-12,
    )


@pytest.mark.parametrize("name", NAMES)
def test_constant_column_weighs_nothing_and_moves_no_other(name):
    rows = np.array([[1.0, 5.0, 3.0], [4.0, 2.0, 3.0], [2.0, 9.0, 3.0], [6.0, 8.0, 3.0]])
    better = {"a": "high", "b": "low", "tetap": "high"}
    weights = weigh(name, rows, better)
    assert weights["tetap"] == 0
    told = {issue.path for issue in weights.origin.issues if issue.code == "KNJ028"}
    assert told == {"tetap"}
    if name != "merec":  # its mean is over all indicators
        alone = weigh(name, rows[:, :2], {"a": "high", "b": "low"})
        np.testing.assert_allclose(figures(weights)[:2], figures(alone), atol=1e-12)


@pytest.mark.parametrize("name", [*NAMES, "pca"])
def test_nothing_that_varies_is_refused(name):
    better = {"a": "high", "b": "high"}
    rows = np.array([[3.0, 4.0]] * 5)
    with pytest.raises(InputError, match="KNJ029"):
        pca_weights(rows, better=better, factors=1) if name == "pca" else weigh(name, rows, better)


@pytest.mark.parametrize("name", NAMES)
def test_every_weight_from_data_says_what_it_ignores(name):
    rows = np.random.default_rng(3).uniform(1, 9, size=(9, 3))
    origin = weigh(name, rows, {"a": "high", "b": "low", "c": "high"}).origin
    told = {issue.code: issue.severity for issue in origin.issues}
    assert told["KNJ031"] == "warning"
    assert told["KNJ032"] == "note"
    assert ("KNJ038" in told) == (name in {"entropy", "standard_deviation"})
    assert origin.source
    assert origin.facts["people"] == 9


@pytest.mark.parametrize("name", [*NAMES, "pca"])
def test_every_method_and_issue_has_words(name):
    rows = np.c_[np.random.default_rng(3).uniform(1, 9, size=(4, 3)), np.full((4, 2), 5.0)]
    rows[3, 0] = np.nan
    better = dict.fromkeys("abcde", "high")
    if name == "entropy_minmax":
        found = entropy_weights(rows, better=better, form="minmax", missing="leave_out")
    elif name == "pca":
        found = pca_weights(rows[:3, :2], better={"a": "high", "b": "low"}, factors=1)
    else:
        found = METHODS[name][0](rows, better=better, missing="leave_out")
    for lang in ("id", "en"):
        assert say(f"explore.method.{found.origin.method}", lang)
        for issue in found.origin.issues:
            text = issue.to_text(lang)
            assert issue.code in text
            assert "{" not in text
    codes = {issue.code for issue in found.origin.issues}
    assert name == "pca" or {"KNJ024", "KNJ028", "KNJ030"} <= codes


def test_fewer_people_than_indicators_is_told_or_refused():
    rows = [[1, 5, 3], [4, 2, 9]]
    better = dict.fromkeys("abc", "high")
    codes = {issue.code for issue in entropy_weights(rows, better=better).origin.issues}
    assert "KNJ030" in codes
    with pytest.raises(InputError, match="KNJ030"):
        pca_weights(rows, better=better, factors=1)


def test_entropy_does_not_hang_on_who_comes_first():
    """A first block of zeros, or of next to nothing, is no scale for the rest."""
    rng = np.random.default_rng(8)
    rows = rng.uniform(1, 100, size=(BLOCK + 500, 2))
    for least in (0.0, 1e-310, 1e-9):
        rows[:BLOCK, 0] = least
        better = {"a": "high", "b": "high"}
        found, turned = (figures(entropy_weights(r, better=better)) for r in (rows, rows[::-1]))
        np.testing.assert_allclose(found, turned, rtol=0, atol=1e-12)
        np.testing.assert_allclose(found, _entropy(rows, better), rtol=0, atol=1e-10)


def test_entropy_of_scores_far_from_zero_keeps_its_digits():
    """1 − e of a column between 99.999 and 100.001 is near 1e-11: a sum near 1 would lose it."""
    rng = np.random.default_rng(8)
    near = 100 + rng.uniform(-1e-3, 1e-3, size=2000)
    gap = entropy_weights(np.c_[near, near * 7], better={"a": "high", "b": "high"})
    facts = gap.origin.facts
    u = near / near.mean() - 1
    expected = (u**2 / 2 - u**3 / 6).mean() / np.log(2000)
    assert abs((1 - facts["entropy.a"]) / expected - 1) < 1e-4
    assert abs(float(gap["a"]) - 0.5) < 1e-9


def test_critic_of_values_far_from_zero_keeps_its_digits():
    """The mean of numbers near 10¹² is off by far more than the last bit of their differences."""
    apart = np.round(np.random.default_rng(9).normal(size=(5001, 3)) * 64) / 64
    better = {"a": "high", "b": "low", "c": "high"}
    far, near = (figures(critic_weights(rows, better=better)) for rows in (apart + 1e12, apart))
    np.testing.assert_allclose(far, near, rtol=0, atol=1e-12)


@pytest.mark.parametrize("factors", [0, 4, "semua", True, 1.5])
def test_number_of_components_that_there_is_not_is_refused(factors):
    rows = np.random.default_rng(2).uniform(1, 9, size=(9, 3))
    with pytest.raises(InputError, match="KNJ035"):
        pca_weights(rows, better=dict.fromkeys("abc", "high"), factors=factors)


@pytest.mark.parametrize(
    "rows",
    [[[1, 1], [1, 2], [2, 1], [2, 2]], [[1, 5], [2, 5], [4, 5], [3, 5]]],
    ids=["apart", "one"],
)
def test_no_eigenvalue_above_one_is_refused(rows):
    with pytest.raises(InputError, match="KNJ035"):
        pca_weights(rows, better=dict.fromkeys("ab", "high"), factors="eigenvalue_above_1")


@given(table=tables(), factors=st.integers(1, 2))
@settings(max_examples=25)
def test_rotation_keeps_what_each_indicator_shares(table, factors):
    rows, better = table
    found = principal_components(rows, better=better, factors=factors)
    correlation = np.corrcoef(rows, rowvar=False)
    values, vectors = np.linalg.eigh(correlation)
    kept = vectors[:, ::-1][:, :factors] * np.sqrt(np.maximum(values[::-1][:factors], 0))
    np.testing.assert_allclose(found.loadings @ found.loadings.T, kept @ kept.T, atol=1e-8)
    np.testing.assert_allclose(sum(found.eigenvalues), rows.shape[1], atol=1e-9)
    assert list(found.explained) == sorted(found.explained, reverse=True)


def test_rotation_finds_the_simple_structure_that_is_there():
    """Two blocks of two indicators that go along: turned by 45 degrees, varimax turns back."""
    rng = np.random.default_rng(4)
    one, other = rng.normal(size=(2, 400))
    noise = rng.normal(size=(400, 4)) * 0.2
    rows = np.c_[one, one, other, other] + noise
    found = principal_components(rows, better=dict.fromkeys("abcd", "high"), factors=2)
    owner = (found.loadings**2).argmax(axis=1)
    assert owner[0] == owner[1] != owner[2] == owner[3]
    assert ((found.loadings**2).max(axis=1) > 0.9).all()


def test_indicators_that_go_along_entirely_give_critic_nothing():
    rows = np.array([[1.0, 2.0], [3.0, 6.1], [7.0, 14.4]])
    rows[:, 1] = 3 * rows[:, 0] + 1
    with pytest.raises(InputError, match="KNJ029"):
        critic_weights(rows, better={"a": "high", "b": "high"})
    assert critic_weights(rows, better={"a": "high", "b": "low"})["a"] == Fraction(1, 2)


def test_twins_share_a_weight_in_pca():
    rng = np.random.default_rng(6)
    one, other = rng.normal(size=(2, 50))
    weights = pca_weights(
        np.c_[one, one, other], better=dict.fromkeys("abc", "high"), factors="eigenvalue_above_1"
    )
    assert abs(weights["a"] - weights["b"]) < Fraction(1, 10**12)
