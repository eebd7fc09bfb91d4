"""Whether a part of a formula can be there in one record and missing in the other.

What lives here: for each node, on what its being missing depends. What never comes in: directions as
such; they are asked for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kinerja.formula import nodes as n
from kinerja.formula.reach_of_table import reach_of_band, reach_of_lookup

if TYPE_CHECKING:
    from kinerja.formula.course import Course

__all__ = ["vanishes"]


def vanishes(node: n.Node, course: Course) -> bool:
    """Tell whether a part that can be missing, and reads what moves, may come and go with it."""
    match node:
        case n.Ref() | n.Field():
            motion = course.movers.here.get(node)
            return motion is not None and motion.may_vanish
        case n.Where():
            return _where_vanishes(node, course)
        case n.And() | n.Or():
            return any(course.may_vanish(arg) or course.moves(arg) for arg in node.args)
        case n.Reduce():
            return _reduction_vanishes(node, course)
    return _has_gap(node, course) or any(course.may_vanish(child) for child in n.children(node))


def _has_gap(node: n.Node, course: Course) -> bool:
    """Tell whether what moves may lead to a value for which the part itself has none."""
    match node:
        case n.Divide():
            can_be_zero = Fraction(0) in course.view.reach(node.denominator)
            return can_be_zero and course.moves(node.denominator)
        case n.Band():
            value = course.view.reach(node.value).present()
            return reach_of_band(node, value).may_be_missing and course.moves(node.value)
        case n.Lookup():
            keys = [course.view.reach(key).present() for key in node.keys]
            has_gap = reach_of_lookup(node, keys).may_be_missing
            return has_gap and any(course.moves(key) for key in node.keys)
    return False


def _where_vanishes(node: n.Where, course: Course) -> bool:
    at: Course | None = course
    for condition, value in node.cases:
        if at is None:
            return False
        if at.may_vanish(condition) or at.moves(condition):
            return True
        taken = at.assume(condition, holds=True)
        if taken is not None and taken.may_vanish(value):
            return True
        at = at.assume(condition, holds=False)
    return at is not None and at.may_vanish(node.otherwise)


def _reduction_vanishes(node: n.Reduce, course: Course) -> bool:
    parts = [part for part in (node.value, node.where, node.by) if part is not None]
    inside: Course | None = course.inside(node.over, parts)
    if inside is not None and node.where is not None:
        if inside.may_vanish(node.where) or inside.moves(node.where):
            return True
        inside = inside.assume(node.where, holds=True)
    if inside is None:
        return False
    if node.by is not None and inside.moves(node.by):
        return True
    return any(inside.may_vanish(part) for part in (node.value, node.by) if part is not None)
