"""What the analysis of a policy finds, as values.

What lives here: a finding with its witness, a law with what is known of it, and the report of both. What
never comes in: finding them, printing them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kinerja.errors import Issue
from kinerja.exact import decimal_digits, plain_decimal
from kinerja.values import Interval
from kinerja.words import Text

__all__ = ["Analysis", "Finding", "Law", "Verdict", "Witness", "interval_text"]

#: What is known of a law: proved for every record, broken by a witness, or not broken by any record tried.
Verdict = Literal["proved", "broken", "not_found"]


def interval_text(interval: Interval) -> str:
    """Say where numbers lie, without brackets: `≥ 110`, `> 50 … < 51`."""
    low = (
        ""
        if interval.low is None
        else f"{'>' if interval.low_open else '≥'} {_figure(interval.low)}"
    )
    high = (
        ""
        if interval.high is None
        else f"{'<' if interval.high_open else '≤'} {_figure(interval.high)}"
    )
    return " … ".join(end for end in (low, high) if end) or "…"


def _figure(value: Fraction) -> str:
    return str(value) if decimal_digits(value) is None else plain_decimal(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A record that shows a finding, scored exactly.

    Attributes:
        record: The record; numbers are plain decimals.
        values: What the policy gives for it: the values of the steps that the finding is about, or else
            `status` with the reasons why there is none.
    """

    record: Mapping[str, object]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the people who sign a policy should know.

    Attributes:
        issue: What it is: code, severity, place in the file, figures.
        witnesses: Records that show it; none where the formulas prove it for every record, or where nothing
            was found by a search.
        tried: Records that were tried in vain, where the finding is that nothing was found.
        accepted: Why the policy accepts it, or `None`.
    """

    issue: Issue
    witnesses: tuple[Witness, ...] = ()
    tried: int = 0
    accepted: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A result goes one way only with an input: the better never costs.

    Attributes:
        subject: The input, or `list.field`.
        output: The published step.
        verdict: `proved` by the signs of the slopes, `broken` with a finding that shows it, or `not_found`.
        tried: Pairs of records that were compared where nothing is proved.
    """

    subject: str
    output: str
    verdict: Verdict
    tried: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything that the analysis of a policy found.

    Attributes:
        findings: In the order of the file.
        laws: In the order of the inputs.
        tried: Records that were scored.
    """

    findings: tuple[Finding, ...]
    laws: tuple[Law, ...]
    tried: int

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that the policy does not accept with a reason."""
        return tuple(finding for finding in self.findings if finding.accepted is None)
