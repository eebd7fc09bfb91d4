"""Records that are copies of others.

What lives here: records alike in every figure, between people and of one person between periods, with
bounds on their chance. What never comes in: ratings of panels, which `rater_habits` looks at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import comb, prod
from typing import Final

from kinerja.cohort.chance import binomial_tail, holm, odds
from kinerja.cohort.data_finding import QualityFinding, Sureness
from kinerja.cohort.declared_panels import panels
from kinerja.cohort.observed import Data, Figure, Place, Seen, count_people
from kinerja.cohort.periods import period_name
from kinerja.cohort.thresholds import Thresholds
from kinerja.formula.evaluate import Value
from kinerja.values import Missing, Period

__all__ = ["find_carried_over", "find_copies"]

#: A figure that stays as it was for so many is none that a copy could be told by.
HALF: Final = Fraction(1, 2)

#: Path of a figure and its value; a figure of a list stands once for each item.
_Cell = tuple[str, Value]
_Cells = tuple[_Cell, ...]


def find_copies(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find people whose records of one period are alike in every figure.

    The chance p that two records are alike is the product of the shares of their values; the expected
    number of groups of g among n records is C(n, g) times p to the power g − 1. Shares are taken among the
    records that are no copies: the larger of that in the unit and that in the period, there with one more
    counted. A value that is set for the person, and a panel's rating, does not count.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of pairs.
    """
    figures = _compared(data)
    found: list[QualityFinding] = []
    pairs = 0
    rows: dict[Period | None, list[tuple[Seen, _Cells]]] = defaultdict(list)
    for seen in data.seen:
        cells = _cells(seen, figures)
        if sum(isinstance(value, Fraction) for _, value in cells) >= thresholds.least_figures:
            rows[seen.place[1]].append((seen, cells))
    for known in rows.values():
        pairs += len(known) * (len(known) - 1) // 2
        groups: dict[_Cells, list[Seen]] = defaultdict(list)
        for seen, cells in known:
            groups[cells].append(seen)
        alike = {cells: group for cells, group in groups.items() if count_people(group) > 1}
        if alike:
            found += _told(known, alike, thresholds)
    return found, pairs


def _told(
    known: Sequence[tuple[Seen, _Cells]],
    alike: Mapping[_Cells, Sequence[Seen]],
    thresholds: Thresholds,
) -> list[QualityFinding]:
    rest = [(seen, cells) for seen, cells in known if cells not in alike]
    everywhere = _Shares(cells for _, cells in rest)
    by_unit: dict[str | None, list[_Cells]] = defaultdict(list)
    for seen, cells in rest:
        by_unit[seen.place[0]].append(cells)
    within = {unit: _Shares(cells) for unit, cells in by_unit.items()}
    sizes = Counter(seen.place for seen, _ in known)
    found: dict[Place, list[tuple[Fraction, Sequence[Seen]]]] = defaultdict(list)
    for cells, group in alike.items():
        units = {seen.place[0] for seen in group}
        chance = prod(
            (
                max(
                    everywhere.of(cell), *(_share(within, unit, cell, thresholds) for unit in units)
                )
                for cell in cells
            ),
            start=Fraction(1),
        )
        # Somebody who stands twice is one person, and no further sign of a copy.
        people = count_people(group)
        bound = comb(len(known), people) * chance ** (people - 1)
        if bound <= thresholds.copy_chance:
            for place in {seen.place for seen in group}:
                found[place].append((bound, [seen for seen in group if seen.place == place]))
    return [_copies(place, groups, sizes[place], thresholds) for place, groups in found.items()]


def _share(
    within: Mapping[str | None, _Shares], unit: str | None, cell: _Cell, thresholds: Thresholds
) -> Fraction:
    shares = within.get(unit)
    if shares is None or shares.records < thresholds.least_records:
        return Fraction(0)
    return shares.seen(cell)


class _Shares:
    """How often each value of a figure stands in records."""

    def __init__(self, records: Iterable[_Cells]) -> None:
        self.records = 0
        self._values: Counter[_Cell] = Counter()
        self._totals: Counter[str] = Counter()
        for cells in records:
            self.records += 1
            self._values.update(cells)
            self._totals.update(path for path, _ in cells)

    def of(self, cell: _Cell) -> Fraction:
        """Give the share of a value, one more of it counted."""
        return Fraction(self._values[cell] + 1, self._totals[cell[0]] + 1)

    def seen(self, cell: _Cell) -> Fraction:
        """Give the share of a value."""
        return Fraction(self._values[cell], max(1, self._totals[cell[0]]))


