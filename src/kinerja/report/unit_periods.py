"""What is said of units along the periods.

What lives here: the way from findings of `cohort` to the blocks of a section. What never comes in: how
anything is found, single people, layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeVar, get_args

from kinerja.cohort.periods import GapCause, period_name
from kinerja.cohort.trend import Direction
from kinerja.cohort.unit_periods import UnitAlong, UnitsAlong
from kinerja.cohort.year_items import LeftCause, YearItems
from kinerja.exact import Rounding, decimal_digits
from kinerja.report.page import Block, Grid, Lines, Pairs, Paragraph, Section
from kinerja.report.speaker import Speaker
from kinerja.scorer import LabelStep, NumberStep
from kinerja.values import LegalBasis, Period
from kinerja.words import Language, number

__all__ = ["periods_section"]

#: Units that are shown, those with most people.
MOST_UNITS: Final = 40
#: Decimals of a mean or median that has more of them.
SHOWN: Final = Rounding(digits=2, mode="half_up")

_KINDS: Final = {4: "year", 7: "month"}

_T = TypeVar("_T", GapCause, LeftCause)


def periods_section(
    found: UnitsAlong,
    *,
    number: NumberStep | None,
    labels: LabelStep | None,
    years: Sequence[YearItems] = (),
    lang: Language,
) -> Section:
    """Say how units go along the periods, and what is missing of the year.

    Args:
        found: The units along the periods.
        number: The step whose number was looked at.
        labels: The step whose label was looked at.
        years: The items of each person's year; told only as counts.
        lang: Language of the section.
    """
    return _Periods(found, number, labels, years, lang).section()


class _Periods:
    def __init__(
        self,
        found: UnitsAlong,
        number: NumberStep | None,
        labels: LabelStep | None,
        years: Sequence[YearItems],
        lang: Language,
    ) -> None:
        self.found, self.number, self.labels, self.years = found, number, labels, years
        self.speaker = Speaker(lang=lang, area="unit.periods")
        self.say = self.speaker.say
        most = sorted(found.units, key=_people, reverse=True)
        kept = {id(unit) for unit in most[:MOST_UNITS]}
        self.units = [unit for unit in found.units if id(unit) in kept]
        # A single unit is everyone.
        self.rows = [*self.units, *([found.everyone] if len(found.units) > 1 else [])]

    def section(self) -> Section:
        blocks: list[Block] = []
        if self.number is not None:
            blocks += self._numbers(self.number)
        if self.labels is not None:
            blocks += self._labels(self.labels)
        blocks += self._moves()
        if self.labels is not None:
            blocks += self._matrix(self.labels)
        rest = len(self.found.units) - len(self.units)
        if rest:
            blocks.append(Paragraph(text=self.speaker.count("rest", rest)))
        if self.years:
            blocks += self._years()
        return Section(title=self.say("title"), blocks=blocks)

    # Names.

    def period(self, period: Period) -> str:
        name = period_name(period)
        year, _, part = name.partition("-")
        kind = {"Q": "quarter", "H": "half"}.get(part[:1], _KINDS.get(len(name)))
        if "/" in name or kind is None:
            return self.say("span", first=period.first, last=period.last)
        place = self.say(f"{kind}.{int(part.lstrip('QH'))}") if part else ""
        return self.say(kind, place=place, year=year)

    def unit(self, unit: UnitAlong) -> str:
        if unit is self.found.everyone and len(self.found.units) > 1:
            return self.say("everyone")
        return self.say("no_unit") if unit.unit is None else unit.unit

    def figure(self, value: Fraction | None) -> str:
        """Write a mean or median; one with more decimals than are shown is marked."""
        if value is None:
            return ""
        digits = self.number.digits if self.number is not None else None
        exact = decimal_digits(value)
        if exact is None or exact > max(SHOWN.digits, digits or 0):
            return f"≈ {number(SHOWN.apply(value), self.speaker.lang, digits=SHOWN.digits)}"
        return number(value, self.speaker.lang, digits=digits)

    def periods(self) -> list[str]:
        return [self.period(period) for period in self.found.periods]

    # Numbers and labels.

    def _numbers(self, step: NumberStep) -> Iterator[Block]:
        title = self.speaker.text(step.title)
        rows = []
        for unit in self.rows:
            name = self.unit(unit)
            rows.append([name, self.say("mean"), *(self.figure(one.mean) for one in unit.periods)])
            middle = (self.figure(one.median) for one in unit.periods)
            rows.append([name, self.say("median"), *middle])
            counts = (str(one.numbers) for one in unit.periods)
            rows.append([name, self.say("numbers"), *counts])
        columns = [self.say("unit"), self.say("what"), *self.periods()]
        intro = self.say("numbers_intro", title=_capital(title))
        yield Paragraph(text=intro)
        yield Grid(title=intro, columns=columns, rows=rows, grouped=True)
        means = [one.mean for unit in self.rows for one in unit.periods if one.mean is not None]
        if len(self.found.periods) > 1 and means:
            ends = {"low": self.figure(min(means)), "high": self.figure(max(means))}
            yield Lines(
                title=self.say("lines", title=title),
                columns=self.periods(),
                rows=[(self.unit(unit), self._points(unit)) for unit in self.rows],
                note=self.say("lines_note", **ends),
            )

    def _points(self, unit: UnitAlong) -> list[tuple[Fraction, str] | None]:
        return [
            None if one.mean is None else (one.mean, self.figure(one.mean)) for one in unit.periods
        ]

    def _labels(self, step: LabelStep) -> Iterator[Block]:
        used = {label for unit in self.rows for one in unit.periods for label in one.labels}
        rows = []
        for unit in self.rows:
            totals = [sum(one.labels.values()) for one in unit.periods]
            for label, title in reversed(step.labels):
                if label not in used:
                    continue
                cells = [
                    self._share(one.labels.get(label, 0), total)
                    for one, total in zip(unit.periods, totals, strict=True)
                ]
                rows.append([self.unit(unit), self.speaker.text(title), *cells])
        intro = self.say("labels_intro", title=_capital(self.speaker.text(step.title)))
        columns = [self.say("unit"), self.say("label"), *self.periods()]
        yield Paragraph(text=intro)
        yield Grid(title=intro, columns=columns, rows=rows, grouped=True)

    def _share(self, count: int, total: int) -> str:
        if not total or not count:
            return "0" if total else ""
        return self.say("share", count=count, share=self.speaker.percent(Fraction(count, total)))

    # From one period to the next.

    def _moves(self) -> Iterator[Block]:
        if len(self.found.periods) < 2:  # noqa: PLR2004 - a pair
            return
        rows = []
        for unit in self.rows:
            name = self.unit(unit)
            if self.number is not None:
                cells = [self._counts(None if one is None else one.numbers) for one in unit.moves]
                rows.append([name, self.speaker.text(self.number.title), *cells])
            if self.labels is not None and self.labels.ordered:
                cells = [self._counts(None if one is None else one.labels) for one in unit.moves]
                rows.append([name, self.speaker.text(self.labels.title), *cells])
            unknown = ["" if one is None else str(one.unknown) for one in unit.moves]
            rows.append([name, self.say("unknown"), *unknown])
        columns = [self.say("unit"), self.say("what"), *self.periods()[1:]]
        intro = self.say("moves_intro")
        yield Paragraph(text=intro)
        yield Grid(title=intro, columns=columns, rows=rows, grouped=True)

    def _counts(self, counts: Mapping[Direction, int] | None) -> str:
        return (
            ""
            if counts is None
            else self.say("moved_counts", **{str(way): count for way, count in counts.items()})
        )

    def _matrix(self, step: LabelStep) -> Iterator[Block]:
        """Tell the moves between the last two periods."""
        pairs = list(pairwise(self.found.periods))
        last = self.found.everyone.moves[-1] if pairs else None
        if last is None or not last.matrix:
            return
        titles = dict(step.labels)
        sides = [
            [name for name, _ in step.labels if any(name == pair[at] for pair in last.matrix)]
            for at in (0, 1)
        ]
        rows = []
        for old in sides[0]:
            counts = [last.matrix.get((old, new), 0) for new in sides[1]]
            shown = (str(count or "") for count in counts)
            rows.append([self.speaker.text(titles[old]), *shown, str(sum(counts))])
        new_titles = (self.speaker.text(titles[new]) for new in sides[1])
        columns = [self.say("matrix"), *new_titles, self.say("total")]
        ends = {"before": self.period(last.before), "after": self.period(last.after)}
        intro = self.say("matrix_intro", **ends)
        yield Paragraph(text=intro)
        yield Grid(title=intro, columns=columns, rows=rows)

    # The year.

    def _years(self) -> Iterator[Block]:
        first = self.years[0]
        complete = sum(one.is_complete for one in self.years)
        within = {
            (self.say("basis"), self.say("basis_part", basis=item.basis.citation))
            for one in self.years
            for item in one.items
            if item.basis is not None
        }
        rule = self.say(f"rule.{first.moves}", by=self.say(f"by.{first.by}"))
        moved = sum(len(one.units) > 1 for one in self.years)
        told = self.say("years_complete", complete=complete, people=len(self.years))
        yield Pairs(
            rows=[
                (self.say("years", year=self.period(first.year)), told),
                (self.say("moves_rule"), rule),
                (self.say("basis"), self._citation(first.basis)),
                *sorted(within),
                (self.say("moved"), str(moved)),
            ]
        )
        gaps = [[gap.cause for gap in one.gaps] for one in self.years]
        yield from self._causes("gaps_intro", "cause", gaps, get_args(GapCause))
        left = [[out.cause for out in one.left_out] for one in self.years]
        yield from self._causes("left_intro", "left", left, get_args(LeftCause))

    def _citation(self, basis: LegalBasis) -> str:
        return self.say("own") if basis.status == "own" else basis.citation

    def _causes(
        self, intro: str, area: str, found: Sequence[Sequence[_T]], causes: Sequence[_T]
    ) -> Iterator[Block]:
        rows = []
        for cause in causes:
            people = sum(cause in one for one in found)
            if people:
                parts = sum(list(one).count(cause) for one in found)
                rows.append([self.say(f"{area}.{cause}"), str(people), str(parts)])
        if rows:
            columns = [self.say("cause"), self.say("people"), self.say("parts")]
            yield Paragraph(text=self.say(intro))
            yield Grid(title=self.say(intro), columns=columns, rows=rows)


def _people(unit: UnitAlong) -> int:
    return max((one.people for one in unit.periods), default=0)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
