"""The direction of tables and bands, by looking at every row.

What lives here: the check of all pairs of rows that a moving key can lead between, and of bands in
their rising order. What never comes in: how the keys came to their directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from kinerja.formula import nodes as n
from kinerja.formula.motion import (
    CONSTANT,
    FALLING,
    RISING,
    UNKNOWN,
    Direction,
    Order,
    flipped,
    ranks,
)
from kinerja.formula.reach_of_table import rows_met
from kinerja.formula.reaches import Reach

__all__ = ["direction_of_band", "direction_of_lookup"]

#: Most rows whose pairs are looked at.
MAX_ROWS: Final = 300


def direction_of_band(met: Sequence[str], value: Direction, order: Order) -> Direction:
    """Give the direction of bands: that of the number, where the labels rise with it.

    Args:
        met: Labels of the bands that can be met, from the lowest numbers to the highest.
        value: Direction of the number.
        order: Labels from the lowest to the highest.
    """
    if value == CONSTANT:
        return CONSTANT
    places = ranks(met, order)
    if places is None:
        return UNKNOWN
    rises = all(low <= high for low, high in pairwise(places))
    falls = all(low >= high for low, high in pairwise(places))
    if rises and falls:
        return CONSTANT
    if rises:
        return value
    return flipped(value) if falls else UNKNOWN


def direction_of_lookup(
    node: n.Lookup, keys: Sequence[tuple[Reach, Direction]], order: Order
) -> Direction:
    """Give the direction of a table, by every pair of rows that can be met one after the other.

    Args:
        node: The table.
        keys: Reach and direction of each key; labels by the order that the reach carries.
        order: For labels in the rows, from the lowest to the highest.
    """
    reaches = [reach for reach, _ in keys]
    rows = [
        (row, value.value)
        for row, value in rows_met(node, reaches)
        if not isinstance(value, n.Absent)
    ]
    places = ranks((value for _, value in rows), order)
    if places is None or len(rows) > MAX_ROWS:
        return UNKNOWN
    cells = [
        tuple(_place(key, reach) for key, reach in zip(row, reaches, strict=True))
        for row, _ in rows
    ]
    directions = [direction for _, direction in keys]
    rises = falls = True
    for before, low in zip(cells, places, strict=True):
        for after, high in zip(cells, places, strict=True):
            if low != high and _leads(before, after, directions):
                rises, falls = rises and low < high, falls and low > high
    if rises and falls:
        return CONSTANT
    if rises:
        return RISING
    return FALLING if falls else UNKNOWN


def _place(key: str | bool, reach: Reach) -> Fraction:  # noqa: FBT001 - a flag is one of the two kinds of key
    if isinstance(key, str):
        # Without an order the direction is unknown or constant, and only being equal counts.
        known = (
            reach.order if reach.order is not None and key in reach.order else sorted(reach.labels)
        )
        return Fraction(known.index(key))
    return Fraction(key)


def _leads(
    before: Sequence[Fraction], after: Sequence[Fraction], directions: Sequence[Direction]
) -> bool:
    """Tell whether keys that move so can lead from one row to another."""
    for low, high, direction in zip(before, after, directions, strict=True):
        if direction == CONSTANT and low != high:
            return False
        if direction == RISING and low > high:
            return False
        if direction == FALLING and low < high:
            return False
    return True
