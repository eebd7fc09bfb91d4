"""The steps of a policy file, after its choices, each fitted to the model of its rule kind.

What lives here: merging what a choice changes, and finding the model of a rule kind, a plug-in's too.
What never comes in: how steps fit together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from fractions import Fraction
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

import pydantic

from kinerja.errors import Issue, PolicyError, quoted, unknown_name
from kinerja.formula import nodes as n
from kinerja.formula.rule import Rule
from kinerja.policy.fields import Figure, Flag, Formula, Section, Title, Whole
from kinerja.policy.model import PolicyModel, StepModel
from kinerja.policy.rule_models import BUILT_IN_MODELS
from kinerja.policy.shape import shape
from kinerja.registry import RegisteredRule, Registry
from kinerja.rules import FormulaRule
from kinerja.words import Text

__all__ = [
    "StepShape",
    "merged",
    "plugin_model",
    "refusal_of",
    "rule_section",
    "shape_steps",
    "step_trees",
]

_PLAIN: Final[dict[Any, Any]] = {Fraction: Figure, Text: Title, int: Whole, bool: Flag}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShape:
    """A step as it is written: what every step says, and its rule."""

    common: StepModel
    rule: Rule


def shape_steps(
    model: PolicyModel, variant: Mapping[str, str], registry: Registry
) -> tuple[dict[str, StepShape], list[Issue]]:
    """Fit every step to its models.

    Args:
        model: The file's keys.
        variant: Option taken for each choice.
        registry: The rule kinds that the policy may use.

    Returns:
        The steps that fit, and the issues of those that do not.
    """
    issues: list[Issue] = []
    found: dict[str, StepShape] = {}
    for name, tree in step_trees(model, variant).items():
        path = ("steps", name)
        common_keys = {f.alias or key for key, f in StepModel.model_fields.items()}
        common = shape(StepModel, {k: v for k, v in tree.items() if k in common_keys}, path)
        rule = _rule(tree, common_keys, path, registry)
        for part in (common, rule):
            if isinstance(part, list):
                issues.extend(issue for issue in part if issue not in issues[-20:])
        if not isinstance(common, list) and not isinstance(rule, list) and rule is not None:
            found[name] = StepShape(common=common, rule=rule)
    return found, issues


def step_trees(model: PolicyModel, variant: Mapping[str, str]) -> dict[str, Any]:
    """Give the steps as plain data: what the options taken change is laid over them, figures are steps.

    Args:
        model: The file's keys.
        variant: Option taken for each choice.
    """
    trees: dict[str, Any] = dict(model.steps)
    for name, taken in variant.items():
        choice = model.choices[name]
        if choice.options is None:
            figure = {"title": choice.title, "is": taken, "basis": choice.basis}
            trees = {name: {"rule": FormulaRule.kind, **figure}, **trees}
            continue
        for step, change in choice.options[taken].steps.items():
            trees[step] = merged(trees.get(step, {}), change)
    return trees


def rule_section(tree: Mapping[str, Any], registry: Registry) -> Section:
    """Fit what a step says beyond what every step does to the model of its rule kind.

    Args:
        tree: A step that fits, as `step_trees` gives it.
        registry: The rule kinds that the policy may use.
    """
    entry = registry.rules[tree["rule"]]
    keys = {f.alias or key for key, f in StepModel.model_fields.items()}
    own = {key: part for key, part in tree.items() if key not in keys}
    model = BUILT_IN_MODELS[tree["rule"]] if entry.plugin is None else plugin_model(entry)
    return model.model_validate(own)


def _rule(
    tree: Mapping[str, Any], common: set[str], path: tuple[str, str], registry: Registry
) -> Rule | list[Issue] | None:
    kind = tree.get("rule")
    if not isinstance(kind, str):
        return None
    entry = registry.rules.get(kind)
    if entry is None:
        return [unknown_name("KNJ128", f"steps.{path[1]}.rule", kind, registry.rules)]
    own = {key: part for key, part in tree.items() if key not in common}
    keys = [f.alias or name for name, f in StepModel.model_fields.items()]
    if entry.plugin is None:
        fitted = shape(BUILT_IN_MODELS[kind], own, path, also=keys)
        return fitted if isinstance(fitted, list) else fitted.build()
    return _plugin_rule(entry, own, path, keys)


def _plugin_rule(
    entry: RegisteredRule, own: Mapping[str, Any], path: tuple[str, str], keys: list[str]
) -> Rule | list[Issue]:
    try:
        model = plugin_model(entry)
    except PolicyError as error:
        return list(error.issues)
    plugin = shape(model, own, path, also=keys)
    if isinstance(plugin, list):
        return plugin
    values = {str(f.alias): getattr(plugin, key) for key, f in type(plugin).model_fields.items()}
    try:
        return entry.rule(**values)
    except Exception as error:  # noqa: BLE001 - whatever a foreign class raises
        return [refusal_of(entry.rule.kind, f"steps.{path[1]}", error)]


def refusal_of(kind: str, path: str, error: Exception) -> Issue:
    """Make the issue that a plug-in's rule refuses what the file says."""
    details = {"found": quoted(kind), "error": quoted(f"{type(error).__name__}: {error}")}
    return Issue(code="KNJ129", path=path, details=details)


