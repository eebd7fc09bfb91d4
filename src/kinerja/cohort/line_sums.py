"""Tables of whole numbers whose line sums are known: what each hidden cell can still be, exactly.

What lives here: one table that fits the sums, limits of each cell, and how far a cell moves while every
sum stays. What never comes in: people, what may be shown.

A two-way table with its sums is a network: rows and columns are nodes, a cell is an arc, and a cell moves
only around a closed path of cells. Its least and greatest values are found by augmenting paths in whole
numbers, and every whole number between them is attained (L. Cox, "Network models for complementary cell
suppression", JASA 90, 1995). Column totals are a last row with the sign turned, so that a total may be
hidden as a cell is.
"""

from __future__ import annotations

from collections.abc import Sequence

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

    __slots__ = ("_ways", "cells", "columns", "high", "low", "rows")

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
        # How a cell was moved before, and what moved with it; only a matter of speed.
        self._ways: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def copy(self) -> LineSums:
        """Give a table of its own with the same values."""
        twin = LineSums.__new__(LineSums)
        twin.rows, twin.columns = self.rows, self.columns
        twin.cells, twin.low, twin.high = self.cells[:], self.low[:], self.high[:]
        twin._ways = self._ways  # noqa: SLF001 - of the same class
        return twin

    def free(self) -> list[int]:
        """Give the cells whose limits differ."""
        return [at for at, low in enumerate(self.low) if low < self.high[at]]

    def move(self, at: int, most: int, *, sign: int) -> int:
        """Move a cell up (`sign` 1) or down (-1) by at most `most`, and others with it; give how far."""
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
        for move in (self._again, self._by_rectangle, self._by_paths):
            found = 0
            for sign in (1, -1):
                found += move(at, sign, width - found)
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

    def _again(self, at: int, sign: int, wanted: int) -> int:
        """Give how far a cell moves as it did before, if all that moved with it still may."""
        way = self._ways.get((at, sign))
        if way is None:
            return 0
        cells, low, high = self.cells, self.low, self.high
        for cell, step in way:
            if not low[cell] <= cells[cell] + step <= high[cell]:
                return 0
        return min(wanted, abs(way[0][1]))

    def _by_rectangle(self, at: int, sign: int, wanted: int) -> int:
        """Give how far a cell moves around one rectangle, as far as wanted."""
        columns, cells, low, high = self.columns, self.cells, self.low, self.high
        row, column = divmod(at, columns)
        own = min(wanted, self._room(at, sign))
        if own <= 0:
            return 0
        most = 0
        for three in range(row * columns, (row + 1) * columns):
            space = cells[three] - low[three] if sign > 0 else high[three] - cells[three]
            if three == at or space <= most:
                continue
            for one in range(column, len(cells), columns):
                room = cells[one] - low[one] if sign > 0 else high[one] - cells[one]
                if room <= most or one == at:
                    continue
                two = one + three - at
                across = high[two] - cells[two] if sign > 0 else cells[two] - low[two]
                room = min(room, across, space, own)
                if room > most:
                    most = room
                    step = sign * room
                    self._ways[at, sign] = [(at, step), (one, -step), (two, step), (three, -step)]
                    if most >= own:
                        return own
        return most

    def _by_paths(self, at: int, sign: int, wanted: int) -> int:
        """Give how far a cell moves, as far as wanted."""
        twin = self.copy()
        moved = twin.move(at, wanted, sign=sign)
        if moved:
            steps = zip(self.cells, twin.cells, strict=True)
            self._ways[at, sign] = [
                (at, sign * moved),
                *(
                    (cell, after - before)
                    for cell, (before, after) in enumerate(steps)
                    if before != after and cell != at
                ),
            ]
        return moved

    def _path(self, at: int, sign: int) -> list[int] | None:
        """Find a shortest closed path on which a cell moves, beginning with the cell."""
        columns, rows = self.columns, self.rows
        cells = self.cells
        # Within a column the next cell goes against the first one, within a row along with it.
        against, along = (self.low, self.high) if sign > 0 else (self.high, self.low)
        if cells[at] == along[at]:
            return None
        row, column = divmod(at, columns)
        came: dict[int, tuple[int, int]] = {rows + column: (-1, at)}
        unseen_rows, unseen_columns = set(range(rows)), set(range(columns)) - {column}
        queue = [rows + column]
        for node in queue:
            if node >= rows:
                for after in sorted(unseen_rows):
                    cell = after * columns + node - rows
                    if cell != at and cells[cell] != against[cell]:
                        came[after] = (node, cell)
                        if after == row:
                            return _walked(came, row)
                        unseen_rows.discard(after)
                        queue.append(after)
            else:
                for after in sorted(unseen_columns):
                    cell = node * columns + after
                    if cells[cell] != along[cell]:
                        came[rows + after] = (node, cell)
                        unseen_columns.discard(after)
                        queue.append(rows + after)
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
