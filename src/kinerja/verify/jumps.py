"""Jumps: where the least change of one input moves a step by more than some amount.

What lives here: the neighbours of every edge of a condition, and the change over the edge beside the
changes just before and after it. What never comes in: printing.

A steep slope is no jump: the change over an edge must be far larger than those on its two sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median_low
from typing import Final, cast

from kinerja.errors import Issue
from kinerja.exact import Rounding, decimal_digits, plain_decimal
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item
from kinerja.formula.types import NumberType
from kinerja.result import Result
from kinerja.scorer import Program, Scorer
from kinerja.scorer.graph import behind, flowing_behind
from kinerja.scorer.program import Step
from kinerja.values import Interval, Missing
from kinerja.verify.changes import Changes, Record, unit_of
from kinerja.verify.coverage import views_of
from kinerja.verify.edges import Edge
from kinerja.verify.findings import Finding, Witness
from kinerja.verify.goals import Run
from kinerja.verify.probe import number, plain_record
from kinerja.verify.search import Search
from kinerja.verify.standing import Standing, movable

__all__ = ["jumps_of"]

#: Part of the span of a step that is much for the least change of one input.
SHARE: Final = Fraction(1, 20)
#: The same of whole numbers: a table over days or duties goes in steps.
IN_STEPS: Final = Fraction(1, 2)
#: How many times larger than its neighbours a change over an edge must be.
STEEPER: Final = 3
#: Records on one edge that are looked at.
EACH: Final = 6
#: Items of a list that are moved one by one.
ITEMS: Final = 4

_Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Jump:
    step: Step
    place: _Place
    before: Record
    after: Record
    low: Fraction
    high: Fraction

    @property
    def amount(self) -> Fraction:
        """By how much the step moves."""
        return abs(self.high - self.low)

    @property
    def subject(self) -> str:
        """The input, or `list.field`."""
        return ".".join(str(part) for part in self.place if isinstance(part, str))


def _counts(step: Step) -> bool:
    node = step.node.value if isinstance(step.node, n.Round) else step.node
    return isinstance(node, n.Reduce) and node.op in {"count", "count_distinct"}


def jumps_of(
    program: Program, search: Search, standing: Standing, *, amount: Fraction | None = None
) -> Iterator[Finding]:
    """Find the largest jump of each step that has one.

    Args:
        program: The program.
        search: A search in it.
        standing: Records that stand on its edges.
        amount: What is too much for the least change of one input; by default a twentieth of the span of
            the step, or of its usual size where that is smaller; for whole numbers half of it.
    """
    finder = _Finder(program, search, standing, amount)
    scorer = Scorer(program)
    largest: dict[tuple[str, str], _Jump] = {}
    shown: dict[tuple[str, str], tuple[Result, Result]] = {}
    moved: set[tuple[str, str, str]] = set()
    for edge in standing.edges:
        if not isinstance(edge.node, n.Compare):
            continue
        for jump in finder.over(edge):
            # A step after the one that jumps moves because that one does.
            ends = (jump.subject, _at(jump.before, jump.place), _at(jump.after, jump.place))
            other = largest.get((jump.step.name, jump.subject))
            if ends in moved if other is None else other.amount >= jump.amount:
                continue
            one, two = (scorer.score(record) for record in (jump.before, jump.after))
            if dict(one.values) != dict(two.values):
                moved.add(ends)
                largest[jump.step.name, jump.subject] = jump
                shown[jump.step.name, jump.subject] = (one, two)
    order = {step.name: place for place, step in enumerate(program.steps)}
    for jump in sorted(largest.values(), key=lambda each: (order[each.step.name], each.subject)):
        yield _finding(jump, shown[jump.step.name, jump.subject])


class _Finder:
    def __init__(
        self, program: Program, search: Search, standing: Standing, amount: Fraction | None
    ) -> None:
        self._program = program
        self._standing = standing
        self._amount = amount
        self._search = search
        self._changes = Changes(program.inputs, ())
        self._spans = dict(_spans(program))
        behinds = {step.name: behind(program, [step.name]) for step in program.steps}
        score = flowing_behind(
            program,
            (s.name for s in program.steps if s.published and isinstance(s.type, NumberType)),
        )
        self._after = {
            step.name: [
                s for s in program.steps if step.name in behinds[s.name] and s.name in score
            ]
            for step in program.steps
        }
        self._behind = behinds

    def _much(self, name: str, unit: Fraction) -> Fraction | None:
        """Give what is much of a step for the least change of an input; `None` where nothing is known.

        By the span of the step, or by its usual size where that is smaller: ranges take the worst of
        everything together, and may be far wider than any record goes. What moves by whole numbers goes in
        steps, so there the span counts as far as it is known.
        """
        if self._amount is not None:
            return self._amount
        span = self._spans[name]
        if unit.denominator == 1 and span:
            return span * IN_STEPS
        step = self._program.step(name)
        sizes = [abs(value) for _, run in self._search.starts for value in _values(step, run)]
        known = [
            *([] if span is None else [span]),
            *([Fraction(median_low(sizes))] if sizes else []),
        ]
        least = min((size for size in known if size), default=None)
        return None if least is None else least * (IN_STEPS if unit.denominator == 1 else SHARE)

    def over(self, edge: Edge) -> Iterator[_Jump]:
        """Give the jumps of records that stand on an edge."""
        for record, item in self._standing.edges[edge][:EACH]:
            yield from self._beside(record, item, edge)

    def _beside(self, record: Record, item: int | None, edge: Edge) -> Iterator[_Jump]:
        for place, unit in self._places(record, item, edge):
            steps = [
                step
                for step in self._after[edge.step]
                if place[0] in self._behind[step.name] and not _counts(step)
            ]
            needed = behind(self._program, [step.name for step in steps])
            whole = [step for step in self._program.steps if step.name in needed]
            line = _Line(self._search, self._changes, record, place, unit, whole)
            for step in steps:
                much = self._much(step.name, unit)
                at = item if step.over is not None else None
                over = None if much is None else line.jump(step, at, much)
                if over is not None:
                    yield _Jump(step, place, *over)
                    break  # the steps after it move because this one does

    def _places(
        self, record: Record, item: int | None, edge: Edge
    ) -> Iterator[tuple[_Place, Fraction]]:
        """Give the numbers that may move what meets an edge, and their least change."""
        for declared, part, kind in movable(self._program, edge):
            if part is None:
                yield (declared.name,), unit_of(kind)
                continue
            items = record.get(declared.name)
            count = len(items) if isinstance(items, list | tuple) else 0
            places = range(min(count, ITEMS)) if declared.name != edge.over else [item or 0]
            yield from (((declared.name, at, part), unit_of(kind)) for at in places)


@dataclass(slots=True)
class _Line:
    """Neighbours of a record along one number, run as they are asked for."""

    search: Search
    changes: Changes
    record: Record
    place: _Place
    unit: Fraction
    steps: Sequence[Step]
    _runs: dict[int, tuple[Record, Run] | None] = field(default_factory=dict)

    def at(self, by: int) -> tuple[Record, Run] | None:
        """Give the record so many least changes away, and its run."""
        if by not in self._runs:
            change = self.changes.moved(self.record, self.place, self.unit * by)
            run = None if change is None else self.search.run(change.record, self.steps)
            self._runs[by] = None if change is None or run is None else (change.record, run)
        return self._runs[by]

    def jump(
        self, step: Step, item: int | None, much: Fraction
    ) -> tuple[Record, Record, Fraction, Fraction] | None:
        """Give the two records of a jump and the values of a step; `None` where there is none."""
        for low, high in ((-1, 0), (0, 1)):
            one, two = self._value(low, step, item), self._value(high, step, item)
            if one is None or two is None or abs(two - one) <= much:
                continue
            before, after = self._value(low - 1, step, item), self._value(high + 1, step, item)
            beside = [
                *([] if before is None else [abs(one - before)]),
                *([] if after is None else [abs(after - two)]),
            ]
            if beside and abs(two - one) > STEEPER * max(beside):
                first, last = self.at(low), self.at(high)
                if first is not None and last is not None:
                    return first[0], last[0], one, two
        return None

    def _value(self, by: int, step: Step, item: int | None) -> Fraction | None:
        found = self.at(by)
        return None if found is None else _value(step, found[1], item)


def _spans(program: Program) -> Iterator[tuple[str, Fraction | None]]:
    """Give how wide the range of each number is; `None` where an end of it is not known."""
    for step, view in views_of(program):
        if isinstance(step.type, NumberType):
            reach = view.reach(step.node).numbers or Interval()
            ends = [end for end in (reach.low, reach.high) if end is not None]
            yield step.name, ends[1] - ends[0] if len(ends) == 2 else None  # noqa: PLR2004 - both


def _values(step: Step, run: Run) -> Iterator[Fraction]:
    items: Sequence[Item | None] = [None]
    if step.over is not None:
        found = run.state[step.over]
        items = () if isinstance(found, Missing) else cast("Sequence[Item]", found)
    for item in items:
        value = run.state.get(step.name) if item is None else item.get(step.name)
        if isinstance(value, Fraction):
            yield value


def _value(step: Step, run: Run, place: int | None) -> Fraction | None:
    if step.over is None:
        value = run.state.get(step.name)
    else:
        found = run.state[step.over]
        items = () if isinstance(found, Missing) else cast("Sequence[Item]", found)
        value = items[place or 0].get(step.name) if (place or 0) < len(items) else None
    return value if isinstance(value, Fraction) else None


def _finding(jump: _Jump, results: tuple[Result, Result]) -> Finding:
    name, *rest = jump.place
    subject = f"{name}[{rest[0]}].{rest[1]}" if rest else str(name)
    ends = [_at(record, jump.place) for record in (jump.before, jump.after)]
    details = {
        "found": _figure(jump.amount),
        "subject": subject,
        "low": ends[0],
        "high": ends[1],
    }
    path = f"steps.{jump.step.parent or jump.step.name}"
    issue = Issue(code="KNJ722", path=path, details=details, severity="warning")
    witnesses = tuple(
        Witness(
            record=plain_record(record),
            values={jump.step.name: _shown(jump.step, value, result)},
        )
        for record, value, result in zip(
            (jump.before, jump.after), (jump.low, jump.high), results, strict=True
        )
    )
    return Finding(issue=issue, witnesses=witnesses)


def _shown(step: Step, value: Fraction, result: Result) -> str:
    """Write a value as results carry it; of an item, or without end, in short."""
    printed = None if step.over is not None else result[step.name]
    return str(printed) if isinstance(printed, Decimal) else _figure(value)


def _at(record: Record, place: _Place) -> str:
    value: object = record[str(place[0])]
    if len(place) > 1:
        items = cast("Sequence[Mapping[str, object]]", value)
        value = items[cast("int", place[1])][str(place[2])]
    found = number(value)
    return str(value) if found is None else _figure(found)


def _figure(value: Fraction) -> str:
    """Write a number with at most four decimals."""
    digits = decimal_digits(value)
    if digits is None or digits > 4:  # noqa: PLR2004 - enough to tell a jump
        return "≈ " + plain_decimal(Rounding(digits=4, mode="half_even").apply(value))
    return plain_decimal(value)
