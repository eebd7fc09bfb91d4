"""What a caller gets of a whole table, and what is said of one that cannot be scored."""
# ruff: noqa: S311, RUF012 - random columns guard no secret; samples

from __future__ import annotations

import math
import pickle
import warnings
from dataclasses import replace
from decimal import Decimal
from random import Random

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from column_samples import DAY, FLAG, LABEL, NUMBER, RATINGS, figure, optional, program, step
from table_samples import columns_of, same

import kinerja
from kinerja.columns.table import InputWarning, TableResult
from kinerja.errors import InputError
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.types import NumberType
from kinerja.scorer import Scorer
from kinerja.values import Interval
from kinerja.words import LANGUAGES

X, Y = n.Ref("x"), n.Ref("y")
TWO = Rounding(digits=2, mode="half_up")
LIMITED = NumberType(limits=Interval(low=kinerja.exact(0), high=kinerja.exact(100)))


def scorer():
    """Every type of result, of two numbers, a list and an optional day."""
    return Scorer(
        program(
            n.Round(X / Y + n.Coalesce((n.Ref("mean"), figure(0))), TWO),
            inputs={
                "x": LIMITED,
                "y": NUMBER,
                "d": optional("d", DAY),
                "penilaian": optional("penilaian", RATINGS),
            },
            steps=(
                step("mean", n.Reduce("mean", "penilaian", n.Field("score"))),
                step("high", n.Compare(">", X, Y), FLAG),
                step("day", n.Ref("d") + 1, DAY),
            ),
        )
    )


def published(made, *names):
    return Scorer(replace(made.program, published=names))


def records():
    return pd.DataFrame(
        {
            "id": ["a", "b", "c", "d", "e"],
            "x": [1.0, 50.0, 101.0, math.nan, 3.0],
            "y": [3.0, 8.0, 1.0, 2.0, 0.0],
        }
    )


class TestTableResult:
    def test_counts_and_length(self):
        table = scorer().table_result(records())
        assert isinstance(table, TableResult)
        assert len(table) == table.rows == 5
        assert (table.complete, table.incomplete, table.refused) == (2, 2, 1)
        assert repr(table) == "<TableResult 5 rows: 2 complete, 2 incomplete, 1 refused>"
        assert list(table.frame.columns) == ["id", "status", "reasons", "s"]

    def test_the_result_of_a_row_is_that_of_its_record(self):
        made = scorer()
        table = made.table_result(records())
        found = table.score(1)
        assert found["s"] == Decimal("6.25")
        assert found.id == "b"
        assert found == made.score({"id": "b", "x": 50.0, "y": 8.0})
        assert table.score(-4) == found
        assert table.score(3).status == "incomplete"

    def test_the_explanation_of_a_row(self):
        made = scorer()
        table = made.table_result(records())
        text = table.explain(-4).to_text("en")
        assert text == made.score({"id": "b", "x": 50.0, "y": 8.0}).explanation.to_text("en")

    @pytest.mark.parametrize("row", [5, -6, 99])
    def test_there_is_no_such_row(self, row):
        table = scorer().table_result(records())
        with pytest.raises(IndexError):
            table.score(row)
        with pytest.raises(IndexError):
            table.explain(row)

    def test_a_refused_row_is_refused(self):
        with pytest.raises(InputError) as caught:
            scorer().table_result(records()).score(2)
        assert [i.code for i in caught.value.issues] == ["KNJ402"]

    def test_rows_of_a_table_without_rows(self):
        table = scorer().table_result({"x": [], "y": []})
        assert len(table) == 0
        with pytest.raises(IndexError):
            table.score(0)
        with pytest.raises(IndexError):
            table.score(-1)

    def test_items_of_long_tables_belong_to_the_row(self):
        ratings = pd.DataFrame({"id": ["b", "x", "a", "b"], "score": [80.0, 1.0, 60.0, 90.0]})
        table = scorer().table_result(records(), lists={"penilaian": ratings})
        assert table.score(1)["s"] == Decimal("91.25")
        assert table.score(0)["s"] == Decimal("60.33")
        same(scorer(), records(), lists={"penilaian": ratings})


