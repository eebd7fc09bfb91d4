"""What becomes of the results of a table when it is scored by another policy: counted on arrays.

What lives here: who has which label before and after, by unit; by how much a number moves, exactly. What
never comes in: files, words, explanations; `movers` chooses the few rows that are named.

Numbers are compared as whole numbers over one denominator (see `answers`), so every difference is exact.
Rows for which a float64 does not tell its exact number are told by the exact scorer, one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.answers import Fixed, fixed_numbers
from kinerja.columns.frames import open_frame
from kinerja.columns.movers import STAY, Movers
from kinerja.columns.outputs import STATUSES
from kinerja.columns.parts import Coded, Numbers, Part
from kinerja.columns.table import TableResult
from kinerja.exact import exact
from kinerja.formula.types import LabelType
from kinerja.result import Result
from kinerja.scorer.program import Program

__all__ = [
    "Moves",
    "Side",
    "TableSide",
    "TooManyUnitsError",
    "blocks",
    "refused_by_both",
    "side_of_results",
    "unit_codes",
]

#: Rows of a table that are taken at once: what is computed of them stays in the cache.
BLOCK: Final = 1 << 17
#: Most units that are told apart.
MOST_UNITS: Final = 10_000
#: Whole numbers below this stay whole numbers when they are scaled and subtracted.
SURE: Final = 2**61
#: Sums of whole numbers below this are exact in float64, and many of them in int64.
SUMMED: Final = 2**50
#: Widest span of differences that is counted in an array.
SPAN: Final = 1 << 22

Codes = NDArray[np.int64]


class TooManyUnitsError(ValueError):
    """There are more units than can be told apart."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one policy gives for some rows.

    Attributes:
        statuses: Places in `STATUSES`.
        labels: Places in the scale of the label step, -1 where there is none; `None` without such a step.
        numbers: The numbers as whole numbers; `None` without such a step.
        exactly: Numbers that the exact scorer gave, by row; they stand in place of `numbers`.
    """

    statuses: NDArray[Any]
    labels: NDArray[Any] | None
    numbers: Fixed | None
    exactly: Mapping[int, Fraction | None]


def blocks(rows: int) -> Iterator[tuple[int, int]]:
    """Give the first and the last row of each part of a table that is taken at once."""
    return ((start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK))


class TableSide:
    """What one policy gives for a table, part by part.

    Args:
        result: Its results.
        program: The policy.
        label: The step whose label is looked at.
        number: The step whose number is looked at.
        units: What `Units` proved of the table.
    """

    def __init__(
        self,
        result: TableResult,
        program: Program,
        *,
        label: str | None,
        number: str | None,
        units: Mapping[str, int],
    ) -> None:
        self._result = result
        self._program = program
        self._label = label
        self._number = number
        self._units = units
        self._frame = open_frame(result.frame)

    def rows(self, start: int, stop: int) -> Side:
        """Give some rows; what is told by row is told by its place among them."""
        frame, program = self._frame, self._program
        statuses = _codes(frame.part("status", start, stop), STATUSES)
        labels = None
        if self._label is not None:
            labels = _codes(frame.part(self._label, start, stop), _scale(program, self._label))
        number = self._number
        if number is None:
            return Side(statuses, labels, None, {})
        values = cast("Numbers", frame.part(number, start, stop))
        floats = values.values
        if values.missing is not None:
            floats = np.where(values.missing, np.nan, floats)
        numbers, unsure = fixed_numbers(floats, program.step(number), self._units)
        exactly: dict[int, Fraction | None] = {}
        if unsure is not None:
            places = np.flatnonzero(unsure & (statuses != STATUSES.index("refused"))).tolist()
            exactly = {at: _exact(self._result.score(start + at), number) for at in places}
        return Side(statuses, labels, cast("Fixed", numbers), exactly)


def side_of_results(
    results: Sequence[Result | None], program: Program, *, label: str | None, number: str | None
) -> Side:
    """Give what one policy gives for rows that were scored one by one; `None` is a refused row."""
    statuses = np.array(
        [STATUSES.index("refused" if one is None else one.status) for one in results], np.int8
    )
    labels = None
    if label is not None:
        places = {name: at for at, name in enumerate(_scale(program, label))}
        given = (None if one is None else one[label] for one in results)
        labels = np.array([places.get(cast("str", name), -1) for name in given], np.int16)
    if number is None:
        return Side(statuses, labels, None, {})
    nothing = np.zeros(len(results), np.int64)
    numbers = Fixed(nothing, 1, None, np.ones(len(results), np.bool_))
    exactly = {at: _exact(one, number) for at, one in enumerate(results) if one is not None}
    return Side(statuses, labels, numbers, exactly)


def refused_by_both(old: Side, new: Side) -> list[int]:
    """Give the rows that neither policy can use."""
    refused = STATUSES.index("refused")
    found: list[int] = np.flatnonzero(
        (old.statuses == refused) & (new.statuses == refused)
    ).tolist()
    return found


def _exact(result: Result, number: str) -> Fraction | None:
    value = result[number]
    return None if value is None else exact(cast("Fraction", value))


def _scale(program: Program, label: str) -> tuple[str, ...]:
    return cast("LabelType", program.step(label).type).scale.ids


def _codes(part: Part, known: Sequence[str]) -> NDArray[Any]:
    """Give the places of texts among those that are known, -1 for none."""
    places = {text: at for at, text in enumerate(known)}
    if isinstance(part, Coded):
        table = np.array([*(places.get(cast("str", v), -1) for v in part.values), -1], np.int16)
        found: NDArray[Any] = table[np.maximum(part.codes, -1)]
        return found
    values = cast("Any", part).values
    return np.array([places.get(value, -1) for value in values], np.int16)


def unit_codes(frame: object, column: str) -> tuple[Codes, list[Hashable]]:
    """Give the unit of each row as a place among the distinct ones, the last of which is none.

    Args:
        frame: The table.
        column: Its column of units.

    Raises:
        InputError: There is no such column.
        TooManyUnitsError: There are more units than can be told apart.
    """
    table = open_frame(frame)
    part = table.part(column, 0, table.rows)
    match part:
        case Coded(codes, values):
            codes = np.where(codes < 0, len(values), codes).astype(np.int64)
            return codes, [*map(_unit, values), None]
        case Numbers(values, missing):
            if values.dtype.kind == "f":
                missing = np.isnan(values) if missing is None else missing | np.isnan(values)
            distinct, codes = np.unique(values, return_inverse=True)
            if len(distinct) > MOST_UNITS:
                raise TooManyUnitsError
            if missing is not None:
                codes = np.where(missing, len(distinct), codes)
            return codes.astype(np.int64), [*map(_unit, distinct.tolist()), None]
    seen: dict[Hashable, int] = {}
    found = [seen.setdefault(_unit(value), len(seen)) for value in cast("Any", part).values]
    return np.array(found, np.int64), [*seen, None]


def _unit(value: object) -> str | None:
    if value is None or value != value:  # noqa: PLR0124 - the definition of NaN
        return None
    text = repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
    return text.strip() or None


@dataclass(slots=True)
class _Differences:
    """How often each difference occurs: whole numbers over one denominator, in an array or a table."""

    low: int = 0
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    others: Counter[int] = field(default_factory=Counter)

    def add(self, found: Codes) -> None:
        if not len(found):
            return
        low, high = int(found.min()), int(found.max())
        if len(self.counts):
            low, high = min(low, self.low), max(high, self.low + len(self.counts) - 1)
        if high - low >= SPAN:
            distinct, counts = np.unique(found, return_counts=True)
            for difference, count in zip(distinct.tolist(), counts.tolist(), strict=True):
                self.others[difference] += count
            return
        if len(self.counts) != high - low + 1:
            counts = np.zeros(high - low + 1, np.int64)
            counts[self.low - low : self.low - low + len(self.counts)] = self.counts
            self.low, self.counts = low, counts
        self.counts += np.bincount(found - low, minlength=len(self.counts))

    def items(self) -> Iterator[tuple[int, int]]:
        for place in np.flatnonzero(self.counts).tolist():
            yield place + self.low, int(self.counts[place])
        yield from self.others.items()


class Moves:
    """The counts of any number of tables.

    Args:
        distances: How far apart a label of the old and one of the new step are; place 0 is no label.
            Without such steps a table of one row and column.
        kinds: What becomes of the label (see `movers`), in the same form.

    Attributes:
        rows: How many rows were taken.
        statuses: How many rows had one status (a place in `STATUSES`) and have another.
        units: The units, in the order in which they were met; one without name is `None`.
        movers: The rows that are named: those whose label changes, and those whose number moves furthest.
    """

    def __init__(self, distances: Sequence[Sequence[int]], kinds: Sequence[Sequence[int]]) -> None:
        self.rows = 0
        self.statuses = np.zeros((len(STATUSES), len(STATUSES)), np.int64)
        self.units: dict[Hashable, int] = {}
        self.movers = Movers()
        self._distances = np.array(distances, np.int64).ravel()
        self._kinds = np.array(kinds, np.int8).ravel()
        self._changes = self._kinds != STAY
        self._shape = (len(distances), len(distances[0]))
        self._labels = np.zeros((0, *self._shape), np.int64)
        self._directions = np.zeros((0, 3), np.int64)
        self._differences: dict[int, _Differences] = {}
        self._exact: Counter[Fraction] = Counter()
        self._sums: dict[int, NDArray[np.int64]] = {}
        self._exact_sums: dict[int, Fraction] = {}

    # What is taken.

    def take(
        self,
        old: Side,
        new: Side,
        units: tuple[Codes, Sequence[Hashable]] | None,
        keep: Callable[[int], Any],
        *,
        first: int = 0,
    ) -> None:
        """Take rows of a table.

        Args:
            old: What the old policy gives.
            new: What the new policy gives.
            units: The unit of each row, see `unit_codes`.
            keep: Gives what is kept of a row of the table that moved further than others.
            first: Place in the table of the first of these rows.

        Raises:
            TooManyUnitsError: There are more units than can be told apart.
        """
        rows = len(old.statuses)
        places = self._places(units, rows)

        def kept(row: int) -> object:
            return keep(first + row)

        pairs = old.statuses.astype(np.int64) * len(STATUSES) + new.statuses
        self.statuses += np.bincount(pairs, minlength=len(STATUSES) ** 2).reshape(len(STATUSES), -1)
        cells = self._take_labels(old, new, places)
        if old.numbers is not None and new.numbers is not None:
            sizes, denominator, apart = self._take_numbers(old, new, places, kept)
        else:
            sizes, denominator, apart = self._distances[cells], 1, {}
        changed = np.flatnonzero(self._changes[cells])
        kinds = self._kinds[cells[changed]]
        self.movers.take_relabelled(
            changed, kinds, sizes, denominator, kept, apart=apart, before=self.rows
        )
        self.rows += rows

    def _places(self, units: tuple[Codes, Sequence[Hashable]] | None, rows: int) -> Codes:
        """Give the place of each row's unit among all that were met."""
        codes, values = units or (np.zeros(rows, np.int64), [None])
        used = np.bincount(codes, minlength=len(values)) > 0
        table = np.zeros(len(values), np.int64)
        for at in np.flatnonzero(used).tolist():
            table[at] = self.units.setdefault(values[at], len(self.units))
        if len(self.units) > MOST_UNITS:
            raise TooManyUnitsError
        lacking = len(self.units) - len(self._labels)
        if lacking > 0:
            self._labels = np.pad(self._labels, ((0, lacking), (0, 0), (0, 0)))
            self._directions = np.pad(self._directions, ((0, lacking), (0, 0)))
        return table[codes]

    def _take_labels(self, old: Side, new: Side, places: Codes) -> Codes:
        """Count the labels; give the cell of each row in the table of old and new ones."""
        cells = np.zeros(len(places), np.int64)
        if old.labels is not None:
            cells += old.labels
            cells += 1
        cells *= self._shape[1]
        if new.labels is not None:
            cells += new.labels
            cells += 1
        by_unit = places * (self._shape[0] * self._shape[1]) + cells
        counts = np.bincount(by_unit, minlength=self._labels.size)
        self._labels += counts.reshape(self._labels.shape)
        return cells

    def _take_numbers(
        self, old: Side, new: Side, places: Codes, keep: Callable[[int], Any]
    ) -> tuple[Codes, int, dict[int, Fraction]]:
        """Count the moves; give their sizes over a denominator, and those that are told one by one."""
        mine, others = cast("Fixed", old.numbers), cast("Fixed", new.numbers)
        singly = sorted({*old.exactly, *new.exactly})
        denominator = lcm(mine.denominator, others.denominator)
        differences = _subtracted(others, mine, denominator)
        if differences is None:
            singly = list(range(len(places)))
            differences = np.zeros(len(places), np.int64)
        there = np.ones(len(places), np.bool_)
        for fixed in (mine, others):
            if fixed.missing is not None:
                there &= ~fixed.missing
        there[singly] = False
        sizes = np.abs(differences)
        if not there.all():
            sizes[~there] = 0
        self._take_differences(differences, sizes, there, denominator, places, keep)
        apart: dict[int, Fraction] = {}
        for at in singly:
            before, after = _number_at(old, at), _number_at(new, at)
            if before is not None and after is not None:
                apart[at] = abs(after - before)
                self._take_exactly(after - before, at, int(places[at]), keep)
        return sizes, denominator, apart

    def _take_differences(  # noqa: PLR0913, PLR0917 - what is known of each row
        self,
        differences: Codes,
        sizes: Codes,
        there: NDArray[np.bool_],
        denominator: int,
        places: Codes,
        keep: Callable[[int], Any],
    ) -> None:
        if not there.all():
            rows = np.flatnonzero(there)
            differences, sizes, places = differences[rows], sizes[rows], places[rows]
        else:
            rows = None
        if not len(differences):
            return
        self._differences.setdefault(denominator, _Differences()).add(differences)
        signs = np.sign(differences)
        counts = np.bincount(places * 3 + (signs + 1), minlength=self._directions.size)
        self._directions += counts.reshape(self._directions.shape)
        self._add_sums(differences, int(sizes.max()), denominator, places)
        self.movers.take_furthest(sizes, denominator, rows, keep, before=self.rows)

    def _add_sums(self, differences: Codes, most: int, denominator: int, places: Codes) -> None:
        if most * len(differences) >= SUMMED:
            for place, difference in zip(places.tolist(), differences.tolist(), strict=True):
                self._add_exactly(place, Fraction(difference, denominator))
            return
        sums = np.bincount(places, weights=differences, minlength=len(self.units))
        known = self._sums.get(denominator, np.zeros(0, np.int64))
        known = np.pad(known, (0, len(self.units) - len(known)))
        self._sums[denominator] = known + np.rint(sums).astype(np.int64)

    def _add_exactly(self, place: int, difference: Fraction) -> None:
        self._exact_sums[place] = self._exact_sums.get(place, Fraction(0)) + difference

    def _take_exactly(
        self, difference: Fraction, row: int, place: int, keep: Callable[[int], Any]
    ) -> None:
        self._exact[difference] += 1
        self._directions[place, 1 + (difference > 0) - (difference < 0)] += 1
        self._add_exactly(place, difference)
        if difference:
            self.movers.take_one(abs(difference), row, keep, before=self.rows)

    # What was counted.

    def labels(self, unit: Hashable) -> NDArray[np.int64]:
        """Give how many rows of a unit had one label and have another; place 0 is no label."""
        found: NDArray[np.int64] = self._labels[self.units[unit]]
        return found

    def directions(self, unit: Hashable) -> tuple[int, int, int]:
        """Give how many numbers of a unit fell, stayed and rose."""
        down, same, up = self._directions[self.units[unit]].tolist()
        return down, same, up

    def moved(self, unit: Hashable) -> Fraction:
        """Give the sum of the moves of the numbers of a unit."""
        place = self.units[unit]
        found = self._exact_sums.get(place, Fraction(0))
        for denominator, sums in self._sums.items():
            if place < len(sums):
                found += Fraction(int(sums[place]), denominator)
        return found

    def differences(self) -> list[tuple[Fraction, int]]:
        """Give each move of a number and how often it occurs, from the lowest."""
        found = Counter(self._exact)
        for denominator, differences in self._differences.items():
            for difference, count in differences.items():
                found[Fraction(difference, denominator)] += count
        return sorted(found.items())


def _subtracted(new: Fixed, old: Fixed, denominator: int) -> Codes | None:
    """Subtract numbers over one denominator; `None` where they are too large for that."""
    found: Codes | None = None
    for fixed, sign in ((new, 1), (old, -1)):
        factor = denominator // fixed.denominator
        most = max(abs(int(fixed.units.max(initial=0))), abs(int(fixed.units.min(initial=0))))
        if most * factor >= SURE:
            return None
        scaled = fixed.units * factor if factor != 1 else fixed.units
        found = scaled if found is None else found + sign * scaled
    return found


def _number_at(side: Side, at: int) -> Fraction | None:
    if at in side.exactly:
        return side.exactly[at]
    fixed = cast("Fixed", side.numbers)
    if fixed.missing is not None and fixed.missing[at]:
        return None
    return Fraction(int(fixed.units[at]), fixed.denominator)
