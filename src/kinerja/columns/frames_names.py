"""Columns found by their names.

What lives here: names that are no text, that stand twice or not at all, and what is refused for it. What
never comes in: the values of columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NoReturn

from kinerja.errors import InputError, Issue, quoted

__all__ = ["by_name", "needs_items", "one_position"]


def by_name(names: Iterable[object]) -> dict[str, tuple[int, ...]]:
    """Give the places of each column name; a name that is no text counts as its text.

    Where that text is the name of a column too, the column whose name is text has it.
    """
    texts: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        if isinstance(name, str):
            texts.setdefault(name, []).append(place)
        else:
            others.setdefault(str(name), []).append(place)
    return {name: tuple(places) for name, places in {**others, **texts}.items()}


def one_position(places: Mapping[str, tuple[int, ...]], name: str) -> int:
    """Find the place of a column.

    Raises:
        InputError: There is no such column, or more than one.
    """
    found = places.get(name, ())
    if len(found) == 1:
        return found[0]
    if found:
        details = {"found": quoted(name), "count": str(len(found))}
        raise InputError([Issue(code="KNJ452", path=name, details=details)])
    details = {"expected": quoted(name)}
    raise InputError([Issue(code="KNJ454", path=name, details=details)])


def needs_items(name: str, found: object) -> NoReturn:
    """Refuse a list column whose items have no fields.

    Raises:
        InputError: Always.
    """
    details = {"found": quoted(str(found))}
    raise InputError([Issue(code="KNJ456", path=name, details=details)])
