"""Components whose worth hangs on which others are there too.

What lives here: Choquet's integral over a capacity, and what each set of components adds. What never comes
in: how a capacity is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import ExactInput, exact

__all__ = ["choquet", "moebius"]


def choquet(
    values: Mapping[str, ExactInput], *, capacity: Mapping[frozenset[str], ExactInput]
) -> Fraction:
    """Aggregate components whose worth hangs on which others are there too (Choquet's integral).

    Args:
        values: Components and their values.
        capacity: The worth of every set of components: 0 for none, and never less for a larger set.

    Raises:
        InputError: A set is missing, or a larger one is worth less than one within it.

    Examples:
        >>> capacity = {frozenset(): 0, frozenset("a"): "0.3", frozenset("b"): "0.4"}
        >>> choquet({"a": 10, "b": 30}, capacity=capacity | {frozenset("ab"): 1})
        Fraction(18, 1)
    """
    worth = _capacity(capacity, tuple(values))
    figures = {name: exact(value) for name, value in values.items()}
    rising = sorted(figures, key=lambda name: figures[name])
    total, before = Fraction(0), Fraction(0)
    for place, name in enumerate(rising):
        total += (figures[name] - before) * worth[frozenset(rising[place:])]
        before = figures[name]
    return total


def moebius(capacity: Mapping[frozenset[str], ExactInput]) -> dict[frozenset[str], Fraction]:
    """Give what each set of components adds beyond the sets within it.

    Args:
        capacity: The worth of every set of components.

    Raises:
        InputError: As `choquet`.

    Examples:
        >>> capacity = {frozenset(): 0, frozenset("a"): "0.3", frozenset("b"): "0.4"}
        >>> moebius(capacity | {frozenset("ab"): 1})[frozenset("ab")]
        Fraction(3, 10)
    """
    names = tuple(sorted(frozenset().union(*capacity)))
    worth = _capacity(capacity, names)
    return {
        whole: sum(
            ((-1) ** (len(whole) - len(part)) * worth[part] for part in _subsets(tuple(whole))),
            Fraction(0),
        )
        for whole in worth
    }


def _capacity(
    capacity: Mapping[frozenset[str], ExactInput], names: tuple[str, ...]
) -> dict[frozenset[str], Fraction]:
    sets = _subsets(names)
    absent = [one for one in sets if one not in capacity]
    if absent:
        details = {"found": quoted(sorted(absent[0])), "expected": str(len(sets))}
        raise InputError([Issue(code="KNJ039", path="capacity", details=details)])
    worth = {one: exact(capacity[one]) for one in sets}
    falls = [
        (one, name)
        for one in sets
        for name in names
        if name not in one and worth[one | {name}] < worth[one]
    ]
    if falls or worth[frozenset()]:
        one = falls[0][0] if falls else frozenset()
        details = {"found": quoted(sorted(one)), "expected": "0 ≤ A ≤ A ∪ B"}
        raise InputError([Issue(code="KNJ039", path="capacity", details=details)])
    return worth


def _subsets(names: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(part) for size in range(len(names) + 1) for part in combinations(names, size)]
