"""Values as plain data that JSON can carry, and back.

What lives here: the writing and reading of frozen values by their declared fields, of texts in two
languages, and of exact numbers as decimal text. What never comes in: which values are stored; files.

A field that holds its default is left out, a text that reads the same in both languages is one string, and
a number is text such as `"81.25"` or `"2/37"`; `numbers` beside the values says which texts are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from kinerja.errors import InputError, Issue, nearest, quoted
from kinerja.result.result import Scalar
from kinerja.words import LANGUAGES, Text

__all__ = ["SCHEMA", "Reading", "scalars_to_plain", "write"]

#: Number of the stored form; it changes when older readers could no longer read it.
SCHEMA: Final = 1
#: Deepest nesting that is read.
DEEPEST: Final = 40
#: Longest number that is read.
LONGEST: Final = 100_000

_DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_RATIO: Final = re.compile(r"(-?[0-9]+)/([0-9]+)\Z")
#: Fields that are written even where they hold their default.
_ALWAYS: Final = frozenset({"status"})


# Writing.


def write(value: object) -> object:
    """Give a frozen value, and everything in it, as plain data."""
    if isinstance(value, Text):
        return value.id if value.id == value.en else {"id": value.id, "en": value.en}
    if isinstance(value, tuple):
        return [write(part) for part in value]
    if not is_dataclass(value):
        return value
    plain: dict[str, object] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if isinstance(held, Mapping):
            plain[field.name], plain["numbers"] = scalars_to_plain(held)
        elif field.name in _ALWAYS or held != _default(field):
            plain[field.name] = write(held)
    return plain


def scalars_to_plain(
    values: Mapping[str, Scalar],
) -> tuple[dict[str, str | bool | None], list[str]]:
    """Give values as plain data, and the names of those whose text is a number."""
    plain = {name: _scalar_to_plain(value) for name, value in values.items()}
    numbers = [name for name, value in values.items() if isinstance(value, (Decimal, Fraction))]
    return plain, numbers


def _scalar_to_plain(value: Scalar) -> str | bool | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        # Through Decimal: str(int) refuses numbers of more than 4,300 digits.
        return f"{Decimal(value.numerator):f}/{Decimal(value.denominator):f}"
    return value


def _default(field: Field[object]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


# Reading.


class Reading:
    """One reading of stored data; `issues` holds everything that is wrong.

    Every method gives what was read, or a stand-in after an issue; `finish` raises when there are any.
    """

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def finish(self) -> None:
        """Stop when anything is wrong.

        Raises:
            InputError: With every issue.
        """
        if self.issues:
            raise InputError(self.issues)

    def refuse(self, code: str, path: str, **details: str) -> None:
        """Note that something is wrong."""
        self.issues.append(Issue(code=code, path=path, details=details))

    def stored(self, data: object, path: str) -> Mapping[str, object] | None:
        """Check that data is a stored form this version knows; give it without its number."""
        if not isinstance(data, Mapping) or "schema" not in data:
            self.refuse("KNJ440", path, found=_shown(data))
            return None
        schema = data["schema"]
        if type(schema) is not int or schema != SCHEMA:
            self.refuse("KNJ441", _join(path, "schema"), found=_shown(schema), expected=str(SCHEMA))
            return None
        return {key: value for key, value in data.items() if key != "schema"}

    def keyed(
        self, data: object, path: str, known: Mapping[str, bool]
    ) -> Mapping[str, object] | None:
        """Check the keys of an object.

        Args:
            data: What should be the object.
            path: Where it stands.
            known: Its keys, and whether each must be there.
        """
        if not isinstance(data, Mapping):
            self.refuse("KNJ444", path, found=_shown(data), expected="object")
            return None
        for key in data:
            if key not in known:
                near = nearest(key, known) if isinstance(key, str) else None
                self.refuse("KNJ443", path, found=_shown(key), expected=near or ", ".join(known))
        for key, is_required in known.items():
            if is_required and key not in data:
                self.refuse("KNJ442", path, expected=quoted(key))
        return data

    def value(  # noqa: PLR0911 - one line a kind of type
        self, hint: object, data: object, path: str, depth: int = 0
    ) -> object:
        """Read data as a type: a frozen value, a tuple, a text, a literal or a plain one."""
        if depth > DEEPEST:
            self.refuse("KNJ449", path, expected=str(DEEPEST))
            return None
        origin, args = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            inner = next(arg for arg in args if arg is not NoneType)
            return None if data is None else self.value(inner, data, path, depth)
        if origin is Literal:
            if not isinstance(data, str) or data not in args:
                self.refuse("KNJ445", path, found=_shown(data), expected=", ".join(args))
            return data
        if origin is tuple:
            return tuple(self._items(args, data, path, depth))
        if hint is Text:
            return self._text(data, path)
        if is_dataclass(hint):
            return self._dataclass(cast("type[object]", hint), data, path, depth)
        if type(data) is not hint:
            self.refuse("KNJ444", path, found=_shown(data), expected=_JSON[hint])
        return data

    def _items(
        self, args: tuple[object, ...], data: object, path: str, depth: int
    ) -> Iterator[object]:
        is_open = args[-1] is Ellipsis
        if not isinstance(data, (list, tuple)) or not (is_open or len(data) == len(args)):
            expected = "array" if is_open else f"array ({len(args)})"
            self.refuse("KNJ444", path, found=_shown(data), expected=expected)
            return
        for place, item in enumerate(data):
            yield self.value(args[0 if is_open else place], item, f"{path}[{place}]", depth + 1)

    def _text(self, data: object, path: str) -> Text:
        if isinstance(data, str):
            return Text.same(data)
        if not isinstance(data, Mapping):
            self.refuse("KNJ444", path, found=_shown(data), expected="string, object (id, en)")
            return Text.same("")
        self.keyed(data, path, dict.fromkeys(LANGUAGES, True))
        parts = (self.value(str, data.get(lang, ""), _join(path, lang)) for lang in LANGUAGES)
        return Text(*cast("Iterator[str]", parts))

    def _dataclass(self, cls: type[object], data: object, path: str, depth: int) -> object:
        hints = _hints(cls)  # type: ignore[arg-type] # mypy takes no class for hashable
        known = {name: is_required for name, (_, is_required) in hints.items()}
        tables = [name for name, (hint, _) in hints.items() if get_origin(hint) is _MAPPING]
        found = self.keyed(data, path, known | dict.fromkeys(["numbers"] if tables else [], False))
        if found is None:
            return None
        read: dict[str, object] = {
            name: self.value(hint, found[name], _join(path, name), depth + 1)
            for name, (hint, _) in hints.items()
            if name in found and name not in tables
        }
        for name in tables:
            values = self.scalars(found.get(name, {}), _join(path, name))
            numbers = found.get("numbers", [])
            self.numbers(numbers, _join(path, "numbers"), {_join(path, name): values})
            read[name] = values
        if self.issues:
            return None
        try:
            return cls(**read)
        except ValueError:
            self.refuse("KNJ444", path, found=_shown(data), expected=cls.__name__)
            return None

    def scalars(self, data: object, path: str) -> dict[str, Scalar]:
        """Read values, numbers still as text."""
        if not isinstance(data, Mapping):
            self.refuse("KNJ444", path, found=_shown(data), expected="object")
            return {}
        values: dict[str, Scalar] = {}
        for name, value in data.items():
            if not isinstance(name, str):
                self.refuse("KNJ444", path, found=_shown(name), expected="string")
            elif value is None or isinstance(value, (str, bool)):
                values[name] = value
            else:
                expected = "string, true, false, null"
                self.refuse("KNJ444", _join(path, name), found=_shown(value), expected=expected)
        return values

    def numbers(self, data: object, path: str, tables: Mapping[str, dict[str, Scalar]]) -> None:
        """Turn the texts that are numbers into numbers.

        Args:
            data: Names of the numbers.
            path: Where the names stand.
            tables: Values, changed in place, by the path where they stand.
        """
        for name in cast("tuple[object, ...]", self.value(tuple[str, ...], data, path)):
            if not isinstance(name, str):
                continue
            place = next((p for p, v in tables.items() if isinstance(v.get(name), str)), None)
            if place is None:
                self.refuse("KNJ447", path, found=quoted(name))
            else:
                text = cast("str", tables[place][name])
                tables[place][name] = self._number(text, _join(place, name))

    def _number(self, text: str, path: str) -> Decimal | Fraction | None:
        if len(text) <= LONGEST:
            if _DECIMAL.match(text):
                return Decimal(text)
            ratio = _RATIO.match(text)
            if ratio and ratio[2].strip("0"):
                return Fraction(int(Decimal(ratio[1])), int(Decimal(ratio[2])))
        self.refuse("KNJ446", path, found=quoted(text))
        return None

    def json(self, data: object, path: str, depth: int = 0) -> object:
        """Copy data that JSON can carry; a number stands there as text, never as a float."""
        if depth > DEEPEST:
            self.refuse("KNJ449", path, expected=str(DEEPEST))
        elif isinstance(data, Mapping):
            for key in data:
                if not isinstance(key, str):
                    self.refuse("KNJ444", path, found=_shown(key), expected="string")
            return {
                key: self.json(part, _join(path, key), depth + 1)
                for key, part in data.items()
                if isinstance(key, str)
            }
        elif isinstance(data, (list, tuple)):
            return [self.json(part, f"{path}[{p}]", depth + 1) for p, part in enumerate(data)]
        elif isinstance(data, float):
            self.refuse("KNJ446", path, found=_shown(data))
        elif data is not None and not isinstance(data, (str, int)):
            expected = "string, true, false, null, array, object"
            self.refuse("KNJ444", path, found=_shown(data), expected=expected)
        return data


#: JSON's names of plain types.
_JSON: Final[dict[object, str]] = {str: "string", bool: "true, false", int: "number"}
_MAPPING: Final = get_origin(Mapping[str, object])


@cache
def _hints(cls: type[object]) -> dict[str, tuple[object, bool]]:
    """Give the type of each field, and whether it must be there."""
    hints = get_type_hints(cls, localns={"Scalar": object})
    return {
        field.name: (hints[field.name], _default(field) is MISSING)
        for field in fields(cls)  # type: ignore[arg-type]
    }


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(data: object) -> str:
    """Quote data in the terms of JSON; what may be large or deep is only named."""
    if isinstance(data, str):
        return quoted(data)
    if data is None or isinstance(data, bool):
        return {None: "null", True: "true", False: "false"}[data]
    if isinstance(data, float):
        return repr(data)
    if isinstance(data, int):
        # repr of an int refuses more than 4,300 digits.
        return quoted(format(Decimal(data), "f"))
    if isinstance(data, Mapping):
        keys = ", ".join(key for key in data if isinstance(key, str))
        return f"object {quoted(keys)}"
    return "array" if isinstance(data, (list, tuple)) else type(data).__name__
