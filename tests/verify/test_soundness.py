"""What the analysis says of every record holds for any record that chance draws."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from hypothesis import given, note, settings
from hypothesis import strategies as st

from kinerja.formula.directions import motions_through
from kinerja.formula.motion import CONSTANT, Motion
from kinerja.formula.reaches import reach_of_type
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps
from kinerja.verify.coverage import Walk, branches_of, taken
from kinerja.verify.unreachable import _CODES

for folder in ("columns", "scorer", "formula"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))

import strategies_tables as drawing  # noqa: E402
from strategies_programs import programs  # noqa: E402
from test_directions import (  # noqa: E402
    SEEDS,
    chains,
    random_move,
    scope_of,
    target_of,
    values,
    with_steps,
)


def drawn_records(data, rows=4):
    """Draw a program and records that it reads, with gaps as chance has it."""
    program = data.draw(programs())
    note(repr(program))
    table = data.draw(drawing.tables(program, rows=rows))
    records = [drawing.row_values(table, row) for row in range(table.rows)]
    return program, [r for r in records if not read_record(r, program.inputs)[1]]


@settings(max_examples=150)
@given(st.data())
def test_no_record_takes_a_branch_that_is_told_unreachable(data):
    program, records = drawn_records(data)
    reachable = set(branches_of(program, records="any"))
    for record in records:
        told = {branch for branch in taken(program, record) if branch.which in _CODES}
        assert told <= reachable


@settings(max_examples=60)
@given(st.data())
def test_looking_at_some_steps_finds_the_same_branches_there(data):
    program, records = drawn_records(data)
    names = {step.name for step in program.steps[::2]}
    for record in records:
        whole = {branch for branch in taken(program, record) if branch.step in names}
        assert set(Walk(program).taken(record, names)) == whole


@settings(max_examples=150, deadline=None)
@given(chains(), st.integers(0, 9), SEEDS)
def test_a_step_that_is_told_to_stand_still_neither_moves_nor_vanishes(declared, place, seed):
    steps = [(name, node) for name, node, _ in declared.steps]
    over = {name: items for name, _, items in declared.steps if items is not None}
    target = target_of([node for _, node in steps], place)
    motions = motions_through(steps, target, scope_of(declared), over=over)
    random = Random(seed)  # noqa: S311 - random records guard no secret
    for _ in range(6):
        low, high = (with_steps(r, declared) for r in random_move(random, declared, target))
        for name, _ in steps:
            if motions[name] == Motion(direction=CONSTANT):
                assert values(low, name, over) == values(high, name, over)


def test_a_chain_whose_last_step_forgets_the_input_is_told_so():
    from fractions import Fraction

    from kinerja.formula import nodes as n
    from kinerja.formula.types import NumberType
    from kinerja.values import Interval

    scope = {"a": reach_of_type(NumberType(limits=Interval(low=Fraction(0))))}
    steps = [("twice", n.Ref("a") * 2), ("none", n.Ref("twice") * 0)]
    found = motions_through(steps, "a", scope)
    assert found["twice"].direction == "rising"
    assert found["none"] == Motion(direction=CONSTANT)


def test_running_a_record_is_what_a_walk_walks_through():
    from kinerja.asn import catalog
    from kinerja.verify import read_examples

    policy = catalog.read("kuadran-6-2022")
    (path,) = catalog.examples_paths("kuadran-6-2022")
    example = read_examples(path, policy)[0]
    state = run_steps(policy.program, read_record(example.record, policy.program.inputs)[0])
    (branch,) = {b for b in taken(policy.program, example.record) if b.which == "row"}
    assert branch.place == tuple(state[key.name] for key in branch.node.keys)
