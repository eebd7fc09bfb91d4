"""The order in which an explanation is read: what its text, Markdown and HTML share.

What lives here: the numbers of steps and parts, the inputs that each step is the first to read, and the
legal bases, once each. What never comes in: layout, markup, computing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, zip_longest
from typing import Final, TypeAlias, get_args

from kinerja.result.alike import (
    Grid,
    families,
    grid_of_cells,
    grid_of_parts,
    grid_of_steps,
    runs,
    shared_title,
)
from kinerja.result.explanation import Explanation, InputLine, Lever, Line, Loss
from kinerja.result.said import said_by
from kinerja.values import BasisStatus, LegalBasis
from kinerja.words import Text, phrase

__all__ = ["Block", "Entry", "LineTable", "Outline", "joined_numbers", "outline_of"]

#: A plain figure, as the words of numbers write it in English.
_FIGURE: Final = re.compile(r"(?:≈ )?([0-9]+(?:\.[0-9]+|/0*[1-9][0-9]*)?)…?\Z")
#: Most results that are shown large.
MOST_HEADLINES: Final = 4
#: Fewest inputs that are not enough alone that one sentence names instead of a row each.
FEWEST_IDLE: Final = 2
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
        is_run: The lines are steps, and each row has its own number.
        lines: The lines, in the order of the explanation.
        grid: The cells.
        cells: The same lines one below the other with their figures, where the table shows values only.
        formula: Formula of all lines, or of the first.
        formula_is_first: The formulas differ; `formula` is that of the first line.
        rounding: How the values were rounded.
        applied: What applied to every line, or to the first, unless a column of the table says it.
        applied_is_first: The notes differ; `applied` is that of the first line.
        reasons: Why values are missing; with the title of the line where it concerns only one.
        basis: Legal bases of the lines.
        inputs: Inputs that these lines are the first to read.
        uses: Numbers of the steps they read.
    """

    number: str
    is_run: bool
    lines: tuple[Line, ...]
    grid: Grid
    cells: Grid | None
    formula: Text | None
    formula_is_first: bool
    rounding: Text | None
    applied: Text | None
    applied_is_first: bool
    reasons: tuple[Text, ...]
    basis: tuple[LegalBasis, ...]
    inputs: tuple[InputLine, ...]
    uses: tuple[str, ...]


