"""`kinerja check`: everything that is wrong with a policy, and whether its examples come out.

What lives here: the order of the checks and the printing of what they found. What never comes in: the
checks themselves.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.cli.layout import pairs
from kinerja.cli.opening import variant_of
from kinerja.errors import InputError, Issue, PolicyError
from kinerja.policy.variants import CheckedPolicy, check_policy
from kinerja.scorer.explain import reason_text
from kinerja.verify import Comparison, ExamplesReport, Outcome, check_examples

__all__ = ["run"]


def run(arguments: Namespace, console: Console) -> int:
    """Check a policy and its examples.

    Returns:
        0, or 1 when anything was found that must be mended; warnings alone do not count.

    Raises:
        PolicyError: There is no such policy.
        InputError: There is no such file of examples.
        UsageError: An option was typed wrongly.
    """
    path = catalog.path_of(arguments.policy)
    examples = _examples(arguments, path)
    try:
        checked = check_policy(path, variant=variant_of(arguments), find=catalog.find_base)
    except PolicyError as error:
        checked = CheckedPolicy(policy=None, issues=error.issues, option_issues=(), variants=0)
    console.out(*_findings(checked, console))
    issues = [*checked.issues, *(found.issue for found in checked.option_issues)]
    report: ExamplesReport | None = None
    refused: tuple[Issue, ...] = ()
    if checked.policy is not None and examples is not None:
        try:
            report = check_examples(examples, checked.policy)
        except InputError as error:
            refused = error.issues
            console.out(*console.issue_lines(refused))
    if report is not None:
        console.out(*_failures(report, console))
    name = arguments.policy
    counts = list(_counts(issues, report, refused, console))
    if report is None and not refused:
        counts.append(
            console.say("check.examples_none" if examples is None else "check.examples_not_run")
        )
    console.out(f"{name}: {', '.join(counts)}")
    wrong = any(issue.severity == "error" for issue in issues)
    return 1 if wrong or refused or (report is not None and report.failed) else 0


def _examples(arguments: Namespace, path: Path) -> Path | None:
    named: Path | None = arguments.examples
    if named is None:
        return catalog.examples_path(path)
    if not named.is_file():
        details = {"found": f'"{named}"'}
        raise InputError([Issue(code="KNJ617", file=str(named), details=details)])
    return named


def _findings(checked: CheckedPolicy, console: Console) -> Iterator[str]:
    yield from console.issue_lines(checked.issues)
    for (choice, option), found in groupby(
        checked.option_issues, key=lambda issue: (issue.choice, issue.option)
    ):
        yield console.say("check.option", option=f"{choice}={option}")
        yield from console.issue_lines(each.issue for each in found)


# Examples.


def _failures(report: ExamplesReport, console: Console) -> Iterator[str]:
    for outcome in report.failed:
        yield from _failure(report.file, outcome, console)


def _failure(file: str, outcome: Outcome, console: Console) -> Iterator[str]:
    example = outcome.example
    place = f"{file}:{example.line}"
    title = f": {example.title}" if example.title else ""
    yield console.say("check.failed", place=place, example=f"{example.id}{title}")
    rows = [(failure.key, _difference(failure, console)) for failure in outcome.failures]
    if outcome.result is not None and outcome.result.reasons:
        reasons = (reason_text(example.program, reason) for reason in outcome.result.reasons)
        rows.append((console.say("check.incomplete"), "; ".join(map(console.text, reasons))))
    yield from pairs(rows, indent=2)
    if outcome.issues and not outcome.comparisons:
        yield f"  {console.say('check.refused')}"
        yield from (f"  {line}" for line in console.issue_lines(outcome.issues))


def _difference(failure: Comparison, console: Console) -> str:
    nothing = console.say("check.nothing")
    return console.say(
        "check.difference",
        expected=failure.expected or nothing,
        found=failure.found or nothing,
        line=failure.line,
    )


def _counts(
    issues: Sequence[Issue],
    report: ExamplesReport | None,
    refused: Sequence[Issue],
    console: Console,
) -> Iterator[str]:
    errors = sum(issue.severity == "error" for issue in issues)
    yield console.count("check.issues", errors)
    if len(issues) > errors:
        yield console.count("check.warnings", len(issues) - errors)
    if report is not None:
        total = len(report.outcomes)
        if report.failed:
            yield console.count("check.examples_failed", len(report.failed), total=total)
        else:
            yield console.count("check.examples_passed", total)
    if refused:
        yield console.count("check.examples_refused", len(refused))
