"""Weights from entropy: the more unevenly an indicator is shared out, the more it weighs.

What lives here: Shannon's entropy of the shares of a column, as it is or after min-max. What never comes
in: reading tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from kinerja.errors import InputError
from kinerja.explore.choices import check_choices
from kinerja.explore.from_data import refuse_below, weights_from_data
from kinerja.explore.indicators import Better, Floats, Indicators, Missing, read_indicators
from kinerja.values import Weights

__all__ = ["EntropyForm", "entropy_weights"]

EntropyForm: TypeAlias = Literal["shares", "minmax"]

SOURCES: Final = {
    "shares": "Shannon 1948; Zavadskas et al. 2017, Sustainability 9(5):702",
    "minmax": "Krishnan et al. 2021, Symmetry 13(6):973",
}
#: Stands for 0 under the logarithm: the product with 0 is 0, as the limit is.
TINY: Final = np.finfo(np.float64).tiny
#: Below this the bits of a mean cost digits of what is found.
NEAR: Final = 1e-6


def entropy_weights(
    data: object,
    *,
    better: Mapping[str, Better],
    form: EntropyForm = "shares",
    missing: Missing = "refuse",
) -> Weights:
    """Weigh indicators by how unevenly they are shared out among the people.

    Each column is turned into shares `p` of its sum; its entropy `e = −Σ p ln p / ln n` is 1 where all are
    equal; weights are in proportion to `1 − e`. What this ignores: importance, the law, and how
    indicators hang together. An indicator far from zero (a score between 80 and 100) weighs next to nothing
    in the form `shares`, only since its zero lies far away.

    Args:
        data: A frame of any library, a mapping of columns, or an array of people × indicators.
        better: Each indicator, and whether `high` or `low` is good; for an array in the order of its
            columns. The form `shares` gives the same for both.
        form: Shares of the values as they are (`shares`), or after each column was set between 0 and 1, its
            good side up (`minmax`).
        missing: A missing value refuses (`refuse`), or the person is left out and counted (`leave_out`).

    Returns:
        The weights; `origin.facts` has the entropy of each column as `entropy.<name>`.

    Raises:
        InputError: The data are no numbers, hold negative ones, or nothing varies.

    Examples:
        >>> found = entropy_weights(
        ...     [[10, 1], [20, 1], [30, 4]], better={"skp": "high", "kehadiran": "high"}
        ... )
        >>> [(name, round(float(share), 4)) for name, share in found]
        [('skp', 0.274), ('kehadiran', 0.726)]
        >>> round(found.origin.facts["entropy.kehadiran"], 4)
        0.7897
    """
    if issues := check_choices({"form": (form, get_args(EntropyForm))}):
        raise InputError(issues)
    if form == "shares":
        walk = _Logs()
        indicators = read_indicators(data, better=better, missing=missing, walk=walk)
        refuse_below(indicators, least="zero")
        found = _of_shares(indicators, walk)
    else:
        indicators = read_indicators(data, better=better, missing=missing)
        found = _of_minmax(indicators)
    gaps = np.where(indicators.varies, np.maximum(found, 0.0) / np.log(indicators.rows), 0.0)
    return weights_from_data(
        indicators,
        gaps,
        method="entropy" if form == "shares" else "entropy_minmax",
        source=SOURCES[form],
        facts={
            f"entropy.{name}": float(1 - gap)
            for name, gap in zip(indicators.names, gaps, strict=True)
        },
        ignores_direction="yes" if form == "shares" else "no",
    )


class _Logs:
    """Sums of `u ln u`, with u each value over the mean of the first block."""

    def begin(self, parts: Sequence[Floats]) -> None:
        self.scales = [1 / part.mean() for part in parts]
        self.sums = np.zeros(len(parts))
        self.scratch = np.empty((2, len(parts[0])))

    def take(self, parts: Sequence[Floats]) -> None:
        for place, part in enumerate(parts):
            ratio, log = self.scratch[:, : len(part)]
            np.multiply(part, self.scales[place], out=ratio)
            self.sums[place] += _products(ratio, np.log(ratio, out=log))


def _of_shares(indicators: Indicators, walk: _Logs) -> Floats:
    """Give the mean of `u ln u` of each column, u now each value over the mean of all.

    Values near the mean cost fewer digits in this form than in 1 minus a sum near 1.
    """
    totals = indicators.sums * walk.scales
    with np.errstate(all="ignore"):  # a column of zeros
        found: Floats = walk.sums / totals + np.log(indicators.rows / totals)
    for place in np.flatnonzero(indicators.varies).tolist():
        if indicators.low[place] == 0 or not np.isfinite(found[place]):
            found[place] = _with_zero(indicators.columns[place] / indicators.sums[place])
        elif found[place] < NEAR:
            found[place] = _near_the_mean(indicators.columns[place])
    return found


def _of_minmax(indicators: Indicators) -> Floats:
    """Give the mean of `u ln u` of each column after it was set between 0 and 1, its good side up."""
    found = np.zeros(len(indicators.names))
    for place in np.flatnonzero(indicators.varies).tolist():
        low, high = indicators.low[place], indicators.high[place]
        worst, best = (low, high) if indicators.signs[place] > 0 else (high, low)
        unit = (indicators.columns[place] - worst) / (best - worst)
        found[place] = _with_zero(unit / unit.sum())
    return found


def _with_zero(shares: Floats) -> float:
    """Give the mean of `u ln u` by the shares of a column, some of them 0."""
    return _products(shares, np.log(np.maximum(shares, TINY))) + float(np.log(len(shares)))


def _products(ratio: Floats, log: Floats) -> float:
    # Not by BLAS: it takes several threads for one block, and waits for them on a busy machine.
    return float(np.add.reduce(np.multiply(ratio, log, out=log)))


def _near_the_mean(column: Floats) -> float:
    """Give the mean of `u ln u` for values that hardly differ, when the last bit of the mean would show."""
    mean = column.mean()
    apart = (column - mean) / mean
    return float(((1 + apart) * np.log1p(apart) - apart).mean())
