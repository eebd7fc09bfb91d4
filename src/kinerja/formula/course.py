"""The course of every part of a formula while some inputs move.

What lives here: the rules that give each node a direction from the directions and signs of its parts,
and the question whether a part can become missing on the way. What never comes in: data; cases whose
condition moves are in `crossing`, tables and bands in `course_of_table`.

A direction is a promise about pairs of records within reach, of which the second has every moving input
further along its own motion than the first, or as far, and everything else alike. It speaks only of
pairs for which the part is there in both. Each rule keeps that promise for all such pairs, so steps of
which only the direction is known may stand in for inputs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from kinerja.formula import nodes as n
from kinerja.formula.course_of_table import direction_of_band, direction_of_lookup
from kinerja.formula.crossing import direction_of_where
from kinerja.formula.motion import (
    CONSTANT,
    UNKNOWN,
    Direction,
    Movers,
    Order,
    equality_as_order,
    flipped,
    joined,
    scaled,
    sign,
)
from kinerja.formula.patterns import cancelled
from kinerja.formula.reach_of_table import bands_met
from kinerja.formula.reaches import ListReach
from kinerja.formula.vanishing import vanishes
from kinerja.formula.view import View

__all__ = ["Course"]

ZERO: Final = n.Number(Fraction(0))


class Course:
    """The directions seen from one place of a formula."""

    def __init__(self, view: View, movers: Movers) -> None:
        self.view = view
        self.movers = movers
        self._directions: dict[tuple[n.Node, Order], Direction] = {}
        self._vanishing: dict[n.Node, bool] = {}
        self._courses: dict[tuple[n.Node, bool], Course | None] = {}

    def touches(self, node: n.Node) -> bool:
        """Tell whether a part reads anything that moves; it may say so of a part that does not."""
        return any(
            part in self.movers.here
            or (isinstance(part, n.Reduce) and part.over in self.movers.in_lists)
            for part in n.walk(node)
        )

    # Other places.

    def elsewhere(self, view: View, movers: Movers) -> Course:
        """Give the course seen from another place."""
        return Course(view, movers)

    def assume(self, condition: n.Node, *, holds: bool) -> Course | None:
        """Give the course where a condition holds, or does not, in both records."""
        key = (condition, holds)
        if key not in self._courses:
            view = self.view.assume(condition, holds=holds)
            self._courses[key] = None if view is None else Course(view, self.movers)
        return self._courses[key]

    def inside(self, over: str, parts: Iterable[n.Node]) -> Course:
        """Give the course of the items of a list, for parts that read them."""
        items = self.view.scope[over]
        if not isinstance(items, ListReach):
            msg = f"{over!r} is no list"
            raise TypeError(msg)
        movers = self.movers.inside(over)
        # The field that moves is there in its own item; other items only matter where more moves.
        outer = {node for node in movers.here if isinstance(node, n.Ref)}
        reads_outer = any(part in outer for whole in parts for part in n.walk(whole))
        if movers.target is not None and movers.target[0] == over and not reads_outer:
            name = movers.target[1]
            items = replace(items, fields={**items.fields, name: items.fields[name].present()})
        return Course(self.view.inside(items), movers)

    # Directions.

    def direction(self, node: n.Node, order: Order = None) -> Direction:
        """Give the direction of a part.

        Args:
            node: The part.
            order: Labels from the lowest to the highest, for a part that gives labels.
        """
        key = (node, order)
        if key not in self._directions:
            stays = not self.touches(node) or self._is_settled(node)
            self._directions[key] = CONSTANT if stays else self._moved(node, order)
        return self._directions[key]

    def _is_settled(self, node: n.Node) -> bool:
        reach = self.view.reach(node)
        return not reach.may_be_there or reach.only is not None

    def _moved(self, node: n.Node, order: Order) -> Direction:  # noqa: C901, PLR0911, PLR0912 - one case a node
        match node:
            case n.Ref() | n.Field():
                return self._leaf(node, order)
            case n.Named():
                return self.direction(node.value, order)
            case n.Add():
                return joined(self.direction(term) for term in node.terms)
            case n.Subtract():
                return joined((self.direction(node.left), flipped(self.direction(node.right))))
            case n.Multiply():
                return self._product(node)
            case n.Divide():
                return self._quotient(node)
            case n.Minimum() | n.Maximum() | n.And() | n.Or():
                return joined(self.direction(arg) for arg in node.args)
            case n.Clip() | n.Round():
                return joined(self.direction(part) for part in n.children(node))
            case n.Compare():
                return self._comparison(node)
            case n.Not():
                return flipped(self.direction(node.arg))
            case n.Where():
                return direction_of_where(node, self, order)
            case n.Lookup():
                reaches = [self.view.reach(key) for key in node.keys]
                keys = [
                    (reach, self.direction(key, reach.order))
                    for key, reach in zip(node.keys, reaches, strict=True)
                ]
                return direction_of_lookup(node, keys, order)
            case n.Band():
                met = [label for label, _ in bands_met(node, self.view.reach(node.value))]
                return direction_of_band(met, self.direction(node.value), order)
            case n.IsMissing():
                return UNKNOWN if self.may_vanish(node.arg) else CONSTANT
            case n.Coalesce():
                return self._coalesced(node, order)
            case n.Reduce():
                return self._reduced(node, order)
        msg = f"unknown node {type(node).__name__}"
        raise TypeError(msg)

    def _leaf(self, node: n.Node, order: Order) -> Direction:
        motion, reach = self.movers.here[node], self.view.reach(node)
        if not reach.labels or motion.direction in (CONSTANT, UNKNOWN):
            return motion.direction
        # A label that moves up its own scale may move down, or back and forth, by another order.
        own = [label for label in reach.order or () if label in reach.labels]
        asked = [label for label in order or () if label in reach.labels]
        if own == asked and own:
            return motion.direction
        return flipped(motion.direction) if own == asked[::-1] and own else UNKNOWN

    def _product(self, node: n.Multiply) -> Direction:
        first, *others = node.factors
        product: n.Node = first
        found = self.direction(first)
        for factor in others:
            by_first = scaled(found, sign(self.view.reach(factor)))
            by_factor = scaled(self.direction(factor), sign(self.view.reach(product)))
            found = joined((by_first, by_factor))
            product = n.Multiply((product, factor))
        return found

    def _quotient(self, node: n.Divide) -> Direction:
        top, bottom = self.direction(node.numerator), self.direction(node.denominator)
        # Where the divisor is zero there is no quotient, so only its other values count.
        divisor = sign(self.view.reach(node.denominator))
        found = scaled(top, divisor)
        if bottom != CONSTANT:
            side = sign(self.view.reach(node.numerator)) if divisor is not None else None
            found = joined((found, scaled(flipped(bottom), side)))
        shorter = cancelled(node) if found == UNKNOWN else None
        return found if shorter is None else self.direction(shorter)

    def _comparison(self, node: n.Compare) -> Direction:
        left, right = self.view.reach(node.left), self.view.reach(node.right)
        order = node.order or left.order or right.order
        low, high = self.direction(node.left, order), self.direction(node.right, order)
        if low == high == CONSTANT:
            return CONSTANT
        match equality_as_order(node.op, left, right, order):
            case "<" | "<=":
                return joined((flipped(low), high))
            case ">" | ">=":
                return joined((low, flipped(high)))
        return UNKNOWN

    def _coalesced(self, node: n.Coalesce, order: Order) -> Direction:
        # Without a part that comes and goes, both records take the same one.
        if any(self.may_vanish(arg) for arg in node.args[:-1]):
            return UNKNOWN
        return joined(self.direction(arg, order) for arg in node.args)

    def _reduced(self, node: n.Reduce, order: Order) -> Direction:
        parts = [part for part in (node.value, node.where, node.by) if part is not None]
        inside = self.inside(node.over, parts)
        filtered = CONSTANT if node.where is None else inside.direction(node.where)
        if node.value is None:
            return filtered
        chosen: Course | None = inside
        if node.where is not None:
            chosen = inside.assume(node.where, holds=True)
        if chosen is None:
            return CONSTANT
        if node.skip_missing and chosen.may_vanish(node.value):
            return UNKNOWN
        if node.op == "sum" and node.where is not None and filtered != CONSTANT:
            return inside.direction(n.Where(((node.where, node.value),), ZERO))
        value = chosen.direction(node.value, order)
        others = [filtered, CONSTANT if node.by is None else chosen.direction(node.by)]
        if node.op == "count_distinct":
            others.append(value)
        return value if all(other == CONSTANT for other in others) else UNKNOWN

    # Missing values.

    def may_vanish(self, node: n.Node) -> bool:
        """Tell whether a part may be missing in one record of a pair and there in the other."""
        if node not in self._vanishing:
            can = self.touches(node) and self.view.reach(node).may_be_missing
            self._vanishing[node] = can and vanishes(node, self)
        return self._vanishing[node]

    def moves(self, node: n.Node) -> bool:
        """Tell whether a part may have two values in a pair of records."""
        return self.direction(node, self.view.reach(node).order) != CONSTANT
