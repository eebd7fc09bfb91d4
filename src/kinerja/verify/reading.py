"""Reading examples: a record and what it must give, checked against the policy before anything runs.

What lives here: the shape of an examples file, and every fault in it at once with its place. What never
comes in: scoring. The file:

Examples:
      - id: tepat-target
        title: semua target tercapai        # may be left out
        variant: {pembulatan: bulat}        # may be left out
        record: {target: 12, realisasi: 12}
        expect: {nilai: 100, predikat: baik}

`expect` names steps, published or not, each with its value; `null` is a missing value. Beside steps it may
hold `status`, `reasons` (codes of reasons) or, alone, `error` (codes of the issues that refuse the record).
Examples that stand in a table are brought into this shape by `tables`, and looked through here as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from kinerja.errors import InputError, Issue, PolicyError, nearest, quoted, sort_issues
from kinerja.exact import NotANumberError, exact
from kinerja.formula.types import DateType, FlagType, ItemType, LabelType, ListType, NumberType
from kinerja.policy import Policy
from kinerja.policy.read import fit_policy
from kinerja.policy.source import Source, Tree, read_yaml
from kinerja.scorer import Program

__all__ = [
    "CODES",
    "STATUS",
    "Example",
    "ExamplesReader",
    "Expected",
    "PartPath",
    "Wanted",
    "Where",
    "read_examples",
]

#: Keys of `expect` that are no steps.
STATUS: Final = "status"
CODES: Final = ("reasons", "error")
_STATES: Final = ("complete", "incomplete")
_KEYS: Final = ("id", "title", "variant", "record", "expect")

#: What a step must give: a number, a label by id, a text, a day as ISO text, a flag, or `None` for missing;
#: for `reasons` and `error` their codes.
Wanted: TypeAlias = "Fraction | str | bool | tuple[str, ...] | None"
PartPath: TypeAlias = "tuple[str | int, ...]"


#: Largest file of examples, in bytes: some thousands, read in some seconds.
MOST_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One thing that an example expects.

    Attributes:
        key: A step, `status`, `reasons` or `error`.
        value: What it must be.
        line: Line in the examples file.
        column: Column in that line.
        cell: Cell of a table.
    """

    key: str
    value: Wanted
    line: int | None = None
    column: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A record and what it must give.

    Attributes:
        id: Name, unique in its file.
        title: What it shows; may be empty.
        variant: Option taken for each choice of the policy.
        record: The record; numbers are text as they were written.
        expect: What it must give, in file order.
        program: The policy in this variant.
        line: Line in the examples file.
        column: Column in that line.
        cell: Cell of its id, in a table.
    """

    id: str
    title: str
    variant: Mapping[str, str]
    record: Mapping[str, Tree]
    expect: tuple[Expected, ...]
    program: Program
    line: int | None = None
    column: int | None = None
    cell: str | None = None


class Where(NamedTuple):
    """Where a part of an example stands.

    Attributes:
        path: How issues name it.
        file: The file.
        line: Line of the file.
        column: Column in that line.
        cell: Cell of a table.
        own: The part itself stands there, not only what it is a part of.
    """

    path: str
    file: str | None
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    own: bool = True


def read_examples(path: Path, policy: Policy) -> tuple[Example, ...]:
    """Read a file of examples.

    Args:
        path: A YAML file.
        policy: The policy they belong to; an example may take other options of its choices.

    Raises:
        InputError: The file cannot be read, or examples are written wrongly; every issue at once.
    """
    try:
        source = read_yaml(path, most=MOST_BYTES, too_large="KNJ624")
    except PolicyError as error:
        raise InputError(error.issues) from None
    reader = ExamplesReader(policy, _places(source))
    examples = reader.read(source.tree)
    if reader.issues:
        raise InputError(sort_issues(reader.issues))
    return examples


def _places(source: Source) -> Callable[[PartPath], Where]:
    def place(path: PartPath) -> Where:
        for length in range(len(path), -1, -1):
            part = path[:length]
            found = source.keys.get(part) or source.values.get(part)
            if found is not None:
                own = length == len(path)
                return Where(_dotted(path), source.file, *found, own=own)
        return Where(_dotted(path), source.file, own=False)

    return place


class _ReadError(Exception):
    """The part at hand cannot be used; its issue has been noted."""


@dataclass(slots=True)
class ExamplesReader:
    """One reading of examples; `issues` holds everything that is wrong.

    Attributes:
        policy: The policy they belong to.
        place: Gives the place of a part, by its path in the shape of an examples file.
        damaged: Places of examples that lack parts whose faults are told elsewhere.
        issues: What is wrong.
        programs: The policy in each variant that was asked for.
        ids: Lines of the ids.
    """

    policy: Policy
    place: Callable[[PartPath], Where]
    damaged: Collection[int] = ()
    issues: list[Issue] = field(default_factory=list)
    programs: dict[tuple[tuple[str, str], ...], Program | None] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def read(self, tree: Tree) -> tuple[Example, ...]:
        """Read examples in the shape of an examples file."""
        if not isinstance(tree, dict) or "examples" not in tree:
            self._refuse("KNJ601", ())
            return ()
        for key in tree:
            self._known(key, ("examples",), (key,))
        entries = tree["examples"]
        if not isinstance(entries, list) or not entries:
            self._refuse("KNJ602", ("examples",))
            return ()
        return tuple(
            example
            for place, entry in enumerate(entries)
            if (example := self._example(entry, ("examples", place))) is not None
        )

    def _example(self, entry: Tree, path: PartPath) -> Example | None:
        if not isinstance(entry, dict):
            self._wrong_shape(entry, "{…}", path)
            return None
        for key in entry:
            self._known(key, _KEYS, (*path, key))
        for key in ("id", "record", "expect"):
            if key not in entry:
                self._refuse("KNJ604", path, expected=quoted(key))
        name = self._name(entry, path)
        title = self._text(entry.get("title", ""), (*path, "title"))
        variant = self._variant(entry.get("variant"), (*path, "variant"))
        program = None if variant is None else self._program(variant, (*path, "variant"))
        record = self._mapping(entry.get("record", {}), (*path, "record"))
        expect = self._mapping(entry.get("expect", {}), (*path, "expect"))
        wanted: tuple[Expected, ...] = ()
        if program is not None:
            self._check_record(record or {}, program, (*path, "record"))
            if expect is not None and "expect" in entry:
                wanted = self._expectations(expect, program, (*path, "expect"))
        if program is None or record is None or not wanted:
            return None
        where = self.place(path)
        return Example(
            id=name,
            title=title,
            variant={**self.policy.variant, **(variant or {})},
            record=record,
            expect=wanted,
            program=program,
            line=where.line,
            column=where.column,
            cell=where.cell,
        )

    def _name(self, entry: dict[str, Tree], path: PartPath) -> str:
        written = entry.get("id", "–")
        name = self._text(written, (*path, "id")).strip()
        if written == "":
            self._wrong_shape(written, "“…”", (*path, "id"))
        elif name in self.ids:
            first = str(self.ids[name])
            self._refuse("KNJ606", (*path, "id"), found=quoted(name), first=first)
        elif name and "id" in entry:
            self.ids[name] = self.place((*path, "id")).line or 0
        return name

    # Variants.

    def _variant(self, tree: Tree, path: PartPath) -> dict[str, str] | None:
        if tree is None:
            return {}
        chosen = self._mapping(tree, path)
        if chosen is None:
            return None
        texts = {key: value for key, value in chosen.items() if isinstance(value, str)}
        for key in chosen.keys() - texts.keys():
            self._wrong_shape(chosen[key], "“…”", (*path, key))
        return texts if len(texts) == len(chosen) else None

    def _program(self, variant: Mapping[str, str], path: PartPath) -> Program | None:
        open_figures = [
            name
            for name in sorted(self.policy.assumed - variant.keys())
            if self.policy.model.choices[name].options is None
        ]
        for name in open_figures:
            if path[1] not in self.damaged:
                self._refuse("KNJ619", path, found=quoted(name))
        if open_figures:
            return None
        whole = {**self.policy.variant, **variant}
        if whole == self.policy.variant:
            return self.policy.program
        key = tuple(sorted(whole.items()))
        if key not in self.programs or self.programs[key] is None:
            try:
                self.programs[key] = fit_policy(self.policy.source, whole).program
            except PolicyError as error:
                self.programs[key] = None
                self._refuse_variant(error, path)
        return self.programs[key]

    def _refuse_variant(self, error: PolicyError, path: PartPath) -> None:
        unknown = [
            issue
            for issue in error.issues
            if issue.code in ("KNJ112", "KNJ223", "KNJ225", "KNJ227")
        ]
        for issue in unknown:
            name = issue.path.removeprefix("choices").removeprefix(".")
            place = next(
                (
                    (*path, key)
                    for key in (name, issue.details["found"].strip('"'))
                    if self.place((*path, key)).own
                ),
                path,
            )
            self._refuse(issue.code, place, **issue.details)
        if not unknown:
            self._refuse("KNJ618", path, count=str(len(error.issues)))

    # Records.

    def _check_record(self, record: Mapping[str, Tree], program: Program, path: PartPath) -> None:
        kinds = {declared.name: declared.type for declared in program.inputs}
        for name, value in record.items():
            kind = kinds.get(name)
            if kind is None:
                if name != "id":
                    self._unknown("KNJ612", name, kinds, (*path, name))
            elif isinstance(kind, ListType) and isinstance(value, list):
                for place, item in enumerate(value):
                    for key in item if isinstance(item, dict) else ():
                        if key not in kind.fields:
                            where = (*path, name, place, key)
                            self._unknown("KNJ613", key, kind.fields, where)

    # Expectations.

    def _expectations(
        self, expect: Mapping[str, Tree], program: Program, path: PartPath
    ) -> tuple[Expected, ...]:
        if not expect and path[1] not in self.damaged:
            self._refuse("KNJ615", path)
        if "error" in expect and len(expect) > 1:
            self._refuse("KNJ614", (*path, "error"))
        steps: dict[str, ItemType] = {s.name: s.type for s in program.steps if s.over is None}
        per_item = {s.name: s.over for s in program.steps if s.over is not None}
        found: list[Expected] = []
        for key, tree in expect.items():
            part = (*path, key)
            if key in per_item:
                details = {"found": quoted(key), "list": quoted(str(per_item[key]))}
                self._refuse("KNJ616", part, **details)
            elif key not in steps and key not in (STATUS, *CODES):
                self._unknown("KNJ607", key, [name for name in steps if "." not in name], part)
            else:
                at = self.place(part)
                try:
                    value = self._wanted(key, tree, steps.get(key), part)
                except _ReadError:
                    continue
                found.append(
                    Expected(key=key, value=value, line=at.line, column=at.column, cell=at.cell)
                )
        return tuple(found)

    def _wanted(self, key: str, tree: Tree, kind: ItemType | None, path: PartPath) -> Wanted:
        if key == STATUS:
            if tree in _STATES:
                return str(tree)
            raise self._stop("KNJ605", path, found=_shown(tree), expected=", ".join(_STATES))
        if kind is None:
            codes = tree if isinstance(tree, list) else [tree]
            if all(isinstance(code, str) and code for code in codes):
                return tuple(str(code) for code in codes)
            raise self._stop("KNJ605", path, found=_shown(tree), expected="[…]")
        if tree is None:
            return None
        if isinstance(tree, (dict, list)):
            raise self._stop("KNJ605", path, found=_shown(tree), expected="“…”, null")
        return self._value(tree, kind, path)

    def _value(self, tree: Tree, kind: ItemType, path: PartPath) -> Wanted:
        if isinstance(kind, FlagType):
            if isinstance(tree, bool):
                return tree
            raise self._stop("KNJ610", path, found=_shown(tree))
        text = tree if isinstance(tree, str) else str(tree).lower()
        match kind:
            case NumberType():
                try:
                    return exact(text)
                except NotANumberError:
                    raise self._stop("KNJ608", path, found=_shown(tree)) from None
            case LabelType():
                label = kind.scale.find(text.strip())
                if label is None:
                    raise self._unknown("KNJ609", text, kind.scale.ids, path)
                return label
            case DateType():
                try:
                    return date.fromisoformat(text.strip()).isoformat()
                except ValueError:
                    raise self._stop("KNJ611", path, found=_shown(tree)) from None
        return text.strip()

    # Shapes and issues.

    def _known(self, key: str, known: Collection[str], path: PartPath) -> None:
        if key not in known:
            self._unknown("KNJ603", key, known, path)

    def _mapping(self, tree: Tree, path: PartPath) -> dict[str, Tree] | None:
        if isinstance(tree, dict):
            return tree
        self._wrong_shape(tree, "{…}", path)
        return None

    def _text(self, tree: Tree, path: PartPath) -> str:
        if isinstance(tree, str):
            return tree
        self._wrong_shape(tree, "“…”", path)
        return ""

    def _wrong_shape(self, tree: Tree, expected: str, path: PartPath) -> None:
        self._refuse("KNJ605", path, found=_shown(tree), expected=expected)

    def _unknown(self, code: str, name: str, known: Collection[str], path: PartPath) -> _ReadError:
        near = nearest(name, known)
        shown = ", ".join(_first(known)) or "–"
        details = {"expected": shown, "nearest": quoted(near) if near else shown}
        return self._stop(code, path, found=quoted(name), **details)

    def _stop(self, code: str, path: PartPath, **details: str) -> _ReadError:
        self._refuse(code, path, **details)
        return _ReadError()

    def _refuse(self, code: str, path: PartPath, **details: str) -> None:
        at = self.place(path)
        self.issues.append(
            Issue(
                code=code,
                path=at.path,
                details=details,
                file=at.file,
                line=at.line,
                column=at.column,
                cell=at.cell,
            )
        )


#: Names shown of those that are known.
_SHOWN: Final = 12


def _first(known: Collection[str]) -> Iterator[str]:
    for place, name in enumerate(known):
        if place == _SHOWN:
            yield "…"
            return
        yield name


def _shown(tree: Tree) -> str:
    match tree:
        case None:
            return "null"
        case bool():
            return str(tree).lower()
        case dict():
            return "{…}"
        case list():
            return "[…]"
    return quoted(tree)


def _dotted(path: PartPath) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
