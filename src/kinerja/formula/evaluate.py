"""The exact evaluator: the reference that every other evaluator must agree with.

What lives here: the meaning of each node in `Fraction` arithmetic, written to be read. What never
comes in: speed, text, policies. Compiled and column evaluation are tested against this module.

A value is a `Fraction` (number, or date as a day count), a `str` (label or text), a `bool` (flag) or
`Missing` with its reasons.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast

from kinerja.formula import nodes as n
from kinerja.values import Missing

__all__ = ["Item", "Scope", "Value", "evaluate", "items_of", "reduce_numbers"]

Value: TypeAlias = Fraction | str | bool | Missing
Item: TypeAlias = Mapping[str, Value]
#: What a formula may see: inputs and steps by name; a list input is a sequence of items.
Scope: TypeAlias = Mapping[str, "Value | Sequence[Item]"]

_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def evaluate(node: n.Node, scope: Scope, item: Item | None = None) -> Value:  # noqa: C901, PLR0911, PLR0912 - one case a node
    """Give the exact value of a formula.

    Args:
        node: A formula that passed the type check.
        scope: Inputs and earlier steps by name.
        item: The list item whose fields `Field` reads; `None` outside lists.

    Returns:
        The value, or `Missing` with every reason met. Never raises for data: a zero divisor, an empty
        list or a key that is in no table is a missing value.
    """
    match node:
        case n.Field():
            if item is None:
                msg = f"field {node.name!r} outside a list"
                raise TypeError(msg)
            return item[node.name]
        case n.Label() | n.Number() | n.Truth():
            return node.value
        case n.Ref():
            return cast("Value", scope[node.name])
        case n.Compare():
            return _compare(node, scope, item)
        case n.And():
            return _decide(node.args, scope, item, deciding=False)
        case n.Or():
            return _decide(node.args, scope, item, deciding=True)
        case n.Absent():
            return Missing.because(node.reason, node.subject)
        case n.Named():
            return evaluate(node.value, scope, item)
        case n.Add():
            return _fold(node.terms, scope, item, lambda values: sum(values, Fraction(0)))
        case n.Multiply():
            return _fold(node.factors, scope, item, _product)
        case n.Subtract():
            return _fold((node.left, node.right), scope, item, lambda v: v[0] - v[1])
        case n.Divide():
            return _fold((node.numerator, node.denominator), scope, item, _quotient)
        case n.Minimum():
            return _fold(node.args, scope, item, min)
        case n.Maximum():
            return _fold(node.args, scope, item, max)
        case n.Clip():
            return _clip(node, scope, item)
        case n.Round():
            return _fold((node.value,), scope, item, lambda v: node.rounding.apply(v[0]))
        case n.Not():
            value = evaluate(node.arg, scope, item)
            return value if isinstance(value, Missing) else not value
        case n.Where():
            return _where(node, scope, item)
        case n.Lookup():
            return _lookup(node, scope, item)
        case n.Band():
            value = evaluate(node.value, scope, item)
            if isinstance(value, Missing):
                return value
            band = node.bands.find(cast("Fraction", value))
            return Missing.because("outside_bands") if band is None else band.label
        case n.IsMissing():
            return isinstance(evaluate(node.arg, scope, item), Missing)
        case n.Coalesce():
            return _coalesce(node, scope, item)
        case n.Reduce():
            return _reduce(node, scope)
    msg = f"unknown node {type(node).__name__}"
    raise TypeError(msg)


def _fold(
    args: tuple[n.Node, ...],
    scope: Scope,
    item: Item | None,
    combine: Callable[[list[Fraction]], Value],
) -> Value:
    values = [evaluate(arg, scope, item) for arg in args]
    missing = [value for value in values if isinstance(value, Missing)]
    if missing:
        return Missing.joined(missing)
    return combine(cast("list[Fraction]", values))


def _product(values: list[Fraction]) -> Fraction:
    product = Fraction(1)
    for value in values:
        product *= value
    return product


def _quotient(values: list[Fraction]) -> Value:
    return values[0] / values[1] if values[1] else Missing.because("division_by_zero")


def _clip(node: n.Clip, scope: Scope, item: Item | None) -> Value:
    ends = tuple(end for end in (node.low, node.high) if end is not None)

    def combine(values: list[Fraction]) -> Fraction:
        rest = iter(values[1:])
        value = values[0] if node.low is None else max(values[0], next(rest))
        return value if node.high is None else min(value, next(rest))

    return _fold((node.value, *ends), scope, item, combine)


def _compare(node: n.Compare, scope: Scope, item: Item | None) -> Value:
    left, right = evaluate(node.left, scope, item), evaluate(node.right, scope, item)
    if isinstance(left, Missing) or isinstance(right, Missing):
        return Missing.joined([value for value in (left, right) if isinstance(value, Missing)])
    if node.order is not None and node.op not in ("==", "!="):
        rank = {label: place for place, label in enumerate(node.order)}
        return _COMPARE[node.op](rank[cast("str", left)], rank[cast("str", right)])
    return _COMPARE[node.op](left, right)


def _decide(args: tuple[n.Node, ...], scope: Scope, item: Item | None, *, deciding: bool) -> Value:
    missing = []
    for arg in args:
        value = evaluate(arg, scope, item)
        if isinstance(value, Missing):
            missing.append(value)
        elif value is deciding:
            return deciding
    return Missing.joined(missing) if missing else not deciding


def _where(node: n.Where, scope: Scope, item: Item | None) -> Value:
    for condition, value in node.cases:
        holds = evaluate(condition, scope, item)
        if isinstance(holds, Missing):
            return holds
        if holds:
            return evaluate(value, scope, item)
    return evaluate(node.otherwise, scope, item)


def _lookup(node: n.Lookup, scope: Scope, item: Item | None) -> Value:
    keys = [evaluate(key, scope, item) for key in node.keys]
    missing = [key for key in keys if isinstance(key, Missing)]
    if missing:
        return Missing.joined(missing)
    row = dict(node.rows).get(tuple(cast("list[str | bool]", keys)))
    if row is None:
        return Missing.because("not_in_table", " + ".join(str(key) for key in keys))
    return evaluate(row, scope, item)


def _coalesce(node: n.Coalesce, scope: Scope, item: Item | None) -> Value:
    missing = []
    for arg in node.args:
        value = evaluate(arg, scope, item)
        if not isinstance(value, Missing):
            return value
        missing.append(value)
    return Missing.joined(missing)


def items_of(
    node: n.Reduce, items: Sequence[Item], scope: Scope
) -> Missing | list[tuple[Item, Value]]:
    """Give the items a reduction takes, each with the value it reduces; a count has the value 1."""
    taken: list[tuple[Item, Value]] = []
    missing: list[Missing] = []
    for item in items:
        if node.where is not None:
            holds = evaluate(node.where, scope, item)
            if isinstance(holds, Missing):
                missing.append(holds)
                continue
            if not holds:
                continue
        value = Fraction(1) if node.value is None else evaluate(node.value, scope, item)
        if isinstance(value, Missing):
            if not node.skip_missing:
                missing.append(value)
            continue
        taken.append((item, value))
    return Missing.joined(missing) if missing else taken


def _reduce(node: n.Reduce, scope: Scope) -> Value:
    items = scope[node.over]
    if isinstance(items, Missing):
        return items
    taken = items_of(node, cast("Sequence[Item]", items), scope)
    if isinstance(taken, Missing):
        return taken
    values = [value for _, value in taken]
    if node.op == "count":
        return Fraction(len(values))
    if node.op == "count_distinct":
        return Fraction(len(set(values)))
    if node.op == "last":
        return _last(node, taken, scope)
    return reduce_numbers(node.op, cast("list[Fraction]", values), node.parameter, node.over)


def _last(node: n.Reduce, taken: list[tuple[Item, Value]], scope: Scope) -> Value:
    if not taken:
        return Missing.because("no_items", node.over)
    keys = [evaluate(cast("n.Node", node.by), scope, item) for item, _ in taken]
    missing = [key for key in keys if isinstance(key, Missing)]
    if missing:
        return Missing.joined(missing)
    largest = max(cast("list[Fraction]", keys))
    if keys.count(largest) > 1:
        return Missing.because("last_is_ambiguous", node.over)
    return taken[keys.index(largest)][1]


def reduce_numbers(  # noqa: PLR0911 - one line a reduction
    op: n.Reduction, values: list[Fraction], parameter: Fraction | None, subject: str
) -> Fraction | Missing:
    """Reduce numbers; `subject` names the list in the reason when there are none."""
    if op == "sum":
        return sum(values, Fraction(0))
    if not values:
        return Missing.because("no_items", subject)
    count = len(values)
    match op:
        case "mean":
            return sum(values, Fraction(0)) / count
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "median":
            return _quantile(sorted(values), Fraction(1, 2))
        case "trimmed_mean":
            cut = int(count * cast("Fraction", parameter))
            kept = sorted(values)[cut : count - cut]
            return sum(kept, Fraction(0)) / len(kept)
        case "quantile":
            return _quantile(sorted(values), cast("Fraction", parameter))
    msg = f"{op} does not reduce numbers"
    raise TypeError(msg)


def _quantile(ordered: list[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = int(place)
    if place == below:
        return ordered[below]
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])
