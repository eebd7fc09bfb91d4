"""What of a policy the columns need.

What lives here: which inputs, fields and steps lead to a published value, in which order. What never comes
in: data, arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from kinerja.formula import nodes as n
from kinerja.formula.types import ListType
from kinerja.scorer.program import Input, Program, Step

__all__ = ["Outline"]


class Outline:
    """The part of a program that its published values rest on.

    Attributes:
        program: The program.
        published: The published steps, in the order of the policy.
        inputs: Every input; each is read for its limits, needed or not.
        steps: The steps that are needed, in the order of computation. Equal parts of their formulas are the
            same object, so that what is known of a part can be kept by its identity.
        divisors: Inputs, and fields as `list.field`, that stand in some divisor.
        needed: Names of inputs and steps that are needed; of a field `list.field`.
        lists: Names of list inputs.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        by_name = {step.name: step for step in program.steps}
        self.published: tuple[Step, ...] = tuple(by_name[name] for name in program.published)
        self.inputs: tuple[Input, ...] = program.inputs
        self.lists = tuple(i.name for i in self.inputs if isinstance(i.type, ListType))
        needed: set[str] = {step.name for step in self.published}
        steps: list[Step] = []
        for step in reversed(program.steps):
            name = step.name if step.over is None else f"{step.over}.{step.name}"
            if name in needed:
                steps.append(step)
                needed.update(_read(step.node, step.over))
        table: dict[object, n.Node] = {}
        self.steps: tuple[Step, ...] = tuple(
            replace(step, node=_shared(step.node, table)) for step in reversed(steps)
        )
        self.needed = frozenset(needed)
        self.divisors = self._in_divisors()

    def _in_divisors(self) -> frozenset[str]:
        found: set[str] = set()
        for step in reversed(self.steps):
            name = step.name if step.over is None else f"{step.over}.{step.name}"
            found.update(_dividing(step.node, step.over, inside=name in found))
        return frozenset(found)

    def fields(self, over: str) -> tuple[str, ...]:
        """Give the declared fields of a list that are needed."""
        kind = next(i.type for i in self.inputs if i.name == over)
        if not isinstance(kind, ListType):
            return ()
        return tuple(name for name in kind.fields if f"{over}.{name}" in self.needed)


def _read(node: n.Node, over: str | None) -> Iterator[str]:
    """Give what a formula reads; `over` is the list whose item it stands in."""
    match node:
        case n.Ref():
            yield node.name
        case n.Field():
            yield f"{over}.{node.name}"
        case n.Reduce():
            yield node.over
            over = node.over
    for child in n.children(node):
        yield from _read(child, over)


def _dividing(node: n.Node, over: str | None, *, inside: bool) -> Iterator[str]:
    """Give what a formula reads in a divisor, or all that it reads where it is `inside` one."""
    if inside:
        yield from _read(node, over)
        return
    if isinstance(node, n.Divide):
        yield from _dividing(node.numerator, over, inside=False)
        yield from _dividing(node.denominator, over, inside=True)
        return
    if isinstance(node, n.Reduce):
        over = node.over
    for child in n.children(node):
        yield from _dividing(child, over, inside=False)


def _shared(node: n.Node, table: dict[object, n.Node]) -> n.Node:
    """Give a formula equal to this one in which equal parts are the same object."""
    values: dict[str, object] = {}
    key: list[object] = [type(node)]
    for field in fields(node):
        value, part = _shared_value(getattr(node, field.name), table)
        values[field.name] = value
        key.append(part)
    return table.setdefault(tuple(key), type(node)(**values))


def _shared_value(value: object, table: dict[object, n.Node]) -> tuple[object, object]:
    """Give a value with shared formulas, and what tells it from others."""
    if isinstance(value, n.Node):
        node = _shared(value, table)
        return node, id(node)
    if isinstance(value, tuple):
        pairs = [_shared_value(part, table) for part in value]
        return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    return value, (type(value), value)
