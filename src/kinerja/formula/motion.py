"""Directions as values: how they join, turn round and compare.

What lives here: the four directions, what is known of something that moves, and the comparisons of
reaches that directions are decided by. What never comes in: the walk through a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from kinerja.formula import nodes as n
from kinerja.formula.reaches import Reach
from kinerja.values import Interval

__all__ = [
    "CONSTANT",
    "FALLING",
    "RISING",
    "STILL",
    "UNKNOWN",
    "Direction",
    "Motion",
    "Movers",
    "Order",
    "Sign",
    "at_most",
    "equality_as_order",
    "flipped",
    "joined",
    "ranks",
    "scaled",
    "sign",
]

#: `rising` and `falling` are meant loosely: a value that stays is both, and then `constant`.
Direction = Literal["constant", "rising", "falling", "unknown"]
CONSTANT: Final = "constant"
RISING: Final = "rising"
FALLING: Final = "falling"
UNKNOWN: Final = "unknown"

#: Labels from the lowest to the highest, or `None` where no order is known.
Order: TypeAlias = "tuple[str, ...] | None"
#: 1 for numbers from 0 up, -1 from 0 down, 0 for zero alone, `None` for both signs.
Sign: TypeAlias = Literal[-1, 0, 1] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """How an input or a step moves.

    Attributes:
        direction: Which way, as the moved input rises.
        may_vanish: It may be missing in one record of a pair and there in the other.
    """

    direction: Direction
    may_vanish: bool = False


#: How something moves that does not hang on the moved input at all.
STILL: Final = Motion(direction=CONSTANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movers:
    """What moves.

    Attributes:
        here: Inputs, steps and fields of the item at hand.
        in_lists: Fields of the items of a list, by list and field.
        target: List and field of the one field that is moved, which is there; `None` where an input
            moves.
    """

    here: Mapping[n.Node, Motion]
    in_lists: Mapping[str, Mapping[str, Motion]]
    target: tuple[str, str] | None = None

    def inside(self, over: str) -> Movers:
        """Give what moves in a list item."""
        here: dict[n.Node, Motion] = {}
        here.update((node, motion) for node, motion in self.here.items() if isinstance(node, n.Ref))
        fields = self.in_lists.get(over, {})
        here.update((n.Field(name), motion) for name, motion in fields.items())
        return replace(self, here=here)

    def also(self, node: n.Node, motion: Motion) -> Movers:
        """Give the same with one more thing that moves."""
        return replace(self, here={**self.here, node: motion})


def flipped(direction: Direction) -> Direction:
    """Turn a direction round."""
    if direction == RISING:
        return FALLING
    return RISING if direction == FALLING else direction


def joined(directions: Iterable[Direction]) -> Direction:
    """Give the direction of a sum, or of anything that rises with each of its parts."""
    moving = set(directions) - {CONSTANT}
    if not moving:
        return CONSTANT
    return moving.pop() if len(moving) == 1 else UNKNOWN


def scaled(direction: Direction, factor: Sign) -> Direction:
    """Give the direction of a product with a factor of which the sign is known."""
    if direction == CONSTANT or factor == 0:
        return CONSTANT
    if factor is None:
        return UNKNOWN
    return direction if factor > 0 else flipped(direction)


def sign(reach: Reach) -> Sign:
    """Give the sign of the numbers within reach; zero goes with either."""
    span = reach.numbers
    if span is None or span.low == span.high == 0:
        return 0
    if span.low is not None and span.low >= 0:
        return 1
    return -1 if span.high is not None and span.high <= 0 else None


def ranks(values: Iterable[Fraction | str | bool], order: Order) -> list[Fraction] | None:
    """Give values as numbers that stand in the same order; `None` where an order is not known.

    Labels that are all the same need no order.
    """
    known = list(values)
    if len(set(known)) <= 1:
        return [Fraction(0)] * len(known)
    found = []
    for value in known:
        if not isinstance(value, str):
            found.append(Fraction(value))
        elif order is not None and value in order:
            found.append(Fraction(order.index(value)))
        else:
            return None
    return found


def _span(reach: Reach, order: Order) -> Interval | None:
    """Give the range of a reach as numbers; `None` where it has no known order."""
    if reach.numbers is not None:
        return reach.numbers
    if reach.flags:
        places = [Fraction(flag) for flag in reach.flags]
    elif order is not None and reach.labels and reach.labels <= {*order}:
        places = [Fraction(order.index(label)) for label in reach.labels]
    else:
        return None
    return None if reach.other else Interval(low=min(places), high=max(places))


def at_most(first: Reach, second: Reach, order: Order) -> bool:
    """Tell whether every value of one reach is at most every value of another, as far as is known."""
    if not (first.may_be_there and second.may_be_there):
        return True
    if first.only is not None and first.only == second.only:
        return True
    one, other = _span(first, order), _span(second, order)
    return (
        one is not None
        and other is not None
        and one.high is not None
        and other.low is not None
        and one.high <= other.low
    )


def equality_as_order(
    op: n.Comparison, left: Reach, right: Reach, order: Order
) -> n.Comparison | None:
    """Give the comparison by order that says the same, for `==` and `!=` at the end of a range.

    Where the left side is never above the right one, being equal is being at least as high.

    Returns:
        A comparison by order; `None` where there is none.
    """
    if op not in ("==", "!="):
        return op
    if at_most(left, right, order):
        return ">=" if op == "==" else "<"
    if at_most(right, left, order):
        return "<=" if op == "==" else ">"
    return None
