"""Weights from spread alone: the standard deviation of each indicator.

What lives here: the method. What never comes in: reading tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from kinerja.errors import InputError
from kinerja.explore.choices import check_choices
from kinerja.explore.critic import Products
from kinerja.explore.from_data import weights_from_data
from kinerja.explore.indicators import Better, Missing, read_indicators
from kinerja.values import Weights

__all__ = ["SpreadForm", "standard_deviation_weights"]

SpreadForm: TypeAlias = Literal["minmax", "as_given"]

SOURCE: Final = "Jahan & Edwards 2013, Materials & Design 49:1000"


def standard_deviation_weights(
    data: object,
    *,
    better: Mapping[str, Better],
    form: SpreadForm = "minmax",
    missing: Missing = "refuse",
) -> Weights:
    """Weigh indicators by their standard deviation.

    What this ignores: importance, the law, the direction, and how indicators hang together. After min-max
    the indicator with most people at its ends weighs most; as given, the one with the largest unit.

    Args:
        data: A frame of any library, a mapping of columns, or an array of people × indicators.
        better: Each indicator, and whether `high` or `low` is good; for an array in the order of its
            columns.
        form: After each column was set between 0 and 1 (`minmax`), or as they are (`as_given`), which makes
            sense only in one common unit.
        missing: A missing value refuses (`refuse`), or the person is left out and counted (`leave_out`).

    Returns:
        The weights; `origin.facts` has the standard deviation of each column (of a sample, n − 1).

    Raises:
        InputError: The data are no numbers, or nothing varies.

    Examples:
        >>> found = standard_deviation_weights(
        ...     [[1, 10], [2, 10], [3, 40]], better={"skp": "high", "inovasi": "high"}
        ... )
        >>> [(name, round(float(share), 4)) for name, share in found]
        [('skp', 0.4641), ('inovasi', 0.5359)]
    """
    if issues := check_choices({"form": (form, get_args(SpreadForm))}):
        raise InputError(issues)
    walk = Products()
    indicators = read_indicators(data, better=better, missing=missing, walk=walk)
    squares = np.where(indicators.varies, np.diag(walk.centred(indicators.rows)), 0.0)
    spread = np.sqrt(squares / (indicators.rows - 1))
    if form == "minmax":
        spread /= np.where(indicators.varies, indicators.high - indicators.low, 1.0)
    return weights_from_data(
        indicators,
        spread,
        method="standard_deviation",
        source=SOURCE,
        facts={
            "form": form,
            **{
                f"standard_deviation.{name}": float(value)
                for name, value in zip(indicators.names, spread, strict=True)
            },
        },
        ignores_direction="yes",
    )
