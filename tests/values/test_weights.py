from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.values import Origin, Weights

NUMBERS = st.lists(st.floats(0, 1e6), min_size=1, max_size=9).filter(any)


class TestNormalising:
    @given(NUMBERS, st.integers(0, 15))
    def test_the_sum_is_exactly_one_and_no_weight_moves_by_a_unit(self, numbers, digits):
        named = {str(place): value for place, value in enumerate(numbers)}
        weights = Weights.normalised(named, digits=digits)
        exact = {name: Fraction(repr(value)) for name, value in named.items()}
        whole = sum(exact.values())
        assert weights.total == 1
        for name, share in weights:
            assert abs(share - exact[name] / whole) < Fraction(1, 10**digits)
            assert (share * 10**digits).denominator == 1

    def test_equal_remainders_go_in_the_order_of_the_names(self):
        assert Weights.normalised({"a": 1, "b": 1, "c": 1}, digits=2).shares == (
            ("a", Fraction(34, 100)),
            ("b", Fraction(33, 100)),
            ("c", Fraction(33, 100)),
        )

    def test_the_largest_remainder_gets_what_is_left(self):
        weights = Weights.normalised({"a": 1, "b": "2.9", "c": "2.1"}, digits=1)
        assert [share * 10 for _, share in weights] == [2, 5, 3]

    def test_a_negative_number_is_refused(self):
        with pytest.raises(ValueError, match="negative"):
            Weights.normalised({"a": 1, "b": -1})

    def test_only_zeros_are_refused(self):
        with pytest.raises(ValueError, match="zero"):
            Weights.normalised({"a": 0, "b": 0})


class TestOrigin:
    def test_weights_that_share_out_alike_are_equal_wherever_they_come_from(self):
        origin = Origin(method="direct", source="a meeting")
        stated = Weights.of({"a": "60 %", "b": "40 %"})
        found = Weights.normalised({"a": 6, "b": 4}, origin=origin)
        assert found == stated
        assert hash(found) == hash(stated)
        assert found.origin is origin

    def test_rounding_keeps_where_weights_come_from(self):
        origin = Origin(method="direct", source="a meeting")
        weights = Weights.normalised({"a": 2, "b": 1}, origin=origin)
        assert weights.rounded(digits=2).origin is origin
        assert weights.rounded(digits=2)["a"] == Fraction(67, 100)
