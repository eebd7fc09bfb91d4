"""The reach of a quotient: a divisor that can be zero, weighted means, and what cancels.

What lives here: the one operation whose reach is worth more than interval arithmetic, since means and
ratios to a target are quotients. What never comes in: other operations.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Final

from kinerja.formula import nodes as n
from kinerja.formula.intervals import divided, hull, overlap, point
from kinerja.formula.patterns import WeightedValue, cancelled, list_mean, weighted_mean
from kinerja.formula.reaches import NOTHING, ListReach, Reach, numbers
from kinerja.values import Interval

if TYPE_CHECKING:
    from kinerja.formula.view import View

__all__ = ["reach_of_quotient"]

ZERO: Final = Fraction(0)


def reach_of_quotient(node: n.Divide, view: View) -> Reach:
    """Give the reach of a quotient; a divisor that can be zero makes it possibly missing."""
    top, bottom = view.reach(node.numerator), view.reach(node.denominator)
    missing = top.may_be_missing or bottom.may_be_missing or ZERO in bottom
    if top.numbers is None or bottom.numbers is None:
        return Reach(may_be_missing=missing)
    span = divided(top.numbers, bottom.numbers)
    shorter = cancelled(node)
    for tighter in (
        _mean_of_values(node, view),
        _mean_of_items(node, view),
        None if shorter is None else view.reach(shorter).numbers,
    ):
        if span is not None and tighter is not None:
            span = overlap(span, tighter)
    divisor = bottom.only
    grid = None
    if isinstance(divisor, Fraction) and divisor and top.grid is not None:
        grid = top.grid / abs(divisor)
    return numbers(span, grid).maybe_missing(when=missing)


def _mean_of_values(node: n.Divide, view: View) -> Interval | None:
    """Give the hull of the values, where a quotient is a weighted mean of them."""
    items, spent = weighted_mean(node), view.spent()
    if items is None or spent is None:
        return None
    reaches = [_weighed(item, spent) for item in items]
    spans = [reach.numbers for reach in reaches if reach and reach.numbers]
    return None if None in reaches or not spans else reduce(hull, spans)


def _mean_of_items(node: n.Divide, view: View) -> Interval | None:
    """Give the reach of the values, where a quotient is a weighted mean over a list."""
    mean, spent = list_mean(node), view.spent()
    items = None if mean is None else view.scope[mean.over]
    if mean is None or spent is None or not isinstance(items, ListReach):
        return None
    inside: View | None = spent.inside(items)
    for condition in mean.where:
        inside = None if inside is None else inside.assume(condition, holds=True)
    found = None if inside is None else _weighed(mean.item, inside)
    if found is None or found.numbers is None:
        return None
    skips = mean.counts_skipped and found.may_be_missing
    return hull(found.numbers, point(ZERO)) if skips else found.numbers


def _weighed(item: WeightedValue, view: View) -> Reach | None:
    """Give the reach of a value where its weight counts; `None` if a weight may be negative."""
    weight = view.reach(item.weight).numbers
    if weight is not None and (weight.low is None or weight.low < 0):
        return None
    counting: View | None = view
    for condition, holds in item.guards:
        counting = None if counting is None else counting.assume(condition, holds=holds)
    if counting is not None:
        is_weighed = n.Compare("!=", item.weight, n.Number(ZERO))
        counting = counting.assume(is_weighed, holds=True)
    return NOTHING if counting is None else counting.reach(item.value)
