"""The types of formulas and inputs.

What lives here: number, label, flag, date, text and list types, with the limits an input declares.
What never comes in: values and formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kinerja.values import Interval, Scale

__all__ = [
    "DateType",
    "FlagType",
    "ItemType",
    "LabelType",
    "ListType",
    "NumberType",
    "TextType",
    "ValueType",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberType:
    """A number.

    Attributes:
        limits: Where an input of this type must lie; a value outside is refused.
        digits: Most decimals an input may carry (0: whole numbers), or `None` for any.
    """

    limits: Interval = Interval()  # noqa: RUF009 - a frozen value
    digits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelType:
    """A label of a scale."""

    scale: Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagType:
    """Yes or no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateType:
    """A day of the calendar; inside a formula the number of days since 1 January of year 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextType:
    """Free text such as a name of a rater or a reason; it can only be counted or found missing."""


ItemType: TypeAlias = NumberType | LabelType | FlagType | DateType | TextType


@dataclass(frozen=True, slots=True, kw_only=True)
class ListType:
    """A list of items with the same fields.

    Attributes:
        fields: Type of each field.
        optional: Fields that an item may lack without a warning.
        key: Fields that together must differ between items (a rater rates an aspect once), or none.
    """

    fields: Mapping[str, ItemType]
    optional: frozenset[str] = field(default_factory=frozenset)
    key: tuple[str, ...] = ()


ValueType: TypeAlias = ItemType | ListType
