"""What each weight moves alone.

What lives here: the picture of a tornado, and its description. What never comes in: how far anything moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, Protocol

from kinerja.plots.colours import CATEGORIES
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import figure, headed, percent, plain, told, words
from kinerja.words import DEFAULT_LANGUAGE, Language, Text, phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TornadoLike", "TornadoRowLike", "plot_tornado", "tornado_text"]

_LOW: Final = CATEGORIES[1]
_HIGH: Final = CATEGORIES[0]
_HATCH: Final = "//"
#: Height of a bar in points, and of two bars that share a side.
_BAR: Final = 15.0
_PAIR: Final = 24.0
_MOST_LABEL: Final = 0.36
#: Room on the left where no bar goes there: for half a figure of the axis.
_HALF_FIGURE: Final = 14.0


class TornadoRowLike(Protocol):
    """What is read of one weight; see `kinerja.explore.TornadoRow`."""

    @property
    def title(self) -> Text:
        """As people read it."""

    @property
    def weight_low(self) -> Fraction:
        """The weight when it goes down."""

    @property
    def weight_high(self) -> Fraction:
        """The weight when it goes up."""

    @property
    def at_low(self) -> Fraction:
        """What is measured, there."""

    @property
    def at_high(self) -> Fraction:
        """What is measured, there."""


class TornadoLike(Protocol):
    """What is read of a tornado; see `kinerja.explore.Tornado`."""

    @property
    def measure(self) -> str:
        """What is measured: `changes`, `label` or `mean`."""

    @property
    def label(self) -> str | None:
        """The label that is counted."""

    @property
    def base(self) -> Fraction:
        """What is measured with the weights as they are."""

    @property
    def rows(self) -> Sequence[TornadoRowLike]:
        """One for each weight."""


def plot_tornado(
    found: TornadoLike,
    *,
    title: Text | None = None,
    lang: Language = DEFAULT_LANGUAGE,
    ax: Axes | None = None,
) -> Axes:
    """Draw what each weight moves alone when it goes down and up.

    The weight that moves most stands at the top; the line is what is measured with the weights as they are.
    Each bar bears the weight it belongs to.

    Args:
        found: What `kinerja.explore.tornado` gives.
        title: What is measured, as people read it, such as `Text("rata-rata nilai", "mean score")`; by
            default the words for the measure.
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
    is_split = any(_shares_a_side(row, found.base) for row in rows)
    placed = rows_of(
        sheet,
        [headed(row.title, lang) for row in rows],
        most=_MOST_LABEL,
        bar=_PAIR if is_split else _BAR,
    )
    ends = [found.base, *(end for row in rows for end in (row.at_low, row.at_high))]
    low, high = min(ends), max(ends)
    if high == low:
        low, high = (low, low + 1) if _counts(found) else (low - 1, high + 1)
    weights = [(percent(row.weight_low, lang), percent(row.weight_high, lang)) for row in rows]
    room = max((width_of(text, SMALL) for pair in weights for text in pair), default=0.0) + 6
    name = plain(_measured(found, title), lang)
    sheet.lay_out(
        title=words("tornado.title", lang, step=name),
        inner=placed.inner,
        left=placed.left + (room if low < found.base else _HALF_FIGURE),
        right=room,
        top=16,
        bottom=16,
        key=[
            Key(text=words("tornado.low", lang), fill=_LOW, hatch=_HATCH),
            Key(text=words("tornado.high", lang), fill=_HIGH),
        ]
        if rows
        else [],
        label=name,
        notes=[] if rows else [words("tornado.nothing", lang)],
    )
    if not rows:
        return sheet.describe(tornado_text(found, title=title, lang=lang))
    sheet.span((float(low), float(high)), placed.ends)
    sheet.x_numbers(low, high, lang=lang)
    base = float(found.base)
    for y, (row, pair) in enumerate(zip(rows, weights, strict=True)):
        top, bottom = placed.edges(y)
        middle = placed.middle(y)
        halves = ((top, middle), (middle, bottom)) if is_split else ((top, bottom),) * 2
        bars = (
            ("low", float(row.at_low), _LOW, _HATCH, pair[0], halves[0]),
            ("high", float(row.at_high), _HIGH, "", pair[1], halves[1]),
        )
        placed.write(sheet, y)
        for kind, end, fill, hatch, text, edges in bars:
            sheet.bar(
                min(base, end), max(base, end), *edges, fill=fill, hatch=hatch, gid=f"{kind}-{y}"
            )
            ha: Literal["left", "right"] = "right" if end < base else "left"
            dx = -4 if ha == "right" else 4
            sheet.text(end, sum(edges) / 2, text, dx=dx, ha=ha, size=SMALL)
        if placed.above:
            sheet.line([base, base], (top, bottom), width=1.6)
    if not placed.above:
        sheet.line([base, base], placed.ends, width=1.6)
    sheet.text(base, 0, figure(found.base, lang), dy=3, va="bottom", on="top", weight="bold")
    return sheet.describe(tornado_text(found, title=title, lang=lang))


def tornado_text(
    found: TornadoLike, *, title: Text | None = None, lang: Language = DEFAULT_LANGUAGE
) -> str:
    """Say in words what `plot_tornado` shows.

    Args:
        found: What `kinerja.explore.tornado` gives.
        title: What is measured.
        lang: Language of the reader.
    """
    head = words(
        "tornado.said",
        lang,
        step=plain(_measured(found, title), lang),
        base=figure(found.base, lang),
    )
    rows = [
        words(
            "tornado.said_row",
            lang,
            title=headed(row.title, lang),
            weight_low=percent(row.weight_low, lang),
            weight_high=percent(row.weight_high, lang),
            at_low=figure(row.at_low, lang),
            at_high=figure(row.at_high, lang),
        )
        for row in _in_order(found)
    ]
    return told([head, "; ".join(rows) + "." if rows else words("tornado.nothing", lang) + "."])


def _measured(found: TornadoLike, title: Text | None) -> Text:
    if title is not None:
        return title
    return phrase(f"plots.tornado.measure.{found.measure}", label=found.label or "")


def _counts(found: TornadoLike) -> bool:
    return found.measure in ("changes", "label")


def _shares_a_side(row: TornadoRowLike, base: Fraction) -> bool:
    """Tell whether both ends lie on one side, or a bar has no length."""
    return (row.at_low - base) * (row.at_high - base) >= 0


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
