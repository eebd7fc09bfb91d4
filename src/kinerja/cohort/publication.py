"""Counts of labels per unit for everybody to read, of people who can be recognised.

What lives here: the table that may be published, and the way from people to it. What never comes in:
which counts may be shown (`protect`), what an earlier publication forbids (`published_before`), words,
files.

**Who is defended against.** Somebody who has the whole publication and earlier ones, knows the rules and
`k`, knows who works in which unit, and computes without limit. What stays open is promised in `protect`.
Units of fewer than `k` people are merged with others, or left out with their people; both follow from
numbers of people alone, which are known. People without a label are counted in a column of their own,
because a sum of fewer people than the unit has would tell how many they are.

**What is not promised.** What is likely, as opposed to possible, is not hidden. Somebody who knows the
labels of `m` people, if only their own, has less to find: `k + 2 m` keeps `k` values open for them, since
each known person raises one limit by one, and that moves either end of any other count by one at most.
Who renames a unit, or counts a person in two units, defeats the rules for earlier publications.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.protect import Zeros, protect
from kinerja.cohort.published import LEAST_K, Publication, PublishedRow, SmallUnits, Unscored
from kinerja.cohort.published_before import Before, standing
from kinerja.errors import InputError, Issue, quoted
from kinerja.scorer.published import LabelStep

__all__ = ["faults_of", "publish", "rows_of_units", "too_few"]

#: Ids that one issue names.
NAMED: Final = 5


def publish(  # noqa: PLR0913 - one positional, the rest are named choices
    members: Iterable[Member],
    *,
    step: LabelStep,
    k: int,
    zeros: Zeros = "protect",
    small: SmallUnits = "merge",
    unscored: Unscored = "column",
    earlier: Sequence[Before] = (),
) -> Publication:
    """Make the table of labels per unit that may be published.

    Of the same people and period only one table is ever published: where `earlier` holds one of the same
    form, it is given back unchanged, whatever was corrected since.

    Args:
        members: Everybody who is counted, each once, all of one period.
        step: The step whose labels are counted.
        k: The least count that is shown. The agency chooses it: statistical offices use 3 to 10; for
            counts of persons 5 and 10 are most common.
        zeros: Whether a count of 0 is hidden as 1..k-1 are (nobody of a unit has a label, everybody has
            another one: that too is told of each person), or shown where it tells nothing else.
        small: Whether units with fewer than `k` people share a row, with the next larger units if need be,
            or are left out.
        unscored: Whether people without a label are counted in a last column or refused.
        earlier: What was published before of any of these units.

    Raises:
        InputError: `k` is below 2; too few people; a person twice; several periods; labels that the step
            does not have; people without label where they are refused; an earlier publication of the same
            people in another form.

    Examples:
        >>> from kinerja.words import Text
        >>> labels = (("kurang", Text.same("Kurang")), ("baik", Text.same("Baik")))
        >>> step = LabelStep(name="predikat", title=Text.same("predikat"), labels=labels, ordered=True)
        >>> people = [
        ...     Member(id=f"{unit}{n}", unit=unit, values={"predikat": "kurang" if n < few else "baik"})
        ...     for unit, few in (("A", 2), ("B", 9), ("C", 6)) for n in range(20)
        ... ]
        >>> table = publish(people, step=step, k=3, unscored="refuse")
        >>> [row.counts for row in table.rows], table.totals
        ([(None, None), (9, 11), (None, None)], (17, 43))
    """
    people = list(members)
    units = by_unit(people)
    issues = [*faults_of(people, k), *_faults_of_labels(people, step, unscored)]
    parts, left_out = rows_of_units({unit: len(of) for unit, of in units.items()}, k, small)
    if not parts and k >= LEAST_K:
        issues.append(too_few(len(people), k))
    if issues:
        raise InputError(issues)
    names = [label for label, _ in step.labels]
    columns: list[str | None] = [*names, None] if unscored == "column" else [*names]
    period = people[0].period
    form = ("counts", step.name, tuple(names), k, zeros, small, unscored)
    before = standing(
        earlier, period=period, units=frozenset(units) - frozenset(left_out), form=form
    )
    if isinstance(before, Publication):
        return before
    counts = []
    for part in parts:
        found = Counter(member.label(step.name) for unit in part for member in units[unit])
        counts.append([found[label] for label in columns])
    shown = protect(counts, k=k, zeros=zeros)
    return Publication(
        step=step.name,
        title=step.title,
        labels=step.labels,
        period=period,
        k=k,
        zeros=zeros,
        small=small,
        unscored=unscored,
        rows=tuple(
            PublishedRow(units=part, people=sum(row), counts=seen)
            for part, row, seen in zip(parts, counts, shown.cells, strict=True)
        ),
        people=sum(map(sum, counts)),
        totals=shown.totals,
        left_out=left_out,
    )


def rows_of_units(
    sizes: Mapping[str | None, int], k: int, small: SmallUnits
) -> tuple[list[tuple[str | None, ...]], tuple[str | None, ...]]:
    """Give the units of each row, and the units that are left out.

    Only numbers of people decide, which everybody knows. A shared row holds two units and `k` people at
    least, and comes last.
    """
    names = sorted(sizes, key=_by_name)
    few = [unit for unit in names if sizes[unit] < k]
    enough = [unit for unit in names if sizes[unit] >= k]
    if small == "leave_out" or not few:
        return [(unit,) for unit in enough], tuple(few)
    for unit in sorted(enough, key=lambda unit: (sizes[unit], _by_name(unit))):
        if len(few) > 1 and sum(sizes[one] for one in few) >= k:
            break
        few.append(unit)
    if sum(sizes[one] for one in few) < k:
        return [], ()
    alone = [(unit,) for unit in enough if unit not in few]
    return [*alone, tuple(sorted(few, key=_by_name))], ()


def faults_of(people: Sequence[Member], k: int) -> list[Issue]:
    """Give what is wrong with people and `k`, whatever is published of them."""
    issues = []
    if k < LEAST_K:
        issues.append(Issue(code="KNJ840", path="k", details={"found": str(k)}))
    periods = {member.period for member in people}
    if len(periods) > 1:
        issues.append(Issue(code="KNJ842", path="members", details={"found": str(len(periods))}))
    seen = Counter(member.id for member in people if member.id is not None)
    twice = sorted(name for name, times in seen.items() if times > 1)
    if twice:
        issues.append(Issue(code="KNJ847", path="members", details={"found": _some(twice)}))
    return issues


def too_few(people: int, k: int) -> Issue:
    """Give the issue that no row can hold `k` people."""
    return Issue(code="KNJ841", path="members", details={"found": str(people), "expected": str(k)})


def _faults_of_labels(people: Sequence[Member], step: LabelStep, unscored: Unscored) -> list[Issue]:
    issues = []
    known = [label for label, _ in step.labels]
    found = {member.label(step.name) for member in people} - {None}
    unknown = sorted(label for label in found if label is not None and label not in known)
    if unknown:
        details = {"found": _some(unknown), "step": step.name, "expected": ", ".join(known)}
        issues.append(Issue(code="KNJ843", path=step.name, details=details))
    without = sum(member.label(step.name) is None for member in people)
    if without and unscored == "refuse":
        issues.append(Issue(code="KNJ844", path=step.name, details={"found": str(without)}))
    return issues


def _some(names: Sequence[str]) -> str:
    shown = [quoted(name) for name in names[:NAMED]]
    return ", ".join([*shown, *(["…"] if len(names) > NAMED else [])])


def _by_name(unit: str | None) -> tuple[bool, str]:
    return unit is None, unit or ""
