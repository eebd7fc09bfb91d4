"""Polars frames as frames.

What lives here: texts found in others, and frames of results. What never comes in: pandas, Arrow: polars
works without pyarrow, and so does this. polars is imported in the functions that need it.
"""

# The types of packages that may be missing, and of arrays of all of them, have no common name.

# ruff: noqa: ANN401 - the tables of other libraries have no types here

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames_names import by_name, one_position
from kinerja.columns.frames_numbers import NUMBERS, NumberIndex
from kinerja.columns.frames_polars_parts import TEXTS, missing_in, polars_part, polars_values
from kinerja.columns.parts import Days, Figures, Flags, Labels, OutColumn, Part

__all__ = ["PolarsFrame"]


class PolarsFrame:
    """A `polars.DataFrame`.

    Attributes:
        native: The frame itself.
        rows: How many rows it has.
        names: Names of its columns.
    """

    def __init__(self, native: Any) -> None:
        self.native = native
        self.rows: int = native.height
        self.names: tuple[str, ...] = tuple(native.columns)
        self._places = by_name(self.names)

    def part(self, name: str, start: int, stop: int, fields: Collection[str] = ()) -> Part:
        """Give rows of a column in their form."""
        return polars_part(self.series(name, start, stop), name, fields)

    def at(self, name: str, places: NDArray[Any]) -> Part:
        """Give some rows of a column in their form."""
        return polars_part(self.series(name, 0, self.rows).gather(places), name)

    def record(self, row: int, names: Collection[str]) -> dict[str, object]:
        """Give a row as Python values."""
        return {name: polars_values(self.series(name, row, row + 1))[0] for name in names}

    def series(self, name: str, start: int, stop: int) -> Any:
        """Give rows of a column as a view."""
        one_position(self._places, name)
        return self.native.get_column(name).slice(start, stop - start)

    def texts(self, name: str, start: int, stop: int) -> Any:
        """Give rows of a column of texts; `None` if the column is none."""
        import polars as pl

        series = self.series(name, start, stop)
        if type(series.dtype).__name__ not in TEXTS:
            return None
        return series.cast(pl.String).alias("id")

    def text_index(self, name: str) -> Callable[[Any], NDArray[np.int32] | None] | None:
        """Give what finds the first row of each text in a column; `None` if the column is none."""
        known = self.texts(name, 0, self.rows)
        return None if known is None else _text_index(known)

    def build(self, columns: Mapping[str, OutColumn], keep: Sequence[str] = ()) -> Any:
        """Give a frame of kept columns and new ones."""
        import polars as pl

        kept = [self.series(name, 0, self.rows) for name in keep]
        return pl.DataFrame(
            [*kept, *(_out(column).alias(name) for name, column in columns.items())]
        )


def _text_index(known: Any) -> Callable[[Any], NDArray[np.int32] | None]:
    """Look texts up by their hash, which costs a quarter of a join, and compare what was found."""
    import polars as pl

    gaps = missing_in(known)
    rows = None if gaps is None else np.flatnonzero(~gaps).astype(np.int32)
    hashes = known.drop_nulls().hash().to_numpy().view(np.int64)
    index = NumberIndex(hashes, rows)

    def find(texts: Any) -> NDArray[np.int32] | None:
        if texts is None:
            return None
        found = np.full(len(texts), -1, dtype=np.int32)
        for start in range(0, len(texts), NUMBERS):
            some = texts.slice(start, NUMBERS)
            places = index.find_keys(some.hash().to_numpy().view(np.int64), missing_in(some))
            there = np.flatnonzero(places >= 0)
            same = known.gather(places[there]) == some.gather(there)
            if not same.all():
                # Two texts of one hash: these are looked up as texts.
                other = there[~same.to_numpy()]
                places[other] = _joined(known, some.gather(other))
            found[start : start + NUMBERS] = places
        return found

    def _joined(known: Any, texts: Any) -> NDArray[np.int32]:
        numbered = known.to_frame().with_row_index("row").unique("id", keep="first")
        joined = texts.to_frame().join(numbered, on="id", how="left", maintain_order="left")
        rows: NDArray[np.int32] = joined["row"].cast(pl.Int32).fill_null(-1).to_numpy()
        return rows

    return find


def _out(column: OutColumn) -> Any:  # noqa: PLR0911 - one line a form
    import polars as pl

    match column:
        case Figures(values):
            series = pl.Series(values)
            gaps = len(values) and np.isnan(values.min())
            return series.fill_nan(None) if gaps else series
        case Flags(values):
            return pl.Series(values).cast(pl.UInt8, strict=False).cast(pl.Boolean)
        case Days(values, missing):
            days = pl.Series(values).cast(pl.Date)
            if missing is None:
                return days
            there = pl.DataFrame({"days": days, "there": ~missing})
            return there.select(pl.when("there").then("days")).to_series()
        case Labels(codes, texts, _):
            enum = pl.Enum(list(texts))
            words = pl.Series(list(texts), dtype=enum)
            low, high = (int(codes.min()), int(codes.max())) if len(codes) else (0, 0)
            if low == high and low >= 0 and len(codes):
                return words.new_from_index(low, len(codes))
            if low >= 0 and codes.dtype == np.int8 and hasattr(pl.Series.cat, "to"):
                # Codes of one byte are what an Enum of few labels holds.
                places = pl.DataFrame({"": codes.view(np.uint8)}).lazy()
                # The streaming engine does it on all processors.
                return places.select(pl.col("").cat.to(enum)).collect(engine="streaming")[""]
        case _:
            codes = column.codes
            words = pl.Series(list(column.texts), dtype=pl.String).cast(pl.Categorical)
    if not len(words):
        return words.extend_constant(None, len(codes))
    return words.gather(pl.Series(codes).cast(pl.UInt32, strict=False))
