"""What becomes of people when a policy is changed, as values.

What lives here: the findings. What never comes in: counting; `affected` does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from kinerja.result import Line, PolicyNote
from kinerja.scorer import LabelStep
from kinerja.words import Text

__all__ = [
    "STATUSES",
    "Impact",
    "LabelMoves",
    "Mover",
    "PointMoves",
    "Status",
    "UnitMoves",
]

Status: TypeAlias = Literal["complete", "incomplete", "refused"]

STATUSES: Final[tuple[Status, ...]] = ("complete", "incomplete", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelMoves:
    """Who moves from which label to which.

    Attributes:
        counts: How many have one label by the old policy and another, or the same, by the new one. `None`:
            no label: an incomplete result, or a refused row.
        up: How many move to a better label.
        same: How many keep theirs, or have none by either.
        down: How many move to a lesser one.
        other: How many move where the policies name no common order, or have a label by one of them only.
    """

    counts: Mapping[tuple[str | None, str | None], int]
    up: int
    same: int
    down: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMoves:
    """How far a published number moves, for those who have it by both policies; every figure exact.

    Attributes:
        name: Name of the step in the new policy.
        title: As people read it.
        digits: Decimals that the policies round it to, or `None`.
        up: How many have more.
        same: How many have the same.
        down: How many have less.
        least: The lowest move; a negative one is a loss.
        median: The middle one: half of them move less, or as much.
        mean: The mean of all moves.
        most: The highest move.
        counts: How often each move occurs, from the lowest.
    """

    name: str
    title: Text
    digits: int | None
    up: int
    same: int
    down: int
    least: Fraction
    median: Fraction
    mean: Fraction
    most: Fraction
    counts: tuple[tuple[Fraction, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMoves:
    """What becomes of the people of one unit.

    Attributes:
        unit: The unit, as the data name it; `None`: none is named.
        rows: How many people.
        labels: Who moves from which label to which; `None` without a label step.
        up: How many have more points.
        same: How many have the same.
        down: How many have less.
        mean: The mean move of their points; `None` where nobody has points by both policies.
    """

    unit: str | None
    rows: int
    labels: LabelMoves | None
    up: int
    same: int
    down: int
    mean: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """One whose label changes, or who moves further than others, and what moved them.

    How far is told by the published number that both policies have in common, else by the labels.

    Attributes:
        id: The id, or `None`.
        old: The number by the old policy; `None` where there is none, or no number is compared.
        new: The number by the new one.
        labels: The labels by both, where there is a label step.
        step: First step, in the order of computation, that has another value by the new policy; `None`
            where no step that both policies have differs.
        old_line: The line of that step in the explanation by the old policy, or `None` where it has none.
        new_line: The same by the new policy.
    """

    id: str | None
    old: Fraction | None
    new: Fraction | None
    labels: tuple[Text | None, Text | None] | None
    step: str | None
    old_line: Line | None
    new_line: Line | None

    @property
    def moved(self) -> Fraction | None:
        """How far the number moves; `None` where one of both is not there."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a change of a policy does to the people of a table.

    Attributes:
        old: The old policy.
        new: The new policy.
        rows: How many rows were scored by both.
        statuses: How many were `complete`, `incomplete` or `refused` by the old policy and are which of
            them by the new one.
        steps: The label step that is compared, as the old and the new policy have it; `None` without one.
        labels: Who moves from which label to which; `None` without a label step.
        points: How far a published number moves; `None` where the policies publish no number in common, or
            nobody has it by both.
        unit: The column by which units are told apart, or `None`.
        units: What becomes of each unit; those where most change first. Empty without `unit`.
        movers: Ten whose label changes, those first who fall, then who have none any more, then who rise,
            the rest last, and of those who are alike the ones who move further; then the ten who move
            furthest in points, without those named before.
        only_old: Inputs that only the old policy reads: name and title.
        only_new: Inputs that only the new policy reads.
    """

    old: PolicyNote
    new: PolicyNote
    rows: int
    statuses: Mapping[tuple[Status, Status], int]
    steps: tuple[LabelStep, LabelStep] | None
    labels: LabelMoves | None
    points: PointMoves | None
    unit: str | None
    units: tuple[UnitMoves, ...]
    movers: tuple[Mover, ...]
    only_old: tuple[tuple[str, Text], ...]
    only_new: tuple[tuple[str, Text], ...]
