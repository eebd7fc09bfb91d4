"""Records in JSON: one object a line (`.jsonl`), or one array or object in a file (`.json`).

What lives here: exact numbers (a JSON number becomes a `Decimal` of the same digits), and the refusal of
what JSON readers commonly let pass: a key that stands twice, `NaN`, unpaired surrogates, deep nesting.
What never comes in: the types that a policy declares; JSON has types of its own, and the scorer judges
them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from kinerja.errors import InputError, Issue, quoted
from kinerja.io.cells import read_id
from kinerja.io.encoding import MAX_LINE, TextSource, check_text
from kinerja.io.rows import IdIndex, Row, RowSource
from kinerja.io.tables import Flaw

__all__ = ["read_json", "read_json_lines"]

#: Deepest nesting; a record with its lists has three levels.
MAX_DEPTH: Final = 50
_SPACE: Final = " \t\r\n"


def read_json_lines(path: Path, *, id_column: str, ids: IdIndex) -> RowSource:
    """Make the lines of a `.jsonl` file readable; blank lines are passed over.

    Args:
        path: The file.
        id_column: Key that holds the id: a text or a whole number.
        ids: Is filled with the ids of the file.

    Raises:
        InputError: The file is not readable text.
    """
    source = check_text(path)
    with source.open(newline="\n") as opened:
        for number, text in _lines(opened):
            ids.count += 1
            # Only the id is looked at, so the fast reader will do; what is wrong is said later.
            try:
                row_id = _id_of(json.loads(text), id_column)
            except (ValueError, RecursionError):
                continue
            if isinstance(row_id, str):
                ids.add(row_id, number)
    return RowSource(
        file=source.file,
        read_rows=lambda: _read_lines(source, id_column),
        place=lambda number: f"{source.file}:{number}",
        warnings=_no_rows(source, ids),
    )


def read_json(path: Path, *, id_column: str, ids: IdIndex) -> RowSource:
    """Read a `.json` file that holds one array of objects, or one object; it is held in memory.

    Args:
        path: The file.
        id_column: Key that holds the id: a text or a whole number.
        ids: Is filled with the ids of the file.

    Raises:
        InputError: The file is not readable text or not JSON.
    """
    source = check_text(path)
    rows = list(_read_whole(source, id_column))
    ids.count = len(rows)
    for row in rows:
        if row.id:
            ids.add(row.id, row.number)
    return RowSource(
        file=source.file,
        read_rows=lambda: iter(rows),
        place=lambda number: f"{source.file}[{number - 1}]",
        warnings=_no_rows(source, ids),
    )


def _no_rows(source: TextSource, ids: IdIndex) -> tuple[Issue, ...]:
    return () if ids.count else (Issue(code="KNJ519", file=source.file, severity="warning"),)


def _lines(opened: TextIOWrapper) -> Iterator[tuple[int, str]]:
    number = 0
    while text := opened.readline(MAX_LINE):
        number += 1
        if stripped := text.strip(_SPACE):
            yield number, stripped


def _read_lines(source: TextSource, id_column: str) -> Iterator[Row]:
    with source.open(newline="\n") as opened:
        try:
            for number, text in _lines(opened):
                decoder = _Decoder()
                value, end = decoder.decode(text, 0)
                end = _skip(text, end)
                if not decoder.flaws and end < len(text):
                    decoder.refuse_syntax(text, end)
                yield _row(source, value, decoder, id_column, number=number, line=number)
        except UnicodeDecodeError:
            raise InputError([Issue(code="KNJ550", file=source.file)]) from None


def _read_whole(source: TextSource, id_column: str) -> Iterator[Row]:
    try:
        with source.open(newline="\n") as opened:
            text = opened.read()
    except UnicodeDecodeError:
        raise InputError([Issue(code="KNJ550", file=source.file)]) from None
    at = _skip(text, 0)
    if at == len(text):
        raise InputError([Issue(code="KNJ506", file=source.file)])
    is_array = text[at] == "["
    line, counted, number = 1, 0, 0
    at = _skip(text, at + 1) if is_array else at
    if is_array and text[at : at + 1] == "]":
        _check_end(source, text, at + 1)
        return
    while True:
        number += 1
        line += text.count("\n", counted, at)
        counted = at
        decoder = _Decoder()
        value, end = decoder.decode(text, at)
        if decoder.lost:
            raise InputError([_issue(source, flaw, line, decoder) for flaw in decoder.flaws])
        yield _row(source, value, decoder, id_column, number=number, line=line)
        at = _skip(text, end)
        if is_array and text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            continue
        if is_array and text[at : at + 1] != "]":
            raise _syntax(source, text, at)
        _check_end(source, text, at + is_array)
        return


def _check_end(source: TextSource, text: str, at: int) -> None:
    at = _skip(text, at)
    if at < len(text):
        raise _syntax(source, text, at)


def _syntax(source: TextSource, text: str, at: int) -> InputError:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return InputError([Issue(code="KNJ536", file=source.file, line=line, column=column)])


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


class _Decoder:
    """Reads one value and takes note of what JSON does not allow."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []
        #: The end of the value is not known.
        self.lost = False
        self.column: int | None = None
        self.lines = 0
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=self._number,
            parse_constant=self._constant,
        )

    def decode(self, text: str, at: int) -> tuple[object, int]:
        try:
            value, end = self._json.raw_decode(text, at)
        except json.JSONDecodeError as error:
            self.refuse_syntax(text, error.pos, at)
        except RecursionError:
            self._lose(Flaw("KNJ539", {"expected": str(MAX_DEPTH)}))
        except ValueError:  # a whole number of more than 4,300 digits
            self._lose(Flaw("KNJ541"))
        else:
            # A line with few brackets cannot be deep; one without an escape has sound characters.
            brackets = text.count("[", at, end) + text.count("{", at, end)
            if brackets > MAX_DEPTH or text.find("\\u", at, end) >= 0:
                self._check_inside(value)
            return value, end
        return None, len(text)

    def refuse_syntax(self, text: str, at: int, start: int = 0) -> None:
        self.lines = text.count("\n", start, at)
        self.column = at - text.rfind("\n", 0, at)
        self._lose(Flaw("KNJ536"))

    def _lose(self, flaw: Flaw) -> None:
        self.flaws = [flaw]
        self.lost = True

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        read = dict(pairs)
        if len(read) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self.flaws.append(Flaw("KNJ538", {"found": quoted(key)}))
                seen.add(key)
        return read

    def _number(self, text: str) -> Decimal | None:
        try:
            return Decimal(text)
        except InvalidOperation:
            self.flaws.append(Flaw("KNJ541"))
            return None

    def _constant(self, text: str) -> None:
        self.flaws.append(Flaw("KNJ537", {"found": quoted(text)}))

    def _check_inside(self, value: object) -> None:
        level, depth = [value], 0
        while level:
            depth += 1
            below: list[object] = []
            for part in level:
                if isinstance(part, Mapping):
                    below += [*part.keys(), *part.values()]
                elif isinstance(part, list):
                    below += part
                elif isinstance(part, str) and any("\ud800" <= c <= "\udfff" for c in part):
                    self.flaws.append(Flaw("KNJ542", {"found": quoted(part)}))
                    return
            if below and depth > MAX_DEPTH:
                self.flaws.append(Flaw("KNJ539", {"expected": str(MAX_DEPTH)}))
                return
            level = below


