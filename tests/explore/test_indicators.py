"""Tables of indicators, whatever they come in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from kinerja.errors import InputError
from kinerja.explore import critic_weights, entropy_weights, merec_weights
from kinerja.explore.indicators import BLOCK, read_indicators

BETTER = {"a": "high", "b": "low"}
COLUMNS = {"id": ["P-1", "P-2", "P-3"], "a": [1.0, 2.0, 4.0], "b": [3, 1, 5]}


def refused(call, *args, **more):
    with pytest.raises(InputError) as error:
        call(*args, **more)
    return {issue.code: issue for issue in error.value.issues}


@pytest.mark.parametrize("kind", ["mapping", "pandas", "polars", "arrow", "rows", "C", "F"])
def test_every_kind_of_table_gives_the_same_weights(kind):
    array = np.array([COLUMNS["a"], COLUMNS["b"]], dtype=float).T
    table = {
        "mapping": COLUMNS,
        "pandas": pd.DataFrame(COLUMNS),
        "polars": pl.DataFrame(COLUMNS),
        "arrow": pa.table(COLUMNS),
        "rows": array.tolist(),
        "C": np.ascontiguousarray(array),
        "F": np.asfortranarray(array),
    }[kind]
    expected = critic_weights(array, better=BETTER)
    assert critic_weights(table, better=BETTER) == expected


def test_columns_of_a_frame_are_read_in_place():
    frame = pd.DataFrame({"a": np.arange(5.0), "b": np.arange(5.0)[::-1].copy()})
    found = read_indicators(frame, better=BETTER)
    assert np.shares_memory(found.columns[0], frame["a"].to_numpy())


def test_numbers_come_as_decimals_and_fractions_too():
    columns = {"a": [Decimal("1.5"), None, Decimal(3)], "b": [Fraction(1, 2), Fraction(2), 3]}
    found = read_indicators(columns, better=BETTER, missing="leave_out")
    assert [column.tolist() for column in found.columns] == [[1.5, 3.0], [0.5, 3.0]]


@pytest.mark.parametrize(
    "frame",
    [
        {"a": [1.0, None, 4.0, 5.0], "b": [3.0, 1.0, float("nan"), 2.0]},
        pl.DataFrame({"a": [1.0, None, 4.0, 5.0], "b": [3.0, 1.0, None, 2.0]}),
        pa.table({"a": [1, None, 4, 5], "b": [3.0, 1.0, None, 2.0]}),
        pd.DataFrame({"a": [1.0, None, 4.0, 5.0], "b": [3.0, 1.0, None, 2.0]}),
        [[1, 3], [None, 1], [4, None], [5, 2]],
    ],
    ids=["mapping", "polars", "arrow", "pandas", "rows"],
)
def test_missing_value_refuses_or_leaves_the_person_out(frame):
    issue = refused(read_indicators, frame, better=BETTER)["KNJ023"]
    assert issue.details == {"count": "2", "first": "2"}
    found = read_indicators(frame, better=BETTER, missing="leave_out")
    assert (found.rows, found.left_out) == (2, 2)
    assert found.sums.tolist() == [6.0, 5.0]
    weights = entropy_weights(frame, better=BETTER, missing="leave_out")
    assert weights.origin.facts["left_out"] == 2
    assert "KNJ024" in {issue.code for issue in weights.origin.issues}


def test_masked_value_is_missing_whatever_stands_under_the_mask():
    rows = np.ma.masked_array([[1.0, 5.0], [2.0, 999.0], [4.0, 1.0]], mask=[[0, 0], [0, 1], [0, 0]])
    assert refused(read_indicators, rows, better=BETTER)["KNJ023"].details["first"] == "2"


def test_whole_numbers_and_short_floats_are_read():
    for dtype in (np.int8, np.uint16, np.float32, np.longdouble):
        rows = np.array([[1, 5], [2, 3], [4, 1]], dtype=dtype)
        assert read_indicators(rows, better=BETTER).sums.tolist() == [7.0, 9.0]


def test_blocks_join_without_seam():
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(2 * BLOCK + 7, 2))
    found = read_indicators(rows, better=BETTER)
    joined = np.hstack([np.array(parts) for parts in found.blocks()])
    assert (joined == rows.T).all()
    assert (found.low == rows.min(axis=0)).all()
    assert (found.high == rows.max(axis=0)).all()
    np.testing.assert_allclose(found.sums, rows.sum(axis=0), rtol=1e-12)


def test_missing_value_is_seen_behind_the_first_block():
    rows = np.ones((BLOCK + 5, 2))
    rows[-1, 1] = np.nan
    assert refused(read_indicators, rows, better=BETTER)["KNJ023"].details["count"] == "1"


@pytest.mark.parametrize(
    ("data", "better", "code"),
    [
        ([1, 2, 3], BETTER, "KNJ020"),
        ([[1, 2, 3], [1, 2, 4]], BETTER, "KNJ020"),
        ([["x", 2], [1, 2]], BETTER, "KNJ020"),
        ([["1", "2"], ["3", "4"]], BETTER, "KNJ020"),
        ([["1", 2], [None, 2]], BETTER, "KNJ020"),
        (np.array([["1", "2"], ["3", "4"]]), BETTER, "KNJ020"),
        (np.array([[True, False], [False, True]]), BETTER, "KNJ020"),
        (np.array([["2025-01-01"] * 2] * 2, dtype="datetime64[D]"), BETTER, "KNJ020"),
        ([[1], [1, 2]], BETTER, "KNJ020"),
        ([], BETTER, "KNJ020"),
        ([[1, 2]], {}, "KNJ020"),
        ([[1, 2]], BETTER, "KNJ026"),
        (np.zeros((0, 2)), BETTER, "KNJ026"),
        ([[1, 2], [np.nan, 2]], BETTER, "KNJ023"),
        ([[1, np.inf], [2, 1]], BETTER, "KNJ025"),
        ([[1, -np.inf], [2, 1]], BETTER, "KNJ025"),
        ([[1, np.inf], [2, -np.inf]], BETTER, "KNJ025"),
        ({"a": [1, 2], "c": [1, 2]}, BETTER, "KNJ021"),
        ({"a": [1, 2], "b": ["1", "2"]}, BETTER, "KNJ022"),
        ({"a": [1, 2], "b": [True, False]}, BETTER, "KNJ022"),
        ([[1, 2], [2, 1]], {"a": "high", "b": "lowest"}, "KNJ033"),
    ],
)
def test_bad_table_is_refused_by_name(data, better, code):
    found = refused(critic_weights, data, better=better)
    assert code in found
    for lang in ("id", "en"):
        assert "{" not in found[code].to_text(lang)


def test_all_faults_are_told_at_once():
    issues = refused(
        critic_weights, [["x", 1]], better={"a": "up", "b": "down"}, missing="whatever"
    )
    assert set(issues) == {"KNJ020", "KNJ033"}


def test_nearest_name_is_told():
    issue = refused(critic_weights, {"hasil": [1, 2]}, better={"hasl": "high"})["KNJ021"]
    assert issue.details["nearest"] == '"hasil"'


@pytest.mark.parametrize("method", [entropy_weights, merec_weights])
def test_negative_value_is_refused_where_logarithms_are_taken(method):
    issue = refused(method, [[1, -2], [3, 4]], better=BETTER)["KNJ027"]
    assert (issue.path, issue.details["found"]) == ("b", "-2")


def test_zero_has_a_share_but_no_logarithm():
    rows = [[1, 0], [3, 4], [2, 2]]
    assert entropy_weights(rows, better=BETTER).total == 1
    assert "KNJ027" in refused(merec_weights, rows, better=BETTER)
