"""Which weights were varied and how, in one section, so that a reader can do it again.

What lives here: the weights with their basis, the draw, the people. What never comes in: what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kinerja.explore import People, Scheme, Weightings
from kinerja.report.explore_figures import WeightSpeaker
from kinerja.report.page import Block, Grid, Pairs, Paragraph, Picture, Section
from kinerja.report.speaker import Speaker
from kinerja.result.legible import cited
from kinerja.words import Language

__all__ = ["Drawn", "scheme_section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was asked of the draw.

    Attributes:
        around: How closely weightings lie around the policy's own; `None` where all are equally likely.
        bounds: Smallest and largest weight of some parts.
        order: Parts from the most important to the least.
    """

    around: Fraction | None = None
    bounds: Mapping[str, tuple[Fraction, Fraction]]
    order: Sequence[str] = ()


def scheme_section(  # noqa: PLR0913 - what a reader needs to do it again
    people: People,
    weightings: Weightings,
    *,
    rows: Sequence[int],
    drawn: Drawn,
    others: Sequence[Scheme],
    picture: Picture | None,
    lang: Language,
) -> Section:
    """Say whose weights were varied, how, and for whom.

    Args:
        people: The people under the weights.
        weightings: The weightings.
        rows: Places of the people whose label depends on the weights.
        drawn: What was asked of the draw.
        others: Other steps of the policy that weigh.
        picture: The weights as a picture.
        lang: Language of the reader.
    """
    speaker = Speaker(lang=lang, area="explore.report")
    scheme = people.scheme
    weights = WeightSpeaker(speaker=speaker, total=scheme.weights.total)
    basis = people.scorer.program.step(scheme.step).basis
    facts = [(speaker.say("scheme.step"), f"{speaker.text(scheme.title)} ({scheme.step})")]
    facts += [(speaker.say("scheme.basis"), cited(one, lang)) for one in basis]
    if not basis:
        facts.append((speaker.say("scheme.basis"), speaker.say("scheme.no_basis")))
    facts += [
        (speaker.say("scheme.missing"), speaker.say(f"scheme.missing.{scheme.missing}")),
        (speaker.say("scheme.label"), f"{speaker.text(people.label.title)} ({people.label.name})"),
        *((speaker.say("scheme.people"), text) for text in _people(people, rows, speaker)),
        (speaker.say("scheme.weightings"), speaker.count("scheme.drawn", len(weightings))),
        (speaker.say("scheme.draw"), _way(drawn, weights)),
    ]
    for name, (low, high) in drawn.bounds.items():
        ends = {"low": weights.weight(low), "high": weights.weight(high)}
        facts.append((speaker.say("scheme.bounds"), speaker.say("scheme.bound", name=name, **ends)))
    if drawn.order:
        facts.append((speaker.say("scheme.order"), " ≥ ".join(drawn.order)))
    facts.append((speaker.say("scheme.seed"), str(weightings.seed)))
    if others:
        named = ", ".join(one.step for one in others)
        facts.append((speaker.say("scheme.others"), speaker.say("scheme.choose", steps=named)))
    blocks: list[Block] = [
        Pairs(rows=facts),
        Grid(
            title=speaker.say("scheme.weights"),
            columns=[speaker.say(key) for key in ("part", "name", "weight")],
            rows=[
                [speaker.text(part.title), part.name, weights.weight(scheme.weights[part.name])]
                for part in scheme.parts
            ],
        ),
    ]
    if picture is not None:
        blocks.append(picture)
    if not people.followed:
        blocks.append(Paragraph(text=speaker.say("scheme.bent")))
    return Section(title=speaker.say("scheme.title"), blocks=blocks)


def _people(people: People, rows: Sequence[int], speaker: Speaker) -> Iterator[str]:
    valued = int(people.counted.sum())
    everybody = len(people)
    yield speaker.say("firm.of", count=len(rows), people=everybody)
    if valued < everybody:
        yield speaker.count("scheme.not_counted", everybody - valued)
    if len(rows) < valued:
        yield speaker.count("scheme.untouched", valued - len(rows))


def _way(drawn: Drawn, weights: WeightSpeaker) -> str:
    if drawn.around is None:
        return weights.speaker.say("scheme.uniform")
    return weights.speaker.say("scheme.around", around=weights.speaker.figure(drawn.around))
