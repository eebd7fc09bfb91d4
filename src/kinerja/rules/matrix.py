"""Matrices and keyed tables: labels or flags decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import ClassVar, Final, TypeAlias

from kinerja.errors import Issue, PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known

__all__ = ["LookupTable", "Matrix"]

Cell: TypeAlias = tuple[tuple[str | bool, ...], n.Number | n.Label | n.Truth | n.Absent]

#: Largest table; the largest of a regulation has 25 cells.
MAX_CELLS: Final = 10_000
FLAGS: Final = (True, False)


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
            PolicyError: A cell is missing, a combination does not exist, or the table is too large.
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
            PolicyError: A row is missing and nothing is said of it, a combination does not exist, or the
                table is too large.
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
    found = [known.choices(key) for key in keys]
    choices = [values for values in found if values is not None]
    if len(choices) < len(keys):  # a key of another type: the type check has the words for it
        return n.Lookup(keys, rows)
    total = prod(len(values) for values in choices)
    if total > MAX_CELLS:
        details = {"found": str(total), "expected": str(MAX_CELLS)}
        raise PolicyError([Issue(code="KNJ272", path=path, details=details)])
    given = {_typed(key, choices): cell for key, cell in rows}
    combinations = dict.fromkeys(product(*choices))
    strange = [key for key in given if key not in combinations]
    issues = [Issue(code="KNJ209", path=path, details={"found": _shown(key)}) for key in strange]
    absent = [key for key in combinations if key not in given]
    # A mistyped combination leaves its own cell empty; that is one fault, not two.
    if len(absent) > len(strange) and otherwise is None:
        shown = "; ".join([*map(_shown, absent[:9]), *(["…"] if len(absent) > 9 else [])])  # noqa: PLR2004 - a line's worth
        details = {"found": shown, "count": str(len(absent))}
        issues.append(Issue(code="KNJ208", path=path, details=details))
    if issues:
        raise PolicyError(issues)
    rest = ((key, _of_no_row(key, otherwise)) for key in absent if otherwise is not None)
    return n.Lookup(keys, (*given.items(), *rest))


def _of_no_row(
    key: tuple[str | bool, ...], otherwise: n.Number | n.Label | n.Truth | n.Absent
) -> n.Number | n.Label | n.Truth | n.Absent:
    """Give the value of a combination without a row; a missing one names the combination."""
    if isinstance(otherwise, n.Absent) and not otherwise.subject:
        return replace(otherwise, subject=" + ".join(map(str, key)))
    return otherwise


def _typed(
    key: tuple[str | bool, ...], choices: list[tuple[str | bool, ...]]
) -> tuple[str | bool, ...]:
    """Read `true` and `false`, as a file writes the keys of a table, where a key holds flags."""
    if len(key) != len(choices):
        return key
    return tuple(
        {"true": True, "false": False}.get(str(part).lower(), part) if values == FLAGS else part
        for part, values in zip(key, choices, strict=True)
    )


def _shown(key: tuple[str | bool, ...]) -> str:
    return " × ".join(str(part).lower() if isinstance(part, bool) else part for part in key)
