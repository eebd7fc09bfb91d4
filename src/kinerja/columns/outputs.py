"""The columns of results while they fill.

What lives here: one array for each published step, and status and reasons of each row; they are allocated
once, and every worker writes rows of its own. What never comes in: how a value is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Final, cast

import numpy as np

from kinerja.columns.decide import EPOCH, Decided, empty_column
from kinerja.columns.parts import Days, Figures, Flags, Labels, OutColumn, Texts
from kinerja.columns.residues import Array
from kinerja.formula.types import DateType, FlagType, LabelType, NumberType, TextType
from kinerja.result import Result
from kinerja.scorer.program import Step

__all__ = ["STATUSES", "Outputs"]

#: Places of the status column.
STATUSES: Final = ("complete", "incomplete", "refused")
COMPLETE, INCOMPLETE, REFUSED = range(3)
#: Most labels that fit a place of one byte.
NARROW: Final = 127


class Outputs:
    """The results of a table, row by row in any order.

    Attributes:
        statuses: int8, places in `STATUSES`.
        values: An array for each published step; see `Decided.columns`.
    """

    def __init__(self, published: tuple[Step, ...], rows: int) -> None:
        self.published = published
        self.rows = rows
        self.statuses = np.zeros(rows, np.int8)
        self.values: list[Array] = [_array(step, rows) for step in published]
        self._missing: dict[int, Array] = {}
        self._texts: dict[int, dict[str, int]] = {}
        self._reasons: Array | None = None
        self._reason_texts: dict[str, int] = {}
        self._lock = Lock()

    # Rows.

    def put(self, rows: Array, decided: Decided) -> None:
        """Take what was decided."""
        at: Array | slice = rows
        if len(rows) and int(rows[-1]) - int(rows[0]) == len(rows) - 1:
            at = slice(int(rows[0]), int(rows[-1]) + 1)
        for place, (values, missing) in enumerate(
            zip(decided.columns, decided.missing, strict=True)
        ):
            self.values[place][at] = values
            if missing is not None and isinstance(self.published[place].type, DateType):
                self._missing_of(place)[at] = missing
        self.statuses[at] = np.where(decided.incomplete, INCOMPLETE, COMPLETE)

    def put_reasons(self, rows: Array, texts: Sequence[str], places: Array) -> None:
        """Take the reasons of some rows, each a place in `texts`."""
        codes = np.array([self._reason(text) for text in texts], np.int32)
        self._reason_codes()[rows] = codes[places.reshape(-1)]

    def put_result(self, row: int, result: Result) -> None:
        """Take a result of the exact scorer."""
        self.statuses[row] = INCOMPLETE if result.reasons else COMPLETE
        reasons = "; ".join(map(str, result.reasons))
        if reasons:
            self._reason_codes()[row] = self._reason(reasons)
        for place, step in enumerate(self.published):
            self._put(place, step, row, result.values[step.name])

    def _put(self, place: int, step: Step, row: int, value: object) -> None:
        values = self.values[place]
        match step.type:
            case NumberType():
                values[row] = np.nan if value is None else _nearest(value)
            case LabelType(scale=scale):
                values[row] = -1 if value is None else scale.ids.index(cast("str", value))
            case FlagType():
                values[row] = -1 if value is None else int(cast("bool", value))
            case DateType():
                there = value is not None
                values[row] = _days(cast("str", value)) if there else 0
                if not there or place in self._missing:
                    self._missing_of(place)[row] = not there
            case TextType():
                values[row] = -1 if value is None else self._text(place, cast("str", value))

    def refuse(self, row: int, reasons: str) -> None:
        """Take note that a row cannot be scored."""
        self.statuses[row] = REFUSED
        self._reason_codes()[row] = self._reason(reasons)
        for place, step in enumerate(self.published):
            self._put(place, step, row, None)

    def _text(self, place: int, text: str) -> int:
        with self._lock:
            texts = self._texts.setdefault(place, {})
            return texts.setdefault(text, len(texts))

    def _reason(self, text: str) -> int:
        with self._lock:
            return self._reason_texts.setdefault(text, len(self._reason_texts))

    def _reason_codes(self) -> Array:
        with self._lock:
            if self._reasons is None:
                self._reasons = np.full(self.rows, -1, np.int32)
            return self._reasons

    def _missing_of(self, place: int) -> Array:
        with self._lock:
            return self._missing.setdefault(place, np.zeros(self.rows, np.bool_))

    # The whole.

    def columns(self) -> dict[str, OutColumn]:
        """Give status, reasons and the published steps."""
        reasons = Texts(np.broadcast_to(np.int32(-1), self.rows), [])
        if self._reasons is not None:
            reasons = _in_order(self._reasons, self._reason_texts)
        columns: dict[str, OutColumn] = {
            "status": Labels(self.statuses, STATUSES, ordered=False),
            "reasons": reasons,
        }
        for place, step in enumerate(self.published):
            columns[step.name] = self._column(place, step)
        return columns

    def _column(self, place: int, step: Step) -> OutColumn:
        values = self.values[place]
        match step.type:
            case LabelType(scale=scale):
                return Labels(values, scale.ids, ordered=scale.ordered)
            case FlagType():
                return Flags(values)
            case DateType():
                return Days(values, self._missing.get(place))
            case TextType():
                return _in_order(values, self._texts.get(place, {}))
        return Figures(values)


def _in_order(codes: Array, texts: Mapping[str, int]) -> Texts:
    """Number texts by their order: threads met them in any, and some no row has any more."""
    used = np.zeros(len(texts) + 1, np.bool_)
    used[codes] = True  # -1 is the last place
    kept = sorted(text for text, code in texts.items() if used[code])
    table = np.full(len(texts) + 1, -1, np.int32)
    for place, text in enumerate(kept):
        table[texts[text]] = place
    return Texts(table[codes], kept)


def _array(step: Step, rows: int) -> Array:
    match step.type:
        case NumberType():
            return np.empty(rows)
        case LabelType(scale=scale):
            return np.empty(rows, np.int8 if len(scale.ids) <= NARROW else np.int16)
        case TextType():
            return np.full(rows, -1, np.int32)
    return empty_column(step.type, rows)


def _nearest(value: object) -> float:
    try:
        return float(cast("float", value)) + 0.0
    except OverflowError:
        return np.inf if cast("float", value) > 0 else -np.inf


def _days(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH
