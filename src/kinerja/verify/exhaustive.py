"""Proof by trying everything: where a step hangs on few labels and flags, all records can be run.

What lives here: every record that labels, flags and gaps can make, and what holds in all of them. What
never comes in: numbers, lists, texts; of those there is no end.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Final

from kinerja.formula.types import FlagType, LabelType
from kinerja.scorer import Program
from kinerja.scorer.graph import behind
from kinerja.scorer.read import read_record
from kinerja.scorer.run import State, run_some
from kinerja.verify.changes import Record
from kinerja.verify.coverage import Branch, Walk

__all__ = ["every_branch", "every_record", "goes_one_way"]

#: Most records that are run.
MOST: Final = 2000


def every_record(program: Program, step: str) -> Sequence[Record] | None:
    """Give every record as far as a step reads it, with and without each input; `None` if there is no end.

    Inputs that the step does not read are left out.
    """
    names = behind(program, [step])
    choices: dict[str, list[str | bool | None]] = {}
    for declared in program.inputs:
        if declared.name in names:
            match declared.type:
                case LabelType():
                    choices[declared.name] = [None, *declared.type.scale.ids]
                case FlagType():
                    choices[declared.name] = [None, False, True]
                case _:
                    return None
    if prod(map(len, choices.values())) > MOST:
        return None
    return [dict(zip(choices, values, strict=True)) for values in product(*choices.values())]


def every_branch(program: Program, step: str) -> frozenset[Branch] | None:
    """Give every branch that some record takes in a step; `None` where the records have no end."""
    records = every_record(program, step)
    if records is None:
        return None
    walk = Walk(program)
    return frozenset(branch for record in records for branch in walk.taken(record, {step}))


def goes_one_way(program: Program, subject: str, output: str) -> bool:
    """Tell whether a step was seen to go one way with a label or flag in all records that there are.

    Where other labels and flags stay, it never rises with one value of the input and falls with another.
    """
    records = every_record(program, output)
    if records is None:
        return False
    if subject not in records[0]:
        return True
    order: list[object] = [False, True]
    declared = next(i for i in program.inputs if i.name == subject)
    if isinstance(declared.type, LabelType):
        order = list(declared.type.scale.ids)
    names = behind(program, [output])
    steps = [step for step in program.steps if step.name in names]
    found: dict[tuple[object, ...], list[tuple[int, object]]] = {}
    for record in records:
        if record.get(subject) is not None:
            beside = tuple(value for name, value in record.items() if name != subject)
            state: State = run_some(steps, read_record(record, program.inputs)[0])
            place = order.index(record[subject])
            found.setdefault(beside, []).append((place, state[output]))
    kind = program.step(output).type
    labels = kind.scale.ids if isinstance(kind, LabelType) else ()
    return all(
        _is_one_way([_rank(value, labels) for _, value in sorted(some, key=lambda pair: pair[0])])
        for some in found.values()
    )


def _rank(value: object, labels: Sequence[str]) -> Fraction | None:
    if isinstance(value, str):
        return Fraction(labels.index(value))
    return value if isinstance(value, Fraction) else None


def _is_one_way(ranks: Sequence[Fraction | None]) -> bool:
    there = [rank for rank in ranks if rank is not None]
    moves = [two - one for one, two in pairwise(there)]
    return all(move >= 0 for move in moves) or all(move <= 0 for move in moves)
