"""Ways to make one score set beside each other: scores, ranking, bands.

What lives here: what each way does to people, and who changes between two of them. What never comes in: the
ways themselves, pictures, words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import ExactInput
from kinerja.explore.aggregation import Aggregation, MissingComponent, aggregate
from kinerja.explore.choices import check_choices
from kinerja.explore.components import Given
from kinerja.explore.indicators import Floats
from kinerja.explore.rankings import (
    SAME,
    Best,
    Whole,
    kendall,
    ranks_of,
    spearman,
    tie_groups,
)
from kinerja.values import Bands, Interval, Weights

__all__ = [
    "AggregationsCompared",
    "BandMover",
    "PairOfWays",
    "WayOutcome",
    "bands_of",
    "compare_aggregations",
]

#: No band.
NONE: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WayOutcome:
    """What one way does to people.

    Attributes:
        name: Name of the way.
        scores: float64, one a person; NaN where there is none.
        ranks: From 1; who ties shares a rank; 0 where there is no score.
        tied: People who share their score with somebody.
        missing: People without a score.
        bands: Place of each person's band among the labels, -1 without; `None` if no bands were given.
        labels: The labels, from the lowest band.
    """

    name: str
    scores: Floats
    ranks: Whole
    tied: int
    missing: int
    bands: Whole | None
    labels: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Give how many people each band has."""
        if self.bands is None:
            return {}
        sizes = np.bincount(self.bands + 1, minlength=len(self.labels) + 1)[1:]
        return dict(zip(self.labels, sizes.tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class BandMover:
    """A person whose band differs between two ways; `None` is no band."""

    id: str
    row: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOfWays:
    """How far two ways agree.

    Attributes:
        first: Name of the one.
        second: Name of the other.
        spearman: Correlation of ranks; NaN where everybody ties.
        kendall: Kendall's tau-b; NaN where everybody ties.
        moved: People whose rank differs, of those who have both.
        largest: The largest difference of ranks.
        bands: How many people go from which band to which, where these differ.
        changed: People whose band differs.
    """

    first: str
    second: str
    spearman: float
    kendall: float
    moved: int
    largest: int
    bands: Mapping[tuple[str | None, str | None], int]
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AggregationsCompared:
    """Ways set beside each other.

    Attributes:
        ways: What each does, in their order.
        pairs: How far each two agree.
        people: How many people there are.
        ids: Their ids, in the order of the rows.
    """

    ways: tuple[WayOutcome, ...]
    pairs: tuple[PairOfWays, ...]
    people: int
    ids: tuple[str, ...]

    def __getitem__(self, name: str) -> WayOutcome:
        """Give what a way does."""
        return next(way for way in self.ways if way.name == name)

    def between(self, first: str, second: str) -> PairOfWays:
        """Give how far two ways agree, in the order in which they were given."""
        return next(pair for pair in self.pairs if (pair.first, pair.second) == (first, second))

    def movers(self, first: str, second: str) -> Iterator[BandMover]:
        """Walk through the people whose band differs between two ways, in the order of the rows."""
        one, other = self[first], self[second]
        if one.bands is None or other.bands is None:
            return
        for row in np.flatnonzero(one.bands != other.bands).tolist():
            yield BandMover(
                id=self.ids[row],
                row=row,
                before=_label(one.labels, int(one.bands[row])),
                after=_label(other.labels, int(other.bands[row])),
            )


def compare_aggregations(  # noqa: PLR0913 - what the answer depends on is named
    components: Given,
    *,
    weights: Weights | Mapping[str, ExactInput],
    ways: Sequence[Aggregation],
    bands: Bands | None = None,
    best: Best = "highest",
    missing: MissingComponent = "missing",
    ids: Sequence[object] | None = None,
) -> AggregationsCompared:
    """Set ways to make one score beside each other: what each does to scores, ranking and bands.

    A score that only the last bits of a float tell from another one, or from the edge of a band, is taken
    to be equal to it; so nobody is parted from a colleague by the order of an addition.

    Args:
        components: A frame or mapping with a column for each weight, or an array of people × components in
            the order of the weights; NaN is missing.
        weights: The weight of each component.
        ways: The ways, at least one, each by its own name.
        bands: The bands that scores earn, if any.
        best: Which end of the scores has rank 1.
        missing: Who lacks a component has no score, or the weights are divided anew among the others.
        ids: The people's ids, one a row; without, rows are told from 1.

    Raises:
        InputError: As `aggregate`; or two ways have one name, or there are not as many ids as people.

    Examples:
        >>> components = [[95, 95, 40], [80, 78, 79], [90, 60, 76]]
        >>> weights = {"skp": 2, "perilaku": 1, "kehadiran": 1}
        >>> found = compare_aggregations(
        ...     components,
        ...     weights=weights,
        ...     ways=[Aggregation(kind="arithmetic"), Aggregation(kind="geometric")],
        ... )
        >>> [way.ranks.tolist() for way in found.ways]
        [[1, 2, 3], [3, 1, 2]]
        >>> round(found.between("arithmetic", "geometric").kendall, 4)
        -0.3333
    """
    names = [way.name for way in ways]
    issues = check_choices({"best": (best, get_args(Best))})
    if not ways or len(set(names)) < len(names):
        twice = next((name for name in names if names.count(name) > 1), "")
        details = {"found": quoted(twice), "expected": "≥ 1"}
        issues.append(Issue(code="KNJ035", path="ways", details=details))
    if issues:
        raise InputError(issues)
    outcomes = tuple(
        _outcome(
            way.name, aggregate(components, weights=weights, by=way, missing=missing), bands, best
        )
        for way in ways
    )
    people = len(outcomes[0].scores)
    if ids is not None and len(ids) != people:
        details = {"found": str(len(ids)), "expected": str(people)}
        raise InputError([Issue(code="KNJ020", path="ids", details=details)])
    return AggregationsCompared(
        ways=outcomes,
        pairs=tuple(_agreement(one, other) for one, other in combinations(outcomes, 2)),
        people=people,
        ids=tuple(str(one) for one in (range(1, people + 1) if ids is None else ids)),
    )


def bands_of(scores: Floats, *, bands: Bands) -> Whole:
    """Find the band of each score; one that only rounding keeps from an edge stands on the edge.

    Args:
        scores: One a person; NaN is missing.
        bands: The bands.

    Returns:
        Place of the band, from 0 for the lowest; -1 without.

    Examples:
        >>> from kinerja.values import Band, Interval
        >>> bands = Bands(bands=(
        ...     Band(label="cukup", interval=Interval(low=0, high=76, high_open=True)),
        ...     Band(label="baik", interval=Interval(low=76, high=120)),
        ... ))
        >>> bands_of(np.array([75.9, 0.7 * 3 + 73.9, 121]), bands=bands).tolist()
        [0, 1, -1]
    """
    held = np.array(scores, dtype=np.float64)
    closed = bands.closed()
    edges = {
        end for band in closed for end in (band.interval.low, band.interval.high) if end is not None
    }
    for edge in sorted(edges):
        at = float(edge)
        held[np.abs(held - at) <= SAME * np.maximum(np.abs(held), abs(at))] = at
    found = np.full(len(held), NONE, dtype=np.int64)
    for place, band in enumerate(closed):
        found[_within(held, band.interval)] = place
    return found


def _within(scores: Floats, interval: Interval) -> NDArray[np.bool_]:
    inside = ~np.isnan(scores)
    if interval.low is not None:
        low = float(interval.low)
        inside &= scores > low if interval.low_open else scores >= low
    if interval.high is not None:
        high = float(interval.high)
        inside &= scores < high if interval.high_open else scores <= high
    return inside


def _outcome(name: str, scores: Floats, bands: Bands | None, best: Best) -> WayOutcome:
    groups = tie_groups(scores)
    there = groups[groups >= 0]
    return WayOutcome(
        name=name,
        scores=scores,
        ranks=ranks_of(scores, best=best),
        tied=int((np.bincount(there)[there] > 1).sum()) if len(there) else 0,
        missing=int((groups < 0).sum()),
        bands=None if bands is None else bands_of(scores, bands=bands),
        labels=() if bands is None else tuple(band.label for band in bands.bands),
    )


def _agreement(one: WayOutcome, other: WayOutcome) -> PairOfWays:
    there = ~(np.isnan(one.scores) | np.isnan(other.scores))
    enough = int(there.sum()) > 1
    apart = np.abs(one.ranks - other.ranks)[there]
    moves = _moves(one, other)
    return PairOfWays(
        first=one.name,
        second=other.name,
        spearman=spearman(one.scores, other.scores) if enough else float("nan"),
        kendall=kendall(one.scores, other.scores) if enough else float("nan"),
        moved=int((apart > 0).sum()),
        largest=int(apart.max(initial=0)),
        bands=moves,
        changed=sum(moves.values()),
    )


def _moves(one: WayOutcome, other: WayOutcome) -> dict[tuple[str | None, str | None], int]:
    if one.bands is None or other.bands is None:
        return {}
    count = len(one.labels) + 1
    pairs = np.bincount((one.bands + 1) * count + other.bands + 1, minlength=count * count)
    return {
        (_label(one.labels, before - 1), _label(one.labels, after - 1)): int(
            pairs[before * count + after]
        )
        for before in range(count)
        for after in range(count)
        if before != after and pairs[before * count + after]
    }


def _label(labels: Sequence[str], place: int) -> str | None:
    return None if place < 0 else labels[place]
