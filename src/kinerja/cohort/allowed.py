"""What the policy of a distribution allows a unit, whether or not the unit keeps it.

What lives here: every limit that a verdict rests on, in whole heads. What never comes in: which limits are
broken, which `limits` tells with its reasons; words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from kinerja.cohort.distribution import COUNT, UnitDistribution
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import evaluate
from kinerja.formula.types import FlagType
from kinerja.scorer import Program, Scorer, Step
from kinerja.scorer.graph import behind, chosen
from kinerja.scorer.read import read_record
from kinerja.scorer.run import State, run_steps
from kinerja.words import Text

__all__ = ["Allowed", "allowed_counts"]

_SIDES: Final = {"<": "most", "<=": "most", ">": "fewest", ">=": "fewest"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """How many people of a unit may have some labels.

    Attributes:
        step: Step of the policy that says whether the limit is kept.
        title: Its title.
        labels: The labels whose people the limit counts together.
        side: Whether it says how many may be there at most, or must be there at least.
        heads: The most or the fewest people, in whole heads.
        found: How many there are.
    """

    step: str
    title: Text
    labels: tuple[str, ...]
    side: Literal["most", "fewest"]
    heads: int
    found: int

    @property
    def is_kept(self) -> bool:
        """Tell whether the unit keeps it."""
        return self.found <= self.heads if self.side == "most" else self.found >= self.heads


def allowed_counts(
    found: UnitDistribution, *, scorer: Scorer, verdict: str | None = None
) -> tuple[Allowed, ...]:
    """Give every limit on counts that the verdict on a unit rests on.

    Limits that bind nobody (all may have a label, nobody must) are left out.

    Args:
        found: What `check_distribution` found.
        scorer: The policy of the distribution.
        verdict: As in `check_distribution`.

    Returns:
        The limits, in the order of the formula; none where the policy does not judge the unit.

    Examples:
        >>> import kinerja
        >>> from kinerja.cohort import Member, check_distribution
        >>> from kinerja.scorer import label_step
        >>> step = label_step(kinerja.load("kuadran-6-2022").program)
        >>> members = [
        ...     Member(id=str(number), unit="Bidang Arsip", values={"predikat": "baik"})
        ...     for number in range(10)
        ... ]
        >>> policy = kinerja.load("se-3-2023")
        >>> [unit] = check_distribution(members, scorer=policy, step=step, organisation="baik")
        >>> for one in allowed_counts(unit, scorer=policy):
        ...     print(one.labels, one.side, one.heads, one.found, one.is_kept)
        ('baik',) most 7 10 False
        ('butuh_perbaikan', 'kurang_misconduct') fewest 1 0 False
    """
    program = scorer.program
    reading, _, _ = read_record(dict(found.result.inputs), program.inputs)
    state = run_steps(program, reading)
    flags = [name for name in program.published if isinstance(program.step(name).type, FlagType)]
    name = verdict or next(iter(flags), None)
    if name is None or not isinstance(state[name], bool):
        return ()
    limits = _below(program, {step.name: step for step in program.steps}, state, name, set())
    return tuple(
        one
        for one in limits
        if one.labels and (one.heads < found.people if one.side == "most" else one.heads > 0)
    )


def _below(
    program: Program, steps: dict[str, Step], state: State, name: str, seen: set[str]
) -> Iterator[Allowed]:
    node = chosen(steps[name].node, state)
    if isinstance(node, n.Compare) and node.op in _SIDES:
        limit, held = evaluate(node.right, state), evaluate(node.left, state)
        if isinstance(limit, Fraction) and isinstance(held, Fraction):
            yield _limit(program, steps[name], node, limit, held)
        return
    for part in n.walk(node):
        if isinstance(part, n.Ref) and part.name in steps and part.name not in seen:
            seen.add(part.name)
            if isinstance(steps[part.name].type, FlagType):
                yield from _below(program, steps, state, part.name, seen)


def _limit(
    program: Program, step: Step, node: n.Compare, limit: Fraction, held: Fraction
) -> Allowed:
    heads = {
        "<": ceil(limit) - 1,
        "<=": floor(limit),
        ">": floor(limit) + 1,
        ">=": ceil(limit),
    }[node.op]
    read = behind(program, {one.name for one in n.walk(node.left) if isinstance(one, n.Ref)})
    labels = tuple(
        one.name.removeprefix(COUNT)
        for one in program.inputs
        if one.name.startswith(COUNT) and one.name in read
    )
    side: Literal["most", "fewest"] = "most" if _SIDES[node.op] == "most" else "fewest"
    return Allowed(
        step=step.name, title=step.title, labels=labels, side=side, heads=heads, found=int(held)
    )
