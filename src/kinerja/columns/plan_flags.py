"""Conditions in a plan: comparisons of floats, and the logic of flags that may be missing.

What lives here: what is compared how, and which rows that leaves ambiguous. What never comes in: cases,
tables.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import ceil, floor
from typing import cast

import numpy as np

from kinerja.columns import kernels as k
from kinerja.columns.bounds import HUGE, as_float
from kinerja.columns.plan_numbers import NumberWriter
from kinerja.columns.plan_values import Choice, Column, Figure, NoPlanError, Truth, always
from kinerja.columns.tape import Register
from kinerja.exact import exact
from kinerja.formula import nodes as n

__all__ = ["FlagWriter"]


class FlagWriter(NumberWriter):
    """Writes operations on flags on a tape."""

    @abstractmethod
    def column(self, node: n.Node) -> Column:
        """Write a formula."""

    @abstractmethod
    def truth(self, node: n.Node) -> Truth:
        """Write a formula of a flag."""

    def _compare(self, node: n.Compare) -> Column:
        left, right = self.column(node.left), self.column(node.right)
        match left, right:
            case Figure(), Figure():
                return self._compared(node.op, left, right, (node.left, node.right))
            case Choice(), Choice():
                return self._compared_labels(node, left, right)
            case Truth(), Truth():
                return self._compared_flags(node.op, left, right)
        raise NoPlanError

    def _compared(
        self, op: n.Comparison, left: Figure, right: Figure, nodes: tuple[n.Node, n.Node]
    ) -> Truth:
        """Compare numbers."""
        if left.register is None and right.register is None:
            return Truth(None, k.COMPARE[op](left.scale, right.scale))
        if left.register is None:
            return self._compared(k.MIRROR[op], right, left, nodes[::-1])
        miss = self._gone(left, right)
        if right.register is None:
            return self._with_miss(op, self._compared_at(op, left, right.scale, nodes), miss)
        same = left.scale == right.scale and left.scale > 0
        if same and ((left.whole and right.whole) or (left.printed and right.printed)):
            register = self.tape.add(
                k.COMPARE_ARRAYS[op], left.register, right.register, kind="?", elementwise=False
            )
            return self._with_miss(op, Truth(register), miss)
        gap = self._sum([left, replace(right, scale=-right.scale)])
        if gap.register is None:
            return Truth(None, k.COMPARE[op](gap.scale, 0))
        return self._with_miss(op, self._compared_at(op, gap, Fraction(0), nodes), miss)

    def _with_miss(self, op: n.Comparison, truth: Truth, miss: Register | None) -> Truth:
        if op == "!=" and truth.register is not None:
            # The one comparison with NaN that holds.
            return self._clean(truth.register, miss)
        return replace(truth, miss=miss)

    def _gone(self, *figures: Figure) -> Register | None:
        found: Register | None = None
        for figure in figures:
            if figure.nan and figure.register is not None:
                gone = self.tape.add(np.isnan, figure.register, kind="?", elementwise=False)
                found = (
                    gone if found is None else self.tape.add(np.logical_or, found, gone, kind="?")
                )
        return found

    def _compared_at(
        self, op: n.Comparison, left: Figure, value: Fraction, nodes: tuple[n.Node, n.Node]
    ) -> Truth:
        """Compare numbers with a constant; `nodes` are the formulas whose difference is compared."""
        at = value / left.scale
        if left.scale < 0:
            op = k.MIRROR[op]
        fact = left.fact
        decided = always(op, fact, at)
        if decided is not None:
            return Truth(None, decided)
        register = cast("Register", left.register)
        if left.whole:
            if op in ("==", "!=") and at.denominator != 1:
                return Truth(None, op == "!=")
            near = float(ceil(at) if op in ("<", ">=") else floor(at))
        elif left.printed:
            near = float(at)
            printed = exact(near)
            if printed != at:
                if op in ("==", "!="):
                    return Truth(None, op == "!=")
                above = printed > at
                op = (
                    {"<": "<", "<=": "<", ">": ">=", ">=": ">="}[op]
                    if above
                    else {  # type: ignore[assignment]
                        "<": "<=",
                        "<=": "<=",
                        ">": ">",
                        ">=": ">",
                    }[op]
                )
        else:
            near, _ = as_float(at)
            doubt = fact.near(near)
            if not doubt < HUGE:
                raise NoPlanError
            return Truth(self.settle_compare(op, register, (near, doubt), nodes, left.scale))
        found = self.tape.add(
            k.COMPARE_ARRAYS[op], register, self.tape.constant(near), kind="?", elementwise=False
        )
        return Truth(found)

    def settle_compare(
        self,
        op: n.Comparison,
        register: Register,
        point: tuple[float, float],
        nodes: tuple[n.Node, n.Node],  # noqa: ARG002 - read by the writer that decides
        scale: Fraction,  # noqa: ARG002 - read by the writer that decides
    ) -> Register:
        """Compare floats with a point, and see to those that lie near it.

        Args:
            op: The comparison.
            register: The numbers.
            point: The point, and how near to it a number may be on the wrong side.
            nodes: The formulas whose difference the numbers tell.
            scale: The difference is the distance from the point times this.
        """
        near, doubt = point
        self._doubt(partial(k.mark_near, at=near, limit=doubt), register)
        return self.tape.add(
            k.COMPARE_ARRAYS[op], register, self.tape.constant(near), kind="?", elementwise=False
        )

    def _compared_labels(self, node: n.Compare, left: Choice, right: Choice) -> Truth:
        if not left.names or not right.names:
            raise NoPlanError  # as in `renamed`
        names = tuple(dict.fromkeys((*(node.order or ()), *left.names, *right.names)))
        one, other = self.renamed(left, names), self.renamed(right, names)
        if one.register is None and other.register is None:
            return Truth(None, k.COMPARE[node.op](one.constant, other.constant))
        miss: Register | None = None
        for side in (one, other):
            if side.register is not None and side.nan:
                gone = self.tape.add(k.is_negative, side.register, kind="?", elementwise=False)
                miss = gone if miss is None else self.tape.add(np.logical_or, miss, gone, kind="?")
        places = [
            self.tape.constant(float(side.constant)) if side.register is None else side.register
            for side in (one, other)
        ]
        found = self.tape.add(k.COMPARE_ARRAYS[node.op], *places, kind="?", elementwise=False)
        return self._clean(found, miss)

    def _clean(self, register: Register, miss: Register | None) -> Truth:
        """Make a flag `False` where it is missing."""
        if miss is None:
            return Truth(register)
        return Truth(self.tape.add(np.greater, register, miss, kind="?"), miss=miss)

    def _compared_flags(self, op: n.Comparison, left: Truth, right: Truth) -> Truth:
        if (
            left.register is None
            and left.miss is None
            and right.register is None
            and right.miss is None
        ):
            return Truth(None, k.COMPARE[op](left.constant, right.constant))
        miss = self._either(left.miss, right.miss)
        run = {"==": np.equal, "!=": np.not_equal}.get(op)
        if run is None:
            raise NoPlanError
        sides = [self.flags(side) for side in (left, right)]
        return self._clean(self.tape.add(run, *sides, kind="?"), miss)

    def _either(self, one: Register | None, other: Register | None) -> Register | None:
        if one is None or other is None:
            return one or other
        return self.tape.add(np.logical_or, one, other, kind="?")

    def flags(self, truth: Truth) -> Register:
        """Give a register with the flags."""
        if truth.register is not None:
            return truth.register
        return self.tape.constant(float(truth.constant))

    def _not(self, truth: Truth) -> Truth:
        if truth.register is None:
            return replace(truth, constant=not truth.constant)
        turned = self.tape.add(np.logical_not, truth.register, kind="?")
        return self._clean(turned, truth.miss)

    def _decide(self, args: Sequence[n.Node], *, deciding: bool) -> Truth:  # noqa: C901 - one case a kind of argument
        """Join flags; one that decides does so whatever is missing."""
        open_: list[Truth] = []
        for arg in args:
            truth = self.truth(arg)
            if truth.register is None and truth.miss is None:
                if truth.constant is deciding:
                    return truth
                continue
            open_.append(truth)
        if not open_:
            return Truth(None, not deciding)
        if len(open_) == 1:
            return open_[0]
        miss: Register | None = None
        hits: Register | None = None
        for truth in open_:
            miss = self._either(miss, truth.miss)
            hit = self._hit(truth, deciding=deciding)
            if hit is not None:
                hits = hit if hits is None else self.tape.add(np.logical_or, hits, hit, kind="?")
        if hits is None:
            return Truth(None, not deciding, miss)
        if miss is not None:
            miss = self.tape.add(np.greater, miss, hits, kind="?")
        if deciding:
            return Truth(hits, miss=miss)
        return self._clean(self.tape.add(np.logical_not, hits, kind="?"), miss)

    def _hit(self, truth: Truth, *, deciding: bool) -> Register | None:
        """Give where a flag is there and decides."""
        if truth.register is None:
            if truth.constant is not deciding:
                return None
            return self.tape.add(np.logical_not, cast("Register", truth.miss), kind="?")
        if deciding:
            return truth.register
        turned = self.tape.add(np.logical_not, truth.register, kind="?")
        return (
            turned
            if truth.miss is None
            else self.tape.add(np.greater, turned, truth.miss, kind="?")
        )

    def renamed(self, choice: Choice, names: tuple[str, ...]) -> Choice:
        """Give the same labels as places in other names that hold all of them."""
        if choice.names == names:
            return choice
        if not choice.names:
            raise NoPlanError  # codes of texts mean nothing outside their own column
        places = [names.index(name) for name in choice.names]
        if choice.register is None:
            return Choice(None, names, places[choice.constant])
        if places == list(range(len(places))):
            return replace(choice, names=names)
        table = np.array([*places, -1], np.int16)
        register = self.tape.add(
            partial(k.look_up, table=table), choice.register, kind="i2", elementwise=False
        )
        return Choice(register, names, nan=choice.nan)
