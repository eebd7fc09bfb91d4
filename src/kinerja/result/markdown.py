"""An explanation as Markdown, for wikis, issues and notebooks.

What lives here: headings, lists and tables of GitHub-flavoured Markdown, and the escaping of every text.
What never comes in: HTML, styles, words of a language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kinerja.result.explanation import Explanation, InputLine
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
from kinerja.result.legible import cited, legible, one_line
from kinerja.result.markdown_writer import MarkdownWriter, escaped, joined_lines, opening
from kinerja.result.outline import Block, Entry, LineTable, outline_of
from kinerja.result.said import is_per_item
from kinerja.values import LegalBasis
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

__all__ = ["escaped", "explanation_markdown", "opening", "steps_markdown"]


def explanation_markdown(explanation: Explanation, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print an explanation as Markdown.

    Args:
        explanation: What to print.
        lang: Language to print it in.

    Returns:
        Markdown without a newline at the end.
    """
    return joined_lines(_Page(explanation, lang).lines())


def steps_markdown(
    explanation: Explanation, lang: Language = DEFAULT_LANGUAGE, *, depth: int
) -> str:
    """Print the steps of an explanation alone.

    Args:
        explanation: Whose steps to print.
        lang: Language to print them in.
        depth: Level of their headings.

    Returns:
        Markdown without a newline at the end.
    """
    page = _Page(explanation, lang)
    return joined_lines(page.blocks(page.outline.blocks, depth=depth))


