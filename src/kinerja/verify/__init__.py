"""Proof that a policy says what its team means: examples as tests, and what they leave out.

What lives here: reading examples, running them, what they reach, and the findings as values. What never
comes in: printing.
"""

from kinerja.verify.coverage import Branch, Coverage, cover
from kinerja.verify.examples import (
    Comparison,
    ExamplesReport,
    Outcome,
    check_examples,
    run_examples,
)
from kinerja.verify.first_difference import FirstDifference, first_difference
from kinerja.verify.reading import Example, Expected, read_examples
from kinerja.verify.suggest import Suggestion, suggest
from kinerja.verify.tables import ExampleRow, TableColumns, read_rows

__all__ = [
    "Branch",
    "Comparison",
    "Coverage",
    "Example",
    "ExampleRow",
    "ExamplesReport",
    "Expected",
    "FirstDifference",
    "Outcome",
    "Suggestion",
    "TableColumns",
    "check_examples",
    "cover",
    "first_difference",
    "read_examples",
    "read_rows",
    "run_examples",
    "suggest",
]
