"""A page as Markdown.

What lives here: headings, lists and tables. What never comes in: words, HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinerja.report.page import Block, Grid, Item, Page, Pairs, Paragraph
from kinerja.result.legible import one_line
from kinerja.result.markdown import escaped, opening
from kinerja.result.text_table import is_figure

__all__ = ["page_markdown"]


def page_markdown(page: Page) -> str:
    """Print a page as Markdown, without a line end after the last line."""
    return "\n".join(_lines(page)).strip("\n")


def _lines(page: Page) -> Iterator[str]:
    yield f"# {_text(page.title)}"
    for block in page.lead:
        yield from _block(block, page)
    for section in page.sections:
        yield from ("", f"## {_text(section.title)}")
        for block in section.blocks:
            yield from _block(block, page)


def _text(text: str) -> str:
    return escaped(one_line(text))


def _block(block: Block, page: Page) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from ("", opening(_text(block.text)))
        case Pairs():
            yield ""
            yield from _pairs(block.rows)
        case Grid():
            yield ""
            yield from _table(block, page.missing)
        case Item():
            yield from ("", f"### {_text(block.title)}", "")
            yield from _pairs(block.rows)


def _pairs(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for key, text in rows:
        if text:
            yield f"- {_text(key)}: {_text(text)}"


def _table(grid: Grid, missing: str) -> Iterator[str]:
    numeric = [
        all(is_figure(row[place]) or row[place] in ("", missing) for row in grid.rows)
        for place in range(len(grid.columns))
    ]
    yield f"| {' | '.join(map(_text, grid.columns))} |"
    yield f"| {' | '.join('---:' if is_number else '---' for is_number in numeric)} |"
    yield from (f"| {' | '.join(map(_text, row))} |" for row in grid.rows)
