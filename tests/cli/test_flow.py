"""Values on one line: YAML reads back what was written."""

from __future__ import annotations

import pytest

from kinerja.cli.branches import flow
from kinerja.cli.main import main
from kinerja.policy.source import read_yaml


@pytest.mark.parametrize(
    "text", ["Null", "TRUE", "False", "null", "a\nb", 'a "b" \\n', "a: b", "", "-"]
)
def test_text_stays_what_it_is(text, tmp_path):
    path = tmp_path / "nilai.yaml"
    path.write_text(f"nilai: {flow({'a': text})}\n", encoding="utf-8")
    tree = read_yaml(path, most=1000, too_large="KNJ624").tree
    assert tree["nilai"]["a"] == text


def test_an_example_without_any_input_is_a_record_too(tmp_path, capsys):
    path = tmp_path / "nilai.yaml"
    path.write_text(
        """schema: 1
id: uji
version: 1.0.0
title: uji
in_force: {from: 2024-01-01}
bases: {}
inputs:
  a: {type: number, title: a, limits: {from: 0, to: 100}, required: false}
steps:
  nilai: {rule: formula, title: nilai, is: "coalesce(a, 0)"}
publish: [nilai]
""",
        encoding="utf-8",
    )
    main(["check", str(path), "--suggest"])
    examples = tmp_path / "nilai.contoh.yaml"
    examples.write_text(capsys.readouterr().out, encoding="utf-8")
    assert "record: {}" in examples.read_text(encoding="utf-8")
    assert main(["check", str(path), "--strict"]) == 0
