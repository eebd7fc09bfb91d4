"""One page for every row, in a folder that appears whole or not at all."""

import json

import pytest

DATA = """id;hasil_kerja;perilaku_kerja
7;sesuai ekspektasi;di_atas_ekspektasi
8;di bawah ekspektasi;
UPT 1/loket;sesuai ekspektasi;sesuai ekspektasi
9;apa;sesuai ekspektasi
"""


@pytest.fixture
def each(kinerja, put, tmp_path):
    path = put("data.csv", DATA)

    def run(*more, out="lembar"):
        return kinerja("explain", "kuadran-6-2022", path, "--each", "-o", tmp_path / out, *more)

    return run


def test_every_row_that_can_be_scored_has_a_page(each, kinerja, tmp_path):
    code, out, err = each()
    assert (code, out) == (1, "")
    assert "KNJ404" in err
    assert "3 baris dirinci; 1 ditolak" in err
    pages = {
        path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "lembar").iterdir()
    }
    assert sorted(pages) == ["7.html", "8.html", "UPT 1%2Floket.html"]
    alone = kinerja(
        "explain", "kuadran-6-2022", tmp_path / "data.csv", "--id", "7", "--format", "html"
    )
    assert pages["7.html"] == alone.out


@pytest.mark.parametrize(
    ("form", "suffix"), [("html", ".html"), ("json", ".json"), ("md", ".md"), ("text", ".txt")]
)
def test_a_file_is_named_after_its_form(each, tmp_path, form, suffix):
    each("--format", form)
    assert (tmp_path / "lembar" / f"7{suffix}").is_file()
    if form == "json":
        stored = json.loads((tmp_path / "lembar" / "7.json").read_text(encoding="utf-8"))
        assert stored["id"] == "7"


def test_pages_are_in_the_language_that_was_asked_for(each, tmp_path):
    _, _, err = each("--lang", "en")
    assert "3 rows explained; 1 refused" in err
    assert '<html lang="en">' in (tmp_path / "lembar" / "7.html").read_text(encoding="utf-8")


def test_an_empty_folder_is_filled_and_another_left_alone(each, tmp_path):
    (tmp_path / "kosong").mkdir()
    assert each(out="kosong").code == 1
    assert len(list((tmp_path / "kosong").iterdir())) == 3
    (tmp_path / "kosong" / "7.html").write_text("milik orang", encoding="utf-8")
    code, _, err = each(out="kosong")
    assert code == 1
    assert "KNJ567" in err
    assert (tmp_path / "kosong" / "7.html").read_text(encoding="utf-8") == "milik orang"


def test_nothing_appears_where_no_row_can_be_scored(kinerja, put, tmp_path):
    path = put("data.csv", "id;hasil_kerja;perilaku_kerja\n7;apa;apa\n")
    before = sorted(tmp_path.iterdir())
    code, _, err = kinerja("explain", "kuadran-6-2022", path, "--each", "-o", tmp_path / "lembar")
    assert code == 1
    assert "KNJ914" in err
    assert sorted(tmp_path.iterdir()) == before


def test_two_ids_never_write_one_file(kinerja, put, tmp_path):
    rows = "a;sesuai ekspektasi;sesuai ekspektasi\nA;sesuai ekspektasi;sesuai ekspektasi\n"
    path = put("data.csv", f"id;hasil_kerja;perilaku_kerja\n{rows}")
    code, _, err = kinerja("explain", "kuadran-6-2022", path, "--each", "-o", tmp_path / "lembar")
    assert code == 1
    assert "KNJ926" in err
    assert not (tmp_path / "lembar").exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {"KNJ923"}),
        (["--each"], {"KNJ925"}),
        (["--each", "--id", "7"], {"KNJ924", "KNJ925"}),
        (["--each", "--set", "hasil_kerja=-", "-o", "x"], {"KNJ924"}),
    ],
)
def test_options_that_do_not_go_together_are_refused(kinerja, put, options, expected):
    code, _, err = kinerja("explain", "kuadran-6-2022", put("data.csv", DATA), *options)
    assert code == 2
    assert {line.split()[0] for line in err.splitlines() if line.startswith("KNJ")} == expected
