"""Proof that a policy says what its team means: examples as tests.

What lives here: reading examples, running them, and the findings as values. What never comes in: printing.
"""

from kinerja.verify.coverage import Branch, Coverage, cover
from kinerja.verify.difference import Difference, first_difference
from kinerja.verify.examples import (
    Comparison,
    ExamplesReport,
    Outcome,
    check_examples,
    run_examples,
)
from kinerja.verify.reading import Example, Expected, read_examples
from kinerja.verify.tables import ExampleRow, TableColumns, read_rows

__all__ = [
    "Branch",
    "Comparison",
    "Coverage",
    "Difference",
    "Example",
    "ExampleRow",
    "ExamplesReport",
    "Expected",
    "Outcome",
    "TableColumns",
    "check_examples",
    "cover",
    "first_difference",
    "read_examples",
    "read_rows",
    "run_examples",
]
