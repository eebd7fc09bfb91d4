"""The weights of a policy, level by level.

What lives here: nested weights as a value, their picture, and their description. What never comes in: where
weights come from.

A sunburst bends its labels and a treemap puts them into boxes of any shape; titles of Indonesian indicators
fit in neither. Here the rings of a sunburst stand upright: one column a level, a height is a weight, and
every title is a line of text beside its weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import plain_decimal
from kinerja.plots.colours import ink_on, ordered
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import percent, plain, told, words
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.sheet import Sheet

__all__ = ["WeightNode", "draw_weights", "weights_text"]

#: Widths of the columns in points: of a level with titles inside, and of the last one, whose titles stand
#: beside it.
_INSIDE: Final = 118.0
_LAST: Final = 46.0
#: Height of a line of text; the least height of the picture, and the most.
_ROW: Final = 14.0
_LEAST: Final = 150.0
_MOST: Final = 640.0
#: From the bar to the title of a leaf.
_LEAD: Final = 22.0
#: The most a column of titles takes of the width.
_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightNode:
    """A weight, and the weights it is made of.

    Attributes:
        title: As people read it.
        share: Share of what it is a part of, from 0 to 1; 1 for the whole.
        children: Its parts; their shares sum to 1. Empty for a part that is not divided further.

    Raises:
        InputError: A share is negative, or the shares of the parts do not sum to 1 (KNJ060).
    """

    title: Text
    share: Fraction = Fraction(1)
    children: tuple[WeightNode, ...] = ()

    def __post_init__(self) -> None:
        """Refuse weights that no area can show."""
        issues = []
        if self.share < 0:
            details = {"found": quoted(plain_decimal(self.share)), "title": quoted(self.title.id)}
            issues.append(Issue(code="KNJ060", path="share", details=details))
        total = sum((child.share for child in self.children), Fraction(0))
        if self.children and total != 1:
            details = {"found": str(total), "title": quoted(self.title.id)}
            issues.append(Issue(code="KNJ060", path="children", details=details))
        if issues:
            raise InputError(issues)

    @property
    def depth(self) -> int:
        """How many levels stand below it."""
        return 1 + max(child.depth for child in self.children) if self.children else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    node: WeightNode
    level: int
    start: Fraction
    whole: Fraction
    top: int
    parent: WeightNode

    @property
    def end(self) -> Fraction:
        return self.start + self.whole


def draw_weights(
    root: WeightNode, *, lang: Language = DEFAULT_LANGUAGE, ax: Axes | None = None
) -> Axes:
    """Draw nested weights: one column a level, heights are shares of the whole.

    Args:
        root: The whole.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. Every weight is a rectangle whose gid is `weight-` and its place in the columns.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    cells = list(_cells(root))
    leaves = [cell for cell in cells if not cell.node.children]
    levels = max(root.depth, 1)
    inside = min(_INSIDE, sheet.room * _SHARE)
    widths = [inside] * (levels - 1) + [_LAST]
    used = sum(widths)
    if used + _LEAD + 120 > sheet.room:
        inside = max((sheet.room - _LAST - _LEAD - 120) / max(levels - 1, 1), 40.0)
        widths = [inside] * (levels - 1) + [_LAST]
        used = sum(widths)
    texts = _leaf_texts(leaves, lang, within=sheet.room - used - _LEAD)
    rows = sum((text.count("\n") + 1) * 11.5 + 5 for text in texts)
    inner = min(max(_LEAST, rows * 1.05, _needed(cells, lang, inside)), max(_MOST, rows))
    sheet.lay_out(title=plain(root.title, lang), inner=inner, right=sheet.room - used)
    sheet.span((0, used), (1, 0))
    _columns(sheet, cells, widths, levels, lang)
    _titles(sheet, leaves, texts, used, levels)
    return sheet.describe(weights_text(root, lang=lang))


