"""Weights from comparisons with the best and the worst criterion: the best-worst method, linear model.

What lives here: the linear model of Rezaei (2016) with its exact optimum, and the consistency of what
people said. What never comes in: the non-linear model of 2015, and its table of a consistency index, which
must never divide the deviation of the linear one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.exact import ExactInput, NotANumberError, exact
from kinerja.explore.ahp import Facts
from kinerja.explore.judgements import (
    SCALE,
    beyond_scale,
    check_criteria,
    different_names,
    shown,
    shown_pair,
)
from kinerja.explore.simplex import Program, minimise
from kinerja.values import Origin, Weights

__all__ = ["INPUT_THRESHOLDS", "best_worst_weights"]

SOURCE: Final = "Rezaei 2016, Omega 64:126-130, doi:10.1016/j.omega.2015.12.001 (linear model)"

#: Largest input-based ratio that is acceptable, by best-to-worst value and number of criteria (3 to 9):
#: Liang, Brunelli & Rezaei 2020, Omega 96:102175, doi:10.1016/j.omega.2019.102175, Table 3. Read
#: second-hand, alike in four programs; for a value of 2 the threshold is 0.
INPUT_THRESHOLDS: Final[Mapping[int, Mapping[int, Fraction]]] = {
    value: {size: Fraction(figure) for size, figure in enumerate(figures.split(), start=3)}
    for value, figures in {
        2: "0 0 0 0 0 0 0",
        3: "0.1667 0.1667 0.1667 0.1667 0.1667 0.1667 0.1667",
        4: "0.1121 0.1529 0.1898 0.2206 0.2527 0.2577 0.2683",
        5: "0.1354 0.1994 0.2306 0.2546 0.2716 0.2844 0.2960",
        6: "0.1330 0.1990 0.2643 0.3044 0.3144 0.3221 0.3262",
        7: "0.1294 0.2457 0.2819 0.3029 0.3144 0.3251 0.3403",
        8: "0.1309 0.2521 0.2958 0.3154 0.3408 0.3620 0.3657",
        9: "0.1359 0.2681 0.3062 0.3337 0.3517 0.3620 0.3662",
    }.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparisons:
    """What people said: numbers by place, with the places of the best and the worst criterion."""

    criteria: tuple[str, ...]
    best: int
    worst: int
    from_best: tuple[Fraction, ...]
    to_worst: tuple[Fraction, ...]


def best_worst_weights(
    best_to_others: Mapping[str, ExactInput],
    *,
    others_to_worst: Mapping[str, ExactInput],
    best: str,
    worst: str,
) -> Weights:
    """Find weights from comparisons of all criteria with the best and with the worst one.

    The linear model: the weights whose largest deviation `xi` from w_best = a w_j and w_j = a w_worst is
    smallest. The optimum is exact, and no other weights reach it.

    Args:
        best_to_others: By criterion: how many times as important the best one is, 1 or more. The best
            one itself, 1, may be left out.
        others_to_worst: By criterion: how many times as important it is as the worst one, 1 or more. The
            worst one itself may be left out. Best to worst is one number: it need stand in one of the two
            only, and every name must stand in one of them.
        best: The most important criterion.
        worst: The least important one.

    Returns:
        Weights whose origin tells `xi` and `input_cr`, the input-based consistency ratio of Liang, Brunelli
        & Rezaei (2020), with `input_cr_threshold` where one is published. A ratio above it is a warning.

    Raises:
        InputError: A number is below 1 or none, a criterion lacks one, the best or the worst is not
            known, or both directions of best to worst differ.

    Examples:
        >>> found = best_worst_weights(
        ...     {"mutu": 2, "biaya": 1, "gaya": 8},
        ...     others_to_worst={"mutu": 4, "biaya": 8, "gaya": 1},
        ...     best="biaya",
        ...     worst="gaya",
        ... )
        >>> [(name, str(weight)) for name, weight in found], found.origin.facts["xi"]
        ([('mutu', '4/13'), ('biaya', '8/13'), ('gaya', '1/13')], Fraction(0, 1))
    """
    said = _read(best_to_others, others_to_worst, best, worst)
    program = minimise(_rows(said), variables=len(said.criteria), slack=said.best)
    count = len(said.criteria)
    xi = program.point(count)[said.best]
    facts: Facts = {"xi": xi, **_input_consistency(said)}
    issues = [*_too_inconsistent(said, facts), *_beyond(said)]
    origin = Origin(method="best_worst_linear", source=SOURCE, facts=facts, issues=tuple(issues))
    return Weights(tuple(zip(said.criteria, _weights(said, program), strict=True)), origin)


# The linear program. Its variables are the weights, but the place of the best criterion holds the
# deviation, since the weight of the best is what the others leave of 1.
#
# The optimum is unique. With the smallest deviation as the unit, each other criterion weighs the most that
# the best and the worst allow it, which grows with both, and so does the sum. Were there two points of the
# largest sum, no condition on the best and the worst would bind halfway between them, since each allows
# more of one only with more of the other; so both could grow there.


def _rows(said: _Comparisons) -> Iterator[tuple[list[Fraction], Fraction]]:
    count, best, worst = len(said.criteria), said.best, said.worst
    zero, one = Fraction(0), Fraction(1)

    def within(weights: Mapping[int, Fraction]) -> Iterator[tuple[list[Fraction], Fraction]]:
        """Give the two rows that keep the size of a sum of weights below the deviation."""
        of_best = weights.get(best, zero)
        factors = [weights.get(place, zero) - of_best for place in range(count)]
        for sign in (one, -one):
            row = [sign * factor for factor in factors]
            row[best] = -one
            yield row, -sign * of_best

    for place in range(count):
        if place not in (best, worst):
            yield from within({best: one, place: -said.from_best[place]})
            yield from within({place: one, worst: -said.to_worst[place]})
    yield from within({best: one, worst: -said.from_best[worst]})
    yield [zero if place == best else one for place in range(count)], one


def _weights(said: _Comparisons, program: Program) -> list[Fraction]:
    values = list(program.point(len(said.criteria)))
    others = sum(values, Fraction(0)) - values[said.best]
    values[said.best] = 1 - others
    return values


# What people said.


def _read(
    best_to_others: Mapping[str, ExactInput],
    others_to_worst: Mapping[str, ExactInput],
    best: str,
    worst: str,
) -> _Comparisons:
    """Read the comparisons; every issue at once."""
    criteria = tuple(dict.fromkeys([*best_to_others, *others_to_worst]))
    issues = check_criteria(criteria)
    issues += [
        unknown_name("KNJ007", path, name, criteria)
        for path, name in (("best", best), ("worst", worst))
        if name not in criteria
    ]
    if best == worst:
        details = {"found": quoted(best), "expected": "2"}
        issues.append(Issue(code="KNJ019", path="worst", details=details))
    from_best, wrong = _vector("best_to_others", best_to_others, own=best)
    to_worst, strange = _vector("others_to_worst", others_to_worst, own=worst)
    issues += wrong + strange
    if not issues:
        issues += _best_to_worst(from_best, to_worst, best, worst)
        for path, found in (("best_to_others", from_best), ("others_to_worst", to_worst)):
            issues += different_names(path, list(found), criteria)
    if issues:
        raise InputError(issues)
    return _Comparisons(
        criteria=criteria,
        best=criteria.index(best),
        worst=criteria.index(worst),
        from_best=tuple(from_best[name] for name in criteria),
        to_worst=tuple(to_worst[name] for name in criteria),
    )


def _vector(
    path: str, given: Mapping[str, ExactInput], *, own: str
) -> tuple[dict[str, Fraction], list[Issue]]:
    found: dict[str, Fraction] = {own: Fraction(1)}
    issues: list[Issue] = []
    for name, value in given.items():
        place = f"{path}.{name}"
        try:
            found[name] = exact(value)
        except NotANumberError:
            found[name] = Fraction(1)
            issues.append(Issue(code="KNJ003", path=place, details={"found": quoted(value)}))
            continue
        wrong = found[name] != 1 if name == own else found[name] < 1
        if wrong:
            expected = "1" if name == own else "≥ 1"
            details = {"what": name, "found": shown(found[name]), "expected": expected}
            issues.append(Issue(code="KNJ016", path=place, details=details))
    return found, issues


def _best_to_worst(
    from_best: dict[str, Fraction], to_worst: dict[str, Fraction], best: str, worst: str
) -> list[Issue]:
    """Take the number of best to worst from where it stands; both must be the same."""
    direct, back = from_best.get(worst), to_worst.get(best)
    known = back if direct is None else direct
    if known is None:
        return []
    from_best[worst] = to_worst[best] = known
    if direct is None or back is None:
        return []
    if direct == back:
        return []
    details = {
        "pair": shown_pair(best, worst),
        "found": shown(direct),
        "back": shown_pair(best, worst),
        "other": shown(back),
        "expected": shown(direct),
    }
    return [Issue(code="KNJ004", path=f"others_to_worst.{best}", details=details)]


# What should be looked at.


def _input_consistency(said: _Comparisons) -> Facts:
    """Give the input-based consistency ratio, the criterion it comes from, and its threshold."""
    whole = said.from_best[said.worst]
    facts: Facts = {"input_cr": Fraction(0)}
    if whole != 1:
        ratios = [
            abs(one * other - whole) / (whole**2 - whole)
            for one, other in zip(said.from_best, said.to_worst, strict=True)
        ]
        facts["input_cr"] = max(ratios)
        if facts["input_cr"]:
            facts["input_cr_at"] = said.criteria[ratios.index(max(ratios))]
    thresholds = INPUT_THRESHOLDS.get(int(whole), {}) if whole.denominator == 1 else {}
    if len(said.criteria) in thresholds:
        facts["input_cr_threshold"] = thresholds[len(said.criteria)]
    return facts


def _too_inconsistent(said: _Comparisons, facts: Facts) -> Iterator[Issue]:
    ratio, most = facts["input_cr"], facts.get("input_cr_threshold")
    if not (isinstance(ratio, Fraction) and isinstance(most, Fraction)) or ratio <= most:
        return
    name = str(facts["input_cr_at"])
    place = said.criteria.index(name)
    best, worst = said.criteria[said.best], said.criteria[said.worst]
    details = {
        "found": f"{float(ratio):.3f}",
        "expected": f"{float(most):.4f}",
        "first": f"{shown_pair(best, name)} = {shown(said.from_best[place])}",
        "second": f"{shown_pair(name, worst)} = {shown(said.to_worst[place])}",
        "together": shown(said.from_best[place] * said.to_worst[place]),
        "whole": f"{shown_pair(best, worst)} = {shown(said.from_best[said.worst])}",
    }
    yield Issue(code="KNJ017", path=f"best_to_others.{name}", details=details, severity="warning")


def _beyond(said: _Comparisons) -> Iterator[Issue]:
    vectors = (("best_to_others", said.from_best), ("others_to_worst", said.to_worst))
    for path, numbers in vectors:
        for name, value in zip(said.criteria, numbers, strict=True):
            if value > SCALE:
                yield beyond_scale(f"{path}.{name}", name, value)
