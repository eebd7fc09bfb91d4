"""Where a figure comes from, and how well that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kinerja.words import Text

__all__ = ["BasisStatus", "LegalBasis"]

BasisStatus = Literal["primary", "secondary", "practice", "unverified", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The legal basis (dasar hukum) of a rule or figure.

    Attributes:
        title: The regulation, as it is cited: `PermenPANRB 6/2022`.
        clause: Place in it: `Lampiran Bab IV.B.3.a.3`; may be empty.
        status: `primary` (the wording was read), `secondary` (restated by others), `practice` (seen in
            real applications only), `unverified` (not confirmed), `own` (the agency's own choice).
        source: Where it was seen; may be empty.
        note: A conflict or limit that readers should know; may be `None`.
    """

    title: str
    clause: str = ""
    status: BasisStatus = "unverified"
    source: str = ""
    note: Text | None = None

    @property
    def citation(self) -> str:
        """Title and clause in one line."""
        return f"{self.title} {self.clause}".strip()
