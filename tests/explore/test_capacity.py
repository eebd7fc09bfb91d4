"""Components whose worth hangs on which others are there too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kinerja.errors import InputError
from kinerja.explore import choquet, moebius

ADDITIVE = {"a": Fraction(1, 2), "b": Fraction(1, 3), "c": Fraction(1, 6)}


def additive():
    names = "abc"
    sets = [
        frozenset(n for n, bit in zip(names, f"{k:03b}", strict=True) if bit == "1")
        for k in range(8)
    ]
    return {one: sum((ADDITIVE[name] for name in one), Fraction(0)) for one in sets}


def test_choquet_of_an_additive_capacity_is_the_weighted_mean():
    values = {"a": 70, "b": 90, "c": 40}
    expected = sum(ADDITIVE[name] * value for name, value in values.items())
    assert choquet(values, capacity=additive()) == expected
    added = moebius(additive())
    assert all(added[one] == 0 for one in added if len(one) > 1)


def test_capacity_that_falls_or_lacks_a_set_is_refused():
    falling = additive() | {frozenset("ab"): 0}
    with pytest.raises(InputError, match="KNJ039"):
        choquet({"a": 1, "b": 2, "c": 3}, capacity=falling)
    lacking = {one: value for one, value in additive().items() if one != frozenset("ab")}
    with pytest.raises(InputError, match="KNJ039"):
        choquet({"a": 1, "b": 2, "c": 3}, capacity=lacking)
