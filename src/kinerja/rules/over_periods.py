"""Several periods to one value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from kinerja.errors import Issue, PolicyError, quoted
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.formula.types import LabelType

__all__ = ["OverPeriods"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverPeriods:
    """Join the periods of a year: by mean, sum, last, or in proportion to months or days.

    Labels (predikat) are never averaged; only `last` takes them. PermenPANRB 6/2022 says that the yearly
    predikat is no average of the periodic ones.

    Attributes:
        over: Name of the list input that holds the periods.
        value: What is joined: a formula of the item's fields.
        how: `mean`, `sum`, `last`, `by_months` or `by_days`.
        order: Field that tells which period is the last; needed for `last`.
        share: Months or days of each period; needed for `by_months` and `by_days`.
        expected: How many periods there must be; another number makes the value missing with the
            reason `periods_missing`. `None` takes any.
        missing: `incomplete`: a period without value makes the whole missing; `skip` leaves it out.
    """

    kind: ClassVar[str] = "over_periods"

    over: str
    value: n.Node
    how: Literal["mean", "sum", "last", "by_months", "by_days"]
    order: n.Node | None = None
    share: n.Node | None = None
    expected: int | None = None
    missing: Literal["incomplete", "skip"] = "incomplete"

    def formula(self, known: Known) -> n.Node:
        """Build the reduction.

        Raises:
            PolicyError: `over` is no list, what `how` needs is not named, or labels would be averaged.
        """
        items = known.list_type(self.over, "over")
        if isinstance(items, Issue):
            raise PolicyError([items])
        proportional = self.how in ("by_months", "by_days")
        issues = []
        if (self.how == "last") != (self.order is not None):
            issues.append(Issue(code="KNJ268", path="order"))
        if proportional != (self.share is not None):
            issues.append(Issue(code="KNJ269", path="share"))
        if self.how != "last" and isinstance(self.value, n.Ref | n.Field):
            kind = items.fields.get(self.value.name)
            if isinstance(kind, LabelType):
                details = {"found": quoted(self.value.name)}
                issues.append(Issue(code="KNJ270", path="value", details=details))
        if issues:
            raise PolicyError(issues)
        skip = self.missing == "skip"
        if self.share is not None:
            value = self._proportional(self.share)
        else:
            op: Literal["mean", "sum", "last"] = (
                "last" if self.how == "last" else "sum" if self.how == "sum" else "mean"
            )
            value = n.Reduce(op, self.over, self.value, skip_missing=skip, by=self.order)
        if self.expected is None:
            return value
        counted = n.Reduce("count", self.over)
        wrong = n.Compare("!=", counted, n.Number(Fraction(self.expected)))
        return n.Where(((wrong, n.Absent("periods_missing", self.over)),), value)

    def _proportional(self, share: n.Node) -> n.Node:
        skip = self.missing == "skip"
        there = n.Not(n.IsMissing(self.value)) if skip else None
        product = n.Multiply((self.value, share))
        top = n.Reduce("sum", self.over, product, where=there)
        none = n.Compare("==", n.Reduce("count", self.over, where=there), n.Number(Fraction(0)))
        joined = n.Divide(top, n.Reduce("sum", self.over, share, where=there))
        return n.Where(((none, n.Absent("no_items", self.over)),), joined)
