"""Segment formulas: which formula applies depends on where a number lies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from kinerja.errors import Issue, PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.values import Band, Bands, Between, Interval

__all__ = ["Piecewise", "Segment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A range of numbers and the formula that applies there."""

    interval: Interval
    value: n.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Piecewise:
    """Apply the formula of the segment that holds a number; jumps are allowed.

    Attributes:
        of: The number that decides.
        segments: In rising order, without overlap.
        between: What becomes of a number between two segments, as for bands.
    """

    kind: ClassVar[str] = "piecewise"

    of: n.Node
    segments: tuple[Segment, ...]
    between: Between = "refuse"

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Build the cases.

        Raises:
            PolicyError: Segments overlap, or leave a gap that no choice closes.
        """
        numbered = tuple(
            Band(label=str(place), interval=segment.interval)
            for place, segment in enumerate(self.segments)
        )
        issues = []
        for place, (lower, upper) in enumerate(pairwise(numbered)):
            details = {
                "found": f"{lower.interval} → {upper.interval}",
                "lower": str(place + 1),
                "upper": str(place + 2),
            }
            try:
                both = Bands(bands=(lower, upper), between="missing")
            except ValueError:
                issues.append(Issue(code="KNJ204", path=f"segments[{place + 1}]", details=details))
                continue
            if self.between == "refuse" and both.gaps():
                issues.append(Issue(code="KNJ205", path=f"segments[{place + 1}]", details=details))
        if issues:
            raise PolicyError(issues)
        closed = Bands(bands=numbered, between=self.between).closed()
        cases = tuple(
            (n.inside(self.of, band.interval), segment.value)
            for band, segment in zip(closed, self.segments, strict=True)
        )
        return n.Where(cases, n.Absent("outside_bands"))
