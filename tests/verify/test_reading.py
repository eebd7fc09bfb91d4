"""Faults of an examples file are found all at once, each with its place and a way out."""

import json
import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError, KinerjaError
from kinerja.policy import read_policy
from kinerja.verify import read_examples
from kinerja.words import LANGUAGES

EVERYTHING_WRONG = """\
examples:
  - id: satu
    titel: contoh
    record: {capain: 1, butir: [{nama: a, angkat: 2}]}
    expect: {nilia: 1}
  - id: satu
    record: {capaian: 1}
    expect: {nilai: banyak, predikat: bagus, ada_ide: ya, tanggal: kemarin}
  - record: {capaian: 1}
  - id: tiga
    variant: {caara: biasa, cara: bulta}
    record: {capaian: 1}
    expect: {nilai: 1}
  - id: empat
    record: {capaian: 500}
    expect: {error: [KNJ402], nilai: 1}
  - id: lima
    record: {}
    expect: {}
  - id: enam
    record: [1]
    expect: {status: selesai, reasons: {a: 1}, nilai: [1], ganda: 1}
  - tujuh
  - id: [8]
    title: [x]
    variant: biasa
    record: {capaian: 1}
    expect: {nilai: 1}
  - id: sembilan
    variant: {cara: rusak}
    record: {capaian: 1}
    expect: {nilai: 1}
extra: 1
"""


@pytest.fixture
def refusal(write, policy):
    def read(text):
        with pytest.raises(InputError) as caught:
            read_examples(write(text), policy)
        return caught.value.issues

    return read


def test_every_fault_is_found_at_once_with_its_place(refusal):
    found = [(i.line, i.code, i.path) for i in refusal(EVERYTHING_WRONG)]
    assert found == [
        (3, "KNJ603", "examples[0].titel"),
        (4, "KNJ612", "examples[0].record.capain"),
        (4, "KNJ613", "examples[0].record.butir[0].angkat"),
        (5, "KNJ607", "examples[0].expect.nilia"),
        (6, "KNJ606", "examples[1].id"),
        (8, "KNJ608", "examples[1].expect.nilai"),
        (8, "KNJ609", "examples[1].expect.predikat"),
        (8, "KNJ610", "examples[1].expect.ada_ide"),
        (8, "KNJ611", "examples[1].expect.tanggal"),
        (9, "KNJ604", "examples[2]"),
        (9, "KNJ604", "examples[2]"),
        (11, "KNJ223", "examples[3].variant.caara"),
        (11, "KNJ225", "examples[3].variant.cara"),
        (16, "KNJ614", "examples[4].expect.error"),
        (19, "KNJ615", "examples[5].expect"),
        (21, "KNJ605", "examples[6].record"),
        (22, "KNJ605", "examples[6].expect.status"),
        (22, "KNJ605", "examples[6].expect.reasons"),
        (22, "KNJ605", "examples[6].expect.nilai"),
        (22, "KNJ616", "examples[6].expect.ganda"),
        (23, "KNJ605", "examples[7]"),
        (24, "KNJ605", "examples[8].id"),
        (25, "KNJ605", "examples[8].title"),
        (26, "KNJ605", "examples[8].variant"),
        (30, "KNJ618", "examples[9].variant"),
        (33, "KNJ603", "extra"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_can_be_said(refusal, lang):
    for issue in refusal(EVERYTHING_WRONG):
        said = issue.to_text(lang)
        names = [
            name for _, name, _, _ in string.Formatter().parse(said.replace("{…}", "")) if name
        ]
        assert names == [], said
        assert "examples" in said


def test_the_nearest_name_is_suggested(refusal):
    near = {i.code: i.details.get("nearest") for i in refusal(EVERYTHING_WRONG)}
    assert near["KNJ607"] == '"nilai"'
    assert near["KNJ612"] == '"capaian"'
    assert near["KNJ613"] == '"angka"'
    assert near["KNJ609"] != '""'


def test_keys_of_expect_that_are_no_steps(refusal):
    text = "examples:\n  - {id: a, record: {capaian: 1}, expect: {status: ya, reasons: [{}], nilai: {}}}"
    assert [i.code for i in refusal(text)] == ["KNJ605", "KNJ605", "KNJ605"]


def test_a_step_for_each_item_is_no_single_value(refusal):
    text = "examples:\n  - {id: a, record: {capaian: 1}, expect: {ganda: 2}}"
    [issue] = refusal(text)
    assert (issue.code, issue.details) == ("KNJ616", {"found": '"ganda"', "list": '"butir"'})


def test_a_choice_must_name_one_option(refusal):
    text = "examples:\n  - {id: a, variant: {cara: [x]}, record: {capaian: 1}, expect: {nilai: 2}}"
    assert [i.code for i in refusal(text)] == ["KNJ605"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "KNJ601"),
        ("- a", "KNJ601"),
        ("contoh: []", "KNJ601"),
        ("examples: []", "KNJ602"),
        ("examples: {a: 1}", "KNJ602"),
        ("examples:", "KNJ602"),
        ("examples: [", "KNJ104"),
        ("a: &x 1", "KNJ106"),
        ("examples: [{id: '', record: {}, expect: {nilai: 1}}]", "KNJ605"),
    ],
)
def test_what_is_no_file_of_examples_is_refused(refusal, text, code):
    assert [issue.code for issue in refusal(text)] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path, policy):
    with pytest.raises(InputError) as caught:
        read_examples(tmp_path / "tidak-ada.yaml", policy)
    assert [issue.code for issue in caught.value.issues] == ["KNJ101"]


