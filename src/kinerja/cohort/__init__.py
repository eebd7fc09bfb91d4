"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.allowed import Allowed, allowed_counts
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
from kinerja.cohort.consistency import (
    LabelRun,
    MissingRule,
    history,
    lasting,
    runs,
)
from kinerja.cohort.data_finding import (
    DataQuality,
    QualityFinding,
    Sureness,
)
from kinerja.cohort.deadlines import (
    PERMENPANRB_6_2022,
    AppealLimits,
    DayLimit,
    Timing,
    WorkingDays,
    timing,
)
from kinerja.cohort.distribution import (
    UnitDistribution,
    check_distribution,
)
from kinerja.cohort.limits import (
    LimitNotKept,
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
from kinerja.cohort.observed import (
    Observation,
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
from kinerja.cohort.periods import (
    Along,
    GapCause,
    along,
    cause_of,
    parts_of,
    period_name,
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
from kinerja.cohort.quality import (
    check_data,
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
from kinerja.cohort.stays import (
    MonthRule,
    Stay,
    StayShares,
    UnitShare,
    read_stays,
    shares,
)
from kinerja.cohort.thresholds import (
    Thresholds,
)
from kinerja.cohort.trend import (
    Trend,
    TrendChange,
    TrendPoint,
    UnitMoves,
    slope,
    trends,
    unit_moves,
)
from kinerja.cohort.unit_periods import (
    UnitAlong,
    UnitPeriod,
    UnitsAlong,
    units_along,
)
from kinerja.cohort.year_items import (
    LeftOut,
    MoveRule,
    PartRule,
    YearGap,
    YearItem,
    YearItems,
    at_end,
    year_items,
)

__all__ = [
    "PERMENPANRB_6_2022",
    "Allowed",
    "Along",
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
    "DataQuality",
    "DayLimit",
    "Excluded",
    "FiledAppeal",
    "FollowedUp",
    "GapCause",
    "GroupInfluence",
    "HasNumber",
    "Heads",
    "LabelAtLeast",
    "LabelRun",
    "LeftOut",
    "LimitNotKept",
    "MeanRow",
    "MeansPublication",
    "Member",
    "MissingRule",
    "MonthRule",
    "MoveRule",
    "NineBox",
    "NumberWithin",
    "Observation",
    "PanelFields",
    "PanelInfluence",
    "PartRule",
    "Place",
    "Publication",
    "PublishedRow",
    "QualityFinding",
    "Quota",
    "QuotaReason",
    "Ranking",
    "Share",
    "Stay",
    "StayShares",
    "Sureness",
    "Thresholds",
    "Timing",
    "Trend",
    "TrendChange",
    "TrendPoint",
    "UnitAlong",
    "UnitBoxes",
    "UnitDistribution",
    "UnitMoves",
    "UnitPeriod",
    "UnitQuota",
    "UnitRanking",
    "UnitShare",
    "UnitsAlong",
    "WorkingDays",
    "YearGap",
    "YearItem",
    "YearItems",
    "allowed_counts",
    "along",
    "at_end",
    "box_axes",
    "by_unit",
    "cause_of",
    "check_data",
    "check_distribution",
    "decide_appeal",
    "decide_appeals",
    "history",
    "lasting",
    "nine_box",
    "override_changes",
    "overrides_of",
    "panel_influence",
    "parts_of",
    "period_name",
    "publish",
    "publish_means",
    "quota_reason",
    "rank_members",
    "read_appeals",
    "read_stays",
    "reward_quota",
    "runs",
    "shares",
    "slope",
    "timing",
    "top",
    "trends",
    "unit_moves",
    "unit_overrides",
    "units_along",
    "year_items",
]
