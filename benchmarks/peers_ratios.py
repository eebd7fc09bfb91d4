"""The policy of six ratios as it is written by hand for polars, DuckDB, pandas and numpy.

Each formulation is the fastest of those that were tried (see the README). All of them know what a policy
file does not promise them: that no value is missing, that no target is 0 and no actual value negative, so
that a ratio needs no floor. Weights and shares are multiplied out, and the ratio stands for percent.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
from contender import LABELS, Answer, Contender
from numpy.typing import NDArray

__all__ = ["by_duckdb", "by_numpy", "by_pandas", "by_polars"]

EDGES = (50, 70, 90, 110)
#: 70 % times the weight of each indicator, for ratios that stand for percent.
SHARES = (17.5, 14.0, 10.5, 10.5, 10.5, 7.0)
CHUNK = 32_768


def by_polars(frame: Any) -> list[Contender]:
    """Give polars with floats on both of its engines, and with decimals."""
    import polars as pl

    labels = pl.Enum(LABELS)
    peers = pl.col("rekan_1") + pl.col("rekan_2") + pl.col("rekan_3")
    total = pl.col("atasan") * 0.18 + peers * 0.04
    for place, share in enumerate(SHARES, start=1):
        ratio = pl.col(f"realisasi_{place}") / pl.col(f"target_{place}")
        if place <= 3:
            held = pl.min_horizontal(ratio, 1.2)
        elif place <= 5:
            held = pl.max_horizontal(pl.min_horizontal(2 - ratio, 1.2), 0.0)
        else:
            held = pl.max_horizontal(1 - (ratio - 1).abs(), 0.0)
        total = total + held * share
    above = sum((pl.col("nilai") >= edge).cast(pl.UInt8) for edge in EDGES)
    plan = (
        frame.lazy()
        .select(nilai=(total * 100 + 0.5).floor() / 100)
        .with_columns(predikat=above.cat.to(labels))
    )
    decimals = _decimal_plan(frame)
    return [
        Contender(
            "polars, streaming", partial(plan.collect, engine="streaming"), _polars, "polars"
        ),
        Contender(
            "polars, in memory", partial(plan.collect, engine="in-memory"), _polars, "polars"
        ),
        Contender(
            "polars, Decimal(38, 12)",
            partial(decimals.collect, engine="streaming"),
            _polars,
            "polars",
        ),
    ]


def _decimal_plan(frame: Any) -> Any:
    """Give the same in decimals of 12 places; the columns become decimals within the time."""
    import polars as pl

    places = pl.Decimal(38, 12)

    def figure(value: float) -> Any:
        return pl.lit(Decimal(repr(value)), places)

    def column(name: str) -> Any:
        return pl.col(name).cast(places)

    peers = column("rekan_1") + column("rekan_2") + column("rekan_3")
    total = column("atasan") * figure(0.18) + peers * figure(0.04)
    for place, share in enumerate(SHARES, start=1):
        ratio = column(f"realisasi_{place}") / column(f"target_{place}")
        if place <= 3:
            held = pl.min_horizontal(ratio, figure(1.2))
        elif place <= 5:
            held = pl.max_horizontal(pl.min_horizontal(figure(2) - ratio, figure(1.2)), figure(0))
        else:
            held = pl.max_horizontal(figure(1) - (ratio - figure(1)).abs(), figure(0))
        total = total + held * figure(share)
    above = sum((pl.col("nilai") >= figure(edge)).cast(pl.UInt8) for edge in EDGES)
    return (
        frame.lazy()
        .select(nilai=total.round(2, mode="half_away_from_zero"))
        .with_columns(predikat=above.cat.to(pl.Enum(LABELS)))
    )


def _polars(result: Any) -> Answer:
    return result["nilai"].cast(float).to_numpy(), result["predikat"].to_physical().to_numpy()


def by_duckdb(table: Any) -> list[Contender]:
    """Give DuckDB with doubles, from Arrow to Arrow."""
    import duckdb

    names = ", ".join(f"'{label}'" for label in LABELS)
    connection = duckdb.connect()
    connection.execute(f"create type predikat as enum ({names})")
    connection.register("pegawai", table)
    terms = ["atasan * 0.18::double", "(rekan_1 + rekan_2 + rekan_3) * 0.04::double"]
    for place, share in enumerate(SHARES, start=1):
        ratio = f"realisasi_{place} / target_{place}"
        if place <= 3:
            held = f"least({ratio}, 1.2)"
        elif place <= 5:
            held = f"greatest(least(2 - {ratio}, 1.2), 0)"
        else:
            held = f"greatest(1 - abs({ratio} - 1), 0)"
        terms.append(f"{held} * {share}::double")
    whens = " ".join(
        f"when nilai >= {edge} then '{label}'::predikat"
        for edge, label in reversed(list(zip(EDGES, LABELS[1:], strict=True)))
    )
    query = f"""
        with hitung as (select floor(({" + ".join(terms)}) * 100 + 0.5) / 100 as nilai from pegawai)
        select nilai, case {whens} else '{LABELS[0]}'::predikat end as predikat from hitung
    """  # noqa: S608 - figures of this file
    return [
        Contender("DuckDB", lambda: connection.sql(query).to_arrow_table(), _duckdb, "arrow"),
    ]


def _duckdb(result: Any) -> Answer:
    labels = result["predikat"].combine_chunks()
    order = np.array([LABELS.index(text) for text in labels.dictionary.to_pylist()], dtype=np.int8)
    return result["nilai"].to_numpy(), order[labels.indices.to_numpy()]


def by_pandas(frame: Any) -> list[Contender]:
    """Give pandas, column by column."""
    import pandas as pd

    dtype = pd.CategoricalDtype(LABELS, ordered=True)

    def run() -> Any:
        total = frame["atasan"] * 0.18
        total += (frame["rekan_1"] + frame["rekan_2"] + frame["rekan_3"]) * 0.04
        for place, share in enumerate(SHARES, start=1):
            ratio = frame[f"realisasi_{place}"] / frame[f"target_{place}"]
            if place <= 3:
                held = ratio.clip(upper=1.2)
            elif place <= 5:
                held = (2 - ratio).clip(0, 1.2)
            else:
                held = (1 - (ratio - 1).abs()).clip(lower=0)
            total += held * share
        score = total.round(2)
        above = sum((score >= edge).astype("int8") for edge in EDGES)
        labels = pd.Categorical.from_codes(above, dtype=dtype)
        return pd.DataFrame({"nilai": score, "predikat": labels})

    def read(result: Any) -> Answer:
        return result["nilai"].to_numpy(), result["predikat"].cat.codes.to_numpy()

    return [Contender("pandas", run, read, "pandas")]


def by_numpy(columns: dict[str, NDArray[np.float64]]) -> list[Contender]:
    """Give numpy on whole arrays, and in chunks that stay in the cache."""

    def whole() -> Answer:
        total = columns["atasan"] * 0.18
        total += (columns["rekan_1"] + columns["rekan_2"] + columns["rekan_3"]) * 0.04
        for place, share in enumerate(SHARES, start=1):
            ratio = columns[f"realisasi_{place}"] / columns[f"target_{place}"]
            if place <= 3:
                held = np.minimum(ratio, 1.2)
            elif place <= 5:
                held = np.maximum(np.minimum(2 - ratio, 1.2), 0)
            else:
                held = np.maximum(1 - np.abs(ratio - 1), 0)
            total += held * share
        score = np.round(total, 2)
        return score, sum((score >= edge).view(np.int8) for edge in EDGES)

    return [
        Contender("numpy, np.round", whole, lambda answer: answer, "pandas"),
        Contender("numpy, in chunks", partial(_chunked, columns), lambda answer: answer, "pandas"),
    ]


def _chunked(columns: dict[str, NDArray[np.float64]]) -> Answer:
    """Score chunk by chunk with scratch that is used again: what a patient hand gets out of numpy."""
    count = len(columns["atasan"])
    score, codes = np.empty(count), np.empty(count, dtype=np.int8)
    scratch, flags = np.empty(CHUNK), np.empty(CHUNK, dtype=bool)
    for start in range(0, count, CHUNK):
        here = slice(start, min(start + CHUNK, count))
        total, code = score[here], codes[here]
        part, flag = scratch[: len(total)], flags[: len(total)]
        np.add(columns["rekan_1"][here], columns["rekan_2"][here], out=total)
        total += columns["rekan_3"][here]
        total *= 0.04
        np.multiply(columns["atasan"][here], 0.18, out=part)
        total += part
        for place, share in enumerate(SHARES, start=1):
            np.divide(
                columns[f"realisasi_{place}"][here], columns[f"target_{place}"][here], out=part
            )
            if place <= 3:
                np.minimum(part, 1.2, out=part)
            elif place <= 5:
                np.subtract(2, part, out=part)
                np.minimum(part, 1.2, out=part)
                np.maximum(part, 0, out=part)
            else:
                part -= 1
                np.abs(part, out=part)
                np.subtract(1, part, out=part)
                np.maximum(part, 0, out=part)
            part *= share
            total += part
        total *= 100
        total += 0.5
        np.floor(total, out=total)
        total /= 100
        code[:] = 0
        for edge in EDGES:
            np.greater_equal(total, edge, out=flag)
            code += flag.view(np.int8)
    return score, codes
