"""What an earlier publication forbids, so that two of them tell no more than each does alone.

What lives here: which earlier publication stands, and which new one is refused. What never comes in:
counts; they decide nothing here, and so the decision tells nothing of them.

**Another period.** The predikat of two periods that share no day are different variables: any table of
one period goes with any table of the other, whoever joined, left or moved between them. So what two
publications together leave open is the product of what each leaves open, and no hidden count loses a
value. (That labels seldom change makes some pairs likelier; what is likely is not promised.) A year and a
quarter within it are not independent, as the year is computed from its quarters: refused.

**The same period and units.** After a correction (an appeal that was upheld) the two tables differ by one
or two people, and their difference tells who. Hiding what changed does not help: which counts are hidden
then tells which labels the person had. With another grouping, with a unit more or fewer, with another
step or a mean, the difference is again a small group. Therefore the earlier publication of the same form
*stands*: the new one is the earlier one, figure by figure, so it tells nothing new. Everything else is
refused; what may be published are the units that no earlier publication holds.

Whether units are the same is told by their names, since a publication holds no ids. People are counted
once a period: who moves in the middle of it belongs to one unit only.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, Protocol, TypeVar

from kinerja.errors import InputError, Issue, quoted
from kinerja.values import Period

__all__ = ["Before", "standing"]

#: Units that one issue names.
NAMED: Final = 5


class Before(Protocol):
    """A publication, as a later one sees it."""

    @property
    def period(self) -> Period | None:
        """The assessment period."""

    @property
    def units(self) -> frozenset[str | None]:
        """The units whose people are counted."""

    @property
    def form(self) -> Hashable:
        """All that was chosen for it."""


_Before = TypeVar("_Before", bound=Before)


def standing(
    earlier: Sequence[_Before],
    *,
    period: Period | None,
    units: frozenset[str | None],
    form: Hashable,
) -> _Before | None:
    """Find the earlier publication that stands in place of a new one; `None` where a new one may be made.

    Args:
        earlier: Earlier publications.
        period: Period of the new one; one without a period shares days with every other.
        units: Its units.
        form: Its form.

    Raises:
        InputError: An earlier publication tells of the same people in a form, of units, or of a period
        that is not
            that of the new one.
    """
    near = [one for one in earlier if one.units & units and _share_days(one.period, period)]
    for one in near:
        if one.period == period and one.units == units and one.form == form:
            return one
    issues = []
    for place, one in enumerate(earlier):
        if one in near:
            code = "KNJ845" if one.period == period else "KNJ846"
            shared = sorted(unit or "" for unit in one.units & units)
            names = [*map(quoted, shared[:NAMED]), *(["…"] if len(shared) > NAMED else [])]
            details = {"found": ", ".join(names)}
            issues.append(Issue(code=code, path=f"earlier[{place}]", details=details))
    if issues:
        raise InputError(issues)
    return None


def _share_days(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return True
    return one.first <= other.last and other.first <= one.last
