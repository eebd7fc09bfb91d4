"""Counts that may be shown: an attacker who knows all rules fails, by exhaustion and by independent limits."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.cohort.protect import Shown, Zeros, protect

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


def publish_all(
    people: Sequence[int], columns: int, k: int, zeros: Zeros
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
    ((6, 7), 3, 3),
    ((2, 3, 4), 3, 2),
    ((2, 2, 2, 2), 2, 2),
    ((3, 5, 4, 6), 2, 2),
    ((4, 4), 4, 2),
]


class TestWhoKnowsTheRules:
    """Every table with the known row sums is published; tables that look alike are what cannot be told apart."""

    @pytest.mark.parametrize("zeros", ["protect", "show"])
    @pytest.mark.parametrize(("people", "columns", "k"), CASES)
    def test_finds_k_values_in_a_row_for_each_hidden_count(
        self, people: tuple[int, ...], columns: int, k: int, zeros: Zeros
    ) -> None:
        attacked = attack(publish_all(people, columns, k, zeros))
        assert attacked
        for publication, place, values in attacked:
            assert in_a_row(values) >= k, (publication, place, values)

    @pytest.mark.parametrize(("people", "columns", "k"), CASES)
    def test_is_never_sure_that_few_people_have_a_label(
        self, people: tuple[int, ...], columns: int, k: int
    ) -> None:
        for publication, place, values in attack(publish_all(people, columns, k, "protect")):
            assert not values <= set(range(1, k)), (publication, place, values)

    def test_breaks_a_publication_that_hides_small_counts_alone(self) -> None:
        publications = defaultdict(list)
        for table in tables_of((6, 7), 3):
            publications[naive(table, 3)].append(table)
        recovered = [one for one in attack(publications) if len(one[2]) == 1]
        assert recovered
