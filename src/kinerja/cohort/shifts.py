"""Sudden changes of a unit from one period to the next.

What lives here: medians, spreads, numbers of records and shares of missing values against those of the
period before and against how other units changed. What never comes in: single people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from kinerja.cohort.chance import (
    binomial_tail,
    deviation,
    holm,
    mean_distance,
    median,
    median_place,
    odds,
)
from kinerja.cohort.data_finding import QualityFinding, Sureness
from kinerja.cohort.observed import Column, Data, Figure, Seen, count_people
from kinerja.cohort.periods import period_name
from kinerja.cohort.thresholds import Thresholds
from kinerja.formula.types import ListType, NumberType
from kinerja.scorer.program import Input
from kinerja.values import Missing, Period

__all__ = ["find_shifts"]

_Change = tuple[str | None, Period]


def find_shifts(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find units that change suddenly: median, spread, number of records, share of missing values.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of comparisons.
    """
    found: list[QualityFinding] = []
    tests = 0
    for part in (_numbers, _sizes, _gaps):
        told, compared = part(data, thresholds)
        found += told
        tests += compared
    return found, tests


def _pairs(data: Data) -> list[tuple[Period, Period]]:
    return [(a, b) for a, b in pairwise(data.periods) if a.last < b.first]


# Medians and spreads.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Summary:
    size: int
    middle: Fraction
    low: int
    high: int
    distance: Fraction


