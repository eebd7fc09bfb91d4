"""Scoring chunks on floats: plans by what the inputs are like, and running them.

What lives here: profiles of inputs, the plan of a whole policy, the choice between plans. What never comes
in: the bounds themselves, frames.

A plan holds for every chunk whose inputs lie within its profile. Limits are taken outwards to powers of
16 and grow with the table, so that a few plans serve all of it. Where many rows are ambiguous and the
inputs are short decimals, a plan on whole numbers is tried: a weighted sum of decimals has no ambiguous
row then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil, floor, log2
from threading import Lock
from typing import Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns import kernels as k
from kinerja.columns.bounds import Fact, of_printed
from kinerja.columns.cells import Batch, Items, Span
from kinerja.columns.decide import EPOCH
from kinerja.columns.outline import Outline
from kinerja.columns.plan import Writer
from kinerja.columns.plan_exact import ExactWriter
from kinerja.columns.plan_lists import ListPlan
from kinerja.columns.plan_values import Choice, Column, Figure, NoPlanError, Truth
from kinerja.columns.residues import Array
from kinerja.columns.tape import ROWS, Register, Scratch, Shelf, Tape
from kinerja.formula import nodes as n
from kinerja.formula.types import (
    DateType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.scorer.program import Step

__all__ = ["Floats", "Plan", "Plans"]

#: Plans that are kept.
MOST_PLANS: Final = 64
#: A profile is not joined with another that is so many times wider: its bounds would be of no use.
WIDER: Final = 2.0**12
#: Share of ambiguous rows from which another plan is tried.
MANY: Final = 0.02
#: Share of ambiguous rows from which floats are no help.
TOO_MANY: Final = 0.6
#: Rows that a plan takes at once: what it computes stays in the cache.
BLOCK: Final = 65_536
#: Decimals tried, and the rows looked at for it.
DECIMALS: Final = (0, 1, 2, 3, 4)
SAMPLE: Final = 128
#: A whole number up to here, divided by a power of ten, prints as that quotient.
PRINTED: Final = 2.0**51
#: Whole numbers up to here are themselves as float64.
WHOLE: Final = 2.0**53
_LAST: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class _Known:
    """What a plan takes for granted of one input.

    Attributes:
        low: No number lies below.
        high: No number lies above.
        missing: Some may be missing.
        digits: They are whole numbers (0), or decimals of so many places as far as a check in the plan
            finds; `None`: any.
        checked: The plan must check `digits` itself.
    """

    low: float = 0.0
    high: float = 0.0
    missing: bool = False
    digits: int | None = None
    checked: bool = False

    def covers(self, other: _Known) -> bool:
        """Tell whether what is known of another input is enough for this plan."""
        return (
            self.low <= other.low
            and other.high <= self.high
            and (self.missing or not other.missing)
            and self.digits == other.digits
            and (self.checked or not other.checked)
        )

    def joined(self, other: _Known) -> _Known | None:
        """Give what is known of both inputs, or `None` where that is too little."""
        if self.digits != other.digits:
            return None
        low, high = min(self.low, other.low), max(self.high, other.high)
        if max(-low, high) > WIDER * max(-other.low, other.high, 1e-300):
            return None
        return replace(
            self,
            low=low,
            high=high,
            missing=self.missing or other.missing,
            checked=self.checked or other.checked,
        )


#: What is known of inputs, by name, and of fields, by `list.field`.
_Profile: TypeAlias = Mapping[str, _Known]


class Plan:
    """Array operations that score chunks.

    Attributes:
        tape: The operations.
        decisions: How many of them take a decision on floats that may be near its point.
    """

    def __init__(self, outline: Outline, profile: _Profile, *, settles: bool = False) -> None:
        """Write the plan of a policy.

        Args:
            outline: The policy.
            profile: What is taken for granted of each input.
            settles: Ties are decided, not marked; every number must be a short decimal.

        Raises:
            NoPlanError: Floats cannot tell enough, or the formulas are of a shape that is not planned.
        """
        self.tape = Tape()
        self._inputs: dict[str, Register] = {}
        self._outputs: list[Register] = []
        self._lists: dict[str, ListPlan] = {}
        columns: dict[str, Column] = {}
        for declared in outline.inputs:
            name, kind = declared.name, declared.type
            if name not in outline.needed:
                continue
            if isinstance(kind, ListType):
                fields = {
                    field: self._input(f"{name}.{field}", kind.fields[field], profile, name)
                    for field in outline.fields(name)
                }
                self._lists[name] = self._list(name, fields, columns, profile[name])
                # Of a list as a whole, formulas can only ask whether it is missing.
                columns[name] = Truth(None, miss=self._lists[name].missing)
            else:
                columns[name] = self._input(name, kind, profile, ROWS)
        writer = self._writer(outline, columns, settles=settles)
        for step in outline.steps:
            if step.over is None:
                columns[step.name] = writer.column(step.node)
            else:
                self._lists[step.over].add_step(step.name, step.node)
        self.decisions = writer.decisions
        for step in outline.published:
            self._publish(step, columns[step.name], writer)
        self.tape.finish()

    def _writer(self, outline: Outline, columns: Mapping[str, Column], *, settles: bool) -> Writer:
        def reduce(node: n.Reduce) -> Column:
            return self._lists[node.over].reduce(node)

        def sums(node: n.Reduce) -> tuple[Figure, Figure]:
            found = self._lists[node.over].sums(node)
            return cast("Figure", found.total), found.count

        if not settles:
            return Writer(self.tape, columns.__getitem__, reduce=reduce)
        formulas = {step.name: step.node for step in outline.steps if step.over is None}
        return ExactWriter(self.tape, columns.__getitem__, reduce, formulas, sums)

    def _list(
        self,
        name: str,
        fields: Mapping[str, Column],
        columns: Mapping[str, Column],
        known: _Known,
    ) -> ListPlan:
        missing = None
        if known.missing:
            missing = self.tape.given("?")
            self._inputs[f"{name}?"] = missing
        made = ListPlan(self.tape, name, fields, columns.__getitem__, int(known.high), missing)
        self._inputs[f"{name}[]"] = made.offsets
        return made

    def _input(self, path: str, kind: ItemType, profile: _Profile, level: str) -> Column:
        known = profile[path]
        match kind:
            case NumberType() | DateType():
                register = self.tape.given("f8", level)
                self._inputs[path] = register
                return self._number(register, known)
            case LabelType(scale=scale):
                register = self.tape.given("i2", level)
                self._inputs[path] = register
                return Choice(register, scale.ids, nan=known.missing)
            case TextType():
                register = self.tape.given("i8", level)
                self._inputs[path] = register
                return Choice(register, (), nan=known.missing)
        register = self.tape.given("i2", level)
        self._inputs[path] = register
        zero = self.tape.constant(0.0)
        yes = self.tape.add(np.greater, register, zero, kind="?", elementwise=False)
        if not known.missing:
            return Truth(yes)
        miss = self.tape.add(k.is_negative, register, kind="?", elementwise=False)
        return Truth(yes, miss=miss)

    def _number(self, register: Register, known: _Known) -> Figure:
        fact = of_printed(known.low, known.high)
        if known.digits is None:
            return Figure(register, Fraction(1), fact, printed=True, nan=known.missing)
        whole = register
        power = 10.0**known.digits
        if known.checked:
            whole = self.tape.add(partial(k.whole_decimals, power=power), register)
            self.tape.doubt(partial(k.mark_unprinted, power=power), register, whole)
        ends = Fact(float(ceil(fact.low * power)), float(floor(fact.high * power)))
        if not ends.size < PRINTED:
            raise NoPlanError
        scale = Fraction(1, 10**known.digits)
        return Figure(whole, scale, ends, whole=True, nan=known.missing)

    def _publish(self, step: Step, column: Column, writer: Writer) -> None:
        output = self.tape.given("f8")
        self._outputs.append(output)
        match column:
            case Figure() if isinstance(step.type, DateType):
                self._publish_days(column, output)
            case Figure():
                self._publish_figure(column, output)
            case Choice() if isinstance(step.type, LabelType):
                # Labels that the scale does not have cannot be: the type check saw to it.
                codes = writer.codes(writer.renamed(column, step.type.scale.ids))
                if column.nan:
                    self.tape.doubt(k.mark_missing, codes)
                self.tape.add(k.publish_codes, codes, into=output, elementwise=False)
            case Truth():
                if column.miss is not None:
                    self.tape.doubt(k.mark_set, column.miss)
                flags = writer.flags(column)
                self.tape.add(k.publish_codes, flags, into=output, elementwise=False)
            case _:
                raise NoPlanError

    def _publish_figure(self, column: Figure, output: Register) -> None:
        if column.register is None:
            value = self.tape.constant(float(column.scale))
            run = partial(k.publish, times=1.0, over=1.0, signed=True)
            self.tape.add(run, value, into=output, elementwise=False)
            return
        times, over = float(column.scale.numerator), float(column.scale.denominator)
        exact = column.whole and column.fact.size * abs(times) < WHOLE and over < WHOLE
        if not exact and not (column.printed and column.scale == 1):
            raise NoPlanError
        if column.nan:
            self.tape.doubt(k.mark_missing, column.register)
        signed = column.fact.low <= 0 or times < 0
        run = partial(k.publish, times=times, over=over, signed=signed)
        self.tape.add(run, column.register, into=output, elementwise=False)

    def _publish_days(self, column: Figure, output: Register) -> None:
        if column.register is None or not column.whole or column.scale != 1:
            raise NoPlanError
        if column.nan:
            self.tape.doubt(k.mark_missing, column.register)
        if column.fact.low < 1 or column.fact.high > _LAST:
            run = partial(k.mark_outside, low=1.0, high=float(_LAST))
            self.tape.doubt(run, column.register)
        days = partial(k.publish_days, epoch=EPOCH)
        self.tape.add(days, column.register, into=output, elementwise=False)

    def run(self, batch: Batch, outputs: Sequence[Array], scratch: Scratch) -> NDArray[np.bool_]:
        """Score a batch.

        Args:
            batch: The inputs, within the profile.
            outputs: The arrays to fill, one for each published step.
            scratch: Memory of this thread.

        Returns:
            The rows of which the outputs mean nothing, or are missing.
        """
        given: dict[Register, Array] = dict(zip(self._outputs, outputs, strict=True))
        counts = {ROWS: batch.rows}
        for name, column in batch.columns.items():
            if not isinstance(column, Items):
                if name in self._inputs:
                    given[self._inputs[name]] = column
                continue
            if name not in self._lists:
                continue
            counts[name] = int(column.offsets[-1])
            given[self._inputs[f"{name}[]"]] = column.offsets
            if f"{name}?" in self._inputs:
                given[self._inputs[f"{name}?"]] = _flags(column.missing, batch.rows)
            for field, values in column.fields.items():
                given[self._inputs[f"{name}.{field}"]] = values
        marks = {level: np.zeros(counts[level], np.bool_) for level in (ROWS, *self.tape.ambiguous)}
        for level, register in self.tape.ambiguous.items():
            given[register] = marks[level]
        self.tape.run(given, counts, scratch)
        doubtful = marks.pop(ROWS)
        for name, items in marks.items():
            if items.any():
                owners = cast("Items", batch.columns[name]).owners()
                doubtful[owners[items]] = True
        return doubtful


def _flags(mask: NDArray[np.bool_] | None, count: int) -> NDArray[np.bool_]:
    return np.zeros(count, np.bool_) if mask is None else mask


class Plans:
    """The plans of one policy, and memory for them; several threads may ask at once."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.shelf = Shelf()
        self._plans: dict[bool, list[tuple[_Profile, Plan | None]]] = {False: [], True: []}
        self._lock = Lock()

    def covering(self, profile: _Profile, *, settles: bool) -> Plan | None:
        """Give a plan that covers a profile, or `None` where there can be none."""
        with self._lock:
            plans = self._plans[settles]
            for made, plan in reversed(plans):
                if all(made[path].covers(known) for path, known in profile.items()):
                    return plan
            if plans:
                last = plans[-1][0]
                profile = {
                    path: last[path].joined(known) or known for path, known in profile.items()
                }
            plan = self._made(profile, settles=settles)
            plans.append((profile, plan))
            del plans[:-MOST_PLANS]
            return plan

    def _made(self, profile: _Profile, *, settles: bool) -> Plan | None:
        try:
            return Plan(self.outline, profile, settles=settles)
        except (NoPlanError, OverflowError, ZeroDivisionError):
            return None


