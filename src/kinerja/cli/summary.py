"""What a check found as Markdown, for the page of a CI run.

What lives here: the summary, and adding it to a file. What never comes in: the checks, other reports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from kinerja.cli.analysed import branch_lines, witness_lines
from kinerja.cli.check import Found, counts
from kinerja.cli.console import Console
from kinerja.cli.failed import difference_heading, failure_rows, place_of
from kinerja.cli.junit import shown_path
from kinerja.errors import InputError, Issue
from kinerja.io.whole import whole_file
from kinerja.result.legible import one_line
from kinerja.result.markdown import escaped, opening, steps_markdown
from kinerja.verify import ExamplesReport, Outcome, first_difference

__all__ = ["append_summary", "summary_text"]


def append_summary(found: Found, path: Path, console: Console, *, inputs: Collection[Path]) -> None:
    """Add the summary to a file, after what stands there, and say so.

    Args:
        found: What a check found.
        path: The file; it is made where there is none.
        console: Gives the words.
        inputs: Files that were read, which `path` must not be.

    Raises:
        InputError: The file cannot be read or written.
    """
    with whole_file(path, inputs=inputs) as opened:
        before = _before(path)
        gap = b"" if not before or before.endswith(b"\n\n") else b"\n"
        gap = b"\n" + gap if before and not before.endswith(b"\n") else gap
        opened.write(before + gap)
        opened.write(f"{summary_text(found, console)}\n".encode("utf-8", "backslashreplace"))
    console.err(console.say("written", path=path))


def _before(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        details = {"found": error.strerror or type(error).__name__}
        raise InputError([Issue(code="KNJ502", file=str(path), details=details)]) from None


def summary_text(found: Found, console: Console) -> str:
    """Give the summary, without a line end after its last line."""
    return "\n".join(_lines(found, console))


def _lines(found: Found, console: Console) -> Iterator[str]:
    yield f"## kinerja check: {_shown(shown_path(found.policy))}"
    yield ""
    verdict = console.say("summary.fine" if found.is_fine else "summary.not_fine")
    yield f"**{verdict}**: {', '.join(counts(found, console))}"
    ran = found.ran
    refused = () if ran is None else ran.refused
    rows = [
        *(_issue_row(issue, console) for issue in found.issues),
        *(
            _issue_row(option.issue, console, f"{option.choice}={option.option}")
            for option in found.checked.option_issues
        ),
        *(_issue_row(finding.issue, console) for finding in found.findings),
        *(_issue_row(issue, console) for issue in refused),
    ]
    if rows:
        yield from ("", f"### {console.say('summary.issues')}", "")
        heads = ("place", "code", "what", "way_out")
        yield from _table([console.say(f"summary.{head}") for head in heads], rows)
    for finding in found.findings:
        if finding.witnesses:
            issue = finding.issue
            yield from ("", f"{issue.code} {opening(_shown(issue.path))}", "")
            yield from (f"  {line}" for line in witness_lines(finding, console))
    if found.coverage is not None and found.coverage.unreached and found.checked.policy is not None:
        yield from ("", f"### {console.say('summary.coverage')}", "")
        said = branch_lines(found.coverage, found.checked.policy, console)
        yield from (f"- {opening(_shown(each))}" for each in said)
    failed = [
        (report, outcome)
        for report in (() if ran is None else ran.reports)
        for outcome in report.failed
    ]
    if failed:
        yield from ("", f"### {console.say('summary.failed')}")
    for report, outcome in failed:
        yield from _failure(report, outcome, console)


def _issue_row(issue: Issue, console: Console, only_with: str = "") -> list[str]:
    place = issue.at(file=None if issue.file is None else shown_path(issue.file)).place
    code = issue.code
    if issue.severity != "error":
        code = f"{code} ({console.say(f'severity.{issue.severity}')})"
    message = issue.message(console.lang)
    if only_with:
        message = f"{console.say('check.option', option=only_with)} {message}"
    return [f"{place} {issue.path}".strip(), code, message, issue.way_out(console.lang)]


def _failure(report: ExamplesReport, outcome: Outcome, console: Console) -> Iterator[str]:
    example = outcome.example
    title = f": {example.title}" if example.title else ""
    yield from ("", f"#### {_shown(f'{example.id}{title}')}", "")
    yield opening(_shown(place_of(shown_path(report.file), outcome)))
    nothing = console.say("check.nothing")
    if outcome.failures:
        heads = ("step", "expected", "found")
        rows = [
            [
                failure.key,
                *(
                    nothing if value is None else value or console.say("check.no_code")
                    for value in (failure.expected, failure.found)
                ),
            ]
            for failure in outcome.failures
        ]
        yield ""
        yield from _table([console.say(f"summary.{head}") for head in heads], rows)
    for head, text in failure_rows(outcome, console):
        yield from ("", f"{escaped(head)}: {_shown(text)}")
    if outcome.issues and not outcome.comparisons:
        yield from ("", console.say("check.refused"), "")
        for issue in outcome.issues:
            said = f"{issue.code} {issue.path}: {issue.message(console.lang)}"
            yield f"- {opening(_shown(said))}"
    difference = first_difference(outcome)
    if difference is not None:
        yield from ("", _shown(difference_heading(difference, console)), "")
        yield steps_markdown(difference.explanation, console.lang, depth=5)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(_shown, row))} |"


def _shown(text: str) -> str:
    return escaped(one_line(text))
