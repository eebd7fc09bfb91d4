"""What single changes do: pairs of records that differ in one value, each scored exactly.

What lives here: which records are looked at, and the pairs of neighbours beside them. What never comes in:
what the pairs are held against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias, TypeVar, cast

from kinerja.errors import InputError
from kinerja.exact import NotANumberError, exact
from kinerja.formula import nodes as n
from kinerja.formula.types import FlagType, ItemType, LabelType, ListType, NumberType
from kinerja.result import Result
from kinerja.scorer import Program, Scorer
from kinerja.verify.changes import EVERY, Change, Changes, Record, figures_of, ordinaries, written
from kinerja.verify.findings import Witness

__all__ = ["ID", "Pair", "Probe", "affordable", "evenly", "number", "plain_record", "witness"]

ID: Final = "id"
#: Labels and flags, each with where it stands.
Context: TypeAlias = "tuple[tuple[str, object], ...]"
#: A change, its subject, and whether the value rises.
_Change: TypeAlias = "tuple[Change, str, bool | None]"
_Some = TypeVar("_Some")
#: Pairs that are compared at most.
PAIRS: Final = 6000
#: Parts of all formulas up to which that many are; most policies of an agency have fewer.
USUAL_SIZE: Final = 600
#: Records beside which pairs are looked for, at least and at most.
FEW: Final = 3
MOST_BASES: Final = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that differ in one value.

    Attributes:
        subject: The input, or `list.field`.
        low: The record with the lower value: number, label of an ordered scale, `no` before `yes`. Of
            values without order just one of both.
        high: The record with the higher one.
        before: Result of the one.
        after: Result of the other.
        ordered: The values have an order.
        gap: How far apart two numbers are; of other values 1.
        context: The labels and flags beside the value, of the record and of the item.
    """

    subject: str
    low: Record
    high: Record
    before: Result
    after: Result
    ordered: bool
    gap: Fraction
    context: Context


