"""Rows at the edges of any program: two neighbouring numbers between which its answer changes.

`edge_rows` takes rows of a table and moves one number of one row, of the record or of an item, until two
neighbouring values give different answers. Nothing needs to be known of the program: its scorer of single
records is asked, and the interval halved until nothing lies between. Both sides and their neighbours become
rows, so that the decisions of a table are taken where they are hardest.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from strategies_tables import Column, Drawn, Items, random_table, row_values
from table_samples import answer_of

from kinerja.formula.types import ListType, NumberType
from kinerja.scorer import Scorer
from kinerja.scorer.program import Program

#: A number of a row: the input; for a list also the place of the item and the field.
Place = tuple[str] | tuple[str, int, str]


def edge_rows(random: Random, scorer: Scorer, *, searches: int = 8) -> Drawn | None:
    """Give a table of rows at edges; `None` where none was found.

    Args:
        random: Decides everything.
        scorer: The scorer.
        searches: How often an edge is looked for.
    """
    drawn = random_table(random, scorer.program, rows=random.choice((3, 6)), plain=True)
    places = list(_places(scorer.program, drawn))
    found: list[tuple[int, Place, float]] = []
    if places:
        for _ in range(searches):
            row, place, kind = random.choice(places)
            found += _search(random, scorer, drawn, row, place, kind)
    return _changed(drawn, found) if found else None


def _places(program: Program, drawn: Drawn) -> Iterator[tuple[int, Place, NumberType]]:
    """Give the numbers of a table that are floats."""
    for declared in program.inputs:
        column = drawn.columns.get(declared.name)
        if isinstance(column, Column) and isinstance(declared.type, NumberType):
            for row, value in enumerate(column.values):
                if isinstance(value, float):
                    yield row, (declared.name,), declared.type
        elif isinstance(column, Items) and isinstance(declared.type, ListType):
            start = 0
            for row, length in enumerate(column.lengths):
                for item in range(length or 0):
                    for name, kind in declared.type.fields.items():
                        value = column.fields[name].values[start + item]
                        if isinstance(kind, NumberType) and isinstance(value, float):
                            yield row, (declared.name, item, name), kind
                start += length or 0


def _search(  # noqa: PLR0917 - all of one search
    random: Random, scorer: Scorer, drawn: Drawn, row: int, place: Place, kind: NumberType
) -> list[tuple[int, Place, float]]:
    record = row_values(drawn, row)
    decided = _decided_steps(scorer.program)

    def answer(value: float) -> tuple[str, str, tuple[object, ...]] | None:
        found = answer_of(scorer, _with(record, place, value))
        if found.status == "refused":
            return None
        return found.status, found.reasons, tuple(found.values[at] for at in decided)

    here = _value(record, place)
    low, high = kind.limits.low, kind.limits.high
    other = random.uniform(
        float(low) if low is not None else here - 100,
        float(high) if high is not None else here + 100,
    )
    there = random.choice((other, other, here * 2, here / 3, 0.0, 100.0, 1e6))
    order, back = _grid(kind.digits)
    first, last = order(min(here, there)), order(max(here, there))
    one, two = answer(back(first)), answer(back(last))
    if one is None or two is None or one == two or "complete" not in (one[0], two[0]):
        return []
    while last - first > 1:
        middle = (first + last) // 2
        if answer(back(middle)) == one:
            first = middle
        else:
            last = middle
    steps = (-1, 0, 1, 2, random.randint(3, 40), -random.randint(2, 40))
    return [(row, place, back(first + step)) for step in steps]


def _decided_steps(program: Program) -> list[int]:
    """Give the published steps whose values change by jumps only."""
    steps = [program.step(name) for name in program.published]
    return [
        at
        for at, step in enumerate(steps)
        if step.rounding is not None or not isinstance(step.type, NumberType)
    ]


def _grid(digits: int | None) -> tuple[Callable[[float], int], Callable[[int], float]]:
    """Give the number of a value among those that there are, and the value of such a number."""
    if digits is not None:
        return lambda value: round(value * 10**digits), lambda number: number / 10**digits
    return _order, _float


def _order(value: float) -> int:
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return bits if bits >= 0 else -(bits & (2**63 - 1))


def _float(number: int) -> float:
    (value,) = struct.unpack("<d", struct.pack("<q", abs(number)))
    return math.copysign(value, number) if number else 0.0


def _value(record: dict[str, Any], place: Place) -> float:
    if len(place) == 1:
        return record[place[0]]
    name, item, field = place
    return record[name][item][field]


def _with(record: dict[str, Any], place: Place, value: float) -> dict[str, Any]:
    if len(place) == 1:
        return {**record, place[0]: value}
    name, item, field = place
    items = list(record[name])
    items[item] = {**items[item], field: value}
    return {**record, name: items}


def _changed(drawn: Drawn, changes: list[tuple[int, Place, float]]) -> Drawn:
    """Give a table with a row for each change."""
    columns: dict[str, Column | Items] = {}
    for name, column in drawn.columns.items():
        if isinstance(column, Column):
            values = [
                value if place == (name,) else column.values[row] for row, place, value in changes
            ]
            columns[name] = replace(column, values=tuple(values))
            continue
        starts = [0]
        for length in column.lengths:
            starts.append(starts[-1] + (length or 0))
        fields = {}
        for field, part in column.fields.items():
            values = []
            for row, place, value in changes:
                own = list(part.values[starts[row] : starts[row + 1]])
                if len(place) == 3 and place[0] == name and place[2] == field:
                    own[place[1]] = value
                values += own
            fields[field] = replace(part, values=tuple(values))
        columns[name] = Items(tuple(column.lengths[row] for row, _, _ in changes), fields)
    return Drawn(len(changes), columns, tuple(range(len(changes))))
