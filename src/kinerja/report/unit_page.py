"""The page of a whole unit.

What lives here: what stands above its sections. What never comes in: the sections.
"""

from __future__ import annotations

from collections.abc import Sequence

from kinerja.report.page import Page, Pairs, Section
from kinerja.report.speaker import Speaker
from kinerja.result import PolicyNote
from kinerja.result.legible import short_fingerprint
from kinerja.values import Period
from kinerja.words import Language

__all__ = ["unit_page"]


def unit_page(
    note: PolicyNote,
    sections: Sequence[Section],
    *,
    file: str,
    period: Period | None,
    lang: Language,
) -> Page:
    """Put sections on one page.

    Args:
        note: The policy that the people were scored by.
        sections: What is said.
        file: Where the data come from.
        period: The assessment period, where it has a name.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="unit")
    rows = [
        (speaker.say("policy"), f"{speaker.text(note.title)} ({note.id} {note.version})"),
        (speaker.say("fingerprint"), short_fingerprint(note.fingerprint)),
        (speaker.say("data"), file),
    ]
    if period is not None:
        days = f"{period.first:%d-%m-%Y} – {period.last:%d-%m-%Y}"
        rows.append((speaker.say("period"), days))
    return Page(
        kicker=speaker.text(note.title),
        title=speaker.say("title"),
        lead=[Pairs(rows=rows)],
        sections=sections,
        contents=speaker.say("contents"),
        missing=speaker.say("nothing"),
    )
