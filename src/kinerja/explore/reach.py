"""Who reaches which cut under which weighting: the product of parts and weights, decided exactly.

What lives here: the comparison of weighted sums with cuts, in blocks that fit the cache. What never comes
in: labels, policies.

Weights are whole parts of a grid, and values that are short decimals are whole numbers once multiplied by a
power of ten. So a weighted sum is a whole number below 2**53, a matrix product of floats gives it without
error, and "at least the cut" is a comparison of whole numbers. Where parts are missing and the others share
their weights, `sum(w*x) / sum(w) >= t` is decided as `sum(w*(x - t)) >= 0`, which is a product again.
Values that are no short decimals go through floats with a bound on their error first; people for whom that
leaves a doubt are taken as exact fractions, over a denominator of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kinerja.explore.people import EXACT, People
from kinerja.explore.split import Landing
from kinerja.explore.weightings import Weightings
from kinerja.formula.pieces import Cut

__all__ = ["HUGE", "Block", "blocks_of"]

#: Weightings of a block, at most: flags are added as bytes, in words of eight, each fewer than 256 times.
WIDE: Final = 2000
#: Cells of a block: sums and flags stay in the cache.
CELLS: Final = 1 << 18
#: Multiplications of a product that BLAS still does in one thread; two threads wait for each other longer.
ALONE: Final = 1 << 18
#: Unit roundoff of a float.
UNIT: Final = 2.0**-53
#: Values and cuts beyond are taken exactly, one person after the other: products of floats would overflow.
HUGE: Final = 1e60
#: Stands for a cut that some landings do not have; no sum reaches it.
NEVER: Final = np.inf

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some people under some weightings.

    Attributes:
        rows: The people, as places among all.
        weightings: Which weightings.
        flags: bool, cuts × people × weightings: the weighted step reaches the cut of the person's
            landing. The last axis is filled up with `False` to a multiple of eight, and the next block
            overwrites it.
        weightless: bool, people × weightings: every part that the person has weighs 0, so the weighted
            step has no value, and no flag is set; `None` where that is nobody.
    """

    rows: Places
    weightings: slice
    flags: Flags
    weightless: Flags | None


def blocks_of(
    people: People, weightings: Weightings, *, shares: int = 1
) -> tuple[Iterator[Block], ...]:
    """Tell who reaches which cut.

    Args:
        people: See `read_people`.
        weightings: Weightings of the same step.
        shares: Into how many shares the people are divided, to be worked on at once.

    Returns:
        For each share its blocks. Together they hold everybody whose weighted step has a value, under every
        weighting, once; nobody stands in two shares.
    """
    judge = _Judge(people, weightings)
    return tuple(judge.share(place, shares) for place in range(shares))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """People who are compared in one way.

    Attributes:
        rows: Their places.
        way: `sum`: one product, compared with limits; `shares`: one product for each cut, since parts are
            missing; `exact`: one by one.
        parts: The parts that count for all of them.
        printed: Their values are short decimals.
    """

    rows: Places
    way: str
    parts: NDArray[np.intp]
    printed: bool


