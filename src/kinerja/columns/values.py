"""The values of a formula in arrays: what a number, a label, a flag, a text or nothing is.

What lives here: columns of each type that `modular` computes with, and how two of them become one. What
never comes in: formulas, floats as a shortcut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.residues import Array, Mask, Number, merged, union

__all__ = ["Flag", "Label", "Nothing", "Value", "chosen", "with_masks"]


@dataclass(frozen=True, slots=True)
class Flag:
    """A column of yes and no; `yes` holds nothing of use where it is missing or bad."""

    yes: NDArray[np.bool_]
    miss: Mask = None
    bad: Mask = None

    def __len__(self) -> int:
        """Give the number of rows."""
        return len(self.yes)

    def take(self, rows: Array) -> Flag:
        """Give some rows."""
        return Flag(self.yes[rows], _taken(self.miss, rows), _taken(self.bad, rows))


@dataclass(frozen=True, slots=True)
class Label:
    """A column of labels: places in `names`; texts have no names, only codes.

    Attributes:
        codes: At least 0 where the value is there.
        names: What the codes stand for; `None` for texts.
        miss: Rows where the value is missing.
        bad: Rows where nothing of this is to be trusted.
    """

    codes: Array
    names: tuple[str, ...] | None
    miss: Mask = None
    bad: Mask = None

    def __len__(self) -> int:
        """Give the number of rows."""
        return len(self.codes)

    def take(self, rows: Array) -> Label:
        """Give some rows."""
        return Label(self.codes[rows], self.names, _taken(self.miss, rows), _taken(self.bad, rows))

    def named(self, names: tuple[str, ...]) -> Label:
        """Give the same labels as places in other names that hold all of them."""
        if self.names is None or self.names == names:
            return self
        table = np.array([names.index(name) for name in self.names] or [0], np.int16)
        return replace(self, codes=table[np.clip(self.codes, 0, len(table) - 1)], names=names)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A column that is missing in every row, of whatever type is asked for."""

    count: int
    bad: Mask = None

    @property
    def miss(self) -> NDArray[np.bool_]:
        """Every row."""
        return np.ones(self.count, np.bool_)

    def __len__(self) -> int:
        """Give the number of rows."""
        return self.count

    def take(self, rows: Array) -> Nothing:
        """Give some rows."""
        return Nothing(len(rows), _taken(self.bad, rows))

    def like(self, other: Number | Flag | Label) -> Number | Flag | Label:
        """Give the type of another column."""
        zeros = np.zeros(self.count)
        match other:
            case Number():
                return Number(zeros, zeros, zeros.astype(np.int64), miss=self.miss, bad=self.bad)
            case Flag():
                return Flag(zeros.astype(np.bool_), self.miss, self.bad)
        return Label(zeros.astype(np.int64), other.names, self.miss, self.bad)


Value: TypeAlias = Number | Flag | Label | Nothing
_V = TypeVar("_V", bound="Number | Flag | Label | Nothing")


def _taken(mask: Mask, rows: Array) -> Mask:
    return None if mask is None else mask[rows]


def with_masks(value: _V, *, miss: Mask = None, bad: Mask = None) -> _V:
    """Give the same column, missing or bad in more rows."""
    if isinstance(value, Nothing):
        return cast("_V", replace(value, bad=union(value.bad, bad)))
    known = cast("Number", value)  # flags and labels have the same masks
    return cast("_V", replace(known, miss=union(value.miss, miss), bad=union(value.bad, bad)))


def chosen(condition: NDArray[np.bool_], one: Value, other: Value) -> Value:
    """Take each row from `one` where a condition holds and from `other` elsewhere."""
    if isinstance(one, Nothing) and isinstance(other, Nothing):
        return Nothing(len(one), _either(condition, one.bad, other.bad))
    if isinstance(one, Nothing) and not isinstance(other, Nothing):
        one = one.like(other)
    if isinstance(other, Nothing) and not isinstance(one, Nothing):
        other = other.like(one)
    miss = _either(condition, one.miss, other.miss)
    bad = _either(condition, one.bad, other.bad)
    match one, other:
        case Number(), Number():
            return replace(merged(condition, one, other), miss=miss, bad=bad)
        case Flag(), Flag():
            return Flag(np.where(condition, one.yes, other.yes), miss, bad)
        case Label(), Label():
            names = one.names
            if one.names is not None and other.names is not None and one.names != other.names:
                names = tuple(dict.fromkeys((*one.names, *other.names)))
                one, other = one.named(names), other.named(names)
            return Label(np.where(condition, one.codes, other.codes), names, miss, bad)
    msg = "two columns of different types"
    raise TypeError(msg)


def _either(condition: NDArray[np.bool_], one: Mask, other: Mask) -> Mask:
    if one is None and other is None:
        return None
    left = False if one is None else one
    right = False if other is None else other
    found = np.where(condition, left, right)
    return found if found.any() else None
