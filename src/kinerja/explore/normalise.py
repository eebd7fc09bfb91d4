"""Columns brought to one scale, for exploring data and never for scoring people.

What lives here: min-max and goalposts, z-scores, ranks, percentiles, shares, distance to a reference; a
missing value stays missing. What never comes in: policies, targets of persons. A person's score must not
depend on who else was measured, and every one of these but goalposts does.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from kinerja.errors import InputError, Issue, quoted
from kinerja.explore.choices import check_choices
from kinerja.explore.indicators import Better, Floats

__all__ = [
    "Held",
    "between",
    "distance_to",
    "min_max",
    "percentile",
    "rank",
    "ratio_to",
    "shares",
    "z_score",
]

#: What becomes of a value beyond the goalposts.
Held: TypeAlias = Literal["clip", "free"]

#: Fewest values that have a spread.
PAIR: Final = 2


def between(values: ArrayLike, *, worst: float, best: float, held: Held) -> Floats:
    """Set values between two goalposts: 0 at the worst, 1 at the best.

    Args:
        values: One column; NaN is missing.
        worst: What gives 0.
        best: What gives 1; below `worst` where low is good.
        held: Values beyond are held at 0 and 1 (`clip`) or go on (`free`).

    Raises:
        InputError: The goalposts are one, or `held` has a name that there is not.

    Examples:
        >>> between([10, 20, 30, 45], worst=15, best=40, held="clip").tolist()
        [0.0, 0.2, 0.6, 1.0]
    """
    issues = check_choices({"held": (held, get_args(Held))})
    if worst == best:
        details = {"found": f"{worst:g}", "expected": f"≠ {best:g}"}
        issues.append(Issue(code="KNJ035", path="best", details=details))
    if issues:
        raise InputError(issues)
    # Plus 0 makes 0 of −0.
    found = (_column(values) - worst) / (best - worst) + 0.0
    return np.clip(found, 0.0, 1.0) if held == "clip" else found


def min_max(values: ArrayLike, *, better: Better = "high") -> Floats:
    """Set values between 0 (the worst of them) and 1 (the best).

    Raises:
        InputError: All are equal.

    Examples:
        >>> min_max([5, 8, 10], better="low").tolist()
        [1.0, 0.4, 0.0]
    """
    column = _column(values)
    low, high = _varying(column)
    worst, best = (low, high) if better == "high" else (high, low)
    return between(column, worst=worst, best=best, held="free")


def z_score(values: ArrayLike) -> Floats:
    """Give distances from the mean in standard deviations of a sample (n − 1).

    Raises:
        InputError: All are equal.

    Examples:
        >>> z_score([1, 2, 3]).tolist()
        [-1.0, 0.0, 1.0]
    """
    column = _column(values)
    _varying(column)
    found: Floats = (column - np.nanmean(column)) / np.nanstd(column, ddof=1)
    return found


def rank(values: ArrayLike, *, better: Better = "high") -> Floats:
    """Give ranks from 1, the best first; equal values share the best rank of theirs (1, 2, 2, 4).

    Examples:
        >>> rank([80, 95, 80, 70]).tolist()
        [2.0, 1.0, 2.0, 4.0]
    """
    column = _column(values)
    there = ~np.isnan(column)
    turned = -column[there] if better == "high" else column[there]
    found = np.full(len(column), np.nan)
    found[there] = np.searchsorted(np.sort(turned), turned, side="left") + 1.0
    return found


def percentile(values: ArrayLike) -> Floats:
    """Give the share, from 0 to 1, of the others whose value is lower.

    Examples:
        >>> percentile([10, 20, 20, 40]).round(4).tolist()
        [0.0, 0.3333, 0.3333, 1.0]
    """
    lowest_first = rank(values, better="low")
    count = int((~np.isnan(lowest_first)).sum())
    found: Floats = (lowest_first - 1) / max(count - 1, 1)
    return found


def shares(values: ArrayLike, *, better: Better = "high") -> Floats:
    """Give each value as a share of their sum; where low is good, of the sum of reciprocals.

    Raises:
        InputError: A value is not above 0 where low is good, or is negative, or all are 0.

    Examples:
        >>> shares([1, 3]).tolist(), shares([1, 3], better="low").tolist()
        ([0.25, 0.75], [0.75, 0.25])
    """
    column = _column(values)
    if np.isnan(column).all():
        details = {"found": "0", "expected": "≥ 1"}
        raise InputError([Issue(code="KNJ026", path="values", details=details)])
    least = np.nanmin(column)
    if least < 0 or (better == "low" and least == 0) or not np.nansum(column):
        expected = "> 0" if better == "low" else "≥ 0"
        details = {"found": f"{least:g}", "name": quoted("values"), "expected": expected}
        raise InputError([Issue(code="KNJ027", path="values", details=details)])
    parts = column if better == "high" else 1 / column
    found: Floats = parts / np.nansum(parts)
    return found


def ratio_to(values: ArrayLike, *, reference: float) -> Floats:
    """Give values over a reference, such as the leader or the mean.

    This depends on where the scale has its zero: in degrees of Celsius and of Fahrenheit it ranks the
    same temperatures differently.

    Raises:
        InputError: The reference is 0.

    Examples:
        >>> ratio_to([40, 80, 100], reference=80).tolist()
        [0.5, 1.0, 1.25]
    """
    if not reference:
        details = {"found": "0", "expected": "≠ 0"}
        raise InputError([Issue(code="KNJ035", path="reference", details=details)])
    return _column(values) / reference


def distance_to(values: ArrayLike, *, reference: float) -> Floats:
    """Give how far values lie from a reference, as a share of it.

    Raises:
        InputError: The reference is 0.

    Examples:
        >>> distance_to([40, 80, 100], reference=80).tolist()
        [-0.5, 0.0, 0.25]
    """
    return ratio_to(values, reference=reference) - 1


def _column(values: ArrayLike) -> Floats:
    if isinstance(values, (list, tuple)):
        values = [np.nan if value is None else value for value in values]
    return np.asarray(values, dtype=np.float64)


def _varying(column: Floats) -> tuple[float, float]:
    there = column[~np.isnan(column)]
    if len(there) < PAIR:
        details = {"found": str(len(there)), "expected": f"≥ {PAIR}"}
        raise InputError([Issue(code="KNJ026", path="values", details=details)])
    low, high = float(there.min()), float(there.max())
    if low == high:
        details = {"people": str(len(there)), "indicators": "1"}
        raise InputError([Issue(code="KNJ029", path="values", details=details)])
    return low, high
