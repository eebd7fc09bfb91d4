"""Rows for the policy of six ratios: with no exact tie, with a share of them, with nothing else.

What lives here: drawing in whole numbers. Targets and actual values are drawn as hundredths, ratings as
whole numbers, so that ties can be made to measure. What never comes in: what a row's score is, kinerja.

A *tie* is a row whose exact total lies half way between two hundredths (some of them at the edge of a
label, such as 89.995), or exactly on an edge (90). In hundredths the total is

    Σ 350 · u · min(n / t, 6/5)  +  18 · superior  +  4 · (peer 1 + peer 2 + peer 3)

with u = 5, 4, 3, 3, 3, 2 (the weights in fives) and n / t the achievement before its cap. Ratings are whole
numbers, so the ratios alone decide whether a row is a tie, and the ratings where on the scale it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["EDGES", "FIVES", "RATERS", "Rows", "draw"]

Whole: TypeAlias = NDArray[np.int64]

FIVES = (5, 4, 3, 3, 3, 2)
EDGES = (50, 70, 90, 110)
RATERS = ("atasan", "rekan_1", "rekan_2", "rekan_3")

#: Least common multiples of the targets of one person; ratios of 1/7 and 1/9 meet in a sum that ends.
FAMILIES = (60, 120, 180, 240, 420, 840, 1260)
POOL = 200_000
STEPS = (5, 10, 20, 25, 50, 100, 200, 300)


@dataclass(frozen=True, slots=True)
class Rows:
    """Drawn rows.

    Attributes:
        targets: Hundredths, six columns of int32.
        actuals: Hundredths, six columns of int32.
        ratings: Whole numbers, four columns of int32.
    """

    targets: tuple[NDArray[np.int32], ...]
    actuals: tuple[NDArray[np.int32], ...]
    ratings: tuple[NDArray[np.int32], ...]

    def __len__(self) -> int:
        return len(self.ratings[0])

    def take(self, places: NDArray[np.int64]) -> Rows:
        """Give the rows at some places."""
        return Rows(*(tuple(column[places] for column in part) for part in self.parts()))

    def parts(self) -> tuple[tuple[NDArray[np.int32], ...], ...]:
        """Give targets, actuals and ratings."""
        return self.targets, self.actuals, self.ratings

    def columns(self) -> dict[str, NDArray[np.float64]]:
        """Give the columns as a frame holds them: each value the double nearest its decimal."""
        found: dict[str, NDArray[np.float64]] = {}
        for place, (target, actual) in enumerate(zip(self.targets, self.actuals, strict=True), 1):
            found[f"target_{place}"] = target / 100.0
            found[f"realisasi_{place}"] = actual / 100.0
        for name, rating in zip(RATERS, self.ratings, strict=True):
            found[name] = rating.astype(np.float64)
        return found


def draw(count: int, *, ties: float, seed: int) -> Rows:
    """Draw rows of which a share are ties; the others are none, whatever their figures."""
    chance = np.random.default_rng(seed)
    tied = round(count * ties)
    parts = []
    if tied < count:
        parts.append(_untied(chance, count - tied))
    if tied:
        parts.append(_tied(chance, tied))
    if len(parts) == 1:
        return parts[0]
    mixed = Rows(
        *(
            tuple(np.concatenate(pair) for pair in zip(*both, strict=True))
            for both in zip(*(part.parts() for part in parts), strict=True)
        )
    )
    return mixed.take(chance.permutation(count))


def _top(rows: Rows, place: int) -> Whole:
    """Give n of an achievement n / t before its cap, from 0 up."""
    target, actual = rows.targets[place].astype(np.int64), rows.actuals[place].astype(np.int64)
    if place < 3:
        return actual
    if place < 5:
        return np.maximum(2 * target - actual, 0)
    return np.maximum(target - np.abs(actual - target), 0)


def _near(rows: Rows) -> NDArray[np.bool_]:
    """Tell which rows lie within a millionth of a hundredth of a tie: the ties, and hardly another."""
    total = 18.0 * rows.ratings[0] + 4.0 * (rows.ratings[1] + rows.ratings[2] + rows.ratings[3])
    for place, weight in enumerate(FIVES):
        total += 350 * weight * np.minimum(_top(rows, place) / rows.targets[place], 1.2)
    near = np.abs(total - np.floor(total) - 0.5) < 1e-6
    for edge in EDGES:
        near |= np.abs(total - 100 * edge) < 1e-6
    return near


def _untied(chance: np.random.Generator, count: int) -> Rows:
    """Draw figures with two decimals; the few rows that are ties give way to others."""
    quality = chance.uniform(0.2, 1.3, count)
    targets, actuals = [], []
    for place in range(6):
        target = chance.integers(5_000, 20_000, count, dtype=np.int32)
        share = quality * chance.uniform(0.8, 1.2, count)
        if place >= 3:
            share = 2 - share
        actuals.append(np.maximum(np.rint(target * share), 0).astype(np.int32))
        targets.append(target)
    lowest = np.rint(40 + 35 * quality / 1.3).astype(np.int32)
    ratings = [lowest + chance.integers(0, 26, count, dtype=np.int32) for _ in RATERS]
    rows = Rows(tuple(targets), tuple(actuals), tuple(ratings))
    tied = _near(rows)
    places = np.arange(count)
    places[tied] = chance.choice(np.flatnonzero(~tied), int(tied.sum()))
    return rows.take(places)


def _tied(chance: np.random.Generator, count: int) -> Rows:
    """Draw ties: six in ten anywhere, three half a hundredth below an edge, one on an edge."""
    pool, units = _pool()
    odd, even = np.flatnonzero(units % 2 == 1), np.flatnonzero(units % 2 == 0)
    kind = chance.choice(3, count, p=(0.6, 0.3, 0.1))
    chosen = np.where(kind == 2, chance.choice(even, count), chance.choice(odd, count))
    superior, peers = chance.integers(40, 101, count), chance.integers(120, 301, count)
    # On an edge, 18 · superior + 4 · peers is what the ratios leave to it: superior takes the parity.
    lacking = chance.choice(np.asarray(EDGES) * 100, count) - (units[chosen] + 1) // 2
    led_superior = superior - (superior - lacking // 2) % 2
    led_peers = (lacking // 2 - 9 * led_superior) // 2
    fits = (kind > 0) & (lacking % 2 == 0) & (led_peers >= 0) & (led_peers <= 300)
    superior, peers = np.where(fits, led_superior, superior), np.where(fits, led_peers, peers)
    first = np.minimum(100, (peers + 2) // 3)
    second = np.minimum(100, (peers - first + 1) // 2)
    ratings = (superior, first, second, peers - first - second)
    # A target and its actual value times the same number keep their ratio: 7, 2.1 or 0.35.
    targets, actuals = [], []
    for place in range(6):
        step = chance.choice(STEPS, count).astype(np.int32)
        targets.append(pool.targets[place][chosen] * step)
        actuals.append(pool.actuals[place][chosen] * step)
    rows = Rows(tuple(targets), tuple(actuals), tuple(part.astype(np.int32) for part in ratings))
    places = np.arange(count)
    missed = (kind == 2) & ~fits
    places[missed] = chance.choice(np.flatnonzero(~missed), int(missed.sum()))
    return rows.take(places)


@cache
def _pool() -> tuple[Rows, Whole]:
    """Find ratios whose share of the total is a whole number of half hundredths, by trying."""
    chance = np.random.default_rng(POOL)
    parts: list[list[NDArray[np.int32]]] = []
    sums: list[Whole] = []
    size = 500_000
    while sum(map(len, sums)) < POOL:
        family = int(chance.choice(FAMILIES))
        divisors = np.array([d for d in range(2, 61) if family % d == 0])
        targets = tuple(chance.choice(divisors, size).astype(np.int32) for _ in FIVES)
        actuals = tuple((t * chance.uniform(0.3, 1.4, size)).astype(np.int32) for t in targets)
        tried = Rows(targets, actuals, ())
        total = np.zeros(size, dtype=np.int64)  # family times as much as the half hundredths
        for place, weight in enumerate(FIVES):
            top = _top(tried, place) * (family // tried.targets[place])
            total += 700 * weight * np.minimum(top, family * 6 // 5)
        halves, rest = np.divmod(total, family)
        found = np.flatnonzero(rest == 0)[: POOL // 10]
        parts.append([column[found] for column in (*targets, *actuals)])
        sums.append(halves[found])
    columns = [np.concatenate(pieces) for pieces in zip(*parts, strict=True)]
    return Rows(tuple(columns[:6]), tuple(columns[6:]), ()), np.concatenate(sums)