class Probe:
    """Scores records and their neighbours.

    Attributes:
        program: The program.
        scorer: Its scorer.
        bases: Records with a result beside which pairs are looked for: those on edges first, then an
            ordinary one and those that are known. Where these are few, neighbours that stand on a figure of
            the policy come in. Incomplete ones are passed over, unless there are no others.
        records: All records with a result, the complete ones first.
        tried: Records that were scored.
    """

    def __init__(
        self,
        program: Program,
        known: Sequence[Record],
        *,
        edges: Sequence[Record] = (),
        most: int | None = None,
    ) -> None:
        self.program = program
        self.scorer = Scorer(program)
        self.tried = 0
        # Long formulas take longer, and have more values that can change.
        self._most = affordable(program, affordable(program, PAIRS)) if most is None else most
        self._changes = Changes(program.inputs, figures_of(program))
        self._kinds = dict(_kinds(program))
        first = self._scored(edges)
        rest = self._scored([*ordinaries(program), *evenly(known, MOST_BASES)])
        self.records: Sequence[tuple[Record, Result]] = _whole_first([*first, *rest])
        self.bases: Sequence[tuple[Record, Result]] = self._bases(first, rest)

    def _scored(self, records: Sequence[Record]) -> list[tuple[Record, Result]]:
        results = ((record, self.result(record)) for record in records)
        return [(record, result) for record, result in results if result is not None]

    def _bases(
        self, first: Sequence[tuple[Record, Result]], rest: Sequence[tuple[Record, Result]]
    ) -> Sequence[tuple[Record, Result]]:
        usual = max(1, *(len(self._of_values(record)) for record, _ in self.records[:FEW]))
        count = max(FEW, min(MOST_BASES, self._most // usual))
        first = evenly(_whole(first), -(-count // 2))
        found = [*first, *evenly(_whole(rest), count - len(first))]
        # Around few records there is more to see from their neighbours.
        for record, _ in found:
            if len(found) >= count:
                break
            moved = [change.record for change, _, _ in self._of_values(record) if change.by is None]
            found += _whole(self._scored(moved[: count - len(found)]))
        return found or self.records[:FEW]

    def result(self, record: Record) -> Result | None:
        """Score a record; `None` where it is refused."""
        self.tried += 1
        try:
            return self.scorer.score(record)
        except InputError:
            return None

    def pairs(self) -> Iterator[Pair]:
        """Give pairs of neighbours that both have a result."""
        each = self._most // max(1, len(self.bases))
        for base in self.bases:
            yield from self._beside(base, evenly(self._of_values(base[0]), each))

    def pairs_of(self, subject: str) -> Iterator[Pair]:
        """Give further pairs that differ in one input, beside more records."""
        left = self._most // 10
        for base in evenly(self.records, MOST_BASES):
            changes = [each for each in self._of_values(base[0]) if each[1] == subject]
            yield from self._beside(base, changes[:left])
            left -= len(changes)
            if left <= 0:
                return

    def _beside(self, base: tuple[Record, Result], changes: Sequence[_Change]) -> Iterator[Pair]:
        for change, subject, higher in changes:
            other = self.result(change.record)
            if other is None:
                continue
            ends = [base, (change.record, other)]
            low, high = reversed(ends) if higher is False else ends
            yield Pair(
                subject=subject,
                low=low[0],
                high=high[0],
                before=low[1],
                after=high[1],
                ordered=higher is not None,
                gap=_gap(base[0], change),
                context=self._context(base[0], change.place),
            )

    def _context(self, record: Record, place: tuple[str | int, ...]) -> Context:
        found = [
            (name, record.get(name))
            for name, kind in self._kinds.items()
            if isinstance(kind, LabelType | FlagType) and name != place[0] and "." not in name
        ]
        if len(place) > 1:
            items = cast("Sequence[Record]", record[str(place[0])])
            found += [
                (f".{name}", value)
                for name, value in items[cast("int", place[1])].items()
                if isinstance(self._kinds.get(f"{place[0]}.{name}"), LabelType | FlagType)
                and name != place[2]
            ]
        return tuple(found)

    def _of_values(self, record: Record) -> list[_Change]:
        """Give the changes of single values, each with its subject and whether the value rises."""
        found: list[_Change] = []
        for change in self._changes.of(record):
            name, *rest = change.place
            if rest and rest[0] == EVERY:
                continue
            subject = f"{name}.{rest[1]}" if rest else str(name)
            kind = self._kinds.get(subject)
            if kind is None:
                continue
            old, new = (_value(each, change.place) for each in (record, change.record))
            if old is not None and new is not None and old != new:
                found.append((change, subject, _rises(kind, old, new)))
        return found


def affordable(program: Program, most: int) -> int:
    """Give a number of records that takes about as long for long formulas as for usual ones."""
    size = sum(1 for step in program.steps for _ in n.walk(step.node))
    return most * min(size, USUAL_SIZE) // max(size, 1)


def _kinds(program: Program) -> Iterator[tuple[str, ItemType]]:
    for declared in program.inputs:
        if isinstance(declared.type, ListType):
            for name, kind in declared.type.fields.items():
                yield f"{declared.name}.{name}", kind
        else:
            yield declared.name, declared.type


def _value(record: Record, place: tuple[str | int, ...]) -> object:
    """Give the value at a place."""
    value: object = record.get(str(place[0]))
    if len(place) > 1:
        items = cast("Sequence[Mapping[str, object]]", value or ())
        at = cast("int", place[1])
        value = items[at].get(str(place[2])) if at < len(items) else None
    return value


def _gap(record: Record, change: Change) -> Fraction:
    old, new = (number(_value(each, change.place)) for each in (record, change.record))
    return Fraction(1) if old is None or new is None else abs(new - old)


def _rises(kind: ItemType, old: object, new: object) -> bool | None:
    match kind:
        case NumberType():
            one, two = number(old), number(new)
            return None if one is None or two is None or one == two else one < two
        case LabelType():
            ids = kind.scale.ids
            if not kind.scale.ordered or old not in ids or new not in ids:
                return None
            return ids.index(old) < ids.index(new)
    if isinstance(old, bool) and isinstance(new, bool):
        return new
    return None


def number(value: object) -> Fraction | None:
    """Give a number of a record or result; `None` where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal | Fraction):
        return None
    try:
        return exact(value)
    except NotANumberError:
        return None


def evenly(values: Sequence[_Some], most: int) -> Sequence[_Some]:
    """Give at most so many of a sequence, from all of its length."""
    if len(values) <= most:
        return values
    return [values[place * len(values) // most] for place in range(most)]


def _whole(scored: Sequence[tuple[Record, Result]]) -> list[tuple[Record, Result]]:
    return [(record, result) for record, result in scored if not result.reasons]


def _whole_first(scored: Sequence[tuple[Record, Result]]) -> list[tuple[Record, Result]]:
    return sorted(scored, key=lambda pair: bool(pair[1].reasons))


def plain_record(record: Record) -> dict[str, object]:
    """Give a record as people write it, without its id."""
    return {name: written(value) for name, value in record.items() if name != ID}


def witness(record: Record, result: Result, steps: Sequence[str]) -> Witness:
    """Give a record that shows something, with what the policy gives for it in some steps."""
    values = {name: str(result[name]) for name in steps if result[name] is not None}
    if not values:
        values = {"status": "; ".join(map(str, result.reasons)) or result.status}
    return Witness(record=plain_record(record), values=values)
