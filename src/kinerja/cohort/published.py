"""Published tables as values, and as plain data that a file can keep for the next publication.

What lives here: what a table shows, and how it is kept. What never comes in: anything that is hidden, ids
of people, how a table is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

from kinerja.cohort.protect import Zeros
from kinerja.errors import InputError, Issue
from kinerja.values import Period
from kinerja.words import Text

__all__ = [
    "LEAST_K",
    "MeanRow",
    "MeansPublication",
    "Publication",
    "PublishedRow",
    "SmallUnits",
    "Unscored",
]

SmallUnits: TypeAlias = Literal["merge", "leave_out"]
Unscored: TypeAlias = Literal["column", "refuse"]
#: With 1 every count would be shown.
LEAST_K: Final = 2
#: Version of the plain data.
SCHEMA: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """One unit of a published table, or small units that share a row.

    Attributes:
        units: The unit, or all units of the row.
        people: How many people they have.
        counts: How many of them have each label, as the publication orders them; `None` is hidden.
    """

    units: tuple[str | None, ...]
    people: int
    counts: tuple[int | None, ...]

    @property
    def hidden_people(self) -> int:
        """The number of people in all hidden counts together; everybody can compute it."""
        return self.people - sum(count or 0 for count in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A table that may be published; it holds nothing that is hidden.

    Attributes:
        step: Name of the step with the labels.
        title: Its title.
        labels: Ids and titles of the labels, from the lowest where they have an order.
        period: The assessment period.
        k: The least count that is shown.
        zeros: Whether a count of 0 is hidden too.
        small: What became of units with fewer than `k` people.
        unscored: Whether people without a label have a column, which then is the last one.
        rows: The rows; small units that share one come last.
        people: How many people are counted.
        totals: How many of them have each label; `None` is hidden.
        left_out: Units that were left out with their people.
    """

    step: str
    title: Text
    labels: tuple[tuple[str, Text], ...]
    period: Period | None
    k: int
    zeros: Zeros
    small: SmallUnits
    unscored: Unscored
    rows: tuple[PublishedRow, ...]
    people: int
    totals: tuple[int | None, ...]
    left_out: tuple[str | None, ...] = ()

    def __post_init__(self) -> None:
        """Refuse counts that no publication shows, and sums that do not fit."""
        columns = len(self.labels) + (self.unscored == "column")
        lines = [(row.people, row.counts) for row in self.rows] + [(self.people, self.totals)]
        if self.k < LEAST_K or any(row.people < self.k for row in self.rows):
            raise _not_a_publication(f"k {self.k}")
        least = 0 if self.zeros == "show" else self.k
        for people, counts in lines:
            shown = [count for count in counts if count is not None]
            left = people - sum(shown)
            if (
                len(counts) != columns
                or any(count < self.k and count != least for count in shown)
                or left < (self.k if len(shown) < columns else 0)
                or (len(shown) == columns and left)
            ):
                raise _not_a_publication(f"{people}: {counts}")
        if sum(row.people for row in self.rows) != self.people:
            raise _not_a_publication(str(self.people))

    @property
    def units(self) -> frozenset[str | None]:
        """The units whose people are counted."""
        return frozenset(unit for row in self.rows for unit in row.units)

    @property
    def form(self) -> tuple[object, ...]:
        """All that was chosen for the table, which a second one of the same people must share."""
        labels = tuple(label for label, _ in self.labels)
        return ("counts", self.step, labels, self.k, self.zeros, self.small, self.unscored)

    @property
    def hidden(self) -> int:
        """The number of counts that are hidden, totals included."""
        lines = [self.totals, *(row.counts for row in self.rows)]
        return sum(line.count(None) for line in lines)

    def to_dict(self) -> dict[str, object]:
        """Give the table as plain data, which `from_dict` reads."""
        return {
            "publication": "counts",
            "schema": SCHEMA,
            "step": self.step,
            "title": _plain_text(self.title),
            "labels": [{"id": label, "title": _plain_text(title)} for label, title in self.labels],
            "period": _plain_period(self.period),
            "k": self.k,
            "zeros": self.zeros,
            "small": self.small,
            "unscored": self.unscored,
            "rows": [
                {"units": list(row.units), "people": row.people, "counts": list(row.counts)}
                for row in self.rows
            ],
            "people": self.people,
            "totals": list(self.totals),
            "left_out": list(self.left_out),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Publication:
        """Read what `to_dict` gave.

        Raises:
            InputError: The data are not those of such a table.
        """
        return _read(data, "counts", cls._of)

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> Publication:
        return cls(
            step=_text_of(data["step"]),
            title=_words_of(data["title"]),
            labels=tuple((_text_of(one["id"]), _words_of(one["title"])) for one in data["labels"]),
            period=_period_of(data["period"]),
            k=_count_of(data["k"]),
            zeros=_choice_of(data["zeros"], get_args(Zeros)),
            small=_choice_of(data["small"], get_args(SmallUnits)),
            unscored=_choice_of(data["unscored"], get_args(Unscored)),
            rows=tuple(
                PublishedRow(
                    units=_units_of(row["units"]),
                    people=_count_of(row["people"]),
                    counts=_counts_of(row["counts"]),
                )
                for row in data["rows"]
            ),
            people=_count_of(data["people"]),
            totals=_counts_of(data["totals"]),
            left_out=_units_of(data["left_out"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanRow:
    """One unit of published means, or small units that share a row.

    Attributes:
        units: The unit, or all units of the row.
        people: How many people they have, those without a number too.
        mean: Mean of those with a number, rounded; `None` is hidden.
    """

    units: tuple[str | None, ...]
    people: int
    mean: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansPublication:
    """Means that may be published; it holds nothing that is hidden.

    Attributes:
        step: Name of the step with the number.
        title: Its title.
        unit: Its unit, or `None`.
        digits: Decimals of the means.
        limits: The least and the greatest number that a person can have.
        period: The assessment period.
        k: The least number of people behind a mean.
        small: What became of units with fewer than `k` people.
        rows: The rows; small units that share one come last.
        people: How many people there are.
        mean: The mean of all with a number; `None` is hidden.
        left_out: Units that were left out with their people.
    """

    step: str
    title: Text
    unit: Text | None
    digits: int
    limits: tuple[Fraction, Fraction]
    period: Period | None
    k: int
    small: SmallUnits
    rows: tuple[MeanRow, ...]
    people: int
    mean: Fraction | None
    left_out: tuple[str | None, ...] = ()

    @property
    def units(self) -> frozenset[str | None]:
        """The units whose people are counted."""
        return frozenset(unit for row in self.rows for unit in row.units)

    @property
    def form(self) -> tuple[object, ...]:
        """All that was chosen for the table, which a second one of the same people must share."""
        return ("means", self.step, self.k, self.digits, self.limits, self.small)

    @property
    def hidden(self) -> int:
        """The number of means that are hidden, the overall one included."""
        return [self.mean, *(row.mean for row in self.rows)].count(None)

    def to_dict(self) -> dict[str, object]:
        """Give the means as plain data, which `from_dict` reads."""
        return {
            "publication": "means",
            "schema": SCHEMA,
            "step": self.step,
            "title": _plain_text(self.title),
            "unit": None if self.unit is None else _plain_text(self.unit),
            "digits": self.digits,
            "limits": [str(limit) for limit in self.limits],
            "period": _plain_period(self.period),
            "k": self.k,
            "small": self.small,
            "rows": [
                {"units": list(row.units), "people": row.people, "mean": _plain_number(row.mean)}
                for row in self.rows
            ],
            "people": self.people,
            "mean": _plain_number(self.mean),
            "left_out": list(self.left_out),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> MeansPublication:
        """Read what `to_dict` gave.

        Raises:
            InputError: The data are not those of such means.
        """
        return _read(data, "means", cls._of)

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> MeansPublication:
        least, greatest = data["limits"]
        return cls(
            step=_text_of(data["step"]),
            title=_words_of(data["title"]),
            unit=None if data["unit"] is None else _words_of(data["unit"]),
            digits=_count_of(data["digits"]),
            limits=(Fraction(least), Fraction(greatest)),
            period=_period_of(data["period"]),
            k=_count_of(data["k"]),
            small=_choice_of(data["small"], get_args(SmallUnits)),
            rows=tuple(
                MeanRow(
                    units=_units_of(row["units"]),
                    people=_count_of(row["people"]),
                    mean=_number_of(row["mean"]),
                )
                for row in data["rows"]
            ),
            people=_count_of(data["people"]),
            mean=_number_of(data["mean"]),
            left_out=_units_of(data["left_out"]),
        )


# Plain data.

_Table = TypeVar("_Table")


def _read(
    data: Mapping[str, Any], kind: str, read: Callable[[Mapping[str, Any]], _Table]
) -> _Table:
    try:
        if data["publication"] != kind or data["schema"] != SCHEMA:
            raise _not_a_publication(f"{data['publication']} {data['schema']}")
        return read(data)
    except InputError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise _not_a_publication(str(error)) from error


def _not_a_publication(found: str) -> InputError:
    return InputError([Issue(code="KNJ848", details={"found": found})])


def _plain_text(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}


def _plain_period(period: Period | None) -> list[str] | None:
    return None if period is None else [period.first.isoformat(), period.last.isoformat()]


def _plain_number(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _text_of(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _words_of(value: Mapping[str, object]) -> Text:
    return Text(id=_text_of(value["id"]), en=_text_of(value["en"]))


def _period_of(value: Sequence[str] | None) -> Period | None:
    if value is None:
        return None
    first, last = value
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def _count_of(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _counts_of(values: Sequence[object]) -> tuple[int | None, ...]:
    return tuple(None if value is None else _count_of(value) for value in values)


def _number_of(value: object) -> Fraction | None:
    return None if value is None else Fraction(_text_of(value))


def _units_of(values: Sequence[object]) -> tuple[str | None, ...]:
    return tuple(None if value is None else _text_of(value) for value in values)


def _choice_of(value: object, choices: Sequence[Any]) -> Any:  # noqa: ANN401 - one of several literals
    if value not in choices:
        raise ValueError(value)
    return value
