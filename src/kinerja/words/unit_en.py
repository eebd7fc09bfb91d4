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
    "KNJ820.message": "label {found} of step {step} has no input {input} in policy {policy}; counts that the policy asks for: {expected}",
    "KNJ820.way_out": "use a policy of the distribution that has the same labels, or extend that policy by the input",
    "KNJ821.message": "input {input} of policy {policy} has no label in step {step}; its labels: {expected}",
    "KNJ821.way_out": "use a policy of the distribution that has the same labels, or name another step with labels",
    "KNJ822.message": "unit {unit} has no predikat of its organisation; choices: {expected}",
    "KNJ822.way_out": "name the predikat of the organisation of that unit",
    "KNJ823.message": "the predikat {found} of the organisation of unit {unit} is not known; choices: {expected}",
    "KNJ823.way_out": "write one of these: {nearest}",
    "KNJ824.message": "this policy of a distribution publishes no verdict of yes or no named {found}; there are: {expected}",
    "KNJ824.way_out": "name one of these verdicts: {nearest}",
    "KNJ825.message": "these data are of several periods: {found}; a person would be counted more than once",
    "KNJ825.way_out": "choose one period",
    "KNJ826.message": "the whole of all units has no predikat of its organisation; choices: {expected}",
    "KNJ826.way_out": "name the predikat of the whole, or check units only",
    "unit.distribution.title": "distribution of {step}",
    "unit.distribution.nobody": "no employees were counted",
    "unit.distribution.result": "result",
    "unit.distribution.summary": "{count} of {units} units keep the pattern",
    "unit.distribution.summary.one": "{count} of {units} units keeps the pattern",
    "unit.distribution.summary_not_kept": "{count} do not",
    "unit.distribution.summary_not_kept.one": "{count} does not",
    "unit.distribution.summary_not_judged": "{count} are not judged",
    "unit.distribution.summary_not_judged.one": "{count} is not judged",
    "unit.distribution.policy": "limits",
    "unit.distribution.policy_is": "{title} ({id}, version {version})",
    "unit.distribution.choices": "choice",
    "unit.distribution.certainty": "certainty",
    "unit.distribution.certainty.secondary": "{titles}: its figures are quoted from others, its wording was not read",
    "unit.distribution.certainty.practice": "{titles}: seen in applications in use, not in the wording of a rule",
    "unit.distribution.certainty.unverified": "{titles}: its figures are unverified",
    "unit.distribution.verdicts": "pattern of distribution by unit",
    "unit.distribution.counts": "employees by {step}",
    "unit.distribution.column.unit": "unit",
    "unit.distribution.column.organisation": "organisation",
    "unit.distribution.column.people": "employees",
    "unit.distribution.column.incomplete": "incomplete",
    "unit.distribution.column.refused": "refused",
    "unit.distribution.column.verdict": "pattern",
    "unit.distribution.column.moves": "fewest moves",
    "unit.distribution.whole": "all units",
    "unit.distribution.no_unit": "without unit",
    "unit.distribution.kept": "kept",
    "unit.distribution.not_kept": "not kept",
    "unit.distribution.not_judged": "not judged",
    "unit.distribution.moves_unknown": "cannot be counted",
    "unit.distribution.heads": "{count} people",
    "unit.distribution.heads.one": "{count} person",
    "unit.distribution.mark.most": "{label} at most {share}",
    "unit.distribution.mark.fewest": "{label} at least {share}",
    "unit.distribution.item": "{unit}: {verdict}",
    "unit.distribution.limit": "limit",
    "unit.distribution.limit_untold": "{title}: no",
    "unit.distribution.found": "{labels} {found} of {people} ({share})",
    "unit.distribution.because": " since the organisation is {organisation}",
    "unit.distribution.allowed.most": "at most {count} people{share}",
    "unit.distribution.allowed.most.one": "at most {count} person{share}",
    "unit.distribution.allowed.fewest": "at least {count} people{share}",
    "unit.distribution.allowed.fewest.one": "at least {count} person{share}",
    "unit.distribution.and": "{before} and {last}",
    "unit.distribution.moves": "moves",
    "unit.distribution.moves_are": "at least {count} of {people} would have to have another predikat for every limit to hold",
    "unit.distribution.moves_are.one": "at least {count} of {people} would have to have another predikat for every limit to hold",
    "unit.distribution.not_judged_since": "reason",
    "unit.distribution.without": "without predikat",
    "unit.distribution.without_are": "{people}; counted as no predikat",
    "unit.distribution.without_incomplete": "incomplete: {count}",
    "unit.distribution.without_refused": "refused: {count}",
    "unit.distribution.reports_only": "This report only checks: no predikat is changed and no employee is pointed at. Shares are of the employees who have a predikat.",
    # end of distribution
    # ranking
    # end of ranking
    # periods
    # end of periods
    # publication
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
}
