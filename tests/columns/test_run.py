"""However a table is cut into chunks and batches, and on however many threads, its rows give the same."""
# ruff: noqa: S311 - random tables guard no secret

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np
import pandas as pd
import pytest
from column_samples import FLAG, INPUTS, LISTS, NUMBER, optional, program, step
from table_samples import same

from kinerja.columns import run
from kinerja.columns.cells import Span
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.scorer import Scorer

X, Y, TARGET, MAYBE = (n.Ref(name) for name in "xyto")
TWO = Rounding(digits=2, mode="half_up")
#: What is cut into pieces, and how small.
CUTS = {
    "whole": {},
    "small chunks": {"CHUNK": 7},
    "single rows": {"CHUNK": 1},
    "small batches": {"BATCH": 3},
    "small settled": {"SETTLED": 2, "BATCH": 5},
    "everything small": {"CHUNK": 5, "SETTLED": 4, "BATCH": 2},
}


@pytest.fixture(params=CUTS)
def cut(request, monkeypatch):
    for name, size in CUTS[request.param].items():
        if hasattr(run, name):
            monkeypatch.setattr(run, name, size)
    return request.param


def scorer():
    names = ("x", "y", "t", "o", "p", "q", "grade", "h", "d", "e", "note")
    return Scorer(
        program(
            n.Round(n.Coalesce((MAYBE, X)) / TARGET + n.Ref("first"), TWO),
            inputs={name: INPUTS[name] for name in names} | {"r": optional("r", LIST)},
            steps=(
                step("first", n.Reduce("mean", "r", n.Field("v"), skip_missing=True)),
                step("second", n.Compare("==", n.Ref("h"), n.Ref("grade")), FLAG),
            ),
        )
    )


LIST = INPUTS["r"].type
STRANGE = ("x", "1/3", 1e300, 1 / 3, 5.0, None, "7", -1.0)


def frame(rows, *, strange):
    """Rows of every kind, some of which only the exact scorer can take, some refused."""
    random = Random(rows + strange)
    records = [dict(LISTS[row % len(LISTS)]) for row in range(rows)]
    for record in records:
        if strange and not random.randrange(4):
            record["x"] = random.choice(STRANGE)
        if strange and not random.randrange(6):
            record["t"] = random.choice((0.0, "x", 2**60 + 1, None))
        if strange and record["r"] and not random.randrange(6):
            record["r"] = [*record["r"], {"v": random.choice(("x", 1 / 3, None))}]
    columns = {
        name: [record[name] for record in records]
        for name in records[0]
        if name not in {"n", "group"}
    }
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


class TestCuts:
    @pytest.mark.parametrize("strange", [False, True])
    def test_rows_of_every_kind(self, cut, strange):
        told = same(scorer(), frame(40, strange=strange), threads=1)
        assert told["complete"]
        assert told["incomplete"]
        assert bool(told["refused"]) == strange

    def test_ties_and_what_lies_beside_them(self, cut):
        random = Random(2)
        values = [random.choice((1.0, 0.5, 1 / 3, 2.675, 7.0)) for _ in range(60)]
        made = Scorer(program(n.Round(X / TARGET, TWO), inputs={"x": NUMBER, "t": INPUTS["t"]}))
        same(made, {"x": np.array(values), "t": np.array([200.0, 8.0, 3.0] * 20)}, threads=1)

    def test_lists_that_are_none(self, cut):
        rows = [[{"v": 1.0}], 5, None, [{"v": 2.0}, 3], [], [{"v": 4.0}], "x", [{"v": 0.5}]]
        made = Scorer(program(n.Reduce("sum", "r", n.Field("v")), inputs={"r": LIST}))
        told = same(made, pd.DataFrame({"r": pd.Series(rows, dtype=object)}), threads=1)
        assert told["refused"] == 3

    def test_ids_that_stand_twice(self, cut):
        made = Scorer(program(X + 1, inputs={"x": NUMBER}))
        ids = [f"p{row}" for row in range(20)]
        ids[13] = ids[4]
        table = made.table_result(
            pd.DataFrame({"id": ids, "x": [float(row) for row in range(20)]}), threads=1
        )
        status = list(table.frame["status"])
        assert [row for row, told in enumerate(status) if told == "refused"] == [4, 13]
        assert [i for i, told in enumerate(table.frame["reasons"]) if told == "KNJ544: id"] == [
            4,
            13,
        ]
        (issue,) = table.issues
        assert (issue.code, issue.path, issue.cell) == ("KNJ544", "id", "#4, #13")

    def test_long_tables(self, cut):
        random = Random(3)
        ids = [f"p{row}" for row in range(25)]
        owners = [random.choice([*ids, "x", None]) for _ in range(90)]
        for order in (False, True):
            owners = sorted((o for o in owners if o in ids), key=ids.index) if order else owners
            long = pd.DataFrame(
                {"id": owners, "v": [random.choice((0.5, 1.25, 1 / 3, None)) for _ in owners]}
            )
            made = Scorer(
                program(
                    n.Round(n.Reduce("mean", "r", n.Field("v"), skip_missing=True) * X, TWO),
                    inputs={"x": NUMBER, "r": LIST},
                )
            )
            same(
                made, pd.DataFrame({"id": ids, "x": np.arange(25.0)}), lists={"r": long}, threads=1
            )

    def test_chunks_that_hold_texts_of_their_own(self, cut):
        who = n.Reduce("count_distinct", "r", n.Field("who"))
        rows = [[{"who": f"p{(row * k) % 4}"} for k in range(row % 5)] for row in range(30)]
        made = Scorer(program(who, inputs={"r": LIST}))
        same(made, pd.DataFrame({"r": rows}), threads=1)


