"""The formula on arrays, exactly: every row decided, or marked as not decided.

What lives here: the meaning of each node for columns of `residues`, and the trace of decisions by which
rows can be told alike. What never comes in: frames, the shortcut through floats, reductions (see `lists`).

It follows the exact evaluator node by node, but looks at every branch for every row and then chooses. Masks
for missing and undecided (`bad`) travel with each value, so that a branch which a row does not take leaves
no trace in it.

Which reasons a missing value has depends on decisions only: what is missing, which conditions hold, which
divisor is zero, which key is in no table. These are collected in `Trace`; rows with the same trace have the
same reasons, so the exact scorer needs to be asked once for each trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm
from typing import Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns import residues as r
from kinerja.columns.residues import Array, Mask, Number, union
from kinerja.columns.values import Flag, Label, Nothing, Value, chosen, with_masks
from kinerja.formula import nodes as n
from kinerja.values import Bands, Interval

__all__ = ["Evaluator", "ListValue", "Trace"]


class ListValue(Protocol):
    """A list input, as an evaluator of its rows knows it.

    Attributes:
        miss: Rows without any list.
        bad: No row.
    """

    miss: Mask
    bad: Mask

    def reduce(self, node: n.Reduce, rows: Evaluator) -> Value:
        """Give a reduction of each row's items."""


Scope: TypeAlias = Mapping[str, "Value | ListValue"]


@dataclass(slots=True)
class Trace:
    """The decisions taken for each row.

    Attributes:
        columns: Arrays of small integers or flags; rows alike in all of them have the same reasons.
        single: Rows whose reasons depend on more than that (on which item of a list is missing).
    """

    columns: list[Array] = field(default_factory=list)
    single: Mask = None

    def add(self, decisions: Array | None) -> None:
        """Take note of a decision."""
        if decisions is not None:
            self.columns.append(decisions)

    def add_single(self, rows: Mask) -> None:
        """Take note of rows that are like no other."""
        self.single = union(self.single, rows)


