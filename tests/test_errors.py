"""Issues say place, finding and way out; errors carry all of them."""

import copy
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import (
    InputError,
    Issue,
    KinerjaError,
    MissingExtraError,
    PolicyError,
    nearest,
    quoted,
    sort_issues,
    unknown_name,
)
from kinerja.words import LANGUAGES

WEIGHTS = Issue(
    code="KNJ203",
    path="components.perilaku_kerja.weight",
    details={"found": "95 %", "expected": "100 %"},
    file="kebijakan.yaml",
    line=14,
)


class Unprintable:
    def __repr__(self):
        raise RuntimeError


class TestIssue:
    def test_it_is_printed_as_place_code_path_finding_and_way_out(self):
        place, finding, way_out = WEIGHTS.to_text().splitlines()
        assert place == "kebijakan.yaml:14  KNJ203  components.perilaku_kerja.weight"
        assert finding == "  bobot berjumlah 95 %, harus 100 %"
        assert way_out == f"  → {WEIGHTS.way_out()}"

    def test_it_speaks_both_languages(self):
        texts = {WEIGHTS.to_text(lang) for lang in LANGUAGES}
        assert len(texts) == 2
        assert all("95 %" in text for text in texts)

    @pytest.mark.parametrize(
        ("place", "shown"),
        [
            ({}, ""),
            ({"file": "a.yaml"}, "a.yaml"),
            ({"file": "a.yaml", "line": 3}, "a.yaml:3"),
            ({"file": "a.yaml", "line": 3, "column": 5}, "a.yaml:3:5"),
            ({"file": "a.yaml", "column": 5}, "a.yaml"),
            ({"line": 3, "column": 5}, "3:5"),
            ({"file": "a.xlsx", "cell": "C12"}, "a.xlsx, C12"),
            ({"cell": "realisasi, row 12"}, "realisasi, row 12"),
        ],
    )
    def test_its_place_is_said_as_far_as_it_is_known(self, place, shown):
        assert Issue(code="KNJ111", **place).place == shown

    def test_it_moves_to_another_place(self):
        moved = WEIGHTS.at(line=15, path="bobot")
        assert (moved.line, moved.path, moved.code) == (15, "bobot", "KNJ203")
        assert WEIGHTS.line == 14

    def test_as_plain_data_it_keeps_everything(self):
        data = WEIGHTS.to_dict("en")
        assert data["code"] == "KNJ203"
        assert data["line"] == 14
        assert (data["message"], data["way_out"]) == (WEIGHTS.message("en"), WEIGHTS.way_out("en"))
        assert data["details"] == {"found": "95 %", "expected": "100 %"}

    def test_a_code_of_a_foreign_package_is_told_by_its_details(self):
        issue = Issue(code="CTH001", path="steps.x", details={"found": '"lima"', "harus": "5"})
        assert issue.to_text().splitlines()[1:] == [
            '  found "lima", harus 5',
            '  → found "lima", harus 5',
        ]

    def test_details_may_be_named_like_the_arguments_of_what_prints_them(self):
        issue = Issue(
            code="KNJ203", details={"key": "a", "lang": "b", "found": "1", "expected": "2"}
        )
        assert "1" in issue.message("en")

    @given(st.text(max_size=80), st.text(max_size=80))
    def test_no_text_of_a_file_steers_the_terminal(self, name, found):
        issue = Issue(
            code="KNJ203", path=name, file=name, details={"found": found, "expected": name}
        )
        lines = issue.to_text().split("\n")
        assert len(lines) == 3
        assert all(line.isprintable() for line in lines)

    def test_issues_are_ordered_as_a_reader_meets_them(self):
        places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 9), ("a", 2, 1)]
        issues = [Issue(code="KNJ111", file=f, line=n, column=c) for f, n, c in places]
        ordered = [(i.file, i.line, i.column) for i in sort_issues(issues)]
        assert ordered == sorted(places)

    def test_issues_without_a_place_come_first(self):
        assert sort_issues([WEIGHTS, Issue(code="KNJ111")])[0].code == "KNJ111"


