"""Figures and axes that show themselves in a notebook, without pyplot.

What lives here: the two classes, and the size of paper. What never comes in: what is drawn. Imported only
where something is drawn: it needs matplotlib.

pyplot keeps every figure it makes until somebody closes it, and asks for a display. A figure made here
belongs to whoever holds it, and a notebook shows it through `_repr_html_`.
"""

from __future__ import annotations

from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["CENTIMETRE", "Paper", "PaperAxes", "new_axes"]

#: Points of a centimetre.
CENTIMETRE: Final = 72 / 2.54
#: Least height of a figure before anything stands on it, in inches.
_START: Final = 1.0


class Paper(Figure):
    """A figure for one picture, as high as the picture needs."""

    def _repr_html_(self) -> str:
        from kinerja.plots.vector import svg

        return svg(self.axes[0])


class PaperAxes(Axes):
    """The axes of a picture; as the last line of a cell they show the picture."""

    def _repr_html_(self) -> str:
        from kinerja.plots.vector import svg

        return svg(self)


def new_axes(width: float) -> Axes:
    """Make a figure of one picture and give its axes.

    Args:
        width: Centimetres; the height follows from what is drawn.
    """
    facecolor: Any = mpl.rcParams["figure.facecolor"]
    figure = Paper(figsize=(width * CENTIMETRE / 72, _START), facecolor=facecolor, dpi=150)
    return figure.add_axes((0.0, 0.0, 1.0, 1.0), axes_class=PaperAxes)
