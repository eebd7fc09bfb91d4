"""The random index of pairwise comparison, of which several tables are in use.

What lives here: the tables, each by its name, and the ratio of consistency that one of them gives. What
never comes in: matrices. The figures were read second-hand, in programs that use them; for three criteria
they differ by 18 %, so the name of the table is stored with every ratio.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

from kinerja.errors import Issue
from kinerja.explore.choices import check_choices

__all__ = ["RANDOM_INDICES", "RandomIndex", "RandomIndexTable", "check_random_index", "named_table"]

RandomIndex = Literal[
    "saaty1980", "saaty2005", "donegan_dodd1991", "tummala_ling1998", "alonso_lamata2006"
]

#: Up to this number of criteria every matrix is consistent.
ALWAYS_CONSISTENT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomIndexTable:
    """The mean consistency index of random matrices, by the number of criteria.

    Attributes:
        source: Where the figures come from.
        values: Number of criteria, from 3, and index.
    """

    source: str
    values: Mapping[int, Fraction]


def _table(source: str, figures: str) -> RandomIndexTable:
    values = {size: Fraction(figure) for size, figure in enumerate(figures.split(), start=3)}
    return RandomIndexTable(source=source, values=values)


#: The tables, by name.
RANDOM_INDICES: Final[Mapping[str, RandomIndexTable]] = {
    "saaty1980": _table(
        "Saaty 1980, The Analytic Hierarchy Process, McGraw-Hill (as used in pyDecision)",
        "0.58 0.9 1.12 1.24 1.32 1.41 1.45 1.49 1.51 1.48 1.56 1.57 1.59",
    ),
    "saaty2005": _table(
        "Saaty 2005, Theory and Applications of the Analytic Network Process, RWS (as used in AHPy)",
        "0.52 0.89 1.11 1.25 1.35 1.4 1.45 1.49 1.52 1.54 1.56 1.58 1.59",
    ),
    "donegan_dodd1991": _table(
        "Donegan & Dodd 1991, doi:10.1016/0895-7177(91)90098-R (as used in AHPy)",
        "0.4914 0.8286 1.0591 1.1797 1.2519 1.3171 1.3733 1.4055 1.4213 1.4497 1.4643 1.4822 1.4969",
    ),
    "tummala_ling1998": _table(
        "Tummala & Ling 1998, Theory and Decision 44:221-230 (as used in pymcdm)",
        "0.5799 0.8921 1.1159 1.2358 1.3322 1.3952 1.4537 1.4882 1.5117 1.5356 1.5571 1.5714 1.5831",
    ),
    "alonso_lamata2006": _table(
        "Alonso & Lamata 2006, doi:10.1142/S0218488506004114 (as used in the R package MCDA)",
        "0.525 0.882 1.115 1.252 1.341 1.404 1.452 1.484 1.513 1.535 1.555 1.57 1.583 1.595",
    ),
}


def named_table(name: RandomIndex) -> dict[str, str]:
    """Give the facts that every ratio is stored with: the table, and where it comes from."""
    return {"random_index": name, "random_index_source": RANDOM_INDICES[name].source}


def check_random_index(name: RandomIndex, size: int, *, path: str = "random_index") -> list[Issue]:
    """Find a table that there is not, and more criteria than it has figures for.

    Args:
        name: Name of the table.
        size: Number of criteria; up to 2 no figure is needed.
        path: What issues call it.
    """
    issues = check_choices({path: (name, get_args(RandomIndex))})
    if issues or size <= ALWAYS_CONSISTENT or size in RANDOM_INDICES[name].values:
        return issues
    largest = max(RANDOM_INDICES[name].values)
    details = {"table": name, "found": str(size), "expected": str(largest)}
    return [Issue(code="KNJ009", path=path, details=details)]
