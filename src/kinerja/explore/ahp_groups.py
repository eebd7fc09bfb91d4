"""Weights from the judgements of several people.

What lives here: two ways to make one out of many, by judgements and by priorities, and the weight of each
judge. What never comes in: how far the judges agree; that is measured for weights by any method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final, Literal, get_args

import numpy as np

from kinerja.errors import InputError, Issue
from kinerja.exact import ExactInput
from kinerja.explore.agreement import judges_agreement
from kinerja.explore.ahp import (
    Facts,
    PriorityMethod,
    check_complete,
    complete_weights,
    matrix_of,
    matrix_weights,
)
from kinerja.explore.choices import check_choices
from kinerja.explore.consistency import doubts_among, inconsistent, look_first
from kinerja.explore.judgements import (
    FEWEST,
    Judgements,
    NamedJudgements,
    different_names,
    read_judgements,
    shown_pair,
)
from kinerja.explore.points import read_points
from kinerja.explore.random_index import RandomIndex, check_random_index, named_table
from kinerja.values import Origin, Weights

__all__ = ["Aggregation", "ahp_group_weights"]

Aggregation = Literal["judgements", "priorities_geometric", "priorities_arithmetic"]

SOURCE: Final = (
    "Aczél & Saaty 1983, doi:10.1016/0022-2496(83)90028-7; Forman & Peniwati 1998, Eur. J. Oper. "
    "Res. 108:165-169, doi:10.1016/S0377-2217(97)00244-0"
)


def ahp_group_weights(  # noqa: PLR0913 - what a group's weights hang on is named, each by its own word
    judges: Mapping[str, NamedJudgements],
    *,
    random_index: RandomIndex,
    aggregation: Aggregation,
    criteria: Sequence[str] | None = None,
    judge_weights: Mapping[str, ExactInput] | None = None,
    method: PriorityMethod = "eigenvector",
) -> Weights:
    """Find the weights of a group of judges.

    Args:
        judges: By judge: judgements of all pairs, by the names of two criteria.
        random_index: Table of the random index, for the consistency ratio of each judge.
        aggregation: `judgements` takes the geometric mean of the judgements of each pair, as a group that
            decides as one does; it is the only mean that keeps reciprocals (Aczél & Saaty 1983).
            `priorities_geometric` and `priorities_arithmetic` take the mean of the weights of each judge,
            as people with values of their own do (Forman & Peniwati 1998).
        criteria: The names; by default those of the first judge.
        judge_weights: How much each judge counts; by default all the same.
        method: How judgements become weights.

    Returns:
        Weights whose facts hold `cr.<judge>`, `kendall_w`, `consensus` and what the judges differ most
        about: `disputed`, with the ends `disputed_lowest` and `disputed_highest`. For `judgements` also
        `cr` of the group; it is often lower than that of any judge and says nothing about them.

    Raises:
        InputError: Judgements cannot be used or differ in their criteria; every judge's issues at once.

    Examples:
        >>> found = ahp_group_weights(
        ...     {
        ...         "bagian-1": {("hasil", "perilaku"): 4},
        ...         "bagian-2": {("hasil", "perilaku"): 1},
        ...     },
        ...     random_index="saaty1980",
        ...     aggregation="judgements",
        ... )
        >>> [(name, round(float(weight), 6)) for name, weight in found]
        [('hasil', 0.666667), ('perilaku', 0.333333)]
        >>> found.origin.facts["disputed"], found.origin.facts["disputed_highest"]
        ('hasil : perilaku', Fraction(4, 1))
    """
    issues = check_choices({"method": (method, get_args(PriorityMethod))})
    issues += check_choices({"aggregation": (aggregation, get_args(Aggregation))})
    if not judges:
        details = {"found": "–", "expected": "1"}
        issues.append(Issue(code="KNJ019", path="judges", details=details))
    read, wrong = _read(judges, criteria, random_index)
    counts, strange = _counts(judges, judge_weights)
    issues += wrong + strange
    if issues:
        raise InputError(issues)
    single = {
        judge: complete_weights(
            one, random_index=random_index, method=method, path=f"judges.{judge}"
        )
        for judge, one in read.items()
    }
    facts: Facts = {"judges": len(single), **named_table(random_index)}
    warnings: list[Issue] = []
    for judge, weights in single.items():
        if weights.origin is not None:
            facts[f"cr.{judge}"] = weights.origin.facts["cr"]
            warnings += weights.origin.issues
    facts |= _agreement(single)
    names = next(iter(read.values())).criteria
    if aggregation == "judgements":
        found = _of_judgements(read, counts, random_index=random_index, method=method)
        facts |= found.origin.facts if found.origin else {}
        warnings += found.origin.issues if found.origin else ()
    else:
        found = _of_priorities(names, single, counts, aggregation)
    origin = Origin(
        method=f"ahp_group_{aggregation}", source=SOURCE, facts=facts, issues=tuple(warnings)
    )
    return Weights(found.shares, origin)


def _read(
    judges: Mapping[str, NamedJudgements], criteria: Sequence[str] | None, random_index: RandomIndex
) -> tuple[dict[str, Judgements], list[Issue]]:
    """Read every judge's judgements about the same criteria in the same order."""
    if criteria is None:
        pairs = next(iter(judges.values()), {})
        criteria = tuple(dict.fromkeys(name for pair in pairs for name in pair))
    issues: list[Issue] = check_random_index(random_index, len(criteria))
    read: dict[str, Judgements] = {}
    for judge, given in judges.items():
        path = f"judges.{judge}"
        one, wrong = read_judgements(given, criteria=criteria, path=path)
        issues += wrong or check_complete(one, path=path)
        read[judge] = one
    return read, issues


