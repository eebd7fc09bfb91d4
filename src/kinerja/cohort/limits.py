"""The limits of a policy whose record is a unit: which of them a unit does not keep.

What lives here: reading limits from the formula of the verdict, so that any policy of that form is
understood. What never comes in: how people are counted, words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal, TypeAlias

from kinerja.formula import nodes as n
from kinerja.formula.evaluate import evaluate
from kinerja.formula.types import FlagType, LabelType
from kinerja.scorer import Program, Step
from kinerja.scorer.run import State
from kinerja.values import LegalBasis
from kinerja.words import Text

__all__ = ["LimitNotKept", "limits_not_kept"]

Side: TypeAlias = Literal["most", "fewest"]
_SIDES: Final[Mapping[str, Side]] = {"<": "most", "<=": "most", ">": "fewest", ">=": "fewest"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitNotKept:
    """A limit that a unit does not keep.

    Attributes:
        step: Step of the policy that says whether the limit is kept.
        title: Its title.
        labels: The labels whose people the limit counts, in the order of the policy; empty where the
            policy tells no counts.
        side: Whether the limit says how many may be there at most, or must be there at least; `None`
            where it compares no numbers.
        found: How many people there are.
        allowed: The most or the fewest people that the limit allows, in whole heads.
        share: The limit as the policy computes it, before any rounding, as a share of the unit; `None`
            where the policy writes the limit as heads.
        basis: Where the limit comes from.
    """

    step: str
    title: Text
    labels: tuple[str, ...] = ()
    side: Side | None = None
    found: Fraction | None = None
    allowed: int | None = None
    share: Fraction | None = None
    basis: tuple[LegalBasis, ...] = ()


def limits_not_kept(
    program: Program, state: State, *, verdict: str, counted: Mapping[str, str], people: int
) -> tuple[LimitNotKept, ...]:
    """Find the limits that make a verdict negative.

    A limit is a flag that the verdict reads, or that a flag read by it reads, and that compares people on
    its left with a limit on its right; or a label that the verdict compares.

    Args:
        program: The policy of the unit.
        state: Its inputs and steps, computed for the unit.
        verdict: Name of the flag that tells whether every limit is kept.
        counted: Label by input that holds its people.
        people: Size of the unit.

    Returns:
        The limits in the order of the formula; none where the verdict is not negative.
    """
    if state[verdict] is not False:
        return ()
    reader = _Reader({step.name: step for step in program.steps}, state, counted, people)
    found = reader.below(reader.steps[verdict].node)
    return tuple({limit.step: limit for limit in found}.values())


@dataclass(frozen=True, slots=True)
class _Reader:
    steps: Mapping[str, Step]
    state: State
    counted: Mapping[str, str]
    people: int

    def below(self, node: n.Node) -> Iterator[LimitNotKept]:
        for part in n.walk(node):
            if isinstance(part, n.Ref) and part.name in self.steps:
                step = self.steps[part.name]
                if isinstance(step.type, FlagType) and self.state[step.name] is False:
                    yield from self._flag(step)
            elif isinstance(part, n.Compare) and isinstance(part.left, n.Ref):
                compared = self.steps.get(part.left.name)
                is_label = compared is not None and isinstance(compared.type, LabelType)
                if compared and is_label and evaluate(part, self.state) is False:
                    yield LimitNotKept(
                        step=compared.name, title=compared.title, basis=compared.basis
                    )

    def _flag(self, step: Step) -> Iterator[LimitNotKept]:
        if isinstance(step.node, n.Compare) and step.node.op in _SIDES:
            yield self._limit(step, step.node)
        elif deeper := list(self.below(step.node)):
            yield from deeper
        else:
            yield LimitNotKept(step=step.name, title=step.title, basis=step.basis)

    def _limit(self, step: Step, node: n.Compare) -> LimitNotKept:
        found, limit = evaluate(node.left, self.state), evaluate(node.right, self.state)
        if not (isinstance(found, Fraction) and isinstance(limit, Fraction)):
            return LimitNotKept(step=step.name, title=step.title, basis=step.basis)
        allowed = {
            "<": ceil(limit) - 1,
            "<=": floor(limit),
            ">": floor(limit) + 1,
            ">=": ceil(limit),
        }[node.op]
        return LimitNotKept(
            step=step.name,
            title=step.title,
            labels=self._labels(node.left),
            side=_SIDES[node.op],
            found=found,
            allowed=allowed,
            share=self._share(node.right),
            basis=step.basis,
        )

    def _labels(self, node: n.Node) -> tuple[str, ...]:
        """Find the labels whose people a formula counts, through the steps that it reads."""
        names = {part.name for part in n.walk(node) if isinstance(part, n.Ref)}
        open_names = set(names)
        while open_names:
            step = self.steps.get(open_names.pop())
            if step is not None:
                read = {part.name for part in n.walk(step.node) if isinstance(part, n.Ref)}
                open_names |= read - names
                names |= read
        return tuple(label for name, label in self.counted.items() if name in names)

    def _share(self, node: n.Node) -> Fraction | None:
        step = self.steps.get(node.name) if isinstance(node, n.Ref) else None
        if step is None or not self.people:
            return None
        exactly = step.node.value if isinstance(step.node, n.Round) else step.node
        limit = evaluate(exactly, self.state)
        return limit / self.people if isinstance(limit, Fraction) else None
