"""From formulas to statements: what each node writes into the generated function.

What lives here: one method for each kind of node, what is known at each place (values that were
computed, numbers that cannot be zero there), and the tests for missing values. What never comes in:
records, lists, the order of steps.

A value is wanted *strictly* where the answer cannot be given without it: then the function returns `None`
as soon as it is missing, and nothing after that place has to ask again. Elsewhere a missing value is
`None` in its variable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Final

from kinerja.formula import nodes as n
from kinerja.scorer import arithmetic
from kinerja.scorer.joining import Leaf, join
from kinerja.scorer.known import Fact, both, facts_of
from kinerja.scorer.operands import (
    FALSE,
    GONE,
    NEVER,
    TRUE,
    Flag,
    Gone,
    Never,
    Num,
    Operand,
    Present,
    UncompilableError,
    Word,
    constant,
    cross,
)
from kinerja.scorer.source import Block, Source

__all__ = ["Emitter"]

#: Conditions of more characters get a variable of their own.
LONG: Final = 120


class Emitter:
    """Writes formulas into a function.

    Attributes:
        source: The function.
        names: Inputs and steps that `Ref` may read, by name.
        lists: Variables of the list inputs that may be missing as a whole; `None` for required ones.
        field: Gives a field of the item at hand; `None` outside loops.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names: dict[str, Operand] = {}
        self.lists: dict[str, str | None] = {}
        self.field: Callable[[str, bool], Operand] | None = None
        self._values: list[dict[int, Operand]] = [{}]
        self._facts: list[dict[int, Fact]] = [{}]
        self._numbered: dict[n.Node, int] = {}
        self._keys: dict[int, tuple[int, n.Node]] = {}

    def _key(self, node: n.Node) -> int:
        """Give equal formulas the same number; a formula is hashed once, since that walks all of it."""
        found = self._keys.get(id(node))
        if found is None:
            number = self._numbered.setdefault(node, len(self._numbered))
            # Keeping the node keeps its id from being given to another.
            found = self._keys[id(node)] = (number, node)
        return found[0]

    @contextmanager
    def inside(self, block: Block, facts: Mapping[n.Node, Fact] | None = None) -> Iterator[None]:
        """Write into a block; what becomes known there is forgotten after it."""
        self._values.append({})
        self._facts.append({self._key(node): fact for node, fact in (facts or {}).items()})
        try:
            with self.source.inside(block):
                yield
        finally:
            self._values.pop()
            self._facts.pop()

    def remember(self, node: n.Node, operand: Operand) -> None:
        """Make a value known from here on."""
        self._values[-1][self._key(node)] = operand

    def value(self, node: n.Node, *, strict: bool) -> Operand:
        """Give the value of a formula, written where it is not known yet.

        Raises:
            UncompilableError: The formula holds something that is not compiled.
        """
        key = self._key(node)
        found = next((known[key] for known in reversed(self._values) if key in known), None)
        if found is None:
            found = self._written(node, strict=strict)
            self.remember(node, found)
        for known in self._facts:
            if key in known:
                found = known[key].applied(found)
        if strict and found.nullable:
            found = self._insisted(found)
            self.remember(node, found)
        return found

    def _insisted(self, operand: Operand) -> Operand:
        """Return from the function where a value is missing."""
        if isinstance(operand, Gone | Never):
            self.source.write("return None")
            return NEVER
        self.source.open(f"if {operand.name} is None:").write("return None")
        return replace(operand, nullable=False)

    def _written(self, node: n.Node, *, strict: bool) -> Operand:  # noqa: C901, PLR0911, PLR0912 - one case a node
        match node:
            case n.Number():
                return constant(node.value)
            case n.Label():
                return Word(name=self.source.bind(node.value))
            case n.Truth():
                return TRUE if node.value else FALSE
            case n.Ref():
                return self._ref(node)
            case n.Field():
                if self.field is None:
                    raise UncompilableError
                return self.field(node.name, strict)
            case n.Absent():
                return GONE
            case n.Named():
                return self.value(node.value, strict=strict)
            case n.Where():
                return self._where(node, strict=strict)
            case n.Coalesce():
                return self._coalesce(node, strict=strict)
            case n.And():
                return self._decided(node.args, deciding=False)
            case n.Or():
                return self._decided(node.args, deciding=True)
            case n.Not():
                return self._not(node, strict=strict)
            case n.IsMissing():
                return self._is_missing(node)
            case n.Lookup():
                return self._fold(node.keys, lambda keys: self._lookup(node, keys), strict=strict)
            case n.Compare():
                sides = (node.left, node.right)
                return self._fold(sides, lambda pair: self._compare(node, *pair), strict=strict)
            case n.Divide():
                return self._fold(
                    (node.numerator, node.denominator),
                    lambda pair: self._divide(*_numbers(pair), strict=strict),
                    strict=strict,
                )
            case n.Clip():
                ends = tuple(end for end in (node.low, node.high) if end is not None)
                return self._arithmetic(node, (node.value, *ends), strict=strict)
            case n.Band() | n.Round():
                return self._arithmetic(node, (node.value,), strict=strict)
            case n.Subtract():
                return self._arithmetic(node, (node.left, node.right), strict=strict)
            case n.Add() | n.Multiply() | n.Minimum() | n.Maximum():
                return self._arithmetic(node, tuple(n.children(node)), strict=strict)
        # Reductions are written before the step they stand in; anything else is not known here.
        raise UncompilableError

    def _ref(self, node: n.Ref) -> Operand:
        if node.name not in self.names:
            raise UncompilableError
        return self.names[node.name]

    # Operations whose value is missing where one of the arguments is.

    def _fold(
        self,
        args: Sequence[n.Node],
        combine: Callable[[list[Present]], Operand],
        *,
        strict: bool,
    ) -> Operand:
        operands = [self.value(arg, strict=strict) for arg in args]
        if any(isinstance(operand, Never) for operand in operands):
            return NEVER
        there = [replace(o, nullable=False) for o in operands if not isinstance(o, Gone | Never)]
        if len(there) < len(operands):
            return GONE
        unsure = dict.fromkeys(
            o.name for o in operands if not isinstance(o, Gone | Never) and o.nullable
        )
        if not unsure:
            return combine(there)
        test = " or ".join(f"{name} is None" for name in unsure)
        leaves: list[Leaf] = [(self.source.open(f"if {test}:"), GONE)]
        block = self.source.open("else:")
        with self.inside(block):
            leaves.append((block, combine(there)))
        return join(self.source, leaves)

    def _arithmetic(self, node: n.Node, args: Sequence[n.Node], *, strict: bool) -> Operand:
        return self._fold(args, lambda found: self._combine(node, _numbers(found)), strict=strict)

    def _combine(self, node: n.Node, numbers: list[Num]) -> Operand:  # noqa: PLR0911 - one case a node
        source = self.source
        match node:
            case n.Add():
                return arithmetic.add(source, numbers)
            case n.Subtract():
                return arithmetic.subtract(source, *numbers)
            case n.Multiply():
                return arithmetic.multiply(source, numbers)
            case n.Round():
                return arithmetic.round_number(source, numbers[0], node.rounding)
            case n.Band():
                return arithmetic.band(source, numbers[0], node.bands)
            case n.Clip():
                return self._clip(node, numbers)
        choose = arithmetic.smallest if isinstance(node, n.Minimum) else arithmetic.largest
        return reduce(lambda one, other: choose(source, one, other), numbers)

    def _clip(self, node: n.Clip, numbers: list[Num]) -> Num:
        value, *ends = numbers
        if node.low is not None:
            value = arithmetic.largest(self.source, value, ends.pop(0))
        return arithmetic.smallest(self.source, value, ends[0]) if ends else value

    def _divide(self, top: Num, bottom: Num, *, strict: bool) -> Operand:
        if bottom.is_constant:
            return arithmetic.divide(self.source, top, bottom) if bottom.scale else GONE
        if not bottom.zero:
            return arithmetic.divide(self.source, top, bottom)
        block = self.source.open(f"if not {bottom.name}:")
        if strict:
            block.write("return None")
            return arithmetic.divide(self.source, top, bottom)
        leaves: list[Leaf] = [(block, GONE)]
        block = self.source.open("else:")
        with self.inside(block):
            leaves.append((block, arithmetic.divide(self.source, top, bottom)))
        return join(self.source, leaves)

    def _compare(self, node: n.Compare, left: Present, right: Present) -> Operand:
        if isinstance(left, Num) and isinstance(right, Num):
            first, second = cross(left, right)
        elif isinstance(left, Num) or isinstance(right, Num) or type(left) is not type(right):
            raise UncompilableError
        else:
            first, second = left.name, right.name
            if node.order is not None and node.op not in ("==", "!="):
                ranks = {label: rank for rank, label in enumerate(node.order)}
                rank = self.source.bind(ranks)
                first, second = f"{rank}[{first}]", f"{rank}[{second}]"
        return Flag(name=f"({first} {node.op} {second})")

    def _lookup(self, node: n.Lookup, keys: list[Present]) -> Operand:
        if any(isinstance(key, Num) for key in keys):
            raise UncompilableError
        rows = dict(node.rows)
        cells = {k: v for k, v in rows.items() if not isinstance(v, n.Absent)}
        kinds = {type(cell) for cell in cells.values()}
        if not cells:
            return GONE
        if len(kinds) > 1:
            raise UncompilableError
        numbers = [cell.value for cell in cells.values() if isinstance(cell, n.Number)]
        bottom = lcm(*(number.denominator for number in numbers))
        table = {
            key[0] if len(key) == 1 else key: int(cell.value * bottom)
            if isinstance(cell, n.Number)
            else cell.value
            for key, cell in cells.items()
            if not isinstance(cell, n.Absent)
        }
        names = [key.name for key in keys]
        key = names[0] if len(names) == 1 else f"({', '.join(names)})"
        name = self.source.assign(f"{self.source.bind(table)}.get({key})")
        if kinds == {n.Number}:
            return Num(
                name=name,
                scale=Fraction(1, bottom),
                nullable=True,
                zero=0 in numbers,
                negative=min(numbers) < 0,
            )
        return (Word if kinds == {n.Label} else Flag)(name=name, nullable=True)

    # Logic.

    def _flag(self, node: n.Node, *, strict: bool) -> Flag | Gone | Never:
        found = self.value(node, strict=strict)
        if isinstance(found, Num | Word):
            raise UncompilableError
        return found

    def _not(self, node: n.Not, *, strict: bool) -> Operand:
        found = self._flag(node.arg, strict=strict)
        if isinstance(found, Gone | Never):
            return found
        if found in (TRUE, FALSE):
            return FALSE if found == TRUE else TRUE
        if not found.nullable:
            return self._short(f"(not {found.name})")
        name = self.source.assign(f"None if {found.name} is None else not {found.name}")
        return Flag(name=name, nullable=True)

    def _short(self, expression: str) -> Flag:
        """Give a condition as an expression; a long one is computed here, so that none nests deeply."""
        if len(expression) > LONG:
            return Flag(name=self.source.assign(expression))
        return Flag(name=expression)

    def _is_missing(self, node: n.IsMissing) -> Operand:
        if isinstance(node.arg, n.Ref) and node.arg.name in self.lists:
            name = self.lists[node.arg.name]
            return FALSE if name is None else Flag(name=f"({name} is None)")
        found = self.value(node.arg, strict=False)
        if isinstance(found, Never):
            return NEVER
        if isinstance(found, Gone):
            return TRUE
        return Flag(name=f"({found.name} is None)") if found.nullable else FALSE

    def _decided(self, args: Iterable[n.Node], *, deciding: bool) -> Operand:
        """Join flags by three-valued logic; `deciding` is the value that settles the matter."""
        flags = [self._flag(arg, strict=False) for arg in args]
        if any(isinstance(flag, Never) for flag in flags):
            return NEVER
        final, other = (TRUE, FALSE) if deciding else (FALSE, TRUE)
        if final in flags:
            return final
        open_flags = [f for f in flags if isinstance(f, Flag) and f != other]
        plain = [f.name for f in open_flags if not f.nullable]
        unsure = [f.name for f in open_flags if f.nullable]
        gone = any(isinstance(flag, Gone) for flag in flags)
        if not unsure and not gone:
            if not plain:
                return other
            return self._short(f"({(' or ' if deciding else ' and ').join(plain)})")
        tests = [name if deciding else f"not {name}" for name in plain]
        tests += [f"{name} is {final.name}" for name in unsure]
        undecided = " or ".join(f"{name} is None" for name in unsure)
        otherwise = "None" if gone else f"None if {undecided} else {other.name}"
        if not tests:
            return GONE
        name = self.source.assign(f"{final.name} if {' or '.join(tests)} else {otherwise}")
        return Flag(name=name, nullable=True)

    # Branches.

    def _where(self, node: n.Where, *, strict: bool) -> Operand:
        leaves: list[Leaf] = []
        self._cases(list(node.cases), node.otherwise, leaves, strict=strict)
        return join(self.source, leaves)

    def _cases(
        self,
        cases: list[tuple[n.Node, n.Node]],
        otherwise: n.Node,
        leaves: list[Leaf],
        *,
        strict: bool,
    ) -> None:
        """Write cases from here on; after a case that returns, the next stands on the same level."""
        for place, (condition, outcome) in enumerate(cases):
            flag = self._flag(condition, strict=strict)
            if flag == FALSE:
                continue
            if isinstance(flag, Gone | Never):
                leaves.append((self.source.block, flag))
                return
            if flag == TRUE:
                leaves.append((self.source.block, self.value(outcome, strict=strict)))
                return
            if flag.nullable:
                leaves.append((self.source.open(f"if {flag.name} is None:"), GONE))
            header = f"{'elif' if flag.nullable else 'if'} {flag.name}:"
            block = self.source.open(header)
            with self.inside(block, facts_of(condition, holds=True)):
                value = self.value(outcome, strict=strict)
            below = facts_of(condition, holds=False)
            if isinstance(value, Never) and not flag.nullable:
                numbered = {self._key(node): fact for node, fact in below.items()}
                self._facts[-1] = both(self._facts[-1], numbered)
                continue
            leaves.append((block, value))
            block = self.source.open("else:")
            with self.inside(block, below):
                self._cases(cases[place + 1 :], otherwise, leaves, strict=strict)
            return
        leaves.append((self.source.block, self.value(otherwise, strict=strict)))

    def _coalesce(self, node: n.Coalesce, *, strict: bool) -> Operand:
        leaves: list[Leaf] = []
        self._first_present(list(node.args), leaves, strict=strict)
        return join(self.source, leaves)

    def _first_present(self, args: list[n.Node], leaves: list[Leaf], *, strict: bool) -> None:
        rest = args[1:]
        found = self.value(args[0], strict=strict and not rest)
        if isinstance(found, Gone) and rest:
            self._first_present(rest, leaves, strict=strict)
            return
        if isinstance(found, Gone | Never) or not found.nullable or not rest:
            leaves.append((self.source.block, found))
            return
        block = self.source.open(f"if {found.name} is not None:")
        leaves.append((block, replace(found, nullable=False)))
        block = self.source.open("else:")
        with self.inside(block):
            self._first_present(rest, leaves, strict=strict)


def _numbers(operands: Iterable[Present]) -> list[Num]:
    numbers = [operand for operand in operands if isinstance(operand, Num)]
    if len(numbers) < len(list(operands)):
        raise UncompilableError
    return numbers