def merged(base: Any, change: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Lay a change over plain data: mappings are merged key by key, everything else is replaced."""
    if isinstance(base, dict) and isinstance(change, dict):
        if "rule" in change and change["rule"] != base.get("rule"):
            return change
        return {**base, **{key: merged(base.get(key), part) for key, part in change.items()}}
    return change


def plugin_model(entry: RegisteredRule) -> type[Section]:
    """Make the model of a plug-in's rule kind from the fields of its dataclass.

    A field of type `Node` is written as a formula, `Fraction` as a figure, `Text` as a title; text, whole
    numbers, flags, `Literal`, tuples and mappings of these are written as they are. A float is refused:
    figures are exact.

    Raises:
        PolicyError: The class has fields that no file can hold.
    """
    rule: Any = entry.rule
    try:
        hints = get_type_hints(rule, include_extras=True)
        keys: dict[str, Any] = {
            # With a name of its own: a field may be called as something of pydantic is.
            f"key_{part.name}": (_written(hints[part.name]), _declared(part))
            for part in fields(rule)
        }
        model: type[Section] = pydantic.create_model(
            f"{rule.__name__}Model", __base__=Section, **keys
        )
    except Exception as error:  # noqa: BLE001 - whatever a foreign class leads to
        details = {
            "found": quoted(rule.kind),
            "plugin": entry.plugin or "kinerja",
            "error": quoted(f"{type(error).__name__}: {error}"),
        }
        raise PolicyError([Issue(code="KNJ137", path="plugins", details=details)]) from None
    return model


def _declared(part: Field[Any]) -> Any:  # noqa: ANN401 - what pydantic takes
    if part.name in StepModel.model_fields:
        raise TypeError(f"{part.name} belongs to every step")
    if part.default_factory is not MISSING:
        return pydantic.Field(default_factory=part.default_factory, alias=part.name)
    default = ... if part.default is MISSING else part.default
    return pydantic.Field(default, alias=part.name)


def _written(hint: Any) -> Any:  # noqa: ANN401, PLR0911 - type hints, one line a kind
    if isinstance(hint, type) and issubclass(hint, n.Node):
        return Formula
    if hint is float:
        raise TypeError("a float is not exact, use Fraction")
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is None or not args:
        return hint
    if origin is Annotated:
        return Annotated[(_written(args[0]), *args[1:])]
    written = tuple(a if a is Ellipsis else _written(a) for a in args)
    if origin is Union or str(origin) == "<class 'types.UnionType'>":
        return Union[written]  # noqa: UP007 - built at run time
    if origin.__name__ == "Literal" or str(origin) == "typing.Literal":
        return hint
    return origin[written]
