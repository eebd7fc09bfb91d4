"""Mappings from names to arrays or lists as frames.

What lives here: columns that are numpy arrays or Python lists. What never comes in: any frame library.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_forms import from_list, from_numpy, plain, ragged
from kinerja.columns.frames_names import by_name, one_position
from kinerja.columns.parts import (
    Days,
    Figures,
    Flags,
    Labels,
    OutColumn,
    Part,
)
from kinerja.errors import InputError, Issue, quoted

__all__ = ["PlainFrame"]


class PlainFrame:
    """A mapping from column names to arrays or lists of one length.

    Attributes:
        native: The mapping itself.
        rows: How many rows it has.
        names: Names of its columns.
    """

    def __init__(self, native: Mapping[Any, Any]) -> None:
        self.native = native
        self._places = by_name(native)
        self.names: tuple[str, ...] = tuple(self._places)
        self._keys = list(native)
        self._columns = [_column(key, native[key]) for key in self._keys]
        counts = {len(column): key for key, column in zip(self._keys, self._columns, strict=True)}
        if len(counts) > 1:
            found = ", ".join(f"{key}: {count}" for count, key in counts.items())
            raise InputError([Issue(code="KNJ455", details={"found": found})])
        self.rows: int = next(iter(counts), 0)

    def part(self, name: str, start: int, stop: int, fields: Collection[str] = ()) -> Part:
        """Give rows of a column in their form."""
        return _part(self._columns[one_position(self._places, name)][start:stop], fields)

    def at(self, name: str, places: NDArray[Any]) -> Part:
        """Give some rows of a column in their form."""
        column = self._columns[one_position(self._places, name)]
        if isinstance(column, np.ndarray):
            return _part(column[places], ())
        return _part([column[place] for place in places.tolist()], ())

    def record(self, row: int, names: Collection[str]) -> dict[str, object]:
        """Give a row as Python values."""
        return {
            name: _value(self._columns[one_position(self._places, name)], row) for name in names
        }

    def texts(self, name: str, start: int, stop: int) -> None:  # noqa: ARG002 - as in other frames
        """Give nothing: texts are looked up as any other value."""
        return

    def text_index(self, name: str) -> None:  # noqa: ARG002 - as in other frames
        """Give nothing, as `texts`."""
        return

    def build(self, columns: Mapping[str, OutColumn], keep: Sequence[str] = ()) -> dict[str, Any]:
        """Give a mapping of kept columns and new ones: arrays, texts as objects."""
        kept = {name: self.native[self._keys[one_position(self._places, name)]] for name in keep}
        return {**kept, **{name: _out(column) for name, column in columns.items()}}


def _part(column: Any, fields: Collection[str]) -> Part:
    if isinstance(column, np.ndarray) and column.dtype.kind != "O":
        if isinstance(column, np.ma.MaskedArray):
            return from_numpy(column.data, np.ma.getmaskarray(column))
        return from_numpy(column)
    values = list(column)
    return ragged(values, fields) if fields else from_list(values)


def _column(key: object, column: Any) -> Any:
    if not isinstance(column, (np.ndarray, list, tuple)) and hasattr(column, "__array__"):
        column = np.asarray(column)
    if isinstance(column, np.ndarray) and column.ndim == 1:
        return column
    if not isinstance(column, (list, tuple)):
        details = {"found": f"{quoted(str(key))}: {type(column).__name__}"}
        raise InputError([Issue(code="KNJ450", path=str(key), details=details)])
    return column


def _value(column: Any, row: int) -> object:
    value = column[row]
    if isinstance(column, np.ndarray) and column.dtype.kind != "O":
        return None if value is np.ma.masked else plain(value)
    return value


def _out(column: OutColumn) -> NDArray[Any]:
    match column:
        case Figures(values):
            return values
        case Flags(values):
            return _picked(values, (False, True)) if (values < 0).any() else values > 0
        case Days(values, missing):
            days = values.astype("datetime64[D]")
            if missing is not None:
                days[missing] = np.datetime64("NaT")
            return days
        case Labels(codes, texts, _):
            return _picked(codes, texts)
    return _picked(column.codes, column.texts)


def _picked(codes: NDArray[Any], values: Sequence[object]) -> NDArray[Any]:
    words = np.array([*values, None], dtype=object)
    out: NDArray[Any] = words[np.maximum(codes, -1)]
    return out
