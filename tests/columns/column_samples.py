"""Small programs on columns, each way of scoring them apart, and what must come out of it.

`program` and its parts are those of the compiled path. `floats_alone` and `decided_alone` run a program on
records by one of the two engines only, so that neither can hide behind the other; `reference` is what the
exact scorer says.
"""
# ruff: noqa: S311, PLR0124, E402 - random columns guard no secret; NaN is not itself; found beside

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from kinerja.columns.cells import Batch, Reader, Span
from kinerja.columns.decide import EPOCH, decide
from kinerja.columns.floats import Floats, Plans
from kinerja.columns.frames_forms import from_list, ragged
from kinerja.columns.outline import Outline
from kinerja.columns.tape import Scratch
from kinerja.formula import nodes as n
from kinerja.formula.types import (
    DateType,
    FlagType,
    LabelType,
    ListType,
    NumberType,
    TextType,
    ValueType,
)
from kinerja.scorer.program import Input, Program, Step
from kinerja.scorer.read import read_record
from kinerja.scorer.run import published_values, run_steps
from kinerja.values import Interval, Missing

for folder in ("formula", "scorer"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))

from compiled_samples import GROUPS, NUMBER, RATINGS, T, figure, optional, program, ratings
from strategies_programs import programs, raw_records, typed

__all__ = [
    "GROUPS",
    "NUMBER",
    "RATINGS",
    "Answers",
    "T",
    "decided_alone",
    "figure",
    "floats_alone",
    "held",
    "optional",
    "program",
    "programs",
    "ratings",
    "raw_records",
    "reference",
    "settled_alone",
    "typed",
]

#: Stands for a value of which an engine says nothing.
UNSAID = object()


@dataclass
class Answers:
    """What an engine says of each record.

    Attributes:
        rows: For each record the values of the published steps; `None` where it leaves the record.
        reasons: For each record that it says is incomplete a number, equal for those alike; or `None`.
    """

    rows: list[tuple[Any, ...] | None]
    reasons: list[int | None]


def held(
    made: Program, records: Sequence[Mapping[str, object]]
) -> tuple[list[int], Batch, dict[str, Span]]:
    """Read records as a table reads them; give the records that arrays can hold."""
    reader = Reader(len(records))
    outline = Outline(made)
    columns = {}
    for declared in made.inputs:
        raws = [record.get(declared.name) for record in records]
        if isinstance(declared.type, ListType):
            part = ragged(raws, tuple(declared.type.fields))
            found = reader.items(declared.name, part, declared.type, outline.fields(declared.name))
            assert found is not None, "a list that is none"
            columns[declared.name] = found
        else:
            columns[declared.name] = reader.column(declared.name, from_list(raws), declared.type)
    out = np.zeros(len(records), np.bool_) if reader.odd is None else reader.odd.copy()
    for refusal in reader.refusals:
        out[refusal.rows] = True
    batch = Batch(len(records), columns)
    if not out.any():
        return list(range(len(records))), batch, reader.spans
    kept = np.flatnonzero(~out)
    return kept.tolist(), batch.take(kept), {}


def reference(made: Program, record: Mapping[str, object]) -> tuple[Any, ...] | None:
    """What the exact scorer says: values as fractions, texts, flags, days; `None` where it refuses."""
    reading, issues, _ = read_record(record, made.inputs)
    if issues:
        return None
    scope = run_steps(made, reading)
    values, _, _ = published_values(made, scope)
    return tuple(
        None
        if values[name] is None or isinstance(scope[name], Missing)
        else _exact(scope[name], made.step(name).type)
        for name in made.published
    )


def _exact(value: Any, kind: object) -> Any:
    return Fraction(int(value)) if isinstance(kind, DateType) else value


def _outputs(made: Program, rows: int) -> list[np.ndarray]:
    found = []
    for name in made.published:
        match made.step(name).type:
            case LabelType():
                found.append(np.full(rows, 99, np.int8))
            case FlagType():
                found.append(np.full(rows, 99, np.int8))
            case DateType():
                found.append(np.full(rows, 99, np.int32))
            case _:
                found.append(np.full(rows, 99.0))
    return found


def _said(made: Program, columns: Sequence[np.ndarray], row: int) -> tuple[Any, ...]:
    return tuple(
        _value(columns[place][row].item(), made.step(name).type)
        for place, name in enumerate(made.published)
    )


