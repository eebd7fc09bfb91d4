"""Every option of every choice is tried, with the others at their default."""

import pytest

from kinerja.errors import PolicyError
from kinerja.policy.variants import check_policy

HEAD = """schema: 1
id: contoh
version: 1.0.0
title: contoh
in_force: {from: 2024-01-01}
bases: {kami: {title: aturan kami, status: own}}
inputs: {a: {type: number, title: a}}
steps:
  b: {rule: formula, title: b, is: a / 3, round: {digits: 2, mode: half_up}}
publish: [b]
"""
CHOICES = """choices:
  cara:
    title: cara
    default: biasa
    options:
      biasa: {title: biasa}
      salah:
        title: salah
        steps:
          b:
            is: a + tidak_ada
      tanpa_bulat:
        title: tanpa pembulatan
        steps: {b: {round: null}}
  lain:
    title: lain
    options:
      satu: {title: satu}
      dua: {title: dua, steps: {b: {round: {digits: banyak}}}}
"""


@pytest.fixture
def check(tmp_path):
    def run(text, **more):
        path = tmp_path / "kebijakan.yaml"
        path.write_text(text, encoding="utf-8")
        return check_policy(path, **more)

    return run


def found(checked):
    return [
        (each.choice, each.option, each.issue.code, each.issue.line, each.issue.path)
        for each in checked.option_issues
    ]


def test_issues_of_an_option_stand_where_the_option_changes_the_step(check):
    checked = check(HEAD + CHOICES)
    assert checked.policy is not None
    assert checked.issues == ()
    assert found(checked) == [
        ("cara", "salah", "KNJ230", 20, "choices.cara.options.salah.steps.b"),
        ("cara", "tanpa_bulat", "KNJ206", 24, "choices.cara.options.tanpa_bulat.steps.b"),
        ("lain", "dua", "KNJ134", 29, "choices.lain.options.dua.steps.b.round.digits"),
    ]
    assert checked.variants == 4


def test_a_choice_without_default_stands_at_its_first_option(check):
    assert check(HEAD + CHOICES).policy.variant == {"cara": "biasa", "lain": "satu"}


def test_a_choice_that_is_fixed_is_not_varied(check):
    checked = check(HEAD + CHOICES, variant={"cara": "tanpa_bulat", "lain": "satu"})
    assert [issue.code for issue in checked.issues] == ["KNJ206"]
    assert (checked.policy, checked.option_issues, checked.variants) == (None, (), 1)


def test_what_is_wrong_anyway_is_said_once(check):
    checked = check(HEAD.replace("title: b,", "") + CHOICES)
    assert [issue.code for issue in checked.issues] == ["KNJ132"]
    assert {code for _, _, code, _, _ in found(checked)} == {"KNJ134"}


def test_an_unknown_choice_is_said(check):
    checked = check(HEAD, variant={"cara": "biasa"})
    assert [issue.code for issue in checked.issues] == ["KNJ223"]


@pytest.mark.parametrize(
    "choices", ["choices: [1]", "choices: {a: 1}", "choices: {a: {options: 1}}"]
)
def test_choices_of_a_wrong_shape_are_issues_of_shape(check, choices):
    checked = check(HEAD + choices)
    assert checked.policy is None
    assert checked.issues
    assert all(issue.path.startswith("choices") for issue in checked.issues)


def test_what_is_no_yaml_is_refused(check):
    with pytest.raises(PolicyError) as caught:
        check("a: [")
    assert [issue.code for issue in caught.value.issues] == ["KNJ104"]


READ_BY_OPTIONS = """schema: 1
id: uji
version: 1.0.0
title: uji
in_force: {from: 2024-01-01}
bases: {}
inputs: {a: {type: number, title: a}, b: {type: number, title: b}, c: {type: number, title: c}}
choices:
  cara:
    title: cara
    default: pertama
    options:
      pertama: {title: pertama}
      kedua: {title: kedua, steps: {hasil: {is: b}}}
steps:
  hasil: {rule: formula, title: hasil, is: a}
publish: [hasil]
"""


def test_an_input_is_unused_only_where_no_option_reads_it(check):
    checked = check(READ_BY_OPTIONS)
    assert [(issue.code, issue.path) for issue in checked.issues] == [("KNJ220", "inputs.c")]
    assert checked.option_issues == ()