class TestIssues:
    def test_each_column_and_code_once_with_first_rows_and_count(self):
        frame = pd.DataFrame(
            {
                "x": [101.0, math.inf, 5.0, -1.0, 102.0, 103.0, 1.0],
                "y": ["x", "2", 3, "z", 1, 1, None],
            }
        )
        table = scorer().table_result(frame)
        told = {(i.code, i.path): i.cell for i in table.issues}
        assert told == {
            ("KNJ402", "x"): "#0, #3, #4, … (4)",
            ("KNJ401", "x"): "#1",
            ("KNJ401", "y"): "#0, #3",
        }
        assert table.refused == 5
        reasons = list(table.frame["reasons"])
        assert sorted(reasons[0].split("; ")) == ["KNJ401: y", "KNJ402: x"]
        assert reasons[6] == "input_missing: y"

    def test_the_value_told_is_of_a_row_that_is_named(self):
        """The float of the first row prints a number beyond the limit, which its own number is not."""
        most = NumberType(limits=Interval(low=kinerja.exact(0), high=kinerja.exact(2**60)))
        made = Scorer(program(X, inputs={"x": most}))
        table = made.table_result(pd.DataFrame({"x": [2**60, -5, 7, -6]}))
        (issue,) = table.issues
        assert (issue.cell, issue.details["found"]) == ("#1, #3", "-5")
        assert list(table.frame["status"]) == ["complete", "refused", "complete", "refused"]

    def test_a_warning_tells_them(self):
        frame = pd.DataFrame({"x": [101.0, 5.0], "y": [1.0, 1.0]})
        with pytest.warns(InputWarning) as caught:
            out = scorer().score_table(frame)
        assert list(out["status"]) == ["refused", "complete"]
        (warned,) = caught
        assert [i.code for i in warned.message.issues] == ["KNJ402"]
        assert "KNJ402" in str(warned.message)
        assert "#0" in str(warned.message)
        assert warned.filename == __file__

    def test_nothing_wrong_warns_of_nothing(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            scorer().score_table(pd.DataFrame({"x": [1.0], "y": [1.0]}))
            scorer().score_table(pd.DataFrame({"x": [1.0], "y": [None]}))
            scorer().table_result(pd.DataFrame({"x": [101.0], "y": [1.0]}))

    def test_every_issue_has_its_words(self):
        frame = pd.DataFrame({"id": ["a", "a"], "x": ["q", 101.0]})
        table = scorer().table_result(frame)
        assert {i.code for i in table.issues} >= {"KNJ553", "KNJ544"}
        for issue in table.issues:
            for lang in LANGUAGES:
                assert "{" not in issue.to_text(lang)

    def test_a_missing_column_makes_every_row_incomplete(self):
        table = scorer().table_result(pd.DataFrame({"x": [1.0, 2.0, 3.0]}))
        assert table.incomplete == 3
        assert set(table.frame["reasons"]) == {"input_missing: y"}
        (issue,) = table.issues
        assert (issue.code, issue.path, issue.severity) == ("KNJ553", "y", "warning")
        with pytest.warns(InputWarning):
            scorer().score_table({"x": [1.0]})

    def test_an_optional_column_may_be_missing(self):
        made = published(scorer(), "s", "day")
        table = made.table_result(pd.DataFrame({"x": [1.0], "y": [1.0]}))
        assert table.issues == ()
        assert table.incomplete == 1

    def test_ids_that_stand_twice(self):
        frame = records()
        frame.loc[4, "id"] = "a"
        table = scorer().table_result(frame)
        assert list(table.frame["status"]) == [
            "refused",
            "complete",
            "refused",
            "incomplete",
            "refused",
        ]
        issue = next(i for i in table.issues if i.code == "KNJ544")
        assert (issue.path, issue.cell) == ("id", "#0, #4")
        assert issue.details["found"] == '"a"'

    def test_ids_that_are_missing_are_equal_to_none(self):
        frame = pd.DataFrame({"id": ["a", None, None], "x": [1.0] * 3, "y": [2.0] * 3})
        assert scorer().table_result(frame).complete == 3


class TestLists:
    RATINGS = pd.DataFrame({"id": ["b", "a"], "score": [80.0, 60.0]})

    def test_a_name_that_the_policy_does_not_have(self):
        with pytest.raises(InputError) as caught:
            scorer().table_result(
                records(), lists={"penilain": self.RATINGS, "butir": self.RATINGS}
            )
        found = {i.path: i for i in caught.value.issues}
        assert {i.code for i in caught.value.issues} == {"KNJ453"}
        assert found["penilain"].details["found"] == '"penilain"'
        assert found["butir"].details["expected"] == "penilaian"
        for lang in LANGUAGES:
            assert "penilaian" in found["butir"].message(lang)
            assert "{" not in found["butir"].to_text(lang)

    def test_a_policy_without_lists(self):
        made = Scorer(program(X + 1, inputs={"x": NUMBER}))
        with pytest.raises(InputError) as caught:
            made.table_result({"id": [1], "x": [1.0]}, lists={"penilaian": self.RATINGS})
        (issue,) = caught.value.issues
        assert (issue.code, issue.details["expected"]) == ("KNJ453", "–")

    def test_a_list_given_twice(self):
        frame = pd.DataFrame({"id": ["a"], "x": [1.0], "y": [1.0], "penilaian": [[{"score": 1.0}]]})
        with pytest.raises(InputError) as caught:
            scorer().table_result(frame, lists={"penilaian": self.RATINGS})
        (issue,) = caught.value.issues
        assert (issue.code, issue.path) == ("KNJ547", "penilaian")

    def test_lists_need_ids_on_both_sides(self):
        without = records().drop(columns="id")
        with pytest.raises(InputError) as caught:
            scorer().table_result(without, lists={"penilaian": self.RATINGS})
        (issue,) = caught.value.issues
        assert (issue.code, issue.path) == ("KNJ454", "id")
        with pytest.raises(InputError) as caught:
            scorer().table_result(records(), lists={"penilaian": self.RATINGS.drop(columns="id")})
        (issue,) = caught.value.issues
        assert (issue.code, issue.path) == ("KNJ454", "penilaian.id")

    def test_ratings_of_unknown_people(self):
        ratings = pd.DataFrame({"id": ["x", "a", "y", "x"], "score": [1.0, 60.0, 2.0, 3.0]})
        table = scorer().table_result(records(), lists={"penilaian": ratings})
        issue = next(i for i in table.issues if i.code == "KNJ548")
        assert (issue.path, issue.severity) == ("penilaian", "warning")
        assert (issue.details["count"], issue.details["rows"]) == ("2", "3")
        assert table.score(0)["s"] == Decimal("60.33")
        with pytest.warns(InputWarning, match="KNJ548"):
            scorer().score_table(records(), lists={"penilaian": ratings})

    def test_nobody_has_a_list(self):
        table = scorer().table_result(records(), lists={"penilaian": self.RATINGS.iloc[:0]})
        assert table.complete == 2

    def test_frames_of_other_libraries_may_be_joined(self):
        for lists in (
            pl.from_pandas(self.RATINGS),
            pa.Table.from_pandas(self.RATINGS),
            self.RATINGS.to_dict("list"),
        ):
            table = scorer().table_result(records(), lists={"penilaian": lists})
            assert table.score(1)["s"] == Decimal("86.25")


class TestThreads:
    @pytest.mark.parametrize("threads", [0, -1, True, False, 1.0, "2", 2.5])
    def test_no_number_of_threads(self, threads):
        with pytest.raises(ValueError, match="threads"):
            scorer().table_result(records(), threads=threads)
        with pytest.raises(ValueError, match="threads"):
            scorer().score_table(records(), threads=threads)

    @pytest.mark.parametrize("threads", [None, 1, 2, 8, 100])
    def test_any_number_gives_the_same(self, threads):
        pd.testing.assert_frame_equal(
            scorer().table_result(records(), threads=threads).frame,
            scorer().table_result(records(), threads=1).frame,
        )


class TestKindsOfFrame:
    COLUMNS = {
        "id": ["a", "b", "c"],
        "x": [1.0, 50.0, 101.0],
        "y": [3.0, 8.0, 1.0],
        "d": ["2024-02-28", None, "2024-01-01"],
    }

    @staticmethod
    def made():
        return published(scorer(), "s", "high", "day")

    def test_the_same_kind_comes_out(self):
        for frame, kind in (
            (pd.DataFrame(self.COLUMNS), pd.DataFrame),
            (pl.DataFrame(self.COLUMNS), pl.DataFrame),
            (pa.table(self.COLUMNS), pa.Table),
            (pa.RecordBatch.from_pydict(self.COLUMNS), pa.RecordBatch),
            (self.COLUMNS, dict),
        ):
            table = self.made().table_result(frame)
            assert type(table.frame) is kind
            told = columns_of(table.frame)
            assert told["status"] == ["complete", "incomplete", "refused"]
            assert told["s"] == [0.33, 6.25, None]
            assert told["high"] == [False, True, None]
            assert [None if day is None else str(day)[:10] for day in told["day"]] == [
                "2024-02-29",
                None,
                None,
            ]

    def test_record_batches_of_one_table_have_one_schema(self):
        """What `mapInArrow` of Spark and its like ask for."""
        made = pickle.loads(pickle.dumps(self.made()))  # noqa: S301 - our own
        random = Random(1)
        rows = [
            {
                "id": f"p{row}",
                "x": random.choice((1.0, 50.0, 101.0, None, 7.25)),
                "y": random.choice((3.0, 0.0, None, 200.0)),
                "d": random.choice(("2024-02-28", None, "x")),
            }
            for row in range(40)
        ]
        whole = pa.Table.from_pylist(rows)
        parts = [
            whole.slice(a, b).combine_chunks().to_batches()[0]
            for a, b in ((0, 1), (1, 9), (10, 30))
        ]
        # One in which every row is complete, and one without rows.
        parts.append(
            pa.RecordBatch.from_pylist(
                [{"id": "q", "x": 1.0, "y": 2.0, "d": "2024-01-01"}], whole.schema
            )
        )
        parts.append(pa.RecordBatch.from_pylist([], whole.schema))
        out = [made.table_result(part).frame for part in parts]
        assert all(isinstance(part, pa.RecordBatch) for part in out)
        assert {part.schema.to_string() for part in out} == {out[0].schema.to_string()}
        assert all(part.schema.equals(out[0].schema) for part in out)
        joined = pa.Table.from_batches(out).slice(0, 40)
        wanted = made.table_result(whole).frame
        assert columns_of(joined) == columns_of(wanted)

    @pytest.mark.parametrize("kind", ["pandas", "polars", "table", "batch", "mapping"])
    def test_no_rows(self, kind):
        empty = {
            "pandas": pd.DataFrame({"id": pd.Series([], dtype=str), "x": [], "y": []}),
            "polars": pl.DataFrame({"id": [], "x": [], "y": []}),
            "table": pa.table(
                {
                    "id": pa.array([], pa.string()),
                    "x": pa.array([], pa.float64()),
                    "y": pa.array([], pa.float64()),
                }
            ),
            "batch": pa.RecordBatch.from_pydict(
                {"id": pa.array([], pa.string()), "x": pa.array([], pa.float64())}
            ),
            "mapping": {"id": [], "x": [], "y": []},
        }[kind]
        table = self.made().table_result(empty)
        assert (len(table), table.complete, table.incomplete, table.refused) == (0, 0, 0, 0)
        told = columns_of(table.frame)
        assert list(told) == ["id", "status", "reasons", "s", "high", "day"]
        assert all(values == [] for values in told.values())

    def test_columns_of_any_objects(self):
        frame = pd.DataFrame(
            {
                "x": pd.Series(
                    [1, "2", Decimal(3), 4.0, None, "x", True, 1 / 3, "1/3", [], 2**60],
                    dtype=object,
                ),
                "y": pd.Series(["3", 2, 1, "0.5", 1, 1, 1, 3, 3, 1, 1], dtype=object),
            }
        )
        told = same(scorer(), frame)
        assert told == {"complete": 6, "incomplete": 1, "refused": 4}

    def test_a_list_where_a_number_is_due(self):
        frame = pd.DataFrame({"x": [[1.0], [], [2.0, 3.0]], "y": [1.0] * 3})
        table = scorer().table_result(frame)
        assert table.refused == 3
        assert {i.code for i in table.issues} == {"KNJ401"}
        nested = pa.table({"x": pa.array([[1.0], None, []]), "y": pa.array([1.0] * 3)})
        assert columns_of(scorer().table_result(nested).frame)["status"] == [
            "refused",
            "incomplete",
            "refused",
        ]

    def test_a_number_where_a_list_is_due(self):
        frame = pd.DataFrame({"x": [1.0, 2.0], "y": [1.0, 1.0], "penilaian": [5, None]})
        same(scorer(), frame)
        same(scorer(), pd.DataFrame({"x": [1.0], "y": [1.0], "penilaian": ["x"]}))

    def test_what_is_no_table(self):
        for frame in (5, "x", None, [1, 2], pl.DataFrame({"x": [1.0]}).lazy()):
            with pytest.raises(InputError):
                scorer().table_result(frame)
        with pytest.raises(InputError):
            scorer().table_result({"x": [1.0], "y": [1.0, 2.0]})

    def test_the_table_of_the_caller_stays_as_it_is(self):
        frame = records()
        before = frame.copy(deep=True)
        scorer().table_result(frame)
        pd.testing.assert_frame_equal(frame, before)
        values = {"x": np.array([1.0, 500.0]), "y": np.array([1, 2])}
        for array in values.values():
            array.flags.writeable = False
        scorer().table_result(values)

    def test_other_columns_are_passed_over(self):
        frame = records()
        frame["nama"] = "x"
        frame["s"] = 1.0
        assert list(scorer().table_result(frame).frame.columns) == ["id", "status", "reasons", "s"]


class TestScorer:
    def test_a_pickled_scorer_scores_tables(self):
        made = scorer()
        before = made.table_result(records()).frame
        again = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
        pd.testing.assert_frame_equal(again.table_result(records()).frame, before)

    @pytest.mark.parametrize("policy", ["skm-2017", "kuadran-6-2022"])
    def test_shipped_policies(self, policy):
        made = kinerja.load(policy)
        pickled = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
        names = [i.name for i in made.program.inputs]
        frame = pd.DataFrame({name: [None, None] for name in names})
        assert pickled.table_result(frame).incomplete == 2

    def test_labels_have_the_order_of_their_scale(self):
        made = Scorer(program(n.Ref("grade"), kind=LABEL, inputs={"grade": LABEL}))
        out = made.table_result(pd.DataFrame({"grade": ["baik", "Kurang", None]})).frame
        assert list(out["s"].cat.categories) == list(LABEL.scale.ids)
        assert out["s"].cat.ordered
        assert out["s"].tolist()[:2] == ["baik", "kurang"]
