"""Faults are what they say, and counted as caught only where the check fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kinerja.asn import catalog
from kinerja.policy import read_policy

sys.path.insert(0, str(Path(__file__).parent))

import run
from differing import differing
from mutations import KINDS, mutated, mutations

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


def test_as_many_of_every_kind_as_there_are():
    taken = run.chosen(45, 3)
    kinds = [mutation.kind for _, _, mutation in taken]
    assert len(taken) == 45
    assert all(kinds.count(kind) == 5 for kind in KINDS)
