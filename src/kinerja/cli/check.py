"""`kinerja check`: everything that is wrong with a policy, and whether its examples come out.

What lives here: the order of the checks and the printing of what they found. What never comes in: the
checks themselves; `junit` and `summary` write the same for machines and for a page of a CI run.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from kinerja.asn import catalog
from kinerja.cli.analysed import accepted_lines, coverage_lines, finding_lines, law_lines
from kinerja.cli.branches import example_lines
from kinerja.cli.console import Console
from kinerja.cli.examples import ExampleFiles, Ran, find_examples, run_files
from kinerja.cli.failed import failure_lines
from kinerja.cli.opening import variant_of
from kinerja.cli.output import hand_out
from kinerja.errors import Issue, PolicyError
from kinerja.policy import Policy
from kinerja.policy.variants import CheckedPolicy, check_policy
from kinerja.verify import Analysis, Coverage, Finding, analyse, cover, suggest

__all__ = ["Found", "counts", "run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that a check found.

    Attributes:
        policy: The policy, as the user named it.
        path: Its file.
        checked: What was found in it.
        files: Its files of examples.
        ran: What became of them; `None` where the policy cannot be used.
        coverage: What they reach; `None` where the policy or its examples cannot be used.
        analysis: What the formulas show; `None` likewise.
        strict: Warnings and branches without example must be mended too.
    """

    policy: str
    path: Path
    checked: CheckedPolicy
    files: ExampleFiles
    ran: Ran | None
    coverage: Coverage | None = None
    analysis: Analysis | None = None
    strict: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the analysis found and is not accepted; an input that no step reads is told once."""
        unread = {issue.path for issue in self.checked.issues if issue.code == "KNJ220"}
        found = () if self.analysis is None else self.analysis.open
        return tuple(
            finding
            for finding in found
            if not {finding.issue.path, finding.issue.path.partition(".fields.")[0]} & unread
        )

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was found in the policy as it is; a finding with a witness stands for a mere doubt."""
        analysed = () if self.analysis is None else self.analysis.findings
        shown = {f.issue.path for f in analysed if f.issue.code in ("KNJ710", "KNJ711")}
        return tuple(
            issue
            for issue in self.checked.issues
            if issue.code != "KNJ210" or issue.path.removesuffix(".bands") not in shown
        )

    @property
    def policy_issues(self) -> tuple[Issue, ...]:
        """What is wrong with the policy, with the issues of single options and of the analysis."""
        options = (found.issue for found in self.checked.option_issues)
        return (*self.issues, *options, *(finding.issue for finding in self.findings))

    @property
    def serious(self) -> frozenset[str]:
        """The severities of issues that must be mended."""
        return frozenset({"error", "warning"} if self.strict else {"error"})

    @property
    def is_fine(self) -> bool:
        """Nothing must be mended; warnings alone do not count, unless the check is strict."""
        wrong = any(issue.severity in self.serious for issue in self.policy_issues)
        if self.strict and self.coverage is not None and self.coverage.unreached:
            return False
        if wrong or self.ran is None:
            return not wrong
        return not self.ran.refused and not any(report.failed for report in self.ran.reports)


