"""Programs turned into one Python function each: the hot path of the scorer.

What lives here: the function that answers a record of the common form, written once when a policy is
loaded. It works on whole numbers only and gives what the reference gives, or `None`; then the record takes
the reference path, which has the issues and the reasons. What never comes in: issues, reasons, words.

The function is Python source, put together by the siblings of this module and compiled once. That is safe
with a policy from a stranger because no text of a policy is ever part of the source: statements consist of
fixed pieces, generated names (`v12`), and whole numbers; every label, name, table and type is bound as
a constant in the namespace of the function. So there is no quoting to get wrong.

It answers `None`
- where reading gives an issue or a warning, a required input is missing, or a published value is missing;
- for values of rare forms: whole numbers beyond 10^300, a list that is neither `list` nor `tuple`, items
  that are not `dict`, numbers of one list (or of the required inputs) whose common denominator is longer
  than 4,096 bits;
- always, for a program of a rare shape: branches nested deeper than 80 levels, formulas nested deeper
  than Python recurses, limits on decimals below zero, or formulas that fail the type check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Final, TypeAlias

from kinerja.exact import to_decimal
from kinerja.formula import nodes as n
from kinerja.formula.types import DateType
from kinerja.result import Scalar
from kinerja.scorer import summaries
from kinerja.scorer.cells import HUGE, RefusedError
from kinerja.scorer.emit import Emitter
from kinerja.scorer.inputs import ListColumns, read_inputs
from kinerja.scorer.loops import write_loop
from kinerja.scorer.needs import Needs
from kinerja.scorer.operands import (
    FALSE,
    Flag,
    Num,
    Operand,
    UncompilableError,
    Word,
    product,
    times,
)
from kinerja.scorer.program import Program, Step
from kinerja.scorer.shelves import Walks, shelf_of
from kinerja.scorer.source import Source

__all__ = ["Answer", "compile_program"]

Answer: TypeAlias = "tuple[dict[str, Scalar], tuple[str, ...]]"

_HEADER: Final = "def answer(record):"


def compile_program(program: Program) -> Callable[[Mapping[str, object]], Answer | None]:
    """Give the function that answers records of the common form.

    Args:
        program: The program.

    Returns:
        A function from a record to the published values and the ids of the follow-ups that apply, or
        `None` where the reference has to look at the record.
    """
    return _compiled(program, _Unsorted(program))


def _compiled(program: Program, unsorted: _Unsorted | None) -> Callable[..., Answer | None]:
    try:
        source = _Writer(program, unsorted).written()
        code = compile(source.text(_HEADER), f"<policy of {len(program.steps)} steps>", "exec")
    except (UncompilableError, RecursionError, MemoryError):
        return _reference_only
    namespace = dict(source.namespace)
    exec(code, namespace)  # noqa: S102 - no text of a policy is in the source, see above
    answer: Callable[..., Answer | None] = namespace["answer"]  # type: ignore[assignment]
    return answer


class _Unsorted:
    """The same function without shelves, for records in which an item lacks the label to sort it by."""

    __slots__ = ("answer", "program")

    def __init__(self, program: Program) -> None:
        self.program = program
        self.answer: Callable[..., Answer | None] | None = None

    def __call__(self, record: Mapping[str, object]) -> Answer | None:
        """Answer a record; the function is compiled when the first such record comes."""
        if self.answer is None:
            self.answer = _compiled(self.program, None)
        return self.answer(record)


def _reference_only(record: Mapping[str, object]) -> Answer | None:  # noqa: ARG001 - as the others
    return None


class _Writer:
    """Writes the function of one program."""

    def __init__(self, program: Program, unsorted: _Unsorted | None = None) -> None:
        self.program = program
        self.unsorted = unsorted
        self.needs = Needs(program)
        self.source = Source()
        self.emitter = Emitter(self.source)
        self.lists: dict[str, ListColumns] = {}
        self.rounds: set[tuple[str, int]] = set()
        self.source.namespace.update(
            RefusedError=RefusedError, HUGE=HUGE, Fraction=Fraction, gcd=gcd, Decimal=Decimal
        )

    def written(self) -> Source:
        """Write the function.

        Raises:
            UncompilableError: The program has a shape that is not compiled.
        """
        block = self.source.open("try:")
        self.source.open("except RefusedError:").write("return None")
        with self.source.inside(block):
            self.lists = read_inputs(self.emitter, self.program.inputs)
            for step in self.needs.steps.values():
                self.write_step(step)
            self.write_answer()
        return self.source

    def write_step(self, step: Step) -> None:
        """Write a step, after all that it needs."""
        if step.name in self.emitter.names:
            return
        self.prepare(step.node, None)
        value = self.emitter.value(step.node, strict=step.name in self.needs.strict)
        if isinstance(value, Flag):
            # A condition is looked at once, however often the step is used.
            name = self.source.assign(value.name)
            value = Flag(name=name, nullable=value.nullable)
        self.emitter.names[step.name] = value

    def prepare(self, node: n.Node, over: str | None) -> None:
        """Write the steps and the reductions that a formula needs."""
        for part in self.needs.parts(node, over):
            if isinstance(part, n.Ref) and part.name in self.needs.steps:
                self.write_step(self.needs.steps[part.name])
            elif isinstance(part, n.Reduce):
                self.write_round(part.over, self.needs.round_of(part))

    def write_round(self, over: str, place: int) -> None:
        """Write all reductions of a list that can be made together."""
        if (over, place) in self.rounds:
            return
        self.rounds.add((over, place))
        if over not in self.lists:
            raise UncompilableError
        wanted = self.needs.rounds[over, place]
        for node in wanted:
            for inner in (node.value, node.where, node.by):
                if inner is not None:
                    self.prepare(inner, over)
        found = self.lists[over]
        fields = {name: column.type for name, column in found.columns.items()}
        sort = self.unsorted is not None
        shelved = [(node, shelf_of(node, fields) if sort else None) for node in wanted]
        walks = Walks(
            source=self.source,
            items=found.items,
            columns=found.columns,
            lacking=f"return {self.source.bind(self.unsorted)}(record)",
        )
        results = walks.write([(node, shelf) for node, shelf in shelved if shelf is not None])
        others = [(r, r in self.needs.strict_reductions) for r, s in shelved if s is None]
        if others:
            steps = self.needs.per_item(over)
            results += write_loop(self.emitter, found.items, found.columns, steps, others)
        for node, value in results:
            self.emitter.remember(
                node, value if found.required else self._unless_missing(found, value)
            )

    def _unless_missing(self, found: ListColumns, value: Operand) -> Operand:
        if not isinstance(value, Num | Word | Flag):
            return value
        name = self.source.assign(f"None if {found.name} is None else {value.name}")
        return replace(value, name=name, nullable=True)

    # The answer.

    def write_answer(self) -> None:
        """Write what the function gives back."""
        names = {step.name: step for step in self.program.steps}
        pairs = []
        for name in self.program.published:
            value = self.emitter.value(n.Ref(name), strict=True)
            pairs.append(f"{self.source.bind(name)}: {self.scalar(value, names[name])}")
        follow_ups = self.follow_ups()
        self.source.write(f"return {{{', '.join(pairs)}}}, {follow_ups}")

    def scalar(self, value: Operand, step: Step) -> str:
        """Give the expression of a value as a result carries it."""
        source = self.source
        if isinstance(value, Word | Flag):
            return value.name
        if not isinstance(value, Num):
            return "None"
        top = times(value.name, value.scale.numerator)
        bottom = product(value.dens, value.scale.denominator)
        if isinstance(step.type, DateType):
            return f"{source.bind(summaries.day)}({top}, {bottom})"
        return self.number(value, top, bottom, step)

    def number(self, value: Num, top: str, bottom: str, step: Step) -> str:
        """Give the expression of a number as a decimal, or a fraction where its decimal never ends."""
        source = self.source
        digits = 0 if step.rounding is None else step.rounding.digits
        if value.is_constant:
            return source.bind(to_decimal(value.scale, digits=digits))
        if step.rounding is None or value.dens or value.scale != Fraction(10) ** -digits:
            return f"{source.bind(summaries.plain)}({top}, {bottom}, {digits})"
        if digits <= 0:
            return f"Decimal({top})"
        return f"Decimal({top}).scaleb(-{digits}, {source.bind(summaries.WIDE)})"

    def follow_ups(self) -> str:
        """Write which follow-ups apply; give the expression of their ids."""
        found = self.source.bind(())
        flags: list[tuple[str, str]] = []
        for follow_up in self.program.follow_ups:
            value = self.emitter.value(n.Ref(follow_up.step), strict=False)
            if isinstance(value, Flag) and value != FALSE:
                flags.append((value.name, self.source.bind((follow_up.id,))))
        if not flags:
            return found
        name = self.source.fresh()
        self.source.write(f"{name} = {found}")
        for flag, one in flags:
            self.source.open(f"if {flag}:").write(f"{name} += {one}")
        return name
