"""Reductions of lists, exactly, for many rows at once.

What lives here: a list input as columns of items, and the meaning of each reduction on them. What never
comes in: frames, the shortcut through floats.

Sums of numbers with a common denominator are sums of integers, which wrap around without harm (see
`residues`). Sums of fractions are folded item by item, first items of all rows together, then second
ones. Order (median, quantile, largest) is decided on integers where the denominator is common; otherwise
rows where two floats lie too close are left undecided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns import residues as r
from kinerja.columns.modular import Evaluator
from kinerja.columns.residues import Array, Mask, Number, union
from kinerja.columns.segments import Segments
from kinerja.columns.values import Flag, Label, Nothing, Value, with_masks
from kinerja.formula import nodes as n

__all__ = ["ItemList"]

#: Fractions folded for one row; longer lists of them are left to the exact scorer.
MOST_FRACTIONS: Final = 64
#: Denominator of a share that is multiplied by a number of items.
LONGEST_SHARE: Final = 10**9


class ItemList:
    """A list input of some rows.

    Attributes:
        miss: Rows without any list.
        bad: Always `None`; a list is not computed.
        segments: The items of each row.
    """

    def __init__(
        self, segments: Segments, fields: Mapping[str, Value], miss: Mask, rows: Evaluator
    ) -> None:
        self.miss = miss
        self.bad: Mask = None
        self.segments = segments
        self._fields = dict(fields)
        self._owners = segments.owners()
        self._items = Evaluator(
            segments.count,
            rows.scope,
            rows.trace,
            fields=self._fields,
            outer=(rows, self._owners),
        )

    def __len__(self) -> int:
        """Give the number of rows."""
        return self.segments.rows

    def add_step(self, name: str, node: n.Node) -> None:
        """Compute a step for each item; formulas read it as a field."""
        self._fields[name] = self._items.value(node)

    def reduce(self, node: n.Reduce, rows: Evaluator) -> Value:
        """Give a reduction of each row's items."""
        taken = self._taken(node)
        rows.trace.add_single(taken.miss)
        found = _reduced(node, taken, rows)
        miss = union(self.miss, taken.miss)
        return with_masks(found, miss=miss, bad=taken.bad)

    def _taken(self, node: n.Reduce) -> _Taken:
        segments = self.segments
        mask = np.ones(segments.count, np.bool_)
        gone: Mask = None
        lost: Mask = None
        if node.where is not None:
            holds = self._items.flag(node.where)
            mask = holds.yes
            gone, lost = holds.miss, holds.bad
            for not_known in (gone, lost):
                if not_known is not None:
                    mask = mask & ~not_known
        value: Value | None = None
        if node.value is not None:
            value = self._items.value(node.value)
            if value.bad is not None:
                lost = union(lost, mask & value.bad)
            if value.miss is not None:
                if not node.skip_missing:
                    gone = union(gone, mask & value.miss)
                mask = mask & ~value.miss
        key: Value | None = None
        if node.by is not None:
            key = self._items.value(node.by)
            lost = union(lost, None if key.bad is None else mask & key.bad)
        places, kept = segments.selected(mask)
        everything = kept is segments
        return _Taken(
            segments=kept,
            value=None if value is None else value if everything else value.take(places),
            key=None if key is None else key if everything else key.take(places),
            miss=_rows(segments, gone),
            bad=_rows(segments, lost),
        )


def _rows(segments: Segments, items: Mask) -> Mask:
    """Give the rows that hold such items."""
    return None if items is None or not items.any() else segments.any(items)


@dataclass(frozen=True, slots=True)
class _Taken:
    """The items that a reduction takes.

    Attributes:
        segments: Which of them belong to which row.
        value: What is reduced.
        key: Order of `last`.
        miss: Rows where a condition, or a value that is not skipped, is missing.
        bad: Rows with items that are not decided.
    """

    segments: Segments
    value: Value | None
    key: Value | None
    miss: Mask
    bad: Mask


