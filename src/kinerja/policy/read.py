"""Reading a policy: from a file to a policy that can be used, or every fault at once.

What lives here: the way from YAML through shape and building, and the choice of variants. What never
comes in: where shipped policies lie; the pack above knows that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from kinerja.errors import Issue, PolicyError, quoted, sort_issues
from kinerja.policy.build import build_program
from kinerja.policy.choices import Unnamed, Variant, take
from kinerja.policy.extend import Base, Find, beside, extended
from kinerja.policy.model import PolicyModel
from kinerja.policy.policy import Policy
from kinerja.policy.salvage import salvaged
from kinerja.policy.shape import shape
from kinerja.policy.source import Source, parse_yaml, path_parts, read_yaml
from kinerja.registry import built_in
from kinerja.scorer import Program

__all__ = ["fit_policy", "parse_policy", "read_policy"]

#: Parts of the path of a step as a whole: `steps.nilai`.
WHOLE_STEP: Final = 2


def read_policy(
    path: Path,
    *,
    variant: Variant | None = None,
    unnamed: Unnamed = "refuse",
    find: Find = beside,
) -> Policy:
    """Read a policy file.

    Args:
        path: A YAML file.
        variant: Option or figure for each choice that is not to take its default.
        unnamed: What becomes of a choice without default that is not named: `"assume"` puts something in
            its place, for looking at a policy that is not used to score.
        find: Finds the policy that this one extends; by default a file beside it.

    Raises:
        PolicyError: The file cannot be read or the policy is wrong; every issue at once, each with file,
            line and column.
    """
    source, base = extended(read_yaml(path), find)
    return fit_policy(source, variant or {}, base=base, unnamed=unnamed)


def parse_policy(
    text: str,
    *,
    file: str | None = None,
    variant: Variant | None = None,
    find: Find = beside,
) -> Policy:
    """Read a policy from YAML text.

    Args:
        text: The YAML text.
        file: Name to show in issues.
        variant: Option or figure for each choice that is not to take its default.
        find: Finds the policy that this one extends; by default a file beside it.

    Raises:
        PolicyError: The policy is wrong; every issue at once.
    """
    source, base = extended(parse_yaml(text, file=file), find)
    return fit_policy(source, variant or {}, base=base)


def fit_policy(
    source: Source,
    variant: Variant,
    *,
    base: Base | None = None,
    unnamed: Unnamed = "refuse",
) -> Policy:
    """Make a policy of a file that was read, so that several variants need one reading.

    Args:
        source: The file, laid over the policy that it extends.
        variant: Option or figure for each choice that is not to take its default.
        base: The policy that it extends.
        unnamed: What becomes of a choice without default that is not named.

    Raises:
        PolicyError: The policy is wrong; every issue at once.
    """
    try:
        return _fitted(source, variant, base, unnamed)
    except PolicyError as error:
        raise PolicyError(sort_issues(_placed(source, base, error.issues))) from None


def _fitted(source: Source, variant: Variant, base: Base | None, unnamed: Unnamed) -> Policy:
    if not isinstance(source.tree, dict):
        raise PolicyError([Issue(code="KNJ111")])
    model = shape(PolicyModel, source.tree, ())
    if isinstance(model, list):
        raise PolicyError([*model, *_issues_of_the_rest(source, model, variant, unnamed)])
    registry = built_in().with_plugins(model.plugins)
    taken = take(model, variant, unnamed=unnamed)
    chosen = taken.variant
    try:
        built = build_program(model, chosen, registry)
    except PolicyError as error:
        raise PolicyError(_in_options(source, chosen, error.issues)) from None
    return Policy(
        source=source,
        model=model,
        variant=chosen,
        assumed=taken.assumed,
        base=base,
        steps=built.steps,
        rules=built.rules,
        program=built.program if base is None else _noted(built.program, base),
        warnings=_placed(source, base, _in_options(source, chosen, built.warnings)),
    )


def _placed(source: Source, base: Base | None, issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Give issues their places; what only a derived policy has is told in its own file.

    A base that is fine by itself is made wrong by what lies over it: nobody should mend the base for that.
    What is unused in the base because the derived policy uses other steps is nothing to look at.
    """
    located = [source.locate(issue) for issue in issues]
    if base is None or all(issue.file == source.file for issue in located):
        return tuple(located)
    known = _issues_of_base(base)
    found: list[Issue] = []
    for issue in located:
        if issue.file != source.file and (issue.code, issue.path) not in known:
            if issue.code in ("KNJ220", "KNJ221"):
                continue
            issue = source.locate_own(_of_removal(issue, base))  # noqa: PLW2901 - the same, elsewhere
        if issue not in found:
            found.append(issue)
    return tuple(found)


def _issues_of_base(base: Base) -> set[tuple[str, str]]:
    try:
        policy = fit_policy(base.source, {}, base=base.base, unnamed="assume")
    except PolicyError as error:
        return {(issue.code, issue.path) for issue in error.issues}
    return {(issue.code, issue.path) for issue in policy.warnings}


def _of_removal(issue: Issue, base: Base) -> Issue:
    """Tell an issue of a name that the derived policy took out as what it is."""
    if issue.code not in ("KNJ218", "KNJ230"):
        return issue
    name = issue.details["found"].strip('"').partition(".")[0]
    path = next((path for path in base.removed if path.partition(".")[2] == name), None)
    if path is None:
        return issue
    return Issue(code="KNJ172", path=path, details={"found": quoted(name), "user": issue.path})


def _noted(program: Program, base: Base) -> Program:
    return replace(program, note=replace(program.note, extends=base.chain))


def _in_options(source: Source, variant: Variant, issues: Iterable[Issue]) -> Iterator[Issue]:
    """Move an issue of a step to the option that wrote what is wrong with it."""
    options = [f"choices.{choice}.options.{option}." for choice, option in variant.items()]
    for issue in issues:
        parts = path_parts(issue.path)
        if parts[:1] == ("steps",) and ("choices", *parts[1:2], "figure") in source.keys:
            yield issue.at(path=f"choices.{parts[1]}")
            continue
        deepest, place = source.depth(parts), issue.path
        for option in options if parts[:1] == ("steps",) else ():
            before = path_parts(option)
            depth = source.depth((*before, *parts)) - len(before)
            # What an option writes stands over the step; a step as a whole is its own place.
            if depth >= deepest and (depth > WHOLE_STEP or deepest < WHOLE_STEP):
                deepest, place = depth, option + issue.path
        yield issue.at(path=place)


def _issues_of_the_rest(
    source: Source, found: list[Issue], variant: Variant, unnamed: Unnamed
) -> list[Issue]:
    """Find what does not fit together in a file whose shape is wrong in places."""
    rest = salvaged(source.tree, found) if isinstance(source.tree, dict) else None
    if rest is None:
        return []
    model, absent = rest
    try:
        registry = built_in().with_plugins(model.plugins)
        absent_choices = "choices" in absent
        chosen = {} if absent_choices else take(model, variant, unnamed=unnamed).variant
    except PolicyError as error:
        return _own(error.issues, found, absent)
    try:
        build_program(model, chosen, registry, absent=absent)
    except PolicyError as error:
        return list(_in_options(source, chosen, _own(error.issues, found, absent)))
    return []


def _own(issues: Iterable[Issue], found: Collection[Issue], absent: Collection[str]) -> list[Issue]:
    """Leave out what was found before, and what is wrong with the stand-in of a section."""
    return [i for i in issues if i.path.partition(".")[0] not in absent and i not in found]