def _id_of(value: object, id_column: str) -> str | Flaw | None:
    """Give the id of a record, what is wrong with it, or `None` where there is no record."""
    if not isinstance(value, dict):
        return None
    raw = value.get(id_column)
    if raw is None:
        return Flaw("KNJ518", {"expected": quoted(id_column)})
    if isinstance(raw, str):
        return read_id(raw, protected=False)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return read_id(str(raw), protected=False)
    # What holds other values is not shown: it may be too deep to print.
    shown = "[…]" if isinstance(raw, (list, dict)) else str(raw).lower()
    return Flaw("KNJ533", {"found": quoted(shown)})


def _row(  # noqa: PLR0913 - value, reader and place of one row
    source: TextSource,
    value: object,
    decoder: _Decoder,
    id_column: str,
    *,
    number: int,
    line: int,
) -> Row:
    flaws = list(decoder.flaws)
    row_id = _id_of(value, id_column)
    if row_id is None and not flaws:
        flaws.append(Flaw("KNJ540", {"found": quoted(value)}))
    elif isinstance(row_id, Flaw):
        flaws.append(row_id)
    record = dict(value) if isinstance(value, dict) else {}
    text = row_id if isinstance(row_id, str) else ""
    record["id"] = text
    issues = tuple(_issue(source, flaw, line, decoder) for flaw in flaws)
    return Row(id=text, record=record, issues=issues, number=number, line=line)


def _issue(source: TextSource, flaw: Flaw, line: int, decoder: _Decoder) -> Issue:
    return Issue(
        code=flaw.code,
        details=flaw.details,
        file=source.file,
        line=line + decoder.lines,
        column=decoder.column,
    )
