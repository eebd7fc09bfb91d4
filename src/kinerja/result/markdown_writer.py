"""Markdown: the lines that every page of a result is made of.

What lives here: headings, lists and tables of GitHub-flavoured Markdown, and the escaping of every text.
What never comes in: what a page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kinerja.result.alike import Grid
from kinerja.result.explanation import ItemTable
from kinerja.result.legible import legible
from kinerja.result.text_table import is_figure
from kinerja.words import Language, Text, say

__all__ = ["MarkdownWriter", "escaped", "joined_lines", "opening"]

#: Signs that Markdown readers take for markup, or for mathematics.
_SIGNS: Final = re.compile(r"([\\`*_\[\]|~$])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: What would open a heading, a list or an underline at the beginning of a line.
_OPENINGS: Final = re.compile(r"\A([0-9]*)([-+#=.)])")
#: What readers turn into links by themselves.
_LINKS: Final = re.compile(r"(?<=:)//|(?<=www)\.", re.IGNORECASE)


def joined_lines(given: Iterable[str]) -> str:
    """Join lines, one blank line where there are several."""
    lines: list[str] = []
    for line in given:
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")


def escaped(text: str) -> str:
    """Make a text read as it is written."""
    plain = "".join(_ENTITIES.get(c, c) for c in text)
    plain = _SIGNS.sub(r"\\\1", plain)
    return _LINKS.sub(lambda m: "".join(f"&#{ord(c)};" for c in m[0]), plain)


def opening(text: str) -> str:
    """Keep an escaped text at the beginning of a line from opening a heading or a list."""
    return _OPENINGS.sub(r"\1\\\2", text, count=1)


class MarkdownWriter:
    """Writes lines in one language; a page builds on it. An empty line ends each part."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def say(self, key: str, **blanks: object) -> str:
        """Give words of explanations."""
        return say(f"explain.{key}", self.lang, **blanks)

    def text(self, text: Text | None, unit: Text | None = None) -> str:
        """Give a value with its unit, escaped."""
        return escaped(legible(text, self.lang, unit))

    def heading(self, depth: int, text: str) -> Iterator[str]:
        """Give a heading of a level."""
        yield from ("", f"{'#' * min(depth, 6)} {text}", "")

    def bullets(self, texts: Iterable[Text]) -> Iterator[str]:
        """Give texts as a list."""
        yield from (f"- {opening(self.text(text))}" for text in texts)
        yield ""

    def table(self, grid: Grid | ItemTable) -> Iterator[str]:
        """Give a table of texts in both languages."""
        rows = [[self.text(cell) for cell in row] for row in grid.rows]
        yield from self.rows([self.text(c) for c in grid.columns], rows)

    def rows(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        """Give a table of escaped cells."""
        missing = self.text(None)
        numeric = [
            all(is_figure(row[place]) or row[place] in ("", missing) for row in rows)
            for place in range(len(columns))
        ]
        yield ""
        yield f"| {' | '.join(columns)} |"
        yield f"| {' | '.join('---:' if is_number else '---' for is_number in numeric)} |"
        yield from (f"| {' | '.join(row)} |" for row in rows)
        yield ""
