"""The runner of worked cases of weighting, and the cases that it must answer."""

from __future__ import annotations

import copy
import json
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import run_weighting as run  # noqa: E402 - it stands beside this file
import weighting_data  # noqa: E402 - as above
from weighting_compared import compare  # noqa: E402 - as above

FILES = {
    name: run.read_cases(HERE / "weighting" / f"{name}.json")
    for name in (
        "aggregation",
        "normalisation",
        "objective_weights",
        "sensitivity",
        "tai_oecd",
    )
}
#: Cases of these files that `weighting_data` answers.
OWN = [
    (name, place)
    for name, cases in sorted(FILES.items())
    for place, case in enumerate(cases)
    if case["method"] in weighting_data.RUNNERS
]
#: Names that no figure of the library stands beside.
LEFT_OUT = {
    "published_ranks (the case says so)",
    "agrees_with_printed",
    "categorical",
    "weights_ML",
}
#: Where the case itself says that a peer is wrong, or nothing does and an oracle stands beside it.
UNHELD = {
    "pymcdm 1.4.0",
    "pyrepo-mcda 0.1.15",
    "pyDecision 5.1.8",
    "salib_S1",
    "salib_ST",
    "pymcdm_full",
}


@pytest.mark.parametrize(("name", "place"), OWN)
def test_worked_case_is_reproduced(name, place):
    path = HERE / "weighting" / f"{name}.json"
    outcome = run.run_case(FILES[name][place], beside=FILES[name], path=path)
    assert outcome.state == "passed", outcome.detail
    told = outcome.detail.rpartition("not compared: ")
    assert set(told[2].split(", ")) <= LEFT_OUT or not told[1]


def test_as_many_cases_are_answered_as_there_are():
    assert len(OWN) == 19


def _figures(value, path=()):
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _figures(part, (*path, key))
    elif isinstance(value, list):
        for key, part in enumerate(value):
            yield from _figures(part, (*path, key))
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        yield path


def _is_held(path):
    names = {str(part) for part in path}
    plain = {one.partition(" ")[0] for one in LEFT_OUT}
    return not names & plain and not names & UNHELD


@pytest.mark.parametrize(("name", "place"), OWN)
def test_a_wrong_figure_fails_wherever_it_stands(name, place):
    case = FILES[name][place]
    path = HERE / "weighting" / f"{name}.json"
    inputs = run._with_referred(case["inputs"], FILES[name], path)
    found = weighting_data.RUNNERS[case["method"]](inputs)
    held = [one for one in _figures(case["expected"]) if _is_held(one)]
    assert held
    for one in held[:: max(1, len(held) // 40)]:
        wrong = copy.deepcopy(case)
        part = wrong["expected"]
        for key in one[:-1]:
            part = part[key]
        part[one[-1]] += Decimal("1.5")
        assert compare(wrong, found).differences, one


def _case(expected, tolerance=None, notes=""):
    return {"expected": expected, "tolerance": tolerance, "notes": notes}


def _state(expected, found, tolerance=None, notes=""):
    made = compare(_case(expected, tolerance, notes), found)
    return run._outcome("case", made).state


def test_list_stands_for_the_main_value():
    assert _state({"published": [Decimal("0.75"), Decimal("0.25")]}, {"weights": [0.75, 0.25]}) == (
        "passed"
    )
    assert _state({"published": [Decimal("0.75")]}, {"weights": [0.5]}) == "failed"
    assert _state([Decimal("0.75")], {"weights": [0.75]}) == "passed"


def test_tolerance_is_inclusive():
    assert _state({"x": Decimal("0.5")}, {"x": 0.6}, Decimal("0.1")) == "passed"
    assert _state({"x": Decimal("0.5")}, {"x": 0.601}, Decimal("0.1")) == "failed"


def test_no_tolerance_means_equal_but_for_noise():
    assert _state({"x": Decimal("0.5")}, {"x": 0.5 + 1e-12}) == "passed"
    assert _state({"x": Decimal("0.5")}, {"x": 0.5 + 1e-8}) == "failed"


def test_tolerance_by_name_holds_for_that_name_only():
    expected = {"published": {"w": Decimal("0.50")}, "computed": {"w": Decimal("0.512345678901")}}
    allowed = {"published": Decimal("0.02"), "computed": Decimal("1e-9")}
    assert _state(expected, {"w": 0.512345678901}, allowed) == "passed"
    assert _state(expected, {"w": 0.51234}, allowed) == "failed"


def test_null_for_a_name_is_not_compared_and_alone_never_passes():
    allowed = {"published": None}
    assert _state({"published": [1, 2]}, {"weights": [3, 4]}, allowed) == "not run"


def test_printed_decimals_allow_half_a_unit():
    text = "to the printed decimals"
    assert _state({"x": [Decimal("0.065"), Decimal("0.02")]}, {"x": [0.0654, 0.0203]}, text) == (
        "passed"
    )
    assert _state({"x": [Decimal("0.065"), Decimal("0.02")]}, {"x": [0.0656, 0.02]}, text) == (
        "failed"
    )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("1e-3 absolute", "passed"),
        ("1e-5", "failed"),
        ("relative 0.01", "passed"),
        ("exact", "failed"),
    ],
)
def test_figure_in_a_text_is_the_tolerance(text, state):
    assert _state({"x": Decimal("0.5")}, {"x": 0.5005}, text) == state


