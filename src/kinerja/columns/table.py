"""A whole table scored: the results of a frame, and what stands behind them.

What lives here: what a caller gets. What never comes in: how rows are scored.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames import open_frame
from kinerja.columns.run import Judge, TableRun
from kinerja.errors import Issue
from kinerja.result import Explanation, Result

__all__ = ["InputWarning", "TableResult", "score_frame", "warn_of"]


class InputWarning(UserWarning):
    """Some rows of a table could not be scored; the rest was.

    Attributes:
        issues: Each problem once, with column, first rows and count.
    """

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__("\n".join(issue.to_text() for issue in issues))


class TableResult:
    """The results of a table.

    Attributes:
        frame: The results, a frame of the same kind as the table: `id` where the table has one, `status`
            (`complete`, `incomplete`, `refused`), `reasons`, then the published steps in the order of the
            policy. Numbers are the float64 nearest the exact value, so one of up to 15 digits prints as
            it is; labels are categories, missing values null.
        issues: What is wrong with the table and its cells, each once for a column, with the first rows
            (from 0) and how many there are.
        complete: Rows with every published value.
        incomplete: Rows without some of them, with reasons.
        refused: Rows that hold values which cannot be used.
    """

    __slots__ = (
        "_record",
        "_score",
        "complete",
        "frame",
        "incomplete",
        "issues",
        "refused",
        "rows",
    )

    def __init__(
        self,
        frame: Any,  # noqa: ANN401 - as many kinds as there are libraries
        issues: tuple[Issue, ...],
        statuses: NDArray[np.int8],
        record: Callable[[int], dict[str, object]],
        score: Callable[[Mapping[str, object]], Result],
    ) -> None:
        self.frame = frame
        self.issues = issues
        self.rows = len(statuses)
        self.complete, self.incomplete, self.refused = (
            int(np.count_nonzero(statuses == status)) for status in range(3)
        )
        self._record = record
        self._score = score

    def __len__(self) -> int:
        """Give the number of rows."""
        return self.rows

    def __repr__(self) -> str:
        """Show what became of the rows."""
        counts = f"{self.complete} complete, {self.incomplete} incomplete, {self.refused} refused"
        return f"<TableResult {self.rows} rows: {counts}>"

    def score(self, row: int) -> Result:
        """Score one row exactly, as a record.

        Args:
            row: From 0; a negative one counts from the end.

        Raises:
            IndexError: There is no such row.
            InputError: The row holds values that cannot be used.
        """
        return self._score(self.record(row))

    def record(self, row: int) -> dict[str, object]:
        """Give one row as the record that `score` takes.

        Args:
            row: From 0; a negative one counts from the end.

        Raises:
            IndexError: There is no such row.
        """
        if not -self.rows <= row < self.rows:
            raise IndexError(f"row {row} of {self.rows}")
        return self._record(row % self.rows)

    def explain(self, row: int) -> Explanation:
        """Explain the result of one row; see `score`."""
        return self.score(row).explanation


def score_frame(
    judge: Judge,
    frame: object,
    *,
    lists: Mapping[str, object] | None = None,
    threads: int | None = None,
) -> TableResult:
    """Score every row of a frame.

    Args:
        judge: The scorer.
        frame: The table; see `open_frame`.
        lists: Long tables of list inputs, by input: one row an item, with the `id` of its owner.
        threads: How many chunks are worked on at once; by default as many as there are processors.

    Raises:
        InputError: The frame cannot be read at all, or a list is named that the policy does not have.
    """
    run = TableRun(judge, open_frame(frame), lists or {})
    run.score(_threads(threads))
    issues = run.findings.issues()
    return TableResult(run.built(), issues, run.outputs.statuses, run.record, judge.score)


def _threads(threads: int | None) -> int:
    if threads is None:
        return cpu_count() or 1
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise ValueError(f"threads must be a whole number of 1 or more, got {threads!r}")
    return threads


def warn_of(issues: tuple[Issue, ...]) -> None:
    """Warn of rows that could not be scored."""
    if issues:
        warnings.warn(InputWarning(issues), stacklevel=3)
