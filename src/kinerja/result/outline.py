"""The order in which an explanation is read: what its text, Markdown and HTML share.

What lives here: the numbers of steps and parts, the inputs that each step is the first to read, and the
legal bases, once each. What never comes in: layout, markup, computing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Final, TypeAlias, get_args

from kinerja.result.alike import Grid, families, grid_of_parts, grid_of_steps, runs
from kinerja.result.explanation import Explanation, InputLine, Lever, Line, Loss
from kinerja.values import BasisStatus, LegalBasis
from kinerja.words import Text

__all__ = ["Block", "Entry", "LineTable", "Outline", "outline_of"]

#: A plain figure, as the words of numbers write it in English.
_FIGURE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)…?\Z")
#: From this many numbers in a row on, `1–3` stands for them.
FEWEST_JOINED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line with its number, and what stands below it.

    Attributes:
        number: `3`, or `3.2` for a part.
        line: The line.
        inputs: Inputs that this line is the first to read.
        uses: Numbers of the steps it reads, joined where they follow each other: `1–9`, `11`.
        blocks: Its parts.
    """

    number: str
    line: Line
    inputs: tuple[InputLine, ...]
    uses: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTable:
    """Lines that are alike, as one table.

    Attributes:
        number: Numbers of its lines, `1–9`; for parts the number of the table, `4.2`.
        lines: The lines, in the order of the explanation.
        grid: The cells.
        formula: Formula of all lines, or of the first.
        formula_is_first: The formulas differ; `formula` is that of the first line.
        applied: What applied, most often why a value is missing; with the title of its line where it
            concerns only one.
        basis: Legal bases of the lines.
        inputs: Inputs that these lines are the first to read.
        uses: Numbers of the steps they read.
    """

    number: str
    lines: tuple[Line, ...]
    grid: Grid
    formula: Text | None
    formula_is_first: bool
    applied: tuple[Text, ...]
    basis: tuple[LegalBasis, ...]
    inputs: tuple[InputLine, ...]
    uses: tuple[str, ...]


Block: TypeAlias = Entry | LineTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An explanation in the order in which it is read.

    Attributes:
        results: The published lines.
        blocks: The steps.
        inputs: Inputs that no step reads.
        bases: Every legal basis, once, the best known first.
        total: Title of the step that loses the points; `None` without losses.
        shares: Each loss as a share of the largest, for bars; 0 where it is no plain figure.
        levers: Those that reach the next band first.
    """

    results: tuple[Line, ...]
    blocks: tuple[Block, ...]
    inputs: tuple[InputLine, ...]
    bases: tuple[LegalBasis, ...]
    total: Text | None
    shares: tuple[Fraction, ...]
    levers: tuple[Lever, ...]


def outline_of(explanation: Explanation) -> Outline:
    """Put an explanation into the order in which it is read."""
    lines = tuple(_walk(explanation.lines))
    builder = _Builder(explanation)
    blocks = builder.steps()
    titles = {line.name: line.title for line in lines}
    total = explanation.losses[0].total if explanation.losses else None
    bases = (*explanation.policy.basis, *(basis for line in lines for basis in line.basis))
    statuses = get_args(BasisStatus)
    return Outline(
        results=tuple(line for line in lines if line.published),
        blocks=blocks,
        inputs=tuple(builder.unread.values()),
        bases=tuple(sorted(dict.fromkeys(bases), key=lambda b: statuses.index(b.status))),
        total=None if total is None else titles.get(total, Text.same(total)),
        shares=_shares(explanation.losses),
        levers=tuple(sorted(explanation.levers, key=lambda lever: lever.needed is None)),
    )


def _shares(losses: Iterable[Loss]) -> tuple[Fraction, ...]:
    points = []
    for loss in losses:
        figure = _FIGURE.match(loss.points.en)
        points.append(Fraction(figure[1]) if figure else Fraction(0))
    largest = max(points, default=Fraction(0))
    return tuple(p / largest if largest else p for p in points)


def _walk(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _walk(line.parts)


class _Builder:
    """One walk through the lines; `unread` holds the inputs that no line has read yet."""

    def __init__(self, explanation: Explanation) -> None:
        self.lines = explanation.lines
        self.unread = {i.name: i for i in explanation.inputs}
        self.numbers: dict[str, str] = {}

    def steps(self) -> tuple[Block, ...]:
        plan = tuple(runs(self.lines))
        # Everything is numbered before any block is built: a line may name one that stands later.
        for number, line in enumerate(self.lines, 1):
            self._number(line, str(number))
        return tuple(self._run(run) if len(run) > 1 else self._entry(run[0]) for run in plan)

    def _number(self, line: Line, number: str) -> None:
        self.numbers[line.name] = number
        for place, family in enumerate(families(line), 1):
            for part in family:
                self._number(part, f"{number}.{place}")

    def _entry(self, line: Line) -> Entry:
        return Entry(
            number=self.numbers[line.name],
            line=line,
            inputs=self._inputs((line,)),
            uses=self._uses((line,)),
            blocks=tuple(
                self._entry(family[0])
                if len(family) == 1
                else self._table(self.numbers[family[0].name], family, grid_of_parts(line, family))
                for family in families(line)
            ),
        )

    def _run(self, lines: tuple[Line, ...]) -> LineTable:
        numbers = [self.numbers[line.name] for line in lines]
        return self._table(f"{numbers[0]}–{numbers[-1]}", lines, grid_of_steps(lines, numbers))

    def _table(self, number: str, lines: tuple[Line, ...], grid: Grid) -> LineTable:
        formulas = list(dict.fromkeys(line.formula for line in lines if line.formula is not None))
        return LineTable(
            number=number,
            lines=lines,
            grid=grid,
            formula=formulas[0] if formulas else None,
            formula_is_first=len(formulas) > 1,
            applied=tuple(_applied(lines)),
            basis=tuple(dict.fromkeys(basis for line in lines for basis in line.basis)),
            inputs=self._inputs(lines),
            uses=self._uses(lines),
        )

    def _inputs(self, lines: Iterable[Line]) -> tuple[InputLine, ...]:
        names = dict.fromkeys(name for line in lines for name in line.uses)
        return tuple(self.unread.pop(name) for name in names if name in self.unread)

    def _uses(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        own = {line.name for line in lines}
        used = {name for line in lines for name in line.uses} - own
        return _joined(self.numbers, used)


def _applied(lines: tuple[Line, ...]) -> Iterator[Text]:
    said: dict[Text, list[Text]] = {}
    for line in lines:
        for text in line.applied:
            said.setdefault(text, []).append(line.title)
    for text, titles in said.items():
        if len(titles) > 1:
            yield text
        else:
            yield Text(f"{titles[0].id}: {text.id}", f"{titles[0].en}: {text.en}")


def _joined(numbers: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    """Give numbers of steps in rising order, neighbours joined."""
    found = sorted({tuple(map(int, numbers[n].split("."))) for n in names if n in numbers})
    pieces: list[str] = []
    # Neighbours keep the same distance from their place in the row.
    for _, group in groupby(enumerate(found), lambda p: (p[1][:-1], p[1][-1] - p[0])):
        run = [".".join(map(str, number)) for _, number in group]
        pieces += [f"{run[0]}–{run[-1]}"] if len(run) >= FEWEST_JOINED else run
    return tuple(pieces)
