"""Who passes only because one strong component hides a failing one.

What lives here: finding these people, exactly. What never comes in: what becomes of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import ExactInput, exact
from kinerja.explore.choices import check_choices
from kinerja.explore.components import Given, read_components, read_weights
from kinerja.explore.indicators import Floats
from kinerja.values import Weights

__all__ = ["Compensated", "Compensation", "StrongAt", "find_compensation"]

#: What the strong component is put at: the passing limit, or the least that is asked of it.
StrongAt: TypeAlias = Literal["limit", "floor"]

#: How far a float of a total may be off, as a share of its largest part; nearer ones are decided exactly.
NEAR: Final = 2.0**-40


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensated:
    """A person who passes although a component fails, and would not without one strong component.

    Attributes:
        id: The person's id, or the row from 1.
        row: The row, from 0.
        total: The total.
        failing: The components below their floor, and their values.
        hidden_by: The component that lifts the total most.
        value: Its value.
        total_without: The total with that component at the limit or at its floor.
    """

    id: str
    row: int
    total: Fraction
    failing: Mapping[str, Fraction]
    hidden_by: str
    value: Fraction
    total_without: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Compensation:
    """Who passes only because one strong component hides a failing one.

    Attributes:
        limit: From which total on a person passes.
        strong_at: What the strong component is put at.
        hidden: The people, those who would fall furthest first.
        passing: People who pass.
        carried_by_several: People who pass with a failing component and would also pass without any single
            strong one.
        missing: People who lack a component; they are not looked at.
        people: All people.
    """

    limit: Fraction
    strong_at: StrongAt
    hidden: tuple[Compensated, ...]
    passing: int
    carried_by_several: int
    missing: int
    people: int


def find_compensation(  # noqa: PLR0913 - what the answer depends on is named
    components: Given,
    *,
    weights: Weights | Mapping[str, ExactInput],
    floors: Mapping[str, ExactInput],
    limit: ExactInput,
    strong_at: StrongAt = "limit",
    ids: Sequence[object] | None = None,
) -> Compensation:
    """Find who passes only because one strong component hides a failing one.

    The total is the weighted mean. A person is listed who passes, has a component below its floor, and
    would not pass if the one component that lifts the total most, among those not below a floor, were only
    at the passing limit (or at its floor). Everything is decided exactly, floats read as printed.

    Args:
        components: A frame or mapping with a column for each weight, or an array of people × components in
            the order of the weights, on the scale of the limit.
        weights: The weights.
        floors: The least that is asked of a component; components without one cannot fail.
        limit: From which total on a person passes.
        strong_at: What the strong component is put at; with `floor` a component without one stays.
        ids: The people's ids, one a row; without, rows are told from 1.

    Raises:
        InputError: The components are no numbers, the weights do not fit, a floor has an unknown name, or
            there are not as many ids as people.

    Examples:
        >>> found = find_compensation(
        ...     [[100, 50], [80, 80], [90, 66]],
        ...     weights={"skp": "60 %", "perilaku": "40 %"},
        ...     floors={"perilaku": 60},
        ...     limit=76,
        ...     ids=["P-01", "P-02", "P-03"],
        ... )
        >>> [one] = found.hidden
        >>> one.id, one.hidden_by, dict(one.failing)
        ('P-01', 'skp', {'perilaku': Fraction(50, 1)})
        >>> float(one.total), float(one.total_without)
        (80.0, 65.6)
    """
    shares = read_weights(weights)
    given = read_components(components, names=shares.names)
    floor, issues = _floors(floors, shares.names)
    issues += check_choices({"strong_at": (strong_at, get_args(StrongAt))})
    if ids is not None and len(ids) != given.shape[1]:
        details = {"found": str(len(ids)), "expected": str(given.shape[1])}
        issues.append(Issue(code="KNJ020", path="ids", details=details))
    passing_limit = Fraction(0)
    try:
        passing_limit = exact(limit)
    except (TypeError, ValueError):
        issues.append(Issue(code="KNJ035", path="limit", details=_no_number(limit)))
    if issues:
        raise InputError(issues)
    parts = {name: share / shares.total for name, share in shares}
    passing = _passing(given, parts, passing_limit)
    failing = _failing(given, shares.names, floor)
    hidden, several = [], 0
    for row in np.flatnonzero(passing & failing).tolist():
        values = dict(zip(shares.names, map(exact, given[:, row].tolist()), strict=True))
        found = _hidden(values, parts, floor, passing_limit, strong_at)
        if found is None:
            several += 1
            continue
        name, without = found
        hidden.append(
            Compensated(
                id=str(row + 1 if ids is None else ids[row]),
                row=row,
                total=_total(values, parts),
                failing={n: values[n] for n in floor if values[n] < floor[n]},
                hidden_by=name,
                value=values[name],
                total_without=without,
            )
        )
    return Compensation(
        limit=passing_limit,
        strong_at=strong_at,
        hidden=tuple(sorted(hidden, key=lambda one: one.total_without - one.total)),
        passing=int(passing.sum()),
        carried_by_several=several,
        missing=int(np.isnan(given).any(axis=0).sum()),
        people=given.shape[1],
    )


def _floors(
    floors: Mapping[str, ExactInput], names: Sequence[str]
) -> tuple[dict[str, Fraction], list[Issue]]:
    issues = check_choices({f"floors.{name}": (name, names) for name in floors})
    found = {}
    for name, value in floors.items():
        try:
            found[name] = exact(value)
        except (TypeError, ValueError):
            issues.append(Issue(code="KNJ035", path=f"floors.{name}", details=_no_number(value)))
    return found, issues


def _no_number(value: object) -> dict[str, str]:
    return {"found": quoted(value), "expected": "-∞ < x < ∞"}


def _total(values: Mapping[str, Fraction], parts: Mapping[str, Fraction]) -> Fraction:
    return sum((share * values[name] for name, share in parts.items()), Fraction(0))


def _passing(given: Floats, parts: Mapping[str, Fraction], limit: Fraction) -> NDArray[np.bool_]:
    """Tell who reaches the limit; floats where they are sure, else fractions."""
    figures = np.array([float(share) for share in parts.values()])
    totals = figures @ given
    edge = float(limit)
    scale = np.abs(given).max(axis=0) + abs(edge)
    passing = totals >= edge
    for row in np.flatnonzero(np.abs(totals - edge) <= NEAR * scale).tolist():
        values = dict(zip(parts, map(exact, given[:, row].tolist()), strict=True))
        passing[row] = _total(values, parts) >= limit
    return passing


def _failing(
    given: Floats, names: Sequence[str], floor: Mapping[str, Fraction]
) -> NDArray[np.bool_]:
    """Tell who is below a floor: two floats in the order of the decimals that they print."""
    failing = np.zeros(given.shape[1], dtype=bool)
    for name, least in floor.items():
        failing |= given[names.index(name)] <= float(least)
    # Equal as floats may still be below as fractions.
    for row in np.flatnonzero(failing).tolist():
        failing[row] = any(
            exact(float(given[names.index(name), row])) < least
            for name, least in floor.items()
            if not np.isnan(given[names.index(name), row])
        )
    return failing


def _hidden(
    values: Mapping[str, Fraction],
    parts: Mapping[str, Fraction],
    floor: Mapping[str, Fraction],
    limit: Fraction,
    strong_at: StrongAt,
) -> tuple[str, Fraction] | None:
    """Give the component that lifts most and the total without its lift; `None` if that still passes."""
    lifts = {
        name: share * (values[name] - (limit if strong_at == "limit" else floor[name]))
        for name, share in parts.items()
        if not (name in floor and values[name] < floor[name])
        and (strong_at == "limit" or name in floor)
    }
    if not lifts:
        return None
    name = max(lifts, key=lambda one: lifts[one])
    without = _total(values, parts) - lifts[name]
    return (name, without) if without < limit else None
