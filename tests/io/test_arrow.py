"""Parquet and Arrow files as data: what is read, what is refused, and what cannot be opened."""

from __future__ import annotations

import os
import sys
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc

from kinerja.errors import InputError, MissingExtraError
from kinerja.formula.types import LabelType, ListType, NumberType, TextType
from kinerja.io import arrow, arrow_ids, arrow_records, read_records
from kinerja.io.arrow import open_arrow
from kinerja.io.arrow_records import ArrowRecords

RATING = {"kelompok": TextType(), "nilai": NumberType()}
LISTS = {"daftar": ListType(fields=RATING)}


@pytest.fixture
def parquet(tmp_path):
    """Write a table as Parquet, in several row groups."""

    def write(columns, name="data.parquet", rows=2):
        path = tmp_path / name
        pq.write_table(pa.table(columns), path, row_group_size=rows)
        return path

    return write


@pytest.fixture
def ipc_file(tmp_path):
    """Write a table as an Arrow file or stream, in several batches."""

    def write(columns, name="data.arrow", *, opener=ipc.new_file, rows=2):
        path = tmp_path / name
        table = pa.table(columns)
        with path.open("wb") as opened, opener(opened, table.schema) as writer:
            writer.write_table(table, max_chunksize=rows)
        return path

    return write


def refusal(path, inputs, **more):
    with pytest.raises(InputError) as caught:
        read_records(path, inputs, **more)
    return caught.value.issues


def outcome(path, inputs):
    """Read a file; give `read`, or the codes of the refusal."""
    try:
        list(read_records(path, inputs))
    except InputError as error:
        return {issue.code for issue in error.issues}
    return {"read"}


def records(path, inputs, **more):
    return [row.record for row in read_records(path, inputs, **more)]


def told(rows):
    return [(issue.code, issue.cell) for row in rows for issue in row.issues]


COLUMNS = {"id": ["a", "b", "c"], "nilai": [1.5, None, 3.25], "lain": [1, 2, 3]}
READ = [{"id": "a", "nilai": 1.5}, {"id": "b", "nilai": None}, {"id": "c", "nilai": 3.25}]


