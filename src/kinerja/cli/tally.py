"""What became of the rows of a data file.

What lives here: the counts, reasons, issues and warnings that a run collects. What never comes in:
printing, files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kinerja.cli.found import Found
from kinerja.errors import InputError, Issue
from kinerja.io import Cell, Records, Row
from kinerja.result import Result
from kinerja.scorer import Scorer
from kinerja.scorer.read import read_record
from kinerja.values import Reason

__all__ = ["Tally", "cells"]


class Tally:
    """What became of the rows so far.

    Attributes:
        scorer: What scores them.
        issues: What makes rows, or files as a whole, unusable.
        warnings: What should be looked at.
        scored: Rows with a result.
        incomplete: Those of them that lack a value.
        refused: Rows without a result.
        reasons: Why values are missing, each with the number of its rows.
    """

    def __init__(self, scorer: Scorer, records: Records) -> None:
        self.scorer = scorer
        self.issues = Found(records.issues)
        self.warnings: list[Issue] = list(records.warnings)
        self.scored = self.incomplete = self.refused = 0
        self.reasons: Counter[Reason] = Counter()
        self._records = records

    def close(self) -> None:
        """Let go of what was found."""
        self.issues.close()

    def take(self, row: Row) -> Result | None:
        """Score a row, or take note of why it cannot be scored."""
        result = self.judge(row)
        if not isinstance(result, Result):
            self.refuse(result)
            return None
        self.count(result.reasons, 1)
        if result.warnings:
            self.warn(row.record)
        return result

    def judge(self, row: Row) -> Result | tuple[Issue, ...]:
        """Score a row, or give the issues that make it unusable, each with its place."""
        if row.issues:
            return self.found(row)
        try:
            return self.scorer.score(row.record)
        except InputError as error:
            located = (self._records.locate(issue, row) for issue in error.issues)
            return tuple(issue.at(record_id=row.id or None) for issue in located)

    def found(self, row: Row) -> tuple[Issue, ...]:
        """Give what reading found wrong with a row, with its id."""
        return tuple(issue.at(record_id=row.id or None) for issue in row.issues)

    def refuse(self, issues: Iterable[Issue]) -> None:
        """Take note of a row that cannot be used."""
        self.refused += 1
        self.issues.extend(issues)

    def count(self, reasons: tuple[Reason, ...], rows: int) -> None:
        """Take note of rows that were scored, all with the same reasons."""
        self.scored += rows
        if reasons:
            self.incomplete += rows
            for reason in reasons:
                self.reasons[reason] += rows

    def warn(self, record: Mapping[str, object]) -> None:
        """Take note of the warnings of a record, each once; a result holds only their words."""
        for issue in read_record(record, self.scorer.program.inputs)[2]:
            if issue not in self.warnings:
                self.warnings.append(issue)


def cells(result: Result) -> tuple[Cell, ...]:
    """Give a result as a row of a results file."""
    reasons = tuple(str(reason) for reason in result.reasons)
    return (result.id, result.status, reasons, *result.values.values())
