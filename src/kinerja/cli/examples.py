"""From files of examples to what became of them.

What lives here: which files are read, and the handing over between the readers of tables and those who know
what examples are. What never comes in: printing, the meaning of a column.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from kinerja.asn import catalog
from kinerja.cli.arguments import pairs
from kinerja.cli.usage import UsageError
from kinerja.errors import InputError, Issue, quoted
from kinerja.io import DecimalMark, Records, Wording, read_records
from kinerja.policy import Policy
from kinerja.verify import (
    Example,
    ExampleRow,
    ExamplesReport,
    TableColumns,
    check_examples,
    read_rows,
    run_examples,
)

__all__ = ["ExampleFiles", "Ran", "find_examples", "run_files"]

#: Suffixes of tables; any other file is read as YAML.
TABLES: Final = (".csv", ".tsv", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFiles:
    """The files of examples that are to be run.

    Attributes:
        paths: The files.
        lists: Files of lists that belong to the one table among them.
        decimal: Decimal mark of tables.
    """

    paths: tuple[Path, ...]
    lists: dict[str, Path]
    decimal: DecimalMark

    @property
    def all_paths(self) -> tuple[Path, ...]:
        """Every file that is read."""
        return (*self.paths, *self.lists.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What became of the examples.

    Attributes:
        reports: One for each file whose examples were run.
        refused: What is wrong with the other files.
    """

    reports: tuple[ExamplesReport, ...] = ()
    refused: tuple[Issue, ...] = ()

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples that were run."""
        return tuple(o.example for report in self.reports for o in report.outcomes)


def find_examples(arguments: Namespace, path: Path) -> ExampleFiles:
    """Find the files of examples that were named, or those beside the policy.

    Raises:
        InputError: There is no such file.
        UsageError: Lists were named, and there is not one table that they belong to; or a list twice.
    """
    named: Path | None = arguments.examples
    if named is not None and not named.is_file():
        details = {"found": quoted(str(named))}
        raise InputError([Issue(code="KNJ617", file=str(named), details=details)])
    paths = catalog.examples_paths(path) if named is None else (named,)
    lists = {name: Path(file) for name, file in pairs(arguments.lists, "--list").items()}
    if lists and sum(_is_table(path) for path in paths) != 1:
        details = {"found": ", ".join(quoted(path.name) for path in paths) or "–"}
        raise UsageError([Issue(code="KNJ920", details=details)])
    return ExampleFiles(paths=paths, lists=lists, decimal=arguments.decimal)


def run_files(files: ExampleFiles, policy: Policy) -> Ran:
    """Run the examples of every file; one that is written wrongly does not keep the others back.

    Raises:
        MissingExtraError: A file needs openpyxl, which is not installed.
    """
    reports: list[ExamplesReport] = []
    refused: list[Issue] = []
    for path in files.paths:
        try:
            if _is_table(path):
                reports.append(_run_table(path, files, policy))
            else:
                reports.append(check_examples(path, policy))
        except InputError as error:
            refused += error.issues
    return Ran(reports=tuple(reports), refused=tuple(refused))


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in TABLES


def _run_table(path: Path, files: ExampleFiles, policy: Policy) -> ExamplesReport:
    columns = TableColumns(policy)
    records = read_records(
        path,
        columns.kinds,
        lists=files.lists,
        required=columns.lists,
        decimal=files.decimal,
        wording=Wording(name_columns=columns.name_columns, special=columns.special),
    )
    # What is only worth a look in data is a fault in examples: a row that belongs to none of them.
    issues = [issue.at(severity="error") for issue in (*records.issues, *records.warnings)]
    return run_examples(str(path), read_rows(_rows(records), policy, issues=issues))


def _rows(records: Records) -> Iterator[ExampleRow]:
    for row in records:
        yield ExampleRow(
            id=row.id,
            record=row.record,
            issues=row.issues,
            locate=partial(records.locate, row=row),
        )
