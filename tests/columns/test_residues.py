"""A column of whole numbers modulo 2**64 is the fraction that it stands for, or is marked."""
# ruff: noqa: S311, PLR0124 - random columns guard no secret; NaN is not itself

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import exact_columns as columns
import numpy as np
import pytest
from exact_columns import MODES, agree, plain, told
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns import residues as r
from kinerja.exact import Rounding, exact

SEEDS = st.integers(0, 2**32)
HALF_UP = Rounding(digits=2, mode="half_up")


@pytest.fixture(autouse=True)
def _silent():
    """What overflows is infinite, and an infinite bound decides nothing; `run` does the same."""
    with np.errstate(all="ignore"):
        yield


def column(*values) -> columns.Pair:
    """A column of figures, each a row."""
    exactly = [exact(value) for value in values]
    unit = 1
    for value in exactly:
        unit = unit * value.denominator // np.gcd(unit, value.denominator)
    unit = int(unit)
    whole = [int(value * unit) for value in exactly]
    return plain(r.of_integers(np.array(whole, np.int64), unit), exactly)


class TestAnyExpression:
    @given(SEEDS, st.integers(1, 5))
    def test_values_signs_and_roundings_are_those_of_fractions(self, seed, depth):
        agree(columns.expression(Random(seed), 6, depth))

    @given(SEEDS)
    def test_everything_is_decided_about_ratios_of_short_decimals(self, seed):
        """Capaian, weighted, capped and rounded: the numbers that policies are about."""
        random = Random(seed)
        parts = []
        for _ in range(4):
            actual = columns.decimals(random, 8, 2, 20_000)
            actual.exact = [v if v is None or abs(v) < 200 else None for v in actual.exact]
            actual.number = r.of_floats(
                np.array([np.nan if v is None else float(v) for v in actual.exact])
            )
            target = column(*(random.choice((*range(1, 240), 7.5, 0.04)) for _ in range(8)))
            ratio = columns.scale(columns.divide(actual, target), Fraction(100))
            capped = columns.clip_edge(ratio, _all(Fraction(120), 8), low=False)
            weighed = columns.scale(capped, Fraction(random.randint(1, 40), 100))
            assert not any(told(weighed.number.bad, 8))
            parts.append(weighed)
        total = columns.add(columns.add(*parts[:2]), columns.negative(parts[2]))
        found = columns.rounded(total, Rounding(digits=2, mode=random.choice(MODES)))
        agree(total)
        agree(found)
        assert not any(told(found.number.bad, 8))
        edge = columns.add(
            total, _all(-random.choice([v for v in found.exact if v is not None] or [0]), 8)
        )
        agree(edge)
        assert r.sign(edge.number)[1] is None

    @given(SEEDS)
    def test_what_is_nearer_to_a_tie_than_a_float_can_tell_is_decided(self, seed):
        """Differences of one unit in numbers far beyond 2**53: only the residues tell them apart."""
        random = Random(seed)
        product_of = random.choice((9973 * 9967, 2**31 - 1, 10**12 + 39, 2**40 + 15))
        top = product_of * random.randint(10**3, 10**6)
        values = [top + step for step in (-1, 0, 1)]
        other = 2 ** random.randint(20, 40) + 1
        one = columns.multiply(column(*values), column(*[other] * 3))
        gap = columns.add(one, columns.negative(_all(Fraction(top * other), 3)))
        signs, unsure = r.sign(gap.number)
        if other * top < 2**90:
            assert unsure is None
        for row, sign in enumerate((-1, 0, 1)):
            assert told(unsure, 3)[row] or signs[row] == sign
        agree(gap)


def _all(value, rows) -> columns.Pair:
    return plain(r.of_fraction(Fraction(value), rows), [Fraction(value)] * rows)


