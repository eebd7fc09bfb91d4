"""The sheet a picture is drawn on: title, key, axes, ticks and notes, each with the room it needs.

What lives here: layout in points, so that no text is cut or lies on another, and the few shapes that the
pictures share. What never comes in: what a picture says. Imported only where something is drawn: it needs
matplotlib.

A picture fills the rectangle of the axes it is given: everything, labels too, stays inside it. Where none
is given, it gets a figure of its own, as high as it needs to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, Literal

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import Affine2D, ScaledTranslation

from kinerja.plots.canvas import Paper, new_axes
from kinerja.plots.colours import edge_for, ink_for
from kinerja.plots.figures import ticks, written
from kinerja.plots.lettering import (
    FAMILY,
    NORMAL,
    SMALL,
    TITLE,
    height_of,
    line_height,
    width_of,
    wrapped,
)
from kinerja.words import Language

__all__ = ["Key", "Sheet"]

#: Centimetres of a figure of its own: the width of text on A4.
WIDTH: Final = 16.0
#: Points around a figure of its own, and between a label and what it labels.
MARGIN: Final = 6.0
GAP: Final = 6.0
#: How strong lines behind the figures are.
FAINT: Final = 0.18
#: Size of a swatch in the key, and the room between two entries.
_SWATCH: Final = 9.0
_BETWEEN: Final = 14.0
#: How far above the foot of a swatch its text stands.
_DROP: Final = 1.2
#: Width of outlines.
_THIN: Final = 0.6
_LEAST: Final = 24.0
_FEWEST: Final = 2
#: Distance of lines as matplotlib counts it; a line then needs a little less than `line_height` gives it.
_LEADING: Final = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One entry of a key.

    Attributes:
        text: What it means.
        fill: Colour of the swatch; `None` leaves it empty.
        hatch: Hatch of the swatch.
        marker: A line with this marker stands there instead of a swatch.
        style: Style of that line.
    """

    text: str
    fill: str | None = None
    hatch: str = ""
    marker: str | None = None
    style: Any = "-"


