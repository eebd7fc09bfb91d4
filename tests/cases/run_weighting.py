"""Run worked cases of weighting: `python tests/cases/run_weighting.py FILE…`.

Each file is a list of cases: `source`, `method`, `inputs`, `expected`, `tolerance`, `notes`. Dispatch is on
`method`. One line a case, last `N passed, M failed, K not run`; the exit code is 1 if a case failed.

The runners stand in modules beside this one, each with `RUNNERS`, a dict from a method to a function of the
inputs that gives a mapping from names to what was found; a module that is not there is skipped. How it is
compared with what a case expects stands in `weighting_compared.py`. Where `inputs` names a part of
another case (`"reference": "tai.json[0].inputs.data"`), that part is given as `referred`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from running import NotRunError  # noqa: E402 - it stands beside this file
from weighting_compared import Comparison, compare  # noqa: E402 - as above

MODULES = ("weighting_judged", "weighting_data", "weighting_smaa")
NEEDED = ("method", "inputs", "expected")

_REFERENCE = re.compile(r"(?P<file>[\w.-]+\.json)\[(?P<place>\d+)\]\.(?P<path>\w+(\.\w+)*)")


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    id: str
    state: str
    detail: str = ""


@cache
def runners() -> dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]]:
    """Give the runners of all modules that are there."""
    found: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {}
    for name in MODULES:
        if not (HERE / f"{name}.py").is_file():
            continue
        # The first module that knows a method answers it.
        found = import_module(name).RUNNERS | found
    return found


def run_file(path: Path) -> Iterator[Outcome]:
    """Run every case of a file."""
    cases = read_cases(path)
    for place, case in enumerate(cases):
        name = case.get("id") if isinstance(case, Mapping) else None
        method = case.get("method", "?") if isinstance(case, Mapping) else "?"
        yield run_case(case, name=name or f"{path.stem}[{place}] {method}", beside=cases, path=path)


def read_cases(path: Path) -> Sequence[Any]:
    """Read the cases of a file; numbers with a point stay as printed."""
    cases = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return [cases] if isinstance(cases, Mapping) else cases


def run_case(
    case: Any, *, name: str = "", beside: Sequence[Any] = (), path: Path | None = None
) -> Outcome:
    """Run one case.

    Args:
        case: The case.
        name: What the line calls it.
        beside: The cases of the same file, to which it may refer.
        path: The file.
    """
    if not isinstance(case, Mapping) or not all(key in case for key in NEEDED):
        return Outcome(name, "not run", f"no case: it needs {', '.join(NEEDED)}")
    if case.get("assert") is False:
        return Outcome(name, "not run", "flagged: never asserted")
    method = str(case["method"]).strip().lower().replace("-", "_").replace(" ", "_")
    runner = runners().get(method)
    if runner is None:
        return Outcome(name, "not run", f"no runner for the method {case['method']!r}")
    try:
        given = _with_referred(case["inputs"], beside, path)
        # Published figures may rest on tables that only the source names.
        found = runner({"source": case.get("source"), **given})
    except NotRunError as reason:
        return Outcome(name, "not run", str(reason))
    except Exception as error:  # noqa: BLE001 - one odd case must not hide the others of its file
        return Outcome(name, "failed", f"{type(error).__name__}: {error}".replace("\n", " "))
    return _outcome(name, compare(case, found))


def _outcome(name: str, made: Comparison) -> Outcome:
    told = "; ".join(dict.fromkeys(made.known))
    if made.left_out:
        # By the innermost name: what is left out of one block is left out of all of its kind.
        names = dict.fromkeys(re.split(r"\.(?=[^.\d])", what)[-1] for what in made.left_out)
        told += f"{'; ' if told else ''}not compared: {', '.join(names)}"
    if made.differences:
        return Outcome(name, "failed", "; ".join(made.differences))
    if not made.compared:
        return Outcome(name, "not run", told or "nothing is expected")
    return Outcome(name, "passed", told)


def _with_referred(
    inputs: Mapping[str, Any], beside: Sequence[Any], path: Path | None
) -> Mapping[str, Any]:
    text = inputs.get("reference") if isinstance(inputs, Mapping) else None
    named = _REFERENCE.match(text) if isinstance(text, str) else None
    if named is None:
        return inputs
    other = None if path is None else path.with_name(named["file"])
    cases = read_cases(other) if other is not None and other.is_file() else beside
    # Files are joined and cut after a reference was written: the place alone may name another case.
    place = int(named["place"])
    for case in [*cases[place : place + 1], *cases]:
        part: Any = case
        for key in named["path"].split("."):
            part = part.get(key) if isinstance(part, Mapping) else None
        is_itself = isinstance(part, Mapping) and "reference" in part
        if part is not None and not is_itself:
            return {**inputs, "referred": part}
    raise NotRunError(f"refers to {named[0]}, which is not there")


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
    if len(sys.argv) == 1:
        sys.exit("usage: python tests/cases/run_weighting.py FILE…")
    sys.exit(main(sys.argv[1:]))
