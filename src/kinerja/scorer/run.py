"""Running a program on one record, exactly and step by step: the reference.

What lives here: the order of steps, steps computed anew after a change (for "what if"), and the form in
which values leave. What never comes in: reading a record, explaining, speed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias, cast

from kinerja.exact import to_decimal
from kinerja.formula.evaluate import Item, Scope, Value, evaluate
from kinerja.formula.types import DateType, ItemType
from kinerja.result import Scalar
from kinerja.scorer.program import Program, Step
from kinerja.values import Missing, Reason

__all__ = ["State", "calendar_day", "published_values", "run_some", "run_steps", "scalar"]

#: Inputs and steps by name; a list is a sequence of items.
State: TypeAlias = "dict[str, Value | Sequence[Item]]"


def run_steps(program: Program, reading: Scope) -> State:
    """Compute every step of a program.

    Args:
        program: The program.
        reading: The inputs, as `read_record` gives them; stays as it is.

    Returns:
        Inputs and steps by name; a list holds its steps per item as fields of the items.
    """
    return run_some(program.steps, reading)


def run_some(steps: Iterable[Step], scope: Scope) -> State:
    """Compute some steps anew, in their order; everything else stays as it stands in the scope.

    Args:
        steps: The steps.
        scope: Inputs and values of steps; stays as it is.
    """
    state: State = dict(scope)
    for step in steps:
        if step.over is None:
            state[step.name] = evaluate(step.node, state)
        else:
            items = state[step.over]
            if not isinstance(items, Missing):
                state[step.over] = [
                    {**item, step.name: evaluate(step.node, state, item)}
                    for item in cast("Sequence[Item]", items)
                ]
    return state


def scalar(value: Value, step: Step) -> Scalar:
    """Give the value of a step as a result carries it."""
    return _scalar(value, step.type, step.rounding.digits if step.rounding else None)


def _scalar(value: Value, kind: ItemType, digits: int | None) -> Scalar:
    if isinstance(value, Missing):
        return None
    if isinstance(value, Fraction):
        if isinstance(kind, DateType):
            return calendar_day(value)
        return to_decimal(value, digits=digits)
    return value


def calendar_day(value: Fraction) -> str | None:
    """Give the date of a day count as ISO text; `None` where the calendar has no such day."""
    try:
        return date.fromordinal(int(value)).isoformat()
    except (ValueError, OverflowError):
        return None


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
        elif values[name] is None:
            reasons[Reason("outside_calendar", name)] = None
    follow_ups = tuple(f.id for f in program.follow_ups if scope[f.step] is True)
    return values, tuple(reasons), follow_ups
