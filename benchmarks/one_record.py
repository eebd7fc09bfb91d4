"""One record at a time: kinerja beside zen-engine and two functions written by hand.

The policy is `one_record.yaml`: six indicators (actual / target, held between 0 and 120), twenty ratings in
three groups whose weights are divided anew among the groups present, both joined 70/30, rounded half up to
two decimals, and given one of five labels. Every contender scores the same records, in turns, round by
round, so that a busy machine slows all of them alike. Every answer is checked against exact arithmetic.

Run it with `make bench`; figures go to the terminal and to `results/one_record.json`.
"""

from __future__ import annotations

import gc
import json
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import Any

import zen

import kinerja

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "one_record.json"

WEIGHTS = (25, 20, 15, 15, 15, 10)
GROUPS = {"atasan": 50, "rekan": 30, "bawahan": 20}
LADDER = ((110, "sangat_baik"), (90, "baik"), (70, "cukup"), (50, "kurang"))
LOWEST = "sangat_kurang"

ROUNDS = 25
BATCH = 400
CHECKED = 4000
TIES = 500
EXPLAINED = 20

Record = dict[str, Any]
Answer = tuple[Decimal, str]


# The contenders. Each gives the total and the label.


def exactly(record: Record) -> Answer:
    """The policy in plain fractions: the measure of every other answer."""
    skp = Fraction(0)
    for place, weight in enumerate(WEIGHTS, start=1):
        target, actual = record[f"target_{place}"], record[f"realisasi_{place}"]
        ratio = Fraction(str(actual)) / Fraction(str(target)) * 100
        skp += Fraction(weight, 100) * min(max(ratio, Fraction(0)), Fraction(120))
    ratings: dict[str, list[Fraction]] = {}
    for rating in record["penilaian"]:
        ratings.setdefault(rating["kelompok"], []).append(Fraction(str(rating["nilai"])))
    weighed = [(GROUPS[name], sum(given) / len(given)) for name, given in ratings.items()]
    panel = sum(w * mean for w, mean in weighed) / sum(w for w, _ in weighed)
    total = Fraction(7, 10) * skp + Fraction(3, 10) * panel
    hundredths = (2 * 100 * total.numerator + total.denominator) // (2 * total.denominator)
    rounded = Fraction(hundredths, 100)
    label = next((label for edge, label in LADDER if rounded >= edge), LOWEST)
    return Decimal(hundredths).scaleb(-2), label


def in_decimals(record: Record) -> Answer:
    """The policy as an application writes it with `decimal`: 28 digits, rounded once at the end."""
    skp = Decimal(0)
    for place, weight in enumerate(WEIGHTS, start=1):
        target, actual = record[f"target_{place}"], record[f"realisasi_{place}"]
        ratio = Decimal(str(actual)) / Decimal(str(target)) * 100
        skp += Decimal(weight) / 100 * min(max(ratio, Decimal(0)), Decimal(120))
    sums = dict.fromkeys(GROUPS, Decimal(0))
    counts = dict.fromkeys(GROUPS, 0)
    for rating in record["penilaian"]:
        sums[rating["kelompok"]] += Decimal(str(rating["nilai"]))
        counts[rating["kelompok"]] += 1
    above = below = Decimal(0)
    for name, weight in GROUPS.items():
        if counts[name]:
            above += weight * sums[name] / counts[name]
            below += weight
    total = Decimal("0.7") * skp + Decimal("0.3") * above / below
    rounded = total.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return rounded, next((label for edge, label in LADDER if rounded >= edge), LOWEST)


