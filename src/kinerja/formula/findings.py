"""How the type check says what it found: issues of one formula, and short names for its parts.

What lives here: the collector of issues and the few words that name a part of a formula, a type or a
set of names inside an issue. What never comes in: the checks themselves, sentences for people.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kinerja.errors import Issue, PolicyError, nearest, quoted
from kinerja.exact import decimal_digits, plain_decimal
from kinerja.formula import nodes as n

__all__ = ["Findings", "listed", "operation", "sketch"]

#: Most names that an issue lists.
MAX_LISTED: Final = 9

_OPERATIONS: Final[dict[type[n.Node], str]] = {
    n.Add: "+",
    n.Subtract: "-",
    n.Multiply: "*",
    n.Divide: "/",
    n.Minimum: "min",
    n.Maximum: "max",
    n.Clip: "clip",
    n.And: "and",
    n.Or: "or",
    n.Not: "not",
    n.Where: "where",
    n.Lookup: "lookup",
    n.Band: "band",
    n.Round: "round",
    n.IsMissing: "is_missing",
    n.Coalesce: "coalesce",
    n.Absent: "absent",
}


class Findings:
    """Collects the issues of one formula, each once, in the order in which they were met."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.issues: list[Issue] = []

    def add(self, code: str, **details: str) -> None:
        """Note an issue; the same issue is noted once."""
        issue = Issue(code=code, path=self.path, details=details)
        if issue not in self.issues:
            self.issues.append(issue)

    def add_unknown(self, code: str, name: str, known: Iterable[str]) -> None:
        """Note a name or label that is not known, with the nearest known one or all of them."""
        names = list(known)
        near = nearest(name, names)
        expected = quoted(near) if near is not None else listed(names)
        self.add(code, found=quoted(name), expected=expected)

    def raise_any(self) -> None:
        """Raise everything that was noted.

        Raises:
            PolicyError: At least one issue was noted.
        """
        if self.issues:
            raise PolicyError(self.issues)


def listed(names: Iterable[str]) -> str:
    """Quote names, at most nine; `…` stands for the rest, `–` for none."""
    all_names = list(names)
    shown = [quoted(name) for name in all_names[:MAX_LISTED]]
    if len(all_names) > MAX_LISTED:
        shown.append("…")
    return ", ".join(shown) or "–"


def operation(node: n.Node) -> str:
    """Give the sign or name of an operation, as the text formula writes it."""
    if isinstance(node, n.Compare | n.Reduce):
        return node.op
    return _OPERATIONS.get(type(node), type(node).__name__.lower())


def sketch(node: n.Node) -> str:  # noqa: PLR0911 - one case a node
    """Name a part of a formula in a word: its name or figure, or its operation with dots.

    Examples:
        >>> sketch(n.Ref("target")), sketch(n.Ref("a") + n.Ref("b")), sketch(n.Not(n.Ref("c")))
        ('target', '… + …', 'not(…)')
    """
    match node:
        case n.Ref() | n.Field():
            return node.name
        case n.Number():
            ends = decimal_digits(node.value) is not None
            return plain_decimal(node.value) if ends else str(node.value)
        case n.Label():
            return node.value
        case n.Truth():
            return "true" if node.value else "false"
        case n.Named():
            return node.key
        case n.Add() | n.Subtract() | n.Multiply() | n.Divide() | n.Compare():
            return f"… {operation(node)} …"
    return f"{operation(node)}(…)"
