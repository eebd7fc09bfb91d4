"""What each group of raters says of each aspect.

What lives here: a panel as a value, its picture, and its description. What never comes in: single ratings,
raters; how a panel is scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, Final

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.plots.colours import MARKERS, categories
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import blank_of, figure, headed, plain, ticks, told, words, written
from kinerja.result import Explanation
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.sheet import Sheet

__all__ = ["PanelByAspect", "PanelGroup", "plot_radar", "radar_text"]

#: Fewest aspects that span an area.
LEAST_ASPECTS: Final = 3
#: Styles of the lines, besides their colours and markers.
_STYLES: Final = ("-", (0, (5, 2)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5)))
_HIGH: Final = 220.0
_LABEL: Final = 110.0
#: Aspects whose titles fit around the web.
_MOST_ROUND: Final = 8
#: Points from the middle from which on a ring bears its figure.
_RING: Final = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelGroup:
    """One group of raters.

    Attributes:
        id: Id of the group.
        title: As people read it.
        raters: How many have answered; `None` where that is not told.
        values: Its mean for each aspect; `None` where there is none.
    """

    id: str
    title: Text
    raters: int | None
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelByAspect:
    """A panel, group by group and aspect by aspect.

    Attributes:
        title: The panel, as people read it.
        aspects: The aspects.
        groups: The groups.

    Raises:
        InputError: There are fewer than three aspects, which span no area (KNJ062).
    """

    title: Text
    aspects: tuple[Text, ...]
    groups: tuple[PanelGroup, ...]

    def __post_init__(self) -> None:
        """Refuse what spans no area, and groups with other aspects."""
        if len(self.aspects) < LEAST_ASPECTS:
            details = {"found": str(len(self.aspects)), "title": quoted(self.title.id)}
            raise InputError([Issue(code="KNJ062", path="aspects", details=details)])
        if any(len(group.values) != len(self.aspects) for group in self.groups):
            msg = "a group has not as many values as there are aspects"
            raise ValueError(msg)

    @classmethod
    def of(cls, explanation: Explanation, *, step: str) -> PanelByAspect:
        """Take a panel out of an explanation.

        Args:
            explanation: How a result came about.
            step: Name of the step that joins the ratings (rule kind `raters`).

        Raises:
            InputError: The explanation has no such step (KNJ063), or it tells fewer than three aspects
                (KNJ062).
        """
        lines = {line.name: line for line in explanation.lines}
        if step not in lines:
            raise InputError([unknown_name("KNJ063", step, step, lines)])
        titles = {part.name: part.title for part in lines[step].parts}
        prefix = f"{step}.mean."
        means = [
            name.removeprefix(prefix).split(".", 1) for name in titles if name.startswith(prefix)
        ]
        groups = list(dict.fromkeys(group for group, *_ in means))
        aspects = list(dict.fromkeys(aspect for _, *rest in means for aspect in rest))

        def value(name: str) -> Fraction | None:
            found = explanation.values.get(name)
            return Fraction(found) if isinstance(found, Decimal | Fraction) else None

        def raters(group: str) -> int | None:
            found = value(f"{step}.raters.{group}")
            return None if found is None else int(found)

        names = [_aspect(titles, step, aspect) for aspect in aspects]
        return cls(
            title=lines[step].title,
            aspects=tuple(names),
            groups=tuple(
                PanelGroup(
                    id=group,
                    title=_group(titles, step, group),
                    raters=raters(group),
                    values=tuple(value(f"{prefix}{group}.{aspect}") for aspect in aspects),
                )
                for group in groups
            ),
        )


def _group(titles: Mapping[str, Text], step: str, group: str) -> Text:
    told = titles.get(f"{step}.group.{group}")
    return blank_of(told, "rule.raters.group", "group") or Text.same(group.replace("_", " "))


def _aspect(titles: Mapping[str, Text], step: str, aspect: str) -> Text:
    told = titles.get(f"{step}.aspect.{aspect}")
    own = blank_of(told, "rule.raters.aspect", "aspect")
    if own is None:
        # A panel that joins groups first tells an aspect only together with a group.
        prefix = f"{step}.mean."
        name = next(one for one in titles if one.startswith(prefix) and one.endswith(f".{aspect}"))
        group = _group(titles, step, name.removeprefix(prefix).split(".", 1)[0])
        own = blank_of(titles[name], "rule.raters.mean", "aspect", group=group)
    return own or Text.same(aspect.replace("_", " "))


def plot_radar(
    panel: PanelByAspect,
    *,
    scale: tuple[Fraction, Fraction],
    minimum: int | Mapping[str, int] = 1,
    lang: Language = DEFAULT_LANGUAGE,
    ax: Axes | None = None,
) -> Axes:
    """Draw what each group of raters says of each aspect.

    Groups of fewer raters than the minimum are not drawn, and the picture says so. A line has a gap where a
    group says nothing of an aspect.

    Args:
        panel: The panel.
        scale: Lowest and highest rating: the middle and the rim.
        minimum: Fewest raters of a group that may be told apart; one for all groups, or by id (a superior
            is one person by nature, and known).
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. The line of a group has the gid `group-` and its id.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import NORMAL, height_of, wrapped
    from kinerja.plots.rows import NARROW
    from kinerja.plots.sheet import Key

    drawn, few, silent = _sorted(panel, minimum)
    colours = categories(len(drawn))
    within = min(_LABEL, sheet.room * 0.27)
    titles = [headed(one, lang) for one in panel.aspects]
    names = [wrapped(title, within=within, size=NORMAL, lines=3) for title in titles]
    listed: list[str] = []
    narrow = sheet.room < NARROW
    if narrow or len(names) > _MOST_ROUND or any(name.endswith("…") for name in names):
        # Titles that do not fit around the web stand below it, by number.
        listed = [f"{at}  {title}" for at, title in enumerate(titles, 1)]
        names = [str(at) for at in range(1, len(titles) + 1)]
        within = 20.0
    tall = max(height_of(name, NORMAL) for name in names)
    inner = max(min(_HIGH, sheet.room - 2 * within - 20), 110.0)
    sheet.lay_out(
        title=words("radar.title", lang, panel=plain(panel.title, lang)),
        inner=inner,
        left=within + 10,
        right=within + 10,
        top=tall + 8,
        bottom=tall + 8,
        key=[
            Key(
                text=_with_raters(group, lang),
                fill=colour,
                marker=MARKERS[at % len(MARKERS)],
                style=_STYLES[at % len(_STYLES)],
            )
            for at, (group, colour) in enumerate(zip(drawn, colours, strict=True))
        ],
        notes=[
            *listed,
            words("radar.scale", lang, low=written(scale[0], lang), high=written(scale[1], lang)),
            *_notes(few, silent, lang),
        ],
    )
    side = min(sheet.width, sheet.height)
    wide, high = sheet.width / side, sheet.height / side
    sheet.span((-wide, wide), (-high, high))
    low, top = scale
    angles = [pi / 2 - 2 * pi * at / len(names) for at in range(len(names))]
    _web(sheet, names=names, angles=angles, low=low, top=top, lang=lang)
    for at, (group, colour) in enumerate(zip(drawn, colours, strict=True)):
        radii = [None if v is None else float((v - low) / (top - low)) for v in group.values]
        for points in _runs(radii, angles):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            [line] = sheet.ax.plot(
                xs,
                ys,
                color=colour,
                linewidth=1.8,
                linestyle=_STYLES[at % len(_STYLES)],
                marker=MARKERS[at % len(MARKERS)],
                markersize=5,
                markeredgecolor=sheet.ink,
                markeredgewidth=0.5,
                clip_on=False,
                scalex=False,
                scaley=False,
            )
            line.set_gid(f"group-{group.id}")
    return sheet.describe(radar_text(panel, minimum=minimum, lang=lang))


