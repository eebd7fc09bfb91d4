"""Changes of a record by name: which input or item is meant, and the record with other values there.

What lives here: reading the names of what is changed, and everything that can be wrong with them. What
never comes in: whether a value fits its input; `read` judges that, for a changed record as for any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kinerja.errors import Issue, quoted, unknown_name
from kinerja.formula.types import ListType, ValueType
from kinerja.scorer.advice import ValuePlace
from kinerja.scorer.graph import read_by
from kinerja.scorer.program import Program

__all__ = ["changed_record", "read_places", "type_at"]

#: `butir[2].nilai`; items are counted from 0, as in the paths of issues.
_ITEM: Final = re.compile(
    r"(?P<list>[^\[\].]+)\[(?P<item>0|[1-9][0-9]{0,8})\]\.(?P<field>[^\[\].]+)\Z"
)
#: A name that goes on as if it meant an item.
_GOES_ON: Final = re.compile(r"(?P<list>[^\[\].]+)[\[.]")
#: Most inputs that are named where someone tries to change a step.
MOST_NAMED: Final = 9


def read_places(
    program: Program, paths: Mapping[str, object]
) -> tuple[dict[str, ValuePlace], list[Issue]]:
    """Find what is meant by the names of changes.

    Args:
        program: The program whose inputs are meant.
        paths: Names of inputs, or `list[place].field`, as keys.

    Returns:
        The places by name, and an issue for each name that means none.
    """
    found: dict[str, ValuePlace] = {}
    issues: list[Issue] = []
    for path in paths:
        place = _place(program, path)
        if isinstance(place, Issue):
            issues.append(place)
        else:
            found[path] = place
    wholes = {place.name for place in found.values() if place.item is None}
    items = dict.fromkeys(place.name for place in found.values() if place.item is not None)
    both = [name for name in items if name in wholes]
    for name in both:
        issues.append(Issue(code="KNJ647", path=name, details={"found": quoted(name)}))
        found = {path: at for path, at in found.items() if at.item is None or at.name != name}
    return found, issues


def type_at(program: Program, place: ValuePlace) -> ValueType:
    """Give the type of a value that may be changed."""
    kind = _types(program)[place.name]
    if place.field is None or not isinstance(kind, ListType):
        return kind
    return kind.fields[place.field]


def changed_record(
    record: Mapping[str, object], places: Mapping[str, ValuePlace], changes: Mapping[str, object]
) -> tuple[dict[str, object], list[Issue]]:
    """Put other values into a copy of a record.

    Args:
        record: The record; its lists are lists of mappings.
        places: What is changed, as `read_places` gives it.
        changes: The new values by the same names.

    Returns:
        The changed record, and an issue for each item that is not there.
    """
    changed = dict(record)
    issues: list[Issue] = []
    own: set[str] = set()
    for path, place in places.items():
        if place.item is None or place.field is None:
            changed[place.name] = changes[path]
            continue
        if place.name not in own:
            own.add(place.name)
            held = changed.get(place.name)
            changed[place.name] = list(held) if isinstance(held, list) else held
        items = changed[place.name]
        if not isinstance(items, list) or place.item >= len(items):
            issues.append(_no_item(path, place, len(items) if isinstance(items, list) else 0))
        elif isinstance(items[place.item], Mapping):
            items[place.item] = {**items[place.item], place.field: changes[path]}
    return changed, issues


def _types(program: Program) -> dict[str, ValueType]:
    return {declared.name: declared.type for declared in program.inputs}


def _place(program: Program, path: object) -> ValuePlace | Issue:
    types = _types(program)
    if isinstance(path, str) and path in types:
        return ValuePlace(name=path)
    item = _ITEM.match(path) if isinstance(path, str) else None
    if item is not None:
        return _item_place(program, types, str(path), item)
    begun = _GOES_ON.match(path) if isinstance(path, str) else None
    if isinstance(path, str) and begun is None:
        return _unknown(program, types, path)
    name = "" if begun is None else begun["list"]
    kind = types.get(name)
    if kind is not None and not isinstance(kind, ListType):
        return _not_a_list(str(path), name)
    if name and kind is None:
        return _unknown(program, types, name, path=str(path))
    details = {"found": quoted(path), "expected": quoted(_sample(types, str(path), name))}
    return Issue(code="KNJ645", path=str(path), details=details)


def _item_place(
    program: Program, types: Mapping[str, ValueType], path: str, item: re.Match[str]
) -> ValuePlace | Issue:
    name, field = item["list"], item["field"]
    kind = types.get(name)
    if kind is None:
        return _unknown(program, types, name, path=path)
    if not isinstance(kind, ListType):
        return _not_a_list(path, name)
    if field not in kind.fields:
        return unknown_name("KNJ641", path, field, kind.fields)
    return ValuePlace(name=name, item=int(item["item"]), field=field)


def _sample(types: Mapping[str, ValueType], path: str, name: str) -> str:
    """Give a name as it is written: what was begun, as far as there is such a list and such a field."""
    kind = types.get(name)
    if not isinstance(kind, ListType):
        return next(iter(types), "")
    ended = path.rpartition(".")[2]
    return f"{name}[0].{ended if ended in kind.fields else next(iter(kind.fields))}"


def _unknown(
    program: Program, types: Mapping[str, ValueType], name: str, *, path: str | None = None
) -> Issue:
    where = name if path is None else path
    steps = {step.name: step for step in program.steps}
    if name not in steps:
        return unknown_name("KNJ640", where, name, types)
    below = {name}
    for step in reversed(program.steps):
        if step.name in below:
            below.update(read_by(step))
    inputs = [key for key in types if key in below]
    shown = ", ".join([*inputs[:MOST_NAMED], *(["…"] if len(inputs) > MOST_NAMED else [])]) or "–"
    return Issue(code="KNJ644", path=where, details={"found": quoted(name), "expected": shown})


def _not_a_list(path: str, name: str) -> Issue:
    return Issue(code="KNJ646", path=path, details={"found": quoted(name)})


def _no_item(path: str, place: ValuePlace, count: int) -> Issue:
    details = {"found": f"[{place.item}]", "count": str(count)}
    if not count:
        return Issue(code="KNJ643", path=path, details=details)
    last = "[0]" if count == 1 else f"[0]–[{count - 1}]"
    return Issue(code="KNJ642", path=path, details={**details, "expected": last})
