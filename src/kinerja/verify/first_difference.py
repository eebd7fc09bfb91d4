"""Where an example and the policy part ways: the first step that differs, explained.

What lives here: which step that is, and its explanation. What never comes in: printing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kinerja.result import Explanation
from kinerja.scorer.explain import explain_step
from kinerja.scorer.read import read_record
from kinerja.verify.examples import Outcome
from kinerja.words import Text

__all__ = ["FirstDifference", "first_difference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDifference:
    """The first step, in the order of the policy, that does not give what an example expects.

    Attributes:
        step: Its name.
        title: Its title.
        explanation: Its lines are the steps that it reads directly and that the example does not confirm,
            then the step itself.
    """

    step: str
    title: Text
    explanation: Explanation

    @property
    def has_read_steps(self) -> bool:
        """Other steps stand before the step itself."""
        return len(self.explanation.lines) > 1


def first_difference(outcome: Outcome) -> FirstDifference | None:
    """Find where an example and the policy part ways.

    Args:
        outcome: What became of the example.

    Returns:
        The difference; `None` where every expected step came out, or the record was refused.
    """
    program = outcome.example.program
    failed = {failure.key for failure in outcome.failures}
    step = next((step for step in program.steps if step.name in failed), None)
    if step is None or outcome.result is None:
        return None
    record = {"id": outcome.example.id, **outcome.example.record}
    reading, _, _ = read_record(record, program.inputs)
    confirmed = {comparison.key for comparison in outcome.comparisons if comparison.passed}
    return FirstDifference(
        step=step.name,
        title=step.title,
        explanation=explain_step(program, reading, step.name, known=confirmed),
    )
