"""Bands (rentang nilai): a number earns a label."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from kinerja.errors import Issue, PolicyError, quoted, unknown_name
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.values import Band, Bands, Between

__all__ = ["BandsRule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BandsRule:
    """Give the label of the band that holds a number.

    Attributes:
        of: The number. Where it is a step rounded to d decimals, the printed ends of bands may lie
            10⁻ᵈ apart (76,60 and 76,61) and leave no gap.
        bands: From the lowest to the highest numbers, each end open or closed.
        between: What becomes of a number between two bands; `refuse` allows none.
    """

    kind: ClassVar[str] = "bands"

    of: n.Node
    bands: tuple[Band, ...]
    between: Between = "refuse"

    def formula(self, known: Known) -> n.Node:
        """Build the banding.

        Raises:
            PolicyError: Bands overlap, leave a gap that no choice closes, or give a label that is not
                on the declared scale.
        """
        grid = None
        if isinstance(self.of, n.Ref) and self.of.name in known.roundings:
            grid = Fraction(1, 10) ** known.roundings[self.of.name].digits
        issues = self._foreign_labels(known)
        for place, pair in enumerate(pairwise(self.bands)):
            issues.extend(_pair_issues(pair, place + 1, self.between, grid))
        if issues:
            raise PolicyError(issues)
        return n.Band(self.of, Bands(bands=self.bands, between=self.between, grid=grid))

    def _foreign_labels(self, known: Known) -> list[Issue]:
        if known.scale is None:
            return []
        ids = known.scale.ids
        return [
            unknown_name("KNJ207", f"bands[{place}].label", band.label, ids)
            for place, band in enumerate(self.bands)
            if band.label not in ids
        ]


def _pair_issues(
    pair: tuple[Band, Band], place: int, between: Between, grid: Fraction | None
) -> list[Issue]:
    lower, upper = pair
    details = {
        "found": f"{lower.interval} → {upper.interval}",
        "lower": quoted(lower.label),
        "upper": quoted(upper.label),
    }
    try:
        both = Bands(bands=pair, between="missing", grid=grid)
    except ValueError:
        return [Issue(code="KNJ204", path=f"bands[{place}]", details=details)]
    if between == "refuse" and both.gaps():
        return [Issue(code="KNJ205", path=f"bands[{place}]", details=details)]
    return []