Block: TypeAlias = Entry | LineTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An explanation in the order in which it is read.

    Attributes:
        results: The published lines.
        headline: Those that matter most; all where they are few.
        blocks: The steps.
        inputs: Inputs that no step reads.
        bases: Every legal basis, once, the best known first.
        total: Title of the step that loses the points; `None` without losses.
        shares: Each loss as a share of the largest, for bars; 0 where it is no plain figure.
        levers: Those that have a row of their own; those that reach the next band first.
        idle: Those that do not reach it, named together.
    """

    results: tuple[Line, ...]
    headline: tuple[Line, ...]
    blocks: tuple[Block, ...]
    inputs: tuple[InputLine, ...]
    bases: tuple[LegalBasis, ...]
    total: Text | None
    shares: tuple[Fraction, ...]
    levers: tuple[Lever, ...]
    idle: tuple[Lever, ...]


def outline_of(explanation: Explanation) -> Outline:
    """Put an explanation into the order in which it is read."""
    lines = tuple(_walk(explanation.lines))
    builder = _Builder(explanation)
    blocks = builder.steps()
    titles = {line.name: line.title for line in lines}
    total = explanation.losses[0].total if explanation.losses else None
    bases = (*explanation.policy.basis, *(basis for line in lines for basis in line.basis))
    rank = {name: place for place, name in enumerate(explanation.values)}
    published = (line for line in lines if line.published)
    results = tuple(sorted(published, key=lambda line: rank.get(line.name, len(rank))))
    idle = tuple(lever for lever in explanation.levers if lever.needed is None)
    rows = tuple(lever for lever in explanation.levers if lever.needed is not None)
    if len(idle) < FEWEST_IDLE:
        rows, idle = (*rows, *idle), ()
    return Outline(
        results=results,
        headline=_headline(results, blocks, total, explanation.target),
        blocks=blocks,
        inputs=tuple(builder.unread.values()),
        bases=tuple(_grouped(_merged(bases))),
        total=None if total is None else titles.get(total, Text.same(total)),
        shares=_shares(explanation.losses),
        levers=rows,
        idle=idle,
    )


def _merged(bases: Iterable[LegalBasis]) -> Iterator[LegalBasis]:
    """Give every citation once, with all that is said of it."""
    found: dict[tuple[str, str], list[LegalBasis]] = {}
    for basis in bases:
        found.setdefault((basis.citation, basis.status), []).append(basis)
    for alike in found.values():
        notes = list(dict.fromkeys(b.note for b in alike if b.note is not None))
        note = Text("; ".join(n.id for n in notes), "; ".join(n.en for n in notes))
        sources = dict.fromkeys(b.source for b in alike if b.source)
        yield replace(alike[0], source="; ".join(sources), note=note if notes else None)


def _grouped(bases: Iterable[LegalBasis]) -> Iterator[LegalBasis]:
    """Put the best known first and clauses of one source together; the source is said once, after them."""
    statuses = get_args(BasisStatus)
    found = list(bases)
    first: dict[str, int] = {}
    for place, basis in enumerate(found):
        first.setdefault(basis.source, place)
    found.sort(key=lambda b: (statuses.index(b.status), first[b.source]))
    for basis, following in zip_longest(found, found[1:]):
        same = following is not None and (basis.status, basis.source) == (
            following.status,
            following.source,
        )
        yield replace(basis, source="") if same else basis


def _headline(
    results: tuple[Line, ...],
    blocks: tuple[Block, ...],
    total: str | None,
    target: tuple[Text, Text] | None,
) -> tuple[Line, ...]:
    """Choose what matters most: not one of many alike; the total and the label of the ladder."""
    if len(results) <= MOST_HEADLINES:
        return results
    alike = {line.name for b in blocks if isinstance(b, LineTable) for line in b.lines}
    single = [r for r in results if r.name not in alike]
    if len(single) > MOST_HEADLINES:
        # At the top there is no next band, and what reads the total is the label.
        labels = [
            r for r in single if (total in r.uses if target is None else r.title == target[0])
        ]
        single = [r for r in single if r.name == total or r in labels[:1]] or single
    return tuple(single[:MOST_HEADLINES]) or results[:1]


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
                else self._table(
                    self.numbers[family[0].name],
                    family,
                    grid_of_parts(line, family),
                    cells=grid_of_cells(line, family),
                )
                for family in families(line)
            ),
        )

    def _run(self, lines: tuple[Line, ...]) -> LineTable:
        numbers = [self.numbers[line.name] for line in lines]
        shown = f"{numbers[0]}–{numbers[-1]}"
        if int(numbers[1]) > int(numbers[0]) + 1:
            shown = f"{numbers[0]}, {numbers[1]}, …, {numbers[-1]}"
        return self._table(shown, lines, grid_of_steps(lines, numbers), is_run=True)

    def _table(
        self,
        number: str,
        lines: tuple[Line, ...],
        grid: Grid,
        *,
        is_run: bool = False,
        cells: Grid | None = None,
    ) -> LineTable:
        said = [said_by(line) for line in lines]
        formulas = list(dict.fromkeys(line.formula for line in lines if line.formula is not None))
        notes = list(dict.fromkeys(note for s in said for note in s.notes))
        if grid.notes_shown:
            notes = []
        return LineTable(
            number=number,
            is_run=is_run,
            lines=lines,
            grid=grid,
            cells=cells,
            formula=formulas[0] if formulas else None,
            formula_is_first=len(formulas) > 1,
            rounding=next((s.rounding for s in said if s.rounding is not None), None),
            applied=notes[0] if notes else None,
            applied_is_first=len(notes) > 1,
            reasons=tuple(_reasons(lines)),
            basis=tuple(dict.fromkeys(basis for line in lines for basis in line.basis)),
            inputs=self._inputs(lines),
            uses=self._uses(lines),
        )

    def _inputs(self, lines: Iterable[Line]) -> tuple[InputLine, ...]:
        names = dict.fromkeys(name for line in lines for name in line.uses)
        read = tuple(self.unread.pop(name) for name in names if name in self.unread)
        return read if any(line.value is None for line in lines) else _without_repeats(read)

    def _uses(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        own = {line.name for line in lines}
        used = {name for line in lines for name in line.uses} - own
        return joined_numbers(self.numbers, used)


def _without_repeats(inputs: tuple[InputLine, ...]) -> tuple[InputLine, ...]:
    """Join inputs that were left out without harm, where there are several of a kind."""
    absent = [i for i in inputs if i.value is None]
    shared = shared_title([i.title for i in absent]) if len(absent) >= FEWEST_JOINED else None
    if shared is None:
        return inputs
    title = phrase("explain.inputs_joined", title=shared, count=len(absent))
    joined = InputLine(name=absent[0].name, title=title, value=None, note=absent[0].note)
    return (*(i for i in inputs if i.value is not None), joined)


def _reasons(lines: tuple[Line, ...]) -> Iterator[Text]:
    said: dict[Text, list[Text]] = {}
    for line in lines:
        for text in said_by(line).reasons:
            said.setdefault(text, []).append(line.title)
    for text, titles in said.items():
        if len(titles) > 1:
            yield text
        else:
            yield Text(f"{titles[0].id}: {text.id}", f"{titles[0].en}: {text.en}")


def joined_numbers(numbers: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    """Give numbers of steps in rising order, neighbours joined."""
    found = sorted({tuple(map(int, numbers[n].split("."))) for n in names if n in numbers})
    pieces: list[str] = []
    # Neighbours keep the same distance from their place in the row.
    for _, group in groupby(enumerate(found), lambda p: (p[1][:-1], p[1][-1] - p[0])):
        run = [".".join(map(str, number)) for _, number in group]
        pieces += [f"{run[0]}–{run[-1]}"] if len(run) >= FEWEST_JOINED else run
    return tuple(pieces)
