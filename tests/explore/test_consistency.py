"""Which judgement the others contradict, and whether judgements connect all criteria."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_strategies import consistent, criteria_of, judgements, proportions

from kinerja.errors import InputError
from kinerja.explore import ahp_incomplete_weights, doubtful_judgements
from kinerja.explore.consistency import connected_groups
from kinerja.explore.judgements import read_judgements


@given(proportions(least=3))
def test_nothing_is_doubtful_where_nothing_contradicts(sizes):
    assert doubtful_judgements(consistent(sizes)) == ()


@given(sizes=proportions(least=4), data=st.data())
def test_a_single_wrong_judgement_comes_first_with_what_the_others_say(sizes, data):
    pairs = consistent(sizes)
    wrong = data.draw(st.sampled_from(sorted(pairs)))
    factor = data.draw(st.sampled_from([Fraction(3), Fraction(1, 3)]))
    found = doubtful_judgements({**pairs, wrong: pairs[wrong] * factor})
    assert {found[0].first, found[0].second} == set(wrong)
    assert found[0].given / Fraction(found[0].implied).limit_denominator(1000) in (
        factor,
        1 / factor,
    )
    assert found[0].share == pytest.approx(1)


@given(judgements(least=3))
def test_what_others_imply_is_the_geometric_mean_over_a_third(pairs):
    names = criteria_of(pairs)
    read, _ = read_judgements(pairs)
    for one in doubtful_judgements(pairs):
        i, j = names.index(one.first), names.index(one.second)
        thirds = [k for k in range(len(names)) if k not in (i, j)]
        ways = [log(read.ratio(i, k) * read.ratio(k, j)) for k in thirds]
        assert one.implied == pytest.approx(exp(sum(ways) / len(ways)), rel=1e-9)
        assert one.given == read.ratio(i, j) >= 1


@given(judgements(least=3))
def test_what_others_imply_are_the_weights_without_the_judgement(pairs):
    for one in doubtful_judgements(pairs)[:2]:
        rest = {
            pair: ratio for pair, ratio in pairs.items() if set(pair) != {one.first, one.second}
        }
        weights = ahp_incomplete_weights(rest, criteria=criteria_of(pairs))
        assert float(weights[one.first] / weights[one.second]) == pytest.approx(
            one.implied, rel=1e-6
        )


@given(judgements(least=3))
def test_the_first_takes_most_of_the_contradiction_away(pairs):
    found = doubtful_judgements(pairs)
    assert all(one.share >= other.share - 1e-8 for one, other in pairwise(found))
    assert all(0 < one.share <= 1 + 1e-9 for one in found)


def test_a_bridge_is_checked_by_nothing_and_never_doubtful():
    pairs = {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 8, ("c", "d"): 9}
    assert {frozenset((one.first, one.second)) for one in doubtful_judgements(pairs)} == {
        frozenset("ab"),
        frozenset("bc"),
        frozenset("ac"),
    }


def test_groups_that_nothing_connects_are_named():
    read, _ = read_judgements({("a", "b"): 2, ("c", "d"): 3}, criteria=list("abcde"))
    assert connected_groups(read) == (("a", "b"), ("c", "d"), ("e",))
    with pytest.raises(InputError) as error:
        doubtful_judgements({("a", "b"): 2, ("c", "d"): 3})
    [issue] = error.value.issues
    assert (issue.code, issue.details["found"]) == ("KNJ011", "a, b | c, d")
