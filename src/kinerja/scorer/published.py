"""Published steps as those see them who look at many results at once.

What lives here: the step whose label or number is looked at, with title, order and decimals. What never
comes in: results, records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from kinerja.errors import InputError, unknown_name
from kinerja.formula.types import LabelType, NumberType
from kinerja.scorer.program import Program
from kinerja.words import Text

__all__ = ["LabelStep", "NumberStep", "has_step", "label_step", "number_step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelStep:
    """A published step with labels: the predikat of a policy.

    Attributes:
        name: Name of the step.
        title: As people read it.
        labels: Its labels and their titles, from the lowest where they have an order.
        ordered: Whether they have one.
    """

    name: str
    title: Text
    labels: tuple[tuple[str, Text], ...]
    ordered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStep:
    """A published step with a number: the score of a policy.

    Attributes:
        name: Name of the step.
        title: As people read it.
        unit: Its unit, or `None`.
        digits: Decimals that the policy rounds it to; `None` where it does not round.
    """

    name: str
    title: Text
    unit: Text | None
    digits: int | None


def label_step(program: Program, name: str | None = None) -> LabelStep:
    """Find the step whose labels are looked at.

    Args:
        program: The policy.
        name: Name of a published step with labels; by default the one whose next label explanations speak
            of, else the first.

    Raises:
        InputError: There is no such published step with labels, or none at all.
    """
    name = _found(program, LabelType, name or program.ladder, "KNJ861")
    step = program.step(name)
    scale = cast("LabelType", step.type).scale
    return LabelStep(
        name=name,
        title=step.title,
        labels=tuple((label.id, label.title) for label in scale.labels),
        ordered=scale.ordered,
    )


def number_step(program: Program, name: str | None = None) -> NumberStep:
    """Find the step whose number is looked at.

    Args:
        program: The policy.
        name: Name of a published step with a number; by default the one whose losses explanations tell,
            which is the first.

    Raises:
        InputError: There is no such published step with a number, or none at all.
    """
    name = _found(program, NumberType, name or program.total, "KNJ862")
    step = program.step(name)
    rounding = step.rounding
    digits = None if rounding is None else max(rounding.digits, 0)
    return NumberStep(name=name, title=step.title, unit=step.unit, digits=digits)


def has_step(program: Program, kind: type[LabelType | NumberType]) -> bool:
    """Tell whether a policy publishes a step of a type."""
    return any(isinstance(program.step(name).type, kind) for name in program.published)


def _found(
    program: Program, kind: type[LabelType | NumberType], name: str | None, code: str
) -> str:
    known = [one for one in program.published if isinstance(program.step(one).type, kind)]
    wanted = known[0] if name is None and known else name
    if wanted not in known:
        raise InputError([unknown_name(code, "", wanted or "", known)])
    return wanted
