"""Ways to make one score of several components.

What lives here: the means, products, ordered averages and the minimum, floors, what becomes of a missing
component. What never comes in: bands, ranks, policies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import ExactInput, exact
from kinerja.explore.choices import check_choices
from kinerja.explore.components import Given, read_components, read_weights
from kinerja.explore.indicators import Floats
from kinerja.values import Weights

__all__ = [
    "Aggregation",
    "Floors",
    "Kind",
    "MissingComponent",
    "aggregate",
    "dispersion",
    "orness",
]

Kind: TypeAlias = Literal[
    "arithmetic",
    "geometric",
    "harmonic",
    "power",
    "owa",
    "minimum",
    "weighted_sum",
    "weighted_product",
]
#: A person with a missing component has no score, or the weights are divided anew among the others.
MissingComponent: TypeAlias = Literal["missing", "renormalise"]

#: Kinds that a negative component makes meaningless.
NOT_BELOW_ZERO: Final = frozenset({"geometric", "harmonic", "power", "weighted_product"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The least that components must reach, and what becomes of a score where one does not.

    Attributes:
        least: Components and the least they must reach.
        below: The whole fails, with the score 0 (`fail`), or is held at `cap` (`cap`).
        cap: The largest score of whoever is below a floor.
    """

    least: Mapping[str, ExactInput]
    below: Literal["fail", "cap"]
    cap: ExactInput | None = None

    def __post_init__(self) -> None:
        """Refuse a cap without a figure, and a figure that nothing reads."""
        issues = check_choices({"below": (self.below, ("fail", "cap"))})
        if (self.below == "cap") != (self.cap is not None):
            details = {"found": quoted(self.cap), "expected": 'below="cap", cap=…'}
            issues.append(Issue(code="KNJ035", path="cap", details=details))
        if issues:
            raise InputError(issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation:
    """A way to make one score of several components.

    Attributes:
        kind: `arithmetic`, `geometric`, `harmonic` and `power` are weighted means; `owa` weighs the places
            after each person's components are put in order, best first; `minimum` takes the lowest;
            `weighted_sum` and `weighted_product` take the weights as they are, whatever their sum.
        power: The exponent of `power`; 1 is arithmetic, 0 geometric, -1 harmonic.
        order: The weights of the places of `owa`, for the best component first.
        floors: Floors, if there are any.
        name: What tables call it.

    Examples:
        >>> Aggregation(kind="power", power=-3).name
        'power(-3)'
    """

    kind: Kind
    power: float | None = None
    order: tuple[ExactInput, ...] = ()
    floors: Floors | None = None
    name: str = field(default="")

    def __post_init__(self) -> None:
        """Refuse what a kind does not know, and name it."""
        issues = check_choices({"kind": (self.kind, get_args(Kind))})
        if (self.kind == "power") != (self.power is not None):
            details = {"found": quoted(self.power), "expected": 'kind="power", power=…'}
            issues.append(Issue(code="KNJ035", path="power", details=details))
        if (self.kind == "owa") != bool(self.order):
            details = {"found": quoted(self.order), "expected": 'kind="owa", order=(…)'}
            issues.append(Issue(code="KNJ035", path="order", details=details))
        if issues:
            raise InputError(issues)
        if not self.name:
            # A frozen value that names itself once.
            object.__setattr__(self, "name", self._own_name())

    def _own_name(self) -> str:
        said: str = self.kind
        if self.power is not None:
            said += f"({self.power:g})"
        if self.order:
            said += f"({', '.join(str(weight) for weight in self.order)})"
        if self.floors is None:
            return said
        held = "fail" if self.floors.below == "fail" else f"cap {self.floors.cap}"
        return f"{said} + {held}"


def aggregate(
    components: Given,
    *,
    weights: Weights | Mapping[str, ExactInput],
    by: Aggregation,
    missing: MissingComponent = "missing",
) -> Floats:
    """Make one score a person of several components.

    Args:
        components: A frame or mapping with a column for each weight, or an array of people × components in
            the order of the weights; NaN is missing.
        weights: The weight of each component. They need not sum to 1: means divide by the sum.
        by: The way.
        missing: Who lacks a component has no score (`missing`), or the weights are divided anew among the
            others (`renormalise`); the places of `owa` cannot be divided anew, so there it stays missing.

    Returns:
        float64, NaN where there is no score. 0 makes a geometric or harmonic mean 0.

    Raises:
        InputError: The components are no numbers, or negative where roots or reciprocals are taken; weights
            are negative or all zero; a name is not known.

    Examples:
        >>> components = [[60, 100], [80, 80]]
        >>> weights = {"skp": "50 %", "perilaku": "50 %"}
        >>> for kind in ("arithmetic", "geometric", "harmonic", "minimum"):
        ...     scores = aggregate(components, weights=weights, by=Aggregation(kind=kind))
        ...     print(kind, scores.round(2).tolist())
        arithmetic [80.0, 80.0]
        geometric [77.46, 80.0]
        harmonic [75.0, 80.0]
        minimum [60.0, 80.0]
    """
    shares = read_weights(weights)
    issues = check_choices({"missing": (missing, get_args(MissingComponent))})
    columns = read_components(components, names=shares.names)
    issues += _check(columns, shares, by)
    if issues:
        raise InputError(issues)
    figures = np.array([float(share) for _, share in shares])
    # A component without weight plays no part, missing or not; places of `owa` take all.
    weighs = (figures > 0) | (by.kind == "owa")
    scores = _over_all(columns[weighs], figures[weighs], by, missing)
    return _with_floors(scores, columns, shares.names, by.floors)


def _over_all(columns: Floats, weights: Floats, by: Aggregation, missing: str) -> Floats:
    """Give the scores of all people, with those who lack a component as `missing` says."""
    with np.errstate(divide="ignore", invalid="ignore"):  # 0 and missing are decided below
        scores = _scores(columns, weights, by)
        gaps = np.isnan(columns)
        some = gaps.any(axis=0)
        if some.any():
            scores[some] = np.nan
            if missing == "renormalise" and by.kind != "owa":
                scores[some] = _over_present(columns[:, some], weights, by)
            scores[gaps.all(axis=0)] = np.nan
    return scores


def _check(columns: Floats, shares: Weights, by: Aggregation) -> list[Issue]:
    issues = []
    if by.kind in NOT_BELOW_ZERO:
        for name, column in zip(shares.names, columns, strict=True):
            if (column < 0).any():
                details = {
                    "found": f"{np.nanmin(column):g}",
                    "name": quoted(name),
                    "expected": "≥ 0",
                }
                issues.append(Issue(code="KNJ027", path=name, details=details))
    if by.order and len(by.order) != len(shares):
        details = {"found": str(len(by.order)), "expected": str(len(shares))}
        issues.append(Issue(code="KNJ034", path="order", details=details))
    if by.floors is not None:
        issues += check_choices(
            {f"floors.{name}": (name, shares.names) for name in by.floors.least}
        )
    return issues


def _scores(columns: Floats, weights: Floats, by: Aggregation) -> Floats:
    if by.kind == "owa":
        order = np.array([float(weight) for weight in read_order(by.order)])
        best_first: Floats = np.sort(columns, axis=0)[::-1]
        placed: Floats = order @ best_first / order.sum()
        return placed
    if by.kind == "minimum":
        lowest: Floats = columns.min(axis=0)
        return lowest
    if by.kind == "weighted_sum":
        return weights @ columns
    if by.kind == "weighted_product":
        return np.exp(weights @ np.log(columns))
    return _mean(columns, (weights / weights.sum())[:, None], by)


def _mean(columns: Floats, weights: Floats, by: Aggregation) -> Floats:
    """Give a weighted mean; the weights, one a component or one each, sum to 1."""
    named = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}
    power = named.get(by.kind, by.power or 0.0)
    found: Floats
    if power == 1:
        found = (weights * columns).sum(axis=0)
    elif power == 0:
        found = np.exp((weights * np.log(columns)).sum(axis=0))
    else:
        # Over the largest of each person, so that no power leaves the range of floats.
        scale = columns.max(axis=0) if power > 0 else columns.min(axis=0)
        scale = np.where(scale > 0, scale, 1.0)
        found = scale * (weights * (columns / scale) ** power).sum(axis=0) ** (1 / power)
        if power < 0:
            found = np.where((columns == 0).any(axis=0), 0.0, found)
    return found


