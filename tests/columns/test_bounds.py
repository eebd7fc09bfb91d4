"""What is said of the floats of a column holds for each of them.

This is what every certain answer of a plan rests on, so it is held against exact arithmetic operation by
operation, with the errors of a float as large as they can be.
"""
# ruff: noqa: S311 - random columns guard no secret

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from random import Random

import bounded_columns as columns
import pytest
from bounded_columns import check, check_near
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.columns.bounds import HUGE, TINY, Fact, U, as_float, of_constant, of_printed
from kinerja.exact import exact

SEEDS = st.integers(0, 2**32)
#: As many again as elsewhere: nothing else is so cheap and so much rests on it.
MORE = settings(max_examples=settings().max_examples * 5)
#: No plan reads larger ones.
FLOATS = st.floats(-1e100, 1e100)


class TestAnyExpression:
    @MORE
    @given(SEEDS, st.integers(1, 5))
    def test_numbers_of_common_sizes(self, seed, depth):
        _hold(seed, depth, power=12)

    @MORE
    @given(SEEDS, st.integers(1, 4))
    def test_numbers_of_every_size(self, seed, depth):
        """Down to the smallest floats that there are; products of them underflow."""
        _hold(seed, depth, power=320)

    @given(SEEDS)
    def test_long_sums_and_products(self, seed):
        random = Random(seed)
        total = columns.printed(random, 9)
        for _ in range(30):
            other = columns.printed(random, 9)
            total = random.choice((columns.plus, columns.plus, columns.larger))(total, other)
            if not random.randrange(8) and total.fact.size < 1e60:
                total = columns.times(total, other)
        check(total)
        for at in columns.points(random, total):
            check_near(total, at)

    @given(SEEDS)
    def test_what_almost_cancels(self, seed):
        """The difference of two columns that are nearly the same: no share of it is known."""
        random = Random(seed)
        one = columns.expression(random, 2, 9)
        other = columns.scaled(one, 1 + Fraction(random.randint(-9, 9), 10**15))
        gap = columns.plus(one, columns.negated(other))
        check(gap)
        for at in columns.points(random, gap):
            check_near(gap, at)
        assert gap.fact.rel <= 2 * U or one.fact.low == one.fact.high == 0


def _hold(seed: int, depth: int, power: int) -> None:
    random = Random(seed)
    column = columns.expression(random, depth, power)
    check(column)
    for at in columns.points(random, column):
        if not at or abs(float(at)) > 1e-290:  # others are no constants of a plan
            check_near(column, at)


class TestLeaves:
    @given(FLOATS, FLOATS)
    def test_decimals_lie_within_their_share_of_the_floats_that_print_them(self, one, other):
        low, high = sorted((one, other))
        values = [low, high]
        column = columns.Bounded(of_printed(low, high), values, [exact(v) for v in values], "")
        check(column)

    @pytest.mark.parametrize("power", range(-60, 61))
    def test_decimals_beside_powers_of_two(self, power):
        """There the next float is nearest, so a share of half a step is as small as it gets."""
        edge = 2.0**power
        values = [math.nextafter(edge, 0), edge, math.nextafter(edge, math.inf)]
        check(
            columns.Bounded(
                of_printed(values[0], values[2]), values, [exact(v) for v in values], ""
            )
        )

    def test_zero_is_an_end_of_its_own(self):
        assert of_printed(0.0, 5.0).low == 0
        assert of_printed(-5.0, 0.0).high == 0

    @given(st.fractions() | SEEDS.map(lambda seed: columns.constant(Random(seed), 99)))
    def test_a_constant_is_held_by_the_float_nearest_it(self, value):
        try:
            near, rel = as_float(value)
        except OverflowError:
            assert abs(value) < Fraction(1, 10**280)
            return
        assert near == value.numerator / value.denominator
        assert (rel == 0) == (Fraction(near) == value)
        check(columns.Bounded(of_constant(value), [near], [value], ""))

    @pytest.mark.parametrize("text", ["1e-330", "1e-320", "-3e-310", "1e398", "-1e310"])
    def test_a_constant_of_which_a_float_keeps_no_share_is_refused(self, text):
        with pytest.raises(OverflowError):
            as_float(exact(text))

    def test_zero_is_a_constant(self):
        assert as_float(Fraction(0)) == (0.0, 0.0)
        assert of_constant(Fraction(0)) == Fact(0.0, 0.0)


