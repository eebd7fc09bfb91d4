"""A rater's reasoned decision in place of a computed label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.words import phrase

__all__ = ["Override"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Take the rater's decision where there is one; what it replaced stays in the result.

    Attributes:
        of: The computed label.
        by: Input with the decision; missing where there is none.
        reason: Text input with the reason; a decision without it is missing (`override_without_reason`).
        who: Text input with the office of who decided; needed like the reason.
    """

    kind: ClassVar[str] = "override"

    of: n.Node
    by: n.Node
    reason: n.Node
    who: n.Node

    def formula(self, known: Known) -> n.Node:
        """Build the choice."""
        shown = known.title(self.of.name) if isinstance(self.of, n.Ref) else ""
        computed = n.Named("computed", phrase("rule.override.computed", step=shown), self.of)
        unexplained = n.Or((n.IsMissing(self.reason), n.IsMissing(self.who)))
        return n.Where(
            (
                (n.IsMissing(self.by), computed),
                (unexplained, n.Absent("override_without_reason")),
            ),
            self.by,
        )
