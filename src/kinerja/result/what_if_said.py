"""What is said of a comparison, in order: what its text, Markdown and HTML share.

What lives here: numbers of steps, what both sides of a step have in common and what they do not, and the
sentences about the whole. What never comes in: layout, markup, computing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kinerja.result.explanation import Line
from kinerja.result.facts import Fact, line_facts, uses_words
from kinerja.result.legible import legible, one_line, short_fingerprint
from kinerja.result.outline import joined_numbers
from kinerja.result.said import is_per_item
from kinerja.result.text_table import is_figure
from kinerja.result.what_if import StepChange, ValueChange, WhatIf
from kinerja.words import Language, Text, say

__all__ = ["Comparison", "StepWords"]

#: Most results that are shown one by one although they stay the same.
MOST_SAME: Final = 6
#: Longest note of a side where a change stops.
LONGEST: Final = 200
#: Most changed inputs that a step names.
MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """A step in words.

    Attributes:
        number: Its number among the steps that the change reached.
        title: Its title.
        value: What becomes of its value; empty for a step computed for each item.
        facts: What both sides have in common, then each side, then where the change comes from and stops.
        change: The step.
    """

    number: str
    title: str
    value: str
    facts: tuple[Fact, ...]
    change: StepChange


class Comparison:
    """One comparison in the words of one language."""

    def __init__(self, whole: WhatIf, lang: Language) -> None:
        self.whole = whole
        self.lang = lang
        used = [change for change in whole.steps if change.used]
        self.numbers = {change.name: str(place) for place, change in enumerate(used, 1)}

    def say(self, key: str, **blanks: object) -> str:
        """Give words of comparisons."""
        return say(f"explain.what_if.{key}", self.lang, **blanks)

    def text(self, text: Text | None, unit: Text | None = None) -> str:
        """Give a value with its unit."""
        return legible(text, self.lang, unit)

    # The whole.

    @property
    def heading(self) -> str:
        """The title of the page."""
        name = self.whole.before.id
        return self.say("heading") if name is None else self.say("heading_for", id=one_line(name))

    @property
    def results(self) -> tuple[ValueChange, ...]:
        """The results that are shown one by one: those that change, the main ones, and others if few."""
        others = [result for result in self.whole.results if result.same and not result.main]
        if len(others) <= MOST_SAME:
            return self.whole.results
        return tuple(result for result in self.whole.results if result not in others)

    @property
    def others(self) -> str:
        """A sentence on the results that stay the same; empty where all are shown."""
        count = len(self.whole.results) - len(self.results)
        key = "others_same.one" if count == 1 else "others_same.many"
        return self.say(key, count=count) if count else ""

    @property
    def summary(self) -> str:
        """How many steps the change moves, and where it stops."""
        used = [change for change in self.whole.steps if change.used]
        if not used:
            as_before = all(change.same for change in self.whole.inputs)
            return self.say("as_before" if as_before else "not_read")
        stopped = [change.name for change in used if change.stops is not None]
        moved = len(used) - len(stopped)
        count = moved + self.whole.unmoved
        counts = self.say("counts", moved=moved, count=count, unmoved=self.whole.unmoved)
        if not stopped:
            return counts
        numbers = ", ".join(joined_numbers(self.numbers, stopped))
        key = "stops.one" if len(stopped) == 1 else "stops.many"
        return f"{counts} {self.say(key, numbers=numbers)}"

    @property
    def unused(self) -> str:
        """A sentence on steps that changed without a result that rests on them; may be empty."""
        titles = [self.text(change.title) for change in self.whole.steps if not change.used]
        return self.say("unused", titles="; ".join(titles)) if titles else ""

    @property
    def notices(self) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """What must be seen: a key of the words, and texts."""
        before, after = self.whole.reasons
        found = [("incomplete_because", after)] if before == after else []
        if before != after:
            found = [("what_if.incomplete_before", before), ("what_if.incomplete_after", after)]
        found.append(("warnings", tuple(map(Text.same, self.whole.after.warnings))))
        return tuple((key, texts) for key, texts in found if texts)

    @property
    def follow_ups(self) -> tuple[Fact, ...]:
        """What follows before and after the change; empty where nothing follows either way."""
        if not any(self.whole.follow_ups):
            return ()
        shown = [
            "; ".join(map(self.text, titles)) or self.say("none")
            for titles in self.whole.follow_ups
        ]
        return ("before", shown[0]), ("after", shown[1])

    @property
    def policy_line(self) -> str:
        """Which policy judged."""
        note = self.whole.policy
        return say(
            "explain.policy_line",
            self.lang,
            title=self.text(note.title),
            id=one_line(note.id),
            version=one_line(note.version),
            fingerprint=short_fingerprint(note.fingerprint),
        )

    # Values.

    def row(self, change: ValueChange) -> tuple[str, str, str, str]:
        """Give the cells of an input or result: title, before, after, and what became of it."""
        if change.note is not None:
            said = self.text(change.note)
        elif change.moved is not None:
            said = self.text(change.moved, change.unit)
        else:
            said = self.say("same" if change.same else "differs")
        before, after = (self.text(value, change.unit) for value in (change.before, change.after))
        return self.text(change.title), before, after, said

    @property
    def heads(self) -> tuple[str, str, str]:
        """Titles of the columns after the first."""
        before, after, difference = (
            say(f"explain.{key}", self.lang) for key in ("before", "after", "difference")
        )
        return before, after, difference

    # Steps.

    def steps(self) -> Iterator[StepWords]:
        """Give the steps that results rest on, in words."""
        for change in self.whole.steps:
            if change.used:
                yield StepWords(
                    number=self.numbers[change.name],
                    title=self._title(change),
                    value=self._value(change),
                    facts=tuple(self._facts(change)),
                    change=change,
                )

    def _title(self, change: StepChange) -> str:
        title = self.text(change.title)
        per_item = is_per_item(change.before) and is_per_item(change.after)
        return say("explain.per_item", self.lang, title=title) if per_item else title

    def _value(self, change: StepChange) -> str:
        if is_per_item(change.before) and is_per_item(change.after):
            return ""
        before, after = (self.text(line.value, line.unit) for line in (change.before, change.after))
        if change.stops is not None:
            return self.say("kept", value=after)
        if change.moved is None:
            return self.say("arrow", before=before, after=after)
        moved = self.text(change.moved, change.after.unit)
        return self.say("moved", before=before, after=after, moved=moved)

    def _facts(self, change: StepChange) -> Iterator[Fact]:
        sides = [tuple(line_facts(line, self.lang)) for line in (change.before, change.after)]
        shared = [fact for fact in sides[0] if fact in sides[1]]
        yield from shared
        for key, line, facts in zip(
            ("before", "after"), (change.before, change.after), sides, strict=True
        ):
            own = [fact for fact in facts if fact not in shared]
            if change.stops is not None:
                # What is said of a condition may be long, and here it comes out as before.
                own = [fact for fact in own if fact[0] != "applied" or len(fact[1]) <= LONGEST]
            yield from ((key, self._side(fact, line)) for fact in own)
        if change.follows:
            yield "follows", self._follows(change)
        if change.stops is not None:
            yield "stops", self.say(f"stop.{change.stops}")

    def _side(self, fact: Fact, line: Line) -> str:
        key, words = fact
        if key == "formula":
            return self.say("of_formula", formula=words)
        result = self.text(line.unrounded or line.value)
        if key == "figures" and is_figure(result):
            return self.say("of_figures", figures=words, value=result)
        return words

    def _follows(self, change: StepChange) -> str:
        inputs = [
            self.text(changed.title)
            for name in change.follows
            for changed in self.whole.inputs
            if not changed.same and changed.path.partition("[")[0] == name
        ]
        if len(inputs) > MOST_NAMED:
            inputs = [self.say("changed_inputs", count=len(inputs))]
        numbers = joined_numbers(self.numbers, change.follows)
        steps = [uses_words(numbers, self.lang)] if numbers else []
        return "; ".join([*inputs, *steps])
