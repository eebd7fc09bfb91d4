"""Achievement (capaian) of an actual value against its target."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal

from kinerja.errors import Issue, PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known

__all__ = ["Achievement", "Efficiency", "Limit", "TargetRange"]

HUNDRED: Final = n.Number(Fraction(100))
ZERO: Final = n.Number(Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """An end of the scale.

    Attributes:
        at: Where it lies.
        beyond: `clip` holds the value at the limit; `refuse` makes a value beyond it missing, with the
            reason `beyond_limit`.
    """

    at: n.Node
    beyond: Literal["clip", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRange:
    """A target that is a range: anything inside it is 100 %."""

    low: n.Node
    high: n.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiency:
    """The formula of waktu and biaya in Perka BKN 1/2013, with its jump.

    Efficiency e = 100 − actual / target × 100. Up to and including `jump_above` the achievement is
    (constant × target − actual) / target × 100; above it, 100 × constant minus that.

    Attributes:
        constant: 1.76 in Perka BKN 1/2013 (secondary sources).
        jump_above: 24 in Perka BKN 1/2013 (secondary sources); the value itself is below the jump.
    """

    constant: Fraction
    jump_above: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """Score an actual value against its target, in percent.

    | `better` | value |
    |---|---|
    | `higher` | actual / target × 100 |
    | `lower` with `two_minus_ratio` | (2 × target − actual) / target × 100 |
    | `lower` with `target_over_actual` | target / actual × 100 |
    | `stable` | as `higher` up to the target, 200 − actual / target × 100 above it |
    | `efficient` | see `Efficiency` |

    With a `TargetRange`, inside is 100, above it the upper end is the target, below it the lower end
    (PermenPANRB 8/2021 Lampiran p. 100); allowed for `higher` and `lower` by `two_minus_ratio`.

    Attributes:
        actual: Realisasi.
        target: Target, or a range.
        better: Which direction is good.
        lower_is: The formula of `lower`; sources disagree, so it has no default.
        zero_target: Value for a target of 0, or `None`: then missing, with the reason `zero_target`. It
            must be said whenever the target can be 0 (`zero_target_named`).
        zero_target_named: The policy said what a target of 0 means.
        negative_target: `missing` (reason `negative_target`), or `mirrored`, for `higher` only:
            200 − actual / target × 100 (KMK 127/2026 p. 67).
        cap: Upper end, or `None` for no end.
        floor: Lower end, or `None` for no end.
        attained_maximum: A flag: the target is the highest that can be attained; meeting it gives
            `maximum_gives`.
        maximum_gives: Value for meeting such a target: 120 in PermenPANRB 8/2021 and KMK 127/2026.
        efficiency: The figures of `efficient`.
    """

    kind: ClassVar[str] = "achievement"

    actual: n.Node
    target: n.Node | TargetRange
    better: Literal["higher", "lower", "stable", "efficient"]
    lower_is: Literal["two_minus_ratio", "target_over_actual"] | None = None
    zero_target: n.Node | None = None
    zero_target_named: bool = False
    negative_target: Literal["missing", "mirrored"] = "missing"
    cap: Limit | None = None
    floor: Limit | None = None
    attained_maximum: n.Node | None = None
    maximum_gives: Fraction | None = None
    efficiency: Efficiency | None = None

    def formula(self, known: Known) -> n.Node:
        """Build the achievement.

        Raises:
            PolicyError: A choice that the rule needs is not named.
        """
        issues = list(self._unnamed(known))
        if issues:
            raise PolicyError(issues)
        if isinstance(self.target, TargetRange):
            return self._limited(self._of_range(self.target))
        value = self._of_target(self.target, known)
        if self.attained_maximum is not None and self.maximum_gives is not None:
            attained = n.And((self.attained_maximum, self._met(self.target)))
            value = n.Where(((attained, n.Number(self.maximum_gives)),), value)
        return self._limited(value)

    def _unnamed(self, known: Known) -> list[Issue]:
        issues = []
        if (self.better == "lower") != (self.lower_is is not None):
            issues.append(Issue(code="KNJ260", path="lower_is"))
        if (self.better == "efficient") != (self.efficiency is not None):
            issues.append(Issue(code="KNJ261", path="efficiency"))
        if self.negative_target == "mirrored" and self.better != "higher":
            issues.append(Issue(code="KNJ274", path="negative_target"))
        if isinstance(self.target, TargetRange):
            issues.extend(self._unfit_for_a_range(self.target))
            if self.better not in ("higher", "lower") or self.lower_is == "target_over_actual":
                issues.append(Issue(code="KNJ262", path="target"))
        elif not self.zero_target_named and _can_be_zero(self.target, known):
            issues.append(Issue(code="KNJ263", path="zero_target"))
        if (self.attained_maximum is None) != (self.maximum_gives is None):
            issues.append(Issue(code="KNJ264", path="maximum_gives"))
        return issues

    def _unfit_for_a_range(self, target: TargetRange) -> list[Issue]:
        issues = [
            Issue(code="KNJ273", path=key, details={"found": key})
            for key, given in (
                ("zero_target", self.zero_target_named),
                ("negative_target", self.negative_target != "missing"),
                ("attained_maximum", self.attained_maximum is not None),
            )
            if given
        ]
        low, high = target.low, target.high
        if isinstance(low, n.Number) and isinstance(high, n.Number) and low.value > high.value:
            issues.append(Issue(code="KNJ117", path="target"))
        return issues

    def _met(self, target: n.Node) -> n.Node:
        if self.better in ("lower", "efficient"):
            return n.Compare("<=", self.actual, target)
        if self.better == "stable":
            return n.Compare("==", self.actual, target)
        return n.Compare(">=", self.actual, target)

    def _of_range(self, target: TargetRange) -> n.Node:
        above = n.Compare(">", self.actual, target.high)
        below = n.Compare("<", self.actual, target.low)
        cases = ((above, self._plain(target.high)), (below, self._plain(target.low)))
        return n.Where(cases, HUNDRED)

    def _of_target(self, target: n.Node, known: Known) -> n.Node:
        cases: list[tuple[n.Node, n.Node]] = []
        if _can_be_zero(target, known):
            zero = self.zero_target or n.Absent("zero_target")
            cases.append((n.Compare("==", target, ZERO), zero))
        if _can_be_negative(target, known):
            negative: n.Node = n.Absent("negative_target")
            if self.negative_target == "mirrored":
                negative = 200 - self.actual / target * 100
            cases.append((n.Compare("<", target, ZERO), negative))
        value = self._plain(target)
        return n.Where(tuple(cases), value) if cases else value

    def _plain(self, target: n.Node) -> n.Node:
        ratio = self.actual / target * 100
        match self.better, self.lower_is:
            case "lower", "two_minus_ratio":
                return (2 * target - self.actual) / target * 100
            case "lower", _:
                return target / self.actual * 100
            case "stable", _:
                return n.Where(((n.Compare("<=", self.actual, target), ratio),), 200 - ratio)
            case "efficient", _:
                return self._efficient(target)
        return ratio

    def _efficient(self, target: n.Node) -> n.Node:
        if self.efficiency is None:
            raise TypeError
        constant, jump = self.efficiency.constant, self.efficiency.jump_above
        efficiency = 100 - self.actual / target * 100
        gentle = (constant * target - self.actual) / target * 100
        return n.Where(((efficiency.at_most(jump), gentle),), 100 * constant - gentle)

    def _limited(self, value: n.Node) -> n.Node:
        beyond: list[tuple[n.Node, n.Node]] = []
        if self.cap is not None and self.cap.beyond == "refuse":
            beyond.append((n.Compare(">", value, self.cap.at), n.Absent("beyond_limit")))
        if self.floor is not None and self.floor.beyond == "refuse":
            beyond.append((n.Compare("<", value, self.floor.at), n.Absent("beyond_limit")))
        if beyond:
            value = n.Where(tuple(beyond), value)
        low = self.floor.at if self.floor is not None and self.floor.beyond == "clip" else None
        high = self.cap.at if self.cap is not None and self.cap.beyond == "clip" else None
        return value if low is None and high is None else n.Clip(value, low, high)


def _can_be_zero(target: n.Node, known: Known) -> bool:
    if isinstance(target, n.Number):
        return target.value == 0
    return Fraction(0) in known.number_type(target).limits


def _can_be_negative(target: n.Node, known: Known) -> bool:
    if isinstance(target, n.Number):
        return target.value < 0
    limits = known.number_type(target).limits
    return limits.low is None or limits.low < 0