class TestColumnsComeIn:
    @given(st.lists(st.floats(allow_infinity=False), min_size=1, max_size=12))
    def test_any_float_means_what_it_prints_or_is_marked(self, values):
        exactly = [None if v != v else exact(v) for v in values]
        pair = plain(r.of_floats(np.array(values)), exactly)
        agree(pair)
        assert told(pair.number.miss, len(values)) == [v != v for v in values]

    @pytest.mark.parametrize("digits", r.DECIMALS)
    def test_decimals_of_one_column_have_one_denominator(self, digits):
        values = [place / 10**digits for place in (0, 1, -1, 25, 86_625, 10**6 + 1, 2**51 - 1)]
        number = r.of_floats(np.array(values))
        assert number.bad is None
        assert number.unit == 10**digits
        assert number.num.tolist() == [round(value * 10**digits) for value in values]

    @pytest.mark.parametrize("digits", [5, 7, 9])
    def test_more_decimals_than_are_tried_are_marked(self, digits):
        number = r.of_floats(np.array([1.5, 3 / 10**digits]))
        assert told(number.bad, 2) == [False, digits > r.DECIMALS[-1]]

    def test_one_float_without_end_does_not_mark_a_column_of_short_ones(self):
        number = r.of_floats(np.array([*[0.25] * 99, 1 / 3]))
        assert told(number.bad, 100) == [*[False] * 99, True]
        assert number.unit == 100

    def test_more_floats_without_end_ask_for_more_decimals(self):
        number = r.of_floats(np.array([*[0.25] * 90, *[0.123456] * 10]))
        assert number.bad is None
        assert number.unit == 10**6

    def test_beside_a_decimal_lies_none_that_prints_so(self):
        values = np.array([0.25, np.nextafter(0.25, 1), np.nextafter(0.25, 0)])
        assert told(r.of_floats(values).bad, 3) == [False, True, True]

    @pytest.mark.parametrize("size", [2.0**51, 2.0**52, 2.0**53, 1e17, 1e300])
    def test_decimals_too_large_to_be_told_apart_are_marked(self, size):
        """From 2**51 units on, two floats may print differently and round to one whole number."""
        assert told(r.of_floats(np.array([size, size / 2 - 1])).bad, 2)[0]
        below = r.of_floats(np.array([2.0**51 - 1]))
        assert below.bad is None
        assert below.num.tolist() == [2**51 - 1]

    def test_a_missing_value_is_not_marked_and_not_there(self):
        number = r.of_floats(np.array([np.nan, 0.5, np.nan]))
        assert number.bad is None
        assert told(number.miss, 3) == [True, False, True]
        assert np.isfinite(number.val).all()

    def test_no_rows(self):
        assert len(r.of_floats(np.zeros(0))) == 0

    @given(st.lists(st.integers(-(2**62) + 1, 2**62 - 1), min_size=1), st.integers(1, 10**15))
    def test_whole_numbers_by_a_unit(self, values, unit):
        agree(plain(r.of_integers(np.array(values), unit), [Fraction(v, unit) for v in values]))

    @pytest.mark.parametrize("unit", [10**23, 10**29, 10**30, 2**53 + 1, 3**40])
    def test_whole_numbers_by_a_unit_that_is_no_float(self, unit):
        values = [
            2**61 + 2**7 + 1,
            2**53 + 3,
            731_703_824_230_069_447,
            9_007_199_254_741_031,
            1,
            -7,
        ]
        agree(plain(r.of_integers(np.array(values), unit), [Fraction(v, unit) for v in values]))

    @given(st.fractions() | st.integers(-400, 400).map(lambda power: Fraction(10) ** power))
    def test_a_figure_of_a_policy(self, value):
        agree(_all(value, 2))

    @given(st.integers())
    def test_a_whole_number_is_held_modulo_two_to_the_64(self, number):
        assert (int(r.wrap(number)) - number) % 2**64 == 0
        if -(2**63) <= number < 2**63:
            assert int(r.wrap(number)) == number


