"""Branches that a policy has, and those that its examples reach."""

import pytest
from branch_samples import FULL, POLICY, coverage
from hypothesis import given
from hypothesis import strategies as st

from kinerja.policy import read_policy
from kinerja.verify import cover, read_examples


def told(branches):
    return {(b.step, b.which, b.place) for b in branches}


def test_every_kind_of_branch_is_found(tmp_path):
    found = told(coverage(tmp_path, FULL).branches)
    assert found == {
        ("total", "chosen", 0),
        ("total", "chosen", 1),
        ("total", "within", None),
        ("total", "above", None),
        ("predikat", "band", 0),
        ("predikat", "band", 1),
        ("predikat", "band", 2),
        ("faktor", "row", ("x",)),
        ("faktor", "row", ("y",)),
        ("lulus", "flag", False),
        ("lulus", "flag", True),
        ("mustahil", "otherwise", None),
        ("butir_x", "kept", None),
        ("butir_x", "left_out", None),
    }


def test_what_can_never_come_about_is_no_branch(tmp_path):
    found = told(coverage(tmp_path, FULL).branches)
    assert ("mustahil", "case", 0) not in found
    assert ("total", "below", None) not in found


def test_the_limit_of_another_option_is_a_branch_of_its_own(tmp_path):
    assert told(coverage(tmp_path, FULL).unreached) == {
        ("total", "above", None),
        ("total", "within", None),
    }


def test_examples_that_take_every_way_leave_nothing(tmp_path):
    (tmp_path / "uji.yaml").write_text(POLICY, encoding="utf-8")
    policy = read_policy(tmp_path / "uji.yaml")
    taken = [(record, "biasa") for record in FULL] + [(FULL[1], "lain"), (FULL[2], "lain")]
    entries = "".join(
        f"  - {{id: e{n}, record: {record}, expect: {{status: complete}}, variant: {{cara: {cara}}}}}\n"
        for n, (record, cara) in enumerate(taken)
    )
    (tmp_path / "contoh.yaml").write_text(f"examples:\n{entries}", encoding="utf-8")
    assert cover(policy, read_examples(tmp_path / "contoh.yaml", policy)).unreached == ()


@pytest.mark.parametrize(
    ("record", "missed"),
    [
        ("{nilai: 10, jenis: x}", ("lulus", "flag", True)),
        ("{nilai: 70, jenis: y}", ("lulus", "flag", False)),
        ("{nilai: 70, jenis: y}", ("predikat", "band", 2)),
        ("{nilai: 70, jenis: y, bonus: 1}", ("total", "chosen", 1)),
        ("{nilai: 70, jenis: y}", ("total", "above", None)),
    ],
)
def test_one_record_misses_the_other_ways(record, missed, tmp_path):
    assert missed in told(coverage(tmp_path, [record]).unreached)


def test_a_refused_record_reaches_nothing(tmp_path):
    assert not coverage(tmp_path, ["{nilai: 101, jenis: x}"]).reached


@given(st.decimals(0, 100, places=2), st.none() | st.integers(0, 50), st.sampled_from("xy"))
def test_nothing_is_reached_that_is_no_branch(tmp_path_factory, nilai, bonus, jenis):
    more = "" if bonus is None else f", bonus: {bonus}"
    found = coverage(tmp_path_factory.mktemp("uji"), [f"{{nilai: {nilai}, jenis: {jenis}{more}}}"])
    assert found.reached <= set(found.branches)
