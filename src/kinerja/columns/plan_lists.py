"""Reductions of lists in a plan.

What lives here: the way from a reduction to operations on the items of a chunk, with its bound. What never
comes in: data.

Reductions that differ only in the label they ask for (the raters of one group, the aspect that is rated)
are made together: one pass over the items gives the sums of all groups, a second one their counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import prod
from typing import Final, cast

import numpy as np

from kinerja.columns import list_kernels as lk
from kinerja.columns.bounds import WIDE, Fact, U
from kinerja.columns.plan import Writer
from kinerja.columns.plan_values import Choice, Column, Figure, NoPlanError, Truth, Void, constant
from kinerja.columns.tape import Register, Tape
from kinerja.formula import nodes as n
from kinerja.formula.patterns import conjuncts

__all__ = ["ListPlan"]

#: Whole numbers below this stay whole in one more operation.
WHOLE: Final = 2.0**52
#: Groups that are summed together.
MOST_GROUPS: Final = 256
#: Denominator of a share that is multiplied by a number of items.
LONGEST_SHARE: Final = 10**9
#: Items of a row that are put in order in a table.
MOST_ORDERED: Final = 256


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sum and count of the items that a reduction takes."""

    total: Figure | None
    count: Figure


class _NoItemsError(Exception):
    """No item can be meant by a condition."""


