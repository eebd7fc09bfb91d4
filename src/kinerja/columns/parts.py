"""What stands between a frame and the arrays that are computed on.

What lives here: the forms in which a part of a column comes in (numbers, coded values, objects, lists) and
in which a column goes out. What never comes in: pandas, polars, Arrow; types of a policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Coded",
    "Days",
    "Figures",
    "Flags",
    "Labels",
    "Numbers",
    "Objects",
    "OutColumn",
    "Part",
    "Ragged",
    "Texts",
]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of one machine type.

    Attributes:
        values: One-dimensional; any float, signed or unsigned integer dtype (never bool). A float NaN is
            missing. It may be a view of the caller's memory: it is read, never written.
        missing: `True` where the value is missing, whatever `values` holds there; `None`: nowhere.
    """

    values: NDArray[Any]
    missing: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """Values that are each one of a few.

    Attributes:
        codes: Place in `values`, any integer dtype; a negative code is missing.
        values: The distinct values as Python objects, such as `str`, `bool`, `Decimal` or `date`.
    """

    codes: NDArray[Any]
    values: Sequence[object]


@dataclass(frozen=True, slots=True)
class Objects:
    """Any Python objects, one for each row; `None` is missing."""

    values: Sequence[object]


@dataclass(frozen=True, slots=True)
class Ragged:
    """A list for each row, all items one after the other.

    Attributes:
        offsets: int64, one more than there are rows, from 0: row `i` has the items
            `offsets[i]:offsets[i + 1]` of every field.
        missing: `True` where a row has no list at all (which is not the same as an empty list); `None`:
            nowhere. Such a row has no items.
        fields: The fields of the items, each as long as `offsets[-1]`; only those that were asked for and
            are there.
    """

    offsets: NDArray[np.int64]
    missing: NDArray[np.bool_] | None
    fields: Mapping[str, Part]


Part: TypeAlias = Numbers | Coded | Objects | Ragged


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers that go out: float64, NaN where missing."""

    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels that go out.

    Attributes:
        codes: int8 or int16, place in `labels`; negative where missing.
        labels: The labels of the scale, from the lowest to the highest where `ordered`.
        ordered: Whether the scale has an order.
    """

    codes: NDArray[Any]
    labels: tuple[str, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Flags:
    """Yes and no that go out: int8, 1 or 0, negative where missing."""

    values: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Days:
    """Dates that go out.

    Attributes:
        values: Days since 1970-01-01, int32.
        missing: `True` where missing; `None`: nowhere.
    """

    values: NDArray[np.int32]
    missing: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts that go out, each one of a few.

    Attributes:
        codes: int32, place in `texts`; negative where missing.
        texts: The distinct texts.
    """

    codes: NDArray[np.int32]
    texts: Sequence[str]


OutColumn: TypeAlias = Figures | Labels | Flags | Days | Texts
