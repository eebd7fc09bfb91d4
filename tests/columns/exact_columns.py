"""Columns of `residues` beside what they stand for: Python's fractions, row by row.

`leaves`, `joined` and `expression` draw columns and operations on them; a `Pair` holds both sides, and
`agree` says what must hold of every row that is not marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import get_args

import numpy as np

from kinerja.columns import residues as r
from kinerja.columns.residues import Number
from kinerja.exact import Rounding, RoundingMode, exact

MODES = get_args(RoundingMode)
#: Numbers whose products and sums fill 64 bits, and such that leave them just below a power of two.
BIG = (9973, 99_991, 2**20 - 3, 2**31 - 1, 2**31, 1_000_003 * 997, 2**45 + 1)


@dataclass
class Pair:
    """A column, and its rows as fractions.

    Attributes:
        number: The column.
        exact: The rows; `None` where there is no value, or the column does not say it.
        den: The true value of what the column has modulo 2**64 in `den`.
    """

    number: Number
    exact: list[Fraction | None]
    den: list[int]

    def __post_init__(self) -> None:
        there = set(kept(self))
        self.exact = [v if row in there else None for row, v in enumerate(self.exact)]

    def __len__(self) -> int:
        return len(self.exact)

    def numerator(self, row: int) -> int:
        """The true value of what the column has modulo 2**64 in `num`."""
        found = self.exact[row] * self.den[row] * self.number.unit
        assert found.denominator == 1
        return found.numerator


def plain(number: Number, values: Sequence[Fraction | None]) -> Pair:
    return Pair(number, list(values), [1] * len(values))


def told(mask: r.Mask, count: int) -> list[bool]:
    return [False] * count if mask is None else mask.tolist()


def kept(pair: Pair) -> list[int]:
    """The rows that say something."""
    bad, miss = told(pair.number.bad, len(pair)), told(pair.number.miss, len(pair))
    return [row for row in range(len(pair)) if not bad[row] and not miss[row]]


def agree(pair: Pair) -> int:
    """Hold a column against its fractions; give how many rows could be."""
    number = pair.number
    assert len(number) == len(pair)
    rows = [row for row, value in enumerate(pair.exact) if value is not None]
    for row in rows:
        value, err = float(number.val[row]), float(number.err[row])
        assert not err < 0
        if np.isfinite(value) and np.isfinite(err):
            gap = abs(Fraction(value) - pair.exact[row])
            assert gap <= Fraction(err), (row, value, err, pair.exact[row])
        den = 1 if number.den is None else int(number.den[row])
        mag = number.mag if isinstance(number.mag, float) else float(number.mag[row])
        assert pair.den[row] > 0
        assert not mag < pair.den[row]
        assert (den - pair.den[row]) % 2**64 == 0
        assert (int(number.num[row]) - pair.numerator(row)) % 2**64 == 0
    signs, unsure = r.sign(number)
    lost = told(unsure, len(pair))
    for row in rows:
        if not lost[row]:
            assert signs[row] == (pair.exact[row] > 0) - (pair.exact[row] < 0), (row, pair.exact)
    floats, unknown = r.nearest_floats(number)
    lost = told(unknown, len(pair))
    for row in rows:
        if not lost[row]:
            assert floats[row] == _nearest(pair.exact[row]), (row, floats[row], pair.exact[row])
    return len(rows)


def _nearest(value: Fraction) -> float:
    return value.numerator / value.denominator


# Columns.


def leaf(random: Random, rows: int) -> Pair:
    """Draw a column: decimals, floats of any kind, whole numbers, or one figure."""
    match random.randrange(6):
        case 0 | 1:
            return decimals(random, rows, random.choice((0, 1, 2, 2, 3, 4)))
        case 2:
            return floats(random, rows)
        case 3:
            unit = random.choice((1, 1, 2, 7, 100, 10**6, 9973))
            values = [_whole(random) for _ in range(rows)]
            return plain(
                r.of_integers(np.array(values, np.int64), unit), [Fraction(v, unit) for v in values]
            )
        case 4:
            value = figure(random)
            return plain(r.of_fraction(value, rows), [value] * rows)
    return decimals(random, rows, 2)


def _whole(random: Random) -> int:
    match random.randrange(4):
        case 0:
            return random.randint(-3, 3)
        case 1:
            return random.choice(BIG) * random.choice((1, -1, 3))
        case 2:
            return random.randint(-(2**62) + 1, 2**62 - 1)
    return random.randint(-200, 200)


def figure(random: Random) -> Fraction:
    """Draw a figure of a policy."""
    return random.choice(
        (
            *(
                Fraction(0),
                Fraction(1),
                Fraction(-1),
                Fraction(1, 2),
                Fraction(-5, 2),
                Fraction(100),
            ),
            *(
                Fraction(1, 3),
                Fraction(2, 37),
                Fraction("86.625"),
                Fraction("0.01"),
                Fraction(10**9),
            ),
            Fraction(random.randint(-9999, 9999), 10 ** random.randrange(5)),
            Fraction(random.choice(BIG), random.choice((1, 1, 7, 100))),
            Fraction(10) ** random.randint(-30, 30),
        )
    )


def decimals(random: Random, rows: int, digits: int, most: int = 10_000) -> Pair:
    """Draw decimals of few digits as floats; some are missing."""
    values: list[Fraction | None] = []
    for _ in range(rows):
        match random.randrange(8):
            case 0:
                top = random.choice(BIG)
            case 1:
                top = random.randint(-5, 5)
            case _:
                top = random.randint(-most, most)
        values.append(Fraction(top, 10**digits))
    if not random.randrange(4):
        values[random.randrange(rows)] = None
    held = np.array([np.nan if v is None else v.numerator / v.denominator for v in values])
    return plain(r.of_floats(held), values)


def floats(random: Random, rows: int) -> Pair:
    """Draw floats; some lie one step beside a short decimal, some have all digits or any size."""
    drawn: list[float] = []
    for _ in range(rows):
        value = random.randint(-9999, 9999) / 10 ** random.randrange(4)
        match random.randrange(5):
            case 0:
                value = float(np.nextafter(value, random.choice((-np.inf, np.inf))))
            case 1:
                value = random.uniform(-1, 1) * 10.0 ** random.randint(-320, 99)
            case 2:
                value = random.choice((0.0, -0.0, 5e-324, 2.0**53, 2.0**51, 2.0**51 - 1, 0.1 + 0.2))
        drawn.append(value)
    return plain(r.of_floats(np.array(drawn)), [exact(value) for value in drawn])


# Operations.


def _both(one: Pair, other: Pair, run) -> list[Fraction | None]:
    return [
        None if a is None or b is None else run(a, b)
        for a, b in zip(one.exact, other.exact, strict=True)
    ]


def _product_of_dens(one: Pair, other: Pair) -> list[int]:
    return [a * b for a, b in zip(one.den, other.den, strict=True)]


def add(one: Pair, other: Pair) -> Pair:
    same = one.number.den is other.number.den
    den = one.den if same else _product_of_dens(one, other)
    return Pair(r.add(one.number, other.number), _both(one, other, lambda a, b: a + b), den)


def negative(one: Pair) -> Pair:
    return Pair(r.negative(one.number), [None if v is None else -v for v in one.exact], one.den)


def multiply(one: Pair, other: Pair) -> Pair:
    exactly = _both(one, other, lambda a, b: a * b)
    return Pair(r.multiply(one.number, other.number), exactly, _product_of_dens(one, other))


def scale(one: Pair, factor: Fraction) -> Pair:
    exactly = [None if v is None else v * factor for v in one.exact]
    return Pair(r.scale(one.number, factor), exactly, one.den)


def divide(one: Pair, other: Pair) -> Pair:
    number, zero = r.divide(one.number, other.number)
    for row in kept(other):
        # Which divisors are zero is told as soon as the row is not bad.
        if other.exact[row] is not None and not told(number.bad, len(other))[row]:
            assert zero[row] == (other.exact[row] == 0)
    same = one.number.den is other.number.den
    den = []
    for row, value in enumerate(other.exact):
        size = 1 if not value else abs(other.numerator(row))
        den.append(size if same else one.den[row] * size)
    exactly = [
        None if a is None or not b else a / b for a, b in zip(one.exact, other.exact, strict=True)
    ]
    return Pair(number, exactly, den)


def merged(condition: np.ndarray, one: Pair, other: Pair) -> Pair:
    number = r.merged(condition, one.number, other.number)
    masks = [
        [a if c else b for c, a, b in zip(condition, *sides, strict=True)]
        for sides in (
            (told(one.number.miss, len(one)), told(other.number.miss, len(one))),
            (told(one.number.bad, len(one)), told(other.number.bad, len(one))),
        )
    ]
    number = replace(number, miss=np.array(masks[0]), bad=np.array(masks[1]))
    pairs = zip(condition, one.exact, other.exact, strict=True)
    dens = zip(condition, one.den, other.den, strict=True)
    return Pair(number, [a if c else b for c, a, b in pairs], [a if c else b for c, a, b in dens])


def clip_edge(one: Pair, edge: Pair, *, low: bool) -> Pair:
    number = r.clip_edge(one.number, edge.number, low=low)
    exactly = _both(one, edge, max if low else min)
    # Equal numbers may come from either side, each with its own denominator.
    den = []
    for row in range(len(one)):
        own = 1 if number.den is None else int(number.den[row])
        sides = {(side.den[row] - own) % 2**64: side.den[row] for side in (edge, one)}
        den.append(sides.get(0, one.den[row]))
    return Pair(number, exactly, den)


def rounded(one: Pair, rounding: Rounding) -> Pair:
    exactly = [None if v is None else rounding.apply(v) for v in one.exact]
    return plain(r.rounded(one.number, rounding), exactly)


def expression(random: Random, rows: int, depth: int) -> Pair:
    """Draw a column computed of others; every part on the way was held against its fractions."""
    if depth == 0:
        return leaf(random, rows)
    one = expression(random, rows, depth - 1)
    other = expression(random, rows, random.randrange(depth))
    match random.randrange(12):
        case 0 | 1:
            found = add(one, other)
        case 2:
            found = add(one, negative(other))
        case 3 | 4:
            found = multiply(one, other)
        case 5 | 6:
            found = divide(one, other)
        case 7:
            found = scale(one, figure(random))
        case 8:
            found = merged(np.array([random.random() < 0.5 for _ in range(rows)]), one, other)
        case 9:
            found = clip_edge(one, other, low=random.random() < 0.5)
        case 10:
            digits = random.choice((0, 2, 2, -1, random.randint(-30, 30)))
            found = rounded(one, Rounding(digits=digits, mode=random.choice(MODES)))
        case _:
            # The same denominator on both sides: it is not multiplied.
            found = add(divide(one, other), divide(one, other))
            shared = divide(one, other)
            found = random.choice((found, add(shared, shared), divide(shared, shared)))
    agree(found)
    return found
