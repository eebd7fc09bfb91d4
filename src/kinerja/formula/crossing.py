"""The direction of cases whose condition moves: on which side of an edge, and how the sides meet.

What lives here: the proof that the value before a condition changes and the value after it stand in
one order. What never comes in: the directions of other nodes; they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kinerja.formula import nodes as n
from kinerja.formula.assumptions import Facts
from kinerja.formula.motion import (
    CONSTANT,
    FALLING,
    RISING,
    UNKNOWN,
    Direction,
    Motion,
    Order,
    at_most,
    equality_as_order,
    joined,
    sign,
)
from kinerja.formula.patterns import difference, plain
from kinerja.formula.reaches import flags, narrow
from kinerja.formula.view import View

if TYPE_CHECKING:
    from kinerja.formula.course import Course

__all__ = ["direction_of_where"]

#: Name that stands for a part that a condition compares; no input can have it.
_PART: Final = "\0part"
_SWAPPED: Final[dict[n.Comparison, n.Comparison]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """A condition that compares something that moves with something that stays.

    Attributes:
        part: What moves.
        at: What it is compared with.
        low_first: The condition holds below the edge, not above it.
    """

    part: n.Node
    at: n.Node
    low_first: bool


def direction_of_where(node: n.Where, course: Course, order: Order) -> Direction:
    """Give the direction of cases."""
    if not node.cases:
        return course.direction(node.otherwise, order)
    (condition, value), *others = node.cases
    rest = n.Where(tuple(others), node.otherwise) if others else node.otherwise
    holding = course.assume(condition, holds=True)
    failing = course.assume(condition, holds=False)
    if holding is None or failing is None:
        sides = [(holding, value), (failing, rest)]
        return joined(side.direction(part, order) for side, part in sides if side is not None)
    moved = course.direction(condition)
    if moved == CONSTANT:
        return joined((holding.direction(value, order), failing.direction(rest, order)))
    if moved == UNKNOWN:
        return UNKNOWN
    before, after = (failing, rest), (holding, value)
    if moved == FALLING:
        before, after = after, before
    first, second = (side.view.reach(part) for side, part in (before, after))
    rises, falls = at_most(first, second, order), at_most(second, first, order)
    if rises or falls:
        pieces = joined(side.direction(part, order) for side, part in (before, after))
        return _over_edge(pieces, rises=rises, falls=falls)
    return _over_threshold(node, course, order)


def _over_edge(pieces: Direction, *, rises: bool, falls: bool) -> Direction:
    """Join the direction of both pieces with the way that leads from one to the other."""
    if pieces == CONSTANT and rises and falls:
        return CONSTANT
    if pieces in (CONSTANT, RISING) and rises:
        return RISING
    return FALLING if pieces in (CONSTANT, FALLING) and falls else UNKNOWN


def _over_threshold(node: n.Where, course: Course, order: Order) -> Direction:  # noqa: PLR0911 - one exit for each step of the proof
    """Compare both pieces at the very edge, where each piece is monotone up to it."""
    (condition, value), *others = node.cases
    rest = n.Where(tuple(others), node.otherwise) if others else node.otherwise
    edge = _edge(condition, course)
    if edge is None or course.view.work.is_enough:
        return UNKNOWN
    if not isinstance(edge.part, n.Ref | n.Field):
        return _through_part(node, edge.part, course, order)
    low, high = (value, rest) if edge.low_first else (rest, value)
    open_course = _unbound(course, edge.part)
    below = open_course.assume(n.Compare("<=", edge.part, edge.at), holds=True)
    above = open_course.assume(n.Compare(">=", edge.part, edge.at), holds=True)
    if below is None or above is None or below.may_vanish(low) or above.may_vanish(high):
        return UNKNOWN
    pieces = joined((below.direction(low, order), above.direction(high, order)))
    if pieces == UNKNOWN:
        return UNKNOWN
    at_low, at_high = (_with(part, edge.part, edge.at) for part in (low, high))
    if at_low is None or at_high is None:
        return UNKNOWN
    view = _at_edge(open_course, edge)
    if view is None:
        # What is compared never equals the edge: it stays on one side, whatever it is compared with.
        return _over_edge(pieces, rises=True, falls=True)
    at_low, at_high = _taken(at_low, view), _taken(at_high, view)
    rises = _stays_below(at_low, at_high, view, order)
    falls = _stays_below(at_high, at_low, view, order)
    if course.movers.here[edge.part].direction == FALLING:
        rises, falls = falls, rises
    return _over_edge(pieces, rises=rises, falls=falls)


def _taken(node: n.Node, view: View) -> n.Node:
    """Give the case that is surely taken, as far as conditions are decided."""
    node = plain(node)
    if not isinstance(node, n.Where):
        return node
    for place, (condition, value) in enumerate(node.cases):
        holds = view.reach(condition)
        if holds == flags(True):
            return _taken(value, view)
        if holds != flags(False):
            return n.Where(node.cases[place:], node.otherwise)
    return _taken(node.otherwise, view)


def _stays_below(low: n.Node, high: n.Node, view: View, order: Order) -> bool:
    """Tell whether one part is at most another, term by term where both are numbers."""
    first, second = view.reach(low), view.reach(high)
    if low == high or at_most(first, second, order):
        return True
    if first.numbers is None or second.numbers is None:
        return False
    rest = difference(_computed(high, view), _computed(low, view))
    return sign(view.reach(rest)) in (0, 1)


def _computed(node: n.Node, view: View) -> n.Node:
    """Put figures in place of the parts that can only be one number."""

    def change(part: n.Node) -> n.Node | None:
        if isinstance(part, n.Reduce):
            return part
        reach = view.reach(part)
        if isinstance(reach.only, Fraction) and not reach.may_be_missing:
            return n.Number(reach.only)
        return None

    return n.replace_nodes(node, change)


def _edge(condition: n.Node, course: Course, *, holds: bool = True) -> _Edge | None:
    condition = plain(condition)
    match condition:
        case n.Not():
            return _edge(condition.arg, course, holds=not holds)
        case n.And() | n.Or():
            # Arguments that do not decide anything are no part of the edge.
            open_args = [arg for arg in condition.args if len(course.view.reach(arg).flags) > 1]
            if len(open_args) == 1:
                return _edge(open_args[0], course, holds=holds)
        case n.Compare():
            return _compared(condition, course, holds=holds)
    return None


def _compared(node: n.Compare, course: Course, *, holds: bool) -> _Edge | None:
    left, right = course.view.reach(node.left), course.view.reach(node.right)
    op = equality_as_order(node.op, left, right, None)
    if left.numbers is None or right.numbers is None or op is None:
        return None
    part, at = node.left, node.right
    if course.touches(at):
        part, at, op = at, part, _SWAPPED[op]
    if course.touches(at):
        return None
    op = op if holds else n.OPPOSITE[op]
    return _Edge(part=plain(part), at=at, low_first=op in ("<", "<="))


def _through_part(node: n.Where, part: n.Node, course: Course, order: Order) -> Direction:
    """Take the part that is compared for an input of its own, which moves as the part does."""
    view = course.view
    stand_in = n.Ref(f"{_PART}{sum(name.startswith(_PART) for name in view.scope)}")
    replaced = _with(node, part, stand_in)
    if replaced is None:
        return UNKNOWN
    scope = {**view.scope, stand_in.name: view.reach(part)}
    motion = Motion(direction=course.direction(part), may_vanish=course.may_vanish(part))
    there = view.elsewhere(scope, view.item, view.facts)
    return course.elsewhere(there, course.movers.also(stand_in, motion)).direction(replaced, order)


def _with(node: n.Node, part: n.Node, other: n.Node) -> n.Node | None:
    """Put one part in place of another; `None` where a field would mean another list's field."""
    if (_reads_fields(part) or _reads_fields(other)) and any(
        isinstance(inner, n.Reduce) for inner in n.walk(node)
    ):
        return None
    return n.replace_nodes(node, lambda inner: other if inner == part else None)


