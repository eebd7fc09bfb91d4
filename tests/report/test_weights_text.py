"""The lines of a policy file for weights, and what is said of where they come from."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

import kinerja
from kinerja.cli.main import main
from kinerja.explore import (
    ahp_group_weights,
    ahp_hierarchy_weights,
    ahp_incomplete_weights,
    ahp_weights,
    best_worst_weights,
    direct_weights,
    equal_weights,
    rank_order_centroid_weights,
    rank_reciprocal_weights,
    rank_sum_weights,
    smart_weights,
    swing_weights,
)
from kinerja.report.weights_text import origin_sentences, policy_weights
from kinerja.values import Weights
from kinerja.words import LANGUAGES

HOUSE = {("hasil", "perilaku"): 6, ("hasil", "disiplin"): 8, ("perilaku", "disiplin"): 4}
PLAIN = {("hasil", "perilaku"): 2}
JUDGES = {"b-1": HOUSE, "b-2": {**HOUSE, ("hasil", "perilaku"): 2}}
NAMES = ["hasil", "perilaku", "disiplin"]


def group(way):
    return ahp_group_weights(JUDGES, random_index="saaty1980", aggregation=way)


FOUND = [
    direct_weights({"hasil": 2, "perilaku": 1}),
    direct_weights({"hasil": 60, "perilaku": 40}, unit="percent"),
    equal_weights(NAMES),
    rank_order_centroid_weights(NAMES),
    rank_sum_weights(NAMES),
    rank_reciprocal_weights(NAMES),
    smart_weights({"hasil": 35, "perilaku": 10}),
    swing_weights({"hasil": 100, "perilaku": 35}),
    ahp_weights(HOUSE, random_index="saaty1980"),
    ahp_weights(HOUSE, random_index="saaty1980", method="geometric_mean"),
    ahp_incomplete_weights({("hasil", "perilaku"): 3, ("perilaku", "disiplin"): 2}),
    ahp_incomplete_weights(
        {("hasil", "perilaku"): 3, ("perilaku", "disiplin"): 2}, method="eigenvector"
    ),
    ahp_hierarchy_weights(
        {"kinerja": PLAIN, "hasil": {("mutu", "waktu"): 3}}, random_index="saaty1980"
    ),
    ahp_hierarchy_weights({"kinerja": PLAIN}, random_index="saaty1980", method="geometric_mean"),
    group("judgements"),
    group("priorities_geometric"),
    group("priorities_arithmetic"),
    best_worst_weights(
        {"hasil": 1, "perilaku": 3, "disiplin": 8},
        others_to_worst={"hasil": 8, "perilaku": 4},
        best="hasil",
        worst="disiplin",
    ),
    Weights.of({"hasil": "2/3", "perilaku": "1/3"}),
]
IDS = [one.origin.method if one.origin else "stated" for one in FOUND]

HEAD = """\
schema: 1
id: kinerja-kami
version: 1.0.0
title: Kinerja pegawai
in_force: {from: 2025-01-01}
publish: [nilai]
"""
REST = """
    rule: weighted_mean
    title: nilai
    round: {digits: 2, mode: half_up}
"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("weights", FOUND, ids=IDS)
def test_the_lines_are_yaml_and_say_the_weights_and_the_origin(weights, lang):
    found = policy_weights(weights, step="nilai", lang=lang)
    read = YAML(typ="safe").load(found.lines)
    step, basis = read["steps"]["nilai"], read["bases"]["bobot"]
    assert Weights.of(step["weights"]) == found.weights == weights.rounded(digits=2)
    assert step["basis"] == [{"of": "bobot"}]
    assert basis["status"] == "own"
    if weights.origin:
        assert weights.origin.source in basis["note"]
    assert found.note == " ".join(
        [f"{basis['title']}.", *([basis["note"]] if "note" in basis else [])]
    )
    assert "{" not in found.note
    assert str(found) == found.lines


