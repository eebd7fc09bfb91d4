"""Arrow tables and record batches as frames.

What lives here: columns in chunks, texts found in others, and tables of results. What never comes in:
pandas, polars; pyarrow is imported in the functions that need it.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_arrow_parts import arrow_part
from kinerja.columns.frames_arrow_values import (
    array_of,
    arrow_values,
    bare,
    integers,
    is_text,
    missing_of,
    numbers,
    wide,
)
from kinerja.columns.frames_names import by_name, one_position
from kinerja.columns.frames_numbers import NUMBERS, NumberIndex
from kinerja.columns.parts import Days, Figures, Flags, Labels, OutColumn, Part

__all__ = ["ArrowFrame", "arrow_taken", "arrow_text_index", "arrow_texts"]

#: So many figures, with a 1 before them, fit a machine number.
MAX_FIGURES: Final = 18
_TENS: Final = 10 ** np.arange(MAX_FIGURES + 1, dtype=np.int64)


class ArrowFrame:
    """A `pyarrow.Table` or `RecordBatch`.

    Attributes:
        native: The table itself.
        rows: How many rows it has.
        names: Names of its columns.
    """

    def __init__(self, native: Any) -> None:
        self.native = native
        self.rows: int = native.num_rows
        self._places = by_name(native.schema.names)
        self.names: tuple[str, ...] = tuple(self._places)
        self._columns: dict[str, tuple[list[Any], list[int]]] = {}
        self._bare: dict[str, list[Any]] = {}

    def part(self, name: str, start: int, stop: int, fields: Collection[str] = ()) -> Part:
        """Give rows of a column in their form."""
        return arrow_part(self.array(name, start, stop), name, fields)

    def at(self, name: str, places: NDArray[Any]) -> Part:
        """Give some rows of a column in their form."""
        chunks = self._bare.get(name)
        if chunks is None:
            # Of forms that Arrow cannot take some rows of, copies in another one.
            chunks = [wide(bare(chunk)) for chunk in self._chunks(name)[0]]
            self._bare[name] = chunks
        return arrow_part(arrow_taken(chunks, places), name)

    def record(self, row: int, names: Collection[str]) -> dict[str, object]:
        """Give a row as Python values."""
        return {name: arrow_values(self.array(name, row, row + 1))[0] for name in names}

    def array(self, name: str, start: int, stop: int) -> Any:
        """Give rows of a column as one array: a view, unless they lie in several chunks."""
        chunks, ends = self._chunks(name)
        at = bisect_right(ends, start)
        if at < len(ends) and stop <= ends[at]:
            return chunks[at].slice(start - (ends[at] - len(chunks[at])), stop - start)
        return self._joined(name, start, stop)

    def _chunks(self, name: str) -> tuple[list[Any], list[int]]:
        """Give the arrays that make up a column, and where each ends."""
        column = self._columns.get(name)
        if column is None:
            native = self.native.column(one_position(self._places, name))
            chunks = getattr(native, "chunks", [native])
            ends = np.cumsum([len(chunk) for chunk in chunks]).tolist()
            column = self._columns[name] = (chunks, ends)
        return column

    def _joined(self, name: str, start: int, stop: int) -> Any:
        native = self.native.column(one_position(self._places, name))
        return _one(native.slice(start, stop - start))

    def texts(self, name: str, start: int, stop: int) -> Any:
        """Give rows of a column of texts; `None` if the column is none."""
        native = self.native.column(one_position(self._places, name))
        return arrow_texts(native.slice(start, stop - start))

    def text_index(self, name: str) -> Callable[[Any], NDArray[np.int32] | None] | None:
        """Give what finds the first row of each text in a column; `None` if the column is none."""
        known = self.texts(name, 0, self.rows)
        return None if known is None else arrow_text_index(known)

    def build(self, columns: Mapping[str, OutColumn], keep: Sequence[str] = ()) -> Any:
        """Give a table, or a batch if this is one, of kept columns and new ones."""
        import pyarrow as pa

        kept = [self.native.column(one_position(self._places, name)) for name in keep]
        arrays = [*kept, *(_out(column) for column in columns.values())]
        schema = pa.schema(
            [
                *(self.native.schema.field(one_position(self._places, name)) for name in keep),
                *(
                    pa.field(name, array.type)
                    for name, array in zip(columns, arrays[len(kept) :], strict=True)
                ),
            ]
        )
        kind = pa.RecordBatch if isinstance(self.native, pa.RecordBatch) else pa.Table
        return kind.from_arrays(arrays, schema=schema)


def arrow_texts(native: Any) -> Any:
    """Give an array of texts in the one type that texts are compared in; `None` if it is none."""
    import pyarrow as pa

    kind = native.type
    if not is_text(kind.value_type if pa.types.is_dictionary(kind) else kind):
        return None
    return native.cast(pa.large_string())


def arrow_text_index(known: Any) -> Callable[[Any], NDArray[np.int32] | None]:
    """Give what finds the first row of each text."""
    from pyarrow import compute

    options = compute.SetLookupOptions(value_set=known, skip_nulls=True)
    index = _figure_index(known)

    def find(texts: Any) -> NDArray[np.int32] | None:
        if texts is None:
            return None
        found = np.full(len(texts), -1, dtype=np.int32)
        for start in range(0, len(texts), NUMBERS) if index is not None else ():
            figures = _figures(texts.slice(start, NUMBERS))
            if index is None or figures is None:
                break
            found[start : start + NUMBERS] = index.find_keys(*figures)
        else:
            if index is not None:
                return found
        places = compute.call_function("index_in", [texts], options)
        start = 0
        for chunk in getattr(places, "chunks", [places]):
            rows, missing = numbers(chunk, np.dtype(np.int32)), missing_of(chunk)
            stop = start + len(chunk)
            found[start:stop] = rows if missing is None else np.where(missing, -1, rows)
            start = stop
        return found

    return find


def _figure_index(known: Any) -> NumberIndex | None:
    keys = np.empty(len(known), dtype=np.int64)
    gaps = np.zeros(len(known), dtype=bool)
    for start in range(0, len(known), NUMBERS):
        figures = _figures(known.slice(start, NUMBERS))
        if figures is None:
            return None
        keys[start : start + NUMBERS] = figures[0]
        if figures[1] is not None:
            gaps[start : start + NUMBERS] = figures[1]
    if not gaps.any():
        return NumberIndex(keys, None)
    return NumberIndex(keys[~gaps], np.flatnonzero(~gaps).astype(np.int32))


def _figures(texts: Any) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None] | None:
    """Give texts of at most 18 figures as numbers, and which are missing; `None` if some are others.

    Such are the ids of civil servants (NIP), and numbers are found ten times as fast as texts.
    """
    import pyarrow as pa

    if hasattr(texts, "chunks"):
        texts = pa.concat_arrays(texts.chunks) if texts.num_chunks else pa.array([], texts.type)
    missing = missing_of(texts)
    _, offsets_buffer, letters_buffer = texts.buffers()
    if not len(texts) or letters_buffer is None:
        return None
    offsets = np.frombuffer(offsets_buffer, np.int64, len(texts) + 1, texts.offset * 8)
    lengths = np.diff(offsets)
    letters = np.frombuffer(letters_buffer, np.uint8)[offsets[0] : offsets[-1]]
    if lengths.max() > MAX_FIGURES or ((letters - ord("0")) > 9).any():  # noqa: PLR2004 - bits of a type
        return None
    if not lengths.all() and not (missing is not None and lengths[~missing].all()):
        return None
    # The length is told by a leading 1, so that 07 is not 7.
    whole = numbers(texts.cast(pa.int64()), np.dtype(np.int64))
    return whole + _TENS[lengths], missing


def arrow_taken(chunks: Sequence[Any], places: NDArray[Any]) -> Any:
    """Give some rows of a column in chunks, in rising order, as one array.

    Each chunk is asked for its own: asked as a whole, a column in chunks is put together first, every time.
    """
    import pyarrow as pa

    if len(chunks) == 1:
        return chunks[0].take(pa.array(places))
    ends = np.cumsum([0, *map(len, chunks)])
    cuts = np.searchsorted(places, ends).tolist()
    found = [
        chunk.take(pa.array(places[low:high] - start))
        for chunk, start, low, high in zip(chunks, ends.tolist(), cuts, cuts[1:], strict=False)
        if low < high
    ]
    return _one(pa.chunked_array(found or [chunk[:0] for chunk in chunks[:1]]))


def _one(native: Any) -> Any:
    import pyarrow as pa

    joined = native if not hasattr(native, "chunks") else native.combine_chunks()
    # Too long for offsets of 32 bits, it stays in chunks.
    return joined if not hasattr(joined, "chunks") else pa.concat_arrays(joined.chunks)


def _out(column: OutColumn) -> Any:
    import pyarrow as pa

    match column:
        case Figures(values):
            return array_of(values, np.isnan(values), "float64")
        case Flags(values):
            missing = values < 0
            packed = pa.py_buffer(np.packbits(values > 0, bitorder="little"))
            valid = (
                pa.py_buffer(np.packbits(~missing, bitorder="little")) if missing.any() else None
            )
            return pa.Array.from_buffers(pa.bool_(), len(values), [valid, packed])
        case Days(values, missing):
            return array_of(values, missing, "date32")
        case Labels(codes, labels, ordered):
            return _words(codes, labels, ordered=ordered)
    return _words(column.codes, column.texts, ordered=False)


def _words(codes: NDArray[Any], texts: Sequence[str], *, ordered: bool) -> Any:
    import pyarrow as pa

    words = pa.array(list(texts), pa.string())
    return pa.DictionaryArray.from_arrays(integers(codes, codes < 0), words, ordered=ordered)
