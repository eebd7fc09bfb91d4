"""What is told to the person judged: losses and moves, as values.

What lives here: which value it is about, what it would gain, what it would have to become. What never comes
in: working them out, words.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kinerja.formula.evaluate import Value

__all__ = ["Counsel", "Gain", "Move", "ValuePlace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePlace:
    """A value that can be moved alone.

    Attributes:
        name: Input or step; for a value of an item the list.
        item: Place of the item, or `None`.
        field: Field of the item, or `None`.
    """

    name: str
    item: int | None = None
    field: str | None = None

    @property
    def path(self) -> str:
        """Its name as results print it."""
        return self.name if self.item is None else f"{self.name}[{self.item}].{self.field}"

    @property
    def target(self) -> str:
        """Its name as the analysis knows it."""
        return self.name if self.field is None else f"{self.name}.{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What the total would gain with one value at its best."""

    place: ValuePlace
    value: Fraction
    best: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What one value would have to become to reach the next label.

    Attributes:
        place: The value.
        value: What it is now.
        needed: What it would have to be, or `None`.
        gives: The label that is reached with it.
        proof: Whether that is proved to be the smallest change, or that there is none.
        digits: Decimals of the values tried.
        items: For a share of the items of a list: how many would have to count, how many do now, and how
            many there are.
    """

    place: ValuePlace
    value: Value
    needed: Value | None
    gives: str | None
    proof: Literal["exact", "search"]
    digits: int | None = None
    items: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsel:
    """Losses of the total, and moves to the next label.

    Attributes:
        gains: Largest first; values at their best are left out.
        label: The next label, or `None` at the top, without ladder, or without a result.
        moves: One for each value that the ladder depends on.
    """

    gains: tuple[Gain, ...]
    label: str | None
    moves: tuple[Move, ...]
