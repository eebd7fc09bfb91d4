"""What is said to the public of units: tables in which nobody can be found.

What lives here: the way from a publication to a section, and to a whole page for a website. What never
comes in: how it is decided what may be shown, people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from kinerja.cohort.published import MeansPublication, Publication
from kinerja.report.page import Block, Grid, Page, Pairs, Paragraph, Section, Stacked
from kinerja.report.speaker import Speaker
from kinerja.values import Period
from kinerja.words import Language

__all__ = ["publication_page", "publication_section"]


def publication_section(publication: Publication | MeansPublication, *, lang: Language) -> Section:
    """Say what is published of units.

    Args:
        publication: The counts or means.
        lang: Language of the section.
    """
    return _said(publication, lang).section()


def publication_page(
    publication: Publication | MeansPublication, *, lang: Language, publisher: str = ""
) -> Page:
    """Make a page that can stand on a public website.

    Args:
        publication: The counts or means.
        lang: Language of the page.
        publisher: Who publishes it; a line above the title.
    """
    said = _said(publication, lang)
    return Page(
        kicker=publisher or said.say("kicker"),
        title=said.heading(),
        lead=[Pairs(rows=list(said.facts()))],
        sections=[replace(said.section(), title=said.say("table")), said.reasons()],
        contents=said.say("contents"),
        missing=said.say("sign"),
    )


def _said(publication: Publication | MeansPublication, lang: Language) -> _Said:
    kind = _Counts if isinstance(publication, Publication) else _Means
    return kind(publication, lang)


class _Said:
    """What counts and means have in common."""

    def __init__(self, publication: Publication | MeansPublication, lang: Language) -> None:
        self.table = publication
        self.speaker = Speaker(lang=lang, area="unit.publication")
        self.say = self.speaker.say

    def heading(self) -> str:
        raise NotImplementedError

    def section(self) -> Section:
        raise NotImplementedError

    def why(self) -> Iterator[str]:
        raise NotImplementedError

    def facts(self) -> Iterator[tuple[str, str]]:
        table = self.table
        if table.period is not None:
            yield self.say("period"), _period(table.period)
        yield self.say("people"), str(table.people)
        yield self.say("least"), str(table.k)
        yield self.say("hidden"), str(table.hidden)

    def units(self, units: tuple[str | None, ...]) -> str:
        """Name a row."""
        if len(units) > 1:
            return self.say("rest", count=len(units))
        return self.name(units[0])

    def name(self, unit: str | None) -> str:
        return self.say("no_unit") if unit is None else unit

    def merged(self) -> Iterator[Block]:
        """Name the units that share a row, and those that are left out."""
        shared = [row.units for row in self.table.rows if len(row.units) > 1]
        rows = [(self.units(units), "; ".join(map(self.name, units))) for units in shared]
        if self.table.left_out:
            rows.append((self.say("left_out"), "; ".join(map(self.name, self.table.left_out))))
        if rows:
            yield Pairs(rows=rows)

    def legend(self) -> Iterator[Block]:
        if self.table.hidden:
            yield Paragraph(text=self.say("legend", sign=self.say("sign")))

    def reasons(self) -> Section:
        paragraphs = [Paragraph(text=text) for text in self.why()]
        return Section(title=self.say("reasons"), blocks=paragraphs)


class _Counts(_Said):
    table: Publication

    def heading(self) -> str:
        return self.say("title", title=self.speaker.text(self.table.title))

    def section(self) -> Section:
        table, title = self.table, self.heading()
        labels = [self.speaker.text(label) for _, label in table.labels]
        if table.unscored == "column":
            labels.append(self.say("unscored"))
        rows = [
            [self.units(row.units), str(row.people), *map(self.count, row.counts)]
            for row in table.rows
        ]
        totals = [self.say("total"), str(table.people), *map(self.count, table.totals)]
        columns = [self.say("unit"), self.say("people"), *labels]
        drawn = [(self.units(row.units), row.counts, row.hidden_people) for row in table.rows]
        hidden = table.people - sum(count or 0 for count in table.totals)
        if len(table.rows) > 1:
            rows.append(totals)
            drawn.append((self.say("total"), table.totals, hidden))
        return Section(
            title=title,
            blocks=[
                Grid(title=title, columns=columns, rows=rows),
                *self.legend(),
                *self.merged(),
                Stacked(
                    title=title,
                    parts=labels,
                    scaled=len(table.labels),
                    hidden=self.say("hidden_part"),
                    rows=drawn,
                ),
            ],
        )

    def count(self, count: int | None) -> str:
        return self.say("sign") if count is None else str(count)

    def why(self) -> Iterator[str]:
        k = self.table.k
        yield self.say("why_small", k=k)
        yield self.say(f"why_zeros.{self.table.zeros}", k=k)
        yield self.say("why_others", k=k)
        yield self.say("why_units", k=k)
        yield self.say("why_once")


class _Means(_Said):
    table: MeansPublication

    def heading(self) -> str:
        return self.say("means_title", title=self.speaker.text(self.table.title))

    def section(self) -> Section:
        table, title = self.table, self.heading()
        rows = [[self.units(row.units), str(row.people), self.mean(row.mean)] for row in table.rows]
        if len(table.rows) > 1:
            rows.append([self.say("total"), str(table.people), self.mean(table.mean)])
        unit = self.speaker.text(table.unit)
        mean = self.say("mean_in", unit=unit) if unit else self.say("mean")
        columns = [self.say("unit"), self.say("people"), mean]
        grid = Grid(title=title, columns=columns, rows=rows)
        return Section(title=title, blocks=[grid, *self.legend(), *self.merged()])

    def mean(self, mean: Fraction | None) -> str:
        if mean is None:
            return self.say("sign")
        return self.speaker.figure(mean, digits=self.table.digits)

    def why(self) -> Iterator[str]:
        yield self.say("why_means", k=self.table.k)
        yield self.say("why_units", k=self.table.k)
        yield self.say("why_once")


def _period(period: Period) -> str:
    return f"{period.first:%d-%m-%Y} – {period.last:%d-%m-%Y}"
