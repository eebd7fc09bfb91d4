"""Frames of every library are read as what their rows say."""

# One line a sample; PD011 takes every `values` for that of pandas.
# ruff: noqa: E501, PD011

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import arro3.core
import duckdb
import frame_samples as samples
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frame_samples import canon, told

from kinerja.columns.frames import open_frame
from kinerja.columns.parts import (
    Coded,
    Days,
    Figures,
    Flags,
    Labels,
    Numbers,
    Objects,
    Ragged,
    Texts,
)
from kinerja.errors import InputError, MissingExtraError

FIELDS = ("nilai", "siapa")


def arrow_layouts(make, values):
    table = pa.table({"x": make(values)})
    yield "table", table
    yield "batch", pa.RecordBatch.from_arrays([make(values)], ["x"])
    yield (
        "sliced batch",
        pa.RecordBatch.from_arrays([make([*values[2:5], *values, *values[:3]])], ["x"]).slice(
            3, len(values)
        ),
    )
    yield (
        "sliced table",
        pa.table({"x": make([*values[2:5], *values, *values[:3]])}).slice(3, len(values)),
    )
    pieces = [make(values[:4]), make(values[4:5]), make([]), make(values[5:])]
    yield "chunks", pa.table({"x": pa.chunked_array(pieces, type=table["x"].type)})


def polars_layouts(make, values):
    yield "frame", pl.DataFrame({"x": make(values)})
    yield (
        "slice",
        pl.DataFrame({"x": make([*values[2:5], *values, *values[:3]])}).slice(3, len(values)),
    )
    pieces = [pl.DataFrame({"x": make(part)}) for part in (values[:4], values[4:5], [], values[5:])]
    yield "chunks", pl.concat(pieces, rechunk=False)


def pandas_layouts(make, values):
    yield "frame", pd.DataFrame({"x": make(values)})
    frame = pd.DataFrame({"x": make([*values[2:5], *values, *values[:3]])})
    yield "slice", frame.iloc[3 : 3 + len(values)]
    yield (
        "every other row",
        pd.DataFrame({"x": make([v for v in values for _ in range(2)])}).iloc[::2],
    )


def plain_layouts(make, values):
    yield "mapping", {"x": make(values)}


CASES = [
    pytest.param(sample, frame, id=f"{library}: {sample.label}, {layout}")
    for library, layouts, table in (
        ("pyarrow", arrow_layouts, samples.ARROW),
        ("polars", polars_layouts, samples.POLARS),
        ("pandas", pandas_layouts, samples.PANDAS),
        ("plain", plain_layouts, samples.PLAIN),
    )
    for sample in table
    for layout, frame in layouts(sample.make, sample.values)
]


