"""What a rule kind is: a value that builds a formula.

What lives here: the one-method protocol that built-in and plug-in rule kinds fulfil, and what a rule is
told about its surroundings. What never comes in: any rule kind, any file format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Protocol, runtime_checkable

from kinerja.errors import Issue, unknown_name
from kinerja.exact import Rounding, decimal_digits, plain_decimal
from kinerja.formula import nodes as n
from kinerja.formula.types import (
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    ValueType,
)
from kinerja.values import Scale
from kinerja.words import Text

__all__ = ["Known", "Rule", "RuleWithParts", "strange_names", "unlike_names", "wrong_total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a rule may know when it builds its formula.

    Attributes:
        types: Types of the inputs and of every step before this one.
        titles: Their titles; fields of a list as `list.field`.
        roundings: Roundings of the steps that have one.
        scale: The scale that the policy declares for the labels of this step, or `None`.
        item: Fields of the list item at hand, for a step per item; empty otherwise.
    """

    types: Mapping[str, ValueType]
    titles: Mapping[str, Text] = field(default_factory=dict)
    roundings: Mapping[str, Rounding] = field(default_factory=dict)
    scale: Scale | None = None
    item: Mapping[str, ItemType] = field(default_factory=dict)

    def title(self, name: str) -> Text:
        """Give the title of an input or step; its name where it has none."""
        return self.titles.get(name, Text.same(name))

    def number_type(self, node: n.Node) -> NumberType:
        """Give the limits of a plain input or step; unlimited for any other formula."""
        if isinstance(node, n.Ref):
            found = self.item.get(node.name, self.types.get(node.name))
            if isinstance(found, NumberType):
                return found
        return NumberType()

    def label_scale(self, node: n.Node) -> Scale | None:
        """Give the scale of a plain input or step that holds labels."""
        if isinstance(node, n.Ref):
            found = self.item.get(node.name, self.types.get(node.name))
            if isinstance(found, LabelType):
                return found.scale
        return None

    def choices(self, node: n.Node) -> tuple[str | bool, ...] | None:
        """Give every value of a plain input or step that holds labels or flags."""
        scale = self.label_scale(node)
        if scale is not None:
            return scale.ids
        if isinstance(node, n.Ref):
            found = self.item.get(node.name, self.types.get(node.name))
            if isinstance(found, FlagType):
                return (True, False)
        return None

    def list_type(self, name: str, path: str) -> ListType | Issue:
        """Give the type of a list input, or the issue that it is none."""
        found = self.types.get(name)
        if isinstance(found, ListType):
            return found
        lists = [known for known, kind in self.types.items() if isinstance(kind, ListType)]
        return unknown_name("KNJ250", path, name, lists)

    def field_scale(self, items: ListType, name: str, path: str) -> Scale | Issue:
        """Give the scale of a label field of a list, or the issue that there is none."""
        found = items.fields.get(name)
        if isinstance(found, LabelType):
            return found.scale
        labels = [known for known, kind in items.fields.items() if isinstance(kind, LabelType)]
        return unknown_name("KNJ251", path, name, labels)


@runtime_checkable
class Rule(Protocol):
    """A rule kind: a frozen dataclass whose fields are what the policy file says.

    A rule that builds a formula gets exactness, columns, explanation and analysis for nothing.
    """

    kind: ClassVar[str]

    def formula(self, known: Known) -> n.Node:
        """Build the formula.

        Names of inputs, steps and item fields are written as `Ref`; the reader of the policy binds
        them.

        Raises:
            PolicyError: The rule does not fit its surroundings; every issue at once, with paths
                relative to the step.
        """


@runtime_checkable
class RuleWithParts(Rule, Protocol):
    """A rule that also shows parts which its formula does not need, such as weights really used."""

    def parts(self, known: Known) -> tuple[n.Named, ...]:
        """Build the parts to show and to make readable as `<step>.<key>`."""


def wrong_total(path: str, total: Fraction) -> tuple[Issue, ...]:
    """Give the issue that weights do not sum to 1; none where they do."""
    if total == 1:
        return ()
    percent = total * 100
    shown = str(percent) if decimal_digits(percent) is None else plain_decimal(percent)
    details = {"found": f"{shown} %", "expected": "100 %"}
    return (Issue(code="KNJ203", path=path, details=details),)


def strange_names(path: str, names: Iterable[str], known: Collection[str]) -> Iterator[Issue]:
    """Give the issue of each name that is not known."""
    yield from (unknown_name("KNJ207", path, name, known) for name in names if name not in known)


def unlike_names(
    path: str, names: Collection[str], known: Collection[str], code: str
) -> Iterator[Issue]:
    """Give the issues of names that must be the known ones: those that are not, and those absent."""
    yield from strange_names(path, names, known)
    absent = [name for name in known if name not in names]
    if absent:
        details = {"found": ", ".join(absent), "expected": ", ".join(known)}
        yield Issue(code=code, path=path, details=details)
