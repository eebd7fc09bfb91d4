"""Every shipped policy: checked, proved by its examples, and open about how well it is known."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from kinerja.asn import catalog
from kinerja.exact import exact
from kinerja.formula import nodes as n
from kinerja.policy.describe import describe_policy, summarise_policy
from kinerja.policy.variants import check_policy
from kinerja.scorer import Scorer, compiled
from kinerja.scorer.read import read_record
from kinerja.scorer.run import published_values, run_steps
from kinerja.verify import check_examples, read_examples
from kinerja.words import LANGUAGES, has_words

SHIPPED = pytest.mark.parametrize("name", catalog.ids())
#: Figures that turn a share into percent or stand for nothing at all.
PLAIN = {exact(text) for text in ("0", "1", "100")}
#: Fewest policies that ship.
FEWEST = 20


def _tool():
    spec = importlib.util.spec_from_file_location("reached", Path(__file__).parent / "reached.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REACHED = _tool()


def test_there_are_many():
    assert len(catalog.ids()) >= FEWEST


@SHIPPED
def test_examples_reach_every_branch(name):
    unreached = REACHED.coverage_of(name).unreached
    assert [REACHED.said(branch) for branch in unreached] == []


@SHIPPED
def test_it_is_without_errors_and_its_examples_come_out(name):
    path = catalog.path_of(name)
    checked = check_policy(path, find=catalog.find_base)
    issues = [*checked.issues, *(found.issue for found in checked.option_issues)]
    assert [str(issue) for issue in issues if issue.severity == "error"] == []
    report = check_examples(catalog.examples_paths(name)[0], checked.policy)
    assert [outcome.example.id for outcome in report.failed] == []


@SHIPPED
def test_it_is_compiled(name):
    program = catalog.read(name, unnamed="assume").program
    assert compiled.compile_program(program) is not compiled._reference_only


@SHIPPED
def test_the_compiled_scorer_gives_what_the_reference_gives(name):
    policy = catalog.read(name, unnamed="assume")
    answered = 0
    for example in read_examples(catalog.examples_paths(name)[0], policy):
        reading, issues, _ = read_record(example.record, example.program.inputs)
        if issues:
            continue
        values, reasons, follow_ups = published_values(
            example.program, run_steps(example.program, reading)
        )
        result = Scorer(example.program).score(example.record)
        assert (dict(result.values), result.reasons, result.follow_ups) == (
            values,
            reasons,
            follow_ups,
        )
        answered += 1
    assert answered


@SHIPPED
def test_its_own_reasons_are_said_in_both_languages(name):
    policy = catalog.read(name, unnamed="assume")
    stated = {
        part.reason
        for step in policy.program.steps
        for part in n.walk(step.node)
        if isinstance(part, n.Absent)
    }
    tables = {
        cell.reason
        for step in policy.program.steps
        for part in n.walk(step.node)
        if isinstance(part, n.Lookup)
        for _, cell in part.rows
        if isinstance(cell, n.Absent)
    }
    own = policy.program.reasons
    assert {code for code in stated | tables if not has_words(f"reason.{code}")} <= own.keys()
    assert all(words.id != words.en for words in own.values())


@SHIPPED
def test_every_step_with_a_figure_has_a_basis(name):
    policy = catalog.read(name, unnamed="assume")
    bare = []
    for step in policy.program.steps:
        figures = {part.value for part in n.walk(step.node) if isinstance(part, n.Number)}
        tables = any(isinstance(part, (n.Band, n.Lookup)) for part in n.walk(step.node))
        parent = policy.program.step(step.parent) if step.parent else step
        if (figures - PLAIN or tables) and not parent.basis:
            bare.append(step.name)
    assert bare == []


@SHIPPED
def test_every_option_and_figure_says_where_it_comes_from(name):
    for choice in catalog.read(name, unnamed="assume").model.choices.values():
        for option in (choice.options or {}).values():
            assert option.basis, option.title.id
        assert choice.options is not None or choice.basis, choice.title.id


@SHIPPED
def test_it_has_a_family_a_basis_and_a_title_in_both_languages(name):
    policy = catalog.read(name, unnamed="assume")
    assert policy.model.family
    assert policy.model.basis
    assert policy.model.title.id != policy.model.title.en
    for lang in LANGUAGES:
        assert describe_policy(policy, lang)["title"]


@SHIPPED
def test_what_is_unverified_is_told_in_the_list(name):
    policy = catalog.read(name, unnamed="assume")
    weak = any(
        basis.status == "unverified" for step in policy.program.steps for basis in step.basis
    )
    assert ("unverified" in summarise_policy(policy, "id")["statuses"]) >= weak
