"""A page as blocks: what is to be read, before it becomes text, Markdown or HTML.

What lives here: the blocks. What never comes in: words, layout; `page_text`, `page_markdown` and
`page_html` print a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

__all__ = [
    "Bars",
    "Block",
    "Columns",
    "Grid",
    "Item",
    "Lines",
    "Page",
    "Pairs",
    "Paragraph",
    "Picture",
    "Section",
    "ShareMark",
    "ShareRow",
    "Shares",
    "Stacked",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Keys and texts; a key that repeats is shown once."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table.

    Attributes:
        title: What it shows, for those who cannot see it.
        columns: Titles of the columns.
        rows: Cells.
        unbroken: Places of columns that are never narrowed on a terminal.
        grouped: Rows that begin alike belong together.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    unbroken: tuple[int, ...] = ()
    grouped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing with a name of its own, and what is said of it."""

    title: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Counts of what fell, stayed and rose, one bar a row; only a page that can be drawn on shows it.

    Attributes:
        title: What it shows.
        parts: Names of the three parts.
        rows: Name of each row, and its three counts.
    """

    title: str
    parts: tuple[str, str, str]
    rows: Sequence[tuple[str, tuple[int, int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Counts side by side; only a page that can be drawn on shows it.

    Attributes:
        title: What it shows.
        rows: What each column stands for, its count, and whether it stands for a fall, rest or rise
            (-1, 0, 1).
    """

    title: str
    rows: Sequence[tuple[str, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A figure along the periods, one small line a row; only a page that can be drawn on shows it.

    Attributes:
        title: What it shows.
        columns: Names of the periods.
        rows: Name of each row, and its value in each period with how it is written; a period without a
            value is a gap in the line.
        note: How the drawing is to be read; shown with it.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[Fraction, str] | None]]]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareMark:
    """A limit of one part of a row.

    Attributes:
        part: Place of the part among the parts.
        share: The limit, as a share of the row.
        text: What the limit says.
    """

    part: int
    share: Fraction
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One row of shares.

    Attributes:
        name: What the row stands for.
        counts: Counts of its parts, in their order.
        shares: Their shares, as they are read.
        note: What stands at the end of the line of the name, such as the size of the whole.
        marks: Limits to show.
    """

    name: str
    counts: Sequence[int]
    shares: Sequence[str]
    note: str = ""
    marks: Sequence[ShareMark] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Shares of a whole, one bar a row; only a page that can be drawn on shows it.

    Attributes:
        title: What it shows.
        parts: Names of the parts, in their order.
        rows: The rows; one without people has no bar.
    """

    title: str
    parts: Sequence[str]
    rows: Sequence[ShareRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked:
    """Counts of which some are hidden, one bar a row; only a page that can be drawn on shows it.

    Attributes:
        title: What it shows.
        parts: Names of the parts, in their order.
        scaled: How many of them, the first ones, go from low to high; others have no place on the scale.
        hidden: Name of what is hidden.
        rows: Name of each row, its counts (`None` is hidden), and the sum of its hidden counts.
    """

    title: str
    parts: Sequence[str]
    scaled: int
    hidden: str
    rows: Sequence[tuple[str, Sequence[int | None], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture drawn elsewhere; only a page that can be drawn on shows it.

    Its figures stand in a table of the same section, so that text and Markdown leave it out and lose
    nothing; what it says in words would only repeat that table.

    Attributes:
        html: Its markup, with a name and a description for those who do not see it, and nothing that
            would be fetched.
    """

    html: str


Block: TypeAlias = (
    Paragraph | Pairs | Grid | Item | Bars | Columns | Lines | Shares | Stacked | Picture
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Blocks under a title."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page.

    Attributes:
        kicker: A line above the title.
        title: Its title.
        lead: What stands before the sections.
        sections: The sections.
        contents: How screen readers call the list of sections.
        missing: How an empty cell of figures is written.
    """

    kicker: str
    title: str
    lead: Sequence[Block]
    sections: Sequence[Section]
    contents: str
    missing: str
