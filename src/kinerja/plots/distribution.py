"""The distribution of a unit against the one that is allowed.

What lives here: the picture, and its description. What never comes in: limits, counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kinerja.cohort import UnitDistribution
from kinerja.cohort.allowed import Allowed
from kinerja.plots.colours import CATEGORIES
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import counted, percent, plain, ticks, told, words
from kinerja.scorer import LabelStep
from kinerja.words import DEFAULT_LANGUAGE, Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["distribution_text", "plot_distribution"]

_HELD: Final = "#5f7f9d"
_BEYOND: Final = CATEGORIES[4]
#: How far a limit stands out above and below a bar, in points.
_BEYOND_BAR: Final = 3.0
_MOST_LABEL: Final = 0.34


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    name: str
    heads: int
    limits: tuple[Allowed, ...]


def plot_distribution(
    found: UnitDistribution,
    *,
    step: LabelStep,
    allowed: Sequence[Allowed] = (),
    lang: Language = DEFAULT_LANGUAGE,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many people have each label, and how many may.

    A thick line marks a limit; people beyond it, and places that should be filled, are hatched. A limit on
    several labels together has a bar of its own.

    Args:
        found: What `kinerja.cohort.check_distribution` found for a unit.
        step: The step whose labels were counted.
        allowed: What `kinerja.cohort.allowed_counts` gives.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. The bars have the gids `count-0`, …, from the highest label down.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import SMALL, height_of, width_of
    from kinerja.plots.rows import rows_of

    rows = _rows(found, step, allowed, lang)
    sides = [_side(row, found.people, lang) for row in rows]
    right = max((width_of(side, SMALL) for side in sides), default=0.0) + 10
    tall = max((height_of(side, SMALL) for side in sides), default=0.0)
    placed = rows_of(sheet, [row.name for row in rows], most=_MOST_LABEL, least=tall)
    most = max(
        [1, *(row.heads for row in rows), *(one.heads for row in rows for one in row.limits)]
    )
    notes = [_verdict(found, lang)]
    if any(not one.is_kept for row in rows for one in row.limits):
        notes.insert(0, words("distribution.hatched", lang))
    if found.incomplete or found.refused:
        notes.append(words("distribution.without", lang, count=found.incomplete + found.refused))
    sheet.lay_out(
        title=_title(found, step, lang),
        inner=placed.inner,
        left=placed.left,
        right=right,
        bottom=16,
        label=words("distribution.axis", lang),
        notes=notes,
    )
    sheet.span((0, most), placed.ends)
    whole = [at for at in ticks(Fraction(0), Fraction(most)) if at.denominator == 1]
    sheet.x_ticks([(float(at), str(at)) for at in whole])
    for y, (row, side) in enumerate(zip(rows, sides, strict=True)):
        edges = placed.edges(y)
        upper = min((one.heads for one in row.limits if one.side == "most"), default=most)
        lower = max((one.heads for one in row.limits if one.side == "fewest"), default=0)
        kept = min(row.heads, upper)
        sheet.bar(0, kept, *edges, fill=_HELD, gid=f"count-{y}")
        if row.heads > upper:
            sheet.bar(upper, row.heads, *edges, fill=_BEYOND, hatch="//", gid=f"beyond-{y}")
        if row.heads < lower:
            sheet.bar(row.heads, lower, *edges, fill=None, hatch="//", gid=f"lacking-{y}")
        for one in row.limits:
            beyond = _BEYOND_BAR / sheet.y_points(1)
            sheet.line([one.heads] * 2, [edges[0] - beyond, edges[1] + beyond], width=2.6)
        placed.write(sheet, y)
        sheet.text(0, placed.middle(y), side, dx=10, ha="left", size=SMALL, on="right")
    return sheet.describe(distribution_text(found, step=step, allowed=allowed, lang=lang))


def distribution_text(
    found: UnitDistribution,
    *,
    step: LabelStep,
    allowed: Sequence[Allowed] = (),
    lang: Language = DEFAULT_LANGUAGE,
) -> str:
    """Say in words what `plot_distribution` shows.

    Args:
        found: What `kinerja.cohort.check_distribution` found for a unit.
        step: The step whose labels were counted.
        allowed: What `kinerja.cohort.allowed_counts` gives.
        lang: Language of the reader.
    """
    rows = [
        f"{row.name} {_side(row, found.people, lang)}".replace("\n", ", ")
        for row in _rows(found, step, allowed, lang)
    ]
    return told(
        [f"{_title(found, step, lang)}.", "; ".join(rows) + ".", f"{_verdict(found, lang)}."]
    )


def _title(found: UnitDistribution, step: LabelStep, lang: Language) -> str:
    if found.scope == "whole":
        unit = words("whole", lang)
    else:
        unit = words("no_unit", lang) if found.unit is None else plain(found.unit, lang)
    heads = counted("people", found.people, lang)
    return words("distribution.title", lang, step=plain(step.title, lang), unit=unit, people=heads)


def _rows(
    found: UnitDistribution, step: LabelStep, allowed: Sequence[Allowed], lang: Language
) -> list[_Row]:
    titles = {label: plain(title, lang) for label, title in step.labels}
    rows = [
        _Row(
            name=titles[label],
            heads=found.counts[label],
            limits=tuple(one for one in allowed if one.labels == (label,)),
        )
        for label, _ in reversed(step.labels)
    ]
    joint = dict.fromkeys(one.labels for one in allowed if len(one.labels) > 1)
    for labels in joint:
        limits = tuple(one for one in allowed if one.labels == labels)
        name = " + ".join(titles.get(label, label) for label in labels)
        rows.append(_Row(name=name, heads=sum(found.counts[one] for one in labels), limits=limits))
    return rows


def _side(row: _Row, people: int, lang: Language) -> str:
    share = f" ({percent(Fraction(row.heads, people), lang)})" if people else ""
    limits = [words(f"distribution.{one.side}", lang, heads=one.heads) for one in row.limits]
    return "\n".join([f"{row.heads}{share}", *limits])


def _verdict(found: UnitDistribution, lang: Language) -> str:
    key = {True: "kept", False: "not_kept", None: "not_judged"}[found.verdict]
    return words(f"distribution.{key}", lang)
