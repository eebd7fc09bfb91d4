"""Records in JSON: exact numbers, and nothing let pass."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.io import jsonl
from kinerja.io.encoding import check_text
from kinerja.io.jsonl import read_json, read_json_lines
from kinerja.io.rows import IdIndex


def lines(path, id_column="id"):
    return list(read_json_lines(path, id_column=id_column, ids=IdIndex()).read_rows())


def whole(path, id_column="id"):
    return list(read_json(path, id_column=id_column, ids=IdIndex()).read_rows())


def codes(row):
    return [issue.code for issue in row.issues]


class TestLines:
    def test_each_line_is_a_record(self, put):
        first, second = lines(put("a.jsonl", '{"id": "7", "nilai": 76.61}\n\n {"id": "8"} \r\n'))
        assert first.record == {"id": "7", "nilai": Decimal("76.61")}
        assert (first.id, first.line, first.number) == ("7", 1, 1)
        assert (second.id, second.line, second.issues) == ("8", 3, ())

    def test_numbers_keep_their_digits(self, put):
        (row,) = lines(
            put("a.jsonl", '{"id": 1, "a": 86.60, "b": 1e3, "c": 198001012005011001, "d": 0.1}')
        )
        assert str(row.record["a"]) == "86.60"
        assert row.record["b"] == 1000
        assert row.record["c"] == 198001012005011001
        assert row.record["d"] == Decimal("0.1")

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
    def test_marks_at_the_start_are_accepted(self, put, codec):
        (row,) = lines(put("a.jsonl", '{"id": "é"}'.encode(codec)))
        assert row.id == "é"

    def test_a_separator_of_lines_inside_a_text_ends_no_record(self, put):
        (row,) = lines(put("a.jsonl", '{"id": "7", "a": "x\u2028y\x85z"}'))
        assert row.record["a"] == "x\u2028y\x85z"

    def test_other_types_are_left_to_the_scorer(self, put):
        (row,) = lines(put("a.jsonl", '{"id": "7", "a": [{"b": null}], "c": true, "d": " x "}'))
        assert row.record == {"id": "7", "a": [{"b": None}], "c": True, "d": " x "}


class TestIds:
    @pytest.mark.parametrize(
        ("text", "found"),
        [("198001012005011001", "198001012005011001"), ('" 7 "', "7"), ("-7", "-7")],
    )
    def test_texts_and_whole_numbers(self, put, text, found):
        (row,) = lines(put("a.jsonl", f'{{"nip": {text}}}'), "nip")
        assert row.id == row.record["id"] == found

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ('{"id": null}', "KNJ518"),
            ("{}", "KNJ518"),
            ('{"id": ""}', "KNJ517"),
            ('{"id": true}', "KNJ533"),
            ('{"id": 7.0}', "KNJ533"),
            ('{"id": [[7]]}', "KNJ533"),
            ('{"id": {}}', "KNJ533"),
            ('{"id": "a\\nb"}', "KNJ533"),
            ('{"id": "1.98E+17"}', "KNJ531"),
        ],
    )
    def test_what_cannot_name_anyone(self, put, text, code):
        (row,) = lines(put("a.jsonl", text))
        assert (row.id, row.record["id"], codes(row)) == ("", "", [code])

    def test_values_with_parts_are_not_printed(self, put):
        shown = [
            lines(put("a.jsonl", f'{{"id": {raw}}}'))[0].issues[0].details["found"]
            for raw in ("[7]", "{}", "true")
        ]
        assert shown == ['"[…]"', '"[…]"', '"true"']

    def test_repeated_ids_are_indexed(self, put):
        ids = IdIndex()
        text = '{"id": "7"}\n{"id": "8"}\n{"id": 7}\nx\n[]\n{"id": 1.5}\n{"id": "7"}\n'
        source = read_json_lines(put("a.jsonl", text), id_column="id", ids=ids)
        assert ids.count == 7
        assert (ids.first, ids.second) == ({"7": 1, "8": 2}, {"7": 3})
        assert source.place(3).endswith("a.jsonl:3")


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('{"id": "7"', ["KNJ536"]),
            ('{"id": "7"} x', ["KNJ536"]),
            ('{"id": "7"}{"id": "8"}', ["KNJ536"]),
            ("{'id': 7}", ["KNJ536"]),
            ('{"id": 007}', ["KNJ536"]),
            ('{"id": "7", "a": NaN}', ["KNJ537"]),
            ('{"id": "7", "a": [Infinity, -Infinity]}', ["KNJ537", "KNJ537"]),
            ('{"id": "7", "a": 1, "a": 1, "a": 2}', ["KNJ538", "KNJ538"]),
            ('{"id": "7", "l": [{"a": 1, "a": 1}]}', ["KNJ538"]),
            ('{"id": "7", "a": ' + "[" * 60 + "]" * 60 + "}", ["KNJ539"]),
            ('{"id": "7", "a": ' + "[" * 100_000 + "]" * 100_000 + "}", ["KNJ539"]),
            ("[]", ["KNJ540"]),
            ("7", ["KNJ540"]),
            ("null", ["KNJ540"]),
            ('{"id": "7", "a": ' + "9" * 5000 + "}", ["KNJ541"]),
            ('{"id": "7", "a": 1e99999999999999999999}', ["KNJ541"]),
            (r'{"id": "7", "a": "\ud800"}', ["KNJ542"]),
            (r'{"id": "7", "\udfff": 1}', ["KNJ542"]),
            ("[NaN]", ["KNJ537"]),
        ],
    )
    def test_a_bad_line_spoils_only_itself(self, put, text, expected):
        bad, good = lines(put("a.jsonl", f'{text}\n{{"id": "9"}}\n'))
        assert codes(bad) == expected
        assert (good.id, good.issues) == ("9", ())

    def test_a_syntax_error_has_line_and_column(self, put):
        _, row = lines(put("a.jsonl", '{"id": 1}\n{"id": 2,}\n'))
        (issue,) = row.issues
        assert (issue.line, issue.column) == (2, 10)

    def test_what_comes_after_a_record_has_its_column(self, put):
        (issue,) = lines(put("a.jsonl", '{"id": 1} x\n'))[0].issues
        assert (issue.line, issue.column) == (1, 11)

    def test_many_flat_items_are_not_deep(self, put):
        text = json.dumps({"id": "7", "l": [{"a": [1]}] * 200})
        assert lines(put("a.jsonl", text))[0].issues == ()

    def test_escaped_characters_are_read(self, put):
        (row,) = lines(put("a.jsonl", r'{"id": "7", "a": "é😀", "n": 1}'))
        assert (row.record["a"], row.issues) == ("é😀", ())

    def test_windows_1252_is_refused(self, put):
        with pytest.raises(InputError, match="KNJ504"):
            lines(put("a.jsonl", '{"id": "é"}'.encode("cp1252")))

    def test_a_file_without_records_is_said(self, put):
        source = read_json_lines(put("a.jsonl", "\n"), id_column="id", ids=IdIndex())
        assert [(w.code, w.severity) for w in source.warnings] == [("KNJ519", "warning")]

    def test_bytes_that_change_while_they_are_read(self, put):
        path = put("a.jsonl", b'{"id": 7}\n' * 20_000)
        reading = iter(read_json_lines(path, id_column="id", ids=IdIndex()).read_rows())
        next(reading)
        with path.open("r+b") as opened:
            opened.seek(150_000)
            opened.write(b"\xff" * 10)
        with pytest.raises(InputError, match="KNJ550"):
            list(reading)


class TestWholeFiles:
    def test_an_array(self, put):
        first, second = whole(
            put("a.json", '[\n  {"id": "7", "nilai": 86.60},\n  {"id": "8"}\n]\n')
        )
        assert (first.id, first.line, first.number) == ("7", 2, 1)
        assert str(first.record["nilai"]) == "86.60"
        assert (second.id, second.line, second.number) == ("8", 3, 2)

    def test_one_object(self, put):
        (row,) = whole(put("a.json", '\n{\n "id": "7"}\n'))
        assert (row.id, row.line) == ("7", 2)

    def test_an_empty_array(self, put):
        source = read_json(put("a.json", " [ ] "), id_column="id", ids=IdIndex())
        assert [warning.code for warning in source.warnings] == ["KNJ519"]

    def test_bytes_that_change_while_they_are_read(self, put, monkeypatch):
        monkeypatch.setattr(
            jsonl, "check_text", lambda path: replace(check_text(path), encoding="ascii")
        )
        with pytest.raises(InputError, match="KNJ550"):
            whole(put("a.json", '[{"id": "é"}]'))

    def test_places_count_from_zero_as_json_does(self, put):
        ids = IdIndex()
        source = read_json(
            put("a.json", '[{"id": 7}, {"id": 8}, {"id": 7}]'), id_column="id", ids=ids
        )
        assert (ids.count, ids.second) == (3, {"7": 3})
        assert source.place(3).endswith("a.json[2]")

    def test_a_bad_record_spoils_only_itself(self, put):
        rows = whole(
            put(
                "a.json", '[{"id": 1, "a": NaN}, 5, {"id": 2, "a": 1, "a": 2}, {"a": 1}, {"id": 3}]'
            )
        )
        assert [codes(row) for row in rows] == [["KNJ537"], ["KNJ540"], ["KNJ538"], ["KNJ518"], []]

    @pytest.mark.parametrize(
        ("text", "code", "line", "column"),
        [
            ("", "KNJ506", None, None),
            (" \n ", "KNJ506", None, None),
            ('[{"id": 1}\n {"id": 2}]', "KNJ536", 2, 2),
            ('[{"id": 1},\n{"id" 2}]', "KNJ536", 2, 7),
            ('[{"id": 1},\n]', "KNJ536", 2, 1),
            ('[{"id": 1}', "KNJ536", 1, 11),
            ("[", "KNJ536", 1, 2),
            ('[{"id": 1}] x', "KNJ536", 1, 13),
            ("[] x", "KNJ536", 1, 4),
            ('{"id": 1}\n{"id": 2}', "KNJ536", 2, 1),
            ('[{"id": 1}, {\n\n"id": }]', "KNJ536", 3, 7),
            ("[" * 100_000, "KNJ539", 1, None),
            ('[{"id": ' + "9" * 5000 + "}]", "KNJ541", 1, None),
        ],
    )
    def test_broken_json_spoils_the_file(self, put, text, code, line, column):
        with pytest.raises(InputError) as caught:
            whole(put("a.json", text))
        (issue,) = caught.value.issues
        assert (issue.code, issue.line, issue.column) == (code, line, column)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(st.text(max_size=3).filter(lambda k: k != "id"), json_values, max_size=4),
        max_size=4,
    )
)
def test_what_json_writes_is_read_back(tmp_path_factory, records):
    folder = tmp_path_factory.getbasetemp()
    records = [{"id": str(place), **record} for place, record in enumerate(records)]
    (folder / "fuzz.json").write_text(json.dumps(records, indent=1), encoding="utf-8")
    (folder / "fuzz.jsonl").write_text(
        "".join(json.dumps(r) + "\n" for r in records), encoding="utf-8"
    )
    for rows in (whole(folder / "fuzz.json"), lines(folder / "fuzz.jsonl")):
        assert [row.record for row in rows] == records
        assert [row.issues for row in rows] == [()] * len(records)
