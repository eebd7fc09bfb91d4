"""Long tables give each row its items, in the order of the table, however they are sorted."""
# ruff: noqa: S311, PD011 - random columns guard no secret; values are those of parts

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns import joined
from kinerja.columns.frames import open_frame
from kinerja.columns.joined import join_list
from kinerja.columns.parts import Coded, Numbers, Objects, Ragged

SEEDS = st.integers(0, 2**32)


def table(ids, items):
    """Join items, each an id with a number, to rows."""
    frame = open_frame({"id": ids})
    long = {
        "id": [owner for owner, _ in items],
        "n": np.array([value for _, value in items], float),
        "who": [f"who {value}" for _, value in items],
        "any": [value if value % 2 else str(value) for _, value in items],
    }
    return join_list("r", frame, open_frame(long))


def wanted(ids, items):
    found = {owner: [] for owner in ids}
    for owner, value in items:
        if owner in found:
            found[owner].append(value)
    return [found[owner] for owner in ids]


def values(part):
    match part:
        case Numbers(held, None):
            return held.tolist()
        case Coded(codes, known):
            return [known[code] for code in codes]
        case Objects(held):
            return list(held)
    raise AssertionError(part)


def lists(part: Ragged, name="n"):
    assert part.missing is None
    ends = part.offsets.tolist()
    assert ends[0] == 0
    held = values(part.fields[name])
    assert len(held) == ends[-1]
    return [held[a:b] for a, b in itertools.pairwise(ends)]


def hold(made, expected, start, stop):
    part = made.part(start, stop, ("n", "who", "any", "unknown"))
    assert set(part.fields) == {"n", "who", "any"}
    assert lists(part) == expected[start:stop]
    assert lists(part, "who") == [[f"who {v}" for v in row] for row in expected[start:stop]]
    told = [[v if v % 2 else str(v) for v in row] for row in expected[start:stop]]
    assert lists(part, "any") == told


