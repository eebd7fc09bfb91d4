"""Running a program on one record, exactly and step by step: the reference.

What lives here: the order of steps, values given in place of computed ones (for "what if"), and the
form in which values leave. What never comes in: reading a record, explaining, speed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import cast

from kinerja.exact import to_decimal
from kinerja.formula.evaluate import Item, Scope, Value, evaluate
from kinerja.formula.types import DateType, ItemType
from kinerja.result import Scalar
from kinerja.scorer.program import Program, Step
from kinerja.values import Missing, Reason

__all__ = ["published_values", "run_steps", "scalar"]


def run_steps(
    program: Program, reading: Scope, given: Mapping[str, Value] | None = None
) -> dict[str, Value | Sequence[Item]]:
    """Compute every step of a program.

    Args:
        program: The program.
        reading: The inputs, as `read_record` gives them; stays as it is.
        given: Values taken for steps instead of computing them; a given step also stands for its
            parts, which are still computed from the inputs.

    Returns:
        Inputs and steps by name; a list holds its steps per item as fields of the items.
    """
    scope: dict[str, Value | Sequence[Item]] = dict(reading)
    for step in program.steps:
        if given is not None and step.name in given:
            scope[step.name] = given[step.name]
        elif step.over is None:
            scope[step.name] = evaluate(step.node, scope)
        else:
            items = scope[step.over]
            if not isinstance(items, Missing):
                scope[step.over] = [
                    {**item, step.name: evaluate(step.node, scope, item)}
                    for item in cast("Sequence[Item]", items)
                ]
    return scope


def scalar(value: Value, step: Step) -> Scalar:
    """Give the value of a step as a result carries it."""
    return _scalar(value, step.type, step.rounding.digits if step.rounding else None)


def _scalar(value: Value, kind: ItemType, digits: int | None) -> Scalar:
    if isinstance(value, Missing):
        return None
    if isinstance(value, Fraction):
        if isinstance(kind, DateType):
            from datetime import date

            return date.fromordinal(int(value)).isoformat()
        return to_decimal(value, digits=digits)
    return value


def published_values(
    program: Program, scope: Scope
) -> tuple[dict[str, Scalar], tuple[Reason, ...], tuple[str, ...]]:
    """Give the published values, the reasons of those that are missing, and the follow-ups."""
    values: dict[str, Scalar] = {}
    reasons: dict[Reason, None] = {}
    steps = {step.name: step for step in program.steps}
    for name in program.published:
        value = cast("Value", scope[name])
        values[name] = scalar(value, steps[name])
        if isinstance(value, Missing):
            reasons.update(dict.fromkeys(value.reasons))
    follow_ups = tuple(f.id for f in program.follow_ups if scope[f.step] is True)
    return values, tuple(reasons), follow_ups
