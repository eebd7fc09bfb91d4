"""Tables in Excel workbooks, through openpyxl.

What lives here: opening a workbook without being harmed by it, its cells as raw cells, and a workbook of
results. What never comes in: what a cell means. openpyxl is imported in the functions that need it.

A number is read as Excel shows it, to 15 significant digits, which is all that Excel keeps: a cell
computed as 76.61000000000001 is 76.61. A cell formatted as a percentage is refused, since the workbook
holds 0.6 where its reader sees 60 %. A formula counts with the value that was last computed; where the
workbook holds none, the cell is refused.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kinerja.errors import InputError, Issue, KinerjaError, MissingExtraError, quoted
from kinerja.io.cells import SHEET_DIGITS
from kinerja.io.tables import MAX_COLUMNS, MAX_ROWS, Flaw, Raw, Table, TableRow
from kinerja.io.written import Cell, Columns, Layout, RowWriter, check_width, plain_number

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenWorkbook

__all__ = ["Workbook", "open_workbook", "write_workbook"]

#: What a workbook may unpack to, in bytes; a million rows of twelve columns take about 600 MB.
MAX_UNPACKED: Final = 4 << 30
#: A part beyond this size must not have been packed more than `MAX_RATIO` times; real ones reach 30.
LARGE_PART: Final = 32 << 20
MAX_RATIO: Final = 150
#: Parts besides the sheets are held in memory whole.
MAX_OTHER_PARTS: Final = 512 << 20

#: Longest text of a cell.
MAX_TEXT: Final = 32_767
#: What an XML file cannot hold.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")


class Workbook:
    """An open workbook.

    Attributes:
        file: The file, as the user named it.
        sheets: Names of the visible sheets, in their order.
    """

    def __init__(self, path: Path, values: OpenWorkbook, formulas: OpenWorkbook | None) -> None:
        self.file = str(path)
        self._values = values
        self._formulas = formulas
        self.sheets: tuple[str, ...] = tuple(
            sheet.title for sheet in values.worksheets if sheet.sheet_state == "visible"
        )

    def table(self, sheet: str, *, wanted: Collection[str] | None) -> Table:
        """Read a sheet into memory; its first row that is not blank is the header.

        Args:
            sheet: Name of the sheet.
            wanted: Columns whose cells are kept, or `None` for all.

        Raises:
            InputError: The sheet has no header, or the workbook is damaged.
        """
        header: tuple[str, ...] | None = None
        header_row = 0
        keep: list[int] = []
        rows: list[TableRow] = []
        with _openpyxl_trouble(self.file):
            for number, cells in self._rows(sheet):
                # What stands to the right of the header is no part of the table.
                if _is_blank(cells if header is None else cells[: len(header)]):
                    continue
                if header is None:
                    header = tuple(_name(_raw(*cell)) for cell in cells)
                    header_row = number
                    keep = [
                        at for at, name in enumerate(header) if wanted is None or name in wanted
                    ]
                    continue
                kept: list[Raw] = [None] * len(header)
                for at in keep:
                    if at < len(cells):
                        kept[at] = _raw(*cells[at])
                rows.append(TableRow(number, None, kept, None))
        if header is None:
            raise InputError([Issue(code="KNJ506", file=self.file, cell=f"{sheet}!A1")])
        return Table(
            file=self.file,
            header=header,
            read_rows=lambda: iter(rows),
            sheet=sheet,
            header_row=header_row,
        )

    def _rows(self, sheet: str) -> Iterator[tuple[int, list[tuple[Any, Any]]]]:
        """Give each row with its number: its cells with values, and the same with formulas."""
        books = (self._values, self._values if self._formulas is None else self._formulas)
        columns = []
        for book in dict.fromkeys(books):
            opened = book[sheet]
            opened.reset_dimensions()  # the size that the sheet states may be wrong
            columns.append(opened.iter_rows(max_row=MAX_ROWS))
        if len(columns) == 1:
            for number, row in enumerate(columns[0], 1):
                yield number, [(cell, None) for cell in row[:MAX_COLUMNS]]
        else:
            for number, (row, formulas) in enumerate(zip(*columns, strict=True), 1):
                pairs = zip(row[:MAX_COLUMNS], formulas[:MAX_COLUMNS], strict=True)
                yield number, list(pairs)


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open an `.xlsx` file.

    Raises:
        InputError: The file is no workbook, is damaged or encrypted, or unpacks to far more than any
            table needs.
        MissingExtraError: openpyxl is not installed.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError("xlsx") from None
    file = str(path)
    with ExitStack() as open_files:
        with _openpyxl_trouble(file):
            has_formulas = _check_archive(path)

            def opened(**more: bool) -> OpenWorkbook:
                # openpyxl leaves a file open that it opened itself and cannot read.
                binary = open_files.enter_context(path.open("rb"))
                part = load_workbook(binary, read_only=True, keep_links=False, **more)
                open_files.callback(part.close)
                return part

            values = opened(data_only=True)
            book = Workbook(path, values, opened() if has_formulas else None)
        yield book


@contextmanager
def _openpyxl_trouble(file: str) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that no table needs.
            warnings.simplefilter("ignore")
            yield
    except KinerjaError:
        raise
    except OSError as error:
        if error.errno is None:
            raise InputError([Issue(code="KNJ534", file=file)]) from None
        details = {"found": error.strerror or type(error).__name__}
        raise InputError([Issue(code="KNJ502", file=file, details=details)]) from None
    except Exception:  # noqa: BLE001 - a damaged workbook makes openpyxl raise anything at all
        raise InputError([Issue(code="KNJ534", file=file)]) from None


def _check_archive(path: Path) -> bool:
    """Refuse an archive that is a bomb; tell whether any sheet holds a formula."""
    has_formulas = False
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
        others = sum(part.file_size for part in parts) - sum(part.file_size for part in sheets)
        bombs = [
            part
            for part in parts
            if part.file_size > LARGE_PART and part.file_size > MAX_RATIO * part.compress_size
        ]
        unpacked = sum(part.file_size for part in parts)
        if bombs or unpacked > MAX_UNPACKED or others > MAX_OTHER_PARTS:
            details = {"found": f"{unpacked >> 20} MB"}
            raise InputError([Issue(code="KNJ535", file=str(path), details=details)])
        for part in sheets:
            with archive.open(part) as opened:
                tail = b""
                while not has_formulas and (chunk := opened.read(1 << 20)):
                    has_formulas = _FORMULA.search(tail + chunk) is not None
                    tail = chunk[-64:]
    return has_formulas


def _name(cell: Raw) -> str:
    match cell:
        case None | Flaw():
            return ""
        case str():
            return cell.strip()
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal():
            return format(cell, "f")
        case _:
            return cell.isoformat()


def _is_blank(cells: list[tuple[Any, Any]]) -> bool:
    for cell, formula in cells:
        value = cell.value
        if value is None:
            if formula is not None and formula.data_type == "f" and cell.data_type != "str":
                return False
        elif not isinstance(value, str) or value.strip():
            return False
    return True


def _raw(cell: Any, formula: Any = None) -> Raw:  # noqa: ANN401 - cells of openpyxl have no common type
    value = cell.value
    # A formula whose result is the empty text is typed "str" and has no value either: it is blank.
    if value is None and formula is not None and formula.data_type == "f":
        return None if cell.data_type == "str" else Flaw("KNJ532")
    match value:
        case None | bool() | date():
            return value
        case str():
            # openpyxl gives the errors of Excel as text of its own type.
            return Flaw("KNJ526", {"found": quoted(value)}) if cell.data_type == "e" else value
        case int() | float():
            if "%" in cell.number_format:
                return Flaw("KNJ525", {"found": quoted(_percent(value))})
            return _number(value)
    return Flaw("KNJ543", {"found": quoted(str(value))})


def _number(value: float) -> Raw:
    if isinstance(value, int):
        return Decimal(value)
    if not isfinite(value):
        return Flaw("KNJ520", {"found": quoted(str(value))})
    return Decimal(format(value, ".15g"))


def _percent(value: float) -> str:
    number = _number(value)
    return f"{(number * 100).normalize():f}%" if isinstance(number, Decimal) else str(value)


@contextmanager
def write_workbook(opened: BinaryIO, layout: Layout) -> Iterator[RowWriter]:
    """Write a workbook with one sheet, `hasil`, when the block ends.

    A number is a number cell that shows all its decimals, where a spreadsheet can hold it; else text. A
    character that a workbook cannot hold is written as `�`.

    Args:
        opened: Where the workbook is written.
        layout: Its columns.

    Raises:
        InputError: There are more rows, or longer texts, than a workbook can hold.
        MissingExtraError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook as NewWorkbook
    except ImportError:
        raise MissingExtraError("xlsx") from None
    book = NewWorkbook(write_only=True)
    sheet = book.create_sheet("hasil")
    try:
        yield _Rows(sheet, layout)
    except BaseException:
        sheet.close()  # what was written so far lies in a temporary file of openpyxl
        raise
    book.save(opened)


