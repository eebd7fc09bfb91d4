"""Weights from data on a million people: entropy and CRITIC of kinerja beside bare numpy.

Run it with `make bench`. Bare numpy is the plain formula in a few lines, and once more in blocks that stay
in the cache; it checks nothing. kinerja looks for missing, infinite and negative values, and gives exact
weights with their provenance. Every answer is compared with the plain formula in extended precision. Exit
code 1: a weight of kinerja is wrong.

Where a column lies in memory matters more than the method: an array of people × indicators in C order has
the eight values of a person side by side, so that one column is every eighth value; in Fortran order, and
in every frame, a column is one piece. Both are measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import report
from contender import OURS, Contender
from numpy.typing import NDArray
from rounds import Found, Truth, timed

from kinerja.explore import critic_weights, entropy_weights
from kinerja.values import Weights

ROWS, FEW = 1_000_000, 100_000
NAMES = tuple("abcdefgh")
BETTER = {name: "low" if place % 3 == 2 else "high" for place, name in enumerate(NAMES)}
SIGNS = np.array([1.0 if how == "high" else -1.0 for how in BETTER.values()])
#: Largest difference of a weight that is none.
SAME = 1e-12
BLOCK = 16_384

Table = NDArray[np.floating]


def draw(rows: int) -> NDArray[np.float64]:
    """Draw scores that hang together, with two decimals, in C order."""
    rng = np.random.default_rng(20250101)
    common = rng.normal(size=(rows, 1))
    own = rng.normal(size=(rows, len(NAMES))) * np.linspace(0.5, 2.0, len(NAMES))
    return np.ascontiguousarray(np.clip(np.round(80 + 6 * common * SIGNS + 6 * own, 2), 1.0, 120.0))


def plain_entropy(table: Table) -> Table:
    """Weigh by entropy, as the formula is written."""
    shares = table / table.sum(axis=0)
    gaps = 1 + (shares * np.log(shares)).sum(axis=0) / np.log(len(table))
    return gaps / gaps.sum()


def plain_critic(table: Table) -> Table:
    """Weigh by CRITIC, as the formula is written, every column turned first."""
    turned = table * SIGNS
    low = turned.min(axis=0)
    unit = (turned - low) / (turned.max(axis=0) - low)
    conflict = (1 - np.corrcoef(unit, rowvar=False)).sum(axis=0)
    parts = unit.std(axis=0) * conflict
    return parts / parts.sum()


def blocked_entropy(table: Table) -> Table:
    """Weigh by entropy in blocks: `e = ln S − Σ x ln x / S`."""
    sums, products = np.zeros(table.shape[1]), np.zeros(table.shape[1])
    for start in range(0, len(table), BLOCK):
        part = table[start : start + BLOCK]
        sums += part.sum(axis=0)
        products += (part * np.log(part)).sum(axis=0)
    gaps = 1 - (np.log(sums) - products / sums) / np.log(len(table))
    return gaps / gaps.sum()


def blocked_critic(table: Table) -> Table:
    """Weigh by CRITIC in blocks: one pass for sums and ends, one for products."""
    count = len(table)
    low, high = np.full(len(NAMES), np.inf), np.full(len(NAMES), -np.inf)
    sums = np.zeros(len(NAMES))
    for start in range(0, count, BLOCK):
        part = table[start : start + BLOCK]
        low, high = np.minimum(low, part.min(axis=0)), np.maximum(high, part.max(axis=0))
        sums += part.sum(axis=0)
    mean, products = sums / count, np.zeros((len(NAMES), len(NAMES)))
    for start in range(0, count, BLOCK):
        part = table[start : start + BLOCK] - mean
        products += part.T @ part
    lengths = np.sqrt(np.diag(products))
    correlation = products / np.outer(lengths, lengths) * np.outer(SIGNS, SIGNS)
    parts = lengths / (high - low) * (1 - correlation).sum(axis=0)
    return parts / parts.sum()


def figures(weights: Weights) -> Table:
    """Give the shares as floats."""
    return np.array([float(share) for _, share in weights])


METHODS: dict[str, tuple[Callable[..., Weights], dict[str, Callable[[Table], Table]]]] = {
    "entropy": (
        entropy_weights,
        {"numpy, plain": plain_entropy, "numpy, in blocks": blocked_entropy},
    ),
    "CRITIC": (
        critic_weights,
        {"numpy, plain": plain_critic, "numpy, in blocks": blocked_critic},
    ),
}
PLAIN = {"entropy": plain_entropy, "CRITIC": plain_critic}


def contenders(method: str, table: Any, *, frame: str) -> list[Contender]:
    """Give kinerja and bare numpy on one table."""
    ours, peers = METHODS[method]
    found = [Contender(OURS, lambda: ours(table, better=BETTER), None, frame)]
    if isinstance(table, np.ndarray):
        found += [
            Contender(name, lambda run=run: run(table), None, frame) for name, run in peers.items()
        ]
    return found


def wrong_weights(found: dict[str, Found], truth: Table) -> dict[str, Found]:
    """Count the weights that each got wrong."""
    counted = {}
    for name, entry in found.items():
        answer = entry.contender.run()
        values = figures(answer) if isinstance(answer, Weights) else answer
        wrong = int((np.abs(values - truth) > SAME).sum())
        counted[name] = Found(entry.contender, entry.seconds, entry.processor, wrong)
    return counted


def main(arguments: list[str]) -> int:
    """Measure both methods in both orders of memory, and on a frame."""
    import polars as pl

    rows = FEW if "--quick" in arguments else ROWS
    table = draw(rows)
    fortran = np.asfortranarray(table)
    frame = pl.DataFrame({name: fortran[:, place] for place, name in enumerate(NAMES)})
    entries, details, wrong = [], {}, 0
    for method in METHODS:
        truth = PLAIN[method](table.astype(np.longdouble)).astype(np.float64)
        for kind, given in (("C order", table), ("F order", fortran), ("polars frame", frame)):
            # numpy has no frame of its own: on a frame kinerja stands alone.
            found = timed(
                contenders(method, given, frame=kind),
                Truth(np.zeros(0, dtype=np.int64)),
                rounds=11,
                budget=20.0,
            )
            found = wrong_weights(found, truth)
            title = f"{method}, 8 indicators, {kind}"
            report.print_table(title, rows, found, unit="people")
            entries += report.compared(title, rows, found)
            details[title] = report.figures(found)
            wrong += found[OURS].wrong
    report.keep("weights_data", entries, {"figures": details})
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
