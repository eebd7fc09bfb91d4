"""Where steps can lie for one record, with everything as it is that was set for the person.

What lives here: the ranges of steps with fixed inputs and fields at their values: the best of a weighted
value is that of the weight that was set. What never comes in: what is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import cast

from kinerja.formula.evaluate import Item, Value
from kinerja.formula.intervals import point
from kinerja.formula.ranges import reach, scope_with
from kinerja.formula.reaches import ListReach, Reach, flags, numbers
from kinerja.formula.types import ListType
from kinerja.formula.view import ScopeReach
from kinerja.scorer.ground import Ground
from kinerja.scorer.run import State
from kinerja.values import Missing

__all__ = ["PinnedReaches"]


class PinnedReaches:
    """The ranges of the steps of one record.

    Args:
        ground: The program, and where its steps can lie for any record.
        state: Inputs and steps of the record.
    """

    def __init__(self, ground: Ground, state: State) -> None:
        program, declared = ground.program, ground.reaches
        self._ground = ground
        self._program = program
        self._state = state
        self._inputs: dict[str, Reach | ListReach] = {
            i.name: _only(state[i.name])
            if i.name in i.fixed and not isinstance(i.type, ListType)
            else declared[i.name]
            for i in program.inputs
        }
        self._fixed = {i.name: i.fixed for i in program.inputs}

    @cached_property
    def _steps(self) -> dict[str, Reach]:
        if self._inputs == self._ground.reaches:
            return self._ground.step_reaches
        return self._ground.reaches_of(self._inputs)

    def of_step(self, name: str) -> Reach:
        """Give where a step can lie."""
        return self._steps[name]

    def of_item(self, over: str, place: int, name: str) -> Reach:
        """Give where a step per item can lie for one item.

        Args:
            over: The list.
            place: Which of its items, from 0.
            name: The step.
        """
        item = cast("Sequence[Item]", self._state[over])[place]
        items = cast("ListReach", self._inputs[over])
        fields = {
            field: _only(item[field]) if field in self._fixed[over] else span
            for field, span in items.fields.items()
        }
        scope: ScopeReach = {**self._inputs, **self._steps, over: replace(items, fields=fields)}
        for step in self._program.steps:
            if step.over == over:
                found = reach(step.node, scope, over=over)
                if step.name == name:
                    return found
                scope = scope_with(scope, step.name, found, over)
        raise KeyError(name)


def _only(value: Value | Sequence[Item]) -> Reach:
    """Give the reach of a value that is known."""
    match value:
        case Missing():
            return Reach(may_be_missing=True)
        case bool():
            return flags(value)
        case str():
            return Reach(labels=frozenset({value}), other=True)
    return numbers(point(cast("Fraction", value)))
