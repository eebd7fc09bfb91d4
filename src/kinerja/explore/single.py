"""One weight alone: how far it may go before a label changes, and what it moves.

What lives here: the exact interval of each weight within which labels stay, and the tornado of what a
weight that goes down or up does. What never comes in: draws at random, pictures.

As one weight moves, the others share what is left in the proportions they have. So everybody's total
moves on a straight line, and where it meets a cut is one division.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.exact import ExactInput
from kinerja.explore.acceptability import band_acceptability
from kinerja.explore.choices import check_choices, figure_of
from kinerja.explore.people import People
from kinerja.explore.reach import HUGE
from kinerja.explore.scheme import Scheme
from kinerja.explore.split import Landing
from kinerja.explore.weightings import given_weightings
from kinerja.formula.pieces import Cut
from kinerja.values import Interval, Weights
from kinerja.words import Text

__all__ = ["SteadyWeight", "Tornado", "TornadoRow", "steady_weights", "tornado", "with_weight"]

#: Floats choose the people who may be first; whoever lies this close to the first is computed exactly.
NEAR: Final = 1e-9

#: Stands for a cut beyond all values that floats are trusted with.
MOST: Final = Fraction(HUGE)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class SteadyWeight:
    """How far one weight may go.

    Attributes:
        name: Name of the part.
        title: As people read it.
        weight: The policy's own weight.
        interval: Weights for which every label stays, the policy's own among them.
        below: Ids of those whose label changes first where the weight falls under the interval.
        above: Ids of those whose label changes first where it rises beyond.
    """

    name: str
    title: Text
    weight: Fraction
    interval: Interval
    below: tuple[str, ...]
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoRow:
    """What one weight moves.

    Attributes:
        name: Name of the part.
        title: As people read it.
        weight_low: The weight when it goes down.
        weight_high: The weight when it goes up.
        at_low: What is measured, there.
        at_high: What is measured, there.
    """

    name: str
    title: Text
    weight_low: Fraction
    weight_high: Fraction
    at_low: Fraction
    at_high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """What each weight moves alone, the one that moves most first.

    Attributes:
        measure: `changes`: people whose label changes; `label`: people with a label or a better one;
            `mean`: the mean of the weighted step.
        label: The label that is counted; `None` for the other measures.
        base: What is measured under the policy's own weights.
        rows: A row for each weight.
    """

    measure: str
    label: str | None
    base: Fraction
    rows: tuple[TornadoRow, ...]


def with_weight(scheme: Scheme, name: str, weight: ExactInput) -> Weights:
    """Give the weights of a scheme with one of them set; the others share the rest in their proportions.

    Args:
        scheme: The weights of a step.
        name: The part whose weight is set.
        weight: The weight, such as `"50 %"`.

    Raises:
        InputError: KNJ042: there is no such part; KNJ044: the weight is below 0 or above the sum of
            all; KNJ055: the others are all 0.
    """
    if name not in scheme.names:
        raise InputError([unknown_name("KNJ042", name, name, scheme.names)])
    total, own = scheme.weights.total, scheme.weights[name]
    wanted = figure_of(weight)
    if wanted is None or not 0 <= wanted <= total:
        raise InputError([Issue(code="KNJ044", path=name, details={"found": quoted(str(weight))})])
    if total == own and wanted != own:
        raise InputError([Issue(code="KNJ055", path=name, details={"found": quoted(name)})])
    rest = Fraction(1) if wanted == own else (total - wanted) / (total - own)
    return Weights(
        tuple((part, wanted if part == name else share * rest) for part, share in scheme.weights)
    )


def steady_weights(people: People, *, person: str | None = None) -> tuple[SteadyWeight, ...]:
    """Tell how far each weight may go alone before a label changes.

    The ends are exact fractions and tell whether they belong to the interval. A weight goes from 0 to
    the sum of all weights at most.

    Args:
        people: See `read_people`.
        person: Id of the one person whose label counts; by default everybody's.

    Returns:
        One for each part, in their order.

    Raises:
        InputError: KNJ054: the way from the step to the label bends and cannot be followed; KNJ056:
            there is no such person.
    """
    if not people.followed:
        raise InputError([Issue(code="KNJ054", path=people.scheme.step)])
    rows = np.flatnonzero(people.counted)
    if person is not None:
        rows = np.array([_row_of(people, person)])
        rows = rows[people.counted[rows]]
    return tuple(_steady(people, rows, place) for place in range(len(people.scheme.names)))


def _row_of(people: People, person: str) -> int:
    person = str(person)
    for row, name in enumerate(people.ids):
        if name == person:
            return row
    raise InputError([Issue(code="KNJ056", path=person, details={"found": quoted(person)})])


def _steady(people: People, rows: NDArray[np.intp], place: int) -> SteadyWeight:
    scheme = people.scheme
    name = scheme.names[place]
    weight, total = scheme.weights[name], scheme.weights.total
    low: list[tuple[Cut, int]] = []
    high: list[tuple[Cut, int]] = []
    if total != weight:
        for row in _candidates(people, rows, place):
            for end, below in _ends(people, row, place):
                (low if below else high).append((end, row))
    # A label that changes below a cut stays from the cut on; one that changes above stays up to it.
    bottom = max((end for end, _ in low), default=Cut(Fraction(0) if total != weight else weight))
    top = min((end for end, _ in high), default=Cut(total, after=True))
    first = {
        True: tuple(dict.fromkeys(people.ids[row] for end, row in low if end == bottom)),
        False: tuple(dict.fromkeys(people.ids[row] for end, row in high if end == top)),
    }
    return SteadyWeight(
        name=name,
        title=scheme.title_of(name),
        weight=weight,
        interval=Interval(
            low=bottom.value, low_open=bottom.after, high=top.value, high_open=not top.after
        ),
        below=first[True],
        above=first[False],
    )


def _ends(people: People, row: int, place: int) -> Iterator[tuple[Cut, bool]]:
    """Give where one person's label changes, as a cut of the weight: below it (`True`) or above."""
    scheme = people.scheme
    found = people.exact(row)
    if found is None:
        return
    parts, landing = found
    own = parts[place]
    others = tuple(part if one != place else None for one, part in enumerate(parts))
    if scheme.missing == "renormalise" and (own is None or _total(others, scheme) is None):
        # The weight moves nothing, but where nothing that is there has weight the step has no value.
        value = _total(others, scheme) if own is None else own
        if value is not None and landing.valueless != landing.label_at(value):
            alone = own is not None
            end = Cut(Fraction(0), after=True) if alone else Cut(scheme.weights.total)
            yield end, alone and scheme.weights[scheme.names[place]] > 0
        return
    at = cast("Fraction", _total(parts, scheme))
    reached = sum(cut.is_reached_by(at) for cut in landing.cuts)
    near = [
        *((cut, True) for cut in landing.cuts[max(0, reached - 1) : reached]),
        *((cut, False) for cut in landing.cuts[reached : reached + 1]),
    ]
    for cut, is_reached in near:
        found_at = _meeting(parts, scheme, place, cut.value)
        if found_at is None:
            continue
        meets, rises = found_at
        # Where they meet the total stands on the cut: it is reached unless what lies above begins after it.
        stays = is_reached is not cut.after
        below = rises is is_reached
        end = Cut(meets, after=stays is not below)
        # No weight lies below 0 or above the sum of all.
        if end != (Cut(Fraction(0)) if below else Cut(scheme.weights.total, after=True)):
            yield end, below


