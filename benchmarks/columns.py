"""Two policies on columns: six ratios, and a weighted sum; kinerja beside polars, DuckDB and others.

Run it with `make bench`, or quicker with `make bench-quick`. Every row of every answer is compared with
exact arithmetic. Exit code 1: kinerja got a row wrong.
"""

from __future__ import annotations

import sys
from typing import Any

import draws_ratios
import memory
import numpy as np
import ours
import peers_engines
import peers_ratios
import plots
import report
import truth_ratios
import weighted
from contender import Contender
from numpy.typing import NDArray
from rounds import Found, Truth, timed

TIES = (0.0, 0.1, 1.0)
ALL_ROWS = (10_000, 100_000, 1_000_000, 4_700_000)
FEW_ROWS = (10_000, 1_000_000)

Columns = dict[str, NDArray[np.float64]]


def frames_of(columns: Columns) -> dict[str, Any]:
    """Give the columns as a frame of each kind."""
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    return {
        "polars": pl.DataFrame(columns),
        "pandas": pd.DataFrame(columns, copy=False),
        "arrow": pa.table(columns),
    }


def ratio_contenders(columns: Columns, frames: dict[str, Any], *, quick: bool) -> list[Contender]:
    """Give everyone who scores the six ratios."""
    found = [
        *ours.contenders("columns.yaml", frames, score="nilai", label="predikat"),
        *peers_ratios.by_polars(frames["polars"]),
        *peers_ratios.by_duckdb(frames["arrow"]),
        *peers_ratios.by_pandas(frames["pandas"]),
        *peers_ratios.by_numpy(columns),
        *peers_engines.by_openfisca(columns),
        *peers_engines.by_zen(frames["polars"]),
    ]
    return found if quick else [*found, *peers_engines.by_plain_fractions(frames["polars"])]


def fitting(contenders: list[Contender], rows: int) -> list[Contender]:
    """Leave out who does not try as many rows."""
    return [each for each in contenders if each.most_rows is None or rows <= each.most_rows]


def measure(
    name: str, contenders: list[Contender], truth: Truth, *, quick: bool
) -> tuple[list[dict[str, Any]], dict[str, Found]]:
    """Time everyone, print the table, and give the entries."""
    rows = len(truth.hundredths)
    rounds, budget = (5, 0.6) if quick else (11, 15.0)
    found = timed(fitting(contenders, rows), truth, rounds=rounds, budget=budget)
    report.print_table(name, rows, found)
    return report.compared(name, rows, found), found


def main(arguments: list[str]) -> int:
    """Measure both policies."""
    quick = "--quick" in arguments
    sizes = FEW_ROWS if quick else ALL_ROWS
    entries: list[dict[str, Any]] = []
    details: dict[str, Any] = {}

    def keep(name: str, contenders: list[Contender], truth: Truth) -> None:
        added, found = measure(name, contenders, truth, quick=quick)
        entries.extend(added)
        details[f"{name}, {len(truth.hundredths)} rows"] = report.figures(found)

    print(
        "kinerja: its time on the same frame over the time of the peer; below 1 kinerja is faster"
    )
    for ties in TIES:
        for size in sizes:
            rows = draws_ratios.draw(size, ties=ties, seed=20250801)
            hundredths, tied = truth_ratios.exact_hundredths(rows)
            truth_ratios.check_sample(rows, hundredths, size=200 if quick else 2_000)
            assert tied == round(size * ties), tied
            columns = rows.columns()
            truth = Truth(hundredths, truth_ratios.label_codes(hundredths))
            contenders = ratio_contenders(columns, frames_of(columns), quick=quick)
            keep(f"six ratios, {ties * 100:.0f} % ties", contenders, truth)
    for decimals in (1, 2):
        figures = weighted.draw(sizes[-1], decimals=decimals, seed=20250801)
        frames = frames_of(figures.columns)
        contenders = [
            weighted.copies(figures.columns),
            *ours.contenders("weighted.yaml", frames, score="nilai", label="predikat"),
            *weighted.peers(frames, figures.columns, quick=quick),
        ]
        share = f"{100 * figures.ties / len(figures.truth.hundredths):.0f} %"
        told = "one decimal" if decimals == 1 else "two decimals"
        keep(f"weighted sum, {told}, {share} ties", contenders, figures.truth)

    megabytes: dict[str, float] = {}
    if not quick:
        print(f"\nmemory beyond the frame, six ratios, {sizes[-1]:,} rows")
        for ties in TIES:
            drawn = draws_ratios.draw(sizes[-1], ties=ties, seed=20250801)
            table = frames_of(drawn.columns())["arrow"]
            for frame in ("polars", "pandas", "arrow"):
                name = f"{ties * 100:.0f} % ties, {frame}"
                megabytes[name] = memory.extra_megabytes("columns.yaml", frame, table)
                print(f"  {name:28}{megabytes[name]:8.0f} MB", flush=True)
    report.keep("columns", entries, {"contenders": details, "extra_megabytes": megabytes})
    plots.draw_columns(entries)
    return 1 if any(entry["wrong_ours"] for entry in entries) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
