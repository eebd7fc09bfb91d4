"""AHP with missing judgements: least squares on the graph, and the best completion."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from math import exp, log
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from judged_strategies import consistent, criteria_of, judgements, names, proportions

from kinerja.errors import InputError
from kinerja.explore import ahp_incomplete_weights, ahp_weights
from kinerja.explore.ahp import principal
from kinerja.explore.ahp_incomplete import optimal_completion
from kinerja.explore.consistency import connected_groups
from kinerja.explore.judgements import read_judgements

METHODS = ["least_squares", "eigenvector"]


@st.composite
def incomplete(draw, *, most=5):
    """Make judgements of some pairs that connect all criteria."""
    pairs = draw(judgements(least=3, most=most))
    kept = draw(st.sets(st.sampled_from(sorted(pairs)), min_size=2))
    left = {pair: pairs[pair] for pair in sorted(kept)}
    criteria = criteria_of(pairs)
    read, _ = read_judgements(left, criteria=criteria)
    assume(len(connected_groups(read)) == 1)
    return criteria, left


def spanning_trees(criteria, pairs):
    """Give the weights of every spanning tree of judgements."""
    for edges in combinations(sorted(pairs), len(criteria) - 1):
        read, _ = read_judgements({edge: pairs[edge] for edge in edges}, criteria=criteria)
        if len(connected_groups(read)) == 1:
            yield dict(
                ahp_incomplete_weights({edge: pairs[edge] for edge in edges}, criteria=criteria)
            )


@given(incomplete(most=4))
def test_least_squares_are_the_geometric_mean_of_all_spanning_trees(made):
    """Bozóki & Tsyganok 2019, Int. J. Gen. Syst. 48(4)."""
    criteria, pairs = made
    trees = list(spanning_trees(criteria, pairs))
    means = {name: exp(sum(log(tree[name]) for tree in trees) / len(trees)) for name in criteria}
    total = sum(means.values())
    found = ahp_incomplete_weights(pairs, criteria=criteria)
    assert [float(found[name]) for name in criteria] == pytest.approx(
        [means[name] / total for name in criteria], rel=1e-9
    )


@given(judgements(least=3))
def test_least_squares_of_a_whole_matrix_are_its_geometric_means(pairs):
    found = ahp_incomplete_weights(pairs)
    means = ahp_weights(pairs, random_index="saaty1980", method="geometric_mean")
    assert [float(w) for _, w in found] == pytest.approx([float(w) for _, w in means], abs=1e-12)


@given(judgements(least=3))
def test_the_eigenvector_of_a_whole_matrix_is_its_own(pairs):
    found = ahp_incomplete_weights(pairs, method="eigenvector")
    whole = ahp_weights(pairs, random_index="saaty1980")
    assert [float(w) for _, w in found] == pytest.approx([float(w) for _, w in whole], abs=1e-12)
    assert float(found.origin.facts["ci"]) == pytest.approx(
        float(whole.origin.facts["ci"]), abs=1e-12
    )


@pytest.mark.parametrize("method", METHODS)
@given(sizes=proportions(least=3), data=st.data())
def test_judgements_without_contradiction_give_exact_weights(method, sizes, data):
    order = data.draw(st.permutations(sorted(sizes)))
    pairs = {(one, other): sizes[one] / sizes[other] for one, other in pairwise(order)}
    found = ahp_incomplete_weights(pairs, criteria=tuple(sizes), method=method)
    total = sum(sizes.values())
    assert dict(found) == {name: size / total for name, size in sizes.items()}
    assert found.origin.facts["ci"] == found.origin.facts["checks"] == 0


@given(made=incomplete(), data=st.data())
def test_no_other_completion_has_a_smaller_eigenvalue(made, data):
    criteria, pairs = made
    read, _ = read_judgements(pairs, criteria=criteria)
    assume(read.missing)
    matrix = optimal_completion(read)
    root = np.linalg.eigvals(matrix).real.max()
    for i, j in read.missing:
        factor = exp(data.draw(st.floats(-1, 1)))
        matrix[i, j] *= factor
        matrix[j, i] /= factor
    assert np.linalg.eigvals(matrix).real.max() >= root - 1e-10


@given(incomplete())
def test_at_the_best_completion_the_eigenvalue_is_flat(made):
    criteria, pairs = made
    read, _ = read_judgements(pairs, criteria=criteria)
    matrix = optimal_completion(read)
    root = np.linalg.eigvals(matrix).real.max()
    for i, j in read.missing:
        for step in (1e-4, -1e-4):
            moved = matrix.copy()
            moved[i, j] *= exp(step)
            moved[j, i] /= exp(step)
            # A slope s would show as s * 1e-4; the curvature as some 1e-8.
            assert abs(np.linalg.eigvals(moved).real.max() - root) < 5e-7


def test_given_judgements_stay_in_the_completion():
    pairs = {("a", "b"): 2, ("b", "c"): 3, ("c", "d"): 4, ("a", "d"): 5}
    read, _ = read_judgements(pairs)
    matrix = optimal_completion(read)
    assert matrix[0, 1] == 2
    assert matrix[1, 2] == 3
    assert matrix == pytest.approx(1 / matrix.T)


def test_the_completion_of_a_ring_of_four_is_the_symmetric_one():
    """In the ring a-b-c-d with a : b = 2 and all else 1 the gaps a : c and b : d follow by symmetry."""
    pairs = {("a", "b"): 2, ("b", "c"): 1, ("c", "d"): 1, ("a", "d"): 1}
    read, _ = read_judgements(pairs)
    matrix = optimal_completion(read)
    assert matrix[0, 2] == pytest.approx(matrix[3, 1], rel=1e-9)


class TestPublishedCompletions:
    """Examples of Bozóki, Fülöp & Rónyai 2010, with the figures that AHPy 2.1 tests."""

    def test_one_missing_judgement_of_four_criteria(self):
        pairs = {("a", "b"): 1, ("a", "c"): 5, ("a", "d"): 2, ("b", "c"): 3, ("b", "d"): 4}
        read, _ = read_judgements(pairs)
        assert optimal_completion(read)[2, 3] == pytest.approx(0.730297106886979, rel=1e-6)
        found = ahp_incomplete_weights(pairs, method="eigenvector")
        assert [round(float(share), 4) for _, share in found] == [0.3738, 0.392, 0.0985, 0.1357]

    def test_twelve_missing_judgements_of_eight_criteria(self):
        """The choice of a house."""
        given = "ab5 ac3 ad7 ae6 af6 bd5 bf3 ce3 cg6 fd4 ga3 ge5 ha4 hb7 hd8 hf6"
        pairs = {(one[0], one[1]): one[2] for one in given.split()}
        read, _ = read_judgements(pairs, criteria=tuple("abcdefgh"))
        matrix = optimal_completion(read)
        published = {
            "bc": 0.3300187496240363,
            "be": 1.7197409185349517,
            "bg": 0.4663515002203321,
            "cd": 9.920512661898753,
            "cf": 4.852486449214693,
            "ch": 0.5696073301509899,
            "de": 0.5252768142894285,
            "dg": 0.1424438146531802,
            "ef": 0.9311973564754218,
            "eh": 0.10930828182051665,
            "fg": 0.2912120796181874,
            "gh": 0.4030898885178746,
        }
        places = {pair: tuple("abcdefgh".index(name) for name in pair) for pair in published}
        found = {pair: float(matrix[place]) for pair, place in places.items()}
        assert found == pytest.approx(published, rel=1e-4)


def test_unconnected_criteria_are_refused_by_their_groups():
    with pytest.raises(InputError) as error:
        ahp_incomplete_weights({("a", "b"): 2, ("c", "d"): 3}, criteria=list("abcde"))
    [issue] = error.value.issues
    assert (issue.code, issue.details["found"]) == ("KNJ011", "a, b | c, d | e")


def test_no_consistency_ratio_is_given_and_a_note_says_why():
    found = ahp_incomplete_weights({("a", "b"): 2, ("b", "c"): 3, ("c", "d"): 2, ("a", "d"): 8})
    assert "cr" not in found.origin.facts
    assert found.origin.facts["missing"] == 2
    assert found.origin.facts["checks"] == 1
    [issue] = found.origin.issues
    assert (issue.code, issue.severity, issue.details["pairs"]) == (
        "KNJ002",
        "note",
        "a : c, b : d",
    )


def test_a_whole_matrix_needs_no_such_note():
    sizes = {name: Fraction(place + 1) for place, name in enumerate(names(4))}
    assert ahp_incomplete_weights(consistent(sizes)).origin.issues == ()


def test_an_unknown_method_is_refused():
    with pytest.raises(InputError) as error:
        ahp_incomplete_weights({("a", "b"): 2}, method="harker")
    assert [issue.code for issue in error.value.issues] == ["KNJ033"]


@given(st.integers(0, 2**20))
def test_the_completion_balances_the_eigenvectors(seed):
    """At the minimum a missing ratio r has r² = u_j v_i / (u_i v_j), to the last digits of floats."""
    random = Random(seed)  # noqa: S311 - a seeded draw
    size = random.randint(4, 7)
    names = [f"k{place}" for place in range(size)]
    pairs = list(combinations(range(size), 2))
    # A ring keeps everything connected; of the other pairs some are missing.
    ring = {(min(a, b), max(a, b)) for a, b in zip(range(size), [*range(1, size), 0], strict=True)}
    kept = [pair for pair in pairs if pair in ring or random.random() < 0.5]
    given = {(names[a], names[b]): random.choice(["1/7", "1/3", 1, 2, 5, 9]) for a, b in kept}
    read, _ = read_judgements(given, criteria=names)
    matrix = optimal_completion(read)
    right, _ = principal(matrix)
    left, _ = principal(matrix.T)
    for a, b in read.missing:
        balanced = np.sqrt(left[b] * right[a] / (left[a] * right[b]))
        assert matrix[a, b] == pytest.approx(balanced, rel=1e-9)
