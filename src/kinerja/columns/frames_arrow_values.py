"""Arrow arrays and numpy arrays, one from the other.

What lives here: the buffers of Arrow arrays as numpy arrays, Arrow arrays from numpy arrays, and values as
Python has them. What never comes in: what a column means. pyarrow is imported in the functions that need
it.

Numbers and offsets are read from the buffers of the arrays, which costs no copy; `pyarrow.array` and
`to_numpy` are avoided for them, since pyarrow loads pandas in there where it is installed.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_forms import plain_times

__all__ = [
    "array_of",
    "arrow_values",
    "bare",
    "bits",
    "integers",
    "is_list",
    "is_text",
    "machine_type",
    "missing_of",
    "numbers",
    "wide",
    "with_gaps",
]


def is_list(kind: Any) -> bool:
    """Tell whether a type is one of lists."""
    from pyarrow import types

    with_offsets = types.is_list(kind) or types.is_large_list(kind)
    views = types.is_list_view(kind) or types.is_large_list_view(kind)
    return bool(with_offsets or views or types.is_fixed_size_list(kind))


def is_text(kind: Any) -> bool:
    """Tell whether a type is one of texts."""
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def bare(array: Any) -> Any:
    """Undo what only wraps an array: run ends, and types of extensions."""
    import pyarrow as pa

    if pa.types.is_run_end_encoded(array.type):
        import pyarrow.compute as pc

        return pc.run_end_decode(array)
    return array.storage if isinstance(array, pa.ExtensionArray) else array


def wide(array: Any) -> Any:
    """Give texts that older kernels cannot take in a form that they can."""
    import pyarrow as pa

    return array.cast(pa.large_string()) if pa.types.is_string_view(array.type) else array


def machine_type(kind: Any) -> np.dtype[Any]:
    """Give the type of numpy that holds numbers of an Arrow type."""
    from pyarrow import types

    letter = "f" if types.is_floating(kind) else "i" if types.is_signed_integer(kind) else "u"
    return np.dtype(f"{letter}{kind.bit_width // 8}")


def numbers(array: Any, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Give the machine values of an array as a view, whatever is missing."""
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(0, dtype=dtype)
    return np.frombuffer(buffer, dtype, len(array), array.offset * dtype.itemsize)


def bits(buffer: Any, offset: int, length: int) -> NDArray[np.bool_]:
    """Give packed bits as flags."""
    if not length:
        return np.zeros(0, dtype=bool)
    first, shift = divmod(offset, 8)
    packed = np.frombuffer(buffer, np.uint8, (shift + length + 7) // 8, first)
    return np.unpackbits(packed, count=shift + length, bitorder="little")[shift:].view(np.bool_)


def missing_of(array: Any) -> NDArray[np.bool_] | None:
    """Give where an array has no value; `None`: it has one everywhere."""
    if not array.null_count:
        return None
    return ~bits(array.buffers()[0], array.offset, len(array))


def integers(values: NDArray[Any], missing: NDArray[np.bool_] | None = None) -> Any:
    """Make an array of whole numbers."""
    return array_of(
        values, missing, {4: "int32", 8: "int64", 2: "int16", 1: "int8"}[values.itemsize]
    )


def array_of(values: NDArray[Any], missing: NDArray[np.bool_] | None, kind: str) -> Any:
    """Make an array of machine values; `kind` is the alias of its type."""
    import pyarrow as pa

    valid = None
    if missing is not None and missing.any():
        valid = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    buffers = [valid, pa.py_buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(pa.type_for_alias(kind), len(values), buffers)


def arrow_values(array: Any) -> list[object]:
    """Give an Arrow array as Python values, of which each prints the decimal that the array holds."""
    from pyarrow import types

    kind = array.type
    if types.is_floating(kind) and not types.is_float64(kind):
        dtype = np.dtype(np.float32 if types.is_float32(kind) else np.float16)
        return with_gaps(list(numbers(array, dtype)), array)
    if types.is_date32(kind) or types.is_timestamp(kind):
        return _times(array)
    if types.is_dictionary(kind):
        return arrow_values(array.dictionary.take(array.indices))
    if is_list(kind):
        return _list_values(array)
    if types.is_struct(kind):
        names = [kind.field(at).name for at in range(kind.num_fields)]
        columns = [arrow_values(array.field(at)) for at in range(len(names))]
        rows = zip(*columns, strict=True) if columns else [()] * len(array)
        return with_gaps([dict(zip(names, row, strict=True)) for row in rows], array)
    naked = bare(array)
    plain: list[object] = array.to_pylist() if naked is array else arrow_values(naked)
    return plain


def _times(array: Any) -> list[object]:
    """Give dates, and times without their nanoseconds, for which pyarrow would want pandas."""
    import pyarrow as pa

    kind = array.type
    if pa.types.is_date32(kind):
        days = numbers(array, np.dtype(np.int32)).astype("datetime64[D]")
        return with_gaps(plain_times(days), array)
    units = numbers(array, np.dtype(np.int64))
    if kind.tz is None:
        return with_gaps(plain_times(units.view(f"datetime64[{kind.unit}]")), array)
    if kind.unit == "ns":
        array = integers(units // 1000, missing_of(array)).view(pa.timestamp("us", tz=kind.tz))
    values: list[object] = array.to_pylist()
    return values


def _list_values(array: Any) -> list[object]:
    from pyarrow import compute

    items = arrow_values(array.flatten())
    rows: list[object] = []
    at = 0
    for count in compute.list_value_length(array).to_pylist():
        rows.append(None if count is None else items[at : at + count])
        at += count or 0
    return rows


def with_gaps(values: list[Any], array: Any) -> list[object]:
    """Put `None` where an array has no value."""
    missing = missing_of(array)
    if missing is None:
        return values
    return [None if gap else value for value, gap in zip(values, missing, strict=True)]
