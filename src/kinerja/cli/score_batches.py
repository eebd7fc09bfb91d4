"""`kinerja score` for large files: many rows at a time through the column engine.

What lives here: the way of a batch from the column engine to a results file, and the rows that only the
exact scorer can give. What never comes in: printing, file formats. Row by row it writes what `score` would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from kinerja.cli.progress import Progress
from kinerja.cli.tally import Tally, cells
from kinerja.columns.answers import Answers, Units, answers
from kinerja.columns.frames_arrow_values import integers
from kinerja.columns.parts import Coded
from kinerja.errors import InputError, Issue
from kinerja.io import Batch, Cell, Records, Row, RowWriter
from kinerja.result import Result
from kinerja.values import Reason

__all__ = ["score_batches"]

#: Rows that the exact scorer takes at once.
AT_ONCE: Final = 4096
#: Texts of reasons whose reasons are kept.
MOST_KEPT: Final = 10_000

#: Rows that cannot be used: for each its number and what is wrong with it.
Unusable: TypeAlias = list[tuple[int, Sequence[Issue]]]


def score_batches(
    records: Records, tally: Tally, write: RowWriter, progress: Progress | None
) -> None:
    """Score every row of a data file and write the results.

    Args:
        records: The data.
        tally: Takes note of what becomes of the rows.
        write: Takes the results.
        progress: Is told of the rows that are done, or `None`.

    Raises:
        InputError: A file cannot be read to its end, or written.
    """
    run = _Run(records, tally, write)
    for batch in records.batches():
        run.take(batch)
        if progress is not None:
            progress.step(batch.count)


class _Run:
    def __init__(self, records: Records, tally: Tally, write: RowWriter) -> None:
        self._records = records
        self._tally = tally
        self._write = write
        self._scorer = tally.scorer
        program = tally.scorer.program
        self._units = Units(program)
        self._needed = [i.name for i in program.inputs if i.required]
        self._known: dict[str, tuple[Reason, ...]] = {}
        self._by_row = False

    def take(self, batch: Batch) -> None:
        """Score a batch and write its results."""
        found: Unusable = [(row.number, self._tally.found(row)) for row in batch.refused]
        if len(batch.ids):
            found += self._one_by_one(batch) if self._by_row else self._together(batch)
        for _, issues in sorted(found, key=lambda one: one[0]):
            self._tally.refuse(issues)

    def _together(self, batch: Batch) -> Unusable:
        try:
            result = self._scorer.table_result(batch.frame)
        except InputError:
            # A column that no table may have; for single rows it is a value that is refused.
            return self._one_by_one(batch)
        units = self._units.of(batch.frame) if self._write.exact else None
        made = answers(result, self._scorer.program, units=units)
        found = self._refused(batch, made.refused)
        scored = len(result) - result.refused
        # Numbers whose decimals never end are no less work for having been computed before.
        self._by_row = scored > 0 and len(made.unsure) * 2 > scored
        if found is None or self._by_row:
            return self._one_by_one(batch)
        self._put(batch, made)
        return found

    def _refused(self, batch: Batch, places: Sequence[int]) -> Unusable | None:
        """Find what is wrong with rows; `None` should the exact scorer take any of them."""
        found: Unusable = []
        for row in _rows(batch, places):
            judged = self._tally.judge(row)
            if isinstance(judged, Result):
                return None
            found.append((row.number, judged))
        return found

    def _one_by_one(self, batch: Batch) -> Unusable:
        """Score and write single rows."""
        found: Unusable = []
        for row in _rows(batch, range(len(batch.ids))):
            judged = self._tally.judge(row)
            if not isinstance(judged, Result):
                found.append((row.number, judged))
                continue
            self._tally.count(judged.reasons, 1)
            if judged.warnings:
                self._tally.warn(row.record)
            self._write(cells(judged))
        return found

    def _put(self, batch: Batch, made: Answers) -> None:
        """Write what was scored together."""
        columns = dict(made.columns)
        columns["reasons"] = self._reasons(batch, made)
        places = range(len(batch.ids)) if made.rows is None else made.rows.tolist()
        if self._records.extra_keys:
            self._warn(batch, places)
        unsure: dict[int, Sequence[Cell]] = {}
        if made.unsure:
            rows = _rows(batch, [places[at] for at in made.unsure])
            for at, row in zip(made.unsure, rows, strict=True):
                unsure[at] = cells(self._scorer.score(row.record))
        self._write.write_columns([_taken(batch.ids, made), *columns.values()], unsure)

    def _reasons(self, batch: Batch, made: Answers) -> Coded:
        """Give the reasons of each row as a list, and count them."""
        texts = made.columns["reasons"]
        if not isinstance(texts, Coded):
            raise TypeError
        codes = texts.codes.tolist()
        first: dict[int, int] = {}
        for place, code in enumerate(codes):
            first.setdefault(code, place)
        counts = Counter(codes)
        lists: list[tuple[str, ...]] = [()] * (len(texts.values) + 1)
        for code, place in first.items():
            reasons: tuple[Reason, ...] = ()
            if code >= 0:
                at = place if made.rows is None else int(made.rows[place])
                reasons = self._reasons_of(str(texts.values[code]), batch, at)
                lists[code] = tuple(map(str, reasons))
            self._tally.count(reasons, counts[code])
        # A row without reasons has an empty list, which stands last.
        return Coded(texts.codes % len(lists), lists)

    def _reasons_of(self, text: str, batch: Batch, place: int) -> tuple[Reason, ...]:
        """Give the reasons behind their text; `place` is a row that has them."""
        if text not in self._known:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[text] = self._scorer.score(batch.rows([place])[0].record).reasons
        return self._known[text]

    def _warn(self, batch: Batch, places: Sequence[int]) -> None:
        """Warn of keys that look like the input that is missing."""
        for row in _rows(batch, places):
            if any(_is_missing(row.record.get(name)) for name in self._needed):
                self._tally.warn(row.record)


def _rows(batch: Batch, places: Sequence[int]) -> Iterator[Row]:
    for start in range(0, len(places), AT_ONCE):
        yield from batch.rows(places[start : start + AT_ONCE])


def _taken(ids: Any, made: Answers) -> Any:  # noqa: ANN401 - texts, or an array of Arrow
    if made.rows is None:
        return ids
    if isinstance(ids, list):
        return [ids[place] for place in made.rows.tolist()]
    return ids.take(integers(made.rows))


def _is_missing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value != value  # noqa: PLR0124 - the definition of NaN
