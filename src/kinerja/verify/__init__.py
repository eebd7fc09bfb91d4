"""Proof that a policy says what its team means: examples as tests, and what a change of it changes.

What lives here: reading examples, running them, comparing two policies and what they give, and the findings
as values. What never comes in: printing.
"""

from kinerja.verify.affected import impact
from kinerja.verify.coverage import Branch, Coverage, cover
from kinerja.verify.difference import Change, Difference, Kept, compare_policies
from kinerja.verify.examples import Comparison, ExamplesReport, Outcome, check_examples
from kinerja.verify.impact_values import (
    Impact,
    LabelMoves,
    LabelStep,
    Mover,
    PointMoves,
    UnitMoves,
)
from kinerja.verify.reading import Example, Expected, read_examples

__all__ = [
    "Branch",
    "Change",
    "Comparison",
    "Coverage",
    "Difference",
    "Example",
    "ExamplesReport",
    "Expected",
    "Impact",
    "Kept",
    "LabelMoves",
    "LabelStep",
    "Mover",
    "Outcome",
    "PointMoves",
    "UnitMoves",
    "check_examples",
    "compare_policies",
    "cover",
    "impact",
    "read_examples",
]
