"""Reductions of items by rows, for every place where rows without items can stand."""
# ruff: noqa: S311 - random lists guard no secret

from __future__ import annotations

from itertools import pairwise, product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns.segments import Segments

SHAPES = (*tuple(product((0, 1, 3), repeat=3)), (), (0,), (7,), (0, 0, 0, 2, 0, 0))


def made(lengths):
    return Segments(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def rows_of(segments, values):
    ends = segments.offsets.tolist()
    return [list(values[a:b]) for a, b in pairwise(ends)]


@pytest.mark.parametrize("lengths", SHAPES)
def test_every_shape(lengths):
    segments = made(lengths)
    random = Random(1)
    values = np.array([random.randint(-9, 9) for _ in range(sum(lengths))], np.int64)
    assert segments.rows == len(lengths)
    assert segments.count == sum(lengths)
    assert segments.counts().tolist() == list(lengths)
    owners = [row for row, length in enumerate(lengths) for _ in range(length)]
    assert segments.owners().tolist() == owners
    rows = rows_of(segments, values.tolist())
    assert segments.sums(values).tolist() == [sum(row) for row in rows]
    assert segments.reduce(np.maximum, values, -77).tolist() == [
        max(row, default=-77) for row in rows
    ]
    for chance in (0.0, 0.3, 1.0):
        mask = np.array([random.random() < chance for _ in values], np.bool_)
        assert segments.any(mask).tolist() == [any(row) for row in rows_of(segments, mask.tolist())]
        places, inner = segments.selected(mask)
        assert places.tolist() == [place for place, kept in enumerate(mask) if kept]
        kept = rows_of(segments, [(v, m) for v, m in zip(values.tolist(), mask, strict=True)])
        assert rows_of(inner, values[places].tolist()) == [[v for v, m in row if m] for row in kept]


def test_all_items_taken_are_the_same_segments():
    segments = made((2, 0, 1))
    assert segments.selected(np.ones(3, np.bool_))[1] is segments


def test_sums_of_whole_numbers_wrap_around():
    segments = made((3,))
    big = np.array([2**62, 2**62, 5], np.int64)
    assert segments.sums(big).tolist() == [(2**63 + 5 + 2**63) % 2**64 - 2**63]


@given(st.integers(0, 2**32))
def test_items_are_put_in_order_within_their_rows(seed):
    random = Random(seed)
    segments = made([random.choice((0, 0, 1, 4)) for _ in range(6)])
    keys = np.array([random.choice((0.0, 1.0, -2.5, 7.0)) for _ in range(segments.count)])
    order = segments.sorted(keys)
    assert rows_of(segments, keys[order].tolist()) == [
        sorted(row) for row in rows_of(segments, keys.tolist())
    ]
    # Equal keys stay in the order of the items.
    wanted = [
        i
        for row in rows_of(segments, range(segments.count))
        for i in sorted(row, key=lambda i: keys[i])
    ]
    assert order.tolist() == wanted
