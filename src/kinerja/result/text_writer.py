"""Plain text for a terminal: the lines that every page of a result is made of.

What lives here: titles, pairs, equations, tables and lists, at most 100 columns wide. What never comes in:
what a page says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kinerja.result.legible import legible
from kinerja.result.text_table import table_lines, wrapped
from kinerja.words import Language, Text, say

__all__ = ["WIDTH", "TextWriter"]

WIDTH: Final = 100
#: Widest column of titles before an equals sign.
TITLES: Final = 50
#: A table narrower than this, far to the right, would be worse than one that begins further left.
NARROWEST: Final = 60


class TextWriter:
    """Writes lines in one language; a page builds on it."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def say(self, key: str, **blanks: object) -> str:
        """Give words of explanations."""
        return say(f"explain.{key}", self.lang, **blanks)

    def text(self, text: Text | None, unit: Text | None = None) -> str:
        """Give a value with its unit; the words for a missing value where there is none."""
        return legible(text, self.lang, unit)

    def hanging(self, head: str, text: str) -> Iterator[str]:
        """Put a text behind a head; what does not fit goes below it."""
        for place, line in enumerate(wrapped(text, WIDTH - len(head))):
            yield (head if place == 0 else " " * len(head)) + line

    def bullets(self, texts: Iterable[Text]) -> Iterator[str]:
        """Print texts as a list."""
        for text in texts:
            yield from self.hanging("  - ", self.text(text))

    def section(self, title: str) -> Iterator[str]:
        """Print a title with its rule, after an empty line."""
        lines = wrapped(title, WIDTH)
        yield ""
        yield from lines
        yield "─" * max(map(len, lines))

    def equations(self, rows: Sequence[tuple[str, str]], indent: int) -> Iterator[str]:
        """Print titles and values, the equals signs below each other."""
        room = min(max((len(title) for title, _ in rows), default=0), TITLES)
        for title, value in rows:
            lines = wrapped(title, room)
            yield from (" " * indent + line for line in lines[:-1])
            yield from self.hanging(f"{' ' * indent}{lines[-1].ljust(room)} = ", value)

    def pairs(self, rows: Sequence[tuple[str, str]], indent: int) -> Iterator[str]:
        """Print labels and texts in two columns; a label that repeats is printed once."""
        gutter = max((len(label) for label, _ in rows), default=0) + 2
        last = ""
        for label, text in rows:
            head = " " * indent + ("" if label == last else label).ljust(gutter)
            yield from self.hanging(head, text)
            last = label

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], indent: int
    ) -> Iterator[str]:
        """Print a table."""
        indent = indent if WIDTH - indent >= NARROWEST else 0
        lines = table_lines(columns, rows, width=WIDTH - indent, missing=self.say("no_value"))
        yield from (" " * indent + line for line in lines)
