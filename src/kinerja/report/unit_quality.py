"""What is said of the quality of data before they are scored.

What lives here: findings as blocks, with words. What never comes in: how anything is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from kinerja.cohort import DataQuality, QualityFinding
from kinerja.cohort.data_finding import Blank
from kinerja.errors import words_of
from kinerja.exact import Rounding
from kinerja.report.page import Block, Grid, Item, Pairs, Paragraph, Section
from kinerja.report.speaker import Speaker
from kinerja.words import Language, Text, number, say

__all__ = ["quality_section"]

#: Findings that are said in words; those that touch most people come first.
MOST_FINDINGS: Final = 40
_SHOWN: Final = Rounding(digits=2, mode="half_up")


def quality_section(findings: DataQuality, *, lang: Language) -> Section:
    """Say what was found in data before they are scored, and what to do about it.

    Args:
        findings: What `check_data` gave.
        lang: Language of the reader.

    Returns:
        A table of units and kinds of findings, then each finding in words; without findings, what was
        looked at.

    Examples:
        >>> from kinerja.cohort import check_data
        >>> import kinerja
        >>> program = kinerja.load("kuadran-6-2022").program
        >>> quality_section(check_data([], program=program), lang="en").title
        'Data quality before scoring'
    """
    return _Quality(findings, lang).section()


class _Quality:
    def __init__(self, quality: DataQuality, lang: Language) -> None:
        self.quality = quality
        self.lang: Language = lang
        self.speaker = Speaker(lang=lang, area="unit.quality")
        self.say = self.speaker.say

    def section(self) -> Section:
        return Section(title=self.say("title"), blocks=list(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        quality = self.quality
        if not quality.records:
            yield Paragraph(text=self.say("nothing"))
            return
        yield Pairs(rows=list(self._extent()))
        if not quality.findings:
            yield Paragraph(text=self.say("none"))
        else:
            yield Paragraph(text=self.say("lead"))
            yield self._table()
            for finding in quality.findings[:MOST_FINDINGS]:
                yield self._item(finding)
            rest = len(quality.findings) - MOST_FINDINGS
            if rest > 0:
                yield Paragraph(text=self.speaker.count("rest", rest))
        yield self._looked_at()

    def _extent(self) -> Iterator[tuple[str, str]]:
        quality = self.quality
        yield self.say("records"), str(quality.records)
        if quality.units != (None,):
            yield self.say("units"), str(len(quality.units))
        if quality.periods:
            yield self.say("periods"), str(len(quality.periods))
        yield self.say("inputs"), str(quality.inputs)
        yield self.say("found"), str(len(quality.findings))

    def _looked_at(self) -> Item:
        rows = [
            (
                self.say(f"check.{check}"),
                self.speaker.count("compared", tests) if tests else self.say("not_judged"),
            )
            for check, tests in self.quality.tests.items()
        ]
        return Item(title=self.say("looked"), rows=rows)

    def _table(self) -> Grid:
        counts = Counter((one.unit, one.check) for one in self.quality.findings)
        checks = list(self.quality.tests)
        named = [unit for unit in self.quality.units if unit is not None]
        rows = []
        for unit in [*named, None]:
            found = [counts[unit, check] for check in checks]
            if any(found):
                name = self.say("all_units") if unit is None else unit
                rows.append([name, *(str(count or "") for count in found), str(sum(found))])
        columns = [
            self.say("unit"),
            *(self.say(f"check.{check}") for check in checks),
            self.say("total"),
        ]
        kept = [place for place in range(len(columns)) if any(row[place] for row in rows)]
        return Grid(
            title=self.say("table"),
            columns=[columns[place] for place in kept],
            rows=[[row[place] for place in kept] for row in rows],
        )

    def _item(self, finding: QualityFinding) -> Item:
        blanks = self._blanks(finding)
        where = " · ".join(
            part for part in (finding.place or self.say("all_units"), finding.input) if part
        )
        rows = [
            (self.say("what"), self._words(finding.code, "message", blanks)),
            (self.say("sure"), self._sure(finding)),
            (self.say("do"), self._words(finding.code, "way_out", blanks)),
        ]
        if finding.check == "raters" and finding.ids:
            rows.insert(1, (self.say("raters"), str(blanks["ids"])))
        return Item(title=f"{finding.code} · {where}", rows=rows)

    def _words(self, code: str, part: str, blanks: dict[str, str]) -> str:
        return say(words_of(code, part, blanks), self.lang, **blanks)

    def _sure(self, finding: QualityFinding) -> str:
        sureness = finding.sureness
        if sureness.measure == "robust" and sureness.times is None:
            return self.say("sure.steady")
        return self.say(
            f"sure.{sureness.measure}",
            odds=sureness.odds,
            tests=sureness.tests,
            times="" if sureness.times is None else self._figure(sureness.times),
        )

    def _blanks(self, finding: QualityFinding) -> dict[str, str]:
        details = dict(finding.issue.details)
        return details | {name: self._blank(value) for name, value in finding.blanks.items()}

    def _blank(self, value: Blank) -> str:
        if isinstance(value, Text):
            return self.speaker.text(value)
        return self._figure(value) if isinstance(value, Fraction) else str(value)

    def _figure(self, value: Fraction) -> str:
        shown = _SHOWN.apply(value)
        return f"{'' if shown == value else '≈ '}{number(shown, self.lang)}"
