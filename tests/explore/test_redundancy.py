"""Components that say the same twice."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import find_redundancy
from kinerja.words import say


@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 5))
@settings(max_examples=40)
def test_inflation_is_that_of_a_regression_on_the_others(seed, count):
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(40, count))
    rows[:, 0] += rows[:, 1]
    found = find_redundancy(rows, names=[str(i) for i in range(count)])
    for place in range(count):
        others = np.c_[np.ones(40), np.delete(rows, place, axis=1)]
        fitted = others @ np.linalg.lstsq(others, rows[:, place], rcond=None)[0]
        rest = ((rows[:, place] - fitted) ** 2).sum()
        whole = ((rows[:, place] - rows[:, place].mean()) ** 2).sum()
        assert found.inflation[place] == pytest.approx(whole / rest, rel=1e-8)
    correlation = np.corrcoef(rows, rowvar=False)
    np.testing.assert_allclose(found.correlations, correlation, atol=1e-12)
    assert found.condition == pytest.approx(math.sqrt(np.linalg.cond(correlation)), rel=1e-8)


def test_pairs_above_the_limit_are_told_closest_first():
    rng = np.random.default_rng(1)
    base = rng.normal(size=300)
    rows = np.c_[base, base + rng.normal(size=300) * 0.3, -base + rng.normal(size=300) * 0.1]
    found = find_redundancy(rows, names="abc", limit=0.9)
    assert [(pair.first, pair.second) for pair in found.pairs] == [
        ("a", "c"),
        ("a", "b"),
        ("b", "c"),
    ]
    assert found.pairs[0].correlation < 0


def test_component_that_follows_from_others_is_infinitely_redundant():
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(50, 4))
    rows[:, 2] = rows[:, 0] + 2 * rows[:, 1]
    found = find_redundancy(rows, names="abcd")
    assert [math.isinf(value) for value in found.inflation] == [True, True, True, False]
    assert found.inflation[3] == pytest.approx(1, abs=0.5)
    assert math.isinf(found.condition)
    assert found.reading == "redundant"


def test_separate_components_are_read_as_separate():
    rows = np.random.default_rng(1).normal(size=(500, 3))
    assert find_redundancy(rows, names="abc").reading == "separate"
    tilted = rows.copy()
    tilted[:, 1] = rows[:, 0] + rows[:, 1] * 0.4
    assert find_redundancy(tilted, names="abc").reading == "overlapping"
    for reading in ("separate", "overlapping", "redundant"):
        assert say(f"explore.redundancy.{reading}", "id")


def test_constant_component_has_no_correlation():
    found = find_redundancy([[1, 5], [2, 5], [3, 5]], names="ab")
    assert found.constant == ("b",)
    assert math.isnan(found.correlations[0][1])
    assert found.correlations[0][0] == 1.0


def test_limit_is_a_correlation():
    with pytest.raises(InputError, match="KNJ035"):
        find_redundancy([[1, 5], [2, 4]], names="ab", limit=80)
