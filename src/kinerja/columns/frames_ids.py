"""Rows that belong together by their id.

What lives here: the rows of one frame found by the ids of another, and ids that stand twice. What never
comes in: what the rows hold besides.

Whole numbers are looked up in arrays, texts by the frame library itself, everything else as Python values.
All of it slice by slice, so that beside the result only what is looked up in stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_numbers import NUMBERS, NumberIndex, Rows, whole_numbers
from kinerja.columns.parts import Coded, Numbers, Objects, Part

if TYPE_CHECKING:
    from kinerja.columns.frames import Frame

__all__ = ["duplicate_ids", "join_rows", "owners_of"]

#: Rows of texts that are looked up at a time: the libraries prepare every lookup anew.
TEXTS: Final = 1 << 22


def join_rows(owner_frame: Frame, list_frame: Frame, id_column: str = "id") -> Rows:
    """Find for each row of a frame of lists the row that it belongs to.

    Args:
        owner_frame: The frame whose rows are looked up; of equal ids the first counts.
        list_frame: The frame whose rows belong to them, in any order.
        id_column: Name of the column with the ids, in both frames. Whole numbers are equal to whole
            numbers, whatever their type, and texts to texts.

    Returns:
        For each row of `list_frame` the row of `owner_frame`, -1 where its id is unknown or missing.

    Raises:
        InputError: There is no such column, or more than one.
    """
    found = np.empty(list_frame.rows, dtype=np.int32)
    for start, rows in owners_of(owner_frame, list_frame, id_column):
        found[start : start + len(rows)] = rows
    return found


def owners_of(
    owner_frame: Frame, list_frame: Frame, id_column: str = "id"
) -> Iterator[tuple[int, Rows]]:
    """Give what `join_rows` gives in slices from the first row on, each with its first row."""
    # Asked for here, so that a frame without rows lacks its column too.
    owner_frame.part(id_column, 0, 0)
    list_frame.part(id_column, 0, 0)
    length = list_frame.rows
    if not owner_frame.rows:
        yield 0, np.full(length, -1, dtype=np.int32)
        return
    anything = _Anything(owner_frame, id_column)
    numbers = _all_numbers(owner_frame, id_column)
    if numbers is not None:
        by_number = NumberIndex(*numbers)
        for start in range(0, length, NUMBERS):
            part = list_frame.part(id_column, start, min(start + NUMBERS, length))
            rows = by_number.find(part)
            yield start, anything.find(part) if rows is None else rows
        return
    find_texts = owner_frame.text_index(id_column)
    for start in range(0, length, TEXTS):
        stop = min(start + TEXTS, length)
        if type(owner_frame) is type(list_frame) and find_texts is not None:
            rows = find_texts(list_frame.texts(id_column, start, stop))
            if rows is not None:
                yield start, rows
                continue
        for at in range(start, stop, NUMBERS):
            end = min(at + NUMBERS, stop)
            yield at, anything.find(list_frame.part(id_column, at, end))


def duplicate_ids(frame: Frame, id_column: str = "id") -> NDArray[np.bool_] | None:
    """Mark the rows whose id stands in another row too; a missing id is equal to none.

    Args:
        frame: The frame.
        id_column: Name of its column with the ids.

    Returns:
        `True` for each of them; `None` if there are none.

    Raises:
        InputError: There is no such column, or more than one.
    """
    first = join_rows(frame, frame, id_column)
    own = np.arange(frame.rows, dtype=np.int32)
    again: NDArray[np.bool_] = (first >= 0) & (first != own)
    if not again.any():
        return None
    again[first[again]] = True
    return again


def _all_numbers(frame: Frame, name: str) -> tuple[NDArray[np.int64], Rows | None] | None:
    """Give every id of a frame that is not missing, and its row; `None` if not all are whole numbers."""
    # The column is asked for as a whole, which is a view of it, once its first row is a number.
    if whole_numbers(frame.part(name, 0, 1)) is None:
        return None
    part = frame.part(name, 0, frame.rows)
    whole = whole_numbers(part) if isinstance(part, Numbers) else None
    if whole is None:
        return None
    values, missing = whole
    if missing is None:
        return values, None
    return values[~missing], np.flatnonzero(~missing).astype(np.int32)


class _Anything:
    """Rows by an id of any type, as Python values; made when it is needed."""

    def __init__(self, frame: Frame, name: str) -> None:
        self._frame = frame
        self._name = name
        self._rows: dict[object, int] | None = None

    def find(self, part: Part) -> Rows:
        """Find the rows of ids."""
        if self._rows is None:
            self._rows = {}
            for start in range(0, self._frame.rows, NUMBERS):
                stop = min(start + NUMBERS, self._frame.rows)
                values = _values(self._frame.part(self._name, start, stop))
                for row, value in enumerate(values, start):
                    self._rows.setdefault(value, row)
            self._rows.pop(None, None)
        find = self._rows.get
        if isinstance(part, Coded):
            rows = [find(_key(value), -1) for value in part.values]
            found: Rows = np.array([*rows, -1], dtype=np.int32)[np.maximum(part.codes, -1)]
            return found
        values = _values(part)
        return np.fromiter((find(value, -1) for value in values), np.int32, len(values))


def _values(part: Part) -> list[Any]:
    if isinstance(part, Numbers):
        plain = part.values.tolist()
        if part.missing is not None:
            plain = [None if no else v for v, no in zip(plain, part.missing, strict=True)]
        return [_key(value) for value in plain]
    if isinstance(part, Coded):
        keys = [*map(_key, part.values), None]
        return [keys[code] for code in np.maximum(part.codes, -1).tolist()]
    return [_key(value) for value in part.values] if isinstance(part, Objects) else []


def _key(value: object) -> object:
    """Give what an id is looked up by: `None` for what is missing or can be no id."""
    try:
        hash(value)
        is_nan = bool(value != value)  # noqa: PLR0124 - the definition of NaN
    except Exception:  # noqa: BLE001 - whatever a foreign value raises
        return None
    return None if is_nan else value
