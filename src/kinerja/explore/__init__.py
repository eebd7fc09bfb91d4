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
from kinerja.explore.agreement import Agreement, Dispute, judges_agreement
from kinerja.explore.ahp import ahp
from kinerja.explore.ahp_groups import ahp_group
from kinerja.explore.ahp_hierarchy import ahp_hierarchy
from kinerja.explore.ahp_incomplete import ahp_incomplete
from kinerja.explore.best_worst import best_worst
from kinerja.explore.consistency import DoubtfulJudgement, doubtful_judgements
from kinerja.explore.direct import direct, equal
from kinerja.explore.judgements import judgements_from_matrix
from kinerja.explore.people import Landing, People, read_people
from kinerja.explore.random_index import RANDOM_INDICES, RandomIndexTable
from kinerja.explore.rank_weights import rank_order_centroid, rank_reciprocal, rank_sum
from kinerja.explore.ranks import (
    RankAcceptability,
    exact_rank_acceptability,
    rank_acceptability,
)
from kinerja.explore.scheme import (
    Part,
    Scheme,
    policy_scheme,
    policy_schemes,
    reweighted,
    weights_of,
)
from kinerja.explore.single import (
    SteadyWeight,
    Tornado,
    TornadoRow,
    steady_weights,
    tornado,
    with_weight,
)
from kinerja.explore.swing import smart, swing
from kinerja.explore.weightings import Weightings, draw_weightings, given_weightings

__all__ = [
    "RANDOM_INDICES",
    "Acceptability",
    "Agreement",
    "Dispute",
    "DoubtfulJudgement",
    "Landing",
    "Part",
    "People",
    "RandomIndexTable",
    "RankAcceptability",
    "Scheme",
    "SteadyWeight",
    "Tornado",
    "TornadoRow",
    "UnitAcceptability",
    "Weightings",
    "acceptability",
    "ahp",
    "ahp_group",
    "ahp_hierarchy",
    "ahp_incomplete",
    "best_worst",
    "changes",
    "direct",
    "doubtful_judgements",
    "draw_weightings",
    "equal",
    "exact_rank_acceptability",
    "given_weightings",
    "judgements_from_matrix",
    "judges_agreement",
    "policy_scheme",
    "policy_schemes",
    "rank_acceptability",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "read_people",
    "reweighted",
    "smart",
    "steady_weights",
    "swing",
    "tornado",
    "unit_acceptability",
    "weights_of",
    "with_weight",
]
