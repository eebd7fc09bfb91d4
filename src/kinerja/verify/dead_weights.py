"""Weights that cannot change any label: a part of a sum that may go from worst to best and moves nobody.

What lives here: moving one weighted part alone to the ends of what it can be, in records that are known.
What never comes in: printing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kinerja.errors import Issue, Severity, quoted
from kinerja.formula import nodes as n
from kinerja.formula.directions import motions_through
from kinerja.formula.motion import STILL
from kinerja.formula.reaches import ListReach, Reach
from kinerja.formula.types import NumberType
from kinerja.scorer import Program
from kinerja.scorer.graph import may_flow
from kinerja.scorer.ground import Ground
from kinerja.scorer.program import Step
from kinerja.scorer.run import run_some
from kinerja.values import Interval, Missing
from kinerja.verify.coverage import scope_of, views_of
from kinerja.verify.findings import Finding
from kinerja.verify.goals import Run

__all__ = ["dead_weights_of"]


def dead_weights_of(program: Program, runs: Sequence[Run]) -> Iterator[Finding]:
    """Find the weighted parts that change no label of the ladder.

    A part is moved alone to both ends of its range, as if it were an input, in every record that is
    known. That a part is never seen to change a label proves nothing; where the slopes prove it, that is
    said.

    Args:
        program: The program.
        runs: Records that are known, with every step.
    """
    ladder = program.ladder
    if ladder is None:
        return
    spans = dict(_spans(program))
    scope = _scope(program)
    ground = Ground(program)
    for step, part, weight in _weighted(program):
        span = spans.get(part)
        steps = ground.affected(part, ladder)
        if span is None or not any(each.name == step.name for each in steps):
            continue
        ends = [end for end in (span.low, span.high) if end is not None]
        changes = [
            run_some(steps, {**run.state, part: end})[ladder] != run.state[ladder]
            for run in runs
            if not isinstance(run.state[part], Missing)
            and not isinstance(run.state[ladder], Missing)
            for end in ends
        ]
        if changes and not any(changes):
            proved = _is_still(part, ladder, steps, scope)
            yield _finding(step, part, weight, ladder, len(changes), proved=proved)


def _spans(program: Program) -> Iterator[tuple[str, Interval | None]]:
    """Give the range of each number of a record, input or step."""
    for declared in program.inputs:
        if isinstance(declared.type, NumberType):
            yield declared.name, declared.type.limits
    for step, view in views_of(program):
        if step.over is None and isinstance(step.type, NumberType):
            yield step.name, view.reach(step.node).numbers


def _weighted(program: Program) -> Iterator[tuple[Step, str, Fraction]]:
    """Give each input or step that some step takes with a written weight."""
    for step in program.steps:
        # A panel has sums of its own on its way, and a step per item has no range here.
        if step.parent is not None or step.over is not None:
            continue
        seen: set[str] = set()
        for node in _summands(step.node):
            if isinstance(node, n.Multiply):
                figures = [part for part in node.factors if isinstance(part, n.Number)]
                flows = set(may_flow(node))
                if (
                    len(figures) == len(node.factors) - 1 == 1
                    and len(flows) == 1
                    and not flows & seen
                ):
                    seen |= flows
                    yield step, flows.pop(), figures[0].value


def _summands(node: n.Node) -> Iterator[n.Node]:
    """Give the parts of the sums in a formula: a factor of what stands alone is a unit, not a weight."""
    for part in n.walk(node):
        if isinstance(part, n.Add) and len(part.terms) > 1:
            yield from part.terms


def _scope(program: Program) -> dict[str, Reach | ListReach]:
    """Give what is known of inputs and steps for every record, those with gaps included."""
    scope: dict[str, Reach | ListReach] = scope_of(program, records="any")
    for step, view in views_of(program, records="any"):
        if step.over is None:
            scope = {**view.scope, step.name: view.reach(step.node)}
    return scope


def _is_still(
    part: str, ladder: str, steps: Sequence[Step], scope: Mapping[str, Reach | ListReach]
) -> bool:
    """Tell whether the ladder is proved not to depend on a part."""
    if not isinstance(scope.get(part), Reach):
        return False
    motions = motions_through(
        [(step.name, step.node) for step in steps],
        part,
        scope,
        types={step.name: step.type for step in steps},
        over={step.name: step.over for step in steps if step.over is not None},
    )
    return motions[ladder] == STILL


def _finding(  # noqa: PLR0913 - what is told
    step: Step, part: str, weight: Fraction, ladder: str, tried: int, *, proved: bool
) -> Finding:
    details = {
        "found": quoted(part),
        "weight": str(weight),
        "output": quoted(ladder),
        "tried": str(tried),
    }
    code = "KNJ732" if proved else "KNJ733"
    severity: Severity = "warning" if proved else "note"
    path = f"steps.{step.parent or step.name}"
    issue = Issue(code=code, path=path, details=details, severity=severity)
    return Finding(issue=issue, tried=0 if proved else tried)
