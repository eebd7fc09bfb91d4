"""Results fill their columns in any order, from several sides."""
# ruff: noqa: PLR0124 - NaN is not itself

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from column_samples import GROUPS, T
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns.decide import EPOCH, Decided
from kinerja.columns.outputs import Outputs
from kinerja.columns.parts import Days, Figures, Flags, Labels, Texts
from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, FlagType, LabelType, NumberType, TextType
from kinerja.result import Result
from kinerja.scorer.program import Step
from kinerja.values import LabelDef, Reason, Scale

KINDS = {
    "n": NumberType(),
    "l": LabelType(scale=GROUPS),
    "f": FlagType(),
    "d": DateType(),
    "t": TextType(),
}
STEPS = tuple(
    Step(name=name, title=T(name), node=n.Number(Fraction(0)), type=kind)
    for name, kind in KINDS.items()
)
FULL = {"n": Decimal("1.5"), "l": "b", "f": True, "d": "2024-02-29", "t": "budi"}


def result(reasons=(), **values):
    return Result(
        policy_id="p",
        policy_version="1",
        fingerprint="sha256:0",
        library_version="0",
        id=None,
        values={**FULL, **values},
        source=None,
        reasons=reasons,
        follow_ups=(),
        warnings=(),
        plugins=(),
    )


def said(outputs, row):
    """The values of a row as the columns have them."""
    columns = outputs.columns()
    found = []
    for name in KINDS:
        match columns[name]:
            case Figures(values):
                value = values[row].item()
                found.append(None if value != value else value)
            case Labels(codes, labels, _):
                found.append(None if codes[row] < 0 else labels[codes[row]])
            case Flags(values):
                found.append(None if values[row] < 0 else bool(values[row]))
            case Days(values, missing):
                gone = missing is not None and missing[row]
                found.append(
                    None if gone else date.fromordinal(int(values[row]) + EPOCH).isoformat()
                )
            case Texts(codes, texts):
                found.append(None if codes[row] < 0 else texts[codes[row]])
    reasons = columns["reasons"]
    told = None if reasons.codes[row] < 0 else reasons.texts[reasons.codes[row]]
    status = columns["status"].labels[columns["status"].codes[row]]
    return status, told, found


class TestResults:
    def test_values_of_every_type(self):
        outputs = Outputs(STEPS, 3)
        outputs.put_result(1, result())
        assert said(outputs, 1) == ("complete", None, [1.5, "b", True, "2024-02-29", "budi"])

    def test_missing_values_with_reasons(self):
        gone = (Reason("no_items", "r"), Reason("division_by_zero", ""))
        outputs = Outputs(STEPS, 2)
        outputs.put_result(0, result(gone, **dict.fromkeys(KINDS)))
        outputs.put_result(1, result())
        status, reasons, values = said(outputs, 0)
        assert (status, values) == ("incomplete", [None] * 5)
        assert reasons == "; ".join(map(str, gone))
        assert said(outputs, 1)[2] == [1.5, "b", True, "2024-02-29", "budi"]

    def test_a_refused_row_has_no_values(self):
        outputs = Outputs(STEPS, 2)
        outputs.refuse(1, "KNJ402: x; KNJ401: y")
        outputs.put_result(0, result())
        assert said(outputs, 1) == ("refused", "KNJ402: x; KNJ401: y", [None] * 5)
        assert said(outputs, 0)[0] == "complete"

    @pytest.mark.parametrize(
        ("value", "nearest"),
        [
            (Decimal("0.1"), 0.1),
            (Fraction(1, 3), 1 / 3),
            (Decimal("-0.0"), 0.0),
            (Fraction(2**53 + 1), float(2**53)),
            (Decimal(10) ** 400, np.inf),
            (-(Fraction(10) ** 400), -np.inf),
            (Decimal("1E-400"), 0.0),
        ],
    )
    def test_numbers_are_the_nearest_floats(self, value, nearest):
        outputs = Outputs(STEPS, 1)
        outputs.put_result(0, result(n=value))
        found = outputs.columns()["n"].values[0]
        assert found == nearest
        assert np.signbit(found) == np.signbit(nearest)

    def test_a_date_that_comes_after_a_missing_one_is_there(self):
        outputs = Outputs(STEPS, 2)
        outputs.put_result(0, result(d=None))
        outputs.put_result(0, result())
        outputs.put_result(1, result())
        assert [said(outputs, row)[2][3] for row in (0, 1)] == ["2024-02-29"] * 2

    @pytest.mark.parametrize("count", [2, 127, 128, 300])
    def test_any_number_of_labels(self, count):
        ids = tuple(f"l{place}" for place in range(count))
        scale = Scale(labels=tuple(LabelDef(i, T(i)) for i in ids), ordered=True)
        step = Step(name="l", title=T("l"), node=n.Label("l0"), type=LabelType(scale=scale))
        outputs = Outputs((step,), 2)
        outputs.put_result(0, result(l=ids[-1]))
        outputs.refuse(1, "x")
        column = outputs.columns()["l"]
        assert column.codes.tolist() == [count - 1, -1]
        assert column.labels == ids
        assert column.ordered


