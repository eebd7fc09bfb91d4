"""Reductions of list items by any formula: a loop that looks at the items one by one.

What lives here: the loop, the conditions in it, and what each reduction gathers. What never comes in:
reading of items, and reductions that `shelves` recognises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, FlagType, NumberType
from kinerja.scorer.emit import Emitter
from kinerja.scorer.gathering import Gathered, gathered
from kinerja.scorer.operands import (
    FALSE,
    TRUE,
    Flag,
    Gone,
    Never,
    Operand,
    Present,
    UncompilableError,
    Word,
)
from kinerja.scorer.program import Step
from kinerja.scorer.shelves import Column

__all__ = ["write_loop"]


def write_loop(
    emitter: Emitter,
    items: str,
    columns: Mapping[str, Column],
    steps: Mapping[str, Step],
    wanted: Sequence[tuple[n.Reduce, bool]],
) -> list[tuple[n.Reduce, Operand]]:
    """Write one loop for several reductions.

    Args:
        emitter: Where the loop is written.
        items: Variable with the items.
        columns: Their fields.
        steps: Steps that are computed for each item.
        wanted: The reductions, each with whether there is an answer without its value.

    Returns:
        What each reduction gives.
    """
    source = emitter.source
    mark = source.issued
    start = len(source.block.parts)
    body = _Body(emitter, columns, steps, mark)
    block = source.open("")
    gathering = [gathered(source, node, strict=strict, mark=mark) for node, strict in wanted]
    with emitter.inside(block):
        emitter.field = body.field
        try:
            for where in dict.fromkeys(node.where for node, _ in wanted):
                body.write(where, [g for g in gathering if g.node.where == where])
        finally:
            emitter.field = None
    source.block.parts[-2] = body.header(items)
    source.block.parts[start:start] = [line for g in gathering for line in g.before]
    return [(g.node, g.result()) for g in gathering]


class _Body:
    """The statements for one item."""

    def __init__(
        self,
        emitter: Emitter,
        columns: Mapping[str, Column],
        steps: Mapping[str, Step],
        mark: int,
    ) -> None:
        self.emitter = emitter
        self.source = emitter.source
        self.columns = columns
        self.steps = steps
        self.mark = mark
        self.used: dict[str, str] = {}

    def header(self, items: str) -> str:
        """Give the head of the loop: the fields that the body reads."""
        if not self.used:
            return f"for item in {items}:"
        columns = [self.columns[name].name for name in self.used]
        if len(columns) == 1:
            return f"for {next(iter(self.used.values()))} in {columns[0]}:"
        return f"for {', '.join(self.used.values())} in zip({', '.join(columns)}):"

    def field(self, name: str, strict: bool) -> Operand:  # noqa: FBT001 - how a value is wanted, as everywhere
        """Give a field of the item, or the value of a step that is computed for it."""
        if name in self.steps:
            return self.emitter.value(self.steps[name].node, strict=strict)
        if name not in self.columns:
            raise UncompilableError
        column = self.columns[name]
        variable = self.used.setdefault(name, "") or self.source.fresh()
        self.used[name] = variable
        if isinstance(column.type, NumberType | DateType):
            return replace(column.number(variable), nullable=True)
        if isinstance(column.type, FlagType):
            return Flag(name=variable, nullable=True)
        return Word(name=variable, nullable=True)

    def write(self, where: n.Node | None, members: list[Gathered]) -> None:
        """Write what reductions with the same condition do."""
        if where is None:
            self.take(members)
            return
        strict = any(member.strict for member in members)
        flag = self.emitter.value(where, strict=strict)
        if flag in (FALSE, Never()):
            return
        if isinstance(flag, Gone):
            for member in members:
                member.spoil()
            return
        if not isinstance(flag, Flag):
            raise UncompilableError
        if flag == TRUE:
            self.take(members)
            return
        if flag.nullable:
            with self.source.inside(self.source.open(f"if {flag.name} is None:")):
                for member in members:
                    member.spoil()
        block = self.source.open(f"{'elif' if flag.nullable else 'if'} {flag.name}:")
        with self.emitter.inside(block):
            self.take(members)

    def take(self, members: list[Gathered]) -> None:
        """Write what reductions do with an item that they take."""
        for member in members:
            self.take_one(member)

    def take_one(self, member: Gathered) -> None:
        node = member.node
        if node.value is None:
            member.take(Flag(name="True"), None)
            return
        insist = member.strict and not node.skip_missing
        value = self.emitter.value(node.value, strict=insist)
        if isinstance(value, Never):
            return
        if isinstance(value, Gone):
            if not node.skip_missing:
                member.spoil()
            return
        if not value.nullable:
            self.take_value(member, value)
            return
        block = self.source.open(f"if {value.name} is None:")
        if not node.skip_missing:
            with self.source.inside(block):
                member.spoil()
        block = self.source.open("else:")
        with self.emitter.inside(block):
            self.take_value(member, replace(value, nullable=False))

    def take_value(self, member: Gathered, value: Present) -> None:
        if member.node.by is None:
            member.take(value, None)
            return
        key = self.emitter.value(member.node.by, strict=member.strict)
        if isinstance(key, Never):
            return
        if isinstance(key, Gone):
            member.spoil()
            return
        if not key.nullable:
            member.take(value, key)
            return
        with self.source.inside(self.source.open(f"if {key.name} is None:")):
            member.spoil()
        with self.emitter.inside(self.source.open("else:")):
            member.take(value, replace(key, nullable=False))
