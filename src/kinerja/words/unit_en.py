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
    # end of publication
    # quality
    "KNJ801.message": "{input}: missing in {count} of {of} records ({ids})",
    "KNJ801.way_out": "ask the unit for the values before scoring, or write down why there are none; what is missing stays missing in the result",
    "KNJ802.message": "{input}: without a single row in {count} of {of} records ({ids})",
    "KNJ802.way_out": "check whether the rows of these people were sent, and whether their id is written alike in both files",
    "KNJ803.message": "{input}: in {count} of {of} records group {group} has fewer raters than the {least} that the panel asks for; in {none} of them it has none ({ids})",
    "KNJ803.way_out": "ask for the missing ratings while the period is open; what becomes of a missing group stands in the policy",
    "KNJ804.message": "no records from {from} to {to}",
    "KNJ804.way_out": "ask for the data of this time, or write down why there are none, before results of a year are made of them",
    "KNJ805.message": "{count} of {of} people of {before} are not there, and come back later ({ids})",
    "KNJ805.way_out": "ask for their data of this period, or write down why they have none",
    "KNJ806.message": "{count} of {of} people of {before} are not there any more ({ids})",
    "KNJ806.way_out": "check that they moved, retired or left; otherwise ask for their data",
    "KNJ807.message": "{input}: scoring will refuse {count} values, in {people} of {of} records ({ids}), such as {found}; allowed: {expected}; refused with {reason}",
    "KNJ807.way_out": "correct the values at their source; nothing is corrected here",
    "KNJ808.message": "{input}: 0 in {zero} of {of} values and below 0 in {negative}, and an achievement divides by it ({ids})",
    "KNJ808.way_out": "check whether the figure was really set; if it is meant, see in the policy what it gives",
    "KNJ809.message": "{input}: {share} % of {of} whole numbers are multiples of {multiple}, where {expected} % were to be expected",
    "KNJ809.way_out": "ask how the figures come about, measured or estimated, and ask for them as measured",
    "KNJ810.message": "{input}: all {count} records have the value {value}; among all others the most common value has {expected} %",
    "KNJ810.way_out": "ask whether the value was found for each person, or filled in for everybody",
    "KNJ811.message": "{input}: {count} of {of} raters of at least {least} people give one value to everybody; they rate {ratees} people",
    "KNJ811.way_out": "remind all raters what each value means; take no rating out because of this alone",
    "KNJ812.message": "{input}: {count} of {of} raters of at least {least} people give everybody the same ratings; they rate {ratees} people",
    "KNJ812.way_out": "ask all raters to rate each person anew, aspect by aspect; take no rating out because of this alone",
    "KNJ813.message": "{count} of {of} records are alike in every figure to the record of another person; groups of such records: {groups} ({ids})",
    "KNJ813.way_out": "compare these records with their sources, and correct what was copied by mistake",
    "KNJ814.message": "{count} of {of} records are alike in every figure to those of the same people in {before} ({ids})",
    "KNJ814.way_out": "check whether the data of the period before were sent once more; ask for those of this period",
    "KNJ815.message": "{input}: the median went from {old} in {before} to {new}; {usual} was to be expected",
    "KNJ815.way_out": "ask what changed: the work, the way of measuring, or the unit of measurement",
    "KNJ816.message": "{input}: the mean distance from the median went from {old} in {before} to {new}",
    "KNJ816.way_out": "ask whether the figures are still measured for each person, and in the same unit of measurement",
    "KNJ817.message": "{count} records after {of} in {before}; {usual} were to be expected",
    "KNJ817.way_out": "compare with the list of employees of the unit: rows may be lacking, or stand twice",
    "KNJ818.message": "{input}: missing in {new} % of {of} records, after {old} % in {before} ({ids})",
    "KNJ818.way_out": "ask the unit what hindered the collection of this input, and ask for what is missing",
    "KNJ819.message": "{count} of {of} people have more than one record in one period, in {units} ({ids})",
    "KNJ819.way_out": "check whether they moved within the period; otherwise correct the record that is wrong",
    "unit.quality.title": "Data quality before scoring",
    "unit.quality.records": "records",
    "unit.quality.units": "units",
    "unit.quality.periods": "periods",
    "unit.quality.inputs": "inputs",
    "unit.quality.found": "findings",
    "unit.quality.looked": "Looked at",
    "unit.quality.compared": "{count} comparisons",
    "unit.quality.compared.one": "1 comparison",
    "unit.quality.not_judged": "not judged: too few records, or nothing of the kind",
    "unit.quality.none": "No findings. This does not prove that the data are right; it says that the checks below found nothing.",
    "unit.quality.nothing": "No records to look at.",
    "unit.quality.lead": "Every finding is a question to those who collected the data. Nothing was corrected, and nothing is left out of scoring.",
    "unit.quality.count": "{count} findings",
    "unit.quality.count.one": "1 finding",
    "unit.quality.table": "Findings by unit",
    "unit.quality.unit": "Unit",
    "unit.quality.total": "Total",
    "unit.quality.all_units": "all units",
    "unit.quality.check.completeness": "missing",
    "unit.quality.check.presence": "who is there",
    "unit.quality.check.impossible": "impossible values",
    "unit.quality.check.heaping": "round numbers",
    "unit.quality.check.sameness": "all the same",
    "unit.quality.check.raters": "raters",
    "unit.quality.check.copied": "copies",
    "unit.quality.check.shifts": "sudden changes",
    "unit.quality.what": "Found",
    "unit.quality.sure": "How sure",
    "unit.quality.do": "What to do",
    "unit.quality.raters": "Raters",
    "unit.quality.sure.counted": "counted, record by record",
    "unit.quality.sure.holm": "comes about by chance at most once in {odds}; exact, corrected for {tests} comparisons (Holm)",
    "unit.quality.sure.pairs": "comes about by chance at most once in {odds}; a bound over all groups of as many records, figures taken as independent",
    "unit.quality.sure.robust": "{times} times the median absolute deviation of the changes it is compared with",
    "unit.quality.sure.steady": "the changes it is compared with are all alike",
    "unit.quality.sure.factor": "{times} times what was to be expected",
    "unit.quality.rest": "{count} more findings that touch fewer people are not shown here.",
    "unit.quality.rest.one": "1 more finding that touches fewer people is not shown here.",
    # end of quality
    # appeals
    # end of appeals
}
