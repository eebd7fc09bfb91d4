"""Proving a policy: the check of the largest shipped one, and what a change of weights does to millions.

The check reads 500 examples (the shipped ones again and again, under other names), runs them, finds what
they reach, and makes every analysis. The comparison is held against scoring the same frame by both
policies, in turns; its counts are checked against those of the two frames of results. Run it with `make
bench`, or with fewer rows with `make bench-quick`. Exit code 1: a count is wrong, or the check found
something.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import draws_ratios
import polars as pl
from draws_ratios import Rows

from kinerja.asn import catalog
from kinerja.cli.main import main as command
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer
from kinerja.verify import impact

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "proving.json"
EXAMPLES = 500
LARGEST = ("pemalang-360", "sikap-360", "pp46-2011")
ROWS = (1_000_000, 4_700_000)
FEW_ROWS = (100_000,)
ROUNDS = 5


def examples_of(policy: str) -> str:
    """Give 500 examples: those of a shipped policy, repeated under other names."""
    (path,) = catalog.examples_paths(policy)
    head, body = path.read_text(encoding="utf-8").split("examples:\n", 1)
    parts = re.split(r"(?m)^  - (?=\{?id:)", body)
    items = [part for part in parts[1:] if part.strip()]
    written = []
    for number in range(EXAMPLES):
        item = items[number % len(items)]
        written.append(
            "  - " + re.sub(r"id: *([^\s,}]+)", rf"id: contoh_{number}", item, count=1).rstrip("\n")
        )
    return f"{head}examples:\n" + "\n".join(written) + "\n"


def seconds_of_check(policy: str) -> tuple[float, str]:
    """Time the whole command, and give its last line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contoh.yaml"
        path.write_text(examples_of(policy), encoding="utf-8")
        out = io.StringIO()
        start = time.perf_counter()
        with contextlib.redirect_stdout(out):
            code = command(["check", policy, "--examples", str(path), "--lang", "en"])
        took = time.perf_counter() - start
    last = out.getvalue().strip().splitlines()[-1]
    return took, last if code == 0 else f"FAILED: {last}"


def policies() -> tuple[Scorer, Scorer]:
    """Give the policy of the ratios, and the same with five points of weight moved."""
    text = (HERE / "columns.yaml").read_text(encoding="utf-8")
    moved = text.replace("{skp: 70 %, perilaku: 30 %}", "{skp: 65 %, perilaku: 35 %}")
    if moved == text:
        raise SystemExit("columns.yaml has no weights of 70 and 30 any more")
    return Scorer(parse_policy(text).program), Scorer(parse_policy(moved).program)


def counted(old: pl.DataFrame, new: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Count who moves from which label to which, from two frames of results."""
    both = pl.DataFrame({"old": old["predikat"].cast(str), "new": new["predikat"].cast(str)})
    return {(a, b): n for a, b, n in both.group_by("old", "new").len().iter_rows()}


def compare(rows: int) -> dict[str, Any]:
    """Time scoring by both, and the impact, in turns."""
    drawn: Rows = draws_ratios.draw(rows, ties=0.1, seed=20250801)
    frame = pl.DataFrame({"id": range(rows), **drawn.columns()})
    old, new = policies()
    scoring, telling = [], []
    wrong = 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        one, two = old.score_table(frame), new.score_table(frame)
        scoring.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = impact(old, new, frame)
        telling.append(time.perf_counter() - start)
        labels = found.labels
        told = {} if labels is None else {k: n for k, n in labels.counts.items() if n}
        truth = counted(one, two)
        wrong += sum(abs(told.get(key, 0) - truth.get(key, 0)) for key in {*told, *truth})
    return {
        "rows": rows,
        "scoring_s": round(median(scoring), 4),
        "impact_s": round(median(telling), 4),
        "ratio": round(median(telling) / median(scoring), 3),
        "wrong": wrong,
    }


def main(arguments: list[str]) -> int:
    """Measure both."""
    quick = "--quick" in arguments
    failed = False
    kept: dict[str, Any] = {"check": {}, "impact": []}
    print(f"kinerja check with {EXAMPLES} examples and every analysis")
    for policy in LARGEST[:1] if quick else LARGEST:
        took, last = seconds_of_check(policy)
        failed |= last.startswith("FAILED")
        kept["check"][policy] = round(took, 2)
        print(f"  {policy:16}{took:7.2f} s   {last}")
    print("kinerja.verify.impact beside one scoring by each of the two policies")
    for rows in FEW_ROWS if quick else ROWS:
        entry = compare(rows)
        failed |= entry["wrong"] > 0
        kept["impact"].append(entry)
        print(
            f"  {rows:>9,} rows  scoring {entry['scoring_s']:.3f} s  impact {entry['impact_s']:.3f} s"
            f"  ratio {entry['ratio']:.2f}  wrong {entry['wrong']}"
        )
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
