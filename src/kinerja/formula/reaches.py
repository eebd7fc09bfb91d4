"""Which values a part of a formula can have: the values of the analysis without data.

What lives here: `Reach` and `ListReach`, how reaches join and narrow, and the reach that a declared
type has. What never comes in: formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import reduce
from math import gcd
from typing import Final, overload

from kinerja.formula.intervals import hull, on_grid, overlap
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    ValueType,
)
from kinerja.values import Interval, Missing

__all__ = [
    "NOTHING",
    "ListReach",
    "Reach",
    "common_grid",
    "flags",
    "join",
    "labels",
    "narrow",
    "numbers",
    "reach_of_type",
]

#: Days as numbers, from 1 January of year 1 to the last day of the calendar.
DAYS: Final = Interval(low=Fraction(0), high=Fraction(date.max.toordinal()))


#: Any number of items.
ANY_COUNT: Final = Interval(low=Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Every value that a part of a formula can have, or more: never less.

    A reach without any value and without missing belongs to a part that is never evaluated.

    Attributes:
        numbers: Where its numbers (or days) lie; `None`: it is no number.
        grid: Every number is a multiple of this; 0 where the only number is 0, `None` where nothing
            is known.
        labels: The labels it can be.
        flags: The flags it can be.
        other: It can be a value that is not analysed: text, or a list.
        may_be_missing: It can be missing.
        order: An order of labels, from the lowest to the highest, that directions are told by; it says
            nothing about the values.
    """

    numbers: Interval | None = None
    grid: Fraction | None = None
    labels: frozenset[str] = frozenset()
    flags: frozenset[bool] = frozenset()
    other: bool = False
    may_be_missing: bool = False
    order: tuple[str, ...] | None = field(default=None, compare=False)

    @property
    def may_be_there(self) -> bool:
        """Whether it can have any value at all."""
        return self.numbers is not None or bool(self.labels or self.flags) or self.other

    @property
    def is_possible(self) -> bool:
        """Whether it can be evaluated at all, be it to a missing value."""
        return self.may_be_there or self.may_be_missing

    @property
    def only(self) -> Fraction | str | bool | None:
        """The one value it has whenever it is there, or `None`."""
        if self.other or len(self.labels) + len(self.flags) + (self.numbers is not None) != 1:
            return None
        if self.labels:
            return next(iter(self.labels))
        if self.numbers is None:
            return next(iter(self.flags))
        return self.numbers.low if self.numbers.low == self.numbers.high else None

    def __contains__(self, value: Fraction | str | bool | Missing) -> bool:
        """Tell whether a value, or being missing, is within reach."""
        match value:
            case Missing():
                return self.may_be_missing
            case bool():
                return value in self.flags
            case str():
                return value in self.labels or self.other
        if self.numbers is None or value not in self.numbers:
            return False
        return self.grid is None or value == 0 or (self.grid != 0 and not value % self.grid)

    def present(self) -> Reach:
        """Give the reach of the value where it is there."""
        return replace(self, may_be_missing=False) if self.may_be_missing else self

    def maybe_missing(self, *, when: bool = True) -> Reach:
        """Give the same reach that can be missing, `when` something says so."""
        return replace(self, may_be_missing=True) if when and not self.may_be_missing else self


NOTHING: Final = Reach()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReach:
    """What the items of a list can hold.

    Attributes:
        fields: Reach of each field.
        count: How many items there can be.
        may_be_missing: The list as a whole can be missing.
    """

    fields: Mapping[str, Reach]
    count: Interval = ANY_COUNT
    may_be_missing: bool = False


def numbers(interval: Interval | None, grid: Fraction | None = None) -> Reach:
    """Give the reach of numbers in an interval, shrunk to the grid they stand on.

    Examples:
        >>> above_zero = Interval(low=Fraction(0), low_open=True)
        >>> str(numbers(above_zero, grid=Fraction(1)).numbers)
        '[1, ∞)'
    """
    if interval is None:
        return NOTHING
    if interval.low is not None and interval.low == interval.high:
        # One number stands on its own grid, if it stands on the given one.
        if grid and interval.low % grid:
            return NOTHING
        return Reach(numbers=interval, grid=abs(interval.low))
    if grid:
        interval_or_none = on_grid(interval, grid)
        if interval_or_none is None:
            return NOTHING
        if interval_or_none != interval:
            return numbers(interval_or_none, grid)
    return Reach(numbers=interval, grid=grid)


