"""What a page says of a reward quota: its rules, the cut of each unit, and why for each person.

What lives here: the way from a quota to blocks. What never comes in: how it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from kinerja.cohort import (
    Complete,
    Condition,
    Excluded,
    FollowedUp,
    HasNumber,
    Heads,
    LabelAtLeast,
    Place,
    Quota,
    QuotaReason,
    UnitQuota,
)
from kinerja.exact import Rounding, decimal_digits
from kinerja.report.page import Block, Grid, Item, Pairs, Section
from kinerja.report.speaker import Speaker
from kinerja.report.unit_ranking import (
    AREA,
    heading_of,
    known_value,
    order_rows,
    person_id,
    title_of,
    unit_name,
)
from kinerja.scorer import NumberStep
from kinerja.words import DEFAULT_LANGUAGE, Language, number, say

__all__ = ["quota_reasons_section", "quota_section"]


def quota_section(quota: Quota, *, lang: Language = DEFAULT_LANGUAGE) -> Section:
    """Say who takes the places of a reward, and where the cut lies.

    Args:
        quota: The quota.
        lang: Language of the words.
    """
    words = _Words(quota, lang)
    blocks: list[Block] = [Pairs(rows=list(words.rules()))]
    if quota.units:
        blocks.append(words.table())
    blocks += [words.unit(unit) for unit in quota.units]
    return Section(title=words.speaker.say("quota.title"), blocks=blocks)


def quota_reasons_section(
    reasons: Iterable[QuotaReason], *, quota: Quota, lang: Language = DEFAULT_LANGUAGE
) -> Section:
    """Say for each person why in or not.

    Args:
        reasons: What `quota_reason` gave for each of them.
        quota: The quota it was asked of.
        lang: Language of the words.
    """
    words = _Words(quota, lang)
    return Section(
        title=words.speaker.say("why.title"), blocks=[words.person(reason) for reason in reasons]
    )


class _Words:
    def __init__(self, quota: Quota, lang: Language) -> None:
        self.quota = quota
        self.speaker = Speaker(lang=lang, area=AREA)

    # The rules.

    def rules(self) -> Iterator[tuple[str, str]]:
        speaker, quota = self.speaker, self.quota
        for condition in quota.conditions:
            yield speaker.say("quota.conditions"), self._condition(condition)
        yield from order_rows(quota.by, quota.then, speaker)
        yield speaker.say("quota.places"), self._places()
        yield speaker.say("quota.at_cut"), speaker.say(f"quota.at_cut.{quota.at_cut}")

    def _places(self) -> str:
        speaker, places, within = self.speaker, self.quota.places, self.quota.within
        if isinstance(places, Heads):
            return speaker.say(f"quota.heads.{within}", count=places.count)
        rounding = say(f"rounding.{places.rounding}", speaker.lang)
        share = self._share(places.share)
        words = speaker.say(f"quota.share.{places.of}", share=share, rounding=rounding)
        if not places.least:
            return words
        return f"{words}; {speaker.say(f'quota.least.{within}', least=places.least)}"

    def _share(self, share: Fraction) -> str:
        if decimal_digits(share) is None:
            return number(share, self.speaker.lang)
        return f"{self.speaker.figure(share * 100)} %"

    def _condition(self, condition: Condition, *, verdict: str = "") -> str:
        """Say a condition, or with a verdict that it is not met."""
        speaker = self.speaker
        if isinstance(condition, Complete):
            return speaker.say(f"condition.complete{verdict}")
        if isinstance(condition, FollowedUp):
            title = speaker.text(condition.action.title)
            return speaker.say(f"condition.follow_up{verdict}", title=title)
        title = speaker.text(condition.step.title)
        if verdict == ".missing":
            return speaker.say("condition.missing", title=title)
        if isinstance(condition, HasNumber):
            return speaker.say("condition.has", title=title)
        if isinstance(condition, LabelAtLeast):
            label = speaker.text(dict(condition.step.labels)[condition.least])
            return speaker.say(f"condition.label{verdict}", title=title, label=label)
        least, most = condition.least, condition.most
        key = (
            "both"
            if most is not None and least is not None
            else "most"
            if least is None
            else "least"
        )
        return speaker.say(
            f"condition.{key}{verdict}",
            title=title,
            least=self._figure(least, condition.step),
            most=self._figure(most, condition.step),
        )

    def _figure(self, value: Fraction | None, step: NumberStep) -> str:
        return self.speaker.figure(value, digits=step.digits)

    def _points(self, value: Fraction | None) -> str:
        step = self.quota.by.step
        return self.speaker.figure(
            value, digits=step.digits if isinstance(step, NumberStep) else None
        )

    # The units.

    def table(self) -> Grid:
        speaker = self.speaker
        columns = [
            speaker.say(f"column.{key}")
            for key in ("unit", "people", "eligible", "places", "inside", "waiting")
        ]
        columns += [
            f"{speaker.say('column.at_cut')} ({title_of(self.quota.by, speaker)})",
            speaker.say("column.unused"),
        ]
        rows = [
            [
                self._unit_name(unit),
                *map(str, self._counts(unit)),
                self._points(unit.at_cut),
                str(unit.cut.unused),
            ]
            for unit in self.quota.units
        ]
        if len(self.quota.units) > 1:
            counts = [self._counts(unit) for unit in self.quota.units]
            unused = sum(unit.cut.unused for unit in self.quota.units)
            sums = [str(sum(column)) for column in zip(*counts, strict=True)]
            rows.append([speaker.say("total"), *sums, "", str(unused)])
        if self.quota.at_cut != "open":
            place = columns.index(speaker.say("column.waiting"))
            columns.pop(place)
            for row in rows:
                row.pop(place)
        return Grid(title=speaker.say("quota.title"), columns=columns, rows=rows)

    def _counts(self, unit: UnitQuota) -> tuple[int, ...]:
        cut = unit.cut
        return unit.heads, unit.eligible, cut.places, len(cut.inside), len(cut.waiting)

    def _unit_name(self, unit: UnitQuota) -> str:
        return unit_name(unit.unit, self.quota.within, self.speaker)

    def unit(self, unit: UnitQuota) -> Item:
        speaker, cut = self.speaker, unit.cut
        rows = [(speaker.say("quota.places"), self._computed(unit))]
        rows += [(speaker.say("quota.excluded"), self._excluded(one)) for one in unit.excluded]
        inside = self._people(cut.inside) or speaker.say("quota.nobody")
        rows.append((speaker.say("quota.inside"), inside))
        if cut.tied:
            words = speaker.count(
                f"quota.tied.{cut.at_cut}", cut.contested, ids=self._people(cut.tied)
            )
            rows.append((speaker.say("quota.tied"), words))
        if cut.beyond:
            rows.append((speaker.say("quota.tied"), speaker.count("quota.beyond", cut.beyond)))
        if cut.inside or cut.outside:
            rows.append((speaker.say("quota.cut"), self._cut(unit)))
        if cut.unused:
            rows.append((speaker.say("quota.unused"), str(cut.unused)))
        if unit.unsettled:
            words = speaker.count("unsettled", unit.unsettled)
            rows.append((speaker.say("quota.unsettled"), words))
        return Item(title=self._unit_name(unit), rows=rows)

    def _computed(self, unit: UnitQuota) -> str:
        places = self.quota.places
        if isinstance(places, Heads) or unit.exact is None:
            return str(unit.places)
        heads = unit.heads if places.of == "everyone" else unit.eligible
        exact = self.speaker.figure(unit.exact)
        rounded = Rounding(digits=0, mode=places.rounding).apply(unit.exact)
        key = (
            "raised" if rounded < unit.places else "exact" if rounded == unit.exact else "computed"
        )
        return self.speaker.say(
            f"quota.{key}",
            share=self._share(places.share),
            heads=heads,
            exact=exact if exact.startswith("≈") else f"= {exact}",
            places=unit.places,
        )

    def _excluded(self, one: Excluded) -> str:
        why = (
            self.speaker.say("condition.refused")
            if one.condition is None
            else self._condition(one.condition, verdict=f".{one.why}")
        )
        return self.speaker.count("quota.excluded.people", one.count, why=why)

    def _people(self, places: Sequence[Place]) -> str:
        return ", ".join(
            f"{person_id(one.member, self.speaker)} "
            f"({known_value(one.member, self.quota.by, self.speaker)})"
            for one in places
        )

    def _cut(self, unit: UnitQuota) -> str:
        last_in, first_out = self._points(unit.last_in), self._points(unit.first_out)
        if not last_in:
            return self.speaker.say("quota.cut.out", first_out=first_out)
        if first_out:
            words = self.speaker.say("quota.cut.both", last_in=last_in, first_out=first_out)
            if unit.decided_by is None:
                return words
            title = title_of(unit.decided_by, self.speaker)
            return f"{words}; {self.speaker.say('quota.cut.decided', title=title)}"
        key = "quota.cut.waiting" if unit.cut.waiting else "quota.cut.in"
        return self.speaker.say(key, last_in=last_in)

    # The people.

    def person(self, reason: QuotaReason) -> Item:
        speaker = self.speaker
        decision = speaker.say(f"why.{reason.decision}")
        name = speaker.say("no_id") if reason.id is None else reason.id
        title = (
            speaker.say("why.person", id=name, decision=decision)
            if reason.unit is None
            else speaker.say("why.person.unit", id=name, unit=reason.unit, decision=decision)
        )
        rows = [(heading_of(self.quota.by, speaker), self._points(reason.value))]
        if reason.rank is not None:
            words = speaker.say("why.rank.alone", rank=reason.rank)
            if reason.tied > 1:
                words = speaker.count("why.rank.tied", reason.tied - 1, rank=reason.rank)
            rows.append((speaker.say("why.rank"), words))
        rows += [(speaker.say("why.because"), words) for words in self._because(reason)]
        if reason.decision == "not_eligible" and reason.short is not None:
            rows.append((speaker.say("why.number"), self._short(reason)))
        return Item(title=title, rows=rows)

    def _because(self, reason: QuotaReason) -> Iterator[str]:
        speaker, at_cut = self.speaker, self._points(reason.at_cut)
        if reason.decision == "refused":
            yield speaker.say("why.because.refused")
        elif reason.decision == "not_eligible":
            for condition, verdict in reason.failed:
                yield self._condition(condition, verdict=f".{verdict}")
        elif reason.ties_at_cut:
            yield speaker.say(f"why.because.tied.{self.quota.at_cut}", at_cut=at_cut)
        elif reason.decision == "in":
            key = "all_in" if reason.at_cut is None else "within"
            yield speaker.say(f"why.because.{key}", at_cut=at_cut)
        elif reason.decided_by is not None:
            title = title_of(reason.decided_by, speaker)
            yield speaker.say("why.because.decided", at_cut=at_cut, title=title)
        elif reason.short is None:
            yield speaker.say("why.because.no_places")
        else:
            yield self._short(reason)

    def _short(self, reason: QuotaReason) -> str:
        at_cut = self._points(reason.at_cut)
        if not reason.short:
            return self.speaker.say("why.number.enough", at_cut=at_cut)
        return self.speaker.say(
            f"why.because.short.{self.quota.by.best}",
            short=self._points(reason.short),
            at_cut=at_cut,
        )
