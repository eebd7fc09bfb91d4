"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.distribution import UnitDistribution, check_distribution
from kinerja.cohort.limits import LimitNotKept
from kinerja.cohort.members import Member, by_unit

__all__ = ["LimitNotKept", "Member", "UnitDistribution", "by_unit", "check_distribution"]
