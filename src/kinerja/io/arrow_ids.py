"""Ids of Parquet and Arrow files: as texts, with what is wrong with them, and those that stand twice.

What lives here: reading the column of ids, and the survey of a whole file, which comes before any row is
scored. What never comes in: other columns.

The survey keeps eight bytes for each row, not the ids themselves. Two rows with the same eight bytes are
looked at again, so that only ids that are really equal count.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_arrow_values import arrow_values, is_text
from kinerja.errors import InputError, Issue, quoted
from kinerja.io.arrow import Arrow, ArrowFile
from kinerja.io.cells import MAX_ID, read_id
from kinerja.io.tables import Flaw

__all__ = ["Ids", "Survey", "is_whole", "read_ids", "survey_ids"]

#: Type of the result of `hash`.
_KEY: Final = "q"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The ids of some rows.

    Attributes:
        texts: The ids; empty where one cannot be read.
        flaws: What is wrong with those, by place.
        same: The texts are those of the column, without a change.
    """

    texts: list[str]
    flaws: dict[int, Flaw]
    same: bool = False


def is_whole(kind: Arrow) -> bool:
    """Tell whether ids of an Arrow type are whole numbers that an int64 holds."""
    from pyarrow import types

    return bool(types.is_integer(kind) and not types.is_uint64(kind))


def read_ids(column: Arrow) -> Ids:
    """Read ids: a text, or a whole number."""
    from pyarrow import types

    if types.is_dictionary(column.type):
        return _read_coded(column)
    if is_text(column.type) and not column.null_count:
        given: list[str] = column.to_pylist()
        texts = [text.strip() for text in given]
        return (
            Ids(texts=texts, flaws={}, same=texts == given)
            if _all_sound(texts)
            else _read_each(texts)
        )
    values = arrow_values(column)
    if types.is_integer(column.type) and not column.null_count:
        return Ids(texts=[*map(str, values)], flaws={})
    return _read_each(values)


def _all_sound(texts: list[str]) -> bool:
    """Tell whether nothing can be wrong with any of the ids; one look at all of them together."""
    together = "".join(texts)
    return (
        all(texts)
        and together.isprintable()
        and "E+" not in together
        and "#" not in together
        and max(map(len, texts), default=0) <= MAX_ID
    )


def _read_each(values: Sequence[object]) -> Ids:
    read = [_id_of(value) for value in values]
    return Ids(
        texts=["" if isinstance(one, Flaw) else one for one in read],
        flaws={place: one for place, one in enumerate(read) if isinstance(one, Flaw)},
    )


def _read_coded(column: Arrow) -> Ids:
    known = [_id_of(value) for value in arrow_values(column.dictionary)]
    nothing = Flaw("KNJ517")
    codes = column.indices.to_pylist()
    read = [nothing if code is None else known[code] for code in codes]
    return Ids(
        texts=["" if isinstance(one, Flaw) else one for one in read],
        flaws={place: one for place, one in enumerate(read) if isinstance(one, Flaw)},
    )


def _id_of(value: object) -> str | Flaw:  # noqa: PLR0911 - one line a kind of value
    match value:
        case None:
            return Flaw("KNJ517")
        case str():
            return read_id(value, protected=False)
        case bool():
            return Flaw("KNJ533", {"found": quoted(str(value).lower())})
        case int():
            return str(value)
        case float() if value != value:  # noqa: PLR0124 - the definition of NaN
            return Flaw("KNJ517")
        case float() if isfinite(value):
            # Where an id was missing, pandas makes floats of whole numbers: of those with more than 15
            # digits only the first ones are left.
            return read_id(Decimal(format(value, ".15g")), protected=False)
        case Decimal() if value == value.to_integral_value():
            return format(value.to_integral_value(), "f")
    return Flaw("KNJ533", {"found": quoted(str(value))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the ids of a whole file show.

    Attributes:
        count: Number of rows.
        bad: Rows whose id cannot be read, `True` where; `None`: nowhere.
        same: Every id is the text that stands in the file.
        twice: Rows whose id stands in another row too, rising.
        others: For each of those another row with the same id, the first if this is not it.
    """

    count: int
    bad: NDArray[np.bool_] | None
    same: bool
    twice: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    others: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def other(self, row: int) -> int | None:
        """Give another row with the same id; `None` where there is none."""
        place = int(np.searchsorted(self.twice, row))
        if place < len(self.twice) and self.twice[place] == row:
            return int(self.others[place])
        return None

    def refuses(self, start: int, stop: int) -> bool:
        """Tell whether any of some rows is refused for its id."""
        if self.bad is not None and self.bad[start:stop].any():
            return True
        first, last = np.searchsorted(self.twice, (start, stop))
        return bool(first < last)


def survey_ids(opened: ArrowFile, id_column: str) -> Survey:
    """Read the ids of a file through.

    Args:
        opened: The file.
        id_column: Column that holds the id.

    Raises:
        InputError: The file cannot be read to its end, or the column can hold no ids.
    """
    keys: list[NDArray[np.int64]] = []
    bad = array(_KEY)
    same = True
    count = 0
    for column in _columns(opened, id_column):
        ids = read_ids(column)
        same = same and ids.same
        bad.extend(count + place for place in ids.flaws)
        found = np.frombuffer(array(_KEY, map(hash, ids.texts)), np.int64)
        if ids.flaws:
            found = found.copy()
            # A key that no id has: those that cannot be read are not the same id.
            found[[*ids.flaws]] = [hash(f"\0{count + place}") for place in ids.flaws]
        keys.append(found)
        count += len(column)
    mask = None
    if bad:
        mask = np.zeros(count, np.bool_)
        mask[np.frombuffer(bad, np.int64)] = True
    twice, others = _repeated(opened, id_column, keys, mask)
    return Survey(count=count, bad=mask, same=same, twice=twice, others=others)


def _columns(opened: ArrowFile, id_column: str) -> Iterator[Arrow]:
    kind = opened.schema.field(id_column).type
    from pyarrow import types

    if types.is_nested(kind):
        details = {"found": quoted(str(kind)), "expected": quoted(id_column)}
        issue = Issue(code="KNJ564", path=id_column, file=opened.file, details=details)
        raise InputError([issue])
    return (batch.column(0) for batch in opened.batches([id_column]))


def _repeated(
    opened: ArrowFile,
    id_column: str,
    keys: list[NDArray[np.int64]],
    bad: NDArray[np.bool_] | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    nothing = np.zeros(0, np.int64)
    every = np.concatenate(keys) if keys else nothing
    keys.clear()
    ordered = np.sort(every)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(again):
        return nothing, nothing
    suspects = np.flatnonzero(np.isin(every, again))
    if bad is not None:
        suspects = suspects[~bad[suspects]]
    del every, ordered
    numbers: dict[str, int] = {}
    first, second, codes = array(_KEY), array(_KEY), array(_KEY)
    start = 0
    for column in _columns(opened, id_column):
        low, high = np.searchsorted(suspects, (start, start + len(column)))
        places = suspects[low:high]
        if len(places):
            texts = read_ids(column).texts
            for place in places.tolist():
                number = numbers.setdefault(texts[place - start], len(numbers))
                codes.append(number)
                if number == len(first):
                    first.append(place)
                    second.append(-1)
                elif second[number] < 0:
                    second[number] = place
        start += len(column)
    firsts, seconds = np.frombuffer(first, np.int64), np.frombuffer(second, np.int64)
    each = np.frombuffer(codes, np.int64)
    others = np.where(firsts[each] == suspects, seconds[each], firsts[each])
    real = others >= 0
    return suspects[real], others[real]
