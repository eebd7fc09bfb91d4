"""Ranks under many weightings: stochastic multicriteria acceptability analysis (SMAA).

What lives here: how often a person (or anything with parts) takes each rank, the weights that make it
first, and who beats whom. What never comes in: labels, how weightings are drawn.

Lahdelma, Hokkanen and Salminen (1998, doi:10.1016/S0377-2217(97)00163-X); Lahdelma and Salminen (2001,
doi:10.1287/opre.49.3.444.11220).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import ExactInput
from kinerja.explore.judgements import check_criteria
from kinerja.explore.people import EXACT, People
from kinerja.explore.scheme import figure_of
from kinerja.explore.weightings import Weightings
from kinerja.values import Weights

__all__ = ["RankAcceptability", "exact_rank_acceptability", "rank_acceptability"]

#: Most people who are ranked: every pair of them is compared under every weighting.
MOST: Final = 5_000
#: Weightings that are ranked at once.
WIDE: Final = 256

Shares = tuple[Fraction, ...]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankAcceptability:
    """How often everybody takes each rank.

    Attributes:
        ids: Who is ranked.
        names: Names of the parts.
        ranks: For each of them the share of weightings at rank 1, 2, …; equal ones share the better rank.
        central: For each of them the mean of the weightings under which it comes first, alone or with
            others (central weights); `None` where there is none.
        beats: For each of them the share of weightings under which it lies above each other one.
        weightings: How many weightings; `None` where the shares are exact.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    ranks: tuple[Shares, ...]
    central: tuple[Weights | None, ...]
    beats: tuple[Shares, ...]
    weightings: int | None

    def mean_rank(self, place: int) -> Fraction:
        """Give the mean of the ranks of one of them."""
        return sum((share * rank for rank, share in enumerate(self.ranks[place], 1)), Fraction(0))

    def at_least(self, place: int, rank: int) -> Fraction:
        """Give the share of weightings under which one of them has this rank or a better one."""
        return sum(self.ranks[place][:rank], Fraction(0))

    def quantile(self, place: int, share: Fraction) -> int:
        """Give the rank that one of them has or betters under a share of the weightings."""
        reached = Fraction(0)
        for rank, part in enumerate(self.ranks[place], 1):
            reached += part
            if reached >= share:
                return rank
        return len(self.ids)


def rank_acceptability(
    values: People | Mapping[str, Sequence[ExactInput]], weightings: Weightings
) -> RankAcceptability:
    """Rank everybody under every weighting.

    Ranks follow from exact sums, so equal people share a rank under every weighting; the only chance is
    in the draw. People whose weighted step has no value, or who lack a part, are left out.

    Args:
        values: People, whose weighted step is ranked before any rounding; or by id the value of each
            part, higher is better.
        weightings: See `draw_weightings` and `given_weightings`.

    Raises:
        InputError: KNJ053: there are more than 5,000 to rank, or none; KNJ052: the weightings are of
            other parts; KNJ020: somebody has not a value for each part; KNJ035: a value is no number.
    """
    ids, rows = _rows(values, weightings)
    common = lcm(*(number.denominator for row in rows for number in row))
    whole = [[int(number * common) for number in row] for row in rows]
    top = max((abs(number) for row in whole for number in row), default=0)
    fits = top * int(weightings.parts.sum(axis=1).max(initial=0)) < EXACT
    matrix = np.array(whole, np.float64 if fits else object)
    count = len(ids)
    ranks = np.zeros((count, count), np.int64)
    firsts = np.zeros((count, len(weightings.names)), np.int64)
    above = np.zeros((count, count), np.int64)
    for start in range(0, len(weightings), WIDE):
        parts = weightings.parts[start : start + WIDE]
        sums = matrix @ parts.T.astype(matrix.dtype)
        for column, weights in zip(sums.T, parts, strict=True):
            codes = np.unique(column, return_inverse=True)[1]
            place = _ranks(codes)
            ranks[np.arange(count), place] += 1
            firsts[place == 0] += weights
            above += codes[:, None] > codes[None, :]
    size = len(weightings)
    central = []
    for row, first in zip(ranks[:, 0].tolist(), firsts.tolist(), strict=True):
        shares = (
            zip(
                weightings.names,
                (Fraction(part, row * weightings.grid) for part in first),
                strict=True,
            )
            if row
            else None
        )
        central.append(None if shares is None else Weights(tuple(shares)))
    return RankAcceptability(
        ids=ids,
        names=weightings.names,
        ranks=_shares(ranks, size),
        central=tuple(central),
        beats=_shares(above, size),
        weightings=size,
    )


