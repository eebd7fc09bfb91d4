"""A panel of five groups as it is written by hand for numpy, polars, DuckDB and pandas.

Each formulation is the fastest of those that were tried (see the README). The peers need not bring the
scores into the order of the people's frame; kinerja does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from contender import Answer, Contender
from draws_panel import EACH, FIRST_ID, GROUPS, WEIGHTS, Ratings
from numpy.typing import NDArray

__all__ = ["of_lists", "of_long_tables"]

Floats = NDArray[np.float64]

CHUNK = 65_536
#: With ten times as many people a lookup of ids in any order takes a minute.
LOOKED_UP = 500_000
PAIRS = tuple(zip(GROUPS, WEIGHTS, strict=True))


def of_long_tables(
    ratings: Ratings, frames: dict[str, Any], *, is_sorted: bool, quick: bool
) -> list[Contender]:
    """Give who reads the long table."""
    by_hand: list[tuple[str, Callable[[], Floats]]] = [
        ("numpy, bincount", partial(_bincount, ratings)),
    ]
    if is_sorted:
        by_hand.append(("numpy, reduceat", partial(_reduceat, ratings)))
        by_hand.append(("numpy, in chunks", partial(_in_chunks, ratings)))
    elif ratings.people <= LOOKED_UP and not quick:
        by_hand.append(("numpy, ids looked up", partial(_looked_up, ratings)))
    found = [Contender(name, run, _bare, "pandas") for name, run in by_hand]
    found += _by_polars(frames["polars"])[: 2 if quick else 3]
    found.append(_by_duckdb(frames["arrow"]))
    return found if quick else [*found, _by_pandas(frames["pandas"])]


def of_lists(frames: dict[str, Any]) -> list[Contender]:
    """Give who reads a row for each person."""
    table = frames["arrow"]
    exploded = frames["polars"].lazy().explode("penilaian").unnest("penilaian")
    return [
        Contender("numpy, bincount", partial(_of_offsets, table), _bare, "arrow"),
        _polars_of(exploded, "streaming", "masked"),
        _by_duckdb(
            table,
            "select id, item.kelompok as kelompok, item.nilai as nilai "
            "from (select id, unnest(penilaian) as item from penilaian)",
        ),
    ]


def _bare(answer: Floats) -> Answer:
    return answer, None


def _joined(sums: Floats, counts: NDArray[np.int64]) -> Floats:
    """Join five groups, given one row for each person."""
    above, below = np.zeros(len(sums)), np.zeros(len(sums))
    for place, weight in enumerate(WEIGHTS):
        count = counts[:, place]
        above += weight * sums[:, place] / np.maximum(count, 1)
        below += weight * (count > 0)
    return np.floor(above / below * 100 + 0.5) / 100


def _counted(keys: NDArray[np.int64], scores: Floats, people: int) -> Floats:
    size = people * len(GROUPS)
    sums = np.bincount(keys, weights=scores, minlength=size)
    counts = np.bincount(keys, minlength=size)
    return _joined(sums.reshape(people, -1), counts.reshape(people, -1))


def _bincount(ratings: Ratings) -> Floats:
    """Know that the ids are consecutive numbers, and from which."""
    keys = (ratings.ids - FIRST_ID) * len(GROUPS) + ratings.groups
    return _counted(keys, ratings.scores, ratings.people)


def _looked_up(ratings: Ratings) -> Floats:
    """Know only that the ids of the people are sorted."""
    people = np.arange(FIRST_ID, FIRST_ID + ratings.people)
    keys = np.searchsorted(people, ratings.ids) * len(GROUPS) + ratings.groups
    return _counted(keys, ratings.scores, ratings.people)


def _starts(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.flatnonzero(ids[1:] != ids[:-1]) + 1))


def _reduceat(ratings: Ratings) -> Floats:
    """Know only that the ratings of a person stand together."""
    starts = _starts(ratings.ids)
    above, below = np.zeros(len(starts)), np.zeros(len(starts))
    for place, weight in enumerate(WEIGHTS):
        there = ratings.groups == place
        count = np.add.reduceat(there, starts, dtype=np.int64)
        total = np.add.reduceat(np.where(there, ratings.scores, 0), starts)
        above += weight * total / np.maximum(count, 1)
        below += weight * (count > 0)
    return np.floor(above / below * 100 + 0.5) / 100


def _in_chunks(ratings: Ratings) -> Floats:
    """Know the same, and stay in the cache: what a patient hand gets out of numpy."""
    starts = np.append(_starts(ratings.ids), len(ratings.ids))
    found = np.empty(len(starts) - 1)
    step = CHUNK // EACH
    for first in range(0, len(found), step):
        bounds = starts[first : first + step + 1]
        people, here = len(bounds) - 1, slice(bounds[0], bounds[-1])
        keys = np.repeat(np.arange(0, people * len(GROUPS), len(GROUPS)), np.diff(bounds))
        keys += ratings.groups[here]
        found[first : first + people] = _counted(keys, ratings.scores[here], people)
    return found


def _of_offsets(table: Any) -> Floats:
    """Read offsets and items of the list column."""
    lists = table["penilaian"].combine_chunks()
    items, people = lists.values, len(lists)
    lengths = np.diff(lists.offsets.to_numpy())
    keys = np.repeat(np.arange(0, people * len(GROUPS), len(GROUPS)), lengths)
    keys += items.field("kelompok").indices.to_numpy()
    return _counted(keys, items.field("nilai").to_numpy(), people)


def _by_polars(frame: Any) -> list[Contender]:
    lazy = frame.lazy()
    return [
        _polars_of(lazy, "streaming", "masked"),
        _polars_of(lazy, "streaming", "filtered"),
        _polars_of(lazy, "in-memory", "filtered"),
    ]


def _polars_of(ratings: Any, engine: str, way: str) -> Contender:
    """Give a mean for each group, of filtered values or of a column for each group."""
    import polars as pl

    def there(group: str) -> Any:
        return pl.col("kelompok") == group

    if way == "masked":
        columns = {group: pl.when(there(group)).then(pl.col("nilai")) for group in GROUPS}
        means = ratings.with_columns(**columns).group_by("id").agg(pl.col(*GROUPS).mean())
    else:
        filtered = {group: pl.col("nilai").filter(there(group)).mean() for group in GROUPS}
        means = ratings.group_by("id").agg(**filtered)
    above = sum(pl.col(group).fill_null(0) * weight for group, weight in PAIRS)
    below = sum(pl.col(group).is_not_null() * weight for group, weight in PAIRS)
    plan = means.select("id", panel=(above / below * 100 + 0.5).floor() / 100)

    def read(result: Any) -> Answer:
        return result.sort("id")["panel"].to_numpy(), None

    name = f"polars, {'streaming' if engine == 'streaming' else 'in memory'}, {way}"
    return Contender(name, partial(plan.collect, engine=engine), read, "polars")


def _by_duckdb(table: Any, ratings: str | None = None) -> Contender:
    """Give filtered averages; a long table is read from DuckDB's own store, which is faster."""
    import duckdb

    connection = duckdb.connect()
    connection.register("penilaian", table)
    if ratings is None:
        names = ", ".join(f"'{group}'" for group in GROUPS)
        connection.execute(f"create type kelompok as enum ({names})")
        connection.execute(
            "create table simpanan as select id, kelompok::kelompok as kelompok, nilai from penilaian"
        )
        connection.unregister("penilaian")
        ratings = "select * from simpanan"
    means = ", ".join(f"avg(nilai) filter (kelompok = '{group}') as {group}" for group in GROUPS)
    above = " + ".join(f"{weight}::double * coalesce({group}, 0)" for group, weight in PAIRS)
    below = " + ".join(f"if({group} is null, 0, {weight}::double)" for group, weight in PAIRS)
    query = f"""
        with rata as (select id, {means} from ({ratings}) group by id)
        select id, floor(({above}) / ({below}) * 100 + 0.5) / 100 as panel from rata
    """  # noqa: S608 - figures of this file

    def read(result: Any) -> Answer:
        return result.sort_by("id")["panel"].to_numpy(), None

    return Contender("DuckDB", lambda: connection.sql(query).to_arrow_table(), read, "arrow")


def _by_pandas(frame: Any) -> Contender:
    """Give two group-bys, the faster of the forms tried."""
    import pandas as pd

    weights = dict(PAIRS)

    def run() -> Any:
        grouped = frame.groupby(["id", "kelompok"], observed=True, sort=False)["nilai"].mean()
        shares = np.array([weights[group] for group in grouped.index.levels[1]])
        weight = pd.Series(shares[grouped.index.codes[1]], index=grouped.index)
        above = (grouped * weight).groupby(level=0, sort=False).sum()
        below = weight.groupby(level=0, sort=False).sum()
        return np.floor(above / below * 100 + 0.5) / 100

    def read(result: Any) -> Answer:
        return result.sort_index().to_numpy(), None

    return Contender("pandas", run, read, "pandas")
