"""Ranks over weightings: published figures, exact ones, and the plain definition."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_single import two

from kinerja.errors import InputError
from kinerja.explore import (
    draw_weightings,
    exact_rank_acceptability,
    policy_scheme,
    rank_acceptability,
    read_people,
)
from kinerja.explore.weightings import Weightings

NUMBERS = st.sampled_from([0, 1, "0.5", "0.6", "1/3", "2/3", 7])


def weightings_of(rows, names):
    return Weightings(names=names, parts=np.array(rows, np.int64), grid=int(sum(rows[0])))


class TestDefinition:
    @given(
        st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=6),
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=7),
    )
    def test_a_rank_is_one_more_than_those_above(self, values, shares):
        rows = [(a, b, 8 - a - b) for a, b in shares]
        weightings = weightings_of(rows, ("a", "b", "c"))
        named = {str(place): row for place, row in enumerate(values)}
        found = rank_acceptability(named, weightings)
        exact = [[Fraction(one) for one in row] for row in values]
        sums = [
            [sum(w * x for w, x in zip(row, one, strict=True)) for one in exact] for row in rows
        ]
        for place in range(len(values)):
            ranks = [1 + sum(other > total[place] for other in total) for total in sums]
            assert found.ranks[place] == tuple(
                Fraction(ranks.count(rank), len(rows)) for rank in range(1, len(values) + 1)
            )
            assert found.mean_rank(place) == Fraction(sum(ranks), len(rows))
            firsts = [row for row, rank in zip(rows, ranks, strict=True) if rank == 1]
            if not firsts:
                assert found.central[place] is None
            else:
                assert [share for _, share in found.central[place]] == [
                    Fraction(sum(row[part] for row in firsts), 8 * len(firsts)) for part in range(3)
                ]
            for other in range(len(values)):
                above = sum(total[place] > total[other] for total in sums)
                assert found.beats[place][other] == Fraction(above, len(rows))

    def test_numbers_beyond_floats_are_ranked_exactly(self):
        tiny = Fraction(1, 10**30)
        values = {"A": (1 + tiny, 1), "B": (1, 1), "C": (1, 1 + tiny)}
        found = rank_acceptability(values, weightings_of([(6, 4)], ("x", "y")))
        assert [row.index(1) + 1 for row in found.ranks] == [1, 3, 2]


class TestTwoParts:
    def test_three_alternatives_as_worked_by_hand(self):
        found = exact_rank_acceptability(
            {"A": (1, 0), "B": (0, 1), "C": ("0.6", "0.6")}, names=("x", "y")
        )
        assert found.ranks[0] == (Fraction(2, 5), Fraction(1, 10), Fraction(1, 2))
        assert found.ranks[2] == (Fraction(1, 5), Fraction(4, 5), 0)
        assert found.central[2]["x"] == Fraction(1, 2)
        assert found.beats[0][2] == Fraction(2, 5)

    @given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5))
    def test_a_fine_grid_of_weightings_comes_close(self, values):
        named = {str(place): row for place, row in enumerate(values)}
        exact = exact_rank_acceptability(named, names=("x", "y"))
        size = 997
        grid = weightings_of(
            [(2 * at + 1, 2 * size - 2 * at - 1) for at in range(size)], ("x", "y")
        )
        drawn = rank_acceptability(named, grid)
        for one, other in zip(exact.ranks, drawn.ranks, strict=True):
            for share, counted in zip(one, other, strict=True):
                assert abs(share - counted) <= Fraction(6, size)
        assert all(sum(row) == 1 for row in exact.ranks)

    def test_quantiles_of_ranks_rise(self):
        found = exact_rank_acceptability(
            {"A": (1, 0), "B": (0, 1), "C": ("0.6", "0.6")}, names=("x", "y")
        )
        quantiles = [found.quantile(0, Fraction(share, 10)) for share in range(11)]
        assert quantiles == sorted(quantiles)
        assert found.quantile(0, Fraction(1, 2)) == 2
        assert found.at_least(0, 2) == Fraction(1, 2)
        assert all(a <= b for a, b in pairwise(quantiles))


class TestPeople:
    def test_people_are_ranked_by_the_unrounded_total(self):
        scorer = two()
        people = read_people(
            scorer, {"id": ["A", "B", "C"], "skp": [90, 90, None], "perilaku": [50, "50.001", 60]}
        )
        weightings = draw_weightings(policy_scheme(scorer), count=50, seed=1)
        found = rank_acceptability(people, weightings)
        assert found.ids == ("A", "B")
        assert found.ranks == ((0, 1), (1, 0))

    def test_nobody_is_no_ranking(self):
        with pytest.raises(InputError, match="KNJ053"):
            rank_acceptability({}, weightings_of([(1, 1)], ("x", "y")))

    def test_parts_must_be_as_many(self):
        with pytest.raises(InputError, match="KNJ020"):
            rank_acceptability({"A": (1, 2, 3)}, weightings_of([(1, 1)], ("x", "y")))
        with pytest.raises(InputError, match="KNJ020"):
            exact_rank_acceptability({"A": (1,)}, names=("x", "y"))

    @pytest.mark.parametrize("value", [float("nan"), None, "baik"])
    def test_what_is_no_number_is_refused(self, value):
        with pytest.raises(InputError, match="KNJ035"):
            rank_acceptability({"A": (1, value)}, weightings_of([(1, 1)], ("x", "y")))
        with pytest.raises(InputError, match="KNJ035"):
            exact_rank_acceptability({"A": (value, 1)}, names=("x", "y"))

    @pytest.mark.parametrize("names", [("x",), ("x", "x")])
    def test_two_parts_have_two_names(self, names):
        with pytest.raises(InputError, match="KNJ019"):
            exact_rank_acceptability({"A": (1, 2)}, names=names)

    def test_a_row_called_by_its_number_is_kept_beside_an_id_of_the_same_text(self):
        scorer = two()
        people = read_people(scorer, {"id": [None, "1"], "skp": [90, 50], "perilaku": [50, 60]})
        weightings = draw_weightings(policy_scheme(scorer), count=5, seed=1)
        assert rank_acceptability(people, weightings).ids == ("1", "1")
