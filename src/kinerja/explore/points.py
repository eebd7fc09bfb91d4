"""Numbers that people give to criteria, read and checked before they become weights.

What lives here: reading them exactly, all their issues at once, and shares of their sum. What never comes
in: which method asked for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from kinerja.errors import Issue, quoted
from kinerja.exact import ExactInput, NotANumberError, exact
from kinerja.explore.judgements import check_criteria
from kinerja.values import Origin, Weights

__all__ = ["anchored", "of_sum", "read_points"]

End = Literal["least", "most"]


def read_points(
    given: Mapping[str, ExactInput], *, path: str
) -> tuple[dict[str, Fraction], list[Issue]]:
    """Read numbers of at least 0, by criterion; one that is not among them is an issue."""
    issues = check_criteria(list(given), path=path)
    points: dict[str, Fraction] = {}
    for name, value in given.items():
        try:
            points[name] = exact(value)
        except NotANumberError:
            points[name] = Fraction(-1)
        if points[name] < 0:
            issues.append(_not_points(f"{path}.{name}", value))
    if not issues and not any(points.values()):
        issues.append(Issue(code="KNJ013", path=path, details={"found": "0"}))
    return points, issues


def of_sum(points: Mapping[str, Fraction], *, origin: Origin) -> Weights:
    """Give each criterion its share of the sum, exactly."""
    total = sum(points.values(), Fraction(0))
    return Weights(tuple((name, value / total) for name, value in points.items()), origin)


def _not_points(path: str, value: object) -> Issue:
    return Issue(code="KNJ012", path=path, details={"found": quoted(value)})


def anchored(
    points: Mapping[str, Fraction], *, path: str, anchor: Fraction, end: End
) -> list[Issue]:
    """Find that the points do not begin, or end, with the number that the method gives one criterion.

    Args:
        points: By criterion.
        path: What issues call them.
        anchor: The number.
        end: `least` where no criterion may have fewer points, `most` where none may have more.
    """
    sign = "≥" if end == "least" else "≤"
    beyond = [name for name, value in points.items() if _beyond(value, anchor, end)]
    issues = [
        Issue(
            code="KNJ016",
            path=f"{path}.{name}",
            details={"what": name, "found": str(points[name]), "expected": f"{sign} {anchor}"},
        )
        for name in beyond
    ]
    if not issues and anchor not in points.values():
        pick = min if end == "least" else max
        name = pick(points, key=points.__getitem__)
        details = {"what": name, "found": str(points[name]), "expected": str(anchor)}
        issues.append(Issue(code="KNJ016", path=f"{path}.{name}", details=details))
    return issues


def _beyond(value: Fraction, anchor: Fraction, end: End) -> bool:
    return value < anchor if end == "least" else value > anchor
