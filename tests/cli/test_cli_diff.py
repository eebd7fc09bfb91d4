"""`kinerja diff`: what changes, for whom, in three forms and two languages."""

import json
import re
from html.parser import HTMLParser

import pytest

pa = pytest.importorskip("pyarrow")

POLICY = """
schema: 1
id: kinerja-kami
version: 1.0.0
title: Kinerja kami
in_force: {from: 2024-01-01}
bases: {kami: {title: aturan kami, status: own}}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
inputs:
  mutu: {type: number, title: mutu, limits: {from: 0, to: 100}}
  waktu: {type: number, title: waktu, limits: {from: 0, to: 100}}
steps:
  total:
    rule: weighted_mean
    title: total
    weights: {mutu: 60 %, waktu: 40 %}
    round: {digits: 2, mode: half_up}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: total
    bands: [{label: kurang, below: 60}, {label: cukup, from: 60, below: 80}, {label: baik, from: 80}]
publish: [total, predikat]
"""
DATA = """id,mutu,waktu,dinas
a,50,90,Kesehatan
b,90,50,Kesehatan
c,70,70,Pendidikan
d,80,,Pendidikan
"""


@pytest.fixture
def policies(put):
    new = (
        POLICY.replace("mutu: 60 %, waktu: 40 %", "mutu: 40 %, waktu: 60 %")
        .replace("version: 1.0.0", "version: 1.1.0")
        .replace("below: 80}, {label: baik, from: 80}", "below: 74}, {label: baik, from: 74}")
    )
    return put("lama.yaml", POLICY), put("baru.yaml", new)


@pytest.fixture
def data(put):
    return put("data.csv", DATA)


class TestWithoutData:
    def test_every_figure_is_told(self, kinerja, policies):
        answer = kinerja("diff", *policies)
        assert (answer.code, answer.err) == (0, "")
        lines = [line.split("  ") for line in answer.out.splitlines()]
        told = {tuple(cell.strip() for cell in line if cell.strip()) for line in lines}
        assert ("total", "bobot mutu", "60 %", "40 %", "steps.total.weights.mutu") in told
        assert ("batas bawah Baik", "≥ 80", "≥ 74", "steps.predikat.bands[baik].from") in told
        assert ("kebijakan", "versi", "1.0.0", "1.1.0", "version") in told
        assert ("langkah", "0 dari 2") in told
        assert "5 perubahan, 4 di antaranya dapat mengubah hasil" in answer.out
        assert answer.out.index("steps.total") < answer.out.index("Tidak mengubah hasil")

    def test_in_english(self, kinerja, policies):
        out = kinerja("diff", *policies, "--lang", "en").out
        assert "5 changes, 4 of them can change a result" in out
        assert "lower end of Baik" in out
        assert "cli." not in out
        assert "diff." not in out

    def test_a_policy_and_itself(self, kinerja, policies):
        answer = kinerja("diff", policies[0], policies[0])
        assert answer.code == 0
        assert "tidak ada yang berbeda" in answer.out
        assert "Dapat mengubah hasil" not in answer.out

    def test_shipped_policies_and_figures_that_nobody_named(self, kinerja):
        answer = kinerja("diff", "se-3-2023", "kuadran-6-2022")
        assert answer.code == 0
        assert max(map(len, answer.out.splitlines())) <= 100

    def test_a_long_path_may_be_broken(self, kinerja, put):
        text = POLICY.replace("total", "nilai_" + "panjang_" * 5 + "sekali")
        paths = (
            put("a.yaml", text),
            put("b.yaml", text.replace("60 %, waktu: 40", "50 %, waktu: 50")),
        )
        assert max(map(len, kinerja("diff", *paths).out.splitlines())) <= 100

    def test_every_fault_of_both_policies_is_told(self, kinerja, put):
        bad = put("a.yaml", POLICY.replace("60 %", "65 %"))
        worse = put("b.yaml", POLICY.replace("of: total", "of: tidak_ada"))
        answer = kinerja("diff", bad, worse)
        assert (answer.code, answer.out) == (1, "")
        assert "KNJ203" in answer.err
        assert "tidak_ada" in answer.err

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            (["--unit", "dinas"], "KNJ921"),
            (["--step", "predikat"], "KNJ921"),
            (["--list", "butir=butir.csv"], "KNJ921"),
            (["--format", "json"], "KNJ908"),
        ],
    )
    def test_wrong_usage(self, kinerja, policies, options, code):
        answer = kinerja("diff", *policies, *options)
        assert (answer.code, answer.out) == (2, "")
        assert code in answer.err

    def test_one_policy_is_not_enough(self, kinerja, policies):
        assert kinerja("diff", policies[0]).code == 2

    def test_a_choice_is_taken_in_the_policies_that_have_it(self, kinerja, put):
        choice = (
            "choices:\n  desimal: {title: desimal, options: {satu: {title: satu,"
            " steps: {total: {round: {digits: 1}}}}, nol: {title: nol,"
            " steps: {total: {round: {digits: 0}}}}}}\nsteps:"
        )
        old, new = put("a.yaml", POLICY), put("b.yaml", POLICY.replace("steps:", choice))
        data = put("data.csv", DATA)
        answer = kinerja("diff", old, new, "--data", data)
        assert (answer.code, answer.out) == (1, "")
        assert "KNJ224" in answer.err
        answer = kinerja("diff", old, new, "--data", data, "--variant", "desimal=nol")
        assert answer.code == 0
        assert re.search(r"desimal +2 +0 +steps.total.round.digits", answer.out)
        answer = kinerja("diff", old, new, "--variant", "lain=nol")
        assert (answer.code, "KNJ223" in answer.err) == (1, True)


