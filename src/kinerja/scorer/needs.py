"""What of a program an answer needs, and in which order reductions can be made.

What lives here: which steps lead to a published value or a follow-up, which of them must have a value,
and how often the items of a list must be walked through. What never comes in: statements, records.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.formula import nodes as n
from kinerja.scorer.program import Program, Step

__all__ = ["Needs"]


class Needs:
    """The needs of one program.

    Attributes:
        steps: Steps of the record that an answer needs, by name, in the order of the program.
        strict: Names of steps without whose value there is no answer.
        strict_reductions: Reductions without whose value there is no answer.
        rounds: Reductions by list and round, in the order of the program. Reductions of one round look at
            the items together; those of round 1 and later need steps that need an earlier round.
    """

    def __init__(self, program: Program) -> None:
        self._per_item: dict[str, dict[str, Step]] = {}
        for step in program.steps:
            if step.over is not None:
                self._per_item.setdefault(step.over, {})[step.name] = step
        self.steps = self._needed(program)
        self.strict, self.strict_reductions = self._without_which(program)
        self._depths: dict[str, int] = {}
        self._depth_of_reduction: dict[n.Reduce, int] = {}
        self.rounds: dict[tuple[str, int], list[n.Reduce]] = {}
        self._order()

    def per_item(self, over: str) -> dict[str, Step]:
        """Give the steps that are computed for each item of a list."""
        return self._per_item.get(over, {})

    def round_of(self, reduction: n.Reduce) -> int:
        """Give the round in which a reduction can be made."""
        return self._depth_of_reduction[reduction]

    def parts(self, node: n.Node, over: str | None) -> Iterator[n.Node]:
        """Give the parts of a formula, with the formulas of the steps per item that it reads.

        Args:
            node: The formula.
            over: List whose item it reads fields of, or `None`.
        """
        seen: set[str] = set()
        stack: list[tuple[n.Node, str | None]] = [(node, over)]
        while stack:
            current, items = stack.pop()
            yield current
            if isinstance(current, n.Field) and items is not None:
                step = self.per_item(items).get(current.name)
                if step is not None and current.name not in seen:
                    seen.add(current.name)
                    stack.append((step.node, items))
            inner = current.over if isinstance(current, n.Reduce) else items
            stack.extend((child, inner) for child in n.children(current))

    def _needed(self, program: Program) -> dict[str, Step]:
        steps = {step.name: step for step in program.steps}
        found: set[str] = set()
        waiting = [*program.published, *(follow_up.step for follow_up in program.follow_ups)]
        while waiting:
            name = waiting.pop()
            if name in found or name not in steps:
                continue
            found.add(name)
            parts = self.parts(steps[name].node, None)
            waiting += [part.name for part in parts if isinstance(part, n.Ref)]
        return {n: s for n, s in steps.items() if n in found and s.over is None}

    def _without_which(self, program: Program) -> tuple[set[str], set[n.Reduce]]:
        names = set(program.published)
        reductions: set[n.Reduce] = set()
        for step in reversed(self.steps.values()):
            if step.name in names:
                parts = list(_always_needed(step.node))
                names.update(part.name for part in parts if isinstance(part, n.Ref))
                reductions.update(part for part in parts if isinstance(part, n.Reduce))
        return names, reductions

    def _order(self) -> None:
        for step in self.steps.values():
            depth = 0
            for part in self.parts(step.node, None):
                if isinstance(part, n.Ref):
                    depth = max(depth, self._depths.get(part.name, 0))
                elif isinstance(part, n.Reduce):
                    depth = max(depth, self._place(part) + 1)
            self._depths[step.name] = depth

    def _place(self, reduction: n.Reduce) -> int:
        """Find the round of a reduction, and note it there."""
        if reduction in self._depth_of_reduction:
            return self._depth_of_reduction[reduction]
        depth = 0
        for inner in (reduction.value, reduction.where, reduction.by):
            for part in () if inner is None else self.parts(inner, reduction.over):
                if isinstance(part, n.Ref):
                    depth = max(depth, self._depths.get(part.name, 0))
                elif isinstance(part, n.Reduce):
                    depth = max(depth, self._place(part) + 1)
        self._depth_of_reduction[reduction] = depth
        self.rounds.setdefault((reduction.over, depth), []).append(reduction)
        return depth


def _always_needed(node: n.Node) -> Iterator[n.Node]:
    """Give the parts that are looked at on every record, and whose absence makes the whole missing."""
    match node:
        case n.Ref() | n.Reduce():
            yield node
        case n.Where():
            yield from _always_needed(node.cases[0][0])
        case n.And() | n.Or() | n.IsMissing() | n.Coalesce():
            return
        case _:
            for child in n.children(node):
                yield from _always_needed(child)
