"""`kinerja score`: the results of every row of a data file.

What lives here: the way from rows to a results file, an issues file and a summary. What never comes in:
scoring itself, file formats.

Good rows are written whatever the others are like. A row that cannot be used is named with its issues: in
`<results>.temuan.csv` beside the results, or on the screen where the results go there.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kinerja.cli.console import Console
from kinerja.cli.opening import open_data, open_scorer
from kinerja.cli.progress import Progress
from kinerja.errors import InputError, Issue
from kinerja.io import (
    Cell,
    RecordsFile,
    Row,
    RowWriter,
    format_jsonl_row,
    open_writer,
    write_issues,
)
from kinerja.result import Result
from kinerja.scorer import Scorer
from kinerja.scorer.explain import reason_text
from kinerja.scorer.read import read_record
from kinerja.values import Reason

__all__ = ["issues_path", "run"]

#: Issues printed in full where the others stand in a file.
MOST_ISSUES: Final = 3
#: Warnings and reasons printed.
MOST_LINES: Final = 5


def run(arguments: Namespace, console: Console) -> int:
    """Score a data file.

    Returns:
        0, or 1 when a row or a file had to be refused, in part or whole.

    Raises:
        PolicyError: The policy is wrong.
        InputError: No row can be scored, or a file cannot be read or written.
        UsageError: An option was typed wrongly.
    """
    scorer = open_scorer(arguments)
    records, files = open_data(arguments, scorer)
    out: Path | None = arguments.out
    tally = _Tally(scorer=scorer, issues=list(records.issues), warnings=list(records.warnings))
    columns = ("id", "status", "reasons", *scorer.program.published)
    shows_progress = console.shows_progress() and (out is not None or not sys.stdout.isatty())
    progress = Progress(console, records.count) if shows_progress else None
    try:
        with _writer(out, columns, files) as write:
            _score_rows(records, tally, write, progress)
    except _NothingScoredError:
        tally.issues.insert(0, Issue(code="KNJ914", file=records.file))
        out = None
    finally:
        if progress is not None:
            progress.clear()
    beside = _write_issues(arguments, tally, console, files)
    _report(tally, records, console, out=out, beside=beside)
    return 1 if tally.issues else 0


class _NothingScoredError(Exception):
    """Leaves the writer so that no results file appears."""


def _score_rows(
    records: RecordsFile, tally: _Tally, write: RowWriter, progress: Progress | None
) -> None:
    for row in records:
        result = tally.take(row, records)
        if result is not None:
            write(_cells(result))
        if progress is not None:
            progress.step()
    if not tally.scored:
        raise _NothingScoredError


@dataclass(slots=True)
class _Tally:
    """What became of the rows so far."""

    scorer: Scorer
    issues: list[Issue]
    warnings: list[Issue]
    scored: int = 0
    incomplete: int = 0
    refused: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)

    def take(self, row: Row, records: RecordsFile) -> Result | None:
        """Score a row, or take note of why it cannot be scored."""
        found = row.issues
        if not found:
            try:
                result = self.scorer.score(row.record)
            except InputError as error:
                found = tuple(records.locate(issue, row) for issue in error.issues)
        if found:
            self.refused += 1
            self.issues.extend(found)
            return None
        self.scored += 1
        if result.reasons:
            self.incomplete += 1
            self.reasons.update(result.reasons)
        if result.warnings:
            self._warn(row)
        return result

    def _warn(self, row: Row) -> None:
        """Take note of the warnings of a row, each once; a result holds only their words."""
        for issue in read_record(row.record, self.scorer.program.inputs)[2]:
            if issue not in self.warnings:
                self.warnings.append(issue)


def _cells(result: Result) -> tuple[Cell, ...]:
    reasons = tuple(str(reason) for reason in result.reasons)
    return (result.id, result.status, reasons, *result.values.values())


def _writer(
    out: Path | None, columns: tuple[str, ...], files: list[Path]
) -> AbstractContextManager[RowWriter]:
    return _stdout_writer(columns) if out is None else open_writer(out, columns, inputs=files)


@contextmanager
def _stdout_writer(columns: tuple[str, ...]) -> Iterator[RowWriter]:
    def write(row: Sequence[Cell]) -> None:
        sys.stdout.write(format_jsonl_row(columns, row) + "\n")

    yield write


# What is said about it.


def issues_path(out: Path) -> Path:
    """Give the file of issues that belongs to a results file."""
    return out.with_name(f"{out.stem}.temuan.csv")


def _write_issues(
    arguments: Namespace, tally: _Tally, console: Console, files: list[Path]
) -> Path | None:
    """Write the issues file; one from an earlier run is emptied, so that it never misleads."""
    if arguments.out is None:
        return None
    path = issues_path(arguments.out)
    if not tally.issues and not path.is_file():
        return None
    write_issues(path, tally.issues, lang=console.lang, inputs=files)
    return path if tally.issues else None


def _report(
    tally: _Tally, records: RecordsFile, console: Console, *, out: Path | None, beside: Path | None
) -> None:
    console.err(*console.issue_lines(tally.warnings[:MOST_LINES]))
    shown = tally.issues if beside is None else tally.issues[:MOST_ISSUES]
    console.err(*console.issue_lines(shown))
    rest = len(tally.issues) - len(shown)
    if beside is not None:
        all_shown = console.say("score.issues_all", path=beside)
        console.err(console.count("score.issues_rest", rest, path=beside) if rest else all_shown)
    summary = console.count(
        "score.summary",
        tally.scored + tally.refused,
        file=records.file,
        complete=tally.scored - tally.incomplete,
        incomplete=tally.incomplete,
        refused=tally.refused,
    )
    console.err(summary)
    for reason, count in tally.reasons.most_common(MOST_LINES):
        words = console.text(reason_text(tally.scorer.program, reason))
        console.err(console.count("score.reason", count, reason=words))
    more = len(tally.reasons) - MOST_LINES
    if more > 0:
        console.err(console.count("score.reasons_rest", more))
    if out is not None:
        console.err(console.say("written", path=out))
