"""Rows found by a whole number.

What lives here: the three ways to look numbers up: in a table over their range, by binary search where both
sides are sorted, or in a hash table. What never comes in: frames.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.parts import Coded, Numbers, Part

__all__ = ["NUMBERS", "NumberIndex", "Rows", "whole_numbers"]

#: Rows of numbers that are looked up at a time: what one step needs stays in the cache.
NUMBERS: Final = 1 << 17
#: The table over the range of the ids may be so many times as long as there are ids.
MAX_SPAN: Final = 4
#: Steps after which a hash table is given up as a bad one.
MAX_STEPS: Final = 64
#: 2**64 by the golden ratio: multiplied with it, neighbours end up far apart.
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)

Rows: TypeAlias = NDArray[np.int32]


def whole_numbers(part: Part) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None] | None:
    """Give ids that are whole numbers of 64 bits, and which are missing; `None` if some are not."""
    if isinstance(part, Coded) and (len(part.values) == 0 or (part.codes < 0).all()):
        return np.zeros(len(part.codes), dtype=np.int64), np.ones(len(part.codes), dtype=bool)
    if not isinstance(part, Numbers):
        return None
    values, missing = part.values, part.missing
    if values.dtype.kind == "f":
        nan = np.isnan(values)
        if nan.any():
            missing = nan if missing is None else missing | nan
        if missing is not None:
            values = np.where(missing, 0, values)
        if (np.abs(values) >= 2.0**63).any() or (values != np.floor(values)).any():
            return None
    elif values.dtype == np.uint64:
        if missing is not None:
            values = np.where(missing, 0, values)
        if (values > np.uint64(2**63 - 1)).any():
            return None
    return values.astype(np.int64, copy=False), missing


class NumberIndex:
    """Rows by an id that is a whole number.

    Attributes:
        keys: The ids; of equal ones the first counts.
        rows: Their rows; `None`: each its own place.
    """

    def __init__(self, keys: NDArray[np.int64], rows: Rows | None) -> None:
        self.keys = keys
        self.rows = rows
        self._low = int(keys.min()) if len(keys) else 0
        span = int(keys.max()) - self._low + 1 if len(keys) else 0
        is_dense = span <= MAX_SPAN * len(keys) + 1024
        self._dense = _dense(keys, self._low, span) if is_dense else None
        self._is_sorted = not is_dense and bool((keys[1:] > keys[:-1]).all())
        self._hashed: Rows | None = None
        self._order: NDArray[np.intp] | None = None

    def find(self, part: Part) -> Rows | None:
        """Find the rows of ids; `None` if they are neither whole numbers nor texts."""
        whole = whole_numbers(part)
        if whole is None:
            if not isinstance(part, Coded) or not all(isinstance(v, str) for v in part.values):
                return None
            return np.full(len(part.codes), -1, dtype=np.int32)
        return self.find_keys(*whole)

    def find_keys(
        self, values: NDArray[np.int64], missing: NDArray[np.bool_] | None = None
    ) -> Rows:
        """Find the rows of whole numbers."""
        # Rows of one id mostly stand together: one look-up serves them all.
        heads = np.flatnonzero(values[1:] != values[:-1]) + 1
        if 2 * len(heads) < len(values):
            heads = np.concatenate(([0], heads))
            found = self._places(values[heads]).repeat(np.diff(heads, append=len(values)))
        else:
            found = self._places(values)
        if self.rows is not None and len(self.rows):
            found = np.where(found < 0, np.int32(-1), self.rows[found])
        if missing is not None:
            found[missing] = -1
        return found

    def _places(self, values: NDArray[np.int64]) -> Rows:
        if self._dense is not None:
            last = np.uint64(len(self._dense) - 1)
            # Below the lowest id the difference wraps around and is beyond the last.
            places = np.minimum(values.view(np.uint64) - np.uint64(self._low % 2**64), last)
            found: Rows = self._dense[places.view(np.int64)]
            return found
        if self._is_sorted and bool((values[1:] >= values[:-1]).all()):
            return self._search(values, None)
        if self._hashed is None and self._order is None:
            self._hashed = _hashed(self.keys)
            if self._hashed is None:
                self._order = np.argsort(self.keys, kind="stable")
        if self._hashed is None:
            return self._search(values, self._order)
        return self._probe(values, self._hashed)

    def _search(self, values: NDArray[np.int64], order: NDArray[np.intp] | None) -> Rows:
        places = np.searchsorted(self.keys, values, sorter=order)
        places = np.minimum(places, len(self.keys) - 1)
        if order is not None:
            places = order[places]
        return np.where(self.keys[places] == values, places, -1).astype(np.int32)

    def _probe(self, values: NDArray[np.int64], table: Rows) -> Rows:
        slots = _slots(values, len(table))
        found = table[slots]
        # What stands in an empty slot, -1, is compared with the last key, and stays -1 either way.
        others = np.flatnonzero((self.keys[found] != values) & (found >= 0))
        while len(others):
            slots[others] = (slots[others] + 1) & (len(table) - 1)
            found[others] = table[slots[others]]
            wrong = (self.keys[found[others]] != values[others]) & (found[others] >= 0)
            others = others[wrong]
        return found


def _dense(keys: NDArray[np.int64], low: int, span: int) -> Rows:
    """Give the row of each number of a range, -1 where there is none; the last is none."""
    table = np.full(span + 1, -1, dtype=np.int32)
    # Of equal ids the first is written last.
    table[(keys - low)[::-1]] = np.arange(len(keys) - 1, -1, -1, dtype=np.int32)
    return table


def _slots(keys: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    shift = np.uint64(64 - (size.bit_length() - 1))
    mixed = keys.view(np.uint64) * _GOLDEN
    mixed ^= mixed >> np.uint64(32)
    return ((mixed * _GOLDEN) >> shift).view(np.int64)


def _hashed(keys: NDArray[np.int64]) -> Rows | None:
    """Make a hash table of rows with linear probing; `None` if the ids do not spread."""
    size = 1 << (2 * len(keys)).bit_length()
    table = np.full(size, -1, dtype=np.int32)
    for start in range(0, len(keys), NUMBERS):
        stop = min(start + NUMBERS, len(keys))
        waiting = np.arange(stop - 1, start - 1, -1, dtype=np.int32)
        slots = _slots(keys[waiting], size)
        for _ in range(MAX_STEPS):
            free = table[slots] < 0
            table[slots[free]] = waiting[free]  # of those that share a slot, the first row
            wrong = keys[table[slots]] != keys[waiting]
            waiting, slots = waiting[wrong], (slots[wrong] + 1) & (size - 1)
            if not len(waiting):
                break
        else:
            return None
    return table
