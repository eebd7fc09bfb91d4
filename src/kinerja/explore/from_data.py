"""What all weights from data share: where they come from, and what they do not know.

What lives here: checks that several methods need, and the issues that go with every weight from data.
What never comes in: the methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import numpy as np

from kinerja.errors import InputError, Issue, Severity, quoted
from kinerja.explore.indicators import Floats, Indicators
from kinerja.values import Origin, Weights

__all__ = ["refuse_below", "weights_from_data"]


def refuse_below(indicators: Indicators, *, least: Literal["zero", "above_zero"]) -> None:
    """Refuse values of which no share or no logarithm can be taken.

    Raises:
        InputError: An indicator has a value below 0, or at 0 where it must be above.
    """
    wrong = indicators.low < 0 if least == "zero" else indicators.low <= 0
    issues = [
        Issue(
            code="KNJ027",
            path=name,
            details={
                "found": f"{value:g}",
                "name": quoted(name),
                "expected": "≥ 0" if least == "zero" else "> 0",
            },
        )
        for name, value, is_wrong in zip(indicators.names, indicators.low, wrong, strict=True)
        if is_wrong
    ]
    if issues:
        raise InputError(issues)


def weights_from_data(  # noqa: PLR0913 - what stands in the provenance, each by its name
    indicators: Indicators,
    parts: Floats,
    *,
    method: str,
    source: str,
    facts: Mapping[str, Fraction | float | int | str],
    ignores_direction: Literal["yes", "no"],
) -> Weights:
    """Make weights of what a method found for each indicator, with what nobody should forget.

    Args:
        indicators: The indicators.
        parts: What the weights are in proportion to, one number for each; at least 0.
        method: Name of the method.
        source: Where it is published.
        facts: What it found besides.
        ignores_direction: Whether it gives the same for high and low as the good side.

    Raises:
        InputError: No indicator varies, so that there is nothing to go by.
    """
    if not np.isfinite(parts).all() or not parts.any():
        raise InputError([Issue(code="KNJ029", path="data", details=_counts(indicators))])
    origin = Origin(
        method=method,
        source=source,
        facts={"people": indicators.rows, "left_out": indicators.left_out, **facts},
        issues=_issues(indicators, ignores_direction),
    )
    values = {name: float(part) for name, part in zip(indicators.names, parts, strict=True)}
    return Weights.normalised(values, origin=origin)


def _issues(indicators: Indicators, ignores_direction: str) -> tuple[Issue, ...]:
    people = {"people": str(indicators.rows)}
    found = [
        _told("KNJ031", "warning", people),
        _told("KNJ032", "note", people),
    ]
    if ignores_direction == "yes":
        found.append(_told("KNJ038", "note", {}))
    if indicators.left_out:
        found.append(_told("KNJ024", "warning", {"count": str(indicators.left_out)}))
    if indicators.rows < len(indicators.names):
        found.append(_told("KNJ030", "warning", _counts(indicators)))
    found += [
        _told("KNJ028", "warning", {"found": quoted(name), "value": f"{low:g}"}).at(path=name)
        for name, low, varies in zip(
            indicators.names, indicators.low, indicators.varies, strict=True
        )
        if not varies
    ]
    return tuple(found)


def _told(code: str, severity: Severity, details: Mapping[str, str]) -> Issue:
    return Issue(code=code, path="data", details=details, severity=severity)


def _counts(indicators: Indicators) -> dict[str, str]:
    return {"people": str(indicators.rows), "indicators": str(len(indicators.names))}
