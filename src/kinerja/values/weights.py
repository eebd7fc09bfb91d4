"""Weights (bobot)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kinerja.exact import ExactInput, exact

__all__ = ["Weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Named shares, each at least 0, in the order they were given.

    Attributes:
        shares: Name and share; a share of 60 % is 3/5.
    """

    shares: tuple[tuple[str, Fraction], ...]

    def __post_init__(self) -> None:
        """Refuse negative weights, a name that stands twice, and weights that are all zero."""
        if len(dict(self.shares)) != len(self.shares):
            msg = "a name stands twice"
            raise ValueError(msg)
        if any(share < 0 for _, share in self.shares):
            msg = "a weight is negative"
            raise ValueError(msg)
        if not any(share for _, share in self.shares):
            msg = "all weights are zero"
            raise ValueError(msg)

    @classmethod
    def of(cls, shares: Mapping[str, ExactInput]) -> Weights:
        """Make weights from numbers.

        Examples:
            >>> Weights.of({"skp": "60 %", "perilaku": "40 %"}).total
            Fraction(1, 1)
        """
        return cls(tuple((name, exact(share)) for name, share in shares.items()))

    @classmethod
    def equal(cls, names: tuple[str, ...]) -> Weights:
        """Make equal weights that sum to 1."""
        return cls(tuple((name, Fraction(1, len(names))) for name in names))

    @property
    def total(self) -> Fraction:
        """The sum of the shares."""
        return sum((share for _, share in self.shares), Fraction(0))

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(name for name, _ in self.shares)

    def __getitem__(self, name: str) -> Fraction:
        """Give the share of a name."""
        return dict(self.shares)[name]

    def __iter__(self) -> Iterator[tuple[str, Fraction]]:
        """Walk through names and shares."""
        return iter(self.shares)

    def __len__(self) -> int:
        """Count the names."""
        return len(self.shares)
