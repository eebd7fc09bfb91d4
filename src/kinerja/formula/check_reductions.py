"""The type check of reductions: which parts each one takes, and the range of its parameter.

What lives here: the parts of a reduction as such. What never comes in: the types of its parts.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from kinerja.errors import quoted
from kinerja.formula import nodes as n
from kinerja.formula.findings import Findings

__all__ = ["check_reduction_parts"]

HALF: Final = Fraction(1, 2)


def check_reduction_parts(node: n.Reduce, findings: Findings) -> None:
    """Note every part of a reduction that is missing, superfluous or out of range."""
    wanted = {
        "value": node.op != "count",
        "by": node.op == "last",
        "parameter": node.op in ("trimmed_mean", "quantile"),
    }
    for part, is_wanted in wanted.items():
        is_given = getattr(node, part) is not None
        if is_given != is_wanted:
            code = "KNJ245" if is_wanted else "KNJ246"
            findings.add(code, operation=node.op, part=quoted(part))
    if node.parameter is None or not wanted["parameter"]:
        return
    if node.op == "trimmed_mean":
        fits, expected = 0 <= node.parameter < HALF, "0 ≤ … < 1/2"
    else:
        fits, expected = 0 <= node.parameter <= 1, "0 ≤ … ≤ 1"
    if not fits:
        findings.add("KNJ244", operation=node.op, expected=expected, found=str(node.parameter))
