"""Weights explored: where they may come from, and what they do to people.

What lives here: weights from judgement and from data, with their provenance; a policy's weights as
variables; what other weights would do to predikat, ranks and scores; findings as values. What never
comes in: files, printing, pictures, editing a policy or a score.
"""

from kinerja.explore.acceptability import (
    Acceptability,
    UnitAcceptability,
    band_acceptability,
    count_changes,
    unit_acceptability,
)
from kinerja.explore.aggregation import (
    Aggregation,
    Floors,
    aggregate,
    dispersion,
    orness,
)
from kinerja.explore.agreement import Agreement, Dispute, judges_agreement
from kinerja.explore.ahp import ahp_weights
from kinerja.explore.ahp_groups import ahp_group_weights
from kinerja.explore.ahp_hierarchy import ahp_hierarchy_weights
from kinerja.explore.ahp_incomplete import ahp_incomplete_weights
from kinerja.explore.best_worst import best_worst_weights
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
from kinerja.explore.consistency import DoubtfulJudgement, doubtful_judgements
from kinerja.explore.critic import critic_weights
from kinerja.explore.decomposition import Contribution, Contributions, contributions
from kinerja.explore.direct import direct_weights, equal_weights
from kinerja.explore.effective import EffectiveWeight, EffectiveWeights, effective_weights
from kinerja.explore.entropy import entropy_weights
from kinerja.explore.judgements import judgements_from_matrix
from kinerja.explore.merec import merec_weights
from kinerja.explore.people import People, read_people
from kinerja.explore.principal import Components, pca_weights, principal_components
from kinerja.explore.random_index import RANDOM_INDICES, RandomIndexTable
from kinerja.explore.rank_weights import (
    rank_order_centroid_weights,
    rank_reciprocal_weights,
    rank_sum_weights,
)
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
from kinerja.explore.split import Landing
from kinerja.explore.spread import standard_deviation_weights
from kinerja.explore.swing import smart_weights, swing_weights
from kinerja.explore.uncertain import weight_sensitivity
from kinerja.explore.weightings import Weightings, draw_weightings, given_weightings

__all__ = [
    "RANDOM_INDICES",
    "Acceptability",
    "Aggregation",
    "AggregationsCompared",
    "Agreement",
    "BandMover",
    "Compensated",
    "Compensation",
    "Components",
    "Contribution",
    "Contributions",
    "Dispute",
    "DoubtfulJudgement",
    "EffectiveWeight",
    "EffectiveWeights",
    "Floors",
    "Landing",
    "PairOfWays",
    "Part",
    "People",
    "RandomIndexTable",
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
    "aggregate",
    "ahp_group_weights",
    "ahp_hierarchy_weights",
    "ahp_incomplete_weights",
    "ahp_weights",
    "band_acceptability",
    "bands_of",
    "best_worst_weights",
    "choquet",
    "compare_aggregations",
    "contributions",
    "count_changes",
    "critic_weights",
    "direct_weights",
    "dispersion",
    "doubtful_judgements",
    "draw_weightings",
    "effective_weights",
    "entropy_weights",
    "equal_weights",
    "exact_rank_acceptability",
    "find_compensation",
    "find_redundancy",
    "given_weightings",
    "judgements_from_matrix",
    "judges_agreement",
    "kendall",
    "merec_weights",
    "moebius",
    "orness",
    "pca_weights",
    "policy_scheme",
    "policy_schemes",
    "principal_components",
    "rank_acceptability",
    "rank_order_centroid_weights",
    "rank_reciprocal_weights",
    "rank_sum_weights",
    "ranks_of",
    "read_people",
    "reweighted",
    "smart_weights",
    "sobol_indices",
    "sobol_points",
    "spearman",
    "standard_deviation_weights",
    "steady_weights",
    "swing_weights",
    "tie_groups",
    "tornado",
    "unit_acceptability",
    "weight_sensitivity",
    "weights_of",
    "with_weight",
]
