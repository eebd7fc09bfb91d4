"""From bytes to text, before anything else is read.

What lives here: which encoding a text file has, and the proof that all of it is text. UTF-8 with or
without a byte order mark is read, and UTF-16 with one (what spreadsheets call "Unicode text"). What
never comes in: guesses. A file in Windows-1252 is refused with the line of the first byte that is not
UTF-8, since read as UTF-8 its names would be wrong and nobody would see it.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kinerja.errors import InputError, Issue

if TYPE_CHECKING:
    from io import TextIOWrapper

__all__ = ["TextSource", "check_text"]

#: Bytes read at once.
CHUNK: Final = 1 << 20
#: Longest line, in characters; a longer one is no table and no list of records.
MAX_LINE: Final = 16 << 20

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """A file that is known to be text.

    Attributes:
        path: Where it lies.
        encoding: Name of its encoding for `open`.
        stamp: Size and time of change when it was checked.
    """

    path: Path
    encoding: str
    stamp: tuple[int, int]

    @property
    def file(self) -> str:
        """The file, as the user named it."""
        return str(self.path)

    def open(self, *, newline: str) -> TextIOWrapper:
        """Open the file for reading from its start.

        Raises:
            InputError: It is no longer the file that was checked, or cannot be opened.
        """
        try:
            opened = self.path.open(encoding=self.encoding, newline=newline)
        except OSError as error:
            raise _unreadable(self.path, error) from None
        if _stamp(os.fstat(opened.fileno())) != self.stamp:
            opened.close()
            raise InputError([Issue(code="KNJ550", file=self.file)])
        return opened


def check_text(path: Path) -> TextSource:
    """Find the encoding of a file and read it through once.

    Raises:
        InputError: The file cannot be opened, is not text in a known encoding, holds NUL characters,
            or has a line that is far too long.
    """
    try:
        with path.open("rb") as opened:
            stamp = _stamp(os.fstat(opened.fileno()))
            start = opened.read(4)
            encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
            opened.seek(0)
            _check_bytes(opened.read, encoding, str(path))
    except OSError as error:
        raise _unreadable(path, error) from None
    return TextSource(path=path, encoding=encoding, stamp=stamp)


def _check_bytes(read: Callable[[int], bytes], encoding: str, file: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = _Lines()
    final = False
    while not final:
        chunk = read(CHUNK)
        final = not chunk
        try:
            text = decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            # The decoder keeps its state, so what stands before the bad byte can still be counted.
            sound = error.start - (len(error.object) - len(chunk))
            lines.add(decoder.decode(chunk[: max(sound, 0)]))
            found = f"0x{error.object[error.start]:02X}"
            issue = Issue(code="KNJ504", file=file, line=lines.line, details={"found": found})
            raise InputError([issue]) from None
        if "\0" in text:
            lines.add(text[: text.index("\0")])
            raise InputError([Issue(code="KNJ505", file=file, line=lines.line)])
        lines.add(text)
        if lines.length > MAX_LINE:
            details = {"expected": str(MAX_LINE)}
            raise InputError([Issue(code="KNJ516", file=file, line=lines.line, details=details)])


class _Lines:
    """Counts line ends as they pass."""

    def __init__(self) -> None:
        self.feeds = 0
        self.returns = 0
        self.length = 0

    def add(self, text: str) -> None:
        self.feeds += text.count("\n")
        # Only a file without a single line feed has its lines ended by carriage returns.
        self.returns += text.count("\r")
        last = max(text.rfind("\n"), text.rfind("\r"))
        self.length = len(text) - last - 1 + (self.length if last < 0 else 0)

    @property
    def line(self) -> int:
        return (self.feeds or self.returns) + 1


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _unreadable(path: Path, error: OSError) -> InputError:
    details = {"found": error.strerror or type(error).__name__}
    return InputError([Issue(code="KNJ502", file=str(path), details=details)])