class TestReading:
    def test_parquet(self, parquet, number):
        assert records(parquet(COLUMNS), number) == READ

    @pytest.mark.parametrize("opener", [ipc.new_file, ipc.new_stream])
    @pytest.mark.parametrize("name", ["data.arrow", "data.feather", "DATA.ARROW"])
    def test_arrow_file_and_stream(self, ipc_file, number, opener, name):
        assert records(ipc_file(COLUMNS, name, opener=opener), number) == READ

    def test_compressed_feather(self, tmp_path, number):
        from pyarrow import feather

        path = tmp_path / "data.feather"
        feather.write_feather(pa.table(COLUMNS), path, compression="zstd")
        assert records(path, number) == READ

    def test_a_folder_is_read_part_by_part(self, parquet, tmp_path, number):
        (tmp_path / "semua.parquet").mkdir()
        for name, ids in (("part-1", ["a", "b"]), ("part-0", ["c"]), ("_meta", ["x"])):
            columns = {"id": ids, "nilai": [*range(len(ids))]}
            parquet(columns, f"semua.parquet/{name}.parquet")
        (tmp_path / "semua.parquet" / "_SUCCESS").touch()
        found = read_records(tmp_path / "semua.parquet", number)
        assert [row.id for row in found] == ["c", "a", "b"]
        assert found.find("b").record == {"id": "b", "nilai": 1}

    def test_values_keep_the_digits_of_their_type(self, parquet, inputs):
        columns = {
            "id": [1],
            "nilai": pa.array([Decimal("1.10")], pa.decimal128(9, 2)),
            "perilaku": pa.array(["baik"]).dictionary_encode(),
            "aktif": [True],
            "mulai": [date(2024, 3, 31)],
            "ratings": [[{"group": "x", "score": 3}]],
        }
        assert records(parquet(columns), inputs) == [
            {
                "id": "1",
                "nilai": Decimal("1.10"),
                "perilaku": "baik",
                "aktif": True,
                "mulai": date(2024, 3, 31),
                "ratings": [{"group": "x", "score": 3}],
            }
        ]

    def test_text_is_not_read_as_a_number_here(self, parquet, number):
        assert records(parquet({"id": ["a"], "nilai": ["1,5"]}), number)[0]["nilai"] == "1,5"

    def test_a_file_without_inputs_has_rows(self, parquet):
        found = read_records(parquet({"id": ["a", "b"]}), {})
        assert [batch.frame.num_rows for batch in found.batches()] == [2]
        assert [row.record for row in found] == [{"id": "a"}, {"id": "b"}]

    def test_a_file_without_rows(self, parquet, number):
        found = read_records(parquet({"id": pa.array([], pa.string())}), number)
        assert ([*found], len(found), [w.code for w in found.warnings]) == ([], 0, ["KNJ519"])

    def test_short_batches_are_put_together_and_long_ones_cut(self, ipc_file, monkeypatch):
        monkeypatch.setattr(arrow, "ROWS", 5)
        columns = {"id": [str(n) for n in range(12)], "label": pa.array(["x"] * 12)}
        columns["label"] = columns["label"].dictionary_encode()
        for rows in (2, 12):
            found = open_arrow(ipc_file(columns, rows=rows))
            sizes = [batch.num_rows for batch in found.batches(["id", "label"])]
            assert sum(sizes) == 12
            assert max(sizes) <= 5
            assert len(sizes) == 3

    def test_a_batch_may_hold_several_row_groups(self, parquet, scale):
        rows = [[{"kelompok": f"k{n}", "nilai": n}] * (n % 3) for n in range(20)]
        columns = {
            "id": [str(n) for n in range(20)],
            "perilaku": ["baik", "kurang"] * 10,
            "daftar": rows,
        }
        found = read_records(
            parquet(columns, rows=3), {**LISTS, "perilaku": LabelType(scale=scale)}
        )
        (batch,) = found.batches()
        assert batch.frame.column("daftar").to_pylist() == rows
        assert batch.frame.column("perilaku").to_pylist() == columns["perilaku"]

    @pytest.mark.parametrize("kind", ["parquet", "arrow"])
    def test_rows_with_long_lists_come_in_short_batches(self, parquet, ipc_file, monkeypatch, kind):
        monkeypatch.setattr(arrow, "ITEMS", 100)
        rows = [[{"kelompok": "x", "nilai": 1}] * 30] * 20
        columns = {"id": [str(n) for n in range(20)], "daftar": rows}
        write = parquet if kind == "parquet" else ipc_file
        for size in (3, 20):
            found = read_records(write(columns, rows=size), LISTS)
            assert [batch.count for batch in found.batches()][:3] == [3, 3, 3]
        items = {
            "id": [str(n % 20) for n in range(600)],
            "kelompok": ["x"] * 600,
            "nilai": [1] * 600,
        }
        data = write({"id": columns["id"]}, rows=20)
        lists = {"daftar": parquet(items, "daftar.parquet")}
        batches = [*read_records(data, LISTS, lists=lists).batches()]
        assert [batch.count for batch in batches] == [3] * 6 + [2]
        assert [row for b in batches for row in b.frame.column("daftar").to_pylist()] == rows

    def test_reading_may_begin_anywhere(self, parquet, ipc_file):
        columns = {"id": [str(n) for n in range(9)]}
        for path in (parquet(columns), ipc_file(columns)):
            for start in range(10):
                batches = open_arrow(path).batches(["id"], start=start)
                ids = [text for batch in batches for text in batch.column(0).to_pylist()]
                assert ids == columns["id"][start:]


class TestIds:
    def ids(self, column, parquet):
        found = read_records(parquet({"id": column}), {})
        rows = [*found]
        assert [row.id for row in rows if not row.issues] == [
            text
            for batch in found.batches()
            for text in arrow_ids.read_ids(pa.array(batch.ids)).texts
        ]
        return [row.issues[0].code if row.issues else row.id for row in rows]

    def test_whole_numbers(self, parquet):
        assert self.ids(pa.array([198001012005011001, None, -5]), parquet) == [
            "198001012005011001",
            "KNJ517",
            "-5",
        ]

    def test_texts_lose_the_spaces_around_them(self, parquet):
        assert self.ids(pa.array([" a ", "b", "  "]), parquet) == ["a", "b", "KNJ517"]

    def test_what_is_no_id(self, parquet):
        column = pa.array(["a\nb", "x" * 201, "1,98001E+17", "#N/A", None])
        assert self.ids(column, parquet) == ["KNJ533", "KNJ533", "KNJ531", "KNJ526", "KNJ517"]

    def test_decimals_keep_all_digits(self, parquet):
        values = [Decimal(198001012005011001), Decimal("1.50"), None]
        column = pa.array(values, pa.decimal128(20, 2))
        assert self.ids(column, parquet) == ["198001012005011001", "KNJ533", "KNJ517"]

    def test_floats_of_more_than_fifteen_digits_were_cut(self, parquet):
        """pandas makes floats of whole numbers as soon as one of them is missing."""
        column = pa.array([7.0, None, float("nan"), 198001012005011001.0])
        assert self.ids(column, parquet) == ["7", "KNJ517", "KNJ517", "KNJ531"]

    def test_texts_of_a_dictionary(self, parquet):
        column = pa.array(["a", None, " b "]).dictionary_encode()
        assert self.ids(column, parquet) == ["a", "KNJ517", "b"]

    @pytest.mark.parametrize("column", [[True, False], [date(2024, 1, 1)], [b"a"]])
    def test_other_values(self, parquet, column):
        assert set(self.ids(pa.array(column), parquet)) == {"KNJ533"}

    def test_a_column_of_lists_holds_no_ids(self, parquet, number):
        (issue,) = refusal(parquet({"id": [["a"]]}), number)
        assert (issue.code, issue.path) == ("KNJ564", "id")


