"""Tables whose columns have names of the caller's, and texts that mean something of their own."""

import pytest

from kinerja.errors import InputError, Issue
from kinerja.formula.types import ListType, NumberType, TextType
from kinerja.io import Wording, read_records
from kinerja.values import Interval

NUMBER = NumberType(limits=Interval())
KINDS = {"angka": NUMBER, "butir": ListType(fields={"isi": NUMBER}), "catatan": TextType()}
NAMES = {"Id": "id", "Angka!": "angka", "Isi!": "isi", "Catatan!": "catatan"}
ABSENT = object()


def name_columns(holds, header):
    issues = [
        (at, Issue(code="KNJ620", path=name, details={"found": str(holds)}))
        for at, name in enumerate(header)
        if name not in NAMES
    ]
    return [NAMES.get(name, "") for name in header], issues


WORDING = Wording(
    name_columns=name_columns,
    special={"angka": lambda text: ABSENT if text == "null" else None},
)


@pytest.fixture
def read(tmp_path):
    def open_text(text, items=None):
        (tmp_path / "data.csv").write_text(text, encoding="utf-8")
        lists = {}
        if items is not None:
            (tmp_path / "butir.csv").write_text(items, encoding="utf-8")
            lists["butir"] = tmp_path / "butir.csv"
        return read_records(tmp_path / "data.csv", KINDS, lists=lists, wording=WORDING)

    return open_text


def test_columns_are_read_by_the_names_of_the_caller(read):
    records = read("Id;Angka!;Catatan!\na;1,5;x\n")
    assert [row.record for row in records] == [{"id": "a", "angka": 3 / 2, "catatan": "x"}]
    assert records.issues == ()


def test_special_texts_have_their_value_in_their_column_only(read):
    records = read("Id;Angka!;Catatan!\na; null ;null\nb;null;x\nc;nul;x\n")
    first, second, third = records
    assert (first.record["angka"], first.record["catatan"]) == (ABSENT, "null")
    assert second.record["angka"] is ABSENT
    assert [issue.code for issue in third.issues] == ["KNJ520"]


def test_special_texts_say_nothing_about_the_decimal_mark(read):
    [_, row] = read("Id;Angka!\na;null\nb;1,25\n")
    assert str(row.record["angka"]) == "1.25"


def test_issues_of_the_header_have_their_cell(read):
    records = read("Id;apa;Angka!\na;1;x\n", "Id;Isi!;lain\na;1;2\n")
    assert [(i.code, i.line, i.cell, i.details["found"]) for i in records.issues] == [
        ("KNJ620", 1, "C1", "butir"),
        ("KNJ620", 1, "B1", "None"),
    ]
    [row] = records
    assert [(i.path, i.cell) for i in row.issues] == [("angka", "C2")]
    assert row.record["butir"] == [{"isi": 1}]


def test_an_issue_of_a_dotted_column_finds_its_cell(tmp_path):
    (tmp_path / "d.csv").write_text("id,x.y,x\na,1,2\n", encoding="utf-8")
    same = Wording(name_columns=lambda _, header: (header, []), special={})
    records = read_records(tmp_path / "d.csv", {"x.y": NUMBER, "x": NUMBER}, wording=same)
    [row] = records
    assert records.locate(Issue(code="KNJ402", path="x.y"), row).cell == "B2"
    assert records.locate(Issue(code="KNJ402", path="x.z"), row).cell == "C2"


def test_a_header_without_an_id_is_told_in_its_own_words(read):
    with pytest.raises(InputError) as caught:
        read("nomor;Angka!\n1;2\n")
    assert [issue.code for issue in caught.value.issues] == ["KNJ620", "KNJ510"]
    assert caught.value.issues[1].details["found"] == '"nomor", "Angka!"'


def test_a_repeated_id_names_the_cell_of_the_id_beside_unnamed_columns(tmp_path):
    (tmp_path / "d.csv").write_text(",angka,id\n,1,a\n,2,a\n", encoding="utf-8")
    [first, _] = read_records(tmp_path / "d.csv", {"angka": NUMBER})
    assert [(i.code, i.cell) for i in first.issues] == [("KNJ544", "C2")]
