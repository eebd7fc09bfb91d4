"""What is found in data before they are scored, as values.

What lives here: one finding with its place, figures and certainty, and everything that one look at data
gives. What never comes in: words, the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from kinerja.cohort.periods import period_name
from kinerja.errors import Issue, Severity
from kinerja.exact import Rounding, plain_decimal
from kinerja.values import Period
from kinerja.words import Text

__all__ = ["Blank", "Check", "DataQuality", "QualityFinding", "Sureness"]

Check: TypeAlias = Literal[
    "completeness",
    "presence",
    "impossible",
    "heaping",
    "sameness",
    "raters",
    "copied",
    "shifts",
]
Blank: TypeAlias = str | int | Fraction | Text

_SHOWN: Final = Rounding(digits=2, mode="half_up")
_RANKS: Final[Mapping[str, int]] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How sure a finding is, and by which measure.

    Attributes:
        measure: `counted`: a fact, each record was looked at. `holm`: `odds` is the inverse of an exact
            chance, corrected for `tests` comparisons (Holm 1979). `pairs`: `odds` is the inverse of a bound
            on the expected number of groups. `robust`: `times` the usual deviation. `factor`: `times` what
            was expected.
        odds: Data without the fault give this at most once in so many times; a power of ten, rounded
            down, and at most a million.
        tests: Comparisons that the chance is corrected for.
        times: The multiple.
    """

    measure: Literal["counted", "holm", "pairs", "robust", "factor"] = "counted"
    odds: int | None = None
    tests: int | None = None
    times: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFinding:
    """Something in the data that should be looked at before they are scored.

    Attributes:
        code: Its code, from KNJ801 to KNJ819.
        check: The check that found it.
        unit: The unit, or `None`: it is about several, or the data name none.
        period: The period, or `None`: it is about all, or the data name none.
        input: Input, or `<list>.<field>`; `None` where it is about whole records.
        count: What was found, in `of`.
        of: What was looked at.
        people: How many people it touches.
        ids: The first few of them, sorted; none where a rater must stay unknown.
        figure: The figure that was found: a share, a median, a ratio.
        expected: What was expected.
        sureness: How sure it is.
        severity: `warning`, or `note` where it may be as it should be.
        blanks: What fills the words of its code, besides `count`, `of` and `ids`.
    """

    code: str
    check: Check
    unit: str | None = None
    period: Period | None = None
    input: str | None = None
    count: int
    of: int
    people: int
    ids: tuple[str, ...] = ()
    figure: Fraction | None = None
    expected: Fraction | None = None
    sureness: Sureness = Sureness()
    severity: Severity = "warning"
    blanks: Mapping[str, Blank] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Unit and period, as far as there are any."""
        period = None if self.period is None else period_name(self.period)
        return ", ".join(part for part in (self.unit, period) if part)

    @property
    def issue(self) -> Issue:
        """The finding as an issue, which prints and is written like every other one."""
        blanks = {"count": self.count, "of": self.of, "people": self.people, **self.blanks}
        details = {name: _plain(value) for name, value in blanks.items()}
        # A record without an id is counted and cannot be named.
        named = [one for one in self.ids if one]
        more = ["…"] if len(named) < self.people else []
        details["ids"] = ", ".join([*named, *more]) if named else "–"
        return Issue(
            code=self.code,
            path=self.input or "",
            details=details,
            cell=self.place or None,
            severity=self.severity,
        )

    @property
    def rank(self) -> tuple[object, ...]:
        """What sorts findings: those that touch most people first, then the more serious ones."""
        return (
            -self.people,
            _RANKS[self.severity],
            self.code,
            self.unit or "",
            "" if self.period is None else self.period.first.isoformat(),
            self.input or "",
            sorted((name, _plain(value)) for name, value in self.blanks.items()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuality:
    """Everything that one look at data gives.

    Attributes:
        findings: The findings; what touches most people stands first.
        records: Records that were looked at.
        units: Units.
        periods: Periods, from the earliest; none where the data name none.
        inputs: Inputs of the policy.
        tests: How many comparisons each check made; a check without any had nothing that it may judge.
    """

    findings: tuple[QualityFinding, ...]
    records: int
    units: tuple[str | None, ...]
    periods: tuple[Period, ...]
    inputs: int
    tests: Mapping[Check, int]

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The findings as issues, in the same order."""
        return tuple(finding.issue for finding in self.findings)


def sorted_findings(findings: Iterable[QualityFinding]) -> tuple[QualityFinding, ...]:
    """Put what touches most people first."""
    return tuple(sorted(findings, key=lambda finding: finding.rank))


def _plain(value: Blank) -> str:
    return plain_decimal(_SHOWN.apply(value)) if isinstance(value, Fraction) else str(value)
