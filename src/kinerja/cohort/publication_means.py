"""Means of a number per unit for everybody to read.

What lives here: which means may be published. What never comes in: counts of labels, words, files.

A mean of `n` people is their sum. Three ways lead from it to a person, each with its defence:

- *Few people.* A mean stands for `k` people with a number at least, else it is hidden; small units share
  a row.
- *One person far from the others, or all at one end of the scale.* The sum then tells that person's
  number, or everybody's. The p % rule (*Handbook on Statistical Disclosure Control*, 2010, section 4.2)
  is asked of the distances to both ends: without the two greatest distances, the rest must be at least a
  tenth of the greatest.
- *Differences.* One hidden mean is the overall mean less the shown ones; so where one is hidden, or where
  the hidden ones together are no better, the overall mean is hidden too.

A mean is never published beside counts of labels of the same people: a number and a label are often made
from one another, and a mean then is an equation for hidden counts. An earlier table of counts refuses it,
and the other way round.

That a mean is hidden tells that there are few people behind it or that it would tell too much; here,
other than for counts, the decision rests on numbers that stay hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.publication import faults_of, rows_of_units, too_few
from kinerja.cohort.published import MeanRow, MeansPublication, SmallUnits
from kinerja.cohort.published_before import Before, standing
from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import Rounding
from kinerja.scorer.published import NumberStep

__all__ = ["publish_means"]

#: The `p` of the p % rule; 10 is customary.
SHARE: Final = Fraction(10, 100)
#: Decimals of a mean whose step is not rounded.
DIGITS: Final = 2


def publish_means(  # noqa: PLR0913 - one positional, the rest are named choices
    members: Iterable[Member],
    *,
    step: NumberStep,
    limits: tuple[Fraction, Fraction],
    k: int,
    small: SmallUnits = "merge",
    earlier: Sequence[Before] = (),
) -> MeansPublication:
    """Make the means per unit that may be published.

    Args:
        members: Everybody of the units, each once, all of one period.
        step: The step whose number is averaged; means are rounded half up to its decimals.
        limits: The least and the greatest number that a person can have.
        k: The least number of people behind a mean.
        small: Whether units with fewer than `k` people share a row, or are left out.
        earlier: What was published before of any of these units.

    Raises:
        InputError: `k` is below 2; too few people; a person twice; several periods; a number outside
            the limits; an earlier publication of the same people in another form.

    Examples:
        >>> from kinerja.words import Text
        >>> step = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=1)
        >>> people = [
        ...     Member(id=f"{unit}{n}", unit=unit, values={"nilai": Fraction(score + n)})
        ...     for unit, score in (("A", 60), ("B", 70), ("C", 80)) for n in range(9)
        ... ]
        >>> means = publish_means(people, step=step, limits=(Fraction(0), Fraction(120)), k=5)
        >>> [str(row.mean) for row in means.rows], str(means.mean)
        (['64', '74', '84'], '74')
    """
    people = list(members)
    units = by_unit(people)
    issues = [*faults_of(people, k), *_faults_of_numbers(people, step, limits)]
    parts, left_out = rows_of_units({unit: len(of) for unit, of in units.items()}, k, small)
    if not parts:
        issues.append(too_few(len(people), k))
    if issues:
        raise InputError(issues)
    digits = DIGITS if step.digits is None else step.digits
    period = people[0].period
    before = standing(
        earlier,
        period=period,
        units=frozenset(units) - frozenset(left_out),
        form=("means", step.name, k, digits, limits, small),
    )
    if isinstance(before, MeansPublication):
        return before
    rows, everyone, hidden = [], [], []
    rounding = Rounding(digits=digits, mode="half_up")
    for part in parts:
        group = [member for unit in part for member in units[unit]]
        found = [number for member in group if (number := member.number(step.name)) is not None]
        everyone += found
        mean = None
        if _tells_of_nobody(found, limits, k):
            mean = rounding.apply(Fraction(sum(found), len(found)))
        else:
            hidden.append(found)
        rows.append(MeanRow(units=part, people=len(group), mean=mean))
    pooled = [number for found in hidden for number in found]
    is_whole_safe = not hidden or (len(hidden) > 1 and _tells_of_nobody(pooled, limits, k))
    overall = None
    if is_whole_safe and _tells_of_nobody(everyone, limits, k):
        overall = rounding.apply(Fraction(sum(everyone), len(everyone)))
    return MeansPublication(
        step=step.name,
        title=step.title,
        unit=step.unit,
        digits=digits,
        limits=limits,
        period=period,
        k=k,
        small=small,
        rows=tuple(rows),
        people=sum(row.people for row in rows),
        mean=overall,
        left_out=left_out,
    )


def _tells_of_nobody(
    numbers: Sequence[Fraction], limits: tuple[Fraction, Fraction], k: int
) -> bool:
    """Tell whether a mean stands for enough people, none of whom it gives away."""
    if len(numbers) < k:
        return False
    least, greatest = limits
    above = [number - least for number in numbers]
    below = [greatest - number for number in numbers]
    return _is_shared(above) and _is_shared(below)


def _is_shared(distances: Sequence[Fraction]) -> bool:
    greatest, *others = sorted(distances, reverse=True)
    return greatest > 0 and sum(others[1:]) >= SHARE * greatest


def _faults_of_numbers(
    people: Sequence[Member], step: NumberStep, limits: tuple[Fraction, Fraction]
) -> list[Issue]:
    numbers = [member.number(step.name) for member in people]
    outside = [
        number for number in numbers if number is not None and not limits[0] <= number <= limits[1]
    ]
    if not outside and limits[0] < limits[1]:
        return []
    details = {
        "found": quoted(str(outside[0])) if outside else "–",
        "expected": f"{limits[0]} … {limits[1]}",
    }
    return [Issue(code="KNJ849", path=step.name, details=details)]
