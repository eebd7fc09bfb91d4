"""The same meaning has the same fingerprint; every other meaning has another."""

import copy
import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.asn import catalog
from kinerja.policy import parse_policy
from kinerja.policy.source import parse_yaml

TEXT = """# Satu kebijakan dengan hampir semua yang dapat ditulis.
schema: 1
id: contoh
version: 1.0.0
title: {id: Contoh, en: Example}
in_force: {from: 2024-01-01}
note: catatan
bases:
  kami: {title: aturan kami, status: own, clause: Pasal 1}
  lain: {title: aturan lain, status: practice}
basis: [{of: kami}]
scales:
  kelompok: {ordered: false, labels: {atasan: Atasan, rekan: Rekan}}
  predikat: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
inputs:
  a: {type: number, title: a, limits: {from: 0, to: 120}, digits: 2, unit: poin}
  b: {type: number, title: b, limits: {above: 0}}
  c: {type: number, title: c, required: false}
  ide: {type: flag, title: ide}
  hasil: {type: label, title: hasil, scale: predikat}
  perilaku: {type: label, title: perilaku, scale: predikat}
  nilai:
    type: list
    title: nilai
    key: [siapa, kelompok]
    hidden: [siapa]
    fields:
      siapa: {type: text}
      kelompok: {type: label, scale: kelompok}
      skor: {type: number, limits: {from: 1, to: 5}, digits: 0}
steps:
  capaian:
    rule: achievement
    title: capaian
    actual: a
    target: b
    better: higher
    cap: {at: 120, beyond: clip}
    floor: none
    basis: [{of: kami, clause: Pasal 2}]
  panel:
    rule: raters
    title: panel
    over: nilai
    group: kelompok
    score: skor
    groups: {atasan: {minimum: 1}, rekan: {minimum: 2}}
    within: mean
    unanswered: skip
    too_few: missing_group
    missing_group: renormalise
    weights: {atasan: 60 %, rekan: 40 %}
  akhir:
    rule: weighted_mean
    title: akhir
    weights: {capaian: 0.6, panel: 0.3, c: 1/10}
    missing: renormalise
    round: {digits: 2, mode: half_up}
  potong:
    rule: deduction
    title: potong
    of: akhir
    minus:
      telat: {title: telat, amount: 5, when: a < 50}
      lain: {title: lain, amount: 2}
    how: sum
    not_below: 0
  rentang:
    rule: bands
    title: rentang
    scale: predikat
    of: akhir
    bands:
      - {label: kurang, from: 0, below: 60}
      - {label: cukup, from: 60, below: 80}
      - {label: baik, from: 80}
  kuadran:
    rule: matrix
    title: kuadran
    scale: predikat
    keys: [hasil, perilaku]
    cells:
      kurang: {kurang: kurang, cukup: kurang, baik: cukup}
      cukup: {kurang: kurang, cukup: cukup, baik: baik}
      baik: {kurang: cukup, cukup: baik, baik: baik}
  tindak:
    rule: follow_up
    title: tindak lanjut
    choose: all
    actions:
      hadiah: {title: hadiah, when: "rentang == 'baik' and ide"}
      bina: {title: bina, when: "rentang == 'kurang'"}
publish: [akhir, rentang, kuadran, tindak, potong]
"""
TREE = parse_yaml(TEXT).tree
PRINT = parse_policy(TEXT).program.note.fingerprint
#: Mappings whose order says something: cases and actions are looked at in turn, labels rise.
ORDERED = {("steps", "tindak", "actions"), ("scales", "predikat", "labels")}


def fingerprint(text):
    return parse_policy(text).program.note.fingerprint


def of_tree(tree):
    return fingerprint(json.dumps(tree))


def changed(*path, value):
    """Give the fingerprint of the policy with one value changed."""
    tree = copy.deepcopy(TREE)
    part = tree
    for key in path[:-1]:
        part = part[key]
    assert part.get(path[-1]) != value if isinstance(part, dict) else part[path[-1]] != value
    part[path[-1]] = value
    return of_tree(tree)


def shuffled(tree, rnd, path=()):
    if isinstance(tree, list):
        return [shuffled(part, rnd, (*path, i)) for i, part in enumerate(tree)]
    if not isinstance(tree, dict):
        return tree
    keys = list(tree)
    if path not in ORDERED:
        rnd.shuffle(keys)
    return {key: shuffled(tree[key], rnd, (*path, key)) for key in keys}