def _shares(counts: Places, size: int) -> tuple[Shares, ...]:
    return tuple(tuple(Fraction(one, size) for one in row) for row in counts.tolist())


def _ranks(codes: Places) -> Places:
    """Give ranks from 0 for codes that rise with the value; equal codes share the better rank."""
    below = np.cumsum(np.bincount(codes))
    return len(codes) - below[codes]


def _rows(
    values: People | Mapping[str, Sequence[ExactInput]], weightings: Weightings
) -> tuple[tuple[str, ...], list[list[Fraction]]]:
    if isinstance(values, People):
        if values.scheme.names != weightings.names:
            details = {
                "found": ", ".join(weightings.names),
                "expected": ", ".join(values.scheme.names),
            }
            raise InputError([Issue(code="KNJ052", path=values.scheme.step, details=details)])
        places = np.flatnonzero(values.counted & values.present.all(axis=1)).tolist()
        _check_count(len(places))
        # Ids need not differ: a row without one is called by its number.
        rows = [cast("list[Fraction]", list(values.parts_of(place))) for place in places]
        return tuple(values.ids[place] for place in places), rows
    return tuple(values), _figures(values, weightings.names)


def _figures(
    values: Mapping[str, Sequence[ExactInput]], names: Sequence[str]
) -> list[list[Fraction]]:
    """Read values by id; every issue at once."""
    _check_count(len(values))
    issues: list[Issue] = []
    rows: list[list[Fraction]] = []
    for name, row in values.items():
        read = [figure_of(value) for value in row]
        if len(read) != len(names):
            details = {"found": str(len(read)), "expected": str(len(names))}
            issues.append(Issue(code="KNJ020", path=name, details=details))
        issues += [
            Issue(
                code="KNJ035",
                path=name,
                details={"found": quoted(value), "expected": "-∞ < x < ∞"},
            )
            for value, figure in zip(row, read, strict=True)
            if figure is None
        ]
        rows.append([figure for figure in read if figure is not None])
    if issues:
        raise InputError(issues)
    return rows


def _check_count(count: int) -> None:
    if not 0 < count <= MOST:
        details = {"found": str(count), "expected": str(MOST)}
        raise InputError([Issue(code="KNJ053", details=details)])


def exact_rank_acceptability(
    values: Mapping[str, Sequence[ExactInput]], *, names: tuple[str, str]
) -> RankAcceptability:
    """Rank by two parts under all weightings at once, exactly.

    With two parts a weighting is one number from 0 to 1, and everybody's sum a straight line over it;
    between the places where two lines cross nothing changes.

    Args:
        values: By id the value of both parts, higher is better.
        names: Names of the parts.

    Raises:
        InputError: KNJ053: there are more than 5,000 to rank, or none; KNJ020: somebody has not two values;
            KNJ035: a value is no number; KNJ019: the names are not two different ones.

    Examples:
        >>> found = exact_rank_acceptability(
        ...     {"A": (1, 0), "B": (0, 1), "C": ("0.6", "0.6")}, names=("hasil", "perilaku")
        ... )
        >>> [str(share) for share in found.ranks[2]], str(found.central[0]["hasil"])
        (['1/5', '4/5', '0'], '4/5')
    """
    issues = check_criteria(names, path="names")
    if issues:
        raise InputError(issues)
    rows = _figures(values, names[:2])
    lines = {name: (two, one - two) for name, (one, two) in zip(values, rows, strict=True)}
    cuts = {Fraction(0), Fraction(1)}
    known = list(lines.values())
    for place, (at, slope) in enumerate(known):
        for other, steep in known[:place]:
            if slope != steep and 0 < (cross := (other - at) / (slope - steep)) < 1:
                cuts.add(cross)
    count = len(lines)
    ranks = [[Fraction(0)] * count for _ in lines]
    beats = [[Fraction(0)] * count for _ in lines]
    first = [Fraction(0)] * count
    edges = sorted(cuts)
    for low, high in pairwise(edges):
        middle, width = (low + high) / 2, high - low
        sums = [at + slope * middle for at, slope in known]
        for place, own in enumerate(sums):
            better = sum(1 for value in sums if value > own)
            ranks[place][better] += width
            if better == 0:
                first[place] += width * middle
            for rival, value in enumerate(sums):
                beats[place][rival] += width * (own > value)
    central = [
        Weights(((names[0], part / row[0]), (names[1], 1 - part / row[0]))) if row[0] else None
        for part, row in zip(first, ranks, strict=True)
    ]
    return RankAcceptability(
        ids=tuple(lines),
        names=names,
        ranks=tuple(map(tuple, ranks)),
        central=tuple(central),
        beats=tuple(map(tuple, beats)),
        weightings=None,
    )
