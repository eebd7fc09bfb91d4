"""The array operations on items give, row by row, what a loop over the row's items gives."""
# ruff: noqa: S311, PLR0124 - random columns guard no secret; NaN is not itself

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns import list_kernels as lk
from kinerja.formula.evaluate import reduce_numbers

SEEDS = st.integers(0, 2**32)
NAN = math.nan
#: Rows without items at the beginning, in the middle, at the end; alone; one item; one row of all.
LENGTHS = (
    (0,),
    (1,),
    (0, 0, 0),
    (3, 1, 2),
    (0, 2, 3),
    (2, 0, 0, 3),
    (3, 2, 0),
    (0, 1, 0, 1, 0, 0),
    (5,),
    (),
)
SHARES = ((0, 1), (1, 1), (1, 2), (1, 4), (3, 4), (9, 10), (1, 3))
CUTS = ((0, 1), (1, 10), (1, 4), (1, 3), (49, 100))


@pytest.fixture(autouse=True)
def _silent():
    """Rows without items are filled up with infinities; `run` is silent about what comes of them."""
    with np.errstate(all="ignore"):
        yield


def offsets_of(lengths):
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def rows_of(values, lengths):
    """The items of each row."""
    ends = offsets_of(lengths)
    return [list(values[ends[i] : ends[i + 1]]) for i in range(len(lengths))]


def filled(run, *arrays, rows, kind="f8", **named):
    out = np.full(rows, 77, kind)
    run(*arrays, out, **named)
    return out.tolist()


def same(found, wanted):
    assert len(found) == len(wanted)
    assert all((a != a and b != b) or a == b for a, b in zip(found, wanted, strict=True)), (
        found,
        wanted,
    )


def drawn(random, count):
    return np.array([float(random.randint(-9, 9)) / random.choice((1, 2)) for _ in range(count)])


