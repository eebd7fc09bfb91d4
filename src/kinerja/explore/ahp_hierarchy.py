"""Weights in a hierarchy: what a criterion weighs below its group, and in all.

What lives here: a tree of criteria, each group with its own judgements or weights, and alternatives as a
last level. What never comes in: rounding between the levels; the weights of a level sum to exactly 1, so
those of all leaves do too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias, get_args

from kinerja.errors import InputError, Issue, quoted
from kinerja.explore.ahp import Facts, PriorityMethod, check_complete, complete_weights
from kinerja.explore.choices import check_choices
from kinerja.explore.judgements import (
    NamedJudgements,
    different_names,
    read_judgements,
)
from kinerja.explore.random_index import RandomIndex, check_random_index, named_table
from kinerja.values import Origin, Weights

__all__ = ["Level", "ahp_hierarchy_weights"]

Level: TypeAlias = "NamedJudgements | Weights"

SOURCE: Final = "Saaty 1990, Eur. J. Oper. Res. 48:9-26, doi:10.1016/0377-2217(90)90057-I"


def ahp_hierarchy_weights(
    groups: Mapping[str, Level],
    *,
    random_index: RandomIndex,
    alternatives: Mapping[str, Level] | None = None,
    method: PriorityMethod = "eigenvector",
) -> Weights:
    """Find the weights of all leaves of a hierarchy, or of alternatives below it.

    Args:
        groups: By the name of a group: judgements of its members, or their `Weights` by any other method.
            A member that is a group itself stands among the names too; the others are leaves. One group,
            the goal, is nobody's member.
        random_index: Table of the random index, for the consistency ratio of each group.
        alternatives: By the name of a leaf: judgements of the same alternatives, or their `Weights`, for
            every leaf. The result are then the weights of the alternatives.
        method: How the judgements of a group become weights.

    Returns:
        Weights that sum to exactly 1. Facts hold `cr.<group>`, and `weight.<member>` for each member of
        a group: its weight in all. Warnings name the group in their path.

    Raises:
        InputError: Judgements cannot be used, a name stands in two groups, there is not one goal, or a
            leaf lacks its alternatives; every issue at once.

    Examples:
        >>> found = ahp_hierarchy_weights(
        ...     {
        ...         "kinerja": {("hasil", "perilaku"): 3},
        ...         "hasil": {("mutu", "jumlah"): 2},
        ...     },
        ...     random_index="saaty1980",
        ... )
        >>> [(name, str(weight)) for name, weight in found]
        [('mutu', '1/2'), ('jumlah', '1/4'), ('perilaku', '1/4')]
    """
    issues = check_choices({"method": (method, get_args(PriorityMethod))})
    given = {**_named("groups", groups), **_named("alternatives", alternatives or {})}
    local: dict[str, Weights] = {}
    for path, level in given.items():
        found, wrong = _local(level, path=path, random_index=random_index, method=method)
        issues += wrong
        if found is not None:
            local[path] = found
    if issues:
        raise InputError(issues)
    below = {name: local[f"groups.{name}"] for name in groups}
    leaves, facts = _spread(below)
    facts |= named_table(random_index)
    facts |= {
        f"cr.{name}": weights.origin.facts["cr"]
        for name, weights in below.items()
        if weights.origin is not None and "cr" in weights.origin.facts
    }
    method_name = f"ahp_hierarchy_{method}"
    warnings = [issue for one in local.values() if one.origin for issue in one.origin.issues]
    if alternatives is not None:
        leaves = _alternatives(
            leaves, {name: local[f"alternatives.{name}"] for name in alternatives}
        )
    origin = Origin(method=method_name, source=SOURCE, facts=facts, issues=tuple(warnings))
    return Weights(tuple(leaves.items()), origin)


def _named(path: str, levels: Mapping[str, Level]) -> dict[str, Level]:
    return {f"{path}.{name}": level for name, level in levels.items()}


def _local(
    level: Level, *, path: str, random_index: RandomIndex, method: PriorityMethod
) -> tuple[Weights | None, list[Issue]]:
    """Give the weights of one level, or what is wrong with it."""
    if isinstance(level, Weights):
        total = level.total
        return Weights(tuple((name, share / total) for name, share in level), level.origin), []
    read, issues = read_judgements(level, path=path)
    issues += check_random_index(random_index, len(read.criteria), path=path)
    issues = issues or check_complete(read, path=path)
    if issues or method not in get_args(PriorityMethod):
        return None, issues
    return complete_weights(read, random_index=random_index, method=method, path=path), []


def _spread(below: Mapping[str, Weights]) -> tuple[dict[str, Fraction], Facts]:
    """Give the weight of every leaf in all, in the order of the tree, and that of every member."""
    members = [name for weights in below.values() for name in weights.names]
    twice = sorted({name for name in members if members.count(name) > 1})
    goals = [name for name in below if name not in members]
    if twice or len(goals) != 1:
        raise InputError([_no_tree(twice or goals)])
    leaves: dict[str, Fraction] = {}
    facts: Facts = {}
    reached: set[str] = set()

    def walk(name: str, weight: Fraction) -> None:
        reached.add(name)
        if name not in below:
            leaves[name] = weight
            return
        for member, share in below[name]:
            facts[f"weight.{member}"] = weight * share
            walk(member, weight * share)

    walk(goals[0], Fraction(1))
    if set(below) - reached:
        raise InputError([_no_tree(sorted(set(below) - reached))])
    return leaves, facts


def _no_tree(names: Sequence[str]) -> Issue:
    found = ", ".join(map(quoted, names)) or "–"
    return Issue(code="KNJ018", path="groups", details={"found": found})


def _alternatives(
    leaves: Mapping[str, Fraction], below: Mapping[str, Weights]
) -> dict[str, Fraction]:
    names = next(iter(below.values())).names if below else ()
    issues = different_names("alternatives", list(below), list(leaves))
    for leaf, weights in below.items():
        issues += different_names(f"alternatives.{leaf}", weights.names, names)
    if issues:
        raise InputError(issues)
    return {
        name: sum((weight * below[leaf][name] for leaf, weight in leaves.items()), Fraction(0))
        for name in names
    }
