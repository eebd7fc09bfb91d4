"""HTML: the frame of a page, and the parts that every page of a result is made of.

What lives here: a page that needs no other file, a block to embed, sections, notices, pairs. What never
comes in: what a page says, styles, scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from kinerja.result.html_table import figures_markup
from kinerja.result.legible import legible, short_fingerprint
from kinerja.result.markup import Markup, element
from kinerja.result.stylesheet import SHEET, footer_sheet
from kinerja.words import Language, Text, say

__all__ = ["MOST_ROWS", "HtmlWriter", "fragment", "whole_page"]

#: Class of the outermost element, below which every style applies.
ROOT: Final = "kinerja-rincian"
#: More rows than this are folded away on a screen; in print they are open.
MOST_ROWS: Final = 12


def whole_page(
    content: Markup, *, title: str, fingerprint: str, lang: Language, sheet: str = ""
) -> str:
    """Put content into a complete page that needs no script and no other file.

    Args:
        content: What stands on the page.
        title: Title of the page, also at the foot of printed ones.
        fingerprint: Fingerprint of the policy, at the foot of printed ones.
        lang: Language of the content.
        sheet: Rules of this kind of page, after those of every page.
    """
    footer = footer_sheet(f"{title} – {short_fingerprint(fingerprint)}")
    head = element(
        "head",
        Markup('\n<meta charset="utf-8">\n'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Markup('<meta name="color-scheme" content="light dark">\n'),
        element("title", title),
        element("style", Markup(f"\n{SHEET}{sheet}{footer}")),
        Markup("\n"),
    )
    body = element("body", Markup("\n"), element("main", content, class_=ROOT))
    return f"<!doctype html>\n{element('html', head, Markup(chr(10)), body, lang=lang)}\n"


def fragment(content: Markup, *, lang: Language, sheet: str = "") -> str:
    """Put content into a block for a notebook or a page of one's own; its styles touch nothing else."""
    style = element("style", Markup(f"\n{SHEET}{sheet}"))
    return element("div", style, Markup("\n"), content, class_=ROOT, lang=lang)


class HtmlWriter:
    """Writes markup in one language; a page builds on it.

    Attributes:
        lang: Language of every word.
        level: Level of the first heading.
        anchors: Sections and steps carry ids that links lead to; a page that holds several results could
            not have them twice.
    """

    def __init__(self, lang: Language, *, level: int, anchors: bool) -> None:
        self.lang = lang
        self.level = level
        self.anchors = anchors

    def say(self, key: str, **blanks: object) -> str:
        """Give words of explanations."""
        return say(f"explain.{key}", self.lang, **blanks)

    def text(self, text: Text | None, unit: Text | None = None) -> str:
        """Give a value with its unit; the words for a missing value where there is none."""
        return legible(text, self.lang, unit)

    def title(self, depth: int, *content: str | None, **attributes: str | None) -> Markup:
        """Give a heading, so many levels below the first."""
        return element(f"h{min(self.level + depth, 6)}", *content, **attributes)

    def anchor(self, name: str) -> str | None:
        """Give an id that links lead to, where this page has them."""
        return name if self.anchors else None

    def section(self, anchor: str, title: str, content: Markup) -> Markup:
        """Give content under a heading."""
        heading = self.anchor(f"{anchor}-judul")
        return element(
            "section",
            self.title(1, title, id=heading),
            content,
            class_="kj-section",
            id=self.anchor(anchor),
            aria_labelledby=heading,
        )

    def contents(self, places: Iterable[tuple[str, str]]) -> Markup:
        """Give links to sections: their anchors and titles."""
        links = (element("li", element("a", title, href=f"#{place}")) for place, title in places)
        return element(
            "nav", element("ul", *links), aria_label=self.say("contents"), class_="kj-nav"
        )

    def value(self, text: Text | None, unit: Text | None = None) -> Markup:
        """Give a value, set apart where it is missing."""
        kind = "kj-value" if text is not None else "kj-value kj-missing"
        return element("span", figures_markup(self.text(text, unit)), class_=kind)

    def bullets(self, texts: Iterable[Text]) -> Markup:
        """Give texts as a list."""
        return element("ul", *(element("li", self.text(text)) for text in texts))

    def folded(self, summary: str, content: Markup, *, rows: int) -> Markup:
        """Fold long content away; short content stays in sight."""
        if rows <= MOST_ROWS:
            return content
        return element("details", element("summary", summary), content, class_="kj-fold")

    def notice(self, key: str, texts: Sequence[Text], kind: str) -> Markup | None:
        """Give texts that must be seen, or nothing where there are none."""
        if not texts:
            return None
        head = element("p", element("strong", self.say(key)))
        return element("div", head, self.bullets(texts), class_=f"kj-notice {kind}", role="note")

    def facts(self, rows: Iterable[tuple[str, str]]) -> Markup:
        """Give keys of words and texts; a key that repeats is shown once."""
        pairs = (
            element(
                "div",
                element("dt", self.say(key)),
                *(element("dd", figures_markup(text)) for _, text in group),
                class_=f"kj-{key}",
            )
            for key, group in groupby(rows, lambda row: row[0])
        )
        return element("dl", *pairs, class_="kj-facts")
