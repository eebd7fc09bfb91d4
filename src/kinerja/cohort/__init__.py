"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.data_finding import DataQuality, QualityFinding, Sureness
from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.observed import Observation
from kinerja.cohort.quality import check_data
from kinerja.cohort.thresholds import Thresholds

__all__ = [
    "DataQuality",
    "Member",
    "Observation",
    "QualityFinding",
    "Sureness",
    "Thresholds",
    "by_unit",
    "check_data",
]
