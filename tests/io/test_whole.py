"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from kinerja.errors import InputError
from kinerja.io.whole import whole_file, whole_folder


def codes(path, **more):
    with pytest.raises(InputError) as caught, whole_file(path, **more) as opened:
        opened.write(b"x")
    return [issue.code for issue in caught.value.issues]


def test_a_file_appears_with_everything_in_it(tmp_path):
    path = tmp_path / "a.csv"
    with whole_file(path) as opened:
        opened.write(b"id\n")
        assert not path.exists()
    assert path.read_bytes() == b"id\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_after_an_exception_everything_is_as_before(tmp_path, error):
    path = tmp_path / "a.csv"
    path.write_bytes(b"lama")

    def write():
        with whole_file(path) as opened:
            opened.write(b"baru")
            raise error

    with pytest.raises(error):
        write()
    assert path.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [path]


def test_the_rights_of_a_file_stay(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"lama")
    path.chmod(0o640)
    with whole_file(path) as opened:
        opened.write(b"baru")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_bytes() == b"baru"


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    plain = tmp_path / "b.csv"
    plain.write_bytes(b"")
    with whole_file(tmp_path / "a.csv"):
        pass
    assert (tmp_path / "a.csv").stat().st_mode == plain.stat().st_mode


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "a.csv", tmp_path / "l.csv"
    target.write_bytes(b"lama")
    link.symlink_to(target)
    with whole_file(link) as opened:
        opened.write(b"baru")
    assert link.is_symlink()
    assert target.read_bytes() == b"baru"


def test_a_folder_that_does_not_exist(tmp_path):
    assert codes(tmp_path / "x" / "a.csv") == ["KNJ555"]


def test_an_input_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"lama")
    (tmp_path / "l.csv").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "./x/../a.csv", "l.csv"):
        assert codes(tmp_path / name, inputs=[path]) == ["KNJ556"]
    assert codes(tmp_path / "neu.csv", inputs=[tmp_path / "neu.csv"]) == ["KNJ556"]
    assert path.read_bytes() == b"lama"


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "a.csv").mkdir()
    assert codes(tmp_path / "a.csv") == ["KNJ561"]


def test_a_link_to_itself(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "a.csv")
    assert codes(tmp_path / "a.csv") == ["KNJ558"]


def test_a_name_that_is_too_long(tmp_path):
    assert codes(tmp_path / ("x" * 300 + ".csv")) == ["KNJ558"]


def test_a_disk_that_refuses(tmp_path, monkeypatch):
    def refuse(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(InputError, match="No space left on device"), whole_file(tmp_path / "a.csv"):
        pass
    assert list(tmp_path.iterdir()) == []


class TestFolders:
    def test_a_folder_appears_with_everything_in_it(self, tmp_path):
        path = tmp_path / "lembar"
        with whole_folder(path) as folder:
            (folder / "a.html").write_bytes(b"x")
            assert not path.exists()
        assert [*path.iterdir()] == [path / "a.html"]
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
    def test_after_an_exception_everything_is_as_before(self, tmp_path, error):
        (tmp_path / "lembar").mkdir()

        def write():
            with whole_folder(tmp_path / "lembar") as folder:
                (folder / "a.html").write_bytes(b"x")
                raise error

        with pytest.raises(error):
            write()
        assert list(tmp_path.rglob("*")) == [tmp_path / "lembar"]

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("a.csv", "KNJ567"),
            ("penuh", "KNJ567"),
            ("tiada/lembar", "KNJ555"),
            ("masukan", "KNJ556"),
        ],
    )
    def test_a_place_that_is_taken_is_refused(self, tmp_path, name, code):
        (tmp_path / "a.csv").write_bytes(b"")
        (tmp_path / "penuh").mkdir()
        (tmp_path / "penuh" / "b").write_bytes(b"")
        (tmp_path / "masukan").mkdir()
        refused = pytest.raises(InputError)
        with refused as caught, whole_folder(tmp_path / name, inputs=[tmp_path / "masukan"]):
            pytest.fail("it must not be entered")
        assert [issue.code for issue in caught.value.issues] == [code]