class TestDecided:
    @staticmethod
    def decided(rows, missing=None):
        numbers = np.arange(rows) + 0.5
        return Decided(
            columns=(
                numbers,
                np.arange(rows).astype(np.int16) % 3,
                (np.arange(rows) % 2).astype(np.int8),
                np.arange(rows, dtype=np.int32),
            ),
            missing=(None, None, None, missing),
            incomplete=np.zeros(rows, np.bool_) if missing is None else missing,
            undecided=np.zeros(rows, np.bool_),
            alike=np.zeros(rows, np.int64),
        )

    @pytest.mark.parametrize(
        "rows", [(2, 3, 4), (4, 2, 3), (0, 2, 5), (5,), (), (0, 1, 2, 3, 4, 5)]
    )
    def test_rows_in_a_row_and_apart(self, rows):
        outputs = Outputs(STEPS[:4], 6)
        outputs.values[0][:] = -1
        decided = self.decided(len(rows))
        outputs.put(np.array(rows, np.intp), decided)
        wanted = [-1.0] * 6
        for place, row in enumerate(rows):
            wanted[row] = place + 0.5
        assert outputs.columns()["n"].values.tolist() == wanted

    def test_missing_dates_and_the_status_of_each_row(self):
        outputs = Outputs(STEPS[:4], 4)
        outputs.put(np.array([3, 1]), self.decided(2, np.array([True, False])))
        columns = outputs.columns()
        assert columns["d"].missing.tolist() == [False, False, False, True]
        assert outputs.statuses.tolist() == [0, 0, 0, 1]

    def test_reasons_of_rows_that_are_alike(self):
        outputs = Outputs(STEPS[:1], 5)
        outputs.put_reasons(np.array([4, 0, 2]), ["one", "other"], np.array([1, 0, 1]))
        outputs.put_reasons(np.array([1]), ["other"], np.array([[0]]))
        reasons = outputs.columns()["reasons"]
        told = [None if code < 0 else reasons.texts[code] for code in reasons.codes.tolist()]
        assert told == ["one", "other", "other", None, "other"]
        assert len(reasons.texts) == 2


class TestTheWhole:
    def test_columns_stand_in_the_order_of_the_policy(self):
        columns = Outputs(STEPS, 0).columns()
        assert list(columns) == ["status", "reasons", *KINDS]
        assert columns["status"].labels == ("complete", "incomplete", "refused")
        assert columns["d"].missing is None
        assert columns["t"].texts == []

    @given(st.lists(st.integers(0, 2), min_size=1, max_size=40))
    def test_several_threads_may_fill_rows_of_their_own(self, kinds):
        outputs = Outputs(STEPS, len(kinds))

        def fill(row):
            match kinds[row]:
                case 0:
                    outputs.put_result(row, result(n=Decimal(row), t=f"text {row % 5}"))
                case 1:
                    outputs.refuse(row, f"reason {row % 3}")
                case _:
                    outputs.put_result(row, result((Reason("no_items", f"r{row % 4}"),), d=None))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(fill, range(len(kinds))))
        for row, kind in enumerate(kinds):
            status, reasons, values = said(outputs, row)
            if kind == 0:
                assert (status, reasons, values[0], values[4]) == (
                    "complete",
                    None,
                    row,
                    f"text {row % 5}",
                )
            elif kind == 1:
                assert (status, reasons, values) == ("refused", f"reason {row % 3}", [None] * 5)
            else:
                assert (status, values[3]) == ("incomplete", None)
                assert reasons == str(Reason("no_items", f"r{row % 4}"))
