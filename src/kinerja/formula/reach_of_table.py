"""The reach of tables and bands, from the reach of their keys.

What lives here: which rows and bands can be met, and whether a key can fall between them. What never
comes in: how the keys came to their reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from kinerja.formula import nodes as n
from kinerja.formula.intervals import overlap, point
from kinerja.formula.reaches import Reach, flags, join, labels, numbers
from kinerja.values import Interval

__all__ = ["bands_met", "reach_of_band", "reach_of_lookup", "reach_of_written", "rows_met"]


def reach_of_written(node: n.Number | n.Label | n.Truth | n.Absent) -> Reach:
    """Give the reach of what the policy writes down itself."""
    match node:
        case n.Number():
            return numbers(point(node.value))
        case n.Label():
            return labels(node.value)
        case n.Truth():
            return flags(node.value)
    return Reach(may_be_missing=True)


def rows_met(
    node: n.Lookup, keys: Sequence[Reach]
) -> list[tuple[tuple[str | bool, ...], n.Number | n.Label | n.Truth | n.Absent]]:
    """Give the rows whose keys are all within reach."""
    return [
        (row, value)
        for row, value in dict(node.rows).items()
        if all(key in reach for key, reach in zip(row, keys, strict=True))
    ]


def reach_of_lookup(node: n.Lookup, keys: Sequence[Reach]) -> Reach:
    """Give the reach of a table; a combination of keys without a row is missing."""
    missing = any(reach.may_be_missing for reach in keys)
    met = rows_met(node, keys)
    gaps = len(met) < prod(len(reach.labels) + len(reach.flags) for reach in keys)
    values = (reach_of_written(value) for _, value in met)
    return join(*values).maybe_missing(when=missing or gaps)


def bands_met(node: n.Band, value: Reach) -> list[tuple[str, Interval]]:
    """Give the bands, gaps closed as they say, that hold a number within reach."""
    if value.numbers is None:
        return []
    return [
        (band.label, band.interval)
        for band in node.bands.closed()
        if numbers(overlap(value.numbers, band.interval), value.grid).may_be_there
    ]


def reach_of_band(node: n.Band, value: Reach) -> Reach:
    """Give the reach of bands; a number outside all of them is missing."""
    met = bands_met(node, value)
    outside = not _covered(value, [interval for _, interval in met])
    names = [band.label for band in node.bands.bands]
    order = tuple(names) if len(set(names)) == len(names) else None
    found = labels(*(label for label, _ in met), order=order)
    return found.maybe_missing(when=value.may_be_missing or outside)


def _covered(value: Reach, rising: Sequence[Interval]) -> bool:
    """Tell whether intervals hold every number within reach; they rise and do not overlap."""
    rest = value.numbers
    for interval in rising:
        if rest is not None and interval.low is not None:
            below = Interval(high=interval.low, high_open=not interval.low_open)
            if numbers(overlap(rest, below), value.grid).may_be_there:
                return False
        if rest is None or interval.high is None:
            return True
        rest = overlap(rest, Interval(low=interval.high, low_open=not interval.high_open))
    return not numbers(rest, value.grid).may_be_there
