"""AHP: eigenvector and geometric mean, consistency against a named table."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_strategies import consistent, criteria_of, judgements, proportions

from kinerja.errors import InputError
from kinerja.explore import RANDOM_INDICES, ahp_weights

METHODS = ["eigenvector", "geometric_mean"]
#: Saaty 1988, the size of a house: his consistency ratio is 0.117.
HOUSE = {("size", "transport"): 6, ("size", "age"): 8, ("transport", "age"): 4}


def matrix_of(pairs):
    names = criteria_of(pairs)
    return np.array(
        [
            [1 if a == b else float(pairs.get((a, b)) or 1 / pairs[b, a]) for b in names]
            for a in names
        ]
    )


@pytest.mark.parametrize("method", METHODS)
@given(sizes=proportions())
def test_judgements_without_contradiction_give_their_weights_back_exactly(method, sizes):
    found = ahp_weights(consistent(sizes), random_index="saaty1980", method=method)
    total = sum(sizes.values())
    assert dict(found) == {name: size / total for name, size in sizes.items()}
    assert found.origin.facts["cr"] == found.origin.facts["ci"] == 0
    assert found.origin.facts["lambda_max"] == len(sizes)
    assert found.origin.issues == () or {one.code for one in found.origin.issues} == {"KNJ008"}


@given(judgements(least=3))
def test_weights_are_the_eigenvector_of_numpy(pairs):
    found = ahp_weights(pairs, random_index="saaty1980")
    values, vectors = np.linalg.eig(matrix_of(pairs))
    place = int(np.argmax(values.real))
    expected = np.abs(vectors[:, place].real)
    expected /= expected.sum()
    assert [float(share) for _, share in found] == pytest.approx(list(expected), abs=1e-12)
    assert float(found.origin.facts["lambda_max"]) == pytest.approx(values[place].real, abs=1e-12)
    assert found.total == 1


@given(judgements(least=3))
def test_weights_solve_the_equation_of_eigenvectors(pairs):
    found = ahp_weights(pairs, random_index="saaty1980")
    weights = np.array([float(share) for _, share in found])
    root = float(found.origin.facts["lambda_max"])
    assert matrix_of(pairs) @ weights == pytest.approx(root * weights, abs=1e-11)


@given(judgements(least=3))
def test_geometric_means_are_those_of_the_rows(pairs):
    found = ahp_weights(pairs, random_index="saaty1980", method="geometric_mean")
    means = np.prod(matrix_of(pairs), axis=1) ** (1 / len(found))
    assert [float(share) for _, share in found] == pytest.approx(
        list(means / means.sum()), abs=1e-12
    )


@given(judgements(least=3, most=3))
def test_of_three_criteria_both_methods_say_the_same(pairs):
    one, other = (ahp_weights(pairs, random_index="saaty1980", method=method) for method in METHODS)
    assert [float(w) for _, w in one] == pytest.approx([float(w) for _, w in other], abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
@given(pairs=judgements(), data=st.data())
def test_other_names_and_another_order_give_the_same_weights(method, pairs, data):
    names = data.draw(st.permutations(criteria_of(pairs)))
    one = ahp_weights(pairs, random_index="saaty1980", method=method)
    other = ahp_weights(pairs, criteria=names, random_index="saaty1980", method=method)
    assert other.names == tuple(names)
    assert [float(other[name]) for name in one.names] == pytest.approx(
        [float(w) for _, w in one], abs=1e-12
    )
    assert float(one.origin.facts["cr"]) == pytest.approx(
        float(other.origin.facts["cr"]), abs=1e-12
    )


@given(judgements(least=3))
def test_turning_every_judgement_round_turns_the_geometric_order_round(pairs):
    turned = {(other, one): ratio for (one, other), ratio in pairs.items()}
    one = ahp_weights(pairs, random_index="saaty1980", method="geometric_mean")
    other = ahp_weights(
        turned, criteria=one.names, random_index="saaty1980", method="geometric_mean"
    )
    products = [float(share * other[name]) for name, share in one]
    assert products == pytest.approx([products[0]] * len(products), rel=1e-9)


def test_the_table_is_named_and_stored():
    facts = ahp_weights(HOUSE, random_index="saaty1980").origin.facts
    assert round(facts["cr"], 3) == 0.117
    assert facts["random_index"] == "saaty1980"
    assert facts["random_index_value"] == Fraction(58, 100)
    assert "1980" in facts["random_index_source"]


@pytest.mark.parametrize("table", sorted(RANDOM_INDICES))
def test_the_ratio_is_the_index_by_that_of_the_table(table):
    facts = ahp_weights(HOUSE, random_index=table).origin.facts
    assert facts["cr"] == pytest.approx(facts["ci"] / float(RANDOM_INDICES[table].values[3]))


def test_two_criteria_cannot_contradict_each_other():
    found = ahp_weights({("a", "b"): 3}, random_index="saaty1980")
    assert dict(found) == {"a": Fraction(3, 4), "b": Fraction(1, 4)}
    assert found.origin.facts["cr"] == 0


@pytest.mark.parametrize(("table", "most"), [("saaty1980", 15), ("alonso_lamata2006", 16)])
def test_more_criteria_than_the_table_has_are_refused(table, most):
    names = [str(place) for place in range(most + 1)]
    pairs = dict.fromkeys(combinations(names, 2), 1)
    with pytest.raises(InputError) as error:
        ahp_weights(pairs, random_index=table)
    [issue] = error.value.issues
    assert (issue.code, issue.details["expected"]) == ("KNJ009", str(most))
    fewer = {pair: 1 for pair in pairs if names[-1] not in pair}
    assert ahp_weights(fewer, random_index=table).origin.facts["cr"] == 0


def test_a_ratio_above_a_tenth_is_a_warning_that_says_where_to_look():
    found = ahp_weights(HOUSE, random_index="saaty1980")
    [issue] = found.origin.issues
    assert (issue.code, issue.severity, issue.path) == ("KNJ001", "warning", "judgements")
    assert issue.details["found"] == "0.117"
    assert issue.details["look"] == (
        "size : transport = 6 (2), size : age = 8 (24), transport : age = 4 (1.33)"
    )


def test_the_one_judgement_that_is_wrong_is_the_one_to_look_at():
    sizes = dict(zip("abcd", (8, 4, 2, 1), strict=True))
    pairs = {
        **consistent({name: Fraction(size) for name, size in sizes.items()}),
        ("b", "d"): "1/4",
    }
    [issue] = ahp_weights(pairs, random_index="saaty1980").origin.issues
    assert issue.details["look"] == "d : b = 4 (1/4)"


def test_a_ratio_of_at_most_a_tenth_is_no_warning():
    pairs = {("a", "b"): 3, ("a", "c"): 5, ("b", "c"): 2}
    found = ahp_weights(pairs, random_index="saaty1980")
    assert 0 < found.origin.facts["cr"] < 0.1
    assert found.origin.issues == ()


def test_another_order_by_the_other_method_is_told():
    for ratios in permutations((1, 2, 9, "1/2", 3, 2), 6):
        pairs = dict(zip(combinations("abcd", 2), ratios, strict=True))
        found = {
            method: ahp_weights(pairs, random_index="saaty1980", method=method)
            for method in METHODS
        }
        orders = [
            [name for name, _ in sorted(one, key=lambda pair: -pair[1])] for one in found.values()
        ]
        told = found["eigenvector"].origin.facts["order_by_geometric_mean"]
        back = found["geometric_mean"].origin.facts["order_by_eigenvector"]
        if orders[0] == orders[1]:
            continue
        if "=" not in told + back:
            assert told == " > ".join(orders[1])
            assert back == " > ".join(orders[0])
            return
    pytest.fail("no such judgements among those tried")


def test_a_matrix_without_names_is_numbered():
    assert ahp_weights([[1, 2], ["1/2", 1]], random_index="saaty2005").names == ("1", "2")


def test_the_source_is_the_paper_of_the_method():
    for method, paper in zip(METHODS, ["Saaty 1977", "Crawford & Williams 1985"], strict=True):
        origin = ahp_weights(HOUSE, random_index="saaty1980", method=method).origin
        assert (origin.method, origin.source[: len(paper)]) == (f"ahp_{method}", paper)


@pytest.mark.parametrize("key", ["ab", ("a",), ("a", "b", "c")])
def test_a_key_that_is_no_pair_of_names_is_refused(key):
    with pytest.raises(InputError, match="KNJ019"):
        ahp_weights({key: 3}, random_index="saaty1980")
