"""Arrow arrays in their forms.

What lives here: which form an Arrow type comes in. What never comes in: tables, pandas, polars; pyarrow is
imported in the functions that need it.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_arrow_values import (
    arrow_values,
    bare,
    bits,
    integers,
    is_list,
    is_text,
    machine_type,
    missing_of,
    numbers,
    wide,
)
from kinerja.columns.frames_forms import (
    MAX_SHORT,
    coded,
    days_as_dates,
    everything,
    from_numpy,
    group_equal,
    picked,
    short_decimals,
)
from kinerja.columns.frames_names import needs_items
from kinerja.columns.parts import Coded, Objects, Part, Ragged

__all__ = ["arrow_part"]


def arrow_part(array: Any, name: str = "", fields: Collection[str] = ()) -> Part:  # noqa: PLR0911 - one line a type
    """Give an Arrow array in its form.

    Args:
        array: The array.
        name: Name of its column, for what is refused.
        fields: For lists, the fields of the items that are wanted.

    Raises:
        InputError: Fields are wanted of a list of something else than items.
    """
    from pyarrow import types

    kind = array.type
    if types.is_primitive(kind):
        return _fixed(array)
    if types.is_null(kind):
        return everything(len(array))
    if types.is_dictionary(kind):
        return _dictionary(array, name, fields)
    if is_text(kind):
        return _dictionary(wide(array).dictionary_encode(), name, fields)
    if types.is_decimal(kind):
        return _decimals(array)
    if is_list(kind) and fields:
        return _lists(array, name, fields)
    naked = bare(array)
    return Objects(arrow_values(array)) if naked is array else arrow_part(naked, name, fields)


def _fixed(array: Any) -> Part:
    """Give numbers, flags, dates and times."""
    from pyarrow import types

    kind = array.type
    if types.is_integer(kind) or types.is_floating(kind):
        return from_numpy(numbers(array, machine_type(kind)), missing_of(array))
    if types.is_boolean(kind):
        flags = bits(array.buffers()[1], array.offset, len(array))
        return from_numpy(flags, missing_of(array))
    if types.is_date32(kind):
        days = numbers(array, np.dtype(np.int32)).astype(np.int64)
        return days_as_dates(days, missing_of(array))
    if types.is_date64(kind) or types.is_timestamp(kind):
        codes, rows = group_equal(numbers(array, np.dtype(np.int64)), missing_of(array))
        return Coded(codes, arrow_values(array.take(integers(rows.astype(np.int64)))))
    return Objects(arrow_values(array))


def _dictionary(array: Any, name: str, fields: Collection[str]) -> Part:
    values = array.dictionary
    if not is_text(values.type):
        return arrow_part(values.take(array.indices), name, fields)
    indices = array.indices
    codes = numbers(indices, machine_type(indices.type))
    missing = missing_of(indices)
    if missing is not None:
        codes = np.where(missing, -1, codes.astype(np.int64))
    elif codes.dtype.kind == "u":
        codes = codes.astype(np.int64)
    if len(values) <= max(MAX_SHORT >> 4, len(codes)):
        return coded(codes, values.to_pylist())
    return picked(
        codes,
        len(values),
        lambda places: values.take(integers(places.astype(np.int64))).to_pylist(),
    )


def _decimals(array: Any) -> Part:
    width = array.type.byte_width // 8
    missing = missing_of(array)
    if array.type.byte_width == 4:  # noqa: PLR2004 - bits of a type
        units = numbers(array, np.dtype(np.int32)).astype(np.int64)
        fits = True
    else:
        words: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        if len(array):
            first = array.offset * width * 8
            words = np.frombuffer(array.buffers()[1], np.int64, len(array) * width, first)
        words = words.reshape(len(array), width)
        units = words[:, 0]
        high = words[:, 1:] == (units >> 63)[:, None]
        fits = bool(high.all() if missing is None else high[~missing].all())
    short = short_decimals(units, array.type.scale, missing) if fits else None
    return Objects(array.to_pylist()) if short is None else short


def _lists(array: Any, name: str, fields: Collection[str]) -> Part:
    from pyarrow import compute, types

    inner = array.type.value_type
    if not types.is_struct(inner) and not types.is_null(inner):
        needs_items(name, array.type)
    items = array.flatten()  # without what lies under rows that are missing
    if (types.is_null(inner) and len(items)) or items.null_count:
        return Objects(arrow_values(array))
    counts = compute.list_value_length(array)
    missing = missing_of(counts)
    lengths = numbers(counts, machine_type(counts.type))
    offsets = np.zeros(len(array) + 1, dtype=np.int64)
    np.cumsum(lengths if missing is None else np.where(missing, 0, lengths), out=offsets[1:])
    there = () if types.is_null(inner) else [inner.field(at).name for at in range(inner.num_fields)]
    told = {
        field: arrow_part(items.field(there.index(field)), f"{name}.{field}")
        for field in fields
        if field in there
    }
    return Ragged(offsets, missing, told)
