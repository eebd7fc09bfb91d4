"""By what a condition holds: the part of it that is enough for this record.

What lives here: the leaving out of what did not count. What may come in: a condition, and the values of the
record. What never comes in: words.
"""

from __future__ import annotations

from dataclasses import replace

from kinerja.formula import nodes as n
from kinerja.formula.figures import Figures

__all__ = ["met_by"]


def met_by(node: n.Node, figures: Figures) -> n.Node:
    """Give a condition without what it does not hold by.

    Of alternatives those that hold stay; of what must not hold all together those that do not; of «at most
    this label» the label where it is that one. A condition that does not hold stays as it is.
    """
    if figures.value(node) is not True:
        return node
    match node:
        case n.And():
            return replace(node, args=tuple(met_by(arg, figures) for arg in node.args))
        case n.Or():
            return _any_of(tuple(a for a in node.args if figures.value(a) is True), figures)
        case n.Compare("<=" | ">=", left, n.Label(label)) if figures.value(left) == label:
            return replace(node, op="==")
        case n.Not(n.And(args)):
            return _any_of(tuple(n.Not(a) for a in args if figures.value(a) is False), figures)
    return node


def _any_of(held: tuple[n.Node, ...], figures: Figures) -> n.Node:
    met = tuple(met_by(arg, figures) for arg in held)
    return met[0] if len(met) == 1 else n.And(met)
