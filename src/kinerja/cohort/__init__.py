"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.panel import GroupInfluence, PanelFields, PanelInfluence, panel_influence

__all__ = [
    "GroupInfluence",
    "Member",
    "PanelFields",
    "PanelInfluence",
    "by_unit",
    "panel_influence",
]