class Sheet:
    """Axes laid out for one picture.

    Args:
        ax: The axes to draw in; `None` makes a figure of its own.
    """

    def __init__(self, ax: Axes | None) -> None:
        self.ax = new_axes(WIDTH) if ax is None else ax
        figure: Any = self.ax.get_figure(root=True)
        self.paper = isinstance(figure, Paper)
        self.figure: Any = figure
        wide, high = (72 * inches for inches in self.figure.get_size_inches())
        if self.paper:
            self.box = (MARGIN, MARGIN, wide - 2 * MARGIN, high - 2 * MARGIN)
        else:
            place = self.ax.get_position(original=True)
            self.box = (
                place.x0 * wide,
                place.y0 * high,
                place.width * wide,
                place.height * high,
            )
        self.ink = ink_for(self._paper_colour())
        #: Room for everything side by side, in points.
        self.room = self.box[2]
        self.left = self.width = self.height = 0.0
        self._foot = 0.0

    def _paper_colour(self) -> str:
        red, green, blue, alpha = to_rgba(self.figure.get_facecolor())
        return to_hex((red, green, blue)) if alpha else "#ffffff"

    # Layout.

    def lay_out(  # noqa: PLR0913 - what stands around a picture
        self,
        *,
        title: str,
        inner: float,
        left: float = 0.0,
        right: float = 0.0,
        top: float = 0.0,
        bottom: float = 0.0,
        key: Sequence[Key] = (),
        label: str = "",
        notes: Sequence[str] = (),
    ) -> None:
        """Place the axes, and write what stands above and below them.

        Args:
            title: Heading.
            inner: Height of the axes, in points; what is left over in axes that were given.
            left: Room for labels beside the axes.
            right: The same on the other side.
            top: Room just above the axes.
            bottom: Room just below the axes.
            key: What fills mean.
            label: What the horizontal axis shows.
            notes: What must be known to read the picture.
        """
        x, y, wide, high = self.box
        self.left, self.width = left, max(wide - left - right, _LEAST)
        heading = wrapped(
            title[:1].upper() + title[1:], within=wide, size=TITLE, lines=6, weight="bold"
        )
        rows = self._rows_of(key)
        label = label[:1].upper() + label[1:]
        below = [wrapped(label, within=wide, size=SMALL)] if label else []
        below += [wrapped(note, within=wide, size=SMALL, lines=6) for note in notes if note]
        above_key = top + (GAP if rows else 0.0)
        above_title = above_key + len(rows) * line_height(NORMAL) * 1.15 + GAP
        head = above_title + height_of(heading, TITLE)
        foot = bottom + sum(height_of(text, SMALL) + GAP / 2 for text in below)
        if self.paper:
            high = head + inner + foot
            self.figure.set_size_inches((wide + 2 * MARGIN) / 72, (high + 2 * MARGIN) / 72)
        self.height = max(high - head - foot, _LEAST)
        whole, total = (72 * inches for inches in self.figure.get_size_inches())
        place = (
            (x + left) / whole,
            (y + foot) / total,
            self.width / whole,
            self.height / total,
        )
        self.ax.set_position(place)
        self.ax.set_axis_off()
        self.ax.set_title(
            heading,
            loc="left",
            x=-left / self.width,
            y=1.0,
            pad=above_title,
            color=self.ink,
            linespacing=_LEADING,
            verticalalignment="bottom",
            **self._font(TITLE, "bold"),
        )
        self._draw_key(rows, above_key)
        down = -bottom
        for text in below:
            down -= GAP / 2
            self._offset(text, (0, 0), (-left, down), va="top", size=SMALL)
            down -= height_of(text, SMALL)

    def span(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Set what the axes show; the first end is on the left, or at the bottom."""
        self.ax.set_xlim(*x)
        self.ax.set_ylim(*y)

    def x_points(self, span: float) -> float:
        """Turn a width of the data into points."""
        first, last = self.ax.get_xlim()
        return abs(span) / (abs(last - first) or 1.0) * self.width

    def y_points(self, span: float) -> float:
        """Turn a height of the data into points."""
        first, last = self.ax.get_ylim()
        return abs(span) / (abs(last - first) or 1.0) * self.height

    # The key.

    def _rows_of(self, key: Sequence[Key]) -> list[list[tuple[float, Key]]]:
        rows: list[list[tuple[float, Key]]] = []
        at = self.room + 1
        for one in key:
            lead = _SWATCH * (2.4 if one.marker else 1) + 4
            text = wrapped(one.text, within=self.room - lead, size=NORMAL, lines=1)
            wide = lead + width_of(text, NORMAL)
            if at + wide > self.room:
                rows.append([])
                at = 0.0
            entry = Key(
                text=text, fill=one.fill, hatch=one.hatch, marker=one.marker, style=one.style
            )
            rows[-1].append((at, entry))
            at += wide + _BETWEEN
        return rows

    def _draw_key(self, rows: Sequence[Sequence[tuple[float, Key]]], above: float) -> None:
        points = self._from_corner(0, 1)
        step = line_height(NORMAL) * 1.15
        for at, row in enumerate(reversed(rows)):
            y = above + at * step
            for x, one in row:
                begin = x - self.left
                lead = _SWATCH
                if one.marker:
                    lead = _SWATCH * 2.4
                    self.ax.plot(
                        [begin, begin + lead / 2, begin + lead],
                        [y + _SWATCH / 2] * 3,
                        transform=points,
                        color=one.fill,
                        marker=one.marker,
                        markevery=[1],
                        linestyle=one.style,
                        markersize=5,
                        linewidth=1.6,
                        clip_on=False,
                        scalex=False,
                        scaley=False,
                        markeredgecolor=self.ink,
                        markeredgewidth=0.5,
                    )
                else:
                    swatch = Rectangle((begin, y), _SWATCH, _SWATCH, transform=points)
                    self._add(swatch, one.fill, one.hatch)
                self._offset(one.text, (0, 1), (begin + lead + 4, y + _DROP), va="baseline")

    def _from_corner(self, x: float, y: float) -> Any:  # noqa: ANN401 - a transform
        scaled = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        corner: Any = self.ax.transAxes
        return scaled + ScaledTranslation(x, y, corner)

    # Text.

    @staticmethod
    def _font(size: float, weight: str = "normal") -> dict[str, Any]:
        return {
            "fontfamily": FAMILY,
            "fontsize": size,
            "fontweight": weight,
            "fontstyle": "normal",
            "parse_math": False,
            "usetex": False,
        }

    def _offset(
        self,
        text: str,
        corner: tuple[float, float],
        offset: tuple[float, float],
        *,
        va: str,
        size: float = NORMAL,
    ) -> None:
        self.ax.annotate(
            text,
            corner,
            xycoords="axes fraction",
            xytext=offset,
            textcoords="offset points",
            ha="left",
            va=va,
            color=self.ink,
            linespacing=_LEADING,
            annotation_clip=False,
            **self._font(size),
        )

    def text(  # noqa: PLR0913 - where and how a text stands
        self,
        x: float,
        y: float,
        text: str,
        *,
        dx: float = 0.0,
        dy: float = 0.0,
        ha: Literal["left", "center", "right"] = "center",
        va: Literal["top", "center", "bottom"] = "center",
        size: float = NORMAL,
        weight: str = "normal",
        colour: str | None = None,
        alpha: float | None = None,
        box: str | None = None,
        on: Literal["data", "left", "right", "bottom", "top"] = "data",
    ) -> None:
        """Write at a place.

        Args:
            x: Place in the data.
            y: Place in the data.
            text: Lines.
            dx: Points to the right of the place.
            dy: Points above the place.
            ha: Which side of the text stands there.
            va: Which side of the text stands there.
            size: Size in points.
            weight: Weight.
            colour: Colour; that of the ink by default.
            alpha: How strong it is.
            box: Colour of a box behind it, which keeps it readable on hatches.
            on: An edge of the axes in place of `x`, or of `y`.
        """
        coordinates: Any = "data"
        if on in ("left", "right"):
            coordinates, x = self.ax.get_yaxis_transform(), 0.0 if on == "left" else 1.0
        elif on in ("bottom", "top"):
            coordinates, y = self.ax.get_xaxis_transform(), 0.0 if on == "bottom" else 1.0
        self.ax.annotate(
            text,
            (x, y),
            xycoords=coordinates,
            xytext=(dx, dy),
            textcoords="offset points",
            ha=ha,
            va=va,
            color=colour or self.ink,
            alpha=alpha,
            linespacing=_LEADING,
            annotation_clip=False,
            bbox=None if box is None else {"facecolor": box, "edgecolor": "none", "pad": 1.2},
            **self._font(size, weight),
        )

    def x_numbers(self, low: Fraction, high: Fraction, *, lang: Language) -> None:
        """Draw and write round numbers along the horizontal axis, as many as have room."""
        for most in range(6, 1, -1):
            places = [(float(at), written(at, lang)) for at in ticks(low, high, most=most)]
            if self._has_room(places) or most == _FEWEST:
                self.x_ticks(places)
                return

    def _has_room(self, places: Sequence[tuple[float, str]]) -> bool:
        return all(
            self.x_points(after[0] - before[0])
            >= (width_of(before[1], SMALL) + width_of(after[1], SMALL)) / 2 + GAP
            for before, after in pairwise(places)
        )

    def x_ticks(self, places: Sequence[tuple[float, str]]) -> None:
        """Draw faint lines upwards from round places, and write what they are below them.

        Where there is no room for all, only the first and the last are written.
        """
        written = places if self._has_room(places) else [*places[:1], *places[1:][-1:]]
        for x, text in places:
            self.ax.axvline(x, color=self.ink, alpha=FAINT, linewidth=_THIN, zorder=0)
            if (x, text) in written:
                self.text(x, 0, text, dy=-GAP / 2, va="top", size=SMALL, on="bottom")

    def y_ticks(self, places: Sequence[tuple[float, str]]) -> None:
        """Draw faint lines across from round places, and write what they are on the left."""
        for y, text in places:
            self.ax.axhline(y, color=self.ink, alpha=FAINT, linewidth=_THIN, zorder=0)
            self.text(0, y, text, dx=-GAP, ha="right", size=SMALL, on="left")

    # Shapes.

    def bar(  # noqa: PLR0913 - four edges, and how it looks
        self,
        left: float,
        right: float,
        low: float,
        high: float,
        *,
        fill: str | None,
        hatch: str = "",
        alpha: float | None = None,
        edge: float = _THIN,
        gid: str | None = None,
    ) -> Rectangle:
        """Draw a rectangle with a thin outline."""
        patch = Rectangle((left, low), right - left, high - low)
        self._add(patch, fill, hatch, alpha=alpha, edge=edge)
        patch.set_gid(gid)
        return patch

    def shape(self, patch: Patch, *, fill: str | None, hatch: str = "", alpha: float) -> None:
        """Draw any shape in the manner of the bars."""
        self._add(patch, fill, hatch, alpha=alpha)

    def _add(
        self,
        patch: Patch,
        fill: str | None,
        hatch: str,
        *,
        alpha: float | None = None,
        edge: float = _THIN,
    ) -> None:
        patch.set_facecolor("none" if fill is None else to_rgba(fill, alpha))
        is_solid = fill is not None and alpha is None
        patch.set_edgecolor(edge_for(fill, self.ink) if fill and is_solid else self.ink)
        patch.set_linewidth(edge)
        patch.set_hatch(hatch)
        patch.set_hatch_linewidth(_THIN)
        patch.set_clip_on(False)
        self.ax.add_patch(patch)

    def line(  # noqa: PLR0913 - where it goes, and how it looks
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        width: float = 1.0,
        colour: str | None = None,
        style: Any = "-",  # noqa: ANN401 - as matplotlib takes it
        alpha: float | None = None,
    ) -> None:
        """Draw a line."""
        self.ax.plot(
            xs,
            ys,
            color=colour or self.ink,
            linewidth=width,
            linestyle=style,
            alpha=alpha,
            marker="",
            clip_on=False,
            scalex=False,
            scaley=False,
            solid_capstyle="butt",
        )

    def describe(self, text: str) -> Axes:
        """Keep the description of the picture as the label of the axes, where `svg` finds it."""
        self.ax.set_label(text)
        return self.ax