class TestReading:
    @pytest.mark.parametrize(("sample", "native"), CASES)
    def test_parts_and_records_say_what_the_column_holds(self, sample, native):
        frame = open_frame(native)
        expected = [canon(value) for value in sample.expected]
        count = len(expected)
        assert (frame.rows, frame.names) == (count, ("x",))
        fields = FIELDS if any(isinstance(v, list) for v in sample.values) else ()
        fields = () if "bare" in sample.label else fields
        for start, stop in ((0, count), (1, count), (3, 9), (4, 5), (5, 6), (2, 2), (count, count)):
            assert told(frame.part("x", start, stop, fields)) == expected[start:stop]
        assert [canon(frame.record(row, ["x"])["x"]) for row in range(count)] == expected

    @pytest.mark.parametrize(("sample", "native"), CASES)
    def test_some_rows_say_what_the_column_holds_there(self, sample, native):
        frame = open_frame(native)
        expected = [canon(value) for value in sample.expected]
        count = len(expected)
        for rows in (range(count), [], [0], [count - 1], [1, 3, 4, 5, 5, 8], [3, 4]):
            for kind in (np.int32, np.int64):
                places = np.array(rows, dtype=kind)
                assert told(frame.at("x", places)) == [expected[row] for row in rows]

    @pytest.mark.parametrize(
        "dtype", [pd.ArrowDtype(pa.float64()), pd.ArrowDtype(pa.string()), "string[pyarrow]"]
    )
    def test_some_rows_of_an_arrow_column_in_pieces_in_pandas(self, dtype):
        values = ["7", None, "8", "9", "7"]
        pieces = [pd.DataFrame({"x": pd.Series(values, dtype=dtype)}) for _ in range(4)]
        native = pd.concat(pieces, ignore_index=True)
        assert native["x"].array.__arrow_array__().num_chunks == 4
        frame = open_frame(native)
        rows = np.array([0, 1, 4, 9, 10, 12, 12, 19])
        expected = [
            canon(None if v is None else frame.record(i, ["x"])["x"])
            for i, v in enumerate(values * 4)
        ]
        assert told(frame.at("x", rows)) == [expected[row] for row in rows]

    @pytest.mark.parametrize(("sample", "native"), CASES)
    def test_forms_are_those_of_the_type(self, sample, native):
        fields = FIELDS if any(isinstance(v, list) for v in sample.values) else ()
        fields = () if "bare" in sample.label else fields
        form = type(open_frame(native).part("x", 0, 11, fields))
        label = sample.label.lower()
        if fields:
            assert form is (Objects if "holes" in label else Ragged)
        elif (
            label.startswith(("int", "uint", "float")) and "16" not in label and "128" not in label
        ):
            assert form is Numbers
        elif label.startswith(
            ("decimal64", "decimal128", "bool", "string", "cat", "dictionary u", "date")
        ):
            assert form is (Numbers if "decimal" in label else Coded)

    @pytest.mark.parametrize(("sample", "native"), CASES)
    def test_several_threads_read_the_same(self, sample, native):
        frame = open_frame(native)
        with ThreadPoolExecutor(4) as pool:
            spans = [(start, start + 3) for start in range(8)] * 4
            parts = list(pool.map(lambda span: told(frame.part("x", *span)), spans))
        expected = [canon(value) for value in sample.expected]
        assert parts == [expected[start:stop] for start, stop in spans]

    def test_numbers_without_gaps_are_views(self):
        values = np.arange(100.0)
        for native in (
            pd.DataFrame({"x": values}, copy=False),
            pl.DataFrame({"x": pl.Series(values)}),
            pa.table({"x": pa.Array.from_buffers(pa.float64(), 100, [None, pa.py_buffer(values)])}),
            {"x": values},
        ):
            frame = open_frame(native)
            first, second = (frame.part("x", start, 90).values for start in (0, 10))
            assert np.shares_memory(first, second)

    def test_only_the_fields_that_were_asked_for_and_are_there_come(self):
        rows = [[{"nilai": 1.0, "siapa": "a"}]]
        for native in (pd.DataFrame({"x": rows}), pl.DataFrame({"x": rows}), pa.table({"x": rows})):
            part = open_frame(native).part("x", 0, 1, ("siapa", "tidak_ada"))
            assert set(part.fields) == {"siapa"}

    def test_what_lies_under_a_missing_list_is_no_item(self):
        items = pa.StructArray.from_arrays([pa.array([1.0, 2.0, 3.0])], ["nilai"])
        offsets = pa.array([0, 1, 2, 3], pa.int32()).buffers()[1]
        valid = pa.py_buffer(np.packbits([1, 0, 1], bitorder="little"))
        kind = pa.list_(items.type)
        array = pa.Array.from_buffers(kind, 3, [valid, offsets], children=[items])
        part = open_frame(pa.table({"x": array})).part("x", 0, 3, ("nilai",))
        assert told(part) == [[{"nilai": 1}], None, [{"nilai": 3}]]

    def test_decimals_of_sixteen_digits_stay_decimals(self):
        # 9007199254740.991 and its neighbours share floats.
        texts = ["9007199254740.991", "4503599627370.497", "1.000"]
        table = pl.DataFrame({"x": texts}).select(pl.col("x").cast(pl.Decimal(38, 3)))
        for native in (table, table.to_arrow()):
            assert isinstance(open_frame(native).part("x", 0, 3), Objects)
            assert isinstance(open_frame(native).part("x", 2, 3), Numbers)

    def test_a_large_dictionary_is_told_only_as_far_as_it_is_used(self):
        texts = [f"t{n}" for n in range(9000)]
        codes = np.array([8999, 5, 8999, 0])
        words = pl.Series(texts, dtype=pl.Enum(texts)).gather(codes)
        natives = (
            pd.DataFrame({"x": pd.Categorical.from_codes(codes, texts)}),
            pl.DataFrame({"x": words}),
            pl.DataFrame({"x": words}).to_arrow(),
        )
        for native in natives:
            part = open_frame(native).part("x", 0, 4)
            assert told(part) == ["t8999", "t5", "t8999", "t0"]
            assert len(part.values) == 3

    def test_days_of_no_calendar_are_refused_by_the_scorer_not_here(self):
        array = pa.array([10**7, None, 0], pa.int32()).view(pa.date32())
        frame = open_frame(pa.table({"x": array}))
        assert frame.part("x", 0, 3).values[frame.part("x", 0, 3).codes[0]] == np.datetime64(
            10**7, "D"
        )
        assert str(frame.record(0, ["x"])["x"]) == "29349-01-26"

    def test_nanoseconds_are_cut(self):
        table = pa.table({"x": pa.array([1, -1], pa.timestamp("ns"))})
        values = told(open_frame(table).part("x", 0, 2))
        assert [time.isoformat() for _, time in values] == [
            "1970-01-01T00:00:00",
            "1969-12-31T23:59:59.999999",
        ]


