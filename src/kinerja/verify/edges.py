"""The numbers at which a policy changes its mind: edges of bands, limits, figures that are compared with.

What lives here: finding them in the formulas. What never comes in: records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kinerja.formula import nodes as n
from kinerja.scorer import Program
from kinerja.verify.coverage import views_of

__all__ = ["Edge", "edges_of"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge.

    Attributes:
        step: The step.
        node: The part of its formula that has the edge.
        value: The part that is held against it.
        at: The edge.
        over: The list for whose items the step is computed, or `None`.
    """

    step: str
    node: n.Node
    value: n.Node
    at: Fraction
    over: str | None = None


def edges_of(program: Program) -> Iterator[Edge]:
    """Give every edge that a number can meet, once each; none inside reductions of lists."""
    seen: set[Edge] = set()
    for step, view in views_of(program):
        for node in _outside_lists(step.node):
            for value, at in _met(node):
                edge = Edge(step.name, node, value, at, step.over)
                span = view.reach(value).numbers
                if edge not in seen and span is not None and at in span:
                    seen.add(edge)
                    yield edge


def _outside_lists(node: n.Node) -> Iterator[n.Node]:
    yield node
    if not isinstance(node, n.Reduce):
        for part in n.children(node):
            yield from _outside_lists(part)


def _met(node: n.Node) -> Iterator[tuple[n.Node, Fraction]]:
    """Give the parts that a node holds against a written figure, with the figure."""
    if isinstance(node, n.Band):
        for band in node.bands.closed():
            ends = (band.interval.low, band.interval.high)
            yield from ((node.value, end) for end in ends if end is not None)
        return
    pairs: tuple[tuple[n.Node | None, n.Node | None], ...] = ()
    if isinstance(node, n.Clip):
        pairs = ((node.value, node.low), (node.value, node.high))
    elif isinstance(node, n.Compare):
        pairs = ((node.left, node.right), (node.right, node.left))
    for value, limit in pairs:
        if isinstance(limit, n.Number) and value is not None and not isinstance(value, n.Number):
            yield value, limit.value
