"""Records that stand exactly on an edge: known ones, else found by a search.

What lives here: which numbers can move what meets an edge, and a few records for each edge that can be met.
What never comes in: what happens beside the edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kinerja.formula.types import ListType, NumberType
from kinerja.scorer import Program
from kinerja.scorer.graph import behind, flowing_behind, may_flow
from kinerja.scorer.program import Input
from kinerja.verify.changes import Record
from kinerja.verify.edges import Edge, edges_of
from kinerja.verify.probe import affordable, evenly
from kinerja.verify.search import Search

__all__ = ["Standing", "movable"]

#: Records kept for one edge.
EACH: Final = 6
#: Known records that are looked at.
MOST: Final = 200
#: Runs of all searches for edges together.
RUNS: Final = 3000


class Standing:
    """Records on the edges of a program that some number can move.

    Attributes:
        edges: Each edge, with records that stand on it; of a step per item also the place of the item.
    """

    def __init__(self, program: Program, search: Search, known: Sequence[Record]) -> None:
        self.edges: dict[Edge, list[tuple[Record, int | None]]] = {
            edge: [] for edge in edges_of(program) if any(True for _ in movable(program, edge))
        }
        needed = behind(program, {edge.step for edge in self.edges})
        steps = [step for step in program.steps if step.name in needed]
        for record in evenly(known, affordable(program, MOST)):
            waiting = [edge for edge, found in self.edges.items() if len(found) < EACH]
            run = search.run(record, steps) if waiting else None
            if run is not None:
                for edge in waiting:
                    self.edges[edge] += [(record, place) for place in run.stands_on(edge)]
        end = search.tried + affordable(program, RUNS)
        for edge, found in self.edges.items():
            sought = search.edge(edge) if not found and search.tried < end else None
            run = None if sought is None else search.run(sought, steps)
            if sought is not None and run is not None:
                found += [(sought, place) for place in run.stands_on(edge)]

    @property
    def records(self) -> list[Record]:
        """The records, each once."""
        return list(
            {id(record): record for found in self.edges.values() for record, _ in found}.values()
        )


def movable(program: Program, edge: Edge) -> Iterator[tuple[Input, str | None, NumberType]]:
    """Give the inputs, and the fields of lists, whose numbers flow into what meets an edge.

    Counts of items and written figures stay; so does what is not in the hands of the person judged.
    """
    flows = flowing_behind(program, may_flow(edge.value))
    needed = behind(program, [edge.step])
    for declared in program.inputs:
        if declared.name in declared.fixed:
            continue
        if isinstance(declared.type, NumberType) and declared.name in flows:
            yield declared, None, declared.type
        elif isinstance(declared.type, ListType) and declared.name in needed:
            for name, kind in declared.type.fields.items():
                if isinstance(kind, NumberType) and name in flows and name not in declared.fixed:
                    yield declared, name, kind