def _reduced(node: n.Reduce, taken: _Taken, rows: Evaluator) -> Value:
    segments = taken.segments
    counts = segments.counts()
    value = taken.value
    if node.op == "count" or value is None:
        return r.of_integers(counts)
    if node.op == "count_distinct":
        return _distinct(value, segments)
    empty = counts == 0
    if node.op == "last":
        rows.note(empty)
        return _last(value, taken.key, segments, rows)
    if isinstance(value, Nothing):
        value = cast("Number", value.like(r.of_fraction(Fraction(0), 0)))
    number = cast("Number", value)
    if node.op == "sum":
        return _sum(number, segments)
    rows.note(empty)
    found = _statistic(node, number, segments, counts)
    return with_masks(found, miss=empty if empty.any() else None)


def _statistic(
    node: n.Reduce, number: Number, segments: Segments, counts: NDArray[np.int64]
) -> Number:
    match node.op:
        case "mean":
            return r.divide(_sum(number, segments), r.of_integers(np.maximum(counts, 1)))[0]
        case "min":
            return _extreme(number, segments, low=True)
        case "max":
            return _extreme(number, segments, low=False)
        case "median":
            return _quantile(number, segments, Fraction(1, 2))
        case "quantile":
            return _quantile(number, segments, cast("Fraction", node.parameter))
        case "trimmed_mean":
            return _trimmed_mean(number, segments, cast("Fraction", node.parameter))
    msg = f"{node.op} does not reduce numbers"
    raise TypeError(msg)


# Sums.


def _sum(number: Number, segments: Segments) -> Number:
    if number.den is not None:
        return _sum_of_fractions(number, segments)
    counts = segments.counts()
    val = segments.sums(number.val)
    size = segments.sums(np.abs(number.val))
    err = (segments.sums(number.err) + counts * r.U * size) * (1 + 2e-9) + r.TINY
    return Number(val=val, err=err, num=segments.sums(number.num), unit=number.unit)


def _sum_of_fractions(number: Number, segments: Segments) -> Number:
    counts = segments.counts()
    total = r.of_fraction(Fraction(0), segments.rows)
    total = replace(
        total,
        den=np.ones(segments.rows, np.int64),
        mag=np.ones(segments.rows),
        unit=number.unit,
    )
    longest = int(counts.max(initial=0))
    for step in range(min(longest, MOST_FRACTIONS)):
        rows = np.flatnonzero(counts > step)
        items = segments.offsets[rows] + step
        joined = r.add(total.take(rows), number.take(items))
        total.val[rows], total.err[rows], total.num[rows] = joined.val, joined.err, joined.num
        cast("Array", total.den)[rows] = joined.den
        cast("Array", total.mag)[rows] = joined.mag
    if longest > MOST_FRACTIONS:
        return replace(total, bad=counts > MOST_FRACTIONS)
    return total


# Order.


def _ordered(number: Number) -> tuple[Array, Mask]:
    """Give integers in the order of the numbers, and the items for which there are none."""
    if number.den is not None:
        return number.val, np.ones(len(number), np.bool_)
    known = (np.abs(number.val) + number.err) * float(number.unit) < r.SURE
    return number.num, None if known.all() else ~known


def _sorted(number: Number, segments: Segments) -> tuple[Number, Mask]:
    """Give the items in rising order within each row, and the rows where the order is not known."""
    keys, unsure = _ordered(number)
    lost: Mask = None
    if unsure is not None:
        # A single item is in order.
        several = np.repeat(segments.counts() > 1, segments.counts())
        lost = _rows(segments, unsure & several)
    return number.take(segments.sorted(keys)), lost


def _extreme(number: Number, segments: Segments, *, low: bool) -> Number:
    ordered, lost = _sorted(number, segments)
    counts = segments.counts()
    at = np.where(counts > 0, segments.offsets[:-1] + (0 if low else counts - 1), -1)
    return with_masks(_at(ordered, at), bad=lost)


