"""`kinerja explain --set`: what another value would change, in each form and language."""

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
SIKAP = (
    "sikap-360",
    EXAMPLES / "sikap" / "pegawai.csv",
    "--list",
    f"penilaian={EXAMPLES / 'sikap' / 'penilaian.csv'}",
)
POLICY = """
schema: 1
id: kecil
version: 1.0.0
title: {id: Kinerja, en: Performance}
in_force: {from: 2024-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {cukup: Cukup, baik: Baik}}
inputs:
  hasil: {type: number, title: {id: hasil kerja, en: results}, limits: {from: 0, to: 100}}
  perilaku: {type: label, title: {id: perilaku, en: behaviour}, scale: predikat}
  hadir: {type: flag, title: {id: hadir penuh, en: full attendance}, required: false}
  mulai: {type: date, title: {id: mulai, en: start}, required: false}
steps:
  nilai:
    rule: formula
    title: {id: nilai, en: score}
    is: hasil * 0.9
    round: {digits: 1, mode: half_up}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    bands: [{label: cukup, below: 80}, {label: baik, from: 80}]
  sikap:
    rule: condition
    title: {id: sikap, en: attitude}
    scale: predikat
    cases: [{when: "coalesce(hadir, false)", is: perilaku}]
    otherwise: "'cukup'"
publish: [nilai, predikat, sikap]
"""
DATA = """id;hasil;perilaku;hadir;mulai
7;87,5;Baik;ya;31/03/2024
8;lima;Baik;ya;
9;101;Bagus;ya;
"""


@pytest.fixture
def explain(kinerja, put):
    policy, data = put("kebijakan.yaml", POLICY), put("data.csv", DATA)

    def run(*more, person="7"):
        return kinerja("explain", policy, data, "--id", person, *more)

    return run


class TestWhatIsShown:
    def test_indonesian(self, explain):
        code, out, err = explain("--set", "hasil=90")
        assert (code, err) == (0, "")
        lines = out.splitlines()
        assert lines[:2] == ["Andaikan data 7 diubah", "Kinerja"]
        assert "hasil kerja    87,5       90     +2,5" in lines
        assert "nilai     78,8    81,0     +2,2" in lines
        assert "1. nilai: 78,8 → 81,0 (+2,2)" in lines
        assert "2. predikat: Cukup → Baik" in lines
        assert max(map(len, lines)) <= 100

    def test_english(self, explain):
        _, out, _ = explain("--set", "hasil=90", "--lang", "en")
        lines = out.splitlines()
        assert lines[:2] == ["If the data of 7 were changed", "Performance"]
        assert "1. score: 78.8 → 81.0 (+2.2)" in lines

    def test_where_the_change_stops(self, explain):
        _, out, _ = explain("--set", "hasil=87,51")
        assert "1. nilai: tetap 78,8" in out
        assert "Berhenti   di sini, karena pembulatan menghapus selisihnya" in out

    def test_without_a_change_the_explanation_is_printed(self, explain):
        assert "Andaikan" not in explain().out

    def test_other_forms(self, explain):
        assert explain("--set", "hasil=90", "--format", "md").out.startswith("# Andaikan data 7")
        page = explain("--set", "hasil=90", "--format", "html", "--lang", "en").out
        assert page.startswith('<!doctype html>\n<html lang="en">')
        stored = json.loads(explain("--set", "hasil=90", "--format", "json").out)
        assert stored["before"]["values"]["nilai"] == "78.8"
        assert stored["after"]["values"]["nilai"] == "81.0"
        assert [change["name"] for change in stored["steps"]] == ["nilai", "predikat"]

    def test_to_a_file_by_its_suffix(self, explain, tmp_path):
        path = tmp_path / "andaikan.html"
        code, out, err = explain("--set", "hasil=90", "-o", path)
        assert (code, out, err) == (0, "", f"ditulis: {path}\n")
        assert path.read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_raters_are_never_named_nor_told_apart(self, kinerja):
        for form in ("text", "md", "json", "html"):
            changes = ("--set", "penilaian[2].nilai=3", "--set", "penilaian[0].penilai=atasan-9")
            code, out, _ = kinerja("explain", *SIKAP, "--id", "lengkap", *changes, "--format", form)
            assert code == 0
            assert "2 butir" in out
            for told in ("atasan-1", "atasan-9", "rekan-2", "penilaian[", "butir 3"):
                assert told not in out, (form, told)


