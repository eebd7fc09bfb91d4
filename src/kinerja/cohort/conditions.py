"""Conditions that a person meets or not, before anybody is compared.

What lives here: conditions on a published label, number or follow-up, and on the status. What never comes
in: places, order; rules of a policy, whose results are asked for here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from kinerja.cohort.members import Member
from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.scorer import FollowUp, LabelStep, NumberStep

__all__ = [
    "Complete",
    "Condition",
    "FollowedUp",
    "HasNumber",
    "LabelAtLeast",
    "NumberWithin",
    "Verdict",
]

Verdict: TypeAlias = Literal["met", "failed", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """The result is complete."""

    def verdict(self, member: Member) -> Verdict:
        """Tell whether a person meets it."""
        return "met" if member.status == "complete" else "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAtLeast:
    """A label is at least so high.

    Attributes:
        step: The step; its labels need an order.
        least: Id of the lowest label that meets it.

    Raises:
        InputError: The labels have no order, or `least` is none of them.
    """

    step: LabelStep
    least: str

    def __post_init__(self) -> None:
        """Refuse a label that there is not, or that is neither high nor low."""
        names = self._names()
        issues = []
        if not self.step.ordered:
            issues.append(Issue(code="KNJ863", details={"found": quoted(self.step.name)}))
        if self.least not in names:
            issues.append(unknown_name("KNJ867", "least", self.least, names))
        if issues:
            raise InputError(issues)

    def _names(self) -> list[str]:
        return [name for name, _ in self.step.labels]

    def verdict(self, member: Member) -> Verdict:
        """Tell whether a person meets it; `missing` where there is no label."""
        names = self._names()
        label = member.label(self.step.name)
        if label not in names:
            return "missing"
        return "met" if names.index(label) >= names.index(self.least) else "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWithin:
    """A number lies between limits, which belong to it.

    Attributes:
        step: The number.
        least: Lowest number that meets it; `None` for no limit.
        most: Highest number that meets it; `None` for no limit.

    Raises:
        InputError: There is no limit at all, or `least` is above `most`.
    """

    step: NumberStep
    least: Fraction | None = None
    most: Fraction | None = None

    def __post_init__(self) -> None:
        """Refuse limits that everybody or nobody meets."""
        least, most = self.least, self.most
        if (least is None and most is None) or (
            least is not None and most is not None and least > most
        ):
            details = {
                "found": f"{'–' if least is None else least} … {'–' if most is None else most}"
            }
            raise InputError([Issue(code="KNJ868", path=self.step.name, details=details)])

    def verdict(self, member: Member) -> Verdict:
        """Tell whether a person meets it; `missing` where there is no number."""
        value = member.number(self.step.name)
        if value is None:
            return "missing"
        low = self.least is not None and value < self.least
        high = self.most is not None and value > self.most
        return "failed" if low or high else "met"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp:
    """Something follows for the person by the policy, such as a reward.

    Attributes:
        action: What follows, one of `program.follow_ups`.
    """

    action: FollowUp

    def verdict(self, member: Member) -> Verdict:
        """Tell whether a person meets it."""
        return "met" if self.action.id in member.follow_ups else "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HasNumber:
    """The number that orders people is there; every quota asks for it last.

    Attributes:
        step: The number.
    """

    step: NumberStep

    def verdict(self, member: Member) -> Verdict:
        """Tell whether a person meets it."""
        return "missing" if member.number(self.step.name) is None else "met"


Condition: TypeAlias = "Complete | LabelAtLeast | NumberWithin | FollowedUp | HasNumber"
