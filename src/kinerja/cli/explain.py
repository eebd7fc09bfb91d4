"""`kinerja explain`: how the result of one person or unit came about.

What lives here: finding the record, and handing out its explanation in one of its forms. What never comes
in: what an explanation says.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kinerja.cli.arguments import FORMATS
from kinerja.cli.console import Console
from kinerja.cli.opening import open_data, open_scorer
from kinerja.cli.output import hand_out
from kinerja.errors import InputError, Issue, nearest, quoted
from kinerja.io import Records, Row
from kinerja.result import Explanation
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
    """Explain one record.

    Returns:
        0, or 1 when something is wrong with the files as a whole although the record could be scored.

    Raises:
        PolicyError: The policy is wrong.
        InputError: There is no such record, it cannot be used, or a file cannot be read or written.
        UsageError: An option was typed wrongly.
    """
    out: Path | None = arguments.out
    suffix = "" if out is None else out.suffix.lower()
    if suffix and suffix not in _BY_SUFFIX and arguments.format is None:
        details = {"found": quoted(suffix), "expected": " ".join(_BY_SUFFIX)}
        raise InputError([Issue(code="KNJ557", file=str(out), details=details)])
    scorer = open_scorer(arguments)
    records, files = open_data(arguments, scorer)
    row = _find(records, arguments.id)
    if row.issues:
        raise InputError(row.issues)
    try:
        explanation = scorer.score(row.record).explanation
    except InputError as error:
        raise InputError(records.locate(issue, row) for issue in error.issues) from None
    form = arguments.format or _BY_SUFFIX.get(suffix, "text")
    console.err(*console.issue_lines([*records.warnings, *records.issues]))
    hand_out(_PRINTERS[form](explanation, console.lang), out, console, inputs=files)
    return 1 if records.issues else 0


def _find(records: Records, wanted: str) -> Row:
    wanted = wanted.strip()
    row = records.find(wanted)
    if row is not None:
        return row
    near = nearest(wanted, records.ids_near(wanted))
    details = {"found": quoted(wanted), "count": str(records.count), "nearest": quoted(near or "")}
    code = "KNJ916" if near else "KNJ915"
    raise InputError([Issue(code=code, file=records.file, details=details)])


def _as_json(explanation: Explanation, lang: Language) -> str:  # noqa: ARG001 - data hold both languages
    return json.dumps(explanation.to_dict(), ensure_ascii=False, indent=2)


_PRINTERS: Final[Mapping[str, Callable[[Explanation, Language], str]]] = dict(
    zip(
        FORMATS,
        (Explanation.to_text, Explanation.to_markdown, _as_json, Explanation.to_html),
        strict=True,
    )
)
