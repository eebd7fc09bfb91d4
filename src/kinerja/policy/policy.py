"""A policy, read and checked: what `show`, `check` and the scorer work on.

What lives here: the value that ties the file's models to the program. What never comes in: reading,
checking and printing; siblings do that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kinerja.errors import Issue
from kinerja.formula.rule import Rule
from kinerja.policy.extend import Base
from kinerja.policy.model import PolicyModel, StepModel
from kinerja.policy.source import Source
from kinerja.scorer import Program

__all__ = ["Policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy whose rules fit together.

    Attributes:
        source: The file, with places.
        model: The file's keys, fitted into their models.
        variant: The option or figure taken for each choice.
        steps: The keys that every step has, after the choices, by name.
        rules: The rule of each step.
        program: The policy made ready to run.
        warnings: What should be looked at although the policy can be used.
        assumed: Choices that must be named and were not; something stands in for them, so that the
            policy can be looked at. Empty where the policy may score.
        base: The policy that this one extends, and what comes from it; `None` where it extends none.
    """

    source: Source
    model: PolicyModel
    variant: Mapping[str, str]
    steps: Mapping[str, StepModel]
    rules: Mapping[str, Rule]
    program: Program
    warnings: tuple[Issue, ...] = ()
    assumed: frozenset[str] = frozenset()
    base: Base | None = None
