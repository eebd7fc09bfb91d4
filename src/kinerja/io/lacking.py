"""Columns that a table should have and does not.

What lives here: the comparison of a header with what the policy reads. What never comes in: cells.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kinerja.errors import Issue, Severity, names_like, nearest, quoted
from kinerja.formula.types import ListType, ValueType

__all__ = ["check_columns"]


def check_columns(  # noqa: PLR0913 - what stands in the file, and what is read from it
    columns: Sequence[str],
    kinds: Mapping[str, ValueType],
    *,
    required: Collection[str],
    id_column: str,
    file: str,
    given: Collection[str] = (),
    nested: bool = False,
    cell: str | None = None,
) -> list[Issue]:
    """Say which columns a table lacks.

    Args:
        columns: Names of its columns.
        kinds: Type of each column that is read, besides the id.
        required: Those that a row must have; one that is lacking is an error, any other a warning.
        id_column: Column that holds the id.
        file: The file, as the user named it.
        given: Lists that stand in files of their own.
        nested: A column may hold lists.
        cell: The first cell of the header, where it stands in a spreadsheet.
    """
    strangers = [n for n in columns if n and n not in kinds and n != id_column]
    issues: list[Issue] = []
    for name, kind in kinds.items():
        severity: Severity = "error" if name in required else "warning"
        details = {"expected": quoted(name)}
        code = None
        is_list = isinstance(kind, ListType)
        if name in given:
            continue
        if name in columns:
            code = "KNJ545" if is_list and not nested else None
        elif nested or not is_list:
            near = nearest(name, strangers)
            if near is not None:
                code, details["nearest"] = "KNJ552", quoted(near)
            elif name in required and not is_list:
                code, details["found"] = "KNJ553", names_like(name, strangers)
        if code is not None:
            issues.append(
                Issue(
                    code=code, path=name, details=details, file=file, cell=cell, severity=severity
                )
            )
    return issues