class _Rows:
    exact = True

    def __init__(self, sheet: Any, layout: Layout) -> None:  # noqa: ANN401 - as above
        self._sheet = sheet
        self._layout = layout
        self._count = 1
        sheet.append([_written(sheet, name, layout.file) for name in layout.columns])

    def __call__(self, row: Sequence[Cell], /) -> None:
        file = self._layout.file
        check_width(row, len(self._layout.columns))
        self._count += 1
        if self._count > MAX_ROWS:
            details = {"expected": str(MAX_ROWS - 1)}
            raise InputError([Issue(code="KNJ559", file=file, details=details)])
        self._sheet.append([_written(self._sheet, value, file) for value in row])

    def write_columns(self, columns: Columns, rows: Mapping[int, Sequence[Cell]]) -> None:
        from kinerja.io.columnwise import cells_of_rows

        for row in cells_of_rows(columns, rows):
            self(row)


def _written(sheet: Any, value: Cell, file: str) -> Any:  # noqa: ANN401 - as above
    from openpyxl.cell import WriteOnlyCell

    match value:
        case None | bool():
            return value
        case str():
            kind, text = "s", value
        case Decimal() | Fraction() | int():
            text = plain_number(value)
            kind = "n" if _fits_sheet(text) else "s"
        case _:
            kind, text = "s", "; ".join(value)
    if len(text) > MAX_TEXT:
        details = {"found": quoted(text), "expected": str(MAX_TEXT)}
        raise InputError([Issue(code="KNJ560", file=file, details=details)])
    cell = WriteOnlyCell(sheet, _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))
    # openpyxl would make a formula of "=1+1", and a float of a number. As text in a cell of the right
    # type, both stand in the workbook as they are written here.
    cell.data_type = kind
    if kind == "n" and "." in text:
        cell.number_format = "0." + "0" * len(text.partition(".")[2])
    return cell


def _fits_sheet(text: str) -> bool:
    """Tell whether a spreadsheet holds and shows every digit of a plain decimal."""
    digits = text.lstrip("-").replace(".", "")
    return len(digits) <= SHEET_DIGITS and "/" not in digits
