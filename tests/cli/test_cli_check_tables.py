"""Examples in CSV files and workbooks, from the file to the answer."""

import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

HEADER = (
    "id;Judul;Target Berkas;BERKAS SELESAI; kepuasan ;nilai perilaku kerja;"
    "capaian berkas;Nilai kinerja;predikat;status;alasan;galat"
)
GOOD = f"""{HEADER}
biasa;capaian 90;100;90;80;85;90;86,00;Baik;;;
batas;;100;76;76;75,95;;75,99;cukup;;;
kosong;;100;90;80;;;null;;incomplete;input_missing;
ditolak;;100;90;180;85;;;;;;KNJ402
"""
#: What is printed where the examples are those of `GOOD`.
UNCOVERED = """Cakupan: 3 dari 6 cabang dicapai contoh. Yang belum:
  - capaian berkas: berkas selesai ÷ target berkas × 100 > 120
  - predikat kinerja: nilai kinerja ≥ 0 dan nilai kinerja < 60
  - predikat kinerja: nilai kinerja ≥ 91 dan nilai kinerja ≤ 110
  → kinerja check {path} --suggest menulis contoh untuk cabang yang ditemukan datanya
Hukum arah (makin baik tidak pernah merugikan): 6 terbukti.
{path}: 0 temuan, {count} contoh cocok, 3 cabang tanpa contoh
"""
WRONG = """ID;target_berkas;Kepuasn;kepuasan;Nilai Kepuasan Masyarakat;nilai;predikat;status;alasan;error
a;100;1;80;85;satu;Bagus;selesai;;
a;#DIV/0!;1;80;85;86;;;;KNJ402
;100;1;80;;;;;;
c;100;;;;;;;;
d;1,5;1;1.234;2;-;baik;;;
e;100
"""


DERIVED = """schema: 1
extends: sikap-360
base_version: 1.0.0
id: kita
version: 1.0.0
title: kita
in_force: {from: 2025-01-01}
"""


@pytest.fixture
def starter(kinerja, tmp_path):
    """Give the folder that `kinerja new` makes, without its examples."""
    folder = tmp_path / "mulai"
    kinerja("new", folder)
    (folder / "contoh.yaml").unlink()
    return folder


@pytest.fixture
def workbook(tmp_path):
    def write(name, **sheets):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def places(out):
    return [line.split("  ")[:2] for line in out.splitlines() if "  KNJ" in line]


