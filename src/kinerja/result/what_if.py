"""What becomes of a result when inputs are changed: the change followed from the input to the result.

What lives here: the two results, and what differs between them, as plain values. What never comes in:
computing, layout; the scorer fills these values, and the siblings print them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kinerja.result.explanation import ItemTable, Line, PolicyNote
from kinerja.result.result import Result
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

__all__ = ["StepChange", "Stop", "ValueChange", "WhatIf"]

#: What holds a change up: rounding takes it away, a limit holds it, the number stays in its band, another
#: rule gives the same label, or the value stays the same for any other reason.
Stop: TypeAlias = Literal["rounding", "limit", "band", "label", "value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """An input or a result, before and after.

    Attributes:
        path: Its name: `realisasi`, `butir[2].nilai`. Of a list whose items are never shown one by one only
            the name of the list.
        title: As people read it.
        before: Its value, as people read it; of a list the number of items; `None` when missing.
        after: The same after the change.
        unit: Unit, or `None`.
        moved: By how much a number moved, with its sign; `None` where it did not, or is none.
        note: How many items of a list were changed; `None` otherwise.
        same: The value stayed what it was.
        main: A result that readers look for first: the total, or the label that it leads to.
    """

    path: str
    title: Text
    before: Text | None
    after: Text | None
    unit: Text | None = None
    moved: Text | None = None
    note: Text | None = None
    same: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """A step that a change reached.

    Attributes:
        name: Name of the step.
        title: As people read it.
        before: The step before, without its parts, which are steps of their own here.
        after: The step after.
        moved: By how much a number moved, with its sign; `None` where it did not, or is none.
        stops: Why the value stayed the same although something that the step reads moved; `None` where
            the value changed.
        follows: Names of the changed inputs and of the moved steps that it reads.
        items: For a step computed for each item of a list, the items whose value changed.
        used: A result rests on this step, before or after.
    """

    name: str
    title: Text
    before: Line
    after: Line
    moved: Text | None = None
    stops: Stop | None = None
    follows: tuple[str, ...] = ()
    items: ItemTable | None = None
    used: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What another value of an input would change, and why.

    `print(comparison)` gives the Indonesian text; `to_text`, `to_markdown` and `to_html` give either
    language; `to_dict` gives plain data.

    Attributes:
        policy: Which policy judged.
        before: The result of the record as it is.
        after: The result of the record with the changes.
        inputs: The inputs that were named, in the order they were named in.
        results: The published values, in the order of the policy.
        steps: The steps that the change reached, in the order of computation: those that give another
            value, and those where it stops.
        unmoved: How many steps that the results rest on give the same value as before.
        reasons: Why published values are missing, before and after.
        follow_ups: What follows by the policy, before and after.
    """

    policy: PolicyNote
    before: Result
    after: Result
    inputs: tuple[ValueChange, ...]
    results: tuple[ValueChange, ...]
    steps: tuple[StepChange, ...]
    unmoved: int
    reasons: tuple[tuple[Text, ...], tuple[Text, ...]] = ((), ())
    follow_ups: tuple[tuple[Text, ...], tuple[Text, ...]] = ((), ())

    def __str__(self) -> str:
        """Give the Indonesian text."""
        return self.to_text()

    def to_text(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print for a terminal."""
        from kinerja.result.what_if_text import what_if_text

        return what_if_text(self, lang)

    def to_markdown(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print as Markdown."""
        from kinerja.result.what_if_markdown import what_if_markdown

        return what_if_markdown(self, lang)

    def to_html(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print as one self-contained HTML page that needs no script and no other file."""
        from kinerja.result.what_if_html import what_if_html

        return what_if_html(self, lang)

    def _repr_html_(self) -> str:
        from kinerja.result.what_if_html import what_if_fragment

        return what_if_fragment(self, DEFAULT_LANGUAGE)

    def to_dict(self) -> dict[str, object]:
        """Give the comparison as plain data that JSON can carry, with the values of both results.

        The records themselves are left out: they may name raters.
        """
        from kinerja.result.store import what_if_to_dict

        return what_if_to_dict(self)
