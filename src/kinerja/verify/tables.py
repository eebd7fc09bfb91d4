"""Examples in tables: a row an example, its columns named in the team's own words.

What lives here: what the name of a column means in a policy, and the way from a row to the shape that an
example has in an examples file. What never comes in: files and cells. Reading them lies above this layer,
so whoever reads the table asks here what its columns mean, and hands over its rows.

A column is named by the id of an input, step or choice, or by its title in either language; case and blanks
around it do not matter, and an id goes before a title. `id`, `judul` or `title`, `status`, `reasons` or
`alasan`, `error` or `galat` mean what they mean in an examples file. An empty cell says nothing; `null` in
an expectation says that no value is expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final, cast

from kinerja.errors import InputError, Issue, nearest, quoted
from kinerja.formula.types import ListType, NumberType, TextType, ValueType
from kinerja.policy import Policy
from kinerja.policy.source import Tree
from kinerja.verify.reading import CODES, STATUS, Example, ExamplesReader, PartPath, Where
from kinerja.words import LANGUAGES, Text

__all__ = ["ExampleRow", "TableColumns", "read_rows"]

#: What a cell holds where an example expects that a step has no value.
NOTHING_WORD: Final = "null"
#: What separates codes in a cell, as results print them.
CODE_SEPARATOR: Final = ";"

#: Keys of columns, beside the names of inputs.
_ID: Final = "id"
_TITLE: Final = "example.title"
_EXPECT: Final = "expect."
_VARIANT: Final = "variant."
#: Names of columns that mean the same in every policy.
_FIXED: Final = {
    "id": _ID,
    "judul": _TITLE,
    "title": _TITLE,
    "status": f"{_EXPECT}{STATUS}",
    "reasons": f"{_EXPECT}reasons",
    "alasan": f"{_EXPECT}reasons",
    "error": f"{_EXPECT}error",
    "galat": f"{_EXPECT}error",
}
#: Names shown when a column has none of them.
_SHOWN: Final = 20
_RATIO: Final = re.compile(r"-?[0-9]{1,100}/[1-9][0-9]{0,99}\Z")
_CELL: Final = re.compile(r"(?P<sheet>(?:.*!)?)(?P<column>[A-Z]+)(?P<row>[0-9]+)\Z")


class _Nothing:
    """What a cell that holds `null` is read as."""


NOTHING: Final = _Nothing()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRow:
    """One row of a table of examples, as whoever reads the table hands it over.

    Attributes:
        id: The id; empty where it cannot be read.
        record: Values of cells by the key that `TableColumns` gave the column; a list of the policy by its
            name, a sequence of mappings. `None` is an empty cell.
        locate: Gives an issue its place; its path begins with such a key.
        issues: What is wrong with cells of the row.
    """

    id: str
    record: Mapping[str, object]
    locate: Callable[[Issue], Issue]
    issues: tuple[Issue, ...] = ()


class TableColumns:
    """What the columns of a table of examples mean.

    Attributes:
        kinds: Type of each column that may be read, by its key, and of the lists.
        lists: Names of the lists, which stand in tables of their own.
        special: By key, what gives the value of a text that means something of its own.
    """

    __slots__ = ("_ids", "_lists", "_per_item", "_titles", "kinds", "lists", "special")

    def __init__(self, policy: Policy) -> None:
        program = policy.program
        choices = policy.model.choices
        # A figure that is named becomes a step of its own, which nobody expects.
        figures = {name for name, choice in choices.items() if choice.figure is not None}
        steps = [step for step in program.steps if step.name not in figures]
        self.kinds: dict[str, ValueType] = {i.name: i.type for i in program.inputs}
        self.lists = tuple(i.name for i in program.inputs if isinstance(i.type, ListType))
        self.special: dict[str, Callable[[str], object]] = {}
        self._lists = {i.name: i.fields for i in program.inputs if i.name in self.lists}
        self._per_item = {_EXPECT + s.name: str(s.over) for s in steps if s.over is not None}
        #: Keys by folded id, and by folded title.
        self._ids: dict[str, dict[str, None]] = {}
        self._titles: dict[str, dict[str, None]] = {}
        for declared in program.inputs:
            self._add(declared.name, declared.name, declared.title)
        for step in steps:
            key = _EXPECT + step.name
            # Parts often bear the title of what they are a part of.
            self._add(key, step.name, step.title if step.parent is None else None)
            self.kinds[key] = step.type
            self.special[key] = _ratio_or_nothing if isinstance(step.type, NumberType) else _nothing
        for name, choice in choices.items():
            key = _VARIANT + name
            self._add(key, name, choice.title)
            self.kinds[key] = NumberType() if name in figures else TextType()
            if name in figures:
                self.special[key] = _ratio
        for key in _FIXED.values():
            self.kinds[key] = TextType()
        del self.kinds[_ID]
        self.special[f"{_EXPECT}reasons"] = _nothing

    def _add(self, key: str, name: str, title: Text | None) -> None:
        self._ids.setdefault(_folded(name), {})[key] = None
        for lang in LANGUAGES if title is not None else ():
            folded = _folded(cast("Text", title).in_language(lang))
            self._titles.setdefault(folded, {})[key] = None

    def name_columns(
        self, holds: str | None, header: Sequence[str]
    ) -> tuple[list[str], list[tuple[int, Issue]]]:
        """Give the key of each column, and what is wrong with the header.

        Args:
            holds: The list that the table holds, or `None` for the examples.
            header: Names of its columns.

        Returns:
            Keys, empty for a column that cannot be used; and issues by the place of the column, from 0.
        """
        find = self._meanings if holds is None else self._fields_of(holds)
        known = self._known if holds is None else list(self._lists[holds])
        keys: list[str] = []
        issues: list[tuple[int, Issue]] = []
        for column, name in enumerate(header):
            meanings = list(find(name)) if name else []
            key = meanings[0] if len(meanings) == 1 else ""
            issue = self._issue(name, meanings, known) if name else None
            if key and key in keys:
                other = header[keys.index(key)]
                details = {"found": quoted(name), "other": quoted(other), "expected": _named(key)}
                issue, key = Issue(code="KNJ622", path=name, details=details), ""
            if issue is not None:
                issues.append((column, issue))
            keys.append("" if key in self._per_item else key)
        return keys, issues

    def _meanings(self, name: str) -> list[str]:
        folded = _folded(name)
        if folded == _ID:  # no input or step may have this id, and every table needs the column
            return [_ID]
        ids = self._ids.get(folded, {})
        titles = self._titles.get(folded, {})
        if folded in _FIXED:
            return list(dict.fromkeys([_FIXED[folded], *ids, *titles]))
        return list(ids or titles)

    def _fields_of(self, holds: str) -> Callable[[str], list[str]]:
        fields = self._lists[holds]

        def find(name: str) -> list[str]:
            folded = _folded(name)
            if folded == _ID:
                return [_ID]
            ids = [field for field in fields if _folded(field) == folded]
            titles = (
                field
                for field, title in fields.items()
                if folded in {_folded(title.in_language(lang)) for lang in LANGUAGES}
            )
            return ids or list(titles)

        return find

    @property
    def _known(self) -> list[str]:
        return [name for name in (*self._ids, *_FIXED) if "." not in name]

    def _issue(self, name: str, meanings: Sequence[str], known: Sequence[str]) -> Issue | None:
        if not meanings:
            near = nearest(_folded(name), [*known, *self._titles])
            shown = ", ".join([*known[:_SHOWN], *(["…"] if len(known) > _SHOWN else [])])
            details = {
                "found": quoted(name),
                "expected": shown,
                "nearest": quoted(near) if near else shown,
            }
            return Issue(code="KNJ620", path=name, details=details)
        if len(meanings) > 1:
            details = {"found": quoted(name), "expected": ", ".join(map(_named, meanings))}
            return Issue(code="KNJ621", path=name, details=details)
        if meanings[0] in self._per_item:
            details = {"found": quoted(name), "list": quoted(self._per_item[meanings[0]])}
            return Issue(code="KNJ616", path=name, details=details)
        return None


def read_rows(
    rows: Iterable[ExampleRow], policy: Policy, *, issues: Iterable[Issue] = ()
) -> tuple[Example, ...]:
    """Make examples of the rows of a table.

    Args:
        rows: The rows.
        policy: The policy they belong to.
        issues: What is wrong with the table as a whole.

    Raises:
        InputError: Something is wrong with the table or a row; every issue at once.
    """
    held = list(rows)
    found = [*issues, *(_told(issue) for row in held for issue in row.issues)]
    place = _places(held)
    damaged = {at for at, row in enumerate(held) if row.issues}
    reader = ExamplesReader(policy, place, damaged=damaged)
    entries = [_entry(row, at, policy) for at, row in enumerate(held)]
    examples = reader.read({"examples": entries}) if entries else ()
    # An id that stands twice was told already, of both rows.
    found += [issue for issue in reader.issues if issue.code != "KNJ606"]
    if found:
        raise InputError(sorted(found, key=_order))
    return examples


def _told(issue: Issue) -> Issue:
    """Tell of a cell that is no number what an expectation may hold besides numbers."""
    is_expected = issue.code == "KNJ520" and issue.path.startswith(_EXPECT)
    return replace(issue, code="KNJ623") if is_expected else issue


def _entry(row: ExampleRow, place: int, policy: Policy) -> Tree:
    parts: dict[str, dict[str, Tree]] = {"record": {}, "expect": {}, "variant": {}}
    title: Tree = None
    for key, value in row.record.items():
        if value is None or key == _ID:
            continue
        plain = _plain(value)
        if key == _TITLE:
            title = plain
        elif key.startswith(_EXPECT):
            name = key.removeprefix(_EXPECT)
            parts["expect"][name] = _codes(plain) if name in CODES else plain
        elif key.startswith(_VARIANT):
            name = key.removeprefix(_VARIANT)
            parts["variant"][name] = _option(policy, name, plain)
        else:
            parts["record"][key] = plain
    entry: dict[str, Tree] = {"id": row.id or f"–{place}", **parts}
    if title is not None:
        entry["title"] = title
    return entry


def _plain(value: object) -> Tree:  # noqa: PLR0911 - one line a type
    """Give a value as an examples file would hold it."""
    match value:
        case _Nothing():
            return None
        case bool() | str():
            return value
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case list():
            return [
                {key: _plain(cell) for key, cell in item.items() if cell is not None}
                for item in value
            ]
    return str(value)


def _codes(plain: Tree) -> Tree:
    if not isinstance(plain, str):
        return []
    return [code.strip() for code in plain.split(CODE_SEPARATOR)]


def _option(policy: Policy, name: str, plain: Tree) -> Tree:
    """Find the option that a cell means, by id or by title, as labels are found."""
    options = policy.model.choices[name].options or {}
    if plain not in options:
        for option, model in options.items():
            if plain in {model.title.in_language(lang) for lang in LANGUAGES}:
                return option
    return plain


def _places(rows: Sequence[ExampleRow]) -> Callable[[PartPath], Where]:
    def place(path: PartPath) -> Where:
        _, at, *rest = path
        name = _key_of(rest)
        issue = rows[cast("int", at)].locate(Issue(code="", path=name))
        return Where(name, issue.file, issue.line, None, issue.cell)

    return place


def _key_of(rest: Sequence[str | int]) -> str:
    """Give the key of a column, or the path of an item's field; the id stands for the row."""
    match rest:
        case ["record", name, item, field]:
            return f"{name}[{item}].{field}"
        case ["expect" | "variant" as part, name, *_]:
            return f"{part}.{name}"
    return _ID


def _order(issue: Issue) -> tuple[object, ...]:
    """Order issues by file and row, as a reader meets them."""
    cell = _CELL.match(issue.cell or "")
    if cell is None:
        return issue.file or "", "", issue.line or 0, 0, "", issue.path
    row = issue.line or int(cell["row"])
    column = cell["column"]
    return issue.file or "", cell["sheet"], row, len(column), column, issue.path


# Words.


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _named(key: str) -> str:
    """Name what a column means, as an examples file would: `record.capaian`, `expect.nilai`."""
    if key in (_ID, _TITLE):
        return key.rpartition(".")[2]
    return key if key.startswith((_EXPECT, _VARIANT)) else f"record.{key}"


def _nothing(text: str) -> object:
    return NOTHING if text == NOTHING_WORD else None


def _ratio(text: str) -> object:
    return Fraction(text) if _RATIO.match(text) else None


def _ratio_or_nothing(text: str) -> object:
    value = _nothing(text)
    return _ratio(text) if value is None else value