def radar_text(
    panel: PanelByAspect,
    *,
    minimum: int | Mapping[str, int] = 1,
    lang: Language = DEFAULT_LANGUAGE,
) -> str:
    """Say in words what `plot_radar` shows.

    Args:
        panel: The panel.
        minimum: As in `plot_radar`.
        lang: Language of the reader.
    """
    drawn, few, silent = _sorted(panel, minimum)
    rows = []
    for group in drawn:
        values = ", ".join(
            f"{plain(aspect, lang)} {words('missing', lang) if v is None else figure(v, lang)}"
            for aspect, v in zip(panel.aspects, group.values, strict=True)
        )
        rows.append(f"{_with_raters(group, lang)}: {values}")
    head = words("radar.title", lang, panel=plain(panel.title, lang))
    notes = [f"{note}." for note in _notes(few, silent, lang)]
    return told([f"{head}.", "; ".join(rows) + "." if rows else "", *notes])


def _sorted(
    panel: PanelByAspect, minimum: int | Mapping[str, int]
) -> tuple[list[PanelGroup], list[PanelGroup], list[PanelGroup]]:
    """Give the groups that are drawn, those with too few raters, and those that say nothing."""
    drawn, few, silent = [], [], []
    for group in panel.groups:
        least = minimum if isinstance(minimum, int) else minimum.get(group.id, 1)
        if group.raters is not None and group.raters < least:
            few.append(group)
        elif all(value is None for value in group.values):
            silent.append(group)
        else:
            drawn.append(group)
    return drawn, few, silent