class TestNames:
    def test_a_name_that_is_no_text_counts_as_its_text(self):
        frame = open_frame(pd.DataFrame({1: [10], ("a", 2): [20]}))
        assert frame.names == ("1", "('a', 2)")
        assert frame.record(0, frame.names) == {"1": 10, "('a', 2)": 20}

    def test_a_text_goes_before_what_only_looks_like_it(self):
        frame = open_frame(pd.DataFrame([[10, 20]], columns=[1, "1"]))
        assert frame.names == ("1",)
        assert frame.record(0, ["1"]) == {"1": 20}

    @pytest.mark.parametrize(
        "native",
        [
            pd.DataFrame([[1, 2, 3]], columns=["a", "b", "a"]),
            pa.Table.from_arrays([pa.array([n]) for n in (1, 2, 3)], names=["a", "b", "a"]),
            pa.RecordBatch.from_arrays([pa.array([n]) for n in (1, 2, 3)], names=["a", "b", "a"]),
        ],
    )
    def test_a_name_that_stands_twice_is_refused_when_it_is_wanted(self, native):
        frame = open_frame(native)
        assert frame.names == ("a", "b")
        assert told(frame.part("b", 0, 1)) == [2]
        for use in (
            lambda: frame.part("a", 0, 1),
            lambda: frame.record(0, ["a"]),
            lambda: frame.build({}, keep=["a"]),
        ):
            with pytest.raises(InputError, match="KNJ452"):
                use()

    def test_an_unknown_name_is_refused(self):
        for native in (
            pd.DataFrame({"a": [1]}),
            pl.DataFrame({"a": [1]}),
            pa.table({"a": [1]}),
            {"a": [1]},
        ):
            with pytest.raises(InputError, match="KNJ454"):
                open_frame(native).part("b", 0, 1)


class TestRefusing:
    @pytest.mark.parametrize(
        "native",
        [None, 1, "a,b", [{"a": 1}], np.zeros(3), pd.Series([1]), pl.Series([1]), pa.array([1])],
    )
    def test_what_is_no_frame(self, native):
        with pytest.raises(InputError, match="KNJ450"):
            open_frame(native)

    @pytest.mark.parametrize("column", [1, "abc", np.zeros((2, 2)), {"b": 1}, None])
    def test_a_mapping_of_something_else_than_columns(self, column):
        with pytest.raises(InputError, match="KNJ450"):
            open_frame({"a": column})

    def test_a_lazy_frame_says_to_collect(self):
        with pytest.raises(InputError, match=r"KNJ451[\s\S]*\.collect\(\)"):
            open_frame(pl.LazyFrame({"a": [1]}))

    def test_columns_of_different_lengths(self):
        with pytest.raises(InputError, match="KNJ455"):
            open_frame({"a": [1], "b": [1, 2]})

    @pytest.mark.parametrize(
        "native", [pl.DataFrame({"x": [[1.0]]}), pa.table({"x": [[1.0]]}), pa.table({"x": [["a"]]})]
    )
    def test_a_list_of_bare_values_where_fields_are_wanted(self, native):
        with pytest.raises(InputError, match="KNJ456"):
            open_frame(native).part("x", 0, 1, ("nilai",))

    def test_no_library_for_arrow_data(self, monkeypatch):
        class Foreign:
            def __arrow_c_stream__(self, requested_schema=None):
                raise NotImplementedError

        monkeypatch.setitem(sys.modules, "pyarrow", None)
        monkeypatch.setitem(sys.modules, "polars", None)
        with pytest.raises(MissingExtraError, match=r"kinerja\[frames\]"):
            open_frame(Foreign())