def test_an_example_keeps_what_is_written(write, policy):
    [example] = read_examples(
        write(
            "examples:\n  - {id: a, title: judul, record: {capaian: 1.50}, expect: {nilai: 0.5}}"
        ),
        policy,
    )
    assert (example.id, example.title, example.record) == ("a", "judul", {"capaian": "1.50"})
    assert example.program is policy.program
    assert (example.line, example.column) == (2, 5)


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.sampled_from(["a", "nilai", "1", "baik", "satu"])),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "title",
                        "variant",
                        "record",
                        "expect",
                        "nilai",
                        "cara",
                        "error",
                        "butir",
                    ]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_whatever_stands_in_the_file_is_read_or_refused(policy, tmp_path_factory, tree):
    path = tmp_path_factory.getbasetemp() / "acak.yaml"
    path.write_text(json.dumps({"examples": [tree]}), encoding="utf-8")
    with suppress(KinerjaError):
        assert all(example.expect for example in read_examples(path, policy))


FIGURE_POLICY = """schema: 1
id: uji
version: 1.0.0
title: uji
in_force: {from: 2024-01-01}
bases: {}
inputs: {a: {type: number, title: a}}
choices: {ambang: {title: ambang, figure: {from: 0, to: 1}}}
steps: {lulus: {rule: formula, title: lulus, is: a >= ambang}}
publish: [lulus]
"""


@pytest.mark.parametrize(
    ("variant", "code", "path"),
    [
        ("", "KNJ619", "examples[0].variant"),
        ("variant: {ambang: 2}, ", "KNJ227", "examples[0].variant.ambang"),
        ("variant: {ambang: x}, ", "KNJ112", "examples[0].variant.ambang"),
    ],
)
def test_a_figure_that_the_policy_does_not_set_is_named_by_the_example(
    variant, code, path, tmp_path
):
    (tmp_path / "uji.yaml").write_text(FIGURE_POLICY)
    policy = read_policy(tmp_path / "uji.yaml", unnamed="assume")
    file = tmp_path / "contoh.yaml"
    file.write_text(f"examples: [{{id: a, {variant}record: {{a: 1}}, expect: {{lulus: true}}}}]")
    with pytest.raises(InputError) as error:
        read_examples(file, policy)
    assert [(issue.code, issue.path) for issue in error.value.issues] == [(code, path)]
    file.write_text(
        "examples: [{id: a, variant: {ambang: 1/3}, record: {a: 1}, expect: {lulus: true}}]"
    )
    assert read_examples(file, policy)[0].variant == {"ambang": "1/3"}
