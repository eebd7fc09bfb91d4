"""A folder to begin with: it passes, and it is there whole or not at all."""

import csv
from pathlib import Path

import pytest

from kinerja.cli.new import FILES


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kebijakan-kami"


def test_the_three_commands_it_names_work(kinerja, folder):
    code, out, err = kinerja("new", folder)
    assert (code, err) == (0, "")
    commands = [line.split()[1:] for line in out.splitlines() if line.startswith("  kinerja ")]
    assert [command[0] for command in commands] == ["check", "score", "explain"]
    answers = [kinerja(*command) for command in commands]
    assert [answer.code for answer in answers] == [0, 0, 0]
    # Nothing is open and every branch has its example.
    assert answers[0].out.splitlines() == [
        "Hukum arah (makin baik tidak pernah merugikan): 6 terbukti.",
        f"{folder / 'kebijakan.yaml'}: 0 temuan, 7 contoh cocok, semua cabang tercapai",
    ]
    assert kinerja(*commands[0], "--strict").code == 0
    assert "petugas-1" in answers[2].out


def test_the_results_of_the_starter(kinerja, folder):
    kinerja("new", folder)
    out = folder / "hasil.csv"
    answer = kinerja("score", folder / "kebijakan.yaml", folder / "data.csv", "-o", out)
    assert "4 baris; 3 lengkap, 1 belum lengkap, 0 ditolak" in answer.err
    with out.open(encoding="utf-8", newline="") as stream:
        rows = {row["id"]: (row["nilai"], row["predikat"]) for row in csv.DictReader(stream)}
    assert rows == {
        "petugas-1": ("93.72", "sangat_baik"),
        "petugas-2": ("77.38", "baik"),
        "petugas-3": ("106.90", "sangat_baik"),
        "petugas-4": ("", ""),
    }


def test_every_part_is_explained_in_indonesian(kinerja, folder):
    kinerja("new", folder)
    text = (folder / "kebijakan.yaml").read_text(encoding="utf-8")
    for part in ("Identitas", "Dasar hukum", "Skala", "Masukan", "Langkah", "Hasil", "Pembulatan"):
        assert part in text
    comments = sum(line.strip().startswith("#") for line in text.splitlines())
    assert comments > 40
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize("name", FILES)
def test_files_end_with_a_line_end_and_have_no_others_of_windows(name):
    import kinerja.cli

    raw = (Path(kinerja.cli.__file__).parent / "starter" / name).read_bytes()
    assert raw.endswith(b"\n")
    assert b"\r" not in raw


def test_an_empty_folder_is_filled(kinerja, folder):
    folder.mkdir()
    assert kinerja("new", folder).code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_english_words_around_the_same_files(kinerja, folder):
    out = kinerja("new", folder, "--lang", "en").out
    assert out.startswith(f"The folder {folder} was made. It holds:\n")


def test_names_with_spaces_are_quoted_in_the_commands(kinerja, tmp_path):
    out = kinerja("new", tmp_path / "kebijakan kami").out
    assert f'kinerja check "{tmp_path / "kebijakan kami" / "kebijakan.yaml"}"' in out


class TestRefusals:
    def test_a_folder_that_is_not_empty(self, kinerja, folder):
        folder.mkdir()
        (folder / "catatan.txt").write_text("penting", encoding="utf-8")
        code, out, err = kinerja("new", folder)
        assert (code, out) == (2, "")
        assert "KNJ913" in err
        assert f"kinerja new {folder}-2" in err
        assert [path.name for path in folder.iterdir()] == ["catatan.txt"]

    def test_a_file_of_that_name(self, kinerja, folder):
        folder.write_text("x", encoding="utf-8")
        code, _, err = kinerja("new", folder)
        assert (code, "KNJ918" in err, folder.read_text(encoding="utf-8")) == (2, True, "x")

    def test_a_parent_that_is_not_there(self, kinerja, folder):
        code, _, err = kinerja("new", folder / "dalam")
        assert (code, "KNJ919" in err, folder.exists()) == (2, True, False)

    def test_when_a_file_cannot_be_written_nothing_stays(self, kinerja, folder, monkeypatch):
        opened = Path.open

        def refuse(self, *arguments, **more):
            if self.name == FILES[-1] and "xb" in arguments:
                raise OSError(28, "No space left on device")
            return opened(self, *arguments, **more)

        monkeypatch.setattr(Path, "open", refuse)
        code, _, err = kinerja("new", folder)
        assert (code, "KNJ917" in err, "No space left" in err) == (2, True, True)
        assert not folder.exists()

    def test_when_a_folder_that_was_there_cannot_be_filled_it_stays_empty(
        self, kinerja, folder, monkeypatch
    ):
        folder.mkdir()
        opened = Path.open

        def refuse(self, *arguments, **more):
            if self.name == FILES[1] and "xb" in arguments:
                raise OSError
            return opened(self, *arguments, **more)

        monkeypatch.setattr(Path, "open", refuse)
        assert kinerja("new", folder).code == 2
        assert list(folder.iterdir()) == []
