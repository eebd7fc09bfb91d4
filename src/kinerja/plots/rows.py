"""Rows of a picture, each with its label: beside the bar, or above it where paper is narrow.

What lives here: where label and bar of a row stand, and how high it must be. What never comes in: what a
bar shows. Imported only where something is drawn: it needs matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kinerja.plots.lettering import NORMAL, SMALL, height_of, width_of, wrapped
from kinerja.plots.sheet import Sheet

__all__ = ["NARROW", "Rows", "rows_of"]

#: Points below which labels stand above their bars: less than a column and a half of A4.
NARROW: Final = 320.0
#: From a label to its bar, and from row to row.
_LEAD: Final = 8.0
_ABOVE: Final = 3.0
_APART: Final = 10.0
#: Room for half a figure of the axis.
_TICK: Final = 10.0
#: Most lines of a label.
_LINES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of one picture; a row is one unit of the vertical axis, and counts from 0 at the top.

    Attributes:
        texts: The labels, in lines.
        left: Room for the labels beside the bars.
        high: Height of a row in points.
        bar: Height of a bar in points.
        shift: How far below the middle of its row a bar stands, in rows.
        above: Labels stand above their bars.
        size: Size of the labels.
        bold: Rows whose label is bold.
    """

    texts: tuple[str, ...]
    left: float
    high: float
    bar: float
    shift: float
    above: bool
    size: float
    bold: frozenset[int]

    @property
    def inner(self) -> float:
        """Height of all rows in points."""
        return self.high * max(len(self.texts), 1)

    @property
    def ends(self) -> tuple[float, float]:
        """Bottom and top of the vertical axis."""
        return max(len(self.texts), 1) - 0.5, -0.5

    def middle(self, row: int) -> float:
        """Give the middle of a bar."""
        return row + self.shift

    def edges(self, row: int) -> tuple[float, float]:
        """Give the edges of a bar."""
        half = self.bar / self.high / 2
        return self.middle(row) - half, self.middle(row) + half

    def write(self, sheet: Sheet, row: int) -> None:
        """Write the label of a row."""
        weight = "bold" if row in self.bold else "normal"
        text = self.texts[row]
        if self.above:
            top = self.edges(row)[0]
            sheet.text(
                0,
                top,
                text,
                dx=-sheet.left,
                dy=_ABOVE,
                ha="left",
                va="bottom",
                size=self.size,
                weight=weight,
                on="left",
            )
        else:
            sheet.text(
                0,
                self.middle(row),
                text,
                dx=self.left - sheet.left - _LEAD,
                ha="right",
                size=self.size,
                weight=weight,
                on="left",
            )


def rows_of(  # noqa: PLR0913 - labels, and what they leave room for
    sheet: Sheet,
    names: Sequence[str],
    *,
    most: float,
    bar: float = 15.0,
    least: float = 0.0,
    apart: float = _APART,
    bold: Sequence[int] = (),
) -> Rows:
    """Give rows whose labels are whole.

    Args:
        sheet: The sheet, not yet laid out.
        names: The labels.
        most: The most that labels take beside the bars, as a share of the width, or in points from 1 on.
        bar: Height of a bar in points.
        least: Least height of a row, where something beside the bar needs it.
        apart: Points between two rows.
        bold: Rows whose label is bold.
    """
    above = sheet.room < NARROW
    within = sheet.room if above else (most if most > 1 else sheet.room * most)
    bolds = frozenset(bold)

    def lines(size: float) -> list[str]:
        return [
            wrapped(
                name,
                within=within,
                size=size,
                lines=_LINES,
                weight="bold" if at in bolds else "normal",
            )
            for at, name in enumerate(names)
        ]

    size = NORMAL
    texts = lines(size)
    if not above and any(text.count("\n") > 1 for text in texts):
        size = SMALL
        texts = lines(size)
    tall = max((height_of(text, size) for text in texts), default=0.0)
    if above:
        high = tall + _ABOVE + max(bar, least) + apart
        shift = (tall + _ABOVE + max(bar, least) / 2 + apart / 2) / high - 0.5
        left = _TICK
    else:
        high, shift = max(tall, bar, least) + apart, 0.0
        left = _LEAD + max(
            (
                width_of(text, size, weight="bold" if at in bolds else "normal")
                for at, text in enumerate(texts)
            ),
            default=0.0,
        )
    return Rows(
        texts=tuple(texts),
        left=left,
        high=high,
        bar=bar,
        shift=shift,
        above=above,
        size=size,
        bold=bolds,
    )
