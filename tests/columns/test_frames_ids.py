"""Rows are joined by their ids, whatever library and type they come in."""

# One line a case.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from kinerja.columns import frames_arrow, frames_ids, frames_numbers, frames_polars
from kinerja.columns.frames import duplicate_ids, join_rows, open_frame
from kinerja.errors import InputError

OWNERS = [30, 10, None, 20, 10, 2**40, -5, 0]
ITEMS = [10, 10, None, 20, 99, 30, 2**40, 30, -5, 0, -6, 1]


def texts(values):
    return [None if value is None else f"p{value}" for value in values]


def digits(values):
    return [None if value is None else f"{abs(value):05}" for value in values]


def as_pandas(kind):
    return lambda values: pd.DataFrame({"id": pd.Series(values, dtype=kind)})


def as_polars(kind):
    return lambda values: pl.DataFrame({"id": pl.Series(values, dtype=kind)})


def as_arrow(values):
    array = pa.array(values)
    return pa.table({"id": pa.chunked_array([array[:2], array[2:]])})


def as_dictionary(values):
    return pa.table({"id": pa.array(values).dictionary_encode()})


NUMBERS = {
    "pandas float64": as_pandas("float64"),
    "pandas Int64": as_pandas("Int64"),
    "pandas object": as_pandas(object),
    "polars": as_polars(pl.Int64),
    "polars decimal": lambda v: as_polars(pl.Decimal(20, 0))([None if n is None else Decimal(n) for n in v]),
    "arrow": as_arrow,
    "batch": lambda v: as_arrow(v).combine_chunks().to_batches()[0],
    "lists": lambda values: {"id": values},
}  # fmt: skip
TEXTS = {
    "pandas str": as_pandas("str"),
    "pandas object": as_pandas(object),
    "pandas python": as_pandas("string[python]"),
    "pandas category": as_pandas("category"),
    "pandas arrow": as_pandas(pd.ArrowDtype(pa.string())),
    "polars": as_polars(pl.String),
    "polars category": as_polars(pl.Categorical),
    "arrow": as_arrow,
    "arrow dictionary": as_dictionary,
    "arrow view": lambda v: pa.table({"id": pa.array(v, pa.string_view())}),
    "lists": lambda values: {"id": values},
}


def expected(owners, items):
    first = {}
    for row, owner in enumerate(owners):
        first.setdefault(owner, row)
    return [-1 if item is None else first.get(item, -1) for item in items]


def joined(owners, items):
    found = join_rows(open_frame(owners), open_frame(items))
    assert found.dtype == np.int32
    return found.tolist()


@pytest.fixture(params=[1 << 17, 3])
def small_slices(request, monkeypatch):
    for module in (frames_ids, frames_arrow, frames_polars, frames_numbers):
        monkeypatch.setattr(module, "NUMBERS", request.param)
    monkeypatch.setattr(frames_ids, "TEXTS", request.param)


@pytest.mark.usefixtures("small_slices")
class TestJoining:
    @pytest.mark.parametrize("owner", NUMBERS)
    @pytest.mark.parametrize("item", NUMBERS)
    def test_whole_numbers_of_any_library(self, owner, item):
        assert joined(NUMBERS[owner](OWNERS), NUMBERS[item](ITEMS)) == expected(OWNERS, ITEMS)

    @pytest.mark.parametrize("owner", TEXTS)
    @pytest.mark.parametrize("item", TEXTS)
    @pytest.mark.parametrize("write", [texts, digits])
    def test_texts_of_any_library(self, owner, item, write):
        owners, items = write(OWNERS), write(ITEMS)
        assert joined(TEXTS[owner](owners), TEXTS[item](items)) == expected(owners, items)

    @pytest.mark.parametrize("owner", TEXTS)
    @pytest.mark.parametrize("item", NUMBERS)
    def test_a_text_is_never_a_number(self, owner, item):
        owners = TEXTS[owner](["10", "20", "x"])
        assert joined(owners, NUMBERS[item]([10, 20, None])) == [-1, -1, -1]
        assert joined(NUMBERS[item]([10, 20, None]), owners) == [-1, -1, -1]

    @pytest.mark.parametrize("library", ["pandas str", "polars", "arrow", "lists"])
    def test_texts_that_are_no_plain_figures_stay_apart(self, library):
        owners = [
            "7",
            "07",
            "0x7",
            "+7",
            " 7",
            "7.0",
            "-7",
            "٧",
            "1" * 18,
            "1" * 19,
            "1" * 25,
            "",
            "7_0",
        ]
        items = [*reversed(owners), "8", "007", None]
        assert joined(TEXTS[library](owners), TEXTS[library](items)) == expected(owners, items)
        plain = ["7", "07", "007", "1" * 18, "0" * 18, "9" * 18]
        for table in (plain, owners):
            assert joined(TEXTS[library](plain), TEXTS[library](table)) == expected(plain, table)

    def test_texts_of_one_hash_stay_apart(self, monkeypatch):
        monkeypatch.setattr(
            pl.Series, "hash", lambda self: pl.Series([5] * len(self), dtype=pl.UInt64)
        )
        owners, items = texts(OWNERS), texts(ITEMS)
        make = TEXTS["polars"]
        assert joined(make(owners), make(items)) == expected(owners, items)

    def test_mixed_objects(self):
        owners = [1, "1", 2.5, Decimal("3.0"), None, "x"]
        items = ["1", 1, 1.0, 3, 2.5, "y", None, np.nan, pd.NA, [1]]
        frames = (as_pandas(object)(owners), as_pandas(object)(items))
        assert joined(*frames) == [1, 0, 0, 3, 2, -1, -1, -1, -1, -1]

    def test_numbers_too_large_for_64_bits_with_a_sign(self):
        owners = np.array([2**63, 2**64 - 1, 5], dtype=np.uint64)
        items = np.array([2**64 - 1, 5, 2**63 + 1], dtype=np.uint64)
        assert joined({"id": owners}, {"id": items}) == [1, 2, -1]
        assert joined({"id": owners}, {"id": np.array([-1, 5])}) == [-1, 2]
        assert joined({"id": np.array([-1, 5])}, {"id": items}) == [-1, 1, -1]

    def test_the_ends_of_the_machine_numbers(self):
        ends = np.array([-(2**63), 2**63 - 1, 0])
        assert joined({"id": ends}, {"id": ends[::-1].copy()}) == [2, 1, 0]
        low = np.array([-(2**63), -(2**63) + 1])
        assert joined({"id": low}, {"id": ends}) == [0, -1, -1]
        high = np.array([2**63 - 2, 2**63 - 1])
        assert joined({"id": high}, {"id": ends}) == [-1, 1, -1]

    def test_nothing_to_join(self):
        for owners, items in (([], [1]), ([1], []), ([], []), ([None], [1, None]), ([1], [None])):
            for make in (NUMBERS["pandas Int64"], NUMBERS["polars"], TEXTS["lists"]):
                assert joined(make(owners), make(items)) == [-1] * len(items)

    def test_all_missing_without_a_type(self):
        assert joined({"id": [None, None]}, pl.DataFrame({"id": [None]})) == [-1]
        assert joined(pa.table({"id": pa.nulls(2)}), {"id": [1]}) == [-1]

    @pytest.mark.parametrize(
        "frames", [({"x": [1]}, {"id": [1]}), ({"id": [1]}, {"x": [1]}), ({"id": []}, {"x": []})]
    )
    def test_a_frame_without_ids_is_refused(self, frames):
        with pytest.raises(InputError, match="KNJ454"):
            joined(*frames)


