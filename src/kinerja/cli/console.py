"""Where a command prints, and in which language.

What lives here: the two streams, made safe for every character, and the printing of issues and texts. What
never comes in: what is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from kinerja.errors import Issue
from kinerja.words import Language, Text, say

__all__ = ["Console", "prepare_streams"]


def prepare_streams() -> None:
    """Make both streams able to print every character.

    A file or pipe gets UTF-8 on every system; a terminal keeps its own encoding, and a character that it
    cannot show is written as its code.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """The two streams of a command.

    Attributes:
        lang: Language of everything that people read.
    """

    lang: Language

    def say(self, key: str, **blanks: object) -> str:
        """Give words of the command line."""
        return say(f"cli.{key}", self.lang, **blanks)

    def count(self, key: str, count: int, **blanks: object) -> str:
        """Give words about a number of things; one thing may have words of its own."""
        return self.say(f"{key}.one" if count == 1 else key, count=count, **blanks)

    def text(self, text: Text | None) -> str:
        """Give a text in the language of the reader."""
        return "" if text is None else text.in_language(self.lang)

    def out(self, *lines: str) -> None:
        """Print lines as the result of the command."""
        _write(sys.stdout, lines)

    def err(self, *lines: str) -> None:
        """Print lines about the command's work."""
        _write(sys.stderr, lines)

    def issue_lines(self, issues: Iterable[Issue]) -> Iterator[str]:
        """Give issues as lines; a warning or note says that it is one."""
        for issue in issues:
            text = issue.to_text(self.lang)
            if issue.severity != "error":
                head, _, rest = text.partition("\n")
                text = f"{head}  ({self.say(f'severity.{issue.severity}')})\n{rest}"
            yield from text.split("\n")

    def refuse(self, issues: Sequence[Issue], *, most: int | None = None) -> None:
        """Print issues as the reason why something could not be done."""
        shown = issues if most is None else issues[:most]
        self.err(*self.issue_lines(shown))

    def shows_progress(self) -> bool:
        """Tell whether a person watches: only then is progress shown."""
        return sys.stderr.isatty()


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    stream.writelines(f"{line}\n" for line in lines)