def _copies(
    place: Place,
    groups: Sequence[tuple[Fraction, Sequence[Seen]]],
    size: int,
    thresholds: Thresholds,
) -> QualityFinding:
    ids = sorted(seen.id for _, group in groups for seen in group)
    bound = max(bound for bound, _ in groups)
    return QualityFinding(
        code="KNJ813",
        check="copied",
        unit=place[0],
        period=place[1],
        count=len(ids),
        of=size,
        people=len(ids),
        ids=tuple(ids[: thresholds.ids_shown]),
        figure=Fraction(len(ids), size),
        expected=Fraction(0),
        sureness=Sureness(measure="pairs", odds=odds(bound)),
        blanks={"groups": len(groups)},
    )


# The same person, a period later.


def find_carried_over(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find units where records are alike to those of the same people a period earlier.

    How often a figure stays as it was is taken from the people whose records changed, one more counted
    (where hardly any changed, from how often different people agree); the product over the figures is the
    chance for one person, the binomial tail that for the unit. A figure that seldom changes is thus no sign
    of a copy; a record needs `least_figures` that change for most people.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of comparisons.
    """
    figures = _compared(data)
    by_period: dict[Period, dict[str, tuple[Place, _Cells]]] = {one: {} for one in data.periods}
    for seen in data.seen:
        period = seen.place[1]
        if period is not None and seen.id:
            by_period[period][seen.id] = (seen.place, _cells(seen, figures))
    candidates: list[tuple[Fraction, QualityFinding]] = []
    tests = 0
    for before, after in pairwise(data.periods):
        both = {row: found for row, found in by_period[after].items() if row in by_period[before]}
        kept = {row for row, (_, cells) in both.items() if cells == by_period[before][row][1]}
        changed = {row: found for row, found in both.items() if row not in kept}
        if len(changed) >= thresholds.least_records:
            stays = _stays(by_period[before], changed)
        else:
            stays = _agrees([cells for _, cells in both.values()])
        units: dict[Place, list[str]] = defaultdict(list)
        for row, (place, cells) in both.items():
            moving = sum(
                isinstance(value, Fraction) and stays.get(path, 1) < HALF for path, value in cells
            )
            if moving >= thresholds.least_figures:
                units[place].append(row)
        tests += len(units)
        for place, rows in units.items():
            same = sorted(row for row in rows if row in kept)
            if not same:
                continue
            share = max(_stay(both[row][1], stays) for row in rows)
            chance = binomial_tail(len(same), of=len(rows), share=share, most=thresholds.alpha)
            finding = QualityFinding(
                code="KNJ814",
                check="copied",
                unit=place[0],
                period=after,
                count=len(same),
                of=len(rows),
                people=len(same),
                ids=tuple(same[: thresholds.ids_shown]),
                figure=Fraction(len(same), len(rows)),
                expected=share,
                blanks={"before": period_name(before)},
            )
            candidates.append((chance, finding))
    return _corrected(candidates, tests, thresholds), tests


def _stays(
    before: Mapping[str, tuple[Place, _Cells]], both: Mapping[str, tuple[Place, _Cells]]
) -> dict[str, Fraction]:
    """Give for each figure how often it stays as it was, one more counted."""
    same: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row, (_, cells) in both.items():
        for (path, value), (other, old) in zip(cells, before[row][1], strict=False):
            if path == other:
                total[path] += 1
                same[path] += value == old
    return {path: Fraction(same[path] + 1, total[path] + 1) for path in total}


def _agrees(records: Sequence[_Cells]) -> dict[str, Fraction]:
    """Give for each figure the share of its most common value: so often do different people agree."""
    counts: dict[str, Counter[Value]] = defaultdict(Counter)
    for cells in records:
        for path, value in cells:
            counts[path][value] += 1
    return {path: Fraction(max(c.values()), c.total()) for path, c in counts.items()}


def _stay(cells: _Cells, stays: Mapping[str, Fraction]) -> Fraction:
    return prod((stays.get(path, Fraction(1)) for path, _ in cells), start=Fraction(1))


def _corrected(
    candidates: Sequence[tuple[Fraction, QualityFinding]], tests: int, thresholds: Thresholds
) -> list[QualityFinding]:
    chances = holm([chance for chance, _ in candidates], tests=tests)
    return [
        replace(finding, sureness=Sureness(measure="holm", odds=odds(chance), tests=tests))
        for chance, (_, finding) in zip(chances, candidates, strict=True)
        if chance <= thresholds.alpha
    ]


def _compared(data: Data) -> list[Figure]:
    rated = {panel.input.name for panel in panels(data.program)}
    return [
        figure
        for figure in data.figures
        if not figure.fixed and not (figure.field and figure.input.name in rated)
    ]


def _cells(seen: Seen, figures: Iterable[Figure]) -> _Cells:
    cells: list[_Cell] = []
    for figure in figures:
        values = figure.values_of(seen)
        cells += [
            (figure.path, "" if isinstance(value, Missing) else value)
            for value in values
            if not (figure.field and isinstance(value, Missing))
        ]
    return tuple(cells)
