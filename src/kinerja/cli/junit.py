"""What a check found as JUnit XML, which CI systems show.

What lives here: one test suite for the policy, one test case for each example and each issue, and one for
all branches that no example reaches. What never comes in: the checks, other reports.

`file` and `line` of a test case are no part of the oldest schemas; GitLab, pytest and others write and read
them, and the others pass over them. A row of a workbook stands in for its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kinerja.cli.analysed import branch_lines, witness_lines
from kinerja.cli.check import Found, counts
from kinerja.cli.console import Console
from kinerja.cli.failed import failure_details, found_words
from kinerja.errors import Issue
from kinerja.policy import Policy
from kinerja.verify import Coverage, Outcome

__all__ = ["junit_text", "shown_path"]

#: What an XML file cannot hold.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROW: Final = re.compile(r"[0-9]+\Z")


def junit_text(found: Found, console: Console) -> str:
    """Give the report.

    Args:
        found: What a check found.
        console: Gives the words.
    """
    cases = [*_cases(found, console)]
    failures = sum(case.find("failure") is not None for case in cases)
    numbers = {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}
    root = Element("testsuites", {"name": "kinerja check", **numbers})
    suite = SubElement(
        root,
        "testsuite",
        {
            "name": _clean(shown_path(found.policy)),
            **numbers,
            "skipped": "0",
            "file": _clean(shown_path(found.path)),
        },
    )
    suite.extend(cases)
    summary = SubElement(suite, "system-out")
    summary.text = _clean(f"{found.policy}: {', '.join(counts(found, console))}")
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def shown_path(path: str | Path) -> str:
    """Give a path relative to the working directory, with slashes, where it lies in it."""
    found = Path(path)
    here = Path.cwd()
    if found.is_absolute() and found.is_relative_to(here):
        found = found.relative_to(here)
    return found.as_posix()


def _cases(found: Found, console: Console) -> Iterator[Element]:
    for issue in found.issues:
        yield _issue_case(issue, found, console)
    for option in found.checked.option_issues:
        name = f"{option.choice}={option.option}"
        yield _issue_case(option.issue, found, console, only_with=name)
    for finding in found.findings:
        shown = tuple(witness_lines(finding, console))
        yield _issue_case(finding.issue, found, console, shown=shown)
    if found.coverage is not None and found.coverage.unreached and found.checked.policy is not None:
        yield _coverage_case(found.coverage, found.checked.policy, found, console)
    if found.ran is not None:
        for issue in found.ran.refused:
            yield _issue_case(issue, found, console)
        for report in found.ran.reports:
            for outcome in report.outcomes:
                yield _example_case(report.file, outcome, console)


def _issue_case(
    issue: Issue,
    found: Found,
    console: Console,
    *,
    only_with: str = "",
    shown: tuple[str, ...] = (),
) -> Element:
    file = issue.file or str(found.path)
    name = f"{issue.code} {issue.path or issue.cell or ''}".rstrip()
    if only_with:
        name = f"{name} ({only_with})"
    case = _case(file, name, issue.line, issue.cell)
    text = "\n".join([*console.issue_lines([issue]), *shown])
    if issue.severity in found.serious:
        _fail(case, issue.code, issue.message(console.lang), text)
    else:
        SubElement(case, "system-out").text = _clean(text)
    return case


def _coverage_case(coverage: Coverage, policy: Policy, found: Found, console: Console) -> Element:
    case = _case(str(found.path), console.say("summary.coverage"), None, None)
    text = "\n".join(branch_lines(coverage, policy, console))
    if found.strict:
        said = console.count("check.uncovered", len(coverage.unreached))
        _fail(case, "coverage", said, text)
    else:
        SubElement(case, "system-out").text = _clean(text)
    return case


def _example_case(file: str, outcome: Outcome, console: Console) -> Element:
    example = outcome.example
    title = f": {example.title}" if example.title else ""
    case = _case(file, f"{example.id}{title}", example.line, example.cell)
    if not outcome.passed:
        said = [f"{failure.key}: {found_words(failure, console)}" for failure in outcome.failures]
        refused = [issue.message(console.lang) for issue in outcome.issues]
        details = "\n".join(failure_details(outcome, console))
        kind = outcome.failures[0].key if outcome.failures else outcome.issues[0].code
        _fail(case, kind, "; ".join(said or refused), details)
    return case


def _case(file: str, name: str, line: int | None, cell: str | None) -> Element:
    path = shown_path(file)
    row = _ROW.search(cell or "")
    case = Element("testcase", {"classname": _clean(path), "name": _clean(name)})
    case.set("file", _clean(path))
    if line is not None or row is not None:
        case.set("line", str(line) if line is not None else row[0] if row is not None else "")
    return case


def _fail(case: Element, kind: str, message: str, text: str) -> None:
    attributes = {"type": _clean(kind), "message": _clean(message)}
    SubElement(case, "failure", attributes).text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
