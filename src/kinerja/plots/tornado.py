"""How far one number moves with each weight.

What lives here: the picture of a tornado, and its description. What never comes in: how far anything moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, Protocol

from kinerja.plots.colours import CATEGORIES
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import figure, headed, percent, plain, told, words
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TornadoLike", "TornadoRowLike", "draw_tornado", "tornado_text"]

_LOW: Final = CATEGORIES[1]
_HIGH: Final = CATEGORIES[0]
_MOST_LABEL: Final = 0.36


class TornadoRowLike(Protocol):
    """What is read of one weight; see `kinerja.explore.tornado`."""

    @property
    def title(self) -> Text:
        """As people read it."""

    @property
    def weight_low(self) -> Fraction:
        """The lowest weight that was tried."""

    @property
    def weight_high(self) -> Fraction:
        """The highest weight that was tried."""

    @property
    def at_low(self) -> Fraction:
        """The number with the lowest weight."""

    @property
    def at_high(self) -> Fraction:
        """The number with the highest weight."""


class TornadoLike(Protocol):
    """What is read of a tornado; see `kinerja.explore.tornado`."""

    @property
    def title(self) -> Text:
        """The number, as people read it."""

    @property
    def unit(self) -> Text | str | None:
        """Its unit."""

    @property
    def base(self) -> Fraction:
        """The number with the weights as they are."""

    @property
    def rows(self) -> Sequence[TornadoRowLike]:
        """One for each weight."""


def draw_tornado(
    found: TornadoLike, *, lang: Language = DEFAULT_LANGUAGE, ax: Axes | None = None
) -> Axes:
    """Draw how far a number moves when each weight alone goes from its lowest to its highest value.

    The weight that moves it most stands at the top; the line is the number with the weights as they are.

    Args:
        found: The tornado.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. The bars have the gids `low-0`, `high-0`, …, counted from the top.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import SMALL, width_of
    from kinerja.plots.rows import rows_of
    from kinerja.plots.sheet import Key

    rows = _in_order(found)
    placed = rows_of(sheet, [headed(row.title, lang) for row in rows], most=_MOST_LABEL)
    ends = [found.base, *(end for row in rows for end in (row.at_low, row.at_high))]
    low, high = min(ends), max(ends)
    if high == low:
        low, high = low - 1, high + 1
    weights = [(percent(row.weight_low, lang), percent(row.weight_high, lang)) for row in rows]
    notes = max(
        (
            width_of(text, SMALL)
            for row, pair in zip(rows, weights, strict=True)
            for _, _, text in _ends(
                float(found.base), (float(row.at_low), pair[0]), (float(row.at_high), pair[1])
            )
        ),
        default=0.0,
    )
    notes += 5
    unit = plain(found.unit, lang)
    name = plain(found.title, lang)
    sheet.lay_out(
        title=words("tornado.title", lang, step=name),
        inner=placed.inner,
        left=placed.left + notes,
        right=notes,
        top=16,
        bottom=16,
        key=[
            Key(text=words("tornado.low", lang), fill=_LOW, hatch="//"),
            Key(text=words("tornado.high", lang), fill=_HIGH),
        ]
        if rows
        else [],
        label=f"{name} ({unit})" if unit else name,
        notes=[] if rows else [words("tornado.nothing", lang)],
    )
    if not rows:
        return sheet.describe(tornado_text(found, lang=lang))
    sheet.span((float(low), float(high)), placed.ends)
    sheet.x_numbers(low, high, lang=lang)
    base = float(found.base)
    for y, (row, pair) in enumerate(zip(rows, weights, strict=True)):
        at_low, at_high = float(row.at_low), float(row.at_high)
        edges = placed.edges(y)
        # Where both lie on one side the longer one goes behind.
        pieces = [("low", at_low, _LOW, "//"), ("high", at_high, _HIGH, "")]
        pieces.sort(key=lambda piece: -abs(piece[1] - base))
        for kind, end, fill, hatch in pieces:
            sheet.bar(
                min(base, end), max(base, end), *edges, fill=fill, hatch=hatch, gid=f"{kind}-{y}"
            )
        placed.write(sheet, y)
        for x, ha, text in _ends(base, (at_low, pair[0]), (at_high, pair[1])):
            sheet.text(x, placed.middle(y), text, dx=-4 if ha == "right" else 4, ha=ha, size=SMALL)
    if placed.above:
        for y in range(len(rows)):
            sheet.line([base, base], placed.edges(y), width=1.6)
    else:
        sheet.line([base, base], placed.ends, width=1.6)
    sheet.text(base, 0, figure(found.base, lang), dy=3, va="bottom", on="top", weight="bold")
    return sheet.describe(tornado_text(found, lang=lang))


def tornado_text(found: TornadoLike, *, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Say in words what `draw_tornado` shows.

    Args:
        found: The tornado.
        lang: Language of the reader.
    """
    head = words(
        "tornado.said",
        lang,
        step=plain(found.title, lang),
        base=figure(found.base, lang),
    )
    rows = [
        words(
            "tornado.said_row",
            lang,
            title=plain(row.title, lang),
            weight_low=percent(row.weight_low, lang),
            weight_high=percent(row.weight_high, lang),
            at_low=figure(row.at_low, lang),
            at_high=figure(row.at_high, lang),
        )
        for row in _in_order(found)
    ]
    return told([head, "; ".join(rows) + "." if rows else words("tornado.nothing", lang) + "."])


_End = tuple[float, Literal["left", "right"], str]


def _ends(base: float, low: tuple[float, str], high: tuple[float, str]) -> list[_End]:
    """Give where each weight stands: at its end, or both at the far end where they share a side."""
    near, far = sorted((low, high), key=lambda end: abs(end[0] - base))
    if near[0] == far[0] == base or (near[0] - base) * (far[0] - base) >= 0:
        text = f"{near[1]} … {far[1]}"
        return [(far[0], "right" if far[0] < base else "left", text)]
    return [(end[0], "right" if end[0] < base else "left", end[1]) for end in (low, high)]


def _in_order(found: TornadoLike) -> list[TornadoRowLike]:
    return sorted(
        found.rows,
        key=lambda row: (
            -max(
                abs(row.at_high - row.at_low),
                abs(row.at_high - found.base),
                abs(row.at_low - found.base),
            )
        ),
    )