class TestSameMeaning:
    def test_it_is_the_hash_of_a_form(self):
        assert re.fullmatch("sha256:[0-9a-f]{64}", PRINT)
        assert of_tree(TREE) == PRINT

    @given(st.integers(0, 10**6))
    def test_the_order_of_keys_says_nothing(self, seed):
        assert of_tree(shuffled(TREE, random.Random(seed))) == PRINT  # noqa: S311 - a shuffle

    @pytest.mark.parametrize("name", catalog.ids())
    def test_the_order_of_keys_of_shipped_policies_says_nothing(self, name):
        tree = parse_yaml(catalog.path_of(name).read_text(encoding="utf-8")).tree
        order = dict(reversed(tree.items()))
        for section in ("inputs", "steps", "bases", "scales"):
            order[section] = dict(reversed(order.get(section, {}).items()))
        policy = catalog.read(name, unnamed="assume")
        turned = parse_policy(json.dumps(order), variant=policy.variant)
        assert turned.program.note.fingerprint == policy.program.note.fingerprint

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("# Satu kebijakan", "# Kebijakan lain"),
            ("{capaian: 0.6, panel: 0.3, c: 1/10}", "{capaian: 60 %, panel: 3/10, c: 10%}"),
            ("amount: 5,", "amount: 5.00,"),
            ("{at: 120,", "{at: 1.2e2,"),
            ("below: 60}", "below: 6e1}"),
            ("title: {id: Contoh, en: Example}", "title: Judul lain"),
            ("title: kuadran", "title: {id: kuadran, en: quadrant}"),
            ("note: catatan", "note: catatan lain"),
            ("version: 1.0.0", "version: 1.0.1"),
            ("id: contoh", "id: contoh-lain"),
            ("in_force: {from: 2024-01-01}", "in_force: {from: 2023-01-01, until: 2030-01-01}"),
            ("status: own, clause: Pasal 1", "status: primary"),
            ("basis: [{of: kami, clause: Pasal 2}]", "basis: [{of: lain}]"),
            ("unit: poin", "unit: nilai"),
            ("Kurang, cukup: Cukup", "Buruk, cukup: Sedang"),
            ("hidden: [siapa]", "hidden: []"),
            ("key: [siapa, kelompok]", "key: [kelompok, siapa]"),
            ("{atasan: Atasan, rekan: Rekan}", "{rekan: Rekan, atasan: Atasan}"),
            ("when: a < 50", "when: (a < 50)"),
            ("'baik' and ide", "'baik'   and   ide"),
            ("rentang == 'baik' and ide", "ide and rentang == 'baik'"),
            ("title: telat, amount", "title: terlambat, amount"),
        ],
    )  # fmt: skip
    def test_what_a_reader_sees_differently_and_no_record_does(self, old, new):
        assert TEXT.count(old) == 1
        assert fingerprint(TEXT.replace(old, new)) == PRINT

    def test_a_choice_says_nothing_until_it_changes_something(self):
        choice = """
choices:
  cara:
    title: cara
    default: biasa
    options:
      biasa: {title: biasa}
      lain: {title: lain, steps: {akhir: {round: {digits: 1}}}}
"""
        assert fingerprint(TEXT + choice) == PRINT
        other = parse_policy(TEXT + choice, variant={"cara": "lain"})
        assert other.program.note.fingerprint != PRINT