def labels(*values: str, order: tuple[str, ...] | None = None) -> Reach:
    """Give the reach of labels."""
    return Reach(labels=frozenset(values), order=order)


def flags(*values: bool) -> Reach:
    """Give the reach of flags."""
    return Reach(flags=frozenset(values))


def common_grid(grids: Iterable[Fraction | None]) -> Fraction | None:
    """Give the grid that sums and choices of numbers on these grids stand on.

    Examples:
        >>> common_grid([Fraction(1, 4), Fraction(1, 10)])
        Fraction(1, 20)
    """
    common = Fraction(0)
    for grid in grids:
        if grid is None:
            return None
        common = _grid_of_two(common, grid)
    return common


def _grid_of_two(one: Fraction, other: Fraction) -> Fraction:
    top = gcd(one.numerator * other.denominator, other.numerator * one.denominator)
    return Fraction(top, one.denominator * other.denominator)


def join(*reaches: Reach) -> Reach:
    """Give the reach of a value that is one of several."""
    return reduce(_join_two, reaches, NOTHING)


def _join_two(one: Reach, other: Reach) -> Reach:
    if not one.is_possible:
        return other
    if not other.is_possible:
        return one
    spans = [reach.numbers for reach in (one, other) if reach.numbers is not None]
    grids = [reach.grid for reach in (one, other) if reach.numbers is not None]
    return Reach(
        numbers=reduce(hull, spans) if spans else None,
        grid=common_grid(grids) if grids else None,
        labels=one.labels | other.labels,
        flags=one.flags | other.flags,
        other=one.other or other.other,
        may_be_missing=one.may_be_missing or other.may_be_missing,
        order=_common_order(one, other),
    )


def _common_order(one: Reach, other: Reach) -> tuple[str, ...] | None:
    if one.order == other.order or not other.labels:
        return one.order
    if not one.labels:
        return other.order
    # Labels written in the formula have no order; they take the one of a scale that knows them.
    for ordered, plain in ((one, other), (other, one)):
        if plain.order is None and ordered.order is not None and plain.labels <= {*ordered.order}:
            return ordered.order
    return None


def narrow(reach: Reach, other: Reach) -> Reach:
    """Give the reach of a value that lies within both."""
    span = None
    if reach.numbers is not None and other.numbers is not None:
        span = overlap(reach.numbers, other.numbers)
    grids = [grid for grid in (reach.grid, other.grid) if grid is not None]
    both = numbers(span, max(grids) if grids else None)
    return replace(
        both,
        labels=reach.labels & other.labels,
        flags=reach.flags & other.flags,
        other=reach.other and other.other,
        may_be_missing=reach.may_be_missing and other.may_be_missing,
        order=reach.order or other.order,
    )


@overload
def reach_of_type(type_: ItemType, *, optional: bool = False) -> Reach: ...
@overload
def reach_of_type(type_: ListType, *, optional: bool = False) -> ListReach: ...
@overload
def reach_of_type(type_: ValueType, *, optional: bool = False) -> Reach | ListReach: ...
def reach_of_type(type_: ValueType, *, optional: bool = False) -> Reach | ListReach:
    """Give what an input of a declared type can hold.

    A required input, and a required field of a list item, is taken to be there: the analysis speaks of
    complete records.

    Args:
        type_: The declared type.
        optional: The input may be missing.

    Examples:
        >>> str(reach_of_type(NumberType(limits=Interval(low=Fraction(0)), digits=0)).numbers)
        '[0, ∞)'
    """
    match type_:
        case ListType():
            fields = {
                name: reach_of_type(kind, optional=name in type_.optional)
                for name, kind in type_.fields.items()
            }
            return ListReach(fields=fields, may_be_missing=optional)
        case NumberType():
            grid = None if type_.digits is None else Fraction(1, 10) ** type_.digits
            reach = numbers(type_.limits, grid)
        case DateType():
            reach = numbers(DAYS, Fraction(1))
        case LabelType():
            scale = type_.scale
            reach = labels(*scale.ids, order=scale.ids if scale.ordered else None)
        case FlagType():
            reach = flags(False, True)
        case _:
            reach = Reach(other=True)
    return reach.maybe_missing(when=optional)
