"""Arithmetic in a plan: which operations a formula of numbers becomes, and what is known of the result.

What lives here: sums, products, quotients, limits and roundings. What never comes in: conditions, labels.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import ceil, floor
from typing import Final, cast

import numpy as np

from kinerja.columns import kernels as k
from kinerja.columns.bounds import Fact, U, as_float, of_constant
from kinerja.columns.plan_values import Figure, NoPlanError, constant, unit_of
from kinerja.columns.tape import Register, Tape
from kinerja.exact import Rounding, exact
from kinerja.formula import nodes as n

__all__ = ["NumberWriter"]

#: Whole numbers below this stay whole in one more operation.
WHOLE: Final = 2.0**52
#: A quotient of whole numbers below this is rounded as the exact one is.
QUOTIENT: Final = 2.0**49
#: Divisors so much smaller than the largest are left to be decided elsewhere.
SMALL: Final = 2.0**-10


class NumberWriter(ABC):
    """Writes operations on numbers on a tape.

    Attributes:
        tape: Takes the operations.
        decisions: How many decisions may be ambiguous.
    """

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.decisions = 0

    @abstractmethod
    def figure(self, node: n.Node) -> Figure:
        """Write a formula of a number."""

    def _doubt(self, run: Callable[..., object], register: Register) -> None:
        self.decisions += 1
        self.tape.doubt(run, register)

    def floats(self, figure: Figure, scale: Fraction = Fraction(1)) -> tuple[Register, Fact]:
        """Give a register with the numbers divided by `scale`, and what is known of it."""
        factor = figure.scale / scale
        if figure.register is None:
            near, _ = as_float(factor)
            return self.tape.constant(near), of_constant(factor)
        if factor == 1:
            return figure.register, figure.fact
        if figure.whole and factor.denominator == 1:
            times = self._whole_times(figure, factor.numerator)
            if times is not None:
                return times
        near, _ = as_float(factor)
        return (
            self.tape.add(np.multiply, figure.register, self.tape.constant(near)),
            figure.fact.scaled(near),
        )

    def _whole_times(self, figure: Figure, factor: int) -> tuple[Register, Fact] | None:
        """Multiply whole numbers by a whole number, if they stay exact."""
        fact = figure.fact
        if figure.register is None or not fact.size * abs(factor) < WHOLE:
            return None
        ends = sorted((fact.low * factor, fact.high * factor))
        if factor == 1:
            return figure.register, fact
        register = self.tape.add(np.multiply, figure.register, self.tape.constant(float(factor)))
        return register, Fact(ends[0], ends[1])

    def _sum(self, terms: Sequence[Figure]) -> Figure:
        plain = sum((term.scale for term in terms if term.register is None), Fraction(0))
        rest = [term for term in terms if term.register is not None]
        if not rest:
            return constant(plain)
        nan = any(term.nan for term in rest)
        if len(rest) == 1 and not plain:
            return rest[0]
        whole = self._whole_sum(rest, plain, nan=nan)
        if whole is not None:
            return whole
        scale = abs(rest[0].scale)
        if len(rest) == 1 and rest[0].scale < 0:
            # A constant less a number is one operation.
            register, other = self.floats(constant(plain), scale)
            number = cast("Register", rest[0].register)
            total = self.tape.add(np.subtract, register, number)
            return Figure(total, scale, other.plus(rest[0].fact.negated()), nan=nan)
        total, fact = self._signed(rest[0], scale)
        if len(rest) == 1:
            register, other = self.floats(constant(plain), scale)
            total, fact = self.tape.add(np.add, total, register), fact.plus(other)
            return Figure(total, scale, fact, nan=nan)
        for term in rest[1:]:
            if term.scale == -scale:
                total = self.tape.add(np.subtract, total, cast("Register", term.register))
                fact = fact.plus(term.fact.negated())
                continue
            register, other = self.floats(term, scale)
            total, fact = self.tape.add(np.add, total, register), fact.plus(other)
        if plain:
            register, other = self.floats(constant(plain), scale)
            total, fact = self.tape.add(np.add, total, register), fact.plus(other)
        return Figure(total, scale, fact, nan=nan)

    def _signed(self, figure: Figure, scale: Fraction) -> tuple[Register, Fact]:
        if figure.scale == -scale:
            return self.tape.add(
                np.negative, cast("Register", figure.register)
            ), figure.fact.negated()
        return self.floats(figure, scale)

    def _whole_sum(self, terms: Sequence[Figure], plain: Fraction, *, nan: bool) -> Figure | None:
        """Add whole numbers of one unit as whole numbers."""
        if not all(term.whole for term in terms):
            return None
        unit = unit_of([term.scale for term in terms] + ([plain] if plain else []))
        size = sum(term.fact.size * abs(float(term.scale / unit)) for term in terms)
        if not size + abs(float(plain / unit)) < WHOLE:
            return None
        total: Register | None = None
        low = high = 0.0
        for term in terms:
            times = (term.scale / unit).numerator
            if times == -1 and total is not None:
                total = self.tape.add(np.subtract, total, cast("Register", term.register))
                low, high = low - term.fact.high, high - term.fact.low
                continue
            found = self._whole_times(term, times)
            if found is None:
                return None
            register, fact = found
            total = register if total is None else self.tape.add(np.add, total, register)
            low, high = low + fact.low, high + fact.high
        if plain:
            shift = float(plain / unit)
            total = self.tape.add(np.add, cast("Register", total), self.tape.constant(shift))
            low, high = low + shift, high + shift
        return Figure(total, unit, Fact(low, high), whole=True, nan=nan)

    def _product(self, factors: Sequence[Figure]) -> Figure:
        scale = Fraction(1)
        found: Figure | None = None
        for factor in factors:
            scale *= factor.scale
            if factor.register is None:
                continue
            if found is None:
                found = replace(factor, scale=Fraction(1))
                continue
            fact = found.fact.times(factor.fact)
            whole = found.whole and factor.whole and fact.size < WHOLE
            if whole:
                fact = Fact(fact.low, fact.high)
            register = self.tape.add(np.multiply, cast("Register", found.register), factor.register)
            found = Figure(register, Fraction(1), fact, whole, nan=found.nan or factor.nan)
        if found is None:
            return constant(scale)
        if not scale:
            if found.nan:
                raise NoPlanError
            return constant(scale)
        return replace(found, scale=scale)

    def _divided(self, node: n.Divide) -> Figure:
        """Write a quotient; `(2t - r) / t` as `2 - r / t`, which is an operation less."""
        divisor = node.denominator
        times, rest = _multiples(node.numerator, divisor)
        bottom = self.figure(divisor)
        if not times or not rest or bottom.register is None:
            return self.quotient(self.figure(node.numerator), bottom)
        terms = [
            replace(self.figure(part), scale=sign * self.figure(part).scale) for sign, part in rest
        ]
        return self._sum([constant(times), self.quotient(self._sum(terms), bottom)])

    def quotient(self, top: Figure, bottom: Figure) -> Figure:
        """Write a quotient; a zero divisor gives a missing value."""
        if bottom.register is None:
            if not bottom.scale:
                raise NoPlanError
            return replace(top, scale=top.scale / bottom.scale) if top.scale else top
        if top.register is None and not top.scale:
            raise NoPlanError
        above = self.tape.constant(1.0) if top.register is None else top.register
        high_fact = Fact(1.0, 1.0) if top.register is None else top.fact
        scale = top.scale / bottom.scale
        nan = top.nan or bottom.nan
        under, fact = bottom.register, bottom.fact
        if fact.low > 0 or fact.high < 0:
            least = min(abs(fact.low), abs(fact.high))
            if not fact.off <= least * 2.0**-20:
                raise NoPlanError
            # Plain division is kept for divisors above zero; see `CaseWriter`.
            plain = fact.low > 0
            run = np.divide if plain else k.divide
            register = self.tape.add(run, above, under, elementwise=plain)
            return Figure(register, scale, high_fact.over(fact, least), nan=nan)
        if bottom.whole:
            least = 1.0
        else:
            least = fact.size * SMALL
            if not fact.off <= least * 2.0**-20:
                raise NoPlanError
            mark = partial(k.mark_small, least=least, zero=not bottom.printed)
            self._doubt(mark, under)
            least /= 2  # of the exact numbers whose floats are not marked
        register = self.tape.add(k.divide, above, under, elementwise=False)
        over = high_fact.over(fact, least)
        return Figure(register, scale, over, nan=True)

    def _extreme(self, args: Sequence[n.Node], *, low: bool) -> Figure:
        found = self.figure(args[0])
        for arg in args[1:]:
            found = self._held(found, self.figure(arg), low=low)
        return found

    def _held(self, value: Figure, edge: Figure, *, low: bool) -> Figure:
        """Hold numbers at an edge: the larger of both where it is the `low` one, else the smaller."""
        if value.register is None:
            if edge.register is None:
                joined = max(value.scale, edge.scale) if low else min(value.scale, edge.scale)
                return constant(joined)
            value, edge = edge, value
        if edge.register is None:
            return self._held_at(value, edge.scale, low=low)
        unit = unit_of([value.scale, edge.scale]) if value.whole and edge.whole else value.scale
        scale = abs(unit)
        one, fact = self._signed(value, scale)
        other, second = self._signed(edge, scale)
        register = self.tape.add(k.larger if low else k.smaller, one, other)
        ends = (
            (max(fact.low, second.low), max(fact.high, second.high))
            if low
            else (min(fact.low, second.low), min(fact.high, second.high))
        )
        both = fact.joined(second)
        whole = value.whole and edge.whole and not (both.rel or both.off)
        return Figure(
            register,
            scale,
            replace(both, low=ends[0], high=ends[1]),
            whole,
            nan=value.nan or edge.nan,
        )

    def _held_between(self, value: Figure, low: Fraction, high: Fraction) -> Figure:
        """Hold numbers between constant limits, in one operation."""
        at_low = self._held_at(value, low, low=True)
        both = self._held_at(at_low, high, low=False)
        if both in (value, at_low) or at_low is value or value.register is None:
            return both
        ends = sorted(as_float(edge / value.scale)[0] for edge in (low, high))
        run = partial(k.hold, low=ends[0], high=ends[1])
        return replace(both, register=self.tape.add(run, value.register))

    def _held_at(self, value: Figure, edge: Fraction, *, low: bool) -> Figure:
        if value.register is None:
            return constant(max(value.scale, edge) if low else min(value.scale, edge))
        limit = edge / value.scale
        if value.scale < 0:
            low = not low
        near, rel = as_float(limit)
        fact = value.fact
        if (fact.low >= near if low else fact.high <= near) and not rel:
            return value
        held = fact.held(near if low else None, None if low else near, rel)
        whole = value.whole and limit.denominator == 1 and abs(limit) < int(WHOLE)
        printed = value.printed and exact(near) == limit
        run = partial(k.at_least if low else k.at_most, limit=near)
        register = self.tape.add(run, value.register)
        if whole:
            held = Fact(held.low, held.high)
        return Figure(register, value.scale, held, whole, printed, value.nan)

    def _rounded(self, node: n.Round) -> Figure:
        """Round numbers as named."""
        value, rounding = self.figure(node.value), node.rounding
        grid = Fraction(10) ** -rounding.digits
        if value.register is None:
            return constant(rounding.apply(value.scale))
        if value.whole:
            step = value.scale / grid
            if step.denominator == 1:
                return value
            found = self._whole_rounded(value, step, rounding)
            if found is not None:
                return found
        register, fact = self.floats(value, grid)
        if not (fact.error < 0.125 and fact.size < WHOLE):  # noqa: PLR2004 - a part of a step
            raise NoPlanError
        ends = Fact(floor(fact.low) - 1.0, ceil(fact.high) + 1.0)
        error = fact.error + 2 * U * (fact.size + 1)
        whole = self.settle_rounding(node, register, error)
        return Figure(whole, grid, ends, whole=True, nan=value.nan)

    def settle_rounding(self, node: n.Round, register: Register, error: float) -> Register:
        """Round floats, and see to those that lie near the point where the rounding turns.

        Args:
            node: What is rounded, and how.
            register: The numbers in units of the last place.
            error: How far they may be off.
        """
        nearest = self.tape.add(np.rint, register)
        gap = self.tape.add(k.distance, register, nearest)
        if node.rounding.mode.startswith("half"):
            self._doubt(partial(k.mark_above, limit=0.5 - error), gap)
            return nearest
        self._doubt(partial(k.mark_at_most, limit=error), gap)
        return self.tape.add(k.DIRECTED[node.rounding.mode], register)

    def _whole_rounded(self, value: Figure, step: Fraction, rounding: Rounding) -> Figure | None:
        """Round quotients of whole numbers: one division tells a tie from its neighbours."""
        fact = value.fact
        if step < 0 or not fact.size * step.numerator < QUOTIENT or step.denominator > QUOTIENT:
            return None
        mode = rounding.mode
        if mode in ("half_down", "up") and not (fact.low >= 0 or fact.high <= 0):
            return None
        times = self._whole_times(value, step.numerator)
        if times is None:
            return None
        divisor = self.tape.constant(float(step.denominator))
        quotient = self.tape.add(np.divide, times[0], divisor)
        positive = True if fact.low >= 0 else False if fact.high <= 0 else None
        whole = self.tape.add(k.rounding(mode, positive=positive), quotient)
        low, high = (float(end) * float(step) for end in (fact.low, fact.high))
        ends = Fact(floor(low) - 1.0, ceil(high) + 1.0)
        grid = Fraction(10) ** -rounding.digits
        return Figure(whole, grid, ends, whole=True, nan=value.nan)


def _multiples(top: n.Node, divisor: n.Node) -> tuple[Fraction, list[tuple[int, n.Node]]]:
    """Split a sum into a multiple of a formula and what is left, each part with its sign."""
    parts: list[tuple[int, n.Node]]
    match top:
        case n.Add():
            parts = [(1, term) for term in top.terms]
        case n.Subtract():
            parts = [(1, top.left), (-1, top.right)]
        case _:
            return Fraction(0), []
    times = Fraction(0)
    rest: list[tuple[int, n.Node]] = []
    for sign, part in parts:
        match part:
            case n.Multiply((n.Number(value), other)) if other is divisor:
                times += sign * value
            case n.Multiply((other, n.Number(value))) if other is divisor:
                times += sign * value
            case _ if part is divisor:
                times += sign
            case _:
                rest.append((sign, part))
    return times, rest
