"""Steps that are a share of the items of a list, which only some values can be.

What lives here: telling such a step from its formula, and the values that its items can give. What never
comes in: search, words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, evaluate
from kinerja.scorer.graph import chosen
from kinerja.scorer.program import Program, Step
from kinerja.scorer.run import State
from kinerja.values import Missing

__all__ = ["Share", "share_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a step is for any number of its items that count.

    Attributes:
        none: Its value where no item counts, before rounding.
        whole: Its value where all do.
        held: How many count now.
        count: How many items there are.
        rounding: How the step is rounded.
    """

    none: Fraction
    whole: Fraction
    held: int
    count: int
    rounding: Rounding | None

    def at(self, held: int) -> Fraction:
        """Give the value of the step where so many items count."""
        value = self.none + (self.whole - self.none) * Fraction(held, self.count)
        return value if self.rounding is None else self.rounding.apply(value)


def share_of(program: Program, step: Step, state: State) -> Share | None:
    """Tell what share of the items of a list a step is for this record.

    A share is the mean of a value that is one of two figures for every item, or the number of items for
    which something holds divided by the number of all, times written figures. `None` for any other step.

    Args:
        program: The program.
        step: A step of the record.
        state: Inputs and steps of the record.
    """
    if step.over is not None or isinstance(state[step.name], Missing):
        return None
    rounding = step.node.rounding if isinstance(step.node, n.Round) else None
    inner = step.node.value if isinstance(step.node, n.Round) else step.node
    factor, core = _factored(chosen(inner, state))
    match core:
        case n.Reduce(op="mean", value=n.Node() as value, where=None, skip_missing=False):
            figures = [*dict.fromkeys(_figures(value, core.over, program))]
            if len(figures) != 2 or None in figures:  # noqa: PLR2004 - one of two figures
                return None
            none, whole = sorted(cast("list[Fraction]", figures))
            values = [evaluate(value, state, item) for item in _items(core.over, state)]
            held = values.count(whole)
        case n.Divide(
            n.Reduce(op="count", over=over, where=n.Node() as where),
            n.Reduce(op="count", over=other, where=None),
        ) if over == other:
            values = [evaluate(where, state, item) for item in _items(over, state)]
            none, whole, held = Fraction(0), Fraction(1), values.count(True)
        case _:
            return None
    if not values:
        return None
    found = Share(
        none=none * factor, whole=whole * factor, held=held, count=len(values), rounding=rounding
    )
    return found if found.at(held) == state[step.name] else None


def _factored(node: n.Node) -> tuple[Fraction, n.Node]:
    """Split written figures off a formula that is multiplied by them."""
    match node:
        case n.Named():
            return _factored(node.value)
        case n.Divide(value, n.Number(figure)) if figure:
            factor, core = _factored(value)
            return factor / figure, core
        case n.Multiply():
            factor = Fraction(1)
            others = []
            for part in node.factors:
                if isinstance(part, n.Number):
                    factor *= part.value
                else:
                    others.append(part)
            if len(others) == 1:
                inner, core = _factored(others[0])
                return factor * inner, core
    return Fraction(1), node


def _figures(node: n.Node, over: str, program: Program) -> Iterator[Fraction | None]:
    """Give the written figures that a value of an item can be, `None` where it can be anything else."""
    match node:
        case n.Number():
            yield node.value
        case n.Absent():
            return
        case n.Named():
            yield from _figures(node.value, over, program)
        case n.Where():
            for _, value in node.cases:
                yield from _figures(value, over, program)
            yield from _figures(node.otherwise, over, program)
        case n.Field():
            steps = [s for s in program.steps if s.over == over and s.name == node.name]
            if not steps:
                yield None
            for step in steps:
                yield from _figures(step.node, over, program)
        case _:
            yield None


def _items(name: str, state: State) -> Sequence[Item]:
    items = state[name]
    return () if isinstance(items, Missing) else cast("Sequence[Item]", items)
