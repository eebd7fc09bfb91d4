"""Counts that may be shown: an attacker who knows all rules fails, by exhaustion and by limits."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.cohort.line_sums import LineSums
from kinerja.cohort.protect import Shown, Zeros, _Questions, protect

Table = tuple[tuple[int, ...], ...]


# The attacker. Nothing of the library's own reckoning is used here but the rule that is attacked.


def rows_of(people: int, columns: int) -> list[tuple[int, ...]]:
    """All rows of counts with a given sum."""
    cuts = combinations(range(people + columns - 1), columns - 1)
    return [
        tuple(b - a - 1 for a, b in zip((-1, *cut), (*cut, people + columns - 1), strict=True))
        for cut in cuts
    ]


def tables_of(people: Sequence[int], columns: int) -> Iterator[Table]:
    """All tables whose row sums everybody knows."""
    return product(*(rows_of(one, columns) for one in people))


def flat(table: Table) -> list[int]:
    totals = [sum(column) for column in zip(*table, strict=True)]
    return [*(count for row in table for count in row), *totals]


def seen(shown: Shown) -> tuple[int | None, ...]:
    return (*(count for row in shown.cells for count in row), *shown.totals)


def attack(publications: dict[tuple[int | None, ...], list[Table]]) -> list[tuple[object, ...]]:
    """For each publication and each count it hides: the values among all tables that lead to it."""
    found = []
    for publication, tables in publications.items():
        columns = list(zip(*map(flat, tables), strict=True))
        for place, count in enumerate(publication):
            if count is None:
                found.append((publication, place, frozenset(columns[place])))
    return found


@cache
def publish_all(
    people: tuple[int, ...], columns: int, k: int, zeros: Zeros
) -> dict[tuple[int | None, ...], list[Table]]:
    publications = defaultdict(list)
    for table in tables_of(people, columns):
        publications[seen(protect(table, k=k, zeros=zeros))].append(table)
    return publications


def naive(table: Table, k: int) -> tuple[int | None, ...]:
    """The rule that is broken: small counts alone are hidden."""
    return tuple(count if count >= k else None for count in flat(table))


def in_a_row(values: frozenset[int]) -> int:
    """The longest run of whole numbers among values."""
    longest = 0
    for start in values:
        end = start
        while end in values:
            end += 1
        longest = max(longest, end - start)
    return longest


CASES = [
    ((2, 2), 2, 2),
    ((4,), 3, 2),
    ((9,), 3, 2),
    ((9,), 4, 2),
    ((12,), 3, 3),
    ((5, 4), 2, 2),
    ((7, 6, 5), 2, 2),
    ((9, 7), 2, 3),
    ((8, 6, 7), 2, 3),
    ((4, 5), 3, 2),
    ((6, 6), 3, 2),
    ((5, 6), 3, 3),
    ((2, 3, 4), 3, 2),
    ((2, 2, 2, 2), 2, 2),
    ((3, 5, 4, 6), 2, 2),
    ((3, 4), 4, 2),
]


class TestWhoKnowsTheRules:
    """Every table with the known row sums is published; those that look alike cannot be told apart."""

    @pytest.mark.parametrize("zeros", ["protect", "show"])
    @pytest.mark.parametrize(("people", "columns", "k"), CASES)
    def test_finds_k_values_in_a_row_for_each_hidden_count(
        self, people: tuple[int, ...], columns: int, k: int, zeros: Zeros
    ) -> None:
        publications = publish_all(people, columns, k, zeros)
        shown = {count for publication in publications for count in publication} - {None}
        assert not shown & set(range(zeros == "show", k))
        attacked = attack(publications)
        assert attacked
        for publication, place, values in attacked:
            assert in_a_row(values) >= k, (publication, place, values)

    @pytest.mark.parametrize("zeros", ["protect", "show"])
    @pytest.mark.parametrize(("people", "columns", "k"), CASES)
    def test_is_never_sure_that_few_people_have_a_label(
        self, people: tuple[int, ...], columns: int, k: int, zeros: Zeros
    ) -> None:
        for publication, place, values in attack(publish_all(people, columns, k, zeros)):
            assert not values <= set(range(1, k)), (publication, place, values)

    def test_breaks_a_publication_that_hides_small_counts_alone(self) -> None:
        publications = defaultdict(list)
        for table in tables_of((5, 6), 3):
            publications[naive(table, 3)].append(table)
        recovered = [one for one in attack(publications) if len(one[2]) == 1]
        assert recovered

    def test_breaks_a_publication_whose_order_rests_on_hidden_counts(self) -> None:
        """The limits are as wide as before; only the order of the questions tells too much."""

        class ByCounts(_Questions):
            def _order(self) -> list[int]:
                cells = self.known.cells
                return sorted(range(self.rows * self.columns), key=lambda at: (-cells[at], at))

        publications = defaultdict(list)
        for table in tables_of((4, 5), 3):
            publications[seen(ByCounts(table, 2).shown("protect"))].append(table)
        assert any(in_a_row(values) < 2 for _, _, values in attack(publications))


# An attacker of larger tables, who computes limits from sums alone.


def limits(publication: tuple[int | None, ...], table: Table, at: int) -> tuple[int, int]:
    """The least and greatest value of a hidden count that fit the sums, from the true table on."""
    values = flat(table)
    size = len(table), len(table[0])
    ends = []
    for wanted in (-1, 1):
        now = values[:]
        while _shift(now, publication, size, at, wanted):
            pass
        ends.append(now[at])
    return ends[0], ends[1]


def _shift(
    now: list[int],
    publication: tuple[int | None, ...],
    size: tuple[int, int],
    at: int,
    wanted: int,
) -> bool:
    """Change a count by one, with others so that each row and each column keeps its sum."""
    rows, columns = size

    def after(place: int, by: int) -> bool:
        return publication[place] is None and now[place] + by >= 0

    if not after(at, wanted):
        return False
    start, goal = at % columns, at // columns
    # A total counts on the other side of its column.
    first = wanted if goal < rows else -wanted
    came: dict[tuple[str, int], tuple[tuple[str, int], int, int] | None] = {("column", start): None}
    waiting = [("column", start)]
    while waiting:
        kind, node = waiting.pop()
        for other in range(rows + 1) if kind == "column" else range(columns):
            row, column = (other, node) if kind == "column" else (node, other)
            place = row * columns + column
            side = 1 if row < rows else -1
            by = side * (-first if kind == "column" else first)
            new = ("row" if kind == "column" else "column", other)
            if place == at or new in came or not after(place, by):
                continue
            came[new] = ((kind, node), place, by)
            waiting.append(new)
    step = came.get(("row", goal))
    if step is None:
        return False
    now[at] += wanted
    while step is not None:
        before, place, by = step
        now[place] += by
        step = came[before]
    return True


def some_table(chance: random.Random, *, rows: int, weights: Sequence[int], most: int) -> Table:
    table = []
    for _ in range(rows):
        labels = chance.choices(range(len(weights)), weights, k=chance.randint(8, most))
        table.append(tuple(labels.count(label) for label in range(len(weights))))
    return tuple(table)


TABLES = [
    some_table(random.Random(seed), rows=rows, weights=weights, most=most)  # noqa: S311 - seeded, not secret
    for seed, (rows, weights, most) in enumerate(
        [
            (4, (1, 3, 12), 20),
            (5, (1, 2, 10, 4), 40),
            (8, (1, 3, 12, 70, 14), 60),
            (12, (1, 3, 12, 70, 14), 90),
            (10, (1, 1, 1), 30),
            (3, (0, 0, 1, 9), 25),
            (6, (1, 30), 40),
            (1, (1, 5, 9), 40),
        ]
    )
]


class TestLargerTables:
    @pytest.mark.parametrize("table", TABLES)
    @pytest.mark.parametrize("zeros", ["protect", "show"])
    def test_sums_leave_k_values(self, table: Table, zeros: Zeros) -> None:
        publication = seen(protect(table, k=5, zeros=zeros))
        for at, count in enumerate(publication):
            if count is None:
                least, greatest = limits(publication, table, at)
                assert greatest - least >= 4, (at, least, greatest)

    def test_sums_open_a_publication_that_hides_small_counts_alone(self) -> None:
        table = ((2, 10, 20), (9, 11, 12), (8, 30, 7))
        assert limits(naive(table, 5), table, 0) == (2, 2)

    @pytest.mark.parametrize("table", TABLES)
    def test_each_hidden_count_has_two_far_values_in_tables_that_look_the_same(
        self, table: Table
    ) -> None:
        """Who knows the rules is shown two tables for each hidden count; both are published and compared.

        Where the two tables come from does not matter: they are tables, and look the same or do not.
        """
        questions = _Questions(table, 5)
        publication = seen(questions.shown("protect"))
        columns = len(table[0])
        for at, count in enumerate(publication):
            if count is not None:
                continue
            values = []
            for sign in (-1, 1):
                other = questions.known.copy()
                other.move(at, sum(map(sum, table)), sign=sign)
                cells = other.cells[:-columns]
                tried = tuple(
                    tuple(cells[row : row + columns]) for row in range(0, len(cells), columns)
                )
                assert seen(protect(tried, k=5)) == publication
                values.append(flat(tried)[at])
            assert abs(values[1] - values[0]) >= 4


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[int]], int]:
    k = draw(st.integers(2, 6))
    columns = draw(st.integers(2, 5))
    row = st.lists(st.integers(0, 3 * k), min_size=columns, max_size=columns)
    return draw(st.lists(row.filter(lambda of: sum(of) >= k), min_size=1, max_size=5)), k


class TestLaws:
    @given(tables(), st.sampled_from(["protect", "show"]))
    @settings(max_examples=150, deadline=None)
    def test_of_shown_counts(self, drawn: tuple[list[list[int]], int], zeros: Zeros) -> None:
        """No count of 1..k-1 is shown or left by shown ones, and what is shown is true."""
        table, k = drawn
        shown = protect(table, k=k, zeros=zeros)
        totals = [sum(column) for column in zip(*table, strict=True)]
        for counts, true in zip([*shown.cells, shown.totals], [*table, totals], strict=True):
            visible = [count for count in counts if count is not None]
            assert all(count >= k or (count == 0 and zeros == "show") for count in visible)
            assert all(count in (None, value) for count, value in zip(counts, true, strict=True))
            if None in counts:
                assert sum(true) - sum(visible) >= k
        for column, total in zip(zip(*shown.cells, strict=True), shown.totals, strict=True):
            if total is not None and None in column:
                assert total - sum(count or 0 for count in column) >= k

    @given(tables())
    @settings(max_examples=50, deadline=None)
    def test_the_same_table_gives_the_same(self, drawn: tuple[list[list[int]], int]) -> None:
        table, k = drawn
        assert protect(table, k=k) == protect([row[:] for row in table], k=k)

    @given(tables(), st.randoms(use_true_random=False))
    @settings(max_examples=60, deadline=None)
    def test_limits_are_those_of_enumeration(
        self, drawn: tuple[list[list[int]], int], chance: random.Random
    ) -> None:
        table, _ = drawn
        table = [[min(count, 3) for count in row[:3]] for row in table[:3]]
        columns, cells = len(table[0]), [count for row in table for count in row]
        low = [max(0, count - chance.randint(0, 2)) for count in cells]
        high = [count + chance.randint(0, 2) for count in cells]
        sums = LineSums(rows=len(table), columns=columns, cells=cells, low=low, high=high)

        def lines(of: Sequence[int]) -> list[int]:
            rows = [sum(of[at : at + columns]) for at in range(0, len(of), columns)]
            return rows + [sum(of[at::columns]) for at in range(columns)]

        people = [sum(row) for row in table]
        fitting = [
            of
            for one in tables_of(people, columns)
            if lines(of := [count for row in one for count in row]) == lines(cells)
            and all(a <= b <= c for a, b, c in zip(low, of, high, strict=True))
        ]
        for at in range(len(cells)):
            values = [of[at] for of in fitting]
            assert sums.range_of(at) == (min(values), max(values))
            for width in range(4):
                assert sums.has_width(at, width) == (max(values) - min(values) >= width)


def test_one_column_is_shown_since_it_holds_everybody() -> None:
    assert protect([[7], [9]], k=5) == Shown(cells=((7,), (9,)), totals=(16,))
