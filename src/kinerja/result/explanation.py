"""The explanation of a result (rincian perhitungan): the library's face.

What lives here: the tree of lines that says how each number came about, where points were lost and
what the next band takes, as plain values that can be stored and read back. What never comes in:
computing; the scorer fills these values, and the siblings print them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kinerja.values import LegalBasis
from kinerja.words import DEFAULT_LANGUAGE, Language, Text

if TYPE_CHECKING:
    from kinerja.result.result import Scalar

__all__ = [
    "Explanation",
    "InputLine",
    "ItemTable",
    "Lever",
    "Line",
    "Loss",
    "PolicyNote",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyNote:
    """Which policy judged: what a reader needs to find it again.

    Attributes:
        id: Id of the policy.
        version: Version of the policy file.
        title: Title of the policy.
        fingerprint: Hash of its meaning, `sha256:` and 64 hex digits.
        basis: Legal bases of the policy as a whole.
        choices: Named choices made where sources leave one: title of the choice and of the option.
        plugins: Rule kinds from installed plug-ins that the policy uses: `name (package version)`.
        extends: The policy that this one extends, and what that extends in turn: `id version`.
    """

    id: str
    version: str
    title: Text
    fingerprint: str
    basis: tuple[LegalBasis, ...] = ()
    choices: tuple[tuple[Text, Text], ...] = ()
    plugins: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputLine:
    """An input of the record, as it was read.

    Attributes:
        name: Its name in the policy.
        title: As people read it.
        value: As people read it; for a list, the number of items; `None` when missing.
        unit: Unit, or empty.
        note: The limits it must lie in, or why it is missing; may be `None`.
    """

    name: str
    title: Text
    value: Text | None
    unit: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTable:
    """The items of a list behind a line, one row each.

    Names of raters never stand here: a table names items only where the policy declares an item title.

    Attributes:
        name: Name of the list input.
        title: As people read it.
        columns: Titles of the columns.
        rows: Cells as people read them; `None` where a value is missing.
    """

    name: str
    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text | None, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a table without columns, and a row that does not fit them."""
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            msg = f"{self.name}: a row has not as many cells as there are columns"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step of the computation.

    Attributes:
        name: Name of the step: `ikm`, or `panel.rata_atasan` for a part of one.
        title: As people read it.
        value: The value used from here on, as people read it; `None` when missing, and then `applied`
            says why; `None` also for a step computed for each item of a list.
        unrounded: The exact value before the step's rounding, where that changed it.
        formula: The rule in words, without figures; `None` where it says no more than the title.
        figures: The same with the figures put in; `None` where there are none.
        applied: What decided: the limit that bit, the band that holds the value, the row of a table,
            the case that applied, the rounding; or, for a missing value, each reason.
        basis: Legal bases of this step.
        unit: Unit, or `None`.
        published: The value is a result of the policy, not only a step on the way.
        uses: Names of the inputs and steps the formula reads, in its order.
        parts: The parts of this step, each a line.
        items: Values per list item, for a step computed for each.
    """

    name: str
    title: Text
    value: Text | None
    unrounded: Text | None = None
    formula: Text | None = None
    figures: Text | None = None
    applied: tuple[Text, ...] = ()
    basis: tuple[LegalBasis, ...] = ()
    unit: Text | None = None
    published: bool = False
    uses: tuple[str, ...] = ()
    parts: tuple[Line, ...] = ()
    items: ItemTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """How far one step lies from its best possible value, and what that costs the total.

    Attributes:
        name: Name of the step or input.
        title: As people read it.
        value: Its value, as people read it.
        best: The best value its rule allows.
        points: What the total would gain with this step alone at its best, unrounded.
        total: Name of the published step that loses the points.
    """

    name: str
    title: Text
    value: Text
    best: Text
    points: Text
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What one input, moved alone, would have to become to reach the next band.

    Attributes:
        name: Name of the input, or of the group mean of a list.
        title: As people read it.
        value: Its value now; `None` when missing.
        needed: The nearest value that reaches the band, or `None`.
        gives: Label that is reached with it; `None` without `needed`.
        proof: `exact` when `needed` is the smallest such change on the grid of the input, or when no
            value can reach the band; `search` when the input moves the result in no single direction,
            and `needed` (or its absence) is what a search found.
        grid: Decimals of the values tried.
        items: For a share of the items of a list: of how many it would have to hold, of how many it holds
            now; `needed` is then what so many items give.
    """

    name: str
    title: Text
    value: Text | None
    needed: Text | None
    gives: Text | None
    proof: Literal["exact", "search"]
    grid: int | None = None
    items: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a result came about, complete enough to follow by hand.

    `print(explanation)` gives the Indonesian text; `to_text`, `to_markdown` and `to_html` give either
    language; `to_dict` gives plain data.

    Attributes:
        policy: Which policy judged.
        id: Id of the person or unit, where the record carries one.
        status: `complete` or `incomplete`.
        reasons: Why a published value is missing, in words.
        lines: The steps that the results rest on, in the order of the policy; parts hang below their step.
        inputs: The inputs of the record, in the order of the policy.
        losses: Where points were lost, largest first.
        target: Step and label of the next band that `levers` speak of; `None` where there is none.
        levers: What the next band takes, for each input alone.
        warnings: What should be looked at although a result could be given.
        follow_ups: What follows from the result by the policy.
        follow_up_reasons: Why each of `follow_ups` does, its condition with the figures of the record;
            empty in what an older version stored.
        values: Value of every step by name, as a result carries it; the published ones first, in the order
            of the policy.
        unused: Titles of the steps that this record did not need: cases that did not apply.
    """

    policy: PolicyNote
    id: str | None
    status: Literal["complete", "incomplete"]
    reasons: tuple[Text, ...]
    lines: tuple[Line, ...]
    inputs: tuple[InputLine, ...]
    losses: tuple[Loss, ...] = ()
    target: tuple[Text, Text] | None = None
    levers: tuple[Lever, ...] = ()
    warnings: tuple[Text, ...] = ()
    follow_ups: tuple[Text, ...] = ()
    values: Mapping[str, Scalar] = field(default_factory=dict)
    unused: tuple[Text, ...] = ()
    follow_up_reasons: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        """Refuse reasons that do not belong to one follow-up each."""
        if self.follow_up_reasons and len(self.follow_up_reasons) != len(self.follow_ups):
            msg = f"{len(self.follow_up_reasons)} reasons for {len(self.follow_ups)} follow-ups"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Give the Indonesian text."""
        return self.to_text()

    def to_text(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print for a terminal."""
        from kinerja.result.text import explanation_text

        return explanation_text(self, lang)

    def to_markdown(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print as Markdown."""
        from kinerja.result.markdown import explanation_markdown

        return explanation_markdown(self, lang)

    def to_html(self, lang: Language = DEFAULT_LANGUAGE) -> str:
        """Print as one self-contained HTML page that needs no script and no other file."""
        from kinerja.result.html import explanation_html

        return explanation_html(self, lang)

    def _repr_html_(self) -> str:
        from kinerja.result.html import explanation_fragment

        return explanation_fragment(self, DEFAULT_LANGUAGE)

    def to_dict(self) -> dict[str, object]:
        """Give the explanation as plain data that JSON can carry."""
        from kinerja.result.store import to_plain

        return to_plain(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Explanation:
        """Read back what `to_dict` gave.

        Raises:
            InputError: The data is not the stored form of an explanation.
        """
        from kinerja.result.store import from_plain

        return from_plain(cls, data)
