"""What each component brings to one person's number.

What lives here: the picture of `kinerja.explore.contributions`, and its description. What never comes in:
how a number is taken apart.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kinerja.explore.decomposition import Contribution, Contributions
from kinerja.plots.colours import CATEGORIES
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import figure, headed, plain, signed, told, words
from kinerja.words import DEFAULT_LANGUAGE, Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_waterfall", "waterfall_text"]

_ADDS: Final = CATEGORIES[0]
_TAKES: Final = CATEGORIES[4]
_TOTAL: Final = "#5b6670"
#: How strong the part is that was not reached.
_LIGHT: Final = 0.18
_MOST_LABEL: Final = 0.38
#: Decimals of points; a policy's rounding is seen.
_DIGITS: Final = 4


def plot_waterfall(
    found: Contributions, *, lang: Language = DEFAULT_LANGUAGE, ax: Axes | None = None
) -> Axes:
    """Draw one person's number as bars that add up to it.

    What each component could have brought at its best stands behind it in a light colour; the rounding
    stands as a bar of its own where it changes the number.

    Args:
        found: What `kinerja.explore.contributions` gives.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. The bars have the gids `part-0`, …, `rounding` and `total`.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import NORMAL, width_of
    from kinerja.plots.rows import rows_of

    rows = _rows(found, lang)
    placed = rows_of(sheet, [name for name, *_ in rows], most=_MOST_LABEL, bold=[len(rows) - 1])
    right = max(width_of(note, NORMAL, weight="bold") for *_, note in rows) + 10
    low, high = _span(found)
    unit = plain(found.step.unit, lang)
    title = _title(found, lang)
    lost = any(_lost(part) for part in found.parts)
    sheet.lay_out(
        title=title,
        inner=placed.inner,
        left=placed.left,
        right=right,
        bottom=16,
        label=f"{plain(found.step.title, lang)} ({unit})"
        if unit
        else plain(found.step.title, lang),
        notes=[words("waterfall.light", lang)] if lost else [],
    )
    sheet.span((float(low), float(high)), placed.ends)
    sheet.x_numbers(low, high, lang=lang)
    for y, (_, start, end, best, gid, note) in enumerate(rows):
        fill = _TOTAL if gid == "total" else _ADDS if end >= start else _TAKES
        hatch = "//" if fill == _TAKES else ""
        edges = (float(min(start, end)), float(max(start, end)))
        if best is not None:
            sheet.bar(
                float(min(end, best)),
                float(max(end, best)),
                *placed.edges(y),
                fill=fill,
                alpha=_LIGHT,
                edge=0.4,
                gid=f"lost-{y}",
            )
        sheet.bar(*edges, *placed.edges(y), fill=fill, hatch=hatch, gid=gid)
        if y + 1 < len(rows) and not placed.above:
            joint = [placed.edges(y)[1], placed.edges(y + 1)[0]]
            sheet.line([float(end)] * 2, joint, width=0.7, alpha=0.7)
        placed.write(sheet, y)
        weight = "bold" if gid == "total" else "normal"
        sheet.text(0, placed.middle(y), note, dx=10, ha="left", on="right", weight=weight)
    return sheet.describe(waterfall_text(found, lang=lang))


def waterfall_text(found: Contributions, *, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Say in words what `plot_waterfall` shows.

    Args:
        found: What `kinerja.explore.contributions` gives.
        lang: Language of the reader.
    """
    parts = []
    for part in found.parts:
        text = f"{_name(part, lang)} {signed(part.points, lang, digits=_DIGITS)}"
        if _lost(part) and part.best is not None:
            text += f" ({words('waterfall.of_best', lang, best=figure(part.best, lang))})"
        parts.append(text)
    if found.value != found.exact:
        parts.append(
            f"{words('waterfall.rounding', lang)} {signed(found.value - found.exact, lang, digits=_DIGITS)}"
        )
    return told([f"{_title(found, lang)}.", "; ".join(parts) + "." if parts else ""])


def _title(found: Contributions, lang: Language) -> str:
    value = figure(found.value, lang, digits=_digits(found), least=found.step.digits)
    unit = plain(found.step.unit, lang)
    shown = f"{value} {unit}" if unit else value
    key = "waterfall.title" if found.id is None else "waterfall.title_of"
    return words(
        key, lang, step=plain(found.step.title, lang), value=shown, id=plain(found.id, lang)
    )


def _digits(found: Contributions) -> int:
    return max(2, found.step.digits or 0)


def _name(part: Contribution, lang: Language) -> str:
    if part.title is None:
        return headed(words("waterfall.constant", lang), lang)
    return headed(part.title, lang)


def _lost(part: Contribution) -> bool:
    return part.best is not None and part.best > part.points


_Row = tuple[str, Fraction, Fraction, Fraction | None, str, str]


def _rows(found: Contributions, lang: Language) -> list[_Row]:
    """Give name, start, end, best end, gid and figure of each bar."""
    rows: list[_Row] = []
    at = Fraction(0)
    for place, part in enumerate(found.parts):
        end = at + part.points
        best = at + part.best if _lost(part) and part.best is not None else None
        rows.append(
            (
                _name(part, lang),
                at,
                end,
                best,
                f"part-{place}",
                signed(part.points, lang, digits=_DIGITS),
            )
        )
        at = end
    if found.value != found.exact:
        moved = found.value - found.exact
        name = headed(words("waterfall.rounding", lang), lang)
        rows.append((name, at, found.value, None, "rounding", signed(moved, lang, digits=_DIGITS)))
    total = figure(found.value, lang, digits=_digits(found), least=found.step.digits)
    rows.append((headed(found.step.title, lang), Fraction(0), found.value, None, "total", total))
    return rows


def _span(found: Contributions) -> tuple[Fraction, Fraction]:
    ends = [Fraction(0), found.value, found.exact]
    at = Fraction(0)
    for part in found.parts:
        ends.append(at + part.points)
        if _lost(part) and part.best is not None:
            ends.append(at + part.best)
        at += part.points
    low, high = min(ends), max(ends)
    return (low, high) if high > low else (low, low + 1)
