"""The forms in which a page is handed out.

What lives here: which form is meant, and what prints it. What never comes in: what the page says.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kinerja.errors import InputError, Issue, quoted
from kinerja.report import Page, page_html, page_markdown, page_text
from kinerja.words import Language

__all__ = ["form_of", "printed"]

#: The form that a file name asks for.
_BY_SUFFIX: Final[Mapping[str, str]] = {
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".txt": "text",
}


def form_of(arguments: Namespace) -> str:
    """Give the form that was asked for, by `--format` or by the name of the file.

    Raises:
        InputError: The name of the file asks for a form that there is not.
    """
    out: Path | None = arguments.out
    suffix = "" if out is None else out.suffix.lower()
    if suffix and suffix not in _BY_SUFFIX and arguments.format is None:
        details = {"found": quoted(suffix), "expected": " ".join(_BY_SUFFIX)}
        raise InputError([Issue(code="KNJ557", file=str(out), details=details)])
    return str(arguments.format or _BY_SUFFIX.get(suffix, "text"))


def printed(page: Page, form: str, lang: Language) -> str:
    """Print a page in a form, without a line end after its last line."""
    match form:
        case "md":
            return page_markdown(page)
        case "html":
            return page_html(page, lang)
        case _:
            return page_text(page)
