"""What the type check knows of a part of a formula before its type is settled.

What lives here: the types of formulas, widened by "any type" (a stated missing value) and by labels
that have not met their scale yet, and how several of them become one. What never comes in: nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kinerja.formula.findings import Findings, listed
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.values import LabelDef, Scale
from kinerja.words import Text

__all__ = [
    "Anything",
    "Kind",
    "Loose",
    "join_kinds",
    "kind_name",
    "labels_of",
    "labels_on",
    "own_scale",
    "same_scale",
    "settle",
]


@dataclass(frozen=True, slots=True)
class Anything:
    """The kind of a stated missing value, and of a part that has an issue already."""


@dataclass(frozen=True, slots=True)
class Loose:
    """Labels written in the formula that have not met a scale.

    Attributes:
        labels: Each label once.
        ordered: They come from bands and stand in rising order.
    """

    labels: tuple[str, ...]
    ordered: bool = False


Kind: TypeAlias = ItemType | Anything | Loose

#: The names that a policy file gives to types.
_NAMES: Final[dict[type, str]] = {
    NumberType: "number",
    LabelType: "label",
    Loose: "label",
    FlagType: "flag",
    DateType: "date",
    TextType: "text",
    ListType: "list",
    Anything: "missing",
}


def kind_name(kind: Kind | ListType) -> str:
    """Give the name of a type, as a policy file writes it."""
    return _NAMES[type(kind)]


def own_scale(loose: Loose) -> Scale:
    """Make a scale of labels that meet no declared one; each is its own title."""
    labels = tuple(LabelDef(label, Text.same(label)) for label in loose.labels)
    return Scale(labels=labels, ordered=loose.ordered)


def same_scale(first: Scale, second: Scale) -> bool:
    """Tell whether two scales hold the same labels in the same order; titles may differ."""
    return first.ids == second.ids and first.ordered == second.ordered


def labels_of(kind: Kind) -> tuple[str, ...] | None:
    """Give the labels a kind holds, or `None` where it holds none."""
    match kind:
        case LabelType():
            return kind.scale.ids
        case Loose():
            return kind.labels
    return None


def labels_on(scale: Iterable[str], labels: Iterable[str], findings: Findings) -> None:
    """Note every label that is not on a scale."""
    known = tuple(scale)
    for label in labels:
        if label not in known:
            findings.add_unknown("KNJ236", label, known)


def join_kinds(kinds: Sequence[Kind], operation: str, findings: Findings) -> Kind:
    """Give the one kind of several branches.

    Labels written in the formula take the scale of the branch that has one; without any, all of them
    together stay loose. Limits of numbers are dropped.
    """
    typed = [kind for kind in kinds if not isinstance(kind, Anything)]
    if not typed:
        return Anything()
    names = list(dict.fromkeys(kind_name(kind) for kind in typed))
    if set(names) == {"text", "label"} and not any(isinstance(k, LabelType) for k in typed):
        return TextType()
    if len(names) > 1:
        findings.add("KNJ238", operation=operation, found=listed(names))
        return Anything()
    if names == ["label"]:
        return _join_labels(typed, operation, findings)
    return NumberType() if isinstance(typed[0], NumberType) else typed[0]


def _join_labels(kinds: Sequence[Kind], operation: str, findings: Findings) -> Kind:
    scales = [kind.scale for kind in kinds if isinstance(kind, LabelType)]
    loose = [kind for kind in kinds if isinstance(kind, Loose)]
    if not scales:
        if all(kind == loose[0] for kind in loose):
            return loose[0]
        return Loose(tuple(dict.fromkeys(label for kind in loose for label in kind.labels)))
    for other in scales[1:]:
        if not same_scale(scales[0], other):
            details = {"found": listed(scales[0].ids), "other": listed(other.ids)}
            findings.add("KNJ237", operation=operation, **details)
    for kind in loose:
        labels_on(scales[0].ids, kind.labels, findings)
    return LabelType(scale=scales[0])


def settle(kind: Kind, expected_scale: Scale | None, part: str, findings: Findings) -> ItemType:
    """Give the type of a whole formula.

    Args:
        kind: What is known of it.
        expected_scale: Scale that the policy declares for its labels, or `None`.
        part: The formula in a word, for issues.
        findings: Where issues go.

    Returns:
        The type. A formula that is always missing is taken for a label where a scale is declared and
        for a number otherwise; loose labels without a declared scale make one of their own.
    """
    if expected_scale is None:
        match kind:
            case Anything():
                return NumberType()
            case Loose():
                return LabelType(scale=own_scale(kind))
        return kind
    declared = LabelType(scale=expected_scale)
    match kind:
        case Loose():
            labels_on(expected_scale.ids, kind.labels, findings)
        case LabelType() if not same_scale(kind.scale, expected_scale):
            details = {"found": listed(kind.scale.ids), "other": listed(expected_scale.ids)}
            findings.add("KNJ237", operation="scale", **details)
        case NumberType() | FlagType() | DateType() | TextType():
            details = {"found": f'"{kind_name(kind)}"', "part": f'"{part}"'}
            findings.add("KNJ233", operation="scale", expected='"label"', **details)
    return declared
