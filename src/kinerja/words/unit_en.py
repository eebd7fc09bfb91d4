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
    # end of periods
    # publication
    "KNJ840.message": "the least count that is shown (k) is {found}, and must be 2 at least",
    "KNJ840.way_out": "give k as a whole number; 5 or 10 are customary",
    "KNJ841.message": "there are only {found} people, and a row of the table needs {expected}",
    "KNJ841.way_out": "publish them together with other units, or do not publish this table",
    "KNJ842.message": "the people are of {found} periods",
    "KNJ842.way_out": "make one table for each period",
    "KNJ843.message": "the step {step} has no label {found}; there are: {expected}",
    "KNJ843.way_out": "take the step from the policy that gave these results",
    "KNJ844.message": "{found} people have no label",
    "KNJ844.way_out": 'show them in a column of their own: unscored="column"',
    "KNJ845.message": "the same people and period were published in another form; units: {found}",
    "KNJ845.way_out": "publish only units that are not published yet, or let the earlier table stand",
    "KNJ846.message": "the period overlaps with an earlier table that holds the units {found}",
    "KNJ846.way_out": "publish a period that shares no day with that table",
    "KNJ847.message": "some people are counted more than once: {found}",
    "KNJ847.way_out": "keep one row for each person",
    "KNJ848.message": "these data are no published table: {found}",
    "KNJ848.way_out": "use the file that to_dict gave, unchanged",
    "KNJ849.message": "there is a number {found} outside the limits {expected}",
    "KNJ849.way_out": "give the limits of the scale, the lower one first",
    "unit.publication.kicker": "Results of performance assessment",
    "unit.publication.table": "Table",
    "unit.publication.title": "Employees by {title} and unit",
    "unit.publication.means_title": "Mean {title} by unit",
    "unit.publication.contents": "On this page",
    "unit.publication.period": "Period",
    "unit.publication.people": "Employees",
    "unit.publication.least": "Least figure",
    "unit.publication.hidden": "Hidden figures",
    "unit.publication.unit": "Unit",
    "unit.publication.rest": "{count} small units together",
    "unit.publication.no_unit": "Without unit",
    "unit.publication.left_out": "Not shown because too small",
    "unit.publication.total": "Total",
    "unit.publication.unscored": "No result yet",
    "unit.publication.sign": "(c)",
    "unit.publication.hidden_part": "confidential",
    "unit.publication.legend": "{sign} = confidential, so that nobody's result can be found from this table. The sign does not mean zero.",
    "unit.publication.mean": "Mean",
    "unit.publication.mean_in": "Mean ({unit})",
    "unit.publication.reasons": "What is confidential, and why",
    "unit.publication.why_small": "Figures below {k} are not shown. In a unit where people know each other, so small a figure can point at a person.",
    "unit.publication.why_zeros.protect": 'Zero is not shown either, nor is a figure that nearly equals the number of employees of the unit: "nobody" and "everybody" tell the result of each person there.',
    "unit.publication.why_zeros.show": "Zero is shown where that does not open another figure.",
    "unit.publication.why_others": "Some other figures are confidential too, because totals of rows and columns are shown and small figures could be computed from the difference. Every confidential figure, column totals too, may still be any of at least {k} numbers in a row, even for somebody who knows how this table is made.",
    "unit.publication.why_units": "Units with fewer than {k} employees have no row of their own.",
    "unit.publication.why_once": "For the same period, this table is not replaced after a result is corrected: the difference of two tables would point at the person. The correction holds for the employee all the same.",
    "unit.publication.why_means": "A mean is not shown where there are fewer than {k} people, where one person decides it, or where all of a unit have the same number at one end of the scale. The overall mean is hidden too where the mean of one unit could be computed from it.",
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
}
