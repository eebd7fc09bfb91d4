r"""Results as files: CSV, JSON lines, Excel workbooks, Parquet and Arrow.

What lives here: the writers. What never comes in: which columns a result has; the caller says so.

CSV is UTF-8, with commas and `\n`. A *text* that a spreadsheet would run as a formula (it begins with `=`,
`+`, `-`, `@`, a tab or a line end) gets an apostrophe before it, which `kinerja` takes away when it reads
the file; ids such as a NIP have none of these and stay as they are. In a workbook a text is a text cell and
cannot be run. A number is a number cell where a spreadsheet can hold it, which is up to 15 digits, and
text otherwise.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, TextIO

from kinerja.errors import InputError, Issue, quoted
from kinerja.io.arrow_results import write_arrow, write_parquet
from kinerja.io.cells import protect_text
from kinerja.io.whole import whole_file
from kinerja.io.written import (
    Cell,
    Columns,
    ColumnType,
    Layout,
    RowWriter,
    check_width,
    csv_text,
    json_text,
    json_value,
)
from kinerja.io.xlsx import write_workbook
from kinerja.words import DEFAULT_LANGUAGE, Language

__all__ = [
    "WRITE_SUFFIXES",
    "JsonLines",
    "format_jsonl_row",
    "open_writer",
    "write_issues",
    "write_rows",
]


_NO_TYPES: Final[Mapping[str, ColumnType]] = MappingProxyType({})
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

#: Columns of an issues file.
_ISSUE_COLUMNS: Final = (
    "severity",
    "code",
    "file",
    "line",
    "cell",
    "path",
    "message",
    "way_out",
    "id",
)


@contextmanager
def open_writer(
    path: Path,
    columns: Sequence[str],
    *,
    types: Mapping[str, ColumnType] = _NO_TYPES,
    about: Mapping[str, str] = _NOTHING,
    inputs: Collection[Path] = (),
) -> Iterator[RowWriter]:
    r"""Open a results file; it appears when the block ends without an exception.

    Args:
        path: `.csv`, `.jsonl`, `.xlsx`, `.parquet` or `.arrow`.
        columns: Names of the columns.
        types: What the columns hold; one that is not named holds texts. Only Parquet and Arrow files
            have types.
        about: What is said of the file as a whole, by name; only Parquet and Arrow files can say it.
        inputs: Files that are being read, which `path` must not be.

    Yields:
        What writes the rows.

    Raises:
        InputError: The suffix is not supported, the folder does not exist, `path` is an input, the disk
            refuses, or a workbook or column cannot hold what is written.
        MissingExtraError: The file needs openpyxl or pyarrow, which is not installed.

    Examples:
        >>> from decimal import Decimal
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "hasil.csv"
        ...     with open_writer(path, ["id", "nilai"]) as write:
        ...         write(["7", Decimal("86.60")])
        ...     path.read_text()
        'id,nilai\n7,86.60\n'
    """
    opener = _OPENERS.get(path.suffix.lower())
    if opener is None:
        details = {"found": quoted(path.suffix), "expected": " ".join(WRITE_SUFFIXES)}
        raise InputError([Issue(code="KNJ557", file=str(path), details=details)])
    layout = Layout(file=str(path), columns=tuple(columns), types=types, about=about)
    with whole_file(path, inputs=inputs) as opened, opener(opened, layout) as writer:
        yield writer


def write_rows(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    inputs: Collection[Path] = (),
) -> int:
    """Write a results file whole; see `open_writer`.

    Returns:
        The number of rows.
    """
    count = 0
    with open_writer(path, columns, inputs=inputs) as write:
        for row in rows:
            write(row)
            count += 1
    return count


def write_issues(
    path: Path,
    issues: Iterable[Issue],
    *,
    lang: Language = DEFAULT_LANGUAGE,
    inputs: Collection[Path] = (),
) -> int:
    """Write issues as a table that an officer can sort and hand on; see `open_writer`.

    Args:
        path: `.csv`, `.jsonl` or `.xlsx`.
        issues: The issues.
        lang: Language of message and way out.
        inputs: Files that are being read, which `path` must not be.

    Returns:
        The number of issues.
    """
    rows = (
        (
            issue.severity,
            issue.code,
            issue.file,
            issue.line,
            issue.cell,
            issue.path,
            issue.message(lang),
            issue.way_out(lang),
            issue.record_id,
        )
        for issue in issues
    )
    return write_rows(path, _ISSUE_COLUMNS, rows, inputs=inputs)


def format_jsonl_row(columns: Sequence[str], row: Sequence[Cell]) -> str:
    """Give one row as a line of JSON, without its line end.

    Examples:
        >>> from decimal import Decimal
        >>> format_jsonl_row(["id", "nilai", "reasons"], ["7", Decimal("86.60"), ()])
        '{"id": "7", "nilai": 86.60, "reasons": []}'
    """
    return _json_row([json_text(name) for name in columns], row)


def _json_row(names: list[str], row: Sequence[Cell]) -> str:
    check_width(row, len(names))
    pairs = [f"{name}: {json_value(value)}" for name, value in zip(names, row, strict=True)]
    return "{" + ", ".join(pairs) + "}"


class JsonLines:
    """Writes rows as lines of JSON.

    Args:
        text: Where they are written.
        columns: Names of the columns.

    Attributes:
        exact: Every number is written with all its digits.
    """

    exact = True

    def __init__(self, text: TextIO, columns: Sequence[str]) -> None:
        self._text = text
        self._names = [json_text(name) for name in columns]

    def __call__(self, row: Sequence[Cell], /) -> None:
        """Write one row."""
        self._text.write(_json_row(self._names, row) + "\n")

    def write_columns(self, columns: Columns, rows: Mapping[int, Sequence[Cell]]) -> None:
        """Write many rows."""
        from kinerja.io.columnwise import texts_of_rows

        text_of = [_named(name) for name in self._names]
        lines = map(", ".join, texts_of_rows(columns, rows, text_of))
        self._text.writelines(f"{{{line}}}\n" for line in lines)


def _named(name: str) -> Callable[[Cell], str]:
    return lambda value: f"{name}: {json_value(value)}"


class _Csv:
    exact = True

    def __init__(self, text: TextIO, columns: Sequence[str]) -> None:
        self._writer = csv.writer(text, lineterminator="\n")
        self._writer.writerow([protect_text(name) for name in columns])
        self._width = len(columns)

    def __call__(self, row: Sequence[Cell], /) -> None:
        check_width(row, self._width)
        self._writer.writerow([csv_text(value) for value in row])

    def write_columns(self, columns: Columns, rows: Mapping[int, Sequence[Cell]]) -> None:
        from kinerja.io.columnwise import texts_of_rows

        self._writer.writerows(texts_of_rows(columns, rows, [csv_text] * self._width))


@contextmanager
def _write_csv(opened: BinaryIO, layout: Layout) -> Iterator[RowWriter]:
    text = _text_of(opened)
    try:
        yield _Csv(text, layout.columns)
    finally:
        text.detach()


@contextmanager
def _write_json_lines(opened: BinaryIO, layout: Layout) -> Iterator[RowWriter]:
    text = _text_of(opened)
    try:
        yield JsonLines(text, layout.columns)
    finally:
        text.detach()


def _text_of(opened: BinaryIO) -> TextIOWrapper:
    # An unpaired surrogate is the one text that UTF-8 cannot hold; it is written as its escape.
    return TextIOWrapper(opened, encoding="utf-8", errors="backslashreplace", newline="")


_OPENERS: Final[
    Mapping[str, Callable[[BinaryIO, Layout], AbstractContextManager[RowWriter, bool | None]]]
] = {
    ".csv": _write_csv,
    ".jsonl": _write_json_lines,
    ".xlsx": write_workbook,
    ".parquet": write_parquet,
    ".arrow": write_arrow,
}
#: Suffixes of files that are written.
WRITE_SUFFIXES: Final = tuple(_OPENERS)
