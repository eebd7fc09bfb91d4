"""Several branches of a generated function, one value.

What lives here: how the ends of branches are brought into one form and assigned to the same variables.
What never comes in: formulas, and the conditions of the branches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import TypeAlias

from kinerja.scorer.operands import (
    ALWAYS,
    GONE,
    NEVER,
    Flag,
    Gone,
    Never,
    Num,
    Operand,
    UncompilableError,
    Word,
    common_scale,
    product,
    times,
    without,
)
from kinerja.scorer.source import Block, Source

__all__ = ["Leaf", "join"]

#: The end of a branch: the block it is written in, and its value there.
Leaf: TypeAlias = tuple[Block, Operand]


def join(source: Source, leaves: list[Leaf]) -> Operand:
    """Give the one value of several branches; assignments are added at the end of each.

    Raises:
        UncompilableError: The branches give different types.
    """
    ends = [(block, value) for block, value in leaves if not isinstance(value, Never)]
    if not ends:
        return NEVER
    if len(ends) == 1:
        return ends[0][1]
    values = [value for _, value in ends if not isinstance(value, Gone)]
    if not values:
        return GONE
    nullable = any(value.nullable for _, value in ends)
    if _all_of(values, Num):
        return _join_numbers(source, ends, nullable=nullable)
    name = source.fresh()
    for block, value in ends:
        block.write(f"{name} = {'None' if isinstance(value, Gone) else _name(value)}")
    if _all_of(values, Word):
        return Word(name=name, nullable=nullable)
    if _all_of(values, Flag):
        return Flag(name=name, nullable=nullable)
    raise UncompilableError


def _all_of(values: Sequence[Operand], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)


def _name(value: Operand) -> str:
    if isinstance(value, Word | Flag):
        return value.name
    raise UncompilableError


def _join_numbers(source: Source, ends: Sequence[Leaf], *, nullable: bool) -> Num:
    numbers = [value for _, value in ends if isinstance(value, Num)]
    factors, scale = common_scale([number.scale for number in numbers])
    shared = _shared(numbers)
    rests = [without(number.dens, shared) if number.scale else [] for number in numbers]
    name = source.fresh()
    bottom = source.fresh("d") if any(rests) else None
    parts = iter(zip(factors, rests, strict=True))
    for block, value in ends:
        if not isinstance(value, Num):
            block.write(f"{name} = None")
            continue
        factor, rest = next(parts)
        if value.nullable and factor != 1:
            block.write(f"{name} = None if {value.name} is None else {times(value.name, factor)}")
        else:
            block.write(f"{name} = {times(value.name, factor)}")
        if bottom is not None:
            # The denominators of a value that is missing were never written.
            unless = f"1 if {value.name} is None else " if value.nullable and rest else ""
            block.write(f"{bottom} = {unless}{product(rest)}")
    return Num(
        name=name,
        scale=scale,
        dens=shared if bottom is None else (*shared, bottom),
        nullable=nullable,
        zero=any(number.zero for number in numbers),
        negative=any(number.negative for number in numbers),
    )


def _shared(numbers: Sequence[Num]) -> tuple[str, ...]:
    """Give the denominators that all branches have; zero may take any that is always above zero."""
    found = [Counter(number.dens) for number in numbers if number.scale]
    shared = list(reduce(and_, found).elements()) if found else []
    if len(found) < len(numbers):
        shared = [name for name in shared if name.startswith(ALWAYS)]
    return tuple(shared)