def _reads_fields(node: n.Node) -> bool:
    """Tell whether a part reads a field of the item at hand."""
    if isinstance(node, n.Reduce):
        return False
    return isinstance(node, n.Field) or any(_reads_fields(child) for child in n.children(node))


def _unbound(course: Course, part: n.Ref | n.Field) -> Course:
    """Give the course in which what moves may take any number on its way, and only inputs are known.

    On the way from one record to the other, what moves stops at the edge. What is known of compound
    parts, and the grid it stands on, need not be true there.
    """
    view = course.view
    facts: Facts = {}
    facts.update(
        (node, reach)
        for node, reach in view.facts.items()
        if isinstance(node, n.Ref | n.Field) and node != part
    )
    free = replace(view.reach(part), grid=None)
    scope, item = dict(view.scope), view.item
    if isinstance(part, n.Field):
        item = {**(item or {}), part.name: free}
    else:
        scope[part.name] = free
    there = view.elsewhere(scope, item, facts)
    return course.elsewhere(there, course.movers)


def _at_edge(course: Course, edge: _Edge) -> View | None:
    """Give the view at the edge, which lies where what moves can lie."""
    if isinstance(edge.at, n.Number):
        return course.view
    at = narrow(course.view.reach(edge.at).present(), course.view.reach(edge.part).present())
    return course.view.knowing({edge.at: at})
