"""Which uncertain factor moves a result: first- and total-order indices.

What lives here: the design of Saltelli, the estimators, intervals by resampling. What never comes in: what
the function computes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted
from kinerja.explore.indicators import Floats
from kinerja.explore.sobol import MAX_DIMENSIONS, Scramble, sobol_points

__all__ = ["Sensitivities", "Sensitivity", "sobol_indices"]

MAX_FACTORS: Final = MAX_DIMENSIONS // 2
#: Resamples that are computed at once: memory is this times the points.
AT_ONCE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How much of the variance of a result hangs on one factor.

    Attributes:
        name: The factor.
        first: Share that would go if this factor alone were known (first order).
        total: Share that would stay if all others were known (total order): `first` and everything in which
            this factor takes part.
        first_interval: 95 % of the resampled values of `first`.
        total_interval: The same of `total`.
    """

    name: str
    first: float
    total: float
    first_interval: tuple[float, float]
    total_interval: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivities:
    """How much of the variance of a result hangs on each factor.

    Attributes:
        of: One for each factor, in their order.
        mean: Mean of the result.
        variance: Variance of the result.
        evaluations: How often the function was computed.
        seed: Seed of the points and of the resampling.
    """

    of: tuple[Sensitivity, ...]
    mean: float
    variance: float
    evaluations: int
    seed: int

    def __getitem__(self, name: str) -> Sensitivity:
        """Give what hangs on a factor."""
        return next(one for one in self.of if one.name == name)


def sobol_indices(  # noqa: PLR0913 - what the answer depends on is named
    function: Callable[[Floats], NDArray[np.floating]],
    *,
    factors: Mapping[str, tuple[float, float]],
    power: int = 12,
    seed: int = 0,
    scramble: Scramble = "shift",
    resamples: int = 200,
) -> Sensitivities:
    """Find how much of the variance of a result hangs on each uncertain factor.

    First order by the estimator of Saltelli et al. 2010 (Computer Physics Communications 181:259-270),
    total order by that of Jansen 1999, at points of a Sobol' sequence. The function is computed
    `(k + 2) · 2^power` times for k factors, all points of one block in one call.

    Args:
        function: Takes an array of points × factors, gives one result a point.
        factors: Each factor and the ends between which it is uncertain, all values alike; at most 20. For
            another distribution let a factor run from 0 to 1 and take its quantile in the function.
        power: Points are 2 to this power.
        seed: Of the shift of the points and of the resampling.
        scramble: See `sobol_points`.
        resamples: How often the points are drawn anew for the intervals.

    Raises:
        InputError: There are no or too many factors, ends are no numbers in rising order, a result is no
            finite number, or the result never varies.

    Examples:
        >>> weights = np.array([0.4, 0.3, 0.2, 0.1])
        >>> found = sobol_indices(
        ...     lambda points: points @ weights, factors=dict.fromkeys("abcd", (0, 1))
        ... )
        >>> [round(one.first, 2) for one in found.of]
        [0.53, 0.3, 0.13, 0.03]
    """
    _check(factors, resamples)
    count = len(factors)
    low, high = np.array(list(factors.values()), dtype=np.float64).T
    points = sobol_points(2 * count, power=power, seed=seed, scramble=scramble)
    one, other = (
        low + points[:, :count] * (high - low),
        low + points[:, count:] * (high - low),
    )
    at_one, at_other = _values(function, one), _values(function, other)
    mixed = np.empty((count, len(points)))
    for place in range(count):
        changed = one.copy()
        changed[:, place] = other[:, place]
        mixed[place] = _values(function, changed)
    both = np.concatenate((at_one, at_other))
    mean, variance = float(both.mean()), float(both.var())
    if variance <= float(np.finfo(np.float64).eps) ** 2 * float((both**2).mean()):
        details = {"people": str(len(both))}
        raise InputError([Issue(code="KNJ037", path="function", details=details)])
    # Around the mean the products lose fewer digits, and the estimate varies less.
    held = np.stack([at_one - mean, at_other - mean])
    firsts, totals = held[1] * (mixed - mean - held[0]), (held[0] - (mixed - mean)) ** 2 / 2
    squares = (held**2).sum(axis=0) / 2
    drawn = _resampled(np.vstack([firsts, totals, squares, held.sum(axis=0) / 2]), resamples, seed)
    ends = _intervals(drawn, count)
    return Sensitivities(
        of=tuple(
            Sensitivity(
                name=name,
                first=float(firsts[place].mean() / variance),
                total=float(totals[place].mean() / variance),
                first_interval=ends[place],
                total_interval=ends[count + place],
            )
            for place, name in enumerate(factors)
        ),
        mean=mean,
        variance=variance,
        evaluations=(count + 2) * len(points),
        seed=seed,
    )


def _check(factors: Mapping[str, tuple[float, float]], resamples: int) -> None:
    issues = []
    if not 1 <= len(factors) <= MAX_FACTORS:
        details = {"found": str(len(factors)), "expected": f"1–{MAX_FACTORS}"}
        issues.append(Issue(code="KNJ036", path="factors", details=details))
    for name, (low, high) in factors.items():
        if not (np.isfinite(low) and np.isfinite(high) and low < high):
            details = {"found": f"{low:g}–{high:g}", "expected": "a < b"}
            issues.append(Issue(code="KNJ035", path=f"factors.{name}", details=details))
    if resamples < 1:
        details = {"found": quoted(resamples), "expected": "≥ 1"}
        issues.append(Issue(code="KNJ035", path="resamples", details=details))
    if issues:
        raise InputError(issues)


def _values(function: Callable[[Floats], NDArray[np.floating]], points: Floats) -> Floats:
    found = np.asarray(function(points), dtype=np.float64)
    if found.shape != (len(points),):
        shape = " × ".join(map(str, found.shape)) or "1"
        details = {"found": shape, "expected": str(len(points))}
        raise InputError([Issue(code="KNJ020", path="function", details=details)])
    if not np.isfinite(found).all():
        details = {"found": quoted("function")}
        raise InputError([Issue(code="KNJ025", path="function", details=details)])
    return found


def _resampled(rows: Floats, resamples: int, seed: int) -> Floats:
    """Give the means of each row over points drawn anew, one column for each draw."""
    count = rows.shape[1]
    # Apart from the seed of the points.
    draws = np.random.default_rng((seed, 1))
    means = np.empty((len(rows), resamples))
    for start in range(0, resamples, AT_ONCE):
        size = min(AT_ONCE, resamples - start)
        # How often each point is drawn is all that a mean needs.
        often = draws.multinomial(count, np.full(count, 1 / count), size=size)
        means[:, start : start + size] = rows @ often.T / count
    return means


def _intervals(means: Floats, count: int) -> list[tuple[float, float]]:
    """Give 95 % of the resampled indices, first orders and then total orders."""
    variance = means[2 * count] - means[2 * count + 1] ** 2
    indices = means[: 2 * count] / variance
    low, high = np.quantile(indices, [0.025, 0.975], axis=1)
    return list(zip(low.tolist(), high.tolist(), strict=True))
