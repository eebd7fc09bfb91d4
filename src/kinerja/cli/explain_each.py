"""`kinerja explain --each`: one page for every row of a data file.

What lives here: the way from rows to files named after their ids, which appear together or not at all. What
never comes in: what a page says.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kinerja.cli.console import Console
from kinerja.cli.progress import Progress
from kinerja.cli.tally import Tally
from kinerja.cli.usage import UsageError
from kinerja.errors import InputError, Issue, quoted
from kinerja.io import Records
from kinerja.io.whole import whole_folder
from kinerja.result import Explanation
from kinerja.scorer import Scorer

__all__ = ["explain_each", "refuse_mixed"]

#: Issues printed.
MOST_ISSUES: Final = 3
#: Suffix of the files of each form.
SUFFIXES: Final = {"html": ".html", "json": ".json", "md": ".md", "text": ".txt"}


def refuse_mixed(arguments: Namespace) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: Nobody was named, or `--each` stands beside an option for one row or without a folder.
    """
    if not arguments.each:
        if arguments.id is None:
            raise UsageError([Issue(code="KNJ923")])
        return
    issues = [
        Issue(code="KNJ924", details={"found": option})
        for option, given in (("--id", arguments.id), ("--set", arguments.changes))
        if given
    ]
    if arguments.out is None:
        issues.append(Issue(code="KNJ925"))
    if issues:
        raise UsageError(issues)


def explain_each(  # noqa: PLR0913 - what was typed, and what was opened of it
    scorer: Scorer,
    records: Records,
    *,
    out: Path,
    form: str,
    printed: Callable[[Explanation, str], str],
    files: list[Path],
    console: Console,
) -> int:
    """Explain every row that can be scored, each in a file of its own.

    Args:
        scorer: What scores them.
        records: The rows.
        out: The folder, which does not exist yet or is empty.
        form: One of `SUFFIXES`.
        printed: Gives an explanation in a form.
        files: Files that are read.
        console: Where to print.

    Returns:
        0, or 1 where a row or a file had to be refused, in part or whole.

    Raises:
        InputError: The folder cannot be written, two ids give one file name, or no row can be scored.
    """
    progress = Progress(console, records.count) if console.shows_progress() else None
    with closing(Tally(scorer, records)) as tally:
        names: dict[str, str] = {}
        try:
            with whole_folder(out, inputs=files) as folder:
                for row in records:
                    result = tally.take(row)
                    if result is not None:
                        name = _file_name(row.id, names, SUFFIXES[form])
                        text = f"{printed(result.explanation, form)}\n"
                        _write(folder / name, text)
                    if progress is not None:
                        progress.step()
                if not tally.scored:
                    raise InputError(
                        [*tally.issues.first(MOST_ISSUES), Issue(code="KNJ914", file=records.file)]
                    )
        finally:
            if progress is not None:
                progress.clear()
        console.err(*console.issue_lines([*tally.warnings, *tally.issues.first(MOST_ISSUES)]))
        rest = len(tally.issues) - MOST_ISSUES
        if rest > 0:
            console.err(console.count("each.issues_rest", rest))
        counts = {"file": records.file, "refused": tally.refused}
        console.err(console.count("each.summary", tally.scored, **counts))
        console.err(console.say("written", path=out))
        return 1 if tally.issues else 0


def _file_name(row_id: str, names: dict[str, str], suffix: str) -> str:
    """Give the name of a file; on some disks names that differ only in case are one."""
    name = f"{quote(row_id, safe=' +,;=@()')}{suffix}"
    other = names.setdefault(name.casefold(), row_id)
    if other != row_id:
        details = {"found": quoted(row_id), "other": quoted(other)}
        raise InputError([Issue(code="KNJ926", details=details)])
    return name


def _write(path: Path, text: str) -> None:
    with path.open("xb") as opened:
        opened.write(text.encode("utf-8", "backslashreplace"))
        opened.flush()
        os.fsync(opened.fileno())