def test_fraction_as_text_is_exact():
    assert _state({"fractions": ["3/4", "1/4"]}, {"weights": [Fraction(3, 4), Fraction(1, 4)]}) == (
        "passed"
    )
    near = Fraction(3, 4) + Fraction(1, 10**12)
    assert _state({"fractions": ["3/4"]}, {"weights": [near]}, Decimal("0.1")) == "failed"


def test_nested_names_are_compared_one_by_one():
    expected = {"by_table": {"a": {"3": Decimal("0.58")}, "b": {"3": Decimal("0.52")}}}
    assert _state(expected, {"by_table": {"a": {"3": 0.58}, "b": {"3": 0.52}}}, 0) == "passed"
    assert _state(expected, {"by_table": {"a": {"3": 0.58}, "b": {"3": 0.58}}}, 0) == "failed"


def test_missing_result_is_expected_as_null():
    assert _state({"mean": None, "sum": 1}, {"mean": None, "sum": 1}) == "passed"
    assert _state({"mean": None, "sum": 1}, {"mean": 2.0, "sum": 1}) == "failed"


def test_set_holds_what_would_be_right_as_well():
    ratios = {"cr": {0.0214, 0.0223}}
    assert _state({"published": {"cr": Decimal("0.022")}}, ratios, Decimal("0.0005")) == "passed"
    assert _state({"published": {"cr": Decimal("0.025")}}, ratios, Decimal("0.0005")) == "failed"


def test_columns_without_names_take_those_of_the_case():
    expected = {"published": {"quality": 3, "price": 1}}
    for found in ({"1": 3, "2": 1}, [3, 1]):
        assert _state(expected, {"weights": found}) == "passed"
        assert _state(expected, {"weights": dict.fromkeys("12", 1)}) == "failed"


def test_shorter_list_fails():
    assert _state({"x": [1, 2, 3]}, {"x": [1, 2]}) == "failed"


def test_peer_that_is_said_to_agree_is_held_to():
    notes = 'Agreement with the published value: {"pymcdm 1.4.0": true}'
    expected = {"published": [1], "peers": {"pymcdm 1.4.0": [2]}}
    assert _state(expected, {"weights": [1]}, notes=notes) == "failed"


def test_peer_that_is_said_to_differ_is_told_and_not_compared():
    notes = 'Agreement with the published value: {"pyDecision 5.1.8": false}'
    expected = {"published": [1], "peers": {"pyDecision 5.1.8": [2]}}
    made = compare(_case(expected, notes=notes), {"weights": [1]})
    assert (made.known, made.differences) == (["known error: pyDecision 5.1.8"], [])


def test_peer_of_whom_nothing_is_said_is_told_beside_an_oracle():
    expected = {"published": [1], "peers": {"pymcdm 1.4.0": [2]}}
    made = compare(_case(expected), {"weights": [1]})
    assert (made.known, made.differences) == (["differs: pymcdm 1.4.0"], [])


