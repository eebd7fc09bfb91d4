"""One person's number along the periods.

What lives here: the picture of a trend, and its description. What never comes in: a value for a period that
has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kinerja.cohort.periods import period_name
from kinerja.cohort.trend import Trend
from kinerja.formula import nodes as n
from kinerja.formula.types import LabelType
from kinerja.plots.colours import CATEGORIES, ordered
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import figure, plain, ticks, told, words, written
from kinerja.scorer import NumberStep, Scorer
from kinerja.values import Bands
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.sheet import Sheet

__all__ = ["plot_trend", "trend_text"]

_LINE: Final = CATEGORIES[0]
_HIGH: Final = 190.0
#: How strong the bands behind the line are.
_LIGHT: Final = 0.22
#: Room that the figure at a point needs.
_FIGURE: Final = 34.0
_MOST_LABEL: Final = 0.24

_Span = tuple[Fraction, Fraction]


def plot_trend(
    found: Trend,
    *,
    step: NumberStep,
    scorer: Scorer | None = None,
    lang: Language = DEFAULT_LANGUAGE,
    ax: Axes | None = None,
) -> Axes:
    """Draw a number along the periods; a period without one is a gap in the line.

    Args:
        found: What `kinerja.cohort.trends` found for a person.
        step: The number that was followed.
        scorer: The policy: where it gives bands to this number, they stand behind the line.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. Each piece of the line has the gid `line`.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import NORMAL, SMALL, width_of, wrapped

    bands = () if scorer is None else _bands(scorer, step)
    low, high = _range(found, bands)
    places = ticks(low, high)
    left = max(width_of(written(at, lang), SMALL) for at in places) + 8
    shown = [(title, span) for title, span in bands if span[0] < high and span[1] > low]
    names = [
        wrapped(plain(title, lang), within=sheet.room * _MOST_LABEL, size=SMALL, lines=2)
        for title, _ in shown
    ]
    right = max((width_of(name, SMALL) for name in names), default=0.0) + 14
    unit = plain(step.unit, lang)
    lacking = [point for point in found.points if point.number is None]
    sheet.lay_out(
        title=_title(found, step, lang),
        inner=_HIGH,
        left=left,
        right=right,
        top=8,
        bottom=18,
        notes=[
            f"{plain(step.title, lang)} ({unit})" if unit else "",
            words("trend.gap", lang) if lacking else "",
        ],
    )
    count = len(found.points)
    sheet.span((-0.5, count - 0.5), (float(low), float(high)))
    _background(sheet, shown, names, (low, high))
    sheet.y_ticks([(float(at), written(at, lang)) for at in places])
    _periods(sheet, found)
    numbers = [point.number for point in found.points]
    for run in _runs(numbers):
        [line] = sheet.ax.plot(
            run,
            [float(numbers[at] or 0) for at in run],
            color=_LINE,
            linewidth=1.8,
            marker="o",
            markersize=5,
            markeredgecolor=sheet.ink,
            markeredgewidth=0.6,
            clip_on=False,
            scalex=False,
            scaley=False,
        )
        line.set_gid("line")
    told_points = _told(numbers, sheet.width / max(count, 1))
    for at, number in enumerate(numbers):
        if number is None:
            sheet.text(at, 0, "×", dy=4, va="bottom", size=NORMAL, alpha=0.8, on="bottom")
        elif at in told_points:
            above = not _is_valley(numbers, at)
            sheet.text(
                at,
                float(number),
                figure(number, lang, least=step.digits),
                dy=7 if above else -7,
                va="bottom" if above else "top",
                size=SMALL,
            )
    return sheet.describe(trend_text(found, step=step, lang=lang))


