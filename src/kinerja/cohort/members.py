"""The people of a unit, as statements about the unit see them.

What lives here: a person's result with unit and period. What never comes in: files, frames, how a result
is computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from kinerja.result import Result, Scalar
from kinerja.values import Period

__all__ = ["Member", "by_unit"]

Status: TypeAlias = Literal["complete", "incomplete", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of a unit, with what the policy says of one period.

    Attributes:
        id: Id of the record, or `None`.
        unit: The unit, or `None` where the data name none.
        period: The assessment period, or `None` where there is only one.
        status: Status of the result; `refused` where the record could not be used.
        values: Published values by step; empty where the record was refused.
        follow_ups: Ids of what follows by the policy.
    """

    id: str | None
    unit: str | None
    period: Period | None = None
    status: Status = "complete"
    values: Mapping[str, Scalar] = field(default_factory=dict)
    follow_ups: tuple[str, ...] = ()

    @classmethod
    def of(cls, result: Result, *, unit: str | None = None, period: Period | None = None) -> Member:
        """Give the person that a result is about.

        Args:
            result: The result of one record.
            unit: The unit the person belongs to in that period.
            period: The assessment period.
        """
        return cls(
            id=result.id,
            unit=unit,
            period=period,
            status=result.status,
            values=result.values,
            follow_ups=result.follow_ups,
        )

    def label(self, step: str) -> str | None:
        """Give the id of the label of a step; `None` where it is missing."""
        value = self.values.get(step)
        return value if isinstance(value, str) else None

    def number(self, step: str) -> Fraction | None:
        """Give the exact number of a step; `None` where it is missing."""
        value = self.values.get(step)
        return Fraction(value) if isinstance(value, Decimal | Fraction) else None


def by_unit(members: Iterable[Member]) -> dict[str | None, list[Member]]:
    """Give the people of each unit; units in the order in which they first appear."""
    units: defaultdict[str | None, list[Member]] = defaultdict(list)
    for member in members:
        units[member.unit].append(member)
    return dict(units)
