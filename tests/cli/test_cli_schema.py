"""The JSON Schema is printed, or written whole."""

import json

from kinerja.policy.schema import policy_schema


def test_it_is_printed(kinerja):
    code, out, err = kinerja("schema")
    assert (code, err) == (0, "")
    assert json.loads(out) == policy_schema()


def test_it_is_written_to_a_file(kinerja, tmp_path):
    path = tmp_path / "kebijakan.schema.json"
    assert kinerja("schema", "-o", path) == (0, "", f"ditulis: {path}\n")
    assert json.loads(path.read_text(encoding="utf-8")) == policy_schema()


def test_a_folder_that_is_not_there(kinerja, tmp_path):
    code, out, err = kinerja("schema", "-o", tmp_path / "x" / "s.json")
    assert (code, out, "KNJ555" in err) == (1, "", True)
