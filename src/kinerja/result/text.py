"""An explanation as plain text for a terminal, at most 100 columns wide.

What lives here: the small form, which shows each result with its inputs below it, and the numbered form for
everything else. What never comes in: colour codes, markup, words of a language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from kinerja.result.explanation import Explanation, InputLine, Line
from kinerja.result.facts import (
    Fact,
    follow_up_facts,
    idle_words,
    lever_needed,
    lever_remark,
    line_facts,
    table_facts,
    uses_words,
)
from kinerja.result.legible import cited, one_line, short_fingerprint
from kinerja.result.outline import Block, Entry, LineTable, outline_of
from kinerja.result.said import is_per_item
from kinerja.result.text_table import wrapped
from kinerja.result.text_writer import WIDTH, TextWriter
from kinerja.values import LegalBasis
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

__all__ = ["explanation_text", "steps_text"]

#: Most steps of the small form.
SMALL: Final = 3
#: Most rows of a list that a terminal shows; the other forms show all.
MOST_ROWS: Final = 30
#: Width of the longest bar.
BAR: Final = 20


def explanation_text(explanation: Explanation, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print an explanation for a terminal.

    Args:
        explanation: What to print.
        lang: Language to print it in.

    Returns:
        Lines of at most 100 characters, without a newline at the end.
    """
    return "\n".join(line.rstrip() for line in _Page(explanation, lang).lines()).strip("\n")


def steps_text(
    explanation: Explanation, lang: Language = DEFAULT_LANGUAGE, *, indent: int = 0
) -> list[str]:
    """Print the steps of an explanation alone, in the numbered form.

    Args:
        explanation: Whose steps to print.
        lang: Language to print them in.
        indent: Blanks before each line.

    Returns:
        Lines of at most 100 characters, without a blank one at either end.
    """
    page = _Page(explanation, lang)
    lines = [line.rstrip() for line in page.blocks(page.outline.blocks, indent=indent)]
    return lines if lines and lines[0] else lines[1:]


