"""Reductions of list items that are told apart by their labels: one walk serves all of them.

What lives here: recognising such reductions (the mean of the ratings of a group on an aspect, and its
like), sorting the values of the items onto shelves, and what each reduction takes from its shelf.
What never comes in: conditions of any other form; those are looked at item by item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final, Literal

from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, ItemType, LabelType, NumberType
from kinerja.scorer.cells import having, split
from kinerja.scorer.operands import Num, Operand
from kinerja.scorer.source import Source
from kinerja.scorer.summaries import quantile, trimmed

__all__ = ["Column", "Shelf", "Walks", "shelf_of"]

#: Up to this many shelves have a place of their own; beyond, only those that are looked at.
MOST_SHELVES: Final = 64

_NUMERIC: Final = (NumberType, DateType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A field of all items, in variables of the generated function.

    Attributes:
        name: Variable with the values; `None` where one is missing.
        type: Type of the field.
        bottom: Variable with the common denominator, for numbers.
        holes: Variable that tells whether values are missing.
        zero: A number of it can be zero.
        negative: A number of it can be below zero.
    """

    name: str
    type: ItemType
    holes: str
    bottom: str | None = None
    zero: bool = True
    negative: bool = True

    def number(self, name: str) -> Num:
        """Give a value of the field that a variable holds."""
        dens = () if self.bottom is None else (self.bottom,)
        return Num(name=name, dens=dens, zero=self.zero, negative=self.negative)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What shelves have in common: the fields that tell items apart, and the field that is kept.

    Attributes:
        keys: Fields with labels.
        value: Field whose values are kept; `None` where items are only counted.
        having: Fields that an item must not lack, besides `value`.
    """

    keys: tuple[str, ...]
    value: str | None
    having: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What one reduction takes.

    Attributes:
        kind: Which shelves it belongs to.
        labels: The labels it asks for, one for each key.
        counts: What a `count` counts: values, missing values, or both.
        strict: A missing value on the shelf makes the whole missing.
    """

    kind: _Kind
    labels: tuple[str, ...]
    counts: Literal["values", "holes", "all"] = "values"
    strict: bool = False


@dataclass(slots=True)
class _Asked:
    """What a condition asks of an item."""

    labels: dict[str, str] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)

    def add(self, condition: n.Node, fields: Mapping[str, ItemType]) -> bool:
        """Add a part of the condition; false where it asks for anything else."""
        match condition:
            case n.Compare("==", n.Field(name), n.Label(label)) | n.Compare(
                "==", n.Label(label), n.Field(name)
            ) if isinstance(fields.get(name), LabelType) and name not in self.labels:
                self.labels[name] = label
            case n.Not(n.IsMissing(n.Field(name))) if name in fields:
                self.there.add(name)
            case n.IsMissing(n.Field(name)) if name in fields:
                self.lacking.add(name)
            case _:
                return False
        return True

    def kind(self, value: str | None) -> _Kind:
        """Give the kind of shelves that keep a field."""
        keys = tuple(sorted(self.labels))
        return _Kind(keys=keys, value=value, having=frozenset(self.there - {value}))


def shelf_of(node: n.Reduce, fields: Mapping[str, ItemType]) -> Shelf | None:
    """Recognise a reduction that asks for nothing but labels and for what is there; else `None`."""
    if node.op == "last" or not isinstance(node.value, n.Field | None):
        return None
    asked = _Asked()
    parts = () if node.where is None else _conditions(node.where)
    if not all(asked.add(part, fields) for part in parts):
        return None
    labels = tuple(asked.labels[name] for name in sorted(asked.labels))
    if node.value is None:
        return _counted(asked, labels)
    kept = fields.get(node.value.name)
    counting = node.op in ("count", "count_distinct")
    if asked.lacking or kept is None or not (counting or isinstance(kept, _NUMERIC)):
        return None
    strict = not node.skip_missing and node.value.name not in asked.there
    return Shelf(kind=asked.kind(node.value.name), labels=labels, strict=strict)


