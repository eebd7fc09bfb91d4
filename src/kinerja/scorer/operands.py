"""Values of compiled formulas, as the names that hold them in the generated function.

What lives here: what a formula gives at a place in the function (a number as whole numbers, a label, a
flag, always missing, never reached), and the arithmetic on such numbers as Python source text. What
never comes in: formulas, statements, text of a policy.

A number is `name × scale ÷ (product of dens)`: `name` and `dens` are variables that hold whole numbers,
`dens` above zero, and `scale` is known when the policy is loaded. So constant factors, percentages and
the decimals of the data cost nothing when a record is scored, and no fraction is ever reduced for order's
sake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Final, TypeAlias

__all__ = [
    "ALWAYS",
    "FALSE",
    "GONE",
    "NEVER",
    "TRUE",
    "Flag",
    "Gone",
    "Never",
    "Num",
    "Operand",
    "Present",
    "UncompilableError",
    "Word",
    "common_scale",
    "constant",
    "cross",
    "product",
    "times",
    "without",
]

ONE: Final = Fraction(1)

#: First letter of variables that hold a whole number above zero in every branch of the function: the
#: denominators of what was read.
ALWAYS: Final = "b"


class UncompilableError(Exception):
    """The program has a shape that is not compiled; every record takes the reference path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Num:
    """A number.

    Attributes:
        name: Variable with a whole number, or `1` for a constant, which is then `scale`.
        scale: Factor known at load.
        dens: Variables with whole numbers above zero; their product divides.
        nullable: `name` may hold `None`: missing.
        zero: The number can be zero.
        negative: The number can be below zero.
    """

    name: str
    scale: Fraction = ONE
    dens: tuple[str, ...] = ()
    nullable: bool = False
    zero: bool = True
    negative: bool = True

    @property
    def is_constant(self) -> bool:
        """Tell whether the number is known at load."""
        return self.name == "1" and not self.dens


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A label or text in a variable or constant."""

    name: str
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Yes or no: an expression without effects; a plain variable when it is nullable."""

    name: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """A value that is always missing here."""

    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Never:
    """No value: the function has returned before this place."""

    nullable: bool = False


Operand: TypeAlias = Num | Word | Flag | Gone | Never

#: A value to work with.
Present: TypeAlias = Num | Word | Flag

GONE: Final = Gone()
NEVER: Final = Never()
TRUE: Final = Flag(name="True")
FALSE: Final = Flag(name="False")


def constant(value: Fraction) -> Num:
    """Give a number of the policy."""
    return Num(name="1", scale=value, zero=value == 0, negative=value < 0)


def times(name: str, factor: int) -> str:
    """Multiply a variable (or `1`) by a whole number."""
    if name == "1":
        return str(factor) if factor >= 0 else f"({factor})"
    if factor == 1:
        return name
    return f"-{name}" if factor == -1 else f"{name} * {factor}"


def product(names: Sequence[str], factor: int = 1) -> str:
    """Multiply variables, each factor a name, and a whole number."""
    if not factor:
        return "0"
    parts = [name for name in names if name != "1"]
    if factor != 1 or not parts:
        parts.append(str(factor) if factor >= 0 else f"({factor})")
    return " * ".join(parts)


def without(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Give the names that remain when others are taken away, each as often as it stands."""
    rest = Counter(names)
    rest.subtract(Counter(taken))
    return list(rest.elements())


def cross(left: Num, right: Num) -> tuple[str, str]:
    """Give two whole-number expressions that compare as the numbers do."""
    (a, b), _ = common_scale((left.scale, right.scale))
    return (
        product([left.name, *without(right.dens, left.dens)], a),
        product([right.name, *without(left.dens, right.dens)], b),
    )


def common_scale(scales: Sequence[Fraction]) -> tuple[list[int], Fraction]:
    """Write scales as whole numbers times one common scale above zero."""
    bottom = lcm(*(scale.denominator for scale in scales))
    whole = [int(scale * bottom) for scale in scales]
    shared = gcd(*whole) or 1
    return [number // shared for number in whole], Fraction(shared, bottom)