class ListPlan:
    """A list input in a plan.

    Attributes:
        writer: Writes formulas of items.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all of one operation
        self,
        tape: Tape,
        name: str,
        fields: Mapping[str, Column],
        rows: Callable[[str], Column],
        most: int,
        missing: Register | None,
    ) -> None:
        """Begin with the fields.

        Args:
            tape: Takes the operations.
            name: The list input; also the level of its items.
            fields: Its fields.
            rows: Gives inputs and steps of rows.
            most: No row has more items.
            missing: Rows without any list, or `None`.
        """
        self.tape = tape
        self.name = name
        self.offsets = tape.given("i8")
        self.missing = missing
        self.most = most
        self._fields = dict(fields)
        self._rows = rows
        self._spread: dict[str, Column] = {}
        self._known_slots: dict[tuple[Register | None, ...], Register] = {}
        self._groups: dict[tuple[object, ...], tuple[Register, ...]] = {}
        self._sums_known: dict[int, tuple[n.Reduce, _Sums]] = {}
        self.writer = Writer(tape, self._of_row, self._fields.__getitem__)

    def add_step(self, name: str, node: n.Node) -> None:
        """Write a step for each item; formulas read it as a field."""
        self._fields[name] = self.writer.column(node)

    def _of_row(self, name: str) -> Column:
        """Give each item a value of its row."""
        if name not in self._spread:
            self._spread[name] = self._spread_out(self._rows(name))
        return self._spread[name]

    def _spread_out(self, column: Column) -> Column:
        if isinstance(column, Void) or column.register is None:
            if isinstance(column, Truth) and column.miss is not None:
                raise NoPlanError
            return column
        register = self._of_items(column.register)
        if isinstance(column, Truth):
            miss = None if column.miss is None else self._of_items(column.miss)
            return Truth(register, miss=miss)
        return replace(column, register=register)

    def _of_items(self, register: Register) -> Register:
        return self.tape.add(
            lk.spread,
            register,
            self.offsets,
            kind=register.kind,
            level=self.name,
            elementwise=False,
        )

    # Reductions.

    def reduce(self, node: n.Reduce) -> Column:
        """Write a reduction."""
        found = self._reduced(node)
        if self.missing is not None:
            return self.writer.gone_where(found, self.missing)
        return found

    def _reduced(self, node: n.Reduce) -> Column:
        try:
            return self._of_items_taken(node)
        except _NoItemsError:
            counts = node.op in ("count", "count_distinct", "sum")
            return constant(Fraction(0)) if counts else Void()

    def _of_items_taken(self, node: n.Reduce) -> Column:  # noqa: PLR0911 - one line a case
        match node.op:
            case "count":
                return self.sums(node).count
            case "sum":
                return cast("Figure", self.sums(node).total)
            case "mean":
                sums = self.sums(node)
                return self.writer.quotient(cast("Figure", sums.total), sums.count)
            case "min" | "max":
                return self._extreme(node)
            case "median":
                return self._quantile(node, Fraction(1, 2))
            case "quantile":
                return self._quantile(node, cast("Fraction", node.parameter))
            case "trimmed_mean":
                sums = self.sums(node)
                return self.writer.quotient(cast("Figure", sums.total), sums.count)
            case "count_distinct":
                return self._distinct(node)
        raise NoPlanError

    def sums(self, node: n.Reduce) -> _Sums:
        """Write the sum and the count of what a sum, count or (trimmed) mean takes."""
        known = self._sums_known.get(id(node))
        if known is None:
            known = (node, self._summed(node))
            self._sums_known[id(node)] = known
        return known[1]

    def _summed(self, node: n.Reduce) -> _Sums:
        if node.op == "trimmed_mean":
            return self._trimmed(node)
        labels, rest = self._split(node.where)
        value = None if node.value is None else self._value(node.value)
        flags = self._flags(rest)
        if value is not None and value.nan and node.skip_missing:
            there = self._present(value)
            flags = (
                there if flags is None else self.tape.add(np.logical_and, flags, there, kind="?")
            )
            value = self._zero_where_missing(value, there)
        if labels:
            return self._grouped(labels, value, flags)
        count = self._count(flags)
        if value is None:
            return _Sums(None, count)
        register = cast("Register", value.register)
        if flags is not None:
            run = partial(lk.only, otherwise=0.0)
            register = self.tape.add(run, flags, register, elementwise=False)
        total = self.tape.add(lk.sums, register, self.offsets, level="", elementwise=False)
        return _Sums(self._total(total, value), count)

    def _value(self, node: n.Node) -> Figure:
        figure = self.writer.figure(node)
        if figure.register is None or figure.register.level != self.name:
            raise NoPlanError
        return figure

    def _present(self, value: Figure) -> Register:
        gone = self.tape.add(
            np.isnan, cast("Register", value.register), kind="?", elementwise=False
        )
        return self.tape.add(np.logical_not, gone, kind="?")

    def _zero_where_missing(self, value: Figure, there: Register) -> Figure:
        run = partial(lk.only, otherwise=0.0)
        register = self.tape.add(run, there, cast("Register", value.register), elementwise=False)
        return replace(value, register=register, printed=False, nan=False)

    def _split(self, where: n.Node | None) -> tuple[list[tuple[Choice, int]], list[n.Node]]:
        """Split a condition into labels that fields must have, and the rest."""
        labels: dict[str, tuple[Choice, int]] = {}
        rest: list[n.Node] = []
        for part in conjuncts(where):
            match part:
                case n.Compare("==", n.Field(name), n.Label(value)) if name not in labels:
                    column = self._fields[name]
                    if isinstance(column, Choice) and column.register is not None:
                        if column.nan or value not in column.names:
                            raise NoPlanError
                        labels[name] = (column, column.names.index(value))
                        continue
            rest.append(part)
        sizes = prod(len(column.names) for column, _ in labels.values())
        if sizes > MOST_GROUPS:
            raise NoPlanError
        return [labels[name] for name in sorted(labels)], rest

    def _flags(self, conditions: Sequence[n.Node]) -> Register | None:
        """Write conditions on items; `None`: they hold for all."""
        found: Register | None = None
        for condition in conditions:
            truth = self.writer.truth(condition)
            if truth.miss is not None:
                raise NoPlanError
            if truth.register is None:
                if not truth.constant:
                    raise _NoItemsError
                continue
            register = truth.register
            found = (
                register
                if found is None
                else self.tape.add(np.logical_and, found, register, kind="?")
            )
        return found

    def _count(self, flags: Register | None) -> Figure:
        if flags is None:
            register = self.tape.add(lk.counts, self.offsets, level="", elementwise=False)
        else:
            register = self.tape.add(lk.within, flags, self.offsets, level="", elementwise=False)
        return self._counted(register)

    def _counted(self, register: Register) -> Figure:
        return Figure(register, Fraction(1), Fact(0.0, float(self.most)), whole=True)

    def _total(self, register: Register, value: Figure) -> Figure:
        """Say what is known of a sum of items."""
        fact, most = value.fact, float(self.most)
        low, high = min(0.0, fact.low * most) * WIDE, max(0.0, fact.high * most) * WIDE
        if value.whole and fact.size * most < WHOLE:
            return Figure(register, value.scale, Fact(low, high), whole=True, nan=value.nan)
        rel, off = fact.rel + most * U, fact.off * most
        if fact.low < 0 < fact.high:
            off += rel * fact.size * most
            rel = 0.0
        known = Fact(low, high, rel * WIDE, off * WIDE + most * 2.0**-1070)
        return Figure(register, value.scale, known, nan=value.nan)

    # Groups.

    def _grouped(
        self, labels: Sequence[tuple[Choice, int]], value: Figure | None, flags: Register | None
    ) -> _Sums:
        columns = [cast("Register", column.register) for column, _ in labels]
        sizes = tuple(len(column.names) for column, _ in labels)
        place = 0
        for (_, code), size in zip(labels, sizes, strict=True):
            place = place * size + code
        slots = self._slots_of(columns, sizes, flags)
        parts = prod(sizes)
        counts = self._block(("count", slots), parts, lk.group_counts, slots)
        count = self._counted(counts[place])
        if value is None:
            return _Sums(None, count)
        register = cast("Register", value.register)
        totals = self._block(("sum", slots, register), parts, lk.group_sums, slots, register)
        return _Sums(self._total(totals[place], value), count)

    def _slots_of(
        self, columns: Sequence[Register], sizes: tuple[int, ...], flags: Register | None
    ) -> Register:
        key = (*columns, flags)
        if key not in self._known_slots:
            slots = self.tape.add(
                partial(lk.group_slots, sizes=sizes),
                self.offsets,
                *columns,
                kind="i8",
                level=self.name,
                elementwise=False,
            )
            if flags is not None:
                slots = self.tape.add(
                    partial(lk.kept_slots, groups=prod(sizes)),
                    flags,
                    slots,
                    self.offsets,
                    kind="i8",
                    level=self.name,
                    elementwise=False,
                )
            self._known_slots[key] = slots
        return self._known_slots[key]

    def _block(
        self,
        key: tuple[object, ...],
        parts: int,
        run: Callable[..., object],
        *reads: Register,
    ) -> tuple[Register, ...]:
        if key not in self._groups:
            whole, arrays = self.tape.block("f8", parts)
            self.tape.add(run, *reads, into=whole, elementwise=False)
            self._groups[key] = arrays
        return self._groups[key]

    # Order.

    def _all_flags(self, node: n.Reduce) -> tuple[Register | None, Figure]:
        """Write which items an order looks at; none of them is missing, or the row is."""
        flags = self._flags(conjuncts(node.where))
        value = self._value(cast("n.Node", node.value))
        if value.nan:
            if not node.skip_missing:
                raise NoPlanError
            there = self._present(value)
            flags = (
                there if flags is None else self.tape.add(np.logical_and, flags, there, kind="?")
            )
        return flags, value

    def _extreme(self, node: n.Reduce) -> Figure:
        flags, value = self._all_flags(node)
        low = (node.op == "min") == (value.scale > 0)
        register = cast("Register", value.register)
        if flags is not None:
            run = partial(lk.only, otherwise=np.inf if low else -np.inf)
            register = self.tape.add(run, flags, register, elementwise=False)
        found = self.tape.add(
            partial(lk.extreme, low=low), register, self.offsets, level="", elementwise=False
        )
        return replace(value, register=found, nan=True)

    def _ordered_reads(self, node: n.Reduce) -> tuple[tuple[Register, ...], Figure]:
        share = node.parameter
        if self.most > MOST_ORDERED or (share is not None and share.denominator > LONGEST_SHARE):
            raise NoPlanError
        flags, value = self._all_flags(node)
        register = cast("Register", value.register)
        if flags is None:
            flags = self.tape.add(lk.everything, register, kind="?", elementwise=False)
        return (register, flags, self.offsets), value

    def _quantile(self, node: n.Reduce, share: Fraction) -> Figure:
        reads, value = self._ordered_reads(node)
        top, bottom = share.numerator, share.denominator
        if value.scale < 0:
            top = bottom - top
        run = partial(lk.quantile, share=(top, bottom), most=self.most)
        register = self.tape.add(run, *reads, level="", elementwise=False)
        fact, factor = value.fact, float(bottom)
        scale = value.scale / bottom
        low, high = fact.low * factor * WIDE, fact.high * factor * WIDE
        low, high = min(low, fact.low * factor), max(high, fact.high * factor)
        if value.whole and fact.size * factor * 2 < WHOLE:
            return Figure(register, scale, Fact(low, high), whole=True, nan=True)
        off = (fact.off + fact.size * (fact.rel + 4 * U)) * factor * WIDE
        return Figure(register, scale, Fact(low, high, 0.0, off + 2.0**-1070), nan=True)

    def _trimmed(self, node: n.Reduce) -> _Sums:
        reads, value = self._ordered_reads(node)
        share = cast("Fraction", node.parameter)
        run = partial(lk.trimmed_sums, share=(share.numerator, share.denominator), most=self.most)
        register = self.tape.add(run, *reads, level="", elementwise=False)
        count = self.tape.add(
            partial(lk.trimmed_counts, share=(share.numerator, share.denominator)),
            reads[1],
            self.offsets,
            level="",
            elementwise=False,
        )
        return _Sums(self._total(register, replace(value, nan=False)), self._counted(count))

    def _distinct(self, node: n.Reduce) -> Figure:
        flags = self._flags(conjuncts(node.where))
        value = self.writer.column(cast("n.Node", node.value))
        if not isinstance(value, Choice) or value.register is None:
            raise NoPlanError
        if value.nan and not node.skip_missing:
            raise NoPlanError
        if flags is None:
            flags = self.tape.add(lk.everything, value.register, kind="?", elementwise=False)
        register = self.tape.add(
            lk.count_distinct, value.register, flags, self.offsets, level="", elementwise=False
        )
        return self._counted(register)
