"""The few rows of a table that a page names: whose label changes, and who moves furthest.

What lives here: which rows come first, and what is kept of them. What never comes in: counts of all rows,
words.

Rows are chosen on arrays first, so that only a handful of each part of a table is looked at one by one.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["FALL", "LOSS", "MOST_MOVERS", "OTHER", "RISE", "STAY", "Movers"]

#: Rows that are kept of each sort.
MOST_MOVERS: Final = 10
#: What becomes of a label: nothing; it falls; it is there no more; it rises; it changes otherwise.
STAY, FALL, LOSS, RISE, OTHER = range(5)

Codes = NDArray[np.int64]
Keep = Callable[[int], Any]


@dataclass(slots=True)
class _First:
    """The rows that come first, with what was kept of them: by kind, by size, by place."""

    rows: list[tuple[int, Fraction, int, Any]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.rows) == MOST_MOVERS

    def offer(self, kind: int, size: Fraction, row: int, keep: Callable[[], Any]) -> None:
        key = (kind, -size, row)
        if self.is_full and key >= self.rows[-1][:3]:
            return
        insort(self.rows, (*key, keep()), key=lambda kept: kept[:3])
        del self.rows[MOST_MOVERS:]


class Movers:
    """The rows that are named, of any number of tables."""

    def __init__(self) -> None:
        self._relabelled = _First()
        self._furthest = _First()

    def kept(self) -> list[Any]:
        """Give what was kept: of those whose label changes, then of those who move furthest; each once."""
        first = {row: kept for _, _, row, kept in self._relabelled.rows}
        return list((first | {row: kept for _, _, row, kept in self._furthest.rows}).values())

    def take_furthest(
        self,
        sizes: Codes,
        denominator: int,
        rows: NDArray[np.intp] | None,
        keep: Keep,
        *,
        before: int,
    ) -> None:
        """Take those who move furthest.

        Args:
            sizes: How far each row moves, over `denominator`.
            denominator: It.
            rows: The place of each of them among the rows; `None`: these are all rows.
            keep: Gives what is kept of a row.
            before: How many rows were taken before these.
        """
        least = 1
        if self._furthest.is_full:
            least = int(-self._furthest.rows[-1][1] * denominator) + 1
        far = np.flatnonzero(sizes >= least)
        far = far[_largest(sizes[far])]
        for at in far.tolist():
            row = at if rows is None else int(rows[at])
            self.take_one(Fraction(int(sizes[at]), denominator), row, keep, before=before)

    def take_one(self, size: Fraction, row: int, keep: Keep, *, before: int) -> None:
        """Take one who moves by a number of its own."""
        self._furthest.offer(STAY, size, before + row, lambda: keep(row))

    def take_relabelled(  # noqa: PLR0913 - what is known of the rows, each in its own form
        self,
        rows: NDArray[np.intp],
        kinds: NDArray[Any],
        sizes: Codes,
        denominator: int,
        keep: Keep,
        *,
        apart: Mapping[int, Fraction],
        before: int,
    ) -> None:
        """Take those whose label changes.

        Args:
            rows: Their places among the rows.
            kinds: What becomes of the label of each.
            sizes: How far each row moves, over `denominator`; of all rows.
            denominator: It.
            keep: Gives what is kept of a row.
            apart: How far those move whose numbers are told one by one, by row.
            before: How many rows were taken before these.
        """
        worst = self._relabelled.rows[-1][0] if self._relabelled.is_full else OTHER
        if apart:
            single = np.isin(rows, np.fromiter(apart, np.intp, len(apart)))
            for row, kind in zip(rows[single].tolist(), kinds[single].tolist(), strict=True):
                self._offer(kind, apart[row], row, keep, before)
            rows, kinds = rows[~single], kinds[~single]
        for kind in range(FALL, worst + 1):
            own = rows[kinds == kind]
            own = own[_largest(sizes[own])]
            for row in own.tolist():
                self._offer(kind, Fraction(int(sizes[row]), denominator), row, keep, before)
            if len(own) == MOST_MOVERS:
                return

    def _offer(self, kind: int, size: Fraction, row: int, keep: Keep, before: int) -> None:
        self._relabelled.offer(kind, size, before + row, lambda: keep(row))


def _largest(sizes: Codes) -> NDArray[np.intp]:
    """Give the places of the largest, in their order; of equal ones the first."""
    if len(sizes) <= MOST_MOVERS:
        return np.arange(len(sizes))
    limit = int(np.partition(sizes, -MOST_MOVERS)[-MOST_MOVERS])
    beyond = np.flatnonzero(sizes > limit)
    level = np.flatnonzero(sizes == limit)[: MOST_MOVERS - len(beyond)]
    return np.sort(np.concatenate([beyond, level]))
