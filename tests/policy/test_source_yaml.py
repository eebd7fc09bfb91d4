"""YAML is read as plain text with places, bounded, and with no surprise in it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_texts import marked, unfilled

from kinerja.errors import Issue, PolicyError
from kinerja.policy.source import MAX_BYTES, MAX_DEPTH, parse_yaml, path_parts, read_yaml


def refused(text):
    with pytest.raises(PolicyError) as error:
        parse_yaml(text, file="k.yaml")
    assert all(unfilled(issue) == set() for issue in error.value.issues)
    return error.value.issues


class TestValues:
    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("12.10", "12.10"),
            ("0o17", "0o17"),
            ("1e3", "1e3"),
            (".inf", ".inf"),
            (".nan", ".nan"),
            ("2024-01-31", "2024-01-31"),
            ("12:30", "12:30"),
            ("no", "no"),
            ("ya", "ya"),
            ("60 %", "60 %"),
            ("true", True),
            ("False", False),
            ("'true'", "true"),
            ('"null"', "null"),
            ("null", None),
            ("~", None),
            ("", None),
            ('""', ""),
            ("<<", "<<"),
            ("a # komentar", "a"),
            ("a#b", "a#b"),
            ("|\n  baris satu\n  baris dua\n", "baris satu\nbaris dua\n"),
            (">-\n  baris satu\n  baris dua\n", "baris satu baris dua"),
            ('"\\u00e9"', "é"),
        ],
    )
    def test_figures_stay_as_they_are_written(self, written, value):
        assert parse_yaml(f"a: {written}").tree == {"a": value}

    def test_mappings_and_lists_in_both_forms(self):
        block = "a:\n  - b: 1\n    c: 2\n  - [x, {y: z}]\n"
        flow = "{a: [{b: 1, c: 2}, [x, {y: z}]]}"
        assert parse_yaml(block).tree == parse_yaml(flow).tree
        assert parse_yaml(block).tree == {"a": [{"b": "1", "c": "2"}, ["x", {"y": "z"}]]}

    @pytest.mark.parametrize(
        ("text", "tree"), [("", None), ("# x\n", None), ("a", "a"), ("[]", [])]
    )
    def test_what_is_no_mapping_is_still_read(self, text, tree):
        assert parse_yaml(text).tree == tree

    def test_keys_are_text_whatever_they_look_like(self):
        assert parse_yaml("{true: 1, 2: 3, null: 4, ~: 5}").tree == {
            "true": "1",
            "2": "3",
            "null": "4",
            "~": "5",
        }

    def test_a_byte_order_mark_is_no_part_of_the_text(self, tmp_path):
        path = tmp_path / "k.yaml"
        path.write_bytes(b"\xef\xbb\xbfa: 1\n")
        assert read_yaml(path).tree == {"a": "1"}

    def test_line_ends_of_windows_are_line_ends(self):
        assert parse_yaml("a: 1\r\nb: 2\r\n").tree == {"a": "1", "b": "2"}


class TestPlaces:
    TEXT, MARKS = marked(
        "«satu: x\n«dua:\n  - «a: 1\n  - «b: {«c: [«d, «e]}\n«'tiga.empat': {«lima: 5}\n"
    )

    @pytest.mark.parametrize(
        ("path", "mark"),
        [
            ("satu", 0),
            ("dua", 1),
            ("dua[0].a", 2),
            ("dua[1].b", 3),
            ("dua[1].b.c", 4),
            ("dua[1].b.c[0]", 5),
            ("dua[1].b.c[1]", 6),
            ("dua[1].b.c[7]", 4),
            ("dua[1].tidak.ada", 3),
            ("satu.x.y[3]", 0),
        ],
    )
    def test_a_path_stands_where_it_is_written_or_at_what_holds_it(self, path, mark):
        found = parse_yaml(self.TEXT, file="k.yaml").locate(Issue(code="KNJ111", path=path))
        assert (found.file, found.line, found.column) == ("k.yaml", *self.MARKS[mark])

    def test_a_path_that_is_nowhere_stands_at_the_file(self):
        found = parse_yaml(self.TEXT, file="k.yaml").locate(Issue(code="KNJ111", path="lain.x"))
        assert (found.line, found.column) == (1, 1)

    @pytest.mark.parametrize(
        ("path", "parts"),
        [
            ("", ()),
            ("a.b", ("a", "b")),
            ("a[2].b[10]", ("a", 2, "b", 10)),
            ("a[x]", ("a", "[x]")),
            ("a[²]", ("a", "[²]")),
            ("a[٣]", ("a", "[٣]")),
            (f"a[{'9' * 5000}]", ("a", f"[{'9' * 5000}]")),
        ],
        ids=range(7),
    )
    def test_paths_are_taken_apart(self, path, parts):
        assert path_parts(path) == parts

    @given(st.text(max_size=40))
    def test_any_path_can_be_looked_for(self, path):
        found = parse_yaml(self.TEXT, file="k.yaml").locate(Issue(code="KNJ111", path=path))
        assert found.line is not None


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("a: [1,\n«", "KNJ104"),
            ("a: b«: c", "KNJ104"),
            ("a: 1\n«\tb: 2", "KNJ104"),
            ("a: '«unclosed\n", None),
            ("a: x«\x00y", "KNJ104"),
            ("a: 1\nb: «\x07", "KNJ104"),
            ("a: 1\n«---\nb: 2", "KNJ105"),
            ("a: «&x 1", "KNJ106"),
            ("a: «*x", "KNJ106"),
            ("a: «!!python/object/apply:os.system [ls]", "KNJ107"),
            ("a: «!!int 5", "KNJ107"),
            ("? «[a, b]\n: c", "KNJ109"),
            ("? «{a: b}\n: c", "KNJ109"),
            ("a: 1\nb: 2\n«a: 3", "KNJ110"),
            ("{a: 1, «a: 2}", "KNJ110"),
            ("x:\n  a: {b: 1}\n  «a: {b: 2}", "KNJ110"),
        ],
    )
    def test_what_yaml_can_do_and_a_policy_must_not_is_refused_where_it_stands(self, text, code):
        plain, marks = marked(text)
        issue = refused(plain)[0]
        assert issue.code == (code or "KNJ104")
        if code is not None:
            assert (issue.file, issue.line, issue.column) == ("k.yaml", *marks[0])

    def test_a_key_that_stands_twice_names_the_first_line(self):
        [issue] = refused("a: 1\nb: 2\na: 3")
        assert issue.details["first"] == "1"

    def test_every_refusal_is_told_at_once(self):
        found = refused("a: &x 1\nb: *x\nc: !!int 2\nc: 3\n")
        assert [(issue.code, issue.line) for issue in found] == [
            ("KNJ106", 1),
            ("KNJ106", 2),
            ("KNJ107", 3),
            ("KNJ110", 4),
        ]

    def test_what_was_refused_before_a_syntax_error_is_told_with_it(self):
        assert [issue.code for issue in refused("a: &x 1\nb: [\n")] == ["KNJ106", "KNJ104"]

    @pytest.mark.parametrize(
        ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")]
    )
    def test_nesting_is_bounded_without_recursion(self, opening, closing):
        deep = opening * 50_000 + "x" + closing * 50_000
        start = time.perf_counter()
        assert "KNJ108" in {issue.code for issue in refused(deep)}
        assert time.perf_counter() - start < 30
        fine = opening * (MAX_DEPTH - 1) + "x" + closing * (MAX_DEPTH - 1)
        if opening != "? ":
            assert parse_yaml(fine).tree is not None

    def test_a_bomb_of_aliases_does_not_go_off(self):
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
        start = time.perf_counter()
        assert {issue.code for issue in refused("\n".join(lines))} == {"KNJ106"}
        assert time.perf_counter() - start < 30


class TestFiles:
    def refused(self, path):
        with pytest.raises(PolicyError) as error:
            read_yaml(path)
        [issue] = error.value.issues
        assert unfilled(issue) == set()
        return issue

    def test_a_file_that_cannot_be_read_is_told(self, tmp_path):
        for path in (tmp_path / "tidak-ada.yaml", tmp_path, tmp_path / "a\0b"):
            issue = self.refused(path)
            assert (issue.code, issue.file) == ("KNJ101", str(path))

    def test_bytes_that_are_no_utf_8_are_told_where_they_stand(self, tmp_path):
        path = tmp_path / "k.yaml"
        path.write_bytes(b"a: 1\nb: caf\xe9\n")
        issue = self.refused(path)
        assert (issue.code, issue.line, issue.column) == ("KNJ103", 2, 7)
        assert issue.details["found"] == "0xE9"

    def test_a_spreadsheet_is_no_text(self, tmp_path):
        path = tmp_path / "k.xlsx"
        path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xfe")
        assert self.refused(path).code == "KNJ103"

    def test_fifty_megabytes_are_refused_without_reading_them_all(self, tmp_path):
        path = tmp_path / "besar.yaml"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        start = time.perf_counter()
        assert self.refused(path).code == "KNJ102"
        assert time.perf_counter() - start < 0.5

    def test_a_file_without_end_is_refused_too(self):
        from pathlib import Path

        endless = Path("/dev/zero")
        if not endless.exists():
            pytest.skip("this system has no endless file")
        assert self.refused(endless).code == "KNJ102"

    def test_text_is_bounded_as_files_are(self):
        with pytest.raises(PolicyError) as error:
            parse_yaml("a" * (MAX_BYTES + 1))
        assert [issue.code for issue in error.value.issues] == ["KNJ102"]

    def test_a_file_of_the_largest_size_is_read(self, tmp_path):
        path = tmp_path / "k.yaml"
        path.write_text("a: 1\n" + "#" * (MAX_BYTES - 5))
        assert read_yaml(path).tree == {"a": "1"}
