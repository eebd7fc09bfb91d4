"""Proof that a policy says what its team means: examples, what they leave out, and what a change changes.

What lives here: reading examples, running them, what they reach, and the comparison of two policies and of
what they give; findings as values. What never comes in: printing.
"""

from kinerja.verify.affected import impact
from kinerja.verify.analysis import analyse
from kinerja.verify.coverage import Branch, Coverage, cover
from kinerja.verify.difference import Change, Difference, Kept, compare_policies
from kinerja.verify.examples import (
    Comparison,
    ExamplesReport,
    Outcome,
    check_examples,
    run_examples,
)
from kinerja.verify.findings import Analysis, Finding, Law, Witness
from kinerja.verify.first_difference import FirstDifference, first_difference
from kinerja.verify.impact_values import (
    Impact,
    LabelMoves,
    Mover,
    PointMoves,
    UnitMoves,
)
from kinerja.verify.reading import Example, Expected, read_examples
from kinerja.verify.suggest import Suggestion, suggest
from kinerja.verify.tables import ExampleRow, TableColumns, read_rows

__all__ = [
    "Analysis",
    "Branch",
    "Change",
    "Comparison",
    "Coverage",
    "Difference",
    "Example",
    "ExampleRow",
    "ExamplesReport",
    "Expected",
    "Finding",
    "FirstDifference",
    "Impact",
    "Kept",
    "LabelMoves",
    "Law",
    "Mover",
    "Outcome",
    "PointMoves",
    "Suggestion",
    "TableColumns",
    "UnitMoves",
    "Witness",
    "analyse",
    "check_examples",
    "compare_policies",
    "cover",
    "first_difference",
    "impact",
    "read_examples",
    "read_rows",
    "run_examples",
    "suggest",
]
