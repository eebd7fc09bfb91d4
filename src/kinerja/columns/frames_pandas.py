"""Pandas frames as frames.

What lives here: the slices of pandas columns in their forms, and frames of results. What never comes in:
polars, and Arrow unless a column is Arrow's own. pandas is imported in the functions that need it.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_forms import (
    MAX_SHORT,
    coded,
    from_list,
    from_numpy,
    group_equal,
    picked,
    plain,
    ragged,
)
from kinerja.columns.frames_names import by_name, one_position
from kinerja.columns.parts import (
    Coded,
    Days,
    Figures,
    Flags,
    Labels,
    Numbers,
    OutColumn,
    Part,
)

__all__ = ["PandasFrame"]

#: Distinct texts up to which a column of texts goes out as categories.
MAX_CATEGORIES: Final = 1000

_Read = Callable[[Any, str, Collection[str]], Part]


class PandasFrame:
    """A `pandas.DataFrame`.

    Attributes:
        native: The frame itself.
        rows: How many rows it has.
        names: Names of its columns.
    """

    def __init__(self, native: Any) -> None:
        self.native = native
        self.rows: int = len(native)
        self._places = by_name(native.columns)
        self.names: tuple[str, ...] = tuple(self._places)
        self._columns: dict[str, tuple[Any, _Read]] = {}

    def part(self, name: str, start: int, stop: int, fields: Collection[str] = ()) -> Part:
        """Give rows of a column in their form."""
        array, read = self._column(name)
        return read(array[start:stop], name, fields)

    def at(self, name: str, places: NDArray[Any]) -> Part:
        """Give some rows of a column in their form."""
        array, read = self._column(name)
        return read(_taken(array, places), name, ())

    def record(self, row: int, names: Collection[str]) -> dict[str, object]:
        """Give a row as Python values."""
        return {name: _value(self._column(name)[0], row) for name in names}

    def _column(self, name: str) -> tuple[Any, _Read]:
        column = self._columns.get(name)
        if column is None:
            series = self.native.iloc[:, one_position(self._places, name)]
            numpy_own = isinstance(series.dtype, np.dtype)
            array = series.to_numpy() if numpy_own else series.array
            column = self._columns[name] = (array, _reader(series.dtype))
        return column

    def texts(self, name: str, start: int, stop: int) -> Any:
        """Give rows of a column of texts; `None` if the column is none."""
        return _bare_texts(self._column(name)[0][start:stop])

    def text_index(self, name: str) -> Callable[[Any], NDArray[np.int32] | None] | None:
        """Give what finds the first row of each text in a column; `None` if the column is none."""
        import pandas as pd

        known = self.texts(name, 0, self.rows)
        if known is None:
            return None
        if not isinstance(known, np.ndarray):
            from kinerja.columns.frames_arrow import arrow_text_index

            find_arrow = arrow_text_index(known)
            return lambda texts: None if isinstance(texts, np.ndarray) else find_arrow(texts)
        rows = np.flatnonzero(~pd.isna(known)).astype(np.int32)
        index = pd.Index(known[rows], dtype=object)
        if not index.is_unique:
            firsts = np.asarray(~index.duplicated())
            rows, index = rows[firsts], index[firsts]

        def find(texts: Any) -> NDArray[np.int32] | None:
            if not isinstance(texts, np.ndarray):
                return None
            places = index.get_indexer(pd.Index(texts, dtype=object))
            found: NDArray[np.int32] = np.append(rows, np.int32(-1))[places]
            return found

        return find

    def build(self, columns: Mapping[str, OutColumn], keep: Sequence[str] = ()) -> Any:
        """Give a frame of kept columns and new ones, with the same index."""
        import pandas as pd

        index = self.native.index
        made = [self.native.iloc[:, one_position(self._places, name)] for name in keep]
        made += [
            pd.Series(_out(column), index=index, name=name) for name, column in columns.items()
        ]
        if not made:
            return pd.DataFrame(index=index)
        frame = pd.concat(made, axis=1) if index.is_unique else _side_by_side(made, index)
        frame.columns = pd.Index([*keep, *columns])
        return frame


def _bare_texts(array: Any) -> Any:
    """Give an array of texts as Arrow's, if it is, or else as Python texts; `None` if it is none."""
    import pandas as pd

    dtype = array.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        labels = np.array([*array.categories, None], dtype=object)
        return labels[array.codes] if array.categories.inferred_type == "string" else None
    if _is_arrow(dtype):
        from kinerja.columns.frames_arrow import arrow_texts

        return arrow_texts(array.__arrow_array__())
    if isinstance(dtype, pd.StringDtype):
        return np.asarray(array, dtype=object)
    is_text = isinstance(array, np.ndarray) and pd.api.types.infer_dtype(array) == "string"
    return array if is_text else None


def _is_arrow(dtype: Any) -> bool:
    import pandas as pd

    return isinstance(dtype, pd.ArrowDtype) or getattr(dtype, "storage", None) == "pyarrow"


