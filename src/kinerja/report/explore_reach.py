"""How far each weight may go alone, and what it moves, in one section.

What lives here: words and tables of it. What never comes in: how it was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from kinerja.explore import Scheme, SteadyWeight, Tornado
from kinerja.report.explore_figures import WeightSpeaker, ids_text
from kinerja.report.page import Block, Grid, Paragraph, Picture, Section
from kinerja.report.speaker import Speaker
from kinerja.words import Language

__all__ = ["reach_section"]

#: Ids that are named for each end.
MOST_FIRST: Final = 3


def reach_section(  # noqa: PLR0913 - two findings, and what they are of
    steady: Sequence[SteadyWeight] | None,
    moved: Tornado,
    *,
    scheme: Scheme,
    by: Fraction,
    picture: Picture | None,
    lang: Language,
) -> Section:
    """Say within which limits each weight moves nobody, who is first, and how many it moves.

    Args:
        steady: The exact limits; `None` where they cannot be given.
        moved: People who change when a weight goes down and up by one step.
        scheme: The weights.
        by: That step.
        picture: What each weight moves, as a picture.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    weights = WeightSpeaker(speaker=speaker, total=scheme.weights.total)
    sure = speaker.say("reach.unknown" if steady is None else "reach.exact")
    blocks: list[Block] = [Paragraph(text=f"{speaker.say('reach.alone')} {sure}")]
    if steady is not None:
        blocks.append(_limits(steady, weights))
        if any("≈" in weights.interval(one.interval) for one in steady):
            blocks.append(Paragraph(text=speaker.say("reach.rounded")))
    if moved.rows and not any(row.at_low or row.at_high for row in moved.rows):
        blocks.append(Paragraph(text=speaker.say("reach.still", by=weights.points(by))))
    elif moved.rows:
        blocks.append(Paragraph(text=speaker.say("reach.moved", by=weights.points(by))))
        blocks.append(_moved(moved, weights))
        if picture is not None:
            blocks.append(picture)
    return Section(title=speaker.say("reach.title"), blocks=blocks)


def _limits(steady: Sequence[SteadyWeight], weights: WeightSpeaker) -> Grid:
    speaker = weights.speaker
    columns = ["part", "weight", "reach.interval"]
    if any(one.below or one.above for one in steady):
        columns += ["reach.first_below", "reach.first_above"]
    return Grid(
        title=speaker.say("reach.limits"),
        columns=[speaker.say(key) for key in columns],
        rows=[
            [
                speaker.text(one.title),
                weights.weight(one.weight),
                weights.interval(one.interval),
                ids_text(one.below, speaker, most=MOST_FIRST),
                ids_text(one.above, speaker, most=MOST_FIRST),
            ][: len(columns)]
            for one in steady
        ],
    )


def _moved(moved: Tornado, weights: WeightSpeaker) -> Grid:
    speaker = weights.speaker
    columns = ("part", "reach.down_to", "reach.change", "reach.up_to", "reach.change")
    return Grid(
        title=speaker.say("reach.people"),
        columns=[speaker.say(key) for key in columns],
        rows=[
            [
                speaker.text(row.title),
                weights.weight(row.weight_low),
                str(row.at_low),
                weights.weight(row.weight_high),
                str(row.at_high),
            ]
            for row in moved.rows
        ],
    )
