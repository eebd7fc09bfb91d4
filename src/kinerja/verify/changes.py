"""Records near a record: what a search tries next.

What lives here: an ordinary record of a program, and the single changes of a record that its inputs admit.
What never comes in: what the changes are good for.

Numbers move on the grid that their input allows, from one unit to all of its range, and to the figures that
the policy itself is made of; labels, flags and presence change; lists gain, lose and change items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, islice, product
from typing import Final, TypeAlias, cast

from kinerja.exact import NotANumberError, decimal_digits, exact, plain_decimal
from kinerja.formula import nodes as n
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.scorer import Program
from kinerja.scorer.program import Input

__all__ = [
    "EVERY",
    "Change",
    "Changes",
    "Record",
    "figures_of",
    "numbers_of",
    "ordinaries",
    "ordinary",
    "unit_of",
    "written",
]

Record: TypeAlias = Mapping[str, object]
#: Decimals of a number whose input sets no limit to them.
DIGITS: Final = 2
#: A number moves by so many units at once.
LEAPS: Final = (1, 10, 100, 1000)
#: Stands in a place for every item at once.
EVERY: Final = -1
#: Items that are looked at one by one, and labels that a new item is made for.
FEW: Final = 6
#: Items of each label in an ordinary list: panels ask for three of a group.
EACH: Final = 3
#: Labels that an ordinary list has items for.
MOST: Final = 9
#: Days that a date moves by, the farthest first: a search takes the first that brings it nearer.
DAYS: Final = tuple(sign * days for days in (10958, 3653, 1827, 366, 31, 1) for sign in (1, -1))
#: Most items of a list that are made because the policy asks for so many.
MOST_ITEMS: Final = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a record.

    Attributes:
        record: The record after it.
        place: What was changed: an input, or input, item and field.
        by: For a number: what was added to it; the same again may be better still.
    """

    record: Record
    place: tuple[str | int, ...]
    by: Fraction | None = None


def unit_of(kind: NumberType) -> Fraction:
    """Give the least difference of two numbers of an input that people write."""
    return Fraction(1, 10 ** (DIGITS if kind.digits is None else kind.digits))


def figures_of(program: Program) -> tuple[Fraction, ...]:
    """Give the figures that a program compares and limits with, once each."""
    found: dict[Fraction, None] = {}
    for step in program.steps:
        for node in n.walk(step.node):
            if isinstance(node, n.Number):
                found[node.value] = None
            elif isinstance(node, n.Band):
                for band in node.bands.bands:
                    ends = (band.interval.low, band.interval.high)
                    found.update((end, None) for end in ends if end is not None)
    return tuple(found)


def numbers_of(
    program: Program, record: Record
) -> Iterator[tuple[tuple[str | int, ...], Fraction]]:
    """Give the place of each number of a record, of lists for a few items, and its least change."""
    for declared in program.inputs:
        kind = declared.type
        if isinstance(kind, NumberType):
            yield (declared.name,), unit_of(kind)
        elif isinstance(kind, ListType):
            items = record.get(declared.name)
            count = min(len(items), FEW) if isinstance(items, list | tuple) else 0
            for name, field in kind.fields.items():
                if isinstance(field, NumberType):
                    yield from (((declared.name, at, name), unit_of(field)) for at in range(count))


def ordinary(program: Program, *, items: int | None = None) -> Record:
    """Give a record in which every input is there: numbers mid-way, the first label, an item a label.

    Args:
        program: The program.
        items: How many items a list has; by default as many as show every label.
    """
    record: dict[str, object] = {}
    for declared in program.inputs:
        kind = declared.type
        if isinstance(kind, ListType):
            record[declared.name] = list(_items(kind, EACH, items))
        else:
            record[declared.name] = _first(kind)
    return record


def ordinaries(program: Program) -> Iterator[Record]:
    """Give the ordinary record, and others beside it.

    What may be left out, such as a decision that takes the place of what is computed, is left out in one;
    in others lists have as many items as the policy asks for.
    """
    full = ordinary(program)
    yield full
    needed = {declared.name for declared in program.inputs if declared.required}
    if len(needed) < len(full):
        yield {name: value for name, value in full.items() if name in needed}
    for count in islice(_counts_asked(program), FEW):
        yield ordinary(program, items=count)


def _counts_asked(program: Program) -> Iterator[int]:
    """Give the figures that the number of items of a list is held against, once each."""
    found: set[Fraction] = set()
    for step in program.steps:
        for node in n.walk(step.node):
            if isinstance(node, n.Compare):
                for side, other in ((node.left, node.right), (node.right, node.left)):
                    counts = isinstance(side, n.Reduce) and side.op in {"count", "count_distinct"}
                    if counts and isinstance(other, n.Number) and other.value not in found:
                        found.add(other.value)
                        if other.value.denominator == 1 and 1 < other.value <= MOST_ITEMS:
                            yield int(other.value)


