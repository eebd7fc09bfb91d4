"""Which counts of a table may be shown, decided so that the decision tells nothing either.

What lives here: the questions asked of a table, one after another, and what their answers leave open. What
never comes in: people, units by name, words.

**What is promised.** Rows are units whose numbers of people everybody knows; columns are labels. Whoever
knows the row sums, `k`, these rules and the whole published table still finds, for each count that is not
shown (a column total too), at least `k` whole numbers in a row that it may be. Among `k` such numbers one
is 0 or at least `k`; so nobody can be sure that some people have a label and that they are fewer than
`k`. No shown count lies in 1..k-1, nor does what shown counts leave for the hidden ones of a row, or of a
column whose total is shown; any other sum of hidden counts that can be computed is `k` - 1 at least, since
one of its counts may be that large.

**Why suppression cell by cell does not give that.** The usual way hides small cells, then others so that
the hidden ones cannot be computed (Hundepool et al., *Handbook on Statistical Disclosure Control*, 2010,
chapters 4 and 5), and checks the limits that sums and signs leave. Which others are hidden depends on
hidden values, so who knows the rules learns more than those limits. Two defences are joined here: the
limits are exact (see `line_sums`), and no decision uses what is not known afterwards (simulatable
auditing: Kenthapadi, Mishra, Nissim, PODS 2005).

**How.** What is known is a set K of tables: the row sums, and limits for each cell. A question names one
cell and a span [a, b], found from K alone; the answer is its value if that lies in the span, else only on
which side it lies. A question is asked only if after *every* answer the promise holds for what is then
known. Each answer is a limit on one cell, so K keeps its form, and its limits stay exact.

**Proof.** K is at every time the set of *all* tables that give the answers given so far: a table in K
gives the same K before each question, so the same question, and the same answer because its cell lies on
the same side. So all of K leads to the same publication, and who sees it cannot exclude any table in K.
The promise holds for K after the last answer, because it holds at the beginning (each row has at least
`k` people) and after every answer. The published table shows less than the answers: not on which side a
hidden cell lies.

That one may test only ends of a span rests on this: with a cell held at v, the greatest value of another
is concave in v and its least is convex, so the values v after which the promise holds form one span; and
with a cell held below u, what stays open grows with u.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kinerja.cohort.line_sums import LineSums

__all__ = ["Shown", "Zeros", "protect"]

Zeros: TypeAlias = Literal["protect", "show"]
_Test: TypeAlias = Callable[[int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a table may be shown; `None` stands for a count that is not.

    Attributes:
        cells: The counts, row by row.
        totals: The totals of the columns.
    """

    cells: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]


def protect(counts: Sequence[Sequence[int]], *, k: int, zeros: Zeros = "protect") -> Shown:
    """Decide which counts may be shown.

    Args:
        counts: Rows of counts; each row sums to `k` at least, and the row sums are known to everybody.
        k: The least count that is shown.
        zeros: Whether a count of 0 is hidden as 1..k-1 are, or shown where that tells nothing else.

    Examples:
        >>> protect([[2, 10, 20], [9, 11, 12], [8, 30, 7]], k=5).cells
        ((None, 10, None), (None, 11, None), (8, 30, 7))
    """
    return _Questions(counts, k).shown(zeros)