class Evaluator:
    """Evaluates formulas for some rows, or for all items of a list."""

    def __init__(
        self,
        count: int,
        scope: Scope,
        trace: Trace,
        *,
        fields: Mapping[str, Value] | None = None,
        outer: tuple[Evaluator, Array] | None = None,
    ) -> None:
        """Begin with nothing evaluated.

        Args:
            count: Rows, or items.
            scope: Inputs and steps of the rows, by name.
            trace: Takes the decisions on rows; those on items are not traced.
            fields: For items: their fields.
            outer: For items: the evaluator of the rows, and the row of each item.
        """
        self.count = count
        self.scope = scope
        self.trace = trace
        self.fields = fields
        self.outer = outer
        self._known: dict[int, tuple[n.Node, Value]] = {}

    def value(self, node: n.Node) -> Value:
        """Give the value of a formula; the same object is evaluated once."""
        known = self._known.get(id(node))
        if known is None:
            # The node is kept, so that its id stays its own.
            known = (node, self._computed(node))
            self._known[id(node)] = known
        return known[1]

    def note(self, decisions: Array | None) -> None:
        """Take note of a decision on rows."""
        if self.outer is None:
            self.trace.add(decisions)

    def number(self, node: n.Node) -> Number:
        """Give the value of a formula of a number."""
        found = self.value(node)
        if isinstance(found, Nothing):
            return cast("Number", found.like(r.of_fraction(Fraction(0), 0)))
        return cast("Number", found)

    def flag(self, node: n.Node) -> Flag:
        """Give the value of a formula of a flag."""
        found = self.value(node)
        if isinstance(found, Nothing):
            return cast("Flag", found.like(Flag(np.zeros(0, np.bool_))))
        return cast("Flag", found)

    def _computed(self, node: n.Node) -> Value:  # noqa: C901, PLR0911, PLR0912 - one case a node
        match node:
            case n.Number():
                return r.of_fraction(node.value, self.count)
            case n.Label():
                return Label(np.zeros(self.count, np.int16), (node.value,))
            case n.Truth():
                return Flag(np.full(self.count, node.value))
            case n.Ref():
                return self._named(node.name)
            case n.Field():
                return cast("Mapping[str, Value]", self.fields)[node.name]
            case n.Absent():
                return Nothing(self.count)
            case n.Named():
                return self.value(node.value)
            case n.Add():
                return self._folded(node.terms, r.add)
            case n.Multiply():
                return self._product(node)
            case n.Subtract():
                return r.add(self.number(node.left), r.negative(self.number(node.right)))
            case n.Divide():
                return self._quotient(node)
            case n.Minimum():
                return self._folded(node.args, lambda a, b: r.clip_edge(a, b, low=False))
            case n.Maximum():
                return self._folded(node.args, lambda a, b: r.clip_edge(a, b, low=True))
            case n.Clip():
                return self._clip(node)
            case n.Round():
                return r.rounded(self.number(node.value), node.rounding)
            case n.Compare():
                return self._compare(node)
            case n.And():
                return self._decide(node.args, deciding=False)
            case n.Or():
                return self._decide(node.args, deciding=True)
            case n.Not():
                flag = self.flag(node.arg)
                return replace(flag, yes=~flag.yes)
            case n.Where():
                return self._where(node)
            case n.Lookup():
                return self._lookup(node)
            case n.Band():
                return self._band(self.number(node.value), node.bands)
            case n.IsMissing():
                found = self.value(node.arg)
                miss = np.zeros(self.count, np.bool_) if found.miss is None else found.miss
                self.note(miss)
                return Flag(miss, bad=found.bad)
            case n.Coalesce():
                return self._coalesce(node)
            case n.Reduce():
                return self._reduce(node)
        msg = f"unknown node {type(node).__name__}"
        raise TypeError(msg)

    def _named(self, name: str) -> Value:
        if self.outer is None:
            return cast("Value", self.scope[name])
        return cast("Value", self.scope[name]).take(self.outer[1])

    def _reduce(self, node: n.Reduce) -> Value:
        if self.outer is not None:
            # A reduction inside a reduction is one value a row.
            outer, owners = self.outer
            return outer.value(node).take(owners)
        return cast("ListValue", self.scope[node.over]).reduce(node, self)

    # Numbers.

    def _folded(self, args: Sequence[n.Node], join: Callable[[Number, Number], Number]) -> Number:
        found = self.number(args[0])
        for arg in args[1:]:
            found = join(found, self.number(arg))
        return found

    def _product(self, node: n.Multiply) -> Number:
        factor = Fraction(1)
        found: Number | None = None
        for part in node.factors:
            if isinstance(part, n.Number):
                factor *= part.value
            else:
                number = self.number(part)
                found = number if found is None else r.multiply(found, number)
        if found is None:
            return r.of_fraction(factor, self.count)
        return found if factor == 1 else r.scale(found, factor)

    def _quotient(self, node: n.Divide) -> Number:
        if isinstance(node.denominator, n.Number) and node.denominator.value:
            return r.scale(self.number(node.numerator), 1 / node.denominator.value)
        top, bottom = self.number(node.numerator), self.number(node.denominator)
        found, zero = r.divide(top, bottom)
        if not zero.any():
            return found
        # A divisor that is missing is no zero.
        if found.miss is not None:
            zero &= ~found.miss
        self.note(zero)
        return with_masks(found, miss=zero)

    def _clip(self, node: n.Clip) -> Number:
        found = self.number(node.value)
        if node.low is not None:
            found = r.clip_edge(found, self.number(node.low), low=True)
        if node.high is not None:
            found = r.clip_edge(found, self.number(node.high), low=False)
        return found

    # Decisions.

    def _compare(self, node: n.Compare) -> Flag:
        left, right = self.value(node.left), self.value(node.right)
        miss, bad = union(left.miss, right.miss), union(left.bad, right.bad)
        if isinstance(left, Nothing) or isinstance(right, Nothing):
            return Flag(np.zeros(self.count, np.bool_), miss, bad)
        match left, right:
            case Number(), Number():
                signs, unsure = r.sign(r.add(left, r.negative(right)))
                bad = union(bad, unsure)
            case Flag(), Flag():
                signs = left.yes.astype(np.int8) - right.yes.astype(np.int8)
            case Label(), Label() if left.names is not None and right.names is not None:
                signs = _order_of(left, right, node.order)
            case Label(), Label():
                # Codes of texts mean nothing outside their own column.
                return Flag(np.zeros(self.count, np.bool_), miss, np.ones(self.count, np.bool_))
            case _:
                msg = "two columns of different types are compared"
                raise TypeError(msg)
        return Flag(_holds(node.op, signs), miss, bad)

    def _decide(self, args: Sequence[n.Node], *, deciding: bool) -> Flag:
        flags = [self.flag(arg) for arg in args]
        decided = np.zeros(self.count, np.bool_)
        for flag in flags:
            hit = flag.yes == deciding
            for mask in (flag.miss, flag.bad):
                if mask is not None:
                    hit &= ~mask
            decided |= hit
        miss = union(*(flag.miss for flag in flags))
        bad = union(*(flag.bad for flag in flags))
        if miss is not None:
            # Every argument leaves its reasons where none decides.
            for flag in flags:
                self.note(flag.miss)
            self.note(decided)
        return Flag(
            decided if deciding else ~decided,
            None if miss is None else miss & ~decided,
            None if bad is None else bad & ~decided,
        )

    def _where(self, node: n.Where) -> Value:
        conditions = [self.flag(condition) for condition, _ in node.cases]
        found = self.value(node.otherwise)
        for condition, (_, value) in zip(reversed(conditions), reversed(node.cases), strict=True):
            for decisions in (condition.yes, condition.miss):
                self.note(decisions)
            found = chosen(condition.yes, self.value(value), found)
            if condition.miss is not None:
                found = _overruled(found, condition.miss)
            if condition.bad is not None:
                found = with_masks(found, bad=condition.bad)
        return found

    def _lookup(self, node: n.Lookup) -> Value:
        table = dict(node.rows)
        keys: list[tuple[Array, tuple[str | bool, ...]]] = []
        miss: Mask = None
        bad: Mask = None
        # All of them first: where one is nothing at all, the others still leave their reasons.
        for value in [self.value(key) for key in node.keys]:
            miss, bad = union(miss, value.miss), union(bad, value.bad)
            match value:
                case Flag():
                    keys.append((value.yes.astype(np.int64), (False, True)))
                case Label() if value.names is not None:
                    last = max(len(value.names) - 1, 0)
                    keys.append((np.clip(value.codes, 0, last).astype(np.int64), value.names))
                case _:
                    return Nothing(self.count, bad)
        place = np.zeros(self.count, np.int64)
        names: list[tuple[str | bool, ...]] = [()]
        for codes, values in keys:
            place = place * len(values) + codes
            names = [(*before, value) for before in names for value in values]
        cells = [table.get(name) for name in names]
        if any(cell is None or isinstance(cell, n.Absent) for cell in cells):
            self.note(place)
        return with_masks(self._cells(cells, place), miss=miss, bad=bad)

    def _cells(self, cells: Sequence[n.Node | None], place: Array) -> Value:
        """Give the cell of a table that each row has."""
        gone = np.array([cell is None or isinstance(cell, n.Absent) for cell in cells])
        miss = gone[place] if gone.any() else None
        there = [cell for cell in cells if isinstance(cell, (n.Number, n.Label, n.Truth))]
        if not there:
            return Nothing(self.count)
        match there[0]:
            case n.Number():
                figures = [c.value if isinstance(c, n.Number) else Fraction(0) for c in cells]
                return with_masks(_figures(figures).take(place), miss=miss)
            case n.Truth():
                yes = np.array([isinstance(c, n.Truth) and c.value for c in cells])
                return Flag(yes[place], miss)
        names = tuple(dict.fromkeys(c.value for c in there if isinstance(c, n.Label)))
        codes = [names.index(c.value) if isinstance(c, n.Label) else 0 for c in cells]
        return Label(np.array(codes, np.int16)[place], names, miss)

    def _band(self, number: Number, bands: Bands) -> Label:
        closed = bands.closed()
        names = tuple(dict.fromkeys(band.label for band in closed))
        codes = np.full(self.count, -1, np.int16)
        bad = number.bad
        for band in closed:
            inside, unsure = self._inside(number, band.interval)
            codes[inside] = names.index(band.label)
            bad = union(bad, unsure)
        outside = codes < 0
        miss = number.miss
        if outside.any():
            self.note(outside)
            miss = union(miss, outside)
            codes[outside] = 0
        return Label(codes, names, miss, bad)

    def _inside(self, number: Number, interval: Interval) -> tuple[NDArray[np.bool_], Mask]:
        inside = np.ones(self.count, np.bool_)
        bad: Mask = None
        for end, is_open, is_low in (
            (interval.low, interval.low_open, True),
            (interval.high, interval.high_open, False),
        ):
            if end is None:
                continue
            signs, unsure = r.sign(r.add(number, r.of_fraction(-end, self.count)))
            past = signs if is_low else -signs
            inside &= past > 0 if is_open else past >= 0
            bad = union(bad, unsure)
        return inside, bad

    def _coalesce(self, node: n.Coalesce) -> Value:
        found = self.value(node.args[-1])
        for arg in reversed(node.args[:-1]):
            first = self.value(arg)
            if first.miss is None:
                found = first
                continue
            self.note(first.miss)
            joined = chosen(first.miss, found, first)
            found = with_masks(joined, bad=first.bad)
        return found


