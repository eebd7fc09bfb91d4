"""An explanation as HTML: a page of its own, and a block to embed.

What lives here: the parts of the page, in the order of reading: what follows and what would change it come
before the steps, since that is what a person looks for first. What never comes in: styles, words,
scripts, anything that would be fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final, TypeAlias

from kinerja.result.alike import EMPTY, Grid, with_unit
from kinerja.result.explanation import Explanation, InputLine, ItemTable, Lever, Line, Loss
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
from kinerja.result.html_table import figures_markup, layout_of, table_markup
from kinerja.result.html_writer import MOST_ROWS, HtmlWriter, fragment, whole_page
from kinerja.result.legible import one_line
from kinerja.result.markup import Markup, element, joined
from kinerja.result.outline import Block, Entry, LineTable, outline_of
from kinerja.result.said import is_per_item
from kinerja.values import LegalBasis
from kinerja.words import DEFAULT_LANGUAGE, Language, Text, phrase

__all__ = ["explanation_fragment", "explanation_html"]

#: Anchor, title and content of a section.
Section: TypeAlias = tuple[str, str, Markup]
#: A result of more characters is set smaller.
LONG_VALUE: Final = 20
#: A word with more letters would break in a narrow card.
LONG_WORD: Final = 8


def explanation_html(explanation: Explanation, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print an explanation as one complete page that needs no script and no other file.

    Args:
        explanation: What to print.
        lang: Language to print it in.
    """
    page = _Page(explanation, lang, level=1, anchors=True)
    title = f"{page.heading()} – {page.text(explanation.policy.title)}"
    fingerprint = explanation.policy.fingerprint
    return whole_page(page.content(), title=title, fingerprint=fingerprint, lang=lang)


