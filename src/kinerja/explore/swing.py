"""Weights from ratings against one criterion: SMART and swing.

What lives here: ratings upwards from the least important criterion, and downwards from the most important
swing. What never comes in: ranks alone, comparisons of all pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from kinerja.errors import InputError
from kinerja.exact import ExactInput
from kinerja.explore.points import anchored, of_sum, read_points
from kinerja.values import Origin, Weights

__all__ = ["smart_weights", "swing_weights"]

EDWARDS: Final = (
    "Edwards 1977, IEEE Trans. Syst. Man Cybern. 7:326-340, doi:10.1109/TSMC.1977.4309720"
)
SWING: Final = (
    "von Winterfeldt & Edwards 1986, Decision Analysis and Behavioral Research, Cambridge University "
    "Press; Edwards & Barron 1994, doi:10.1006/obhd.1994.1087"
)

#: The rating of the least important criterion.
LEAST: Final = Fraction(10)
#: The rating of the most important swing.
MOST: Final = Fraction(100)


def smart_weights(ratings: Mapping[str, ExactInput]) -> Weights:
    """Find weights from ratings in which the least important criterion has 10.

    A criterion that is three times as important as the least important one has 30, and so on. The weights
    are shares of the sum, exactly. Importance is asked without the range that a criterion has, which is why
    Edwards & Barron (1994) prefer `swing_weights`.

    Args:
        ratings: By criterion, at least 10; the smallest is 10.

    Raises:
        InputError: A rating is below 10 or no number, or none is 10.

    Examples:
        >>> dict(smart_weights({"hasil": 30, "perilaku": 20, "disiplin": 10}))
        {'hasil': Fraction(1, 2), 'perilaku': Fraction(1, 3), 'disiplin': Fraction(1, 6)}
    """
    read, issues = read_points(ratings, path="ratings")
    issues = issues or anchored(read, path="ratings", anchor=LEAST, end="least")
    if issues:
        raise InputError(issues)
    return of_sum(read, origin=Origin(method="smart", source=EDWARDS))


def swing_weights(ratings: Mapping[str, ExactInput]) -> Weights:
    """Find weights from swings, of which the most important has 100.

    A swing is the way of one criterion from the worst to the best value that people really have. The swing
    that matters most has 100, one that matters half as much 50. The weights are shares of the sum, exactly.

    Args:
        ratings: By criterion, 0 to 100; the largest is 100.

    Raises:
        InputError: A rating is negative, above 100 or no number, or none is 100.

    Examples:
        >>> dict(swing_weights({"hasil": 100, "perilaku": 60}))
        {'hasil': Fraction(5, 8), 'perilaku': Fraction(3, 8)}
    """
    read, issues = read_points(ratings, path="ratings")
    issues = issues or anchored(read, path="ratings", anchor=MOST, end="most")
    if issues:
        raise InputError(issues)
    return of_sum(read, origin=Origin(method="swing", source=SWING))
