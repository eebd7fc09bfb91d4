"""The summary of units: counts by unit, and what follows, each with its total."""

import pytest

import kinerja
from kinerja.cohort import Member
from kinerja.report.page import Grid
from kinerja.report.unit_summary import summary_section

program = kinerja.load("pemalang-360").program
first, second, *_ = [follow_up.id for follow_up in program.follow_ups]


def follow_ups(*people):
    members = [
        Member(id=f"p{place}", unit=unit, follow_ups=names)
        for place, (unit, names) in enumerate(people)
    ]
    section = summary_section(members, program, step=None, reasons={}, lang="id")
    return [block for block in section.blocks if isinstance(block, Grid)][-1].rows


def test_follow_ups_of_several_units_end_with_their_total():
    rows = follow_ups(("A", (first,)), ("A", (first, second)), ("B", (first,)), ("C", ()))
    assert [row[:3] for row in rows] == [
        ["A", "2", "1"],
        ["B", "1", ""],
        ["C", "", ""],
        ["jumlah", "3", "1"],
    ]


@pytest.mark.parametrize("unit", ["A", None])
def test_one_unit_needs_no_total(unit):
    rows = follow_ups((unit, (first,)), (unit, (first,)))
    assert [row[1] for row in rows] == ["2"]
