"""The plan that also decides: whole numbers beside the floats, where the floats cannot tell.

What lives here: a writer that settles ties instead of marking them. What never comes in: data.

Beside the floats of a formula this writer can write its numerator and denominator in int64, modulo 2**64,
as `residues` explains. It is made for the common shapes of policies (sums, products, ratios with a
positive divisor, limits, cases) of inputs that are short decimals; a formula of any other shape has no
such plan, and `decide` takes its rows. It runs on rows that a plan of floats found ambiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Final, cast

import numpy as np

from kinerja.columns import kernels as k
from kinerja.columns import settle
from kinerja.columns.plan import Writer
from kinerja.columns.plan_values import Column, Figure, NoPlanError, Truth, Void, is_short, unit_of
from kinerja.columns.residues import wrap
from kinerja.columns.tape import Kind, Register, Tape
from kinerja.formula import nodes as n

__all__ = ["ExactWriter"]

#: Whole numbers surely below this are themselves, not only their residues.
SURE: Final = 2.0**62


@dataclass(frozen=True, slots=True)
class Ratio:
    """A column of numbers: `scale * num / den`.

    Attributes:
        num: int64, modulo 2**64; `None`: 1.
        scale: Constant factor; not 0 where there is a `num`.
        den: int64, modulo 2**64, above 0; `None`: 1.
        mag: float64, no less than the true `den`, and no less than 1; `None`: 1.
        size: Bound of the true `num`.
        den_size: Bound of the true `den`.
    """

    num: Register | None
    scale: Fraction
    den: Register | None = None
    mag: Register | None = None
    size: float = 1.0
    den_size: float = 1.0


class ExactWriter(Writer):
    """Writes formulas of rows so that ties are decided."""

    def __init__(
        self,
        tape: Tape,
        names: Callable[[str], Column],
        reduce: Callable[[n.Reduce], Column],
        formulas: Mapping[str, n.Node],
        sums: Callable[[n.Reduce], tuple[Figure, Figure]] | None = None,
    ) -> None:
        """Begin with nothing written.

        Args:
            tape: Takes the operations.
            names: Gives inputs and steps.
            reduce: Writes a reduction.
            formulas: Formulas of the steps.
            sums: Writes the sum and the count whose quotient a mean is.
        """
        super().__init__(tape, names, reduce=reduce)
        self._formulas = formulas
        self._sums = sums
        self._ratios: dict[int, tuple[n.Node, Ratio]] = {}
        self._integers: dict[Register, Register] = {}

    def _ratio(self, node: n.Node) -> Ratio:
        """Write a formula of a number in whole numbers."""
        known = self._ratios.get(id(node))
        if known is None:
            known = (node, self._written_ratio(node))
            if not is_short(known[1].scale):
                raise NoPlanError
            self._ratios[id(node)] = known
        return known[1]

    def _written_ratio(self, node: n.Node) -> Ratio:  # noqa: C901, PLR0911 - one case a node
        figure = self.figure(node)
        if figure.register is None:
            return Ratio(None, figure.scale)
        if figure.whole:
            num = self._whole(figure.register)
            return Ratio(num, figure.scale, size=figure.fact.size + 1)
        match node:
            case n.Named():
                return self._ratio(node.value)
            case n.Ref():
                if node.name not in self._formulas:
                    raise NoPlanError  # an input that is no short decimal
                return self._ratio(self._formulas[node.name])
            case n.Add():
                return self._ratio_sum([self._ratio(term) for term in node.terms])
            case n.Subtract():
                right = self._ratio(node.right)
                left = self._ratio(node.left)
                return self._ratio_sum([left, replace(right, scale=-right.scale)])
            case n.Multiply():
                return self._ratio_product([self._ratio(factor) for factor in node.factors])
            case n.Divide():
                return self._ratio_quotient(node)
            case n.Clip():
                return self._ratio_clip(node)
            case n.Where():
                return self._ratio_where(node)
            case n.Reduce("mean" | "trimmed_mean"):
                return self._ratio_mean(node)
        raise NoPlanError

    def _whole(self, register: Register) -> Register:
        if register not in self._integers:
            self._integers[register] = self.tape.add(
                settle.integers, register, kind="i8", elementwise=False
            )
        return self._integers[register]

    # Arithmetic.

    def _times(self, num: Register | None, factor: int) -> Register:
        """Multiply whole numbers by a constant."""
        if num is None:
            return self.tape.constant_integer(wrap(factor))
        if factor == 1:
            return num
        constant = self.tape.constant_integer(wrap(factor))
        return self.tape.add(np.multiply, num, constant, kind="i8")

    def _product_of(
        self, one: Register | None, other: Register | None, kind: Kind
    ) -> Register | None:
        if one is None or other is None:
            return one or other
        return self.tape.add(np.multiply, one, other, kind=kind)

    def _ratio_sum(self, terms: Sequence[Ratio]) -> Ratio:
        found: Ratio | None = None
        for term in terms:
            if not term.scale:
                continue
            found = term if found is None else self._two_added(found, term)
        return Ratio(None, Fraction(0)) if found is None else found

    def _two_added(self, one: Ratio, other: Ratio) -> Ratio:
        if one.num is None and other.num is None and one.den is None and other.den is None:
            return Ratio(None, one.scale + other.scale)
        unit = unit_of([one.scale, other.scale])
        up, over = (one.scale / unit).numerator, (other.scale / unit).numerator
        left, right = self._times(one.num, up), self._times(other.num, over)
        size, right_size = one.size * abs(up), other.size * abs(over)
        if one.den is other.den:
            num = self.tape.add(np.add, left, right, kind="i8")
            return Ratio(num, unit, one.den, one.mag, size + right_size, one.den_size)
        if other.den is not None:
            left = self.tape.add(np.multiply, left, other.den, kind="i8")
        if one.den is not None:
            right = self.tape.add(np.multiply, right, one.den, kind="i8")
        num = self.tape.add(np.add, left, right, kind="i8")
        return Ratio(
            num,
            unit,
            self._product_of(one.den, other.den, "i8"),
            self._product_of(one.mag, other.mag, "f8"),
            size * other.den_size + right_size * one.den_size,
            one.den_size * other.den_size,
        )

    def _ratio_product(self, factors: Sequence[Ratio]) -> Ratio:
        found = Ratio(None, Fraction(1))
        for factor in factors:
            found = Ratio(
                self._product_of(found.num, factor.num, "i8"),
                found.scale * factor.scale,
                self._product_of(found.den, factor.den, "i8"),
                self._product_of(found.mag, factor.mag, "f8"),
                found.size * factor.size,
                found.den_size * factor.den_size,
            )
        return found if found.scale else Ratio(None, Fraction(0))

    def _ratio_quotient(self, node: n.Divide) -> Ratio:
        top, bottom = self._ratio(node.numerator), self._ratio(node.denominator)
        figure = self.figure(node.denominator)
        if bottom.num is None and bottom.den is None:
            if not bottom.scale:
                raise NoPlanError
            return replace(top, scale=top.scale / bottom.scale)
        # A whole divisor that is zero makes the float missing, and then nothing is settled.
        positive = figure.fact.low > 0 or (figure.fact.low >= 0 and figure.whole)
        if not positive or figure.scale < 0 or bottom.scale < 0:
            raise NoPlanError
        mag = self._magnitude(figure, bottom)
        num, den, den_mag = top.num, bottom.num, mag
        size, den_size = top.size, bottom.size
        if top.den is not bottom.den:
            num = self._product_of(num, bottom.den, "i8")
            den = self._product_of(den, top.den, "i8")
            den_mag = cast("Register", self._product_of(mag, top.mag, "f8"))
            size, den_size = size * bottom.den_size, den_size * top.den_size
        return Ratio(num, top.scale / bottom.scale, den, den_mag, size, den_size)

    def _magnitude(self, figure: Figure, ratio: Ratio) -> Register:
        """Give floats that are no less than the true numerators of positive numbers."""
        if figure.whole and figure.scale > 0:
            return cast("Register", figure.register)
        floats, _ = self.floats(figure, ratio.scale)
        if ratio.mag is not None:
            floats = self.tape.add(np.multiply, floats, ratio.mag)
        # The float is off by a small share, and the numerator is at least 1.
        wider = self.tape.constant(1 + 2.0**-9)
        return self.tape.add(np.multiply, floats, wider)

    def _ratio_clip(self, node: n.Clip) -> Ratio:
        found = self._ratio(node.value)
        for edge, run in ((node.low, k.larger), (node.high, k.smaller)):
            if edge is None:
                continue
            limit = self._ratio(edge)
            if limit.num is not None or limit.den is not None or found.scale < 0:
                raise NoPlanError
            if found.num is None:
                raise NoPlanError
            # num / den against top / bottom: num * bottom against top * den.
            step = limit.scale / found.scale
            top, bottom = step.numerator, step.denominator
            size = max(found.size * bottom, abs(top) * found.den_size)
            if not size < SURE:
                raise NoPlanError
            value = self._times(found.num, bottom)
            at = self._times(found.den, top)
            num = self.tape.add(run, value, at, kind="i8")
            found = replace(found, num=num, scale=found.scale / bottom, size=size)
        return found

    def _ratio_where(self, node: n.Where) -> Ratio:
        found: Ratio | None = None
        kept: list[tuple[Truth, Ratio]] = []
        for condition, value in node.cases:
            truth = self.truth(condition)
            if truth.miss is not None:
                raise NoPlanError
            if truth.register is None and not truth.constant:
                continue
            # Where a case is missing so is the float, and nothing is settled.
            case = None if isinstance(self.column(value), Void) else self._ratio(value)
            if truth.register is None:
                if case is None:
                    raise NoPlanError
                found = case
                break
            if case is not None:
                kept.append((truth, case))
        if found is None:
            found = self._ratio(node.otherwise)
        for truth, ratio in reversed(kept):
            found = self._ratio_chosen(cast("Register", truth.register), ratio, found)
        return found

    def _ratio_mean(self, node: n.Reduce) -> Ratio:
        if self._sums is None:
            raise NoPlanError
        total, count = self._sums(node)
        if not total.whole or total.register is None or count.register is None:
            raise NoPlanError
        return Ratio(
            self._whole(total.register),
            total.scale,
            self._whole(count.register),
            count.register,
            total.fact.size + 1,
            count.fact.size + 1,
        )

    def _ratio_chosen(self, condition: Register, one: Ratio, other: Ratio) -> Ratio:
        scales = [ratio.scale for ratio in (one, other) if ratio.scale]
        unit = unit_of(scales) if scales else Fraction(1)
        nums = [self._times(r.num, (r.scale / unit).numerator) for r in (one, other)]
        num = self.tape.add(settle.choose, condition, *nums, kind="i8", elementwise=False)
        size = max(r.size * abs((r.scale / unit).numerator) for r in (one, other))
        if one.den is other.den:
            return Ratio(num, unit, one.den, one.mag, size, one.den_size)
        dens = [
            self.tape.constant_integer(np.int64(1)) if r.den is None else r.den
            for r in (one, other)
        ]
        mags = [self.tape.constant(1.0) if r.mag is None else r.mag for r in (one, other)]
        den = self.tape.add(settle.choose, condition, *dens, kind="i8", elementwise=False)
        mag = self.tape.add(k.choose, condition, *mags, elementwise=False)
        return Ratio(num, unit, den, mag, size, max(one.den_size, other.den_size))

    # Decisions.

    def settle_rounding(self, node: n.Round, register: Register, error: float) -> Register:
        """Round floats; near ties, whole numbers decide."""
        ratio = self._ratio(node.value)
        step = ratio.scale * Fraction(10) ** node.rounding.digits
        run = partial(
            settle.rounding,
            mode=node.rounding.mode,
            error=error,
            top=step.numerator,
            bottom=step.denominator,
        )
        return self._settled(run, register, ratio, kind="f8")

    def settle_compare(
        self,
        op: n.Comparison,
        register: Register,
        point: tuple[float, float],
        nodes: tuple[n.Node, n.Node],
        scale: Fraction,
    ) -> Register:
        """Compare floats; near the point, whole numbers decide."""
        left, right = (self._ratio(node) for node in nodes)
        gap = self._ratio_sum([left, replace(right, scale=-right.scale)])
        if gap.num is None:
            raise NoPlanError
        near, doubt = point
        run = partial(
            settle.comparison,
            op=op,
            near=near,
            doubt=doubt,
            unit=abs(float(scale / gap.scale)),
            turned=(scale > 0) != (gap.scale > 0),
        )
        return self._settled(run, register, gap, kind="?")

    def _settled(
        self, run: Callable[..., object], register: Register, ratio: Ratio, *, kind: Kind
    ) -> Register:
        if ratio.num is None:
            raise NoPlanError
        den = self.tape.constant_integer(np.int64(1)) if ratio.den is None else ratio.den
        mag = self.tape.constant(1.0) if ratio.mag is None else ratio.mag
        marks = self.tape.marks(register.level)
        return self.tape.add(
            run, register, ratio.num, den, mag, marks, kind=kind, elementwise=False
        )
