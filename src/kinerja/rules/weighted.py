"""Weighted mean and weighted sum, of named steps or of the items of a list."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal, TypeAlias

from kinerja.errors import Issue, PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known, wrong_total

__all__ = ["ItemWeights", "Terms", "WeightedMean", "WeightedSum"]

#: Formulas (most often plain names of steps), each with its weight.
Terms: TypeAlias = tuple[tuple[n.Node, Fraction], ...]

ZERO: Final = n.Number(Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWeights:
    """The items of a list, each with a weight of its own.

    Attributes:
        over: Name of the list input.
        value: What is weighted: a formula of the item's fields.
        weight: Its weight: a formula of the item's fields; `None` weighs all alike.
        where: Which items count; `None` for all.
        total: What the weights must sum to; another sum makes the value missing with the reason
            `weights_total`. `None` lets any sum pass.
    """

    over: str
    value: n.Node
    weight: n.Node | None = None
    where: n.Node | None = None
    total: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedMean:
    """The mean of steps by weights that sum to 1, or of items by their weights.

    Attributes:
        of: Formulas with their weights, or the items of a list.
        missing: What a missing part does: `incomplete` makes the mean missing; `renormalise` divides by
            the weights of the parts that are there; `zero` counts it as 0.
    """

    kind: ClassVar[str] = "weighted_mean"

    of: Terms | ItemWeights
    missing: Literal["incomplete", "renormalise", "zero"] = "incomplete"

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Build the mean.

        Raises:
            PolicyError: The weights do not sum to 1, or one is negative.
        """
        if isinstance(self.of, ItemWeights):
            return _items_mean(self.of, self.missing)
        total = sum((share for _, share in self.of), Fraction(0))
        issues = [*wrong_total("weights", total)]
        if any(share < 0 for _, share in self.of):
            issues.append(Issue(code="KNJ202", path="weights"))
        if issues:
            raise PolicyError(issues)
        if self.missing == "renormalise":
            return _renormalised(self.of)
        return _sum(self.of, self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedSum:
    """The sum of steps or items, each times its weight; the weights may sum to anything.

    Attributes:
        of: Formulas with their weights, or the items of a list.
        missing: `incomplete` makes the sum missing when a part is; `zero` counts it as 0.
    """

    kind: ClassVar[str] = "weighted_sum"

    of: Terms | ItemWeights
    missing: Literal["incomplete", "zero"] = "incomplete"

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Build the sum."""
        if isinstance(self.of, ItemWeights):
            return _guarded(self.of, _items_sum(self.of, skip=self.missing == "zero"))
        return _sum(self.of, self.missing)


def _present(value: n.Node) -> n.Node:
    return n.Where(((n.IsMissing(value), ZERO),), value)


def _sum(terms: Terms, missing: str) -> n.Node:
    return n.Add(
        tuple(
            n.Multiply((n.Number(share), _present(value) if missing == "zero" else value))
            for value, share in terms
        )
    )


def _renormalised(terms: Terms) -> n.Node:
    shares = [(value, n.Number(share)) for value, share in terms]
    top = n.Add(tuple(n.Multiply((share, _present(value))) for value, share in shares))
    bottom = n.Add(tuple(n.Where(((n.IsMissing(value), ZERO),), share) for value, share in shares))
    none = n.And(tuple(n.IsMissing(value) for value, _ in shares))
    return n.Where(((none, n.Absent("all_missing")),), n.Divide(top, bottom))


def _items_sum(items: ItemWeights, *, skip: bool) -> n.Node:
    value = items.value if items.weight is None else n.Multiply((items.weight, items.value))
    return n.Reduce("sum", items.over, value, where=items.where, skip_missing=skip)


def _items_mean(items: ItemWeights, missing: str) -> n.Node:
    skip = missing != "incomplete"
    if items.weight is None:
        value = _present(items.value) if missing == "zero" else items.value
        mean = n.Reduce("mean", items.over, value, where=items.where, skip_missing=skip)
        return _guarded(items, mean)
    counted = items.where
    if missing == "renormalise":
        there = n.Not(n.IsMissing(items.value))
        counted = there if counted is None else n.And((counted, there))
    total = n.Reduce("sum", items.over, items.weight, where=counted)
    nothing = n.Compare("==", total, ZERO)
    joined = n.Divide(_items_sum(items, skip=skip), total)
    return _guarded(items, n.Where(((nothing, n.Absent("no_items", items.over)),), joined))


def _guarded(items: ItemWeights, value: n.Node) -> n.Node:
    if items.total is None:
        return value
    weight = items.weight or n.Number(Fraction(1))
    total = n.Reduce("sum", items.over, weight, where=items.where)
    wrong = n.Compare("!=", total, n.Number(items.total))
    return n.Where(((wrong, n.Absent("weights_total", items.over)),), value)
