"""Bands and tables in a plan.

What lives here: which band a number lies in, and which cell belongs to which keys. What never comes in:
arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Any, cast

import numpy as np

from kinerja.columns import kernels as k
from kinerja.columns.bounds import Fact
from kinerja.columns.plan_cases import CaseWriter
from kinerja.columns.plan_numbers import WHOLE
from kinerja.columns.plan_values import (
    Choice,
    Column,
    Figure,
    NoPlanError,
    Truth,
    Void,
    unit_of,
)
from kinerja.columns.tape import Register
from kinerja.formula import nodes as n

__all__ = ["TableWriter"]


class TableWriter(CaseWriter):
    """Writes bands and tables on a tape."""

    def _band(self, node: n.Band) -> Choice:  # noqa: C901, PLR0912 - one case a kind of end
        """Count the ends that a number has passed."""
        value, bands = self.figure(node.value), node.bands
        closed = bands.closed()
        names = tuple(dict.fromkeys(band.label for band in closed))
        if value.register is None:
            found = bands.find(value.scale)
            if found is None:
                raise NoPlanError
            return Choice(None, names, names.index(found.label))
        ends: list[tuple[Fraction, bool]] = []  # an end, and whether the number on it is below
        places: list[int] = [-1]
        for band in closed:
            low = (cast("Fraction", band.interval.low), band.interval.low_open)
            if band.interval.low is None:
                places = [names.index(band.label)]
            elif ends and ends[-1] == low:
                places[-1] = names.index(band.label)
            else:
                ends.append(low)
                places.append(names.index(band.label))
            if band.interval.high is not None:
                ends.append((band.interval.high, not band.interval.high_open))
                places.append(-1)
        base = 0
        passed: list[Register] = []
        for end, is_open in ends:
            truth = self._compared_at(
                ">" if is_open else ">=", value, end, (node.value, n.Number(end))
            )
            if truth.register is None:
                base += truth.constant
            else:
                passed.append(truth.register)
        nan = value.nan
        window = places[base : base + len(passed) + 1]
        if not passed and not nan:
            if window[0] < 0:
                raise NoPlanError
            return Choice(None, names, window[0])
        table = np.array(window, np.int16)
        straight = window == list(range(window[0], window[0] + len(window))) and window[0] >= 0
        register = self.tape.add(
            partial(k.count, start=window[0] if straight else 0),
            *passed,
            kind="i2",
            level=value.register.level,
            elementwise=False,
        )
        if not straight:
            register = self.tape.add(
                partial(k.look_up, table=table), register, kind="i2", elementwise=False
            )
        if nan:
            register = self.tape.add(
                k.unless_nan, register, value.register, kind="i2", elementwise=False
            )
        return Choice(register, names, nan=nan or -1 in window)

    def _lookup(self, node: n.Lookup) -> Column:
        table = dict(node.rows)
        keys: list[tuple[Register, tuple[str | bool, ...]]] = []
        for key in node.keys:
            column = self.column(key)
            match column:
                case Choice():
                    keys.append((self.codes(column), column.names))
                case Truth() if column.miss is None:
                    keys.append((self.flags(column), (False, True)))
                case Truth():
                    miss = cast("Register", column.miss)
                    codes = self.tape.add(
                        k.choose,
                        miss,
                        self.tape.constant(-1.0),
                        self.flags(column),
                        kind="i2",
                        elementwise=False,
                    )
                    keys.append((codes, (False, True)))
                case _:
                    raise NoPlanError
        # Each key has one more place, for a missing one: the last, which -1 means too.
        names: list[tuple[str | bool | None, ...]] = [()]
        for _, values in keys:
            names = [(*before, value) for before in names for value in (*values, None)]
        cells = [None if None in name else table.get(cast("Any", name)) for name in names]
        if all(register.constant is not None for register, _ in keys):
            raise NoPlanError
        place = self.tape.add(
            partial(k.place, sizes=tuple(len(values) + 1 for _, values in keys)),
            *(register for register, _ in keys),
            kind="i8",
            level=next(r.level for r, _ in keys if r.constant is None),
            elementwise=False,
        )
        return self._cells(cells, place)

    def _cells(self, cells: Sequence[n.Node | None], place: Register) -> Column:
        there = [cell for cell in cells if isinstance(cell, (n.Number, n.Label, n.Truth))]
        if not there:
            return Void()
        nan = len(there) < len(cells)
        match there[0]:
            case n.Number():
                values = [c.value for c in there if isinstance(c, n.Number)]
                unit = unit_of([v for v in values if v] or [Fraction(1)])
                if not all(abs(v / unit) < int(WHOLE) for v in values):
                    raise NoPlanError
                figures = np.array(
                    [float(c.value / unit) if isinstance(c, n.Number) else np.nan for c in cells]
                )
                run = partial(k.look_up, table=figures)
                register = self.tape.add(run, place, elementwise=False)
                ends = [float(v / unit) for v in values]
                return Figure(register, unit, Fact(min(ends), max(ends)), whole=True, nan=nan)
            case n.Truth():
                yes = np.array([isinstance(c, n.Truth) and c.value for c in cells])
                run = partial(k.look_up, table=yes)
                found = self.tape.add(run, place, kind="?", elementwise=False)
                if not nan:
                    return Truth(found)
                gone = np.array([not isinstance(c, n.Truth) for c in cells])
                run = partial(k.look_up, table=gone)
                return Truth(found, miss=self.tape.add(run, place, kind="?", elementwise=False))
        names = tuple(dict.fromkeys(c.value for c in there if isinstance(c, n.Label)))
        codes = np.array(
            [names.index(c.value) if isinstance(c, n.Label) else -1 for c in cells], np.int16
        )
        run = partial(k.look_up, table=codes)
        return Choice(self.tape.add(run, place, kind="i2", elementwise=False), names, nan=nan)
