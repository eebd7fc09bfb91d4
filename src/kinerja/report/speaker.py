"""Words for pages, in the language of the reader.

What lives here: the ways in which a page says a word, a count, a figure. What never comes in: what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kinerja.exact import Rounding, decimal_digits
from kinerja.words import Language, Text, number, say

__all__ = ["Speaker"]

#: Percentages are shown with one decimal, a number whose decimal never ends with two.
_PERCENT: Final = Rounding(digits=1, mode="half_up")
_SHOWN: Final = Rounding(digits=2, mode="half_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Says things in one language.

    Attributes:
        lang: The language.
        area: What every key begins with, such as `unit.distribution`.
    """

    lang: Language
    area: str

    def say(self, key: str, **blanks: object) -> str:
        """Give the words of a key of the area."""
        return say(f"{self.area}.{key}", self.lang, **blanks)

    def count(self, key: str, count: int, **blanks: object) -> str:
        """Give words about a number of things; one thing has words of its own, `<key>.one`."""
        return self.say(f"{key}.one" if count == 1 else key, count=count, **blanks)

    def text(self, text: Text | None) -> str:
        """Give a text; nothing for none."""
        return "" if text is None else text.in_language(self.lang)

    def figure(self, value: Fraction | int | None, *, digits: int | None = None) -> str:
        """Write a number; one whose decimal never ends with two decimals and `≈`; nothing for none."""
        if value is None:
            return ""
        value = Fraction(value)
        if decimal_digits(value) is None:
            return f"≈ {number(_SHOWN.apply(value), self.lang)}"
        return number(value, self.lang, digits=digits)

    def percent(self, share: Fraction | None) -> str:
        """Write a share of 1 as a percentage with one decimal; nothing for none."""
        if share is None:
            return ""
        return f"{number(_PERCENT.apply(share * 100), self.lang)} %"
