"""The text of a generated function, and the constants it uses.

What lives here: blocks of statements, fresh names, and the namespace in which constants are bound to
names. What never comes in: text of a policy. Every statement is put together from fixed pieces, generated
names and whole numbers; labels, names, tables and limits are bound as constants, so no policy, however
hostile, has a way into the text that is compiled.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, cast

from kinerja.scorer.operands import UncompilableError

__all__ = ["Block", "Source"]

#: Python reads at most 100 levels of indentation.
MAX_DEPTH: Final = 80


class Block:
    """Statements, and blocks of statements below them."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: list[str | Block] = []

    def write(self, line: str) -> None:
        """Add a statement."""
        self.parts.append(line)

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Give the lines, indented.

        Raises:
            UncompilableError: Blocks are nested deeper than Python reads.
        """
        if depth > MAX_DEPTH:
            raise UncompilableError
        indent = " " * depth
        if not self.parts:
            yield f"{indent}pass"
        parts = iter(self.parts)
        for part in parts:
            if isinstance(part, Block):
                yield from part.lines(depth + 1)
            elif part == "else:":
                yield from _otherwise(cast("Block", next(parts)), depth)
            else:
                yield indent + part


def _otherwise(block: Block, depth: int) -> Iterator[str]:
    """Give the lines of an `else`, as `elif` where it holds nothing but one choice."""
    heads = block.parts[::2]
    if (
        heads
        and str(heads[0]).startswith("if ")
        and all(isinstance(h, str) and h.startswith(("elif ", "else:")) for h in heads[1:])
    ):
        rest = Block()
        rest.parts = [f"el{heads[0]}", *block.parts[1:]]
        yield from rest.lines(depth)
        return
    yield " " * depth + "else:"
    yield from block.lines(depth + 1)


class Source:
    """A function that is being written.

    Attributes:
        block: Where statements go now.
        namespace: Constants by the names that the text uses.
    """

    def __init__(self) -> None:
        self.root = Block()
        self.block = self.root
        self.namespace: dict[str, object] = {}
        self._issued = 0
        self._bound: dict[int, str] = {}

    def fresh(self, prefix: str = "v") -> str:
        """Give a name that nothing else has."""
        self._issued += 1
        return f"{prefix}{self._issued}"

    @property
    def issued(self) -> int:
        """How many names exist; a name with a larger number is newer."""
        return self._issued

    def bind(self, value: object) -> str:
        """Give a constant a name; the same object keeps its own."""
        name = self._bound.get(id(value))
        if name is None:
            name = self._bound[id(value)] = self.fresh("k")
            # The namespace keeps the object alive, so its id stays its own.
            self.namespace[name] = value
        return name

    def write(self, line: str) -> None:
        """Add a statement."""
        self.block.write(line)

    def assign(self, expression: str, prefix: str = "v") -> str:
        """Give an expression a name; a bare name keeps its own."""
        if expression.isidentifier():
            return expression
        name = self.fresh(prefix)
        self.write(f"{name} = {expression}")
        return name

    def open(self, header: str) -> Block:
        """Add a statement with a block below it, and give that block."""
        block = Block()
        self.block.parts += [header, block]
        return block

    @contextmanager
    def inside(self, block: Block) -> Iterator[None]:
        """Write into another block for a while."""
        outer, self.block = self.block, block
        try:
            yield
        finally:
            self.block = outer

    def text(self, header: str) -> str:
        """Give the text of the function.

        Raises:
            UncompilableError: Blocks are nested deeper than Python reads.
        """
        return "\n".join([header, *self.root.lines(1)])
