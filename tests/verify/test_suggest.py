"""Suggested examples reach what none reached, and stand where they are said to stand."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest
from branch_samples import FULL, POLICY, coverage, examples
from hypothesis import HealthCheck, given, note, settings

from kinerja.asn import catalog
from kinerja.policy import parse_policy, read_policy
from kinerja.scorer.read import read_record
from kinerja.verify import cover, suggest
from kinerja.verify.changes import Changes, ordinary, unit_of
from kinerja.verify.coverage import branches_of, taken
from kinerja.verify.edges import edges_of
from kinerja.verify.search import Search

sys.path.insert(0, str(Path(__file__).parents[1] / "scorer"))

from strategies_programs import programs


def policy():
    return parse_policy(POLICY)


class TestBranches:
    def test_without_any_example_all_are_found(self):
        found = suggest(policy())
        reached = {branch for each in found for branch in taken(each.program, each.record)}
        assert set(cover(policy(), ()).branches) <= reached

    def test_each_takes_what_it_is_there_for_and_nothing_twice(self):
        told = set()
        for each in suggest(policy()):
            assert set(each.reaches) <= set(taken(each.program, each.record))
            assert not told & set(each.reaches)
            assert each.reaches or each.edge
            told.update(each.reaches)

    def test_another_option_is_named(self):
        variants = [each.variant for each in suggest(policy(), edges=False)]
        assert {"cara": "lain"} in variants
        assert {} in variants

    def test_what_is_reached_is_not_suggested(self, tmp_path):
        found = suggest(policy(), examples(tmp_path, FULL), edges=False)
        before = coverage(tmp_path, FULL)
        assert {b for each in found for b in each.reaches} == set(before.unreached)

    @pytest.mark.parametrize("name", ["kuadran-6-2022", "capaian", "lkjip-sampang-2019"])
    def test_shipped_policies_without_their_examples(self, name):
        shipped = read_policy(catalog.path_of(name), unnamed="assume")
        search = Search(shipped.program)
        for branch in branches_of(shipped.program):
            record = search.branch(branch)
            assert record is not None, branch
            assert branch in set(taken(shipped.program, record))


class TestEdges:
    def test_on_each_edge_and_beside_it(self):
        found = [each for each in suggest(policy()) if each.edge is not None]
        search = Search(policy().program)
        for each in found:
            value = search.run(each.record).value_of(each.edge)
            match each.side:
                case "at":
                    assert value == each.edge.at
                case "below":
                    assert each.edge.at - Fraction(1, 100) <= value < each.edge.at
                case "above":
                    assert each.edge.at < value <= each.edge.at + Fraction(1, 100)
        sides = {(each.edge.step, each.edge.at, each.side) for each in found}
        assert {("predikat", Fraction(60), side) for side in ("below", "above")} <= sides

    def test_edges_that_nothing_can_meet_are_left_out(self):
        met = {(edge.step, edge.at) for edge in edges_of(policy().program)}
        assert ("predikat", Fraction(90)) in met
        assert ("total", Fraction(100)) in met
        assert not any(at < 0 or at > 100 for step, at in met if step == "predikat")

    def test_once_they_are_examples_nothing_is_suggested_any_more(self, tmp_path):
        first = suggest(policy())
        records = [_flow(each.record) for each in first if not each.variant]
        again = suggest(policy(), examples(tmp_path, records))
        assert all(each.variant for each in again)


class TestRecords:
    @settings(max_examples=30)
    @given(programs())
    def test_an_ordinary_record_is_refused_for_no_reason_but_its_keys(self, program):
        note(repr(program))
        _, issues, _ = read_record(ordinary(program), program.inputs)
        assert {issue.code for issue in issues} <= {"KNJ409"}

    @settings(max_examples=12)
    @given(programs())
    def test_a_changed_record_is_refused_for_no_reason_but_its_keys(self, program):
        note(repr(program))
        changes = Changes(program.inputs, (Fraction(1, 3), Fraction(76)))
        for change in changes.of(ordinary(program)):
            _, issues, _ = read_record(change.record, program.inputs)
            assert {issue.code for issue in issues} <= {"KNJ409"}, change
            again = changes.again(change)
            if again is not None:
                assert again.by == 2 * change.by
                _, issues, _ = read_record(again.record, program.inputs)
                assert {issue.code for issue in issues} <= {"KNJ409"}, again

    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
    @given(programs())
    def test_what_is_found_in_any_program_takes_the_branch(self, program):
        note(repr(program))
        search = Search(program, runs=25)
        for branch in list(branches_of(program))[:6]:
            record = search.branch(branch)
            if record is not None:
                assert branch in set(taken(program, record))
        for edge in list(edges_of(program))[:3]:
            record = search.edge(edge)
            if record is not None:
                assert search.run(record).value_of(edge) == edge.at

    def test_the_unit_of_a_number_is_its_last_decimal(self):
        kinds = {i.name: i.type for i in policy().program.inputs}
        assert unit_of(kinds["nilai"]) == Fraction(1, 100)


def _flow(record):
    parts = []
    for name, value in record.items():
        if isinstance(value, list):
            items = ", ".join(
                "{" + ", ".join(f"{k}: {v}" for k, v in i.items()) + "}" for i in value
            )
            parts.append(f"{name}: [{items}]")
        else:
            parts.append(f"{name}: {value}")
    return "{" + ", ".join(parts) + "}"
