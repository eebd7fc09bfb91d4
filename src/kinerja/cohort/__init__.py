"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.conditions import (
    Complete,
    Condition,
    FollowedUp,
    HasNumber,
    LabelAtLeast,
    NumberWithin,
)
from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.nine_box import BoxAxes, BoxCell, NineBox, UnitBoxes, box_axes, nine_box
from kinerja.cohort.ordering import Criterion
from kinerja.cohort.panel import GroupInfluence, PanelFields, PanelInfluence, panel_influence
from kinerja.cohort.quota import Excluded, Heads, Quota, Share, UnitQuota, reward_quota
from kinerja.cohort.quota_reasons import QuotaReason, quota_reason
from kinerja.cohort.ranking import Cut, Place, Ranking, UnitRanking, rank_members, top

__all__ = [
    "BoxAxes",
    "BoxCell",
    "Complete",
    "Condition",
    "Criterion",
    "Cut",
    "Excluded",
    "FollowedUp",
    "GroupInfluence",
    "HasNumber",
    "Heads",
    "LabelAtLeast",
    "Member",
    "NineBox",
    "NumberWithin",
    "PanelFields",
    "PanelInfluence",
    "Place",
    "Quota",
    "QuotaReason",
    "Ranking",
    "Share",
    "UnitBoxes",
    "UnitQuota",
    "UnitRanking",
    "box_axes",
    "by_unit",
    "nine_box",
    "panel_influence",
    "quota_reason",
    "rank_members",
    "reward_quota",
    "top",
]
