"""Weights that people state as such.

What lives here: points, percents and equal shares. What never comes in: comparisons and ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal, get_args

from kinerja.errors import InputError, Issue
from kinerja.exact import ExactInput
from kinerja.explore.choices import check_choices
from kinerja.explore.judgements import check_criteria, shown
from kinerja.explore.points import of_sum, read_points
from kinerja.values import Origin, Weights

__all__ = ["Unit", "direct_weights", "equal_weights"]

Unit = Literal["points", "percent"]

DOYLE: Final = "Doyle, Green & Bottomley 1997, OBHDP 70:65-72"
POINTS: Final = f"{DOYLE} (direct rating)"
PERCENT: Final = f"{DOYLE} (point allocation)"
EQUAL: Final = (
    "Dawes & Corrigan 1974, Psychol. Bull. 81:95-106, doi:10.1037/h0037613 (unit weights)"
)


def direct_weights(points: Mapping[str, ExactInput], *, unit: Unit = "points") -> Weights:
    """Turn stated importance into weights, exactly.

    Args:
        points: By criterion, at least 0.
        unit: `points` are divided by their sum, whatever it is. `percent` must sum to 100; `60` and
            `"60 %"` mean the same there.

    Raises:
        InputError: A number is negative or none, all are 0, or percents do not sum to 100.

    Examples:
        >>> dict(direct_weights({"hasil": 5, "perilaku": 3}))
        {'hasil': Fraction(5, 8), 'perilaku': Fraction(3, 8)}
        >>> dict(direct_weights({"hasil": 60, "perilaku": 40}, unit="percent"))
        {'hasil': Fraction(3, 5), 'perilaku': Fraction(2, 5)}
    """
    wrong = check_choices({"unit": (unit, get_args(Unit))})
    if wrong:
        raise InputError(wrong)
    read, issues = read_points(points, path="points")
    if unit == "percent":
        read = {name: _percent(points[name], value) for name, value in read.items()}
        total = sum(read.values(), Fraction(0))
        if not issues and total != 100:  # noqa: PLR2004 - percent
            details = {"found": f"{shown(total)} %", "expected": "100 %"}
            issues.append(Issue(code="KNJ014", path="points", details=details))
    if issues:
        raise InputError(issues)
    source = PERCENT if unit == "percent" else POINTS
    return of_sum(read, origin=Origin(method=f"direct_{unit}", source=source))


def _percent(written: ExactInput, value: Fraction) -> Fraction:
    sign = isinstance(written, str) and written.rstrip().endswith("%")
    return value * 100 if sign else value


def equal_weights(criteria: Sequence[str]) -> Weights:
    """Give every criterion the same weight.

    Raises:
        InputError: There are fewer than two criteria, or one stands twice.

    Examples:
        >>> dict(equal_weights(["hasil", "perilaku"]))
        {'hasil': Fraction(1, 2), 'perilaku': Fraction(1, 2)}
    """
    issues = check_criteria(criteria)
    if issues:
        raise InputError(issues)
    shares = dict.fromkeys(criteria, Fraction(1))
    return of_sum(shares, origin=Origin(method="equal", source=EQUAL))
