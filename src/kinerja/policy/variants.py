"""A policy with every option of its choices: what is wrong in any of them.

What lives here: trying each option with the other choices at their default. What never comes in: examples,
printing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kinerja.errors import Issue, PolicyError
from kinerja.policy.choices import Variant
from kinerja.policy.extend import Base, Find, beside, extended
from kinerja.policy.policy import Policy
from kinerja.policy.read import fit_policy
from kinerja.policy.source import Source, Tree, read_yaml

__all__ = ["CheckedPolicy", "OptionIssue", "check_policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionIssue:
    """An issue that only one option has.

    Attributes:
        choice: Name of the choice.
        option: Name of the option.
        issue: The issue, at the place in the option where it stands, if it stands there.
    """

    choice: str
    option: str
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPolicy:
    """What was found in a policy.

    Attributes:
        policy: The policy with its defaults, or `None` where it cannot be used.
        issues: Errors and warnings of the policy with its defaults.
        option_issues: Errors and warnings that only an option brings.
        variants: Number of variants that were tried.
    """

    policy: Policy | None
    issues: tuple[Issue, ...]
    option_issues: tuple[OptionIssue, ...]
    variants: int


def check_policy(
    path: Path, *, variant: Variant | None = None, find: Find = beside
) -> CheckedPolicy:
    """Read a policy with its defaults, and with every option of every choice.

    Args:
        path: A YAML file.
        variant: Options that are taken instead of the defaults; their choices are not varied. A choice
            without default that is not named here stands at its first option, a figure somewhere
            within its limits.
        find: Finds the policy that this one extends; by default a file beside it.

    Raises:
        PolicyError: The file cannot be read, or is not YAML.
    """
    source, base = extended(read_yaml(path), find)
    options = _options(source.tree)
    fixed = dict(variant or {})
    policy, issues = _try(source, fixed, base)
    unused = [_unused(issues)]
    taken = {choice: default or names[0] for choice, (default, names) in options.items()}
    known = {_identity(issue) for issue in issues}
    found: list[OptionIssue] = []
    for choice, option in _others(options, taken, fixed):
        others = _try(source, {**fixed, choice: option}, base)[1]
        unused.append(_unused(others))
        for issue in others:
            if _identity(issue) not in known:
                placed = _in_option(source, choice, option, issue)
                found.append(OptionIssue(choice=choice, option=option, issue=placed))
    # What one option does not read another may: it is unused only where none reads it.
    never = set.intersection(*unused)
    spared = set.union(*unused) - never
    return CheckedPolicy(
        policy=policy,
        issues=tuple(issue for issue in issues if _identity(issue) not in spared),
        option_issues=tuple(each for each in found if _identity(each.issue) not in spared),
        variants=len(unused),
    )


def _unused(issues: Iterable[Issue]) -> set[tuple[object, ...]]:
    return {_identity(issue) for issue in issues if issue.code in ("KNJ220", "KNJ221")}


def _try(
    source: Source, variant: Variant, base: Base | None
) -> tuple[Policy | None, tuple[Issue, ...]]:
    try:
        policy = fit_policy(source, variant, base=base, unnamed="assume")
    except PolicyError as error:
        return None, error.issues
    return policy, policy.warnings


def _others(
    options: Mapping[str, tuple[str | None, tuple[str, ...]]],
    taken: Mapping[str, str],
    fixed: Collection[str],
) -> Iterator[tuple[str, str]]:
    for choice, (_, names) in options.items():
        if choice not in fixed:
            yield from ((choice, name) for name in names if name != taken[choice])


def _options(tree: Tree) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Give the default and the options of each choice that has its right shape."""
    choices = tree.get("choices") if isinstance(tree, dict) else None
    found: dict[str, tuple[str | None, tuple[str, ...]]] = {}
    for name, choice in choices.items() if isinstance(choices, dict) else ():
        options = choice.get("options") if isinstance(choice, dict) else None
        if isinstance(choice, dict) and isinstance(options, dict) and options:
            default = choice.get("default")
            found[name] = (default if isinstance(default, str) else None, tuple(options))
    return found


def _identity(issue: Issue) -> tuple[object, ...]:
    return (issue.code, issue.path, tuple(issue.details.items()))


def _in_option(source: Source, choice: str, option: str, issue: Issue) -> Issue:
    """Move an issue from the step to the option that changes it."""
    step = issue.path.partition("steps.")[2].partition(".")[0] if issue.path else ""
    changed = ("choices", choice, "options", option, "steps", step)
    if not issue.path.startswith("steps.") or changed not in source.keys:
        return issue
    return source.locate(issue.at(path=f"choices.{choice}.options.{option}.{issue.path}"))
