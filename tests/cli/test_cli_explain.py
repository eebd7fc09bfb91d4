"""The explanation of one record, in each form and language."""

import json
from pathlib import Path

import pytest

from kinerja.result import Explanation

NIP = "198501012010011001"
DATA = f"""id;hasil_kerja;perilaku_kerja
{NIP};sesuai ekspektasi;di_atas_ekspektasi
7;apa;b
8;;
"""
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def explain(kinerja, put):
    path = put("data.csv", DATA)

    def run(*more, person=NIP):
        return kinerja("explain", "kuadran-6-2022", path, "--id", person, *more)

    return run


class TestForms:
    def test_text_is_what_is_given_without_a_choice(self, explain):
        code, out, err = explain()
        assert (code, err) == (0, "")
        assert out.startswith("predikat kinerja = Baik")
        assert max(map(len, out.splitlines())) <= 100
        assert explain("--format", "text").out == out

    def test_english(self, explain):
        assert (
            "Explanation" in explain("--lang", "en").out
            or "performance predicate" in explain("--lang", "en").out
        )

    def test_markdown(self, explain):
        assert explain("--format", "md").out.startswith("#")

    def test_html_is_one_whole_page(self, explain):
        out = explain("--format", "html").out
        assert out.lower().startswith("<!doctype html>")
        assert 'lang="en"' in explain("--format", "html", "--lang", "en").out

    def test_json_is_the_stored_form(self, explain):
        stored = json.loads(explain("--format", "json").out)
        explanation = Explanation.from_dict(stored)
        assert explanation.to_text() + "\n" == explain().out


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "form"),
        [
            ("rincian.html", "html"),
            ("rincian.HTM", "html"),
            ("rincian.md", "md"),
            ("rincian.json", "json"),
            ("rincian.txt", "text"),
            ("rincian", "text"),
        ],
    )
    def test_the_suffix_names_the_form(self, explain, tmp_path, name, form):
        path = tmp_path / name
        code, out, err = explain("-o", path)
        assert (code, out, err) == (0, "", f"ditulis: {path}\n")
        assert path.read_text(encoding="utf-8") == explain("--format", form).out

    def test_a_form_that_is_named_wins(self, explain, tmp_path):
        path = tmp_path / "rincian.html"
        explain("-o", path, "--format", "md")
        assert path.read_text(encoding="utf-8").startswith("#")

    def test_the_data_are_not_written_over(self, explain, tmp_path):
        code, _, err = explain("--format", "text", "-o", tmp_path / "data.csv")
        assert (code, "KNJ556" in err) == (1, True)
        assert (tmp_path / "data.csv").read_text(encoding="utf-8") == DATA

    @pytest.mark.parametrize("name", ["rincian.docx", "rincian.pdf", "rincian.csv"])
    def test_a_form_that_is_not_written_is_refused(self, explain, tmp_path, name):
        code, _, err = explain("-o", tmp_path / name)
        assert (code, "KNJ557" in err) == (1, True)
        assert not (tmp_path / name).exists()


class TestRefusals:
    def test_an_id_that_is_nearly_right(self, explain):
        code, out, err = explain(person="198501012010011010")
        assert (code, out) == (1, "")
        assert "KNJ916" in err
        assert f'mungkin yang dimaksud "{NIP}"' in err

    def test_an_id_that_is_nowhere(self, explain):
        code, _, err = explain(person="xyz")
        assert code == 1
        assert 'tidak ada baris dengan pengenal (id) "xyz" di antara 3 baris' in err

    def test_a_row_that_cannot_be_used_gives_its_issues(self, explain):
        code, out, err = explain(person="7")
        assert (code, out) == (1, "")
        assert "data.csv:3, B3  KNJ404" in err
        assert err.count("KNJ404") == 2

    def test_a_row_that_cannot_be_read_gives_its_issues(self, kinerja, put):
        path = put("a.csv", "id,nrr_biaya\n1,banyak\n")
        code, out, err = kinerja("explain", "skm-2017", path, "--id", "1")
        assert (code, out) == (1, "")
        assert "B2  KNJ520" in err

    def test_an_incomplete_row_is_explained(self, explain):
        code, out, _ = explain(person="8")
        assert code == 0
        assert "belum lengkap" in out

    def test_what_is_wrong_with_the_file_is_said_beside_the_explanation(self, kinerja, put):
        path = put("a.csv", "id;hasil_kerja\n1;sesuai_ekspektasi\n")
        code, out, err = kinerja("explain", "kuadran-6-2022", path, "--id", "1")
        assert code == 1
        assert "belum lengkap" in out
        assert "KNJ553" in err


class TestLists:
    def test_raters_are_never_named(self, kinerja):
        folder = EXAMPLES / "sikap"
        lists = f"penilaian={folder / 'penilaian.csv'}"
        given = ["explain", "sikap-360", folder / "pegawai.csv", "--list", lists, "--id", "lengkap"]
        for form in ("text", "json"):
            code, out, _ = kinerja(*given, "--format", form)
            assert code == 0
            assert "atasan-1" not in out
            assert "rekan-2" not in out