class TestAnyOrder:
    @given(SEEDS)
    def test_sorted_and_shuffled_tables_give_the_same(self, seed):
        random = Random(seed)
        rows = random.randint(1, 12)
        ids = (
            random.sample(range(100), rows)
            if random.random() < 0.5
            else [f"p{i}" for i in range(rows)]
        )
        owners = sorted((random.choice(ids) for _ in range(random.randrange(30))), key=ids.index)
        items = list(zip(owners, range(len(owners)), strict=True))
        expected = wanted(ids, items)
        shuffled = random.sample(items, len(items))
        one, other = table(ids, items), table(ids, shuffled)
        for start in range(rows):
            for stop in range(start, rows + 1):
                hold(one, expected, start, stop)
                hold(other, wanted(ids, shuffled), start, stop)
        assert one.count == other.count == len(items)
        assert one.issues == other.issues == ()
        for row in range(rows):
            assert [item["n"] for item in one.record(row)] == expected[row]
            assert [item["n"] for item in other.record(row)] == wanted(ids, shuffled)[row]

    @given(SEEDS)
    def test_steps_of_the_table_are_no_borders(self, seed):
        """The table is looked at in steps; here each is a few items."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(joined, "STEP", Random(seed).choice((1, 2, 3, 7)))
            random = Random(seed)
            ids = list(range(random.randint(1, 9)))
            owners = [random.choice([*ids, *ids, 99, None]) for _ in range(random.randrange(25))]
            if random.random() < 0.5:
                owners = sorted(owner for owner in owners if owner in ids)
            items = list(zip(owners, range(len(owners)), strict=True))
            made = table(ids, items)
            expected = wanted(ids, items)
            hold(made, expected, 0, len(ids))
            for row in ids:
                hold(made, expected, row, row + 1)


#: More than two buckets hold.
ROWS = 2 * joined.BUCKET + 5_000


@cache
def many_rows():
    """The same items sorted and mixed, and the items of each row."""
    random = np.random.default_rng(7)
    ids = random.permutation(ROWS) * 3
    owners = np.sort(random.integers(0, ROWS, 150_000))
    numbers = np.arange(150_000.0)
    expected = [[] for _ in range(ROWS)]
    for owner, number in zip(owners.tolist(), numbers.tolist(), strict=True):
        expected[owner].append(number)
    frame = open_frame({"id": ids})
    ordered = join_list("r", frame, open_frame({"id": ids[owners], "n": numbers}))
    # Mixed so that the items of a row stay in their order.
    mixed = np.argsort(owners * 7919 % 10_007, kind="stable")
    long = open_frame({"id": ids[owners][mixed], "n": numbers[mixed]})
    shuffled = join_list("r", frame, long)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined, "WINDOW", 60_000)
        by_windows = join_list("r", frame, long)
    assert ordered._offsets is not None
    assert (shuffled._offsets, by_windows._offsets) == (None, None)
    assert (shuffled._many, shuffled._span, by_windows._span) == (3, 3, 1)
    return (ordered, shuffled, by_windows), expected


class TestManyRows:
    @pytest.mark.parametrize(
        ("start", "stop"),
        [
            (0, 10),
            (0, 65_536),
            (0, 65_537),
            (65_530, 65_540),
            (65_535, 65_536),
            (65_536, 65_537),
            (65_536, 131_072),
            (60_000, 125_536),
            (1, 131_073),
            (131_071, 136_072),
            (136_071, 136_072),
            (0, 136_072),
            (5, 5),
        ],
    )
    def test_any_rows(self, start, stop):
        tables, expected = many_rows()
        for made in tables:
            assert lists(made.part(start, stop, ("n",))) == expected[start:stop]

    def test_single_rows(self):
        tables, expected = many_rows()
        for row in (0, 65_535, 65_536, 131_072, ROWS - 1, 77_777):
            for made in tables:
                assert made.record(row) == [{"n": n} for n in expected[row]]

    def test_a_window_is_looked_for_once_and_few_are_kept(self, monkeypatch):
        (_, _, table), _ = many_rows()
        table._windows.clear()
        looked_for = []

        def window(buckets, first, stop):
            looked_for.append(first)
            return original(buckets, first, stop)

        original = joined._window
        monkeypatch.setattr(joined, "_window", window)
        for start in range(0, ROWS, joined.BUCKET):
            for stop in (start + 9, start + 10):
                table.part(start, min(stop, ROWS), ("n",))
        assert looked_for == [0, 1, 2]
        assert list(table._windows) == [1, 2]

    def test_threads_that_ask_for_any_rows_at_once(self):
        (_, _, table), expected = many_rows()
        table._windows.clear()
        chunks = [(start, min(start + 9_000, ROWS)) for start in range(0, ROWS, 9_000)]
        Random(5).shuffle(chunks)
        with ThreadPoolExecutor(8) as pool:
            found = pool.map(lambda chunk: table.part(*chunk, ("n",)), chunks)
            for (start, stop), part in zip(chunks, found, strict=True):
                assert lists(part) == expected[start:stop]

    @pytest.mark.parametrize("place", [1, 65_535, 65_536, 65_537, 100_000, 149_999])
    def test_an_order_that_breaks_late(self, place):
        owners = np.arange(150_000) // 2
        owners[place:] = owners[place:][::-1]
        frame = open_frame({"id": np.arange(75_000)})
        made = join_list("r", frame, open_frame({"id": owners, "n": np.arange(150_000.0)}))
        expected = [[] for _ in range(75_000)]
        for number, owner in enumerate(owners.tolist()):
            expected[owner].append(float(number))
        assert (made._offsets is None) == (place < 149_998)
        assert made.count == 150_000
        assert lists(made.part(0, 75_000, ("n",))) == expected

    def test_more_buckets_than_a_byte_numbers(self, monkeypatch):
        """With a first byte of 256 buckets, 255 is no bucket: it stands for no row."""
        rows = 255 * joined.BUCKET + 5
        frame = open_frame({"id": np.arange(rows)})
        owners = np.array([rows - 1, 254 * joined.BUCKET, -7, 3, rows - 1, 255 * joined.BUCKET - 1])
        made = join_list("r", frame, open_frame({"id": owners, "n": np.arange(6.0)}))
        assert made._buckets.dtype == np.uint16
        assert lists(made.part(rows - 6, rows, ("n",))) == [[5], [], [], [], [], [0, 4]]
        assert made.record(3) == [{"n": 3.0}]
        assert made.count == 5
        few = open_frame({"id": np.arange(255 * joined.BUCKET)})
        made = join_list("r", few, open_frame({"id": owners, "n": np.arange(6.0)}))
        assert made._buckets.dtype == np.uint8
        assert made.count == 3
        assert lists(made.part(few.rows - 2, few.rows, ("n",))) == [[], [5]]


class TestIdsWithoutRows:
    def test_unknown_and_missing_ids_are_told_and_left_out(self):
        items = [("b", 0), ("x", 1), (None, 2), ("a", 3), ("y", 4), ("x", 5), ("b", 6)]
        made = table(["a", "b", "c"], items)
        hold(made, [[3], [0, 6], []], 0, 3)
        assert made.count == 3
        (issue,) = made.issues
        assert (issue.code, issue.path, issue.severity) == ("KNJ548", "r", "warning")
        assert issue.details["rows"] == "4"
        assert issue.details["count"] == "3"
        assert issue.details["found"] == '"x", "None", "y"'
        assert "{" not in issue.to_text("en") + issue.to_text("id")

    def test_many_unknown_ids_are_told_by_some(self):
        items = [(f"x{place}", place) for place in range(400)] + [("a", 7)]
        made = table(["a"], items)
        hold(made, [[7]], 0, 1)
        details = made.issues[0].details
        assert details["found"] == '"x0", "x1", "x2", "x3", "x4", …'
        assert (details["count"], details["rows"]) == ("400", "400")

    def test_no_id_is_known(self):
        made = table(["a", "b"], [("x", 1)])
        hold(made, [[], []], 0, 2)
        assert made.count == 0

    def test_a_table_without_items(self):
        for long in ({"id": [], "n": []}, pd.DataFrame({"id": pd.Series([], dtype=str), "n": []})):
            made = join_list("r", open_frame({"id": ["a", "b"]}), open_frame(long))
            assert lists(made.part(0, 2, ("n",))) == [[], []]
            assert made.record(1) == []
            assert made.issues == ()
            assert made.count == 0

    def test_a_frame_without_rows(self):
        made = table([], [("x", 1), ("y", 2)])
        part = made.part(0, 0, ("n",))
        assert part.offsets.tolist() == [0]
        assert len(part.fields["n"].values) == 0
        assert made.issues[0].details["rows"] == "2"

    def test_items_of_the_first_rows_only_and_of_the_last_only(self):
        for owner in ("a", "d"):
            made = table(["a", "b", "c", "d"], [(owner, 1), (owner, 2)])
            hold(made, [[1, 2] if owner == name else [] for name in "abcd"], 0, 4)
            hold(made, [[1, 2] if owner == name else [] for name in "abcd"], 1, 3)


class TestForms:
    def test_missing_values_of_a_mixed_table_stay_with_their_items(self):
        frame = open_frame(pd.DataFrame({"id": [1, 2]}))
        long = pd.DataFrame(
            {
                "id": [2, 1, 2],
                "n": pd.array([5, None, 7], "Int64"),
                "l": pd.Categorical(["x", None, "y"]),
            }
        )
        made = join_list("r", frame, open_frame(long))
        part = made.part(0, 2, ("n", "l"))
        assert part.offsets.tolist() == [0, 1, 3]
        numbers, labels = part.fields["n"], part.fields["l"]
        assert numbers.missing.tolist() == [True, False, False]
        assert numbers.values[1:].tolist() == [5, 7]
        assert [None if c < 0 else labels.values[c] for c in labels.codes] == [None, "x", "y"]

    def test_a_record_has_every_column_but_the_id(self):
        made = table(["a"], [("a", 4), ("a", 5)])
        assert made.record(0) == [
            {"n": 4.0, "who": "who 4", "any": "4"},
            {"n": 5.0, "who": "who 5", "any": 5},
        ]
