"""What a condition that held, or did not hold, tells about the numbers in it.

What lives here: facts drawn from comparisons with figures, so that a divisor tested against zero need not
be tested again. What never comes in: statements, records.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from kinerja.formula import nodes as n
from kinerja.scorer.operands import Gone, Never, Num, Operand

__all__ = ["Fact", "both", "facts_of"]

_Key = TypeVar("_Key", bound=Hashable)

_MIRRORED: Final[dict[n.Comparison, n.Comparison]] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "==": "==",
    "!=": "!=",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of a value that a comparison was decided by: it is there, and more.

    Attributes:
        zero: It can be zero.
        negative: It can be below zero.
    """

    zero: bool = True
    negative: bool = True

    def applied(self, operand: Operand) -> Operand:
        """Give the value with what is known of it."""
        if isinstance(operand, Gone | Never):
            return operand
        if not isinstance(operand, Num):
            return replace(operand, nullable=False)
        return replace(
            operand,
            nullable=False,
            zero=operand.zero and self.zero,
            negative=operand.negative and self.negative,
        )


def facts_of(condition: n.Node, *, holds: bool) -> dict[n.Node, Fact]:
    """Give what is known where a condition holds, or where it does not."""
    facts: dict[n.Node, Fact] = {}
    for node, fact in _facts(condition, holds=holds):
        facts = both(facts, {node: fact})
    return facts


def both(first: Mapping[_Key, Fact], second: Mapping[_Key, Fact]) -> dict[_Key, Fact]:
    """Join what is known from two sides."""
    joined = dict(first)
    for node, fact in second.items():
        old = joined.get(node, fact)
        joined[node] = Fact(zero=old.zero and fact.zero, negative=old.negative and fact.negative)
    return joined


def _facts(condition: n.Node, *, holds: bool) -> Iterator[tuple[n.Node, Fact]]:
    match condition:
        case n.Named():
            yield from _facts(condition.value, holds=holds)
        case n.Not():
            yield from _facts(condition.arg, holds=not holds)
        # A conjunction that does not hold does not say which part failed.
        case n.And() if holds:
            for arg in condition.args:
                yield from _facts(arg, holds=True)
        case n.Or() if not holds:
            for arg in condition.args:
                yield from _facts(arg, holds=False)
        case n.Compare():
            op = condition.op if holds else n.OPPOSITE[condition.op]
            yield condition.left, _against(op, condition.right)
            yield condition.right, _against(_MIRRORED[op], condition.left)


def _against(op: n.Comparison, other: n.Node) -> Fact:
    """Give what `value op figure` tells about the value."""
    if not isinstance(other, n.Number):
        return Fact()
    figure = other.value
    # Which numbers stand in the relation: zero itself, and any below it?
    zero = {
        "<": figure > 0,
        "<=": figure >= 0,
        ">": figure < 0,
        ">=": figure <= 0,
        "==": figure == 0,
        "!=": figure != 0,
    }
    return Fact(zero=zero[op], negative=figure < 0 or op in ("<", "<=", "!="))
