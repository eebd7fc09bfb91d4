"""Weights explored: where they may come from, and what they do to people.

What lives here: weights from judgement and from data, with their provenance; a policy's weights as
variables; what other weights would do to predikat, ranks and scores; findings as values. What never
comes in: files, printing, pictures, editing a policy or a score.
"""

from kinerja.explore.aggregation import (
    Aggregation,
    Floors,
    aggregate,
    dispersion,
    orness,
)
from kinerja.explore.capacity import choquet, moebius
from kinerja.explore.compared import (
    AggregationsCompared,
    BandMover,
    PairOfWays,
    WayOutcome,
    bands_of,
    compare_aggregations,
)
from kinerja.explore.compensation import Compensated, Compensation, find_compensation
from kinerja.explore.critic import critic_weights
from kinerja.explore.effective import EffectiveWeight, EffectiveWeights, effective_weights
from kinerja.explore.entropy import entropy_weights
from kinerja.explore.merec import merec_weights
from kinerja.explore.principal import Components, pca_weights, principal_components
from kinerja.explore.rankings import kendall, ranks_of, spearman, tie_groups
from kinerja.explore.redundancy import Redundancy, RelatedPair, find_redundancy
from kinerja.explore.sensitivity import Sensitivities, Sensitivity, sobol_indices
from kinerja.explore.sobol import sobol_points
from kinerja.explore.spread import standard_deviation_weights

__all__ = [
    "Aggregation",
    "AggregationsCompared",
    "BandMover",
    "Compensated",
    "Compensation",
    "Components",
    "EffectiveWeight",
    "EffectiveWeights",
    "Floors",
    "PairOfWays",
    "Redundancy",
    "RelatedPair",
    "Sensitivities",
    "Sensitivity",
    "WayOutcome",
    "aggregate",
    "bands_of",
    "choquet",
    "compare_aggregations",
    "critic_weights",
    "dispersion",
    "effective_weights",
    "entropy_weights",
    "find_compensation",
    "find_redundancy",
    "kendall",
    "merec_weights",
    "moebius",
    "orness",
    "pca_weights",
    "principal_components",
    "ranks_of",
    "sobol_indices",
    "sobol_points",
    "spearman",
    "standard_deviation_weights",
    "tie_groups",
]
