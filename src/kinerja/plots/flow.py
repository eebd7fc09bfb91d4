"""Which label people have before a change, and which after it.

What lives here: the counts as a value, their picture, and its description. What never comes in: counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from kinerja.cohort.trend import UnitMoves
from kinerja.plots.colours import CATEGORIES, ink_on, ordered
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import counted, plain, told, words
from kinerja.plots.weights import apart
from kinerja.scorer import LabelStep
from kinerja.verify import Impact
from kinerja.words import DEFAULT_LANGUAGE, Language, Text, phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.sheet import Sheet

__all__ = ["LabelFlow", "flow_text", "plot_flow"]

Way = Literal["up", "same", "down", "other"]
#: Colour, hatch and strength of the ribbons.
_WAYS: Final[Mapping[Way, tuple[str, str, float]]] = {
    "up": (CATEGORIES[0], "", 0.75),
    "same": ("#8a949d", "", 0.35),
    "down": (CATEGORIES[4], "//", 0.75),
    "other": (CATEGORIES[1], "..", 0.6),
}
#: Height of the picture in points, width of the columns, and the gap between labels.
_HIGH: Final = 210.0
_COLUMN: Final = 16.0
_GAP: Final = 9.0
_MOST_LABEL: Final = 0.3
#: Least width of what lies between the labels.
_MIDDLE: Final = 84.0
#: Least height of a ribbon that bears its number.
_NUMBERED: Final = 10.0
#: How strong a ribbon is at most that ink of the paper is readable on.
_READABLE: Final = 0.4

Labels = tuple[tuple[str | None, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFlow:
    """Counts of people by their labels before and after.

    Attributes:
        title: What the labels are of.
        before: Ids and titles of the labels before, from the lowest where they have an order; `None` is no
            label.
        after: The same after.
        counts: People by both labels.
        ordered: Whether both have one common order, so that a move goes up or down.
    """

    title: Text
    before: Labels
    after: Labels
    counts: Mapping[tuple[str | None, str | None], int]
    ordered: bool

    def __post_init__(self) -> None:
        """Refuse counts of labels that are not there."""
        old, new = {label for label, _ in self.before}, {label for label, _ in self.after}
        for first, second in self.counts:
            if first not in old or second not in new:
                msg = f"no such labels: {first!r}, {second!r}"
                raise ValueError(msg)

    @classmethod
    def of(cls, impact: Impact) -> LabelFlow | None:
        """Take the moves of a comparison of policies; `None` where it compares no labels.

        Args:
            impact: What `kinerja.verify.impact` gives.
        """
        if impact.labels is None or impact.steps is None:
            return None
        old, new = impact.steps
        common = old.ordered and new.ordered and _agree(old, new)
        return cls._from(new.title, old, new, impact.labels.counts, common=common)

    @classmethod
    def between(cls, moves: UnitMoves, *, step: LabelStep) -> LabelFlow:
        """Take the moves of a unit from one period to the next.

        Args:
            moves: What `kinerja.cohort.unit_moves` gives.
            step: The step whose label was looked at.
        """
        counts: dict[tuple[str | None, str | None], int] = {
            (old, new): count for (old, new), count in moves.matrix.items()
        }
        return cls._from(step.title, step, step, counts, common=step.ordered)

    @classmethod
    def _from(
        cls,
        title: Text,
        old: LabelStep,
        new: LabelStep,
        counts: Mapping[tuple[str | None, str | None], int],
        *,
        common: bool,
    ) -> LabelFlow:
        none = (None, phrase("plots.without", step=title))
        before: Labels = tuple(old.labels)
        after: Labels = tuple(new.labels)
        if any(first is None for first, _ in counts):
            before = (none, *before)
        if any(second is None for _, second in counts):
            after = (none, *after)
        return cls(title=title, before=before, after=after, counts=dict(counts), ordered=common)

    def way(self, before: str | None, after: str | None) -> Way:
        """Tell which way a move goes."""
        if before == after:
            return "same"
        if before is None or after is None or not self.ordered:
            return "other"
        order = _order(self)
        return "up" if order.index(after) > order.index(before) else "down"


def _order(flow: LabelFlow) -> list[str]:
    longer = max(flow.before, flow.after, key=len)
    names = [label for label, _ in longer if label is not None]
    others = [label for label, _ in (*flow.before, *flow.after) if label is not None]
    return [*names, *(one for one in dict.fromkeys(others) if one not in names)]


def _agree(old: LabelStep, new: LabelStep) -> bool:
    """Tell whether the labels of one are among those of the other, in the same order."""
    first, second = [one for one, _ in old.labels], [one for one, _ in new.labels]
    if len(first) > len(second):
        first, second = second, first
    return [one for one in second if one in first] == first


def plot_flow(
    found: LabelFlow, *, lang: Language = DEFAULT_LANGUAGE, ax: Axes | None = None
) -> Axes:
    """Draw labels before and after as columns, and people between them as ribbons.

    The highest label stands at the top. A ribbon is as wide as the people it stands for are many.

    Args:
        found: The counts.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. A ribbon has the gid `ribbon-` and the ids of both labels.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import NORMAL, height_of, width_of
    from kinerja.plots.rows import NARROW
    from kinerja.plots.sheet import Key

    total = sum(found.counts.values())
    sides = (_sums(found, 0), _sums(found, 1))
    within = min(sheet.room * _MOST_LABEL, (sheet.room - _MIDDLE) / 2 - 10)
    narrow = sheet.room < NARROW
    texts = [
        [
            _named(plain(title, lang), sums[label], within=within, narrow=narrow)
            for label, title in reversed(labels)
        ]
        for labels, sums in zip((found.before, found.after), sides, strict=True)
    ]
    left, right = (
        max((width_of(text, NORMAL) for text in side), default=0.0) + 10 for side in texts
    )
    most = max(len(found.before), len(found.after))
    tall = max((height_of(text, NORMAL) + 4 for side in texts for text in side), default=0.0)
    inner = max(_HIGH, most * max(tall, 30.0))
    ways = dict.fromkeys(found.way(*pair) for pair, count in found.counts.items() if count)
    sheet.lay_out(
        title=words("flow.title", lang, step=plain(found.title, lang)),
        inner=inner if total else 24.0,
        left=left,
        right=right,
        top=16,
        bottom=4,
        key=[
            Key(text=f"{words(f'flow.{way}', lang)}: {_moved(found, way)}", fill=fill, hatch=hatch)
            for way, (fill, hatch, _) in _WAYS.items()
            if way in ways
        ],
        notes=[] if total else [words("nobody", lang)],
    )
    if not total:
        return sheet.describe(flow_text(found, lang=lang))
    sheet.span((0, sheet.width), (sheet.height, 0))
    room = sheet.height - _GAP * (most - 1)
    scale = room / total
    tops = [
        _tops(labels, sums, scale, sheet.height)
        for labels, sums in zip((found.before, found.after), sides, strict=True)
    ]
    _ribbons(sheet, found, tops, scale)
    for side, (labels, sums, words_) in enumerate(
        zip((found.before, found.after), sides, texts, strict=True)
    ):
        _column(
            sheet,
            side=side,
            labels=labels,
            sums=sums,
            tops=tops[side],
            scale=scale,
            texts=words_,
        )
    ends: tuple[tuple[float, float, Literal["left", "right"], str], ...] = (
        (0, -7.0, "right", "before"),
        (sheet.width, 7.0, "left", "after"),
    )
    for x, dx, ha, key in ends:
        sheet.text(
            x,
            0,
            words(f"flow.{key}", lang),
            dx=dx,
            dy=3,
            ha=ha,
            va="bottom",
            on="top",
            weight="bold",
        )
    return sheet.describe(flow_text(found, lang=lang))