class TestForeignFrames:
    def natives(self):
        yield duckdb.sql("select 1::bigint as a, 'x' as b")
        yield arro3.core.Table.from_pydict(
            {"a": arro3.core.Array([1], arro3.core.DataType.int64()),
             "b": arro3.core.Array(["x"], arro3.core.DataType.string())}
        )  # fmt: skip
        yield pa.RecordBatchReader.from_batches(
            pa.schema({"a": pa.int64(), "b": pa.string()}),
            [pa.record_batch({"a": [1], "b": ["x"]})],
        )

    def test_are_read_through_pyarrow(self):
        for native in self.natives():
            frame = open_frame(native)
            assert frame.record(0, ["a", "b"]) == {"a": 1, "b": "x"}
            assert isinstance(frame.build({}, keep=["a"]), pa.Table)

    def test_are_read_through_polars_where_there_is_no_pyarrow(self, monkeypatch):
        natives = list(self.natives())[1:]
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        for native in natives:
            frame = open_frame(native)
            assert frame.record(0, ["a", "b"]) == {"a": 1, "b": "x"}
            assert isinstance(frame.build({}, keep=["a"]), pl.DataFrame)


def outputs(rows=3):
    gap = np.array([False, True, False])[:rows]
    return {
        "nilai": Figures(np.array([76.61, np.nan, -0.5])[:rows]),
        "predikat": Labels(np.array([1, -2, 0], np.int8)[:rows], ("kurang", "baik"), ordered=True),
        "luas": Labels(np.array([299, -1, 0], np.int16)[:rows], tuple(f"l{n}" for n in range(300)), ordered=False),
        "lulus": Flags(np.array([1, -1, 0], np.int8)[:rows]),
        "semua": Flags(np.array([1, 1, 0], np.int8)[:rows]),
        "tanggal": Days(np.array([19782, 5, -1], np.int32)[:rows], gap),
        "hari": Days(np.array([19782, 5, -1], np.int32)[:rows]),
        "status": Texts(np.array([0, 1, 0], np.int32)[:rows], ("complete", "incomplete")),
        "reasons": Texts(np.array([-1, 0, -1], np.int32)[:rows], ("x kosong; y kosong",)),
        "kosong": Texts(np.array([-1, -1, -1], np.int32)[:rows], ()),
    }  # fmt: skip


ROWS = {
    "nilai": [76.61, None, -0.5],
    "predikat": ["baik", None, "kurang"],
    "luas": ["l299", None, "l0"],
    "lulus": [True, None, False],
    "semua": [True, True, False],
    "tanggal": [date(2024, 2, 29), None, date(1969, 12, 31)],
    "hari": [date(2024, 2, 29), date(1970, 1, 6), date(1969, 12, 31)],
    "status": ["complete", "incomplete", "complete"],
    "reasons": [None, "x kosong; y kosong", None],
    "kosong": [None, None, None],
}
IDS = {"id": ["p1", "p2", "p3"], "n": [1, 2, 3]}
NATIVES = {
    "pandas": pd.DataFrame(IDS, index=[7, 7, 9]),
    "polars": pl.DataFrame(IDS),
    "table": pa.table(IDS),
    "chunked": pa.concat_tables([pa.table(IDS).slice(0, 1), pa.table(IDS).slice(1)]),
    "batch": pa.RecordBatch.from_pydict(IDS),
    "mapping": {name: np.array(values) for name, values in IDS.items()},
}


def as_days(values):
    return [canon(value.date() if hasattr(value, "date") else value) for value in values]


