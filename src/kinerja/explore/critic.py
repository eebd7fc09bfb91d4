"""Weights by CRITIC: spread times conflict with the other indicators.

What lives here: the method, and the correlations it rests on. What never comes in: reading tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from kinerja.explore.from_data import weights_from_data
from kinerja.explore.indicators import Better, Floats, Indicators, Missing, read_indicators
from kinerja.values import Weights

__all__ = ["Products", "critic_weights"]

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
    walk = Products()
    indicators = read_indicators(data, better=better, missing=missing, walk=walk)
    varies = indicators.varies
    spread, conflict = np.zeros(len(varies)), np.zeros(len(varies))
    if varies.any():
        kept = indicators.only(varies)
        products = walk.centred(indicators.rows)[np.ix_(varies, varies)]
        products *= np.outer(kept.signs, kept.signs)
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


class Products:
    """Sums of products of deviations, gathered while a table is read."""

    def begin(self, parts: Sequence[Floats]) -> None:
        """Begin anew; deviations are from the means of the first block until all are known."""
        count = len(parts)
        self._means = [part.mean() for part in parts]
        self._scratch = np.empty((count, len(parts[0])))
        self._products, self._sums = np.zeros((count, count)), np.zeros(count)
        self._piece = max(256, ONE_THREAD // count**2)

    def take(self, parts: Sequence[Floats]) -> None:
        """Take a block."""
        held = self._scratch[:, : len(parts[0])]
        for place, part in enumerate(parts):
            np.subtract(part, self._means[place], out=held[place])
            self._sums[place] += np.add.reduce(held[place])
        for start in range(0, held.shape[1], self._piece):
            piece = held[:, start : start + self._piece]
            self._products += piece @ piece.T

    def centred(self, rows: int) -> Floats:
        """Give the sums of products of deviations from the means: n − 1 times the covariances.

        The mean of one block among m lies at most √m standard deviations from that of all, so that what is
        taken away here costs no more than the digits of m.
        """
        found: Floats = self._products - np.outer(self._sums, self._sums) / rows
        return found
