"""Records before they are scored, with unit and period, read as the policy declares its inputs.

What lives here: a record with its unit and period, what the scorer would read in it, and columns of one
figure. What never comes in: files, checks, any repair of a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TypeAlias, cast

from kinerja.errors import Issue
from kinerja.formula.evaluate import Item, Value
from kinerja.formula.types import ItemType, ListType, NumberType
from kinerja.scorer.program import Input, Program
from kinerja.scorer.read import read_record
from kinerja.values import Missing, Period
from kinerja.words import Text

__all__ = ["Column", "Data", "Figure", "Observation", "Place", "Seen", "count_people"]

Place: TypeAlias = tuple[str | None, Period | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One record, as it was read from a file, with its unit and period.

    Attributes:
        id: Id of the record, or `None`.
        unit: The unit, or `None` where the data name none.
        period: The assessment period, or `None` where there is only one.
        record: Input name to value, as `Scorer.score` takes it.
        issues: What the reader of the file refused in it already; such values are not called missing.
    """

    id: str | None
    unit: str | None = None
    period: Period | None = None
    record: Mapping[str, object]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the scorer reads in a record.

    Attributes:
        id: Id of the record; empty where it has none.
        place: Unit and period.
        values: Input name to value, items, or missing.
        issues: Every value that is refused.
        refused: Inputs with such a value.
    """

    id: str
    place: Place
    values: Mapping[str, Value | Sequence[Item]]
    issues: tuple[Issue, ...]
    refused: frozenset[str]

    def value(self, name: str) -> Value:
        """Give the value of an input that is no list."""
        return cast("Value", self.values[name])

    def items(self, name: str) -> Sequence[Item]:
        """Give the items of a list; none where it is missing."""
        items = self.values[name]
        return () if isinstance(items, Missing) else cast("Sequence[Item]", items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An input, or a field of a list.

    Attributes:
        path: `hasil`, or `penilaian.nilai`.
        input: The input.
        field: The field of the list, or `None`.
        type: Its type.
        title: As people read it.
        fixed: It is set for the person (a target, a weight).
    """

    path: str
    input: Input
    field: str | None
    type: ItemType
    title: Text
    fixed: bool

    def values_of(self, seen: Seen) -> Iterator[Value]:
        """Give what a record holds for it."""
        if self.field is None:
            yield seen.value(self.input.name)
        else:
            for item in seen.items(self.input.name):
                yield item[self.field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The numbers of a figure, as whole multiples of `1 / scale`.

    Attributes:
        scale: The least common denominator.
        cells: For each unit and period the ids and numbers, in the order of the records.
    """

    scale: int
    cells: Mapping[Place, Sequence[tuple[str, int]]]

    def ordered(self, place: Place) -> list[int]:
        """Give the numbers of a unit and period, sorted."""
        return sorted(number for _, number in self.cells.get(place, ()))


@dataclass(frozen=True)
class Data:
    """All records that are looked at together.

    Attributes:
        program: The policy.
        seen: The records.
    """

    program: Program
    seen: tuple[Seen, ...]
    _columns: dict[str, Column] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, observations: Iterable[Observation], *, program: Program) -> Data:
        """Read records as the scorer reads them; nothing is refused, everything is kept.

        Args:
            observations: The records.
            program: The policy.
        """
        return cls(program, tuple(_read(one, program.inputs) for one in observations))

    @cached_property
    def places(self) -> Mapping[Place, Sequence[Seen]]:
        """The records of each unit and period; units by name, periods in time."""
        found: dict[Place, list[Seen]] = {}
        for seen in self.seen:
            found.setdefault(seen.place, []).append(seen)
        return {place: found[place] for place in sorted(found, key=place_order)}

    @cached_property
    def units(self) -> tuple[str | None, ...]:
        """The units by name; records without a unit last."""
        return tuple(dict.fromkeys(unit for unit, _ in self.places))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods in time."""
        return tuple(sorted({period for _, period in self.places if period is not None}))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every input that is no list, and every field of a list that is not hidden."""
        return tuple(figure for declared in self.program.inputs for figure in _figures(declared))

    def column(self, figure: Figure) -> Column:
        """Give the numbers of a figure."""
        if figure.path not in self._columns:
            self._columns[figure.path] = self._column(figure)
        return self._columns[figure.path]

    def means(self, figure: Figure) -> Column:
        """Give one number for each record: of a list, the mean of its items."""
        if figure.field is None:
            return self.column(figure)
        path = f"{figure.path} (mean)"
        if path not in self._columns:
            cells = {
                place: [
                    (seen.id, sum(numbers, start=Fraction(0)) / len(numbers))
                    for seen in records
                    if (numbers := _numbers(figure, seen))
                ]
                for place, records in self.places.items()
            }
            self._columns[path] = _whole(cells)
        return self._columns[path]

    def _column(self, figure: Figure) -> Column:
        cells = {
            place: [(seen.id, value) for seen in records for value in _numbers(figure, seen)]
            for place, records in self.places.items()
        }
        return _whole(cells)

    def numbers(self, *, when: Callable[[Figure], bool] = lambda _: True) -> list[Figure]:
        """Give the figures that are numbers.

        Args:
            when: Which of them.
        """
        return [one for one in self.figures if isinstance(one.type, NumberType) and when(one)]


def _numbers(figure: Figure, seen: Seen) -> list[Fraction]:
    return [value for value in figure.values_of(seen) if isinstance(value, Fraction)]


def _whole(cells: Mapping[Place, Sequence[tuple[str, Fraction]]]) -> Column:
    scale = lcm(*{value.denominator for found in cells.values() for _, value in found})
    return Column(
        scale=scale,
        cells={
            place: [(row, v.numerator * (scale // v.denominator)) for row, v in found]
            for place, found in cells.items()
        },
    )


def count_people(records: Iterable[Seen]) -> int:
    """Count people: an id that stands twice is one of them, a record without id one of its own."""
    found = list(records)
    return len({seen.id for seen in found if seen.id}) + sum(not seen.id for seen in found)


def place_order(place: Place) -> tuple[object, ...]:
    """Sort units by name, those without one last; then periods in time."""
    unit, period = place
    days = (0, 0) if period is None else (period.first.toordinal(), period.last.toordinal())
    return (unit is None, unit or "", days)


def _read(observation: Observation, inputs: Sequence[Input]) -> Seen:
    values, issues, _ = read_record(observation.record, inputs)
    # What is wrong with a row as a whole, such as an id that stands twice, is told where files are read.
    names = {declared.name for declared in inputs}
    known = [*(one for one in observation.issues if input_of(one.path) in names), *issues]
    return Seen(
        id=observation.id or "",
        place=(observation.unit, observation.period),
        values=values,
        issues=tuple(known),
        refused=frozenset(input_of(issue.path) for issue in known),
    )


def input_of(path: str) -> str:
    """Give the input that a path begins with: `penilaian` of `penilaian[3].nilai`."""
    return path.partition(".")[0].partition("[")[0]


def _figures(declared: Input) -> Iterator[Figure]:
    if not isinstance(declared.type, ListType):
        yield Figure(
            path=declared.name,
            input=declared,
            field=None,
            type=declared.type,
            title=declared.title,
            fixed=declared.name in declared.fixed,
        )
        return
    for name, kind in declared.type.fields.items():
        if name not in declared.hidden:
            yield Figure(
                path=f"{declared.name}.{name}",
                input=declared,
                field=name,
                type=kind,
                title=declared.fields.get(name, Text.same(name)),
                fixed=bool({name, declared.name} & declared.fixed),
            )