class TestBuilding:
    @pytest.mark.parametrize("library", NATIVES)
    @pytest.mark.parametrize("rows", [0, 1, 3])
    def test_the_result_is_of_the_same_kind_and_says_the_same(self, library, rows):
        native = NATIVES[library]
        if library == "mapping":
            native = {name: values[:rows] for name, values in native.items()}
        else:
            native = native.iloc[:rows] if library == "pandas" else native.slice(0, rows)
        frame = open_frame(native)
        built = frame.build(outputs(rows), keep=["id"])
        assert type(built) is type(native)
        again = open_frame(built)
        assert again.names == ("id", *ROWS)
        assert again.rows == rows
        for name, values in {"id": IDS["id"], **ROWS}.items():
            got = [again.record(row, [name])[name] for row in range(rows)]
            assert as_days(got) == [canon(value) for value in values[:rows]]

    def test_pandas_keeps_its_index_and_has_its_own_types(self):
        built = open_frame(NATIVES["pandas"]).build(outputs(), keep=["id"])
        assert built.index.tolist() == [7, 7, 9]
        kinds = {name: str(kind) for name, kind in built.dtypes.items()}
        assert kinds == {
            "id": "str", "nilai": "float64", "predikat": "category", "luas": "category", "lulus": "boolean",
            "semua": "bool", "tanggal": "datetime64[s]", "hari": "datetime64[s]", "status": "category",
            "reasons": "category", "kosong": "category",
        }  # fmt: skip
        assert built["predikat"].cat.ordered
        assert built["predikat"].min() == "kurang"
        assert not built["luas"].cat.ordered

    def test_many_different_texts_are_texts_in_pandas(self):
        texts = tuple(f"t{n}" for n in range(2000))
        codes = np.arange(-1, 1999, dtype=np.int32)
        frame = open_frame(pd.DataFrame({"n": range(2000)}))
        built = frame.build({"teks": Texts(codes, texts)})["teks"]
        assert str(built.dtype) == "str"
        assert built.isna().tolist() == [True] + [False] * 1999
        assert built.iloc[1999] == "t1998"

    def test_polars_has_its_own_types(self):
        built = open_frame(NATIVES["polars"]).build(outputs(), keep=["id"])
        assert dict(built.schema) == {
            "id": pl.String, "nilai": pl.Float64, "predikat": pl.Enum(["kurang", "baik"]),
            "luas": pl.Enum([f"l{n}" for n in range(300)]), "lulus": pl.Boolean, "semua": pl.Boolean,
            "tanggal": pl.Date, "hari": pl.Date, "status": pl.Categorical, "reasons": pl.Categorical,
            "kosong": pl.Categorical,
        }  # fmt: skip
        assert built["nilai"].null_count() == 1
        assert pl.concat([built, built]).height == 6

    def test_arrow_has_its_own_types(self):
        built = open_frame(NATIVES["table"]).build(outputs(), keep=["id"])
        built.validate(full=True)
        kinds = {field.name: field.type for field in built.schema}
        assert kinds == {
            "id": pa.string(), "nilai": pa.float64(),
            "predikat": pa.dictionary(pa.int8(), pa.string(), ordered=True),
            "luas": pa.dictionary(pa.int16(), pa.string()), "lulus": pa.bool_(), "semua": pa.bool_(),
            "tanggal": pa.date32(), "hari": pa.date32(), "status": pa.dictionary(pa.int32(), pa.string()),
            "reasons": pa.dictionary(pa.int32(), pa.string()), "kosong": pa.dictionary(pa.int32(), pa.string()),
        }  # fmt: skip
        assert built["nilai"].null_count == 1

    def test_a_mapping_keeps_what_it_had(self):
        built = open_frame(NATIVES["mapping"]).build(outputs(), keep=["id"])
        assert built["id"] is NATIVES["mapping"]["id"]
        assert built["predikat"].tolist() == ["baik", None, "kurang"]

    @pytest.mark.parametrize("library", NATIVES)
    def test_kept_columns_pass_through(self, library):
        frame = open_frame(NATIVES[library])
        again = open_frame(frame.build({}, keep=["n", "id"]))
        assert again.names == ("n", "id")
        assert told(again.part("n", 0, 3)) == [1, 2, 3]

    @pytest.mark.parametrize("library", NATIVES)
    def test_no_columns_at_all(self, library):
        assert open_frame(open_frame(NATIVES[library]).build({})).names == ()

    def test_a_name_that_was_no_text_is_text(self):
        built = open_frame(pd.DataFrame({1: [10]})).build({}, keep=["1"])
        assert built.columns.tolist() == ["1"]


