"""Worked cases against the shipped policies: those of others in `data/`, computed ones in `computed/`.

The values in `computed/` come from programs written from the rules that knew nothing of the policies.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted((HERE / "data").glob("*.json"))


def _cases(paths):
    for path in paths:
        yield from json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


CASES = list(_cases(FILES))
COMPUTED = list(_cases(sorted((HERE / "computed").glob("*.json"))))
#: Cases that the shipped policies must answer; every other one says why it is not run.
ANSWERED = 514


def _runner():
    spec = importlib.util.spec_from_file_location("kinerja_case_runner", HERE / "run.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


RUN = _runner()


@pytest.mark.parametrize("case", [c for c in CASES if c["assert"]], ids=lambda case: case["id"])
def test_published_value_is_reproduced(case):
    outcome = RUN.run_case(case)
    assert outcome.state != "failed", outcome.detail


@pytest.mark.parametrize("case", COMPUTED, ids=lambda case: case["id"])
def test_computed_value_is_reproduced(case):
    outcome = RUN.run_case(case)
    assert outcome.state == "passed", outcome.detail


def test_no_case_falls_silently_out():
    outcomes = [RUN.run_case(case) for case in CASES]
    assert sum(outcome.state == "passed" for outcome in outcomes) == ANSWERED
    assert all(outcome.detail for outcome in outcomes if outcome.state == "not run")


@pytest.mark.parametrize(
    "name",
    [
        "ikm-bogor-2015-tidak-konsisten",
        "ikm-bogor-2016-tidak-konsisten",
        "skm-sumbar-total-tidak-konsisten",
    ],
)
def test_inconsistent_published_total_is_not_reproduced(name):
    case = next(case for case in CASES if case["id"] == name)
    got = RUN.runners_of(case["family"])["ikm-nrr"](case["inputs"])
    assert got["ikm"] != case["expected"]["ikm"]


def test_a_wrong_expected_value_fails():
    case = next(case for case in CASES if case["id"] == "skm-bantul-2023")
    wrong = {**case, "expected": {"ikm": Decimal("87.29")}}
    assert RUN.run_case(wrong).state == "failed"


def test_files_run_from_the_command_line(capsys):
    assert RUN.main([str(path) for path in FILES]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{ANSWERED} passed, 0 failed, ")
