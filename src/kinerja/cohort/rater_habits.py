"""Raters who give everybody the same ratings.

What lives here: the ratings of each rater over the people rated, against those of other raters. What never
comes in: the name of a rater who must stay unknown; then there are counts only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kinerja.cohort.chance import holm, odds
from kinerja.cohort.data_finding import QualityFinding, Sureness
from kinerja.cohort.declared_panels import Panel, panels
from kinerja.cohort.observed import Data
from kinerja.cohort.thresholds import Thresholds
from kinerja.formula.evaluate import Item, Value
from kinerja.values import Missing, Period

__all__ = ["find_rater_habits"]

_Ratings = tuple[tuple[tuple[str, ...], Value], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habit:
    rater: str
    ratees: tuple[str, ...]
    is_one_value: bool
    chance: Fraction


def find_rater_habits(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find raters who give everybody one value, or everybody the same ratings.

    The ratings that a rater gives one person count as one thing, since ratings of one person by one rater
    resemble each other. With the share s of the most common such set among all other raters (one more of
    each counted), the chance that a rater gives n people the same set is at most s to the power n − 1.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of comparisons.
    """
    found: list[QualityFinding] = []
    tests = 0
    for panel in panels(data.program):
        if panel.rater is None:
            continue
        for period in {seen.place[1] for seen in data.seen}:
            judged, habits = _habits(data, panel, period, thresholds)
            tests += judged
            chances = holm([habit.chance for habit in habits], tests=judged)
            sure = [
                (chance, habit)
                for chance, habit in zip(chances, habits, strict=True)
                if chance <= thresholds.alpha
            ]
            for code, one_value in (("KNJ811", True), ("KNJ812", False)):
                kind = [(chance, one) for chance, one in sure if one.is_one_value == one_value]
                if kind:
                    found.append(_finding(code, panel, period, kind, judged, thresholds))
    return found, tests


def _habits(
    data: Data, panel: Panel, period: Period | None, thresholds: Thresholds
) -> tuple[int, list[_Habit]]:
    given: dict[str, dict[str, _Ratings]] = {}
    for place, seen in enumerate(data.seen):
        if seen.place[1] == period:
            ratee = seen.id or f"#{place}"
            for rater, ratings in _by_rater(seen.items(panel.input.name), panel).items():
                given.setdefault(rater, {})[ratee] = ratings
    everything = Counter(ratings for ratees in given.values() for ratings in ratees.values())
    total = everything.total()
    # Of the most common sets one is enough: a rater's own ratings are taken out of it.
    common = everything.most_common()
    judged = {r: ratees for r, ratees in given.items() if len(ratees) >= thresholds.least_ratees}
    habits = []
    for rater, ratees in judged.items():
        sets = set(ratees.values())
        if len(sets) > 1:
            continue
        [own] = sets
        most = max((n for ratings, n in common[:2] if ratings != own), default=0)
        most = max(most, everything[own] - len(ratees))
        share = Fraction(most + 1, total - len(ratees) + 1)
        habits.append(
            _Habit(
                rater=rater,
                ratees=tuple(ratees),
                is_one_value=len({value for _, value in own}) == 1,
                chance=share ** (len(ratees) - 1),
            )
        )
    return len(judged), habits


def _by_rater(items: Sequence[Item], panel: Panel) -> dict[str, _Ratings]:
    found: dict[str, dict[tuple[str, ...], Value]] = {}
    for item in items:
        rater, score = item[panel.rater or ""], item[panel.score]
        if isinstance(rater, Missing) or isinstance(score, Missing):
            continue
        aspect = tuple(str(item[name]) for name in panel.aspects)
        found.setdefault(str(rater), {})[aspect] = score
    return {rater: tuple(sorted(ratings.items())) for rater, ratings in found.items()}


def _finding(  # noqa: PLR0913, PLR0917 - all of one finding
    code: str,
    panel: Panel,
    period: Period | None,
    found: list[tuple[Fraction, _Habit]],
    judged: int,
    thresholds: Thresholds,
) -> QualityFinding:
    chance = max(chance for chance, _ in found)
    raters = sorted(habit.rater for _, habit in found)
    ratees = {row for _, habit in found for row in habit.ratees}
    return QualityFinding(
        code=code,
        check="raters",
        period=period,
        input=f"{panel.input.name}.{panel.score}",
        count=len(raters),
        of=judged,
        people=len(ratees),
        # Ids of the people rated would tell who rated them.
        ids=() if panel.is_hidden else tuple(raters[: thresholds.ids_shown]),
        figure=Fraction(len(raters), judged),
        expected=Fraction(0),
        sureness=Sureness(measure="holm", odds=odds(chance), tests=judged),
        blanks={
            "input": panel.input.title,
            "least": thresholds.least_ratees,
            "ratees": len(ratees),
        },
    )