@pytest.mark.parametrize(
    "weights",
    [one for one in FOUND if set(one.names) <= set(NAMES)],
    ids=lambda one: "-".join(one.names),
)
def test_a_real_policy_file_takes_the_lines(weights, tmp_path, capsys):
    lines = policy_weights(weights, step="nilai", digits=1).lines
    path = tmp_path / "kebijakan.yaml"
    inputs = "".join(
        f"  {name}: {{type: number, title: {name}, limits: {{from: 0, to: 100}}}}\n"
        for name in weights.names
    )
    path.write_text(f"{HEAD}inputs:\n{inputs}{lines}{REST}", encoding="utf-8")
    assert main(["check", str(path), "--lang", "en"]) == 0
    assert "0 issues, no examples" in capsys.readouterr().out
    points = {"hasil": 90, "perilaku": 70, "disiplin": 50}
    record = {name: points[name] for name in weights.names}
    rounded = weights.rounded(digits=3)
    expected = sum((share * record[name] for name, share in rounded), Fraction(0))
    score = Fraction(kinerja.load(path).score(record)["nilai"])
    assert abs(score - expected) <= Fraction(1, 200)


@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=3), st.integers(1, 500), min_size=2, max_size=7
    ),
    st.integers(0, 2),
)
def test_percents_sum_to_100_and_each_change_is_told(points, digits):
    weights = direct_weights(points)
    found = policy_weights(weights, step="nilai", digits=digits, lang="en")
    shares = YAML(typ="safe").load(found.lines)["steps"]["nilai"]["weights"].values()
    assert sum(Fraction(share.removesuffix(" %")) for share in shares) == 100
    far = {name: abs(share - weights[name]) * 100 for name, share in found.weights}
    moved = {name for name, by in far.items() if by > Fraction(1, 200)}
    # Two decimals show a move by half of the last one or do not.
    tied = {name for name, by in far.items() if by == Fraction(1, 200)}
    told = [line.partition(": ")[0] for line in found.changes if " became 0 % and" not in line]
    assert moved <= set(told) <= moved | tied
    assert ("Rounded" in found.note) == (found.weights != weights)


def test_what_rounding_changed_is_said():
    found = policy_weights(direct_weights({"hasil": 2, "perilaku": 1}), step="nilai")
    assert found.changes == ("hasil: 66,67 % menjadi 67 %", "perilaku: 33,33 % menjadi 33 %")
    assert found.note.endswith(
        "Dibulatkan ke persen bulat; yang paling bergeser hasil, 0,33 poin persen."
    )
    one = policy_weights(
        direct_weights({"hasil": 2, "perilaku": 1}), step="nilai", digits=1, lang="en"
    )
    assert one.note.endswith(
        "Rounded to 1 decimal of a percent; moved most: hasil, 0.03 percentage points."
    )


def test_a_weight_that_rounding_takes_away_is_said():
    found = policy_weights(direct_weights({"a": 1000, "b": 1}), step="nilai", lang="en")
    assert found.changes[-1] == "b became 0 % and no longer counts; use more decimals"


def test_a_warning_goes_with_the_lines():
    found = policy_weights(ahp_weights(HOUSE, random_index="saaty1980"), step="nilai", lang="en")
    [warning] = found.warnings
    assert warning.startswith("CR 0.117, above 0.10")
    assert policy_weights(equal_weights(NAMES), step="nilai").warnings == ()


def test_the_figures_of_each_method_are_said():
    said = {
        name: " ".join(origin_sentences(one.origin, lang="en")[1:])
        for name, one in zip(IDS, FOUND, strict=True)
    }
    assert (
        said["ahp_eigenvector"]
        == "Consistency ratio (CR) 0.117 with the random index table saaty1980."
    )
    assert "1 judgement is missing" in said["ahp_incomplete_least_squares"]
    assert said["ahp_group_judgements"].startswith("Judges: 2. Consistency ratio (CR) ")
    assert "Largest consistency ratio (CR) 0.117 at b-1" in said["ahp_group_priorities_arithmetic"]
    assert "(xi) " in said["best_worst_linear"]
    assert said["smart"] == said["stated"] == ""


@pytest.mark.parametrize("name", ["on", "kerja sama", "a: b", "1a", 'kutip "x"', "null"])
def test_a_name_that_yaml_would_read_otherwise_is_quoted(name):
    lines = policy_weights(direct_weights({name: 1, "b": 1}), step="nilai").lines
    assert list(YAML(typ="safe").load(lines)["steps"]["nilai"]["weights"]) == [name, "b"]
