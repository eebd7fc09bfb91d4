"""`kinerja explain`: how results came about, one or each, and what other inputs would change.

What lives here: finding the record, and handing out its explanation or the comparison in one of its forms.
What never comes in: what either says.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kinerja.cli.arguments import pairs
from kinerja.cli.changes import read_changes
from kinerja.cli.console import Console
from kinerja.cli.explain_each import explain_each, refuse_mixed
from kinerja.cli.opening import open_data, open_scorer
from kinerja.cli.output import hand_out
from kinerja.errors import InputError, Issue, nearest, quoted
from kinerja.io import DecimalMark, Records, Row
from kinerja.result import Explanation, WhatIf
from kinerja.scorer import Scorer
from kinerja.words import Language

__all__ = ["run"]

#: The form that a file name asks for.
_BY_SUFFIX: Final[Mapping[str, str]] = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "md",
    ".txt": "text",
}


def run(arguments: Namespace, console: Console) -> int:
    """Explain one record, or each.

    Returns:
        0, or 1 when something is wrong with the files as a whole although the record could be scored.

    Raises:
        PolicyError: The policy is wrong.
        InputError: There is no such record, it cannot be used, or a file cannot be read or written.
        UsageError: An option was typed wrongly.
    """
    refuse_mixed(arguments)
    out: Path | None = arguments.out
    if out is not None and arguments.each:
        return _each(arguments, out, console)
    suffix = "" if out is None else out.suffix.lower()
    if suffix and suffix not in _BY_SUFFIX and arguments.format is None:
        details = {"found": quoted(suffix), "expected": " ".join(_BY_SUFFIX)}
        raise InputError([Issue(code="KNJ557", file=str(out), details=details)])
    typed = pairs(arguments.changes, "--set")
    scorer = open_scorer(arguments)
    records, files = open_data(arguments, scorer)
    row = _find(records, arguments.id)
    if row.issues:
        raise InputError(row.issues)
    found = _explained(scorer, records, row, typed, arguments.decimal)
    form = arguments.format or _BY_SUFFIX.get(suffix, "text")
    console.err(*console.issue_lines([*records.warnings, *records.issues]))
    hand_out(_printed(found, form, console.lang), out, console, inputs=files)
    return 1 if records.issues else 0


def _each(arguments: Namespace, out: Path, console: Console) -> int:
    scorer = open_scorer(arguments)
    records, files = open_data(arguments, scorer)
    return explain_each(
        scorer,
        records,
        out=out,
        form=arguments.format or "html",
        printed=lambda found, form: _printed(found, form, console.lang),
        files=files,
        console=console,
    )


def _explained(
    scorer: Scorer, records: Records, row: Row, typed: Mapping[str, str], decimal: DecimalMark
) -> Explanation | WhatIf:
    """Explain the result of a row, or what the values named after `--set` would change."""
    own: tuple[Issue, ...] = ()
    try:
        result = scorer.score(row.record)
    except InputError as error:
        own = error.issues
    else:
        if not typed:
            return result.explanation
    changes, issues = read_changes(typed, scorer, decimal)
    try:
        comparison = scorer.what_if(row.record, changes)
    except InputError as error:
        # What is wrong with the data is found in the file, what is wrong with the changes is not.
        issues += [issue for issue in error.issues if issue not in own]
    if own or issues:
        raise InputError([*(records.locate(issue, row) for issue in own), *issues])
    return comparison


def _find(records: Records, wanted: str) -> Row:
    wanted = wanted.strip()
    row = records.find(wanted)
    if row is not None:
        return row
    near = nearest(wanted, records.ids_near(wanted))
    details = {"found": quoted(wanted), "count": str(records.count), "nearest": quoted(near or "")}
    code = "KNJ916" if near else "KNJ915"
    raise InputError([Issue(code=code, file=records.file, details=details)])


def _printed(found: Explanation | WhatIf, form: str, lang: Language) -> str:
    match form:
        case "md":
            return found.to_markdown(lang)
        case "json":
            return json.dumps(found.to_dict(), ensure_ascii=False, indent=2)
        case "html":
            return found.to_html(lang)
        case _:
            return found.to_text(lang)
