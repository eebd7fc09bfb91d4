"""The way from a function of this package to matplotlib, which may not be there.

What lives here: opening a sheet or an empty figure, and the error that names the extra. What never comes
in: layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinerja.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.sheet import Sheet

__all__ = ["blank", "open_sheet"]


def open_sheet(ax: Axes | None) -> Sheet:
    """Give the sheet to draw on.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        import matplotlib  # noqa: F401, ICN001 - asked whether it is there
    except ImportError:
        raise MissingExtraError("plots") from None
    from kinerja.plots.sheet import Sheet

    return Sheet(ax)


def blank(*, width: float = 16.0) -> Axes:
    """Give the axes of an empty figure that grows as high as its picture.

    Every function makes one where it gets no axes. Another width is for other paper: 16 cm is the text of
    an A4 page, 8.5 cm a column of it or a phone. The figure belongs to whoever holds it; pyplot knows
    nothing of it.

    Args:
        width: Centimetres.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        from kinerja.plots.canvas import new_axes
    except ImportError:
        raise MissingExtraError("plots") from None
    return new_axes(width)
