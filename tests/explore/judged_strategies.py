"""Judgements as hypothesis makes them, shared by the tests of this folder."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

RATIOS = [Fraction(k) for k in range(1, 10)] + [Fraction(1, k) for k in range(2, 10)]


def names(count):
    return [f"k{place}" for place in range(count)]


@st.composite
def judgements(draw, *, least=2, most=6):
    """Make judgements of all pairs."""
    count = draw(st.integers(least, most))
    return {pair: draw(st.sampled_from(RATIOS)) for pair in combinations(names(count), 2)}


@st.composite
def proportions(draw, *, least=2, most=6):
    """Make sizes of criteria."""
    count = draw(st.integers(least, most))
    return {name: draw(st.fractions(1, 9, max_denominator=6)) for name in names(count)}


def consistent(sizes):
    """Give the judgements that say nothing but these sizes."""
    return {(one, other): sizes[one] / sizes[other] for one, other in combinations(sizes, 2)}


def criteria_of(pairs):
    return tuple(dict.fromkeys(name for pair in pairs for name in pair))
