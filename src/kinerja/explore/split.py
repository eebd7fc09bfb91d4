"""A policy cut in two at a weighted step: what the weights multiply, and what they lead to.

What lives here: the cut, as values, and the label followed back to the step. What never comes in: data of
people.

Before the cut lie the parts that the weights multiply. Behind it lie roundings, further weights, bands
and conditions, up to the label; what they read besides is taken out as steps of its own (sides), so
that the way from the step to the label hangs on the step and the sides alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kinerja.errors import InputError, Issue, PolicyError, quoted
from kinerja.explore.scheme import Scheme, with_core
from kinerja.formula import nodes as n
from kinerja.formula.check import check_types
from kinerja.formula.evaluate import Value, evaluate
from kinerja.formula.pieces import Chain, Cut, Pieces, pieces_of
from kinerja.formula.types import FlagType, ItemType, LabelType, NumberType
from kinerja.scorer import LabelStep
from kinerja.scorer.graph import affected, read_by
from kinerja.scorer.program import Program, Step
from kinerja.values import Missing
from kinerja.words import Text

__all__ = ["Landing", "Split", "added_step", "split_policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Which label a value of the weighted step earns, for people whose other values are the same.

    Attributes:
        cuts: Where the label changes, rising.
        labels: Place of the label below the first cut, between two, above the last; the number of
            labels stands for none.
        valueless: Place of the label where the weighted step has no value.
    """

    cuts: tuple[Cut, ...]
    labels: tuple[int, ...]
    valueless: int

    def label_at(self, value: Fraction) -> int:
        """Give the place of the label of a value."""
        return self.labels[sum(cut.is_reached_by(value) for cut in self.cuts)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A policy cut in two at a weighted step.

    Attributes:
        program: What lies before, with the other values that lie behind read as steps.
        parts: For each part the step with its value, and the step that says whether it is absent.
        sides: Steps with the other values that the steps behind read.
        behind: The steps behind, in order.
        core: Name of the weighted sum.
        label: The label looked at.
        sound: Nothing behind is of a kind that cannot be carried over.
    """

    program: Program
    parts: tuple[tuple[str, str | None], ...]
    sides: tuple[str, ...]
    behind: tuple[tuple[str, n.Node], ...]
    core: str
    label: LabelStep
    sound: bool

    def landing(self, sides: Mapping[str, Value]) -> Landing | None:
        """Follow the label back to the weighted step; `None` where that cannot be done."""
        pieces = pieces_of(self.behind, self.core, self.label.name, sides) if self.sound else None
        if pieces is None or any(isinstance(value, Chain) for value in pieces.values):
            return None
        state: dict[str, Value] = {**sides, self.core: Missing.because("all_missing")}
        for name, node in self.behind:
            state[name] = evaluate(node, state)
        ids = [name for name, _ in self.label.labels]
        return _landing(pieces, ids, state[self.label.name])


def _landing(pieces: Pieces, ids: Sequence[str], valueless: Value) -> Landing:
    cuts: list[Cut] = []
    labels: list[int] = []
    for cut, value in zip((None, *pieces.cuts), pieces.values, strict=True):
        place = _place(value, ids)
        if labels and labels[-1] == place:
            continue
        if cut is not None:
            cuts.append(cut)
        labels.append(place)
    return Landing(cuts=tuple(cuts), labels=tuple(labels), valueless=_place(valueless, ids))


def _place(value: object, ids: Sequence[str]) -> int:
    return ids.index(value) if isinstance(value, str) else len(ids)


def split_policy(program: Program, scheme: Scheme, label: LabelStep) -> Split:
    """Cut a policy in two at a weighted step.

    Raises:
        InputError: KNJ051: no way leads from the step to the label.
    """
    core = f"{scheme.step}.inti"
    cut = with_core(program, scheme, n.Ref(core))
    place = [step.name for step in program.steps].index(scheme.step)
    own = Step(
        name=core, title=scheme.title, node=scheme.core, type=NumberType(), parent=scheme.step
    )
    whole = replace(cut, steps=(*cut.steps[:place], own, *cut.steps[place:]))
    reads = {step.name: read_by(step) for step in whole.steps}
    behind = affected(whole, core, label.name, reads)
    if not any(step.name == label.name for step in behind):
        details = {"found": quoted(scheme.step), "expected": quoted(label.name)}
        raise InputError([Issue(code="KNJ051", path=scheme.step, details=details)])
    moving = {core, *(step.name for step in behind)}
    touched = {core}
    for step in whole.steps:
        if not touched.isdisjoint(reads[step.name]):
            touched.add(step.name)
    sides = _Sides(whole, moving)
    nodes = tuple((step.name, sides.without(step.node)) for step in behind)
    sound = sides.sound and not any(step.over is not None for step in behind)
    added: list[Step] = []
    parts: list[tuple[str, str | None]] = []
    for count, part in enumerate(scheme.parts):
        value = f"{core}.nilai.{count}"
        added.append(added_step(value, part.value, NumberType()))
        absent = None
        if part.absent is not None:
            absent = f"{core}.tiada.{count}"
            added.append(added_step(absent, part.absent, FlagType()))
        parts.append((value, absent))
    added += sides.steps
    kept = tuple(step for step in program.steps if step.name not in touched)
    published = tuple(step.name for step in added)
    before = replace(
        program, steps=(*kept, *added), published=published, follow_ups=(), ladder=None, total=None
    )
    return Split(
        program=before,
        parts=tuple(parts),
        sides=tuple(step.name for step in sides.steps),
        behind=nodes,
        core=core,
        label=label,
        sound=sound,
    )


def added_step(name: str, node: n.Node, kind: ItemType) -> Step:
    """Make a step that the policy does not have, and publish it."""
    return Step(name=name, title=Text.same(name), node=node, type=kind, published=True)


class _Sides:
    """What the steps behind the weights read beside them, taken out as steps of their own."""

    def __init__(self, program: Program, moving: set[str]) -> None:
        self.program = program
        self.moving = moving
        self.sound = True
        self.steps: list[Step] = []
        self._made: dict[n.Node, str] = {}

    def without(self, node: n.Node) -> n.Node:
        """Give a formula with everything that does not move replaced by the name of a step."""
        return n.replace_nodes(node, self._replaced)

    def _replaced(self, node: n.Node) -> n.Node | None:
        parts = list(n.walk(node))
        if any(isinstance(part, n.Ref) and part.name in self.moving for part in parts):
            return None
        if not any(isinstance(part, n.Ref | n.Reduce) for part in parts):
            return node
        if node not in self._made:
            kind = self._kind(node)
            if not isinstance(kind, NumberType | LabelType | FlagType):
                self.sound = False
                return node
            name = f"sisi.{len(self.steps)}"
            self._made[node] = name
            self.steps.append(added_step(name, node, kind))
        return n.Ref(self._made[node])

    def _kind(self, node: n.Node) -> ItemType | None:
        try:
            return check_types(node, self.program.types).type
        except PolicyError:
            return None
