"""Arrays of items that belong to rows: sums, extremes and order within each row's items.

What lives here: reductions of integers and floats over segments, selections, the order within segments.
What never comes in: formulas, rational numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Segments"]

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Segments:
    """Where the items of each row begin and end.

    Attributes:
        offsets: Row `i` has the items `offsets[i]:offsets[i + 1]`, from 0.
    """

    offsets: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.offsets) - 1

    @property
    def count(self) -> int:
        """How many items."""
        return int(self.offsets[-1])

    def counts(self) -> NDArray[np.int64]:
        """Give the number of items of each row."""
        return np.diff(self.offsets)

    def owners(self) -> NDArray[np.intp]:
        """Give the row of each item."""
        return np.repeat(np.arange(self.rows), self.counts())

    def selected(self, mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], Segments]:
        """Give the places of some items, and the segments that they form."""
        places = np.flatnonzero(mask)
        if len(places) == self.count:
            return places, self
        return places, Segments(np.searchsorted(places, self.offsets).astype(np.int64))

    def reduce(self, ufunc: np.ufunc, values: Array, empty: object) -> Array:
        """Reduce the items of each row by a ufunc; a row without items gives `empty`."""
        found = np.full(self.rows, empty, values.dtype)
        full = np.flatnonzero(self.counts())
        if len(full):
            found[full] = ufunc.reduceat(values, self.offsets[full])
        return found

    def sums(self, values: Array) -> Array:
        """Add up the items of each row."""
        return self.reduce(np.add, values, 0)

    def any(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell for which rows some item is meant."""
        if not mask.any():
            return np.zeros(self.rows, np.bool_)
        return self.reduce(np.logical_or, mask, empty=False)

    def sorted(self, keys: Array) -> NDArray[np.intp]:
        """Give the places of the items, row by row, rising by `keys` within each row."""
        return np.lexsort((keys, self.owners()))