class TestOperations:
    """Each operation with the floats as far off as is said of them."""

    FACTS = tuple(
        Fact(low, high, rel, off)
        for low, high in ((1.0, 3.0), (-2.0, 5.0), (-4.0, -1.0), (0.0, 1.0), (1e-9, 1e9))
        for rel, off in ((0.0, 0.0), (U, TINY), (1e-9, 0.0), (1e-4, 1e-6), (0.0, 0.01))
    )

    @staticmethod
    def worst(fact: Fact) -> list[tuple[Fraction, Fraction]]:
        """The floats that are furthest off, not rounded, with the numbers that they stand for."""
        low, high = Fraction(fact.low), Fraction(fact.high)
        found = []
        for x in (low, high, (low + 3 * high) / 4):
            off = Fraction(fact.rel) * abs(x) + Fraction(fact.off)
            found += [(x + off, x), (x - off, x)]
        return found

    @pytest.mark.parametrize("one", FACTS)
    def test_sums_products_and_quotients(self, one):
        for other in self.FACTS:
            least = min(abs(other.low), abs(other.high)) if other.low * other.high > 0 else 0.5
            facts = (one.plus(other), one.times(other), one.over(other, least))
            for (f, x), (g, y) in product(self.worst(one), self.worst(other)):
                results = [(f + g, x + y), (f * g, x * y)]
                if abs(y) >= least and g:
                    results.append((f / g, x / y))
                for fact, (near, z) in zip(facts, results, strict=False):
                    _hold_rounded(fact, near, z)

    @pytest.mark.parametrize("one", FACTS)
    @pytest.mark.parametrize("factor", ["1/3", "-2", "7", "0.1", "-1e12", "1e-12"])
    def test_factors(self, one, factor):
        constant = exact(factor)
        near = Fraction(as_float(constant)[0])
        for f, x in self.worst(one):
            _hold_rounded(one.scaled(float(near)), f * near, x * constant)

    @pytest.mark.parametrize("one", FACTS)
    def test_limits(self, one):
        for at in (*map(Fraction, (-5, -1, 0, 1, 2, 6)), Fraction(1, 3), Fraction(-1, 3)):
            near, rel = as_float(at)
            for f, x in self.worst(one):
                _hold_exactly(one.held(near, None, rel), max(f, Fraction(near)), max(x, at))
                _hold_exactly(one.held(None, near, rel), min(f, Fraction(near)), min(x, at))

    @pytest.mark.parametrize("one", FACTS)
    def test_the_side_of_a_point(self, one):
        for f, x in self.worst(one):
            for at in (x, x + abs(f - x) / 2, x - abs(f - x) / 3, f, Fraction(1, 3), Fraction(0)):
                point = Fraction(float(at))
                if (x > at) - (x < at) != (f > point) - (f < point):
                    assert abs(f - point) <= Fraction(one.near(float(at)))

    def test_of_one_sign_a_share_stays_a_share(self):
        one = of_printed(0.0, 100.0)
        assert one.plus(one).rel < 3 * U
        assert one.plus(one).off < 1e-300
        assert one.plus(one.negated()).off > 100 * U

    @pytest.mark.parametrize(
        ("low", "high", "divisor"), [(1.0, 2.0, (0.0, 9.0)), (-2.0, -1.0, (0.0, 9.0))]
    )
    def test_a_quotient_by_divisors_of_one_sign_has_a_sign(self, low, high, divisor):
        found = Fact(low, high).over(Fact(*divisor), 0.5)
        assert (found.low >= 0) == (low > 0)
        assert (found.high <= 0) == (high < 0)

    def test_a_divisor_that_may_be_far_off_says_nothing(self):
        found = Fact(1.0, 2.0).over(Fact(1.0, 2.0, 2.0**-9), 1.0)
        assert found.off == math.inf
        assert found.near(1.0) == math.inf
        assert not found.error < 1

    def test_a_share_of_a_half_or_more_says_nothing_about_a_side(self):
        """A float of nothing is within such a share of any number."""
        for rel in (0.5, 0.999, 1.0, 1.5, 1e9):
            assert Fact(0.0, 1.0, rel).near(1.0) == math.inf

    def test_squares_of_squares_never_become_certain(self):
        fact = Fact(0.0, 1.0, 2.0**-41)
        last = 0.0
        for _ in range(60):
            fact = fact.times(fact).held(0.0, 1.0, 0.0)
            assert fact.near(1.0) >= last
            last = fact.near(1.0)

    @pytest.mark.parametrize("power", [1e-200, 1e-300])
    def test_products_too_small_for_a_float_are_not_zero(self, power):
        for sign in (1, -1):
            fact = of_printed(power, power).times(of_printed(*sorted((sign * power, sign * power))))
            x = exact(power) * sign * exact(power)
            assert Fraction(fact.low) <= x <= Fraction(fact.high)
            assert abs(x) <= Fraction(fact.off)

    def test_ends_that_overflow_say_nothing_rather_than_something_wrong(self):
        wide = Fact(-1e200, 1e200)
        found = wide.times(wide)
        assert found.low == -math.inf
        assert found.high == math.inf
        nothing = found.times(Fact(0.0, 1.0))
        assert not nothing.size < HUGE


def _hold_rounded(fact: Fact, near: Fraction, x: Fraction) -> None:
    """Hold a result that a float then rounds: by no more than its unit roundoff."""
    for step in (1, -1):
        _hold_exactly(fact, near * (1 + step * Fraction(U)), x)


def _hold_exactly(fact: Fact, near: Fraction, x: Fraction) -> None:
    assert Fraction(fact.low) <= x <= Fraction(fact.high)
    if math.isfinite(fact.off):
        assert abs(near - x) <= Fraction(fact.rel) * abs(x) + Fraction(fact.off)
        assert abs(near - x) <= Fraction(fact.error)
