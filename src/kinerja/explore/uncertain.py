"""Which weight decides: how much of what uncertain weights do to people hangs on each of them.

What lives here: weights that are each uncertain by themselves, and first- and total-order indices of
what follows for people. What never comes in: the estimators; `sobol_indices` has them.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import ExactInput, exact
from kinerja.explore.acceptability import count_changes
from kinerja.explore.people import People
from kinerja.explore.sensitivity import Sensitivities, sobol_indices
from kinerja.explore.weightings import weightings_near

__all__ = ["weight_sensitivity"]


def weight_sensitivity(
    people: People, *, by: ExactInput, power: int = 8, seed: int = 0
) -> Sensitivities:
    """Tell on which weight it hangs how many people change their label.

    Each weight is uncertain by itself, evenly from `by` below to `by` above its own value (not below
    0), and all are then scaled to the sum they must have, as the OECD/JRC handbook (2008, step 7) does.
    The result is the number of people whose label differs from the one under the policy's own weights;
    under every weighting it is exact. A weight may matter little alone (first order) and much together
    with others (total order).

    Args:
        people: See `read_people`.
        by: Half the width of the uncertainty, a share such as `"10 %"`.
        power: There are `(weights + 2) · 2^power` weightings.
        seed: See `sobol_indices`.

    Raises:
        InputError: KNJ057: `by` is not above 0; KNJ037: no weighting changes the number of people who
            change; see `sobol_indices`.
    """
    step = exact(by)
    if step <= 0:
        raise InputError([Issue(code="KNJ057", path="by", details={"found": quoted(by)})])
    scheme = people.scheme
    factors = {
        name: (float(max(share - step, Fraction(0))), float(share + step))
        for name, share in scheme.weights
    }

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return count_changes(people, weightings_near(scheme, points)).astype(np.float64)

    return sobol_indices(moved, factors=factors, power=power, seed=seed)
