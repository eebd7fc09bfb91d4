"""Many weightings of one policy: how firmly predikat stand, beside the loop a user would write.

`weighted.yaml` (a weighted mean of eight figures, rounded half up to two decimals, five labels) under
weightings drawn uniformly. Counted is, for each person, under how many weightings they have each label.

- *kinerja*: `band_acceptability(people, weightings)`, once the people are read; reading them is shown
  apart.
- *one product and one pass*: the matrix product of figures and weights in one BLAS call, and one addition
  of its rows: what no answer can do without, and no answer.
- *numpy*: the product, `np.round`, and a `searchsorted` for the label, all at once.
- *scikit-criteria*, *pymcdm*: the loop over their weighted sum, one call a weighting, and the same labels.

The truth is computed in whole numbers. Then 1,000 weightings × 4.7 million people by kinerja alone: time,
and the most memory beyond what the table takes. Exit code 1: a count of kinerja is wrong.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import report
from contender import OURS, Contender
from numpy.typing import NDArray
from rounds import Found, Truth, timed

import kinerja
from kinerja.explore import band_acceptability, draw_weightings, policy_scheme, read_people

HERE = Path(__file__).parent
PARTS = 8
PEOPLE, WEIGHTINGS = 1_000, 10_000
MILLIONS, FEWER = 4_700_000, 1_000
#: Edges of the labels, in hundredths; see `weighted.yaml`.
EDGES = (5000, 7000, 9000, 11000)
#: Rows of the large table that are counted again in whole numbers.
SAMPLE = 3_000

Table = NDArray[np.floating]


def draw(people: int, seed: int) -> NDArray[np.float64]:
    """Draw figures with one decimal, as people write them."""
    tenths = np.random.default_rng(seed).integers(400, 1200, (people, PARTS))
    return tenths / 10


def true_counts(figures: Table, parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count labels in whole numbers: tenths times parts per million, halves going up."""
    tenths = np.rint(figures * 10).astype(np.int64)
    counts = np.zeros((len(figures), len(EDGES) + 1), np.int64)
    for start in range(0, len(figures), 100):
        sums = tenths[start : start + 100] @ parts.T
        hundredths = (sums + 50_000) // 100_000
        places = np.searchsorted(EDGES, hundredths, side="right")
        for label in range(len(EDGES) + 1):
            counts[start : start + 100, label] = np.count_nonzero(places == label, axis=1)
    return counts


def counted(places: NDArray[np.integer]) -> NDArray[np.int64]:
    """Count labels, people × labels, of an array people × weightings."""
    return np.stack([np.count_nonzero(places == one, axis=1) for one in range(len(EDGES) + 1)], 1)


def label_places(scores: Table) -> NDArray[np.integer]:
    """Give the place of the label of scores, as floats do it."""
    return np.searchsorted(np.array(EDGES) / 100, np.round(scores, 2), side="right")


def by_numpy(figures: Table, weights: Table) -> NDArray[np.int64]:
    """Count at once, in floats."""
    return counted(label_places(figures @ weights.T))


