"""Sample size and allocation against formulas written anew from the sources."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.asn.sampling import allocate, sample_size

PEOPLE = st.integers(1, 10**7)
STRATA = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 500), min_size=1
)
VILLAGE = {"RW1": 100, "RW2": 75, "RW3": 110, "RW4": 95, "RW5": 80, "RW6": 90}


def krejcie_morgan(people):
    """S = 3.841 N 0.25 / (0.0025 (N − 1) + 3.841 × 0.25), in whole numbers."""
    return Fraction(3841 * people * 250, 2500 * (people - 1) + 3841 * 250)


class TestKrejcieMorgan:
    """The table of Krejcie and Morgan is prescribed; the formula behind it is known from practice."""

    @given(PEOPLE)
    def test_half_up_is_the_nearest_whole_number(self, people):
        size = sample_size(people)
        assert Fraction(-1, 2) < size - krejcie_morgan(people) <= Fraction(1, 2)

    @given(PEOPLE)
    def test_ceiling_never_takes_fewer_than_the_formula(self, people):
        assert 0 <= sample_size(people, rounding="ceiling") - krejcie_morgan(people) < 1

    @given(PEOPLE)
    def test_never_more_than_there_are(self, people):
        assert 1 <= sample_size(people) <= people
        assert sample_size(people, rounding="ceiling") <= people

    @given(PEOPLE)
    def test_more_people_never_need_fewer(self, people):
        assert sample_size(people) <= sample_size(people + 1)

    @given(PEOPLE)
    def test_another_share_than_one_half_needs_no_more(self, people):
        assert sample_size(people, proportion="30 %") <= sample_size(people)
        assert sample_size(people, proportion="0.3") == sample_size(people, proportion="0.7")

    @pytest.mark.parametrize(
        ("people", "size"), [(1, 1), (10, 10), (100, 80), (500, 217), (550, 226), (1000, 278)]
    )
    def test_points_that_formula_and_table_share(self, people, size):
        assert sample_size(people) == size

    def test_the_conflicting_point_follows_the_formula(self):
        assert sample_size(100_000) == 383

    def test_figures_enter_as_they_are_written(self):
        same = {
            sample_size(550, margin=margin) for margin in ("5 %", 0.05, Decimal("0.05"), "1/20")
        }
        assert same == {226}

    @pytest.mark.parametrize("people", [0, -1, True, 2.0, "550", None])
    def test_a_population_that_is_none_is_refused(self, people):
        with pytest.raises(ValueError, match="population must be"):
            sample_size(people)

    @pytest.mark.parametrize(
        ("figure", "said"),
        [
            ({"margin": 0}, "margin must be above 0"),
            ({"margin": "101 %"}, "margin must be at most 1"),
            ({"chi_square": 0}, "chi_square must be above 0"),
            ({"proportion": 0}, "proportion must lie between"),
            ({"proportion": 1}, "proportion must lie between"),
        ],
    )
    def test_a_figure_outside_its_limits_is_refused(self, figure, said):
        with pytest.raises(ValueError, match=said):
            sample_size(550, **figure)

    def test_an_unknown_rounding_is_refused(self):
        with pytest.raises(ValueError, match="unknown rounding mode"):
            sample_size(550, rounding="nearest")


class TestAllocation:
    """A sample is spread over strata in proportion to their sizes."""

    @pytest.mark.parametrize("method", ["half_up", "largest_remainder"])
    def test_the_published_example(self, method):
        assert list(allocate(226, VILLAGE, method=method).values()) == [41, 31, 45, 39, 33, 37]

    @given(STRATA, st.data())
    def test_every_part_lies_within_one_of_its_share(self, strata, data):
        total = sum(strata.values())
        if total == 0:
            return
        sample = data.draw(st.integers(0, total))
        for method, width in (("half_up", Fraction(1, 2)), ("largest_remainder", 1)):
            parts = allocate(sample, strata, method=method)
            assert list(parts) == list(strata)
            for name, part in parts.items():
                assert abs(part - Fraction(sample * strata[name], total)) <= width
                assert 0 <= part <= strata[name]

    @given(STRATA, st.data())
    def test_largest_remainder_always_sums(self, strata, data):
        total = sum(strata.values())
        if total:
            sample = data.draw(st.integers(0, total))
            assert sum(allocate(sample, strata, method="largest_remainder").values()) == sample

    def test_rounded_parts_may_sum_to_less_or_more(self):
        thirds, halves = {"a": 50, "b": 50, "c": 50}, {"a": 50, "b": 50}
        assert sum(allocate(10, thirds, method="half_up").values()) == 9
        assert sum(allocate(3, halves, method="half_up").values()) == 4

    def test_equal_remainders_go_to_the_larger_and_then_to_the_earlier(self):
        assert allocate(1, {"a": 50, "b": 50}, method="largest_remainder") == {"a": 1, "b": 0}
        # 10 × 30/40 = 7.5 and 10 × 10/40 = 2.5
        assert allocate(10, {"a": 10, "b": 30}, method="largest_remainder") == {"a": 2, "b": 8}

    @pytest.mark.parametrize(
        ("sample", "strata", "said"),
        [
            (-1, {"a": 1}, "sample must be at least 0"),
            (2, {"a": 1}, "sample must be at most the 1 people"),
            (0, {"a": 0}, "at least one person"),
            (0, {}, "at least one person"),
            (1, {"a": -1, "b": 9}, r"strata\['a'\] must be at least 0"),
            (1, {"a": 1.5}, r"strata\['a'\] must be a whole number"),
            (1.0, {"a": 1}, "sample must be a whole number"),
        ],
    )
    def test_numbers_outside_their_limits_are_refused(self, sample, strata, said):
        with pytest.raises(ValueError, match=said):
            allocate(sample, strata, method="half_up")

    def test_an_unknown_method_is_refused(self):
        with pytest.raises(ValueError, match="half_up, largest_remainder, got 'sainte_lague'"):
            allocate(1, {"a": 1}, method="sainte_lague")
