"""The items of a year, from results of its parts and from stays in units.

What lives here: which result counts, for how many days or months, and what is missing for which cause. What
never comes in: joining the items, which is a rule of the yearly policy (`over_periods`); nothing is
filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias, get_args

from kinerja.cohort.members import Member
from kinerja.cohort.periods import (
    GapCause,
    cause_of,
    checked,
    followed,
    in_order,
    period_name,
    twice,
)
from kinerja.cohort.stays import MonthRule, Stay, shares
from kinerja.errors import InputError
from kinerja.result import Scalar
from kinerja.values import LegalBasis, Period

__all__ = [
    "LeftOut",
    "MoveRule",
    "PartRule",
    "YearGap",
    "YearItem",
    "YearItems",
    "at_end",
    "year_items",
]

#: How a move within the year counts.
MoveRule: TypeAlias = Literal["new_unit", "proportional"]
#: How a move within a part counts.
PartRule: TypeAlias = Literal["each_unit", "new_unit"]
#: Why a result does not count: the person has left its unit; no day or month falls to its unit; by
#: agreement the result before is used again in its place.
LeftCause: TypeAlias = Literal["old_unit", "no_share", "reused"]

#: Where each way to count moves comes from. The wording of the regulation was read; in proportion is what
#: an agency decides for itself.
BASES: Final[Mapping[MoveRule, LegalBasis]] = {
    "new_unit": LegalBasis(
        title="PermenPANRB 6/2022", clause="Lampiran hlm. 91 A.13b", status="primary"
    ),
    "proportional": LegalBasis(title="pilihan instansi", status="own"),
}
#: Where the use of an earlier result, and the new unit within a part, come from.
PART_BASIS: Final = LegalBasis(
    title="PermenPANRB 6/2022", clause="Lampiran hlm. 91 A.13a", status="primary"
)

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearItem:
    """One item of the list that a yearly policy joins.

    Attributes:
        place: Place of the part in the year, from 1.
        order: Place of the item among the items of the person, from 1.
        period: The part.
        unit: The unit that the result is of, or `None` where no unit is known.
        values: The values by field of the list; `None` where missing.
        count: Days or months that it counts for.
        cause: Why a value is missing; `None` where all are there.
        reused: The earlier part whose result is used again by agreement, or `None`.
        basis: Where it comes from that one unit stands for a part within which the person moved; `None`
            where nothing of the kind was needed.
    """

    place: int
    order: int
    period: Period
    unit: str | None
    values: Mapping[str, Scalar]
    count: int
    cause: GapCause | None = None
    reused: Period | None = None
    basis: LegalBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGap:
    """A part of the year without a value, and why."""

    period: Period
    unit: str | None
    cause: GapCause


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A part of the year, or a result, that does not count, and why."""

    period: Period
    unit: str | None
    cause: LeftCause


@dataclass(frozen=True, slots=True, kw_only=True)
class YearItems:
    """The items of one person's year.

    Attributes:
        id: Id of the person.
        year: The year.
        moves: How a move counts.
        basis: Where that comes from.
        by: What is counted, `days` or `months`.
        units: The units of the year, in the order in which the person came to them.
        items: The items; one whose value is missing stays in, so that the policy decides what follows.
        gaps: Parts without a value, with the cause; among them those before somebody came and after they
            left.
        left_out: What does not count.
        uncovered: Days or months of the year in which the person was nowhere that is known.
    """

    id: str
    year: Period
    moves: MoveRule
    basis: LegalBasis
    by: Literal["days", "months"]
    units: tuple[str | None, ...]
    items: tuple[YearItem, ...]
    gaps: tuple[YearGap, ...]
    left_out: tuple[LeftOut, ...]
    uncovered: int

    @property
    def is_complete(self) -> bool:
        """Tell whether no part of the year is without a value."""
        return not self.gaps

    def as_list(
        self,
        *,
        place: str | None = None,
        count: str | None = None,
        order: str | None = None,
        period: str | None = None,
        unit: str | None = None,
    ) -> list[dict[str, object]]:
        """Give the list that a yearly policy takes.

        Args:
            place: Field for the place of the part in the year; each field is left out where it has no name.
            count: Field for the days or months.
            order: Field for the place among the items, for `last`.
            period: Field for the name of the part, such as `2025-Q1`.
            unit: Field for the unit.
        """
        items: list[dict[str, object]] = []
        for item in self.items:
            fields: list[tuple[str | None, object]] = [
                (place, item.place),
                (order, item.order),
                (period, period_name(item.period)),
                (unit, item.unit),
                (count, item.count),
            ]
            head = {name: value for name, value in fields if name is not None}
            items.append({**head, **item.values})
        return items