class TestRepeatedIds:
    def test_they_are_found_in_other_batches(self, parquet, monkeypatch):
        monkeypatch.setattr(arrow, "ROWS", 2)
        found = read_records(parquet({"id": ["a", "b", "c", "a", "d", " a "]}), {})
        rows = [*found]
        assert [row.id for row in rows if not row.issues] == ["b", "c", "d"]
        issues = [issue for row in rows for issue in row.issues]
        assert {issue.code for issue in issues} == {"KNJ544"}
        assert [(issue.cell, issue.details["other"]) for issue in issues] == [
            ("#0 (id a)", "#3"),
            ("#3 (id a)", "#0"),
            ("#5 (id a)", "#0"),
        ]

    def test_two_ids_with_one_hash_are_two(self, parquet, monkeypatch):
        monkeypatch.setattr(arrow_ids, "hash", len, raising=False)
        found = read_records(parquet({"id": ["a", "b", "c", "bb", "b", None]}), {})
        assert told(found) == [("KNJ544", "#1 (id b)"), ("KNJ544", "#4 (id b)"), ("KNJ517", "#5")]

    def test_rows_without_an_id_are_not_the_same(self, parquet):
        found = read_records(parquet({"id": pa.array([None, None, "x"])}), {})
        assert told(found) == [("KNJ517", "#0"), ("KNJ517", "#1")]

    def test_number_and_text_of_it_are_one_id_for_a_list(self, parquet):
        data = parquet({"id": [1, 2]})
        items = parquet(
            {"id": ["2", " 1", "2"], "kelompok": ["x", "y", "z"], "nilai": [1, 2, 3]}, "d.parquet"
        )
        found = records(data, LISTS, lists={"daftar": items})
        assert [[item["kelompok"] for item in row["daftar"]] for row in found] == [
            ["y"],
            ["x", "z"],
        ]


class TestColumns:
    def test_without_a_column_of_ids(self, parquet, number):
        (issue,) = refusal(parquet({"nip": [1], "nilai": [1]}), number)
        assert (issue.code, issue.details["found"]) == ("KNJ510", '"nip", "nilai"')

    def test_a_column_that_stands_twice(self, tmp_path, number):
        table = pa.Table.from_arrays([pa.array([1])] * 3, ["id", "nilai", "nilai"])
        pq.write_table(table, tmp_path / "a.parquet")
        (issue,) = refusal(tmp_path / "a.parquet", number)
        assert (issue.code, issue.path) == ("KNJ508", "nilai")

    def test_one_that_is_needed_is_missed(self, parquet, number):
        found = read_records(parquet({"id": [1], "nlai": [1]}), number, required={"nilai"})
        assert [(issue.code, issue.path) for issue in found.issues] == [("KNJ552", "nilai")]
        found = read_records(parquet({"id": [1]}), number, required={"nilai"})
        assert [issue.code for issue in found.issues] == ["KNJ553"]

    def test_one_that_may_be_missing_is_a_warning_if_misspelt(self, parquet, number):
        found = read_records(parquet({"id": [1], "nlai": [1]}), number)
        assert [issue.code for issue in found.warnings] == ["KNJ552"]

    def test_a_column_may_be_a_list(self, parquet):
        column = [[{"kelompok": "x", "nilai": 1}], None, []]
        found = read_records(parquet({"id": [1, 2, 3], "daftar": column}), LISTS)
        assert [row.record["daftar"] for row in found] == column
        assert found.issues == ()

    def test_a_list_in_two_places_is_refused(self, parquet):
        data = parquet({"id": [1], "daftar": [[{"nilai": 1}]]})
        items = parquet({"id": [1], "kelompok": ["x"], "nilai": [1]}, "d.parquet")
        (issue,) = refusal(data, LISTS, lists={"daftar": items})
        assert (issue.code, issue.path) == ("KNJ547", "daftar")


