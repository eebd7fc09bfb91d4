"""Look for wrong answers of tables, for as long as is wished: `python tests/columns/hunt.py --help`.

Rows on edges and a little beside them, by the million (`--rows`); and random programs on random tables, in
several processes (`--examples`). What differs is printed once for each way of differing, with what it takes
to see it again (`--processes 1 --examples 1 --seed GO` goes there once more). The last line says how much
was looked at; the exit code is 1 where anything differed.
"""
# ruff: noqa: S311 - a hunt guards no secret

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

import edge_tables
import numpy as np
import pandas as pd
import pyarrow as pa
import strategies_policies
import strategies_tables as drawing
from edge_rows import edge_rows
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from strategies_programs import programs
from table_samples import SIZES, WAYS, exact_differences, going, rows_of, same

from kinerja.scorer import Scorer

#: Programs drawn in one go; their seed is what it takes to draw them again.
GO = 25
#: Tables of one program.
TABLES = 8


# Edges.


def hunt_edges(rows: int, doubles: int, start: int) -> int:
    """Look at tables on edges; give the number of wrong answers."""
    wrong = 0
    for name, make in edge_tables.TABLES.items():
        seen, looked, bad, began, spent = 0, 0, 0, time.perf_counter(), 0.0
        random_rows = np.random.default_rng(start)
        # About half of the rows lie exactly on an edge, the other half beside one.
        for edges in edge_tables.many(make, start, 2 * rows):
            frame = edge_tables.arrow_of(edges)
            for scorer in edge_tables.scorers_of(edges):
                before = time.perf_counter()
                out = scorer.table_result(frame).frame
                spent += time.perf_counter() - before
                bad += _told(name, edge_tables.wrong_rows(edges, out), frame)
            some = min(edges.rows, doubles * edges.rows // (2 * rows) + 1)
            places = random_rows.integers(0, edges.rows, some).tolist()
            out = edge_tables.unrounded_of(edges).table_result(frame.take(pa.array(places))).frame
            part = frame.take(pa.array(places))
            bad += _told(name, edge_tables.wrong_rows(edge_tables.taken(edges, places), out), part)
            found = edge_tables.wrong_doubles(edges, out, places)
            bad += len(found)
            for row, got, wanted in found[:3]:
                print(
                    f"WRONG {name} double: {got!r}, not {wanted!r}: {frame.slice(row, 1).to_pylist()}"
                )
            seen += edges.rows
            looked += len(places)
        wrong += bad
        print(
            f"{name}: {seen:,} rows, {len(edge_tables.MODES) + 4} answers each, {looked:,} doubles; "
            f"{bad} wrong; {seen / spent:,.0f} rows a second, {time.perf_counter() - began:.0f} s",
            flush=True,
        )
    return wrong


def _told(name: str, found: Mapping[str, np.ndarray], frame: pa.Table) -> int:
    for step, places in found.items():
        row = frame.slice(int(places[0]), 1).to_pylist()
        print(f"WRONG {name} {step}: {len(places)} rows, such as {row}", flush=True)
    return sum(map(len, found.values()))


# Random programs and tables.


class Hunter:
    """Looks at programs of one process."""

    def __init__(self, report) -> None:
        self.report = report
        #: What was differing before: each way is told once.
        self.known: set[str] = set()
        #: The last table, or its distinct rows.
        self.frame: object = None
        self.counts: Counter[str] = Counter()

    def look(self, scorer: Scorer, origin: str, random_: Random) -> None:
        """Look at a program on several tables."""
        for _ in range(TABLES):
            number = random_.getrandbits(32)
            try:
                self.counts += self._once(scorer, Random(number))
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is hunted for
                self.counts["differing"] += 1
                self._tell(scorer, f"{origin}, table {number}", error)
            self.counts["examples"] += 1

    def _once(self, scorer: Scorer, random_: Random) -> Counter[str]:
        with going(random_.choice((*WAYS, "both", "both")), random_.choice(SIZES)):
            return self._of_table(scorer, random_, random_.choice((None, 1, 2)))

    def _of_table(self, scorer: Scorer, random_: Random, threads: int | None) -> Counter[str]:
        self.frame = None
        if not random_.randrange(8):
            return _written(scorer, random_)
        number = random_.getrandbits(32)
        way = random_.randrange(10)
        if way >= 6:
            edges = edge_rows(random_, scorer, searches=12)
            if edges is not None:
                self.frame = drawing.any_frame(edges, number)[1]
                counts = same(scorer, self.frame, threads=threads)
                return counts + Counter(edges=edges.rows)
        drawn = drawing.random_table(random_, scorer.program)
        if way == 0:
            made = drawing.with_long_tables(drawn, scorer.program, number)
            if made is not None:
                return same(scorer, made[1], lists=made[2], threads=threads)
        if way in (1, 2, 3):
            self.frame = drawing.any_frame(drawn, number, ids=False)[1]
            take = [random_.randrange(drawn.rows) for _ in range(random_.choice((7, 8, 30, 200)))]
            frame = drawing.taken(self.frame, take)
            return same(scorer, frame, base=self.frame, take=take, threads=threads)
        self.frame = drawing.any_frame(drawn, number)[1]
        return same(scorer, self.frame, threads=threads)

    def _tell(self, scorer: Scorer, origin: str, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
        message = str(error)
        if isinstance(error, AssertionError):
            place = re.sub(
                r"row \d+|-?\d[\d.e+-]*|'[^']*'",
                "…",
                message.split("\n")[1:2][0] if "\n" in message else message,
            )
        key = f"{type(error).__name__} {place}"[:90]
        if key in self.known:
            return
        self.known.add(key)
        program = scorer.program
        steps = "\n".join(f"    {s.name} {s.over or ''} {s.node}" for s in program.steps)
        self.report(
            f"DIFFERS {origin}: {key}\n  {message[:3000]}\n  published {program.published}\n"
            f"{steps}\n  {self._smallest(scorer)}\n  {program!r}"
        )

    def _smallest(self, scorer: Scorer) -> str:
        """Find one row of the last table that differs alone, in a plain frame."""
        for record in [] if self.frame is None else rows_of(self.frame):
            one = pd.DataFrame(
                {
                    name: pd.Series([value], dtype=float if isinstance(value, float) else object)
                    for name, value in record.items()
                }
            )
            try:
                same(scorer, one)
            except Exception as error:  # noqa: BLE001 - as above
                return f"one row alone: {record!r}: {error}"[:3000]
        return "no row alone differs in a plain frame"


def _written(scorer: Scorer, random_: Random) -> Counter[str]:
    """Look at the exact numbers that are made of a table."""
    drawn = drawing.random_table(random_, scorer.program)
    frame = drawing.KINDS[random_.choice(("arrow, batch", "lists"))](drawn, random_, False)
    if frame is None:
        return Counter()
    found = exact_differences(scorer, frame)
    assert not found, "\n".join(["exact numbers", *found[:3]])
    return Counter(written=drawn.rows)


def _programs(hunter: Hunter, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=GO,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data) -> None:
        program = data.draw(programs())
        hunter.look(Scorer(program), f"go {number}", Random(repr(program)))

    draw()


def _policies(hunter: Hunter, number: int) -> None:
    for place in range(GO):
        own = number * GO + place
        text = strategies_policies.policy_text(own)
        scorer = Scorer(strategies_policies.program_of(text, unrounded=place % 2 == 1))
        hunter.look(scorer, f"go {number}, policy {own}", Random(own))


def work(first: int, step: int, examples: int, seconds: float, answers) -> None:
    """Hunt in one process, until so many examples are done or so much time is over."""
    warnings.simplefilter("error")
    hunter = Hunter(answers.put)
    end = time.monotonic() + seconds
    number = first
    while hunter.counts["examples"] < examples and time.monotonic() < end:
        before = hunter.counts.copy()
        (_policies if number % 3 == 0 else _programs)(hunter, number)
        answers.put(hunter.counts - before)
        number += step
    answers.put(None)


def hunt_random(examples: int, seconds: float, processes: int, start: int) -> Counter[str]:
    """Look at random programs in several processes; give what was counted."""
    context = get_context("spawn")
    answers = context.Queue()
    share = -(-examples // processes)
    workers = [
        context.Process(target=work, args=(start + place, processes, share, seconds, answers))
        for place in range(processes)
    ]
    for worker in workers:
        worker.start()
    counts: Counter[str] = Counter()
    done, shown = 0, time.monotonic()
    while done < processes:
        answer = answers.get()
        if answer is None:
            done += 1
        elif isinstance(answer, str):
            print(answer, flush=True)
        else:
            counts += answer
            if time.monotonic() - shown > 60:
                shown = time.monotonic()
                print(dict(counts), flush=True)
    for worker in workers:
        worker.join()
    return counts


def main(arguments: list[str] | None = None) -> int:
    """Hunt, and print what was done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rows", type=int, default=0, help="rows on edges, and as many beside them, a table"
    )
    parser.add_argument(
        "--doubles", type=int, default=50_000, help="unrounded values looked at, a table"
    )
    parser.add_argument("--examples", type=int, default=0, help="random programs x tables")
    parser.add_argument(
        "--seconds", type=float, default=1e9, help="at most so long for the random ones"
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args(arguments)
    print(f"seed {chosen.seed}")
    wrong = hunt_edges(chosen.rows, chosen.doubles, chosen.seed) if chosen.rows else 0
    counts: Counter[str] = Counter()
    if chosen.examples:
        counts = hunt_random(chosen.examples, chosen.seconds, chosen.processes, chosen.seed)
    print(f"edges: {wrong} wrong answers; random: {dict(counts)}")
    return 1 if wrong or counts["differing"] else 0


if __name__ == "__main__":
    sys.exit(main())
