"""What is taken for each choice of a policy: an option, or a figure that the agency names.

What lives here: taking defaults, refusing what is unknown, and standing in for what nobody named where a
policy is only looked at. What never comes in: what an option changes; `steps` lays it over the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from kinerja.errors import Issue, PolicyError, quoted, unknown_name
from kinerja.exact import ExactInput, NotANumberError, exact
from kinerja.policy.model import ChoiceModel, PolicyModel
from kinerja.values import Interval

__all__ = ["Taken", "Unnamed", "Variant", "take"]

#: Option or figure for each choice that is named.
Variant: TypeAlias = Mapping[str, ExactInput]

#: What becomes of a choice without default that is not named: `refuse` it, or `assume` something, for
#: looking at a policy that is not used to score.
Unnamed: TypeAlias = Literal["refuse", "assume"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is taken for every choice.

    Attributes:
        variant: Option or figure, by choice, as it is written.
        assumed: Choices without default that nobody named; something stands in for them.
    """

    variant: Mapping[str, str]
    assumed: frozenset[str]


def take(model: PolicyModel, named: Variant, *, unnamed: Unnamed) -> Taken:
    """Take an option or figure for every choice.

    Args:
        model: The file's keys.
        named: What was named, by choice; a figure as text or as a number, a float as it is printed.
        unnamed: What becomes of a choice without default that is not named.

    Raises:
        PolicyError: A choice or option is unknown (KNJ223, KNJ225), must be named (KNJ224), or a figure
            is none (KNJ112) or lies outside its limits (KNJ227); every issue at once.
    """
    issues = [
        unknown_name("KNJ223", "choices", name, model.choices)
        for name in named
        if name not in model.choices
    ]
    variant: dict[str, str] = {}
    assumed: set[str] = set()
    for name, choice in model.choices.items():
        given = named.get(name, choice.default)
        text = given if given is None or isinstance(given, str) else _as_text(given)
        if text is None and unnamed == "assume":
            text = _stand_in(choice)
            assumed.add(name)
        issue = _unnamed(name, choice) if text is None else _refusal(name, choice, text)
        if issue is not None:
            issues.append(issue)
        elif text is not None:
            variant[name] = text
    if issues:
        raise PolicyError(issues)
    return Taken(variant=variant, assumed=frozenset(assumed))


def _as_text(given: object) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, Decimal):
        return format(given, "f")
    return repr(given) if isinstance(given, float) else str(given)


def _unnamed(name: str, choice: ChoiceModel) -> Issue:
    # A figure is never suggested: whoever reads the message would take it.
    expected, option = str(_limits(choice)), "…"
    if choice.options is not None:
        expected, option = ", ".join(choice.options), next(iter(choice.options))
    details = {"found": quoted(name), "expected": expected, "option": f"{name}={option}"}
    return Issue(code="KNJ224", path=f"choices.{name}", details=details)


def _refusal(name: str, choice: ChoiceModel, text: str) -> Issue | None:
    path = f"choices.{name}"
    if choice.options is not None:
        known = text in choice.options
        return None if known else unknown_name("KNJ225", path, text, choice.options)
    try:
        figure = exact(text)
    except NotANumberError:
        return Issue(code="KNJ112", path=path, details={"found": quoted(text)})
    limits = _limits(choice)
    if figure in limits:
        return None
    details = {"found": quoted(text), "expected": str(limits)}
    return Issue(code="KNJ227", path=path, details=details)


def _stand_in(choice: ChoiceModel) -> str:
    """Give the first option, or some figure within the limits."""
    if choice.options is not None:
        return next(iter(choice.options))
    limits = _limits(choice)
    low, high = limits.low, limits.high
    if low is not None and high is not None:
        figure = (low + high) / 2
    elif low is not None:
        figure = low + 1
    elif high is not None:
        figure = high - 1
    else:
        figure = Fraction(1)
    return str(figure)


def _limits(choice: ChoiceModel) -> Interval:
    return Interval() if choice.figure is None else choice.figure.interval()
