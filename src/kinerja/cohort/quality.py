"""The quality of data before they are scored: every check, one after the other.

What lives here: the order of the checks, and the findings sorted. What never comes in: words, any repair of
a value, any record left out of scoring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from kinerja.cohort.completeness import find_incomplete
from kinerja.cohort.copied import find_carried_over, find_copies
from kinerja.cohort.data_finding import Check, DataQuality, QualityFinding, sorted_findings
from kinerja.cohort.heaping import find_heaping
from kinerja.cohort.impossible import find_impossible
from kinerja.cohort.observed import Data, Observation
from kinerja.cohort.presence import find_absent
from kinerja.cohort.rater_habits import find_rater_habits
from kinerja.cohort.sameness import find_sameness
from kinerja.cohort.shifts import find_shifts
from kinerja.cohort.thresholds import Thresholds
from kinerja.scorer.program import Program

__all__ = ["check_data"]

_Find: TypeAlias = Callable[..., tuple[list[QualityFinding], int]]

_CHECKS: Final[tuple[tuple[Check, _Find], ...]] = (
    ("completeness", find_incomplete),
    ("presence", find_absent),
    ("impossible", find_impossible),
    ("heaping", find_heaping),
    ("sameness", find_sameness),
    ("raters", find_rater_habits),
    ("copied", find_copies),
    ("copied", find_carried_over),
    ("shifts", find_shifts),
)

_DEFAULT: Final = Thresholds()


def check_data(
    observations: Iterable[Observation],
    *,
    program: Program,
    thresholds: Thresholds = _DEFAULT,
) -> DataQuality:
    """Look at records before they are scored, and tell what should be looked into.

    Nothing is repaired and nothing is left out of scoring. A finding is a question to the people who
    collected the data, not a verdict: a unit may have good reasons for each of them.

    Args:
        observations: The records, each with its unit and period where the data name them. What is judged
            by how values are spread needs `Thresholds.least_records` of them in a unit; what is judged by
            change needs periods.
        program: The policy, `Scorer.program`: it declares inputs, limits, panels and what is divided by.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and what was looked at. The order of the records means nothing.

    Examples:
        >>> import kinerja
        >>> scorer = kinerja.load("kuadran-6-2022")
        >>> record = {"hasil_kerja": "sesuai ekspektasi", "perilaku_kerja": None}
        >>> quality = check_data(
        ...     [Observation(id="1", unit="Layanan", record=record)], program=scorer.program
        ... )
        >>> [(one.code, one.unit, one.count) for one in quality.findings]
        [('KNJ801', 'Layanan', 1)]
    """
    data = Data.read(observations, program=program)
    found: list[QualityFinding] = []
    tests: dict[Check, int] = {}
    for name, find in _CHECKS:
        findings, compared = find(data, thresholds=thresholds)
        found += findings
        tests[name] = tests.get(name, 0) + compared
    return DataQuality(
        findings=sorted_findings(found),
        records=len(data.seen),
        units=data.units,
        periods=data.periods,
        inputs=len(program.inputs),
        tests=tests,
    )
