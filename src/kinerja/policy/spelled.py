"""A policy spelled out: every key that it says or leaves at its default, in one form.

What lives here: the way from the file's models to a plain tree in which equal meanings are equal: figures
as exact numbers, formulas as formulas, ends of ranges with their signs. What never comes in: words,
comparing; `kinerja.verify.difference` compares two such trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from kinerja.exact import NotANumberError, exact
from kinerja.policy.fields import Ends, Section
from kinerja.policy.model import StepModel
from kinerja.policy.policy import Policy
from kinerja.policy.steps import rule_section, step_trees
from kinerja.registry import Registry, built_in

__all__ = ["End", "Items", "Keys", "Names", "Spelled", "spell_policy", "spell_steps"]


@dataclass(frozen=True, slots=True)
class End:
    """An end of a range: the figure, and how the file writes it (`from`, `above`, `to`, `below`)."""

    figure: Fraction
    key: str


@dataclass(frozen=True, slots=True)
class Keys:
    """What is said under keys of the format."""

    parts: Mapping[str, Spelled]


@dataclass(frozen=True, slots=True)
class Names:
    """What is said under names that the policy gives, or labels."""

    parts: Mapping[str, Spelled]


@dataclass(frozen=True, slots=True)
class Items:
    """What is said one after the other."""

    parts: tuple[Spelled, ...]


#: A tree; what is neither of these is a single value: text, a flag, a number, a title, a formula, a date.
Spelled: TypeAlias = "Keys | Names | Items | End | object"

#: Keys whose figures the models keep as text.
_FIGURES_AS_TEXT: Final = ("cells", "rows", "steps", "otherwise")


def spell_policy(policy: Policy) -> Keys:
    """Spell out a policy with its options taken.

    Args:
        policy: The policy; the steps are those that follow from its options, what an option changes stands
            beside them under `choices`.

    Returns:
        The keys of the file. What is not said and has no default is left out.
    """
    whole = _of_section(policy.model).parts
    registry = built_in().with_plugins(policy.model.plugins)
    trees = step_trees(policy.model, policy.variant)
    steps = {
        name: _step(policy.steps[name], tree, registry)
        for name, tree in trees.items()
        if name not in policy.model.choices
    }
    return Keys({**whole, "steps": Names(steps)})


def spell_steps(policy: Policy) -> dict[str, tuple[Spelled, Spelled]]:
    """Spell out the steps that options change as they stand without them.

    Returns:
        By name the step spelled out, or `None` where it needs an option to be whole, and as it is written.
    """
    registry = built_in().with_plugins(policy.model.plugins)
    decided = {name for choice in policy.model.choices.values() for name in choice.decides}
    keys = {field.alias or key for key, field in StepModel.model_fields.items()}
    steps: dict[str, tuple[Spelled, Spelled]] = {}
    for name, tree in policy.model.steps.items():
        if name not in decided:
            continue
        whole: Spelled = None
        with suppress(KeyError, ValidationError):
            common = StepModel.model_validate({k: part for k, part in tree.items() if k in keys})
            whole = _step(common, tree, registry)
        steps[name] = (whole, _spelled(tree, as_text=True))
    return steps


def _step(common: StepModel, tree: Mapping[str, Any], registry: Registry) -> Keys:
    rule = rule_section(tree, registry)
    return Keys({**_of_section(common).parts, **_of_section(rule).parts})


def _of_section(section: Section) -> Keys:
    return Keys(dict(_keys(section)))


def _keys(section: Section) -> Iterator[tuple[str, Spelled]]:
    # What pydantic calls aliases are the keys as the file writes them.
    for name, field in type(section).model_fields.items():
        key, value = field.alias or name, getattr(section, name)
        if isinstance(section, Ends) and key in ("from", "above", "to", "below"):
            if value is not None:
                yield (
                    ("from" if key == "above" else "to" if key == "below" else key),
                    End(value, key),
                )
            continue
        spelled = _spelled(value, as_text=key in _FIGURES_AS_TEXT)
        if spelled is not None and spelled not in (Names({}), Items(())):
            yield key, spelled


def _spelled(value: object, *, as_text: bool) -> Spelled:
    match value:
        case Section():
            return _of_section(value)
        case Mapping():
            parts = {str(key): _spelled(part, as_text=as_text) for key, part in value.items()}
            return Names({key: part for key, part in parts.items() if part is not None})
        case list() | tuple():
            return Items(tuple(_spelled(part, as_text=as_text) for part in value))
        case str() if as_text:
            return _figure(value)
    return value


def _figure(text: str) -> Fraction | str:
    """Read what may be a figure: cells of a table, and what an option changes, are kept as text."""
    try:
        return exact(text)
    except NotANumberError:
        return text
