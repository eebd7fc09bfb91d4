"""Conditions, limits and deductions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal

from kinerja.errors import Issue, PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.words import Text

__all__ = ["Condition", "Deduct", "Deduction", "LimitRule"]

ZERO: Final = n.Number(Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The value of the first condition that holds ("only with ide baru").

    Attributes:
        cases: Conditions and values, looked at in this order.
        otherwise: Value when none holds.
    """

    kind: ClassVar[str] = "condition"

    cases: tuple[tuple[n.Node, n.Node], ...]
    otherwise: n.Node

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Build the cases."""
        return n.Where(self.cases, self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRule:
    """Hold a number within limits.

    Attributes:
        of: The number.
        at_least: Lower limit, or `None`.
        at_most: Upper limit, or `None`.
        beyond: `clip` holds the number at the limit; `refuse` makes it missing with the reason
            `beyond_limit`.
        when: The limits apply only when this holds; `None` for always.
    """

    kind: ClassVar[str] = "limit"

    of: n.Node
    at_least: n.Node | None = None
    at_most: n.Node | None = None
    beyond: Literal["clip", "refuse"] = "clip"
    when: n.Node | None = None

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Build the limited number.

        Raises:
            PolicyError: No limit is given, or the lower one lies above the upper one.
        """
        if self.at_least is None and self.at_most is None:
            raise PolicyError([Issue(code="KNJ265", path="at_most")])
        low, high = self.at_least, self.at_most
        if isinstance(low, n.Number) and isinstance(high, n.Number) and low.value > high.value:
            raise PolicyError([Issue(code="KNJ266", path="at_least")])
        if self.beyond == "clip":
            limited: n.Node = n.Clip(self.of, low, high)
        else:
            cases = []
            if low is not None:
                cases.append((n.Compare("<", self.of, low), n.Absent("beyond_limit")))
            if high is not None:
                cases.append((n.Compare(">", self.of, high), n.Absent("beyond_limit")))
            limited = n.Where(tuple(cases), self.of)
        return limited if self.when is None else n.Where(((self.when, limited),), self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct:
    """One deduction (potongan).

    Attributes:
        key: Name of its part.
        title: As people read it.
        amount: What is taken off; at least 0.
        when: It applies only when this holds; `None` for always.
    """

    key: str
    title: Text
    amount: n.Node
    when: n.Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """Take deductions off a number (hukuman disiplin, late minutes).

    Attributes:
        of: The number before deductions.
        minus: The deductions; each is a part that explanations show.
        at_most: Most that all of them together take off; `None` for no end.
        not_below: Lowest result; `None` for no end.
        how: `sum` takes all of them off, `highest` only the largest.
    """

    kind: ClassVar[str] = "deduction"

    of: n.Node
    minus: tuple[Deduct, ...]
    how: Literal["sum", "highest"]
    at_most: n.Node | None = None
    not_below: n.Node | None = None

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Build the difference.

        Raises:
            PolicyError: There is no deduction, or a key stands twice.
        """
        keys = [deduct.key for deduct in self.minus]
        if not keys or len(set(keys)) != len(keys):
            raise PolicyError([Issue(code="KNJ267", path="minus")])
        parts: tuple[n.Node, ...] = tuple(
            n.Named(
                deduct.key,
                deduct.title,
                deduct.amount
                if deduct.when is None
                else n.Where(((deduct.when, deduct.amount),), ZERO),
            )
            for deduct in self.minus
        )
        taken: n.Node = n.Add(parts) if self.how == "sum" else n.Maximum(parts)
        if self.at_most is not None:
            taken = n.Minimum((taken, self.at_most))
        rest = n.Subtract(self.of, taken)
        return rest if self.not_below is None else n.Maximum((rest, self.not_below))