def run(arguments: Namespace, console: Console) -> int:
    """Check a policy and its examples.

    Returns:
        0, or 1 when anything was found that must be mended; warnings alone do not count.

    Raises:
        PolicyError: There is no such policy.
        InputError: There is no such file of examples, or a report cannot be written.
        UsageError: An option was typed wrongly.
    """
    path = catalog.path_of(arguments.policy)
    files = find_examples(arguments, path)
    variant = variant_of(arguments)
    try:
        checked = check_policy(path, variant=variant, find=catalog.find_base)
    except PolicyError as error:
        checked = CheckedPolicy(policy=None, issues=error.issues, option_issues=(), variants=0)
    if arguments.suggest:
        return _suggest(checked, files, console)
    ran = None if checked.policy is None else run_files(files, checked.policy)
    coverage, analysis = _analysed(checked.policy, ran, arguments.jump)
    found = Found(
        policy=arguments.policy,
        path=path,
        checked=checked,
        files=files,
        ran=ran,
        coverage=coverage,
        analysis=analysis,
        strict=arguments.strict,
    )
    console.out(*_findings(found.issues, checked, console))
    if ran is not None:
        console.out(*console.issue_lines(ran.refused))
        for report in ran.reports:
            for outcome in report.failed:
                console.out(*failure_lines(report.file, outcome, console))
    if checked.policy is not None and coverage is not None and analysis is not None:
        for finding in found.findings:
            console.out(*finding_lines(finding, console))
        if ran is not None and ran.examples:
            console.out(*coverage_lines(coverage, checked.policy, found.policy, console))
        console.out(*accepted_lines(analysis, console), *law_lines(analysis, console))
    console.out(f"{found.policy}: {', '.join(counts(found, console))}")
    _write_reports(arguments, found, console)
    return 0 if found.is_fine else 1


def _analysed(
    policy: Policy | None, ran: Ran | None, jump: Fraction | None
) -> tuple[Coverage | None, Analysis | None]:
    if policy is None or ran is None or ran.refused:
        return None, None
    coverage = cover(policy, ran.examples)
    # Without any example everything is unreached: there is no use in searching for all of it.
    sought = coverage if ran.examples else None
    return coverage, analyse(policy, ran.examples, coverage=sought, jump=jump)


def _suggest(checked: CheckedPolicy, files: ExampleFiles, console: Console) -> int:
    """Write the examples that the policy still needs, as a file of examples."""
    ran = None if checked.policy is None else run_files(files, checked.policy)
    if checked.policy is None or ran is None or ran.refused:
        console.out(*_findings(checked.issues, checked, console))
        console.out(*console.issue_lines(() if ran is None else ran.refused))
        return 1
    found = suggest(checked.policy, ran.examples)
    if found:
        console.out(*example_lines(found, console))
    else:
        console.out(f"# {console.say('check.nothing_to_suggest')}")
    return 0


def _findings(issues: Iterable[Issue], checked: CheckedPolicy, console: Console) -> Iterator[str]:
    yield from console.issue_lines(issues)
    for (choice, option), found in groupby(
        checked.option_issues, key=lambda issue: (issue.choice, issue.option)
    ):
        yield console.say("check.option", option=f"{choice}={option}")
        yield from console.issue_lines(each.issue for each in found)


def counts(found: Found, console: Console) -> Iterator[str]:
    """Say how many issues there are, and how many examples match."""
    issues = found.policy_issues
    errors = sum(issue.severity == "error" for issue in issues)
    yield console.count("check.issues", errors)
    for severity in ("warning", "note"):
        some = sum(issue.severity == severity for issue in issues)
        if some:
            yield console.count(f"check.{severity}s", some)
    ran = found.ran or Ran()
    outcomes = [outcome for report in ran.reports for outcome in report.outcomes]
    failed = sum(not outcome.passed for outcome in outcomes)
    if failed:
        yield console.count("check.examples_failed", failed, total=len(outcomes))
    elif outcomes:
        yield console.count("check.examples_passed", len(outcomes))
    if ran.refused:
        yield console.count("check.examples_refused", len(ran.refused))
    if not outcomes and not ran.refused:
        not_run = "check.examples_not_run" if found.files.paths else "check.examples_none"
        yield console.say(not_run)
    if found.coverage is not None and outcomes:
        unreached = len(found.coverage.unreached)
        if unreached:
            yield console.count("check.uncovered", unreached)
        else:
            yield console.say("check.covered")


def _write_reports(arguments: Namespace, found: Found, console: Console) -> None:
    inputs = (found.path, *found.files.all_paths)
    if arguments.junit is not None:
        from kinerja.cli.junit import junit_text

        hand_out(junit_text(found, console), arguments.junit, console, inputs=inputs)
    if arguments.summary is not None:
        from kinerja.cli.summary import append_summary

        append_summary(found, arguments.summary, console, inputs=inputs)
