"""Panels: 50 million ratings to 5 million scores; kinerja beside numpy by hand, polars, DuckDB and pandas.

Three forms of the same ratings: a long table sorted by person, the same in an order by chance, and one row
for each person with a list column. Run it with `make bench`, or with 5 million ratings with
`make bench-quick`. Exit code 1: kinerja got a row wrong.
"""

from __future__ import annotations

import sys
from typing import Any

import draws_panel
import memory
import numpy as np
import ours
import peers_panel
import plots
import report
from contender import Contender
from draws_panel import EACH, FIRST_ID, Ratings
from rounds import Found, timed

ALL_PEOPLE = (500_000, 5_000_000)
FEW_PEOPLE = (500_000,)


def people_of(ratings: Ratings) -> dict[str, Any]:
    """Give the frame with one row for each person, which kinerja scores."""
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    columns = {"id": np.arange(FIRST_ID, FIRST_ID + ratings.people)}
    return {
        "polars": pl.DataFrame(columns),
        "pandas": pd.DataFrame(columns),
        "arrow": pa.table(columns),
    }


def long_contenders(ratings: Ratings, *, is_sorted: bool, quick: bool) -> list[Contender]:
    """Give everyone who reads a long table."""
    frames = draws_panel.frames_of(ratings)
    lists = {kind: {"penilaian": frame} for kind, frame in frames.items()}
    mine = ours.contenders("panel.yaml", people_of(ratings), score="panel", lists=lists)
    peers = peers_panel.of_long_tables(ratings, frames, is_sorted=is_sorted, quick=quick)
    return [*mine, *peers]


def list_contenders(ratings: Ratings) -> list[Contender]:
    """Give everyone who reads a list column."""
    frames = draws_panel.lists_of(ratings)
    mine = ours.contenders("panel.yaml", frames, score="panel")
    return [*mine, *peers_panel.of_lists(frames)]


def megabytes_of(ratings: Ratings, frame: str) -> float:
    """Measure the memory of kinerja on a long table."""
    table = draws_panel.frames_of(ratings)["arrow"]
    people = people_of(ratings)["arrow"]
    return memory.extra_megabytes("panel.yaml", frame, people, {"penilaian": table})


def main(arguments: list[str]) -> int:
    """Measure every form."""
    quick = "--quick" in arguments
    entries: list[dict[str, Any]] = []
    details: dict[str, Any] = {}
    megabytes: dict[str, float] = {}
    rounds, budget = (3, 1.0) if quick else (7, 20.0)

    def keep(name: str, found: dict[str, Found], size: int) -> None:
        report.print_table(name, size, found, "ratings")
        entries.extend(report.compared(name, size, found))
        details[f"{name}, {size} ratings"] = report.figures(found)

    for people in FEW_PEOPLE if quick else ALL_PEOPLE:
        ratings, size = draws_panel.draw(people, seed=20250801), people * EACH
        share = f"{100 * ratings.ties / people:.0f} %"
        print(f"\n{people:,} people, {share} of them half way between two hundredths")
        contenders = long_contenders(ratings, is_sorted=True, quick=quick)
        found = timed(contenders, ratings.truth, rounds=rounds, budget=budget)
        keep("panel, sorted", found, size)
        del contenders, found
        contenders = list_contenders(ratings)
        found = timed(contenders, ratings.truth, rounds=rounds, budget=budget)
        keep("panel, list column", found, size)
        del contenders, found
        if not quick:
            for frame in ("polars", "arrow"):
                megabytes[f"sorted, {size} ratings, {frame}"] = megabytes_of(ratings, frame)
        ratings = ratings.shuffled(20250802)
        contenders = long_contenders(ratings, is_sorted=False, quick=quick)
        found = timed(contenders, ratings.truth, rounds=rounds, budget=budget)
        keep("panel, unsorted", found, size)
        del contenders, found
        if not quick:
            megabytes[f"unsorted, {size} ratings, arrow"] = megabytes_of(ratings, "arrow")
        del ratings
    for name, figure in megabytes.items():
        print(f"  memory beyond the frames, {name}: {figure:,.0f} MB")
    report.keep("panel", entries, {"contenders": details, "extra_megabytes": megabytes})
    plots.draw_panel(entries)
    return 1 if any(entry["wrong_ours"] for entry in entries) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
