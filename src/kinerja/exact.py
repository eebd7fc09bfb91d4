"""Exact numbers: how they enter, how they are rounded, how they are printed.

What lives here: the conversion of text, `int`, `Decimal` and floats *as printed* to `Fraction`, the
named roundings, and the printing of a fraction as a decimal. What never comes in: labels, units,
policies, languages.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

__all__ = [
    "Exact",
    "ExactInput",
    "NotANumberError",
    "Rounding",
    "RoundingMode",
    "decimal_digits",
    "exact",
    "plain_decimal",
    "to_decimal",
]

Exact: TypeAlias = Fraction
ExactInput: TypeAlias = "str | int | float | Decimal | Fraction"
RoundingMode = Literal["half_up", "half_even", "half_down", "down", "up", "floor", "ceiling"]

#: Longest number text that is read; a binary64 needs at most 24 characters.
MAX_TEXT: Final = 400
#: Largest power of ten a number may carry; binary64 reaches 308 and -324.
MAX_EXPONENT: Final = 400

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,4}))?\Z")
_RATIO = re.compile(r"([+-]?[0-9]+)\s*/\s*([0-9]+)\Z")
_PERCENT = re.compile(r"(.+?)\s*%\Z")


class NotANumberError(ValueError):
    """The value given is not an exact number."""


def exact(value: ExactInput) -> Fraction:
    """Read a number exactly.

    Args:
        value: Decimal text with a point (`"76.61"`, `"1e3"`), a ratio (`"2/37"`), a percentage
            (`"60 %"` is 3/5), an `int`, a `Decimal`, a `Fraction`, or a float, which means the
            shortest decimal that prints it: `0.1` is one tenth.

    Raises:
        NotANumberError: The value is no finite number, is a `bool`, is not one of the types
            above, or is too long to be a figure of a policy (over 400 characters, or a power of
            ten beyond ±400).

    Examples:
        >>> exact(0.1)
        Fraction(1, 10)
        >>> exact("2/37") + exact("60 %")
        Fraction(121, 185)
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        raise NotANumberError(repr(value))
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotANumberError(repr(value))
        # float() drops subclasses such as numpy.float64, whose repr is not a literal.
        return Fraction(Decimal(repr(float(value))))
    if isinstance(value, Decimal):
        if not value.is_finite() or _too_large(value):
            raise NotANumberError(str(value)[:MAX_TEXT])
        return Fraction(value)
    index = getattr(value, "__index__", None)
    if index is not None:
        return Fraction(index())
    raise NotANumberError(repr(value)[:MAX_TEXT])


def _too_large(value: Decimal) -> bool:
    return bool(value) and (
        abs(value.adjusted()) > MAX_EXPONENT or len(value.as_tuple().digits) > MAX_TEXT
    )


def _from_text(text: str) -> Fraction:
    stripped = text.strip()
    if len(stripped) > MAX_TEXT:
        raise NotANumberError(text[:MAX_TEXT])
    if percent := _PERCENT.match(stripped):
        return _from_text(percent[1]) / 100 if "%" not in percent[1] else _refuse(text)
    if match := _DECIMAL.match(stripped):
        if match[1] is not None and abs(int(match[1])) > MAX_EXPONENT:
            raise NotANumberError(text)
        return Fraction(Decimal(stripped))
    if match := _RATIO.match(stripped):
        if int(match[2]) == 0:
            raise NotANumberError(text)
        return Fraction(int(match[1]), int(match[2]))
    return _refuse(text)


def _refuse(text: str) -> Fraction:
    raise NotANumberError(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """Say where and how a number is rounded.

    Attributes:
        digits: Digits kept after the decimal point; negative rounds to tens, hundreds, …
        mode: `half_up`, `half_even` and `half_down` go to the nearest and treat a tie as named
            (`half_up` away from zero, as `decimal.ROUND_HALF_UP` does); `down` cuts towards zero,
            `up` goes away from it, `floor` and `ceiling` go towards minus and plus infinity.
    """

    digits: int
    mode: RoundingMode

    def __post_init__(self) -> None:
        """Refuse a mode or a number of digits that does not exist."""
        if self.mode not in get_args(RoundingMode):
            msg = f"unknown rounding mode {self.mode!r}"
            raise ValueError(msg)
        if isinstance(self.digits, bool) or not -30 <= self.digits <= 30:  # noqa: PLR2004 - said in the message
            msg = f"digits must lie in -30..30, got {self.digits!r}"
            raise ValueError(msg)

    def apply(self, value: Fraction) -> Fraction:
        """Round a number exactly.

        Examples:
            >>> Rounding(digits=2, mode="half_up").apply(exact("86.625"))
            Fraction(8663, 100)
        """
        scale = Fraction(10) ** self.digits
        scaled = value * scale
        return Fraction(round_integer(scaled.numerator, scaled.denominator, self.mode)) / scale


def round_integer(numerator: int, denominator: int, mode: RoundingMode) -> int:  # noqa: PLR0911 - one line a mode
    """Round `numerator / denominator` to a whole number; `denominator` is positive."""
    floor, rest = divmod(numerator, denominator)
    if rest == 0:
        return floor
    match mode:
        case "floor":
            return floor
        case "ceiling":
            return floor + 1
        case "down":
            return floor + (numerator < 0)
        case "up":
            return floor + (numerator > 0)
    twice = 2 * rest
    if twice != denominator:
        return floor + (twice > denominator)
    match mode:
        case "half_up":
            return floor + (numerator > 0)
        case "half_down":
            return floor + (numerator < 0)
        case _:
            return floor + floor % 2


def decimal_digits(value: Fraction) -> int | None:
    """Count the decimals a number needs, or `None` where its decimal never ends.

    Examples:
        >>> decimal_digits(exact("86.625")), decimal_digits(exact("2/37"))
        (3, None)
    """
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def plain_decimal(value: Fraction, *, digits: int | None = None) -> str:
    """Print a number as a plain decimal: no exponent, a point, never rounded.

    Args:
        value: The number.
        digits: Decimals to print at least; by default as many as the number needs.

    Raises:
        ValueError: The decimal of `value` never ends, so it cannot be printed whole.

    Examples:
        >>> plain_decimal(exact("1e3")), plain_decimal(exact("0.5"), digits=2)
        ('1000', '0.50')
    """
    needed = decimal_digits(value)
    if needed is None:
        msg = f"{value} has no finite decimal"
        raise ValueError(msg)
    places = max(needed, digits or 0, 0)
    scaled = abs(value.numerator) * 10**places // value.denominator
    sign = "-" if value < 0 else ""
    # Through Decimal: str(int) refuses numbers of more than 4,300 digits.
    text = format(Decimal(scaled), "f").rjust(places + 1, "0")
    if places == 0:
        return f"{sign}{text}"
    return f"{sign}{text[:-places]}.{text[-places:]}"


def to_decimal(value: Fraction, *, digits: int | None = None) -> Decimal | Fraction:
    """Give a number as a `Decimal` of the same value, or unchanged where none exists."""
    if decimal_digits(value) is None:
        return value
    return Decimal(plain_decimal(value, digits=digits))