def _notes(few: Sequence[PanelGroup], silent: Sequence[PanelGroup], lang: Language) -> list[str]:
    found = []
    for key, groups in (("radar.few", few), ("radar.silent", silent)):
        if groups:
            names = ", ".join(plain(group.title, lang) for group in groups)
            found.append(words(key, lang, groups=names))
    return found


def _with_raters(group: PanelGroup, lang: Language) -> str:
    name = plain(group.title, lang)
    return name if group.raters is None else f"{name} ({group.raters})"


def _web(  # noqa: PLR0913 - the rings, the spokes and their labels
    sheet: Sheet,
    *,
    names: Sequence[str],
    angles: Sequence[float],
    low: Fraction,
    top: Fraction,
    lang: Language,
) -> None:
    from kinerja.plots.lettering import NORMAL, SMALL

    rings = [at for at in ticks(low, top, most=5) if at > low]
    if top not in rings:
        rings = [*rings, top]
    for at in rings:
        radius = float((at - low) / (top - low))
        xs = [radius * cos(angle) for angle in (*angles, angles[0])]
        ys = [radius * sin(angle) for angle in (*angles, angles[0])]
        rim = at == top
        sheet.line(xs, ys, width=0.9 if rim else 0.6, alpha=0.55 if rim else 0.28)
    for angle in angles:
        sheet.line([0, cos(angle)], [0, sin(angle)], width=0.6, alpha=0.28)
    # The figures stand between the first two spokes, where no marker lies.
    middle = (angles[0] + angles[1]) / 2
    inward = cos((angles[0] - angles[1]) / 2)
    for at in rings:
        radius = float((at - low) / (top - low)) * inward
        if sheet.x_points(radius) >= _RING:
            sheet.text(
                radius * cos(middle), radius * sin(middle), written(at, lang), size=SMALL, alpha=0.8
            )
    for name, angle in zip(names, angles, strict=True):
        x, y = cos(angle), sin(angle)
        ha: Any = "center" if abs(x) < 0.1 else "left" if x > 0 else "right"  # noqa: PLR2004 - straight up
        va: Any = "center" if abs(y) < 0.85 else "bottom" if y > 0 else "top"  # noqa: PLR2004 - nearly so
        sheet.text(x, y, name, dx=8 * x, dy=8 * y, ha=ha, va=va, size=NORMAL)


def _runs(
    radii: Sequence[float | None], angles: Sequence[float]
) -> list[list[tuple[float, float]]]:
    """Give the pieces of a line around the middle, broken where a value is missing."""
    count = len(radii)
    points = [
        None if radius is None else (radius * cos(angle), radius * sin(angle))
        for radius, angle in zip(radii, angles, strict=True)
    ]
    if all(point is not None for point in points):
        whole = [point for point in points if point is not None]
        return [[*whole, whole[0]]]
    first = next(at for at, point in enumerate(points) if point is None)
    runs: list[list[tuple[float, float]]] = [[]]
    for at in range(first, first + count):
        point = points[at % count]
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
