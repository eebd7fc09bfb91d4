"""Proof that a policy says what its team means: examples as tests, and what they leave out.

What lives here: reading examples, running them, what they reach, and the findings as values. What never
comes in: printing.
"""

from kinerja.verify.coverage import Branch, Coverage, cover
from kinerja.verify.examples import Comparison, ExamplesReport, Outcome, check_examples
from kinerja.verify.reading import Example, Expected, read_examples
from kinerja.verify.suggest import Suggestion, suggest

__all__ = [
    "Branch",
    "Comparison",
    "Coverage",
    "Example",
    "ExamplesReport",
    "Expected",
    "Outcome",
    "Suggestion",
    "check_examples",
    "cover",
    "read_examples",
    "suggest",
]
