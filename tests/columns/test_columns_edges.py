"""Rows exactly on ties and edges, and rows one ulp beside them: no answer of a table is wrong.

The answers come from whole numbers alone (`edge_tables`). `hunt.py` looks at millions of rows.
"""

from __future__ import annotations

import edge_tables
import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from table_samples import going

#: Rows of each table; about half of them exactly on a tie or edge, the others one ulp beside it.
ROWS = 9_000
#: Rows whose unrounded value is looked at.
DOUBLES = 1_000

TABLES = pytest.mark.parametrize("name", edge_tables.TABLES)


def _table(name, seed, rows=ROWS):
    return next(edge_tables.many(edge_tables.TABLES[name], seed, rows))


def _beside(edges):
    """Count the rows that were moved off their tie or edge."""

    # One ulp beside a decimal of few digits stands a decimal of 16 or 17.
    def moved(column):
        values = column if isinstance(column, np.ndarray) else column[1]["nilai"]
        return np.abs(values * 1000 - np.rint(values * 1000)) > 0

    return sum(int(moved(column).sum()) for column in edges.columns.values())


@TABLES
def test_no_row_on_or_beside_an_edge_is_wrong(name):
    edges = _table(name, 1)
    frame = edge_tables.arrow_of(edges)
    assert edges.rows > ROWS // 2
    for scorer in edge_tables.scorers_of(edges):
        assert edge_tables.wrong_rows(edges, scorer.table_result(frame).frame) == {}
    places = np.random.default_rng(2).integers(0, edges.rows, DOUBLES).tolist()
    out = edge_tables.unrounded_of(edges).table_result(frame.take(pa.array(places))).frame
    assert edge_tables.wrong_rows(edge_tables.taken(edges, places), out) == {}
    assert edge_tables.wrong_doubles(edges, out, places) == []


@TABLES
@pytest.mark.parametrize("way", ["floats", "whole numbers", "neither"])
def test_no_way_alone_is_wrong(name, way):
    edges = _table(name, 7, 2_000)
    frame = edge_tables.arrow_of(edges)
    with going(way):
        for scorer in edge_tables.scorers_of(edges):
            assert edge_tables.wrong_rows(edges, scorer.table_result(frame).frame) == {}


@TABLES
def test_the_answers_of_single_records_are_those_of_whole_numbers(name):
    """The tables themselves are right: the scorer of records gives the same."""
    edges = _table(name, 3, 200)
    scorer = edge_tables.unrounded_of(edges)
    for row, record in enumerate(edge_tables.arrow_of(edges).to_pylist()):
        result = scorer.score(record)
        wanted = {step: answers[row] for step, answers in edges.answers.items()}
        got = {
            step: value if isinstance(value, str) else float(value)
            for step, value in result.values.items()
        }
        exactly = edges.exactly(row)
        assert got == {edges.unrounded: exactly.numerator / exactly.denominator, **wanted}


@pytest.mark.parametrize("name", sorted(edge_tables.TABLES.keys() - {"efficiency"}))
def test_many_rows_are_ties(name):
    edges = _table(name, 4, 4_000)
    # On a tie the roundings differ in every way that they can.
    for one, other in (("half_up", "half_even"), ("half_up", "half_down"), ("floor", "ceiling")):
        assert (edges.answers[one] != edges.answers[other]).sum() > edges.rows // 20


@pytest.mark.parametrize(
    "name", sorted(edge_tables.TABLES.keys() - {"efficiency", "large_sum", "long_ratios"})
)
def test_the_rows_are_where_they_are_said_to_be(name):
    edges = _table(name, 4, 4_000)
    assert (edges.answers["dari"] != edges.answers["di_atas"]).sum() > edges.rows // 40
    assert _beside(edges) > edges.rows // 8


def test_the_rows_at_the_jump_of_efficiency_are_on_all_sides_of_it():
    edges = _table("efficiency", 4, 4_000)
    assert set(edges.answers["floor"]) == {100, 99.99, 75.99}
    assert _beside(edges) > edges.rows // 8


@TABLES
@pytest.mark.parametrize("kind", ["pandas", "polars", "several chunks"])
def test_every_kind_of_frame_gives_the_same(name, kind):
    edges = _table(name, 5, 2_000)
    table = edge_tables.arrow_of(edges)
    scorer = edge_tables.unrounded_of(edges)
    if kind == "pandas":
        got = pa.Table.from_pandas(
            scorer.table_result(table.to_pandas()).frame, preserve_index=False
        )
    elif kind == "polars":
        got = scorer.table_result(pl.from_arrow(table)).frame.to_arrow()
    else:
        cut = pa.concat_tables([table.slice(0, 701), table.slice(701)])
        got = scorer.table_result(cut).frame
    assert edge_tables.wrong_rows(edges, got) == {}


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_change_nothing(threads):
    edges = _table("six_ratios", 6, 3_000)
    frame = edge_tables.arrow_of(edges)
    out = edge_tables.unrounded_of(edges).table_result(frame, threads=threads).frame
    assert edge_tables.wrong_rows(edges, out) == {}
