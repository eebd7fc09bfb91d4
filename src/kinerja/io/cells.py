"""From a raw cell to the value of the type that a policy declares.

What lives here: labels, flags, dates, texts and ids, and the spreadsheet habits that damage them. What
never comes in: whether a label stands on its scale or a number within its limits; the scorer judges
that. A blank cell is missing (`None`).

A date is written `2024-03-31`, or day first as Indonesia writes it: `31/03/2024`, `31-03-2024`. So
`03/04/2024` is 3 April. Where a date of the same file can only be month first (`03/31/2024`), every date
that could be either is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from kinerja.errors import quoted
from kinerja.exact import MAX_TEXT as MAX_NUMBER
from kinerja.formula.types import DateType, FlagType, ItemType, LabelType, NumberType
from kinerja.io.numbers import NumberText, error_value
from kinerja.io.tables import Flaw, Raw

__all__ = ["MAX_ID", "DayOrder", "cell_reader", "protect_text", "read_id", "unprotect_text"]

#: Longest id.
MAX_ID: Final = 200
#: Significant digits that a spreadsheet keeps of a number; a NIP has 18.
SHEET_DIGITS: Final = 15
MONTHS: Final = 12
LONGEST_MONTH: Final = 31

_FLAGS: Final = {
    "ya": True,
    "yes": True,
    "true": True,
    "1": True,
    "tidak": False,
    "no": False,
    "false": False,
    "0": False,
}
_ISO: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9.]+)?)?\Z"
)
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})\Z")
#: `1,98001E+17`: what a spreadsheet writes to a text file for a long number it has already cut.
_CUT_NUMBER: Final = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+\Z")
#: What a spreadsheet takes for a formula, after any number of apostrophes.
_LIVE: Final = re.compile(r"'*[=+\-@\t\r\n]")

Reader = Callable[[Raw], object]


class DayOrder:
    """What the dates of one file show about the order of day and month."""

    __slots__ = ("month_first",)

    def __init__(self) -> None:
        #: The first date that can only be month first, quoted, with its cell.
        self.month_first: str | None = None

    def add(self, texts: Iterable[str], locate: Callable[[str], str]) -> None:
        """Look at date cells, each text once; `locate` gives the cell of one."""
        if self.month_first is None:
            for text in texts:
                match = _DAY_FIRST.match(text.strip())
                if match and int(match[1]) <= MONTHS < int(match[3]) <= LONGEST_MONTH:
                    self.month_first = f"{quoted(text.strip())} ({locate(text)})"
                    return

    def read(self, text: str) -> date | Flaw:
        """Read a stripped text that is not blank."""
        refused = Flaw("KNJ529", {"found": quoted(text)})
        if match := _ISO.match(text):
            year, month, day = match.groups()
        elif match := _DAY_FIRST.match(text):
            day, _, month, year = match.groups()
            either = int(day) <= MONTHS and int(month) <= MONTHS and int(day) != int(month)
            if either and self.month_first is not None:
                return Flaw("KNJ530", {"found": quoted(text), "other": self.month_first})
        else:
            return error_value(text) or refused
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            return refused


def cell_reader(kind: ItemType, *, numbers: NumberText, days: DayOrder, protected: bool) -> Reader:
    """Give the function that reads the cells of one column.

    Args:
        kind: Type of the column.
        numbers: How number texts of the file are read.
        days: How dates of the file are read.
        protected: Texts may carry the apostrophe of `protect_text`.

    Returns:
        A function from a raw cell to a `Decimal`, `str`, `bool`, `date`, `None` where it is blank, or a
        `Flaw`.
    """
    match kind:
        case NumberType():
            return lambda raw: _number(raw, numbers)
        case FlagType():
            return _flag
        case DateType():
            return lambda raw: _date(raw, days)
        case LabelType():
            return _label
        case _:
            return lambda raw: _text(raw, protected=protected)


def _number(raw: Raw, numbers: NumberText) -> object:
    match raw:
        case str():
            text = raw.strip()
            return numbers.read(text) if text else None
        case bool():
            return Flaw("KNJ520", {"found": quoted(_shown(raw))})
        case Decimal():
            return raw if abs(raw.adjusted()) <= MAX_NUMBER else Flaw("KNJ520", _found(raw))
        case date():
            return Flaw("KNJ527", {"found": quoted(_shown(raw))})
        case _:
            return raw


def _flag(raw: Raw) -> object:
    match raw:
        case bool() | Flaw() | None:
            return raw
        case str():
            text = raw.strip()
            if not text:
                return None
            flag = _FLAGS.get(text.casefold())
            refused = error_value(text) or Flaw("KNJ528", {"found": quoted(text)})
            return refused if flag is None else flag
        case Decimal() if raw in (0, 1):
            return raw == 1
        case _:
            return Flaw("KNJ528", _found(raw))


def _date(raw: Raw, days: DayOrder) -> object:
    match raw:
        case str():
            text = raw.strip()
            return days.read(text) if text else None
        case datetime():
            return raw.date()
        case date() | Flaw() | None:
            return raw
        case _:
            return Flaw("KNJ529", _found(raw))


def _label(raw: Raw) -> object:
    if isinstance(raw, str):
        text = raw.strip()
        return (error_value(text) or text) if text else None
    return _plain(raw)


def _text(raw: Raw, *, protected: bool) -> object:
    if isinstance(raw, str):
        if not raw.strip():
            return None
        return error_value(raw.strip()) or (unprotect_text(raw) if protected else raw)
    return _plain(raw)


def _plain(raw: Decimal | bool | date | Flaw | None) -> object:  # noqa: FBT001 - a cell may hold a flag
    """Give a cell of a spreadsheet as the text that it shows."""
    if raw is None or isinstance(raw, Flaw):
        return raw
    if isinstance(raw, Decimal) and raw.adjusted() >= SHEET_DIGITS:
        return Flaw("KNJ531", _found(raw))
    return _shown(raw)


def _shown(raw: Decimal | bool | date) -> str:  # noqa: FBT001 - as above
    match raw:
        case bool():
            return "TRUE" if raw else "FALSE"
        case Decimal():
            return format(raw, "f")
        case datetime():
            return raw.date().isoformat()
        case _:
            return raw.isoformat()


def _found(raw: Decimal | bool | date) -> dict[str, str]:  # noqa: FBT001 - as above
    long = isinstance(raw, Decimal) and abs(raw.adjusted()) > MAX_NUMBER
    return {"found": quoted(str(raw) if long else _shown(raw))}


def read_id(raw: Raw, *, protected: bool) -> str | Flaw:
    """Read the id of a row; a blank one is a flaw.

    A whole number in a spreadsheet is the text of its digits. One with more than 15 digits is refused,
    since the spreadsheet has cut it already; so is `1,98001E+17` in a text file.
    """
    if isinstance(raw, str):
        text = raw.strip()
        if protected:
            text = unprotect_text(text)
        return _checked_id(text) if text else Flaw("KNJ517")
    if isinstance(raw, Decimal):
        shown = _plain(raw)
        return shown if isinstance(shown, Flaw) else str(shown)
    if raw is None:
        return Flaw("KNJ517")
    return raw if isinstance(raw, Flaw) else Flaw("KNJ533", {"found": quoted(_shown(raw))})


def _checked_id(text: str) -> str | Flaw:
    if "E+" in text and _CUT_NUMBER.match(text):
        return Flaw("KNJ531", {"found": quoted(text)})
    if not text.isprintable() or len(text) > MAX_ID:
        return Flaw("KNJ533", {"found": quoted(text)})
    return error_value(text) or text


def protect_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    Nothing else is changed, and `unprotect_text` gives every text back as it was.

    Examples:
        >>> protect_text("=1+1"), protect_text("198001012005011001"), protect_text("'=1+1")
        ("'=1+1", '198001012005011001', "''=1+1")
    """
    return f"'{text}" if _LIVE.match(text) else text


def unprotect_text(text: str) -> str:
    """Take away the apostrophe that `protect_text` put.

    Examples:
        >>> unprotect_text("'=1+1"), unprotect_text("'Abdul")
        ('=1+1', "'Abdul")
    """
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text
