"""Tables in plain text, never wider than asked for.

What lives here: widths of columns, wrapped cells, numbers set by their decimal mark, and a row-by-row form
for tables that cannot fit. What never comes in: what the cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Final

__all__ = ["is_figure", "table_lines", "wrapped"]

GAP: Final = "  "
#: A word longer than this may be broken so that a table fits.
LONGEST_WORD: Final = 14

#: A letter in parentheses stands for a figure that is not shown.
_FIGURE: Final = re.compile(
    r"(?:(?:≈ )?[−+-]?[0-9]+(?P<rest>[.,/][0-9]+)?(?P<mark>…?)(?P<unit> ?%)?|\([a-z]\))\Z"
)


def is_figure(cell: str) -> bool:
    """Tell whether a cell holds a number and no words, or a sign such as `(r)` in its place.

    Examples:
        >>> is_figure("−3,25"), is_figure("60 %"), is_figure("B (Baik)"), is_figure("(r)")
        (True, True, False, True)
    """
    return _FIGURE.match(cell) is not None


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` characters; a long word is cut."""
    return wrap(text, max(width, 1), break_on_hyphens=False) or [""]


def table_lines(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int,
    missing: str,
    unbroken: Collection[int] = (),
) -> Iterator[str]:
    """Print a table.

    Args:
        columns: Titles of the columns; a table whose titles are all empty has no head.
        rows: Cells, as many as there are columns.
        width: Most characters of a line.
        missing: The words of a missing value; such a cell stands where a figure would.
        unbroken: Places of columns that are never narrowed, such as ids that people copy.
    """
    numeric = [
        any(is_figure(row[place]) for row in rows)
        and all(is_figure(row[place]) or row[place] in ("", missing) for row in rows)
        for place in range(len(columns))
    ]
    cells = [list(row) for row in rows]
    for place, is_number in enumerate(numeric):
        if is_number:
            aligned = _aligned([row[place] for row in rows])
            for row, cell in zip(cells, aligned, strict=True):
                row[place] = cell
    widths = _widths(columns, cells, numeric, width, unbroken)
    if widths is None:
        yield from _row_by_row(columns, rows, width)
        return
    if any(columns):
        yield from _row(columns, widths, numeric)
        yield GAP.join("─" * w for w in widths)
    for row in cells:
        yield from _row(row, widths, numeric)


def _aligned(cells: list[str]) -> list[str]:
    """Pad figures on the right so that their decimal marks stand below each other."""
    tails = [_tail(cell) for cell in cells]
    longest = max(tails)
    return [
        cell + " " * (longest - tail) if is_figure(cell) else cell
        for cell, tail in zip(cells, tails, strict=True)
    ]


def _tail(cell: str) -> int:
    found = _FIGURE.match(cell)
    return 0 if found is None else sum(len(found[part] or "") for part in ("rest", "mark", "unit"))


def _widths(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    width: int,
    unbroken: Collection[int],
) -> list[int] | None:
    """Find a width for each column, or `None` where they cannot stand side by side."""
    widths, least = [], []
    for place, title in enumerate(columns):
        cells = [row[place] for row in rows]
        widths.append(max((len(c) for c in [title, *cells]), default=0))
        words = [*title.split(), *(cells if numeric[place] else " ".join(cells).split())]
        longest = max((len(word) for word in words), default=0)
        whole = numeric[place] or place in unbroken
        least.append(longest if whole else min(longest, LONGEST_WORD))
    room = width - len(GAP) * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        # The column with the most room to give is narrowed.
        place = max(range(len(widths)), key=lambda p: widths[p] - least[p])
        widths[place] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    broken = [
        [cell] if is_number and len(cell) <= room else wrapped(cell, room)
        for cell, room, is_number in zip(cells, widths, numeric, strict=True)
    ]
    for parts in zip_longest(*broken, fillvalue=""):
        yield GAP.join(
            part.rjust(room) if is_number else part.ljust(room)
            for part, room, is_number in zip(parts, widths, numeric, strict=True)
        ).rstrip()


def _row_by_row(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    for place, row in enumerate(rows):
        if place:
            yield ""
        for title, cell in zip(columns, row, strict=True):
            for part, line in enumerate(wrapped(f"{title}: {cell}", width - len(GAP))):
                yield f"{GAP if part else ''}{line}"
