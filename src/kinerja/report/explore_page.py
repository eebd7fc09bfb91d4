"""The page of what other weights would do.

What lives here: what stands above its sections, and what the page does not say. What never comes in: the
other sections.
"""

from __future__ import annotations

from collections.abc import Sequence

from kinerja.report.page import Page, Pairs, Paragraph, Section
from kinerja.report.speaker import Speaker
from kinerja.result import PolicyNote
from kinerja.result.legible import short_fingerprint
from kinerja.words import Language, Text

__all__ = ["explore_page", "limits_section", "nobody_section"]


def explore_page(
    note: PolicyNote, sections: Sequence[Section], *, file: str, lang: Language
) -> Page:
    """Put sections on one page.

    Args:
        note: The policy whose weights were varied.
        sections: What is said.
        file: Where the data come from.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    rows = [
        (speaker.say("policy"), f"{speaker.text(note.title)} ({note.id} {note.version})"),
        (speaker.say("fingerprint"), short_fingerprint(note.fingerprint)),
        (speaker.say("data"), file),
    ]
    return Page(
        kicker=speaker.text(note.title),
        title=speaker.say("title"),
        lead=[Paragraph(text=speaker.say("internal")), Pairs(rows=rows)],
        sections=[*sections, limits_section(lang=lang)],
        contents=speaker.say("contents"),
        missing=speaker.say("nothing"),
    )


def limits_section(*, lang: Language) -> Section:
    """Say what the page does not say.

    Args:
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    keys = ("thought", "not_right", "data")
    return Section(
        title=speaker.say("limits.title"),
        blocks=[Paragraph(text=speaker.say(f"limits.{key}")) for key in keys],
    )


def nobody_section(*, title: Text, people: int, lang: Language) -> Section:
    """Say that the weights count for nobody.

    Args:
        title: The label that was looked at.
        people: How many people there are.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    return Section(
        title=speaker.say("firm.title", title=speaker.text(title)),
        blocks=[Paragraph(text=speaker.count("nobody", people))],
    )