def _over_present(columns: Floats, weights: Floats, by: Aggregation) -> Floats:
    """Give the score over the components that are there, the weights divided anew among them."""
    there = ~np.isnan(columns)
    used = weights[:, None] * there
    if by.kind == "minimum":
        found: Floats = np.where(there, columns, np.inf).min(axis=0)
        return found
    # For a missing component the person's largest stands in, with the weight 0.
    filled = np.where(there, columns, np.nanmax(columns, axis=0, initial=0.0))
    totals = used.sum(axis=0)
    if by.kind in {"weighted_sum", "weighted_product"}:
        mean = Aggregation(kind="arithmetic" if by.kind == "weighted_sum" else "geometric")
        inner = _mean(filled, used / totals, mean)
        whole = float(weights.sum())
        return inner * whole if by.kind == "weighted_sum" else inner**whole
    return _mean(filled, used / totals, by)


def _with_floors(
    scores: Floats, columns: Floats, names: Sequence[str], floors: Floors | None
) -> Floats:
    if floors is None:
        return scores
    below = np.zeros(len(scores), dtype=bool)
    for name, least in floors.least.items():
        below |= columns[names.index(name)] < float(exact(least))
    below &= ~np.isnan(scores)
    if floors.cap is None:
        return np.where(below, 0.0, scores)
    return np.where(below, np.minimum(scores, float(exact(floors.cap))), scores)


def read_order(order: Sequence[ExactInput]) -> tuple[Fraction, ...]:
    """Read the weights of places, best first.

    Raises:
        InputError: One is negative, or all are zero.
    """
    return tuple(
        share
        for _, share in read_weights({str(place): value for place, value in enumerate(order, 1)})
    )


def orness(order: Sequence[ExactInput]) -> Fraction:
    """Tell how near an ordered average is to the maximum (1) or the minimum (0); the mean has 1/2.

    Args:
        order: The weights of the places, for the best component first (Yager 1988).

    Raises:
        InputError: A weight is negative, all are zero, or there is only one.

    Examples:
        >>> orness(["0.5", "0.3", "0.2"])
        Fraction(13, 20)
    """
    weights = read_order(order)
    last = len(weights) - 1
    if not last:
        details = {"found": "1", "expected": "≥ 2"}
        raise InputError([Issue(code="KNJ034", path="order", details=details)])
    parts = (weight * (last - place) for place, weight in enumerate(weights))
    return sum(parts, Fraction(0)) / (last * sum(weights))


def dispersion(order: Sequence[ExactInput]) -> float:
    """Tell how evenly an ordered average uses its components: `−Σ w ln w`, at most ln n (Yager 1988).

    Raises:
        InputError: A weight is negative, or all are zero.

    Examples:
        >>> round(dispersion(["0.5", "0.3", "0.2"]), 4)
        1.0297
    """
    weights = read_order(order)
    given = np.array([float(weight / sum(weights)) for weight in weights if weight])
    return max(0.0, float(-(given * np.log(given)).sum()))
