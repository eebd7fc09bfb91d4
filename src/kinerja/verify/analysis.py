"""The analysis of a policy without data: what its formulas prove, and what a search shows with a record.

What lives here: the order of the analyses, the records that they share, and what the policy accepts.
What never comes in: the analyses themselves, printing.

A finding is shown by records that the exact scorer scored, or proved for all records by ranges and
slopes. What a search did not find is said to be that, with the number of records that were tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from kinerja.errors import Issue, quoted
from kinerja.policy import Policy
from kinerja.verify.coverage import Branch, Coverage, branches_of
from kinerja.verify.dead_weights import dead_weights_of
from kinerja.verify.escapes import escapes_of
from kinerja.verify.exhaustive import every_branch
from kinerja.verify.findings import Analysis, Finding
from kinerja.verify.jumps import jumps_of
from kinerja.verify.laws import laws_of
from kinerja.verify.probe import Probe, affordable, evenly
from kinerja.verify.reading import Example
from kinerja.verify.roundings import roundings_of
from kinerja.verify.search import Search
from kinerja.verify.standing import Standing
from kinerja.verify.unreachable import of_branch, proved_dead, unreachable_of

__all__ = ["analyse"]

#: Runs of one search, and records that searches begin with.
RUNS: Final = 300
STARTS: Final = 40
#: Branches that no example reaches and that are searched for.
MOST_SOUGHT: Final = 12


def analyse(
    policy: Policy,
    examples: Sequence[Example] = (),
    *,
    coverage: Coverage | None = None,
    jump: Fraction | None = None,
) -> Analysis:
    """Find what the people who sign a policy should know of it.

    Args:
        policy: The policy; analysed with the options that are taken.
        examples: Its examples: records beside which is searched.
        coverage: What they reach, if that is known: bands, rows and cases that none reaches are searched
            for.
        jump: What is too much for the least change of one input; see `jumps_of`.

    Returns:
        Findings in the order of the file, and what is known of each law.
    """
    program = policy.program
    known = [dict(example.record) for example in examples]
    starts = evenly(known, affordable(program, STARTS))
    search = Search(program, starts, runs=RUNS)
    standing = Standing(program, search, known)
    probe = Probe(program, known, edges=standing.records)
    laws, found = laws_of(policy, probe)
    found += unreachable_of(policy, examples)
    found += escapes_of(program, search)
    found += jumps_of(program, search, standing, amount=jump)
    found += roundings_of(program, [record for record, _ in probe.records])
    found += dead_weights_of(program, [run for _, run in search.starts])
    found += [] if coverage is None else _never_met(policy, search, coverage)
    placed = [replace(each, issue=policy.source.locate(each.issue)) for each in found]
    placed += _not_found_again(policy, placed)
    placed.sort(key=lambda each: (each.issue.line or 0, each.issue.code))
    return Analysis(
        findings=tuple(_accepted(policy, each) for each in placed),
        laws=tuple(laws),
        tried=probe.tried + search.tried,
    )


def _never_met(policy: Policy, search: Search, coverage: Coverage) -> Iterator[Finding]:
    """Tell the bands, rows and cases that neither an example nor a search reaches.

    Where they hang on few labels and flags alone, trying all records proves it.
    """
    program = policy.program
    has_options = any(choice.options for choice in policy.model.choices.values())
    own = set(branches_of(program))
    met: dict[str, frozenset[Branch] | None] = {}
    sought = 0
    for branch in coverage.unreached:
        if branch.which not in {"band", "row", "case"} or branch not in own:
            continue
        if branch.step not in met:
            met[branch.step] = None if has_options else every_branch(program, branch.step)
        known = met[branch.step]
        if known is not None:
            if branch not in known:
                yield proved_dead(branch, program)
        elif sought < MOST_SOUGHT:
            sought += 1
            before = search.tried
            if search.branch(branch) is None:
                tried = search.tried - before
                yield of_branch(branch, program, code="KNJ750", severity="note", tried=tried)


def _accepted(policy: Policy, finding: Finding) -> Finding:
    reason = policy.model.accepted.get(finding.issue.code, {}).get(_name(finding))
    return finding if reason is None else replace(finding, accepted=reason)


def _name(finding: Finding) -> str:
    """Give the step or input that a finding is about."""
    return finding.issue.path.split(".")[1]


def _not_found_again(policy: Policy, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Tell what a policy accepts and the analysis did not find; what it inherits is its base's."""
    found = {(finding.issue.code, _name(finding)) for finding in findings}
    for code, places in policy.model.accepted.items():
        for name in places:
            path = f"accepted.{code}.{name}"
            issue = policy.source.locate(
                Issue(
                    code="KNJ760",
                    path=path,
                    details={"found": code, "step": quoted(name)},
                    severity="note",
                )
            )
            if (code, name) not in found and issue.file == policy.source.file:
                yield Finding(issue=issue)
