"""Weights explored: where they may come from, and what they do to people.

What lives here: weights from judgement and from data, with their provenance; a policy's weights as
variables; what other weights would do to predikat, ranks and scores; findings as values. What never
comes in: files, printing, pictures, editing a policy or a score.
"""

from kinerja.explore.acceptability import (
    Acceptability,
    UnitAcceptability,
    acceptability,
    changes,
    unit_acceptability,
)
from kinerja.explore.aggregation import (
    Aggregation,
    Floors,
    aggregate,
    choquet,
    dispersion,
    moebius,
    orness,
)
from kinerja.explore.compared import (
    AggregationsCompared,
    BandMover,
    PairOfWays,
    WayOutcome,
    bands_of,
    compare_aggregations,
)
from kinerja.explore.compensation import Compensated, Compensation, find_compensation
from kinerja.explore.contributions import Contribution, Contributions, contributions
from kinerja.explore.critic import critic_weights
from kinerja.explore.effective import EffectiveWeight, EffectiveWeights, effective_weights
from kinerja.explore.entropy import entropy_weights
from kinerja.explore.merec import merec_weights
from kinerja.explore.people import Landing, People, read_people
from kinerja.explore.principal import Components, pca_weights, principal_components
from kinerja.explore.rankings import kendall, ranks_of, spearman, tie_groups
from kinerja.explore.ranks import (
    RankAcceptability,
    exact_rank_acceptability,
    rank_acceptability,
)
from kinerja.explore.redundancy import Redundancy, RelatedPair, find_redundancy
from kinerja.explore.scheme import (
    Part,
    Scheme,
    policy_scheme,
    policy_schemes,
    reweighted,
    weights_of,
)
from kinerja.explore.sensitivity import Sensitivities, Sensitivity, sobol_indices
from kinerja.explore.single import (
    SteadyWeight,
    Tornado,
    TornadoRow,
    steady_weights,
    tornado,
    with_weight,
)
from kinerja.explore.sobol import sobol_points
from kinerja.explore.spread import standard_deviation_weights
from kinerja.explore.weightings import Weightings, draw_weightings, given_weightings

__all__ = [
    "Acceptability",
    "Aggregation",
    "AggregationsCompared",
    "BandMover",
    "Compensated",
    "Compensation",
    "Components",
    "Contribution",
    "Contributions",
    "EffectiveWeight",
    "EffectiveWeights",
    "Floors",
    "Landing",
    "PairOfWays",
    "Part",
    "People",
    "RankAcceptability",
    "Redundancy",
    "RelatedPair",
    "Scheme",
    "Sensitivities",
    "Sensitivity",
    "SteadyWeight",
    "Tornado",
    "TornadoRow",
    "UnitAcceptability",
    "WayOutcome",
    "Weightings",
    "acceptability",
    "aggregate",
    "bands_of",
    "changes",
    "choquet",
    "compare_aggregations",
    "contributions",
    "critic_weights",
    "dispersion",
    "draw_weightings",
    "effective_weights",
    "entropy_weights",
    "exact_rank_acceptability",
    "find_compensation",
    "find_redundancy",
    "given_weightings",
    "kendall",
    "merec_weights",
    "moebius",
    "orness",
    "pca_weights",
    "policy_scheme",
    "policy_schemes",
    "principal_components",
    "rank_acceptability",
    "ranks_of",
    "read_people",
    "reweighted",
    "sobol_indices",
    "sobol_points",
    "spearman",
    "standard_deviation_weights",
    "steady_weights",
    "tie_groups",
    "tornado",
    "unit_acceptability",
    "weights_of",
    "with_weight",
]
