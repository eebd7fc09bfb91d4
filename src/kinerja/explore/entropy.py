"""Weights from entropy: the more unevenly an indicator is shared out, the more it weighs.

What lives here: Shannon's entropy of the shares of a column, as it is or after min-max. What never comes
in: reading tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from kinerja.errors import InputError
from kinerja.explore.choices import check_choices
from kinerja.explore.from_data import refuse_below, weights_from_data
from kinerja.explore.indicators import BLOCK, Better, Floats, Indicators, Missing, read_indicators
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
    indicators = read_indicators(data, better=better, missing=missing)
    if form == "shares":
        refuse_below(indicators, least="zero")
        scale, shift = np.ones(len(better)), np.zeros(len(better))
    else:
        scale, shift = _minmax(indicators)
    gaps = _divergence(indicators, scale, shift)
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


def _minmax(indicators: Indicators) -> tuple[Floats, Floats]:
    """Give factor and shift that set each column between 0 and 1, its good side up."""
    span = np.where(indicators.varies, indicators.high - indicators.low, 1.0)
    scale = indicators.signs / span
    return scale, np.where(indicators.signs > 0, indicators.low, indicators.high)


def _divergence(indicators: Indicators, scale: Floats, shift: Floats) -> Floats:
    """Give 1 − e of each column: the mean of `u ln u` by ln n, with `u` the value over the mean.

    Values near the mean cost fewer digits in this form than in 1 minus a sum near 1.
    """
    means = (indicators.sums / indicators.rows - shift) * scale
    factors = np.divide(scale, means, out=np.zeros_like(scale), where=means > 0)
    has_zero = (scale < 0) | (indicators.low <= shift)
    ratios, logs = np.empty((2, min(BLOCK, indicators.rows)))
    found = np.zeros(len(means))
    for parts in indicators.blocks():
        for place, part in enumerate(parts):
            ratio, log = ratios[: len(part)], logs[: len(part)]
            if shift[place]:
                np.subtract(part, shift[place], out=ratio)
                np.multiply(ratio, factors[place], out=ratio)
            else:
                np.multiply(part, factors[place], out=ratio)
            # Whoever stands at the far end of a min-max column may be a hair below 0.
            np.log(np.maximum(ratio, TINY, out=log) if has_zero[place] else ratio, out=log)
            # Not by BLAS: it takes several threads for one block, and waits for them on a busy machine.
            found[place] += np.add.reduce(np.multiply(ratio, log, out=log))
    found /= indicators.rows
    for place in np.flatnonzero(indicators.varies & (found < NEAR)).tolist():
        found[place] = _near_the_mean(indicators.columns[place])
    found = np.where(indicators.varies, found / np.log(indicators.rows), 0.0)
    return np.maximum(found, 0.0)


def _near_the_mean(column: Floats) -> float:
    """Give the mean of `u ln u` for values that hardly differ, when the last bit of the mean would show."""
    mean = column.mean()
    apart = (column - mean) / mean
    return float(((1 + apart) * np.log1p(apart) - apart).mean())
