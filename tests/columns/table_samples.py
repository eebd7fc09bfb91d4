"""What must come out of a table: the answers of its rows, one by one.

What lives here: the rows of a frame as Python values, the columns of a results frame, and `same`, which
holds one against the other bit for bit. What never comes in: how tables are drawn.
"""
# ruff: noqa: PD011 - the values are those of answers

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from kinerja.columns import floats, run
from kinerja.columns.answers import Fixed, Units
from kinerja.columns.answers import answers as written
from kinerja.columns.parts import Coded
from kinerja.errors import InputError
from kinerja.formula.types import DateType, FlagType, LabelType, NumberType, TextType
from kinerja.scorer import Scorer

#: Columns of a results frame before the published steps.
HEAD = ("id", "status", "reasons")


def rows_of(frame) -> list[dict[str, Any]]:
    """Give the rows of a frame as the records that they are."""
    if isinstance(frame, pd.DataFrame):
        columns = {name: _pandas_values(frame[name]) for name in frame.columns}
    elif isinstance(frame, pl.DataFrame):
        columns = _arrow_columns(frame.to_arrow())
    elif isinstance(frame, (pa.Table, pa.RecordBatch)):
        columns = _arrow_columns(frame)
    else:
        columns = {name: _listed(values) for name, values in frame.items()}
    if not columns:
        return [{} for _ in range(length_of(frame))]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _pandas_values(series: pd.Series) -> list[Any]:
    if isinstance(series.dtype, pd.ArrowDtype):
        array = series.array.__arrow_array__()
        return [_narrow(value, array.type) for value in array.to_pylist()]
    if str(series.dtype).lower() == "float32":
        return [pd.NA if value is pd.NA else np.float32(value) for value in series]
    return series.astype(object).tolist()


def _arrow_columns(table: pa.Table | pa.RecordBatch) -> dict[str, list[Any]]:
    return {
        name: [_narrow(value, field.type) for value in table.column(place).to_pylist()]
        for place, (name, field) in enumerate(zip(table.schema.names, table.schema, strict=True))
    }


def _narrow(value: Any, kind: pa.DataType) -> Any:
    """Give a float32 as itself: as a float of Python it would print other digits."""
    if value is None:
        return None
    if pa.types.is_float32(kind):
        return np.float32(value)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return [_narrow(item, kind.value_type) for item in value]
    if pa.types.is_struct(kind):
        return {field.name: _narrow(value[field.name], field.type) for field in kind}
    return value


def _listed(values) -> list[Any]:
    return values.tolist() if hasattr(values, "tolist") else list(values)


def length_of(frame) -> int:
    """Give the number of rows."""
    if isinstance(frame, Mapping):
        return len(next(iter(frame.values()), ()))
    return frame.num_rows if isinstance(frame, (pa.Table, pa.RecordBatch)) else len(frame)


def columns_of(frame) -> dict[str, list[Any]]:
    """Give the columns of a results frame as Python values; what is missing is `None`."""
    if isinstance(frame, pd.DataFrame):
        columns = {name: frame[name].astype(object).tolist() for name in frame.columns}
    elif isinstance(frame, pl.DataFrame):
        columns = {name: frame[name].to_list() for name in frame.columns}
    elif isinstance(frame, (pa.Table, pa.RecordBatch)):
        columns = {
            name: frame.column(place).to_pylist() for place, name in enumerate(frame.schema.names)
        }
    else:
        columns = {name: _listed(values) for name, values in frame.items()}
    return {name: [_plain(value) for value in values] for name, values in columns.items()}


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (float, np.floating)):
        return None if math.isnan(value) else float(value)
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, (datetime, pd.Timestamp)):
        return value.date()
    return value


#: The plans that rows may take: floats, the whole numbers that settle what these leave open, both as
#: ever, or neither, so that every row is decided by itself.
WAYS: Mapping[str, tuple[bool, ...]] = {
    "both": (False, True),
    "floats": (False,),
    "whole numbers": (True,),
    "neither": (),
}
#: Rows of a chunk, of a block, of what is settled and of what is decided at once; small ones meet more
#: ends.
SIZES = (
    (65_536, 16_384, 16_384, 16_384),
    (7, 4, 3, 5),
    (7, 100, 100, 100),
    (3, 2, 2, 2),
    (64, 16, 32, 16),
)


