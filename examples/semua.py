"""Run every agency's example: `python examples/semua.py [AGENCY…]`.

Each is run as its README says, in a folder of its own that is thrown away, and must end well and leave what
it promises. The last line counts those that did.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """How an agency is run.

    Attributes:
        command: What is typed; `{out}` stands for the folder of results.
        leaves: Files that must be there afterwards, below that folder.
        given: Environment variables; `{out}` likewise.
        codes: Exit codes that are as they should be: 1 says that there is something to look at.
    """

    command: Sequence[str]
    leaves: Sequence[str]
    given: Mapping[str, str] = field(default_factory=dict)
    codes: Sequence[int] = (0,)


EXAMPLES: dict[str, Example] = {
    "kertapati": Example(
        command=("sh", "kertapati/malam.sh"),
        given={"KELUARAN": "{out}"},
        leaves=("hasil/hasil-2025-Q4.csv", "hasil/dinas-2025-Q4.html"),
        codes=(0, 1),
    ),
    "cakranegara": Example(
        command=(sys.executable, "cakranegara/jalankan.py", "{out}/hasil"),
        leaves=("hasil/tindak-lanjut.csv", "hasil/CK-0047.html", "hasil/CK-0047-panel.html"),
    ),
    "bangko": Example(
        command=(sys.executable, "bangko/jalankan.py", "{out}/hasil"),
        leaves=("hasil/bangko.html",),
    ),
    "rakumpit": Example(
        command=(sys.executable, "rakumpit/laporan.py", "{out}/hasil"),
        leaves=("hasil/2025-Q4/publik/index.html", "hasil/terbitan/2025-Q4.json"),
        codes=(0, 1),
    ),
    "bukittinggi": Example(
        command=("sh", "bukittinggi/jalankan.sh", "{out}"),
        leaves=("P0154.html", "usulan.html", "kota.html", "nilai-triwulan-3.xlsx"),
    ),
}


def main(names: Sequence[str]) -> int:
    """Run the examples that were named, or all."""
    unknown = [name for name in names if name not in EXAMPLES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(EXAMPLES)}")
        return 2
    chosen = names or list(EXAMPLES)
    good = sum([run(name, EXAMPLES[name]) for name in chosen])
    print(f"{good} agencies ok" if good == len(chosen) else f"{good} of {len(chosen)} agencies ok")
    return 0 if good == len(chosen) else 1


def run(name: str, example: Example) -> bool:
    """Run one example; tell whether it did what it promises."""
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        out = Path(folder)
        start = perf_counter()
        done = subprocess.run(  # noqa: S603 - our own commands
            [part.format(out=out) for part in example.command],
            cwd=HERE,
            env={**os.environ, **environment(out, example.given)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        lacking = [path for path in example.leaves if not (out / path).is_file()]
        is_good = done.returncode in example.codes and not lacking
        print(
            f"{name}: {'ok' if is_good else 'FAILED'}, {perf_counter() - start:.0f} s", flush=True
        )
        if not is_good:
            print(f"  exit code {done.returncode}; lacking: {', '.join(lacking) or '–'}")
            print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")
        return is_good


def environment(out: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Give the variables of an example; commands are found beside the interpreter that runs this."""
    found = {key: text.format(out=out) for key, text in given.items()}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {"KINERJA": str(Path(sys.executable).with_name("kinerja")), "PATH": path, **found}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
