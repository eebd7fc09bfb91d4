"""The array operations of plans give what one value after the other would."""
# ruff: noqa: PLR0124 - NaN is not itself

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns import kernels as k
from kinerja.exact import Rounding, round_integer

NAN = math.nan
VALUES = (0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.5, 1e300, -1e300, 5e-324, NAN, 0.1, 99.995)
FLOATS = st.lists(st.floats(allow_infinity=False), min_size=1, max_size=20)


def filled(run, *arrays, kind="f8", **named):
    """Give what an operation leaves in the array that it fills."""
    count = next(len(a) for a in arrays if isinstance(a, np.ndarray))
    out = np.full(count, 77, kind)
    run(*arrays, out, **named)
    return out.tolist()


def marked(run, *arrays, before=(), **named):
    marks = np.zeros(len(arrays[0]), np.bool_)
    marks[list(before)] = True
    run(*arrays, marks, **named)
    return marks.tolist()


def same(found, wanted):
    return all((a != a and b != b) or a == b for a, b in zip(found, wanted, strict=True))


class TestMarks:
    @given(FLOATS, st.floats(0, 100))
    def test_marks_are_those_of_one_value_after_the_other(self, values, limit):
        held = np.array(values)
        assert marked(k.mark_above, held, limit=limit) == [v > limit for v in values]
        assert marked(k.mark_at_most, held, limit=limit) == [v <= limit for v in values]
        near = [abs(v - 3.0) <= limit for v in values]
        assert marked(k.mark_near, held, at=3.0, limit=limit) == near
        small = [abs(v) < limit for v in values]
        assert marked(k.mark_small, held, least=limit, zero=True) == small
        small = [0 < abs(v) < limit for v in values]
        assert marked(k.mark_small, held, least=limit, zero=False) == small
        assert marked(k.mark_missing, held) == [v != v for v in values]
        outside = [v < -2 or v > limit for v in values]
        assert marked(k.mark_outside, held, low=-2.0, high=limit) == outside

    def test_a_value_on_the_limit(self):
        held = np.array([2.0])
        assert marked(k.mark_above, held, limit=2.0) == [False]
        assert marked(k.mark_at_most, held, limit=2.0) == [True]
        assert marked(k.mark_near, held, at=3.0, limit=1.0) == [True]
        assert marked(k.mark_near, held, at=3.0, limit=0.999) == [False]
        assert marked(k.mark_small, held, least=2.0, zero=True) == [False]
        assert marked(k.mark_outside, held, low=2.0, high=2.0) == [False]

    def test_what_is_missing_is_near_nothing(self):
        held = np.array([NAN])
        for run, named in (
            (k.mark_above, {"limit": 0.0}),
            (k.mark_at_most, {"limit": math.inf}),
            (k.mark_near, {"at": 0.0, "limit": math.inf}),
            (k.mark_small, {"least": math.inf, "zero": True}),
            (k.mark_outside, {"low": 1.0, "high": 0.0}),
        ):
            assert marked(run, held, **named) == [False]

    def test_labels_are_missing_where_their_code_is_negative(self):
        for kind in ("i1", "i2", "i8"):
            assert marked(k.mark_missing, np.array([0, -1, 5, -1], kind)) == [False, True] * 2

    @pytest.mark.parametrize(
        ("run", "arrays", "named"),
        [
            (k.mark_above, [[0.0, 5.0]], {"limit": 1.0}),
            (k.mark_missing, [[0.0, NAN]], {}),
            (k.mark_set, [[False, True]], {}),
            (k.mark_unprinted, [[1.0, 0.3], [1.0, 0.0]], {"power": 1.0}),
            (k.mark_outside, [[0.0, 5.0]], {"low": 0.0, "high": 1.0}),
        ],
    )
    def test_what_is_marked_already_stays_so(self, run, arrays, named):
        held = [np.array(values) for values in arrays]
        assert marked(run, *held, **named) == [False, True]
        assert marked(run, *held, before=[0], **named) == [True, True]
        assert marked(run, *(values[:1] for values in held), before=[0], **named) == [True]

    @given(
        st.lists(st.integers(-(10**9), 10**9) | st.none(), min_size=1, max_size=12),
        st.integers(0, 4),
        st.integers(0, 4),
    )
    def test_floats_that_are_no_decimals_of_so_many_places_are_marked(self, tops, places, tried):
        values = np.array([NAN if top is None else top / 10**places for top in tops])
        power = 10.0**tried
        whole = np.empty_like(values)
        k.whole_decimals(values, whole, power=power)
        found = marked(k.mark_unprinted, values, whole, power=power)
        for top, mark, held in zip(tops, found, whole.tolist(), strict=True):
            if top is None:
                assert not mark
                assert held != held
                continue
            exactly = Fraction(top, 10**places) * 10**tried
            assert mark == (exactly.denominator != 1)
            assert mark or held == exactly

    def test_the_neighbours_of_a_decimal_are_marked(self):
        for decimal in (0.01, 86.62, 9.12, 1e6 + 0.01, 22517998136852.47):
            values = np.array([np.nextafter(decimal, 0), decimal, np.nextafter(decimal, np.inf)])
            whole = np.empty(3)
            k.whole_decimals(values, whole, power=100.0)
            assert marked(k.mark_unprinted, values, whole, power=100.0) == [True, False, True]


