"""Parquet and Arrow files as batches of records that the column engine scores.

What lives here: a data file, with lists from other such files, read batch by batch, and the search for one
row. What never comes in: scoring; files of other formats, which `records` reads row by row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from pathlib import Path
from typing import Final

import numpy as np

from kinerja.columns.frames_arrow_values import integers, is_text
from kinerja.errors import InputError, Issue, quoted
from kinerja.formula.types import ListType, ValueType
from kinerja.io.arrow import Arrow, ArrowFile, rows_at_once
from kinerja.io.arrow_ids import is_whole, read_ids, survey_ids
from kinerja.io.arrow_lists import ArrowItems, id_array, join_arrow_items
from kinerja.io.arrow_rows import few_texts, flawed, open_rows, place_of, records_of, row_cell
from kinerja.io.batches import Batch
from kinerja.io.lacking import check_columns
from kinerja.io.lists import ITEM
from kinerja.io.rows import Row

__all__ = ["ArrowRecords", "read_arrow_records"]

#: Rows that are made single at once.
SINGLE: Final = 4096
#: Ids that are looked at when one is not there.
MOST_NEAR: Final = 2000


class ArrowRecords:
    """The records of a Parquet or Arrow file; see `Records`.

    Besides the batch at hand it holds eight bytes for each row, and the items of lists from other files.
    """

    def __init__(
        self, opened: ArrowFile, inputs: Mapping[str, ValueType], *, id_column: str
    ) -> None:
        self.file = opened.file
        self.issues: tuple[Issue, ...] = ()
        self.warnings: tuple[Issue, ...] = ()
        self.extra_keys = False
        self.whole_ids = is_whole(opened.schema.field(id_column).type)
        self._opened = opened
        self._id = id_column
        self._names = [name for name in inputs if name in opened.names]
        self._few = few_texts(opened, inputs)
        self._survey = survey_ids(opened, id_column)
        self._lists: dict[str, ArrowItems] = {}
        self.count = self._survey.count
        if not self.count:
            self.warnings = (Issue(code="KNJ519", file=self.file, severity="warning"),)

    def join(self, lists: Mapping[str, tuple[ArrowFile, Collection[str]]]) -> None:
        """Join lists from other files: for each the file and the fields of its items.

        Raises:
            InputError: A file cannot be read to its end.
        """
        import pyarrow as pa

        batches = self._opened.batches([self._id])
        arrays = [id_array(read_ids(batch.column(0)).texts) for batch in batches]
        ids = pa.chunked_array(arrays, pa.large_string())
        for name, (opened, fields) in lists.items():
            items = join_arrow_items(name, opened, fields, id_column=self._id, ids=ids)
            self._lists[name] = items
            self.issues += items.ownerless
            self.warnings += items.strangers

    def __len__(self) -> int:
        """Give the number of rows."""
        return self.count

    def __iter__(self) -> Iterator[Row]:
        """Read the rows, one at a time."""
        for batch in self.batches():
            yield from merge(_single(batch), batch.refused, key=lambda row: row.number)

    def batches(self) -> Iterator[Batch]:
        """Read the rows, many at a time.

        Raises:
            InputError: The file cannot be read to its end, or was changed after it was opened.
        """
        step = rows_at_once(self.count, max(map(len, self._lists.values()), default=0))
        start = 0
        for batch in self._opened.batches([*self._names, self._id], few=self._few):
            if start + batch.num_rows > self.count:
                raise self._changed()
            for at in range(0, batch.num_rows, step):
                yield self._batch(batch.slice(at, step), start + at)
            start += batch.num_rows
        if start != self.count:
            raise self._changed()

    def _changed(self) -> InputError:
        return InputError([Issue(code="KNJ550", file=self.file)])

    def _batch(self, batch: Arrow, start: int) -> Batch:
        import pyarrow as pa

        rows = batch.num_rows
        column = batch.column(batch.schema.get_field_index(self._id))
        columns = {n: batch.column(batch.schema.get_field_index(n)) for n in self._names}
        for name, items in self._lists.items():
            columns[name] = items.lists(start, start + rows)
        # Without a column a batch would have no rows.
        frame = pa.RecordBatch.from_pydict(columns or {"": pa.nulls(rows)})
        ids: Arrow = column
        refused: list[Row] = []
        numbers: Sequence[int] = range(start + 1, start + rows + 1)
        if self._survey.refuses(start, start + rows):
            texts = read_ids(column)
            kept = []
            for place, text in enumerate(texts.texts):
                flaw = texts.flaws.get(place)
                other = self._survey.other(start + place) if flaw is None else None
                if flaw is not None:
                    issue = flawed(self._opened, flaw, numbers[place], self._id)
                elif other is not None:
                    issue = self._twice(text, numbers[place], other)
                else:
                    kept.append(place)
                    continue
                refused.append(Row(id=text, record={}, issues=(issue,), number=numbers[place]))
            frame = frame.take(integers(np.array(kept, np.int64)))
            ids = [texts.texts[place] for place in kept]
            numbers = [numbers[place] for place in kept]
            if self.whole_ids:
                ids = pa.array([*map(int, ids)], pa.int64())
        elif not self.whole_ids and not (is_text(column.type) and self._survey.same):
            ids = read_ids(column).texts
        return Batch(
            count=rows,
            frame=frame,
            ids=ids,
            refused=refused,
            rows=lambda places: _rows(frame, ids, numbers, places, [*columns]),
        )

    def _twice(self, text: str, number: int, other: int) -> Issue:
        return Issue(
            code="KNJ544",
            path=self._id,
            details={"found": quoted(text), "other": place_of(other + 1)},
            file=self.file,
            cell=row_cell(number, self._id, text),
        )

    def find(self, wanted: str) -> Row | None:
        """Read the first row with an id and nothing else; `None` where there is none.

        Raises:
            InputError: The file cannot be read, or was changed after it was opened.
        """
        start = 0
        for batch in self._opened.batches([self._id]):
            texts = read_ids(batch.column(0)).texts
            if wanted in texts:
                return self._row(wanted, start + texts.index(wanted))
            start += batch.num_rows
        return None

    def _row(self, text: str, row: int) -> Row:
        other = self._survey.other(row)
        if other is not None:
            issue = self._twice(text, row + 1, other)
            return Row(id=text, record={}, issues=(issue,), number=row + 1)
        batch = next(self._opened.batches([*self._names, self._id], few=self._few, start=row), None)
        if batch is None:
            raise self._changed()
        record = next(records_of(batch.slice(0, 1), self._names))
        record |= {name: items.of(row) for name, items in self._lists.items()}
        return Row(id=text, record={**record, "id": text}, number=row + 1)

    def ids_near(self, wanted: str) -> Iterable[str]:
        """Give ids that begin or end as one that is not there."""
        half = max(1, len(wanted) // 2)
        found: list[str] = []
        for batch in self._opened.batches([self._id]):
            found += [
                text
                for text in read_ids(batch.column(0)).texts
                if text[:half] == wanted[:half] or text[-half:] == wanted[-half:]
            ]
            if len(found) >= MOST_NEAR:
                break
        return found[:MOST_NEAR]

    def locate(self, issue: Issue, row: Row) -> Issue:
        """Give an issue that scoring found the place of its row, or of the item it is about."""
        item = ITEM.match(issue.path)
        items = self._lists.get(item["list"]) if item is not None else None
        if item is not None and items is not None:
            return items.locate(issue, row, int(item["place"]), item["field"] or "")
        name = issue.path.partition(".")[0]
        return issue.at(file=self.file, cell=row_cell(row.number, name, row.id))


def _rows(
    frame: Arrow, ids: Arrow, numbers: Sequence[int], places: Sequence[int], names: Collection[str]
) -> list[Row]:
    taken = integers(np.array(places, np.int64))
    texts = [ids[place] for place in places] if isinstance(ids, list) else None
    if texts is None:
        texts = read_ids(ids.take(taken)).texts
    rows = []
    for text, record, place in zip(
        texts, records_of(frame.take(taken), names), places, strict=True
    ):
        record["id"] = text
        rows.append(Row(id=text, record=record, number=numbers[place]))
    return rows


def _single(batch: Batch) -> Iterator[Row]:
    for start in range(0, len(batch.ids), SINGLE):
        yield from batch.rows(range(start, min(start + SINGLE, len(batch.ids))))


def read_arrow_records(
    path: Path,
    inputs: Mapping[str, ValueType],
    *,
    lists: Mapping[str, Path],
    required: Collection[str],
    id_column: str,
) -> ArrowRecords:
    """Open a data file and the list files that belong to it; see `read_records`.

    Raises:
        InputError: A file cannot be read, lacks the id column, or holds a list that has a file of its own.
            Every such issue at once.
        MissingExtraError: pyarrow is not installed.
    """
    kinds = {name: kind for name, kind in inputs.items() if isinstance(kind, ListType)}
    issues: list[Issue] = []
    records: ArrowRecords | None = None
    others: dict[str, tuple[ArrowFile, Collection[str]]] = {}
    found: list[Issue] = []
    try:
        opened = open_rows(path, wanted=inputs, id_column=id_column)
        both = [name for name in lists if name in opened.names]
        issues += [
            Issue(code="KNJ547", path=name, file=opened.file, details={"found": quoted(name)})
            for name in both
        ]
        found += check_columns(
            opened.names,
            inputs,
            required=required,
            id_column=id_column,
            file=opened.file,
            given=lists,
            nested=True,
        )
        records = ArrowRecords(opened, inputs, id_column=id_column)
    except InputError as error:
        issues += error.issues
    for name, file in lists.items():
        fields = kinds[name].fields
        try:
            other = open_rows(file, wanted=fields, id_column=id_column)
        except InputError as error:
            issues += error.issues
            continue
        others[name] = (other, fields)
        needed = fields.keys() - kinds[name].optional
        for issue in check_columns(
            other.names, fields, required=needed, id_column=id_column, file=other.file, nested=True
        ):
            found.append(issue.at(path=f"{name}.{issue.path}"))
    if records is None or issues:
        raise InputError(issues)
    if others:
        records.join(others)
    records.issues = (*(i for i in found if i.severity == "error"), *records.issues)
    records.warnings = (*(i for i in found if i.severity != "error"), *records.warnings)
    return records
