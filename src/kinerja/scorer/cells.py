"""Reading values fast: what generated functions call where a value is not simply a whole number.

What lives here: numbers as pairs of whole numbers, columns of list fields over one common denominator,
labels, days and texts. What never comes in: issues and their words. A value of another form than these is
given to the reader of records, so there is one meaning of each value; a value that it refuses ends
the fast path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, Final, TypeAlias, cast

from kinerja.formula.types import DateType, ItemType, LabelType, NumberType, TextType
from kinerja.scorer.program import Input
from kinerja.scorer.read import MAX_TEXT, read_record
from kinerja.values import Missing
from kinerja.words import Text

__all__ = [
    "HUGE",
    "Cell",
    "RefusedError",
    "fetch",
    "has_twins",
    "having",
    "number",
    "number_column",
    "numbers",
    "other",
    "other_column",
    "pick",
    "rows",
    "split",
]

#: Of decimals with at most 15 digits, no two share a binary64.
FIFTEEN_DIGITS: Final = 10**15
#: From here on a binary64 does not hold every whole number.
WHOLE: Final = float(2**53)
#: Whole numbers up to here are surely short enough to be read.
HUGE: Final = 10**300
#: Texts and decimals of fewer characters are short.
SHORT: Final = 40
#: A common denominator longer than this would cost more than the reference path.
MOST_BITS: Final = 4096

_NUMBERS: Final = frozenset((int, float))
#: Scales at which floats are first tried: two decimals are what most data has. They are floats, since
#: arithmetic of floats among themselves is faster; both are held exactly.
_SCALES: Final = (100.0, 10_000.0)

_NONE: Final = type(None)

_Pair: TypeAlias = tuple[int, int]
_Column: TypeAlias = tuple[list[int], int]


class RefusedError(Exception):
    """The fast path does not answer this record."""


class Cell:
    """A declared type, made ready to read values of it.

    Attributes:
        type: The type.
        labels: For labels: every text that means one, and its id.
        low: For numbers: numerator, denominator and openness of the lower limit, or `None`.
        high: The upper limit in the same form.
        digits: For numbers: most decimals, or `None`.
    """

    __slots__ = ("_input", "digits", "high", "labels", "low", "type")

    def __init__(self, kind: ItemType) -> None:
        self.type = kind
        self.labels = _label_texts(kind)
        figures = kind if isinstance(kind, NumberType) else NumberType()
        limits = figures.limits
        self.low = None if limits.low is None else (*limits.low.as_integer_ratio(), limits.low_open)
        self.high = (
            None if limits.high is None else (*limits.high.as_integer_ratio(), limits.high_open)
        )
        self.digits = figures.digits
        self._input = Input(name="v", title=Text.same("v"), type=kind, required=False)

    def read(self, raw: object) -> Fraction | str | bool | None:
        """Read a value of any form; `None` where it is missing.

        Raises:
            RefusedError: The value cannot be used.
        """
        values, issues, _ = read_record({"v": raw}, (self._input,))
        value = values["v"]
        if isinstance(value, Missing) and not issues:
            return None
        if isinstance(value, Fraction | str | bool):
            return value
        raise RefusedError


def _label_texts(kind: ItemType) -> dict[str, str]:
    texts: dict[str, str] = {}
    if isinstance(kind, LabelType):
        labels = kind.scale.labels
        texts.update((label.id, label.id) for label in labels)
        for label in labels:
            texts.setdefault(label.title.id, label.id)
            texts.setdefault(label.title.en, label.id)
    # A text is stripped before it is looked up, so one with blanks around it never means a label.
    return {text: label for text, label in texts.items() if text and text == text.strip()}


# Numbers.


def _pair(raw: object, cell: Cell) -> _Pair | None:
    """Give numerator and denominator of a number within its limits; `None` where it is missing."""
    kind = type(raw)
    pair: _Pair | None = None
    if kind is int:
        pair = (cast("int", raw), 1) if -HUGE < cast("int", raw) < HUGE else None
    elif kind is float:
        pair = _as_printed(cast("float", raw))
    elif kind is str:
        pair = _from_text(cast("str", raw))
    elif kind is Decimal:
        pair = _from_decimal(cast("Decimal", raw))
    elif raw is None:
        return None
    if pair is None:
        value = cell.read(raw)
        return value.as_integer_ratio() if isinstance(value, Fraction) else None
    top, bottom = pair
    _check(top, top, bottom, cell)
    if cell.digits is not None:
        _check_digits((top,), bottom, cell.digits)
    return pair


def _from_text(raw: str) -> _Pair | None:
    """Read plain digits with or without a point."""
    whole, point, decimals = raw.partition(".")
    if len(raw) > SHORT or not (whole.isascii() and whole.isdecimal()):
        return None
    if not point:
        return int(whole), 1
    if not (decimals.isascii() and decimals.isdecimal()):
        return None
    return int(whole + decimals), 10 ** len(decimals)


def _from_decimal(raw: Decimal) -> _Pair | None:
    short = raw.is_finite() and -SHORT < raw.adjusted() < SHORT and len(str(raw)) < SHORT
    return raw.as_integer_ratio() if short else None


def _as_printed(raw: float) -> _Pair | None:
    if not -WHOLE < raw < WHOLE:
        return None
    if raw.is_integer():
        return int(raw), 1
    # Printing gives the shortest decimal that reads back as the float. `whole / scale` reads a decimal
    # back: both are held exactly, and division rounds once, as reading does. A decimal of at most 15
    # digits that reads back is the only such one, so it is the one that is printed. (That holds in the
    # normal range of binary64, and a number of at least 1/10000 lies in it.)
    for scale in _SCALES:
        whole = round(raw * scale)
        if whole / scale == raw and -FIFTEEN_DIGITS < whole < FIFTEEN_DIGITS:
            return whole, int(scale)
    return Fraction(repr(raw)).as_integer_ratio()


def _check(least: int, most: int, bottom: int, cell: Cell) -> None:
    """Refuse numbers outside the limits; their ends are given, over one denominator."""
    if cell.low is not None:
        top, below, is_open = cell.low
        above = least * below - top * bottom
        if above < 0 or (is_open and not above):
            raise RefusedError
    if cell.high is not None:
        top, below, is_open = cell.high
        under = top * bottom - most * below
        if under < 0 or (is_open and not under):
            raise RefusedError


def _check_digits(values: Iterable[int], bottom: int, digits: int) -> None:
    """Refuse numbers with more decimals than declared."""
    scale = 10**digits
    if scale % bottom and any(value * scale % bottom for value in values):
        raise RefusedError


def _decimals(raws: list[Any], kinds: set[type]) -> tuple[list[int], int, int, int] | None:
    """Read whole numbers and floats of few decimals, all at once; `None` where there are others.

    Returns:
        Numerators and their denominator, then the smallest and the largest numerator.
    """
    if kinds == {int}:
        least, most = min(raws), max(raws)
        return (raws, 1, least, most) if least > -HUGE and most < HUGE else None
    if not kinds <= _NUMBERS:
        return None
    for scale in _SCALES:
        try:
            column = [round(raw * scale) for raw in raws]
            # See `_as_printed`; a numerator too long for binary64 is sent away below.
            printed = [whole / scale for whole in column] == raws
        except (ValueError, OverflowError):
            return None
        if printed:
            least, most = min(column), max(column)
            if least > -FIFTEEN_DIGITS and most < FIFTEEN_DIGITS:
                return column, int(scale), least, most
    return None


def number(raw: object, cell: Cell) -> tuple[int | None, int]:
    """Read one number: numerator (`None` where it is missing) and denominator."""
    return _pair(raw, cell) or (None, 1)


def numbers(
    raws: tuple[object, ...], cells: Sequence[Cell], counted: Iterable[tuple[int, int]]
) -> _Column:
    """Read numbers that must be there, over one denominator.

    Args:
        raws: The values.
        cells: What is declared for each; limits are left to the caller.
        counted: Places at which the number of decimals is limited, each with that number.
    """
    if (found := _decimals(list(raws), set(map(type, raws)))) is not None:
        column, bottom, _, _ = found
        for place, digits in counted:
            _check_digits((column[place],), bottom, digits)
        return column, bottom
    pairs = []
    for raw, cell in zip(raws, cells, strict=True):
        pair = _pair(raw, cell)
        if pair is None:
            raise RefusedError
        pairs.append(pair)
    bottom = _common({below for _, below in pairs})
    return [above * (bottom // below) for above, below in pairs], bottom


def number_column(raws: list[Any], cell: Cell) -> tuple[list[Any], int, bool]:
    """Read a field of every item: numerators over one denominator, and whether some are missing."""
    kinds = set(map(type, raws))
    there = raws
    if _NONE in kinds:
        kinds.discard(_NONE)
        there = [raw for raw in raws if raw is not None]
    if not there:
        return raws, 1, bool(raws)
    if (found := _decimals(there, kinds)) is not None:
        column, bottom, least, most = found
        _check(least, most, bottom, cell)
        if cell.digits is not None:
            _check_digits(column, bottom, cell.digits)
        if there is raws:
            return column, bottom, False
        rest = iter(column)
        return [None if raw is None else next(rest) for raw in raws], bottom, True
    pairs = [_pair(raw, cell) for raw in raws]
    bottom = _common({pair[1] for pair in pairs if pair is not None})
    whole = [None if pair is None else pair[0] * (bottom // pair[1]) for pair in pairs]
    return whole, bottom, None in whole


def _common(bottoms: Iterable[int]) -> int:
    common = 1
    for bottom in bottoms:
        common = lcm(common, bottom)
        if common.bit_length() > MOST_BITS:
            raise RefusedError
    return common


# Everything else.


def other(raw: object, cell: Cell) -> object:
    """Read a label, flag, day (as a day count) or text; `None` where it is missing."""
    kind = cell.type
    if type(raw) is str:
        if (label := cell.labels.get(raw)) is not None:
            return label
        if isinstance(kind, TextType) and len(raw) <= MAX_TEXT:
            return raw.strip() or None
    elif raw is None:
        return None
    elif type(raw) is date and isinstance(kind, DateType):
        return raw.toordinal()
    value = cell.read(raw)
    return int(value) if isinstance(value, Fraction) else value


def other_column(raws: Iterable[object], cell: Cell) -> tuple[list[Any], bool]:
    """Read a field of every item that is no number, and tell whether some are missing."""
    column = [other(raw, cell) for raw in raws]
    return column, None in column


# Records and lists.


def rows(raw: object) -> list[Any] | None:
    """Give the items of a list; `None` where it is missing."""
    if raw is None or (isinstance(raw, float) and raw != raw):  # noqa: PLR0124 - the definition of NaN
        return None
    if type(raw) is not tuple:
        raise RefusedError
    return list(raw)


def fetch(record: Mapping[str, object], names: Iterable[str]) -> list[object]:
    """Give values by name, `None` where there is none."""
    return [record.get(name) for name in names]


def pick(items: Sequence[Mapping[str, object]], names: Iterable[str]) -> list[list[object]]:
    """Give a column for each name, `None` where an item lacks it."""
    return [[item.get(name) for item in items] for name in names]


def split(column: Sequence[Any]) -> tuple[list[Any], int]:
    """Give what is there, and count what is missing."""
    there = [value for value in column if value is not None]
    return there, len(column) - len(there)


def having(tests: Sequence[Sequence[Any]], columns: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Keep the places of columns at which nothing is missing in any of the tests."""
    kept = [None not in values for values in zip(*tests, strict=True)]
    return [[value for value, keep in zip(column, kept, strict=True) if keep] for column in columns]


def has_twins(columns: Sequence[Sequence[object]]) -> bool:
    """Tell whether two items agree in every column; an item that lacks a value has no twin."""
    whole = [key for key in zip(*columns, strict=True) if None not in key]
    return len(set(whole)) < len(whole)