class TestCsv:
    @pytest.mark.parametrize("name", ["contoh.csv", "kebijakan.contoh.csv"])
    def test_beside_the_policy(self, kinerja, starter, name):
        (starter / name).write_text(GOOD, encoding="utf-8")
        path = starter / "kebijakan.yaml"
        assert kinerja("check", path) == (0, UNCOVERED.format(path=path, count=4), "")

    def test_several_files_are_all_run(self, kinerja, starter):
        (starter / "contoh.csv").write_text(GOOD, encoding="utf-8")
        one = "examples:\n  - {id: a, record: {}, expect: {nilai: null}}\n"
        (starter / "contoh.yaml").write_text(one, encoding="utf-8")
        path = starter / "kebijakan.yaml"
        assert kinerja("check", path) == (0, UNCOVERED.format(path=path, count=5), "")

    def test_a_file_with_faults_does_not_keep_the_others_back(self, kinerja, starter):
        (starter / "contoh.csv").write_text(WRONG, encoding="utf-8")
        one = "examples:\n  - {id: a, record: {}, expect: {nilai: null}}\n"
        (starter / "contoh.yaml").write_text(one, encoding="utf-8")
        path = starter / "kebijakan.yaml"
        code, out, _ = kinerja("check", path)
        assert code == 1
        last = out.splitlines()[-1]
        assert last == f"{path}: 0 temuan, 1 contoh cocok, 14 temuan pada berkas contoh"

    def test_what_differs_names_its_row_and_cell(self, kinerja, starter):
        file = starter / "contoh.csv"
        file.write_text(GOOD.replace("86,00", "87"), encoding="utf-8")
        code, out, _ = kinerja("check", starter / "kebijakan.yaml")
        assert code == 1
        assert out.splitlines()[:3] == [
            f"{file}:2  tidak cocok  biasa: capaian 90",
            "  nilai  diharapkan 87, hasilnya 86 (sel H2)",
            "  Mulai berbeda di langkah nilai kinerja:",
        ]

    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_every_fault_at_once_with_row_and_column(self, kinerja, starter, lang):
        file = starter / "salah.csv"
        file.write_text(WRONG, encoding="utf-8")
        path = starter / "kebijakan.yaml"
        code, out, _ = kinerja("check", path, "--examples", file, "--lang", lang)
        assert code == 1
        assert places(out) == [
            [f"{file}:1, C1", "KNJ620"],
            [f"{file}:1, E1", "KNJ622"],
            [f"{file}:2, A2", "KNJ544"],
            [f"{file}:2, F2", "KNJ623"],
            [f"{file}:2, G2", "KNJ609"],
            [f"{file}:2, H2", "KNJ605"],
            [f"{file}:3, A3", "KNJ544"],
            [f"{file}:3, B3", "KNJ526"],
            [f"{file}:3, J3", "KNJ614"],
            [f"{file}:4, A4", "KNJ517"],
            [f"{file}:5, A5", "KNJ615"],
            [f"{file}:6, D6", "KNJ521"],
            [f"{file}:6, F6", "KNJ623"],
            [f"{file}:7, D7", "KNJ515"],
        ]
        assert "{" not in out.replace("{…}", "")

    def test_the_id_column_is_needed_and_other_faults_are_told_with_it(self, kinerja, starter):
        file = starter / "salah.csv"
        file.write_text("nomor;kepuasn;nilai\n1;80;80\n", encoding="utf-8")
        _, out, _ = kinerja("check", starter / "kebijakan.yaml", "--examples", file)
        assert [code for _, code in places(out)] == ["KNJ620", "KNJ620", "KNJ510"]
        assert '"nomor", "kepuasn", "nilai"' in out

    def test_a_table_without_rows_holds_no_examples(self, kinerja, starter):
        file = starter / "contoh.csv"
        file.write_text(f"{HEADER}\n", encoding="utf-8")
        code, out, _ = kinerja("check", starter / "kebijakan.yaml")
        assert code == 1
        assert [found for _, found in places(out)] == ["KNJ519"]

    def test_the_decimal_mark_can_be_stated(self, kinerja, starter):
        file = starter / "contoh.csv"
        text = "id;target_berkas;berkas_selesai;kepuasan;perilaku;nilai\na;100;90;80;85;{}\n"
        file.write_text(text.format("86.000"), encoding="utf-8")
        path = starter / "kebijakan.yaml"
        code, out, _ = kinerja("check", path)
        assert (code, "--decimal point" in out) == (1, True)
        assert kinerja("check", path, "--decimal", "point").code == 0


class TestWorkbooks:
    ROWS = (
        ["id", "target berkas", "berkas selesai", "kepuasan", "perilaku", "nilai", "galat"],
        ["a", 100, 90, 80, 85, 86, None],
        [None, None, None, None, None, None, None],
        [2, 100, 76, 76, 75.95, 75.98, None],
        ["c", 100, 90, 180, 85, None, "KNJ402"],
    )

    def test_beside_the_policy(self, kinerja, starter, workbook):
        workbook("mulai/contoh.xlsx", Contoh=self.ROWS)
        path = starter / "kebijakan.yaml"
        code, out, _ = kinerja("check", path, "--lang", "en")
        assert code == 1
        assert out.splitlines()[:2] == [
            f"{starter / 'contoh.xlsx'}, Contoh!A4  does not match  2",
            "  nilai  expected 75.98, the result is 75.99 (cell Contoh!F4)",
        ]
        assert out.splitlines()[-1] == (
            f"{path}: 0 issues, 1 of 3 examples does not match, 3 branches without example"
        )

    def test_faults_name_sheet_and_cell(self, kinerja, starter, workbook):
        rows = [["id", "kepuasan", "nilai", "x"], ["a", "banyak", "banyak", 1], ["b", 0.5, None]]
        file = workbook("contoh.xlsx", Uji=rows)
        _, out, _ = kinerja("check", starter / "kebijakan.yaml", "--examples", file)
        assert places(out) == [
            [f"{file}, Uji!D1", "KNJ620"],
            [f"{file}, Uji!B2", "KNJ520"],
            [f"{file}, Uji!C2", "KNJ623"],
            [f"{file}, Uji!A3", "KNJ615"],
        ]

    def test_without_openpyxl_the_extra_is_named(self, kinerja, starter, workbook, monkeypatch):
        workbook("mulai/contoh.xlsx", Contoh=self.ROWS)
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        code, _, err = kinerja("check", starter / "kebijakan.yaml")
        assert (code, "kinerja[xlsx]" in err) == (1, True)


