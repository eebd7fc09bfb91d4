"""Cases of acceptability: ranks over weightings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from running import NotRunError

from kinerja.explore import exact_rank_acceptability, rank_acceptability
from kinerja.explore.weightings import GRID, Weightings


def two_criteria(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Rank by two criteria under all weightings at once, exactly."""
    matrix = inputs["matrix"]
    if any(len(row) != 2 for row in matrix):
        raise NotRunError("only two criteria have exact shares")
    names = [chr(ord("A") + place) for place in range(len(matrix))]
    found = exact_rank_acceptability(
        dict(zip(names, map(tuple, matrix), strict=True)),
        names=("w1", "w2"),
    )
    shares = [[float(one) for one in row] for row in found.ranks]
    return {
        "first_rank": [row[0] for row in shares],
        "central_weights": [
            None if one is None else [float(share) for _, share in one] for one in found.central
        ],
        "rank_acceptability": shares,
        "pairwise_winning": {
            f"{one}>{other}": float(found.beats[place][rival])
            for place, one in enumerate(names)
            for rival, other in enumerate(names)
            if one != other
        },
    }


def technology(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Rank the countries of the OECD handbook under weightings drawn uniformly."""
    given = inputs.get("referred", inputs)
    if not {"data", "countries", "indicators"} <= set(given):
        raise NotRunError(f"the data {inputs.get('reference')!r} are not given")
    data = np.array(given["data"], float)
    unit = (data - data.min(axis=0)) / (data.max(axis=0) - data.min(axis=0))
    drawn = np.random.default_rng(20250104).dirichlet(np.ones(data.shape[1]), 400_000)
    parts = np.floor(drawn * GRID).astype(np.int64)
    parts[:, 0] += GRID - parts.sum(axis=1)
    weightings = Weightings(names=tuple(given["indicators"]), parts=parts)
    rounded = np.round(unit, 9)
    found = rank_acceptability(
        {
            name: tuple(Fraction(repr(float(one))) for one in row)
            for name, row in zip(given["countries"], rounded, strict=True)
        },
        weightings,
    )
    return {
        name: {
            "mean_rank": float(found.mean_rank(place)),
            "first": float(found.at_least(place, 1)),
            "top5": float(found.at_least(place, 5)),
            "p05": found.quantile(place, Fraction(1, 20)),
            "p95": found.quantile(place, Fraction(19, 20)),
        }
        for place, name in enumerate(found.ids)
    }


def thrombolytics(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Say why the case of the R package is not run."""
    raise NotRunError("its 10,000 measurements and weights are files of that package")


RUNNERS = {
    "smaa_two_criteria_three_alternatives": two_criteria,
    "smaa_tai": technology,
    "smaa_thrombolytics": thrombolytics,
}