def flow_text(found: LabelFlow, *, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Say in words what `plot_flow` shows.

    Args:
        found: The counts.
        lang: Language of the reader.
    """
    total = sum(found.counts.values())
    head = words("flow.title", lang, step=plain(found.title, lang))
    names = {**dict(found.before), **dict(found.after)}
    rows = []
    for (old, new), count in sorted(found.counts.items(), key=lambda pair: -pair[1]):
        if count and old != new:
            rows.append(f"{plain(names[old], lang)} → {plain(names[new], lang)}: {count}")
    ways: tuple[Way, ...] = ("up", "same", "down", "other")
    moved = ", ".join(
        f"{words(f'flow.{way}', lang)} {_moved(found, way)}" for way in ways if _moved(found, way)
    )
    return told(
        [
            f"{head}: {counted('people', total, lang)}.",
            f"{moved}." if moved else "",
            "; ".join(rows) + "." if rows else "",
        ]
    )


def _named(title: str, count: int, *, within: float, narrow: bool) -> str:
    """Give a label and its people, on a line of their own where there is little room."""
    from kinerja.plots.lettering import NORMAL, wrapped

    if narrow:
        return f"{wrapped(title, within=within, size=NORMAL, lines=7)}\n{count}"
    return wrapped(f"{title}: {count}", within=within, size=NORMAL, lines=8)


def _moved(found: LabelFlow, way: Way) -> int:
    return sum(count for pair, count in found.counts.items() if found.way(*pair) == way)


def _sums(found: LabelFlow, side: int) -> dict[str | None, int]:
    labels = (found.before, found.after)[side]
    return {
        label: sum(count for pair, count in found.counts.items() if pair[side] == label)
        for label, _ in labels
    }


def _tops(
    labels: Labels, sums: Mapping[str | None, int], scale: float, high: float
) -> dict[str | None, float]:
    """Give where each label begins, the highest label at the top."""
    used = sum(sums.values()) * scale + _GAP * (len(labels) - 1)
    at = (high - used) / 2
    found: dict[str | None, float] = {}
    for label, _ in reversed(labels):
        found[label] = at
        at += sums[label] * scale + _GAP
    return found


def _column(  # noqa: PLR0913 - one side of the picture
    sheet: Sheet,
    *,
    side: int,
    labels: Labels,
    sums: Mapping[str | None, int],
    tops: Mapping[str | None, float],
    scale: float,
    texts: Sequence[str],
) -> None:
    from kinerja.plots.lettering import NORMAL, height_of

    start = 0.0 if side == 0 else sheet.width - _COLUMN
    named = [label for label, _ in labels if label is not None]
    fills = dict(zip(named, ordered(len(named)), strict=True))
    order = [label for label, _ in reversed(labels)]
    middles = [tops[label] + sums[label] * scale / 2 for label in order]
    heights = [height_of(text, NORMAL) + 2 for text in texts]
    placed = apart(middles, heights, sheet.height)
    for label, text, y in zip(order, texts, placed, strict=True):
        if sums[label]:
            fill = fills.get(label) if label is not None else None
            sheet.bar(
                start,
                start + _COLUMN,
                tops[label],
                tops[label] + sums[label] * scale,
                fill=fill,
                hatch="" if label is not None else "xx",
                gid=f"{'before' if side == 0 else 'after'}-{label}",
            )
        if side == 0:
            sheet.text(0, y, text, dx=-7, ha="right")
        else:
            sheet.text(sheet.width, y, text, dx=7, ha="left")


def _ribbons(
    sheet: Sheet, found: LabelFlow, tops: Sequence[Mapping[str | None, float]], scale: float
) -> None:
    from kinerja.plots.lettering import SMALL

    starts: list[dict[str | None, float]] = [dict(tops[0]), dict(tops[1])]
    places: dict[tuple[str | None, str | None], tuple[float, float]] = {}
    for old, _ in reversed(found.before):
        for new, _ in reversed(found.after):
            count = found.counts.get((old, new), 0)
            places[old, new] = (starts[0][old], starts[1][new])
            starts[0][old] += count * scale
            starts[1][new] += count * scale
    # Those who stay lie below those who move.
    pairs = sorted(
        (pair for pair in places if found.counts.get(pair, 0)),
        key=lambda pair: found.way(*pair) != "same",
    )
    for old, new in pairs:
        count = found.counts[old, new]
        fill, hatch, alpha = _WAYS[found.way(old, new)]
        first, second = places[old, new]
        thick = count * scale
        ribbon = _ribbon(sheet.width, first, second, thick)
        sheet.shape(ribbon, fill=fill, hatch=hatch, alpha=alpha)
        ribbon.set_gid(f"ribbon-{old}-{new}")
        ribbon.set_linewidth(0.5)
        if thick >= _NUMBERED:
            dark = alpha > _READABLE
            sheet.text(
                _COLUMN,
                first + thick / 2,
                str(count),
                dx=6,
                ha="left",
                size=SMALL,
                colour=ink_on(fill) if dark else None,
                box=fill if dark else None,
            )


def _ribbon(wide: float, first: float, second: float, thick: float) -> Any:  # noqa: ANN401 - a patch
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    start, end = _COLUMN, wide - _COLUMN
    middle = (start + end) / 2
    points = [
        (start, first),
        (middle, first),
        (middle, second),
        (end, second),
        (end, second + thick),
        (middle, second + thick),
        (middle, first + thick),
        (start, first + thick),
        (start, first),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(points, codes))
