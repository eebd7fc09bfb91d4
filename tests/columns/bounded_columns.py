"""Floats computed as a plan computes them, beside the exact numbers and what `bounds` says of them.

`expression` draws a column: constants, decimals as floats print them, whole numbers, and operations on
columns. `check` holds what is known of a column against each of its numbers.
"""
# ruff: noqa: C901, PLR0917 - one case an operation; both sides of it

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from kinerja.columns.bounds import HUGE, Fact, as_float, of_constant, of_printed
from kinerja.exact import exact

#: As in a plan: divisors so much smaller than the largest are decided elsewhere.
SMALL = 2.0**-10
LEAST_NORMAL = 2.0**-1022


@dataclass
class Bounded:
    """A column.

    Attributes:
        fact: What is known of it.
        floats: Its floats.
        exact: The numbers that they stand for.
        story: How it came about.
    """

    fact: Fact
    floats: list[float]
    exact: list[Fraction]
    story: str

    def __iter__(self) -> Iterator[tuple[float, Fraction]]:
        return zip(self.floats, self.exact, strict=True)

    def only(self, kept: list[bool]) -> Bounded:
        floats = [f for f, keep in zip(self.floats, kept, strict=True) if keep]
        exactly = [x for x, keep in zip(self.exact, kept, strict=True) if keep]
        return replace(self, floats=floats, exact=exactly)


class NotPlannedError(Exception):
    """No plan would go on from here."""


def check(column: Bounded) -> float:
    """Hold what is known against each number; give the largest share of the bound that was used."""
    fact, used = column.fact, 0.0
    assert not fact.rel < 0
    assert not fact.off < 0
    for near, x in column:
        bound = _exactly(fact.rel) * abs(x) + _exactly(fact.off) if _finite(fact) else None
        assert Fraction(fact.low) <= x <= Fraction(fact.high), (column.story, near, x)
        if bound is None:
            continue
        gap = abs(Fraction(near) - x)
        assert gap <= bound, (column.story, near, x, fact)
        assert gap <= Fraction(fact.error), (column.story, near, x, fact)
        if bound:
            used = max(used, float(gap / bound))
    return used


def check_near(column: Bounded, at: Fraction) -> None:
    """A float on the wrong side of a point lies as near to it as is said."""
    point = float(at)
    within = column.fact.near(point)
    if math.isnan(within) or within == math.inf:
        return
    for near, x in column:
        if (x > at) - (x < at) != (near > point) - (near < point):
            gap = abs(Fraction(near) - Fraction(point))
            assert gap <= Fraction(within), (column.story, near, x, at, column.fact)


def _finite(fact: Fact) -> bool:
    return math.isfinite(fact.rel) and math.isfinite(fact.off)


def _exactly(value: float) -> Fraction:
    return Fraction(value)


# Numbers.


def number(random: Random, power: int) -> float:
    """Draw a float within a range of magnitudes."""
    match random.randrange(7):
        case 0:
            return float(random.randint(-200, 200))
        case 1:
            return random.randint(-(10**6), 10**6) / 10 ** random.randrange(7)
        case 2:
            return math.ldexp(1.0, random.randint(-3, 3)) * (
                1 + random.choice((0, 1, -0.5)) * 2**-52
            )
        case 3:
            return random.choice((0.0, 0.1, 0.3, 1 / 3, 0.7, 1.1, 100.0, 1e-3))
    size = random.uniform(1, 10) * 10.0 ** random.uniform(-power, min(power, 99))
    value = random.choice((1, 1, -1)) * size
    if not random.randrange(4):
        value = float(f"{value:.{random.randrange(1, 17)}e}")
    return value


def printed(random: Random, power: int) -> Bounded:
    """Draw decimals."""
    values = [number(random, power) for _ in range(random.randint(1, 3))]
    if random.randrange(3) == 0:
        values = [abs(value) for value in values]
    low, high = min(values), max(values)
    # In between, at the ends, and beside them.
    for _ in range(4):
        inner = random.choice(
            (
                low + (high - low) * random.random(),
                math.nextafter(low, math.inf),
                math.nextafter(high, -math.inf),
                low,
                high,
            )
        )
        values.append(min(max(inner, low), high))
    return Bounded(of_printed(low, high), values, [exact(v) for v in values], f"{values}")


def whole(random: Random) -> Bounded:
    """Draw whole numbers, held exactly."""
    most = random.choice((2, 100, 10**6, 2**51))
    values = [float(random.randint(-most if random.random() < 0.3 else 0, most)) for _ in range(6)]
    fact = Fact(min(values), max(values))
    return Bounded(fact, values, [Fraction(v) for v in values], f"whole {values}")


def constant(random: Random, power: int) -> Fraction:
    """Draw a figure of a policy."""
    match random.randrange(5):
        case 0:
            return Fraction(random.randint(-50, 50), random.randint(1, 50))
        case 1:
            return Fraction(random.randint(1, 10**25), random.randint(1, 10**25))
        case 2:
            # Half way between two floats, and just beside it: a float is off as far as it can be.
            value = Fraction(abs(number(random, power)) or 1.0)
            step = Fraction(math.ulp(float(value)))
            return value + step / 2 + random.choice((0, 1, -1)) * step / 10**6
        case 3:
            return Fraction(random.randint(1, 999), 100)
    return random.choice((1, -1)) * Fraction(10) ** random.randint(-power, min(power, 99))