def explanation_fragment(explanation: Explanation, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Print an explanation as a block for a notebook or a page of one's own; its styles touch nothing else.

    Args:
        explanation: What to print.
        lang: Language to print it in.
    """
    return fragment(_Page(explanation, lang, level=3, anchors=False).content(), lang=lang)


class _Page(HtmlWriter):
    """One printing of one explanation in one language."""

    def __init__(
        self, explanation: Explanation, lang: Language, *, level: int, anchors: bool
    ) -> None:
        super().__init__(lang, level=level, anchors=anchors)
        self.explanation = explanation
        self.outline = outline_of(explanation)

    def content(self) -> Markup:
        sections = [
            self.follow_ups(),
            self.levers(),
            self.losses(),
            self.steps(),
            self.inputs(),
            self.policy(),
        ]
        shown = [section for section in sections if section is not None]
        contents = self.contents([(anchor, title) for anchor, title, _ in shown])
        return joined(
            self.header(),
            contents if self.anchors else None,
            *(self.section(anchor, title, content) for anchor, title, content in shown),
        )

    # Parts of the page.

    def heading(self) -> str:
        if self.explanation.id is None:
            return self.say("heading")
        return self.say("heading_for", id=one_line(self.explanation.id))

    def header(self) -> Markup:
        others = [r for r in self.outline.results if r not in self.outline.headline]
        return element(
            "header",
            element("p", self.text(self.explanation.policy.title), class_="kj-kicker"),
            self.title(0, self.heading()),
            self.results(self.outline.headline, "kj-results"),
            self.folded(
                self.say("fold_results", count=len(others)),
                self.results(others, "kj-others"),
                rows=len(others),
            )
            if others
            else None,
            self.notice("incomplete_because", self.explanation.reasons, "kj-incomplete"),
            self.notice("warnings", self.explanation.warnings, "kj-warning"),
            class_="kj-hero",
        )

    def results(self, lines: Sequence[Line], kind: str) -> Markup:
        pairs = (
            element(
                "div",
                element("dt", self.text(line.title)),
                element("dd", self.value(line.value, line.unit)),
                class_="kj-long" if _is_long(self.text(line.value, line.unit)) else None,
            )
            for line in lines
        )
        return element("dl", *pairs, class_=kind)

    def steps(self) -> Section | None:
        if not self.outline.blocks:
            return None
        return (
            "langkah",
            self.say("steps"),
            joined(self.blocks(self.outline.blocks, depth=2), self.unused()),
        )

    def unused(self) -> Markup | None:
        if not self.explanation.unused:
            return None
        titles = "; ".join(self.text(title) for title in self.explanation.unused)
        return element("p", self.say("unused", titles=titles), class_="kj-small")

    def losses(self) -> Section | None:
        losses = zip(self.explanation.losses, self.outline.shares, strict=True)
        if not self.explanation.losses:
            return None
        intro = element("p", self.say("losses_intro", total=self.text(self.outline.total)))
        items = element("ol", *(self.loss(*pair) for pair in losses), class_="kj-losses")
        return "berkurang", self.say("losses"), joined(intro, items)

    def levers(self) -> Section | None:
        target = self.explanation.target
        if target is None or not self.explanation.levers:
            return None
        rows = None
        if self.outline.levers:
            items = (self.lever(lever, target[1]) for lever in self.outline.levers)
            rows = joined(
                element("p", self.say("levers_intro")), element("ul", *items, class_="kj-levers")
            )
        title = self.say("levers", label=self.text(target[1]))
        return "mencapai", title, joined(rows, self.idle())

    def idle(self) -> Markup | None:
        """Name what is not enough alone; many are folded away where others are."""
        if not self.outline.idle:
            return None
        sentences = (element("p", words) for words in idle_words(self.outline, self.lang))
        named = element("div", *sentences, class_="kj-idle")
        count = len(self.outline.idle)
        return self.folded(self.say("fold_idle", count=count), named, rows=count)

    def follow_ups(self) -> Section | None:
        if not self.explanation.follow_ups:
            return None
        facts = follow_up_facts(self.explanation, self.lang)
        items = (
            element(
                "li",
                element("span", title, class_="kj-name"),
                None if why is None else element("p", figures_markup(why), class_="kj-small"),
            )
            for title, why in facts
        )
        return "tindak-lanjut", self.say("follow_ups"), element("ul", *items, class_="kj-follow")

    def inputs(self) -> Section | None:
        inputs = self.explanation.inputs
        if not inputs:
            return None
        grid = Grid(
            title=phrase("explain.inputs"),
            columns=tuple(phrase(f"explain.column.{key}") for key in ("name", "value", "note")),
            rows=tuple((i.title, with_unit(i), i.note or EMPTY) for i in inputs),
        )
        return "masukan", self.say("inputs"), self.long_table(grid, self.say("inputs"))

    def policy(self) -> Section:
        note = self.explanation.policy
        version = self.say("policy_version", id=one_line(note.id), version=one_line(note.version))
        choices = (
            self.say("choice", choice=self.text(choice), option=self.text(option))
            for choice, option in note.choices
        )
        rows: list[tuple[str, str]] = [
            ("policy_name", self.text(note.title)),
            ("policy_id", version),
            ("fingerprint", element("code", one_line(note.fingerprint))),
            *(("choices", choice) for choice in choices),
            *(("extends", one_line(base)) for base in note.extends),
            *(("plugins", one_line(plugin)) for plugin in note.plugins),
        ]
        content = joined(self.facts(rows), self.title(2, self.say("bases")), *self.bases())
        return "kebijakan", self.say("policy"), content

    def bases(self) -> Iterator[Markup]:
        if not self.outline.bases:
            yield element("p", self.say("no_bases"))
        for status, group in groupby(self.outline.bases, lambda b: b.status):
            tag = self.tag(status)
            yield element("p", tag, " ", self.say(f"basis.{status}"), class_="kj-status")
            yield element("ul", *map(self.basis, group), class_="kj-bases")

    def basis(self, basis: LegalBasis) -> Markup:
        source = self.say("basis_source", source=one_line(basis.source)) if basis.source else None
        note = self.text(basis.note) if basis.note is not None else None
        small = (element("p", text, class_="kj-small") for text in (source, note) if text)
        return element("li", one_line(basis.citation), *small)

    def tag(self, status: str) -> Markup:
        words = self.say(f"basis_short.{status}")
        return element("span", words, class_=f"kj-tag kj-tag-{status}")

    def cited(self, basis: LegalBasis) -> Markup:
        if basis.status == "primary":
            return joined(one_line(basis.citation))
        return joined(one_line(basis.citation), " ", self.tag(basis.status))

    # Steps.

    def blocks(self, blocks: Iterable[Block], depth: int) -> Markup:
        items = (
            self.entry(block, depth) if isinstance(block, Entry) else self.lines(block, depth)
            for block in blocks
        )
        return element("ol", *items, class_="kj-steps" if depth == 2 else "kj-parts")  # noqa: PLR2004 - the level of steps

    def entry(self, entry: Entry, depth: int) -> Markup:
        line = entry.line
        title = self.text(line.title)
        per_item = is_per_item(line)
        head = self.title(
            depth,
            element("span", entry.number, class_="kj-number"),
            " ",
            element(
                "span",
                self.say("per_item", title=title) if per_item else title,
                class_="kj-name",
            ),
            None if per_item else element("span", " = ", class_="kj-equals"),
            None if per_item else self.value(line.value, line.unit),
        )
        items = None
        if line.items is not None:
            items = self.long_table(line.items, self.text(line.items.title))
        parts = None
        if entry.blocks:
            size = sum(len(b.lines) if isinstance(b, LineTable) else 1 for b in entry.blocks)
            summary = self.say("fold_parts", count=size)
            parts = self.folded(summary, self.blocks(entry.blocks, depth + 1), rows=size)
        facts = self.all_facts(line_facts(line, self.lang), entry, line.basis)
        kind = "kj-step kj-published" if line.published else "kj-step"
        anchor = self.anchor(f"langkah-{entry.number}")
        return element("li", head, facts, items, parts, class_=kind, id=anchor)

    def lines(self, table: LineTable, depth: int) -> Markup:
        title = self.text(table.grid.title)
        head = self.title(
            depth,
            element("span", table.number, class_="kj-number"),
            " ",
            element("span", title, class_="kj-name kj-as-is" if title[:1] == "…" else "kj-name"),
        )
        numbers = []
        if table.is_run:
            numbers = [self.text(row[0]).partition(".")[0] for row in table.grid.rows]
        cells = None
        if table.cells is not None:
            summary = self.say("fold_figures", count=len(table.lines))
            shown = self.table(table.cells, self.text(table.cells.title))
            cells = self.folded(summary, shown, rows=MOST_ROWS + 1)
        facts = self.all_facts(table_facts(table, self.lang), table, table.basis)
        return element(
            "li",
            head,
            self.long_table(table.grid, title, anchors=numbers),
            cells,
            facts,
            class_="kj-step",
            id=None if table.is_run else self.anchor(f"langkah-{table.number}"),
        )

    def all_facts(
        self, facts: Iterable[Fact], block: Block, basis: Iterable[LegalBasis]
    ) -> Markup | None:
        rows = [*facts, *(("inputs", self.input_words(i)) for i in block.inputs)]
        if block.uses:
            rows.append(("uses", self.uses(block.uses)))
        rows.extend(("basis", self.cited(b)) for b in basis)
        return self.facts(rows) if rows else None

    def input_words(self, line: InputLine) -> Markup:
        value = self.value(line.value, line.unit)
        note = f" ({self.text(line.note)})" if line.note is not None else None
        return joined(self.text(line.title), " = ", value, note)

    def uses(self, uses: tuple[str, ...]) -> Markup:
        words = uses_words(uses, self.lang)
        if not self.anchors:
            return joined(words)
        before, _, after = words.partition(", ".join(uses))
        links = [element("a", u, href=f"#langkah-{u.partition('–')[0]}") for u in uses]
        between = (joined(", " if place else "", link) for place, link in enumerate(links))
        return joined(before, *between, after)

    def table(self, grid: Grid | ItemTable, title: str, *, anchors: Sequence[str] = ()) -> Markup:
        heads = [self.text(c) for c in grid.columns]
        rows = [tuple(map(self.text, row)) for row in grid.rows]
        places = [f"langkah-{number}" for number in anchors]
        return table_markup(
            heads,
            rows,
            title=title,
            missing=self.say("no_value"),
            layout=layout_of(len(heads), is_list=isinstance(grid, Grid) and grid.is_list),
            anchors=places if self.anchors else [],
        )

    def long_table(
        self, grid: Grid | ItemTable, title: str, *, anchors: Sequence[str] = ()
    ) -> Markup:
        size = len(grid.rows)
        summary = self.say("fold_rows", count=size, title=title)
        return self.folded(summary, self.table(grid, title, anchors=anchors), rows=size)

    # What would have changed it.

    def loss(self, loss: Loss, share: Fraction) -> Markup:
        value = self.say("loss", value=self.text(loss.value), best=self.text(loss.best))
        width = f"width:{round(share * 100)}%"
        return element(
            "li",
            element("span", self.text(loss.title), class_="kj-name"),
            " ",
            element("span", figures_markup(_minus(self.text(loss.points))), class_="kj-points"),
            element("div", element("span", style=width), class_="kj-bar") if share else None,
            element("p", figures_markup(value), class_="kj-small"),
        )

    def lever(self, lever: Lever, target: Text) -> Markup:
        remark = lever_remark(lever, target, self.lang)
        needed = lever_needed(lever, self.lang)
        enough = lever.needed is not None
        change = element(
            "span",
            self.value(lever.value),
            " → " if enough else ": ",
            element("strong" if enough else "span", figures_markup(needed)),
            class_="kj-change",
        )
        return element(
            "li",
            element("span", self.text(lever.title), class_="kj-name"),
            " ",
            change,
            element("p", remark, class_="kj-small") if remark else None,
            class_=None if enough else "kj-never",
        )


def _minus(points: str) -> str:
    """Put the sign of a loss before its figure: `≈ −3,06`."""
    about, _, figure = points.rpartition("≈ ")
    return f"{'≈ ' if about or figure != points else ''}−{figure}"


def _is_long(text: str) -> bool:
    """Tell whether a value is set smaller so that it fits a card."""
    return len(text) > LONG_VALUE or any(len(word) > LONG_WORD for word in text.split())
