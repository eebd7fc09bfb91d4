"""Weights from the order of importance alone.

What lives here: centroid, sum and reciprocal of ranks, and what becomes of tied ranks. What never comes
in: how much more important one criterion is than the next; the method decides that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal, get_args

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import ExactInput, NotANumberError, exact
from kinerja.explore.choices import check_choices
from kinerja.explore.judgements import check_criteria
from kinerja.explore.points import of_sum
from kinerja.values import Origin, Weights

__all__ = [
    "RankTies",
    "Ranks",
    "rank_order_centroid_weights",
    "rank_reciprocal_weights",
    "rank_sum_weights",
]

Ranks = Mapping[str, ExactInput] | Sequence[str]
RankTies = Literal["refuse", "mean"]

STILLWELL: Final = (
    "Stillwell, Seaver & Edwards 1981, Organ. Behav. Hum. Perform. 28:62-77, "
    "doi:10.1016/0030-5073(81)90015-5"
)
BARRON: Final = (
    "Barron 1992, Acta Psychol. 80:91-103; Edwards & Barron 1994, OBHDP 60:306-325, "
    "doi:10.1006/obhd.1994.1087"
)


def rank_order_centroid_weights(ranks: Ranks, *, ties: RankTies = "refuse") -> Weights:
    """Find weights from ranks: the mean of all weights that keep the order.

    The weight of place k of n is (1/k + … + 1/n)/n.

    Args:
        ranks: Names, the most important one first; or rank by name, 1 for the most important.
        ties: What equal ranks are: `refuse`, or `mean`, which gives each of those who share places the
            mean of the weights of these places.

    Returns:
        Exact weights; `ties` among the facts says how many criteria share their rank.

    Raises:
        InputError: The ranks are none, or tie and are not to.

    Examples:
        >>> dict(rank_order_centroid_weights(["hasil", "perilaku"]))
        {'hasil': Fraction(3, 4), 'perilaku': Fraction(1, 4)}
        >>> dict(rank_order_centroid_weights({"a": 1, "b": 2, "c": 2}, ties="mean"))
        {'a': Fraction(11, 18), 'b': Fraction(7, 36), 'c': Fraction(7, 36)}
    """

    def centroid(place: int, size: int) -> Fraction:
        return sum((Fraction(1, k) for k in range(place, size + 1)), Fraction(0)) / size

    return _weights(ranks, ties, centroid, method="rank_order_centroid", source=BARRON)


def rank_sum_weights(ranks: Ranks, *, ties: RankTies = "refuse") -> Weights:
    """Find weights from ranks: in proportion to n + 1 - rank.

    Args:
        ranks: Names, the most important one first; or rank by name, 1 for the most important.
        ties: `refuse`, or `mean` of the weights of the places that are shared.

    Raises:
        InputError: The ranks are none, or tie and are not to.

    Examples:
        >>> dict(rank_sum_weights(["hasil", "perilaku"]))
        {'hasil': Fraction(2, 3), 'perilaku': Fraction(1, 3)}
    """

    def places_left(place: int, size: int) -> Fraction:
        return Fraction(size + 1 - place)

    return _weights(ranks, ties, places_left, method="rank_sum", source=STILLWELL)


def rank_reciprocal_weights(ranks: Ranks, *, ties: RankTies = "refuse") -> Weights:
    """Find weights from ranks: in proportion to 1 / rank.

    Args:
        ranks: Names, the most important one first; or rank by name, 1 for the most important.
        ties: `refuse`, or `mean` of the weights of the places that are shared.

    Raises:
        InputError: The ranks are none, or tie and are not to.

    Examples:
        >>> dict(rank_reciprocal_weights(["a", "b", "c"]))
        {'a': Fraction(6, 11), 'b': Fraction(3, 11), 'c': Fraction(2, 11)}
    """

    def reciprocal(place: int, _: int) -> Fraction:
        return Fraction(1, place)

    return _weights(ranks, ties, reciprocal, method="rank_reciprocal", source=STILLWELL)


def _weights(
    ranks: Ranks,
    ties: RankTies,
    of_place: Callable[[int, int], Fraction],
    *,
    method: str,
    source: str,
) -> Weights:
    shared = _places(ranks, ties)
    size = len(shared)
    points = {
        name: sum((of_place(place, size) for place in places), Fraction(0)) / len(places)
        for name, places in shared.items()
    }
    tied = sum(len(places) > 1 for places in shared.values())
    return of_sum(points, origin=Origin(method=method, source=source, facts={"ties": tied}))


def _places(ranks: Ranks, ties: RankTies) -> dict[str, range]:
    """Give the places that each criterion has, or shares with its equals."""
    issues = check_choices({"ties": (ties, get_args(RankTies))})
    if not isinstance(ranks, Mapping):
        issues += check_criteria(ranks, path="ranks")
        if issues:
            raise InputError(issues)
        return {name: range(place, place + 1) for place, name in enumerate(ranks, start=1)}
    issues += check_criteria(list(ranks), path="ranks")
    read: dict[str, Fraction] = {}
    for name, value in ranks.items():
        try:
            read[name] = exact(value)
        except NotANumberError:
            issues.append(_no_rank(f"ranks.{name}", quoted(value), f"1 … {len(ranks)}"))
    if issues:
        raise InputError(issues)
    places = {
        name: range(
            1 + sum(other < rank for other in read.values()),
            1 + sum(other <= rank for other in read.values()),
        )
        for name, rank in read.items()
    }
    tied = any(len(one) > 1 for one in places.values())
    found = sorted(read.values())
    if found not in _spellings(places, found):
        expected = ", ".join(map(str, range(1, len(ranks) + 1)))
        issues.append(_no_rank("ranks", ", ".join(map(str, found)), expected))
    elif tied and ties == "refuse":
        groups = {one: [name for name in places if places[name] == one] for one in places.values()}
        same = ", ".join(" = ".join(names) for names in groups.values() if len(names) > 1)
        issues.append(_no_rank("ranks", same, 'ties="mean"'))
    if issues:
        raise InputError(issues)
    return places


def _spellings(places: Mapping[str, range], found: Sequence[Fraction]) -> list[list[Fraction]]:
    """Give the ways in which these ranks may be written: 1 2 2 4, 1 2 2 3, and 1 2.5 2.5 4."""
    distinct = sorted(set(found))
    runs = list(places.values())
    return [
        sorted(Fraction(run.start) for run in runs),
        [Fraction(distinct.index(rank) + 1) for rank in found],
        sorted(Fraction(run.start + run.stop - 1, 2) for run in runs),
    ]


def _no_rank(path: str, found: str, expected: str) -> Issue:
    return Issue(code="KNJ015", path=path, details={"found": found, "expected": expected})
