"""What components really contribute to the differences between people.

What lives here: shares of the variance of a total, and how much of it each component explains alone. What
never comes in: how components came about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from kinerja.errors import InputError, Issue
from kinerja.exact import ExactInput
from kinerja.explore.components import Given, complete, read_components, read_weights
from kinerja.explore.indicators import Floats, Missing
from kinerja.values import Weights

__all__ = ["EffectiveWeight", "EffectiveWeights", "effective_weights"]

#: Groups of people at most, and at least, by which the effect of a component alone is found.
MOST_GROUPS: Final = 50
LEAST_GROUPS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveWeight:
    """What one component contributes.

    Attributes:
        name: The component.
        stated: Its weight as a share of all weights.
        effective: Its share of the variance of the total, `w · cov(x, total) / var(total)`; all sum to 1.
            It is negative where the component pulls against the others.
        main_effect: Share of the variance of the total that is explained by this component alone, however
            it goes along with the others (correlation ratio, from 0 to 1); NaN with too few people.
        correlation: Correlation with the total; NaN for a component in which nobody differs.
    """

    name: str
    stated: Fraction
    effective: float
    main_effect: float
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveWeights:
    """What each component contributes to the differences between people.

    Attributes:
        of: One for each component, in the order of the weights.
        people: People who have every component.
        left_out: People who lack one.
        deviation: Standard deviation of the total.
        groups: Groups of people by which main effects were found.
    """

    of: tuple[EffectiveWeight, ...]
    people: int
    left_out: int
    deviation: float
    groups: int

    def __getitem__(self, name: str) -> EffectiveWeight:
        """Give what a component contributes."""
        return next(one for one in self.of if one.name == name)


def effective_weights(
    components: Given,
    *,
    weights: Weights | Mapping[str, ExactInput],
    missing: Missing = "refuse",
) -> EffectiveWeights:
    """Tell what each component really contributes to the differences in a weighted total.

    A weight says what a point more is worth, not who differs by it: where everybody has the same
    behaviour score, its 40 % decide nothing. The share of the variance (`effective`) adds up to 1; the main
    effect is the correlation ratio of Becker, Saisana, Paruolo, Vandecasteele 2017 (Ecological Indicators
    80:12-22), found here from groups of people with like values of the component, as many in each, with the
    correction for their number. Components that go along with each other share their main effect.

    Args:
        components: A frame or mapping with a column for each weight, or an array of people × components in
            the order of the weights, on one scale.
        weights: The stated weights.
        missing: A missing component refuses (`refuse`), or the person is left out and counted
            (`leave_out`).

    Raises:
        InputError: The components are no numbers, the weights do not fit, or nobody differs in the total.

    Examples:
        >>> skp = [60, 70, 80, 90, 100, 75]
        >>> perilaku = [88, 90, 89, 90, 91, 90]
        >>> found = effective_weights(
        ...     {"skp": skp, "perilaku": perilaku}, weights={"skp": "60 %", "perilaku": "40 %"}
        ... )
        >>> for one in found.of:
        ...     print(one.name, f"{float(one.stated):.0%}", f"{one.effective:.1%}")
        skp 60% 96.3%
        perilaku 40% 3.7%
    """
    shares = read_weights(weights)
    given, there = complete(read_components(components, names=shares.names), missing=missing)
    stated = [share / shares.total for _, share in shares]
    figures = np.array([float(share) for share in stated])
    centred = given - given.mean(axis=1, keepdims=True)
    centred[given.max(axis=1) == given.min(axis=1)] = 0.0
    total = figures @ centred
    variance = float(total @ total)
    if variance <= float(np.finfo(np.float64).eps) ** 2 * float((given**2).sum()):
        details = {"people": str(given.shape[1])}
        raise InputError([Issue(code="KNJ037", path="components", details=details)])
    products = centred @ total
    squares = (centred**2).sum(axis=1)
    effective = figures * products / variance
    groups = _groups(given.shape[1])
    with np.errstate(invalid="ignore", divide="ignore"):  # 0/0 of a constant component is NaN
        correlations = products / np.sqrt(squares * variance)
    return EffectiveWeights(
        of=tuple(
            EffectiveWeight(
                name=name,
                stated=stated[place],
                effective=float(effective[place]),
                main_effect=_correlation_ratio(given[place], total, groups),
                correlation=float(correlations[place]),
            )
            for place, name in enumerate(shares.names)
        ),
        people=given.shape[1],
        left_out=int(len(there) - given.shape[1]),
        deviation=float(np.sqrt(variance / (given.shape[1] - 1))),
        groups=groups,
    )


def _groups(people: int) -> int:
    """Give how many groups there are: enough to follow a curve, each large enough for a mean."""
    return int(min(MOST_GROUPS, max(LEAST_GROUPS, round(2 * people ** (1 / 3)))))


def _correlation_ratio(values: Floats, total: Floats, groups: int) -> float:
    """Give the share of the variance of the total between groups of like values, corrected for chance.

    Equal values stay in one group. The correction is Kelley's: it takes away what groups of this number
    would explain of pure noise.
    """
    order = np.argsort(values, kind="stable")
    rising = values[order]
    first = np.searchsorted(rising, rising, side="left")
    _, owner = np.unique(first * groups // len(rising), return_inverse=True)
    count = int(owner.max()) + 1
    if count == 1:
        return 0.0
    if count >= len(rising):
        return float("nan")
    ordered = total[order]
    means = np.bincount(owner, ordered) / np.bincount(owner)
    within = float(((ordered - means[owner]) ** 2).sum())
    whole = float(((ordered - ordered.mean()) ** 2).sum())
    share = 1 - (within / (len(rising) - count)) / (whole / (len(rising) - 1))
    return min(max(share, 0.0), 1.0)
