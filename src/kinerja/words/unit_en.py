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
    "unit.title": "A whole unit in one report",
    "unit.contents": "Contents",
    "unit.nothing": "–",
    "unit.policy": "policy",
    "unit.fingerprint": "fingerprint",
    "unit.data": "data",
    "unit.period": "assessment period",
    "unit.summary.title": "Summary",
    "unit.summary.people": "people",
    "unit.summary.status.complete": "complete",
    "unit.summary.status.incomplete": "incomplete",
    "unit.summary.status.refused": "data refused",
    "unit.summary.reasons": "why incomplete",
    "unit.summary.reason": "{count} people: {reason}",
    "unit.summary.reason.one": "{count} person: {reason}",
    "unit.summary.reasons_rest": "and {count} more reasons",
    "unit.summary.reasons_rest.one": "and {count} more reason",
    "unit.summary.unit": "unit",
    "unit.summary.units": "By unit",
    "unit.summary.no_unit": "(no unit)",
    "unit.summary.total": "total",
    "unit.summary.without_label": "without predicate",
    "unit.summary.not_complete": "incomplete",
    "unit.summary.follow_ups": "What follows",
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
    # end of quality
    # appeals
    # end of appeals
    # panel
    "KNJ871.message": "this policy has no list input {found}; there are: {expected}",
    "KNJ871.way_out": "name one of these list inputs: {nearest}",
    "KNJ872.message": "items of the list of ratings have no field {found}; there are: {expected}",
    "KNJ872.way_out": "name one of these fields: {nearest}",
    "KNJ873.message": "the field {found} is no label, and so no group of raters",
    "KNJ873.way_out": "name the field that holds the group of raters",
    "KNJ874.message": "the field {found} has no lowest and highest value",
    "KNJ874.way_out": "write limits with from and to for that field in the policy",
    "unit.panel.title": "Weights of the panel, and what one rater can move",
    "unit.panel.group": "rater group",
    "unit.panel.raters": "raters",
    "unit.panel.weight": "weight used",
    "unit.panel.most": "at most by one rater",
    "unit.panel.note": "Last column: the difference in {title} if one rater of that group changed every answer from the lowest to the highest, with all others as they are. The figure holds for every rater of the group, so it tells nobody's answers.",
    "unit.panel.nobody": "none yet",
    # end of panel
}
