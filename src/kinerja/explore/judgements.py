"""Judgements of pairs: how they are read, checked and shown.

What lives here: "hasil is 3 times as important as perilaku" as exact ratios, from named pairs or from a
matrix, and everything that can be wrong with them. What never comes in: weights, consistency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final, TypeAlias

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.exact import ExactInput, NotANumberError, decimal_digits, exact, plain_decimal

__all__ = [
    "Judgements",
    "NamedJudgements",
    "check_criteria",
    "different_names",
    "judgements_from_matrix",
    "read_judgements",
    "shown",
    "shown_pair",
    "shown_pairs",
]

NamedJudgements: TypeAlias = "Mapping[tuple[str, str], ExactInput]"

#: Ends of the scale of Saaty (1977): a criterion is at most 9 times as important as another.
SCALE: Final = Fraction(9)
#: Ratios beyond this are refused: nobody means them, and eigenvectors of floats would be noise.
LARGEST: Final = Fraction(10**6)
#: Fewest criteria that can be compared.
FEWEST: Final = 2
#: Digits from which on a float is the print of a ratio and not a short decimal somebody typed.
_LONG: Final = 12
#: Pairs that an issue lists.
_LISTED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """Ratios of importance, by pair.

    Attributes:
        criteria: Names, in order.
        ratios: By the places of two criteria, the lower one first: how many times as important the first
            is as the second. A pair that nobody judged is not there.
        notes: What should be looked at, such as a ratio beyond the scale.
    """

    criteria: tuple[str, ...]
    ratios: Mapping[tuple[int, int], Fraction]
    notes: tuple[Issue, ...] = ()

    @property
    def missing(self) -> tuple[tuple[int, int], ...]:
        """The pairs that nobody judged."""
        pairs = combinations(range(len(self.criteria)), 2)
        return tuple(pair for pair in pairs if pair not in self.ratios)

    def ratio(self, first: int, second: int) -> Fraction:
        """Give a ratio in either direction."""
        if first == second:
            return Fraction(1)
        low, high = sorted((first, second))
        found = self.ratios[low, high]
        return found if first < second else 1 / found


def read_judgements(
    given: NamedJudgements, *, criteria: Sequence[str] | None = None, path: str = "judgements"
) -> tuple[Judgements, list[Issue]]:
    """Read judgements by the names of two criteria.

    Args:
        given: By pair: how many times as important the first criterion is as the second, as an exact
            number such as `3`, `"1/3"` or `"2.5"`. The other direction is implied. A long float that is
            the print of a ratio (`0.3333333333333333`) means that ratio.
        criteria: The names; by default those of the pairs, in the order in which they first appear.
        path: What issues call the judgements.

    Returns:
        What could be read, and every issue; with an issue of severity `error` the judgements must not
        be used.

    Raises:
        InputError: A key is no pair of names (KNJ019).
    """
    _refuse_no_pairs(given, path=path)
    issues = [] if criteria is None else check_criteria(criteria)
    if criteria is None:
        criteria = tuple(dict.fromkeys(name for pair in given for name in pair))
        issues = check_criteria(criteria, path=path)
    places = {name: place for place, name in enumerate(criteria)}
    ratios: dict[tuple[int, int], Fraction] = {}
    notes: list[Issue] = []
    for (first, second), value in given.items():
        strange = [name for name in (first, second) if name not in places]
        place = f"{path}[{shown_pair(first, second)}]"
        if strange:
            issues += [unknown_name("KNJ007", place, name, criteria) for name in strange]
            continue
        ratio = _ratio(value)
        if ratio is None or ratio <= 0:
            issues.append(Issue(code="KNJ003", path=place, details={"found": quoted(value)}))
            continue
        if first == second:
            if ratio != 1:
                details = {
                    "what": shown_pair(first, second),
                    "found": shown(ratio),
                    "expected": "1",
                }
                issues.append(Issue(code="KNJ016", path=place, details=details))
            continue
        if not 1 / LARGEST <= ratio <= LARGEST:
            issues.append(_too_large(place, shown_pair(first, second), ratio))
            continue
        low, high = sorted((places[first], places[second]))
        ratio = ratio if places[first] == low else 1 / ratio
        if ratios.get((low, high), ratio) != ratio:
            issues.append(
                _not_reciprocal(place, criteria[low], criteria[high], ratios, ratio, low, high)
            )
            continue
        if (low, high) not in ratios and not 1 / SCALE <= ratio <= SCALE:
            notes.append(beyond_scale(place, shown_pair(criteria[low], criteria[high]), ratio))
        ratios[low, high] = ratio
    read = Judgements(criteria=tuple(criteria), ratios=ratios, notes=tuple(notes))
    return read, issues


def _refuse_no_pairs(given: NamedJudgements, *, path: str) -> None:
    wrong = [pair for pair in given if isinstance(pair, str) or len(pair) != FEWEST]
    if wrong:
        details = {"found": ", ".join(map(quoted, wrong)), "expected": str(FEWEST)}
        raise InputError([Issue(code="KNJ019", path=path, details=details)])


def judgements_from_matrix(
    matrix: Sequence[Sequence[ExactInput]], *, criteria: Sequence[str]
) -> dict[tuple[str, str], Fraction]:
    """Turn a matrix of judgements into named ones.

    Args:
        matrix: Row i, column j: how many times as important criterion i is as criterion j. Both halves
            are read, and each must be the reciprocal of the other.
        criteria: Name of each row.

    Raises:
        InputError: The matrix is not square, or a ratio is none, is not reciprocal, or is not 1 where a
            criterion meets itself.

    Examples:
        >>> judgements_from_matrix([[1, 3], ["1/3", 1]], criteria=["hasil", "perilaku"])
        {('hasil', 'perilaku'): Fraction(3, 1)}
    """
    size = len(criteria)
    issues = check_criteria(criteria)
    widths = sorted({len(row) for row in matrix} - {size})
    if len(matrix) != size or widths:
        found = f"{len(matrix)} × {widths[0] if widths else size}"
        details = {"found": found, "expected": f"{size} × {size}"}
        raise InputError([*issues, Issue(code="KNJ006", path="matrix", details=details)])
    cells = {
        (criteria[i], criteria[j]): matrix[i][j] for i in range(size) for j in range(size) if i <= j
    } | {(criteria[i], criteria[j]): matrix[i][j] for i in range(size) for j in range(i)}
    read, found_issues = read_judgements(cells, criteria=criteria, path="matrix")
    issues = issues or found_issues
    if issues:
        raise InputError(issues)
    return {(criteria[i], criteria[j]): ratio for (i, j), ratio in read.ratios.items()}


# What can be wrong.


def check_criteria(criteria: Sequence[str], *, path: str = "criteria") -> list[Issue]:
    """Find fewer than two names, and names that stand twice."""
    names = list(criteria)
    twice = sorted({name for name in names if names.count(name) > 1})
    if len(names) >= FEWEST and not twice:
        return []
    found = ", ".join(map(quoted, twice or names)) or "–"
    return [Issue(code="KNJ019", path=path, details={"found": found, "expected": str(FEWEST)})]


def different_names(path: str, names: Sequence[str], expected: Sequence[str]) -> list[Issue]:
    """Find names that are not expected, and expected ones that are lacking."""
    lacking = [name for name in expected if name not in names]
    issues = [
        unknown_name("KNJ007", path, name, expected) for name in names if name not in expected
    ]
    if lacking:
        details = {"found": ", ".join(map(quoted, lacking)), "count": str(len(lacking))}
        issues.append(Issue(code="KNJ010", path=path, details=details))
    return issues


def beyond_scale(path: str, what: str, ratio: Fraction) -> Issue:
    """Note that a ratio lies beyond the scale; it is not refused, since the methods are defined for it."""
    details = {"what": what, "found": shown(ratio), "expected": f"1/{SCALE} … {SCALE}"}
    return Issue(code="KNJ008", path=path, details=details, severity="note")


def _too_large(path: str, what: str, ratio: Fraction) -> Issue:
    details = {"what": what, "found": quoted(str(ratio)), "expected": f"1/{LARGEST} … {LARGEST}"}
    return Issue(code="KNJ016", path=path, details=details)


def _not_reciprocal(  # noqa: PLR0913, PLR0917 - both directions of a pair
    path: str,
    first: str,
    second: str,
    ratios: Mapping[tuple[int, int], Fraction],
    ratio: Fraction,
    low: int,
    high: int,
) -> Issue:
    details = {
        "pair": shown_pair(first, second),
        "found": shown(ratios[low, high]),
        "back": shown_pair(second, first),
        "other": shown(1 / ratio),
        "expected": shown(1 / ratios[low, high]),
    }
    return Issue(code="KNJ004", path=path, details=details)


def _ratio(value: ExactInput) -> Fraction | None:
    try:
        read = exact(value)
    except NotANumberError:
        return None
    if isinstance(value, float) and read > 0 and (decimal_digits(read) or 0) >= _LONG:
        # What was typed is most likely 1/3, whose float prints as 0.3333333333333333.
        inverse = Fraction(round(1 / read, 4))
        if float(1 / inverse) == float(value):
            return 1 / inverse
    return read


# How they are shown.


def shown(value: Fraction) -> str:
    """Write a ratio: a fraction such as 1/3, or a plain decimal; one that never ends with four digits.

    Examples:
        >>> shown(Fraction(1, 3)), shown(Fraction(5, 2)), shown(Fraction(22, 7))
        ('1/3', '2.5', '3.143')
    """
    if value.denominator == 1 or value.numerator == 1:
        return str(value)
    digits = decimal_digits(value)
    if digits is not None and digits <= 4:  # noqa: PLR2004 - said above
        return plain_decimal(value)
    return f"{float(value):.4g}"


def shown_pair(first: str, second: str) -> str:
    """Write two criteria that are compared."""
    return f"{first} : {second}"


def shown_pairs(pairs: Sequence[tuple[str, str]]) -> str:
    """Write pairs of criteria; of many only the first."""
    more = ["…"] if len(pairs) > _LISTED else []
    return ", ".join([*(shown_pair(*pair) for pair in pairs[:_LISTED]), *more])


def named_pairs(
    judgements: Judgements, pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """Give the names of pairs of places."""
    names = judgements.criteria
    yield from ((names[i], names[j]) for i, j in pairs)