class _Judge:
    """Compares people of one table."""

    def __init__(self, people: People, weightings: Weightings) -> None:
        self.people = people
        self.grid = weightings.grid
        self.shares = people.scheme.missing == "renormalise"
        self.weights = np.ascontiguousarray(weightings.parts.T, np.float64)
        self.some_zero = not self.weights.all()
        self.total = int(people.scheme.weights.total * self.grid)
        #: What a sum of weights times values is divided by to give the value of the step.
        self.divisor = self.total if self.shares else self.grid
        self.scale = 10**people.digits
        self._exact: dict[int, _Person | None] = {}
        known = [landing.cuts for landing in people.landings]
        wide = [any(map(_is_huge, cuts)) for cuts in known]
        self._plain = self._followed_by_floats(np.array([*wide, False]))
        alone = map(self._person, np.flatnonzero(people.counted & ~self._plain).tolist())
        counts = [*map(len, known), *(len(person.cuts) for person in alone if person is not None)]
        self.most = max(counts, default=0)
        plain = [() if huge else cuts for cuts, huge in zip(known, wide, strict=True)]
        tables = _tables(plain, self.most, self.divisor * self.scale)
        self._numerators, self._denominators, self._limits, self._middles, self._after = tables
        self.groups = self._grouped()
        self.tall = max(1, CELLS // min(WIDE, max(1, len(weightings))))
        self.width = -(-min(WIDE, max(1, len(weightings))) // 8) * 8

    def _followed_by_floats(self, wide: Flags) -> Flags:
        """Tell who is no matter for exact numbers alone; `wide` tells it of landings, last of none."""
        people = self.people
        found: Flags = people.counted & (people.landing >= 0) & ~wide[people.landing]
        for column in people.values.T:
            found &= ~(np.abs(column) > HUGE)
        return found

    def _grouped(self) -> list[_Group]:
        people, known = self.people, self._plain
        bound = EXACT / (self.total + 1)
        printed = people.printed.copy()
        for column in people.values.T:
            # What is missing is no number and stays.
            printed &= ~(np.abs(column) >= bound / 2 / self.scale)
        whole = people.present.all(axis=1) | (not self.shares)
        every = np.arange(people.values.shape[1])
        groups = [
            _Group(
                rows=self._alike(np.flatnonzero(known & whole & printed)),
                way="sum",
                parts=every,
                printed=True,
            ),
            _Group(
                rows=np.flatnonzero(known & whole & ~printed), way="sum", parts=every, printed=False
            ),
        ]
        gaps = np.flatnonzero(known & ~whole)
        if len(gaps):
            patterns, which = np.unique(people.present[gaps], axis=0, return_inverse=True)
            for place, pattern in enumerate(patterns):
                of_pattern = gaps[which.reshape(-1) == place]
                groups.extend(
                    _Group(
                        rows=of_pattern[printed[of_pattern] == short],
                        way="shares",
                        parts=np.flatnonzero(pattern),
                        printed=short,
                    )
                    for short in (True, False)
                )
        groups.append(
            _Group(
                rows=np.flatnonzero(people.counted & ~known),
                way="exact",
                parts=every,
                printed=False,
            )
        )
        return [group for group in groups if len(group.rows)]

    def share(self, place: int, shares: int) -> Iterator[Block]:
        """Compare every so-many-th block of people under all weightings."""
        flags = np.zeros((self.most, self.tall, self.width), np.bool_)
        sums = np.empty((self.tall, self.width))
        for start in range(0, self.weights.shape[1], WIDE):
            span = slice(start, min(start + WIDE, self.weights.shape[1]))
            for group in self.groups:
                tall = self.tall * shares
                for first in range(self.tall * place, len(group.rows), tall):
                    rows = group.rows[first : first + self.tall]
                    yield self._block(group, rows, span, (flags[:, : len(rows)], sums[: len(rows)]))

    def _alike(self, rows: Places) -> Places:
        """Put people beside each other who have one landing, and the same cuts within reach.

        A weighted sum lies between the smallest and the largest of its parts: cuts outside need no
        comparison.
        """
        people, cuts = self.people, self.most
        self._surely = np.zeros(len(people), np.int16)
        self._perhaps = np.zeros(len(people), np.int16)
        values = np.where(people.present[rows], people.values[rows], 0.0)
        scale = self.scale * self.total
        low, high = np.rint(values.min(axis=1) * scale), np.rint(values.max(axis=1) * scale)
        landing = people.landing[rows].astype(np.int64)
        for place in range(cuts):
            limit = self._limits[landing, place]
            self._surely[rows] += low >= limit
            self._perhaps[rows] += high >= limit
        key = (landing * (cuts + 1) + self._surely[rows]) * (cuts + 1) + self._perhaps[rows]
        return rows[np.argsort(key, kind="stable")]

    def _block(
        self, group: _Group, rows: Places, span: slice, scratch: tuple[Flags, Floats]
    ) -> Block:
        """Compare some people under some weightings."""
        flags, sums = scratch
        columns = span.stop - span.start
        flags[..., columns:] = False
        there = flags[..., :columns]
        if group.way == "exact":
            for place, row in enumerate(rows.tolist()):
                self._one(row, span, there[:, place])
        else:
            self._many(group, rows, span, (there, sums[:, :columns]))
        weightless = self._weightless(rows, span)
        if weightless is not None:
            there[:, weightless] = False
        return Block(rows=rows, weightings=span, flags=flags, weightless=weightless)

    def _weightless(self, rows: Places, span: slice) -> Flags | None:
        """Tell for whom nothing is left to divide by."""
        if not (self.shares and self.some_zero):
            return None
        found: Flags = self.people.present[rows].astype(np.float64) @ self.weights[:, span] == 0
        return found if found.any() else None

    def _many(
        self, group: _Group, rows: Places, span: slice, scratch: tuple[Flags, Floats]
    ) -> None:
        flags, sums = scratch
        weights = self.weights[:, span]
        if len(group.parts) < len(weights):
            weights = weights[group.parts]
        values = self._values(group, rows)
        landing = self.people.landing[rows]
        limits = self._limits[landing].T[..., None]
        if group.way == "sum":
            _multiply(values, weights, sums)
        if group.way == "sum" and group.printed:
            self._whole_numbers(rows, limits, scratch)
            return
        doubtful = np.zeros(len(rows), np.bool_)
        for place in range(self.most):
            numerators, denominators = (
                self._numerators[landing, place],
                self._denominators[landing, place],
            )
            # A sum that is no whole number is compared with the cut itself, not with the next whole number.
            limit, fits = self._middles[landing, place], False
            if group.way == "shares":
                moved = values * denominators[:, None] - numerators[:, None] * self.scale
                _multiply(moved, weights, sums)
                limit = np.where(np.isinf(limit), NEVER, self._after[landing, place])
                fits = group.printed and self._fits(values, numerators, denominators)
            if fits:
                np.greater_equal(sums, limit[:, None], out=flags[place])
                continue
            off = self._bound(group, values, limit, numerators, denominators)
            middle = limit if group.way == "sum" else np.where(np.isinf(limit), NEVER, 0.0)
            np.greater_equal(sums, (middle + off)[:, None], out=flags[place])
            doubtful |= np.any(flags[place] != (sums >= (middle - off)[:, None]), axis=1)
        for place in np.flatnonzero(doubtful).tolist():
            self._one(int(rows[place]), span, flags[:, place])

    def _whole_numbers(self, rows: Places, limits: Floats, scratch: tuple[Flags, Floats]) -> None:
        """Compare sums that are exact, where a cut lies within reach of anybody."""
        flags, sums = scratch
        for place in range(self.most):
            if not np.any(self._surely[rows] <= place):
                flags[place] = True
            elif not np.any(self._perhaps[rows] > place):
                flags[place] = False
            else:
                _compare(sums, limits[place], flags[place])

    def _values(self, group: _Group, rows: Places) -> Floats:
        """Give what is multiplied: whole numbers where the values are short decimals."""
        values = self.people.values[rows[:, None], group.parts]
        if not self.shares:
            # A part that is absent counts as 0.
            values[np.isnan(values)] = 0.0
        values *= self.scale
        return np.rint(values, out=values) if group.printed else values

    def _fits(self, values: Floats, numerators: Floats, denominators: Floats) -> bool:
        """Tell whether the products for a cut are whole numbers that floats hold."""
        with np.errstate(over="ignore"):
            top = np.abs(values).max() * denominators.max() + np.abs(numerators).max() * self.scale
        return bool(top * self.total < EXACT)

    def _bound(
        self,
        group: _Group,
        values: Floats,
        limits: Floats,
        numerators: Floats,
        denominators: Floats,
    ) -> Floats:
        """Give how far a sum of floats, and the limit beside it, may lie from the exact ones."""
        size = np.abs(values).max(axis=1) * self.total
        if group.way == "sum":
            size = size + np.where(np.isinf(limits), 0.0, np.abs(limits))
        else:
            size = size * denominators + np.abs(numerators) * self.scale * self.total
        off: Floats = size * (UNIT * (values.shape[1] + 8))
        return off

    # One by one.

    def _person(self, row: int) -> _Person | None:
        row = int(row)
        if row not in self._exact:
            found = self.people.exact(row)
            self._exact[row] = None if found is None else _Person(*found, judge=self)
        return self._exact[row]

    def _one(self, row: int, span: slice, flags: Flags) -> None:
        person = self._person(row)
        flags[...] = False
        if person is not None:
            for place in range(len(person.cuts)):
                flags[place] = person.reaches(place, self.weights[:, span])


class _Person:
    """One person, exactly, over a denominator of their own."""

    def __init__(
        self, parts: Sequence[Fraction | None], landing: Landing, *, judge: _Judge
    ) -> None:
        self.cuts: tuple[Cut, ...] = landing.cuts
        self.judge = judge
        self.present = [place for place, part in enumerate(parts) if part is not None]
        there = [part for part in parts if part is not None]
        self.denominator = lcm(*(part.denominator for part in there))
        self.values = [int(part * self.denominator) for part in there]
        self.whole = len(there) == len(parts) or not judge.shares

    def reaches(self, place: int, weights: Floats) -> Flags:
        """Tell under which weightings a cut is reached."""
        cut = self.cuts[place]
        factors, limit = self.values, 0
        if self.whole:
            exact = cut.value * self.denominator * self.judge.divisor
            limit = _first(exact, after=cut.after)
        else:
            top, bottom = cut.value.numerator, cut.value.denominator
            factors = [value * bottom - top * self.denominator for value in self.values]
            limit = int(cut.after)
        here = weights[self.present]
        if sum(map(abs, factors)) * self.judge.total < EXACT and abs(limit) < EXACT:
            reached: Flags = np.array(factors, np.float64) @ here >= limit
            return reached
        sums = np.array(factors, object) @ here.astype(np.int64).astype(object)
        return np.fromiter((value >= limit for value in sums), np.bool_, len(sums))


def _multiply(values: Floats, weights: Floats, sums: Floats) -> None:
    """Multiply, in pieces that need no second thread."""
    tall = max(1, ALONE // weights.size)
    for start in range(0, len(values), tall):
        np.matmul(values[start : start + tall], weights, out=sums[start : start + tall])


def _compare(sums: Floats, limits: Floats, flags: Flags) -> None:
    """Compare rows with a limit each; with one number for many rows numpy is three times as fast."""
    starts = np.flatnonzero(limits[1:, 0] != limits[:-1, 0]) + 1
    if len(starts) * 4 > len(sums):
        np.greater_equal(sums, limits, out=flags)
        return
    ends = [0, *starts.tolist(), len(sums)]
    for start, end in pairwise(ends):
        np.greater_equal(sums[start:end], limits[start, 0], out=flags[start:end])


def _is_huge(cut: Cut) -> bool:
    return max(abs(cut.value.numerator), cut.value.denominator) > HUGE


def _first(exact: Fraction, *, after: bool) -> int:
    """Give the first whole number at a place, or beyond it."""
    floor = exact.numerator // exact.denominator
    return floor + 1 if after or floor < exact else floor


def _tables(
    cuts: Sequence[Sequence[Cut]], most: int, factor: int
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Tell of each landing and cut what comparisons need.

    Returns:
        Numerator, denominator, the first whole number that reaches it, where it lies, and whether it is
        reached only beyond.
    """
    shape = (len(cuts), most)
    numerators, denominators = np.zeros(shape), np.ones(shape)
    limits, middles, after = np.full(shape, NEVER), np.full(shape, NEVER), np.zeros(shape)
    for row, of_landing in enumerate(cuts):
        for place, cut in enumerate(of_landing):
            numerators[row, place] = cut.value.numerator
            denominators[row, place] = cut.value.denominator
            limits[row, place] = _first(cut.value * factor, after=cut.after)
            middles[row, place] = cut.value * factor
            after[row, place] = cut.after
    return numerators, denominators, limits, middles, after
