"""Eight figures with constant weights: the rows, what is right, and the peers.

The weights are whole multiples of 5 %, so with one decimal half of all rows lie half way between two
hundredths without anyone having looked for it, and with two decimals one row in twenty. In units of 1/2000
a hundredth has 20: everything is exact in int64.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from contender import LABELS, Answer, Contender
from numpy.typing import NDArray
from rounds import Truth
from truth_ratios import label_codes

__all__ = ["Figures", "copies", "draw", "peers"]

FIVES = (4, 3, 3, 2, 2, 2, 2, 2)
WEIGHTS = tuple(5 * five / 100 for five in FIVES)
NAMES = tuple(f"unsur_{place}" for place in range(1, 9))
EDGES = (50, 70, 90, 110)


@dataclass(frozen=True, slots=True)
class Figures:
    """Drawn figures.

    Attributes:
        columns: As a frame holds them.
        truth: Scores and labels.
        ties: Rows half way between two hundredths.
    """

    columns: dict[str, NDArray[np.float64]]
    truth: Truth
    ties: int


def draw(count: int, *, decimals: int, seed: int) -> Figures:
    """Draw figures from 30 to 120 with one or two decimals."""
    chance = np.random.default_rng(seed)
    scale = 10**decimals
    middle = chance.uniform(40, 110, count)
    total = np.zeros(count, dtype=np.int64)
    columns = {}
    for name, five in zip(NAMES, FIVES, strict=True):
        drawn = np.rint((middle + chance.uniform(-10, 10, count)) * scale).astype(np.int64)
        columns[name] = drawn / scale
        total += five * drawn * (100 // scale)
    hundredths, rest = np.divmod(total + 10, 20)
    truth = Truth(hundredths, label_codes(hundredths))
    return Figures(columns, truth, int(np.count_nonzero(rest == 0)))


def copies(columns: dict[str, NDArray[np.float64]]) -> Contender:
    """Give the copy of the eight columns: nobody who reads them all is much faster."""

    def run() -> list[NDArray[np.float64]]:
        return [values.copy() for values in columns.values()]

    return Contender("copy of the columns", run, None, "pandas")


def peers(
    frames: dict[str, Any], columns: dict[str, NDArray[np.float64]], *, quick: bool
) -> list[Contender]:
    """Give polars, DuckDB, pandas, numpy and, where there is time for it, scikit-criteria."""
    found = [
        *_by_polars(frames["polars"]),
        _by_duckdb(frames["arrow"]),
        _by_pandas(frames["pandas"]),
        Contender("numpy, np.round", partial(_whole, columns), lambda answer: answer, "pandas"),
    ]
    return found if quick else [*found, _by_scikit_criteria(columns)]


def _by_polars(frame: Any) -> list[Contender]:
    import polars as pl

    total = sum(pl.col(name) * weight for name, weight in zip(NAMES, WEIGHTS, strict=True))
    above = sum((pl.col("nilai") >= edge).cast(pl.UInt8) for edge in EDGES)
    plan = (
        frame.lazy()
        .select(nilai=(total * 100 + 0.5).floor() / 100)
        .with_columns(predikat=above.cat.to(pl.Enum(LABELS)))
    )

    def read(result: Any) -> Answer:
        return result["nilai"].to_numpy(), result["predikat"].to_physical().to_numpy()

    return [
        Contender(f"polars, {told}", partial(plan.collect, engine=engine), read, "polars")
        for told, engine in (("streaming", "streaming"), ("in memory", "in-memory"))
    ]


def _by_duckdb(table: Any) -> Contender:
    import duckdb

    connection = duckdb.connect()
    names = ", ".join(f"'{label}'" for label in LABELS)
    connection.execute(f"create type predikat as enum ({names})")
    connection.register("pegawai", table)
    terms = " + ".join(
        f"{name} * {weight}::double" for name, weight in zip(NAMES, WEIGHTS, strict=True)
    )
    whens = " ".join(
        f"when nilai >= {edge} then '{label}'::predikat"
        for edge, label in reversed(list(zip(EDGES, LABELS[1:], strict=True)))
    )
    query = f"""
        with hitung as (select floor(({terms}) * 100 + 0.5) / 100 as nilai from pegawai)
        select nilai, case {whens} else '{LABELS[0]}'::predikat end as predikat from hitung
    """  # noqa: S608 - figures of this file

    def read(result: Any) -> Answer:
        labels = result["predikat"].combine_chunks()
        order = np.array([LABELS.index(text) for text in labels.dictionary.to_pylist()])
        return result["nilai"].to_numpy(), order[labels.indices.to_numpy()]

    return Contender("DuckDB", lambda: connection.sql(query).to_arrow_table(), read, "arrow")


def _by_pandas(frame: Any) -> Contender:
    import pandas as pd

    dtype = pd.CategoricalDtype(LABELS, ordered=True)

    def run() -> Any:
        score = sum(
            frame[name] * weight for name, weight in zip(NAMES, WEIGHTS, strict=True)
        ).round(2)
        above = sum((score >= edge).astype("int8") for edge in EDGES)
        labels = pd.Categorical.from_codes(above, dtype=dtype)
        return pd.DataFrame({"nilai": score, "predikat": labels})

    def read(result: Any) -> Answer:
        return result["nilai"].to_numpy(), result["predikat"].cat.codes.to_numpy()

    return Contender("pandas", run, read, "pandas")


def _rounded(total: NDArray[np.float64]) -> Answer:
    score = np.round(total, 2)
    return score, sum((score >= edge).view(np.int8) for edge in EDGES)


def _whole(columns: dict[str, NDArray[np.float64]]) -> Answer:
    total = columns[NAMES[0]] * WEIGHTS[0]
    for name, weight in zip(NAMES[1:], WEIGHTS[1:], strict=True):
        total += columns[name] * weight
    return _rounded(total)


def _by_scikit_criteria(columns: dict[str, NDArray[np.float64]]) -> Contender:
    """Give the weighted sum of scikit-criteria; rounding and labels by numpy, since it has neither."""
    import skcriteria as skc
    from skcriteria.agg.simple import WeightedSumModel

    model = WeightedSumModel()
    matrix = np.column_stack([columns[name] for name in NAMES])

    def run() -> Answer:
        decision = skc.mkdm(matrix, [max] * len(NAMES), weights=list(WEIGHTS), criteria=list(NAMES))
        return _rounded(model.evaluate(decision).e_.score)

    return Contender("scikit-criteria", run, lambda answer: answer, "pandas")
