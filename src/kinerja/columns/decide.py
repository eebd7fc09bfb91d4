"""Deciding a batch of rows exactly: inputs in, published columns out.

What lives here: the run of a policy's steps over a batch, the form in which columns leave, and the rows
that nothing here can decide. What never comes in: frames, threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns import residues as r
from kinerja.columns.cells import Batch, Items
from kinerja.columns.lists import ItemList
from kinerja.columns.modular import Evaluator, ListValue, Trace
from kinerja.columns.outline import Outline
from kinerja.columns.residues import Array, Mask, Number, union
from kinerja.columns.segments import Segments
from kinerja.columns.values import Flag, Label, Nothing, Value
from kinerja.exact import Rounding
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.scorer.program import Step

__all__ = ["EPOCH", "Decided", "decide", "empty_column"]

#: Day count of 1970-01-01.
EPOCH: Final = date(1970, 1, 1).toordinal()
_LAST: Final = date.max.toordinal()

Scope: TypeAlias = "dict[str, Value | ListValue]"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a batch.

    Attributes:
        columns: For each published step: numbers as float64 (NaN: missing), labels as places in their
            scale, flags as 1 and 0, dates as days since 1970 (int32; `missing` says where there is none).
        missing: For each published step the rows without a value, or `None`.
        incomplete: Rows without some published value.
        undecided: Rows whose values here mean nothing.
        alike: For rows that are incomplete: a number that is the same for rows with the same reasons;
            -1: like no other.
    """

    columns: tuple[Array, ...]
    missing: tuple[Mask, ...]
    incomplete: NDArray[np.bool_]
    undecided: NDArray[np.bool_]
    alike: NDArray[np.int64]


def decide(outline: Outline, batch: Batch) -> Decided:
    """Decide every row of a batch, as far as whole numbers of 64 bits can.

    Sizes that overflow become infinite, and an infinite bound decides nothing: the caller lets numpy be
    silent about it.
    """
    trace = Trace()
    scope: Scope = {}
    rows = Evaluator(batch.rows, scope, trace)
    lists: dict[str, ItemList] = {}
    for declared in outline.inputs:
        name, kind = declared.name, declared.type
        if name not in outline.needed:
            continue
        column = batch.columns[name]
        if isinstance(kind, ListType):
            items = cast("Items", column)
            fields = {
                field: as_value(values, kind.fields[field])
                for field, values in items.fields.items()
            }
            lists[name] = ItemList(Segments(items.offsets), fields, items.missing, rows)
            scope[name] = lists[name]
            trace.add(items.missing)
        else:
            value = as_value(cast("Array", column), kind)
            scope[name] = value
            trace.add(value.miss)
    for step in outline.steps:
        if step.over is None:
            scope[step.name] = rows.value(step.node)
        else:
            lists[step.over].add_step(step.name, step.node)
    columns: list[Array] = []
    missing: list[Mask] = []
    incomplete = np.zeros(batch.rows, np.bool_)
    undecided = np.zeros(batch.rows, np.bool_)
    for step in outline.published:
        value = cast("Value", scope[step.name])
        values, miss, bad = _leaving(value, step)
        columns.append(values)
        missing.append(miss)
        if miss is not None:
            incomplete |= miss
        if bad is not None:
            undecided |= bad
    alike = _alike(trace, incomplete & ~undecided)
    # Lists know their rows and rows their lists: without this, all of it would wait for the collector.
    scope.clear()
    return Decided(tuple(columns), tuple(missing), incomplete, undecided, alike)


def as_value(column: Array, kind: ItemType) -> Value:
    """Give an input as the formula reads it."""
    match kind:
        case NumberType() | DateType():
            return r.of_floats(column)
    miss = column < 0
    gone = miss if miss.any() else None
    match kind:
        case LabelType():
            return Label(np.where(miss, 0, column), kind.scale.ids, gone)
        case FlagType():
            return Flag(column > 0, gone)
        case TextType():
            return Label(np.where(miss, 0, column), None, gone)


def _leaving(value: Value, step: Step) -> tuple[Array, Mask, Mask]:
    """Give the array of a published step, the rows where it is missing, and those not decided."""
    kind = step.type
    if isinstance(value, Nothing):
        return empty_column(kind, len(value)), value.miss, value.bad
    miss, bad = value.miss, value.bad
    match value:
        case Number() if isinstance(kind, DateType):
            days = r.rounded(value, Rounding(digits=0, mode="down"))
            outside = (days.num < 1) | (days.num > _LAST)
            if miss is not None:
                outside &= ~miss
            known = np.where((days.num < 1) | (days.num > _LAST), EPOCH, days.num)
            return (known - EPOCH).astype(np.int32), miss, union(days.bad, outside)
        case Number():
            values, lost = r.nearest_floats(value)
            values += 0.0  # there is one zero
            if miss is not None:
                values[miss] = np.nan
                lost = None if lost is None else lost & ~(miss & ~_mask(bad, len(value)))
            return values, miss, union(bad, lost)
        case Flag():
            codes = value.yes.astype(np.int8)
        case Label():
            if not isinstance(kind, LabelType):
                return empty_column(kind, len(value)), miss, np.ones(len(value), np.bool_)
            codes = value.named(kind.scale.ids).codes.astype(np.int16)
    if miss is not None:
        codes[miss] = -1
    return codes, miss, bad


def _mask(mask: Mask, count: int) -> NDArray[np.bool_]:
    return np.zeros(count, np.bool_) if mask is None else mask


def empty_column(kind: ItemType, count: int) -> Array:
    """Give the array of a published step of which no value is known."""
    match kind:
        case LabelType():
            return np.full(count, -1, np.int16)
        case FlagType():
            return np.full(count, -1, np.int8)
        case DateType():
            return np.zeros(count, np.int32)
    return np.full(count, np.nan)


def _alike(trace: Trace, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Number the rows by their decisions; -1 for rows like no other, and for rows not asked for."""
    found = np.full(len(rows), -1, np.int64)
    if trace.single is not None:
        rows = rows & ~trace.single
    places = np.flatnonzero(rows)
    if not len(places):
        return found
    codes = np.zeros(len(places), np.int64)
    for decisions in trace.columns:
        # Small whole numbers: a pair of them is one, and the pairs that there are are numbered anew.
        _, column = np.unique(decisions[places], return_inverse=True)
        _, codes = np.unique(codes * (int(column.max()) + 1) + column, return_inverse=True)
    found[places] = codes
    return found
