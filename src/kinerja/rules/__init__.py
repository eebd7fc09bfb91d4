"""What a policy can say: one module a family of rule kinds, siblings that never import each other.

What lives here: frozen values whose one method builds a formula. What never comes in: file formats,
arithmetic on data, numpy. An agency's own rule kind looks the same and comes from its own package.
"""

from __future__ import annotations

from typing import Final

from kinerja.formula.rule import Rule
from kinerja.rules.achievement import Achievement, Efficiency, Limit, TargetRange
from kinerja.rules.bands import BandsRule
from kinerja.rules.conditions import Condition, Deduct, Deduction, LimitRule
from kinerja.rules.follow_up import Action, FollowUpRule
from kinerja.rules.formula import FormulaRule
from kinerja.rules.matrix import LookupTable, Matrix
from kinerja.rules.over_periods import OverPeriods
from kinerja.rules.override import Override
from kinerja.rules.piecewise import Piecewise, Segment
from kinerja.rules.raters import Coverage, Raters
from kinerja.rules.weighted import ItemWeights, WeightedMean, WeightedSum

__all__ = [
    "BUILT_IN",
    "Achievement",
    "Action",
    "BandsRule",
    "Condition",
    "Coverage",
    "Deduct",
    "Deduction",
    "Efficiency",
    "FollowUpRule",
    "FormulaRule",
    "ItemWeights",
    "Limit",
    "LimitRule",
    "LookupTable",
    "Matrix",
    "OverPeriods",
    "Override",
    "Piecewise",
    "Raters",
    "Segment",
    "TargetRange",
    "WeightedMean",
    "WeightedSum",
]

#: The rule kinds that every policy may use.
BUILT_IN: Final[tuple[type[Rule], ...]] = (
    Achievement,
    BandsRule,
    Condition,
    Deduction,
    FollowUpRule,
    FormulaRule,
    LimitRule,
    LookupTable,
    Matrix,
    OverPeriods,
    Override,
    Piecewise,
    Raters,
    WeightedMean,
    WeightedSum,
)
