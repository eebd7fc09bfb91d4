"""Data files as records: one row a person or unit, with the lists that belong to it.

What lives here: `read_records`, which joins a data file with its list files, and what it says about files
and columns as a whole. What never comes in: scoring, scales, limits.

Parquet and Arrow files are read by `arrow_records`, batch by batch, unless a list of another format is to
be joined to them; then they are read row by row, as every other format.

An error in a row makes that row unusable and no other; an error of the file as a whole is in `issues`,
and the rows can still be read. `InputError` is raised only where no row can be trusted.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kinerja.errors import InputError, Issue, Severity, nearest, quoted
from kinerja.formula.types import ItemType, ListType, ValueType
from kinerja.io.arrow import ARROW_SUFFIXES, is_arrow
from kinerja.io.batches import Batch, Records
from kinerja.io.delimited import read_delimited
from kinerja.io.jsonl import read_json, read_json_lines
from kinerja.io.lacking import check_columns
from kinerja.io.lists import ITEM, ListItems, group_items
from kinerja.io.numbers import DecimalMark
from kinerja.io.rows import IdIndex, Row, RowSource
from kinerja.io.tables import Table, check_header
from kinerja.io.typed import typed_rows
from kinerja.io.wording import Wording, named_table
from kinerja.io.xlsx import Workbook, open_workbook

__all__ = ["READ_SUFFIXES", "RecordsFile", "columns_of", "read_records"]

#: Suffixes of files that are read.
READ_SUFFIXES: Final = (".csv", ".tsv", ".jsonl", ".json", ".xlsx", *ARROW_SUFFIXES)

#: Rows that are held at once for the column engine.
BATCH: Final = 16_384
#: A decimal of so many characters has at most 15 digits, which a float gives back as they are.
SURE_LENGTH: Final = 15

_NO_LISTS: Final[Mapping[str, Path]] = MappingProxyType({})


class RecordsFile:
    """The records of a data file, in file order; they can be gone through more than once.

    Attributes:
        file: The data file, as the user named it.
        count: Number of rows.
        issues: What is wrong with the files as a whole, although rows can be read.
        warnings: What should be looked at.
        whole_ids: Ids are whole numbers in the file.
        extra_keys: A row may hold keys besides those that are read.
    """

    __slots__ = (
        "_ids",
        "_inputs",
        "_lists",
        "_source",
        "count",
        "extra_keys",
        "file",
        "issues",
        "warnings",
        "whole_ids",
    )

    def __init__(
        self,
        source: RowSource,
        ids: IdIndex,
        lists: tuple[ListItems, ...],
        issues: tuple[Issue, ...],
        inputs: Collection[str],
    ) -> None:
        everything = [*issues, *source.issues, *source.warnings]
        for items in lists:
            everything += [*items.ownerless, *items.strangers]
        self.file = source.file
        self.count = ids.count
        self.issues = tuple(issue for issue in everything if issue.severity == "error")
        self.warnings = tuple(issue for issue in everything if issue.severity != "error")
        self.whole_ids = source.whole_ids
        self.extra_keys = source.columns is None
        self._source = source
        self._ids = ids
        self._lists = lists
        self._inputs = tuple(inputs)

    def __len__(self) -> int:
        """Give the number of rows."""
        return self.count

    def __iter__(self) -> Iterator[Row]:
        """Read the rows.

        Raises:
            InputError: The file was changed after it was opened.
        """
        for row in self._source.read_rows():
            yield self._joined(row)

    def batches(self) -> Iterator[Batch]:
        """Read the rows, many at a time.

        Raises:
            InputError: The file was changed after it was opened.
        """
        rows = iter(self)
        while chunk := list(islice(rows, BATCH)):
            yield _batch(chunk, self._inputs)

    def find(self, wanted: str) -> Row | None:
        """Read the first row with an id; `None` where there is none.

        Raises:
            InputError: The file was changed after it was opened.
        """
        return next((row for row in self if row.id == wanted), None)

    def ids_near(self, wanted: str) -> Iterable[str]:  # noqa: ARG002 - every one may be near
        """Give ids among which one may be near to one that is not there."""
        return self._ids.first

    def locate(self, issue: Issue, row: Row) -> Issue:
        """Give an issue that scoring found the place of its row, and of its cell in a table.

        Args:
            issue: An issue whose path begins with the name of an input.
            row: The row that was scored.
        """
        item = ITEM.match(issue.path)
        for items in self._lists:
            if item is not None and item["list"] == items.name and row.id in items.places:
                return items.locate(issue, row.id, int(item["place"]), item["field"] or "")
        is_column = issue.path in (self._source.columns or ())
        column = issue.path if is_column else issue.path.partition(".")[0]
        return self._source.located(issue, row, column)

    def _joined(self, row: Row) -> Row:
        if not row.id:
            return row
        issues = list(row.issues)
        other = self._ids.other(row.id, row.number)
        if other is not None:
            details = {"found": quoted(row.id), "other": self._source.place(other)}
            issues.append(self._issue("KNJ544", "id", row, details))
        record = row.record
        if self._lists:
            record = dict(record)
            for items in self._lists:
                if record.get(items.name) is not None:
                    details = {"found": quoted(items.name)}
                    issues.append(self._issue("KNJ547", items.name, row, details))
                else:
                    record[items.name] = items.of(row.id)
                issues += items.issues.get(row.id, ())
        elif len(issues) == len(row.issues):
            return row
        return replace(row, record=record, issues=tuple(issues))

    def _issue(self, code: str, path: str, row: Row, details: Mapping[str, str]) -> Issue:
        return self._source.located(Issue(code=code, path=path, details=details), row, "")


def _column(values: list[object]) -> list[object]:
    """Make floats of decimals where each is the shortest decimal of its float: they are read at once."""
    if not {*map(type, values)} <= {Decimal, type(None)}:
        return values
    texts = [*map(str, values)]
    if max(map(len, texts), default=0) > SURE_LENGTH or any("E" in text for text in {*texts}):
        return values
    return [None if text == "None" else float(text) + 0.0 for text in texts]


def columns_of(
    records: Sequence[Mapping[str, object]], names: Collection[str]
) -> dict[str, list[object]]:
    """Give records as columns, in the form that the column engine reads fastest."""
    return {name: _column([record.get(name) for record in records]) for name in names}


def _batch(rows: Sequence[Row], inputs: Collection[str]) -> Batch:
    good = [row for row in rows if not row.issues]
    columns = columns_of([row.record for row in good], inputs)
    return Batch(
        count=len(rows),
        frame=columns or {"": [None] * len(good)},
        ids=[row.id for row in good],
        refused=[row for row in rows if row.issues],
        rows=lambda places: [good[place] for place in places],
    )


def read_records(  # noqa: PLR0913 - each is one thing a caller may know about the files
    path: Path,
    inputs: Mapping[str, ValueType],
    *,
    lists: Mapping[str, Path] = _NO_LISTS,
    required: Collection[str] = (),
    decimal: DecimalMark = "auto",
    id_column: str = "id",
    wording: Wording | None = None,
) -> Records:
    """Open a data file and the list files that belong to it.

    Args:
        path: `.csv`, `.tsv`, `.jsonl`, `.json`, `.xlsx`, `.parquet`, `.arrow` or `.feather`. Of a workbook
            the first sheet is read, and a sheet that has the name of a list input is that list.
        inputs: Type of each input that the policy declares. A column or key that is no input is passed
            over.
        lists: Files of list inputs, by input. With a file, a person without rows has an empty list;
            without one the list is absent from the record, unless the record itself holds it (JSON).
        required: Inputs that a record must have; a table without such a column is an issue.
        decimal: Decimal mark of number texts in tables; `auto` decides it for each file from its cells
            and refuses what stays doubtful.
        id_column: Column or key that holds the id, in the data and in every list.
        wording: Names for the columns of tables that are not those of the inputs; `inputs` then holds a
            type for each such name. By default a column has the name of its input.

    Returns:
        The records. Every file was read through once, so that encodings, decimal marks and repeated ids
        are known; the rows of CSV and JSON lines are read again as they are asked for.

    Raises:
        InputError: A file is missing, unreadable, of a kind that is not supported, or lacks the id
            column; or `lists` names no list input. Every such issue at once.
        MissingExtraError: A file needs openpyxl or pyarrow, which is not installed.
    """
    plan = _Plan(
        inputs=inputs, required=required, decimal=decimal, id_column=id_column, wording=wording
    )
    issues = [issue for file in (path, *lists.values()) for issue in _check_file(file)]
    issues += [plan.unknown_list(name, lists[name]) for name in lists if name not in plan.lists]
    if issues:
        raise InputError(issues)
    if is_arrow(path) and all(map(is_arrow, lists.values())):
        from kinerja.io.arrow_records import read_arrow_records

        return read_arrow_records(path, inputs, lists=lists, required=required, id_column=id_column)
    ids = IdIndex()
    sources: dict[str, RowSource] = {}
    found: list[Issue] = []
    data: RowSource | None = None
    try:
        data, sources = _open_data(path, plan, ids, given=lists)
        found = plan.lacking(data, inputs, required, given=(*lists, *sources))
    except InputError as error:
        issues += error.issues
    for name, file in lists.items():
        try:
            sources[name] = _open_list(file, name, plan)
        except InputError as error:
            issues += error.issues
    if data is None or issues:
        raise InputError(issues)
    joined: list[ListItems] = []
    for name in plan.lists:
        if name in sources:
            kind, rows = plan.lists[name], sources[name]
            found += rows.issues
            needed = kind.fields.keys() - kind.optional
            for issue in plan.lacking(rows, kind.fields, needed):
                found.append(issue.at(path=f"{name}.{issue.path}"))
            joined.append(group_items(name, kind.fields, rows, ids=ids.first.keys()))
    return RecordsFile(data, ids, tuple(joined), tuple(found), inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is looked for in the files, and how."""

    inputs: Mapping[str, ValueType]
    required: Collection[str]
    decimal: DecimalMark
    id_column: str
    wording: Wording | None = None

    @property
    def lists(self) -> dict[str, ListType]:
        return {name: kind for name, kind in self.inputs.items() if isinstance(kind, ListType)}

    @property
    def scalars(self) -> dict[str, ItemType]:
        return {name: kind for name, kind in self.inputs.items() if not isinstance(kind, ListType)}

    def lacking(
        self,
        source: RowSource,
        kinds: Mapping[str, ValueType],
        required: Collection[str],
        given: Collection[str] = (),
    ) -> list[Issue]:
        """Say which columns a table lacks; JSON has none."""
        if source.columns is None:
            return []
        for name in given:
            if source.nested and name in source.columns:
                details = {"found": quoted(name)}
                raise InputError(
                    [Issue(code="KNJ547", path=name, file=source.file, details=details)]
                )
        return check_columns(
            source.columns,
            kinds,
            required=required,
            id_column=self.id_column,
            file=source.file,
            given=given,
            nested=source.nested,
            cell=source.header_cell,
        )

    def unknown_list(self, name: str, file: Path) -> Issue:
        details = {"found": quoted(name), "expected": ", ".join(self.lists) or "–"}
        near = nearest(name, self.lists)
        if near is None:
            return Issue(code="KNJ551", path=name, file=str(file), details=details)
        details["nearest"] = quoted(near)
        return Issue(code="KNJ546", path=name, file=str(file), details=details)

    def typed(
        self, table: Table, kinds: Mapping[str, ItemType], ids: IdIndex, holds: str | None
    ) -> RowSource:
        if self.wording is None:
            return typed_rows(table, kinds, id_column=self.id_column, decimal=self.decimal, ids=ids)
        named, issues = named_table(table, holds, self.wording)
        if self.id_column not in named.header:
            # What is said of a header that has no id is said of the names that stand in it.
            lacking = check_header(table, wanted=(), id_column=self.id_column)
            raise InputError([*issues, *lacking])
        special = self.wording.special if holds is None else {}
        rows = typed_rows(
            named,
            kinds,
            id_column=self.id_column,
            decimal=self.decimal,
            ids=ids,
            special=special,
        )
        return replace(rows, issues=tuple(issues))

    def sheet(
        self,
        book: Workbook,
        sheet: str,
        kinds: Mapping[str, ItemType],
        ids: IdIndex,
        holds: str | None,
    ) -> RowSource:
        wanted = {*kinds, self.id_column} if self.wording is None else None
        return self.typed(book.table(sheet, wanted=wanted), kinds, ids, holds)


