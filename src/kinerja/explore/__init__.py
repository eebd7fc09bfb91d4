"""Weights explored: where they may come from, and what they do to people.

What lives here: weights from judgement and from data, with their provenance; a policy's weights as
variables; what other weights would do to predikat, ranks and scores; findings as values. What never
comes in: files, printing, pictures, editing a policy or a score.
"""

from kinerja.explore.agreement import Agreement, Dispute, judges_agreement
from kinerja.explore.ahp import ahp
from kinerja.explore.ahp_groups import ahp_group
from kinerja.explore.ahp_hierarchy import ahp_hierarchy
from kinerja.explore.ahp_incomplete import ahp_incomplete
from kinerja.explore.best_worst import best_worst
from kinerja.explore.consistency import DoubtfulJudgement, doubtful_judgements
from kinerja.explore.direct import direct, equal
from kinerja.explore.judgements import judgements_from_matrix
from kinerja.explore.random_index import RANDOM_INDICES, RandomIndexTable
from kinerja.explore.ranks import rank_order_centroid, rank_reciprocal, rank_sum
from kinerja.explore.swing import smart, swing

__all__ = [
    "RANDOM_INDICES",
    "Agreement",
    "Dispute",
    "DoubtfulJudgement",
    "RandomIndexTable",
    "ahp",
    "ahp_group",
    "ahp_hierarchy",
    "ahp_incomplete",
    "best_worst",
    "direct",
    "doubtful_judgements",
    "equal",
    "judgements_from_matrix",
    "judges_agreement",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "smart",
    "swing",
]