class TestArithmetic:
    def test_rows_missing_or_marked_on_either_side_are_so_in_the_result(self):
        one = r.Number(*(np.zeros(4),) * 2, np.zeros(4, np.int64), miss=np.array([True, False] * 2))
        other = r.Number(
            *(np.zeros(4),) * 2, np.zeros(4, np.int64), bad=np.array([True, True, False, False])
        )
        ones = r.of_integers(np.ones(4, np.int64))
        for found in (
            r.add(one, other),
            r.multiply(one, other),
            r.clip_edge(one, other, low=True),
            r.divide(r.add(one, other), ones)[0],
            r.divide(ones, r.add(r.add(one, other), ones))[0],
            r.negative(r.add(one, other)),
            r.scale(r.multiply(one, other), Fraction(3)),
            r.rounded(r.add(one, other), HALF_UP),
        ):
            assert told(found.miss, 4) == [True, False, True, False]
            assert told(found.bad, 4) == [True, True, False, False]

    @given(SEEDS, SEEDS)
    def test_rows_are_taken_in_any_order(self, seed, order):
        pair = columns.expression(Random(seed), 5, 2)
        rows = np.array([Random(order).randrange(5) for _ in range(7)])
        taken = columns.Pair(
            pair.number.take(rows), [pair.exact[i] for i in rows], [pair.den[i] for i in rows]
        )
        assert agree(taken) == sum(pair.exact[i] is not None for i in rows)

    def test_a_common_unit_is_as_small_as_can_be(self):
        assert r.add(column("0.25").number, column("0.1").number).unit == 20
        assert r.scale(column("0.25").number, Fraction(4)).unit == 1
        assert r.scale(column("0.25").number, Fraction(2, 3)).unit == 6

    @pytest.mark.parametrize("value", ["1/3", 7, "-86.625"])
    def test_a_quotient_by_itself_is_one(self, value):
        pair = columns.divide(column(value), column(3))
        one = columns.divide(pair, pair)
        assert agree(one) == 1
        assert r.nearest_floats(one.number)[0].tolist() == [1.0]

    def test_a_divisor_of_zero_is_told_and_no_other(self):
        values = np.array([0.0, -0.0, 0.01, -0.01, np.nan])
        number, zero = r.divide(r.of_floats(np.ones(5)), r.of_floats(values))
        assert zero.tolist()[:4] == [True, True, False, False]
        assert told(number.miss, 5) == [False, False, False, False, True]

    def test_a_difference_of_equal_ratios_is_a_divisor_of_zero(self):
        """Of floats it is one only by luck: 1/3 + 2/3 and 4/3 - 1/3."""
        third = columns.divide(column(1, 1), column(3, 7))
        gap = columns.add(columns.scale(third, Fraction(3)), column(-1, -1))
        found = columns.divide(column(5, 5), gap)
        assert found.exact[0] is None
        _, zero = r.divide(column(5, 5).number, gap.number)
        assert zero.tolist() == [True, False]

    def test_what_wraps_is_right_again_when_it_is_small_again(self):
        big = columns.scale(column(1, -3), Fraction(2**40 * 3**40))
        back = columns.add(columns.add(big, column(7, 9)), columns.negative(big))
        assert agree(big) == agree(back) == 2
        assert back.number.num.tolist() == [7, 9]

    @pytest.mark.parametrize("factor", ["1e-330", "3e-320", "1e-310", "1e-398"])
    def test_a_factor_too_small_for_a_float_is_not_taken_for_exact(self, factor):
        pair = columns.scale(column(2**50, -(2**50)), exact(factor))
        agree(pair)

    @pytest.mark.parametrize("bottom", [2**1024 - 3, 10**308, 10**308 - 1, 7 * 10**307 + 1])
    def test_a_factor_at_the_end_of_what_is_held(self, bottom):
        agree(columns.scale(column(2**50, 3, 2**61 + 1, -12345), Fraction(1, bottom)))
        agree(columns.scale(column(2**50, 3, 2**61 + 1, -12345), Fraction(977, bottom)))

    @pytest.mark.parametrize("factor", ["1e308", "1e330", "1e398"])
    def test_a_factor_too_large_for_a_float_gives_a_bound_that_decides_nothing(self, factor):
        pair = columns.scale(column(2**50, 0), exact(factor))
        agree(pair)
        _, unsure = r.sign(pair.number)
        assert told(unsure, 2)[0]


