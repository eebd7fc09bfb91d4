"""The statements of `kinerja unit`, one by one.

What lives here: which statement was asked for, and what it needs. What never comes in: the statements
themselves, what is said of them.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from kinerja.cli.unit_data import PeriodData
from kinerja.cli.usage import UsageError
from kinerja.cohort import (
    Complete,
    Condition,
    Heads,
    LabelAtLeast,
    Member,
    Observation,
    Share,
    box_axes,
    check_data,
    check_distribution,
    decide_appeals,
    nine_box,
    publish,
    rank_members,
    read_appeals,
    reward_quota,
    unit_overrides,
    units_along,
)
from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import NotANumberError, exact
from kinerja.formula.types import NumberType
from kinerja.io.plain_table import READ_PLAIN, read_plain_table
from kinerja.report import Section
from kinerja.report.unit_appeals import appeals_section, overrides_section
from kinerja.report.unit_distribution import distribution_section
from kinerja.report.unit_periods import periods_section
from kinerja.report.unit_publication import publication_section
from kinerja.report.unit_quality import quality_section
from kinerja.report.unit_quota import quota_section
from kinerja.report.unit_ranking import nine_box_section, ranking_section
from kinerja.report.unit_summary import summary_section
from kinerja.scorer import LabelStep, Scorer, has_step, number_step
from kinerja.words import Language

__all__ = ["UnitSections"]

#: Columns of a table of what the organisation reached, and of one of appeals.
ORGANISATION: Final = ("unit", "capaian")
APPEALS: Final = ("id", "masukan", "nilai_baru", "jabatan", "alasan", "diajukan", "diputus")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSections:
    """What is said of a unit.

    Attributes:
        arguments: What was typed.
        scorer: The policy of the people.
        distribution: The policy that their distribution is checked by; `None` where none was named.
        step: The step whose labels are looked at; `None` where the policy has none.
        earlier: Earlier periods, from the first to the last.
        now: The period that is looked at.
        lang: Language of the reader.
    """

    arguments: Namespace
    scorer: Scorer
    distribution: Scorer | None
    step: LabelStep | None
    earlier: Sequence[PeriodData]
    now: PeriodData
    lang: Language

    def sections(self) -> list[Section]:
        """Give every section that was asked for, or for which the data have what it takes.

        Raises:
            InputError: What was asked for cannot be said of these data; every issue at once.
            UsageError: An option was typed wrongly.
        """
        found: list[Section] = []
        issues: list[Issue] = []
        for statement in self._statements():
            try:
                found += statement()
            except InputError as error:
                issues += [issue for issue in error.issues if issue not in issues]
        if issues:
            raise InputError(issues)
        return found

    def _statements(self) -> Iterator[Callable[[], list[Section]]]:
        typed = self.arguments
        yield self._summary
        if self.distribution is not None:
            yield partial(self._distribution, self.distribution)
        if typed.best is not None:
            yield self._ranking
        if typed.quota is not None:
            yield self._quota
        yield self._boxes
        if self.earlier:
            yield self._periods
        yield self._quality
        if typed.appeals is not None:
            yield self._appeals
        yield self._overrides
        if typed.publish is not None:
            yield self._publication

    def _summary(self) -> list[Section]:
        program, now = self.scorer.program, self.now
        return [
            summary_section(
                now.members, program, step=self.step, reasons=now.reasons, lang=self.lang
            )
        ]

    def _distribution(self, scorer: Scorer) -> list[Section]:
        step, asked = self._labels("--distribution"), self.arguments.organisation
        organisation: str | dict[str | None, str] | None = asked
        path = None if asked is None else Path(asked)
        if path is not None and path.suffix.lower() in READ_PLAIN:
            organisation = _organisations(path)
        found = check_distribution(
            self.now.members,
            scorer=scorer,
            step=step,
            organisation=organisation,
        )
        return [distribution_section(found, step=step, lang=self.lang)]

    def _ranking(self) -> list[Section]:
        step = number_step(self.scorer.program)
        ranking = rank_members(
            self.now.members, by=step, best="highest", ties="competition", within="unit"
        )
        count = self.arguments.best
        return [ranking_section(ranking, n=count, at_cut="all", lang=self.lang)]

    def _quota(self) -> list[Section]:
        conditions: list[Condition] = [Complete()]
        least: str | None = self.arguments.quota_from
        if least is not None:
            conditions.append(LabelAtLeast(step=self._labels("--quota-from"), least=least))
        quota = reward_quota(
            self.now.members,
            by=number_step(self.scorer.program),
            best="highest",
            places=_places(self.arguments.quota),
            at_cut="open",
            conditions=conditions,
        )
        return [quota_section(quota, lang=self.lang)]

    def _boxes(self) -> list[Section]:
        try:
            axes = box_axes(self.scorer.program)
        except InputError:  # a policy without a matrix of two labels
            return []
        return [nine_box_section(nine_box(self.now.members, axes=axes), lang=self.lang)]

    def _periods(self) -> list[Section]:
        program = self.scorer.program
        number = number_step(program) if has_step(program, NumberType) else None
        periods = [*self.earlier, self.now]
        found = units_along(
            [member for one in periods for member in _followed(one.members)],
            periods=[one.period for one in periods if one.period is not None],
            number=None if number is None else number.name,
            labels=self.step,
        )
        return [periods_section(found, number=number, labels=self.step, lang=self.lang)]

    def _quality(self) -> list[Section]:
        observations = [
            Observation(
                id=member.id, unit=member.unit, period=member.period, record=record, issues=issues
            )
            for one in (*self.earlier, self.now)
            for member, record, issues in zip(one.members, one.records, one.issues, strict=True)
        ]
        found = check_data(observations, program=self.scorer.program)
        return [quality_section(found, lang=self.lang)]

    def _appeals(self) -> list[Section]:
        rows = read_plain_table(self.arguments.appeals, columns=APPEALS)
        results = [result for result in self.now.results if result is not None]
        filed = read_appeals(
            rows,
            scorer=self.scorer,
            results=results,
            decimal="comma" if self.arguments.decimal == "comma" else "point",
        )
        return [appeals_section(decide_appeals(self.scorer, filed), lang=self.lang)]

    def _overrides(self) -> list[Section]:
        results = [result for result in self.now.results if result is not None]
        found = unit_overrides(results, program=self.scorer.program)
        return [overrides_section(found, lang=self.lang)] if found else []

    def _publication(self) -> list[Section]:
        step = self._labels("--publish")
        found = publish(self.now.members, step=step, k=self.arguments.publish)
        return [publication_section(found, lang=self.lang)]

    def _labels(self, option: str) -> LabelStep:
        if self.step is None:
            raise InputError([Issue(code="KNJ931", details={"found": option})])
        return self.step


def _organisations(path: Path) -> dict[str | None, str]:
    """Read what the organisation of each unit reached."""
    found: dict[str | None, str] = {}
    issues: list[Issue] = []
    for row in read_plain_table(path, columns=ORGANISATION):
        unit, reached = _text(row["unit"]) or None, _text(row["capaian"])
        held = found.setdefault(unit, reached)
        if held != reached:
            told = {"unit": unit or "–", "found": reached, "expected": held}
            details = {name: quoted(text) for name, text in told.items()}
            issues.append(Issue(code="KNJ827", path="unit", file=str(path), details=details))
    if issues:
        raise InputError(issues)
    return found


def _followed(members: Sequence[Member]) -> list[Member]:
    """Give who can be followed: an id that stands twice is one person, of whom nothing was scored."""
    found: dict[str, Member] = {}
    for member in members:
        if member.id is not None:
            found.setdefault(member.id, member)
    return list(found.values())


def _places(text: str) -> Heads | Share:
    """Read `5` as five places in each unit, `10%` as a tenth of its people, rounded down."""
    bare = text.strip()
    try:
        value = exact(bare.removesuffix("%").strip())
    except NotANumberError:
        value = exact(-1)
    if bare.endswith("%") and 0 < value <= 100:  # noqa: PLR2004 - percent
        return Share(share=value / 100, of="everyone", rounding="down")
    if not bare.endswith("%") and value > 0 and value.denominator == 1:
        return Heads(count=int(value))
    raise UsageError([Issue(code="KNJ932", details={"found": quoted(text)})])


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