@contextmanager
def going(way: str, sizes: tuple[int, ...] = SIZES[0]) -> Iterator[None]:
    """Let tables go one of `WAYS` only, in pieces of some sizes.

    Rows that every way finds easy would never come to the later ones, whose answers must be right too.
    """
    plain = floats.Plans.covering

    def covering(plans, profile, *, settles):
        return plain(plans, profile, settles=settles) if settles in WAYS[way] else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(floats.Plans, "covering", covering)
        names = ((run, "CHUNK"), (floats, "BLOCK"), (run, "SETTLED"), (run, "BATCH"))
        for (module, name), size in zip(names, sizes, strict=True):
            patch.setattr(module, name, size)
        yield


@dataclass(frozen=True, slots=True)
class Answer:
    """What one row must give.

    Attributes:
        status: `complete`, `incomplete` or `refused`.
        reasons: The reasons, or the issues of a row that is refused.
        values: The published values; a number as it is exactly.
        issues: Code and path of everything that refuses the row.
    """

    status: str
    reasons: str
    values: tuple[Any, ...]
    issues: tuple[tuple[str, str], ...] = ()


def answer_of(scorer: Scorer, record: Mapping[str, object]) -> Answer:
    """Score one record."""
    try:
        result = scorer.score(record)
    except InputError as error:
        told = tuple((issue.code, issue.path) for issue in error.issues)
        reasons = "; ".join(f"{code}: {path}" for code, path in told)
        return Answer("refused", reasons, (None,) * len(scorer.program.published), told)
    return Answer(
        result.status,
        "; ".join(str(reason) for reason in result.reasons),
        tuple(result.values.values()),
    )


def nearest_double(value: Decimal | Fraction) -> float:
    """Give the double nearest a number; beyond the largest one infinity."""
    exactly = Fraction(value)
    try:
        return exactly.numerator / exactly.denominator
    except OverflowError:
        return math.inf if exactly > 0 else -math.inf


def unlike(got: Any, wanted: Any, kind: object) -> bool:
    """Tell whether a value of a column is not the one that the record has."""
    if wanted is None or got is None:
        return got is not wanted
    match kind:
        case NumberType():
            near = nearest_double(wanted)
            if type(got) is not float or got != near:
                return True
            # An exact zero has no sign; what lies too near zero for a double may keep its own.
            return wanted == 0 and math.copysign(1, got) < 0
        case LabelType() | TextType():
            return type(got) is not str or got != wanted
        case FlagType():
            return type(got) is not bool or got is not wanted
        case DateType():
            return type(got) is not date or got.isoformat() != wanted
    raise AssertionError(kind)


def differences(
    scorer: Scorer, out: object, answers: Sequence[Answer], take: Sequence[int] | None = None
) -> list[str]:
    """Say where a results frame differs from what its rows must give.

    Args:
        scorer: The scorer.
        out: The results frame.
        answers: What the distinct rows must give.
        take: For each row of the frame the place of its answer; `None`: they are in order.
    """
    columns = columns_of(out)
    program = scorer.program
    wanted = [name for name in columns if name == "id"]
    wanted += ["status", "reasons", *program.published]
    if list(columns) != wanted:
        return [f"columns {list(columns)}, not {wanted}"]
    order = range(len(answers)) if take is None else take
    found = []
    kinds = [program.step(name).type for name in program.published]
    for name, values in columns.items():
        if len(values) != len(order):
            return [f"{name} has {len(values)} rows, not {len(order)}"]
    for row, place in enumerate(order):
        answer = answers[place]
        status, reasons = columns["status"][row], columns["reasons"][row] or ""
        alike = reasons == answer.reasons
        if answer.status == "refused":
            # Columns are read one by one, so that the issues of a row come in another order.
            alike = sorted(reasons.split("; ")) == sorted(answer.reasons.split("; "))
        if status != answer.status or not alike:
            found.append(f"row {row}: {status} {reasons!r}, not {answer.status} {answer.reasons!r}")
        for name, kind, value in zip(program.published, kinds, answer.values, strict=True):
            got = columns[name][row]
            if unlike(got, value, kind):
                near = nearest_double(value) if isinstance(value, (Decimal, Fraction)) else value
                found.append(f"row {row}: {name} is {got!r}, not {near!r} ({value})")
    return found


