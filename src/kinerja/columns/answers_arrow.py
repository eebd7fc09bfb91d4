"""Columns of results as Arrow arrays.

What lives here: exact numbers as decimals of Arrow, and coded values. What never comes in: files. pyarrow
is imported in the functions that need it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from kinerja.columns.answers import Fixed
from kinerja.columns.frames_arrow_values import array_of, integers
from kinerja.columns.parts import Coded, Numbers

__all__ = ["decimals", "doubles", "picked"]


def doubles(column: Numbers) -> Any:  # noqa: ANN401 - of a package that may be missing
    """Give float64 with null for NaN."""
    return array_of(column.values, np.isnan(column.values), "float64")


def decimals(column: Fixed, kind: Any) -> Any:  # noqa: ANN401 - as above
    """Give numbers as decimals.

    Args:
        column: The numbers; their denominator is the power of ten of the scale.
        kind: A decimal128 type that holds every int64 below 2**51.
    """
    import pyarrow as pa

    # A decimal128 is a whole number of 16 bytes, the low half first.
    halves = np.empty((len(column.units), 2), np.int64)
    halves[:, 0] = column.units
    halves[:, 1] = column.units >> 63
    valid = None
    if column.missing is not None:
        valid = pa.py_buffer(np.packbits(~column.missing, bitorder="little"))
    return pa.Array.from_buffers(kind, len(column.units), [valid, pa.py_buffer(halves)])


def picked(column: Coded, values: Any) -> Any:  # noqa: ANN401 - as above
    """Give coded values, whose distinct ones are given as an Arrow array."""
    return values.take(integers(column.codes, column.codes < 0))
