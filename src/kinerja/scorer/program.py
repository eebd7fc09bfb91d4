"""A policy made ready to run: inputs, and steps in the order of computation.

What lives here: the values a scorer works on, and the unfolding of named parts into steps of their
own. What never comes in: files, rule kinds, languages; the policy package builds programs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.types import ItemType, ListType, ValueType
from kinerja.result import PolicyNote
from kinerja.values import LegalBasis
from kinerja.words import Text

__all__ = ["FollowUp", "Input", "Program", "Step", "unfold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An input of the record.

    Attributes:
        name: Key in the record.
        title: As people read it.
        type: Type and limits.
        required: A record without it is incomplete; an optional input may be missing without a word.
        unit: Unit, or `None`.
        fields: Titles of the fields of a list.
        item_title: Field of a list that names an item in explanations (an SKP indicator); `None` where
            items must not be told apart (ratings).
        hidden: Fields of a list never shown in explanations, such as the name of a rater; the items of
            such a list are then told by sum and number only, never one by one.
        fixed: The input itself, or fields of the list, that are not in the hands of the person judged
            (targets, weights): explanations do not say what they would have to become.
    """

    name: str
    title: Text
    type: ValueType
    required: bool = True
    unit: Text | None = None
    fields: Mapping[str, Text] = field(default_factory=dict)
    item_title: str | None = None
    hidden: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One value computed on the way to a result.

    Attributes:
        name: `ikm`; for a part of a step `panel.rata_atasan`.
        title: As people read it.
        node: The formula; a `Round` at its root where the policy rounds this step.
        type: Type of the value.
        kind: Rule kind that made it; empty for a part.
        parent: Step that this is a part of, or `None`.
        over: List whose items the step is computed for, one value each, or `None`.
        published: The value is a result.
        unit: Unit, or `None`.
        basis: Legal bases.
    """

    name: str
    title: Text
    node: n.Node
    type: ItemType
    kind: str = ""
    parent: str | None = None
    over: str | None = None
    published: bool = False
    unit: Text | None = None
    basis: tuple[LegalBasis, ...] = ()

    @property
    def rounding(self) -> Rounding | None:
        """The rounding that the policy names for this step."""
        return self.node.rounding if isinstance(self.node, n.Round) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something that follows from a result (tindak lanjut): the flag that decides it.

    Attributes:
        id: Stable id, such as `penghargaan`.
        title: What follows, as people read it.
        step: Name of the step that holds the flag.
    """

    id: str
    title: Text
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Everything a scorer needs.

    Attributes:
        note: Which policy this is; it goes into every result.
        inputs: The inputs, in the order of the policy.
        steps: The steps; each refers only to inputs and to steps before it.
        published: Names of the published steps, in the order in which results print them.
        follow_ups: What may follow from a result.
        ladder: First published step with labels of an ordered scale: explanations say what its next
            better label takes. `None` where there is none.
        total: First published number: explanations say where it lost points. `None` where there is none.
        reasons: Words for the reasons that the policy states itself, by code.
    """

    note: PolicyNote
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    published: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...] = ()
    ladder: str | None = None
    total: str | None = None
    reasons: Mapping[str, Text] = field(default_factory=dict)

    def step(self, name: str) -> Step:
        """Give a step by name.

        Raises:
            KeyError: There is no such step.
        """
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    @property
    def types(self) -> dict[str, ValueType]:
        """Types of inputs and record-level steps; a list has its steps per item as fields."""
        types: dict[str, ValueType] = {i.name: i.type for i in self.inputs}
        for step in self.steps:
            if step.over is None:
                types[step.name] = step.type
            else:
                items = types[step.over]
                if isinstance(items, ListType):
                    types[step.over] = replace(items, fields={**items.fields, step.name: step.type})
        return types


def unfold(name: str, node: n.Node) -> Iterator[tuple[str, Text | None, n.Node]]:
    """Turn the named parts of a formula into steps of their own, parts first.

    A part that reads fields of a list item stays inside the formula it stands in.

    Args:
        name: Name of the step.
        node: Its formula.

    Yields:
        Name, title and formula of each part, then of the step itself (title `None`).
    """
    seen: set[str] = set()
    found: list[tuple[str, Text | None, n.Node]] = []

    def change(current: n.Node) -> n.Node | None:
        if not isinstance(current, n.Named):
            return None
        part = f"{name}.{current.key}"
        if part in seen:
            return n.Ref(part)
        if _reads_fields(current.value):
            return n.replace_nodes(current.value, change)
        seen.add(part)
        inner = n.replace_nodes(current.value, change)
        found.append((part, current.title, inner))
        return n.Ref(part)

    whole = n.replace_nodes(node, change)
    yield from found
    yield name, None, whole


def _reads_fields(node: n.Node) -> bool:
    """Tell whether a formula reads a field outside any reduction of its own."""
    if isinstance(node, n.Field):
        return True
    if isinstance(node, n.Reduce):
        return False
    return any(_reads_fields(child) for child in n.children(node))
