"""Numbers in text cells: comma or point, and never a guess between them.

What lives here: which marks a text shows, the decimal mark of a whole file decided from its cells, and the
reading of a cell by it. What never comes in: JSON, whose numbers have a point by definition; number
cells of a spreadsheet, which are numbers already.

`76,61` can only be a decimal comma, `3.5` only a decimal point. `1.234` is one thousand two hundred
thirty-four or a little more than one. It is read only where the decimal mark of the file is known to be
the point: stated, shown by other cells, or presumed since a comma separates the cells. In a file with
decimal commas it stays doubtful, since thousands dots and a slip of the hand look the same; `1.234.567`
and `1.234,5` are clear. All of this holds with comma and point exchanged, except for the presumption.

Not read: `60 %` (60 or 0.6), `Rp 1.000`, `1 000`, `1e5`, `(5)`, `5.`, `NaN`, `-`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from kinerja.errors import quoted
from kinerja.io.tables import Flaw

__all__ = [
    "DecimalMark",
    "Evidence",
    "Mark",
    "NumberText",
    "Shape",
    "error_value",
    "shape_of",
]

#: What a caller may state about the decimal mark of the files.
DecimalMark = Literal["auto", "comma", "point"]
#: What a file turns out to have.
Mark = Literal["comma", "point", "unknown", "both"]
#: What one text shows: no mark; certainly a comma or point before its decimals; or one mark before three
#: digits, which may also group thousands.
Shape = Literal["whole", "comma", "point", "comma or group", "point or group"]

#: Longest text that is read as a number, as in `kinerja.exact`.
MAX_TEXT: Final = 400

_SIGN: Final = r"[+\-\N{MINUS SIGN}]?"
_FORMS: Final[tuple[tuple[Shape, str], ...]] = (
    ("whole", r"[0-9]+"),
    # A thousands group never begins with 0 and has one to three digits before its first mark.
    ("comma or group", r"[1-9][0-9]{0,2},[0-9]{3}"),
    ("point or group", r"[1-9][0-9]{0,2}\.[0-9]{3}"),
    ("comma", r"[0-9]*,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+"),
    ("comma", r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"),
    ("point", r"[0-9]*\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+"),
    ("point", r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}"),
)
_SHAPES: Final = tuple((shape, re.compile(rf"{_SIGN}(?:{form})\Z")) for shape, form in _FORMS)

_ERROR: Final = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA|#+)\Z",
    re.IGNORECASE,
)


def shape_of(text: str) -> Shape | None:
    """Tell which decimal mark a text shows; `None` where it is no number.

    Examples:
        >>> shape_of("76,61"), shape_of("1.234,5"), shape_of("1.234"), shape_of("0.125")
        ('comma', 'comma', 'point or group', 'point')
    """
    if len(text) > MAX_TEXT:
        return None
    for shape, form in _SHAPES:
        if form.match(text):
            return shape
    return None


def error_value(text: str) -> Flaw | None:
    """Give the flaw of a text that is a spreadsheet's error value, such as `#DIV/0!`."""
    if text.startswith("#") and _ERROR.match(text):
        return Flaw("KNJ526", {"found": quoted(text)})
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberText:
    """How the number texts of one file are read.

    Attributes:
        mark: The decimal mark; `unknown` where no cell shows one, `both` where cells contradict.
        comma: A text that shows a comma, and its cell, when the cells contradict.
        point: The same for the point.
    """

    mark: Mark
    comma: str = ""
    point: str = ""

    def read(self, text: str) -> Decimal | Flaw:  # noqa: PLR0911 - one line a case
        """Read a stripped text that is not blank.

        Examples:
            >>> NumberText(mark="comma").read("1.234,50")
            Decimal('1234.50')
        """
        shape = shape_of(text)
        if shape is None:
            return _refuse(text)
        if shape == "whole":
            return _value(text, "point")
        if self.mark == "both":
            details = {"found": quoted(text), "comma": self.comma, "point": self.point}
            return Flaw("KNJ524", details)
        shown: Literal["comma", "point"] = "comma" if shape.startswith("comma") else "point"
        # Where nothing is known, a clear text speaks for itself.
        if shown == self.mark or (shape == shown and self.mark == "unknown"):
            return _value(text, shown)
        if shape == shown:
            expected = quoted("," if self.mark == "comma" else ".")
            return Flaw("KNJ523", {"found": quoted(text), "expected": expected})
        whole = text.replace(",", "").replace(".", "")
        details = {"found": quoted(text), "whole": quoted(whole)}
        if self.mark == "unknown":
            return Flaw("KNJ522", details | {"option": shown})
        fraction = text.translate(_EXCHANGE)
        return Flaw("KNJ521", details | {"fraction": quoted(fraction)})


_EXCHANGE: Final = str.maketrans(",.", ".,")


def _value(text: str, mark: Literal["comma", "point"]) -> Decimal:
    text = text.replace("\N{MINUS SIGN}", "-")
    if mark == "comma":
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", ""))


def _refuse(text: str) -> Flaw:
    flaw = error_value(text)
    if flaw is not None:
        return flaw
    if text.endswith("%") and shape_of(text[:-1].strip()) is not None:
        return Flaw("KNJ525", {"found": quoted(text)})
    return Flaw("KNJ520", {"found": quoted(text)})


class Evidence:
    """Collects what the number cells of one file show about its decimal mark."""

    __slots__ = ("comma", "point")

    def __init__(self) -> None:
        #: The first text that shows each mark, quoted, with its cell.
        self.comma: str | None = None
        self.point: str | None = None

    def add(self, texts: Iterable[str], locate: Callable[[str], str]) -> None:
        """Look at cells.

        Args:
            texts: Texts of number cells, each once.
            locate: Gives the cell of a text; asked for at most twice in a file.
        """
        for text in texts:
            # Once a mark is shown, only a text with the other one can tell anything new.
            if (self.comma is None and "," in text) or (self.point is None and "." in text):
                shape = shape_of(text.strip())
                if shape == "comma" and self.comma is None:
                    self.comma = f"{quoted(text.strip())} ({locate(text)})"
                elif shape == "point" and self.point is None:
                    self.point = f"{quoted(text.strip())} ({locate(text)})"

    def decide(self, stated: DecimalMark, *, separator: str | None) -> NumberText:
        """Say how the numbers of the file are read.

        Args:
            stated: What the caller knows; `auto` leaves it to the cells.
            separator: What stands between the cells; a comma there lets the point be presumed.
        """
        if stated != "auto":
            return NumberText(mark=stated)
        if self.comma is not None and self.point is not None:
            return NumberText(mark="both", comma=self.comma, point=self.point)
        if self.comma is not None:
            return NumberText(mark="comma")
        if self.point is not None or separator == ",":
            return NumberText(mark="point")
        return NumberText(mark="unknown")
