"""What the measurements leave behind: tables on the terminal, and files in `results/`.

`results/latest.json` is a list with one entry for each comparison with one peer:

    {name, rows, ours_s, peer, peer_s, ratio, wrong_ours, wrong_peer}

Seconds are medians of the rounds; `ratio` is `ours_s / peer_s`, so below 1 kinerja is the faster one; a row
is wrong when its score or its label is. Minima, memory and versions stand in a file of each script.
"""

from __future__ import annotations

import json
import platform
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any

from contender import OURS
from rounds import Found

__all__ = ["RESULTS", "compared", "figures", "keep", "print_table"]

RESULTS = Path(__file__).parent / "results"
PACKAGES = (
    "kinerja",
    "numpy",
    "polars",
    "duckdb",
    "pandas",
    "pyarrow",
    "OpenFisca-Core",
    "zen-engine",
    "scikit-criteria",
)


def compared(name: str, rows: int, found: dict[str, Found]) -> list[dict[str, Any]]:
    """Set kinerja beside each peer, on the frame that the peer reads."""
    ours = {
        entry.contender.frame: entry
        for entry in found.values()
        if entry.contender.name.startswith(OURS)
    }
    entries = []
    for peer, entry in found.items():
        if peer.startswith(OURS):
            continue
        mine = ours.get(entry.contender.frame) or next(iter(ours.values()))
        ours_s, peer_s = median(mine.seconds), median(entry.seconds)
        entries.append(
            {
                "name": name,
                "rows": rows,
                "ours_s": round(ours_s, 6),
                "peer": peer,
                "peer_s": round(peer_s, 6),
                "ratio": round(ours_s / peer_s, 4),
                "wrong_ours": mine.wrong,
                "wrong_peer": entry.wrong,
            }
        )
    return entries


def print_table(title: str, rows: int, found: dict[str, Found], unit: str = "rows") -> None:
    """Print every contender, the fastest first.

    The columns: median and least milliseconds of the rounds, and the median of those of all processors;
    the rate; the time of kinerja on the same frame over that of the contender; wrong rows.
    """
    print(f"\n{title}: {rows:,} {unit}")
    heads = ("median ms", "least ms", "CPU ms", f"million {unit}/s", "kinerja", "wrong")
    print(
        f"  {'':28}{''.join(f'{head:>12}' if len(head) < 12 else f'{head:>20}' for head in heads)}"
    )
    shares = {entry["peer"]: f"{entry['ratio']:.2f} ×" for entry in compared(title, rows, found)}
    for name, entry in sorted(found.items(), key=lambda pair: median(pair[1].seconds)):
        middle, least = median(entry.seconds), min(entry.seconds)
        print(
            f"  {name:28}{middle * 1e3:12.2f}{least * 1e3:12.2f}{median(entry.processor) * 1e3:12.2f}"
            f"{rows / middle / 1e6:20.2f}{shares.get(name, ''):>12}{entry.wrong:12,}",
            flush=True,
        )


def figures(found: dict[str, Found]) -> dict[str, dict[str, float]]:
    """Give what `latest.json` leaves out: least seconds, and the median of those of all processors."""
    return {
        name: {"least_s": min(entry.seconds), "processor_s": median(entry.processor)}
        for name, entry in found.items()
    }


def keep(script: str, entries: list[dict[str, Any]], details: dict[str, Any]) -> None:
    """Write a file of the script, and take its entries into `latest.json` in place of its former ones."""
    RESULTS.mkdir(exist_ok=True)
    report = {"versions": _versions(), "entries": entries, **details}
    (RESULTS / f"{script}.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    latest = RESULTS / "latest.json"
    others = json.loads(latest.read_text(encoding="utf-8")) if latest.exists() else []
    names = {entry["name"] for entry in entries}
    kept = [entry for entry in others if entry["name"] not in names]
    text = ",\n".join(json.dumps(entry) for entry in [*kept, *entries])
    latest.write_text(f"[\n{text}\n]\n", encoding="utf-8")
    print(f"\nwritten: {(RESULTS / f'{script}.json').name}, {latest.name} in {RESULTS.name}/")


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
