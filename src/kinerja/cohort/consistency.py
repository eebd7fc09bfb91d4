"""Who is good for how long, and the earlier periods that a policy looks back at.

What lives here: runs of periods with a label at least so, and lists of earlier results. What never comes
in: what follows from a run, which is a rule of a policy (`follow_up`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from kinerja.cohort.members import Member
from kinerja.cohort.periods import along, checked, period_name
from kinerja.errors import InputError, unknown_name
from kinerja.scorer import LabelStep
from kinerja.values import Period

__all__ = ["LabelRun", "MissingRule", "history", "lasting", "runs"]

#: Whether a period without label ends a run or is passed over.
MissingRule: TypeAlias = Literal["breaks", "skips"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRun:
    """Consecutive periods of one person with a label at least so.

    Attributes:
        id: Id of the person.
        longest: Most periods one after another.
        longest_since: First period of the longest run, of the latest where there are several; `None` for
            none.
        current: Periods of the run that reaches the end; 0 where the last label is lower, or is missing and
            missing ones break.
        since: First period of the current run; `None` for none.
        missing: Periods without label.
    """

    id: str
    longest: int
    longest_since: Period | None
    current: int
    since: Period | None
    missing: tuple[Period, ...]


def runs(
    members: Iterable[Member],
    *,
    labels: LabelStep,
    at_least: str,
    periods: Sequence[Period],
    missing: MissingRule,
) -> list[LabelRun]:
    """Find for how many periods in a row each person has a label at least so.

    Args:
        members: What the policy says of each person in each period.
        labels: The step with the labels; they have an order.
        at_least: The lowest label that counts.
        periods: The periods, earliest first. "Two years running" are two of yearly results.
        missing: `breaks`: a period without label ends a run. `skips`: it is passed over, neither counted
            nor held against anybody.

    Returns:
        One for each person, in the order in which they first appear.

    Raises:
        InputError: There is no such label, or the labels have no order; a result has no id or no period,
            or a person has two results in one period.
        ValueError: The periods overlap or are not in order.

    Examples:
        >>> from kinerja.words import Text
        >>> names = ("kurang", "cukup", "baik")
        >>> step = LabelStep(
        ...     name="predikat",
        ...     title=Text.same("predikat"),
        ...     labels=tuple((name, Text.same(name)) for name in names),
        ...     ordered=True,
        ... )
        >>> years = [Period.parse(text) for text in ("2023", "2024", "2025")]
        >>> members = [
        ...     Member(id="P1", unit="A", period=year, values={"predikat": label})
        ...     for year, label in zip(years, ("cukup", "baik", "baik"))
        ... ]
        >>> found = runs(members, labels=step, at_least="baik", periods=years, missing="breaks")
        >>> found[0].current, period_name(found[0].since)
        (2, '2024')
    """
    checked({"missing": (missing, get_args(MissingRule))})
    known = [name for name, _ in labels.labels] if labels.ordered else []
    if at_least not in known:
        raise InputError([unknown_name("KNJ839", "", at_least, known)])
    enough = set(known[known.index(at_least) :])
    return [
        _run(
            person.id,
            [None if one is None else one.label(labels.name) for one in person.members],
            enough,
            periods,
            missing,
        )
        for person in along(members, periods=periods, labels=labels)
    ]


def lasting(found: Iterable[LabelRun], *, periods: int) -> list[LabelRun]:
    """Keep those whose current run has at least so many periods: "baik two years running".

    Args:
        found: What `runs` gives.
        periods: How many periods, one or more.
    """
    if periods < 1:
        raise ValueError(f"periods must be 1 or more, got {periods}")
    return [run for run in found if run.current >= periods]


def history(  # noqa: PLR0913 - the names of three fields
    members: Iterable[Member],
    *,
    periods: Sequence[Period],
    values: Mapping[str, str],
    place: str | None = None,
    period: str | None = None,
    missing: Literal["keep", "leave_out"],
) -> dict[str, list[dict[str, object]]]:
    """Give each person's earlier results as a list that a policy takes.

    Args:
        members: What the policy said of each person in earlier periods.
        periods: The earlier periods, earliest first.
        values: Field of the list to the step that fills it.
        place: Field for the place of the period among `periods`, from 1; left out where it has no name.
        period: Field for the name of the period.
        missing: What becomes of a period without a value: `keep` leaves an item whose values are missing,
            so that the policy decides (`not is_missing(predikat) and predikat == 'baik'`); `leave_out`
            gives no item.

    Raises:
        InputError: A result has no id or no period, or a person has two results in one period.
        ValueError: The periods overlap or are not in order.

    Examples:
        >>> years = [Period.parse("2024"), Period.parse("2025")]
        >>> members = [Member(id="P1", unit="A", period=years[1], values={"predikat": "baik"})]
        >>> history(
        ...     members, periods=years, values={"predikat": "predikat"}, period="tahun", missing="keep"
        ... )
        {'P1': [{'tahun': '2024', 'predikat': None}, {'tahun': '2025', 'predikat': 'baik'}]}
    """
    checked({"missing": (missing, ("keep", "leave_out"))})
    found: dict[str, list[dict[str, object]]] = {}
    for person in along(members, periods=periods):
        items = found.setdefault(person.id, [])
        for at, (one, member) in enumerate(zip(periods, person.members, strict=True), 1):
            given = {} if member is None else member.values
            item: dict[str, object] = {field: given.get(step) for field, step in values.items()}
            if missing == "leave_out" and None in item.values():
                continue
            head: dict[str, object] = {}
            if place is not None:
                head[place] = at
            if period is not None:
                head[period] = period_name(one)
            items.append({**head, **item})
    return found


def _run(
    person: str,
    labels: Sequence[str | None],
    enough: set[str],
    periods: Sequence[Period],
    missing: MissingRule,
) -> LabelRun:
    longest, longest_since = 0, None
    current, since = 0, None
    for label, period in zip(labels, periods, strict=True):
        if label is None and missing == "skips":
            continue
        if label is None or label not in enough:
            current, since = 0, None
            continue
        current, since = current + 1, since or period
        if current >= longest:
            longest, longest_since = current, since
    return LabelRun(
        id=person,
        longest=longest,
        longest_since=longest_since,
        current=current,
        since=since,
        missing=tuple(
            period for label, period in zip(labels, periods, strict=True) if label is None
        ),
    )