def _meeting(
    parts: tuple[Fraction | None, ...], scheme: Scheme, place: int, value: Fraction
) -> tuple[Fraction, bool] | None:
    """Give the weight of one part at which a total is a value, and whether the total rises there.

    `None` where there is no such weight from 0 to the sum of all.
    """
    total = scheme.weights.total
    shares = scheme.missing == "renormalise"
    limit = value if shares else value / total
    nothing = Fraction(0) if shares else -limit
    over = [nothing if part is None else part - limit for part in parts]
    rest = sum(
        (share * over[one] for one, (_, share) in enumerate(scheme.weights) if one != place),
        Fraction(0),
    ) / (total - scheme.weights[scheme.names[place]])
    # What the total lies above the value, times a positive number, is w·own + (total − w)·rest.
    slope = over[place] - rest
    if slope == 0:
        return None
    meets = -total * rest / slope
    return (meets, slope > 0) if 0 <= meets <= total else None


def _total(parts: Sequence[Fraction | None], scheme: Scheme) -> Fraction | None:
    """Give the value of the step; `None` where nothing that is there has weight to divide by."""
    there = [
        (part, share)
        for part, (_, share) in zip(parts, scheme.weights, strict=True)
        if part is not None
    ]
    top = sum((part * share for part, share in there), Fraction(0))
    if scheme.missing != "renormalise":
        return top
    bottom = sum((share for _, share in there), Fraction(0))
    return top / bottom if bottom else None