class _Page(MarkdownWriter):
    """One printing of one explanation in one language; an empty line ends each part."""

    def __init__(self, explanation: Explanation, lang: Language) -> None:
        super().__init__(lang)
        self.explanation = explanation
        self.outline = outline_of(explanation)

    def lines(self) -> Iterator[str]:
        yield from self.header()
        if self.outline.blocks:
            yield from self.heading(2, self.say("steps"))
            yield from self.blocks(self.outline.blocks, depth=3)
            yield from self.unused()
        yield from self.losses()
        yield from self.levers()
        yield from self.follow_ups()
        if self.outline.inputs:
            yield from self.heading(2, self.say("inputs_other"))
            yield from (f"- {opening(self.input_words(i))}" for i in self.outline.inputs)
        yield from self.policy()

    # Parts.

    def header(self) -> Iterator[str]:
        heading = self.say("heading")
        if self.explanation.id is not None:
            heading = self.say("heading_for", id=escaped(one_line(self.explanation.id)))
        yield from self.heading(1, heading)
        yield opening(self.text(self.explanation.policy.title))
        yield ""
        others = [r for r in self.outline.results if r not in self.outline.headline]
        for line in self.outline.headline:
            yield f"- {opening(self.text(line.title))} = **{self.text(line.value, line.unit)}**"
        for line in others:
            yield f"- {opening(self.text(line.title))} = {self.text(line.value, line.unit)}"
        for key, texts in (
            ("incomplete_because", self.explanation.reasons),
            ("warnings", self.explanation.warnings),
        ):
            if texts:
                yield from ("", f"**{self.say(key)}**", "")
                yield from self.bullets(texts)

    def unused(self) -> Iterator[str]:
        if self.explanation.unused:
            titles = "; ".join(self.text(title) for title in self.explanation.unused)
            yield self.say("unused", titles=titles)
            yield ""

    def blocks(self, blocks: Sequence[Block], depth: int) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Entry):
                yield from self.entry(block, depth)
            else:
                yield from self.line_table(block, depth)

    def entry(self, entry: Entry, depth: int) -> Iterator[str]:
        line = entry.line
        title = self.text(line.title)
        if is_per_item(line):
            title = self.say("per_item", title=title)
        else:
            title = f"{title} = {self.text(line.value, line.unit)}"
        yield from self.heading(depth, f"{entry.number}. {title}")
        yield from self.facts(line_facts(line, self.lang), entry, line.basis)
        if line.items is not None:
            yield from self.table(line.items)
        yield from self.blocks(entry.blocks, depth + 1)

    def line_table(self, table: LineTable, depth: int) -> Iterator[str]:
        yield from self.heading(depth, f"{table.number}. {self.text(table.grid.title)}")
        yield from self.table(table.grid)
        if table.cells is not None:
            yield from self.table(table.cells)
        yield from self.facts(table_facts(table, self.lang), table, table.basis)

    def facts(
        self, facts: Iterable[Fact], block: Block, basis: Iterable[LegalBasis]
    ) -> Iterator[str]:
        rows = [(key, escaped(text)) for key, text in facts]
        rows += [("inputs", self.input_words(i)) for i in block.inputs]
        if block.uses:
            rows.append(("uses", uses_words(block.uses, self.lang)))
        rows += [("basis", escaped(cited(b, self.lang))) for b in basis]
        yield from (f"- {self.say(key)}: {text}" for key, text in rows)
        yield ""

    def input_words(self, line: InputLine) -> str:
        words = f"{self.text(line.title)} = {self.text(line.value, line.unit)}"
        return words if line.note is None else f"{words} ({self.text(line.note)})"

    def losses(self) -> Iterator[str]:
        losses = self.explanation.losses
        if not losses:
            return
        yield from self.heading(2, self.say("losses"))
        yield self.say("losses_intro", total=self.text(self.outline.total))
        heads = [self.say(f"column.{name}") for name in ("points", "part", "value", "best")]
        rows = [
            [self.text(text) for text in (loss.points, loss.title, loss.value, loss.best)]
            for loss in losses
        ]
        yield from self.rows(heads, rows)

    def levers(self) -> Iterator[str]:
        target = self.explanation.target
        if target is None or not self.explanation.levers:
            return
        yield from self.heading(2, self.say("levers", label=self.text(target[1])))
        yield from self.lever_rows(target[1])
        for words in idle_words(self.outline, self.lang):
            yield from (opening(escaped(words)), "")

    def lever_rows(self, label: Text) -> Iterator[str]:
        if not self.outline.levers:
            return
        yield self.say("levers_intro")
        heads = [self.say(f"column.{name}") for name in ("name", "now", "needed", "note")]
        rows = [
            [
                self.text(lever.title),
                self.text(lever.value),
                escaped(lever_needed(lever, self.lang)),
                escaped(lever_remark(lever, label, self.lang)),
            ]
            for lever in self.outline.levers
        ]
        yield from self.rows(heads, rows)

    def follow_ups(self) -> Iterator[str]:
        if not self.explanation.follow_ups:
            return
        yield from self.heading(2, self.say("follow_ups"))
        for title, because in follow_up_facts(self.explanation, self.lang):
            yield f"- {opening(escaped(title))}"
            if because is not None:
                yield f"  - {opening(escaped(because))}"
        yield ""

    def policy(self) -> Iterator[str]:
        note = self.explanation.policy
        yield from self.heading(2, self.say("policy"))
        plain = [escaped(one_line(text)) for text in (note.id, note.version, note.fingerprint)]
        rows = [
            ("policy_name", self.text(note.title)),
            ("policy_id", self.say("policy_version", id=plain[0], version=plain[1])),
            ("fingerprint", plain[2]),
            *(
                ("choices", self.say("choice", choice=self.text(choice), option=self.text(option)))
                for choice, option in note.choices
            ),
            *(("extends", escaped(one_line(base))) for base in note.extends),
            *(("plugins", escaped(one_line(plugin))) for plugin in note.plugins),
        ]
        yield from (f"- {self.say(key)}: {text}" for key, text in rows)
        yield from self.heading(3, self.say("bases"))
        if not self.outline.bases:
            yield self.say("no_bases")
        for status, group in groupby(self.outline.bases, lambda b: b.status):
            yield from ("", f"{self.say(f'basis.{status}')}:", "")
            yield from map(self.basis, group)

    def basis(self, basis: LegalBasis) -> str:
        parts = [one_line(basis.citation)]
        if basis.source:
            parts.append(self.say("basis_source", source=one_line(basis.source)))
        if basis.note is not None:
            parts.append(legible(basis.note, self.lang))
        return f"- {opening(escaped('; '.join(parts)))}"