def weights_text(root: WeightNode, *, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Say in words what `draw_weights` shows.

    Args:
        root: The whole.
        lang: Language of the reader.

    Examples:
        >>> half = Fraction(1, 2)
        >>> parts = tuple(WeightNode(title=Text.same(name), share=half) for name in ("a", "b"))
        >>> weights_text(WeightNode(title=Text("Bobot", "Weights"), children=parts), lang="en")
        'Weights. a 50 %; b 50 %.'
    """

    def said(node: WeightNode, whole: Fraction) -> str:
        text = f"{plain(node.title, lang)} {percent(whole, lang)}"
        if not node.children:
            return text
        inner = ", ".join(said(child, whole * child.share) for child in node.children)
        return f"{text} ({inner})"

    parts = "; ".join(said(child, child.share) for child in root.children)
    head = plain(root.title, lang) + "."
    return told([head, parts + "." if parts else percent(root.share, lang) + "."])


def _cells(root: WeightNode) -> Iterator[_Cell]:
    """Give every weight below the whole, a level beside the one before it."""

    def below(
        node: WeightNode, level: int, start: Fraction, whole: Fraction, top: int | None
    ) -> Iterator[_Cell]:
        for place, child in enumerate(node.children):
            height = whole * child.share
            at = place if top is None else top
            yield _Cell(
                node=child, level=level, start=start, whole=height, top=at, parent=node
            )
            yield from below(child, level + 1, start, height, at)
            start += height

    if root.children:
        yield from below(root, 0, Fraction(0), Fraction(1), None)
    else:
        yield _Cell(node=root, level=0, start=Fraction(0), whole=Fraction(1), top=0, parent=root)


def _leaf_texts(leaves: Sequence[_Cell], lang: Language, *, within: float) -> list[str]:
    from kinerja.plots.lettering import NORMAL, wrapped

    return [
        wrapped(plain(cell.node.title, lang), within=within, size=NORMAL, lines=2)
        for cell in leaves
    ]


def _needed(cells: Sequence[_Cell], lang: Language, inside: float) -> float:
    """Give the height at which the title of every divided weight fits into its cell."""
    from kinerja.plots.lettering import NORMAL, height_of, wrapped

    found = 0.0
    for cell in cells:
        if cell.node.children and cell.whole:
            text = _title_inside(cell, lang)
            text = wrapped(text, within=inside - 10, size=NORMAL, lines=6)
            found = max(found, (height_of(text, NORMAL) + 4) / float(cell.whole))
    return found


def _title_inside(cell: _Cell, lang: Language) -> str:
    return f"{plain(cell.node.title, lang)} {percent(cell.whole, lang)}"


def _columns(
    sheet: Sheet, cells: Sequence[_Cell], widths: Sequence[float], levels: int, lang: Language
) -> None:
    from kinerja.plots.lettering import NORMAL, SMALL, height_of, wrapped

    tops = ordered(max((cell.top for cell in cells), default=0) + 1)
    for place, cell in enumerate(cells):
        left = sum(widths[: cell.level])
        right = left + widths[cell.level] if cell.node.children else sum(widths)
        low, high = float(cell.start), float(cell.end)
        fill = tops[cell.top]
        sheet.bar(left, right, low, high, fill=fill, gid=f"weight-{place}", edge=0.8)
        tall = sheet.y_points(high - low)
        middle = (low + high) / 2
        if cell.node.children:
            room = right - left - 10
            lines = max(int((tall - 2) / (NORMAL * 1.25)), 0)
            if lines:
                text = wrapped(_title_inside(cell, lang), within=room, size=NORMAL, lines=lines)
                sheet.text(left, middle, text, dx=5, ha="left", colour=ink_on(fill))
        elif tall >= height_of("0", SMALL):
            share = percent(cell.whole, lang)
            sheet.text(
                right, middle, share, dx=-4, ha="right", size=SMALL, colour=ink_on(fill)
            )


def _titles(
    sheet: Sheet, leaves: Sequence[_Cell], texts: Sequence[str], used: float, levels: int
) -> None:
    """Write the titles beside the last column, moved apart where they would touch."""
    from kinerja.plots.lettering import NORMAL, height_of

    heights = [height_of(text, NORMAL) + 3 for text in texts]
    wanted = [float(cell.start + cell.end) / 2 * sheet.height for cell in leaves]
    placed = apart(wanted, heights, sheet.height)
    for cell, text, at, middle in zip(leaves, texts, placed, wanted, strict=True):
        y, from_y = at / sheet.height, middle / sheet.height
        begin, end = used, used + _LEAD - 4
        bend = used + (_LEAD - 4) / 2
        sheet.line([begin, bend, end], [from_y, y, y], width=0.6, alpha=0.6)
        sheet.text(end, y, text, dx=4, ha="left")


def apart(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Give middles near those wanted, in their order, so that nothing overlaps.

    Args:
        wanted: Middles, rising.
        heights: What each needs.
        room: Where all should stay; where they need more, they go beyond both ends alike.
    """
    # Blocks that touch are joined, and stand where their members want them on average.
    blocks: list[tuple[float, float, list[int]]] = []
    for at, (middle, high) in enumerate(zip(wanted, heights, strict=True)):
        start, size, held = middle - high / 2, high, [at]
        while True:
            start = min(max(start, 0.0), max(room - size, 0.0))
            if not blocks or blocks[-1][0] + blocks[-1][1] <= start + 1e-9:  # noqa: PLR2004 - of a point
                break
            _, before, others = blocks.pop()
            held = others + held
            size += before
            offset, total = 0.0, 0.0
            for one in held:
                total += wanted[one] - heights[one] / 2 - offset
                offset += heights[one]
            start = total / len(held)
        blocks.append((start, size, held))
    found = [0.0] * len(wanted)
    for start, _, held in blocks:
        at_y = start
        for one in held:
            found[one] = at_y + heights[one] / 2
            at_y += heights[one]
    return found
