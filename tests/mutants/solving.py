"""Bringing a formula to a value: which number of a record has to be what.

A number of a record is moved twice; where the formula follows it in a straight line, or follows its
reciprocal, the place of the wanted value is computed exactly. What comes out is only worth trying: other
numbers may stand in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from kinerja.exact import NotANumberError, decimal_digits, exact
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import evaluate
from kinerja.formula.types import ListType, NumberType
from kinerja.scorer import Program, Step
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps

__all__ = ["Meeting", "meetings", "solved"]

Record = Mapping[str, object]
Place = tuple[str | int, ...]
Points = Sequence[tuple[Fraction, Fraction]]
#: Numbers of a record that are tried.
FEW = 3
#: How far off a tie may be, in units of the last digit.
FAR = 40


@dataclass(frozen=True)
class Meeting:
    """A part of a formula that meets figures.

    Attributes:
        part: The part.
        over: List whose items it is computed for, or `None`.
        ends: The figures; of a rounding nothing, which has ties all along.
        digits: Digits that are rounded to, or `None`.
    """

    part: n.Node
    over: str | None
    ends: tuple[Fraction, ...] = ()
    digits: int | None = None

    def targets(self, random: Random, now: Fraction) -> Iterator[Fraction]:
        """Give what is to be met, the nearest ties first."""
        if self.digits is None:
            yield from random.sample(self.ends, len(self.ends))
            return
        unit = 1 / Fraction(10) ** self.digits
        below = (now / unit).__floor__()
        for away in range(FAR):
            for sign in (1, -1):
                yield (below + sign * away + Fraction(1, 2)) * unit


def meetings(steps: Sequence[Step]) -> tuple[Meeting, ...]:
    """Give every part that is rounded, or held against a figure."""
    found: dict[Meeting, None] = {}
    for step in steps:
        found.update((each, None) for each in _met(step.node, step.over))
    return tuple(found)


def _met(node: n.Node, over: str | None) -> Iterator[Meeting]:
    match node:
        case n.Reduce():
            over = node.over
        case n.Round():
            yield Meeting(node.value, over, digits=node.rounding.digits)
        case n.Band():
            intervals = [band.interval for band in node.bands.bands]
            ends = {end for i in intervals for end in (i.low, i.high) if end is not None}
            yield Meeting(node.value, over, tuple(sorted(ends)))
        case n.Compare():
            pairs = ((node.left, node.right), (node.right, node.left))
            yield from (Meeting(p, over, (o.value,)) for p, o in pairs if isinstance(o, n.Number))
        case n.Clip():
            ends = (end.value for end in (node.low, node.high) if isinstance(end, n.Number))
            yield from (Meeting(node.value, over, (end,)) for end in ends)
    for child in n.children(node):
        yield from _met(child, over)


def solved(random: Random, program: Program, record: Record, meeting: Meeting) -> Iterator[Record]:
    """Give records in which one number moved to where a part meets a figure, and just beside."""
    places = list(_places(program, record))
    for place, kind in random.sample(places, min(len(places), FEW)):
        at = random.randrange(100)

        def value(moved: Fraction, place: Place = place, at: int = at) -> Fraction | None:
            return _value(program, _put(record, place, moved), meeting, at)

        points = _points(value, _number(record, place))
        for there in _first(points, meeting, random, kind) if points else ():
            yield _put(record, place, there)


def _first(
    points: Points, meeting: Meeting, random: Random, kind: NumberType
) -> Iterator[Fraction]:
    """Give the number for the first target that one will do for, and its neighbours."""
    unit = Fraction(1, 10 ** (2 if kind.digits is None else kind.digits))
    for target in meeting.targets(random, points[0][1]):
        for there in _solutions(points, target):
            if _fits(there, kind):
                yield from (m for m in (there, there + unit, there - unit) if _fits(m, kind))
                return


def _points(value: Callable[[Fraction], Fraction | None], here: Fraction) -> Points | None:
    """Give a part at three places of a number; `None` where it does not follow it."""
    for by in (1, -1):
        places = (here, here + by, here + 2 * by)
        found = [(moved, there) for moved in places if (there := value(moved)) is not None]
        if len(found) == len(places) and found[0][1] != found[1][1]:
            return found
    return None


def _solutions(points: Points, target: Fraction) -> Iterator[Fraction]:
    (x0, y0), (x1, y1), (x2, y2) = points
    if (y1 - y0) * (x2 - x1) == (y2 - y1) * (x1 - x0):
        yield x0 + (target - y0) * (x1 - x0) / (y1 - y0)
    elif x0 and x1 and x2:
        turned = [(1 / x0, y0), (1 / x1, y1), (1 / x2, y2)]
        (x0, y0), (x1, y1), (x2, y2) = turned
        if (y1 - y0) * (x2 - x1) == (y2 - y1) * (x1 - x0):
            found = x0 + (target - y0) * (x1 - x0) / (y1 - y0)
            if found:
                yield 1 / found


def _value(program: Program, record: Record, meeting: Meeting, at: int) -> Fraction | None:
    reading, issues, _ = read_record(record, program.inputs)
    if issues:
        return None
    scope = run_steps(program, reading)
    item = None
    if meeting.over is not None:
        items = scope[meeting.over]
        if not isinstance(items, (list, tuple)) or not items:
            return None
        item = items[at % len(items)]
    value = evaluate(meeting.part, scope, item)
    return value if isinstance(value, Fraction) else None


def _places(program: Program, record: Record) -> Iterator[tuple[Place, NumberType]]:
    for declared in program.inputs:
        kind, now = declared.type, record.get(declared.name)
        if isinstance(kind, NumberType) and _is_number(now):
            yield (declared.name,), kind
        elif isinstance(kind, ListType) and isinstance(now, (list, tuple)):
            for place, item in enumerate(now):
                for name, field in kind.fields.items():
                    if (
                        isinstance(field, NumberType)
                        and isinstance(item, Mapping)
                        and _is_number(item.get(name))
                    ):
                        yield (declared.name, place, name), field


def _number(record: Record, place: Place) -> Fraction:
    value: object = record
    for key in place:
        value = value[key]  # type: ignore[index]
    return exact(value)  # type: ignore[arg-type]


def _is_number(value: object) -> bool:
    try:
        return exact(value) is not None  # type: ignore[arg-type]
    except (NotANumberError, TypeError):
        return False


def _put(record: Record, place: Place, value: Fraction) -> Record:
    if len(place) == 1:
        return {**record, str(place[0]): value}
    name, at, field = place
    items = [dict(item) for item in record[str(name)]]  # type: ignore[attr-defined]
    items[int(at)][str(field)] = value
    return {**record, str(name): items}


def _fits(value: Fraction, kind: NumberType) -> bool:
    digits = decimal_digits(value)
    few = digits is not None and (digits <= (9 if kind.digits is None else kind.digits))
    return few and value in kind.limits
