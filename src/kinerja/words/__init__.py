"""Every word that people read, one catalogue a language.

What lives here: the sentences of issues, reasons, formulas and explanations, with blanks to fill, in
Indonesian and English, and how numbers are written in each. What never comes in: logic. A test
keeps both catalogues complete and their blanks equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal, get_args

from kinerja.exact import decimal_digits, plain_decimal
from kinerja.words import en, id  # noqa: A004 - the language code of Indonesian

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "Language",
    "Text",
    "has_words",
    "number",
    "phrase",
    "reason_words",
    "say",
]

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "id"

_CATALOGUES: Final[dict[str, dict[str, str]]] = {"id": id.WORDS, "en": en.WORDS}

#: Decimals shown of a number whose decimal never ends.
SHOWN_DIGITS: Final = 10
#: Shares of fewer parts than this are written as fractions where their decimal never ends.
LARGEST_PART: Final = 100


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    id: str
    en: str

    @classmethod
    def same(cls, text: str) -> Text:
        """Give a text that reads the same in both languages, such as a name."""
        return cls(text, text)

    def in_language(self, lang: Language) -> str:
        """Give the text in one language."""
        return self.id if lang == "id" else self.en

    def __str__(self) -> str:
        """Give the text in Indonesian, which comes first."""
        return self.id


def say(key: str, lang: Language = DEFAULT_LANGUAGE, /, **blanks: object) -> str:
    """Give the words for a key in one language, blanks filled; a `Text` fills its own language."""
    filled = {
        name: value.in_language(lang) if isinstance(value, Text) else value
        for name, value in blanks.items()
    }
    return _CATALOGUES[lang][key].format_map(_Blanks(filled))


def phrase(key: str, /, **blanks: object) -> Text:
    """Give the words for a key in both languages."""
    return Text(*(say(key, lang, **blanks) for lang in LANGUAGES))


def reason_words(code: str, subject: Text | str) -> Text:
    """Say why a value is missing; a reason that only its policy knows is shown as it is written."""
    if has_words(f"reason.{code}"):
        return phrase(f"reason.{code}", subject=subject)
    return Text.same(f"{code.replace('_', ' ')} {subject}".strip())


def has_words(key: str) -> bool:
    """Tell whether both catalogues hold a key."""
    return all(key in words for words in _CATALOGUES.values())


def number(value: Fraction, lang: Language, *, digits: int | None = None) -> str:
    """Write a number for people: decimal comma in Indonesian, point in English, no grouping.

    A number whose decimal never ends is cut (not rounded) at 10 digits and marked with `…`; a share such as
    2/3 is written as the fraction it is.

    Args:
        value: The number.
        lang: Language to write it in.
        digits: Decimals to show at least.
    """
    if decimal_digits(value) is not None:
        text = plain_decimal(value, digits=digits)
    elif abs(value) < 1 and value.denominator < LARGEST_PART:
        text = str(value)
    else:
        scale = 10**SHOWN_DIGITS
        cut = abs(value.numerator) * scale // value.denominator
        sign = "-" if value < 0 else ""
        text = sign + plain_decimal(Fraction(cut, scale), digits=SHOWN_DIGITS) + "…"
    text = text.replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if lang == "id" else text


class _Blanks(dict[str, Any]):
    """A blank that was not given stays visible instead of hiding the whole message."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