def with_zen() -> Callable[[Record], Answer]:
    """The policy as one decision graph of zen-engine, in the fastest form found.

    Tried and slower: groups counted apart from their means (`count`, then a filtered mean), sums by a
    conditional in place of a filter, one expression for each intermediate value, `min`/`max` in place of
    the conditional that holds a ratio, a loader written in Python. The expressions are compiled once,
    when the engine reads the graph.
    """
    skp = " + ".join(
        f"{weight / 100} * (realisasi_{i} >= 1.2 * target_{i} ? 120 "
        f": realisasi_{i} < 0 ? 0 : realisasi_{i} / target_{i} * 100)"
        for i, weight in enumerate(WEIGHTS, start=1)
    )
    above = " + ".join(f"(len($.{g}) > 0 ? {w} * avg($.{g}) : 0)" for g, w in GROUPS.items())
    below = " + ".join(f"(len($.{g}) > 0 ? {w} : 0)" for g, w in GROUPS.items())
    label = "".join(f"$.nilai >= {edge} ? '{name}' : " for edge, name in LADDER) + f"'{LOWEST}'"
    expressions = [
        *((g, f"map(filter(penilaian, #.kelompok == '{g}'), #.nilai)") for g in GROUPS),
        ("nilai", f"round(0.7 * ({skp}) + 0.3 * ({above}) / ({below}), 2)"),
        ("predikat", label),
    ]
    place = {"x": 0, "y": 0}
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {
                "id": "rules",
                "type": "expressionNode",
                "name": "rules",
                "position": place,
                "content": {
                    "passThrough": False,
                    "expressions": [
                        {"id": key, "key": key, "value": value} for key, value in expressions
                    ],
                },
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }
    loader = {"type": "static", "content": {"policy": graph}}
    evaluate = zen.ZenEngine({"loader": loader}).evaluate

    def score(record: Record) -> Answer:
        result = evaluate("policy", record)["result"]
        return result["nilai"], result["predikat"]

    return score


def with_kinerja() -> Callable[[Record], Answer]:
    """The policy file, with the explanation of every result at hand."""
    score_record = kinerja.load(HERE / "one_record.yaml").score

    def score(record: Record) -> Answer:
        result = score_record(record)
        return result["nilai"], result["predikat"]  # type: ignore[return-value]

    return score


# Records.


def record_of(chance: random.Random, *, decimals: int) -> Record:
    """A record as it comes from JSON: whole numbers, or floats with a few decimals."""

    def figure(low: int, high: int) -> float:
        scale = 10**decimals
        drawn = chance.randrange(low * scale, high * scale)
        return drawn / scale if decimals else drawn

    record: Record = {"id": f"{chance.randrange(10**6):06d}"}
    for place in range(1, len(WEIGHTS) + 1):
        record[f"target_{place}"] = figure(50, 200)
        record[f"realisasi_{place}"] = figure(0, 220)
    names = chance.sample(list(GROUPS), chance.choice((2, 3, 3, 3)))
    record["penilaian"] = [
        {"kelompok": chance.choice(names), "nilai": figure(50, 100)} for _ in range(20)
    ]
    return record


def tie_of(chance: random.Random) -> Record:
    """A record whose total lies exactly half way between two hundredths.

    Small targets and few ratings, as they stand in real plans: thirds and sevenths that meet in a sum
    whose decimal ends.
    """
    while True:
        record: Record = {"id": f"{chance.randrange(10**6):06d}"}
        for place in range(1, len(WEIGHTS) + 1):
            record[f"target_{place}"] = target = chance.choice((2, 3, 4, 6, 8, 12, 24))
            record[f"realisasi_{place}"] = chance.randrange(target // 2, target + 2)
        sizes = chance.choice(((4, 8, 8), (6, 6, 8), (3, 5, 12), (2, 6, 12), (1, 7, 12)))
        record["penilaian"] = [
            {"kelompok": name, "nilai": chance.randrange(50, 101)}
            for name, size in zip(GROUPS, sizes, strict=True)
            for _ in range(size)
        ]
        if is_tie(record):
            return record


def is_tie(record: Record) -> bool:
    """Tell whether the unrounded total lies half way between two hundredths (whole figures only)."""
    skp = sum(
        (
            Fraction(w, 100)
            * min(Fraction(100 * record[f"realisasi_{i}"], record[f"target_{i}"]), Fraction(120))
            for i, w in enumerate(WEIGHTS, start=1)
        ),
        Fraction(0),
    )
    sums = {
        name: [r["nilai"] for r in record["penilaian"] if r["kelompok"] == name] for name in GROUPS
    }
    panel = sum(Fraction(w * sum(sums[g]), 100 * len(sums[g])) for g, w in GROUPS.items())
    total = (Fraction(7, 10) * skp + Fraction(3, 10) * panel) * 100
    return total.denominator == 2


# Measuring.


def wrong(score: Callable[[Record], Answer], records: list[Record]) -> int:
    """Count answers that are not the exact ones; a float counts as the decimal it prints."""
    faults = 0
    for record in records:
        total, label = score(record)
        faults += (Decimal(str(total)), label) != exactly(record)
    return faults


def measure(
    contenders: dict[str, Callable[[Record], Answer]], records: list[Record]
) -> dict[str, float]:
    """Give the median of records per second over the rounds."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    chance = random.Random(1)
    order = list(contenders)
    for _ in range(ROUNDS):
        batch = chance.sample(records, BATCH)
        chance.shuffle(order)
        for name in order:
            score = contenders[name]
            gc.collect()
            start = time.perf_counter()
            for record in batch:
                score(record)
            rates[name].append(BATCH / (time.perf_counter() - start))
    return {name: statistics.median(found) for name, found in rates.items()}


def unexplained(records: list[Record]) -> int:
    """Count results whose explanation, made after the caller changed the record, tells other values."""
    scorer = kinerja.load(HERE / "one_record.yaml")
    faults = 0
    for record in records:
        given = {**record, "penilaian": [dict(rating) for rating in record["penilaian"]]}
        result = scorer.score(given)
        given["penilaian"].clear()
        told = result.explanation.values
        faults += any(told[name] != value for name, value in result.values.items())
    return faults


def table(title: str, lines: Iterable[tuple[str, ...]]) -> None:
    print(f"\n{title}")
    for line in lines:
        print(f"  {line[0]:24}" + "".join(f"{cell:>18}" for cell in line[1:]))


def main() -> int:
    contenders = {
        "kinerja": with_kinerja(),
        "zen-engine": with_zen(),
        "by hand, Fraction": exactly,
        "by hand, Decimal": in_decimals,
    }
    chance = random.Random(20250801)
    sets = {
        "whole numbers": [record_of(chance, decimals=0) for _ in range(CHECKED)],
        "two decimals": [record_of(chance, decimals=2) for _ in range(CHECKED)],
        "ties": [tie_of(chance) for _ in range(TIES)],
    }
    faults = {
        name: {kind: wrong(score, records) for kind, records in sets.items()}
        for name, score in contenders.items()
    }
    speed = {kind: measure(contenders, sets[kind]) for kind in ("whole numbers", "two decimals")}

    for kind, rates in speed.items():
        rows = [("", "records/s", "µs each", "against zen")]
        for name, rate in rates.items():
            share = f"{rate / rates['zen-engine']:.2f} ×"
            rows.append((name, f"{rate:,.0f}", f"{1e6 / rate:.1f}", share))
        table(f"{kind}: median of {ROUNDS} rounds of {BATCH}", rows)
    silent = unexplained(sets["two decimals"][:EXPLAINED])
    rows = [("", *(f"{kind} ({len(records)})" for kind, records in sets.items()))]
    rows += [(name, *(str(count) for count in counts.values())) for name, counts in faults.items()]
    table("wrong answers", rows)
    print(f"\n  {silent} of {EXPLAINED} explanations tell other values than their result")

    versions = {
        "python": platform.python_version(),
        "kinerja": kinerja.__version__,
        "zen-engine": metadata.version("zen-engine"),
    }
    print("\n" + ", ".join(f"{name} {version}" for name, version in versions.items()))
    RESULTS.parent.mkdir(exist_ok=True)
    report = {
        "versions": versions,
        "machine": platform.machine(),
        "records_per_second": speed,
        "against_zen": {k: rates["kinerja"] / rates["zen-engine"] for k, rates in speed.items()},
        "checked": {kind: len(records) for kind, records in sets.items()},
        "wrong": faults,
        "unexplained": silent,
    }
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 1 if silent or any(faults["kinerja"].values()) else 0


if __name__ == "__main__":
    sys.exit(main())