class _Page(TextWriter):
    """One printing of one explanation in one language."""

    def __init__(self, explanation: Explanation, lang: Language) -> None:
        super().__init__(lang)
        self.explanation = explanation
        self.outline = outline_of(explanation)

    def lines(self) -> Iterator[str]:
        small = self.small_form()
        if small is None:
            yield from self.results()
        else:
            yield from small
        yield from self.remarks()
        if small is None:
            yield from self.section(self.say("steps"))
            yield from self.blocks(self.outline.blocks, indent=0)
            yield from self.unused()
        yield from self.other_inputs()
        yield from self.losses()
        yield from self.levers()
        yield from self.follow_ups()
        note = self.explanation.policy
        if (
            small is None
            or note.choices
            or note.plugins
            or note.extends
            or self.has_remarks_on_bases()
        ):
            yield from self.policy()
        else:
            yield from self.policy_line()

    def unused(self) -> Iterator[str]:
        if self.explanation.unused:
            titles = "; ".join(self.text(title) for title in self.explanation.unused)
            yield ""
            yield from wrapped(self.say("unused", titles=titles), WIDTH)

    # The small form.

    def small_form(self) -> list[str] | None:
        """Give every step in one line and its inputs below, or `None` where that says too little."""
        lines = sorted(self.explanation.lines, key=lambda line: not line.published)
        names = {i.name for i in self.explanation.inputs}
        if len(lines) > SMALL or not all(_is_small(line, names) for line in lines):
            return None
        for by_table in (self.say("by_table"), ""):
            rows = [row for line in lines for row in self.small_rows(line, by_table)]
            edge = max((len(left) for left, note in rows if note is not None), default=0) + 1
            printed = [left if note is None else left.ljust(edge) + note for left, note in rows]
            if all(len(line) <= WIDTH for line in printed):
                return printed
        return None

    def small_rows(self, line: Line, by_table: str) -> Iterator[tuple[str, str | None]]:
        """Give the rows of one step: what stands left, and a note in a column to the right."""
        blocks = self.outline.blocks
        entry = next(b for b in blocks if isinstance(b, Entry) and b.line is line)
        applied = [a for a in line.applied if not _repeats(a, line, entry.inputs)]
        rule = self.text(line.formula) if line.formula is not None else ""
        if len(applied) < len(line.applied):
            rule = by_table
        note = ", ".join(filter(None, [rule, *(cited(b, self.lang) for b in line.basis)]))
        yield f"{self.text(line.title)} = {self.text(line.value, line.unit)}", note
        longest = max((len(self.text(i.title)) for i in entry.inputs), default=0)
        for i in entry.inputs:
            title = self.text(i.title).ljust(longest)
            yield f"  {title} = {self.text(i.value, i.unit)}", self.input_note(i)
        for text in applied:
            yield f"  {self.text(text)}", None

    def input_note(self, line: InputLine) -> str:
        if line.note is None:
            return f"({self.say('input')})"
        return f"({self.say('input')}, {self.text(line.note)})"

    # The numbered form.

    def results(self) -> Iterator[str]:
        others = tuple(r for r in self.outline.results if r not in self.outline.headline)
        for place, lines in enumerate(filter(None, (self.outline.headline, others))):
            rows = [(self.text(line.title), self.text(line.value, line.unit)) for line in lines]
            if place:
                yield ""
            yield from self.equations(rows, 0)
        heading = self.say("heading")
        if self.explanation.id is not None:
            heading = self.say("heading_for", id=one_line(self.explanation.id))
        yield ""
        yield from self.hanging("", heading)
        yield from self.hanging("", self.text(self.explanation.policy.title))

    def remarks(self) -> Iterator[str]:
        """Say why values are missing, and what should be looked at."""
        if self.explanation.reasons:
            yield ""
            yield self.say("incomplete_because")
            yield from self.bullets(self.explanation.reasons)
        if self.explanation.warnings:
            yield ""
            yield f"{self.say('warnings')}:"
            yield from self.bullets(self.explanation.warnings)

    def blocks(self, blocks: Sequence[Block], indent: int) -> Iterator[str]:
        for place, block in enumerate(blocks):
            if place or indent:
                yield ""
            if isinstance(block, Entry):
                yield from self.entry(block, indent)
            else:
                yield from self.line_table(block, indent)

    def entry(self, entry: Entry, indent: int) -> Iterator[str]:
        line = entry.line
        head = f"{' ' * indent}{entry.number}. "
        title = self.text(line.title)
        if is_per_item(line):
            title = self.say("per_item", title=title)
        else:
            title = f"{title} = {self.text(line.value, line.unit)}"
        yield from self.hanging(head, title)
        inner = len(head)
        yield from self.facts(line_facts(line, self.lang), entry, line.basis, inner)
        if line.items is not None:
            columns = [self.text(c) for c in line.items.columns]
            rows = [[self.text(cell) for cell in row] for row in line.items.rows]
            yield ""
            yield from self.table(columns, rows[:MOST_ROWS], inner)
            if len(rows) > MOST_ROWS:
                more = self.say("more_rows", count=len(rows) - MOST_ROWS)
                yield from self.hanging(" " * inner, more)
        yield from self.blocks(entry.blocks, inner)

    def line_table(self, table: LineTable, indent: int) -> Iterator[str]:
        head = f"{' ' * indent}{table.number}. "
        inner = len(head)
        if table.is_run:
            inner = indent
        else:
            yield from self.hanging(head, self.text(table.grid.title))
        columns = [self.text(c) for c in table.grid.columns]
        rows = [[self.text(cell) for cell in row] for row in table.grid.rows]
        yield from self.table(columns, rows, inner)
        facts = list(self.facts(table_facts(table, self.lang), table, table.basis, inner))
        if facts:
            yield ""
            yield from facts

    def facts(
        self,
        facts: Iterable[Fact],
        block: Block,
        basis: Iterable[LegalBasis],
        indent: int,
    ) -> Iterator[str]:
        rows = [(self.say(key), text) for key, text in facts]
        rows += [(self.say("inputs"), self.input_words(i)) for i in block.inputs]
        if block.uses:
            rows.append((self.say("uses"), uses_words(block.uses, self.lang)))
        rows += [(self.say("basis"), cited(b, self.lang)) for b in basis]
        yield from self.pairs(rows, indent)

    def input_words(self, line: InputLine) -> str:
        words = f"{self.text(line.title)} = {self.text(line.value, line.unit)}"
        return words if line.note is None else f"{words} ({self.text(line.note)})"

    # After the steps.

    def other_inputs(self) -> Iterator[str]:
        if self.outline.inputs:
            yield from self.section(self.say("inputs_other"))
            for line in self.outline.inputs:
                yield from self.hanging("", self.input_words(line))

    def losses(self) -> Iterator[str]:
        losses = self.explanation.losses
        if not losses:
            return
        yield from self.section(self.say("losses"))
        yield from self.hanging("", self.say("losses_intro", total=self.text(self.outline.total)))
        yield ""
        heads = [self.say(f"column.{name}") for name in ("points", "part", "value", "best")]
        rows = [
            [
                *(self.text(t) for t in (loss.points, loss.title, loss.value, loss.best)),
                "█" * round(share * BAR),
            ]
            for loss, share in zip(losses, self.outline.shares, strict=True)
        ]
        yield from self.table([*heads, ""], rows, 0)

    def levers(self) -> Iterator[str]:
        explanation = self.explanation
        if explanation.target is None or not explanation.levers:
            return
        label = explanation.target[1]
        yield from self.section(self.say("levers", label=self.text(label)))
        yield from self.lever_rows(label)
        for place, words in enumerate(idle_words(self.outline, self.lang)):
            if place or self.outline.levers:
                yield ""
            yield from self.hanging("", words)

    def lever_rows(self, label: Text) -> Iterator[str]:
        if not self.outline.levers:
            return
        yield from self.hanging("", self.say("levers_intro"))
        yield ""
        heads = [self.say(f"column.{name}") for name in ("name", "now", "needed", "note")]
        rows = [
            [
                self.text(lever.title),
                self.text(lever.value),
                lever_needed(lever, self.lang),
                lever_remark(lever, label, self.lang),
            ]
            for lever in self.outline.levers
        ]
        if not any(remark for *_, remark in rows):
            heads, rows = heads[:-1], [row[:-1] for row in rows]
        yield from self.table(heads, rows, 0)

    def follow_ups(self) -> Iterator[str]:
        if not self.explanation.follow_ups:
            return
        yield from self.section(self.say("follow_ups"))
        for title, because in follow_up_facts(self.explanation, self.lang):
            yield from self.hanging("  - ", title)
            if because is not None:
                yield from self.hanging("      ", because)

    def has_remarks_on_bases(self) -> bool:
        known = ("primary", "own")
        return any(
            b.note is not None or (b.source and b.status not in known) for b in self.outline.bases
        )

    def policy_line(self) -> Iterator[str]:
        note = self.explanation.policy
        yield ""
        line = self.say(
            "policy_line",
            title=self.text(note.title),
            id=one_line(note.id),
            version=one_line(note.version),
            fingerprint=short_fingerprint(note.fingerprint),
        )
        yield from self.hanging("", line)

    def policy(self) -> Iterator[str]:
        note = self.explanation.policy
        version = self.say("policy_version", id=one_line(note.id), version=one_line(note.version))
        rows = [
            ("policy_name", self.text(note.title)),
            ("policy_id", version),
            ("fingerprint", short_fingerprint(note.fingerprint)),
            *(
                ("choices", self.say("choice", choice=self.text(choice), option=self.text(option)))
                for choice, option in note.choices
            ),
            *(("extends", one_line(base)) for base in note.extends),
            *(("plugins", one_line(plugin)) for plugin in note.plugins),
        ]
        yield from self.section(self.say("policy"))
        yield from self.pairs([(self.say(key), text) for key, text in rows], 0)
        yield from self.bases()

    def bases(self) -> Iterator[str]:
        """List the legal bases, by how well they are known."""
        yield ""
        if not self.outline.bases:
            yield self.say("no_bases")
            return
        yield self.say("bases")
        for status, group in groupby(self.outline.bases, lambda b: b.status):
            yield from self.hanging("  ", f"{self.say(f'basis.{status}')}:")
            for basis in group:
                yield from self.hanging("  - ", one_line(basis.citation))
                if basis.source:
                    source = self.say("basis_source", source=one_line(basis.source))
                    yield from self.hanging("      ", source)
                if basis.note is not None:
                    yield from self.hanging("      ", self.text(basis.note))


def _is_small(line: Line, inputs: set[str]) -> bool:
    """Tell whether one line holds all that a step says, its inputs standing below."""
    if line.parts or line.items is not None or line.unrounded is not None or line.value is None:
        return False
    return line.figures is None or inputs.issuperset(line.uses)


def _repeats(applied: Text, line: Line, inputs: Iterable[InputLine]) -> bool:
    """Tell whether a note only repeats the value and the inputs that stand below it (a row of a table)."""
    if line.formula is not None or not set(line.uses) <= {i.name for i in inputs}:
        return False
    values = [line.value, *(i.value for i in inputs)]
    return all(value is not None and value.id in applied.id for value in values)