def year_items(  # noqa: PLR0913 - four named choices
    members: Iterable[Member],
    *,
    year: Period,
    parts: Sequence[Period],
    values: Mapping[str, str],
    stays: Mapping[str, Sequence[Stay]],
    moves: MoveRule,
    by: Literal["days", "months"],
    month: MonthRule = "last_day",
    within: PartRule = "each_unit",
    reused: Collection[tuple[str, Period]] = (),
) -> list[YearItems]:
    """Prepare the items of a year for a yearly policy.

    How a move counts is named by the caller:

    - `new_unit`: only what the unit at the end of the year gave counts, each part whole; no proportional
      weighting (PermenPANRB 6/2022, Lampiran hlm. 91 A.13b, for the annual evaluation).
    - `proportional`: each unit counts for the days or months spent in it. No regulation that was read
      says so; it is the agency's own choice. With `parts=[year]` and a policy that takes the plain mean,
      the same items give (old + new) ÷ 2, which is reported of PP 46/2011.

    Args:
        members: What the policy of the parts says of each person. Somebody who moved within a part may
            have a result of each unit.
        year: The year.
        parts: Its parts, earliest first; they lie inside the year without overlaps.
        values: Field of the list to the step of the parts that fills it.
        stays: The stays of each person. Whoever has none is taken to be, in each part, in the unit of the
            result, for the whole part.
        moves: How a move within the year counts.
        by: Whether days or months are counted.
        month: Whose a month is, where months are counted.
        within: How a move within a part counts under `proportional`: `each_unit` asks each unit for a
            result and shares the part; `new_unit` takes the unit at the end of the part for all of it
            (A.13a). Under `new_unit` of `moves` nothing is shared.
        reused: Persons and parts for which, by agreement, the result of the part before is used again
            (A.13a); the person moved within that part.

    Returns:
        One for each person who has a result or a stay in the year.

    Raises:
        InputError: A result without id or period, two results of one unit for one person and part, or parts
            that do not hold whole months while months are counted.
        ValueError: Parts that are not in order or lie outside the year; an agreement for somebody who did
            not move within the part.
    """
    checked(
        {
            "moves": (moves, get_args(MoveRule)),
            "by": (by, ("days", "months")),
            "within": (within, get_args(PartRule)),
        }
    )
    for part in in_order(parts):
        if not year.covers(part):
            raise ValueError(f"{period_name(part)} lies outside {period_name(year)}")
    kept = followed(members)
    issues = twice((m.id, p, _unit_of(m, p, stays)) for m, p in kept)
    if issues:
        raise InputError(issues)
    results: defaultdict[str, dict[Period, dict[str | None, Member]]] = defaultdict(dict)
    for member, period in kept:
        results[member.id or ""].setdefault(period, {})[member.unit] = member
    maker = _Maker(year, tuple(parts), values, moves, by, month, within, frozenset(reused))
    people = [
        person
        for person in dict.fromkeys([*results, *stays])
        if any(period in parts for period in results.get(person, ()))
        or any(stay.inside(year) for stay in stays.get(person, ()))
    ]
    found = [maker.of(one, results.get(one, {}), stays.get(one)) for one in people]
    idle = sorted((p, period_name(part)) for p, part in maker.reused - maker.used)
    if idle:
        raise ValueError(f"no move within the part, so nothing is used again: {idle}")
    return found


