"""Results as files, and back again."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError, Issue
from kinerja.formula.types import NumberType, TextType
from kinerja.io import (
    WRITE_SUFFIXES,
    format_jsonl_row,
    open_writer,
    read_records,
    write_issues,
    write_rows,
)
from kinerja.io.written import csv_text, json_value, plain_number

COLUMNS = ["id", "status", "reasons", "nilai"]
ROWS = [
    ["198001012005011001", "complete", [], Decimal("86.60")],
    ["=1+1", "incomplete", ["input_missing: a", "no_items: b"], None],
    ["7", "complete", (), Fraction(1, 3)],
    ['a "b", c', "complete", (), Decimal("-1E+3")],
]


class TestValues:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (Decimal("86.60"), "86.60"),
            (Decimal("1E+30"), "1" + "0" * 30),
            (Decimal("1E-10"), "0.0000000001"),
            (Decimal("-0.5"), "-0.5"),
            (Fraction(1, 8), "0.125"),
            (Fraction(6, 3), "2"),
            (Fraction(2, 37), "2/37"),
            (7, "7"),
            (Decimal("123456789012345678901234567890.12"), "123456789012345678901234567890.12"),
        ],
    )
    def test_numbers_are_plain_decimals(self, value, text):
        assert plain_number(value) == csv_text(value) == text
        assert json_value(value) == (f'"{text}"' if "/" in text else text)

    @pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
    def test_what_is_no_number_is_no_result(self, value):
        with pytest.raises(ValueError, match="no result"):
            plain_number(value)

    @pytest.mark.parametrize(
        ("value", "in_json", "in_csv"),
        [
            (None, "null", ""),
            (True, "true", "true"),
            (False, "false", "false"),
            ("é", '"é"', "é"),
            ("=1", '"=1"', "'=1"),
            (["a", "b"], '["a", "b"]', "a; b"),
            ([], "[]", ""),
            (("=a",), '["=a"]', "'=a"),
            ('"', r'"\""', '"'),
        ],
    )
    def test_other_values(self, value, in_json, in_csv):
        assert (json_value(value), csv_text(value)) == (in_json, in_csv)

    def test_a_line_of_json(self):
        assert format_jsonl_row(COLUMNS[1:], ROWS[1][1:]) == (
            '{"status": "incomplete", "reasons": ["input_missing: a", "no_items: b"], "nilai": null}'
        )

    @given(st.fractions() | st.decimals(allow_nan=False, allow_infinity=False))
    def test_a_number_in_json_is_read_back_exactly(self, value):
        found = json.loads(json_value(value), parse_float=Decimal)
        assert Fraction(found) == Fraction(value)


class TestFiles:
    def test_csv(self, tmp_path):
        path = tmp_path / "hasil.csv"
        assert write_rows(path, COLUMNS, ROWS) == 4
        assert path.read_bytes().decode() == (
            "id,status,reasons,nilai\n"
            "198001012005011001,complete,,86.60\n"
            "'=1+1,incomplete,input_missing: a; no_items: b,\n"
            "7,complete,,1/3\n"
            '"a ""b"", c",complete,,-1000\n'
        )

    def test_json_lines(self, tmp_path):
        path = tmp_path / "hasil.jsonl"
        write_rows(path, COLUMNS, ROWS)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines == [format_jsonl_row(COLUMNS, row) for row in ROWS]
        assert lines[0].endswith('"nilai": 86.60}')

    def test_workbook(self, tmp_path):
        path = tmp_path / "hasil.xlsx"
        write_rows(path, COLUMNS, ROWS)
        sheet = openpyxl.load_workbook(path).active
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
            COLUMNS,
            ["198001012005011001", "complete", None, 86.6],
            ["=1+1", "incomplete", "input_missing: a; no_items: b", None],
            ["7", "complete", None, "1/3"],
            ['a "b", c', "complete", None, -1000],
        ]
        assert {
            cell.data_type for row in sheet.iter_rows(max_col=3) for cell in row if cell.value
        } == {"s"}

    def test_rows_may_come_one_by_one(self, tmp_path):
        with open_writer(tmp_path / "a.csv", ["id"]) as write:
            write(["1"])
            write(["2"])
        assert (tmp_path / "a.csv").read_text() == "id\n1\n2\n"

    @pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
    def test_a_file_without_rows(self, tmp_path, suffix):
        assert write_rows(tmp_path / f"a{suffix}", ["id"], []) == 0
        assert (tmp_path / f"a{suffix}").exists()

    @pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
    def test_a_row_of_another_width_leaves_no_file(self, tmp_path, suffix):
        with pytest.raises(ValueError, match="a row has 1 cells, the file has 2 columns"):
            write_rows(tmp_path / f"a{suffix}", ["id", "nilai"], [["1", None], ["2"]])
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("suffix", WRITE_SUFFIXES)
    def test_an_exception_between_rows_leaves_no_file(self, tmp_path, suffix):
        def write():
            with open_writer(tmp_path / f"a{suffix}", ["id"]) as write_row:
                write_row(["1"])
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write()
        assert list(tmp_path.iterdir()) == []

    def test_other_suffixes_are_refused(self, tmp_path):
        with pytest.raises(InputError) as caught:
            write_rows(tmp_path / "a.feather", ["id"], [])
        (issue,) = caught.value.issues
        assert issue.code == "KNJ557"
        assert issue.details["expected"] == ".csv .jsonl .xlsx .parquet .arrow"

    def test_an_input_is_not_overwritten(self, put):
        path = put("a.csv", "id\n")
        with pytest.raises(InputError, match="KNJ556"):
            write_rows(path, ["id"], [["1"]], inputs=[path])
        assert path.read_text() == "id\n"

    @pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
    def test_half_a_character_is_written_as_its_escape(self, tmp_path, suffix):
        write_rows(tmp_path / f"a{suffix}", ["id"], [["a\ud800"]])
        assert "\\ud800" in (tmp_path / f"a{suffix}").read_text(encoding="utf-8")


class TestIssues:
    ISSUES = (
        Issue(
            code="KNJ520",
            path="nilai",
            details={"found": '"x"'},
            file="data.csv",
            line=3,
            cell="B3",
            record_id="P07",
        ),
        Issue(code="KNJ519", file="data.csv", severity="warning"),
    )

    def test_issues_are_a_table(self, tmp_path):
        path = tmp_path / "temuan.csv"
        assert write_issues(path, self.ISSUES, lang="en") == 2
        with path.open(newline="", encoding="utf-8") as opened:
            rows = list(csv.DictReader(opened))
        assert [[*row][-1] for row in rows] == ["id", "id"]
        assert [row["id"] for row in rows] == ["P07", ""]
        assert rows[0]["message"] == '"x" is not a number'
        assert rows[0]["way_out"] == self.ISSUES[0].way_out("en")
        assert [[*row.values()][:6] for row in rows] == [
            ["error", "KNJ520", "data.csv", "3", "B3", "nilai"],
            ["warning", "KNJ519", "data.csv", "", "", ""],
        ]

    def test_issues_speak_indonesian_first(self, tmp_path):
        path = tmp_path / "temuan.jsonl"
        write_issues(path, self.ISSUES)
        first, second = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
        assert first["message"] == '"x" bukan angka'
        assert (first["line"], second["line"], second["cell"]) == (3, None, None)


names = (
    st.text("abc=+-@'; \t\"19", min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda t: t and t.isprintable())
)
figures = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**14), max_value=10**14
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(names, figures, names), max_size=5, unique_by=lambda row: row[0]),
    st.sampled_from(WRITE_SUFFIXES),
)
def test_results_can_be_read_as_data(tmp_path_factory, rows, suffix):
    """Scores of one policy are the inputs of the next: ids, numbers and texts come back as they were."""
    path = tmp_path_factory.getbasetemp() / f"again{suffix}"
    write_rows(path, ["id", "nilai", "catatan"], rows)
    records = read_records(path, {"nilai": NumberType(), "catatan": TextType()}, decimal="point")
    found = [
        (row.id, Decimal(row.record["nilai"]), row.record["catatan"])
        for row in records
        if not row.issues
    ]
    assert found == list(rows)
