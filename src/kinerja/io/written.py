"""How the values of a result are written, in JSON and in CSV.

What lives here: the kinds of value a result file may hold, and the text of each. What never comes in:
files.

A number keeps its digits: it is written as a plain decimal, never through a float. One whose decimal
never ends is written as a fraction, `2/37`, which `kinerja` reads back exactly. A missing value is `null`
or an empty cell. A list of texts is an array in JSON, and joined with `; ` elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from kinerja.exact import decimal_digits, plain_decimal
from kinerja.io.cells import protect_text

if TYPE_CHECKING:
    from kinerja.columns.answers import Answer

__all__ = [
    "Cell",
    "ColumnType",
    "Columns",
    "Layout",
    "RowWriter",
    "check_width",
    "csv_text",
    "json_text",
    "json_value",
    "plain_number",
]

#: What a cell of a result may hold.
Cell: TypeAlias = "Decimal | Fraction | int | str | bool | Sequence[str] | None"
#: Columns of results: what the column engine gives, cells, or an array of Arrow.
Columns: TypeAlias = "Sequence[Answer | Sequence[Cell] | Any]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnType:
    """What a column of a results file holds, for files whose columns have types.

    Attributes:
        kind: `text`; `texts`, several in each row; `number`; `flag`; `date`, written as ISO text; or
            `whole`, a whole number written as text.
        digits: Decimals that the policy rounds a number to; `None` where it rounds none.
    """

    kind: Literal["text", "texts", "number", "flag", "date", "whole"] = "text"
    digits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a results file is to hold.

    Attributes:
        file: The file, as the user named it.
        columns: Names of the columns.
        types: What they hold; one that is not named holds texts.
        about: What is said of the file as a whole, by name.
    """

    file: str
    columns: tuple[str, ...]
    types: Mapping[str, ColumnType]
    about: Mapping[str, str]


class RowWriter(Protocol):
    """Writes results.

    Attributes:
        exact: Every number is written with all its digits, not as the nearest double.
    """

    exact: bool

    def __call__(self, row: Sequence[Cell], /) -> None:
        """Write one row: as many cells as there are columns."""

    def write_columns(self, columns: Columns, rows: Mapping[int, Sequence[Cell]]) -> None:
        """Write many rows.

        Args:
            columns: Their values, column by column.
            rows: The cells of some of the rows, by place, that stand instead of what the columns hold.
        """


def plain_number(value: Decimal | Fraction | int) -> str:
    """Print a number without exponent; a fraction without a finite decimal as `2/37`.

    Raises:
        ValueError: The number is NaN or infinite, which no result is.

    Examples:
        >>> plain_number(Decimal("1.20E+3")), plain_number(Fraction(2, 37))
        ('1200', '2/37')
    """
    match value:
        case Decimal():
            if not value.is_finite():
                msg = f"{value} is no result"
                raise ValueError(msg)
            return format(value, "f")
        case Fraction():
            return str(value) if decimal_digits(value) is None else plain_decimal(value)
        case _:
            return str(value)


def json_text(text: str) -> str:
    """Write a text as JSON."""
    return json.dumps(text, ensure_ascii=False)


def json_value(value: Cell) -> str:
    """Write a value as JSON; a fraction without a finite decimal is a text.

    Examples:
        >>> json_value(Decimal("86.60")), json_value(None), json_value(["a", "b"])
        ('86.60', 'null', '["a", "b"]')
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return json_text(value)
        case Decimal() | Fraction() | int():
            text = plain_number(value)
            return json_text(text) if "/" in text else text
        case _:
            return "[" + ", ".join(json_text(part) for part in value) + "]"


def csv_text(value: Cell) -> str:
    """Write a value as the text of a CSV cell, without quotes.

    Examples:
        >>> csv_text(Decimal("-5.0")), csv_text("-5.0"), csv_text(["a", "b"])
        ('-5.0', "'-5.0", 'a; b')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return protect_text(value)
        case Decimal() | Fraction() | int():
            return plain_number(value)
        case _:
            return protect_text("; ".join(value))


def check_width(row: Sequence[Cell], width: int) -> None:
    """Refuse a row that does not fit its columns.

    Raises:
        ValueError: The row has more or fewer cells than there are columns.
    """
    if len(row) != width:
        msg = f"a row has {len(row)} cells, the file has {width} columns"
        raise ValueError(msg)
