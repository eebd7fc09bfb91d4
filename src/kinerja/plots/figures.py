"""Numbers and texts as pictures write them.

What lives here: percentages, counts and rounded figures in the language of the reader, and round places for
the ticks of an axis. What never comes in: matplotlib, layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from kinerja.exact import Rounding, decimal_digits
from kinerja.result.legible import one_line
from kinerja.words import LANGUAGES, Language, Text, number, say

__all__ = [
    "blank_of",
    "counted",
    "figure",
    "headed",
    "percent",
    "plain",
    "signed",
    "ticks",
    "told",
    "words",
    "written",
]

_AREA: Final = "plots"
_TICKS: Final = 6
#: What a power of ten is divided into, or taken times, for round steps.
_PARTS: Final = tuple(Fraction(part, 10) for part in (2, 5, 10, 20, 50, 100))


def words(key: str, lang: Language, **blanks: object) -> str:
    """Give the words of a picture."""
    return say(f"{_AREA}.{key}", lang, **blanks)


def counted(key: str, count: int, lang: Language, **blanks: object) -> str:
    """Give words about a number of things; one thing has words of its own, `<key>.one`."""
    return words(f"{key}.one" if count == 1 else key, lang, count=count, **blanks)


def plain(text: Text | str | None, lang: Language) -> str:
    """Give a text on one line, nothing invisible in it; nothing for none."""
    if text is None:
        return ""
    return one_line(text.in_language(lang) if isinstance(text, Text) else text)


def headed(text: Text | str | None, lang: Language) -> str:
    """Give a text on one line that begins with a capital, as headings and labels do.

    Examples:
        >>> headed("nilai akhir", "id")
        'Nilai akhir'
    """
    line = plain(text, lang)
    return line[:1].upper() + line[1:]


def told(parts: Sequence[str]) -> str:
    """Join the sentences of a description."""
    return " ".join(f"{part[0].upper()}{part[1:]}" for part in parts if part)


def blank_of(told: Text | None, key: str, blank: str, **known: Text) -> Text | None:
    """Give what fills a blank of some words; `None` where a text does not say them."""
    if told is None:
        return None
    found = []
    for lang in LANGUAGES:
        begin, end = say(key, lang, **known, **{blank: "\0"}).split("\0")
        text = told.in_language(lang)
        if not (text.startswith(begin) and text.endswith(end)):
            return None
        found.append(text.removeprefix(begin).removesuffix(end))
    return Text(*found)


def figure(value: Fraction, lang: Language, *, digits: int = 2, least: int | None = None) -> str:
    """Write a number rounded half up to so many decimals; `≈` stands before one that was rounded.

    Args:
        value: The number.
        lang: Language of the reader.
        digits: Decimals at most.
        least: Decimals at least, as a policy rounds a score.

    Examples:
        >>> figure(Fraction(1, 3), "id"), figure(Fraction(5, 2), "en", least=2)
        ('≈ 0,33', '2.50')
    """
    shown = decimal_digits(value)
    if shown is not None and shown <= digits:
        return number(value, lang, digits=least)
    rounded = Rounding(digits=digits, mode="half_up").apply(value)
    return f"≈ {number(rounded, lang)}"


def signed(value: Fraction, lang: Language, *, digits: int = 2) -> str:
    """Write a change with its sign; none for 0.

    Examples:
        >>> signed(Fraction(5, 2), "id"), signed(Fraction(-1), "en")
        ('+2,5', '−1')
    """
    text = figure(value, lang, digits=digits)
    if value <= 0:
        return text
    return f"≈ +{text.removeprefix('≈ ')}" if text.startswith("≈") else f"+{text}"


def percent(share: Fraction, lang: Language, *, digits: int = 1) -> str:
    """Write a share of 1 as a percentage; one that is neither nothing nor all is never shown as either.

    Examples:
        >>> percent(Fraction(1, 8), "id"), percent(Fraction(1, 10000), "en")
        ('12,5 %', '< 0.1 %')
    """
    least = Fraction(1, 10**digits)
    if 0 < share * 100 < least:
        return f"< {number(least, lang)} %"
    if 100 - least < share * 100 < 100:  # noqa: PLR2004 - per cent
        return f"> {number(100 - least, lang)} %"
    rounded = Rounding(digits=digits, mode="half_up").apply(share * 100)
    return f"{number(rounded, lang)} %"


def ticks(low: Fraction, high: Fraction, *, most: int = _TICKS) -> list[Fraction]:
    """Give round places from one number to another, at most so many.

    Examples:
        >>> [str(one) for one in ticks(Fraction(0), Fraction(100), most=6)]
        ['0', '20', '40', '60', '80', '100']
        >>> [str(one) for one in ticks(Fraction(71, 10), Fraction(8), most=6)]
        ['36/5', '37/5', '38/5', '39/5', '8']
    """
    if high <= low:
        return [low]
    step = Fraction(1)
    while (high - low) / step > most:
        step *= 10
    while (high - low) / (step / 10) <= most - 1:
        step /= 10
    for part in _PARTS:
        first, last = -((-low) // (step * part)), high // (step * part)
        if last - first + 1 <= most:
            return [place * step * part for place in range(first, last + 1)]
    return [low, high]


def written(value: Fraction, lang: Language) -> str:
    """Write a round number, such as that of a tick, as it is."""
    return number(value, lang)