@pytest.mark.parametrize("lengths", LENGTHS)
class TestEveryShapeOfRows:
    def test_sums_counts_and_flags(self, lengths):
        random = Random(1)
        count, rows, offsets = sum(lengths), len(lengths), offsets_of(lengths)
        values = drawn(random, count)
        flags = np.array([random.random() < 0.6 for _ in range(count)], np.bool_)
        same(
            filled(lk.sums, values, offsets, rows=rows), [sum(r) for r in rows_of(values, lengths)]
        )
        same(filled(lk.counts, offsets, rows=rows), list(lengths))
        same(
            filled(lk.within, flags, offsets, rows=rows), [sum(r) for r in rows_of(flags, lengths)]
        )
        out = np.zeros(count)
        lk.only(flags, values, out, otherwise=-5.0)
        assert out.tolist() == [v if f else -5.0 for v, f in zip(values, flags, strict=True)]
        lk.everything(values, flags)
        assert flags.all()

    def test_the_value_of_its_row_for_each_item(self, lengths):
        for kind in ("f8", "i2", "?", "i8"):
            values = np.arange(len(lengths)).astype(kind)
            out = np.zeros(sum(lengths), kind)
            lk.spread(values, offsets_of(lengths), out)
            wanted = [
                v for v, length in zip(values.tolist(), lengths, strict=True) for _ in range(length)
            ]
            assert out.tolist() == wanted

    @pytest.mark.parametrize("low", [True, False])
    def test_extremes(self, lengths, low):
        random = Random(2)
        values = drawn(random, sum(lengths))
        pick = min if low else max
        for where in (None, 0, -1):
            if where is not None and len(values):
                values[where] = NAN
            wanted = [
                NAN if not row or any(v != v for v in row) else pick(row)
                for row in rows_of(values, lengths)
            ]
            same(
                filled(lk.extreme, values, offsets_of(lengths), rows=len(lengths), low=low), wanted
            )

    @pytest.mark.parametrize("low", [True, False])
    def test_extremes_of_some_items_only(self, lengths, low):
        """What does not count stands as an infinity; a row of nothing else has no extreme."""
        random = Random(3)
        beyond = math.inf if low else -math.inf
        values = np.where([random.random() < 0.5 for _ in range(sum(lengths))], 1.0, beyond)
        wanted = [1.0 if 1.0 in row else NAN for row in rows_of(values, lengths)]
        same(filled(lk.extreme, values, offsets_of(lengths), rows=len(lengths), low=low), wanted)

    @pytest.mark.parametrize("share", SHARES)
    def test_quantiles(self, lengths, share):
        random = Random(4)
        self._quantiles(random, lengths, share, np.ones(sum(lengths), np.bool_))
        for _ in range(4):
            flags = np.array([random.random() < 0.6 for _ in range(sum(lengths))], np.bool_)
            self._quantiles(random, lengths, share, flags)

    @staticmethod
    def _quantiles(random, lengths, share, flags):
        values = drawn(random, sum(lengths))
        values[~flags] = NAN  # it must not be looked at
        most = max(lengths, default=0)
        found = filled(
            lk.quantile,
            values,
            flags,
            offsets_of(lengths),
            rows=len(lengths),
            share=share,
            most=most,
        )
        wanted = []
        for row, kept in zip(rows_of(values, lengths), rows_of(flags, lengths), strict=True):
            numbers = [Fraction(v) for v, keep in zip(row, kept, strict=True) if keep]
            if numbers:
                wanted.append(reduce_numbers("quantile", numbers, Fraction(*share), "r") * share[1])
            else:
                wanted.append(NAN)
        same(found, wanted)

    @pytest.mark.parametrize("share", CUTS)
    def test_trimmed_sums_and_counts(self, lengths, share):
        random = Random(5)
        count, rows, offsets = sum(lengths), len(lengths), offsets_of(lengths)
        for chance in (1.0, 0.6):
            flags = np.array([random.random() < chance for _ in range(count)], np.bool_)
            values = drawn(random, count)
            values[~flags] = NAN
            kept = [
                sorted(v for v, keep in zip(row, keeps, strict=True) if keep)
                for row, keeps in zip(
                    rows_of(values, lengths), rows_of(flags, lengths), strict=True
                )
            ]
            cuts = [len(row) * share[0] // share[1] for row in kept]
            left = [row[cut : len(row) - cut] for row, cut in zip(kept, cuts, strict=True)]
            most = max(lengths, default=0)
            sums = filled(
                lk.trimmed_sums, values, flags, offsets, rows=rows, share=share, most=most
            )
            same(sums, [sum(row) for row in left])
            counts = filled(lk.trimmed_counts, flags, offsets, rows=rows, share=share)
            same(counts, [len(row) for row in left])

    @pytest.mark.parametrize("width", [3, 2**40, 2**62])
    def test_different_codes(self, lengths, width):
        random = Random(6)
        count = sum(lengths)
        for _ in range(4):
            codes = np.array([random.choice((-1, 0, 1, width - 1)) for _ in range(count)], np.int64)
            flags = np.array([random.random() < 0.7 for _ in range(count)], np.bool_)
            wanted = [
                len({c for c, f in zip(row, keep, strict=True) if f and c >= 0})
                for row, keep in zip(rows_of(codes, lengths), rows_of(flags, lengths), strict=True)
            ]
            found = filled(lk.count_distinct, codes, flags, offsets_of(lengths), rows=len(lengths))
            same(found, wanted)

    def test_different_labels(self, lengths):
        random = Random(7)
        codes = np.array([random.randrange(-1, 3) for _ in range(sum(lengths))], np.int16)
        flags = np.ones(sum(lengths), np.bool_)
        wanted = [len({c for c in row if c >= 0}) for row in rows_of(codes, lengths)]
        found = filled(lk.count_distinct, codes, flags, offsets_of(lengths), rows=len(lengths))
        same(found, wanted)

    @pytest.mark.parametrize("sizes", [(3,), (2, 3), (3, 1, 2)])
    def test_sums_and_counts_of_groups(self, lengths, sizes):
        random = Random(8)
        count, rows, offsets = sum(lengths), len(lengths), offsets_of(lengths)
        codes = [np.array([random.randrange(s) for _ in range(count)], np.int16) for s in sizes]
        values = drawn(random, count)
        flags = np.array([random.random() < 0.6 for _ in range(count)], np.bool_)
        slots = np.zeros(count, np.int64)
        lk.group_slots(offsets, *codes, slots, sizes=sizes)
        kept = np.zeros(count, np.int64)
        groups = int(np.prod(sizes))
        lk.kept_slots(flags, slots, offsets, kept, groups=groups)
        for chosen, places in ((np.ones(count, np.bool_), slots), (flags, kept)):
            sums, counts = [], []
            for key in product(*map(range, sizes)):
                meant = np.array(
                    [
                        bool(c) and all(code[i] == k for code, k in zip(codes, key, strict=True))
                        for i, c in enumerate(chosen)
                    ],
                    np.bool_,
                )
                sums += [sum(row) for row in rows_of(np.where(meant, values, 0.0), lengths)]
                counts += [sum(row) for row in rows_of(meant, lengths)]
            same(filled(lk.group_sums, places, values, rows=rows * groups), sums)
            same(filled(lk.group_counts, places, rows=rows * groups), counts)


class TestManyItems:
    @given(SEEDS)
    def test_any_rows(self, seed):
        random = Random(seed)
        lengths = [random.choice((0, 0, 1, 2, 5, 17)) for _ in range(random.randrange(1, 9))]
        offsets, rows = offsets_of(lengths), len(lengths)
        values = drawn(random, sum(lengths))
        flags = np.array([random.random() < 0.7 for _ in values], np.bool_)
        wanted = [sum(row) for row in rows_of(np.where(flags, values, 0.0), lengths)]
        chosen = np.zeros(len(values))
        lk.only(flags, values, chosen, otherwise=0.0)
        same(filled(lk.sums, chosen, offsets, rows=rows), wanted)
        TestEveryShapeOfRows._quantiles(random, lengths, random.choice(SHARES), flags)

    def test_more_flags_in_a_row_than_a_byte_counts(self):
        lengths = (300, 0, 40_000)
        flags = np.ones(sum(lengths), np.bool_)
        assert filled(lk.within, flags, offsets_of(lengths), rows=3) == list(lengths)

    def test_equal_items_and_infinities_are_in_order(self):
        values = np.array([3.0, 3.0, 1.0, math.inf, -math.inf])
        found = filled(
            lk.quantile,
            values,
            np.ones(5, np.bool_),
            np.array([0, 5]),
            rows=1,
            share=(1, 2),
            most=5,
        )
        assert found == [6.0]
