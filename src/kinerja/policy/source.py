"""Reading YAML text into plain data, with the place of everything.

What lives here: the subset of YAML 1.2 that a policy may use, bounded in size and depth, numbers kept as
text, and the line and column of every key and value. What never comes in: what the keys mean.

Refused: anchors and aliases, tags, several documents, keys that stand twice, keys that are no text.
The text is read as a stream of events, so that depth is bounded without recursion.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from kinerja.errors import Issue, PolicyError, quoted

__all__ = ["MAX_BYTES", "Place", "Source", "Tree", "parse_yaml", "path_parts", "read_yaml"]

#: Largest policy file. The largest shipped one has under 40,000 bytes; one of this size is read in seconds.
MAX_BYTES: Final = 400_000
#: Deepest nesting; the format itself needs 9.
MAX_DEPTH: Final = 30

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | bool | None"
Place: TypeAlias = "tuple[int, int]"

_INDEX: Final = re.compile(r"\[[0-9]{1,9}\]")
_PLAIN: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document as plain data, with places.

    Attributes:
        tree: Mappings, lists, text, `true`/`false` and null; numbers stay text as they were written.
        file: Name of the file, as the user gave it; `None` for text.
        keys: Line and column of each key, by path.
        values: Line and column of each value, by path.
        files: Files of the paths that stand in another file than `file`: a policy that this one extends.
        blank: Paths of keys with nothing behind them, which read like null.
    """

    tree: Tree
    file: str | None
    keys: dict[tuple[str | int, ...], Place] = field(default_factory=dict)
    values: dict[tuple[str | int, ...], Place] = field(default_factory=dict)
    files: dict[tuple[str | int, ...], str | None] = field(default_factory=dict)
    blank: frozenset[tuple[str | int, ...]] = frozenset()

    def file_of(self, parts: tuple[str | int, ...]) -> str | None:
        """Give the file in which a path stands."""
        return self.files.get(parts, self.file)

    def locate(self, issue: Issue) -> Issue:
        """Give an issue the place of its path, or of the nearest path above it."""
        parts = path_parts(issue.path)
        while True:
            place = self.keys.get(parts) or self.values.get(parts)
            if place is not None or not parts:
                break
            parts = parts[:-1]
        line, column = place or (1, 1)  # of an empty file
        return issue.at(file=self.file_of(parts), line=line, column=column)

    def locate_own(self, issue: Issue) -> Issue:
        """Give an issue the nearest place above its path that stands in `file` itself."""
        parts = path_parts(issue.path)
        while parts:
            place = self.keys.get(parts) or self.values.get(parts)
            if place is not None and self.file_of(parts) == self.file:
                return issue.at(file=self.file, line=place[0], column=place[1])
            parts = parts[:-1]
        line, column = self.keys.get(("extends",), (1, 1))
        return issue.at(file=self.file, line=line, column=column)

    def depth(self, parts: tuple[str | int, ...]) -> int:
        """Tell how many of the first parts of a path stand in the file."""
        while parts and parts not in self.keys and parts not in self.values:
            parts = parts[:-1]
        return len(parts)


def path_parts(path: str) -> tuple[str | int, ...]:
    """Take a path apart: `steps.nilai.bands[2]` has four parts."""
    parts: list[str | int] = []
    for piece in path.replace("[", ".[").split("."):
        if _INDEX.fullmatch(piece):
            parts.append(int(piece[1:-1]))
        elif piece:
            parts.append(piece)
    return tuple(parts)