class TestManyNumbers:
    @pytest.mark.parametrize("spread", ["dense", "sparse", "stride", "clustered"])
    @pytest.mark.parametrize("order", ["sorted", "shuffled"])
    @pytest.mark.parametrize("needles", ["sorted", "runs", "random"])
    def test_each_way_to_look_up_finds_the_same(self, spread, order, needles):
        random = np.random.default_rng(5)
        count = 20_000
        owners = {
            "dense": np.arange(count) - 300,
            "sparse": np.unique(random.integers(-(2**62), 2**62, count)),
            "stride": np.arange(count) * 2**40,
            "clustered": np.arange(count) // 100 * 2**33 + np.arange(count) % 100,
        }[spread]
        if order == "shuffled":
            owners = random.permutation(owners)
        items = random.choice(
            np.concatenate([owners, owners[:500] + 1, [2**63 - 1, -(2**63)]]), 50_000
        )
        if needles == "sorted":
            items.sort()
        elif needles == "runs":
            items = items[:5000].repeat(10)
        known = dict(zip(owners[::-1].tolist(), range(len(owners) - 1, -1, -1), strict=True))
        found = join_rows(open_frame({"id": owners}), open_frame({"id": items}))
        assert found.tolist() == [known.get(item, -1) for item in items.tolist()]

    def test_the_first_of_equal_ids_counts(self):
        random = np.random.default_rng(6)
        for scale in (1, 2**45):
            owners = random.integers(0, 3000, 200_000) * scale
            first = {}
            for row, owner in enumerate(owners.tolist()):
                first.setdefault(owner, row)
            found = join_rows(open_frame({"id": owners}), open_frame({"id": owners}))
            assert found.tolist() == [first[owner] for owner in owners.tolist()]

    def test_ids_that_do_not_spread_are_searched(self, monkeypatch):
        monkeypatch.setattr(frames_numbers, "MAX_STEPS", 1)
        owners = np.random.default_rng(7).permutation(5000) * 2**45
        found = join_rows(open_frame({"id": owners}), open_frame({"id": owners[::-1].copy()}))
        assert found.tolist() == list(range(4999, -1, -1))


class TestDuplicates:
    @pytest.mark.parametrize("library", NUMBERS)
    def test_every_row_of_a_number_that_stands_twice(self, library):
        found = duplicate_ids(open_frame(NUMBERS[library](OWNERS)))
        assert found.tolist() == [False, True, False, False, True, False, False, False]

    @pytest.mark.parametrize("library", TEXTS)
    def test_every_row_of_a_text_that_stands_twice(self, library):
        found = duplicate_ids(open_frame(TEXTS[library](["a", "b", None, "a", None, "a", "c"])))
        assert found.tolist() == [True, False, False, True, False, True, False]

    @pytest.mark.parametrize("library", TEXTS)
    def test_none_where_there_are_none(self, library):
        assert duplicate_ids(open_frame(TEXTS[library](["a", "b", None, None]))) is None
        assert duplicate_ids(open_frame(NUMBERS["arrow"]([1, 2, None, None]))) is None
        assert duplicate_ids(open_frame({"id": []})) is None
