"""Weights explored: where they may come from, and what they do to people.

What lives here: weights from judgement and from data, with their provenance; a policy's weights as
variables; what other weights would do to predikat, ranks and scores; findings as values. What never
comes in: files, printing, pictures, editing a policy or a score.
"""

from kinerja.explore.contributions import Contribution, Contributions, contributions

__all__ = [
    "Contribution",
    "Contributions",
    "contributions",
]
