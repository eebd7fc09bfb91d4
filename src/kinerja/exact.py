"""Exact numbers: how they enter, how they are rounded, how they are printed.

What lives here: the conversion of text, `int`, `Decimal` and floats *as printed* to `Fraction`, the
named roundings, and the printing of a fraction as a decimal. What never comes in: labels, units,
policies, languages.
"""

from __future__ import annotations

import math
import operator
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

#: Longest number that is read, in characters when it is written out; a binary64 needs at most 327.
MAX_TEXT: Final = 400
#: A number of so few bits is never longer than that; one of so many always is.
_SURELY_SHORT: Final = 256
_SURELY_LONG: Final = 2 * 4 * MAX_TEXT

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")
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
            above, or is too long to be a figure of a policy: over 400 characters when it is
            written out, as a plain decimal or as a ratio.

    Examples:
        >>> exact(0.1)
        Fraction(1, 10)
        >>> exact("2/37") + exact("60 %")
        Fraction(121, 185)
    """
    if isinstance(value, bool):
        raise NotANumberError(repr(value))
    if isinstance(value, Fraction):
        return _bounded(value)
    if isinstance(value, int):
        return _bounded(Fraction(value))
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotANumberError(float.__repr__(value))
        # float() drops subclasses such as numpy.float64, whose repr is not a literal.
        return Fraction(Decimal(repr(float(value))))
    if isinstance(value, Decimal):
        return _from_decimal(value)
    try:
        return _bounded(Fraction(operator.index(value)))
    except TypeError:
        raise NotANumberError(type(value).__name__) from None


def _from_text(text: str) -> Fraction:
    stripped = text.strip()
    if len(stripped) > MAX_TEXT:
        raise NotANumberError(text[:MAX_TEXT])
    if percent := _PERCENT.match(stripped):
        return _bounded(_from_text(percent[1]) / 100) if "%" not in percent[1] else _refuse(text)
    if _DECIMAL.match(stripped):
        return _from_decimal(Decimal(stripped))
    if match := _RATIO.match(stripped):
        if int(match[2]) == 0:
            raise NotANumberError(text)
        return Fraction(int(match[1]), int(match[2]))
    return _refuse(text)


def _refuse(text: str) -> Fraction:
    raise NotANumberError(text)


def _from_decimal(value: Decimal) -> Fraction:
    if not value.is_finite():
        raise NotANumberError(str(value)[:MAX_TEXT])
    if not value:
        return Fraction(0)
    # Asked before the fraction is made: a few characters can name a number of a billion digits.
    if abs(value.adjusted()) > MAX_TEXT or len(value.as_tuple().digits) > MAX_TEXT:
        raise NotANumberError(str(value)[:MAX_TEXT])
    return _bounded(Fraction(value))


def _bounded(value: Fraction) -> Fraction:
    """Refuse a number that is too long when written out; what passes can be written and read again."""
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    if bits <= _SURELY_SHORT:
        return value
    if bits > _SURELY_LONG or len(_written(value)) > MAX_TEXT:
        raise NotANumberError(f"a number of {bits} bits")
    return value


def _written(value: Fraction) -> str:
    endless = decimal_digits(value) is None
    return str(value) if endless else plain_decimal(value)


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
        whole = isinstance(self.digits, int) and not isinstance(self.digits, bool)
        if not whole or not -30 <= self.digits <= 30:  # noqa: PLR2004 - said in the message
            msg = f"digits must be a whole number in -30..30, got {self.digits!r}"
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
