"""A formula written as text in the policy file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kinerja.formula import nodes as n
from kinerja.formula.rule import Known

__all__ = ["FormulaRule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaRule:
    """Compute what a formula says.

    Attributes:
        value: The formula, already parsed.
    """

    kind: ClassVar[str] = "formula"

    value: n.Node

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Give the formula as it was written."""
        return self.value
