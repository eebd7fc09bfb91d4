"""A page for a terminal.

What lives here: its layout. What never comes in: words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinerja.report.layout import heading, hung, pairs, table
from kinerja.report.page import Block, Grid, Item, Page, Pairs, Paragraph

__all__ = ["page_text"]


def page_text(page: Page) -> str:
    """Print a page in lines of at most 100 characters, without a line end after the last."""
    return "\n".join(_lines(page))


def _lines(page: Page) -> Iterator[str]:
    yield from hung("", page.title)
    yield "─" * len(page.title)
    for block in page.lead:
        yield from _block(block)
    for section in page.sections:
        yield from heading(section.title)
        is_first = True
        for block in section.blocks:
            lines = list(_block(block))
            if lines and not is_first:
                yield ""
            yield from lines
            is_first = is_first and not lines


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from hung("", block.text)
        case Pairs():
            yield from pairs(block.rows)
        case Grid():
            yield from _table(block)
        case Item():
            yield from hung("", block.title)
            yield from pairs(block.rows, indent=2)


def _table(grid: Grid) -> list[str]:
    rows = _once(grid.rows) if grid.grouped else grid.rows
    lines = list(table(grid.columns, rows, unbroken=grid.unbroken))
    if grid.unbroken and lines[0].startswith(f"{grid.columns[0]}: "):
        # Side by side with broken words is easier to read than row by row.
        return list(table(grid.columns, rows))
    return lines


def _once(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Leave out a first cell that repeats the one above."""
    shown: list[list[str]] = []
    before = None
    for row in rows:
        first, *rest = row
        shown.append(["" if first == before else first, *rest])
        before = first
    return shown
