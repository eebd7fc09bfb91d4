"""Results of a table, column by column, in the forms in which they are written to a file.

What lives here: float64 results turned back into the exact numbers they stand for, and the rows for which
that cannot be done. What never comes in: files.

A result is the float64 nearest the exact value. Where the policy rounds a step to two decimals, the value
is a whole number of hundredths, and below 2**51 of them there is only one that the float64 can be nearest
to. The same holds for a step without a rounding whose formula gives multiples of some unit only, such as a
count or a sum of whole numbers by weights of whole percents: the ranges evaluator proves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames import open_frame
from kinerja.columns.frames_arrow_values import bits, missing_of, numbers
from kinerja.columns.frames_forms import group_equal
from kinerja.columns.parts import Coded, Numbers, Objects, Part, Ragged
from kinerja.columns.table import TableResult
from kinerja.exact import NotANumberError, decimal_digits, exact, to_decimal
from kinerja.formula.ranges import reach_of_type, reach_steps
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    ListType,
    NumberType,
    ValueType,
)
from kinerja.scorer.program import Program, Step

__all__ = ["Answer", "Answers", "Fixed", "Units", "answers", "fixed_numbers"]

#: Two whole numbers below this, divided by the same number, have different nearest float64.
SURE: Final = 2.0**51
#: The largest denominator; 10**22 is the last power of ten that is a float64.
MAX_DENOMINATOR: Final = 10**15
#: Most decimals that a column of float64 is tried for.
MOST_DECIMALS: Final = 6
#: Most distinct values of other columns that are looked at.
MOST_DISTINCT: Final = 20_000

Rows: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Fixed:
    """Numbers that are each a whole number divided by the same one.

    Attributes:
        units: The whole numbers, int64; anything where missing.
        denominator: What they are divided by.
        digits: Decimals that are printed at least, or `None`.
        missing: Rows without a value, or `None`.
    """

    units: NDArray[np.int64]
    denominator: int
    digits: int | None
    missing: NDArray[np.bool_] | None

    def coded(self) -> Coded:
        """Give the numbers as a result carries them, each distinct one once."""
        codes, rows = group_equal(self.units, self.missing)
        distinct = self.units[rows].tolist()
        if self.digits is not None and self.digits >= 0 and self.denominator == 10**self.digits:
            return Coded(codes, [Decimal(unit).scaleb(-self.digits) for unit in distinct])
        values = [Fraction(unit, self.denominator) for unit in distinct]
        return Coded(codes, [to_decimal(value, digits=self.digits) for value in values])

    def take(self, rows: Rows) -> Fixed:
        """Give some rows."""
        missing = None if self.missing is None else self.missing[rows]
        return replace(self, units=self.units[rows], missing=missing)


#: A column of results: coded values as a result carries them, exact numbers, or float64 with NaN.
Answer: TypeAlias = Coded | Fixed | Numbers


@dataclass(frozen=True, slots=True)
class Answers:
    """What is written of the results of a table.

    Attributes:
        rows: The rows that were scored, or `None`: all of them.
        refused: The rows that hold values which cannot be used.
        columns: `status`, `reasons` (as text) and the published steps, of the rows that were scored.
        unsure: Places in these columns whose row the exact scorer must give.
    """

    rows: Rows | None
    refused: Sequence[int]
    columns: Mapping[str, Answer]
    unsure: Sequence[int]


class Units:
    """Tells on which units the published numbers of a table lie.

    Args:
        program: The policy.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._inputs = {i.name: i.type for i in program.inputs}
        steps = [program.step(name) for name in program.published]
        self.open: tuple[str, ...] = tuple(
            step.name for step in steps if isinstance(step.type, NumberType) and not step.rounding
        )
        self._of_digits = cache(self._proved)

    def of(self, frame: object) -> Mapping[str, int]:
        """Give a denominator for each published number without a rounding, as far as one is proved.

        Args:
            frame: The table; the decimals that its columns show count as much as those that the policy
                declares.
        """
        if not self.open:
            return {}
        known = self._of_digits(())
        if all(name in known for name in self.open):
            return known
        return self._of_digits(tuple(self._shown(frame)))

    def _shown(self, frame: object) -> list[tuple[str, int]]:
        """Give inputs and fields of lists with the decimals that they show."""
        table = open_frame(frame)
        found = []
        for name, kind in self._inputs.items():
            if name not in table.names:
                continue
            fields = tuple(kind.fields) if isinstance(kind, ListType) else ()
            part = table.part(name, 0, table.rows, fields)
            parts = dict(part.fields) if isinstance(part, Ragged) else {"": part}
            for field, inner in parts.items():
                inner_kind = kind.fields[field] if isinstance(kind, ListType) and field else kind
                if isinstance(inner_kind, NumberType) and inner_kind.digits is None:
                    digits = _decimals(inner)
                    if digits is not None:
                        found.append((f"{name}.{field}" if field else name, digits))
        return found

    def _proved(self, shown: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
        digits = dict(shown)
        scope = {
            name: reach_of_type(_with_digits(name, kind, digits), optional=True)
            for name, kind in self._inputs.items()
        }
        steps = self._program.steps
        reaches = reach_steps(
            [(step.name, step.node) for step in steps],
            scope,
            over={step.name: step.over for step in steps if step.over is not None},
        )
        proved = {}
        for name in self.open:
            grid = reaches[name].grid
            if grid is not None:
                proved[name] = grid.denominator
        return proved


def _with_digits(name: str, kind: ValueType, digits: Mapping[str, int]) -> ValueType:
    if isinstance(kind, ListType):
        fields = {
            field: cast("ItemType", _with_digits(f"{name}.{field}", inner, digits))
            for field, inner in kind.fields.items()
        }
        return replace(kind, fields=fields, optional=frozenset(fields))
    if isinstance(kind, NumberType) and name in digits:
        return replace(kind, digits=digits[name])
    return kind


def _decimals(part: Part) -> int | None:
    """Count the decimals that the numbers of a column show, or give `None` where they are many."""
    match part:
        case Numbers() if part.values.dtype.kind in "iu":
            return 0
        case Numbers() if part.values.dtype == np.float64:
            values = part.values if part.missing is None else part.values[~part.missing]
            return _decimals_of_floats(values[np.isfinite(values)])
        case Coded():
            return _decimals_of_values(part.values)
        case Objects() if len(part.values) <= MOST_DISTINCT:
            return _decimals_of_values(part.values)
    return None


def _decimals_of_floats(values: NDArray[np.float64]) -> int | None:
    for digits in range(MOST_DECIMALS + 1):
        power = 10.0**digits
        with np.errstate(over="ignore"):
            scaled = values * power
        if len(scaled) and np.abs(scaled).max() >= SURE:
            return None
        if (np.rint(scaled) / power == values).all():
            return digits
    return None


def _decimals_of_values(values: Sequence[object]) -> int | None:
    if len(values) > MOST_DISTINCT:
        return None
    most = 0
    for value in values:
        if value is None or value != value:  # noqa: PLR0124 - the definition of NaN
            continue
        try:
            digits = decimal_digits(exact(value))  # type: ignore[arg-type]
        except NotANumberError:
            continue  # the row will be refused
        if digits is None:
            return None
        most = max(most, digits)
    return most


def answers(
    result: TableResult, program: Program, *, units: Mapping[str, int] | None = None
) -> Answers:
    """Bring the results of a table into the forms in which they are written.

    Args:
        result: The results of a record batch, or of a mapping of arrays or lists.
        program: The policy.
        units: What `Units` proved of the table: numbers then become the exact numbers that are printed,
            where that cannot be done the row is unsure. Without it a number that the policy does not
            round stays the float64 that it is.
    """
    columns: dict[str, Answer] = {}
    status = _labels(result.frame["status"])
    columns["status"] = status
    columns["reasons"] = _labels(result.frame["reasons"])
    unsure = np.zeros(len(result), np.bool_)
    for name in program.published:
        step = program.step(name)
        columns[name], doubtful = _answer(result.frame[name], step, units)
        if doubtful is not None:
            unsure |= doubtful
    if not result.refused:
        return Answers(None, (), columns, np.flatnonzero(unsure).tolist())
    is_refused = np.asarray(status.codes) == list(status.values).index("refused")
    rows = np.flatnonzero(~is_refused)
    return Answers(
        rows,
        np.flatnonzero(is_refused).tolist(),
        {name: _taken(column, rows) for name, column in columns.items()},
        np.flatnonzero(unsure[rows]).tolist(),
    )


def _taken(column: Answer, rows: Rows) -> Answer:
    match column:
        case Fixed():
            return column.take(rows)
        case Coded():
            return Coded(column.codes[rows], column.values)
    missing = None if column.missing is None else column.missing[rows]
    return Numbers(column.values[rows], missing)


def _answer(
    column: Any,  # noqa: ANN401 - as many kinds as there are libraries
    step: Step,
    units: Mapping[str, int] | None,
) -> tuple[Answer, NDArray[np.bool_] | None]:
    match step.type:
        case NumberType():
            return fixed_numbers(_floats(column), step, units)
        case FlagType():
            return _flags(column), None
        case DateType():
            return _days(column), None
    return _labels(column), None


def fixed_numbers(
    values: NDArray[np.float64], step: Step, units: Mapping[str, int] | None
) -> tuple[Answer, NDArray[np.bool_] | None]:
    """Turn the float64 of a step back into the exact numbers that they stand for.

    Args:
        values: The numbers, NaN where missing.
        step: The step.
        units: See `answers`.

    Returns:
        The numbers, and the rows of which they do not tell the exact number, or `None`.
    """
    digits = None if step.rounding is None else step.rounding.digits
    if digits is not None:
        denominator = 10 ** max(digits, 0)
    elif units is None:
        return Numbers(values), None
    else:
        denominator = units.get(step.name, 0)
    missing = np.isnan(values)
    if 0 < denominator <= MAX_DENOMINATOR:
        with np.errstate(over="ignore"):
            scaled = values * float(denominator)
        unsure = np.abs(scaled) >= SURE
    else:
        scaled = np.zeros_like(values)
        unsure = ~missing
    bad = missing | unsure
    whole = np.rint(np.where(bad, 0.0, scaled) if bad.any() else scaled).astype(np.int64)
    fixed = Fixed(whole, max(denominator, 1), digits, missing if missing.any() else None)
    return fixed, unsure if unsure.any() else None


# Columns of results: of Arrow, or arrays of numpy.


def _floats(column: Any) -> NDArray[np.float64]:  # noqa: ANN401 - as above
    if isinstance(column, np.ndarray):
        return column.astype(np.float64, copy=False)
    values = numbers(column, np.dtype(np.float64))
    missing = missing_of(column)
    return values if missing is None else np.where(missing, np.nan, values)


def _labels(column: Any) -> Coded:  # noqa: ANN401 - as above
    if isinstance(column, np.ndarray):
        known: dict[object, int] = {None: -1}
        places = [known.setdefault(value, len(known) - 1) for value in column.tolist()]
        return Coded(np.array(places, np.int32), list(known)[1:])
    indices = column.indices
    codes = numbers(indices, np.dtype(indices.type.to_pandas_dtype()))
    missing = missing_of(indices)
    if missing is not None:
        codes = np.where(missing, codes.dtype.type(-1), codes)
    return Coded(codes, column.dictionary.to_pylist())


def _flags(column: Any) -> Coded:  # noqa: ANN401 - as above
    if isinstance(column, np.ndarray):
        if column.dtype.kind == "b":
            return Coded(column.astype(np.int8), (False, True))
        codes = [-1 if value is None else int(value) for value in column.tolist()]
        return Coded(np.array(codes, np.int8), (False, True))
    yes = bits(column.buffers()[1], column.offset, len(column)).astype(np.int8)
    missing = missing_of(column)
    return Coded(yes if missing is None else np.where(missing, np.int8(-1), yes), (False, True))


def _days(column: Any) -> Coded:  # noqa: ANN401 - as above
    if isinstance(column, np.ndarray):
        missing = np.isnat(column)
        days = np.where(missing, 0, column.view(np.int64))
        gaps = missing if missing.any() else None
    else:
        days = numbers(column, np.dtype(np.int32)).astype(np.int64)
        gaps = missing_of(column)
    codes, rows = group_equal(days, gaps)
    first = date(1970, 1, 1).toordinal()
    texts = [date.fromordinal(day + first).isoformat() for day in days[rows].tolist()]
    return Coded(codes, texts)
