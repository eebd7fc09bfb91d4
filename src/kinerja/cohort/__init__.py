"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.appeal_rows import (
    FiledAppeal,
    decide_appeals,
    read_appeals,
)
from kinerja.cohort.appeals import (
    Appeal,
    AppealCase,
    decide_appeal,
)
from kinerja.cohort.conditions import (
    Complete,
    Condition,
    FollowedUp,
    HasNumber,
    LabelAtLeast,
    NumberWithin,
)
from kinerja.cohort.deadlines import (
    PERMENPANRB_6_2022,
    AppealLimits,
    DayLimit,
    Timing,
    WorkingDays,
    is_in_time,
    timing,
)
from kinerja.cohort.members import (
    Member,
    by_unit,
)
from kinerja.cohort.nine_box import (
    BoxAxes,
    BoxCell,
    NineBox,
    UnitBoxes,
    box_axes,
    nine_box,
)
from kinerja.cohort.ordering import (
    Criterion,
)
from kinerja.cohort.overrides import (
    AppliedOverride,
    override_changes,
    overrides_of,
    unit_overrides,
)
from kinerja.cohort.panel import (
    GroupInfluence,
    PanelFields,
    PanelInfluence,
    panel_influence,
)
from kinerja.cohort.publication import (
    publish,
)
from kinerja.cohort.publication_means import (
    publish_means,
)
from kinerja.cohort.published import (
    MeanRow,
    MeansPublication,
    Publication,
    PublishedRow,
)
from kinerja.cohort.quota import (
    Excluded,
    Heads,
    Quota,
    Share,
    UnitQuota,
    reward_quota,
)
from kinerja.cohort.quota_reasons import (
    QuotaReason,
    quota_reason,
)
from kinerja.cohort.ranking import (
    Cut,
    Place,
    Ranking,
    UnitRanking,
    rank_members,
    top,
)

__all__ = [
    "PERMENPANRB_6_2022",
    "Appeal",
    "AppealCase",
    "AppealLimits",
    "AppliedOverride",
    "BoxAxes",
    "BoxCell",
    "Complete",
    "Condition",
    "Criterion",
    "Cut",
    "DayLimit",
    "Excluded",
    "FiledAppeal",
    "FollowedUp",
    "GroupInfluence",
    "HasNumber",
    "Heads",
    "LabelAtLeast",
    "MeanRow",
    "MeansPublication",
    "Member",
    "NineBox",
    "NumberWithin",
    "PanelFields",
    "PanelInfluence",
    "Place",
    "Publication",
    "PublishedRow",
    "Quota",
    "QuotaReason",
    "Ranking",
    "Share",
    "Timing",
    "UnitBoxes",
    "UnitQuota",
    "UnitRanking",
    "WorkingDays",
    "box_axes",
    "by_unit",
    "decide_appeal",
    "decide_appeals",
    "is_in_time",
    "nine_box",
    "override_changes",
    "overrides_of",
    "panel_influence",
    "publish",
    "publish_means",
    "quota_reason",
    "rank_members",
    "read_appeals",
    "reward_quota",
    "timing",
    "top",
    "unit_overrides",
]
