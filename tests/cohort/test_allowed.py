"""What a policy allows a unit, kept or not."""

from __future__ import annotations

from functools import cache

import pytest

import kinerja
from kinerja.cohort import Member, check_distribution
from kinerja.cohort.allowed import allowed_counts
from kinerja.policy.read import fit_policy
from kinerja.policy.source import parse_yaml
from kinerja.scorer import LabelStep, Scorer, label_step
from kinerja.words import Text


@cache
def policy(name):
    return kinerja.load(name)


@cache
def step():
    return label_step(policy("kuadran-6-2022").program)


def limits(sizes, organisation):
    members = [
        Member(id=f"{label}{at}", unit="U", values={step().name: label})
        for label, size in sizes.items()
        for at in range(size)
    ]
    [found] = check_distribution(
        members, scorer=policy("se-3-2023"), step=step(), organisation=organisation
    )
    return found, allowed_counts(found, scorer=policy("se-3-2023"))


def test_limits_that_are_kept_are_told_too():
    found, allowed = limits({"baik": 9, "sangat_baik": 4, "butuh_perbaikan": 1}, "baik")
    assert found.verdict is True
    assert found.limits == ()
    assert [(one.labels, one.side, one.heads, one.found) for one in allowed] == [
        (("baik",), "most", 9, 9),
        (("butuh_perbaikan", "kurang_misconduct"), "fewest", 1, 1),
    ]
    assert all(one.is_kept for one in allowed)


@pytest.mark.parametrize(
    "organisation", ["istimewa", "baik", "butuh_perbaikan", "kurang", "sangat_kurang"]
)
@pytest.mark.parametrize("good", [0, 3, 10])
def test_those_that_are_not_kept_are_those_of_the_check(organisation, good):
    found, allowed = limits({"baik": good, "sangat_baik": 10 - good}, organisation)
    broken = {one.step: (one.side, one.allowed) for one in found.limits if one.labels}
    assert {one.step: (one.side, one.heads) for one in allowed if not one.is_kept} == broken


def test_a_unit_that_is_not_judged_has_no_limits():
    [found] = check_distribution(
        [Member(id="P", unit="U")],
        scorer=policy("se-3-2023"),
        step=step(),
        organisation="baik",
    )
    assert allowed_counts(found, scorer=policy("se-3-2023")) == ()


STRICT = """
schema: 1
id: batas
version: 1.0.0
title: Batas
in_force: {from: 2025-01-01}
bases: {}
inputs:
  jumlah_kurang: {type: number, title: kurang, limits: {from: 0}, digits: 0}
  jumlah_baik: {type: number, title: baik, limits: {from: 0}, digits: 0}
steps:
  semua: {rule: formula, title: semua, is: jumlah_kurang + jumlah_baik}
  kurang_dari: {rule: formula, title: kurang dari, is: jumlah_baik < semua * 5 / 10}
  paling_banyak: {rule: formula, title: paling banyak, is: jumlah_baik <= semua * 55 / 100}
  lebih_dari: {rule: formula, title: lebih dari, is: jumlah_kurang > 2}
  paling_sedikit: {rule: formula, title: paling sedikit, is: jumlah_kurang >= semua / 4}
  memenuhi:
    rule: formula
    title: memenuhi
    is: kurang_dari and paling_banyak and lebih_dari and paling_sedikit
publish: [memenuhi]
"""


def test_limits_are_whole_heads_on_the_right_side_of_a_strict_one():
    scorer = Scorer(fit_policy(parse_yaml(STRICT, file="batas.yaml"), {}).program)
    labels = (("kurang", Text.same("Kurang")), ("baik", Text.same("Baik")))
    two = LabelStep(name="predikat", title=Text.same("predikat"), labels=labels, ordered=True)
    members = [
        Member(id=str(at), unit="U", values={"predikat": "baik" if at < 6 else "kurang"})
        for at in range(10)
    ]
    [found] = check_distribution(members, scorer=scorer, step=two)
    allowed = {one.step: (one.side, one.heads) for one in allowed_counts(found, scorer=scorer)}
    assert allowed == {
        "kurang_dari": ("most", 4),
        "paling_banyak": ("most", 5),
        "lebih_dari": ("fewest", 3),
        "paling_sedikit": ("fewest", 3),
    }
