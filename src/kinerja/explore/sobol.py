"""Points that fill a cube evenly: Sobol' sequences.

What lives here: the generator with the direction numbers of Joe and Kuo, and its seeded shift. What never
comes in: what is computed at the points.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue
from kinerja.explore.choices import check_choices
from kinerja.explore.indicators import Floats

__all__ = ["MAX_DIMENSIONS", "Scramble", "sobol_points"]

Scramble: TypeAlias = Literal["shift", "plain"]

#: Bits of a coordinate.
BITS: Final = 32
MAX_POWER: Final = 26

#: Primitive polynomials as bits, and the first direction numbers, of the dimensions from the second on:
#: Joe & Kuo 2008, SIAM J. Sci. Comput. 30:2635-2654, `new-joe-kuo-6.21201`.
DIRECTIONS: Final[tuple[tuple[int, tuple[int, ...]], ...]] = (
    (3, (1,)),
    (7, (1, 3)),
    (11, (1, 3, 1)),
    (13, (1, 1, 1)),
    (19, (1, 1, 3, 3)),
    (25, (1, 3, 5, 13)),
    (37, (1, 1, 5, 5, 17)),
    (41, (1, 1, 5, 5, 5)),
    (47, (1, 1, 7, 11, 19)),
    (55, (1, 1, 5, 1, 1)),
    (59, (1, 1, 1, 3, 11)),
    (61, (1, 3, 5, 5, 31)),
    (67, (1, 3, 3, 9, 7, 49)),
    (91, (1, 1, 1, 15, 21, 21)),
    (97, (1, 3, 1, 13, 27, 49)),
    (103, (1, 1, 1, 15, 7, 5)),
    (109, (1, 3, 1, 15, 13, 25)),
    (115, (1, 1, 5, 5, 19, 61)),
    (131, (1, 3, 7, 11, 23, 15, 103)),
    (137, (1, 3, 7, 13, 13, 15, 69)),
    (143, (1, 1, 3, 13, 7, 35, 63)),
    (145, (1, 3, 5, 9, 1, 25, 53)),
    (157, (1, 3, 1, 13, 9, 35, 107)),
    (167, (1, 3, 1, 5, 27, 61, 31)),
    (171, (1, 1, 5, 11, 19, 41, 61)),
    (185, (1, 3, 5, 3, 3, 13, 69)),
    (191, (1, 1, 7, 13, 1, 19, 1)),
    (193, (1, 3, 7, 5, 13, 19, 59)),
    (203, (1, 1, 3, 9, 25, 29, 41)),
    (211, (1, 3, 5, 13, 23, 1, 55)),
    (213, (1, 3, 7, 3, 13, 59, 17)),
    (229, (1, 3, 1, 3, 5, 53, 69)),
    (239, (1, 1, 5, 5, 23, 33, 13)),
    (241, (1, 1, 7, 7, 1, 61, 123)),
    (247, (1, 1, 7, 9, 13, 61, 49)),
    (253, (1, 3, 3, 5, 3, 55, 33)),
    (285, (1, 3, 1, 15, 31, 13, 49, 245)),
    (299, (1, 3, 5, 15, 31, 59, 63, 97)),
    (301, (1, 3, 1, 11, 11, 11, 77, 249)),
)
MAX_DIMENSIONS: Final = len(DIRECTIONS) + 1


def sobol_points(
    dimensions: int, *, power: int, seed: int = 0, scramble: Scramble = "shift"
) -> Floats:
    """Give the first points of a Sobol' sequence.

    Args:
        dimensions: From 1 to 40.
        power: There are 2 to this power points, up to 26; only whole powers of 2 fill the cube evenly.
        seed: Of the shift; plain points have no use for it.
        scramble: Each coordinate is shifted by one random number, digit by digit, which keeps the points as
            even and makes them unbiased (`shift`), or they stay as they are, the first one 0 (`plain`).

    Returns:
        Points × dimensions, each from 0 up to but not 1.

    Raises:
        InputError: There are more dimensions or points than that.

    Examples:
        >>> sobol_points(2, power=2, scramble="plain").tolist()
        [[0.0, 0.0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75]]
    """
    issues = check_choices({"scramble": (scramble, get_args(Scramble))})
    if not 1 <= dimensions <= MAX_DIMENSIONS:
        details = {"found": str(dimensions), "expected": f"1–{MAX_DIMENSIONS}"}
        issues.append(Issue(code="KNJ036", path="dimensions", details=details))
    if not 0 <= power <= MAX_POWER:
        details = {"found": str(power), "expected": f"0–{MAX_POWER}"}
        issues.append(Issue(code="KNJ036", path="power", details=details))
    if issues:
        raise InputError(issues)
    points = np.zeros((dimensions, 1 << power), dtype=np.uint32)
    for place in range(dimensions):
        for bit, direction in enumerate(_directions(place)[:power]):
            # In the order of Gray's code the second half is the first one backwards, with one bit more.
            half = 1 << bit
            points[place, half : 2 * half] = points[place, :half][::-1] ^ direction
    if scramble == "shift":
        shift = np.random.default_rng(seed).integers(
            0, 2**BITS, size=(dimensions, 1), dtype=np.uint32
        )
        points ^= shift
    found: Floats = points.T / 2.0**BITS
    return found


def _directions(place: int) -> NDArray[np.uint32]:
    """Give the direction numbers of a dimension, from 0."""
    if not place:
        numbers = [1 << (BITS - 1 - bit) for bit in range(BITS)]
        return np.array(numbers, dtype=np.uint32)
    polynomial, first = DIRECTIONS[place - 1]
    degree = len(first)
    numbers = [value << (BITS - 1 - bit) for bit, value in enumerate(first)]
    inner = [(polynomial >> (degree - step)) & 1 for step in range(1, degree)]
    for bit in range(degree, BITS):
        value = numbers[bit - degree] ^ (numbers[bit - degree] >> degree)
        for step, is_set in enumerate(inner, start=1):
            if is_set:
                value ^= numbers[bit - step]
        numbers.append(value)
    return np.array(numbers, dtype=np.uint32)
