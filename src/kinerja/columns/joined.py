"""Long tables of list inputs: the items of each row, joined on the id in whatever order they come.

What lives here: which items belong to which row, and bringing those of a chunk together. What never comes
in: scoring, the libraries of frames.

Items that stand in the order of the rows are read in place, and all that is kept of them is where each row
begins. Of others the row of each item is kept, in three bytes: its bucket, and its place in the bucket. The
items of a window of some buckets are looked for when the first of its chunks is worked on, and those of a
chunk are sorted then: no copy of the table is ever made.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames import Frame, owners_of
from kinerja.columns.parts import Coded, Numbers, Objects, Part, Ragged
from kinerja.errors import Issue, quoted

__all__ = ["BUCKET", "ListTable", "join_list"]

#: Items looked at in one step: what a step needs stays in the cache.
STEP: Final = 1 << 16
#: Rows of a bucket: places of two bytes.
BUCKET: Final = 1 << 16
#: Items of a window, about.
WINDOW: Final = 1_500_000
#: Windows that are kept: threads are at chunks that follow one another.
KEPT: Final = 2
#: Ids of items without a row that are looked at, and that are named in an issue.
LOOKED_AT: Final = 10_000
NAMED: Final = 5
ID: Final = "id"


def join_list(name: str, frame: Frame, items: Frame) -> ListTable:
    """Join a long table to the rows of a frame by their `id`.

    Raises:
        InputError: One of them has no such column, or more than one.
    """
    owners = _Owners(items.rows, frame.rows)
    for start, rows in owners_of(frame, items):
        owners.put(start, rows)
    issues = (_lost(name, items, owners.lost),) if owners.lost else ()
    return ListTable(items, owners, issues)


def _lost(name: str, items: Frame, places: list[NDArray[np.intp]]) -> Issue:
    """Tell of items whose id no row has."""
    count = sum(map(len, places))
    known: dict[str, None] = {}
    for place in np.concatenate(places)[:LOOKED_AT].tolist():
        known.setdefault(str(items.record(place, [ID])[ID]))
    named = ", ".join(quoted(found) for found in list(known)[:NAMED])
    details = {
        "found": named if len(known) <= NAMED and count <= LOOKED_AT else f"{named}, …",
        "count": str(len(known)) if count <= LOOKED_AT else f"≥ {len(known)}",
        "rows": str(count),
    }
    return Issue(code="KNJ548", path=name, details=details, severity="warning")


class _Owners:
    """The row of each item, as it becomes known.

    Attributes:
        rows: How many rows there are.
        count: Items that belong to a row.
        counts: Items of each row but for the first entry, int64; while they come in the order of the rows.
        buckets: The bucket of each item, uint8 or uint16, the highest number for none; once they do not.
        within: The place of its row in the bucket, uint16.
        lost: Places of items without a row.
    """

    def __init__(self, items: int, rows: int) -> None:
        self.rows = rows
        self.count = 0
        self.counts: NDArray[np.int64] | None = np.zeros(rows + 1, np.int64)
        self.buckets: NDArray[Any] = np.zeros(0, np.uint8)
        self.within: NDArray[np.uint16] = np.zeros(0, np.uint16)
        self.lost: list[NDArray[np.intp]] = []
        self._items = items
        self._last = 0

    def put(self, start: int, found: NDArray[np.int32]) -> None:
        """Take the rows of items that follow those before, -1 for none."""
        for at in range(0, len(found), STEP):
            self._put(start + at, found[at : at + STEP])

    def _put(self, start: int, found: NDArray[np.int32]) -> None:
        if self.counts is not None:
            low = int(found[0])
            if low >= self._last and not (found[1:] < found[:-1]).any():
                counts = np.bincount(found - low)
                self.counts[low + 1 : low + 1 + len(counts)] += counts
                self._last = low + len(counts) - 1
                self.count += len(found)
                return
            self._scatter()
        self._keep(start, found)
        unknown = np.flatnonzero(found < 0)
        self.count += len(found) - len(unknown)
        if len(unknown):
            self.lost.append(unknown + start)

    def _scatter(self) -> None:
        """Turn to keeping the row of each item; those before are known by their counts."""
        is_few = (self.rows - 1) >> 16 < np.iinfo(np.uint8).max
        self.buckets = np.empty(self._items, np.uint8 if is_few else np.uint16)
        self.within = np.empty(self._items, np.uint16)
        assert self.counts is not None  # noqa: S101 - asked for by the only caller
        done = 0
        for first in range(0, self.rows, BUCKET):
            counts = self.counts[first + 1 : first + 1 + BUCKET]
            rows = np.arange(first, first + len(counts), dtype=np.int32).repeat(counts)
            self._keep(done, rows)
            done += len(rows)
        self.counts = None

    def _keep(self, start: int, rows: NDArray[np.int32]) -> None:
        here = slice(start, start + len(rows))
        self.buckets[here] = (rows >> 16).astype(self.buckets.dtype)
        self.within[here] = rows.astype(np.uint16)


@dataclass(frozen=True, slots=True)
class _Window:
    """The items of some buckets, in the order of the table.

    Attributes:
        places: Their places in the table.
        buckets: Their buckets.
    """

    places: NDArray[Any]
    buckets: NDArray[Any]


class ListTable:
    """The items of each row; several threads may ask.

    Attributes:
        count: How many items belong to some row.
        issues: What should be looked at.
    """

    def __init__(self, items: Frame, owners: _Owners, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        self.count = owners.count
        self._items = items
        self._offsets: NDArray[np.int64] | None = None
        if owners.counts is not None:
            self._offsets = np.cumsum(owners.counts, out=owners.counts)
            return
        self._buckets, self._within = owners.buckets, owners.within
        #: How many buckets there are, and how many of them make a window.
        self._many = -(-owners.rows // BUCKET)
        self._span = max(1, min(self._many, WINDOW * self._many // max(self.count, 1)))
        self._windows: dict[int, _Window] = {}
        self._lock = Lock()

    def part(self, start: int, stop: int, fields: Collection[str]) -> Ragged:
        """Give the items of some rows."""
        names = [field for field in fields if field in self._items.names]
        if self._offsets is not None:
            offsets = self._offsets[start : stop + 1]
            first, last = int(offsets[0]), int(offsets[-1])
            parts = {name: self._items.part(name, first, last) for name in names}
            return Ragged(offsets - first, None, parts)
        places, rows = self._gathered(start, stop)
        # Two bytes sort in linear time; the order of the table stays within each row.
        order = np.argsort(rows, kind="stable")
        offsets = np.zeros(stop - start + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=stop - start), out=offsets[1:])
        found = {name: _taken(self._items.at(name, places), order) for name in names}
        return Ragged(offsets, None, found)

    def record(self, row: int) -> list[dict[str, object]]:
        """Give the items of a row as records."""
        names = [name for name in self._items.names if name != ID]
        if self._offsets is not None:
            places = range(int(self._offsets[row]), int(self._offsets[row + 1]))
            return [self._items.record(place, names) for place in places]
        found, _ = self._gathered(row, row + 1)
        return [self._items.record(place, names) for place in found.tolist()]

    def _gathered(self, start: int, stop: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Give the places of the items of some rows, rising, and their rows counted from `start`."""
        found = [
            self._of_bucket(number, start, stop)
            for number in range(start // BUCKET, -(-stop // BUCKET))
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        places = np.concatenate([part for part, _ in found])
        rows = np.concatenate([part for _, part in found])
        order = np.argsort(places)
        return places[order], rows[order]

    def _of_bucket(self, number: int, start: int, stop: int) -> tuple[NDArray[Any], NDArray[Any]]:
        window = self._window(number // self._span)
        places = window.places[np.flatnonzero(window.buckets == number)]
        rows = self._within[places]
        if start == number * BUCKET and stop == start + BUCKET:
            return places, rows
        wide = rows.astype(np.int32) + np.int32(number * BUCKET - start)
        inside = (wide >= 0) & (wide < stop - start)
        narrow = np.uint16 if stop - start <= BUCKET else np.int32
        return places[inside], wide[inside].astype(narrow)

    def _window(self, number: int) -> _Window:
        with self._lock:
            window = self._windows.get(number)
            if window is None:
                first = number * self._span
                window = _window(self._buckets, first, min(first + self._span, self._many))
                self._windows[number] = window
                for old in list(self._windows)[:-KEPT]:
                    del self._windows[old]
            return window


def _window(buckets: NDArray[Any], first: int, stop: int) -> _Window:
    """Look for the items of some buckets."""
    kind = np.int32 if len(buckets) <= np.iinfo(np.int32).max else np.int64
    low, count = buckets.dtype.type(first), buckets.dtype.type(stop - first)
    found, numbers = [], []
    for start in range(0, len(buckets), STEP):
        part = buckets[start : start + STEP]
        # One comparison: what is below wraps around.
        places = np.flatnonzero(part - low < count)
        numbers.append(part[places])
        found.append((places + start).astype(kind))
    return _Window(np.concatenate(found), np.concatenate(numbers))


def _taken(part: Part, places: NDArray[np.intp]) -> Part:
    match part:
        case Numbers():
            missing = None if part.missing is None else part.missing[places]
            return Numbers(part.values[places], missing)
        case Coded():
            return Coded(part.codes[places], part.values)
        case Objects():
            return Objects([part.values[place] for place in places])
    msg = "a list inside a list"
    raise TypeError(msg)