class TestWithData:
    def test_who_moves_from_which_to_which(self, kinerja, policies, data):
        answer = kinerja("diff", *policies, "--data", data, "--unit", "dinas")
        assert (answer.code, answer.err) == (0, "")
        rows = [re.split(r" {2,}", line.strip()) for line in answer.out.splitlines()]
        assert ["Lama ↓ Baru →", "tanpa label", "Cukup", "Baik", "Jumlah"] in rows
        assert ["Cukup", "2", "1", "3"] in rows
        assert ["Perubahan tertinggi", "+8,00"] in rows
        assert ["Perubahan terendah", "−8,00"] in rows
        assert ["Kesehatan", "2", "1", "0", "1", "1", "1", "0"] in rows
        assert "a: 66,00 → 74,00 (+8,00), Cukup → Baik" in answer.out
        assert ["Karena", "bobot mutu: 60 % → 40 %"] in rows
        assert "60 % × 50 + 40 % × 90 = 66" in answer.out
        assert (
            "4 baris dihitung dengan keduanya; label berubah pada 1; angka berubah pada 2"
            in answer.out
        )

    def test_the_same_from_every_format(self, kinerja, policies, data, put, tmp_path):
        import pyarrow.parquet as pq

        rows = [line.split(",") for line in DATA.splitlines()[1:]]
        records = [
            {"id": i, "mutu": float(m), "waktu": float(w) if w else None, "dinas": d}
            for i, m, w, d in rows
        ]
        lines = "".join(json.dumps(record) + "\n" for record in records)
        pq.write_table(pa.Table.from_pylist(records), tmp_path / "data.parquet")
        asked = ("--unit", "dinas", "--step", "predikat")
        answers = {
            kinerja("diff", *policies, "--data", path, *asked).out
            for path in (data, put("data.jsonl", lines), tmp_path / "data.parquet")
        }
        assert len(answers) == 1

    def test_an_input_of_one_policy_only_is_told(self, kinerja, put, data):
        new = POLICY.replace("  waktu: {type", "  laju: {type").replace("waktu: 40 %", "laju: 40 %")
        answer = kinerja("diff", put("a.yaml", POLICY), put("b.yaml", new), "--data", data)
        assert answer.code == 0
        assert re.search(r"Hanya dipakai yang lama +waktu: waktu", answer.out)
        assert re.search(r"Hanya dipakai yang baru +laju: waktu", answer.out)
        assert re.search(r"lengkap +belum lengkap +3", answer.out)

    def test_limits_of_one_policy_only_are_a_move_and_no_fault(self, kinerja, put, data):
        narrow = "title: mutu, limits: {from: 0, to: 85}"
        text = POLICY.replace("title: mutu, limits: {from: 0, to: 100}", narrow)
        new = put("b.yaml", text)
        answer = kinerja("diff", put("a.yaml", POLICY), new, "--data", data)
        assert (answer.code, answer.err) == (0, "")
        assert re.search(r"lengkap +ditolak +1", answer.out)

    def test_rows_that_neither_can_use_are_told(self, kinerja, policies, put):
        rows = "".join(f"x{n},120,50,Kesehatan\n" for n in range(5))
        data = put("data.csv", f"{DATA}{rows}y,abc,50,Kesehatan\n")
        answer = kinerja("diff", *policies, "--data", data, "--unit", "dinas")
        assert answer.code == 1
        assert "data.csv: 6 baris tidak dapat dipakai oleh kedua kebijakan" in answer.err
        assert answer.err.count("KNJ") == 3
        assert re.search(r"Kesehatan +8 ", answer.out)
        assert re.search(r"ditolak +ditolak +6", answer.out)

    def test_data_of_which_no_row_can_be_used(self, kinerja, policies, put):
        answer = kinerja("diff", *policies, "--data", put("d.csv", "id,mutu,waktu\na,200,1\n"))
        assert (answer.code, answer.out) == (1, "")
        assert "KNJ914" in answer.err

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            (["--unit", "bagian"], "KNJ553"),
            (["--unit", "dinass"], "KNJ552"),
            (["--step", "total"], "KNJ630"),
            (["--list", "butir=butir.csv"], "KNJ501"),
        ],
    )
    def test_what_is_not_there(self, kinerja, policies, data, options, code):
        answer = kinerja("diff", *policies, "--data", data, *options)
        assert (answer.code, answer.out) == (1, "")
        assert code in answer.err

    def test_a_unit_that_no_record_has(self, kinerja, policies, put):
        data = put("d.jsonl", '{"id": "a", "mutu": 1, "waktu": 2}\n')
        answer = kinerja("diff", *policies, "--data", data, "--unit", "dinas")
        assert (answer.code, answer.out) == (1, "")
        assert "KNJ632" in answer.err

    def test_a_column_that_holds_anything(self, kinerja, policies, put):
        lines = '{"id": "a", "mutu": [1], "waktu": 2}\n{"id": "b", "mutu": 50, "waktu": 90}\n'
        answer = kinerja("diff", *policies, "--data", put("d.jsonl", lines))
        assert answer.code == 1
        assert re.search(r"Cukup +1 +1", answer.out)

    def test_a_list_of_something_else_is_refused_row_by_row(self, kinerja, put, tmp_path):
        import pyarrow.parquet as pq

        listed = (
            "  butir: {type: list, title: butir, fields: {poin: {type: number, title: poin}}}\n"
        )
        rule = "  jumlah: {rule: weighted_sum, title: jumlah, over: butir, value: poin}\n"
        old = POLICY.replace("steps:\n", f"{listed}steps:\n{rule}")
        old = old.replace("publish: [total,", "publish: [jumlah, total,")
        new = old.replace("value: poin}", "value: poin * 2}")
        columns = {"id": ["a", "b"], "mutu": [1, 2], "waktu": [3, 4], "dinas": ["X", "Y"]}
        pq.write_table(pa.table({**columns, "butir": [[1, 2], None]}), tmp_path / "d.parquet")
        paths = put("a.yaml", old), put("b.yaml", new)
        answer = kinerja("diff", *paths, "--data", tmp_path / "d.parquet", "--unit", "dinas")
        assert answer.code == 1
        assert "KNJ408" in answer.err
        assert re.search(r"ditolak +ditolak +1", answer.out)
        assert re.search(r"^X +1 ", answer.out, re.MULTILINE)

    def test_lists_in_files_of_their_own(self, kinerja, put):
        panel = (
            "  penilaian:\n    type: list\n    title: penilaian\n    fields:\n"
            "      nilai: {type: number, title: nilai, limits: {from: 0, to: 100}}\nsteps:\n"
            "  rata: {rule: weighted_mean, title: rata, over: penilaian, value: nilai,"
            " round: {digits: 1, mode: half_up}}\n"
        )
        old = POLICY.replace("steps:\n", panel).replace(
            "publish: [total,", "publish: [rata, total,"
        )
        new = old.replace("value: nilai,", "value: nilai + bonus,").replace(
            "      nilai: {type", "      bonus: {type: number, title: bonus}\n      nilai: {type"
        )
        ratings = put("nilai.csv", "id,nilai,bonus\na,50,1\na,60,2\nb,70,0\nc,1,0\nd,1,0\n")
        paths = put("a.yaml", old), put("b.yaml", new)
        answer = kinerja(
            "diff", *paths, "--data", put("d.csv", DATA), "--list", f"penilaian={ratings}"
        )
        assert (answer.code, answer.err) == (0, "")
        assert "a: 55,0 → 56,5 (+1,5)" in answer.out

    def test_policies_without_labels(self, kinerja, put):
        old = POLICY.replace("publish: [total, predikat]", "publish: [total]")
        new = old.replace("mutu: 60 %, waktu: 40 %", "mutu: 1/3, waktu: 2/3")
        paths = put("a.yaml", old), put("b.yaml", new)
        data = put("d.csv", "id,mutu,waktu,dinas\na,50,90,X\nb,50,90,\nc,50,91,\n,1,2,X\nd,,1,Y\n")
        for form in ("text", "html"):
            answer = kinerja("diff", *paths, "--data", data, "--unit", "dinas", "--format", form)
            assert answer.code == 1
            assert "Label naik" not in answer.out
            assert "Angka naik" in answer.out
            assert "tanpa unit" in answer.out
        out = kinerja("diff", *paths, "--data", data, "--unit", "dinas").out
        assert re.search(r"Rata-rata +≈ \+10,7567", out)
        assert "bobot mutu: 60 % → 1/3" in out

    def test_labels_without_order_only_change(self, kinerja, put, data):
        loose = POLICY.replace("predikat: {ordered: true,", "predikat: {ordered: false,")
        new = loose.replace(
            "below: 80}, {label: baik, from: 80}", "below: 70}, {label: baik, from: 70}"
        )
        answer = kinerja("diff", put("a.yaml", loose), put("b.yaml", new), "--data", data)
        assert "2 berubah; 2 tetap" in answer.out
        assert "b: 74,00, Cukup → Baik\n" in answer.out
        assert "c: 70,00, Cukup → Baik\n" in answer.out
        assert answer.out.count("Karena") == 2

    def test_who_falls_is_named_before_who_moves_further(self, kinerja, put):
        new = POLICY.replace("mutu: 60 %, waktu: 40 %", "mutu: 50 %, waktu: 50 %").replace(
            "title: waktu, limits: {from: 0, to: 100}", "title: waktu, limits: {from: 0, to: 95}"
        )
        rows = [f"r{place},50,90" for place in range(20)]
        rows += ["naik,59,61.4", "ditolak,50,96", "turun,81,78.6", "tanpa,,9"]
        data = put("d.csv", "\n".join(["id,mutu,waktu", *rows]) + "\n")
        out = kinerja("diff", put("a.yaml", POLICY), put("b.yaml", new), "--data", data).out
        named = re.findall(r"(?m)^(\w+): (.*)$", out.partition("Yang paling banyak berubah")[2])
        assert [name for name, _ in named] == [
            "turun", "ditolak", "naik", *(f"r{place}" for place in range(10)),
        ]  # fmt: skip
        assert named[0][1] == "80,04 → 79,80 (−0,24), Baik → Cukup"
        assert named[1][1] == "Cukup → tanpa label"

    def test_a_share_is_not_torn_from_its_sign(self, kinerja, policies, data):
        html = kinerja("diff", *policies, "--data", data, "--format", "html").out
        assert "60\N{NO-BREAK SPACE}%" in html
        assert "60 %" not in html
        assert 'class="kj-figure">' in html

    def test_policies_without_numbers(self, kinerja, put, data):
        old = POLICY.replace("publish: [total, predikat]", "publish: [predikat]")
        new = old.replace(
            "below: 80}, {label: baik, from: 80}", "below: 70}, {label: baik, from: 70}"
        )
        answer = kinerja(
            "diff", put("a.yaml", old), put("b.yaml", new), "--data", data, "--unit", "dinas"
        )
        assert answer.code == 0
        assert "Angka naik" not in answer.out
        assert "b: Cukup → Baik" in answer.out
        assert "batas bawah Baik: ≥ 80 → ≥ 70" in answer.out

    def test_steps_of_other_names(self, kinerja, put, data):
        old = POLICY.replace("publish: [total, predikat]", "publish: [total]")
        new = old.replace("total", "jumlah").replace("60 %, waktu: 40", "50 %, waktu: 50")
        answer = kinerja("diff", put("a.yaml", old), put("b.yaml", new), "--data", data)
        assert "tidak ada langkah yang sama namanya dan berbeda nilainya" in answer.out

    def test_large_figures_are_drawn_too(self, kinerja, put):
        old = POLICY.replace("limits: {from: 0, to: 100}", "limits: {from: 0}")
        new = old.replace("60 %, waktu: 40", "40 %, waktu: 60")
        data = put("d.csv", "id,mutu,waktu\na,0,50000\nb,1000000,0\nc,7,7\n")
        page = kinerja(
            "diff", put("a.yaml", old), put("b.yaml", new), "--data", data, "--format", "html"
        ).out
        assert "<title>−200000 … −190000: 1</title>" in page
        assert "<title>0: 1</title>" in page
        assert "<title>0 … +10000: 1</title>" in page

    def test_a_step_that_one_policy_does_not_need(self, kinerja, put):
        old = POLICY.replace("of: total", "of: dipakai").replace(
            "  predikat:\n    rule",
            "  lain: {rule: formula, title: lain, is: mutu}\n"
            "  dipakai: {rule: condition, title: dipakai,"
            " cases: [{when: waktu > 50, is: lain}], otherwise: total}\n  predikat:\n    rule",
        )
        old = old.replace("publish: [total,", "publish: [dipakai,")
        new = old.replace("is: mutu}", "is: mutu * 2}").replace("waktu > 50", "waktu > 95")
        data = put("d.csv", "id,mutu,waktu\na,20,90\n")
        answer = kinerja("diff", put("a.yaml", old), put("b.yaml", new), "--data", data)
        assert re.search(r"Baru +tidak dipakai untuk orang ini", answer.out)

    def test_progress_is_shown_to_a_person(self, kinerja, policies, data, monkeypatch):
        monkeypatch.setattr("kinerja.cli.console.Console.shows_progress", lambda _: True)
        monkeypatch.setattr("kinerja.cli.progress.PAUSE", 0)
        monkeypatch.setattr("kinerja.cli.progress.ROWS", 1)
        assert "4 dari 4 baris" in kinerja("diff", *policies, "--data", data).err

    def test_many_units_are_cut_short(self, kinerja, policies, put):
        rows = "".join(f"{n},50,90,unit {n}\n" for n in range(43))
        data = put("d.csv", f"id,mutu,waktu,dinas\n{rows}")
        out = kinerja("diff", *policies, "--data", data, "--unit", "dinas", "--lang", "en").out
        assert "and 3 other units, where less changes" in out


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


