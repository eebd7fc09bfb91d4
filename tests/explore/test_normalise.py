"""Columns brought to one scale; published figures stand in the worked cases."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kinerja.errors import InputError
from kinerja.explore.normalise import (
    between,
    distance_to,
    min_max,
    percentile,
    rank,
    ratio_to,
    shares,
    z_score,
)

COLUMN = [10, 20, 30, None, 45]
WAYS = {
    "between": lambda x: between(x, worst=0, best=50, held="free"),
    "min_max": min_max,
    "z_score": z_score,
    "rank": rank,
    "percentile": percentile,
    "shares": shares,
    "ratio_to": lambda x: ratio_to(x, reference=30),
    "distance_to": lambda x: distance_to(x, reference=30),
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_missing_stays_missing_and_moves_nobody(way):
    found = WAYS[way](COLUMN)
    assert math.isnan(found[3])
    without = WAYS[way]([value for value in COLUMN if value is not None])
    np.testing.assert_array_equal(np.delete(found, 3), without)


def test_goalposts_hold_or_let_go():
    assert between([0, 50, 120], worst=20, best=100, held="clip").tolist() == [0, 0.375, 1]
    assert between([0, 120], worst=20, best=100, held="free").tolist() == [-0.25, 1.25]
    assert between([20, 60], worst=100, best=20, held="clip").tolist() == [1.0, 0.5]


def test_low_is_good_turns_the_order():
    assert min_max([1, 2, 3], better="low").tolist() == [1, 0.5, 0]
    assert rank([1, 2, 2, 3], better="low").tolist() == [1, 2, 2, 4]
    assert rank([1, 2, 2, 3]).tolist() == [4, 2, 2, 1]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: min_max([3, 3]), "KNJ029"),
        (lambda: z_score([3]), "KNJ026"),
        (lambda: between([1], worst=3, best=3, held="free"), "KNJ035"),
        (lambda: between([1], worst=3, best=4, held="maybe"), "KNJ033"),
        (lambda: ratio_to([1], reference=0), "KNJ035"),
        (lambda: shares([]), "KNJ026"),
        (lambda: shares([None]), "KNJ026"),
        (lambda: shares([1, -1]), "KNJ027"),
        (lambda: shares([1, 0], better="low"), "KNJ027"),
    ],
)
def test_what_cannot_be_scaled_is_refused(call, code):
    with pytest.raises(InputError, match=code):
        call()
