"""How many people of each unit have each label.

What lives here: the counts as a value, their picture, and its description. What never comes in: which
counts may be shown, which `kinerja.cohort.publish` decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kinerja.cohort import Member, Publication, by_unit, publish
from kinerja.plots.colours import EMPTY, ink_on, ordered
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import counted, percent, plain, told, words
from kinerja.scorer import LabelStep
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.rows import Rows
    from kinerja.plots.sheet import Sheet

__all__ = ["LabelCounts", "band_heat_map_text", "plot_band_heat_map"]

_ROW: Final = 19.0
_TWO_LINES: Final = 27.0
_MOST_LABEL: Final = 0.38
#: Least room for the names of units.
_LABEL: Final = 74.0
#: Lines of a name, less one, that are too many.
_MANY: Final = 3
#: Keeps a number with its label.
_FIXED: Final = "\N{NO-BREAK SPACE}"
#: From the name of a unit to its cells.
_LEAD: Final = 8.0
#: Steps of the scale from nobody to everybody.
_SHADES: Final = ordered(101)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelCounts:
    """Counts of labels by unit.

    Attributes:
        title: What the labels are of.
        labels: Titles of the labels, in their order; a last one may be that of people without a label.
        rows: Each unit with the number of its people and its counts; `None` is a count that is hidden.
        minimum: The least count that may be shown; `None` where nothing is hidden.
        left_out: How many units are left out since they are too small.
    """

    title: Text
    labels: tuple[Text, ...]
    rows: tuple[tuple[Text, int, tuple[int | None, ...]], ...]
    minimum: int | None = None
    left_out: int = 0

    @classmethod
    def of(
        cls, members: Iterable[Member], *, step: LabelStep, minimum: int | None = None
    ) -> LabelCounts:
        """Count the labels of each unit.

        Args:
            members: People of one period.
            step: The step whose labels are counted.
            minimum: Counts below it are hidden, and others that would give them away; small units share a
                row: the table is that of `kinerja.cohort.publish`. By default everything is shown, for
                those who may see it.

        Raises:
            InputError: With a minimum, what `publish` refuses.
        """
        people = list(members)
        if minimum is not None:
            return cls.published(publish(people, step=step, k=minimum))
        names: list[str | None] = [label for label, _ in step.labels]
        titles = [title for _, title in step.labels]
        if any(member.label(step.name) not in names for member in people):
            names.append(None)
            titles.append(_without(step.title))
        rows = []
        for unit, those in by_unit(people).items():
            found = Counter(
                label if (label := member.label(step.name)) in names else None for member in those
            )
            rows.append((_unit(unit), len(those), tuple(found[name] for name in names)))
        return cls(title=step.title, labels=tuple(titles), rows=tuple(rows))

    @classmethod
    def published(cls, table: Publication) -> LabelCounts:
        """Take the counts of a table that may be published.

        Args:
            table: What `kinerja.cohort.publish` gives.
        """
        titles = [title for _, title in table.labels]
        if table.unscored == "column":
            titles.append(_without(table.title))
        rows = tuple((_units(row.units), row.people, row.counts) for row in table.rows)
        return cls(
            title=table.title,
            labels=tuple(titles),
            rows=rows,
            minimum=table.k,
            left_out=len(table.left_out),
        )


def _without(title: Text) -> Text:
    from kinerja.words import phrase

    return phrase("plots.without", step=title)


def _unit(unit: str | None) -> Text:
    from kinerja.words import phrase

    return phrase("plots.no_unit") if unit is None else Text.same(unit)


def _units(units: tuple[str | None, ...]) -> Text:
    names = [_unit(unit) for unit in units]
    return Text(", ".join(name.id for name in names), ", ".join(name.en for name in names))


def plot_band_heat_map(
    found: LabelCounts, *, lang: Language = DEFAULT_LANGUAGE, ax: Axes | None = None
) -> Axes:
    """Draw units by labels; the darker a cell, the greater its share of the unit.

    Args:
        found: The counts.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. The cell of row `r` and label `c` has the gid `cell-r-c`.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import SMALL, height_of

    shown = _arranged(sheet, found, lang)
    placed = shown.rows
    notes = [shown.listed, words("heat.shade", lang)]
    if _is_hidden(found):
        notes.append(words("heat.hidden", lang, minimum=found.minimum or 0))
    if found.left_out:
        notes.append(counted("heat.left_out", found.left_out, lang))
    sheet.lay_out(
        title=_title(found, lang),
        inner=placed.inner,
        left=placed.left,
        right=shown.right,
        top=max(height_of(title, SMALL) for title in shown.titles) + 2,
        bottom=2,
        notes=notes if found.rows else [words("nobody", lang)],
    )
    sheet.span((0, len(found.labels)), placed.ends)
    for at, title in enumerate(shown.titles):
        sheet.text(at + 0.5, 0, title, dy=3, va="bottom", size=SMALL, on="top")
    over = words("heat.people", lang)
    edge = len(found.labels)
    sheet.text(edge, 0, over, dx=shown.right, dy=3, ha="right", va="bottom", size=SMALL, on="top")
    for y, (_, people, counts) in enumerate(found.rows):
        placed.write(sheet, y)
        middle = placed.middle(y)
        sheet.text(0, middle, str(people), dx=shown.right, ha="right", size=SMALL, on="right")
        for x, number in enumerate(counts):
            fill = _fill(number, people)
            hatch = "//" if number is None else ""
            name = f"cell-{y}-{x}"
            edges = placed.edges(y)
            sheet.bar(x, x + 1, *edges, fill=fill, hatch=hatch, edge=0.5, gid=name)
            text = _inside(number, people, lang, between=shown.between)
            if text:
                sheet.text(x + 0.5, middle, text, size=SMALL, colour=ink_on(fill))
    return sheet.describe(band_heat_map_text(found, lang=lang))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arranged:
    """Rows, titles of columns, and what stands between count and share in a cell."""

    rows: Rows
    titles: tuple[str, ...]
    listed: str
    right: float
    between: str


