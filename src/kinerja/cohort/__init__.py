"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.appeal_rows import FiledAppeal, decide_appeals, read_appeals
from kinerja.cohort.appeals import Appeal, AppealCase, decide_appeal
from kinerja.cohort.deadlines import (
    PERMENPANRB_6_2022,
    AppealLimits,
    DayLimit,
    Timing,
    WorkingDays,
    is_in_time,
    timing,
)
from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.overrides import (
    AppliedOverride,
    override_changes,
    overrides_of,
    unit_overrides,
)
from kinerja.cohort.panel import GroupInfluence, PanelFields, PanelInfluence, panel_influence

__all__ = [
    "PERMENPANRB_6_2022",
    "Appeal",
    "AppealCase",
    "AppealLimits",
    "AppliedOverride",
    "DayLimit",
    "FiledAppeal",
    "GroupInfluence",
    "Member",
    "PanelFields",
    "PanelInfluence",
    "Timing",
    "WorkingDays",
    "by_unit",
    "decide_appeal",
    "decide_appeals",
    "is_in_time",
    "override_changes",
    "overrides_of",
    "panel_influence",
    "read_appeals",
    "timing",
    "unit_overrides",
]