class TestNumbers:
    @given(FLOATS, st.floats(allow_nan=False), st.floats(allow_nan=False))
    def test_limits(self, values, one, other):
        low, high = sorted((one, other))
        held = np.array(values)

        def wanted(limit):
            return [v if v != v else limit(v) for v in values]

        assert same(filled(k.at_least, held, limit=low), wanted(lambda v: max(v, low)))
        assert same(filled(k.at_most, held, limit=low), wanted(lambda v: min(v, low)))
        both = wanted(lambda v: min(max(v, low), high))
        assert same(filled(k.hold, held, low=low, high=high), both)

    def test_pairs(self):
        pairs = list(product(VALUES, VALUES))
        one, other = (np.array(side) for side in zip(*pairs, strict=True))
        gone = [a != a or b != b for a, b in pairs]

        def wanted(run):
            return [NAN if g else run(a, b) for g, (a, b) in zip(gone, pairs, strict=True)]

        assert same(filled(k.larger, one, other), wanted(max))
        assert same(filled(k.smaller, one, other), wanted(min))
        with np.errstate(all="ignore"):
            assert same(filled(k.distance, one, other), wanted(lambda a, b: abs(a - b)))
            found = filled(k.divide, one, other)
            quotients = [
                NAN if g or not b else np.float64(a) / b
                for g, (a, b) in zip(gone, pairs, strict=True)
            ]
        assert same(found, quotients)

    def test_results_may_lie_in_the_place_of_what_is_read(self):
        for run, named in (
            (k.at_least, {"limit": 1.0}),
            (k.at_most, {"limit": 1.0}),
            (k.hold, {"low": -1.0, "high": 1.0}),
            (k.whole_decimals, {"power": 100.0}),
            (k.whole_decimals, {"power": 1.0}),
            *((k.rounding(m, positive=p), {}) for m in MODES for p in (None, True, False)),
        ):
            held = np.array([-3.0, 0.25, 7.5, NAN])
            apart = np.empty(4)
            run(held, apart, **named)
            run(held, held, **named)
            assert same(held.tolist(), apart.tolist())
        one, other = np.array([1.0, 5.0]), np.array([3.0, 2.0])
        for run in (k.larger, k.smaller, k.distance):
            for target in (0, 1):
                both = [one.copy(), other.copy()]
                apart = filled(run, *both)
                run(*both, both[target])
                assert both[target].tolist() == apart


MODES = ("half_up", "half_even", "half_down", "down", "up", "floor", "ceiling")


