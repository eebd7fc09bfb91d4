"""What a formula can give, without any data: the ranges of its values, step by step.

What lives here: the reach of a formula and of a chain of steps. The rules for each node are in
`view`, what a condition tells in `assumptions`. What never comes in: records, directions.

The answer is sound and not always tight: every value that the exact evaluator can give lies within
reach, and some values within reach may never come about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kinerja.formula import nodes as n
from kinerja.formula.reaches import ListReach, Reach, reach_of_type
from kinerja.formula.types import LabelType, ValueType
from kinerja.formula.view import ScopeReach, View

__all__ = [
    "ListReach",
    "Reach",
    "ScopeReach",
    "label_order",
    "reach",
    "reach_of_type",
    "reach_steps",
    "scope_with",
]


def reach(node: n.Node, scope: ScopeReach, *, over: str | None = None) -> Reach:
    """Give everything that a formula can give.

    Args:
        node: A formula that passed the type check.
        scope: Reach of every input and step it refers to; see `reach_of_type`.
        over: List for whose items the formula is computed, or `None`.

    Returns:
        Its values, and whether it can be missing. Where a case is guarded by a condition, what the
        condition tells is used there; cases that cannot come about are left out.

    Examples:
        >>> from kinerja.formula.types import NumberType
        >>> from kinerja.values import Interval
        >>> scope = {
        ...     "r": reach_of_type(NumberType(limits=Interval(low=n.Fraction(0)))),
        ...     "t": reach_of_type(NumberType(limits=Interval(low=n.Fraction(0)))),
        ... }
        >>> r, t = n.Ref("r"), n.Ref("t")
        >>> found = reach((2 * t - r) / t * 100, scope)
        >>> str(found.numbers), found.may_be_missing
        ('(−∞, 200]', True)
        >>> reach(n.Where(((t.equals(0), n.Number(n.Fraction(0))),), r / t), scope).may_be_missing
        False
    """
    view = View(scope)
    return view.reach(node) if over is None else view.inside(_items(scope, over)).reach(node)


def reach_steps(
    steps: Iterable[tuple[str, n.Node]],
    scope: ScopeReach,
    *,
    types: Mapping[str, ValueType] | None = None,
    over: Mapping[str, str] | None = None,
) -> dict[str, Reach]:
    """Give the reach of each of a chain of steps.

    Args:
        steps: Name and formula of each step; a step refers to inputs and to steps before it.
        scope: Reach of the inputs.
        types: Types of the steps, as far as they are known: a step with labels of an ordered scale
            carries that order on, for `direction`.
        over: For a step that is computed for each item of a list: the list. Formulas of other steps
            read it as a field.
    """
    found: dict[str, Reach] = {}
    for name, node in steps:
        items = (over or {}).get(name)
        result = reach(node, scope, over=items)
        order = label_order((types or {}).get(name)) or result.order
        found[name] = replace(result, order=order)
        scope = scope_with(scope, name, found[name], items)
    return found


def label_order(type_: ValueType | None) -> tuple[str, ...] | None:
    """Give the labels of an ordered scale from the lowest to the highest; `None` for other types."""
    if isinstance(type_, LabelType) and type_.scale.ordered:
        return type_.scale.ids
    return None


def scope_with(scope: ScopeReach, name: str, value: Reach, over: str | None = None) -> ScopeReach:
    """Give a scope with one more step, or with one more field of a list."""
    if over is None:
        return {**scope, name: value}
    items = _items(scope, over)
    return {**scope, over: replace(items, fields={**items.fields, name: value})}


def _items(scope: ScopeReach, over: str) -> ListReach:
    found = scope[over]
    if not isinstance(found, ListReach):
        msg = f"{over!r} is no list"
        raise TypeError(msg)
    return found
