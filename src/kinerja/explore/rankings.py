"""Orders of people, and how far two of them agree.

What lives here: ranks in which scores equal but for the last bits of a float tie, Spearman's rho and
Kendall's tau-b with exact ties. What never comes in: how scores are made.
"""

from __future__ import annotations

from math import sqrt
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kinerja.errors import InputError, Issue

__all__ = ["Best", "kendall", "ranks_of", "spearman", "tie_groups"]

Best: TypeAlias = Literal["highest", "lowest"]
Whole: TypeAlias = NDArray[np.int64]

#: Scores nearer to each other than this share of the largest are one score: some hundred times what the
#: floats of a sum of twenty terms are off, and far below the last decimal anybody writes.
SAME: Final = 2.0**-44


def tie_groups(scores: ArrayLike) -> Whole:
    """Number the distinct scores, from 0 for the lowest; -1 where there is no score.

    Neighbours that only the last bits of a float tell apart are one score: whoever has 0.7 · 3 and
    whoever has 2.1 tie.

    Args:
        scores: One score a person; NaN is missing.

    Examples:
        >>> tie_groups([0.7 * 3, 2.1, 5, float("nan")]).tolist()
        [0, 0, 1, -1]
    """
    given = np.asarray(scores, dtype=np.float64)
    found = np.full(len(given), -1, dtype=np.int64)
    there = np.flatnonzero(~np.isnan(given))
    if not len(there):
        return found
    order = there[np.argsort(given[there], kind="stable")]
    rising = given[order]
    apart = np.diff(rising) > SAME * max(abs(float(rising[0])), abs(float(rising[-1])))
    found[order] = np.concatenate(([0], np.cumsum(apart)))
    return found


def ranks_of(scores: ArrayLike, *, best: Best) -> Whole:
    """Rank people; who ties shares a rank, and as many ranks are left out (1, 2, 2, 4).

    Args:
        scores: One score a person; NaN is missing.
        best: Which end has rank 1.

    Returns:
        The ranks; 0 where there is no score.

    Examples:
        >>> ranks_of([80, 95, 80, 70], best="highest").tolist()
        [2, 1, 2, 4]
    """
    groups = tie_groups(scores)
    there = groups >= 0
    sizes = np.bincount(groups[there])
    before = np.cumsum(sizes) - sizes
    if best == "highest":
        before = int(sizes.sum()) - before - sizes
    found = np.zeros(len(groups), dtype=np.int64)
    found[there] = before[groups[there]] + 1
    return found


def spearman(first: ArrayLike, second: ArrayLike) -> float:
    """Correlate two orders by Spearman: the correlation of ranks, tied people at the mean of theirs.

    Args:
        first: One score a person; NaN is missing.
        second: Another score of the same people. Who lacks one of them is left out.

    Returns:
        From -1 to 1; NaN where everybody ties in one of the orders.

    Raises:
        InputError: They are not equally long, or fewer than two people have both.

    Examples:
        >>> spearman([1, 2, 3, 4], [1, 3, 2, 4])
        0.8
    """
    one, other = (_doubled(groups) for groups in _paired(first, second))
    # Whole numbers until the last step, so that equal orders give exactly 1.
    both, own, their = (_product(a, b) for a, b in ((one, other), (one, one), (other, other)))
    if not own * their:
        return float("nan")
    if both * both == own * their:
        return 1.0 if both > 0 else -1.0
    return both / sqrt(own * their)


def kendall(first: ArrayLike, second: ArrayLike) -> float:
    """Correlate two orders by Kendall's tau-b, counting pairs exactly, ties in either among them.

    The time grows as n log n: a hundred thousand people take some ten milliseconds.

    Args:
        first: One score a person; NaN is missing.
        second: Another score of the same people. Who lacks one of them is left out.

    Returns:
        From -1 to 1; NaN where everybody ties in one of the orders.

    Raises:
        InputError: They are not equally long, or fewer than two people have both.

    Examples:
        >>> round(kendall([1, 2, 3, 4], [1, 3, 2, 4]), 4)
        0.6667
    """
    one, other = _paired(first, second)
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    pairs = len(one) * (len(one) - 1) // 2
    tied_one, tied_other = _tied_pairs(one), _tied_pairs(other)
    tied_both = _tied_pairs(one * (int(other.max()) + 1) + other)
    swapped = _inversions(other)
    difference = pairs - tied_one - tied_other + tied_both - 2 * swapped
    free = (pairs - tied_one) * (pairs - tied_other)
    if not free:
        return float("nan")
    if difference * difference == free:
        return 1.0 if difference > 0 else -1.0
    return difference / sqrt(free)


def _paired(first: ArrayLike, second: ArrayLike) -> tuple[Whole, Whole]:
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape != other.shape:
        details = {"found": str(other.size), "expected": str(one.size)}
        raise InputError([Issue(code="KNJ020", path="second", details=details)])
    there = ~(np.isnan(one) | np.isnan(other))
    count = int(there.sum())
    if count < 2:  # noqa: PLR2004 - a pair
        details = {"found": str(count), "expected": "≥ 2"}
        raise InputError([Issue(code="KNJ026", path="first", details=details)])
    return tie_groups(one[there]), tie_groups(other[there])


def _doubled(groups: Whole) -> Whole:
    """Give twice the distance of each mean rank from the middle: whole numbers."""
    sizes = np.bincount(groups)
    after = np.cumsum(sizes)
    ranks = 2 * after - sizes - len(groups)
    return ranks[groups]


def _product(one: Whole, other: Whole) -> int:
    if len(one) <= 2_000_000:  # noqa: PLR2004 - n³ / 3 fits a machine integer
        return int(one @ other)
    part = 1_000_000
    return sum(
        int(one[start : start + part].astype(object) @ other[start : start + part].astype(object))
        for start in range(0, len(one), part)
    )


def _tied_pairs(groups: NDArray[Any]) -> int:
    _, sizes = np.unique(groups, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


def _inversions(numbers: Whole) -> int:
    """Count the pairs whose first number is larger, bit by bit from the highest.

    Before each bit those of equal higher bits stand together, in their first order; of two of them only
    this bit can make the pair an inversion. After it they are parted, zeros first.
    """
    count, found = len(numbers), 0
    held = numbers.copy()
    for bit in reversed(range(int(held.max()).bit_length())):
        ones = (held >> bit) & 1
        above = held >> (bit + 1)
        starts = np.flatnonzero(np.concatenate(([True], above[1:] != above[:-1])))
        owner = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, count)))
        before = np.cumsum(ones) - ones
        before -= before[starts][owner]
        zeros = ones == 0
        found += int(before[zeros].sum())
        # Zeros move up over the ones before them, ones down over the zeros behind them.
        place = np.arange(count) - starts[owner]
        zeros_before = place - before
        total_zeros = np.add.reduceat(zeros, starts, dtype=np.int64)[owner]
        target = starts[owner] + np.where(zeros, zeros_before, total_zeros + before)
        moved = np.empty_like(held)
        moved[target] = held
        held = moved
    return found
