"""Random programs, and records as callers have them.

`programs()` draws a program of several steps over the inputs of `strategies_typed`, with roundings, keys of
lists and follow-ups. `raw_records(program)` draws records for it: each number as `int`, float, `Decimal`,
text or `Fraction`, labels by id or title, days as dates or text, missing values as `None`, NaN, blank text
or not at all; and now and then something that a record should not hold.
"""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from kinerja.exact import exact
from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, FlagType, ItemType, LabelType, ListType, NumberType
from kinerja.result import PolicyNote
from kinerja.scorer.program import FollowUp, Input, Program, Step
from kinerja.values import Missing
from kinerja.words import Text

sys.path.insert(0, str(Path(__file__).parents[1] / "formula"))

import strategies_typed as typed

NOTE = PolicyNote(id="acak", version="1", title=Text.same("acak"), fingerprint="sha256:0")

#: What may stand where a value is expected: other types, edges of binary64, long numbers, odd texts.
ODDITIES = (
    *(True, math.inf, math.nan, 1e300, 5e-324, 0.1 + 0.2, -0.0, 3.0, 1.005, 86.625),
    *(12345678901234.567, 2**60 + 1, 10**40, -1, Fraction(1, 3), Decimal("NaN"), Decimal("1E+500")),
    *(
        Decimal("87.50"),
        Decimal("1E+3"),
        "2/37",
        "5 %",
        "87.5",
        ".5",
        "-3",
        "x",
        "",
        " ",
        " atasan ",
    ),
    *("Baik", "q" * 10_001, b"x", [], {}, date(2024, 1, 1), datetime(2024, 1, 1, 3)),  # noqa: DTZ001 - a day is read from it
    *("2024-02-29", "2024-02-30"),
)

KEYS = ((), (), (), ("who",), ("by", "rank"), ("x",), ("who", "x"))


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Draw a program whose formulas passed the type check."""
    declared = draw(typed.chains(length=4, depth=draw(st.integers(1, 3))))
    inputs = tuple(
        Input(
            name=name,
            title=Text.same(name),
            type=replace(kind, key=draw(st.sampled_from(KEYS)))
            if isinstance(kind, ListType)
            else kind,
            required=name not in declared.optional,
        )
        for name, kind in declared.inputs.items()
    )
    steps = tuple(
        _step(draw, name, node, over, declared.known) for name, node, over in declared.steps
    )
    names = [step.name for step in steps if step.over is None]
    published = tuple(name for name in names if draw(st.booleans())) or tuple(names[-1:])
    return Program(
        note=NOTE,
        inputs=inputs,
        steps=steps,
        published=published,
        follow_ups=tuple(
            FollowUp(id=f"ikut_{step.name}", title=step.title, step=step.name)
            for step in steps
            if step.over is None and isinstance(step.type, FlagType)
        ),
    )


def _step(draw: st.DrawFn, name: str, node: n.Node, over: str | None, known: typed.Mapping) -> Step:
    kind = known[name] if over is None else known[over].fields[name]
    if over is None and isinstance(kind, NumberType) and draw(st.booleans()):
        node = n.Round(node, draw(st.sampled_from(typed.ROUNDINGS)))
    return Step(name=name, title=Text.same(name), node=node, type=kind, over=over)


@st.composite
def raw_records(draw: st.DrawFn, program: Program) -> dict[str, object]:
    """Draw a record for a program, as a caller has it."""
    known = {declared.name: declared.type for declared in program.inputs}
    optional = frozenset(d.name for d in program.inputs if not d.required)
    values = draw(typed.records(typed.Declared(known, optional)))
    odd = not draw(st.integers(0, 3))
    record: dict[str, object] = {}
    for name, kind in known.items():
        if not isinstance(kind, ListType):
            record[name] = _raw(draw, values[name], kind, odd=odd)
        elif isinstance(values[name], Missing):
            record[name] = None
        else:
            items = [
                _without_blanks(
                    draw, {f: _raw(draw, item[f], k, odd=odd) for f, k in kind.fields.items()}
                )
                for item in values[name]
            ]
            record[name] = items if draw(st.booleans()) else tuple(items)
    return _without_blanks(draw, record)


def _without_blanks(draw: st.DrawFn, record: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in record.items() if v is not None or draw(st.booleans())}


def _raw(draw: st.DrawFn, value: object, kind: ItemType, *, odd: bool) -> object:
    if odd and not draw(st.integers(0, 15)):
        return draw(st.sampled_from(ODDITIES))
    if isinstance(value, Missing):
        return draw(st.sampled_from((None, None, math.nan, "")))
    if isinstance(kind, DateType):
        # The drawn days start at 0, which no calendar has.
        day = date.fromordinal(max(int(value), 1))
        return draw(st.sampled_from((day, day.isoformat())))
    if isinstance(kind, LabelType):
        return draw(st.sampled_from((value, value, kind.scale.title(value).id, f" {value}")))
    return draw(st.sampled_from(_forms(value))) if isinstance(value, Fraction) else value


def _forms(value: Fraction) -> list[object]:
    forms: list[object] = [value, f"{value.numerator}/{value.denominator}"]
    if value.denominator == 1:
        forms += [int(value)] * 4
    if exact(float(value)) == value:
        forms += [float(value)] * 3
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(decimal) == value:
        forms += [decimal, str(decimal)]
    return forms
