"""Panels of raters, and divisors of achievements, as a policy's program states them.

What lives here: finding them in formulas. What never comes in: records, rule kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kinerja.formula import nodes as n
from kinerja.formula.types import LabelType, ListType
from kinerja.scorer.program import Input, Program
from kinerja.words import Text

__all__ = ["Panel", "PanelGroup", "divisors", "panels"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelGroup:
    """A group of raters that counts.

    Attributes:
        id: Label of the group.
        title: As people read it.
        minimum: Fewest raters whose answers may count.
    """

    id: str
    title: Text
    minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel of raters.

    Attributes:
        input: The list of ratings.
        group: Field with the group.
        score: Field with the rating.
        rater: Field that tells raters apart, or `None`: each row is a rater.
        aspects: Other fields with labels: what is rated.
        groups: The groups that count.
    """

    input: Input
    group: str
    score: str
    rater: str | None
    aspects: tuple[str, ...]
    groups: tuple[PanelGroup, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether raters must stay unknown."""
        return self.rater in self.input.hidden


@dataclass(frozen=True, slots=True)
class _Count:
    group: str
    id: str
    score: str
    rater: str | None
    over: str


def panels(program: Program) -> tuple[Panel, ...]:
    """Find the panels of a policy; one list that several steps read is told once.

    Args:
        program: The policy.
    """
    found: dict[str, tuple[_Count, dict[str, int]]] = {}
    for step in program.steps:
        if step.kind != "raters":
            continue
        minima = _minima(program, step.name)
        for part in program.steps:
            if part.parent != step.name or not part.name.startswith(f"{step.name}.raters."):
                continue
            count = _count(part.node)
            if count is not None and part.name in minima:
                groups = found.setdefault(count.over, (count, {}))[1]
                groups[count.id] = max(minima[part.name], groups.get(count.id, 1))
    return tuple(_panel(program, *one) for one in found.values())


def _panel(program: Program, count: _Count, minima: dict[str, int]) -> Panel:
    [declared] = [one for one in program.inputs if one.name == count.over]
    fields = declared.type.fields if isinstance(declared.type, ListType) else {}
    scale = fields[count.group]
    titles = scale.scale if isinstance(scale, LabelType) else None
    return Panel(
        input=declared,
        group=count.group,
        score=count.score,
        rater=count.rater,
        aspects=tuple(
            name
            for name, kind in fields.items()
            if isinstance(kind, LabelType) and name not in (count.group, count.rater, count.score)
        ),
        groups=tuple(
            PanelGroup(
                id=name,
                title=Text.same(name) if titles is None else titles.title(name),
                minimum=least,
            )
            for name, least in minima.items()
        ),
    )


def _minima(program: Program, name: str) -> dict[str, int]:
    """Give the fewest raters of each count that a panel compares with a number."""
    minima: dict[str, int] = {}
    for step in program.steps:
        if name not in (step.name, step.parent):
            continue
        for node in n.walk(step.node):
            match node:
                case n.Compare(op=">=", left=n.Ref(name=part), right=n.Number(value=least)):
                    minima[part] = max(int(least), minima.get(part, 1))
    return minima


def _count(node: n.Node) -> _Count | None:
    match node:
        case n.Reduce(
            op="count" | "count_distinct",
            over=over,
            value=value,
            where=n.And(
                args=(
                    n.Compare(op="==", left=n.Field(name=group), right=n.Label(value=label)),
                    n.Not(arg=n.IsMissing(arg=n.Field(name=score))),
                )
            ),
        ):
            rater = value.name if isinstance(value, n.Field) else None
            return _Count(group, label, score, rater, over)
    return None


def divisors(program: Program) -> tuple[str, ...]:
    """Find the inputs that an achievement divides by.

    Args:
        program: The policy.

    Returns:
        `target`, or `<list>.<field>`, each once.
    """
    found: dict[str, None] = {}
    names = {declared.name for declared in program.inputs}
    kinds = {step.name: step.kind for step in program.steps}
    for step in program.steps:
        if "achievement" in (step.kind, kinds.get(step.parent or "", "")):
            for path in _divided_by(step.node, step.over):
                if path.partition(".")[0] in names:
                    found[path] = None
    return tuple(found)


def _divided_by(node: n.Node, over: str | None) -> Iterator[str]:
    if isinstance(node, n.Reduce):
        over = node.over
    if isinstance(node, n.Divide):
        match node.denominator:
            case n.Ref(name=name):
                yield name
            case n.Field(name=name) if over is not None:
                yield f"{over}.{name}"
    for child in n.children(node):
        yield from _divided_by(child, over)
