"""Weights (bobot), and where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from kinerja.errors import Issue
from kinerja.exact import ExactInput, exact

__all__ = ["Origin", "Weights"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How weights were found, so that a policy can say where its weights come from.

    Attributes:
        method: Name of the method, such as `ahp_eigenvector`; its words are `explore.method.<method>`.
        source: The paper or clause that defines the method.
        facts: Figures that belong to the weights, by name, such as `cr` and `random_index` of a matrix of
            judgements; a float is what a computation in floats gave.
        issues: What should be looked at before anybody uses the weights, and what the method ignores.
    """

    method: str
    source: str
    facts: Mapping[str, Fraction | float | int | str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """Named shares, each at least 0, in the order they were given.

    Attributes:
        shares: Name and share; a share of 60 % is 3/5.
        origin: How they were found; `None` where they are simply stated. It is no part of what the weights
            mean: two that share out alike are equal.
    """

    shares: tuple[tuple[str, Fraction], ...]
    origin: Origin | None = field(default=None, compare=False)

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

    @classmethod
    def normalised(
        cls, values: Mapping[str, ExactInput], *, digits: int = 15, origin: Origin | None = None
    ) -> Weights:
        """Make weights that sum to exactly 1 out of numbers in proportion, such as an eigenvector.

        Args:
            values: Name and number, at least 0; a float means the decimal that it prints.
            digits: Decimals of a weight. What is left over goes to the largest remainders, equal ones in
                the order of the names, so that no weight is moved by a whole unit of the last decimal.
            origin: How they were found.

        Raises:
            ValueError: A number is negative, or all are zero.

        Examples:
            >>> Weights.normalised({"a": 1, "b": 1, "c": 1}, digits=2).shares
            (('a', Fraction(17, 50)), ('b', Fraction(33, 100)), ('c', Fraction(33, 100)))
        """
        given = cls(tuple((name, exact(value)) for name, value in values.items()))
        return replace(given, origin=origin).rounded(digits=digits)

    def rounded(self, *, digits: int) -> Weights:
        """Give the weights with few decimals, their sum exactly 1: fit to be written in a policy.

        Args:
            digits: Decimals of a share; 2 gives whole percents.
        """
        grid = 10**digits
        parts = [share * grid / self.total for _, share in self.shares]
        whole = [part.numerator // part.denominator for part in parts]
        by_remainder = sorted(range(len(parts)), key=lambda place: whole[place] - parts[place])
        for place in by_remainder[: grid - sum(whole)]:
            whole[place] += 1
        shares = zip(self.names, (Fraction(part, grid) for part in whole), strict=True)
        return replace(self, shares=tuple(shares))

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
