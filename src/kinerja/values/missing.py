"""Missing values, and why they are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Missing", "Reason"]


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why a value is missing.

    Attributes:
        code: Stable name such as `input_missing`; its words are `reason.<code>`.
        subject: What it is about: an input, a step, a rater group; may be empty.
    """

    code: str
    subject: str = ""

    def __str__(self) -> str:
        """Print `code: subject`, the form that results carry."""
        return f"{self.code}: {self.subject}" if self.subject else self.code


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is not there, with every reason, in the order they were met."""

    reasons: tuple[Reason, ...]

    @classmethod
    def because(cls, code: str, subject: str = "") -> Missing:
        """Make a missing value with one reason."""
        return cls((Reason(code, subject),))

    @classmethod
    def joined(cls, parts: Iterable[Missing]) -> Missing:
        """Join missing values; each reason is kept once, first met first."""
        return cls(tuple(dict.fromkeys(reason for part in parts for reason in part.reasons)))