def _counts(
    judges: Mapping[str, NamedJudgements], given: Mapping[str, ExactInput] | None
) -> tuple[list[Fraction], list[Issue]]:
    """Give the share of each judge."""
    if given is None:
        return [Fraction(1, len(judges) or 1)] * len(judges), []
    issues = different_names("judge_weights", list(given), list(judges))
    if issues:
        return [], issues
    if len(judges) < FEWEST:
        return [Fraction(1)] * len(judges), []
    points, issues = read_points(given, path="judge_weights")
    if issues:
        return [], issues
    total = sum(points.values(), Fraction(0))
    return [points[judge] / total for judge in judges], []


def _of_judgements(
    judges: Mapping[str, Judgements],
    counts: Sequence[Fraction],
    *,
    random_index: RandomIndex,
    method: PriorityMethod,
) -> Weights:
    first, *others = judges.values()
    if all(other.ratios == first.ratios for other in others):
        return complete_weights(first, random_index=random_index, method=method)
    matrices = np.stack([np.log(matrix_of(one)) for one in judges.values()])
    matrix = np.exp(np.tensordot([float(count) for count in counts], matrices, axes=1))
    size = len(first.criteria)
    means = {(i, j): Fraction(float(matrix[i, j])) for i, j in combinations(range(size), 2)}
    doubts = doubts_among(first.criteria, means)
    return matrix_weights(
        first.criteria,
        matrix,
        method=method,
        random_index=random_index,
        facts={"n": size, **({"look_first": look_first(doubts)} if doubts else {})},
        notes=(),
        warn=lambda ratio: inconsistent("judgements", ratio, doubts),
    )


def _of_priorities(
    names: Sequence[str],
    single: Mapping[str, Weights],
    counts: Sequence[Fraction],
    aggregation: Aggregation,
) -> Weights:
    pairs = list(zip(single.values(), counts, strict=True))
    if aggregation == "priorities_arithmetic":
        return Weights(
            tuple(
                (name, sum((one[name] * count for one, count in pairs), Fraction(0)))
                for name in names
            )
        )
    means = {
        name: float(np.exp(sum(float(count) * np.log(float(one[name])) for one, count in pairs)))
        for name in names
    }
    return Weights.normalised(means, digits=15)


def _agreement(single: Mapping[str, Weights]) -> Facts:
    if len(single) < FEWEST:
        return {}
    found = judges_agreement(single)
    facts: Facts = {"consensus": found.consensus}
    if found.kendall_w is not None:
        facts["kendall_w"] = found.kendall_w
    if found.dispute is not None:
        facts["disputed"] = shown_pair(found.dispute.first, found.dispute.second)
        facts["disputed_lowest_judge"], facts["disputed_lowest"] = found.dispute.lowest
        facts["disputed_highest_judge"], facts["disputed_highest"] = found.dispute.highest
    return facts
