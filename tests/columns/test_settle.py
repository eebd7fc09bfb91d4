"""Ties are decided by whole numbers modulo 2**64, or marked."""
# ruff: noqa: S311 - random columns guard no secret

from __future__ import annotations

import math
from fractions import Fraction
from random import Random
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns import kernels as k
from kinerja.columns import settle
from kinerja.columns.residues import wrap
from kinerja.exact import RoundingMode, round_integer
from kinerja.formula.nodes import COMPARISONS

SEEDS = st.integers(0, 2**32)
MODES = get_args(RoundingMode)


@pytest.fixture(autouse=True)
def _silent():
    with np.errstate(all="ignore"):
        yield


def rounded(values, nums, dens, mags, *, mode, error, top=1, bottom=1):
    """Round, and give what became of each value: a whole number, or `None` where it is marked."""
    marks, out = np.zeros(len(values), np.bool_), np.full(len(values), 77.0)
    den = wrap(dens) if isinstance(dens, int) else np.array([wrap(d) for d in dens])
    mag = mags if isinstance(mags, float) else np.array(mags, float)
    num = np.array([wrap(n) for n in nums])
    named = {"mode": mode, "error": error, "top": top, "bottom": bottom}
    settle.rounding(np.array(values, float), num, den, mag, marks, out, **named)
    return [None if mark else value for mark, value in zip(marks, out.tolist(), strict=True)]


def compared(values, nums, mags, *, op, near, doubt, unit=1.0, turned=False):
    marks, out = np.zeros(len(values), np.bool_), np.zeros(len(values), np.bool_)
    mag = mags if isinstance(mags, float) else np.array(mags, float)
    num = np.array([wrap(n) for n in nums])
    named = {"op": op, "near": near, "doubt": doubt, "unit": unit, "turned": turned}
    settle.comparison(np.array(values, float), num, np.int64(1), mag, marks, out, **named)
    return [None if mark else value for mark, value in zip(marks, out.tolist(), strict=True)]


class TestRounding:
    @pytest.mark.parametrize("mode", MODES)
    def test_floats_beside_a_tie_are_rounded_as_the_ratio_that_they_stand_for(self, mode):
        """Every quarter of a step as a quotient by 12; floats off to either side by less than `error`."""
        nums = [3 * quarter for quarter in range(-41, 42)]
        wanted = [round_integer(num, 12, mode) for num in nums]
        for nudge in (0.0, 9e-6, -9e-6):
            values = [num / 12 + nudge for num in nums]
            for den, mag in ((12, 12.0), ([12] * len(nums), [12.0] * len(nums))):
                assert rounded(values, nums, den, mag, mode=mode, error=1e-5) == wanted

    @pytest.mark.parametrize("mode", MODES)
    def test_a_single_near_value_among_others(self, mode):
        found = rounded(
            [0.1, 2.5, 7.75], [1, 25, 31], [10, 10, 4], [10.0, 10.0, 4.0], mode=mode, error=1e-9
        )
        wanted = [round_integer(n, d, mode) for n, d in ((1, 10), (25, 10), (31, 4))]
        assert found == wanted

    @given(SEEDS, st.sampled_from(MODES))
    def test_ratios_of_any_size(self, seed, mode):
        random = Random(seed)
        top, bottom = random.choice(((1, 1), (100, 1), (1, 7), (10_000, 9973), (3, 2**20)))
        error = random.choice((1e-3, 1e-9, 1e-13))
        values, nums, dens = [], [], []
        for _ in range(6):
            den = random.choice(
                (1, 2, 200, 9973, random.randint(1, 2**31), random.randint(2**40, 2**66))
            )
            half = Fraction(random.randint(-4000, 4000), 2)
            # As near to a tie as such a denominator allows, on it, or anywhere.
            num = round(half * den * bottom / top) + random.choice((0, 0, 0, 1, -1))
            exactly = Fraction(num, den) * top / bottom
            if abs(exactly) > 2**40:
                num, exactly = 0, Fraction(0)
            values.append(
                float(exactly) + random.uniform(-0.9, 0.9) * (error - 1e-13 * (error > 1e-13))
            )
            nums.append(num)
            dens.append(den)
        mags = [float(den) * (1 + random.choice((0.0, 0.01))) for den in dens]
        # The floats themselves are no nearer than their own steps.
        error += max(abs(value) for value in values) * 2**-52
        found = rounded(values, nums, dens, mags, mode=mode, error=error, top=top, bottom=bottom)
        for num, den, value, mag in zip(nums, dens, found, mags, strict=True):
            exactly = Fraction(num, den) * top / bottom
            if value is not None:
                assert value == round_integer(exactly.numerator, exactly.denominator, mode)
            else:
                assert mag * bottom * (1 + 2 * error) > 2**61

    def test_missing_values_stay_missing_and_are_not_marked(self):
        for mode in MODES:
            found = rounded([math.nan, 2.5], [0, 5], [1, 2], [1.0, 2.0], mode=mode, error=1e-9)
            assert math.isnan(found[0])
            assert found[1] == round_integer(5, 2, mode)

    def test_nothing_near_a_point_is_left_to_floats(self):
        # Numerators that say something else: they are not looked at.
        assert rounded([0.2, 1.7], [99, 99], 1, 1.0, mode="half_up", error=1e-9) == [0.0, 2.0]
        assert rounded([0.2, 1.7], [99, 99], 1, 1.0, mode="ceiling", error=1e-9) == [1.0, 2.0]

    @pytest.mark.parametrize("mode", MODES)
    def test_a_whole_number_that_may_not_fit_is_marked(self, mode):
        value = 0.5 if mode.startswith("half") else 3.0
        for bits, sure in ((40, True), (58, True), (66, False), (100, False)):
            found = rounded([value], [int(value * 2)], [2], [2.0**bits], mode=mode, error=0.1)
            assert (found[0] is not None) == sure

    def test_marks_of_others_stay(self):
        marks, out = np.array([True, False]), np.zeros(2)
        num = np.array([1, 1])
        settle.rounding(
            *(np.array([0.1, 0.5]), num, np.array([10, 2]), np.array([10.0, 2.0]), marks, out),
            mode="half_up",
            error=1e-9,
            top=1,
            bottom=1,
        )
        assert marks.tolist() == [True, False]
        assert out.tolist() == [0.0, 1.0]


