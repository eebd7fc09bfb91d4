"""A comparison as HTML: a page of its own, and a block to embed.

What lives here: the parts of the page, in the order of reading, and the few rules that only they need. What
never comes in: words, scripts, anything that would be fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kinerja.result.html_table import figures_markup, layout_of, table_markup
from kinerja.result.html_writer import HtmlWriter, fragment, whole_page
from kinerja.result.markup import Markup, element, joined
from kinerja.result.stylesheet import scoped
from kinerja.result.what_if import ValueChange, WhatIf
from kinerja.result.what_if_said import Comparison, StepWords
from kinerja.words import DEFAULT_LANGUAGE, Language

__all__ = ["what_if_fragment", "what_if_html"]

#: Most results that are shown large.
MOST_CARDS: Final = 4

#: Rules of comparisons, beside those of explanations.
SHEET: Final = scoped("""
& .kj-cards-two { grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }
& .kj-cards-two dd { font-size: 1.3125rem; }
& .kj-cards-two dd.kj-small { font-size: .9375rem; font-weight: 400; }
& .kj-was { color: var(--kj-quiet); font-weight: 400; }
& .kj-stays { border-left-color: var(--kj-line) !important; }
& .kj-stays dd { font-weight: 600; }
& .kj-step > * > .kj-value { font-weight: 650; }
& .kj-stopped > * > .kj-value { font-weight: 400; color: var(--kj-quiet); }
& .kj-facts .kj-stops dd { color: var(--kj-loss); }
& .kj-section > p.kj-lead { color: inherit; }
& .kj-section > .kj-facts { margin-top: .75rem; }
& .kj-foot { margin-top: 2rem; }
@media screen and (max-width: 40rem) {
& .kj-step > :is(h3, h4, h5, h6) { grid-template-columns: auto minmax(0, 1fr); }
& .kj-step > * > .kj-value { grid-column: 2; text-align: start; }
}
""")


def what_if_html(whole: WhatIf, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print a comparison as one complete page that needs no script and no other file.

    Args:
        whole: What to print.
        lang: Language to print it in.
    """
    page = _Page(whole, lang, level=1, anchors=True)
    title = f"{page.said.heading} – {page.text(whole.policy.title)}"
    fingerprint = whole.policy.fingerprint
    return whole_page(page.content(), title=title, fingerprint=fingerprint, lang=lang, sheet=SHEET)


def what_if_fragment(whole: WhatIf, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print a comparison as a block for a notebook or a page of one's own; its styles touch nothing else.

    Args:
        whole: What to print.
        lang: Language to print it in.
    """
    page = _Page(whole, lang, level=3, anchors=False)
    return fragment(page.content(), lang=lang, sheet=SHEET)


class _Page(HtmlWriter):
    """One printing of one comparison in one language."""

    def __init__(self, whole: WhatIf, lang: Language, *, level: int, anchors: bool) -> None:
        super().__init__(lang, level=level, anchors=anchors)
        self.whole = whole
        self.said = Comparison(whole, lang)

    def content(self) -> Markup:
        sections = (self.section(*section) for section in self.sections())
        foot = element("p", self.said.policy_line, class_="kj-small kj-foot")
        return joined(self.header(), *sections, foot)

    def sections(self) -> Iterator[tuple[str, str, Markup]]:
        if self.whole.inputs:
            title = self.say("what_if.inputs")
            yield "diubah", title, self.values(title, "column.name", self.whole.inputs)
        if len(self.said.results) > len(self.cards) or self.said.others:
            title = self.say("what_if.results")
            yield "hasil", title, self.values(title, "what_if.result", self.said.results)
        yield "jalannya", self.say("what_if.steps"), self.steps()
        if self.said.follow_ups:
            yield "tindak-lanjut", self.say("follow_ups"), self.facts(self.said.follow_ups)

    @property
    def cards(self) -> tuple[ValueChange, ...]:
        """The results shown large: the main ones, then others that change."""
        results = self.said.results
        main = [result for result in results if result.main]
        others = [result for result in results if not result.main and not result.same]
        shown = [*main, *others][:MOST_CARDS]
        return tuple(sorted(shown, key=lambda result: result.same))

    def header(self) -> Markup:
        return element(
            "header",
            element("p", self.text(self.whole.policy.title), class_="kj-kicker"),
            self.title(0, self.said.heading),
            element("dl", *map(self.card, self.cards), class_="kj-results kj-cards-two"),
            *(
                self.notice(key, texts, "kj-warning" if key == "warnings" else "kj-incomplete")
                for key, texts in self.said.notices
            ),
            class_="kj-hero",
        )

    def card(self, change: ValueChange) -> Markup:
        title, _, _, said = self.said.row(change)
        was = element(
            "span", figures_markup(self.text(change.before, change.unit)), class_="kj-was"
        )
        value = self.value(change.after, change.unit)
        shown = joined(value) if change.same else joined(was, " → ", value)
        return element(
            "div",
            element("dt", title),
            element("dd", shown),
            element("dd", said, class_="kj-small"),
            class_="kj-stays" if change.same else None,
        )

    def values(self, title: str, head: str, changes: tuple[ValueChange, ...]) -> Markup:
        heads = [self.say(head), *self.said.heads]
        rows = [self.said.row(change) for change in changes]
        table = self.table(heads, rows, title) if rows else None
        is_results = changes is not self.whole.inputs
        others = self.said.others if is_results else ""
        return joined(table, element("p", others, class_="kj-small") if others else None)

    def table(self, heads: list[str], rows: Sequence[tuple[str, ...]], title: str) -> Markup:
        return table_markup(
            heads,
            rows,
            title=title,
            missing=self.say("no_value"),
            layout=layout_of(len(heads), is_list=False),
        )

    def steps(self) -> Markup:
        steps = [self.step(step) for step in self.said.steps()]
        unused = self.said.unused
        return joined(
            element("p", self.said.summary, class_="kj-lead"),
            element("ol", *steps, class_="kj-steps") if steps else None,
            element("p", unused, class_="kj-small") if unused else None,
        )

    def step(self, step: StepWords) -> Markup:
        head = self.title(
            2,
            element("span", step.number, class_="kj-number"),
            " ",
            element("span", step.title, class_="kj-name"),
            element("span", ": ", class_="kj-equals") if step.value else None,
            element("span", figures_markup(_whole(step.value)), class_="kj-value")
            if step.value
            else None,
        )
        items = step.change.items
        table = None
        if items is not None:
            rows = [tuple(map(self.text, row)) for row in items.rows]
            table = self.table([self.text(c) for c in items.columns], rows, self.text(items.title))
        return element(
            "li",
            head,
            self.facts(step.facts) if step.facts else None,
            table,
            class_="kj-step" if step.change.stops is None else "kj-step kj-stopped",
            id=self.anchor(f"langkah-{step.number}"),
        )


def _whole(value: str) -> str:
    """Keep the sign before a move that was cut on the line of its figure."""
    return value.replace("≈ ", "≈\N{NO-BREAK SPACE}")
