"""Components that say the same twice.

What lives here: correlations, pairs above a limit, variance inflation, condition. What never comes in: what
to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from kinerja.errors import InputError, Issue
from kinerja.explore.components import Given, complete, read_components
from kinerja.explore.indicators import Floats, Missing

__all__ = ["Redundancy", "RelatedPair", "find_redundancy"]

#: Readings of Belsley, Kuh, Welsch 1980: from 30 on coefficients of a regression mean little; from 10 on
#: the overlap is felt. Of the inflation of a variance 10 and 5 are commonly used.
STRONG: Final = {"condition": 30.0, "inflation": 10.0}
FELT: Final = {"condition": 10.0, "inflation": 5.0}
#: An eigenvalue below this share of the largest is 0 but for rounding.
NOTHING: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPair:
    """Two components that go along with each other, or against."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Redundancy:
    """How far components say the same.

    Attributes:
        names: The components.
        correlations: For each, its correlations with all; NaN where nobody differs in one of the two.
        limit: From which correlation on a pair is told.
        pairs: Pairs at or above the limit, whatever the sign, the closest first.
        inflation: For each the variance inflation factor, 1 / (1 − R²), where R² is what the others
            together explain of it; infinite where they give it exactly; NaN where nobody differs.
        condition: Condition index: root of the largest eigenvalue of the correlations over the least;
            infinite where one component follows from the others.
        constant: Components in which nobody differs.
        people: People who have every component.
        left_out: People who lack one.
    """

    names: tuple[str, ...]
    correlations: tuple[tuple[float, ...], ...]
    limit: float
    pairs: tuple[RelatedPair, ...]
    inflation: tuple[float, ...]
    condition: float
    constant: tuple[str, ...]
    people: int
    left_out: int

    @property
    def reading(self) -> Literal["separate", "overlapping", "redundant"]:
        """What the figures mean; its words are `explore.redundancy.<reading>`."""
        worst = max((value for value in self.inflation if not np.isnan(value)), default=1.0)
        if self.condition >= STRONG["condition"] or worst >= STRONG["inflation"]:
            return "redundant"
        if self.condition >= FELT["condition"] or worst >= FELT["inflation"] or self.pairs:
            return "overlapping"
        return "separate"


def find_redundancy(
    components: Given,
    *,
    names: Sequence[str],
    limit: float = 0.8,
    missing: Missing = "refuse",
) -> Redundancy:
    """Find components that say the same twice.

    Two indicators that go along with each other count one thing twice, whatever their weights say; this
    may be meant. Correlations are Pearson's. Fewer people than components always give an infinite
    condition.

    Args:
        components: A frame or mapping with a column for each name, or an array of people × components in
            the order of the names.
        names: The components.
        limit: From which correlation on a pair is told, from 0 to 1.
        missing: A missing component refuses (`refuse`), or the person is left out and counted
            (`leave_out`).

    Raises:
        InputError: The components are no numbers, or the limit lies outside 0 to 1.

    Examples:
        >>> found = find_redundancy(
        ...     [[60, 61, 3], [70, 72, 9], [80, 79, 1], [90, 92, 5]],
        ...     names=("skp", "target", "inovasi"),
        ... )
        >>> [(pair.first, pair.second, round(pair.correlation, 3)) for pair in found.pairs]
        [('skp', 'target', 0.994)]
        >>> found.reading
        'redundant'
    """
    if not 0 <= limit <= 1:
        details = {"found": f"{limit:g}", "expected": "0–1"}
        raise InputError([Issue(code="KNJ035", path="limit", details=details)])
    given, there = complete(read_components(components, names=names), missing=missing)
    varies = given.max(axis=1) > given.min(axis=1)
    correlations = np.full((len(names), len(names)), np.nan)
    inflation = np.full(len(names), np.nan)
    condition = float("nan")
    if varies.any():
        inner = _correlate(given[varies])
        correlations[np.ix_(varies, varies)] = inner
        inflation[varies], condition = _overlap(inner)
    return Redundancy(
        names=tuple(names),
        correlations=tuple(tuple(row) for row in correlations.tolist()),
        limit=limit,
        pairs=_pairs(names, correlations, limit),
        inflation=tuple(inflation.tolist()),
        condition=condition,
        constant=tuple(name for name, one in zip(names, varies, strict=True) if not one),
        people=given.shape[1],
        left_out=int(len(there) - given.shape[1]),
    )


def _correlate(given: Floats) -> Floats:
    centred = given - given.mean(axis=1, keepdims=True)
    unit = centred / np.sqrt((centred**2).sum(axis=1, keepdims=True))
    found: Floats = np.clip(unit @ unit.T, -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    return found


def _overlap(correlations: Floats) -> tuple[Floats, float]:
    values, vectors = np.linalg.eigh(correlations)
    is_none = values <= NOTHING * values[-1]
    if not is_none.any():
        return (vectors**2 / values).sum(axis=1), float(np.sqrt(values[-1] / values[0]))
    # Those that take part in an exact relation have no variance of their own.
    part_of = (vectors[:, is_none] ** 2).sum(axis=1) > NOTHING
    rest = (vectors[:, ~is_none] ** 2 / values[~is_none]).sum(axis=1)
    return np.where(part_of, np.inf, rest), float("inf")


def _pairs(names: Sequence[str], correlations: Floats, limit: float) -> tuple[RelatedPair, ...]:
    found = [
        RelatedPair(
            first=names[one], second=names[other], correlation=float(correlations[one, other])
        )
        for one in range(len(names))
        for other in range(one + 1, len(names))
        if abs(correlations[one, other]) >= limit
    ]
    return tuple(sorted(found, key=lambda pair: -abs(pair.correlation)))