def read_yaml(path: Path, *, most: int = MAX_BYTES, too_large: str = "KNJ102") -> Source:
    """Read a YAML file.

    Args:
        path: The file.
        most: Largest size, in bytes.
        too_large: Code of the issue for a larger one.

    Raises:
        PolicyError: The file cannot be read, is too large, is not UTF-8, or is not the YAML that a
            policy may use.
    """
    name = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        details = {"found": quoted(name), "error": reason}
        raise PolicyError([Issue(code="KNJ101", file=name, details=details)]) from None
    if len(raw) > most:
        details = {"expected": f"{most // 1000} kB"}
        raise PolicyError([Issue(code=too_large, file=name, details=details)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        details = {"found": f"0x{raw[error.start]:02X}"}
        issue = Issue(code="KNJ103", file=name, line=line, column=column, details=details)
        raise PolicyError([issue]) from None
    return parse_yaml(text, file=name, most=most)


def parse_yaml(text: str, *, file: str | None = None, most: int = MAX_BYTES) -> Source:
    """Read YAML text.

    Args:
        text: The text.
        file: Name to show in issues.
        most: Most characters.

    Raises:
        PolicyError: The text is not the YAML that a policy may use.
    """
    if len(text) > most:
        details = {"expected": f"{most // 1000} kB"}
        raise PolicyError([Issue(code="KNJ102", file=file, details=details)])
    builder = _Builder(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for event in _events(text):
                builder.take(event)
    except PolicyError:
        raise
    except YAMLError as error:
        raise PolicyError([*builder.issues, _syntax_issue(error, text, file)]) from None
    except (ValueError, RecursionError, OverflowError) as error:
        details = {"found": quoted(str(error))}
        issue = Issue(code="KNJ104", file=file, details=details)
        raise PolicyError([*builder.issues, issue]) from None
    if builder.issues:
        raise PolicyError(builder.issues)
    return Source(
        tree=builder.root,
        file=file,
        keys=builder.keys,
        values=builder.values,
        blank=frozenset(builder.blank),
    )


def _events(text: str) -> Iterator[Event]:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yield from yaml.parse(text)


def _syntax_issue(error: YAMLError, text: str, file: str | None) -> Issue:
    place: tuple[int | None, int | None] = (None, None)
    problem = str(error)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or problem
        if mark is not None:
            place = (mark.line + 1, mark.column + 1)
    elif isinstance(error, ReaderError):
        before = text[: error.position]
        problem = f"U+{ord(text[error.position]):04X}" if error.position < len(text) else problem
        place = (before.count("\n") + 1, error.position - before.rfind("\n"))
    line, column = place
    details = {"found": quoted(problem)}
    return Issue(code="KNJ104", file=file, line=line, column=column, details=details)


class _Builder:
    """Turns events into a tree, without recursion."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.root: Tree = None
        self.keys: dict[tuple[str | int, ...], Place] = {}
        self.values: dict[tuple[str | int, ...], Place] = {}
        self.issues: list[Issue] = []
        self.blank: set[tuple[str | int, ...]] = set()
        self._stack: list[dict[str, Tree] | list[Tree]] = []
        self._path: list[str | int] = []
        self._key: list[str | None] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take the next event."""
        match event:
            case DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse("KNJ105", event)
            case AliasEvent():
                self._refuse("KNJ106", event)
                self._scalar(event, None)
            case MappingStartEvent() | SequenceStartEvent():
                self._check_plain(event)
                self._open(event, {} if isinstance(event, MappingStartEvent) else [])
            case MappingEndEvent() | SequenceEndEvent():
                self._stack.pop()
                self._key.pop()
                if self._path:
                    self._path.pop()
            case ScalarEvent():
                self._check_plain(event)
                self._scalar(event, event.value)

    def _check_plain(self, event: Event) -> None:
        if getattr(event, "anchor", None) is not None:
            self._refuse("KNJ106", event)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse("KNJ107", event, found=quoted(str(tag)))

    def _open(self, event: Event, container: dict[str, Tree] | list[Tree]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            details = {"expected": str(MAX_DEPTH)}
            raise PolicyError([*self.issues, self._issue("KNJ108", event, details)])
        if self._stack and isinstance(self._stack[-1], dict) and self._key[-1] is None:
            self._refuse("KNJ109", event)
            self._key[-1] = ""
            self._stack.append(container)
            self._path.append("")
            self._key.append(None)
            return
        self._place(event, container)
        if not self._stack:
            self._stack.append(container)
            self._key.append(None)
            return
        parent = self._stack[-1]
        step: str | int = len(parent) - 1 if isinstance(parent, list) else self._last_key
        self._path.append(step)
        self._stack.append(container)
        self._key.append(None)

    def _scalar(self, event: Event, text: str | None) -> None:
        value: Tree = text
        plain = getattr(event, "style", None) in (None, "")
        if text is not None and plain and text.casefold() in _PLAIN:
            value = _PLAIN[text.casefold()]
        if self._stack and isinstance(self._stack[-1], dict) and self._key[-1] is None:
            self._take_key(event, text)
            return
        self._place(event, value)
        if plain and text == "" and self._stack and isinstance(self._stack[-1], dict):
            self.blank.add((*self._path, self._last_key))

    def _take_key(self, event: Event, text: str | None) -> None:
        key = text or ""
        mapping = self._stack[-1]
        path = (*self._path, key)
        if isinstance(mapping, dict) and key in mapping:
            first = self.keys.get(path, (0, 0))[0]
            self._refuse("KNJ110", event, found=quoted(key), first=str(first))
        else:
            self.keys[path] = _place_of(event)
        self._key[-1] = key

    def _place(self, event: Event, value: Tree) -> None:
        if not self._stack:
            self.root = value
            self.values[()] = _place_of(event)
            return
        parent = self._stack[-1]
        if isinstance(parent, list):
            self.values[*self._path, len(parent)] = _place_of(event)
            parent.append(value)
            return
        key = self._key[-1] or ""
        self._last_key = key
        self._key[-1] = None
        self.values[*self._path, key] = _place_of(event)
        parent.setdefault(key, value)

    def _refuse(self, code: str, event: Event, **details: str) -> None:
        self.issues.append(self._issue(code, event, details))

    def _issue(self, code: str, event: Event, details: dict[str, str]) -> Issue:
        line, column = _place_of(event)
        path = ".".join(str(part) for part in self._path)
        return Issue(
            code=code, path=path, details=details, file=self.file, line=line, column=column
        )


def _place_of(event: Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1)
