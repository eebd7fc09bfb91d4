"""Headers and the names of cells."""

from __future__ import annotations

import pytest

from kinerja.io.tables import Flaw, Table, TableRow, cell_name, check_header


def table(*header, **more):
    return Table(file="a.csv", header=header, read_rows=lambda: iter(()), **more)


@pytest.mark.parametrize(
    ("column", "name"),
    [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1"), (16_383, "XFD1")],
)
def test_cells_have_the_names_that_spreadsheets_give_them(column, name):
    assert cell_name(1, column) == name


def test_an_issue_names_file_line_cell_and_column():
    row = TableRow(3, 4, ["7", "x"], None)
    issue = table("id", "nilai").issue(Flaw("KNJ520", {"found": "x"}), row, 1)
    assert (issue.place, issue.path) == ("a.csv:4, B3", "nilai")


def test_an_issue_of_a_sheet_names_the_sheet():
    row = TableRow(3, None, ["7", "x"], None)
    issue = table("id", "nilai", sheet="Data").issue(Flaw("KNJ520", {"found": "x"}), row)
    assert (issue.place, issue.path) == ("a.csv, Data!A3", "")


class TestHeader:
    def test_a_sound_header(self):
        assert (
            check_header(table("id", "nilai", "nama", "nama"), wanted={"nilai"}, id_column="id")
            == []
        )

    @pytest.mark.parametrize("name", ["id", "nilai"])
    def test_a_column_that_is_read_must_not_stand_twice(self, name):
        (issue,) = check_header(table("id", "nilai", name, name), wanted={"nilai"}, id_column="id")
        assert (issue.code, issue.path, issue.details["count"]) == ("KNJ508", name, "3")

    def test_a_near_name_for_the_id_is_suggested(self):
        (issue,) = check_header(
            table("NIPP", "nilai", header_line=1), wanted={"nilai"}, id_column="nip"
        )
        assert (issue.code, issue.details["nearest"], issue.line) == ("KNJ509", '"NIPP"', 1)

    def test_without_one_the_header_is_shown(self):
        header = ["nilai", "", *[f"kolom {n}" for n in range(9)]]
        (issue,) = check_header(table(*header, sheet="Data"), wanted={"nilai"}, id_column="id")
        assert (issue.code, issue.cell) == ("KNJ510", "Data!A1")
        assert issue.details["found"].startswith('"nilai", "kolom 0"')
        assert issue.details["found"].endswith('"kolom 6", …')

    def test_an_input_is_never_taken_for_the_id(self):
        (issue,) = check_header(table("idx"), wanted={"idx"}, id_column="id")
        assert issue.code == "KNJ510"