class _Questions:
    """What is known of a table, and the next question."""

    def __init__(self, counts: Sequence[Sequence[int]], k: int) -> None:
        self.k = k
        self.rows, self.columns = len(counts), len(counts[0])
        self.people = [sum(row) for row in counts]
        totals = [sum(column) for column in zip(*counts, strict=True)]
        everybody = sum(self.people)
        self.known = LineSums(
            rows=self.rows + 1,
            columns=self.columns,
            cells=[*(count for row in counts for count in row), *(-total for total in totals)],
            low=[0] * (self.rows * self.columns) + [-everybody] * self.columns,
            high=[sum(row) for row in counts for _ in row] + [0] * self.columns,
        )
        # With a single column the numbers of people tell all.
        for at in self.known.determined(self.known.free()):
            self.known.low[at] = self.known.high[at] = self.known.cells[at]
        # The cell that was open too little before is looked at first; only a matter of speed.
        self.narrow = 0

    def shown(self, zeros: Zeros) -> Shown:
        last = self.rows * self.columns
        # Low labels are the rare ones: what is asked last is what more often stays hidden.
        for column in reversed(range(self.columns)):
            self._ask(last + column)
        order = self._order()
        for at in order:
            self._ask(at)
        if zeros == "show":
            for at in [*range(last, last + self.columns), *order]:
                self._ask_for_zero(at)
        flat = [
            abs(low) if low == high else None
            for low, high in zip(self.known.low, self.known.high, strict=True)
        ]
        lines = [
            tuple(flat[start : start + self.columns]) for start in range(0, len(flat), self.columns)
        ]
        return Shown(cells=tuple(lines[:-1]), totals=lines[-1])

    def _order(self) -> list[int]:
        """Give the cells, first those of which the shown totals let expect most."""
        last = self.rows * self.columns
        totals = [
            -self.known.low[last + column] if self._is_shown(last + column) else None
            for column in range(self.columns)
        ]
        hidden = totals.count(None)
        rest = sum(self.people) - sum(total or 0 for total in totals)
        # Whole numbers of the same scale, so that no share is rounded.
        weights = [rest if total is None else total * max(hidden, 1) for total in totals]
        return sorted(
            range(last),
            key=lambda at: (-self.people[at // self.columns] * weights[at % self.columns], at),
        )

    def _is_shown(self, at: int) -> bool:
        return self.known.low[at] == self.known.high[at]

    def _sign(self, at: int) -> int:
        """Tell whether a cell holds its count (1) or, as a column total, its opposite (-1)."""
        return -1 if at >= self.rows * self.columns else 1

    # One question.

    def _ask(self, at: int) -> None:
        if self._is_shown(at) or self._left_of_row(at) < 2 * self.k:
            return
        settled = self._settled_with(at)
        least, greatest = self.known.range_of(at)
        ends = self._by_sums(at, settled, least, greatest)
        span = self._span(*ends, lambda value: self._is_safe_at(at, value, settled))
        if span is None:
            return
        start, end = span
        if start > least and not self._is_safe_within(at, least, start - 1):
            found = _first(start, end - 1, lambda u: self._is_safe_within(at, least, u))
            if found is None:
                return
            start = found + 1
        if end < greatest and not self._is_safe_within(at, end + 1, greatest):
            found = _last(start + 1, end, lambda u: self._is_safe_within(at, u, greatest))
            if found is None:
                return
            end = found - 1
        self._take(at, start, end, settled)

    def _ask_for_zero(self, at: int) -> None:
        if self._is_shown(at):
            return
        least, greatest = self.known.range_of(at)
        inner = least if self._sign(at) > 0 else greatest
        if inner != 0:
            return
        settled = self._settled_with(at)
        others = (1, greatest) if self._sign(at) > 0 else (least, -1)
        if (
            self._sums_hold(self._held(at, 0, settled), at, settled)
            and self._is_safe_at(at, 0, settled)
            and self._is_safe_within(at, *others)
        ):
            if self.known.cells[at] == 0:
                self._take(at, 0, 0, settled)
            else:
                self.known.low[at], self.known.high[at] = others

    def _take(self, at: int, start: int, end: int, settled: set[int]) -> None:
        """Note the answer that the table gives."""
        known, value = self.known, self.known.cells[at]
        if value < start:
            known.high[at] = start - 1
        elif value > end:
            known.low[at] = end + 1
        else:
            for cell in (at, *settled):
                known.low[cell] = known.high[cell] = known.cells[cell]

    # What may be shown.

    def _settled_with(self, at: int) -> set[int]:
        """Give the cells that can be computed once a cell is shown."""
        return self.known.determined([cell for cell in self.known.free() if cell != at])

    def _left_of_row(self, at: int) -> int:
        row = at // self.columns
        cells = range(row * self.columns, (row + 1) * self.columns)
        return abs(sum(self.known.cells[cell] for cell in cells if not self._is_shown(cell)))

    def _counts(self, table: LineSums, at: int, settled: set[int]) -> list[int]:
        """Give the counts that can be computed once a cell is shown, the hidden rest of each line too."""
        shown = {at, *settled}
        counts = [abs(table.cells[cell]) for cell in sorted(settled)]
        is_hidden = [
            low < high and cell not in shown
            for cell, (low, high) in enumerate(zip(self.known.low, self.known.high, strict=True))
        ]
        size = len(is_hidden)
        lines = [range(row, row + self.columns) for row in range(0, size, self.columns)]
        lines += [
            range(column, size, self.columns)
            for column in range(self.columns)
            if not is_hidden[size - self.columns + column]
        ]
        for line in lines:
            hidden = [table.cells[cell] for cell in line if is_hidden[cell]]
            counts.append(abs(sum(hidden)) if hidden else self.k)
        return counts

    def _sums_hold(self, table: LineSums, at: int, settled: set[int]) -> bool:
        return all(count >= self.k for count in self._counts(table, at, settled))

    def _by_sums(self, at: int, settled: set[int], least: int, greatest: int) -> tuple[int, int]:
        """Give the values of a cell at which no count that can be computed is below `k`."""
        if self._sign(at) > 0:
            start, end = max(least, self.k), greatest
        else:
            start, end = least, min(greatest, -self.k)
        twin = self._held(at, least, settled)
        first = self._counts(twin, at, settled)
        twin = self._held(at, least + 1, settled)
        for before, after in zip(first, self._counts(twin, at, settled), strict=True):
            if after > before:
                start = max(start, least + self.k - before)
            elif after < before:
                end = min(end, least + before - self.k)
            elif before < self.k:
                return 1, 0
        return start, end

    def _held(self, at: int, value: int, settled: set[int]) -> LineSums:
        """Give what is known with one cell held at a value."""
        twin = self.known.copy()
        gap = value - twin.cells[at]
        twin.move(at, abs(gap), sign=1 if gap > 0 else -1)
        for cell in (at, *settled):
            twin.low[cell] = twin.high[cell] = twin.cells[cell]
        return twin

    def _is_safe_at(self, at: int, value: int, settled: set[int]) -> bool:
        return self._is_open(self._held(at, value, settled))

    def _is_safe_within(self, at: int, low: int, high: int) -> bool:
        if high - low < self.k - 1:
            return False
        twin = self.known.copy()
        value = twin.cells[at]
        if value > high:
            twin.move(at, value - high, sign=-1)
        elif value < low:
            twin.move(at, low - value, sign=1)
        twin.low[at], twin.high[at] = low, high
        return self._is_open(twin)

    def _is_open(self, table: LineSums) -> bool:
        """Tell whether each cell that is not settled has `k` possible values."""
        width = self.k - 1
        free = table.free()
        if self.narrow in free and not table.has_width(self.narrow, width):
            return False
        for cell in free:
            if not table.has_width(cell, width):
                self.narrow = cell
                return False
        return True

    @staticmethod
    def _span(start: int, end: int, is_safe: _Test) -> tuple[int, int] | None:
        """Find the span of safe values; `None` where neither the ends nor three points between are safe."""
        if start > end:
            return None
        at_start, at_end = is_safe(start), is_safe(end)
        if at_start and at_end:
            return start, end
        if at_start:
            return start, _last_of(start, end, is_safe)
        if at_end:
            return _first_of(start, end, is_safe), end
        for share in (2, 1, 3):
            between = start + (end - start) * share // 4
            if start < between < end and is_safe(between):
                return _first_of(start, between, is_safe), _last_of(between, end, is_safe)
        return None


def _first_of(start: int, end: int, holds: _Test) -> int:
    """Find the first number of a span that holds; the last one holds, and all after the first do."""
    while start < end:
        middle = (start + end) // 2
        if holds(middle):
            end = middle
        else:
            start = middle + 1
    return start


def _last_of(start: int, end: int, holds: _Test) -> int:
    """Find the last number of a span that holds; the first one holds, and all before the last do."""
    return -_first_of(-end, -start, lambda value: holds(-value))


def _first(start: int, end: int, holds: _Test) -> int | None:
    return _first_of(start, end, holds) if start <= end and holds(end) else None


def _last(start: int, end: int, holds: _Test) -> int | None:
    return _last_of(start, end, holds) if start <= end and holds(start) else None
