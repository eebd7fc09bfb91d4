"""Exact arithmetic of ranges: where a result lies when its operands lie in intervals.

What lives here: sums, products, quotients, roundings and cuts of `Interval` values, as tight as two
independent operands allow, with open and closed ends. What never comes in: formulas, missing values.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, TypeAlias, cast

from kinerja.exact import Rounding
from kinerja.values import Interval

__all__ = [
    "added",
    "divided",
    "hull",
    "larger",
    "multiplied",
    "negated",
    "on_grid",
    "overlap",
    "point",
    "rounded",
    "smaller",
    "sum_of_items",
    "without",
]

ZERO: Final = Fraction(0)

#: An end of an interval as (infinity, number, open): the first part is -1, 0 or 1.
_End: TypeAlias = tuple[int, Fraction, bool]


def point(value: Fraction) -> Interval:
    """Give the interval that holds one number."""
    return Interval(low=value, high=value)


def _low(interval: Interval) -> _End:
    if interval.low is None:
        return (-1, ZERO, True)
    return (0, interval.low, interval.low_open)


def _high(interval: Interval) -> _End:
    if interval.high is None:
        return (1, ZERO, True)
    return (0, interval.high, interval.high_open)


def _between(low: _End, high: _End) -> Interval | None:
    """Give the interval between two ends, or `None` where no number lies between them.

    The result of an operation on two intervals always holds a number, since both of them do.
    """
    if low[:2] > high[:2] or (low[:2] == high[:2] and (low[2] or high[2])):
        return None
    return Interval(
        low=None if low[0] else low[1],
        high=None if high[0] else high[1],
        low_open=not low[0] and low[2],
        high_open=not high[0] and high[2],
    )


def _lowest(ends: Iterable[_End]) -> _End:
    """Give the lowest end; a closed one where several are equal."""
    return min(ends)


def _highest(ends: Iterable[_End]) -> _End:
    """Give the highest end; a closed one where several are equal."""
    return max(ends, key=lambda end: (end[0], end[1], not end[2]))


def hull(first: Interval, second: Interval) -> Interval:
    """Give the smallest interval that holds both."""
    low = _lowest((_low(first), _low(second)))
    return cast("Interval", _between(low, _highest((_high(first), _high(second)))))


def overlap(first: Interval, second: Interval) -> Interval | None:
    """Give the numbers in both, or `None` where there are none.

    Examples:
        >>> str(overlap(Interval(low=Fraction(0)), Interval(high=Fraction(9), high_open=True)))
        '[0, 9)'
    """
    low = max(_low(first), _low(second))
    high = min(_high(first), _high(second), key=lambda end: (end[0], end[1], not end[2]))
    return _between(low, high)


def without(interval: Interval, value: Fraction) -> Interval | None:
    """Take out one number where it is an end; inside, an interval cannot leave it out."""
    if interval.low == value == interval.high:
        return None
    return Interval(
        low=interval.low,
        high=interval.high,
        low_open=interval.low_open or interval.low == value,
        high_open=interval.high_open or interval.high == value,
    )


def negated(interval: Interval) -> Interval:
    """Give the numbers with their signs turned."""
    return Interval(
        low=None if interval.high is None else -interval.high,
        high=None if interval.low is None else -interval.low,
        low_open=interval.high_open,
        high_open=interval.low_open,
    )


def added(first: Interval, second: Interval) -> Interval:
    """Give the sums."""
    low = _added(_low(first), _low(second))
    return cast("Interval", _between(low, _added(_high(first), _high(second))))


def _added(first: _End, second: _End) -> _End:
    # Two lower ends, or two upper ends: their infinities never have different signs.
    infinity = first[0] or second[0]
    if infinity:
        return (infinity, ZERO, True)
    return (0, first[1] + second[1], first[2] or second[2])


def multiplied(first: Interval, second: Interval) -> Interval:
    """Give the products.

    Examples:
        >>> share = Interval(low=Fraction(0), high=Fraction(1), low_open=True)
        >>> str(multiplied(share, Interval(low=Fraction(-5), high=Fraction(80))))
        '[-5, 80]'
    """
    corners = [
        _multiplied(one, other)
        for one in (_low(first), _high(first))
        for other in (_low(second), _high(second))
    ]
    return cast("Interval", _between(_lowest(corners), _highest(corners)))


def _multiplied(first: _End, second: _End) -> _End:
    zeros = [end for end in (first, second) if end[0] == 0 and end[1] == 0]
    if zeros:
        # Zero times anything is zero; it is met when the zero itself is.
        return (0, ZERO, all(end[2] for end in zeros))
    sign = (first[0] or (1 if first[1] > 0 else -1)) * (second[0] or (1 if second[1] > 0 else -1))
    if first[0] or second[0]:
        return (sign, ZERO, True)
    return (0, first[1] * second[1], first[2] or second[2])


def divided(first: Interval, second: Interval) -> Interval | None:
    """Give the quotients by every divisor but zero, or `None` where zero is the only divisor."""
    quotients = [
        multiplied(first, _reciprocal(part))
        for half in (Interval(low=ZERO, low_open=True), Interval(high=ZERO, high_open=True))
        if (part := overlap(second, half)) is not None
    ]
    if not quotients:
        return None
    return quotients[0] if len(quotients) == 1 else hull(*quotients)


def _reciprocal(interval: Interval) -> Interval:
    """Give the reciprocals of numbers that are all above, or all below, zero."""
    low, high = interval.low, interval.high
    # Towards zero the reciprocal has no end; without an end it goes towards zero, open.
    if interval.is_above(ZERO):
        return Interval(
            low=1 / high if high else ZERO,
            low_open=interval.high_open if high else True,
            high=1 / low if low else None,
            high_open=interval.low_open if low else False,
        )
    return negated(_reciprocal(negated(interval)))


def smaller(first: Interval, second: Interval) -> Interval:
    """Give the values of the smaller of two numbers."""
    low = _lowest((_low(first), _low(second)))
    high = min(_high(first), _high(second), key=lambda end: (end[0], end[1], not end[2]))
    return cast("Interval", _between(low, high))


def larger(first: Interval, second: Interval) -> Interval:
    """Give the values of the larger of two numbers."""
    return negated(smaller(negated(first), negated(second)))


def rounded(interval: Interval, rounding: Rounding) -> Interval:
    """Give the rounded numbers; both ends are met.

    An open end counts with the value that numbers just inside it round to.
    """
    # Between two neighbouring multiples of half a unit every number rounds alike.
    half = Fraction(1, 10) ** rounding.digits / 2
    low, high = interval.low, interval.high
    if low is not None and interval.low_open:
        low = (low + ((low / half).__floor__() + 1) * half) / 2
    if high is not None and interval.high_open:
        high = (high + ((high / half).__ceil__() - 1) * half) / 2
    return Interval(
        low=None if low is None else rounding.apply(low),
        high=None if high is None else rounding.apply(high),
    )


def on_grid(interval: Interval, grid: Fraction) -> Interval | None:
    """Shrink an interval to the multiples of `grid` in it, or `None` where there are none.

    Args:
        interval: The interval.
        grid: Above 0; numbers with two decimals have the grid 1/100.
    """
    low, high = interval.low, interval.high
    if low is not None:
        steps = (low / grid).__ceil__()
        low = (steps + (interval.low_open and steps * grid == low)) * grid
    if high is not None:
        steps = (high / grid).__floor__()
        high = (steps - (interval.high_open and steps * grid == high)) * grid
    if low is not None and high is not None and low > high:
        return None
    return Interval(low=low, high=high)


def sum_of_items(value: Interval, count: Interval) -> Interval:
    """Give the sums of so many items; no items sum to 0.

    Args:
        value: Where each item lies.
        count: How many items there may be: whole numbers from 0, with or without an upper end.
    """
    fewest = count.low or ZERO
    ends = [_times(_low(value), fewest), _times(_high(value), fewest)]
    if count.high is None:
        # Ever more items go without end, up where one may be above zero, down where one may be below.
        ends += [(-1, ZERO, True)] if _low(value)[:2] < (0, ZERO) else []
        ends += [(1, ZERO, True)] if _high(value)[:2] > (0, ZERO) else []
    else:
        ends += [_times(_low(value), count.high), _times(_high(value), count.high)]
    return cast("Interval", _between(_lowest(ends), _highest(ends)))


def _times(end: _End, count: Fraction) -> _End:
    if count == 0:
        return (0, ZERO, False)
    return (end[0], end[1] * count, end[2])
