"""Results in Parquet and Arrow files: their types, and what every reader makes of them."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc

from kinerja.columns.answers import Fixed
from kinerja.columns.parts import Coded, Numbers
from kinerja.errors import InputError, MissingExtraError
from kinerja.io import ColumnType, arrow_results, open_writer

TYPES = {
    "reasons": ColumnType(kind="texts"),
    "nilai": ColumnType(kind="number", digits=2),
    "rata": ColumnType(kind="number"),
    "puluhan": ColumnType(kind="number", digits=-1),
    "halus": ColumnType(kind="number", digits=6),
    "lulus": ColumnType(kind="flag"),
    "mulai": ColumnType(kind="date"),
}
COLUMNS = ("id", "reasons", "predikat", *(name for name in TYPES if name != "reasons"))
ROWS = (
    (
        "7",
        (),
        "baik",
        Decimal("86.60"),
        Fraction(2, 37),
        Decimal(120),
        Decimal("0.000001"),
        True,
        "2024-03-31",
    ),
    ("=1+1", ("input_missing: a", "no_items: b"), None, None, None, None, None, None, None),
)
WRITERS = pytest.mark.parametrize("suffix", [".parquet", ".arrow"])


def written(path, rows=ROWS, columns=COLUMNS, types=TYPES, **more):
    with open_writer(path, columns, types=types, **more) as write:
        for row in rows:
            write(row)
    return read(path)


def read(path):
    if path.suffix == ".parquet":
        return pq.read_table(path)
    with ipc.open_file(path) as opened:
        return opened.read_all()


@WRITERS
class TestTypes:
    def test_a_number_that_is_rounded_is_a_decimal(self, tmp_path, suffix):
        schema = written(tmp_path / f"a{suffix}").schema
        assert schema.field("nilai").type == pa.decimal128(18, 2)
        assert schema.field("puluhan").type == pa.decimal128(18, 0)
        assert schema.field("halus").type == pa.decimal128(38, 6)

    def test_any_other_number_is_a_double(self, tmp_path, suffix):
        table = written(tmp_path / f"a{suffix}")
        assert table.schema.field("rata").type == pa.float64()
        assert table.column("rata").to_pylist() == [2 / 37, None]

    def test_the_others(self, tmp_path, suffix):
        schema = written(tmp_path / f"a{suffix}").schema
        assert [str(schema.field(name).type) for name in ("id", "predikat", "lulus", "mulai")] == [
            "string",
            "string",
            "bool",
            "date32[day]",
        ]
        assert schema.field("reasons").type.value_type == pa.string()

    def test_values(self, tmp_path, suffix):
        first, second = written(tmp_path / f"a{suffix}").to_pylist()
        assert first["nilai"] == Decimal("86.60")
        assert (first["reasons"], first["lulus"], first["mulai"]) == ([], True, date(2024, 3, 31))
        assert second["id"] == "=1+1"
        assert second["reasons"] == ["input_missing: a", "no_items: b"]
        assert [second[name] for name in ("predikat", "nilai", "rata", "lulus", "mulai")] == [
            None
        ] * 5

    def test_ids_that_are_whole_numbers(self, tmp_path, suffix):
        types = {"id": ColumnType(kind="whole")}
        table = written(tmp_path / f"a{suffix}", [["-7"], [None]], ["id"], types)
        assert table.column("id").to_pylist() == [-7, None]

    def test_what_is_said_of_the_file(self, tmp_path, suffix):
        table = written(tmp_path / f"a{suffix}", about={"kinerja.policy": "skm-2017"})
        assert table.schema.metadata[b"kinerja.policy"] == b"skm-2017"

    def test_a_file_without_rows_has_types(self, tmp_path, suffix):
        table = written(tmp_path / f"a{suffix}", [])
        assert (table.num_rows, table.schema.field("nilai").type) == (0, pa.decimal128(18, 2))

    def test_half_a_character_is_written_as_its_escape(self, tmp_path, suffix):
        table = written(tmp_path / f"a{suffix}", [["a\ud800"]], ["id"], {})
        assert table.column("id").to_pylist() == ["a\\ud800"]

    def test_a_column_without_a_type_holds_the_text_of_a_table(self, tmp_path, suffix):
        rows = [[Decimal("1E+3")], [True], [("a", "b")]]
        table = written(tmp_path / f"a{suffix}", rows, ["x"], {})
        assert table.column("x").to_pylist() == ["1000", "true", "a; b"]

    def test_numbers_beyond_all_floats(self, tmp_path, suffix):
        types = {"x": ColumnType(kind="number")}
        rows = [[Fraction(10**400)], [Fraction(-(10**400))], [Decimal("1e350")]]
        table = written(tmp_path / f"a{suffix}", rows, ["x"], types)
        assert table.column("x").to_pylist() == [np.inf, -np.inf, np.inf]


@WRITERS
class TestLimits:
    @pytest.mark.parametrize(
        ("name", "good", "bad"),
        [
            ("nilai", Decimal(10**16 - 1), Decimal(10**16)),
            ("halus", Decimal(10**32 - 1), Decimal(-(10**32))),
        ],
    )
    def test_a_number_that_is_too_long_is_refused(self, tmp_path, suffix, name, good, bad):
        path = tmp_path / f"a{suffix}"
        types = {name: TYPES[name]}
        assert written(path, [[good]], [name], types).column(name).to_pylist() == [good]
        path.unlink()
        with pytest.raises(InputError) as caught:
            written(path, [[None], [Decimal(1)], [bad]], [name], types)
        (issue,) = caught.value.issues
        assert (issue.code, issue.path) == ("KNJ563", name)
        assert issue.details["found"] == f'"{bad:f}"'
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("error", [KeyboardInterrupt, InputError([])])
    def test_an_interrupted_file_leaves_nothing(self, tmp_path, suffix, monkeypatch, error):
        monkeypatch.setattr(arrow_results, "SINGLE", 1)
        monkeypatch.setattr(arrow_results, "ROWS", 1)
        (tmp_path / f"a{suffix}").write_text("lama")

        def write():
            with open_writer(tmp_path / f"a{suffix}", ["id"]) as write_row:
                write_row(["1"])
                raise error

        with pytest.raises(type(error) if isinstance(error, InputError) else error):
            write()
        assert [path.read_text() for path in tmp_path.iterdir()] == ["lama"]

    def test_a_full_disk_is_said(self, tmp_path, suffix, monkeypatch):
        monkeypatch.setattr(arrow_results, "ROWS", 1)

        def write():
            with open_writer(tmp_path / f"a{suffix}", ["id"]) as write_row:
                opened = next(iter(tmp_path.iterdir())).open("r+b")
                opened.close()
                write_row(["1"])
                raise OSError(28, "No space left on device")

        with pytest.raises(InputError, match="KNJ558"):
            write()
        assert list(tmp_path.iterdir()) == []

    def test_without_pyarrow_the_extra_is_named(self, tmp_path, suffix, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(MissingExtraError, match=r"kinerja\[frames\]"):
            written(tmp_path / f"a{suffix}")
        assert list(tmp_path.iterdir()) == []


class TestColumns:
    """What the column engine gives is written like the same rows."""

    NAMES = ("id", "reasons", "predikat", "nilai", "rata", "lulus", "mulai")
    COUNT = 5

    def columns(self):
        gap = np.array([False, True, False, False, False])
        return [
            ["a", "b", "c", "d", "e"],
            Coded(np.array([1, 0, 1, 1, 0], np.int32), [("no_items: x",), ()]),
            Coded(np.array([1, -1, 0, 0, 1], np.int8), ["kurang", "baik"]),
            Fixed(np.array([8660, 7, -1, 0, 2**51 - 1]), 100, 2, gap),
            Numbers(np.array([0.1, np.nan, 2.5, -3.0, 1e300])),
            Coded(np.array([1, -1, 0, 1, 0], np.int8), (False, True)),
            Coded(np.array([0, -1, 0, 0, 0], np.int32), ["2024-03-31"]),
        ]

    def rows(self):
        money = [
            Decimal("86.60"),
            None,
            Decimal("-0.01"),
            Decimal("0.00"),
            Decimal(2**51 - 1) / 100,
        ]
        return [
            ("a", (), "baik", money[0], Decimal("0.1"), True, "2024-03-31"),
            ("b", ("no_items: x",), None, None, None, None, None),
            ("c", (), "kurang", money[2], Decimal("2.5"), False, "2024-03-31"),
            ("d", (), "kurang", money[3], Decimal(-3), True, "2024-03-31"),
            ("e", ("no_items: x",), "baik", money[4], Decimal("1e300"), False, "2024-03-31"),
        ]

    @WRITERS
    def test_they_are_the_same(self, tmp_path, suffix):
        path = tmp_path / f"a{suffix}"
        with open_writer(path, self.NAMES, types=TYPES) as write:
            write.write_columns(self.columns(), {})
        assert read(path).equals(written(tmp_path / f"b{suffix}", self.rows(), self.NAMES))

    @pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx", ".parquet", ".arrow"])
    def test_some_rows_may_come_whole(self, tmp_path, suffix):
        rows, columns = self.rows(), self.columns()
        if suffix not in {".parquet", ".arrow"}:
            # There a double is not exact: such rows come whole.
            given = dict(enumerate(rows))
            del given[1]
        else:
            given = {3: rows[3], 0: rows[0]}
        columns[0] = pa.array(columns[0])
        path, other = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
        with open_writer(path, self.NAMES, types=TYPES) as write:
            write(rows[0])
            write.write_columns(columns, given)
            write(rows[1])
        with open_writer(other, self.NAMES, types=TYPES) as write:
            for row in (rows[0], *rows, rows[1]):
                write(row)
        if suffix == ".xlsx":
            assert pd.read_excel(path).equals(pd.read_excel(other))
        elif suffix in {".csv", ".jsonl"}:
            assert path.read_bytes() == other.read_bytes()
        else:
            assert read(path).equals(read(other))

    def test_row_groups_are_gathered(self, tmp_path, monkeypatch):
        monkeypatch.setattr(arrow_results, "ROWS", 10)
        path = tmp_path / "a.parquet"
        with open_writer(path, self.NAMES, types=TYPES) as write:
            for _ in range(5):
                write.write_columns(self.columns(), {})
        sizes = pq.ParquetFile(path).metadata
        assert [sizes.row_group(at).num_rows for at in range(3)] == [10, 10, 5]


class TestReaders:
    """Each library reads the exact numbers, labels as text, reasons as lists."""

    def test_duckdb(self, tmp_path):
        written(tmp_path / "a.parquet")
        found = duckdb.read_parquet(str(tmp_path / "a.parquet"))
        assert [*zip(found.columns, map(str, found.types), strict=True)][:5] == [
            ("id", "VARCHAR"),
            ("reasons", "VARCHAR[]"),
            ("predikat", "VARCHAR"),
            ("nilai", "DECIMAL(18,2)"),
            ("rata", "DOUBLE"),
        ]
        assert found.aggregate("sum(nilai)").fetchall() == [(Decimal("86.60"),)]

    @WRITERS
    def test_polars(self, tmp_path, suffix):
        written(tmp_path / f"a{suffix}")
        reader = pl.read_parquet if suffix == ".parquet" else pl.read_ipc
        frame = reader(tmp_path / f"a{suffix}")
        assert frame.schema["nilai"] == pl.Decimal(18, 2)
        assert frame.schema["predikat"] == pl.String
        assert frame["nilai"].to_list() == [Decimal("86.60"), None]
        assert frame["reasons"].to_list() == [[], ["input_missing: a", "no_items: b"]]

    def test_pandas(self, tmp_path):
        written(tmp_path / "a.parquet")
        frame = pd.read_parquet(tmp_path / "a.parquet", dtype_backend="pyarrow")
        assert str(frame.dtypes["nilai"]) == "decimal128(18, 2)[pyarrow]"
        assert frame["nilai"].tolist()[0] == Decimal("86.60")
