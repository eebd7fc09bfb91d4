"""The order in which steps are computed, whatever order the file lists them in.

What lives here: which step reads which, and the search for circles. What never comes in: anything
else about steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from graphlib import CycleError, TopologicalSorter

from kinerja.formula import nodes as n

__all__ = ["circles", "mentioned", "ordered"]


def mentioned(value: object) -> set[str]:
    """Give every name that the formulas of a rule refer to; of a part `panel.mean`, the step `panel`."""
    found: set[str] = set()
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, n.Node):
            for node in n.walk(current):
                if isinstance(node, n.Ref):
                    found.update((node.name, node.name.split(".")[0]))
                elif isinstance(node, n.Reduce):
                    found.add(node.over)
        elif isinstance(current, Mapping):
            stack.extend(current.values())
        elif isinstance(current, (tuple, list, frozenset, set)):
            stack.extend(current)
        elif is_dataclass(current) and not isinstance(current, type):
            stack.extend(getattr(current, field.name) for field in fields(current))
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
