"""Everything that follows stands in the results file when it is asked for."""

import csv

import pytest

POLICY = """schema: 1
id: dua
version: 1.0.0
title: dua tindak lanjut
in_force: {from: 2026-01-01}
bases: {}
inputs:
  nilai: {type: number, title: nilai, limits: {from: 0, to: 100}}
steps:
  lanjut:
    rule: follow_up
    title: tindak lanjut
    choose: all
    actions:
      pelatihan: {title: pelatihan, when: nilai < 70}
      mentoring: {title: mentoring, when: nilai < 50}
publish: [lanjut]
"""


@pytest.fixture
def score(kinerja, put, tmp_path):
    policy = put("dua.yaml", POLICY)
    data = put("data.csv", "id;nilai\na;40\nb;60\nc;90\n")

    def run(*more, rows=None):
        source = data if rows is None else put("banyak.csv", rows)
        out = tmp_path / "hasil.csv"
        answer = kinerja("score", policy, source, "-o", out, *more)
        assert answer.code == 0, answer.err
        with out.open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))

    return run


def test_the_step_gives_the_first_action_and_the_column_all(score):
    rows = score("--follow-ups")
    assert list(rows[0])[-2:] == ["lanjut", "follow_ups"]
    assert [row["follow_ups"] for row in rows] == ["pelatihan; mentoring", "pelatihan", ""]
    assert [row["lanjut"] for row in rows] == ["pelatihan", "pelatihan", "none"]


def test_without_asking_the_columns_are_those_of_the_policy(score):
    assert list(score()[0]) == ["id", "status", "reasons", "lanjut"]


def test_large_files_have_the_same(score):
    rows = score(
        "--follow-ups", rows="id;nilai\n" + "".join(f"{n};{n % 101}\n" for n in range(5000))
    )
    assert rows[49]["follow_ups"] == "pelatihan; mentoring"
    assert rows[50]["follow_ups"] == "pelatihan"
    assert rows[70]["follow_ups"] == ""
    assert len(rows) == 5000
