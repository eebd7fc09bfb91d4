"""Examples that a policy still needs: for what none reaches, and for both sides of every edge.

What lives here: which records are worth having, and what the policy gives for them. What never comes in:
the search itself, printing.

What a suggested example expects is what the policy gives: whether that is what the rule means, only people
can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from kinerja.policy import Policy
from kinerja.result import Result
from kinerja.scorer import Program, Scorer
from kinerja.verify.changes import Record, written
from kinerja.verify.coverage import Branch, branches_of, taken, variants_of
from kinerja.verify.edges import Edge, edges_of
from kinerja.verify.reading import Example
from kinerja.verify.search import Search

__all__ = ["Side", "Suggestion", "suggest"]

#: Where a record stands beside an edge.
Side = Literal["at", "below", "above"]
SIDES: Final[tuple[Side, Side]] = ("below", "above")
ID: Final = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A record worth an example.

    Attributes:
        record: The record; numbers are plain decimals.
        variant: Option taken for a choice, where it is not the default.
        program: The policy in this variant.
        reaches: Branches that no example before it took.
        edge: The edge that it stands on or beside, or `None`.
        side: Where it stands.
        result: What the policy gives.
    """

    record: Mapping[str, object]
    variant: Mapping[str, str]
    program: Program
    reaches: tuple[Branch, ...]
    edge: Edge | None
    side: Side | None
    result: Result


def suggest(
    policy: Policy, examples: Iterable[Example] = (), *, edges: bool = True
) -> tuple[Suggestion, ...]:
    """Find records for branches that no example reaches, and for both sides of every edge.

    Args:
        policy: The policy; every option of its choices is looked at, the other choices at what they are.
        examples: The examples that there are.
        edges: Look for edges too.
    """
    known = list(examples)
    found: list[Suggestion] = []
    reached = {branch for each in known for branch in taken(each.program, each.record)}
    for variant, program in variants_of(policy):
        # An example of another variant may be no record of this one; then it is refused and passed over.
        finder = _Finder(variant, program, [dict(example.record) for example in known], reached)
        found += finder.branches()
        # What an option does not change was looked at with the policy as it is.
        if edges and not variant:
            found += finder.edges()
    return tuple(found)


class _Finder:
    """Finds what is missing in one variant."""

    def __init__(
        self,
        variant: Mapping[str, str],
        program: Program,
        known: Sequence[Record],
        reached: set[Branch],
    ) -> None:
        self._variant = variant
        self._program = program
        self._scorer = Scorer(program)
        self._known = list(known)
        self._reached = reached
        self._search = Search(program, known)

    def branches(self) -> Iterator[Suggestion]:
        """Give a record for each branch that none takes."""
        for branch in branches_of(self._program):
            record = None if branch in self._reached else self._search.branch(branch)
            if record is not None:
                made = self._made(record)
                if branch in made.reaches:
                    yield made

    def edges(self) -> Iterator[Suggestion]:
        """Give records on each edge and on both sides of it, as far as none is there."""
        for edge in edges_of(self._program):
            values = [(self._values(record, edge), record) for record in self._known]
            at = next((record for some, record in values if edge.at in some), None)
            if at is None:
                at = self._search.edge(edge)
                if at is None or edge.at not in self._values(at, edge):
                    continue
                yield self._made(at, edge, "at")
            known = [value for some, _ in values for value in some]
            for side, record in zip(SIDES, self._search.beside(at, edge), strict=True):
                there = [] if record is None else self._values(record, edge)
                nearest = _nearest(there, edge.at, side)
                if record is not None and nearest is not None:
                    before = _nearest(known, edge.at, side)
                    if before is None or abs(before - edge.at) > abs(nearest - edge.at):
                        yield self._made(record, edge, side)

    def _values(self, record: Record, edge: Edge) -> list[Fraction]:
        """Give the numbers that meet an edge in a record."""
        run = self._search.run(record)
        return [] if run is None else [value for _, value in run.values_of(edge)]

    def _made(
        self, record: Record, edge: Edge | None = None, side: Side | None = None
    ) -> Suggestion:
        reaches = dict.fromkeys(taken(self._program, record))
        fresh = tuple(branch for branch in reaches if branch not in self._reached)
        self._reached.update(fresh)
        self._known.append(record)
        plain = {name: written(value) for name, value in record.items() if name != ID}
        return Suggestion(
            record=plain,
            variant=self._variant,
            program=self._program,
            reaches=fresh,
            edge=edge,
            side=side,
            result=self._scorer.score(plain),
        )


def _nearest(values: Iterable[Fraction], at: Fraction, side: Side) -> Fraction | None:
    """Give the number on one side of an edge that is closest to it."""
    if side == "below":
        return max((value for value in values if value < at), default=None)
    return min((value for value in values if value > at), default=None)
