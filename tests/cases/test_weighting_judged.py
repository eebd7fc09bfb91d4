"""Published and computed weights from judgement, in `weighting/`, against what the library says."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from weighting_judged import RUNNERS  # noqa: E402 - stands beside this module

FILES = ("ahp.json", "bwm.json", "rank_weights.json")
CASES = [
    (f"{name}[{place}]", case)
    for name in FILES
    for place, case in enumerate(
        json.loads((HERE / "weighting" / name).read_text(encoding="utf-8"), parse_float=Decimal)
    )
]
#: Blocks of figures that are not what the library says: other programs, which round at every level.
PEERS = ("peers", "ahpy_precision3", "ahpy_precision12")
BLOCKS = ("published", "computed", "computed_exact")
#: What the printing of a computed figure may be off by.
NOISE = Fraction(1, 10**9)


def run(case):
    return RUNNERS[case["method"]]({"source": case["source"], **case["inputs"]})


def differences(expected, found, tolerance, path=""):
    """Give what differs; a block such as `published` holds the names of what was found."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            below = found.get(name, found if name in BLOCKS else None)
            if name not in PEERS and value is not None:
                yield from differences(value, below, tolerance, f"{path}.{name}")
    elif isinstance(expected, list):
        values = list(found.values()) if isinstance(found, dict) else found
        for place, (one, other) in enumerate(zip(expected, values, strict=True)):
            yield from differences(one, other, tolerance, f"{path}[{place}]")
    elif isinstance(expected, str):
        if Fraction(expected) != found:
            yield f"{path}: {expected} is {found}"
    else:
        allowed = tolerance
        if isinstance(tolerance, dict):
            allowed = next((tolerance[name] for name in tolerance if f".{name}" in path), NOISE)
        if found is None or abs(Fraction(expected) - Fraction(found)) > Fraction(allowed):
            yield f"{path}: {expected} is {found}"


def compared(case):
    found = run(case)
    if "target" in found:
        found = {**found["target"], **found}
        if isinstance(case["expected"]["published"], list):
            found = {"published": list(found["target"].values())}
    return list(differences(case["expected"], found, case["tolerance"]))


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_printed_figures_are_reproduced(case):
    assert compared(case) == []


@pytest.mark.parametrize("place", [0, 8, 12, 14])
def test_a_wrong_figure_fails(place):
    _, case = CASES[place]
    text = json.dumps(case["expected"], default=float)
    first = next(
        part for part in text.replace("[", " ").replace(",", " ").split() if part.startswith("0.")
    )
    wrong = json.loads(text.replace(first.rstrip("}]"), "0.0123", 1), parse_float=Decimal)
    assert compared({**case, "expected": wrong})


def test_the_table_of_the_non_linear_model_follows_from_its_formula():
    assert RUNNERS["bwm_consistency_index"]({})["9"] == Decimal("5.23")


@pytest.mark.parametrize(
    ("method", "inputs", "weights"),
    [
        ("smart_weights", {"ratings": {"a": 30, "b": 10}}, ["3/4", "1/4"]),
        ("swing_weights", {"ratings": [100, 25]}, ["4/5", "1/5"]),
        ("direct_weights", {"points": [1, 4]}, ["1/5", "4/5"]),
        ("roc_weights", {"ranks": {"a": 2, "b": 1}}, ["1/4", "3/4"]),
        (
            "ahp_incomplete",
            {"matrix": [[1, 2, None], [Decimal("0.5"), 1, 2], [0, 0, 1]]},
            ["4/7", "2/7", "1/7"],
        ),
        ("ahp_group", {"matrices": [[[1, 3], [Decimal("0.333"), 1]]] * 2}, ["3/4", "1/4"]),
    ],
)
def test_other_methods_have_runners_too(method, inputs, weights):
    found = RUNNERS[method](inputs)["weights"]
    assert list(found.values()) == [Fraction(weight) for weight in weights]


def test_kendalls_w_has_a_runner():
    assert RUNNERS["kendall_w"]({"ranks": [[1, 2, 3], [1, 2, 3]]})["w"] == 1
