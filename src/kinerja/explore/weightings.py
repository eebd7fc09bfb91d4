"""Many weightings at once: drawn at random within what is said of them.

What lives here: how weightings are drawn, with a seed. What never comes in: people.

A weighting is drawn in whole parts per million, so that its weights sum to exactly 1, print as percents
with four decimals, and make the scores of people whole numbers that a matrix product gives without
error. Each part gets one part per million at least, so that no part drops out of the policy by chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.exact import ExactInput
from kinerja.explore.choices import figure_of
from kinerja.explore.scheme import Scheme, weights_of
from kinerja.values import Weights

__all__ = ["GRID", "Weightings", "draw_weightings", "given_weightings", "weightings_near"]

#: Parts that a weight of 1 is divided into.
GRID: Final = 1_000_000
#: Largest common denominator of weights that are given.
FINEST: Final = 10**12
#: Draws tried for each that is wanted before those that do not fit are replaced by a walk.
PATIENCE: Final = 20
#: Steps of the walk for each part: after so many a walk has forgotten where it began.
WALK: Final = 40

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weightings:
    """Weightings of one step, one a row.

    Attributes:
        names: Names of the parts.
        parts: int64, weightings × parts: each weight in parts of `grid`.
        grid: Parts that a weight of 1 is divided into.
        seed: What they were drawn with; `None` where they were given.
        way: How they came about: `uniform`, `around`, `within` (bounds or orders), `given`.
    """

    names: tuple[str, ...]
    parts: NDArray[np.int64]
    grid: int = GRID
    seed: int | None = None
    way: str = "given"

    def __len__(self) -> int:
        """Count the weightings."""
        return len(self.parts)

    def __getitem__(self, place: int) -> Weights:
        """Give one weighting."""
        row = self.parts[place].tolist()
        shares = (Fraction(part, self.grid) for part in row)
        return Weights(tuple(zip(self.names, shares, strict=True)))

    def means(self) -> dict[str, float]:
        """Give the mean weight of each part, as a share of 1."""
        return dict(zip(self.names, (self.parts.mean(axis=0) / self.grid).tolist(), strict=True))


def given_weightings(scheme: Scheme, weightings: Iterable[Weights]) -> Weightings:
    """Take weightings that somebody chose, such as the proposals of a working group.

    Args:
        scheme: The weights of a step.
        weightings: A weight for each part in each of them.

    Raises:
        InputError: See `weights_of`; KNJ047: the weights have no common denominator below 10**12;
            KNJ050: there are none.
    """
    checked = [weights_of(scheme, one) for one in weightings]
    if not checked:
        raise InputError([Issue(code="KNJ050", path=scheme.step, details={"found": quoted(0)})])
    grid = lcm(GRID, *(share.denominator for one in checked for _, share in one))
    if grid > FINEST:
        raise InputError(
            [Issue(code="KNJ047", path=scheme.step, details={"expected": str(FINEST)})]
        )
    rows = [[int(share * grid) for _, share in one] for one in checked]
    parts = np.array(rows, np.int64).reshape(-1, len(scheme.names))
    return Weightings(names=scheme.names, parts=parts, grid=grid)


def draw_weightings(  # noqa: PLR0913 - what can be said of them
    scheme: Scheme,
    *,
    count: int = 10_000,
    seed: int,
    around: ExactInput | None = None,
    bounds: Mapping[str, tuple[ExactInput, ExactInput]] | None = None,
    order: Sequence[str] = (),
) -> Weightings:
    """Draw weightings at random.

    Args:
        scheme: The weights of a step; what is drawn has the same sum.
        count: How many.
        seed: Same seed, same weightings.
        around: Draws lie around the policy's own weights: Dirichlet distributed with them as its mean
            and this concentration (100: a weight of 30 % mostly between 21 % and 39 %). By default all
            weightings are equally likely (uniform on the simplex). Below about 0.01 the mean is no
            longer kept.
        bounds: Smallest and largest weight of some parts; `"20 %"` or `0.2`. What is drawn is uniform
            on what is left, or follows `around` there. A part keeps one part per million even where its
            largest weight is 0.
        order: Names from the most important to the least: each weight is at least that of the next.

    Returns:
        The weightings. Where bounds or orders leave too little for plain trying, each comes from a
        random walk of its own inside them (Gibbs sampling of pairs), which is close to uniform, not
        exactly so.

    Raises:
        InputError: A name is unknown (KNJ042) or stands twice in the order (KNJ019), a bound is no number
            (KNJ044) or no pair, or the seed is no whole number from 0 (KNJ035), bounds or order leave no
            weighting (KNJ048), `around` is not above 0 (KNJ049), or `count` is no whole number from 1
            (KNJ050); every issue at once.

    Examples:
        >>> import kinerja
        >>> from kinerja.explore import policy_scheme
        >>> scheme = policy_scheme(kinerja.load("talenta-bkn-41-2025"), step="kinerja")
        >>> drawn = draw_weightings(scheme, count=3, seed=1, bounds={"kinerja_utama": (0.5, 0.7)})
        >>> [float(one["kinerja_utama"]) for one in (drawn[0], drawn[1], drawn[2])]
        [0.666228, 0.553576, 0.583057]
    """
    low, high, issues = _bounds(scheme, bounds or {})
    issues += [
        unknown_name("KNJ042", name, name, scheme.names)
        for name in order
        if name not in scheme.names
    ]
    if len(set(order)) < len(order):
        details = {"found": ", ".join(map(quoted, order)), "expected": str(len(set(order)))}
        issues.append(Issue(code="KNJ019", path="order", details=details))
    concentration = None if around is None else figure_of(around)
    if around is not None and (concentration is None or concentration <= 0):
        issues.append(Issue(code="KNJ049", path="around", details={"found": quoted(around)}))
    if not isinstance(seed, int | np.integer) or seed < 0:
        details = {"found": quoted(seed), "expected": "≥ 0"}
        issues.append(Issue(code="KNJ035", path="seed", details=details))
    if not isinstance(count, int | np.integer) or count < 1:
        issues.append(Issue(code="KNJ050", path="count", details={"found": quoted(count)}))
    if issues:
        raise InputError(issues)
    grid, total = _grid(scheme)
    ranks = [scheme.names.index(name) for name in order]
    start = _feasible(low, high, ranks, scheme.weights.total)
    if start is None:
        details = {"found": ", ".join(map(quoted, (*(bounds or {}), *order)))}
        raise InputError([Issue(code="KNJ048", path=scheme.step, details=details)])
    random = np.random.default_rng(seed)
    whole = float(scheme.weights.total)
    base = np.array([float(share / scheme.weights.total) for _, share in scheme.weights])
    alpha = (
        np.ones(len(base))
        if concentration is None
        else np.maximum(base * float(concentration), 1e-3)
    )
    limits = np.array([low, high], float) / whole
    free = bounds or ranks
    drawn = (
        _within(random, count, alpha, limits, ranks, np.array(start, float) / whole)
        if free
        else _dirichlet(random, count, alpha)
    )
    way = "within" if free else "uniform" if concentration is None else "around"
    parts = _on_grid(drawn, total)
    # Equal ones may have been rounded apart.
    parts[:, ranks] = -np.sort(-parts[:, ranks], axis=1)
    return Weightings(names=scheme.names, parts=parts, grid=grid, seed=seed, way=way)


def weightings_near(scheme: Scheme, shares: Floats) -> Weightings:
    """Bring any shares, weightings × parts and none negative, to weightings of a scheme.

    Each row is scaled to the sum of the scheme's weights and brought to whole parts per million: what is
    left goes to the largest remainders.
    """
    grid, total = _grid(scheme)
    parts = _on_grid(shares / shares.sum(axis=1, keepdims=True), total)
    return Weightings(names=scheme.names, parts=parts, grid=grid)


def _grid(scheme: Scheme) -> tuple[int, int]:
    """Give parts of a weight of 1, and of all weights together."""
    total = scheme.weights.total
    grid = GRID * total.denominator
    return grid, int(total * grid)


def _bounds(
    scheme: Scheme, bounds: Mapping[str, tuple[ExactInput, ExactInput]]
) -> tuple[list[Fraction], list[Fraction], list[Issue]]:
    total = scheme.weights.total
    low = [Fraction(0)] * len(scheme.names)
    high = [total] * len(scheme.names)
    issues: list[Issue] = []
    for name, given in bounds.items():
        if name not in scheme.names:
            issues.append(unknown_name("KNJ042", name, name, scheme.names))
            continue
        try:
            least, most = given
        except (TypeError, ValueError):
            details = {"found": quoted(given), "expected": "(min, max)"}
            issues.append(Issue(code="KNJ035", path=f"bounds.{name}", details=details))
            continue
        place = scheme.names.index(name)
        ends = figure_of(least), figure_of(most)
        issues += [
            Issue(code="KNJ044", path=f"bounds.{name}", details={"found": quoted(value)})
            for value, end in zip((least, most), ends, strict=True)
            if end is None
        ]
        low[place], high[place] = (
            max(Fraction(0), ends[0] or Fraction(0)),
            min(total, ends[1] or Fraction(0)),
        )
    return low, high, issues


def _feasible(
    low: Sequence[Fraction], high: Sequence[Fraction], ranks: Sequence[int], total: Fraction
) -> list[Fraction] | None:
    """Find weights within bounds and order, well inside; `None` where there are none."""
    low, high = list(low), list(high)
    # Along the order a weight is at least every later lower end, and at most every earlier upper end.
    for before, after in zip(ranks[-2::-1], ranks[:0:-1], strict=False):
        low[before] = max(low[before], low[after])
    for before, after in pairwise(ranks):
        high[after] = min(high[after], high[before])
    if any(a > b for a, b in zip(low, high, strict=True)):
        return None
    least, most = sum(low, Fraction(0)), sum(high, Fraction(0))
    if not least <= total <= most:
        return None
    share = (total - least) / (most - least) if most > least else Fraction(0)
    # Both ends are in order, so every point between them is.
    return [a + share * (b - a) for a, b in zip(low, high, strict=True)]


def _dirichlet(random: np.random.Generator, count: int, alpha: Floats) -> Floats:
    return random.dirichlet(alpha, size=count)


def _within(  # noqa: PLR0913, PLR0917 - what is known of them
    random: np.random.Generator,
    count: int,
    alpha: Floats,
    limits: Floats,
    ranks: Sequence[int],
    start: Floats,
) -> Floats:
    """Draw what fits: by trying, and by walks where trying takes too long."""
    found: list[Floats] = []
    have = 0
    for _ in range(PATIENCE):
        drawn = _dirichlet(random, count, alpha)
        if ranks and len(ranks) == len(alpha) and np.all(alpha == 1):
            # Sorting a uniform point gives a uniform point of those in order.
            drawn[:, list(ranks)] = -np.sort(-drawn, axis=1)
        fits = np.all((drawn >= limits[0]) & (drawn <= limits[1]), axis=1)
        fits &= _in_order(drawn, ranks)
        found.append(drawn[fits])
        have += int(fits.sum())
        if have >= count:
            return np.concatenate(found)[:count]
    return _walked(random, count, alpha, limits, ranks, start)


def _in_order(drawn: Floats, ranks: Sequence[int]) -> NDArray[np.bool_]:
    ordered = drawn[:, list(ranks)]
    fits: NDArray[np.bool_] = np.all(ordered[:, :-1] >= ordered[:, 1:], axis=1)
    return fits


def _walked(  # noqa: PLR0913, PLR0917 - as above
    random: np.random.Generator,
    count: int,
    alpha: Floats,
    limits: Floats,
    ranks: Sequence[int],
    start: Floats,
) -> Floats:
    """Walk from one point inside: each step moves weight between two parts as far as everything allows.

    With all weightings equally likely a step is uniform on its segment; with a Dirichlet distribution
    the share of a pair is drawn from its Beta distribution, and kept where it fits. Where the segment lies
    far from its own weights nearly none fits, so a step of Metropolis inside the segment follows.
    """
    place = np.tile(start, (count, 1))
    size = len(start)
    uniform = bool(np.all(alpha == 1))
    below = dict(pairwise(ranks))
    above = {after: before for before, after in below.items()}
    for _ in range(WALK * size):
        one, other = random.choice(size, 2, replace=False).tolist()
        both = place[:, one] + place[:, other]
        low = np.maximum(limits[0, one], both - limits[1, other])
        high = np.minimum(limits[1, one], both - limits[0, other])
        for part, sign in ((one, 1), (other, -1)):
            # The weight of `other` falls as that of `one` rises.
            for neighbour, least in ((below.get(part), True), (above.get(part), False)):
                if neighbour is None:
                    continue
                if neighbour in (one, other):
                    edge = both / 2
                else:
                    edge = place[:, neighbour] if sign == 1 else both - place[:, neighbour]
                if least == (sign == 1):
                    low = np.maximum(low, edge)
                else:
                    high = np.minimum(high, edge)
        room = high > low
        if uniform:
            moved = low + (high - low) * random.random(count)
        else:
            moved = both * random.beta(alpha[one], alpha[other], count)
            fits = room & (moved >= low) & (moved <= high)
            place[:, one] = np.where(fits, moved, place[:, one])
            moved = low + (high - low) * random.random(count)
            powers = alpha[[one, other]] - 1
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = powers[0] * np.log(moved / place[:, one])
                ratio += powers[1] * np.log((both - moved) / (both - place[:, one]))
            room &= np.log(random.random(count)) < ratio
        place[:, one] = np.where(room, moved, place[:, one])
        place[:, other] = both - place[:, one]
    return place


def _on_grid(drawn: Floats, total: int) -> NDArray[np.int64]:
    """Bring shares to whole parts that sum to the total: the largest remainders get what is left."""
    scaled = drawn * total
    parts = np.floor(scaled).astype(np.int64)
    left = total - parts.sum(axis=1)
    order = np.argsort(parts - scaled, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    parts += rank < left[:, None]
    # A part that would drop out takes one from the largest.
    empty = parts < 1
    if empty.any():
        rows = np.flatnonzero(empty.any(axis=1))
        largest = parts[rows].argmax(axis=1)
        parts[rows, largest] -= (1 - parts[rows]).clip(min=0).sum(axis=1)
        parts[rows] = np.where(empty[rows], 1, parts[rows])
    return parts
