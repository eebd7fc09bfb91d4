"""The main job on published data, through the command line only.

Scores two published IKM tables and three 360-degree panels, sets the results beside what was published,
prints one full explanation, and leaves the results and an HTML page in `demo-output/`.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "demo-output"

#: What others published, by id: the IKM on the agency's own page, and the score in the tests of the
#: application that uses the 60/25/15 scheme. `None`: published as having no score.
PUBLISHED = {
    "bantul-2023": ("ikm", "87.28"),
    "tubaba-2023": ("ikm", "100"),
    "lengkap": ("skor", "89"),
    "tanpa-bawahan": ("skor", "95"),
    "satu-draf": ("skor", None),
}


def kinerja(*arguments: str) -> str:
    """Run one command, show it, and give what it printed."""
    print(f"\n$ kinerja {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "kinerja", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own command
    return done.stdout.decode("utf-8")


def show_table(path: Path, columns: list[str]) -> int:
    """Print a results file as a table, beside what was published; give the number of differences."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = [[*columns, "diterbitkan", ""]]
    wrong = 0
    for row in rows:
        column, published = PUBLISHED[row["id"]]
        ours = row[column]
        same = ours == "" if published is None else Decimal(ours) == Decimal(published)
        wrong += not same
        shown = "tidak ada skor" if published is None else published.replace(".", ",")
        table.append([*(row[c] for c in columns), shown, "cocok" if same else "BERBEDA"])
    widths = [max(len(line[place]) for line in table) for place in range(len(table[0]))]
    print()
    for line in table:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    return wrong


def main() -> int:
    """Run the demo."""
    OUT.mkdir(exist_ok=True)
    print("1. Survei Kepuasan Masyarakat: dua tabel IKM yang diterbitkan (PermenPANRB 14/2017)")
    ikm = ["skm-2017", "examples/ikm/ikm.csv", "--list", "responden=examples/ikm/responden.csv"]
    kinerja("score", *ikm, "-o", "demo-output/ikm.csv")
    wrong = show_table(OUT / "ikm.csv", ["id", "status", "ikm", "mutu", "kinerja"])

    print("\n2. Panel 360 derajat dengan bobot 60/25/15; satu panel menunggu satu penilai")
    sikap = ["sikap-360", "examples/sikap/pegawai.csv"]
    sikap += ["--list", "penilaian=examples/sikap/penilaian.csv"]
    kinerja("score", *sikap, "-o", "demo-output/sikap.csv")
    wrong += show_table(
        OUT / "sikap.csv",
        ["id", "status", "skor", "bobot_atasan", "bobot_rekan", "bobot_bawahan", "reasons"],
    )

    print("\n3. Rincian perhitungan satu hasil")
    print(kinerja("explain", *ikm, "--id", "bantul-2023"))
    kinerja(
        "explain", *ikm, "--id", "bantul-2023", "--format", "html", "-o", "demo-output/bantul.html"
    )
    kinerja(
        "explain", *sikap, "--id", "lengkap", "--format", "html", "-o", "demo-output/lengkap.html"
    )

    print("\nBerkas yang dihasilkan:")
    for path in sorted(OUT.iterdir()):
        print(f"  {path.relative_to(ROOT)}")
    print(
        f"\nDibandingkan dengan yang diterbitkan: {len(PUBLISHED) - wrong} cocok, {wrong} berbeda"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
