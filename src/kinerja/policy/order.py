"""The order in which steps are computed, whatever order the file lists them in.

What lives here: which step reads which, and the search for circles. What never comes in: anything
else about steps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import Final

from kinerja.formula import nodes as n

__all__ = ["circles", "mentioned", "ordered"]

_NO_LISTS: Final[Mapping[str, Collection[str]]] = MappingProxyType({})


def mentioned(
    value: object,
    *,
    lists: Mapping[str, Collection[str]] = _NO_LISTS,
    item: Collection[str] = (),
) -> set[str]:
    """Give every name that the formulas of a rule refer to; of a part `panel.mean`, the step `panel` too.

    A field of a list hides an input or step of the same name wherever the items of the list are read.

    Args:
        value: A rule, or any part of one.
        lists: Fields that the inputs declare, by the name of the list.
        item: Declared fields of the list that the rule is computed for each item of.

    Examples:
        >>> from kinerja.formula.parse import parse_formula
        >>> mean = parse_formula("mean(nilai for penilaian) + bonus")
        >>> sorted(mentioned(mean, lists={"penilaian": {"nilai"}}))
        ['bonus', 'penilaian']
    """
    found: set[str] = set()
    stack: list[tuple[object, Collection[str]]] = [(value, item)]
    while stack:
        current, hidden = stack.pop()
        if isinstance(current, n.Node):
            if isinstance(current, n.Ref) and current.name not in hidden:
                found.update((current.name, current.name.split(".", maxsplit=1)[0]))
            if isinstance(current, n.Reduce):
                found.add(current.over)
                hidden = lists.get(current.over, ())
            stack.extend((child, hidden) for child in n.children(current))
        elif isinstance(current, Mapping):
            stack.extend((part, hidden) for part in current.values())
        elif isinstance(current, (tuple, list, frozenset, set)):
            stack.extend((part, hidden) for part in current)
        elif is_dataclass(current) and not isinstance(current, type):
            over = getattr(current, "over", None)
            inner = {*hidden, *lists.get(over, ())} if isinstance(over, str) else hidden
            stack.extend((getattr(current, field.name), inner) for field in fields(current))
    return found


def circles(needs: Mapping[str, set[str]]) -> list[list[str]]:
    """Find steps that need each other in a circle; each is closed with its first step."""
    left = {name: {other for other in others if other in needs} for name, others in needs.items()}
    found: list[list[str]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            found.append(circle)
            left[circle[0]].discard(circle[1])
        else:
            return found


def ordered(needs: Mapping[str, set[str]]) -> list[str]:
    """Order steps so that each comes after what it needs, and otherwise as they were listed.

    Args:
        needs: Steps and what they need; without circles. Names that are no steps are passed over.
    """
    rank = {name: place for place, name in enumerate(needs)}
    done: dict[str, None] = {}
    for start in needs:
        stack = [start]
        while stack:
            waiting = [n for n in needs[stack[-1]] if n in rank and n not in done]
            if stack[-1] in done or not waiting:
                done.setdefault(stack.pop())
            else:
                stack.append(min(waiting, key=rank.__getitem__))
    return list(done)
