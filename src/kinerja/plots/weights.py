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
from kinerja.explore.scheme import Scheme, policy_scheme, policy_schemes
from kinerja.plots.colours import ink_on
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import blank_of, headed, percent, plain, told
from kinerja.scorer import Scorer
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.sheet import Sheet

__all__ = ["WeightNode", "plot_weights", "weights_text"]

#: Widths of the columns in points: of a level with titles inside, and of the last one, whose titles stand
#: beside it.
_INSIDE: Final = 118.0
_LAST: Final = 22.0
#: The least height of the picture, and the most.
_LEAST: Final = 150.0
_MOST: Final = 640.0
#: Height in points below which a weight does not bear its title.
_THIN: Final = 13.0
#: From the bar to the title of a leaf.
_LEAD: Final = 22.0
#: The most a column of titles takes of the width, and the least width of the titles beside.
_SHARE: Final = 0.3
_SHARE_NARROW: Final = 0.38
_BESIDE: Final = 100.0
_NARROWEST: Final = 40.0
#: Neighbours of the first level differ in grey; what they are stands beside them.
_FILLS: Final = ("#dbe8f3", "#9cc1de", "#5f94bd")


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

    @classmethod
    def of(cls, scorer: Scorer, *, step: str | None = None) -> WeightNode:
        """Take the written weights of a policy, a part that weighs others with those below it.

        Args:
            scorer: The policy.
            step: The step at the top; by default the last one that weighs, which is the nearest to the
                result.

        Raises:
            InputError: The step weighs nothing (KNJ040), or no step does (KNJ041).

        Examples:
            >>> import kinerja
            >>> root = WeightNode.of(kinerja.load("pemalang-360"), step="panel_kabid")
            >>> [(child.title.en, str(child.share)) for child in root.children]
            [('direct superior', '1/2'), ('peers', '3/10'), ('subordinates', '1/5')]
        """
        schemes = {scheme.step: scheme for scheme in policy_schemes(scorer)}

        def node(scheme: Scheme, title: Text, share: Fraction) -> WeightNode:
            total = scheme.weights.total
            return cls(
                title=title,
                share=share,
                children=tuple(
                    node(schemes[part.name], part.title, scheme.weights[part.name] / total)
                    if part.name in schemes and part.name != scheme.step
                    else cls(
                        title=blank_of(part.title, "rule.raters.group", "group") or part.title,
                        share=scheme.weights[part.name] / total,
                    )
                    for part in scheme.parts
                ),
            )

        top = policy_scheme(scorer, step=step)
        return node(top, top.title, Fraction(1))

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


def plot_weights(
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
    inside = _inside(sheet.room, _word(cells, lang), levels)
    widths = [inside] * (levels - 1) + [_LAST]
    used = sum(widths)
    within = sheet.room - used - _LEAD
    rows = _height(_leaf_texts(leaves, [], lang, within=within))
    inner = min(max(_LEAST, rows, _needed(cells, lang, inside)), max(_MOST, rows))
    tall = inner if sheet.paper else sheet.box[3]
    thin = [cell for cell in cells if cell.node.children and cell.whole * Fraction(tall) < _THIN]
    texts = _leaf_texts(leaves, thin, lang, within=within)
    inner = max(inner, _height(texts))
    sheet.lay_out(title=plain(root.title, lang), inner=inner, right=sheet.room - used)
    sheet.span((0, used), (1, 0))
    _columns(sheet, cells, widths, lang)
    _titles(sheet, leaves, texts, used)
    return sheet.describe(weights_text(root, lang=lang))


def weights_text(root: WeightNode, *, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Say in words what `plot_weights` shows.

    Args:
        root: The whole.
        lang: Language of the reader.

    Examples:
        >>> half = Fraction(1, 2)
        >>> parts = tuple(WeightNode(title=Text.same(name), share=half) for name in ("a", "b"))
        >>> weights_text(WeightNode(title=Text("Bobot", "Weights"), children=parts), lang="en")
        'Weights. A 50 %; b 50 %.'
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
            yield _Cell(node=child, level=level, start=start, whole=height, top=at, parent=node)
            yield from below(child, level + 1, start, height, at)
            start += height

    if root.children:
        yield from below(root, 0, Fraction(0), Fraction(1), None)
    else:
        yield _Cell(node=root, level=0, start=Fraction(0), whole=Fraction(1), top=0, parent=root)


def _leaf_texts(
    leaves: Sequence[_Cell], thin: Sequence[_Cell], lang: Language, *, within: float
) -> list[str]:
    """Give share and title of each leaf, with the titles of weights too thin to bear their own."""
    from kinerja.plots.lettering import NORMAL, wrapped

    texts = []
    for leaf in leaves:
        above = [cell for cell in thin if cell.start <= leaf.start and leaf.end <= cell.end]
        path = " › ".join(headed(cell.node.title, lang) for cell in (*above, leaf))
        text = f"{percent(leaf.whole, lang)}  {path}"
        texts.append(wrapped(text, within=within, size=NORMAL, lines=9))
    return texts


def _height(texts: Sequence[str]) -> float:
    from kinerja.plots.lettering import NORMAL, height_of

    return sum(height_of(text, NORMAL) + 5 for text in texts)


def _inside(room: float, word: float, levels: int) -> float:
    """Give the width of a column with titles: for the longest word if possible, and room for the leaves."""
    columns = max(levels - 1, 1)
    most = room * _SHARE if word <= room * _SHARE else room * _SHARE_NARROW / columns
    left = (room - _LAST - _LEAD - _BESIDE) / columns
    return max(min(max(_INSIDE, word), most, left), _NARROWEST)


def _word(cells: Sequence[_Cell], lang: Language) -> float:
    """Give the room that the longest word inside a cell needs."""
    from kinerja.plots.lettering import NORMAL, width_of

    inner = [_title_inside(cell, lang) for cell in cells if cell.node.children]
    return max((width_of(word, NORMAL) for text in inner for word in text.split()), default=0) + 11


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
    return f"{headed(cell.node.title, lang)} {percent(cell.whole, lang)}"


def _columns(sheet: Sheet, cells: Sequence[_Cell], widths: Sequence[float], lang: Language) -> None:
    from kinerja.plots.lettering import NORMAL, wrapped

    for place, cell in enumerate(cells):
        left = sum(widths[: cell.level])
        right = left + widths[cell.level] if cell.node.children else sum(widths)
        low, high = float(cell.start), float(cell.end)
        fill = _FILLS[cell.top % len(_FILLS)]
        sheet.bar(left, right, low, high, fill=fill, gid=f"weight-{place}", edge=0.8)
        tall = sheet.y_points(high - low)
        middle = (low + high) / 2
        if cell.node.children:
            room = right - left - 10
            lines = max(int((tall - 2) / (NORMAL * 1.25)), 0)
            if lines:
                text = wrapped(_title_inside(cell, lang), within=room, size=NORMAL, lines=lines)
                sheet.text(left, middle, text, dx=5, ha="left", colour=ink_on(fill))


def _titles(sheet: Sheet, leaves: Sequence[_Cell], texts: Sequence[str], used: float) -> None:
    """Write the titles beside the last column, moved apart where they would touch."""
    from kinerja.plots.lettering import NORMAL, height_of

    heights = [height_of(text, NORMAL) + 3 for text in texts]
    wanted = [float(cell.start + cell.end) / 2 * sheet.height for cell in leaves]
    placed = apart(wanted, heights, sheet.height)
    for text, at, middle in zip(texts, placed, wanted, strict=True):
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
            if not blocks or blocks[-1][0] + blocks[-1][1] <= start + 1e-9:
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
