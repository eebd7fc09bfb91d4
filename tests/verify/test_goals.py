"""How far a record is from a branch: nothing exactly where the branch is taken."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given, note, settings
from hypothesis import strategies as st

from kinerja.formula import nodes as n
from kinerja.formula.evaluate import evaluate
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps
from kinerja.verify.coverage import branches_of, taken
from kinerja.verify.goals import Run

sys.path.insert(0, str(Path(__file__).parents[1] / "columns"))

import strategies_tables as drawing
from strategies_programs import programs


def drawn_runs(data):
    """Draw a program and some of its records, as they are run."""
    program = data.draw(programs())
    note(repr(program))
    table = data.draw(drawing.tables(program, rows=3))
    for row in range(table.rows):
        record = drawing.row_values(table, row)
        reading, issues, _ = read_record(record, program.inputs)
        if not issues:
            note(repr(record))
            yield program, record, Run(program, run_steps(program, reading))


@given(st.data())
def test_a_branch_that_is_taken_is_no_distance_away(data):
    for program, record, run in drawn_runs(data):
        for branch in set(taken(program, record)):
            assert run.from_branch(branch) == 0, branch


@given(st.data())
def test_a_branch_that_is_not_taken_is_some_distance_away(data):
    for program, record, run in drawn_runs(data):
        reached = set(taken(program, record))
        for branch in branches_of(program):
            distance = run.from_branch(branch)
            assert distance >= 0
            if branch not in reached:
                assert distance > 0, branch


@settings(max_examples=60)
@given(st.data())
def test_the_condition_of_a_branch_holds_where_it_is_taken(data):
    for program, record, run in drawn_runs(data):
        for branch in set(taken(program, record)):
            step = program.step(branch.step)
            if step.over is not None or branch.which in {"kept", "left_out"}:
                continue
            if any(isinstance(part, n.Field) for part in _outside_lists(branch.condition)):
                continue
            assert evaluate(branch.condition, run.state) is True, branch


def _outside_lists(node):
    yield node
    if not isinstance(node, n.Reduce):
        for part in n.children(node):
            yield from _outside_lists(part)
