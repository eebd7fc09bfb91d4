"""Rows go in, results come out; bad rows are named and never stop good ones."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kinerja.cli.console import Console
from kinerja.cli.progress import Progress
from kinerja.cli.score import issues_path

UNSUR = (
    *("persyaratan", "prosedur", "waktu", "biaya", "produk"),
    *("kompetensi", "perilaku", "sarana", "pengaduan"),
)
GOOD = "id;hasil_kerja;perilaku_kerja\n1;sesuai ekspektasi;di_atas_ekspektasi\n"
MIXED = """id;hasil_kerja;perilaku_kerja
1;sesuai ekspektasi;di_atas_ekspektasi
2;sesuai;di_atas_ekspektasi
3;;di_atas_ekspektasi
4;sesuai_ekspektasi;di_bawah_ekspektasi
4;sesuai_ekspektasi;sesuai_ekspektasi
"""
BAD = "id;hasil_kerja;perilaku_kerja\n1;apa;di_atas_ekspektasi\n2;a;b\n"
SUM = """schema: 1
id: jumlah
version: 1.0.0
title: jumlah
in_force: {from: 2024-01-01}
bases: {kami: {title: aturan kami, status: own}}
"""
SUM_STEP = "rule: formula, title: jumlah, is: a + b + c + d + e + f + g"
EXAMPLES = Path(__file__).parents[2] / "examples"


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestToTheScreen:
    def test_results_are_json_lines(self, kinerja, put):
        code, out, err = kinerja("score", "kuadran-6-2022", put("data.csv", GOOD))
        assert code == 0
        assert out == '{"id": "1", "status": "complete", "reasons": [], "predikat": "baik"}\n'
        assert err.endswith("data.csv: 1 baris; 1 lengkap, 0 belum lengkap, 0 ditolak\n")

    def test_bad_rows_are_named_after_the_good_ones(self, kinerja, put):
        path = put("data.csv", MIXED)
        code, out, err = kinerja("score", "kuadran-6-2022", path)
        assert code == 1
        assert [json.loads(line)["id"] for line in out.splitlines()] == ["1", "3"]
        assert err.startswith(
            f"{path}:3, B3  KNJ404  hasil_kerja\n"
            '  "sesuai" tidak dikenal, pilihannya: di_bawah_ekspektasi, sesuai_ekspektasi,'
        )
        assert err.count("KNJ544") == 2
        assert err.endswith(
            f"{path}: 5 baris; 1 lengkap, 1 belum lengkap, 3 ditolak\n"
            "  1 baris: rating hasil kerja tidak diisi\n"
        )

    def test_reasons_are_codes_with_their_subject(self, kinerja, put):
        out = kinerja("score", "kuadran-6-2022", put("data.csv", MIXED)).out
        assert json.loads(out.splitlines()[1]) == {
            "id": "3",
            "status": "incomplete",
            "reasons": ["input_missing: hasil_kerja"],
            "predikat": None,
        }

    def test_numbers_are_plain_decimals(self, kinerja):
        out = kinerja("score", "skm-2017", EXAMPLES / "ikm" / "ikm.csv").out
        assert '"ikm": 87.28, "mutu": "B"' in out
        assert json.loads(out.splitlines()[0], parse_float=Decimal)["ni"] == Decimal("3.4911")

    def test_no_usable_row_gives_no_result(self, kinerja, put):
        code, out, err = kinerja("score", "kuadran-6-2022", put("data.csv", BAD))
        assert (code, out) == (1, "")
        assert "KNJ914" in err
        assert "0 lengkap, 0 belum lengkap, 2 ditolak" in err

    def test_english(self, kinerja, put):
        err = kinerja("score", "kuadran-6-2022", put("data.csv", MIXED), "--lang", "en").err
        assert "5 rows; 1 complete, 1 incomplete, 3 refused" in err
        assert err.endswith("  1 row: rating of results was not given\n")
        assert "baris" not in err


class TestToAFile:
    @pytest.fixture
    def out(self, tmp_path):
        (tmp_path / "keluar").mkdir()
        return tmp_path / "keluar" / "hasil.csv"

    def test_columns_and_order(self, kinerja, put, out):
        code, printed, err = kinerja("score", "kuadran-6-2022", put("a.csv", GOOD), "-o", out)
        assert (code, printed) == (0, "")
        assert rows(out) == [["id", "status", "reasons", "predikat"], ["1", "complete", "", "baik"]]
        assert err.splitlines()[-1] == f"ditulis: {out}"
        assert names(out.parent) == ["hasil.csv"]

    def test_published_steps_stand_in_the_order_of_the_policy(self, kinerja, out):
        lists = f"responden={EXAMPLES / 'ikm' / 'responden.csv'}"
        data = EXAMPLES / "ikm" / "ikm.csv"
        assert kinerja("score", "skm-2017", data, "--list", lists, "-o", out).code == 0
        head, bantul, tubaba = rows(out)
        assert head[:7] == ["id", "status", "reasons", "ikm", "mutu", "kinerja", "ni"]
        assert bantul[:5] == ["bantul-2023", "complete", "", "87.28", "B"]
        assert tubaba[:5] == ["tubaba-2023", "complete", "", "100.00", "A"]

    def test_bad_rows_go_to_a_file_beside(self, kinerja, put, out):
        code, _, err = kinerja("score", "kuadran-6-2022", put("a.csv", MIXED), "-o", out)
        assert code == 1
        assert names(out.parent) == ["hasil.csv", "hasil.temuan.csv"]
        assert [row[0] for row in rows(out)] == ["id", "1", "3"]
        head, *issues = rows(issues_path(out))
        assert head[:2] == ["severity", "code"]
        assert [row[1] for row in issues] == ["KNJ404", "KNJ544", "KNJ544"]
        assert head[-1] == "id"
        assert [row[-1] for row in issues] == ["2", "4", "4"]
        assert f"temuan juga ada di {issues_path(out)}" in err

    def test_a_cell_of_a_list_is_told_with_the_id_of_its_row_and_warnings_are_told_too(
        self, kinerja, put, out
    ):
        data = put("a.csv", "id,wilayah\n7,a\n8,b\n")
        head = ["id", "penilai", *UNSUR]
        ratings = [["7", "A", *[3] * 9], ["8", "B", *[3] * 8, 9], ["9", "C", *[3] * 9]]
        lists = put("r.csv", "\n".join(",".join(map(str, row)) for row in [head, *ratings]) + "\n")
        answer = kinerja("score", "skm-2017", data, "--list", f"responden={lists}", "-o", out)
        assert answer.code == 1
        _, *issues = rows(issues_path(out))
        assert [(row[0], row[1], row[4], row[-1]) for row in issues] == [
            ("error", "KNJ402", "K3", "8"), ("warning", "KNJ548", "", ""),
        ]  # fmt: skip

    def test_warnings_alone_are_written_too(self, kinerja, put, out):
        data = put("a.csv", "id,wilayah\n7,a\n")
        head = ["id", "penilai", *UNSUR]
        lists = put("r.csv", f"{','.join(head)}\n7,A{',3' * 9}\n9,A{',3' * 9}\n")
        answer = kinerja("score", "skm-2017", data, "--list", f"responden={lists}", "-o", out)
        assert answer.code == 0
        assert [row[:2] for row in rows(issues_path(out))[1:]] == [["warning", "KNJ548"]]

    def test_only_the_first_issues_are_printed(self, kinerja, put, out):
        bad = MIXED + "".join(f"{n};x;y\n" for n in range(10, 20))
        err = kinerja("score", "kuadran-6-2022", put("a.csv", bad), "-o", out).err
        assert err.count("  → ") == 3
        assert f"… dan 20 temuan lain; semuanya ada di {issues_path(out)}" in err
        assert len(rows(issues_path(out))) == 24

    def test_issues_of_an_earlier_run_do_not_stay(self, kinerja, put, out):
        kinerja("score", "kuadran-6-2022", put("a.csv", MIXED), "-o", out)
        assert kinerja("score", "kuadran-6-2022", put("a.csv", GOOD), "-o", out).code == 0
        assert len(rows(issues_path(out))) == 1

    def test_no_usable_row_leaves_the_results_of_before(self, kinerja, put, out):
        out.write_text("lama", encoding="utf-8")
        code, _, err = kinerja("score", "kuadran-6-2022", put("a.csv", BAD), "-o", out)
        assert (code, out.read_text(encoding="utf-8")) == (1, "lama")
        assert "ditulis:" not in err
        assert [row[1] for row in rows(issues_path(out))][1] == "KNJ914"

    def test_an_empty_table_is_no_success(self, kinerja, put, out):
        code, _, err = kinerja(
            "score", "kuadran-6-2022", put("a.csv", "id,hasil_kerja,perilaku_kerja\n"), "-o", out
        )
        assert code == 1
        assert "KNJ519" in err
        assert not out.exists()

    def test_a_workbook(self, kinerja, put, out):
        path = out.with_suffix(".xlsx")
        assert kinerja("score", "kuadran-6-2022", put("a.csv", GOOD), "-o", path).code == 0
        sheet = openpyxl.load_workbook(path).active
        assert [cell.value for cell in sheet[2]] == ["1", "complete", None, "baik"]

    def test_json_lines(self, kinerja, put, out):
        path = out.with_suffix(".jsonl")
        data = put("a.csv", GOOD)
        kinerja("score", "kuadran-6-2022", data, "-o", path)
        assert path.read_text(encoding="utf-8") == kinerja("score", "kuadran-6-2022", data).out

    @pytest.mark.parametrize(
        ("name", "code"),
        [("hasil.pdf", "KNJ557"), ("tidak/ada/hasil.csv", "KNJ555"), ("a.csv", "KNJ556")],
    )
    def test_where_results_cannot_go(self, kinerja, put, tmp_path, name, code):
        data = put("a.csv", GOOD)
        answer = kinerja("score", "kuadran-6-2022", data, "-o", tmp_path / name)
        assert (answer.code, answer.out) == (1, "")
        assert code in answer.err
        assert data.read_text(encoding="utf-8") == GOOD
        assert names(tmp_path) == ["a.csv"]


class TestOptions:
    def test_lists_join_on_the_id(self, kinerja):
        folder = EXAMPLES / "sikap"
        lists = f"penilaian={folder / 'penilaian.csv'}"
        out = kinerja("score", "sikap-360", folder / "pegawai.csv", "--list", lists).out
        found = {row["id"]: row["skor"] for row in map(json.loads, out.splitlines())}
        assert found == {"lengkap": 89, "tanpa-bawahan": 95, "satu-draf": None}

    def test_an_unknown_list_is_refused(self, kinerja, put):
        data = put("a.csv", "id\n1\n")
        answer = kinerja("score", "sikap-360", data, "--list", f"penilian={data}")
        assert answer.code == 1
        assert "KNJ546" in answer.err

    def test_a_variant_changes_the_result(self, kinerja):
        data = EXAMPLES / "ikm" / "ikm.csv"
        out = kinerja("score", "skm-2017", data, "--variant", "bobot=cetak_0_11").out
        assert '"ikm": 86.41' in out

    def test_the_decimal_mark_can_be_said(self, kinerja, put):
        text = "id;nrr_biaya\n1;3,125\n"
        point = kinerja("score", "skm-2017", put("a.csv", text), "--decimal", "point")
        comma = kinerja("score", "skm-2017", put("a.csv", text), "--decimal", "comma")
        assert (point.code, comma.code) == (1, 0)
        assert "KNJ521" in point.err

    def test_a_missing_column_is_an_issue_of_the_file(self, kinerja, put):
        text = "id;hasil_kerja;prilaku_kerja\n1;sesuai_ekspektasi;sesuai_ekspektasi\n"
        code, out, err = kinerja("score", "kuadran-6-2022", put("a.csv", text))
        assert (code, json.loads(out)["status"]) == (1, "incomplete")
        assert "KNJ552" in err

    def test_a_misspelt_key_in_json_is_a_warning(self, kinerja, put):
        text = "".join(
            f'{{"id": {n}, "hasil_kerja": "sesuai_ekspektasi", "prilaku_kerja": "a"}}\n'
            for n in (1, 2)
        )
        code, _, err = kinerja("score", "kuadran-6-2022", put("a.jsonl", text))
        assert code == 0
        assert err.count("KNJ430") == 1
        assert "(peringatan)" in err

    def test_the_most_frequent_reasons_are_said_with_their_number(self, kinerja, put):
        names = "abcdefg"
        inputs = "".join(f"  {n}: {{type: number, title: nilai {n}}}\n" for n in names)
        policy = put("k.yaml", f"{SUM}inputs:\n{inputs}steps:\n  z: {{{SUM_STEP}}}\npublish: [z]\n")
        rows = f"1{';1' * 6};\n2{';1' * 5};;\n3{';' * 7}\n"
        data = put("a.csv", f"id;{';'.join(names)}\n{rows}")
        err = kinerja("score", policy, data).err.splitlines()
        assert err[:3] == [
            f"{data}: 3 baris; 0 lengkap, 3 belum lengkap, 0 ditolak",
            "  3 baris: nilai g tidak diisi",
            "  2 baris: nilai f tidak diisi",
        ]
        assert err[-2:] == [
            "  dan 2 sebab lain",
            "  (satu baris dapat mempunyai beberapa sebab)",
        ]
        assert len(err) == 8


class TestProgress:
    class Terminal:
        def __init__(self):
            self.text = ""

        def write(self, text):
            self.text += text

        def flush(self):
            pass

    def test_it_writes_over_one_line_and_takes_it_away(self, monkeypatch):
        terminal = self.Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        monkeypatch.setattr("kinerja.cli.progress.PAUSE", 0)
        progress = Progress(Console(lang="id"), 1000)
        for _ in range(400):
            progress.step()
        assert terminal.text == "\r200 dari 1000 baris\r400 dari 1000 baris"
        progress.clear()
        assert terminal.text.endswith("\r" + " " * 19 + "\r")

    def test_a_short_run_shows_none(self, monkeypatch):
        terminal = self.Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        progress = Progress(Console(lang="id"), 10)
        for _ in range(10):
            progress.step()
        progress.clear()
        assert terminal.text == ""

    def test_a_terminal_sees_progress_and_a_file_does_not(
        self, kinerja, put, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(Console, "shows_progress", lambda self: True)
        monkeypatch.setattr("kinerja.cli.progress.PAUSE", 0)
        many = GOOD + "".join(f"{n};sesuai_ekspektasi;sesuai_ekspektasi\n" for n in range(2, 402))
        out = tmp_path / "hasil.csv"
        err = kinerja("score", "kuadran-6-2022", put("a.csv", many), "-o", out).err
        assert "\r200 dari 401 baris" in err
        assert len(rows(out)) == 402
