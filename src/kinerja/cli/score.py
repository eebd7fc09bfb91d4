"""`kinerja score`: the results of every row of a data file.

What lives here: the way from rows to a results file, an issues file and a summary. What never comes in:
scoring itself, file formats.

Good rows are written whatever the others are like. A row that cannot be used is named with its issues: in
`<results>.temuan.csv` beside the results, or on the screen where the results go there. The rows of a large
file are scored many at a time by `score_batches`, with the same results.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Final

from kinerja.cli.console import Console
from kinerja.cli.opening import open_data, open_scorer
from kinerja.cli.progress import Progress
from kinerja.cli.tally import Tally, cells
from kinerja.errors import Issue
from kinerja.formula.types import DateType, FlagType, NumberType
from kinerja.io import (
    Cell,
    ColumnType,
    JsonLines,
    Records,
    RowWriter,
    open_writer,
    write_issues,
)
from kinerja.result import Result
from kinerja.scorer import Scorer
from kinerja.scorer.explain import reason_text

__all__ = ["issues_path", "run"]

#: Issues printed in full where the others stand in a file.
MOST_ISSUES: Final = 3
#: Warnings and reasons printed.
MOST_LINES: Final = 5
#: Column with everything that follows; no step can have this name.
FOLLOW_UPS: Final = "follow_ups"
#: Rows from which on the column engine saves more time than it takes to begin.
MANY: Final = 4096


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
    with closing(Tally(scorer, records)) as tally:
        out = _score(arguments, records, tally, console, files)
        beside = _write_issues(arguments, tally, console, files)
        _report(tally, records, console, out=out, beside=beside)
        return 1 if tally.issues else 0


def _score(
    arguments: Namespace, records: Records, tally: Tally, console: Console, files: list[Path]
) -> Path | None:
    """Score the rows; give the results file, if there is one."""
    out: Path | None = arguments.out
    shows_progress = console.shows_progress() and (out is not None or not sys.stdout.isatty())
    progress = Progress(console, records.count) if shows_progress else None
    try:
        with _writer(arguments, tally.scorer, records, files) as write:
            _score_all(arguments, records, tally, write, progress)
    except _NothingScoredError:
        tally.issues.put_first(Issue(code="KNJ914", file=records.file))
        return None
    finally:
        if progress is not None:
            progress.clear()
    return out


class _NothingScoredError(Exception):
    """Leaves the writer so that no results file appears."""


def _score_all(
    arguments: Namespace,
    records: Records,
    tally: Tally,
    write: RowWriter,
    progress: Progress | None,
) -> None:
    # What follows is told of single results only.
    if records.count < MANY or arguments.follow_ups:
        more = _follow_ups if arguments.follow_ups else _nothing
        _score_rows(records, tally, write, progress, more)
    else:
        from kinerja.cli.score_batches import score_batches

        score_batches(records, tally, write, progress)
    if not tally.scored:
        raise _NothingScoredError


def _nothing(result: Result) -> tuple[Cell, ...]:  # noqa: ARG001 - as `_follow_ups`
    return ()


def _follow_ups(result: Result) -> tuple[Cell, ...]:
    return (tuple(result.follow_ups),)


def _score_rows(
    records: Records,
    tally: Tally,
    write: RowWriter,
    progress: Progress | None,
    more: Callable[[Result], tuple[Cell, ...]] = _nothing,
) -> None:
    for row in records:
        result = tally.take(row)
        if result is not None:
            write((*cells(result), *more(result)))
        if progress is not None:
            progress.step()


def _writer(
    arguments: Namespace, scorer: Scorer, records: Records, files: list[Path]
) -> AbstractContextManager[RowWriter]:
    out: Path | None = arguments.out
    columns = ("id", "status", "reasons", *scorer.program.published)
    if arguments.follow_ups:
        columns = (*columns, FOLLOW_UPS)
    if out is None:
        return _stdout_writer(columns)
    note = scorer.program.note
    about = {"policy": note.id, "version": note.version, "fingerprint": note.fingerprint}
    return open_writer(
        out,
        columns,
        types=_types(scorer, records),
        about={f"kinerja.{name}": text for name, text in about.items()},
        inputs=files,
    )


def _types(scorer: Scorer, records: Records) -> dict[str, ColumnType]:
    types = {
        "id": ColumnType(kind="whole" if records.whole_ids else "text"),
        "reasons": ColumnType(kind="texts"),
        FOLLOW_UPS: ColumnType(kind="texts"),
    }
    for name in scorer.program.published:
        step = scorer.program.step(name)
        match step.type:
            case NumberType():
                digits = None if step.rounding is None else step.rounding.digits
                types[name] = ColumnType(kind="number", digits=digits)
            case FlagType():
                types[name] = ColumnType(kind="flag")
            case DateType():
                types[name] = ColumnType(kind="date")
    return types


@contextmanager
def _stdout_writer(columns: tuple[str, ...]) -> Iterator[RowWriter]:
    yield JsonLines(sys.stdout, columns)


# What is said about it.


def issues_path(out: Path) -> Path:
    """Give the file of issues that belongs to a results file."""
    return out.with_name(f"{out.stem}.temuan.csv")


def _write_issues(
    arguments: Namespace, tally: Tally, console: Console, files: list[Path]
) -> Path | None:
    """Write the issues file; one from an earlier run is emptied, so that it never misleads."""
    if arguments.out is None:
        return None
    path = issues_path(arguments.out)
    is_told = bool(tally.issues or tally.warnings)
    if not is_told and not path.is_file():
        return None
    write_issues(path, chain(tally.issues, tally.warnings), lang=console.lang, inputs=files)
    return path if is_told else None


def _report(
    tally: Tally, records: Records, console: Console, *, out: Path | None, beside: Path | None
) -> None:
    console.err(*console.issue_lines(tally.warnings[:MOST_LINES]))
    if beside is None:
        console.err(*console.issue_lines(tally.issues))
    else:
        shown = tally.issues.first(MOST_ISSUES)
        console.err(*console.issue_lines(shown))
        rest = len(tally.issues) - len(shown) + max(len(tally.warnings) - MOST_LINES, 0)
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
    if sum(tally.reasons.values()) > tally.incomplete:
        console.err(console.say("score.reasons_several"))
    if out is not None:
        console.err(console.say("written", path=out))
