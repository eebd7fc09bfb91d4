"""Finding a record that does what is wanted: takes a branch, or meets an edge exactly.

What lives here: the search, from records that are known, by single changes that bring the run nearer. What
never comes in: what the record is for.

It is the alternating variable method (Korel 1990, doi:10.1109/32.57624): a change that brings the run
nearer is taken, a step of a number that does is taken again at double length, and where nothing brings it
nearer the search begins at another record. What it finds is run exactly and shown to do what is wanted;
that it finds nothing proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf
from typing import Final

from kinerja.formula import nodes as n
from kinerja.scorer import Program
from kinerja.scorer.graph import behind
from kinerja.scorer.program import Input, Step
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_some
from kinerja.verify.changes import Change, Changes, Record, figures_of, ordinaries
from kinerja.verify.coverage import Branch
from kinerja.verify.edges import Edge
from kinerja.verify.goals import Run

__all__ = ["Search"]

#: Runs that one search may take.
RUNS: Final = 3000
#: Records that a search begins with.
STARTS: Final = 4

_Measure = Callable[[Run], float]


@dataclass(slots=True)
class Search:
    """Searches in one program.

    Attributes:
        program: The program.
        known: Records to begin with; those that are refused are passed over.
        runs: Most runs of one search.
        tried: Runs so far, of all searches.
    """

    program: Program
    known: Sequence[Record] = ()
    runs: int = RUNS
    tried: int = 0
    _starts: list[tuple[Record, Run]] = field(init=False, default_factory=list)
    _figures: tuple[Fraction, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Run what is known."""
        self._figures = figures_of(self.program)
        for record in (*self.known, *ordinaries(self.program)):
            run = self.run(record)
            if run is not None:
                self._starts.append((record, run))

    def run(self, record: Record, steps: Sequence[Step] | None = None) -> Run | None:
        """Run a record, or some steps of it; `None` if it is refused."""
        self.tried += 1
        reading, issues, _ = read_record(record, self.program.inputs)
        if issues:
            return None
        return Run(self.program, run_some(self.program.steps if steps is None else steps, reading))

    def branch(self, branch: Branch) -> Record | None:
        """Find a record that takes a branch."""
        return self._found(lambda run: run.from_branch(branch), branch.step)

    def edge(self, edge: Edge) -> Record | None:
        """Find a record that stands on an edge exactly."""
        return self._found(lambda run: run.from_edge(edge), edge.step)

    def condition(self, step: str, part: n.Node, condition: n.Node) -> Record | None:
        """Find a record in which a part of a step is computed and a condition holds there."""
        return self._found(lambda run: run.from_condition(step, part, condition), step)

    @property
    def starts(self) -> Sequence[tuple[Record, Run]]:
        """The records that a search may begin with, and their runs."""
        return self._starts

    def beside(self, record: Record, edge: Edge) -> tuple[Record | None, Record | None]:
        """Find the records nearest below and above one that stands on an edge, as its value goes.

        One number changes, by as little as its grid allows; one that is in somebody's hands, if it can.
        """
        run = self.run(record)
        places = [] if run is None else list(run.stands_on(edge))
        if not places:
            return None, None
        here, item = edge.at, places[0]
        best: dict[bool, tuple[tuple[bool, Fraction], Record]] = {}
        step = edge.step
        needs = _Needs.of(self.program, step)
        for change in Changes(needs.inputs, self._figures).of(record):
            if change.by is None:
                continue
            other = self.run(change.record, needs.steps)
            values = {} if other is None else dict(other.values_of(edge))
            there = values.get(item)
            if there is not None and there != here:
                # A target or a weight moves only where nothing else does.
                gap, side = (self._is_fixed(change), abs(there - here)), there > here
                if side not in best or gap < best[side][0]:
                    best[side] = (gap, change.record)
        below, above = best.get(False), best.get(True)
        return (None if below is None else below[1]), (None if above is None else above[1])

    def _is_fixed(self, change: Change) -> bool:
        declared = next(i for i in self.program.inputs if i.name == change.place[0])
        return not declared.fixed.isdisjoint({change.place[0], change.place[-1]})

    def _found(self, measure: _Measure, step: str) -> Record | None:
        needs = _Needs.of(self.program, step)
        end = self.tried + self.runs
        starts = sorted(
            ((measure(run), place) for place, (_, run) in enumerate(self._starts)),
        )
        for distance, place in starts[:STARTS]:
            found = self._descend(self._starts[place][0], distance, measure, needs, end)
            if found is not None:
                return found
            if self.tried >= end:
                return None
        return None

    def _descend(
        self, record: Record, distance: float, measure: _Measure, needs: _Needs, end: int
    ) -> Record | None:
        while distance > 0:
            better = self._better(record, distance, measure, needs, end)
            if better is None:
                return None
            record, distance = better
        return record

    def _better(
        self, record: Record, distance: float, measure: _Measure, needs: _Needs, end: int
    ) -> tuple[Record, float] | None:
        """Take the first change that brings the run nearer, as far as it does."""
        changes = Changes(needs.inputs, self._figures)

        def measured(change: Change) -> float:
            run = self.run(change.record, needs.steps)
            return inf if run is None else measure(run)

        for first in changes.of(record):
            if self.tried >= end:
                return None
            taken, found = first, measured(first)
            if found >= distance:
                continue
            while found > 0 and (longer := changes.again(taken)) is not None:
                further = measured(longer)
                if further >= found:
                    break
                taken, found = longer, further
            return taken.record, found
        return None


@dataclass(frozen=True, slots=True)
class _Needs:
    """What one step needs: the inputs that it reads, itself or through others, and these steps."""

    inputs: Sequence[Input]
    steps: Sequence[Step]

    @classmethod
    def of(cls, program: Program, step: str) -> _Needs:
        names = behind(program, [step])
        return cls(
            inputs=tuple(each for each in program.inputs if each.name in names),
            steps=tuple(each for each in program.steps if each.name in names),
        )
