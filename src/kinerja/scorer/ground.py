"""What counsel needs to know of a program, whatever the record: worked out once, and kept.

What lives here: ranges of steps, which steps a change reaches, which way it goes. What never comes in:
records.
"""

from __future__ import annotations

from functools import cached_property

from kinerja.formula.directions import direction_through
from kinerja.formula.ranges import reach_steps, scope_with
from kinerja.formula.reaches import ListReach, Reach, reach_of_type
from kinerja.formula.view import ScopeReach
from kinerja.scorer.graph import affected, in_hand, read_by
from kinerja.scorer.program import Program, Step

__all__ = ["Ground"]


class Ground:
    """A program seen by those who move values of its records.

    Everything is computed when it is first asked for. Threads may share it: two may compute the same once
    each, and get the same.

    Attributes:
        program: The program.
        steps: Its steps by name.
        over: For a step that is computed for each item of a list: the list.
        reaches: Where the inputs can lie.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.steps = {step.name: step for step in program.steps}
        self.over = {step.name: step.over for step in program.steps if step.over is not None}
        self.reaches: dict[str, Reach | ListReach] = {
            i.name: reach_of_type(i.type, optional=not i.required) for i in program.inputs
        }
        self._types = {step.name: step.type for step in program.steps}
        self._affected: dict[tuple[str, str], tuple[Step, ...]] = {}
        self._directions: dict[tuple[str, str], str] = {}

    def __reduce__(self) -> tuple[type[Ground], tuple[Program]]:
        """Pickle the program only."""
        return Ground, (self.program,)

    @cached_property
    def step_reaches(self) -> dict[str, Reach]:
        """Where each step can lie."""
        return self.reaches_of(self.reaches)

    def reaches_of(self, inputs: dict[str, Reach | ListReach]) -> dict[str, Reach]:
        """Give where each step can lie with inputs that lie there."""
        chain = [(step.name, step.node) for step in self.program.steps]
        return reach_steps(chain, inputs, types=self._types, over=self.over)

    @cached_property
    def in_hand(self) -> frozenset[str]:
        """The inputs and steps that what the person judged does can move."""
        return frozenset(in_hand(self.program))

    @cached_property
    def reads(self) -> dict[str, tuple[str, ...]]:
        """What each step reads; see `read_by`."""
        return {step.name: read_by(step) for step in self.program.steps}

    def affected(self, name: str, output: str) -> tuple[Step, ...]:
        """Give the steps between an input or step and an output, in the order of computation."""
        key = (name, output)
        if key not in self._affected:
            self._affected[key] = affected(self.program, name, output, self.reads)
        return self._affected[key]

    def direction(self, target: str, root: str, output: str) -> str:
        """Tell which way an output goes with a value; a step is moved as if it were an input.

        Args:
            target: The value, as `direction_through` names it.
            root: Name from which its change spreads.
            output: The step that is asked about.
        """
        key = (target, output)
        if key not in self._directions:
            # Steps that the value does not touch stay as they are: their reach is all that counts.
            between = self.affected(root, output)
            self._directions[key] = direction_through(
                [(step.name, step.node) for step in between],
                output,
                target,
                self._scope,
                types=self._types,
                over={step.name: step.over for step in between if step.over is not None},
            )
        return self._directions[key]

    @cached_property
    def _scope(self) -> ScopeReach:
        scope: ScopeReach = self.reaches
        for step in self.program.steps:
            scope = scope_with(
                scope, step.name, self.step_reaches[step.name], self.over.get(step.name)
            )
        return scope