class TestValuesAreReadLikeCells:
    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            ("hasil=87,75", "87,75"),
            ("hasil=87.75", "87,75"),
            ("hasil = 87,75 ", "87,75"),
            ("perilaku=cukup", "Cukup"),
            ("perilaku=Cukup", "Cukup"),
            ("hadir=tidak", "tidak"),
            ("hadir=0", "tidak"),
            ("mulai=01/04/2024", "2024-04-01"),
            ("mulai=2024-04-01", "2024-04-01"),
            ("hasil=-", "tidak ada nilai"),
        ],
    )
    def test_as_a_table_would_have_it(self, explain, typed, shown):
        code, out, err = explain("--set", typed)
        assert (code, err) == (0, "")
        [row] = [line for line in out.split("\n\n")[1].splitlines()[4:] if line]
        assert shown in row

    def test_a_stated_mark_holds_for_them_too(self, explain):
        code, _, err = explain("--set", "hasil=87.75", "--decimal", "comma")
        assert (code, "KNJ523" in err) == (1, True)

    def test_a_number_that_could_be_two_is_not_guessed(self, explain):
        code, out, err = explain("--set", "hasil=1.234")
        assert (code, out) == (1, "")
        assert '"1.234" dapat berarti "1234" atau "1.2340"' in err
        assert explain("--set", "hasil=1.2340").code == 0


class TestRefusals:
    def test_every_change_that_is_wrong_is_said_at_once(self, explain):
        code, out, err = explain(
            *("--set", "hasl=1", "--set", "hasil=banyak", "--set", "nilai=3"),
            *("--set", "perilaku=bai", "--set", "mulai=31/31/2024"),
        )
        assert (code, out) == (1, "")
        for code in ("KNJ520", "KNJ529", "KNJ640", "KNJ644", "KNJ405"):
            assert err.count(code) == 1, code
        assert 'tulis "hasil"' in err

    def test_limits_of_the_input_hold(self, explain):
        code, _, err = explain("--set", "hasil=150", "--lang", "en")
        assert code == 1
        assert err.startswith("KNJ402  hasil\n")

    def test_what_is_wrong_with_the_row_is_said_with_its_place(self, explain):
        code, _, err = explain("--set", "hasl=90", person="9")
        assert code == 1
        assert "data.csv:4, B4  KNJ402  hasil" in err
        assert "data.csv:4, C4  KNJ404  perilaku" in err
        assert "\nKNJ640  hasl\n" in err
        assert err.count("KNJ") == 3

    def test_a_row_that_cannot_be_read_is_refused_first(self, explain):
        code, _, err = explain("--set", "hasil=90", person="8")
        assert (code, "KNJ520" in err) == (1, True)

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            (("--set", "hasil"), "KNJ909"),
            (("--set", "hasil="), "KNJ909"),
            (("--set", "=5"), "KNJ909"),
            (("--set", "hasil=1", "--set", "hasil=2"), "KNJ910"),
            (("--set",), "KNJ906"),
        ],
    )
    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_what_is_typed_wrongly_is_wrong_usage(self, explain, typed, code, lang):
        got = explain(*typed, "--lang", lang)
        if typed == ("--set",):
            got = explain("--lang", lang, *typed)
        assert (got.code, got.out) == (2, "")
        assert got.err.startswith(code)

    def test_a_list_is_not_typed(self, kinerja):
        code, _, err = kinerja("explain", *SIKAP, "--id", "lengkap", "--set", "penilaian=abc")
        assert (code, "KNJ407  penilaian" in err) == (1, True)
        code, out, _ = kinerja("explain", *SIKAP, "--id", "lengkap", "--set", "penilaian=-")
        assert (code, "penilaian tidak diisi" in out) == (0, True)
