"""The reach of a reduction, from the reach of what it reduces and how many items there can be.

What lives here: one case for each reduction. What never comes in: formulas of items, filters.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from kinerja.formula import nodes as n
from kinerja.formula.intervals import point, sum_of_items
from kinerja.formula.reaches import Reach, numbers
from kinerja.values import Interval

__all__ = ["reach_of_items"]

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)


def reach_of_items(node: n.Reduce, value: Reach, count: Interval) -> Reach:  # noqa: PLR0911 - one case a reduction
    """Give the reach of a reduction.

    Means, quantiles, the smallest and the largest lie where the items lie. A sum has no end where the
    number of items has none, but for the side that the sign of the items closes.

    Args:
        node: The reduction.
        value: What each item taken can be; not missing.
        count: How many items can be taken, from 0.
    """
    match node.op:
        case "count":
            return numbers(count, ONE)
        case "count_distinct":
            return _distinct(value, count)
        case "sum":
            if value.numbers is None:
                return numbers(point(ZERO))
            return numbers(sum_of_items(value.numbers, count), value.grid)
    if not value.may_be_there:
        return Reach(may_be_missing=True)
    may_be_empty = not count.low
    if node.op == "last":
        has_rivals = count.high is None or count.high > 1
        return value.maybe_missing(when=may_be_empty or has_rivals)
    return numbers(value.numbers, _grid(node, value)).maybe_missing(when=may_be_empty)


def _distinct(value: Reach, count: Interval) -> Reach:
    fewest = min(count.low or ZERO, ONE)
    most = count.high
    if value.numbers is None and not value.other:
        kinds = Fraction(len(value.labels) + len(value.flags))
        most = kinds if most is None else min(most, kinds)
    elif value.only is not None:
        most = ONE if most is None else min(most, ONE)
    return numbers(Interval(low=fewest, high=most), ONE)


def _grid(node: n.Reduce, value: Reach) -> Fraction | None:
    """Give the grid of an item between others: itself, or a share of the way to the next."""
    if value.grid is None or node.op in ("mean", "trimmed_mean"):
        return None
    if node.op == "median":
        return value.grid / 2
    return value.grid / (ONE if node.parameter is None else node.parameter).denominator
