"""Rater groups (kelompok penilai) of a 360-degree panel."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RaterGroup"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterGroup:
    """A group of raters, named by who rates: `atasan` is the superior of the person rated.

    Attributes:
        id: As the data carries it.
        minimum: Fewest raters whose answers may count (anonymity); a smaller group is treated as the
            scheme says.
        maximum: Most raters the scheme allows, or `None`.
    """

    id: str
    minimum: int = 1
    maximum: int | None = None

    def __post_init__(self) -> None:
        """Refuse limits that no panel can meet."""
        if self.minimum < 1 or (self.maximum is not None and self.maximum < self.minimum):
            msg = f"raters of {self.id}: minimum {self.minimum}, maximum {self.maximum}"
            raise ValueError(msg)
