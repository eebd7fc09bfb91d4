"""What components really contribute, which of them say the same, and who is carried by one, in one section.

What lives here: words and tables of it. What never comes in: how it was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isnan

from kinerja.errors import Issue
from kinerja.exact import Rounding
from kinerja.explore import Compensation, EffectiveWeights, Redundancy, Scheme
from kinerja.report.explore_figures import MOST_IDS, share_text
from kinerja.report.page import Block, Grid, Pairs, Paragraph, Section
from kinerja.report.speaker import Speaker
from kinerja.words import Language, number, say

__all__ = ["components_section"]

#: A correlation is shown with two decimals.
_SHOWN = Rounding(digits=2, mode="half_up")


def components_section(  # noqa: PLR0913 - three findings, and what they are of
    effective: EffectiveWeights | None,
    related: Redundancy | None,
    carried: Compensation | None,
    *,
    scheme: Scheme,
    why_not: Sequence[Issue] = (),
    floors: Mapping[str, Fraction],
    lang: Language,
) -> Section:
    """Say what each component contributes to the differences between people.

    Args:
        effective: Stated and effective weights; `None` where there are none.
        related: Components that go along with each other.
        carried: Who passes only because a strong component hides a failing one; `None` where nobody asked.
        scheme: The weights.
        why_not: Why there are no effective weights.
        floors: The least that was asked of components.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    blocks: list[Block] = []
    if effective is None:
        blocks.append(Paragraph(text=_reason(why_not, speaker)))
    else:
        blocks += _effective(effective, scheme, speaker)
    if related is not None:
        blocks += _related(related, scheme, speaker)
    if carried is not None:
        blocks += _carried(carried, scheme, floors, speaker)
    return Section(title=speaker.say("components.title"), blocks=blocks)


def _reason(issues: Sequence[Issue], speaker: Speaker) -> str:
    return speaker.say("components.none", reason="; ".join(i.message(speaker.lang) for i in issues))


def _effective(found: EffectiveWeights, scheme: Scheme, speaker: Speaker) -> Iterator[Block]:
    columns = ["part", "components.stated", "components.effective", "components.alone"]
    rows = [
        [
            speaker.text(scheme.title_of(one.name)),
            share_text(one.stated, speaker),
            _share(one.effective, speaker),
            _share(one.main_effect, speaker),
        ]
        for one in found.of
    ]
    if not any(row[-1] for row in rows):
        # With few people nobody can tell what a part explains alone.
        del columns[-1]
        rows = [row[:-1] for row in rows]
    yield Paragraph(text=speaker.say("components.note"))
    yield Grid(
        title=speaker.say("components.table"),
        columns=[speaker.say(key) for key in columns],
        rows=rows,
    )
    if found.left_out:
        yield Paragraph(
            text=speaker.count("components.left_out", found.left_out, people=found.people)
        )


def _related(found: Redundancy, scheme: Scheme, speaker: Speaker) -> Iterator[Block]:
    titles = {name: speaker.text(scheme.title_of(name)) for name in found.names}
    rows = [
        (
            speaker.say("components.reading"),
            say(f"explore.redundancy.{found.reading}", speaker.lang),
        )
    ]
    rows += [
        (
            speaker.say("components.pairs"),
            speaker.say(
                "components.pair",
                first=titles[pair.first],
                second=titles[pair.second],
                correlation=_figure(pair.correlation, speaker),
            ),
        )
        for pair in found.pairs[:MOST_IDS]
    ]
    rest = len(found.pairs) - MOST_IDS
    if rest > 0:
        rows.append((speaker.say("components.pairs"), speaker.count("components.pairs_rest", rest)))
    if found.constant:
        named = ", ".join(titles[name] for name in found.constant)
        rows.append((speaker.say("components.constant"), named))
    yield Pairs(rows=rows)


def _carried(
    found: Compensation, scheme: Scheme, floors: Mapping[str, Fraction], speaker: Speaker
) -> Iterator[Block]:
    asked = ", ".join(
        f"{speaker.text(scheme.title_of(name))} {speaker.figure(floor)}"
        for name, floor in floors.items()
    )
    blanks = {"limit": speaker.figure(found.limit), "floors": asked, "passing": found.passing}
    if found.hidden:
        yield Paragraph(text=speaker.count("components.carried", len(found.hidden), **blanks))
    else:
        yield Paragraph(text=speaker.say("components.nobody", **blanks))
    if found.carried_by_several:
        yield Paragraph(text=speaker.count("components.several", found.carried_by_several))
    if not found.hidden:
        return
    columns = (
        "id",
        "components.total",
        "components.failing",
        "components.by",
        "components.without",
    )
    yield Grid(
        title=speaker.say("components.carried_table"),
        columns=[speaker.say(key) for key in columns],
        rows=[
            [
                one.id,
                speaker.figure(one.total),
                ", ".join(
                    f"{speaker.text(scheme.title_of(name))} {speaker.figure(value)}"
                    for name, value in one.failing.items()
                ),
                f"{speaker.text(scheme.title_of(one.hidden_by))} {speaker.figure(one.value)}",
                speaker.figure(one.total_without),
            ]
            for one in found.hidden[:MOST_IDS]
        ],
    )
    rest = len(found.hidden) - MOST_IDS
    if rest > 0:
        yield Paragraph(text=speaker.count("components.carried_rest", rest))


def _share(share: float, speaker: Speaker) -> str:
    return "" if isnan(share) else speaker.percent(Fraction(share))


def _figure(value: float, speaker: Speaker) -> str:
    return number(_SHOWN.apply(Fraction(value)), speaker.lang, digits=2)
