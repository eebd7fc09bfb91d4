"""What a policy allows a unit, kept or not."""

from __future__ import annotations

from functools import cache

import pytest

import kinerja
from kinerja.cohort import Member, check_distribution
from kinerja.cohort.allowed import allowed_counts
from kinerja.scorer import label_step


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