class TestLists:
    @pytest.fixture
    def items(self, parquet):
        return parquet(
            {
                "id": ["b", "x", "a", "b", None, "y", "a"],
                "kelompok": ["r", "s", "t", "r", "u", "v", "w"],
                "nilai": [1, 2, 3, 4, 5, 6, 7],
            },
            "daftar.parquet",
        )

    def test_items_keep_the_order_of_their_file(self, parquet, items):
        data = parquet({"id": ["a", "c", "b"]})
        found = read_records(data, LISTS, lists={"daftar": items})
        assert isinstance(found, ArrowRecords)
        by_id = {row.id: [item["nilai"] for item in row.record["daftar"]] for row in found}
        assert by_id == {"a": [3, 7], "c": [], "b": [1, 4]}
        assert [(w.code, w.details["count"], w.details["rows"]) for w in found.warnings] == [
            ("KNJ548", "2", "2")
        ]
        assert [(issue.code, issue.path, issue.cell) for issue in found.issues] == [
            ("KNJ517", "daftar.id", "#4")
        ]

    def test_one_row_is_found_with_its_items(self, parquet, items):
        found = read_records(parquet({"id": ["a", "c", "b"]}), LISTS, lists={"daftar": items})
        for wanted, values in (("a", [3, 7]), ("b", [1, 4]), ("c", [])):
            row = found.find(wanted)
            assert [item["nilai"] for item in row.record["daftar"]] == values
        list(found.batches())
        assert [item["nilai"] for item in found.find("b").record["daftar"]] == [1, 4]
        assert found.find("d") is None

    def test_an_issue_has_the_place_of_its_item(self, parquet, items):
        from kinerja.errors import Issue

        found = read_records(parquet({"id": ["a", "b"]}), LISTS, lists={"daftar": items})
        for _ in range(2):
            issue = found.locate(Issue(code="KNJ402", path="daftar[1].nilai"), found.find("b"))
            assert (issue.file, issue.cell) == (str(items), "#3 (id b)")
            list(found.batches())
        issue = found.locate(Issue(code="KNJ402", path="nilai"), found.find("b"))
        assert issue.cell == "#1 (id b)"

    def test_columns_of_a_list_are_missed(self, parquet):
        items = parquet({"id": ["a"], "nlai": [1]}, "daftar.parquet")
        found = read_records(parquet({"id": ["a"]}), LISTS, lists={"daftar": items})
        assert [(issue.code, issue.path) for issue in found.issues] == [
            ("KNJ553", "daftar.kelompok"),
            ("KNJ552", "daftar.nilai"),
        ]
        assert [row.record["daftar"] for row in found] == [[{}]]

    def test_a_list_without_rows(self, parquet):
        empty = {"id": pa.array([], pa.string()), "kelompok": pa.array([], pa.string())}
        items = parquet(empty, "daftar.parquet")
        found = read_records(parquet({"id": ["a"]}), LISTS, lists={"daftar": items})
        assert [row.record["daftar"] for row in found] == [[]]

    def test_a_list_that_grows(self, parquet):
        columns = {"id": ["a", "b"], "kelompok": ["x", "y"], "nilai": [1, 2]}
        items = parquet(columns, "daftar.parquet")
        found = read_records(parquet({"id": ["a"]}), LISTS, lists={"daftar": items})
        parquet({name: values * 2 for name, values in columns.items()}, "daftar.parquet")
        with pytest.raises(InputError, match="KNJ550"):
            list(found)

    def test_items_in_the_order_of_the_data_are_read_in_place(self, parquet, monkeypatch):
        from kinerja.errors import Issue
        from kinerja.io import arrow_lists

        monkeypatch.setattr(arrow_lists, "STEP", 2)
        ids = ["a", "a", "b", "c", "c", "c"]
        columns = {"id": ids, "kelompok": ["x"] * 6, "nilai": [*range(6)]}
        items = parquet(columns, "daftar.parquet")
        data = parquet({"id": ["a", "b", "c"]})
        found = read_records(data, LISTS, lists={"daftar": items})
        values = [[item["nilai"] for item in row.record["daftar"]] for row in found]
        assert values == [[0, 1], [2], [3, 4, 5]]
        issue = found.locate(Issue(code="KNJ402", path="daftar[2].nilai"), found.find("c"))
        assert issue.cell == "#5 (id c)"

    def test_items_without_fields_are_counted(self, parquet):
        items = parquet({"id": ["b", "a", "b"]}, "daftar.parquet")
        found = read_records(parquet({"id": ["a", "b"]}), LISTS, lists={"daftar": items})
        assert found.find("b").record["daftar"] == [{}, {}]
        assert [row.record["daftar"] for row in found] == [[{}], [{}, {}]]

    def test_many_items_without_an_id_are_counted(self, parquet):
        columns = {"id": pa.nulls(150, pa.string()), "kelompok": ["x"] * 150, "nilai": [1] * 150}
        items = parquet(columns, "daftar.parquet", rows=40)
        found = read_records(parquet({"id": ["a"]}), LISTS, lists={"daftar": items})
        assert len(found.issues) == 101
        assert (found.issues[-1].code, found.issues[-1].details["count"]) == ("KNJ549", "150")

    def test_every_fault_of_every_file_at_once(self, parquet, put):
        data = parquet({"nip": [1]})
        items = put("daftar.parquet", "id,nilai\n")
        assert [issue.code for issue in refusal(data, LISTS, lists={"daftar": items})] == [
            "KNJ510",
            "KNJ562",
        ]


