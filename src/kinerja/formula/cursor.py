"""A place in the tokens of a text formula.

What lives here: looking at tokens, taking them, quoting the text they came from, reporting issues.
What never comes in: grammar.
"""

from __future__ import annotations

from kinerja.errors import Issue
from kinerja.formula.tokens import Token, issue_at, tokenize

__all__ = ["Cursor"]


class Cursor:
    """Reads the tokens of one text from left to right; the last one is never taken.

    Attributes:
        text: The text.
        issues: What was found wrong so far, in the order it was met.
        at: Index of the token that comes next.
    """

    def __init__(self, text: str, issues: list[Issue]) -> None:
        self.text = text
        self.issues = issues
        self.at = 0
        self._tokens = tokenize(text, issues)

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self._tokens[self.at]

    @property
    def before(self) -> Token:
        """The token that was taken last; before the first one, the last of all."""
        return self._tokens[self.at - 1]

    def ahead(self, count: int) -> Token:
        """Give a token further on, or the last one."""
        return self._tokens[min(self.at + count, len(self._tokens) - 1)]

    def sees(self, *words: str, ahead: int = 0) -> bool:
        """Tell whether one of these signs or words comes next, or `ahead` tokens later."""
        token = self.ahead(ahead)
        return token.kind in ("name", "sign") and token.text in words

    def at_end(self) -> bool:
        """Tell whether everything was taken."""
        return self.here.kind == "end"

    def take(self) -> Token:
        """Take the token that comes next; never the end, which `at_end` tells."""
        self.at += 1
        return self.before

    def written(self, start: int, stop: int) -> str:
        """Quote the text from one column to before another."""
        return self.text[start - 1 : stop - 1]

    def source(self, token: Token) -> str:
        """Quote a token as it was written."""
        return self.written(token.column, token.stop)

    def report(self, code: str, column: int, **details: str) -> None:
        """Note an issue."""
        self.issues.append(issue_at(code, column, **details))
