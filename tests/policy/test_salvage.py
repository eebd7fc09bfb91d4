"""A file whose shape is wrong in places still tells what does not fit together."""

from __future__ import annotations

import pytest

from kinerja.errors import PolicyError
from kinerja.policy import parse_policy

TEN = """\
schema: 1
id: coba
version: 1.0
title: Coba
in_force: {from: 2024-01-01, until: 2023-01-01}
bases:
  a: {title: X, status: primary}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik}}
inputs:
  r: {type: number, title: r, limits: {from: 0}}
  t: {type: angka, title: t}
  n: {type: number, title: n, limits: {from: 0, to: 100}}
  m: {type: number, title: m, limits: {from: 0, to: 100}}
  tak_dipakai: {type: number, title: x}
steps:
  capaian: {rule: achievement, title: c, actual: r, target: t, better: higher, cap: none, floor: none}
  nilai:
    rule: weighted_mean
    title: n
    weights: {n: 60 %, m: 35 %}
    basis: [{of: b}]
  bagi: {rule: formula, title: q, is: n / m}
  a1: {rule: formula, title: q, is: a2 + 1}
  a2: {rule: formula, title: q, is: a1 + 1}
  salah: {rule: formula, title: q, is: "nn + __import__('os')"}
  huruf: {rule: formula, title: q, is: "n + mm"}
  predikat:
    rule: bands
    title: p
    scale: predikat
    of: n
    bands: [{label: kurang, below: 60}, {label: baikk, from: 61}]
publish: [nilai, bagi, predikat, tidak_ada]
ekstra: 1
"""


def found(text):
    with pytest.raises(PolicyError) as caught:
        parse_policy(text, file="p.yaml")
    return [(issue.line, issue.code) for issue in caught.value.issues]


def test_faults_of_shape_and_of_meaning_are_found_in_one_go():
    assert found(TEN) == [
        (3, "KNJ140"),
        (5, "KNJ222"),
        (12, "KNJ133"),
        (15, "KNJ220"),
        (21, "KNJ203"),
        (22, "KNJ216"),
        (23, "KNJ206"),
        (24, "KNJ211"),
        (26, "KNJ319"),
        (27, "KNJ230"),
        (33, "KNJ205"),
        (33, "KNJ207"),
        (34, "KNJ218"),
        (35, "KNJ130"),
    ]


def test_what_needs_a_part_that_was_taken_out_is_not_reported():
    text = TEN.replace("weights: {n: 60 %, m: 35 %}", "weights: {t: 60 %, m: 40 %}")
    assert (21, "KNJ230") not in found(text)
    assert (21, "KNJ203") not in found(text)


def test_a_missing_section_leaves_the_rest_to_be_checked():
    text = TEN.replace("title: Coba\n", "").replace("version: 1.0\n", "")
    codes = [code for _, code in found(text)]
    assert codes.count("KNJ132") == 2
    assert "KNJ203" in codes
    assert "KNJ205" in codes


def test_a_file_without_one_sound_input_still_tells_what_is_wrong_with_its_steps():
    text = TEN.replace("type: number", "type: angka")
    codes = [code for _, code in found(text)]
    assert codes.count("KNJ133") == 5
    assert "KNJ319" in codes
    assert "KNJ205" not in codes
    assert "KNJ220" not in codes