class TestOtherFormats:
    """A list of another format is joined row by row."""

    def test_a_list_of_text_to_a_parquet_file(self, parquet, put):
        data = parquet({"id": [1, 2, 2]})
        items = put("daftar.csv", "id;kelompok;nilai\n1;x;1,5\n2;y;2\n")
        rows = [*read_records(data, LISTS, lists={"daftar": items})]
        assert rows[0].record["daftar"] == [{"kelompok": "x", "nilai": Decimal("1.5")}]
        assert told(rows) == [("KNJ544", "#1 (id 2)"), ("KNJ544", "#2 (id 2)")]

    def test_a_parquet_list_to_a_table_of_text(self, parquet, put):
        data = put("data.csv", "id\n1\n2\n")
        items = parquet(
            {"id": [2, 1, None], "kelompok": ["x", "y", "z"], "nilai": [1, 2, 3]}, "d.parquet"
        )
        found = read_records(data, LISTS, lists={"daftar": items})
        assert [row.record["daftar"][0]["nilai"] for row in found] == [2, 1]
        assert [(issue.code, issue.cell) for issue in found.issues] == [("KNJ517", "#2")]


class TestDamage:
    @pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.feather"])
    @pytest.mark.parametrize(
        "content", [b"", b"id,nilai\n1,2\n", b"PAR1", b"ARROW1\0\0", b"\xff" * 99]
    )
    def test_what_is_no_such_file(self, put, number, name, content):
        (issue,) = refusal(put(name, content), number)
        assert issue.code == "KNJ562"
        assert issue.details["expected"] == ("Parquet" if "parquet" in name else "Arrow")

    def test_every_cut_and_every_broken_byte_is_refused_or_read(self, parquet, ipc_file, number):
        codes = set()
        for write in (parquet, ipc_file):
            path = write(COLUMNS)
            whole = path.read_bytes()
            for at in range(0, len(whole), 13):
                for broken in (whole[:at], whole[:at] + b"\xa5\x5a\xff" + whole[at + 3 :]):
                    path.write_bytes(broken)
                    codes |= outcome(path, number)
        assert codes <= {"read", "KNJ550", "KNJ562", "KNJ508", "KNJ509", "KNJ510", "KNJ564"}

    def test_a_fault_further_down_is_found_when_it_is_read(self, parquet, number):
        path = parquet(
            {"id": [str(n) for n in range(500)], "nilai": [n / 7 for n in range(500)]}, rows=100
        )
        column = pq.ParquetFile(path).metadata.row_group(4).column(1)
        content = bytearray(path.read_bytes())
        at = column.dictionary_page_offset or column.data_page_offset
        content[at : at + 20] = b"\xff" * 20
        path.write_bytes(content)
        found = read_records(path, number)
        with pytest.raises(InputError, match="KNJ562"):
            list(found)

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
    def test_a_file_that_may_not_be_read(self, parquet, number):
        path = parquet(COLUMNS)
        path.chmod(0)
        (issue,) = refusal(path, number)
        assert issue.code == "KNJ502"

    def test_why_a_file_cannot_be_opened_is_said(self, parquet, number, monkeypatch):
        path = parquet(COLUMNS)

        def denied(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(path), "open", denied)
        (issue,) = refusal(path, number)
        assert (issue.code, issue.details["found"]) == ("KNJ502", "Permission denied")

    def test_a_file_that_is_not_there(self, tmp_path, number):
        (issue,) = refusal(tmp_path / "a.parquet", number)
        assert issue.code == "KNJ501"

    def test_a_file_that_grows_or_shrinks(self, parquet, number):
        for rows in (1, 5):
            found = read_records(parquet(COLUMNS), number)
            parquet({"id": [str(n) for n in range(rows)], "nilai": [1.0] * rows})
            with pytest.raises(InputError, match="KNJ550"):
                list(found)

    def test_a_folder_that_may_not_be_read(self, tmp_path, number, monkeypatch):
        path = tmp_path / "a.parquet"
        path.mkdir()

        def denied(_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(path), "iterdir", denied)
        (issue,) = refusal(path, number)
        assert (issue.code, issue.details["found"]) == ("KNJ502", "Permission denied")

    def test_a_row_that_is_no_longer_there(self, parquet, number):
        path = parquet(COLUMNS)
        found = read_records(path, number)
        batches = found._opened.batches
        found._opened.batches = lambda names, **more: iter(()) if more else batches(names)
        with pytest.raises(InputError, match="KNJ550"):
            found.find("c")

    def test_a_list_in_two_places_is_refused_row_by_row_too(self, parquet, put):
        data = parquet({"id": [1], "daftar": [[{"nilai": 1}]]})
        items = put("daftar.csv", "id,kelompok,nilai\n1,x,1\n")
        (issue,) = refusal(data, LISTS, lists={"daftar": items})
        assert (issue.code, issue.path) == ("KNJ547", "daftar")

    def test_a_folder_without_parts(self, tmp_path, number):
        (tmp_path / "a.parquet").mkdir()
        (issue,) = refusal(tmp_path / "a.parquet", number)
        assert (issue.code, issue.details["expected"]) == ("KNJ566", ".parquet")

    def test_parts_of_other_data(self, parquet, tmp_path, number):
        (tmp_path / "a.parquet").mkdir()
        parquet(COLUMNS, "a.parquet/1.parquet")
        parquet({"id": [1]}, "a.parquet/2.parquet")
        (issue,) = refusal(tmp_path / "a.parquet", number)
        assert (issue.code, issue.details["found"]) == ("KNJ565", '"2.parquet"')

    def test_without_pyarrow_the_extra_is_named(self, parquet, number, monkeypatch):
        path = parquet(COLUMNS)
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(MissingExtraError, match=r"kinerja\[frames\]"):
            read_records(path, number)


