"""What the groups of a panel weigh, in one section.

What lives here: words. What never comes in: ratings.
"""

from __future__ import annotations

from kinerja.cohort import PanelInfluence
from kinerja.report.page import Grid, Pairs, Paragraph, Section
from kinerja.report.speaker import Speaker
from kinerja.words import Language

__all__ = ["panel_section"]


def panel_section(found: PanelInfluence, *, lang: Language) -> Section:
    """Say what each group weighs, and what one rater can move at most.

    Args:
        found: What was found for one person.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="unit.panel")
    title = speaker.text(found.step.title)
    columns = [speaker.say(key) for key in ("group", "raters", "weight", "most")]
    rows = [
        [
            speaker.text(group.title),
            str(group.raters) if group.raters else speaker.say("nobody"),
            speaker.percent(group.weight),
            speaker.figure(group.most, digits=found.step.digits),
        ]
        for group in found.groups
    ]
    value = speaker.figure(found.value, digits=found.step.digits)
    return Section(
        title=speaker.say("title"),
        blocks=[
            Pairs(rows=[(title, value)]),
            Grid(title=speaker.say("title"), columns=columns, rows=rows),
            Paragraph(text=speaker.say("note", title=title)),
        ],
    )
