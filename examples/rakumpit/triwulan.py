"""One quarter: what was handed in, and what the policy says of it.

What lives here: reading and scoring the files of a quarter, and the waiting times of its visits. What never
comes in: pages, what may be published; no value is repaired.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from kinerja import InputError, Issue, Result, Scorer
from kinerja.cohort import Member, Observation
from kinerja.formula.types import ListType, NumberType, TextType
from kinerja.io import read_records
from kinerja.values import Interval, Period, Reason

__all__ = ["Quarter", "minutes_allowed", "read_quarter"]

LISTS = ("berkas", "kunjungan", "pengaduan", "survei")
VISITS, MINUTES = "kunjungan", "menit"
NO_UNIT = "tanpa unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """What is known of a quarter.

    Attributes:
        name: Such as `2025-Q4`.
        period: Its days.
        observations: Every row of `pegawai`, as it was read.
        members: The people, each once, with what the policy says.
        results: The result of each person who could be scored.
        doubled: Ids that stand twice; such a person is refused, in the unit where the id stands first.
        issues: What makes rows or whole columns unusable.
        warnings: What should be looked at.
        waits: Minutes of every visit whose unit is known, by unit, contract staff's too.
        unusable: Visits whose minutes the policy refuses; they are in no figure.
    """

    name: str
    period: Period
    observations: tuple[Observation, ...]
    members: tuple[Member, ...]
    results: dict[str, Result]
    doubled: tuple[str, ...]
    issues: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    waits: dict[str, list[Fraction]]
    unusable: int

    @property
    def reasons(self) -> Counter[Reason]:
        """Why values are missing, each with the number of its people."""
        return Counter(reason for one in self.results.values() for reason in one.reasons)


def read_quarter(scorer: Scorer, data: Path, name: str) -> Quarter:
    """Read and score a quarter; what is wrong with one person refuses nobody else.

    Raises:
        InputError: A file is missing or cannot be read at all.
    """
    period = Period.parse(name)
    declared = scorer.program.inputs
    records = read_records(
        data / f"pegawai-{name}.csv",
        {one.name: one.type for one in declared} | {"unit": TextType()},
        lists={one: data / f"{one}-{name}.csv" for one in LISTS},
        required={one.name for one in declared if one.required} | {"unit"},
    )
    issues = list(records.issues)
    observations: list[Observation] = []
    members: dict[str, Member] = {}
    results: dict[str, Result] = {}
    doubled: list[str] = []
    waits: dict[str, list[Fraction]] = {}
    unusable = 0
    for row in records:
        unit = str(row.record.get("unit") or NO_UNIT)
        observations.append(
            Observation(id=row.id, unit=unit, period=period, record=row.record, issues=row.issues)
        )
        issues += row.issues
        if not row.id:
            continue
        if row.id in members:
            doubled.append(row.id)
            continue
        found = None
        if not row.issues:
            try:
                found = scorer.score(row.record)
            except InputError as error:
                issues += [records.locate(issue, row) for issue in error.issues]
        if found is None:
            members[row.id] = Member(id=row.id, unit=unit, period=period, status="refused")
        else:
            members[row.id] = Member.of(found, unit=unit, period=period)
            results[row.id] = found
        unusable += _take(waits, unit, [one[MINUTES] for one in _items(row.record)], scorer)
    for contract in _contract(data / f"kontrak-{name}.csv"):
        unusable += _take(waits, contract["unit"], [contract[MINUTES]], scorer)
    return Quarter(
        name=name,
        period=period,
        observations=tuple(observations),
        members=tuple(members.values()),
        results=results,
        doubled=tuple(doubled),
        issues=_named(issues),
        warnings=_named(records.warnings),
        waits=waits,
        unusable=unusable,
    )


def minutes_allowed(scorer: Scorer) -> Interval:
    """Give the limits that the policy sets for the minutes of a visit."""
    [kind] = [one.type for one in scorer.program.inputs if one.name == VISITS]
    if not isinstance(kind, ListType):
        raise TypeError(VISITS)
    field = kind.fields[MINUTES]
    if not isinstance(field, NumberType):
        raise TypeError(MINUTES)
    return field.limits


def _named(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Name files as those who handed them in know them, without the folders of this machine."""
    return tuple(one.at(file=Path(one.file).name) if one.file else one for one in issues)


def _take(waits: dict[str, list[Fraction]], unit: str, values: list[object], scorer: Scorer) -> int:
    """Add minutes to those of a unit; give how many cannot be used."""
    limits = minutes_allowed(scorer)
    numbers = [Fraction(str(value)) for value in values if value is not None]
    good = [number for number in numbers if number in limits]
    if good:
        waits.setdefault(unit, []).extend(good)
    return len(values) - len(good)


def _items(record: dict[str, object]) -> list[dict[str, object]]:
    items = record.get(VISITS)
    return items if isinstance(items, list) else []


def _contract(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))
