"""Arithmetic of compiled formulas: statements on whole numbers.

What lives here: what each operation on numbers writes into the generated function. Every number given
is there (missing ones were tested before). What never comes in: formulas, missing values, records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, cast

from kinerja.exact import Rounding, round_integer
from kinerja.scorer.joining import Leaf, join
from kinerja.scorer.operands import (
    GONE,
    Num,
    Operand,
    Word,
    common_scale,
    constant,
    cross,
    product,
    times,
    without,
)
from kinerja.scorer.source import Source
from kinerja.values import Bands, Interval

__all__ = ["add", "band", "divide", "largest", "multiply", "round_number", "smallest", "subtract"]

#: A denominator beyond this is reduced; below it, the division would cost more than it saves.
LARGE: Final = 1 << 128
#: Variables that may stand below a number before they are multiplied into one.
MOST_DENS: Final = 2
#: Terms of a sum that are written as one expression.
MOST_TERMS: Final = 40

_ZERO: Final = constant(Fraction(0))


def add(source: Source, terms: Sequence[Num]) -> Num:
    """Add numbers; those with the same denominators first."""
    moving = [term for term in terms if term.scale]
    if len(moving) < 2:  # noqa: PLR2004 - nothing to add to
        return moving[0] if moving else _ZERO
    if all(term.is_constant for term in moving):
        return constant(sum((term.scale for term in moving), Fraction(0)))
    factors, scale = common_scale([term.scale for term in moving])
    groups: dict[tuple[str, ...], list[str]] = {}
    for term, factor in zip(moving, factors, strict=True):
        groups.setdefault(tuple(sorted(term.dens)), []).append(times(term.name, factor))
    total, dens = _added(source, groups)
    negative = any(term.negative for term in moving)
    return Num(
        name=total,
        scale=scale,
        dens=dens,
        negative=negative,
        zero=negative or all(term.zero for term in moving),
    )


def _added(source: Source, groups: dict[tuple[str, ...], list[str]]) -> tuple[str, tuple[str, ...]]:
    total = ""
    below: tuple[str, ...] = ()
    for place, (dens, parts) in enumerate(sorted(groups.items(), key=lambda group: len(group[0]))):
        part = _sum(source, parts)
        if not total:
            total, below = part, dens
            continue
        here, there = without(below, dens), without(dens, below)
        total = source.assign(f"{_scaled(total, there)} + {_scaled(part, here)}")
        below = _gathered(source, (*below, *there))
        if place % 4 == 3 and len(below) == 1:  # noqa: PLR2004 - now and then is enough
            total, below = _reduced(source, total, below[0])
    return source.assign(total), below


def _sum(source: Source, parts: Sequence[str]) -> str:
    """Give a sum as an expression that Python does not have to nest deeply."""
    while len(parts) > MOST_TERMS:
        chunks = [parts[i : i + MOST_TERMS] for i in range(0, len(parts), MOST_TERMS)]
        parts = [source.assign(" + ".join(chunk)) for chunk in chunks]
    return " + ".join(parts)


def _scaled(expression: str, factors: Sequence[str]) -> str:
    if not factors:
        return expression
    return f"({expression}) * {product(factors)}"


def _gathered(source: Source, dens: Sequence[str]) -> tuple[str, ...]:
    if len(dens) <= MOST_DENS:
        return tuple(dens)
    return (source.assign(product(dens), "d"),)


def _reduced(source: Source, total: str, below: str) -> tuple[str, tuple[str, ...]]:
    name, bottom = source.fresh(), source.fresh("d")
    source.write(f"{name} = {total}")
    source.write(f"{bottom} = {below}")
    shared = source.fresh()
    with source.inside(source.open(f"if {bottom} > {LARGE}:")):
        source.write(f"{shared} = gcd({name}, {bottom})")
        source.write(f"{name} //= {shared}")
        source.write(f"{bottom} //= {shared}")
    return name, (bottom,)


def subtract(source: Source, left: Num, right: Num) -> Num:
    """Subtract."""
    return add(source, [left, replace(right, scale=-right.scale, negative=True)])


def multiply(source: Source, factors: Sequence[Num]) -> Num:
    """Multiply numbers; constants go into the scale."""
    scale = Fraction(1)
    for factor in factors:
        scale *= factor.scale
    if not scale:
        return _ZERO
    names = [factor.name for factor in factors if factor.name != "1"]
    return Num(
        name=source.assign(product(names)) if names else "1",
        scale=scale,
        dens=_gathered(source, [name for factor in factors for name in factor.dens]),
        zero=any(factor.zero for factor in factors),
        negative=any(factor.negative for factor in factors),
    )


def divide(source: Source, top: Num, bottom: Num) -> Num:
    """Divide by a number that is not zero."""
    if bottom.is_constant:
        return multiply(source, [top, constant(1 / bottom.scale)])
    if not top.scale:
        return _ZERO
    scale = top.scale / bottom.scale
    name = product([top.name, *without(bottom.dens, top.dens)])
    dens = without(top.dens, bottom.dens)
    below = bottom.name
    if bottom.negative or bottom.scale < 0:
        above, turned = source.fresh(), source.fresh("d")
        source.write(f"{above} = {name}")
        source.write(f"{turned} = {below}")
        with source.inside(source.open(f"if {turned} < 0:")):
            source.write(f"{above} = -{above}")
            source.write(f"{turned} = -{turned}")
        name, below = above, turned
    elif name != "1":
        name = source.assign(name)
    if below != "1":
        dens.append(below)
    return Num(
        name=name,
        scale=scale,
        dens=_gathered(source, dens),
        zero=top.zero,
        negative=top.negative or bottom.negative,
    )


def largest(source: Source, first: Num, second: Num) -> Num:
    """Give the larger of two numbers."""
    if not first.negative and second.is_constant and second.scale <= 0:
        return first
    chosen = _chosen(source, first, second, "<")
    positive = any(not (n.zero or n.negative) for n in (first, second))
    return replace(
        chosen,
        negative=first.negative and second.negative,
        zero=(first.zero or second.zero) and not positive,
    )


def smallest(source: Source, first: Num, second: Num) -> Num:
    """Give the smaller of two numbers."""
    return _chosen(source, first, second, ">")


def _chosen(source: Source, first: Num, second: Num, op: str) -> Num:
    if first.is_constant and second.is_constant:
        return second if (first.scale < second.scale) == (op == "<") else first
    left, right = cross(first, second)
    leaves: list[Leaf] = [(source.open(f"if {left} {op} {right}:"), second)]
    leaves.append((source.open("else:"), first))
    return cast("Num", join(source, leaves))


def round_number(source: Source, value: Num, rounding: Rounding) -> Num:
    """Round a number as named."""
    step = Fraction(10) ** -rounding.digits
    if value.is_constant:
        return constant(rounding.apply(value.scale))
    scale = value.scale / step
    if scale.denominator == 1 and not value.dens:
        name = source.assign(times(value.name, scale.numerator))
        return replace(value, name=name, scale=step)
    top = source.assign(times(value.name, scale.numerator))
    bottom = product(value.dens, scale.denominator)
    if rounding.mode != "half_up":
        round_whole = source.bind(round_integer)
        mode = source.bind(rounding.mode)
        name = source.assign(f"{round_whole}({top}, {bottom}, {mode})")
    else:
        bottom = source.assign(bottom, "d") if value.dens else bottom
        twice = f"({product([bottom], 2)})" if value.dens else str(2 * scale.denominator)
        # floor(x + 1/2) is half up for x >= 0, and its mirror image below.
        up = f"(2 * {top} + {bottom}) // {twice}"
        down = f"-(({bottom} - 2 * {top}) // {twice})"
        name = source.assign(f"{up} if {top} >= 0 else {down}" if value.negative else up)
    return Num(name=name, scale=step, zero=True, negative=value.negative)


def band(source: Source, value: Num, bands: Bands) -> Operand:
    """Find the band that holds a number: its label, or missing outside all of them."""
    labels: dict[str, Word] = {}
    for each in bands.bands:
        if each.label not in labels:
            labels[each.label] = Word(name=source.bind(each.label))
    if value.is_constant:
        found = bands.find(value.scale)
        return GONE if found is None else labels[found.label]
    name = source.fresh()
    tests = _ladder(source, value, bands)
    nullable = False
    for place, (test, label) in enumerate(tests):
        header = f"{'elif' if place else 'if'} {test or True}:"
        nullable = nullable or label is None
        with source.inside(source.open(header)):
            source.write(f"{name} = {'None' if label is None else labels[label].name}")
    return Word(name=name, nullable=nullable)


def _ladder(source: Source, value: Num, bands: Bands) -> list[tuple[str | None, str | None]]:
    """Give tests from the lowest band up, each with its label (`None` where there is no band)."""
    intervals = [each.interval for each in bands.closed()]
    edges = [end for i in intervals for end in (i.low, i.high) if end is not None]
    (factor, *whole), _ = common_scale([value.scale, *edges])
    left = source.assign(times(value.name, factor))
    below = [source.assign(product(value.dens), "d")] if value.dens else []
    right = {edge: product(below, number) for edge, number in zip(edges, whole, strict=True)}
    tests: list[tuple[str | None, str | None]] = []
    previous: Interval | None = None
    for each in bands.closed():
        end = each.interval
        meets = previous is not None and (previous.high, previous.high_open) == (
            end.low,
            not end.low_open,
        )
        if end.low is not None and not meets:
            tests.append((f"{left} {'<=' if end.low_open else '<'} {right[end.low]}", None))
        if end.high is None:
            return [*tests, (None, each.label)]
        tests.append((f"{left} {'<' if end.high_open else '<='} {right[end.high]}", each.label))
        previous = end
    return [*tests, (None, None)]
