"""Tables of whole numbers whose line sums are known: what each hidden cell can still be, exactly.

What lives here: one table that fits the sums, limits of each cell, and how far a cell moves while every
sum stays. What never comes in: people, what may be shown.

A two-way table with its sums is a network: rows and columns are nodes, a cell is an arc, and a cell moves only
around a closed path of cells. Its least and greatest values are found by augmenting paths in whole numbers, and
every whole number between them is attained (L. Cox, "Network models for complementary cell suppression", JASA
90, 1995). Column totals are a last row with the sign turned, so that a total may be hidden as a cell is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["LineSums"]


class LineSums:
    """A table that fits, and the limits within which its cells may move while all line sums stay.

    Attributes:
        rows: How many rows.
        columns: How many columns.
        cells: The values of one table that fits, row by row.
        low: The least value that each cell may have.
        high: The greatest value that each cell may have.
    """

    __slots__ = ("_partners", "cells", "columns", "high", "low", "rows")

    def __init__(
        self,
        *,
        rows: int,
        columns: int,
        cells: Sequence[int],
        low: Sequence[int],
        high: Sequence[int],
    ) -> None:
        """Take a table that fits its limits."""
        self.rows = rows
        self.columns = columns
        self.cells = list(cells)
        self.low = list(low)
        self.high = list(high)
        # Other row and column of a rectangle that served a cell before; only a matter of speed.
        self._partners: dict[int, tuple[int, int]] = {}

    def copy(self) -> LineSums:
        """Give a table of its own with the same values."""
        twin = LineSums.__new__(LineSums)
        twin.rows, twin.columns = self.rows, self.columns
        twin.cells, twin.low, twin.high = self.cells[:], self.low[:], self.high[:]
        twin._partners = self._partners  # noqa: SLF001 - of the same class
        return twin

    def free(self) -> list[int]:
        """Give the cells whose limits differ."""
        return [at for at, low in enumerate(self.low) if low < self.high[at]]

    def move(self, at: int, most: int, *, sign: int) -> int:
        """Move a cell up (`sign` 1) or down (-1) by at most `most`, others with it; give how far it went."""
        moved = 0
        while moved < most:
            path = self._path(at, sign)
            if path is None:
                break
            step = most - moved
            for place, cell in enumerate(path):
                step = min(step, self._room(cell, sign if place % 2 == 0 else -sign))
            for place, cell in enumerate(path):
                self.cells[cell] += step if (place % 2 == 0) == (sign > 0) else -step
            moved += step
        return moved

    def range_of(self, at: int) -> tuple[int, int]:
        """Give the least and the greatest value of a cell among all tables that fit."""
        ends = []
        for sign in (-1, 1):
            twin = self.copy()
            twin.move(at, self._room(at, sign), sign=sign)
            ends.append(twin.cells[at])
        return ends[0], ends[1]

    def has_width(self, at: int, width: int) -> bool:
        """Tell whether the least and the greatest value of a cell differ by `width` at least."""
        found = 0
        for sign in (1, -1):
            found += self._by_rectangle(at, sign, width - found)
            if found >= width:
                return True
        found = 0
        for sign in (1, -1):
            twin = self.copy()
            found += twin.move(at, width - found, sign=sign)
            if found >= width:
                return True
        return False

    def determined(self, free: Sequence[int]) -> set[int]:
        """Give the cells among `free` that no closed path of free cells holds: the others settle them."""
        links: list[list[tuple[int, int]]] = [[] for _ in range(self.rows + self.columns)]
        for at in free:
            row, column = at // self.columns, self.rows + at % self.columns
            links[row].append((column, at))
            links[column].append((row, at))
        return _bridges(links)

    def _room(self, at: int, sign: int) -> int:
        return self.high[at] - self.cells[at] if sign > 0 else self.cells[at] - self.low[at]

    def _by_rectangle(self, at: int, sign: int, wanted: int) -> int:
        """Give how far a cell moves around one rectangle, as far as wanted."""
        columns, cells, low, high = self.columns, self.cells, self.low, self.high
        row, column = divmod(at, columns)
        own = min(wanted, self._room(at, sign))
        if own <= 0:
            return 0
        most = 0
        key = 2 * at + (sign > 0)
        known = self._partners.get(key)
        for other, beside in self._rectangles(row, column, known):
            one, two, three = (
                other * columns + column,
                other * columns + beside,
                row * columns + beside,
            )
            if sign > 0:
                room = min(cells[one] - low[one], high[two] - cells[two], cells[three] - low[three])
            else:
                room = min(
                    high[one] - cells[one], cells[two] - low[two], high[three] - cells[three]
                )
            if room > most:
                most = room
                self._partners[key] = (other, beside)
                if most >= own:
                    return own
        return most

    def _rectangles(
        self, row: int, column: int, known: tuple[int, int] | None
    ) -> Iterator[tuple[int, int]]:
        if known is not None:
            yield known
        beside = [
            other
            for other in range(self.columns)
            if other != column
            and self.low[row * self.columns + other] < self.high[row * self.columns + other]
        ]
        for other in range(self.rows):
            at = other * self.columns + column
            if other != row and self.low[at] < self.high[at]:
                for one in beside:
                    yield other, one

    def _path(self, at: int, sign: int) -> list[int] | None:
        """Find a shortest closed path on which a cell moves, beginning with the cell."""
        if self._room(at, sign) <= 0:
            return None
        columns, rows = self.columns, self.rows
        row, column = divmod(at, columns)
        came: dict[int, tuple[int, int]] = {rows + column: (-1, at)}
        queue = [rows + column]
        for node in queue:
            if node >= rows:
                near = range(node - rows, rows * columns, columns)
                wanted = -sign
            else:
                near = range(node * columns, (node + 1) * columns)
                wanted = sign
            for cell in near:
                after = cell // columns if node >= rows else rows + cell % columns
                if cell == at or after in came or self._room(cell, wanted) <= 0:
                    continue
                came[after] = (node, cell)
                if after == row:
                    return _walked(came, row)
                queue.append(after)
        return None


def _walked(came: dict[int, tuple[int, int]], node: int) -> list[int]:
    path = []
    while node >= 0:
        node, cell = came[node]
        path.append(cell)
    return path[::-1]


def _bridges(links: Sequence[Sequence[tuple[int, int]]]) -> set[int]:
    """Find the edges of a graph that lie on no cycle, without recursion."""
    seen: dict[int, int] = {}
    least: dict[int, int] = {}
    found: set[int] = set()
    for root in range(len(links)):
        if root in seen:
            continue
        seen[root] = least[root] = len(seen)
        stack = [(root, -1, iter(links[root]))]
        while stack:
            node, came, rest = stack[-1]
            for after, edge in rest:
                if edge == came:
                    continue
                if after in seen:
                    least[node] = min(least[node], seen[after])
                    continue
                seen[after] = least[after] = len(seen)
                stack.append((after, edge, iter(links[after])))
                break
            else:
                stack.pop()
                if stack:
                    before = stack[-1][0]
                    least[before] = min(least[before], least[node])
                    if least[node] > seen[before]:
                        found.add(came)
    return found
