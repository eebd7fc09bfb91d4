"""What became of the people of a unit, in one section.

What lives here: counts by status, predikat and follow-up, by unit, and why results are incomplete. What
never comes in: counting that others need too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kinerja.cohort import Member, by_unit
from kinerja.report.page import Block, Grid, Pairs, Section
from kinerja.report.speaker import Speaker
from kinerja.scorer import LabelStep, Program
from kinerja.scorer.explain import reason_text
from kinerja.values import Reason
from kinerja.words import Language

__all__ = ["summary_section"]

#: Reasons that are told.
MOST_REASONS = 8


def summary_section(
    members: Sequence[Member],
    program: Program,
    *,
    step: LabelStep | None,
    reasons: Mapping[Reason, int],
    lang: Language,
) -> Section:
    """Say how many people there are, what they have, and what follows.

    Args:
        members: The people of one period.
        program: The policy that they were scored by.
        step: The step whose labels are counted; `None` where the policy has none.
        reasons: Why published values are missing, with how many people lack one for it.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="unit.summary")
    return Section(
        title=speaker.say("title"),
        blocks=[
            _people(members, program, reasons, speaker),
            *_units(members, step, speaker),
            *_follow_ups(members, program, speaker),
        ],
    )


def _people(
    members: Sequence[Member],
    program: Program,
    reasons: Mapping[Reason, int],
    speaker: Speaker,
) -> Pairs:
    statuses = Counter(member.status for member in members)
    rows = [(speaker.say("people"), str(len(members)))]
    rows += [
        (speaker.say(f"status.{status}"), str(statuses[status]))
        for status in ("complete", "incomplete", "refused")
        if statuses[status] or status == "complete"
    ]
    told = sorted(reasons.items(), key=lambda found: -found[1])
    for reason, count in told[:MOST_REASONS]:
        words = speaker.text(reason_text(program, reason))
        rows.append((speaker.say("reasons"), speaker.count("reason", count, reason=words)))
    rest = len(told) - MOST_REASONS
    if rest > 0:
        rows.append((speaker.say("reasons"), speaker.count("reasons_rest", rest)))
    if sum(reasons.values()) > statuses["incomplete"]:
        rows.append((speaker.say("reasons"), speaker.say("reasons_several")))
    return Pairs(rows=rows)


def _units(members: Sequence[Member], step: LabelStep | None, speaker: Speaker) -> list[Block]:
    labels = () if step is None else step.labels
    columns = [
        speaker.say("unit"),
        speaker.say("people"),
        *(speaker.text(title) for _, title in reversed(labels)),
        speaker.say("without_label" if labels else "not_complete"),
    ]
    rows = []
    units = by_unit(members)
    for unit, people in units.items():
        found = Counter(person.label(step.name) for person in people) if step else Counter()
        counts = [found[name] for name, _ in reversed(labels)]
        without = len(people) - sum(counts)
        if not labels:
            without = sum(person.status != "complete" for person in people)
        name = speaker.say("no_unit") if unit is None else unit
        rows.append([name, str(len(people)), *map(_count, counts), _count(without)])
    if len(units) > 1:
        people_of_all, *sums = _sums(rows)
        rows.append([speaker.say("total"), str(people_of_all), *map(_count, sums)])
    title = speaker.say("units") if step is None else speaker.text(step.title)
    return [Grid(title=title, columns=columns, rows=rows)]


def _follow_ups(members: Sequence[Member], program: Program, speaker: Speaker) -> list[Block]:
    titles = {follow_up.id: follow_up.title for follow_up in program.follow_ups}
    if not titles:
        return []
    columns = [speaker.say("unit"), *(speaker.text(title) for title in titles.values())]
    rows = []
    units = by_unit(members)
    for unit, people in units.items():
        found = Counter(name for person in people for name in person.follow_ups)
        name = speaker.say("no_unit") if unit is None else unit
        rows.append([name, *(_count(found[one]) for one in titles)])
    if len(units) > 1:
        rows.append([speaker.say("total"), *map(_count, _sums(rows))])
    return [Grid(title=speaker.say("follow_ups"), columns=columns, rows=rows)]


def _sums(rows: Sequence[Sequence[str]]) -> list[int]:
    """Add up the columns after the first."""
    return [sum(int(cell or 0) for cell in column) for column in list(zip(*rows, strict=True))[1:]]


def _count(count: int) -> str:
    return str(count) if count else ""
