"""Workbooks of Excel, the sound ones and the others."""

from __future__ import annotations

import sys
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError, MissingExtraError
from kinerja.io import xlsx
from kinerja.io.tables import Flaw
from kinerja.io.written import Layout
from kinerja.io.xlsx import open_workbook, write_workbook


def layout(*columns):
    return Layout(file="a.xlsx", columns=columns, types={}, about={})


def table(path, *wanted, sheet=None):
    with open_workbook(path) as book:
        return book.table(sheet or book.sheets[0], wanted=wanted or {"id", "nilai"})


def cells(path, *wanted):
    rows = table(path, *wanted).read_rows()
    return [[c.code if isinstance(c, Flaw) else c for c in row.cells] for row in rows]


def repack(path, change):
    """Write a workbook again with the parts as `change(name, content)` gives them; `None` drops one."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)
    return path


def edit_sheet(path, old, new):
    def change(name, content):
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert old in content
        return content.replace(old, new)

    return repack(path, change)


def outcome(path):
    """Read every sheet; give `read`, or the codes of the refusal."""
    try:
        with open_workbook(path) as opened:
            for sheet in opened.sheets:
                list(opened.table(sheet, wanted={"id", "nilai"}).read_rows())
    except InputError as error:
        return {issue.code for issue in error.issues}
    return {"read"}


def sound_workbook():
    """Give the bytes of a small workbook."""
    buffer = BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(["id", "nilai"])
    workbook.active.append(["7", 76.61])
    workbook.save(buffer)
    return buffer.getvalue()


SOUND = sound_workbook()


def code_of(path):
    with pytest.raises(InputError) as caught:
        table(path)
    (issue,) = caught.value.issues
    return issue.code


class TestCells:
    def test_numbers_texts_flags_dates_and_blanks(self, book):
        day = datetime(2024, 3, 31)  # noqa: DTZ001 - a workbook has no time zones
        path = book(
            "a.xlsx", {"Data": [["id", "nilai"], [7, 76.61], ["8", True], ["9", day], ["10", None]]}
        )
        assert cells(path) == [[7, Decimal("76.61")], ["8", True], ["9", day], ["10", None]]

    def test_a_number_is_read_as_excel_shows_it(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 0.5]]})
        edit_sheet(path, b"<v>0.5</v>", b"<v>76.610000000000014</v>")
        assert str(cells(path)[0][1]) == "76.61"

    def test_whole_numbers_of_any_length_keep_what_is_written(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], [5, 1e17]]})
        edit_sheet(path, b"<v>5</v>", b"<v>198001012005011001</v>")
        assert cells(path) == [[Decimal(198001012005011001), Decimal("1e17")]]

    def test_an_infinite_number_is_a_flaw(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 0.5]]})
        edit_sheet(path, b"<v>0.5</v>", b"<v>1e999</v>")
        assert cells(path) == [["7", "KNJ520"]]

    def test_dates_may_be_written_as_text_of_iso_8601(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 0.5]]})
        edit_sheet(path, b't="n"><v>0.5</v>', b't="d"><v>2024-03-31</v>')
        assert cells(path) == [["7", date(2024, 3, 31)]]

    def test_error_values_are_flaws(self, book):
        assert cells(book("a.xlsx", {"Data": [["id", "nilai"], ["7", "#DIV/0!"]]})) == [
            ["7", "KNJ526"]
        ]

    def test_percentages_and_times_are_flaws(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 0.6], ["8", time(8, 30)]]})
        workbook = openpyxl.load_workbook(path)
        workbook["Data"]["B2"].number_format = "0.00%"
        workbook.save(path)
        assert cells(path) == [["7", "KNJ525"], ["8", "KNJ543"]]
        (row, _) = table(path).read_rows()
        assert row.cells[1].details == {"found": '"60%"'}

    def test_only_wanted_columns_are_kept(self, book):
        path = book("a.xlsx", {"Data": [["id", "nama", "nilai", None], ["7", "#N/A", 1, 2]]})
        assert table(path).header == ("id", "nama", "nilai")
        assert cells(path) == [["7", None, 1]]

    def test_what_stands_right_of_the_header_is_no_part_of_the_table(self, book):
        path = book(
            "a.xlsx",
            {"Data": [["id", "nilai"], ["7"], [None, None, "catatan kaki"], ["8", 1, "x"]]},
        )
        assert cells(path) == [["7", None], ["8", 1]]

    def test_rows_have_the_numbers_that_excel_shows(self, book):
        path = book("a.xlsx", {"Data": [[], ["id", "nilai"], [], ["7", 1], ["  ", None], ["8", 2]]})
        found = table(path)
        assert [row.number for row in found.read_rows()] == [4, 6]
        assert (found.header_row, found.cell(4, 1)) == (2, "Data!B4")

    def test_names_of_columns_may_be_of_any_type(self, book):
        header = ["id", 2024, True, datetime(2024, 1, 1), "#N/A", None, " nilai "]  # noqa: DTZ001 - as above
        assert table(book("a.xlsx", {"Data": [header]})).header == (
            "id",
            "2024",
            "TRUE",
            "2024-01-01T00:00:00",
            "",
            "",
            "nilai",
        )

    def test_the_stated_size_of_a_sheet_is_not_believed(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 1]]})
        edit_sheet(path, b'ref="A1:B2"', b'ref="A1:A1"')
        assert cells(path) == [["7", 1]]

    def test_rows_far_below_are_beyond_a_sheet(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 1]]})
        edit_sheet(path, b'<row r="2"', b'<row r="99999999999"')
        assert cells(path) == []


class TestFormulas:
    def test_a_formula_counts_with_its_computed_value(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", "=1+1"]]})
        edit_sheet(path, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
        assert cells(path) == [["7", 2]]

    def test_a_formula_that_was_never_computed_is_a_flaw(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", "=1+1"], ["8", 1], [None, "=1+1"]]})
        assert cells(path) == [["7", "KNJ532"], ["8", 1], [None, "KNJ532"]]

    def test_a_formula_whose_result_is_the_empty_text_is_blank(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", '=IF(1,"","x")']]})
        edit_sheet(path, b'<c r="B2"><f>', b'<c r="B2" t="str"><f>')
        assert cells(path) == [["7", None]]


class TestSheets:
    def test_hidden_sheets_are_not_seen(self, book):
        path = book("a.xlsx", {"Rahasia": [["id"]], "Data": [["id"]]})
        workbook = openpyxl.load_workbook(path)
        workbook["Rahasia"].sheet_state = "hidden"
        workbook.active = 1
        workbook.save(path)
        with open_workbook(path) as opened:
            assert opened.sheets == ("Data",)

    def test_a_sheet_without_header(self, book):
        with pytest.raises(InputError) as caught:
            table(book("a.xlsx", {"Data": [[], [" "]]}))
        assert [(i.code, i.cell) for i in caught.value.issues] == [("KNJ506", "Data!A1")]


class TestRefused:
    @pytest.mark.parametrize(
        "content", [b"", b"id;nilai\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100]
    )
    def test_a_file_that_is_no_workbook(self, put, content):
        assert code_of(put("a.xlsx", content)) == "KNJ534"

    def test_a_zip_of_other_things(self, tmp_path):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr("x.txt", "x")
        assert code_of(tmp_path / "a.xlsx") == "KNJ534"

    def test_a_folder(self, tmp_path):
        assert code_of(tmp_path) == "KNJ502"

    @pytest.mark.parametrize(
        "part",
        ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"],
    )
    @pytest.mark.parametrize("content", [None, b"", b"<x", b"\xff\xfe", b"<a/>"])
    def test_a_damaged_part_is_never_a_crash(self, book, part, content):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 76.61]]})
        repack(path, lambda name, old: content if name == part else old)
        assert outcome(path) <= {"read", "KNJ534", "KNJ506"}

    def test_a_workbook_without_visible_sheets_opens(self, book):
        path = book("a.xlsx", {"Data": [["id"]]})
        repack(path, lambda name, old: None if name == "xl/worksheets/sheet1.xml" else old)
        with open_workbook(path) as opened:
            assert opened.sheets == ()

    def test_a_bomb_is_not_unpacked(self, book):
        path = book("a.xlsx", {"Data": [["id"]]})
        repack(
            path, lambda name, old: b" " * (33 << 20) if name.startswith("xl/worksheets/") else old
        )
        assert code_of(path) == "KNJ535"

    @pytest.mark.parametrize("limit", ["MAX_UNPACKED", "MAX_OTHER_PARTS"])
    def test_what_is_too_large_is_not_unpacked(self, book, monkeypatch, limit):
        monkeypatch.setattr(xlsx, limit, 1000)
        assert code_of(book("a.xlsx", {"Data": [["id"]]})) == "KNJ535"

    def test_without_openpyxl_the_extra_is_named(self, book, monkeypatch):
        path = book("a.xlsx", {"Data": [["id"]]})
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        with pytest.raises(MissingExtraError, match=r"kinerja\[xlsx\]"):
            table(path)
        with (
            pytest.raises(MissingExtraError, match=r"kinerja\[xlsx\]"),
            write_workbook(BytesIO(), layout("id")),
        ):
            pass

    def test_warnings_of_openpyxl_are_not_shown(self, book):
        path = book("a.xlsx", {"Data": [["id", "nilai"], ["7", 1]]})
        edit_sheet(path, b"</sheetData>", b'</sheetData><extLst><ext uri="{x}"/></extLst>')
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert cells(path) == [["7", 1]]

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 255)), max_size=8),
        st.none() | st.integers(0, 9999),
    )
    def test_a_workbook_with_wrong_bytes_is_read_or_refused(self, tmp_path_factory, changes, cut):
        content = bytearray(SOUND)
        for at, byte in changes:
            content[at % len(content)] = byte
        path = tmp_path_factory.getbasetemp() / "fuzz.xlsx"
        path.write_bytes(content if cut is None else content[: cut % len(content)])
        assert outcome(path) <= {"read", "KNJ534", "KNJ506", "KNJ535", "KNJ502"}


def written(*values):
    buffer = BytesIO()
    columns = layout(*(f"k{place}" for place, _ in enumerate(values)))
    with write_workbook(buffer, columns) as write:
        write(values)
    buffer.seek(0)
    sheet = openpyxl.load_workbook(buffer)["hasil"]
    return buffer, sheet[2]


class TestWriting:
    def test_a_number_stands_in_the_workbook_as_it_is_written(self):
        buffer, (cell,) = written(Decimal("86.60"))
        with zipfile.ZipFile(buffer) as archive:
            assert b"<v>86.60</v>" in archive.read("xl/worksheets/sheet1.xml")
        assert (cell.data_type, cell.value, cell.number_format) == ("n", 86.6, "0.00")

    def test_whole_numbers_are_number_cells(self):
        _, (first, second) = written(7, Fraction(6, 2))
        assert [(c.data_type, c.value) for c in (first, second)] == [("n", 7), ("n", 3)]

    @pytest.mark.parametrize("value", [Decimal("1234567890.1234567"), Fraction(1, 3), 10**15])
    def test_what_a_spreadsheet_cannot_hold_is_text(self, value):
        _, (cell,) = written(value)
        assert cell.data_type == "s"

    def test_fifteen_digits_are_a_number(self):
        _, (cell,) = written(Decimal("-12345678901.2345"))
        assert (cell.data_type, cell.value) == ("n", -12345678901.2345)

    @pytest.mark.parametrize("text", ["=1+1", "+1", "@a", "#N/A", "198001012005011001", "a\tb"])
    def test_texts_are_text_cells_as_they_are(self, text):
        _, (cell,) = written(text)
        assert (cell.data_type, cell.value) == ("s", text)

    def test_flags_lists_and_missing_values(self):
        _, row = written(True, ["a", "b"], None, "x")
        assert [cell.value for cell in row] == [True, "a; b", None, "x"]

    def test_a_character_that_no_workbook_holds_is_replaced(self):
        _, (cell,) = written("a\x01\ud800\ufffeb")
        assert cell.value == "a\ufffd\ufffd\ufffdb"

    def test_a_text_longer_than_a_cell(self):
        with pytest.raises(InputError, match="KNJ560"):
            written("x" * 32_768)
        assert written("x" * 32_767)[1][0].value == "x" * 32_767

    def test_more_rows_than_a_sheet(self, monkeypatch):
        monkeypatch.setattr(xlsx, "MAX_ROWS", 2)

        def write_two():
            with write_workbook(BytesIO(), layout("id")) as write:
                write(["1"])
                write(["2"])

        with pytest.raises(InputError, match="KNJ559"):
            write_two()
