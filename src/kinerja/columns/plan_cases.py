"""Cases in a plan: which of several columns a row takes its value from.

What lives here: cases, what stands in for a missing value, and columns joined row by row. What never comes
in: arithmetic, comparisons.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import cast

import numpy as np

from kinerja.columns import kernels as k
from kinerja.columns.bounds import Fact
from kinerja.columns.plan_flags import FlagWriter
from kinerja.columns.plan_numbers import WHOLE
from kinerja.columns.plan_values import Choice, Column, Figure, Truth, Void, unit_of
from kinerja.columns.tape import Register
from kinerja.formula import nodes as n

__all__ = ["CaseWriter"]


class CaseWriter(FlagWriter):
    """Writes choices between columns on a tape."""

    def _where(self, node: n.Where) -> Column:
        kept: list[tuple[Truth, Column]] = []
        found: Column | None = None
        for condition, value in node.cases:
            truth = self.truth(condition)
            if truth.register is None:
                if truth.constant:
                    found = self.column(value)
                    if truth.miss is not None:
                        found = self.gone_where(found, truth.miss)
                    break
                if truth.miss is None:
                    continue
                kept.append((truth, Void()))
                continue
            kept.append((truth, self.column(value)))
        if found is None:
            found = self.column(node.otherwise)
        for truth, column in reversed(kept):
            if truth.register is not None:
                found = self._chosen(truth.register, column, found)
            if truth.miss is not None:
                found = self.gone_where(found, truth.miss)
        return found

    def gone_where(self, column: Column, miss: Register) -> Column:
        """Make a column missing where a flag is set."""
        return self._chosen(miss, Void(), column)

    def _chosen(self, condition: Register, one: Column, other: Column) -> Column:
        """Take `one` where a condition holds, `other` elsewhere."""
        match one, other:
            case Void(), Void():
                return one
            case (Truth(), _) | (_, Truth()):
                return self._chosen_flags(condition, one, other)
            case (Choice(), _) | (_, Choice()):
                return self._chosen_labels(condition, one, other)
        return self._chosen_figures(condition, one, other)

    def _chosen_figures(self, condition: Register, one: Column, other: Column) -> Figure:
        figures = [figure for figure in (one, other) if isinstance(figure, Figure)]
        whole = all(figure.whole for figure in figures)
        units = [figure.scale for figure in figures if figure.scale]
        scale = abs(next((f.scale for f in figures if f.register is not None), Fraction(1)))
        if whole and units:
            scale = unit_of(units)
        sides: list[Register] = []
        fact: Fact | None = None
        nan = len(figures) < 2 or any(figure.nan for figure in figures)  # noqa: PLR2004 - both
        for column in (one, other):
            if not isinstance(column, Figure):
                sides.append(self.tape.constant(float("nan")))
                continue
            register, known = (
                self._signed(column, scale) if column.register else self.floats(column, scale)
            )
            sides.append(register)
            fact = known if fact is None else fact.joined(known)
        fact = cast("Fact", fact)
        whole = whole and not (fact.rel or fact.off) and fact.size < WHOLE
        printed = False
        if len(figures) == 1 and figures[0].scale == scale:
            printed = figures[0].printed
        if self._is_smaller(condition, *sides):
            register = self.tape.add(k.smaller, *sides)
        else:
            register = self.tape.add(k.choose, condition, *sides, elementwise=False)
        if whole:
            # The ends of constants were widened; whole numbers lie between whole numbers.
            fact = Fact(floor(fact.low), ceil(fact.high))
        return Figure(register, scale, fact, whole, printed, nan)

    def _is_smaller(self, condition: Register, one: Register, other: Register) -> bool:
        """Tell whether a case takes the smaller of `r / t` and `2 - r / t`: the nearer the better.

        `r <= t` says the same as `r / t <= 1` where `t` is above 0, and then as `r / t <= 2 - r / t`.
        """
        run, sides = self.tape.made_by(condition)
        if run in (np.greater, np.greater_equal):
            one, other = other, one
        elif run not in (np.less, np.less_equal):
            return False
        mirrored, parts = self.tape.made_by(other)
        divided, ratio = self.tape.made_by(one)
        return (
            mirrored is np.subtract
            and parts[0].constant == 2  # noqa: PLR2004 - see above
            and parts[1] is one
            and divided is np.divide  # by what is above zero, else it is another operation
            and ratio == sides
        )

    def _chosen_flags(self, condition: Register, one: Column, other: Column) -> Truth:
        sides = [side if isinstance(side, Truth) else None for side in (one, other)]
        zero, full = self.tape.constant(0.0), self.tape.constant(1.0)
        values = [zero if side is None else self.flags(side) for side in sides]
        found = self.tape.add(k.choose, condition, *values, kind="?", elementwise=False)
        gone = [full if side is None else side.miss or zero for side in sides]
        if gone == [zero, zero]:
            return Truth(found)
        miss = self.tape.add(k.choose, condition, *gone, kind="?", elementwise=False)
        return self._clean(found, miss)

    def _chosen_labels(self, condition: Register, one: Column, other: Column) -> Choice:
        sides = [side if isinstance(side, Choice) else None for side in (one, other)]
        names = tuple(
            dict.fromkeys(name for side in sides if side is not None for name in side.names)
        )
        codes: list[Register] = []
        for side in sides:
            if side is None:
                codes.append(self.tape.constant(-1.0))
                continue
            renamed = self.renamed(side, names)
            codes.append(self.codes(renamed))
        register = self.tape.add(k.choose, condition, *codes, kind="i2", elementwise=False)
        nan = any(side is None or side.nan for side in sides)
        return Choice(register, names, nan=nan)

    def codes(self, choice: Choice) -> Register:
        """Give a register with the places of labels."""
        if choice.register is None:
            return self.tape.constant(float(choice.constant))
        return choice.register

    def _is_missing(self, column: Column) -> Truth:
        match column:
            case Void():
                return Truth(None, constant=True)
            case Figure() if column.nan and column.register is not None:
                return Truth(self.tape.add(np.isnan, column.register, kind="?", elementwise=False))
            case Choice() if column.nan and column.register is not None:
                run = k.is_negative
                return Truth(self.tape.add(run, column.register, kind="?", elementwise=False))
            case Truth() if column.miss is not None:
                return Truth(column.miss)
        return Truth(None, constant=False)

    def _coalesce(self, node: n.Coalesce) -> Column:
        columns = [self.column(arg) for arg in node.args]
        found = columns[-1]
        for column in reversed(columns[:-1]):
            gone = self._is_missing(column)
            if gone.register is None:
                found = found if gone.constant else column
                continue
            found = self._filled(self._chosen(gone.register, found, column), found)
        return found

    def _filled(self, joined: Column, last: Column) -> Column:
        """Say that nothing is missing where the last resort never is."""
        if isinstance(joined, Truth) or isinstance(last, (Truth, Void)):
            return joined
        nan = last.nan
        return replace(joined, nan=nan) if isinstance(joined, (Figure, Choice)) else joined
