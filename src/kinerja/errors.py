"""The errors of the library, and the issues they carry.

What lives here: `KinerjaError` and its two kinds, `Issue`, and how an issue is printed. The words of
every code live in `kinerja.words`; what never comes in: the checks themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile
from reprlib import Repr
from typing import Final, Literal

from kinerja.words import DEFAULT_LANGUAGE, Language, has_words, say

__all__ = [
    "InputError",
    "Issue",
    "KinerjaError",
    "MissingExtraError",
    "PolicyError",
    "Severity",
    "names_like",
    "nearest",
    "quoted",
    "sort_issues",
    "unknown_name",
    "words_of",
]

Severity = Literal["error", "warning", "note"]

#: Longest piece of a user's text that an issue quotes.
MAX_QUOTE: Final = 60
#: Most names that an issue lists.
MAX_LISTED: Final = 20
#: Most names that an issue quotes one after the other.
MAX_SHOWN: Final = 8
#: Letters of a short name.
SHORT: Final = 6
#: Letters from which on the beginning of a single known name is taken for it.
MIN_BEGINNING: Final = 4

_SKETCH: Final = Repr()
_SKETCH.maxstring = _SKETCH.maxother = _SKETCH.maxlong = MAX_QUOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing that is wrong, and one way out.

    Attributes:
        code: Stable code such as `KNJ203`; its words are `<code>.message` and `<code>.way_out` in
            both catalogues, and it has a section in the docs page of error codes.
        path: Where in the policy or record, dotted: `steps.nilai.weights`, `penilaian[3].nilai`.
        details: What fills the blanks of the words: `found`, `expected`, and what the code needs.
            Values are quoted text, figures and names, never sentences.
        file: File the text was read from, as the user named it.
        line: Line in that file, from 1.
        column: Column in that line, from 1; or `None`.
        cell: Cell of a spreadsheet or table, such as `C12` or `realisasi, row 12`.
        severity: `error`, `warning` or `note`.
        record_id: Id of the record it belongs to, where it belongs to one of many.
    """

    code: str
    path: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    severity: Severity = "error"
    record_id: str | None = None

    def message(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Say what was found and what was expected, in one sentence."""
        return self._say("message", lang)

    def way_out(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Say one thing that mends it."""
        return self._say("way_out", lang)

    def _say(self, part: str, lang: Language) -> str:
        key = words_of(self.code, part, self.details)
        if has_words(key):
            return _on_one_line(say(key, lang, **self.details))
        # A code of a package that brings no words of its own.
        return _on_one_line(", ".join(f"{name} {text}" for name, text in self.details.items()))

    @property
    def place(self) -> str:
        """`file:line:column`, as far as it is known; for a spreadsheet `file, cell`."""
        numbers = [str(n) for n in (self.line, self.column if self.line else None) if n]
        place = ":".join([*([] if self.file is None else [self.file]), *numbers])
        return ", ".join(part for part in (place, self.cell) if part)

    def to_text(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print place, code and path, then what is wrong, then the way out."""
        head = "  ".join(part for part in (self.place, self.code, self.path) if part)
        return f"{_on_one_line(head)}\n  {self.message(lang)}\n  → {self.way_out(lang)}"

    def to_dict(self, lang: Language = DEFAULT_LANGUAGE) -> dict[str, object]:
        """Give the issue as plain data, with its words in one language."""
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "cell": self.cell,
            "record_id": self.record_id,
            "message": self.message(lang),
            "way_out": self.way_out(lang),
            "details": dict(self.details),
        }

    def at(self, **place: object) -> Issue:
        """Give the same issue with another `file`, `line`, `column`, `cell`, `path` or other attribute."""
        return replace(self, **place)  # type: ignore[arg-type]


class KinerjaError(Exception):
    """Base of every error the library raises on purpose."""


class _IssuesError(KinerjaError, ValueError):
    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        super().__init__(self.issues)

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print every issue, in the order of its place."""
        return "\n".join(issue.to_text(lang) for issue in self.issues)


class PolicyError(_IssuesError):
    """The rules are wrong; `issues` holds everything that was found, not only the first."""


class InputError(_IssuesError):
    """The record or data file is wrong; `issues` holds everything that was found."""


class MissingExtraError(KinerjaError, ImportError):
    """An optional package is not installed; the message names the extra to install."""

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        """Name the extra to install."""
        return f"needs kinerja[{self.extra}]"


def words_of(code: str, part: str, details: Mapping[str, str]) -> str:
    """Give the key of the words of a code: those for a count of nothing, where it has such and one is."""
    key = f"{code}.{part}"
    nothing = f"{key}.zero"
    return nothing if "0" in details.values() and has_words(nothing) else key


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Find the known name that a mistyped one most likely meant."""
    names = list(known)
    folded = {candidate.casefold(): candidate for candidate in names}
    # Short names are often codes: III/c is nearer to III/d than to what was meant.
    cutoff = 0.6 if len(name) > SHORT else 0.65
    matches = get_close_matches(name.casefold()[:MAX_QUOTE], folded, n=1, cutoff=cutoff)
    if matches:
        return folded[matches[0]]
    begun = [folded[text] for text in folded if text.startswith(name.casefold())]
    return begun[0] if len(name) >= MIN_BEGINNING and len(begun) == 1 else None


def names_like(name: str, others: Iterable[str]) -> str:
    """Quote names, those first that begin like a name or are most like it; of many only the first.

    Examples:
        >>> names_like("lama_jam", ["layanan", "jam", "lama_penyelesaian"])
        '"lama_penyelesaian", "layanan", "jam"'
    """
    folded = name.casefold()
    sought = SequenceMatcher(b=folded)

    def unlikeness(other: str) -> tuple[int, float]:
        text = other.casefold()
        begun = takewhile(lambda pair: pair[0] == pair[1], zip(folded, text, strict=False))
        sought.set_seq1(text)
        return -len(list(begun)), -sought.ratio()

    names = sorted(dict.fromkeys(others), key=unlikeness)
    shown = ", ".join(map(quoted, names[:MAX_SHOWN]))
    return (f"{shown}, …" if len(names) > MAX_SHOWN else shown) or "–"


def unknown_name(code: str, path: str, name: str, known: Iterable[str]) -> Issue:
    """Make the issue that a name is not known: those that are, and the nearest, or else all of them."""
    names = list(known)
    shown = ", ".join([*names[:MAX_LISTED], *(["…"] if len(names) > MAX_LISTED else [])]) or "–"
    near = nearest(name, names)
    details = {
        "found": quoted(name),
        "expected": shown,
        "nearest": shown if near is None else quoted(near),
    }
    return Issue(code=code, path=path, details=details)


def quoted(value: object) -> str:
    """Quote what the user wrote, cut to a readable length."""
    text = value[: MAX_QUOTE + 1] if isinstance(value, str) else _sketch(value)
    text = _on_one_line(text)
    return f'"{text[: MAX_QUOTE - 1]}…"' if len(text) > MAX_QUOTE else f'"{text}"'


def _sketch(value: object) -> str:
    try:
        return _SKETCH.repr(value)
    except Exception:  # noqa: BLE001 - whatever a foreign value raises when it is printed
        return f"<{type(value).__name__}>"


def _on_one_line(text: str) -> str:
    """Replace what a terminal would act on instead of showing it."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def sort_issues(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Order issues as a reader meets them: by file, line, column, then path."""
    return tuple(
        sorted(
            issues,
            key=lambda i: (i.file or "", i.line or 0, i.column or 0, i.path, i.code),
        )
    )
