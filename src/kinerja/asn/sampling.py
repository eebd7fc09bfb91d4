"""How many respondents a survey needs, and how they are spread over strata.

What lives here: the sample size of Krejcie and Morgan, and proportional allocation. What never comes in:
the index itself, which a policy computes, and printed tables of sample sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

from kinerja.exact import ExactInput, Rounding, RoundingMode, exact

__all__ = ["CHI_SQUARE", "MARGIN", "PROPORTION", "AllocationMethod", "allocate", "sample_size"]

#: Krejcie & Morgan (1970): chi-square for one degree of freedom at 95 % confidence. Seen in practice.
CHI_SQUARE: Final = Fraction(3841, 1000)
#: Krejcie & Morgan (1970): population proportion that gives the largest sample. Seen in practice.
PROPORTION: Final = Fraction(1, 2)
#: Krejcie & Morgan (1970): degree of accuracy. Seen in practice.
MARGIN: Final = Fraction(1, 20)

AllocationMethod: TypeAlias = Literal["half_up", "largest_remainder"]


def sample_size(
    population: int,
    *,
    chi_square: ExactInput = CHI_SQUARE,
    proportion: ExactInput = PROPORTION,
    margin: ExactInput = MARGIN,
    rounding: RoundingMode = "half_up",
) -> int:
    """Compute the sample size of Krejcie and Morgan.

    `S = χ² N P (1 − P) / (d² (N − 1) + χ² P (1 − P))`, computed exactly and rounded once, at the end. The
    survey of PermenPANRB 14/2017 is said to prescribe their table (secondary); the formula and its figures
    are known from practice. Rounded to the nearest whole number it gives 383 for a population of 100,000,
    where a widely quoted table has 384: no table is shipped before it is checked against a printed one.

    Args:
        population: Number of people served, N; at least 1.
        chi_square: χ² of the wanted confidence with one degree of freedom; above 0.
        proportion: P, the share assumed in the population; above 0 and below 1.
        margin: d, the degree of accuracy as a share; above 0 and at most 1.
        rounding: How the formula's value becomes a whole number. The published use (550 people, 226.40,
            226 respondents) fits the nearest whole number as well as cutting; `ceiling` never takes
            fewer than the formula asks for.

    Returns:
        The number of respondents; never more than `population`.

    Raises:
        ValueError: `population` is no whole number or lies below 1, or a figure lies outside its limits.

    References:
        Krejcie, R. V. & Morgan, D. W. (1970), Determining Sample Size for Research Activities, Educational
        and Psychological Measurement 30, 607–610.

    Examples:
        >>> sample_size(550)
        226
        >>> sample_size(550, rounding="ceiling")
        227
        >>> sample_size(550, margin="10 %")
        82
    """
    people = _whole(population, "population", at_least=1)
    figures = {"chi_square": exact(chi_square), "margin": exact(margin)}
    for name, figure in figures.items():
        if figure <= 0:
            raise ValueError(f"{name} must be above 0, got {figure}")
    if figures["margin"] > 1:
        raise ValueError(f"margin must be at most 1, got {figures['margin']}")
    share = exact(proportion)
    if not 0 < share < 1:
        raise ValueError(f"proportion must lie between 0 and 1, got {share}")
    spread = figures["chi_square"] * share * (1 - share)
    size = spread * people / (figures["margin"] ** 2 * (people - 1) + spread)
    return int(Rounding(digits=0, mode=rounding).apply(size))


def allocate(sample: int, strata: Mapping[str, int], *, method: AllocationMethod) -> dict[str, int]:
    """Spread a sample over strata in proportion to their sizes.

    The published example (226 respondents over six strata of 550 people) rounds each part to the nearest
    whole number, and its parts happen to sum to 226. Parts rounded one by one need not sum; no source says
    what follows then, so the method is always named.

    Args:
        sample: Number of respondents; at least 0 and at most the sum of the strata.
        strata: Number of people of each stratum, by name; whole numbers of 0 and more, not all 0.
        method: `half_up` rounds each part to the nearest whole number, a tie upwards, as the published
            example does: the parts may then sum to more or less than `sample`. `largest_remainder` cuts
            every part and gives what is left, one each, to the largest fractions cut off (equal ones: to
            the larger stratum, then to the earlier one): the parts always sum to `sample`.

    Returns:
        Respondents of each stratum, in the order of `strata`; none is larger than its stratum.

    Raises:
        ValueError: A number is no whole number or lies outside its limits, or `method` is unknown.

    Examples:
        >>> strata = {"RW1": 100, "RW2": 75, "RW3": 110, "RW4": 95, "RW5": 80, "RW6": 90}
        >>> allocate(226, strata, method="half_up")
        {'RW1': 41, 'RW2': 31, 'RW3': 45, 'RW4': 39, 'RW5': 33, 'RW6': 37}

        Three equal strata cannot share ten respondents evenly:

        >>> allocate(10, {"a": 50, "b": 50, "c": 50}, method="half_up")
        {'a': 3, 'b': 3, 'c': 3}
        >>> allocate(10, {"a": 50, "b": 50, "c": 50}, method="largest_remainder")
        {'a': 4, 'b': 3, 'c': 3}
    """
    if method not in get_args(AllocationMethod):
        known = ", ".join(get_args(AllocationMethod))
        raise ValueError(f"method must be one of {known}, got {method!r}")
    wanted = _whole(sample, "sample", at_least=0)
    sizes = {name: _whole(size, f"strata[{name!r}]", at_least=0) for name, size in strata.items()}
    total = sum(sizes.values())
    if total == 0:
        raise ValueError("strata must hold at least one person")
    if wanted > total:
        raise ValueError(f"sample must be at most the {total} people of the strata, got {wanted}")
    parts = {name: Fraction(wanted * size, total) for name, size in sizes.items()}
    if method == "half_up":
        nearest = Rounding(digits=0, mode="half_up")
        return {name: int(nearest.apply(part)) for name, part in parts.items()}
    given = {name: int(part) for name, part in parts.items()}
    left = wanted - sum(given.values())
    by_remainder = sorted(parts, key=lambda name: (given[name] - parts[name], -sizes[name]))
    for name in by_remainder[:left]:
        given[name] += 1
    return given


def _whole(value: int, name: str, *, at_least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number, got {value!r}")  # noqa: TRY004 - one error for the caller
    if value < at_least:
        raise ValueError(f"{name} must be at least {at_least}, got {value}")
    return value