def test_peers_alone_are_held_to_unless_known_to_be_wrong():
    expected = {"peers": {"pymcdm 1.4.0": [2], "scikit-criteria 0.10": [1]}}
    assert _state(expected, {"weights": [1]}) == "failed"
    known = {"weights": [1], "known_errors": {"pymcdm": "ignores the direction"}}
    assert _state(expected, known) == "passed"
    wrong = {"peers": {"pymcdm 1.4.0": [2], "scikit-criteria 0.10": [3]}}
    assert _state(wrong, known) == "failed"


def test_only_known_errors_is_not_run():
    known = {"weights": [1], "known_errors": {"pymcdm": "ignores the direction"}}
    assert _state({"peers": {"pymcdm 1.4.0": [2]}}, known) == "not run"


def test_names_that_no_runner_gives_are_not_run():
    assert _state({"lambda": 3}, {"weights": [1], "cr": 2}) == "not run"


def test_unknown_method_is_not_run_with_its_reason():
    outcome = run.run_case({"method": "topsis", "inputs": {}, "expected": {}})
    assert (outcome.state, outcome.detail) == ("not run", "no runner for the method 'topsis'")


def test_inputs_that_are_not_understood_are_not_run():
    case = {"method": "critic_weights", "inputs": {"n": 3}, "expected": {"published": [1]}}
    assert run.run_case(case).state == "not run"


def test_method_is_found_however_it_is_spelt():
    case = {
        "method": "Entropy-Weights",
        "inputs": {"matrix": [[1, 1], [2, 2]]},
        "expected": {"weights": [Decimal("0.5"), Decimal("0.5")]},
    }
    assert run.run_case(case).state == "passed"


@pytest.mark.parametrize(
    ("method", "inputs", "expected"),
    [
        (
            "merec_weights",
            {
                "matrix": [
                    [450, 8000, 54, 145],
                    [10, 9100, 2, 160],
                    [100, 8200, 31, 153],
                    [220, 9300, 1, 162],
                    [5, 8400, 23, 158],
                ],
                "types": [1, 1, -1, -1],
            },
            {"published": ["0.5752", "0.0141", "0.4016", "0.0091"]},
        ),
        ("equal_weights", {"n": 4}, {"fractions": ["1/4", "1/4", "1/4", "1/4"]}),
        ("geometric_mean", {"values": [60, 100], "weights": [1, 1]}, {"value": "77.4597"}),
        ("harmonic_mean", {"values": [60, 100]}, {"score": 75}),
        ("minimum", {"values": [60, 100]}, {"score": 60}),
        ("kendall", {"x": [1, 2, 3, 4], "y": [1, 3, 2, 4]}, {"tau": "0.6667"}),
        ("spearman", {"x": [1, 2, 3, 4], "y": [1, 3, 2, 4]}, {"published": "0.8"}),
        ("sobol_g_function", {"a": [0, 1]}, {"S1": ["0.75", "0.19"], "ST": ["0.81", "0.25"]}),
        ("pca_weights", {"matrix": [[1, 2], [2, 4], [3, 7]], "k": 1}, {"weights": ["0.5", "0.5"]}),
    ],
)
def test_further_methods_have_a_runner(method, inputs, expected):
    text = json.dumps({"method": method, "inputs": inputs, "tolerance": "to the printed decimals"})
    case = json.loads(text) | {"expected": _printed(expected)}
    outcome = run.run_case(case)
    assert outcome.state == "passed", outcome.detail


def _printed(value):
    if isinstance(value, dict):
        return {key: _printed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_printed(part) for part in value]
    return Decimal(value) if isinstance(value, str) and "/" not in value else value


def test_files_run_from_the_command_line(capsys, tmp_path):
    path = tmp_path / "cases.json"
    cases = [
        {"method": "minimum", "inputs": {"values": [1, 2]}, "expected": {"score": score}}
        for score in (1, 2)
    ] + [{"method": "topsis", "inputs": {}, "expected": {}}]
    path.write_text(json.dumps(cases), encoding="utf-8")
    assert run.main([str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[:-1]] == [
        "passed",
        "failed",
        "not run cases[2] topsis: no runner for the method 'topsis'",
    ]
    assert lines[-1] == "1 passed, 1 failed, 1 not run"


def test_reference_that_leads_nowhere_is_not_run():
    case = {
        "method": "pca_eigenvalues",
        "inputs": {"reference": "a.json[0].inputs.data"},
        "expected": {},
    }
    assert "not there" in run.run_case(case).detail