class TestSearch:
    def test_near_ids_begin_or_end_alike(self, parquet, number):
        ids = ["198001012005011001", "198001012005011002", "7", "x05011009"]
        found = read_records(parquet({"id": ids}), number)
        assert [*found.ids_near("198001012005011009")] == ids[:2]
        assert [*found.ids_near("8")] == []

    def test_enough_near_ids_are_enough(self, parquet, number, monkeypatch):
        monkeypatch.setattr(arrow_records, "MOST_NEAR", 5)
        monkeypatch.setattr(arrow, "ROWS", 4)
        found = read_records(parquet({"id": [f"a{n}" for n in range(50)]}, rows=4), number)
        assert [*found.ids_near("ax")] == ["a0", "a1", "a2", "a3", "a4"]

    def test_one_row_is_read_alone(self, parquet, number):
        columns = {"id": [str(n) for n in range(99)], "nilai": [n / 2 for n in range(99)]}
        found = read_records(parquet(columns, rows=10), number)
        for wanted in (0, 9, 10, 55, 98):
            row = found.find(str(wanted))
            assert (row.record["nilai"], row.number) == (wanted / 2, wanted + 1)

    def test_an_id_that_stands_twice_is_not_told_for_one(self, parquet, number):
        found = read_records(parquet({"id": ["a", "b", "a"]}), number)
        row = found.find("a")
        assert [issue.code for issue in row.issues] == ["KNJ544"]


def test_labels_are_read_as_the_few_texts_they_are(parquet, scale):
    data = parquet({"id": ["1", "2"], "perilaku": ["baik", "kurang"]})
    found = read_records(data, {"perilaku": LabelType(scale=scale)})
    (batch,) = found.batches()
    assert pa.types.is_dictionary(batch.frame.column("perilaku").type)
