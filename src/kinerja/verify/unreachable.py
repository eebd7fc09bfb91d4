"""Branches that no input can reach, proved from the formulas.

What lives here: every branch that a formula is written with, and which of them the ranges leave. What
never comes in: records, searching.

Records with gaps count too: a case for a missing value is met by them. What a rule kind adds of its own,
such as a guard against what cannot be, is no fault of the policy and not told; neither are fallbacks and
filters that change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kinerja.errors import Issue, Severity, quoted
from kinerja.formula import nodes as n
from kinerja.formula.source import format_formula
from kinerja.formula.types import FlagType
from kinerja.policy import Policy
from kinerja.scorer import Program
from kinerja.scorer.graph import behind
from kinerja.scorer.program import Step
from kinerja.verify.coverage import Branch, Which, branches_of, variants_of
from kinerja.verify.findings import Finding, interval_text
from kinerja.verify.reading import Example

__all__ = ["of_branch", "proved_dead", "unreachable_of"]

#: Rule kinds whose cases and conditions are written by the policy itself.
_WRITTEN: Final = frozenset(
    {"condition", "formula", "piecewise", "limit", "deduction", "follow_up", "override"}
)
#: What each kind of branch is told as.
_CODES: Final[Mapping[Which, tuple[str, Severity]]] = {
    "band": ("KNJ701", "warning"),
    "row": ("KNJ702", "warning"),
    "case": ("KNJ703", "warning"),
    "otherwise": ("KNJ704", "warning"),
    "flag": ("KNJ705", "warning"),
    "below": ("KNJ706", "note"),
    "above": ("KNJ706", "note"),
}


def unreachable_of(policy: Policy, examples: Sequence[Example] = ()) -> Iterator[Finding]:
    """Give what no record can reach, whatever is chosen.

    Proved by the ranges of all values: there is no witness, since there is no record. What may still be
    reached, as far as the ranges know, is not told here.

    Args:
        policy: The policy.
        examples: Its examples: what depends on a figure that each of them names is told of none.
    """
    written: dict[Branch, None] = {}
    met: set[Branch] = set()
    for _, program in variants_of(policy):
        kinds = {step.name: step.kind for step in program.steps}
        for step in program.steps:
            kind = step.kind or kinds.get(step.parent or "", "")
            written |= dict.fromkeys(_written(step, kind))
        met.update(branches_of(program, records="any"))
    open_steps = _open_steps(policy, examples)
    for branch in written:
        if branch not in met and branch.step not in open_steps:
            yield proved_dead(branch, policy.program)


def _open_steps(policy: Policy, examples: Sequence[Example]) -> set[str]:
    """Give the steps that hang on a figure which the policy leaves open."""
    names = {step.name for step in policy.program.steps}
    if not policy.assumed:
        return set()
    own = {step.name: step.node for step in policy.program.steps}
    others = [
        {step.name: step.node for step in program.steps}
        for program in {id(example.program): example.program for example in examples}.values()
    ]
    differ = {name for name in names for other in others if other.get(name) != own[name]}
    if not others:
        return names
    return {name for name in names if behind(policy.program, [name]) & differ}


def _written(step: Step, kind: str) -> Iterator[Branch]:
    for node in n.walk(step.node):
        for which, place in _of_node(node, free=kind in _WRITTEN):
            yield Branch(step.name, node, which, place)
    if isinstance(step.type, FlagType) and kind in _WRITTEN:
        for flag in (False, True):
            yield Branch(step.name, step.node, "flag", flag)


def _of_node(node: n.Node, *, free: bool) -> Iterator[tuple[Which, object]]:
    match node:
        case n.Band():
            yield from (("band", place) for place in range(len(node.bands.bands)))
        case n.Lookup():
            yield from (("row", row) for row, value in node.rows if not isinstance(value, n.Absent))
        case n.Clip():
            yield from (("below", None) for _ in range(node.low is not None))
            yield from (("above", None) for _ in range(node.high is not None))
        case n.Where() if free:
            for place, (_, value) in enumerate(node.cases):
                # What gives no value is a guard: that it is never met is what it is for.
                if not isinstance(value, n.Absent):
                    yield "case", place
            if not isinstance(node.otherwise, n.Absent):
                yield "otherwise", None


def proved_dead(branch: Branch, program: Program) -> Finding:
    """Tell a branch that is proved never to be taken."""
    code, severity = _CODES[branch.which]
    return of_branch(branch, program, code=code, severity=severity)


def of_branch(
    branch: Branch, program: Program, *, code: str, severity: Severity, tried: int = 0
) -> Finding:
    """Make a finding about a branch, with the number of records that were tried for it."""
    step = next((s for s in program.steps if s.name == branch.step), None)
    root = branch.step if step is None or step.parent is None else step.parent
    details = {"found": _said(branch), "step": quoted(branch.step)}
    details |= {"tried": str(tried)} if tried else {}
    issue = Issue(code=code, path=f"steps.{root}", details=details, severity=severity)
    return Finding(issue=issue, tried=tried)


def _said(branch: Branch) -> str:
    node, place = branch.node, branch.place
    if isinstance(node, n.Band) and isinstance(place, int):
        band = node.bands.bands[place]
        return f"{quoted(band.label)} {interval_text(band.interval)}"
    if isinstance(place, tuple):
        return ", ".join(quoted(key) if isinstance(key, str) else str(key).lower() for key in place)
    match node:
        case n.Where() if isinstance(place, int):
            return format_formula(node.cases[place][0])
        case n.Clip():
            limit = node.low if branch.which == "below" else node.high
            return "" if limit is None else format_formula(limit)
    return str(place).lower() if isinstance(place, bool) else format_formula(node)
