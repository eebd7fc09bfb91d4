"""What is said of the distribution of labels in units.

What lives here: the way from the findings of `cohort.distribution` to a section of a page. What never comes
in: counting, limits; any name of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kinerja.cohort import LimitNotKept, UnitDistribution
from kinerja.report.page import (
    Block,
    Grid,
    Item,
    Pairs,
    Paragraph,
    Section,
    ShareMark,
    ShareRow,
    Shares,
)
from kinerja.report.speaker import Speaker
from kinerja.scorer import LabelStep
from kinerja.values import LegalBasis
from kinerja.words import Language, say

__all__ = ["distribution_section"]

#: Units that are drawn at most; those that do not keep the pattern come first. The table has all.
MOST_DRAWN: Final = 30
#: How well a basis is known, where readers must be told that it is not known first-hand.
_WEAK: Final = ("secondary", "practice", "unverified")


def distribution_section(
    found: Sequence[UnitDistribution], *, step: LabelStep, lang: Language
) -> Section:
    """Say how labels are distributed in units, and which limits are not kept.

    Args:
        found: What `check_distribution` found.
        step: The step whose labels were counted.
        lang: Language of the reader.
    """
    return _Section(found, step, Speaker(lang=lang, area="unit.distribution")).section()


class _Section:
    def __init__(
        self, found: Sequence[UnitDistribution], step: LabelStep, speaker: Speaker
    ) -> None:
        self.found = found
        self.speaker = speaker
        self.say = speaker.say
        self.step = step
        self.titles = {label: speaker.text(title) for label, title in step.labels}

    def section(self) -> Section:
        title = self.say("title", step=self.speaker.text(self.step.title))
        return Section(title=title, blocks=list(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        if not self.found:
            yield Paragraph(text=self.say("nobody"))
            return
        yield Pairs(rows=self._facts())
        yield Paragraph(text=self.say("reports_only"))
        yield self._verdicts()
        yield self._counts()
        drawn = self._drawn()
        if drawn.rows:
            yield drawn
        for one in self.found:
            if one.verdict is not True:
                yield self._item(one)

    # What it rests on.

    def _facts(self) -> list[tuple[str, str]]:
        policy = self.found[0].result.explanation.policy
        text = self.speaker.text
        units = [one for one in self.found if one.scope == "unit"]
        kept = sum(one.verdict is True for one in units)
        said = [
            self.speaker.count("summary", kept, units=len(units)),
            *(
                self.speaker.count(key, count)
                for key, count in (
                    ("summary_not_kept", sum(one.verdict is False for one in units)),
                    ("summary_not_judged", sum(one.verdict is None for one in units)),
                )
                if count
            ),
        ]
        rows = [
            (self.say("result"), "; ".join(said)),
            (
                self.say("policy"),
                self.say(
                    "policy_is", title=text(policy.title), id=policy.id, version=policy.version
                ),
            ),
        ]
        rows += [
            (self.say("choices"), f"{text(choice)}: {text(option)}")
            for choice, option in policy.choices
        ]
        return [*rows, *self._certainty()]

    def _certainty(self) -> Iterator[tuple[str, str]]:
        """Say how well the limits are known, where that is not first-hand."""
        # One unit tells it for all: the policy is the same, and an explanation takes time.
        judged = next((one for one in self.found if one.verdict is not None), self.found[0])
        lines = judged.result.explanation.lines
        for status in _WEAK:
            titles = dict.fromkeys(
                basis.title for line in lines for basis in line.basis if basis.status == status
            )
            if titles:
                about = self.say(f"certainty.{status}", titles=", ".join(titles))
                yield self.say("certainty"), about

    # Tables and drawing.

    def _name(self, one: UnitDistribution) -> str:
        if one.scope == "whole":
            return self.say("whole")
        return self.say("no_unit") if one.unit is None else one.unit

    def _heads(self, one: UnitDistribution) -> str:
        return self.speaker.count("heads", one.people)

    def _verdict(self, one: UnitDistribution) -> str:
        return self.say({True: "kept", False: "not_kept", None: "not_judged"}[one.verdict])

    def _moves(self, one: UnitDistribution) -> str:
        if one.fewest_moves is not None:
            return str(one.fewest_moves)
        return "" if one.verdict is None else self.say("moves_unknown")

    def _verdicts(self) -> Grid:
        with_organisation = any(one.organisation is not None for one in self.found)
        without = any(one.incomplete or one.refused for one in self.found)
        columns = [
            self.say("column.unit"),
            *([self.say("column.organisation")] if with_organisation else []),
            self.say("column.people"),
            *([self.say("column.incomplete"), self.say("column.refused")] if without else []),
            self.say("column.verdict"),
            self.say("column.moves"),
        ]
        rows = [
            [
                self._name(one),
                *([self.speaker.text(one.organisation_title)] if with_organisation else []),
                str(one.people),
                *([str(one.incomplete), str(one.refused)] if without else []),
                self._verdict(one),
                self._moves(one),
            ]
            for one in self.found
        ]
        return Grid(title=self.say("verdicts"), columns=columns, rows=rows)

    def _counts(self) -> Grid:
        rows = [
            [self._name(one), *(self._count(one, label) for label in self.titles)]
            for one in self.found
        ]
        columns = [self.say("column.unit"), *self.titles.values()]
        title = self.say("counts", step=self.speaker.text(self.step.title))
        return Grid(title=title, columns=columns, rows=rows)

    def _count(self, one: UnitDistribution, label: str) -> str:
        count, share = one.counts[label], one.share(label)
        return f"{count} ({self.speaker.percent(share)})" if count else str(count)

    def _drawn(self) -> Shares:
        with_people = [one for one in self.found if one.people]
        chosen = sorted(with_people, key=lambda one: one.verdict is not False)[:MOST_DRAWN]
        rows = [
            ShareRow(
                name=self._name(one),
                note=self._heads(one),
                counts=list(one.counts.values()),
                shares=[self.speaker.percent(one.share(label)) for label in self.titles],
                marks=list(self._marks(one)),
            )
            for one in with_people
            if one in chosen
        ]
        return Shares(
            title=self.say("counts", step=self.speaker.text(self.step.title)),
            parts=list(self.titles.values()),
            rows=rows,
        )

    def _marks(self, one: UnitDistribution) -> Iterator[ShareMark]:
        for limit in one.limits:
            if len(limit.labels) == 1 and limit.share is not None and limit.side is not None:
                label = limit.labels[0]
                yield ShareMark(
                    part=list(self.titles).index(label),
                    share=limit.share,
                    text=self.say(
                        f"mark.{limit.side}",
                        label=self.titles[label],
                        share=self.speaker.percent(limit.share),
                    ),
                )

    # One unit.

    def _item(self, one: UnitDistribution) -> Item:
        title = self.say("item", unit=self._name(one), verdict=self._verdict(one))
        rows = [(self.say("limit"), self._limit(limit, one)) for limit in one.limits]
        if one.fewest_moves:
            rows.append(
                (
                    self.say("moves"),
                    self.speaker.count("moves_are", one.fewest_moves, people=self._heads(one)),
                )
            )
        reasons = "; ".join(dict.fromkeys(one.result.reason_texts(self.speaker.lang)))
        if reasons:
            key = "not_judged_since" if one.verdict is None else "moves"
            rows.append((self.say(key), reasons))
        without = [
            self.say(f"without_{key}", count=count)
            for key, count in (("incomplete", one.incomplete), ("refused", one.refused))
            if count
        ]
        if without:
            rows.append((self.say("without"), self.say("without_are", people=", ".join(without))))
        return Item(title=title, rows=rows)

    def _limit(self, limit: LimitNotKept, one: UnitDistribution) -> str:
        bases = self._bases(limit.basis)
        organisation = ""
        if one.organisation_title is not None:
            name = self.speaker.text(one.organisation_title)
            organisation = self.say("because", organisation=name)
        if limit.found is None or limit.allowed is None or limit.side is None:
            title = self.speaker.text(limit.title)
            return "; ".join(filter(None, [self.say("limit_untold", title=title), *bases]))
        people = self.say(
            "found",
            labels=self._joined([self.titles[label] for label in limit.labels])
            or self.speaker.text(limit.title),
            found=self.speaker.figure(limit.found),
            people=self._heads(one),
            share=self.speaker.percent(limit.found / one.people),
        )
        share = "" if limit.share is None else f" ({self.speaker.percent(limit.share)})"
        allowed = self.speaker.count(f"allowed.{limit.side}", limit.allowed, share=share)
        return "; ".join([people, f"{allowed}{organisation}", *bases])

    def _bases(self, bases: Iterable[LegalBasis]) -> list[str]:
        told = []
        for basis in bases:
            known = say(f"explain.basis_short.{basis.status}", self.speaker.lang)
            told.append(
                basis.citation if basis.status == "primary" else f"{basis.citation} ({known})"
            )
        return list(dict.fromkeys(told))

    def _joined(self, names: Sequence[str]) -> str:
        if len(names) < 2:  # noqa: PLR2004 - nothing to join
            return "".join(names)
        return self.say("and", before=", ".join(names[:-1]), last=names[-1])