def issues_of(answers: Sequence[Answer]) -> dict[tuple[str, str], str]:
    """Give what a table must tell of its rows: code and column, the first rows, how many cells."""
    rows: dict[tuple[str, str], list[int]] = {}
    for row, answer in enumerate(answers):
        for code, path in answer.issues:
            rows.setdefault((code, re.sub(r"\[\d+\]", "", path)), []).append(row)
    told = {}
    for key, cells in rows.items():
        first = list(dict.fromkeys(cells))[:3]
        more = f", … ({len(cells)})" if len(cells) > len(first) else ""
        told[key] = ", ".join(f"#{row}" for row in first) + more
    return told


def joined(
    rows: Sequence[Mapping[str, object]], lists: Mapping[str, object]
) -> list[dict[str, object]]:
    """Give the rows with the items that long tables have for them, in the order of these tables."""
    records = [dict(row) for row in rows]
    for name, frame in lists.items():
        items: dict[object, list[dict[str, object]]] = {}
        for row in rows_of(frame):
            items.setdefault(row.pop("id"), []).append(row)
        for record in records:
            record[name] = items.get(record["id"], [])
    return records


def same(
    scorer: Scorer,
    frame: object,
    *,
    lists: Mapping[str, object] | None = None,
    base: object | None = None,
    take: Sequence[int] | None = None,
    threads: int | None = None,
) -> Counter[str]:
    """Check that a table gives what its rows give, and count the rows by status.

    Args:
        scorer: The scorer.
        frame: The table.
        lists: Long tables of list inputs.
        base: A small table with the distinct rows of `frame`; by default `frame` itself.
        take: For each row of `frame` its place in `base`.
        threads: Handed on.
    """
    rows = rows_of(frame if base is None else base)
    records = rows if lists is None else joined(rows, lists)
    answers = [answer_of(scorer, record) for record in records]
    table = scorer.table_result(frame, lists=lists, threads=threads)
    found = differences(scorer, table.frame, answers, take)
    assert not found, _told(found, records, take)
    each = answers if take is None else [answers[place] for place in take]
    codes = {(i.code, i.path) for i in table.issues if i.severity == "error"}
    assert codes == issues_of(each).keys(), f"issues\n{codes}, not {issues_of(each).keys()}"
    counts = Counter(answer.status for answer in each)
    told = Counter(complete=table.complete, incomplete=table.incomplete, refused=table.refused)
    assert told == counts, f"counts\n{told}, not {counts}"
    assert len(table) == sum(counts.values())
    return counts


def exact_differences(scorer: Scorer, frame: object) -> list[str]:
    """Say where the exact numbers that are made of a table differ from those of its records.

    Args:
        scorer: The scorer.
        frame: A record batch, or a mapping of lists.
    """
    made = written(
        scorer.table_result(frame), scorer.program, units=Units(scorer.program).of(frame)
    )
    records = rows_of(frame)
    places = range(len(records)) if made.rows is None else made.rows.tolist()
    assert sorted([*places, *made.refused]) == list(range(len(records)))
    columns = {name: _values_of(column) for name, column in made.columns.items()}
    found = []
    for at, row in enumerate(places):
        if at in made.unsure:
            continue
        result = scorer.score(records[row])
        reasons = "; ".join(map(str, result.reasons)) or None
        wanted = {"status": result.status, "reasons": reasons, **result.values}
        got = {name: values[at] for name, values in columns.items()}
        if list(map(repr, got.values())) != list(map(repr, wanted.values())):
            found.append(f"row {row}: {got}, not {wanted}")
    return found


def _values_of(column: object) -> list[object]:
    """Give an answer as Python values."""
    if isinstance(column, Fixed):
        column = column.coded()
    if isinstance(column, Coded):
        values = [*column.values, None]
        return [values[code] if code >= 0 else None for code in column.codes.tolist()]
    raise TypeError(column)


def _told(found: Sequence[str], records: Sequence[object], take: Sequence[int] | None) -> str:
    lines = list(found[:10])
    rows = sorted({int(line.split()[1].rstrip(":")) for line in lines if line.startswith("row")})
    for row in rows[:3]:
        place = row if take is None else take[row]
        lines.append(f"  row {row} = {records[place]!r}")
    return "\n".join([f"{len(found)} differences", *lines])
