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
from kinerja.explore.contributions import Contribution, Contributions, contributions
from kinerja.explore.people import Landing, People, read_people
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
from kinerja.explore.weightings import Weightings, draw_weightings, given_weightings

__all__ = [
    "Acceptability",
    "Contribution",
    "Contributions",
    "Landing",
    "Part",
    "People",
    "RankAcceptability",
    "Scheme",
    "SteadyWeight",
    "Tornado",
    "TornadoRow",
    "UnitAcceptability",
    "Weightings",
    "acceptability",
    "changes",
    "contributions",
    "draw_weightings",
    "exact_rank_acceptability",
    "given_weightings",
    "policy_scheme",
    "policy_schemes",
    "rank_acceptability",
    "read_people",
    "reweighted",
    "steady_weights",
    "tornado",
    "unit_acceptability",
    "weights_of",
    "with_weight",
]