ALONE = """
import sys, importlib.abc

class Refuse(importlib.abc.MetaPathFinder):
    # Finds what the others find, except what is refused.

    def __init__(self, others):
        self.others = others

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {refused}:
            return None
        specs = (other.find_spec(name, path, target) for other in self.others)
        return next((spec for spec in specs if spec is not None), None)

sys.meta_path[:] = [Refuse(list(sys.meta_path))]
tops = lambda: {{name.partition(".")[0] for name in sys.modules}}
import kinerja.columns.frames
{before}
loaded = tops()
import numpy as np
from datetime import date
from kinerja.columns.frames import duplicate_ids, join_rows, open_frame
from kinerja.columns.parts import *

def scored(native):
    frame = open_frame(native)
    for name in frame.names:
        frame.part(name, 0, frame.rows, ("nilai",) if name == "daftar" else ())
    frame.record(0, frame.names)
    join_rows(frame, frame), duplicate_ids(frame, "nomor")
    codes = np.array([0, -1], np.int32)
    out = dict(a=Figures(np.array([1, np.nan])), b=Labels(codes.astype(np.int8), ("x", "y"), True),
               c=Flags(codes.astype(np.int8)), d=Days(codes), e=Texts(codes, ("u",)))
    return frame.build(out, keep=["id"])

columns = dict(id=["p", "q"], nomor=[1, 2], angka=[0.1, None], hari=[date(2024, 1, 1), None], ya=[True, None],
               daftar=[[dict(nilai=1.0)], None])
{make}
print(*((tops() - loaded) & {all}))
"""
LIBRARIES = {"pandas", "polars", "pyarrow", "narwhals", "duckdb"}


SCORED = """
people = dict(id=["p", "q"], hasil_kerja=["sesuai_ekspektasi"] * 2, perilaku_kerja=["di_atas_ekspektasi", None])
import kinerja
results = kinerja.load("kuadran-6-2022").score_table({make})
assert type(results) is type({make})
"""


def loaded_besides(make, before="", refused=frozenset()):
    # What is there for the first time after the frame was made and scored.
    code = ALONE.format(make=make, before=before, refused=set(refused) or "()", all=LIBRARIES)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


class TestForeignLibrariesStayOut:
    def test_the_package_loads_none(self):
        code = f"import kinerja.columns.frames, sys; print(*({LIBRARIES} & set(sys.modules)))"
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
        assert done.stdout.split() == []

    def test_a_mapping_loads_none(self):
        assert loaded_besides("scored(columns)") == set()

    def test_pandas_loads_nothing_that_it_had_not_loaded(self):
        make = "scored(pd.DataFrame(columns))"
        assert loaded_besides(make, "import pandas as pd") == set()

    def test_pandas_needs_no_other(self):
        make = "scored(pd.DataFrame(columns)); scored(pd.DataFrame(columns).astype({'id': 'category'}))"
        assert loaded_besides(make, "import pandas as pd", LIBRARIES - {"pandas"}) == set()

    def test_polars_loads_nothing(self):
        assert loaded_besides("scored(pl.DataFrame(columns))", "import polars as pl") == set()

    def test_polars_needs_no_other(self):
        make = "scored(pl.DataFrame(columns)); scored(pl.DataFrame(columns).with_columns(pl.col('id').cast(pl.Categorical)))"
        assert loaded_besides(make, "import polars as pl", LIBRARIES - {"polars"}) == set()

    def test_arrow_needs_no_other(self):
        make = "scored(pa.table(columns)); scored(pa.RecordBatch.from_pydict(columns))"
        assert loaded_besides(make, "import pyarrow as pa", LIBRARIES - {"pyarrow"}) == set()

    @pytest.mark.parametrize(
        ("library", "make"),
        [
            ("pandas", "pandas.DataFrame(people)"),
            ("polars", "polars.DataFrame(people)"),
            ("pyarrow", "pyarrow.table(people)"),
        ],
    )
    def test_scoring_a_table_needs_no_other(self, library, make):
        scored = SCORED.format(make=make)
        assert loaded_besides(scored, f"import {library}", LIBRARIES - {library}) == set()
        if library != "pyarrow":  # which loads pandas whenever a table is made
            assert loaded_besides(scored, f"import {library}") == set()