def trend_text(found: Trend, *, step: NumberStep, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Say in words what `plot_trend` shows.

    Args:
        found: What `kinerja.cohort.trends` found for a person.
        step: The number that was followed.
        lang: Language of the reader.
    """
    rows = [
        f"{period_name(point.period)} "
        + (
            words(f"trend.cause.{point.cause or 'incomplete'}", lang)
            if point.number is None
            else figure(point.number, lang, least=step.digits)
        )
        for point in found.points
    ]
    return told([f"{_title(found, step, lang)}.", "; ".join(rows) + "."])


def _title(found: Trend, step: NumberStep, lang: Language) -> str:
    return words("trend.title", lang, step=plain(step.title, lang), id=plain(found.id, lang))


def _bands(scorer: Scorer, step: NumberStep) -> tuple[tuple[Text, tuple[Fraction, Fraction]], ...]:
    """Give titles and ends of the bands that a policy gives to a number; endless ones end far away."""
    far = Fraction(10**9)
    own = scorer.program.step(step.name).node if step.name in scorer.program.types else None
    exactly = own.value if isinstance(own, n.Round) else own
    # Bands may read the number before its rounding, where a step of its own holds that.
    names = {step.name, *([exactly.name] if isinstance(exactly, n.Ref) else [])}
    for one in scorer.program.steps:
        node, kind = one.node, one.type
        if (
            isinstance(node, n.Band)
            and isinstance(kind, LabelType)
            and isinstance(node.value, n.Ref)
            and node.value.name in names
        ):
            bands: Bands = node.bands
            titles = {label.id: label.title for label in kind.scale.labels}
            return tuple(
                (
                    titles[band.label],
                    (
                        -far if band.interval.low is None else band.interval.low,
                        far if band.interval.high is None else band.interval.high,
                    ),
                )
                for band in bands.closed()
            )
    return ()


def _range(found: Trend, bands: Sequence[tuple[Text, _Span]]) -> _Span:
    """Give what the axis shows: the numbers, the bands they lie in, and a little more."""
    known = [point.number for point in found.points if point.number is not None]
    if not known:
        return Fraction(0), Fraction(1)
    low, high = min(known), max(known)
    spread = max(high - low, Fraction(1))
    ends = {end for _, span in bands for end in span}
    near = [end for end in ends if low - spread <= end <= high + spread]
    low, high = min([low, *near]), max([high, *near])
    room = max((high - low) / 7, Fraction(1))
    return low - room, high + room


def _background(
    sheet: Sheet,
    shown: Sequence[tuple[Text, _Span]],
    names: Sequence[str],
    span: _Span,
) -> None:
    from kinerja.plots.lettering import SMALL, height_of
    from kinerja.plots.weights import apart

    low, high = span
    fills = ordered(len(shown)) if shown else []
    left, right = sheet.ax.get_xlim()
    middles = []
    for (_, (start, end)), fill in zip(shown, fills, strict=True):
        bottom, top = max(start, low), min(end, high)
        patch = sheet.bar(
            left, right, float(bottom), float(top), fill=fill, alpha=_LIGHT, edge=0.0, gid="band"
        )
        patch.set_zorder(0.2)
        if start > low:
            sheet.line([left, right], [float(start)] * 2, width=0.6, alpha=0.45)
        middles.append(float(((bottom + top) / 2 - low) / (high - low)) * sheet.height)
    heights = [height_of(name, SMALL) + 1 for name in names]
    for name, at in zip(names, apart(middles, heights, sheet.height), strict=True):
        y = float(low) + at / sheet.height * float(high - low)
        sheet.text(0, y, name, dx=7, ha="left", size=SMALL, on="right")


def _periods(sheet: Sheet, found: Trend) -> None:
    """Write the periods, as many as there is room for; the last one always."""
    from kinerja.plots.lettering import SMALL, width_of

    names = [period_name(point.period).replace("/", "\n") for point in found.points]
    widest = max((width_of(name, SMALL) for name in names), default=0.0) + 8
    each = max(1, -int(-widest // max(sheet.width / max(len(names), 1), 1.0)))
    last = len(names) - 1
    for at, name in enumerate(names):
        if (last - at) % each == 0:
            sheet.text(at, 0, name, dy=-4, va="top", size=SMALL, on="bottom")


def _runs(numbers: Sequence[Fraction | None]) -> list[list[int]]:
    """Give the places of neighbours that both have a number; one alone is a run too."""
    known = [at for at, number in enumerate(numbers) if number is not None]
    runs = [known[:1]] if known else []
    for before, at in pairwise(known):
        if at == before + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_valley(numbers: Sequence[Fraction | None], at: int) -> bool:
    """Tell whether the line comes from above on both sides, so that a figure fits below it only."""
    beside = [numbers[one] for one in (at - 1, at + 1) if 0 <= one < len(numbers)]
    known = [one for one in beside if one is not None]
    here = numbers[at]
    return here is not None and bool(known) and all(one > here for one in known)


def _told(numbers: Sequence[Fraction | None], room: float) -> set[int]:
    """Give the places whose numbers are written: all, or first, last, lowest and highest."""
    known = [at for at, number in enumerate(numbers) if number is not None]
    if room >= _FIGURE or not known:
        return set(known)
    order = sorted(known, key=lambda at: numbers[at] or 0)
    wanted = [known[-1], order[0], order[-1], known[0]]
    kept: list[int] = []
    for at in wanted:
        if all(abs(at - other) * room >= _FIGURE for other in kept):
            kept.append(at)
    return set(kept)
