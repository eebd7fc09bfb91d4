"""Rounding twice: a rounded number that flows into another rounding, where that changes a result.

What lives here: which roundings stand behind another, and a record that comes out otherwise without
them. What never comes in: printing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kinerja.errors import Issue, quoted
from kinerja.formula import nodes as n
from kinerja.scorer import Program, Scorer
from kinerja.scorer.graph import flowing_behind
from kinerja.scorer.program import Step
from kinerja.verify.changes import Record
from kinerja.verify.findings import Finding, Witness
from kinerja.verify.probe import evenly, witness

__all__ = ["roundings_of"]

#: Records that are scored both ways.
MOST: Final = 1500
#: Steps that are named.
FEW: Final = 6


def roundings_of(program: Program, records: Sequence[Record]) -> Iterator[Finding]:
    """Find the steps that round what was rounded before, each with a record that shows the difference.

    Args:
        program: The program.
        records: Records that have a result. Where none of them comes out otherwise without the roundings
            before, nothing is told.
    """
    for step in program.steps:
        if not isinstance(step.node, n.Round):
            continue
        inner = [name for name in _behind(program, step) if name != step.name]
        nested = any(isinstance(part, n.Round) for part in n.walk(step.node.value))
        if not inner and not nested:
            continue
        shown = _shown(program, _once(program, step, inner), step, evenly(records, MOST))
        if shown is not None:
            named = inner or [step.name]
            details = {"found": ", ".join(named[:FEW]) + (", …" if len(named) > FEW else "")}
            details |= {"step": quoted(step.name), "expected": shown[1]}
            path = f"steps.{step.parent or step.name}"
            issue = Issue(code="KNJ740", path=path, details=details, severity="note")
            yield Finding(issue=issue, witnesses=(shown[0],))


def _behind(program: Program, step: Step) -> list[str]:
    """Give the steps with a rounding whose numbers flow into a step, in the order of the program."""
    names = flowing_behind(program, [step.name])
    return [
        each.name
        for each in program.steps
        if each.name in names and any(isinstance(part, n.Round) for part in n.walk(each.node))
    ]


def _once(program: Program, last: Step, inner: Sequence[str]) -> Program:
    """Give the program with the last rounding alone."""

    def bare(node: n.Node) -> n.Node | None:
        return n.replace_nodes(node.value, bare) if isinstance(node, n.Round) else None

    steps = []
    for step in program.steps:
        if step.name == last.name and isinstance(step.node, n.Round):
            value = n.replace_nodes(step.node.value, bare)
            steps.append(replace(step, node=replace(step.node, value=value)))
        elif step.name in inner:
            steps.append(replace(step, node=n.replace_nodes(step.node, bare)))
        else:
            steps.append(step)
    return replace(program, steps=tuple(steps))


def _shown(
    program: Program, other: Program, step: Step, records: Sequence[Record]
) -> tuple[Witness, str] | None:
    one, two = Scorer(program), Scorer(other)
    for record in records:
        result, once = one.score(record), two.score(record)
        value, without = (each[step.name] for each in (result, once))
        if value is not None and without is not None and value != without:
            return witness(record, result, [step.name]), str(without)
    return None