def _items(kind: ListType, each: int, count: int | None = None) -> Iterator[dict[str, object]]:
    """Give items with every label: of lists with a key, for each one who is named all that the key asks."""
    labels = {name: f.scale.ids for name, f in kind.fields.items() if isinstance(f, LabelType)}
    asked = {name: ids for name, ids in labels.items() if name in kind.key}
    told = {name: ids[:MOST] for name, ids in labels.items() if name not in asked}
    named = [name for name in kind.key if name not in asked]
    if not named:
        each = 1 if kind.key else each
    usual = max([1, *map(len, told.values())]) * each
    for place in range(usual if count is None else count):
        model = {
            name: told[name][place % len(told[name])] if name in told else _first(field)
            for name, field in kind.fields.items()
        }
        for name, field in kind.fields.items():
            if name in named or isinstance(field, TextType):
                model[name] = _name(name, field, place)
        if any(model[name] is None for name in named):
            return
        for values in product(*asked.values()):
            yield model | dict(zip(asked, values, strict=True))


def _name(field: str, kind: ItemType, place: int) -> object:
    """Give what tells the items of a list apart; `None` where there are no more."""
    match kind:
        case NumberType():
            low, high = kind.limits.low, kind.limits.high
            if low is not None:
                value = low + kind.limits.low_open + place
            elif high is not None:
                value = high - kind.limits.high_open - place
            else:
                value = Fraction(1 + place)
            return value if _fits(value, kind) else None
        case DateType():
            return str(date(2025, 1, 1) + timedelta(place))
        case FlagType():
            return place == 0 if place < 2 else None  # noqa: PLR2004 - yes and no
    return f"{field} {place + 1}"


def _first(kind: ItemType) -> object:
    match kind:
        case NumberType():
            return _middle(kind)
        case LabelType():
            return kind.scale.ids[0]
        case FlagType():
            return True
        case DateType():
            return "2025-01-01"
        case TextType():
            return "–"


def _middle(kind: NumberType) -> Fraction:
    low, high = kind.limits.low, kind.limits.high
    if low is not None and high is not None:
        middle = (low + high) / 2
    elif low is not None:
        middle = low + 1
    else:
        middle = Fraction(1) if high is None else high - 1
    return _on_grid(middle, kind)


