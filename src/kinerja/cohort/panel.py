"""What a panel's groups weigh in one person's result, and what one rater can move at most.

What lives here: the answers to "one rater has decided this". What never comes in: single ratings, raters:
what is given holds for every rater of a group alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import cast

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.formula.types import LabelType, ListType, NumberType
from kinerja.result import Scalar
from kinerja.scorer import NumberStep, Scorer, number_step
from kinerja.words import Text

__all__ = ["GroupInfluence", "PanelFields", "PanelInfluence", "panel_influence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFields:
    """Where the ratings of a panel stand in a record.

    Attributes:
        ratings: The list input that holds them.
        group: Field with the group of the rater.
        score: Field with the rating, a number with a lowest and a highest value.
        rater: Field that tells raters apart; `None` where each item is a rater of its own.
        panel: The step that joins the ratings; its parts tell the weights really used.
    """

    ratings: str
    group: str
    score: str
    panel: str
    rater: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInfluence:
    """What one group of raters weighs.

    Attributes:
        group: Id of the group.
        title: As people read it.
        raters: How many raters of the group have answered.
        weight: Share of the group in the panel as it was really used; `None` where the panel has no value.
        most: By how much the number differs at most between the lowest and the highest answers of one
            rater of this group, all others as they are; `None` where nobody has answered or no number comes
            about.
    """

    group: str
    title: Text
    raters: int
    weight: Fraction | None
    most: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelInfluence:
    """What the groups of a panel weigh in one person's result.

    Attributes:
        id: Id of the record.
        step: The number that is looked at.
        value: That number; `None` where it is missing.
        groups: The groups, in the order of their scale.
    """

    id: str | None
    step: NumberStep
    value: Fraction | None
    groups: tuple[GroupInfluence, ...]


def panel_influence(
    scorer: Scorer,
    record: Mapping[str, object],
    *,
    fields: PanelFields,
    step: str | None = None,
) -> PanelInfluence:
    """Tell what each group of a panel weighs, and what one rater can move at most.

    One rater at a time is supposed to have given the lowest, and then the highest value in every answer,
    and the record is scored again exactly. Of each group the largest difference is given. For a mean within
    the group it is the weight of the group times the width of the scale, divided by the number of raters,
    and so tells nothing of any answer but what the rounding of the number leaves.

    Args:
        scorer: The policy.
        record: See `Scorer.score`.
        fields: Where the ratings stand.
        step: Published number that is looked at; by default the one whose losses explanations tell.

    Raises:
        InputError: The policy has no such list, field, scale or number, or the record cannot be used; every
            issue at once.

    Examples:
        >>> import kinerja
        >>> ratings = [
        ...     {"penilai": "a", "kelompok": "kepala_sekolah", "nilai": 80},
        ...     {"penilai": "b", "kelompok": "teman_sejawat", "nilai": 70},
        ...     {"penilai": "c", "kelompok": "teman_sejawat", "nilai": 90},
        ... ]
        >>> fields = PanelFields(
        ...     ratings="penilaian", group="kelompok", score="nilai", panel="panel", rater="penilai"
        ... )
        >>> found = panel_influence(
        ...     kinerja.load("guru-360"), {"penilaian": ratings}, fields=fields
        ... )
        >>> [(one.group, one.raters, str(one.most)) for one in found.groups if one.raters]
        [('kepala_sekolah', 1, '40'), ('teman_sejawat', 2, '15')]
    """
    looked_at = number_step(scorer.program, step)
    items, low, high = _fields(scorer, fields)
    result = scorer.score(record)
    # As the scorer has read them: what is missing to it is no answer.
    read = result.inputs.get(fields.ratings) or ()
    answers = [dict(item) for item in cast("Sequence[Mapping[str, object]]", read)]
    scale = cast("LabelType", items.fields[fields.group]).scale
    raters: dict[str, dict[object, list[int]]] = {name: {} for name in scale.ids}
    for place, answer in enumerate(answers):
        group = answer.get(fields.group)
        if group is not None and answer.get(fields.score) is not None:
            who = place if fields.rater is None else answer.get(fields.rater)
            raters[str(group)].setdefault(who, []).append(place)

    def supposed(places: Sequence[int], score: Fraction) -> Fraction | None:
        changed = [
            {**answer, fields.score: score} if place in places else answer
            for place, answer in enumerate(answers)
        ]
        found = scorer.score({**record, fields.ratings: changed})
        return _number(found[looked_at.name])

    groups = []
    has_none = result.steps.get(fields.panel) is None
    for name, people in raters.items():
        spans = [_span(supposed(places, low), supposed(places, high)) for places in people.values()]
        known = [span for span in spans if span is not None]
        groups.append(
            GroupInfluence(
                group=name,
                title=scale.title(name),
                raters=len(people),
                weight=None
                if has_none
                else _number(result.steps.get(f"{fields.panel}.weight.{name}")),
                most=max(known, default=None),
            )
        )
    return PanelInfluence(
        id=result.id,
        step=looked_at,
        value=_number(result[looked_at.name]),
        groups=tuple(groups),
    )


def _fields(scorer: Scorer, fields: PanelFields) -> tuple[ListType, Fraction, Fraction]:
    """Find the list, and the lowest and highest rating."""
    lists = {one.name: one.type for one in scorer.program.inputs if isinstance(one.type, ListType)}
    items = lists.get(fields.ratings)
    if items is None:
        raise InputError([unknown_name("KNJ871", "ratings", fields.ratings, lists)])
    named = {"group": fields.group, "score": fields.score, "rater": fields.rater}
    issues = [
        unknown_name("KNJ872", key, name, items.fields)
        for key, name in named.items()
        if name is not None and name not in items.fields
    ]
    score, group = items.fields.get(fields.score), items.fields.get(fields.group)
    if group is not None and not isinstance(group, LabelType):
        issues.append(Issue(code="KNJ873", path="group", details={"found": quoted(fields.group)}))
    limits = score.limits if isinstance(score, NumberType) else None
    ends = (None, None) if limits is None else (limits.low, limits.high)
    is_open = limits is not None and (limits.low_open or limits.high_open)
    if score is not None and (is_open or None in ends):
        issues.append(Issue(code="KNJ874", path="score", details={"found": quoted(fields.score)}))
    if issues:
        raise InputError(issues)
    low, high = ends
    return items, cast("Fraction", low), cast("Fraction", high)


def _number(value: Scalar | None) -> Fraction | None:
    return Fraction(value) if isinstance(value, Decimal | Fraction) else None


def _span(low: Fraction | None, high: Fraction | None) -> Fraction | None:
    return None if low is None or high is None else abs(high - low)
