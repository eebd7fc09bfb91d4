"""Rounding twice: a rounded number that flows into another rounding, where that changes a result.

What lives here: which roundings stand behind another, and a record that comes out otherwise without
them. What never comes in: printing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Final, TypeAlias, cast

from kinerja.errors import InputError, Issue, quoted
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item
from kinerja.scorer import Program, Scorer
from kinerja.scorer.graph import behind, flowing_behind
from kinerja.scorer.program import Step
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_some, scalar
from kinerja.values import Missing
from kinerja.verify.changes import Changes, Record, numbers_of
from kinerja.verify.findings import Finding, Witness
from kinerja.verify.probe import evenly, plain_record

__all__ = ["roundings_of"]

#: Records that are scored both ways.
MOST: Final = 1500
#: Records beside which last digits are tried.
BASES: Final = 3
HUNDRED: Final = 100
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
        shown = _shown(program, _once(program, step, inner), step, evenly(records, MOST // 2))
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
    values_of = _of_items if step.over is not None else _of_record
    both = [values_of(each, step) for each in (program, other)]
    for record in islice(chain(records, _last_digits(program, records)), MOST):
        for value, once in zip(*(values(record) for values in both), strict=True):
            if value is not None and once is not None and value != once:
                values = {step.name: str(value)}
                return Witness(record=plain_record(record), values=values), str(once)
    return None


_Values: TypeAlias = "Callable[[Record], Sequence[object]]"


def _of_record(program: Program, step: Step) -> _Values:
    """Give what a step gives for a record: one value, none where the record is refused."""
    scorer = Scorer(program)

    def values(record: Record) -> Sequence[object]:
        try:
            return [scorer.score(record)[step.name]]
        except InputError:
            return []

    return values


def _of_items(program: Program, step: Step) -> _Values:
    """Give what a step per item gives for a record: a value an item."""
    needed = behind(program, [step.name])
    steps = [each for each in program.steps if each.name in needed]

    def values(record: Record) -> Sequence[object]:
        reading, issues, _ = read_record(record, program.inputs)
        items = () if issues else run_some(steps, reading)[str(step.over)]
        if isinstance(items, Missing):
            return []
        return [scalar(item[step.name], step) for item in cast("Sequence[Item]", items)]

    return values


def _last_digits(program: Program, records: Sequence[Record]) -> Iterator[Record]:
    """Give records in which one number runs through its last two digits: ties are among them."""
    changes = Changes(program.inputs, ())
    for record in records[:BASES]:
        for place, unit in numbers_of(program, record):
            for by in range(1, HUNDRED):
                change = changes.moved(record, place, by * unit) or changes.moved(
                    record, place, -by * unit
                )
                if change is not None:
                    yield change.record
