r"""Results as files: CSV, JSON lines and Excel workbooks, row by row.

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
from typing import BinaryIO, Final, TypeAlias

from kinerja.errors import InputError, Issue, quoted
from kinerja.io.cells import protect_text
from kinerja.io.whole import whole_file
from kinerja.io.written import Cell, RowWriter, check_width, csv_text, json_text, json_value
from kinerja.io.xlsx import write_workbook
from kinerja.words import DEFAULT_LANGUAGE, Language

__all__ = ["WRITE_SUFFIXES", "format_jsonl_row", "open_writer", "write_issues", "write_rows"]

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
)


@contextmanager
def open_writer(
    path: Path, columns: Sequence[str], *, inputs: Collection[Path] = ()
) -> Iterator[RowWriter]:
    r"""Open a results file; it appears when the block ends without an exception.

    Args:
        path: `.csv`, `.jsonl` or `.xlsx`.
        columns: Names of the columns.
        inputs: Files that are being read, which `path` must not be.

    Yields:
        A function that writes one row.

    Raises:
        InputError: The suffix is not supported, the folder does not exist, `path` is an input, the disk
            refuses, or a workbook cannot hold what is written.
        MissingExtraError: A workbook is asked for and openpyxl is not installed.

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
    with whole_file(path, inputs=inputs) as opened, opener(opened, columns, str(path)) as write:
        yield write


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


@contextmanager
def _write_csv(opened: BinaryIO, columns: Sequence[str], _file: str) -> Iterator[RowWriter]:
    text = _text_of(opened)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([protect_text(name) for name in columns])
    width = len(columns)

    def write(row: Sequence[Cell]) -> None:
        check_width(row, width)
        writer.writerow([csv_text(value) for value in row])

    try:
        yield write
    finally:
        text.detach()


@contextmanager
def _write_json_lines(opened: BinaryIO, columns: Sequence[str], _file: str) -> Iterator[RowWriter]:
    text = _text_of(opened)
    names = [json_text(name) for name in columns]

    def write(row: Sequence[Cell]) -> None:
        text.write(_json_row(names, row) + "\n")

    try:
        yield write
    finally:
        text.detach()


def _text_of(opened: BinaryIO) -> TextIOWrapper:
    # An unpaired surrogate is the one text that UTF-8 cannot hold; it is written as its escape.
    return TextIOWrapper(opened, encoding="utf-8", errors="backslashreplace", newline="")


_Opener: TypeAlias = Callable[
    [BinaryIO, Sequence[str], str], AbstractContextManager[RowWriter, bool | None]
]
_OPENERS: Final[Mapping[str, _Opener]] = {
    ".csv": _write_csv,
    ".jsonl": _write_json_lines,
    ".xlsx": write_workbook,
}
#: Suffixes of files that are written.
WRITE_SUFFIXES: Final = tuple(_OPENERS)