def _check_file(path: Path) -> list[Issue]:
    if path.suffix.lower() not in READ_SUFFIXES:
        details = {"found": quoted(path.suffix), "expected": " ".join(READ_SUFFIXES)}
        return [Issue(code="KNJ503", file=str(path), details=details)]
    # Path.is_file raises for a folder that may not be entered. Spark writes a folder of Parquet files.
    is_there = os.path.isfile(path) or (is_arrow(path) and os.path.isdir(path))  # noqa: PTH112, PTH113 - see above
    return [] if is_there else [Issue(code="KNJ501", file=str(path))]


def _open_data(
    path: Path, plan: _Plan, ids: IdIndex, *, given: Collection[str]
) -> tuple[RowSource, dict[str, RowSource]]:
    """Open the data, and the lists that stand in the same workbook."""
    if is_arrow(path):
        return _open_arrow(path, plan.inputs, plan, ids), {}
    if path.suffix.lower() != ".xlsx":
        return _open_text(path, plan.scalars, plan, ids, None), {}
    sources: dict[str, RowSource] = {}
    with open_workbook(path) as book:
        sheets = {name: _sheet_named(name, book) for name in plan.lists}
        named = set(sheets.values())
        rest = [sheet for sheet in book.sheets if sheet not in named]
        first = next(iter([*rest, *book.sheets]), None)
        if first is None:
            raise InputError([Issue(code="KNJ506", file=str(path))])
        data = plan.sheet(book, first, plan.scalars, ids, None)
        issues: list[Issue] = []
        for name, sheet in sheets.items():
            if name in given:
                continue
            if sheet is not None:
                fields = plan.lists[name].fields
                sources[name] = plan.sheet(book, sheet, fields, IdIndex(), name)
            elif (near := nearest(name, [sheet for sheet in rest if sheet != first])) is not None:
                details = {"expected": quoted(name), "nearest": quoted(near)}
                severity: Severity = "error" if name in plan.required else "warning"
                issues.append(
                    Issue(
                        code="KNJ554",
                        path=name,
                        details=details,
                        file=str(path),
                        severity=severity,
                    )
                )
    return replace(data, issues=(*data.issues, *issues)), sources


