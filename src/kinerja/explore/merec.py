"""Weights by MEREC: what the whole loses when an indicator is taken away.

What lives here: the method. What never comes in: reading tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from kinerja.explore.from_data import refuse_below, weights_from_data
from kinerja.explore.indicators import BLOCK, Better, Missing, read_indicators
from kinerja.values import Weights

__all__ = ["merec_weights"]

SOURCE: Final = (
    "Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis, Antucheviciene 2021, Symmetry 13(4):525"
)


def merec_weights(
    data: object, *, better: Mapping[str, Better], missing: Missing = "refuse"
) -> Weights:
    """Weigh indicators by the effect of removing them (MEREC).

    A value becomes its distance from the worst of its column as `|ln(min / x)|`, or `|ln(x / max)|` where
    low is good; a person's performance is `S = ln(1 + mean of these)`, and the weight of an indicator is
    in proportion to the sum over all people of how far S moves without it. What this ignores: importance
    and the law. It measures from the worst person: one odd value near zero moves every weight.

    Args:
        data: A frame of any library, a mapping of columns, or an array of people × indicators; all above 0.
        better: Each indicator, and whether `high` or `low` is good; for an array in the order of its
            columns.
        missing: A missing value refuses (`refuse`), or the person is left out and counted (`leave_out`).

    Returns:
        The weights; `origin.facts` has the effect of removing each column as `removal.<name>`.

    Raises:
        InputError: The data are no numbers, not all above 0, or nothing varies.

    Examples:
        >>> better = {"a": "high", "b": "high", "c": "low", "d": "low"}
        >>> data = [
        ...     [450, 8000, 54, 145], [10, 9100, 2, 160], [100, 8200, 31, 153],
        ...     [220, 9300, 1, 162], [5, 8400, 23, 158],
        ... ]
        >>> [(name, round(float(share), 4)) for name, share in merec_weights(data, better=better)]
        [('a', 0.5752), ('b', 0.0141), ('c', 0.4016), ('d', 0.0091)]
    """
    indicators = read_indicators(data, better=better, missing=missing)
    refuse_below(indicators, least="above_zero")
    count = len(indicators.names)
    # The logarithm is 0 for the worst, and never changes its sign within a column.
    worst = np.log(np.where(indicators.signs > 0, indicators.low, indicators.high))
    scratch = np.empty((count, min(BLOCK, indicators.rows)))
    effects = np.zeros(count)
    for parts in indicators.blocks():
        held = scratch[:, : len(parts[0])]
        for place, part in enumerate(parts):
            np.log(part, out=held[place])
            held[place] -= worst[place]
            np.abs(held[place], out=held[place])
        whole = held.sum(axis=0)
        # ln(1 + whole/m) − ln(1 + (whole − part)/m), kept apart from the difference of two near logarithms.
        held /= count + whole - held
        effects += np.log1p(held, out=held).sum(axis=1)
    return weights_from_data(
        indicators,
        np.where(indicators.varies, effects, 0.0),
        method="merec",
        source=SOURCE,
        facts={
            f"removal.{name}": float(effect)
            for name, effect in zip(indicators.names, effects, strict=True)
        },
        ignores_direction="no",
    )
