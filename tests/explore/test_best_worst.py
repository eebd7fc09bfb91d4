"""Best-worst method, linear model: the exact optimum, and what people contradict."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import best_worst_weights
from kinerja.explore.best_worst import INPUT_THRESHOLDS


@st.composite
def said(draw, *, most=6):
    """Make comparisons with the best, k0, and the worst, k1."""
    count = draw(st.integers(2, most))
    names = [f"k{place}" for place in range(count)]
    whole = draw(st.integers(1, 9))
    others = {name: (draw(st.integers(1, 9)), draw(st.integers(1, 9))) for name in names[2:]}
    from_best = {"k0": 1, "k1": whole, **{name: pair[0] for name, pair in others.items()}}
    to_worst = {"k0": whole, "k1": 1, **{name: pair[1] for name, pair in others.items()}}
    return from_best, to_worst


def weigh(from_best, to_worst):
    return best_worst_weights(from_best, others_to_worst=to_worst, best="k0", worst="k1")


def deviation(weights, from_best, to_worst):
    return max(
        *(abs(weights["k0"] - Fraction(a) * weights[name]) for name, a in from_best.items()),
        *(abs(weights[name] - Fraction(a) * weights["k1"]) for name, a in to_worst.items()),
    )


def rows_of(from_best, to_worst):
    """Give every condition as a sum over the weights and the deviation that is at most 0."""
    names = list(from_best)
    rows = []
    for vector, of in ((from_best, "best"), (to_worst, "worst")):
        for name, value in vector.items():
            row = dict.fromkeys(names, Fraction(0))
            if of == "best":
                row["k0"] += 1
                row[name] -= value
            else:
                row[name] += 1
                row["k1"] -= value
            if any(row.values()):
                rows += [[sign * row[one] for one in names] + [Fraction(-1)] for sign in (1, -1)]
    bounds = [
        [Fraction(-(place == own)) for place in range(len(names) + 1)] for own in range(len(names))
    ]
    return rows + bounds


def solved(rows, right):
    """Solve a square system exactly; nothing where it is singular."""
    size = len(rows)
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for column in range(size):
        pivot = next((r for r in range(column, size) if table[r][column]), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [cell / table[column][column] for cell in table[column]]
        for row in range(size):
            if row != column and table[row][column]:
                factor = table[row][column]
                table[row] = [
                    a - factor * b for a, b in zip(table[row], table[column], strict=True)
                ]
    return [row[-1] for row in table]


def optimal_corners(from_best, to_worst):
    """Try every corner of the polyhedron: an oracle that knows nothing of the simplex method."""
    rows = rows_of(from_best, to_worst)
    count = len(from_best)
    total = [Fraction(1)] * count + [Fraction(0)]
    corners = []
    for chosen in combinations(rows, count):
        point = solved([total, *chosen], [Fraction(1)] + [Fraction(0)] * count)
        if point is not None and all(
            sum(a * b for a, b in zip(row, point, strict=True)) <= 0 for row in rows
        ):
            corners.append(point)
    least = min(point[-1] for point in corners)
    return least, {tuple(point[:-1]) for point in corners if point[-1] == least}


@given(said(most=3))
def test_the_optimum_is_the_best_corner_and_the_only_one(made):
    from_best, to_worst = made
    found = weigh(from_best, to_worst)
    least, corners = optimal_corners(from_best, to_worst)
    assert found.origin.facts["xi"] == least
    assert corners == {tuple(found[name] for name in from_best)}


@pytest.mark.parametrize(
    ("from_best", "to_worst"),
    [((1, 8, 2, 4), (8, 1, 7, 2)), ((1, 3, 9, 2), (3, 1, 9, 5)), ((1, 5, 1, 5), (5, 1, 2, 2))],
)
def test_the_optimum_of_four_criteria_is_the_best_corner(from_best, to_worst):
    names = [f"k{place}" for place in range(4)]
    given = [dict(zip(names, vector, strict=True)) for vector in (from_best, to_worst)]
    found = weigh(*given)
    least, corners = optimal_corners(*given)
    assert found.origin.facts["xi"] == least
    assert corners == {tuple(found[name] for name in names)}


@given(said())
def test_xi_is_the_deviation_of_the_weights_which_sum_to_exactly_1(made):
    found = weigh(*made)
    assert found.total == 1
    assert found.origin.facts["xi"] == deviation(found, *made)


@given(made=said(), data=st.data())
def test_no_other_weights_deviate_less(made, data):
    found = weigh(*made)
    moves = {name: data.draw(st.fractions(0, 2, max_denominator=9)) for name in found.names}
    near = {name: share * (20 + moves[name]) for name, share in found}
    total = sum(near.values())
    other = {name: share / total for name, share in near.items()}
    assert deviation(other, *made) >= found.origin.facts["xi"]
    if other != dict(found):
        assert deviation(other, *made) > found.origin.facts["xi"]


@given(made=said(), data=st.data())
def test_the_order_of_the_criteria_changes_nothing(made, data):
    order = data.draw(st.permutations(sorted(made[0])))
    turned = [{name: vector[name] for name in order} for vector in made]
    assert dict(weigh(*turned)) == dict(weigh(*made))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_comparisons_without_contradiction_give_their_weights_back(sizes):
    shares = {"k0": 9, "k1": 1, **{f"k{place}": size for place, size in enumerate(sizes, start=2)}}
    from_best = {name: Fraction(9, size) for name, size in shares.items()}
    found = weigh(from_best, shares)
    total = sum(shares.values())
    assert dict(found) == {name: Fraction(size, total) for name, size in shares.items()}
    assert found.origin.facts["xi"] == found.origin.facts["input_cr"] == 0
    assert found.origin.issues == ()


def test_twelve_criteria_are_weighed():
    names = [f"k{place}" for place in range(12)]
    from_best = {name: 1 + place * 7 % 9 for place, name in enumerate(names)} | {"k0": 1, "k1": 9}
    to_worst = {name: 1 + place * 5 % 9 for place, name in enumerate(names)} | {"k0": 9, "k1": 1}
    found = weigh(from_best, to_worst)
    assert found.origin.facts["xi"] == deviation(found, from_best, to_worst)


def test_what_is_1_anyway_may_be_left_out():
    whole = best_worst_weights(
        {"a": 1, "b": 3, "c": 8}, others_to_worst={"a": 8, "b": 4, "c": 1}, best="a", worst="c"
    )
    short = best_worst_weights(
        {"b": 3, "c": 8}, others_to_worst={"b": 4, "a": 8}, best="a", worst="c"
    )
    once = best_worst_weights(
        {"a": 1, "b": 3}, others_to_worst={"b": 4, "a": 8, "c": 1}, best="a", worst="c"
    )
    assert dict(whole) == dict(short) == dict(once)


class TestInputConsistency:
    """CR_j = |a_Bj a_jW - a_BW| / (a_BW² - a_BW), the largest counts; Liang, Brunelli & Rezaei 2020."""

    def test_the_ratio_is_exact_and_names_its_criterion(self):
        found = weigh({"k0": 1, "k1": 8, "k2": 2, "k3": 4}, {"k0": 8, "k1": 1, "k2": 7, "k3": 2})
        facts = found.origin.facts
        assert facts["input_cr"] == Fraction(2 * 7 - 8, 8**2 - 8)
        assert facts["input_cr_at"] == "k2"
        assert facts["input_cr_threshold"] == Fraction("0.2521")
        assert found.origin.issues == ()

    def test_a_ratio_above_its_threshold_is_a_warning(self):
        found = weigh({"k0": 1, "k1": 4, "k2": 4}, {"k0": 4, "k1": 1, "k2": 4})
        [issue] = found.origin.issues
        assert found.origin.facts["input_cr"] == 1
        assert (issue.code, issue.severity) == ("KNJ017", "warning")
        assert issue.details["first"] == "k0 : k2 = 4"
        assert issue.details["together"] == "16"

    @pytest.mark.parametrize("whole", ["2.5", 12])
    def test_there_is_no_threshold_beside_the_table(self, whole):
        found = weigh({"k0": 1, "k1": whole, "k2": 2}, {"k0": whole, "k1": 1, "k2": 2})
        assert "input_cr_threshold" not in found.origin.facts
        assert {issue.code for issue in found.origin.issues} <= {"KNJ008"}

    def test_best_and_worst_alike_have_no_ratio(self):
        assert (
            weigh({"k0": 1, "k1": 1, "k2": 3}, {"k0": 1, "k1": 1, "k2": 1}).origin.facts["input_cr"]
            == 0
        )

    def test_the_table_has_a_figure_for_3_to_9_criteria(self):
        assert all(sorted(row) == list(range(3, 10)) for row in INPUT_THRESHOLDS.values())
        assert sorted(INPUT_THRESHOLDS) == list(range(2, 10))


def codes(error):
    return [(issue.code, issue.path) for issue in error.value.issues]


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as error:
        best_worst_weights(
            {"a": 2, "b": "1/2", "c": "much"}, others_to_worst={"a": 0}, best="a", worst="cc"
        )
    assert codes(error) == [
        ("KNJ007", "worst"),
        ("KNJ016", "best_to_others.a"),
        ("KNJ016", "best_to_others.b"),
        ("KNJ003", "best_to_others.c"),
        ("KNJ016", "others_to_worst.a"),
    ]


def test_a_criterion_without_its_numbers_is_named():
    with pytest.raises(InputError) as error:
        best_worst_weights({"b": 2, "c": 3}, others_to_worst={"a": 3, "d": 2}, best="a", worst="c")
    assert codes(error) == [("KNJ010", "best_to_others"), ("KNJ010", "others_to_worst")]


def test_two_different_numbers_for_best_to_worst_are_refused():
    with pytest.raises(InputError) as error:
        best_worst_weights({"b": 2, "c": 8}, others_to_worst={"a": 7, "b": 4}, best="a", worst="c")
    assert codes(error) == [("KNJ004", "others_to_worst.a")]


def test_the_best_is_not_the_worst():
    with pytest.raises(InputError) as error:
        best_worst_weights({"a": 1, "b": 2}, others_to_worst={"a": 1, "b": 2}, best="a", worst="a")
    assert ("KNJ019", "worst") in codes(error)


def test_a_number_beyond_nine_is_noted_and_used():
    found = weigh({"k0": 1, "k1": 12}, {"k0": 12, "k1": 1})
    assert dict(found) == {"k0": Fraction(12, 13), "k1": Fraction(1, 13)}
    assert [issue.code for issue in found.origin.issues] == ["KNJ008", "KNJ008"]
