"""List inputs from Parquet and Arrow files: the items of each row, joined on the id.

What lives here: items put in the order of the rows that they belong to, as list columns for each batch of
rows. What never comes in: scoring. The declared fields of the items are held in memory, as Arrow has them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames import join_rows, open_frame
from kinerja.columns.frames_arrow_values import integers, is_text
from kinerja.errors import InputError, Issue, quoted
from kinerja.io.arrow import Arrow, ArrowFile
from kinerja.io.arrow_ids import read_ids
from kinerja.io.arrow_rows import flawed, records_of, row_cell
from kinerja.io.lists import MAX_ISSUES, SHOWN_IDS
from kinerja.io.rows import Row

__all__ = ["ArrowItems", "id_array", "join_arrow_items"]

#: Items whose owners are looked up at once, at least: each look-up prepares the ids of the data anew, so it
#: takes as many items as there are ids.
STEP: Final = 1 << 19


class ArrowItems:
    """The items of one list input, joined to the rows of the data.

    Attributes:
        name: The list input.
        ownerless: What is wrong with rows whose id cannot be read.
        strangers: A warning about ids that the data does not have, or nothing.
    """

    def __init__(  # noqa: PLR0913 - what stands in the file, and what was found in it
        self,
        name: str,
        opened: ArrowFile,
        *,
        fields: Sequence[str],
        owners: NDArray[np.int32],
        ownerless: tuple[Issue, ...],
        strangers: tuple[Issue, ...],
    ) -> None:
        self.name = name
        self.ownerless = ownerless
        self.strangers = strangers
        self._opened = opened
        self._fields = fields
        #: The row of the data that each item belongs to, -1 for none; rising when they are in order.
        self._owners = owners
        #: The row of the file that each item stands in; `None`: in the order of the file.
        self._places: NDArray[np.int64] | None = None
        self._items: Arrow = None

    def lists(self, start: int, stop: int) -> Arrow:
        """Give the lists of some rows of the data as an array; a row without items has an empty one.

        The first time, the items are read into memory and put in the order of the rows.

        Raises:
            InputError: The file cannot be read to its end.
        """
        import pyarrow as pa

        if self._items is None:
            self._load()
        ends = np.searchsorted(self._owners, np.arange(start, stop + 1))
        first, last = int(ends[0]), int(ends[-1])
        return pa.LargeListArray.from_arrays(
            integers(ends.astype(np.int64) - first), self._items.slice(first, last - first)
        )

    def of(self, row: int) -> list[object]:
        """Give the items of one row of the data, read from the file alone.

        Raises:
            InputError: The file cannot be read to its end.
        """
        places = self._places_of(row)
        found: list[object] = []
        start = 0
        if not self._fields:
            return [{} for _ in places]
        for batch in self._opened.batches(self._fields) if len(places) else ():
            low, high = np.searchsorted(places, (start, start + batch.num_rows))
            if low < high:
                taken = batch.take(integers(places[low:high] - start))
                found += records_of(taken, self._fields)
            start += batch.num_rows
        return found

    def __len__(self) -> int:
        """Give the number of items."""
        return len(self._owners)

    def locate(self, issue: Issue, row: Row, place: int, column: str) -> Issue:
        """Give an issue the place of an item in its file.

        Args:
            issue: An issue about an item.
            row: The row of the data that it belongs to.
            place: Which of the row's items, from 0.
            column: Field that the issue is about, or empty.
        """
        number = int(self._places_of(row.number - 1)[place]) + 1
        return issue.at(file=self._opened.file, cell=row_cell(number, column, row.id))

    def _places_of(self, row: int) -> NDArray[np.int64]:
        if self._items is None:
            return np.flatnonzero(self._owners == row).astype(np.int64)
        first, last = np.searchsorted(self._owners, (row, row + 1))
        if self._places is None:
            return np.arange(first, last)
        return self._places[first:last]

    def _load(self) -> None:
        import pyarrow as pa

        # Items without any field that is read are counted all the same.
        items = pa.Array.from_buffers(pa.struct([]), len(self._owners), [None])
        if self._fields:
            items = self._read()
        if len(items) != len(self._owners):
            raise InputError([Issue(code="KNJ550", file=self._opened.file)])
        owners = self._owners
        if len(owners) and (owners[0] < 0 or (owners[1:] < owners[:-1]).any()):
            # Stable: the items of a row stay in the order of the file.
            places = np.argsort(owners, kind="stable")
            self._places = places[np.searchsorted(owners[places], 0) :]
            self._owners = owners[self._places]
            items = items.take(integers(self._places))
        self._items = items

    def _read(self) -> Arrow:
        """Read the fields of all items."""
        import pyarrow as pa

        schema = self._opened.schema
        texts = [field for field in self._fields if is_text(schema.field(field).type)]
        batches = list(self._opened.batches(self._fields, few=texts))
        empty = pa.schema([schema.field(field) for field in self._fields])
        table = pa.Table.from_batches(batches, batches[0].schema if batches else empty)
        arrays = []
        for column in table.columns:
            # One column at a time is copied.
            chunks = column.unify_dictionaries()
            arrays.append(
                _whole(chunks.combine_chunks()) if chunks.num_chunks != 1 else chunks.chunk(0)
            )
        return pa.StructArray.from_arrays(arrays, table.column_names)


def id_array(texts: list[str]) -> Arrow:
    """Make an array of ids for a look-up; one that cannot be read is missing."""
    import pyarrow as pa

    return pa.array([text or None for text in texts], pa.large_string())


def join_arrow_items(
    name: str, opened: ArrowFile, fields: Collection[str], *, id_column: str, ids: Arrow
) -> ArrowItems:
    """Find the row of the data that each item of a list belongs to.

    Args:
        name: The list input.
        opened: The file.
        fields: Fields of an item.
        id_column: Column that holds the id.
        ids: The ids of the data, as `id_array` makes them.

    Raises:
        InputError: The file cannot be read to its end.
    """
    join = _Join(opened=opened, name=name, id_column=id_column, ids=ids)
    for batch in opened.batches([id_column]):
        join.add(batch.column(0))
    return ArrowItems(
        name,
        opened,
        fields=[field for field in opened.names if field in fields],
        owners=join.finish(),
        ownerless=join.ownerless(),
        strangers=join.strangers(),
    )


def _whole(array: Arrow) -> Arrow:
    import pyarrow as pa

    # Texts that are too long for offsets of 32 bits stay in chunks.
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array


class _Join:
    """Finds the owners of items while their ids are read."""

    def __init__(self, *, opened: ArrowFile, name: str, id_column: str, ids: Arrow) -> None:
        import pyarrow as pa

        self._opened = opened
        self._name = name
        self._id_column = id_column
        self._rows = open_frame(pa.table({id_column: ids}))
        self._waiting: list[Arrow] = []
        self._count = self._waiting_count = 0
        self._owners: list[NDArray[np.int32]] = []
        self._flawed: list[Issue] = []
        self._lost = 0
        self._unknown: dict[str, None] = {}
        self._unknown_rows = 0

    def add(self, column: Arrow) -> None:
        """Take the ids of more items."""
        ids = read_ids(column)
        self._lost += len(ids.flaws)
        for place, flaw in ids.flaws.items():
            if len(self._flawed) < MAX_ISSUES:
                issue = flawed(self._opened, flaw, self._count + place + 1, self._id_column)
                self._flawed.append(issue.at(path=f"{self._name}.{self._id_column}"))
        self._waiting.append(id_array(ids.texts))
        self._count += len(ids.texts)
        self._waiting_count += len(ids.texts)
        if self._waiting_count >= max(STEP, self._rows.rows):
            self._look_up()

    def _look_up(self) -> None:
        import pyarrow as pa

        texts = pa.chunked_array(self._waiting, pa.large_string())
        items = open_frame(pa.table({self._id_column: texts}))
        owners = join_rows(self._rows, items, self._id_column)
        lost = np.flatnonzero(owners < 0)
        unknown = texts.take(integers(lost)).drop_null().to_pylist() if len(lost) else []
        self._unknown_rows += len(unknown)
        self._unknown.update(dict.fromkeys(unknown))
        self._owners.append(owners)
        self._waiting, self._waiting_count = [], 0

    def finish(self) -> NDArray[np.int32]:
        """Give the owner of each item, -1 where there is none."""
        if self._waiting:
            self._look_up()
        return np.concatenate([np.zeros(0, np.int32), *self._owners])

    def ownerless(self) -> tuple[Issue, ...]:
        """Give what is wrong with items whose id cannot be read."""
        if self._lost <= MAX_ISSUES:
            return tuple(self._flawed)
        details = {"count": str(self._lost)}
        rest = Issue(code="KNJ549", path=self._name, file=self._opened.file, details=details)
        return (*self._flawed, rest)

    def strangers(self) -> tuple[Issue, ...]:
        """Give a warning about ids that the data does not have."""
        if not self._unknown:
            return ()
        shown = ", ".join(quoted(stranger) for stranger in list(self._unknown)[:SHOWN_IDS])
        details = {
            "found": shown + (", …" if len(self._unknown) > SHOWN_IDS else ""),
            "count": str(len(self._unknown)),
            "rows": str(self._unknown_rows),
        }
        return (
            Issue(
                code="KNJ548",
                path=self._name,
                details=details,
                file=self._opened.file,
                severity="warning",
            ),
        )
