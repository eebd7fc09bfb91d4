"""Who is there: periods without data, people who come and go, the same id twice.

What lives here: comparisons of ids over units and periods. What never comes in: what a record holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from kinerja.cohort.data_finding import QualityFinding
from kinerja.cohort.observed import Data, count_people
from kinerja.cohort.periods import period_name
from kinerja.cohort.thresholds import Thresholds
from kinerja.values import Period

__all__ = ["find_absent"]


def find_absent(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find periods without data, people who are missing in between or gone, and ids that stand twice.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of comparisons.
    """
    found = [*_holes(data), *_people(data, thresholds), *_twice(data, thresholds)]
    return found, len(data.units) * max(1, len(data.periods))


def _holes(data: Data) -> Iterator[QualityFinding]:
    for place, after in enumerate(data.periods[1:], 1):
        # A year ends after the quarters that begin later.
        before = max(data.periods[:place], key=lambda one: one.last)
        if before.last + timedelta(days=1) < after.first:
            people = count_people(one for one in data.seen if one.place[1] in (before, after))
            yield QualityFinding(
                code="KNJ804",
                check="presence",
                count=0,
                of=len(data.units),
                people=people,
                blanks={
                    "from": (before.last + timedelta(days=1)).isoformat(),
                    "to": (after.first - timedelta(days=1)).isoformat(),
                },
            )
    for unit in data.units:
        for period in data.periods:
            sizes = {other: len(data.places.get((unit, other), ())) for other in data.periods}
            others = list(sizes.values())
            # A unit that is judged by the year has no data by the quarter.
            is_covered = any(size and _overlap(period, other) for other, size in sizes.items())
            if any(others) and not is_covered:
                yield QualityFinding(
                    code="KNJ804",
                    check="presence",
                    unit=unit,
                    period=period,
                    count=0,
                    of=max(others),
                    people=max(others),
                    blanks={"from": period.first.isoformat(), "to": period.last.isoformat()},
                )


def _overlap(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _people(data: Data, thresholds: Thresholds) -> Iterator[QualityFinding]:
    """Find who is in one period and not in the next one, over all units: people move."""
    present: dict[Period, dict[str, str | None]] = {period: {} for period in data.periods}
    for seen in data.seen:
        if seen.place[1] is not None and seen.id:
            present[seen.place[1]].setdefault(seen.id, seen.place[0])
    later: dict[Period, set[str]] = {}
    coming: set[str] = set()
    for period in reversed(data.periods):
        later[period] = set(coming)
        coming |= set(present[period])
    for before, after in pairwise(data.periods):
        if before.last >= after.first:
            continue
        gone: dict[tuple[str | None, str], list[str]] = {}
        sizes = Counter(present[before].values())
        for row, unit in present[before].items():
            # A unit without any data in that period is told as such.
            if row not in present[after] and data.places.get((unit, after)):
                code = "KNJ805" if row in later[after] else "KNJ806"
                gone.setdefault((unit, code), []).append(row)
        for (unit, code), ids in gone.items():
            yield QualityFinding(
                code=code,
                check="presence",
                unit=unit,
                period=after,
                count=len(ids),
                of=sizes[unit],
                people=len(ids),
                ids=tuple(sorted(ids)[: thresholds.ids_shown]),
                figure=Fraction(len(ids), sizes[unit]),
                severity="warning" if code == "KNJ805" else "note",
                blanks={"before": period_name(before)},
            )


def _twice(data: Data, thresholds: Thresholds) -> Iterator[QualityFinding]:
    found: dict[Period | None, dict[str, list[str]]] = {}
    for (unit, period), records in data.places.items():
        for seen in records:
            if seen.id:
                found.setdefault(period, {}).setdefault(seen.id, []).append(unit or "–")
    for period, rows in found.items():
        twice: Mapping[str, list[str]] = {row: at for row, at in rows.items() if len(at) > 1}
        if not twice:
            continue
        units = sorted({unit for at in twice.values() for unit in at})
        shown = units[: thresholds.ids_shown]
        yield QualityFinding(
            code="KNJ819",
            check="presence",
            period=period,
            count=len(twice),
            of=len(rows),
            people=len(twice),
            ids=tuple(sorted(twice)[: thresholds.ids_shown]),
            figure=Fraction(len(twice), len(rows)),
            expected=Fraction(0),
            blanks={"units": ", ".join([*shown, *(["…"] if len(units) > len(shown) else [])])},
        )