def _numbers(data: Data, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    found: list[QualityFinding] = []
    tests = 0
    for figure in data.numbers():
        column = data.means(figure)
        summaries: dict[_Change, _Summary] = {}
        for unit, period in data.places:
            ordered = column.ordered((unit, period))
            if period is not None and len(ordered) >= thresholds.least_records:
                summary = _summary(ordered, thresholds)
                if summary is not None:
                    summaries[unit, period] = summary
        width = _width(figure, column)
        for told, compared in (
            _levels(data, figure, summaries, width, column.scale, thresholds),
            _spreads(data, figure, summaries, width, column.scale, thresholds),
        ):
            found += told
            tests += compared
    return found, tests


def _summary(ordered: Sequence[int], thresholds: Thresholds) -> _Summary | None:
    place = median_place(len(ordered), most=thresholds.shift_chance)
    if place is None:
        return None
    middle = median(ordered)
    return _Summary(
        size=len(ordered),
        middle=middle,
        low=ordered[place],
        high=ordered[-1 - place],
        distance=mean_distance(ordered, middle=middle),
    )


def _width(figure: Figure, column: Column) -> Fraction:
    """Give the width of the declared limits, or that of the data."""
    if isinstance(figure.type, NumberType):
        limits = figure.type.limits
        if limits.low is not None and limits.high is not None:
            return (limits.high - limits.low) * column.scale
    numbers = [number for cells in column.cells.values() for _, number in cells]
    return Fraction(max(numbers) - min(numbers)) if numbers else Fraction(0)


def _levels(  # noqa: PLR0913, PLR0917 - all of one figure
    data: Data,
    figure: Figure,
    summaries: Mapping[_Change, _Summary],
    width: Fraction,
    scale: int,
    thresholds: Thresholds,
) -> tuple[list[QualityFinding], int]:
    changes: dict[_Change, Fraction] = {}
    for before, after in _pairs(data):
        for unit in data.units:
            if (unit, before) in summaries and (unit, after) in summaries:
                changes[unit, after] = (
                    summaries[unit, after].middle - summaries[unit, before].middle
                )
    found = []
    tests = 0
    earlier = {after: before for before, after in _pairs(data)}
    for (unit, after), change in changes.items():
        usual = _usual(changes, unit, after, thresholds)
        if usual is None:
            continue
        tests += 1
        old, new = summaries[unit, earlier[after]], summaries[unit, after]
        middle = median(sorted(usual))
        distance = abs(change - middle)
        spread = deviation(usual, middle=middle)
        if (
            not distance
            or distance < thresholds.shift_least * width
            or distance < thresholds.shift_factor * spread
            or not _apart(old, new, by=middle)
            or not _apart(old, new, by=Fraction(0))
        ):
            continue
        found.append(
            QualityFinding(
                code="KNJ815",
                check="shifts",
                unit=unit,
                period=after,
                input=figure.path,
                count=new.size,
                of=new.size,
                people=_people(data, figure, unit, after),
                figure=new.middle / scale,
                expected=(old.middle + middle) / scale,
                sureness=Sureness(measure="robust", times=distance / spread if spread else None),
                blanks={
                    "input": figure.title,
                    "old": old.middle / scale,
                    "new": new.middle / scale,
                    "usual": (old.middle + middle) / scale,
                    "before": period_name(earlier[after]),
                },
            )
        )
    return found, tests


def _apart(old: _Summary, new: _Summary, *, by: Fraction) -> bool:
    """Tell whether two medians differ by more than a change, as far as their intervals tell."""
    return new.low > old.high + by or new.high < old.low + by


def _usual(
    changes: Mapping[_Change, Fraction], unit: str | None, after: Period, thresholds: Thresholds
) -> list[Fraction] | None:
    """Give the changes that tell what was to be expected: of other units, or earlier ones of this unit."""
    others = [one for (who, when), one in changes.items() if when == after and who != unit]
    if len(others) >= thresholds.least_units:
        return others
    own = [one for (who, when), one in changes.items() if who == unit and when < after]
    return own if len(own) >= thresholds.least_changes else None


def _spreads(  # noqa: PLR0913, PLR0917 - all of one figure
    data: Data,
    figure: Figure,
    summaries: Mapping[_Change, _Summary],
    width: Fraction,
    scale: int,
    thresholds: Thresholds,
) -> tuple[list[QualityFinding], int]:
    ratios: dict[_Change, Fraction] = {}
    earlier = {after: before for before, after in _pairs(data)}
    for after, before in earlier.items():
        for unit in data.units:
            old, new = summaries.get((unit, before)), summaries.get((unit, after))
            if old is None or new is None or not old.distance:
                continue
            if min(old.size, new.size) >= thresholds.least_spread:
                ratios[unit, after] = new.distance / old.distance
    found = []
    tests = 0
    for (unit, after), ratio in ratios.items():
        usual = _usual(ratios, unit, after, thresholds)
        if usual is None:
            continue
        tests += 1
        middle = median(sorted(usual))
        times = ratio / middle if middle else None
        if times is None or 1 / thresholds.spread_factor < times < thresholds.spread_factor:
            continue
        old, new = summaries[unit, earlier[after]], summaries[unit, after]
        if abs(new.distance - old.distance * middle) < thresholds.spread_least * width:
            continue
        found.append(
            QualityFinding(
                code="KNJ816",
                check="shifts",
                unit=unit,
                period=after,
                input=figure.path,
                count=new.size,
                of=new.size,
                people=_people(data, figure, unit, after),
                figure=new.distance / scale,
                expected=old.distance * middle / scale,
                sureness=Sureness(measure="factor", times=times),
                blanks={
                    "input": figure.title,
                    "old": old.distance / scale,
                    "new": new.distance / scale,
                    "before": period_name(earlier[after]),
                },
            )
        )
    return found, tests


def _people(data: Data, figure: Figure, unit: str | None, period: Period) -> int:
    return count_people(
        seen
        for seen in data.places[unit, period]
        if any(isinstance(value, Fraction) for value in figure.values_of(seen))
    )


# Numbers of records.


def _sizes(data: Data, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    ratios: dict[_Change, Fraction] = {}
    earlier = {after: before for before, after in _pairs(data)}
    for after, before in earlier.items():
        for unit in data.units:
            old = len(data.places.get((unit, before), ()))
            new = len(data.places.get((unit, after), ()))
            # A unit without any record is told by `presence`.
            if new and max(old, new) >= thresholds.least_records and old:
                ratios[unit, after] = Fraction(new, old)
    found = []
    for (unit, after), ratio in ratios.items():
        usual = _usual(ratios, unit, after, thresholds)
        middle = Fraction(1) if usual is None else median(sorted(usual))
        times = ratio / middle
        if 1 / thresholds.count_factor < times < thresholds.count_factor:
            continue
        old = len(data.places[unit, earlier[after]])
        new = len(data.places[unit, after])
        found.append(
            QualityFinding(
                code="KNJ817",
                check="shifts",
                unit=unit,
                period=after,
                count=new,
                of=old,
                people=abs(new - old) or new,
                figure=Fraction(new),
                expected=old * middle,
                sureness=Sureness(measure="factor", times=times),
                blanks={"usual": old * middle, "before": period_name(earlier[after])},
            )
        )
    return found, len(ratios)


# Shares of missing values.


def _gaps(data: Data, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    candidates = [
        one
        for declared in data.program.inputs
        for before, after in _pairs(data)
        for unit in data.units
        for one in _gap(data, declared, unit, before, after, thresholds)
    ]
    likely = [(chance, finding) for chance, finding in candidates if finding is not None]
    chances = holm([chance for chance, _ in likely], tests=len(candidates))
    found = [
        replace(
            finding,
            sureness=Sureness(measure="holm", odds=odds(chance), tests=len(candidates)),
        )
        for chance, (_, finding) in zip(chances, likely, strict=True)
        if chance <= thresholds.alpha
    ]
    return found, len(candidates)


def _gap(  # noqa: PLR0913, PLR0917 - all of one comparison
    data: Data,
    declared: Input,
    unit: str | None,
    before: Period,
    after: Period,
    thresholds: Thresholds,
) -> Iterator[tuple[Fraction, QualityFinding | None]]:
    old, new = data.places.get((unit, before), ()), data.places.get((unit, after), ())
    if min(len(old), len(new)) < thresholds.least_records:
        return
    lacked = len(_lacking(old, declared))
    lacking = _lacking(new, declared)
    share = Fraction(lacked + 1, len(old) + 1)
    rise = Fraction(len(lacking), len(new)) - Fraction(lacked, len(old))
    if rise < thresholds.missing_change:
        yield Fraction(1), None
        return
    chance = binomial_tail(len(lacking), of=len(new), share=share, most=thresholds.alpha)
    ids = sorted({seen.id for seen in lacking})
    finding = QualityFinding(
        code="KNJ818",
        check="shifts",
        unit=unit,
        period=after,
        input=declared.name,
        count=len(lacking),
        of=len(new),
        people=len(lacking),
        ids=tuple(ids[: thresholds.ids_shown]),
        figure=Fraction(len(lacking), len(new)),
        expected=share,
        blanks={
            "input": declared.title,
            "old": Fraction(100 * lacked, len(old)),
            "new": Fraction(100 * len(lacking), len(new)),
            "before": period_name(before),
        },
    )
    yield chance, finding


def _lacking(records: Sequence[Seen], declared: Input) -> list[Seen]:
    name = declared.name
    is_list = isinstance(declared.type, ListType)
    return [
        seen
        for seen in records
        if name not in seen.refused
        and (isinstance(seen.values[name], Missing) or (is_list and not seen.items(name)))
    ]
