"""What is said of appeals: those of a unit as a section, and one as a sheet for the person.

What lives here: the way from appeals and overrides to blocks, with words. What never comes in: deciding,
files; and of a corrected list whose items must not be told apart, any value on the way to a result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kinerja.cohort.appeals import Appeal
from kinerja.cohort.deadlines import (
    PERMENPANRB_6_2022,
    AppealLimits,
    Timing,
    WorkingDays,
    timing,
)
from kinerja.cohort.overrides import AppliedOverride
from kinerja.report.page import Block, Grid, Item, Page, Pairs, Paragraph, Section
from kinerja.report.speaker import Speaker
from kinerja.result import StepChange, ValueChange
from kinerja.result.legible import cited, legible, one_line, short_fingerprint
from kinerja.result.said import is_per_item
from kinerja.result.what_if_said import Comparison
from kinerja.words import Language, Text, say

__all__ = ["appeal_page", "appeals_section", "overrides_section"]


def appeals_section(
    appeals: Sequence[Appeal],
    *,
    lang: Language,
    calendar: WorkingDays | None = None,
    limits: AppealLimits = PERMENPANRB_6_2022,
) -> Section:
    """Say what became of the appeals of a unit.

    Args:
        appeals: The appeals, in the order in which they are shown.
        lang: Language.
        calendar: Which days are worked; without it dates are shown and lateness is not told.
        limits: The limits that apply.
    """
    return _Appeals(lang, calendar, limits).section(appeals)


def appeal_page(
    appeal: Appeal,
    *,
    lang: Language,
    calendar: WorkingDays | None = None,
    limits: AppealLimits = PERMENPANRB_6_2022,
) -> Page:
    """Say what was decided on one appeal, as a sheet that can be handed to the person.

    Args:
        appeal: The appeal.
        lang: Language.
        calendar: Which days are worked; without it dates are shown and lateness is not told.
        limits: The limits that apply.
    """
    return _Appeals(lang, calendar, limits).page(appeal)


def overrides_section(overrides: Sequence[AppliedOverride], *, lang: Language) -> Section:
    """List the decisions that stand in place of computed labels.

    Args:
        overrides: As `unit_overrides` gives them.
        lang: Language.
    """
    words = Speaker(lang=lang, area="unit.appeals")
    title = words.say("overrides_title")
    if not overrides:
        return Section(title=title, blocks=[Paragraph(text=words.say("no_overrides"))])
    rows = [
        [
            one_line(one.id or words.say("no_id")),
            legible(one.title, lang),
            legible(one.replaced_title, lang),
            legible(one.gave_title, lang) if one.is_explained else words.say("not_counted"),
            one_line(one.who or ""),
            one_line(one.why or ""),
        ]
        for one in overrides
    ]
    columns = [
        words.say(f"column.{key}") for key in ("id", "step", "replaced", "gave", "who", "why")
    ]
    other = sum(one.is_explained and one.is_other for one in overrides)
    summary = words.count("overrides_count", len(overrides), other=other)
    grid = Grid(title=title, columns=columns, rows=rows)
    return Section(title=title, blocks=[Paragraph(text=summary), grid])


class _Appeals:
    def __init__(self, lang: Language, calendar: WorkingDays | None, limits: AppealLimits) -> None:
        self.lang = lang
        self.words = Speaker(lang=lang, area="unit.appeals")
        self.calendar = calendar
        self.limits = limits

    # A unit.

    def section(self, appeals: Sequence[Appeal]) -> Section:
        title = self.words.say("title")
        if not appeals:
            return Section(title=title, blocks=[Paragraph(text=self.words.say("none"))])
        summary = Paragraph(text=" ".join(self._summary(appeals)))
        return Section(title=title, blocks=[summary, *map(self._item, appeals)])

    def _summary(self, appeals: Sequence[Appeal]) -> Iterator[str]:
        outcomes = [_outcome(appeal) for appeal in appeals]
        counts = {key: outcomes.count(name) for key, name in _COUNTED.items()}
        yield self.words.count("count", len(appeals), **counts)
        times = [self._timings(appeal) for appeal in appeals]
        if any(times):
            late = sum(any(one.late for one in found.values()) for found in times)
            yield self.words.count("late", late) if late else self.words.say("none_late")

    def _item(self, appeal: Appeal) -> Item:
        outcome = self.words.say(f"outcome.{_outcome(appeal)}")
        title = self.words.say("item", id=self._id(appeal), outcome=outcome)
        rows = [
            *((self.words.say("result"), text) for text in self._results(appeal)),
            *((self.words.say("corrected"), self._correction(c)) for c in appeal.corrections),
            *((self.words.say("steps"), text) for text in self._short_steps(appeal)),
            *self._decided(appeal),
        ]
        return Item(title=title, rows=rows)

    def _id(self, appeal: Appeal) -> str:
        return one_line(appeal.case.id or self.words.say("no_id"))

    def _decided(self, appeal: Appeal) -> Iterator[tuple[str, str]]:
        case = appeal.case
        yield self.words.say("office"), one_line(case.office)
        yield self.words.say("grounds"), one_line(case.grounds)
        if case.received is not None:
            yield self.words.say("received"), self._day(case.received)
        times = self._timings(appeal)
        for key, day in (("filing", case.filed), ("decision", case.decided)):
            found = times.get(key)
            yield self.words.say(key), self._day(day) if found is None else self._timing(found)

    def _results(self, appeal: Appeal) -> Iterator[str]:
        """Give the published values that moved; where none did, those that readers look for first."""
        results = appeal.difference.results
        moved = [result for result in results if not result.same]
        for result in moved or [r for r in results if r.main] or results:
            yield self._change(result)

    def _correction(self, change: ValueChange) -> str:
        if change.note is None:
            return self._change(change)
        title = legible(change.title, self.lang)
        return self.words.say("items_changed", title=title, note=legible(change.note, self.lang))

    def _change(self, change: ValueChange | StepChange) -> str:
        """Say title, value before and after."""
        title = legible(change.title, self.lang)
        if isinstance(change, ValueChange):
            texts: tuple[Text | None, Text | None] = (change.before, change.after)
            units = (change.unit, change.unit)
            same = change.same
        else:
            texts = (change.before.value, change.after.value)
            units = (change.before.unit, change.after.unit)
            same = change.stops is not None
        before, after = (
            legible(*pair)
            for pair in ((t, self.lang, u) for t, u in zip(texts, units, strict=True))
        )
        if same:
            return self.words.say("same", title=title, value=after)
        if change.moved is None:
            return self.words.say("moved", title=title, before=before, after=after)
        moved = legible(change.moved, self.lang, units[1])
        return self.words.say("moved_by", title=title, before=before, after=after, moved=moved)

    def _short_steps(self, appeal: Appeal) -> Iterator[str]:
        """Give the steps that the change went through; of a veiled list only how many."""
        if appeal.veiled:
            count = len(_between(appeal))
            if count:
                yield self.words.count("veiled_short", count)
            return
        published = {result.path for result in appeal.difference.results}
        for step in appeal.difference.steps:
            if step.used and step.name not in published:
                yield self._per_item(step) if _is_per_item(step) else self._change(step)

    def _per_item(self, step: StepChange) -> str:
        return self.words.say("per_item", title=legible(step.title, self.lang))

    # Days.

    def _timings(self, appeal: Appeal) -> dict[str, Timing]:
        case, calendar = appeal.case, self.calendar
        if calendar is None:
            return {}
        found = {}
        if case.received is not None:
            limit = self.limits.filing
            found["filing"] = timing(case.received, on=case.filed, limit=limit, calendar=calendar)
        limit = self.limits.decision
        found["decision"] = timing(case.filed, on=case.decided, limit=limit, calendar=calendar)
        return found

    def _timing(self, found: Timing) -> str:
        blanks: dict[str, object] = {
            "day": self._day(found.on),
            "taken": found.taken,
            "days": found.limit.days,
            "last": self._day(found.last),
            "basis": cited(found.limit.basis, self.lang),
        }
        if found.late:
            return self.words.count("too_late", found.late, **blanks)
        return self.words.say("same_day" if found.on == found.since else "in_time", **blanks)

    def _day(self, day: date) -> str:
        return f"{day:%d-%m-%Y}"

    # One person.

    def page(self, appeal: Appeal) -> Page:
        return Page(
            kicker=legible(appeal.policy.title, self.lang),
            title=self.words.say("page_title"),
            lead=[Pairs(rows=list(self._lead(appeal)))],
            sections=list(self._sections(appeal)),
            contents=self.words.say("contents"),
            missing=self.words.say("missing"),
        )

    def _lead(self, appeal: Appeal) -> Iterator[tuple[str, str]]:
        yield self.words.say("id"), self._id(appeal)
        outcome = self.words.say(f"outcome.{_outcome(appeal)}")
        yield self.words.say("outcome"), outcome[:1].upper() + outcome[1:]
        yield from self._decided(appeal)

    def _sections(self, appeal: Appeal) -> Iterator[Section]:
        confirmed = appeal.outcome == "confirmed"
        title = self.words.say("results_confirmed" if confirmed else "results_title")
        yield Section(title=title, blocks=[self._grid(title, appeal.difference.results)])
        title = self.words.say("corrections_title")
        if confirmed:
            text = self.words.say("no_corrections")
            yield Section(title=title, blocks=[Paragraph(text=text)])
        else:
            yield Section(title=title, blocks=[self._grid(title, appeal.corrections)])
            yield Section(title=self.words.say("steps_title"), blocks=list(self._steps(appeal)))
        rows = list(self._receipts(appeal))
        note = Paragraph(text=self.words.say("same_policy"))
        yield Section(title=self.words.say("receipts_title"), blocks=[Pairs(rows=rows), note])

    def _grid(self, title: str, changes: Sequence[ValueChange]) -> Grid:
        rows = []
        for change in changes:
            moved = change.moved or change.note
            text = self.words.say("unchanged" if change.same else "changed")
            if moved is not None:
                text = legible(moved, self.lang)
            sides = (legible(t, self.lang, change.unit) for t in (change.before, change.after))
            rows.append([legible(change.title, self.lang), *sides, text])
        keys = ("name", "before", "after", "difference")
        columns = [self.words.say(f"column.{key}") for key in keys]
        return Grid(title=title, columns=columns, rows=rows)

    def _steps(self, appeal: Appeal) -> Iterator[Block]:
        """Give each step with its figures; of a veiled list no more than the names of steps."""
        comparison = Comparison(appeal.difference, self.lang)
        if appeal.veiled:
            count = len(_between(appeal))
            text = self.words.count("veiled", count) if count else comparison.summary
            yield Paragraph(text=text)
            return
        yield Paragraph(text=comparison.summary)
        for step in comparison.steps():
            value = f": {step.value}" if step.value else ""
            rows = [(say(f"explain.{key}", self.lang), text) for key, text in step.facts]
            bases = dict.fromkeys([*step.change.before.basis, *step.change.after.basis])
            rows += [(say("explain.basis", self.lang), cited(basis, self.lang)) for basis in bases]
            yield Item(title=f"{step.number}. {step.title}{value}", rows=rows)
            items = step.change.items
            if items is not None and items.rows:
                yield Grid(
                    title=step.title,
                    columns=[legible(column, self.lang) for column in items.columns],
                    rows=[[legible(cell, self.lang) for cell in row] for row in items.rows],
                )

    def _receipts(self, appeal: Appeal) -> Iterator[tuple[str, str]]:
        note = appeal.policy
        title = legible(note.title, self.lang)
        line = self.words.say("policy_line", title=title, id=note.id, version=note.version)
        yield self.words.say("policy"), one_line(line)
        bases = dict.fromkeys(cited(basis, self.lang) for basis in note.basis)
        yield from ((say("explain.basis", self.lang), basis) for basis in bases)
        yield self.words.say("fingerprint"), short_fingerprint(note.fingerprint)
        yield self.words.say("contested_receipt"), short_fingerprint(appeal.contested_receipt)
        yield self.words.say("decided_receipt"), short_fingerprint(appeal.decided_receipt)
        if appeal.previous is not None:
            yield self.words.say("previous"), short_fingerprint(appeal.previous)


#: Counts of the summary, and the outcome that each counts.
_COUNTED = {"moved": "changed", "kept": "kept", "confirmed": "confirmed"}


def _outcome(appeal: Appeal) -> str:
    """Give the key of what became of a result: a correction may leave it as it was."""
    return "kept" if appeal.outcome == "changed" and not appeal.moves_result else appeal.outcome


def _between(appeal: Appeal) -> list[StepChange]:
    """Give the steps that changed on the way to published values."""
    published = {result.path for result in appeal.difference.results}
    steps = appeal.difference.steps
    return [s for s in steps if s.used and s.stops is None and s.name not in published]


def _is_per_item(step: StepChange) -> bool:
    return is_per_item(step.before) and is_per_item(step.after)