class TestRounding:
    QUARTERS = tuple(range(-42, 43))

    @pytest.mark.parametrize("mode", MODES)
    def test_every_quarter(self, mode):
        for positive in (None, True, False):
            if mode in ("half_down", "up") and positive is None:
                continue  # a plan never asks for it
            quarters = [
                q for q in self.QUARTERS if positive is None or (q >= 0) == positive or q == 0
            ]
            found = filled(k.rounding(mode, positive=positive), np.array(quarters) / 4)
            assert found == [round_integer(q, 4, mode) for q in quarters]

    @pytest.mark.parametrize("mode", ["floor", "ceiling", "down", "up"])
    def test_directions(self, mode):
        found = filled(k.DIRECTED[mode], np.array(self.QUARTERS) / 4)
        assert found == [round_integer(q, 4, mode) for q in self.QUARTERS]

    @given(
        st.integers(1, 10**6),
        st.integers(-(2**40), 2**40),
        st.sampled_from(MODES),
    )
    def test_quotients_of_whole_numbers_are_rounded_as_fractions_are(self, bottom, top, mode):
        """What `NumberWriter._whole_rounded` rests on: one division tells a tie from its neighbours."""
        if mode in ("half_down", "up") and top < 0:
            positive = False
        else:
            positive = True if top >= 0 else None if mode not in ("half_down", "up") else False
        quotient = np.array([top]) / bottom
        found = filled(k.rounding(mode, positive=positive), quotient)
        assert found == [Rounding(digits=0, mode=mode).apply(Fraction(top, bottom))]

    def test_missing_stays_missing(self):
        for mode in MODES:
            for positive in (None, True, False):
                assert math.isnan(filled(k.rounding(mode, positive=positive), np.array([NAN]))[0])


class TestChoices:
    @pytest.mark.parametrize("kind", ["f8", "i2", "i8", "?"])
    def test_one_of_two_row_by_row(self, kind):
        condition = np.array([True, False, True, False])
        one, other = np.array([1, 0, 1, 1], kind), np.array([0, 1, 0, 0], kind)
        assert filled(k.choose, condition, one, other, kind=kind) == [1, 1, 1, 0]

    @given(st.lists(st.tuples(st.booleans(), st.floats(), st.floats()), min_size=1, max_size=20))
    def test_any_floats_keep_every_bit(self, rows):
        condition = np.array([row[0] for row in rows])
        one, other = (np.array([row[side] for row in rows]) for side in (1, 2))
        out = np.empty(len(rows))
        k.choose(condition, one, other, out)
        assert out.tobytes() == np.where(condition, one, other).tobytes()

    @pytest.mark.parametrize("constant", [0.0, -0.0, 1.5, NAN, -1.0])
    def test_constants_on_either_side(self, constant):
        condition = np.array([True, False])
        held = np.array([7.0, 8.0])
        assert same(filled(k.choose, condition, constant, held), [constant, 8.0])
        assert same(filled(k.choose, condition, held, constant), [7.0, constant])
        assert same(filled(k.choose, condition, constant, constant), [constant] * 2)
        if constant == constant:
            codes = np.array([3, 4], np.int16)
            assert filled(k.choose, condition, constant, codes, kind="i2") == [int(constant), 4]
            assert filled(k.choose, condition, codes, constant, kind="i2") == [3, int(constant)]

    def test_codes_below_zero_are_missing(self):
        codes = np.array([-1, 0, 5, -3], np.int16)
        assert filled(k.is_negative, codes, kind="?") == [True, False, False, True]
        values = np.array([NAN, 1.0, NAN, 2.0])
        assert filled(k.unless_nan, np.array([4, 4, 0, 0], np.int16), values, kind="i2") == [
            *(-1, 4, -1, 0)
        ]

    @pytest.mark.parametrize("kind", ["i2", "i8"])
    def test_a_table_is_read_by_place_and_its_last_place_stands_for_none(self, kind):
        places = np.array([0, 2, -1, 1], kind)
        assert filled(k.look_up, places, table=np.array([5.5, 6.5, 7.5])) == [5.5, 7.5, 7.5, 6.5]
        assert filled(k.look_up, places, table=np.array([3, 4, -1], np.int16), kind="i2") == [
            *(3, -1, -1, 4)
        ]

    @pytest.mark.parametrize("kinds", [("i2", "i2"), ("i2", "?"), ("?", "i2"), ("i8", "i1")])
    def test_the_place_of_several_keys(self, kinds):
        sizes = (4, 3)
        keys = list(
            product(
                (0, 1) if kinds[0] == "?" else (0, 1, 2, -1),
                (0, 1) if kinds[1] == "?" else (0, 1, -1),
            )
        )
        columns = [
            np.array(side, kind) for side, kind in zip(zip(*keys, strict=True), kinds, strict=True)
        ]
        wanted = [(a if a >= 0 else 3) * 3 + (b if b >= 0 else 2) for a, b in keys]
        assert filled(k.place, *columns, kind="i8", sizes=sizes) == wanted

    def test_the_place_of_keys_that_are_constants(self):
        codes = np.array([0, 1, -1], np.int16)
        assert filled(k.place, codes, 1.0, kind="i8", sizes=(3, 2)) == [1, 3, 5]
        assert filled(k.place, 1.0, codes, kind="i8", sizes=(2, 3)) == [3, 4, 5]
        assert filled(k.place, codes, -1.0, kind="i8", sizes=(3, 4)) == [3, 7, 11]

    @pytest.mark.parametrize("start", [0, 3, -1])
    def test_how_many_ends_are_passed(self, start):
        flags = np.array(list(product([False, True], repeat=3)))
        columns = [np.ascontiguousarray(flags[:, place]) for place in range(3)]
        for some in range(1, 4):
            wanted = (flags[:, :some].sum(axis=1) + start).tolist()
            assert filled(k.count, *columns[:some], kind="i2", start=start) == wanted
        out = np.zeros(2, np.int16)
        k.count(out, start=start)
        assert out.tolist() == [start, start]