def at_end(members: Iterable[Member], *, stays: Mapping[str, Sequence[Stay]]) -> list[Member]:
    """Keep one result for each person and period: that of the unit at the end of the period.

    So people who moved can be followed along the periods. Whoever has no stays keeps every result.

    Args:
        members: What the policy says of each person in each period.
        stays: The stays of each person.

    Raises:
        InputError: A result has no id or no period.
    """
    kept = []
    for member, period in followed(members):
        units = [
            stay.unit
            for stay in sorted(stays.get(member.id or "", ()), key=lambda one: one.first)
            if stay.inside(period) is not None
        ]
        if not units or member.unit in (None, units[-1]):
            kept.append(member)
    return kept


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part, or what of it falls to one unit."""

    period: Period
    unit: str | None
    count: int
    member: Member | None
    reused: Period | None = None
    basis: LegalBasis | None = None


class _Maker:
    def __init__(  # noqa: PLR0913, PLR0917 - the choices of the caller
        self,
        year: Period,
        parts: tuple[Period, ...],
        values: Mapping[str, str],
        moves: MoveRule,
        by: Literal["days", "months"],
        month: MonthRule,
        within: PartRule,
        reused: frozenset[tuple[str, Period]],
    ) -> None:
        self.year, self.parts, self.values = year, parts, values
        self.moves, self.by, self.month, self.within = moves, by, month, within
        self.reused = reused
        self.used: set[tuple[str, Period]] = set()
        self.wholes = {part: shares((), period=part, by=by).whole for part in parts}

    def of(
        self,
        person: str,
        results: Mapping[Period, Mapping[str | None, Member]],
        stays: Sequence[Stay] | None,
    ) -> YearItems:
        pieces: list[_Piece] = []
        gaps: list[YearGap] = []
        left: list[LeftOut] = []
        for part in self.parts:
            found = list(self._pieces(person, part, results, stays, left))
            pieces += found
            if not found and stays is not None:
                gaps.append(YearGap(period=part, unit=None, cause="not_employed"))
        if self.moves == "new_unit" and stays is not None:
            end = _units(stays, self.year)[-1:]
            left += [_left(one, "old_unit") for one in pieces if [one.unit] != end]
            pieces = [one for one in pieces if [one.unit] == end]
        items = [self._item(order, piece) for order, piece in enumerate(pieces, 1)]
        gaps += [
            YearGap(period=item.period, unit=item.unit, cause=item.cause)
            for item in items
            if item.cause is not None
        ]
        units: Iterable[str | None] = (piece.unit for piece in pieces if piece.member is not None)
        uncovered = 0
        if stays is not None:
            units = _units(stays, self.year)
            uncovered = shares(stays, period=self.year, by=self.by, month=self.month).uncovered
        return YearItems(
            id=person,
            year=self.year,
            moves=self.moves,
            basis=BASES[self.moves],
            by=self.by,
            units=tuple(dict.fromkeys(units)),
            items=tuple(items),
            gaps=tuple(sorted(gaps, key=lambda gap: gap.period)),
            left_out=tuple(sorted(left, key=lambda one: one.period)),
            uncovered=uncovered,
        )

    def _pieces(
        self,
        person: str,
        part: Period,
        results: Mapping[Period, Mapping[str | None, Member]],
        stays: Sequence[Stay] | None,
        left: list[LeftOut],
    ) -> Iterator[_Piece]:
        given = results.get(part, {})
        whole = self.wholes[part]
        if stays is None:
            member = next(iter(given.values()), None)
            yield _Piece(part, None if member is None else member.unit, whole, member)
            return
        units = _units(stays, part)
        if not units:
            left += [LeftOut(period=part, unit=unit, cause="no_share") for unit in given]
            return
        end = units[-1]
        # A result without a unit is that of the unit at the end of the part.
        by_unit = {end if unit is None else unit: member for unit, member in given.items()}
        counted = shares(stays, period=part, by=self.by, month=self.month)
        again = (person, part) in self.reused and len(set(units)) > 1
        if again:
            self.used.add((person, part))
        count = whole if self.moves == "new_unit" else counted.covered
        if again and count:
            before, member = _before(part, results, stays)
            left += [LeftOut(period=part, unit=unit, cause="reused") for unit in by_unit]
            yield _Piece(part, end, count, member, before, PART_BASIS)
            return
        if self.moves == "new_unit":
            pieces = [_Piece(part, unit, whole, by_unit.get(unit)) for unit in dict.fromkeys(units)]
        elif self.within == "new_unit":
            basis = PART_BASIS if len(set(units)) > 1 else None
            pieces = [_Piece(part, end, counted.covered, by_unit.get(end), basis=basis)]
        else:
            pieces = [
                _Piece(part, one.unit, one.count, by_unit.get(one.unit)) for one in counted.parts
            ]
        pieces = [piece for piece in pieces if piece.count]
        taken = {piece.unit for piece in pieces}
        for unit in by_unit:
            if unit not in taken:
                is_old = self.within == "new_unit" and unit in units
                cause: LeftCause = "old_unit" if is_old else "no_share"
                left.append(LeftOut(period=part, unit=unit, cause=cause))
        yield from pieces

    def _item(self, order: int, piece: _Piece) -> YearItem:
        given = {} if piece.member is None else piece.member.values
        values = {field: given.get(step) for field, step in self.values.items()}
        lacks = any(value is None for value in values.values())
        return YearItem(
            place=self.parts.index(piece.period) + 1,
            order=order,
            period=piece.period,
            unit=piece.unit,
            values=values,
            count=piece.count,
            cause=cause_of(piece.member) if lacks else None,
            reused=piece.reused,
            basis=piece.basis,
        )


def _left(piece: _Piece, cause: LeftCause) -> LeftOut:
    return LeftOut(period=piece.period, unit=piece.unit, cause=cause)


def _unit_of(member: Member, period: Period, stays: Mapping[str, Sequence[Stay]]) -> str | None:
    """Give the unit that a result is of; without stays one person has one result in a period."""
    own = stays.get(member.id or "")
    if own is None:
        return None
    if member.unit is not None:
        return member.unit
    # A result without a unit is that of the unit at the end of the part.
    return next(reversed(_units(own, period)), None)


def _units(stays: Sequence[Stay], period: Period) -> list[str]:
    """Give the units of a period, one a stay, in the order of time."""
    return [
        stay.unit
        for stay in sorted(stays, key=lambda one: one.first)
        if stay.inside(period) is not None
    ]


def _before(
    part: Period, results: Mapping[Period, Mapping[str | None, Member]], stays: Sequence[Stay]
) -> tuple[Period | None, Member | None]:
    """Find the result of the part before, of the unit at its end."""
    ending = [period for period in results if period.last == part.first - _DAY]
    # A quarter and its year end on one day; the part before is the one most like the part.
    before = min(ending, key=lambda one: (abs(one.days - part.days), one), default=None)
    if before is None:
        return None, None
    end = _units(stays, before)[-1:]
    given = results[before]
    return before, given.get(end[0] if end else None) or given.get(None)
