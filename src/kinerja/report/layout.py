"""Text for a terminal: headings, pairs, tables, paragraphs, none wider than 100 columns.

What lives here: layout. What never comes in: words, what is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from kinerja.result.text_table import table_lines, wrapped

__all__ = ["WIDTH", "heading", "hung", "pairs", "table"]

#: Widest line that is laid out.
WIDTH: Final = 100
#: Widest column of keys.
KEYS: Final = 28


def hung(head: str, text: str) -> Iterator[str]:
    """Put a text behind a head; what does not fit goes below it."""
    for place, line in enumerate(wrapped(text, WIDTH - len(head))):
        yield ((head if place == 0 else " " * len(head)) + line).rstrip()


def heading(title: str) -> Iterator[str]:
    """Give a heading with its rule, after an empty line."""
    lines = wrapped(title, WIDTH)
    yield ""
    yield from lines
    yield "─" * max(map(len, lines))


def pairs(rows: Iterable[tuple[str, str]], *, indent: int = 0) -> Iterator[str]:
    """Print keys and texts side by side; a key without text is left out, one that repeats is shown once."""
    shown: list[tuple[str, str]] = []
    before = None
    for key, text in rows:
        if text:
            shown.append(("" if key == before else key, text))
            before = key or before
    width = min(max((len(key) for key, _ in shown), default=0), KEYS)
    for key, text in shown:
        head = " " * indent + key.ljust(width) + "  "
        if len(key) <= width:
            yield from hung(head, text)
        else:
            yield " " * indent + key
            yield from hung(" " * (indent + width + 2), text)


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    indent: int = 0,
    unbroken: Collection[int] = (),
) -> Iterator[str]:
    """Print a table; columns that are empty in every row are left out.

    Args:
        columns: Titles.
        rows: Cells.
        indent: Blanks before each line.
        unbroken: Places of columns that are never narrowed; they stand before any empty column.
    """
    kept = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    lines = table_lines(
        [columns[place] for place in kept],
        [[row[place] for place in kept] for row in rows],
        width=WIDTH - indent,
        missing="–",
        unbroken=unbroken,
    )
    yield from ((" " * indent + line).rstrip() for line in lines)