class TestErrors:
    @pytest.mark.parametrize("kind", [PolicyError, InputError])
    def test_both_kinds_are_value_errors_and_carry_every_issue(self, kind):
        error = kind(iter([WEIGHTS, Issue(code="KNJ111")]))
        assert isinstance(error, KinerjaError)
        assert isinstance(error, ValueError)
        assert [issue.code for issue in error.issues] == ["KNJ203", "KNJ111"]
        assert str(error) == error.to_text()
        assert "KNJ203" in error.to_text("en")
        assert "KNJ111" in error.to_text("en")

    @pytest.mark.parametrize("kind", [PolicyError, InputError])
    def test_they_survive_another_process(self, kind):
        error = kind([WEIGHTS])
        for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - made here
            assert type(twin) is kind
            assert twin.issues == error.issues

    def test_a_missing_package_names_its_extra(self):
        error = MissingExtraError("xlsx")
        assert isinstance(error, KinerjaError)
        assert isinstance(error, ImportError)
        assert str(error) == "needs kinerja[xlsx]"
        twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
        assert (twin.extra, str(twin)) == ("xlsx", str(error))


class TestQuoting:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("baik", '"baik"'),
            ("", '""'),
            (12, '"12"'),
            (None, '"None"'),
            (["a", 1], "\"['a', 1]\""),
            ("a\nb", '"a b"'),
            ("\x1b[31mmerah", '"\ufffd[31mmerah"'),
            ("\u202egnirts", '"\ufffdgnirts"'),
            ("\ud800", '"\ufffd"'),
            ("x" * 60, f'"{"x" * 60}"'),
            ("x" * 61, f'"{"x" * 59}…"'),
            (Unprintable(), None),
        ],
        ids=lambda value: ascii(value)[:20] if isinstance(value, str) else "",
    )
    def test_examples(self, value, shown):
        text = quoted(value)
        assert text.isprintable()
        if shown is not None:
            assert text == shown

    def test_a_number_too_long_for_python_to_print_is_named_by_its_type(self):
        assert quoted(10**5000) == '"<int>"'
        assert quoted([10**5000]).startswith('"<')

    def test_a_long_value_is_not_written_out_to_be_cut(self):
        huge = [list(range(1000))] * 100_000
        start = time.perf_counter()
        text = quoted(huge)
        assert time.perf_counter() - start < 1
        assert len(text) <= 62

    @given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
    def test_any_value_is_quoted_in_a_line(self, value):
        text = quoted(value)
        assert text.isprintable()
        assert len(text) <= 62
        assert text[0] == text[-1] == '"'


class TestNearest:
    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("hasil_kerj", "hasil_kerja"),
            ("HASIL_KERJA", "hasil_kerja"),
            ("perilaku", "perilaku_kerja"),
            ("zzz", None),
            ("", None),
        ],
    )
    def test_examples(self, name, found):
        assert nearest(name, ["hasil_kerja", "perilaku_kerja"]) == found

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("sesuai", "sesuai_ekspektasi"),
            ("Sesu", "sesuai_ekspektasi"),
            ("ses", None),
            ("di_", None),
        ],
    )
    def test_the_beginning_of_one_name_means_it(self, name, found):
        known = ["di_bawah_ekspektasi", "sesuai_ekspektasi", "di_atas_ekspektasi"]
        assert nearest(name, known) == found

    def test_the_beginning_of_two_names_means_none(self):
        assert nearest("nilai", ["nilai_perilaku_kerja", "nilai_hasil_kerja_utama"]) is None

    def test_a_name_keeps_its_spelling(self):
        assert nearest("sangat baik", ["Sangat Baik"]) == "Sangat Baik"

    @given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=8))
    def test_it_is_one_of_the_known_names_or_none(self, name, known):
        assert nearest(name, known) in {None, *known}

    @given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8))
    def test_a_known_name_is_its_own_nearest(self, known):
        found = nearest(known[0], known)
        assert found is not None
        assert found.casefold() == known[0].casefold()


class TestUnknownNames:
    def test_the_nearest_name_is_the_way_out(self):
        issue = unknown_name("KNJ207", "bands[0].label", "baek", ["kurang", "baik"])
        assert issue.details == {
            "found": '"baek"',
            "expected": "kurang, baik",
            "nearest": '"baik"',
        }

    def test_where_none_is_near_all_are(self):
        issue = unknown_name("KNJ207", "x", "zzz", ["kurang", "baik"])
        assert issue.details["nearest"] == "kurang, baik"
        assert unknown_name("KNJ207", "x", "zzz", []).details["nearest"] == "–"

    def test_many_names_are_not_all_told(self):
        issue = unknown_name("KNJ207", "x", "zzz", [f"n{i}" for i in range(1000)])
        assert issue.details["expected"].endswith("n19, …")
