"""Long tables of list inputs: the items of each row, joined on the id in whatever order they come.

What lives here: which items belong to which row, and bringing those of a chunk together. What never comes
in: scoring, the libraries of frames.

Items that stand in the order of the rows are read in place. Otherwise their places are put in the order of
the chunks once; within a chunk they are sorted when it is worked on, so that no copy of the table is made.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames import Frame, join_rows
from kinerja.columns.parts import Coded, Numbers, Objects, Part, Ragged
from kinerja.errors import Issue, quoted

__all__ = ["BUCKET", "ListTable", "join_list"]

#: Items looked at in one step while the table is put in order.
STEP: Final = 1 << 20
#: Rows of a bucket: places of two bytes.
BUCKET: Final = 1 << 16
#: Ids named in an issue.
NAMED: Final = 5
ID: Final = "id"


def join_list(name: str, frame: Frame, items: Frame) -> ListTable:
    """Join a long table to the rows of a frame by their `id`."""
    owners = join_rows(frame, items)
    lost = np.flatnonzero(owners < 0)
    issues: tuple[Issue, ...] = ()
    if len(lost):
        first = (items.record(int(place), [ID])[ID] for place in lost[: 50 * NAMED])
        named = list(dict.fromkeys(quoted(str(found)) for found in first))[:NAMED]
        details = {"found": ", ".join(named) + ", …", "count": "≥ 1", "rows": str(len(lost))}
        ids = _distinct(items, lost)
        if ids is not None:
            details["count"] = str(ids)
            if ids <= NAMED:
                details["found"] = ", ".join(named)
        issues = (Issue(code="KNJ548", path=name, details=details, severity="warning"),)
    return ListTable(items, owners, frame.rows, issues)


def _distinct(items: Frame, places: NDArray[np.intp]) -> int | None:
    """Count the ids of some items, unless there are very many."""
    if len(places) > STEP:
        return None
    return len({str(items.record(int(place), [ID])[ID]) for place in places[:10_000]})


class ListTable:
    """The items of each row.

    Attributes:
        count: How many items belong to some row.
        issues: What should be looked at.
    """

    def __init__(
        self, items: Frame, owners: NDArray[np.int32], rows: int, issues: tuple[Issue, ...]
    ) -> None:
        self.issues = issues
        self.count = len(owners)
        self._items = items
        self._rows = rows
        self._offsets: NDArray[np.int64] | None = None
        if _rises(owners):
            self._offsets = _offsets_of(owners, rows)
            return
        self._owners = owners
        self._order, self._starts = _bucketed(owners, rows)
        self.count = len(self._order)
        self._parts: dict[str, Part] = {}

    def part(self, start: int, stop: int, fields: Collection[str]) -> Ragged:
        """Give the items of some rows."""
        names = [field for field in fields if field in self._items.names]
        if self._offsets is not None:
            offsets = self._offsets[start : stop + 1]
            first, last = int(offsets[0]), int(offsets[-1])
            parts = {name: self._items.part(name, first, last) for name in names}
            return Ragged(offsets - first, None, parts)
        places, offsets = self._gathered(start, stop)
        return Ragged(offsets, None, {name: _taken(self._whole(name), places) for name in names})

    def record(self, row: int) -> list[dict[str, object]]:
        """Give the items of a row as records."""
        names = [name for name in self._items.names if name != ID]
        if self._offsets is not None:
            places = range(int(self._offsets[row]), int(self._offsets[row + 1]))
            return [self._items.record(place, names) for place in places]
        found, _ = self._gathered(row, row + 1)
        return [self._items.record(int(place), names) for place in found]

    def _whole(self, name: str) -> Part:
        if name not in self._parts:
            self._parts[name] = self._items.part(name, 0, self._items.rows)
        return self._parts[name]

    def _gathered(self, start: int, stop: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Give the places of the items of some rows, in their order, and where each row begins."""
        first = self._starts[start // BUCKET]
        last = self._starts[-(-stop // BUCKET)]
        places = self._order[first:last]
        owners = self._owners[places] - start
        if start % BUCKET or stop % BUCKET:
            inside = (owners >= 0) & (owners < stop - start)
            places, owners = places[inside], owners[inside]
        # Two bytes sort in linear time; the order of the table stays within each row.
        narrow = owners.astype(np.uint16) if stop - start <= BUCKET else owners
        order = np.argsort(narrow, kind="stable")
        offsets = np.zeros(stop - start + 1, np.int64)
        np.cumsum(np.bincount(owners, minlength=stop - start), out=offsets[1:])
        return places[order], offsets


def _rises(owners: NDArray[np.int32]) -> bool:
    """Tell whether the items stand in the order of the rows, none without owner."""
    for start in range(0, len(owners), STEP):
        part = owners[start : start + STEP + 1]
        if part[0] < 0 or (part[1:] < part[:-1]).any():
            return False
    return True


def _offsets_of(owners: NDArray[np.int32], rows: int) -> NDArray[np.int64]:
    offsets = np.zeros(rows + 1, np.int64)
    for start in range(0, len(owners), STEP):
        part = owners[start : start + STEP]
        low = int(part[0])
        counts = np.bincount(part - low)
        offsets[low + 1 : low + 1 + len(counts)] += counts
    return np.cumsum(offsets, out=offsets)


def _bucketed(owners: NDArray[np.int32], rows: int) -> tuple[NDArray[np.int32], list[int]]:
    """Put the places of the items in the order of buckets of rows.

    Returns:
        The places, and where each bucket begins; one more than there are buckets.
    """
    buckets = max(1, -(-rows // BUCKET))
    counts = np.zeros(buckets, np.int64)
    kind = np.uint8 if buckets < 256 else np.uint16  # noqa: PLR2004 - values of a byte
    for start in range(0, len(owners), STEP):
        part = owners[start : start + STEP]
        counts += np.bincount(part[part >= 0] >> 16, minlength=buckets)
    starts = np.zeros(buckets + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    order = np.empty(int(starts[-1]), np.int32)
    at = starts[:-1].copy()
    for start in range(0, len(owners), STEP):
        part = owners[start : start + STEP]
        there = np.flatnonzero(part >= 0)
        bucket = (part[there] >> 16).astype(kind)
        places = there[np.argsort(bucket, kind="stable")] + start
        found = np.bincount(bucket, minlength=buckets)
        ends = np.cumsum(found)
        for number in np.flatnonzero(found):
            run = places[ends[number] - found[number] : ends[number]]
            order[at[number] : at[number] + len(run)] = run
            at[number] += len(run)
    return order, [*starts.tolist()]


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
