"""Matrices and keyed tables: labels or flags decide."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from kinerja.errors import Issue, PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known

__all__ = ["LookupTable", "Matrix"]

Cell = tuple[tuple[str | bool, ...], n.Number | n.Label | n.Truth | n.Absent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Give the label at the crossing of two or more labels (kuadran kinerja, nine-box).

    Attributes:
        keys: The labels that decide, two or more; each a plain input or step.
        cells: Label of each combination, every one present.
    """

    kind: ClassVar[str] = "matrix"

    keys: tuple[n.Node, ...]
    cells: tuple[tuple[tuple[str, ...], str], ...]

    def formula(self, known: Known) -> n.Node:
        """Build the lookup.

        Raises:
            PolicyError: A key holds no labels, a cell is missing, or a combination does not exist.
        """
        rows: tuple[Cell, ...] = tuple((key, n.Label(label)) for key, label in self.cells)
        return _complete(self.keys, rows, known, otherwise=None, path="cells")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupTable:
    """Give the figure or label that a table holds for one or more labels.

    Attributes:
        keys: The labels or flags that decide; each a plain input or step.
        rows: Value of each combination.
        otherwise: Value of a combination that has no row; `None`: every combination needs one.
    """

    kind: ClassVar[str] = "lookup"

    keys: tuple[n.Node, ...]
    rows: tuple[Cell, ...]
    otherwise: n.Number | n.Label | n.Truth | n.Absent | None = None

    def formula(self, known: Known) -> n.Node:
        """Build the lookup.

        Raises:
            PolicyError: A key holds no labels, a row is missing and nothing is said of it, or a
                combination does not exist.
        """
        return _complete(self.keys, self.rows, known, otherwise=self.otherwise, path="rows")


def _complete(
    keys: tuple[n.Node, ...],
    rows: tuple[Cell, ...],
    known: Known,
    *,
    otherwise: n.Number | n.Label | n.Truth | n.Absent | None,
    path: str,
) -> n.Lookup:
    scales = [known.label_scale(key) for key in keys]
    given = dict(rows)
    whole = list(rows)
    issues: list[Issue] = []
    if all(scale is not None for scale in scales):
        combinations = list(product(*(scale.ids for scale in scales if scale is not None)))
        for key in given:
            if key not in combinations:
                details = {"found": " × ".join(str(part) for part in key)}
                issues.append(Issue(code="KNJ209", path=path, details=details))
        absent = [key for key in combinations if key not in given]
        if absent and otherwise is None:
            shown = "; ".join(" × ".join(key) for key in absent[:9])
            details = {"found": shown, "count": str(len(absent))}
            issues.append(Issue(code="KNJ208", path=path, details=details))
        elif otherwise is not None:
            whole.extend((key, otherwise) for key in absent)
    if issues:
        raise PolicyError(issues)
    return n.Lookup(keys, tuple(whole))