def _counted(asked: _Asked, labels: tuple[str, ...]) -> Shelf | None:
    """Give the shelf of a count of items."""
    if len(asked.lacking) > 1 or asked.lacking & asked.there:
        return None
    if asked.lacking:
        return Shelf(kind=asked.kind(min(asked.lacking)), labels=labels, counts="holes")
    if asked.there:
        return Shelf(kind=asked.kind(min(asked.there)), labels=labels)
    return Shelf(kind=asked.kind(None), labels=labels, counts="all")


def _conditions(node: n.Node) -> Iterable[n.Node]:
    if isinstance(node, n.And):
        return (part for arg in node.args for part in _conditions(arg))
    return (node,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """The walks through the items of a list.

    Attributes:
        source: Where they are written.
        items: Variable with the items.
        columns: Their fields.
        lacking: Statement for a list in which an item lacks the label that it would be sorted by: whether
            it is missing or left out depends on the rest of the condition.
    """

    source: Source
    items: str
    columns: Mapping[str, Column]
    lacking: str

    def write(self, wanted: Sequence[tuple[n.Reduce, Shelf]]) -> list[tuple[n.Reduce, Operand]]:
        """Write the walks, and what each reduction takes from them."""
        groups: dict[_Kind, list[tuple[n.Reduce, Shelf]]] = {}
        for node, shelf in wanted:
            if shelf.kind.value is not None:
                groups.setdefault(shelf.kind, []).append((node, shelf))
        for node, shelf in wanted:
            if shelf.kind.value is None:
                # Any values will do to count items: those that are kept for others, or the keys.
                kinds = [k for k in groups if k.keys == shelf.kind.keys and not k.having]
                value = shelf.kind.keys[0] if shelf.kind.keys else None
                kind = kinds[0] if kinds else replace(shelf.kind, value=value)
                groups.setdefault(kind, []).append((node, replace(shelf, kind=kind)))
        results: list[tuple[n.Reduce, Operand]] = []
        for kind, members in groups.items():
            results += _Walk(self, kind).write(members)
        return results


class _Walk:
    """One walk through the items, for shelves of one kind."""

    def __init__(self, walks: Walks, kind: _Kind) -> None:
        self.source = walks.source
        self.walks = walks
        self.columns = walks.columns
        self.kind = kind
        self.lengths: dict[str, str] = {}

    def write(self, members: list[tuple[n.Reduce, Shelf]]) -> list[tuple[n.Reduce, Operand]]:
        if self.kind.value is None:
            count = self.source.assign(f"len({self.walks.items})")
            return [(node, Num(name=count, negative=False)) for node, _ in members]
        value = self.columns[self.kind.value]
        names = dict.fromkeys(shelf.labels for _, shelf in members)
        shelves = self._filled(value, list(names))
        holes = {labels: self.source.fresh() for labels in shelves}
        with self.source.inside(self.source.open(f"if {value.holes}:")):
            for labels, name in shelves.items():
                self.source.write(f"{name}, {holes[labels]} = {self.source.bind(split)}({name})")
        self.source.open("else:").write(f"{' = '.join(holes.values())} = 0")
        return [
            (node, self._taken(node, shelf, shelves[shelf.labels], holes[shelf.labels], value))
            for node, shelf in members
        ]

    def _filled(self, value: Column, wanted: list[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
        """Write the sorting; give the variable of each shelf."""
        source = self.source
        keys = [self.columns[key] for key in self.kind.keys]
        for key in keys:
            source.open(f"if {key.holes}:").write(self.walks.lacking)
        parts = [*(key.name for key in keys), value.name]
        if self.kind.having:
            parts = self._kept(parts)
        if not keys:
            name = source.fresh()
            source.write(f"{name} = {parts[0]}")
            return {(): name}
        scales = [key.type.scale.ids for key in keys if isinstance(key.type, LabelType)]
        small = prod(len(ids) for ids in scales) <= MOST_SHELVES
        places = list(product(*scales)) if small else wanted
        shelves = {labels: source.assign("[]") for labels in wanted}
        rest = source.assign("[]")
        # A label that no scale has is asked for in vain: its shelf stays empty.
        cells = [
            f"{source.bind(labels[0] if len(keys) == 1 else labels)}: {shelves.get(labels, rest)}"
            for labels in places
        ]
        table = source.assign(f"{{{', '.join(cells)}}}")
        sorted_by = parts[0] if len(keys) == 1 else f"zip({', '.join(parts[:-1])})"
        with source.inside(source.open(f"for key, value in zip({sorted_by}, {parts[-1]}):")):
            found = f"{table}[key]" if small else f"{table}.get(key, {rest})"
            source.write(f"{found}.append(value)")
        return shelves

    def _kept(self, parts: list[str]) -> list[str]:
        source = self.source
        tests = [self.columns[name] for name in sorted(self.kind.having)]
        kept = [source.fresh() for _ in parts]
        block = source.open(f"if {' or '.join(test.holes for test in tests)}:")
        some = f"({', '.join(test.name for test in tests)},)"
        block.write(f"{', '.join(kept)}, = {source.bind(having)}({some}, ({', '.join(parts)},))")
        block = source.open("else:")
        for name, part in zip(kept, parts, strict=True):
            block.write(f"{name} = {part}")
        return kept

    def _length(self, shelf: str) -> str:
        if shelf not in self.lengths:
            self.lengths[shelf] = self.source.assign(f"len({shelf})")
        return self.lengths[shelf]

    def _taken(self, node: n.Reduce, shelf: Shelf, name: str, holes: str, value: Column) -> Operand:
        count = Num(name="", negative=False)
        if shelf.counts == "holes":
            return replace(count, name=holes)
        if shelf.counts == "all":
            return replace(count, name=self.source.assign(f"{self._length(name)} + {holes}"))
        gone = [holes] if shelf.strict else []
        if node.op == "count" and not gone:
            return replace(count, name=self._length(name))
        if node.op in ("count", "count_distinct"):
            expression = f"len({name})" if node.op == "count" else f"len({{*{name}}})"
            return replace(count, name=self._unless(gone, expression), nullable=bool(gone))
        if node.op == "sum":
            total = self._unless(gone, f"sum({name})")
            return replace(value.number(total), nullable=bool(gone), zero=True)
        return self._summary(node, name, [*gone, f"not {name}"], value)

    def _unless(self, gone: list[str], expression: str) -> str:
        test = f"None if {' or '.join(gone)} else " if gone else ""
        return self.source.assign(f"{test}{expression}")

    def _summary(self, node: n.Reduce, name: str, gone: list[str], value: Column) -> Operand:
        source = self.source
        number = replace(value.number(""), nullable=True)
        share = Fraction(1, 2) if node.parameter is None else node.parameter
        figures = f"({name}, {share.numerator}, {share.denominator})"
        match node.op:
            case "mean":
                dens = (self._length(name), *number.dens)
                total = self._unless(gone, f"sum({name})")
                zero = number.zero or number.negative
                return replace(number, name=total, dens=dens, zero=zero)
            case "min" | "max":
                return replace(number, name=self._unless(gone, f"{node.op}({name})"))
            case "trimmed_mean":
                total, count = source.fresh(), source.fresh("d")
                both = f"{source.bind(trimmed)}{figures}"
                source.write(f"{total}, {count} = (None, 1) if {' or '.join(gone)} else {both}")
                dens, zero = (count, *number.dens), number.zero or number.negative
                return replace(number, name=total, dens=dens, zero=zero)
        middle = self._unless(gone, f"{source.bind(quantile)}{figures}")
        zero = number.zero or number.negative
        return replace(number, name=middle, scale=Fraction(1, share.denominator), zero=zero)