def _candidates(people: People, rows: NDArray[np.intp], place: int) -> list[int]:
    """Choose those who may be the first to change; the choice is far wider than floats are off."""
    known = (people.landing[rows] >= 0) & people.present[rows].all(axis=1)
    known &= ~np.any(np.abs(people.values[rows]) > HUGE, axis=1)
    odd, plain = rows[~known], rows[known]
    if not len(plain):
        return sorted(odd.tolist())
    scheme = people.scheme
    weights = np.array([float(share) for _, share in scheme.weights])
    total = float(scheme.weights.total)
    divisor = total if scheme.missing == "renormalise" else 1.0
    values = people.values[plain]
    at = values @ weights / divisor
    others = (at * divisor - values[:, place] * weights[place]) / (total - weights[place])
    slope = (values[:, place] - others) / divisor
    cuts = _cuts(people.landings)[people.landing[plain]]
    found: set[int] = set(odd.tolist())
    with np.errstate(divide="ignore", invalid="ignore"):
        moves = (cuts - at[:, None]) / slope[:, None]
        # A cut that a total stands on may be left at once, or never: floats cannot tell.
        close = np.abs(cuts - at[:, None]) <= NEAR * np.maximum(1.0, np.abs(cuts))
        for way in (moves, -moves):
            far = np.where((way > 0) & ~close & np.isfinite(way), way, np.inf).min(
                axis=1, initial=np.inf
            )
            near = far <= far.min() * (1 + NEAR) + NEAR
            found.update(plain[near & np.isfinite(far)].tolist())
    found.update(plain[close.any(axis=1)].tolist())
    return sorted(found)


def _cuts(landings: tuple[Landing, ...]) -> Floats:
    most = max((len(landing.cuts) for landing in landings), default=0)
    table = np.full((len(landings), most), np.nan)
    for row, landing in enumerate(landings):
        table[row, : len(landing.cuts)] = [
            float(min(max(cut.value, -MOST), MOST)) for cut in landing.cuts
        ]
    return table


def tornado(
    people: People, *, by: ExactInput, measure: str = "changes", label: str | None = None
) -> Tornado:
    """Tell what each weight moves alone when it goes down and up by the same step.

    The others share the rest in their proportions; a weight stops at 0 and at the sum of all.

    Args:
        people: See `read_people`.
        by: The step, a share such as `"10 %"`.
        measure: `changes`: people whose label changes; `label`: people with `label` or a better one;
            `mean`: the mean of the weighted step over those who have a value, computed in floats and
            given with six decimals.
        label: The label to count.

    Raises:
        InputError: KNJ057: the step is not above 0; KNJ033: there is no such measure; KNJ059: there is
            no such label.
    """
    step = figure_of(by)
    ids = [name for name, _ in people.label.labels]
    issues = []
    if step is None or step <= 0:
        issues.append(Issue(code="KNJ057", path="by", details={"found": quoted(by)}))
    issues += check_choices({"measure": (measure, ("changes", "label", "mean"))})
    if measure == "label" and label not in ids:
        issues.append(unknown_name("KNJ059", "label", label or "", ids))
    if issues or step is None:
        raise InputError(issues)
    scheme = people.scheme
    rows = []
    for name, share in scheme.weights:
        if share == scheme.weights.total:
            continue
        low, high = max(Fraction(0), share - step), min(scheme.weights.total, share + step)
        at_low, at_high = (
            _measured(people, with_weight(scheme, name, weight), measure, label)
            for weight in (low, high)
        )
        rows.append(
            TornadoRow(
                name=name,
                title=scheme.title_of(name),
                weight_low=low,
                weight_high=high,
                at_low=at_low,
                at_high=at_high,
            )
        )
    base = _measured(people, scheme.weights, measure, label)
    rows.sort(
        key=lambda row: (
            -max(abs(row.at_low - base), abs(row.at_high - base), abs(row.at_high - row.at_low))
        )
    )
    return Tornado(
        measure=measure, label=label if measure == "label" else None, base=base, rows=tuple(rows)
    )


def _measured(people: People, weights: Weights, measure: str, label: str | None) -> Fraction:
    if measure == "mean":
        return _mean(people, weights)
    found = band_acceptability(people, given_weightings(people.scheme, [weights]))
    if measure == "changes":
        return Fraction(len(people) - int(found.kept().sum()))
    ids = [name for name, _ in people.label.labels]
    place = ids.index(str(label))
    wanted = slice(place, len(ids)) if people.label.ordered else slice(place, place + 1)
    return Fraction(int(found.counts[:, wanted].sum()))


def _mean(people: People, weights: Weights) -> Fraction:
    rows = people.counted
    shares = np.array([float(share) for _, share in weights])
    values = np.where(people.present[rows], people.values[rows], 0.0)
    sums = values @ shares
    if people.scheme.missing == "renormalise":
        with np.errstate(invalid="ignore"):
            sums = sums / (people.present[rows] @ shares)
    sums = sums[~np.isnan(sums)]
    mean = float(sums.mean()) if len(sums) else 0.0
    return Fraction(round(mean * 10**6), 10**6)
