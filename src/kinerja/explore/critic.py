"""Weights by CRITIC: spread times conflict with the other indicators.

What lives here: the method, and the correlations it rests on. What never comes in: reading tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from kinerja.explore.from_data import weights_from_data
from kinerja.explore.indicators import BLOCK, Better, Floats, Indicators, Missing, read_indicators
from kinerja.values import Weights

__all__ = ["centred_products", "critic_weights"]

SOURCE: Final = (
    "Diakoulaki, Mavrotas, Papayannakis 1995, Computers & Operations Research 22(7):763-770"
)

#: Multiplications up to which a product of matrices stays on one thread of BLAS; on a busy machine waiting
#: for the others takes a hundred times as long as the product.
ONE_THREAD: Final = 1 << 18
#: What rounding leaves of 1 − r where two columns go along entirely.
NOTHING: Final = 1e-12


def critic_weights(
    data: object, *, better: Mapping[str, Better], missing: Missing = "refuse"
) -> Weights:
    """Weigh indicators by their spread and by how little they go along with the others.

    Each column is first turned so that high is good, then set between 0 and 1; its weight is in proportion
    to `σ_j Σ_k (1 − r_jk)`, σ its standard deviation and r the correlation. Turning comes first: without it
    an indicator of costs that goes along with one of benefits in every respect would count as its
    opposite (pymcdm 1.4 and pyrepo-mcda 0.1 do this; scikit-criteria and pyDecision turn first). What
    this ignores: importance and the law. Noise goes along with nothing, so noise weighs much.

    Args:
        data: A frame of any library, a mapping of columns, or an array of people × indicators.
        better: Each indicator, and whether `high` or `low` is good; for an array in the order of its
            columns.
        missing: A missing value refuses (`refuse`), or the person is left out and counted (`leave_out`).

    Returns:
        The weights; `origin.facts` has spread and conflict of each column. A constant column gets 0, and
        the others the weights they have without it.

    Raises:
        InputError: The data are no numbers, nothing varies, or all go along with each other entirely.

    Examples:
        >>> better = {"skp": "high", "terlambat": "low", "inovasi": "high"}
        >>> found = critic_weights(
        ...     [[80, 5, 2], [90, 1, 4], [85, 3, 1], [70, 9, 3]], better=better
        ... )
        >>> [(name, round(float(share), 4)) for name, share in found]
        [('skp', 0.249), ('terlambat', 0.249), ('inovasi', 0.502)]
    """
    indicators = read_indicators(data, better=better, missing=missing)
    varies = indicators.varies
    spread, conflict = np.zeros(len(varies)), np.zeros(len(varies))
    if varies.any():
        kept = indicators.only(varies)
        products = centred_products(kept) * np.outer(kept.signs, kept.signs)
        lengths = np.sqrt(np.diag(products))
        spread[varies] = lengths / np.sqrt(kept.rows - 1) / (kept.high - kept.low)
        apart = 1 - products / np.outer(lengths, lengths)
        conflict[varies] = np.where(apart < NOTHING, 0.0, apart).sum(axis=1)
    return weights_from_data(
        indicators,
        np.maximum(spread * conflict, 0.0),
        method="critic",
        source=SOURCE,
        facts={
            **_facts("standard_deviation", indicators, spread),
            **_facts("conflict", indicators, conflict),
        },
        ignores_direction="no",
    )


def _facts(what: str, indicators: Indicators, values: Floats) -> dict[str, float]:
    return {
        f"{what}.{name}": float(value) for name, value in zip(indicators.names, values, strict=True)
    }


def centred_products(indicators: Indicators) -> Floats:
    """Give the sums of products of deviations from the mean: n − 1 times the covariances."""
    count = len(indicators.names)
    means = indicators.sums / indicators.rows
    scratch = np.empty((count, min(BLOCK, indicators.rows)))
    products, rest = np.zeros((count, count)), np.zeros(count)
    piece = max(256, ONE_THREAD // count**2)
    for parts in indicators.blocks():
        held = scratch[:, : len(parts[0])]
        for place, part in enumerate(parts):
            np.subtract(part, means[place], out=held[place])
        for start in range(0, held.shape[1], piece):
            part_of = held[:, start : start + piece]
            products += part_of @ part_of.T
        rest += held.sum(axis=1)
    # What rounding left in the means; beside it the products would show its square.
    return products - np.outer(rest, rest) / indicators.rows