def _overruled(value: Value, miss: NDArray[np.bool_]) -> Value:
    """Make rows missing whatever they were; they are no longer undecided for what was there."""
    if isinstance(value, Nothing):
        return value
    bad = None if value.bad is None else value.bad & ~miss
    return replace(value, miss=union(value.miss, miss), bad=bad)


def _holds(op: n.Comparison, signs: Array) -> NDArray[np.bool_]:
    match op:
        case "<":
            holds = signs < 0
        case "<=":
            holds = signs <= 0
        case ">":
            holds = signs > 0
        case ">=":
            holds = signs >= 0
        case "==":
            holds = signs == 0
        case "!=":
            holds = signs != 0
    return holds


def _order_of(left: Label, right: Label, order: tuple[str, ...] | None) -> Array:
    one, other = left.names or (), right.names or ()
    names = tuple(dict.fromkeys((*(order or ()), *one, *other)))
    places = left.named(names).codes.astype(np.int32), right.named(names).codes.astype(np.int32)
    return cast("Array", np.sign(places[0] - places[1]))


def _figures(figures: Sequence[Fraction]) -> Number:
    """Give written figures as a column, one row each."""
    found = [r.of_fraction(figure, 1) for figure in figures]
    unit = lcm(*(number.unit for number in found))
    aligned = [r.add(number, r.of_integers(np.zeros(1, np.int64), unit)) for number in found]
    return Number(
        val=np.concatenate([number.val for number in aligned]),
        err=np.concatenate([number.err for number in aligned]),
        num=np.concatenate([number.num for number in aligned]),
        unit=aligned[0].unit,
        bad=None if aligned[0].bad is None else np.ones(len(aligned), np.bool_),
    )
