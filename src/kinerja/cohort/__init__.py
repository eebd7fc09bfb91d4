"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.publication import publish
from kinerja.cohort.publication_means import publish_means
from kinerja.cohort.published import MeanRow, MeansPublication, Publication, PublishedRow

__all__ = [
    "MeanRow",
    "MeansPublication",
    "Member",
    "Publication",
    "PublishedRow",
    "by_unit",
    "publish",
    "publish_means",
]