def _open_list(path: Path, name: str, plan: _Plan) -> RowSource:
    fields = plan.lists[name].fields
    if is_arrow(path):
        return _open_arrow(path, fields, plan, IdIndex())
    if path.suffix.lower() != ".xlsx":
        return _open_text(path, fields, plan, IdIndex(), name)
    with open_workbook(path) as book:
        sheet = _sheet_named(name, book) or next(iter(book.sheets), None)
        if sheet is None:
            raise InputError([Issue(code="KNJ506", file=str(path))])
        return plan.sheet(book, sheet, fields, IdIndex(), name)


def _open_text(
    path: Path, kinds: Mapping[str, ItemType], plan: _Plan, ids: IdIndex, holds: str | None
) -> RowSource:
    match path.suffix.lower():
        case ".jsonl":
            return read_json_lines(path, id_column=plan.id_column, ids=ids)
        case ".json":
            return read_json(path, id_column=plan.id_column, ids=ids)
        case _:
            return plan.typed(read_delimited(path), kinds, ids, holds)


def _open_arrow(path: Path, kinds: Mapping[str, ValueType], plan: _Plan, ids: IdIndex) -> RowSource:
    from kinerja.io.arrow_rows import read_arrow_rows

    return read_arrow_rows(path, kinds, id_column=plan.id_column, ids=ids)


def _sheet_named(name: str, book: Workbook) -> str | None:
    # Excel holds sheet names that differ only in case for the same.
    return next((sheet for sheet in book.sheets if sheet.casefold() == name.casefold()), None)
