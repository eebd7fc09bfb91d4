"""What `import kinerja` costs beside `import fractions`, in fresh interpreters.

Prints the median milliseconds of each above an empty interpreter, and their ratio; the goal is below 3.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 31
LOADED = "import sys; print(*[m for m in ('numpy', 'pydantic', 'ruamel') if m in sys.modules])"


def seconds(statement: str) -> float:
    """Give the time of one fresh interpreter that runs a statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", statement], check=True)  # noqa: S603 - this interpreter
    return time.perf_counter() - start


def main() -> None:
    """Measure all three in turn, so that a busy machine is busy for each."""
    statements = {"nothing": "pass", "fractions": "import fractions", "kinerja": "import kinerja"}
    times: dict[str, list[float]] = {name: [] for name in statements}
    for _ in range(ROUNDS):
        for name, statement in statements.items():
            times[name].append(seconds(statement))
    bare = statistics.median(times["nothing"])
    cost = {name: statistics.median(found) - bare for name, found in times.items()}
    print(f"import fractions: {cost['fractions'] * 1000:.1f} ms")
    print(f"import kinerja:   {cost['kinerja'] * 1000:.1f} ms")
    print(f"ratio:            {cost['kinerja'] / cost['fractions']:.2f} (goal: below 3)")
    extra = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-I", "-c", f"import kinerja; {LOADED}"],
        check=True,
        capture_output=True,
        text=True,
    )
    print(
        f"loaded with it:   {extra.stdout.strip() or 'neither numpy nor pydantic nor ruamel.yaml'}"
    )


if __name__ == "__main__":
    main()