def figure(random: Random, power: int, like: int) -> Bounded:
    value = constant(random, power)
    floats = [as_float(value)[0]] * like
    return Bounded(of_constant(value), floats, [value] * like, f"{value}")


# Operations.


def _paired(
    one: Bounded, other: Bounded, fact: Fact, run: Callable, exactly: Callable, sign: str
) -> Bounded:
    """Every number of one column with one of the other, in a circle."""
    count = max(len(one.floats), len(other.floats))
    pairs = [(i % len(one.floats), i % len(other.floats)) for i in range(count)]
    return Bounded(
        fact,
        [run(one.floats[i], other.floats[j]) for i, j in pairs],
        [exactly(one.exact[i], other.exact[j]) for i, j in pairs],
        f"({one.story} {sign} {other.story})",
    )


def plus(one: Bounded, other: Bounded) -> Bounded:
    fact = one.fact.plus(other.fact)
    return _paired(one, other, fact, lambda a, b: a + b, lambda a, b: a + b, "+")


def negated(one: Bounded) -> Bounded:
    return Bounded(
        one.fact.negated(), [-f for f in one.floats], [-x for x in one.exact], f"-{one.story}"
    )


def times(one: Bounded, other: Bounded) -> Bounded:
    fact = one.fact.times(other.fact)
    return _paired(one, other, fact, lambda a, b: a * b, lambda a, b: a * b, "*")


def squared(one: Bounded) -> Bounded:
    return Bounded(
        one.fact.times(one.fact),
        [f * f for f in one.floats],
        [x * x for x in one.exact],
        f"{one.story}²",
    )


def over(one: Bounded, other: Bounded) -> Bounded:
    """Divide as `NumberWriter.quotient` does."""
    fact = other.fact
    if fact.low > 0 or fact.high < 0:
        least = min(abs(fact.low), abs(fact.high))
        if not fact.off <= least * 2.0**-20:
            raise NotPlannedError
        kept = [True] * len(other.floats)
    else:
        least = fact.size * SMALL
        if not fact.off <= least * 2.0**-20:
            raise NotPlannedError
        kept = [abs(f) >= least and f != 0 for f in other.floats]
        least /= 2
    other = other.only(kept)
    if not other.floats or not least:
        raise NotPlannedError
    quotients = one.fact.over(fact, least)
    return _paired(one, other, quotients, lambda a, b: a / b, lambda a, b: a / b, "/")


def scaled(one: Bounded, factor: Fraction) -> Bounded:
    near, _ = as_float(factor)
    return Bounded(
        one.fact.scaled(near),
        [f * near for f in one.floats],
        [x * factor for x in one.exact],
        f"{factor} × {one.story}",
    )


def joined(one: Bounded, other: Bounded) -> Bounded:
    return Bounded(
        one.fact.joined(other.fact),
        one.floats + other.floats,
        one.exact + other.exact,
        f"[{one.story} or {other.story}]",
    )


def held(one: Bounded, low: Fraction | None, high: Fraction | None) -> Bounded:
    """Hold between limits, one after the other, as `NumberWriter` does."""
    found = one
    for limit, is_low in ((low, True), (high, False)):
        if limit is None:
            continue
        near, rel = as_float(limit)
        fact = found.fact.held(near if is_low else None, None if is_low else near, rel)
        pick = max if is_low else min
        found = Bounded(
            fact,
            [pick(f, near) for f in found.floats],
            [pick(x, limit) for x in found.exact],
            f"{pick.__name__}({found.story}, {limit})",
        )
    return found


def larger(one: Bounded, other: Bounded) -> Bounded:
    """Give the larger of two columns, as `NumberWriter._held` does."""
    ends = (max(one.fact.low, other.fact.low), max(one.fact.high, other.fact.high))
    fact = replace(one.fact.joined(other.fact), low=ends[0], high=ends[1])
    return _paired(one, other, fact, max, max, "max")


def expression(random: Random, depth: int, power: int) -> Bounded:
    """Draw a column computed of others.

    Args:
        random: What draws.
        depth: How many operations deep.
        power: Magnitudes lie between 10 to the power of this and its opposite.
    """
    if depth == 0:
        return whole(random) if not random.randrange(5) else printed(random, power)
    one = expression(random, depth - 1, power)
    other = expression(random, random.randrange(depth), power)
    try:
        if not random.randrange(3):
            other = figure(random, power, len(one.floats))
        match random.randrange(10):
            case 0 | 1:
                found = plus(one, other)
            case 2:
                found = plus(one, negated(other))
            case 3:
                found = times(one, other)
            case 4 | 5:
                found = over(one, other)
            case 6:
                found = scaled(one, constant(random, power))
            case 7:
                found = random.choice((joined, larger))(one, other)
            case 8:
                found = squared(one)
            case _:
                ends = sorted(constant(random, power) for _ in range(2))
                found = held(one, *random.choice((ends, (ends[0], None), (None, ends[1]))))
    except (NotPlannedError, OverflowError):
        return one
    # No plan goes on with numbers that large.
    return found if found.fact.size < HUGE and all(map(math.isfinite, found.floats)) else one


def points(random: Random, column: Bounded) -> list[Fraction]:
    """Draw points that numbers of a column are compared with: on them, beside them."""
    x = random.choice(column.exact)
    near = Fraction(random.choice(column.floats))
    step = Fraction(math.ulp(float(near))) / random.choice((1, 2, 3))
    return [x, near, (x + near) / 2, x + step, x - step, near + step, 2 * x - near, Fraction(0)]
