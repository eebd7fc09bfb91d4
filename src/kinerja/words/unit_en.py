"""English: what is said of a whole unit.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # a unit as a whole, kinerja unit
    "KNJ861.message": "this policy publishes no step with labels named {found}; there are: {expected}",
    "KNJ861.way_out": "name one of these steps: {nearest}",
    "KNJ862.message": "this policy publishes no number named {found}; there are: {expected}",
    "KNJ862.way_out": "name one of these steps: {nearest}",
    # end of unit
    # distribution
    # end of distribution
    # ranking
    # end of ranking
    # periods
    "KNJ830.message": "column {name} holds {found}, which cannot be used",
    "KNJ830.way_out": "fill column {name}: id and unit as text, a day such as 2025-07-01",
    "KNJ831.message": "the stay in this unit ends on {found}, before it begins on {first}",
    "KNJ831.way_out": "correct one of the two days",
    "KNJ832.message": "employee {id} moves twice on {found}",
    "KNJ832.way_out": "keep one row for that day, the unit the employee is in at its end",
    "KNJ833.message": "employee {id} is in another unit until {last} when the stay from {found} begins",
    "KNJ833.way_out": "correct the last day of the stay before, or leave it empty",
    "KNJ834.message": "employee {id} is in no unit on {found}",
    "KNJ834.way_out": "add the missing row; if it is so, ask for these days to be told only (gaps: tell)",
    "KNJ835.message": "the stay of employee {id} in unit {unit} ({found}) lies outside the period {expected}",
    "KNJ835.way_out": "remove the row, or ask for rows outside the period to be left out (outside: leave_out)",
    "KNJ836.message": "the period {found} does not hold whole months, so months cannot be counted",
    "KNJ836.way_out": "count days, or take a period from the beginning to the end of a month",
    "KNJ837.message": "employee {id} has {found} results for {period}",
    "KNJ837.way_out": "keep one result; for somebody who moved, give the stays in each unit",
    "KNJ838.message": "this result names no {name}, so it cannot be followed along the periods",
    "KNJ838.way_out": "name id and period of every result",
    "KNJ839.message": "there is no label {found} among the labels that have an order: {expected}",
    "KNJ839.way_out": "write one of these labels: {nearest}",
    "unit.periods.title": "Along the periods",
    "unit.periods.quarter": "{place} {year}",
    "unit.periods.quarter.1": "Q1",
    "unit.periods.quarter.2": "Q2",
    "unit.periods.quarter.3": "Q3",
    "unit.periods.quarter.4": "Q4",
    "unit.periods.half": "{place} {year}",
    "unit.periods.half.1": "H1",
    "unit.periods.half.2": "H2",
    "unit.periods.month": "{place} {year}",
    "unit.periods.year": "{year}",
    "unit.periods.span": "{first} to {last}",
    "unit.periods.month.1": "Jan",
    "unit.periods.month.2": "Feb",
    "unit.periods.month.3": "Mar",
    "unit.periods.month.4": "Apr",
    "unit.periods.month.5": "May",
    "unit.periods.month.6": "Jun",
    "unit.periods.month.7": "Jul",
    "unit.periods.month.8": "Aug",
    "unit.periods.month.9": "Sep",
    "unit.periods.month.10": "Oct",
    "unit.periods.month.11": "Nov",
    "unit.periods.month.12": "Dec",
    "unit.periods.unit": "Unit",
    "unit.periods.no_unit": "no unit",
    "unit.periods.everyone": "all units",
    "unit.periods.what": "Measure",
    "unit.periods.mean": "mean",
    "unit.periods.median": "median",
    "unit.periods.numbers": "people with a number",
    "unit.periods.numbers_intro": "{title} of each unit in each period. Figures marked ≈ are rounded to be shown; the others are exact.",
    "unit.periods.lines": "Mean {title} by period",
    "unit.periods.lines_note": "All lines have one scale, from {low} (lowest) to {high} (highest). A period without a value breaks the line.",
    "unit.periods.labels_intro": "{title}: people, and their share of those who have a label.",
    "unit.periods.label": "Label",
    "unit.periods.share": "{count} ({share})",
    "unit.periods.moves_intro": "Compared with the period before, by the unit of the later period: how many rose / stayed / fell. Whoever has no result in one of the two is counted apart.",
    "unit.periods.moved_counts": "{up} / {same} / {down}",
    "unit.periods.unknown": "not comparable",
    "unit.periods.matrix_intro": "Moves between labels, all units, {before} → {after}: rows are the label before, columns the label after.",
    "unit.periods.matrix": "Before ↓ After →",
    "unit.periods.total": "Total",
    "unit.periods.years": "Completeness of {year}",
    "unit.periods.years_complete": "{complete} of {people} people have a value in every part of the year",
    "unit.periods.moves_rule": "Moves between units",
    "unit.periods.rule.new_unit": "only results of the unit at the end of the year count, without proportional weighting",
    "unit.periods.rule.proportional": "each unit counts for the {by} spent in it; no regulation that was read provides for this",
    "unit.periods.by.days": "days",
    "unit.periods.by.months": "months",
    "unit.periods.basis": "Basis",
    "unit.periods.own": "the agency's own choice",
    "unit.periods.basis_part": "{basis}, for moves within a part of the year",
    "unit.periods.moved": "People who moved",
    "unit.periods.gaps_intro": "Parts of the year without a value. Nothing is filled with zero.",
    "unit.periods.cause": "Cause",
    "unit.periods.people": "People",
    "unit.periods.parts": "Parts of the year",
    "unit.periods.cause.no_result": "no result",
    "unit.periods.cause.incomplete": "incomplete result",
    "unit.periods.cause.refused": "data refused",
    "unit.periods.cause.not_employed": "in no unit yet or any more",
    "unit.periods.left_intro": "What is not used for the year.",
    "unit.periods.left.old_unit": "parts in the old unit",
    "unit.periods.left.no_share": "results of a unit to which no day or month falls",
    "unit.periods.left.reused": "replaced by the result before, by agreement",
    "unit.periods.rest": "{count} further units are not shown",
    "unit.periods.rest.one": "1 further unit is not shown",
    # end of periods
    # publication
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
}
