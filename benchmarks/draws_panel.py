"""Ratings of a panel of five groups: the rows, and what is right.

Ten ratings for each person, whole numbers from 40 to 100, groups drawn by chance, so that a group is often
missing. The weights (40, 20, 15, 15, 10) are divided anew among the groups present. A group has at most ten
ratings and 2520 is a multiple of every number up to ten, so int64 holds everything exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rounds import Truth

__all__ = ["EACH", "FIRST_ID", "GROUPS", "WEIGHTS", "Ratings", "draw", "frames_of", "lists_of"]

GROUPS = ("atasan", "rekan", "bawahan", "pengguna", "diri")
WEIGHTS = (40.0, 20.0, 15.0, 15.0, 10.0)
FIVES = (8, 4, 3, 3, 2)
CHANCES = (0.1, 0.3, 0.3, 0.2, 0.1)
EACH = 10
FIRST_ID = 1_000_000
CHUNK = 200_000


@dataclass(frozen=True, slots=True)
class Ratings:
    """Drawn ratings.

    Attributes:
        ids: Whose rating it is, consecutive numbers from `FIRST_ID`.
        groups: Place in `GROUPS`.
        scores: The ratings.
        truth: What each person gets, in the order of the ids.
        ties: People half way between two hundredths.
    """

    ids: NDArray[np.int64]
    groups: NDArray[np.int8]
    scores: NDArray[np.float64]
    truth: Truth
    ties: int

    @property
    def people(self) -> int:
        """Count the people."""
        return len(self.ids) // EACH

    def shuffled(self, seed: int) -> Ratings:
        """Give the same ratings in an order by chance."""
        order = np.random.default_rng(seed).permutation(len(self.ids))
        return Ratings(
            self.ids[order], self.groups[order], self.scores[order], self.truth, self.ties
        )


def draw(people: int, *, seed: int) -> Ratings:
    """Draw ratings, sorted by person."""
    chance = np.random.default_rng(seed)
    size = people * EACH
    groups = np.searchsorted(np.cumsum(CHANCES)[:-1], chance.random(size)).astype(np.int8)
    scores = chance.integers(40, 101, size, dtype=np.int8)
    hundredths, ties = np.empty(people, dtype=np.int64), 0
    for start in range(0, people, CHUNK):
        here = slice(start * EACH, min(start + CHUNK, people) * EACH)
        hundredths[start : start + CHUNK], tied = _exact(groups[here], scores[here])
        ties += tied
    ids = np.repeat(np.arange(FIRST_ID, FIRST_ID + people), EACH)
    return Ratings(ids, groups, scores.astype(np.float64), Truth(hundredths), ties)


def _exact(groups: NDArray[np.int8], scores: NDArray[np.int8]) -> tuple[NDArray[np.int64], int]:
    """Give hundredths, rounded half up, and the number of ties."""
    groups, ratings = groups.reshape(-1, EACH), scores.reshape(-1, EACH).astype(np.int64)
    above = np.zeros(len(groups), dtype=np.int64)
    below = np.zeros(len(groups), dtype=np.int64)
    for group, weight in enumerate(FIVES):
        there = groups == group
        count = there.sum(axis=1)
        above += weight * (ratings * there).sum(axis=1) * (2520 // np.maximum(count, 1))
        below += weight * (count > 0)
    hundredths, rest = np.divmod(200 * above + 2520 * below, 2 * 2520 * below)
    return hundredths, int(np.count_nonzero(rest == 0))


def frames_of(ratings: Ratings) -> dict[str, Any]:
    """Give the ratings as one long table of each kind."""
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    codes = pl.Series(ratings.groups.view(np.uint8)).cat.to(pl.Enum(GROUPS))
    kept = pa.DictionaryArray.from_arrays(pa.array(ratings.groups), pa.array(GROUPS))
    names = pd.Categorical.from_codes(ratings.groups, categories=list(GROUPS))
    ids, scores = ratings.ids, ratings.scores
    return {
        "polars": pl.DataFrame({"id": ids, "kelompok": codes, "nilai": scores}),
        "pandas": pd.DataFrame({"id": ids, "kelompok": names, "nilai": scores}, copy=False),
        "arrow": pa.table({"id": ids, "kelompok": kept, "nilai": scores}),
    }


def lists_of(ratings: Ratings) -> dict[str, Any]:
    """Give one row for each person, whose ratings are a list of structs."""
    import polars as pl
    import pyarrow as pa

    kept = pa.DictionaryArray.from_arrays(pa.array(ratings.groups), pa.array(GROUPS))
    items = pa.StructArray.from_arrays(
        [kept, pa.array(ratings.scores)], names=["kelompok", "nilai"]
    )
    offsets = pa.array(np.arange(0, len(ratings.ids) + 1, EACH))
    people = pa.table(
        {
            "id": np.arange(FIRST_ID, FIRST_ID + ratings.people),
            "penilaian": pa.LargeListArray.from_arrays(offsets, items),
        }
    )
    labels = pl.Enum(GROUPS)
    structs = pl.List(pl.Struct({"kelompok": labels, "nilai": pl.Float64}))
    frame = pl.DataFrame(people).with_columns(pl.col("penilaian").cast(structs))
    return {"arrow": people, "polars": frame}
