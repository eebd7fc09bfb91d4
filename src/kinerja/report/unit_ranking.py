"""What a page says of ranks, and of people by two labels.

What lives here: the way from a ranking and a nine-box to blocks, and how a step, a unit and an order are
said. What never comes in: how they are found; quotas, which have a module of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from kinerja.cohort import BoxCell, Criterion, Cut, Member, NineBox, Ranking, UnitBoxes, top
from kinerja.cohort.ranking import AtCut
from kinerja.report.page import Block, Grid, Pairs, Paragraph, Section
from kinerja.report.speaker import Speaker
from kinerja.scorer import LabelStep, NumberStep
from kinerja.words import DEFAULT_LANGUAGE, Language

__all__ = [
    "heading_of",
    "known_value",
    "nine_box_section",
    "order_rows",
    "person_id",
    "ranking_section",
    "title_of",
    "unit_name",
]

AREA: Final = "unit.ranking"


def ranking_section(
    ranking: Ranking, *, n: int, at_cut: AtCut, lang: Language = DEFAULT_LANGUAGE
) -> Section:
    """Say who stands first in each unit.

    Args:
        ranking: The ranks.
        n: People of each unit that are shown, at least 1.
        at_cut: Whether `all` of those who are equal at the end of the list are shown, `none` of them, or
            they are shown as waiting for the leader (`open`).
        lang: Language of the words.

    Raises:
        InputError: `n` or `at_cut` is none.
    """
    speaker = Speaker(lang=lang, area=AREA)
    by = ranking.by
    cuts = top(ranking, n=n, at_cut=at_cut)
    title = speaker.say("title", title=title_of(by, speaker))
    rows = [
        *order_rows(by, ranking.then, speaker),
        (speaker.say("ties"), speaker.say(f"ties.{ranking.ties}")),
        (
            speaker.say("percentile"),
            speaker.say(f"percentile.{by.best}", title=title_of(by, speaker)),
        ),
        *((speaker.say("unranked"), text) for text in _unranked(ranking, speaker)),
    ]
    blocks: list[Block] = [Pairs(rows=rows)]
    shown = [row for cut in cuts for row in _rows(cut, ranking, speaker)]
    if shown:
        by_units = ranking.within == "unit"
        columns = [
            *([speaker.say("column.unit")] if by_units else []),
            speaker.say("column.id"),
            speaker.say("column.rank"),
            heading_of(by, speaker),
            *(heading_of(one, speaker) for one in ranking.then),
            speaker.say("column.percentile"),
            "",
        ]
        if not any(row[-1] for row in shown):
            columns, shown = columns[:-1], [row[:-1] for row in shown]
        blocks.append(Grid(title=title, columns=columns, rows=shown, grouped=by_units))
    else:
        blocks.append(Paragraph(text=speaker.say("nobody", title=title_of(by, speaker))))
    blocks += [
        Paragraph(
            text=speaker.count(
                f"tie.{at_cut}",
                cut.contested,
                unit=unit_name(cut.unit, ranking.within, speaker),
                tied=len(cut.tied),
            )
        )
        for cut in cuts
        if cut.tied
    ]
    return Section(title=title, blocks=blocks)


def _unranked(ranking: Ranking, speaker: Speaker) -> Iterator[str]:
    missing = sum(unit.missing for unit in ranking.units)
    refused = sum(unit.refused for unit in ranking.units)
    unsettled = sum(unit.unsettled for unit in ranking.units)
    if missing:
        yield speaker.count("unranked.missing", missing, title=title_of(ranking.by, speaker))
    if refused:
        yield speaker.count("refused", refused)
    if unsettled:
        yield speaker.count("unsettled", unsettled)


def _rows(cut: Cut, ranking: Ranking, speaker: Speaker) -> Iterator[list[str]]:
    unit = [unit_name(cut.unit, ranking.within, speaker)] if ranking.within == "unit" else []
    for places, note in ((cut.inside, ""), (cut.waiting, speaker.say("waiting"))):
        for place in places:
            yield [
                *unit,
                person_id(place.member, speaker),
                str(place.rank),
                *(known_value(place.member, one, speaker) for one in (ranking.by, *ranking.then)),
                speaker.percent(place.percentile),
                note,
            ]


# How steps, units and people are said.


def title_of(criterion: Criterion, speaker: Speaker) -> str:
    """Give the title of a step."""
    return speaker.text(criterion.step.title)


def heading_of(criterion: Criterion, speaker: Speaker) -> str:
    """Give the title of a step as the head of a column, with its unit."""
    title = title_of(criterion, speaker)
    unit = speaker.text(criterion.step.unit) if isinstance(criterion.step, NumberStep) else ""
    title = title[:1].upper() + title[1:]
    return f"{title} ({unit})" if unit else title


def known_value(member: Member, criterion: Criterion, speaker: Speaker) -> str:
    """Write what a person is ordered by; nothing where it is missing."""
    step = criterion.step
    if isinstance(step, NumberStep):
        return speaker.figure(member.number(step.name), digits=step.digits)
    return _label(step, member.label(step.name), speaker)


def _label(step: LabelStep, label: str | None, speaker: Speaker) -> str:
    return speaker.text(dict(step.labels).get(label or ""))


def order_rows(
    by: Criterion, then: Sequence[Criterion], speaker: Speaker
) -> Iterator[tuple[str, str]]:
    """Say in what order people stand, and what settles ties."""
    for key, criteria in (("ordered", [by]), ("then", then)):
        for one in criteria:
            words = speaker.say(f"ordered.{one.best}", title=title_of(one, speaker))
            yield speaker.say(key), words
    if not then:
        yield speaker.say("then"), speaker.say("then.none")


def unit_name(unit: str | None, within: Literal["all", "unit"], speaker: Speaker) -> str:
    """Give the name of a unit, or of all."""
    if unit is not None:
        return unit
    return speaker.say("all_units" if within == "all" else "no_unit")


def person_id(member: Member, speaker: Speaker) -> str:
    """Give the id of a person."""
    return speaker.say("no_id") if member.id is None else member.id


# The nine-box.


def nine_box_section(
    boxes: NineBox,
    *,
    people: Literal["counted", "listed"] = "counted",
    lang: Language = DEFAULT_LANGUAGE,
) -> Section:
    """Show people by two labels: the highest row on top, the lowest column on the left.

    Args:
        boxes: The tables.
        people: Whether people are only counted, or their ids are listed below each table too.
        lang: Language of the words.
    """
    speaker = Speaker(lang=lang, area=AREA)
    rows, columns = boxes.axes.rows, boxes.axes.columns
    title = speaker.say(
        "box.title", rows=speaker.text(rows.title), columns=speaker.text(columns.title)
    )
    key = "box.rows.text" if rows.ordered else "box.rows.unordered"
    lead = [
        (speaker.say("box.rows"), speaker.say(key, title=speaker.text(rows.title))),
        (speaker.say("box.columns"), speaker.text(columns.title)),
        *((speaker.say("box.outside"), text) for text in _outside(boxes, speaker)),
    ]
    by_units = boxes.within == "unit"
    heads = [
        *([speaker.say("column.unit")] if by_units else []),
        speaker.text(rows.title),
        *(speaker.text(text) for _, text in columns.labels),
    ]
    cells = [row for unit in boxes.units for row in _table(unit, boxes, speaker)]
    blocks: list[Block] = [Pairs(rows=lead)]
    if cells:
        blocks.append(Grid(title=title, columns=heads, rows=cells, grouped=by_units))
    if people == "listed":
        blocks += [
            Pairs(rows=rows_of_ids)
            for unit in boxes.units
            if (rows_of_ids := list(_listed(unit, boxes, speaker)))
        ]
    return Section(title=title[:1].upper() + title[1:], blocks=blocks)


def _outside(boxes: NineBox, speaker: Speaker) -> Iterator[str]:
    missing = sum(unit.missing for unit in boxes.units)
    refused = sum(unit.refused for unit in boxes.units)
    if missing:
        yield speaker.count("box.missing", missing)
    if refused:
        yield speaker.count("refused", refused)


def _table(unit: UnitBoxes, boxes: NineBox, speaker: Speaker) -> Iterator[list[str]]:
    axes = boxes.axes
    name = [unit_name(unit.unit, boxes.within, speaker)] if boxes.within == "unit" else []
    labels = axes.rows.labels[::-1] if axes.rows.ordered else axes.rows.labels
    for row, title in labels:
        cells = [unit.cell(row, column) for column, _ in axes.columns.labels]
        yield [*name, speaker.text(title), *(_cell(cell, boxes, speaker) for cell in cells)]


def _cell(cell: BoxCell, boxes: NineBox, speaker: Speaker) -> str:
    box = _box(cell, boxes, speaker)
    return speaker.say("box.cell", count=cell.count, box=box) if box else str(cell.count)


def _box(cell: BoxCell, boxes: NineBox, speaker: Speaker) -> str:
    step = boxes.axes.box
    return "" if step is None else ", ".join(_label(step, box, speaker) for box in cell.boxes)


def _listed(unit: UnitBoxes, boxes: NineBox, speaker: Speaker) -> Iterator[tuple[str, str]]:
    for cell in reversed(unit.cells):
        if not cell.members:
            continue
        named = _box(cell, boxes, speaker) or speaker.say(
            "box.person",
            row=_label(boxes.axes.rows, cell.row, speaker),
            column=_label(boxes.axes.columns, cell.column, speaker),
        )
        if boxes.within == "unit":
            named = f"{unit_name(unit.unit, boxes.within, speaker)}: {named}"
        yield named, ", ".join(person_id(member, speaker) for member in cell.members)
