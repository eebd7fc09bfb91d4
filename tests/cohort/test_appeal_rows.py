"""A table of appeals is read as a whole or not at all."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest

from kinerja.cohort import decide_appeals, read_appeals
from kinerja.errors import InputError
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

POLICY = """
schema: 1
id: kinerja-kami
version: 1.0.0
title: Kinerja pegawai
in_force: {from: 2025-01-01}
bases: {}
inputs:
  indikator:
    type: list
    title: indikator kinerja
    item_title: nama
    fields:
      nama: {type: text, title: indikator}
      realisasi: {type: number, title: realisasi, limits: {from: 0, to: 120}}
  perilaku: {type: number, title: perilaku kerja, limits: {from: 0, to: 100}}
  diklat: {type: flag, title: ikut diklat, required: false}
steps:
  nilai:
    rule: formula
    title: nilai
    is: mean(realisasi for indikator) * 60 % + perilaku * 40 %
    round: {digits: 1, mode: half_up}
  rajin:
    rule: formula
    title: rajin
    is: coalesce(diklat, false)
publish: [nilai, rajin]
"""
SCORER = Scorer(parse_policy(POLICY).program)
ITEMS = [{"nama": "laporan", "realisasi": 80}, {"nama": "layanan", "realisasi": 70}]
RESULTS = [
    SCORER.score({"id": name, "indikator": ITEMS, "perilaku": 75}) for name in ("1001", "1002")
]
HEAD = "id;masukan;nilai_baru;jabatan;alasan;diajukan;diputus;diterima"
FULL = "Kepala Dinas;rekap terlambat;2025-01-10;2025-01-16;2025-01-03"


def rows(*lines):
    return list(csv.DictReader(io.StringIO("\n".join([HEAD, *lines])), delimiter=";"))


def read(*lines, **options):
    return read_appeals(rows(*lines), scorer=SCORER, results=RESULTS, **options)


def issues(*lines, **options):
    with pytest.raises(InputError) as error:
        read(*lines, **options)
    return sorted((issue.code, issue.path) for issue in error.value.issues)


class TestReading:
    def test_rows_of_one_id_are_one_appeal(self):
        first, second = read(
            f"1002;perilaku;80;{FULL}",
            f"1001;perilaku;85.5;{FULL}",
            "1002;indikator[1].realisasi;90;;;;;",
            "1002;diklat;ya;;;;;",
        )
        assert first.changes == {"perilaku": "80", "indikator[1].realisasi": "90", "diklat": True}
        assert first.contested is RESULTS[1]
        assert (first.case.id, first.case.office) == ("1002", "Kepala Dinas")
        assert first.case.filed == date(2025, 1, 10)
        assert first.case.received == date(2025, 1, 3)
        assert second.changes == {"perilaku": "85.5"}

    def test_a_row_without_input_confirms(self):
        (filed,) = read(f"1001;;;{FULL}")
        assert filed.changes == {}
        (appeal,) = decide_appeals(SCORER, [filed])
        assert appeal.outcome == "confirmed"

    def test_a_dash_takes_a_value_away(self):
        (filed,) = read(f"1001;perilaku;-;{FULL}")
        assert filed.changes == {"perilaku": None}

    def test_decimal_commas_are_read_where_they_are_named(self):
        (filed,) = read(f"1001;perilaku;85,5;{FULL}", decimal="comma")
        (appeal,) = decide_appeals(SCORER, [filed])
        assert appeal.decided["nilai"] == Decimal("79.2")

    def test_values_may_come_as_what_they_are(self):
        row = dict(zip(HEAD.split(";"), ["1001", "diklat", False], strict=False))
        case = {"jabatan": "Kepala", "alasan": "daftar hadir"}
        days = {"diajukan": date(2025, 1, 10), "diputus": date(2025, 1, 16)}
        (filed,) = read_appeals([{**row, **case, **days}], scorer=SCORER, results=RESULTS)
        assert filed.changes == {"diklat": False}
        assert filed.case.received is None

    def test_a_workbook_keeps_days_as_midnights(self):
        [row] = rows(f"1001;perilaku;80;{FULL}")
        row |= {"diajukan": datetime(2025, 1, 10), "diputus": datetime(2025, 1, 16)}  # noqa: DTZ001 - no zone
        [filed] = read_appeals([row], scorer=SCORER, results=RESULTS)
        assert (filed.case.filed, filed.case.decided) == (date(2025, 1, 10), date(2025, 1, 16))
        row |= {"diputus": datetime(2025, 1, 16, 8)}  # noqa: DTZ001 - no zone
        with pytest.raises(InputError) as refused:
            read_appeals([row], scorer=SCORER, results=RESULTS)
        assert [issue.path for issue in refused.value.issues] == ["rows[0].diputus"]

    def test_no_rows_give_no_appeals(self):
        assert read() == ()


class TestIssues:
    def test_every_row_is_looked_at(self):
        found = issues(
            f"1003;perilku;80;{FULL}",
            f"1001;perilaku;banyak;{FULL}",
            f"1002;perilaku;120;{FULL}",
            f"1002;indikator[7].realisasi;1;{FULL}",
            f"1002;nilai;1;{FULL}",
            f"1002;indikator;1;{FULL}",
        )
        assert found == [
            ("KNJ401", "rows[1].nilai_baru"),
            ("KNJ402", "rows[2].nilai_baru"),
            ("KNJ407", "rows[5].nilai_baru"),
            ("KNJ640", "rows[0].masukan"),
            ("KNJ642", "rows[3].masukan"),
            ("KNJ644", "rows[4].masukan"),
            ("KNJ856", "rows[0].id"),
        ]

    def test_the_nearest_id_is_named(self):
        with pytest.raises(InputError) as error:
            read(f"10011;perilaku;80;{FULL}")
        assert error.value.issues[0].details["nearest"] == "1001"

    def test_of_two_results_of_one_id_nobody_knows_which_is_contested(self):
        twice = [*RESULTS, RESULTS[0]]
        with pytest.raises(InputError) as error:
            read_appeals(rows(f"1001;perilaku;80;{FULL}"), scorer=SCORER, results=twice)
        (issue,) = error.value.issues
        assert (issue.code, issue.path, issue.details["count"]) == ("KNJ856", "rows[0].id", "2")
        assert read_appeals(rows(f"1002;perilaku;80;{FULL}"), scorer=SCORER, results=twice)

    def test_what_is_empty_is_told_once_a_person(self):
        found = issues("1001;perilaku;80;;;;;", "1001;diklat;;;;;;", "1002;;80;;;;;")
        case = ("alasan", "diajukan", "diputus", "jabatan")
        assert found == [
            *(("KNJ852", f"rows[0].{column}") for column in case),
            ("KNJ852", "rows[1].nilai_baru"),
            *(("KNJ852", f"rows[2].{column}") for column in ("alasan", "diajukan", "diputus")),
            ("KNJ852", "rows[2].jabatan"),
            ("KNJ852", "rows[2].masukan"),
        ]

    def test_rows_of_one_id_agree(self):
        found = issues(
            f"1001;perilaku;80;{FULL}",
            "1001;diklat;ya;Sekretaris;;;2025-01-17;",
            "1001;perilaku;81;;;;;",
            "1001;;;;;;;",
        )
        assert found == [
            ("KNJ857", "rows[1].diputus"),
            ("KNJ857", "rows[1].jabatan"),
            ("KNJ857", "rows[2].masukan"),
            ("KNJ857", "rows[3].masukan"),
        ]

    def test_a_confirmed_result_is_not_corrected_too(self):
        found = issues(f"1001;;;{FULL}", "1001;perilaku;80;;;;;")
        assert found == [("KNJ857", "rows[1].masukan")]

    def test_days_are_read_or_refused_and_stand_in_order(self):
        assert issues("1001;perilaku;80;Kepala;alasan;10/01/2025;2025-01-16;") == [
            ("KNJ410", "rows[0].diajukan")
        ]
        assert issues("1001;perilaku;80;Kepala;alasan;2025-01-17;2025-01-16;") == [
            ("KNJ853", "rows[0].diputus")
        ]

    def test_a_decimal_mark_is_never_guessed(self):
        assert issues(f"1001;perilaku;85,5;{FULL}") == [("KNJ401", "rows[0].nilai_baru")]
        found = issues(f"1001;perilaku;85.5;{FULL}", decimal="comma")
        assert found == [("KNJ523", "rows[0].nilai_baru")]

    def test_one_bad_decision_stops_all(self):
        filed = read(f"1001;perilaku;80;{FULL}", f"1002;perilaku;75;{FULL}")
        with pytest.raises(InputError) as error:
            decide_appeals(SCORER, filed)
        assert [(i.code, i.path) for i in error.value.issues] == [("KNJ854", "1002.perilaku")]
