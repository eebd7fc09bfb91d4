"""Under which share of the weightings each person has which label.

What lives here: the picture of band acceptability, and its description. What never comes in: drawing
weightings, scoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Protocol

from kinerja.plots.colours import EMPTY, HATCHES, categories, ink_on, ordered
from kinerja.plots.drawing import open_sheet
from kinerja.plots.figures import counted, percent, plain, told, words
from kinerja.scorer import LabelStep
from kinerja.words import DEFAULT_LANGUAGE, Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from kinerja.plots.sheet import Sheet

__all__ = ["AcceptabilityLike", "acceptability_text", "plot_acceptability"]

#: People drawn where nothing else is said: a page.
MOST_DRAWN: Final = 30
#: People told in words.
MOST_TOLD: Final = 10
_MOST_LABEL: Final = 0.3
#: How far below its bar the mark of the label at present stands, and how wide it is at least, in points.
_MARK: Final = 3.2
#: Hatch of what has no label.
_NONE: Final = "xx"


class AcceptabilityLike(Protocol):
    """What is read of band acceptability; see `kinerja.explore.acceptability`."""

    @property
    def label(self) -> LabelStep:
        """The step with the labels."""

    @property
    def ids(self) -> Sequence[str]:
        """The people."""

    @property
    def current(self) -> Sequence[str | None]:
        """The label of each with the weights as they are; `None` without one."""

    @property
    def counts(self) -> Any:  # noqa: ANN401 - an array of numpy, which this module does not need
        """Weightings by person and label, in the last column without a label: whole numbers."""

    @property
    def weightings(self) -> int:
        """How many weightings were tried."""

    def kept(self) -> Any:  # noqa: ANN401 - as above
        """Count for each person the weightings under which the label stays."""

    def least_certain(self, count: int) -> Sequence[int]:
        """Give the rows of those whose label stays under the fewest weightings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    id: str
    current: str | None
    shares: tuple[Fraction, ...]


def plot_acceptability(
    found: AcceptabilityLike,
    *,
    most: int = MOST_DRAWN,
    lang: Language = DEFAULT_LANGUAGE,
    ax: Axes | None = None,
) -> Axes:
    """Draw for each person the share of weightings that give each label.

    Those whose label is least certain come first. A thick line below a bar marks the label that the person
    has with the weights as they are.

    Args:
        found: The acceptability.
        most: How many people are drawn; the picture says how many are not.
        lang: Language of the labels.
        ax: Axes to draw in; by default those of a figure of its own.

    Returns:
        The axes. The part of person `p` (from the top) and label `l` has the gid `share-p-l`.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    sheet = open_sheet(ax)
    from kinerja.plots.lettering import SMALL, width_of
    from kinerja.plots.rows import rows_of
    from kinerja.plots.sheet import Key

    drawn = _people(found, most)
    labels: list[str | None] = [label for label, _ in found.label.labels]
    titles = [plain(title, lang) for _, title in found.label.labels]
    is_ordered = found.label.ordered
    fills = ordered(len(labels)) if is_ordered else categories(len(labels))
    hatches = ["" if is_ordered else HATCHES[at % len(HATCHES)] for at in range(len(labels))]
    labels.append(None)
    fills.append(EMPTY)
    hatches.append(_NONE)
    without = any(one.shares[-1] or one.current is None for one in drawn)
    if without:
        titles.append(words("without", lang, step=plain(found.label.title, lang)))
    placed = rows_of(
        sheet, [plain(one.id, lang) for one in drawn], most=_MOST_LABEL, bar=13, apart=9
    )
    notes = [words("acceptability.mark", lang)]
    if len(found.ids) > len(drawn):
        notes.append(counted("acceptability.not_drawn", len(found.ids) - len(drawn), lang))
    if not drawn:
        notes = [words("nobody", lang)]
    sheet.lay_out(
        title=_title(found, lang),
        inner=placed.inner,
        left=placed.left,
        right=14,
        bottom=16,
        key=[
            Key(text=title, fill=fill, hatch=hatch)
            for title, fill, hatch in zip(titles, fills, hatches, strict=False)
        ],
        label=words("acceptability.axis", lang),
        notes=notes,
    )
    sheet.span((0, 1), placed.ends)
    quarters = [Fraction(part, 4) for part in range(5)]
    sheet.x_ticks([(float(at), percent(at, lang)) for at in quarters])
    for y, one in enumerate(drawn):
        placed.write(sheet, y)
        start = Fraction(0)
        for at, (share, fill, hatch) in enumerate(zip(one.shares, fills, hatches, strict=True)):
            end = start + share
            if share:
                edges = placed.edges(y)
                sheet.bar(
                    float(start),
                    float(end),
                    *edges,
                    fill=fill,
                    hatch=hatch,
                    edge=0.5,
                    gid=f"share-{y}-{at}",
                )
                text = percent(share, lang, digits=0)
                if width_of(text, SMALL) + 5 <= sheet.x_points(float(share)):
                    middle = float(start + end) / 2
                    box = fill if hatch else None
                    sheet.text(
                        middle, placed.middle(y), text, size=SMALL, colour=ink_on(fill), box=box
                    )
            if labels[at] == one.current:
                _mark(sheet, float(start), float(end), placed.edges(y)[1])
            start = end
    return sheet.describe(acceptability_text(found, lang=lang))


def _mark(sheet: Sheet, start: float, end: float, edge: float) -> None:
    """Mark the label at present; one that no weighting gives has a mark where it would begin."""
    least = 6 / sheet.width
    if end - start < least:
        middle = min(max((start + end) / 2, least / 2), 1 - least / 2)
        start, end = middle - least / 2, middle + least / 2
    below = edge + _MARK / sheet.y_points(1)
    sheet.line([start, end], [below, below], width=2.6)


def acceptability_text(
    found: AcceptabilityLike, *, most: int = MOST_TOLD, lang: Language = DEFAULT_LANGUAGE
) -> str:
    """Say in words what `plot_acceptability` shows.

    Args:
        found: The acceptability.
        most: How many people are told one by one.
        lang: Language of the reader.
    """
    titles: dict[str | None, str] = {
        label: plain(title, lang) for label, title in found.label.labels
    }
    titles[None] = words("without", lang, step=plain(found.label.title, lang))
    certain = sum(int(count) == found.weightings for count in found.kept())
    head = counted("acceptability.certain", certain, lang, people=len(found.ids))
    rows = []
    for one in _people(found, most):
        parts = [
            f"{title} {percent(share, lang)}"
            for title, share in zip(titles.values(), one.shares, strict=True)
            if share
        ]
        rows.append(
            words(
                "acceptability.said",
                lang,
                id=plain(one.id, lang),
                now=titles[one.current],
                shares=", ".join(parts),
            )
        )
    end = len(found.ids) - most
    return told(
        [
            f"{_title(found, lang)}.",
            f"{head}.",
            "; ".join(rows) + "." if rows else "",
            f"{counted('acceptability.not_told', end, lang)}." if end > 0 else "",
        ]
    )


def _title(found: AcceptabilityLike, lang: Language) -> str:
    return words(
        "acceptability.title",
        lang,
        step=plain(found.label.title, lang),
        count=found.weightings,
    )


def _people(found: AcceptabilityLike, most: int) -> list[_Person]:
    """Give so many people, the least certain first."""
    return [
        _Person(
            id=str(found.ids[row]),
            current=found.current[row],
            shares=tuple(Fraction(int(count), found.weightings) for count in found.counts[row]),
        )
        for row in found.least_certain(most)
    ]
