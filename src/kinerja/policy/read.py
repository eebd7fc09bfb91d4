"""Reading a policy: from a file to a policy that can be used, or every fault at once.

What lives here: the way from YAML through shape and building, and the choice of variants. What never
comes in: where shipped policies lie; the pack above knows that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kinerja.errors import Issue, PolicyError, nearest, quoted, sort_issues
from kinerja.policy.build import build_program
from kinerja.policy.model import PolicyModel
from kinerja.policy.policy import Policy
from kinerja.policy.salvage import salvaged
from kinerja.policy.shape import shape
from kinerja.policy.source import Source, Tree, parse_yaml, read_yaml
from kinerja.registry import built_in

__all__ = ["fit_policy", "parse_policy", "read_policy"]


def read_policy(path: Path, *, variant: Mapping[str, str] | None = None) -> Policy:
    """Read a policy file.

    Args:
        path: A YAML file.
        variant: Option for each choice that is not to take its default.

    Raises:
        PolicyError: The file cannot be read or the policy is wrong; every issue at once, each with file,
            line and column.
    """
    return fit_policy(read_yaml(path), variant or {})


def parse_policy(
    text: str, *, file: str | None = None, variant: Mapping[str, str] | None = None
) -> Policy:
    """Read a policy from YAML text.

    Args:
        text: The YAML text.
        file: Name to show in issues.
        variant: Option for each choice that is not to take its default.

    Raises:
        PolicyError: The policy is wrong; every issue at once.
    """
    return fit_policy(parse_yaml(text, file=file), variant or {})


def fit_policy(source: Source, variant: Mapping[str, str]) -> Policy:
    """Make a policy of a file that was read, so that several variants need one reading.

    Args:
        source: The file.
        variant: Option for each choice that is not to take its default.

    Raises:
        PolicyError: The policy is wrong; every issue at once.
    """
    try:
        return _fitted(source, variant)
    except PolicyError as error:
        located = (source.locate(issue) for issue in error.issues)
        raise PolicyError(sort_issues(located)) from None


def _fitted(source: Source, variant: Mapping[str, str]) -> Policy:
    if not isinstance(source.tree, dict):
        raise PolicyError([Issue(code="KNJ111")])
    model = shape(PolicyModel, source.tree, ())
    if isinstance(model, list):
        raise PolicyError([*model, *_issues_of_the_rest(source.tree, model, variant)])
    registry = built_in().with_plugins(model.plugins)
    chosen = _chosen(model, variant)
    built = build_program(model, chosen, registry)
    return Policy(
        source=source,
        model=model,
        variant=chosen,
        steps=built.steps,
        rules=built.rules,
        program=built.program,
        warnings=tuple(replace(source.locate(issue)) for issue in built.warnings),
    )


def _issues_of_the_rest(
    tree: dict[str, Tree], found: list[Issue], variant: Mapping[str, str]
) -> list[Issue]:
    """Find what does not fit together in a file whose shape is wrong in places."""
    rest = salvaged(tree, found)
    if rest is None:
        return []
    model, absent = rest
    try:
        registry = built_in().with_plugins(model.plugins)
        chosen = {} if "choices" in absent else _chosen(model, variant)
        build_program(model, chosen, registry, absent=absent)
    except PolicyError as error:
        # The stand-in of a section is not the user's.
        own = (i for i in error.issues if i.path.partition(".")[0] not in absent)
        return [issue for issue in own if issue not in found]
    return []


def _chosen(model: PolicyModel, variant: Mapping[str, str]) -> dict[str, str]:
    issues = []
    for name in variant:
        if name not in model.choices:
            known = list(model.choices)
            near = nearest(name, known)
            details = {
                "found": quoted(name),
                "expected": ", ".join(known) or "–",
                "nearest": quoted(near) if near else ", ".join(known) or "–",
            }
            issues.append(Issue(code="KNJ223", path="choices", details=details))
    chosen = {}
    for name, choice in model.choices.items():
        path = f"choices.{name}"
        taken = variant.get(name, choice.default)
        if taken is None:
            details = {
                "found": quoted(name),
                "expected": ", ".join(choice.options),
                "option": f"{name}={next(iter(choice.options))}",
            }
            issues.append(Issue(code="KNJ224", path=path, details=details))
        elif taken not in choice.options:
            known = list(choice.options)
            details = {
                "found": quoted(taken),
                "expected": ", ".join(known),
                "nearest": quoted(nearest(taken, known) or known[0]),
            }
            issues.append(Issue(code="KNJ225", path=path, details=details))
        else:
            chosen[name] = taken
    if issues:
        raise PolicyError(issues)
    return chosen
