"""Weights from principal components, as the handbook of OECD and JRC makes them.

What lives here: components of the correlations, their rotation, weights from loadings. What never comes in:
reading tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal, TypeAlias

import numpy as np

from kinerja.errors import InputError, Issue, quoted
from kinerja.explore.critic import Products
from kinerja.explore.from_data import weights_from_data
from kinerja.explore.indicators import Better, Floats, Indicators, Missing, read_indicators
from kinerja.values import Weights

__all__ = ["Components", "Kept", "pca_weights", "principal_components"]

#: How many components are kept: a number, or those whose eigenvalue is above 1.
Kept: TypeAlias = int | Literal["eigenvalue_above_1"]

SOURCE: Final = "OECD/JRC, Handbook on Constructing Composite Indicators, 2008, Tables 16-18"
#: Rounds of the rotation at most; it settles in about ten.
MAX_TURNS: Final = 200
#: An angle below this turns nothing.
SETTLED: Final = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Components:
    """Principal components of correlations, some kept and rotated.

    Attributes:
        names: The indicators that vary.
        eigenvalues: Of all components, the largest first; their sum is the number of indicators.
        loadings: Indicators × kept components after varimax, those that explain most first.
        explained: Variance that each of them explains.
    """

    names: tuple[str, ...]
    eigenvalues: tuple[float, ...]
    loadings: Floats
    explained: tuple[float, ...]


def pca_weights(
    data: object, *, better: Mapping[str, Better], factors: Kept, missing: Missing = "refuse"
) -> Weights:
    """Weigh indicators by principal components, as the OECD/JRC handbook does.

    Components of the correlation matrix are kept and rotated (varimax). Each indicator belongs to the
    component on which it loads most; its weight is in proportion to its squared loading as a share of
    that component, times the share of the explained variance that the component has. What this ignores:
    importance, the law, and the direction. It corrects for overlap of indicators and measures nothing of
    their worth; how many components are kept moves the weights.

    Args:
        data: A frame of any library, a mapping of columns, or an array of people × indicators.
        better: Each indicator, and whether `high` or `low` is good; for an array in the order of its
            columns.
        factors: How many components are kept.
        missing: A missing value refuses (`refuse`), or the person is left out and counted (`leave_out`).

    Returns:
        The weights; `origin.facts` has the eigenvalues, what each kept component explains, and to which
        component each indicator belongs (`factor.<name>`, from 1).

    Raises:
        InputError: The data are no numbers, nothing varies, there are fewer people than indicators, or more
            components are asked for than there are.

    Examples:
        >>> better = {"a": "high", "b": "high", "c": "high"}
        >>> data = [[1, 2, 5], [2, 3, 1], [3, 5, 4], [4, 6, 2], [5, 9, 3]]
        >>> found = pca_weights(data, better=better, factors=2)
        >>> [(name, round(float(share), 4)) for name, share in found]
        [('a', 0.3267), ('b', 0.3377), ('c', 0.3356)]
    """
    walk = Products()
    indicators = read_indicators(data, better=better, missing=missing, walk=walk)
    found = _components(indicators, walk.centred(indicators.rows), factors)
    squares = found.loadings**2
    explained = squares.sum(axis=0)
    owner = squares.argmax(axis=1)
    own = squares[np.arange(len(owner)), owner]
    parts = np.zeros(len(indicators.names))
    # Share of the component, times the component's share of what is explained: the sums cancel out.
    parts[indicators.varies] = own / explained.sum()
    facts: dict[str, float | int | str] = {"factors": len(explained)}
    for place, value in enumerate(found.eigenvalues, start=1):
        facts[f"eigenvalue.{place}"] = value
    for place, value in enumerate(found.explained, start=1):
        facts[f"explained.{place}"] = value
    for name, place in zip(found.names, owner.tolist(), strict=True):
        facts[f"factor.{name}"] = place + 1
    return weights_from_data(
        indicators, parts, method="pca", source=SOURCE, facts=facts, ignores_direction="yes"
    )


def principal_components(
    data: object, *, better: Mapping[str, Better], factors: Kept, missing: Missing = "refuse"
) -> Components:
    """Find the principal components of the correlations of indicators, rotated by varimax.

    Args:
        data: As for `pca_weights`.
        better: As for `pca_weights`.
        factors: How many components are kept.
        missing: As for `pca_weights`.

    Raises:
        InputError: As `pca_weights`.

    Examples:
        >>> data = [[1, 2, 5], [2, 3, 1], [3, 5, 4], [4, 6, 2], [5, 9, 3]]
        >>> found = principal_components(
        ...     data, better={"a": "high", "b": "high", "c": "high"}, factors="eigenvalue_above_1"
        ... )
        >>> [round(value, 3) for value in found.eigenvalues]
        [2.085, 0.905, 0.01]
        >>> found.loadings.shape
        (3, 1)
    """
    walk = Products()
    indicators = read_indicators(data, better=better, missing=missing, walk=walk)
    return _components(indicators, walk.centred(indicators.rows), factors)


def _components(indicators: Indicators, products: Floats, factors: Kept) -> Components:
    kept = indicators.only(indicators.varies)
    _check(indicators, len(kept.names), factors)
    products = products[np.ix_(indicators.varies, indicators.varies)]
    lengths = np.sqrt(np.diag(products))
    values, vectors = np.linalg.eigh(products / np.outer(lengths, lengths))
    values, vectors = values[::-1], vectors[:, ::-1]
    count = int((values > 1).sum()) if isinstance(factors, str) else factors
    if not count:
        # Where nothing goes along with anything, no component explains more than one indicator does.
        details = {
            "found": f"{quoted(factors)} (max {values[0]:.4g})",
            "expected": f"1–{len(kept.names)}",
        }
        raise InputError([Issue(code="KNJ035", path="factors", details=details)])
    rotated = _varimax(vectors[:, :count] * np.sqrt(np.maximum(values[:count], 0.0)))
    explained = (rotated**2).sum(axis=0)
    order = np.argsort(-explained, kind="stable")
    return Components(
        names=kept.names,
        eigenvalues=tuple(values.tolist()),
        loadings=rotated[:, order],
        explained=tuple(explained[order].tolist()),
    )


def _check(indicators: Indicators, count: int, factors: Kept) -> None:
    issues = []
    counts = {"people": str(indicators.rows), "indicators": str(len(indicators.names))}
    if not count:
        issues.append(Issue(code="KNJ029", path="data", details=counts))
    elif indicators.rows < len(indicators.names):
        issues.append(Issue(code="KNJ030", path="data", details=counts))
    is_number = isinstance(factors, int) and not isinstance(factors, bool)
    if factors != "eigenvalue_above_1" and not (is_number and 1 <= int(factors) <= max(count, 1)):
        details = {"found": quoted(factors), "expected": f'1–{count}, "eigenvalue_above_1"'}
        issues.append(Issue(code="KNJ035", path="factors", details=details))
    if issues:
        raise InputError(issues)


def _varimax(loadings: Floats) -> Floats:
    """Rotate so that each indicator loads on few components (Kaiser 1958, rows of equal length).

    Two components after the other are turned by the angle that is best for them, until none turns.
    """
    lengths = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1.0
    rows = loadings / lengths
    pairs = tuple(combinations(range(rows.shape[1]), 2))
    for _ in range(MAX_TURNS):
        turned = [_turn(rows, one, other) for one, other in pairs]
        if not any(turned):
            break
    found: Floats = rows * lengths
    return found


def _turn(rows: Floats, one: int, other: int) -> bool:
    """Turn two components in their plane; tell whether it was worth it."""
    x, y = rows[:, one].copy(), rows[:, other].copy()
    squares, products = x**2 - y**2, 2 * x * y
    sum_squares, sum_products = squares.sum(), products.sum()
    up = 2 * (squares @ products) - 2 * sum_squares * sum_products / len(x)
    along = squares @ squares - products @ products - (sum_squares**2 - sum_products**2) / len(x)
    angle = np.arctan2(up, along) / 4
    if abs(angle) <= SETTLED:
        return False
    rows[:, one] = np.cos(angle) * x + np.sin(angle) * y
    rows[:, other] = np.cos(angle) * y - np.sin(angle) * x
    return True