def _value(value: Any, kind: object) -> Any:
    match kind:
        case NumberType():
            return None if value != value else value
        case LabelType(scale=scale):
            return None if value < 0 else scale.ids[value]
        case FlagType():
            return None if value < 0 else bool(value)
        case DateType():
            return Fraction(value + EPOCH)
    return UNSAID


def floats_alone(
    made: Program, records: Sequence[Mapping[str, object]], *, settles: bool = False
) -> Answers:
    """Score records by a plan on floats, or by one that settles ties."""
    kept, batch, spans = held(made, records)
    answers = Answers([None] * len(records), [None] * len(records))
    if not kept:
        return answers
    floats = Floats(Plans(Outline(made)))
    outputs = _outputs(made, len(kept))
    scratch = Scratch()
    doubtful: np.ndarray | None = np.ones(len(kept), np.bool_)
    with np.errstate(all="ignore"):
        if settles:
            doubtful = floats.settle(batch, spans, outputs, scratch)
        else:
            for at, _, marks in floats.run(batch, spans, outputs, scratch):
                doubtful[at] = True if marks is None else marks
    for place, row in enumerate(kept):
        if doubtful is not None and not doubtful[place]:
            answers.rows[row] = _said(made, outputs, place)
    return answers


def settled_alone(made: Program, records: Sequence[Mapping[str, object]]) -> Answers:
    """Score records by a plan that settles ties."""
    return floats_alone(made, records, settles=True)


def decided_alone(made: Program, records: Sequence[Mapping[str, object]]) -> Answers:
    """Score records by whole numbers modulo 2**64."""
    kept, batch, _ = held(made, records)
    answers = Answers([None] * len(records), [None] * len(records))
    if not kept:
        return answers
    with np.errstate(all="ignore"):
        decided = decide(Outline(made), batch)
    for place, row in enumerate(kept):
        if decided.undecided[place]:
            continue
        said = list(_said(made, decided.columns, place))
        for at, missing in enumerate(decided.missing):
            if missing is not None and missing[place]:
                said[at] = None
        answers.rows[row] = tuple(said)
        gone = any(value is None for value in said)
        assert gone == bool(decided.incomplete[place])
        if gone:
            answers.reasons[row] = int(decided.alike[place])
    return answers


