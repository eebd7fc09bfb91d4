"""Columns of results leave in the form that frames are built from."""
# ruff: noqa: PLR0124 - NaN is not itself

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from column_samples import (
    DAY,
    FLAG,
    GROUPS,
    LABEL,
    NUMBER,
    RATINGS,
    SCALE,
    figure,
    held,
    optional,
    program,
)
from exact_columns import told

from kinerja.columns.decide import EPOCH, decide, empty_column
from kinerja.columns.outline import Outline
from kinerja.formula import nodes as n
from kinerja.formula.types import TextType
from kinerja.values import Band, Bands, Interval

X, MAYBE = n.Ref("x"), n.Ref("o")


def decided(node, records, kind=NUMBER, **inputs):
    made = program(node, kind=kind, inputs={"x": NUMBER, "o": optional("o", NUMBER), **inputs})
    kept, batch, _ = held(made, records)
    assert kept == list(range(len(records)))
    with np.errstate(all="ignore"):
        return decide(Outline(made), batch)


class TestForms:
    def test_numbers(self):
        found = decided(
            X / MAYBE,
            [
                {"x": 1.0, "o": 3.0},
                {"x": 1.0, "o": None},
                {"x": -0.0, "o": 1.0},
                {"x": 1.0, "o": 0.0},
            ],
        )
        values = found.columns[0]
        assert values.dtype == np.float64
        assert values[0] == 1 / 3
        assert np.isnan(values[[1, 3]]).all()
        assert not np.signbit(values[2])
        assert told(found.missing[0], 4) == [False, True, False, True]
        assert found.incomplete.tolist() == [False, True, False, True]
        assert not found.undecided.any()

    def test_labels(self):
        node = n.Where(
            (
                (n.IsMissing(MAYBE), n.Absent("x")),
                (n.Compare(">", X, figure(0)), n.Label("sangat_baik")),
            ),
            n.Label("cukup"),
        )
        found = decided(node, [{"x": 1.0, "o": 1.0}, {"x": 0.0, "o": 1.0}, {"x": 0.0}], LABEL)
        assert found.columns[0].tolist() == [
            SCALE.ids.index("sangat_baik"),
            SCALE.ids.index("cukup"),
            -1,
        ]

    def test_flags(self):
        found = decided(
            n.Compare(">", MAYBE, X), [{"x": 1.0, "o": 2.0}, {"x": 1.0, "o": 1.0}, {"x": 1.0}], FLAG
        )
        assert found.columns[0].tolist() == [1, 0, -1]

    def test_days(self):
        day = n.Ref("d")
        records = [{"x": x, "d": date(2024, 2, 28)} for x in (0.0, 1.0, 2.5, 1e9)] + [
            {"x": 0.0, "d": None}
        ]
        found = decided(day + X, records, DAY, d=optional("d", DAY))
        days = found.columns[0]
        assert days.dtype == np.int32
        assert [date.fromordinal(int(v) + EPOCH).isoformat() for v in days[:3]] == [
            "2024-02-28",
            "2024-02-29",
            "2024-03-01",
        ]
        assert found.undecided.tolist() == [False, False, False, True, False]
        assert told(found.missing[0], 5) == [False] * 4 + [True]

    def test_nothing_at_all(self):
        for kind, empty in ((NUMBER, None), (LABEL, -1), (FLAG, -1), (DAY, 0), (TextType(), None)):
            found = decided(n.Absent("x"), [{"x": 1.0}, {"x": 2.0}], kind)
            assert found.incomplete.all()
            assert told(found.missing[0], 2) == [True, True]
            column = found.columns[0].tolist()
            assert all(v != v for v in column) if empty is None else column == [empty] * 2
            assert len(set(found.alike.tolist())) == 1

    def test_texts_are_left_to_the_scorer(self):
        found = decided(n.Ref("note"), [{"x": 1.0, "note": "budi"}], TextType(), note=TextType())
        assert found.undecided.all()

    def test_no_rows(self):
        found = decided(X + 1, [])
        assert len(found.columns[0]) == len(found.alike) == 0

    @pytest.mark.parametrize("kind", [NUMBER, LABEL, FLAG, DAY])
    def test_a_column_of_which_nothing_is_known(self, kind):
        column = empty_column(kind, 3)
        assert len(column) == 3
        assert column.dtype in (np.float64, np.int16, np.int8, np.int32)


class TestMarks:
    def test_a_number_that_is_no_quotient_of_floats_is_left(self):
        found = decided(X * X * X * X, [{"x": 9_999.99}, {"x": 3.0}])
        assert found.undecided.tolist() == [True, False]
        assert found.columns[0][1] == 81

    def test_a_missing_number_is_not_left_whatever_stands_there(self):
        third = n.Number(Fraction(1, 3))
        found = decided(
            n.Where(((n.IsMissing(MAYBE), n.Absent("x")),), MAYBE * third),
            [{"x": 1.0}, {"x": 1.0, "o": 0.25}],
        )
        assert found.undecided.tolist() == [False, False]
        assert found.incomplete.tolist() == [True, False]


class TestAlike:
    def test_a_key_without_any_value_does_not_hide_what_the_next_one_misses(self):
        """All lists are empty, so that the first key is nothing; the second is missing in one row."""
        last = n.Reduce("last", "r", n.Field("group"), by=n.Field("score"))
        band = n.Band(
            X / MAYBE,
            Bands(
                bands=(
                    Band(label="cukup", interval=Interval(high=Fraction(1), high_open=True)),
                    Band(label="baik", interval=Interval(low=Fraction(1))),
                ),
                between="missing",
            ),
        )
        rows = tuple(
            ((group, label), n.Label(label)) for group in GROUPS.ids for label in ("cukup", "baik")
        )
        records = [{"x": 1.0, "o": divisor, "r": []} for divisor in (1.0, 0.0, 2.0, 0.0)]
        found = decided(n.Lookup((last, band), rows), records, LABEL, r=optional("r", RATINGS))
        assert found.incomplete.all()
        assert found.alike[0] == found.alike[2] != found.alike[1] == found.alike[3]
