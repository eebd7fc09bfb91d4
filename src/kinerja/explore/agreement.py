"""How far judges agree about weights.

What lives here: Kendall's W of the order, the overlap of the weights, and the two criteria that judges
differ most about; for weights by any method. What never comes in: how a group's weights are made of
those of its judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import exp, log, sqrt
from typing import Final

from kinerja.errors import InputError, Issue
from kinerja.exact import Rounding
from kinerja.explore.judgements import FEWEST, check_criteria, different_names
from kinerja.values import Weights

__all__ = ["Agreement", "Dispute", "judges_agreement"]

KENDALL: Final = (
    "Kendall & Babington Smith 1939, Ann. Math. Stat. 10:275-287, doi:10.1214/aoms/1177732186"
)
GOEPEL: Final = (
    "Goepel 2018, Int. J. Anal. Hierarchy Process 10(3):469-487, doi:10.13033/ijahp.v10i3.590"
)

#: Weights of floats that are equal up to here share a rank.
_SAME: Final = Rounding(digits=12, mode="half_even")
#: The largest ratio of the scale of pairs.
_SCALE: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The two criteria whose ratio judges see most differently.

    Attributes:
        first: A criterion.
        second: The other one.
        lowest: The smallest ratio of their weights, and the judge who gave it.
        highest: The largest ratio of their weights, and the judge who gave it.
        spread: Standard deviation of the logarithm of the ratio; 0 where all judges give the same.
    """

    first: str
    second: str
    lowest: tuple[str, Fraction]
    highest: tuple[str, Fraction]
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far judges agree.

    Attributes:
        judges: Number of judges.
        kendall_w: Agreement about the order, 0 to 1, with tied ranks corrected for; `None` where nobody
            orders anything.
        consensus: Overlap of the weights, 0 to 1, by Shannon's entropy (Goepel 2018).
        dispute: What they differ most about; `None` where all give the same weights.
    """

    judges: int
    kendall_w: Fraction | None
    consensus: float
    dispute: Dispute | None


def judges_agreement(weights: Mapping[str, Weights]) -> Agreement:
    """Tell how far judges agree about weights, whatever method they used.

    Kendall's W compares the orders: 1 where all order alike, 0 where the orders cancel out. With few
    judges and criteria a high W arises by chance too. The consensus compares the weights: the overlap
    of their distributions by the entropies of Shannon, set to 1 for equal weights and to 0 for judges who
    each put as much as the scale of nine allows on a criterion of their own; 0 is also given for less.
    All judges count alike.

    Args:
        weights: By judge, over the same criteria.

    Raises:
        InputError: There are fewer than two judges, or they weigh different criteria.

    Examples:
        >>> found = judges_agreement(
        ...     {
        ...         "bagian-1": Weights.of({"hasil": "60 %", "perilaku": "30 %", "disiplin": "10 %"}),
        ...         "bagian-2": Weights.of({"hasil": "50 %", "perilaku": "20 %", "disiplin": "30 %"}),
        ...     }
        ... )
        >>> found.kendall_w, round(found.consensus, 2)
        (Fraction(3, 4), 0.92)
        >>> found.dispute.first, found.dispute.second, found.dispute.highest
        ('perilaku', 'disiplin', ('bagian-1', Fraction(3, 1)))
    """
    issues = _check_judges(weights)
    if issues:
        raise InputError(issues)
    names = next(iter(weights.values())).names
    table = {judge: [one[name] / one.total for name in names] for judge, one in weights.items()}
    return Agreement(
        judges=len(table),
        kendall_w=_kendall(list(table.values())),
        consensus=_consensus([[float(share) for share in row] for row in table.values()]),
        dispute=_dispute(names, table),
    )


def _check_judges(weights: Mapping[str, Weights]) -> list[Issue]:
    if len(weights) < FEWEST:
        return check_criteria(list(weights), path="judges")
    first = next(iter(weights.values())).names
    return [
        issue
        for judge, one in weights.items()
        for issue in different_names(f"judges.{judge}", one.names, first)
    ]


def _kendall(rows: Sequence[Sequence[Fraction]]) -> Fraction | None:
    """Give Kendall's W with mid-ranks and the correction for ties."""
    judges, size = len(rows), len(rows[0])
    sums = [Fraction(0)] * size
    ties = 0
    for row in rows:
        same = [_SAME.apply(share) for share in row]
        for place, share in enumerate(same):
            above = sum(other > share for other in same)
            equal = sum(other == share for other in same)
            sums[place] += above + Fraction(equal + 1, 2)
            # Each of t equals adds t**2 - 1, all of them together t**3 - t.
            ties += equal**2 - 1
    mean = sum(sums, Fraction(0)) / size
    scatter = sum(((one - mean) ** 2 for one in sums), Fraction(0))
    most = judges**2 * (size**3 - size) - judges * ties
    return Fraction(12 * scatter, most) if most else None


def _consensus(rows: Sequence[Sequence[float]]) -> float:
    """Give the AHP consensus of Goepel: the ratio of alpha to gamma diversity, set between its ends."""
    judges, size = len(rows), len(rows[0])
    alpha = sum(map(_entropy, rows)) / judges
    gamma = _entropy([sum(row[place] for row in rows) / judges for place in range(size)])
    extreme = [_SCALE / (size + _SCALE - 1)] + [1 / (size + _SCALE - 1)] * (size - 1)
    lowest = exp(_entropy(extreme)) / size
    return min(max((exp(alpha - gamma) - lowest) / (1 - lowest), 0.0), 1.0)


def _entropy(shares: Sequence[float]) -> float:
    return -sum(share * log(share) for share in shares if share > 0)


def _dispute(names: Sequence[str], table: Mapping[str, Sequence[Fraction]]) -> Dispute | None:
    """Find the pair whose ratio scatters most; pairs with a weight of 0 have no ratio."""
    found: list[Dispute] = []
    for i, j in combinations(range(len(names)), 2):
        if not all(row[i] and row[j] for row in table.values()):
            continue
        ratios = {judge: row[i] / row[j] for judge, row in table.items()}
        logs = [log(ratio) for ratio in ratios.values()]
        mean = sum(logs) / len(logs)
        lowest = min(ratios, key=ratios.__getitem__)
        highest = max(ratios, key=ratios.__getitem__)
        dispute = Dispute(
            first=names[i],
            second=names[j],
            lowest=(lowest, ratios[lowest]),
            highest=(highest, ratios[highest]),
            spread=sqrt(sum((one - mean) ** 2 for one in logs) / len(logs)),
        )
        found.append(dispute)
    widest = max(found, key=lambda one: round(one.spread, 9), default=None)
    return widest if widest is not None and widest.spread > 1 / 10**9 else None
