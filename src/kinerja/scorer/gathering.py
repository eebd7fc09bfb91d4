"""What a reduction gathers while a loop goes through the items, and what it gives after it.

What lives here: running sums over a growing denominator, extremes, collected values. What never comes in:
the loop and its conditions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from fractions import Fraction

from kinerja.formula import nodes as n
from kinerja.scorer.arithmetic import LARGE
from kinerja.scorer.operands import (
    ALWAYS,
    GONE,
    Flag,
    Num,
    Operand,
    Present,
    UncompilableError,
    Word,
    product,
)
from kinerja.scorer.source import Source
from kinerja.scorer.summaries import last_place, quantile, trimmed

__all__ = ["Gathered", "gathered"]


class Gathered(ABC):
    """What one reduction gathers.

    Attributes:
        node: The reduction.
        strict: There is no answer without its value.
        before: Statements that stand before the loop.
    """

    def __init__(self, source: Source, node: n.Reduce, *, strict: bool, mark: int) -> None:
        self.source = source
        self.node = node
        self.strict = strict
        self.before: list[str] = []
        self.mark = mark
        self.bad: str | None = None
        self.first: Operand | None = None
        self.start()

    @abstractmethod
    def start(self) -> None:
        """Set up what is gathered."""

    def variable(self, value: str, prefix: str = "v") -> str:
        """Make a variable that stands before the loop."""
        name = self.source.fresh(prefix)
        self.before.append(f"{name} = {value}")
        return name

    def spoil(self) -> None:
        """Write that the whole is missing; where it is strict, the function has returned before."""
        if self.bad is None:
            self.bad = self.variable("False")
        self.source.write(f"{self.bad} = True")

    @abstractmethod
    def take(self, value: Present, key: Present | None) -> None:
        """Write what happens with an item; a loop takes items at one place only."""

    @abstractmethod
    def result(self) -> Operand:
        """Give the value after the loop."""

    def unless_bad(self, operand: Num, *also: str) -> Num:
        """Give a value that is missing where the whole is spoilt, or by another test."""
        tests = [*([self.bad] if self.bad is not None else []), *also]
        if not tests:
            return operand
        name = self.source.fresh()
        self.source.write(f"{name} = None if {' or '.join(tests)} else {operand.name}")
        return replace(operand, name=name, nullable=True)

    def parted(self, value: Operand) -> tuple[Num, tuple[str, ...], tuple[str, ...]]:
        """Give a number, the denominators that all items share, and those of this item."""
        if not isinstance(value, Num):
            raise UncompilableError
        if not value.scale:
            value = Num(name="0", negative=False)
        moving = tuple(den for den in value.dens if int(den[1:]) > self.mark)
        return value, tuple(den for den in value.dens if den not in moving), moving

    def rising(self, value: Operand) -> tuple[str, Num, bool]:
        """Give an expression that rises with a number, the form of its result, and whether it is whole."""
        number, shared, moving = self.parted(value)
        form = replace(number, name="", dens=shared)
        name = number.name
        if number.scale < 0:
            name, form = f"-{name}", replace(form, scale=-number.scale)
        if moving:
            return f"Fraction({name}, {product(moving)})", form, False
        return name, form, True


class _Count(Gathered):
    def start(self) -> None:
        self.count = self.variable("0")

    def take(self, value: Present, key: Present | None) -> None:  # noqa: ARG002 - items are counted
        self.source.write(f"{self.count} += 1")

    def result(self) -> Operand:
        return self.unless_bad(Num(name=self.count, negative=False))


class _Distinct(Gathered):
    def start(self) -> None:
        self.found = self.variable("set()")

    def take(self, value: Present, key: Present | None) -> None:  # noqa: ARG002 - only `last` has a key
        expression = value.name if isinstance(value, Word | Flag) else self.rising(value)[0]
        self.source.write(f"{self.found}.add({expression})")

    def result(self) -> Operand:
        count = self.source.assign(f"len({self.found})")
        return self.unless_bad(Num(name=count, negative=False))


class _Sum(Gathered):
    """A running sum; where items have denominators of their own, over their product."""

    def start(self) -> None:
        self.total = self.variable("0")
        self.count = self.variable("0") if self.node.op == "mean" else None
        self.form = Num(name=self.total)

    def take(self, value: Present, key: Present | None) -> None:  # noqa: ARG002 - only `last` has a key
        number, shared, moving = self.parted(value)
        write = self.source.write
        if self.node.op == "sum" and not all(den.startswith(ALWAYS) for den in shared):
            # Without items the sum is zero, and nobody has asked whether these denominators are there.
            common = self.variable("1", "d")
            write(f"{common} = {product(shared)}")
            shared = (common,)
        self.form = replace(number, name=self.total, dens=shared, zero=True)
        if self.node.op == "mean":
            write(f"{self.count} += 1")
            self.form = replace(self.form, zero=number.zero or number.negative)
        if not moving:
            write(f"{self.total} += {number.name}")
            return
        below = self.variable("1", "d")
        item = self.source.assign(product(moving), "d")
        self.form = replace(self.form, dens=(*shared, below))
        self.source.open(f"if {item} == {below}:").write(f"{self.total} += {number.name}")
        with self.source.inside(self.source.open("else:")):
            write(f"{self.total} = {self.total} * {item} + {number.name} * {below}")
            write(f"{below} *= {item}")
            large = self.source.open(f"if {below} > {LARGE}:")
            large.write(f"shared = gcd({self.total}, {below})")
            large.write(f"{self.total} //= shared")
            large.write(f"{below} //= shared")

    def result(self) -> Operand:
        if self.count is None:
            return self.unless_bad(self.form)
        form = replace(self.form, dens=(*self.form.dens, self.count))
        return self.unless_bad(form, f"not {self.count}")


class _Extreme(Gathered):
    """The smallest or the largest value so far."""

    def start(self) -> None:
        self.best = self.variable("None")
        self.form = Num(name=self.best)

    def take(self, value: Present, key: Present | None) -> None:  # noqa: ARG002 - only `last` has a key
        number, shared, moving = self.parted(value)
        op = "<" if (self.node.op == "min") == (number.scale >= 0) else ">"
        self.form = replace(number, name=self.best, dens=shared)
        if not moving:
            block = self.source.open(f"if {self.best} is None or {number.name} {op} {self.best}:")
            block.write(f"{self.best} = {number.name}")
            return
        below = self.variable("1", "d")
        item = self.source.assign(product(moving), "d")
        self.form = replace(self.form, dens=(*shared, below))
        closer = f"{number.name} * {below} {op} {self.best} * {item}"
        block = self.source.open(f"if {self.best} is None or {closer}:")
        block.write(f"{self.best} = {number.name}")
        block.write(f"{below} = {item}")

    def result(self) -> Operand:
        return replace(self.unless_bad(self.form), nullable=True)


class _Ordered(Gathered):
    """Values that are put in order after the loop."""

    def start(self) -> None:
        self.values = self.variable("[]")
        self.form = Num(name="")
        self.whole = True

    def take(self, value: Present, key: Present | None) -> None:  # noqa: ARG002 - only `last` has a key
        expression, self.form, self.whole = self.rising(value)
        self.source.write(f"{self.values}.append({expression})")

    def result(self) -> Operand:
        source = self.source
        share = Fraction(1, 2) if self.node.parameter is None else self.node.parameter
        figures = f"({self.values}, {share.numerator}, {share.denominator})"
        gone = " or ".join([*([self.bad] if self.bad else []), f"not {self.values}"])
        form = replace(self.form, nullable=True, zero=self.form.zero or self.form.negative)
        name, dens = source.fresh(), list(form.dens)
        if self.node.op == "trimmed_mean":
            count = source.fresh("d")
            both = f"{source.bind(trimmed)}{figures}"
            source.write(f"{name}, {count} = (None, 1) if {gone} else {both}")
            dens.append(count)
        else:
            source.write(f"{name} = None if {gone} else {source.bind(quantile)}{figures}")
            form = replace(form, scale=form.scale / share.denominator)
        if not self.whole:
            top, below = source.fresh(), source.fresh("d")
            pair = f"Fraction({name}).as_integer_ratio()"
            source.write(f"{top}, {below} = (None, 1) if {name} is None else {pair}")
            name, dens = top, [*dens, below]
        return replace(form, name=name, dens=tuple(dens))


class _Last(Gathered):
    """The value of the item with the largest key."""

    def start(self) -> None:
        self.keys = self.variable("[]")
        self.values = self.variable("[]")
        self.bottoms: str | None = None
        self.form: Present | None = None

    def take(self, value: Present, key: Present | None) -> None:
        if key is None:
            raise UncompilableError
        self.source.write(f"{self.keys}.append({self.rising(key)[0]})")
        form: Present = value
        if isinstance(value, Num):
            number, shared, moving = self.parted(value)
            form = replace(number, dens=shared)
            if moving:
                self.bottoms = self.variable("[]")
                self.source.write(f"{self.bottoms}.append({product(moving)})")
        self.form = form
        self.source.write(f"{self.values}.append({form.name})")

    def result(self) -> Operand:
        if self.form is None:
            return GONE  # no item is ever taken
        source = self.source
        place = source.assign(f"{source.bind(last_place)}({self.keys})")
        gone = " or ".join([*([self.bad] if self.bad else []), f"{place} is None"])
        name = source.assign(f"None if {gone} else {self.values}[{place}]")
        form = replace(self.form, name=name, nullable=True)
        if self.bottoms is not None and isinstance(form, Num):
            below = source.assign(f"1 if {gone} else {self.bottoms}[{place}]", "d")
            form = replace(form, dens=(*form.dens, below))
        return form


_KINDS: dict[str, type[Gathered]] = {
    "sum": _Sum,
    "mean": _Sum,
    "count": _Count,
    "count_distinct": _Distinct,
    "min": _Extreme,
    "max": _Extreme,
    "median": _Ordered,
    "quantile": _Ordered,
    "trimmed_mean": _Ordered,
    "last": _Last,
}


def gathered(source: Source, node: n.Reduce, *, strict: bool, mark: int) -> Gathered:
    """Set up what a reduction gathers."""
    return _KINDS[node.op](source, node, strict=strict, mark=mark)