class TestLooseBounds:
    """Values as far off as their bound allows: what comes of them is within its own."""

    VALUES = (1.0, -3.0, 0.0, 1e-9, 250.0, -1e12)
    ERRORS = (0.0, 1e-16, 1e-3, 0.4, 2.0, 1e6)
    PAIRS = tuple(product(VALUES, ERRORS))

    @staticmethod
    def loose(pairs) -> r.Number:
        val, err = (np.array(side) for side in zip(*pairs, strict=True))
        # Sizes beyond 64 bits, so that floats alone decide.
        return r.Number(val, err, np.ones(len(val), np.int64), mag=np.full(len(val), 2.0**80))

    @staticmethod
    def ends(pair) -> list[Fraction]:
        val, err = map(Fraction, pair)
        return [val - err, val, val + err]

    @pytest.mark.parametrize("one", PAIRS[::5])
    def test_sums_products_and_quotients(self, one):
        left, right = self.loose([one] * len(self.PAIRS)), self.loose(self.PAIRS)
        runs = {
            "sum": (r.add(left, right), lambda a, b: a + b),
            "product": (r.multiply(left, right), lambda a, b: a * b),
            "quotient": (r.divide(left, right)[0], lambda a, b: a / b),
        }
        for name, (found, exactly) in runs.items():
            bad = told(found.bad, len(found))
            for row, other in enumerate(self.PAIRS):
                err = float(found.err[row])
                if bad[row] or not np.isfinite(err):
                    continue
                for a, b in product(self.ends(one), self.ends(other)):
                    if b or name != "quotient":
                        gap = abs(exactly(a, b) - Fraction(float(found.val[row])))
                        assert gap <= Fraction(err), (name, one, other)

    @pytest.mark.parametrize("factor", ["1/3", "-7", "1e-20", "123456789.123456789"])
    def test_factors(self, factor):
        constant = exact(factor)
        found = r.scale(self.loose(self.PAIRS), constant)
        for row, pair in enumerate(self.PAIRS):
            for value in self.ends(pair):
                gap = abs(value * constant - Fraction(float(found.val[row])))
                assert gap <= Fraction(float(found.err[row]))

    def test_a_divisor_that_may_be_zero_has_no_sign(self):
        divisors = self.loose([(1.0, 2.0), (1.0, 1.0), (1.0, 0.5)])
        number, zero = r.divide(self.loose([(1.0, 0.0)] * 3), divisors)
        assert told(number.bad, 3) == [True, True, False]
        assert not zero[2]

    @pytest.mark.parametrize("low", [True, False])
    def test_limits_that_floats_tell_apart_or_not(self, low):
        pick = max if low else min
        for one, other in product(self.PAIRS[::2], self.PAIRS[::3]):
            found = r.clip_edge(self.loose([one]), self.loose([other]), low=low)
            if not told(found.bad, 1)[0]:
                for a, b in product(self.ends(one), self.ends(other)):
                    gap = abs(pick(a, b) - Fraction(float(found.val[0])))
                    assert gap <= Fraction(float(found.err[0]))


