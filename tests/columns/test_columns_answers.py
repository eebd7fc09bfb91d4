"""Float64 results turned back into the exact numbers they stand for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.columns.answers import SURE, Fixed, Units, answers, fixed_numbers
from kinerja.columns.parts import Coded, Numbers
from kinerja.exact import Rounding, to_decimal
from kinerja.formula import nodes as n
from kinerja.formula.types import NumberType
from kinerja.scorer.program import Step
from kinerja.words import Text

HEAD = """schema: 1
id: contoh
version: 1.0.0
title: contoh
in_force: {from: 2024-01-01}
bases: {}
"""


def step(digits=None):
    node = n.Ref("a")
    if digits is not None:
        node = n.Round(node, Rounding(digits=digits, mode="half_up"))
    return Step(name="x", title=Text.same("x"), node=node, type=NumberType())


@pytest.fixture
def policy(tmp_path):
    """Load a policy that publishes one formula of the inputs `a`, `b` and the list `d`."""

    def load(formula, a="digits: 0", **more):
        path = tmp_path / "contoh.yaml"
        inputs = (
            f"inputs:\n  a: {{type: number, title: a, {a}}}\n"
            "  b: {type: number, title: b, required: false}\n"
            "  d: {type: list, title: d, required: false, fields: {n: {type: number, title: n}}}\n"
        )
        rest = "".join(f", {key}: {value}" for key, value in more.items())
        steps = f'steps:\n  x: {{rule: formula, title: x, is: "{formula}"{rest}}}\npublish: [x]\n'
        path.write_text(HEAD + inputs + steps, encoding="utf-8")
        return kinerja.load(path)

    return load


class TestRoundedNumbers:
    @given(st.integers(0, 12), st.integers(-(2**51) + 1, 2**51 - 1))
    def test_every_number_comes_back(self, digits, units):
        value = Fraction(units, 10**digits)
        answer, unsure = fixed_numbers(np.array([float(value)]), step(digits), None)
        assert isinstance(answer, Fixed)
        assert unsure is None
        (found,) = answer.coded().values
        expected = to_decimal(value, digits=digits)
        assert (found, str(found)) == (expected, str(expected))

    @given(st.floats(allow_nan=False))
    def test_what_may_not_come_back_is_unsure(self, value):
        answer, unsure = fixed_numbers(np.array([value, np.nan]), step(2), None)
        assert (unsure is not None) == (abs(value) * 100 >= SURE)
        assert answer.missing.tolist() == [False, True]

    @pytest.mark.parametrize(
        ("digits", "value", "text"), [(-2, 1200.0, "1200"), (0, -7.0, "-7"), (2, -0.0, "0.00")]
    )
    def test_they_are_printed_as_the_scorer_prints_them(self, digits, value, text):
        answer, _ = fixed_numbers(np.array([value]), step(digits), None)
        (found,) = answer.coded().values
        assert format(found, "f") == text

    def test_more_digits_than_a_float_has_are_for_the_scorer(self):
        answer, unsure = fixed_numbers(np.array([0.5, np.nan]), step(16), {})
        assert unsure.tolist() == [True, False]
        assert isinstance(answer, Fixed)

    def test_some_rows(self):
        fixed = Fixed(np.array([1, 2, 3]), 4, None, np.array([False, True, False]))
        assert fixed.take(np.array([2, 1])).coded().values == [Decimal("0.75")]
        assert Fixed(np.array([1, 2]), 3, None, None).coded().values == [
            Fraction(1, 3),
            Fraction(2, 3),
        ]


class TestOtherNumbers:
    def test_without_a_unit_they_stay_floats_in_a_file_of_floats(self):
        answer, unsure = fixed_numbers(np.array([0.1]), step(), None)
        assert isinstance(answer, Numbers)
        assert unsure is None

    def test_without_a_unit_they_are_unsure_where_they_are_printed(self):
        _, unsure = fixed_numbers(np.array([0.1, np.nan]), step(), {})
        assert unsure.tolist() == [True, False]

    @pytest.mark.parametrize(
        ("formula", "frame", "unit"),
        [
            ("a * 0.25", {"a": [1.0, 3.0]}, 4),
            ("count(for d)", {"a": [1], "d": [[{"n": 1}]]}, 1),
            ("a + b", {"a": [1], "b": [0.125]}, 1000),
            ("a + b", {"a": [1], "b": [Decimal("0.10")]}, 10),
            ("a + b", {"a": [1], "b": ["1e-2"]}, 100),
            ("a + b", {"a": [1], "b": np.array([3])}, 1),
            ("a + sum(n for d)", {"a": [1], "d": [[{"n": 0.5}, {"n": 2}]]}, 10),
            ("a + b", {"a": [1], "b": [None]}, 1),
            ("a + b", {"a": [1], "b": ["apa"]}, 1),
            ("a + b", {"a": [1], "b": ["2/37"]}, None),
            ("a + b", {"a": [1], "b": [0.12345678]}, None),
            ("a + b", {"a": [1], "b": [1e300]}, None),
            ("a + b", {"a": [1], "b": np.array([0.1], np.float32)}, None),
            ("a", {"a": [1], "lain": ["x"]}, 1),
        ],
    )
    def test_units_are_proved(self, policy, formula, frame, unit):
        units = Units(policy(formula).program)
        assert units.of(frame).get("x") == unit

    def test_many_different_values_are_not_looked_at(self, policy, monkeypatch):
        monkeypatch.setattr("kinerja.columns.answers.MOST_DISTINCT", 2)
        units = Units(policy("a + b").program)
        assert units.of({"a": [1, 1], "b": ["1", "2"]}).get("x") == 1
        assert units.of({"a": [1, 1, 1], "b": ["1", "2", "3"]}).get("x") is None

    def test_a_policy_that_rounds_everything_needs_none(self, policy):
        units = Units(policy("a", round="{digits: 1, mode: half_up}").program)
        assert units.open == ()
        assert units.of({"a": object()}) == {}


class TestAnswers:
    FRAMES = (dict, pa.RecordBatch.from_pydict)

    @pytest.mark.parametrize("frame", FRAMES)
    def test_refused_rows_are_left_out(self, policy, frame):
        scorer = policy("a * 0.5", a="limits: {from: 0}")
        result = scorer.table_result(frame({"a": [1.0, -1.0, None, 2.5, 2.0**53]}))
        made = answers(result, scorer.program, units={"x": 20})
        assert made.refused == [1]
        assert made.rows.tolist() == [0, 2, 3, 4]
        assert made.unsure == [3]
        status = made.columns["status"]
        assert [status.values[code] for code in status.codes] == [
            "complete",
            "incomplete",
            "complete",
            "complete",
        ]
        x = made.columns["x"].coded()
        assert [x.values[code] for code in x.codes[[0, 2]]] == [Decimal("0.5"), Decimal("1.25")]
        assert x.codes[1] == -1

    @pytest.mark.parametrize("frame", FRAMES)
    @pytest.mark.parametrize("values", [[1, 5], [1, None]])
    def test_flags(self, policy, frame, values):
        scorer = policy("a > 3")
        made = answers(scorer.table_result(frame({"a": values})), scorer.program)
        assert isinstance(made.columns["x"], Coded)
        assert made.columns["x"].codes.tolist() == [0, 1 if values[1] else -1]
        assert made.rows is None