class TestForms:
    @pytest.mark.parametrize("name", ["hasil.html", "hasil.md", "hasil.txt"])
    def test_the_suffix_tells_the_form(self, kinerja, policies, data, tmp_path, name):
        out = tmp_path / name
        answer = kinerja("diff", *policies, "--data", data, "--unit", "dinas", "-o", out)
        assert (answer.code, answer.out) == (0, "")
        text = out.read_text(encoding="utf-8")
        start = {"html": "<!doctype html>", "md": "# Perubahan", "txt": "Perubahan"}
        assert text.startswith(start[name.partition(".")[2]])
        assert "steps.total.weights.mutu" in text

    def test_a_page_needs_nothing_else(self, kinerja, policies, data):
        page = kinerja("diff", *policies, "--data", data, "--unit", "dinas", "--format", "html").out
        tags = Tags()
        tags.feed(page)
        assert tags.open == []
        names = {name for name, _ in tags.found}
        assert {"svg", "rect", "table"} <= names
        assert not names & {"script", "link", "img", "iframe"}
        assert "http" not in page
        links = {attrs["href"] for name, attrs in tags.found if name == "a"}
        assert links == {f"#{attrs['id']}" for name, attrs in tags.found if name == "section"}

    def test_markdown_tables_are_whole(self, kinerja, policies, data):
        out = kinerja("diff", *policies, "--data", data, "--format", "md").out
        assert (
            "| predikat | batas bawah Baik | ≥ 80 | ≥ 74 | steps.predikat.bands\\[baik\\].from |"
            in out
        )
        assert "### a: 66,00 → 74,00 (+8,00), Cukup → Baik" in out

    def test_what_the_data_say_is_no_markup(self, kinerja, policies, put):
        data = put("d.csv", "id,mutu,waktu,dinas\n<b>a</b>,50,90,<script>x</script>\n")
        for form in ("html", "md"):
            out = kinerja(
                "diff", *policies, "--data", data, "--unit", "dinas", "--format", form
            ).out
            assert "<script" not in out
            assert "<b>" not in out

    def test_a_suffix_that_says_nothing(self, kinerja, policies, tmp_path):
        answer = kinerja("diff", *policies, "-o", tmp_path / "hasil.pdf")
        assert (answer.code, "KNJ557" in answer.err) == (1, True)
