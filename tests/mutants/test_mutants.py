"""Faults are what they say, and counted as caught only where the check fails."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from kinerja.asn import catalog
from kinerja.exact import exact
from kinerja.policy import read_policy
from kinerja.scorer import Scorer

sys.path.insert(0, str(Path(__file__).parent))

import run
from differing import differing
from mutations import KINDS, mutated, mutations
from solving import meetings, solved

NAMES = ("pp46-2011", "sikap-360", "kuadran-6-2022", "ip-asn-2019", "lkjip-sampang-2019")


def shipped(name):
    return read_policy(catalog.path_of(name), unnamed="assume")


def at(tree, path):
    for key in path:
        tree = tree[key]
    return tree


def test_there_are_faults_of_every_kind():
    assert {m.kind for name in NAMES for m in mutations(shipped(name))} == set(KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_changes_what_it_names_and_nothing_else(name):
    policy = shipped(name)
    found = list(mutations(policy))
    assert len({str(mutation) for mutation in found}) == len(found)
    for mutation in found[:: max(1, len(found) // 12)]:
        other = mutated(policy, mutation)
        for path, value in mutation.edits:
            before = at(policy.source.tree, path[:-1])
            assert before.get(path[-1]) != value
            if other is not None and value is not None:
                assert at(other.source.tree, path) == value
        if other is not None and mutation.path[0] == "steps":
            assert other.program.note.fingerprint != policy.program.note.fingerprint


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_without_a_fault_is_not_caught(name):
    assert not run.caught(name, shipped(name))


def test_a_difference_is_found_where_there_is_one():
    policy = shipped("kuadran-6-2022")
    cell = next(m for m in mutations(policy) if m.kind == "cell")
    record = differing(policy, mutated(policy, cell), [{}], seed=1, seconds=5)
    assert record is not None
    assert differing(policy, policy, [{}], seed=1, seconds=0.2) is None


def test_a_difference_on_ties_alone_is_found():
    policy = shipped("pegawai-teladan")
    raters = [("a", "peer"), ("b", "pimpinan")]
    ratings = [{"penilai": name, "kelompok": group, "nilai": "80"} for name, group in raters]
    record = {"nilai_skp": "76", "nilai_disiplin": "100", "penilaian": ratings}
    fault = next(m for m in mutations(policy) if m.after == "half_even")
    other = mutated(policy, fault)
    found = differing(policy, other, [record], seed=1, seconds=20)
    assert Scorer(policy.program).score(found)["skor"] != Scorer(other.program).score(found)["skor"]


def test_a_difference_with_one_option_alone_is_found():
    # With the upper ends of the bands, which stand for it unless named, this end decides nothing.
    policy = shipped("tukin-petunjuk")
    fault = next(m for m in mutations(policy) if m.kind == "closedness" and m.after == "above 1")
    record = {"hari": [{"tanggal": "2014-01-02", "menit_terlambat": 1, "menit_pulang_cepat": 0}]}
    other = mutated(policy, fault)
    one, two = (Scorer(each.program).score(record) for each in (policy, other))
    assert one.values == two.values
    assert differing(policy, other, [record], seed=1, seconds=5) is not None


def moved(name, step, record):
    program = shipped(name).program
    place = meetings([program.step(step)])[0]
    random = Random(8)  # noqa: S311 - a seeded choice guards no secret
    return [each for _ in range(8) for each in solved(random, program, record, place)]


def test_a_number_is_moved_onto_a_tie():
    record = {"jenis": "indikator", "pola": "maximize", "target": "7", "realisasi": "3"}
    found = moved("capaian-sumedang", "capaian_indikator", record)
    assert any(exact(r["realisasi"]) / exact(r["target"]) * 10**5 % 10 == 5 for r in found)


def test_a_number_is_moved_onto_an_edge():
    record = {"nilai_skp": "95", "nilai_perilaku": "88", "memakai_rekan_dan_bawahan": True}
    scorer = Scorer(shipped("pp30-2019").program)
    values = {
        scorer.score(r)["nilai_akhir"]
        for r in moved("pp30-2019", "rentang", {**record, "ide_baru": False})
    }
    assert values & {50, 70, 90, 120}


def test_every_shipped_policy_has_its_turn():
    assert {name for name, _, _ in run.chosen(run.COUNT, 3)} == set(catalog.ids())


def test_as_many_of_every_kind_as_there_are():
    taken = run.chosen(45, 3)
    kinds = [mutation.kind for _, _, mutation in taken]
    assert len(taken) == 45
    assert all(kinds.count(kind) == 5 for kind in KINDS)