def _arranged(sheet: Sheet, found: LabelCounts, lang: Language) -> _Arranged:
    """Share the width between names of units and columns; titles without room stand below, by number."""
    from kinerja.plots.lettering import SMALL, width_of, wrapped
    from kinerja.plots.rows import rows_of

    labels = [plain(title, lang) for title in found.labels]
    names = [plain(name, lang) for name, *_ in found.rows]
    heads = [str(people) for _, people, _ in found.rows]
    right = max(width_of(head, SMALL) for head in (*heads, words("heat.people", lang))) + 8
    cells = [
        _inside(number, people, lang, between=" ")
        for _, people, counts in found.rows
        for number in counts
    ]
    widest = max((width_of(cell, SMALL) for cell in cells), default=0.0) + 4

    def beside(column: float, bar: float = _ROW) -> Rows:
        room = sheet.room - right - _LEAD - column * len(labels)
        most = min(sheet.room * _MOST_LABEL, max(room, _LABEL))
        return rows_of(sheet, names, most=most, bar=bar, apart=0)

    pieces = [one for label in labels for one in re.split(r" |(?<=[-/])", label)]
    wanted = max(width_of(piece, SMALL) for piece in pieces) + 5
    placed = beside(wanted)
    listed = ""
    if placed.above or any(text.count("\n") >= _MANY for text in placed.texts):
        listed = " · ".join(f"{at}{_FIXED}{label}" for at, label in enumerate(labels, 1))
        labels = [str(at) for at in range(1, len(labels) + 1)]
        wanted = widest + 1
        placed = beside(wanted)
    column = (sheet.room - placed.left - right) / len(labels)
    joined = widest <= column
    bar = _ROW if joined else _TWO_LINES
    if placed.above:
        placed = rows_of(sheet, names, most=0, bar=bar, apart=6)
    else:
        placed = beside(wanted, max(bar, placed.high + 3))
    titles = (wrapped(label, within=column - 4, size=SMALL, lines=4) for label in labels)
    return _Arranged(
        rows=placed,
        titles=tuple(titles),
        listed=listed,
        right=right,
        between=" " if joined else "\n",
    )


def band_heat_map_text(found: LabelCounts, *, lang: Language = DEFAULT_LANGUAGE) -> str:
    """Say in words what `plot_band_heat_map` shows.

    Args:
        found: The counts.
        lang: Language of the reader.
    """
    rows = []
    for name, people, counts in found.rows:
        parts = [
            f"{plain(title, lang)} {words('hidden', lang) if number is None else number}"
            for title, number in zip(found.labels, counts, strict=True)
            if number != 0
        ]
        heads = counted("people", people, lang)
        rows.append(f"{plain(name, lang)} ({heads}): {', '.join(parts)}")
    end = [words("heat.hidden", lang, minimum=found.minimum or 0)] if _is_hidden(found) else []
    body = "; ".join(rows) if rows else words("nobody", lang)
    return told([f"{_title(found, lang)}.", f"{body}.", *(f"{text}." for text in end)])


def _title(found: LabelCounts, lang: Language) -> str:
    return words("heat.title", lang, step=plain(found.title, lang))


def _is_hidden(found: LabelCounts) -> bool:
    return any(number is None for *_, counts in found.rows for number in counts)


def _inside(number: int | None, people: int, lang: Language, *, between: str) -> str:
    """Write count and share; nothing where the count is hidden."""
    if not number or not people:
        return "" if number is None else str(number)
    share = percent(Fraction(number, people), lang, digits=0)
    return f"{number} ({share})" if between == " " else f"{number}{between}{share}"


def _fill(number: int | None, people: int) -> str:
    if not number or not people:
        return EMPTY
    return _SHADES[round(Fraction(number, people) * 100)]
