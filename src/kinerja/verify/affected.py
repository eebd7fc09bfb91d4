"""For whom a change of a policy changes something: the same people scored by both policies.

What lives here: the choice of what is compared, and what is told of the counts. What never comes in: the
counting on arrays, which is done by `columns.moves`; files, printing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

from kinerja.errors import InputError, Issue, quoted
from kinerja.formula.types import LabelType, NumberType
from kinerja.result import Line, Result
from kinerja.scorer import LabelStep, Program, Scorer, label_step
from kinerja.scorer.explain import Explainer
from kinerja.scorer.graph import needed
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps
from kinerja.values import Missing
from kinerja.verify.impact_values import (
    STATUSES,
    Impact,
    LabelMoves,
    Mover,
    PointMoves,
    UnitMoves,
)

if TYPE_CHECKING:
    from kinerja.columns.moves import Moves

__all__ = ["ImpactCount", "impact"]


def impact(  # noqa: PLR0913 - each is one thing that a caller may choose
    old: Scorer,
    new: Scorer,
    frame: object,
    *,
    unit: str | None = None,
    step: str | None = None,
    lists: Mapping[str, object] | None = None,
    threads: int | None = None,
) -> Impact:
    """Score a table by two policies and tell what becomes of whom.

    Args:
        old: The policy as it was.
        new: The policy as it is to be.
        frame: The table, see `Scorer.score_table`.
        unit: Column of the table by which people are told apart.
        step: Published step whose labels are compared; by default the one whose next label explanations
            speak of, where both publish it, else the last one that both publish, else the one of each.
        lists: Long tables of list inputs, see `Scorer.score_table`; one that only one of the policies reads
            is given to that one.
        threads: See `Scorer.score_table`.

    Raises:
        InputError: The frame cannot be read at all, has no such column, or too many units; or there is no
            such step.
    """
    count = ImpactCount(old, new, unit=unit, step=step)
    count.take_table(frame, lists=lists, threads=threads)
    return count.impact()


class ImpactCount:
    """An impact that is counted batch by batch.

    Args:
        old: The policy as it was.
        new: The policy as it is to be.
        unit: Column of every table by which people are told apart.
        step: Published step whose labels are compared.

    Raises:
        InputError: There is no such step.
    """

    def __init__(
        self, old: Scorer, new: Scorer, *, unit: str | None = None, step: str | None = None
    ) -> None:
        from kinerja.columns.answers import Units
        from kinerja.columns.moves import Moves

        self._scorers = (old, new)
        self._unit = unit
        programs = (old.program, new.program)
        self._label = _label_steps(*programs, step)
        self._number = _number_steps(*programs)
        self._units = tuple(Units(program) for program in programs)
        self._steps = None
        if self._label is not None:
            pairs = zip(programs, self._label, strict=True)
            mine, others = (label_step(program, name) for program, name in pairs)
            self._steps = (mine, others)
        if self._steps is None:
            self._moves: Moves = Moves([[0]], [[0]])
        else:
            self._moves = Moves(_distances(*self._steps), _kinds(*self._steps))

    def take_table(
        self,
        frame: object,
        *,
        lists: Mapping[str, object] | None = None,
        threads: int | None = None,
        record: Callable[[int], Mapping[str, object]] | None = None,
    ) -> list[int]:
        """Take the rows of a table.

        Args:
            frame: The table.
            lists: Long tables of list inputs.
            threads: How many parts of the table are worked on at once.
            record: Gives a row as a record with its id; by default the table does.

        Returns:
            The rows that neither policy can use.

        Raises:
            InputError: The frame cannot be read at all, has no such column of units, or too many units.
        """
        from kinerja.columns.frames import open_frame
        from kinerja.columns.moves import (
            TableSide,
            TooManyUnitsError,
            blocks,
            refused_by_both,
            unit_codes,
        )

        if self._unit is not None and self._unit not in open_frame(frame).names:
            details = {"found": quoted(self._unit)}
            raise InputError([Issue(code="KNJ632", path=self._unit, details=details)])
        given = lists or {}
        results, sides = [], []
        _refuse_unknown_lists(self._scorers, given)
        for place, scorer in enumerate(self._scorers):
            own = {name: given[name] for name in given if _reads(scorer.program, name)}
            results.append(scorer.table_result(frame, lists=own, threads=threads))
            sides.append(
                TableSide(
                    results[place],
                    scorer.program,
                    label=self._label and self._label[place],
                    number=self._number and self._number[place],
                    units=self._units[place].of(frame) if self._number else {},
                )
            )

        def keep(row: int) -> tuple[Mapping[str, object], ...]:
            if record is None:
                return tuple(result.record(row) for result in results)
            return (record(row),) * len(results)

        refused: list[int] = []
        try:
            units = None if self._unit is None else unit_codes(frame, self._unit)
            for start, stop in blocks(len(results[0])):
                old, new = (side.rows(start, stop) for side in sides)
                own_units = None if units is None else (units[0][start:stop], units[1])
                self._moves.take(old, new, own_units, keep, first=start)
                refused += [start + at for at in refused_by_both(old, new)]
        except TooManyUnitsError:
            raise self._too_many() from None
        return refused

    def take_records(self, records: Sequence[Mapping[str, object]]) -> list[int]:
        """Take single records.

        Returns:
            The places of those that neither policy can use.

        Raises:
            InputError: There are too many units.
        """
        return self._take_results(
            records, [[_scored(one, record) for record in records] for one in self._scorers]
        )

    def take_refused(self, records: Sequence[Mapping[str, object]]) -> None:
        """Take records that neither policy can use, with what could be read of them.

        Raises:
            InputError: There are too many units.
        """
        self._take_results(records, [[None] * len(records)] * len(self._scorers))

    def _take_results(
        self, records: Sequence[Mapping[str, object]], results: Sequence[Sequence[Result | None]]
    ) -> list[int]:
        from kinerja.columns.moves import (
            TooManyUnitsError,
            refused_by_both,
            side_of_results,
            unit_codes,
        )

        sides = []
        for place, scorer in enumerate(self._scorers):
            sides.append(
                side_of_results(
                    results[place],
                    scorer.program,
                    label=self._label and self._label[place],
                    number=self._number and self._number[place],
                )
            )

        def keep(row: int) -> tuple[Mapping[str, object], ...]:
            return (records[row],) * len(self._scorers)

        try:
            units = None
            if self._unit is not None:
                names = [record.get(self._unit) for record in records]
                units = unit_codes({self._unit: names}, self._unit)
            self._moves.take(sides[0], sides[1], units, keep)
        except TooManyUnitsError:
            raise self._too_many() from None
        return refused_by_both(*sides)

    def _too_many(self) -> InputError:
        from kinerja.columns.moves import MOST_UNITS

        details = {"found": quoted(self._unit), "expected": str(MOST_UNITS)}
        return InputError([Issue(code="KNJ631", path=self._unit or "", details=details)])

    def impact(self) -> Impact:
        """Tell what was counted."""
        moves, (old, new) = self._moves, self._scorers
        units: tuple[UnitMoves, ...] = ()
        if self._unit is not None:
            found = [self._unit_moves(unit) for unit in moves.units]
            units = tuple(sorted(found, key=_most_changed))
        statuses = {
            (before, after): int(moves.statuses[row, column])
            for row, before in enumerate(STATUSES)
            for column, after in enumerate(STATUSES)
            if moves.statuses[row, column]
        }
        mine = {declared.name: declared.title for declared in old.program.inputs}
        others = {declared.name: declared.title for declared in new.program.inputs}
        return Impact(
            old=old.program.note,
            new=new.program.note,
            rows=moves.rows,
            statuses=statuses,
            steps=self._steps,
            labels=self._label_moves(list(moves.units)),
            points=self._points(),
            unit=self._unit,
            units=units,
            movers=tuple(map(self._mover, moves.movers.kept())),
            only_old=tuple((name, mine[name]) for name in mine if name not in others),
            only_new=tuple((name, others[name]) for name in others if name not in mine),
        )

    def _label_moves(self, units: Sequence[object]) -> LabelMoves | None:
        if self._steps is None:
            return None
        counts: dict[tuple[str | None, str | None], int] = {}
        names: list[list[str | None]] = [
            [None, *(name for name, _ in step.labels)] for step in self._steps
        ]
        for unit in units:
            table = self._moves.labels(unit).tolist()
            for before, row in zip(names[0], table, strict=True):
                for after, count in zip(names[1], row, strict=True):
                    if count:
                        counts[before, after] = counts.get((before, after), 0) + count
        directions = {"up": 0, "same": 0, "down": 0, "other": 0}
        for (before, after), count in counts.items():
            directions[_direction(before, after, *self._steps)] += count
        order = [{name: at for at, name in enumerate(side)} for side in names]
        ordered = sorted(counts, key=lambda pair: (order[0][pair[0]], order[1][pair[1]]))
        return LabelMoves(counts={pair: counts[pair] for pair in ordered}, **directions)

    def _unit_moves(self, unit: object) -> UnitMoves:
        moves = self._moves
        down, same, up = moves.directions(unit)
        both = down + same + up
        return UnitMoves(
            unit=None if unit is None else str(unit),
            rows=int(moves.labels(unit).sum()),
            labels=self._label_moves([unit]),
            up=up,
            same=same,
            down=down,
            mean=moves.moved(unit) / both if both else None,
        )

    def _points(self) -> PointMoves | None:
        counts = self._moves.differences()
        if self._number is None or not counts:
            return None
        steps = [s.program.step(name) for s, name in zip(self._scorers, self._number, strict=True)]
        digits = [None if step.rounding is None else step.rounding.digits for step in steps]
        total = sum(count for _, count in counts)
        return PointMoves(
            name=steps[1].name,
            title=steps[1].title,
            digits=_more(*digits),
            up=sum(count for moved, count in counts if moved > 0),
            same=sum(count for moved, count in counts if moved == 0),
            down=sum(count for moved, count in counts if moved < 0),
            least=counts[0][0],
            median=(_ranked(counts, (total - 1) // 2) + _ranked(counts, total // 2)) / 2,
            mean=sum((moved * count for moved, count in counts), Fraction(0)) / total,
            most=counts[-1][0],
            counts=tuple(counts),
        )

    def _mover(self, records: tuple[Mapping[str, object], ...]) -> Mover:
        pairs = zip(self._scorers, records, strict=True)
        mine, others = (_Ran(scorer.program, record) for scorer, record in pairs)
        labels = None
        if self._label is not None and self._steps is not None:
            titles = [dict(step.labels) for step in self._steps]
            labels = (
                titles[0].get(str(mine.state[self._label[0]])),
                titles[1].get(str(others.state[self._label[1]])),
            )
        step = _first_moved(mine, others)
        return Mover(
            id=others.id,
            old=None if self._number is None else mine.number(self._number[0]),
            new=None if self._number is None else others.number(self._number[1]),
            labels=labels,
            step=step,
            old_line=None if step is None else mine.line(step),
            new_line=None if step is None else others.line(step),
        )


class _Ran:
    """One record run through one policy; single steps are explained when they are asked for."""

    def __init__(self, program: Program, record: Mapping[str, object]) -> None:
        reading, _, _ = read_record(record, program.inputs)
        named = record.get("id")
        self.id = None if named is None else str(named)
        self.program = program
        self.state = run_steps(program, reading)

    def number(self, name: str) -> Fraction | None:
        """Give the number of a step; `None` where it has none."""
        value = self.state[name]
        return None if isinstance(value, Missing) else cast("Fraction", value)

    def line(self, name: str) -> Line | None:
        """Give the line of a step; `None` where the results of this record do not rest on it."""
        step = self.program.step(name)
        rested_on = needed(self.program, self.state)
        used = {each.parent or each.name for each in self.program.steps if each.name in rested_on}
        if (step.parent or name) not in used:
            return None
        return Explainer(self.program, self.state).line(step)


def _scored(scorer: Scorer, record: Mapping[str, object]) -> Result | None:
    try:
        return scorer.score(record)
    except InputError:
        return None


def _reads(program: Program, name: str) -> bool:
    return any(declared.name == name for declared in program.inputs)


def _refuse_unknown_lists(scorers: tuple[Scorer, Scorer], lists: Mapping[str, object]) -> None:
    """Let the new policy refuse a list that neither reads, with its own words."""
    unknown = {n: lists[n] for n in lists if not any(_reads(s.program, n) for s in scorers)}
    if unknown:
        scorers[1].table_result({"id": []}, lists=unknown)


# What is compared.


def _published(program: Program, kind: type[LabelType | NumberType]) -> list[str]:
    return [name for name in program.published if isinstance(program.step(name).type, kind)]


def _label_steps(old: Program, new: Program, step: str | None) -> tuple[str, str] | None:
    mine, others = _published(old, LabelType), _published(new, LabelType)
    both = [name for name in others if name in mine]
    if step is not None:
        if step not in both:
            details = {"found": quoted(step), "expected": ", ".join(both) or "–"}
            raise InputError([Issue(code="KNJ630", details=details)])
        return step, step
    if both:
        name = next((one for one in (new.ladder, old.ladder) if one in both), both[-1])
        return name, name
    return (old.ladder or mine[-1], new.ladder or others[-1]) if mine and others else None


def _number_steps(old: Program, new: Program) -> tuple[str, str] | None:
    mine, others = _published(old, NumberType), _published(new, NumberType)
    both = [name for name in others if name in mine]
    if both:
        return both[0], both[0]
    return (mine[0], others[0]) if mine and others else None


def _direction(
    before: str | None, after: str | None, old: LabelStep, new: LabelStep
) -> Literal["up", "same", "down", "other"]:
    if before == after:
        return "same"
    mine = [name for name, _ in old.labels]
    others = [name for name, _ in new.labels]
    common = [name for name in mine if name in others]
    in_one_order = common == [name for name in others if name in mine]
    if not (old.ordered and new.ordered and in_one_order and before in common and after in common):
        return "other"
    return "up" if others.index(after) > others.index(before) else "down"


def _more(old: int | None, new: int | None) -> int | None:
    return None if old is None or new is None else max(old, new)


def _distances(old: LabelStep, new: LabelStep) -> list[list[int]]:
    """Give how far apart labels are by their order, 1 where they have none; place 0 is no label."""
    places = {name: at for at, (name, _) in enumerate(new.labels)}
    table = [[0] * (len(new.labels) + 1)]
    for before, _ in old.labels:
        row = [0]
        for after, _ in new.labels:
            direction = _direction(before, after, old, new)
            near = {"same": 0, "other": 1}
            row.append(near.get(direction, abs(places[after] - places.get(before, 0))))
        table.append(row)
    return table


def _kinds(old: LabelStep, new: LabelStep) -> list[list[int]]:
    """Give what becomes of a label; place 0 is no label."""
    from kinerja.columns.movers import FALL, LOSS, OTHER, RISE, STAY

    kinds = {"same": STAY, "down": FALL, "up": RISE, "other": OTHER}
    table = [[STAY, *(OTHER for _ in new.labels)]]
    for before, _ in old.labels:
        found = (kinds[_direction(before, after, old, new)] for after, _ in new.labels)
        table.append([LOSS, *found])
    return table


def _ranked(counts: Sequence[tuple[Fraction, int]], rank: int) -> Fraction:
    """Give the move with a rank, from 0, among all of them."""
    for moved, count in counts:
        if rank < count:
            return moved
        rank -= count
    raise IndexError(rank)


def _most_changed(unit: UnitMoves) -> tuple[int, int, str]:
    changed = 0 if unit.labels is None else unit.rows - unit.labels.same
    return -changed, -(unit.up + unit.down), unit.unit or ""


# What moved somebody.


def _first_moved(old: _Ran, new: _Ran) -> str | None:
    """Find the first step whose value differs, in the order of computation."""
    known = {step.name for step in old.program.steps if step.over is None}
    for step in new.program.steps:
        name = step.name
        if step.over is None and name in known and old.state[name] != new.state[name]:
            return name
    return None
