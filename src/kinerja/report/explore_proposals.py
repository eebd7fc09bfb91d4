"""What a proposal of other weights does to labels, one section for each proposal.

What lives here: words and tables of it. What never comes in: scoring by other weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kinerja.explore import Scheme
from kinerja.report.explore_figures import WeightSpeaker, ids_text
from kinerja.report.page import Block, Grid, Pairs, Paragraph, Picture, Section
from kinerja.report.speaker import Speaker
from kinerja.scorer import LabelStep
from kinerja.values import Weights
from kinerja.words import Language

__all__ = ["Proposal", "proposal_section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Other weights, and the labels that people have under them.

    Attributes:
        weights: The weights.
        ids: Who is looked at.
        before: Their labels by the policy, `None` for none.
        after: Their labels by these weights.
    """

    weights: Weights
    ids: Sequence[str]
    before: Sequence[str | None]
    after: Sequence[str | None]

    def moves(self) -> Counter[tuple[str | None, str | None]]:
        """Count people by label before and after."""
        return Counter(zip(self.before, self.after, strict=True))


def proposal_section(  # noqa: PLR0913 - a proposal, and what it is compared with
    found: Proposal,
    *,
    place: int | None,
    scheme: Scheme,
    label: LabelStep,
    picture: Picture | None,
    lang: Language,
) -> Section:
    """Say who moves from which label to which.

    Args:
        found: The proposal.
        place: Its number where there are several.
        scheme: The weights of the policy.
        label: The step with the labels.
        picture: The moves as a picture.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    weights = WeightSpeaker(speaker=speaker, total=scheme.weights.total)
    moves = found.moves()
    order = {name: at for at, (name, _) in enumerate(label.labels)}
    moved = {pair: count for pair, count in moves.items() if pair[0] != pair[1]}
    rows = [
        (speaker.say("proposal.now"), weights.weights(scheme.weights)),
        (speaker.say("proposal.proposed"), weights.weights(found.weights)),
    ]
    if label.ordered:
        both = [(pair, count) for pair, count in moved.items() if None not in pair]
        rose = sum(count for (old, new), count in both if order[str(new)] > order[str(old)])
        fell = sum(count for _, count in both) - rose
        rows.append((speaker.say("proposal.up"), str(rose)))
        rows.append((speaker.say("proposal.down"), str(fell)))
    else:
        rows.append((speaker.say("proposal.moved"), str(sum(moved.values()))))
    rows.append((speaker.say("proposal.same"), str(len(found.ids) - sum(moved.values()))))
    blocks: list[Block] = [Pairs(rows=rows), _counts(moves, label, speaker)]
    if picture is not None:
        blocks.append(picture)
    if moved:
        blocks.append(_who(found, moved, label, speaker))
    else:
        blocks.append(Paragraph(text=speaker.say("proposal.nobody")))
    key = "proposal.title" if place is None else "proposal.title_several"
    title = speaker.say(key, place=place)
    return Section(title=title, blocks=blocks)


def _counts(
    moves: Counter[tuple[str | None, str | None]], label: LabelStep, speaker: Speaker
) -> Grid:
    titles = _titles(label, speaker)
    names = [name for name in titles if name is not None or any(None in pair for pair in moves)]
    return Grid(
        title=speaker.say("proposal.counts"),
        columns=[
            speaker.say("proposal.before"),
            *(speaker.say("proposal.after", label=titles[name]) for name in names),
            speaker.say("sum"),
        ],
        rows=[
            [
                titles[old],
                *(str(moves[old, new]) if moves[old, new] else "" for new in names),
                str(sum(moves[old, new] for new in names)),
            ]
            for old in names
        ],
    )


def _who(
    found: Proposal,
    moved: dict[tuple[str | None, str | None], int],
    label: LabelStep,
    speaker: Speaker,
) -> Grid:
    titles = _titles(label, speaker)
    order = list(titles)
    ids: dict[tuple[str | None, str | None], list[str]] = {pair: [] for pair in moved}
    for name, old, new in zip(found.ids, found.before, found.after, strict=True):
        if old != new:
            ids[old, new].append(name)
    pairs = sorted(moved, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return Grid(
        title=speaker.say("proposal.who"),
        columns=[speaker.say(key) for key in ("proposal.move", "people", "proposal.ids")],
        rows=[
            [
                f"{titles[pair[0]]} → {titles[pair[1]]}",
                str(moved[pair]),
                ids_text(ids[pair], speaker),
            ]
            for pair in pairs
        ],
    )


def _titles(label: LabelStep, speaker: Speaker) -> dict[str | None, str]:
    """Give the titles of labels, the highest first, then that of none."""
    titles: dict[str | None, str] = {
        name: speaker.text(title) for name, title in reversed(label.labels)
    }
    titles[None] = speaker.say("no_label")
    return titles
