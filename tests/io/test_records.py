"""Data files become records, with the lists that belong to them."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.errors import InputError, Issue, KinerjaError
from kinerja.formula.types import DateType, ListType, NumberType
from kinerja.io import READ_SUFFIXES, read_records
from kinerja.io import lists as lists_module


def codes(row):
    return [issue.code for issue in row.issues]


def refusal(path, inputs, **more):
    with pytest.raises(InputError) as caught:
        read_records(path, inputs, **more)
    return caught.value.issues


def values(path, inputs, **more):
    return [
        row.record.get("nilai") if not row.issues else codes(row)
        for row in read_records(path, inputs, **more)
    ]


class TestIndonesianSpreadsheets:
    def test_semicolons_commas_and_a_mark_at_the_start(self, put, number):
        """What Excel with Indonesian settings saves as "CSV UTF-8"."""
        path = put(
            "ikm.csv",
            "\ufeffid;unit;nilai\r\n1;Dukcapil;76,61\r\n2;Samsat;1.234,5\r\n3;RSUD;80\r\n".encode(),
        )
        records = read_records(path, number)
        assert (records.issues, records.warnings, len(records)) == ((), (), 3)
        assert [row.record for row in records] == [
            {"id": "1", "nilai": Decimal("76.61")},
            {"id": "2", "nilai": Decimal("1234.5")},
            {"id": "3", "nilai": Decimal(80)},
        ]

    def test_unicode_text_of_excel(self, put, number):
        path = put("a.csv", "id\tnilai\r\n7\t76,61\r\n".encode("utf-16"))
        assert values(path, number) == [Decimal("76.61")]

    def test_a_nip_keeps_its_eighteen_digits(self, put, number):
        path = put("a.csv", "nip;nilai\n198001012005011001;80\n198001012005011002;81\n")
        assert [row.id for row in read_records(path, number, id_column="nip")] == [
            "198001012005011001",
            "198001012005011002",
        ]

    def test_a_nip_that_excel_has_cut_is_refused(self, put, book, number):
        (row,) = read_records(put("a.csv", "nip;nilai\n1,98001E+17;80\n"), number, id_column="nip")
        assert (row.id, codes(row)) == ("", ["KNJ531"])
        path = book(
            "a.xlsx",
            {"Data": [["nip", "nilai"], [198001012005011001.0, 80], ["198001012005011002", 81]]},
        )
        first, second = read_records(path, number, id_column="nip")
        assert (codes(first), first.issues[0].place) == (["KNJ531"], f"{path}, Data!A2")
        assert (second.id, second.issues) == ("198001012005011002", ())

    def test_a_thousands_dot_is_refused_by_its_cell(self, put, number):
        path = put("a.csv", "id;nilai\n1;76,61\n2;1.234\n3;1.234.567\n")
        _, doubtful, clear = read_records(path, number)
        (issue,) = doubtful.issues
        assert (issue.code, issue.place, issue.path) == ("KNJ521", f"{path}:3, B3", "nilai")
        assert issue.message("id") == '"1.234" dapat berarti "1234" atau "1,234"'
        assert clear.record["nilai"] == 1234567

    def test_the_cell_that_shows_the_mark_may_come_last_and_in_another_column(self, put):
        inputs = {"a": NumberType(), "b": NumberType()}
        path = put("a.csv", "id;a;b\n7;1.234;5\n8;5;2,5\n")
        first, second = read_records(path, inputs)
        assert (codes(first), second.record["b"]) == (["KNJ521"], Decimal("2.5"))

    def test_a_mark_shown_after_many_rows_still_counts(self, put, number):
        rows = "".join(f"{n};80\n" for n in range(9000))
        path = put("a.csv", f"id;nilai\nx;1,234\n{rows}y;3.5\n")
        first, *_, last = read_records(path, number)
        assert (codes(first), last.record["nilai"]) == (["KNJ521"], Decimal("3.5"))

    def test_without_any_evidence_the_option_decides(self, put, number):
        path = put("a.csv", "id;nilai\n1;1.234\n")
        assert values(path, number) == [["KNJ522"]]
        assert values(path, number, decimal="point") == [Decimal("1.234")]
        assert values(path, number, decimal="comma") == [["KNJ521"]]

    def test_commas_between_cells_presume_the_point(self, put, number):
        assert values(put("a.csv", "id,nilai\n1,1.234\n"), number) == [Decimal("1.234")]

    def test_contradicting_cells_are_refused_and_one_of_each_shown(self, put, number):
        path = put("a.csv", "id;nilai\n1;76,61\n2;3.5\n3;80\n")
        rows = list(read_records(path, number))
        assert [codes(row) for row in rows] == [["KNJ524"], ["KNJ524"], []]
        details = rows[0].issues[0].details
        assert (details["comma"], details["point"]) == ('"76,61" (B2)', '"3.5" (B3)')

    def test_a_stated_mark_leaves_only_the_others_refused(self, put, number):
        path = put("a.csv", "id;nilai\n1;76,61\n2;3.5\n")
        assert values(path, number, decimal="comma") == [Decimal("76.61"), ["KNJ523"]]

    def test_columns_that_are_not_read_are_no_evidence(self, put, number):
        path = put("a.csv", "id;tunjangan;nilai\n1;3.5;76,61\n")
        assert values(path, number) == [Decimal("76.61")]


class TestTypes:
    def test_every_type(self, put, inputs):
        path = put(
            "a.csv",
            "id;nilai;perilaku;aktif;mulai;catatan\n7;1,5; Baik ;Ya;03/04/2024;a b\n8;;;;;\n",
        )
        full, blank = read_records(path, inputs)
        assert full.record == {
            "id": "7",
            "nilai": Decimal("1.5"),
            "perilaku": "Baik",
            "aktif": True,
            "mulai": date(2024, 4, 3),
            "catatan": "a b",
        }
        assert blank.record == {"id": "8"} | dict.fromkeys(
            ("nilai", "perilaku", "aktif", "mulai", "catatan")
        )

    def test_every_type_in_a_workbook(self, book, inputs):
        day = datetime(2024, 4, 3)  # noqa: DTZ001 - a workbook has no time zones
        path = book(
            "a.xlsx",
            {
                "Data": [
                    ["id", "nilai", "perilaku", "aktif", "mulai", "catatan"],
                    [7, 1.5, " Baik ", True, day, 5],
                ]
            },
        )
        (row,) = read_records(path, inputs)
        assert row.record == {
            "id": "7",
            "nilai": Decimal("1.5"),
            "perilaku": "Baik",
            "aktif": True,
            "mulai": date(2024, 4, 3),
            "catatan": "5",
        }
        assert (row.number, row.line) == (2, None)

    def test_flags_and_numbers_that_are_equal_stay_what_they_are(self, book, inputs):
        path = book("a.xlsx", {"Data": [["id", "nilai", "aktif"], ["7", 1, 1], ["8", True, True]]})
        first, second = read_records(path, inputs)
        assert (first.record["nilai"], first.record["aktif"]) == (1, True)
        assert codes(second) == ["KNJ520"]

    def test_text_cells_of_a_workbook_have_a_mark_too(self, book, number):
        path = book(
            "a.xlsx", {"Data": [["id", "nilai"], ["1", "76,61"], ["2", "1.234"], ["3", 1.234]]}
        )
        assert values(path, number) == [Decimal("76.61"), ["KNJ521"], Decimal("1.234")]

    def test_dates_of_a_file_share_their_order(self, put):
        path = put("a.csv", "id;mulai\n1;03/04/2024\n2;04/30/2024\n3;31/12/2024\n")
        rows = list(read_records(path, {"mulai": DateType()}))
        assert [codes(row) for row in rows] == [["KNJ530"], ["KNJ529"], []]
        assert rows[0].issues[0].details["other"] == '"04/30/2024" (B3)'

    def test_every_issue_of_a_row_is_told(self, put, inputs):
        path = put("a.csv", "id;nilai;aktif;mulai\n;x;y;z\n")
        (row,) = read_records(path, inputs)
        assert [(i.code, i.cell) for i in row.issues] == [
            ("KNJ517", "A2"),
            ("KNJ520", "B2"),
            ("KNJ528", "C2"),
            ("KNJ529", "D2"),
        ]

    def test_a_bad_row_spoils_no_other(self, put, number):
        path = put("a.csv", 'id,nilai\n1,80\n2,x\n3,1,2\n4,"a"b\n5,81\n')
        assert values(path, number) == [80, ["KNJ520"], ["KNJ514"], ["KNJ513"], 81]

    def test_a_short_row_is_good_where_the_lacking_columns_are_not_read(self, put, number):
        assert values(put("a.csv", "id,nilai,nama\n1,80\n"), number) == [80]

    def test_a_short_row_says_so_once(self, put):
        inputs = {"a": NumberType(), "b": NumberType()}
        (row,) = read_records(put("a.csv", "nama,id,a,b\nx,7\n"), inputs)
        assert [(i.code, i.cell) for i in row.issues] == [("KNJ515", "C2")]

    def test_a_row_too_short_for_its_id(self, put, number):
        (row,) = read_records(put("a.csv", "nilai,x,id\n80\n"), number)
        assert (row.id, row.record["id"], codes(row)) == ("", "", ["KNJ515"])

    def test_an_input_may_be_called_id(self, put):
        (row,) = read_records(put("a.csv", "id,nip\n5,x\n"), {"id": NumberType()}, id_column="nip")
        assert (row.id, row.record) == ("x", {"id": Decimal(5)})

    def test_more_different_texts_than_are_kept(self, put, number, monkeypatch):
        monkeypatch.setattr("kinerja.io.typed.MAX_KEPT", 3)
        path = put("a.csv", "id,nilai\n" + "".join(f"{n},{n}\n" for n in range(20)))
        assert values(path, number) == list(range(20))

    def test_rows_can_be_read_again(self, put, book, number):
        for path in (
            put("a.csv", "id,nilai\n1,80\n"),
            put("a.jsonl", '{"id": 1, "nilai": 80}\n'),
            put("a.json", '[{"id": 1, "nilai": 80}]'),
            book("a.xlsx", {"Data": [["id", "nilai"], [1, 80]]}),
        ):
            records = read_records(path, number)
            assert list(records) == list(records) != []


class TestIds:
    @pytest.mark.parametrize(
        ("name", "text", "other"),
        [
            ("a.csv", "id,nilai\n7,1\n8,2\n7,3\n7,4\n", ["A4", "A2", "A2"]),
            (
                "a.jsonl",
                '{"id": 7}\n{"id": 8}\n{"id": "7"}\n{"id": 7}\n',
                ["a.jsonl:3", "a.jsonl:1", "a.jsonl:1"],
            ),
            (
                "a.json",
                '[{"id": 7}, {"id": 8}, {"id": "7"}, {"id": 7}]',
                ["a.json[2]", "a.json[0]", "a.json[0]"],
            ),
        ],
    )
    def test_no_row_of_a_repeated_id_is_scored(self, put, number, name, text, other):
        records = read_records(put(name, text), number)
        first, good, second, third = records
        assert good.issues == ()
        assert [codes(row) for row in (first, second, third)] == [["KNJ544"]] * 3
        assert [
            Path(row.issues[0].details["other"]).name for row in (first, second, third)
        ] == other

    def test_a_repeated_id_names_the_cell(self, put, book, number):
        path = put("a.csv", "nama,id\nx,7\ny,7\n")
        assert [row.issues[0].place for row in read_records(path, number)] == [
            f"{path}:2, B2",
            f"{path}:3, B3",
        ]
        path = book("a.xlsx", {"Data": [["id"], [7], ["7"]]})
        assert [row.issues[0].place for row in read_records(path, number)] == [
            f"{path}, Data!A2",
            f"{path}, Data!A3",
        ]

    def test_ids_that_differ_in_zeros_are_different(self, put, number):
        assert [row.issues for row in read_records(put("a.csv", "id\n7\n07\n"), number)] == [(), ()]

    def test_a_row_that_cannot_be_read_still_counts_its_id(self, put, number):
        good, bad = read_records(put("a.csv", "id,nilai\n7,1\n7,1,2\n"), number)
        assert (codes(good), codes(bad)) == (["KNJ544"], ["KNJ514", "KNJ544"])

    def test_a_blank_id(self, put, number):
        total, good = read_records(put("a.csv", "id,nilai\n ,160\n7,80\n"), number)
        assert (total.id, codes(total), good.issues) == ("", ["KNJ517"], ())

    def test_an_id_that_results_protected_comes_back(self, put, number):
        (row,) = read_records(put("a.csv", "id,nilai\n'=7,80\n"), number)
        assert row.id == "=7"

    def test_without_an_id_column_nothing_is_read(self, put, book, number):
        (issue,) = refusal(put("a.csv", "NIP,nilai\n1,2\n"), number)
        assert (issue.code, issue.details["found"]) == ("KNJ510", '"NIP", "nilai"')
        (issue,) = refusal(
            book("a.xlsx", {"Data": [["Daftar Nilai 2024"], ["id", "nilai"]]}), number
        )
        assert (issue.code, issue.place.endswith("a.xlsx, Data!A1")) == ("KNJ510", True)


class TestColumns:
    def test_a_near_name_is_suggested(self, put):
        inputs = {"realisasi": NumberType(), "target": NumberType()}
        path = put("a.csv", "id,Realisasi,nama\n1,2,x\n")
        records = read_records(path, inputs, required={"realisasi"})
        (issue,) = records.issues
        assert (issue.code, issue.path, issue.details["nearest"]) == (
            "KNJ552",
            "realisasi",
            '"Realisasi"',
        )
        records = read_records(path, inputs)
        assert [(w.code, w.severity) for w in records.warnings] == [("KNJ552", "warning")]

    def test_a_required_column_that_is_absent_is_an_issue(self, put, number):
        records = read_records(put("a.csv", "id\n1\n"), number, required=["nilai"])
        assert [issue.code for issue in records.issues] == ["KNJ553"]
        assert records.issues[0].details == {"expected": '"nilai"', "found": "–"}
        assert [row.record for row in records] == [{"id": "1"}]

    def test_the_columns_that_are_not_recognised_are_named_the_nearest_first(self, book, inputs):
        """The column was given another name: the sheet says which one is meant."""
        sheets = {
            "Data": [["id", "nilai"], ["7", 1]],
            "ratings": [["id", "group", "aspect", "capaian", "satuan", "scan"], ["7", "a", "b", 1, 2, 3]],
        }  # fmt: skip
        (issue,) = read_records(book("a.xlsx", sheets), inputs).issues
        assert (issue.code, issue.path) == ("KNJ553", "ratings.score")
        assert (issue.cell, issue.place.endswith("a.xlsx, ratings!A1")) == ("ratings!A1", True)
        assert issue.details["found"] == '"scan", "satuan", "capaian"'

    def test_an_optional_column_that_is_absent_is_nothing(self, put, number):
        records = read_records(put("a.csv", "id\n1\n"), number)
        assert records.issues == records.warnings == ()

    def test_an_input_is_never_suggested_for_another(self, put):
        inputs = {"nilai_a": NumberType(), "nilai_b": NumberType()}
        records = read_records(put("a.csv", "id,nilai_a\n1,2\n"), inputs, required=inputs)
        assert [issue.code for issue in records.issues] == ["KNJ553"]

    def test_other_columns_are_passed_over_in_silence(self, put, number):
        records = read_records(
            put("a.csv", "id,nama,nama,nilai\n1,x,y,80\n"), number, required=["nilai"]
        )
        assert (records.issues, records.warnings) == ((), ())

    def test_a_column_that_is_read_must_not_stand_twice(self, put, number):
        (issue,) = refusal(put("a.csv", "id,nilai,nilai\n"), number)
        assert (issue.code, issue.line) == ("KNJ508", 1)

    def test_a_header_alone_is_a_warning(self, put, number):
        records = read_records(put("a.csv", "id,nilai\n"), number)
        assert [w.code for w in records.warnings] == ["KNJ519"]
        assert list(records) == []

    def test_a_list_does_not_fit_in_a_column(self, put, inputs):
        path = put("a.csv", "id,nilai,ratings\n1,2,3\n")
        assert [i.code for i in read_records(path, inputs, required={"ratings"}).issues] == [
            "KNJ545"
        ]
        assert [w.code for w in read_records(path, inputs).warnings] == ["KNJ545"]
        ratings = put("r.csv", "id,group,aspect,score\n1,atasan,a,80\n")
        assert (
            read_records(path, inputs, lists={"ratings": ratings}, required={"ratings"}).issues
            == ()
        )

    def test_json_has_no_columns(self, put, number):
        records = read_records(put("a.jsonl", '{"id": 1}'), number, required=["nilai"])
        assert records.issues == ()


RATINGS = (
    "id,group,aspect,rater,score\n"
    "7,atasan,integritas,A,80\n7,rekan,integritas,B,76.5\n9,rekan,integritas,C,70\n"
)


class TestLists:
    def items(self, *rows):
        return [dict(zip(("group", "aspect", "rater", "score"), row, strict=True)) for row in rows]

    def test_items_are_joined_on_the_id(self, put, inputs):
        data, ratings = put("a.csv", "id,nilai\n7,1\n8,2\n9,3\n"), put("ratings.csv", RATINGS)
        records = read_records(data, inputs, lists={"ratings": ratings})
        assert (records.issues, records.warnings) == ((), ())
        assert [row.record["ratings"] for row in records] == [
            self.items(
                ("atasan", "integritas", "A", Decimal(80)),
                ("rekan", "integritas", "B", Decimal("76.5")),
            ),
            [],
            self.items(("rekan", "integritas", "C", Decimal(70))),
        ]

    def test_without_a_file_the_list_is_absent(self, put, inputs):
        (row,) = read_records(put("a.csv", "id,nilai\n7,1\n"), inputs)
        assert "ratings" not in row.record

    def test_a_list_may_be_json(self, put, inputs):
        data = put("a.jsonl", '{"id": 7, "nilai": 1}\n')
        for name, text in (
            ("r.jsonl", '{"id": "7", "group": "atasan", "score": 86.60, "x": 1}\n'),
            ("r.json", '[{"id": "7", "group": "atasan", "score": 86.60, "x": 1}]'),
        ):
            (row,) = read_records(data, inputs, lists={"ratings": put(name, text)})
            assert row.record["ratings"] == self.items(("atasan", None, None, Decimal("86.60")))

    def test_a_list_inside_a_record_stays(self, put, inputs):
        (row,) = read_records(put("a.jsonl", '{"id": 7, "ratings": [{"score": 80}]}'), inputs)
        assert row.record["ratings"] == [{"score": 80}]

    @pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
    def test_a_list_must_not_stand_in_the_record_and_in_a_file(self, put, inputs, name):
        data = put(name, '{"id": 7, "ratings": []}')
        records = read_records(data, inputs, lists={"ratings": put("r.csv", RATINGS)})
        for _ in range(2):
            (row,) = records
            assert codes(row) == ["KNJ547"]

    @pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
    def test_reading_twice_joins_once(self, put, inputs, name):
        data = put(name, '{"id": 7, "nilai": 1, "ratings": null}')
        records = read_records(data, inputs, lists={"ratings": put("r.csv", RATINGS)})
        assert list(records) == list(records)
        assert [len(row.record["ratings"]) for row in records] == [2]

    def test_a_sheet_with_the_name_of_the_list_is_the_list(self, book, inputs):
        path = book(
            "a.xlsx",
            {
                "RATINGS": [["id", "group", "aspect", "score"], [7, "atasan", "a", 80.5]],
                "Pegawai": [["id", "nilai"], ["7", 1], ["8", 2]],
                "Catatan": [["apa saja"]],
            },
        )
        records = read_records(path, inputs)
        assert [row.record["ratings"] for row in records] == [
            [{"group": "atasan", "aspect": "a", "rater": None, "score": Decimal("80.5")}],
            [],
        ]
        assert records.issues == ()

    def test_a_file_comes_before_the_sheet(self, put, book, inputs):
        path = book("a.xlsx", {"Data": [["id"], [7]], "ratings": [["tanpa id"]]})
        (row,) = read_records(path, inputs, lists={"ratings": put("r.csv", RATINGS)})
        assert len(row.record["ratings"]) == 2

    def test_a_sheet_with_a_near_name_is_suggested(self, book, inputs):
        path = book("a.xlsx", {"Data": [["id"], [7]], "Rating": [["id"]]})
        (issue,) = read_records(path, inputs, required={"ratings"}).issues
        assert (issue.code, issue.details["nearest"]) == ("KNJ554", '"Rating"')
        assert [w.code for w in read_records(path, inputs).warnings if w.path == "ratings"] == [
            "KNJ554"
        ]

    def test_a_list_file_may_be_a_workbook(self, put, book, inputs):
        data = put("a.csv", "id,nilai\n7,1\n")
        header = ["id", "group", "aspect", "score"]
        named = book("r.xlsx", {"Lain": [["x"]], "ratings": [header, [7, "atasan", "a", 80]]})
        first = book("s.xlsx", {"Lembar1": [header, [7, "rekan", "a", 80]], "Lain": [["x"]]})
        (row,) = read_records(data, inputs, lists={"ratings": named})
        assert row.record["ratings"][0]["group"] == "atasan"
        (row,) = read_records(data, inputs, lists={"ratings": first})
        assert row.record["ratings"][0]["group"] == "rekan"

    def test_an_item_that_cannot_be_read_spoils_its_person_only(self, put, inputs):
        data = put("a.csv", "id,nilai\n7,1\n8,2\n")
        ratings = put(
            "r.csv",
            "id,group,aspect,rater,score\n7,atasan,a,A,delapan\n8,atasan,a,A,80\n7,x,a,A,1,2\n",
        )
        bad, good = read_records(data, inputs, lists={"ratings": ratings})
        assert [(i.code, i.place, i.path) for i in bad.issues] == [
            ("KNJ520", f"{ratings}:2, E2", "ratings.score"),
            ("KNJ514", f"{ratings}:4, A4", "ratings"),
        ]
        assert good.issues == ()

    def test_rows_of_unknown_people_are_a_warning(self, put, inputs):
        data = put("a.csv", "id,nilai\n7,1\n")
        rows = "".join(f"x{n % 7},atasan,a,A,80\n" for n in range(10))
        records = read_records(
            data, inputs, lists={"ratings": put("r.csv", f"id,group,aspect,rater,score\n{rows}")}
        )
        (warning,) = records.warnings
        assert (warning.code, warning.path, warning.severity) == ("KNJ548", "ratings", "warning")
        assert warning.details == {
            "found": '"x0", "x1", "x2", "x3", "x4", …',
            "count": "7",
            "rows": "10",
        }
        assert records.issues == ()

    def test_rows_of_nobody_are_issues(self, put, inputs, monkeypatch):
        data = put("a.csv", "id,nilai\n7,1\n")
        ratings = put("r.csv", "id,group,aspect,rater,score\n" + ",atasan,a,A,80\n" * 5)
        records = read_records(data, inputs, lists={"ratings": ratings})
        assert [(i.code, i.path, i.line) for i in records.issues] == [
            ("KNJ517", "ratings.id", n) for n in range(2, 7)
        ]
        monkeypatch.setattr(lists_module, "MAX_ISSUES", 2)
        records = read_records(data, inputs, lists={"ratings": ratings})
        assert [i.code for i in records.issues] == ["KNJ517", "KNJ517", "KNJ549"]
        assert records.issues[-1].details == {"count": "5"}

    def test_a_list_decides_its_own_decimal_mark(self, put, inputs):
        data = put("a.csv", "id,nilai\n7,3.5\n")
        ratings = put("r.csv", "id;group;aspect;score\n7;atasan;a;76,61\n")
        (row,) = read_records(data, inputs, lists={"ratings": ratings})
        assert row.record["ratings"][0]["score"] == Decimal("76.61")

    def test_columns_of_a_list(self, put, inputs):
        data = put("a.csv", "id,nilai\n7,1\n")
        ratings = put("r.csv", "id,grup,aspect\n7,atasan,a\n")
        records = read_records(data, inputs, lists={"ratings": ratings})
        assert sorted((i.code, i.path) for i in records.issues) == [
            ("KNJ552", "ratings.group"),
            ("KNJ553", "ratings.score"),
        ]
        assert [row.record["ratings"] for row in records] == [self.items((None, "a", None, None))]


class TestFiles:
    def test_what_is_read(self):
        columns = (".parquet", ".arrow", ".feather")
        assert READ_SUFFIXES[:5] == (".csv", ".tsv", ".jsonl", ".json", ".xlsx")
        assert READ_SUFFIXES[5:] == columns

    @pytest.mark.parametrize("name", ["a.orc", "a.xls", "a.csv.gz", "a", "a.ods"])
    def test_other_suffixes_are_refused_by_name(self, put, number, name):
        (issue,) = refusal(put(name, "id\n"), number)
        assert (issue.code, issue.details["expected"]) == ("KNJ503", " ".join(READ_SUFFIXES))

    def test_suffixes_in_capitals(self, put, number):
        assert values(put("A.CSV", "id,nilai\n1,80\n"), number) == [80]

    def test_everything_about_files_is_told_at_once(self, tmp_path, put, inputs):
        issues = refusal(
            tmp_path / "tidak_ada.csv",
            inputs,
            lists={
                "rating": put("r.csv", RATINGS),
                "abc": tmp_path / "b.csv",
                "ratings": tmp_path / "c.txt",
            },
        )
        assert [i.code for i in issues] == ["KNJ501", "KNJ501", "KNJ503", "KNJ546", "KNJ551"]
        assert issues[3].details["nearest"] == '"ratings"'
        assert issues[4].details["expected"] == "ratings"

    def test_data_and_lists_are_told_at_once(self, put, inputs):
        issues = refusal(put("a.csv", b"\xff"), inputs, lists={"ratings": put("r.csv", "x\n")})
        assert [i.code for i in issues] == ["KNJ504", "KNJ510"]

    def test_a_policy_without_lists_says_so(self, put, number):
        (issue,) = refusal(put("a.csv", "id\n"), number, lists={"x": put("b.csv", "id\n")})
        assert (issue.code, issue.details["expected"]) == ("KNJ551", "–")

    def test_a_folder_and_a_name_that_cannot_be(self, tmp_path, number):
        (tmp_path / "x.csv").mkdir()
        for path in (tmp_path / "x.csv", Path("a\0b.csv"), tmp_path / ("x" * 300 + ".csv")):
            assert [i.code for i in refusal(path, number)] == ["KNJ501"]

    @pytest.mark.parametrize("broken", [b"", b"PK", b"id"])
    def test_broken_workbooks(self, put, inputs, broken):
        assert [i.code for i in refusal(put("a.xlsx", broken), inputs)] == ["KNJ534"]

    def test_workbooks_without_visible_sheets(self, put, inputs, monkeypatch):
        class Empty:
            sheets = ()

        monkeypatch.setattr("kinerja.io.records.open_workbook", lambda _: nullcontext(Empty()))
        path, data = put("a.xlsx", ""), put("a.csv", "id\n7\n")
        assert [i.code for i in refusal(path, inputs)] == ["KNJ506"]
        assert [i.code for i in refusal(data, inputs, lists={"ratings": path})] == ["KNJ506"]

    def test_every_issue_has_words(self, put, number):
        (row,) = read_records(put("a.csv", "id;nilai\n1;1.234\n"), number)
        text = row.issues[0].to_text("en")
        assert "--decimal point" in text
        assert "{" not in text


FUZZ = {
    "nilai": NumberType(),
    "mulai": DateType(),
    "ratings": ListType(fields={"score": NumberType()}),
}
fragments = st.lists(
    st.sampled_from(
        [
            "id",
            "nilai",
            "mulai",
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            '"',
            "7",
            "1.234",
            "76,61",
            "3.5",
            "31/12/2024",
            "{",
            "}",
            "[",
            "]",
            ":",
            '"id"',
            '"nilai"',
            "NaN",
            "null",
            "\\u",
            "\ud7ff",
            "\ufeff",
            "sep=;",
            "'=",
            "#N/A",
            " ",
            "\0",
            "é",
            "1e5",
        ]
    ),
    max_size=40,
).map("".join)
contents = (
    st.binary(max_size=80)
    | fragments.map(str.encode)
    | fragments.map(lambda text: ("id;nilai;mulai\n" + text).encode())
    | fragments.map(lambda text: ('{"id": 7, "nilai": ' + text).encode())
    | fragments.map(lambda text: text.encode("utf-16"))
)


@settings(max_examples=300, deadline=None)
@given(
    contents,
    contents,
    st.sampled_from([".csv", ".tsv", ".jsonl", ".json", ".xlsx"]),
    st.sampled_from(["auto", "comma", "point"]),
)
def test_any_bytes_are_read_or_refused(tmp_path_factory, data, items, suffix, decimal):
    folder = tmp_path_factory.getbasetemp()
    path, ratings = folder / f"fuzz-data{suffix}", folder / f"fuzz-list{suffix}"
    path.write_bytes(data)
    ratings.write_bytes(items)
    for lists in ({}, {"ratings": ratings}):
        try:
            records = read_records(path, FUZZ, lists=lists, decimal=decimal)
            rows = list(records)
        except KinerjaError as error:
            texts = [str(error)]
        else:
            assert len(rows) == len(records)
            found = [
                *records.issues,
                *records.warnings,
                *(issue for row in rows for issue in row.issues),
            ]
            texts = [issue.to_text(lang) for issue in found for lang in ("id", "en")]
            json.dumps([row.id for row in rows], ensure_ascii=False).encode()
        assert all("{found}" not in text and "{expected}" not in text for text in texts)


class TestWorkbookRoundTrip:
    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.text("abc123 .-", min_size=1, max_size=8).filter(str.strip),
                st.decimals(
                    allow_nan=False,
                    allow_infinity=False,
                    places=2,
                    min_value=-(10**9),
                    max_value=10**9,
                ),
            ),
            max_size=6,
            unique_by=lambda row: row[0].strip(),
        )
    )
    def test_what_openpyxl_writes_is_read_exactly(self, tmp_path_factory, rows):
        path = tmp_path_factory.getbasetemp() / "roundtrip.xlsx"
        workbook = openpyxl.Workbook()
        workbook.active.append(["id", "nilai"])
        for name, value in rows:
            workbook.active.append([name, float(value)])
        workbook.save(path)
        found = [
            (row.id, row.record["nilai"], row.issues)
            for row in read_records(path, {"nilai": NumberType()})
        ]
        assert found == [(name.strip(), value, ()) for name, value in rows]


class TestPlacesOfWhatScoringFinds:
    ISSUE = Issue(code="KNJ402", path="nilai")

    def located(self, records, issue=ISSUE):
        [row] = records
        return records.locate(issue, row).place

    def test_a_csv_gives_line_and_cell(self, put, number):
        path = put("a.csv", "id,unit,nilai\n7,Samsat,900\n")
        assert self.located(read_records(path, number)) == f"{path}:2, C2"

    def test_a_workbook_gives_sheet_and_cell(self, book, number):
        path = book("a.xlsx", {"Data": [["id", "nilai"], [7, 900]]})
        assert self.located(read_records(path, number)) == f"{path}, Data!B2"

    def test_what_is_no_column_stands_at_the_id(self, put, number):
        path = put("a.csv", "unit,id,nilai\nSamsat,7,900\n")
        issue = Issue(code="KNJ402", path="penilaian[3].nilai")
        assert self.located(read_records(path, number), issue) == f"{path}:2, B2"

    def test_json_lines_give_the_line(self, put, number):
        path = put("a.jsonl", '{"id": 7, "nilai": 900}\n')
        assert self.located(read_records(path, number)) == f"{path}:1"

    RATINGS = "id,group,aspect,score\n8,a,x,1\n7,a,x,2\n9,a,x,2\n7,b,y,9\n"

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            ("ratings[0].score", "r.csv:3, D3"),
            ("ratings[1].group", "r.csv:5, B5"),
            ("ratings[1]", "r.csv:5, A5"),
            ("ratings[1].rater", "r.csv:5, A5"),
            ("ratings", "a.csv:2, A2"),
            ("nilai", "a.csv:2, B2"),
        ],
    )
    def test_an_item_of_a_list_file_has_its_own_place(self, put, inputs, path, place):
        data = put("a.csv", "id,nilai\n7,80\n")
        records = read_records(data, inputs, lists={"ratings": put("r.csv", self.RATINGS)})
        issue = Issue(code="KNJ402", path=path)
        assert self.located(records, issue) == f"{data.parent}/{place}"

    def test_an_item_of_a_sheet_has_its_own_place(self, book, inputs):
        sheets = {
            "Data": [["id", "nilai"], [7, 80]],
            "ratings": [["id", "group", "aspect", "score"], [7, "a", "x", 2], [7, "b", "y", 9]],
        }
        path = book("a.xlsx", sheets)
        issue = Issue(code="KNJ402", path="ratings[1].score")
        assert self.located(read_records(path, inputs), issue) == f"{path}, ratings!D3"

    def test_an_item_of_json_lines_has_its_line(self, put, inputs):
        rows = '{"id": 7, "score": 1}\n{"id": 8, "score": 1}\n{"id": 7, "score": 9}\n'
        lists = {"ratings": put("r.jsonl", rows)}
        records = read_records(put("a.csv", "id,nilai\n7,80\n"), inputs, lists=lists)
        issue = Issue(code="KNJ402", path="ratings[1].score")
        assert self.located(records, issue) == f"{lists['ratings']}:3"