class TestThreads:
    @pytest.mark.parametrize("strange", [False, True])
    def test_threads_change_nothing(self, strange, monkeypatch):
        monkeypatch.setattr(run, "CHUNK", 6)
        made, given = scorer(), frame(60, strange=strange)
        results = [made.table_result(given, threads=threads) for threads in (1, 2, 8)]
        for result in results[1:]:
            pd.testing.assert_frame_equal(result.frame, results[0].frame)
            assert result.issues == results[0].issues
        same(made, given, threads=3)

    def test_one_scorer_may_score_several_tables_at_once(self, monkeypatch):
        monkeypatch.setattr(run, "CHUNK", 6)
        made = scorer()
        frames = [frame(rows, strange=bool(rows % 2)) for rows in (10, 21, 32, 43)]
        alone = [made.table_result(given, threads=1).frame for given in frames]
        fresh = scorer()
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda given: fresh.table_result(given, threads=2).frame, frames))
        for one, other in zip(alone, found, strict=True):
            pd.testing.assert_frame_equal(one, other)

    def test_what_a_thread_raises_is_raised(self, monkeypatch):
        monkeypatch.setattr(run, "CHUNK", 2)

        def fail(*_):
            raise MemoryError

        monkeypatch.setattr(run.TableRun, "_chunk", fail)
        with pytest.raises(MemoryError):
            scorer().table_result(frame(20, strange=False), threads=4)


class TestChunks:
    @pytest.mark.parametrize(
        ("rows", "items", "step"),
        [(0, 0, None), (5, 0, 5), (5, 50, 5), (50, 5_000, 10), (50, 50_000, 1)],
    )
    def test_chunks_of_long_lists_are_small(self, rows, items, step, monkeypatch):
        monkeypatch.setattr(run, "MOST_ITEMS", 1_000)
        ids = [f"p{row}" for row in range(rows)]
        made = Scorer(program(n.Reduce("count", "r"), inputs={"r": LIST}))
        long = {"id": [ids[i * rows // items] for i in range(items)], "v": np.zeros(items)}
        whole = run.TableRun(made, run.open_frame({"id": ids}), {"r": long})
        spans = list(whole._spans(1))
        assert [row for start, stop in spans for row in range(start, stop)] == list(range(rows))
        assert not spans or spans[0] == (0, step)

    @pytest.mark.parametrize(
        ("rows", "threads", "cells", "steps"),
        [
            (99, 1, 1_000, [99]),
            (100, 2, 1_000, [50, 50]),
            (1_000, 2, 200, [100] * 10),
            (1_010, 2, 200, [85] * 11 + [75]),
            (100, 8, 1_000, [20] * 5),
            (30, 3, 1, [1] * 30),
        ],
    )
    def test_every_thread_has_as_many_chunks(self, rows, threads, cells, steps, monkeypatch):
        monkeypatch.setattr(run, "MOST_CELLS", cells)
        monkeypatch.setattr(run, "WORTHWHILE", 20)
        made = Scorer(program(X + Y, inputs={"x": NUMBER, "y": NUMBER}))
        numbers = np.zeros(rows)
        whole = run.TableRun(made, run.open_frame({"x": numbers, "y": numbers}), {})
        spans = list(whole._spans(threads))
        assert [stop - start for start, stop in spans] == steps
        assert [row for start, stop in spans for row in range(start, stop)] == list(range(rows))

    def test_what_is_known_of_all_batches(self):
        one = {"x": Span(0.0, 2.0, missing=False, whole=True), "y": Span(1.0, 1.0, missing=False)}
        other = {"x": Span(-1.0, 1.0, missing=True), "z": Span(1.0, 1.0, missing=False)}
        nothing = {"x": Span(1.0, 0.0, missing=True, whole=True)}
        assert run._joined_spans([one]) == one
        assert run._joined_spans([one, other]) == {"x": Span(-1.0, 2.0, missing=True)}
        assert run._joined_spans([one, nothing]) == {"x": Span(0.0, 2.0, missing=True, whole=True)}
        assert run._joined_spans([one, {}]) == {}

    def test_each_chunk_is_handed_out_once(self):
        queue = run._Queue([(row, row + 1) for row in range(500)])
        with ThreadPoolExecutor(8) as pool:
            found = [span for part in pool.map(lambda _: list(queue), range(8)) for span in part]
        assert sorted(found) == [(row, row + 1) for row in range(500)]


def test_rows_are_scored_as_records_with_what_other_tables_say():
    made = Scorer(program(n.Reduce("sum", "r", n.Field("v")) + X, inputs={"x": NUMBER, "r": LIST}))
    whole = run.TableRun(
        made,
        run.open_frame({"id": ["a", "b"], "x": [1.5, 2.5], "other": [0, 0]}),
        {"r": {"id": ["b", "a", "b"], "v": [1.0, 2.0, 3.0]}},
    )
    assert whole.record(1) == {"x": 2.5, "id": "b", "r": [{"v": 1.0}, {"v": 3.0}]}
