"""CSV and TSV as spreadsheets and programs write them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.io.delimited import read_delimited
from kinerja.io.tables import Flaw


def rows(path):
    table = read_delimited(path)
    return [
        (
            row.number,
            row.line,
            [c.code if isinstance(c, Flaw) else c for c in row.cells],
            row.flaw and row.flaw.code,
        )
        for row in table.read_rows()
    ]


def code_of(path):
    with pytest.raises(InputError) as caught:
        list(read_delimited(path).read_rows())
    (issue,) = caught.value.issues
    return issue.code, issue.line


class TestSeparators:
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_the_header_shows_the_separator(self, put, separator):
        table = read_delimited(put("a.csv", f"id{separator}nilai\n7{separator}80\n"))
        assert table.separator == separator
        assert table.header == ("id", "nilai")

    def test_quoted_separators_do_not_count(self, put):
        table = read_delimited(put("a.csv", '"id";"nama, gelar, jabatan"\n7;x\n'))
        assert table.header == ("id", "nama, gelar, jabatan")

    def test_a_quoted_line_break_in_the_header(self, put):
        path = put("a.csv", 'id;"nilai\nakhir"\n7;80\n')
        assert read_delimited(path).header == ("id", "nilai\nakhir")
        assert rows(path) == [(2, 3, ["7", "80"], None)]

    def test_a_semicolon_beats_a_comma_when_both_cut_once(self, put):
        assert read_delimited(put("a.csv", "id;nama, gelar\n")).separator == ";"

    def test_the_line_sep_states_it(self, put):
        path = put("a.csv", "sep=;\r\nid;a,b,c\r\n7;1\r\n")
        assert read_delimited(path).header == ("id", "a,b,c")
        assert rows(path) == [(2, 3, ["7", "1"], None)]

    def test_the_line_sep_may_state_the_tab(self, put):
        assert read_delimited(put("a.csv", "SEP=\t\nid\ta;b;c\n")).header == ("id", "a;b;c")

    def test_another_stated_separator_is_refused(self, put):
        assert code_of(put("a.csv", "sep=|\nid|nilai\n")) == ("KNJ507", 1)

    def test_the_suffix_tsv_states_the_tab(self, put):
        assert read_delimited(put("a.tsv", "id\tnama, gelar, jabatan\n")).header == (
            "id",
            "nama, gelar, jabatan",
        )

    def test_one_column_needs_no_separator(self, put):
        assert read_delimited(put("a.csv", "id\n7\n")).header == ("id",)


class TestHeader:
    def test_names_are_stripped(self, put):
        assert read_delimited(put("a.csv", "\ufeff id ; nilai akhir ;;\n")).header == (
            "id",
            "nilai akhir",
            "",
            "",
        )

    def test_blank_lines_above_are_passed_over_and_counted(self, put):
        path = put("a.csv", "\n;;\nid;nilai;x\n7;80;\n")
        table = read_delimited(path)
        assert (table.header_row, table.header_line) == (3, 3)
        assert rows(path) == [(4, 4, ["7", "80", ""], None)]

    @pytest.mark.parametrize("text", ["", "\n\n", ";;;\n", "\ufeff", "sep=;\n"])
    def test_a_file_without_header(self, put, text):
        assert code_of(put("a.csv", text)) == ("KNJ506", None)

    def test_more_columns_than_any_spreadsheet(self, put):
        assert read_delimited(put("a.csv", ";" * 16_382 + "id")).header[-1] == "id"
        assert code_of(put("b.csv", ";" * 16_384 + "id")) == ("KNJ511", 1)

    def test_a_header_whose_quote_never_closes(self, put):
        assert code_of(put("a.csv", 'id,"nilai\n7,80\n')) == ("KNJ512", 1)

    def test_a_header_with_a_misplaced_quote(self, put):
        assert code_of(put("a.csv", '"id"x\n')) == ("KNJ513", 1)


class TestRows:
    def test_line_and_row_number_part_at_a_line_break_inside_a_cell(self, put):
        path = put("a.csv", 'id,nama\n1,"a\nb"\n2,c\n')
        assert rows(path) == [(2, 2, ["1", "a\nb"], None), (3, 4, ["2", "c"], None)]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends_of_all_systems(self, put, end):
        assert rows(put("a.csv", f"id,a{end}1,2{end}{end}3,4")) == [
            (2, 2, ["1", "2"], None),
            (4, 4, ["3", "4"], None),
        ]

    def test_blank_rows_are_passed_over_and_counted(self, put):
        assert rows(put("a.csv", "id;a\n;\n  ;\n\n7;8\n")) == [(5, 5, ["7", "8"], None)]

    def test_a_row_with_more_cells_than_the_header_is_refused(self, put):
        table = read_delimited(put("a.csv", "id,nilai\n7,76,61\n8,80\n"))
        wide, good = table.read_rows()
        assert wide.flaw.code == "KNJ514"
        assert wide.flaw.details == {"found": "3", "expected": "2", "extra": '"61"'}
        assert wide.cells == ["7", "76"]
        assert good.flaw is None

    def test_blank_cells_beyond_the_header_are_nothing(self, put):
        assert rows(put("a.csv", "id,nilai\n7,80,, \n")) == [(2, 2, ["7", "80"], None)]

    def test_cells_that_a_short_row_lacks_are_flaws_not_blanks(self, put):
        assert rows(put("a.csv", "id,a,b\n7,80\n")) == [(2, 2, ["7", "80", "KNJ515"], None)]

    def test_a_misplaced_quote_spoils_its_row_only(self, put):
        assert rows(put("a.csv", 'id,a\n1,"x"y\n2,z\n')) == [
            (2, 2, ["KNJ515", "KNJ515"], "KNJ513"),
            (3, 3, ["2", "z"], None),
        ]

    def test_a_huge_cell_spoils_its_row_only(self, put):
        huge = "x" * 131_073
        assert rows(put("a.csv", f"id,a\n1,{huge}\n2,z\n")) == [
            (2, 2, ["KNJ515", "KNJ515"], "KNJ516"),
            (3, 3, ["2", "z"], None),
        ]
        assert rows(put("b.csv", f"id,a\n1,{huge[:-1]}\n"))[0][3] is None

    def test_a_quote_that_never_closes_spoils_the_file(self, put):
        assert code_of(put("a.csv", 'id,a\n1,x\n2,"y\n3,z\n')) == ("KNJ512", 3)
        assert code_of(put("b.csv", 'id,a\n2,"y')) == ("KNJ512", 2)
        assert code_of(put("c.csv", 'id,a\n2,"y\n' + "3,z\n" * 50_000)) == ("KNJ512", 2)

    def test_the_rows_can_be_read_again(self, put):
        table = read_delimited(put("a.csv", "id\n7\n"))
        assert list(table.read_rows()) == list(table.read_rows())

    def test_a_file_that_changes_is_not_read_on(self, put):
        table = read_delimited(put("a.csv", "id\n7\n"))
        put("a.csv", "id\n7\n8\n")
        with pytest.raises(InputError, match="KNJ550"):
            list(table.read_rows())

    def test_bytes_that_change_while_they_are_read(self, put):
        path = put("a.csv", b"id\n" + b"7\n" * 100_000)
        table = read_delimited(path)
        reading = table.read_rows()
        next(reading)
        with path.open("r+b") as opened:
            opened.seek(150_000)
            opened.write(b"\xff" * 10)
        with pytest.raises(InputError, match="KNJ550"):
            list(reading)


cell = st.text(alphabet='ab,;\t"\n\r é=', min_size=1, max_size=6)


@given(st.lists(st.lists(cell, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t"))
def test_what_the_csv_module_writes_is_read_back(tmp_path_factory, table, separator):
    path = tmp_path_factory.getbasetemp() / "fuzz-delimited.csv"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([["id", "x", "y"], *table])
    path.write_bytes(text.getvalue().encode())
    read = read_delimited(path)
    assert read.separator == separator
    expected = [row for row in table if "".join(row).strip()]
    assert [row.cells for row in read.read_rows()] == expected
