"""Groups of judges: judgements or priorities aggregated, each judge's faults and consistency told."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_strategies import RATIOS, judgements

from kinerja.errors import InputError
from kinerja.explore import ahp_group_weights, ahp_weights
from kinerja.explore.ahp_groups import Aggregation

WAYS = list(get_args(Aggregation))
HOUSE = {("a", "b"): 6, ("a", "c"): 8, ("b", "c"): 4}


@st.composite
def groups(draw):
    first = draw(judgements(least=3, most=4))
    count = draw(st.integers(1, 3))
    others = [{pair: draw(st.sampled_from(RATIOS)) for pair in first} for _ in range(count)]
    return {f"j{place}": pairs for place, pairs in enumerate([first, *others])}


def group(judges, way="judgements", **named):
    return ahp_group_weights(judges, random_index="saaty1980", aggregation=way, **named)


def floats(weights):
    return [float(share) for _, share in weights]


@pytest.mark.parametrize("way", WAYS)
@given(pairs=judgements(least=3, most=4))
def test_judges_of_one_mind_are_as_one(way, pairs):
    found = group({"j1": pairs, "j2": pairs}, way)
    assert floats(found) == pytest.approx(
        floats(ahp_weights(pairs, random_index="saaty1980")), abs=1e-12
    )
    assert found.total == 1


@given(groups())
def test_judgements_are_joined_by_their_geometric_mean(judges):
    found = group(judges, method="geometric_mean")
    pairs = next(iter(judges.values()))
    means = {
        pair: prod(float(one[pair]) for one in judges.values()) ** (1 / len(judges))
        for pair in pairs
    }
    expected = ahp_weights(means, random_index="saaty1980", method="geometric_mean")
    assert floats(found) == pytest.approx(floats(expected), abs=1e-9)


@given(groups())
def test_with_geometric_means_throughout_both_ways_agree(judges):
    """Geometric row means of joined judgements are the joined geometric row means."""
    one = group(judges, method="geometric_mean")
    other = group(judges, "priorities_geometric", method="geometric_mean")
    assert floats(one) == pytest.approx(floats(other), abs=1e-9)


@given(groups())
def test_the_arithmetic_mean_of_priorities_is_exact(judges):
    found = group(judges, "priorities_arithmetic")
    single = [ahp_weights(pairs, random_index="saaty1980") for pairs in judges.values()]
    assert dict(found) == {
        name: sum(one[name] for one in single) / len(single) for name in found.names
    }


@pytest.mark.parametrize("way", WAYS)
@given(judges=groups())
def test_a_judge_who_counts_twice_is_two_judges(way, judges):
    twice = {**judges, "again": judges["j0"]}
    counts = {judge: 2 if judge == "j0" else 1 for judge in judges}
    assert floats(group(judges, way, judge_weights=counts)) == pytest.approx(
        floats(group(twice, way)), abs=1e-9
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_judge_who_counts_nothing_changes_nothing(way):
    judges = {"j1": HOUSE, "j2": {("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 1}}
    found = group(judges, way, judge_weights={"j1": 1, "j2": 0})
    assert floats(found) == pytest.approx(
        floats(ahp_weights(HOUSE, random_index="saaty1980")), abs=1e-12
    )


def test_facts_tell_every_judges_consistency_and_what_they_differ_about():
    judges = {"bagian-1": HOUSE, "bagian-2": {("a", "b"): "1/2", ("a", "c"): 2, ("b", "c"): 4}}
    found = group(judges)
    facts = found.origin.facts
    assert round(facts["cr.bagian-1"], 3) == 0.117
    assert facts["cr.bagian-2"] == 0
    assert facts["random_index"] == "saaty1980"
    assert facts["judges"] == 2
    assert facts["kendall_w"] == Fraction(3, 4)
    assert facts["disputed"] == "a : b"
    assert (facts["disputed_lowest_judge"], facts["disputed_lowest"]) == (
        "bagian-2",
        Fraction(1, 2),
    )
    [issue] = found.origin.issues
    assert (issue.code, issue.path) == ("KNJ001", "judges.bagian-1")


def test_the_group_has_a_ratio_of_its_own_and_where_to_look():
    worse = {("a", "b"): 9, ("a", "c"): "1/9", ("b", "c"): 9}
    found = group({"j1": HOUSE, "j2": worse})
    own = [issue for issue in found.origin.issues if issue.path == "judgements"]
    assert [issue.code for issue in own] == ["KNJ001"]
    assert "a : b = 7.348" in own[0].details["look"]


def test_every_judges_faults_are_told_at_once():
    with pytest.raises(InputError) as error:
        group(
            {"j1": {("a", "b"): 0}, "j2": {("a", "x"): 1}, "j3": {}},
            way="mean",
            judge_weights={"j1": 1, "jx": 1},
        )
    assert [(issue.code, issue.path) for issue in error.value.issues] == [
        ("KNJ033", "aggregation"),
        ("KNJ003", "judges.j1[a : b]"),
        ("KNJ007", "judges.j2[a : x]"),
        ("KNJ010", "judges.j3"),
        ("KNJ007", "judge_weights"),
        ("KNJ010", "judge_weights"),
    ]


def test_no_judge_at_all_is_refused():
    with pytest.raises(InputError) as error:
        group({}, criteria=["a", "b"])
    assert [issue.code for issue in error.value.issues] == ["KNJ019"]


def test_a_single_judge_has_nobody_to_agree_with():
    found = group({"j1": HOUSE}, judge_weights={"j1": 3})
    assert "kendall_w" not in found.origin.facts
    assert found == ahp_weights(HOUSE, random_index="saaty1980")
