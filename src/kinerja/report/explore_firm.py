"""How firmly labels stand under many weightings, in one section.

What lives here: words and tables of it. What never comes in: weightings, counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt
from typing import Final

from kinerja.explore import Acceptability, unit_acceptability
from kinerja.report.explore_figures import share_text
from kinerja.report.page import Block, Grid, Pairs, Paragraph, Picture, Section
from kinerja.report.speaker import Speaker
from kinerja.words import Language

__all__ = ["firm_section"]

#: People whose label is least certain that are told.
MOST_TOLD: Final = 15


def firm_section(
    found: Acceptability,
    units: Sequence[str | None] | None,
    *,
    picture: Picture | None,
    lang: Language,
) -> Section:
    """Say under how many weightings labels stay.

    Args:
        found: The people for whom the weights count.
        units: The unit of each of them; `None` where the data name none.
        picture: The same as a picture.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    title = speaker.text(found.label.title)
    [everybody] = unit_acceptability(found, [None] * len(found))
    count = {"people": everybody.people}
    changing = everybody.people - everybody.firm
    blocks: list[Block] = [
        Pairs(
            rows=[
                (
                    speaker.say("firm.kept"),
                    speaker.say("firm.on_average", share=share_text(everybody.kept, speaker)),
                ),
                (speaker.say("firm.firm"), speaker.say("firm.of", count=everybody.firm, **count)),
                (
                    speaker.say("firm.wavering"),
                    speaker.say("firm.changing", count=everybody.wavering, **count),
                ),
            ]
        ),
        Paragraph(
            text=speaker.say(
                "firm.note",
                title=title,
                error=speaker.figure(_error(found.weightings)),
            )
        ),
    ]
    if units is not None:
        blocks.append(_units(found, units, speaker))
    if changing:
        if picture is not None:
            blocks.append(picture)
        blocks.append(_least_certain(found, min(changing, MOST_TOLD), speaker))
        if changing > MOST_TOLD:
            blocks.append(Paragraph(text=speaker.count("firm.rest", changing - MOST_TOLD)))
    else:
        blocks.append(Paragraph(text=speaker.say("firm.nobody", title=title)))
    return Section(title=speaker.say("firm.title", title=title), blocks=blocks)


def _error(weightings: int) -> Fraction:
    """Give twice the largest standard error of a share, in percentage points, rounded up to a tenth."""
    tenths = isqrt(10**6 // weightings)
    return Fraction(tenths + (tenths**2 * weightings < 10**6), 10)


def _units(found: Acceptability, units: Sequence[str | None], speaker: Speaker) -> Grid:
    columns = ("unit", "people", "firm.kept_short", "firm.firm_short", "firm.wavering_short")
    return Grid(
        title=speaker.say("firm.units"),
        columns=[speaker.say(key) for key in columns],
        rows=[
            [
                speaker.say("no_unit") if one.unit is None else one.unit,
                str(one.people),
                share_text(one.kept, speaker),
                str(one.firm),
                str(one.wavering),
            ]
            for one in unit_acceptability(found, units)
        ],
    )


def _least_certain(found: Acceptability, count: int, speaker: Speaker) -> Grid:
    titles = {name: speaker.text(title) for name, title in found.label.labels}
    none = speaker.say("no_label")
    least = found.least_certain(count)
    names: list[str | None] = [*reversed(titles)]
    if any(found.share(row, None) for row in least):
        names.append(None)
    rows = []
    for row in least:
        current = found.current[row]
        shares = [found.share(row, name) for name in names]
        rows.append(
            [
                str(found.ids[row]),
                none if current is None else titles[current],
                *(share_text(share, speaker) if share else "" for share in shares),
            ]
        )
    return Grid(
        title=speaker.say("firm.least"),
        columns=[
            speaker.say("id"),
            speaker.say("firm.now"),
            *(speaker.say("firm.share", label=none if n is None else titles[n]) for n in names),
        ],
        rows=rows,
    )
