"""What a formula is while a plan is written: columns of numbers, flags and labels.

What lives here: where a column's array is and what is known of it. What never comes in: operations, data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Final, TypeAlias

from kinerja.columns.bounds import Fact
from kinerja.columns.tape import Register
from kinerja.formula import nodes as n

__all__ = [
    "Choice",
    "Column",
    "Figure",
    "NoPlanError",
    "Truth",
    "Void",
    "always",
    "constant",
    "is_short",
    "unit_of",
]

#: Length of a constant factor; a float has fewer than 1,100 bits on either side of its point.
MAX_BITS: Final = 2_200


class NoPlanError(Exception):
    """Floats cannot tell enough about this formula with these inputs."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of numbers: `scale` times what a register holds.

    Attributes:
        register: Where the floats are; `None` for a constant.
        scale: Constant factor, never 0; for a constant, the constant itself.
        fact: What is known of the numbers in the register.
        whole: They are whole numbers, held exactly.
        printed: They are the decimals that the floats print.
        nan: Some may be missing.
    """

    register: Register | None
    scale: Fraction
    fact: Fact
    whole: bool = False
    printed: bool = False
    nan: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """A column of flags.

    Attributes:
        register: Where they are, `False` where missing; `None` for a constant.
        constant: The one value, where it is one.
        miss: Where they are missing, or `None`.
    """

    register: Register | None
    constant: bool = False
    miss: Register | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A column of labels.

    Attributes:
        register: Places in `names`, negative where missing; `None` for a constant.
        names: The labels.
        constant: Place of the one label of a constant.
        nan: Some may be missing.
    """

    register: Register | None
    names: tuple[str, ...]
    constant: int = 0
    nan: bool = False


@dataclass(frozen=True, slots=True)
class Void:
    """A column that is missing everywhere."""


Column: TypeAlias = Figure | Truth | Choice | Void


def constant(value: Fraction) -> Figure:
    """Give a constant."""
    return Figure(None, value, Fact(1.0, 1.0), whole=True)


def always(op: n.Comparison, fact: Fact, at: Fraction) -> bool | None:
    """Tell whether a comparison is the same for every number that can come."""
    low, high = Fraction(fact.low), Fraction(fact.high)
    match op:
        case "<":
            return True if high < at else False if low >= at else None
        case "<=":
            return True if high <= at else False if low > at else None
        case ">":
            return True if low > at else False if high <= at else None
        case ">=":
            return True if low >= at else False if high < at else None
        case "==":
            return False if at < low or at > high else None
        case "!=":
            return True if at < low or at > high else None


def is_short(number: Fraction) -> bool:
    """Tell whether a constant factor is as short as floats need; products of products may not be."""
    return number.numerator.bit_length() + number.denominator.bit_length() <= MAX_BITS


def unit_of(scales: Sequence[Fraction]) -> Fraction:
    """Give the largest number of which every scale is a whole multiple."""
    top, bottom = 0, 1
    for scale in scales:
        shared = lcm(bottom, scale.denominator)
        top = gcd(top * (shared // bottom), abs(scale.numerator) * (shared // scale.denominator))
        bottom = shared
    return Fraction(top, bottom)
