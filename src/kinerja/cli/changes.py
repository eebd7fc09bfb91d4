"""Values typed after `--set`, read like the cells of a table.

What lives here: the reading of each value by the type of what it changes. What never comes in: whether it
fits the input, or whether there is such an input; the scorer judges both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kinerja.errors import Issue, quoted
from kinerja.formula.types import ListType
from kinerja.io.cells import DayOrder, cell_reader
from kinerja.io.numbers import DecimalMark, NumberText
from kinerja.io.tables import Flaw
from kinerja.scorer import Scorer
from kinerja.scorer.changes import read_places, type_at

__all__ = ["MISSING", "read_changes"]

#: What is typed for a value that is missing.
MISSING: Final = "-"


def read_changes(
    typed: Mapping[str, str], scorer: Scorer, decimal: DecimalMark
) -> tuple[dict[str, object], list[Issue]]:
    """Read the values of changes.

    Args:
        typed: Texts by the names of what they change.
        scorer: Whose inputs are meant.
        decimal: Decimal mark; `auto` reads each number for itself.

    Returns:
        The values by the same names, and an issue for each that cannot be read. What the names mean is left
        to the scorer: a value whose name means nothing stays as it was typed.
    """
    numbers = NumberText(mark="unknown" if decimal == "auto" else decimal)
    places, _ = read_places(scorer.program, typed)
    values: dict[str, object] = {}
    issues: list[Issue] = []
    for path, text in typed.items():
        values[path] = None if text == MISSING else text
        if text == MISSING or path not in places:
            continue
        kind = type_at(scorer.program, places[path])
        if isinstance(kind, ListType):
            continue
        value = cell_reader(kind, numbers=numbers, days=DayOrder(), protected=False)(text)
        values[path] = None if isinstance(value, Flaw) else value
        if isinstance(value, Flaw):
            issues.append(_issue(path, text, value))
    return values, issues


def _issue(path: str, text: str, flaw: Flaw) -> Issue:
    if flaw.code != "KNJ522":
        return Issue(code=flaw.code, path=path, details=flaw.details)
    # No file shows what the mark stands for; with one more decimal it can only be a decimal mark.
    whole = text.replace(",", "").replace(".", "")
    details = {"found": quoted(text), "whole": quoted(whole), "fraction": quoted(f"{text}0")}
    return Issue(code="KNJ521", path=path, details=details)
