"""Indicators of many people as columns of floats, read from whatever the caller has.

What lives here: reading and checking a table of indicators, least and largest and sum of each column,
walking through it in blocks that stay in the cache. What never comes in: any method of weighting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames import Frame, open_frame
from kinerja.columns.parts import Coded, Numbers, Objects, Part
from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.explore.choices import check_choices

__all__ = ["Better", "Floats", "Indicators", "Missing", "Walk", "read_indicators", "read_table"]

Better: TypeAlias = Literal["high", "low"]
Missing: TypeAlias = Literal["refuse", "leave_out"]
Floats: TypeAlias = NDArray[np.float64]

#: Rows of a block: a column of them takes a quarter of a megabyte.
BLOCK: Final = 32_768
#: Fewest people among whom anything can differ.
MIN_ROWS: Final = 2
#: Dimensions of an array of people and indicators.
TABLE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Indicators:
    """Indicators of many people, without a missing value.

    Attributes:
        names: Their names.
        better: For each whether high or low values are good.
        columns: For each the values, float64; views of the caller's memory where that is possible.
        rows: How many people.
        left_out: People with a missing value, who are in no column.
        low: Least value of each.
        high: Largest value of each.
        sums: Sum of each.
    """

    names: tuple[str, ...]
    better: tuple[Better, ...]
    columns: tuple[Floats, ...]
    rows: int
    left_out: int
    low: Floats
    high: Floats
    sums: Floats

    @property
    def varies(self) -> NDArray[np.bool_]:
        """For each whether two people differ."""
        return self.low < self.high

    @property
    def signs(self) -> Floats:
        """For each 1 where high values are good, else -1."""
        return np.where(np.array(self.better) == "high", 1.0, -1.0)

    def blocks(self) -> Iterator[tuple[Floats, ...]]:
        """Walk through the columns, some rows at a time; what comes is read, never written or kept."""
        yield from _blocks(self.columns, self.rows)

    def only(self, kept: NDArray[np.bool_]) -> Indicators:
        """Give some of the indicators."""
        places = np.flatnonzero(kept).tolist()
        return Indicators(
            names=tuple(self.names[place] for place in places),
            better=tuple(self.better[place] for place in places),
            columns=tuple(self.columns[place] for place in places),
            rows=self.rows,
            left_out=self.left_out,
            low=self.low[kept],
            high=self.high[kept],
            sums=self.sums[kept],
        )


class Walk(Protocol):
    """What a method does with each block while it is in the cache for being checked."""

    def begin(self, parts: Sequence[Floats]) -> None:
        """Begin anew, with the first block at hand."""
        ...

    def take(self, parts: Sequence[Floats]) -> None:
        """Take a block, which may hold anything: what comes of a refused table is never asked for."""
        ...


def read_indicators(
    data: object,
    *,
    better: Mapping[str, Better],
    missing: Missing = "refuse",
    walk: Walk | None = None,
) -> Indicators:
    """Read indicators from a frame, a mapping of columns or an array.

    Args:
        data: A frame of any library or a mapping of columns, of which those in `better` are read; or an
            array or a list of rows, whose columns stand in the order of `better`.
        better: Each indicator, and whether high or low values are good.
        missing: What becomes of a person with a missing value.
        walk: What goes along; from memory a table comes at a fifth of the speed of the cache.

    Raises:
        InputError: With every reason why this is no table of numbers.
    """
    issues = check_choices({"missing": (missing, get_args(Missing))})
    directions = {f"better.{name}": (how, get_args(Better)) for name, how in better.items()}
    issues += check_choices(directions)
    if not better:
        issues.append(
            Issue(code="KNJ020", path="better", details={"found": "0", "expected": "≥ 1"})
        )
    try:
        columns, gaps = read_table(data, tuple(better))
    except InputError as error:
        issues += error.issues
    if issues:
        raise InputError(issues)
    return _checked(columns, gaps, better, missing, walk)


def read_table(
    data: object, names: tuple[str, ...]
) -> tuple[tuple[Floats, ...], NDArray[np.bool_] | None]:
    """Read columns of numbers as float64, as views where that is possible.

    Args:
        data: A frame or a mapping of columns, of which those named are read; or an array or a list of rows,
            whose columns stand in the order of the names.
        names: The columns.

    Returns:
        The columns, NaN where missing; and where anything is missing that is no NaN, if that can be.

    Raises:
        InputError: It is no table of numbers, or lacks a column.
    """
    if isinstance(data, (np.ndarray, list, tuple)):
        return _of_array(data, names), None
    frame = open_frame(data)
    issues = [
        unknown_name("KNJ021", name, name, frame.names) for name in names if name not in frame.names
    ]
    if issues:
        raise InputError(issues)
    return _of_frame(frame, names)


def _checked(
    columns: tuple[Floats, ...],
    gaps: NDArray[np.bool_] | None,
    better: Mapping[str, Better],
    missing: Missing,
    walk: Walk | None,
) -> Indicators:
    low, high, sums = _extremes(columns, len(columns[0]), walk)
    if gaps is None and np.isnan(low).any():
        gaps = np.zeros(len(columns[0]), dtype=bool)
    left_out = 0
    if gaps is not None:
        for column in columns:
            gaps = gaps | np.isnan(column)
        left_out = int(gaps.sum())
        if left_out and missing == "refuse":
            details = {"count": str(left_out), "first": str(int(gaps.argmax()) + 1)}
            raise InputError([Issue(code="KNJ023", path="data", details=details)])
        columns = tuple(column[~gaps] for column in columns)
        low, high, sums = _extremes(columns, len(columns[0]), walk)
    rows = len(columns[0])
    issues = [
        Issue(code="KNJ025", path=name, details={"found": quoted(name)})
        for name, least, largest in zip(better, low, high, strict=True)
        if np.isinf(least) or np.isinf(largest)
    ]
    if rows < MIN_ROWS:
        details = {"found": str(rows), "expected": f"≥ {MIN_ROWS}"}
        issues = [Issue(code="KNJ026", path="data", details=details)]
    if issues:
        raise InputError(issues)
    return Indicators(
        names=tuple(better),
        better=tuple(better.values()),
        columns=columns,
        rows=rows,
        left_out=left_out,
        low=low,
        high=high,
        sums=sums,
    )


def _blocks(columns: Sequence[Floats], rows: int) -> Iterator[tuple[Floats, ...]]:
    # Ready for vector instructions only side by side: a column of an array in C order is copied first.
    apart = [place for place, column in enumerate(columns) if not column.flags.c_contiguous]
    scratch = np.empty((len(apart), min(BLOCK, rows)))
    for start in range(0, rows, BLOCK):
        parts = [column[start : start + BLOCK] for column in columns]
        for row, place in enumerate(apart):
            held = scratch[row, : len(parts[place])]
            np.copyto(held, parts[place])
            parts[place] = held
        yield tuple(parts)


def _extremes(
    columns: Sequence[Floats], rows: int, walk: Walk | None
) -> tuple[Floats, Floats, Floats]:
    low, high = np.full(len(columns), np.inf), np.full(len(columns), -np.inf)
    sums = np.zeros(len(columns))
    # Infinities of both signs, and what a method makes of values that are refused by name.
    with np.errstate(all="ignore"):
        for number, parts in enumerate(_blocks(columns, rows)):
            if walk is not None and not number:
                walk.begin(parts)
            for place, part in enumerate(parts):
                # NaN stays NaN here, unlike in min and max of Python.
                low[place] = np.minimum(low[place], np.minimum.reduce(part))
                high[place] = np.maximum(high[place], np.maximum.reduce(part))
                sums[place] += np.add.reduce(part)
            if walk is not None:
                walk.take(parts)
    return low, high, sums


def _of_array(data: object, names: tuple[str, ...]) -> tuple[Floats, ...]:
    table = _as_floats(data)
    if table is None:
        details = {"found": quoted(type(data).__name__), "expected": f"n × {len(names)}"}
        raise InputError([Issue(code="KNJ020", path="data", details=details)])
    if table.ndim != TABLE or table.shape[1] != len(names):
        found = " × ".join(str(length) for length in table.shape) or "0"
        details = {"found": found, "expected": f"n × {len(names)}"}
        raise InputError([Issue(code="KNJ020", path="data", details=details)])
    return tuple(table[:, place] for place in range(len(names)))


def _as_floats(data: object) -> Floats | None:
    """Give an array of numbers as floats; nothing if it holds anything else, or text that looks so."""
    if isinstance(data, np.ma.MaskedArray):
        data = np.ma.filled(np.ma.asarray(data, dtype=np.float64), np.nan)
    try:
        given = np.asarray(data)
        if given.dtype.kind == "O":
            flat = _floats(given.ravel().tolist())
            return None if flat is None else flat.reshape(given.shape)
    except (TypeError, ValueError):
        return None
    return given.astype(np.float64, copy=False) if given.dtype.kind in "iuf" else None


def _of_frame(
    frame: Frame, names: tuple[str, ...]
) -> tuple[tuple[Floats, ...], NDArray[np.bool_] | None]:
    columns: list[Floats] = []
    issues: list[Issue] = []
    gaps: NDArray[np.bool_] | None = None
    for name in names:
        values, missing = _numbers(frame.part(name, 0, frame.rows))
        if values is None:
            issues.append(Issue(code="KNJ022", path=name, details={"found": quoted(name)}))
            continue
        if missing is not None and missing.any():
            values = np.where(missing, np.nan, values)
            gaps = missing if gaps is None else gaps | missing
        columns.append(values)
    if issues:
        raise InputError(issues)
    return tuple(columns), gaps


def _numbers(part: Part) -> tuple[Floats | None, NDArray[np.bool_] | None]:
    """Give a column as floats and where it is missing; no floats if it holds something else."""
    if isinstance(part, Numbers):
        return part.values.astype(np.float64, copy=False), part.missing
    if isinstance(part, Coded):
        values = _floats(part.values)
        if values is None:
            return None, None
        missing = part.codes < 0
        return np.append(values, np.nan)[np.where(missing, len(values), part.codes)], missing
    if isinstance(part, Objects):
        return _floats(part.values), None
    return None, None


def _floats(values: Sequence[Any]) -> Floats | None:
    if any(isinstance(value, (str, bytes, bool)) for value in values):
        return None
    try:
        return np.array([np.nan if v is None else float(v) for v in values], dtype=np.float64)
    except (TypeError, ValueError):
        return None
