"""From a part of a column to the arrays that are computed on.

What lives here: the reading of each input type, with the same limits and refusals as for one record, and
what cannot be held in an array without changing it. What never comes in: frames, formulas.

A number is held as a float64 that means its shortest decimal, as everywhere in this library. Most values of
real tables are read by whole arrays; a value of any other form (text, `Decimal`, an object) is read once
for each distinct value, by the reader of records itself. A row that holds a value no float64 stands for
(`2/37`, an integer beyond 2**53, 17 digits of a `Decimal`) is `odd`: the exact scorer takes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.parts import Coded, Numbers, Objects, Part, Ragged
from kinerja.errors import Issue
from kinerja.exact import exact
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.scorer.read import read_value
from kinerja.values import Missing

__all__ = ["Batch", "Items", "Reader", "Refusal", "Span"]

#: So many items take the memory and the time of a row, about.
FOURS: Final = 4
#: Whole numbers up to here are themselves as float64.
WHOLE: Final = 2.0**53
#: Two different whole numbers up to here, divided by the same power of ten, print differently.
PRINTED: Final = 2.0**51
#: Magnitudes beyond which a value is left to the exact scorer, so that no product overflows.
HUGE: Final = 1e100
HUGE_BITS: Final = np.float64(HUGE).view(np.uint64)

Array: TypeAlias = NDArray[Any]
Rows: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of each row.

    Attributes:
        offsets: Row `i` has the items `offsets[i]:offsets[i + 1]`.
        missing: Rows without any list, or `None`.
        fields: Arrays of the fields, by name.
    """

    offsets: NDArray[np.int64]
    missing: NDArray[np.bool_] | None
    fields: Mapping[str, Array]

    def owners(self) -> NDArray[np.intp]:
        """Give the row of each item."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def part(self, start: int, stop: int) -> Items:
        """Give the lists of neighbouring rows, as views."""
        first, last = int(self.offsets[start]), int(self.offsets[stop])
        return Items(
            offsets=self.offsets[start : stop + 1] - first,
            missing=None if self.missing is None else self.missing[start:stop],
            fields={name: values[first:last] for name, values in self.fields.items()},
        )

    def take(self, rows: Rows) -> Items:
        """Give the lists of some rows."""
        counts = np.diff(self.offsets)[rows]
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(counts, out=offsets[1:])
        places = np.arange(offsets[-1]) + np.repeat(self.offsets[rows] - offsets[:-1], counts)
        return Items(
            offsets=offsets,
            missing=None if self.missing is None else self.missing[rows],
            fields={name: values.take(places) for name, values in self.fields.items()},
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs of some rows, ready to compute on.

    Attributes:
        rows: How many rows.
        columns: Numbers and dates (days) as float64 with NaN for missing; labels as places in their scale,
            flags as 1 and 0, texts as codes that are equal where the texts are: integers, negative where
            missing; lists as `Items`.
    """

    rows: int
    columns: Mapping[str, Array | Items]

    def take(self, rows: Rows) -> Batch:
        """Give some of the rows."""
        return Batch(
            len(rows),
            {
                name: column.take(rows)  # of an array and of a list
                for name, column in self.columns.items()
            },
        )

    @property
    def size(self) -> int:
        """Count the rows, or the items of a list by fours if they are more."""
        lists = (column for column in self.columns.values() if isinstance(column, Items))
        return max([self.rows, *(int(column.offsets[-1]) // FOURS for column in lists)])

    def pieces(self, size: int) -> Iterator[tuple[slice, Batch]]:
        """Give the rows in pieces of about some size, as views."""
        step = max(1, size * self.rows // max(self.size, 1))
        for start in range(0, self.rows, step):
            stop = min(start + step, self.rows)
            yield (
                slice(start, stop),
                Batch(
                    stop - start,
                    {
                        name: column.part(start, stop)
                        if isinstance(column, Items)
                        else column[start:stop]
                        for name, column in self.columns.items()
                    },
                ),
            )

    @staticmethod
    def joined(batches: Sequence[Batch]) -> Batch:
        """Put batches of the same inputs one after the other."""
        if len(batches) == 1:
            return batches[0]
        columns: dict[str, Array | Items] = {}
        for name, first in batches[0].columns.items():
            parts = [batch.columns[name] for batch in batches]
            if isinstance(first, Items):
                columns[name] = _joined_items(cast("list[Items]", parts))
            else:
                columns[name] = np.concatenate(cast("list[Array]", parts))
        return Batch(sum(batch.rows for batch in batches), columns)


def _joined_items(parts: list[Items]) -> Items:
    counts = np.concatenate([np.diff(part.offsets) for part in parts])
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    missing = None
    if any(part.missing is not None for part in parts):
        missing = np.concatenate(
            [
                np.zeros(len(part.offsets) - 1, np.bool_) if part.missing is None else part.missing
                for part in parts
            ]
        )
    fields = {
        name: np.concatenate([part.fields[name] for part in parts]) for name in parts[0].fields
    }
    return Items(offsets, missing, fields)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Cells of one column that cannot be used, for one reason.

    Attributes:
        rows: Rows of the batch, rising; a row stands once for each cell.
        path: Input, or `list.field`.
        issue: The issue of the first of the cells.
        items: For a list the place of each cell in its row's list, from 0.
    """

    rows: Rows
    path: str
    issue: Issue
    items: NDArray[np.intp] | None = None

    def without(self, rows: NDArray[np.bool_] | None) -> Refusal:
        """Leave out the cells of some rows."""
        if rows is None:
            return self
        kept = ~rows[self.rows]
        if kept.all():
            return self
        items = None if self.items is None else self.items[kept]
        return replace(self, rows=self.rows[kept], items=items)

    def paths(self) -> Iterable[str]:
        """Give the path of each cell, as the reader of records gives it."""
        if self.items is None:
            return (self.path for _ in self.rows)
        name, _, inner = self.path.partition(".")
        end = f".{inner}" if inner else ""
        return (f"{name}[{place}]{end}" for place in self.items.tolist())


@dataclass(frozen=True, slots=True)
class Span:
    """What the numbers of a column are like.

    Attributes:
        low: The smallest.
        high: The largest; below `low` where there is none.
        missing: Some are missing.
        whole: All are whole, as their machine type says.
    """

    low: float
    high: float
    missing: bool
    whole: bool = False

    def joined(self, other: Span) -> Span:
        """Give what holds for the numbers of both; ends of nothing count for nothing."""
        there = [span for span in (self, other) if span.low <= span.high]
        return Span(
            min((span.low for span in there), default=1.0),
            max((span.high for span in there), default=0.0),
            missing=self.missing or other.missing,
            whole=self.whole and other.whole,
        )

    @staticmethod
    def of(values: Array, *, whole: bool = False, only_high: bool = False) -> Span:
        """Look at all numbers of a column.

        Args:
            values: The numbers.
            whole: What to say of their machine type.
            only_high: Of numbers that are all at least 0, it need not be known which is the smallest.
        """
        if not values.size:
            return Span(1.0, 0.0, missing=False, whole=whole)
        if only_high and values.flags.c_contiguous:
            # The bits of floats from 0 on are in their order; those of negative ones and NaN lie above.
            highest = values.view(np.uint64).max()
            if highest <= HUGE_BITS:
                return Span(0.0, float(highest.view(np.float64)), missing=False, whole=whole)
        low, high = float(values.min()), float(values.max())
        if low == low:  # noqa: PLR0124 - the definition of NaN
            return Span(low, high, missing=False, whole=whole)
        low, high = float(np.fmin.reduce(values)), float(np.fmax.reduce(values))
        if low == low:  # noqa: PLR0124 - the definition of NaN
            return Span(low, high, missing=True, whole=whole)
        return Span(1.0, 0.0, missing=True, whole=whole)


@dataclass(slots=True)
class Reader:
    """Reads the inputs of a batch of rows, and collects what cannot be used.

    Attributes:
        rows: How many rows.
        divisors: Inputs of which it matters how near they come to zero.
        odd: Rows that only the exact scorer can take, or `None`: no row.
        refusals: What cannot be used.
        spans: Of columns of numbers, by input or `list.field`: what they are like, if nothing of them
            was refused or left to the scorer.
    """

    rows: int
    divisors: frozenset[str] = frozenset()
    odd: NDArray[np.bool_] | None = field(init=False)
    refusals: list[Refusal] = field(init=False)
    spans: dict[str, Span] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing found."""
        self.odd = None
        self.refusals = []
        self.spans = {}

    def leave(self, rows: Rows) -> None:
        """Leave rows to the exact scorer."""
        if len(rows):
            if self.odd is None:
                self.odd = np.zeros(self.rows, np.bool_)
            self.odd[rows] = True

    def column(self, name: str, part: Part | None, kind: ItemType) -> Array:
        """Read a column; without a part every value is missing."""
        return _Cells(self, name, self.rows, _itself).read(part, kind)

    def items(
        self, name: str, part: Part | None, kind: ListType, used: Iterable[str]
    ) -> Items | None:
        """Read a list column.

        Args:
            name: The input.
            part: Its lists, or `None` where there are none: every list is missing.
            kind: Its declared type; every field is read for its limits.
            used: Fields that are computed on.

        Returns:
            The lists, or `None` where the column holds something else: the exact scorer takes each row.
        """
        if part is None:
            empty = np.zeros(self.rows + 1, np.int64)
            fields = {f: _nothing(kind.fields[f], 0) for f in used}
            return Items(empty, np.ones(self.rows, np.bool_), fields)
        if not isinstance(part, Ragged):
            return None
        count = int(part.offsets[-1])
        owners: list[Rows] = []

        def owner_of(places: Rows) -> tuple[Rows, NDArray[np.intp]]:
            if not owners:
                owners.append(np.repeat(np.arange(self.rows), np.diff(part.offsets)))
            rows = owners[0][places]
            return rows, (places - part.offsets[rows]).astype(np.intp)

        read: dict[str, Array] = {}
        wanted = {*used, *kind.key}
        for field_name, field_kind in kind.fields.items():
            cells = _Cells(self, f"{name}.{field_name}", count, owner_of)
            given = part.fields.get(field_name)
            if given is not None or field_name in wanted:
                read[field_name] = cells.read(given, field_kind)
        if kind.key:
            self._check_keys(Items(part.offsets, part.missing, read), kind.key)
        return Items(part.offsets, part.missing, {name: read[name] for name in used})

    def _check_keys(self, items: Items, key: tuple[str, ...]) -> None:
        """Leave rows to the exact scorer where two items may have the same key."""
        offsets = items.offsets
        longest = int(np.diff(offsets).max(initial=0))
        count = int(offsets[-1])
        columns = [items.fields[name] for name in key]
        owners = items.owners()
        for step in range(1, longest):
            if step >= count:
                break
            same = owners[step:] == owners[:-step]
            for values in columns:
                same &= values[step:] == values[:-step]
                if values.dtype.kind != "f":
                    same &= values[step:] >= 0
            if same.any():
                self.leave(owners[step:][same])


def _itself(rows: Rows) -> tuple[Rows, None]:
    return rows, None


_Place: TypeAlias = Callable[[Rows], tuple[Rows, NDArray[np.intp] | None]]


@dataclass(frozen=True, slots=True)
class _Cells:
    """One column, or one field of all items, while it is read."""

    reader: Reader
    path: str
    count: int
    place: _Place

    def read(self, part: Part | None, kind: ItemType) -> Array:  # noqa: PLR0911 - one line a case
        match part:
            case None:
                return _nothing(kind, self.count)
            case Numbers() if part.values.dtype.kind == "f" and part.values.itemsize != 8:  # noqa: PLR2004 - bytes, or powers of ten that are floats
                return self._distinct(_coded(part), kind)
            case Numbers() if isinstance(kind, NumberType):
                return self._numbers(part, kind)
            case Numbers() if isinstance(kind, TextType) and part.values.dtype.kind in "iu":
                return _text_codes(part)
            case Numbers():
                return self._distinct(_coded(part), kind)
            case Coded():
                return self._distinct(part, kind)
            case Objects():
                return self._objects(part.values, kind)
            case Ragged():
                lists: list[object] = [[]] * self.count
                return self._objects(lists, kind)

    # Whole arrays.

    def _numbers(self, part: Numbers, kind: NumberType) -> Array:
        values, missing = part.values, part.missing
        if values.dtype.kind in "iu":
            given = values
            values = given.astype(np.float64)
            if given.itemsize == 8 and given.size:  # noqa: PLR2004 - bytes, or powers of ten that are floats
                low, high = given.min(), given.max()
                if low <= -WHOLE or high >= WHOLE:
                    self._odd(np.abs(values) >= WHOLE, missing)
            if missing is not None:
                values[missing] = np.nan
        elif missing is not None:
            values = np.where(missing, np.nan, values)
        only_high = self.path not in self.reader.divisors and _allows_all_from_zero(kind)
        span = Span.of(values, whole=part.values.dtype.kind in "iu", only_high=only_high)
        self.reader.spans[self.path] = span
        if span.low <= span.high:
            self._check(values, span, kind)
        return values

    def _odd(self, mask: NDArray[np.bool_], missing: NDArray[np.bool_] | None) -> None:
        if missing is not None:
            mask &= ~missing
        self._to_scorer(np.flatnonzero(mask))

    def _to_scorer(self, places: Rows) -> None:
        self.reader.leave(self.place(places)[0])

    def _check(self, values: Array, span: Span, kind: NumberType) -> None:
        """Refuse what is out of limits; leave to the scorer what arrays must not compute on."""
        low, high = span.low, span.high
        if low < -HUGE or high > HUGE:
            self._to_scorer(np.flatnonzero((np.abs(values) > HUGE) & np.isfinite(values)))
            infinite = np.flatnonzero(np.isinf(values))
            self._refuse_each(infinite, values, kind)
            finite = values[np.isfinite(values)]
            if not finite.size:
                return
            low, high = float(finite.min()), float(finite.max())
        limits = kind.limits
        outside = None
        if limits.low is not None and not _is_above(low, limits.low, open_=limits.low_open):
            outside = ~_above(values, limits.low, open_=limits.low_open)
        if limits.high is not None and not _is_above(-high, -limits.high, open_=limits.high_open):
            over = ~_above(-values, -limits.high, open_=limits.high_open)
            outside = over if outside is None else outside | over
        if outside is not None:
            self._refuse_each(np.flatnonzero(outside & np.isfinite(values)), values, kind)
        if kind.digits is not None:
            scale = 10.0**kind.digits
            fits = values == (
                np.rint(values) if kind.digits == 0 else np.rint(values * scale) / scale
            )
            if not 0 <= kind.digits <= 22 or max(high, -low) * scale >= PRINTED:  # noqa: PLR2004 - bytes, or powers of ten that are floats
                fits[:] = False
            if outside is not None:
                fits |= outside
            loose = np.flatnonzero(~fits & np.isfinite(values))
            if loose.size:
                self._refuse_each(loose, values, kind)

    def _refuse_each(self, places: Rows, values: Array, kind: NumberType) -> None:
        """Ask the reader of records for each value, once for each distinct one; good ones pass."""
        if not places.size:
            return
        distinct, inverse = np.unique(values[places], return_inverse=True)
        by_code: dict[str, list[int]] = {}
        first: dict[str, Issue] = {}
        codes = []
        for value in distinct.tolist():
            issues: list[Issue] = []
            read_value(value, kind, self.path, issues)
            codes.append(issues[0].code if issues else "")
        by_place = np.array(codes, object)[inverse]
        for place, code in zip(places.tolist(), by_place.tolist(), strict=True):
            if code:
                if code not in first:
                    issues = []
                    read_value(float(values[place]), kind, self.path, issues)
                    first[code] = issues[0]
                by_code.setdefault(code, []).append(place)
        for code, refused in by_code.items():
            self._refuse(np.array(refused, np.intp), first[code])

    def _refuse(self, places: Rows, issue: Issue) -> None:
        rows, items = self.place(places)
        self.reader.refusals.append(Refusal(rows, self.path, issue, items))

    # Value by value.

    def _distinct(self, part: Coded, kind: ItemType) -> Array:
        found = [self._one(value, kind) for value in part.values]
        codes = part.codes
        table = _nothing(kind, len(found) + 1)  # the last place is for missing values
        strange: dict[int, Issue | None] = {}
        texts: dict[str, int] = {}
        for place, (value, issue) in enumerate(found):
            if issue is not None or value is None:
                strange[place] = issue
            else:
                table[place] = (
                    texts.setdefault(value, len(texts)) if isinstance(value, str) else value
                )
        at = np.where(codes < 0, len(found), codes)
        for place, issue in strange.items():
            cells = np.flatnonzero(at == place)
            if not cells.size:
                continue
            if issue is None:
                self._to_scorer(cells)
            else:
                self._refuse(cells, issue)
        return table[at]

    def _objects(self, values: Sequence[object], kind: ItemType) -> Array:
        known: dict[object, int] = {}
        distinct: list[object] = []
        codes = np.empty(self.count, np.int64)
        for place, value in enumerate(values):
            try:
                key: object = (type(value), value, str(value) if value == 0 else "")
                code = known.get(key)
            except Exception:  # noqa: BLE001 - whatever a foreign value raises when it is compared
                key, code = None, None
            if code is None:
                code = len(distinct)
                distinct.append(value)
                if key is not None:
                    known[key] = code
            codes[place] = code
        return self._distinct(Coded(codes, distinct), kind)

    def _one(self, raw: object, kind: ItemType) -> tuple[float | str | None, Issue | None]:
        """Read one value: as it is held in an array, or `None` where the scorer must take it."""
        issues: list[Issue] = []
        value = read_value(raw, kind, self.path, issues)
        if issues:
            return None, issues[0]
        if isinstance(value, Missing):
            return (np.nan if isinstance(kind, (NumberType, DateType)) else -1), None
        match kind:
            case LabelType():
                return kind.scale.ids.index(cast("str", value)), None
            case FlagType():
                return int(cast("bool", value)), None
            case TextType():
                return cast("str", value), None
        return _as_float(cast("Fraction", value)), None


def _as_float(value: Fraction) -> float | None:
    """Give the float64 whose shortest decimal is this number, or `None` where there is none."""
    try:
        printed = float(value)
    except OverflowError:
        return None
    if abs(printed) > HUGE or exact(printed) != value:
        return None
    return printed


def _allows_all_from_zero(kind: NumberType) -> bool:
    low = kind.limits.low
    return low is None or low < 0 or (low == 0 and not kind.limits.low_open)


def _nothing(kind: ItemType, count: int) -> Array:
    match kind:
        case LabelType():
            return np.full(count, -1, np.int16)
        case FlagType():
            return np.full(count, -1, np.int8)
        case TextType():
            return np.full(count, -1, np.int64)
    return np.full(count, np.nan)


def _coded(part: Numbers) -> Coded:
    """Turn numbers into distinct values, each as its own machine type prints it."""
    values = part.values
    if values.dtype.kind == "f":
        # By their bits: -0.0 is equal to 0.0, but prints otherwise.
        values = np.ascontiguousarray(values).view(f"i{values.itemsize}")
    distinct, codes = np.unique(values, return_inverse=True)
    distinct = distinct.view(part.values.dtype)
    codes = codes.reshape(-1).astype(np.int64)
    if part.missing is not None:
        codes[part.missing] = -1
    # Whole numbers and float64 are Python's own; a narrower float prints itself.
    plain = distinct.dtype.kind in "iu" or distinct.dtype == np.float64
    return Coded(codes, distinct.tolist() if plain else list(distinct))


def _text_codes(part: Numbers) -> Array:
    values = part.values
    if values.size and (values.min() < 0 or values.dtype.kind == "u"):
        _, values = np.unique(values, return_inverse=True)
    codes = values.astype(np.int64)
    if part.missing is not None:
        codes[part.missing] = -1
    return codes


def _is_above(value: float, end: Fraction, *, open_: bool) -> bool:
    """Tell whether one printed number lies on or above an end."""
    nearest = float(end)
    if value != nearest:
        return value > nearest
    printed = exact(value)
    return printed > end or (printed == end and not open_)


def _above(values: Array, end: Fraction, *, open_: bool) -> NDArray[np.bool_]:
    """Tell which printed numbers lie on or above an end, exactly.

    The order of shortest decimals is the order of the floats that print them, and a decimal that lies
    between two floats rounds to one of them; so only the float nearest the end needs a closer look.
    """
    nearest = float(end)
    meets = exact(nearest)
    inside = meets > end or (meets == end and not open_)
    return values >= nearest if inside else values > nearest
