"""Proof that a policy says what its team means: examples as tests.

What lives here: reading examples, running them, and the findings as values. What never comes in: printing.
"""

from kinerja.verify.coverage import Branch, Coverage, cover
from kinerja.verify.examples import Comparison, ExamplesReport, Outcome, check_examples
from kinerja.verify.reading import Example, Expected, read_examples

__all__ = [
    "Branch",
    "Comparison",
    "Coverage",
    "Example",
    "ExamplesReport",
    "Expected",
    "Outcome",
    "check_examples",
    "cover",
    "read_examples",
]