class TestResults:
    @given(
        st.lists(st.integers(-(2**52), 2**52), min_size=1, max_size=10),
        st.integers(1, 10**6),
    )
    def test_the_float_nearest_a_ratio(self, tops, bottom):
        found = filled(k.publish, np.array(tops, float), times=1.0, over=float(bottom), signed=True)
        assert found == [top / bottom for top in tops]

    def test_a_factor_and_a_divisor(self):
        found = filled(k.publish, np.array([1.0, -2.0, NAN]), times=7.0, over=3.0, signed=True)
        assert same(found, [7 / 3, -14 / 3, NAN])

    @pytest.mark.parametrize("over", [1.0, 100.0])
    def test_there_is_one_zero(self, over):
        found = filled(k.publish, np.array([-0.0, 0.0]), times=1.0, over=over, signed=True)
        assert [math.copysign(1, value) for value in found] == [1, 1]

    def test_constants_are_published_too(self):
        out = np.zeros(2)
        k.publish(0.25, out, times=1.0, over=1.0, signed=True)
        assert out.tolist() == [0.25, 0.25]
        codes = np.zeros(2, np.int8)
        k.publish_codes(3.0, codes)
        assert codes.tolist() == [3, 3]
        k.publish_codes(np.array([True, False]), codes)
        assert codes.tolist() == [1, 0]
        k.publish_codes(np.array([-1, 100], np.int16), codes)
        assert codes.tolist() == [-1, 100]

    def test_days_are_counted_from_another_day(self):
        epoch = date(1970, 1, 1).toordinal()
        days = [date(1, 1, 1), date(1970, 1, 1), date(9999, 12, 31)]
        out = np.zeros(4, np.int32)
        k.publish_days(np.array([*(d.toordinal() for d in days), NAN]), out, epoch=epoch)
        assert out.tolist()[:3] == [(d - date(1970, 1, 1)).days for d in days]


def test_comparisons_are_those_of_python():
    for op, run in k.COMPARE_ARRAYS.items():
        for a, b in product((1.0, 2.0), repeat=2):
            assert bool(run(a, b)) == k.COMPARE[op](a, b)
            assert k.COMPARE[op](a, b) == k.COMPARE[k.MIRROR[op]](b, a)
