"""Run worked cases through the shipped policies: `python tests/cases/run.py FILE…`.

Each file is a list of cases: `id`, `family`, `rule`, `inputs`, `expected`, `tolerance`, `status`, `assert`.
Dispatch is on the slug of `rule`, never on an id. One line a case, last `N passed, M failed, K not run`.
A case with `"assert": false` is never asserted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from running import NotRunError, Runners

#: Below this a difference from an exactly expected value is noise of the division that printed it.
NOISE = Fraction(1, 10**9)


@cache
def runners_of(family: str) -> Runners:
    """Give the runners of a family: `family_07.py` for `07-skm-ikm-permenpanrb-14-2017`."""
    name = f"family_{family.partition('-')[0]}"
    if not (Path(__file__).parent / f"{name}.py").is_file():
        return {}
    return import_module(name).RUNNERS


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    id: str
    state: str
    detail: str = ""


def run_file(path: Path) -> Iterator[Outcome]:
    """Run every case of a file."""
    cases = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for case in cases:
        yield run_case(case)


def run_case(case: Mapping[str, Any]) -> Outcome:
    """Run one case."""
    slug = case["rule"].split(":")[0].strip()
    if not case["assert"]:
        return Outcome(case["id"], "not run", "flagged: never asserted")
    runner = runners_of(case["family"]).get(slug)
    if runner is None:
        return Outcome(case["id"], "not run", f"no shipped policy for the rule {slug!r}")
    try:
        got = runner(case["inputs"])
    except NotRunError as reason:
        return Outcome(case["id"], "not run", str(reason))
    except Exception as error:  # noqa: BLE001 - one odd case must not hide the others of its file
        return Outcome(case["id"], "failed", f"{type(error).__name__}: {error}")
    differences = list(_differences(case["expected"], got, case["tolerance"]))
    if differences:
        return Outcome(case["id"], "failed", "; ".join(differences))
    return Outcome(case["id"], "passed")


def _differences(
    expected: Any, got: Any, tolerance: Decimal | None, path: str = ""
) -> Iterator[str]:
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            below = got.get(key, "absent") if isinstance(got, Mapping) else "absent"
            yield from _differences(value, below, tolerance, f"{path}.{key}".lstrip("."))
    elif isinstance(expected, list):
        if not isinstance(got, list) or len(got) != len(expected):
            yield f"{path}: expected {expected}, got {got}"
            return
        for place, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from _differences(one, other, tolerance, f"{path}[{place}]")
    elif isinstance(expected, bool) or not isinstance(expected, (int, Decimal)):
        if expected != got:
            yield f"{path}: expected {expected!r}, got {got!r}"
    elif not isinstance(got, (int, Decimal, Fraction)) or isinstance(got, bool):
        yield f"{path}: expected {expected}, got {got!r}"
    else:
        allowed = NOISE if tolerance is None else Fraction(tolerance)
        if abs(Fraction(expected) - Fraction(got)) > allowed:
            yield f"{path}: expected {expected}, got {got}"


def main(paths: list[str]) -> int:
    """Run the files and print what became of each case."""
    counts = {"passed": 0, "failed": 0, "not run": 0}
    for path in paths:
        for outcome in run_file(Path(path)):
            counts[outcome.state] += 1
            print(f"{outcome.state:8}{outcome.id}{': ' if outcome.detail else ''}{outcome.detail}")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['not run']} not run")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