class TestComparisons:
    @pytest.mark.parametrize("op", COMPARISONS)
    @pytest.mark.parametrize("turned", [False, True])
    def test_floats_beside_the_point_are_compared_as_the_numbers_are(self, op, turned):
        for step in (-2, -1, 0, 1, 2):
            for nudge in (0.0, 9e-7, -9e-7):
                value = 24 + step * 1e-8 + nudge
                found = compared(
                    [value, 1.0],
                    [-step if turned else step, 0],
                    1e3,
                    op=op,
                    near=24.0,
                    doubt=1e-6,
                    unit=1e5,
                    turned=turned,
                )
                assert found == [k.COMPARE[op](step, 0), k.COMPARE[op](1.0, 24.0)]

    @pytest.mark.parametrize("op", COMPARISONS)
    def test_floats_away_from_the_point_are_not_looked_at_again(self, op):
        found = compared([25.0, 23.0], [-7, 7], 1.0, op=op, near=24.0, doubt=0.5)
        assert found == [k.COMPARE[op](25, 24), k.COMPARE[op](23, 24)]

    @pytest.mark.parametrize("op", COMPARISONS)
    def test_a_float_as_far_off_as_can_be_is_looked_at(self, op):
        found = compared([24.5, 23.5], [0, 0], 1.0, op=op, near=24.0, doubt=0.5)
        assert found == [k.COMPARE[op](0, 0)] * 2

    def test_a_whole_number_that_may_not_fit_is_marked(self):
        for mag, unit, sure in (
            (2.0**50, 2.0**10, True),
            (2.0**70, 1.0, False),
            (1.0, 2.0**70, False),
            (math.inf, 1.0, False),
        ):
            found = compared([24.0], [5], [mag], op=">", near=24.0, doubt=0.5, unit=unit)
            assert found == [True if sure else None]

    @given(SEEDS, st.sampled_from(COMPARISONS), st.booleans())
    def test_differences_of_any_size(self, seed, op, turned):
        """x - near = ± num / den / unit, with numerators that wrap around where they are not near."""
        random = Random(seed)
        unit = random.choice((1.0, 100.0, 2.0**-20, 9973.0))
        near = random.choice((0.0, 24.0, 1e6))
        dens, nums, values = [], [], []
        doubt = random.choice((1e-9, 1e-3, 1.0))
        for _ in range(6):
            den = random.choice((1, 3, 2**31, random.randint(2**50, 2**70)))
            num = random.choice((0, 1, -1, random.randint(-(2**70), 2**70)))
            gap = Fraction(num, den) / Fraction(unit) * (-1 if turned else 1)
            if abs(gap) > 10**9:
                num, gap = 0, Fraction(0)
            dens.append(float(den))
            nums.append(num)
            values.append(float(near + gap) + random.uniform(-0.5, 0.5) * doubt * 0.99)
        found = compared(
            values, nums, dens, op=op, near=near, doubt=doubt + 1e-6, unit=unit, turned=turned
        )
        for num, value in zip(nums, found, strict=True):
            exactly = -num if turned else num
            assert value is None or value == k.COMPARE[op](exactly, 0)

    def test_missing_values_are_in_no_doubt(self):
        assert compared([math.nan], [5], 1.0, op="<", near=0.0, doubt=1.0) == [False]


def test_whole_floats_as_integers():
    out = np.zeros(3, np.int64)
    settle.integers(np.array([0.0, -7.0, 2.0**52]), out)
    assert out.tolist() == [0, -7, 2**52]


def test_one_of_two_integers_row_by_row():
    condition = np.array([True, False, True])
    one, other = np.array([2**62, -1, -5]), np.array([1, 7, -(2**63)])
    out = np.zeros(3, np.int64)
    settle.choose(condition, one, other, out)
    assert out.tolist() == [2**62, 7, -5]
    settle.choose(condition, np.int64(3), other, out)
    assert out.tolist() == [3, 7, 3]
    settle.choose(condition, one, np.int64(-3), out)
    assert out.tolist() == [2**62, -3, -5]