class TestLists:
    RATINGS = "examples/sikap/penilaian.csv"

    @pytest.fixture
    def ratings(self):
        root = Path(__file__).resolve().parents[2]
        text = (root / self.RATINGS).read_text(encoding="utf-8")
        rows = [line.split(",") for line in text.splitlines()]
        return [rows[0], *(row for row in rows[1:] if row[0] == "lengkap")]

    @pytest.fixture
    def policy(self, put):
        return put("kebijakan.yaml", DERIVED)

    def table(self, put, name="contoh.csv", status="complete"):
        return put(name, f"id,pembulatan skor,status\nlengkap,bilangan bulat,{status}\n")

    def fits(self, out):
        """Check that the one example fits, and what is said of the branches that it does not reach."""
        lines = out.splitlines()
        assert lines[0] == "Cakupan: 169 dari 280 cabang dicapai contoh. Yang belum:"
        assert sum(line.startswith("  - ") for line in lines) == 20
        assert lines[-4:] == [
            "  … dan 91 lagi",
            "  → kinerja check sikap-360 --suggest menulis contoh untuk cabang yang ditemukan datanya",
            "Hukum arah (makin baik tidak pernah merugikan): 1 terbukti.",
            "sikap-360: 0 temuan, 1 contoh cocok, 111 cabang tanpa contoh",
        ]

    def test_in_a_second_file(self, kinerja, put, ratings):
        table = self.table(put)
        text = "\n".join(",".join(row) for row in ratings).replace("kelompok", "Kelompok Penilai")
        other = put("penilaian.csv", text)
        asked = ("check", "sikap-360", "--examples", table)
        code, out, _ = kinerja(*asked, "--list", f"penilaian={other}")
        assert code == 0
        self.fits(out)
        code, out, _ = kinerja(*asked)
        assert code == 1
        assert "diharapkan complete, hasilnya incomplete" in out

    def test_in_a_second_sheet(self, kinerja, workbook, ratings):
        first = [["id", "status"], ["lengkap", "complete"]]
        ratings = [[*row[:-1], int(row[-1])] if row[-1].isdecimal() else row for row in ratings]
        file = workbook("contoh.xlsx", Contoh=first, Penilaian=ratings)
        code, out, _ = kinerja("check", "sikap-360", "--examples", file)
        assert code == 0
        self.fits(out)

    def test_faults_of_a_list_are_told_in_its_file(self, kinerja, put, ratings):
        table = self.table(put)
        ratings[0][2] = "klompok"
        ratings[1][-1] = "lima"
        ratings.append(["lain", *ratings[1][1:-1], "5"])
        other = put("penilaian.csv", "\n".join(",".join(row) for row in ratings))
        asked = ("check", "sikap-360", "--examples", table, "--list", f"penilaian={other}")
        _, out, _ = kinerja(*asked)
        assert places(out) == [
            [str(other), "KNJ548"],
            [str(other), "KNJ553"],
            [f"{other}:1, C1", "KNJ620"],
            [f"{other}:2, E2", "KNJ520"],
        ]

    def test_a_list_is_no_column(self, kinerja, put):
        table = put("contoh.csv", "id,penilaian,status\nlengkap,x,complete\n")
        code, out, _ = kinerja("check", "sikap-360", "--examples", table)
        assert code == 1
        assert [found for _, found in places(out)] == ["KNJ545"]

    def test_a_list_needs_one_table(self, kinerja, put, starter, ratings):
        path = starter / "kebijakan.yaml"
        code, _, err = kinerja("check", path, "--list", "penilaian=a.csv")
        assert (code, "KNJ920" in err) == (2, True)
        (starter / "contoh.yaml").write_text("examples: []", encoding="utf-8")
        code, _, err = kinerja("check", path, "--list", "penilaian=a.csv", "--lang", "en")
        assert (code, '"contoh.yaml"' in err) == (2, True)

    def test_a_list_beside_the_policy(self, kinerja, put, policy, ratings):
        self.table(put)
        other = put("penilaian.csv", "\n".join(",".join(row) for row in ratings))
        assert kinerja("check", policy, "--list", f"penilaian={other}").code == 0
