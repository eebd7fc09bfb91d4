"""A comparison as plain text for a terminal, at most 100 columns wide.

What lives here: the order of its parts. What never comes in: what is said of a step, words of a language.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.result.text_writer import TextWriter
from kinerja.result.what_if import ValueChange, WhatIf
from kinerja.result.what_if_said import Comparison, StepWords
from kinerja.words import DEFAULT_LANGUAGE, Language

__all__ = ["what_if_text"]


def what_if_text(whole: WhatIf, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print a comparison for a terminal.

    Args:
        whole: What to print.
        lang: Language to print it in.

    Returns:
        Lines of at most 100 characters, without a newline at the end.
    """
    return "\n".join(line.rstrip() for line in _Page(whole, lang).lines()).strip("\n")


class _Page(TextWriter):
    """One printing of one comparison in one language."""

    def __init__(self, whole: WhatIf, lang: Language) -> None:
        super().__init__(lang)
        self.whole = whole
        self.said = Comparison(whole, lang)

    def lines(self) -> Iterator[str]:
        said = self.said
        yield from self.hanging("", said.heading)
        yield from self.hanging("", self.text(self.whole.policy.title))
        yield from self.values("what_if.inputs", "column.name", self.whole.inputs)
        yield from self.values("what_if.results", "what_if.result", said.results)
        if said.others:
            yield from ("", *self.hanging("", said.others))
        for key, texts in said.notices:
            yield from ("", self.say(key))
            yield from self.bullets(texts)
        yield from self.section(self.say("what_if.steps"))
        yield from self.hanging("", said.summary)
        for step in said.steps():
            yield from ("", *self.step(step))
        if said.unused:
            yield from ("", *self.hanging("", said.unused))
        if said.follow_ups:
            yield from self.section(self.say("follow_ups"))
            yield from self.pairs([(self.say(key), text) for key, text in said.follow_ups], 0)
        yield from ("", *self.hanging("", said.policy_line))

    def values(self, title: str, head: str, changes: tuple[ValueChange, ...]) -> Iterator[str]:
        if changes:
            yield from self.section(self.say(title))
            rows = [self.said.row(change) for change in changes]
            yield from self.table([self.say(head), *self.said.heads], rows, 0)

    def step(self, step: StepWords) -> Iterator[str]:
        head = f"{step.number}. "
        title = step.title
        if step.value:
            title = self.say("what_if.step", title=title, value=step.value)
        yield from self.hanging(head, title)
        yield from self.pairs([(self.say(key), text) for key, text in step.facts], len(head))
        items = step.change.items
        if items is not None:
            columns = [self.text(column) for column in items.columns]
            rows = [[self.text(cell) for cell in row] for row in items.rows]
            yield from ("", *self.table(columns, rows, len(head)))
