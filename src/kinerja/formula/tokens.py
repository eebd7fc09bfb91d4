"""The words and signs of a text formula.

What lives here: cutting the text of a formula into tokens, each with its column, and the issues of
single signs: foreign spellings, broken figures, names that are not in lower case, open quotes. What
may come in: text of any content up to its length limit. What never comes in: grammar.

Every issue leaves a usable token behind, so that the grammar can go on and find the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from kinerja.errors import Issue, quoted
from kinerja.exact import NotANumberError, exact

__all__ = ["KEYWORDS", "Token", "TokenKind", "issue_at", "tokenize"]

TokenKind = Literal["number", "name", "label", "sign", "end"]

#: Words with a meaning of their own; no input, step or field may have such a name.
KEYWORDS: Final = frozenset({"and", "or", "not", "in", "for", "if", "true", "false", "none"})

#: Spellings people bring from mathematics, spreadsheets and other languages, and what to write instead.
_INSTEAD: Final = {
    "===": "==",
    "!==": "!=",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
    ":=": "==",
    "&&": "and",
    "||": "or",
    "=": "==",
    "&": "and",
    "|": "or",
    "!": "not",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "×": "*",
    "·": "*",
    "÷": "/",
    "\N{MINUS SIGN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "[": "(",
    "{": "(",
    "]": ")",
    "}": ")",
    ";": ",",
}
#: Signs that nothing stands for, read as their nearest relative so that the rest can be judged.
_READ_AS: Final = {"**": "*", "//": "/", "^": "*"}

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<number>\.?[0-9][\w.]*)
    | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<label>'[^'\n]*' | "[^"\n]*")
    | (?P<curly>[“”„‘’«»][^“”„‘’«»'"\n]*[“”‘’«»])
    | (?P<open>['"][^\n]*)
    | (?P<foreign>===|!==|<>|=<|=>|:=|&&|\|\||=(?!=)|&|\||!(?!=)|[≤≥≠×·÷−–—\[\]{};])
    | (?P<power>\*\*|//|\^)
    | (?P<sign><=|>=|==|!=|[-+*/<>(),:])
    | (?P<percent>%)
    | (?P<unknown>[^\s\w'"<>=!&|*/+\-(),:%\[\]{};]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word or sign.

    Attributes:
        kind: What it is; after the last one stands one of the kind `end`.
        text: What the grammar reads: the name, the sign, the label without its quotes.
        column: Where it begins, from 1.
        stop: Column behind its last character.
        value: The figure, of a number.
    """

    kind: TokenKind
    text: str
    column: int
    stop: int
    value: Fraction = Fraction(0)


def issue_at(code: str, column: int, **details: str) -> Issue:
    """Make an issue of a text formula."""
    return Issue(code=code, column=column, details=details)


def tokenize(text: str, issues: list[Issue]) -> list[Token]:
    """Cut a formula into tokens.

    Args:
        text: The formula.
        issues: Takes what is wrong with single words and signs.

    Returns:
        The tokens in order, the last of the kind `end`.
    """
    tokens: list[Token] = []
    for piece in _TOKEN.finditer(text):
        for token in _read(piece, tokens[-1] if tokens else None, issues):
            if token.kind == "number" and tokens and token.text.endswith("%"):
                tokens[-1] = token
            else:
                tokens.append(token)
    tokens.append(Token(kind="end", text="", column=len(text) + 1, stop=len(text) + 1))
    return tokens


def _read(  # noqa: C901, PLR0912 - one case a kind of token
    piece: re.Match[str], last: Token | None, issues: list[Issue]
) -> Iterator[Token]:
    found, column, stop = piece[0], piece.start() + 1, piece.end() + 1

    def token(kind: TokenKind, text: str, value: Fraction = Fraction(0)) -> Token:
        return Token(kind=kind, text=text, column=column, stop=stop, value=value)

    match piece.lastgroup:
        case "number":
            yield token("number", found, _figure(found, column, issues))
        case "name":
            yield token("name", _name(found, column, issues))
        case "label":
            if not found.isprintable():
                issues.append(issue_at("KNJ303", column, found=quoted(found)))
            yield token("label", found[1:-1])
        case "curly":
            instead = f"'{found[1:-1]}'"
            issues.append(issue_at("KNJ304", column, found=quoted(found), instead=instead))
            yield token("label", found[1:-1])
        case "open":
            issues.append(issue_at("KNJ305", column, found=quoted(found)))
            yield token("label", found[1:])
        case "foreign":
            instead = _INSTEAD[found]
            issues.append(issue_at("KNJ304", column, found=quoted(found), instead=instead))
            yield token("name" if instead.isalpha() else "sign", instead)
        case "power":
            issues.append(issue_at("KNJ303", column, found=quoted(found)))
            yield token("sign", _READ_AS[found])
        case "sign":
            yield token("sign", found)
        case "percent":
            if last is None or last.kind != "number" or last.text.endswith("%"):
                issues.append(issue_at("KNJ306", column, found=quoted(found)))
            else:
                yield Token(
                    kind="number",
                    text=f"{last.text}%",
                    column=last.column,
                    stop=stop,
                    value=last.value / 100,
                )
        case "unknown":
            issues.append(issue_at("KNJ303", column, found=quoted(found)))


def _figure(found: str, column: int, issues: list[Issue]) -> Fraction:
    if _FIGURE.match(found):
        try:
            return exact(found)
        except NotANumberError:
            pass
    issues.append(issue_at("KNJ307", column, found=quoted(found)))
    return Fraction(1)


def _name(found: str, column: int, issues: list[Issue]) -> str:
    if _NAME.match(found):
        return found
    plain = unicodedata.normalize("NFKD", found).encode("ascii", "ignore").decode().lower()
    instead = plain if _NAME.match(plain) else "nama_masukan"
    issues.append(issue_at("KNJ308", column, found=quoted(found), instead=instead))
    return instead
