"""Reading a record in a generated function: scalars, and the fields of lists as columns.

What lives here: the tests that let whole numbers and ids of labels pass at once, and the calls for
everything else. What never comes in: formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from operator import itemgetter

from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    ValueType,
)
from kinerja.scorer import cells
from kinerja.scorer.emit import Emitter
from kinerja.scorer.operands import (
    ALWAYS,
    Flag,
    Num,
    Operand,
    UncompilableError,
    Word,
    constant,
    cross,
)
from kinerja.scorer.program import Input
from kinerja.scorer.shelves import Column
from kinerja.scorer.source import Source
from kinerja.values import Interval

__all__ = ["ListColumns", "read_inputs"]


class ListColumns:
    """A list input in the generated function.

    Attributes:
        name: Variable with the list as given; `None` where it is missing.
        items: Variable with its items; none where it is missing.
        columns: Its fields.
        required: A record without it is not answered.
    """

    __slots__ = ("columns", "items", "name", "required")

    def __init__(
        self, name: str, items: str, columns: dict[str, Column], *, required: bool
    ) -> None:
        self.name = name
        self.items = items
        self.columns = columns
        self.required = required


def read_inputs(emitter: Emitter, inputs: Sequence[Input]) -> dict[str, ListColumns]:
    """Write the reading of a record; scalars become known to the emitter.

    Returns:
        The lists, by name.

    Raises:
        UncompilableError: Whole numbers may be refused for having too many decimals.
    """
    kinds = [kind for declared in inputs for kind in _numbers_in(declared.type)]
    if any(kind.digits is not None and kind.digits < 0 for kind in kinds):
        raise UncompilableError
    source = emitter.source
    if not inputs:
        return {}
    raws = _taken(source, inputs)
    required: list[tuple[Input, str]] = []
    for declared in inputs:
        raw, kind = raws[declared.name], declared.type
        if isinstance(kind, NumberType) and declared.required:
            required.append((declared, raw))
        elif not isinstance(kind, ListType):
            emitter.names[declared.name] = _scalar(source, kind, raw, required=declared.required)
    if required:
        emitter.names.update(_required_numbers(source, required))
    lists = {
        declared.name: _list(source, declared, declared.type, raws[declared.name])
        for declared in inputs
        if isinstance(declared.type, ListType)
    }
    emitter.lists.update((n, None if c.required else c.name) for n, c in lists.items())
    return lists


def _numbers_in(kind: ValueType) -> list[NumberType]:
    kinds = kind.fields.values() if isinstance(kind, ListType) else (kind,)
    return [each for each in kinds if isinstance(each, NumberType)]


def _taken(source: Source, inputs: Sequence[Input]) -> dict[str, str]:
    """Write how values are taken out of the record; give their variables."""
    keys = tuple(declared.name for declared in inputs)
    names, fetch = source.bind(keys), source.bind(cells.fetch)
    raws = {key: source.fresh() for key in keys}
    # Other mappings may have a way of their own to say that a key is missing.
    block = source.open("if type(record) is not dict:")
    block.write(f"record = dict(zip({names}, {fetch}(record, {names})))")
    block = source.open("try:")
    for key, raw in raws.items():
        block.write(f"{raw} = record[{source.bind(key)}]")
    block = source.open("except KeyError:")
    block.write(f"{', '.join(raws.values())}, = {fetch}(record, {names})")
    return raws


def _types(source: Source, *types: type) -> str:
    return f"{source.bind(frozenset(types))}.issuperset"


def _beyond(kind: NumberType, least: str, most: str) -> list[str]:
    """Give the tests by which whole numbers lie outside the limits; there is one at each end."""
    limits = kind.limits
    tests = _huge(kind, least, most)
    if limits.low is not None:
        low = floor(limits.low) + 1 if limits.low_open else ceil(limits.low)
        tests.append(f"{least} < {low}")
    if limits.high is not None:
        high = ceil(limits.high) - 1 if limits.high_open else floor(limits.high)
        tests.append(f"{most} > {high}")
    return tests


def _huge(kind: NumberType, least: str, most: str) -> list[str]:
    """Give the tests by which whole numbers without limit may be too long to be read."""
    tests = [f"{least} < -HUGE"] if kind.limits.low is None else []
    return tests if kind.limits.high is not None else [*tests, f"{most} > HUGE"]


def _outside(kind: NumberType, variable: str, bottom: str) -> list[str]:
    """Give the tests by which a number over a denominator lies outside the limits."""
    tests = []
    number, limits = Num(name=variable, dens=(bottom,)), kind.limits
    for end, is_open, op in (
        (limits.low, limits.low_open, "<"),
        (limits.high, limits.high_open, ">"),
    ):
        if end is not None:
            value, edge = cross(number, constant(end))
            tests.append(f"{value} {op}{'=' if is_open else ''} {edge}")
    return tests


def _may_be_negative(limits: Interval) -> bool:
    return limits.low is None or limits.low < 0


def _may_be_zero(limits: Interval) -> bool:
    return Fraction(0) in limits


def _number(name: str, bottom: str, kind: NumberType) -> Num:
    return Num(
        name=name,
        dens=(bottom,),
        zero=_may_be_zero(kind.limits),
        negative=_may_be_negative(kind.limits),
    )


def _required_numbers(source: Source, required: list[tuple[Input, str]]) -> dict[str, Operand]:
    """Read numbers that must be there together, over one denominator that ratios do without."""
    variables = [variable for _, variable in required]
    tuple_of = f"({', '.join(variables)},)"
    bottom = source.fresh(ALWAYS)
    kinds = [declared.type for declared, _ in required]
    ready = source.bind(tuple(cells.Cell(k) for k in kinds if not isinstance(k, ListType)))
    with source.inside(source.open(f"if {_types(source, int)}(map(type, {tuple_of})):")):
        source.write(f"{bottom} = 1")
        tests = [
            test
            for kind, variable in zip(kinds, variables, strict=True)
            if isinstance(kind, NumberType)
            for test in _huge(kind, variable, variable)
        ]
        if tests:
            source.open(f"if {' or '.join(tests)}:").write("return None")
    block = source.open("else:")
    counted = source.bind(
        tuple(
            (place, kind.digits)
            for place, kind in enumerate(kinds)
            if isinstance(kind, NumberType) and kind.digits is not None
        )
    )
    read = f"{source.bind(cells.numbers)}({tuple_of}, {ready}, {counted})"
    block.write(f"{tuple_of}, {bottom} = {read}")
    tests = [
        test
        for kind, variable in zip(kinds, variables, strict=True)
        if isinstance(kind, NumberType)
        for test in _outside(kind, variable, bottom)
    ]
    if tests:
        source.open(f"if {' or '.join(tests)}:").write("return None")
    return {
        declared.name: _number(variable, bottom, declared.type)
        for declared, variable in required
        if isinstance(declared.type, NumberType)
    }


def _scalar(source: Source, kind: ItemType, raw: str, *, required: bool) -> Operand:
    cell = source.bind(cells.Cell(kind))
    if isinstance(kind, NumberType):
        bottom = source.fresh(ALWAYS)
        with source.inside(source.open(f"if type({raw}) is int:")):
            source.write(f"{bottom} = 1")
            source.open(f"if {' or '.join(_beyond(kind, raw, raw))}:").write("return None")
        block = source.open("else:")
        block.write(f"{raw}, {bottom} = {source.bind(cells.number)}({raw}, {cell})")
        return replace(_number(raw, bottom, kind), nullable=True)
    test = "True"
    if isinstance(kind, LabelType):
        test = f"type({raw}) is not str or {raw} not in {source.bind(_ids(kind))}"
    elif isinstance(kind, FlagType):
        test = f"{raw} is not True and {raw} is not False"
    block = source.open(f"if {test}:")
    block.write(f"{raw} = {source.bind(cells.other)}({raw}, {cell})")
    if required:
        source.open(f"if {raw} is None:").write("return None")
    return _held(kind, raw, nullable=not required)


def _held(kind: ItemType, name: str, *, nullable: bool) -> Operand:
    if isinstance(kind, DateType):
        return Num(name=name, nullable=nullable, zero=False, negative=False)
    if isinstance(kind, FlagType):
        return Flag(name=name, nullable=nullable)
    return Word(name=name, nullable=nullable)


def _ids(kind: LabelType) -> frozenset[str]:
    texts = cells.Cell(kind).labels
    return frozenset(label for label in kind.scale.ids if texts.get(label) == label)


# Lists.


def _list(source: Source, declared: Input, kind: ListType, raw: str) -> ListColumns:
    block = source.open(f"if type({raw}) is not list:")
    block.write(f"{raw} = {source.bind(cells.rows)}({raw})")
    items = raw
    if declared.required:
        source.open(f"if {raw} is None:").write("return None")
    else:
        items = source.assign(f"() if {raw} is None else {raw}")
    source.open(f"if not {_types(source, dict)}(map(type, {items})):").write("return None")
    names = {field: source.fresh() for field in kind.fields}
    if names:
        _take_columns(source, items, names)
    columns = {
        field: _column(source, names[field], field_kind)
        for field, field_kind in kind.fields.items()
    }
    if kind.key:
        _check_key(source, [columns[field] for field in kind.key])
    return ListColumns(raw, items, columns, required=declared.required)


def _take_columns(source: Source, items: str, names: Mapping[str, str]) -> None:
    block = source.open("try:")
    for field, name in names.items():
        block.write(f"{name} = [*map({source.bind(itemgetter(field))}, {items})]")
    pick, keys = source.bind(cells.pick), source.bind(tuple(names))
    block = source.open("except KeyError:")
    block.write(f"{', '.join(names.values())}, = {pick}({items}, {keys})")


def _column(source: Source, name: str, kind: ItemType) -> Column:
    cell, holes = source.bind(cells.Cell(kind)), source.fresh()
    if isinstance(kind, NumberType):
        bottom = source.fresh(ALWAYS)
        with source.inside(source.open(f"if {_types(source, int)}(map(type, {name})):")):
            source.write(f"{bottom} = 1")
            source.write(f"{holes} = False")
            tests = _beyond(kind, f"min({name})", f"max({name})")
            source.open(f"if {name} and ({' or '.join(tests)}):").write("return None")
        block = source.open("else:")
        read = source.bind(cells.number_column)
        block.write(f"{name}, {bottom}, {holes} = {read}({name}, {cell})")
        return Column(
            name=name,
            type=kind,
            bottom=bottom,
            holes=holes,
            zero=_may_be_zero(kind.limits),
            negative=_may_be_negative(kind.limits),
        )
    test = None
    if isinstance(kind, LabelType):
        ids = source.bind(_ids(kind))
        test = f"{_types(source, str)}(map(type, {name})) and {ids}.issuperset({name})"
    elif isinstance(kind, FlagType):
        test = f"{_types(source, bool)}(map(type, {name}))"
    block = source.block
    if test is not None:
        source.open(f"if {test}:").write(f"{holes} = False")
        block = source.open("else:")
    block.write(f"{name}, {holes} = {source.bind(cells.other_column)}({name}, {cell})")
    # The first day of the calendar has the number 1.
    signed = not isinstance(kind, DateType)
    return Column(name=name, type=kind, holes=holes, zero=signed, negative=signed)


def _check_key(source: Source, key: list[Column]) -> None:
    columns = f"({', '.join(column.name for column in key)},)"
    holes = " or ".join(column.holes for column in key)
    block = source.open(f"if {holes}:")
    twins = source.bind(cells.has_twins)
    with source.inside(block):
        source.open(f"if {twins}({columns}):").write("return None")
    whole = key[0].name if len(key) == 1 else f"zip{columns}"
    header = f"elif len({{*{whole}}}) < len({key[0].name}):"
    source.open(header).write("return None")
