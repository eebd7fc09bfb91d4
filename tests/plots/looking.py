"""What every picture keeps, whatever it shows: nothing is cut off, no text lies on another."""

from __future__ import annotations

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

#: Points that texts may reach into each other's boxes, which are higher than letters.
TOUCH = 1.5


def texts_of(ax):
    """Give every text that is seen, with its box in points."""
    figure = ax.get_figure(root=True)
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    to_points = 72 / figure.dpi
    found = []
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text.axes is not None:
            box = Text.get_window_extent(text, renderer)
            found.append((text, [at * to_points for at in box.extents]))
    # An axis that is switched off keeps texts that are never drawn.
    hidden = {id(one) for axis in (ax.xaxis, ax.yaxis) for one in axis.findobj(Text)}
    return [(text, box) for text, box in found if id(text) not in hidden]


def cut_off(ax):
    """Give the texts that reach beyond the figure."""
    wide, high = (72 * inches for inches in ax.get_figure(root=True).get_size_inches())
    return [
        text.get_text()
        for text, (left, low, right, top) in texts_of(ax)
        if left < 0 or low < 0 or right > wide or top > high
    ]


def overlapping(ax):
    """Give the pairs of texts that lie on each other."""
    return [
        (one.get_text(), other.get_text())
        for (one, a), (other, b) in combinations(texts_of(ax), 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > TOUCH and min(a[3], b[3]) - max(a[1], b[1]) > TOUCH
    ]


def words_of(ax):
    """Give all that is written, lines joined."""
    return [" ".join(text.get_text().split()) for text, _ in texts_of(ax)]


def shapes_of(ax, begin):
    """Give the shapes whose gid begins so, by gid."""
    artists = [*ax.patches, *ax.lines]
    found = {
        one.get_gid(): one for one in artists if one.get_gid() and one.get_gid().startswith(begin)
    }
    return dict(sorted(found.items()))
