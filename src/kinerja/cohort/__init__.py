"""Statements about a whole unit: they report, and never edit a score.

What lives here: distribution, ranking, periods, publication, the quality of data, appeals; findings as
values. What never comes in: words, files, printing.
"""

from kinerja.cohort.consistency import MissingRule, Run, history, lasting, runs
from kinerja.cohort.members import Member, by_unit
from kinerja.cohort.periods import Along, Cause, along, cause_of, parts_of, period_name
from kinerja.cohort.stays import MonthRule, Share, Stay, StayShares, read_stays, shares
from kinerja.cohort.trend import Change, Point, Trend, UnitMoves, slope, trends, unit_moves
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
    "Cause",
    "Change",
    "LeftOut",
    "Member",
    "MissingRule",
    "MonthRule",
    "MoveRule",
    "PartRule",
    "Point",
    "Run",
    "Share",
    "Stay",
    "StayShares",
    "Trend",
    "UnitAlong",
    "UnitMoves",
    "UnitPeriod",
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