class TestSigns:
    @pytest.mark.parametrize("size", [2**53 + 1, 2**61, 2**62 - 1])
    def test_whole_numbers_up_to_two_to_the_62_are_known_by_their_residue(self, size):
        # Floats that say nothing of the sign.
        number = r.Number(np.zeros(3), np.full(3, size / 4), np.array([size // 4, 0, -(size // 4)]))
        signs, unsure = r.sign(number)
        assert unsure is None
        assert signs.tolist() == [1, 0, -1]

    def test_a_whole_number_that_may_be_larger_is_not(self):
        number = r.Number(np.zeros(2), np.array([2.0**62, 2.0**61]), np.array([5, -5]))
        signs, unsure = r.sign(number)
        assert told(unsure, 2) == [True, False]
        assert signs[1] == -1

    def test_a_float_clear_of_zero_decides_beyond(self):
        number = r.Number(np.array([1e30, -1e30]), np.array([1.0, 1.0]), np.array([-1, 1]))
        signs, unsure = r.sign(number)
        assert unsure is None
        assert signs.tolist() == [1, -1]

    def test_what_is_on_the_edge_of_its_bound_is_not_clear(self):
        number = r.Number(np.array([1e30]), np.array([1e30]), np.array([5]))
        assert told(r.sign(number)[1], 1) == [True]

    @pytest.mark.parametrize("part", ["mag", "unit"])
    def test_the_denominator_counts(self, part):
        more = (
            {"mag": np.array([2.0**61]), "den": np.array([2**61])}
            if part == "mag"
            else {"unit": 2**61}
        )
        small = r.Number(np.array([1.0]), np.array([0.5]), np.array([3]), **more)
        large = r.Number(np.array([1.5]), np.array([1.6]), np.array([3]), **more)
        assert r.sign(small)[1] is None
        assert told(r.sign(large)[1], 1) == [True]

    @pytest.mark.parametrize("bound", [np.inf, np.nan])
    def test_a_bound_that_overflowed_decides_nothing(self, bound):
        number = r.Number(np.array([1.0, np.nan]), np.array([bound, 1.0]), np.array([1, 1]))
        assert told(r.sign(number)[1], 2) == [True, True]


class TestLimits:
    @given(SEEDS, st.booleans())
    def test_the_larger_and_the_smaller_of_two_columns(self, seed, low):
        random = Random(seed)
        one, other = (columns.expression(random, 6, random.randrange(3)) for _ in range(2))
        agree(columns.clip_edge(one, other, low=low))

    @pytest.mark.parametrize("low", [True, False])
    def test_equal_ratios_are_held_at_either(self, low):
        """24 % of efficiency: (100 - 9.12/12 * 100), which floats put above 24."""
        ratio = columns.divide(column("9.12"), column("12"))
        value = columns.add(_all(100, 1), columns.scale(ratio, Fraction(-100)))
        held = columns.clip_edge(value, _all(24, 1), low=low)
        assert agree(held) == 1
        assert held.exact == [Fraction(24)]

    def test_what_cannot_be_told_apart_is_marked(self):
        one = r.Number(np.array([1e30, 1e30]), np.array([1e20, 1e10]), np.zeros(2, np.int64))
        edge = r.Number(np.array([1e30, 2e30]), np.array([1e20, 1e10]), np.zeros(2, np.int64))
        for low in (True, False):
            assert told(r.clip_edge(one, edge, low=low).bad, 2) == [True, False]

    def test_columns_of_several_units_and_denominators_are_merged(self):
        one = columns.divide(column("0.5", 2, 3), column(3, 7, 9))
        other = column("0.25", "0.1", 8)
        for condition in product([True, False], repeat=3):
            assert agree(columns.merged(np.array(condition), one, other)) == 3
            assert agree(columns.merged(np.array(condition), other, one)) == 3
            assert agree(columns.merged(np.array(condition), one, one)) == 3


class TestRounding:
    @pytest.mark.parametrize("mode", MODES)
    def test_every_quarter_of_a_step(self, mode):
        """Below zero, at zero, at whole numbers, at halves, beside them."""
        quarters = np.arange(-41, 42)
        val = quarters / 4
        below = np.floor(val)
        to_nearest = mode.startswith("half")
        point = 2 * below + 1 if to_nearest else 2 * np.rint(val)
        side = np.sign(2 * val - point).astype(np.int8)
        found = r.turned(val, below, point, side, mode)
        wanted = [Rounding(digits=0, mode=mode).apply(Fraction(int(q), 4)) for q in quarters]
        assert found.tolist() == wanted

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("nudge", [-1, 1])
    def test_a_float_beside_the_point_does_not_decide_what_lies_on_it(self, mode, nudge):
        """The float of a tie may lie a step beside it; `side` says where the number is."""
        for half in range(-9, 10):
            exactly = Fraction(half, 2)
            val = np.nextafter(np.array([half / 2]), nudge * np.inf)
            below = np.floor(val)
            to_nearest = mode.startswith("half")
            if to_nearest and half % 2 == 0:
                continue
            if not to_nearest and half % 2:
                continue
            point = 2 * below + 1 if to_nearest else 2 * np.rint(val)
            found = r.turned(val, below, point, np.zeros(1, np.int8), mode)
            assert found.tolist() == [Rounding(digits=0, mode=mode).apply(exactly)]

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("digits", range(-30, 31))
    def test_every_mode_at_any_number_of_digits(self, mode, digits):
        rounding = Rounding(digits=digits, mode=mode)
        step = Fraction(10) ** -digits
        parts = (0, 1, -1, 5, -5, 15, -15, 25, -25, 14, 16, -26, 105, 1234567, 49, 51)
        rows = [part * step / 10 for part in parts]
        pair = _scaled(parts, step / 10)
        found = columns.rounded(pair, rounding)
        assert agree(found) == len(rows)
        assert found.exact == [rounding.apply(value) for value in rows]

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("share", [-0.99, -0.6, 0.0, 0.6, 0.99])
    def test_floats_off_by_all_of_their_bound(self, mode, share):
        quarters = np.arange(-21, 22)
        err = np.full(len(quarters), 0.2)
        number = r.Number(quarters / 4 + share * err, err, quarters, np.full_like(quarters, 4), 4.0)
        found = r.rounded(number, Rounding(digits=0, mode=mode))
        wanted = [Rounding(digits=0, mode=mode).apply(Fraction(int(q), 4)) for q in quarters]
        assert found.bad is None
        assert found.num.tolist() == wanted

    @given(SEEDS, st.integers(-30, 30), st.sampled_from(MODES))
    def test_any_number_at_any_number_of_digits(self, seed, digits, mode):
        random = Random(seed)
        pair = columns.expression(random, 5, random.randrange(3))
        agree(columns.rounded(pair, Rounding(digits=digits, mode=mode)))

    @given(
        st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=20),
        st.integers(0, 4),
        st.integers(-6, 4),
        st.sampled_from(MODES),
    )
    def test_short_decimals_are_always_decided(self, tops, places, digits, mode):
        values = [Fraction(top, 10**places) for top in tops]
        pair = plain(r.of_floats(np.array([float(v) for v in values])), values)
        assert pair.number.bad is None
        found = columns.rounded(pair, Rounding(digits=digits, mode=mode))
        assert found.number.bad is None
        agree(found)

    @given(st.integers(1, 10**6), st.integers(1, 10**5), st.sampled_from(MODES))
    def test_ties_of_ratios_are_decided(self, top, bottom, mode):
        """x = (2k + 1) / 200 as a quotient of whole numbers of which it is not seen."""
        tie = Fraction(2 * top + 1, 200)
        one = column(tie.numerator * bottom, tie.numerator * bottom + 1, tie.numerator * bottom - 1)
        ratio = columns.divide(one, column(*[tie.denominator * bottom] * 3))
        assert ratio.exact[0] == tie
        found = columns.rounded(ratio, Rounding(digits=2, mode=mode))
        assert found.number.bad is None
        assert agree(found) == 3

    def test_numbers_too_large_or_not_known_well_enough_are_marked(self):
        number = r.Number(
            np.array([2.0**52, 1.0, 2.0]), np.array([0.0, 0.3, 0.01]), np.array([0, 1, 2])
        )
        found = r.rounded(number, Rounding(digits=0, mode="half_up"))
        assert told(found.bad, 3) == [True, True, False]

    def test_a_tie_that_residues_cannot_tell_is_marked(self):
        # 0.5 and an odd whole number over 2**62 * 3: it takes more than 62 bits.
        number = r.Number(
            np.array([0.5, 0.25]),
            np.array([1e-3, 1e-3]),
            np.array([1, 1]),
            np.array([2, 4]),
            np.full(2, 2.0**80),
        )
        found = r.rounded(number, Rounding(digits=0, mode="half_up"))
        assert told(found.bad, 2) == [True, False]

    def test_rounding_in_steps_beyond_what_64_bits_hold(self):
        value = Fraction(15 * 10**20)
        pair = _scaled([15, 25, -15], Fraction(10**20))
        found = columns.rounded(pair, Rounding(digits=-21, mode="half_even"))
        assert found.exact == [2 * 10**21, 2 * 10**21, -2 * 10**21]
        assert agree(found) == 3
        assert value == pair.exact[0]


def _scaled(parts, factor) -> columns.Pair:
    return columns.scale(column(*parts), factor)


class TestGoingOut:
    @given(st.integers(-(2**62), 2**62), st.integers(1, 2**62))
    def test_the_nearest_float_of_a_ratio_or_none(self, top, bottom):
        value = Fraction(top, bottom)
        number = r.Number(
            np.array([top / bottom]),
            np.array([abs(top / bottom) * 2**-52 + 1e-300]),
            np.array([top]),
            np.array([bottom]),
            np.array([float(bottom)]),
        )
        found, bad = r.nearest_floats(number)
        if not told(bad, 1)[0]:
            assert found.tolist() == [value.numerator / value.denominator]
        elif value:
            # Only what is no quotient of two floats is left.
            assert (
                max(abs(value.numerator), value.denominator) >= 2**53
                or max(abs(top), bottom) > 2**61
            )

    def test_common_factors_are_taken_out_where_that_helps(self):
        number = columns.divide(column(3 * 10**15), column(7 * 10**15)).number
        found, bad = r.nearest_floats(number)
        assert bad is None
        assert found.tolist() == [3 / 7]

    def test_what_is_twice_rounded_is_marked(self):
        top, bottom = 2**60 + 1, 2**59 + 3
        number = columns.divide(column(top), column(bottom)).number
        assert told(r.nearest_floats(number)[1], 1) == [True]

    def test_masks_of_both_kinds_are_joined(self):
        marks = [np.array([True, False, True]), np.array([False, False, True])]
        assert r.union(None, None) is None
        assert r.union(None, marks[0]) is marks[0]
        assert r.union(*marks).tolist() == [True, False, True]
        assert marks[0].tolist() == [True, False, True]


class TestLongDenominators:
    """What a denominator of thousands of digits marks stays marked, whatever is asked of it."""

    TINY_STEP = Fraction(1, 10**289)

    def test_a_constant_denominator_that_grows_is_marked_in_the_end(self):
        pair = column(1, 2)
        while pair.number.bad is None:
            assert pair.number.unit.bit_length() < 10**5
            pair = columns.scale(pair, Fraction(1, 7**50))
            agree(pair)
        assert told(pair.number.bad, 2) == [True, True]

    @pytest.mark.parametrize("digits", [-30, -5, 0, 5, 30])
    @pytest.mark.parametrize("power", [200, 280, 289, 300, 600, 1200])
    def test_roundings(self, digits, power):
        third = columns.divide(column("1.5", "0.5"), column(3, 3))
        part = columns.scale(third, Fraction(10) ** -digits)
        value = columns.add(columns.scale(column(0, 0), Fraction(1, 10**power)), part)
        for mode in MODES:
            agree(columns.rounded(value, Rounding(digits=digits, mode=mode)))

    @pytest.mark.parametrize("power", [200, 289, 290, 300, 307, 308, 310, 600, 1200])
    def test_limits_and_signs(self, power):
        """1/2 and 1/2 + 10**-power * x, as quotients."""
        half = columns.divide(column(3, 3, 3), column(6, 6, 6))
        value = columns.add(half, columns.scale(column(0, 1, -1), Fraction(1, 10**power)))
        for low in (True, False):
            agree(columns.clip_edge(value, _all(Fraction(1, 2), 3), low=low))
            agree(columns.clip_edge(_all(Fraction(1, 2), 3), value, low=low))
        gap = columns.add(value, _all(Fraction(-1, 2), 3))
        agree(gap)
        _, zero = r.divide(column(1, 1, 1).number, gap.number)
        for row in columns.kept(gap):
            assert zero[row] == (row == 0) or told(r.sign(gap.number)[1], 3)[row]
