"""What comes out of scoring: the result, its explanation, and how both are printed and stored.

What lives here: frozen values that a scorer fills, and their text, Markdown, HTML and JSON forms. What
never comes in: formulas, rules, policies, files.
"""

from kinerja.result.explanation import (
    Explanation,
    InputLine,
    ItemTable,
    Lever,
    Line,
    Loss,
    PolicyNote,
)
from kinerja.result.result import Result, Scalar, Status
from kinerja.result.what_if import StepChange, ValueChange, WhatIf

__all__ = [
    "Explanation",
    "InputLine",
    "ItemTable",
    "Lever",
    "Line",
    "Loss",
    "PolicyNote",
    "Result",
    "Scalar",
    "Status",
    "StepChange",
    "ValueChange",
    "WhatIf",
]
