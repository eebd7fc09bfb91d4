"""Components of people and weights of components, as the explorers of scores take them.

What lives here: reading components in the order of their weights, reading weights. What never comes in:
what is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.exact import ExactInput, exact
from kinerja.explore.choices import check_choices
from kinerja.explore.indicators import MIN_ROWS, Floats, Missing, read_table
from kinerja.values import Weights

__all__ = ["Given", "complete", "read_components", "read_weights"]

#: A frame of any library, a mapping of columns, or an array of people × components.
Given: TypeAlias = object


def read_components(data: Given, *, names: Sequence[str]) -> Floats:
    """Read components of people as an array of components × people, NaN where missing.

    Args:
        data: A frame or a mapping of columns, of which those named are read; or an array or a list of rows,
            whose columns stand in the order of the names.
        names: The components.

    Raises:
        InputError: With every reason why this is no table of numbers.
    """
    columns, _ = read_table(data, tuple(names))
    if not columns:
        details = {"found": "0", "expected": "≥ 1"}
        raise InputError([Issue(code="KNJ020", path="data", details=details)])
    held = np.array(columns)
    if np.isinf(held).any():
        issues = [
            Issue(code="KNJ025", path=name, details={"found": quoted(name)})
            for name, column in zip(names, held, strict=True)
            if np.isinf(column).any()
        ]
        raise InputError(issues)
    return held


def complete(columns: Floats, *, missing: Missing) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the people who have every component, and which ones they are.

    Raises:
        InputError: Somebody lacks one and `missing` refuses, or fewer than two are left.
    """
    there: NDArray[np.bool_] = np.asarray(~np.isnan(columns).any(axis=0))
    issues = check_choices({"missing": (missing, get_args(Missing))})
    count = int(there.sum())
    if count < len(there) and missing == "refuse":
        details = {"count": str(len(there) - count), "first": str(int((~there).argmax()) + 1)}
        issues.append(Issue(code="KNJ023", path="data", details=details))
    elif count < MIN_ROWS:
        details = {"found": str(count), "expected": f"≥ {MIN_ROWS}"}
        issues.append(Issue(code="KNJ026", path="data", details=details))
    if issues:
        raise InputError(issues)
    return (columns if count == len(there) else columns[:, there]), there


def read_weights(
    weights: Weights | Mapping[str, ExactInput], *, names: Sequence[str] = ()
) -> Weights:
    """Read weights, and check that they are of certain components.

    Args:
        weights: Weights, or a mapping from names to numbers.
        names: The components; without, those of the weights.

    Raises:
        InputError: A weight is no number, negative or infinite, all are zero, or a name is not known or
            missing.
    """
    if isinstance(weights, Weights):
        given = weights
    else:
        figures: dict[str, Fraction] = {}
        issues = []
        for name, value in weights.items():
            try:
                figures[name] = exact(value)
            except (TypeError, ValueError):
                figures[name] = Fraction(-1)
            if figures[name] < 0:
                details = {"found": f"{name}: {value}", "expected": "≥ 0"}
                issues.append(Issue(code="KNJ034", path=f"weights.{name}", details=details))
        if not issues and not any(figures.values()):
            details = {"found": "0", "expected": "> 0"}
            issues.append(Issue(code="KNJ034", path="weights", details=details))
        if issues:
            raise InputError(issues)
        given = Weights(tuple(figures.items()))
    if names:
        wrong = [
            unknown_name("KNJ021", f"weights.{name}", name, names)
            for name in given.names
            if name not in names
        ]
        wrong += [
            unknown_name("KNJ021", name, name, given.names)
            for name in names
            if name not in given.names
        ]
        if wrong:
            raise InputError(wrong)
    return given
