"""The order in which steps are computed, whatever order the file lists them in.

What lives here: which step reads which, and the search for circles. What never comes in: anything
else about steps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Final

from kinerja.formula import nodes as n

__all__ = ["circles", "knots", "mentioned", "ordered"]

_NO_LISTS: Final[Mapping[str, Collection[str]]] = MappingProxyType({})
_NO_STEPS: Final[Mapping[str, str | None]] = MappingProxyType({})


def mentioned(
    value: object,
    *,
    lists: Mapping[str, Collection[str]] = _NO_LISTS,
    item: Collection[str] = (),
    per_item: Mapping[str, str | None] = _NO_STEPS,
) -> set[str]:
    """Give every name that the formulas of a rule refer to; of a part `panel.mean`, the step `panel` too.

    A field of a list hides an input or step of the same name wherever the items of the list are read.

    Args:
        value: A rule, or any part of one.
        lists: Fields that the inputs declare, by the name of the list.
        item: Declared fields of the list that the rule is computed for each item of.
        per_item: The list whose items a step is computed for, by name; a rule over that list may name
            the step as it names a field.

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
            parts = [getattr(current, field.name) for field in fields(current)]
            stack.extend((part, inner) for part in parts)
            if isinstance(over, str):
                texts = (part for part in parts if isinstance(part, str))
                found.update(text for text in texts if per_item.get(text) == over)
    return found


def circles(needs: Mapping[str, set[str]]) -> list[list[str]]:
    """Find steps that need each other in a circle; each is closed with its first step.

    Steps that hang together in circles are told by one of them, the shortest through the step listed
    first: a file in which everything needs everything has more circles than anyone can read.
    """
    return [_shortest(knot, needs) for knot in knots(needs)]


def knots(needs: Mapping[str, set[str]]) -> list[list[str]]:  # noqa: C901 - one algorithm
    """Give the steps that need each other in circles, as listed, knot by knot.

    By the strongly connected components of Tarjan 1972, doi:10.1137/0201010.
    """
    rank = {name: place for place, name in enumerate(needs)}
    left = {name: [other for other in needs[name] if other in rank] for name in needs}
    found: list[list[str]] = []
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: dict[str, None] = {}
    for start, needed in left.items():
        if start in order:
            continue
        stack = [(start, iter(needed))]
        order[start] = lowest[start] = len(order)
        path[start] = None
        while stack:
            name, others = stack[-1]
            for other in others:
                if other not in order:
                    order[other] = lowest[other] = len(order)
                    path[other] = None
                    stack.append((other, iter(left[other])))
                    break
                if other in path:
                    lowest[name] = min(lowest[name], order[other])
            else:
                stack.pop()
                if stack:
                    lowest[stack[-1][0]] = min(lowest[stack[-1][0]], lowest[name])
                if lowest[name] == order[name]:
                    knot: list[str] = []
                    while not knot or knot[-1] != name:
                        knot.append(path.popitem()[0])
                    if len(knot) > 1 or name in left[name]:
                        found.append(sorted(knot, key=rank.__getitem__))
    return sorted(found, key=lambda knot: rank[knot[0]])


def _shortest(knot: list[str], needs: Mapping[str, set[str]]) -> list[str]:
    """Give the shortest circle through the first step of a knot."""
    first = knot[0]
    came: dict[str, str] = {}
    waiting = [first]
    for name in waiting:
        if first in needs[name]:
            way = [name]
            while way[-1] != first:
                way.append(came[way[-1]])
            return [*reversed(way), first]
        for other in knot:
            if other in needs[name] and other not in came:
                came[other] = name
                waiting.append(other)
    raise AssertionError  # a knot has a circle


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
