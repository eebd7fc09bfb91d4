"""The items of a list that a missing value is missing because of.

What lives here: which reasons come from single items, and from which. What never comes in: words, and items
of lists that must not be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, Value, evaluate
from kinerja.formula.types import ListType
from kinerja.scorer.program import Input, Program
from kinerja.scorer.run import State
from kinerja.values import Missing, Reason

__all__ = ["ItemPlace", "items_at_fault", "names_items"]

#: Name of a list, and the place of an item in it.
ItemPlace: TypeAlias = tuple[str, int]


def names_items(declared: Input) -> bool:
    """Tell whether the items of a list may be named."""
    return declared.item_title is not None and not declared.hidden


def items_at_fault(program: Program, state: State) -> Mapping[Reason, tuple[ItemPlace, ...]]:
    """Give, for each reason that comes from single items, the items.

    A reason that comes from elsewhere, such as a missing target that all items are measured by, is no
    fault of theirs.

    Args:
        program: The program.
        state: Inputs and steps of the record.
    """
    named = {declared.name for declared in program.inputs if names_items(declared)}
    elsewhere = {
        reason
        for declared in program.inputs
        if not isinstance(declared.type, ListType)
        for reason in _reasons_of(cast("Value", state[declared.name]))
    }
    found: dict[Reason, dict[ItemPlace, None]] = {}
    for step in program.steps:
        if step.over is not None or not isinstance(state[step.name], Missing):
            continue
        for place, reason in _faults(step.node, named, state):
            if reason not in elsewhere:
                found.setdefault(reason, {})[place] = None
        reasons = _reasons_of(cast("Value", state[step.name]))
        elsewhere.update(reason for reason in reasons if reason not in found)
    return {reason: tuple(places) for reason, places in found.items()}


def _reasons_of(value: Value) -> tuple[Reason, ...]:
    return value.reasons if isinstance(value, Missing) else ()


def _faults(node: n.Node, named: set[str], state: State) -> Iterator[tuple[ItemPlace, Reason]]:
    for part in n.walk(node):
        if not isinstance(part, n.Reduce) or part.over not in named:
            continue
        items = state[part.over]
        if isinstance(items, Missing):
            continue
        for place, item in enumerate(cast("Sequence[Item]", items)):
            for reason in _reasons_of_item(part, state, item):
                yield (part.over, place), reason


def _reasons_of_item(node: n.Reduce, state: State, item: Item) -> Iterator[Reason]:
    """Give why an item leaves a reduction without a value; nothing of an item that does not count."""
    counts = True if node.where is None else evaluate(node.where, state, item)
    yield from _reasons_of(counts)
    if counts is not True:
        return
    for part in (node.by, None if node.skip_missing else node.value):
        if part is not None:
            yield from _reasons_of(evaluate(part, state, item))
