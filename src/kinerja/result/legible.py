"""Text from policies and records made safe to show: one line, nothing invisible.

What lives here: the last step before a text reaches a terminal, a page or a Markdown reader. What never
comes in: escaping for one of them.
"""

from __future__ import annotations

from kinerja.values import LegalBasis
from kinerja.words import Language, Text, say

__all__ = ["cited", "legible", "one_line", "short_fingerprint"]

#: Hex digits of a fingerprint that are enough to tell two policies apart at a glance.
SHORT_FINGERPRINT = 12


def one_line(text: str) -> str:
    r"""Put a text on one line; what a terminal would obey, or a reader not see, becomes visible.

    Examples:
        >>> one_line("nilai\x1b[2J  akhir ")
        'nilai�[2J akhir'
    """
    joined = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in joined)


def legible(text: Text | None, lang: Language, unit: Text | None = None) -> str:
    """Give a value with its unit in one language; the words for a missing value where there is none."""
    if text is None:
        return say("explain.no_value", lang)
    shown = one_line(text.in_language(lang))
    return shown if unit is None else f"{shown} {one_line(unit.in_language(lang))}"


def cited(basis: LegalBasis, lang: Language) -> str:
    """Cite a legal basis; how well it is known is said unless its wording was read."""
    citation = one_line(basis.citation)
    if basis.status == "primary":
        return citation
    return f"{citation} ({say(f'explain.basis_short.{basis.status}', lang)})"


def short_fingerprint(fingerprint: str) -> str:
    """Give the beginning of a fingerprint, without the name of its hash.

    Examples:
        >>> short_fingerprint("sha256:4f8c2a9d01b7e355")
        '4f8c2a9d01b7'
    """
    return one_line(fingerprint.rpartition(":")[2])[:SHORT_FINGERPRINT]
