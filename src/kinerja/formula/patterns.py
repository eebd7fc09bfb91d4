"""Shapes of formulas that interval arithmetic alone would judge too widely.

What lives here: weighted means, renormalised or not, recognised term by term, quotients whose divisor
cancels, and differences whose terms do. What never comes in: reaches; those who ask look at the parts
themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Final

from kinerja.formula import nodes as n

__all__ = [
    "ListMean",
    "WeightedValue",
    "cancelled",
    "conjuncts",
    "difference",
    "list_mean",
    "weighted_mean",
]

ONE: Final = n.Number(Fraction(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedValue:
    """One value of a weighted mean.

    Attributes:
        weight: What it is weighed by.
        value: The value, where its weight is not zero.
        guards: Conditions, and whether they hold, under which it counts at all.
    """

    weight: n.Node
    value: n.Node
    guards: tuple[tuple[n.Node, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMean:
    """A weighted mean of the items of a list.

    Attributes:
        over: Name of the list.
        item: Weight and value of an item.
        where: The conditions on items whose weights are summed.
        counts_skipped: Items without value count as 0.
    """

    over: str
    item: WeightedValue
    where: tuple[n.Node, ...]
    counts_skipped: bool


def plain(node: n.Node) -> n.Node:
    """Give the formula itself where it has a name."""
    while isinstance(node, n.Named):
        node = node.value
    return node


def conjuncts(condition: n.Node | None) -> tuple[n.Node, ...]:
    """Give the conditions that must all hold; none for no condition."""
    if condition is None:
        return ()
    condition = plain(condition)
    if isinstance(condition, n.And):
        return tuple(part for arg in condition.args for part in conjuncts(arg))
    return (condition,)


def weighted_mean(node: n.Divide) -> tuple[WeightedValue, ...] | None:
    """Read a quotient of sums as a weighted mean, or give `None`.

    The terms of both sums stand in the same order, each term above the weight below times a value;
    either may be zero unless a condition holds, the same in both.
    """
    top, bottom = plain(node.numerator), plain(node.denominator)
    above = top.terms if isinstance(top, n.Add) else (top,)
    below = bottom.terms if isinstance(bottom, n.Add) else (bottom,)
    if len(above) != len(below):
        return None
    found = []
    for term, weight in zip(above, below, strict=True):
        item = _weighted(term, weight)
        if item is None:
            return None
        found.append(item)
    return tuple(found)


def list_mean(node: n.Divide) -> ListMean | None:
    """Read a quotient of sums over one list as a weighted mean of its items, or give `None`."""
    top, bottom = plain(node.numerator), plain(node.denominator)
    if not isinstance(top, n.Reduce) or not isinstance(bottom, n.Reduce):
        return None
    if top.op != "sum" or bottom.op != "sum" or top.over != bottom.over:
        return None
    if top.value is None or bottom.value is None or bottom.skip_missing:
        return None
    item = _weighted(top.value, bottom.value)
    if item is None:
        return None
    above, below = conjuncts(top.where), conjuncts(bottom.where)
    there = n.Not(n.IsMissing(item.value))
    if set(above) == set(below):
        skips = top.skip_missing
    elif {*above, there} == {*below}:
        skips = False
    else:
        return None
    return ListMean(over=top.over, item=item, where=below, counts_skipped=skips)


def _weighted(term: n.Node, weight: n.Node) -> WeightedValue | None:
    term, weight = plain(term), plain(weight)
    guarded = _guard(weight)
    if guarded is not None:
        condition, holds, inner_weight = guarded
        inner = _without_guard(term, condition, holds=holds)
        found = None if inner is None else _weighted(inner, inner_weight)
        if found is not None:
            guards = ((condition, holds), *found.guards)
            return WeightedValue(weight=found.weight, value=found.value, guards=guards)
    if term == weight:
        return WeightedValue(weight=weight, value=ONE)
    if isinstance(term, n.Multiply):
        rest = _rest_of(term.factors, weight)
        if rest is not None:
            return WeightedValue(weight=weight, value=rest)
    return None


def _guard(node: n.Node) -> tuple[n.Node, bool, n.Node] | None:
    """Read `where(condition, value, 0)` or `where(condition, 0, value)`."""
    if not isinstance(node, n.Where) or len(node.cases) != 1:
        return None
    ((condition, value),) = node.cases
    if _is_zero(node.otherwise):
        return condition, True, value
    if _is_zero(value):
        return condition, False, node.otherwise
    return None


def _is_zero(node: n.Node) -> bool:
    node = plain(node)
    return isinstance(node, n.Number) and node.value == 0


def _without_guard(node: n.Node, condition: n.Node, *, holds: bool) -> n.Node | None:
    """Give a term as it is where a condition holds, if it is zero elsewhere."""
    node = plain(node)
    if _guard(node) is not None:
        found = _guard(node)
        return found[2] if found is not None and found[:2] == (condition, holds) else None
    if isinstance(node, n.Multiply):
        parts = [_without_guard(factor, condition, holds=holds) for factor in node.factors]
        if any(part is not None for part in parts):
            factors = zip(parts, node.factors, strict=True)
            return n.Multiply(tuple(factor if part is None else part for part, factor in factors))
    return None


def _rest_of(factors: Sequence[n.Node], taken: n.Node) -> n.Node | None:
    """Give the product of the factors but one, or `None` where that one is not among them."""
    for place, factor in enumerate(factors):
        if plain(factor) == taken:
            rest = (*factors[:place], *factors[place + 1 :])
            return rest[0] if len(rest) == 1 else n.Multiply(rest) if rest else ONE
    return None


def cancelled(node: n.Divide) -> n.Node | None:
    """Give a quotient term by term, with the divisor cancelled where a term has it as a factor.

    `(2 * t - r) / t` is `2 - r / t` wherever the first is there at all.

    Returns:
        The other formula, or `None` where nothing cancels.
    """
    divisor = plain(node.denominator)
    if isinstance(divisor, n.Number):
        return None
    return _cancelled(plain(node.numerator), divisor)


def _cancelled(top: n.Node, divisor: n.Node) -> n.Node | None:
    if top == divisor:
        return ONE
    match top:
        case n.Multiply():
            return _rest_of(top.factors, divisor)
        case n.Add():
            parts = [_cancelled(plain(term), divisor) for term in top.terms]
            terms = zip(parts, top.terms, strict=True)
            if any(part is not None for part in parts):
                return n.Add(tuple(p if p is not None else n.Divide(t, divisor) for p, t in terms))
        case n.Subtract():
            left, right = plain(top.left), plain(top.right)
            first, second = _cancelled(left, divisor), _cancelled(right, divisor)
            if first is not None or second is not None:
                return n.Subtract(
                    first if first is not None else n.Divide(left, divisor),
                    second if second is not None else n.Divide(right, divisor),
                )
    return None


def difference(first: n.Node, second: n.Node) -> n.Node:
    """Give the first number less the second, with the terms that both have left out.

    Examples:
        >>> difference(n.Ref("a") + n.Ref("b"), n.Ref("b") + n.Ref("a") - 1)
        Add(terms=(Number(value=Fraction(1, 1)),))
    """
    terms: dict[n.Node, Fraction] = {}
    _collect(first, Fraction(1), terms)
    _collect(second, Fraction(-1), terms)
    constant = n.Number(terms.pop(ONE, Fraction(0)))
    rest = [n.Multiply((n.Number(times), node)) for node, times in terms.items() if times]
    return n.Add((*rest, constant))


def _collect(node: n.Node, times: Fraction, terms: dict[n.Node, Fraction]) -> None:
    """Add a number, so many times, to terms that are kept apart by what they are multiples of."""
    node = plain(node)
    match node:
        case n.Number():
            terms[ONE] = terms.get(ONE, Fraction(0)) + times * node.value
            return
        case n.Add():
            for term in node.terms:
                _collect(term, times, terms)
            return
        case n.Subtract():
            _collect(node.left, times, terms)
            _collect(node.right, -times, terms)
            return
        case n.Divide():
            divisor = plain(node.denominator)
            if isinstance(divisor, n.Number) and divisor.value:
                _collect(node.numerator, times / divisor.value, terms)
                return
        case n.Multiply():
            factors = [plain(factor) for factor in node.factors]
            figures = [factor.value for factor in factors if isinstance(factor, n.Number)]
            others = tuple(factor for factor in factors if not isinstance(factor, n.Number))
            if figures:
                rest = others[0] if len(others) == 1 else n.Multiply(others) if others else ONE
                _collect(rest, times * prod(figures), terms)
                return
    terms[node] = terms.get(node, Fraction(0)) + times