CHANGES = [
    (("inputs", "a", "limits", "from"), "1"),
    (("inputs", "a", "limits", "to"), "100"),
    (("inputs", "a", "limits"), {"above": "0", "to": "120"}),
    (("inputs", "a", "limits"), {"from": "0", "below": "120"}),
    (("inputs", "a", "limits"), {"from": "0"}),
    (("inputs", "a", "digits"), "1"),
    (("inputs", "a", "required"), False),
    (("inputs", "c", "required"), True),
    (("inputs", "nilai", "key"), ["siapa"]),
    (("inputs", "nilai", "fields", "skor", "digits"), "1"),
    (("inputs", "nilai", "fields", "lain"), {"type": "number"}),
    (("scales", "predikat", "ordered"), False),
    (("scales", "predikat", "labels"), {"cukup": "C", "kurang": "K", "baik": "B"}),
    (("scales", "kelompok", "ordered"), True),
    (("steps", "capaian", "better"), "stable"),
    (("steps", "capaian", "actual"), "b"),
    (("steps", "capaian", "cap", "at"), "110"),
    (("steps", "capaian", "cap", "beyond"), "refuse"),
    (("steps", "capaian", "cap"), "none"),
    (("steps", "capaian", "floor"), {"at": "0", "beyond": "clip"}),
    (("steps", "panel", "groups", "rekan", "minimum"), "3"),
    (("steps", "panel", "groups", "rekan", "maximum"), "9"),
    (("steps", "panel", "within"), "median"),
    (("steps", "panel", "unanswered"), "incomplete"),
    (("steps", "panel", "too_few"), "incomplete"),
    (("steps", "panel", "missing_group"), "zero"),
    (("steps", "panel", "missing_group"), "incomplete"),
    (("steps", "panel", "rater"), "siapa"),
    (("steps", "panel", "weights"), {"atasan": "59 %", "rekan": "41 %"}),
    (("steps", "akhir", "weights"), {"capaian": "0.59", "panel": "0.31", "c": "0.1"}),
    (("steps", "akhir", "missing"), "zero"),
    (("steps", "akhir", "round", "digits"), "3"),
    (("steps", "potong", "minus", "telat", "amount"), "6"),
    (("steps", "potong", "minus", "telat", "when"), "a <= 50"),
    (("steps", "potong", "minus", "lain", "when"), "ide"),
    (("steps", "potong", "how"), "highest"),
    (("steps", "potong", "not_below"), "1"),
    (("steps", "potong", "at_most"), "6"),
    (("steps", "potong", "of"), "akhir * 1"),
    (("steps", "rentang", "of"), "potong"),
    (("steps", "rentang", "bands", 0, "below"), "50"),
    (("steps", "rentang", "between"), "lower_bounds"),
    (("steps", "kuadran", "keys"), ["perilaku", "hasil"]),
    (("steps", "tindak", "choose"), "first"),
    (("steps", "tindak", "actions", "bina", "when"), "rentang != 'baik'"),
    (("publish",), ["rentang", "akhir", "kuadran", "tindak", "potong"]),
    (("publish",), ["akhir", "rentang", "kuadran", "tindak", "potong", "panel.raters.rekan"]),
]


class TestOtherMeanings:
    @pytest.mark.parametrize(("path", "value"), CHANGES, ids=lambda part: str(part)[:40])
    def test_any_change_of_what_is_computed_shows(self, path, value):
        if path == ("steps", "rentang", "bands", 0, "below"):
            tree = copy.deepcopy(TREE)
            tree["steps"]["rentang"]["bands"][0]["below"] = value
            tree["steps"]["rentang"]["bands"][1]["from"] = value
            assert of_tree(tree) != PRINT
        else:
            assert changed(*path, value=value) != PRINT

    @pytest.mark.parametrize("mode", ["half_even", "half_down", "down", "up", "floor", "ceiling"])
    def test_every_rounding_differs(self, mode):
        assert changed("steps", "akhir", "round", "mode", value=mode) != PRINT

    @pytest.mark.parametrize(("above", "below"), [("above", "to"), ("above", "below")])
    def test_whether_an_edge_is_open_or_closed_shows(self, above, below):
        tree = copy.deepcopy(TREE)
        bands = tree["steps"]["rentang"]["bands"]
        bands[0] = {"label": "kurang", "from": "0", below: "60"}
        bands[1] = {"label": "cukup", above: "60", "below": "80"}
        tree["steps"]["rentang"]["between"] = "missing"
        closed = copy.deepcopy(TREE)
        closed["steps"]["rentang"]["between"] = "missing"
        assert of_tree(tree) != of_tree(closed)

    @pytest.mark.parametrize("row", ["kurang", "cukup", "baik"])
    @pytest.mark.parametrize("column", ["kurang", "cukup", "baik"])
    def test_every_single_cell_shows(self, row, column):
        now = TREE["steps"]["kuadran"]["cells"][row][column]
        other = {"kurang": "cukup", "cukup": "baik", "baik": "kurang"}[now]
        assert changed("steps", "kuadran", "cells", row, column, value=other) != PRINT

    def test_all_of_these_differ_from_each_other(self):
        prints = [changed(*path, value=value) for path, value in CHANGES if "bands" not in path]
        assert len({PRINT, *prints}) == len(prints) + 1

    def test_the_order_of_actions_shows(self):
        tree = copy.deepcopy(TREE)
        actions = tree["steps"]["tindak"]["actions"]
        tree["steps"]["tindak"]["actions"] = dict(reversed(actions.items()))
        assert of_tree(tree) != PRINT

    def test_a_renamed_step_is_another_policy(self):
        assert fingerprint(TEXT.replace("akhir", "nilai_akhir")) != PRINT
