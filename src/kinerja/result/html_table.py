"""Tables in HTML, and numbers as readers take them in.

What lives here: the markup of a table, its layout by the number of columns, the far digits of endless
decimals, and places where a long word may break. What never comes in: what the cells mean, styles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from kinerja.result.markup import Markup, element, joined
from kinerja.result.text_table import is_figure

__all__ = ["Layout", "figures_markup", "layout_of", "table_markup"]

#: How a table is laid out where its columns do not fit side by side: `kj-list` puts the value beside the
#: title and the rest below, `kj-stack` puts every cell on a line of its own with the title of its column,
#: `kj-cards` does so on wide screens and paper too, `kj-pairs` always fits.
Layout = Literal["kj-list", "kj-stack", "kj-cards", "kj-pairs"]

#: A table of more columns than this does not fit on a phone.
NARROW: Final = 2
#: A table of more columns than this does not fit on paper.
MOST_COLUMNS: Final = 10

#: The digits after the second decimal of a number whose decimal never ends.
_ENDLESS: Final = re.compile(r"(?<=[0-9][.,][0-9]{2})([0-9]+…)")
#: So many letters without a space as no figure and hardly a word has.
_LONG_WORD: Final = re.compile(r"(\S{28})(?=\S)")


def layout_of(columns: int, *, is_list: bool) -> Layout:
    """Choose a layout by the number of columns; a list has one line of the computation in each row."""
    if is_list:
        return "kj-list"
    if columns > MOST_COLUMNS:
        return "kj-cards"
    return "kj-stack" if columns > NARROW else "kj-pairs"


def figures_markup(text: str) -> Markup:
    """Set the far digits of numbers whose decimals never end apart; nothing is left out.

    Examples:
        >>> figures_markup("4,3333333333… × 20")
        '4,33<span class="kj-digits">33333333…</span> × 20'
    """
    if isinstance(text, Markup):
        return text
    pieces = _ENDLESS.split(text)
    return joined(
        *(
            element("span", piece, class_="kj-digits") if place % 2 else piece
            for place, piece in enumerate(pieces)
        )
    )


def table_markup(  # noqa: PLR0913 - a table and its two kinds of words
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str,
    missing: str,
    layout: Layout,
    anchors: Sequence[str] = (),
) -> Markup:
    """Build a table; its roles are named since a layout by lines would hide them from screen readers.

    Args:
        columns: Titles of the columns.
        rows: Cells, as many as there are columns.
        title: Caption, read out but not shown.
        missing: The words of a missing value; such a cell stands where a figure would.
        layout: What becomes of it where it does not fit.
        anchors: Ids of the rows, where links lead there.
    """
    numeric = [
        any(is_figure(row[place]) for row in rows)
        and all(is_figure(row[place]) or row[place] in ("", missing) for row in rows)
        for place in range(len(columns))
    ]
    kinds = ["kj-figure" if is_number else None for is_number in numeric]
    heads = (
        element("th", _cell(title), scope="col", role="columnheader", class_=kind)
        for title, kind in zip(columns, kinds, strict=True)
    )
    body = []
    for place, row in enumerate(rows):
        cells = (
            element(
                "td",
                element("span", _cell(cell)) if cell else None,
                role="cell",
                data_label=column,
                class_=kind,
            )
            for cell, column, kind in zip(row[1:], columns[1:], kinds[1:], strict=True)
        )
        name = element("th", _cell(row[0]), scope="row", role="rowheader")
        anchor = anchors[place] if anchors else None
        body.append(element("tr", name, *cells, role="row", id=anchor))
    return element(
        "table",
        element("caption", title, class_="kj-hidden"),
        element("thead", element("tr", *heads, role="row"), role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        class_=f"kj-table {layout}",
        role="table",
    )


def _cell(text: str) -> Markup:
    """Give the content of a cell; a word that would stretch the table may break."""
    if not _LONG_WORD.search(text):
        return figures_markup(text)
    pieces = _LONG_WORD.split(text)
    return joined(*(joined(piece, Markup("<wbr>")) for piece in pieces if piece))
