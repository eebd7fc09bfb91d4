"""Options and figures of choices: taken, refused, or assumed where a policy is only looked at."""

from fractions import Fraction

import pytest

from kinerja.errors import PolicyError
from kinerja.policy import parse_policy, read_policy
from kinerja.policy.describe import describe_policy
from kinerja.scorer import Scorer

TEXT = """schema: 1
id: uji
version: 1.0.0
title: uji
in_force: {from: 2024-01-01}
bases: {sumber: {title: Sumber, status: unverified}}
inputs: {bagian: {type: number, title: bagian, limits: {from: 0, to: 1}}}
choices:
  ambang:
    title: ambang
    figure: {above: 1/2, to: 1}
    basis: [{of: sumber}]
steps:
  lulus: {rule: formula, title: lulus, is: bagian >= ambang}
publish: [lulus]
"""


def codes(variant, text=TEXT):
    with pytest.raises(PolicyError) as error:
        parse_policy(text, variant=variant)
    return [(issue.code, issue.path, issue.line) for issue in error.value.issues]


def test_a_figure_must_be_named_and_none_is_suggested():
    with pytest.raises(PolicyError) as error:
        parse_policy(TEXT)
    [issue] = error.value.issues
    assert (issue.code, issue.line) == ("KNJ224", 9)
    assert issue.details == {"found": '"ambang"', "expected": "(0.5, 1]", "option": "ambang=…"}


@pytest.mark.parametrize("figure", ["1/2", "0.5", "1.01", "-1"])
def test_a_figure_outside_its_limits_is_refused(figure):
    assert codes({"ambang": figure}) == [("KNJ227", "choices.ambang", 9)]


@pytest.mark.parametrize("figure", ["", "banyak", "0,6", "nan"])
def test_what_is_no_number_is_refused(figure):
    assert codes({"ambang": figure}) == [("KNJ112", "choices.ambang", 9)]


def test_a_figure_is_exact():
    scorer = Scorer(parse_policy(TEXT, variant={"ambang": "2/3"}).program)
    assert scorer.score({"bagian": Fraction(2, 3)})["lulus"] is True
    assert scorer.score({"bagian": "0.6666666666"})["lulus"] is False


def test_a_figure_counts_in_the_fingerprint_however_it_is_written():
    prints = {
        text: parse_policy(TEXT, variant={"ambang": text}).program.note.fingerprint
        for text in ("3/4", "0.75", "75 %", "0.76")
    }
    assert prints["3/4"] == prints["0.75"] == prints["75 %"] != prints["0.76"]


def test_the_explanation_names_the_figure_and_its_basis():
    scorer = Scorer(parse_policy(TEXT, variant={"ambang": "2/3"}).program)
    text = scorer.score({"bagian": "0.7"}).explanation.to_text(lang="id")
    assert "ambang: 2/3" in text
    assert "belum" in text.lower()
    assert "Sumber" in text


def test_a_default_is_taken_unless_another_is_named():
    text = TEXT.replace("figure: {above", "default: 60 %\n    figure: {above")
    assert parse_policy(text).variant == {"ambang": "60 %"}
    assert parse_policy(text).assumed == frozenset()
    assert parse_policy(text, variant={"ambang": "1"}).variant == {"ambang": "1"}


@pytest.mark.parametrize(
    "ends",
    [
        "{from: 1}",
        "{above: 1}",
        "{to: 1}",
        "{below: 1}",
        "{from: 1, to: 1}",
        "{above: 0, below: 1/9}",
        "{}",
    ],
)
def test_looking_at_a_policy_assumes_a_figure_within_its_limits(ends, tmp_path):
    path = tmp_path / "uji.yaml"
    path.write_text(TEXT.replace("{above: 1/2, to: 1}", ends), encoding="utf-8")
    policy = read_policy(path, unnamed="assume")
    assert policy.assumed == {"ambang"}
    data = describe_policy(policy, "id")
    assert data["fingerprint"] is None
    assert data["variant"] == {}
    [choice] = data["choices"]
    assert choice["taken"] is None
    assert choice["options"] == []
    assert next(step for step in data["steps"] if step["name"] == "ambang")["formula"] == "…"


def test_an_unused_figure_is_warned_of_where_it_is_declared():
    policy = parse_policy(TEXT.replace(">= ambang", ">= 1"), variant={"ambang": "1"})
    [warning] = policy.warnings
    assert (warning.code, warning.path, warning.line) == ("KNJ221", "choices.ambang", 9)


def test_a_reason_of_the_policy_is_said_in_its_words():
    rule = "is: \"where(bagian < ambang, missing('diputuskan'), true)\""
    text = TEXT.replace("is: bagian >= ambang", rule)
    text += "reasons: {diputuskan: {id: pejabat yang memutuskan, en: the official decides}}\n"
    result = Scorer(parse_policy(text, variant={"ambang": "1"}).program).score({"bagian": 0})
    assert [str(reason) for reason in result.reasons] == ["diputuskan"]
    assert result.reason_texts("id") == ("pejabat yang memutuskan",)
    assert result.reason_texts("en") == ("the official decides",)
    assert "the official decides" in result.explanation.to_text("en")


TABLE = """schema: 1
id: tabel
version: 1.0.0
title: tabel
in_force: {from: 2024-01-01}
bases: {}
scales: {s: {ordered: true, labels: {x: X, y: Y, z: Z}}}
inputs: {a: {type: label, scale: s, title: a}}
steps:
  nilai:
    rule: lookup
    title: nilai
    keys: [a]
    gives: number
    rows: {x: 1, y: "missing('tidak_diatur')"}
    otherwise: missing
publish: [nilai]
reasons: {tidak_diatur: {id: tidak diatur, en: not regulated}}
"""


@pytest.mark.parametrize(
    ("label", "reasons"),
    [("x", ()), ("y", ("tidak diatur",)), ("z", ("tidak ada baris tabel untuk z",))],
)
def test_a_cell_of_a_table_may_state_why_it_has_no_value(label, reasons):
    result = Scorer(parse_policy(TABLE).program).score({"a": label})
    assert result.reason_texts("id") == reasons
    assert (result["nilai"] is None) is bool(reasons)


@pytest.mark.parametrize("cell", ["missing(x)", "missing('X')", "missing('a', 'b')", "missing()"])
def test_what_is_no_reason_is_no_cell(cell):
    with pytest.raises(PolicyError) as error:
        parse_policy(TABLE.replace("missing('tidak_diatur')", cell))
    assert [issue.code for issue in error.value.issues] == ["KNJ112"]
