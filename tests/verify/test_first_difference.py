"""The first step where an example and the policy part ways, with its explanation."""

from dataclasses import replace

import pytest

from kinerja.asn import catalog
from kinerja.policy import read_policy
from kinerja.result.text import steps_text
from kinerja.verify import check_examples, first_difference, read_examples, run_examples
from kinerja.verify.reading import Expected
from kinerja.words import LANGUAGES


@pytest.fixture
def difference(write, policy):
    def find(expect, record="{capaian: 100}"):
        text = f"examples:\n  - {{id: a, record: {record}, expect: {{{expect}}}}}"
        [outcome] = check_examples(write(text), policy).outcomes
        return first_difference(outcome)

    return find


def names(found):
    return [line.name for line in found.explanation.lines]


def test_it_is_the_first_in_the_order_of_the_policy(difference):
    found = difference("predikat: kurang, nilai: 3, sepertiga: 1")
    assert (found.step, found.title.en) == ("nilai", "final value")
    assert (names(found), found.has_read_steps) == (["nilai"], False)


def test_steps_that_it_reads_stand_before_it(difference):
    found = difference("tidak_dipakai: 1")
    assert (names(found), found.has_read_steps) == (["sepertiga", "tidak_dipakai"], True)
    assert names(difference("predikat: kurang")) == ["nilai", "predikat"]


def test_a_step_that_the_example_confirms_is_not_shown_again(difference):
    assert names(difference("predikat: kurang, nilai: 33.33")) == ["predikat"]


def test_a_step_for_each_item_is_shown_with_its_items(difference):
    record = "{capaian: 1, butir: [{nama: x, angka: 2}]}"
    found = difference("jumlah: 5", record)
    assert names(found) == ["ganda", "jumlah"]
    assert found.explanation.lines[0].items.rows[0][-1].id == "4"


def test_a_value_that_is_missing_says_why(difference):
    found = difference("nilai: 3", "{}")
    assert [text.id for text in found.explanation.lines[-1].applied] == ["capaian tidak diisi"]


def test_what_is_shown_are_the_lines_of_the_explanation_of_the_record(write, policy):
    text = "examples:\n  - {id: a, record: {capaian: 100}, expect: {predikat: kurang}}"
    [outcome] = check_examples(write(text), policy).outcomes
    lines = {line.name: line for line in outcome.result.explanation.lines}
    shown = first_difference(outcome).explanation.lines
    assert [line == lines[line.name] for line in shown] == [True, True]


@pytest.mark.parametrize(
    ("expect", "record"),
    [
        ("nilai: 33.33", "{capaian: 100}"),
        ("status: incomplete, reasons: [x]", "{capaian: 100}"),
        ("error: [KNJ402]", "{capaian: 100}"),
        ("nilai: 1", "{capaian: 500}"),
    ],
)
def test_where_no_step_differs_there_is_none(difference, expect, record):
    assert difference(expect, record) is None


@pytest.mark.parametrize("name", catalog.ids())
def test_every_step_of_the_shipped_policies_can_be_shown(name):
    """Whatever step is wrong, its own line comes last and every line fits a terminal."""
    path = catalog.path_of(name)
    policy = read_policy(path, unnamed="assume", find=catalog.find_base)
    example = read_examples(catalog.examples_paths(name)[0], policy)[0]
    steps = [step.name for step in example.program.steps if step.over is None]
    wrong = [
        replace(example, expect=(Expected(key=step, value="tidak ada yang bernilai ini"),))
        for step in steps
    ]
    for step, outcome in zip(steps, run_examples("x", wrong).outcomes, strict=True):
        found = first_difference(outcome)
        assert found.explanation.lines[-1].name == step
        for lang in LANGUAGES:
            shown = steps_text(found.explanation, lang, indent=4)
            assert all(len(line) <= 100 for line in shown)
            assert shown[0]
            assert shown[-1]
