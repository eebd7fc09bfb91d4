"""Pages: what was found, in words, as text, Markdown and HTML.

What lives here: pages as blocks, their three forms, and what is said on them of a whole unit. What never
comes in: how anything is found, files, arguments.
"""

from kinerja.report.page import Block, Grid, Item, Page, Pairs, Paragraph, Section
from kinerja.report.page_html import page_html
from kinerja.report.page_markdown import page_markdown
from kinerja.report.page_text import page_text

__all__ = [
    "Block",
    "Grid",
    "Item",
    "Page",
    "Pairs",
    "Paragraph",
    "Section",
    "page_html",
    "page_markdown",
    "page_text",
]
