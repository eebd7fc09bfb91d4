"""A comparison as Markdown, for wikis, issues and notebooks.

What lives here: the order of its parts. What never comes in: what is said of a step, escaping.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.result.markdown_writer import MarkdownWriter, escaped, joined_lines, opening
from kinerja.result.what_if import ValueChange, WhatIf
from kinerja.result.what_if_said import Comparison, StepWords
from kinerja.words import DEFAULT_LANGUAGE, Language

__all__ = ["what_if_markdown"]


def what_if_markdown(whole: WhatIf, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print a comparison as Markdown.

    Args:
        whole: What to print.
        lang: Language to print it in.

    Returns:
        Markdown without a newline at the end.
    """
    return joined_lines(_Page(whole, lang).lines())


class _Page(MarkdownWriter):
    """One printing of one comparison in one language."""

    def __init__(self, whole: WhatIf, lang: Language) -> None:
        super().__init__(lang)
        self.whole = whole
        self.said = Comparison(whole, lang)

    def lines(self) -> Iterator[str]:
        said = self.said
        yield from self.heading(1, escaped(said.heading))
        yield from (opening(self.text(self.whole.policy.title)), "")
        yield from self.values("what_if.inputs", "column.name", self.whole.inputs)
        yield from self.values("what_if.results", "what_if.result", said.results)
        yield from (opening(said.others), "")
        for key, texts in said.notices:
            yield from ("", f"**{self.say(key)}**", "")
            yield from self.bullets(texts)
        yield from self.heading(2, self.say("what_if.steps"))
        yield from (opening(said.summary), "")
        for step in said.steps():
            yield from self.step(step)
        yield from (opening(escaped(said.unused)), "")
        if said.follow_ups:
            yield from self.heading(2, self.say("follow_ups"))
            yield from (f"- {self.say(key)}: {escaped(text)}" for key, text in said.follow_ups)
            yield ""
        yield opening(escaped(said.policy_line))

    def values(self, title: str, head: str, changes: tuple[ValueChange, ...]) -> Iterator[str]:
        if changes:
            yield from self.heading(2, self.say(title))
            rows = [[escaped(cell) for cell in self.said.row(change)] for change in changes]
            yield from self.rows([self.say(head), *self.said.heads], rows)

    def step(self, step: StepWords) -> Iterator[str]:
        title = escaped(step.title)
        if step.value:
            title = self.say("what_if.step", title=title, value=escaped(step.value))
        yield from self.heading(3, f"{step.number}. {title}")
        yield from (f"- {self.say(key)}: {escaped(text)}" for key, text in step.facts)
        yield ""
        if step.change.items is not None:
            yield from self.table(step.change.items)
