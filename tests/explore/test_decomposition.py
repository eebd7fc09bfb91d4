"""The parts of a number add up to it, exactly."""

from __future__ import annotations

import copy
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError
from kinerja.explore.decomposition import Contribution, Contributions, contributions
from kinerja.policy.read import fit_policy
from kinerja.policy.source import parse_yaml
from kinerja.scorer import Scorer

POLICY = """
schema: 1
id: uji
version: 1.0.0
title: Uji
in_force: {from: 2025-01-01}
bases: {}
inputs:
  hasil: {type: number, title: hasil kerja, limits: {from: 0, to: 100}}
  perilaku: {type: number, title: perilaku, limits: {from: 0, to: 120}, required: false}
  hukuman: {type: number, title: hukuman, limits: {from: 0, to: 10}}
  target: {type: number, title: target, limits: {from: 1, to: 9}, fixed: true}
  butir:
    type: list
    title: butir
    item_title: nama
    fields:
      nama: {type: text, title: nama}
      nilai: {type: number, title: nilai}
      bobot: {type: number, title: bobot}
steps:
  rerata:
    rule: weighted_mean
    title: rerata
    weights: {hasil: 60 %, perilaku: 40 %}
    missing: renormalise
  tepat: {rule: formula, title: nilai tepat, is: rerata * 2 / 4}
  nilai: {rule: formula, title: nilai, is: tepat, round: {digits: 1, mode: half_up}}
  rumus: {rule: formula, title: rumus, is: 5 + hasil / 4 - hukuman * 2 + hasil}
  hasil_kali: {rule: formula, title: hasil kali, is: hasil * hukuman + 1}
  terbalik: {rule: formula, title: terbalik, is: (hasil - 50) / target, round: {digits: 2, mode: half_up}}
  rincian:
    rule: weighted_mean
    title: rincian
    over: butir
    value: nilai
    weight: bobot
    missing: incomplete
    round: {digits: 2, mode: half_up}
publish: [nilai, rumus, hasil_kali, terbalik, rincian]
"""


def scorer():
    return Scorer(fit_policy(parse_yaml(POLICY, file="uji.yaml"), {}).program)


def parts(step, **record):
    given = {
        "id": "P",
        "hasil": 80,
        "perilaku": 90,
        "hukuman": 3,
        "target": 4,
        "butir": [],
        **record,
    }
    policy = scorer()
    return contributions(policy.score(given), scorer=policy, step=step)


def told(found):
    return {part.name: (part.points, part.best) for part in found.parts}


def test_a_mean_is_followed_through_steps_that_are_not_rounded():
    found = parts("nilai", hasil="80.3")
    assert told(found) == {
        "hasil": (Fraction("24.09"), Fraction(30)),
        "perilaku": (Fraction(18), Fraction(24)),
    }
    assert found.exact == Fraction("42.09")
    assert found.value == Fraction("42.1")


def test_weights_are_those_of_the_parts_that_are_there():
    found = parts("nilai", perilaku=None)
    assert told(found) == {"hasil": (Fraction(40), Fraction(50))}


def test_what_comes_twice_is_one_part_and_figures_are_one():
    assert told(parts("rumus")) == {
        "": (Fraction(5), None),
        "hasil": (Fraction(100), Fraction(125)),
        "hukuman": (Fraction(-6), Fraction(0)),
    }


def test_a_product_is_one_part():
    found = parts("hasil_kali")
    assert told(found) == {"hasil hukuman": (Fraction(240), None), "": (Fraction(1), None)}
    assert found.parts[0].title.id == "hasil kerja, hukuman"


def test_a_sum_over_a_value_is_divided_part_by_part():
    assert told(parts("terbalik")) == {
        "hasil": (Fraction(20), Fraction(25)),
        "": (Fraction(-25, 2), None),
    }


def test_named_items_are_told_one_by_one():
    items = [{"nama": "A", "nilai": 80, "bobot": 1}, {"nama": "B", "nilai": 50, "bobot": 3}]
    found = parts("rincian", butir=items)
    assert [(part.title.id, part.points) for part in found.parts] == [
        ("A", Fraction(20)),
        ("B", Fraction(75, 2)),
    ]


def test_who_has_no_number_is_refused():
    with pytest.raises(InputError, match="KNJ061"):
        parts("rumus", hukuman=None)


def test_parts_that_do_not_add_up_are_refused():
    found = parts("rumus")
    with pytest.raises(ValueError, match="add up"):
        Contributions(
            id=None,
            step=found.step,
            parts=(Contribution(name="a", title=None, points=Fraction(1)),),
            exact=Fraction(2),
            value=Fraction(2),
        )


def test_best_values_and_losses_of_the_explanation_agree():
    policy = kinerja.load("pemalang-360")
    ratings = [
        {"penilai": f"{group}{at}", "kelompok": group, "aspek": aspect.id, "nilai": 6 + at}
        for group, raters in (("atasan", 1), ("rekan", 3), ("bawahan", 2))
        for at in range(raters)
        for aspect in policy.program.inputs[2].type.fields["aspek"].scale.labels
    ]
    record = {"id": "P", "posisi": "kabid", "bawahan_aktif": 2, "penilaian": ratings}
    result = policy.score(record)
    found = contributions(result, scorer=policy)
    lost = {part.name: part.best - part.points for part in found.parts}
    losses = {one.name: Fraction(one.points.en) for one in result.explanation.losses}
    assert lost == losses


@given(
    hasil=st.decimals(0, 100, places=2),
    perilaku=st.none() | st.decimals(0, 120, places=2),
    hukuman=st.decimals(0, 10, places=1),
)
def test_parts_add_up_whatever_the_record(hasil, perilaku, hukuman):
    policy = CACHED
    record = {"hasil": hasil, "perilaku": perilaku, "hukuman": hukuman, "target": 3, "butir": []}
    result = policy.score(copy.copy(record))
    for step in ("nilai", "rumus", "hasil_kali", "terbalik"):
        found = contributions(result, scorer=policy, step=step)
        assert sum(part.points for part in found.parts) == found.exact
        assert all(part.best is None or part.best >= part.points for part in found.parts)


CACHED = scorer()
