"""Values that cannot be.

What lives here: what scoring would refuse, told for a whole unit; divisors of zero and below. What never
comes in: scoring, limits that the policy does not declare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from kinerja.cohort.data_finding import QualityFinding
from kinerja.cohort.declared_panels import divisors
from kinerja.cohort.observed import Data, count_people, input_of
from kinerja.cohort.thresholds import Thresholds
from kinerja.errors import Issue
from kinerja.words import Text

__all__ = ["find_impossible"]

_ITEM: Final = re.compile(r"\[[0-9]+\]")


def find_impossible(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find values that are refused, and targets of zero and below that an achievement divides by.

    Args:
        data: The records.
        thresholds: How many ids are named.

    Returns:
        The findings, and the number of comparisons.
    """
    found = [*_refused(data, thresholds), *_divisors(data, thresholds)]
    return found, len(data.places) * len(data.program.inputs)


def _refused(data: Data, thresholds: Thresholds) -> Iterator[QualityFinding]:
    titles = {figure.path: figure.title for figure in data.figures}
    titles |= {declared.name: declared.title for declared in data.program.inputs}
    inputs = {declared.name: declared for declared in data.program.inputs}
    for place, records in data.places.items():
        found: dict[tuple[str, str], dict[str, list[Issue]]] = {}
        for row, seen in enumerate(records):
            for issue in seen.issues:
                path = _ITEM.sub("", issue.path)
                key = (path, issue.code)
                found.setdefault(key, {}).setdefault(seen.id or f"#{row + 1}", []).append(issue)
        for (path, code), rows in found.items():
            declared = inputs.get(input_of(path))
            # Of a list that hides who rated, no single value is shown.
            is_hidden = declared is not None and bool(declared.hidden)
            issues = [issue for one in rows.values() for issue in one]
            values = sorted({issue.details.get("found", "") for issue in issues})
            expected = {issue.details.get("expected", "") for issue in issues}
            shown = "–" if is_hidden or not values[0] else values[0]
            yield QualityFinding(
                code="KNJ807",
                check="impossible",
                unit=place[0],
                period=place[1],
                input=path,
                count=len(issues),
                of=len(records),
                people=len(rows),
                ids=tuple(sorted(rows)[: thresholds.ids_shown]),
                figure=Fraction(len(rows), len(records)),
                expected=Fraction(0),
                blanks={
                    "input": titles.get(path, Text.same(path)),
                    "found": shown,
                    "expected": min(expected) or "–",
                    "reason": code,
                },
            )


def _divisors(data: Data, thresholds: Thresholds) -> Iterator[QualityFinding]:
    wanted = divisors(data.program)
    for figure in data.numbers(when=lambda one: one.path in wanted):
        column = data.column(figure)
        for place, cells in column.cells.items():
            low = [(row, number) for row, number in cells if number <= 0]
            if not low:
                continue
            ids = sorted({row for row, _ in low if row})
            people = count_people(
                seen
                for seen in data.places[place]
                if any(isinstance(one, Fraction) and one <= 0 for one in figure.values_of(seen))
            )
            yield QualityFinding(
                code="KNJ808",
                check="impossible",
                unit=place[0],
                period=place[1],
                input=figure.path,
                count=len(low),
                of=len(cells),
                people=people,
                ids=tuple(ids[: thresholds.ids_shown]),
                figure=Fraction(len(low), len(cells)),
                expected=Fraction(0),
                blanks={
                    "input": figure.title,
                    "zero": sum(1 for _, number in low if number == 0),
                    "negative": sum(1 for _, number in low if number < 0),
                },
            )