def _taken(array: Any, places: NDArray[Any]) -> Any:
    if not _is_arrow(array.dtype):
        return array.take(places)
    from kinerja.columns.frames_arrow import arrow_taken

    native = array.__arrow_array__()
    return type(array)(arrow_taken(getattr(native, "chunks", [native]), places))


def _side_by_side(made: Sequence[Any], index: Any) -> Any:
    """Join columns of one index that has equal entries, which `concat` would refuse."""
    import pandas as pd

    frame = pd.DataFrame({at: series.array for at, series in enumerate(made)})
    frame.index = index
    return frame


def _reader(dtype: Any) -> _Read:  # noqa: PLR0911 - one line a type
    import pandas as pd

    if isinstance(dtype, np.dtype):
        return _objects if dtype.kind == "O" else lambda array, *_: from_numpy(array)
    if isinstance(dtype, pd.CategoricalDtype):
        return _categories
    if isinstance(dtype, pd.StringDtype):
        return _texts
    if isinstance(dtype, pd.ArrowDtype):
        return _arrow
    if isinstance(dtype, pd.DatetimeTZDtype):
        return _zoned
    if isinstance(dtype, pd.BooleanDtype):
        return lambda array, *_: Coded(array.to_numpy(dtype="int8", na_value=-1), (False, True))
    if isinstance(dtype, pd.SparseDtype) and isinstance(dtype.subtype, np.dtype):
        return lambda array, *_: from_numpy(np.asarray(array))
    if isinstance(getattr(dtype, "numpy_dtype", None), np.dtype):
        return _masked
    return _objects


def _objects(array: Any, _: str, fields: Collection[str]) -> Part:
    values = list(array)
    return ragged(values, fields) if fields else from_list(values)


def _masked(array: Any, *_: object) -> Part:
    missing = np.asarray(array.isna())
    dtype = array.dtype.numpy_dtype
    if not missing.any():
        return Numbers(array.to_numpy(dtype=dtype))
    return Numbers(array.to_numpy(dtype=dtype, na_value=0), missing)


def _categories(array: Any, *_: object) -> Part:
    labels, codes = array.categories, array.codes
    if len(labels) <= max(MAX_SHORT >> 4, len(codes)):
        return coded(codes, _plain_labels(labels))
    return picked(codes, len(labels), lambda places: _plain_labels(labels.take(places)))


def _plain_labels(labels: Any) -> list[object]:
    dtype = labels.dtype
    if isinstance(dtype, np.dtype) and dtype.kind != "O":
        return [plain(value) for value in labels.to_numpy()]
    return [plain(value) for value in labels]


def _texts(array: Any, *_: object) -> Part:
    codes, distinct = array.factorize(use_na_sentinel=True)
    return Coded(codes, distinct.tolist())


def _zoned(array: Any, *_: object) -> Part:
    codes, rows = group_equal(array.asi8, np.asarray(array.isna()))
    return Coded(codes, [_python_time(value) for value in array.take(rows)])


def _python_time(value: Any) -> object:
    return value.to_pydatetime(warn=False)


def _arrow(array: Any, name: str, fields: Collection[str]) -> Part:
    from kinerja.columns.frames_arrow_parts import arrow_part

    return arrow_part(_arrow_array(array), name, fields)


def _arrow_array(array: Any) -> Any:
    native = array.__arrow_array__()
    return native if not hasattr(native, "chunks") else _one_chunk(native)


def _one_chunk(native: Any) -> Any:
    if native.num_chunks == 1:
        return native.chunk(0)
    joined = native.combine_chunks()
    if not hasattr(joined, "chunks"):
        return joined
    import pyarrow as pa

    return pa.concat_arrays(joined.chunks)


def _value(array: Any, row: int) -> object:
    import pandas as pd

    dtype = array.dtype
    if isinstance(dtype, pd.ArrowDtype):
        from kinerja.columns.frames_arrow_values import arrow_values

        return arrow_values(_arrow_array(array[row : row + 1]))[0]
    value = array[row]
    if isinstance(dtype, np.dtype) and dtype.kind == "O":
        return value
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    return plain(value)


def _out(column: OutColumn) -> Any:
    import pandas as pd

    match column:
        case Figures(values):
            return values
        case Flags(values):
            missing = values < 0
            flags = values > 0
            return pd.arrays.BooleanArray(flags, missing) if missing.any() else flags
        case Days(values, missing):
            days = values.astype("datetime64[D]").astype("datetime64[s]")
            if missing is not None:
                days[missing] = np.datetime64("NaT")
            return days
        case Labels(codes, texts, ordered):
            return pd.Categorical.from_codes(_sized(codes), categories=texts, ordered=ordered)
    if len(column.texts) <= MAX_CATEGORIES:
        return pd.Categorical.from_codes(_sized(column.codes), categories=list(column.texts))
    words = np.array([*column.texts, None], dtype=object)
    # A list: of it pandas makes its own texts, whichever these are in its version.
    return words[np.maximum(column.codes, -1)].tolist()


def _sized(codes: NDArray[Any]) -> NDArray[Any]:
    """Give -1 for every negative code, as pandas wants it."""
    sized: NDArray[Any] = np.maximum(codes, -1)
    return sized
