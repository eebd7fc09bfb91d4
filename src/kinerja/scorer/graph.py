"""Which step reads which, as seen from one record.

What lives here: the values that flow into a step (not the conditions that only choose between them), and
which steps a change touches. What never comes in: computing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Scope, evaluate
from kinerja.formula.types import ListType
from kinerja.scorer.program import Program, Step
from kinerja.values import Missing

__all__ = [
    "affected",
    "asked",
    "behind",
    "chosen",
    "flowing",
    "flowing_behind",
    "leaves",
    "may_flow",
    "read_by",
]


def read_by(step: Step) -> tuple[str, ...]:
    """Give the inputs and steps that a step reads, in the order of its formula.

    A step per item also reads its list; a field computed per item is read as a step.
    """
    names: dict[str, None] = {} if step.over is None else {step.over: None}
    for node in n.walk(step.node):
        if isinstance(node, n.Ref | n.Field):
            names[node.name] = None
        elif isinstance(node, n.Reduce):
            names[node.over] = None
    return tuple(names)


def behind(program: Program, names: Iterable[str]) -> frozenset[str]:
    """Give the names of some steps and of everything that they read, themselves or through others.

    A list brings its steps per item with it.
    """
    steps = {step.name: step for step in program.steps}
    of_items: dict[str, list[str]] = {}
    for step in program.steps:
        if step.over is not None:
            of_items.setdefault(step.over, []).append(step.name)
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += of_items.get(name, [])
            waiting += read_by(steps[name]) if name in steps else []
    return frozenset(found)


def affected(
    program: Program, name: str, output: str, reads: Mapping[str, tuple[str, ...]]
) -> tuple[Step, ...]:
    """Give the steps between an input or step and an output, in the order of computation.

    Args:
        program: The program.
        name: The input or step.
        output: The step at the other end.
        reads: What each step reads; see `read_by`.
    """
    needed = {output}
    for step in reversed(program.steps):
        if step.name in needed:
            needed.update(reads[step.name])
    touched = {name}
    found = []
    for step in program.steps:
        if step.name != name and step.name in needed and not touched.isdisjoint(reads[step.name]):
            touched.add(step.name)
            found.append(step)
    return tuple(found)


def flowing(node: n.Node, scope: Scope) -> Iterator[str]:
    """Give the inputs and steps whose values flow into a formula for this record.

    Of a choice only the case that applies is looked at, and conditions are passed over; values inside a
    list do not flow as such.
    """
    match node:
        case n.Ref():
            yield node.name
        case n.Where():
            yield from flowing(_taken(node, scope), scope)
        case n.Compare() | n.And() | n.Or() | n.Not() | n.IsMissing() | n.Reduce() | n.Lookup():
            return
        case _:
            for child in n.children(node):
                yield from flowing(child, scope)


def may_flow(node: n.Node) -> Iterator[str]:
    """Give the inputs, steps and fields whose values may flow into a number, whatever the record.

    Conditions only choose, and a count does not change with the values of its items.
    """
    match node:
        case n.Ref() | n.Field():
            yield node.name
        case n.Where():
            for _, value in node.cases:
                yield from may_flow(value)
            yield from may_flow(node.otherwise)
        case n.Reduce():
            if node.value is not None and node.op not in ("count", "count_distinct"):
                yield from may_flow(node.value)
        case n.Compare() | n.And() | n.Or() | n.Not() | n.IsMissing() | n.Lookup() | n.Band():
            return
        case _:
            for child in n.children(node):
                yield from may_flow(child)


def flowing_behind(program: Program, names: Iterable[str]) -> frozenset[str]:
    """Give some steps and everything whose numbers may flow into them, through any number of steps."""
    steps = {step.name: step for step in program.steps}
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += may_flow(steps[name].node) if name in steps else ()
    return frozenset(found)


def _taken(node: n.Where, scope: Scope) -> n.Node:
    for condition, value in node.cases:
        if evaluate(condition, scope) is True:
            return value
    return node.otherwise


def chosen(node: n.Node, scope: Scope) -> n.Node:
    """Give a formula with every choice replaced by the case that applies to this record."""

    def change(current: n.Node) -> n.Node | None:
        if isinstance(current, n.Where):
            return chosen(_taken(current, scope), scope)
        return current if isinstance(current, n.Reduce) else None

    return n.replace_nodes(node, change)


def in_hand(program: Program) -> set[str]:
    """Give the inputs and steps that what the person judged does can move.

    A target, a weight or a rank is set for the person; what is computed of such inputs alone is too.
    """
    found = {
        declared.name
        for declared in program.inputs
        if declared.name not in declared.fixed and not isinstance(declared.type, ListType)
    }
    fields: dict[str, set[str]] = {
        declared.name: set(declared.type.fields) - declared.fixed
        for declared in program.inputs
        if isinstance(declared.type, ListType)
    }
    for step in program.steps:
        if not _is_in_hand(step.node, found, fields, step.over):
            continue
        found.add(step.name)
        if step.over is not None:
            fields[step.over].add(step.name)
    return found | {name for name, free in fields.items() if free}


def _is_in_hand(
    node: n.Node, found: set[str], fields: Mapping[str, set[str]], over: str | None
) -> bool:
    match node:
        case n.Ref():
            return node.name in found
        case n.Field():
            return over is not None and node.name in fields[over]
        case n.Reduce() if node.value is None and node.where is None:
            return bool(fields[node.over])
    inner = node.over if isinstance(node, n.Reduce) else over
    return any(_is_in_hand(part, found, fields, inner) for part in n.children(node))


def needed(program: Program, scope: Scope) -> set[str]:
    """Give the steps that the results of this record rest on.

    Of a choice only the conditions that were asked and the case that applies count, of a fallback only
    what was looked at; a step per item counts with everything that its formula names.
    """
    found = {*program.published, *(follow_up.step for follow_up in program.follow_ups)}
    for step in reversed(program.steps):
        if step.name in found:
            found.update(asked(program, step, scope))
    return found


def asked(program: Program, step: Step, scope: Scope) -> tuple[str, ...]:
    """Give the names that a step looks at for this record, each once, in the order of its formula.

    Of a choice and a fallback the same counts as for `needed`.
    """
    per_item = {other.name for other in program.steps if other.over is not None}
    if step.over is None:
        return tuple(dict.fromkeys(_asked(step.node, scope, per_item)))
    return tuple(dict.fromkeys(_named(step.node, per_item)))


def _asked(  # noqa: C901 - one case a node
    node: n.Node, scope: Scope, per_item: Collection[str]
) -> Iterator[str]:
    match node:
        case n.Ref():
            yield node.name
        case n.Where():
            for condition, value in node.cases:
                yield from _asked(condition, scope, per_item)
                holds = evaluate(condition, scope)
                if holds is not False:
                    if holds is True:
                        yield from _asked(value, scope, per_item)
                    return
            yield from _asked(node.otherwise, scope, per_item)
        case n.Coalesce():
            for arg in node.args:
                yield from _asked(arg, scope, per_item)
                if not isinstance(evaluate(arg, scope), Missing):
                    return
        case n.Reduce():
            # What is asked of each item differs from item to item.
            yield from _named(node, per_item)
        case _:
            for child in n.children(node):
                yield from _asked(child, scope, per_item)


def _named(node: n.Node, per_item: Collection[str]) -> Iterator[str]:
    """Give every name in a formula; a field only where it is a step per item."""
    for part in n.walk(node):
        if isinstance(part, n.Ref) or (isinstance(part, n.Field) and part.name in per_item):
            yield part.name


def leaves(program: Program, output: str, scope: Scope, *, most: int) -> tuple[str, ...]:
    """Give the values that an output is made of: going down until only inputs or lists are left.

    Args:
        program: The program.
        output: Name of a step.
        scope: Values of this record.
        most: Going down stops where it would give more values than this.

    Returns:
        Names of inputs and steps, each once, in the order they flow in.
    """
    steps: Mapping[str, Step] = {step.name: step for step in program.steps}
    found: dict[str, None] = {output: None}
    while True:
        wider: dict[str, None] = {}
        for name in found:
            step = steps.get(name)
            # A step per item has a value for each item, none of its own.
            below: list[str] = []
            if step is not None and step.over is None:
                below = list(flowing(step.node, scope))
            ends = all(other not in steps for other in below)
            wider.update(dict.fromkeys([name] if ends else below))
        # Whole levels only: to tell one group by its aspects and another as a whole would mislead.
        if wider == found or len(wider) > most:
            return tuple(found)
        found = wider
