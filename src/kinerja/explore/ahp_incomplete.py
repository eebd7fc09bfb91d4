"""Weights from judgements of pairs of which some are missing.

What lives here: logarithmic least squares on the graph of judgements, and the completion with the smallest
largest eigenvalue. What never comes in: a consistency ratio; the tables of the random index hold for whole
matrices, and a ratio against them would flatter judgements that nothing checks. Thresholds of their own
were published (Ágoston & Csató 2022, arXiv:2102.10558) and found to hang on which pairs are missing, not
only on how many (Ágoston & Csató 2025, arXiv:2510.27011); their figures are not used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

import numpy as np

from kinerja.errors import InputError, Issue
from kinerja.explore.ahp import (
    Facts,
    consistency_index,
    exact_weights,
    matrix_of,
    principal,
)
from kinerja.explore.choices import check_choices
from kinerja.explore.consistency import (
    Floats,
    disconnected,
    doubts_of,
    exact_proportions,
    least_squares,
    look_first,
)
from kinerja.explore.judgements import (
    Judgements,
    NamedJudgements,
    named_pairs,
    read_judgements,
    shown_pairs,
)
from kinerja.values import Origin, Weights

__all__ = ["IncompleteMethod", "ahp_incomplete_weights", "optimal_completion"]

IncompleteMethod = Literal["least_squares", "eigenvector"]

BOZOKI: Final = (
    "Bozóki, Fülöp & Rónyai 2010, Math. Comput. Model. 52:318-333, doi:10.1016/j.mcm.2010.02.047"
)

#: The completion is done when no missing ratio moves by more than this part of itself.
SETTLED: Final = 1e-13
#: Steps so small that the eigenvalue, flat at its minimum, does not show in floats that they go downhill.
CLOSE: Final = 1e-3
#: Steps after which the completion stands; some ten are usual.
MOST_STEPS: Final = 2000


def ahp_incomplete_weights(
    judgements: NamedJudgements,
    *,
    criteria: Sequence[str] | None = None,
    method: IncompleteMethod = "least_squares",
) -> Weights:
    """Find weights from judgements of some pairs, which must connect all criteria.

    `least_squares` takes the weights whose ratios are nearest to the judgements that there are, by
    logarithms; for a whole matrix these are its geometric means. `eigenvector` fills the gaps such that the
    largest eigenvalue is as small as it can be, and takes the eigenvector. Both have one solution where
    the judgements connect all criteria (Bozóki, Fülöp & Rónyai 2010).

    Args:
        judgements: By the names of two criteria: how many times as important the first one is.
        criteria: The names; by default those of the pairs.
        method: How the weights are found.

    Returns:
        Weights whose origin tells how many judgements are `missing` and how many there are beyond the
        fewest that connect all criteria (`checks`), and `lambda_max` and `ci` of the best completion. There
        is no `cr`, and a note among the issues says why.

    Raises:
        InputError: A judgement cannot be used, or the judgements leave groups of criteria unconnected.

    Examples:
        >>> found = ahp_incomplete_weights({("hasil", "perilaku"): 2, ("perilaku", "disiplin"): 2})
        >>> [(name, str(weight)) for name, weight in found]
        [('hasil', '4/7'), ('perilaku', '2/7'), ('disiplin', '1/7')]
        >>> found.origin.facts["missing"], found.origin.facts["checks"]
        (1, 0)
    """
    read, issues = read_judgements(judgements, criteria=criteria)
    issues += check_choices({"method": (method, get_args(IncompleteMethod))})
    issues = issues or disconnected(read)
    if issues:
        raise InputError(issues)
    size = len(read.criteria)
    facts: Facts = {
        "n": size,
        "missing": len(read.missing),
        "checks": len(read.ratios) - (size - 1),
    }
    notes = (*_no_ratio(read), *read.notes)
    proportions = exact_proportions(read)
    if proportions is not None:
        origin = Origin(
            method=f"ahp_incomplete_{method}",
            source=BOZOKI,
            facts={**facts, "lambda_max": size, "ci": 0},
            issues=notes,
        )
        return exact_weights(read.criteria, proportions, origin)
    if doubts := doubts_of(read):
        facts["look_first"] = look_first(doubts)
    completed = optimal_completion(read)
    vector, root = principal(completed)
    values = vector if method == "eigenvector" else _least_squares(read)
    facts |= {"lambda_max": root, "ci": consistency_index(root, size)}
    origin = Origin(method=f"ahp_incomplete_{method}", source=BOZOKI, facts=facts, issues=notes)
    shares = {name: float(value) for name, value in zip(read.criteria, values, strict=True)}
    return Weights.normalised(shares, digits=15, origin=origin)


def optimal_completion(judgements: Judgements) -> Floats:
    """Fill missing ratios such that the largest eigenvalue is as small as it can be.

    In the logarithms of the missing ratios the eigenvalue is convex. At its minimum each missing ratio is
    the root of (u_j v_i) / (u_i v_j), with u and v the left and right eigenvectors; the way there goes
    downhill towards these values, half as far as long as the eigenvalue does not fall.
    """
    rows, columns = np.array(judgements.missing, dtype=int).reshape(-1, 2).T
    values = _least_squares(judgements)
    matrix = matrix_of(judgements)
    logs = np.log(values[rows] / values[columns])
    matrix = _filled(matrix, rows, columns, logs)
    step, root = _step(matrix, rows, columns, logs)
    for _ in range(MOST_STEPS if len(rows) else 0):
        size = np.abs(step).max()
        if size < SETTLED:
            break
        tried = _filled(matrix, rows, columns, logs + step)
        ahead, lower = _step(tried, rows, columns, logs + step)
        # Close to the minimum the eigenvalue is flat, and only the steps still tell the way.
        if lower < root or (size < CLOSE and np.abs(ahead).max() < size):
            matrix, logs, step, root = tried, logs + step, ahead, lower
        else:
            step = step / 2
    return matrix


def _step(matrix: Floats, rows: Floats, columns: Floats, logs: Floats) -> tuple[Floats, float]:
    """Give the way to where each missing ratio balances the eigenvectors, and the largest eigenvalue."""
    right, root = principal(matrix)
    left, _ = principal(matrix.T)
    goal = np.log(left[columns] * right[rows] / (left[rows] * right[columns])) / 2
    return goal - logs, root


def _filled(matrix: Floats, rows: Floats, columns: Floats, logs: Floats) -> Floats:
    filled = matrix.copy()
    filled[rows, columns] = np.exp(logs)
    filled[columns, rows] = np.exp(-logs)
    return filled


def _least_squares(judgements: Judgements) -> Floats:
    logs = {pair: float(np.log(float(ratio))) for pair, ratio in judgements.ratios.items()}
    found, _ = least_squares(len(judgements.criteria), logs)
    values: Floats = np.exp(found)
    shares: Floats = values / values.sum()
    return shares


def _no_ratio(judgements: Judgements) -> list[Issue]:
    """Note that no consistency ratio is given where judgements are missing."""
    missing = judgements.missing
    if not missing:
        return []
    size = len(judgements.criteria)
    details = {
        "found": str(len(missing)),
        "of": str(size * (size - 1) // 2),
        "checks": str(len(judgements.ratios) - (size - 1)),
        "pairs": shown_pairs(list(named_pairs(judgements, missing))),
    }
    return [Issue(code="KNJ002", path="judgements", details=details, severity="note")]
