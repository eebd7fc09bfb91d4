"""How well judgements of pairs agree with each other, and which of them does not fit.

What lives here: groups of criteria that judgements connect, judgements without contradiction and their
exact weights, logarithmic least squares, and what each judgement says against all others. What never
comes in: eigenvectors, tables of random indices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue
from kinerja.explore.judgements import (
    Judgements,
    NamedJudgements,
    read_judgements,
    shown,
    shown_pair,
)

__all__ = [
    "DoubtfulJudgement",
    "connected_groups",
    "disconnected",
    "doubtful_judgements",
    "doubts_among",
    "doubts_of",
    "exact_proportions",
    "inconsistent",
    "least_squares",
    "look_first",
]

Floats: TypeAlias = "NDArray[np.float64]"

#: The ratio of Saaty (1977) up to which judgements count as consistent enough.
LARGEST_RATIO: Final = 0.10
#: Differences of logarithms below this are noise of the computation.
NOISE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulJudgement:
    """A judgement that the others contradict.

    Attributes:
        first: The criterion that was judged at least as important.
        second: The other criterion.
        given: How many times as important the first was judged to be.
        implied: How many times as important all other judgements together make it.
        share: Part of the contradiction that would go if this judgement alone were taken back: of the sum
            of squared differences of logarithms, 0 to 1.
    """

    first: str
    second: str
    given: Fraction
    implied: float
    share: float


def doubtful_judgements(
    judgements: NamedJudgements, *, criteria: Sequence[str] | None = None
) -> tuple[DoubtfulJudgement, ...]:
    """Find the judgements that the others contradict, the one to look at first first.

    What the others imply is the ratio of the weights that they give without it, by logarithmic least
    squares; where every pair was judged, this is the geometric mean of the ways over one third criterion
    (Crawford & Williams 1985, doi:10.1016/0022-2496(85)90002-1). A judgement that no other one
    checks is not among them. Judgements are to be talked over with those who gave them, never changed
    for them.

    Args:
        judgements: By the names of two criteria: how many times as important the first one is. Pairs may
            be missing.
        criteria: The names; by default those of the pairs.

    Raises:
        InputError: A judgement cannot be used, or the judgements do not connect all criteria.

    Examples:
        >>> found = doubtful_judgements({("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 4, ("c", "d"): 2,
        ...     ("b", "d"): 4, ("a", "d"): "1/8"})
        >>> found[0].first, found[0].second, found[0].given, round(found[0].implied, 6)
        ('d', 'a', Fraction(8, 1), 0.125)
    """
    read, issues = read_judgements(judgements, criteria=criteria)
    issues = issues or disconnected(read)
    if issues:
        raise InputError(issues)
    return doubts_of(read)


def doubts_of(judgements: Judgements) -> tuple[DoubtfulJudgement, ...]:
    """Find the judgements that the others contradict, among those that connect all criteria."""
    return doubts_among(judgements.criteria, judgements.ratios)


def doubts_among(
    criteria: Sequence[str], ratios: Mapping[tuple[int, int], Fraction]
) -> tuple[DoubtfulJudgement, ...]:
    """Find the ratios that the others contradict; the places are those of the criteria."""
    logs = {pair: float(np.log(float(ratio))) for pair, ratio in ratios.items()}
    found, resistance = least_squares(len(criteria), logs)
    errors = {(i, j): log - float(found[i] - found[j]) for (i, j), log in logs.items()}
    total = sum(error**2 for error in errors.values())
    doubts: list[DoubtfulJudgement] = []
    for (i, j), error in errors.items():
        # Without the judgement its own error grows by 1 / (1 - leverage); a bridge has leverage 1.
        free = 1 - float(resistance[i, i] + resistance[j, j] - 2 * resistance[i, j])
        if free < NOISE or abs(error) < NOISE:
            continue
        given, implied = ratios[i, j], exp(logs[i, j] - error / free)
        first, second = criteria[i], criteria[j]
        if given < 1:
            first, second, given, implied = second, first, 1 / given, 1 / implied
        doubts.append(
            DoubtfulJudgement(
                first=first,
                second=second,
                given=given,
                implied=implied,
                share=error**2 / free / total,
            )
        )
    # Shares that differ by noise alone stay in the order of the criteria.
    return tuple(sorted(doubts, key=lambda one: -round(one.share, 9)))


def inconsistent(path: str, ratio: float, doubts: Sequence[DoubtfulJudgement]) -> list[Issue]:
    """Warn of a consistency ratio above 0.10, with the judgement to look at first; nothing below it."""
    if ratio <= LARGEST_RATIO or not doubts:
        return []
    details = {
        "found": f"{ratio:.3f}",
        "expected": f"{LARGEST_RATIO:.2f}",
        "look": look_first(doubts),
    }
    return [Issue(code="KNJ001", path=path, details=details, severity="warning")]


def look_first(doubts: Sequence[DoubtfulJudgement]) -> str:
    """Write the judgement to look at first, and in brackets what the others imply.

    Those that share the first place are all written: in a ring of judgements each contradicts the others as
    much as any.
    """
    first = [one for one in doubts if one.share >= doubts[0].share - NOISE]
    return ", ".join(
        f"{shown_pair(one.first, one.second)} = {shown(one.given)} ({_implied(one.implied)})"
        for one in first
    )


def _implied(ratio: float) -> str:
    """Write a ratio as people judge: below 1 as a part, since then the other criterion is ahead."""
    return f"{ratio:.3g}" if ratio >= 1 else f"1/{1 / ratio:.3g}"


def connected_groups(judgements: Judgements) -> tuple[tuple[str, ...], ...]:
    """Give the groups of criteria that judgements connect; one group where they connect all."""
    reached: list[set[int]] = []
    for start in range(len(judgements.criteria)):
        if not any(start in group for group in reached):
            reached.append(set(_walk(judgements, start)))
    return tuple(tuple(judgements.criteria[place] for place in sorted(group)) for group in reached)


def disconnected(judgements: Judgements, *, path: str = "judgements") -> list[Issue]:
    """Find that judgements do not connect all criteria; names the groups."""
    groups = connected_groups(judgements)
    if len(groups) == 1:
        return []
    details = {
        "found": " | ".join(", ".join(group) for group in groups),
        "example": shown_pair(groups[0][0], groups[1][0]),
    }
    return [Issue(code="KNJ011", path=path, details=details)]


def exact_proportions(judgements: Judgements) -> tuple[Fraction, ...] | None:
    """Give numbers in the judged ratios where no judgement contradicts another, else `None`.

    The judgements must connect all criteria.
    """
    found = _walk(judgements, 0)
    fits = all(found[i] == ratio * found[j] for (i, j), ratio in judgements.ratios.items())
    return tuple(found[place] for place in range(len(found))) if fits else None


def _walk(judgements: Judgements, start: int) -> dict[int, Fraction]:
    """Give the size of every criterion that judgements lead to, the first one being 1."""
    found = {start: Fraction(1)}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for pair in judgements.ratios:
            if here in pair:
                other = pair[1] if pair[0] == here else pair[0]
                if other not in found:
                    found[other] = found[here] * judgements.ratio(other, here)
                    waiting.append(other)
    return found


def least_squares(size: int, logs: Mapping[tuple[int, int], float]) -> tuple[Floats, Floats]:
    """Solve logarithmic least squares on a graph of judgements.

    Args:
        size: Number of criteria, all of them connected.
        logs: Logarithm of each ratio, by places.

    Returns:
        Logarithms of the weights, whose mean is 0; and the pseudo-inverse of the graph's Laplacian, which
        tells how much a judgement rests on itself.
    """
    laplacian = np.zeros((size, size))
    right = np.zeros(size)
    for (i, j), log in logs.items():
        laplacian[i, i] += 1
        laplacian[j, j] += 1
        laplacian[i, j] -= 1
        laplacian[j, i] -= 1
        right[i] += log
        right[j] -= log
    # The Laplacian of a connected graph has the constant vector alone as its kernel.
    flat = np.full((size, size), 1 / size)
    inverse = np.linalg.inv(laplacian + flat) - flat
    return inverse @ right, inverse
