"""One table on its way from a frame to columns of results.

What lives here: chunks, threads, and which rows go which way. What never comes in: arithmetic, the
libraries of frames.

Rows go through in chunks that fit the cache. `floats` scores a chunk at the speed of hand-written array
code and says for which rows that is certain. The others are gathered: first its plan of whole numbers
settles what it can, then `decide`; what that cannot decide either goes, a record at a time, to the exact
scorer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import reduce
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.cells import Batch, Items, Reader, Refusal, Span
from kinerja.columns.decide import Decided, decide
from kinerja.columns.findings import Findings, column_of, reasons_of
from kinerja.columns.floats import Floats, Plans
from kinerja.columns.frames import Frame, duplicate_ids, open_frame
from kinerja.columns.joined import BUCKET, ListTable, join_list
from kinerja.columns.outline import Outline
from kinerja.columns.outputs import Outputs
from kinerja.columns.parts import Part
from kinerja.columns.residues import Array
from kinerja.columns.tape import Scratch
from kinerja.errors import InputError, Issue, names_like, quoted, unknown_name
from kinerja.formula.types import ListType
from kinerja.result import Result

if TYPE_CHECKING:
    from kinerja.scorer.program import Program

__all__ = ["CHUNK", "Judge", "TableRun"]

#: Rows of a chunk, at most: what is read at once.
CHUNK: Final = 1 << 20
#: Cells of a chunk, at most: columns that are no float64 are copied to be read.
MOST_CELLS: Final = 1 << 23
#: Rows that are worth a chunk of their own.
WORTHWHILE: Final = 1 << 18
#: Items of a chunk, where rows have long lists.
MOST_ITEMS: Final = 1_000_000
#: Rows that floats cannot tell about wait until there are so many, as `Batch.size` counts them. A quarter
#: of it that comes at once does not wait, so that it is not copied. Settled is half of it at a time.
SETTLED: Final = 131_072
#: Rows that are decided at once: what `decide` keeps of them stays in the cache.
BATCH: Final = 16_384
#: The column of ids.
ID: Final = "id"


class Judge(Protocol):
    """What scores one record exactly."""

    program: Program
    #: What was prepared for tables; `None` before the first one.
    prepared: Plans | None

    def score(self, record: Mapping[str, object]) -> Result:
        """Score a record."""


@dataclass(slots=True)
class _Waiting:
    """Memory of one worker, and rows that wait for `decide`."""

    scratch: Scratch
    batches: list[Batch] = field(default_factory=list)
    spans: list[Mapping[str, Span]] = field(default_factory=list)
    rows: list[Array] = field(default_factory=list)
    size: int = 0


class TableRun:
    """One table on its way."""

    def __init__(self, judge: Judge, frame: Frame, lists: Mapping[str, object]) -> None:
        self.judge = judge
        self.frame = frame
        if judge.prepared is None:
            judge.prepared = Plans(Outline(judge.program))
        self.outline = judge.prepared.outline
        self.floats = Floats(judge.prepared)
        self.shelf = judge.prepared.shelf
        self.outputs = Outputs(self.outline.published, frame.rows)
        self.findings = Findings()
        self.names = frozenset(frame.names)
        self.lists = self._open_lists(lists)
        self.twice = np.zeros(0, np.bool_)
        self._check_columns()

    # Before.

    def _open_lists(self, lists: Mapping[str, object]) -> dict[str, ListTable]:
        opened: dict[str, ListTable] = {}
        issues = [
            unknown_name("KNJ453", name, name, self.outline.lists)
            for name in lists
            if name not in self.outline.lists
        ]
        if lists and ID not in self.names:
            issues.append(Issue(code="KNJ454", path=ID, details={"expected": quoted(ID)}))
        if issues:
            raise InputError(issues)
        for name, table in lists.items():
            other = open_frame(table)
            if ID not in other.names:
                details = {"expected": quoted(ID)}
                raise InputError([Issue(code="KNJ454", path=f"{name}.{ID}", details=details)])
            opened[name] = join_list(name, self.frame, other)
            for issue in opened[name].issues:
                self.findings.say(issue)
        return opened

    def _check_columns(self) -> None:
        for declared in self.outline.inputs:
            name = declared.name
            given = name in self.names
            if given and name in self.lists:
                raise InputError([Issue(code="KNJ547", path=name, details={"found": quoted(name)})])
            if not given and name not in self.lists and declared.required:
                known = {ID, *(one.name for one in self.outline.inputs)}
                others = [column for column in self.names if column not in known]
                details = {"expected": quoted(name), "found": names_like(name, others)}
                self.findings.say(
                    Issue(code="KNJ553", path=name, details=details, severity="warning")
                )

    # The rows.

    def score(self, threads: int) -> None:
        """Score every row."""
        if ID in self.names:
            twice = duplicate_ids(self.frame)
            if twice is not None and twice.any():
                self.twice = twice
        spans = list(self._spans(threads))
        if threads == 1 or len(spans) < 2:  # noqa: PLR2004 - two make it worth a thread
            self._work(iter(spans))
            return
        queue = _Queue(spans)
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(self._work, queue) for _ in range(min(threads, len(spans)))]:
                done.result()

    def _spans(self, threads: int) -> Iterator[tuple[int, int]]:
        """Divide the rows into chunks, as many for each thread."""
        step = max(1, min(CHUNK, MOST_CELLS // max(1, len(self.outline.inputs))))
        rounds = -(-self.frame.rows // (step * threads))
        step = min(step, max(WORTHWHILE, -(-self.frame.rows // (max(1, rounds) * threads))))
        for table in self.lists.values():
            longest = max(1, -(-table.count // max(self.frame.rows, 1)))
            step = min(step, max(1, MOST_ITEMS // longest))
            if step > BUCKET:
                # Chunks of whole buckets, so that none is gone through twice.
                step -= step % BUCKET
        for start in range(0, self.frame.rows, step):
            yield start, min(start + step, self.frame.rows)

    def _work(self, spans: Iterable[tuple[int, int]]) -> None:
        waiting = _Waiting(self.shelf.take())
        # What overflows is looked for and left to the exact scorer.
        with np.errstate(all="ignore"):
            for start, stop in spans:
                self._chunk(start, stop, waiting)
                if waiting.size >= SETTLED:
                    self._flush(waiting)
            if waiting.size:
                self._flush(waiting)
        self.shelf.put(waiting.scratch)

    def _chunk(self, start: int, stop: int, waiting: _Waiting) -> None:
        batch, reader, by_row = self._read(start, stop)
        if by_row:
            reader.leave(np.arange(stop - start))
        if reader.odd is not None and len(self.twice):
            reader.odd &= ~self.twice[start:stop]
        # What is odd is judged by the scorer whole; what else is wrong with it, too.
        left_out = self._refuse(reader, start, stop)
        if reader.odd is not None:
            self._score_rows(np.flatnonzero(reader.odd) + start)
            left_out = reader.odd if left_out is None else left_out | reader.odd
        if left_out is None:
            self._score_batch(batch, reader.spans, slice(start, stop), waiting)
            return
        rows = np.flatnonzero(~left_out)
        if len(rows):
            self._score_batch(batch.take(rows), {}, rows + start, waiting)

    def _score_batch(
        self, batch: Batch, spans: Mapping[str, Span], at: slice | Array, waiting: _Waiting
    ) -> None:
        """Score rows that arrays can hold."""
        # Views of neighbouring rows, copies of others.
        outputs = [values[at] for values in self.outputs.values]
        for block, piece, doubtful in self.floats.run(batch, spans, outputs, waiting.scratch):
            left = np.arange(piece.rows) if doubtful is None else np.flatnonzero(doubtful)
            if len(left) < piece.rows:
                piece = piece.take(left)  # noqa: PLW2901 - what is left of it
            if not piece.rows:
                continue
            left += block.start
            if not isinstance(at, slice):
                self._let_wait(piece, spans, at[left], waiting)
            elif 4 * piece.size >= SETTLED:
                self._settle(piece, spans, left + at.start, waiting.scratch)
            else:
                self._let_wait(piece, spans, left + at.start, waiting)
                if waiting.size >= SETTLED:
                    self._flush(waiting)
        if not isinstance(at, slice):
            for values, found in zip(self.outputs.values, outputs, strict=True):
                values[at] = found

    def _let_wait(
        self, batch: Batch, spans: Mapping[str, Span], rows: Array, waiting: _Waiting
    ) -> None:
        waiting.batches.append(batch)
        waiting.spans.append(spans)
        waiting.rows.append(rows)
        waiting.size += batch.size

    def _read(self, start: int, stop: int) -> tuple[Batch, Reader, bool]:
        """Read the inputs of some rows; tell whether only the exact scorer can take them."""
        reader = Reader(stop - start, self.outline.divisors)
        columns: dict[str, Array | Items] = {}
        by_row = False
        for declared in self.outline.inputs:
            name, kind = declared.name, declared.type
            part: Part | None = None
            if isinstance(kind, ListType):
                if name in self.lists:
                    part = self.lists[name].part(start, stop, tuple(kind.fields))
                elif name in self.names:
                    part = self.frame.part(name, start, stop, tuple(kind.fields))
                items = reader.items(name, part, kind, self.outline.fields(name))
                by_row = by_row or items is None
                if items is not None:
                    columns[name] = items
            else:
                if name in self.names:
                    part = self.frame.part(name, start, stop)
                columns[name] = reader.column(name, part, kind)
        return Batch(stop - start, columns), reader, by_row

    def _flush(self, waiting: _Waiting) -> None:
        batch = Batch.joined(waiting.batches)
        rows = np.concatenate(waiting.rows)
        spans = _joined_spans(waiting.spans)
        waiting.batches, waiting.spans, waiting.rows, waiting.size = [], [], [], 0
        self._settle(batch, spans, rows, waiting.scratch)

    def _settle(
        self, batch: Batch, spans: Mapping[str, Span], rows: Array, scratch: Scratch
    ) -> None:
        """Decide rows that floats cannot tell about."""
        for at, piece in self._left_over(batch, spans, rows, scratch):
            decided = decide(self.outline, piece)
            self.outputs.put(at, decided)
            self._give_reasons(at, decided)
            self._score_rows(at[decided.undecided])

    def _left_over(
        self, batch: Batch, spans: Mapping[str, Span], rows: Array, scratch: Scratch
    ) -> Iterator[tuple[Array, Batch]]:
        """Decide rows by a plan, and give those that are left, with their place in the table."""
        for at, piece in batch.pieces(SETTLED // 2):
            there = rows[at]
            outputs = [np.empty(len(there), values.dtype) for values in self.outputs.values]
            doubtful = self.floats.settle(piece, spans, outputs, scratch)
            if doubtful is None:
                for within, part in piece.pieces(BATCH):
                    yield there[within], part
                continue
            for values, found in zip(self.outputs.values, outputs, strict=True):
                values[there] = found
            left = np.flatnonzero(doubtful)
            if len(left):
                for within, part in piece.take(left).pieces(BATCH):
                    yield there[left[within]], part

    def _give_reasons(self, rows: Array, decided: Decided) -> None:
        """Find the reasons of incomplete rows: of one row for all that are like it."""
        places = np.flatnonzero(decided.incomplete & ~decided.undecided)
        if not len(places):
            return
        alike = decided.alike[places]
        single = alike < 0
        self._score_rows(rows[places[single]])
        places, alike = places[~single], alike[~single]
        first, inverse = np.unique(alike, return_index=True, return_inverse=True)[1:]
        texts = [self._reasons_of(int(rows[places[at]])) for at in first]
        self.outputs.put_reasons(rows[places], [texts[i] for i in range(len(texts))], inverse)

    def _reasons_of(self, row: int) -> str:
        result = self.judge.score(self.record(row))
        return "; ".join(map(str, result.reasons))

    def _score_rows(self, rows: Array) -> None:
        """Score rows one at a time."""
        for row in rows.tolist():
            try:
                result = self.judge.score(self.record(row))
            except InputError as error:
                self._refuse_record(row, error.issues)
                continue
            self.outputs.put_result(row, result)

    def record(self, row: int) -> dict[str, object]:
        """Give a row as a record."""
        names = [i.name for i in self.outline.inputs if i.name in self.names]
        if ID in self.names:
            names.append(ID)
        record = self.frame.record(row, names)
        for name, table in self.lists.items():
            record[name] = table.record(row)
        return record

    # Refusals.

    def _refuse(self, reader: Reader, start: int, stop: int) -> NDArray[np.bool_] | None:
        """Refuse rows with cells that cannot be used, but for those that the scorer takes anyway.

        Returns:
            The refused rows, or `None`: no row.
        """
        refusals = [self._kept(refusal, reader.odd, start) for refusal in reader.refusals]
        if len(self.twice):
            rows = np.flatnonzero(self.twice[start:stop])
            if len(rows):
                refusals.insert(0, self._repeated(rows, start))
        if not refusals:
            return None
        refused = np.zeros(stop - start, np.bool_)
        for refusal in refusals:
            refused[refusal.rows] = True
            self.findings.add(refusal.issue.at(path=refusal.path), refusal.rows, start)
        for row, texts in reasons_of(refusals).items():
            self.outputs.refuse(start + row, "; ".join(texts))
        return refused

    def _kept(self, refusal: Refusal, odd: NDArray[np.bool_] | None, start: int) -> Refusal:
        """Leave out what the scorer takes anyway; the issue stays that of the first cell."""
        kept = refusal.without(odd)
        if not len(kept.rows) or kept.rows[0] == refusal.rows[0]:
            return kept
        try:
            self.judge.score(self.record(start + int(kept.rows[0])))
        except InputError as error:
            for issue in error.issues:
                if (issue.code, column_of(issue.path)) == (kept.issue.code, kept.path):
                    return replace(kept, issue=issue)
        return kept

    def _repeated(self, rows: Array, start: int) -> Refusal:
        found = self.frame.record(start + int(rows[0]), [ID])[ID]
        details = {"found": quoted(str(found)), "other": "…"}
        return Refusal(rows, ID, Issue(code="KNJ544", path=ID, details=details))

    def _refuse_record(self, row: int, issues: tuple[Issue, ...]) -> None:
        self.outputs.refuse(row, "; ".join(f"{issue.code}: {issue.path}" for issue in issues))
        self.findings.add_record(issues, row)

    # After.

    def built(self) -> Any:  # noqa: ANN401 - as many kinds as there are libraries
        """Give the frame of results."""
        return self.frame.build(self.outputs.columns(), (ID,) if ID in self.names else ())


def _joined_spans(found: list[Mapping[str, Span]]) -> dict[str, Span]:
    """Give what is known of columns in every batch; what holds for a chunk holds for some of its rows."""
    known: dict[str, Span] = {}
    for path in set(found[0]).intersection(*found[1:]):
        known[path] = reduce(Span.joined, (spans[path] for spans in found))
    return known


class _Queue:
    """Chunks handed to several threads."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = iter(spans)
        self._lock = Lock()

    def __iter__(self) -> Iterator[tuple[int, int]]:
        while True:
            with self._lock:
                span = next(self._spans, None)
            if span is None:
                return
            yield span
