"""Weights from judgements of all pairs: the analytic hierarchy process.

What lives here: the eigenvector and the geometric mean of one matrix, and its consistency. What never
comes in: missing judgements, hierarchies and groups of judges, which have modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final, Literal, get_args

import numpy as np

from kinerja.errors import InputError, Issue
from kinerja.exact import ExactInput
from kinerja.explore.choices import check_choices
from kinerja.explore.consistency import (
    Floats,
    doubts_of,
    exact_proportions,
    inconsistent,
    look_first,
)
from kinerja.explore.judgements import (
    Judgements,
    NamedJudgements,
    judgements_from_matrix,
    named_pairs,
    read_judgements,
    shown_pairs,
)
from kinerja.explore.random_index import (
    ALWAYS_CONSISTENT,
    RANDOM_INDICES,
    RandomIndex,
    check_random_index,
    named_table,
)
from kinerja.values import Origin, Weights

__all__ = [
    "PriorityMethod",
    "ahp_weights",
    "check_complete",
    "complete_weights",
    "consistency_index",
    "exact_weights",
    "geometric_means",
    "matrix_of",
    "matrix_weights",
    "principal",
]

PriorityMethod = Literal["eigenvector", "geometric_mean"]
Facts = dict[str, Fraction | float | int | str]

#: The papers that define the methods.
SOURCES: Final[Mapping[str, str]] = {
    "eigenvector": "Saaty 1977, J. Math. Psychol. 15:234-281, doi:10.1016/0022-2496(77)90033-5",
    "geometric_mean": (
        "Crawford & Williams 1985, J. Math. Psychol. 29:387-405, doi:10.1016/0022-2496(85)90002-1"
    ),
}


def ahp_weights(
    judgements: NamedJudgements | Sequence[Sequence[ExactInput]],
    *,
    random_index: RandomIndex,
    criteria: Sequence[str] | None = None,
    method: PriorityMethod = "eigenvector",
) -> Weights:
    """Find weights from judgements of all pairs of criteria.

    Judgements that do not contradict each other give their weights exactly. All others are computed in
    floats and given with 15 decimals.

    Args:
        judgements: By the names of two criteria: how many times as important the first one is, such as
            `{("hasil", "perilaku"): 3}`; the reciprocal is implied. Or the whole matrix, row by row.
        random_index: Table of the random index that the consistency ratio is taken against, one of
            `RANDOM_INDICES`. It has no default, since tables in use differ by up to 18 %.
        criteria: The names. By default those of the pairs, in the order in which they first appear; a
            matrix needs them.
        method: `eigenvector` (Saaty 1977) or `geometric_mean` of the rows (Crawford & Williams 1985).

    Returns:
        Weights whose origin tells `lambda_max`, `ci`, `cr`, the table and its figure, whether the other
        method gives the same order, and for a contradiction the judgement to look at first. A consistency
        ratio above 0.10 is a warning among its issues.

    Raises:
        InputError: A judgement is missing or cannot be used, a name is not known, or the table has no
            figure for so many criteria.

    Examples:
        >>> found = ahp_weights(
        ...     {("hasil", "perilaku"): 3, ("hasil", "disiplin"): 5, ("perilaku", "disiplin"): 2},
        ...     random_index="saaty1980",
        ... )
        >>> [(name, round(float(weight), 3)) for name, weight in found]
        [('hasil', 0.648), ('perilaku', 0.23), ('disiplin', 0.122)]
        >>> round(found.origin.facts["cr"], 3)
        0.003
    """
    if not isinstance(judgements, Mapping):
        names = (
            [str(place + 1) for place in range(len(judgements))] if criteria is None else criteria
        )
        criteria, judgements = names, judgements_from_matrix(judgements, criteria=names)
    read, issues = read_judgements(judgements, criteria=criteria)
    issues += check_choices({"method": (method, get_args(PriorityMethod))})
    issues += check_random_index(random_index, len(read.criteria))
    issues = issues or check_complete(read)
    if issues:
        raise InputError(issues)
    return complete_weights(read, random_index=random_index, method=method)


def complete_weights(
    judgements: Judgements,
    *,
    random_index: RandomIndex,
    method: PriorityMethod,
    path: str = "judgements",
) -> Weights:
    """Find weights from judgements that were read and are complete; `path` is what issues call them."""
    proportions = exact_proportions(judgements)
    facts: Facts = {"n": len(judgements.criteria)}
    if proportions is not None:
        facts |= {"lambda_max": len(proportions), "ci": 0, "cr": 0}
        facts |= _table(random_index, len(proportions))
        origin = Origin(
            method=f"ahp_{method}",
            source=SOURCES[method],
            facts=facts,
            issues=judgements.notes,
        )
        return exact_weights(judgements.criteria, proportions, origin)
    doubts = doubts_of(judgements)
    if doubts:
        facts["look_first"] = look_first(doubts)
    return matrix_weights(
        judgements.criteria,
        matrix_of(judgements),
        method=method,
        random_index=random_index,
        facts=facts,
        notes=judgements.notes,
        warn=lambda ratio: inconsistent(path, ratio, doubts),
    )


def matrix_weights(  # noqa: PLR0913 - what the weights of a matrix hang on
    criteria: Sequence[str],
    matrix: Floats,
    *,
    method: PriorityMethod,
    random_index: RandomIndex,
    facts: Mapping[str, Fraction | float | int | str],
    notes: Sequence[Issue],
    warn: Callable[[float], Sequence[Issue]],
) -> Weights:
    """Find the weights of a whole matrix of floats.

    Args:
        criteria: Names of the rows.
        matrix: Ratios, reciprocal.
        method: How weights are found.
        random_index: Table, with a figure for the size.
        facts: What else is known of it.
        notes: What should be looked at besides.
        warn: Gives the issues of a consistency ratio.
    """
    size = len(criteria)
    vector, root = principal(matrix)
    means = geometric_means(matrix)
    by_method = {"eigenvector": vector, "geometric_mean": means}
    ci = consistency_index(root, size)
    table = _table(random_index, size)
    cr = ci / float(table["random_index_value"]) if size > ALWAYS_CONSISTENT else 0.0
    other = next(name for name in get_args(PriorityMethod) if name != method)
    orders = {name: _order(criteria, values) for name, values in by_method.items()}
    same = orders[method] == orders[other]
    known: Facts = {
        **facts,
        "lambda_max": root,
        "ci": ci,
        "cr": cr,
        **table,
        f"order_by_{other}": "same" if same else orders[other],
    }
    origin = Origin(
        method=f"ahp_{method}",
        source=SOURCES[method],
        facts=known,
        issues=(*warn(cr), *notes),
    )
    values = by_method[method]
    shares = {name: float(value) for name, value in zip(criteria, values, strict=True)}
    return Weights.normalised(shares, digits=15, origin=origin)


def check_complete(judgements: Judgements, *, path: str = "judgements") -> list[Issue]:
    """Find pairs that nobody judged."""
    missing = judgements.missing
    if not missing:
        return []
    pairs = shown_pairs(list(named_pairs(judgements, missing)))
    details = {"found": pairs, "count": str(len(missing))}
    return [Issue(code="KNJ010", path=path, details=details)]


# One matrix.


def matrix_of(judgements: Judgements) -> Floats:
    """Give the whole matrix in floats; pairs that nobody judged are 0."""
    size = len(judgements.criteria)
    matrix = np.eye(size)
    for (i, j), ratio in judgements.ratios.items():
        matrix[i, j] = float(ratio)
        matrix[j, i] = float(1 / ratio)
    return matrix


def principal(matrix: Floats) -> tuple[Floats, float]:
    """Give the eigenvector of the largest eigenvalue, with sum 1, and that eigenvalue."""
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    vector = np.abs(vectors[:, place].real)
    return vector / vector.sum(), float(values[place].real)


def geometric_means(matrix: Floats) -> Floats:
    """Give the geometric mean of every row, with sum 1."""
    means: Floats = np.exp(np.log(matrix).mean(axis=1))
    shares: Floats = means / means.sum()
    return shares


def consistency_index(root: float, size: int) -> float:
    """Give the consistency index of the largest eigenvalue; noise below 0 is 0."""
    return max((root - size) / (size - 1), 0.0)


def exact_weights(
    criteria: Sequence[str], proportions: Sequence[Fraction], origin: Origin
) -> Weights:
    """Give numbers in proportion as exact shares of their sum."""
    total = sum(proportions)
    shares = zip(criteria, (part / total for part in proportions), strict=True)
    return Weights(tuple(shares), origin)


def _table(name: RandomIndex, size: int) -> Facts:
    value = RANDOM_INDICES[name].values.get(size, Fraction(0))
    return {**named_table(name), "random_index_value": value}


def _order(criteria: Sequence[str], values: Floats) -> str:
    """Write the order of weights, those that differ by noise alone as equal."""
    ordered = sorted(
        range(len(criteria)), key=lambda place: (-round(float(values[place]), 9), place)
    )
    groups = groupby(ordered, key=lambda place: round(float(values[place]), 9))
    return " > ".join(" = ".join(criteria[place] for place in group) for _, group in groups)
