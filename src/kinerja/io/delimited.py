"""Tables in text files: CSV and TSV, as spreadsheets and programs write them.

What lives here: the separator (comma, semicolon or tab, found in the header line; the line `sep=;` that
Excel understands), quoting, and rows that do not fit their header. What never comes in: what a cell
means.

A row with more cells than the header is refused: a separator stands inside a value, and every cell
after it is in the wrong column. In a row with fewer cells each cell that is not there is a flaw, not a
blank: a cut-off file or a line break inside a value looks the same. Where none of the lacking columns
is read, the row is good. Blank lines, and lines of blank cells, are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from kinerja.errors import InputError, Issue, quoted
from kinerja.io.encoding import TextSource, check_text
from kinerja.io.tables import MAX_COLUMNS, Flaw, Table, TableRow

__all__ = ["read_delimited"]

#: In this order where two cut the header into equally many names: a comma stands inside names more
#: often than a semicolon, and a tab hardly ever.
_SEPARATORS: Final = ("\t", ";", ",")

#: What a line without names is made of, whatever its separator.
_BLANK: Final = "\t;, \r\n\xa0"

_SHORT: Final = Flaw("KNJ515")

#: What the csv module allows a cell; a spreadsheet allows 32,767.
_LONGEST: Final = {"expected": "131072"}


def read_delimited(path: Path) -> Table:
    """Read the header of a CSV or TSV file.

    Args:
        path: The file; with the suffix `.tsv` its separator is the tab.

    Returns:
        The table. Its rows are read from the file each time they are asked for.

    Raises:
        InputError: The file is not readable text, has no header, or its quotes do not close. Reading the
            rows raises it too.
    """
    source = check_text(path)
    with source.open(newline="") as opened:
        start = opened.readline()
        stated = _stated_separator(start)
        skipped = int(stated is not None)
        if stated is not None and stated not in _SEPARATORS:
            details = {"found": quoted(stated)}
            raise InputError([Issue(code="KNJ507", file=source.file, line=1, details=details)])
    if path.suffix.lower() == ".tsv":
        stated = stated or "\t"
    separator, names, header_row, header_line = _find_header(
        source, _SEPARATORS if stated is None else (stated,), skipped
    )
    if len(names) > MAX_COLUMNS:
        details = {"found": str(len(names)), "expected": str(MAX_COLUMNS)}
        issue = Issue(code="KNJ511", file=source.file, line=header_line, details=details)
        raise InputError([issue])
    return Table(
        file=source.file,
        header=tuple(name.strip() for name in names),
        read_rows=lambda: _rows(source, separator, len(names), skipped, header_row),
        separator=separator,
        header_row=header_row,
        header_line=header_line,
    )


def _stated_separator(line: str) -> str | None:
    text = line.rstrip("\r\n")
    return text[4:] if text[:4].lower() == "sep=" and len(text) == len("sep=") + 1 else None


def _find_header(
    source: TextSource, separators: tuple[str, ...], skipped: int
) -> tuple[str, list[str], int, int]:
    """Give the separator that cuts the first row that is not blank into most names."""
    best: tuple[str, list[str], int, int] | None = None
    issue: Issue | None = None
    for separator in separators:
        with source.open(newline="") as opened:
            for number, line, cells, broken in _records(opened, separator, skipped):
                if broken is not None:
                    issue = Issue(code=broken, file=source.file, line=line, details=_LONGEST)
                    break
                if "".join(cells).strip(_BLANK):
                    if best is None or len(cells) > len(best[1]):
                        best = (separator, cells, number, line)
                    break
    # The wrong separator breaks the quotes of a sound header; and it may leave a broken one whole.
    if best is None or (issue is not None and len(best[1]) == 1):
        raise InputError([issue or Issue(code="KNJ506", file=source.file)])
    return best


def _records(
    opened: TextIOWrapper, separator: str, skipped: int
) -> Iterator[tuple[int, int, list[str], str | None]]:
    """Give row number, first line, cells and, where they cannot be told apart, an issue code."""
    for _ in range(skipped):
        opened.readline()
    reader = csv.reader(opened, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # A quote that is never closed swallows the rows after it; nothing below it is certain.
            code = "KNJ516" if "field limit" in str(error) else "KNJ513"
            if skipped + reader.line_num > line or "end of data" in str(error):
                code = "KNJ512"
            yield number, line, [], code
        except UnicodeDecodeError:  # the file was changed while it is read
            yield number, line, [], "KNJ550"
        else:
            yield number, line, cells, None


def _rows(
    source: TextSource, separator: str, width: int, skipped: int, header_row: int
) -> Iterator[TableRow]:
    with source.open(newline="") as opened:
        for number, line, cells, broken in _records(opened, separator, skipped):
            if number <= header_row:
                continue
            if broken in ("KNJ512", "KNJ550"):
                raise InputError([Issue(code=broken, file=source.file, line=line)])
            if broken is not None:
                yield TableRow(number, line, [_SHORT] * width, Flaw(broken, _LONGEST))
            elif len(cells) == width:
                if "".join(cells).strip():
                    yield TableRow(number, line, cells, None)
            elif "".join(cells).strip():
                yield _ragged(number, line, cells, width)


def _ragged(number: int, line: int, cells: list[str], width: int) -> TableRow:
    extra = [cell for cell in cells[width:] if cell.strip()]
    if extra:
        details = {"found": str(len(cells)), "expected": str(width), "extra": quoted(extra[0])}
        return TableRow(number, line, cells[:width], Flaw("KNJ514", details))
    return TableRow(number, line, [*cells[:width], *[_SHORT] * (width - len(cells))], None)
