"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.consistency import LabelRun, MissingRule, history, lasting, runs
from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.panel import GroupInfluence, PanelFields, PanelInfluence, panel_influence
from kinerja.cohort.periods import Along, GapCause, along, cause_of, parts_of, period_name
from kinerja.cohort.stays import MonthRule, Stay, StayShares, UnitShare, read_stays, shares
from kinerja.cohort.trend import (
    Trend,
    TrendChange,
    TrendPoint,
    UnitMoves,
    slope,
    trends,
    unit_moves,
)
from kinerja.cohort.unit_periods import UnitAlong, UnitPeriod, UnitsAlong, units_along
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
    "Along",
    "GapCause",
    "GroupInfluence",
    "LabelRun",
    "LeftOut",
    "Member",
    "MissingRule",
    "MonthRule",
    "MoveRule",
    "PanelFields",
    "PanelInfluence",
    "PartRule",
    "Stay",
    "StayShares",
    "Trend",
    "TrendChange",
    "TrendPoint",
    "UnitAlong",
    "UnitMoves",
    "UnitPeriod",
    "UnitShare",
    "UnitsAlong",
    "YearGap",
    "YearItem",
    "YearItems",
    "along",
    "at_end",
    "by_unit",
    "cause_of",
    "history",
    "lasting",
    "panel_influence",
    "parts_of",
    "period_name",
    "read_stays",
    "runs",
    "shares",
    "slope",
    "trends",
    "unit_moves",
    "units_along",
    "year_items",
]