def _at(number: Number, places: Array) -> Number:
    """Give items by place; a place below 0 stands for no item, and gives a zero."""
    if not len(number):
        return r.of_fraction(Fraction(0), len(places))
    found = number.take(np.maximum(places, 0))
    return found if found.bad is None else replace(found, bad=found.bad & (places >= 0))


def _undecided(segments: Segments) -> Number:
    """Leave rows with items to the exact scorer."""
    return replace(r.of_fraction(Fraction(0), segments.rows), bad=segments.counts() > 0)


def _quantile(number: Number, segments: Segments, share: Fraction) -> Number:
    if share.denominator > LONGEST_SHARE:
        return _undecided(segments)
    ordered, lost = _sorted(number, segments)
    counts = segments.counts()
    steps = np.maximum(counts - 1, 0) * share.numerator
    below, rest = steps // share.denominator, steps % share.denominator
    start = segments.offsets[:-1]
    there = counts > 0
    first = _at(ordered, np.where(there, start + below, -1))
    above = np.minimum(below + 1, np.maximum(counts - 1, 0))
    second = _at(ordered, np.where(there, start + above, -1))
    weight = r.of_integers(rest, share.denominator)
    found = r.add(first, r.multiply(weight, r.add(second, r.negative(first))))
    return with_masks(found, bad=lost)


def _trimmed_mean(number: Number, segments: Segments, share: Fraction) -> Number:
    if share.denominator > LONGEST_SHARE:
        return _undecided(segments)
    ordered, lost = _sorted(number, segments)
    counts = segments.counts()
    cut = counts * share.numerator // share.denominator
    place = np.arange(segments.count) - np.repeat(segments.offsets[:-1], counts)
    kept = (place >= np.repeat(cut, counts)) & (place < np.repeat(counts - cut, counts))
    places, inner = segments.selected(kept)
    total = _sum(ordered.take(places), inner)
    found, _ = r.divide(total, r.of_integers(np.maximum(inner.counts(), 1)))
    return with_masks(found, bad=lost)


def _distinct(value: Value, segments: Segments) -> Number:
    lost: Mask = None
    match value:
        case Nothing():
            return r.of_integers(np.zeros(segments.rows, np.int64))
        case Flag():
            keys: Array = value.yes.astype(np.int8)
        case Label():
            keys = value.codes
        case Number():
            keys, unsure = _ordered(value)
            lost = _rows(segments, unsure)
    order = segments.sorted(keys)
    keys = keys[order]
    fresh = np.ones(segments.count, np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    starts = segments.offsets[:-1]
    fresh[starts[starts < segments.count]] = True
    found = r.of_integers(segments.sums(fresh.astype(np.int64)))
    return with_masks(found, bad=lost)


def _last(value: Value, key: Value | None, segments: Segments, rows: Evaluator) -> Value:
    counts = segments.counts()
    empty = counts == 0
    if not isinstance(key, Number):
        # The order is missing for every item.
        rows.trace.add_single(~empty)
        return Nothing(segments.rows)
    keyless = _rows(segments, key.miss)
    rows.trace.add_single(keyless)
    keys, unsure = _ordered(key)
    lost = _rows(segments, unsure)
    order = segments.sorted(keys)
    last = np.where(empty, -1, segments.offsets[1:] - 1)
    before = np.where(counts > 1, segments.offsets[1:] - 2, last)
    tied = np.zeros(segments.rows, np.bool_)
    found: Value
    if len(order):
        ordered = keys[order]
        tied = (counts > 1) & (ordered[last] == ordered[before])
        found = value.take(order[np.maximum(last, 0)])
        if found.bad is not None:
            found = replace(found, bad=found.bad & ~empty)
    else:
        found = Nothing(segments.rows)
    rows.note(tied)
    return with_masks(found, miss=union(empty, tied, keyless), bad=lost)
