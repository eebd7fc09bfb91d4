"""Units in which everybody has the same value.

What lives here: values without variation against those of other units, with exact chances. What never
comes in: raters, change over time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from kinerja.cohort.chance import holm, odds
from kinerja.cohort.data_finding import QualityFinding, Sureness
from kinerja.cohort.observed import Data, Figure, Place
from kinerja.cohort.thresholds import Thresholds
from kinerja.formula.types import DateType, NumberType, TextType
from kinerja.values import Missing

__all__ = ["find_sameness"]


def find_sameness(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find units in which everybody has the same value of an input that varies elsewhere.

    With the share s of the most common value among all other records of the period, n people agree by
    chance with a chance of at most s to the power n − 1. An input that does not vary within at least half
    of the units is one of the unit (a shared team result) and is not judged.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of comparisons.
    """
    candidates: list[tuple[Fraction, QualityFinding]] = []
    tests = 0
    for figure in data.figures:
        if (
            figure.fixed
            or figure.field is not None
            or isinstance(figure.type, (DateType, TextType))
        ):
            continue
        counts = _counts(data, figure)
        for period in {place[1] for place in counts}:
            units = {unit: found for (unit, one), found in counts.items() if one == period}
            judged = {
                unit: found
                for unit, found in units.items()
                if sum(found.values()) >= thresholds.least_records
            }
            same = [unit for unit, found in judged.items() if len(found) == 1]
            if 2 * len(same) >= len(judged):
                continue
            tests += len(judged)
            everything: Counter[object] = Counter()
            for found in units.values():
                everything.update(found)
            candidates += [_same(figure, (unit, period), judged[unit], everything) for unit in same]
    corrected = holm([chance for chance, _ in candidates], tests=tests)
    found_ones = [
        _sure(finding, chance, tests)
        for chance, (_, finding) in zip(corrected, candidates, strict=True)
        if chance <= thresholds.alpha
    ]
    return found_ones, tests


def _counts(data: Data, figure: Figure) -> dict[Place, Counter[object]]:
    counts: dict[Place, Counter[object]] = {}
    if isinstance(figure.type, NumberType):
        column = data.column(figure)
        for place, cells in column.cells.items():
            counts[place] = Counter(Fraction(number, column.scale) for _, number in cells)
        return counts
    for place, records in data.places.items():
        values = (value for seen in records for value in figure.values_of(seen))
        counts[place] = Counter(value for value in values if not isinstance(value, Missing))
    return counts


def _same(
    figure: Figure, place: Place, own: Counter[object], everything: Counter[object]
) -> tuple[Fraction, QualityFinding]:
    [(value, size)] = own.items()
    others = everything - own
    most = max(others.values())
    share = Fraction(most, sum(others.values()))
    finding = QualityFinding(
        code="KNJ810",
        check="sameness",
        unit=place[0],
        period=place[1],
        input=figure.path,
        count=size,
        of=size,
        people=size,
        figure=Fraction(1),
        expected=share,
        severity="note" if _is_end(figure, value) else "warning",
        blanks={
            "input": figure.title,
            "value": _shown(value),
            "expected": 100 * share,
        },
    )
    return share ** (size - 1), finding


def _is_end(figure: Figure, value: object) -> bool:
    """Tell whether a value lies on a declared limit, which a whole unit may well reach."""
    if not isinstance(figure.type, NumberType):
        return False
    return value in (figure.type.limits.low, figure.type.limits.high)


def _shown(value: object) -> str | Fraction:
    return value if isinstance(value, (Fraction, str)) else str(value).lower()


def _sure(finding: QualityFinding, chance: Fraction, tests: int) -> QualityFinding:
    sureness = Sureness(measure="holm", odds=odds(chance), tests=tests)
    return replace(finding, sureness=sureness)
