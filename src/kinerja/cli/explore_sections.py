"""The statements of `kinerja explore`, one by one.

What lives here: which finding each section is made of. What never comes in: the findings themselves, what
is said of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kinerja.cli.explore_asked import Asked
from kinerja.cli.explore_pictures import Pictures
from kinerja.errors import InputError, Issue
from kinerja.explore import (
    Acceptability,
    Compensation,
    EffectiveWeights,
    People,
    Redundancy,
    Weightings,
    band_acceptability,
    draw_weightings,
    effective_weights,
    find_compensation,
    find_redundancy,
    given_weightings,
    policy_schemes,
    steady_weights,
    tornado,
)
from kinerja.report import Section
from kinerja.report.explore_components import components_section
from kinerja.report.explore_firm import firm_section
from kinerja.report.explore_page import nobody_section
from kinerja.report.explore_proposals import Proposal, proposal_section
from kinerja.report.explore_reach import reach_section
from kinerja.report.explore_scheme import scheme_section
from kinerja.values import Weights
from kinerja.words import Language

__all__ = ["ExploreSections"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploreSections:
    """What is said of other weights.

    Attributes:
        asked: What was asked.
        people: The people under the policy's own weights.
        units: The unit of each of them; `None` where the data name none.
        pictures: Draws.
        lang: Language of the reader.
    """

    asked: Asked
    people: People
    units: Sequence[str | None] | None
    pictures: Pictures
    lang: Language

    def sections(self) -> Iterator[Section]:
        """Give every section.

        Raises:
            InputError: What was asked cannot be done with these weights.
        """
        weightings = self._draw()
        rows = _touched(self.people)
        yield self._scheme(weightings, rows)
        if not rows:
            label, count = self.people.label.title, len(self.people)
            yield nobody_section(title=label, people=count, lang=self.lang)
            return
        yield self._firm(band_acceptability(self.people, weightings), rows)
        yield self._reach()
        yield self._components(rows)
        several = len(self.asked.proposals) > 1
        for place, weights in enumerate(self.asked.proposals, 1):
            yield self._proposal(weights, rows, place if several else None)

    def _draw(self) -> Weightings:
        asked, people = self.asked, self.people
        return draw_weightings(
            people.scheme,
            count=asked.weightings(len(people), followed=people.followed),
            seed=asked.seed,
            around=asked.drawn.around,
            bounds=asked.drawn.bounds,
            order=asked.drawn.order,
        )

    def _scheme(self, weightings: Weightings, rows: Sequence[int]) -> Section:
        scheme = self.people.scheme
        others = [one for one in policy_schemes(self.people.scorer) if one.step != scheme.step]
        return scheme_section(
            self.people,
            weightings,
            rows=rows,
            drawn=self.asked.drawn,
            others=others,
            picture=self.pictures.weights(self.people.scorer, scheme),
            lang=self.lang,
        )

    def _firm(self, found: Acceptability, rows: Sequence[int]) -> Section:
        shown = replace(
            found,
            ids=[found.ids[row] for row in rows],
            current=tuple(found.current[row] for row in rows),
            counts=found.counts[rows],
        )
        units = None if self.units is None else [self.units[row] for row in rows]
        picture = self.pictures.acceptability(shown)
        return firm_section(shown, units, picture=picture, lang=self.lang)

    def _reach(self) -> Section:
        people = self.people
        moved = tornado(people, by=self.asked.by)
        return reach_section(
            steady_weights(people) if people.followed else None,
            moved,
            scheme=people.scheme,
            by=self.asked.by,
            picture=self.pictures.tornado(moved),
            lang=self.lang,
        )

    def _components(self, rows: Sequence[int]) -> Section:
        people, names = self.people, self.people.scheme.names
        values, weights = people.values[rows], people.scheme.weights
        effective: EffectiveWeights | None = None
        related: Redundancy | None = None
        carried: Compensation | None = None
        why_not: Sequence[Issue] = ()
        try:
            effective = effective_weights(values, weights=weights, missing="leave_out")
            related = find_redundancy(values, names=names, missing="leave_out")
        except InputError as error:
            why_not = error.issues
        if self.asked.limit is not None:
            carried = find_compensation(
                values,
                weights=weights,
                floors=self.asked.floors,
                limit=self.asked.limit,
                ids=[people.ids[row] for row in rows],
            )
        return components_section(
            effective,
            related,
            carried,
            scheme=people.scheme,
            why_not=why_not,
            floors=self.asked.floors,
            lang=self.lang,
        )

    def _proposal(self, weights: Weights, rows: Sequence[int], place: int | None) -> Section:
        people = self.people
        found = band_acceptability(people, given_weightings(people.scheme, [weights]))
        names = [*(name for name, _ in people.label.labels), None]
        after = found.counts.argmax(axis=1).tolist()
        proposal = Proposal(
            weights=weights,
            ids=[people.ids[row] for row in rows],
            before=[found.current[row] for row in rows],
            after=[names[after[row]] for row in rows],
        )
        return proposal_section(
            proposal,
            place=place,
            scheme=people.scheme,
            label=people.label,
            picture=self.pictures.flow(proposal, people.label),
            lang=self.lang,
        )


def _touched(people: People) -> list[int]:
    """Give the people whose label depends on the weights: it changes along their weighted step."""
    rows: list[int] = people.counted.nonzero()[0].tolist()
    if not people.followed:
        return rows
    changing = [bool(landing.cuts) for landing in people.landings]
    places = people.landing.tolist()
    return [
        row
        for row in rows
        if (changing[places[row]] if places[row] >= 0 else _changes_exactly(people, row))
    ]


def _changes_exactly(people: People, row: int) -> bool:
    found = people.exact(row)
    return found is None or bool(found[1].cuts)
