"""Whatever frame the caller has, read the same way.

What lives here: what a frame can do, and which reader is for which library. What never comes in: an
import of a library that the caller's frame does not need: the kind of a frame is told by the libraries
that are loaded already.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_ids import duplicate_ids, join_rows, owners_of
from kinerja.columns.parts import OutColumn, Part
from kinerja.errors import InputError, Issue, MissingExtraError

__all__ = ["Frame", "duplicate_ids", "join_rows", "open_frame", "owners_of"]


class Frame(Protocol):
    """A table of any library; reading it is safe from several threads.

    Attributes:
        native: The table itself.
        rows: How many rows it has.
        names: Names of its columns, each once; a name that is no text stands as its text.
    """

    native: Any
    rows: int
    names: tuple[str, ...]

    def part(self, name: str, start: int, stop: int, fields: Collection[str] = ()) -> Part:
        """Give rows of a column in their form, as a view where that is possible.

        Args:
            name: Name of the column.
            start: First row.
            stop: The row after the last.
            fields: For a list, the fields of its items that are wanted; without, lists come as `Objects`,
                and so do they where some item is missing or is none of named fields.

        Raises:
            InputError: There is no such column or more than one, or its items can have no fields.
        """
        ...

    def at(self, name: str, places: NDArray[Any]) -> Part:
        """Give some rows of a column in their form, as a copy.

        Args:
            name: Name of the column.
            places: The rows, in rising order.

        Raises:
            InputError: There is no such column or more than one.
        """
        ...

    def record(self, row: int, names: Collection[str]) -> dict[str, object]:
        """Give a row as plain Python values; what is missing is `None` or NaN."""
        ...

    def build(self, columns: Mapping[str, OutColumn], keep: Sequence[str] = ()) -> Any:
        """Give a frame of the same kind: columns of this one as they are, then new ones."""
        ...

    def texts(self, name: str, start: int, stop: int) -> Any:
        """Give rows of a column of texts for `text_index`; `None` if the column is none."""
        ...

    def text_index(self, name: str) -> Callable[[Any], NDArray[np.int32] | None] | None:
        """Give what finds the first row of each text in a column; `None` if the column is none.

        It takes what `texts` of a frame of this kind gives, and gives -1 for an unknown or missing text,
        or `None` if it cannot compare these two.
        """
        ...


def open_frame(frame: object) -> Frame:
    """Read a frame of any library.

    Args:
        frame: A pandas or polars frame, an Arrow table or batch, a mapping from names to arrays or
            lists, or anything that gives Arrow data (`__arrow_c_stream__`), which is read through
            pyarrow or else polars.

    Raises:
        InputError: It is no frame, or one that was not computed yet.
        MissingExtraError: Reading it needs pyarrow or polars, and neither is installed.
    """
    if _is(frame, "pandas", "DataFrame"):
        from kinerja.columns.frames_pandas import PandasFrame

        return PandasFrame(frame)
    if _is(frame, "polars", "DataFrame"):
        from kinerja.columns.frames_polars import PolarsFrame

        return PolarsFrame(frame)
    if _is(frame, "pyarrow", "Table") or _is(frame, "pyarrow", "RecordBatch"):
        from kinerja.columns.frames_arrow import ArrowFrame

        return ArrowFrame(frame)
    if _is(frame, "polars", "LazyFrame"):
        details = {"found": "polars.LazyFrame", "expected": ".collect()"}
        raise InputError([Issue(code="KNJ451", details=details)])
    if isinstance(frame, Mapping):
        from kinerja.columns.frames_plain import PlainFrame

        return PlainFrame(frame)
    if hasattr(frame, "__arrow_c_stream__") or hasattr(frame, "__arrow_c_array__"):
        return _from_stream(frame)
    raise _no_frame(frame)


def _is(frame: object, library: str, name: str) -> bool:
    kind = getattr(sys.modules.get(library), name, None)
    return isinstance(kind, type) and isinstance(frame, kind)


def _no_frame(frame: object) -> InputError:
    kind = type(frame)
    details = {"found": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")}
    return InputError([Issue(code="KNJ450", details=details)])


def _from_stream(frame: Any) -> Frame:
    try:
        import pyarrow as pa
    except ImportError:
        return _through_polars(frame)
    from kinerja.columns.frames_arrow import ArrowFrame

    try:
        return ArrowFrame(pa.table(frame))
    except (TypeError, ValueError, pa.ArrowException):
        raise _no_frame(frame) from None


def _through_polars(frame: Any) -> Frame:
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError("frames") from None
    from kinerja.columns.frames_polars import PolarsFrame

    try:
        return PolarsFrame(pl.DataFrame(frame))
    except (TypeError, ValueError, pl.exceptions.PolarsError):
        raise _no_frame(frame) from None
