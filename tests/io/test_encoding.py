"""Bytes become text, or are refused with their line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.io import encoding
from kinerja.io.encoding import check_text


def issue_of(path):
    with pytest.raises(InputError) as caught:
        check_text(path)
    (issue,) = caught.value.issues
    return issue


class TestAccepted:
    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
    def test_the_text_is_read_without_its_mark(self, put, codec):
        text = "id;nama\n1;Nurjannah é\n"
        source = check_text(put("a.csv", text.encode(codec)))
        with source.open(newline="") as opened:
            assert opened.read() == text

    def test_big_endian_utf_16(self, put):
        source = check_text(put("a.csv", b"\xfe\xff" + "id\n7".encode("utf-16-be")))
        with source.open(newline="") as opened:
            assert opened.read() == "id\n7"

    def test_an_empty_file_is_text(self, put):
        assert check_text(put("a.csv", b"")).encoding == "utf-8"

    def test_a_character_may_lie_across_two_chunks(self, put, monkeypatch):
        monkeypatch.setattr(encoding, "CHUNK", 3)
        assert check_text(put("a.csv", "aaé€😀\n" * 5)).encoding == "utf-8"
        assert check_text(put("b.csv", ("aaé€😀\n" * 5).encode("utf-16"))).encoding == "utf-16"


class TestRefused:
    @pytest.mark.parametrize("chunk", [1, 2, 7, 1 << 20])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_windows_1252_is_refused_with_the_line_of_the_first_bad_byte(
        self, put, monkeypatch, chunk, end
    ):
        monkeypatch.setattr(encoding, "CHUNK", chunk)
        issue = issue_of(put("a.csv", f"id;nama{end}1;Ani{end}2;André{end}".encode("cp1252")))
        assert (issue.code, issue.line, issue.details["found"]) == ("KNJ504", 3, "0xE9")

    @pytest.mark.parametrize("chunk", [1, 3, 1 << 20])
    def test_the_line_counts_from_the_mark(self, put, monkeypatch, chunk):
        monkeypatch.setattr(encoding, "CHUNK", chunk)
        issue = issue_of(put("a.csv", b"\xef\xbb\xbfid\n\xff\n"))
        assert (issue.code, issue.line, issue.details["found"]) == ("KNJ504", 2, "0xFF")

    def test_a_file_cut_inside_a_character(self, put):
        issue = issue_of(put("a.csv", "id\n1\né".encode()[:-1]))
        assert (issue.code, issue.line, issue.details["found"]) == ("KNJ504", 3, "0xC3")

    @pytest.mark.parametrize("chunk", [1, 2, 3, 1 << 20])
    def test_an_unpaired_surrogate_of_utf_16(self, put, monkeypatch, chunk):
        monkeypatch.setattr(encoding, "CHUNK", chunk)
        issue = issue_of(put("a.csv", b"\xff\xfei\0\n\0\x00\xd8i\0"))
        assert (issue.code, issue.line) == ("KNJ504", 2)

    def test_nul_characters(self, put):
        issue = issue_of(put("a.csv", "id\n1\n2\0\n"))
        assert (issue.code, issue.line) == ("KNJ505", 3)

    def test_utf_16_without_mark_shows_as_nul(self, put):
        assert issue_of(put("a.csv", "id\n".encode("utf-16-le"))).code == "KNJ505"

    def test_a_line_without_end(self, put, monkeypatch):
        monkeypatch.setattr(encoding, "CHUNK", 8)
        monkeypatch.setattr(encoding, "MAX_LINE", 1 << 20)
        assert check_text(put("a.csv", "id\n" + ("x" * 1000 + "\r") * 2000)).encoding == "utf-8"
        monkeypatch.setattr(encoding, "CHUNK", 1 << 16)
        issue = issue_of(put("b.csv", "id\n" + "x" * (9 << 17) + "\n7"))
        assert (issue.code, issue.line, issue.details) == ("KNJ516", 2, {"expected": "1048576"})

    def test_a_folder(self, tmp_path):
        assert issue_of(tmp_path).code == "KNJ502"

    def test_a_file_that_is_gone(self, put):
        source = check_text(put("a.csv", "id\n"))
        source.path.unlink()
        with pytest.raises(InputError, match="KNJ502"):
            source.open(newline="")

    def test_a_file_that_changed_since(self, put):
        source = check_text(put("a.csv", "id\n"))
        put("a.csv", "id\n1\n")
        with pytest.raises(InputError, match="KNJ550"):
            source.open(newline="")


def outcome(path):
    """Check a file and read it; give its text, or the codes of the refusal."""
    try:
        source = check_text(path)
    except InputError as error:
        return {issue.code for issue in error.issues}
    with source.open(newline="") as opened:
        return opened.read()


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzz-encoding.bin"
    path.write_bytes(content)
    found = outcome(path)
    if isinstance(found, str):
        assert "\0" not in found
    else:
        assert found in ({"KNJ504"}, {"KNJ505"})
