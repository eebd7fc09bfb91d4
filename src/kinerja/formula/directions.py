"""Which way a formula moves with one input: the signs of its slopes, without data.

What lives here: the direction of a formula, and of a step through the steps before it. The rules for
each node are in `course`. What never comes in: records, sizes of changes.

A direction compares two records that differ in one input alone, which is there in both. `rising` says:
where the formula has a value for both, the record with the higher input has at least the value of the
other. A missing value stands in no order: a direction says nothing about records for which the formula
is missing, and nothing about whether it becomes missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kinerja.formula import nodes as n
from kinerja.formula.course import Course
from kinerja.formula.motion import RISING, STILL, UNKNOWN, Direction, Motion, Movers, Order
from kinerja.formula.ranges import label_order, reach, scope_with
from kinerja.formula.reaches import ListReach, Reach
from kinerja.formula.types import ValueType
from kinerja.formula.view import ScopeReach, View
from kinerja.values import Scale

__all__ = [
    "Direction",
    "direction",
    "direction_through",
    "directions_through",
    "motions_through",
]


def direction(
    node: n.Node,
    target: str,
    scope: ScopeReach,
    *,
    over: str | None = None,
    scale: Scale | None = None,
) -> Direction:
    """Give the direction of a formula in one input, everything else arbitrary but fixed.

    Args:
        node: A formula that passed the type check.
        target: Name of the input (or step) that moves; `list.field` moves that field of one item alone.
            Labels move up the order of their scale, a flag moves from no to yes.
        scope: Reach of every input and step; see `reach_of_type`.
        over: List for whose items the formula is computed, or `None`: the direction of each of them.
        scale: Ordered scale that the labels of the result are judged by; by default the one that the
            formula itself shows: the rising order of bands, or the scale of an input.

    Returns:
        `constant`, `rising` or `falling` where that is proved, else `unknown`.

    Raises:
        KeyError: `target` is not in `scope`, or is a list.

    Examples:
        >>> from kinerja.formula.ranges import reach_of_type
        >>> from kinerja.formula.types import NumberType
        >>> from kinerja.values import Interval
        >>> positive = reach_of_type(NumberType(limits=Interval(low=n.Fraction(0), low_open=True)))
        >>> scope = {"r": positive, "t": positive}
        >>> lower_is_better = (2 * n.Ref("t") - n.Ref("r")) / n.Ref("t") * 100
        >>> direction(lower_is_better, "r", scope), direction(lower_is_better, "t", scope)
        ('falling', 'rising')
    """
    scope, movers = _start(scope, target)
    course = _course(scope, movers, node, over)
    return course.direction(node, _order(course, node, None if scale is None else _rising(scale)))


def direction_through(  # noqa: PLR0913 - the chain, and what is asked of it
    steps: Iterable[tuple[str, n.Node]],
    output: str,
    target: str,
    scope: ScopeReach,
    *,
    types: Mapping[str, ValueType] | None = None,
    over: Mapping[str, str] | None = None,
) -> Direction:
    """Give the direction of a step in one input, through every step before it.

    Args:
        steps: Name and formula of each step; a step refers to inputs and to steps before it.
        output: The step that is asked about.
        target: Name of the input that moves; `list.field` for that field of one item alone.
        scope: Reach of the inputs.
        types: Types of the steps, as far as they are known: labels are judged by their ordered scales.
        over: For a step that is computed for each item of a list: the list.

    Raises:
        KeyError: There is no such step or input.
    """
    chain = list(steps)
    needed = _needed(chain, output)
    told = _told((step for step in chain if step[0] in needed), target, scope, types, over)
    return dict(told)[output].direction


def directions_through(
    steps: Iterable[tuple[str, n.Node]],
    target: str,
    scope: ScopeReach,
    *,
    types: Mapping[str, ValueType] | None = None,
    over: Mapping[str, str] | None = None,
) -> dict[str, Direction]:
    """Give the direction of every step in one input, in one walk; see `direction_through`.

    Raises:
        KeyError: There is no such input.
    """
    found = motions_through(steps, target, scope, types=types, over=over)
    return {name: motion.direction for name, motion in found.items()}


def motions_through(
    steps: Iterable[tuple[str, n.Node]],
    target: str,
    scope: ScopeReach,
    *,
    types: Mapping[str, ValueType] | None = None,
    over: Mapping[str, str] | None = None,
) -> dict[str, Motion]:
    """Give how every step moves with one input: its direction, and whether its value may come and go.

    A step that is constant and cannot vanish does not depend on the input.

    Raises:
        KeyError: There is no such input.
    """
    return dict(_told(steps, target, scope, types, over))


def _told(
    steps: Iterable[tuple[str, n.Node]],
    target: str,
    scope: ScopeReach,
    types: Mapping[str, ValueType] | None,
    over: Mapping[str, str] | None,
) -> Iterator[tuple[str, Motion]]:
    scope, movers = _start(scope, target)
    for name, node in steps:
        items = (over or {}).get(name)
        course = _course(scope, movers, node, items)
        # Seen from one item, the field that moves is there; every item's reach is another matter.
        result = course.view.reach(node) if items is None else reach(node, scope, over=items)
        order = label_order((types or {}).get(name)) or result.order
        found = course.direction(node, order)
        motion = Motion(direction=found, may_vanish=course.may_vanish(node))
        yield name, motion
        scope = scope_with(scope, name, replace(result, order=order), items)
        if motion != STILL:
            movers = _with_step(movers, name, motion, items)


def _needed(steps: Iterable[tuple[str, n.Node]], output: str) -> set[str]:
    """Give the names of a step and of every step that it reads, itself or through others."""
    needed = {output}
    for name, node in reversed(list(steps)):
        if name in needed:
            parts = n.walk(node)
            needed |= {part.name for part in parts if isinstance(part, n.Ref | n.Field)}
    return needed


def _start(scope: ScopeReach, target: str) -> tuple[ScopeReach, Movers]:
    found = scope.get(target)
    if isinstance(found, Reach):
        moved: dict[n.Node, Motion] = {n.Ref(target): Motion(direction=_own_direction(found))}
        return {**scope, target: found.present()}, Movers(here=moved, in_lists={})
    over, _, name = target.rpartition(".")
    items = scope.get(over)
    if not isinstance(items, ListReach) or name not in items.fields:
        raise KeyError(target)
    motion = Motion(direction=_own_direction(items.fields[name]))
    return scope, Movers(here={}, in_lists={over: {name: motion}}, target=(over, name))


def _own_direction(reach: Reach) -> Direction:
    """Give the direction of what moves itself: none where its values have no order."""
    return UNKNOWN if reach.other or (reach.labels and reach.order is None) else RISING


def _course(scope: ScopeReach, movers: Movers, node: n.Node, over: str | None) -> Course:
    course = Course(View(scope), movers)
    return course if over is None else course.inside(over, [node])


def _order(course: Course, node: n.Node, asked: Order) -> Order:
    return course.view.reach(node).order if asked is None else asked


def _rising(scale: Scale) -> Order:
    return scale.ids if scale.ordered else None


def _with_step(movers: Movers, name: str, motion: Motion, over: str | None) -> Movers:
    if over is None:
        return movers.also(n.Ref(name), motion)
    fields = {**movers.in_lists.get(over, {}), name: motion}
    return replace(movers, in_lists={**movers.in_lists, over: fields})
