"""From which figure on something in data is told.

What lives here: the thresholds of the checks before scoring, each with its reason. What never comes in:
the checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

__all__ = ["Thresholds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which figure on something in data is told; every one is a choice of the caller.

    Attributes:
        ids_shown: Ids that a finding names; the rest is counted.
        alpha: Largest chance, over all comparisons of one check together (Holm 1979), that data without any
            fault give a finding of that check. 1/1000: reports of every quarter are wrong once in decades.
        most_missing: Share of missing values of a required input that is passed over. 0: one missing value
            already leaves one person without a result.
        most_missing_items: Share of the items of a unit whose field is missing that is passed over. 1/20:
            some answers of every survey are left out, and the policy says what becomes of them.
        least_records: Fewest records of a unit that are judged by how they are spread. 10: below it one
            person moves a median.
        least_values: Fewest whole numbers of a unit that are looked at for heaping. 20: below it even half
            of them on round numbers is no sign.
        heap_multiples: Round numbers are whole multiples of these: 5 and 10.
        heap_ratio: How many times the expected share of round numbers matters. 3/2: in a large unit a
            smaller excess is certain, and of no weight.
        least_ratees: Fewest people whom a rater must have rated. 5: with fewer, equal ratings may be meant.
        least_figures: Fewest figures of a record that are compared for copies. 4: fewer agree by chance.
        copy_chance: Largest expected number of groups of records that agree by chance. 1/10,000, and not
            more, since the bound takes figures as independent: five figures with correlations of 0.9 agree
            46 times as often.
        least_units: Fewest other units whose change is taken as what was to be expected. 5: with fewer, the
            median absolute deviation says nothing.
        least_changes: Fewest earlier changes of the unit itself that are taken instead. 5, for the same
            reason.
        shift_factor: Multiple of the median absolute deviation of changes. 6: about four standard
            deviations of a normal distribution.
        shift_chance: Chance with which an interval of order statistics misses a median at one end, exactly;
            a shift matters only where the intervals before and after do not touch. 1/1000: both miss about
            once in 100,000 comparisons. Fewer than 10 records have no such interval.
        shift_least: Smallest shift of a median, as a share of the declared limits (without them, of the
            span of the data). 1/20: less changes no label.
        least_spread: Fewest records for a judgement of spread. 20: a spread is known less well than a
            median.
        spread_factor: How many times wider or narrower than expected. 4: of 20 skewed values a factor of 3
            comes about by chance.
        spread_least: Smallest change of the mean distance from the median, as a share of the declared
            limits (without them, of the span of the data). 1/40: values that crowd at a cap change their
            spread by little and by many times.
        count_factor: How many times more or fewer records than expected. 3/2: half a unit more does not
            come about by ordinary recruitment.
        missing_change: Smallest rise of the share of missing values. 1/10.

    Raises:
        ValueError: A figure lies outside what it can mean.

    References:
        Holm, S. (1979), A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of
        Statistics 6, 65–70.
    """

    ids_shown: int = 5
    alpha: Fraction = Fraction(1, 1000)
    most_missing: Fraction = Fraction(0)
    most_missing_items: Fraction = Fraction(1, 20)
    least_records: int = 10
    least_values: int = 20
    heap_multiples: tuple[int, ...] = (5, 10)
    heap_ratio: Fraction = Fraction(3, 2)
    least_ratees: int = 5
    least_figures: int = 4
    copy_chance: Fraction = Fraction(1, 10_000)
    least_units: int = 5
    least_changes: int = 5
    shift_factor: Fraction = Fraction(6)
    shift_chance: Fraction = Fraction(1, 1000)
    shift_least: Fraction = Fraction(1, 20)
    least_spread: int = 20
    spread_factor: Fraction = Fraction(4)
    spread_least: Fraction = Fraction(1, 40)
    count_factor: Fraction = Fraction(3, 2)
    missing_change: Fraction = Fraction(1, 10)

    def __post_init__(self) -> None:
        """Refuse figures that mean nothing."""
        for names, fits, wanted in _DOMAINS:
            for name in names:
                if not fits(getattr(self, name)):
                    raise ValueError(f"{name} must be {wanted}, got {getattr(self, name)}")


#: What each figure may be; one of anything compares with nothing, and every number is a multiple of 1.
_DOMAINS: Final[tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...]] = (
    (("alpha", "copy_chance", "shift_chance"), lambda x: 0 < x < 1, "between 0 and 1"),
    (
        ("most_missing", "most_missing_items", "shift_least", "spread_least", "missing_change"),
        lambda x: 0 <= x <= 1,
        "from 0 to 1",
    ),
    (("heap_ratio", "spread_factor", "count_factor"), lambda x: x > 1, "above 1"),
    (("shift_factor", "ids_shown"), lambda x: x >= 0, "at least 0"),
    (
        (
            "least_records",
            "least_values",
            "least_ratees",
            "least_figures",
            "least_units",
            "least_changes",
            "least_spread",
        ),
        lambda x: x >= 2,  # noqa: PLR2004 - see above
        "at least 2",
    ),
    (("heap_multiples",), lambda xs: all(x >= 2 for x in xs), "at least 2"),  # noqa: PLR2004 - see above
)