def unlike(said: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    """Tell whether an answer is not the right one; numbers are the nearest floats."""
    for one, other in zip(said, wanted, strict=True):
        if one is UNSAID:
            continue
        if one is None or other is None:
            if one is not other:
                return True
        elif isinstance(one, float) and isinstance(other, Fraction):
            if one != _nearest(other) or (other == 0 and math.copysign(1, one) < 0):
                return True
        elif one != other or type(one) is not type(other):
            return True
    return False


def _nearest(value: Fraction) -> float:
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


# One-step programs on records that meet every edge.

SCALE = typed.ORDERED
PLAIN = typed.PLAIN
LABEL, GROUP = LabelType(scale=SCALE), LabelType(scale=PLAIN)
FLAG, DAY, TEXT = FlagType(), DateType(), TextType()
ITEMS = ListType(
    fields={
        "v": NUMBER,
        "w": NumberType(limits=Interval(low=Fraction(0)), digits=0),
        "o": NUMBER,
        "by": GROUP,
        "rank": LABEL,
        "maybe": LABEL,
        "seen": FLAG,
        "unsure": FLAG,
        "on": DAY,
        "who": TEXT,
    }
)
INPUTS = {
    "x": NUMBER,
    "y": NUMBER,
    "t": NumberType(limits=Interval(low=Fraction(1))),
    "n": NumberType(digits=0),
    "o": optional("o", NUMBER),
    "p": FLAG,
    "q": optional("q", FLAG),
    "grade": LABEL,
    "group": GROUP,
    "h": optional("h", LABEL),
    "d": DAY,
    "e": optional("e", DAY),
    "note": TEXT,
    "r": optional("r", ITEMS),
}
NUMBERS = (
    0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    2.5,
    24.0,
    76.0,
    100.0,
    0.1,
    0.005,
    -0.005,
    99.995,
    86.625,
    9.12,
    12.0,
    1e-3,
    7.25,
)
POSITIVE = (1.0, 2.0, 3.0, 4.0, 8.0, 12.0, 200.0, 7.5, 1.25)
WHOLE = (0, 1, -1, 2, 3, 5, 24, 100, 120, 1000)
DAYS = tuple(
    date.fromisoformat(text)
    for text in ("2024-02-29", "2024-03-01", "2023-12-31", "0001-01-01", "9999-12-31")
)


def drawn_records(seed: int, count: int = 40, *, lists: bool = False) -> list[dict[str, Any]]:
    """Draw records of `INPUTS`."""
    random = Random(seed)
    made = []
    for _ in range(count):
        record = {
            "x": random.choice(NUMBERS),
            "y": random.choice(NUMBERS),
            "t": random.choice(POSITIVE),
            "n": random.choice(WHOLE),
            "o": random.choice((*NUMBERS[:6], None, None)),
            "p": random.random() < 0.5,
            "q": random.choice((True, False, None)),
            "grade": random.choice(SCALE.ids),
            "group": random.choice(PLAIN.ids),
            "h": random.choice((*SCALE.ids, None, None)),
            "d": random.choice(DAYS[:3]),
            "e": random.choice((*DAYS, None)),
            "note": random.choice(("budi", "sari", "tono")),
        }
        if lists:
            record["r"] = drawn_items(random)
        made.append(record)
    return made


def drawn_items(random: Random, most: int = 5) -> list[dict[str, Any]] | None:
    """Draw a list; now and then there is none."""
    if not random.randrange(10):
        return None
    return [
        {
            "v": random.choice(NUMBERS),
            "w": random.randrange(4),
            "o": random.choice((*NUMBERS[:5], None)),
            "by": random.choice(PLAIN.ids),
            "rank": random.choice(SCALE.ids),
            "maybe": random.choice((*SCALE.ids, None)),
            "seen": random.random() < 0.7,
            "unsure": random.choice((True, False, None)),
            "on": random.choice(DAYS[:3]),
            "who": random.choice(("budi", "sari", "tono")),
        }
        for _ in range(random.randrange(most + 1))
    ]


RECORDS = drawn_records(1)
LISTS = drawn_records(2, 30, lists=True)
ENGINES = {"floats": floats_alone, "settled": settled_alone, "decided": decided_alone}


def hold(
    node: n.Node,
    kind: ValueType = NUMBER,
    records: Sequence[Mapping[str, Any]] = RECORDS,
    *,
    steps: Sequence[Step] = (),
    inputs: Mapping[str, Any] = INPUTS,
) -> Counter[str]:
    """Hold every engine alone against the exact scorer; give how many records each of them answered."""
    read = set()
    for part in (node, *(step.node for step in steps)):
        read |= {
            p.over if isinstance(p, n.Reduce) else getattr(p, "name", "") for p in n.walk(part)
        }
    read |= {step.over for step in steps}
    # What no formula reads is not read, which most of the time went into.
    few = {name: _few(kind, read) for name, kind in inputs.items() if name in read}
    return hold_program(program(node, kind=kind, inputs=few, steps=tuple(steps)), records)


def _few(kind: Any, read: set[str | None]) -> Any:
    if isinstance(kind, Input):
        return replace(kind, type=_few(kind.type, read))
    if not isinstance(kind, ListType):
        return kind
    return replace(kind, fields={name: k for name, k in kind.fields.items() if name in read})


def hold_program(made: Program, records: Sequence[Mapping[str, Any]]) -> Counter[str]:
    wanted = [reference(made, record) for record in records]
    told: Counter[str] = Counter(dict.fromkeys(ENGINES, 0))
    told["complete"] = sum(w is not None and None not in w for w in wanted)
    told["read"] = sum(w is not None for w in wanted)
    for name, engine in ENGINES.items():
        answers = engine(made, records)
        for record, said, answer in zip(records, answers.rows, wanted, strict=True):
            if said is None:
                continue
            told[name] += 1
            assert answer is not None, f"{name} answers what is refused: {record}"
            assert not unlike(said, answer), f"{name}: {said}, not {answer}: {record}"
            assert name == "decided" or None not in said
        reasons: dict[int, str] = {}
        for record, alike in zip(records, answers.reasons, strict=True):
            if alike is not None and alike >= 0:
                told["alike"] += 1
                text = reasons_of(made, record)
                assert reasons.setdefault(alike, text) == text, f"{record}"
    return told


def reasons_of(made: Program, record: Mapping[str, Any]) -> str:
    """The reasons of a record as the exact scorer tells them."""
    reading, _, _ = read_record(record, made.inputs)
    return "; ".join(map(str, published_values(made, run_steps(made, reading))[1]))


def step(name: str, node: n.Node, kind: ValueType = NUMBER, over: str | None = None) -> Step:
    return Step(name=name, title=T(name), node=node, type=kind, over=over)
