"""Sobol' points, and indices of functions whose indices are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kinerja.errors import InputError
from kinerja.explore import sobol_indices, sobol_points
from kinerja.explore.sobol import MAX_DIMENSIONS


def ishigami(points):
    one, two, three = points.T
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def test_first_points_are_the_published_ones():
    """The first eight points of Joe and Kuo in three dimensions."""
    found = sobol_points(3, power=3, scramble="plain")
    assert found.tolist() == [
        [0, 0, 0],
        [0.5, 0.5, 0.5],
        [0.75, 0.25, 0.25],
        [0.25, 0.75, 0.75],
        [0.375, 0.375, 0.625],
        [0.875, 0.875, 0.125],
        [0.625, 0.125, 0.875],
        [0.125, 0.625, 0.375],
    ]


def test_a_late_point_is_that_of_another_program_in_every_dimension():
    """Point 777 of scipy 1.17.1 (`qmc.Sobol(40, scramble=False)`), in units of 1/1024."""
    expected = [
        709, 959, 167, 281, 651, 365, 195, 781, 357, 331, 763, 713, 393, 485, 583, 527, 413, 885, 379, 771,
        243, 279, 969, 493, 353, 149, 61, 799, 65, 113, 555, 921, 115, 3, 825, 969, 473, 359, 351, 367,
    ]  # fmt: skip
    found = sobol_points(40, power=10, scramble="plain")[777] * 1024
    assert found.tolist() == expected


@pytest.mark.parametrize("scramble", ["plain", "shift"])
def test_every_coordinate_has_one_point_in_each_slot(scramble):
    points = sobol_points(MAX_DIMENSIONS, power=10, seed=3, scramble=scramble)
    slots = np.sort(np.floor(points * 1024).astype(int), axis=0)
    assert (slots == np.arange(1024)[:, None]).all()
    assert 0 <= points.min() <= points.max() < 1


def test_pairs_of_dimensions_fill_the_square():
    """Each of 16 by 16 fields has its share; a wrong direction number leaves fields empty."""
    points = sobol_points(MAX_DIMENSIONS, power=14, scramble="plain")
    fields = np.floor(points * 16).astype(int)
    for one in range(0, MAX_DIMENSIONS, 3):
        for other in range(one):
            counts = np.bincount(fields[:, one] * 16 + fields[:, other], minlength=256)
            assert counts.min() >= 32
            assert counts.max() <= 128


def test_seed_moves_the_points_and_gives_them_again():
    one, same, other = (sobol_points(2, power=4, seed=seed) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_weight_is_not_influence():
    """Of a weighted sum of like factors the indices are w² / Σ w²: 0.4 has 0.533."""
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    found = sobol_indices(lambda x: x @ weights, factors=dict.fromkeys("abcd", (0, 1)), power=12)
    expected = weights**2 / (weights @ weights)
    np.testing.assert_allclose([one.first for one in found.of], expected, atol=1e-3)
    np.testing.assert_allclose([one.total for one in found.of], expected, atol=1e-3)
    assert found.variance == pytest.approx((weights @ weights) / 12, rel=1e-3)


@pytest.mark.parametrize("scramble", ["plain", "shift"])
def test_ishigami(scramble):
    ends = (-math.pi, math.pi)
    found = sobol_indices(
        ishigami, factors=dict.fromkeys("abc", ends), power=13, scramble=scramble, seed=2
    )
    np.testing.assert_allclose([one.first for one in found.of], [0.3139, 0.4424, 0.0], atol=5e-3)
    np.testing.assert_allclose([one.total for one in found.of], [0.5576, 0.4424, 0.2437], atol=5e-3)
    for one, first, total in zip(
        found.of, [0.3139, 0.4424, 0], [0.5576, 0.4424, 0.2437], strict=True
    ):
        assert one.first_interval[0] <= first <= one.first_interval[1]
        assert one.total_interval[0] <= total <= one.total_interval[1]
    assert found.evaluations == 5 * 2**13


def test_result_is_the_same_for_the_same_seed():
    factors = {"a": (0, 1), "b": (2, 5)}
    one, same = (sobol_indices(lambda x: x[:, 0] * x[:, 1], factors=factors, seed=4) for _ in "12")
    assert one == same


def test_factor_that_does_nothing_has_no_share():
    found = sobol_indices(lambda x: x[:, 0], factors={"a": (0, 1), "b": (0, 1)}, power=8)
    assert found["b"].total == 0.0
    assert found["a"].total == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("function", "factors", "code"),
    [
        (lambda x: x[:, 0], {}, "KNJ036"),
        (lambda x: x[:, 0], {str(i): (0, 1) for i in range(21)}, "KNJ036"),
        (lambda x: x[:, 0], {"a": (1, 0)}, "KNJ035"),
        (lambda x: x[:, 0], {"a": (0, math.nan)}, "KNJ035"),
        (lambda x: x, {"a": (0, 1)}, "KNJ020"),
        (lambda x: x[:, 0] * np.nan, {"a": (0, 1)}, "KNJ025"),
        (lambda x: np.ones(len(x)), {"a": (0, 1)}, "KNJ037"),
    ],
)
def test_bad_question_is_refused_by_name(function, factors, code):
    with pytest.raises(InputError, match=code):
        sobol_indices(function, factors=factors, power=4)


def test_more_dimensions_than_there_are_is_refused():
    with pytest.raises(InputError, match="KNJ036"):
        sobol_points(41, power=3)
    with pytest.raises(InputError, match="KNJ036"):
        sobol_points(4, power=27)