def _on_grid(value: Fraction, kind: NumberType) -> Fraction:
    unit = unit_of(kind)
    return value if kind.digits is None else (value / unit).__floor__() * unit


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that the inputs of a program admit.

    Attributes:
        inputs: The inputs that may change.
        figures: Figures that numbers are put to, beside their limits.
    """

    inputs: Sequence[Input]
    figures: Sequence[Fraction]

    def of(self, record: Record) -> Iterator[Change]:
        """Give every single change of a record."""
        for declared in self.inputs:
            name, kind = declared.name, declared.type
            now = record.get(name)
            if isinstance(kind, ListType):
                yield from self._of_list(record, name, kind, now)
                continue
            for value, by in self._values(kind, now):
                yield Change({**record, name: value}, (name,), by)
            if now is not None:
                yield Change({k: v for k, v in record.items() if k != name}, (name,))

    def again(self, change: Change) -> Change | None:
        """Give the same step of a number once more, twice as long; `None` where it has no room."""
        if change.by is None:
            return None
        return self.moved(change.record, change.place, 2 * change.by)

    def moved(self, record: Record, place: tuple[str | int, ...], by: Fraction) -> Change | None:
        """Add to one number of a record, or of every item; `None` where there is none, or no room."""
        declared = next(i for i in self.inputs if i.name == place[0])
        fresh = dict(record)
        if isinstance(declared.type, ListType):
            at, field = cast("int", place[1]), str(place[2])
            kind = declared.type.fields[field]
            items = [dict(item) for item in cast("Sequence[Record]", record[declared.name])]
            for item in items if at == EVERY else items[at : at + 1]:
                value = _added(item.get(field), by, kind)
                if value is None:
                    return None
                item[field] = value
            fresh[declared.name] = items
        else:
            value = _added(record.get(declared.name), by, declared.type)
            if value is None:
                return None
            fresh[declared.name] = value
        return Change(fresh, place, by)

    def _values(self, kind: ItemType, now: object) -> Iterator[tuple[object, Fraction | None]]:
        match kind:
            case NumberType():
                yield from self._numbers(kind, now)
            case LabelType():
                yield from ((label, None) for label in kind.scale.ids if label != now)
            case FlagType():
                yield from ((flag, None) for flag in (True, False) if flag is not now)
            case DateType():
                day = (
                    date.fromisoformat(str(now)) if now is not None else date(2025, 1, 1)
                ).toordinal()
                there = (day + days for days in DAYS)
                yield from (
                    (str(date.fromordinal(each)), None)
                    for each in there
                    if 1 <= each <= date.max.toordinal()
                )
            case TextType():
                if now is None:
                    yield "–", None

    def _numbers(self, kind: NumberType, now: object) -> Iterator[tuple[object, Fraction | None]]:
        value, unit = _number(now), unit_of(kind)
        steps = [sign * leap * unit for leap in LEAPS for sign in (1, -1)]
        if value is None:
            yield _middle(kind), None
        else:
            moved = ((value + by, by) for by in steps)
            yield from ((there, by) for there, by in moved if _fits(there, kind))
        ends = [end for end in (kind.limits.low, kind.limits.high) if end is not None]
        for figure in (*ends, *self.figures):
            if figure != value and _fits(figure, kind):
                yield figure, None

    def _of_list(self, record: Record, name: str, kind: ListType, now: object) -> Iterator[Change]:
        if now is None:
            yield Change({**record, name: []}, (name,))
        else:
            yield Change({k: v for k, v in record.items() if k != name}, (name,))
        items = [dict(item) for item in cast("Sequence[Record]", now or ())]
        fewer = ([*items[:at], *items[at + 1 :]] for at in _different(items))
        more = ([*items, item] for item in islice(_new_items(kind, items), FEW * 4))
        for changed in chain(_together(kind, items), fewer, more):
            yield Change({**record, name: changed}, (name,))
        for field, field_kind in kind.fields.items():
            for at, value, by in self._in_items(field_kind, field, items):
                fresh = [dict(item) for item in items]
                for item in fresh if at == EVERY else fresh[at : at + 1]:
                    if value is None:
                        item.pop(field, None)
                    else:
                        item[field] = value
                yield Change({**record, name: fresh}, (name, at, field), by)

    def _in_items(
        self, kind: ItemType, field: str, items: Sequence[Record]
    ) -> Iterator[tuple[int, object, Fraction | None]]:
        """Give what a field may become: its item, the value, and by how much a number moved."""
        if len(items) > 1 and not isinstance(kind, TextType):
            for value, by in self._values(kind, items[0].get(field)):
                if by is None:
                    yield EVERY, value, None
        for at in _different(items):
            now = items[at].get(field)
            if now is not None:
                yield at, None, None
            yield from ((at, value, by) for value, by in self._values(kind, now))


def _new_items(kind: ListType, items: Sequence[Record]) -> Iterator[Record]:
    """Give items to add: like the last one, with each label, and named as none before."""
    first = items[-1] if items else next(_items(kind, 1), None)
    if first is None:
        return
    model = dict(first)
    for name, field in kind.fields.items():
        if isinstance(field, TextType) or (name in kind.key and not isinstance(field, LabelType)):
            used = {str(item.get(name)) for item in items}
            names = (_name(name, field, place) for place in range(len(items) + 1))
            model[name] = next((found for found in names if str(found) not in used), None)
    yield model
    for name, field in kind.fields.items():
        if isinstance(field, LabelType):
            yield from ({**model, name: label} for label in field.scale.ids)


def _together(kind: ListType, items: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """Give the list with all items of one who is named taken out, or once more under a new name."""
    for name in kind.key:
        if not isinstance(kind.fields[name], TextType):
            continue
        others = [
            f for f, k in kind.fields.items() if isinstance(k, LabelType) and f not in kind.key
        ]
        seen: set[tuple[object, ...]] = set()
        for item in items:
            like = tuple(item.get(other) for other in others)
            if like in seen:
                continue
            seen.add(like)
            own = [each for each in items if each.get(name) == item.get(name)]
            yield [each for each in items if each.get(name) != item.get(name)]
            new = f"{name} {len(items) + 1}"
            yield [*items, *({**each, name: new} for each in own)]
            for other in others:
                labels = cast("LabelType", kind.fields[other]).scale.ids
                for label in labels:
                    yield [*items, *({**each, name: new, other: label} for each in own)]


def _different(items: Sequence[Record]) -> Iterator[int]:
    """Give the places of a few items that differ, and of the last one: rules may look at it alone."""
    seen: set[tuple[str, ...]] = set()
    last = len(items) - 1
    for place, item in enumerate(items):
        key = tuple(str(value) for value in item.values() if not isinstance(value, Fraction))
        if key not in seen or place == last:
            seen.add(key)
            yield place
        if len(seen) == FEW:
            if place < last:
                yield last
            return


def _number(value: object) -> Fraction | None:
    try:
        return exact(value) if isinstance(value, (str, int, Fraction)) else None
    except NotANumberError:
        return None


def _added(now: object, by: Fraction, kind: ItemType) -> Fraction | None:
    value = _number(now)
    if value is None or not isinstance(kind, NumberType) or not _fits(value + by, kind):
        return None
    return value + by


def _fits(value: Fraction, kind: NumberType) -> bool:
    digits = decimal_digits(value)
    return (
        value in kind.limits
        and digits is not None
        and (kind.digits is None or digits <= kind.digits)
    )


def written(value: object) -> object:
    """Give a value as a file of examples holds it: numbers as plain decimals."""
    match value:
        case bool() | None:
            return value
        case Fraction():
            return plain_decimal(value)
        case list() | tuple():
            return [{k: written(v) for k, v in item.items()} for item in value]
    return str(value)