def by_criteria(figures: Table, weights: Table) -> NDArray[np.int64]:
    """Count in a loop over scikit-criteria."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    model = WeightedSumModel()
    counts = np.zeros((len(figures), len(EDGES) + 1), np.int64)
    rows = np.arange(len(figures))
    for one in weights:
        result = model.evaluate(mkdm(figures, [max] * PARTS, weights=one))
        counts[rows, label_places(result.e_.score)] += 1
    return counts


def by_pymcdm(figures: Table, weights: Table) -> NDArray[np.int64]:
    """Count in a loop over pymcdm."""
    from pymcdm.methods import WSM

    model = WSM(normalization_function=lambda column, cost=False: column)  # noqa: ARG005 - as it calls it
    counts = np.zeros((len(figures), len(EDGES) + 1), np.int64)
    rows, types = np.arange(len(figures)), np.ones(PARTS)
    for one in weights:
        counts[rows, label_places(model(figures, one, types))] += 1
    return counts


def contenders(figures: Table, count: int) -> tuple[list[Contender], NDArray[np.int64]]:
    """Give everybody who takes part, and what is right."""
    scorer = kinerja.load(HERE / "weighted.yaml")
    frame = {f"unsur_{place + 1}": figures[:, place] for place in range(PARTS)}
    drawn = draw_weightings(policy_scheme(scorer), count=count, seed=1)
    people = read_people(scorer, frame)
    weights = drawn.parts / drawn.grid
    columns = np.ascontiguousarray(weights.T)
    ready = np.empty((len(figures), count))
    truth = true_counts(figures, drawn.parts)

    def product() -> Any:
        return np.matmul(figures, columns, out=ready).sum(axis=1)

    def reading() -> Any:
        return band_acceptability(read_people(scorer, frame), drawn)

    def wrong(read: Callable[[Any], NDArray[np.int64]]) -> Callable[[Any], Any]:
        # Rows whose counts are wrong stand as 1 beside a truth of 0.
        return lambda answer: (np.any(read(answer) != truth, axis=1).astype(float), None)

    found = [
        Contender(
            OURS,
            lambda: band_acceptability(people, drawn),
            wrong(lambda a: a.counts[:, :-1]),
            "numpy",
        ),
        Contender(f"{OURS}, people read too", reading, wrong(lambda a: a.counts[:, :-1]), "table"),
        Contender("one product and one pass", product, None, "numpy"),
        Contender("numpy", lambda: by_numpy(figures, weights), wrong(lambda a: a), "numpy"),
        Contender(
            "loop over scikit-criteria",
            lambda: by_criteria(figures, weights),
            wrong(lambda a: a),
            "numpy",
        ),
        Contender(
            "loop over pymcdm", lambda: by_pymcdm(figures, weights), wrong(lambda a: a), "numpy"
        ),
    ]
    return found, truth


def race(people: int, count: int, rounds: int) -> dict[str, Found]:
    """Run everybody in turns."""
    figures = draw(people, 20250102)
    entered, _ = contenders(figures, count)
    right = Truth(np.zeros(people, np.int64))
    return timed(entered, right, rounds=rounds, budget=20)


def millions(rows: int, count: int) -> dict[str, Any]:
    """Count for as many people as there are civil servants; check some of them."""
    figures = draw(rows, 20250103)
    scorer = kinerja.load(HERE / "weighted.yaml")
    frame = {
        f"unsur_{place + 1}": np.ascontiguousarray(figures[:, place]) for place in range(PARTS)
    }
    drawn = draw_weightings(policy_scheme(scorer), count=count, seed=2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    people = read_people(scorer, frame)
    read = time.perf_counter() - start
    found = band_acceptability(people, drawn)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    some = np.random.default_rng(3).choice(rows, min(SAMPLE, rows), replace=False)
    wrong = np.any(found.counts[some, :-1] != true_counts(figures[some], drawn.parts), axis=1)
    return {
        "rows": rows,
        "weightings": count,
        "read_s": round(read, 3),
        "seconds": round(seconds, 3),
        "more_memory_mb": round((after - before) / 1024, 1),
        "checked": len(some),
        "wrong": int(wrong.sum()),
    }


def main(arguments: list[str]) -> int:
    """Measure, print, keep."""
    quick = "--quick" in arguments
    large = millions(*((100_000, 200) if quick else (MILLIONS, FEWER)))
    people, count = (500, 300) if quick else (PEOPLE, WEIGHTINGS)
    name = f"{count:,} weightings of 8 parts"
    found = race(people, count, rounds=7)
    report.print_table(name, people, found, unit="people")
    entries = report.compared(name, people, found)
    ours, least = found[OURS], found["one product and one pass"]
    print(
        f"  kinerja: {median(ours.seconds) / median(least.seconds):.2f} × one product and one pass"
    )
    print(
        f"\n{large['weightings']:,} weightings × {large['rows']:,} people: {large['seconds']:.1f} s"
        f" (of these {large['read_s']:.1f} s reading), {large['more_memory_mb']:.0f} MB beyond the table,"
        f" {large['wrong']} wrong of {large['checked']:,} checked"
    )
    report.keep("weightings", entries, {"figures": report.figures(found), "large": large})
    mine = sum(entry.wrong for key, entry in found.items() if key.startswith(OURS))
    return 1 if mine or large["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
