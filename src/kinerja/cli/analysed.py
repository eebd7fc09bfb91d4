"""Findings of the analysis, and what no example reaches, as lines for people.

What lives here: witnesses as data that can be copied, branches in words, the laws on one line. What never
comes in: finding any of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from kinerja.cli.branches import BranchWords, flow
from kinerja.cli.console import Console
from kinerja.policy import Policy
from kinerja.report.layout import WIDTH, hung
from kinerja.result.text_table import wrapped
from kinerja.verify import Analysis, Coverage, Finding, Witness

__all__ = [
    "accepted_lines",
    "branch_lines",
    "coverage_lines",
    "finding_lines",
    "law_lines",
    "witness_lines",
]

#: Branches without example that are listed.
MOST = 20


def finding_lines(finding: Finding, console: Console) -> Iterator[str]:
    """Print a finding, and the records that show it."""
    yield from console.issue_lines([finding.issue])
    yield from witness_lines(finding, console)


def witness_lines(finding: Finding, console: Console) -> Iterator[str]:
    """Print the records that show a finding."""
    before: Witness | None = None
    for place, witness in enumerate(finding.witnesses):
        key, record = "check.witness", witness.record
        if before is not None and place % 2 == 1:  # the other one of a pair
            key, record = "check.witness_then", _differing(before.record, witness.record)
        values = "; ".join(f"{name} {value}" for name, value in witness.values.items())
        yield from _indented("  ", console.say(key, record=flow(record)))
        yield from _indented("    ", console.say("check.witness_gives", values=values))
        before = witness


def _indented(indent: str, text: str) -> Iterator[str]:
    """Print a text; what does not fit goes below it, further in than what follows."""
    for place, line in enumerate(wrapped(text, WIDTH - len(indent) - 2)):
        yield f"{indent}{'  ' * (place > 0)}{line}".rstrip()


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> Mapping[str, object]:
    """Give what a record says otherwise than another, of lists the fields of single items."""
    found: dict[str, object] = {}
    for name, value in other.items():
        now = one.get(name)
        if value == now:
            continue
        if isinstance(value, list) and isinstance(now, list) and len(value) == len(now):
            for place, (old, new) in enumerate(zip(now, value, strict=True)):
                found |= {f"{name}[{place}].{k}": v for k, v in new.items() if v != old.get(k)}
        else:
            found[name] = value
    return found


def accepted_lines(analysis: Analysis, console: Console) -> Iterator[str]:
    """Print the findings that the policy accepts, each on a line with its reason."""
    accepted = [finding for finding in analysis.findings if finding.accepted is not None]
    if accepted:
        yield console.say("check.accepted")
    told: set[tuple[str, str]] = set()
    for finding in accepted:
        key = (finding.issue.code, finding.issue.path)
        if key not in told:
            told.add(key)
            reason = console.text(finding.accepted)
            yield from hung(f"  {finding.issue.code}  ", f"{finding.issue.path}: {reason}")


def coverage_lines(
    coverage: Coverage, policy: Policy, name: str, console: Console
) -> Iterator[str]:
    """Print what no example reaches; nothing where every branch is reached.

    Args:
        coverage: What the examples reach.
        policy: The policy.
        name: The policy, as the user named it.
        console: Gives the words.
    """
    unreached = coverage.unreached
    if not unreached:
        return
    total = len(coverage.branches)
    yield console.say("check.coverage", reached=total - len(unreached), total=total)
    for said in islice(branch_lines(coverage, policy, console), MOST):
        yield from hung("  - ", said)
    if len(unreached) > MOST:
        yield f"  {console.say('check.coverage_more', count=len(unreached) - MOST)}"
    yield f"  {console.say('check.coverage_way_out', policy=name)}"


def branch_lines(coverage: Coverage, policy: Policy, console: Console) -> Iterator[str]:
    """Say each branch that no example reaches, and the options that have it."""
    words = BranchWords(policy.program, console)
    for branch in coverage.unreached:
        option = coverage.options.get(branch, {})
        only = "".join(f" ({choice}={taken})" for choice, taken in option.items())
        yield f"{words.of(branch)}{only}"


def law_lines(analysis: Analysis, console: Console) -> Iterator[str]:
    """Print how many laws are proved, broken, or not seen broken."""
    parts: list[str] = []
    counts: dict[str, int] = {}
    for law in analysis.laws:
        counts[law.verdict] = counts.get(law.verdict, 0) + 1
    # The same pairs are held against every output of an input.
    tried = sum({law.subject: law.tried for law in analysis.laws}.values())
    for verdict in ("proved", "broken", "not_found"):
        if verdict in counts:
            words = console.say(f"check.laws_{verdict}", count=counts[verdict], tried=tried)
            parts.append(words)
    if parts:
        yield from hung("", console.say("check.laws", parts=", ".join(parts)))