class Floats:
    """What is learnt about one table: which kind of plan serves it."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self._inputs = [i for i in plans.outline.inputs if i.name in plans.outline.needed]
        self._on_decimals = False
        self._useless = False

    def run(
        self,
        batch: Batch,
        spans: Mapping[str, Span],
        outputs: Sequence[Array],
        scratch: Scratch,
    ) -> Iterator[tuple[slice, Batch, NDArray[np.bool_] | None]]:
        """Score a batch where floats can, a block at a time.

        Yields:
            For each block its rows, its inputs, and the rows of it that must be decided elsewhere; `None`:
            all of them.
        """
        plan = profile = None
        if not self._useless and batch.rows:
            profile = self._profile(batch, spans)
            if self._on_decimals:
                profile = _with_decimals(profile, batch)
            plan = self._plans.covering(profile, settles=False)
        if plan is None or profile is None:
            yield slice(0, batch.rows), batch, None
            return
        found = seen = 0
        is_open = not self._on_decimals
        for at, piece in batch.pieces(BLOCK):
            doubtful = plan.run(piece, [values[at] for values in outputs], scratch)
            here = int(np.count_nonzero(doubtful))
            found, seen = found + here, seen + piece.rows
            yield at, piece, doubtful
            if is_open and here >= MANY * piece.rows:
                is_open = False
                finer = self._finer(plan, profile, batch)
                if finer is not None:
                    # What the plan before could not tell says nothing of this one.
                    plan, found, seen = finer, 0, 0
        if found > TOO_MANY * seen:
            self._useless = True

    def settle(
        self,
        batch: Batch,
        spans: Mapping[str, Span],
        outputs: Sequence[Array],
        scratch: Scratch,
    ) -> NDArray[np.bool_] | None:
        """Decide rows that are ambiguous.

        Args:
            batch: The inputs.
            spans: What is known of them, as far as it is.
            outputs: The arrays to fill, one for each published step.
            scratch: Memory of this thread.

        Returns:
            The rows that must be decided elsewhere, or `None`: all of them.
        """
        profile = _with_decimals(self._profile(batch, spans), batch)
        plan = self._plans.covering(profile, settles=True)
        return None if plan is None else plan.run(batch, outputs, scratch)

    # Profiles.

    def _profile(self, batch: Batch, spans: Mapping[str, Span]) -> _Profile:
        found: dict[str, _Known] = {}
        for declared in self._inputs:
            name = declared.name
            column = batch.columns[name]
            if not isinstance(column, Items):
                found[name] = _known(column, spans.get(name))
                continue
            most = int(np.diff(column.offsets).max(initial=0))
            room = float(2 ** max(most - 1, 0).bit_length())
            found[name] = _Known(0.0, room, missing=column.missing is not None)
            for field, values in column.fields.items():
                path = f"{name}.{field}"
                found[path] = _known(values, spans.get(path))
        return found

    # Plans on whole numbers.

    def _finer(self, plan: Plan, profile: _Profile, batch: Batch) -> Plan | None:
        """Turn to a plan on whole numbers, if that is certain of more rows."""
        finer = self._plans.covering(_with_decimals(profile, batch), settles=False)
        if finer is None or finer.decisions >= plan.decisions:
            return None
        self._on_decimals = True
        return finer


def _known(column: Array, span: Span | None) -> _Known:
    if column.dtype.kind != "f":
        return _Known(missing=bool(len(column)) and int(column.min()) < 0)
    if span is None:
        span = Span.of(column)
    if span.low > span.high:
        return _Known(0.0, 0.0, missing=span.missing)
    low, high = _outwards(span.low, up=False), _outwards(span.high, up=True)
    return _Known(low, high, span.missing, digits=0 if span.whole else None)


def _with_decimals(profile: _Profile, batch: Batch) -> _Profile:
    """Say how many decimals numbers have, as far as a sample shows; the plan checks it."""
    found = dict(profile)
    for path, known in profile.items():
        name, _, field = path.partition(".")
        column = batch.columns[name]
        values = column.fields.get(field) if isinstance(column, Items) else column
        if values is None or values.dtype.kind != "f" or known.digits is not None:
            continue
        digits = _decimals(values[:: max(1, len(values) // SAMPLE)])
        if digits is not None:
            found[path] = replace(known, digits=digits, checked=True)
    return found


def _decimals(values: Array) -> int | None:
    there = values[~np.isnan(values)]
    for digits in DECIMALS:
        power = 10.0**digits
        if (np.rint(there * power) / power == there).all():
            return digits
    return None


def _outwards(value: float, *, up: bool) -> float:
    """Give a power of 16, or its opposite, on the far side of a number; zero stays."""
    if value == 0:
        return 0.0
    grows = up == (value > 0)
    power = log2(abs(value)) / 4
    size = 2.0 ** (4 * (ceil(power) if grows else floor(power)))
    # The logarithm is rounded: one step more where it fell on the wrong side.
    if grows and size < abs(value):
        size *= 16
    if not grows and size > abs(value):
        size /= 16
    return size if value > 0 else -size
